"""Small drawings of the costs: where a dossier stands among the others, the cash of twelve months."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from o2r_desktop.analyse.budget.modele import BesoinTresorerie, Situation
from o2r_desktop.text import NBSP, NNBSP, nombre
from ui.theme import Theme
from ui.widgets.delegates import tabular

_MOIS = 12


class _Dessin(QWidget):
    """A drawing as wide as there is room, some lines of text high; its words are its accessible name."""

    def __init__(self, theme: Theme, lignes: float) -> None:
        super().__init__()
        self._theme = theme
        self._lignes = lignes
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 Qt
        """Return the room of the drawing."""
        metrique = self.fontMetrics()
        return QSize(metrique.averageCharWidth() * 40, round(metrique.height() * self._lignes))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 Qt
        """Return the least room."""
        return QSize(self.fontMetrics().averageCharWidth() * 16, self.sizeHint().height())


class Repartition(_Dessin):
    """Quartiles as a box, the median as a line, this dossier as a diamond."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 2.4)
        self._situation: Situation | None = None

    def show_situation(self, situation: Situation) -> None:
        """Show where a cost stands."""
        self._situation = situation
        self.setVisible(situation.quartiles is not None and situation.mediane is not None)
        self.setAccessibleName(repartition_dite(situation))
        self.setToolTip(repartition_dite(situation))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 Qt
        """Paint the axis, the box and the diamond, then their figures."""
        s = self._situation
        if s is None or s.quartiles is None or s.mediane is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrique = QFontMetrics(tabular(self.font()))
        marge = metrique.horizontalAdvance("88 888") / 2
        bas, haut = s.quartiles
        mini, maxi = _bornes([bas, haut, s.mediane, *([] if s.valeur is None else [s.valeur])])
        zone = QRectF(marge, 2, self.width() - 2 * marge, metrique.height())

        def x(valeur: Decimal) -> float:
            return zone.left() + zone.width() * float((valeur - mini) / (maxi - mini))

        self._paint_box(painter, zone, (x(bas), x(s.mediane), x(haut)))
        self._paint_figures(painter, zone, [(x(v), v) for v in (bas, s.mediane, haut)])
        if s.valeur is not None:
            self._paint_mark(painter, zone, x(s.valeur))

    def _paint_box(self, painter: QPainter, zone: QRectF, places: tuple[float, float, float]) -> None:
        c = self._theme.couleurs
        milieu, (bas, mediane, haut) = zone.center().y(), places
        painter.setPen(QPen(QColor(c.secondaire), 1))
        painter.drawLine(QPointF(zone.left(), milieu), QPointF(zone.right(), milieu))
        boite = QRectF(bas, zone.top() + 3, max(2.0, haut - bas), zone.height() - 6)
        painter.setBrush(QColor(c.piste))
        painter.drawRect(boite)
        painter.setPen(QPen(QColor(c.texte), 2))
        painter.drawLine(QPointF(mediane, boite.top()), QPointF(mediane, boite.bottom()))

    def _paint_mark(self, painter: QPainter, zone: QRectF, x: float) -> None:
        c, r = self._theme.couleurs, zone.height() / 2 - 1
        milieu = zone.center().y()
        losange = [QPointF(x, milieu - r), QPointF(x + r, milieu), QPointF(x, milieu + r), QPointF(x - r, milieu)]
        painter.setPen(QPen(QColor(c.carte), 1.5))
        painter.setBrush(QColor(c.bouton))
        painter.drawPolygon(QPolygonF(losange))

    def _paint_figures(self, painter: QPainter, zone: QRectF, places: Sequence[tuple[float, Decimal]]) -> None:
        police = tabular(self.font())
        police.setPointSizeF(police.pointSizeF() * 0.88)
        metrique = QFontMetrics(police)
        painter.setFont(police)
        painter.setPen(QColor(self._theme.couleurs.secondaire))
        fin = -1.0
        for x, valeur in places:
            texte = nombre(valeur, 0 if abs(valeur) >= 100 else 1)
            largeur = metrique.horizontalAdvance(texte)
            gauche = min(max(0.0, x - largeur / 2), self.width() - largeur)
            if gauche > fin:  # figures too close to one another are in the sentence only
                painter.drawText(QPointF(gauche, zone.bottom() + metrique.ascent() + 3), texte)
                fin = gauche + largeur + metrique.averageCharWidth()


def repartition_dite(situation: Situation) -> str:
    """Return in words what the strip shows."""
    if situation.quartiles is None or situation.mediane is None:
        return ""
    bas, haut = situation.quartiles
    ici = "inconnu" if situation.valeur is None else nombre(situation.valeur, 0)
    return (
        f"{situation.nom}{NBSP}: ce dossier {ici}{NNBSP}; médiane {nombre(situation.mediane, 0)}, moitié centrale "
        f"des {nombre(situation.effectif)} dossiers entre {nombre(bas, 0)} et {nombre(haut, 0)}."
    )


class Tresorerie(_Dessin):
    """Twelve bars: what is lacking stands above the line, what is ahead below; a line says the cash there is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 8.0)
        self._besoin: BesoinTresorerie | None = None

    def show_besoin(self, besoin: BesoinTresorerie) -> None:
        """Show the cash need of a year."""
        self._besoin = besoin
        self.setVisible(bool(besoin.mois))
        mois = ", ".join(f"mois {rang} {nombre(v, 0)}" for rang, v in enumerate(besoin.mois, 1))
        self.setAccessibleName(f"Besoin de trésorerie à la fin de chaque mois, en euros{NBSP}: {mois}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 Qt
        """Paint the bars, the line of zero and the cash."""
        besoin = self._besoin
        if besoin is None or not besoin.mois:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        police = tabular(self.font())
        police.setPointSizeF(police.pointSizeF() * 0.88)
        painter.setFont(police)
        metrique = QFontMetrics(police)
        gauche = metrique.horizontalAdvance(f"−{nombre(max(map(abs, besoin.mois)), 0)}") + 8
        mini, maxi = _bornes([Decimal(0), *besoin.mois, *_connue(besoin.tresorerie)])
        zone = QRectF(
            gauche, 4 + metrique.height() / 2, self.width() - gauche - 4, self.height() - 2 * metrique.height()
        )

        def y(valeur: Decimal) -> float:
            return zone.bottom() - zone.height() * float((valeur - mini) / (maxi - mini))

        self._paint_bars(painter, zone, [(y(v), v > 0) for v in besoin.mois], y(Decimal(0)))
        self._paint_axis(painter, zone, [(y(v), v) for v in (max(besoin.mois), Decimal(0), min(besoin.mois))])
        if besoin.tresorerie is not None:
            trait = QPen(QColor(self._theme.couleurs.texte), 2, Qt.PenStyle.DashLine)
            painter.setPen(trait)
            painter.drawLine(
                QPointF(zone.left(), y(besoin.tresorerie)), QPointF(zone.right(), y(besoin.tresorerie))
            )

    def _paint_bars(
        self, painter: QPainter, zone: QRectF, hauts: Sequence[tuple[float, bool]], zero: float
    ) -> None:
        c, pas = self._theme.couleurs, zone.width() / max(_MOIS, len(hauts))
        metrique = QFontMetrics(painter.font())
        for rang, (haut, manque) in enumerate(hauts):
            barre = QRectF(
                zone.left() + rang * pas + pas * 0.15, min(haut, zero), pas * 0.7, max(1.0, abs(zero - haut))
            )
            painter.setPen(QPen(QColor(c.alerte if manque else c.bon), 1))
            painter.setBrush(QColor(c.alerte if manque else c.bon_fond))
            painter.drawRect(barre)
            painter.setPen(QColor(c.secondaire))
            place = QRectF(zone.left() + rang * pas, self.height() - metrique.height(), pas, metrique.height())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), str(rang + 1))

    def _paint_axis(self, painter: QPainter, zone: QRectF, reperes: Sequence[tuple[float, Decimal]]) -> None:
        c, metrique = self._theme.couleurs, QFontMetrics(painter.font())
        vus: list[float] = []
        for y, valeur in reperes:
            if any(abs(y - autre) < metrique.height() for autre in vus):
                continue
            vus.append(y)
            painter.setPen(QPen(QColor(c.ligne if valeur else c.secondaire), 1))
            painter.drawLine(QPointF(zone.left(), y), QPointF(zone.right(), y))
            painter.setPen(QColor(c.secondaire))
            place = QRectF(0, y - metrique.height() / 2, zone.left() - 6, metrique.height())
            painter.drawText(
                place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), nombre(valeur, 0)
            )


def _bornes(valeurs: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Return the ends of an axis: never the same."""
    mini, maxi = min(valeurs), max(valeurs)
    return (mini, maxi) if mini < maxi else (mini - 1, maxi + 1)


def _connue(valeur: Decimal | None) -> list[Decimal]:
    return [] if valeur is None else [valeur]
