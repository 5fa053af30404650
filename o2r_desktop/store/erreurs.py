"""Failures of SQLite and of the disk, told in French with the folder they concern."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from o2r_desktop.errors import (
    NotAStoreError,
    StoreCorruptError,
    StoreError,
    StoreLockedError,
    StoreUnavailableError,
)

_OCCUPEE = "La campagne « {} » est occupée par un autre programme : réessayez dans un instant."
_LECTURE = (
    "La campagne « {} » ne peut pas être modifiée (dossier ou support en lecture seule) : "
    "vérifiez vos droits, ou copiez-la à un endroit où vous pouvez écrire."
)
_SUPPORT = (
    "Le support de la campagne « {} » ne répond plus (clé retirée, réseau coupé ou disque en panne) : "
    "vérifiez-le, puis rouvrez la campagne."
)
_ABIMEE = "La base de la campagne « {} » est endommagée : restaurez la dernière sauvegarde."
_PLEIN = "Il n’y a plus de place sur le disque de la campagne « {} » : libérez de l’espace, puis réessayez."
_INACCESSIBLE = (
    "La base de la campagne « {} » ne peut pas être ouverte : vérifiez que le dossier existe et vos droits."
)
_EN_TRAVERS = (
    "Un fichier occupe la place d’un dossier dans la campagne « {} » (pieces, notes ou sauvegardes) : "
    "déplacez-le, puis réessayez."
)
_AUTRE = "Le fichier « o2r.db » du dossier « {} » n’est pas une campagne : choisissez un autre dossier."

_SQLITE: dict[str, tuple[type[StoreError], str]] = {
    "BUSY": (StoreLockedError, _OCCUPEE),
    "LOCKED": (StoreLockedError, _OCCUPEE),
    "READONLY": (StoreUnavailableError, _LECTURE),
    "IOERR": (StoreUnavailableError, _SUPPORT),
    "CORRUPT": (StoreCorruptError, _ABIMEE),
    "FULL": (StoreUnavailableError, _PLEIN),
    "CANTOPEN": (StoreUnavailableError, _INACCESSIBLE),
    "NOTADB": (NotAStoreError, _AUTRE),
}
_SYSTEME = {
    errno.ENOSPC: _PLEIN,
    errno.EDQUOT: _PLEIN,
    errno.EACCES: _LECTURE,
    errno.EPERM: _LECTURE,
    errno.EROFS: _LECTURE,
    errno.ENOENT: _INACCESSIBLE,
    errno.ENOTDIR: _INACCESSIBLE,
    errno.EEXIST: _EN_TRAVERS,
}


def erreur_store(erreur: sqlite3.Error, dossier: Path) -> StoreError | None:
    """Return what to tell the user of *erreur*, None when it is a bug.

    Extended codes count as their family: SQLITE_BUSY_SNAPSHOT is BUSY.
    """
    nom = getattr(erreur, "sqlite_errorname", "") or ""
    famille = nom.removeprefix("SQLITE_").partition("_")[0]
    if famille not in _SQLITE:
        return None
    genre, phrase = _SQLITE[famille]
    return genre(phrase.format(dossier))


@contextmanager
def traduire(dossier: Path) -> Iterator[None]:
    """Turn failures of SQLite and of files met inside the block into a StoreError; bugs pass unchanged."""
    try:
        yield
    except sqlite3.Error as erreur:
        connue = erreur_store(erreur, dossier)
        if connue is None:
            raise
        raise connue from erreur
    except OSError as erreur:
        phrase = _SYSTEME.get(erreur.errno or 0, _SUPPORT)
        raise StoreUnavailableError(phrase.format(dossier)) from erreur
