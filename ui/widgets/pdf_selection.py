"""A passage chosen on the sheets: words by their characters, or a rectangle; by the mouse and by the keyboard."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent

from o2r_desktop.evaluation.reponses import Zone
from ui.widgets.pdf_lettres import TextePage
from ui.widgets.pdf_pages import PdfPages
from ui.widgets.selection import Selection

_GLISSE = 4
"""Pixels that the pointer moves before a click becomes a drag."""
_ZONE_MIN = 0.005
"""Part of the page under which a rectangle was not meant."""
_PAS = 0.02
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_MOTS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
_LIGNES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_BORDS = (Qt.Key.Key_Home, Qt.Key.Key_End)


class Feuilles(Protocol):
    """What a selection asks of the view of the sheets: points are those of the view, parts those of a page."""

    @property
    def page(self) -> int:
        """The page in view, from 0."""

    def locate(self, point: QPointF, page: int = -1) -> tuple[int, float, float] | None:
        """Return the page under a point and where on it; on *page*, kept within it, when one is named."""

    def top_of(self, page: int) -> float:
        """Return which part of a page is above the view."""

    def hit_zones(self) -> tuple[int, tuple[Zone, ...]] | None:
        """Return the page and the rectangles of the current hit of a search."""

    def bring(self, page: int, zones: tuple[Zone, ...]) -> None:
        """Bring rectangles into view."""


@dataclass(slots=True)
class _Geste:
    """A drag under way: where it began, how much it takes at a time, whether it draws a rectangle."""

    page: int
    depart: tuple[float, float]
    point: QPointF
    ici: tuple[float, float]
    zone: bool
    unite: str = "lettre"
    glisse: bool = False


class Selecteur(QObject):
    """Holds the selection of one view; ``zone`` makes a drag draw a rectangle."""

    changed = Signal()
    clicked = Signal(int, float, float)
    """A click that chose nothing: page from 0, and where on it."""

    def __init__(self, vue: Feuilles, pages: PdfPages, parent: QObject) -> None:
        super().__init__(parent)
        self._vue = vue
        self._pages = pages
        self._geste: _Geste | None = None
        self._double = (0, QPointF())
        self._passage = (-1, 0, 0)
        """Page, the place that stays and the one that moves; no page when a rectangle is chosen."""
        self._touche: QKeyEvent | None = None
        self._hit_voulu: tuple[int, tuple[Zone, ...]] | None = None
        self.zone = False
        self.selection: Selection | None = None
        pages.letters_read.connect(self._letters_read)
        pages.opened.connect(self.clear)

    # --- what the view asks -------------------------------------------------------------------------------

    @property
    def drawing(self) -> bool:
        """Whether a drag is under way."""
        return self._geste is not None and self._geste.glisse

    def clear(self) -> None:
        """Choose nothing."""
        self._geste = self._touche = self._hit_voulu = None
        self._passage = (-1, 0, 0)
        self._set(None)

    def select_zone(self, page: int, zone: Zone) -> None:
        """Choose a rectangle of a page, from 0, with the words in it when they are known."""
        self._passage = (-1, 0, 0)
        texte = self._pages.letters(page)
        passage = texte.passage_of((zone,)) if texte is not None and not self.drawing else (0, 0)
        mots = texte.texte(*passage) if texte is not None else ""
        self._set(Selection(page=page + 1, zones=(zone,), texte=mots))

    def select_hit(self) -> bool:
        """Choose the words of the current hit, once they are at hand; return False when there is no hit."""
        hit, self._hit_voulu = self._hit_voulu or self._vue.hit_zones(), None
        if hit is None:
            return False
        page, zones = hit
        texte = self._pages.letters(page)
        if texte is None:
            self._hit_voulu = hit
            self._pages.want_letters(page)
            return True
        debut, fin = texte.passage_of(zones)
        if debut < fin:
            self._take(page, debut, fin)
        return True

    def copy(self) -> bool:
        """Put the chosen words where they can be pasted; return False when there are none."""
        if self.selection is None or not self.selection.texte:
            return False
        QGuiApplication.clipboard().setText(self.selection.texte)
        return True

    def draws_zone(self, page: int) -> bool:
        """Say whether a drag on a page draws a rectangle."""
        texte = self._pages.letters(page)
        return self.zone or (texte is not None and not texte.fin)

    # --- the mouse ----------------------------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> None:
        """Begin to choose."""
        lieu = self._vue.locate(event.position())
        self._touche = self._hit_voulu = None
        if lieu is None:
            self.clear()
            return
        page, x, y = lieu
        zone = self.zone or bool(event.modifiers() & _SHIFT)
        self._pages.want_letters(page)
        self._geste = _Geste(page, (x, y), event.position(), (x, y), zone)
        quand, ou = self._double
        delai = QGuiApplication.styleHints().mouseDoubleClickInterval()
        if event.timestamp() - quand < delai and (event.position() - ou).manhattanLength() < _GLISSE and quand:
            self._by("ligne")

    def double_click(self, event: QMouseEvent) -> None:
        """Choose the word under the pointer."""
        self.press(event)
        self._double = (event.timestamp(), event.position())
        self._by("mot")

    def move(self, event: QMouseEvent) -> None:
        """Go on choosing."""
        geste = self._geste
        if geste is None:
            return
        if not geste.glisse and (event.position() - geste.point).manhattanLength() < _GLISSE:
            return
        geste.glisse = True
        lieu = self._vue.locate(event.position(), geste.page)
        if lieu is not None:
            geste.ici = lieu[1:]
            self._follow()

    def release(self) -> None:
        """Be done; a click without a drag chooses nothing."""
        geste = self._geste
        if geste is None:
            return
        if not geste.glisse and geste.unite == "lettre":
            self.clear()
            self.clicked.emit(geste.page, *geste.depart)
        elif self._pages.letters(geste.page) is not None or geste.zone:
            self._follow()
            self._geste = None
            self._finish_zone()

    def _by(self, unite: str) -> None:
        if self._geste is not None:
            self._geste.unite = unite
            self._follow()

    def _follow(self) -> None:
        geste = self._geste
        assert geste is not None
        texte = self._pages.letters(geste.page)
        if geste.zone or (texte is not None and not texte.fin):
            if geste.glisse:
                (x0, y0), (x1, y1) = geste.depart, geste.ici
                self.select_zone(geste.page, (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
        elif texte is not None:
            self._take(geste.page, *_span(texte, geste))

    def _finish_zone(self) -> None:
        choisie = self.selection
        if choisie is None or self._passage[0] >= 0:
            return
        gauche, haut, droite, bas = choisie.zones[0]
        if min(droite - gauche, bas - haut) < _ZONE_MIN:
            self.clear()
        else:
            self.select_zone(choisie.page - 1, choisie.zones[0])

    def _letters_read(self, page: int) -> None:
        """Go on with what waited for the characters of a page."""
        if self._hit_voulu is not None:
            self.select_hit()
        if self._touche is not None:
            touche, self._touche = self._touche, None
            self.key(touche)
        geste = self._geste
        if geste is not None and geste.page == page and (geste.glisse or geste.unite != "lettre"):
            self._follow()
            if not QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
                self._geste = None
                self._finish_zone()

    # --- the keyboard -------------------------------------------------------------------------------------

    def key(self, event: QKeyEvent) -> bool:
        """Choose words with Maj and the arrows, or all of them, copy, clear; return whether the key served."""
        touche, avec = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if touche == Qt.Key.Key_Escape and self.selection is not None:
            self.clear()
            return True
        if touche in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not avec:
            return self.select_hit()
        if avec == _CTRL and touche == Qt.Key.Key_C:
            return self.copy()
        tout = avec == _CTRL and touche == Qt.Key.Key_A
        fleche = touche in _MOTS or touche in _LIGNES
        etend = avec == _SHIFT and (fleche or touche in _BORDS)
        if tout or etend or (avec == _CTRL and fleche and self._is_zone):
            self._extend(event, tout=tout)
            return True
        return False

    @property
    def _is_zone(self) -> bool:
        return self.selection is not None and self._passage[0] < 0

    def _extend(self, event: QKeyEvent, *, tout: bool) -> None:
        page = self._passage[0] if self._passage[0] >= 0 else self._vue.page
        texte = self._pages.letters(page)
        if texte is None:
            self._touche = QKeyEvent(event)
            self._pages.want_letters(page)
        elif tout and texte.fin:
            self._take(page, 0, texte.fin)
        elif self._is_zone or self.draws_zone(page):
            self._move_zone(page, Qt.Key(event.key()), grow=bool(event.modifiers() & _SHIFT))
        else:
            self._take(page, *self._reach(texte, page, Qt.Key(event.key())))

    def _reach(self, texte: TextePage, page: int, touche: Qt.Key) -> tuple[int, int]:
        """Return the place that stays and the one that moves, after a key."""
        if self._passage[0] == page:
            _, ancre, tete = self._passage
        else:
            ancre = tete = self._start(texte, page)
        if touche in _MOTS:
            return ancre, texte.next_word(tete) if _MOTS[touche] > 0 else texte.previous_word(tete)
        if touche in _LIGNES:
            return ancre, texte.beside(tete, _LIGNES[touche])
        debut, fin = texte.line_at(tete if touche == Qt.Key.Key_Home or tete == ancre else max(0, tete - 1))
        return ancre, debut if touche == Qt.Key.Key_Home else fin

    def _start(self, texte: TextePage, page: int) -> int:
        hit = self._vue.hit_zones()
        if hit is not None and hit[0] == page:
            debut, fin = texte.passage_of(hit[1])
            if debut < fin:
                return debut
        return texte.first_from(self._vue.top_of(page))

    def _move_zone(self, page: int, touche: Qt.Key, *, grow: bool) -> None:
        """Draw a rectangle with the keys: Maj and an arrow pushes an edge, Ctrl and an arrow carries it."""
        dx = _MOTS.get(touche, 0) * _PAS
        dy = _LIGNES.get(touche, 0) * _PAS
        if not self._is_zone or self.selection is None:
            haut = min(0.8, max(0.0, self._vue.top_of(page)) + 0.05)
            zone = (0.1, haut, 0.9, haut + 0.1)
        else:
            page = self.selection.page - 1
            gauche, haut, droite, bas = self.selection.zones[0]
            if grow:
                zone = (gauche, haut, _borne(droite + dx, gauche + _PAS), _borne(bas + dy, haut + _PAS))
            else:
                dx, dy = max(-gauche, min(dx, 1 - droite)), max(-haut, min(dy, 1 - bas))
                zone = (gauche + dx, haut + dy, droite + dx, bas + dy)
        self.select_zone(page, zone)
        self._vue.bring(page, (zone,))

    # --- what is chosen -----------------------------------------------------------------------------------

    def _take(self, page: int, ancre: int, tete: int) -> None:
        texte = self._pages.letters(page)
        assert texte is not None
        self._passage = (page, ancre, tete)
        debut, fin = min(ancre, tete), max(ancre, tete)
        zones = texte.zones(debut, fin)
        mots = texte.texte(debut, fin)
        self._set(Selection(page=page + 1, zones=zones, texte=mots) if zones else None)
        if self._geste is None and zones:
            self._vue.bring(page, zones[-1:] if tete > ancre else zones[:1])

    def _set(self, selection: Selection | None) -> None:
        if selection != self.selection:
            self.selection = selection
            self.changed.emit()


def _span(texte: TextePage, geste: _Geste) -> tuple[int, int]:
    """Return the places where a drag began and is now, by characters, words or lines."""
    if geste.unite == "lettre":
        return texte.place_at(*geste.depart), texte.place_at(*geste.ici)
    autour = texte.word_at if geste.unite == "mot" else texte.line_at
    a, b = autour(texte.letter_at(*geste.depart)), autour(texte.letter_at(*geste.ici))
    return (a[0], b[1]) if a[0] <= b[0] else (a[1], b[0])


def _borne(valeur: float, minimum: float) -> float:
    return min(1.0, max(minimum, valeur))
