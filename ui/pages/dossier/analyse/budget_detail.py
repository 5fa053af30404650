"""The line of the budget under the cursor: declared and retained, why, where it was read, set aside or kept."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from o2r_desktop.analyse.saisie import Source
from o2r_desktop.dossiers.model import Piece
from o2r_desktop.evaluation.reponses import lire_montant
from o2r_desktop.text import NBSP, montant, nombre, printable
from ui.dialogs.motif import MotifDialog
from ui.models.budget_rangees import Rangee
from ui.theme import Ton
from ui.widgets.base import Pastille, button, fill, label, restyle, row
from ui.widgets.flux import Flow

Ecrire = Callable[[Rangee, Rangee, str], bool]
_NOTE_MAX = 500
_TONS = {"✕": Ton.MAUVAIS, "!": Ton.ALERTE, "≠": Ton.ALERTE}


class DetailLigne(QFrame):
    """What is said of one year of a line; each field is written when it is left."""

    piece_requested = Signal(str, int)

    def __init__(self, ecrire: Ecrire) -> None:
        super().__init__()
        self.setProperty("role", "carte")
        self._ecrire = ecrire
        self._rangee: Rangee | None = None
        self._annee = 1
        self._pieces: list[Piece] = []
        self.titre = label("", "gras", wrap=True)
        self.etat = Pastille()
        self.declare = label("")
        self.retenu = QLineEdit()
        self.retenu.setAccessibleName("Montant retenu, en euros")
        self.retenu.setPlaceholderText("comme déclaré")
        self.retenu.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.motif = QLineEdit()
        self.motif.setAccessibleName("Motif du montant retenu")
        self.motif.setPlaceholderText("Pourquoi un autre montant est retenu")
        self.motif.setMaxLength(_NOTE_MAX)
        self.piece = QComboBox()
        self.piece.setAccessibleName("Pièce où la ligne est lue")
        self.page = QSpinBox()
        self.page.setAccessibleName("Page ou feuille de la pièce")
        self.page.setRange(0, 9999)
        self.page.setSpecialValueText("—")
        self.voir = button("Voir", self._show_piece, nom="Voir la source de la ligne")
        self.ecarter = button("Écarter cette ligne…", self._set_aside)
        self.faute = label("", "faute", wrap=True)
        self.faute.hide()
        self.ecartee = label("", "secondaire", wrap=True)
        self._place()
        self.retenu.editingFinished.connect(self._retained)
        self.motif.editingFinished.connect(self._explained)
        self.piece.activated.connect(lambda _rang: self._sourced())
        self.page.editingFinished.connect(self._sourced)

    def _place(self) -> None:
        self.piece.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.piece.setMinimumContentsLength(16)
        fill(
            QVBoxLayout(self),
            _line(self.titre, self.etat),
            _line(label("Déclaré", "secondaire"), self.declare, _named("Retenu (€)", self.retenu), self.retenu),
            _line(
                _named("Source", self.piece), self.piece, _named("page ou feuille", self.page), self.page, self.voir
            ),
            self.faute,
            row(_named("Motif", self.motif), self.motif),
            _line(self.ecarter, self.ecartee),
            marge=12,
            espace=6,
        )

    # --- what is shown ------------------------------------------------------------------------------------

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Offer the pieces of another dossier as sources."""
        self._pieces = [p for p in pieces if p.presente]
        self.piece.clear()
        self.piece.addItem("—", "")
        for piece in self._pieces:
            self.piece.addItem(piece.nom, piece.empreinte)

    def show_rangee(self, rangee: Rangee | None, annee: int, *, etat: str, douteuse: str, modifiable: bool) -> None:
        """Show one year of a line; what is being typed in another field stays."""
        meme = rangee is not None and self._rangee is not None and rangee.cle == self._rangee.cle
        autre = not meme or annee != self._annee
        self._rangee, self._annee = rangee, annee
        for champ in (self.retenu, self.motif, self.piece, self.page, self.ecarter):
            champ.setEnabled(rangee is not None and modifiable)
        self.etat.dire(etat, _TONS.get(etat[:1], Ton.NEUTRE))
        if rangee is None:
            self.titre.setText("Choisissez une ligne pour voir ce qui en est retenu.")
            self._show_nothing()
            return
        lu = rangee.montants[annee - 1]
        self.titre.setText(f"{rangee.nom} — année {annee}")
        self.declare.setText("inconnu" if lu.declare is None else montant(lu.declare))
        for champ, texte in ((self.retenu, "" if lu.retenu is None else nombre(lu.retenu)), (self.motif, lu.note)):
            if autre or not champ.hasFocus():
                champ.setText(texte)
                self._mark("")
        self._show_source(lu.source or rangee.source)
        self.ecarter.setText("Reprendre cette ligne" if rangee.ecartee else "Écarter cette ligne…")
        dite = f"Écartée{NBSP}: {rangee.ecartee}" if rangee.ecartee else douteuse
        self.ecartee.setText(dite)

    def _show_nothing(self) -> None:
        for champ in (self.retenu, self.motif):
            champ.setText("")
        for mots in (self.declare, self.ecartee):
            mots.setText("")
        self._show_source(None)

    def _show_source(self, source: Source | None) -> None:
        rang = self.piece.findData(source.empreinte) if source is not None and source.empreinte else 0
        for champ in (self.piece, self.page):
            champ.blockSignals(True)
        self.piece.setCurrentIndex(max(0, rang))
        self.page.setValue(source.page or 0 if source is not None else 0)
        for champ in (self.piece, self.page):
            champ.blockSignals(False)
        self.voir.setEnabled(rang > 0)

    # --- what is written ----------------------------------------------------------------------------------

    def flush(self) -> None:
        """Write what stands in the fields."""
        self._retained()
        self._explained()

    def _retained(self) -> None:
        if self._rangee is None or not self.retenu.isEnabled():
            return
        texte = printable(self.retenu.text()).strip()
        lu = lire_montant(texte) if texte else None
        if texte and lu is None:
            self._mark(f"Ce texte n’est pas un montant en euros{NBSP}: écrivez par exemple 12 000,50.")
            return
        self._mark("")
        avant = self._rangee.montants[self._annee - 1]
        if lu != avant.retenu:
            self._write(self._rangee.avec_montant(self._annee, replace(avant, retenu=lu)), "montant retenu")

    def _explained(self) -> None:
        if self._rangee is None or not self.motif.isEnabled():
            return
        note, avant = printable(self.motif.text()).strip(), self._rangee.montants[self._annee - 1]
        if note != avant.note:
            self._write(self._rangee.avec_montant(self._annee, replace(avant, note=note)), "motif")

    def _sourced(self) -> None:
        if self._rangee is None or not self.piece.isEnabled():
            return
        rang = self.piece.currentIndex()
        piece = self._pieces[rang - 1] if rang > 0 else None
        page = self.page.value() or None
        source = None if piece is None else Source(ou=piece.nom, page=page, empreinte=piece.empreinte)
        if source != self._rangee.source:
            self._write(self._rangee.avec_source(source), "source")

    def _set_aside(self) -> None:
        if self._rangee is None:
            return
        if self._rangee.ecartee:
            self._write(replace(self._rangee, ecartee=""), "reprise")
            return
        dialogue = MotifDialog(
            "Écarter une ligne",
            f"La ligne «{NBSP}{self._rangee.nom}{NBSP}» sort des coûts éligibles. Dites pourquoi.",
            oui="Écarter la ligne",
            parent=self.window(),
        )
        rangee = self._rangee
        dialogue.given.connect(
            lambda motif: self._ecrire(rangee, replace(rangee, ecartee=motif), f"mise à l’écart de {rangee.nom}")
        )
        dialogue.open()

    def _write(self, apres: Rangee, quoi: str) -> None:
        if self._rangee is not None:
            self._ecrire(self._rangee, apres, f"{quoi} de {self._rangee.nom}")

    def _show_piece(self) -> None:
        if self.piece.currentIndex() > 0:
            self.piece_requested.emit(self.piece.currentData(), self.page.value() or 1)

    def _mark(self, faute: str) -> None:
        if faute != self.faute.text():
            self.faute.setText(faute)
            self.faute.setVisible(bool(faute))
            self.retenu.setAccessibleDescription(faute)
            self.retenu.setProperty("faute", "true" if faute else "false")
            restyle(self.retenu)


def _named(nom: str, champ: QWidget) -> QLabel:
    mots = label(nom, "secondaire")
    mots.setBuddy(champ)
    return mots


def _line(*parties: QWidget) -> Flow:
    ligne = Flow(espace=8)
    for partie in parties:
        ligne.addWidget(partie)
    return ligne
