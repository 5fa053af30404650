"""Files of the dossiers in the campagne: a line for each, the replaced ones kept; their bytes are in octets.py."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from o2r_desktop.dossiers.model import GenrePiece, Origine
from o2r_desktop.dossiers.pieces import PieceLue, PieceRecue, PlanPieces, absences
from o2r_desktop.errors import StoreCorruptError, StoreError
from o2r_desktop.store import journal
from o2r_desktop.store.base import Base
from o2r_desktop.store.connection import Campagne, ecriture, lecture
from o2r_desktop.store.erreurs import traduire
from o2r_desktop.store.journal import Acte, Action
from o2r_desktop.store.octets import check_space, is_kept, path_for, put_bytes, receiving, sweep
from o2r_desktop.store.valeurs import en_json, est_entier, instant_ou_rien, iso, iso_ou_rien, propre
from o2r_desktop.text import NBSP, instant, pluriel

__all__ = [
    "apply",
    "check_space",
    "counts",
    "failed",
    "failed_by_dossier",
    "is_kept",
    "path_of",
    "put_bytes",
    "received",
    "received_by_dossier",
    "receiving",
    "set_pages",
    "sweep",
]


def received(campagne: Campagne, numero: int) -> tuple[PieceRecue, ...]:
    """Return the files of a dossier, those that newer ones replaced included, in the order of their names."""
    if not est_entier(numero):
        return ()
    with lecture(campagne) as db:
        lignes = db.query("SELECT * FROM piece WHERE numero = ? ORDER BY nom, id", [numero])
        return tuple(_recue(ligne) for ligne in lignes)


def received_by_dossier(
    campagne: Campagne, numeros: Sequence[int] | None = None
) -> dict[int, tuple[PieceRecue, ...]]:
    """Return the files of every dossier that has some, or of *numeros*, replaced ones left out."""
    choisis = None if numeros is None else en_json([n for n in numeros if est_entier(n)])
    par_dossier: dict[int, list[PieceRecue]] = {}
    with lecture(campagne) as db:
        lignes = db.query(
            "SELECT * FROM piece WHERE remplacee_par IS NULL "
            "AND (?1 IS NULL OR numero IN (SELECT value FROM json_each(?1))) ORDER BY numero, nom, id",
            [choisis],
        )
        for ligne in lignes:
            par_dossier.setdefault(ligne["numero"], []).append(_recue(ligne))
    return {numero: tuple(recues) for numero, recues in par_dossier.items()}


def failed(campagne: Campagne, numero: int) -> tuple[str, ...]:
    """Return the names that the platform could not put in the last archive of a dossier."""
    return failed_by_dossier(campagne, [numero]).get(numero, ()) if est_entier(numero) else ()


def failed_by_dossier(campagne: Campagne, numeros: Sequence[int] | None = None) -> dict[int, tuple[str, ...]]:
    """Return, by dossier, the names that its last archive lacks; dossiers that lack none are left out."""
    choisis = None if numeros is None else en_json([n for n in numeros if est_entier(n)])
    noms: dict[int, list[str]] = {}
    with lecture(campagne) as db:
        lignes = db.execute(
            "SELECT e.numero, e.nom FROM piece_en_erreur AS e JOIN import_ AS i ON i.id = e.import_id "
            "WHERE e.numero IS NOT NULL AND i.annule_le IS NULL "
            "AND (?1 IS NULL OR e.numero IN (SELECT value FROM json_each(?1))) AND NOT EXISTS "
            "(SELECT 1 FROM import_ AS s, json_each(s.numeros) AS n WHERE s.id > i.id AND s.origine = ?2 "
            "AND s.annule_le IS NULL AND n.value = e.numero) ORDER BY e.numero, e.nom",
            [choisis, Origine.ZIP_PIECES.value],
        )
        for numero, nom in lignes:
            noms.setdefault(numero, []).append(nom)
    return {numero: tuple(dits) for numero, dits in noms.items()}


def path_of(campagne: Campagne, empreinte: str) -> Path:
    """Return where the bytes of a file are; raises StoreError when they are gone or damaged."""
    chemin = path_for(campagne, empreinte)
    with lecture(campagne) as db:
        ligne = db.execute("SELECT nom, taille FROM piece WHERE empreinte = ? LIMIT 1", [empreinte]).fetchone()
    nom, taille = ligne or (empreinte[:12], None)
    quoi = f"La pièce «{NBSP}{nom}{NBSP}»"
    with traduire(campagne.dossier):
        if not chemin.is_file():
            raise StoreError(
                f"{quoi} n’est plus dans la campagne{NBSP}: importez de nouveau l’archive qui la contient."
            )
        if taille is not None and chemin.stat().st_size != taille:
            raise StoreCorruptError(
                f"{quoi} est abîmée dans la campagne{NBSP}: importez de nouveau l’archive qui la contient."
            )
    return chemin


def apply(
    campagne: Campagne,
    plan: PlanPieces,
    empreintes: Mapping[str, str],
    *,
    lot: int,
    auteur: str,
    now: datetime,
    depuis: int | None = None,
) -> int:
    """Write the lines of an archive, inside the caller's transaction, and return the number of the import.

    *lot* is the first import made together with this one, 0 when this is the first; *depuis* the last line of the
    journal before the correspondence that came with it, None when none did. Files of dossiers that are not
    in the campagne stay out. Raises StoreError when the campagne has changed since the plan was made.
    """
    with ecriture(campagne) as db:
        connus = {ligne[0] for ligne in db.execute("SELECT numero FROM dossier")}
        retenu = _sans_inconnus(plan, connus)
        import_id = _inserer_import(db, retenu, lot, auteur, now)
        _remplacer(db, campagne, retenu, import_id)
        _inserer(db, (*retenu.nouvelles, *(p for _, p in retenu.remplacees)), empreintes, import_id)
        db.conn.executemany(
            "INSERT OR IGNORE INTO piece_en_erreur (import_id, numero, nom) VALUES (?, ?, ?)",
            [
                (import_id, e.numero if e.numero in connus else None, propre(e.nom))
                for e in retenu.archive.en_erreur
            ],
        )
        journal.append(db, _actes(retenu, import_id, depuis), auteur=auteur, now=now)
    return import_id


def counts(plan: PlanPieces) -> dict[str, int]:
    """Return how many files an archive brings, by what becomes of them."""
    return {
        "recues": len(plan.nouvelles) + len(plan.remplacees),
        "remplacees": len(plan.remplacees),
        "inchangees": len(plan.inchangees),
        "orphelines": len(plan.orphelines),
        "en_erreur": len(plan.archive.en_erreur),
    }


def set_pages(campagne: Campagne, empreinte: str, pages: int) -> None:
    """Remember how many pages a file has."""
    with ecriture(campagne) as db:
        db.execute("UPDATE piece SET pages = ? WHERE empreinte = ?", [pages, empreinte])


def _recue(ligne: dict[str, Any]) -> PieceRecue:
    return PieceRecue(
        **{cle: valeur for cle, valeur in ligne.items() if cle != "remplacee_par"}
        | {
            "genre": GenrePiece(ligne["genre"]),
            "depose_le": instant_ou_rien(ligne["depose_le"]),
            "remplacee": ligne["remplacee_par"] is not None,
        }
    )


def _sans_inconnus(plan: PlanPieces, connus: set[int]) -> PlanPieces:
    """Leave out the files of dossiers that the campagne has not: the user may have unticked them since the plan."""
    return replace(
        plan,
        nouvelles=tuple(p for p in plan.nouvelles if p.numero in connus),
        remplacees=tuple((r, p) for r, p in plan.remplacees if p.numero in connus),
        inchangees=tuple(p for p in plan.inchangees if p.numero in connus),
        orphelines=(*plan.orphelines, *(p for p in plan.nouvelles if p.numero not in connus)),
    )


def _inserer_import(db: Base, plan: PlanPieces, lot: int, auteur: str, now: datetime) -> int:
    archive = plan.archive
    dites = (*archive.anomalies, *plan.anomalies, *absences(plan))
    ligne = {
        "fichier": propre(archive.fichier),
        "empreinte": archive.empreinte,
        "origine": Origine.ZIP_PIECES.value,
        "le": iso(now),
        "auteur": propre(auteur),
        "date_fichier": iso_ou_rien(archive.date_fichier),
        "demarche": propre(archive.demarche),
        "nouveaux": 0,
        "modifies": 0,
        "inchanges": 0,
        "refuses": "[]",
        "anomalies": propre(en_json([asdict(a) for a in dict.fromkeys(dites)])),
        "absents": "[]",
        "lot": lot,
        "numeros": en_json(archive.numeros),
        "lues": len(dict.fromkeys(archive.anomalies)),
        "pieces": en_json(counts(plan)),
    }
    db.table("import_").insert(ligne)
    import_id = int(db.execute("SELECT last_insert_rowid()").fetchone()[0])
    db.execute("UPDATE import_ SET lot = id WHERE id = ? AND lot = 0", [import_id])
    return import_id


def _inserer(db: Base, pieces: Iterable[PieceLue], empreintes: Mapping[str, str], import_id: int) -> None:
    db.conn.executemany(
        "INSERT INTO piece (numero, genre, nom, chemin, empreinte, taille, crc, depose_le, pages, import_id) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
        "(SELECT pages FROM piece WHERE empreinte = ?5 ORDER BY pages DESC LIMIT 1), ?9)",
        (
            (
                p.numero,
                p.genre.value,
                propre(p.nom),
                propre(p.chemin),
                empreintes[p.chemin],
                p.taille,
                p.crc,
                iso_ou_rien(p.depose_le),
                import_id,
            )
            for p in pieces
        ),
    )


def _remplacer(db: Base, campagne: Campagne, plan: PlanPieces, import_id: int) -> None:
    ids = [r.id for r, _ in plan.remplacees]
    faits = db.execute(
        "UPDATE piece SET remplacee_par = ? WHERE remplacee_par IS NULL AND id IN (SELECT value FROM json_each(?))",
        [import_id, en_json(ids)],
    ).rowcount
    if faits != len(ids):
        raise StoreError(
            f"La campagne «{NBSP}{campagne.dossier}{NBSP}» a changé depuis que cet import a été préparé{NBSP}: "
            "rien n’a été écrit, relancez l’import."
        )


def _actes(plan: PlanPieces, import_id: int, depuis: int | None) -> Iterator[Acte]:
    """Yield the line of the import, then one for each dossier with files replaced, as for answers that change."""
    resume = {
        "import": import_id,
        "fichier": plan.archive.fichier,
        "empreinte": plan.archive.empreinte,
        "nouveaux": [],
        "modifies": sorted({p.numero for _, p in plan.remplacees}),
        "pieces": counts(plan),
        **({} if depuis is None else {"depuis": depuis}),
    }
    yield Acte(action=Action.IMPORT, apres=en_json(resume))
    par_dossier: dict[int, list[tuple[PieceRecue, PieceLue]]] = {}
    for ancienne, neuve in plan.remplacees:
        par_dossier.setdefault(neuve.numero, []).append((ancienne, neuve))
    for numero, paires in par_dossier.items():
        yield Acte(
            action=Action.DOSSIER_MODIFIE,
            numero=numero,
            avant=en_json([[f"Pièce «{NBSP}{r.nom}{NBSP}»", _dite(r)] for r, _ in paires]),
            apres=en_json([[f"Pièce «{NBSP}{r.nom}{NBSP}»", _dite(p)] for r, p in paires]),
        )


def _dite(piece: PieceRecue | PieceLue) -> str:
    jour = f"déposée le {instant(piece.depose_le)}, " if piece.depose_le else ""
    return f"{jour}{pluriel(piece.taille, 'octet')}"
