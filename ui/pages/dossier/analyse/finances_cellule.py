"""The strip under the grid: what the current cell declares and retains, where it is read, why."""

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QIntValidator, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from o2r_desktop.analyse.saisie import MontantSaisi, Source, ecrire_source, lire_source
from o2r_desktop.imports.comptes_tableur import lire_nombre
from o2r_desktop.text import printable
from ui.models.comptes import saisi
from ui.theme import Ton
from ui.widgets.base import Elided, Pastille, button, fill, label, restyle, row
from ui.widgets.flux import Flow
from ui.widgets.texte import Souffle

_LIBELLES = {"declare": "Déclaré", "retenu": "Retenu"}


class ChampCompte(QLineEdit):
    """An amount that may be negative or a sum; what cannot be read stays, told as such."""

    def __init__(self, nom: str) -> None:
        super().__init__()
        self.setAccessibleName(nom)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(self.fontMetrics().averageCharWidth() * 16)
        self.faute = ""
        self._valeur: Decimal | None = None
        self.textEdited.connect(self._check)

    @property
    def valeur(self) -> Decimal | None:
        """The amount, the one that was shown while the text cannot be read."""
        return self._valeur

    def put(self, valeur: Decimal | None) -> None:
        """Show an amount; what is being typed stays when it says the same, or cannot be read."""
        if self.hasFocus() and (self.faute or valeur == self._valeur):
            return
        self._valeur = valeur
        self.setText(saisi(valeur))
        self._tell("")

    def _check(self, texte: str) -> None:
        try:
            self._valeur = lire_nombre(texte)
        except ValueError as refus:
            self._tell(f"Ce texte {refus}.")
        else:
            self._tell("")

    def _tell(self, faute: str) -> None:
        if faute != self.faute:
            self.faute = faute
            self.setAccessibleDescription(faute)
            self.setProperty("faute", "true" if faute else "false")
            restyle(self)


class BandeauCellule(QWidget):
    """Shows and changes one amount with its trail; the amount is told each time that it may be written."""

    typed = Signal(object)
    """The MontantSaisi that is being typed."""
    edited = Signal(object)
    """The MontantSaisi to write."""
    piece_requested = Signal(str, int)
    left = Signal()
    """Échap: back to the grid."""
    unfolded = Signal(bool)
    """In a short window, the fields take the place of the grid, or leave it."""

    def __init__(self) -> None:
        super().__init__()
        self._montant = MontantSaisi()
        self._pret = False
        self.titre = label("", "gras")
        self.message = Pastille()
        self.phrase = Elided()
        self.phrase.setProperty("role", "secondaire")
        self.champs = {nom: ChampCompte(mots) for nom, mots in _LIBELLES.items()}
        self.champs["retenu"].setPlaceholderText("comme déclaré")
        self.note = QLineEdit()
        self.source = QComboBox()
        self.page = QLineEdit()
        self.voir = button("Voir", self._see, nom="Voir la source de ce montant")
        self.deplier = button("Détail", nom="Détail du montant")
        self.deplier.setCheckable(True)
        self.deplier.toggled.connect(self._unfold)
        self._place()
        self.set_compact(compact=False)
        self._pause = Souffle(self)
        self._pause.timeout.connect(self.flush)
        for champ in self.champs.values():
            champ.textEdited.connect(self._typed)
            champ.editingFinished.connect(self.flush)
        self.note.textEdited.connect(self._pause.typed)
        self.note.editingFinished.connect(self.flush)
        self.source.activated.connect(self._source_chosen)
        self.page.editingFinished.connect(self.flush)
        for partie in (*self.champs.values(), self.note, self.source, self.page, self.voir):
            partie.installEventFilter(self)

    def _place(self) -> None:
        lettre = self.fontMetrics().averageCharWidth()
        self.note.setAccessibleName("Pourquoi ce montant est retenu")
        self.note.setPlaceholderText("motif, commentaire")
        self.source.setAccessibleName("Source du montant")
        self.source.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.page.setAccessibleName("Page de la source")
        self.page.setPlaceholderText("page")
        self.page.setValidator(QIntValidator(1, 9999, self.page))
        self.page.setFixedWidth(lettre * 9)
        self._suite = suite = Flow(espace=10, ligne=4)
        paires: tuple[tuple[str, QWidget], ...] = (
            *((_LIBELLES[nom], champ) for nom, champ in self.champs.items()),
            ("Pourquoi", self.note),
            ("Source", self.source),
        )
        for nom, partie in paires:
            suite.addWidget(_paire(nom, partie))
        for partie in (self.page, self.voir):
            suite.addWidget(partie)
        tete = row(self.titre, self.message, self.phrase, espace=10)
        tete.setStretch(2, 1)
        tete.addWidget(self.deplier)
        self._champs = QWidget()
        fill(QVBoxLayout(self._champs), suite)
        corps = QVBoxLayout(self)
        fill(corps, tete, self._champs, espace=4)
        corps.setContentsMargins(12, 6, 12, 8)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Give the reason what the amounts leave of their line, and the source the rest of the next one."""
        super().resizeEvent(event)
        lettre, marges = self.fontMetrics().averageCharWidth(), 24 + 2
        largeur = self.width() - marges
        suites: tuple[tuple[QWidget, tuple[QWidget, ...]], ...] = (
            (self.note, tuple(_boite(champ) for champ in self.champs.values())),
            (self.source, (self.page, self.voir)),
        )
        for partie, voisins in suites:
            mots = _boite(partie).sizeHint().width() - partie.sizeHint().width()
            reste = largeur - mots - sum(v.sizeHint().width() + 10 for v in voisins)
            partie.setFixedWidth(reste if reste >= 14 * lettre else min(largeur - mots, 40 * lettre))
        self._suite.invalidate()

    # --- what the face calls ------------------------------------------------------------------------------

    @property
    def unreadable(self) -> bool:
        """Whether an amount is typed that cannot be read."""
        return any(champ.faute for champ in self.champs.values())

    def set_compact(self, *, compact: bool) -> None:
        """Fold the fields in a short window: a button gives them the place of the grid."""
        if self.deplier.isHidden() is compact:
            self.deplier.setVisible(compact)
            self.deplier.setChecked(False)
            self._champs.setVisible(not compact)

    def focus_first(self) -> None:
        """Put the focus on the declared amount, the fields unfolded."""
        if not self.deplier.isHidden():
            self.deplier.setChecked(True)
        self.champs["declare"].setFocus()

    def _unfold(self, deplie: bool) -> None:
        self._champs.setVisible(deplie or self.deplier.isHidden())
        self.unfolded.emit(deplie)

    def show_sources(self, sources: list[tuple[str, object]]) -> None:
        """Take the pieces to choose among."""
        self.source.clear()
        self.source.addItem("aucune", None)
        for mots, valeur in sources:
            self.source.addItem(mots, valeur)

    def show_words(self, titre: str, phrase: str = "", etat: str = "", ton: Ton = Ton.NEUTRE) -> None:
        """Say what the current cell is."""
        self.titre.setText(titre)
        self.phrase.dire(phrase)
        self.message.dire(etat, ton)

    def show_montant(self, montant: MontantSaisi | None, *, modifiable: bool) -> None:
        """Show an amount, None when the cell has none."""
        self._pret = montant is not None
        self._montant = montant = montant or MontantSaisi()
        libre = modifiable and self._pret
        self.champs["declare"].put(montant.declare)
        self.champs["retenu"].put(montant.retenu)
        for champ in (*self.champs.values(), self.note):
            champ.setReadOnly(not libre)
        if not (self.note.hasFocus() and self._pause.isActive()):
            self.note.setText(montant.note)
        self._show_source(montant.source)
        self.source.setEnabled(libre)
        self.page.setReadOnly(not libre)
        self.page.setEnabled(self._pret)
        self.voir.setEnabled(montant.source is not None and bool(montant.source.empreinte))

    def flush(self) -> None:
        """Tell now what is to be written."""
        self._pause.stop()
        voulu = self.montant()
        if self.unreadable:
            return
        if self._pret and voulu != self._montant:
            self._montant = voulu
            self.edited.emit(voulu)

    def montant(self) -> MontantSaisi:
        """Return the amount as the strip shows it; a retained one that is the declared one is none."""
        declare, retenu = self.champs["declare"].valeur, self.champs["retenu"].valeur
        source = lire_source(self.source.currentData())
        if source is not None:
            source = replace(source, page=int(self.page.text() or 0) or None)
        return MontantSaisi(
            declare=declare,
            retenu=None if retenu == declare else retenu,
            source=source,
            note=printable(self.note.text()).strip(),
        )

    # --- reactions ----------------------------------------------------------------------------------------

    def eventFilter(self, objet: QObject, event: QEvent) -> bool:  # noqa: N802 Qt
        """Échap goes back to the grid."""
        if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            self.deplier.setChecked(False)
            self.left.emit()
            return True
        return super().eventFilter(objet, event)

    def _typed(self) -> None:
        faute = next((c.faute for c in self.champs.values() if c.faute), "")
        if faute:
            self.message.dire("! illisible", Ton.MAUVAIS)
            self.phrase.dire(faute)
        else:
            self.typed.emit(self.montant())

    def _source_chosen(self) -> None:
        if self.source.currentData() is None:
            self.page.clear()
        self.flush()

    def _show_source(self, source: Source | None) -> None:
        sans_page = None if source is None else ecrire_source(replace(source, page=None))
        rang = next((r for r in range(self.source.count()) if self.source.itemData(r) == sans_page), -1)
        if rang < 0 and source is not None:
            self.source.addItem(printable(source.ou), sans_page)
            rang = self.source.count() - 1
        self.source.setCurrentIndex(rang)
        if not self.page.hasFocus():
            self.page.setText("" if source is None or source.page is None else str(source.page))

    def _see(self) -> None:
        source = self._montant.source
        if source is not None and source.empreinte:
            self.piece_requested.emit(source.empreinte, source.page or 1)


def _paire(nom: str, partie: QWidget) -> QWidget:
    """Return a field after its name, which stay on the same line."""
    boite, mots = QWidget(), label(nom)
    mots.setBuddy(partie)
    fill(QHBoxLayout(boite), mots, partie, espace=6)
    return boite


def _boite(partie: QWidget) -> QWidget:
    boite = partie.parentWidget()
    assert boite is not None
    return boite
