"""The way of a bug: a log without dossier content, one dialog that can copy its text, and the work goes on."""

import logging
import sys
import threading
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from o2r_desktop.errors import O2rError
from ui.alerts import Alerts
from ui.widgets.base import button, fill, label, row

TAILLE_JOURNAL = 512 * 1024
_CHAINE_MAX = 8


class Crash(QObject):
    """Takes what nobody caught, in whatever thread; install() once the application is there."""

    _caught = Signal(object)

    def __init__(self, journal: Path, alertes: Alerts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._alertes = alertes
        self._fichier = journal
        self.dialogue: CrashDialog | None = None
        self._caught.connect(self._tell)

    @cached_property
    def _journal(self) -> logging.Logger:
        return _open_log(self._fichier)  # at the first need: a start that goes well loads nothing of it

    def install(self) -> None:
        """Take the place of Python's and Qt's own handlers."""
        sys.excepthook = self.handle
        threading.excepthook = self._handle_thread
        sys.unraisablehook = self._handle_unraisable
        qInstallMessageHandler(self._handle_qt)

    def uninstall(self) -> None:
        """Give Python's and Qt's handlers back their place."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__
        qInstallMessageHandler(None)
        self.close()

    def close(self) -> None:
        """Let go of the file of the log."""
        if "_journal" in self.__dict__:
            for sortie in list(self._journal.handlers):
                self._journal.removeHandler(sortie)
                sortie.close()

    def handle(self, genre: type[BaseException], erreur: BaseException | None, trace: TracebackType | None) -> None:
        """Log a bug and tell it; a failure the user can act on is shown as its sentence."""
        if issubclass(genre, KeyboardInterrupt):
            QApplication.quit()
        elif isinstance(erreur, O2rError):
            self._caught.emit(erreur)
        else:
            texte = describe(genre, erreur, trace)
            self._journal.error(texte)
            self._caught.emit(texte)

    def _handle_thread(self, arguments: threading.ExceptHookArgs) -> None:
        self.handle(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def _handle_unraisable(self, rate: "sys.UnraisableHookArgs") -> None:
        self.handle(rate.exc_type, rate.exc_value, rate.exc_traceback)

    def _handle_qt(self, genre: QtMsgType, contexte: QMessageLogContext, message: str) -> None:
        niveau = logging.DEBUG if genre in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) else logging.WARNING
        self._journal.log(niveau, "Qt %s: %s", contexte.category or "", message[:300])

    def _tell(self, quoi: object) -> None:
        """Show what was caught, in the window's thread, one dialog at a time."""
        if isinstance(quoi, O2rError):
            self._alertes.show_error(quoi)
        elif self.dialogue is None:
            self.dialogue = CrashDialog(str(quoi), QApplication.activeWindow())
            self.dialogue.finished.connect(self._told)
            self.dialogue.open()

    def _told(self) -> None:
        if self.dialogue is not None:
            self.dialogue.deleteLater()
            self.dialogue = None


class CrashDialog(QDialog):
    """Says that something unforeseen happened; the text that helps to mend it can be copied."""

    def __init__(self, texte: str, parent: QWidget | None) -> None:
        from ui.dialogs.apropos import informations

        super().__init__(parent)
        self.setWindowTitle("Erreur inattendue")
        self.details = QPlainTextEdit(f"{informations()}\n\n{texte}")
        self.details.setReadOnly(True)
        self.details.setAccessibleName("Détails de l’erreur")
        self.details.setTabChangesFocus(True)
        self.copier = button("Copier le texte", self._copy)
        self.continuer = button("Continuer", self.accept, role="principal")
        self.continuer.setDefault(True)
        fill(
            QVBoxLayout(self),
            label("Une erreur inattendue s’est produite", "titre"),
            label(
                "Ce qui est enregistré est intact et vous pouvez continuer. Si l’erreur revient, copiez ce texte "
                "pour la signaler : il ne contient rien de vos dossiers.",
                wrap=True,
            ),
            self.details,
            row(self.copier, 1, self.continuer),
            marge=20,
            espace=12,
        )
        self.resize(self.fontMetrics().averageCharWidth() * 84, self.fontMetrics().height() * 22)
        self.continuer.setFocus()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.details.toPlainText())
        self.copier.setText("✓ Copié")


def describe(genre: type[BaseException], erreur: BaseException | None, trace: TracebackType | None) -> str:
    """Return where a bug came from: files, lines, functions, kinds; no message, it may hold dossier text."""
    parties = [_frames(trace), genre.__name__]
    suivante = (erreur.__cause__ or erreur.__context__) if erreur is not None else None
    while suivante is not None and len(parties) < _CHAINE_MAX:
        parties += ["Cause:", _frames(suivante.__traceback__), type(suivante).__name__]
        suivante = suivante.__cause__ or suivante.__context__
    return "\n".join(partie for partie in parties if partie)


def _frames(trace: TracebackType | None) -> str:
    lignes = []
    while trace is not None:
        code = trace.tb_frame.f_code
        fichier = "/".join(Path(code.co_filename).parts[-3:])  # the folders above may bear the user's name
        lignes.append(f"  {fichier}:{trace.tb_lineno} {code.co_qualname}")
        trace = trace.tb_next
    return "\n".join(lignes)


def _open_log(journal: Path) -> logging.Logger:
    """Return a logger of its own, on a file that turns; on nothing when the folder cannot be written."""
    from logging.handlers import RotatingFileHandler

    logger = logging.Logger("o2r", logging.INFO)
    sortie: logging.Handler
    try:
        journal.parent.mkdir(parents=True, exist_ok=True)
        sortie = RotatingFileHandler(journal, maxBytes=TAILLE_JOURNAL, backupCount=2, encoding="utf-8", delay=True)
    except OSError:
        sortie = logging.NullHandler()
    mise_en_forme = logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")
    mise_en_forme.converter = lambda instant: datetime.fromtimestamp(instant or 0, UTC).timetuple()
    sortie.setFormatter(mise_en_forme)
    logger.addHandler(sortie)
    return logger
