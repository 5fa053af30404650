"""Bombs: small files that want memory or time without end."""

import bz2
from pathlib import Path

from tests.hostile import classeurs
from tests.hostile.classeurs import FEUILLE, STANDARD, feuille, ligne, rangees, xlsx
from tests.hostile.corpus import Cas, octets, texte
from tests.hostile.genres import DEMESURE, ENTETE, FORMAT, ILLISIBLE
from tests.hostile.zips import Membre, bombe, ecrire, plie, range_tel_quel

MIO = 2**20
DEBUT, FIN = classeurs.bouts_de_feuille()
CELLULE = DEBUT + b'<row><c t="inlineStr"><is><t>'
FIN_CELLULE = b"</t></is></c></row>" + FIN
UN_DOSSIER = (STANDARD, ligne())
RIRES = "<!DOCTYPE lolz [<!ENTITY a0 'ah'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 11)
)
RIRES += "]>"
QUADRATIQUE = f"<!DOCTYPE q [<!ENTITY a '{'x' * 100_000}'>]>"
AU_DEHORS = "<!DOCTYPE e [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"


def _epais(motif: bytes) -> bytes:
    """Return *motif* many times, with what does not pack between: under the ratio that gives bombs away."""
    from random import Random

    hasard = Random(1)
    return b"".join(motif + b"<!--%x-->" % hasard.getrandbits(32) for _ in range(MIO // (len(motif) + 14)))


def _entite(prologue: str, corps: str = "&a10;") -> str:
    cellule = f'<row><c t="inlineStr"><is><t>{corps}</t></is></c></row>'
    return feuille(rangees(*UN_DOSSIER) + cellule, prologue=prologue)


def _membre(membre: Membre) -> Cas:
    return Cas(
        fichier="a.xlsx", faire=lambda c: xlsx(c, membre), genre=DEMESURE, mots="démesuré|volumineux|mémoire"
    )


def _xml(xml: str | bytes, genre: str, mots: str) -> Cas:
    corps = xml if isinstance(xml, bytes) else xml.encode()
    return Cas(fichier="a.xlsx", faire=lambda c: xlsx(c, plie(FEUILLE, corps)), genre=genre, mots=mots)


def _ods(tables: str, genre: str, mots: str, prologue: str = "") -> Cas:
    return Cas(fichier="a.ods", faire=lambda c: classeurs.ods(c, tables, prologue), genre=genre, mots=mots)


def _menteur(chemin: Path, **dits: int) -> None:
    """Make a workbook whose directory lies about a sheet of a gigabyte."""
    xlsx(chemin, bombe(FEUILLE, b" " * MIO, 1024, CELLULE, FIN_CELLULE, **dits))


def _recouvrement(chemin: Path) -> None:
    """Make a thousand sheets of the same bytes (D. Fifield, A better zip bomb, 2019)."""
    premier = bombe(FEUILLE, b" " * MIO, 9, DEBUT, FIN)
    autres = [
        Membre(
            nom=b"xl/worksheets/sheet%d.xml" % n,
            methode=8,
            crc=premier.crc,
            deplie=premier.deplie,
            comprime=len(premier.corps),
            sur=0,
        )
        for n in range(2, 1000)
    ]
    parties = [plie(nom, t.encode()) for nom, t in classeurs.autour().items()]
    ecrire(chemin, [premier, *autres, *parties])


def _poupee(chemin: Path) -> None:
    """Make a workbook that holds a bomb that holds a bomb."""
    dedans = chemin.with_suffix(".dedans")
    xlsx(dedans, bombe("a", b"\0" * MIO, 1024))
    xlsx(chemin, plie(FEUILLE, feuille("").encode()), range_tel_quel("xl/media/a.zip", dedans.read_bytes()))
    dedans.unlink()


def _creux(chemin: Path, debut: bytes, taille: int) -> None:
    """Make a file whose end is a hole: it takes no room on the disk."""
    with chemin.open("wb") as flux:
        flux.write(debut)
        flux.truncate(taille)


def _cases(colonnes: int) -> str:
    return f'<c r="A1"><v>1</v></c><c r="{_lettres(colonnes)}1"><v>1</v></c>'


def _lettres(rang: int) -> str:
    lettres = ""
    while rang:
        rang, reste = divmod(rang - 1, 26)
        lettres = chr(65 + reste) + lettres
    return lettres


def _repete(lignes: int, colonnes: int, corps: str) -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{lignes}"><table:table-cell '
        f'table:number-columns-repeated="{colonnes}" office:value-type="string">{corps}</table:table-cell>'
        "</table:table-row>"
    )


PLEINE = "<text:p>x</text:p>"
GRANDE = "trop|démesur|lignes|colonnes|cellules|mémoire"
BOMBES: dict[str, Cas] = {
    "cellule d’un gigaoctet": _membre(bombe(FEUILLE, b"a" * MIO, 1024, CELLULE, FIN_CELLULE)),
    "gigaoctet d’espaces": _membre(bombe(FEUILLE, b" " * MIO, 1024, DEBUT, FIN)),
    "chaînes d’un gigaoctet": _membre(
        bombe("xl/sharedStrings.xml", b"a" * MIO, 1024, b"<sst><si><t>", b"</t></si>")
    ),
    "40 millions de lignes": _membre(bombe(FEUILLE, b"<row/>" * 40_000, 1000, DEBUT, FIN)),
    "membre inutile d’un gigaoctet": _membre(bombe("xl/media/image1.png", b"\0" * MIO, 1024)),
    "tailles avouées nulles": Cas(
        fichier="a.xlsx", faire=lambda c: _menteur(c, deplie=0, comprime=0), genre="Export", mots="a.xlsx"
    ),
    "taille avouée trop petite": Cas(
        fichier="a.xlsx", faire=lambda c: _menteur(c, deplie=5_000), genre=ILLISIBLE, mots="a.xlsx"
    ),
    "taille avouée nulle": Cas(
        fichier="a.xlsx", faire=lambda c: _menteur(c, deplie=0), genre=ILLISIBLE, mots="a.xlsx"
    ),
    "sous le rapport, cellules": Cas(
        fichier="a.xlsx",
        faire=lambda c: xlsx(
            c, bombe(FEUILLE, _epais(b"<c><v>1</v></c>" * 30), 190, DEBUT + b"<row>", b"</row>" + FIN)
        ),
        genre=DEMESURE,
        mots=GRANDE,
    ),
    "sous le rapport, lignes": Cas(
        fichier="a.xlsx",
        faire=lambda c: xlsx(c, bombe(FEUILLE, _epais(b"<row><c><v>1</v></c></row>" * 20), 190, DEBUT, FIN)),
        genre=DEMESURE,
        mots=GRANDE,
    ),
    "A1 et BXX200000": _xml(
        feuille('<row r="1"><c r="A1"><v>1</v></c></row><row r="200000"><c r="BXX200000"><v>1</v></c></row>'),
        DEMESURE,
        "20 millions",
    ),
    "bzip2": Cas(
        fichier="a.ods",
        faire=lambda c: ecrire(c, [Membre(nom=b"mimetype", corps=bz2.compress(b"a" * MIO), methode=12, deplie=9)]),
        genre=ILLISIBLE,
        mots="abîmé",
    ),
    "manifeste d’un gigaoctet": Cas(
        fichier="a.ods",
        faire=lambda c: classeurs.ods(c, "", "", bombe("META-INF/manifest.xml", b"a" * MIO, 1024, deplie=5_000)),
        genre="Export",
        mots="a.ods",
    ),
    "quatre gigaoctets avoués": Cas(
        fichier="a.xlsx",
        faire=lambda c: xlsx(c, plie(FEUILLE, DEBUT + FIN, deplie=0xFFFFFFFE)),
        genre=DEMESURE,
        mots="démesuré",
    ),
    "membres qui se recouvrent": Cas(
        fichier="a.xlsx", faire=_recouvrement, genre="Export", mots="volumineux|démesuré|abîmé"
    ),
    "ZIP dans le ZIP": Cas(fichier="a.xlsx", faire=_poupee, genre=FORMAT, mots="aucun dossier"),
    "65 000 membres": Cas(
        fichier="a.xlsx",
        faire=lambda c: xlsx(c, *(Membre(nom=b"m%d" % n) for n in range(65_000))),
        genre=DEMESURE,
        mots="éléments",
    ),
    "A1 et XFD1048576": _xml(
        feuille('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        DEMESURE,
        "colonnes|lignes",
    ),
    "16 384 colonnes": _xml(feuille(f'<row r="1">{_cases(16_384)}</row>'), DEMESURE, "colonnes"),
    "adresse hors de tout": _xml(
        feuille('<row r="1"><c r="ZZZZZZZ99999999999"><v>1</v></c></row>'), "Export", "a.xlsx"
    ),
    "ligne de rang démesuré": _xml(
        feuille('<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>'), "Export", "a.xlsx"
    ),
    "dimension fausse": _xml(
        feuille(rangees(STANDARD), avant='<dimension ref="A1:XFD1048576"/>'), "Export", "a.xlsx"
    ),
    "chaîne partagée absente": _xml(
        feuille(rangees(STANDARD) + '<row><c t="s"><v>99999</v></c></row>'), "Export", "a.xlsx"
    ),
    "rires, XLSX": _xml(_entite(RIRES), "Export", "a.xlsx"),
    "quadratique, XLSX": _xml(_entite(QUADRATIQUE, "&a;" * 10_000), "Export", "a.xlsx"),
    "au-dehors, XLSX": _xml(_entite(AU_DEHORS, "&a;"), "Export", "a.xlsx"),
    "DTD seule, XLSX": _xml(feuille("", prologue="<!DOCTYPE worksheet>"), "Export", "a.xlsx"),
    "balises sans fin, XLSX": _xml(feuille("<row><c>" + "<a>" * 500_000), "Export", "a.xlsx"),
    "rires, ODS": _ods(classeurs.table_ods(STANDARD, ["&a10;"]).replace("&amp;", "&"), "Export", "a.ods", RIRES),
    "quadratique, ODS": _ods(
        classeurs.table_ods(STANDARD, ["&a;" * 10_000]).replace("&amp;", "&"), "Export", "a.ods", QUADRATIQUE
    ),
    "au-dehors, ODS": _ods(
        classeurs.table_ods(STANDARD, ["&a;"]).replace("&amp;", "&"), "Export", "a.ods", AU_DEHORS
    ),
    "balises sans fin, ODS": _ods("<table:table><table:table-row>" + "<text:p>" * 500_000, "Export", "a.ods"),
    "ODS, gigaoctet": Cas(
        fichier="a.ods",
        faire=lambda c: classeurs.ods(c, "", "", bombe("content.xml", b"a" * MIO, 1024)),
        genre="Export",
        mots="a.ods",
    ),
    "ODS, colonnes répétées": _ods(
        classeurs.table_ods(STANDARD, fin=_repete(1, 1_048_576, PLEINE)), DEMESURE, GRANDE
    ),
    "ODS, lignes répétées": _ods(
        classeurs.table_ods(STANDARD, fin=_repete(1_048_576, 1, PLEINE)), DEMESURE, GRANDE
    ),
    "ODS, tout répété": _ods(
        classeurs.table_ods(STANDARD, fin=_repete(1_048_576, 16_384, PLEINE)), DEMESURE, GRANDE
    ),
    "ODS, répété mille fois": _ods(
        classeurs.table_ods(STANDARD, fin=_repete(1000, 16_384, PLEINE) * 1000), DEMESURE, GRANDE
    ),
    "ODS, répétition énorme": _ods(
        classeurs.table_ods(STANDARD, fin=_repete(10**18, 10**18, PLEINE)), "Export", "a.ods"
    ),
    "ODS, répétition négative": _ods(classeurs.table_ods(STANDARD, fin=_repete(-5, -1, PLEINE)), "Export", "a.ods"),
    "ODS, texte de blancs": _ods(
        classeurs.table_ods(STANDARD, fin=_repete(1, 1, '<text:p><text:s text:c="2000000000"/></text:p>')),
        "Export",
        "a.ods",
    ),
    "million de colonnes": Cas(
        fichier="a.csv", faire=octets(b"ID,Email" + b"," * 10**6 + b"\n1,a\n"), genre=DEMESURE, mots="colonnes"
    ),
    "million de lignes": Cas(
        fichier="a.csv", faire=texte(ENTETE + "1,a\n" * 250_000), genre=DEMESURE, mots="lignes"
    ),
    "une ligne de 20 Mo": Cas(
        fichier="a.csv", faire=octets(b"a" * (20 * MIO)), genre="Export", mots="a.csv", memoire=800
    ),
    "cellule CSV de 20 Mo": Cas(
        fichier="a.csv",
        faire=lambda c: c.write_bytes(ENTETE.encode() + b'24000001,"' + b"a" * (20 * MIO) + b'"\n'),
        genre="Export",
        mots="a.csv",
        memoire=800,
    ),
    "CSV de 301 Mo": Cas(
        fichier="a.csv", faire=lambda c: _creux(c, ENTETE.encode() * 100, 301 * MIO), genre=DEMESURE, mots="300"
    ),
    "CSV creux de 290 Mo": Cas(
        fichier="a.csv",
        faire=lambda c: _creux(c, ENTETE.encode() * 100, 290 * MIO),
        genre=FORMAT,
        mots="octets nuls",
        memoire=1000,
    ),
    "JSON sans fond": Cas(fichier="a.json", faire=octets(b"[" * 100_000), genre=FORMAT, mots="imbriqué"),
    "objets sans fond": Cas(
        fichier="a.json", faire=octets(b'{"a":' * 100_000 + b"1" + b"}" * 100_000), genre=FORMAT, mots="imbriqué"
    ),
    "JSON, enveloppes sans fond": Cas(
        fichier="a.json",
        faire=octets(b'{"data":' * 900 + b"1" + b"}" * 900),
        genre=FORMAT,
        mots="imbriqué|inconnue",
    ),
    "JSON, nombre de 5 000 chiffres": Cas(
        fichier="a.json", faire=octets(b'{"number":' + b"9" * 5_000 + b"}"), genre=ILLISIBLE, mots="JSON"
    ),
    "JSON de 15 Mo de crochets": Cas(
        fichier="a.json",
        faire=octets(b"[" + b"[]," * (5 * MIO) + b"[]]"),
        genre="Export",
        mots="a.json",
        memoire=800,
    ),
    "chemin qui remonte": Cas(
        fichier="a.xlsx", faire=lambda c: xlsx(c, range_tel_quel("../../x", b"")), genre=FORMAT, mots="interdit"
    ),
    "chemin absolu": Cas(
        fichier="a.xlsx", faire=lambda c: xlsx(c, range_tel_quel("/etc/x", b"")), genre=FORMAT, mots="interdit"
    ),
    "chemin de Windows": Cas(
        fichier="a.xlsx", faire=lambda c: xlsx(c, range_tel_quel(r"C:\x", b"")), genre=FORMAT, mots="interdit"
    ),
    "relation qui remonte": Cas(
        fichier="a.xlsx",
        faire=lambda c: xlsx(
            c,
            liens=classeurs.relations(("worksheet", "../../../etc/passwd")),
        ),
        genre="Export",
        mots="a.xlsx",
    ),
    "relations en boucle": Cas(
        fichier="a.xlsx",
        faire=lambda c: xlsx(
            c,
            liens=classeurs.relations(("worksheet", "workbook.xml")),
        ),
        genre="Export",
        mots="a.xlsx",
    ),
}
