"""The documents for users: their links lead somewhere, their pictures are light, the keys they name exist."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.widgets.base import key_text

RACINE = Path(__file__).resolve().parent.parent
GUIDE = RACINE / "docs" / "guide.md"
DOCUMENTS = [RACINE / "README.md", GUIDE]
IMAGES = sorted((RACINE / "docs" / "images").glob("*.png"))
OCTETS_MAX = 120_000
LIEN = re.compile(r"\]\(([^)\s]+)\)")
TITRE = re.compile(r"^#+ (.+)$", flags=re.MULTILINE)
TOUCHE = re.compile(r"(?:(?:Ctrl|Alt|Maj)\+)*(?:F\d{1,2}|[A-Z0-9+\-←→↑↓]|Tab|Entrée|Espace|Échap)")
DE_QT = {"↑", "↓", "Maj+↓", "Échap"}
"""Keys that lists and dialogs of Qt have by themselves."""


def liens(document: Path) -> Iterator[str]:
    yield from LIEN.findall(document.read_text(encoding="utf-8"))


def ancres(document: Path) -> set[str]:
    """Return the anchors that the forge gives to the headings."""
    titres = TITRE.findall(document.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", titre.lower()).replace(" ", "-") for titre in titres}


def touches_nommees() -> list[str]:
    entre_accents = re.findall(r"(?<!`)`([^`\n]+)`", GUIDE.read_text(encoding="utf-8"))
    return sorted({mot for mot in entre_accents if TOUCHE.fullmatch(mot)})


def touches_de_la_fenetre() -> set[str]:
    """Return every key written in the window, as French keyboards name it."""
    ecrites = {
        noeud.value
        for module in (RACINE / "ui").rglob("*.py")
        for noeud in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(noeud, ast.Constant) and isinstance(noeud.value, str) and len(noeud.value) < 20
    }
    return {key_text(ecrite) for ecrite in ecrites} | DE_QT


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.name)
def test_links_lead_somewhere(document: Path) -> None:
    internes = [lien for lien in liens(document) if "://" not in lien]
    assert internes
    for lien in internes:
        chemin, _, ancre = lien.partition("#")
        cible = document.parent / chemin if chemin else document
        assert cible.exists(), lien
        assert not ancre or ancre in ancres(cible), lien


def test_every_picture_is_shown_and_light() -> None:
    montrees = {(d.parent / lien).resolve() for d in DOCUMENTS for lien in liens(d)}
    assert IMAGES
    assert [image.name for image in IMAGES if image not in montrees] == []
    assert [image.name for image in IMAGES if image.stat().st_size > OCTETS_MAX] == []


def test_every_key_of_the_guide_exists_in_the_window() -> None:
    nommees, connues = touches_nommees(), touches_de_la_fenetre()
    assert {"Ctrl+K", "Alt+↓", "F6", "O"} <= set(nommees)
    assert [touche for touche in nommees if touche not in connues] == []
