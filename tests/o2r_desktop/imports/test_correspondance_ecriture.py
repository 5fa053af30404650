"""The correspondence written: read back as it was, whatever the labels; hostile files cost a sentence."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from o2r_desktop.dossiers.champs import TypeChamp
from o2r_desktop.dossiers.correspondance import Attribut, BlocConnu, Correspondance, Liaison, cle_libelle
from o2r_desktop.dossiers.model import Colonne
from o2r_desktop.errors import ExportError, StoreError
from o2r_desktop.imports.correspondance import (
    load_correspondance,
    parse_correspondance,
    save_correspondance,
    write_correspondance,
)
from tests.o2r_desktop.imports.outils import O2R

HOSTILES = ('"""', "'''", "a\nb\r\nc", "\u202eabc", "👩‍🚀", "\\", "\x00\x7f", "[[liaison]]", "# rien", "a.b.c" * 20,
            "=1+1", "<b>", "\u2028", "\ufeff")  # fmt: skip
TEXTES = st.one_of(
    st.sampled_from(HOSTILES), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
).filter(str.strip)
ATTRIBUTS = st.builds(
    Attribut,
    id=TEXTES,
    type=st.sampled_from(TypeChamp),
    section=TEXTES,
    libelles=st.lists(TEXTES, min_size=1, max_size=3, unique_by=cle_libelle).map(tuple),
    options=st.lists(TEXTES, max_size=2).map(tuple),
    stable_ids=st.just(()),
)


@st.composite
def _correspondances(draw: st.DrawFn) -> Correspondance:
    vus: set[str] = set()
    attributs: list[Attribut] = []
    for attribut in draw(st.lists(ATTRIBUTS, min_size=1, max_size=4, unique_by=lambda a: a.id)):
        cles = set(map(cle_libelle, attribut.libelles))
        if not cles & vus:
            vus |= cles
            attributs.append(attribut)
    ids = st.sampled_from(["", *(a.id for a in attributs)])
    entiers = st.integers(0, 2**63 - 1)
    liaison = st.builds(
        Liaison,
        libelle=TEXTES | st.just(""),
        rang=st.integers(0, 9),
        stable_id=st.none() | entiers,
        attribut=ids,
    )
    bloc = Attribut(id="x", type=TypeChamp.TEXTE, section="m", libelles=(draw(TEXTES),))
    return Correspondance(
        nom=draw(TEXTES),
        version=draw(st.integers(-5, 10**6)),
        attributs=tuple(attributs),
        blocs=tuple(draw(st.lists(st.just(BlocConnu(id="m", libelles=("M",), attributs=(bloc,))), max_size=1))),
        liaisons=tuple(draw(st.lists(liaison, max_size=4))),
    )


@settings(deadline=None, max_examples=120)
@given(_correspondances())
def test_what_is_written_is_read_back(correspondance: Correspondance) -> None:
    assert parse_correspondance(write_correspondance(correspondance), "x") == correspondance


def test_the_shipped_one_is_read_back_with_choices() -> None:
    choisie = O2R.avec({"cout_total": Colonne("Prix “total”\n(€)", 2, 31), "intitule": None})
    assert parse_correspondance(write_correspondance(choisie), "x") == choisie
    assert parse_correspondance(write_correspondance(O2R), "x") == O2R


def test_lone_surrogates_are_written_as_question_marks() -> None:
    colonne = Colonne("Prix \ud800 total")
    relue = parse_correspondance(write_correspondance(O2R.avec({"cout_total": colonne})), "x")
    assert relue.liaisons[0].libelle == "Prix ? total"
    (lie,) = relue.lier([colonne])
    assert lie is not None
    assert lie.id == "cout_total"


def test_files_go_from_one_colleague_to_another(tmp_path: Path) -> None:
    cible = tmp_path / "correspondance.toml"
    cible.write_text("ancienne")
    save_correspondance(O2R.avec({"intitule": Colonne("Nom")}), cible)
    assert load_correspondance(cible) == O2R.avec({"intitule": Colonne("Nom")})
    assert [f.name for f in tmp_path.iterdir()] == ["correspondance.toml"]
    cible.write_bytes(b"\xef\xbb\xbf" + cible.read_bytes())  # as Notepad saves it
    assert load_correspondance(cible).liaisons[0].libelle == "Nom"


@pytest.mark.parametrize("cible", ["absent/c.toml", "dossier"])
def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path, cible: str) -> None:
    (tmp_path / "dossier").mkdir()
    with pytest.raises(StoreError, match="ne peut pas être écrite"):
        save_correspondance(O2R, tmp_path / cible)
    assert [f.name for f in tmp_path.iterdir()] == ["dossier"]


MINIMALE = 'nom = "x"\n[[attribut]]\nid = "a"\ntype = "texte"\nsection = "s"\nlibelles = ["A"]\n'


@pytest.mark.parametrize(
    ("texte", "mots"),
    [
        ("a." * 100_000 + "a=1", "trop de parties"),
        ('"a".' * 3_000 + '"a"=1', "trop de parties"),
        ("[" + "a." * 60 + "b]", "trop de parties"),
        ('x = ["""a"""", {' + "a." * 50_000 + 'b = 1}, "z"]', "trop de parties"),
        ("x = " + "[" * 100_000, "emboîtent"),
        ("x = " + "9" * 5_000, "TOML"),
        ("x = 2024-99-99", "TOML"),
        ("x = '''" + "''a" * 1_000, "TOML"),
        ("\u202ex = 1", "TOML"),
        ("# " + "x" * 2**20, "1 Mo"),
        ("liaison = 1\n" + MINIMALE, "liaison"),
        (MINIMALE + '[[liaison]]\nlibelle = "A"\nattribut = "z"\n', "vise l’attribut « z »"),
        (MINIMALE + '[[liaison]]\nlibelle = 3\nattribut = "a"\n', "liaison n° 1"),
        (MINIMALE + '[[liaison]]\nattribut = "a"\n', "libelle"),
        (MINIMALE + '[[liaison]]\nlibelle = "A"\nrang = -1\n', "rang"),
        (MINIMALE + '[[liaison]]\nlibelle = "A"\nrang = true\n', "rang"),
        (MINIMALE + '[[liaison]]\nlibelle = "A"\nstable_id = 99999999999999999999\n', "stable_id"),
        (MINIMALE + "".join(f'[[liaison]]\nlibelle = "{n}"\n' for n in range(5_001)), "5 000 liaisons"),
    ],
)
def test_hostile_files_are_refused_with_a_sentence(texte: str, mots: str) -> None:
    with pytest.raises(ExportError, match=mots) as refus:
        parse_correspondance(texte, "corr\x1b\u202e.toml")
    phrase = str(refus.value)
    assert "\x1b" not in phrase
    assert "\u202e" not in phrase
    assert "\n" not in phrase
    assert len(phrase) < 300


def test_big_files_are_not_read_whole(tmp_path: Path) -> None:
    gros = tmp_path / "gros.toml"
    with gros.open("wb") as flux:
        flux.truncate(2**33)
    with pytest.raises(ExportError, match="1 Mo"):
        load_correspondance(gros)
