"""Workbooks and office documents made for the tests, with nothing in them but what is asked."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
ODF = " ".join(
    f'xmlns:{nom}="urn:oasis:names:tc:opendocument:xmlns:{espace}:1.0"'
    for nom, espace in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"))
)
ODT, ODP = "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.presentation"


def xlsx(chemin: Path, **feuilles: Sequence[Sequence[Any]]) -> Path:
    """Write a workbook: rows by name of sheet."""
    classeur = openpyxl.Workbook()
    classeur.remove(classeur.worksheets[0])
    for nom, lignes in feuilles.items():
        feuille = classeur.create_sheet(nom)
        for ligne in lignes:
            feuille.append(list(ligne))
            for case in feuille[feuille.max_row]:
                if isinstance(case.value, str):
                    case.data_type = "s"
    classeur.save(chemin)
    return chemin


def zippe(chemin: Path, **membres: str) -> Path:
    """Write a ZIP file; «__» stands for «/» and «_dot_» for «.» in names."""
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in membres.items():
            archive.writestr(nom.replace("__", "/").replace("_dot_", "."), contenu)
    return chemin


def docx(chemin: Path, corps: str, prologue: str = "") -> Path:
    """Write a Word document around a body."""
    return zippe(chemin, word__document_dot_xml=f"{prologue}<w:document {W}><w:body>{corps}</w:body></w:document>")


def paragraphe(texte: str, style: str = "") -> str:
    """Return a paragraph of Word."""
    tete = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{tete}<w:r><w:t>{texte}</w:t></w:r></w:p>"


def ouvert(chemin: Path, genre: str, corps: str, manifeste: str = "") -> Path:
    """Write an OpenDocument file around a body."""
    contenu = f"<office:document-content {ODF}><office:body>{corps}</office:body></office:document-content>"
    return zippe(chemin, mimetype=genre, content_dot_xml=contenu, **{"META-INF__manifest_dot_xml": manifeste})


def pptx(chemin: Path, *diapositives: str) -> Path:
    """Write a slide show, one text a slide."""
    membres = {
        f"ppt__slides__slide{n}_dot_xml": f"<p:sld xmlns:p='p' {A}><a:p><a:r><a:t>{texte}</a:t></a:r></a:p></p:sld>"
        for n, texte in enumerate(diapositives, 1)
    }
    return zippe(chemin, ppt__presentation_dot_xml="<a/>", **membres)
