"""Is the campagne sound? Database, links, journal, records, pieces and notes, each failure a French sentence."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from o2r_desktop.dossiers.enregistrement import empreinte
from o2r_desktop.errors import StoreCorruptError
from o2r_desktop.store import comite, journal
from o2r_desktop.store.base import Base
from o2r_desktop.store.connection import Campagne, lecture
from o2r_desktop.store.erreurs import traduire
from o2r_desktop.store.journal import Action
from o2r_desktop.store.notes import NoteProduite, notes
from o2r_desktop.store.octets import path_for
from o2r_desktop.text import NBSP
from o2r_desktop.text import numero as numero_lisible


def verify(campagne: Campagne) -> list[str]:
    """Return what is wrong, one sentence each; nothing when the campagne is sound."""
    try:
        with lecture(campagne) as db:
            defauts = _base(db)
            if defauts:
                return defauts  # what is read from a damaged base proves nothing
            phrases = [*_liens(db), *_enregistrements(db), *_reponses(db), *_avis(db), *_comite(db)]
        phrases += [f"Le journal ne peut plus faire foi : {a.ou}, {a.quoi}." for a in journal.verify(campagne)]
        with traduire(campagne.dossier):
            return [*phrases, *_pieces(campagne), *_notes(campagne)]
    except StoreCorruptError as erreur:
        return [str(erreur)]


def _base(db: Base) -> list[str]:
    lignes = [str(ligne[0]) for ligne in db.execute("PRAGMA integrity_check").fetchall()]
    if lignes == ["ok"]:
        return []
    return [f"La base est endommagée ({lignes[0]}) : restaurez la dernière sauvegarde."]


def _liens(db: Base) -> list[str]:
    tables = sorted({str(ligne[0]) for ligne in db.execute("PRAGMA foreign_key_check").fetchall()})
    return [f"La table « {nom} » a des lignes sans lien : restaurez la dernière sauvegarde." for nom in tables]


def _enregistrements(db: Base) -> list[str]:
    curseur = db.execute(
        "SELECT d.numero, d.contenu, d.empreinte, c.json FROM dossier AS d JOIN colonnes AS c ON c.id = d.colonnes "
        "UNION ALL SELECT v.numero, v.contenu, v.empreinte, c.json FROM dossier_version AS v "
        "JOIN colonnes AS c ON c.id = v.colonnes ORDER BY 1"
    )
    alteres = dict.fromkeys(numero for numero, contenu, dite, jeu in curseur if empreinte(jeu, contenu) != dite)
    return [
        f"Les données du dossier n° {numero_lisible(numero)} ne sont plus celles de l’export : "
        "restaurez la dernière sauvegarde."
        for numero in alteres
    ]


def _reponses(db: Base) -> list[str]:
    """Compare each answer with what the journal says was last written of it."""
    dernieres = {
        (ligne["numero"], ligne["critere"]): json.loads(ligne["apres"])
        for ligne in db.query(
            "SELECT numero, critere, apres FROM journal WHERE action = ? ORDER BY id", [Action.REPONSE.value]
        )
    }
    alterees = [
        (ligne["numero"], ligne["critere"])
        for ligne in db.query("SELECT * FROM reponse ORDER BY numero, critere")
        if not _dit_comme(ligne, dernieres.pop((ligne["numero"], ligne["critere"]), None))
    ]
    return [
        f"La réponse au critère {critere} du dossier n° {numero_lisible(numero)} n’est pas celle du journal : "
        "restaurez la dernière sauvegarde."
        for numero, critere in [*alterees, *sorted(dernieres)]
    ]


def _dit_comme(ligne: dict[str, Any], ecrite: dict[str, Any] | None) -> bool:
    """Say whether a row holds what was written; the flag «à reconfirmer» is set by imports, apart."""
    if ecrite is None:
        return False
    presente = ligne | {"preuves": json.loads(ligne["preuves"])}
    return all(presente[champ] == valeur for champ, valeur in ecrite.items() if champ != "a_reconfirmer")


def _avis(db: Base) -> list[str]:
    """Compare each opinion, drafted or given, with what the journal last wrote of it."""
    derniers = {
        ligne["numero"]: (Action(ligne["action"]), json.loads(ligne["apres"]))
        for ligne in db.query(
            "SELECT numero, action, apres FROM journal WHERE action IN (?, ?) ORDER BY id",
            [Action.PROJET_AVIS.value, Action.CONCLUSION.value],
        )
    }
    alteres = [
        ligne["numero"]
        for ligne in db.query("SELECT * FROM evaluation ORDER BY numero")
        if not _avis_dit_comme(ligne, *derniers.get(ligne["numero"], (Action.PROJET_AVIS, _AUCUN_AVIS)))
    ]
    return [
        f"L’avis du dossier n° {numero_lisible(numero)} n’est pas celui du journal : "
        "restaurez la dernière sauvegarde."
        for numero in alteres
    ]


_TEXTES = ("motif", "reserves", "points_forts", "points_faibles")
_AUCUN_AVIS = {"avis": None, "montants": "{}", **dict.fromkeys(_TEXTES, "")}


def _avis_dit_comme(ligne: dict[str, Any], action: Action, ecrit: dict[str, Any]) -> bool:
    """Say whether a row holds the opinion written; only a conclusion finalises, and its fingerprint counts then."""
    if ligne["finalisee_le"] and action is not Action.CONCLUSION:
        return False
    return all(
        ligne[champ] == valeur for champ, valeur in ecrit.items() if champ != "empreinte" or ligne["finalisee_le"]
    )


def _comite(db: Base) -> list[str]:
    alterees = comite.alterees(db)
    if not alterees:
        return []
    quoi = ", ".join(f"«{NBSP}{cle}{NBSP}»" for cle in alterees)
    return [
        f"Ce qui est gardé du comité n’est pas ce que dit le journal ({quoi}) : restaurez la dernière sauvegarde."
    ]


def _pieces(campagne: Campagne) -> Iterator[str]:
    """Check the bytes of each file, once for all the dossiers that have it; answers cite replaced ones too."""
    with lecture(campagne) as db:
        lignes = db.execute(
            "SELECT p.empreinte, p.nom, p.numero, i.fichier FROM piece AS p "
            "JOIN import_ AS i ON i.id = p.import_id "
            "WHERE p.id IN (SELECT max(id) FROM piece GROUP BY empreinte) ORDER BY p.numero, p.nom"
        ).fetchall()
    for empreinte_dite, nom, numero, archive in lignes:
        fichier = path_for(campagne, empreinte_dite)
        quoi = f"La pièce «{NBSP}{nom}{NBSP}» du dossier n°{NBSP}{numero_lisible(numero)}"
        if not fichier.is_file():
            yield f"{quoi} n’est plus dans la campagne{NBSP}: importez de nouveau «{NBSP}{archive}{NBSP}»."
        elif _sha256(fichier) != empreinte_dite:
            yield (
                f"{quoi} n’est plus celle qui a été reçue{NBSP}: supprimez le fichier "
                f"«{NBSP}{fichier.relative_to(campagne.dossier)}{NBSP}» de la campagne, "
                f"puis importez de nouveau «{NBSP}{archive}{NBSP}»."
            )


def _notes(campagne: Campagne) -> list[str]:
    """Check the last note written at each place.

    Outside the campagne a note may have been sent, filed or thrown away: its absence says nothing.
    """
    dernieres = {note.fichier: note for note in notes(campagne)}
    phrases = [_note(note, attendue=note.fichier.is_relative_to(campagne.dossier)) for note in dernieres.values()]
    return [phrase for phrase in phrases if phrase]


def _note(note: NoteProduite, *, attendue: bool) -> str:
    quoi = f"La note « {note.fichier} » du dossier n° {numero_lisible(note.numero)}"
    if not note.fichier.is_file():
        return f"{quoi} n’existe plus : produisez-la à nouveau." if attendue else ""
    if _sha256(note.fichier) != note.sha256:
        return f"{quoi} a été modifiée depuis qu’elle a été produite : produisez-la à nouveau."
    return ""


def _sha256(fichier: Path) -> str:
    with fichier.open("rb") as flux:
        return hashlib.file_digest(flux, "sha256").hexdigest()
