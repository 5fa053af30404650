"""How far pieces were read, in the store."""

from dataclasses import replace

import pytest

from o2r_desktop.errors import DossierError
from o2r_desktop.evaluation.lectures import Lecture
from o2r_desktop.store.connection import Campagne
from o2r_desktop.store.lectures import load, save
from tests.o2r_desktop.store.conftest import MAINTENANT

LUE = Lecture(empreinte="ab" * 32, page=3, zoom="150", vues=frozenset({1, 2, 3}))


def test_what_was_read_comes_back_and_is_replaced(remplie: Campagne) -> None:
    assert load(remplie, 1) == {}
    save(remplie, 1, LUE, now=MAINTENANT)
    assert load(remplie, 1) == {LUE.empreinte: LUE}
    finie = replace(LUE, page=4, vues=LUE.vues | {4}, lue=True)
    save(remplie, 1, finie, now=MAINTENANT)
    save(remplie, 1, replace(LUE, empreinte="cd" * 32), now=MAINTENANT)
    assert load(remplie, 1)[LUE.empreinte] == finie
    assert len(load(remplie, 1)) == 2
    assert load(remplie, 2) == load(remplie, 2**70) == {}


def test_a_dossier_that_is_not_there_keeps_nothing(remplie: Campagne) -> None:
    with pytest.raises(DossierError):
        save(remplie, 99, LUE, now=MAINTENANT)
