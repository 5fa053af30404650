"""What the program is, its version, and the licences of what it is made of."""

import platform
import sqlite3

import PySide6
from PySide6.QtCore import QLibraryInfo, QLocale, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from o2r_desktop import __version__
from o2r_desktop.text import NBSP
from ui.widgets.base import button, card, fill, label, row

LICENCES = (
    ("O2R Desktop", "MIT"),
    ("Qt et PySide6", "LGPL 3.0 : bibliothèques liées dynamiquement, que vous pouvez remplacer"),
    ("Icônes Lucide", "ISC"),
    ("Polices Noto Sans", "SIL Open Font License 1.1"),
    ("Police DejaVu Sans", "Bitstream Vera et domaine public"),
    ("ReportLab", "BSD"),
    ("pikepdf et qpdf", "MPL 2.0 et Apache 2.0"),
    ("pypdfium2 et PDFium", "Apache 2.0 et BSD"),
    ("Pillow", "MIT-CMU"),
    ("python-calamine", "MIT"),
    ("sqlite-utils et SQLite", "Apache 2.0 et domaine public"),
    ("python-stdnum", "LGPL 2.1"),
)
"""Each part and its licence; the texts are shipped beside the program."""

_OBJET = f"Instruction hors ligne des dossiers d’un AMI «{NBSP}offre de repérage et de remobilisation{NBSP}»."


def informations() -> str:
    """Return what a report of a fault must say of versions, nothing of any dossier."""
    return "\n".join(
        (
            f"O2R Desktop {__version__}",
            f"Python {platform.python_version()}, Qt {qVersion()}, PySide6 {PySide6.__version__}",
            f"SQLite {sqlite3.sqlite_version}",
            f"{platform.system()} {platform.release()} ({platform.machine()})",
            f"{QGuiApplication.platformName()}, {QLocale().name()}, {QLibraryInfo.version().toString()}",
        )
    )


class AproposDialog(QDialog):
    """Version, licences, and a button that copies what a report needs."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("À propos d’O2R Desktop")
        self.copier = button(
            "Copier les versions", self._copy, nom="Copier les versions, pour un rapport d’anomalie"
        )
        self.fermer = button("Fermer", self.accept, role="principal")
        contenu = QWidget()
        fill(
            QVBoxLayout(contenu),
            label("O2R Desktop", "titre"),
            label(_OBJET, wrap=True),
            label(informations(), "secondaire"),
            label("Licences", "section"),
            card(_licences()),
            1,
            marge=20,
            espace=12,
        )
        self.defilement = QScrollArea()
        self.defilement.setWidget(contenu)
        self.defilement.setWidgetResizable(True)
        self.defilement.setFrameShape(QFrame.Shape.NoFrame)
        self.defilement.setAccessibleName("Version et licences")
        pied = row(self.copier, 1, self.fermer)
        pied.setContentsMargins(20, 8, 20, 16)
        fill(QVBoxLayout(self), self.defilement, pied, espace=0)
        largeur = min(self.fontMetrics().averageCharWidth() * 72, parent.width() - 40)
        for mots in contenu.findChildren(QLabel):
            mots.ensurePolished()
        besoin = max(contenu.heightForWidth(largeur), contenu.minimumSizeHint().height())
        haut = besoin + pied.sizeHint().height() + 2
        self.resize(largeur, min(haut, parent.height() - 40))
        self.fermer.setDefault(True)
        self.fermer.setFocus()

    def _copy(self) -> None:
        QApplication.clipboard().setText(informations())
        self.copier.setText("✓ Copié")


def _licences() -> QGridLayout:
    table = QGridLayout()
    table.setHorizontalSpacing(20)
    table.setColumnStretch(1, 1)
    for rang, (quoi, licence) in enumerate(LICENCES):
        table.addWidget(label(quoi, "gras"), rang, 0)
        table.addWidget(label(licence, "secondaire", wrap=True), rang, 1)
    return table
