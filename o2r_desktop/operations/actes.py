"""Acts that can be undone, kept with the campagne: each is a state before and a state after, in words of JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from o2r_desktop.errors import DossierError
from o2r_desktop.evaluation.superposition import Etat, changes, nom_simple, superposer
from o2r_desktop.text import NBSP, enumeration, pluriel
from o2r_desktop.text import numero as numero_lisible

if TYPE_CHECKING:
    from o2r_desktop.operations.session import Session
    from o2r_desktop.store.actes import Bascule

__all__ = [
    "CHAMPS",
    "SOUFFLE",
    "ActeEcrit",
    "Etat",
    "Genre",
    "change",
    "changes",
    "next_acts",
    "next_redo",
    "next_undo",
    "redo",
    "state",
    "superposer",
    "undo",
]

SOUFFLE = timedelta(minutes=10)
"""How long after its last breath a comment is still the same act when it goes on."""

CHAMPS: Mapping[str, str] = {
    "valeur": "la réponse",
    "commentaire": "le commentaire",
    "decision": "la décision sur le constat",
    "motif": "le motif",
    "vigilance": "le point de vigilance",
    "preuves": "les preuves",
    "a_reconfirmer": "la demande de confirmation",
    "changements": "la demande de confirmation",
    "avis": "l’avis",
    "reserves": "les réserves",
    "montants": "les montants proposés",
    "points_forts": "les points forts",
    "points_faibles": "les points faibles",
    "questions": "les questions au porteur",
    "instructeur": "l’instructeur",
    "etiquettes": "les étiquettes",
    "analyse": "l’analyse",
}
"""What each field of a state is called, with its article."""


class Genre(StrEnum):
    """What an act changes, and so what its states hold.

    REPONSE: what one answer says and why to confirm it. PROJET: the opinion. Both as ``store.evaluations`` keeps
    them. QUESTIONS: {"questions": […]} of a dossier (``store.questions``). ATTRIBUTION: {"instructeur": …,
    "etiquettes": […]} of a dossier (``store.attributions``). ANALYSE: what was typed of a
    dossier in its analysis, by key (``store.analyse``); an act on it keeps only what it changes.
    """

    REPONSE = "reponse"
    PROJET = "projet"
    QUESTIONS = "questions"
    ATTRIBUTION = "attribution"
    ANALYSE = "analyse"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActeEcrit:
    """One act on one dossier; those of the same ``lot`` are undone together."""

    id: int
    lot: int
    genre: Genre
    numero: int
    critere: str
    nom: str
    avant: Etat
    apres: Etat
    le: datetime
    auteur: str


def state(session: Session, genre: Genre, numero: int, critere: str = "") -> Etat:
    """Return the present state of what acts of this kind change; DossierError when there is no such dossier."""
    from o2r_desktop.store import actes

    return actes.state(session.campagne, genre.value, numero, critere)


def change(
    session: Session,
    genre: Genre,
    etats: Mapping[int, Etat],
    nom: str,
    *,
    critere: str = "",
    with_last: bool = False,
) -> list[ActeEcrit]:
    """Write new states by dossier as one act, with their journal lines; return the acts.

    *with_last* has the act on one dossier go on with the last one, when that was about the same thing a short
    while ago; nothing is left to undo when it takes it back. Raises DossierError or StoreError, and nothing is
    written then.
    """
    from o2r_desktop.store import actes

    maintenant = session.horloge()
    lignes = actes.change(
        session.campagne,
        genre.value,
        etats,
        nom,
        critere=critere,
        auteur=session.auteur,
        now=maintenant,
        depuis=maintenant - SOUFFLE if with_last and len(etats) == 1 else None,
    )
    return list(map(_acte, lignes))


def next_undo(session: Session) -> ActeEcrit | None:
    """Return the act that undo() would undo; raises StoreError."""
    return next_acts(session)[0]


def next_redo(session: Session) -> ActeEcrit | None:
    """Return the act that redo() would do again; raises StoreError."""
    return next_acts(session)[1]


def next_acts(session: Session) -> tuple[ActeEcrit | None, ActeEcrit | None]:
    """Return both, at one moment; raises StoreError."""
    from o2r_desktop.store import pile  # the window asks as soon as it opens: no more is read than that

    annuler, retablir = pile.next_acts(session.campagne)
    return (None if annuler is None else _acte(annuler), None if retablir is None else _acte(retablir))


def undo(session: Session) -> list[ActeEcrit]:
    """Undo the last act and those done together with it; return them, none when there is nothing to undo.

    Acts on answers and opinions of a finalised evaluation are passed over. Raises StoreError, and nothing is
    changed then; DossierError when something else was written over what the act changed: that act is forgotten.
    """
    from o2r_desktop.store import actes

    faite = actes.undo(session.campagne, auteur=session.auteur, now=session.horloge())
    return _faits(faite, "annulé")


def redo(session: Session) -> list[ActeEcrit]:
    """Do again the first act that was undone, with those done together with it; like undo()."""
    from o2r_desktop.store import actes

    faite = actes.redo(session.campagne, auteur=session.auteur, now=session.horloge())
    return _faits(faite, "rétabli")


def _faits(faite: Bascule, verbe: str) -> list[ActeEcrit]:
    if not faite.oublies:
        return list(map(_acte, faite.actes))
    acte, champs = faite.oublies[0]
    autres = len(faite.oublies) - 1
    suite = f" et de {pluriel(autres, 'autre')}" if autres else ""
    raise DossierError(
        f"«{NBSP}{acte['nom']}{NBSP}» ne peut pas être {verbe}{NBSP}: depuis, quelqu’un d’autre ou un import a "
        f"changé {_dits(champs)} du dossier n°{NBSP}{numero_lisible(acte['numero'])}{suite}. "
        "Rien n’est modifié et cet acte est oublié ; continuez avec celui d’avant."
    )


def _dits(champs: Iterable[str]) -> str:
    return enumeration(list(dict.fromkeys(CHAMPS.get(nom_simple(c), c) for c in sorted(champs))))


def _acte(ligne: Mapping[str, Any]) -> ActeEcrit:
    return ActeEcrit(**{**ligne, "genre": Genre(ligne["genre"])})
