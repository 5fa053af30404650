"""The text to paste back on the platform for one dossier, and whether it was copied as it stands."""

import hashlib

from o2r_desktop.comite.modele import Candidat, Comite, Decision, Sens
from o2r_desktop.text import NBSP, date_longue, montant, numero

_PHRASES = {
    Sens.RETENU: "a retenu votre projet",
    Sens.CONDITIONS: "a retenu votre projet sous les conditions ci-dessous",
    Sens.ATTENTE: "a placé votre projet en liste d’attente, faute de crédits disponibles à ce jour",
    Sens.AJOURNE: "a ajourné sa décision sur votre projet",
    Sens.REFUSE: "n’a pas retenu votre projet",
}


def texte_plateforme(candidat: Candidat, decision: Decision, comite: Comite) -> str:
    """Return the message for the applicant: decision, amounts, conditions, motive. Plain text."""
    jour = f" du {date_longue(comite.seance.jour)}" if comite.seance.jour else ""
    lignes = [
        f"Dossier n°{NBSP}{numero(candidat.numero)}",
        "",
        f"Bonjour, le comité de sélection{jour} {_PHRASES[decision.sens]}.",
    ]
    if decision.sens.finance:
        lignes += ["", f"Contribution accordée{NBSP}: {montant(decision.montant)}"]
        lignes += [f"- {annee}{NBSP}: {montant(somme)}" for annee, somme in sorted(decision.montants.items())]
    if decision.conditions:
        lignes += ["", f"Conditions{NBSP}:"]
        for c in decision.conditions:
            fin = f", avant le {date_longue(c.echeance)}" if c.echeance else ""
            lignes.append(f"- {c.texte.strip()}{fin}")
    if decision.motif.strip():
        lignes += ["", f"Motif{NBSP}: {decision.motif.strip()}"]
    return "\n".join([*lignes, "", "Cordialement,"])


def empreinte_texte(texte: str) -> str:
    """Return what tells a copied text from the one that the decision makes now."""
    return hashlib.sha256(texte.encode("utf-8", "surrogatepass")).hexdigest()


def est_copie(candidat: Candidat, decision: Decision, comite: Comite) -> bool:
    """Say whether the text as it stands now was copied; a decision that changed since must be copied again."""
    dit = empreinte_texte(texte_plateforme(candidat, decision, comite))
    return comite.copies.get(candidat.numero) == dit
