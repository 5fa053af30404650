"""One critere across the dossiers, in the store: what the list of «par critère» needs of each answer."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from o2r_desktop.evaluation.reponses import DecisionConstat, EtatEvaluation, Preuve, Reponse
from o2r_desktop.store.connection import Campagne, lecture
from o2r_desktop.store.valeurs import est_entier


@dataclass(frozen=True, slots=True, kw_only=True)
class ReponseAilleurs:
    """The answer of one dossier to the critere, without its texts, and whether the evaluation is locked."""

    reponse: Reponse
    finalisee: bool


def load(campagne: Campagne, critere: str, numeros: Iterable[int]) -> dict[int, ReponseAilleurs]:
    """Return the answers to a critere by dossier, in one query; a dossier without one is left out.

    Of comments and evidence they only say that there are some.
    """
    with lecture(campagne) as db:
        lignes = db.execute(
            "SELECT r.numero, r.valeur, r.a_reconfirmer, r.decision, r.commentaire <> '' OR r.preuves <> '[]' "
            "OR r.vigilance <> '', e.etat FROM json_each(?) AS n CROSS JOIN reponse AS r "
            "ON r.numero = n.value AND r.critere = ? JOIN evaluation AS e ON e.numero = r.numero",
            [json.dumps([n for n in numeros if est_entier(n)]), critere],
        )
        connues: dict[tuple[object, ...], ReponseAilleurs] = {}  # most answers say the same
        lues = {}
        for numero, *contenu in lignes:
            cle = tuple(contenu)
            if cle not in connues:
                connues[cle] = _lue(critere, *contenu)
            lues[numero] = connues[cle]
        return lues


def _lue(
    critere: str, valeur: str, a_reconfirmer: int, decision: str | None, accompagnee: int, etat: str
) -> ReponseAilleurs:
    reponse = Reponse(
        critere=critere,
        valeur=valeur,
        decision=None if decision is None else DecisionConstat(decision),
        preuves=(Preuve(ou="…"),) if accompagnee else (),
        a_reconfirmer=bool(a_reconfirmer),
    )
    return ReponseAilleurs(reponse=reponse, finalisee=etat == EtatEvaluation.FINALISEE.value)
