"""ODS, written by us: a ZIP of five small parts, OpenDocument 1.3; libraries for it sleep or bring lxml along."""

import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape
from typing import IO

from o2r_desktop.progress import Reporter
from o2r_desktop.tableaux.modele import Case, Cellule, Genre, Rubrique, Tableau, case, propre

_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_DATE_ZIP = (1980, 1, 1, 0, 0, 0)
_NOMS = (
    ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    ("style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
    ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
    ("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
    ("number", "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"),
    ("fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
    ("config", "urn:oasis:names:tc:opendocument:xmlns:config:1.0"),
)
_ESPACES = " ".join(f'xmlns:{prefixe}="{adresse}"' for prefixe, adresse in _NOMS)
_ENTETE = '<?xml version="1.0" encoding="UTF-8"?>\n'
_PAS = 200
_CM_PAR_CARACTERE = 0.2

_NOMBRE = (
    '<number:number number:decimal-places="{decimales}" number:min-decimal-places="{decimales}" '
    'number:min-integer-digits="1" number:grouping="{milliers}"/>'
)
_FORMATS = {
    Genre.NUMERO: "<number:number-style style:name=\"f-numero\">"
    + _NOMBRE.format(decimales=0, milliers="false") + "</number:number-style>",
    Genre.ENTIER: "<number:number-style style:name=\"f-entier\">"
    + _NOMBRE.format(decimales=0, milliers="true") + "</number:number-style>",
    Genre.DECIMAL: "<number:number-style style:name=\"f-decimal\">"
    + _NOMBRE.format(decimales=1, milliers="true") + "</number:number-style>",
    Genre.MONTANT: "<number:currency-style style:name=\"f-montant\" number:language=\"fr\" number:country=\"FR\">"
    + _NOMBRE.format(decimales=2, milliers="true")
    + "<number:text>\u00a0</number:text><number:currency-symbol number:language=\"fr\" number:country=\"FR\">€"
    "</number:currency-symbol></number:currency-style>",
    Genre.INSTANT: "<number:date-style style:name=\"f-instant\"><number:day number:style=\"long\"/>"
    "<number:text>/</number:text><number:month number:style=\"long\"/><number:text>/</number:text>"
    "<number:year number:style=\"long\"/><number:text> </number:text><number:hours number:style=\"long\"/>"
    "<number:text>:</number:text><number:minutes number:style=\"long\"/></number:date-style>",
    Genre.TEXTE: "<number:text-style style:name=\"f-texte\"><number:text-content/></number:text-style>",
}  # fmt: skip


def ecrire(flux: IO[bytes], tableau: Tableau, reporter: Reporter) -> int:
    """Write a workbook into *flux* and return how many cells were cut."""
    comptees: list[Case] = []
    with zipfile.ZipFile(flux, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_partie("mimetype", zipfile.ZIP_STORED), _TYPE)  # first and not compressed, part 2 § 3.3
        archive.writestr(_partie("META-INF/manifest.xml"), _manifeste())
        archive.writestr(
            _partie("styles.xml"), f'{_ENTETE}<office:document-styles {_ESPACES} office:version="1.3"/>'
        )
        archive.writestr(_partie("settings.xml"), _reglages(_titre(tableau.titre)))
        with archive.open(_partie("content.xml"), "w", force_zip64=True) as contenu:
            for morceau in _contenu(tableau, reporter, comptees):
                contenu.write(morceau.encode("utf-8"))
    return len(comptees)


def _partie(nom: str, compression: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    partie = zipfile.ZipInfo(nom, _DATE_ZIP)
    partie.compress_type = compression
    return partie


def _manifeste() -> str:
    parties = "".join(
        f'<manifest:file-entry manifest:full-path="{nom}" manifest:media-type="{genre}"/>'
        for nom, genre in (("/", _TYPE), *((f"{n}.xml", "text/xml") for n in ("content", "styles", "settings")))
    )
    return (
        f'{_ENTETE}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.3">{parties}</manifest:manifest>'
    )


def _reglages(feuille: str) -> str:
    """Return the settings that keep the first row in view."""
    figee = (
        ("HorizontalSplitMode", "short", 0),
        ("VerticalSplitMode", "short", 2),
        ("HorizontalSplitPosition", "int", 0),
        ("VerticalSplitPosition", "int", 1),
        ("ActiveSplitRange", "short", 2),
        ("PositionBottom", "int", 1),
    )
    dits = "".join(
        f'<config:config-item config:name="{nom}" config:type="{genre}">{valeur}</config:config-item>'
        for nom, genre, valeur in figee
    )
    return (
        f'{_ENTETE}<office:document-settings {_ESPACES} office:version="1.3"><office:settings>'
        '<config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views">'
        '<config:config-item-map-entry><config:config-item config:name="ViewId" config:type="string">view1'
        '</config:config-item><config:config-item-map-named config:name="Tables">'
        f'<config:config-item-map-entry config:name="{escape(feuille)}">{dits}</config:config-item-map-entry>'
        "</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )


def _contenu(tableau: Tableau, reporter: Reporter, coupees: list[Case]) -> Iterator[str]:
    titre = _titre(tableau.titre)
    yield f'{_ENTETE}<office:document-content {_ESPACES} office:version="1.3">'
    yield _styles(tableau.rubriques)
    yield "<office:body><office:spreadsheet>"
    yield f'<table:table table:name="{escape(titre)}">'
    for rang in range(len(tableau.rubriques)):
        yield f'<table:table-column table:style-name="col{rang}"/>'
    entetes = "".join(_texte(propre(r.titre)[0], "entete") for r in tableau.rubriques)
    yield f"<table:table-header-rows><table:table-row>{entetes}</table:table-row></table:table-header-rows>"
    for rang, ligne in enumerate(tableau.lignes):
        if rang % _PAS == 0:
            reporter.step(rang, len(tableau.lignes), "Écriture du tableau")
        yield f"<table:table-row>{''.join(_cases(ligne, tableau.rubriques, coupees))}</table:table-row>"
    yield "</table:table>"
    yield _apropos(tableau.apropos)
    yield _filtre_automatique(titre, tableau)
    yield "</office:spreadsheet></office:body></office:document-content>"


def _styles(rubriques: Sequence[Rubrique]) -> str:
    largeurs = [*(r.largeur for r in rubriques)]
    colonnes = [(f"col{rang}", largeur) for rang, largeur in enumerate(largeurs)] + [("nom", 24), ("dit", 90)]
    return (
        "<office:automatic-styles>"
        + "".join(
            f'<style:style style:name="{nom}" style:family="table-column"><style:table-column-properties '
            f'style:column-width="{largeur * _CM_PAR_CARACTERE:.2f}cm"/></style:style>'
            for nom, largeur in colonnes
        )
        + "".join(_FORMATS.values())
        + "".join(
            f'<style:style style:name="{genre}" style:family="table-cell" style:data-style-name="f-{genre}">'
            '<style:table-cell-properties style:vertical-align="top"/></style:style>'
            for genre in Genre
        )
        + '<style:style style:name="entete" style:family="table-cell" style:data-style-name="f-texte">'
        '<style:table-cell-properties fo:border-bottom="0.5pt solid #000000" fo:wrap-option="wrap" '
        'style:vertical-align="top"/><style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="long" style:family="table-cell" style:data-style-name="f-texte">'
        '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>'
        "</office:automatic-styles>"
    )


def _cases(ligne: Sequence[Cellule], rubriques: Sequence[Rubrique], coupees: list[Case]) -> Iterator[str]:
    for valeur, rubrique in zip(ligne, rubriques, strict=True):
        ecrite = case(valeur, rubrique.genre)
        if ecrite is None:
            yield "<table:table-cell/>"
            continue
        if ecrite.coupee:
            coupees.append(ecrite)
        yield _cellule(ecrite)


def _cellule(ecrite: Case) -> str:
    valeur = ecrite.valeur
    if isinstance(valeur, str):
        return _texte(valeur, Genre.TEXTE)
    if isinstance(valeur, datetime):
        genre, dit = "date", f'office:date-value="{valeur.isoformat()}"'
    elif ecrite.genre is Genre.MONTANT:
        genre, dit = "currency", f'office:currency="EUR" office:value="{valeur!r}"'
    else:
        genre, dit = "float", f'office:value="{valeur!r}"'
    return f'<table:table-cell table:style-name="{ecrite.genre}" office:value-type="{genre}" {dit}/>'


def _texte(texte: str, style: str) -> str:
    paragraphes = "".join(f"<text:p>{_espaces(p)}</text:p>" for p in texte.split("\n"))
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">{paragraphes}</table:table-cell>'
    )


def _espaces(texte: str) -> str:
    """Return a paragraph: XML would fold several spaces into one, OpenDocument part 3 § 6.1.2."""
    simple = escape(texte).replace("\t", "<text:tab/>")
    if "  " not in simple and not simple.startswith(" ") and not simple.endswith(" "):
        return simple
    return "<text:s/>".join(simple.split(" "))


def _apropos(dits: Sequence[tuple[str, str]]) -> str:
    if not dits:
        return ""
    lignes = "".join(
        f"<table:table-row>{_texte(propre(nom)[0], 'entete')}{_texte(propre(dit)[0], 'long')}</table:table-row>"
        for nom, dit in dits
    )
    colonnes = '<table:table-column table:style-name="nom"/><table:table-column table:style-name="dit"/>'
    return f'<table:table table:name="À propos">{colonnes}{lignes}</table:table>'


def _filtre_automatique(titre: str, tableau: Tableau) -> str:
    fin = f"{_lettres(len(tableau.rubriques))}{len(tableau.lignes) + 1}"
    return (
        '<table:database-ranges><table:database-range table:name="filtre" '
        f"table:target-range-address=\"'{escape(titre)}'.A1:'{escape(titre)}'.{fin}\" "
        'table:display-filter-buttons="true"/></table:database-ranges>'
    )


def _lettres(rang: int) -> str:
    """Return the letters of a column, from 1: A, Z, AA."""
    lettres = ""
    while rang:
        rang, reste = divmod(rang - 1, 26)
        lettres = chr(ord("A") + reste) + lettres
    return lettres


def _titre(texte: str) -> str:
    """Return the name of a sheet, which is ours: no sign that an address would misread."""
    return propre(texte)[0].replace("'", "’")
