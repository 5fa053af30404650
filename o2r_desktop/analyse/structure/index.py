"""Which body takes part in which dossiers of the campagne: built once for a panorama."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from o2r_desktop.analyse.panorama import DossierVu, MembreVu, Panorama
from o2r_desktop.dossiers.identifiers import siren_de
from o2r_desktop.evaluation.mots import ARTICLES, mots

_FORMES = ARTICLES | {"les", "association", "asso", "et", "en", "pour"}
"""Words that a name may bear or not."""
_RANGE = "_index_structures"
_NOMS_LUS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """A body in a dossier: its key, who it is there, what comes to it of the request (None when unknown).

    ``cle`` is its SIREN, else «nom:…»; ``par_nom`` when it was recognised by its name alone.
    """

    numero: int
    cle: str
    nom: str
    siret: str
    chef: bool
    role: str
    part: Decimal | None
    par_nom: bool = False


@dataclass(frozen=True)
class Index:
    """Bodies and dossiers, both ways; within a dossier the lead comes first."""

    dossiers: Mapping[int, DossierVu]
    _cles: dict[str, str] = field(default_factory=dict)
    """What is compared of each name, worked out once."""

    @cached_property
    def sirens_par_nom(self) -> Mapping[str, frozenset[str]]:
        """SIREN of the bodies that bear a name."""
        trouves: dict[str, set[str]] = {}
        for vu in self.dossiers.values():
            for nom, siren in (
                (vu.porteur, siren_du_porteur(vu)),
                *((m.nom, siren_de(m.siret)) for m in vu.membres),
            ):
                if siren and (cle := self._cle(nom)):
                    trouves.setdefault(cle, set()).add(siren)
        return {cle: frozenset(sirens) for cle, sirens in trouves.items()}

    @cached_property
    def par_dossier(self) -> Mapping[int, tuple[Presence, ...]]:
        """The bodies of each dossier."""
        return {numero: self.presences(vu) for numero, vu in self.dossiers.items()}

    @cached_property
    def par_cle(self) -> Mapping[str, tuple[Presence, ...]]:
        """The dossiers of each body, in the order of their numbers."""
        trouvees: dict[str, list[Presence]] = {}
        for presences in self.par_dossier.values():
            for presence in presences:
                trouvees.setdefault(presence.cle, []).append(presence)
        return {cle: tuple(siennes) for cle, siennes in trouvees.items()}

    def noms(self, cle: str) -> tuple[str, ...]:
        """Return the names under which a body appears, one of each, as its first dossiers tell."""
        siennes = self.par_cle.get(cle, ())[:_NOMS_LUS]
        return tuple({self._cle(p.nom): p.nom for p in siennes if p.nom and not p.par_nom}.values())

    def presences(self, vu: DossierVu) -> tuple[Presence, ...]:
        """Return the bodies of a dossier, the lead first; rows of the same body are added up."""
        cle, par_nom = self._corps(vu.porteur, vu.siret or siren_du_porteur(vu))
        lignes = [self._ligne(vu.numero, m) for m in vu.membres if m.nom or m.siret]
        membres = _reunies(ligne for ligne in lignes if ligne.cle != cle)
        siennes = [ligne for ligne in lignes if ligne.cle == cle]
        chef = Presence(
            numero=vu.numero,
            cle=cle,
            nom=vu.porteur,
            siret=vu.siret,
            chef=True,
            role=next((ligne.role for ligne in siennes if ligne.role), ""),
            part=_somme(ligne.part for ligne in siennes) if siennes else _reste(vu.demande, membres),
            par_nom=par_nom,
        )
        return (chef, *membres)

    def _ligne(self, numero: int, membre: MembreVu) -> Presence:
        cle, par_nom = self._corps(membre.nom, membre.siret)
        return Presence(
            numero=numero, cle=cle, nom=membre.nom, siret=membre.siret, chef=False, role=membre.role,
            part=membre.contribution, par_nom=par_nom,
        )  # fmt: skip

    def _corps(self, nom: str, siret: str) -> tuple[str, bool]:
        """Return the key of a body and whether only its name tells it: one SIREN alone bears that name."""
        if siren := siren_de(siret) or (siret if len(siret) == 9 else ""):
            return siren, False
        sirens = self.sirens_par_nom.get(self._cle(nom), frozenset())
        return (next(iter(sirens)), True) if len(sirens) == 1 else (f"nom:{self._cle(nom)}", False)

    def _cle(self, nom: str) -> str:
        if nom not in self._cles:
            self._cles[nom] = cle_nom(nom)
        return self._cles[nom]


def preparer(panorama: Panorama) -> Index:
    """Return the index of a panorama, built when it is first asked for and kept with it.

    Some tenths of a second for ten thousand dossiers: whoever reads the panorama in the background calls it there.
    """
    index = panorama.__dict__.get(_RANGE)  # kept as cached_property keeps its values: one index for one panorama
    if not isinstance(index, Index):
        index = Index(panorama.dossiers)
        _ = index.par_cle
        panorama.__dict__[_RANGE] = index
    return index


def prete(panorama: Panorama) -> bool:
    """Say whether the index of a panorama is built."""
    return _RANGE in panorama.__dict__


def cle_nom(nom: str) -> str:
    """Return what is left of a name to compare: its words, without articles nor legal form."""
    tous = mots(nom)
    return " ".join([m for m in tous if m not in _FORMES] or tous)


def siren_du_porteur(vu: DossierVu) -> str:
    """Return the SIREN of the lead, that of its SIRET first."""
    return siren_de(vu.siret) or (vu.siren if len(vu.siren) == 9 else "")


def _reunies(lignes: Iterable[Presence]) -> list[Presence]:
    """Return one presence for each body."""
    vues: dict[str, Presence] = {}
    for ligne in lignes:
        deja = vues.get(ligne.cle)
        if deja is None:
            vues[ligne.cle] = ligne
        else:
            role = " ".join(dict.fromkeys(r for r in (deja.role, ligne.role) if r))
            vues[ligne.cle] = replace(deja, role=role, part=_somme((deja.part, ligne.part)))
    return list(vues.values())


def _somme(parts: Iterable[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for part in parts:
        if part is None:
            return None
        total += part
    return total


def _reste(demande: Decimal | None, membres: Iterable[Presence]) -> Decimal | None:
    """Return what is left of the request once the members have theirs; unknown when it cannot be worked out."""
    pris = _somme(m.part for m in membres)
    if demande is None or pris is None or pris > demande:
        return None
    return demande - pris
