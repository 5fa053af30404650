"""Acts that can be undone, kept with the campagne: each is a state before and a state after, in words of JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from o2r_desktop.operations.session import Session

Etat = Mapping[str, Any]
"""The state of what an act changes: texts, numbers, lists and None."""


class Genre(StrEnum):
    """What an act changes, and so what its states hold.

    REPONSE: one answer. PROJET: the opinion. QUESTIONS: {"questions": […]} of a dossier (``store.questions``).
    ATTRIBUTION: {"instructeur": …, "etiquettes": […]} of a dossier (``store.attributions``).
    """

    REPONSE = "reponse"
    PROJET = "projet"
    QUESTIONS = "questions"
    ATTRIBUTION = "attribution"


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
    session: Session, genre: Genre, etats: Mapping[int, Etat], nom: str, *, critere: str = ""
) -> list[ActeEcrit]:
    """Write new states by dossier as one act, with their journal lines; return what changed.

    Raises DossierError or StoreError, and nothing is written then.
    """
    from o2r_desktop.store import actes

    return [
        ActeEcrit(**{**ligne, "genre": Genre(ligne["genre"])})
        for ligne in actes.change(
            session.campagne, genre.value, etats, nom, critere=critere, auteur=session.auteur, now=session.horloge()
        )
    ]
