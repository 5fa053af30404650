"""What the commands show to a person."""

import csv
import json
from pathlib import Path

import pytest

from o2r_desktop.cli import run

EXPORTS = Path(__file__).parents[2] / "data" / "exports"
NOM = "dossiers_offre-de-reperage-et-remobilisation_2025-08-20_10-30"
CONSORTIUM = 24000025


@pytest.fixture(scope="module")
def campagne(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dossier = tmp_path_factory.mktemp("affichage") / "c"
    assert run(["importer", str(EXPORTS / f"{NOM}.xlsx"), "--campagne", str(dossier)]) == 0
    return dossier


def _dit(capsys: pytest.CaptureFixture[str], *mots: object) -> str:
    statut = run([str(m) for m in mots])
    sortie = capsys.readouterr()
    assert statut == 0, sortie.err
    return sortie.out


def test_import_says_formats_counts_and_oddities(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    dit = _dit(capsys, "importer", EXPORTS / f"{NOM}.csv", "--campagne", tmp_path / "c")
    assert "CSV, export standard" in dit
    assert "38\u00a0nouveaux, 0\u00a0modifié, 0\u00a0inchangé, 0\u00a0refusé" in dit
    assert "Import enregistré." in dit


def test_trial_says_that_nothing_is_written(
    campagne: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    modifie = tmp_path / "export.csv"
    texte = (EXPORTS / f"{NOM}.csv").read_text("utf-8")
    modifie.write_text(texte.replace("Entraide du Bocage – repérer", "Entraide du Bocage – accueillir"), "utf-8")
    dit = _dit(capsys, "importer", modifie, "--campagne", campagne, "--essai")
    assert "Essai\u00a0: rien n’a été écrit." in dit
    assert "Intitulé du projet" in dit
    assert "repérer et remobiliser → Entraide du Bocage – accueillir" in dit


def test_list_is_aligned_and_searched(campagne: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dit = _dit(capsys, "dossiers", "--campagne", campagne, "--recherche", "boussole MAUGES").splitlines()
    assert [ligne.split("  ")[0] for ligne in dit[:3]] == ["Dossier", "24\u202f000\u202f025", "1\u00a0dossier."]
    assert dit[4] == "24\u202f000\u202f025 — Boussole des Mauges"
    assert any("\u00a0: " in ligne and "Boussole" in ligne for ligne in dit[5:])
    assert dit[0].index("Porteur") == dit[1].index("Boussole des Mauges")
    assert (
        _dit(capsys, "dossiers", "--campagne", campagne, "--recherche", "zzz") == "Aucun dossier ne correspond.\n"
    )


def test_dossier_shows_findings_answers_form_and_members(
    campagne: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reponse = ["repondre", CONSORTIUM, "TER-01", "3", "--commentaire", "Deux antennes.", "--campagne", campagne]
    assert "TER-01\u00a0: 3. Score\u00a0: 75,0 sur 100, provisoire (1/39)" in _dit(capsys, *reponse)
    dit = _dit(capsys, "dossier", CONSORTIUM, "--campagne", campagne)
    for morceau in (
        "Priorité\u00a0: P2 renforcée",
        "ELI-07  ✓ conforme — 643\u202f896,62\u00a0€",
        "  TER-01  3\n      Deux antennes.",
        "Avis\u00a0: non rendu",
        "Montant des dépenses de formation (€)\u00a0: 0 ou non renseigné",
        "Coût total – année 1 (€)\u00a0: 110\u202f550,65\u00a0€",
        "Missions couvertes\u00a0: Repérage\u202f; Remobilisation",
        "nom inconnu (74221369700003), Repérage en milieu rural, 120\u202f000,00\u00a0€",
    ):
        assert morceau in dit, morceau


def test_a_field_cut_in_columns_is_one_answer_and_one_entry_each_for_scripts(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    colonnes = {"Lieu": "Laon (02000)", "Lieu (Code INSEE)": "02408", "Lieu (Département)": "02 – Aisne"}
    with (EXPORTS / f"{NOM}.csv").open(encoding="utf-8", newline="") as lu:
        entete, premiere, *_ = csv.reader(lu)
    with (tmp_path / f"{NOM}.csv").open("w", encoding="utf-8", newline="") as ecrit:
        csv.writer(ecrit).writerows([[*entete, *colonnes], [*premiere, *colonnes.values()]])
    _dit(capsys, "importer", tmp_path / f"{NOM}.csv", "--campagne", tmp_path / "c")
    montre = ("dossier", premiere[0], "--campagne", tmp_path / "c")
    dit = _dit(capsys, *montre)
    assert "  Lieu\u00a0: Laon (02000)\u00a0— code INSEE\u00a002408, département\u00a002 – Aisne\n" in dit
    assert "Lieu (" not in dit
    champs = json.loads(_dit(capsys, *montre, "--json"))["champs"]
    assert {c["libelle"]: c["valeur"] for c in champs if c["libelle"].startswith("Lieu")} == colonnes


def test_keeping_up_commands_say_what_they_did(
    campagne: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert "Sauvegarde écrite et vérifiée" in _dit(capsys, "sauvegarder", "--campagne", campagne)
    assert "intacts" in _dit(capsys, "verifier", "--campagne", campagne)
    assert "page" in _dit(capsys, "note", CONSORTIUM, "--campagne", campagne, "--sortie", tmp_path / "notes")


@pytest.mark.parametrize("commande", [[], ["importer"], ["conclure"], ["note"]])
def test_help_is_in_french(commande: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as fin:
        run([*commande, "--aide"])
    assert fin.value.code == 0
    aide = capsys.readouterr().out
    assert "Emploi\u00a0: " in aide
    for anglais in ("usage", "options:", "positional", "show this", "optional"):
        assert anglais not in aide
