"""The columns of the list, and what each is sorted by."""

import json
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

from o2r_desktop.evaluation.avancement import Avancement
from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.evaluation.reponses import EtatEvaluation, TypeAvis
from o2r_desktop.evaluation.resume import Priorite
from o2r_desktop.store.liste import LigneBrute
from o2r_desktop.store.resumes import LigneResume
from o2r_desktop.suivi.attributions import Attributions


class Colonne(StrEnum):
    """A column of the list; ETAT is that of the evaluation."""

    NUMERO = "numero"
    PORTEUR = "porteur"
    DEPARTEMENTS = "departements"
    PUBLICS = "publics"
    COUT = "cout"
    DEMANDE = "demande"
    PRIORITE = "priorite"
    CONTROLE = "controle"
    AVANCEMENT = "avancement"
    SCORE = "score"
    AVIS = "avis"
    DEPOT = "depot"
    ETAT = "etat"
    BENEFICIAIRES = "beneficiaires"
    INTITULE = "intitule"
    INSTRUCTEUR = "instructeur"
    ETIQUETTES = "etiquettes"

    @property
    def libelle(self) -> str:
        """Return the header."""
        return _COLONNES[self]


_COLONNES = {
    Colonne.NUMERO: "N°",
    Colonne.PORTEUR: "Porteur",
    Colonne.DEPARTEMENTS: "Départements",
    Colonne.PUBLICS: "Publics",
    Colonne.COUT: "Coût 3 ans",
    Colonne.DEMANDE: "Demande",
    Colonne.PRIORITE: "Priorité",
    Colonne.CONTROLE: "Contrôles",
    Colonne.AVANCEMENT: "Avancement",
    Colonne.SCORE: "Score",
    Colonne.AVIS: "Avis",
    Colonne.DEPOT: "Déposé le",
    Colonne.ETAT: "État",
    Colonne.BENEFICIAIRES: "Bénéficiaires",
    Colonne.INTITULE: "Intitulé",
    Colonne.INSTRUCTEUR: "Instructeur",
    Colonne.ETIQUETTES: "Étiquettes",
}


_BLANCS = (None, "", "[]")
_BRUTES = {
    Colonne.NUMERO: "numero",
    Colonne.DEPARTEMENTS: "departements",
    Colonne.COUT: "cout_total_cents",
    Colonne.DEMANDE: "demande_cents",
    Colonne.DEPOT: "depot",
    Colonne.BENEFICIAIRES: "beneficiaires",
}
"""Columns sorted by what the store holds: numbers, UTC times, lists of codes."""
_TEXTES = {Colonne.PORTEUR: "porteur", Colonne.INTITULE: "intitule"}

_ORDRES: dict[str, int] = {
    valeur: rang
    for ordre in (
        tuple(Priorite),
        (Resultat.CONFORME, Resultat.INCONNU, Resultat.ALERTE, Resultat.NON_CONFORME, Resultat.SANS_OBJET),
        tuple(EtatEvaluation),
        tuple(TypeAvis),
    )
    for rang, valeur in enumerate(ordre)
}
"""Where each word stands in its column: the first priority first, the worst finding last."""

_DES_RESUMES: dict[Colonne, Callable[[LigneResume], Any]] = {
    Colonne.PRIORITE: lambda resume: _ORDRES.get(resume[0], len(_ORDRES)),
    Colonne.CONTROLE: lambda resume: (_ORDRES[resume[1]], resume[2]),
}
_DES_AVANCEMENTS: dict[Colonne, Callable[[Avancement], Any]] = {
    Colonne.AVANCEMENT: lambda suite: suite.faits / suite.criteres if suite.criteres else None,
    Colonne.SCORE: lambda suite: suite.score,
    Colonne.AVIS: lambda suite: None if suite.avis is None else (_ORDRES[suite.avis], suite.avis_en_projet),
    Colonne.ETAT: lambda suite: _ORDRES[suite.etat],
}


def cles_de(
    colonne: Colonne,
    brutes: Sequence[tuple[Any, ...]],
    suites: Sequence[Avancement],
    connus: Sequence[LigneResume | None],
    attributions: Attributions,
) -> list[Any]:
    """Return what each row is sorted by, None for a blank."""
    if colonne in (Colonne.INSTRUCTEUR, Colonne.ETIQUETTES):
        return _cles_attributions(colonne, [ligne[0] for ligne in brutes], attributions)
    if colonne in _BRUTES:
        place = LigneBrute._fields.index(_BRUTES[colonne])
        return [None if ligne[place] in _BLANCS else ligne[place] for ligne in brutes]
    if colonne in _TEXTES:
        place = LigneBrute._fields.index(_TEXTES[colonne])
        return _cles_francaises([ligne[place] for ligne in brutes])
    if colonne is Colonne.PUBLICS:
        dits = {resume[3]: ", ".join(json.loads(resume[3])) for resume in connus if resume is not None}
        cles = dict(zip(dits, _cles_francaises(list(dits.values())), strict=True))
        return [None if resume is None else cles[resume[3]] for resume in connus]
    if colonne in _DES_RESUMES:
        return [None if resume is None else _DES_RESUMES[colonne](resume) for resume in connus]
    return [_DES_AVANCEMENTS[colonne](suite) for suite in suites]


def _cles_attributions(colonne: Colonne, numeros: Sequence[int], attributions: Attributions) -> list[str | None]:
    if colonne is Colonne.INSTRUCTEUR:
        textes = [attributions.instructeur(numero) for numero in numeros]
    else:
        textes = [", ".join(attributions.etiquettes(numero)) for numero in numeros]
    dits = list(dict.fromkeys(textes))  # a few names for thousands of dossiers
    cles = dict(zip(dits, _cles_francaises(dits), strict=True))
    return [cles[texte] for texte in textes]


def _cles_francaises(textes: Sequence[str]) -> list[str | None]:
    """Return what text.sort_key returns for each, much faster on a long list; None for a blank."""
    from o2r_desktop.dossiers.apercu import LecteurApercu

    simple = LecteurApercu(zero_inconnu=False).normaliser
    return [f"{simple(texte)}\0{texte.casefold()}" if texte else None for texte in textes]
