"""The file «verrou»: one writer at a time. The system holds the lock, so a dead process leaves none."""

import errno
import getpass
import json
import os
import sys
from datetime import datetime
from pathlib import Path

from o2r_desktop.errors import StoreLockedError
from o2r_desktop.store.valeurs import en_json, iso, propre
from o2r_desktop.text import instant

VERROU = "verrou"
_TAILLE_MAX = 4096
_REFUS = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})

if sys.platform == "win32":
    import msvcrt

    _OCTET = 2**30  # Windows forbids reading a locked byte: lock one far beyond the text

    def _saisir(fd: int) -> None:
        os.lseek(fd, _OCTET, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        os.lseek(fd, 0, os.SEEK_SET)
else:
    import fcntl

    def _saisir(fd: int) -> None:
        # flock and not lockf: the latter is lost as soon as this process closes another handle on the file
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Verrou:
    """The right to write in a campagne, held until liberer().

    ``interrompue`` says since when the last holder had it when he never gave it back: his program was killed.
    """

    def __init__(self, fd: int, interrompue: datetime | None = None) -> None:
        self._fd: int | None = fd
        self.interrompue = interrompue

    def liberer(self) -> None:
        """Give the right back; twice is once."""
        if self._fd is not None:
            fd, self._fd = self._fd, None
            try:
                os.ftruncate(fd, 0)
            finally:
                os.close(fd)


def prendre(dossier: Path, now: datetime) -> Verrou:
    """Take the lock of a campagne; raises StoreLockedError, which names the holder, or OSError."""
    chemin = dossier / VERROU
    fd = os.open(chemin, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _saisir(fd)
        reste = os.read(fd, _TAILLE_MAX)
        os.lseek(fd, 0, os.SEEK_SET)
        os.ftruncate(fd, 0)
        os.write(fd, en_json(_moi(now)).encode())
    except OSError as erreur:
        os.close(fd)
        if erreur.errno in _REFUS:
            raise StoreLockedError(_phrase(dossier, chemin)) from erreur
        raise
    return Verrou(fd, _depuis(reste))


def _depuis(reste: bytes) -> datetime | None:
    """Return since when the one who left *reste* in the file had the lock, None when he gave it back."""
    try:
        lu = datetime.fromisoformat(json.loads(reste)["depuis"])
    except (ValueError, KeyError, TypeError):
        return None
    return lu if lu.tzinfo is not None else None


def _moi(now: datetime) -> dict[str, str | int]:
    return {"pid": os.getpid(), "hote": propre(_hote()), "utilisateur": _utilisateur(), "depuis": iso(now)}


def _hote() -> str:
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "")
    return os.uname().nodename


def _utilisateur() -> str:
    try:
        return propre(getpass.getuser())
    except (KeyError, OSError, ImportError):  # no name in the environment nor in the accounts
        return ""


def _phrase(dossier: Path, chemin: Path) -> str:
    return (
        f"La campagne « {dossier} » est déjà ouverte{_tenant(chemin)} : "
        "fermez-la d’abord là où elle l’est, ou ouvrez-la en lecture seule."
    )


def _tenant(chemin: Path) -> str:
    """Return « par camille sur POSTE-12 depuis le 13/08/2025 à 12:00 », empty when nobody can tell."""
    try:
        lu = json.loads(chemin.read_text(encoding="utf-8"))
        depuis = instant(datetime.fromisoformat(lu["depuis"]))
        qui = lu["utilisateur"] or "un autre utilisateur"
        return f" par {qui} sur {lu['hote']} depuis le {depuis} (processus {lu['pid']})"
    except (OSError, ValueError, KeyError, TypeError):  # written at this very moment, or by somebody else
        return ""
