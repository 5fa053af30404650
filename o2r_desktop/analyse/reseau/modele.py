"""What is found of the employment network in a dossier: citations, letters, circuits, what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from o2r_desktop.analyse.reseau.repertoire import Acteur

PREFIXE = "reseau/acteur"
"""Where the marks of the instructor are kept, by actor or by citation."""
AJOUT = "ajout-"
"""How the ids of the actors that the instructor adds begin."""
ESSENTIELLES = ("France Travail", "Mission locale", "Cap emploi", "Conseil départemental")
"""Families that RES-03 names."""
GENERIQUE = "reseau-generique"
"""Id of the words that name nobody: «les acteurs de l’emploi»."""


class Statut(StrEnum):
    """What the instructor says of an actor or of a citation."""

    ECARTE = "ecarte"
    CITE = "cite"
    ROLE_PRECIS = "role_precis"
    PREUVE_JOINTE = "preuve_jointe"

    @property
    def libelle(self) -> str:
        """Return the words that are shown."""
        return {"ecarte": "écarté", "cite": "cité", "role_precis": "rôle précis"}.get(self.value, "preuve jointe")


class Mention(StrEnum):
    """How an actor is named in a dossier; the order is that of precision."""

    ABSENTE = "non cité"
    GENERIQUE = "cité sans lieu"
    LOCALE = "nommé localement"


class Sens(StrEnum):
    """A side of the path of a person."""

    ENTREE = "entree"
    SORTIE = "sortie"

    @property
    def libelle(self) -> str:
        """Return the words that are shown."""
        return "Entrée (repérage, orientation)" if self is Sens.ENTREE else "Sortie (relais)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marque:
    """What the instructor says; ``statut`` is None when only a note is kept. The rest is of an added actor."""

    statut: Statut | None = None
    note: str = ""
    nom: str = ""
    famille: str = ""
    groupe: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """An actor named somewhere. ``debut`` and ``fin`` are places in the text of the field or of the page.

    ``ou`` is the label of the field or the name of the piece; ``champ`` its attribute or label, «» for a piece;
    ``precise`` when a place makes it local («nommé localement»), then ``lieu`` says which; ``departement`` is that
    of the place, «» when it has none. ``hors_projet``: that department is not one of the project's. ``avant`` and
    ``apres`` are the words around ``mots``; ``ecartee`` when the instructor set it aside.
    """

    id: str
    acteur: str
    nom: str
    famille: str
    groupe: str
    precise: bool
    mots: str
    ou: str
    debut: int
    fin: int
    lieu: str = ""
    departement: str = ""
    roles: tuple[str, ...] = ()
    champ: str = ""
    page: int | None = None
    empreinte: str = ""
    avant: str = ""
    apres: str = ""
    hors_projet: bool = False
    ecartee: bool = False

    @property
    def extrait(self) -> str:
        """Return the words and what stands around, on one line."""
        return " ".join(f"{self.avant}{self.mots}{self.apres}".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Partenaire:
    """A row of the block «Partenaires»: a name, the nature of the commitment."""

    nom: str
    engagement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettre:
    """A letter or a convention among the pieces, or a partner's row. ``acteurs`` are ids; ``famille`` their kinds.

    ``nature`` is «convention», «lettre», «attestation» or «à préciser», from names only: nobody read the piece.
    """

    nom: str
    nature: str
    champ: str = ""
    empreinte: str = ""
    recue: bool = False
    acteurs: tuple[str, ...] = ()
    noms: tuple[str, ...] = ()
    partenaire: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """An actor of the checklist: what is found of it and what the instructor says."""

    acteur: Acteur
    citations: tuple[Citation, ...] = ()
    lettres: tuple[Lettre, ...] = ()
    marque: Marque = Marque()

    @property
    def retenues(self) -> tuple[Citation, ...]:
        """The citations that count."""
        return tuple(c for c in self.citations if not c.ecartee)

    @property
    def mention(self) -> Mention:
        """How it is named, the instructor's word first."""
        if self.marque.statut is Statut.ECARTE:
            return Mention.ABSENTE
        if any(c.precise for c in self.retenues) or (self.acteur.local and (self.retenues or self.marque.statut)):
            return Mention.LOCALE
        return Mention.GENERIQUE if self.retenues or self.marque.statut else Mention.ABSENTE

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles said near its citations."""
        return tuple(dict.fromkeys(role for c in self.retenues for role in c.roles))

    @property
    def role_precis(self) -> bool:
        """Whether a role is said: words near a citation, or the instructor's mark."""
        if self.marque.statut is not None:
            return self.marque.statut in (Statut.ROLE_PRECIS, Statut.PREUVE_JOINTE)
        return bool(self.roles)

    @property
    def preuve_jointe(self) -> bool:
        """Whether a letter names it, or the instructor says that a proof is joined."""
        if self.marque.statut is not None:
            return self.marque.statut is Statut.PREUVE_JOINTE
        return bool(self.lettres)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circuit:
    """An actor of the entry or of the exit; ``explicite`` when a word near it says so (orienter, relais…)."""

    sens: Sens
    acteur: str
    nom: str
    explicite: bool
    precise: bool
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Manque:
    """A family of RES-03 that a department of the project does not see named; ``mention`` is how near it is."""

    famille: str
    departement: str
    mention: Mention


@dataclass(frozen=True, kw_only=True)
class Reseau:
    """What a dossier says of the employment network.

    ``avec_pieces`` says whether the texts of its pieces were read too: the note and the JSON use the form only.
    """

    numero: int
    departements: tuple[str, ...] = ()
    lignes: tuple[Ligne, ...] = ()
    circuits: tuple[Circuit, ...] = ()
    lettres: tuple[Lettre, ...] = ()
    manques: tuple[Manque, ...] = ()
    avec_pieces: bool = False

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """All the citations that count."""
        return tuple(c for ligne in self.lignes for c in ligne.retenues)

    @cached_property
    def par_famille(self) -> Mapping[str, Mention]:
        """How each family is named at best."""
        rangs = list(Mention)
        mieux: dict[str, Mention] = {}
        for ligne in self.lignes:
            famille = ligne.acteur.famille
            mieux[famille] = max(mieux.get(famille, Mention.ABSENTE), ligne.mention, key=rangs.index)
        return mieux


def lire_marque(brut: object) -> Marque:
    """Read a mark as ``ecrire_marque`` writes it; what cannot be read says nothing."""
    if not isinstance(brut, Mapping):
        return Marque()
    textes = {nom: brut.get(nom) for nom in ("statut", "note", "nom", "famille", "groupe")}
    lus = {nom: texte if isinstance(texte, str) else "" for nom, texte in textes.items()}
    statut = lus.pop("statut")
    return Marque(statut=Statut(statut) if statut in list(Statut) else None, **lus)


def ecrire_marque(marque: Marque) -> dict[str, Any] | None:
    """Return what is kept of a mark, None when it says nothing."""
    dits = {
        "statut": marque.statut.value if marque.statut else "",
        "note": marque.note.strip(),
        "nom": marque.nom.strip(),
        "famille": marque.famille,
        "groupe": marque.groupe,
    }
    return {nom: valeur for nom, valeur in dits.items() if valeur} or None
