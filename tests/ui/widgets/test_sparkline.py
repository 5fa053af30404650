"""The small line of values."""

from decimal import Decimal

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from ui.services import Services
from ui.widgets.sparkline import paint_sparkline, points, sparkline_dite

RECT = QRectF(0, 0, 100, 20)


def test_the_lowest_is_at_the_bottom_and_unknown_breaks_the_line() -> None:
    bas, trou, haut = points([Decimal(-5), None, Decimal(10)], RECT)
    assert bas is not None
    assert haut is not None
    assert trou is None
    assert (bas.x(), bas.y(), haut.x(), haut.y()) == (0, 20, 100, 0)


def test_a_flat_line_is_in_the_middle() -> None:
    assert [p.y() for p in points([Decimal(3), Decimal(3)], RECT) if p is not None] == [10, 10]


def test_says_every_value() -> None:
    dite = sparkline_dite([2023, 2024], [None, Decimal("12.54")], "%")
    assert dite == "2023\xa0: inconnu\u202f; 2024\xa0: 12,5\u202f%"


def test_paints_only_known_values(services: Services) -> None:
    image = QImage(100, 20, QImage.Format.Format_RGB32)
    blanc = QColor("white").rgb()
    for valeurs, peint in (([None, None], False), ([Decimal(-1), Decimal(1)], True)):
        image.fill(blanc)
        painter = QPainter(image)
        paint_sparkline(painter, RECT, valeurs, services.theme)
        painter.end()
        assert any(image.pixel(x, y) != blanc for x in range(100) for y in range(20)) is peint
