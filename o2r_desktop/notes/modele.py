"""What a note says, without a word on how it looks: a frozen tree that pdf.py draws."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

NON_RENSEIGNE = "non renseigné"

Aligne = Literal["gauche", "droite", "centre"]


class Longueur(StrEnum):
    """How much of a note is printed: page 1, the note, the note with its annexes."""

    FICHE = "fiche"
    NOTE = "note"
    COMPLETE = "complete"

    @property
    def libelle(self) -> str:
        """Return the words that are shown."""
        return _LONGUEURS[self]


_LONGUEURS = {
    Longueur.FICHE: "fiche d’une page",
    Longueur.NOTE: "note, sans les annexes",
    Longueur.COMPLETE: "note complète, annexes comprises",
}


class Ton(StrEnum):
    """The tone of a word in a pill or a box; the word always stands beside the colour."""

    BON = "bon"
    ALERTE = "alerte"
    MAUVAIS = "mauvais"
    NEUTRE = "neutre"


class Nature(StrEnum):
    """Where a statement comes from (metier § 2.3): the word is printed before it."""

    DECLARE = "Déclaré"
    PIECE = "Trouvé sur pièce, source"
    FORMULAIRE = "Lu au formulaire, source"
    CALCULE = "Calculé"
    DECISION = "Décision"
    APPRECIE = "Apprécié"
    VIGILANCE = "Point de vigilance"
    SOURCE = "Champs"


class Forme(StrEnum):
    """How a paragraph is set."""

    CORPS = "corps"
    LEGENDE = "legende"
    ATTENTION = "attention"
    ETIQUETTE = "etiquette"


@dataclass(frozen=True, slots=True)
class Etiquette:
    """A sign and a word in a pill; ``suite`` is plain text under it."""

    mot: str
    ton: Ton
    suite: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Several statements in one cell, each with the word that says where it comes from («» for none)."""

    dits: tuple[tuple[str, str], ...]


Case = str | Etiquette | Passage


@dataclass(frozen=True, slots=True)
class Texte:
    """A paragraph."""

    texte: str
    forme: Forme = Forme.CORPS


@dataclass(frozen=True, slots=True)
class Renvoi:
    """A line that leads to another part of the note."""

    texte: str
    ancre: str


@dataclass(frozen=True, slots=True)
class Puces:
    """A bulleted list."""

    textes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fiche:
    """Label → value, in two columns; ``serree`` sets it small, with room for long labels."""

    lignes: tuple[tuple[str, str], ...]
    serree: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table.

    ``parts`` are shares of the width, ``fortes`` rows in bold, ``haut`` a least row height in points; ``serree``
    sets it small, ``cadre`` draws a box around each cell.
    """

    entetes: tuple[str, ...]
    lignes: tuple[tuple[Case, ...], ...]
    parts: tuple[float, ...]
    alignes: tuple[Aligne, ...] = ()
    fortes: frozenset[int] = frozenset()
    haut: float = 0
    serree: bool = False
    cadre: bool = False


@dataclass(frozen=True, slots=True)
class Titre:
    """A heading of the third level, with its anchor."""

    texte: str
    ancre: str = ""


Contenu = Texte | Renvoi | Puces | Fiche | Table | Titre


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubrique:
    """A part of the note after page 1."""

    titre: str
    ancre: str
    contenu: tuple[Contenu, ...]
    nouvelle_page: bool = False
    annexe: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LotNote:
    """What is known of the campagne as a whole; ``rang`` is None for a provisional score."""

    rang: int | None
    effectif: int
    mediane: Decimal | None
    medianes: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Barre:
    """The score of a section out of 100, None when nothing is answered."""

    section: str
    libelle: str
    poids: int
    score: Decimal | None
    mediane: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoiteAvis:
    """The opinion in words, with its amount, its motive and its reserves."""

    chapeau: str
    avis: str
    ton: Ton
    montant: str
    motif: str
    reserves: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoiteScore:
    """The score, how far it can be trusted, the rank and the priority."""

    valeur: str
    mention: str
    rang: str
    priorite: str
    precision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChiffreCle:
    """A figure of page 1; ``connu`` is false when its value says why it is missing."""

    libelle: str
    valeur: str
    precision: str
    connu: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Strong or weak points, or points to watch, and where they come from («» when the instructor wrote them)."""

    titre: str
    textes: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthese:
    """Page 1: enough to decide."""

    service: str
    ami: str
    genre: str
    statut: str
    porteur: str
    projet: str
    identite: str
    avis: BoiteAvis
    score: BoiteScore
    chiffres: tuple[ChiffreCle, ...]
    barres: tuple[Barre, ...]
    barres_legende: str
    barres_constat: str
    forts: Points
    faibles: Points
    vigilance: Points
    controles: tuple[tuple[str, Etiquette, str], ...]
    controles_reste: str
    annees: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteContent:
    """A whole note. ``donnees`` is the JSON file that travels inside the PDF; ``date`` dates data and file."""

    numero: int
    titre: str
    finalisee: bool
    synthese: Synthese
    rubriques: tuple[Rubrique, ...]
    pied: str
    empreinte: str
    donnees: bytes
    auteur: str
    version: str
    date: datetime
    longueur: Longueur = Longueur.COMPLETE

    @property
    def projet(self) -> bool:
        """Whether the note is a draft and says so on each page."""
        return not self.finalisee
