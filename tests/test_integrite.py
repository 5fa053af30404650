"""What is frozen stays what was frozen, and what was altered is told."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from o2r_desktop.cli import run

CSV = (
    Path(__file__).parent / "data" / "exports" / "dossiers_offre-de-reperage-et-remobilisation_2025-08-20_10-30.csv"
)
SOUS_SEUIL = 24000015
Appel = Callable[..., tuple[int, Any]]


@pytest.fixture
def o2r(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Appel:
    """Call the command line on one campagne; return status, JSON, and what was said on stderr."""

    def appel(*mots: object) -> tuple[int, Any]:
        statut = run([*map(str, mots), "--campagne", str(tmp_path / "c"), "--json"])
        sortie = capsys.readouterr()
        appel.dit = sortie.err  # type: ignore[attr-defined]
        return statut, json.loads(sortie.out) if sortie.out else None

    return appel


@pytest.fixture
def figee(o2r: Appel) -> Appel:
    """A campagne with one finalised evaluation."""
    o2r("importer", CSV)
    o2r("repondre", SOUS_SEUIL, "ELI-07", "non", "--constat", "confirme", "--commentaire", "149 999,99 €.")
    assert o2r("conclure", SOUS_SEUIL, "defavorable", "--motif", "Coût sous le seuil.")[0] == 0
    return o2r


def _modifie(tmp_path: Path, avant: str, apres: str) -> Path:
    texte = CSV.read_text("utf-8")
    assert avant in texte
    nouveau = tmp_path / CSV.name
    nouveau.write_text(texte.replace(avant, apres), "utf-8")
    return nouveau


def test_a_note_never_looks_final_on_data_that_changed_since(figee: Appel, tmp_path: Path) -> None:
    assert figee("verifier")[1] == {"sain": True, "defauts": []}
    _, rapport = figee("importer", _modifie(tmp_path, "149999.99", "159999.99"))
    assert rapport["modifies"] == [SOUS_SEUIL]
    assert any("figée" in a["quoi"] and a["numero"] == SOUS_SEUIL for a in rapport["anomalies"])
    _, fait = figee("note", SOUS_SEUIL, "--sortie", tmp_path / "notes")
    with pdfplumber.open(fait["notes"][0]["fichier"]) as pdf:
        page = pdf.pages[0].extract_text()
    assert "données modifiées depuis la finalisation" in page
    assert "Évaluation finalisée le" not in page
    statut, dit = figee("verifier")
    assert statut == 1
    assert "24\u202f000\u202f015" in dit["defauts"][0]
    assert figee("rouvrir", SOUS_SEUIL, "--motif", "Données changées.")[0] == 0
    assert figee("verifier")[0] == 0


@pytest.mark.parametrize(
    ("ordre", "dit"),
    [
        ("UPDATE reponse SET valeur = 'oui'", "ELI-07"),
        ("UPDATE reponse SET commentaire = 'falsifié'", "ELI-07"),
        ("DELETE FROM reponse", "ELI-07"),
        ("UPDATE evaluation SET avis = 'favorable'", "avis"),
        ("UPDATE evaluation SET montants = '{\"2026\": 1}'", "avis"),
    ],
)
def test_an_answer_changed_behind_the_program_is_found(figee: Appel, tmp_path: Path, ordre: str, dit: str) -> None:
    base = sqlite3.connect(tmp_path / "c" / "o2r.db")
    with base:
        base.execute(ordre)
    base.close()
    statut, rapport = figee("verifier")
    assert statut == 1
    assert dit in rapport["defauts"][0]


def test_the_deposit_date_that_changes_asks_to_reconfirm(o2r: Appel, tmp_path: Path) -> None:
    o2r("importer", CSV)
    numero = 24000014
    o2r("repondre", numero, "REC-02", "oui", "--constat", "confirme")
    o2r("repondre", numero, "TER-01", "3")
    o2r("importer", _modifie(tmp_path, "2025-08-13 12:00:00 +0200", "2025-08-13 12:00:05 +0200"))
    _, dossier = o2r("dossier", numero)
    assert {r["critere"]: r["a_reconfirmer"] for r in dossier["reponses"]} == {"REC-02": True, "TER-01": False}
    assert {r["critere"]: r["valeur"] for r in dossier["reponses"]} == {"REC-02": "oui", "TER-01": "3"}


def test_several_files_are_all_written_or_none(o2r: Appel, tmp_path: Path) -> None:
    o2r("importer", CSV)
    (tmp_path / "c" / "sauvegardes").rmdir()
    (tmp_path / "c" / "sauvegardes").write_text("en travers")
    modifie = _modifie(tmp_path, "149999.99", "159999.99")
    statut, _ = o2r("importer", modifie, CSV)
    assert statut == 1
    assert "occupe la place" in o2r.dit  # type: ignore[attr-defined]
    _, dossier = o2r("dossier", SOUS_SEUIL)
    assert "149999.99" in [c["valeur"] for c in dossier["champs"]]


def test_a_trial_of_two_files_tells_what_the_import_would_do(o2r: Appel, tmp_path: Path) -> None:
    modifie = _modifie(tmp_path, "149999.99", "159999.99")
    _, essai = o2r("importer", modifie, CSV, "--essai")
    assert (len(essai["nouveaux"]), essai["modifies"]) == (38, [])
    assert any(a["numero"] == SOUS_SEUIL and "149" in a["quoi"] and "159" in a["quoi"] for a in essai["anomalies"])
    _, fait = o2r("importer", modifie, CSV)
    assert {c: fait[c] for c in ("nouveaux", "modifies", "inchanges", "anomalies")} == {
        c: essai[c] for c in ("nouveaux", "modifies", "inchanges", "anomalies")
    }


@pytest.mark.parametrize(
    ("mots", "statut", "dit"),
    [
        (("note", 99, "--sortie", "notes"), 1, "99"),
        (
            ("conclure", SOUS_SEUIL, "ajourne", "--motif", "m", "--montant", "2026=1", "--montant", "2026=2"),
            2,
            "2026",
        ),
        (("repondre", SOUS_SEUIL, "TER-01", "3", "--commentaire", "caf\udce9"), 2, "UTF-8"),
    ],
)
def test_what_is_refused_is_said_on_stderr(
    o2r: Appel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mots: tuple[object, ...], statut: int, dit: str
) -> None:
    o2r("importer", CSV)
    monkeypatch.chdir(tmp_path)
    assert o2r(*mots)[0] == statut
    assert dit in o2r.dit  # type: ignore[attr-defined]


def test_the_demonstration_refuses_a_real_campagne(o2r: Appel) -> None:
    o2r("importer", CSV)
    assert o2r("demo")[0] == 1
    assert "vrais dossiers" in o2r.dit  # type: ignore[attr-defined]
    assert len(o2r("dossiers")[1]) == 38


def test_restoring_twice_does_not_go_to_and_fro(figee: Appel) -> None:
    _, fait = figee("sauvegarder")
    figee("rouvrir", SOUS_SEUIL, "--motif", "Pour voir.")
    assert figee("restaurer")[0] == 0
    _, encore = figee("restaurer", Path(fait["sauvegarde"]).name)
    assert Path(encore["restauree"]).name == Path(fait["sauvegarde"]).name
    assert Path(figee("restaurer")[1]["restauree"]).name == Path(fait["sauvegarde"]).name
    assert figee("dossier", SOUS_SEUIL)[1]["evaluation"] == "finalisee"


def test_a_number_that_a_spreadsheet_damaged_replaces_nothing(o2r: Appel, tmp_path: Path) -> None:
    o2r("importer", CSV)
    statut, rapport = o2r("importer", _modifie(tmp_path, ",75770572800017,", ',"7,57706E+13",'))
    assert (statut, rapport["modifies"]) == (0, [])
    assert any("derniers chiffres" in a["quoi"] for a in rapport["anomalies"])
    assert o2r("dossier", SOUS_SEUIL)[1]["porteur"]["siret"] == "75770572800017"


@pytest.mark.parametrize(
    ("mots", "dit"),
    [
        (("REC-03", "oui", "--constat", "confirme"), "pas de constat"),
        (("REC-02", "oui", "--constat", "conteste"), "motif"),
    ],
)
def test_a_decision_needs_a_finding_and_a_contest_its_motive(o2r: Appel, mots: tuple[str, ...], dit: str) -> None:
    o2r("importer", CSV)
    assert o2r("repondre", SOUS_SEUIL, *mots)[0] == 1
    assert dit in o2r.dit  # type: ignore[attr-defined]
    assert o2r("dossier", SOUS_SEUIL)[1]["reponses"] == []


def test_the_grille_and_a_grouped_number_are_understood(o2r: Appel) -> None:
    o2r("importer", CSV)
    assert len(o2r("grille")[1]) == 60
    assert len(o2r("grille", "ter-01")[1][0]["niveaux"]) == 5
    assert o2r("dossier", "24 000 015")[1]["numero"] == SOUS_SEUIL
