"""Which dossiers need a debate: a proposal of the tool, which the committee can change dossier by dossier."""

from o2r_desktop.comite.modele import Bloc, Candidat, Comite
from o2r_desktop.evaluation.grille import Grille
from o2r_desktop.evaluation.reponses import TypeAvis
from o2r_desktop.text import enumeration, nombre


def bloc_de(candidat: Candidat, comite: Comite, grille: Grille) -> tuple[Bloc, str]:
    """Return the block of a dossier and why: the one that was chosen, else the proposed one."""
    choisi = comite.blocs.get(candidat.numero)
    if choisi is not None:
        return choisi, "choisi pour la séance"
    return proposer(candidat, grille)


def proposer(candidat: Candidat, grille: Grille) -> tuple[Bloc, str]:
    """Return the proposed block and why (metier § 2.4; thresholds of the grille are proposals)."""
    if candidat.avis is TypeAvis.IRRECEVABLE:
        return Bloc.INELIGIBLE, "avis irrecevable"
    if candidat.refus:
        return Bloc.INELIGIBLE, f"réponse « non » à {enumeration(candidat.refus)}"
    if candidat.perime:
        return Bloc.DEBAT, "données modifiées depuis l’avis"
    if not candidat.definitif:
        return Bloc.DEBAT, "évaluation non finalisée"
    note = candidat.note
    if candidat.avis is TypeAvis.FAVORABLE and note is not None and note >= grille.seuil_favorable:
        return Bloc.CONSENSUS, f"favorable, {nombre(note, 2)} sur 100"
    if candidat.avis is TypeAvis.DEFAVORABLE and (note is None or note < grille.seuil_reserves):
        return Bloc.CONSENSUS, "défavorable" if note is None else f"défavorable, {nombre(note, 2)} sur 100"
    if candidat.avis is TypeAvis.FAVORABLE_AVEC_RESERVES:
        return Bloc.DEBAT, "réserves à examiner"
    if candidat.avis is TypeAvis.AJOURNE:
        return Bloc.DEBAT, "avis ajourné"
    return Bloc.DEBAT, "avis et score ne disent pas la même chose"
