"""A new campagne: its name and where its folder goes."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from o2r_desktop.errors import O2rError
from o2r_desktop.store.connection import check_free
from o2r_desktop.text import NBSP
from ui.theme import Ton
from ui.widgets.base import Banner, button, column, fill, label, row

INTERDITS = frozenset('<>:"/\\|?*')
"""What Windows refuses in the name of a folder; a campagne may travel on a stick."""


class NouvelleCampagneDialog(QDialog):
    """Two fields; what would go wrong is said at once, before anything is made."""

    def __init__(self, lieu: Path, choose: Callable[[str], Path | None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Nouvelle campagne")
        self._choose = choose
        self.nom = QLineEdit("AMI O2R")
        self.lieu = QLineEdit(str(lieu))
        self.parcourir = button("Parcourir…", self._browse, nom="Choisir l’emplacement")
        self.obstacle = Banner(ton=Ton.ALERTE)
        self.resultat = label("", "secondaire", wrap=True)
        self.annuler = button("Annuler", self.reject)
        self.creer = button("Créer la campagne", self._create, role="principal")
        self.creer.setDefault(True)
        fill(
            QVBoxLayout(self),
            label("Nouvelle campagne", "titre"),
            label(
                "Un dossier est créé sur ce poste ; il contient tout : dossiers, évaluations, notes, sauvegardes.",
                wrap=True,
            ),
            column(_etiquette("&Nom du dossier", self.nom), self.nom, espace=4),
            column(_etiquette("&Emplacement", self.lieu), row(self.lieu, self.parcourir), espace=4),
            self.resultat,
            self.obstacle,
            row(1, self.annuler, self.creer),
            marge=20,
            espace=12,
        )
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 64)
        self.nom.selectAll()
        for champ in (self.nom, self.lieu):
            champ.textChanged.connect(self._check)
        self._check()

    @property
    def dossier(self) -> Path:
        """The folder of the new campagne."""
        return Path(self.lieu.text().strip()) / self.nom.text().strip()

    def _browse(self) -> None:
        choisi = self._choose("Où créer la campagne")
        if choisi is not None:
            self.lieu.setText(str(choisi))

    def _check(self) -> None:
        obstacle = self._obstacle()
        self.obstacle.dire(obstacle)
        self.resultat.setText("" if obstacle else f"Sera créée dans{NBSP}: {self.dossier}")
        self.resultat.setVisible(not obstacle)
        self.creer.setEnabled(not obstacle)

    def _obstacle(self) -> str:
        nom, lieu = self.nom.text().strip(), self.lieu.text().strip()
        if not nom or nom.strip(".") == "":
            return "Donnez un nom au dossier de la campagne."
        if interdits := INTERDITS & set(nom):
            signes = " ".join(sorted(interdits))
            return f"Retirez du nom ces signes, que tous les systèmes n’acceptent pas{NBSP}: {signes}"
        if not Path(lieu).is_absolute() or not Path(lieu).is_dir():
            return "Cet emplacement n’existe pas : choisissez un dossier existant."
        try:
            check_free(self.dossier)
        except O2rError as erreur:
            return str(erreur)
        return ""

    def _create(self) -> None:
        if not self._obstacle():
            self.accept()


def _etiquette(texte: str, champ: QLineEdit) -> QWidget:
    mots = label(texte, "gras")
    mots.setBuddy(champ)
    champ.setAccessibleName(texte.replace("&", ""))
    return mots
