"""Painted cells: what is seen of pills, bars and words."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ui.services import Services
from ui.theme import Ton
from ui.widgets.delegates import Barre, CellDelegate, PillDelegate, Pilule, ProgressDelegate, Role

LARGEUR, HAUTEUR = 200, 32


@pytest.fixture
def item() -> Iterator[QStandardItem]:
    modele = QStandardItemModel()
    element = QStandardItem("mot")
    modele.appendRow(element)
    yield element
    modele.clear()


def paint(delegue: CellDelegate, index: QModelIndex, *, choisi: bool = False) -> QImage:
    image = QImage(LARGEUR, HAUTEUR, QImage.Format.Format_RGB32)
    image.fill(QColor(delegue.theme.couleurs.carte))
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, LARGEUR, HAUTEUR)
    if choisi:
        option.state |= QStyle.StateFlag.State_Selected
    painter = QPainter(image)
    delegue.paint(painter, option, index)
    painter.end()
    return image


def colours(image: QImage, y: int = HAUTEUR // 2) -> list[str]:
    return [image.pixelColor(x, y).name() for x in range(LARGEUR)]


def test_a_selected_row_and_the_row_of_the_mouse_have_their_ground(services: Services, item: QStandardItem) -> None:
    delegue = CellDelegate(services.theme, services.theme)
    c = services.theme.couleurs

    assert paint(delegue, item.index(), choisi=True).pixelColor(LARGEUR - 2, 4).name() == c.action_fond
    assert paint(delegue, item.index()).pixelColor(LARGEUR - 2, 4).name() == c.carte
    delegue.hovered = 0
    assert paint(delegue, item.index()).pixelColor(LARGEUR - 2, 4).name() == c.survol


def test_the_current_row_has_an_edge_where_its_delegate_leads(services: Services, item: QStandardItem) -> None:
    delegue = CellDelegate(services.theme, services.theme)
    delegue.current = 0
    assert paint(delegue, item.index()).pixelColor(1, 4).name() != services.theme.couleurs.action

    delegue.leads = True
    assert paint(delegue, item.index()).pixelColor(1, 4).name() == services.theme.couleurs.action


def test_a_pill_has_its_ground_and_a_draft_only_its_edge(services: Services, item: QStandardItem) -> None:
    delegue = PillDelegate(services.theme, services.theme)
    fond = services.theme.couleurs.ton(Ton.BON)[1]
    item.setData(Pilule(ton=Ton.BON), Role.PASTILLE)
    assert fond in colours(paint(delegue, item.index()))

    item.setData(Pilule(ton=Ton.BON, en_projet=True), Role.PASTILLE)
    assert fond not in colours(paint(delegue, item.index()))


def test_a_cell_without_a_pill_is_text(services: Services, item: QStandardItem) -> None:
    delegue = PillDelegate(services.theme, services.theme)
    couleurs = services.theme.couleurs
    item.setText("—")

    vues = set(colours(paint(delegue, item.index()), 17)) | set(colours(paint(delegue, item.index()), 18))
    assert couleurs.ton(Ton.NEUTRE)[1] not in vues


@pytest.mark.parametrize(("fait", "part"), [(0, 0.0), (22, 0.5), (44, 1.0)])
def test_a_bar_is_as_long_as_what_is_done(services: Services, item: QStandardItem, fait: int, part: float) -> None:
    delegue = ProgressDelegate(services.theme, services.theme)
    item.setText(f"{fait}/44")
    item.setData(Barre(fait=fait, attendu=44), Role.BARRE)
    ligne = colours(paint(delegue, item.index()))
    pleins, vides = (ligne.count(n) for n in (services.theme.couleurs.bouton, services.theme.couleurs.piste))

    assert pleins / (pleins + vides) == pytest.approx(part, abs=0.06)


def test_nothing_expected_is_nothing_done() -> None:
    assert Barre(fait=0, attendu=0).part == 0.0


def test_figures_stand_at_the_right_their_word_after_them(services: Services, item: QStandardItem) -> None:
    delegue = CellDelegate(services.theme, services.theme, nombre=True)
    item.setText("61,2")
    seul = paint(delegue, item.index())
    item.setData("prov.", Role.SUITE)
    suivi = paint(delegue, item.index())
    carte = services.theme.couleurs.carte

    def ink(image: QImage, gauche: int, droite: int) -> int:
        hauts = range(4, HAUTEUR - 4)
        return sum(image.pixelColor(x, y).name() != carte for x in range(gauche, droite) for y in hauts)

    assert ink(seul, 0, LARGEUR // 2) == 0
    assert ink(seul, LARGEUR // 2, LARGEUR) > 0
    assert ink(suivi, 0, LARGEUR) > ink(seul, 0, LARGEUR)


def test_widths_follow_the_size_of_the_text(services: Services) -> None:
    petite, grande = QFont(), QFont()
    petite.setPointSizeF(10)
    grande.setPointSizeF(20)
    for genre in (CellDelegate, PillDelegate, ProgressDelegate):
        delegue = genre(services.theme, services.theme)
        assert delegue.width_of(grande, "24 000 012") > 1.5 * delegue.width_of(petite, "24 000 012")


def test_a_double_click_on_an_edge_gives_room_to_the_text(services: Services, item: QStandardItem) -> None:
    delegue = CellDelegate(services.theme, services.theme, gras=True)
    option = QStyleOptionViewItem()
    court = delegue.sizeHint(option, item.index()).width()
    item.setText("un mot bien plus long")

    assert delegue.sizeHint(option, item.index()).width() > court
    assert item.index().data(Qt.ItemDataRole.DisplayRole) == "un mot bien plus long"
