"""Files of another kind, empty, cut or locked."""

import json
from pathlib import Path

from tests.hostile import classeurs
from tests.hostile.classeurs import STANDARD
from tests.hostile.corpus import Cas, Faiseur, octets, texte
from tests.hostile.zips import CHIFFRE, ecrire, plie, range_tel_quel

ECHANTILLONS = Path(__file__).parents[1] / "data" / "exports"
NOM = "dossiers_offre-de-reperage-et-remobilisation_2025-08-20_10-30"
FORMAT, ILLISIBLE, DEMESURE = "ExportFormatError", "ExportUnreadableError", "ExportTooLargeError"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89"
EXE = b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0" + b"\0" * 48 + b"This program cannot be run in DOS mode."
ENTETE = ",".join(STANDARD) + "\n"


def tronque(nom: str, part: float) -> Faiseur:
    """Return what writes the beginning of a sample."""
    contenu = (ECHANTILLONS / nom).read_bytes()
    return octets(contenu[: int(len(contenu) * part)])


def _ods_tronque(chemin: Path) -> None:
    classeurs.ods(chemin, classeurs.table_ods(STANDARD, *(classeurs.ligne(n) for n in range(1, 50))))
    chemin.write_bytes(chemin.read_bytes()[:-400])


def _chiffre(chemin: Path) -> None:
    """Make a ZIP with the flag of encryption on each member."""
    parties = classeurs.autour(**{classeurs.FEUILLE: classeurs.feuille("")})
    ecrire(chemin, [plie(nom, t.encode(), drapeaux=CHIFFRE) for nom, t in parties.items()])


def _json(objet: object) -> Faiseur:
    return texte(json.dumps(objet))


def _zip(**membres: bytes) -> Faiseur:
    return lambda chemin: ecrire(chemin, [plie(nom, corps) for nom, corps in membres.items()])


DOCX = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
CAS: dict[str, Cas] = {
    "vide": Cas(fichier="a.csv", faire=octets(b""), genre=FORMAT, mots="est vide"),
    "vide, XLSX": Cas(fichier="a.xlsx", faire=octets(b""), genre=FORMAT, mots="est vide"),
    "vide, ZIP": Cas(fichier="a.zip", faire=octets(b""), genre=FORMAT, mots="est vide"),
    "blancs": Cas(fichier="a.csv", faire=octets(b" \r\n\t\n" * 9), genre=FORMAT, mots="est vide"),
    "blancs sur 2 Mo": Cas(fichier="a.csv", faire=octets(b" \n" * 2**20), genre=FORMAT, mots="est vide"),
    "blancs, JSON": Cas(fichier="a.json", faire=octets(b"\n" * 40), genre=FORMAT, mots="est vide"),
    "BOM seul": Cas(fichier="a.csv", faire=octets(b"\xef\xbb\xbf"), genre=FORMAT, mots="vide|colonnes"),
    "XLSX tronqué": Cas(fichier="a.xlsx", faire=tronque(f"{NOM}.xlsx", 0.6), genre=ILLISIBLE, mots="tronqué"),
    "XLSX sans sa fin": Cas(fichier="a.xlsx", faire=tronque(f"{NOM}.xlsx", 0.99), genre=ILLISIBLE, mots="tronqué"),
    "ODS tronqué": Cas(fichier="a.ods", faire=_ods_tronque, genre=ILLISIBLE, mots="tronqué"),
    "JSON tronqué": Cas(fichier="a.json", faire=tronque("getDemarche.json", 0.5), genre=ILLISIBLE, mots="tronqué"),
    "CSV, guillemets ouverts": Cas(
        fichier="a.csv", faire=texte(f'{ENTETE}24000001,"a@asso.example\n'), genre=ILLISIBLE, mots="guillemets"
    ),
    "PDF": Cas(fichier="a.xlsx", faire=octets(b"%PDF-1.7\n%\xe2\xe3\n1 0 obj"), genre=FORMAT, mots="est un PDF"),
    "PNG": Cas(fichier="a.xlsx", faire=octets(PNG), genre=FORMAT, mots="n’est pas un export"),
    "programme": Cas(fichier="a.xlsx", faire=octets(EXE), genre=FORMAT, mots="n’est pas un export"),
    "HTML": Cas(fichier="a.xls", faire=octets(b"<!doctype html><table>"), genre=FORMAT, mots="page web"),
    "HTML après des blancs": Cas(fichier="a.csv", faire=octets(b"\n\n <html>"), genre=FORMAT, mots="page web"),
    "XML": Cas(fichier="a.xml", faire=octets(b"<?xml version='1.0'?><a/>"), genre=FORMAT, mots="page web"),
    "DOCX": Cas(fichier="a.docx", faire=_zip(**DOCX), genre=FORMAT, mots="bureautique"),
    "DOCX renommé": Cas(fichier="a.zip", faire=_zip(**DOCX), genre=FORMAT, mots="bureautique|archive"),
    "XLS": Cas(fichier="a.xls", faire=octets(OLE), genre=FORMAT, mots=".xls"),
    "XLSB": Cas(fichier="a.xlsb", faire=_zip(**{"xl/workbook.bin": b"x"}), genre=FORMAT, mots=".xlsb"),
    "ZIP vide": Cas(fichier="a.zip", faire=_zip(), genre="Export", mots="a.zip"),
    "XLSX protégé": Cas(
        fichier="a.xlsx",
        faire=octets(OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512),
        genre=ILLISIBLE,
        mots="mot de passe",
    ),
    "ZIP chiffré": Cas(fichier="a.xlsx", faire=_chiffre, genre=ILLISIBLE, mots="mot de passe"),
    "octets au hasard": Cas(fichier="a.csv", faire=octets(bytes(range(256)) * 9), genre=FORMAT, mots="export"),
    "NUL au fond": Cas(
        fichier="a.csv", faire=texte(ENTETE + "1,a\n" * 3000 + "2,\0\n"), genre=FORMAT, mots="octets nuls"
    ),
    "UTF-16 impair": Cas(
        fichier="a.csv", faire=octets(b"\xff\xfe" + ENTETE.encode("utf-16-le")[:-1]), genre=FORMAT, mots="a.csv"
    ),
    "UTF-16, demi-paires": Cas(
        fichier="a.csv", faire=octets(b"\xff\xfe" + b"\x00\xd8" * 300), genre=FORMAT, mots="colonnes"
    ),
    "UTF-32": Cas(fichier="a.csv", faire=octets(ENTETE.encode("utf-32")), genre=FORMAT, mots="a.csv"),
    "en-tête seul, CSV": Cas(fichier="a.csv", faire=texte(ENTETE), genre=FORMAT, mots="aucun dossier"),
    "en-tête seul, XLSX": Cas(
        fichier="a.xlsx", faire=lambda c: classeurs.classeur(c, STANDARD), genre=FORMAT, mots="aucun dossier"
    ),
    "en-tête seul, ODS": Cas(
        fichier="a.ods",
        faire=lambda c: classeurs.ods(c, classeurs.table_ods(STANDARD)),
        genre=FORMAT,
        mots="aucun dossier",
    ),
    "feuille vide": Cas(fichier="a.xlsx", faire=classeurs.classeur, genre=FORMAT, mots="aucun dossier"),
    "ODS sans feuille": Cas(fichier="a.ods", faire=lambda c: classeurs.ods(c, ""), genre=FORMAT, mots="a.ods"),
    "autre tableau": Cas(
        fichier="a.csv", faire=texte("nom;âge\na;3\n"), genre=FORMAT, mots="n’en a pas les colonnes"
    ),
    "GeoJSON": Cas(
        fichier="a.json", faire=_json({"type": "FeatureCollection", "features": []}), genre=FORMAT, mots="GeoJSON"
    ),
    "API v1": Cas(
        fichier="a.json",
        faire=_json({"dossiers": [{"id": 1, "state": "closed"}], "pagination": {"page": 1}}),
        genre=FORMAT,
        mots="API v1",
    ),
    "erreur de l’API": Cas(
        fichier="a.json",
        faire=_json({"errors": [{"message": "Demarche not found"}], "data": None}),
        genre=FORMAT,
        mots="erreur de l’API",
    ),
    "erreur de l’API, démesurée": Cas(
        fichier="a.json",
        faire=_json({"errors": [{"message": "<b>\n\x1b[31m" + "x" * 10**6}], "data": None}),
        genre=FORMAT,
        mots="erreur de l’API",
    ),
    "formulaire seul": Cas(
        fichier="a.json", faire=_json({"data": {"demarcheDescriptor": {"number": 1}}}), genre=FORMAT, mots="aucun"
    ),
    "API sans dossier": Cas(
        fichier="a.json",
        faire=_json({"data": {"demarche": {"dossiers": {"nodes": []}}}}),
        genre=FORMAT,
        mots="aucun dossier",
    ),
    "JSON d’ailleurs": Cas(fichier="a.json", faire=_json({"a": [1, None]}), genre=FORMAT, mots="forme inconnue"),
    "JSON nul": Cas(fichier="a.json", faire=_json({"data": None}), genre=FORMAT, mots="forme inconnue"),
    "tableau JSON vide": Cas(fichier="a.json", faire=_json([]), genre=FORMAT, mots="a.json"),
    "JSON de nombres": Cas(fichier="a.json", faire=_json([1, 2, 3]), genre=FORMAT, mots="a.json"),
    "nom à effets": Cas(
        fichier="a\u202e\x1b[31m<b>.csv", faire=octets(b""), genre=FORMAT, mots=r"a\?\?\[31m<b>.csv\s» est vide"
    ),
    "membre rangé sans compresser": Cas(
        fichier="a.xlsx",
        faire=lambda c: ecrire(c, [range_tel_quel("x/y", b"z")]),
        genre="Export",
        mots="a.xlsx",
    ),
}
