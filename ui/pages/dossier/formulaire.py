"""The form's answers as the applicant gave them, by section, with a search within."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout

from o2r_desktop.dossiers.champs import Champ
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.evaluation.preuves import extrait_de
from o2r_desktop.evaluation.reponses import Preuve
from o2r_desktop.operations import DossierComplet
from o2r_desktop.text import NBSP, pluriel
from ui.pages.dossier.formulaire_brut import TableBrute
from ui.pages.dossier.formulaire_lieux import champs_a, cle_champ, libelle_champ, libelle_et_rang, rang_piece
from ui.pages.dossier.formulaire_texte import AIDE_ZERO, CHIFFRES, write_dossier
from ui.pages.dossier.volet import Volet
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Banner, button, label, row
from ui.widgets.champs import Redaction
from ui.widgets.vue_texte import Etendue, IndexTexte, VueTexte


class FormulaireVolet(Volet):
    """The form to read: answers, or every raw field in a table."""

    piece_requested = Signal(int)
    """Rank of a received piece whose name was pressed."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._dossier: Dossier | None = None
        self._redaction: Redaction | None = None
        self._index: IndexTexte | None = None
        self._trouves: list[Etendue] = []
        self._courant = -1
        self.vue = VueTexte(services.theme, "Formulaire du dossier")
        self.table = TableBrute()
        self.cherche = QLineEdit()
        self.compte = label("", "secondaire")
        self.aide = Banner("", Ton.NEUTRE, [button("Fermer", self._hide_aide, role="discret")])
        self._barre = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pages = QStackedWidget()
        self._build()
        self.vue.largeur_changed.connect(self._redraw)
        self.vue.anchorClicked.connect(self._follow)
        services.theme.changed.connect(self._redraw)

    def _build(self) -> None:
        self.cherche.setPlaceholderText("Chercher dans le formulaire (Ctrl+F)")
        self.cherche.setAccessibleName("Chercher dans le formulaire")
        self.cherche.setClearButtonEnabled(True)
        self.cherche.textChanged.connect(self._search)
        self.cherche.installEventFilter(self)
        self.precedent = button("↑", self.find_previous, touche="Maj+F3", role="discret", nom="Résultat précédent")
        self.suivant = button("↓", self.find_next, touche="F3", role="discret", nom="Résultat suivant")
        self.brutes: QPushButton = button("Données brutes")
        self.brutes.setProperty("role", "bascule")
        self.brutes.setCheckable(True)
        self.brutes.toggled.connect(self._show_raw)
        self._barre.setContentsMargins(12, 8, 12, 8)
        self._barre.setSpacing(8)
        self._barre.addWidget(self.cherche, 1)
        self._barre.addLayout(row(self.compte, self.precedent, self.suivant, 1, self.brutes))
        self._pages.addWidget(self.vue)
        self._pages.addWidget(self.table)
        tout = QVBoxLayout(self)
        tout.setContentsMargins(0, 0, 0, 0)
        tout.setSpacing(0)
        tout.addLayout(self._barre)
        tout.addWidget(self.aide)
        tout.addWidget(self._pages, 1)
        for touche, faire in (("F3", self.find_next), ("Shift+F3", self.find_previous)):
            self._shortcut(touche).activated.connect(faire)
        self._echap = self._shortcut("Esc")
        self._echap.activated.connect(self._escape)
        self._say_count()

    def _shortcut(self, touche: str) -> QShortcut:
        raccourci = QShortcut(QKeySequence(touche), self)
        raccourci.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return raccourci

    # --- what is shown ----------------------------------------------------------------------------------

    def show_dossier(self, complet: DossierComplet) -> None:
        """Show another dossier, from its beginning."""
        self.aide.dire("")
        self._dossier = complet.dossier
        self._write()

    def update_dossier(self, complet: DossierComplet) -> None:
        """Show the same dossier; its form is drawn again only when an import changed it."""
        if complet.dossier != self._dossier:
            self._dossier = complet.dossier
            self._redraw()

    def focus_first(self) -> None:
        """Put the focus in the text."""
        (self.table if self.brutes.isChecked() else self.vue).setFocus()

    def sections(self) -> list[str]:
        """Return the headings of the form, in order."""
        return list(self._redaction.titres) if self._redaction else []

    def show_section(self, nom: str) -> None:
        """Scroll to a heading; an unknown one is ignored."""
        if self._redaction and (titre := self._redaction.titres.get(nom)):
            self.brutes.setChecked(False)
            self.vue.flash(titre)

    def show_champ(self, champ: str, rang: int = 1) -> bool:
        """Scroll to a field, by attribute or by label and rank, and flash it; return False when there is none."""
        etendue = self._etendue(champ, rang)
        if etendue is None:
            return False
        self.brutes.setChecked(False)
        self.vue.flash(etendue)
        return True

    def show_preuve(self, preuve: Preuve) -> bool:
        """Flash the words that were pinned, else their field; say that it is gone, and return False, without it."""
        etendue = self._etendue(preuve.ou)
        if etendue is None:
            self.aide.dire(f"«{NBSP}{extrait_de(preuve.ou)}{NBSP}» n’est plus dans le formulaire de ce dossier.")
            self._echap.setEnabled(True)
            return False
        self.brutes.setChecked(False)
        mots = self._indexed().trouver(preuve.extrait.rstrip("…"))
        self.vue.flash(next((e for e in mots if etendue.debut <= e.debut and e.fin <= etendue.fin), etendue))
        return True

    def _etendue(self, champ: str, rang: int = 1) -> Etendue | None:
        """Return where a field is written, by attribute or by label, or a whole part of the form."""
        if self._dossier is None or self._redaction is None:
            return None
        cles, titres = self._redaction.cles, self._redaction.titres
        trouvee = (
            cles.get(champ)
            or cles.get(cle_champ(self._dossier, champ, rang))
            or cles.get(cle_champ(self._dossier, *libelle_et_rang(champ)))
        )
        if trouvee is None and (titre := titres.get(champ)):
            fins = [t.debut for t in titres.values() if t.debut > titre.debut]
            dernier = self.vue.document().characterCount() - 1  # the end of the last block is no place of a caret
            return Etendue(titre.debut, min(fins, default=dernier))
        return trouvee

    @property
    def selection(self) -> Preuve | None:
        """The words that are selected and their field, else the field where the caret is; None when it is in none.

        Words that stand in no field (who applies) are in their part of the form.
        """
        if self._dossier is None or self._redaction is None:
            return None
        if self.brutes.isChecked():
            return Preuve(ou=self.table.libelle) if self.table.libelle else None
        curseur = self.vue.textCursor()
        ici, mots = curseur.selectionStart(), extrait_de(curseur.selectedText().replace("\u2029", "\n"))
        if trouves := champs_a(self._dossier, self._redaction.cles, ici):
            return Preuve(ou=libelle_champ(self._champ_a(*trouves, ici)), extrait=mots)
        parties = [nom for nom, titre in self._redaction.titres.items() if titre.debut <= ici]
        return Preuve(ou=parties[-1], extrait=mots) if parties and mots else None

    def _champ_a(self, champs: Sequence[Champ], etendue: Etendue, position: int) -> Champ:
        """Return the field of a position among those written together: one a cell or a line, in a series."""
        texte = self.vue.document()
        apres = texte.findBlock(position).blockNumber() - texte.findBlock(etendue.debut).blockNumber()
        serie = all(c.type in CHIFFRES for c in champs)
        return champs[apres - 1] if serie and 0 < apres <= len(champs) else champs[0]

    def _redraw(self) -> None:
        """Write the text again, in another look or width, and stay where it was read."""
        self.table.dress()
        sens = QBoxLayout.Direction
        self._barre.setDirection(sens.LeftToRight if self.vue.large else sens.TopToBottom)
        if self._dossier is None:
            return
        barre = self.vue.verticalScrollBar()
        part = barre.value() / max(1, barre.maximum())
        self._write()
        self.vue.document().size()  # lays the whole text out, so that the scroll bar knows its end
        barre.setValue(round(part * barre.maximum()))

    def _write(self) -> None:
        if self._dossier is None:
            return
        self._redaction = write_dossier(self._dossier, self.services.theme, self.vue.font(), large=self.vue.large)
        self.vue.show_document(self._redaction.document)
        self._index = None
        self._fill_raw()
        self._search(self.cherche.text())

    def _fill_raw(self) -> None:
        if self._dossier is not None and self.brutes.isChecked():
            self.table.modele.set_champs(self._dossier.champs)

    def _show_raw(self, brutes: bool) -> None:
        self._fill_raw()
        self._pages.setCurrentWidget(self.table if brutes else self.vue)
        self._search(self.cherche.text())

    def _follow(self, adresse: QUrl) -> None:
        """Open the piece of a link, or tell what a «?» means."""
        rang = rang_piece(adresse.toString())
        if rang is not None:
            self.piece_requested.emit(rang)
            return
        self.aide.dire(AIDE_ZERO)
        self._echap.setEnabled(True)

    def _hide_aide(self) -> None:
        self.aide.dire("")
        self.focus_first()

    # --- search ---------------------------------------------------------------------------------------------

    def focus_search(self) -> None:
        """Put the focus in the search field (Ctrl+F)."""
        self.cherche.setFocus()
        self.cherche.selectAll()

    def find_next(self) -> None:
        """Go to the next match, the first after the last one."""
        self._go(1)

    def find_previous(self) -> None:
        """Go to the match before, the last before the first one."""
        self._go(-1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 Qt
        """Go from match to match with Entrée and Maj+Entrée."""
        touche = event if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if touche is not None and touche.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(-1 if touche.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            return True
        return super().eventFilter(watched, event)

    def _search(self, texte: str) -> None:
        self.table.modele.search(texte)
        if not texte.strip():
            self._trouves, self._courant = [], -1
        elif not self.brutes.isChecked():
            avant = self._trouves[self._courant].debut if self._courant >= 0 else 0
            self._trouves = self._indexed().trouver(texte)
            apres = (rang for rang, e in enumerate(self._trouves) if e.debut >= avant)
            self._courant = next(apres, 0 if self._trouves else -1)
        self.vue.show_matches(self._trouves, self._courant)
        self._say_count()

    def _indexed(self) -> IndexTexte:
        if self._index is None:
            self._index = IndexTexte(self.vue.document().toRawText())
        return self._index

    def _go(self, pas: int) -> None:
        if self._trouves:
            self._courant = (self._courant + pas) % len(self._trouves)
            self.vue.show_matches(self._trouves, self._courant)
            self._say_count()

    def _say_count(self) -> None:
        texte, brutes = self.cherche.text().strip(), self.brutes.isChecked()
        self._echap.setEnabled(bool(self.cherche.text() or self.aide.texte.text()))
        for bouton in (self.precedent, self.suivant):
            bouton.setVisible(bool(texte) and not brutes)
            bouton.setEnabled(bool(self._trouves))
        if brutes:
            modele = self.table.modele
            mots = f"{modele.rowCount()} sur {pluriel(modele.total, 'champ')}" if modele.total else ""
        elif not texte:
            mots = ""
        else:
            mots = f"{self._courant + 1} sur {len(self._trouves)}" if self._trouves else "aucun résultat"
        self.compte.setText(mots)
        self.compte.setAccessibleName(f"Résultat de la recherche{NBSP}: {mots}" if mots else "")

    def _escape(self) -> None:
        if self.cherche.text():
            self.cherche.clear()
        else:
            self._hide_aide()
        self._say_count()
