"""Answers «à reconfirmer» in the store: flagged by what changed under them, and unflagged when it changes back."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from o2r_desktop.evaluation.reponses import Changement
from o2r_desktop.store import pile
from o2r_desktop.store.base import Base
from o2r_desktop.store.journal import Acte, Action
from o2r_desktop.store.valeurs import en_json, propre


def flag(db: Base, touches: Mapping[int, Mapping[str, Sequence[Changement]]]) -> list[Acte]:
    """Flag answers «à reconfirmer», with why, inside the caller's transaction, which writes the acts returned.

    *touches* maps dossiers to criteria to what changed under them. A critere that is neither answered nor has a
    decision on its constat is passed over. What the answer says is never changed; the changes come after those of
    former imports. An act keeps what changed, and in ``avant`` the changes that were waiting, «» when none was.
    """
    actes = []
    for numero, critere, leve, avant in _reponses(db, touches):
        nouveaux = touches[numero].get(critere)
        if nouveaux is not None:
            _poser(db, numero, critere, [*read(avant), *nouveaux])
            actes.append(_acte(Action.A_RECONFIRMER, numero, critere, avant if leve else "", write(nouveaux)))
    return actes


def unflag(db: Base, poses: Iterable[tuple[int, str, str, str]]) -> list[Acte]:
    """Take back what flag() did, inside the caller's transaction, which writes the acts returned.

    *poses* are its acts, latest first: number, critere, avant, apres. An answer confirmed since is left alone; what
    undoing its confirmation would bring back goes all the same.
    """
    actes = []
    for numero, critere, avant, apres in poses:
        _oublier_doute(db, numero, critere, avant, apres)
        trouvee = db.execute(
            "SELECT changements FROM reponse WHERE numero = ? AND critere = ? AND a_reconfirmer = 1",
            [numero, critere],
        ).fetchone()
        if trouvee is None:
            continue
        restants = _sans(read(trouvee[0]), read(apres or "[]"))
        if restants or avant:
            _poser(db, numero, critere, restants)
        else:
            db.execute(
                "UPDATE reponse SET a_reconfirmer = 0, changements = '[]' WHERE numero = ? AND critere = ?",
                [numero, critere],
            )
        actes.append(_acte(Action.IMPORT_ANNULE, numero, critere, trouvee[0], write(restants)))
    return actes


SANS_DOUTE: Mapping[str, object] = {"a_reconfirmer": 0, "changements": []}
"""What the state of an answer says when there is nothing to confirm."""


def doute_sans_objet(etat: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an answer would have to be confirmed for though it says nothing: flag() passes such ones over."""
    if not etat["a_reconfirmer"] or etat["valeur"] or etat["decision"] is not None:
        return {}
    return {champ: etat[champ] for champ in SANS_DOUTE}


def read(texte: str) -> tuple[Changement, ...]:
    """Return the changes that write() wrote."""
    return tuple(Changement(**c) for c in json.loads(texte))


def write(changements: Sequence[Changement]) -> str:
    """Return changes as they are kept."""
    return propre(en_json([asdict(c) for c in changements]))


def _reponses(db: Base, numeros: Iterable[int]) -> list[tuple[int, str, int, str]]:
    return db.execute(
        "SELECT numero, critere, a_reconfirmer, changements FROM reponse "
        "WHERE numero IN (SELECT value FROM json_each(?)) AND (valeur <> '' OR decision IS NOT NULL) "
        "ORDER BY numero, critere",
        [json.dumps(sorted(numeros))],
    ).fetchall()


def _poser(db: Base, numero: int, critere: str, changements: Sequence[Changement]) -> None:
    db.execute(
        "UPDATE reponse SET a_reconfirmer = 1, changements = ? WHERE numero = ? AND critere = ?",
        [write(changements), numero, critere],
    )


def _oublier_doute(db: Base, numero: int, critere: str, avant: str, apres: str) -> None:
    """Take what flag() did out of the acts on an answer; one that changes nothing any more is forgotten."""
    anciens, retires = (json.loads(texte or "[]") for texte in (avant, apres))
    for acte in pile.de_reponse(db, numero, critere) if retires else []:
        etats = {cote: _sans_doute(acte[cote], anciens, retires, reste=bool(avant)) for cote in ("avant", "apres")}
        if etats["avant"] == etats["apres"]:
            pile.oublier(db, [acte])
            continue
        for cote, etat in etats.items():
            if etat != acte[cote]:
                pile.corriger(db, acte, cote, etat)


def _sans_doute(
    etat: Mapping[str, Any], anciens: list[Any], retires: list[Any], *, reste: bool
) -> Mapping[str, Any]:
    """Return a state without what was added after *anciens*, the same when that was not there; *reste*: flagged."""
    debut = len(anciens) + len(retires)
    if etat["changements"][:debut] != [*anciens, *retires]:
        return etat
    restants = [*anciens, *etat["changements"][debut:]]
    return {**etat, "changements": restants} if restants or reste else {**etat, **SANS_DOUTE}


def _sans(presents: Sequence[Changement], retires: Sequence[Changement]) -> list[Changement]:
    """Return *presents* without *retires*, each taken out once, from the end."""
    restants = list(presents)
    for retire in reversed(retires):
        rangs = [rang for rang, c in enumerate(restants) if c == retire]
        if rangs:
            del restants[rangs[-1]]
    return restants


def _acte(action: Action, numero: int, critere: str, avant: str, apres: str) -> Acte:
    return Acte(action=action, numero=numero, critere=critere, avant=avant, apres=apres)
