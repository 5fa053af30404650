"""The audit trail: who changed what, when, from what to what. Lines are only added, each sealed to the last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from o2r_desktop.store.base import Base
from o2r_desktop.store.erreurs import traduire
from o2r_desktop.store.valeurs import en_json, est_entier, iso, propre, sha256
from o2r_desktop.text import NBSP

if TYPE_CHECKING:
    from o2r_desktop.dossiers.model import Anomalie
    from o2r_desktop.store.connection import Campagne


class Action(StrEnum):
    """What can be done to a campagne."""

    CREATION = "creation"
    PARAMETRES = "parametres"
    IMPORT = "import"
    DOSSIER_MODIFIE = "dossier_modifie"
    A_RECONFIRMER = "a_reconfirmer"
    REPONSE = "reponse"
    PROJET_AVIS = "projet_avis"
    CONCLUSION = "conclusion"
    REOUVERTURE = "reouverture"
    NOTE = "note"
    IMPORT_ANNULE = "import_annule"
    CORRESPONDANCE = "correspondance"
    QUESTIONS = "questions"
    ATTRIBUTION = "attribution"
    ANALYSE = "analyse"
    REFERENTIEL = "referentiel"
    COMITE = "comite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acte:
    """One act, before it is sealed. ``avant`` and ``apres`` are texts, JSON for anything but a plain text."""

    action: Action
    numero: int | None = None
    critere: str = ""
    avant: str = ""
    apres: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entree:
    """One line of the journal; ``empreinte`` seals the line and, through ``precedent``, all those before."""

    id: int
    le: datetime
    auteur: str
    action: str
    numero: int | None
    critere: str
    avant: str
    apres: str
    precedent: str
    empreinte: str


def append(db: Base, actes: Iterable[Acte], *, auteur: str, now: datetime) -> None:
    """Add lines inside the caller's transaction, so that an act and its line live or die together."""
    if not db.conn.in_transaction:
        raise RuntimeError("journal.append() hors d’une transaction")
    derniere = db.execute("SELECT empreinte FROM journal ORDER BY id DESC LIMIT 1").fetchone()
    precedent = derniere[0] if derniere else ""
    le, auteur = iso(now), propre(auteur)
    lignes = []
    for acte in actes:
        corps = (le, auteur, acte.action.value, acte.numero, acte.critere, propre(acte.avant), propre(acte.apres))
        empreinte = _sceau(precedent, corps)
        lignes.append((*corps, precedent, empreinte))
        precedent = empreinte
    db.conn.executemany(
        "INSERT INTO journal (le, auteur, action, numero, critere, avant, apres, precedent, empreinte) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        lignes,
    )


def last(db: Base) -> int:
    """Return the number of the last line, 0 when there is none."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM journal").fetchone()[0])


def entries(campagne: Campagne, numero: int | None = None) -> list[Entree]:
    """Return the lines, oldest first: all of them, or those of one dossier."""
    if numero is not None and not est_entier(numero):
        return []
    with traduire(campagne.dossier):
        lignes = campagne.db.query("SELECT * FROM journal WHERE ?1 IS NULL OR numero = ?1 ORDER BY id", [numero])
        return [Entree(**{**ligne, "le": datetime.fromisoformat(ligne["le"])}) for ligne in lignes]


def last_work(campagne: Campagne, depuis: datetime) -> tuple[datetime, int | None, str] | None:
    """Return when the last line was written, with its dossier and critere; None when none was since *depuis*."""
    with traduire(campagne.dossier):
        ligne = campagne.db.execute("SELECT le, numero, critere FROM journal ORDER BY id DESC LIMIT 1").fetchone()
    if ligne is None or ligne[0] < iso(depuis):
        return None
    return datetime.fromisoformat(ligne[0]), ligne[1], ligne[2]


def last_change(campagne: Campagne) -> datetime | None:
    """Return when the data of the campagne last changed, notes written aside; None when nothing is written."""
    with traduire(campagne.dossier):
        le = campagne.db.execute("SELECT max(le) FROM journal WHERE action <> ?", [Action.NOTE.value]).fetchone()[0]
    return None if le is None else datetime.fromisoformat(le)


def of_dossier(campagne: Campagne, numero: int) -> list[Entree]:
    """Return the lines of a dossier, oldest first, with those of the whole campagne that concern it.

    These are the import that brought it and the changes of how fields are read.
    """
    if not est_entier(numero):
        return []
    with traduire(campagne.dossier):
        lignes = campagne.db.query(
            "SELECT * FROM journal WHERE numero = ?1 UNION ALL "
            "SELECT * FROM journal WHERE numero IS NULL AND (action = ?2 OR action = ?3 AND EXISTS "
            "(SELECT 1 FROM json_each(apres, '$.nouveaux') WHERE value = ?1)) ORDER BY id",
            [numero, Action.CORRESPONDANCE.value, Action.IMPORT.value],
        )
        return [Entree(**{**ligne, "le": datetime.fromisoformat(ligne["le"])}) for ligne in lignes]


def verify(campagne: Campagne) -> list[Anomalie]:
    """Return what was altered, removed or cut off in the journal; nothing when it is whole."""
    anomalies = []
    attendu, precedent = 1, ""
    for e in entries(campagne):
        if e.id != attendu or e.precedent != precedent:
            anomalies.append(_alerte(e.id, "ne suit pas la précédente : une ligne a été retirée ou ajoutée"))
        corps = (iso(e.le), e.auteur, e.action, e.numero, e.critere, e.avant, e.apres)
        if e.empreinte != _sceau(e.precedent, corps):
            anomalies.append(_alerte(e.id, "a été modifiée après coup"))
        attendu, precedent = e.id + 1, e.empreinte
    with traduire(campagne.dossier):
        ligne = campagne.db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'journal'").fetchone()
    if (ligne[0] if ligne else 0) != attendu - 1:
        anomalies.append(_alerte(attendu, "manque : la fin du journal a été coupée"))
    return anomalies


def _sceau(precedent: str, corps: tuple[object, ...]) -> str:
    return sha256(en_json([precedent, *corps]))


def _alerte(rang: int, quoi: str) -> Anomalie:
    from o2r_desktop.dossiers.model import Anomalie, Gravite

    return Anomalie(gravite=Gravite.ALERTE, ou=f"journal, ligne{NBSP}{rang}", quoi=quoi)
