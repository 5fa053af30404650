"""Acts that can be undone, in the store: written with what they change, in one transaction with the journal."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from o2r_desktop.store import attributions, dossiers, journal, questions
from o2r_desktop.store.base import Base
from o2r_desktop.store.connection import Campagne, ecriture, lecture
from o2r_desktop.store.journal import Acte, Action
from o2r_desktop.store.valeurs import en_json, iso, propre

Etat = Mapping[str, Any]


class _Rayon(Protocol):
    """Where the states of one kind are kept."""

    def lire(self, db: Base, numero: int) -> dict[str, Any]: ...

    def ecrire(self, db: Base, numero: int, etat: Etat) -> None: ...


_RAYONS: Mapping[str, tuple[_Rayon, Action]] = {
    "questions": (questions, Action.QUESTIONS),
    "attribution": (attributions, Action.ATTRIBUTION),
}


def state(campagne: Campagne, genre: str, numero: int, critere: str = "") -> Etat:  # noqa: ARG001
    """Return the present state of what acts of this kind change; DossierError when there is no such dossier."""
    with lecture(campagne) as db:
        dossiers.exiger(db, numero)
        return _RAYONS[genre][0].lire(db, numero)


def change(
    campagne: Campagne,
    genre: str,
    etats: Mapping[int, Etat],
    nom: str,
    *,
    critere: str = "",
    auteur: str,
    now: datetime,
) -> list[dict[str, Any]]:
    """Write new states by dossier as one act, with their journal lines; return the acts, none for what stays."""
    rayon, action = _RAYONS[genre]
    ecrits: list[dict[str, Any]] = []
    with ecriture(campagne) as db:
        for numero, etat in etats.items():
            dossiers.exiger(db, numero)
            avant = rayon.lire(db, numero)
            rayon.ecrire(db, numero, etat)
            apres = rayon.lire(db, numero)
            if avant == apres:
                continue
            acte = Acte(action=action, numero=numero, critere=critere, avant=en_json(avant), apres=en_json(apres))
            journal.append(db, [acte], auteur=auteur, now=now)
            ecrits.append(_noter(db, genre, numero, critere, nom, avant, apres, auteur, now, ecrits))
    return ecrits


def _noter(
    db: Base,
    genre: str,
    numero: int,
    critere: str,
    nom: str,
    avant: Etat,
    apres: Etat,
    auteur: str,
    now: datetime,
    ecrits: list[dict[str, Any]],
) -> dict[str, Any]:
    rang = db.execute("SELECT coalesce(max(id), 0) + 1 FROM acte").fetchone()[0]
    lot = ecrits[0]["lot"] if ecrits else rang
    db.execute(
        "INSERT INTO acte (id, lot, genre, numero, critere, nom, avant, apres, le, auteur) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [rang, lot, genre, numero, critere, propre(nom), en_json(avant), en_json(apres), iso(now), propre(auteur)],
    )
    return {
        "id": rang, "lot": lot, "genre": genre, "numero": numero, "critere": critere, "nom": nom,
        "avant": avant, "apres": apres, "le": now, "auteur": auteur,
    }  # fmt: skip
