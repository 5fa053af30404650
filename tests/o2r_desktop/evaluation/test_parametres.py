"""Parameters of a campagne."""

import json
from datetime import datetime
from decimal import Decimal

import pytest

from o2r_desktop.evaluation.parametres import parametres_de
from o2r_desktop.text import PARIS
from tests.o2r_desktop.evaluation.fabrique import parametres


def test_round_trip_through_json() -> None:
    avant = parametres(enveloppe={"2026": Decimal("1000000.50")}, demarche_numero=98765)
    assert parametres_de(json.loads(json.dumps(avant.en_json()))) == avant


def test_words_are_ready_and_do_not_travel() -> None:
    avant = parametres()
    assert avant.mots_exclus[2] == ("mission", "locale")
    assert avant.debuts_exclus == (("departement",),)
    assert "mots_exclus" not in avant.en_json()
    assert avant.avec(exclus_noms=("cap emploi",)).mots_exclus == (("cap", "emploi"),)


def test_a_deadline_without_zone_is_paris_time() -> None:
    brut = parametres().en_json() | {"date_limite": datetime(2025, 8, 13, 12)}  # noqa: DTZ001 as TOML gives it
    assert parametres_de(brut).date_limite == datetime(2025, 8, 13, 12, tzinfo=PARIS)


def test_number_of_the_procedure_may_be_unknown() -> None:
    brut = parametres().en_json()
    del brut["demarche_numero"]
    assert parametres_de(brut).demarche_numero is None


@pytest.mark.parametrize("cle", ["date_limite", "seuil_cout_total", "exclus_noms"])
def test_a_missing_parameter_is_refused(cle: str) -> None:
    brut = parametres().en_json()
    del brut[cle]
    with pytest.raises(KeyError):
        parametres_de(brut)
