"""The columns that an attribute could be, with what they hold, and the choice of one."""

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QStyleOptionViewItem, QVBoxLayout, QWidget

from o2r_desktop.dossiers.appariement import ColonneLue
from o2r_desktop.text import NBSP, nombre, pluriel, printable
from ui.models.correspondance import (
    CorrespondanceModel,
    LigneAttribut,
    found_by,
    nom_colonne,
    search_columns,
)
from ui.theme import Theme, Ton
from ui.widgets.base import Elided, Pastille, bulle, button, fill, label, row
from ui.widgets.delegates import MARGE, CellDelegate, Index, semibold
from ui.widgets.flux import Flow

_COLONNE = Qt.ItemDataRole.UserRole + 20
_EXEMPLES = Qt.ItemDataRole.UserRole + 21
_POURQUOI = Qt.ItemDataRole.UserRole + 22
_SEULE = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class CandidatsVolet(QWidget):
    """The attribute that is selected: what it is, which columns it could be, and the buttons that decide.

    ``column_chosen`` carries a Colonne, or None for no column at all; ``forgotten`` asks for what was found.
    """

    column_chosen = Signal(object)
    forgotten = Signal()

    def __init__(self, modele: CorrespondanceModel, theme: Theme) -> None:
        super().__init__()
        self._modele = modele
        self._ligne: LigneAttribut | None = None
        self.nom = label(role="section", wrap=True)
        self.pastille = Pastille()
        self.precision = Elided()
        self.precision.setProperty("role", "secondaire")
        self.recherche = QLineEdit()
        self.recherche.setAccessibleName("Chercher parmi toutes les colonnes")
        self.recherche.setPlaceholderText("Chercher parmi toutes les colonnes…  Ctrl+F")
        self.recherche.setClearButtonEnabled(True)
        self.recherche.installEventFilter(self)
        self.liste = QListWidget()
        self.liste.setItemDelegate(_ColonneDelegate(theme, self.liste))
        self.liste.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.liste.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lier = button("Lier", self._choose, touche="Entrée", nom="Lier cette colonne")
        self.aucune = button("Aucune colonne", lambda: self.column_chosen.emit(None))
        self.defaire = button("Reprendre ce qui a été trouvé", self.forgotten.emit, role="discret")
        self._composer()
        self.liste.itemActivated.connect(self._choose)
        self.liste.currentItemChanged.connect(lambda *_: self._allow())
        self.recherche.textChanged.connect(self._narrow)
        self.recherche.returnPressed.connect(self._choose)

    def _composer(self) -> None:
        actions = QWidget()
        suite = Flow(actions)
        for bouton in (self.lier, self.aucune, self.defaire):
            suite.addWidget(bouton)
        pile = QVBoxLayout(self)
        self.liste.setMinimumHeight(self.fontMetrics().height() * 2)
        tete = row(self.nom, self.pastille)
        tete.setStretch(0, 1)
        tete.setAlignment(self.pastille, Qt.AlignmentFlag.AlignTop)
        fill(pile, tete, self.precision, self.recherche, self.liste, actions)
        pile.setContentsMargins(12, 0, 0, 0)
        pile.setStretchFactor(self.liste, 1)

    def show_ligne(self, ligne: LigneAttribut | None) -> None:
        """Show an attribute; the search begins again when it is another one."""
        autre = _identifiant(ligne) != _identifiant(self._ligne)
        self._ligne = ligne
        self.nom.setText(printable(ligne.nom) if ligne else "Rien à vérifier ici")
        self.pastille.dire(ligne.etat.value if ligne else "", ligne.ton if ligne else Ton.NEUTRE)
        self.precision.dire(_precision(ligne) if ligne else "")
        if autre:
            muet = self.recherche.blockSignals(True)
            self.recherche.clear()
            self.recherche.blockSignals(muet)
        self._lister(garder=not autre)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 Qt
        """Let the arrows of the search field walk in the list."""
        if watched is self.recherche and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            pas = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if pas and event.modifiers() in _SEULE and self.liste.count():
                self.liste.setCurrentRow(max(0, min(self.liste.count() - 1, self.liste.currentRow() + pas)))
                return True
        return super().eventFilter(watched, event)

    def _narrow(self) -> None:
        self._lister()

    # --- the list -------------------------------------------------------------------------------------------

    def _lister(self, *, garder: bool = False) -> None:
        courante = self.liste.currentItem()
        choisie = courante.data(_COLONNE) if garder and courante is not None else None
        self.liste.clear()
        if self._ligne is not None:
            for lue, pourquoi in self._colonnes(self._ligne):
                self.liste.addItem(_item(lue, pourquoi))
        rangs = [i for i in range(self.liste.count()) if self.liste.item(i).data(_COLONNE) == choisie]
        premiere = 0 if self.liste.count() and self._guided() else -1  # a column alike by nothing is not offered
        self.liste.setCurrentRow(rangs[0] if rangs else premiere)
        self.liste.setAccessibleName(f"Colonnes possibles{NBSP}: {pluriel(self.liste.count(), 'colonne')}")
        self._allow()

    def _guided(self) -> bool:
        """Say whether the first column of the list is there for a reason: bound, proposed or searched."""
        proposition = self._ligne.proposition if self._ligne is not None else None
        proposee = proposition is not None and bool(proposition.retenu or proposition.candidats)
        return proposee or bool(self.recherche.text().strip())

    def _colonnes(self, ligne: LigneAttribut) -> list[tuple[ColonneLue, str]]:
        """Return candidates, best first, then the columns that are free, then those of other attributes."""
        proposition = ligne.proposition
        connus = [*([proposition.retenu] if proposition.retenu else []), *proposition.candidats]
        pourquoi = {c.colonne: found_by(c) for c in reversed(connus)}
        ordre = {c.colonne: rang for rang, c in reversed(list(enumerate(connus)))}
        liees = self._modele.par_colonne
        lues = search_columns(self._modele.appariement.colonnes, self.recherche.text())
        lues.sort(key=lambda c: (ordre.get(c.colonne, len(ordre)), c.colonne in liees))
        return [(lue, self._mots(ligne, lue, pourquoi.get(lue.colonne, ""))) for lue in lues]

    def _mots(self, ligne: LigneAttribut, lue: ColonneLue, trouvee: str) -> str:
        liee = self._modele.par_colonne.get(lue.colonne)
        if liee is None:
            return trouvee
        if liee.proposition.attribut.id == ligne.proposition.attribut.id:
            return f"✓ liée · {trouvee}" if trouvee else "✓ liée"
        return f"déjà liée à «{NBSP}{liee.nom}{NBSP}»"

    # --- the choice -----------------------------------------------------------------------------------------

    def _choose(self) -> None:
        courante = self.liste.currentItem()
        if self.isEnabled() and self._ligne is not None and courante is not None:
            self.column_chosen.emit(courante.data(_COLONNE))

    def _allow(self) -> None:
        """Offer what would change something."""
        ligne = self._ligne
        choisi = ligne is not None and ligne.proposition.attribut.id in self._modele.choix
        self.lier.setEnabled(ligne is not None and self.liste.currentItem() is not None)
        self.aucune.setEnabled(ligne is not None and not (choisi and ligne.colonne is None))
        self.defaire.setVisible(choisi)


def _identifiant(ligne: LigneAttribut | None) -> str:
    return ligne.proposition.attribut.id if ligne else ""


def _precision(ligne: LigneAttribut) -> str:
    lu = (
        "lue par les contrôles calculés"
        if ligne.proposition.essentiel
        else "montrée, lue par aucun contrôle calculé"
    )
    return " · ".join(x for x in (ligne.proposition.attribut.section, lu, ligne.trouvee) if x)


def exemples(lue: ColonneLue) -> str:
    """Return up to three values of a column, and how many dossiers fill it."""
    valeurs = " · ".join(" ".join(printable(e).split())[:80] for e in lue.exemples) or "aucune valeur"
    return f"{valeurs} — {nombre(lue.remplies)} sur {nombre(lue.total)}"


def _item(lue: ColonneLue, pourquoi: str) -> QListWidgetItem:
    nom = nom_colonne(lue.colonne)
    item = QListWidgetItem(nom)
    item.setData(_COLONNE, lue.colonne)
    item.setData(_EXEMPLES, exemples(lue))
    item.setData(_POURQUOI, pourquoi)
    item.setToolTip(bulle(f"{printable(lue.colonne.libelle)}\n{exemples(lue)}"))
    dit = "; ".join(x for x in (nom, pourquoi, f"valeurs{NBSP}: {exemples(lue)}") if x)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, dit)
    return item


class _ColonneDelegate(CellDelegate):
    """Two or three lines: the label of a column, why it is there, what it holds."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 Qt
        """Return the room of its lines; the width is that of the list."""
        lignes = 3 if index.data(_POURQUOI) else 2
        return QSize(0, lignes * QFontMetrics(option.font).height() + 2 * MARGE)

    def _paint_content(self, painter: QPainter, zone: QRect, police: QFont, index: Index) -> None:
        c = self.theme.couleurs
        haut = QFontMetrics(police).height()
        ligne = QRect(zone.left(), zone.top() + MARGE, zone.width(), haut)
        for texte, lettres, encre in (
            (str(index.data() or ""), semibold(police), c.texte),
            (str(index.data(_POURQUOI) or ""), police, c.action),
            (str(index.data(_EXEMPLES) or ""), police, c.secondaire),
        ):
            if texte:
                court = QFontMetrics(lettres).elidedText(texte, Qt.TextElideMode.ElideRight, ligne.width())
                painter.setFont(lettres)
                painter.setPen(QColor(encre))
                painter.drawText(ligne, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), court)
                ligne.translate(0, haut)
