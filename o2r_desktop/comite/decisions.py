"""What a decision must say before it is written, and where it parts from the instructor's avis."""

from collections.abc import Sequence
from decimal import Decimal

from o2r_desktop.comite.modele import Candidat, Comite, Decision, Sens
from o2r_desktop.evaluation.reponses import TypeAvis
from o2r_desktop.text import enumeration, montant

_SUIVIES = {
    TypeAvis.FAVORABLE: (Sens.RETENU, Sens.CONDITIONS),
    TypeAvis.FAVORABLE_AVEC_RESERVES: (Sens.CONDITIONS,),
    TypeAvis.AJOURNE: (Sens.AJOURNE,),
    TypeAvis.DEFAVORABLE: (Sens.REFUSE,),
    TypeAvis.IRRECEVABLE: (Sens.REFUSE,),
}


def suit(candidat: Candidat, decision: Decision) -> bool:
    """Say whether a decision follows the avis."""
    return candidat.avis is not None and decision.sens in _SUIVIES[candidat.avis]


def par_defaut(candidat: Candidat) -> Sens | None:
    """Return the decision that would follow the avis, None without one."""
    return None if candidat.avis is None else _SUIVIES[candidat.avis][0]


def obstacles(candidat: Candidat, decision: Decision, comite: Comite, annees: Sequence[str]) -> list[str]:
    """Return what keeps a decision from being written, each a sentence; empty when nothing does.

    Every refusal, postponement or parting from the avis is motivated (CRPA L. 211-2, L. 211-5).
    """
    manques = []
    if not decision.motif.strip() and not (suit(candidat, decision) and decision.sens.finance):
        pourquoi = "elle s’écarte de l’avis" if not suit(candidat, decision) else "elle ne retient pas le dossier"
        manques.append(f"Écrivez le motif de la décision : {pourquoi}.")
    manques += _montants(candidat, decision, annees)
    if decision.sens is Sens.CONDITIONS and not decision.conditions:
        manques.append("Écrivez au moins une condition, ou choisissez « retenu ».")
    for rang, condition in enumerate(decision.conditions, 1):
        manquent = [
            mot
            for mot, dit in (
                ("texte", condition.texte.strip()),
                ("responsable", condition.responsable.strip()),
                ("échéance", condition.echeance),
            )
            if not dit
        ]
        if manquent:
            manques.append(f"Complétez la condition {rang} : {enumeration(manquent)}.")
    return manques + _votes(candidat, decision, comite)


def _montants(candidat: Candidat, decision: Decision, annees: Sequence[str]) -> list[str]:
    if not decision.sens.finance:
        donnes = any(decision.montants.values())
        return [f"Retirez les montants : « {decision.sens.libelle} » n’en porte pas."] if donnes else []
    manques = []
    absentes = [a for a in annees if a not in decision.montants]
    if absentes:
        manques.append(f"Indiquez le montant pour {enumeration(absentes)}, 0 s’il n’y en a pas.")
    hors = [a for a in decision.montants if a not in annees]
    if hors:
        manques.append(f"Retirez le montant de {enumeration(hors)} : hors de la convention.")
    faux = [a for a, s in decision.montants.items() if s < 0 or s != s.quantize(Decimal("0.01"))]
    if faux:
        manques.append(f"Corrigez le montant de {enumeration(faux)} : positif ou nul, au centime près.")
    if candidat.limite is not None and decision.montant > candidat.limite:
        manques.append(
            f"Ramenez le total à {montant(candidat.limite)} au plus : c’est le plafond de l’article D. 5316-7 du "
            "code du travail, ou la demande quand elle est moindre."
        )
    if not manques and not decision.montant:
        manques.append("Indiquez un montant, ou choisissez une autre décision.")
    return manques


def _votes(candidat: Candidat, decision: Decision, comite: Comite) -> list[str]:
    voix = [v for v in (decision.pour, decision.contre, decision.abstentions) if v is not None]
    if not voix:
        return []
    votants = votants_de(candidat.numero, comite)
    if any(v < 0 for v in voix):
        return ["Corrigez les voix : elles ne peuvent pas être négatives."]
    if sum(voix) > votants:
        return [f"Corrigez les voix : {sum(voix)} pour {votants} votants présents, déports retirés."]
    return []


def votants_de(numero: int, comite: Comite) -> int:
    """Return how many of the members present may vote on a dossier: those who step aside do not."""
    partis = {d.membre for d in comite.deports.get(numero, ())}
    return sum(m.present and m.voix and m.id not in partis for m in comite.membres)
