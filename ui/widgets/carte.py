"""The map of the region: places that a dossier aims at, places added, territories à enjeux, other dossiers.

A tint never speaks alone: what is aimed at has strokes, what is added is cross-hatched, a territory à enjeux has a
dashed edge, counts are written. What the map shows is also said in words, place by place.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QBrush,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from o2r_desktop.analyse.territoire.carte import Carte
from o2r_desktop.text import NBSP, enumeration, pluriel
from ui.theme import Couleurs, Theme
from ui.widgets.base import bulle
from ui.widgets.carte_formes import DIRECTIONS, Forme, at, fitted, neighbour, shapes

_ENTREE = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TOUCHES = Qt.KeyboardModifier.KeypadModifier
_CLASSES = 4


class Marque(StrEnum):
    """What is painted of a place; the value is what the legend and screen readers say."""

    DEPARTEMENT = "département visé"
    LU = "visé par le dossier"
    RETENU = "retenu par vous"
    ENJEUX = "territoire à enjeux"


@dataclass(frozen=True, slots=True, kw_only=True)
class Couverture:
    """What there is to show, by codes of departments or SIREN of EPCI; ``comptes`` are other dossiers."""

    lus: Collection[str] = ()
    retenus: Collection[str] = ()
    enjeux: Collection[str] = ()
    comptes: Mapping[str, int] = field(default_factory=dict)

    def marques(self, code: str) -> tuple[Marque, ...]:
        """Return what is said of a place."""
        vise = Marque.LU if len(code) > 3 else Marque.DEPARTEMENT
        parts = ((self.lus, vise), (self.retenus, Marque.RETENU), (self.enjeux, Marque.ENJEUX))
        return tuple(marque for codes, marque in parts if code in codes)


def ground(couleurs: Couleurs, marque: Marque | None) -> QColor:
    """Return the colour under what is painted of a place."""
    noms = {
        Marque.DEPARTEMENT: couleurs.action_fond,
        Marque.LU: couleurs.action_fond,
        Marque.RETENU: couleurs.preuve,
    }
    return QColor(couleurs.carte if marque is None else noms.get(marque, couleurs.carte))


def hatching(couleurs: Couleurs, marque: Marque) -> QBrush | None:
    """Return the strokes over a place that is aimed at, None when it has none."""
    if marque is Marque.DEPARTEMENT:
        pale = QColor(couleurs.action)
        pale.setAlphaF(0.45)
        return QBrush(pale, Qt.BrushStyle.HorPattern)
    if marque is Marque.LU:
        return QBrush(QColor(couleurs.action), Qt.BrushStyle.BDiagPattern)
    if marque is Marque.RETENU:
        return QBrush(QColor(couleurs.texte), Qt.BrushStyle.DiagCrossPattern)
    return None


def stake_pen(couleurs: Couleurs) -> QPen:
    """Return the dashed edge of a territory à enjeux."""
    crayon = QPen(QColor(couleurs.mauvais), 2.6, Qt.PenStyle.CustomDashLine)
    crayon.setDashPattern([3, 2])
    return crayon


def shade(couleurs: Couleurs, part: float) -> QColor:
    """Return the tint of a count, *part* of the largest from 0 to 1, in four steps."""
    pas = 0 if part <= 0 else min(_CLASSES, 1 + int(part * _CLASSES))
    fond, encre, poids = QColor(couleurs.carte), QColor(couleurs.neutre), 0.08 * pas
    melange = [
        round(f + (e - f) * poids)
        for f, e in zip(
            (fond.red(), fond.green(), fond.blue()), (encre.red(), encre.green(), encre.blue()), strict=True
        )
    ]
    return QColor(*melange)


class CarteView(QWidget):
    """Paints the map. Arrows go from place to place, Entrée asks to retain, Espace looks closer."""

    lieu_changed = Signal(str)
    """Code of the place where the keyboard is."""
    lieu_toggled = Signal(str)
    """Code of a place to retain, or no longer."""
    zoom_changed = Signal(str)
    """Code of the department in view, «» for the region."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._departements: dict[str, Forme] = {}
        self._epci: dict[str, Forme] = {}
        self._places: dict[str, Forme] = {}
        """Departments and EPCI at the size of the widget."""
        self._region = QRectF(0, 0, 1, 1)
        self._couverture = Couverture()
        self._image: QPixmap | None = None
        self._constat = ""
        self.current = ""
        """Code of the place where the keyboard is, «» before the first."""
        self.zoom = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Carte des Pays de la Loire")
        theme.changed.connect(self._repaint)

    # --- what it shows --------------------------------------------------------------------------------------

    def show_carte(self, carte: Carte) -> None:
        """Take the outlines; done once."""
        self._departements, self._epci = shapes(carte.departements), shapes(carte.epci)
        self._region = QRectF(0, 0, *carte.taille)
        self.current, self.zoom = "", ""
        self._place()

    def show_couverture(self, couverture: Couverture, constat: str) -> None:
        """Show places, and say *constat*: what the map shows, in a sentence."""
        self._couverture, self._constat = couverture, constat
        self._describe()
        self._repaint()

    @property
    def vide(self) -> bool:
        """Whether there is no outline to show."""
        return not self._departements

    @property
    def lieux(self) -> Mapping[str, Forme]:
        """The places that the keyboard goes through: the EPCI, the departments when no EPCI is drawn."""
        return self._epci or self._departements

    def mots(self, code: str) -> str:
        """Return what is said of a place: its name, what is marked there, how many other dossiers."""
        forme = self._epci.get(code) or self._departements.get(code)
        if forme is None:
            return ""
        dits = [m.value for m in self._couverture.marques(code)]
        compte = self._couverture.comptes.get(code)
        if compte:
            dits.append(pluriel(compte, "autre dossier", "autres dossiers"))
        return f"{forme.nom}{NBSP}: {', '.join(dits) or 'non visé'}"

    def departement_de(self, code: str) -> str:
        """Return the code of the department that a place lies in, its own when it is one."""
        if code in self._departements or code not in self._epci:
            return code if code in self._departements else ""
        forme = at(list(self._departements.values()), self._epci[code].centre)
        return forme.code if forme is not None else ""

    def select(self, code: str) -> None:
        """Put the keyboard on a place, and bring it into view."""
        if code not in self.lieux or code == self.current:
            return
        self.current = code
        if self.zoom and self.departement_de(code) not in ("", self.zoom):
            self.set_zoom(self.departement_de(code))
        self._describe()
        if self.hasFocus() and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.mots(code)))
        self.update()
        self.lieu_changed.emit(code)

    def set_zoom(self, departement: str) -> None:
        """Look at one department, «» for the region."""
        voulu = departement if departement in self._departements else ""
        if voulu != self.zoom:
            self.zoom = voulu
            self._place()
            self.zoom_changed.emit(voulu)

    def _describe(self) -> None:
        ici = f" Lieu choisi{NBSP}: {self.mots(self.current)}." if self.current else ""
        aide = "Flèches : de lieu en lieu ; Entrée : retenir ; Espace : agrandir le département."
        self.setAccessibleDescription(f"{self._constat}{ici} {aide}")

    # --- painting -------------------------------------------------------------------------------------------

    def _place(self) -> None:
        boite = self._departements[self.zoom].trace.boundingRect() if self.zoom else self._region
        vers: QTransform = fitted(boite, self.width(), self.height())
        self._places = {c: f.placed(vers) for c, f in (self._departements | self._epci).items()}
        self._repaint()

    def _repaint(self) -> None:
        self._image = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 Qt
        """Paint the map as it is kept, then the place where the keyboard is."""
        if self._image is None:
            self._image = self._painted()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._image)
        couleurs, forme = self._theme.couleurs, self._places.get(self.current)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if forme is not None:
            anneau = self._theme.anneau if self.hasFocus() else 1
            painter.strokePath(forme.trace, QPen(QColor(couleurs.carte), anneau + 4))
            painter.strokePath(forme.trace, QPen(QColor(couleurs.texte), anneau + 1))
        if self.hasFocus():
            painter.setPen(QPen(QColor(couleurs.action), self._theme.anneau))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _painted(self) -> QPixmap:
        image = QPixmap(self.size() * self.devicePixelRatioF())
        image.setDevicePixelRatio(self.devicePixelRatioF())
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        couleurs = self._theme.couleurs
        self._paint_departements(painter, couleurs)
        self._paint_epci(painter, couleurs)
        for code in self._couverture.enjeux:
            if code in self._places:
                painter.strokePath(self._places[code].trace, stake_pen(couleurs))
        bord = QPen(QColor(couleurs.secondaire), 2.4 if self._theme.contraste else 1.6)
        for code in self._departements:
            painter.strokePath(self._places[code].trace, bord)
        self._paint_names(painter, couleurs)
        painter.end()
        return image

    def _paint_departements(self, painter: QPainter, couleurs: Couleurs) -> None:
        comptes = self._couverture.comptes
        plus_grand = max((comptes.get(c, 0) for c in self._departements), default=0)
        for code in self._departements:
            trace, vise = self._places[code].trace, code in self._couverture.lus
            part = comptes.get(code, 0) / plus_grand if plus_grand else 0.0
            painter.fillPath(trace, shade(couleurs, part))
            if vise:
                fond = ground(couleurs, Marque.DEPARTEMENT)
                fond.setAlphaF(0.6 if plus_grand else 1.0)
                painter.fillPath(trace, fond)
                painter.fillPath(trace, hatching(couleurs, Marque.DEPARTEMENT) or QBrush())

    def _paint_epci(self, painter: QPainter, couleurs: Couleurs) -> None:
        bord = QPen(QColor(couleurs.secondaire if self._theme.contraste else couleurs.ligne), 1.0)
        for code in self._epci:
            trace = self._places[code].trace
            for marque in self._couverture.marques(code):
                traits = hatching(couleurs, marque)
                if traits is not None:
                    painter.fillPath(trace, ground(couleurs, marque))
                    painter.fillPath(trace, traits)
            painter.strokePath(trace, bord)

    def _paint_names(self, painter: QPainter, couleurs: Couleurs) -> None:
        """Write the code of each department, and how many other dossiers are there when they are shown."""
        police = self.font()
        police.setBold(True)
        for code in self._departements:
            forme, compte = self._places[code], self._couverture.comptes.get(code)
            mots = QPainterPath()
            mots.addText(0, 0, police, f"{code}{NBSP}({compte})" if compte is not None else code)
            mots.translate(forme.centre - mots.boundingRect().center())
            contour = QPen(QColor(couleurs.carte), 4)
            contour.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.strokePath(mots, contour)
            painter.fillPath(mots, QColor(couleurs.texte))

    # --- what Qt asks ---------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:  # noqa: N802 Qt
        """Return the room of a map that can be read; whoever shows it gives it the height of its width."""
        return QSize(self.fontMetrics().averageCharWidth() * 36, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 Qt
        """Return the smallest map where places can be told apart."""
        return QSize(260, 240)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002, N802 Qt
        """Place the outlines in the room there is."""
        self._place()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 Qt
        """Write the codes in another size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._repaint()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 Qt
        """Start on a place that is aimed at."""
        super().focusInEvent(event)
        if not self.current and self.lieux:
            vises = [c for c in self.lieux if self._couverture.marques(c)]
            self.select((vises or list(self.lieux))[0])
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 Qt
        """Show that the keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Go to the place nearest in a direction, retain it, look closer; leave other keys to the page."""
        touche = Qt.Key(event.key())
        if not self.current or event.modifiers() & ~_TOUCHES:
            super().keyPressEvent(event)
        elif touche in DIRECTIONS:
            self.select(neighbour(self.lieux, self.current, DIRECTIONS[touche]))
        elif touche in _ENTREE:
            self.lieu_toggled.emit(self.current)
        elif touche is Qt.Key.Key_Space:
            self.set_zoom("" if self.zoom else self.departement_de(self.current))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 Qt
        """Choose the place under the mouse."""
        if (code := self._code_at(event.position())) and event.button() is Qt.MouseButton.LeftButton:
            self.select(code)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 Qt
        """Retain the place under the mouse, or no longer."""
        if code := self._code_at(event.position()):
            self.lieu_toggled.emit(code)

    def event(self, event: QEvent) -> bool:
        """Say the name of the place under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            code = self._code_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), bulle(self.mots(code)) if code else "", self)
            return True
        return super().event(event)

    def _code_at(self, point: QPointF) -> str:
        for famille in (self._epci, self._departements):
            forme = at([self._places[c] for c in famille], point)
            if forme is not None:
                return forme.code
        return ""


def finding(departements: Collection[str], lus: int, retenus: int) -> str:
    """Return in a sentence what the map shows: names of departments, how many EPCI are aimed at and added."""
    if not departements and not lus and not retenus:
        return "Le dossier ne nomme aucun territoire que la carte connaisse."
    parts = []
    if departements:
        parts.append(f"{pluriel(len(departements), 'département')} ({enumeration(list(departements))})")
    if lus:
        parts.append(pluriel(lus, "intercommunalité nommée", "intercommunalités nommées"))
    ajout = f", et vous en retenez {pluriel(retenus, 'autre')}" if retenus else ""
    return f"Le projet vise {enumeration(parts) or 'des lieux que vous avez retenus'}{ajout}."
