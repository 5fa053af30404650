"""The evidence of an answer: one button a place, which brings it back into view."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from o2r_desktop.dossiers.model import Piece
from o2r_desktop.evaluation.preuves import EtatPreuve, etat_preuve, piece_citee, preuve_dite, sans_justification
from o2r_desktop.evaluation.reponses import Preuve, Reponse
from o2r_desktop.text import NBSP, NNBSP
from ui.theme import Theme, Ton
from ui.widgets.base import KeyCap, Pastille, bulle, fill, label
from ui.widgets.flux import Flow, WrapButton

EPINGLER = "E"
"""The key that pins."""
_INVITE = "Sélectionnez un passage du dossier, puis E"
_A_JUSTIFIER = f"! Ce niveau se justifie{NBSP}: épinglez un passage (E), ou commentez."
_SUIVANTES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
_RETIRER = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_COUPE = "\u200b"
_SIGNES = {EtatPreuve.REMPLACEE: "!", EtatPreuve.ABSENTE: "✕"}
_TONS = {EtatPreuve.REMPLACEE: Ton.ALERTE, EtatPreuve.ABSENTE: Ton.MAUVAIS}


class PreuvesView(QWidget):
    """The places pinned to the critere in view; Tab stops once, arrows go from one to the next."""

    preuve_requested = Signal(object)
    """A Preuve whose place is to be shown, in the bytes that the dossier has now."""
    removal_requested = Signal(object)
    """A Preuve to take away from the answer."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._modifiable = True
        self._lignes: list[LignePreuve] = []
        self._visibles = 0
        self.titre = label("Preuves", "gras")
        self.invite = label(_INVITE, "secondaire", wrap=True)
        self.touche = KeyCap(EPINGLER)
        self.mode = label("épingler la sélection", "secondaire")
        tete = Flow(espace=6, ligne=2)
        for partie in (self.titre, self.touche, self.mode, self.invite):
            tete.addWidget(partie)
        self._flux = Flow(espace=6, ligne=6)
        fill(QVBoxLayout(self), tete, self._flux, espace=2)
        self._add_line()

    def show_preuves(self, reponse: Reponse, pieces: Sequence[Piece], *, modifiable: bool) -> None:
        """Show what supports an answer, each with the state of its piece; a hint when there is nothing yet."""
        preuves = reponse.preuves
        self._modifiable = modifiable
        avait = next((rang for rang, ligne in enumerate(self._lignes) if ligne.has_focus()), None)
        while len(self._lignes) < len(preuves):
            self._add_line()
        for rang, ligne in enumerate(self._lignes):
            if rang < len(preuves):
                ligne.show_preuve(preuves[rang], pieces, modifiable=modifiable)
        self._visibles = len(preuves)
        self._one_tab_stop()
        if avait is not None and avait >= len(preuves) and preuves:
            self._lignes[len(preuves) - 1].puce.setFocus()
        for rang, ligne in enumerate(self._lignes):
            ligne.setVisible(rang < len(preuves))
        self.invite.setText(_A_JUSTIFIER if sans_justification(reponse) else _INVITE)
        self.invite.setVisible(modifiable and not preuves)
        for partie in (self.touche, self.mode):
            partie.setVisible(modifiable and bool(preuves))
        self.setVisible(modifiable or bool(preuves))

    @property
    def puces(self) -> list["Puce"]:
        """The buttons in view, in order."""
        return [ligne.puce for ligne in self._lignes[: self._visibles]]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 Qt
        """Move the focus with the arrows, take a place away with Suppr."""
        if isinstance(watched, Puce) and event.type() == QEvent.Type.FocusIn:
            self._one_tab_stop(watched)
        elif isinstance(watched, Puce) and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(watched, event)
        return super().eventFilter(watched, event)

    def _pressed(self, puce: "Puce", event: QKeyEvent) -> bool:
        touche = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if touche in _SUIVANTES:
            puces = self.puces
            puces[(puces.index(puce) + _SUIVANTES[touche]) % len(puces)].setFocus()
            return True
        if touche in _RETIRER and self._modifiable:
            puce.croix.click()
            return True
        return False

    def _add_line(self) -> None:
        ligne = LignePreuve(self._theme)
        ligne.puce.installEventFilter(self)
        ligne.asked.connect(self.preuve_requested)
        ligne.removed.connect(self.removal_requested)
        self._flux.addWidget(ligne)
        if self._lignes:  # else Tab would come to it after the whole window
            self.setTabOrder(self._lignes[-1].verifier, ligne.puce)
            self.setTabOrder(ligne.puce, ligne.verifier)
        self._lignes.append(ligne)

    def _one_tab_stop(self, ici: "Puce | None" = None) -> None:
        puces = self.puces
        arret = ici or next((p for p in puces if p.hasFocus()), puces[0] if puces else None)
        for puce in puces:
            puce.setFocusPolicy(Qt.FocusPolicy.StrongFocus if puce is arret else Qt.FocusPolicy.ClickFocus)


class LignePreuve(QWidget):
    """One place and, when its piece is no longer the one that was read, what to do about it."""

    asked = Signal(object)
    removed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._preuve = Preuve(ou="")
        self._a_montrer = self._preuve
        self.puce = Puce(theme)
        self.etat = Pastille()
        self.verifier = WrapButton(theme, lien=True)
        self.verifier.dire("Vérifier")
        for bouton in (self.puce, self.verifier):
            bouton.clicked.connect(lambda *_: self.asked.emit(self._a_montrer))
        self.puce.croix.clicked.connect(lambda *_: self.removed.emit(self._preuve))
        flux = Flow(self, espace=6, ligne=2)
        for partie in (self.puce, self.etat, self.verifier):
            flux.addWidget(partie)

    def has_focus(self) -> bool:
        """Say whether the focus is on this line."""
        return self.puce.hasFocus() or self.verifier.hasFocus()

    def show_preuve(self, preuve: Preuve, pieces: Sequence[Piece], *, modifiable: bool) -> None:
        """Show a place and the state of its piece."""
        etat, citee = etat_preuve(preuve, pieces), piece_citee(preuve, pieces)
        self._preuve = preuve
        self._a_montrer = _a_montrer(preuve, citee)
        dite = preuve_dite(preuve)
        self.puce.show_preuve(preuve, etat, modifiable=modifiable)
        self.etat.dire(f"{_SIGNES[etat]} {etat.libelle}" if etat.libelle else "", _TONS.get(etat, Ton.NEUTRE))
        self.verifier.setVisible(etat is EtatPreuve.REMPLACEE)
        self.verifier.setAccessibleName(f"Vérifier dans la nouvelle pièce{NBSP}: {dite}")
        self.updateGeometry()


class Puce(WrapButton):
    """«▣ Comptes 2024, p. 4», edged in the colour of evidence, with the «×» that takes it away."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, serre=True)
        self._theme = theme
        self.croix = _Croix(theme, self)
        self._make_room()

    def show_preuve(self, preuve: Preuve, etat: EtatPreuve, *, modifiable: bool) -> None:
        """Show a place; its words are quoted in the tooltip, and told to a screen reader."""
        dite = preuve_dite(preuve)
        cite = f"«{NBSP}{preuve.extrait}{NBSP}»" if preuve.extrait else ""
        self.dire(f"{'▤' if etat is EtatPreuve.FORMULAIRE else '▣'} {coupable(dite)}")
        self.setAccessibleName(", ".join(p for p in (f"Preuve{NBSP}: {dite}", etat.libelle) if p))
        self.setAccessibleDescription(cite)
        suite = f"Entrée{NBSP}: voir le passage" + (f"{NNBSP}; Suppr{NBSP}: retirer" if modifiable else "")
        self.setToolTip(bulle("\n".join(p for p in (cite, suite) if p)))
        self.croix.setVisible(modifiable)
        self.croix.setAccessibleName(f"Retirer la preuve {dite}")
        self.croix.setToolTip("Retirer cette preuve (Suppr)")
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Keep the «×» at the right end."""
        super().resizeEvent(event)
        cote = self.croix.width()
        self.croix.move(self.width() - cote - 2, (self.height() - cote) // 2)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 Qt
        """Follow the size of the text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._make_room()

    def _make_room(self) -> None:
        cote = self.fontMetrics().height() + 4
        self.croix.resize(cote, cote)
        self._marges.setLeft(8)
        self._marges.setTop(4)
        self._marges.setBottom(4)
        self._marges.setRight(cote + 4 if self.croix.isVisibleTo(self) else 8)
        self.updateGeometry()

    def _peint_cadre(self, painter: QPainter) -> None:
        c = self._theme.couleurs
        painter.setBrush(QColor(c.survol if self.underMouse() or self.isDown() else c.carte))
        painter.setPen(QPen(QColor(c.preuve_bord), 1))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 8, 8)


class _Croix(QAbstractButton):
    """The «×» of a chip, for the mouse and for a screen reader: the keyboard has Suppr."""

    def __init__(self, theme: Theme, puce: QWidget) -> None:
        super().__init__(puce)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 Qt
        """Paint the sign, on a ground when the mouse is over it."""
        c = self._theme.couleurs
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.action_fond))
            painter.drawRoundedRect(self.rect(), 4, 4)
        painter.setPen(QColor(c.secondaire))
        painter.drawText(QRect(self.rect()), int(Qt.AlignmentFlag.AlignCenter), "×")


def _a_montrer(preuve: Preuve, citee: Piece | None) -> Preuve:
    """Return the place to be shown: in other bytes than those that were read, the passage may be elsewhere."""
    if citee is None:
        return preuve
    zones = preuve.zones if citee.empreinte == preuve.empreinte else ()
    return replace(preuve, empreinte=citee.empreinte, zones=zones)


def coupable(texte: str) -> str:
    """Let a long name of file be cut after its signs."""
    return texte.replace("_", f"_{_COUPE}").replace("-", f"-{_COUPE}")
