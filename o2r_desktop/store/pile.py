"""The acts that can be undone, as rows of the table «acte»: added, joined, undone, forgotten.

Everything here happens inside the caller's transaction, so that an act lives or dies with what it changes.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from o2r_desktop.evaluation.reponses import EtatEvaluation
from o2r_desktop.store.base import Base
from o2r_desktop.store.connection import Campagne, lecture
from o2r_desktop.store.valeurs import en_json, iso, propre

REPONSE, PROJET, QUESTIONS, ATTRIBUTION = "reponse", "projet", "questions", "attribution"
ANALYSE = "analyse"
"""Kinds of acts: an answer, the opinion, the questions to the porteur, instructor and labels, the analysis."""

_CHAMPS = "a.id, a.lot, a.genre, a.numero, a.critere, a.nom, a.avant, a.apres, a.le, a.auteur"
_FIGE = (
    f"a.genre IN ('{REPONSE}', '{PROJET}', '{ANALYSE}') AND EXISTS (SELECT 1 FROM evaluation AS e "  # noqa: S608
    f"WHERE e.numero = a.numero AND e.etat = '{EtatEvaluation.FINALISEE.value}')"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Geste:
    """An act before it is a row; ``depuis`` is how old the last act may be for this one to go on with it."""

    genre: str
    numero: int
    critere: str
    nom: str
    avant: Mapping[str, Any]
    apres: Mapping[str, Any]
    depuis: datetime | None = None


def ajouter(db: Base, geste: Geste, *, auteur: str, now: datetime, lot: int = 0) -> dict[str, Any] | None:
    """Add an act, or join it to the last one; what was undone is forgotten. None when nothing is left to undo."""
    if geste.avant == geste.apres:
        return None
    db.execute("DELETE FROM acte WHERE defait = 1")
    dernier = _dernier(db) if geste.depuis is not None else None
    # the sequence and not the largest: the number of a forgotten act never comes back
    rang = db.execute("SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'acte'").fetchone()[0]
    # an act forgotten since the last one ended its breath
    if dernier is not None and dernier["id"] == rang - 1 and _suite(geste, dernier, auteur):
        return _joindre(db, geste, dernier, now)
    acte = {
        "id": rang, "lot": lot or rang, "genre": geste.genre, "numero": geste.numero, "critere": geste.critere,
        "nom": propre(geste.nom), "avant": en_json(geste.avant), "apres": en_json(geste.apres), "le": iso(now),
        "auteur": propre(auteur),
    }  # fmt: skip
    db.execute(
        "INSERT INTO acte (id, lot, genre, numero, critere, nom, avant, apres, le, auteur) "
        "VALUES (:id, :lot, :genre, :numero, :critere, :nom, :avant, :apres, :le, :auteur)",
        acte,
    )
    return _lu(acte)


def next_acts(campagne: Campagne) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Return the act that is undone next, and the one that is done again next."""
    with lecture(campagne) as db:
        return a_annuler(db), a_retablir(db)


def a_annuler(db: Base) -> dict[str, Any] | None:
    """Return the last act that stands; those on answers of a finalised evaluation are passed over."""
    return _premier(db, f"a.defait = 0 AND NOT ({_FIGE}) ORDER BY a.id DESC")


def a_retablir(db: Base) -> dict[str, Any] | None:
    """Return the first of the acts that were undone; those of a finalised evaluation are passed over."""
    return _premier(db, f"a.defait = 1 AND NOT ({_FIGE}) ORDER BY a.id")


def du_lot(db: Base, acte: Mapping[str, Any], *, defaits: bool) -> list[dict[str, Any]]:
    """Return the acts done together with one, itself included, that are undone or that stand."""
    lignes = db.query(
        f"SELECT {_CHAMPS} FROM acte AS a WHERE a.lot = ? AND a.defait = ? ORDER BY a.id",  # noqa: S608 constants
        [acte["lot"], int(defaits)],
    )
    return [_lu(ligne) for ligne in lignes]


def marquer(db: Base, actes: Iterable[Mapping[str, Any]], *, defaits: bool) -> None:
    """Tell acts undone, or standing again."""
    db.conn.executemany("UPDATE acte SET defait = ? WHERE id = ?", [(int(defaits), a["id"]) for a in actes])


def de_reponse(db: Base, numero: int, critere: str) -> list[dict[str, Any]]:
    """Return the acts on one answer, undone or standing."""
    lignes = db.query(
        f"SELECT {_CHAMPS} FROM acte AS a WHERE a.genre = ? AND a.numero = ? AND a.critere = ? ORDER BY a.id",  # noqa: S608 constants
        [REPONSE, numero, critere],
    )
    return [_lu(ligne) for ligne in lignes]


def corriger(db: Base, acte: Mapping[str, Any], cote: str, etat: Mapping[str, Any]) -> None:
    """Put right a state of an act, «avant» or «apres»: what it takes away is more than what it had left."""
    db.table("acte").update(acte["id"], {cote: en_json(etat)})


def oublier(db: Base, actes: Iterable[Mapping[str, Any]]) -> None:
    """Forget acts: they will be neither undone nor done again."""
    db.conn.executemany("DELETE FROM acte WHERE id = ?", [(a["id"],) for a in actes])


def _suite(geste: Geste, dernier: Mapping[str, Any], auteur: str) -> bool:
    """Say whether an act goes on with the last one: same place, name and hand, nothing written between."""
    place = (geste.genre, geste.numero, geste.critere, propre(geste.nom), propre(auteur))
    if geste.depuis is None or dernier["le"] < geste.depuis:
        return False
    meme = tuple(dernier[champ] for champ in ("genre", "numero", "critere", "nom", "auteur")) == place
    return meme and bool(dernier["apres"] == json.loads(en_json(geste.avant)))


def _joindre(db: Base, geste: Geste, dernier: dict[str, Any], now: datetime) -> dict[str, Any] | None:
    apres = en_json(geste.apres)
    if dernier["avant"] == json.loads(apres):  # typed, then taken back: nothing is left to undo
        oublier(db, [dernier])
        return None
    db.execute("UPDATE acte SET apres = ?, le = ? WHERE id = ?", [apres, iso(now), dernier["id"]])
    return {**dernier, "apres": json.loads(apres), "le": now}


def _dernier(db: Base) -> dict[str, Any] | None:
    return _premier(db, "1 ORDER BY a.id DESC")


def _premier(db: Base, suite: str) -> dict[str, Any] | None:
    ligne = next(db.query(f"SELECT {_CHAMPS} FROM acte AS a WHERE {suite} LIMIT 1"), None)  # noqa: S608 constants
    return None if ligne is None else _lu(ligne)


def _lu(ligne: dict[str, Any]) -> dict[str, Any]:
    etats = {champ: json.loads(ligne[champ]) for champ in ("avant", "apres")}
    return {**ligne, **etats, "le": datetime.fromisoformat(ligne["le"])}
