"""The bar over a piece: what it is stands beside the buttons, over them when there is no room."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.pages.dossier.pieces_barre import BarrePieces
from ui.pages.dossier.pieces_choix import ChoixPiece
from ui.widgets.base import Pastille, button


def test_the_details_leave_the_line_of_the_buttons_when_it_is_narrow(qtbot: QtBot) -> None:
    page, bouton = QWidget(), button("Marquer lue", touche="Ctrl+L")
    barre = BarrePieces(ChoixPiece(), Pastille(), bouton, button("Détacher", touche="F8"))
    qtbot.addWidget(page)
    barre.setParent(page)
    barre.details.set_texte("« Comptes annuels approuvés » · 5,4 ko")
    barre.resize(700, 90)
    page.resize(700, 90)
    page.show()
    gestes = bouton.parentWidget()
    assert gestes is not None
    qtbot.waitUntil(lambda: gestes.x() > barre.details.x())
    assert abs(gestes.geometry().center().y() - barre.details.geometry().center().y()) < gestes.height() // 2
    barre.resize(360, 140)
    qtbot.waitUntil(lambda: gestes.y() >= barre.details.geometry().bottom())
