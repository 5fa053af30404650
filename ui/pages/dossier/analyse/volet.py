"""The tab «Analyse»: one bar of faces, each made when it is first looked at and given the dossier then."""

from importlib import import_module

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from o2r_desktop.analyse.angles import Angle
from o2r_desktop.evaluation.reponses import Preuve
from o2r_desktop.operations import DossierComplet
from ui.pages.dossier.analyse.face import Face
from ui.pages.dossier.volet import Volet
from ui.services import Services
from ui.widgets.base import fill, line

_FACES = {
    Angle.FINANCES: ("finances", "FinancesFace"),
    Angle.BUDGET: ("budget", "BudgetFace"),
    Angle.TERRITOIRE: ("territoire", "TerritoireFace"),
    Angle.RESEAU: ("reseau", "ReseauFace"),
    Angle.ANALYTIQUE: ("analytique", "AnalytiqueFace"),
    Angle.STRUCTURE: ("structure", "StructureFace"),
}
"""Module beside this one and class, imported when the face is first looked at."""


class AnalyseVolet(Volet):
    """Six faces; the one in view stays from dossier to dossier."""

    face_changed = Signal(str)
    piece_requested = Signal(str, int)
    champ_requested = Signal(str)
    critere_requested = Signal(str)

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._complet: DossierComplet | None = None
        self._faces: dict[Angle, Face] = {}
        self._a_jour: set[Angle] = set()
        self._en_retard: set[Angle] = set()
        self.barre = QTabBar()
        self.barre.setAccessibleName("Angles de l’analyse")
        self.barre.setExpanding(False)
        self.barre.setElideMode(Qt.TextElideMode.ElideNone)
        self.barre.setUsesScrollButtons(True)
        self._pile = QStackedWidget()
        for angle in Angle:
            self.barre.addTab(angle.libelle)
            self._pile.addWidget(QWidget())
        self.barre.currentChanged.connect(self._switched)
        fill(QVBoxLayout(self), self.barre, line(), self._pile, espace=0)

    @property
    def angle(self) -> Angle:
        """The face in view."""
        return list(Angle)[self.barre.currentIndex()]

    @property
    def face(self) -> Face:
        """The widget in view, made when it was not yet."""
        return self._face(self.angle)

    @property
    def selection(self) -> Preuve | None:
        """What the key that pins takes from the face in view."""
        return self.face.selection

    def show_angle(self, angle: Angle) -> None:
        """Bring a face into view."""
        self.barre.setCurrentIndex(list(Angle).index(angle))

    def show_dossier(self, complet: DossierComplet) -> None:
        """Show another dossier."""
        self._complet = complet
        self._a_jour.clear()
        self._en_retard.clear()
        self._give()

    def update_dossier(self, complet: DossierComplet) -> None:
        """Show the same dossier, whose evaluation or analysis changed."""
        self._complet = complet
        self._en_retard.update(self._a_jour)
        self._give()

    def leave(self) -> bool:
        """Have each face write what is being typed."""
        ecrits = [face.leave() for face in self._faces.values()]
        return all(ecrits)

    def focus_first(self) -> None:
        """Put the focus in the face in view."""
        self.face.focus_first()

    def _face(self, angle: Angle) -> Face:
        if angle not in self._faces:
            module, nom = _FACES[angle]
            face: Face = getattr(import_module(f"ui.pages.dossier.analyse.{module}"), nom)(self.services)
            face.piece_requested.connect(self.piece_requested)
            face.champ_requested.connect(self.champ_requested)
            face.critere_requested.connect(self.critere_requested)
            # the window never grows for a face: it scrolls
            face.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
            rang = list(Angle).index(angle)
            if (vide := self._pile.widget(rang)) is not None:
                self._pile.removeWidget(vide)
                vide.deleteLater()
            self._pile.insertWidget(rang, face)
            self._pile.setCurrentIndex(self.barre.currentIndex())
            self._faces[angle] = face
        return self._faces[angle]

    def _switched(self, rang: int) -> None:
        self._give()
        self._pile.setCurrentIndex(rang)
        self.face_changed.emit(self.angle.value)

    def _give(self) -> None:
        """Give the face in view the dossier, or what changed in it."""
        if self._complet is None:
            return
        face, angle = self.face, self.angle
        if angle not in self._a_jour:
            self._a_jour.add(angle)
            self._en_retard.discard(angle)
            face.show_dossier(self._complet)
        elif angle in self._en_retard:
            self._en_retard.discard(angle)
            face.update_dossier(self._complet)
