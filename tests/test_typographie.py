"""French sentences shown to users: apostrophes, no-break spaces, quotation marks.

Only literals that look like a French sentence are read: docstrings, patterns, SQL and comparison keys are not.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from o2r_desktop.text import NBSP, NNBSP, normalise

RACINE = Path(__file__).resolve().parent.parent
MOTS_DE_LA_PLATEFORME = {
    RACINE / "o2r_desktop" / "imports" / "entetes.py"
}  # headers, written as exports write them
MODULES = sorted(
    chemin
    for nom in ("o2r_desktop", "ui")
    if (RACINE / nom).is_dir()
    for chemin in (RACINE / nom).rglob("*.py")
    if chemin not in MOTS_DE_LA_PLATEFORME
)
GRILLES = sorted((RACINE / "resources" / "grilles").rglob("*.toml"))
ESPACES = {"NBSP": NBSP, "NNBSP": NNBSP}
VALEUR = "0"  # stands for what an f-string inserts
LETTRE = "A-Za-zÀ-ÖØ-öø-ÿœŒ"

FRANCAIS = re.compile(
    r"[a-zç] .*[àâçéèêëîïôùûœ]|[àâçéèêëîïôùûœ].* [a-zà]"
    r"|\b(?:le|la|les|un|une|de|des|du|au|aux|et|ou|est|sont|pas|dans|pour|avec|par|sur|votre) [a-zà-ü0-9«]"
    r"|\b[nldsc]['’][a-zà-ü0-9]",
    flags=re.IGNORECASE,
)
AUTRE_LANGAGE = re.compile(
    r"\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|PRAGMA|WITH|BEGIN|ALTER|<\?xml|<[a-zA-Z:]+[ >])"
)
FAUTES = {
    "apostrophe droite": re.compile(rf"[{LETTRE}]'[{LETTRE}{VALEUR}]"),
    "espace sécable avant le signe": re.compile(r"[^\s] [;:!?»€%](?![\w=/*])"),
    "espace manquante avant le signe": re.compile(rf"[{LETTRE})»][;!?](?=\s|$)|[{LETTRE})»]:(?=\s)|[{LETTRE}.)]»"),
    "espace sécable ou manquante après le guillemet": re.compile(rf"«(?![{NBSP}{NNBSP}]|$)"),
    "guillemets droits": re.compile(rf'(?<=\s)"[{LETTRE}{VALEUR}]'),
    "points au lieu du caractère": re.compile(rf"[{LETTRE}]\.\.\.(?:\s|$)"),
}


def fautes(texte: str) -> list[str]:
    """Name the faults of a sentence; a text that is not a French sentence has none."""
    if not FRANCAIS.search(texte) or AUTRE_LANGAGE.match(texte) or texte == normalise(texte):
        return []
    return [nom for nom, motif in FAUTES.items() if motif.search(texte)]


class Phrases(ast.NodeVisitor):
    """Collects the literals of a module with their lines, f-strings in one piece."""

    def __init__(self) -> None:
        self.trouvees: list[tuple[int, str]] = []

    def visit_Expr(self, node: ast.Expr) -> None:
        """Pass over docstrings."""
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """Pass over the patterns given to re."""
        fonction = node.func
        if not (isinstance(fonction, ast.Attribute) and getattr(fonction.value, "id", "") == "re"):
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.trouvees.append((node.lineno, node.value))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self.trouvees.append((node.lineno, "".join(morceau(partie) for partie in node.values)))
        for partie in node.values:
            if isinstance(partie, ast.FormattedValue):
                self.visit(partie.value)


def morceau(partie: ast.expr) -> str:
    if isinstance(partie, ast.Constant):
        return str(partie.value)
    assert isinstance(partie, ast.FormattedValue)
    return ESPACES.get(getattr(partie.value, "id", ""), VALEUR)


def fautes_du_source(source: str) -> Iterator[str]:
    phrases = Phrases()
    phrases.visit(ast.parse(source))
    for ligne, texte in phrases.trouvees:
        for faute in fautes(texte):
            yield f"{ligne}: {faute}: {texte!r}"


def textes(valeur: object) -> Iterator[str]:
    """Yield every text of a TOML document but the labels of the form, which are kept as it writes them."""
    if isinstance(valeur, str):
        yield valeur
    elif isinstance(valeur, list):
        for partie in valeur:
            yield from textes(partie)
    elif isinstance(valeur, dict):
        for cle, partie in valeur.items():
            if not cle.startswith("publics_"):
                yield from textes(partie)


@pytest.mark.parametrize("chemin", MODULES, ids=lambda c: c.relative_to(RACINE).as_posix())
def test_sentences_of_the_program(chemin: Path) -> None:
    assert list(fautes_du_source(chemin.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("chemin", GRILLES, ids=lambda c: c.relative_to(RACINE).as_posix())
def test_sentences_of_the_grilles(chemin: Path) -> None:
    document = tomllib.loads(chemin.read_text(encoding="utf-8"))
    assert [(f, t) for t in textes(document) for f in fautes(t)] == []


@pytest.mark.parametrize(
    ("source", "faute"),
    [
        ('x = "Le fichier n\'est pas lisible."', "apostrophe droite"),
        ('x = f"Le fichier d\'{nom} est vide."', "apostrophe droite"),
        ('x = "Quel est le dossier ?"', "espace sécable avant le signe"),
        ('x = f"La campagne {nom} : {compte} dossiers"', "espace sécable avant le signe"),
        ('x = "Le dossier est vide; ouvrez-en un autre."', "espace manquante avant le signe"),
        ('x = "Voici la liste: trois dossiers"', "espace manquante avant le signe"),
        ('x = f"Le fichier «{nom}» est vide."', "espace sécable ou manquante après le guillemet"),
        ("x = 'Le fichier \"export\" est vide.'", "guillemets droits"),
        ('x = "Lecture du fichier... encore"', "points au lieu du caractère"),
    ],
)
def test_a_fault_is_seen(source: str, faute: str) -> None:
    assert any(faute in ligne for ligne in fautes_du_source(source))


@pytest.mark.parametrize(
    "source",
    [
        '"""Docstring : pas lue par l\'utilisateur."""',
        'x = f"Le fichier «{NBSP}{nom}{NBSP}» est vide{NNBSP}; ouvrez-en un autre."',
        'x = "L’export du 13 août à 12:00:01 est hors délai."',
        'x = re.compile(r"la (?:date : |d\'un dossier)")',
        'x = "SELECT numero FROM dossier WHERE campagne = :campagne AND etat != :etat"',
        'x = "numero d\'agrement du porteur"',
        'x = f"{numero:04d}:{ligne}"',
    ],
)
def test_what_is_right_is_left_alone(source: str) -> None:
    assert list(fautes_du_source(source)) == []
