"""What was surely a zero stays so when a file that writes blanks as zeros says the same; else it is told."""

from typing import Any

import pytest

from o2r_desktop.dossiers.champs import Brut
from o2r_desktop.dossiers.lecture import lire_dossier
from o2r_desktop.dossiers.model import Bloc, Colonne, Enregistrement, Origine
from o2r_desktop.evaluation.controles import criteres_touches
from o2r_desktop.imports.comparaison import Comparaison, cles, comparer
from tests.o2r_desktop.imports.outils import O2R

BUDGET, INTITULE, DEMANDE = (O2R.par_id[a].libelles[0] for a in ("cout_total", "intitule", "demande_total"))
MEMBRES, NOM, PART = "Membres du consortium", "Nom de la structure", "Contribution demandée (€)"


def _brut(origine: Origine, champs: dict[str, Brut], **autres: Any) -> Enregistrement:
    return Enregistrement(
        numero=1,
        origine=origine,
        fixes=autres.pop("fixes", {}),
        demandeur={},
        colonnes=tuple(map(Colonne, champs)),
        cellules=tuple(champs.values()),
        **{"blocs": None, **autres},
    )


def _comparer(avant: Enregistrement, apres: Enregistrement) -> Comparaison:
    return comparer(avant, apres, O2R, set(cles(apres.colonnes, O2R)))


API = _brut(Origine.JSON_API, {INTITULE: "Rebond", BUDGET: "0", DEMANDE: "5000", "Efop": ""})


@pytest.mark.parametrize("origine", [Origine.XLSX_STANDARD, Origine.ODS_STANDARD, Origine.CSV_STANDARD])
@pytest.mark.parametrize("budget", [{BUDGET: "0"}, {BUDGET: 0.0}, {}], ids=["0", "0.0", "pas dans le fichier"])
def test_a_sure_zero_stays_sure_beside_a_change(origine: Origine, budget: dict[str, Brut]) -> None:
    faite = _comparer(API, _brut(origine, {INTITULE: "Tremplin", **budget, DEMANDE: 5000, "Efop": 0}))
    assert [d.libelle for d in faite.differences] == [INTITULE]
    assert faite.perdus == ()
    dossier = lire_dossier(faite.fusion, O2R)
    champ = dossier.champ("cout_total")
    assert champ
    assert champ.renseigne
    assert champ.valeur == 0
    efop = next(c for c in dossier.champs if c.libelle == "Efop")
    assert efop.valeur == ""  # surely blank, though the file says 0
    assert (
        _comparer(faite.fusion, _brut(origine, {INTITULE: "Tremplin", **budget, DEMANDE: 5000, "Efop": 0})).precise
        is False
    )


@pytest.mark.parametrize(
    "autre", [{DEMANDE: "0"}, {DEMANDE: "5000", "Inconnue de l’API": "0"}], ids=["changée", "neuve"]
)
def test_a_sure_zero_that_must_be_doubted_is_told(autre: dict[str, Brut]) -> None:
    faite = _comparer(API, _brut(Origine.XLSX_STANDARD, {INTITULE: "Tremplin", BUDGET: "0", **autre}))
    assert [(d.libelle, d.attribut, d.avant, d.apres) for d in faite.perdus] == [
        (BUDGET, "cout_total", "0", "0 ou non renseigné")
    ]
    assert criteres_touches({"cout_total"})
    champ = lire_dossier(faite.fusion, O2R).champ("cout_total")
    assert champ
    assert champ.zero_ou_vide
    retour = _comparer(faite.fusion, API)
    assert [(d.avant, d.apres) for d in retour.leves][:1] == [("0 ou non renseigné", "0")]


def test_without_a_sure_zero_the_record_is_that_of_the_file() -> None:
    avant = _brut(Origine.JSON_API, {INTITULE: "Rebond", BUDGET: "5000"})
    faite = _comparer(avant, _brut(Origine.XLSX_STANDARD, {INTITULE: "Tremplin", BUDGET: "5000"}))
    assert faite.fusion.origine is Origine.XLSX_STANDARD


def test_a_deposit_time_is_as_precise_as_its_file() -> None:
    fixes = {"depot": "2025-08-01 10:00:00 +0200"}
    faite = _comparer(API, _brut(Origine.CSV_STANDARD, {INTITULE: "Rebond", BUDGET: "0"}, fixes=fixes))
    assert faite.fusion.origine is Origine.CSV_STANDARD
    assert [d.libelle for d in faite.perdus] == [BUDGET]


def _membres(*lignes: dict[str, Brut]) -> tuple[Bloc, ...]:
    return (Bloc(libelle=MEMBRES, lignes=lignes),)


@pytest.mark.parametrize(
    ("lues", "contribution"),
    [
        (_membres({NOM: "A", PART: "0"}), 0),
        (None, 0),
        (_membres({NOM: "A", PART: "0"}, {NOM: "B", PART: "0"}), None),
        (_membres({NOM: "B", PART: "0"}), None),
    ],
    ids=["mêmes", "sans blocs", "un membre de plus", "un autre"],
)
def test_zeros_of_blocks_are_as_sure_as_the_file_that_gave_them(
    lues: tuple[Bloc, ...] | None, contribution: int | None
) -> None:
    avant = _brut(Origine.JSON_API, {INTITULE: "Rebond"}, blocs=_membres({NOM: "A", PART: "0"}))
    faite = _comparer(avant, _brut(Origine.XLSX_STANDARD, {INTITULE: "Tremplin"}, blocs=lues))
    assert lire_dossier(faite.fusion, O2R).membres[0].contribution == contribution
