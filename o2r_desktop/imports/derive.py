"""How the headers of a file moved since the last import of its kind (exports § 9.4)."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from o2r_desktop.dossiers.appariement import Derive, Renommage
from o2r_desktop.dossiers.champs import Brut, lire_booleen, lire_date, lire_nombre, texte_de
from o2r_desktop.dossiers.correspondance import cle_libelle
from o2r_desktop.dossiers.enregistrement import de_json
from o2r_desktop.dossiers.importation import ExportRead
from o2r_desktop.dossiers.model import Colonne, Enregistrement
from o2r_desktop.imports.egalite import lire_cellule, meme_reponse, sans_erreur

COMPAREES_MIN = 3
"""Dossiers that must answer before two columns are called one."""
PART_EGALES = 0.8

_TRACE = 200
_DOSSIERS_MAX = 60
_COLONNES_MAX = 60
"""Columns gone, and columns come, that are compared: beyond, the form is another one."""

Place = tuple[str, int]
"""What a column is known by from one file to the next: normalised label, rank."""


def drift(
    lu: ExportRead,
    *,
    reference: str,
    reference_le: datetime,
    jeux: Sequence[tuple[Colonne, ...]],
    connus: Mapping[int, str],
    charger: Callable[[int], Enregistrement],
) -> Derive:
    """Compare the headers of a file with the *jeux* of a former one.

    *connus* are the dossiers of the campagne, *charger* returns the record of one: a column gone and a column come
    that hold the same values for the same dossiers are one, renamed. A stable_id says as much by itself.
    """
    avant, apres = _colonnes(jeux), _colonnes(lu.jeux)
    parties = [c for cle, c in avant.items() if cle not in apres]
    venues = [c for cle, c in apres.items() if cle not in avant]
    renommees = _renommees(lu, parties, venues, connus, charger) if parties and venues else ()
    anciennes = {r.ancienne for r in renommees}
    nouvelles = {r.nouvelle for r in renommees}
    return Derive(
        fichier=lu.fichier,
        reference=reference,
        reference_le=reference_le,
        ajoutees=tuple(c for c in venues if c not in nouvelles),
        manquantes=tuple(c for c in parties if c not in anciennes),
        deplacees=tuple(_deplacees(avant, apres)),
        renommees=renommees,
    )


def _cle(colonne: Colonne) -> Place:
    return cle_libelle(colonne.libelle) or colonne.libelle, colonne.rang


def _colonnes(jeux: Iterable[tuple[Colonne, ...]]) -> dict[Place, Colonne]:
    """Return the columns of all the sets, the largest first: the API gives each dossier its own."""
    colonnes: dict[Place, Colonne] = {}
    for jeu in sorted(jeux, key=len, reverse=True):
        for colonne in jeu:
            colonnes.setdefault(_cle(colonne), colonne)
    return colonnes


def _deplacees(avant: Mapping[Place, Colonne], apres: Mapping[Place, Colonne]) -> list[tuple[Colonne, int, int]]:
    """Return the columns that changed places with others: one more column makes none of them move."""
    places = {cle: place for place, cle in enumerate(avant, 1)}
    communes = [(cle, places[cle], place) for place, cle in enumerate(apres, 1) if cle in places]
    restees = _plus_longue_suite([ancienne for _, ancienne, _ in communes])
    return [(apres[cle], ancienne, place) for cle, ancienne, place in communes if ancienne not in restees]


def _plus_longue_suite(nombres: Sequence[int]) -> frozenset[int]:
    """Return a longest increasing subsequence of numbers that are all different."""
    fins: list[int] = []
    precedents: dict[int, int | None] = {}
    for nombre in nombres:
        rang = bisect_left(fins, nombre)
        precedents[nombre] = fins[rang - 1] if rang else None
        fins[rang : rang + 1] = [nombre]
    suite: set[int] = set()
    courant = fins[-1] if fins else None
    while courant is not None:
        suite.add(courant)
        courant = precedents[courant]
    return frozenset(suite)


class _Reponse:
    """A cell, and rough traces of it that equal answers share: comparing for good takes a hundred times longer."""

    def __init__(self, brut: Brut, *, doute: bool) -> None:
        self.cellule = lire_cellule(brut, None, doute=doute)
        texte = texte_de(brut)[:_TRACE]
        lecteurs = (lire_nombre, lire_date, lire_booleen)
        self.traces = {cle_libelle(texte), *(sans_erreur(lecteur, brut) for lecteur in lecteurs)} - {None, ""}

    @property
    def vide(self) -> bool:
        """Say whether it may well be no answer."""
        return self.cellule.vide

    def egale(self, autre: "_Reponse") -> bool:
        """Say whether another cell tells the same answer."""
        if self.vide and autre.vide:
            return True
        proche = not self.traces.isdisjoint(autre.traces) or not (self.traces and autre.traces)
        return proche and meme_reponse(self.cellule, autre.cellule)


@dataclass(frozen=True, slots=True)
class _Lignes:
    """Cells of the columns gone and come, dossier by dossier."""

    anciennes: list[dict[Place, _Reponse]]
    nouvelles: list[dict[Place, _Reponse]]

    def comparer(self, ancienne: Colonne, nouvelle: Colonne) -> Renommage:
        """Count the dossiers where one of two columns answers, and those where both say the same."""
        egales = comparees = 0
        cles = _cle(ancienne), _cle(nouvelle)
        for avant, apres in zip(self.anciennes, self.nouvelles, strict=True):
            un, autre = avant.get(cles[0]), apres.get(cles[1])
            if un is None or autre is None or (un.vide and autre.vide):
                continue
            comparees += 1
            egales += un.egale(autre)
        return Renommage(ancienne=ancienne, nouvelle=nouvelle, egales=egales, comparees=comparees)

    def parle(self, colonne: Colonne) -> bool:
        """Say whether a column gone holds at least two different answers: «Oui» everywhere proves nothing."""
        cle = _cle(colonne)
        cellules = [ligne[cle] for ligne in self.anciennes if cle in ligne]
        pleines = [cellule for cellule in cellules if not cellule.vide]
        return any(not pleines[0].egale(autre) for autre in pleines[1:])


def _renommees(
    lu: ExportRead,
    parties: Sequence[Colonne],
    venues: Sequence[Colonne],
    connus: Mapping[int, str],
    charger: Callable[[int], Enregistrement],
) -> tuple[Renommage, ...]:
    parties, venues = parties[:_COLONNES_MAX], venues[:_COLONNES_MAX]
    lignes = _lignes(lu, parties, venues, connus, charger)
    par_stable = {c.stable_id: c for c in venues if c.stable_id is not None}
    sures = [
        lignes.comparer(c, par_stable[c.stable_id])
        for c in parties
        if c.stable_id is not None and c.stable_id in par_stable
    ]
    restantes = [c for c in parties if all(c != r.ancienne for r in sures) and lignes.parle(c)]
    paires = [lignes.comparer(c, n) for c in restantes for n in venues if all(n != r.nouvelle for r in sures)]
    probables = [r for r in paires if r.comparees >= COMPAREES_MIN and r.egales >= PART_EGALES * r.comparees]
    probables.sort(key=lambda r: (-r.egales / r.comparees, -r.comparees, -_parente(r)))
    retenues = list(sures)
    for renommage in probables:
        if all(renommage.ancienne != r.ancienne and renommage.nouvelle != r.nouvelle for r in retenues):
            retenues.append(renommage)
    rangs = {c: rang for rang, c in enumerate(parties)}
    return tuple(sorted(retenues, key=lambda r: rangs[r.ancienne]))


def _parente(renommage: Renommage) -> float:
    from rapidfuzz import fuzz

    libelles = (cle_libelle(c.libelle[:200]) for c in (renommage.ancienne, renommage.nouvelle))
    return fuzz.token_sort_ratio(*libelles)


def _lignes(
    lu: ExportRead,
    parties: Sequence[Colonne],
    venues: Sequence[Colonne],
    connus: Mapping[int, str],
    charger: Callable[[int], Enregistrement],
) -> _Lignes:
    anciennes, nouvelles = set(map(_cle, parties)), set(map(_cle, venues))
    lignes = _Lignes([], [])
    for dossier in [d for d in lu.dossiers if d.numero in connus][:_DOSSIERS_MAX]:
        lignes.anciennes.append(_cellules(charger(dossier.numero), anciennes))
        lignes.nouvelles.append(
            _cellules(de_json(dossier.numero, dossier.contenu, lu.jeux[dossier.jeu]), nouvelles)
        )
    return lignes


def _cellules(enregistrement: Enregistrement, voulues: set[Place]) -> dict[Place, _Reponse]:
    doute = enregistrement.origine.vide_vaut_zero
    return {
        cle: _Reponse(brut, doute=doute)
        for cle, brut in zip(map(_cle, enregistrement.colonnes), enregistrement.cellules, strict=True)
        if cle in voulues
    }
