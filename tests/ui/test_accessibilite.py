"""Every page: each control has a name, is reached by Tab, and keeps its words at 200 % text."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from o2r_desktop.resources import resource
from o2r_desktop.suivi import Filtre
from ui.main_window import MainWindow
from ui.navigation import Onglet
from ui.services import Services

COMMANDES = (QAbstractButton, QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QAbstractItemView, QTabBar)
Chemin = Callable[[MainWindow], object]
PAGES: dict[str, Chemin] = {
    "accueil": lambda f: f.go("accueil"),
    "dossiers": lambda f: f.services.navigation.show_liste(Filtre()),
    "dossier, formulaire": lambda f: f.services.navigation.open_dossier(25000101, critere_id="FIN-02"),
    "dossier, constat": lambda f: f.services.navigation.open_dossier(25000101, critere_id="REC-02"),
    "dossier, conclusion": lambda f: f.services.navigation.open_dossier(25000101, onglet=Onglet.CONCLUSION),
    "dossier, note": lambda f: f.services.navigation.open_dossier(25000101, onglet=Onglet.NOTE),
    "dossier finalisé": lambda f: f.services.navigation.open_dossier(25000113),
    "campagne": lambda f: f.go("campagne"),
    "import": lambda f: f.services.navigation.import_files(
        [next(resource("demo").glob("*.csv"))],
    ),
    "rapport": lambda f: f.services.navigation.show_rapport(1),
}


@pytest.fixture
def fenetre(qtbot: QtBot, services: Services, campagne_demo: Path) -> Iterator[MainWindow]:
    window = MainWindow(services)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.start(campagne_demo)
    qtbot.waitUntil(lambda: services.campagne.suivi is not None and not services.taches.busy, timeout=20_000)
    yield window
    services.taches.cancel_all()
    qtbot.waitUntil(lambda: not services.taches.busy, timeout=20_000)


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


def tour_au_clavier(qtbot: QtBot, fenetre: MainWindow) -> set[QWidget]:
    """Press Tab until the focus comes back; return what had it."""
    vus: list[QWidget] = []
    for _ in range(400):
        courant = QApplication.focusWidget()
        if courant is not None and courant in vus and len(vus) > 1 and courant is vus[0]:
            break
        if courant is not None and courant not in vus:
            vus.append(courant)
        qtbot.keyClick(courant or fenetre, Qt.Key.Key_Tab)
    return set(vus)


def decrire(w: QWidget) -> str:
    texte = w.text() if isinstance(w, QAbstractButton) else ""
    return f"{type(w).__name__} «{nom_accessible(w) or texte}» in {type(w.parentWidget()).__name__}"


@pytest.mark.parametrize("page", PAGES)
def test_each_control_has_a_name_and_is_reached_by_tab(qtbot: QtBot, fenetre: MainWindow, page: str) -> None:
    PAGES[page](fenetre)
    qtbot.waitUntil(lambda: not fenetre.services.taches.busy, timeout=20_000)
    fenetre.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    en_vue = commandes(fenetre)
    assert len(en_vue) > 3
    assert "; ".join(decrire(w) for w in en_vue if not nom_accessible(w)) == ""
    atteints = tour_au_clavier(qtbot, fenetre)
    groupes = {id(_groupe(w)) for w in atteints if _groupe(w) is not None}
    oublies = [
        w for w in en_vue if w.isVisible() and w.isEnabled() and w not in atteints and id(_groupe(w)) not in groupes
    ]
    assert "; ".join(decrire(w) for w in oublies) == ""


def _groupe(w: QWidget) -> object | None:
    """Return what makes several controls one stop of Tab, arrows moving inside: an exclusive group."""
    if isinstance(w, QAbstractButton) and (w.group() is not None and w.group().exclusive()):
        return w.group()
    if isinstance(w, QAbstractButton) and w.autoExclusive():
        return w.parentWidget()
    return None
