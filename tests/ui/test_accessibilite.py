"""Every page: each control has a name, is reached by Tab, and keeps its words at 200 % text."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSplitter,
    QTabBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from o2r_desktop.evaluation.reponses import DecisionConstat, TypeAvis
from o2r_desktop.resources import resource
from o2r_desktop.suivi import Filtre
from tests.ui.pages.test_importer_correspondance import renommer
from ui.main_window import MainWindow
from ui.navigation import Onglet
from ui.pages.dossier.conclusion import ConclusionVolet
from ui.pages.dossier.page import DossierPage
from ui.pages.dossier.pieces import PiecesVolet
from ui.pages.dossiers import DossiersPage
from ui.pages.importer import ImporterPage
from ui.services import Services
from ui.widgets.base import split

COMMANDES = (QAbstractButton, QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QAbstractItemView, QTabBar)
Chemin = Callable[[MainWindow], object]
PAGES: dict[str, Chemin] = {
    "accueil": lambda f: f.go("accueil"),
    "dossiers": lambda f: f.services.navigation.show_liste(Filtre()),
    "dossier, formulaire": lambda f: f.services.navigation.open_dossier(25000108, critere_id="FIN-02"),
    "dossier, constat": lambda f: f.services.navigation.open_dossier(25000108, critere_id="REC-02"),
    "dossier, conclusion": lambda f: f.services.navigation.open_dossier(25000108, onglet=Onglet.CONCLUSION),
    "dossier, note": lambda f: f.services.navigation.open_dossier(25000108, onglet=Onglet.NOTE),
    "dossier finalisé": lambda f: f.services.navigation.open_dossier(25000101, onglet=Onglet.CONCLUSION),
    "dossier, pièces": lambda f: f.services.navigation.open_dossier(25000110, onglet=Onglet.PIECES),
    "dossier, tableau": lambda f: piece(f, ".xlsx"),
    "dossier, vignettes": lambda f: piece(f, ".pdf").vue.pdf.toggle_vignettes(),
    "dossier, recherche dans les pièces": lambda f: piece(f, ".pdf").recherche.open(),
    "dossier, preuve, vigilance, question": lambda f: ouvrir_tout(f),
    "dossier, questions": lambda f: f.services.navigation.open_dossier(25000108, onglet=Onglet.QUESTIONS),
    "dossier, historique": lambda f: f.services.navigation.open_dossier(25000101, onglet=Onglet.HISTORIQUE),
    "dossier, par critère": lambda f: par_critere(f),
    "tri rapide": lambda f: f.services.navigation.sort(),
    "plan de travail": lambda f: f.services.navigation.plan_work(),
    **{f"comparer, {o}": lambda f, o=o: montrer(f, "comparer", o) for o in ("Carte", "Côte à côte", "Et si")},
    **{
        f"comité, {o}": lambda f, o=o: montrer(f, "comite", o)
        for o in ("Ordre du jour", "Enveloppe", "Couverture", "Séance", "Suites", "Membres")
    },
    "campagne": lambda f: f.go("campagne"),
    "import": lambda f: f.services.navigation.import_files(
        [next(resource("demo").glob("*.csv"))],
    ),
    "import, correspondance": lambda f: f.services.navigation.import_files([renommer(f.services.campagne.dossier)]),
    "rapport": lambda f: f.services.navigation.show_rapport(1),
}


def montrer(fenetre: MainWindow, page: str, onglet: str) -> None:
    """Show a tab of the committee or of the comparison."""
    fenetre.go(page)
    fenetre.page.show_tab(onglet)  # type: ignore[union-attr]


def dossier_ouvert(fenetre: MainWindow, numero: int, **ou: Any) -> DossierPage:
    """Open a dossier and return its page."""
    fenetre.services.navigation.open_dossier(numero, **ou)
    page = fenetre.page
    assert isinstance(page, DossierPage)
    return page


def piece(fenetre: MainWindow, suffixe: str) -> PiecesVolet:
    """Show the first received piece of that kind."""
    page = dossier_ouvert(fenetre, 25000110, onglet=Onglet.PIECES)
    volet = page.centre.volet
    assert isinstance(volet, PiecesVolet)
    pieces = fenetre.services.campagne.complet(25000110).dossier.pieces
    volet.show_rang(next(i for i, p in enumerate(pieces) if p.presente and p.nom.endswith(suffixe)))
    return volet


def ouvrir_tout(fenetre: MainWindow) -> None:
    """Show a critere with everything open: a place pinned, the point of attention and a question being written."""
    page = dossier_ouvert(fenetre, 25000108, critere_id="FIN-02")
    page.centre.volet.show_champ("siret") or page.centre.volet.show_champ("nom_projet")  # type: ignore[attr-defined]
    page.critere.pin()
    page.critere.watch()
    page.critere.vigilance.champ.setPlainText("À suivre")
    page.critere.ask()


def par_critere(fenetre: MainWindow) -> None:
    dossier_ouvert(fenetre, 25000108, critere_id="FIN-02").set_par_critere(actif=True)


@pytest.fixture
def fenetre(qtbot: QtBot, services: Services, campagne_demo: Path) -> Iterator[MainWindow]:
    window = MainWindow(services)
    window.resize(1366, 768)
    window.start(campagne_demo)
    qtbot.waitUntil(lambda: services.campagne.suivi is not None and not services.taches.busy, timeout=20_000)
    yield window
    services.taches.cancel_all()
    qtbot.waitUntil(lambda: not services.taches.busy, timeout=20_000)
    window.close()
    window.deleteLater()


def commandes(racine: QWidget) -> list[QWidget]:
    """Return the controls in view that a user can act on."""
    return [
        w
        for w in racine.findChildren(QWidget)
        if isinstance(w, COMMANDES) and w.isVisible() and w.isEnabled() and not _interne(w)
    ]


def _interne(w: QWidget) -> bool:
    """Whether a control is a part of another one: the field of a spin box, the clear button of a field."""
    parent = w.parentWidget()
    while parent is not None:
        if isinstance(parent, (QComboBox, QLineEdit, QMenu, QTabBar)) or parent.inherits("QAbstractSpinBox"):
            return True
        if isinstance(parent, QAbstractItemView) and (
            w.inherits("QTableCornerButton") or w.inherits("QHeaderView")
        ):
            return True
        parent = parent.parentWidget()
    return w.inherits("QTableCornerButton") or w.inherits("QHeaderView") or w.objectName().startswith("qt_")


def nom_accessible(w: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(w)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def tour_au_clavier(qtbot: QtBot, fenetre: MainWindow) -> tuple[list[QWidget], list[str]]:
    """Press Tab from the rail until the focus comes back; return what had it, in order, and each step backwards."""
    suite: list[QWidget] = [fenetre.rail.bouton("accueil")]
    retours: list[str] = []
    suite[0].setFocus()
    while True:
        qtbot.keyClick(suite[-1], Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus is suite[-1]:  # from link to link of a text
            continue
        if focus in suite:
            return suite, retours
        en_bas = fenetre.etat.isAncestorOf(suite[-1])  # the status bar comes between the rail and the page
        if not en_bas and _revient(_cadre(suite[-1]), _cadre(focus)):  # now: the page scrolls with the focus
            retours.append(f"{decrire(suite[-1])} → {decrire(focus)}")
        suite.append(focus)


def decrire(w: QWidget) -> str:
    texte = w.text() if isinstance(w, QAbstractButton) else ""
    return f"{type(w).__name__} «{nom_accessible(w) or texte}» in {type(w.parentWidget()).__name__}"


@pytest.mark.parametrize("page", PAGES)
def test_each_control_has_a_name_and_is_reached_by_tab_down_the_page(
    qtbot: QtBot, fenetre: MainWindow, page: str
) -> None:
    PAGES[page](fenetre)
    qtbot.waitUntil(lambda: not fenetre.services.taches.busy, timeout=20_000)
    qtbot.waitUntil(lambda: _pose(fenetre), timeout=20_000)
    fenetre.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    qtbot.waitUntil(lambda: all(w.height() > 8 for w in commandes(fenetre)))  # laid out
    assert "; ".join(decrire(w) for w in commandes(fenetre) if not nom_accessible(w)) == ""
    suite, retours = tour_au_clavier(qtbot, fenetre)
    assert len(suite) > 3
    assert "; ".join(retours) == ""
    groupes = {id(_groupe(w)) for w in suite if _groupe(w) is not None}
    oublies = [w for w in commandes(fenetre) if w not in suite and id(_groupe(w)) not in groupes]
    assert "; ".join(decrire(w) for w in oublies) == ""


def _pose(fenetre: MainWindow) -> bool:
    """Whether the page of an import is laid out: its rows come by parts, its cards are placed a moment later."""
    page = fenetre.page
    if not isinstance(page, ImporterPage):
        return True
    etape, arrivees = page.correspondance, (page.correspondance, page.controle, page.rapport)
    if page.pile.currentWidget() is not etape:
        return page.pile.currentWidget() in arrivees
    haut = etape.vue.y()
    return all(e.isHidden() or e.y() >= haut or e.geometry().bottom() < haut for e in _enfants(etape))


def _enfants(w: QWidget) -> list[QWidget]:
    return [e for e in w.children() if isinstance(e, QWidget)]


def _groupe(w: QWidget) -> object | None:
    """Return what makes several controls one stop of Tab, arrows moving inside: an exclusive group."""
    if isinstance(w, QAbstractButton) and (w.group() is not None and w.group().exclusive()):
        return w.group()
    if isinstance(w, QAbstractButton) and w.autoExclusive():
        return w.parentWidget()
    return None


def _cadre(w: QWidget) -> QRect:
    return QRect(w.mapTo(w.window(), QPoint(0, 0)), w.size())


def _revient(avant: QRect, apres: QRect) -> bool:
    """Whether the eye has to go back: up without going to a column at the right, or left on the same line."""
    a_droite = apres.left() > avant.right() - 8
    plus_haut = apres.bottom() <= avant.top() + 4
    meme_ligne = not plus_haut and apres.top() < avant.bottom() - 4
    return not a_droite and (plus_haut or (meme_ligne and apres.right() <= avant.left() + 8))


def test_what_a_screen_reader_toggles_is_written(fenetre: MainWindow) -> None:
    """Qt's «Toggle» action changes the state of a button and sends no click."""
    campagne = fenetre.services.campagne
    fenetre.services.navigation.open_dossier(25000108, critere_id="FIN-02", onglet=Onglet.CONCLUSION)
    page = fenetre.page
    assert isinstance(page, DossierPage)
    for niveau in (1, 3):
        page.critere.choix.places[niveau].toggle()
        assert campagne.complet(25000108).evaluation.reponse("FIN-02").niveau == niveau
        assert [p.isChecked() for p in page.critere.choix.places].index(True) == niveau
        assert sum(p.isChecked() for p in page.critere.choix.places) == 1
    page.critere.choix.reserves["sans_objet"].toggle()
    assert campagne.complet(25000108).evaluation.reponse("FIN-02").valeur == "sans_objet"
    page.findChild(ConclusionVolet).radios[TypeAvis.AJOURNE].toggle()  # type: ignore[union-attr]
    assert campagne.complet(25000108).evaluation.projet.avis is TypeAvis.AJOURNE
    page.open_critere("REC-02")
    for decision in (DecisionConstat.CONFIRME, DecisionConstat.NON_VERIFIABLE):
        page.critere.constat.decisions[decision].toggle()
        assert campagne.complet(25000108).evaluation.reponse("REC-02").decision is decision


def test_a_tab_that_a_screen_reader_checks_narrows_the_list(fenetre: MainWindow) -> None:
    fenetre.go("dossiers")
    page = fenetre.page
    assert isinstance(page, DossiersPage)
    page.tabs.buttons[-1].toggle()
    assert len(page.numeros_affiches()) == 3
    assert [QAccessible.queryAccessibleInterface(b).role() for b in page.tabs.buttons] == [
        QAccessible.Role.RadioButton
    ] * 5


def test_an_answer_that_cannot_be_written_is_not_shown_as_chosen(fenetre: MainWindow) -> None:
    fenetre.services.navigation.open_dossier(25000101)  # finalised
    campagne, page = fenetre.services.campagne, fenetre.page
    assert isinstance(page, DossierPage)
    reponse = campagne.complet(25000101).evaluation.reponse
    page.open_critere(next(c.id for c in campagne.session.grille.ponderes if reponse(c.id).niveau is not None))
    avant = [p.isChecked() for p in page.critere.choix.places]
    page.critere.choix.places[(avant.index(True) + 1) % 5].toggle()
    assert [p.isChecked() for p in page.critere.choix.places] == avant


def test_a_splitter_is_read_in_the_order_of_its_parts(qtbot: QtBot) -> None:
    separateur = QSplitter()
    qtbot.addWidget(separateur)
    volets = [QLineEdit(), QLineEdit(), QLineEdit()]
    split(separateur, *volets)
    lus = QAccessible.queryAccessibleInterface(separateur)
    enfants = [lus.child(rang).object() for rang in range(lus.childCount())]
    assert [e for e in enfants if e in volets] == volets


@pytest.mark.parametrize("numero", [25000108, 25000107])
def test_a_dossier_opens_with_the_focus_on_its_answer(fenetre: MainWindow, numero: int) -> None:
    fenetre.activateWindow()
    fenetre.services.navigation.open_dossier(numero, critere_id="FIN-02")
    page = fenetre.page
    assert isinstance(page, DossierPage)
    assert QApplication.focusWidget() in page.critere.choix.places
