"""Repetition blocks of two states: each is compared with itself, whatever its name begins with."""

import pytest

from o2r_desktop.dossiers.importation import Difference
from o2r_desktop.dossiers.model import Bloc, Enregistrement, Origine
from o2r_desktop.imports.comparaison import comparer
from tests.o2r_desktop.imports.outils import O2R

COURT, LONG = "Cofinancements", "Cofinancements privés"


def _brut(origine: Origine = Origine.JSON_API, **blocs: str) -> Enregistrement:
    noms = {"court": COURT, "long": LONG}
    return Enregistrement(
        numero=1,
        origine=origine,
        fixes={},
        demandeur={},
        colonnes=(),
        cellules=(),
        blocs=tuple(Bloc(libelle=noms.get(nom, nom), lignes=({"N": dit},)) for nom, dit in blocs.items()),
    )


def _differences(avant: Enregistrement, apres: Enregistrement) -> tuple[Difference, ...]:
    return comparer(avant, apres, O2R, set()).differences


def test_the_order_of_blocks_is_no_change() -> None:
    avant = _brut(court="A", long="B")
    assert _differences(avant, _brut(long="B", court="A")) == ()
    dites = _differences(avant, _brut(long="A", court="B"))
    assert {(d.libelle, d.avant, d.apres) for d in dites} == {(COURT, "A", "B"), (LONG, "B", "A")}


@pytest.mark.parametrize("origine", [Origine.JSON_API, Origine.XLSX_STANDARD])
def test_a_block_withdrawn_beside_a_longer_name_keeps_its_attribute(origine: Origine) -> None:
    dites = _differences(_brut(court="A", long="B"), _brut(origine, long="B"))
    assert [(d.libelle, d.attribut, d.avant, d.apres) for d in dites] == [(COURT, "cofinancements", "A", "")]


def test_a_name_that_a_sheet_cut_is_still_the_same_block() -> None:
    assert _differences(_brut(long="B"), _brut(Origine.XLSX_STANDARD, **{LONG[:17]: "B"})) == ()
