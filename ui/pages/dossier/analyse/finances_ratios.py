"""The ratios beside the accounts: a table, the trail of the chosen one, the two fears, «sans objet»."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHeaderView,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from o2r_desktop.analyse.finances import Finances
from o2r_desktop.analyse.finances.ratios import Lecture, Ratio
from o2r_desktop.analyse.saisie import Source
from o2r_desktop.text import NBSP, NNBSP, montant, printable
from ui.models.comptes import source_dite
from ui.models.ratios import LECTURE, LECTURES, NOM, SERIE, VALEUR, RatiosModel, valeur_dite
from ui.theme import Theme, Ton
from ui.widgets.base import Banner, EmptyState, Pastille, button, column, fill, label, row
from ui.widgets.delegates import CellDelegate, PillDelegate
from ui.widgets.sparkline import SparklineDelegate

_ENTREES_MAX = 12
"""Inputs of a ratio that are shown: the one that has the most has nine."""
_COTE_A_COTE = 104
"""Letters of width from which the trail stands at the right of the table."""
_BASSE = 17
"""Lines of text of height under which the table alone is shown: the trail is one click away, in «Ratios»."""
_VIDE = (
    "Pas encore de comptes",
    "Saisissez les montants des derniers exercices, ou importez-les d’un tableur"
    f"{NNBSP}: les ratios s’affichent à mesure.",
)
_QUE_FAIRE = {
    "public": "Les ratios d’une association ne disent rien d’une collectivité ni d’un établissement public"
    f"{NBSP}: regardez sa capacité à porter le projet et commentez-la sur le critère.",
    "jeune": f"Moins de deux exercices clos{NBSP}: regardez le prévisionnel, les apports et le soutien d’un réseau"
    f"{NNBSP}; ce n’est jamais un 0 d’office.",
}


class RatiosView(QWidget):
    """Shows the health of a body; the ratio that is chosen stays chosen from dossier to dossier."""

    piece_requested = Signal(str, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.craintes = [Banner("", Ton.ALERTE) for _ in range(2)]
        self.lecture = label("", "secondaire", wrap=True)
        self.modele = RatiosModel(self)
        self.table = TableRatios(theme, self.modele)
        self.fiche = FicheRatio()
        self.fiche.piece_requested.connect(self.piece_requested)
        self.sans_objet = EmptyState("", "")
        self._defile = QScrollArea()
        self._defile.setWidget(self.fiche)
        self._defile.setWidgetResizable(True)
        self._defile.setFrameShape(QFrame.Shape.NoFrame)
        self._defile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._corps = QWidget()
        self._cotes = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._corps)
        self._cotes.setContentsMargins(0, 0, 0, 0)
        self._cotes.setSpacing(8)
        self._cotes.addWidget(self.table, 3)
        self._cotes.addWidget(self._defile, 2)
        self._pile = QStackedWidget()
        self._pile.addWidget(self.sans_objet)
        self._pile.addWidget(self._corps)
        self.lecture.setContentsMargins(12, 4, 12, 4)
        fill(QVBoxLayout(self), *self.craintes, self.lecture, self._pile, espace=0)
        self.layout().setStretch(3, 1)  # type: ignore[union-attr]
        self.table.selectionModel().currentRowChanged.connect(self._show_ratio)
        self.modele.dataChanged.connect(self._show_ratio)
        self.modele.modelReset.connect(self._reset)

    def show_finances(self, finances: Finances) -> None:
        """Show what the accounts say."""
        for rang, banniere in enumerate(self.craintes):
            crainte = finances.craintes[rang] if rang < len(finances.craintes) else None
            banniere.dire("" if crainte is None else f"!{NBSP}{crainte.nom}{NBSP}: {crainte.texte}")
        self.lecture.setText(finances.lecture)
        self._arrange()
        if not finances.saisie and not finances.sans_objet:
            self.sans_objet.dire(*_VIDE)
        elif finances.sans_objet:
            publics = "public" in finances.sans_objet
            self.sans_objet.dire(
                f"Sans objet{NBSP}: {finances.sans_objet}", _QUE_FAIRE["public" if publics else "jeune"]
            )
        montres = finances.saisie and not finances.sans_objet
        self._pile.setCurrentWidget(self._corps if montres else self.sans_objet)
        self.modele.show(finances.ratios)

    def dress(self) -> None:
        """Fit the table to the size of the text."""
        self.table.dress()
        self._arrange()

    def _reset(self) -> None:
        if self.modele.rowCount():
            self.table.setCurrentIndex(self.modele.index(0, 0))

    def _show_ratio(self) -> None:
        rang = self.table.currentIndex().row()
        if 0 <= rang < len(self.modele.ratios):
            self.fiche.show_ratio(self.modele.ratios[rang])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Put the trail beside the table when there is more width than height."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        lettre = self.fontMetrics().averageCharWidth()
        cote = self.width() >= _COTE_A_COTE * lettre and self.width() > 1.3 * self.height()
        basse = not cote and self.height() < _BASSE * self.fontMetrics().height()
        self._defile.setVisible(not basse)
        self.lecture.setVisible(bool(self.lecture.text()) and not basse)
        sens = QBoxLayout.Direction.LeftToRight if cote else QBoxLayout.Direction.TopToBottom
        if self._cotes.direction() is not sens:
            self._cotes.setDirection(sens)


class TableRatios(QTableView):
    """One line a ratio; arrows choose, letters belong to the page."""

    def __init__(self, theme: Theme, modele: RatiosModel) -> None:
        super().__init__()
        self.setModel(modele)
        self.setAccessibleName("Ratios")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        entete = self.horizontalHeader()
        entete.setHighlightSections(False)
        entete.setSectionsClickable(False)
        entete.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._pilules = PillDelegate(theme, self)
        delegues: tuple[CellDelegate, ...] = (
            CellDelegate(theme, self),
            CellDelegate(theme, self, nombre=True),
            self._pilules,
            SparklineDelegate(theme, self),
        )
        for colonne, delegue in enumerate(delegues):
            self.setItemDelegateForColumn(colonne, delegue)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.dress()

    def dress(self) -> None:
        """Fit rows and columns to the size of the text."""
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 1.6))
        self._share()

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 Qt
        """Leave letters to the page, whose keys they are."""

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Leave names what the others do not take."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        metrique = QFontMetrics(self.font())
        lectures = max(self._pilules.width_of(self.font(), mots) for mots, _ in LECTURES.values())
        prises = {
            VALEUR: metrique.horizontalAdvance("−88 888 888 €") + 16,
            LECTURE: lectures,
            SERIE: metrique.averageCharWidth() * 11,
        }
        nom = metrique.averageCharWidth() * 18
        prises[NOM] = max(nom, self.viewport().width() - sum(prises.values()))
        for colonne, largeur in prises.items():
            self.setColumnWidth(colonne, largeur)


class FicheRatio(QWidget):
    """The trail of one ratio: sentence, formula, inputs with their sources, threshold and whose proposal it is."""

    piece_requested = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self._sources: list[Source | None] = [None] * _ENTREES_MAX
        self.titre = label("", "section", wrap=True)
        self.pastille = Pastille()
        self.phrase = label("", wrap=True)
        self.formule = label("", "secondaire", wrap=True)
        self.seuil = label("", "secondaire", wrap=True)
        self.noms = [label("", wrap=True) for _ in range(_ENTREES_MAX)]
        self.montants = [label("", "gras") for _ in range(_ENTREES_MAX)]
        self.boutons = [button("", partial(self._see, rang), role="lien") for rang in range(_ENTREES_MAX)]
        grille = QGridLayout()
        grille.setHorizontalSpacing(12)
        grille.setVerticalSpacing(2)
        grille.setColumnStretch(0, 1)
        for rang in range(_ENTREES_MAX):
            self.montants[rang].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grille.addWidget(self.noms[rang], 2 * rang, 0)
            grille.addWidget(self.montants[rang], 2 * rang, 1)
            grille.addWidget(self.boutons[rang], 2 * rang + 1, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        tete = row(self.titre, self.pastille)
        tete.setStretch(0, 1)
        corps = column(tete, self.phrase, self.formule, grille, self.seuil, 1, espace=6)
        corps.setContentsMargins(12, 8, 12, 8)
        self.setLayout(corps)

    def show_ratio(self, ratio: Ratio) -> None:
        """Show another ratio, or other values of the same."""
        mots, ton = LECTURES[ratio.lecture]
        self.titre.setText(f"{ratio.nom}{NBSP}: {valeur_dite(ratio.valeur, ratio.unite)}")
        self.pastille.dire(mots, ton)
        self.phrase.setText(ratio.phrase)
        self.phrase.setVisible(bool(ratio.phrase) and ratio.lecture is not Lecture.SANS_OBJET)
        self.formule.setText(f"Formule{NBSP}: {ratio.formule}")
        self.seuil.setText(f"Repères{NBSP}: {ratio.seuil}. Appui{NBSP}: {ratio.appui}.")
        for rang in range(_ENTREES_MAX):
            self._show_entree(ratio, rang)

    def _show_entree(self, ratio: Ratio, rang: int) -> None:
        nom, valeur = ratio.entrees[rang] if rang < len(ratio.entrees) else ("", None)
        derniere = ratio.annees[-1] if ratio.annees else 0
        detail = next((e for e in ratio.detail if (e.nom, e.annee) == (nom, derniere)), None)
        source = detail.sources[0] if detail is not None and detail.sources else None
        self._sources[rang] = source
        self.noms[rang].setText(f"{nom} ({detail.deduit})" if detail is not None and detail.deduit else nom)
        self.montants[rang].setText("" if not nom else "inconnu" if valeur is None else montant(valeur))
        self.boutons[rang].setText(printable(source_dite(source)))
        for partie in (self.noms[rang], self.montants[rang]):
            partie.setVisible(bool(nom))
        self.boutons[rang].setVisible(source is not None and bool(source.empreinte))

    def _see(self, rang: int) -> None:
        source = self._sources[rang]
        if source is not None:
            self.piece_requested.emit(source.empreinte, source.page or 1)
