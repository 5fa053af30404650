"""Notes made once for all tests, and a word in the report when veraPDF was not there."""

from collections.abc import Callable
from functools import cache

import pytest

from o2r_desktop.notes.modele import NoteContent
from o2r_desktop.notes.pdf import render
from tests.o2r_desktop.notes import fabrique

LAISSES = pytest.StashKey[list[str]]()


@cache
def contenu(sorte: str) -> NoteContent:
    return fabrique.SORTES[sorte]()


@cache
def rendu(sorte: str) -> bytes:
    return render(contenu(sorte))


@pytest.fixture
def note() -> Callable[[str], bytes]:
    return rendu


@pytest.fixture
def note_content() -> Callable[[str], NoteContent]:
    return contenu


@pytest.fixture
def laisser(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Say at the end of the run that a check was left out."""
    return request.config.stash.setdefault(LAISSES, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for phrase in sorted(set(config.stash.get(LAISSES, []))):
        terminalreporter.write_line(f"LAISSÉ DE CÔTÉ : {phrase}", yellow=True, bold=True)
