"""After a session that ended without closing: what is there, where it stopped, what it could not write."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from o2r_desktop.errors import StoreError
from o2r_desktop.text import NBSP, instant
from o2r_desktop.text import numero as numero_lisible

if TYPE_CHECKING:
    from o2r_desktop.operations.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Interruption:
    """How far the last session wrote, when it was cut, and on what; ``brouillon`` is what it could not write.

    ``le`` is None when it was not cut, or wrote nothing.
    """

    coupee: bool
    le: datetime | None = None
    numero: int | None = None
    critere: str = ""
    brouillon: str = ""

    @property
    def phrase(self) -> str:
        """What a window says of it."""
        dites = []
        if self.coupee and self.le is None:
            dites.append("La session précédente s’est interrompue\u202f; elle n’avait rien écrit.")
        elif self.coupee and self.le is not None:
            dites.append(
                "La session précédente s’est interrompue\u202f; "
                f"tout ce qui a été écrit jusqu’au {instant(self.le)} est là."
            )
        if self.brouillon:
            dites.append("Un texte qui n’avait pas pu être enregistré est gardé dans le brouillon de secours.")
        return " ".join(dites)


def interruption(session: Session) -> Interruption | None:
    """Return what is to be told of the last session, None when it ended well and whole; raises StoreError."""
    from o2r_desktop.store import brouillon, journal

    campagne = session.campagne
    texte = "" if campagne.lecture_seule else brouillon.lire(campagne.dossier)
    depuis = campagne.interrompue
    if depuis is None:
        return Interruption(coupee=False, brouillon=texte) if texte else None
    derniere = journal.last_work(campagne, depuis)
    if derniere is None:
        return Interruption(coupee=True, brouillon=texte)
    le, numero, critere = derniere
    return Interruption(coupee=True, le=le, numero=numero, critere=critere, brouillon=texte)


def read_draft(session: Session) -> str:
    """Return the texts that a former session could not write, «» when there is none."""
    from o2r_desktop.store import brouillon

    return brouillon.lire(session.campagne.dossier)


def keep_draft(session: Session, textes: Sequence[tuple[int, str, str]], anciens: str = "") -> bool:
    """Keep texts that could not be written, by dossier and critere, in a file of the campagne; say whether it did.

    *anciens* are those of a former session, which stay before them. None left takes the file away.
    """
    from o2r_desktop.store import brouillon

    dossier = session.campagne.dossier
    with suppress(StoreError):
        if textes or anciens:
            places = [_place(session, *texte) for texte in textes]
            brouillon.ecrire(dossier, "\n\n".join([*([anciens.rstrip()] if anciens else []), *places]) + "\n")
        else:
            brouillon.effacer(dossier)
        return True
    return False


def _place(session: Session, numero: int, critere: str, texte: str) -> str:
    lieu = critere or "conclusion"
    return f"Dossier {numero_lisible(numero)}, {lieu}, le {instant(session.horloge())}{NBSP}:\n{texte}"
