"""ZIP files written byte by byte, so that they may lie (APPNOTE.TXT 4.3): sizes, offsets, flags, names."""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

CHIFFRE = 0x1
"""Flag of an encrypted member."""
LIEN_UNIX = 0o120777 << 16
"""External attributes of a symbolic link."""
_UTF8 = 0x800


@dataclass(frozen=True, slots=True, kw_only=True)
class Membre:
    """A member as it is written, true or not; None tells the truth.

    ``corps`` are the bytes in the file, already packed when ``methode`` says so. ``sur`` is the rank of an earlier
    member whose bytes this one claims instead of having its own.
    """

    nom: bytes
    corps: bytes = b""
    methode: int = 0
    crc: int | None = None
    deplie: int | None = None
    comprime: int | None = None
    drapeaux: int = _UTF8
    externe: int = 0
    sur: int | None = None


def plie(nom: str, octets: bytes, **autres: int) -> Membre:
    """Return a member deflated for good."""
    moteur = zlib.compressobj(9, zlib.DEFLATED, -15)
    corps = moteur.compress(octets) + moteur.flush()
    vrai = {"crc": zlib.crc32(octets), "deplie": len(octets)}
    return Membre(nom=nom.encode(), corps=corps, methode=8, **{**vrai, **autres})


def range_tel_quel(nom: str, octets: bytes, **autres: int) -> Membre:
    """Return a member stored as it is."""
    return Membre(nom=nom.encode(), corps=octets, **autres)


def bombe(nom: str, motif: bytes, fois: int, debut: bytes = b"", fin: bytes = b"", **autres: int) -> Membre:
    """Return a member that unpacks to *debut*, *fois* times *motif*, *fin*; packed in a moment.

    *motif* is packed once behind a full flush: such blocks stand alone and can be repeated.
    """
    corps = _bloc(debut) + _bloc(motif) * fois + _bloc(fin, dernier=True)
    crc = zlib.crc32(debut)
    for _ in range(fois):
        crc = zlib.crc32(motif, crc)
    vrai = {"crc": zlib.crc32(fin, crc), "deplie": len(debut) + len(motif) * fois + len(fin)}
    return Membre(nom=nom.encode(), corps=corps, methode=8, **{**vrai, **autres})


def _bloc(octets: bytes, *, dernier: bool = False) -> bytes:
    moteur = zlib.compressobj(9, zlib.DEFLATED, -15)
    return moteur.compress(octets) + moteur.flush(zlib.Z_FINISH if dernier else zlib.Z_FULL_FLUSH)


def ecrire(chemin: Path, membres: Iterable[Membre]) -> Path:
    """Write the archive as its members claim to be."""
    rangs: list[int] = []
    annuaire: list[bytes] = []
    with chemin.open("wb") as flux:
        for membre in membres:
            place = flux.tell() if membre.sur is None else rangs[membre.sur]
            rangs.append(place)
            if membre.sur is None:
                flux.write(_local(membre))
                flux.write(membre.corps)
            annuaire.append(_central(membre, place))
        debut, index = flux.tell(), b"".join(annuaire)
        flux.write(index)
        combien = min(len(annuaire), 0xFFFF)
        flux.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, combien, combien, len(index), debut, 0))
    return chemin


def _mesures(membre: Membre) -> tuple[int, int, int]:
    comprime = len(membre.corps) if membre.comprime is None else membre.comprime
    crc = zlib.crc32(membre.corps) if membre.crc is None else membre.crc
    return crc, comprime, comprime if membre.deplie is None else membre.deplie


_JOUR = 0x5B0D
"""13 August 2025, as MS-DOS writes it."""


def _local(m: Membre) -> bytes:
    tete = (b"PK\3\4", 20, m.drapeaux, m.methode, 0, _JOUR, *_mesures(m), len(m.nom), 0)
    return struct.pack("<4s5H3L2H", *tete) + m.nom


def _central(m: Membre, place: int) -> bytes:
    systeme = 3 if m.externe else 0
    tete = (b"PK\1\2", 20, systeme, 20, m.drapeaux, m.methode, 0, _JOUR, *_mesures(m), len(m.nom), 0, 0, 0, 0)
    return struct.pack("<4s2B5H3L5H2L", *tete, m.externe, place) + m.nom
