"""Step 1: which files, and where their dossiers will go."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from o2r_desktop.imports.noms import lire_nom
from o2r_desktop.text import NBSP, NNBSP, instant, pluriel
from ui.drops import exports_among
from ui.pages.importation.mots import breakable, poids
from ui.theme import Ton
from ui.widgets.base import Banner, button, card, column, fill, label, row
from ui.widgets.depot import DropZone

_FILTRES = (
    "Exports et archives de pièces (*.xlsx *.ods *.csv *.json *.zip)",
    "Tableurs (*.xlsx *.ods *.csv)",
    "Archives de pièces (*.zip)",
    "Tous les fichiers (*)",
)
_CONSEIL = (
    f"Pour que rien ne manque, créez sur la plateforme un modèle d’export «{NBSP}Outil O2R{NBSP}» au format XLSX, "
    f"toutes les colonnes cochées dont «{NBSP}N° dossier{NBSP}», et incluez les dossiers à archiver. Modifiez-le à "
    f"nouveau après chaque nouvelle version du formulaire."
)
"""How to ask the platform for a whole export (exports § 9.14)."""


class FichiersEtape(QWidget):
    """The files chosen, each with what is known of it and why it was refused."""

    submitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fichiers: list[Path] = []
        self._refus: dict[Path, str] = {}
        self.message = Banner()
        self.zone = DropZone(
            "Déposez ici un ou plusieurs exports",
            f"XLSX, ODS, CSV ou JSON, et les ZIP de pièces{NNBSP}; ou le dossier qui les contient",
            _FILTRES,
        )
        self.zone.files_chosen.connect(self.add)
        self.destination = label(role="secondaire", wrap=True)
        self.conseil = label(_CONSEIL, "secondaire", wrap=True)
        self.lignes = QVBoxLayout()
        fill(self.lignes)
        self.compte = label(role="section")
        self.liste = card(self.compte, self.lignes)
        self.lire = button("Lire et contrôler", self.submitted.emit, role="principal", touche="Ctrl+Entrée")
        self.lire.setShortcut("Ctrl+Return")
        self._composer()
        self._montrer()

    def _composer(self) -> None:
        interieur = _Contenu()
        fill(QVBoxLayout(interieur), self.zone, self.liste, self.destination, self.conseil, 1, espace=12)
        defilement = QScrollArea()
        defilement.setWidgetResizable(True)
        defilement.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        defilement.setWidget(interieur)
        rien = label("Rien n’est écrit avant que vous ayez tout contrôlé.", "secondaire", wrap=True)
        pied = row(rien, self.lire, espace=12)
        pied.setStretch(0, 1)
        fill(QVBoxLayout(self), self.message, defilement, pied, espace=12)

    def say_destination(self, nom: str, dossier: Path) -> None:
        """Say which campagne will receive the dossiers."""
        self.destination.setText(f"Les dossiers entreront dans la campagne «{NBSP}{nom}{NBSP}» ({dossier}).")

    def set_fichiers(self, fichiers: Sequence[Path]) -> None:
        """Start again with these files."""
        self.fichiers, self._refus = list(dict.fromkeys(fichiers)), {}
        self.message.dire("")
        self._montrer()

    def add(self, fichiers: Sequence[Path]) -> None:
        """Add files, and the exports of folders; one that is already there is not taken twice."""
        trouves = exports_among(fichiers)
        self.fichiers = list(dict.fromkeys([*self.fichiers, *trouves]))
        vides = [f for f in fichiers if f.is_dir()] if not trouves else []
        self.message.dire(f"Aucun export dans le dossier «{NBSP}{vides[0]}{NBSP}»." if vides else "", Ton.ALERTE)
        self._montrer()
        self.lire.setFocus()

    def remove(self, fichier: Path) -> None:
        """Take a file off the list."""
        self.fichiers.remove(fichier)
        self._refus.pop(fichier, None)
        self._montrer()
        (self.lire if self.fichiers else self.zone.bouton).setFocus()

    def show_refus(self, refus: Sequence[tuple[Path, str]]) -> None:
        """Write on their lines why files were refused."""
        self._refus = dict(refus)
        self._montrer()

    def _montrer(self) -> None:
        while (element := self.lignes.takeAt(0)) is not None:
            if vieux := element.widget():
                vieux.deleteLater()
        for fichier in self.fichiers:
            self.lignes.addWidget(_LigneFichier(self, fichier, self._refus.get(fichier, "")))
        self.compte.setText(pluriel(len(self.fichiers), "fichier choisi", "fichiers choisis"))
        self.liste.setVisible(bool(self.fichiers))
        self.lire.setEnabled(bool(self.fichiers))


class _Contenu(QWidget):
    """What scrolls: it takes the height of its words at the width it has, not the guess of wrapped labels."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802 Qt
        """Leave it to the height for the width."""
        return QSize()


class _LigneFichier(QFrame):
    """A file: name, size, date of its name, and the sentence that refuses it."""

    def __init__(self, etape: FichiersEtape, fichier: Path, refus: str) -> None:
        super().__init__()
        nom = label(breakable(fichier.name), "gras", wrap=True)
        nom.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        mots = column(nom, label(_precision(fichier), "secondaire", wrap=True), espace=2)
        if refus:
            mots.addWidget(Banner(f"✕ {breakable(refus)}", Ton.MAUVAIS))
        retirer = button("Retirer", lambda: etape.remove(fichier), role="discret", nom=f"Retirer {fichier.name}")
        ligne = QHBoxLayout(self)
        fill(ligne, mots, retirer, espace=12)
        ligne.setStretch(0, 1)
        ligne.setAlignment(retirer, Qt.AlignmentFlag.AlignTop)


def _precision(fichier: Path) -> str:
    try:
        taille = poids(fichier.stat().st_size)
    except OSError:
        return "fichier introuvable"
    moment = lire_nom(fichier.name)[1]
    date = f"export du {instant(moment)}" if moment else "date d’export non indiquée par le nom"
    return f"{taille} · {date} · {fichier.parent}"
