"""A note as a PDF: PDF/UA-1 and PDF/A-3a, the same content gives the same bytes."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from o2r_desktop.notes.blocs import Bloc, Saut
from o2r_desktop.notes.composition import absents
from o2r_desktop.notes.conformite import Entete, PieceJointe
from o2r_desktop.notes.intitules import Intitule, rubrique
from o2r_desktop.notes.mise_en_page import paginer
from o2r_desktop.notes.modele import Forme, Longueur, NoteContent, Rubrique, Texte
from o2r_desktop.notes.page_un import page_un
from o2r_desktop.notes.paragraphe import abrege
from o2r_desktop.notes.styles import HAUTEUR, LARGEUR, enregistrer_polices
from o2r_desktop.notes.tirage import PIED, Feuille, sur_une_ligne, tirer
from o2r_desktop.text import enumeration, numero

_MONTRES = 40


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
    blocs = [*page_un(content.synthese), *_suite(content)]
    entier = content.longueur is Longueur.COMPLETE
    menees = None if entier else frozenset(b.ancre for b in blocs if isinstance(b, Intitule))
    pages = paginer(blocs, LARGEUR, HAUTEUR)
    pied = pied_note(content)
    feuilles = [
        Feuille(page=page, pied=pied, rang=f"{rang} / {len(pages)}", projet=content.projet, menees=menees)
        for rang, page in enumerate(pages, 1)
    ]
    return Rendu(octets=tirer(feuilles, _entete(content), [_jointe(content)]), pages=len(pages))


def pied_note(content: NoteContent) -> str:
    """Return what stands at the foot of each page of a note."""
    porteur = abrege(content.synthese.porteur, PIED, LARGEUR * 0.42)
    return f"Dossier {numero(content.numero)} · {porteur}{content.pied}"


def _suite(content: NoteContent) -> list[Bloc]:
    if content.longueur is Longueur.FICHE:
        return []
    gardees = [r for r in content.rubriques if content.longueur is Longueur.COMPLETE or not r.annexe]
    blocs: list[Bloc] = [Saut()]
    for r in (*gardees, *_remplaces(content)):
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


def _entete(content: NoteContent) -> Entete:
    return Entete(
        titre=sur_une_ligne(content.titre),
        auteur=sur_une_ligne(content.auteur),
        sujet=sur_une_ligne(content.synthese.ami),
        logiciel=f"O2R Desktop {content.version}",
        date=content.date,
    )


def _jointe(content: NoteContent) -> PieceJointe:
    return PieceJointe(
        nom="donnees.json",
        description="Données de la note, lisibles par une machine",
        type="application/json",
        contenu=content.donnees,
    )
