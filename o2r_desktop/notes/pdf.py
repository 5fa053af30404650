"""A note as a PDF: PDF/UA-1 and PDF/A-3a, the same content gives the same bytes."""

import dataclasses
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from o2r_desktop.notes.balisage import Toile
from o2r_desktop.notes.blocs import Bloc, Saut, rvb
from o2r_desktop.notes.composition import absents
from o2r_desktop.notes.conformite import Entete, PieceJointe, conformer
from o2r_desktop.notes.intitules import rubrique
from o2r_desktop.notes.mise_en_page import Page, paginer
from o2r_desktop.notes.modele import Forme, NoteContent, Rubrique, Texte
from o2r_desktop.notes.page_un import page_un
from o2r_desktop.notes.paragraphe import abrege, paragraphe
from o2r_desktop.notes.styles import (
    BAS,
    FILIGRANE,
    HAUT,
    HAUTEUR,
    LARGEUR,
    LIGNE,
    MARGE,
    PAGE,
    SECOND,
    Face,
    Style,
    enregistrer_polices,
)
from o2r_desktop.text import enumeration, numero, printable

_PIED = Style(corps=7.6, interligne=10, couleur=SECOND)
_MONTRES = 40
_LIGNES = re.compile("[\n\t\u2028\u2029]")
_HORS_XML = re.compile("[\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendu:
    """The bytes of a note and its number of pages."""

    octets: bytes
    pages: int


def render(content: NoteContent) -> bytes:
    """Return the PDF of *content*; raises NoteError when a font of the program is missing."""
    return produire(content).octets


def produire(content: NoteContent) -> Rendu:
    """Return the PDF of *content* and its number of pages; raises NoteError as ``render`` does."""
    enregistrer_polices()
    pages = paginer([*page_un(content.synthese), *_suite(content)], LARGEUR, HAUTEUR)
    sortie = io.BytesIO()
    police: Any = str(Face.NORMAL)  # the stubs want a float
    canvas = Canvas(sortie, pagesize=PAGE, invariant=1, pageCompression=0, initialFontName=police, lang="fr-FR")
    entete = _entete(content)
    canvas.setTitle(entete.titre)
    toile = Toile(canvas)
    for rang, page in enumerate(pages, 1):
        _dessiner(toile, content, page, rang, len(pages))
    canvas.save()
    octets = conformer(sortie.getvalue(), toile.racine, entete, [_jointe(content)])
    return Rendu(octets=octets, pages=len(pages))


def _suite(content: NoteContent) -> list[Bloc]:
    blocs: list[Bloc] = [Saut()]
    for r in (*content.rubriques, *_remplaces(content)):
        blocs += rubrique(r)
    return blocs


def _remplaces(content: NoteContent) -> tuple[Rubrique, ...]:
    """Return the list of characters that no font has, when there are some."""
    manquants = absents(_textes(content))
    if not manquants:
        return ()
    codes = enumeration([f"U+{ord(c):04X}" for c in manquants[:_MONTRES]])
    suite = f" (et {len(manquants) - _MONTRES} autres)" if len(manquants) > _MONTRES else ""
    texte = (
        f"Les polices de la note n’ont pas ces caractères : {codes}{suite}. Ils sont imprimés « □ » ; "
        "la copie du texte et le fichier donnees.json les rendent tels quels."
    )
    return (Rubrique(titre="Caractères remplacés", ancre="caracteres", contenu=(Texte(texte, Forme.CORPS),)),)


def _textes(valeur: Any) -> Iterator[str]:
    if isinstance(valeur, str):
        yield valeur
    elif isinstance(valeur, tuple):
        for element in valeur:
            yield from _textes(element)
    elif dataclasses.is_dataclass(valeur):
        for champ in dataclasses.fields(valeur):
            yield from _textes(getattr(valeur, champ.name))


def _dessiner(toile: Toile, content: NoteContent, page: Page, rang: int, total: int) -> None:
    if content.projet:
        _filigrane(toile)
    for bloc, depuis in page.places:
        bloc.dessine(toile, MARGE, PAGE[1] - HAUT - depuis, LARGEUR)
    _pied(toile, content, f"{rang} / {total}")
    toile.tourne()


def _filigrane(toile: Toile) -> None:
    c = toile.canvas
    with toile.artefact("Pagination"):
        c.saveState()
        c.translate(PAGE[0] / 2, PAGE[1] / 2)
        c.rotate(54)
        c.setFont(str(Face.GRAS), 150)
        c.setFillColorRGB(*rvb(FILIGRANE))
        c.drawCentredString(0, -50, "PROJET")
        c.restoreState()


def _pied(toile: Toile, content: NoteContent, rang: str) -> None:
    y = BAS - 10
    tete = f"Dossier {numero(content.numero)} · {abrege(content.synthese.porteur, _PIED, LARGEUR * 0.42)}"
    with toile.artefact("Pagination"):
        toile.canvas.setStrokeColorRGB(*rvb(LIGNE))
        toile.canvas.setLineWidth(0.6)
        toile.canvas.line(MARGE, y + 3, MARGE + LARGEUR, y + 3)
        paragraphe(tete + content.pied, style=_PIED).dessine(toile, MARGE, y, LARGEUR - 40)
        paragraphe(rang, style=_PIED.avec(aligne="droite")).dessine(toile, MARGE, y, LARGEUR)


def _entete(content: NoteContent) -> Entete:
    return Entete(
        titre=_sur_une_ligne(content.titre),
        auteur=_sur_une_ligne(content.auteur),
        sujet=_sur_une_ligne(content.synthese.ami),
        logiciel=f"O2R Desktop {content.version}",
        date=content.date,
    )


def _sur_une_ligne(texte: str) -> str:
    """Return a text that titles and XML take: one line, no control character (XML 1.0 § 2.2)."""
    return _HORS_XML.sub("", _LIGNES.sub(" ", printable(texte)))


def _jointe(content: NoteContent) -> PieceJointe:
    return PieceJointe(
        nom="donnees.json",
        description="Données de la note, lisibles par une machine",
        type="application/json",
        contenu=content.donnees,
    )
