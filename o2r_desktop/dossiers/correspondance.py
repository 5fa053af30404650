"""Which field of the form is which attribute of the product."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

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

    The column is known by its stable_id when the export gives one, else by its label and its rank among equal ones;
    rank 0 stands for all of them.
    """

    libelle: str
    rang: int = 1
    stable_id: int | None = None
    attribut: str = ""

    def designe(self, colonne: Colonne) -> bool:
        """Say whether it speaks of that very column."""
        if self.stable_id is not None and colonne.stable_id is not None:
            return self.stable_id == colonne.stable_id
        return self.libelle == colonne.libelle and self.rang in (0, colonne.rang)


class _Titre(NamedTuple):
    """What gives an attribute to a column; the lowest ``force`` wins when several columns claim it."""

    attribut: Attribut | None
    force: tuple[int, int]
    choisi: bool


_AUCUN = _Titre(None, (0, 0), choisi=False)
_LIVREE = (1 << 31, 0)
"""Force of what the correspondence itself knows: any choice of a user is stronger."""
_MEMOIRE = 20_000
"""Columns whose claim is remembered: more than the campagne will ever see, less than a hostile file can send."""


@dataclass(frozen=True, kw_only=True)
class Correspondance:
    """Attributes in the order of the form, the repetition blocks that are known, and what users chose.

    ``liaisons`` win over stable_ids and labels; the latest choice comes first and wins over older ones, which stay
    for the headers of the past.
    """

    nom: str
    version: int
    attributs: tuple[Attribut, ...]
    blocs: tuple[BlocConnu, ...]
    liaisons: tuple[Liaison, ...] = ()

    @cached_property
    def par_id(self) -> Mapping[str, Attribut]:
        """Attributes by identifier."""
        return {a.id: a for a in self.attributs}

    @cached_property
    def _par_libelle(self) -> Mapping[str, Attribut]:
        return {cle_libelle(lib): a for a in self.attributs for lib in a.libelles}

    @cached_property
    def _par_stable_id(self) -> Mapping[int, Attribut]:
        return {s: a for a in self.attributs for s in a.stable_ids}

    @cached_property
    def _choix_stables(self) -> Mapping[int, int]:
        """Place of the latest choice for each stable_id."""
        places: dict[int, int] = {}
        for place, liaison in enumerate(self.liaisons):
            if liaison.stable_id is not None:
                places.setdefault(liaison.stable_id, place)
        return places

    @cached_property
    def _choix_libelles(self) -> Mapping[tuple[bool, bool, str, int], int]:
        """Place of the latest choice for each label and rank.

        The first part of the key is True among the choices without stable_id, the only ones that speak of a column
        whose own one nobody chose; the second is True for the exact label, False for the normalised one.
        """
        places: dict[tuple[bool, bool, str, int], int] = {}
        for place, liaison in enumerate(self.liaisons):
            cle = cle_libelle(liaison.libelle)
            for identifie in (False, True) if liaison.stable_id is None else (False,):
                places.setdefault((identifie, True, liaison.libelle, liaison.rang), place)
                if cle:
                    places.setdefault((identifie, False, cle, liaison.rang), place)
        return places

    @cached_property
    def _titres(self) -> dict[Colonne, _Titre]:
        return {}

    def lier(self, colonnes: Sequence[Colonne]) -> tuple[Attribut | None, ...]:
        """Return the attribute of each column, None for those that nothing knows.

        What users chose wins, then the stable_id, then the label. An attribute is given once: to the column chosen
        last, else to the first that claims it.
        """
        titres = [self._titre(colonne) for colonne in colonnes]
        gagnants: dict[str, int] = {}
        for place, (attribut, force, _) in enumerate(titres):
            if attribut is not None:
                connu = gagnants.get(attribut.id)
                if connu is None or force < titres[connu].force:
                    gagnants[attribut.id] = place
        return tuple(
            t.attribut if t.attribut is not None and gagnants[t.attribut.id] == place else None
            for place, t in enumerate(titres)
        )

    def doubles(self, colonnes: Sequence[Colonne]) -> tuple[tuple[Attribut, tuple[int, ...]], ...]:
        """Return the attributes that several columns claim, with the places of these columns.

        None where a user chose: the other columns are not asked.
        """
        places: dict[str, tuple[Attribut, list[int]]] = {}
        choisis: set[str] = set()
        for place, colonne in enumerate(colonnes):
            titre = self._titre(colonne)
            if titre.attribut is not None:
                places.setdefault(titre.attribut.id, (titre.attribut, []))[1].append(place)
                choisis |= {titre.attribut.id} if titre.choisi else set()
        return tuple(
            (attribut, tuple(rangs))
            for attribut, rangs in places.values()
            if len(rangs) > 1 and attribut.id not in choisis
        )

    def choisie(self, colonne: Colonne) -> bool:
        """Say whether a user chose what a column is, even nothing of ours."""
        return self._titre(colonne).choisi

    def par_identifiant(self, colonne: Colonne) -> Attribut | None:
        """Return the attribute that knows the stable_id of a column."""
        return None if colonne.stable_id is None else self._par_stable_id.get(colonne.stable_id)

    def ecarte(self, attribut: Attribut) -> bool:
        """Say whether a user wanted no column for an attribute."""
        refus = {cle_libelle(x.libelle) for x in self.liaisons if not x.attribut and x.rang == 0}
        return bool(refus) and {cle_libelle(lib) for lib in attribut.libelles} <= refus

    def _titre(self, colonne: Colonne) -> _Titre:
        connu = self._titres.get(colonne)
        if connu is None:
            if len(self._titres) >= _MEMOIRE:
                self._titres.clear()
            connu = self._titres[colonne] = self._chercher(colonne)
        return connu

    def _chercher(self, colonne: Colonne) -> _Titre:
        if self.liaisons and (choix := self._choix(colonne)):
            return choix
        attribut = self.par_identifiant(colonne) or self._par_libelle.get(cle_libelle(colonne.libelle))
        if attribut is None and colonne.lie_par:
            return self._chercher(Colonne(colonne.lie_par, colonne.rang))
        return _AUCUN if attribut is None else _Titre(attribut, _LIVREE, choisi=False)

    def _choix(self, colonne: Colonne) -> _Titre | None:
        """Return what users chose for a column, None when they did not look at it."""
        if colonne.stable_id is not None and (place := self._choix_stables.get(colonne.stable_id)) is not None:
            return self._titre_de(place, 0)
        cle, identifiee = cle_libelle(colonne.libelle), colonne.stable_id is not None
        for precision, (exact, libelle) in enumerate(((True, colonne.libelle), (False, cle)), 1):
            for rang in (colonne.rang, 0):
                if (place := self._choix_libelles.get((identifiee, exact, libelle, rang))) is not None:
                    return self._titre_de(place, precision)
        return None

    def _titre_de(self, place: int, precision: int) -> _Titre:
        return _Titre(self.par_id.get(self.liaisons[place].attribut), (place, precision), choisi=True)

    def avec(
        self, choix: Mapping[str, Colonne | None], jeux: Iterable[Collection[Colonne]] = ()
    ) -> "Correspondance":
        """Return this correspondence where each attribute of *choix* is that column, or is bound to none.

        What users chose before for these columns is forgotten. The former column of an attribute stays bound to it
        where the new one is missing (older dossiers), unless one of *jeux*, sets of columns, holds both: then it
        was a mistake. Raises KeyError for an attribute that is not ours, ValueError when two of them want the same
        column.
        """
        inconnus = choix.keys() - self.par_id.keys()
        if inconnus:
            raise KeyError(sorted(inconnus)[0])
        voulues = {attribut: colonne for attribut, colonne in choix.items() if colonne is not None}
        if len(set(voulues.values())) < len(voulues):
            raise ValueError(f"une colonne pour plusieurs attributs : {', '.join(sorted(voulues))}")
        faites = [
            Liaison(libelle=c.libelle, rang=c.rang, stable_id=c.stable_id, attribut=a) for a, c in voulues.items()
        ]
        refus = [x for a, colonne in choix.items() if colonne is None for x in _refus(self.par_id[a])]
        ensembles = [jeu for jeu in map(tuple, jeux) if any(c in jeu for c in voulues.values())]
        gardees = [
            liaison
            for liaison in self.liaisons
            if not any(_remplace(neuve, liaison) for neuve in (*faites, *refus))
            and self._tient(liaison, choix, ensembles)
        ]
        return replace(self, liaisons=(*faites, *refus, *gardees))

    def _tient(
        self, liaison: Liaison, choix: Mapping[str, Colonne | None], jeux: Sequence[Sequence[Colonne]]
    ) -> bool:
        """Say whether a former choice still tells something once *choix* is made."""
        if not liaison.attribut:
            cle = cle_libelle(liaison.libelle)
            reprises = (self.par_id[a] for a, colonne in choix.items() if colonne is not None)
            return liaison.rang > 0 or all(cle not in map(cle_libelle, a.libelles) for a in reprises)
        if liaison.attribut not in choix:
            return True
        voulue = choix[liaison.attribut]
        return voulue is not None and not any(voulue in jeu and any(map(liaison.designe, jeu)) for jeu in jeux)

    def bloc(self, identifiant: str) -> BlocConnu | None:
        """Return a known block by its identifier."""
        return next((b for b in self.blocs if b.id == identifiant), None)


def _refus(attribut: Attribut) -> list[Liaison]:
    """Return what takes from an attribute all that claims it by itself."""
    par_cle = {cle_libelle(lib): lib for lib in reversed(attribut.libelles)}
    return [
        *(Liaison(libelle=attribut.libelles[0], rang=0, stable_id=s) for s in attribut.stable_ids),
        *(Liaison(libelle=lib, rang=0) for lib in reversed(par_cle.values())),
    ]


def _remplace(neuve: Liaison, ancienne: Liaison) -> bool:
    """Say whether a choice is made again, for the same column."""
    if neuve.stable_id is not None and ancienne.stable_id is not None:
        return neuve.stable_id == ancienne.stable_id
    return (neuve.libelle, neuve.rang) == (ancienne.libelle, ancienne.rang)


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
