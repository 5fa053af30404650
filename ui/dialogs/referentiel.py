"""A list of reference, typed in or looked at before a file replaces it; what is wrong is told row by row."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QDialog, QLineEdit, QTableView, QVBoxLayout, QWidget

from o2r_desktop.analyse.referentiels import Referentiel
from o2r_desktop.operations.listes import FAUTES_MAX, fautes, liste_de
from o2r_desktop.text import NBSP, NNBSP, pluriel
from ui.models.referentiel import ReferentielModel
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Banner, button, fill, key_text, label, row
from ui.widgets.flux import Flow

_VALIDER = "Ctrl+Return"
_PAUSE_MS = 150
_LARGEURS = (9, 34)
"""Least and most letters of a column at first."""


class TableSaisie(QTableView):
    """A table worked with keys: Entrée types, Inser adds a row, Ctrl+Suppr takes rows away, Suppr blanks cells."""

    row_added = Signal()
    row_removed = Signal()

    def __init__(self, modele: ReferentielModel) -> None:
        super().__init__()
        self._modele = modele
        self.setModel(modele)
        self.setAccessibleName("Lignes de la liste")
        self.setAlternatingRowColors(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setHighlightSections(False)
        hauteur = self.fontMetrics().height() + 12
        self.verticalHeader().setDefaultSectionSize(hauteur)
        lettre = self.fontMetrics().averageCharWidth()
        for rang in range(modele.columnCount()):
            dits = [len(r[rang]) for r in modele.rangees[:60]] + [len(modele.liste.colonnes[rang].titre) + 3]
            self.setColumnWidth(rang, lettre * min(_LARGEURS[1], max(_LARGEURS[0], *dits) + 2))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Do what the keys say; the rest is typed in the cell."""
        ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        touche = event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._modele.paste(self.currentIndex(), QGuiApplication.clipboard().text())
        elif touche == Qt.Key.Key_Insert and not event.modifiers():
            self.row_added.emit()
        elif touche == Qt.Key.Key_Delete and ctrl:
            self.row_removed.emit()
        elif touche == Qt.Key.Key_Delete and not event.modifiers():
            self._modele.clear(self.selectedIndexes())
        elif touche in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.state() is not QAbstractItemView.State.EditingState:
                self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _copy(self) -> None:
        lignes: dict[int, list[str]] = {}
        for index in sorted(self.selectedIndexes(), key=lambda i: (i.row(), i.column())):
            lignes.setdefault(index.row(), []).append(str(index.data() or ""))
        QGuiApplication.clipboard().setText("\n".join("\t".join(cellules) for cellules in lignes.values()))


class ReferentielDialog(QDialog):
    """The editor of a list; ``given`` carries its text when it is kept. Show it with ``open``."""

    given = Signal(str)

    def __init__(
        self,
        services: Services,
        nom: Referentiel,
        rangees: Sequence[Sequence[str]],
        *,
        remplace: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """*remplace* says what a file brings, «» when the list is only changed."""
        super().__init__(parent)
        self._services, self._nom, self._remplace = services, nom, remplace
        self.setWindowTitle(f"{'Remplacer' if remplace else 'Modifier'} — {nom.libelle}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.modele = ReferentielModel(services.theme, liste_de(nom), rangees, self)
        self.bandeau = Banner(remplace, Ton.ACTION)
        self.cherche = QLineEdit()
        self.cherche.setPlaceholderText("Chercher dans la liste")
        self.cherche.setAccessibleName("Chercher dans la liste")
        self.cherche.setClearButtonEnabled(True)
        self.table = TableSaisie(self.modele)
        self.aide = label("", "secondaire", wrap=True)
        self.faute = label("", "faute", wrap=True)
        self.compte = label("", "secondaire")
        self._attente = QTimer(self)
        self._attente.setSingleShot(True)
        self._attente.setInterval(_PAUSE_MS)
        self._compose()
        self._connect()
        mesures = self.fontMetrics()
        self.resize(min(1240, mesures.averageCharWidth() * 130), min(680, mesures.lineSpacing() * 34))
        self.check()
        self.table.setCurrentIndex(self.modele.index(0, 0))
        self.table.setFocus()

    def _compose(self) -> None:
        self.ajouter = button("Ajouter une ligne", self.add_row, touche="Inser")
        self.enlever = button(
            "Enlever", self.remove_rows, touche=key_text("Ctrl+Del"), nom="Enlever les lignes choisies"
        )
        self.suivante = button("Ligne en défaut suivante", self.next_fault, touche="F8")
        oui = "Remplacer la liste" if self._remplace else "Enregistrer"
        self.garder = button(oui, self.accept, role="principal", touche=key_text(_VALIDER))
        annuler = button("Annuler", self.reject, touche="Échap")
        outils = QWidget()
        gestes = Flow(outils)
        for bouton in (self.ajouter, self.enlever, self.suivante):
            gestes.addWidget(bouton)
        haut = row(self.cherche, self.compte)
        haut.setStretch(0, 1)
        pile = QVBoxLayout(self)
        touches = (
            "Entrée ou F2 : écrire dans la case. Ctrl+C, Ctrl+V : copier, coller depuis un tableur. * : à remplir."
        )
        fill(
            pile, self.bandeau, haut, self.table, self.aide, self.faute, outils,
            label(touches, "secondaire", wrap=True), row(1, annuler, self.garder), marge=16,
        )  # fmt: skip
        pile.setStretchFactor(self.table, 1)

    def _connect(self) -> None:
        for touche in (_VALIDER, "Ctrl+Enter"):
            QShortcut(QKeySequence(touche), self, self.accept)
        QShortcut(QKeySequence("F8"), self, self.next_fault)
        QShortcut(QKeySequence("Ctrl+F"), self, self.cherche.setFocus)
        self.table.row_added.connect(self.add_row)
        self.table.row_removed.connect(self.remove_rows)
        self.table.selectionModel().currentChanged.connect(self._say)
        self.cherche.textChanged.connect(self._search)
        self.modele.edited.connect(self._attente.start)
        self._attente.timeout.connect(self.check)

    # --- what it does -----------------------------------------------------------------------------------------

    def add_row(self) -> None:
        """Add a row under the one where the keyboard is, and type in it."""
        self._go(self.modele.add_row(self.table.currentIndex()))
        self.table.setFocus()

    def remove_rows(self) -> None:
        """Take away the rows that are chosen."""
        lignes = sorted({i.row() for i in self.table.selectedIndexes()})
        if lignes:
            self.modele.remove_rows(lignes)
            self._go(self.modele.index(min(lignes[0], self.modele.rowCount() - 1), 0))
        self.table.setFocus()

    def next_fault(self) -> None:
        """Go to the next row at fault, the first one after the last."""
        rangs = sorted(r for r in self.modele.fautes if r >= 0)
        if not rangs:
            return
        ici = self.modele.rank(self.table.currentIndex())
        voulu = next((r for r in rangs if r > ici), rangs[0])
        self.cherche.clear()
        self._go(self.modele.index_of(voulu))
        self.table.setFocus()

    def check(self) -> None:
        """Read every row again and say what is wrong."""
        self._attente.stop()
        trouvees = fautes(self._nom, self.modele.rangees)
        self.modele.set_fautes(trouvees)
        self.garder.setEnabled(not trouvees and (self.modele.modified or bool(self._remplace)))
        self.suivante.setEnabled(any(r >= 0 for r in trouvees))
        quoi = pluriel(len(trouvees), "ligne en défaut", "lignes en défaut") if trouvees else "tout est lisible"
        plus = " au moins" if len(trouvees) >= FAUTES_MAX else ""
        lignes = pluriel(len(self.modele.rangees), "ligne")
        self.compte.setText(f"{lignes}{NBSP}· {'✕' if trouvees else '✓'}{NBSP}{quoi}{plus}")
        self._say(self.table.currentIndex())

    def accept(self) -> None:
        """Give the list, unless something is wrong in it."""
        self.table.setFocus()  # what is being typed in a cell is taken
        self.check()
        if not self.garder.isEnabled():
            self.next_fault()
            return
        self.given.emit(self.modele.texte())

    def reject(self) -> None:
        """Close; ask first when something typed would be lost."""
        perdu = self.modele.modified and not self._services.alertes.ask(
            "Liste modifiée",
            f"La liste «{NBSP}{self._nom.libelle}{NBSP}» est modifiée et n’est pas enregistrée. Abandonner vos "
            f"changements{NNBSP}?",
            oui="Abandonner",
            non="Continuer",
        )
        if not perdu:
            super().reject()

    # --- inside -----------------------------------------------------------------------------------------------

    def _search(self, texte: str) -> None:
        self.modele.search(texte)
        self._go(self.modele.index(0, 0))

    def _go(self, index: QModelIndex) -> None:
        if index.isValid():
            geste = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.table.selectionModel().setCurrentIndex(index, geste)
            self.table.scrollTo(index)

    def _say(self, index: QModelIndex, _avant: QModelIndex | None = None) -> None:
        """Say what the column expects, and what is wrong with the row."""
        colonne = self.modele.liste.colonnes[index.column()] if index.isValid() else None
        aide = colonne.aide if colonne is not None else ""
        self.aide.setText(f"{colonne.titre}{NBSP}: {aide}." if colonne is not None and aide else "")
        rang = self.modele.rank(index)
        dite = self.modele.fautes.get(rang) or self.modele.fautes.get(-1, "")
        if dite:
            self.faute.setText(f"✕{NBSP}{dite}")
        elif self.modele.fautes:
            rangs = [str(r + 1) for r in sorted(self.modele.fautes) if r >= 0]
            self.faute.setText(f"✕{NBSP}À corriger{NBSP}: ligne{'s' if len(rangs) > 1 else ''} {', '.join(rangs)}.")
        else:
            self.faute.setText("")
        self.faute.setVisible(bool(self.faute.text()))
