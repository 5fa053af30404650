"""The demonstration's accounts against cases worked out by hand, to the cent (tests/data/cas_financiers)."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from o2r_desktop import operations
from o2r_desktop.analyse.finances import Finances
from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.operations import Session
from o2r_desktop.text import arrondi

DOSSIER = Path(__file__).parents[3] / "data" / "cas_financiers"
CAS = [
    DOSSIER / f"{nom}.toml"
    for nom in (
        "association_saine", "fonds_propres_negatifs", "fonds_dedies_importants", "tresorerie_dormante",
        "collectivite", "structure_d_un_an", "consortium",
    )
]  # fmt: skip


@pytest.fixture(scope="module")
def session(demonstration_faite: Path) -> Iterator[Session]:
    with operations.open_session(demonstration_faite, auteur="Alix", lecture_seule=True) as ouverte:
        yield ouverte


def lire(chemin: Path) -> dict[str, Any]:
    return tomllib.loads(chemin.read_text(encoding="utf-8"))


def sante(session: Session, cas: dict[str, Any]) -> Finances:
    return operations.load_dossier(session, cas["dossier"]).analyse.finances


@pytest.mark.parametrize("chemin", CAS, ids=lambda c: c.stem)
def test_every_ratio_is_the_one_worked_out_by_hand(session: Session, chemin: Path) -> None:
    cas = lire(chemin)
    trouves = {r.cle: r for r in sante(session, cas).ratios}
    for cle, attendu in cas.get("ratio", {}).items():
        ratio, valeur = trouves[cle], attendu.get("valeur")
        lu = None if ratio.valeur is None else str(arrondi(ratio.valeur))
        assert (cle, lu, ratio.lecture.value) == (cle, valeur, attendu["lecture"])
    if "ratio" in cas:
        assert set(trouves) == set(cas["ratio"])


@pytest.mark.parametrize("chemin", CAS, ids=lambda c: c.stem)
def test_fears_checks_and_what_does_not_apply(session: Session, chemin: Path) -> None:
    cas = lire(chemin)
    finances = sante(session, cas)
    assert [c.cle for c in finances.craintes] == cas["craintes"]
    assert finances.sans_objet == cas.get("sans_objet", "")
    assert [c.nom for c in finances.controles if c.resultat is not Resultat.CONFORME] == cas.get("a_expliquer", [])
    assert finances.dernier is not None
    assert finances.dernier.annee == cas["annee"]
