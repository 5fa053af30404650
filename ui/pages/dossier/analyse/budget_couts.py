"""What the project costs: unit costs among the other dossiers, cash that two payments a year leave to advance."""

from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from o2r_desktop.analyse.budget.modele import BesoinTresorerie, Situation
from o2r_desktop.operations import DossierComplet
from o2r_desktop.text import NBSP, NNBSP, montant, nombre
from ui.pages.dossier.analyse.budget_defile import Defile
from ui.pages.dossier.analyse.budget_dessins import Repartition, Tresorerie
from ui.theme import Theme
from ui.widgets.base import card, fill, label, row

_ATTENTE = "Lecture des autres dossiers en cours…"
_REPERE = (
    f"Losange{NBSP}: ce dossier. Boîte{NBSP}: la moitié centrale des dossiers de la campagne, du premier au "
    f"troisième quartile{NNBSP}; trait{NBSP}: leur médiane."
)
_SEUL = f"Trop peu de dossiers comparables{NBSP}: ni médiane ni quartiles."


class LigneCout(QWidget):
    """A unit cost: its value, how it was worked out, where it stands."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.nom = label("", "gras", wrap=True)
        self.valeur = label("", "nombre")
        self.calcul = label("", "secondaire", wrap=True)
        self.repartition = Repartition(theme)
        self.lecture = label("", wrap=True)
        fill(QVBoxLayout(self), self.nom, self.valeur, self.calcul, self.repartition, self.lecture, espace=4)

    def show_situation(self, situation: Situation, *, attente: bool) -> None:
        """Show a cost."""
        self.nom.setText(situation.nom)
        self.valeur.setText(valeur_dite(situation.valeur, situation.unite))
        self.calcul.setText(situation.calcul)
        self.repartition.show_situation(situation)
        lecture = situation.lecture or ("" if situation.quartiles else _SEUL)
        self.lecture.setText(_ATTENTE if attente else lecture)
        self.lecture.setVisible(bool(self.lecture.text()))


def valeur_dite(valeur: Decimal | None, unite: str) -> str:
    """Return a value with its unit, or that it is unknown."""
    if valeur is None:
        return "inconnu"
    return montant(valeur) if unite == "€" else f"{nombre(valeur, 1)}{f'{NBSP}{unite}' if unite else ''}"


class CoutsPane(Defile):
    """A card for the unit costs, a card for the cash."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.lignes: list[LigneCout] = []
        self._liste = QVBoxLayout()
        self._liste.setSpacing(18)
        self.rien = label("Aucun coût ne peut être calculé.", "secondaire", wrap=True)
        self.besoin = label("", "nombre")
        self.lecture = label("", wrap=True)
        self.hypotheses = label("", "secondaire", wrap=True)
        self.graphe = Tresorerie(theme)
        self.legende = label(
            f"Au-dessus de zéro, ce qu’il faut avancer dans le mois{NNBSP}; en tirets, la trésorerie connue.",
            "secondaire",
            wrap=True,
        )
        self.tresorerie = card(
            label("Préfinancement de l’année 1", "section"),
            row(self.besoin, 1),
            self.lecture,
            self.graphe,
            self.legende,
            self.hypotheses,
        )
        self.repere = label(_REPERE, "secondaire", wrap=True)
        couts = card(label("Coûts unitaires", "section"), self.repere, self.rien, self._liste, espace=10)
        self.show_parts(couts, self.tresorerie, 1)

    def show_dossier(self, complet: DossierComplet, *, attente: bool) -> None:
        """Show the costs of a dossier; *attente* while the others are being read."""
        budget = complet.analyse.budget
        while len(self.lignes) < len(budget.couts):
            self.lignes.append(ligne := LigneCout(self._theme))
            self._liste.addWidget(ligne)
        for rang, ligne in enumerate(self.lignes):
            ligne.setVisible(rang < len(budget.couts))
            if rang < len(budget.couts):
                ligne.show_situation(budget.couts[rang], attente=attente)
        self.rien.setVisible(not budget.couts)
        self.repere.setVisible(any(c.quartiles for c in budget.couts))
        self._show_cash(budget.tresorerie)

    def _show_cash(self, besoin: BesoinTresorerie | None) -> None:
        self.tresorerie.setVisible(besoin is not None)
        if besoin is None:
            return
        self.besoin.setText(valeur_dite(besoin.besoin, "€"))
        self.lecture.setText(besoin.lecture)
        self.graphe.show_besoin(besoin)
        self.legende.setVisible(bool(besoin.mois))
        deja = besoin.hypotheses.texte in besoin.lecture
        self.hypotheses.setText("" if deja else f"Hypothèses{NBSP}: {besoin.hypotheses.texte}.")
        self.hypotheses.setVisible(not deja)
