"""The places of a project: the map, its legend, and the list where one more can be retained."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from o2r_desktop.analyse.territoire.carte import carte
from o2r_desktop.dossiers.territoires import DEPARTEMENTS
from o2r_desktop.text import NBSP, enumeration, normalise, printable
from ui.pages.dossier.analyse.territoire_donnees import Famille, Lieu
from ui.theme import Theme, Ton
from ui.widgets.base import Pastille, column, fill, label, row
from ui.widgets.carte import CarteView, Couverture
from ui.widgets.carte_legende import Legende
from ui.widgets.flux import Flow

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole.UserRole
_RETENABLES = (Famille.EPCI, Famille.ZONE)
_COTE_A_COTE = 78
"""Letters of width from which the list stands beside the map."""


class ListeLieux(QTreeWidget):
    """Every place of the region by family, those of the project first; a tick retains one more."""

    toggled = Signal(object)
    """The Lieu to retain, or no longer."""
    chosen = Signal(str)
    """Code of the place where the keyboard is."""

    def __init__(self) -> None:
        super().__init__()
        self._lignes: dict[str, QTreeWidgetItem] = {}
        self._groupes: dict[Famille, QTreeWidgetItem] = {}
        self._modifiable = False
        self.setAccessibleName("Lieux du projet et de la région")
        self.setAccessibleDescription("Espace ou Entrée : retenir un lieu de plus, ou l’enlever.")
        self.setColumnCount(2)
        self.setHeaderLabels(["Lieu", "Dans le projet"])
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self.setMinimumHeight(self.fontMetrics().height() * 9)
        self.itemChanged.connect(self._changed)
        self.currentItemChanged.connect(self._chosen)

    def show_lieux(self, lieux: Sequence[Lieu], *, modifiable: bool) -> None:
        """Show the places; while they are the same ones, each stays where it is."""
        self._modifiable = modifiable
        muet = self.blockSignals(True)
        if {p.code for p in lieux} != set(self._lignes):
            self._build(lieux)
        for lieu in lieux:
            self._mark(self._lignes[lieu.code], lieu)
        for famille, groupe in self._groupes.items():
            dedans = [p for p in lieux if p.famille is famille]
            compte = sum(p.vise for p in dedans)
            groupe.setText(0, f"{famille.value} ({compte} sur {len(dedans)})")
        self.setColumnWidth(1, self.fontMetrics().averageCharWidth() * 22)
        self.blockSignals(muet)

    def start_over(self) -> None:
        """Have the next places sorted again: another dossier comes."""
        muet = self.blockSignals(True)
        self.clear()
        self._lignes, self._groupes = {}, {}
        self.blockSignals(muet)

    def select(self, code: str) -> None:
        """Put the keyboard on a place."""
        ligne = self._lignes.get(code)
        if ligne is not None and ligne is not self.currentItem():
            ligne.setHidden(False)
            self.setCurrentItem(ligne)

    @property
    def lieu(self) -> Lieu | None:
        """The place where the keyboard is, None on a heading."""
        return self._lieu(self.currentItem())

    def lieu_of(self, code: str) -> Lieu | None:
        """Return a place by its code."""
        return self._lieu(self._lignes.get(code))

    def search(self, texte: str) -> None:
        """Keep the places that hold some words."""
        mots = normalise(texte).split()
        for ligne in self._lignes.values():
            dit = normalise(ligne.text(0))
            ligne.setHidden(not all(mot in dit for mot in mots))
        for groupe in self._groupes.values():
            vues = [li for li in self._lignes.values() if li.parent() is groupe and not li.isHidden()]
            groupe.setHidden(bool(mots) and not vues)
            if mots and vues:
                groupe.setExpanded(True)

    def _build(self, lieux: Sequence[Lieu]) -> None:
        self.clear()
        self._lignes, self._groupes = {}, {}
        for famille in Famille:
            dedans = [p for p in lieux if p.famille is famille]
            if not dedans:
                continue
            self._groupes[famille] = groupe = QTreeWidgetItem(self)
            groupe.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            groupe.setFirstColumnSpanned(True)
            groupe.setExpanded(True)
            for lieu in dedans:
                self._lignes[lieu.code] = QTreeWidgetItem(groupe)
            if not any(p.vise for p in dedans) and famille is not Famille.DEPARTEMENT:
                groupe.setExpanded(False)

    def _mark(self, ligne: QTreeWidgetItem, lieu: Lieu) -> None:
        ligne.setText(0, lieu.nom)
        ligne.setText(1, lieu.etat)
        ligne.setToolTip(0, lieu.nom if "<" not in lieu.nom else "")
        ligne.setData(0, _ROLE, lieu)
        drapeaux = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if lieu.famille in _RETENABLES and not lieu.lu:
            drapeaux |= Qt.ItemFlag.ItemIsUserCheckable if self._modifiable else Qt.ItemFlag.NoItemFlags
            ligne.setCheckState(0, Qt.CheckState.Checked if lieu.retenu else Qt.CheckState.Unchecked)
        else:
            ligne.setData(0, Qt.ItemDataRole.CheckStateRole, None)
        ligne.setFlags(drapeaux)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Tick with Entrée as with Espace."""
        lieu = self.lieu
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and lieu is not None and not event.modifiers():
            self.toggled.emit(lieu)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 Qt
        """Leave letters and digits to the page."""

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:  # noqa: N802 Qt
        """Paint the arrows of families only."""
        if not index.parent().isValid():
            super().drawBranches(painter, rect, index)

    def _changed(self, ligne: QTreeWidgetItem, _colonne: int) -> None:
        lieu = self._lieu(ligne)
        if lieu is not None and (ligne.checkState(0) is Qt.CheckState.Checked) != lieu.retenu:
            self.toggled.emit(lieu)

    def _chosen(self, ligne: QTreeWidgetItem | None, _avant: QTreeWidgetItem | None) -> None:
        lieu = self._lieu(ligne)
        if lieu is not None:
            self.chosen.emit(lieu.code)

    def _lieu(self, ligne: QTreeWidgetItem | None) -> Lieu | None:
        donnee = ligne.data(0, _ROLE) if ligne is not None else None
        return donnee if isinstance(donnee, Lieu) else None


class LieuxView(QWidget):
    """The map beside the list, one following the other."""

    toggled = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.constat = label("", "gras", wrap=True)
        self.carte = CarteView(theme)
        trace = carte()
        self.carte.show_carte(trace)
        self.source = label(trace.source, "secondaire", wrap=True)
        self.liste = ListeLieux()
        self.cherche = QLineEdit()
        self.cherche.setPlaceholderText("Chercher un lieu")
        self.cherche.setAccessibleName("Chercher un lieu")
        self.cherche.setClearButtonEnabled(True)
        self.zoom = QComboBox()
        self.zoom.setAccessibleName("Partie de la carte")
        self.zoom.addItem("Toute la région", "")
        for code, nom in DEPARTEMENTS.items():
            self.zoom.addItem(nom, code)
        self.comptes = QCheckBox("Autres dossiers par département")
        self.legende = Legende(theme)
        self.ici = label("", wrap=True)
        self.tus = label("", "secondaire", wrap=True)
        self._doute = Pastille("⚠ lieu non reconnu", Ton.ALERTE)
        self.inconnus = label("", wrap=True)
        self._cote = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._couverture = Couverture()
        self._compose()
        self._connect()

    def _compose(self) -> None:
        self._cote.setSpacing(12)
        reglages = QWidget()
        suite = Flow(reglages)
        suite.addWidget(self.zoom)
        suite.addWidget(self.comptes)
        vue = column(reglages, self.carte, self.ici, self.legende, self.tus, espace=6)
        vue.setStretchFactor(self.carte, 1)
        self._cote.addLayout(vue, 5)
        self._cote.addLayout(column(self.cherche, self.liste, espace=6), 6)
        self._ligne_doute = QWidget()
        ligne = row(self._doute, self.inconnus)
        ligne.setStretch(1, 1)
        fill(ligne)
        self._ligne_doute.setLayout(ligne)
        aide = label(
            "Carte : flèches, Entrée pour retenir, Espace pour agrandir. Vos lieux s’ajoutent à ceux du dossier.",
            "secondaire",
            wrap=True,
        )
        fill(
            QVBoxLayout(self),
            self.constat,
            self._ligne_doute,
            self._cote,
            aide,
            self.source,
        )

    def _connect(self) -> None:
        self.liste.toggled.connect(self.toggled)
        self.liste.chosen.connect(self.carte.select)
        self.carte.lieu_changed.connect(self._chosen)
        self.carte.lieu_toggled.connect(self._toggle_code)
        self.carte.zoom_changed.connect(lambda code: self.zoom.setCurrentIndex(self.zoom.findData(code)))
        self.zoom.currentIndexChanged.connect(lambda: self.carte.set_zoom(self.zoom.currentData()))
        self.cherche.textChanged.connect(self.liste.search)
        self.cherche.installEventFilter(self)
        self.comptes.toggled.connect(self._paint)

    def show_lieux(
        self,
        lieux: Sequence[Lieu],
        couverture: Couverture,
        constat: str,
        inconnus: Sequence[str],
        *,
        modifiable: bool,
    ) -> None:
        """Show the places of a project, what the map says of them, the words that name none."""
        self.constat.setText(printable(constat))
        self.liste.show_lieux(lieux, modifiable=modifiable)
        self._couverture = couverture
        self.comptes.setEnabled(bool(couverture.comptes))
        cites = enumeration([f"«{NBSP}{printable(mot)}{NBSP}»" for mot in inconnus])
        self.inconnus.setText(f"{cites}{NBSP}: à rapprocher d’un lieu de la liste, s’il en est un.")
        self._ligne_doute.setVisible(bool(inconnus))
        self._paint()

    def say_not_drawn(self, phrase: str) -> None:
        """Say which territories the map cannot show, «» for none."""
        self.tus.setText(phrase)
        self.tus.setVisible(bool(phrase))

    def _paint(self) -> None:
        montres = self.comptes.isChecked() and self.comptes.isEnabled()
        dit = self._couverture
        vue = dit if montres else Couverture(lus=dit.lus, retenus=dit.retenus, enjeux=dit.enjeux)
        self.carte.show_couverture(vue, self.constat.text())
        self.legende.show_counts(montres=montres)
        self.ici.setText(self.carte.mots(self.carte.current))

    def _chosen(self, code: str) -> None:
        self.liste.select(code)
        self.ici.setText(self.carte.mots(code))

    def _toggle_code(self, code: str) -> None:
        lieu = self.liste.lieu_of(code)
        if lieu is not None:
            self.toggled.emit(lieu)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 Qt
        """Go from the search to the list with the down arrow."""
        appuyee = watched is self.cherche and event.type() == QEvent.Type.KeyPress
        if appuyee and isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return):
            self.liste.setFocus()
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Put the list under the map when there is no room beside it."""
        super().resizeEvent(event)
        large = self.width() >= self.fontMetrics().averageCharWidth() * _COTE_A_COTE
        voulu = QBoxLayout.Direction.LeftToRight if large else QBoxLayout.Direction.TopToBottom
        if self._cote.direction() is not voulu:
            self._cote.setDirection(voulu)
        part = 0.5 if large else 1.0
        self.carte.setMinimumHeight(max(240, min(400, round(self.width() * part * 0.72))))
