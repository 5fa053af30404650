"""The data that travel inside a note, taken out of a PDF that anybody may have made: in a child process."""

from pathlib import Path
from typing import TYPE_CHECKING

from o2r_desktop.enfant import Enfant
from o2r_desktop.errors import NoteError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

NOM = "donnees.json"
OCTETS_MAX = 200_000_000
JOINTE_MAX = 50_000_000
SECONDES = 30.0
MEMOIRE = 1024 * 2**20


def lire_donnees(fichier: Path) -> bytes:
    """Return the attachment «donnees.json» of a PDF; raises NoteError when it has none or cannot be read."""
    if fichier.stat().st_size > OCTETS_MAX:
        raise NoteError(
            f"« {fichier.name} » est trop grand pour être une note : vérifiez que c’est le bon fichier."
        )
    enfant = Enfant(_extraire, "piece-jointe", str(fichier))
    recu: object = None
    try:
        fil = enfant.joindre()
        if fil.poll(SECONDES):
            recu = fil.recv()
    except (EOFError, OSError):
        recu = None  # the child died of the file
    finally:
        enfant.close()
    if not isinstance(recu, bytes):
        raise NoteError(
            f"« {fichier.name} » n’est pas une note d’O2R Desktop, ou il est abîmé : demandez le fichier d’origine."
        )
    return recu


def _extraire(fil: "Connection", chemin: str) -> None:
    """Send the bytes of the attachment, None when there is none; runs in the child."""
    import pikepdf

    from o2r_desktop.imports.processus import limiter, se_taire

    se_taire()
    limiter(MEMOIRE)
    trouvee = None
    try:
        with pikepdf.open(chemin) as pdf:
            fiche = pdf.attachments.get(NOM)
            octets = None if fiche is None else fiche.get_file().read_bytes()
            trouvee = octets if octets is not None and len(octets) <= JOINTE_MAX else None
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, MemoryError):
        trouvee = None
    fil.send(trouvee)
