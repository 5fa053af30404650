"""Which field of the form is which attribute of the product."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from o2r_desktop.dossiers.champs import TypeChamp
from o2r_desktop.dossiers.model import Colonne
from o2r_desktop.text import normalise


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribut:
    """Something the product knows of a dossier, with the labels under which forms ask for it."""

    id: str
    type: TypeChamp
    section: str
    libelles: tuple[str, ...]
    options: tuple[str, ...] = ()
    stable_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BlocConnu:
    """A repetition block that the product knows: «membres» of the consortium, «cofinancements»."""

    id: str
    libelles: tuple[str, ...]
    attributs: tuple[Attribut, ...]

    def reconnait(self, libelle: str) -> bool:
        """Say whether a block bears one of our labels; sheet names are cut to about thirty characters."""
        cle = cle_libelle(libelle)
        return any(_debut(cle, cle_libelle(lib)) for lib in self.libelles)

    def attribut(self, libelle: str) -> Attribut | None:
        """Return what a column of the block is."""
        cle = cle_libelle(libelle)
        return next((a for a in self.attributs if cle in map(cle_libelle, a.libelles)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Liaison:
    """What a user chose for a column: an attribute, or none of ours («»).

    The column is known by its stable_id when the export gives one, else by its label and its rank among equal ones.
    """

    libelle: str
    rang: int = 1
    stable_id: int | None = None
    attribut: str = ""


@dataclass(frozen=True, kw_only=True)
class Correspondance:
    """Attributes in the order of the form, the repetition blocks that are known, and what users chose.

    ``liaisons`` win over stable_ids and labels.
    """

    nom: str
    version: int
    attributs: tuple[Attribut, ...]
    blocs: tuple[BlocConnu, ...]
    liaisons: tuple[Liaison, ...] = ()

    @cached_property
    def _par_libelle(self) -> Mapping[str, Attribut]:
        return {cle_libelle(lib): a for a in self.attributs for lib in a.libelles}

    @cached_property
    def _par_stable_id(self) -> Mapping[int, Attribut]:
        return {s: a for a in self.attributs for s in a.stable_ids}

    def lier(self, colonnes: Sequence[Colonne]) -> tuple[Attribut | None, ...]:
        """Return the attribute of each column, None for those that nothing knows.

        The stable_id wins over the label; an attribute is given once, to the first column that claims it.
        """
        pris: set[str] = set()
        lies: list[Attribut | None] = []
        for colonne in colonnes:
            attribut = self._attribut(colonne)
            if attribut is not None and attribut.id in pris:
                attribut = None
            if attribut is not None:
                pris.add(attribut.id)
            lies.append(attribut)
        return tuple(lies)

    def _attribut(self, colonne: Colonne) -> Attribut | None:
        attribut = self._par_stable_id.get(colonne.stable_id) if colonne.stable_id is not None else None
        attribut = attribut or self._par_libelle.get(cle_libelle(colonne.libelle))
        if attribut is None and colonne.lie_par:
            attribut = self._par_libelle.get(cle_libelle(colonne.lie_par))
        return attribut

    def doubles(self, colonnes: Sequence[Colonne]) -> tuple[tuple[Attribut, tuple[int, ...]], ...]:
        """Return the attributes that several columns claim, with the places of these columns."""
        places: dict[str, tuple[Attribut, list[int]]] = {}
        for place, colonne in enumerate(colonnes):
            if attribut := self._attribut(colonne):
                places.setdefault(attribut.id, (attribut, []))[1].append(place)
        return tuple((attribut, tuple(rangs)) for attribut, rangs in places.values() if len(rangs) > 1)

    def avec(self, choix: Mapping[str, Colonne | None]) -> "Correspondance":
        """Return this correspondence where each attribute of *choix* is that column, or is bound to none."""
        return self

    def bloc(self, identifiant: str) -> BlocConnu | None:
        """Return a known block by its identifier."""
        return next((b for b in self.blocs if b.id == identifiant), None)


def cle_libelle(libelle: str) -> str:
    """Return what two labels of the same field share: letters and digits, without case or accents."""
    return " ".join("".join(c if c.isalnum() else " " for c in normalise(libelle)).split())


def _debut(coupe: str, entier: str) -> bool:
    """Compare without blanks: apostrophes vanish from sheet names, they are blanks in our keys."""
    coupe, entier = coupe.replace(" ", ""), entier.replace(" ", "")
    return coupe == entier or (len(coupe) >= 10 and entier.startswith(coupe))


def attributs_inconnus(lies: Iterable[Attribut | None], attendus: Iterable[str]) -> tuple[str, ...]:
    """Return those of *attendus* that no column gives."""
    presents = {a.id for a in lies if a is not None}
    return tuple(a for a in attendus if a not in presents)
