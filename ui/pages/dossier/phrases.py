"""The phrase bank beside the comment: «/» offers phrases for the critere and its level."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from o2r_desktop.errors import O2rError
from o2r_desktop.evaluation.grille import Critere
from o2r_desktop.evaluation.phrases import Phrase, completer, niveau_de, proposer, variables_de
from o2r_desktop.evaluation.reponses import Reponse
from o2r_desktop.evaluation.traces import generaliser
from o2r_desktop.operations import DossierComplet
from o2r_desktop.text import PARIS, printable
from ui.pages.dossier.phrases_liste import AJOUTER, GERER, ListePhrases
from ui.services import Services
from ui.widgets.texte import AutoText

if TYPE_CHECKING:
    from ui.dialogs.phrase import PhraseDialog
    from ui.dialogs.phrases import PhrasesDialog

PROPOSEES_MAX = 40
_SAISI_MAX = 40
_PAS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}
_VALIDER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_PAVE = Qt.KeyboardModifier.KeypadModifier
_LIGNES = str.maketrans("\u2028\u2029", "\n\n")
_AJOUTER_SELECTION = "Ajouter la sélection à mes phrases…"
_AJOUTER_PARAGRAPHE = "Ajouter ce paragraphe à mes phrases…"
_GERER = "Gérer mes phrases…"


class BanquePhrases(QObject):
    """Offers phrases for *champ* and puts the chosen one at its caret, variables filled in.

    What is typed between «/» and the caret narrows the list; the words are the user's until a phrase takes their
    place, in one step that undo takes back.
    """

    def __init__(self, services: Services, champ: AutoText) -> None:
        super().__init__(champ)
        self.services = services
        self.champ = champ
        self.liste = ListePhrases(services.theme, champ)
        self.liste.chosen.connect(self._chosen)
        champ.destroyed.connect(self.liste.deleteLater)
        self._complet: DossierComplet | None = None
        self._critere: Critere | None = None
        self._reponse: Reponse | None = None
        self._debut: int | None = None
        """Where the words that narrow the list begin, «/» included; None when nothing is offered."""
        self._barre = 0
        """Length of «/»: none when the list was asked for."""
        self._saisi = ""
        self._attendue: int | None = None
        """Where «/» is about to be typed."""
        services.phrases.failed.connect(self._not_kept)
        champ.installEventFilter(self)
        champ.viewport().installEventFilter(self)
        champ.cursorPositionChanged.connect(self._follow)
        champ.textChanged.connect(self._follow)

    # --- what the page asks -------------------------------------------------------------------------------

    def show_critere(self, complet: DossierComplet, critere: Critere, reponse: Reponse) -> None:
        """Take what the phrases are chosen by: critere, level; and what fills their variables."""
        autre = self._critere is None or self._critere.id != critere.id or self._complet is None
        if autre or (self._complet is not None and self._complet.dossier.numero != complet.dossier.numero):
            self.close()
        self._complet, self._critere, self._reponse = complet, critere, reponse

    def open(self) -> None:
        """Offer the phrases now, at the caret (/)."""
        if self._critere is None or self.champ.isReadOnly():
            return
        if not self.champ.hasFocus():
            self.champ.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if not self.champ.textCursor().hasSelection():
                self.champ.moveCursor(QTextCursor.MoveOperation.End)
        self._begin(self.champ.textCursor().position(), barre=0)

    def close(self) -> None:
        """Offer nothing more; what is typed stays."""
        self._debut = self._attendue = None
        self.liste.hide()

    @property
    def is_open(self) -> bool:
        """Whether the list is in view."""
        return self._debut is not None and self.liste.isVisible()

    def variables(self) -> dict[str, str]:
        """Return the value of each variable for the answer in view."""
        if self._complet is None or self._critere is None or self._reponse is None:
            return {}
        return variables_de(self._complet.dossier, self._critere, self._reponse, self._complet.constats)

    # --- keys -----------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 Qt
        """Take the keys that move in the list while it is open; see «/» typed."""
        genre = event.type()
        if genre == QEvent.Type.ContextMenu and isinstance(event, QContextMenuEvent):
            self._show_menu(event)
            return True
        if watched is not self.champ:
            return False
        if genre == QEvent.Type.FocusOut:
            self.close()
        elif genre == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self.is_open and self._act_of(event) is not None:
                event.accept()
                return True
        elif genre == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key_pressed(event)
        return False

    def _key_pressed(self, event: QKeyEvent) -> bool:
        faire = self._act_of(event) if self.is_open else None
        if faire is not None:
            faire()
            return True
        if self._debut is not None and event.key() == Qt.Key.Key_Escape:
            self.close()
        if event.text() == "/" and not self.champ.isReadOnly() and self._critere is not None:
            return self._slash()
        return False

    def _act_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        """Return what a key does in the list, None for a key that types."""
        if event.modifiers() & ~_PAVE:
            return None
        touche = Qt.Key(event.key())
        if touche in _PAS:
            return lambda: self.liste.move_by(_PAS[touche])
        if touche in _VALIDER:
            return self.liste.choose
        return self.close if touche == Qt.Key.Key_Escape else None

    def _slash(self) -> bool:
        """See «/» typed where it asks for phrases; with words selected nothing is typed, they stay."""
        curseur = self.champ.textCursor()
        debut = curseur.selectionStart()
        avant = self.champ.document().characterAt(debut - 1) if debut else " "
        if not avant.isspace():
            return False
        if curseur.hasSelection():
            self._begin(curseur.position(), barre=0)
            return True
        self._attendue = debut
        return False

    # --- the list -------------------------------------------------------------------------------------------

    def _begin(self, debut: int, *, barre: int) -> None:
        self._debut, self._barre, self._saisi = debut, barre, ""
        self.liste.show_caret()
        self._show("")

    def _follow(self) -> None:
        """Follow what is typed after «/»; the list goes when the caret leaves it."""
        position = self.champ.textCursor().position()
        if self._attendue is not None:
            attendue, self._attendue = self._attendue, None
            if position == attendue + 1 and self.champ.document().characterAt(attendue) == "/":
                self._begin(attendue, barre=1)
            else:
                self._attendue = attendue if position == attendue else None
            return
        if self._debut is None:
            return
        saisi = self._typed(position)
        if saisi is None:
            self.close()
        elif saisi != self._saisi:
            self._saisi = saisi
            self._show(saisi)

    def _typed(self, position: int) -> str | None:
        """Return the words that narrow the list, None when the caret is no more behind them."""
        assert self._debut is not None
        longueur = position - self._debut
        if not self._barre <= longueur <= _SAISI_MAX:
            return None
        mots = "".join(self.champ.document().characterAt(i) for i in range(self._debut, position))
        if self._barre and not mots.startswith("/"):
            return None
        saisi = mots[self._barre :]
        return None if saisi[:1].isspace() or len(saisi.splitlines()) > 1 else saisi

    def _show(self, saisi: str) -> None:
        """Show what suits; when nothing does, the list is out of the way until what is typed changes."""
        assert self._critere is not None
        assert self._reponse is not None
        aujourdhui = self.services.campagne.horloge().astimezone(PARIS).date()
        offertes = self.services.phrases.offertes
        trouvees = proposer(offertes, self._critere.id, self._reponse.valeur, saisi, aujourdhui=aujourdhui)
        if saisi and not trouvees:
            self.liste.hide()
            return
        self.liste.show_phrases(
            trouvees[:PROPOSEES_MAX], self.variables(), self._acts(), self.services.phrases.panne
        )

    def _acts(self) -> dict[str, str]:
        actes = {}
        if self.champ.textCursor().hasSelection():
            actes[AJOUTER] = _AJOUTER_SELECTION
        elif self._paragraph():
            actes[AJOUTER] = _AJOUTER_PARAGRAPHE
        return {**actes, GERER: _GERER}

    def _chosen(self, choisi: object) -> None:
        if isinstance(choisi, Phrase):
            self._insert(choisi)
            return
        mots = self._selected() or self._paragraph()
        self._remove_typed()
        self.close()
        if choisi == AJOUTER:
            self.add(mots)
        else:
            self.manage()

    # --- what is typed --------------------------------------------------------------------------------------

    def _insert(self, phrase: Phrase) -> None:
        """Put a phrase in place of «/mots», as if it were typed; what is left to complete is selected."""
        rempli = completer(phrase, self.variables())
        curseur = self._typed_cursor()
        self.close()
        debut = curseur.selectionStart()
        avant = self.champ.document().characterAt(debut - 1) if debut else " "
        espace = "" if avant.isspace() else " "
        curseur.insertText(espace + printable(rempli.texte))
        self.champ.setTextCursor(curseur)
        if rempli.trous:
            depart, longueur = rempli.trous[0]
            place = debut + len(espace) + _utf16(rempli.texte[:depart])
            curseur.setPosition(place)
            fin = place + _utf16(rempli.texte[depart : depart + longueur])
            curseur.setPosition(fin, QTextCursor.MoveMode.KeepAnchor)
            self.champ.setTextCursor(curseur)
        self.champ.ensureCursorVisible()
        jour = self.services.campagne.horloge().astimezone(PARIS).date()
        self.services.phrases.note_use(phrase, jour)

    def _typed_cursor(self) -> QTextCursor:
        """Return a cursor on «/mots», or on the words selected."""
        curseur = self.champ.textCursor()
        if not curseur.hasSelection() and self._debut is not None:
            curseur.setPosition(self._debut, QTextCursor.MoveMode.KeepAnchor)
        return curseur

    def _remove_typed(self) -> None:
        curseur = self._typed_cursor()
        if not self.champ.textCursor().hasSelection():
            curseur.removeSelectedText()

    def _selected(self) -> str:
        return _words(self.champ.textCursor().selectedText())

    def _paragraph(self) -> str:
        """Return the paragraph of the caret without «/mots»."""
        curseur = self.champ.textCursor()
        bloc = curseur.block()
        texte, place = bloc.text(), curseur.position() - bloc.position()
        longueur = curseur.position() - self._debut if self._debut is not None else 0
        brut = texte.encode("utf-16-le")
        return _words((brut[: 2 * (place - longueur)] + brut[2 * place :]).decode("utf-16-le", "ignore"))

    # --- the dialogs ----------------------------------------------------------------------------------------

    def add(self, mots: str) -> "PhraseDialog | None":
        """Propose to keep words of the comment, with the variables put back, to be seen and changed first."""
        from ui.dialogs.phrase import PhraseDialog

        if not mots or self._complet is None or self._critere is None or self._reponse is None:
            return None
        texte = generaliser(mots, self.variables())
        phrase = Phrase(texte=texte, critere=self._critere.id, niveau=niveau_de(self._reponse.valeur))
        boite = PhraseDialog(self.services, phrase, dossier=self._complet.dossier, parent=self.champ.window())
        boite.accepted_phrase.connect(self.services.phrases.add)
        boite.open()
        return boite

    def manage(self) -> "PhrasesDialog":
        """Open «Mes phrases»."""
        from ui.dialogs.phrases import PhrasesDialog

        boite = PhrasesDialog(self.services, self.champ.window())
        boite.open()
        return boite

    def _not_kept(self, erreur: O2rError) -> None:
        if self.champ.isVisible() and QApplication.activeModalWidget() is None:  # else a dialog says it
            self.services.alertes.show_error(erreur)

    def _show_menu(self, event: QContextMenuEvent) -> None:
        """Add the phrases to the menu of the field."""
        menu = QPlainTextEdit.createStandardContextMenu(self.champ)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addSeparator()
        mots = self._selected()
        ajouter = menu.addAction(_AJOUTER_SELECTION, lambda: self.add(mots))
        ajouter.setEnabled(bool(mots) and self._critere is not None)
        menu.addAction(_GERER, self.manage)
        menu.popup(event.globalPos())


def _words(brut: str) -> str:
    """Return words of the field as they are kept: lines, no control character, no blank around."""
    return printable(brut.translate(_LIGNES)).strip()


def _utf16(texte: str) -> int:
    """Return a length as Qt counts it."""
    return len(texte.encode("utf-16-le")) // 2
