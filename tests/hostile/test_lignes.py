"""A line without number, or whose number comes twice: refused and listed; the others enter; exit status 3."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from o2r_desktop import cli, operations
from tests.hostile import classeurs, exports
from tests.hostile.lignes import REFUSES, REFUSES_JSON

BON, DERNIER = 1, 24_000_009


def _csv(chemin: Path, numero: object) -> None:
    lignes = [classeurs.STANDARD, *(classeurs.ligne(n) for n in (BON, numero, DERNIER))]
    cellules = ((str(c).replace('"', '""') for c in ligne) for ligne in lignes)
    chemin.write_text("".join('"' + '","'.join(ligne) + '"\n' for ligne in cellules), "utf-8")


def _xlsx(chemin: Path, numero: object) -> None:
    classeurs.classeur(chemin, classeurs.STANDARD, *(classeurs.ligne(n) for n in (str(BON), numero, str(DERNIER))))


def _ods(chemin: Path, numero: object) -> None:
    lignes = [classeurs.ligne(n) for n in (str(BON), numero, str(DERNIER))]
    classeurs.ods(chemin, classeurs.table_ods(classeurs.STANDARD, *lignes))


def _json(chemin: Path, numero: object) -> None:
    noeuds = [exports.noeud(n, "x") for n in (BON, numero, DERNIER)]
    chemin.write_text(json.dumps({"data": {"demarche": {"dossiers": {"nodes": noeuds}}}}), "utf-8")


FAIRE: dict[str, Callable[[Path, object], None]] = {"csv": _csv, "xlsx": _xlsx, "ods": _ods, "json": _json}
CAS: list[tuple[str, object, str]] = [
    *(("csv", numero, motif) for numero, motif in REFUSES.items()),
    *(
        (genre, numero, motif)
        for genre in ("xlsx", "ods")
        for numero, motif in REFUSES.items()
        if "\ud800" not in numero
    ),
    *(("json", numero, motif) for numero, motif in REFUSES.items()),
    *(("json", numero, motif) for numero, motif in REFUSES_JSON),
]


@pytest.mark.parametrize(
    ("genre", "numero", "motif"), CAS, ids=[f"{g}-{str(n)[:12]!a}-{i}" for i, (g, n, _) in enumerate(CAS)]
)
def test_line_is_refused_and_the_others_enter(
    genre: str, numero: object, motif: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fichier, campagne = tmp_path / f"a.{genre}", tmp_path / "ami"
    FAIRE[genre](fichier, numero)
    assert cli.run(["importer", str(fichier), "--campagne", str(campagne), "--json"]) == 3
    dit = json.loads(capsys.readouterr().out.encode("utf-8", "replace"))
    assert dit["nouveaux"] == [BON, DERNIER]
    assert [r["ligne"] for r in dit["refuses"]] == [2 if genre == "json" else 3]
    assert motif in dit["refuses"][0]["motif"]
    assert len(dit["refuses"][0]["motif"]) < 200
    with operations.open_session(campagne, auteur="essai", lecture_seule=True) as session:
        assert [a.numero for a in operations.list_dossiers(session)] == [BON, DERNIER]
        assert operations.verify(session) == []


def test_equal_keys_of_an_object_are_no_danger(tmp_path: Path) -> None:
    """Which one wins is the reader's business; nothing crashes, and one dossier enters."""
    fichier = tmp_path / "a.json"
    champs = json.dumps(exports.noeud(BON, "x"))[:-1]
    fichier.write_text(
        '{"dossiers": [' + champs + f', "number": {DERNIER}, "champs": [], "champs": null' + "}]}", "utf-8"
    )
    assert cli.run(["importer", str(fichier), "--campagne", str(tmp_path / "ami")]) == 0
    with operations.open_session(tmp_path / "ami", auteur="essai", lecture_seule=True) as session:
        assert [a.numero for a in operations.list_dossiers(session)] == [DERNIER]


@pytest.mark.parametrize(
    "valeur", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "1" * 400, "0.1" + "0" * 5_000]
)
def test_numbers_out_of_reach_stay_what_they_are(valeur: str, tmp_path: Path) -> None:
    fichier = tmp_path / "a.json"
    noeud = json.dumps(exports.noeud(BON, "x")).replace(
        '"stringValue": "x"', f'"stringValue": null, "value": {valeur}'
    )
    fichier.write_text('{"dossiers": [' + noeud + "]}", "utf-8")
    assert cli.run(["importer", str(fichier), "--campagne", str(tmp_path / "ami")]) == 0
    assert cli.run(["importer", str(fichier), "--campagne", str(tmp_path / "ami")]) == 0
    with operations.open_session(tmp_path / "ami", auteur="essai", lecture_seule=True) as session:
        assert operations.verify(session) == []
        assert len(operations.load_dossier(session, BON).dossier.champs) == 2


@pytest.mark.parametrize("fond", [50, 200, 300, 400, 480, 600, 800, 900, 950, 970, 980, 990])
def test_a_dossier_as_deep_as_a_reader_bears_is_read_by_all(fond: int, tmp_path: Path) -> None:
    """The child reads with an empty stack, the window with a deep one: what one takes the other must too."""
    fichier = tmp_path / "a.json"
    noeud = json.dumps(exports.noeud(BON, "x", avis="ICI")).replace('"ICI"', "[" * fond + "]" * fond)
    fichier.write_text('{"dossiers": [' + noeud + "]}", "utf-8")
    code = cli.run(["importer", str(fichier), "--campagne", str(tmp_path / "ami")])
    assert code in (0, 1)
    if code == 0:

        def de_loin(appels: int) -> int:
            if appels:
                return de_loin(appels - 1)
            return cli.run(["dossier", str(BON), "--campagne", str(tmp_path / "ami"), "--json"])

        assert de_loin(150) == 0
