"""What the journal keeps of an import: which dossiers entered, which changed and how, which answers it flagged."""

import json
from dataclasses import dataclass

from o2r_desktop.store.connection import Campagne, lecture
from o2r_desktop.store.journal import Action

_SUITE = (Action.DOSSIER_MODIFIE.value, Action.A_RECONFIRMER.value)
"""What an import writes after its own line, without anything between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """Lines of one import: numbers that entered; number, before and after in JSON; number and critere flagged."""

    nouveaux: tuple[int, ...] = ()
    modifies: tuple[tuple[int, str, str], ...] = ()
    a_reconfirmer: tuple[tuple[int, str], ...] = ()


def traces(campagne: Campagne, import_id: int) -> Traces:
    """Return what the journal says of an import, nothing when it does not know it."""
    with lecture(campagne) as db:
        tete = db.execute(
            "SELECT id, apres FROM journal WHERE action = ? AND json_extract(apres, '$.import') = ?",
            [Action.IMPORT.value, import_id],
        ).fetchone()
        if tete is None:
            return Traces()
        suite = db.execute(
            "SELECT action, numero, critere, avant, apres FROM journal WHERE id > ?1 AND id < coalesce("
            "(SELECT min(id) FROM journal WHERE id > ?1 AND action NOT IN (?2, ?3)), ?1 + 1000000000) ORDER BY id",
            [tete[0], *_SUITE],
        ).fetchall()
    return Traces(
        nouveaux=tuple(json.loads(tete[1])["nouveaux"]),
        modifies=tuple((n, avant, apres) for action, n, _, avant, apres in suite if action == _SUITE[0]),
        a_reconfirmer=tuple((n, critere) for action, n, critere, _, _ in suite if action == _SUITE[1]),
    )
