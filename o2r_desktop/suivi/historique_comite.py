"""What the committee did about a dossier, from the journal, in plain words."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from o2r_desktop.comite import etat
from o2r_desktop.comite.modele import Bloc, Sens
from o2r_desktop.store.journal import Entree
from o2r_desktop.suivi import historique_phrases as phrases
from o2r_desktop.suivi.historique_phrases import Dit
from o2r_desktop.text import montant, pluriel


def comite(entree: Entree) -> tuple[str, Sequence[Dit]]:
    """Return a line of the journal on the committee; «» for what is not about one dossier."""
    avant, apres = phrases.lire(entree.avant), phrases.lire(entree.apres)
    cle = next(iter(apres), "")
    dire = _DIRE.get(cle.partition("/")[0])
    if dire is None or entree.numero is None:
        return "", ()
    phrase, dit = dire
    return phrase, (Dit(libelle="", avant=dit(avant.get(cle)), apres=dit(apres[cle])),)


def _decision(brut: Any) -> str:
    if not isinstance(brut, Mapping):
        return ""
    sens = Sens(brut["sens"]).libelle if brut.get("sens") in list(Sens) else ""
    sommes = _montants(brut.get("montants"))
    conditions = pluriel(len(brut["conditions"]), "condition") if brut.get("conditions") else ""
    motif = str(brut.get("motif", "")).strip()
    return ", ".join(x for x in (sens, sommes, conditions, motif) if x)


def _montants(brut: Any) -> str:
    if not isinstance(brut, Mapping) or not brut:
        return ""
    try:
        return montant(sum((Decimal(str(s)) for s in brut.values()), Decimal(0)))
    except InvalidOperation:
        return ""


def _bloc(brut: Any) -> str:
    return Bloc(brut).libelle if brut in list(Bloc) else ""


def _deports(brut: Any) -> str:
    return pluriel(len(brut), "membre") if isinstance(brut, list) and brut else ""


_DIRE = {
    etat.DECISION: ("décision du comité", _decision),
    etat.AJUSTE: ("montant de séance", _montants),
    etat.BLOC: ("place dans l’ordre du jour", _bloc),
    etat.DEPORT: ("déports", _deports),
    etat.COPIE: ("texte de la décision copié pour la plateforme", lambda _: ""),
}
