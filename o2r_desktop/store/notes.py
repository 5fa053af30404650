"""Which notes were produced, of what data, and where they are."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from o2r_desktop.store import dossiers, journal
from o2r_desktop.store.connection import Campagne, ecriture, lecture
from o2r_desktop.store.journal import Acte, Action
from o2r_desktop.store.valeurs import en_json, iso, propre


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteProduite:
    """A note that was written. ``projet`` is true when the evaluation was not finalised."""

    numero: int
    fichier: Path
    sha256: str
    pages: int
    le: datetime
    empreinte_donnees: str
    projet: bool


def record_note(
    campagne: Campagne,
    *,
    numero: int,
    fichier: Path,
    sha256: str,
    pages: int,
    empreinte_donnees: str,
    projet: bool,
    auteur: str,
    now: datetime,
) -> None:
    """Remember a note; inside the campagne its path is kept relative, so that the folder can be moved."""
    ligne = {
        "numero": numero,
        "fichier": _en_texte(campagne.dossier, fichier),
        "sha256": sha256,
        "pages": pages,
        "le": iso(now),
        "empreinte_donnees": empreinte_donnees,
        "projet": int(projet),
    }
    with ecriture(campagne) as db:
        dossiers.exiger(db, numero)
        db.table("note").insert(ligne)
        acte = Acte(action=Action.NOTE, numero=numero, apres=en_json(ligne))
        journal.append(db, [acte], auteur=auteur, now=now)


def notes(campagne: Campagne, numero: int | None = None) -> list[NoteProduite]:
    """Return the notes produced, oldest first: all of them, or those of one dossier."""
    with lecture(campagne) as db:
        if numero is not None:
            dossiers.exiger(db, numero)
        lignes = db.query("SELECT * FROM note WHERE ?1 IS NULL OR numero = ?1 ORDER BY id", [numero])
        return [
            NoteProduite(
                numero=ligne["numero"],
                fichier=campagne.dossier / ligne["fichier"],
                sha256=ligne["sha256"],
                pages=ligne["pages"],
                le=datetime.fromisoformat(ligne["le"]),
                empreinte_donnees=ligne["empreinte_donnees"],
                projet=bool(ligne["projet"]),
            )
            for ligne in lignes
        ]


def _en_texte(dossier: Path, fichier: Path) -> str:
    """Return the path of a note as it is kept: relative to the campagne with «/», absolute elsewhere."""
    fichier = fichier.absolute()
    relatif = fichier.relative_to(dossier) if fichier.is_relative_to(dossier) else fichier
    return propre(relatif.as_posix())
