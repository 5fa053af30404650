"""The correspondence file: the one shipped is whole, a malformed one costs a sentence."""

from pathlib import Path

import pytest

from o2r_desktop.dossiers.champs import TypeChamp
from o2r_desktop.errors import ExportError
from o2r_desktop.imports.correspondance import load_correspondance, parse_correspondance
from tests.o2r_desktop.imports.outils import O2R

ENTETE = 'nom = "x"\nversion = 1\n'
BON = '[[attribut]]\nid = "a"\ntype = "texte"\nsection = "s"\nlibelles = ["A"]\n'
NOMBRES = {"budget_annuel", "cout_total", "cout_annee_2", "demande_annee_3", "demande_total", "minimis"}


def test_shipped_file_names_the_attributes_of_the_form() -> None:
    ids = [a.id for a in O2R.attributs]
    assert len(ids) == len(set(ids)) == 98
    assert {a.id for a in O2R.attributs if a.type is TypeChamp.MONTANT} >= NOMBRES
    assert [b.id for b in O2R.blocs] == ["membres", "cofinancements", "intercommunalites"]
    assert list(dict.fromkeys(a.section for a in O2R.attributs)) == [
        "Porteur du projet",
        "Consortium",
        "Projet",
        "Publics",
        "Territoires",
        "Réseau pour l’emploi et partenariats",
        "Expérience et moyens",
        "Budget",
        "Comptabilité analytique et compte rendu",
        "Pièces et engagements",
    ]


def test_shipped_file_knows_the_options_with_a_comma() -> None:
    publics = next(a for a in O2R.attributs if a.id == "publics")
    assert "Santé mentale, comportements déviants, addictions" in publics.options


@pytest.mark.parametrize(
    ("texte", "mots"),
    [
        ("", "aucun attribut"),
        ("[[", "TOML"),
        (BON, "nom"),
        (ENTETE + BON + BON, "deux fois"),
        (ENTETE + BON + BON.replace('"a"', '"b"'), "libellé"),
        (ENTETE + BON.replace("texte", "nombre"), "type inconnu"),
        (ENTETE + BON.replace('["A"]', '"A"'), "libelles"),
        (ENTETE + BON.replace('["A"]', "[]"), "libelles"),
        (ENTETE + BON.replace('["A"]', '["A", 1]'), "libelles"),
        (ENTETE + BON.replace('section = "s"\n', ""), "section"),
        (ENTETE + BON + 'stable_ids = ["x"]\n', "stable_ids"),
        (ENTETE + "attribut = 3\n", "attribut"),
        ('nom = "x"\nversion = "1"\n' + BON, "version"),
        (ENTETE + BON + '[[bloc]]\nid = "m"\n', "libelles"),
    ],
)
def test_malformed_files_are_refused_with_a_sentence(tmp_path: Path, texte: str, mots: str) -> None:
    chemin = tmp_path / "corr.toml"
    chemin.write_text(texte, "utf-8")
    with pytest.raises(ExportError, match="corr") as refus:
        load_correspondance(chemin)
    assert mots in str(refus.value)
    assert str(tmp_path) not in str(refus.value)


def test_missing_and_misencoded_files(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="ouverte"):
        load_correspondance(tmp_path / "rien.toml")
    (tmp_path / "latin.toml").write_bytes(b'nom = "\xe9"')
    with pytest.raises(ExportError, match="UTF-8"):
        load_correspondance(tmp_path / "latin.toml")


def test_stable_ids_are_read() -> None:
    lu = parse_correspondance(ENTETE + BON + "stable_ids = [12]\n", "x")
    assert lu.attributs[0].stable_ids == (12,)
