"""The straight way through the product, by the command line: import, read, answer, conclude, print, check."""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from o2r_desktop.cli import run

EXPORTS = Path(__file__).parent / "data" / "exports"
VALEURS = json.loads((EXPORTS / "valeurs.json").read_text("utf-8"))
XLSX = EXPORTS / "dossiers_offre-de-reperage-et-remobilisation_2025-08-20_10-30.xlsx"
CSV = EXPORTS / "dossiers_offre-de-reperage-et-remobilisation_2025-08-20_10-30.csv"
ODS = EXPORTS / "dossiers_offre-de-reperage-et-remobilisation_2025-08-20_10-30.ods"
EXCEL = EXPORTS / "reenregistre_excel.csv"
API = EXPORTS / "getDemarche.json"
CELLULE_MAX = 32_767
"""Longest text that a spreadsheet program keeps in a cell."""
Appel = Callable[..., tuple[int, Any]]


@pytest.fixture
def o2r(capsys: pytest.CaptureFixture[str]) -> Appel:
    """Call the command line; return its status and the JSON it printed, or what it said on stderr."""

    def appel(*mots: object) -> tuple[int, Any]:
        statut = run([str(m) for m in mots])
        sortie = capsys.readouterr()
        if statut in (1, 2) and sortie.err:
            return statut, sortie.err
        return statut, json.loads(sortie.out) if "--json" in mots else sortie.out

    return appel


def _attendu(valeur: Any, lu: Mapping[str, Any], *, export: Path) -> bool:
    """Whether a value read is what valeurs.json says.

    Excepted is what the file itself has lost: blanks and emoji of a standard export (reference § 3.4), texts that
    a spreadsheet program cut, characters that cp1252 lacks in the CSV that Excel saved.
    """
    standard = export != API
    if valeur is None or valeur is False:
        return lu["valeur"] in ("", [], False) or (standard and lu["zero_ou_vide"])
    if isinstance(valeur, bool) or isinstance(lu["valeur"], (bool, list)):
        return bool(lu["valeur"] == valeur)
    if isinstance(valeur, (int, float)):
        return Decimal(str(lu["valeur"])) == Decimal(str(valeur))
    if len(valeur) > CELLULE_MAX and len(lu["valeur"]) == CELLULE_MAX:
        valeur = valeur[:CELLULE_MAX]  # the workbook itself was cut; the import says so, see below
    if standard:
        valeur = "".join(c if ord(c) < 0x10000 else " " for c in valeur)
    if export == ODS:
        valeur = valeur.strip()  # the platform strips what it writes there
    if export == EXCEL:
        valeur = valeur.encode("cp1252", "replace").decode("cp1252")
    return bool(lu["valeur"] == valeur)


@pytest.mark.parametrize("export", [XLSX, ODS, CSV, EXCEL, API], ids=["xlsx", "ods", "csv", "excel", "api"])
def test_every_value_of_every_dossier_is_read_as_it_was_typed(export: Path, o2r: Appel, tmp_path: Path) -> None:
    statut, rapport = o2r("importer", export, "--campagne", tmp_path / "c", "--json")
    assert (statut, len(rapport["nouveaux"]), rapport["refuses"], rapport["ecrit"]) == (0, 38, [], True)
    fautes = []
    for attendu in VALEURS:
        _, dossier = o2r("dossier", attendu["numero"], "--campagne", tmp_path / "c", "--json")
        champs = {c["libelle"]: c for c in dossier["champs"]}
        fautes += [
            (attendu["numero"], libelle, valeur, champs[libelle]["valeur"])
            for libelle, valeur in attendu["champs"].items()
            if not _attendu(valeur, champs[libelle], export=export)
        ]
        sans_nom = attendu["cas"] == "sans_siret" and export not in (XLSX, ODS)  # only workbooks name this body
        nom = "" if sans_nom else attendu["porteur"]
        if dossier["porteur"]["nom"] != nom or dossier["depot"] != attendu["depot"]:
            fautes.append((attendu["numero"], "porteur, dépôt", dossier["porteur"], dossier["depot"]))
    assert fautes == []


CAS = {
    "dernier_instant": ("REC-02", "conforme"),
    "hors_delai": ("REC-02", "non_conforme"),
    "sous_seuil": ("ELI-07", "non_conforme"),
    "seuil_exact": ("ELI-07", "conforme"),
    "formation_sous_seuil": ("ELI-07", "non_conforme"),
    "somme_fausse": ("CRE-01", "non_conforme"),
    "demande_superieure": ("CRE-02", "non_conforme"),
    "parcours_14_mois": ("ELI-09", "non_conforme"),
    "departement": ("ELI-02", "alerte"),
    "mission_locale": ("ELI-02", "alerte"),
    "sans_compta_analytique": ("ANA-01", "alerte"),
    "nombres_vides": ("CRE-04", "inconnu"),
    "vendee_seule_jeunes": ("PRI-01", "alerte"),
}
PRIORITES = {
    "p1_44_jeunes": "P1",
    "p2_renforcee_72": "P2 renforcée",
    "p2_53": "P2",
    "hors_priorite_49": "hors priorité",
    "vendee_seule_jeunes": "hors priorité",
}


@pytest.mark.parametrize("export", [XLSX, API], ids=["xlsx", "api"])
def test_constats_are_right_for_every_case(export: Path, o2r: Appel, tmp_path: Path) -> None:
    o2r("importer", export, "--campagne", tmp_path / "c", "--json")
    numeros = {v["cas"]: v["numero"] for v in VALEURS}
    trouves, priorites = {}, {}
    for cas, (critere, _) in CAS.items():
        _, dossier = o2r("dossier", numeros[cas], "--campagne", tmp_path / "c", "--json")
        trouves[cas] = (critere, next(c["resultat"] for c in dossier["constats"] if c["critere"] == critere))
    for cas in PRIORITES:
        _, dossier = o2r("dossier", numeros[cas], "--campagne", tmp_path / "c", "--json")
        priorites[cas] = dossier["priorite"]
    assert trouves == CAS
    assert priorites == PRIORITES


def test_ordinary_dossiers_are_conforming(o2r: Appel, tmp_path: Path) -> None:
    o2r("importer", API, "--campagne", tmp_path / "c", "--json")
    for ordinaire in [v["numero"] for v in VALEURS if v["cas"] == "courant"]:
        _, dossier = o2r("dossier", ordinaire, "--campagne", tmp_path / "c", "--json")
        ecarts = [
            (c["critere"], c["resultat"], c["valeur"])
            for c in dossier["constats"]
            if c["critere"][:3] in ("REC", "ELI") and c["resultat"] != "conforme"
        ]
        assert ecarts == [], ordinaire


def test_the_same_answers_in_another_format_change_nothing(o2r: Appel, tmp_path: Path) -> None:
    o2r("importer", XLSX, "--campagne", tmp_path / "c", "--json")
    long = next(v["numero"] for v in VALEURS if v["cas"] == "texte_long")
    for autre, modifies in ((XLSX, []), (CSV, [long]), (EXCEL, []), (XLSX, [])):  # the CSV has the whole long text
        statut, rapport = o2r("importer", autre, "--campagne", tmp_path / "c", "--json")
        assert (statut, rapport["nouveaux"], rapport["modifies"]) == (0, [], modifies), autre.name
    _, dossier = o2r("dossier", 24000025, "--campagne", tmp_path / "c", "--json")
    assert len(dossier["membres"]) == 3
    _, dossier = o2r("dossier", long, "--campagne", tmp_path / "c", "--json")
    assert max(len(c["valeur"]) for c in dossier["champs"] if isinstance(c["valeur"], str)) > CELLULE_MAX


def test_the_api_makes_a_workbook_surer_without_changing_an_answer(o2r: Appel, tmp_path: Path) -> None:
    numero = next(v["numero"] for v in VALEURS if v["cas"] == "nombres_vides")

    def doutes() -> int:
        _, dossier = o2r("dossier", numero, "--campagne", tmp_path / "c", "--json")
        return sum(champ["zero_ou_vide"] for champ in dossier["champs"])

    o2r("importer", ODS, "--campagne", tmp_path / "c", "--json")
    assert doutes() > 0
    o2r("importer", API, "--campagne", tmp_path / "c", "--json")
    assert doutes() == 0
    statut, rapport = o2r("importer", ODS, "--campagne", tmp_path / "c", "--json")
    assert (statut, rapport["modifies"], doutes()) == (0, [], 0)


def test_two_formats_given_together_make_each_dossier_once(o2r: Appel, tmp_path: Path) -> None:
    statut, rapport = o2r("importer", CSV, API, ODS, "--campagne", tmp_path / "c", "--json")
    assert statut == 0
    assert len(rapport["nouveaux"]) == 38
    assert rapport["modifies"] == []
    dits = [a["quoi"] for a in rapport["anomalies"] if "aussi dans" in a["quoi"]]
    assert [(dit.split(" ")[0], API.name in dit) for dit in dits] == [("38\u00a0dossiers", True)] * 2
    _, dossier = o2r("dossier", 24000034, "--campagne", tmp_path / "c", "--json")
    assert dossier["porteur"]["nom"]  # the API has no name for this body, the workbook does


def test_a_text_cut_by_a_spreadsheet_is_said(o2r: Appel, tmp_path: Path) -> None:
    _, rapport = o2r("importer", XLSX, "--campagne", tmp_path / "c", "--json")
    numero = next(v["numero"] for v in VALEURS if v["cas"] == "texte_long")
    dits = [a["quoi"] for a in rapport["anomalies"] if a["numero"] == numero]
    assert any("32" in dit and "coupé" in dit for dit in dits), dits


def test_trial_writes_nothing(o2r: Appel, tmp_path: Path) -> None:
    statut, rapport = o2r("importer", XLSX, "--campagne", tmp_path / "c", "--essai", "--json")
    assert (statut, len(rapport["nouveaux"]), rapport["ecrit"]) == (0, 38, False)
    assert not (tmp_path / "c").exists()


def test_one_bad_file_among_several_writes_nothing(o2r: Appel, tmp_path: Path) -> None:
    mauvais = tmp_path / "vide.csv"
    mauvais.write_bytes(b"")
    statut, dit = o2r("importer", XLSX, mauvais, "--campagne", tmp_path / "c", "--json")
    assert statut == 1
    assert "vide.csv" in dit
    assert not (tmp_path / "c").exists()


def test_demonstration_goes_from_exports_to_notes_and_can_be_run_again(o2r: Appel, tmp_path: Path) -> None:
    campagne = tmp_path / "demo"
    statut, fait = o2r("demo", "--campagne", campagne, "--json")
    assert statut == 0
    assert fait["dossiers"] >= 20
    assert len(fait["evalues"]) == len(fait["notes"]) == 3
    premieres = {n["numero"]: Path(n["fichier"]).read_bytes() for n in fait["notes"]}
    statut, encore = o2r("demo", "--campagne", campagne, "--json")
    assert statut == 0
    assert {n["numero"]: Path(n["fichier"]).read_bytes() for n in encore["notes"]} == premieres
    for note in encore["notes"]:
        with pikepdf.open(note["fichier"]) as pdf:
            assert pdf.Root.Lang == "fr-FR"
            assert len(pdf.pages) == note["pages"]
            donnees = json.loads(pdf.attachments["donnees.json"].get_file().read_bytes())
            assert donnees["donnees"]["dossier"]["numero"] == note["numero"]
    assert o2r("verifier", "--campagne", campagne, "--json") == (0, {"sain": True, "defauts": []})


def test_answers_are_kept_scored_journalled_and_locked(o2r: Appel, tmp_path: Path) -> None:
    campagne = ("--campagne", tmp_path / "c")
    o2r("importer", XLSX, *campagne, "--json")
    numero = 24000015
    statut, fait = o2r("repondre", numero, "TER-01", "3", "--commentaire", "Deux antennes.", *campagne, "--json")
    assert (statut, fait["score"]["total"], fait["score"]["complet"]) == (0, "75.00", False)
    _, refus = o2r("repondre", numero, "TER-01", "5", *campagne)
    assert "TER-01" in refus
    _, refus = o2r("conclure", numero, "favorable", "--motif", "Bon projet.", *campagne)
    assert "ELI-07" in refus
    o2r("repondre", numero, "ELI-07", "non", "--constat", "confirme", "--commentaire", "149 999,99 €.", *campagne)
    statut, fait = o2r("conclure", numero, "defavorable", "--motif", "Coût sous le seuil.", *campagne, "--json")
    assert (statut, fait["avis"]["avis"]) == (0, "defavorable")
    statut, refus = o2r("repondre", numero, "TER-01", "4", *campagne)
    assert statut == 1
    assert "rouv" in refus.lower()
    assert o2r("rouvrir", numero, "--motif", "Pièce reçue.", *campagne, "--json")[0] == 0
    assert o2r("repondre", numero, "TER-01", "4", *campagne, "--json")[0] == 0
    assert o2r("verifier", *campagne, "--json")[0] == 0


def test_a_note_of_a_hostile_dossier_prints_its_text_as_text(o2r: Appel, tmp_path: Path) -> None:
    campagne = ("--campagne", tmp_path / "c")
    o2r("importer", XLSX, *campagne, "--json")
    numero = next(v["numero"] for v in VALEURS if v["cas"] == "texte_hostile")
    statut, fait = o2r("note", numero, *campagne, "--sortie", tmp_path / "n", "--json")
    assert (statut, fait["echecs"]) == (0, [])
    import pdfplumber

    with pdfplumber.open(fait["notes"][0]["fichier"]) as pdf:
        texte = "".join(page.extract_text() for page in pdf.pages)
    for morceau in ("<b>gras</b>", "file:///etc/passwd", "{{7*7}}", "=cmd|"):
        assert morceau in texte


def test_notes_of_all_dossiers(o2r: Appel, tmp_path: Path) -> None:
    campagne = ("--campagne", tmp_path / "c")
    o2r("importer", XLSX, *campagne, "--json")
    statut, fait = o2r("note", "--toutes", *campagne, "--sortie", tmp_path / "n", "--json")
    assert (statut, len(fait["notes"]), fait["echecs"]) == (0, 38, [])
    statut, fait = o2r("note", 24000015, 99, *campagne, "--sortie", tmp_path / "n", "--json")
    assert (statut, [e["numero"] for e in fait["echecs"]]) == (3, [99])


def test_backup_and_restore(o2r: Appel, tmp_path: Path) -> None:
    campagne = ("--campagne", tmp_path / "c")
    o2r("importer", XLSX, *campagne, "--json")
    o2r("repondre", 24000015, "TER-01", "3", *campagne)
    assert o2r("sauvegarder", *campagne, "--json")[0] == 0
    o2r("repondre", 24000015, "TER-01", "0", *campagne)
    assert o2r("restaurer", *campagne, "--json")[0] == 0
    _, dossier = o2r("dossier", 24000015, *campagne, "--json")
    assert [r["valeur"] for r in dossier["reponses"]] == ["3"]


@pytest.mark.parametrize(
    ("mots", "dit"),
    [
        ([], "il manque"),
        (["importer"], "il manque"),
        (["danser"], "danser"),
        (["dossier", "abc", "--campagne", "x"], "nombre entier"),
        (["conclure", "1", "peut-etre", "--motif", "m", "--campagne", "x"], "peut-etre"),
        (["note", "--campagne", "x", "--sortie", "y"], "--toutes"),
    ],
)
def test_wrong_words_are_told_in_french(mots: list[str], dit: str, o2r: Appel) -> None:
    statut, message = o2r(*mots)
    assert statut == 2
    assert dit in message
    assert "argument" not in message


@pytest.mark.parametrize("commande", ["dossiers", "verifier", "sauvegarder", "restaurer"])
def test_a_folder_without_campagne_is_said(commande: str, o2r: Appel, tmp_path: Path) -> None:
    statut, message = o2r(commande, "--campagne", tmp_path / "rien")
    assert statut == 1
    assert "rien" in message
    assert list(tmp_path.iterdir()) == []
