"""«o2r correspondance exporter|importer»: the same use cases, one French sentence when refused."""

import json
from pathlib import Path

import pytest

from o2r_desktop import operations
from o2r_desktop.cli import FAIT, REFUSE, USAGE, run
from o2r_desktop.dossiers.model import Colonne
from o2r_desktop.imports.correspondance import load_correspondance, save_correspondance


def test_it_goes_out_and_comes_back(
    campagne_demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fichier, mots = tmp_path / "c.toml", ["--campagne", str(campagne_demo)]
    assert run(["correspondance", "exporter", str(fichier), *mots]) == FAIT
    assert capsys.readouterr().out.startswith(f"Correspondance écrite\u00a0: {fichier}. 98\u00a0attributs, ")
    exportee = load_correspondance(fichier)
    choisie = exportee.avec({"intitule": Colonne("Résumé du projet (10 lignes)"), "resume": None})
    save_correspondance(choisie, fichier)
    assert run(["correspondance", "importer", str(fichier), *mots, "--json", "--instructeur", "Maud"]) == FAIT
    document = json.loads(capsys.readouterr().out)
    assert document == {
        "fichier": str(fichier),
        "nom": exportee.nom,
        "version": 1,
        "attributs": 98,
        "liaisons": len(choisie.liaisons),
        "relus": document["relus"],
        "perdus": [],
    }
    assert document["relus"] > 0
    with operations.open_session(campagne_demo, auteur="x", lecture_seule=True) as session:
        assert session.correspondance == choisie
    assert run(["correspondance", "importer", str(fichier), *mots]) == FAIT
    assert "0\u00a0dossier lu autrement" in capsys.readouterr().out


def test_what_it_no_longer_knows_is_told(
    campagne_demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fichier = tmp_path / "c.toml"
    fichier.write_text(
        'nom = "x"\n[[attribut]]\nid = "intitule"\ntype = "texte"\nsection = "s"\nlibelles = ["A"]\n'
    )
    assert run(["correspondance", "importer", str(fichier), "--campagne", str(campagne_demo)]) == FAIT
    sortie = capsys.readouterr().out
    assert "elle ne connaît plus nature_porteur" in sortie
    assert "dossiers lus autrement" in sortie


@pytest.mark.parametrize(
    ("mots", "statut", "phrase"),
    [
        (["importer", "absent.toml"], REFUSE, "La correspondance « absent.toml » ne peut pas être ouverte"),
        (["exporter", "absent/c.toml"], REFUSE, "La correspondance « c.toml » ne peut pas être écrite"),
        (["perdre", "c.toml"], USAGE, "perdre"),
        (["importer"], USAGE, "il manque"),
    ],
)
def test_refusals(
    campagne_demo: Path, capsys: pytest.CaptureFixture[str], mots: list[str], statut: int, phrase: str
) -> None:
    assert run(["correspondance", *mots, "--campagne", str(campagne_demo)]) == statut
    erreur = capsys.readouterr().err
    assert phrase in erreur
    assert erreur.count("\n") == 1


def test_a_file_that_is_no_correspondence_is_spared(
    campagne_demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lettre, colonnes = tmp_path / "lettre.docx", tmp_path / "colonnes.toml"
    lettre.write_bytes(b"PK\x03\x04 une lettre")
    campagne = ["--campagne", str(campagne_demo)]
    assert run(["correspondance", "exporter", str(lettre), *campagne]) == REFUSE
    assert "existe et n’est pas une correspondance" in capsys.readouterr().err
    assert lettre.read_bytes() == b"PK\x03\x04 une lettre"
    for _ in range(2):
        assert run(["correspondance", "exporter", str(colonnes), *campagne]) == FAIT
