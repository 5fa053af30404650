"""Keeping the campagne: backups, and faults looked for."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from o2r_desktop.operations.lecture import data_fingerprint
from o2r_desktop.operations.session import Session
from o2r_desktop.text import numero as numero_lisible


def back_up(session: Session) -> Path:
    """Write a checked backup and return its path."""
    from o2r_desktop.store import backup

    return backup.back_up(session.campagne, motif="demande", now=session.horloge())


def restore(dossier: Path, sauvegarde: Path | None, *, maintenant: datetime) -> tuple[Path, Path | None]:
    """Bring back a backup, the latest by default; returns it and the backup of the state it replaced, if any."""
    from o2r_desktop.store import backup

    choisie = sauvegarde or backup.latest(dossier)
    return choisie, backup.restore(dossier, choisie, now=maintenant)


def verify(session: Session) -> list[str]:
    """Return the faults found in the campagne, empty when it is sound.

    A finalised evaluation whose data are no longer those it was finalised on is one of them.
    """
    from o2r_desktop.store import dossiers as store_dossiers
    from o2r_desktop.store import evaluations, verification

    defauts = verification.verify(session.campagne)
    if defauts:
        return defauts
    figees = {n: e for n, e in evaluations.load_all(session.campagne).items() if e.finalisee}
    perimees = [
        e.numero
        for e in store_dossiers.load_many(session.campagne, sorted(figees))
        if figees[e.numero].empreinte != data_fingerprint(session, e, figees[e.numero])
    ]
    return [
        f"L’évaluation figée du dossier {numero_lisible(numero)} ne correspond plus à ses données : "
        "rouvrez-la avec un motif, relisez-la, puis concluez à nouveau."
        for numero in perimees
    ]
