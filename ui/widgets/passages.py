"""Where the words of a search stand: passages under the name of their dossier, the words marked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from o2r_desktop.evaluation.preuves import suite_dite
from o2r_desktop.text import NBSP, nombre, pluriel, printable
from o2r_desktop.text import numero as numero_lisible
from ui.theme import Theme
from ui.widgets.base import Elided, KeyCap, button, fill, label, row
from ui.widgets.delegates import semibold

if TYPE_CHECKING:
    from o2r_desktop.recherche import Passage, Resultat

Index = QModelIndex | QPersistentModelIndex
_MARGE = 8
_PASSAGE = int(Qt.ItemDataRole.UserRole) + 1
_LARGEUR_TOUCHES = 120
"""Width from which the keys are said beside the title, in letters."""
_ENTREE = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class _Ligne:
    """The name of a dossier, or one of its passages."""

    nom: str
    passage: "Passage | None" = None


def place(passage: "Passage") -> str:
    """Return where a passage stands: «comptes_2024.pdf, p. 4», or the label of a field."""
    return printable(passage.ou) + suite_dite(passage.ou, passage.page)


def headline(resultat: "Resultat", limite: int, reserve: str) -> str:
    """Return «12 passages dans 5 dossiers», and *reserve* when the index does not hold everything."""
    combien, dossiers = len(resultat.passages), len({p.numero for p in resultat.passages})
    if combien >= limite:
        trouves = pluriel(len(resultat.numeros), "dossier trouvé", "dossiers trouvés")
        dit = f"Les {nombre(combien)} premiers passages · {trouves}"
    elif combien:
        dit = f"{pluriel(combien, 'passage')} dans {pluriel(dossiers, 'dossier')}"
    else:
        dit = "Aucun passage"
    return dit if resultat.complet else f"{dit} · {reserve}"


class PassagesModel(QAbstractListModel):
    """Passages by dossier, the best dossier first; each dossier begins with its name, which cannot be chosen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lignes: list[_Ligne] = []
        self.passages: list[Passage] = []
        """The passages shown, as they were given."""

    def show(self, passages: Sequence["Passage"], nommer: Callable[[int], str]) -> None:
        """Show these passages; *nommer* gives the name of a dossier."""
        par_dossier: dict[int, list[Passage]] = {}
        for passage in passages:
            par_dossier.setdefault(passage.numero, []).append(passage)
        self.beginResetModel()
        self.passages, self._lignes = list(passages), []
        for numero, siens in par_dossier.items():
            nom = f"n°{NBSP}{numero_lisible(numero)} · {printable(nommer(numero))}"
            self._lignes += [_Ligne(nom), *(_Ligne(nom, passage) for passage in siens)]
        self.endResetModel()

    def passage(self, index: Index) -> "Passage | None":
        """Return the passage of a line, None for the name of a dossier."""
        return self._lignes[index.row()].passage if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return how many lines there are, names included."""
        return 0 if parent.isValid() else len(self._lignes)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Have arrow keys pass over names."""
        if self.passage(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a line says, in full for who cannot see it."""
        if not index.isValid():
            return None
        ligne = self._lignes[index.row()]
        if role == _PASSAGE:
            return ligne.passage
        if role == Qt.ItemDataRole.DisplayRole:
            return ligne.nom if ligne.passage is None else f"{place(ligne.passage)} — {ligne.passage.extrait}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ligne.nom if ligne.passage is None else _said(ligne)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<p>{escape(ligne.nom if ligne.passage is None else _said(ligne))}</p>"
        return None


def _said(ligne: _Ligne) -> str:
    assert ligne.passage is not None
    return f"{ligne.nom} — {place(ligne.passage)}{NBSP}: {printable(ligne.passage.extrait)}"


class PassageDelegate(QStyledItemDelegate):
    """Paints the place at the left, the extract at its right, its words in bold on a ground."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002, N802 Qt
        """Return one line of text; the width is that of the list."""
        return QSize(10, round(QFontMetrics(option.font).height() * 1.6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a line."""
        passage = index.data(_PASSAGE)
        zone: QRect = option.rect.adjusted(_MARGE, 0, -_MARGE, 0)
        painter.save()
        if passage is None:
            self._paint_words(painter, zone, semibold(option.font), str(index.data()), self._theme.couleurs.texte)
        else:
            self._paint_ground(painter, option)
            self._paint_passage(painter, zone.adjusted(_MARGE, 0, 0, 0), option.font, passage)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        c, etat, rect = self._theme.couleurs, option.state, option.rect
        if etat & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(c.action_fond))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(c.action))
        elif etat & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(c.survol))

    def _paint_passage(self, painter: QPainter, zone: QRect, police: QFont, passage: "Passage") -> None:
        large = min(zone.width() * 3 // 10, 26 * QFontMetrics(police).averageCharWidth())
        gauche = QRect(zone.left(), zone.top(), large, zone.height())
        page = suite_dite(passage.ou, passage.page)
        reste = gauche.width() - QFontMetrics(police).horizontalAdvance(page)
        nom = QFontMetrics(police).elidedText(printable(passage.ou), Qt.TextElideMode.ElideMiddle, reste)
        self._paint_words(painter, gauche, police, nom + page, self._theme.couleurs.secondaire)
        self._paint_extract(painter, zone.adjusted(large + 2 * _MARGE, 0, 0, 0), police, passage.fragments)

    def _paint_words(self, painter: QPainter, zone: QRect, police: QFont, texte: str, couleur: str) -> None:
        painter.setFont(police)
        painter.setPen(QColor(couleur))
        court = QFontMetrics(police).elidedText(texte, Qt.TextElideMode.ElideRight, zone.width())
        painter.drawText(zone, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), court)

    def _paint_extract(
        self, painter: QPainter, zone: QRect, police: QFont, fragments: Sequence[tuple[str, bool]]
    ) -> None:
        mise = self._layout(police, fragments)
        trait = mise.lineAt(0)
        if trait.naturalTextWidth() > zone.width():
            fin = QRect(zone)
            fin.setLeft(zone.right() - QFontMetrics(police).horizontalAdvance("…"))
            self._paint_words(painter, fin, police, "…", self._theme.couleurs.secondaire)
            zone = zone.adjusted(0, 0, -fin.width() - 2, 0)
        painter.setClipRect(zone)
        painter.setPen(QColor(self._theme.couleurs.texte))
        mise.draw(painter, QPointF(zone.left(), zone.center().y() - trait.height() / 2))

    def _layout(self, police: QFont, fragments: Sequence[tuple[str, bool]]) -> QTextLayout:
        """Return the extract on one line: words bold, on the ground of what is quoted."""
        mise = QTextLayout()
        mise.setFont(police)
        sans_retour = QTextOption()
        sans_retour.setWrapMode(QTextOption.WrapMode.NoWrap)
        mise.setTextOption(sans_retour)
        marque = QTextCharFormat()
        marque.setFontWeight(QFont.Weight.Bold)
        marque.setBackground(QColor(self._theme.couleurs.preuve))
        textes, etendues, debut = [], [], 0
        for texte, marquee in ((printable(dit), oui) for dit, oui in fragments):
            if marquee:
                etendue = QTextLayout.FormatRange()
                etendue.start, etendue.length, etendue.format = debut, _utf16(texte), marque
                etendues.append(etendue)
            textes.append(texte)
            debut += _utf16(texte)
        mise.setText("".join(textes))
        mise.setFormats(etendues)
        mise.beginLayout()
        mise.createLine().setLineWidth(1e6)
        mise.endLayout()
        return mise


def _utf16(texte: str) -> int:
    """Return the length that Qt gives to a text."""
    return len(texte.encode("utf-16-le")) // 2


class PassagesList(QListView):
    """The passages; ↑ ↓ go from one to the next, Entrée or a double click opens one."""

    opened = Signal(object)
    escaped = Signal()
    typed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.modele = PassagesModel(self)
        self.setModel(self.modele)
        self.setItemDelegate(PassageDelegate(theme, self))
        self.setObjectName("passages")
        self.setAccessibleName("Passages trouvés")
        self.setAccessibleDescription("Entrée ouvre la pièce à la page, ou le dossier au champ.")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self._open)

    def show_passages(self, passages: Sequence["Passage"], nommer: Callable[[int], str]) -> None:
        """Show passages; the current one stays when it is still among them."""
        if self.modele.passages == list(passages):
            return
        courant = self.modele.passage(self.currentIndex())
        self.modele.show(passages, nommer)
        lignes = [self.modele.index(rang) for rang in range(self.modele.rowCount())]
        choix = [index for index in lignes if (dit := self.modele.passage(index)) is not None and dit == courant]
        if choix:
            self.setCurrentIndex(choix[0])
        else:
            self.scrollToTop()

    def focus_first(self) -> None:
        """Put the focus on the current passage, else on the first one."""
        if not self.currentIndex().isValid() and self.modele.rowCount() > 1:
            self.setCurrentIndex(self.modele.index(1))
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def scrollTo(  # noqa: N802 Qt
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a passage into view, with the name of its dossier when it is the first one."""
        avant = self.modele.index(index.row() - 1)
        if avant.isValid() and self.modele.passage(avant) is None:
            super().scrollTo(avant, hint)
        super().scrollTo(index, hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Open or leave; the rest is the list's."""
        if event.key() in _ENTREE:
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 Qt
        """Give letters to the search field."""
        if search.strip() and search.isprintable():
            self.typed.emit(search)

    def _open(self, index: QModelIndex) -> None:
        passage = self.modele.passage(index)
        if passage is not None:
            self.opened.emit(passage)


class PassagesPanel(QFrame):
    """How many passages there are, and the passages, which can be put away."""

    folded = Signal(bool)

    def __init__(self, theme: Theme, *, touche: str, aller: str) -> None:
        super().__init__()
        self.setProperty("role", "carte")
        self.setAccessibleName("Passages")
        self.titre = Elided()
        self.titre.setProperty("role", "gras")
        self._cles = (
            KeyCap(aller),
            label("y aller", "secondaire"),
            KeyCap("Return"),
            label("ouvrir", "secondaire"),
        )
        self.liste = PassagesList(theme)
        self.plier = button("", self._toggle, role="discret")
        tete = row(self.titre, row(*self._cles, espace=6), self.plier, KeyCap(touche), espace=12)
        tete.setStretch(0, 1)
        tete.setContentsMargins(12, 4, 8, 4)
        cadre = QVBoxLayout(self)
        fill(cadre, tete, self.liste, marge=1, espace=0)
        cadre.setStretch(1, 1)
        self.fold(False)

    @property
    def is_folded(self) -> bool:
        """Whether only the head is shown."""
        return self.liste.isHidden()

    def fold(self, plie: bool) -> None:
        """Put the passages away, or bring them back."""
        self.liste.setVisible(not plie)
        self._show_keys()
        self.plier.setText("Montrer les passages" if plie else "Masquer les passages")
        self.plier.setAccessibleName(self.plier.text())
        self.setMaximumHeight(self.sizeHint().height() if plie else 16_777_215)

    def show_resultat(self, resultat: "Resultat", limite: int, reserve: str, nommer: Callable[[int], str]) -> None:
        """Show what was found; *reserve* is said when the index does not hold everything."""
        self.titre.dire(headline(resultat, limite, reserve))
        self.liste.show_passages(resultat.passages, nommer)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Leave the room of the keys to the words when there is little."""
        super().resizeEvent(event)
        self._show_keys()

    def _show_keys(self) -> None:
        large = self.width() > _LARGEUR_TOUCHES * self.fontMetrics().averageCharWidth()
        for partie in self._cles:
            partie.setVisible(large and not self.is_folded)

    def _toggle(self) -> None:
        self.folded.emit(not self.is_folded)
