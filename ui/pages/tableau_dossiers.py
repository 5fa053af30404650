"""The table of dossiers: columns that fit and are remembered, keys, selection. Rows come from the page."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from o2r_desktop.suivi import Colonne
from ui.models.dossiers import CHIFFREES, COLONNES, DossiersModel
from ui.pages.colonnes_dossiers import CLE_COLONNES, MODELES, REPLIABLES, SOUPLES, VISIBLES
from ui.services import Services
from ui.widgets.delegates import CellDelegate, PillDelegate, ProgressDelegate


class TableauDossiers(QTableView):
    """Rows of dossiers; one is current, some are selected. Letters typed in it go to the search."""

    opened = Signal(object)
    previewed = Signal()
    escaped = Signal()
    typed = Signal(str)
    menu_asked = Signal(object)
    current_changed = Signal()
    selection_changed = Signal()
    columns_changed = Signal()

    def __init__(self, services: Services, modele: DossiersModel) -> None:
        super().__init__()
        self._services = services
        self._modele = modele
        self._largeurs: dict[Colonne, float] = {}
        self._mesures: dict[tuple[str, Colonne], int] = {}
        self._compact = False
        self._en_pose = False
        self._take_viewport()
        self.setModel(modele)
        self.setAccessibleName("Dossiers")
        self.setAccessibleDescription("Entrée ouvre le dossier, Espace en montre un aperçu.")
        self._dress_table()
        self._delegues = self._delegates()
        self._restore()
        entete = self.horizontalHeader()
        entete.sectionResized.connect(self._section_resized)
        entete.sectionMoved.connect(self._remember)
        self.selectionModel().currentRowChanged.connect(self._current_moved)
        self.verticalScrollBar().rangeChanged.connect(self._bar_changed)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        self.doubleClicked.connect(lambda index: self.opened.emit(self._modele.numero(index.row())))
        self.entered.connect(self._hover)
        services.theme.changed.connect(self._theme_changed)
        self._theme_changed()

    # --- columns ------------------------------------------------------------------------------------------

    def columns(self) -> list[Colonne]:
        """Return the columns that the user wants, from left to right."""
        return [c for c in self._ordre() if c in self._voulues]

    def show_column(self, colonne: Colonne, visible: bool) -> None:
        """Show or hide a column, and remember it; the last one stays."""
        if visible:
            self._voulues.add(colonne)
        elif len(self._voulues) > 1:
            self._voulues.discard(colonne)
        self._remember()
        self.fit()

    def reset_columns(self) -> None:
        """Bring back the columns, the order and the widths of the first day."""
        self.put_columns(())

    def written_columns(self) -> tuple[str, ...]:
        """Return the columns in order, with the width in lines of text of those that the user sized."""
        return self._written(self.columns())

    def put_columns(self, mots: Sequence[str]) -> None:
        """Show the columns that written_columns() gave, and remember them; those of the first day for none."""
        self._services.reglages.set_texte(CLE_COLONNES, " ".join(mots))
        self._largeurs.clear()
        self._restore()
        self.fit()
        self.columns_changed.emit()

    def order_columns(self, colonnes: Sequence[Colonne]) -> None:
        """Show these columns, in order; those that the user sized keep their widths."""
        self.put_columns(self._written(colonnes))

    def _written(self, colonnes: Sequence[Colonne]) -> tuple[str, ...]:
        return tuple(f"{c}={self._largeurs[c]:.2f}" if c in self._largeurs else c.value for c in colonnes)

    def set_compact(self, compact: bool) -> None:
        """Leave room for the quick view: columns that it repeats give way when they do not fit."""
        self._compact = compact
        self.fit()

    def fit(self) -> None:
        """Share the width: each column what it needs or what the user gave, the rest to those that can use it."""
        largeurs = {c: self._width(c) for c in self.columns()}
        place = self.viewport().width()
        if self._compact:
            for colonne in REPLIABLES:
                if sum(largeurs.values()) <= place or len(largeurs) <= 1:
                    break
                largeurs.pop(colonne, None)
        souples = [c for c in largeurs if c in SOUPLES and c not in self._largeurs]
        reste, parts = max(0, place - sum(largeurs.values())), sum(SOUPLES[c] for c in souples)
        for rang, colonne in enumerate(souples):
            plus = reste if rang == len(souples) - 1 else reste * SOUPLES[colonne] // parts
            largeurs[colonne] += plus
            reste, parts = reste - plus, parts - SOUPLES[colonne]
        self._en_pose = True
        for logique, colonne in enumerate(COLONNES):
            self.setColumnHidden(logique, colonne not in largeurs)
            if colonne in largeurs:
                self.setColumnWidth(logique, largeurs[colonne])
        self._en_pose = False
        self._mark_current()

    def _width(self, colonne: Colonne) -> int:
        metrique = self.fontMetrics()
        if colonne in self._largeurs:
            return max(3 * metrique.averageCharWidth(), round(self._largeurs[colonne] * metrique.height()))
        police = self.font()
        cle = (police.key(), colonne)
        if cle not in self._mesures:
            titre = round(metrique.horizontalAdvance(colonne.libelle) * 0.96) + 2 * 8 + metrique.height()
            self._mesures[cle] = max(titre, self._delegues[colonne].width_of(police, MODELES[colonne]))
        return self._mesures[cle]

    def _ordre(self) -> list[Colonne]:
        entete = self.horizontalHeader()
        return [COLONNES[entete.logicalIndex(place)] for place in range(len(COLONNES))]

    def _section_resized(self, logique: int, _avant: int, apres: int) -> None:
        if self._en_pose or not apres:
            return
        self._largeurs[COLONNES[logique]] = apres / self.fontMetrics().height()
        self._remember()

    def _remember(self, *_: int) -> None:
        if self._en_pose:
            return
        self._services.reglages.set_texte(CLE_COLONNES, " ".join(self.written_columns()))
        self.columns_changed.emit()

    def _restore(self) -> None:
        choisies: list[Colonne] = []
        for mot in self._services.reglages.texte(CLE_COLONNES).split():
            nom, _, largeur = mot.partition("=")
            if nom not in set(Colonne) or Colonne(nom) in choisies:
                continue
            choisies.append(Colonne(nom))
            if largeur.replace(".", "", 1).isdecimal():
                self._largeurs[Colonne(nom)] = float(largeur)
        self._voulues = set(choisies or VISIBLES)
        ordre = [*choisies, *(c for c in COLONNES if c not in choisies)]
        self._en_pose = True
        for place, colonne in enumerate(ordre):
            entete = self.horizontalHeader()
            entete.moveSection(entete.visualIndex(COLONNES.index(colonne)), place)
        self._en_pose = False

    # --- rows ---------------------------------------------------------------------------------------------

    def current_numero(self) -> int | None:
        """Return the number of the current dossier, None when there is none."""
        index = self.currentIndex()
        return self._modele.numero(index.row()) if index.isValid() else None

    def selected_numeros(self) -> list[int]:
        """Return the numbers of the selected dossiers, in the order shown."""
        return [self._modele.numero(ligne) for ligne in self.selected_rows()]

    def selected_rows(self) -> list[int]:
        """Return the selected rows, from the first."""
        lignes: set[int] = set()
        for plage in self.selectionModel().selection().toList():
            lignes.update(range(plage.top(), plage.bottom() + 1))
        return sorted(lignes)

    def copy_numeros(self) -> None:
        """Copy the numbers of the selected dossiers, one a line."""
        QGuiApplication.clipboard().setText("\n".join(map(str, self.selected_numeros())))

    def selected_count(self) -> int:
        """Return how many rows are selected."""
        return len(self.selected_rows())

    def restore_rows(self, choisis: Iterable[int], courant: int | None, *, defaut: int = 0) -> None:
        """Select these dossiers again and make one current, or the row *defaut* when it is not shown any more."""
        place = self._modele.row_of(courant) if courant is not None else None
        if place is None and self._modele.rangs:
            place = min(max(0, defaut), len(self._modele.rangs) - 1)
        if place is not None:
            colonne = COLONNES.index(self._ordre_visible()[0])
            self.selectionModel().setCurrentIndex(
                self._modele.index(place, colonne), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        voulus = set(choisis)
        if voulus:
            lignes = [i for i in range(len(self._modele.rangs)) if self._modele.numero(i) in voulus]
            self.selectionModel().select(self._selection(lignes), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def keep_place(self, montrer: Callable[[], object]) -> None:
        """Have other rows shown; who has scrolled away from the current row sees the same first row after."""
        haut = self.indexAt(QPoint(0, 0))
        ailleurs = haut.isValid() and not self.viewport().rect().intersects(self.visualRect(self.currentIndex()))
        numero = self._modele.numero(haut.row()) if ailleurs else None
        montrer()
        ligne = None if numero is None else self._modele.row_of(numero)
        if ligne is not None:
            self.verticalScrollBar().setValue(ligne)

    def _ordre_visible(self) -> list[Colonne]:
        return [c for c in self._ordre() if not self.isColumnHidden(COLONNES.index(c))] or list(COLONNES)

    def _selection(self, lignes: Sequence[int]) -> QItemSelection:
        """Return rows as few ranges as possible: ten thousand of them are one."""
        selection = QItemSelection()
        debut = 0
        for fin in range(1, len(lignes) + 1):
            if fin == len(lignes) or lignes[fin] != lignes[fin - 1] + 1:
                haut, bas = lignes[debut], lignes[fin - 1]
                selection.append(
                    QItemSelectionRange(self._modele.index(haut, 0), self._modele.index(bas, len(COLONNES) - 1))
                )
                debut = fin
        return selection

    # --- keys and mouse -----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Open, look, leave; the rest is the table's."""
        numero = self.current_numero()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and numero is not None:
            self.opened.emit(numero)
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.previewed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 Qt
        """Give letters to the search field, which finds anywhere."""
        if search.strip() and search.isprintable():
            self.typed.emit(search)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 Qt
        """Offer what can be done, at the mouse or at the current row."""
        index = self.currentIndex()
        if not index.isValid():
            return
        au_clavier = event.reason() == QContextMenuEvent.Reason.Keyboard
        sous_la_ligne = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        self.menu_asked.emit(sous_la_ligne if au_clavier else event.globalPos())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 Qt
        """Follow the mouse, also where there is no row."""
        super().mouseMoveEvent(event)
        if not self.indexAt(event.position().toPoint()).isValid():
            self._hover(QModelIndex())

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 Qt
        """Forget the row of the mouse."""
        super().leaveEvent(event)
        self._hover(QModelIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Share the width again."""
        super().resizeEvent(event)
        self.fit()

    def _current_moved(self, *_: QModelIndex) -> None:
        self._mark_current()
        self.current_changed.emit()

    def _mark_current(self) -> None:
        """Have the delegates show where the keyboard stands, also when the row is not selected."""
        premiere = self._ordre_visible()[0]
        for colonne, delegue in self._delegues.items():
            delegue.current = self.currentIndex().row()
            delegue.leads = colonne is premiere
        self.viewport().update()

    def _bar_changed(self, _bas: int, haut: int) -> None:
        self.verticalScrollBar().setEnabled(haut > 0)  # always there, so that columns do not move

    def _hover(self, index: QModelIndex) -> None:
        ligne = index.row() if index.isValid() else -1
        for delegue in self._delegues.values():
            delegue.hovered = ligne
        self.viewport().update()

    # --- look ---------------------------------------------------------------------------------------------

    def _take_viewport(self) -> None:
        """Put a widget of ours for Qt's own: to hand that one over, PySide6 loads every class of widget."""
        surface = QWidget()
        surface.setObjectName("qt_scrollarea_viewport")
        surface.setBackgroundRole(QPalette.ColorRole.Base)
        surface.setAutoFillBackground(True)
        self.setViewport(surface)

    def _dress_table(self) -> None:
        self.setObjectName("tableau_dossiers")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        entete = self.horizontalHeader()
        entete.setSectionsMovable(True)
        entete.setFirstSectionMovable(True)
        entete.setHighlightSections(False)
        entete.setSectionsClickable(True)
        entete.setSortIndicatorShown(True)
        entete.setSortIndicatorClearable(True)
        entete.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        entete.setMinimumSectionSize(24)
        entete.setAccessibleName("Colonnes du tableau")
        # Asked which columns are selected, the model would be counted row by row at each change of selection.
        entete.setSelectionModel(QItemSelectionModel(self._modele, self))

    def _delegates(self) -> dict[Colonne, CellDelegate]:
        theme = self._services.theme
        delegues: dict[Colonne, CellDelegate] = {}
        for logique, colonne in enumerate(COLONNES):
            if colonne in (Colonne.PRIORITE, Colonne.CONTROLE, Colonne.AVIS, Colonne.ETAT):
                delegues[colonne] = PillDelegate(theme, self)
            elif colonne is Colonne.AVANCEMENT:
                delegues[colonne] = ProgressDelegate(theme, self)
            else:
                delegues[colonne] = CellDelegate(
                    theme, self, gras=colonne is Colonne.PORTEUR, nombre=colonne in CHIFFREES
                )
            self.setItemDelegateForColumn(logique, delegues[colonne])
        return delegues

    def _theme_changed(self) -> None:
        self.ensurePolished()
        hauteur = round(self.fontMetrics().height() * 1.88)
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(hauteur)
        self.fit()
        self.viewport().update()
