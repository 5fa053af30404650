"""Dossiers in the store: raw records kept as they came, a row each for the list, imports and their reports."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from o2r_desktop.dossiers.enregistrement import colonnes_de_json, de_json
from o2r_desktop.dossiers.importation import Apercu, DossierLu, ImportPlan, Modification
from o2r_desktop.dossiers.model import Colonne, Enregistrement, Etat
from o2r_desktop.errors import DossierError
from o2r_desktop.evaluation.reponses import Changement
from o2r_desktop.progress import Reporter, SilentReporter
from o2r_desktop.store import journal
from o2r_desktop.store.base import Base
from o2r_desktop.store.changements import flag
from o2r_desktop.store.connection import Campagne, ecriture, lecture
from o2r_desktop.store.imports import RapportImport, imports, insert, insert_columns, perime
from o2r_desktop.store.journal import Acte, Action
from o2r_desktop.store.valeurs import (
    en_cents,
    en_euros,
    en_json,
    est_entier,
    instant_ou_rien,
    iso,
    iso_ou_rien,
    propre,
)
from o2r_desktop.text import normalise
from o2r_desktop.text import numero as numero_lisible

__all__ = [
    "RapportImport",
    "apply",
    "count",
    "exiger",
    "imported_at",
    "imports",
    "known",
    "list_apercus",
    "load",
    "load_many",
    "put_rows",
    "updates",
    "versions",
]

_T = TypeVar("_T")

_LOT = 500
"""Dossiers written between two looks at the cancel button; some ten milliseconds."""

_APERCU = (
    "etat, depot, mise_a_jour, porteur, siret, intitule, departements, cout_total_cents, demande_cents, "
    "beneficiaires, recherche"
)
_DOSSIER = f"{_APERCU}, colonnes, contenu, empreinte, import_id, numero"


def count(campagne: Campagne) -> int:
    """Return how many dossiers there are."""
    with lecture(campagne) as db:
        return int(db.execute("SELECT count(*) FROM dossier").fetchone()[0])


def known(campagne: Campagne) -> dict[int, str]:
    """Return the fingerprint of each dossier's raw record, by number."""
    with lecture(campagne) as db:
        return dict(db.execute("SELECT numero, empreinte FROM dossier").fetchall())


def load(campagne: Campagne, numero: int) -> Enregistrement:
    """Return the raw record of a dossier; raises DossierError when the campagne has none of that number."""
    with lecture(campagne) as db:
        exiger(db, numero)
        return next(_enregistrements(db, [numero]))


def load_many(campagne: Campagne, numeros: Sequence[int]) -> Iterator[Enregistrement]:
    """Yield the raw records of these dossiers, by lots, each in order of number; unknown ones are passed over."""
    for _debut, lot in _lots(numeros):
        with lecture(campagne) as db:  # closed before the yield: the caller may write between two records
            lus = list(_enregistrements(db, [n for n in lot if est_entier(n)]))
        yield from lus


def imported_at(campagne: Campagne, numero: int) -> datetime:
    """Return when the present record of a dossier was imported; raises DossierError when it is unknown."""
    with lecture(campagne) as db:
        exiger(db, numero)
        ligne = db.execute(
            "SELECT i.le FROM dossier AS d JOIN import_ AS i ON i.id = d.import_id WHERE d.numero = ?", [numero]
        ).fetchone()
    return datetime.fromisoformat(ligne[0])


def versions(campagne: Campagne, numero: int) -> list[tuple[datetime, Enregistrement]]:
    """Return the raw records that newer exports replaced, oldest first, each with the time it was replaced."""
    with lecture(campagne) as db:
        exiger(db, numero)
        lignes = db.execute(
            "SELECT v.remplace_le, v.contenu, c.json FROM dossier_version AS v "
            "JOIN colonnes AS c ON c.id = v.colonnes WHERE v.numero = ? ORDER BY v.remplace_le, v.import_id",
            [numero],
        ).fetchall()
    return [(datetime.fromisoformat(le), de_json(numero, c, colonnes_de_json(j))) for le, c, j in lignes]


def list_apercus(campagne: Campagne, recherche: str = "") -> list[Apercu]:
    """Return the rows of the list, by deposit then number; undated ones last.

    Every word of *recherche* must occur, accents and case set aside; no character has a special meaning.
    """
    mots = en_json(sorted(set(normalise(recherche).split())))
    with lecture(campagne) as db:
        lignes = db.execute(
            "SELECT numero, etat, depot, mise_a_jour, porteur, siret, intitule, departements, cout_total_cents, "
            "demande_cents, beneficiaires, recherche FROM dossier AS d "
            "WHERE ?1 = '[]' OR NOT EXISTS "
            "(SELECT 1 FROM json_each(?1) AS mot WHERE instr(d.recherche, mot.value) = 0) "
            "ORDER BY depot IS NULL, depot, numero",
            [mots],
        ).fetchall()
    return [_apercu(ligne) for ligne in lignes]


def updates(campagne: Campagne, numeros: Iterable[int]) -> dict[int, datetime | None]:
    """Return when these dossiers were last updated on the platform, as the campagne knows it."""
    with lecture(campagne) as db:
        lignes = db.execute(
            "SELECT numero, mise_a_jour FROM dossier WHERE numero IN (SELECT value FROM json_each(?))",
            [json.dumps(sorted(numeros))],
        )
        return {numero: instant_ou_rien(moment) for numero, moment in lignes}


def apply(
    campagne: Campagne,
    plan: ImportPlan,
    *,
    auteur: str,
    now: datetime,
    touches: Mapping[int, Mapping[str, Sequence[Changement]]] | None = None,
    lot: int = 0,
    lecture: str = "",
    depuis: int | None = None,
    reporter: Reporter | None = None,
) -> int:
    """Write a plan in one transaction and return the number of the import.

    New dossiers enter; a changed one replaces its raw record, which is archived. Answers to the criteria of
    *touches*, by dossier, are flagged «à reconfirmer» with what changed, and never changed themselves. *lot* is the
    first import made together with this one, 0 when this is the first; *lecture* the fingerprint of what read the
    file; *depuis* the line of the journal after which this import began to write, when it wrote before. A cancel,
    or any failure, leaves the campagne as it was. Raises StoreError when a new dossier is there already or a
    changed one is not; that the campagne is still the one of the plan, exiger_jalon() says, once for a whole lot.
    """
    suivi = reporter or SilentReporter()
    with ecriture(campagne) as db:
        _exiger_a_jour(db, plan, campagne)
        import_id = insert(db, plan, lot=lot, lecture=lecture, auteur=auteur, now=now)
        colonnes = _inserer_colonnes(db, plan)
        _inserer_dossiers(db, plan, colonnes, import_id, suivi)
        _archiver(db, plan.modifies, now)
        _remplacer(db, plan, colonnes, import_id, suivi)
        actes = [_acte_import(plan, import_id, depuis), *map(_acte_modification, plan.modifies)]
        journal.append(db, actes + flag(db, touches or {}), auteur=auteur, now=now)
        total = len(plan.nouveaux) + len(plan.modifies)
        suivi.step(total, total, "Enregistrement")
    return import_id


def put_rows(db: Base, apercus: Iterable[Apercu]) -> None:
    """Write rows of the list again inside the caller's transaction: the records are the same, read otherwise."""
    champs = ", ".join(f"{nom} = ?" for nom in _APERCU.split(", "))
    ordre = f"UPDATE dossier SET {champs} WHERE numero = ?"  # noqa: S608 a constant
    db.conn.executemany(ordre, ((*_rangee(a), a.numero) for a in apercus))


def exiger(db: Base, numero: int) -> None:
    """Raise DossierError unless the campagne has this dossier."""
    if est_entier(numero) and db.execute("SELECT 1 FROM dossier WHERE numero = ?", [numero]).fetchone():
        return
    raise DossierError(
        f"Le dossier n° {numero_lisible(numero)} n’est pas dans la campagne : vérifiez le numéro, "
        "ou importez l’export qui le contient."
    )


def _exiger_a_jour(db: Base, plan: ImportPlan, campagne: Campagne) -> None:
    presents = {ligne[0] for ligne in db.execute("SELECT numero FROM dossier")}
    nouveaux = {lu.numero for lu in plan.nouveaux}
    modifies = {m.lu.numero for m in plan.modifies}
    if nouveaux & presents or modifies - presents:
        raise perime(campagne)


def _inserer_colonnes(db: Base, plan: ImportPlan) -> Mapping[int, str]:
    """Keep the headers that the plan's dossiers use; return the identifier of each set."""
    utiles = sorted({lu.jeu for lu in plan.nouveaux} | {m.lu.jeu for m in plan.modifies})
    return dict(zip(utiles, insert_columns(db, (plan.read.jeux[j] for j in utiles)), strict=True))


def _inserer_dossiers(
    db: Base, plan: ImportPlan, colonnes: Mapping[int, str], import_id: int, suivi: Reporter
) -> None:
    ordre = f"INSERT INTO dossier ({_DOSSIER}) VALUES ({', '.join('?' * 16)})"  # noqa: S608 a constant
    total = len(plan.nouveaux) + len(plan.modifies)
    for debut, lot in _lots(plan.nouveaux):
        suivi.step(debut, total, "Enregistrement des nouveaux dossiers")
        db.conn.executemany(ordre, (_ligne(lu, colonnes, import_id) for lu in lot))


def _archiver(db: Base, modifies: Sequence[Modification], now: datetime) -> None:
    le = iso(now)
    db.conn.executemany(
        "INSERT INTO dossier_version (numero, import_id, colonnes, contenu, empreinte, remplace_le) "
        "SELECT numero, import_id, colonnes, contenu, empreinte, ? FROM dossier WHERE numero = ?",
        [(le, m.lu.numero) for m in modifies],
    )


def _remplacer(db: Base, plan: ImportPlan, colonnes: Mapping[int, str], import_id: int, suivi: Reporter) -> None:
    champs = ", ".join(f"{nom} = ?" for nom in _DOSSIER.removesuffix(", numero").split(", "))
    ordre = f"UPDATE dossier SET {champs} WHERE numero = ?"  # noqa: S608 a constant
    total = len(plan.nouveaux) + len(plan.modifies)
    for debut, lot in _lots(plan.modifies):
        suivi.step(len(plan.nouveaux) + debut, total, "Enregistrement des dossiers modifiés")
        db.conn.executemany(ordre, (_ligne(m.lu, colonnes, import_id) for m in lot))


def _lots(suite: Sequence[_T]) -> Iterator[tuple[int, Sequence[_T]]]:
    return ((debut, suite[debut : debut + _LOT]) for debut in range(0, len(suite), _LOT))


def _ligne(lu: DossierLu, colonnes: Mapping[int, str], import_id: int) -> tuple[object, ...]:
    """Return the values of _DOSSIER, in order."""
    return (*_rangee(lu.apercu), colonnes[lu.jeu], lu.contenu, lu.empreinte, import_id, lu.numero)


def _rangee(a: Apercu) -> tuple[object, ...]:
    """Return the values of _APERCU, in order."""
    return (
        None if a.etat is None else a.etat.value,
        iso_ou_rien(a.depot),
        iso_ou_rien(a.mise_a_jour),
        propre(a.porteur),
        propre(a.siret),
        propre(a.intitule),
        en_json(a.departements),
        en_cents(a.cout_total),
        en_cents(a.demande),
        a.beneficiaires,
        propre(a.recherche),
    )


def _acte_import(plan: ImportPlan, import_id: int, depuis: int | None) -> Acte:
    resume = {
        "import": import_id,
        "fichier": plan.read.fichier,
        "empreinte": plan.read.empreinte,
        "nouveaux": [lu.numero for lu in plan.nouveaux],
        "modifies": [m.lu.numero for m in plan.modifies],
        **({} if depuis is None else {"depuis": depuis}),
    }
    return Acte(action=Action.IMPORT, apres=en_json(resume))


def _acte_modification(modification: Modification) -> Acte:
    return Acte(
        action=Action.DOSSIER_MODIFIE,
        numero=modification.lu.numero,
        avant=en_json([[d.libelle, d.avant] for d in modification.differences]),
        apres=en_json([[d.libelle, d.apres] for d in modification.differences]),
    )


def _enregistrements(db: Base, numeros: list[int]) -> Iterator[Enregistrement]:
    jeux: dict[str, tuple[Colonne, ...]] = {}
    curseur = db.execute(
        "SELECT numero, contenu, colonnes FROM dossier "
        "WHERE numero IN (SELECT value FROM json_each(?)) ORDER BY numero",
        [json.dumps(numeros)],
    )
    for numero, contenu, colonnes in curseur:
        if colonnes not in jeux:
            texte = db.execute("SELECT json FROM colonnes WHERE id = ?", [colonnes]).fetchone()[0]
            jeux[colonnes] = colonnes_de_json(texte)
        yield de_json(numero, contenu, jeux[colonnes])


def _apercu(ligne: tuple[Any, ...]) -> Apercu:
    numero, etat, depot, mise_a_jour, porteur, siret, intitule, departements, cout, demande, nombre, texte = ligne
    return Apercu(
        numero=numero,
        etat=None if etat is None else Etat(etat),
        depot=instant_ou_rien(depot),
        mise_a_jour=instant_ou_rien(mise_a_jour),
        porteur=porteur,
        siret=siret,
        intitule=intitule,
        departements=tuple(json.loads(departements)),
        cout_total=en_euros(cout),
        demande=en_euros(demande),
        beneficiaires=nombre,
        recherche=texte,
    )
