"""ZIP archives of pieces, in every layout of the platform (exports-demarche-numerique § 6).

Only the directory of an archive is read before its pieces are kept; it is bounded, and so is all that it declares.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, Final, cast

from o2r_desktop.dossiers.model import Anomalie, Gravite
from o2r_desktop.dossiers.pieces import ArchiveLue, PieceEnErreur, PieceLue
from o2r_desktop.errors import ExportError, ExportFormatError, ExportTooLargeError, ExportUnreadableError
from o2r_desktop.imports import chemins
from o2r_desktop.imports.gardes import citer, ferme
from o2r_desktop.imports.noms import lire_nom
from o2r_desktop.text import NBSP, enumeration, nombre, pluriel, printable

ENTREES_MAX: Final = 100_000
REPERTOIRE_MAX: Final = 64 * 2**20
"""Largest directory, in bytes: a hundred thousand entries with long paths."""
LISTE_MAX: Final = 4 * 2**20
"""How much of a list of errors is read, in bytes."""
RAPPORT_MEMBRE: Final = 100
RAPPORT_ARCHIVE: Final = 20
"""Largest ratio of a big file, and of a big archive: the platform stores, a colleague's ZIP is near 1.2."""
MARGE_MEMBRE: Final = 10 * 2**20
MARGE_ARCHIVE: Final = 200 * 2**20
"""What may be unpacked whatever the ratio: a small text can be very regular."""

_FIN = struct.Struct("<4s4H2LH")
_LOCALISATION_64 = struct.Struct("<4sLQL")
_FIN_64 = struct.Struct("<4sQ2H2L4Q")
_ENTREE = b"PK\x01\x02"
_METHODES = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BUREAUTIQUE = frozenset({"[Content_Types].xml", "mimetype", "xl/workbook.xml", "xl/workbook.bin"})
_ABIMES = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, RuntimeError)
"""What zipfile raises on a hostile file; NotImplementedError is a RuntimeError."""
_NOMMES = 5


def is_archive(path: Path) -> bool:
    """Say whether a file is a ZIP that is no workbook; a damaged one is told by its extension."""
    try:
        with path.open("rb") as flux:
            if flux.read(2) != b"PK":
                return False
        with _ouvrir(path) as zip_:
            return _BUREAUTIQUE.isdisjoint(zip_.namelist())
    except ExportError:
        return path.suffix.casefold() == ".zip"
    except OSError:
        return False


def read_archive(path: Path, connus: Collection[int] = ()) -> ArchiveLue:
    """Return what an archive holds from its directory, without unpacking it; raises ExportError.

    *connus* are numbers of dossiers that help to read a folder named freely. A dossier is not read twice.
    """
    sujet = citer(path.name)
    with _ouvrir(path) as zip_:
        membres = _uniques(zip_)
        _examiner(sujet, list(membres.values()), path.stat().st_size)
        erreurs, pieces, perdus = _trier(zip_, membres, path.name, connus)
    equivoques = [c for c in perdus if chemins.equivoque(_decoder(membres[c]), connus)]
    if not pieces and not erreurs and not equivoques:
        raise ExportFormatError(
            f"{sujet} ne contient aucun dossier{NBSP}: demandez à la plateforme l’export ZIP des dossiers, "
            "ou importez l’export XLSX."
        )
    demarche, date_fichier = lire_nom(path.name)
    return ArchiveLue(
        chemin=path,
        fichier=path.name,
        date_fichier=date_fichier,
        demarche=demarche,
        pieces=tuple(pieces),
        en_erreur=tuple(erreurs),
        anomalies=_anomalies(perdus, equivoques),
    )


def open_pieces(archive: ArchiveLue, pieces: Iterable[PieceLue]) -> Iterator[tuple[PieceLue, BinaryIO]]:
    """Yield the bytes of files of an archive, one after the other, never a whole one in memory.

    Raises ExportUnreadableError, then or while they are read, when the archive is damaged or is no longer the one
    that was planned. A stream is closed when the next one is asked for.
    """
    sujet = citer(archive.fichier)
    with _ouvrir(archive.chemin) as zip_:
        membres = _uniques(zip_)
        _examiner(sujet, list(membres.values()), archive.chemin.stat().st_size)
        for piece in pieces:
            membre = membres.get(piece.chemin)
            if membre is None or (membre.CRC, membre.file_size) != (piece.crc, piece.taille):
                raise ExportUnreadableError(
                    f"{sujet} a changé depuis qu’il a été lu{NBSP}: relancez l’import de cette archive."
                )
            with _abimee(sujet, piece.nom):
                flux = zip_.open(membre)
            with flux:
                yield piece, cast("BinaryIO", _Flux(flux, sujet, piece))


class _Flux(io.RawIOBase):
    """The bytes of one piece: as many as it declared, with the checksum that it declared, or an ExportError."""

    def __init__(self, source: IO[bytes], sujet: str, piece: PieceLue) -> None:
        self._source = source
        self._sujet = sujet
        self._piece = piece
        self._lus = 0

    def readable(self) -> bool:
        return True

    def readinto(self, tampon: "bytearray | memoryview") -> int:  # type: ignore[override]
        with _abimee(self._sujet, self._piece.nom):
            octets = self._source.read(len(tampon))
            self._lus += len(octets)
            if not octets and len(tampon) and self._lus != self._piece.taille:
                raise EOFError
        tampon[: len(octets)] = octets
        return len(octets)


@contextmanager
def _abimee(sujet: str, nom: str) -> Iterator[None]:
    try:
        yield
    except (*_ABIMES, OSError) as erreur:
        raise ExportUnreadableError(
            f"{sujet} est abîmé{NBSP}: la pièce «{NBSP}{printable(nom)}{NBSP}» ne peut pas être extraite. "
            "Téléchargez-le de nouveau."
        ) from erreur


@contextmanager
def _ouvrir(path: Path) -> Iterator[zipfile.ZipFile]:
    sujet = citer(path.name)
    try:
        with path.open("rb") as flux:
            _examiner_repertoire(sujet, flux)
            zip_ = zipfile.ZipFile(flux)
            with zip_:
                yield zip_
    except FileNotFoundError as erreur:
        raise ExportUnreadableError(f"{sujet} n’existe pas{NBSP}: vérifiez son nom et son dossier.") from erreur
    except OSError as erreur:
        raise ferme(sujet) from erreur
    except _ABIMES as erreur:
        raise ExportUnreadableError(
            f"{sujet} est abîmé ou tronqué{NBSP}: téléchargez l’archive de nouveau."
        ) from erreur


def _examiner_repertoire(sujet: str, flux: BinaryIO) -> None:
    """Refuse a directory whose reading would cost more memory than that of an export."""
    place, taille = _repertoire(flux)
    if taille > REPERTOIRE_MAX:
        raise _trop_d_entrees(sujet)
    flux.seek(max(0, place - taille))
    if flux.read(min(taille, REPERTOIRE_MAX)).count(_ENTREE) > ENTREES_MAX:
        raise _trop_d_entrees(sujet)
    flux.seek(0)


def _repertoire(flux: BinaryIO) -> tuple[int, int]:
    """Return where the directory of a ZIP ends, and its size in bytes."""
    fin = flux.seek(0, io.SEEK_END)
    debut = flux.seek(max(0, fin - 2**16 - _FIN.size))
    queue = flux.read()
    rang = queue.rfind(b"PK\x05\x06")
    if rang < 0 or len(queue) - rang < _FIN.size:
        raise zipfile.BadZipFile
    place, taille = debut + rang, _FIN.unpack_from(queue, rang)[5]
    if place >= _LOCALISATION_64.size + _FIN_64.size:
        flux.seek(place - _LOCALISATION_64.size - _FIN_64.size)
        grand = _FIN_64.unpack(flux.read(_FIN_64.size))
        if flux.read(4) == b"PK\x06\x07" and grand[0] == b"PK\x06\x06":
            return place - _LOCALISATION_64.size - _FIN_64.size, grand[8]
    return place, taille


def _trop_d_entrees(sujet: str) -> ExportTooLargeError:
    return ExportTooLargeError(
        f"{sujet} contient plus de {nombre(ENTREES_MAX)} fichiers{NBSP}: exportez les dossiers en plusieurs fois."
    )


def _uniques(zip_: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return the files of an archive by path; equal paths, which old exports have, are told apart by a rank."""
    membres: dict[str, zipfile.ZipInfo] = {}
    rangs: dict[str, int] = {}
    for membre in zip_.infolist():
        nom = _decoder(membre)
        if nom.endswith(("/", "\\")):
            continue
        unique = nom
        while unique in membres:
            rangs[nom] = rangs.get(nom, 1) + 1
            unique = f"{nom}//{rangs[nom]}"
        membres[unique] = membre
    return membres


def _decoder(membre: zipfile.ZipInfo) -> str:
    """Return the path of a member; without the UTF-8 flag it may be UTF-8 all the same, or written by Windows."""
    nom = membre.orig_filename
    if membre.flag_bits & 0x800 or nom.isascii():
        return nom
    octets = nom.encode("cp437")
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        # box drawings are capitals with accents in cp850, the code page of a French Windows
        return octets.decode("cp850") if re.search("[\u2500-\u259f]", nom) else nom


def _examiner(sujet: str, membres: Sequence[zipfile.ZipInfo], taille: int) -> None:
    """Refuse what an export never has: paths that climb, secrets, bombs, files laid over one another."""
    if len(membres) > ENTREES_MAX:
        raise _trop_d_entrees(sujet)
    for membre in membres:
        nom = membre.orig_filename.replace("\\", "/")
        if nom.startswith("/") or re.match(r"[A-Za-z]:", nom) or ".." in nom.split("/"):
            raise ExportFormatError(f"{sujet} est refusé{NBSP}: un de ses éléments porte un chemin interdit.")
        if membre.flag_bits & 0x41:
            raise ExportUnreadableError(
                f"{sujet} est protégé par un mot de passe{NBSP}: demandez une archive sans mot de passe."
            )
        if membre.compress_type not in _METHODES:
            raise ExportFormatError(
                f"{sujet} est comprimé d’une façon que la plateforme n’emploie pas{NBSP}: "
                "importez l’archive telle qu’elle a été téléchargée."
            )
        if membre.file_size > max(MARGE_MEMBRE, RAPPORT_MEMBRE * membre.compress_size):
            raise _demesure(sujet)
    if sum(m.file_size for m in membres) > max(MARGE_ARCHIVE, RAPPORT_ARCHIVE * taille):
        raise _demesure(sujet)
    _examiner_places(membres)


def _examiner_places(membres: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse members that share bytes: a small file could stand for a huge number of them."""
    fin = 0
    for membre in sorted(membres, key=lambda m: m.header_offset):
        if membre.header_offset < fin:
            raise zipfile.BadZipFile
        fin = membre.header_offset + 30 + membre.compress_size


def _demesure(sujet: str) -> ExportTooLargeError:
    return ExportTooLargeError(
        f"{sujet} se décompresse en un contenu démesuré{NBSP}: une archive de pièces n’est jamais ainsi."
    )


def _trier(
    zip_: zipfile.ZipFile, membres: dict[str, zipfile.ZipInfo], archive: str, connus: Collection[int]
) -> tuple[list[PieceEnErreur], list[PieceLue], list[str]]:
    """Return the errors told, the pieces, and the files that belong to no dossier."""
    utiles = [c for c in membres if not chemins.parasite(c)]
    listes = [c for c in utiles if chemins.est_liste_erreurs(c)]
    erreurs = dict.fromkeys(e for c in listes for e in chemins.lire_erreurs(_texte(zip_, membres[c]), connus))
    pieces, perdus = [], []
    suivis = [c for c in utiles if c not in set(listes)]
    places = chemins.places([_decoder(membres[c]) for c in suivis], archive, connus)
    for chemin, place in zip(suivis, places, strict=True):
        if place is None:
            perdus.append(chemin)
            continue
        pieces.append(
            PieceLue(
                numero=place.numero,
                genre=place.genre,
                nom=place.nom,
                chemin=chemin,
                taille=membres[chemin].file_size,
                crc=membres[chemin].CRC,
                depose_le=place.depose_le,
            )
        )
    return list(erreurs), pieces, perdus


def _texte(zip_: zipfile.ZipFile, membre: zipfile.ZipInfo) -> str:
    with zip_.open(membre) as flux:
        octets = flux.read(LISTE_MAX)
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        return octets.decode("cp1252", "replace")


def _anomalies(perdus: Sequence[str], equivoques: Sequence[str]) -> tuple[Anomalie, ...]:
    """Say which files stay out: those of no dossier, then those whose folder bears several numbers."""
    plusieurs = "sous plusieurs numéros de dossier, sans que leur nom dise lequel"
    autres = set(equivoques)
    seuls = [c for c in perdus if c not in autres]
    return (*_laisses(seuls, "hors de tout dossier"), *_laisses(equivoques, plusieurs))


def _laisses(chemins_: Sequence[str], pourquoi: str) -> tuple[Anomalie, ...]:
    if not chemins_:
        return ()
    noms = [f"«{NBSP}{printable(c)[-80:]}{NBSP}»" for c in chemins_[:_NOMMES]]
    if len(chemins_) > _NOMMES:
        noms.append(pluriel(len(chemins_) - _NOMMES, "autre"))
    verbe = "laissé" if len(chemins_) == 1 else "laissés"
    quoi = f"{pluriel(len(chemins_), 'fichier')} {pourquoi}, {verbe} de côté{NBSP}: {enumeration(noms)}"
    return (Anomalie(gravite=Gravite.ALERTE, ou="archive", quoi=quoi),)
