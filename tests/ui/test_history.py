from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from o2r_desktop.errors import StoreError
from o2r_desktop.operations.actes import ActeEcrit, Genre
from ui.history import History


def acte(nom: str) -> ActeEcrit:
    le = datetime(2025, 9, 1, tzinfo=UTC)
    return ActeEcrit(
        id=1, lot=1, genre=Genre.REPONSE, numero=1, critere="FIN-02", nom=nom, avant={}, apres={}, le=le, auteur="A"
    )  # fmt: skip


class Piles:
    """Two piles in memory in place of a store."""

    def __init__(self) -> None:
        self.faits: list[ActeEcrit] = []
        self.defaits: list[ActeEcrit] = []
        self.panne = False

    def prochains(self) -> tuple[ActeEcrit | None, ActeEcrit | None]:
        self.verifier()
        return (self.faits or [None])[-1], (self.defaits or [None])[-1]  # type: ignore[list-item]

    def deplacer(self, de: list[ActeEcrit], vers: list[ActeEcrit]) -> ActeEcrit:
        self.verifier()
        vers.append(de.pop())
        return vers[-1]

    def verifier(self) -> None:
        if self.panne:
            raise StoreError("La base est occupée : réessayez.")

    def history(self) -> History:
        undo: Callable[[], ActeEcrit] = lambda: self.deplacer(self.faits, self.defaits)  # noqa: E731
        return History(self.prochains, undo, lambda: self.deplacer(self.defaits, self.faits))


def test_it_names_what_comes_next_and_says_every_change() -> None:
    piles, dits = Piles(), []
    history = piles.history()
    history.changed.connect(lambda: dits.append((history.next_undo, history.next_redo)))
    un = acte("un")
    piles.faits.append(un)
    assert history.undo() is None  # it knows nothing before refresh()
    history.refresh()
    assert history.undo() is un
    assert history.redo() is un
    history.clear()
    assert dits == [(un, None), (None, un), (un, None), (None, None)]


def test_an_undo_that_fails_leaves_what_comes_next() -> None:
    piles = Piles()
    history = piles.history()
    piles.faits.append(acte("un"))
    history.refresh()
    piles.panne = True
    with pytest.raises(StoreError):
        history.undo()
    assert history.next_undo == acte("un")
    piles.panne = False
    assert history.undo() == acte("un")
