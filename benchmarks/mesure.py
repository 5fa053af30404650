"""What the measures share: a clock, a median, a line."""

import gc
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent


def secondes(travail: Callable[[], object], fois: int = 5) -> float:
    """Return the median wall time of *travail*, in seconds, after one run that does not count."""
    travail()
    durees = []
    for _ in range(fois):
        gc.collect()
        debut = time.perf_counter()
        travail()
        durees.append(time.perf_counter() - debut)
    return statistics.median(durees)


def ligne(quoi: str, mesure: str, objectif: str = "") -> None:
    """Print one figure, with the goal beside it."""
    print(f"  {quoi:<58} {mesure:>14}  {objectif}")


def mediane(travail: Callable[[], object], fois: int) -> float:
    """Return the median time of *travail* in milliseconds."""
    durees = []
    for _ in range(fois):
        debut = time.perf_counter()
        travail()
        durees.append((time.perf_counter() - debut) * 1000)
    return statistics.median(durees)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cout:
    """What a command cost in a process of its own: seconds, highest memory (Mio) of it and of its reading child."""

    code: int
    secondes: float
    memoire: int
    lecteur: int


def cout(mots: Sequence[str]) -> Cout:
    """Run a command of o2r in a new process and return what it cost; what it prints goes nowhere."""
    fait = subprocess.run(
        [sys.executable, "-m", "benchmarks.temoin", *mots], cwd=RACINE, capture_output=True, check=True, text=True
    )
    return Cout(**json.loads(fait.stderr.splitlines()[-1]))


def memoire(*, enfants: bool) -> int:
    """Return the highest resident memory of this program, or of its dead children, in Mio; 0 where nobody knows."""
    statut = Path("/proc/self/status")
    if not enfants and statut.exists():  # since exec, whereas getrusage remembers the parent that forked
        dit = next(li for li in statut.read_text("ascii").splitlines() if li.startswith("VmHWM"))
        return int(dit.split()[1]) // 1024
    try:
        import resource
    except ImportError:  # Windows
        return 0
    qui = resource.RUSAGE_CHILDREN if enfants else resource.RUSAGE_SELF
    unite = 2**20 if sys.platform == "darwin" else 2**10
    return int(resource.getrusage(qui).ru_maxrss) // unite
