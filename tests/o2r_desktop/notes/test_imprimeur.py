import dataclasses
import os
import signal
import traceback
from collections.abc import Iterator
from typing import Any

import pytest

from o2r_desktop.errors import NoteError
from o2r_desktop.notes.imprimeur import Equipe, Imprimeur, imprimer, sur_place
from o2r_desktop.notes.modele import NoteContent
from tests.o2r_desktop.notes.fabrique import petite


def test_the_child_gives_the_same_bytes_as_this_process() -> None:
    attendu = imprimer(petite())
    with Imprimeur() as imprimeur:
        assert imprimeur.imprimer(petite()) == attendu
        assert imprimeur.imprimer(petite()) == attendu


def test_a_dead_child_costs_one_note() -> None:
    with Imprimeur() as imprimeur:
        imprimeur.imprimer(petite())
        assert imprimeur._enfant.pid is not None
        os.kill(imprimeur._enfant.pid, signal.SIGTERM)
        with pytest.raises(NoteError, match="n’a pas pu être composée"):
            imprimeur.imprimer(petite())
        assert imprimeur.imprimer(petite()).pages > 1


@pytest.mark.parametrize("enfant", [False, True])
def test_a_fault_of_the_program_costs_one_note_and_keeps_its_story(enfant: bool) -> None:
    rien: Any = None
    faux = dataclasses.replace(petite(), synthese=rien)
    with Imprimeur() as imprimeur:
        composer = imprimeur.imprimer if enfant else imprimer
        with pytest.raises(NoteError, match=r"erreur du programme.*AttributeError") as prise:
            composer(faux)
        assert "synthese" in "".join(traceback.format_exception(prise.value))
        assert composer(petite()) == imprimer(petite())


def test_closing_twice_is_nothing() -> None:
    imprimeur = Imprimeur()
    imprimeur.close()
    imprimeur.imprimer(petite())
    imprimeur.close()
    imprimeur.close()


def test_a_team_keeps_the_order_and_one_fault_costs_one_note() -> None:
    rien: Any = None
    bons = [(rang, petite()) for rang in range(5)]
    bons[2] = (2, dataclasses.replace(petite(), synthese=rien))
    with Equipe(2) as equipe:
        recues = list(equipe.composer(bons))
    assert [rang for rang, _ in recues] == [0, 1, 2, 3, 4]
    assert [isinstance(faite, NoteError) for _, faite in recues] == [False, False, True, False, False]
    assert recues[0][1] == imprimer(petite())
    assert [isinstance(faite, NoteError) for _, faite in sur_place(bons)] == [False, False, True, False, False]


def test_a_child_of_the_team_that_dies_between_two_notes_is_replaced() -> None:
    with Equipe(1) as equipe:

        def contenus() -> Iterator[tuple[int, NoteContent]]:
            yield 0, petite()
            yield 1, petite()
            enfant = equipe._imprimeurs[0]._enfant
            assert enfant.pid is not None
            os.kill(enfant.pid, signal.SIGKILL)
            yield 2, petite()

        faites = [isinstance(faite, NoteError) for _, faite in equipe.composer(contenus())]
    assert faites.count(True) <= 1
    assert faites[-1] is False
