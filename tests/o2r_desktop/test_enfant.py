"""A child process answers order after order, and a new one takes the place of one that ended."""

from __future__ import annotations

import os
from collections.abc import Iterator
from multiprocessing.connection import Connection

import pytest

from o2r_desktop.enfant import Enfant


def doubler(fil: Connection, fois: int) -> None:
    """Answer each number multiplied, with the process that did it."""
    while True:
        try:
            nombre = fil.recv()
        except EOFError:
            return
        fil.send((nombre * fois, os.getpid()))


@pytest.fixture
def enfant() -> Iterator[Enfant]:
    un = Enfant(doubler, "essai", 2)
    yield un
    un.close()


def demander(enfant: Enfant, nombre: int) -> tuple[int, int]:
    fil = enfant.joindre()
    fil.send(nombre)
    reponse: tuple[int, int] = fil.recv()
    return reponse


def test_it_starts_at_the_first_order_only(enfant: Enfant) -> None:
    assert enfant.pid is None
    valeur, processus = demander(enfant, 21)
    assert valeur == 42
    assert processus == enfant.pid != os.getpid()


def test_the_same_child_takes_the_next_order(enfant: Enfant) -> None:
    premier = demander(enfant, 1)[1]
    assert demander(enfant, 2) == (4, premier)


def test_another_child_follows_one_that_was_closed(enfant: Enfant) -> None:
    premier = demander(enfant, 1)[1]
    enfant.close()
    assert enfant.pid is None
    assert demander(enfant, 3)[1] != premier


def test_closing_twice_is_harmless(enfant: Enfant) -> None:
    enfant.close()
    enfant.close()
    assert enfant.pid is None
