"""After a session that was cut: one banner says what is there, and leads back to where it stopped."""

from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from o2r_desktop.errors import O2rError
from o2r_desktop.operations.interruption import Interruption, interruption, keep_draft
from ui.navigation import Onglet
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Banner, button
from ui.widgets.flux import Flow


class BandeauReprise(Banner):
    """Shown when a campagne opens after a cut, or with a draft left; hidden by itself once its way is taken."""

    def __init__(self, services: Services) -> None:
        self.reprendre = button("Reprendre", self.resume, nom="Reprendre là où la session s’est interrompue")
        self.copier = button("Copier le brouillon", self.copy)
        self.fermer = button("Fermer", self.close_banner, role="discret", nom="Fermer ce bandeau")
        super().__init__("", Ton.ALERTE)
        self._boutons = QWidget()
        cote_a_cote = Flow(self._boutons)
        for bouton in (self.reprendre, self.copier, self.fermer):
            cote_a_cote.addWidget(bouton)
        self._ligne.addWidget(self._boutons)
        self._services = services
        self.interruption: Interruption | None = None
        services.campagne.opened.connect(self._opened)
        services.campagne.closed.connect(self._forget)
        self._tell()

    def resume(self) -> None:
        """Open the dossier and the critere of the last thing written."""
        trouvee = self.interruption
        if trouvee is None or trouvee.numero is None:
            return
        onglet = None if trouvee.critere else Onglet.CONCLUSION
        self._services.navigation.open_dossier(trouvee.numero, critere_id=trouvee.critere, onglet=onglet)
        if not trouvee.brouillon:
            self._forget()

    def copy(self) -> None:
        """Put the draft on the clipboard; it stays in its file until the banner is closed."""
        if self.interruption is not None:
            QGuiApplication.clipboard().setText(self.interruption.brouillon)
            self.copier.setText("✓ Copié")

    def close_banner(self) -> None:
        """Hide it, and throw the draft away when its text was copied."""
        if self.copier.text().startswith("✓") and self._services.campagne.is_open:
            keep_draft(self._services.campagne.session, [])
        self._forget()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Put the buttons under the words when they would leave them less than half of the width."""
        super().resizeEvent(event)
        etroit = 2 * self._boutons.sizeHint().width() > self.width()
        sens = QBoxLayout.Direction
        self._ligne.setDirection(sens.TopToBottom if etroit else sens.LeftToRight)

    def _opened(self) -> None:
        try:
            self.interruption = interruption(self._services.campagne.session)
        except O2rError:  # the campagne says by other ways that it cannot be read
            self.interruption = None
        self._tell()

    def _forget(self) -> None:
        self.interruption = None
        self._tell()

    def _tell(self) -> None:
        trouvee = self.interruption
        self.copier.setText("Copier le brouillon")
        self.reprendre.setVisible(trouvee is not None and trouvee.numero is not None)
        self.copier.setVisible(trouvee is not None and bool(trouvee.brouillon))
        self.fermer.setVisible(trouvee is not None)
        self.dire("" if trouvee is None else trouvee.phrase)
