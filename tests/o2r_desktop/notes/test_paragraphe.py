"""Words become glyphs in one place, without markup, and nothing vanishes."""

import ast
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from o2r_desktop.notes.composition import Morceau, absents
from o2r_desktop.notes.paragraphe import Paragraphe, abrege, largeur_de, paragraphe
from o2r_desktop.notes.styles import CORPS, Face, enregistrer_polices
from o2r_desktop.text import printable

NOTES = Path(__file__).resolve().parents[3] / "o2r_desktop" / "notes"
ETROIT = 70.0


def lignes(texte: str | Morceau, largeur: float = ETROIT) -> list[str]:
    composees = paragraphe(texte).lignes(largeur)
    return ["".join(f.reel or f.texte for f in ligne.fragments) for ligne in composees]


def test_only_one_module_draws_words() -> None:
    """Nothing of ReportLab's own paragraphs, and text operators in paragraphe.py (and the watermark) only."""
    for chemin in NOTES.rglob("*.py"):
        for noeud in ast.walk(ast.parse(chemin.read_text(encoding="utf-8"))):
            if isinstance(noeud, (ast.Import, ast.ImportFrom)):
                modules = [a.name for a in noeud.names] + [getattr(noeud, "module", None) or ""]
                assert not any("platypus" in m or "reportlab.graphics" in m for m in modules), chemin.name
            if not isinstance(noeud, ast.Call):
                continue
            nom = noeud.func.attr if isinstance(noeud.func, ast.Attribute) else getattr(noeud.func, "id", "")
            if nom == "Paragraphe":
                assert chemin.name == "paragraphe.py"
            if nom in {"textOut", "textLine", "textLines", "drawString", "drawRightString", "beginText"}:
                assert chemin.name == "paragraphe.py", f"{chemin.name}:{noeud.lineno}"
            if nom == "drawCentredString":
                assert isinstance(noeud.args[-1], ast.Constant), "the watermark is a fixed word"


@pytest.mark.parametrize("face", [Face.NORMAL, Face.GRAS, Face.ITALIQUE])
def test_text_faces_have_french(face: Face) -> None:
    voulus = set("abcxyzÀÂÄÇÉÈÊËÎÏÔŒÙÛÜŸàâäçéèêëîïôœùûüÿæÆ0123456789€’‘«»–—…·°×÷•\u00a0\u202f\u2011")
    assert voulus <= enregistrer_polices()[face].glyphes


def test_second_face_has_the_signs() -> None:
    assert set("✓✕−≥≤→□☐☑⚠") <= enregistrer_polices()[Face.SYMBOLES].glyphes


@pytest.mark.parametrize("face", [Face.NORMAL, Face.GRAS])
def test_figures_are_tabular(face: Face) -> None:
    avances = enregistrer_polices()[face].avances
    assert len({avances[c] for c in "0123456789"}) == 1


@pytest.mark.parametrize(
    ("texte", "entier"),
    [
        ("un coût de 150\u202f000,00\u00a0€ sur trois ans", "150\u202f000,00\u00a0€"),
        ("avant la signature ; après", "signature\u00a0;"),
        ("il est « Aller vers »", "«\u00a0Aller"),
        ("que dit-on là ? rien", "là\u00a0?"),
        ("à peu près 70 % du tout", "70\u00a0%"),
    ],
)
def test_a_line_never_breaks_inside(texte: str, entier: str) -> None:
    for largeur in range(int(largeur_de(entier, CORPS)) + 2, 160, 5):
        assert any(entier in ligne for ligne in lignes(texte, largeur)), largeur


def test_line_feeds_are_kept() -> None:
    assert [ligne.rstrip() for ligne in lignes("un\ndeux\r\n\ntrois", 500)] == ["un", "deux", "", "trois"]


def test_markup_is_plain_text() -> None:
    assert lignes('<b>x</b> <img src="/a"/> &amp;', 500) == ['<b>x</b> <img src="/a"/> &amp;']


def test_controls_and_overrides_are_dropped() -> None:
    assert lignes("a\x00b\u202ec\u2066d\ue000", 500) == ["abcd\ue000"]


def test_unknown_characters_are_boxes_that_keep_their_text() -> None:
    (ligne,) = paragraphe("a\u6f22b").lignes(500)
    assert [(f.texte, f.reel) for f in ligne.fragments] == [("a", ""), ("□", "\u6f22"), ("b", "")]


def test_signs_come_from_the_second_face() -> None:
    (ligne,) = paragraphe("≥ 150").lignes(500)
    assert [(f.texte, f.face) for f in ligne.fragments] == [("≥", Face.SYMBOLES), (" 150", Face.NORMAL)]


def test_hebrew_reads_from_right_to_left() -> None:
    (ligne,) = paragraphe("dit \u05d0\u05d1 \u05d2\u05d3 ici").lignes(500)
    vus = "".join(f.texte for f in ligne.fragments)
    assert vus == "dit \u05d3\u05d2 \u05d1\u05d0 ici"


def test_invisible_marks_are_not_drawn() -> None:
    assert lignes("zé\u200bro tra\u00adit \ufeffx\u200d", 500) == ["zéro trait x"]


def test_absents_lists_each_once() -> None:
    assert absents(["é\u6f22", "\u6f22\u5b57 \u05d0\u200b\u202e\n"]) == ("\u5b57", "\u6f22")


@pytest.mark.parametrize("mot", ["x" * 500, "https://exemple.test/" + "chemin/" * 40, "\u6f22" * 60, "é-" * 80])
def test_a_word_wider_than_the_line_is_cut(mot: str) -> None:
    compose = paragraphe(mot).lignes(ETROIT)
    assert len(compose) > 1
    assert all(ligne.largeur <= ETROIT + 1e-6 for ligne in compose)
    assert "".join(f.reel or f.texte for li in compose for f in li.fragments) == mot


def test_a_paragraph_is_cut_with_two_lines_on_each_side() -> None:
    p = paragraphe("mot " * 40)
    n = len(p.lignes(ETROIT))
    debut, fin = p.coupe(ETROIT, (n - 1) * CORPS.interligne + 1, 700)
    assert isinstance(debut, Paragraphe)
    assert isinstance(fin, Paragraphe)
    assert (len(debut.lignes(ETROIT)), len(fin.lignes(ETROIT))) == (n - 2, 2)
    assert debut.element is fin.element


@pytest.mark.parametrize("place", [0, 1.9])
def test_a_paragraph_leaves_no_lone_line(place: float) -> None:
    p = paragraphe("mot " * 40)
    assert p.coupe(ETROIT, place * CORPS.interligne, 700) == (None, p)


def test_abrege_fits() -> None:
    court = abrege("Association " * 50, CORPS, 200)
    assert court.endswith("…")
    assert largeur_de(court, CORPS) <= 200
    assert abrege("court", CORPS, 200) == "court"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400), st.floats(min_value=30, max_value=500))
def test_any_text_is_set_within_the_width(texte: str, largeur: float) -> None:
    composees = paragraphe(texte).lignes(largeur)
    assert all(ligne.largeur <= max(largeur, 30) + 1e-6 for ligne in composees)
    dessine = "".join(f.reel or f.texte for li in composees for f in li.fragments)
    assert _visible(dessine) == _visible(texte)


def _visible(texte: str) -> str:
    muets = {"Cf", "Zs", "Zl", "Zp", "Cc"}
    return "".join(
        c
        for c in printable(texte)
        if unicodedata.category(c) not in muets and not "\ufe00" <= c <= "\ufe0f"
        and not "\U000e0100" <= c <= "\U000e01ef"
    )  # fmt: skip
