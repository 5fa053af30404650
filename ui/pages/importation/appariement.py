"""The table of attributes beside the columns that one could be; the columns left free under their own tab."""

from functools import partial

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QButtonGroup,
    QHeaderView,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from o2r_desktop.dossiers.appariement import Appariement, ColonneLue
from o2r_desktop.dossiers.model import Colonne
from o2r_desktop.text import NBSP, nombre, pluriel, printable
from ui.models.correspondance import CorrespondanceModel, EtatAttribut, LigneAttribut, Partie, nom_colonne
from ui.pages.importation.candidats import CandidatsVolet
from ui.theme import Theme
from ui.widgets.base import KeyCap, fill, label, row, split
from ui.widgets.delegates import MARGE, CellDelegate, PillDelegate, semibold
from ui.widgets.flux import Flow
from ui.widgets.tableau import ReadTable

_FIXES = {Partie.TROUVEE: "les mêmes valeurs, autre lib", Partie.SECTION: "Porteur du projet MM"}
_SOUPLES = (Partie.ATTRIBUT, Partie.COLONNE)
_MOTS_MIN = "M" * 13


class AppariementVue(QWidget):
    """What each attribute is bound to, and the way to bind it otherwise. Nothing is written here."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.modele = CorrespondanceModel(self)
        self.table = _Table()
        self.volet = CandidatsVolet(self.modele, theme)
        self.libres = ReadTable("Colonnes sans équivalent", ("Colonne", "Exemples", "Remplie"), etiree=1)
        self.compte = label(role="secondaire")
        self.onglets: dict[str, QPushButton] = {}
        self._dresser_table()
        self._composer()
        self.modele.changed.connect(self._dire)
        self.modele.modelReset.connect(self._to_first)
        self.volet.column_chosen.connect(self._choose)
        self.volet.forgotten.connect(self._forget)
        self._theme.changed.connect(self._mesurer)
        self._mesurer()

    # --- building -------------------------------------------------------------------------------------------

    def _dresser_table(self) -> None:
        self.table.setModel(self.modele)
        self.table.setItemDelegate(CellDelegate(self._theme, self.table))
        self.table.setItemDelegateForColumn(Partie.ETAT, PillDelegate(self._theme, self.table))
        self.table.setItemDelegateForColumn(Partie.ATTRIBUT, CellDelegate(self._theme, self.table, gras=True))
        self.table.setAccessibleName("Informations du formulaire et leurs colonnes")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._detailler())
        self.table.activated.connect(lambda *_: self.volet.liste.setFocus())

    def _composer(self) -> None:
        self._pile = QStackedWidget()
        separation = QSplitter(Qt.Orientation.Horizontal)
        split(separation, self.table, self.volet)
        separation.setStretchFactor(0, 2)
        separation.setStretchFactor(1, 1)
        separation.setSizes([2_100, 1_000])
        separation.setChildrenCollapsible(False)
        phrase = label(
            "Ces colonnes sont gardées et montrées avec le dossier ; les contrôles ne les lisent pas.",
            "secondaire",
            wrap=True,
        )
        seules = QWidget()
        fill(QVBoxLayout(seules), phrase, self.libres)
        self._pile.addWidget(separation)
        self._pile.addWidget(seules)
        pile = QVBoxLayout(self)
        fill(pile, self._barre(), self._pile)
        pile.setStretchFactor(self._pile, 1)
        suivante = QShortcut(QKeySequence("Alt+Down"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        suivante.activated.connect(self.go_to_next)

    def _barre(self) -> QWidget:
        barre = QWidget()
        suite = Flow(barre)
        groupe = QButtonGroup(self)
        for cle in ("a_verifier", "tous", "libres"):
            bouton = QPushButton()
            bouton.setProperty("role", "onglet")
            bouton.setCheckable(True)
            bouton.setAutoExclusive(True)
            bouton.toggled.connect(partial(self._filtrer, cle))
            groupe.addButton(bouton)
            suite.addWidget(bouton)
            self.onglets[cle] = bouton
        aide = QWidget()
        aide.setLayout(row(KeyCap("Alt+Down"), label("suivante à vérifier", "secondaire"), espace=4))
        suite.addWidget(aide)
        suite.addWidget(self.compte)
        return barre

    def _mesurer(self) -> None:
        """Follow the size of the text."""
        police = QApplication.font()
        mesure, gras = QFontMetrics(police), QFontMetrics(semibold(police))
        self.table.verticalHeader().setDefaultSectionSize(max(28, mesure.height() + 12))
        pastille = PillDelegate(self._theme, self)
        self.table.setColumnWidth(Partie.ETAT, pastille.width_of(police, EtatAttribut.A_VERIFIER.value) + 2)
        pastille.deleteLater()
        for partie, mots in _FIXES.items():
            self.table.setColumnWidth(partie, mesure.horizontalAdvance(mots) + 2 * MARGE)
        self.table.souples = gras.horizontalAdvance(_MOTS_MIN)
        self.table.share()
        self.table.setMinimumHeight(mesure.height() * 4)
        self.volet.setMinimumWidth(mesure.horizontalAdvance("M" * 14))

    # --- what the page says ---------------------------------------------------------------------------------

    def show_appariement(self, appariement: Appariement) -> None:
        """Show what was matched, at what is to look at when there is some."""
        self.modele.set_appariement(appariement)
        cle = "a_verifier" if self.modele.restants else "tous"
        if self.onglets[cle].isChecked():
            self._filtrer(cle, coche=True)
        else:
            self.onglets[cle].setChecked(True)

    def choose(self, attribut: str, colonne: Colonne | None) -> None:
        """Bind an attribute, and show it when it is in view."""
        self.modele.choose(attribut, colonne)
        rang = self.modele.rang_de(attribut)
        if rang >= 0:
            self._select(rang)

    def go_to_next(self) -> None:
        """Select the next attribute to look at."""
        rang = self.modele.next_to_check(self.table.currentIndex().row())
        if rang >= 0:
            self._select(rang)

    def focus_search(self) -> None:
        """Put the focus in the search of the columns."""
        self.volet.recherche.setFocus()
        self.volet.recherche.selectAll()

    @property
    def ligne(self) -> LigneAttribut | None:
        """The attribute that is selected."""
        rang = self.table.currentIndex().row()
        return self.modele.ligne(rang) if 0 <= rang < self.modele.rowCount() else None

    # --- what the user does ---------------------------------------------------------------------------------

    def _filtrer(self, cle: str, coche: bool) -> None:
        if not coche:
            return
        self._pile.setCurrentIndex(int(cle == "libres"))
        if cle != "libres":
            self.modele.set_filtre(a_verifier=cle == "a_verifier")

    def _choose(self, colonne: Colonne | None) -> None:
        if (ligne := self.ligne) is not None:
            self.choose(ligne.proposition.attribut.id, colonne)

    def _forget(self) -> None:
        if (ligne := self.ligne) is not None:
            self.modele.forget(ligne.proposition.attribut.id)

    def _to_first(self) -> None:
        if self.modele.rowCount():
            premiere = self.modele.next_to_check(-1)
            self._select(max(0, premiere))
        self._detailler()

    def _select(self, rang: int) -> None:
        voulu = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(self.modele.index(rang, Partie.ATTRIBUT), voulu)

    def _detailler(self) -> None:
        self.volet.show_ligne(self.ligne)

    def _dire(self) -> None:
        restants, libres = self.modele.restants, self.modele.libres
        total = len(self.modele.appariement.a_verifier)
        for cle, nom, combien in (
            ("a_verifier", "À vérifier", total),
            ("tous", "Toutes", len(self.modele.lignes)),
            ("libres", "Colonnes sans équivalent", len(libres)),
        ):
            self.onglets[cle].setText(f"{nom} {nombre(combien)}")
            self.onglets[cle].setAccessibleName(f"{nom}{NBSP}: {nombre(combien)}")
        reste = pluriel(restants, "reste", "restent")
        self.compte.setText(f"{reste} à vérifier" if restants else "✓ rien ne reste à vérifier")
        self.libres.show_rows([_libre(c) for c in libres])
        self._detailler()
        self.changed.emit()


class _Table(QTableView):
    """Gives the names the width that is left, ``souples`` pixels each at least."""

    souples = 100

    def share(self) -> None:
        """Share the width again."""
        autres = sum(self.columnWidth(p) for p in Partie if p not in _SOUPLES)
        libre = max(self.souples, (self.viewport().width() - autres) // len(_SOUPLES))
        for partie in _SOUPLES:
            self.setColumnWidth(partie, libre)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Share the width."""
        super().resizeEvent(event)
        self.share()


def _libre(lue: ColonneLue) -> tuple[str, str, str]:
    valeurs = " · ".join(" ".join(printable(e).split())[:80] for e in lue.exemples)
    return nom_colonne(lue.colonne), valeurs or "—", f"{nombre(lue.remplies)} sur {nombre(lue.total)}"
