"""Every hostile file is refused by one French sentence, at a bounded cost; the campagne keeps each byte."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from o2r_desktop import reception
from tests.hostile.banc import Banc, contenu
from tests.hostile.bombes import BOMBES
from tests.hostile.corpus import Cas
from tests.hostile.genres import CAS, ECHANTILLONS
from tests.hostile.phrases import defauts

TOUS: dict[str, Cas] = CAS | BOMBES


@pytest.fixture(scope="module")
def banc() -> Iterator[Banc]:
    ouvert = Banc()
    yield ouvert
    ouvert.fermer()


@pytest.fixture(scope="module")
def modele(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dossier = tmp_path_factory.mktemp("modele") / "ami"
    reception.import_files(dossier, [ECHANTILLONS / "getDemarche.json"], auteur="essai", essai=False)
    return dossier


@pytest.mark.parametrize("nom", list(TOUS))
def test_hostile_file_costs_one_sentence(nom: str, banc: Banc, modele: Path, tmp_path: Path) -> None:
    cas = TOUS[nom]
    campagne = Path(shutil.copytree(modele, tmp_path / "ami"))
    fichier = tmp_path / cas.fichier
    cas.faire(fichier)
    avant = contenu(campagne)
    cout = banc.importer(campagne, [fichier], secondes=2 * cas.secondes)
    assert re.match(cas.genre, cout.genre), f"{cout.genre} : {cout.phrase}"
    assert re.search(cas.mots, cout.phrase), cout.phrase
    assert defauts(cout.phrase, cas.fichier) == []
    assert (cout.code, cout.sortie) == (1, "")
    assert cout.erreurs == f"o2r\u00a0: {cout.phrase}\n"
    assert contenu(campagne) == avant
    assert (cout.memoire < cas.memoire, cout.lecteur < cas.memoire) == (True, True), cout
    assert cout.secondes < cas.secondes


@pytest.mark.parametrize("nom", ["vide", "PDF", "JSON sans fond", "rires, XLSX", "GeoJSON"])
def test_no_campagne_is_made_for_a_refused_file(nom: str, banc: Banc, tmp_path: Path) -> None:
    cas = TOUS[nom]
    fichier = tmp_path / cas.fichier
    cas.faire(fichier)
    assert banc.importer(tmp_path / "neuve", [fichier], secondes=60).code == 1
    assert contenu(tmp_path) == contenu(tmp_path) | {cas.fichier: contenu(tmp_path)[cas.fichier]}
    assert not (tmp_path / "neuve").exists()


def test_one_bad_file_stops_its_companions(banc: Banc, modele: Path, tmp_path: Path) -> None:
    campagne = Path(shutil.copytree(modele, tmp_path / "ami"))
    mauvais = tmp_path / "a.pdf"
    mauvais.write_bytes(b"%PDF-1.7")
    avant = contenu(campagne)
    cout = banc.importer(campagne, [ECHANTILLONS / "reenregistre_excel.csv", mauvais], secondes=60)
    assert (cout.code, contenu(campagne)) == (1, avant)
    assert "a.pdf" in cout.erreurs


def test_the_bench_sees_what_a_good_file_costs(banc: Banc, modele: Path, tmp_path: Path) -> None:
    """Were the measure blind, every bound above would hold for nothing."""
    campagne = Path(shutil.copytree(modele, tmp_path / "ami"))
    cout = banc.importer(campagne, [ECHANTILLONS / "reenregistre_excel.csv"], secondes=60)
    assert (cout.genre, cout.code) == ("", 0)
    assert json.loads(cout.sortie)["ecrit"] is True
    assert min(cout.memoire, cout.lecteur) > 10 or cout.memoire == cout.lecteur == 0
