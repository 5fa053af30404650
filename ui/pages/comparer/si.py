"""«Et si»: other weights of the sections, the ranking at once. Nothing is written."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSlider, QSpinBox, QVBoxLayout, QWidget

from o2r_desktop.comite.classement import rangs
from o2r_desktop.comite.comparaison import classement_avec
from o2r_desktop.comite.mots import TIRET
from o2r_desktop.text import NBSP, nombre
from ui.pages.comite.donnees import Donnees
from ui.pages.comite.onglet import Onglet, defilante
from ui.pages.comite.table import TableDossiers
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import before, button, fill, label, row

MAXIMUM = 300


class SiOnglet(Onglet):
    """A factor for each section, from 0 to 300 % of its weight."""

    titre = "Et si"

    def __init__(self, services: Services, donnees: Donnees) -> None:
        super().__init__(services, donnees)
        self.facteurs: dict[str, QSpinBox] = {}
        self._grille = QGridLayout()
        self._grille.setColumnStretch(1, 1)
        self.aide = label(
            "Un essai : ni la grille ni les scores ne changent. 100 % est le poids de la grille, 0 % retire la "
            "section.",
            "secondaire",
            wrap=True,
        )
        self.remettre = button("Revenir aux poids de la grille", self.reset)
        self.table = TableDossiers(
            services.theme, "Classement avec ces poids",
            ("Rang", "Porteur", "Score", "Score de la grille", "Rang de la grille", "Mouvement"),
            etiree=1, nombres=(0, 2, 3, 4),
        )  # fmt: skip
        poids = QWidget()
        fill(QVBoxLayout(poids), self.aide, self._grille, row(self.remettre, 1), 1, marge=4)
        zone = defilante(poids)
        zone.setMinimumWidth(260)
        ligne = row(zone, self.table, espace=16)
        ligne.setStretch(0, 2)
        ligne.setStretch(1, 3)
        fill(QVBoxLayout(self), ligne, marge=16)
        self.table.opened.connect(services.navigation.open_dossier)

    def focus_first(self) -> None:
        """Put the focus on the first weight."""
        if self.facteurs:
            next(iter(self.facteurs.values())).setFocus()

    def show_donnees(self) -> None:
        """Show the weights, as they were moved, and the ranking."""
        sections = [s for s in self.donnees.session.grille.sections if s.poids]
        if list(self.facteurs) != [s.id for s in sections]:
            for rang, s in enumerate(sections):
                self._weight(rang, s.id, s.libelle, s.poids)
            before(self.remettre, *self.facteurs.values())
        self._rank()

    def reset(self) -> None:
        """Put every weight back."""
        for facteur in self.facteurs.values():
            facteur.setValue(100)

    def _weight(self, rang: int, section: str, libelle: str, poids: int) -> None:
        dit = label(f"{libelle} (poids {poids})", wrap=True)
        facteur = QSpinBox()
        facteur.setRange(0, MAXIMUM)
        facteur.setSingleStep(10)
        facteur.setSuffix(f"{NBSP}%")
        facteur.setValue(100)
        facteur.setAccessibleName(f"Poids de {libelle}, en pourcentage de celui de la grille")
        glissiere = QSlider(Qt.Orientation.Horizontal)
        glissiere.setRange(0, MAXIMUM)
        glissiere.setPageStep(20)
        glissiere.setValue(100)
        glissiere.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the figure beside it does the same by keyboard
        glissiere.setAccessibleName(f"Poids de {libelle}")
        glissiere.valueChanged.connect(facteur.setValue)
        facteur.valueChanged.connect(glissiere.setValue)
        facteur.valueChanged.connect(self._rank)
        dit.setBuddy(facteur)
        self._grille.addWidget(dit, 2 * rang, 0, 1, 2)
        self._grille.addWidget(glissiere, 2 * rang + 1, 0, 1, 2)
        self._grille.addWidget(facteur, 2 * rang + 1, 2)
        self.facteurs[section] = facteur

    def _rank(self, *_: object) -> None:
        candidats, grille = self.donnees.candidats, self.donnees.session.grille
        facteurs = {s: Decimal(f.value()) / 100 for s, f in self.facteurs.items()}
        essai = classement_avec(candidats, grille, facteurs)
        presents = rangs({c.numero: c.note for c in candidats})
        tries = sorted(candidats, key=lambda c: (essai[c.numero][1] is None, essai[c.numero][1] or 0, c.numero))
        lignes, tons = [], []
        for c in tries:
            note, rang = essai[c.numero]
            avant = presents[c.numero]
            mouvement, ton = _mouvement(avant, rang)
            dits = (
                TIRET if note is None else nombre(note, 2),
                TIRET if c.score.total is None else nombre(c.score.total, 2),
            )
            lignes.append((str(rang or TIRET), c.porteur, *dits, str(avant or TIRET), mouvement))
            tons.append((None, None, None, None, None, ton))
        self.table.show_dossiers([c.numero for c in tries], lignes, tons)


def _mouvement(avant: int | None, apres: int | None) -> tuple[str, Ton | None]:
    if avant is None or apres is None:
        return "score provisoire", None
    if avant == apres:
        return "=", None
    return (f"↑ {avant - apres}", Ton.BON) if apres < avant else (f"↓ {apres - avant}", Ton.MAUVAIS)
