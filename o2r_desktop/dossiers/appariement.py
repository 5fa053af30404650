"""Which column of an export could be which attribute, and how the headers moved since the last import."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from o2r_desktop.dossiers.correspondance import Attribut
from o2r_desktop.dossiers.model import Colonne
from o2r_desktop.text import instant, pluriel, printable


class Lien(StrEnum):
    """How a column was found for an attribute, surest first."""

    MEMOIRE = "memoire"
    """The user chose it, in this campagne or in the file that it was imported from."""
    IDENTIFIANT = "identifiant"
    """The stable_id of the field is known."""
    EXACT = "exact"
    NORMALISE = "normalise"
    """The same label but for case, accents, punctuation."""
    RENOMME = "renomme"
    """Another label, the same values for the same dossiers as the column that had it."""
    RESSEMBLANCE = "ressemblance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidat:
    """A column that could be an attribute; ``score`` runs from 0 to 100."""

    colonne: Colonne
    lien: Lien
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """What an attribute is bound to, None when nothing, and what else it could be, best first.

    ``sure`` when nobody needs to look: bound by the user, by identifier or by label. ``essentiel`` when a computed
    constat reads the attribute.
    """

    attribut: Attribut
    retenu: Candidat | None
    candidats: tuple[Candidat, ...]
    essentiel: bool

    @property
    def sure(self) -> bool:
        """Whether nobody needs to look at it."""
        return self.retenu is not None and self.retenu.lien is not Lien.RESSEMBLANCE


@dataclass(frozen=True, slots=True, kw_only=True)
class ColonneLue:
    """A column of the files with what it holds: up to three different values as shown, and how many are filled."""

    colonne: Colonne
    exemples: tuple[str, ...]
    remplies: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Appariement:
    """All that the correspondence step shows: an entry for each attribute of the form, and every column read."""

    propositions: tuple[Proposition, ...] = ()
    colonnes: tuple[ColonneLue, ...] = ()

    @property
    def a_verifier(self) -> tuple[Proposition, ...]:
        """What a user should look at: an essential attribute without column, or a column only alike."""
        return tuple(p for p in self.propositions if not p.sure and (p.essentiel or p.candidats))


@dataclass(frozen=True, slots=True, kw_only=True)
class Renommage:
    """A column that probably bears another label now: ``egales`` of ``comparees`` dossiers have the same value."""

    ancienne: Colonne
    nouvelle: Colonne
    egales: int
    comparees: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Derive:
    """How the headers of a file differ from those of the last import of its kind, by name and moment.

    ``deplacees`` holds columns with their former and present place, counted from one.
    """

    fichier: str
    reference: str
    reference_le: datetime
    ajoutees: tuple[Colonne, ...] = ()
    manquantes: tuple[Colonne, ...] = ()
    deplacees: tuple[tuple[Colonne, int, int], ...] = ()
    renommees: tuple[Renommage, ...] = ()

    @property
    def vide(self) -> bool:
        """Whether nothing moved."""
        return not (self.ajoutees or self.manquantes or self.deplacees or self.renommees)

    @property
    def phrase(self) -> str:
        """Say how much moved, and since which file."""
        ecarts = (
            (len(self.ajoutees), pluriel(len(self.ajoutees), "colonne ajoutée", "colonnes ajoutées")),
            (len(self.manquantes), pluriel(len(self.manquantes), "colonne manquante", "colonnes manquantes")),
            (len(self.deplacees), pluriel(len(self.deplacees), "colonne déplacée", "colonnes déplacées")),
            (len(self.renommees), pluriel(len(self.renommees), "colonne sans doute renommée", _RENOMMEES)),
        )
        mots = ", ".join(mot for combien, mot in ecarts if combien)
        depuis = f"l’import du {instant(self.reference_le)} (fichier « {printable(self.reference)} »)"
        return f"Depuis {depuis} : {mots}."


_RENOMMEES = "colonnes sans doute renommées"
