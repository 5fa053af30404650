"""Workbooks made by hand, XLSX and ODS: what is around one sheet «Dossiers» whose XML the caller chooses."""

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from tests.hostile.zips import Membre, ecrire, plie

STANDARD = ("ID", "Email", "FranceConnect ?", "Entreprise raison sociale", "À archiver", "État du dossier",
            "Dernière mise à jour le", "Déposé le", "Instructeurs")  # fmt: skip
"""Enough of the header of a standard export to be one (exports § 3.1)."""
FEUILLE = "xl/worksheets/sheet1.xml"

_ESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_GENRE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LIENS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
ODS = "application/vnd.oasis.opendocument.spreadsheet"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
CONTENU = (
    f'<office:document-content xmlns:office="{_OFFICE}office:1.0" xmlns:table="{_OFFICE}table:1.0" '
    f'xmlns:text="{_OFFICE}text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
)
FIN_CONTENU = "</office:spreadsheet></office:body></office:document-content>"


def ligne(numero: object = "24000001", **autres: object) -> list[object]:
    """Return a row under STANDARD, then the *autres*."""
    return [numero, "a@asso.example", "false", "Asso d’essai", "false", "En instruction",
            "2025-08-02 10:00:00 +0200", "2025-08-01 10:00:00 +0200", "i@etat.example",
            *autres.values()]  # fmt: skip


def autour(**remplaces: str) -> dict[str, str]:
    """Return the parts of an XLSX but the sheet, some of them replaced: ``workbook``, ``liens``, ``styles``."""
    parties = {
        "types": f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>',
        "racine": relations(("officeDocument", "xl/workbook.xml")),
        "workbook": f'<workbook xmlns="{_ESPACE}" xmlns:r="{_GENRE}"><sheets>'
        '<sheet name="Dossiers" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "liens": relations(("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")),
        "chaines": f'<sst xmlns="{_ESPACE}"><si><t>une</t></si></sst>',
    }
    chemins = {
        "types": "[Content_Types].xml",
        "racine": "_rels/.rels",
        "workbook": "xl/workbook.xml",
        "liens": "xl/_rels/workbook.xml.rels",
        "chaines": "xl/sharedStrings.xml",
    }
    return {chemins.get(nom, nom): texte for nom, texte in (parties | remplaces).items()}


def relations(*cibles: tuple[str, str]) -> str:
    """Return the part that binds rId1, rId2… to these kinds and targets."""
    liens = (
        f'<Relationship Id="rId{i}" Type="{_GENRE}/{genre}" Target="{cible}"/>'
        for i, (genre, cible) in enumerate(cibles, 1)
    )
    return f'<Relationships xmlns="{_LIENS}">{"".join(liens)}</Relationships>'


def feuille(interieur: str, avant: str = "", prologue: str = "") -> str:
    """Return the XML of a sheet around rows."""
    tete = f'{_DECLARATION}{prologue}<worksheet xmlns="{_ESPACE}">{avant}'
    return f"{tete}<sheetData>{interieur}</sheetData></worksheet>"


def bouts_de_feuille() -> tuple[bytes, bytes]:
    """Return what opens and what closes the XML of a sheet."""
    debut, fin = feuille("\0").split("\0")
    return debut.encode(), fin.encode()


def rangees(*lignes: Sequence[object]) -> str:
    """Return rows of inline texts and numbers, as the platform writes them."""
    return "".join(f"<row>{''.join(map(_cellule, cellules))}</row>" for cellules in lignes)


def _cellule(valeur: object) -> str:
    if isinstance(valeur, (int, float)):
        return f"<c><v>{valeur!r}</v></c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(str(valeur))}</t></is></c>'


def xlsx(chemin: Path, *membres: Membre, **parties: str) -> Path:
    """Write a workbook of usual parts, and of *membres* which take the place of those of their name."""
    pris = {m.nom for m in membres}
    usuels = [plie(nom, texte.encode()) for nom, texte in autour(**parties).items()]
    return ecrire(chemin, [*(m for m in usuels if m.nom not in pris), *membres])


def classeur(chemin: Path, *lignes: Sequence[object]) -> Path:
    """Write a workbook of one sheet of these rows."""
    return xlsx(chemin, plie(FEUILLE, feuille(rangees(*lignes)).encode()))


def ods(chemin: Path, tables: str | bytes, prologue: str = "", *membres: Membre) -> Path:
    """Write an ODS whose spreadsheet holds *tables*."""
    corps = tables if isinstance(tables, bytes) else tables.encode()
    contenu = f"{_DECLARATION}{prologue}{CONTENU}".encode() + corps + FIN_CONTENU.encode()
    manifeste = (
        f'<manifest:manifest xmlns:manifest="{_OFFICE}manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{ODS}"/></manifest:manifest>'
    )
    return ecrire(
        chemin,
        [
            Membre(nom=b"mimetype", corps=ODS.encode()),
            plie("META-INF/manifest.xml", manifeste.encode()),
            *(membres or [plie("content.xml", contenu)]),
        ],
    )


def table_ods(*lignes: Sequence[object], fin: str = "") -> str:
    """Return the table «Dossiers» of texts, then *fin*, which may repeat rows."""
    corps = "".join(f"<table:table-row>{''.join(map(_case, cellules))}</table:table-row>" for cellules in lignes)
    return f'<table:table table:name="Dossiers">{corps}{fin}</table:table>'


def _case(valeur: object) -> str:
    if isinstance(valeur, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{valeur!r}"/>'
    return (
        '<table:table-cell office:value-type="string"><text:p>'
        + escape(str(valeur))
        + "</text:p></table:table-cell>"
    )
