"""The answer to one critere: levels, yes or no, priority, amount; nothing is chosen beforehand."""

from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from o2r_desktop.errors import DossierError
from o2r_desktop.evaluation.grille import Critere, TypeCritere
from o2r_desktop.evaluation.reponses import MANQUANTE, NON, OUI, PRIORITES, SANS_OBJET, Reponse, lire_reponse
from o2r_desktop.text import NBSP, nombre
from ui.theme import Theme
from ui.widgets.base import fill, label, press_when_toggled, restyle, row, show_checked
from ui.widgets.flux import Flow, WrapButton
from ui.widgets.texte import PAUSE_MS, Souffle

_OUI_NON = {"O": OUI, "N": NON}
_RESERVES = {"S": SANS_OBJET, "I": MANQUANTE}
_SUIVANTES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
_PLACES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Choix:
    """Something that can be answered: what is written, what is read, the key that does it."""

    valeur: str
    libelle: str
    touche: str
    nom: str


def choix_de(critere: Critere) -> tuple[Choix, ...]:
    """Return the main answers that a critere proposes, without «sans objet» and «information manquante»."""
    if critere.type is TypeCritere.ECHELLE:
        return tuple(
            Choix(valeur=str(n), libelle=mots, touche=str(n), nom=f"Niveau {n}{NBSP}: {mots}")
            for n, mots in enumerate(critere.niveaux)
        )
    if critere.type is TypeCritere.PRIORITE:
        return tuple(Choix(valeur=p, libelle=p, touche="", nom=f"Priorité{NBSP}: {p}") for p in PRIORITES)
    return (
        Choix(valeur=OUI, libelle="Oui", touche="O", nom="Oui"),
        Choix(valeur=NON, libelle="Non", touche="N", nom="Non"),
    )


def valeur_de(critere: Critere, touche: str) -> str:
    """Return the answer that a key gives to a critere, «» when it gives none."""
    permises = {c.touche: c.valeur for c in choix_de(critere) if c.touche} | _RESERVES
    if critere.type is TypeCritere.PRIORITE:
        permises.pop("S")
    return permises.get(touche, "")


class ReponseView(QWidget):
    """The choices of a critere. It shows what is written; a press only asks."""

    chosen = Signal(str)
    """The canonical value of what was pressed, or of the amount that was typed («» once it is erased)."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._critere: Critere | None = None
        self._choix: tuple[Choix, ...] = ()
        self._groupe = QWidget()
        self._pile = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._groupe)
        self._pile.setContentsMargins(0, 0, 0, 0)
        self._pile.setSpacing(4)
        self.places = [self._place(theme) for _ in range(_PLACES)]
        self.montant = Montant()
        self.montant.read.connect(self.chosen)
        reserves = Flow(espace=6, ligne=6)
        self.reserves = {v: self._reserve(theme, t, v) for t, v in _RESERVES.items()}
        for bouton in self.reserves.values():
            reserves.addWidget(bouton)
        fill(QVBoxLayout(self), self.montant, self._groupe, reserves, espace=6)

    def show_reponse(self, critere: Critere, reponse: Reponse, *, modifiable: bool) -> None:
        """Show the choices of a critere and the answer that is written, from its beginning."""
        if critere is not self._critere:
            self._critere = critere
            self._dress(critere)
        self.montant.show_reponse(critere, reponse)
        self._mark_all(reponse, modifiable=modifiable)

    def update_reponse(self, reponse: Reponse, *, modifiable: bool) -> None:
        """Show the answer as it is written now; an amount being typed stays."""
        self.montant.update_reponse(reponse)
        self._mark_all(reponse, modifiable=modifiable)
        choisie = next((p for p in self.places[: len(self._choix)] if p.isChecked()), None)
        if choisie is not None and any(p.hasFocus() for p in self.places):
            choisie.setFocus(Qt.FocusReason.OtherFocusReason)  # two thick edges would look like two answers

    def _mark_all(self, reponse: Reponse, *, modifiable: bool) -> None:
        for choix, place in zip(self._choix, self.places, strict=False):
            _mark(place, choix.nom, chosen=reponse.valeur == choix.valeur, modifiable=modifiable)
        for valeur, bouton in self.reserves.items():
            _mark(bouton, bouton.text().capitalize(), chosen=reponse.valeur == valeur, modifiable=modifiable)
        self.montant.set_modifiable(modifiable)
        self._one_tab_stop()

    def focus_first(self) -> None:
        """Put the focus on what is chosen, else on the first choice."""
        next((p for p in self.places if p.focusPolicy() & Qt.FocusPolicy.TabFocus), self.places[0]).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 Qt
        """Move the focus, and only the focus, with the arrows; remember where it was for Tab."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, WrapButton):
            self._one_tab_stop(watched)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not event.modifiers():
            pas = _SUIVANTES.get(Qt.Key(event.key()))
            if pas is not None:
                visibles = self.places[: len(self._choix)]
                rang = (visibles.index(watched) + pas) % len(visibles)  # type: ignore[arg-type]
                visibles[rang].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _place(self, theme: Theme) -> WrapButton:
        bouton = WrapButton(theme, serre=True)
        bouton.setCheckable(True)
        bouton.setAutoExclusive(True)  # a screen reader then says «bouton radio»
        bouton.installEventFilter(self)
        bouton.clicked.connect(self._place_clicked)
        press_when_toggled(bouton)
        self._pile.addWidget(bouton)
        return bouton

    def _reserve(self, theme: Theme, touche: str, valeur: str) -> WrapButton:
        bouton = WrapButton(theme, serre=True)
        bouton.setCheckable(True)
        bouton.dire(valeur.replace("_", " "), touche)
        bouton.clicked.connect(lambda *_: self.chosen.emit(valeur))
        press_when_toggled(bouton)
        return bouton

    def _place_clicked(self) -> None:
        place = self.sender()
        assert isinstance(place, WrapButton)
        self.chosen.emit(self._choix[self.places.index(place)].valeur)

    def _dress(self, critere: Critere) -> None:
        self._choix = choix_de(critere)
        for rang, place in enumerate(self.places):
            place.setVisible(rang < len(self._choix))
            if rang < len(self._choix):
                place.dire(self._choix[rang].libelle, self._choix[rang].touche)
        cote_a_cote = len(self._choix) == len(_OUI_NON)
        self._pile.setDirection(
            QBoxLayout.Direction.LeftToRight if cote_a_cote else QBoxLayout.Direction.TopToBottom
        )
        self._groupe.setAccessibleName({TypeCritere.ECHELLE: "Niveau", TypeCritere.PRIORITE: "Priorité"}.get(
            critere.type, "Réponse"))  # fmt: skip
        self.reserves[SANS_OBJET].setVisible(critere.type is not TypeCritere.PRIORITE)
        self.montant.setVisible(critere.type is TypeCritere.MONTANT)

    def _one_tab_stop(self, ici: WrapButton | None = None) -> None:
        """Let Tab stop once: where the focus is, else on what is chosen, else on the first choice."""
        visibles = self.places[: len(self._choix)]
        arret = ici or next((p for p in visibles if p.hasFocus()), None)
        arret = arret or next((p for p in visibles if p.isChecked()), visibles[0])
        for place in visibles:
            place.setFocusPolicy(Qt.FocusPolicy.StrongFocus if place is arret else Qt.FocusPolicy.ClickFocus)


def _mark(bouton: WrapButton, nom: str, *, chosen: bool, modifiable: bool) -> None:
    if bouton.isChecked() != chosen:
        show_checked(bouton, chosen)
    bouton.setAccessibleName(f"{nom}, choisi" if chosen else nom)
    bouton.setEnabled(modifiable)


class Montant(QWidget):
    """An amount in French; what cannot be read stays, is said, and is not told."""

    read = Signal(str)
    """The canonical answer that was typed, «» when the field was emptied."""
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._critere: Critere | None = None
        self._ecrite = ""
        self._depart = ""
        self.champ = QLineEdit()
        self.champ.setAccessibleName("Montant en euros")
        self.champ.setPlaceholderText("12\u202f000,50")
        self.champ.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.faute = label("", "faute", wrap=True)
        self.faute.hide()
        titre = label("Montant")
        titre.setBuddy(self.champ)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self._souffle = Souffle(self)
        self._souffle.timeout.connect(self._breathe)
        self.champ.textEdited.connect(self._text_edited)
        self.champ.editingFinished.connect(self._finished)
        fill(QVBoxLayout(self), row(titre, self.champ, label("€")), self.faute, espace=4)

    def show_reponse(self, critere: Critere, reponse: Reponse) -> None:
        """Show the amount that is written, from its beginning."""
        self._critere = critere
        self._ecrite = reponse.valeur
        self._depart = amount_text(reponse.valeur)
        self._rest()
        self._say("")
        if self.champ.text() != self._depart:
            self.champ.setText(self._depart)

    def update_reponse(self, reponse: Reponse) -> None:
        """Show the amount as it is written now; what is being typed stays unless it is what was written."""
        assert self._critere is not None
        if reponse.valeur == self._ecrite:
            return
        if self.champ.hasFocus() and self._lue() == reponse.valeur:
            self._ecrite, self._depart = reponse.valeur, self.champ.text()
            return
        self.show_reponse(self._critere, reponse)

    def set_modifiable(self, modifiable: bool) -> None:
        """Let the amount be typed, or only read."""
        self.champ.setReadOnly(not modifiable)

    @property
    def dirty(self) -> bool:
        """Whether something typed is not written, because it cannot be read or did not reach the disk."""
        return self._critere is not None and not self.isHidden() and self.champ.text() != self._depart

    def flush(self) -> None:
        """Tell what is typed, or say why it cannot be read."""
        self._rest()
        if not self.dirty:
            return
        valeur = self._lue()
        if valeur is not None and valeur != self._ecrite:
            self.read.emit(valeur)
        elif valeur is not None:
            self._depart = self.champ.text()

    def _breathe(self) -> None:
        """Tell what is typed without a pause; what cannot be read yet is said to be wrong at the next pause."""
        if self.dirty and (valeur := self._typed_value()) is not None and valeur != self._ecrite:
            self.read.emit(valeur)

    def _lue(self) -> str | None:
        """Return what is typed as an answer, None when it cannot be read."""
        try:
            return self._read()
        except DossierError as erreur:
            self._say(str(erreur))
            return None

    def _typed_value(self) -> str | None:
        """Return what is typed as an answer, None when it cannot be read; nothing is said of it."""
        with suppress(DossierError):
            return self._read()
        return None

    def _read(self) -> str:
        assert self._critere is not None
        if not self.champ.text().strip():
            return "" if amount_text(self._ecrite) else self._ecrite
        return lire_reponse(self._critere, self.champ.text())

    def _rest(self) -> None:
        self._pause.stop()
        self._souffle.stop()

    def _text_edited(self) -> None:
        self._say("")
        self._pause.start()
        self._souffle.typed()

    def _finished(self) -> None:
        self.flush()
        if not self.dirty and self.champ.text() != amount_text(self._ecrite):
            self._depart = amount_text(self._ecrite)
            self.champ.setText(self._depart)
        self.left.emit()

    def _say(self, faute: str) -> None:
        self.faute.setText(faute)
        self.faute.setVisible(bool(faute))
        if self.champ.property("faute") != bool(faute):
            self.champ.setProperty("faute", bool(faute))
            restyle(self.champ)


def amount_text(valeur: str) -> str:
    """Return an amount as it is typed, «148 000,50»; «» for an answer that is no amount."""
    return nombre(Decimal(valeur), 2) if valeur[:1].isdecimal() and "." in valeur else ""
