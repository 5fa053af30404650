"""The report on paper: a document of text painted page by page, numbered; no HTML, no heavy work."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QDialog, QWidget

from o2r_desktop.notes import files
from o2r_desktop.text import NBSP
from ui.pages.importation.redaction import Redacteur

Dire = Callable[[Redacteur], None]
"""Writes the report."""

_MARGES_MM = QMarginsF(18, 16, 18, 16)
_POINTS = 10.0
_ENCRE, _PALE = "#000000", "#444444"


def write_pdf(chemin: Path, titre: str, police: QFont, dire: Dire) -> Path:
    """Write the report as a PDF, whole or not at all; raises NoteTargetError. May run in the background."""
    octets = QByteArray()
    tampon = QBuffer(octets)
    tampon.open(QIODevice.OpenModeFlag.WriteOnly)
    feuille = QPdfWriter(tampon)
    feuille.setTitle(titre)
    feuille.setCreator("O2R Desktop")
    feuille.setResolution(300)
    _paint(feuille, titre, police, dire)
    tampon.close()
    files.write(bytes(octets.data()), chemin.parent, chemin.name)
    return chemin


def print_report(parent: QWidget, titre: str, police: QFont, dire: Dire) -> None:
    """Open the system's dialog, and print when it is accepted."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # not needed to start

    imprimante = QPrinter(QPrinter.PrinterMode.HighResolution)
    imprimante.setDocName(titre)
    dialogue = QPrintDialog(imprimante, parent)
    dialogue.setWindowTitle("Imprimer le rapport d’import")
    dialogue.accepted.connect(lambda: _paint(imprimante, titre, police, dire))
    dialogue.finished.connect(dialogue.deleteLater)
    QDialog.open(dialogue)  # not the open() of QPrintDialog, which takes a slot by its name


def _paint(feuille: QPagedPaintDevice, titre: str, police: QFont, dire: Dire) -> None:
    feuille.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    feuille.setPageMargins(_MARGES_MM, QPageLayout.Unit.Millimeter)
    peintre = QPainter(feuille)
    document = _document(feuille, police, dire)
    page = document.pageSize()
    total = document.pageCount()
    for rang in range(total):
        if rang:
            feuille.newPage()
        peintre.save()
        peintre.translate(0, -rang * page.height())
        document.drawContents(peintre, QRectF(0, rang * page.height(), page.width(), page.height()))
        peintre.restore()
        _foot(peintre, document.defaultFont(), page, f"{titre} · page{NBSP}{rang + 1} sur {total}")
    peintre.end()


def _document(feuille: QPagedPaintDevice, police: QFont, dire: Dire) -> QTextDocument:
    """Return the document laid out for the sheet, with room for the foot."""
    document = QTextDocument()
    lettres = QFont(police)
    lettres.setPointSizeF(_POINTS)
    document.setDefaultFont(lettres)
    document.documentLayout().setPaintDevice(feuille)
    document.setDocumentMargin(0)
    pied = feuille.logicalDpiY() * _POINTS * 3 / 72
    document.setPageSize(QSizeF(feuille.width(), feuille.height() - pied))
    with Redacteur(document, texte=_ENCRE, secondaire=_PALE) as plume:
        dire(plume)
    return document


def _foot(peintre: QPainter, police: QFont, page: QSizeF, mots: str) -> None:
    petite = QFont(police)
    petite.setPointSizeF(_POINTS * 0.85)
    peintre.setFont(petite)
    haut = peintre.fontMetrics().height() * 1.2
    zone = QRectF(0, page.height() + haut, page.width(), haut)
    peintre.drawText(zone, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, mots)
