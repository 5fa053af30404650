"""Somebody types a comment without a pause and the program is killed: what was typed, when, and what is left.

Run as a module, it is the one who types: each key is told on stdout with its time.
"""

import subprocess
import sys
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.mesure import RACINE
from o2r_desktop import operations

CRITERE = "FIN-02"
_PAS_MS = 25
_MOTS = "fonds propres en hausse depuis trois exercices, "


@dataclass(frozen=True, slots=True)
class Coupure:
    """What was typed with when each key was, in seconds; when it was killed; what is left."""

    touches: list[float]
    mort: float
    reste: int

    @property
    def perdues(self) -> int:
        """How many keys are not there."""
        return len(self.touches) - self.reste

    @property
    def retard(self) -> float:
        """The age in seconds of the oldest key that is lost, 0 when none is."""
        return self.mort - self.touches[self.reste] if self.perdues > 0 else 0.0


def couper(campagne: Path, numero: int, touches: int) -> Coupure:
    """Have somebody type in a copy of a campagne, kill after some keys, and read what is there."""
    enfant = subprocess.Popen(
        [sys.executable, "-m", "tests.hostile.frappe", str(campagne), str(numero)],
        cwd=RACINE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert enfant.stdout is not None
    with enfant:
        frappees = [float(enfant.stdout.readline()) for _ in range(touches)]
        mort = time.time()
        enfant.kill()
        frappees += [float(ligne) for ligne in enfant.stdout if ligne.endswith("\n")]
    with operations.open_session(campagne, auteur="Alix") as session:
        assert operations.verify(session) == []
        reste = operations.load_dossier(session, numero).evaluation.reponse(CRITERE).commentaire
    assert (_MOTS * (len(reste) // len(_MOTS) + 1)).startswith(reste)
    return Coupure(frappees, max(mort, frappees[-1]), len(reste))


def taper(campagne: Path, numero: int) -> None:
    """Type until killed, as in the window: each breath of the field is written."""
    from PySide6.QtCore import QTimer

    from ui.app import application
    from ui.open_campagne import OpenCampagne
    from ui.widgets.texte import AutoText

    app = application()
    ouverte = OpenCampagne(lambda: datetime.now(UTC))
    ouverte.open(campagne, auteur="Alix")
    champ = AutoText("Commentaire")

    def ecrire() -> None:
        depart = ouverte.complet(numero).evaluation.reponse(CRITERE)
        if ouverte.save_reponse(numero, replace(depart, commentaire=champ.text()), "commentaire", with_last=True):
            champ.mark_saved(champ.text())

    def frapper() -> None:
        champ.insertPlainText(_MOTS[(champ.document().characterCount() - 1) % len(_MOTS)])
        sys.stdout.write(f"{time.time()}\n")
        sys.stdout.flush()

    champ.edited.connect(ecrire)
    minuterie = QTimer(champ)
    minuterie.timeout.connect(frapper)
    minuterie.start(_PAS_MS)
    app.exec()


if __name__ == "__main__":
    taper(Path(sys.argv[1]), int(sys.argv[2]))
