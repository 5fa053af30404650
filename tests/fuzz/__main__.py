"""``python -m tests.fuzz [SECONDES]``: try the properties in turn on new files, until the time is over."""

import faulthandler
import sys
import time

from hypothesis import HealthCheck, given, settings

from tests.fuzz.proprietes import PROPRIETES
from tests.fuzz.strategies import Fichier

TOUR = 60
"""Files of one property before the next has its turn."""
BLOQUE = 120
"""Seconds after which one file is said to hang."""


def essayer(nom: str, combien: int, fin: float) -> int:
    """Try a property on new files; raises what it raises, the file reduced to its least. Returns how many."""
    propriete, fichiers, _ = PROPRIETES[nom]
    essais = 0

    def veiller(fichier: Fichier) -> None:
        nonlocal essais
        if time.monotonic() > fin:
            return
        essais += 1
        faulthandler.dump_traceback_later(BLOQUE, exit=True)
        propriete(fichier)

    large = settings(max_examples=combien, deadline=None, suppress_health_check=list(HealthCheck))
    large(given(fichiers)(veiller))()
    faulthandler.cancel_dump_traceback_later()
    return essais


def main() -> int:
    """Try until the time is over; the first failure ends it."""
    duree = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    fin = time.monotonic() + duree
    comptes = dict.fromkeys(PROPRIETES, 0)
    while time.monotonic() < fin:
        for nom, (_, _, part) in PROPRIETES.items():
            comptes[nom] += essayer(nom, TOUR if part > 10 else part, fin)
    for nom, compte in comptes.items():
        print(f"  {nom:<20} {compte} fichiers")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
