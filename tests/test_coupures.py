"""kill -9 in the middle of an import: all of it or nothing; of a sentence: all but its last second."""

import random
import shutil
import time
from pathlib import Path

import pytest

from o2r_desktop import reception
from tests.hostile import frappe
from tests.hostile.coupures import Etat, commande, couper, etat, pieces, restes, tableau

DOSSIERS = 250
MOMENTS = 8


class _Scene:
    """A campagne before an import and what it is after, with how long that takes."""

    def __init__(self, lieu: Path) -> None:
        self.modele = lieu / "modele"
        ancien = tableau(lieu / "ancien.csv", DOSSIERS // 2, graine=1)
        reception.import_files(self.modele, [ancien], auteur="essai", essai=False)
        self.fichiers = [
            tableau(lieu / "nouveau.csv", DOSSIERS, graine=2),
            pieces(lieu / "dossiers_ami_2025-08-20_10-30.zip", 30, 100_000),
        ]
        self.avant = etat(self.modele)
        self.duree, self.apres = self._entier(lieu / "entier", self.modele)
        self.duree_neuve, self.neuve = self._entier(lieu / "neuve", None)

    def _entier(self, campagne: Path, modele: Path | None) -> tuple[float, Etat]:
        debut = time.monotonic()
        assert couper(modele, campagne, self.fichiers, 100) is False
        duree = time.monotonic() - debut
        faite = restes(campagne, mort=False)
        assert (faite.defauts, faite.etrangers) == ([], [])
        assert len(faite.etat.dossiers) == DOSSIERS
        assert len(faite.etat.pieces) == 30
        return duree, faite.etat


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> _Scene:
    return _Scene(tmp_path_factory.mktemp("coupures"))


def _moment(graine: int) -> float:
    """Draw where in an import it is killed; its first third only loads the program."""
    return 0.3 + 0.7 * random.Random(graine).random()


@pytest.mark.parametrize("graine", range(MOMENTS))
def test_killed_import_is_whole_or_absent(scene: _Scene, tmp_path: Path, graine: int) -> None:
    campagne = tmp_path / "ami"
    mort = couper(scene.modele, campagne, scene.fichiers, _moment(graine) * scene.duree)
    laisse = restes(campagne, mort=mort)
    assert laisse.defauts == []
    assert laisse.etrangers == []
    assert laisse.etat in ((scene.avant, scene.apres) if mort else (scene.apres,))
    assert commande(campagne, scene.fichiers).wait(100) == 0
    assert etat(campagne).dossiers == scene.apres.dossiers
    assert etat(campagne).pieces == scene.apres.pieces


@pytest.mark.parametrize("graine", range(MOMENTS // 2))
def test_killed_creation_leaves_room_for_the_next(scene: _Scene, tmp_path: Path, graine: int) -> None:
    campagne = tmp_path / "ami"
    mort = couper(None, campagne, scene.fichiers, _moment(graine) * scene.duree_neuve)
    if (campagne / "o2r.db").exists():
        laisse = restes(campagne, mort=mort)
        assert (laisse.defauts, laisse.etrangers) == ([], [])
        assert laisse.etat in (Etat(dossiers=(), imports=0, pieces=()), scene.neuve)
    assert commande(campagne, scene.fichiers).wait(100) == 0
    assert etat(campagne).dossiers == scene.neuve.dossiers
    assert etat(campagne).pieces == scene.neuve.pieces
    assert restes(campagne, mort=False).etrangers == []


RETARD_MAX = 1.5
"""Seconds: a write each second at most, and half of one for a machine that does something else."""


@pytest.mark.parametrize("touches", [47, 83])
def test_what_was_typed_a_second_before_a_kill_is_there(
    scene: _Scene, tmp_path: Path, touches: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    campagne = Path(shutil.copytree(scene.modele, tmp_path / "ami"))
    coupure = frappe.couper(campagne, 24_000_001, touches)
    assert coupure.retard <= RETARD_MAX
    assert coupure.reste > 0
