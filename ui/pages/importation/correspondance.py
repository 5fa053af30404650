"""Step 2: which column is which; shown when something is doubtful or the headers moved."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from o2r_desktop.dossiers.appariement import Renommage
from o2r_desktop.dossiers.correspondance import Correspondance
from o2r_desktop.dossiers.model import Colonne
from o2r_desktop.errors import O2rError
from o2r_desktop.operations import Session
from o2r_desktop.reception import Preparation
from o2r_desktop.text import NBSP
from ui.pages.importation.appariement import AppariementVue
from ui.pages.importation.derives import DerivesVue
from ui.pages.importation.echange import ask_source, ask_target
from ui.pages.importation.travaux import export
from ui.theme import Theme, Ton
from ui.widgets.base import Banner, button, fill, label, row

_LIGNES = 28
"""Lines of text under which the window is low."""


def needs_a_look(preparation: Preparation, *, premier: bool) -> bool:
    """Say whether the correspondence step has something to show that cannot wait.

    Headers that moved, or a likely column, always do; an attribute that no column could be, at the first import
    only: nothing can be done about it each week.
    """
    if not preparation.appariement.colonnes:  # an archive alone, or files that were not read again
        return False
    lue = preparation.correspondance
    doutes = [p for p in preparation.appariement.a_verifier if lue is None or not lue.ecarte(p.attribut)]
    return any(premier or p.candidats for p in doutes) or any(not d.vide for d in preparation.derives)


def chosen(preparation: Preparation, choix: Mapping[str, Colonne | None]) -> Correspondance | None:
    """Return the correspondence that the files were read with, and what the user chose over it."""
    if preparation.correspondance is None or not choix:
        return preparation.correspondance
    return preparation.correspondance.avec(choix, [jeu for plan in preparation.plans for jeu in plan.read.jeux])


class CorrespondanceEtape(QWidget):
    """What moved since the last import, what each attribute is bound to, and the buttons that go on."""

    back_requested = Signal()
    continue_requested = Signal()
    import_requested = Signal(object)
    """The file of a correspondence to read."""
    export_requested = Signal(object)
    """Where to write it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._preparation: Preparation | None = None
        self.message = Banner()
        self.derives = DerivesVue(theme)
        self.vue = AppariementVue(theme)
        self.retour = button("← Fichiers", self.back_requested.emit, nom="Revenir aux fichiers")
        self.importer = button("Importer une correspondance…", self._ask_source)
        self.exporter = button("Exporter…", self._ask_target, nom="Exporter la correspondance")
        self.continuer = button("Continuer", self.continue_requested.emit, role="principal", touche="Ctrl+Entrée")
        self.annonce = label(role="secondaire", wrap=True)
        self._composer()
        self.derives.rename_accepted.connect(self._accept)
        self.vue.changed.connect(self._dire)

    def _composer(self) -> None:
        self._haut = _Limite(self.derives)
        pied = row(self.retour, self.importer, self.exporter, self.annonce, self.continuer, espace=12)
        pied.setStretch(3, 1)
        pile = QVBoxLayout(self)
        fill(pile, self.message, self._haut, self.vue, pied)
        pile.setStretchFactor(self.vue, 1)
        QShortcut(
            QKeySequence("Ctrl+Return"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        ).activated.connect(self.continuer.click)

    # --- what the page says and asks ------------------------------------------------------------------------

    def show_preparation(self, preparation: Preparation) -> None:
        """Show what was matched and what moved."""
        self._preparation = preparation
        self.message.dire("")
        self.vue.show_appariement(preparation.appariement)
        self._show_derives()

    def give(self, session: Session, cible: Path) -> None:
        """Write the correspondence to a file, with what is chosen and not yet in the campagne."""
        voulue = chosen(self._preparation, self.choix) if self._preparation is not None else None
        try:
            export(session, cible, voulue)
        except O2rError as erreur:
            self.message.dire(str(erreur), Ton.MAUVAIS)
        else:
            self.message.dire(f"Correspondance enregistrée{NBSP}: {cible}", Ton.BON)

    def clear(self) -> None:
        """Forget what was read."""
        self._preparation = None

    @property
    def choix(self) -> Mapping[str, Colonne | None]:
        """What the user decided, by attribute."""
        return self.vue.modele.choix

    # --- what the user does ---------------------------------------------------------------------------------

    def _accept(self, renommage: Renommage) -> None:
        attribut = self._attribut(renommage.ancienne)
        if attribut:
            self.vue.choose(attribut, renommage.nouvelle)
            self._show_derives()

    def _attribut(self, colonne: Colonne) -> str:
        """Return the attribute that a column of the last import was, «» when it was none of ours."""
        correspondance: Correspondance | None = self._preparation.correspondance if self._preparation else None
        attribut = correspondance.lier((colonne,))[0] if correspondance else None
        return attribut.id if attribut else ""

    def _liee(self, renommage: Renommage) -> bool | None:
        attribut = self._attribut(renommage.ancienne)
        if not attribut:
            return None
        ligne = self.vue.modele.par_colonne.get(renommage.nouvelle)
        return ligne is not None and ligne.proposition.attribut.id == attribut

    def _show_derives(self) -> None:
        derives = self._preparation.derives if self._preparation else ()
        self.derives.show_derives(derives, self._liee)
        self._haut.setVisible(any(not d.vide for d in derives))
        self._order()

    def _order(self) -> None:
        """Have Tab go through what moved before the table: its cards were made after it."""
        parties = self.derives.controls
        avant = self.vue.onglets["a_verifier"].previousInFocusChain()
        while avant is not None and avant.focusPolicy() is Qt.FocusPolicy.NoFocus:
            avant = avant.previousInFocusChain()
        for partie in parties:
            if avant is not None and avant not in parties[parties.index(partie) :]:
                QWidget.setTabOrder(avant, partie)
            avant = partie

    def _dire(self) -> None:
        choisis = len(self.vue.modele.choix)
        self.annonce.setText(
            "Les fichiers seront relus avec vos choix ; ils seront gardés dans la campagne avec l’import."
            if choisis
            else f"Rien n’est écrit avant «{NBSP}Importer{NBSP}»."
        )

    def _ask_source(self) -> None:
        ask_source(self, self.import_requested.emit)

    def _ask_target(self) -> None:
        ask_target(self, self.export_requested.emit)


class _Limite(QScrollArea):
    """Takes the height of its content, up to a third of the window, or a sixth in large text; more scrolls."""

    def __init__(self, contenu: QWidget) -> None:
        super().__init__()
        self._contenu = contenu
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(contenu)
        contenu.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 Qt
        """Follow the height of the content."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._ajuster()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:  # noqa: N802 Qt
        """Return the height that the content needs, within the limit."""
        return QSize(super().sizeHint().width(), self.height())

    def _ajuster(self) -> None:
        contenu = self._contenu
        largeur = self.viewport().width()
        voulue = contenu.heightForWidth(largeur) if contenu.hasHeightForWidth() else contenu.sizeHint().height()
        haut = self.window().height()
        court = haut < _LIGNES * self.fontMetrics().height()
        borne = min(voulue, max(60, haut // (6 if court else 3)))
        if self.height() != borne:
            self.setFixedHeight(borne)
        self._follow(None, self.window().focusWidget())  # the content grew or the area shrank under it

    def _follow(self, _avant: QWidget | None, focus: QWidget | None) -> None:
        """Bring what has the focus into view: Qt does so only when the focus moves inside the area."""
        if focus is not None and self._contenu.isAncestorOf(focus):
            self.ensureWidgetVisible(focus)
