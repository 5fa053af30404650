"""What was done to a dossier, in plain French words, from the journal: who, when, from what to what."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from o2r_desktop.operations import Session
from o2r_desktop.operations.actes import SOUFFLE
from o2r_desktop.store import dossiers, journal
from o2r_desktop.store.connection import lecture
from o2r_desktop.store.journal import Action, Entree
from o2r_desktop.suivi import historique_analyse as phrases_analyse
from o2r_desktop.suivi import historique_comite as phrases_comite
from o2r_desktop.suivi import historique_phrases as phrases
from o2r_desktop.suivi.historique_phrases import Dit


@dataclass(frozen=True, slots=True, kw_only=True)
class Evenement:
    """One thing that was done: a sentence, and what it changed from what to what.

    ``genre`` is the action of the journal; ``critere`` is «» when it concerns the whole dossier.
    """

    le: datetime
    auteur: str
    phrase: str
    details: tuple[Dit, ...] = ()
    critere: str = ""
    genre: str = ""


def historique(session: Session, numero: int, critere: str = "") -> list[Evenement]:
    """Return what was done to a dossier, oldest first, of one critere when one is given.

    The breaths of one text are one event. Raises DossierError when there is no such dossier.
    """
    with lecture(session.campagne) as db:
        dossiers.exiger(db, numero)
    voulus = [e for e in journal.of_dossier(session.campagne, numero) if not critere or e.critere == critere]
    faits = [_evenement(session, entree) for entree in _joindre(voulus)]
    return [fait for fait in faits if fait is not None]


def _evenement(session: Session, entree: Entree) -> Evenement | None:
    """Return a line of the journal in words, None when it says nothing."""
    dire = _DIRE.get(entree.action)
    phrase, details = (entree.action, ()) if dire is None else dire(session, entree)
    if not phrase:
        return None
    return Evenement(
        le=entree.le,
        auteur=entree.auteur,
        phrase=phrase[0].upper() + phrase[1:],
        details=tuple(details),
        critere=entree.critere,
        genre=entree.action,
    )


def _joindre(entrees: Sequence[Entree]) -> list[Entree]:
    """Make one line of those that go on with the same text: from what was before the first to the last."""
    jointes: list[Entree] = []
    champs: list[frozenset[str]] = []
    for entree in entrees:
        touches = _textes_touches(entree)
        if jointes and touches and touches == champs[-1] and _suite(jointes[-1], entree):
            jointes[-1] = replace(entree, avant=jointes[-1].avant)
        else:
            jointes.append(entree)
            champs.append(touches)
    return jointes


def _suite(premiere: Entree, suivante: Entree) -> bool:
    def place(entree: Entree) -> tuple[str, str, str]:
        return entree.action, entree.critere, entree.auteur

    return place(premiere) == place(suivante) and suivante.le - premiere.le <= SOUFFLE


def _textes_touches(entree: Entree) -> frozenset[str]:
    """Return the field that a line changes when it is the only one and a text, nothing otherwise."""
    if entree.action not in (Action.REPONSE, Action.PROJET_AVIS):
        return frozenset()
    avant, apres = phrases.lire(entree.avant), phrases.lire(entree.apres)
    touches = frozenset(c for c in apres if avant.get(c, phrases.VIDES.get(c, "")) != apres[c])
    return touches if len(touches) == 1 and touches <= phrases.TEXTES.keys() else frozenset()


Dire = Callable[[Session, Entree], tuple[str, Sequence[Dit]]]
_DIRE: Mapping[str, Dire] = {
    Action.IMPORT: lambda _, e: phrases.recu(e),
    Action.DOSSIER_MODIFIE: lambda _, e: phrases.donnees(e),
    Action.A_RECONFIRMER: lambda _, e: phrases.doute(e),
    Action.REPONSE: lambda s, e: phrases.reponse(s.grille, e),
    Action.PROJET_AVIS: lambda _, e: phrases.projet(e),
    Action.CONCLUSION: lambda _, e: phrases.conclusion(e),
    Action.REOUVERTURE: lambda _, e: phrases.reouverture(e),
    Action.NOTE: lambda _, e: phrases.note(e),
    Action.IMPORT_ANNULE: lambda _, e: phrases.retour(e),
    Action.CORRESPONDANCE: lambda *_: (phrases.CORRESPONDANCE, ()),
    Action.QUESTIONS: lambda _, e: phrases.questions(e),
    Action.ATTRIBUTION: lambda _, e: phrases.attribution(e),
    Action.ANALYSE: lambda _, e: phrases_analyse.analyse(e),
    Action.COMITE: lambda _, e: phrases_comite.comite(e),
}


def document(evenements: Sequence[Evenement]) -> list[dict[str, Any]]:
    """Return events as JSON gives them."""
    return [
        {
            "le": e.le.isoformat(),
            "auteur": e.auteur,
            "genre": e.genre,
            "critere": e.critere,
            "phrase": e.phrase,
            "details": [{"libelle": d.libelle, "avant": d.avant, "apres": d.apres} for d in e.details],
        }
        for e in evenements
    ]
