"""Publics × departments of the scenario that was kept, beside the priorities of the AMI."""

from PySide6.QtWidgets import QVBoxLayout

from o2r_desktop.comite.couverture import CaseCouverture
from o2r_desktop.comite.mots import TIRET
from o2r_desktop.dossiers.territoires import nom_departement
from o2r_desktop.text import enumeration
from ui.pages.comite.donnees import Donnees
from ui.pages.comite.onglet import Onglet
from ui.pages.comite.table import TableDossiers
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import fill, label


class CouvertureOnglet(Onglet):
    """A table to read."""

    titre = "Couverture"

    def __init__(self, services: Services, donnees: Donnees) -> None:
        super().__init__(services, donnees)
        self.legende = label("", "secondaire", wrap=True)
        self.table = TableDossiers(services.theme, "Couverture des priorités", ("Public",), etiree=0)
        self.trous = label("", wrap=True)
        fill(QVBoxLayout(self), self.legende, self.table, self.trous, marge=16, espace=10)

    def focus_first(self) -> None:
        """Put the focus on the table."""
        self.table.setFocus()

    def show_donnees(self) -> None:
        """Show what the scenario that was kept covers."""
        c, scenario = self.donnees.couverture, self.donnees.comite.scenario
        self.legende.setText(
            f"Scénario {scenario.id} : dossiers dans l’enveloppe sur dossiers évalués. Un dossier compte dans "
            "chaque département et chaque public qu’il nomme. P1, P2 : priorité de l’AMI ; « trou » : priorité que "
            "rien ne sert."
        )
        entetes = ("Public", *(nom_departement(code) for code in c.departements))
        self.table.setColumnCount(len(entetes))
        self.table.setHorizontalHeaderLabels(list(entetes))
        self.table.show_dossiers(
            range(len(c.publics)),
            [(public, *map(_dite, ligne)) for public, ligne in zip(c.publics, c.cases, strict=True)],
            [(None, *map(_ton, ligne)) for ligne in c.cases],
        )
        dits = [f"{public} ({enumeration(departements)})" for public, departements in c.trous]
        self.trous.setText(
            f"Priorités qu’aucun dossier de l’enveloppe ne sert : {' ; '.join(dits)}."
            if dits
            else "Chaque priorité de l’AMI est servie."
        )


def _dite(case: CaseCouverture) -> str:
    if not case.candidats and not case.prioritaire:
        return TIRET
    suite = f" · {case.prioritaire}" if case.prioritaire else ""
    return f"{case.retenus} sur {case.candidats}{suite}{' · trou' if case.trou else ''}"


def _ton(case: CaseCouverture) -> Ton | None:
    if case.trou:
        return Ton.ALERTE
    return Ton.BON if case.prioritaire else None
