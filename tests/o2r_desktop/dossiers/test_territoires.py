"""Departments as forms name them."""

import pytest

from o2r_desktop.dossiers.territoires import (
    AUTRES_DEPARTEMENTS,
    DEPARTEMENTS,
    code_departement,
    codes_departements,
    nom_departement,
)


@pytest.mark.parametrize(
    ("texte", "code"),
    [
        ("Sarthe", "72"),
        ("SARTHE", "72"),
        ("72", "72"),
        ("72 – Sarthe", "72"),
        ("72 - Sarthe", "72"),
        ("(72) Sarthe", "72"),
        ("Sarthe (72)", "72"),
        ("Loire Atlantique", "44"),
        ("loire-atlantique", "44"),
        ("Vendee", "85"),
        ("2a", "2A"),
        ("974 – La Réunion", "974"),
        ("Côte-d'Or", "21"),
        ("Ille-et-Vilaine", "35"),
        ("72 – Mayenne", ""),
        ("20 communes de la Sarthe", ""),
        ("99", ""),
        ("Loire", "42"),
        ("", ""),
    ],
)
def test_code(texte: str, code: str) -> None:
    assert code_departement(texte) == code


def test_every_department_once() -> None:
    assert len(DEPARTEMENTS) + len(AUTRES_DEPARTEMENTS) == 101
    assert not DEPARTEMENTS.keys() & AUTRES_DEPARTEMENTS.keys()
    for code, nom in (DEPARTEMENTS | AUTRES_DEPARTEMENTS).items():
        assert code_departement(nom) == code_departement(code) == code_departement(f"{nom} ({code})") == code


@pytest.mark.parametrize("region", ["Pays de la Loire", "Région Pays-de-la-Loire", "Toute la région"])
def test_region_stands_for_its_departments(region: str) -> None:
    assert codes_departements([region]) == (tuple(DEPARTEMENTS), ())


def test_codes_are_sorted_once_and_the_rest_is_told() -> None:
    trouves = codes_departements(["Vendée", "44", "Loire-Atlantique", "Bretagne sud", ""])
    assert trouves == (("44", "85"), ("Bretagne sud", ""))


@pytest.mark.parametrize(("code", "nom"), [("72", "Sarthe (72)"), ("35", "Ille-et-Vilaine (35)"), ("99", "99")])
def test_name(code: str, nom: str) -> None:
    assert nom_departement(code) == nom
