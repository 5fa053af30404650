"""The table of hostile files: how each is made, and what is said of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Faiseur = Callable[[Path], object]
"""Writes a file at the place given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cas:
    """A file, and what its import must be: the class of the refusal, what its sentence holds, what it may cost.

    ``memoire`` (Mio) bounds the command and its reading child each; ``secondes`` the whole. They are generous: a
    bomb that goes off exceeds them tenfold.
    """

    fichier: str
    faire: Faiseur
    genre: str
    mots: str
    memoire: int = 400
    secondes: float = 40


def octets(contenu: bytes) -> Faiseur:
    """Return what writes these bytes."""
    return lambda chemin: chemin.write_bytes(contenu)


def texte(contenu: str) -> Faiseur:
    """Return what writes this text in UTF-8."""
    return octets(contenu.encode())
