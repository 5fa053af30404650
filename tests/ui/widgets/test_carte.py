import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from o2r_desktop.analyse.territoire.carte import Carte, Contour, carte
from ui.services import Services
from ui.widgets.carte import CarteView, Couverture, Marque, finding
from ui.widgets.carte_formes import DIRECTIONS, neighbour, shapes
from ui.widgets.carte_legende import Legende


def carre(code: str, nom: str, x: float, y: float, cote: float = 1.0) -> Contour:
    return Contour(code=code, nom=nom, anneaux=(((x, y), (x + cote, y), (x + cote, y + cote), (x, y + cote)),))


PETITE = Carte(
    taille=(4, 2),
    departements=(carre("53", "Mayenne", 0, 0, 2), carre("72", "Sarthe", 2, 0, 2)),
    epci=tuple(
        carre(f"20000000{rang}", nom, rang % 4, rang // 4)
        for rang, nom in enumerate(("Nord-Ouest", "Nord", "Centre", "Est", "Sud-Ouest", "Sud", "Bas", "Bout"))
    ),
    source="essai",
)


@pytest.fixture
def vue(qtbot: QtBot, services: Services) -> CarteView:
    vue = CarteView(services.theme)
    qtbot.addWidget(vue)
    vue.resize(412, 212)
    vue.show_carte(PETITE)
    vue.show()
    return vue


def tons(vue: CarteView, x: int, y: int) -> set[int]:
    """Return the shades of grey around a point: a tint alone has one, strokes make several."""
    image = vue.grab(vue.rect()).toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    return {image.pixelColor(x + dx, y + dy).value() for dx in range(-9, 10) for dy in range(-9, 10)}


def test_arrows_go_to_the_neighbour_and_the_place_is_said(vue: CarteView, qtbot: QtBot) -> None:
    vue.show_couverture(Couverture(lus={"53", "200000000"}, comptes={"53": 3}), "Un constat.")
    vue.setFocus()
    assert vue.current == "200000000"
    assert vue.mots("200000000") == "Nord-Ouest\u00a0: visé par le dossier"
    assert vue.mots("53") == "Mayenne\u00a0: département visé, 3\u00a0autres dossiers"
    for touche, nom in ((Qt.Key.Key_Right, "Nord"), (Qt.Key.Key_Down, "Sud"), (Qt.Key.Key_Left, "Sud-Ouest")):
        qtbot.keyClick(vue, touche)
        assert vue.mots(vue.current) == f"{nom}\u00a0: non visé"
    qtbot.keyClick(vue, Qt.Key.Key_Left)
    assert vue.mots(vue.current).startswith("Sud-Ouest")
    assert "Un constat." in vue.accessibleDescription()
    assert "Sud-Ouest" in vue.accessibleDescription()


def test_entree_asks_to_retain_and_espace_looks_closer(vue: CarteView, qtbot: QtBot) -> None:
    vue.setFocus()
    vue.select("200000003")
    with qtbot.waitSignal(vue.lieu_toggled) as demande:
        qtbot.keyClick(vue, Qt.Key.Key_Return)
    assert demande.args == ["200000003"]
    qtbot.keyClick(vue, Qt.Key.Key_Space)
    assert vue.zoom == "72"
    qtbot.keyClick(vue, Qt.Key.Key_Left)
    qtbot.keyClick(vue, Qt.Key.Key_Left)
    assert (vue.current, vue.zoom) == ("200000001", "53"), "the map follows the keyboard"
    qtbot.keyClick(vue, Qt.Key.Key_Space)
    assert vue.zoom == ""


def test_the_mouse_chooses_a_place(vue: CarteView, qtbot: QtBot) -> None:
    qtbot.mouseClick(vue, Qt.MouseButton.LeftButton, pos=QPoint(156, 56))
    assert vue.current == "200000001"
    with qtbot.waitSignal(vue.lieu_toggled):
        qtbot.mouseDClick(vue, Qt.MouseButton.LeftButton, pos=QPoint(156, 56))


def test_no_mark_is_a_tint_alone(vue: CarteView) -> None:
    centre = (156, 156)  # the middle of «Sud»
    assert len(tons(vue, *centre)) == 1
    vue.show_couverture(Couverture(lus={"200000005"}), "")
    lu = vue.grab().toImage()
    assert len(tons(vue, *centre)) > 1
    vue.show_couverture(Couverture(retenus={"200000005"}), "")
    assert len(tons(vue, *centre)) > 1
    assert vue.grab().toImage() != lu


def test_counts_are_written_beside_their_tint(vue: CarteView) -> None:
    sans = vue.grab().toImage()
    vue.show_couverture(Couverture(comptes={"53": 0, "72": 4}), "")
    assert vue.grab().toImage() != sans
    assert vue.mots("72") == "Sarthe\u00a0: 4\u00a0autres dossiers"


def test_the_legend_names_every_mark(qtbot: QtBot, services: Services) -> None:
    legende = Legende(services.theme)
    qtbot.addWidget(legende)
    legende.show_counts(montres=False)
    dits = [mots.text() for mots in legende.findChildren(type(legende.nombre.layout().itemAt(1).widget()))]  # type: ignore[union-attr]
    assert {m.value for m in Marque} <= set(dits)
    assert not legende.nombre.isVisibleTo(legende)


def test_every_place_of_the_shipped_map_is_within_reach_of_the_arrows() -> None:
    lieux = shapes(carte().epci)
    vus, a_voir = set[str](), [next(iter(lieux))]
    while a_voir:
        code = a_voir.pop()
        if code not in vus:
            vus.add(code)
            a_voir += [neighbour(lieux, code, vers) for vers in DIRECTIONS.values()]
    assert vus == set(lieux)
    assert len(lieux) > 60


@pytest.mark.parametrize(
    ("departements", "lus", "retenus", "phrase"),
    [
        ((), 0, 0, "Le dossier ne nomme aucun territoire que la carte connaisse."),
        (("Sarthe (72)",), 0, 0, "Le projet vise 1\u00a0département (Sarthe (72))."),
        (
            ("Mayenne (53)", "Sarthe (72)"),
            3,
            1,
            "Le projet vise 2\u00a0départements (Mayenne (53) et Sarthe (72)) et 3\u00a0intercommunalités nommées, "
            "et vous en retenez 1\u00a0autre.",
        ),
    ],
)
def test_the_finding_is_a_sentence(departements: tuple[str, ...], lus: int, retenus: int, phrase: str) -> None:
    assert finding(departements, lus, retenus) == phrase
