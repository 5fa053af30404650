"""Phrase files: written whole, read with mistrust, put aside when damaged."""

import time
import tomllib
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.errors import StoreError, StoreTooRecentError
from o2r_desktop.evaluation import banque
from o2r_desktop.evaluation.phrases import LONGUEUR_MAX, NIVEAUX, Origine, Phrase
from o2r_desktop.store.phrases import (
    LIGNE_MAX,
    TAILLE_MAX,
    PhrasesError,
    load_fournies,
    load_personnelle,
    parse_phrases,
    read_phrases,
    update_personnelle,
    write_phrases,
)

CAMILLE = Phrase(
    texte="«\u00a0Vu\u00a0» {porteur}\n\"fin\" \\ 🙂", critere="FIN-02", niveau="1", usages=3,
    derniere=date(2025, 9, 2), origine=Origine.IMPORTEE,
)  # fmt: skip


def lire(texte: str) -> tuple[Phrase, ...]:
    return parse_phrases(texte.encode(), "Le fichier de phrases « x.toml »")


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    fichier = tmp_path / "neuf" / "phrases.toml"
    phrases = (CAMILLE, Phrase(texte="Simple."), Phrase(texte="x", origine=Origine.FOURNIE, masquee=True))
    write_phrases(phrases, fichier)
    assert read_phrases(fichier) == phrases
    assert tomllib.loads(fichier.read_text("utf-8"))["version"] == 1
    assert [f.name for f in fichier.parent.iterdir()] == ["phrases.toml"]


_PHRASES = st.builds(
    Phrase,
    texte=st.text(min_size=1, max_size=80).filter(lambda t: not banque.defaut(t)),
    critere=st.sampled_from(["", "FIN", "FIN-02"]),
    niveau=st.sampled_from(NIVEAUX),
    usages=st.integers(0, 999),
    derniere=st.none() | st.dates(),
    origine=st.sampled_from(Origine),
    masquee=st.booleans(),
)


@given(st.lists(_PHRASES, max_size=5, unique_by=lambda p: p.cle))
def test_any_text_comes_back_clean(tmp_path_factory: pytest.TempPathFactory, phrases: list[Phrase]) -> None:
    fichier = tmp_path_factory.mktemp("p") / "p.toml"
    write_phrases(phrases, fichier)
    premiere = read_phrases(fichier)
    write_phrases(premiere, fichier)
    assert read_phrases(fichier) == premiere
    assert len(premiere) <= len(phrases)


@given(st.binary(max_size=300))
def test_bytes_of_any_kind_are_read_or_refused(octets: bytes) -> None:
    for essai in (octets, b"version = 1\n" + octets, b'version = 1\n[[phrase]]\ntexte = "' + octets + b'"\n'):
        try:
            parse_phrases(essai, "Le fichier de phrases « x.toml »")
        except StoreError as erreur:
            assert str(erreur).startswith("Le fichier de phrases « x.toml »")  # noqa: PT017


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "version = 0",
        "version = true",
        "version = 1\nphrase = 3",
        'version = 1\n[[phrase]]\ntexte = ""',
        "version = 1\n[[phrase]]\ntexte = 4",
        'version = 1\n[[phrase]]\ntexte = "\\u0007"',
        f'version = 1\n[[phrase]]\ntexte = "{"x" * (LONGUEUR_MAX + 1)}"',
        'version = 1\n[[phrase]]\ntexte = "x"\nniveau = "9"',
        'version = 1\n[[phrase]]\ntexte = "x"\ncritere = "<b>"',
        'version = 1\n[[phrase]]\ntexte = "x"\ncritere = "../FIN"',
        'version = 1\n[[phrase]]\ntexte = "x"\nusages = -1',
        'version = 1\n[[phrase]]\ntexte = "x"\nusages = 1e400',
        'version = 1\n[[phrase]]\ntexte = "x"\nderniere = 2025-09-02T10:00:00',
        'version = 1\n[[phrase]]\ntexte = "x"\norigine = "ailleurs"',
        "version = 1\nphrase = " + "[" * 3_000,
        'version = 1\n[[phrase]]\ntexte = "x"\nusages = ' + "9" * 3_900,
        "version = 1\n" + '[[phrase]]\ntexte = "x"\n' * (banque.PHRASES_MAX + 1),
        "version = 1\n# " + "x" * LIGNE_MAX,
        "version = 1\n" + "# x\n" * (TAILLE_MAX // 4),
        "<html></html>",
    ],
    ids=range(21),
)
def test_a_file_that_is_no_bank_is_refused_in_one_sentence(texte: str) -> None:
    with pytest.raises(PhrasesError) as refus:
        lire(texte)
    assert str(refus.value).endswith(".")
    assert len(str(refus.value)) < 240


def test_keys_of_many_parts_cost_little() -> None:
    ligne = ".".join("a" * (LIGNE_MAX // 2 - 10)) + " = 1\n"
    depart = time.process_time()
    with pytest.raises(PhrasesError):
        lire("version = 1\n" + ligne * 40)
    assert time.process_time() - depart < 4


def test_a_newer_file_is_said_to_be_newer() -> None:
    with pytest.raises(StoreTooRecentError, match="version plus récente"):
        lire("version = 2")


def test_doubles_of_a_file_are_joined() -> None:
    assert len(lire('version = 1\n[[phrase]]\ntexte = "Déjà"\n[[phrase]]\ntexte = "deja"')) == 1


@pytest.mark.parametrize("nom", ["absent.toml", "nul\0.toml", ""])
def test_a_file_that_cannot_be_opened_is_said(tmp_path: Path, nom: str) -> None:
    with pytest.raises(StoreError, match="ne peut pas être ouvert"):
        read_phrases(tmp_path / nom)


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    cible = tmp_path / "dossier.toml"
    cible.mkdir()
    with pytest.raises(StoreError, match="ne peut pas être écrit"):
        write_phrases([CAMILLE], cible)
    assert [f.name for f in tmp_path.iterdir()] == ["dossier.toml"]


def test_phrases_too_big_to_be_read_again_are_not_written(tmp_path: Path) -> None:
    grosses = [Phrase(texte=f"{n} " + "é" * (LONGUEUR_MAX - 8)) for n in range(banque.PHRASES_MAX)]
    with pytest.raises(PhrasesError, match="supprimez"):
        write_phrases(grosses, tmp_path / "p.toml")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_bank_is_put_aside(tmp_path: Path) -> None:
    fichier = tmp_path / "phrases.toml"
    fichier.write_bytes(b"\xff\x00 abime")
    lue = load_personnelle(fichier)
    (cote,) = tmp_path.iterdir()
    assert lue.phrases == ()
    assert cote.name in lue.panne
    assert cote.read_bytes() == b"\xff\x00 abime"
    assert load_personnelle(fichier).panne == ""


def test_a_newer_bank_is_left_alone(tmp_path: Path) -> None:
    fichier = tmp_path / "phrases.toml"
    fichier.write_text("version = 9", "utf-8")
    with pytest.raises(StoreTooRecentError):
        update_personnelle(fichier, [partial(banque.ajouter, phrase=CAMILLE)])
    assert fichier.read_text("utf-8") == "version = 9"


def test_two_windows_do_not_undo_each_other(tmp_path: Path) -> None:
    fichier = tmp_path / "phrases.toml"
    update_personnelle(fichier, [partial(banque.ajouter, phrase=Phrase(texte="une"))])
    update_personnelle(fichier, [partial(banque.ajouter, phrase=Phrase(texte="autre"))])
    assert [p.texte for p in load_personnelle(fichier).phrases] == ["une", "autre"]


def test_shipped_phrases_say_that_they_are() -> None:
    assert {p.origine for p in load_fournies()} == {Origine.FOURNIE}
