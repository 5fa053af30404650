"""The undoing of a whole import: records put back as they were, answers untouched."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from o2r_desktop.dossiers.enregistrement import colonnes_de_json, de_json
from o2r_desktop.dossiers.importation import Apercu
from o2r_desktop.dossiers.model import Colonne, Enregistrement
from o2r_desktop.dossiers.pieces import PieceRecue
from o2r_desktop.errors import StoreError
from o2r_desktop.evaluation.reponses import Changement
from o2r_desktop.progress import Reporter, SilentReporter
from o2r_desktop.store import journal, pieces, rapports
from o2r_desktop.store.base import Base
from o2r_desktop.store.changements import flag, unflag
from o2r_desktop.store.connection import Campagne, ecriture, lecture
from o2r_desktop.store.dossiers import load_many, put_rows
from o2r_desktop.store.journal import Acte, Action
from o2r_desktop.store.valeurs import en_json, iso, propre

_TRAVAIL = ("evaluation", "note", "question", "attribution", "analyse", "acte")
"""Tables whose rows are somebody's work on a dossier: with one of them it stays, and an undoing names it."""
_LOT = 500
"""Records put back between two looks at the cancel button."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annulation:
    """What an undoing did: dossiers that left, records put back, new dossiers kept because somebody began them.

    ``pieces`` counts the files that left. ``touches`` are the dossiers that stay and whose record, reading or files
    may be others; ``a_reconfirmer`` answers given on what has just gone back; ``figees`` the dossiers whose
    finalised evaluation does not hold with what is put back.
    """

    imports: tuple[int, ...]
    retires: tuple[int, ...]
    remis: tuple[int, ...]
    gardes: tuple[int, ...]
    pieces: int
    touches: tuple[int, ...] = ()
    a_reconfirmer: tuple[tuple[int, str], ...] = ()
    figees: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relecture:
    """How a record is read: its row of the list, and what a change from one to another touches, by critere.

    The change goes from what is read before the undoing to what is read after: a record that stays may change too.
    """

    apercu: Callable[[Enregistrement], Apercu]
    changements: Callable[[Enregistrement, Enregistrement], Mapping[str, Sequence[Changement]]]


def last_undoable(campagne: Campagne) -> int | None:
    """Return the first import of the last lot that stands, None when there is none."""
    with lecture(campagne) as db:
        return _dernier(db)


def check(campagne: Campagne, import_id: int) -> None:
    """Raise StoreError unless an import can be undone."""
    with lecture(campagne) as db:
        _exiger(db, campagne, import_id)


def former_correspondance(campagne: Campagne, import_id: int) -> str | None:
    """Return the correspondence that undoing an import would put back, None when it changed none."""
    with lecture(campagne) as db:
        return rapports.former_correspondance(db, _ids(db, import_id))


def leaving(campagne: Campagne, import_id: int) -> list[tuple[PieceRecue, PieceRecue | None]]:
    """Return the files that undoing an import takes from dossiers that were there, with those that come back."""
    with lecture(campagne) as db:
        ids = _ids(db, import_id)
        nouveaux, _ = _touches(db, ids)
        numeros = [n for n in _pieces_touchees(db, ids) if n not in nouveaux]
    paires: list[tuple[PieceRecue, PieceRecue | None]] = []
    for numero in numeros:
        recues = pieces.received(campagne, numero)
        # the last of those that stay, as they were received in that order
        restent = {(r.genre, r.nom): r for r in sorted(recues, key=lambda r: r.id) if r.import_id not in ids}
        partent = [r for r in recues if r.import_id in ids and not r.remplacee]
        paires += [(r, restent.get((r.genre, r.nom))) for r in partent]
    return paires


def undo_import(
    campagne: Campagne,
    import_id: int,
    *,
    auteur: str,
    now: datetime,
    relecture: Relecture,
    touches: Mapping[int, Mapping[str, Sequence[Changement]]] | None = None,
    reporter: Reporter | None = None,
) -> Annulation:
    """Undo an import and those made together with it, in one transaction; raises StoreError when it cannot be.

    Only the last import that stands can be undone: an older one would leave newer records on nothing. No answer
    changes: the flags «à reconfirmer» that it set are lifted, and an answer given since is flagged in its turn.
    *relecture* follows the correspondence that the campagne will have; *touches* tells, by dossier and critere,
    what else goes back: the files.
    """
    suivi = reporter or SilentReporter()
    with ecriture(campagne) as db:
        ids = _exiger(db, campagne, import_id)
        correspondance = rapports.former_correspondance(db, ids)
        nouveaux, anciens = _touches(db, ids)
        gardes = _commences(db, nouveaux)
        retires = sorted(nouveaux - gardes)
        repondues = _repondues_depuis(db, ids)
        relus = sorted(repondues.keys() & anciens if correspondance is None else repondues)
        presents = {e.numero: e for e in load_many(campagne, relus)}
        changes = _changes(db, ids, anciens, correspondance)
        leves = unflag(db, rapports.flags(db, ids))
        _remettre(db, anciens)
        combien = _retirer_pieces(db, ids, retires, gardes)
        _retirer(db, retires)
        if correspondance is not None:
            db.execute("UPDATE campagne SET correspondance = ?", [correspondance])
        _relire(db, anciens if correspondance is None else None, relecture, suivi)
        contre = flag(db, _contre(campagne, presents, repondues, relecture, touches or {}))
        _marquer(db, ids, auteur, now)
        faite = Annulation(
            imports=ids,
            retires=tuple(retires),
            remis=tuple(sorted(anciens)),
            gardes=tuple(sorted(gardes)),
            pieces=combien,
            touches=tuple(sorted(changes.difference(retires))),
            a_reconfirmer=tuple((a.numero, a.critere) for a in contre if a.numero is not None),
        )
        journal.append(db, [*_actes(faite), *leves, *contre], auteur=auteur, now=now)
    return faite


def _dernier(db: Base) -> int | None:
    ligne = db.execute("SELECT max(iif(lot > 0, lot, id)) FROM import_ WHERE annule_le IS NULL").fetchone()
    return None if ligne[0] is None else int(ligne[0])


def _ids(db: Base, import_id: int) -> tuple[int, ...]:
    """Return the imports made together with one, itself included, none when it is unknown."""
    lignes = db.execute(
        "SELECT id FROM import_ WHERE iif(lot > 0, lot, id) = (SELECT iif(lot > 0, lot, id) FROM import_ "
        "WHERE id = ?) ORDER BY id",
        [import_id],
    )
    return tuple(ligne[0] for ligne in lignes)


def _exiger(db: Base, campagne: Campagne, import_id: int) -> tuple[int, ...]:
    ids, dernier = _ids(db, import_id), _dernier(db)
    sujet = f"L’import n° {import_id} de la campagne « {campagne.dossier} »"
    if not ids:
        raise StoreError(f"{sujet} n’existe pas : consultez la liste des imports.")
    if db.execute("SELECT 1 FROM import_ WHERE id = ? AND annule_le IS NOT NULL", [import_id]).fetchone():
        raise StoreError(f"{sujet} est déjà annulé : il n’y a rien à faire.")
    if dernier not in ids:
        raise StoreError(
            f"{sujet} n’est pas le dernier : annulez d’abord l’import n° {dernier}, qui est venu après lui."
        )
    return ids


def _touches(db: Base, ids: Sequence[int]) -> tuple[set[int], dict[int, int]]:
    """Return the dossiers that the lot brought, and those that it changed with the import that came before."""
    lignes = db.execute(
        "SELECT d.numero, (SELECT max(v.import_id) FROM dossier_version AS v "
        "WHERE v.numero = d.numero AND v.import_id NOT IN (SELECT value FROM json_each(?1))) "
        "FROM dossier AS d WHERE d.import_id IN (SELECT value FROM json_each(?1))",
        [json.dumps(ids)],
    ).fetchall()
    return {n for n, ancien in lignes if ancien is None}, {n: a for n, a in lignes if a is not None}


def _commences(db: Base, numeros: Iterable[int]) -> set[int]:
    """Return those that somebody began: what was answered, asked, said or shared out would be lost with them."""
    travail = " UNION ALL ".join(f"SELECT numero FROM {table}" for table in _TRAVAIL)  # noqa: S608 constants
    lignes = db.execute(
        f"SELECT value FROM json_each(?) WHERE value IN ({travail})",  # noqa: S608 constants
        [json.dumps(sorted(numeros))],
    )
    return {ligne[0] for ligne in lignes}


def _changes(db: Base, ids: Sequence[int], remis: Iterable[int], correspondance: str | None) -> set[int]:
    """Return the dossiers whose record, files or reading may be others: all of them when the correspondence is."""
    if correspondance is not None:
        return {ligne[0] for ligne in db.execute("SELECT numero FROM dossier")}
    return {*remis, *_pieces_touchees(db, ids)}


def _pieces_touchees(db: Base, ids: Sequence[int]) -> list[int]:
    """Return the dossiers whose files, or what is told of those that are missing, the lot may have changed."""
    lignes = db.execute(
        "SELECT numero FROM piece WHERE import_id IN (SELECT value FROM json_each(?1)) "
        "UNION SELECT numero FROM piece_en_erreur WHERE numero IN (SELECT n.value FROM import_ AS i, "
        "json_each(i.numeros) AS n WHERE i.id IN (SELECT value FROM json_each(?1))) ORDER BY 1",
        [json.dumps(ids)],
    )
    return [ligne[0] for ligne in lignes]


def _repondues_depuis(db: Base, ids: Sequence[int]) -> dict[int, list[str]]:
    """Return, by dossier, the answers written since the lot, even while something put them in doubt."""
    lignes = db.execute(
        "SELECT numero, critere FROM reponse "
        "WHERE modifiee > (SELECT max(le) FROM import_ WHERE id IN (SELECT value FROM json_each(?)))",
        [json.dumps(ids)],
    )
    trouvees: dict[int, list[str]] = {}
    for numero, critere in lignes:
        trouvees.setdefault(numero, []).append(critere)
    return trouvees


def _remettre(db: Base, anciens: Mapping[int, int]) -> None:
    """Put the former records back, and forget the versions that they make useless."""
    db.conn.executemany(
        "UPDATE dossier SET (colonnes, contenu, empreinte, import_id) = "
        "(SELECT v.colonnes, v.contenu, v.empreinte, v.import_id FROM dossier_version AS v "
        "WHERE v.numero = ?1 AND v.import_id = ?2) WHERE numero = ?1",
        anciens.items(),
    )
    db.conn.executemany("DELETE FROM dossier_version WHERE numero = ? AND import_id >= ?", anciens.items())


def _retirer_pieces(db: Base, ids: Sequence[int], retires: Sequence[int], gardes: Iterable[int]) -> int:
    """Take out the files that the lot brought, but those of the dossiers that are kept; return how many."""
    valeurs = [json.dumps(ids), json.dumps(sorted(gardes)), json.dumps(retires)]
    garde = "numero NOT IN (SELECT value FROM json_each(?2))"
    combien = db.execute(
        f"DELETE FROM piece WHERE import_id IN (SELECT value FROM json_each(?1)) AND {garde} "  # noqa: S608 a constant
        "OR numero IN (SELECT value FROM json_each(?3))",
        valeurs,
    ).rowcount
    db.execute(
        "UPDATE piece SET remplacee_par = NULL "  # noqa: S608 a constant
        f"WHERE remplacee_par IN (SELECT value FROM json_each(?1)) AND {garde}",
        valeurs[:2],
    )
    db.execute(
        "DELETE FROM piece_en_erreur "  # noqa: S608 a constant
        f"WHERE import_id IN (SELECT value FROM json_each(?1)) AND (numero IS NULL OR {garde})",
        valeurs[:2],
    )
    return combien


def _retirer(db: Base, numeros: Iterable[int]) -> None:
    cles = [(n,) for n in numeros]
    for table in ("lecture", "resume", "panorama", "dossier_version", "piece_en_erreur", "dossier"):
        db.conn.executemany(f"DELETE FROM {table} WHERE numero = ?", cles)  # noqa: S608 a constant


def _relire(db: Base, numeros: Iterable[int] | None, relecture: Relecture, suivi: Reporter) -> None:
    """Make the rows of these dossiers again, of all of them with None."""
    if numeros is None:
        numeros = [ligne[0] for ligne in db.execute("SELECT numero FROM dossier")]
    voulus = sorted(numeros)
    jeux: dict[str, tuple[Colonne, ...]] = {}
    for debut in range(0, len(voulus), _LOT):
        suivi.step(debut, len(voulus), "Retour à l’état précédent")
        lignes = db.execute(
            "SELECT d.numero, d.contenu, d.colonnes, c.json FROM dossier AS d "
            "JOIN colonnes AS c ON c.id = d.colonnes WHERE d.numero IN (SELECT value FROM json_each(?))",
            [json.dumps(voulus[debut : debut + _LOT])],
        ).fetchall()
        jeux |= {jeu: colonnes_de_json(texte) for _, _, jeu, texte in lignes if jeu not in jeux}
        put_rows(db, [relecture.apercu(de_json(n, contenu, jeux[jeu])) for n, contenu, jeu, _ in lignes])


def _contre(
    campagne: Campagne,
    presents: Mapping[int, Enregistrement],
    repondues: Mapping[int, Sequence[str]],
    relecture: Relecture,
    touches: Mapping[int, Mapping[str, Sequence[Changement]]],
) -> dict[int, dict[str, list[Changement]]]:
    """Return what goes back under the answers given since the import."""
    reviennent = {e.numero: e for e in load_many(campagne, sorted(presents))}
    contre: dict[int, dict[str, list[Changement]]] = {}
    for numero, criteres in repondues.items():
        autres = touches.get(numero, {})
        relus = relecture.changements(presents[numero], reviennent[numero]) if numero in reviennent else {}
        par_critere = {c: [*relus.get(c, ()), *autres.get(c, ())] for c in criteres}
        contre[numero] = {c: dits for c, dits in par_critere.items() if dits}
    return contre


def _marquer(db: Base, ids: Sequence[int], auteur: str, now: datetime) -> None:
    db.conn.executemany(
        "UPDATE import_ SET annule_le = ?, annule_par = ? WHERE id = ?",
        [(iso(now), propre(auteur), i) for i in ids],
    )


def _actes(faite: Annulation) -> list[Acte]:
    resume = {
        "imports": faite.imports,
        "retires": faite.retires,
        "remis": faite.remis,
        "gardes": faite.gardes,
        "pieces": faite.pieces,
    }
    effets = [(n, "remis") for n in faite.remis] + [(n, "gardé") for n in faite.gardes]
    return [
        Acte(action=Action.IMPORT_ANNULE, apres=en_json(resume)),
        *(Acte(action=Action.IMPORT_ANNULE, numero=n, apres=effet) for n, effet in sorted(effets)),
    ]
