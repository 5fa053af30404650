"""What a received file is, told by its first bytes and never by its name alone; copies of it for other programs."""

import os
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from stat import S_IREAD, S_IWRITE

from o2r_desktop.errors import StoreUnavailableError
from o2r_desktop.progress import Reporter
from o2r_desktop.text import printable

TEXTE_MAX = 200_000
"""Characters of a text that are shown."""
LIGNE_MAX = 2_000
"""Characters of a line that are shown before it is broken: a view lays a line out whole."""
_TETE = 4096
_BLOC = 2**20
_NOM_MAX = 80


class Nature(StrEnum):
    """How a file can be shown."""

    PDF = "pdf"
    IMAGE = "image"
    TEXTE = "texte"
    TABLEAU = "tableau"
    """A workbook or a CSV: see imports/apercus.py."""
    DOCUMENT = "document"
    """An office document, shown as the text that is taken out of it."""
    AUTRE = "autre"


@dataclass(frozen=True, slots=True, kw_only=True)
class Examen:
    """What a file is. ``extension`` is the one under which another program may open it, «» when none may.

    ``texte`` is its beginning when it is one, ``coupe`` when more follows; ``avertissement`` is a French sentence.
    """

    chemin: Path
    nature: Nature
    libelle: str
    taille: int
    extension: str = ""
    texte: str = ""
    coupe: bool = False
    avertissement: str = ""


_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", ".png", "image PNG"),
    (b"\xff\xd8\xff", ".jpg", "image JPEG"),
    (b"GIF87a", ".gif", "image GIF"),
    (b"GIF89a", ".gif", "image GIF"),
)
_DANGEREUSES = re.compile(
    "ade|adp|app|appimage|application|appref-ms|bas|bat|chm|class|cmd|com|command|cpl|crt|csh|desktop|dll"
    "|dmg|exe|fxp|gadget|hlp|hta|htm|html|inf|ins|iso|isp|jar|jnlp|js|jse|ksh|library-ms|lnk|mad|maf|mag"
    "|mam|mdb|mde|mht|mhtml|msc|msh|msi|msp|mst|ops|out|pcd|pif|pl|prf|prg|ps1|ps1xml|ps2|psc1|psd1|psm1"
    "|py|pyc|pyw|pyz|rb|reg|run|scf|scr|sct|search-ms|settingcontent-ms|sh|shb|shs|svg|svgz|sys|theme|url"
    "|vb|vbe|vbs|vhd|vhdx|website|ws|wsc|wsf|wsh|xht|xhtml|xll|xml|xsl"
)
"""Ends of names of what a system runs, mounts or obeys; pages and drawings that hold scripts are among them."""
_MACROS = re.compile("docm|dotm|pptm|potm|ppam|ppsm|sldm|xlam|xlsm|xltm|xlsb")
_PROGRAMMES = (
    b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe",
    b"L\x00\x00\x00\x01\x14\x02\x00", b"dex\n", b"\x00asm",
)  # fmt: skip
_MARQUE_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = {
    "docx": "document Word", "xlsx": "classeur Excel", "pptx": "diaporama PowerPoint", "odt": "texte OpenDocument",
    "ods": "classeur OpenDocument", "odp": "diaporama OpenDocument", "zip": "archive ZIP",
}  # fmt: skip
_OLE = {"doc": "document Word", "xls": "classeur Excel", "ppt": "diaporama PowerPoint", "msg": "message Outlook"}
_TABLEAUX = frozenset({"csv", "tsv"})
_NATURES = {
    **dict.fromkeys(("xlsx", "ods", "xls", "xlsm", "xltx", "xltm"), Nature.TABLEAU),
    **dict.fromkeys(("docx", "odt", "pptx", "odp", "docm", "dotm", "pptm", "potm", "ppsm"), Nature.DOCUMENT),
}
"""How what the end of the name announces is shown; reading it says whether it is that."""
_CHIFFRE = "EncryptedPackage".encode("utf-16-le")
_OLE_MAX = 8 * 2**20
"""Bytes in which the mark of a ciphered document is looked for."""
_BALISES = re.compile(rb"<(\?xml|!doctype|html|svg|script|head|body)", re.IGNORECASE)
_PROGRAMME = (
    "Ce fichier est un programme, un script ou une page active : il n’est jamais ouvert d’ici. Ne l’enregistrez "
    "que si vous l’attendiez."
)
_MACRO = "Ce fichier peut contenir des macros : n’en activez aucune."
_ANCIEN = (
    "Ce format ancien n’est pas lu ici : ouvrez la pièce avec votre suite bureautique. Elle peut contenir des "
    "macros : n’en activez aucune."
)
_PROTEGE = "Ce document est protégé par un mot de passe : il n’est pas lu ici, ouvrez la pièce pour le saisir."
_INCONNU = "Ce que contient ce fichier n’est pas reconnu : il peut être enregistré, pas ouvert d’ici."
_RESERVES = frozenset({"con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(10))})


def examiner(chemin: Path, nom: str) -> Examen:
    """Tell what a file is; *nom* is the applicant's. Raises StoreUnavailableError when it cannot be read."""
    try:
        taille = chemin.stat().st_size
        with chemin.open("rb") as fichier:
            tete = fichier.read(_TETE)
            libelle, nature, extension, avertissement = _reconnaitre(tete, _fin(nom))
            if tete.startswith(_MARQUE_OLE) and _fin(nom) in _NATURES and _CHIFFRE in tete + fichier.read(_OLE_MAX):
                libelle, extension, avertissement = "document protégé", f".{_fin(nom)}", _PROTEGE
                nature = Nature.AUTRE
            texte, coupe = "", False
            if nature is Nature.TEXTE:
                octets = tete + fichier.read(TEXTE_MAX)
                texte, coupe = _texte(octets, tout=len(octets) == taille)
    except OSError as erreur:
        raise StoreUnavailableError(
            f"« {printable(nom)} » ne peut pas être lu dans la campagne : vérifiez que son dossier est accessible."
        ) from erreur
    return Examen(
        chemin=chemin,
        nature=nature,
        libelle=libelle,
        taille=taille,
        extension=extension,
        texte=texte,
        coupe=coupe,
        avertissement=avertissement,
    )


def _fin(nom: str) -> str:
    return PurePosixPath(nom.strip().rstrip(". ")).suffix.lower().removeprefix(".")


def _reconnaitre(tete: bytes, fin: str) -> tuple[str, Nature, str, str]:
    """Return the words, the nature, the extension to open it under, and the warning."""
    libelle, nature, extension, avertissement = _par_octets(tete, fin)
    if tete.startswith(_PROGRAMMES):
        return "programme ou script", nature, "", _PROGRAMME
    if _DANGEREUSES.fullmatch(fin):
        return libelle, nature, "", _PROGRAMME
    return libelle, nature, extension, avertissement


def _par_octets(tete: bytes, fin: str) -> tuple[str, Nature, str, str]:
    if not tete:
        return "fichier vide", Nature.AUTRE, "", "Ce fichier est vide."
    if b"%PDF-" in tete[:1024]:
        return "document PDF", Nature.PDF, ".pdf", ""
    if (image := _image(tete)) is not None:
        return image[1], Nature.IMAGE, image[0], ""
    if tete.startswith(b"PK\x03\x04"):
        return _zip(fin)
    if tete.startswith(_MARQUE_OLE):
        return _ole(fin)
    if tete.startswith(b"{\\rtf"):
        return "texte mis en forme (RTF)", Nature.DOCUMENT, ".rtf", ""
    if _est_texte(tete):
        return _texte_nomme(tete, fin)
    return "fichier d’un genre inconnu", Nature.AUTRE, "", _INCONNU


def _zip(fin: str) -> tuple[str, Nature, str, str]:
    nature = _NATURES.get(fin, Nature.AUTRE)
    if _MACROS.fullmatch(fin):
        return "document à macros", nature, "", _MACRO
    connu = _ZIP.get(fin)
    return (connu or "archive", nature, f".{fin}" if connu else "", "" if connu else _INCONNU)


def _ole(fin: str) -> tuple[str, Nature, str, str]:
    connu = _OLE.get(fin)
    if connu is None:
        return "document ancien", Nature.AUTRE, "", _INCONNU
    if fin == "xls":
        return connu, Nature.TABLEAU, ".xls", _MACRO
    return connu, Nature.AUTRE, f".{fin}", _MACRO if fin == "msg" else _ANCIEN


def _image(tete: bytes) -> tuple[str, str] | None:
    for debut, extension, libelle in _IMAGES:
        if tete.startswith(debut):
            return extension, libelle
    if tete.startswith(b"RIFF") and tete[8:12] == b"WEBP":
        return ".webp", "image WebP"
    if tete.startswith(b"BM") and tete[14:18] in {n.to_bytes(4, "little") for n in (12, 40, 52, 56, 64, 108, 124)}:
        return ".bmp", "image BMP"
    return None


def _texte_nomme(tete: bytes, fin: str) -> tuple[str, Nature, str, str]:
    if _BALISES.search(tete[:1024]):
        return "texte balisé", Nature.TEXTE, "", _PROGRAMME
    if fin in _TABLEAUX:
        return "tableau en texte (CSV)", Nature.TABLEAU, f".{fin}", ""
    return "texte", Nature.TEXTE, ".txt", ""


def _est_texte(tete: bytes) -> bool:
    if tete.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    commandes = sum(1 for o in tete if o < 32 and o not in b"\t\n\r\f\x1b")
    return b"\0" not in tete and commandes * 50 <= len(tete)


def _texte(octets: bytes, *, tout: bool) -> tuple[str, bool]:
    """Return the beginning of a text, and whether more follows."""
    if octets.startswith((b"\xff\xfe", b"\xfe\xff")):
        lu = octets.decode("utf-16", "replace")
    else:
        try:
            lu = octets.decode("utf-8-sig")
        except UnicodeDecodeError as erreur:
            fini = not tout and erreur.start > len(octets) - 4  # only the last letter is cut
            lu = octets.decode("utf-8-sig", "ignore") if fini else octets.decode("cp1252", "replace")
    lignes = []
    for ligne in printable(lu[:TEXTE_MAX]).splitlines():
        lignes += [ligne[i : i + LIGNE_MAX] for i in range(0, len(ligne), LIGNE_MAX)] or [""]
    return "\n".join(lignes), not tout or len(lu) > TEXTE_MAX


def nom_sur(nom: str, extension: str) -> str:
    """Return a name that every system takes and shows as it is, with this extension and no other."""
    tronc = unicodedata.normalize("NFC", printable(nom).replace("\\", "/").rpartition("/")[2])
    tronc = "".join(" " if c in '<>:"|?*\n\t' or unicodedata.category(c)[0] == "C" else c for c in tronc)
    fin = PurePosixPath(tronc.strip()).suffix
    if extension:
        tronc = tronc.strip().removesuffix(fin)
    tronc = " ".join(tronc.split()).strip(". ")[: _NOM_MAX - len(extension)].rstrip(". ")
    if not tronc or tronc.partition(".")[0].lower() in _RESERVES:
        tronc = f"piece {tronc}".strip()
    return f"{tronc}{extension}"


def copier(source: Path, cible: Path, reporter: Reporter, *, lecture_seule: bool = False) -> Path:
    """Copy a file beside its place and put it there once whole, marked as come from outside; return the place.

    Raises StoreUnavailableError, and CancelledError; nothing is left then.
    """
    attente = cible.with_name(f"{cible.name}.part")
    try:
        total = source.stat().st_size
        _verser(source, attente, total, reporter)
        if lecture_seule:
            attente.chmod(S_IREAD)
        attente.replace(cible)
    except OSError as erreur:
        raise StoreUnavailableError(
            f"« {cible.name} » n’a pas pu être écrit dans « {cible.parent} » : vérifiez la place et les droits."
        ) from erreur
    finally:
        with suppress(OSError):
            if attente.exists():
                attente.chmod(S_IREAD | S_IWRITE)
                attente.unlink()
    _marquer(cible)
    return cible


def _verser(source: Path, cible: Path, total: int, reporter: Reporter) -> None:
    fait = 0
    with source.open("rb") as entree, cible.open("wb") as sortie:
        while bloc := entree.read(_BLOC):
            sortie.write(bloc)
            fait += len(bloc)
            reporter.step(fait, total, f"Copie de {cible.name.removesuffix('.part')}")


def _marquer(cible: Path) -> None:
    """Tell Windows that the file came from elsewhere: office programs open it without macros (Mark of the Web)."""
    if os.name == "nt":
        with suppress(OSError):
            Path(f"{cible}:Zone.Identifier").write_text("[ZoneTransfer]\r\nZoneId=3\r\n", "ascii")
