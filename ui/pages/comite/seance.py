"""The meeting: dossiers of the agenda at the left, the decision at the right."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from o2r_desktop.comite.mots import TIRET
from o2r_desktop.text import NBSP, montant, pluriel
from ui.pages.comite.decision import DecisionVolet
from ui.pages.comite.donnees import Donnees
from ui.pages.comite.onglet import Onglet, defilante
from ui.pages.comite.projection import Projection
from ui.pages.comite.table import TableDossiers
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import button, fill, label, row, split


class SeanceOnglet(Onglet):
    """One decision after the other, without leaving the keyboard."""

    titre = "Séance"

    def __init__(self, services: Services, donnees: Donnees) -> None:
        super().__init__(services, donnees)
        self.compte = label("", "secondaire", wrap=True)
        self.table = TableDossiers(services.theme, "Dossiers de la séance", ("N°", "Porteur", "Décision"), etiree=1)
        self.volet = DecisionVolet(donnees)
        self.projeter = button("Projeter", self.project, nom="Projeter la séance en plein écran")
        self.projection: Projection | None = None
        gauche = QWidget()
        fill(QVBoxLayout(gauche), self.compte, self.table, row(self.projeter, 1), marge=12)
        gauche.setMinimumWidth(self.fontMetrics().averageCharWidth() * 34)
        separateur = QSplitter(Qt.Orientation.Horizontal)
        separateur.setChildrenCollapsible(False)
        split(separateur, gauche, defilante(self.volet))
        separateur.setStretchFactor(0, 2)
        separateur.setStretchFactor(1, 3)
        fill(QVBoxLayout(self), separateur)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(services.navigation.open_dossier)
        self.volet.decided.connect(self._decided)

    def focus_first(self) -> None:
        """Put the focus on the dossiers."""
        self.table.setFocus()

    def leave(self) -> bool:
        """Keep what is typed."""
        return self.volet.flush()

    def show_donnees(self) -> None:
        """Show the dossiers and the decision of the current one."""
        d = self.donnees
        decisions = d.comite.decisions
        faits = sum(c.numero in decisions for c in d.ordre)
        engage = sum((decisions[c.numero].montant for c in d.ordre if c.numero in decisions), Decimal(0))
        self.compte.setText(
            f"{faits} décision{'s' * (faits > 1)} sur {pluriel(len(d.ordre), 'dossier')} · accordé{NBSP}: "
            f"{montant(engage)}"
        )
        self.table.show_dossiers(
            [c.numero for c in d.ordre],
            [
                (
                    str(rang),
                    c.porteur,
                    f"✓ {decisions[c.numero].sens.libelle}" if c.numero in decisions else TIRET,
                )
                for rang, c in enumerate(d.ordre, 1)
            ],
            [(None, None, Ton.BON if c.numero in decisions else None) for c in d.ordre],
        )
        self._chosen(self.table.numero)

    def project(self) -> None:
        """Open the projection, or bring it to the front."""
        if self.projection is None:
            self.projection = Projection(self.services.theme, self.donnees, self)
            self.projection.turned.connect(self.turn)
        self._chosen(self.table.numero)
        self.projection.showFullScreen()
        self.projection.activateWindow()

    def turn(self, pas: int) -> None:
        """Go to another dossier of the agenda."""
        rang = self.table.currentRow() + pas
        if 0 <= rang < len(self.table.numeros):
            self.table.selectRow(rang)

    def _chosen(self, numero: object) -> None:
        c = self.donnees.candidat(numero) if isinstance(numero, int) else None
        self.volet.show_candidat(c)
        if self.projection is not None:
            self.projection.show_candidat(c)

    def _decided(self, numero: int) -> None:
        """Go to the next dossier that waits for a decision."""
        numeros = self.table.numeros
        apres = [*numeros[numeros.index(numero) + 1 :], *numeros[: numeros.index(numero)]]
        prochain = next((n for n in apres if n not in self.donnees.comite.decisions), None)
        if prochain is not None:
            self.table.choose(prochain)
