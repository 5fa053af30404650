"""The passages of a search: words, keys, and what is painted."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from o2r_desktop.recherche import Passage, Resultat, Source
from o2r_desktop.text import NBSP, NNBSP
from ui.services import Services
from ui.settings import Mode
from ui.widgets.passages import PassagesPanel, headline, place

RESERVE = "index en cours"
NOMS = {25000101: "Les <i>Passeurs", 25000106: "ML"}


def passage(numero: int, ou: str, page: int | None, *fragments: tuple[str, bool]) -> Passage:
    source = Source.FORMULAIRE if page is None else Source.PIECE
    return Passage(numero=numero, source=source, ou=ou, page=page, empreinte="ab" * 32, fragments=fragments)


PIECE = passage(25000101, "comptes_2024.pdf", 4, ("Les ", False), ("fonds", True), (" <b>dédiés</b>", False))
CHAMP = passage(25000101, "Résumé du projet", None, ("😀 des ", False), ("fonds", True))
AUTRE = passage(25000106, "Cofinancements, ligne 2", None, ("(", False), ("fonds", True), (" propres)", False))


def resultat(*passages: Passage, complet: bool = True, dossiers: int = 2) -> Resultat:
    return Resultat(numeros=frozenset(range(dossiers)), passages=passages, complet=complet)


@pytest.fixture
def panneau(services: Services, qtbot: QtBot) -> PassagesPanel:
    panneau = PassagesPanel(services.theme, touche="Ctrl+Shift+F", aller="F6")
    qtbot.addWidget(panneau)
    panneau.resize(900, 240)
    with qtbot.waitActive(panneau):
        panneau.show()
        panneau.activateWindow()
    panneau.show_resultat(resultat(PIECE, AUTRE, CHAMP), 60, RESERVE, lambda numero: NOMS[numero])
    return panneau


def test_passages_come_under_the_name_of_their_dossier(panneau: PassagesPanel) -> None:
    modele = panneau.liste.modele
    dits = [modele.index(rang).data() for rang in range(modele.rowCount())]

    assert dits == [
        f"n°{NBSP}25{NNBSP}000{NNBSP}101 · Les <i>Passeurs",
        f"comptes_2024.pdf, p.{NBSP}4 — Les fonds <b>dédiés</b>",
        "Résumé du projet — 😀 des fonds",
        f"n°{NBSP}25{NNBSP}000{NNBSP}106 · ML",
        "Cofinancements, ligne 2 — (fonds propres)",
    ]
    assert place(PIECE) == f"comptes_2024.pdf, p.{NBSP}4"


def test_text_of_dossiers_is_never_markup(panneau: PassagesPanel) -> None:
    modele = panneau.liste.modele
    bulle = modele.index(1).data(Qt.ItemDataRole.ToolTipRole)

    assert "&lt;b&gt;dédiés" in bulle
    assert "&lt;i&gt;Passeurs" in bulle
    assert "<b>dédiés" in modele.index(1).data(Qt.ItemDataRole.AccessibleTextRole)


def test_arrows_pass_over_names_and_enter_opens(panneau: PassagesPanel, qtbot: QtBot) -> None:
    liste = panneau.liste
    liste.focus_first()
    ouverts: list[Passage] = []
    liste.opened.connect(ouverts.append)
    for _ in range(4):
        qtbot.keyClick(liste, Qt.Key.Key_Return)
        qtbot.keyClick(liste, Qt.Key.Key_Down)

    assert ouverts == [PIECE, CHAMP, AUTRE, AUTRE]
    with qtbot.waitSignal(liste.escaped):
        qtbot.keyClick(liste, Qt.Key.Key_Escape)
    with qtbot.waitSignal(liste.typed) as lettre:
        qtbot.keyClick(liste, Qt.Key.Key_M)
    assert lettre.args == ["m"]


def test_a_double_click_opens_a_passage_and_nothing_on_a_name(panneau: PassagesPanel, qtbot: QtBot) -> None:
    liste = panneau.liste
    ouverts: list[Passage] = []
    liste.opened.connect(ouverts.append)
    for rang in (0, 1):
        ou = liste.visualRect(liste.modele.index(rang)).center()
        qtbot.mouseClick(liste.viewport(), Qt.MouseButton.LeftButton, pos=ou)
        qtbot.mouseDClick(liste.viewport(), Qt.MouseButton.LeftButton, pos=ou)

    assert ouverts == [PIECE]


def test_the_current_passage_stays_when_others_come(panneau: PassagesPanel) -> None:
    liste = panneau.liste
    liste.setCurrentIndex(liste.modele.index(4))
    panneau.show_resultat(resultat(AUTRE, PIECE), 60, RESERVE, str)

    assert liste.modele.passage(liste.currentIndex()) == AUTRE


@pytest.mark.parametrize("mode", [Mode.CLAIR, Mode.SOMBRE])
def test_words_are_marked_by_a_ground(panneau: PassagesPanel, services: Services, mode: Mode) -> None:
    services.theme.set_mode(mode)
    liste = panneau.liste
    image = liste.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    marque = QColor(services.theme.couleurs.preuve).rgb()
    lignes = {
        rang
        for rang in range(liste.modele.rowCount())
        for zone in [liste.visualRect(liste.modele.index(rang))]
        for x in range(zone.left(), zone.right())
        if image.pixel(x, zone.center().y() - zone.height() // 4) == marque
    }

    assert lignes == {1, 2, 4}


def test_folded_it_is_its_head(panneau: PassagesPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panneau.folded) as voulu:
        panneau.plier.click()
    assert voulu.args == [True]
    panneau.fold(True)

    assert panneau.is_folded
    assert panneau.maximumHeight() < 80
    assert panneau.plier.accessibleName() == "Montrer les passages"
    panneau.fold(False)
    assert panneau.liste.isVisible()


def test_the_head_counts_and_says_what_is_still_to_come() -> None:
    assert headline(resultat(PIECE, AUTRE, CHAMP), 60, RESERVE) == f"3{NBSP}passages dans 2{NBSP}dossiers"
    assert (
        headline(resultat(PIECE, complet=False), 60, RESERVE) == f"1{NBSP}passage dans 1{NBSP}dossier · {RESERVE}"
    )
    assert headline(resultat(complet=False), 60, RESERVE) == f"Aucun passage · {RESERVE}"
    beaucoup = resultat(PIECE, AUTRE, dossiers=214)
    assert headline(beaucoup, 2, RESERVE) == f"Les 2 premiers passages · 214{NBSP}dossiers trouvés"
