"""What an import tells on a terminal: texts of files, on their line, without the commands that they hold."""

from pathlib import Path

import pytest

from o2r_desktop import cli
from tests.hostile import classeurs

NUMERO = 24_000_001
COMMANDES = frozenset("\x1b\u202e\r\x9b")


def _csv(chemin: Path, *lignes: list[object], entete: tuple[str, ...] = classeurs.STANDARD) -> Path:
    texte = "".join('"' + '","'.join(map(str, cellules)) + '"\n' for cellules in (entete, *lignes))
    chemin.write_text(texte, "utf-8", newline="")
    return chemin


def _importer(campagne: Path, *fichiers: Path) -> int:
    return cli.run(["importer", *map(str, fichiers), "--campagne", str(campagne)])


def test_a_refused_line_tells_its_number_without_its_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fichier = _csv(tmp_path / "a.csv", classeurs.ligne(str(NUMERO)), classeurs.ligne("7\u202e8\x1b[31m"))
    assert _importer(tmp_path / "ami", fichier) == 3
    sortie = capsys.readouterr().out
    assert "Refusé, ligne 3" in sortie
    assert not COMMANDES & set(sortie)


@pytest.mark.parametrize("libelle", ["a\x1b[31mb", "a\u202eb", "a\rb", "\x9b31m", "a\u2028b\u2029c"])
def test_a_header_is_told_without_its_commands(
    libelle: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for rang, valeur in enumerate(("un", "deux")):
        fichier = _csv(
            tmp_path / f"{rang}.csv",
            classeurs.ligne(str(NUMERO), autre=valeur),
            entete=(*classeurs.STANDARD, libelle),
        )
        assert _importer(tmp_path / "ami", fichier) == 0
    sortie = capsys.readouterr().out
    assert "un → deux" in sortie
    assert "sans lien avec la grille" in sortie
    assert not (COMMANDES | set("\u2028\u2029")) & set(sortie)


def test_a_file_is_named_without_its_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fichier = _csv(tmp_path / "a\u202eb.csv", classeurs.ligne(str(NUMERO)))
    assert _importer(tmp_path / "ami", fichier) == 0
    sortie = capsys.readouterr().out
    assert sortie.startswith("ab.csv — CSV")
    assert not COMMANDES & set(sortie)


def test_a_dossier_is_told_on_its_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ligne = classeurs.ligne(str(NUMERO), autre="x")
    ligne[classeurs.STANDARD.index("Entreprise raison sociale")] = "Asso\nScore\u00a0: 100,0 sur\u00a0100\x1b[2J"
    fichier = _csv(tmp_path / "a.csv", ligne, entete=(*classeurs.STANDARD, "Un\u2029libellé\x9b31m"))
    assert _importer(tmp_path / "ami", fichier) == 0
    assert cli.run(["dossier", str(NUMERO), "--campagne", str(tmp_path / "ami")]) == 0
    sortie = capsys.readouterr().out
    assert "— Asso Score\u00a0: 100,0 sur\u00a0100[2J\n" in sortie
    assert "Un libellé31m" in sortie
    assert not COMMANDES & set(sortie)
