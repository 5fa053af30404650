"""Which column of the files could be which attribute: by memory, identifier, label, likeness."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import NamedTuple

from o2r_desktop.dossiers.affichage import valeur_dite
from o2r_desktop.dossiers.apercu import UTILES
from o2r_desktop.dossiers.appariement import Appariement, Candidat, ColonneLue, Lien, Proposition, Renommage
from o2r_desktop.dossiers.champs import Brut, texte_de
from o2r_desktop.dossiers.correspondance import Attribut, Correspondance, cle_libelle
from o2r_desktop.dossiers.importation import ExportRead
from o2r_desktop.dossiers.lecture import court
from o2r_desktop.dossiers.model import Colonne
from o2r_desktop.evaluation.controles import REGLES
from o2r_desktop.imports.egalite import lire_cellule
from o2r_desktop.imports.ressemblance import Juge

ESSENTIELS = frozenset(UTILES).union(*(regle.attributs for regle in REGLES))
"""Attributes that a computed constat reads, or that the list shows."""
CANDIDATS_MAX = 5
EXEMPLES_MAX = 3

_FICHES = 200
"""Dossiers looked at in each set of columns, the first ones."""
_FICHES_EN_TOUT = 2_000
_VALEURS_MAX = 60
"""Values of a column that its type is judged on."""
_COLONNES_MAX = 500
"""Columns without attribute that are compared with labels: more is no form, it is an attack."""
_RENOMMEE = 95
"""Score of a column that holds the values of the one that had the attribute."""


class Echantillon(NamedTuple):
    """Some records of one set of columns; ``doute`` when their blanks may be written as zeros."""

    colonnes: tuple[Colonne, ...]
    lignes: Sequence[Sequence[Brut]]
    doute: bool


@dataclass(slots=True)
class _Vue:
    """A column as the files show it, over all of them."""

    colonne: Colonne
    place: int
    attribut: Attribut | None = None
    remplies: int = 0
    total: int = 0
    exemples: dict[str, None] = field(default_factory=dict)
    valeurs: list[Brut] = field(default_factory=list)

    def lire(self, cellules: Iterable[Brut], attribut: Attribut | None, *, doute: bool) -> None:
        """Look at some cells."""
        for brut in cellules:
            self.total += 1
            cellule = lire_cellule(brut, attribut, doute=doute)
            if cellule.vide:
                continue
            self.remplies += 1
            if len(self.valeurs) < _VALEURS_MAX:
                self.valeurs.append(brut)
            if len(self.exemples) < EXEMPLES_MAX:
                lisible = attribut is not None and not cellule.lu.anomalie
                texte = valeur_dite(cellule.lu.valeur, attribut.type) if lisible and attribut else texte_de(brut)
                if montre := court(texte).strip():
                    self.exemples[montre] = None

    def lue(self) -> ColonneLue:
        """Return what is shown of it."""
        return ColonneLue(
            colonne=self.colonne, exemples=tuple(self.exemples), remplies=self.remplies, total=self.total
        )


def propose(
    lus: Sequence[ExportRead], correspondance: Correspondance, renommages: Sequence[Renommage] = ()
) -> Appariement:
    """Return, for each attribute of the form, the column that is bound to it and those that could be.

    *renommages* are the columns that hold the values of one that is gone (see derive.drift).
    """
    return match_samples(list(_echantillons(lus)), correspondance, renommages)


def match_samples(
    echantillons: Sequence[Echantillon], correspondance: Correspondance, renommages: Sequence[Renommage] = ()
) -> Appariement:
    """Do the same for records taken from anywhere."""
    vues = _regarder(echantillons, correspondance)
    liees: dict[str, list[_Vue]] = {}
    libres: list[_Vue] = []
    for vue in vues:
        if vue.attribut is None:
            libres.append(vue)
        else:
            liees.setdefault(vue.attribut.id, []).append(vue)
    proches = _proches(libres[:_COLONNES_MAX], correspondance)
    suites = _suites(renommages, libres, correspondance)
    propositions = []
    for attribut in correspondance.attributs:
        tenues = [_candidat(vue, attribut, correspondance) for vue in liees.get(attribut.id, ())]
        tenues.sort(key=lambda c: list(Lien).index(c.lien))
        possibles = {c.colonne: c for c in (*proches.get(attribut.id, ()), *suites.get(attribut.id, ()))}
        if tenues or correspondance.ecarte(attribut):
            possibles = {}
        rangees = sorted(possibles.values(), key=lambda c: -c.score)
        propositions.append(
            Proposition(
                attribut=attribut,
                retenu=tenues[0] if tenues else None,
                candidats=(*tenues[1:], *rangees)[:CANDIDATS_MAX],
                essentiel=attribut.id in ESSENTIELS,
            )
        )
    return Appariement(propositions=tuple(propositions), colonnes=tuple(vue.lue() for vue in vues))


def _echantillons(lus: Sequence[ExportRead]) -> Iterator[Echantillon]:
    """Yield the first records of each set of columns of the files; only these are unpacked."""
    reste = _FICHES_EN_TOUT
    for lu in lus:
        choisis: dict[int, list[str]] = {jeu: [] for jeu in range(len(lu.jeux))}
        for dossier in lu.dossiers:
            if reste and len(choisis[dossier.jeu]) < _FICHES:
                choisis[dossier.jeu].append(dossier.contenu)
                reste -= 1
        for jeu, textes in choisis.items():
            lignes = [json.loads(texte)["cellules"] for texte in textes]
            yield Echantillon(lu.jeux[jeu], lignes, lu.origine.vide_vaut_zero)


def _regarder(echantillons: Sequence[Echantillon], correspondance: Correspondance) -> list[_Vue]:
    """Return the columns of all the sets, each once, in the order of the files."""
    vues: dict[tuple[str, int, int | None], _Vue] = {}
    numeros = _numeros(echantillons)
    for echantillon in echantillons:
        lies = correspondance.lier(echantillon.colonnes)
        for place, (colonne, attribut) in enumerate(zip(echantillon.colonnes, lies, strict=True)):
            connus = numeros[colonne.libelle, colonne.rang]
            seul = next(iter(connus)) if len(connus) == 1 else None
            stable = colonne.stable_id if colonne.stable_id is not None else seul
            vue = vues.setdefault(
                (colonne.libelle, colonne.rang, stable), _Vue(replace(colonne, stable_id=stable), place)
            )
            vue.attribut = vue.attribut or attribut
            vue.lire((ligne[place] for ligne in echantillon.lignes), attribut, doute=echantillon.doute)
    return list(vues.values())


def _numeros(echantillons: Sequence[Echantillon]) -> Mapping[tuple[str, int], set[int]]:
    """Return the stable_ids seen under each label and rank: tables have none."""
    numeros: dict[tuple[str, int], set[int]] = {}
    for echantillon in echantillons:
        for c in echantillon.colonnes:
            connus = numeros.setdefault((c.libelle, c.rang), set())
            if c.stable_id is not None:
                connus.add(c.stable_id)
    return numeros


def _candidat(vue: _Vue, attribut: Attribut, correspondance: Correspondance) -> Candidat:
    """Say how a bound column was found."""
    colonne = vue.colonne
    if correspondance.choisie(colonne):
        lien = Lien.MEMOIRE
    elif correspondance.par_identifiant(colonne) is attribut:
        lien = Lien.IDENTIFIANT
    elif colonne.libelle in attribut.libelles:
        lien = Lien.EXACT
    elif cle_libelle(colonne.libelle) in map(cle_libelle, attribut.libelles):
        lien = Lien.NORMALISE
    else:
        lien = Lien.RENOMME
    return Candidat(colonne=colonne, lien=lien, score=100)


def _suites(
    renommages: Sequence[Renommage], libres: Sequence[_Vue], correspondance: Correspondance
) -> Mapping[str, list[Candidat]]:
    """Return, by attribute, the columns without attribute that hold what its column held."""
    nouvelles = {(v.colonne.libelle, v.colonne.rang): v.colonne for v in libres}
    suites: dict[str, list[Candidat]] = {}
    for renommage in renommages:
        (attribut,) = correspondance.lier([renommage.ancienne])
        colonne = nouvelles.get((renommage.nouvelle.libelle, renommage.nouvelle.rang))
        if attribut is not None and colonne is not None:
            suites.setdefault(attribut.id, []).append(Candidat(colonne=colonne, lien=Lien.RENOMME, score=_RENOMMEE))
    return suites


def _proches(libres: Sequence[_Vue], correspondance: Correspondance) -> Mapping[str, list[Candidat]]:
    """Return, by attribute, the columns alike: each for what it resembles most, or nearly so."""
    juge = Juge(correspondance.attributs)
    notes = [
        (attribut, vue.place, Candidat(colonne=vue.colonne, lien=Lien.RESSEMBLANCE, score=score))
        for vue in libres
        for attribut, score in juge.scores(vue.colonne.libelle, vue.valeurs)
    ]
    notes.sort(key=lambda note: (note[0], -note[2].score, note[1]))
    return {attribut: [c for _, _, c in groupe] for attribut, groupe in groupby(notes, key=lambda note: note[0])}
