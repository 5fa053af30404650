from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from o2r_desktop.evaluation.grille import load_grille, parametres_par_defaut
from o2r_desktop.evaluation.parametres import parametres_de
from o2r_desktop.resources import resource
from o2r_desktop.text import montant
from ui.pages.campagne import champs
from ui.pages.campagne.champs import (
    EXCLUSIONS,
    IDENTITE,
    REGLES,
    incoherences,
    lire_instant_paris,
    lire_somme,
    relire,
)

TEXTE = resource("grilles", "ami_2025.toml").read_text("utf-8")
PARAMETRES = parametres_de(parametres_par_defaut(TEXTE))
TOUS = (*IDENTITE, *REGLES, *EXCLUSIONS)


def montres() -> dict[str, str]:
    return {c.cle: c.montrer(getattr(PARAMETRES, c.cle)) for c in TOUS}


def test_what_is_shown_reads_back_as_the_same_parameters() -> None:
    valeurs, fautes = relire(montres(), TOUS)
    assert fautes == {}
    assert PARAMETRES.avec(**valeurs) == PARAMETRES
    assert load_grille(TEXTE, "x").id  # the same file makes both


@pytest.mark.parametrize(
    ("tape", "attendu"),
    [
        ("13/08/2025 12:00", datetime(2025, 8, 13, 10, tzinfo=UTC)),
        ("13/08/2025 à 12h00", datetime(2025, 8, 13, 10, tzinfo=UTC)),
        ("13/01/2025 12:00:59", datetime(2025, 1, 13, 11, 0, 59, tzinfo=UTC)),
        ("1/9/2025", datetime(2025, 8, 31, 22, tzinfo=UTC)),
    ],
)
def test_a_deadline_is_read_in_paris(tape: str, attendu: datetime) -> None:
    assert lire_instant_paris(tape) == attendu


@pytest.mark.parametrize("tape", ["", "demain", "32/01/2025 12:00", "13/08/2025 25:00", "2025-08-13", "13/08/25"])
def test_a_deadline_that_cannot_be_is_refused(tape: str) -> None:
    with pytest.raises(ValueError, match="13/08/2025"):
        lire_instant_paris(tape)


@given(st.integers(min_value=0, max_value=10**13))
@settings(max_examples=100, deadline=None)
def test_an_amount_shown_reads_back(centimes: int) -> None:
    somme = Decimal(centimes).scaleb(-2)
    assert lire_somme(montant(somme)) == somme


@pytest.mark.parametrize("tape", ["", "-1", "150.000", "150.000,00", "12,345", "1e9", "mille", "1 2345"])
def test_an_amount_that_could_be_read_two_ways_is_refused(tape: str) -> None:
    with pytest.raises(ValueError, match="montant"):
        lire_somme(tape)


@pytest.mark.parametrize(
    ("cle", "tape", "mot"),
    [
        ("nom", "  ", "vide"),
        ("premiere_annee", "26", "2000"),
        ("parcours_mois", "neuf", "entier"),
        ("departements", "44, 2Z", "département"),
        ("departements", "", "département"),
        ("exclus_siren", "130005481\n12", "neuf chiffres"),
        ("exclus_categories", "72", "quatre chiffres"),
    ],
)
def test_a_field_says_what_is_wrong(cle: str, tape: str, mot: str) -> None:
    valeurs, fautes = relire({**montres(), cle: tape}, TOUS)
    assert mot in fautes[cle]
    assert cle not in valeurs


@pytest.mark.parametrize(
    ("changement", "fautive"),
    [
        ({"parcours_mois": 13}, "parcours_mois_max"),
        ({"etp_cout_min": Decimal(90000)}, "etp_cout_max"),
        ({"departements_p1": ("75",)}, "departements_p1"),
    ],
)
def test_values_that_contradict_each_other_are_told(changement: dict[str, Any], fautive: str) -> None:
    valeurs, _ = relire(montres(), TOUS)
    assert list(incoherences({**valeurs, **changement})) == [fautive]
    assert incoherences(valeurs) == {}


def test_a_blank_envelope_is_unknown_and_not_zero() -> None:
    champ = champs.enveloppe(PARAMETRES)[0]
    assert champ.cle == "2026"
    assert champ.lire("") is None
    assert champ.montrer(None) == ""
    assert champ.lire("1 200 000") == Decimal(1200000)
