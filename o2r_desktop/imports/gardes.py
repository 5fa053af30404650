"""What a file is, told by its first bytes, and whether its directory is that of one safe to open."""

import re
import zipfile
import zlib
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path, PurePosixPath

from o2r_desktop.errors import ExportFormatError, ExportTooLargeError, ExportUnreadableError

TEXTE_MAX = 300 * 2**20
"""Largest CSV or JSON file, in bytes."""
MEMBRE_MAX = 200 * 2**20
"""Largest member of a workbook, decompressed."""
MEMBRES_MAX = 2_000
RAPPORT_MAX = 100
"""Largest compression ratio of a big member: real exports are near 9, bombs above 400 (technique § 4)."""
COLONNES_MAX = 2_000
LIGNES_MAX = 200_000
CELLULES_MAX = 20_000_000
"""Most cells of a table, blank and repeated ones included."""

_MANIFESTE_MAX = 2**20
_METHODES = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Genre(StrEnum):
    """Which reader a file needs."""

    XLSX = "xlsx"
    ODS = "ods"
    CSV = "csv"
    JSON = "json"


def nommer(nom: str) -> str:
    """Return «« x »», control characters shown as «?»."""
    visible = "".join(c if c.isprintable() else "?" for c in nom)
    return f"« {visible} »"


def citer(nom: str) -> str:
    """Return «Le fichier « x »»."""
    return f"Le fichier {nommer(nom)}"


def examiner(chemin: Path) -> Genre:
    """Return the kind of a file that may be opened.

    Raises ExportUnreadableError, ExportFormatError or ExportTooLargeError when it may not.
    """
    sujet = citer(chemin.name)
    try:
        taille = chemin.stat().st_size
        with chemin.open("rb") as flux:
            debut = flux.read(4096)
    except FileNotFoundError as erreur:
        raise ExportUnreadableError(f"{sujet} n’existe pas : vérifiez son nom et son dossier.") from erreur
    except IsADirectoryError as erreur:
        raise ExportUnreadableError(f"{sujet} est un dossier : choisissez le fichier d’export.") from erreur
    except OSError as erreur:
        raise ferme(sujet) from erreur
    if not debut.strip():
        raise ExportFormatError(f"{sujet} est vide : la plateforme l’écrit ainsi quand il n’y a aucun dossier.")
    if debut.startswith(b"PK"):
        return _examiner_classeur(sujet, chemin)
    genre = _genre(sujet, chemin, debut)
    if taille > TEXTE_MAX:
        raise ExportTooLargeError(f"{sujet} dépasse 300 Mo : un export de dossiers n’est jamais si gros.")
    return genre


def _genre(sujet: str, chemin: Path, debut: bytes) -> Genre:
    if debut.startswith(_OLE):
        raise _ole(sujet, chemin)
    if debut.startswith(b"%PDF"):
        raise ExportFormatError(f"{sujet} est un PDF, pas un export de dossiers : demandez un export XLSX ou CSV.")
    if debut.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Genre.CSV  # «Texte Unicode» of Excel
    if b"\0" in debut:
        raise ExportFormatError(
            f"{sujet} n’est pas un export de dossiers : ce n’est ni un classeur XLSX ou ODS, ni un CSV, ni un JSON."
        )
    texte = debut.removeprefix(b"\xef\xbb\xbf").lstrip()
    if texte.startswith(b"<"):
        raise ExportFormatError(f"{sujet} est une page web ou du XML : téléchargez l’export XLSX ou CSV.")
    return Genre.JSON if texte.startswith((b"{", b"[")) else Genre.CSV


def _ole(sujet: str, chemin: Path) -> ExportFormatError | ExportUnreadableError:
    with chemin.open("rb") as flux:
        chiffre = "EncryptedPackage".encode("utf-16-le") in flux.read(8 * 2**20)
    if chiffre:
        return _protege(sujet)
    return ExportFormatError(
        f"{sujet} est un ancien document de bureautique (.xls, .doc) : reprenez l’export XLSX de la plateforme."
    )


def _examiner_classeur(sujet: str, chemin: Path) -> Genre:
    try:
        with zipfile.ZipFile(chemin) as archive:
            membres = archive.infolist()
            _examiner_chemins(sujet, membres)
            _examiner_methodes(sujet, membres)
            genre = _genre_classeur(sujet, archive, {m.filename for m in membres})
            _examiner_membres(sujet, membres)
            if genre is Genre.ODS:
                _examiner_ods(sujet, archive)
            return genre
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as erreur:
        raise abime(sujet) from erreur


def ferme(sujet: str) -> ExportUnreadableError:
    """Return the error of a file that the system does not let us open."""
    return ExportUnreadableError(f"{sujet} ne peut pas être ouvert : il est protégé ou déjà utilisé.")


def _protege(sujet: str) -> ExportUnreadableError:
    return ExportUnreadableError(f"{sujet} est protégé par un mot de passe : enregistrez-le sans mot de passe.")


def abime(sujet: str) -> ExportUnreadableError:
    """Return the error of a workbook that cannot be read."""
    return ExportUnreadableError(f"{sujet} est abîmé ou tronqué : téléchargez-le de nouveau.")


def _examiner_chemins(sujet: str, membres: Sequence[zipfile.ZipInfo]) -> None:
    for membre in membres:
        nom = membre.filename.replace("\\", "/")
        if ".." in PurePosixPath(nom).parts or nom.startswith("/") or re.match(r"[A-Za-z]:", nom):
            raise ExportFormatError(f"{sujet} est refusé : un de ses éléments porte un chemin interdit.")


def _examiner_methodes(sujet: str, membres: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse the ways of packing that no spreadsheet has: Python unpacks them without bound."""
    if any(m.compress_type not in _METHODES and not m.flag_bits & 1 for m in membres):
        raise abime(sujet)


def _examiner_membres(sujet: str, membres: Sequence[zipfile.ZipInfo]) -> None:
    if len(membres) > MEMBRES_MAX:
        raise ExportTooLargeError(f"{sujet} contient plus de 2 000 éléments : ce n’est pas un export de dossiers.")
    for membre in membres:
        if membre.flag_bits & 1:
            raise _protege(sujet)
        if membre.file_size > _plafond(membre.compress_size):
            raise ExportTooLargeError(
                f"{sujet} se décompresse en un contenu démesuré : un export de dossiers n’est jamais ainsi."
            )
    if sum(m.file_size for m in membres) > 3 * MEMBRE_MAX:
        raise ExportTooLargeError(f"{sujet} est trop volumineux une fois décompressé : il est refusé.")


def _plafond(comprime: int) -> int:
    """Return how many bytes a member may unpack to."""
    return min(MEMBRE_MAX, max(10 * 2**20, RAPPORT_MAX * comprime))


def _genre_classeur(sujet: str, archive: zipfile.ZipFile, noms: set[str]) -> Genre:
    """Return which workbook a ZIP is; raises ExportFormatError when it is another thing."""
    if "xl/workbook.xml" in noms:
        return Genre.XLSX
    if "mimetype" in noms and archive.getinfo("mimetype").file_size < 200:
        genre = _debut(archive, "mimetype", 200)
        if genre.startswith(_ODS):
            return Genre.ODS
        if b"opendocument" in genre:
            raise ExportFormatError(f"{sujet} est un document de bureautique, pas un classeur ODS de dossiers.")
    if "xl/workbook.bin" in noms:
        raise ExportFormatError(f"{sujet} est un classeur binaire (.xlsb) : enregistrez-le au format XLSX.")
    if "[Content_Types].xml" in noms:
        raise ExportFormatError(f"{sujet} est un document de bureautique, pas un classeur XLSX de dossiers.")
    raise ExportFormatError(
        f"{sujet} est une archive de pièces, sans tableau de dossiers : importez aussi l’export XLSX, ODS ou CSV."
    )


def _debut(archive: zipfile.ZipFile, nom: str, octets: int) -> bytes:
    """Return the first bytes of a member: reading it whole would unpack more than its directory says."""
    with archive.open(nom) as flux:
        return flux.read(octets)


def _examiner_ods(sujet: str, archive: zipfile.ZipFile) -> None:
    """Refuse a workbook without content, or that a password ciphers: its manifest says so."""
    noms = set(archive.namelist())
    manifeste = "META-INF/manifest.xml"
    if manifeste in noms and b"encryption-data" in _debut(archive, manifeste, _MANIFESTE_MAX):
        raise _protege(sujet)
    if "content.xml" not in noms:
        raise abime(sujet)


def verifier_etendue(sujet: str, lignes: int, colonnes: int) -> None:
    """Raise ExportTooLargeError when a table is larger than an export can be."""
    if colonnes > COLONNES_MAX:
        raise ExportTooLargeError(f"{sujet} a plus de 2 000 colonnes : ce n’est pas un export de dossiers.")
    if lignes > LIGNES_MAX:
        raise ExportTooLargeError(f"{sujet} a plus de 200 000 lignes : ce n’est pas un export de dossiers.")
    if lignes * colonnes > CELLULES_MAX:
        raise ExportTooLargeError(
            f"{sujet} a plus de 20 millions de cellules : ce n’est pas un export de dossiers."
        )
