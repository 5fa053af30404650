"""The PDF of a note, read back."""

import dataclasses
import io
import itertools
import json
import unicodedata
from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2
import pytest

from o2r_desktop.notes.modele import NoteContent
from o2r_desktop.notes.pdf import produire, render
from o2r_desktop.text import printable
from tests.o2r_desktop.notes import fabrique, lecture

Rendre = Callable[[str], bytes]
OR = Path(__file__).parents[2] / "data" / "notes" / "plan_petite.txt"
TOUTES = pytest.mark.parametrize("sorte", list(fabrique.SORTES))


def serre(texte: str) -> str:
    """Return what may not be lost of a text: everything but blanks and marks that are never drawn."""
    return "".join(c for c in printable(texte) if not c.isspace() and unicodedata.category(c) != "Cf")


def test_reading_order_is_the_golden_one(note: Rendre) -> None:
    assert lecture.plan(note("petite")) == OR.read_text(encoding="utf-8")


@TOUTES
def test_same_content_gives_the_same_bytes(sorte: str, note: Rendre) -> None:
    assert render(fabrique.SORTES[sorte]()) == note(sorte)


def test_another_date_gives_other_bytes(note: Rendre) -> None:
    demain = fabrique.petite(now=fabrique.MAINTENANT + timedelta(days=1))
    assert render(demain) != note("petite")


@TOUTES
def test_page_1_stands_alone(sorte: str, note: Rendre) -> None:
    with pypdfium2.PdfDocument(note(sorte)) as pdf:
        premiere, deuxieme = (pdf[i].get_textpage().get_text_range() for i in (0, 1))
    assert "Proposition par année" in premiere
    assert "Sommes et personnes" in premiere
    assert "Identification et consortium" in deuxieme
    assert "Sommes et personnes" not in deuxieme


@TOUTES
def test_only_our_fonts_are_embedded(sorte: str, note: Rendre) -> None:
    with pikepdf.open(io.BytesIO(note(sorte))) as pdf:
        noms = {str(f.BaseFont) for page in pdf.pages for f in page.Resources.Font.values()}
    assert noms
    assert all(nom.split("+")[1].startswith(("NotoSans", "DejaVuSans")) for nom in noms), noms


@TOUTES
def test_no_word_of_the_content_is_lost(
    sorte: str, note: Rendre, note_content: Callable[[str], NoteContent]
) -> None:
    lu = serre(lecture.lire(note(sorte)).texte)
    for texte in _textes(note_content(sorte).rubriques):
        assert serre(texte) in lu, texte[:80]


def test_markup_is_shown_as_text(note: Rendre) -> None:
    lu = serre(lecture.lire(note("hostile")).texte)
    assert serre('<img src="/etc/passwd"/> <b>gras <script>alert(1)</script> & < > " \' {titre} %s') in lu
    assert serre('=HYPERLINK("https://exemple.test/?q=1")') in lu
    with pikepdf.open(io.BytesIO(note("hostile"))) as pdf:
        images = [o for page in pdf.pages for o in page.get("/Resources").get("/XObject", {}).values()]
        actions = [a for page in pdf.pages for a in page.get("/Annots", []) if "/A" in a]
    assert images == []
    assert actions == []  # our own links are plain destinations


def test_other_alphabets_are_drawn_or_replaced_in_sight(note: Rendre) -> None:
    document = lecture.lire(note("hostile"))
    lu = document.texte
    assert "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd" in lu  # Hebrew, in logical order
    assert "\u6f22" in lu
    assert "\U0001f600" in lu
    assert "U+6F22" in lu
    with pypdfium2.PdfDocument(note("hostile")) as pdf:
        visible = pdf[2].get_textpage().get_text_range()
    assert "150\u202f000" in visible


def test_a_direction_override_reaches_nothing(note: Rendre) -> None:
    assert "\u202e" not in lecture.lire(note("hostile")).texte


@TOUTES
def test_every_page_has_its_footer(sorte: str, note: Rendre, note_content: Callable[[str], NoteContent]) -> None:
    pages = lecture.lire(note(sorte)).artefacts
    contenu = note_content(sorte)
    for rang, page in enumerate(pages, 1):
        assert f"{rang} / {len(pages)}" in page
        assert "Dossier 24\u202f000\u202f012" in page
        assert f"empreinte {contenu.empreinte[:4]} {contenu.empreinte[4:8]}" in page


@TOUTES
def test_watermark_only_before_the_end(
    sorte: str, note: Rendre, note_content: Callable[[str], NoteContent]
) -> None:
    pages = lecture.lire(note(sorte)).artefacts
    assert {"PROJET" in page for page in pages} == {not note_content(sorte).finalisee}


def test_number_of_pages_is_told(note: Rendre) -> None:
    rendu = produire(fabrique.petite())
    with pypdfium2.PdfDocument(rendu.octets) as pdf:
        assert len(pdf) == rendu.pages
    assert rendu.octets == note("petite")


def test_data_travel_inside(note: Rendre, note_content: Callable[[str], NoteContent]) -> None:
    contenu = note_content("complete")
    with pikepdf.open(io.BytesIO(note("complete"))) as pdf:
        fiche = pdf.Root.AF[0]
        assert fiche.AFRelationship == pikepdf.Name.Data
        donnees = pdf.attachments["donnees.json"].get_file().read_bytes()
    lu = json.loads(donnees)
    assert lu["empreinte"] == contenu.empreinte
    assert lu["donnees"]["dossier"]["numero"] == fabrique.NUMERO
    assert lu["donnees"]["evaluation"]["avis"]["montants"] == {"2026": "116500", "2027": "140850", "2028": "140850"}


def test_the_file_says_what_it_is(note: Rendre) -> None:
    with pikepdf.open(io.BytesIO(note("petite"))) as pdf:
        assert str(pdf.Root.Lang) == "fr-FR"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert (
            str(pdf.docinfo.Title) == "Note d’instruction, dossier n° 24\u202f000\u202f012, Passerelle des Mauges"
        )
        assert str(pdf.docinfo.CreationDate) == "D:20250902083000+00'00'"
        with pdf.open_outline() as signets:
            racines = [s.title for s in signets.root]
            dessous = [s.title for s in signets.root[0].children]
    assert racines[:4] == ["Synthèse", "Identification et consortium", "Recevabilité et éligibilité", "Projet"]
    assert racines[-1] == "Annexe 4. Sources et méthode"
    assert dessous == ["Appréciation par section", "Recevabilité et éligibilité", "Proposition par année"]


@TOUTES
def test_links_lead_somewhere_and_are_in_the_tree(sorte: str, note: Rendre) -> None:
    liens = [n for n in lecture.lire(note(sorte)).racine.tout() if n.balise == "Link"]
    assert liens
    assert all(n.liens == 1 and n.texte.endswith("→") for n in liens)
    with pikepdf.open(io.BytesIO(note(sorte))) as pdf:
        noms = set(pdf.Root.Dests.keys()) if "/Dests" in pdf.Root else set()
        for page in pdf.pages:
            for annotation in page.get("/Annots", []):
                assert str(annotation.Dest) in noms or isinstance(annotation.Dest, pikepdf.Array)


@TOUTES
def test_headings_never_skip_a_level(sorte: str, note: Rendre) -> None:
    niveaux = [int(n.balise[1]) for n in lecture.lire(note(sorte)).racine.tout() if n.balise in {"H1", "H2", "H3"}]
    assert niveaux[0] == 1
    assert niveaux.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(niveaux))


@TOUTES
def test_rows_have_as_many_cells_as_the_table_has_columns(sorte: str, note: Rendre) -> None:
    for table in (n for n in lecture.lire(note(sorte)).racine.tout() if n.balise == "Table"):
        assert len({len(rangee.enfants) for rangee in table.enfants}) == 1
        assert all(r.enfants[0].balise == "TH" for r in table.enfants)


@TOUTES
def test_nothing_is_drawn_outside_the_margins(sorte: str, note: Rendre) -> None:
    with pdfplumber.open(io.BytesIO(note(sorte))) as pdf:
        for page in pdf.pages[:8]:
            mots = [m for m in page.chars if m["size"] < 100 and m["text"].strip()]
            assert min(m["x0"] for m in mots) >= 40
            assert max(m["x1"] for m in mots) <= float(page.width) - 40
            assert max(m["bottom"] for m in mots) <= float(page.height) - 18


@TOUTES
def test_no_heading_is_left_at_the_foot(sorte: str, note: Rendre) -> None:
    with pdfplumber.open(io.BytesIO(note(sorte))) as pdf:
        for page in pdf.pages[:25]:
            mots = [m for m in page.chars if m["size"] < 100 and m["bottom"] < float(page.height) - 40]
            pied = max(m["bottom"] for m in mots)
            assert max(m["size"] for m in mots if m["bottom"] > pied - 2) < 10.4


def test_figure_tells_its_finding(note: Rendre) -> None:
    figures = [n for n in lecture.lire(note("petite")).racine.tout() if n.balise == "Figure"]
    assert len(figures) == 1
    assert "La plus haute\u00a0: Finances (25 sur 100). Détail" in figures[0].alt
    assert "Ancrage (poids 40) non notée" in figures[0].alt


def _textes(valeur: object) -> list[str]:
    if isinstance(valeur, str):
        return [] if isinstance(valeur, StrEnum) else [valeur]
    if isinstance(valeur, tuple):
        return [t for v in valeur for t in _textes(v)]
    if dataclasses.is_dataclass(valeur):
        noms = [f.name for f in dataclasses.fields(valeur) if f.name not in {"ancre", "alignes", "parts"}]
        return [t for nom in noms for t in _textes(getattr(valeur, nom))]
    return []
