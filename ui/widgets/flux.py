"""Parts that take the room they have: a layout that goes to the next line, words that wrap in a button."""

from PySide6.QtCore import QEvent, QMargins, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QLayout, QLayoutItem, QSizePolicy, QWidget

from ui.theme import Theme


def selectable(mots: QLabel) -> QLabel:
    """Let the words of a label be selected and copied with the mouse."""
    mots.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return mots


class Flow(QLayout):
    """Puts its parts side by side, and on the next line when there is no room left."""

    def __init__(
        self, parent: QWidget | None = None, *, espace: int = 8, ligne: int = 4, dernier_a_droite: bool = False
    ) -> None:
        super().__init__(parent)
        self._dernier_a_droite = dernier_a_droite
        self._parties: list[QLayoutItem] = []
        self._ligne = ligne
        self._hauts: dict[int, int] = {}
        """Height for each width that was asked since a part changed."""
        self.setSpacing(espace)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 Qt
        """Take a part."""
        self._parties.append(item)

    def count(self) -> int:
        """Return how many parts there are."""
        return len(self._parties)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 Qt
        """Return a part, None beyond the last one."""
        return self._parties[index] if 0 <= index < len(self._parties) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 Qt
        """Give a part back."""
        return self._parties.pop(index) if 0 <= index < len(self._parties) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 Qt
        """Ask for no more than what is needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 Qt
        """Say that the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 Qt
        """Return the height of the lines that *width* makes."""
        if width not in self._hauts:
            self._hauts[width] = self._place(QRect(0, 0, width, 0), poser=False)
        return self._hauts[width]

    def invalidate(self) -> None:
        """Forget what was measured: a part changed."""
        self._hauts.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 Qt
        """Place the parts."""
        super().setGeometry(rect)
        self._place(rect, poser=True)

    def sizeHint(self) -> QSize:  # noqa: N802 Qt
        """Return everything on one line."""
        visibles = [p for p in self._parties if not p.isEmpty()]
        tailles = [_naturelle(p) for p in visibles]
        largeur = sum(t.width() for t in tailles) + self.spacing() * max(0, len(tailles) - 1)
        return QSize(largeur, max((t.height() for t in tailles), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802 Qt
        """Return the room of the widest part that cannot shrink."""
        taille = QSize()
        for partie in self._parties:
            if not partie.isEmpty():
                taille = taille.expandedTo(partie.minimumSize())
        return taille

    def _place(self, rect: QRect, *, poser: bool) -> int:
        x, y, hauteur = rect.left(), rect.top(), 0
        ligne: list[tuple[QLayoutItem, QRect]] = []
        for partie in self._parties:
            if partie.isEmpty():
                continue
            largeur = min(_naturelle(partie).width(), rect.width())
            haut = partie.heightForWidth(largeur) if partie.hasHeightForWidth() else partie.sizeHint().height()
            if ligne and x + largeur > rect.left() + rect.width():
                _poser(ligne, hauteur, poser=poser)
                x, y, hauteur, ligne = rect.left(), y + hauteur + self._ligne, 0, []
            ligne.append((partie, QRect(QPoint(x, y), QSize(largeur, haut))))
            x += largeur + self.spacing()
            hauteur = max(hauteur, haut)
        if ligne and self._dernier_a_droite:
            ligne[-1][1].moveRight(rect.right())
        _poser(ligne, hauteur, poser=poser)
        return y + hauteur - rect.top()


def _poser(ligne: list[tuple[QLayoutItem, QRect]], hauteur: int, *, poser: bool) -> None:
    if poser:
        for partie, place in ligne:
            partie.setGeometry(place.translated(0, (hauteur - place.height()) // 2))


def _naturelle(partie: QLayoutItem) -> QSize:
    """Return the size of a part on one line; a label that may wrap would ask for a square."""
    mots = partie.widget()
    if isinstance(mots, QLabel) and mots.wordWrap():
        mots.ensurePolished()
        bords = mots.width() - mots.contentsRect().width() + 4
        return QSize(mots.fontMetrics().horizontalAdvance(mots.text()) + bords, mots.fontMetrics().height())
    return partie.sizeHint()


class WrapButton(QAbstractButton):
    """A button painted by hand, whose words take the lines they need; the key that does the same stands first.

    As a link it is small and underlined; else it is a frame, tinted, edged and bold when it is checked.
    """

    def __init__(self, theme: Theme, *, lien: bool = False, serre: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._lien = lien
        self._touche = ""
        self._mesures: dict[tuple[int, bool], int] = {}
        """Height of the words by width and weight: they are painted far more often than they change."""
        haut = 1 if lien else 6 if serre else 8
        cote = 2 if lien else 12
        self._marges = QMargins(cote, haut, cote, haut)
        politique = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        politique.setHeightForWidth(True)
        self.setSizePolicy(politique)
        self.setCursor(Qt.CursorShape.PointingHandCursor if lien else Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def dire(self, texte: str, touche: str = "") -> None:
        """Change the words and the key; an ampersand is an ampersand."""
        if (texte, touche) != (self.text(), self._touche):
            self._touche = touche
            self._mesures.clear()
            self.setText(texte)
            self.setAccessibleName(texte)
            self.updateGeometry()
            self.update()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 Qt
        """Say that the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 Qt
        """Return the height of the words in *width*; being chosen moves nothing, see ``_police_des_mots``."""
        return self._haut_des_mots(width) + self._marges.top() + self._marges.bottom()

    def _haut_des_mots(self, width: int, *, gras: bool = False) -> int:
        if (width, gras) not in self._mesures:
            zone = max(1, width - self._avant() - self._marges.right())
            mesure = QFontMetrics(self._police(gras=gras))
            mots = mesure.boundingRect(QRect(0, 0, zone, 1 << 20), Qt.TextFlag.TextWordWrap, self.text())
            self._mesures[width, gras] = max(mots.height(), mesure.height())
        return self._mesures[width, gras]

    def changeEvent(self, e: QEvent) -> None:  # noqa: N802 Qt
        """Measure the words again in another font."""
        if e.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._mesures.clear()
        super().changeEvent(e)

    def _police_des_mots(self) -> QFont:
        """Return the font of the words: bold once chosen, unless they would take one more line than there is."""
        tient = self._haut_des_mots(self.width(), gras=True) <= self._haut_des_mots(self.width())
        return self._police(gras=self.isChecked() and tient)

    def sizeHint(self) -> QSize:  # noqa: N802 Qt
        """Return the words on one line."""
        mesure = QFontMetrics(self._police(gras=True))
        largeur = self._avant() + mesure.horizontalAdvance(self.text()) + self._marges.right() + 2
        return QSize(largeur, self.heightForWidth(largeur))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 Qt
        """Return the room of a word."""
        mesure = QFontMetrics(self._police(gras=True))
        largeur = self._avant() + self._marges.right() + 5 * mesure.averageCharWidth()
        return QSize(largeur, mesure.height() + self._marges.top() + self._marges.bottom())

    def nextCheckState(self) -> None:  # noqa: N802 Qt
        """Keep the state: what is shown is what was written, not what was pressed."""

    def keyPressEvent(self, e: QKeyEvent) -> None:  # noqa: N802 Qt
        """Press with Entrée too; arrows are left to who knows the neighbours."""
        seule = not e.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if seule and e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif e.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            e.ignore()
        else:
            super().keyPressEvent(e)

    def paintEvent(self, e: QPaintEvent) -> None:  # noqa: ARG002, N802 Qt
        """Paint the frame or the link, the key, the words and the focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._lien:
            self._peint_cadre(painter)
            self._peint_touche(painter)
        self._peint_mots(painter)
        if self.hasFocus():
            self._peint_anneau(painter)

    def _peint_cadre(self, painter: QPainter) -> None:
        c = self._theme.couleurs
        enfonce = self.isChecked() or self.isDown()
        fond = c.action_fond if enfonce else c.survol if self.underMouse() and self.isEnabled() else c.carte
        painter.setBrush(QColor(fond if self.isEnabled() or enfonce else c.fond))
        trait = 2 if self.isChecked() else 1
        painter.setPen(QPen(QColor(c.action if self.isChecked() else c.ligne), trait))
        painter.drawRoundedRect(_retreci(self, trait / 2), 6, 6)

    def _peint_anneau(self, painter: QPainter) -> None:
        """Show the focus by dashes inside the frame: a thick edge says that an answer is chosen, and only that."""
        tirets = QPen(QColor(self._theme.couleurs.texte), 2, Qt.PenStyle.CustomDashLine)
        tirets.setDashPattern([2.0, 1.5])
        painter.setPen(tirets)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(_retreci(self, 1 if self._lien else 4), 4, 4)

    def _peint_touche(self, painter: QPainter) -> None:
        if not self._touche:
            return
        c = self._theme.couleurs
        police = self._police(part=0.8)
        mesure = QFontMetrics(police)
        cote = QRectF(0, 0, self._cote_touche(), mesure.height() + 2)
        ligne = QFontMetrics(self._police(gras=True)).height()
        cote.moveTopLeft(
            QPoint(self._marges.left(), self._place_des_mots().top() + int((ligne - cote.height()) / 2))
        )
        painter.setPen(QPen(QColor(c.bouton if self.isChecked() else c.ligne), 1))
        painter.setBrush(QColor(c.bouton if self.isChecked() else c.carte))
        painter.drawRoundedRect(cote.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(QColor(c.bouton_texte if self.isChecked() else c.secondaire))
        painter.setFont(police)
        painter.drawText(cote, Qt.AlignmentFlag.AlignCenter, self._touche)

    def _peint_mots(self, painter: QPainter) -> None:
        c = self._theme.couleurs
        police = self._police_des_mots()
        police.setUnderline(self._lien and self.isEnabled())
        painter.setFont(police)
        eteint = not self.isEnabled() and not self.isChecked()
        painter.setPen(QColor(c.secondaire if eteint else c.action if self._lien else c.texte))
        painter.drawText(self._place_des_mots(), Qt.TextFlag.TextWordWrap, self.text())

    def _place_des_mots(self) -> QRect:
        """Return where the words are painted: in the middle, since the button may be higher than they need."""
        zone = self.rect().marginsRemoved(self._marges)
        zone.setLeft(self._avant())
        mesure = QFontMetrics(self._police_des_mots())
        haut = mesure.boundingRect(zone, Qt.TextFlag.TextWordWrap, self.text()).height()
        return zone.adjusted(0, max(0, (zone.height() - haut) // 2), 0, 0)

    def _police(self, *, gras: bool = False, part: float = 1.0) -> QFont:
        police = QFont(self.font())
        police.setPointSizeF(police.pointSizeF() * (0.88 if self._lien else part))
        if gras and not self._lien:
            police.setWeight(QFont.Weight.DemiBold)
        return police

    def _cote_touche(self) -> int:
        mesure = QFontMetrics(self._police(part=0.8))
        return max(mesure.height() + 4, mesure.horizontalAdvance(self._touche) + 10)

    def _avant(self) -> int:
        """Return where the words begin."""
        return self._marges.left() + (self._cote_touche() + 10 if self._touche and not self._lien else 0)


def _retreci(mots: QWidget, marge: float) -> QRectF:
    return QRectF(mots.rect()).adjusted(marge, marge, -marge, -marge)
