"""The rescue draft: what was typed while the database refused it, in a plain file of the campagne.

It holds dossier text, so it never leaves the folder of the campagne: when that folder cannot be written either, the
text stays in the window, to be copied.
"""

from pathlib import Path

from o2r_desktop.store.base import remplacer
from o2r_desktop.store.erreurs import traduire

FICHIER = "brouillon-de-secours.txt"
_TAILLE_MAX = 1_000_000


def ecrire(dossier: Path, texte: str) -> None:
    """Keep *texte* in place of the draft; raises StoreError when the folder cannot be written."""
    with traduire(dossier):
        partiel = dossier / f"{FICHIER}.partiel"
        partiel.write_text(texte, encoding="utf-8", errors="replace")
        remplacer(partiel, dossier / FICHIER)


def lire(dossier: Path) -> str:
    """Return the draft, «» when there is none or it cannot be read."""
    try:
        with (dossier / FICHIER).open(encoding="utf-8", errors="replace") as flux:
            return flux.read(_TAILLE_MAX)
    except OSError:
        return ""


def effacer(dossier: Path) -> None:
    """Throw the draft away: all that it holds is written, or was copied; raises StoreError."""
    with traduire(dossier):
        (dossier / FICHIER).unlink(missing_ok=True)
