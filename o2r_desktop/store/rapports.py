"""What the journal keeps of an import: which dossiers entered, which changed and how, which answers it flagged."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from o2r_desktop.store.base import Base
from o2r_desktop.store.connection import Campagne, lecture
from o2r_desktop.store.journal import Action

_SUITE = (Action.DOSSIER_MODIFIE.value, Action.A_RECONFIRMER.value)
"""What an import writes after its own line, at the same time and without anything between."""

_TETE = "SELECT id, apres FROM journal WHERE action = ? AND json_extract(apres, '$.import') = ?"
_LIGNES = (
    "SELECT action, numero, critere, avant, apres FROM journal "
    "WHERE id > ?1 AND le = (SELECT le FROM journal WHERE id = ?1) AND id < coalesce("
    "(SELECT min(id) FROM journal WHERE id > ?1 AND action NOT IN (?2, ?3)), ?1 + 1000000000) ORDER BY id"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """Lines of one import: numbers that entered; number, before and after in JSON; number and critere flagged."""

    nouveaux: tuple[int, ...] = ()
    modifies: tuple[tuple[int, str, str], ...] = ()
    a_reconfirmer: tuple[tuple[int, str], ...] = ()


def traces(campagne: Campagne, import_id: int) -> Traces:
    """Return what the journal says of an import, nothing when it does not know it."""
    with lecture(campagne) as db:
        tete = _tete(db, import_id)
        if tete is None:
            return Traces()
        suite = db.execute(_LIGNES, [tete[0], *_SUITE]).fetchall()
    return Traces(
        nouveaux=tuple(json.loads(tete[1]).get("nouveaux", ())),
        modifies=tuple((n, avant, apres) for action, n, _, avant, apres in suite if action == _SUITE[0]),
        a_reconfirmer=tuple((n, critere) for action, n, critere, _, _ in suite if action == _SUITE[1]),
    )


def flags(db: Base, ids: Sequence[int]) -> list[tuple[int, str, str, str]]:
    """Return the acts «à reconfirmer» of imports made together, latest first: number, critere, avant, apres.

    Those of the correspondence that they changed are among them.
    """
    actes: list[tuple[int, str, str, str]] = []
    for import_id in ids:
        tete = _tete(db, import_id)
        if tete is not None:
            suite = [*_avant(db, *tete), *db.execute(_LIGNES, [tete[0], *_SUITE])]
            actes += [(n, c, avant, apres) for action, n, c, avant, apres in suite if action == _SUITE[1]]
    return actes[::-1]


def former_correspondance(db: Base, ids: Sequence[int]) -> str | None:
    """Return the correspondence that imports made together replaced, None when none did or another came since."""
    for import_id in ids:
        tete = _tete(db, import_id)
        for action, _, _, avant, _ in [] if tete is None else _avant(db, *tete):
            if action == Action.CORRESPONDANCE.value:
                suivante = "SELECT 1 FROM journal WHERE action = ? AND id > ?"
                return None if tete is None or db.execute(suivante, [action, tete[0]]).fetchone() else str(avant)
    return None


def _tete(db: Base, import_id: int) -> tuple[int, str] | None:
    ligne = db.execute(_TETE, [Action.IMPORT.value, import_id]).fetchone()
    return None if ligne is None else (int(ligne[0]), str(ligne[1]))


def _avant(db: Base, tete: int, resume: str) -> list[tuple[Any, ...]]:
    """Return what an import wrote before its own line: the correspondence that its files were read with."""
    depuis = json.loads(resume).get("depuis")
    if depuis is None:
        return []
    return db.execute(
        "SELECT action, numero, critere, avant, apres FROM journal WHERE id > ? AND id < ? ORDER BY id",
        [depuis, tete],
    ).fetchall()
