"""Labels, buttons, pills, key caps, cards, empty states: the words and shapes of every page."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ui.theme import Theme, Ton

_PAVE = Qt.KeyboardModifier.KeypadModifier


def label(texte: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """Return a plain-text label. Roles: «titre», «section», «secondaire», «gras», «surtitre», «nombre»."""
    mots = QLabel(texte)
    mots.setTextFormat(Qt.TextFormat.PlainText)
    mots.setWordWrap(wrap)
    if role:
        mots.setProperty("role", role)
    if wrap:
        mots.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return mots


def bulle(texte: str) -> str:
    """Return a tooltip that shows *texte* as it is: Qt would obey what looks like markup."""
    if "<" not in texte:
        return texte
    sans = texte.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
    return f"<qt>{sans}</qt>"


class Elided(QLabel):
    """A line of words that ends with «…» when there is no room; all of it is in the tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def dire(self, texte: str) -> None:
        """Say something else."""
        self.setText(texte)
        self.setToolTip(bulle(texte))
        self.setAccessibleName(texte)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 Qt
        """Return the room of a few letters."""
        return QSize(self.fontMetrics().averageCharWidth() * 6, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 Qt
        """Paint what fits."""
        painter = QPainter(self)
        mots = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), mots)


def button(
    texte: str, faire: Callable[[], object] | None = None, *, role: str = "", touche: str = "", nom: str = ""
) -> QPushButton:
    """Return a button. Roles: «principal» (one a page), «lien», «discret», «danger»; *touche* is shown beside."""
    bouton = _Bouton(f"{texte}  {touche}" if touche else texte)
    bouton.setAccessibleName(nom or texte.rstrip("…").replace("&", ""))
    bouton.setAutoDefault(False)
    if role:
        bouton.setProperty("role", role)
    if faire is not None:
        bouton.clicked.connect(lambda *_: faire())
    return bouton


def show_checked(bouton: QAbstractButton, coche: bool) -> None:
    """Check a button or not, telling nobody; those beside it stay as they are, none needs to be checked."""
    exclusif, muet = bouton.autoExclusive(), bouton.blockSignals(True)
    bouton.setAutoExclusive(False)
    bouton.setChecked(coche)
    bouton.setAutoExclusive(exclusif)
    bouton.blockSignals(muet)


def press_when_toggled(bouton: QAbstractButton) -> None:
    """Have a button that only shows a state (see ``show_checked``) pressed when a screen reader toggles it.

    For what can be checked, Qt gives assistive technologies an action that changes the state without any click.
    """
    bouton.toggled.connect(partial(_toggled, bouton))


def _toggled(bouton: QAbstractButton, coche: bool) -> None:
    show_checked(bouton, not coche)
    if coche or not bouton.autoExclusive():
        bouton.click()


class _Bouton(QPushButton):
    """A button that Entrée presses as Espace does, in a page as in a dialog."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Press with Entrée too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_PAVE:
            self.click()
        else:
            super().keyPressEvent(event)


def key_text(sequence: str) -> str:
    """Return a shortcut as French keyboards name it: «Ctrl+Entrée», «Alt+↓»."""
    texte = QKeySequence(sequence).toString(QKeySequence.SequenceFormat.PortableText)
    for anglais, francais in (
        ("Backspace", "Retour arrière"), ("Return", "Entrée"), ("Enter", "Entrée"), ("Space", "Espace"),
        ("Shift", "Maj"), ("Esc", "Échap"),
        ("Del", "Suppr"), ("PgUp", "Page préc."), ("PgDown", "Page suiv."), ("Down", "↓"), ("Up", "↑"),
        ("Left", "←"), ("Right", "→"), ("Home", "Début"), ("End", "Fin"), ("Ins", "Inser"),
    ):  # fmt: skip
        texte = texte.replace(anglais, francais)
    return texte


class KeyCap(QLabel):
    """A key drawn as a key."""

    def __init__(self, sequence: str) -> None:
        super().__init__(key_text(sequence))
        self.setProperty("role", "touche")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)


class Pastille(QLabel):
    """A word in its pill; the sign is part of the text («✓ conforme»)."""

    def __init__(self, texte: str = "", ton: Ton = Ton.NEUTRE) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.dire(texte, ton)

    def dire(self, texte: str, ton: Ton) -> None:
        """Change the word and the tone."""
        self.setText(texte)
        _show_in_place(self, bool(texte))
        if self.property("pastille") != ton.value:
            self.setProperty("pastille", ton.value)
            restyle(self)

    def event(self, event: QEvent) -> bool:
        """Hide when a parent is given and there is nothing to say."""
        if event.type() == QEvent.Type.ParentChange:
            _show_in_place(self, bool(self.text()))
        return super().event(event)


class Gauge(QWidget):
    """A thin bar: done over expected; its figure stands beside it in words."""

    def __init__(self, theme: Theme, *, largeur: int = 64) -> None:
        super().__init__()
        self._theme = theme
        self._part = 0.0
        self._largeur = largeur
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_value(self, fait: int, attendu: int) -> None:
        """Show *fait* of *attendu*."""
        self._part = fait / attendu if attendu else 0.0
        self.setAccessibleName(f"{fait} sur {attendu}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 Qt
        """Return a bar of six pixels in a line of text."""
        return QSize(self._largeur, max(8, self.fontMetrics().height() // 2))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 Qt
        """Paint the track, then what is done."""
        painter = QPainter(self)
        paint_gauge(painter, QRectF(self.rect()), self._part, self._theme)


def paint_gauge(painter: QPainter, rect: QRectF, part: float, theme: Theme) -> None:
    """Paint a thin bar in the middle of *rect*: *part* from 0 to 1."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    piste = QRectF(rect.left(), rect.center().y() - 3, rect.width(), 6)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.couleurs.piste))
    painter.drawRoundedRect(piste, 3, 3)
    if part > 0:
        painter.setBrush(QColor(theme.couleurs.bouton))
        painter.drawRoundedRect(
            QRectF(piste.left(), piste.top(), max(6.0, piste.width() * min(1.0, part)), 6), 3, 3
        )
    painter.restore()


def card(*parties: QWidget | QLayout, marge: int = 16, espace: int = 8) -> QFrame:
    """Return a white card with its parts one under the other."""
    cadre = QFrame()
    cadre.setProperty("role", "carte")
    fill(QVBoxLayout(cadre), *parties, marge=marge, espace=espace)
    return cadre


def fill(
    layout: QVBoxLayout | QHBoxLayout, *parties: QWidget | QLayout | int, marge: int = 0, espace: int = 8
) -> None:
    """Put parts into a layout; a number is a stretch."""
    layout.setContentsMargins(marge, marge, marge, marge)
    layout.setSpacing(espace)
    for partie in parties:
        if isinstance(partie, QWidget):
            layout.addWidget(partie)
        elif isinstance(partie, QLayout):
            layout.addLayout(partie)
        else:
            layout.addStretch(partie)


def row(*parties: QWidget | QLayout | int, espace: int = 8) -> QHBoxLayout:
    """Return a line of parts; a number is a stretch."""
    ligne = QHBoxLayout()
    fill(ligne, *parties, espace=espace)
    return ligne


def column(*parties: QWidget | QLayout | int, espace: int = 8, marge: int = 0) -> QVBoxLayout:
    """Return a column of parts; a number is a stretch."""
    colonne = QVBoxLayout()
    fill(colonne, *parties, espace=espace, marge=marge)
    return colonne


def split(separateur: QSplitter, *volets: QWidget) -> None:
    """Put parts into a splitter; a screen reader reads them in that order, Qt alone would have it the other way."""
    for volet in volets:
        separateur.addWidget(volet)
    for volet in reversed(volets):
        volet.lower()


def line() -> QFrame:
    """Return a thin horizontal line."""
    trait = QFrame()
    trait.setProperty("role", "trait")
    trait.setFixedHeight(1)
    return trait


class Banner(QFrame):
    """A sentence over the whole width, with what can be done about it: failures, read-only, work going on."""

    def __init__(self, texte: str = "", ton: Ton = Ton.ALERTE, boutons: Sequence[QPushButton] = ()) -> None:
        super().__init__()
        self.texte = label(texte, wrap=True)
        self._ligne = QHBoxLayout(self)
        fill(self._ligne, self.texte, espace=12)
        self._ligne.setContentsMargins(16, 8, 16, 8)
        self._ligne.setStretch(0, 1)
        for bouton in boutons:
            self._ligne.addWidget(bouton)
        self.dire(texte, ton)

    def dire(self, texte: str, ton: Ton | None = None) -> None:
        """Say something else; an empty text hides the banner."""
        self.texte.setText(texte)
        self.setAccessibleName(texte)
        if ton is not None:
            self.setProperty("bandeau", ton.value)
            restyle(self)
            restyle(self.texte)
        _show_in_place(self, bool(texte))

    def event(self, event: QEvent) -> bool:
        """Hide when a parent is given and there is nothing to say."""
        if event.type() == QEvent.Type.ParentChange:
            _show_in_place(self, bool(self.texte.text()))
        return super().event(event)


class EmptyState(QWidget):
    """Nothing to show: why, and the way out."""

    def __init__(self, titre: str, phrase: str, boutons: Sequence[QPushButton] = ()) -> None:
        super().__init__()
        self.titre = label(titre, "section", wrap=True)
        self.phrase = label(phrase, "secondaire", wrap=True)
        for mots in (self.titre, self.phrase):
            mots.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        actions = row(1, *boutons, 1)
        fill(QVBoxLayout(self), 1, self.titre, self.phrase, actions, 2, marge=24, espace=12)

    def dire(self, titre: str, phrase: str) -> None:
        """Change the words."""
        self.titre.setText(titre)
        self.phrase.setText(phrase)


def _show_in_place(widget: QWidget, visible: bool) -> None:
    """Show or hide a part; without a parent it would become a window of its own, which takes the keyboard."""
    if widget.parentWidget() is not None:
        widget.setVisible(visible)


def restyle(widget: QWidget) -> None:
    """Have the style sheet look at *widget* again: a property changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def before(suivant: QWidget, *parties: QWidget) -> None:
    """Have Tab come to *parties*, in order, just before *suivant*: they were made after it."""
    for avant, apres in pairwise((suivant, *parties, suivant)):
        QWidget.setTabOrder(avant, apres)


def has_focus_within(volet: QWidget) -> bool:
    """Say whether the focus is on *volet* or on one of its parts."""
    focus = volet.window().focusWidget()
    return focus is not None and (focus is volet or volet.isAncestorOf(focus))
