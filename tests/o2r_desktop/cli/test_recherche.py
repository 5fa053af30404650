"""The list of dossiers searched from the command line: full text, filters, passages."""

import json
from pathlib import Path
from typing import Any

import pytest

from o2r_desktop import cli, operations


def chercher(campagne: Path, texte: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    assert cli.run(["dossiers", "--campagne", str(campagne), "--recherche", texte, "--json"]) == cli.FAIT
    lu: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return lu


def test_passages_are_given(campagne_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trouves = chercher(campagne_demo, '"maraîchage" socle', capsys)
    assert trouves
    assert (campagne_demo / "recherche.db").is_file()
    for passage in (passage for dossier in trouves for passage in dossier["passages"]):
        assert set(passage) == {"source", "ou", "page", "extrait"}
        assert passage["source"] == "formulaire"
        assert "maraîchage" in passage["extrait"] or "socle" in passage["extrait"].lower()
    tous = chercher(campagne_demo, "", capsys)
    assert len(tous) > len(trouves)
    assert "passages" not in tous[0]
    assert set(trouves[0]) == {*tous[0], "passages"} | set(trouves[0])


def test_filters_and_words_together(campagne_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tous, sarthe = chercher(campagne_demo, "emploi", capsys), chercher(campagne_demo, "emploi dep:72", capsys)
    assert {d["numero"] for d in sarthe} == {d["numero"] for d in tous if "72" in d["departements"]}
    assert chercher(campagne_demo, "cout>1 priorite:p1", capsys)
    recues = chercher(campagne_demo, "piece:recue", capsys)
    manquantes = chercher(campagne_demo, "piece:manquante", capsys)
    assert (recues, bool(manquantes)) == ([], True)


def test_text_shows_passages_under_the_list(campagne_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["dossiers", "--campagne", str(campagne_demo), "--recherche", "maraîchage"]) == cli.FAIT
    dit = capsys.readouterr().out
    table, _, passages = dit.partition("\n\n")
    assert table.splitlines()[-1].endswith("\u00a0dossiers.")
    assert "maraîchage" in passages
    assert "n’est pas à jour" not in dit


def test_malformed_filter_is_a_wrong_use(campagne_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["dossiers", "--campagne", str(campagne_demo), "--recherche", "cout>cher"]) == cli.USAGE
    assert "«\u00a0cout>cher\u00a0» n’est pas compris" in capsys.readouterr().err


def test_campagne_open_elsewhere_is_searched_by_rows(
    campagne_demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with operations.open_session(campagne_demo, auteur="Noa"):
        assert cli.run(["dossiers", "--campagne", str(campagne_demo), "--recherche", "sarthe"]) == cli.FAIT
    assert "L’index de recherche n’est pas à jour" in capsys.readouterr().out
    assert not (campagne_demo / "recherche.db").exists()
