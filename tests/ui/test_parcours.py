"""From the export to the note with the mouse unplugged, as somebody does who never saw the program."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from o2r_desktop import operations
from o2r_desktop.evaluation.grille import TypeCritere
from o2r_desktop.evaluation.reponses import EtatEvaluation, TypeAvis
from o2r_desktop.operations.questions import load_questions
from o2r_desktop.resources import resource
from tests.ui.conftest import MAINTENANT
from ui.main_window import MainWindow
from ui.navigation import Onglet
from ui.pages.dossier.page import DossierPage
from ui.pages.dossier.pieces import PiecesVolet
from ui.services import Services
from ui.widgets.pdf_canvas import PdfCanvas

NUMERO = 25_000_104
"""A dossier of the demonstration that comes with its pieces."""

ENTIER = "FIN-02"
"""The critere to which everything that can be is said."""

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
MAJ = Qt.KeyboardModifier.ShiftModifier
SOURIS = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
}


class SansSouris(QObject):
    """Unplugs the mouse: remembers each of its events, which must not be."""

    def __init__(self) -> None:
        super().__init__()
        self.gestes: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 Qt
        if event.type() in SOURIS:
            self.gestes.append(f"{event.type().name} on {type(watched).__name__}")
            return True
        return False


class Clavier:
    """Hands on the keyboard: every key goes to what has the focus."""

    def __init__(self, qtbot: QtBot, fenetre: MainWindow) -> None:
        self.qtbot = qtbot
        self.fenetre = fenetre

    @property
    def focus(self) -> QWidget:
        """What has the focus."""
        return QApplication.focusWidget() or self.fenetre

    def touche(self, cle: Qt.Key, *avec: Qt.KeyboardModifier) -> None:
        """Press a key; when no window is active, as after a dialog, «offscreen» has no manager to choose one."""
        if QApplication.activeWindow() is None:
            self.fenetre.activateWindow()
            self.qtbot.waitUntil(lambda: QApplication.activeWindow() is self.fenetre)
        modificateurs = Qt.KeyboardModifier.NoModifier
        for modificateur in avec:
            modificateurs |= modificateur
        self.qtbot.keyClick(self.focus, cle, modificateurs)

    def taper(self, texte: str) -> None:
        """Type ASCII text."""
        self.qtbot.keyClicks(self.focus, texte)

    def jusqu_a(self, nom: str) -> None:
        """Press Tab until the focus is on the control whose accessible name begins with *nom*."""
        for _ in range(200):
            if self.focus.accessibleName().startswith(nom):
                return
            self.touche(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never reaches « {nom} »; the focus is on {self.focus.accessibleName()!r}")

    def attendre(self, condition: object) -> None:
        """Let the window work until *condition* holds and nothing runs."""
        taches = self.fenetre.services.taches
        self.qtbot.waitUntil(lambda: bool(condition()) and not taches.busy, timeout=10_000)  # type: ignore[operator]


@pytest.fixture
def sans_souris(qapp: QApplication) -> Iterator[SansSouris]:
    filtre = SansSouris()
    qapp.installEventFilter(filtre)
    yield filtre
    qapp.removeEventFilter(filtre)
    assert filtre.gestes == []


@pytest.fixture
def clavier(qtbot: QtBot, services: Services, tmp_path: Path) -> Iterator[Clavier]:
    operations.create_campagne(tmp_path / "campagne", maintenant=MAINTENANT)
    services.reglages.instructeur = "Camille Essai"
    fenetre = MainWindow(services)
    fenetre.resize(1366, 768)
    fenetre.start(tmp_path / "campagne")
    fenetre.activateWindow()
    mains = Clavier(qtbot, fenetre)
    mains.attendre(lambda: services.campagne.suivi is not None)
    yield mains
    services.taches.cancel_all()
    mains.attendre(lambda: True)
    fenetre.close()
    fenetre.deleteLater()


def importer(clavier: Clavier, tmp_path: Path) -> None:
    """Ctrl+I, the paths of the files in the dialog, then Ctrl+Entrée twice: look, import."""
    exports = [f for f in resource("demo").iterdir() if f.suffix in (".xlsx", ".zip")]
    copies = [shutil.copy(f, tmp_path / f.name) for f in exports]
    clavier.touche(Qt.Key.Key_I, CTRL)
    clavier.jusqu_a("Choisir des fichiers")
    clavier.touche(Qt.Key.Key_Space)
    clavier.qtbot.waitUntil(lambda: isinstance(clavier.focus, QLineEdit))
    clavier.taper(" ".join(f'"{copie}"' for copie in copies))
    clavier.touche(Qt.Key.Key_Return)
    clavier.attendre(lambda: bouton(clavier.fenetre, "Lire et contrôler") is not None)
    clavier.touche(Qt.Key.Key_Return, CTRL)
    clavier.attendre(lambda: bouton(clavier.fenetre, "Importer 14") is not None)
    clavier.touche(Qt.Key.Key_Return, CTRL)
    suivi = lambda: clavier.fenetre.services.campagne.suivi  # noqa: E731 read anew at each call
    clavier.attendre(lambda: suivi() is not None and len(suivi()) == 14)


def bouton(fenetre: MainWindow, nom: str) -> QAbstractButton | None:
    trouves = (b for b in fenetre.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled())
    return next((b for b in trouves if b.accessibleName().replace("\u00a0", " ").startswith(nom)), None)


def ouvrir(clavier: Clavier) -> DossierPage:
    """Alt+2, search, down, Entrée."""
    clavier.touche(Qt.Key.Key_2, ALT)
    clavier.touche(Qt.Key.Key_F, CTRL)
    clavier.taper(str(NUMERO))
    clavier.touche(Qt.Key.Key_Down)
    clavier.touche(Qt.Key.Key_Return)
    clavier.attendre(
        lambda: isinstance(clavier.fenetre.page, DossierPage) and clavier.fenetre.page.numero == NUMERO
    )
    page = clavier.fenetre.page
    assert isinstance(page, DossierPage)
    return page


def repondre(clavier: Clavier, page: DossierPage) -> None:
    """Answer the critere in view, settle its finding, say a word when it is asked for, go on."""
    session = clavier.fenetre.services.campagne.session
    critere = session.grille.critere(page.critere_id)
    complet = clavier.fenetre.services.campagne.complet(NUMERO)
    if any(c.critere == critere.id and c.resultat != "sans_objet" for c in complet.constats):
        clavier.touche(Qt.Key.Key_C)
    if critere.type is TypeCritere.ECHELLE:
        clavier.touche(Qt.Key.Key_3)
    elif critere.type is TypeCritere.PRIORITE:
        clavier.jusqu_a("Priorité")
        while "hors priorité" not in clavier.focus.accessibleName():
            clavier.touche(Qt.Key.Key_Down)
        clavier.touche(Qt.Key.Key_Space)
    else:
        clavier.touche(Qt.Key.Key_O)
    if critere.id == ENTIER:
        annoter(clavier, page)
    else:
        clavier.jusqu_a("Commentaire")
        clavier.taper("Verifie 0 fois.")
    clavier.touche(Qt.Key.Key_Return, CTRL)


def annoter(clavier: Clavier, page: DossierPage) -> None:
    """A phrase of the bank (/), a point of attention (V), a question (?); letters in a field are only letters."""
    reponse = lambda: clavier.fenetre.services.campagne.complet(NUMERO).evaluation.reponse(ENTIER)  # noqa: E731
    clavier.touche(Qt.Key.Key_Slash)
    clavier.attendre(lambda: page.critere.phrases.is_open)
    clavier.touche(Qt.Key.Key_Down)
    clavier.touche(Qt.Key.Key_Return)
    assert not page.critere.phrases.is_open
    assert len(page.critere.commentaire.text()) > 10
    clavier.touche(Qt.Key.Key_End, CTRL)
    clavier.taper(" Vu en 2 et E.")
    assert reponse().niveau == 3
    au_critere(clavier)
    clavier.touche(Qt.Key.Key_V)
    clavier.taper("Tresorerie a suivre.")
    au_critere(clavier)
    clavier.touche(Qt.Key.Key_Question, MAJ)
    clavier.taper("Quelle est la tresorerie au 30 juin ?")
    clavier.touche(Qt.Key.Key_Escape)
    clavier.attendre(lambda: reponse().vigilance)
    assert reponse().commentaire.endswith(" Vu en 2 et E.")
    (question,) = load_questions(clavier.fenetre.services.campagne.session, NUMERO)
    assert (question.critere, question.texte) == (ENTIER, "Quelle est la tresorerie au 30 juin ?")


def au_critere(clavier: Clavier, volets: int = 3) -> None:
    """F6 until the focus is back on the answer."""
    for _ in range(volets):
        clavier.touche(Qt.Key.Key_F6)
    assert clavier.focus.accessibleName().startswith(("Niveau", "Oui")), clavier.focus.accessibleName()


def lire(clavier: Clavier, page: DossierPage) -> None:
    """Ctrl+F in the form, then the pieces: the next one, its first words chosen with Maj+→, E pins them."""
    clavier.touche(Qt.Key.Key_F, CTRL)
    clavier.taper("budget")
    clavier.touche(Qt.Key.Key_Return)
    assert page.centre.onglet is Onglet.FORMULAIRE
    clavier.touche(Qt.Key.Key_Escape)
    clavier.touche(Qt.Key.Key_Tab, CTRL)
    pieces = page.centre.volet
    assert isinstance(pieces, PiecesVolet)
    avant = pieces.rang
    while pieces.rang == avant or pieces.piece is None or not pieces.piece.nom.endswith(".pdf"):
        clavier.touche(Qt.Key.Key_PageDown, CTRL)
    clavier.attendre(lambda: pieces.vue.cle and pieces.vue.page == 1)
    clavier.jusqu_a(pieces.vue.pdf.canvas.accessibleName())
    assert isinstance(clavier.focus, PdfCanvas)
    for _ in range(4):
        clavier.touche(Qt.Key.Key_Right, MAJ)
        clavier.attendre(lambda: pieces.selection is not None)
    clavier.touche(Qt.Key.Key_E)
    (preuve,) = clavier.fenetre.services.campagne.complet(NUMERO).evaluation.reponse(page.critere_id).preuves
    assert (preuve.ou, preuve.page) == (pieces.piece.nom, 1)
    assert len(preuve.extrait) > 3
    assert preuve.zones
    au_critere(clavier, volets=1)


def suivre_un_obstacle(clavier: Clavier, page: DossierPage) -> None:
    """Ctrl+H reads what was done; then the conclusion, whose obstacles are links that Entrée follows."""
    clavier.touche(Qt.Key.Key_H, CTRL)
    assert page.centre.onglet is Onglet.HISTORIQUE
    clavier.touche(Qt.Key.Key_Tab, CTRL, MAJ)
    while page.centre.onglet is not Onglet.CONCLUSION:
        clavier.touche(Qt.Key.Key_Tab, CTRL, MAJ)
    ici = page.critere_id
    clavier.jusqu_a("Avis favorable")
    clavier.touche(Qt.Key.Key_Space)
    clavier.jusqu_a("Ce qui manque pour finaliser")
    for _ in range(3):  # from link to link
        clavier.touche(Qt.Key.Key_Tab)
        assert clavier.focus.accessibleName() == "Ce qui manque pour finaliser"
    clavier.touche(Qt.Key.Key_Return)
    assert page.critere_id != ici
    assert clavier.focus.accessibleName().startswith(("Niveau", "Oui", "Priorité")), clavier.focus.accessibleName()


@pytest.mark.usefixtures("sans_souris")
def test_from_the_export_to_a_finalised_note(clavier: Clavier, tmp_path: Path) -> None:
    importer(clavier, tmp_path)
    page = ouvrir(clavier)
    lire(clavier, page)
    suivre_un_obstacle(clavier, page)
    campagne = clavier.fenetre.services.campagne
    vus = []
    while campagne.complet(NUMERO).evaluation.etat is not EtatEvaluation.COMPLETE:
        assert page.critere_id not in vus, vus
        vus.append(page.critere_id)
        repondre(clavier, page)
    assert len(vus) == 60
    assert campagne.complet(NUMERO).evaluation.reponse(ENTIER).niveau == 3
    assert campagne.complet(NUMERO).evaluation.reponse("FIN-01").commentaire == "Verifie 0 fois."
    conclure(clavier)
    evaluation = operations.load_dossier(campagne.session, NUMERO).evaluation
    assert evaluation.etat is EtatEvaluation.FINALISEE
    assert evaluation.avis is not None
    assert evaluation.avis.avis is TypeAvis.FAVORABLE
    assert evaluation.instructeur == "Camille Essai"
    produire(clavier)
    (note,) = (campagne.dossier / "notes").glob("*.pdf")
    with pypdfium2.PdfDocument(note) as pdf:
        page_un = pdf[0].get_textpage().get_text_range()
    assert "Favorable" in page_un
    assert "Projet" not in page_un.split("\n")[0]


def conclure(clavier: Clavier) -> None:
    """Choose the opinion, say why, take the request over, finalise."""
    clavier.jusqu_a("Avis favorable")
    clavier.touche(Qt.Key.Key_Space)
    clavier.jusqu_a("Motif")
    clavier.taper("Projet solide et bien situe.")
    clavier.jusqu_a("Reprendre la demande")
    clavier.touche(Qt.Key.Key_Space)
    clavier.jusqu_a("Finaliser")
    clavier.touche(Qt.Key.Key_Space)


def produire(clavier: Clavier) -> None:
    """Produce the note from the conclusion, in the folder that is offered."""
    clavier.jusqu_a("Produire la note")
    clavier.touche(Qt.Key.Key_Space)
    clavier.attendre(lambda: bouton_de_dialogue(clavier) is not None)
    clavier.jusqu_a("Produire")
    clavier.touche(Qt.Key.Key_Space)
    clavier.attendre(lambda: any((clavier.fenetre.services.campagne.dossier / "notes").glob("*.pdf")))
    clavier.qtbot.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Escape)
    clavier.attendre(lambda: QApplication.activeModalWidget() is None)


def bouton_de_dialogue(clavier: Clavier) -> QWidget | None:
    actif = QApplication.activeWindow()
    return actif if actif is not None and actif is not clavier.fenetre else None


def test_escape_and_f6_never_lose_the_focus(clavier: Clavier, tmp_path: Path) -> None:
    importer(clavier, tmp_path)
    page = ouvrir(clavier)
    panneaux = []
    for _ in range(3):
        clavier.touche(Qt.Key.Key_F6)
        panneaux.append(type(clavier.focus))
        assert page.isAncestorOf(clavier.focus)
    assert any(issubclass(p, QTreeView) for p in panneaux)
    clavier.touche(Qt.Key.Key_F11)
    clavier.touche(Qt.Key.Key_Escape)
    assert page.isAncestorOf(clavier.focus)
    assert not isinstance(clavier.focus, QPlainTextEdit) or clavier.focus.isVisible()


def test_the_mouse_is_unplugged(qtbot: QtBot, qapp: QApplication) -> None:
    filtre, champ = SansSouris(), QLineEdit()
    qtbot.addWidget(champ)
    qapp.installEventFilter(filtre)
    qtbot.mouseClick(champ, Qt.MouseButton.LeftButton)
    qapp.removeEventFilter(filtre)
    assert "MouseButtonPress on QLineEdit" in filtre.gestes
