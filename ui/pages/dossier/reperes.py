"""What the analysis found for the critere in view: sentences, and the way to the angle that shows them whole."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from o2r_desktop.analyse.angles import Angle, Repere
from o2r_desktop.text import NBSP, printable
from ui.pages.dossier.enonce import Depliant
from ui.pages.dossier.preuves import coupable
from ui.theme import Theme
from ui.widgets.base import fill, label
from ui.widgets.flux import Flow, WrapButton, selectable

_TITRE = "Repères de l’analyse"


class ReperesView(Depliant):
    """Folded under its title; nothing shows when the analysis has nothing to say of the critere."""

    angle_requested = Signal(str)
    """The angle of the analysis that is to be shown."""

    def __init__(self, theme: Theme) -> None:
        self.textes = selectable(label("", wrap=True))
        self.liens: dict[Angle, WrapButton] = {}
        liens = Flow(espace=10, ligne=2)
        for angle in Angle:
            lien = WrapButton(theme, lien=True)
            lien.dire(f"Voir{NBSP}: {angle.libelle}")
            lien.clicked.connect(partial(self._asked, angle))
            self.liens[angle] = lien
            liens.addWidget(lien)
        contenu = QWidget()
        fill(QVBoxLayout(contenu), self.textes, liens, espace=4)
        super().__init__(theme, _TITRE, contenu)

    def show_reperes(self, reperes: Sequence[Repere]) -> None:
        """Show what was found for another critere, folded."""
        self.textes.setText("\n".join(f"• {coupable(printable(r.texte))}" for r in reperes))
        angles = {r.angle for r in reperes}
        for angle, lien in self.liens.items():
            lien.setVisible(angle in angles)
        self.present(f"{_TITRE} ({len(reperes)})" if reperes else "")

    def _asked(self, angle: Angle, *_: object) -> None:
        self.angle_requested.emit(angle.value)
