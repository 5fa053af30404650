import dataclasses
import os
import signal
import traceback
from typing import Any

import pytest

from o2r_desktop.errors import NoteError
from o2r_desktop.notes.imprimeur import Imprimeur, imprimer
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
