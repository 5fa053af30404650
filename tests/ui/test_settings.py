from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication

from ui.settings import RECENTES_MAX, Mode, Settings


@pytest.fixture
def reglages(qapp: QApplication, tmp_path: Path) -> Settings:
    assert qapp is not None
    return Settings(tmp_path / "r.ini")


def relus(reglages: Settings, tmp_path: Path) -> Settings:
    reglages.flush()
    return Settings(tmp_path / "r.ini")


def test_choices_are_read_back_from_the_disk(reglages: Settings, tmp_path: Path) -> None:
    reglages.mode, reglages.taille_texte, reglages.instructeur = Mode.SOMBRE, 125, " Zoé, d’Évron "
    reglages.set_octets("geometrie", QByteArray(b"\x00\x01\xff"))
    lus = relus(reglages, tmp_path)
    assert (lus.mode, lus.taille_texte, lus.instructeur) == (Mode.SOMBRE, 125, "Zoé, d’Évron")
    assert lus.octets("geometrie") == QByteArray(b"\x00\x01\xff")


@pytest.mark.parametrize(("cle", "texte"), [("apparence/mode", "rose"), ("apparence/taille", "-4")])
def test_a_value_without_sense_is_as_if_it_were_not_there(reglages: Settings, cle: str, texte: str) -> None:
    reglages.set_texte(cle, texte)
    assert (reglages.mode, reglages.taille_texte) == (Mode.SYSTEME, 100)
    assert reglages.octets(cle).isEmpty()


def test_a_list_where_a_text_is_expected_is_no_text(tmp_path: Path, qapp: QApplication) -> None:
    assert qapp is not None
    (tmp_path / "r.ini").write_text("[General]\ninstructeur=a, b\n", encoding="utf-8")
    assert Settings(tmp_path / "r.ini").instructeur == ""


def test_recent_campagnes_are_few_and_the_newest_first(reglages: Settings, tmp_path: Path) -> None:
    for rang in range(RECENTES_MAX + 3):
        reglages.add_recente(tmp_path / f"c{rang}")
    reglages.add_recente(tmp_path / "c5")
    lues = relus(reglages, tmp_path).recentes
    assert lues[:2] == [tmp_path / "c5", tmp_path / f"c{RECENTES_MAX + 2}"]
    assert len(lues) == len(set(lues)) == RECENTES_MAX
    reglages.forget_recente(tmp_path / "c5")
    assert tmp_path / "c5" not in reglages.recentes


def test_where_work_stopped_belongs_to_a_campagne(reglages: Settings, tmp_path: Path) -> None:
    reglages.set_reprise(tmp_path / "a", 25_000_104, "FIN-02")
    lus = relus(reglages, tmp_path)
    assert lus.reprise(tmp_path / "a") == (25_000_104, "FIN-02")
    assert lus.reprise(tmp_path / "b") is None
