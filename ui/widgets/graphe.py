"""A graph of bodies in layers: painted boxes that arrows of the keyboard go through, lines that link them.

What a box is shows by its edge and its words, never by its colour alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)

from PySide6.QtCore import QEvent  # isort: skip
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.theme import Theme
from ui.widgets.base import bulle

_ECART = 22
"""Pixels between boxes; lines pass between the rows, a little farther apart."""
_RANGS = 46
_MARGE = 8
_CARACTERES = 20
"""Width of a box, in characters."""
_PAS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_RANGEES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Boite:
    """A body: its name, what is said under it («chef de file»), its row, how its edge is drawn.

    ``forte`` has a double edge, ``lointaine`` a broken one. ``dite`` is the whole of it in words.
    """

    cle: str
    nom: str
    mention: str
    couche: int
    forte: bool = False
    lointaine: bool = False
    dite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """A line between two boxes; ``plein`` when it belongs to the dossier in view, else it is broken."""

    de: str
    vers: str
    plein: bool


class GrapheView(QWidget):
    """The boxes of a graph; Tab stops once, arrows go from box to box, Entrée activates."""

    chosen = Signal(str)
    """The box that is chosen, by arrows or by a click."""
    activated = Signal(str)

    def __init__(self, theme: Theme, nom: str) -> None:
        super().__init__()
        self._theme = theme
        self._boites: tuple[Boite, ...] = ()
        self._traits: tuple[Trait, ...] = ()
        self._places: Mapping[str, QRectF] = {}
        self._rangees: list[list[str]] = []
        self._choisie = ""
        self.setAccessibleName(nom)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        politique = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        politique.setHeightForWidth(True)
        self.setSizePolicy(politique)
        theme.changed.connect(self.update)

    # --- the graph ------------------------------------------------------------------------------------------

    def show_graph(self, boites: Sequence[Boite], traits: Sequence[Trait]) -> None:
        """Show another graph; the box that was chosen stays so when it is still there."""
        self._boites, self._traits = tuple(boites), tuple(traits)
        if self._choisie not in {b.cle for b in boites}:
            self._choisie = boites[0].cle if boites else ""
        self._place(self.width())
        self._describe()
        self.updateGeometry()
        self.update()

    @property
    def choisie(self) -> str:
        """The box that is chosen, «» when there is none."""
        return self._choisie

    def choose(self, cle: str) -> None:
        """Choose a box."""
        if cle != self._choisie and any(b.cle == cle for b in self._boites):
            self._choisie = cle
            self._describe()
            self.update()
            self.chosen.emit(cle)

    def place(self, cle: str) -> QRectF:
        """Return where a box is."""
        return self._places.get(cle, QRectF())

    def _boite(self, cle: str) -> Boite | None:
        return next((b for b in self._boites if b.cle == cle), None)

    def _describe(self) -> None:
        boite = self._boite(self._choisie)
        dite = (boite.dite or boite.nom) if boite is not None else ""
        self.setAccessibleDescription(dite)
        if dite and self.hasFocus() and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, dite))

    # --- places ---------------------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:  # noqa: N802 Qt
        """Say that the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 Qt
        """Return the height of the rows that *width* makes."""
        places, _ = self._laid(width)
        bas = max((place.bottom() for place in places.values()), default=0.0)
        return int(bas) + _MARGE + (_RANGS // 2 if self._traits else 2)

    def sizeHint(self) -> QSize:  # noqa: N802 Qt
        """Return the room of three boxes side by side."""
        largeur = int(3 * self._largeur() + 2 * _ECART + 2 * _MARGE)
        return QSize(largeur, self.heightForWidth(largeur))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 Qt
        """Return the room of one box."""
        return QSize(int(self._largeur()) + 2 * _MARGE, self._hauteur() + 2 * _MARGE)

    def _largeur(self) -> float:
        return self.fontMetrics().averageCharWidth() * _CARACTERES

    def _hauteur(self) -> int:
        return self.fontMetrics().height() * 3 + 10

    def _place(self, largeur: int) -> None:
        self._places, self._rangees = self._laid(largeur)

    def _laid(self, largeur: int) -> tuple[dict[str, QRectF], list[list[str]]]:
        """Return the place of each box and the rows, each centred; a layer takes the rows that it needs."""
        boite, haut = self._largeur(), self._hauteur()
        par_rang = max(1, int((largeur - 2 * _MARGE + _ECART) // (boite + _ECART)))
        places: dict[str, QRectF] = {}
        rangees: list[list[str]] = []
        y = float(_MARGE)
        for _, couche in groupby(sorted(self._boites, key=lambda b: b.couche), key=lambda b: b.couche):
            cles = [b.cle for b in couche]
            for debut in range(0, len(cles), par_rang):
                rangee = cles[debut : debut + par_rang]
                x = max(float(_MARGE), (largeur - len(rangee) * boite - (len(rangee) - 1) * _ECART) / 2)
                for rang, cle in enumerate(rangee):
                    places[cle] = QRectF(x + rang * (boite + _ECART), y, boite, haut)
                rangees.append(rangee)
                y += haut + (_ECART if debut + par_rang < len(cles) else _RANGS)
        return places, rangees

    # --- what Qt asks ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002, N802 Qt
        """Place the boxes in the width of now."""
        self._place(self.width())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 Qt
        """Follow the size of the text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._place(self.width())
            self.updateGeometry()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 Qt
        """Say the box that is chosen."""
        super().focusInEvent(event)
        self._describe()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 Qt
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 Qt
        """Choose the box under the mouse."""
        self.choose(self._under(event.position().toPoint()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 Qt
        """Activate it."""
        if cle := self._under(event.position().toPoint()):
            self.activated.emit(cle)

    def event(self, e: QEvent) -> bool:
        """Show the whole name of the box under the mouse."""
        if isinstance(e, QHelpEvent) and e.type() == QEvent.Type.ToolTip:
            boite = self._boite(self._under(e.pos()))
            QToolTip.showText(e.globalPos(), bulle(boite.dite or boite.nom) if boite is not None else "", self)
            return True
        return super().event(e)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Go from box to box; Entrée activates, Début and Fin go to the ends."""
        ordre = [cle for rangee in self._rangees for cle in rangee]
        seule = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        touche = Qt.Key(event.key())
        if not ordre or not seule:
            super().keyPressEvent(event)
        elif touche in _PAS:
            rang = ordre.index(self._choisie) + _PAS[touche]
            self.choose(ordre[max(0, min(len(ordre) - 1, rang))])
        elif touche in _RANGEES:
            self.choose(self._nearest(_RANGEES[touche]))
        elif touche in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.choose(ordre[0 if touche == Qt.Key.Key_Home else -1])
        elif touche in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(self._choisie)
        else:
            super().keyPressEvent(event)

    def _nearest(self, pas: int) -> str:
        """Return the box of the row before or after that is the nearest one."""
        rang = next(r for r, rangee in enumerate(self._rangees) if self._choisie in rangee) + pas
        if not 0 <= rang < len(self._rangees):
            return self._choisie
        ici = self._places[self._choisie].center().x()
        return min(self._rangees[rang], key=lambda cle: abs(self._places[cle].center().x() - ici))

    def _under(self, ou: QPoint) -> str:
        return next((cle for cle, place in self._places.items() if place.contains(QPointF(ou))), "")

    # --- painting -------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 Qt
        """Paint the lines, then the boxes over them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for trait in self._traits:
            self._paint_line(painter, trait)
        for boite in self._boites:
            self._paint_box(painter, boite)

    def _paint_line(self, painter: QPainter, trait: Trait) -> None:
        de, vers = self._places.get(trait.de), self._places.get(trait.vers)
        if de is None or vers is None:
            return
        c = self._theme.couleurs
        touche = self._choisie in (trait.de, trait.vers)
        trace = QPen(QColor(c.action if touche else c.secondaire), 2.4 if touche else 1.6 if trait.plein else 1.2)
        if not trait.plein:
            trace.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(trace)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_curve(de, vers))

    def _paint_box(self, painter: QPainter, boite: Boite) -> None:
        c, place = self._theme.couleurs, self._places[boite.cle]
        choisie = boite.cle == self._choisie
        trace = QPen(QColor(c.action if choisie or boite.forte else c.secondaire), 2 if choisie else 1.4)
        if boite.lointaine:
            trace.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(trace)
        painter.setBrush(QColor(c.action_fond if choisie else c.carte))
        painter.drawRoundedRect(place, 6, 6)
        if boite.forte:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(4, 4, -4, -4), 4, 4)
        self._paint_words(painter, boite, place.adjusted(8, 5, -8, -5))
        if choisie and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(c.texte), self._theme.anneau))
            painter.drawRoundedRect(place.adjusted(-4, -4, 4, 4), 8, 8)

    def _paint_words(self, painter: QPainter, boite: Boite, place: QRectF) -> None:
        c = self._theme.couleurs
        gras = QFont(self.font())
        gras.setWeight(QFont.Weight.DemiBold)
        haut = QFontMetricsF(gras).height()
        painter.setFont(gras)
        painter.setPen(QColor(c.texte))
        for rang, ligne in enumerate(two_lines(boite.nom, QFontMetricsF(gras), place.width())):
            painter.drawText(
                QRectF(place.left(), place.top() + rang * haut, place.width(), haut),
                int(Qt.AlignmentFlag.AlignCenter), ligne,
            )  # fmt: skip
        petite = QFont(self.font())
        petite.setPointSizeF(max(1.0, petite.pointSizeF() * 0.88))
        mesure = QFontMetricsF(petite)
        painter.setFont(petite)
        painter.setPen(QColor(c.texte if self._theme.contraste else c.secondaire))
        painter.drawText(
            QRectF(place.left(), place.bottom() - mesure.height(), place.width(), mesure.height()),
            int(Qt.AlignmentFlag.AlignCenter),
            mesure.elidedText(boite.mention, Qt.TextElideMode.ElideRight, place.width()),
        )


def two_lines(nom: str, mesure: QFontMetricsF, largeur: float) -> list[str]:
    """Return a name on one line or two, the second cut with «…» when it is too long."""
    ecrits = nom.split()
    premiere: list[str] = []
    while ecrits and mesure.horizontalAdvance(" ".join([*premiere, ecrits[0]])) <= largeur:
        premiere.append(ecrits.pop(0))
    if not premiere and ecrits:
        premiere = [ecrits.pop(0)]
    lignes = [" ".join(premiere), " ".join(ecrits)]
    return [mesure.elidedText(ligne, Qt.TextElideMode.ElideRight, largeur) for ligne in lignes if ligne]


def _curve(de: QRectF, vers: QRectF) -> QPainterPath:
    """Return the line from one box to another: from edge to edge, bent between rows, under them on one row."""
    haute, basse = (de, vers) if de.center().y() <= vers.center().y() else (vers, de)
    trace = QPainterPath()
    if abs(de.center().y() - vers.center().y()) < de.height() / 2:
        depart, arrivee = QPointF(de.center().x(), de.bottom()), QPointF(vers.center().x(), vers.bottom())
        creux = de.bottom() + _RANGS * 0.6
        trace.moveTo(depart)
        trace.cubicTo(QPointF(depart.x(), creux), QPointF(arrivee.x(), creux), arrivee)
        return trace
    depart, arrivee = QPointF(haute.center().x(), haute.bottom()), QPointF(basse.center().x(), basse.top())
    milieu = (depart.y() + arrivee.y()) / 2
    trace.moveTo(depart)
    trace.cubicTo(QPointF(depart.x(), milieu), QPointF(arrivee.x(), milieu), arrivee)
    return trace
