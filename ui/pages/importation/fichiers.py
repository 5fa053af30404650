"""Step 1: which files, and where their dossiers will go."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from o2r_desktop.imports.noms import lire_nom
from o2r_desktop.text import NBSP, instant, nombre, pluriel, printable
from ui.theme import Ton
from ui.widgets.base import Banner, button, card, column, fill, label, row
from ui.widgets.depot import DropZone

_FILTRES = ("Exports de dossiers (*.xlsx *.csv *.json)", "Tous les fichiers (*)")


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
            "XLSX, CSV ou JSON de la plateforme, tels que vous les avez téléchargés",
            _FILTRES,
        )
        self.zone.files_chosen.connect(self.add)
        self.destination = label(role="secondaire", wrap=True)
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
        fill(QVBoxLayout(interieur), self.zone, self.liste, self.destination, 1, espace=12)
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
        """Add files; one that is already there is not taken twice."""
        self.fichiers = list(dict.fromkeys([*self.fichiers, *fichiers]))
        self.message.dire("")
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


def breakable(nom: str) -> str:
    """Return a text whose long names of files can go to the next line after a hyphen or an underscore."""
    return printable(nom).replace("_", "_\u200b").replace("-", "-\u200b")


def poids(octets: int) -> str:
    """Return a size as people say it: «12 ko», «1,4 Mo»."""
    if octets < 1000:
        return pluriel(octets, "octet")
    if octets < 999_500:
        return f"{nombre(round(octets / 1000))}{NBSP}ko"
    return f"{nombre(Decimal(octets) / 1_000_000, 1)}{NBSP}Mo"
