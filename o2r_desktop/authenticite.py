"""Is a note that somebody hands over the one of the campagne? The file itself, compared with the store."""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from o2r_desktop import operations
from o2r_desktop.errors import DossierError, NoteError
from o2r_desktop.imports.piece_jointe import lire_donnees
from o2r_desktop.notes.donnees import FORMAT, empreinte, empreinte_dossier
from o2r_desktop.operations import Session
from o2r_desktop.store import notes
from o2r_desktop.text import NBSP, instant
from o2r_desktop.text import numero as numero_lisible


class Verdict(StrEnum):
    """What comes of the comparison."""

    CONFORME = "conforme"
    PERIMEE = "perimee"
    INCONNUE = "inconnue"
    ALTEREE = "alteree"
    ETRANGERE = "etrangere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Constatation:
    """The verdict on a file, with the sentence that says why; ``numero`` is None when the file names none."""

    verdict: Verdict
    phrase: str
    numero: int | None
    sha256: str


def verifier_note(session: Session, fichier: Path) -> Constatation:
    """Compare a note in PDF with the campagne; raises NoteError when the file is no note of the program.

    CONFORME: byte for byte a note that was written, and its data are still those of the dossier. PERIMEE: it was
    written here, the data changed since. ALTEREE: its data do not match the fingerprint that it bears, or it bears
    the data of a note of ours without being it. INCONNUE: whole, never written by this campagne. ETRANGERE: about a
    dossier that the campagne does not hold.
    """
    octets = lire(fichier)
    sha256 = hashlib.sha256(octets).hexdigest()
    document = _document(fichier)
    numero = int(document["donnees"]["dossier"]["numero"])
    verdict, phrase = _juger(session, document, numero, sha256)
    return Constatation(verdict=verdict, phrase=phrase, numero=numero, sha256=sha256)


def lire(fichier: Path) -> bytes:
    """Return the bytes of a file; raises NoteError when it cannot be read."""
    try:
        return fichier.read_bytes()
    except OSError as erreur:
        raise NoteError(f"« {fichier} » ne peut pas être lu ({erreur.strerror}) : vérifiez le chemin.") from erreur


def _document(fichier: Path) -> dict[str, Any]:
    """Return the JSON that travels in a note."""
    brut = lire_donnees(fichier)
    refus = NoteError(
        f"« {fichier.name} » ne porte pas les données d’une note d’O2R Desktop : ce n’en est pas une, ou elles ont "
        "été retirées."
    )
    try:
        document = json.loads(brut)
        if document["format"] != FORMAT or not isinstance(document["donnees"]["dossier"]["numero"], int):
            raise refus
    except (ValueError, KeyError, TypeError, RecursionError) as erreur:
        raise refus from erreur
    return dict(document)


def _juger(session: Session, document: dict[str, Any], numero: int, sha256: str) -> tuple[Verdict, str]:
    quoi = f"La note du dossier n° {numero_lisible(numero)}"
    if empreinte(document["donnees"]) != document.get("empreinte"):
        return Verdict.ALTEREE, f"{quoi} a été altérée : ses données ne correspondent plus à son empreinte."
    try:
        complet = operations.load_dossier(session, numero)
    except DossierError:
        return Verdict.ETRANGERE, f"{quoi} ne vient pas de cette campagne, qui n’a pas ce dossier."
    ecrites = notes.notes(session.campagne, numero)
    memes = [n for n in ecrites if n.sha256 == sha256]
    actuelle = empreinte_dossier(complet.dossier, complet.evaluation, session.grille, session.parametres)
    if memes and actuelle == document["empreinte"]:
        etat = "projet" if memes[-1].projet else "évaluation finalisée"
        return Verdict.CONFORME, f"{quoi} est conforme, écrite le {instant(memes[-1].le)} ({etat})."
    if memes:
        return Verdict.PERIMEE, f"{quoi} est authentique mais périmée : le dossier a changé depuis, reproduisez-la."
    if any(n.empreinte_donnees == document["empreinte"] for n in ecrites):
        return Verdict.ALTEREE, (
            f"{quoi} porte les données d’une note de cette campagne, mais le fichier n’est pas celui qui a été "
            f"écrit{NBSP}: comparez-le avec une note reproduite."
        )
    return Verdict.INCONNUE, f"{quoi} est entière, mais cette campagne ne l’a pas écrite."
