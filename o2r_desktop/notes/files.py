"""Writing a note: whole or not at all, under a name that every system accepts."""

import contextlib
import hashlib
import os
import re
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from o2r_desktop.errors import NoteTargetError
from o2r_desktop.notes.modele import Longueur

LONGUEUR_MAX = 120
_OCTETS = 240
_RESERVES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ecrit:
    """A file written, and the SHA-256 of its bytes."""

    chemin: Path
    sha256: str


_DEBUTS = {Longueur.FICHE: "fiche", Longueur.NOTE: "note-courte", Longueur.COMPLETE: "note"}


def nom_fichier(numero: int, porteur: str, longueur: Longueur = Longueur.COMPLETE) -> str:
    """Return «note_24000012_passerelle-des-mauges.pdf»: ASCII, no reserved name, at most 120 characters."""
    texte = porteur.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    plain = "".join(c for c in unicodedata.normalize("NFKD", texte) if not unicodedata.combining(c))
    mots = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower()
    debut = f"{_DEBUTS[longueur]}_{numero}"
    place = LONGUEUR_MAX - len(debut) - len("_.pdf")
    mots = mots[:place].strip("-")
    return f"{debut}_{mots}.pdf" if mots else f"{debut}.pdf"


def prepare_folder(dossier: Path) -> None:
    """Create the folder of notes when it is missing; raises NoteTargetError when it cannot be one."""
    try:
        dossier.mkdir(parents=True, exist_ok=True)
    except OSError as erreur:
        raise NoteTargetError(
            f"Le dossier « {dossier} » ne peut pas être créé ({_cause(erreur)}) : choisissez-en un autre."
        ) from erreur


def write(contenu: bytes, dossier: Path, nom: str) -> Ecrit:
    """Write *contenu* in *dossier* under *nom*, replacing a former note in one step.

    Raises NoteTargetError when the name is not a plain one, the folder is missing or read-only, the disk is full,
    or the file is open in a reader; nothing is left behind then.
    """
    if (
        Path(nom).name != nom
        or nom in ("", ".", "..")
        or "\0" in nom
        or len(nom) > _OCTETS
        or _RESERVES.fullmatch(nom)
    ):
        raise NoteTargetError(f"Le nom de note « {nom} » n’est pas un nom de fichier : choisissez-en un autre.")
    cible = dossier / nom
    if not dossier.is_dir():
        raise NoteTargetError(f"Le dossier « {dossier} » n’existe pas : créez-le, ou choisissez-en un autre.")
    if cible.is_dir():
        raise NoteTargetError(f"« {cible} » est un dossier : la note ne peut pas prendre sa place.")
    provisoire = _provisoire(contenu, dossier, cible)
    try:
        provisoire.replace(cible)
    except OSError as erreur:
        _effacer(provisoire)
        raise NoteTargetError(
            f"La note « {cible} » ne peut pas être remplacée ({_cause(erreur)}) : fermez-la dans le lecteur "
            "de PDF, puis recommencez."
        ) from erreur
    return Ecrit(chemin=cible, sha256=hashlib.sha256(contenu).hexdigest())


def _provisoire(contenu: bytes, dossier: Path, cible: Path) -> Path:
    """Write a temporary file beside *cible*, down to the disk."""
    chemin: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=dossier, prefix=".note-", suffix=".tmp", delete=False) as flux:
            chemin = Path(flux.name)
            flux.write(contenu)
            flux.flush()
            os.fsync(flux.fileno())
        chemin.chmod(0o644)
    except OSError as erreur:
        if chemin is not None:
            _effacer(chemin)
        raise NoteTargetError(
            f"La note « {cible} » ne peut pas être écrite ({_cause(erreur)}) : vérifiez que le dossier est "
            "ouvert en écriture et que le disque n’est pas plein."
        ) from erreur
    return chemin


def _effacer(chemin: Path) -> None:
    with contextlib.suppress(OSError):
        chemin.unlink()


def _cause(erreur: OSError) -> str:
    causes = {
        "PermissionError": "accès refusé",
        "FileNotFoundError": "dossier disparu",
        "IsADirectoryError": "un dossier porte ce nom",
        "FileExistsError": "un fichier porte ce nom",
        "NotADirectoryError": "un fichier tient la place d’un dossier",
    }
    return causes.get(type(erreur).__name__, erreur.strerror or "erreur du système")
