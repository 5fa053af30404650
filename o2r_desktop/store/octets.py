"""Bytes of the pieces on the disk: under their SHA-256, whole or not there at all.

The marker ``pieces/en-cours`` is there from the first byte to the end of the transaction that names the bytes, and
lists what was added: an import that dies leaves what it takes to remove its bytes, and no others.
"""

import hashlib
import os
import re
import shutil
import uuid
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from decimal import Decimal
from functools import partial
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final, TextIO

from o2r_desktop.dossiers.pieces import PieceLue, PieceRecue
from o2r_desktop.errors import StoreCorruptError, StoreError, StoreUnavailableError
from o2r_desktop.progress import Reporter
from o2r_desktop.store import base
from o2r_desktop.store.connection import PIECES_EN_COURS, Campagne, lecture
from o2r_desktop.store.erreurs import traduire
from o2r_desktop.text import NBSP, nombre

BLOC: Final = 2**20
"""Bytes read at a time: memory stays flat whatever the size of a file."""

_PARTIEL = ".partiel"
_EMPREINTE = re.compile(r"[0-9a-f]{64}")
_RESERVE = 64 * 2**20
"""Bytes left on the disk for the database and its backup."""


def path_for(campagne: Campagne, empreinte: str) -> Path:
    """Return where the bytes of a fingerprint are, or would be; raises StoreCorruptError when it is none."""
    if not _EMPREINTE.fullmatch(empreinte):
        raise StoreCorruptError(
            f"«{NBSP}{empreinte[:64]}{NBSP}» n’est pas l’empreinte d’une pièce de la campagne "
            f"«{NBSP}{campagne.dossier}{NBSP}»{NBSP}: restaurez la dernière sauvegarde."
        )
    return campagne.dossier / base.PIECES / empreinte[:2] / empreinte


def is_kept(campagne: Campagne, piece: PieceRecue) -> bool:
    """Say whether the bytes of a file are there, whole as far as their number tells."""
    with traduire(campagne.dossier):
        return _est_la(path_for(campagne, piece.empreinte), piece.taille)


def check_space(campagne: Campagne, octets: int) -> None:
    """Raise StoreUnavailableError when the disk of the campagne has no room for so many bytes."""
    with traduire(campagne.dossier):
        libres = shutil.disk_usage(campagne.dossier).free
    if octets + _RESERVE > libres:
        raise StoreUnavailableError(
            f"Les pièces demandent {_taille(octets)} et il reste {_taille(libres)} sur le disque de la campagne "
            f"«{NBSP}{campagne.dossier}{NBSP}»{NBSP}: libérez de l’espace, puis réessayez."
        )


@contextmanager
def receiving(campagne: Campagne) -> Iterator[None]:
    """Keep the marker for as long as the block lasts: the transaction that names the bytes stands inside.

    When the block fails, the bytes that nothing names go at once; when the process dies, at the next opening.
    """
    with traduire(campagne.dossier):
        _marqueur(campagne).parent.mkdir(exist_ok=True)
        _marqueur(campagne).touch()
    with ExitStack() as si_echec:
        si_echec.callback(_sweep_quietly, campagne)
        yield
        si_echec.pop_all()
    with suppress(OSError):  # what is left names only bytes that are now named: the next opening removes it
        _marqueur(campagne).unlink(missing_ok=True)


def put_bytes(
    campagne: Campagne, entrees: Iterable[tuple[PieceLue, BinaryIO]], reporter: Reporter, *, total: int = 0
) -> dict[str, str]:
    """Keep bytes under their SHA-256 before the transaction that will name them; return chemin → empreinte.

    Inside receiving(). Streamed by blocks: memory stays flat. *total* is how many bytes are expected. Raises
    StoreError when they cannot be written, what the streams raise, CancelledError when asked to stop.
    """
    empreintes: dict[str, str] = {}
    ecrits: list[Path] = []
    faits = 0
    with traduire(campagne.dossier), _marqueur(campagne).open("a", encoding="ascii", newline="\n") as trace:
        for piece, flux in entrees:
            reporter.step(faits >> 10, total >> 10, "Copie des pièces")
            empreinte, neuf = _ranger(campagne, flux, trace, reporter, (faits, total))
            empreintes[piece.chemin] = empreinte
            if neuf:
                ecrits.append(path_for(campagne, empreinte))
            faits += piece.taille
        os.fsync(trace.fileno())
        for chemin in ecrits:  # all at the end: five times as fast as each in its turn (measured on ext4)
            reporter.step(faits >> 10, total >> 10, "Copie des pièces")
            _synchroniser(chemin)
        noms = {lieu for chemin in ecrits for lieu in (chemin.parent, chemin.parent.parent)}
        for dossier in noms:
            _synchroniser_noms(dossier)
    return empreintes


def sweep(campagne: Campagne) -> int:
    """Remove the bytes that an interrupted import left without a line; return how many files went."""
    marqueur = _marqueur(campagne)
    with traduire(campagne.dossier):
        if not marqueur.is_file():
            return 0
        ajoutees = set(_EMPREINTE.findall(marqueur.read_text(encoding="ascii", errors="replace")))
        with lecture(campagne) as db:
            nommees = {ligne[0] for ligne in db.execute("SELECT DISTINCT empreinte FROM piece")}
        perdus = [path_for(campagne, e) for e in sorted(ajoutees - nommees)]
        partis = [_oter(chemin) for chemin in (*perdus, *marqueur.parent.glob(f"*{_PARTIEL}"))]
        if None not in partis:  # a file held by another program: the marker stays, and the next opening tries again
            marqueur.unlink(missing_ok=True)
    return sum(1 for parti in partis if parti)


def _marqueur(campagne: Campagne) -> Path:
    return campagne.dossier / base.PIECES / PIECES_EN_COURS


def _sweep_quietly(campagne: Campagne) -> None:
    with suppress(StoreError):  # the failure that brought us here is the one to tell; the marker stays
        sweep(campagne)


def _oter(chemin: Path) -> bool | None:
    """Remove a file, and its folder when nothing else is in it; say whether it was there, None when it resists."""
    try:
        chemin.unlink()
        with suppress(OSError):
            chemin.parent.rmdir()
    except FileNotFoundError:
        return False
    except OSError:
        return None
    return True


def _ranger(
    campagne: Campagne, flux: BinaryIO, trace: TextIO, reporter: Reporter, avance: tuple[int, int]
) -> tuple[str, bool]:
    """Keep a stream under its SHA-256; return it, and whether it was written: the same bytes are written once."""
    bloc = flux.read(BLOC)
    if suite := flux.read(BLOC):
        return _ecrire(campagne, chain((bloc, suite), iter(partial(flux.read, BLOC), b"")), trace, reporter, avance)
    empreinte = hashlib.sha256(bloc).hexdigest()
    if _est_la(path_for(campagne, empreinte), len(bloc)):
        return empreinte, False
    return _ecrire(campagne, (bloc,), trace, reporter, avance)


def _ecrire(
    campagne: Campagne, blocs: Iterable[bytes], trace: TextIO, reporter: Reporter, avance: tuple[int, int]
) -> tuple[str, bool]:
    """Write blocks beside, then under their SHA-256; a file already there with as many bytes stays."""
    faits, total = avance
    partiel = _marqueur(campagne).with_name(uuid.uuid4().hex + _PARTIEL)
    with ExitStack() as fin:
        fin.callback(partiel.unlink, missing_ok=True)
        somme, taille = hashlib.sha256(), 0
        with partiel.open("xb") as sortie:
            for bloc in blocs:
                reporter.step((faits + taille) >> 10, total >> 10, "Copie des pièces")
                somme.update(bloc)
                sortie.write(bloc)
                taille += len(bloc)
        empreinte = somme.hexdigest()
        cible = path_for(campagne, empreinte)
        if _est_la(cible, taille):
            return empreinte, False
        if cible.is_file():  # damaged, it has its line already: it is mended, not added, and nothing would sweep it
            _synchroniser(partiel)
        else:
            trace.write(empreinte + "\n")
            trace.flush()
        cible.parent.mkdir(exist_ok=True)
        partiel.replace(cible)
    return empreinte, True


def _est_la(chemin: Path, taille: int) -> bool:
    return chemin.is_file() and chemin.stat().st_size == taille


def _synchroniser(fichier: Path) -> None:
    """Make the bytes of a file durable; Windows wants it open for writing."""
    with fichier.open("r+b") as flux:
        os.fsync(flux.fileno())


def _synchroniser_noms(dossier: Path) -> None:
    """Make the names of a folder durable; Windows cannot open a folder, and NTFS journals its names."""
    if os.name == "posix":
        fd = os.open(dossier, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def _taille(octets: int) -> str:
    """Return a size as it is told: «2,1 Go», «340 Mo»."""
    if octets < 10**9:
        return f"{nombre(octets // 10**6 + 1)}{NBSP}Mo"
    return f"{nombre(Decimal(octets) / 10**9, 1)}{NBSP}Go"
