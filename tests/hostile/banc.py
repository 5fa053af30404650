"""A child that imports one file after the other and tells what each cost; ``Banc`` is the parent's side.

The child runs the use case, then the command, as a user would; it is killed and made again when it lasts too long.
"""

import contextlib
import hashlib
import io
import json
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.mesure import RACINE, memoire
from o2r_desktop import cli, reception
from o2r_desktop.errors import O2rError


@dataclass(frozen=True, slots=True, kw_only=True)
class Cout:
    """What importing a file did. ``genre`` is the exception's class, empty when it was taken; memory in Mio.

    ``memoire`` is the highest of the command, ``lecteur`` that of its reading child; 0 where no system tells.
    """

    genre: str
    phrase: str
    code: int
    sortie: str
    erreurs: str
    secondes: float
    memoire: int
    lecteur: int


class Banc:
    """The parent's side."""

    def __init__(self) -> None:
        self._enfant: subprocess.Popen[str] | None = None

    def importer(self, campagne: Path, fichiers: list[Path], *, secondes: float) -> Cout:
        """Import files into a campagne; raises TimeoutError when it lasts too long."""
        enfant = self._enfant or self._lancer()
        assert enfant.stdin is not None
        assert enfant.stdout is not None
        garde = threading.Timer(secondes, enfant.kill)
        garde.start()
        try:
            enfant.stdin.write(json.dumps([str(campagne), *map(str, fichiers)]) + "\n")
            enfant.stdin.flush()
            reponse = enfant.stdout.readline()
        finally:
            garde.cancel()
        if not reponse:
            self.fermer()
            raise TimeoutError(f"{fichiers} : plus de {secondes} s, ou le banc est mort")
        cout = Cout(**json.loads(reponse))
        if cout.lecteur > 200:  # the system keeps the highest of all the children: the next file has a new one
            self.fermer()
        return cout

    def _lancer(self) -> "subprocess.Popen[str]":
        self._enfant = subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.banc"],
            cwd=RACINE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        return self._enfant

    def fermer(self) -> None:
        """End the child."""
        if self._enfant is not None:
            self._enfant.kill()
            self._enfant.communicate()
            self._enfant = None


def contenu(dossier: Path) -> dict[str, str]:
    """Return the fingerprint of every file under *dossier*, and its folders; nothing when it does not exist."""
    return {
        p.relative_to(dossier).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() if p.is_file() else "dossier"
        for p in sorted(dossier.rglob("*"))
    }


def _oublier_le_plus_haut() -> None:
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", "ascii")


def _travailler(campagne: Path, fichiers: list[Path]) -> dict[str, Any]:
    _oublier_le_plus_haut()
    debut = time.perf_counter()
    genre = phrase = ""
    try:
        reception.import_files(campagne, fichiers, auteur="essai", essai=True)
    except O2rError as erreur:
        genre, phrase = type(erreur).__name__, str(erreur)
    secondes = time.perf_counter() - debut
    sortie, erreurs = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(sortie), contextlib.redirect_stderr(erreurs):
        code = cli.run(["importer", *map(str, fichiers), "--campagne", str(campagne), "--json"])
    return {
        "genre": genre,
        "phrase": phrase,
        "code": code,
        "sortie": sortie.getvalue(),
        "erreurs": erreurs.getvalue(),
        "secondes": secondes,
        "memoire": memoire(enfants=False),
        "lecteur": memoire(enfants=True),
    }


def main() -> None:
    """Import what each line of the entry names; answer by a line."""
    for ligne in sys.stdin:
        campagne, *fichiers = map(Path, json.loads(ligne))
        print(json.dumps(_travailler(campagne, fichiers)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
