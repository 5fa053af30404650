"""How severe each instructor is on each critere: mean levels that part from those of all."""

from PySide6.QtWidgets import QVBoxLayout

from o2r_desktop.comite.comparaison import severites
from o2r_desktop.text import nombre
from ui.pages.comite.donnees import Donnees
from ui.pages.comite.onglet import Onglet
from ui.services import Services
from ui.widgets.base import fill, label
from ui.widgets.tableau import ReadTable

MONTREES = 60


class InstructeursOnglet(Onglet):
    """A gap may come from the dossiers as much as from who reads them: nothing is concluded."""

    titre = "Instructeurs"

    def __init__(self, services: Services, donnees: Donnees) -> None:
        super().__init__(services, donnees)
        self.phrase = label("", "secondaire", wrap=True)
        self.table = ReadTable(
            "Niveaux moyens par instructeur",
            ("Instructeur", "Critère", "Moyenne", "Ensemble", "Écart", "Réponses"),
            etiree=1,
            nombres=(2, 3, 4, 5),
        )
        fill(QVBoxLayout(self), self.phrase, self.table, marge=16, espace=10)

    def focus_first(self) -> None:
        """Put the focus on the table."""
        self.table.setFocus()

    def show_donnees(self) -> None:
        """Show the widest gaps first."""
        grille = self.donnees.session.grille
        trouvees = severites(self.donnees.candidats, grille)
        self.table.show_rows([
            (
                s.instructeur,
                f"{s.critere} · {grille.critere(s.critere).libelle}",
                nombre(s.moyenne, 2),
                nombre(s.ensemble, 2),
                nombre(s.moyenne - s.ensemble, 2),
                str(s.reponses),
            )
            for s in trouvees[:MONTREES]
        ])  # fmt: skip
        self.phrase.setText(
            "Niveau moyen donné par chaque instructeur, à côté de celui de tous, du plus grand écart au plus "
            "petit. Un écart peut venir des dossiers autant que de qui les lit."
            if trouvees
            else "Rien à comparer : il faut que deux instructeurs aient noté le même critère deux fois chacun."
        )
