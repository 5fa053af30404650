"""From the export to the note without touching the mouse, as somebody does who never saw the program."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from o2r_desktop import operations
from o2r_desktop.evaluation.grille import TypeCritere
from o2r_desktop.evaluation.reponses import EtatEvaluation, TypeAvis
from o2r_desktop.resources import resource
from tests.ui.conftest import MAINTENANT
from ui.main_window import MainWindow
from ui.pages.dossier.page import DossierPage
from ui.services import Services

NUMERO = 25_000_108
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


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
        self.qtbot.waitUntil(lambda: bool(condition()) and not taches.busy, timeout=30_000)  # type: ignore[operator]


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
    """Ctrl+I, the path of the file in the dialog, then Ctrl+Entrée twice: look, import."""
    export = next(f for f in resource("demo").iterdir() if f.suffix == ".xlsx")
    copie = shutil.copy(export, tmp_path / "export.xlsx")
    clavier.touche(Qt.Key.Key_I, CTRL)
    clavier.jusqu_a("Choisir des fichiers")
    clavier.touche(Qt.Key.Key_Space)
    clavier.qtbot.waitUntil(lambda: isinstance(clavier.focus, QLineEdit))
    clavier.taper(str(copie))
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
        clavier.jusqu_a("Confirmer")
        clavier.touche(Qt.Key.Key_Space)
    if critere.type is TypeCritere.ECHELLE:
        clavier.touche(Qt.Key.Key_3)
    elif critere.type is TypeCritere.PRIORITE:
        clavier.jusqu_a("Priorité")
        while "hors priorité" not in clavier.focus.accessibleName():
            clavier.touche(Qt.Key.Key_Down)
        clavier.touche(Qt.Key.Key_Space)
    else:
        clavier.touche(Qt.Key.Key_O)
    clavier.jusqu_a("Commentaire")
    clavier.taper("Verifie 0 fois.")
    clavier.touche(Qt.Key.Key_Return, CTRL)


def test_from_the_export_to_a_finalised_note(clavier: Clavier, tmp_path: Path) -> None:
    importer(clavier, tmp_path)
    page = ouvrir(clavier)
    campagne = clavier.fenetre.services.campagne
    vus = []
    while campagne.complet(NUMERO).evaluation.etat is not EtatEvaluation.COMPLETE:
        assert page.critere_id not in vus, vus
        vus.append(page.critere_id)
        repondre(clavier, page)
    assert len(vus) == 60
    assert campagne.complet(NUMERO).evaluation.reponse("FIN-02").niveau == 3
    assert campagne.complet(NUMERO).evaluation.reponse("FIN-02").commentaire == "Verifie 0 fois."
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
