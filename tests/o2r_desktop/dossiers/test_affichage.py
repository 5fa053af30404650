"""How a value of the form is shown."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.dossiers.affichage import champ_dit, valeur_dite
from o2r_desktop.dossiers.champs import Champ, TypeChamp, Valeur
from o2r_desktop.text import PARIS

BLANCS = {"absent de l’export", "non renseigné", "0 ou non renseigné", "non cochée ou non renseignée"}


def champ(valeur: Valeur, genre: TypeChamp = TypeChamp.TEXTE, *, doute: bool = False, anomalie: str = "") -> Champ:
    return Champ(libelle="Question", valeur=valeur, type=genre, zero_ou_vide=doute, anomalie=anomalie)


@pytest.mark.parametrize(
    ("valeur", "genre", "attendu"),
    [
        (Decimal("148000.5"), TypeChamp.MONTANT, "148\u202f000,50\u00a0€"),
        (148000, TypeChamp.MONTANT, "148\u202f000,00\u00a0€"),
        (Decimal("1234.50"), TypeChamp.DECIMAL, "1\u202f234,5"),
        (12, TypeChamp.ENTIER, "12"),
        (True, TypeChamp.OUI_NON, "Oui"),
        (False, TypeChamp.CASE, "Non"),
        (date(2026, 3, 1), TypeChamp.DATE, "01/03/2026"),
        (datetime(2025, 8, 13, 12, 0, 1, tzinfo=PARIS), TypeChamp.DATE, "13/08/2025 à 12:00:01"),
        (("Repérage", "aller, venir"), TypeChamp.CHOIX_MULTIPLE, "Repérage\u202f; aller, venir"),
        ("<b>texte</b>", TypeChamp.TEXTE, "<b>texte</b>"),
    ],
)
def test_values_in_french(valeur: Valeur, genre: TypeChamp, attendu: str) -> None:
    assert valeur_dite(valeur, genre) == attendu
    assert champ_dit(champ(valeur, genre)) == attendu


@pytest.mark.parametrize(
    ("montre", "attendu"),
    [
        (None, "absent de l’export"),
        (champ(""), "non renseigné"),
        (champ((), TypeChamp.PIECES), "non renseigné"),
        (champ(0, TypeChamp.MONTANT, doute=True), "0 ou non renseigné"),
        (champ(False, TypeChamp.CASE, doute=True), "non cochée ou non renseignée"),
        (champ(0, TypeChamp.MONTANT), "0,00\u00a0€"),
        (champ("douze", TypeChamp.ENTIER, anomalie="n’est pas un nombre"), "douze (n’est pas un nombre)"),
    ],
)
def test_blanks_and_oddities_are_said(montre: Champ | None, attendu: str) -> None:
    assert champ_dit(montre) == attendu


@given(st.one_of(st.integers(), st.decimals(allow_nan=False, allow_infinity=False), st.booleans(), st.dates()))
def test_an_answer_is_never_shown_as_a_blank(valeur: Valeur) -> None:
    assert champ_dit(champ(valeur, TypeChamp.DECIMAL)) not in BLANCS | {""}
