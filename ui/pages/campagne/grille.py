"""The grille to read: sections, criteria, levels, weights, and which of these are proposals."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QHeaderView,
    QSplitter,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from o2r_desktop.evaluation.grille import Critere, Effet, Grille, Section, TypeCritere
from o2r_desktop.text import NBSP, enumeration, pluriel
from ui.services import Services
from ui.widgets.base import fill, label, split
from ui.widgets.prose import Prose

_TYPES = {
    TypeCritere.CONTROLE: "Oui ou non",
    TypeCritere.ECHELLE: "Niveau de 0 à 4",
    TypeCritere.MONTANT: "Montant",
    TypeCritere.PRIORITE: "Priorité",
}
_EFFETS = {
    Effet.BLOQUANT: "bloquant : une mauvaise réponse interdit un avis favorable",
    Effet.ALERTE: "alerte : une mauvaise réponse demande un commentaire",
    Effet.AUCUN: "sans effet sur l’avis",
}
_PROPOSITIONS = {"poids": "le poids", "effet": "l’effet", "niveaux": "les niveaux", "seuils": "les seuils"}
_CRITERE = Qt.ItemDataRole.UserRole


class GrilleView(QWidget):
    """Criteria at the left, the one that is chosen at the right."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._titre = label("", "secondaire", wrap=True)
        self._arbre = QTreeWidget()
        self._arbre.setAccessibleName("Critères de la grille")
        self._arbre.setHeaderLabels(["Critère", "Poids", "Effet"])
        self._arbre.setUniformRowHeights(True)
        entete = self._arbre.header()
        entete.setStretchLastSection(False)
        entete.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for colonne in (1, 2):
            entete.setSectionResizeMode(colonne, QHeaderView.ResizeMode.ResizeToContents)
        self._detail = QTextBrowser()
        self._detail.setAccessibleName("Détail du critère")
        self._detail.setTabChangesFocus(True)
        partage = QSplitter()
        split(partage, self._arbre, self._detail)
        partage.setSizes([620, 560])
        disposition = QVBoxLayout(self)
        fill(disposition, self._titre, partage, marge=16)
        disposition.setStretch(1, 1)
        self._arbre.currentItemChanged.connect(self._show_current)
        services.theme.changed.connect(self._show_current)
        self._montree: Grille | None = None

    def refresh(self) -> None:
        """Show the grille of the campagne."""
        if not self._services.campagne.is_open:
            return
        grille = self._services.campagne.session.grille
        if grille is self._montree:
            return
        self._montree = grille
        self._titre.setText(
            f"{grille.libelle}, version{NBSP}{grille.version} · {pluriel(len(grille.criteres), 'critère')}. "
            f"Seuils de score proposés : favorable à partir de {grille.seuil_favorable}, avec réserves à partir de "
            f"{grille.seuil_reserves}. L’AMI ne publie ni barème ni poids : l’astérisque (*) marque une "
            "proposition, à valider."
        )
        self._arbre.clear()
        for section in grille.sections:
            self._arbre.addTopLevelItem(_ligne_section(section))
        self._arbre.expandAll()
        premiere = self._arbre.topLevelItem(0)
        if premiere is not None and (critere := premiere.child(0)) is not None:
            self._arbre.setCurrentItem(critere)

    def _show_current(self) -> None:
        item = self._arbre.currentItem()
        critere = item.data(0, _CRITERE) if item is not None else None
        prose = Prose(self._services.theme)
        if isinstance(critere, Critere):
            _write(prose, critere)
        self._detail.setDocument(prose.document)
        prose.document.setParent(self._detail)


def _ligne_section(section: Section) -> QTreeWidgetItem:
    ligne = QTreeWidgetItem([section.libelle, str(section.poids), ""])
    ligne.setData(2, Qt.ItemDataRole.AccessibleTextRole, "section")
    gras = QFont()
    gras.setBold(True)
    ligne.setFont(0, gras)
    ligne.setTextAlignment(1, Qt.AlignmentFlag.AlignRight)
    for critere in section.criteres:
        ligne.addChild(_ligne_critere(critere))
    return ligne


def _ligne_critere(critere: Critere) -> QTreeWidgetItem:
    poids = f"{critere.poids}{' *' if 'poids' in critere.propositions and critere.poids else ''}"
    effet = f"{critere.effet.value}{' *' if 'effet' in critere.propositions else ''}"
    ligne = QTreeWidgetItem([f"{critere.id}  {critere.libelle}", poids, effet])
    ligne.setTextAlignment(1, Qt.AlignmentFlag.AlignRight)
    ligne.setToolTip(0, critere.libelle)
    ligne.setData(0, _CRITERE, critere)
    if critere.propositions:
        ligne.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, "comporte une proposition à valider")
    return ligne


def _write(prose: Prose, critere: Critere) -> None:
    prose.title(f"{critere.id} — {critere.libelle}")
    prose.line(f"{_TYPES[critere.type]} · poids {critere.poids} · {_EFFETS[critere.effet]}", secondary=True)
    if critere.propositions:
        quoi = enumeration([_PROPOSITIONS[p] for p in critere.propositions])
        prose.line(f"Proposition à valider par la DREETS : {quoi}.", bold=True)
    prose.heading("Ce qu’il faut regarder")
    prose.line(critere.guide)
    if critere.pieces:
        prose.line(f"Pièces : {enumeration(critere.pieces)}.", secondary=True)
    if critere.automatise:
        prose.line(
            "Un constat est calculé : il se confirme ou se conteste, il ne répond jamais seul.", secondary=True
        )
    if critere.niveaux:
        prose.heading("Niveaux")
        for niveau, mots in enumerate(critere.niveaux):
            prose.line(f"{niveau}{NBSP}·{NBSP}{mots}")
    prose.heading("Sources")
    for source in critere.sources:
        prose.line(source)
