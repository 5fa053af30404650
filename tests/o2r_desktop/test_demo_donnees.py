"""The demonstration campagne: shipped files, invented data, evaluations."""

import csv
import json
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

from o2r_desktop.dossiers.identifiers import siret_valide
from o2r_desktop.evaluation.reponses import PRIORITES, DecisionConstat, TypeAvis
from o2r_desktop.imports.archive import open_pieces, read_archive

RACINE = Path(__file__).resolve().parents[2]
DEMO = RACINE / "resources" / "demo"
GENERATEUR = RACINE / "packaging" / "demo" / "fabriquer.py"
BASE = "dossiers_offre-de-reperage-et-remobilisation_2025-08-20"
XLSX, CSV, JSON = f"{BASE}_10-30.xlsx", f"{BASE}_10-35.csv", "getDemarche.json"
ARCHIVE = f"{BASE}_10-40.zip"
MONTANTS = {"ELI-07", "ELI-08", "CRE-02"}
NOMBRE_PAR_SECTION = {"REC": 5, "ELI": 10, "PRI": 2, "FIN": 8, "CRE": 8, "TER": 4, "EXP": 4, "RES": 5, "ANA": 3,
                     "PUB": 3, "APP": 4, "GOU": 1, "SUI": 3}  # fmt: skip
CRITERES = [f"{section}-{n:02d}" for section, nombre in NOMBRE_PAR_SECTION.items() for n in range(1, nombre + 1)]
CONTROLES = {c for c in CRITERES if c[:3] in ("REC", "ELI", "PRI")} | {"FIN-01", "CRE-01", "CRE-02", "CRE-08"}
ALERTES = {"REC-03", "REC-05", "ELI-02", "ELI-08", "ELI-09", "ELI-10", "PRI-02", "FIN-01", "FIN-02", "FIN-05",
           "CRE-01", "CRE-02", "CRE-06", "CRE-08", "ANA-01"}  # fmt: skip
CALCULES = {"REC-01", "REC-02", "ELI-02", "ELI-06", "ELI-07", "ELI-08", "ELI-09", "PRI-01", "CRE-01", "CRE-02",
            "CRE-04", "CRE-05"}  # fmt: skip
SOMME_FAUSSE = 25000114


def _lus_xlsx() -> Iterator[dict[str, Any]]:
    classeur = openpyxl.load_workbook(DEMO / XLSX)
    siret = {r[0]: r[2] for r in classeur["Etablissements"].iter_rows(values_only=True) if r[1] == "Dossier"}
    titres, *lignes = classeur["Dossiers"].iter_rows(values_only=True)
    for ligne in lignes:
        champs = dict(zip(titres, ligne, strict=True))
        yield {"numero": int(str(champs["ID"])), "siret": siret[champs["ID"]], "champs": champs}


def _lus_csv() -> Iterator[dict[str, Any]]:
    with (DEMO / CSV).open(encoding="utf-8", newline="") as flux:
        for ligne in csv.DictReader(flux):
            yield {"numero": int(ligne["ID"]), "siret": ligne["Établissement SIRET"], "champs": dict(ligne)}


def _lus_json() -> Iterator[dict[str, Any]]:
    demarche = json.loads((DEMO / JSON).read_text("utf-8"))["data"]["demarche"]
    for noeud in demarche["dossiers"]["nodes"]:
        champs = {c["label"]: _valeur(c) for c in noeud["champs"]}
        yield {"numero": noeud["number"], "siret": noeud["demandeur"]["siret"], "champs": champs}


def _valeur(champ: dict[str, Any]) -> Any:
    if "files" in champ:
        return ", ".join(f["filename"] for f in champ["files"])
    return champ["stringValue"]


@pytest.fixture(scope="module")
def dossiers() -> dict[int, dict[str, Any]]:
    lus = [*_lus_xlsx(), *_lus_csv(), *_lus_json()]
    assert len(lus) == 22
    return {lu["numero"]: lu for lu in lus}


@pytest.fixture(scope="module")
def evaluations() -> list[dict[str, Any]]:
    lues: list[dict[str, Any]] = tomllib.loads((DEMO / "evaluations.toml").read_text("utf-8"))["evaluation"]
    return lues


def test_les_fichiers_livres_sont_ceux_du_generateur(tmp_path: Path) -> None:
    commande = [sys.executable, "-B", str(GENERATEUR), "--sortie", str(tmp_path)]
    subprocess.run(commande, check=True, capture_output=True)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        nom: (DEMO / nom).read_bytes() for nom in (XLSX, CSV, JSON, ARCHIVE)
    }


def test_les_pages_citees_sont_dans_les_pieces(evaluations: list[dict[str, Any]]) -> None:
    archive = read_archive(DEMO / ARCHIVE)
    pages = {
        (p.numero, p.nom): len(pypdfium2.PdfDocument(flux.read()))
        for p, flux in open_pieces(archive, archive.pieces)
        if p.nom.endswith(".pdf")
    }
    cites = [
        (e["numero"], p["ou"], p.get("page", 1))
        for e in evaluations
        for r in e["reponse"]
        for p in r.get("preuves", ())
        if (e["numero"], p["ou"]) in pages
    ]
    assert len(cites) > 40
    assert [c for c in cites if c[2] > pages[c[:2]]] == []


def test_vingt_deux_dossiers_distincts(dossiers: dict[int, dict[str, Any]]) -> None:
    assert sorted(dossiers) == list(range(25000101, 25000123))


def test_les_siret_sont_valides_et_inventes(dossiers: dict[int, dict[str, Any]]) -> None:
    sirets = [d["siret"] for d in dossiers.values()]
    membres = openpyxl.load_workbook(DEMO / XLSX)["(5199001) Membres du consortiu"]
    sirets += [str(r[2]) for r in membres.iter_rows(min_row=2, values_only=True)]
    assert all(siret_valide(s) and s.startswith("025") for s in sirets)
    assert dossiers[25000116]["siret"] == dossiers[25000122]["siret"]
    assert len({d["siret"] for d in dossiers.values()}) == 21


def test_un_consortium_de_trois_membres() -> None:
    feuille = openpyxl.load_workbook(DEMO / XLSX)["(5199001) Membres du consortiu"]
    lignes = list(feuille.iter_rows(min_row=2, values_only=True))
    assert [ligne[:2] for ligne in lignes] == [("25000109", rang) for rang in (1, 2, 3)]
    assert sum(Decimal(str(ligne[4])) for ligne in lignes) == 943000


@pytest.mark.parametrize("quoi", ["Coût total", "Contribution O2R demandée"])
def test_les_sommes_sont_justes(dossiers: dict[int, dict[str, Any]], quoi: str) -> None:
    total = "Coût total du projet sur 3 ans (€)" if quoi == "Coût total" else f"{quoi} sur 3 ans (€)"
    faux = []
    for numero, dossier in dossiers.items():
        champs = dossier["champs"]
        annees = sum(Decimal(str(champs[f"{quoi} – année {n} (€)"])) for n in (1, 2, 3))
        if annees != Decimal(str(champs[total])):
            faux.append(numero)
    assert faux == ([SOMME_FAUSSE] if quoi == "Coût total" else [])


def test_les_cas_voulus_sont_la(dossiers: dict[int, dict[str, Any]]) -> None:
    def champ(numero: int, libelle: str) -> Any:
        return dossiers[numero]["champs"][libelle]

    cout = "Coût total du projet sur 3 ans (€)"
    assert Decimal(str(champ(25000110, cout))) == 138400
    assert Decimal(str(champ(25000111, cout))) == 150000
    formation = Decimal(str(champ(25000112, "Montant des dépenses de formation (€)")))
    assert Decimal(str(champ(25000112, cout))) - formation == 143500
    assert int(champ(25000115, "Durée maximale d'un parcours (mois)")) == 14
    assert int(champ(25000116, "Durée maximale d'un parcours (mois)")) == 11
    assert champ(25000117, "Budget annuel N-1 de la structure (€)") == "0"
    assert champ(25000118, "Disposez-vous d'une comptabilité analytique ?") == "Non"
    assert len(champ(25000109, "Actions de repérage et d'aller-vers")) > 6000
    depots = {n["number"]: n["dateDepot"] for n in _noeuds()}
    assert depots[25000120] == "2025-08-13T12:00:00+02:00"
    assert depots[25000121] == "2025-08-13T12:00:01+02:00"


def _noeuds() -> list[dict[str, Any]]:
    demarche = json.loads((DEMO / JSON).read_text("utf-8"))["data"]["demarche"]
    noeuds: list[dict[str, Any]] = demarche["dossiers"]["nodes"]
    return noeuds


def test_la_demande_qui_depasse_le_plafond(dossiers: dict[int, dict[str, Any]]) -> None:
    champs = dossiers[25000113]["champs"]
    feuille = openpyxl.load_workbook(DEMO / XLSX)["(5199010) Cofinancements"]
    lignes = feuille.iter_rows(min_row=2, values_only=True)
    cofinancements = sum(Decimal(str(ligne[3])) for ligne in lignes if ligne[0] == "25000113")
    plafond = Decimal(str(champs["Coût total du projet sur 3 ans (€)"])) - cofinancements
    assert plafond == 374000
    assert Decimal(str(champs["Contribution O2R demandée sur 3 ans (€)"])) > plafond


def test_les_types_de_cellules_sont_ceux_de_la_plate_forme() -> None:
    classeur = openpyxl.load_workbook(DEMO / XLSX)
    feuille = classeur["Dossiers"]
    titres = {c.value: c.column - 1 for c in feuille[1]}
    for ligne in feuille.iter_rows(min_row=2):
        assert ligne[titres["À archiver"]].value == "false"
        assert ligne[titres["Déposé le"]].is_date
        assert ligne[titres["Date de début prévue"]].value == "2026-01-01"
        assert ligne[titres["Contrat d'engagement républicain souscrit"]].value in ("on", "off")
        assert ligne[titres["Coût total du projet sur 3 ans (€)"]].data_type == "n"
    assert classeur.sheetnames[:3] == ["Dossiers", "Etablissements", "Avis"]


def test_aucune_adresse_ni_telephone_reels() -> None:
    textes = [(DEMO / CSV).read_text("utf-8"), (DEMO / JSON).read_text("utf-8"), _texte_xlsx()]
    textes.append((DEMO / "evaluations.toml").read_text("utf-8"))
    for texte in textes:
        assert all(a.endswith(".example") for a in re.findall(r"[\w.+-]+@([\w.-]+\w)", texte))
        assert all(n.startswith("0199") for n in re.findall(r"(?<![\d.])0\d{9}(?!\d)", texte))


def _texte_xlsx() -> str:
    classeur = openpyxl.load_workbook(DEMO / XLSX)
    lignes = (ligne for feuille in classeur for ligne in feuille.iter_rows(values_only=True))
    return "\n".join(str(valeur) for ligne in lignes for valeur in ligne if valeur is not None)


def test_aucun_paragraphe_partage(dossiers: dict[int, dict[str, Any]]) -> None:
    vus: dict[str, set[int]] = defaultdict(set)
    for numero, dossier in dossiers.items():
        for valeur in dossier["champs"].values():
            for paragraphe in str(valeur).split("\n"):
                if len(paragraphe) > 120:
                    vus[paragraphe].add(numero)
    assert len(vus) > 250
    assert [p for p, numeros in vus.items() if len(numeros) > 1] == []


def test_trois_avis_contrastes(evaluations: list[dict[str, Any]]) -> None:
    avis = {e["numero"]: TypeAvis(e["avis"]) for e in evaluations}
    assert avis == {
        25000101: TypeAvis.FAVORABLE_AVEC_RESERVES,
        25000104: TypeAvis.FAVORABLE,
        25000110: TypeAvis.DEFAVORABLE,
    }
    for evaluation in evaluations:
        assert 3 <= len(evaluation["points_forts"].splitlines()) <= 5
        assert 3 <= len(evaluation["points_faibles"].splitlines()) <= 5
        assert evaluation["motif"]


def test_chaque_critere_a_une_reponse_acceptable(evaluations: list[dict[str, Any]]) -> None:
    for evaluation in evaluations:
        assert [r["critere"] for r in evaluation["reponse"]] == CRITERES
        for reponse in evaluation["reponse"]:
            assert _acceptable(reponse["critere"], reponse["valeur"]), reponse


def _acceptable(critere: str, valeur: str) -> bool:
    if critere == "PRI-01":
        return valeur in PRIORITES
    if critere in MONTANTS:
        return bool(re.fullmatch(r"\d+\.\d{2}", valeur))
    if critere in CONTROLES:
        return valeur in ("oui", "non", "sans_objet")
    return valeur in ("0", "1", "2", "3", "4", "sans_objet")


def test_ce_qui_doit_etre_explique_l_est(evaluations: list[dict[str, Any]]) -> None:
    for evaluation in evaluations:
        for reponse in evaluation["reponse"]:
            extreme = reponse["valeur"] in ("0", "1", "4")
            refus = reponse["valeur"] == "non" and reponse["critere"] in ALERTES
            if extreme or refus:
                assert reponse.get("commentaire"), reponse["critere"]
            if reponse["critere"] in CALCULES:
                assert DecisionConstat(reponse["decision"])
            if reponse.get("decision") == "conteste":
                assert reponse["motif"]


def test_chaque_preuve_existe(evaluations: list[dict[str, Any]], dossiers: dict[int, dict[str, Any]]) -> None:
    for evaluation in evaluations:
        champs = dossiers[evaluation["numero"]]["champs"]
        pieces = {nom for v in champs.values() for nom in str(v).split(", ") if re.search(r"\.(pdf|xlsx)$", nom)}
        for reponse in evaluation["reponse"]:
            for preuve in reponse.get("preuves", []):
                assert preuve["ou"] in champs or preuve["ou"] in pieces, (reponse["critere"], preuve)


def test_les_montants_respectent_la_demande_et_le_plafond(
    evaluations: list[dict[str, Any]], dossiers: dict[int, dict[str, Any]]
) -> None:
    for evaluation in evaluations:
        montants = {a: Decimal(m) for a, m in evaluation.get("montants", {}).items()}
        if evaluation["avis"] == "defavorable":
            assert not montants
            continue
        champs = dossiers[evaluation["numero"]]["champs"]
        assert list(montants) == ["2026", "2027", "2028"]
        for rang, montant in enumerate(montants.values(), 1):
            assert montant <= Decimal(str(champs[f"Contribution O2R demandée – année {rang} (€)"]))
        plafond = next(r["valeur"] for r in evaluation["reponse"] if r["critere"] == "CRE-02")
        assert sum(montants.values()) == Decimal(plafond)


def test_les_reserves_et_le_refus_ont_leur_raison(evaluations: list[dict[str, Any]]) -> None:
    par_numero = {e["numero"]: e for e in evaluations}
    assert par_numero[25000101]["reserves"].count("\n") == 2
    refus = {r["critere"]: r["valeur"] for r in par_numero[25000110]["reponse"]}
    assert refus["ELI-05"] == "non"
    assert Decimal(refus["ELI-07"]) < 150000
