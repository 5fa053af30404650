"""The papers of the committee and its booklet as PDF: the same head, headings and foot as the notes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from o2r_desktop.notes.blocs import Bloc, Saut
from o2r_desktop.notes.conformite import Entete
from o2r_desktop.notes.intitules import Intitule, rubrique
from o2r_desktop.notes.mise_en_page import Page, paginer
from o2r_desktop.notes.modele import NoteContent, Rubrique
from o2r_desktop.notes.page_un import bandeau, page_un
from o2r_desktop.notes.paragraphe import abrege, paragraphe
from o2r_desktop.notes.pdf import Rendu, pied_note
from o2r_desktop.notes.styles import (
    HAUTEUR,
    LARGEUR,
    SECOND,
    SOUS_TITRE,
    TITRE,
    Style,
    enregistrer_polices,
)
from o2r_desktop.notes.tableaux import tableau
from o2r_desktop.notes.tirage import PIED, Feuille, sur_une_ligne, tirer
from o2r_desktop.text import date_longue, numero

_ACCUEIL = Style(corps=12, interligne=17)
_GRAND = Style(corps=26, interligne=33, gras=True)
_LIEN = Style(corps=9.5, interligne=13)
_PAGE_LIEN = Style(corps=9.5, interligne=13, couleur=SECOND, aligne="droite")


@dataclass(frozen=True, slots=True, kw_only=True)
class Papier:
    """A paper of the committee. ``date`` is that of the data: the same data give the same bytes."""

    titre: str
    sous_titre: str
    genre: str
    statut: str
    service: str
    ami: str
    rubriques: tuple[Rubrique, ...]
    auteur: str
    version: str
    date: datetime
    projet: bool = False


def produire(papier: Papier) -> Rendu:
    """Return the PDF of a paper; raises NoteError when a font of the program is missing."""
    enregistrer_polices()
    pages = paginer([*_tete(papier), *_suite(papier)], LARGEUR, HAUTEUR)
    feuilles = _feuilles(papier, pages, len(pages))
    return Rendu(octets=tirer(feuilles, _entete(papier)), pages=len(pages))


def recueil(papier: Papier, notes: Sequence[NoteContent]) -> Rendu:
    """Return the booklet: cover, contents, the parts of *papier*, then page 1 of each note.

    Pages are laid out and drawn note after note: only one is in hand at a time. Raises NoteError.
    """
    enregistrer_polices()
    tableaux = paginer([Saut(), *_suite(papier)], LARGEUR, HAUTEUR)
    sommaire = paginer(_sommaire(notes, 0), LARGEUR, HAUTEUR)
    debut = 1 + len(sommaire) + len(tableaux)
    sommaire = paginer(_sommaire(notes, debut), LARGEUR, HAUTEUR)
    total = debut + len(notes)
    couverture = paginer(_couverture(papier, notes), LARGEUR, HAUTEUR)

    def feuilles() -> Iterator[Feuille]:
        yield from _feuilles(papier, [*couverture, *sommaire, *tableaux], total)
        for rang, note in enumerate(notes, debut + 1):
            page = paginer(page_un(note.synthese, signet=_signet(note)), LARGEUR, HAUTEUR)[0]
            yield Feuille(
                page=page,
                pied=pied_note(note),
                rang=f"{rang} / {total}",
                projet=note.projet,
                prefixe=_prefixe(note),
                menees=frozenset(),
            )

    return Rendu(octets=tirer(feuilles(), _entete(papier)), pages=total)


def _feuilles(papier: Papier, pages: Sequence[Page], total: int) -> Iterator[Feuille]:
    pied = f"{papier.titre} · {abrege(papier.ami, PIED, LARGEUR * 0.5)}"
    for rang, page in enumerate(pages, 1):
        yield Feuille(page=page, pied=pied, rang=f"{rang} / {total}", projet=papier.projet)


def _tete(papier: Papier) -> list[Bloc]:
    return [
        *bandeau(papier.service, papier.ami, (papier.genre, papier.statut)),
        Intitule(papier.titre, "titre", niveau=1, avant=11, style=TITRE),
        paragraphe(papier.sous_titre, style=SOUS_TITRE, avant=1),
    ]


def _suite(papier: Papier) -> list[Bloc]:
    return [bloc for partie in papier.rubriques for bloc in rubrique(partie)]


def _couverture(papier: Papier, notes: Sequence[NoteContent]) -> list[Bloc]:
    return [
        *bandeau(papier.service, papier.ami, (papier.genre, papier.statut)),
        Intitule(papier.titre, "couverture", niveau=1, avant=190, style=_GRAND, signet="Couverture"),
        paragraphe(papier.sous_titre, style=_ACCUEIL, avant=8),
        paragraphe(f"{len(notes)} dossiers · données du {date_longue(papier.date)}", style=SOUS_TITRE, avant=4),
    ]


def _sommaire(notes: Sequence[NoteContent], debut: int) -> list[Bloc]:
    lignes = [
        (
            paragraphe(f"{numero(note.numero)} · {note.synthese.porteur}", style=_LIEN, balise="P",
                       vers=_prefixe(note) + "synthese"),
            note.synthese.avis.avis,
            paragraphe(str(rang), style=_PAGE_LIEN, balise="P"),
        )
        for rang, note in enumerate(notes, debut + 1)
    ]  # fmt: skip
    titre = Intitule("Sommaire", "sommaire", niveau=2, style=Style(corps=16, interligne=21, gras=True))
    if not lignes:
        return [Saut(), titre, paragraphe("Aucun dossier.")]
    return [
        Saut(),
        titre,
        tableau(("Dossier", "Avis", "Page"), lignes, (66, 26, 8), ("gauche", "gauche", "droite")),
    ]


def _prefixe(note: NoteContent) -> str:
    return f"n{note.numero}-"


def _signet(note: NoteContent) -> str:
    return f"{numero(note.numero)} · {note.synthese.porteur}"


def _entete(papier: Papier) -> Entete:
    return Entete(
        titre=sur_une_ligne(f"{papier.titre}, {papier.ami}"),
        auteur=sur_une_ligne(papier.auteur),
        sujet=sur_une_ligne(papier.ami),
        logiciel=f"O2R Desktop {papier.version}",
        date=papier.date,
    )
