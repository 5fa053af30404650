"""What the measures share: a clock, a median, a line."""

import gc
import statistics
import time
from collections.abc import Callable


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
