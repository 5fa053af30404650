"""Hostile ZIP of pieces: refused whole by one sentence; or taken, every name a text and never a path."""

import hashlib
import json
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from o2r_desktop import cli, operations, reception
from o2r_desktop.store import pieces as store_pieces
from tests.hostile import archives, classeurs
from tests.hostile.archives import NOM, NOMS, NUMERO, REFUSEES
from tests.hostile.banc import Banc, contenu
from tests.hostile.phrases import defauts
from tests.hostile.zips import ecrire, range_tel_quel


@pytest.fixture(scope="module")
def banc() -> Iterator[Banc]:
    ouvert = Banc()
    yield ouvert
    ouvert.fermer()


@pytest.fixture(scope="module")
def modele(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lieu = tmp_path_factory.mktemp("modele")
    classeurs.classeur(lieu / "a.xlsx", classeurs.STANDARD, classeurs.ligne(str(NUMERO)))
    reception.import_files(lieu / "ami", [lieu / "a.xlsx"], auteur="essai", essai=False)
    return lieu / "ami"


@pytest.fixture
def campagne(modele: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(modele, tmp_path / "ami"))


@pytest.mark.parametrize("nom", list(REFUSEES))
def test_hostile_archive_costs_one_sentence(nom: str, banc: Banc, campagne: Path, tmp_path: Path) -> None:
    cas = REFUSEES[nom]
    fichier = tmp_path / cas.fichier
    cas.faire(fichier)
    avant = contenu(campagne)
    cout = banc.importer(campagne, [fichier], secondes=2 * cas.secondes)
    phrase = cout.erreurs.removeprefix("o2r\u00a0: ").removesuffix("\n")
    assert (cout.code, cout.sortie) == (1, "")
    assert re.search(cas.mots, phrase), phrase
    assert defauts(phrase, cas.fichier) == []
    assert (cout.memoire < cas.memoire, cout.lecteur < cas.memoire) == (True, True), cout
    assert cout.secondes < cas.secondes
    apres = contenu(campagne)
    ajoutes = apres.keys() - avant.keys()
    assert {place: apres[place] for place in avant} == avant
    assert ajoutes <= {p.relative_to(campagne).as_posix() for p in (campagne / "sauvegardes").iterdir()}
    assert len(ajoutes) <= 1  # damaged bytes are found while they are copied, after the backup


def test_names_are_texts_and_never_paths(
    campagne: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fichier = tmp_path / NOM
    archives.noms(fichier)
    assert cli.run(["importer", str(fichier), "--campagne", str(campagne)]) == 0
    assert not {"\x1b", "\u202e"} & set(capsys.readouterr().out)
    with operations.open_session(campagne, auteur="essai") as session:
        recues = store_pieces.received(session.campagne, NUMERO)
        assert operations.verify(session) == []
        for piece in recues:
            octets = store_pieces.path_of(session.campagne, piece.empreinte).read_bytes()
            assert hashlib.sha256(octets).hexdigest() == piece.empreinte
            assert len(octets) == piece.taille
            assert not set("/\\\0") & set(piece.nom)
    assert len(recues) == len(NOMS) + 2
    places = [
        p.relative_to(campagne / "pieces").as_posix() for p in (campagne / "pieces").rglob("*") if p.is_file()
    ]
    assert [p for p in places if not re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{64}", p)] == []
    assert {p.name for p in tmp_path.iterdir()} == {"ami", NOM}
    assert cli.run(["dossier", str(NUMERO), "--json", "--campagne", str(campagne)]) == 0
    dites = json.loads(capsys.readouterr().out)["pieces"]
    assert [p["presente"] for p in dites] == [True] * len(recues)
    assert cli.run(["note", str(NUMERO), "--campagne", str(campagne), "--sortie", str(tmp_path / "notes")]) == 0


def test_many_pieces_of_the_same_bytes_are_taken_in_bounds(banc: Banc, campagne: Path, tmp_path: Path) -> None:
    """Four times as many must not cost sixteen times as much: a search among equal pieces would."""
    durees = []
    for combien in (1_500, 6_000):
        ici = Path(shutil.copytree(campagne, tmp_path / str(combien)))
        fichier = tmp_path / NOM
        vides = (range_tel_quel(f"{archives.ICI}{n:05d}-13-08-2025-12-00-1.txt", b"") for n in range(combien))
        ecrire(fichier, [archives.BONNE, *vides])
        debut = time.monotonic()
        cout = banc.importer(ici, [fichier], secondes=60)
        durees.append(time.monotonic() - debut)
        assert cout.code == 0, cout.erreurs
        assert cout.memoire < 400
        assert len([p for p in (ici / "pieces").rglob("*") if p.is_file()]) == 2
    assert durees[1] < 8 * durees[0]
