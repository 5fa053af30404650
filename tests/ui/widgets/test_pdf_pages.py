from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.widgets.feuilles import pdf
from ui.widgets.pdf_cache import ImageCache
from ui.widgets.pdf_pages import PdfPages, PdfWorker


def image(cote: int) -> QImage:
    return QImage(cote, cote, QImage.Format.Format_RGB32)


@pytest.fixture
def racine(qapp: QApplication) -> QObject:
    return QObject(qapp)


@pytest.fixture
def pages(racine: QObject) -> Iterator[PdfPages]:
    worker = PdfWorker(racine)
    yield PdfPages(worker, racine)
    worker.stop()


def test_the_cache_forgets_what_was_least_lately_seen() -> None:
    cache = ImageCache(maximum=3 * 4 * 100 * 100)
    for page in range(3):
        cache.put((1, page, 100), image(100))
    assert cache.get((1, 0, 100)) is not None
    cache.put((1, 3, 100), image(100))
    assert [cache.get((1, page, 100)) is not None for page in range(4)] == [True, False, True, True]
    assert cache.octets == 3 * 4 * 100 * 100


def test_the_cache_counts_a_replaced_picture_once() -> None:
    cache = ImageCache()
    cache.put((1, 0, 100), image(100))
    cache.put((1, 0, 100), image(50))
    assert cache.octets == 4 * 50 * 50
    cache.keep_only(())
    assert cache.octets == 0


def test_pages_are_drawn_as_wanted_and_what_is_no_longer_wanted_is_not(qtbot: QtBot, pages: PdfPages) -> None:
    dessinees: list[int] = []
    pages.drawn.connect(dessinees.append)
    with qtbot.waitSignal(pages.opened):
        pages.open(pdf([["a"]] * 9))
    pages.want([(page, 300) for page in range(8)])
    pages.want([(8, 300), (2, 300)])
    qtbot.waitUntil(lambda: {8, 2} <= set(dessinees))
    assert dessinees in ([8, 2], [0, 8, 2])
    assert pages.cache.get((1, 5, 300)) is None


def test_the_last_document_asked_is_the_one_that_opens(qtbot: QtBot, pages: PdfPages) -> None:
    with qtbot.waitSignal(pages.opened):
        pages.open(pdf([["a"]] * 2))
        pages.open(pdf([["b"]] * 5))
    assert len(pages.sizes) == 5


def test_every_page_is_searched(qtbot: QtBot, pages: PdfPages) -> None:
    with qtbot.waitSignal(pages.opened):
        pages.open(pdf([["un mot"], ["rien"], ["deux mots, un mot"]]))
    pages.search("MOT")
    qtbot.waitUntil(lambda: not pages.searching and len(pages.hits) == 3)
    assert [hit.page for hit in pages.hits] == [0, 2, 2]


def test_a_view_that_goes_away_gives_its_document_back(qtbot: QtBot, racine: QObject) -> None:
    worker = PdfWorker(racine)
    parti = QObject()
    partante = PdfPages(worker, parti)
    with qtbot.waitSignal(partante.opened):
        partante.open(pdf([["a"]]))
    (lecture,) = partante.documents
    with qtbot.waitSignal(parti.destroyed):
        parti.deleteLater()
    worker.wake()
    worker.stop()
    assert lecture._document._document.raw is None
