"""CSV exports: as the platform writes them, and as Excel saves them again (exports-demarche-numerique § 4.1).

Runs in the child process.
"""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from o2r_desktop.dossiers.champs import Brut
from o2r_desktop.dossiers.model import Origine
from o2r_desktop.errors import ExportFormatError, ExportUnreadableError
from o2r_desktop.imports.entetes import SANS_NUMERO, Entetes, libelles, reconnaitre, ressemble, sans_numero
from o2r_desktop.imports.fiches import Atelier, Fiche, par_lots
from o2r_desktop.imports.gardes import citer, ferme, verifier_etendue

CELLULE_MAX = 10 * 2**20
SEPARATEURS = (",", ";", "\t")

Ligne = tuple[int, list[str]]


def lire_csv(chemin: Path, demarche: str, atelier: Atelier) -> None:
    """Read a CSV and hand its dossiers to *atelier*; raises an ExportError when it is not an export."""
    sujet = citer(chemin.name)
    csv.field_size_limit(CELLULE_MAX)
    try:
        octets = chemin.read_bytes()
    except OSError as erreur:
        raise ferme(sujet) from erreur
    codage, abime = _codage(octets)
    if b"\0" in octets and not codage.startswith("utf-16"):
        raise ExportFormatError(f"{sujet} contient des octets nuls : ce n’est pas un CSV, ou il est abîmé.")
    lignes = octets.count(b"\n") + 1
    flux = io.TextIOWrapper(io.BytesIO(octets), encoding=codage, errors="replace", newline="")
    try:
        _lire(flux, sujet, demarche, lignes, atelier, complet=octets.endswith((b"\n", b"\r", b"\n\0")))
    except csv.Error as erreur:
        raise ExportUnreadableError(
            f"{sujet} est abîmé ou tronqué : des guillemets n’y sont pas fermés, téléchargez-le de nouveau."
        ) from erreur
    if abime:
        atelier.remarquer("Des caractères illisibles ont été remplacés par « \ufffd ».", alerte=True)


def _codage(octets: bytes) -> tuple[str, bool]:
    """Return the encoding of a CSV, and whether some bytes are wrong in it.

    Strict UTF-8, else Windows-1252. A header with accents in right UTF-8 settles it: the rest is only damaged.
    """
    if octets.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", False
    if _est_utf8(octets):
        return "utf-8-sig", False
    entete = octets.partition(b"\n")[0]
    accentue = _est_utf8(entete) and not entete.removeprefix(codecs.BOM_UTF8).isascii()
    return ("utf-8-sig", True) if accentue else ("cp1252", False)


def _est_utf8(octets: bytes) -> bool:
    try:
        octets.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _separateur(flux: io.TextIOWrapper) -> str:
    """Return what separates cells: the candidate that cuts the header into most cells and finds the number.

    Leaves the stream after a first line «sep=;», which Excel obeys.
    """
    debut = flux.readline()
    if debut.startswith("sep=") and len(debut.rstrip("\r\n")) == 5:
        return debut[4]
    flux.seek(0)
    entete = flux.read(2**20)
    flux.seek(0)

    def merite(separateur: str) -> tuple[bool, int]:
        ligne = next(csv.reader(io.StringIO(entete, newline=""), delimiter=separateur), [])
        return ressemble(ligne), len(ligne)

    return max(SEPARATEURS, key=merite)


def _lire(
    flux: io.TextIOWrapper, sujet: str, demarche: str, total: int, atelier: Atelier, *, complet: bool
) -> None:
    separateur = _separateur(flux)
    lignes = _lignes(csv.reader(flux, delimiter=separateur, strict=True))
    _, entete = next(lignes, (0, []))
    textes = libelles(entete)
    verifier_etendue(sujet, 0, len(entete))
    if not ressemble(textes):
        raise _inconnu(sujet, textes)
    entetes = reconnaitre(textes)
    atelier.ouvrir(Origine.CSV_MODELE if entetes.modele else Origine.CSV_STANDARD, demarche, total)
    derniere: Ligne | None = None
    large = 0
    for lot in par_lots(lignes):
        derniere = lot[-1]
        large = max(large, *(len(cellules) for _, cellules in lot))
        verifier_etendue(sujet, derniere[0], 0)
        for debordante in [numero for numero, cellules in lot if any(cellules[len(textes) :])][:5]:
            quoi = f"La ligne {debordante} dépasse de la dernière colonne : sa fin est perdue."
            atelier.remarquer(quoi, alerte=True)
        atelier.ajouter(entetes.colonnes, _fiches(lot, entetes, len(textes), demarche))
    if derniere is None:
        raise ExportFormatError(f"{sujet} ne contient aucun dossier : il n’a qu’une ligne d’en-têtes.")
    if complet and separateur == "," and large < len(textes):  # only Excel leaves out separators, and it writes «;»
        raise _decale(sujet, len(textes), large)
    if not complet and len(derniere[1]) < len(textes):
        atelier.remarquer(
            f"La dernière ligne ({derniere[0]}) est incomplète : le fichier est sans doute tronqué.",
            alerte=True,
        )


def _decale(sujet: str, titres: int, valeurs: int) -> ExportFormatError:
    return ExportFormatError(
        f"{sujet} a {titres} titres de colonnes et {valeurs} valeurs par ligne : un titre contient sans doute une "
        "virgule hors guillemets et tout serait décalé, téléchargez l’export de nouveau."
    )


def _inconnu(sujet: str, textes: Sequence[str]) -> ExportFormatError:
    if sans_numero(textes):
        return ExportFormatError(f"{sujet} {SANS_NUMERO}")
    return ExportFormatError(f"{sujet} n’est pas un export de dossiers : il n’en a pas les colonnes.")


def _lignes(lecteur: Iterator[list[str]]) -> Iterator[Ligne]:
    """Yield rows that hold something, with the number that a spreadsheet would give them."""
    for numero, ligne in enumerate(lecteur, 1):
        if any(ligne):
            yield numero, ligne


def _fiches(lot: Sequence[Ligne], entetes: Entetes, largeur: int, demarche: str) -> list[Fiche]:
    commun: dict[str, Brut] = {"demarche": demarche} if demarche else {}
    fiches = []
    for numero, lue in lot:
        ligne = lue + [""] * (largeur - len(lue))  # Excel leaves out the last separators of some rows
        fiches.append(
            Fiche(
                numero,
                ligne[entetes.numero],
                {**commun, **{cle: ligne[i] for cle, i in entetes.fixes}},
                {cle: ligne[i] for cle, i in entetes.demandeur},
                [_en_lignes(ligne[i]) for i in entetes.champs],
                None,
                {},
            )
        )
    return fiches


def _en_lignes(texte: str) -> str:
    """Return a text with the platform's line ends; Excel and old answers have CR LF."""
    return texte.replace("\r\n", "\n") if "\r" in texte else texte
