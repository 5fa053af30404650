"""What was recognised in each file, and those that could not be read."""

from pathlib import Path

from PySide6.QtGui import QFontMetrics, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QTextEdit

from o2r_desktop.dossiers.importation import ImportPlan
from o2r_desktop.reception import Preparation
from o2r_desktop.text import NBSP, enumeration, instant, pluriel, printable
from ui.pages.importation import pieces
from ui.pages.importation.redaction import Redacteur
from ui.theme import Theme

_VUES = 5
"""Lines of text in view, less when the window is short; more scroll."""


class FichiersLus(QTextEdit):
    """A card with two lines for each file, and what is odd in it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._preparation: Preparation | None = None
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setProperty("role", "rapport")
        self.setAccessibleName("Fichiers lus")
        self.document().documentLayout().documentSizeChanged.connect(lambda *_: self._ajuster())
        theme.changed.connect(self._ecrire)

    def show_preparation(self, preparation: Preparation) -> None:
        """Show the files of a preparation."""
        self._preparation = preparation
        self._ecrire()

    def resizeEvent(self, e: QResizeEvent) -> None:  # noqa: N802 Qt
        """Take the height of the words at this width, within a limit."""
        super().resizeEvent(e)
        self._ajuster()

    def _ecrire(self) -> None:
        if self._preparation is None:
            return
        c = self._theme.couleurs
        self.document().setDefaultFont(QApplication.font())
        with Redacteur(self.document(), texte=c.texte, secondaire=c.secondaire) as plume:
            for fichier, phrase in self._preparation.illisibles:
                plume.remarque(_refus(fichier, phrase), c.mauvais)
            for plan in self._preparation.plans:
                plume.element(plan.read.fichier, recognised(plan, self._preparation), retrait=0)
                for remarque in remarks(plan):
                    plume.remarque(remarque, c.alerte)
            for archive in self._preparation.archives:
                plume.element(archive.archive.fichier, pieces.recognised(archive), retrait=0)
                for remarque in pieces.remarks(archive):
                    plume.remarque(remarque, c.alerte)
        self.setTextCursor(QTextCursor(self.document()))  # writing pushed it to the end, and the view follows it
        self._ajuster()
        self.verticalScrollBar().setValue(0)

    def _ajuster(self) -> None:
        voulue = int(self.document().size().height()) + self.height() - self.contentsRect().height()
        ligne = QFontMetrics(QApplication.font()).height()
        bords = self.height() - self.contentsRect().height()
        borne = ligne * max(2, min(_VUES, self.window().height() // (8 * ligne))) + bords
        if self.height() != min(voulue, borne):
            self.setFixedHeight(min(voulue, borne))


def recognised(plan: ImportPlan, preparation: Preparation) -> str:
    """Say the format, how many dossiers, the date and the procedure of a file."""
    lu = plan.read
    ecrits = [*plan.nouveaux, *(m.lu for m in plan.modifies)]
    annoncees = 0 if preparation.archives else sum(preparation.pieces.get(x.numero, 0) for x in ecrits)
    parties = [
        lu.origine.libelle,
        pluriel(max(len(lu.dossiers), len(plan.inchanges)), "dossier"),
        f"export du {instant(lu.date_fichier)}" if lu.date_fichier else "date d’export inconnue",
        f"démarche «{NBSP}{printable(lu.demarche)}{NBSP}»" if lu.demarche else "démarche non nommée",
    ]
    if annoncees:
        parties.append(pluriel(annoncees, "pièce annoncée", "pièces annoncées"))
    return " · ".join(parties)


def remarks(plan: ImportPlan) -> list[str]:
    """Return what is odd in the file as a whole, and its fields that nothing reads."""
    phrases = [f"{printable(a.ou)}{NBSP}: {printable(a.quoi)}" for a in plan.anomalies if a.numero is None]
    if plan.read.non_lies:
        champs = enumeration([f"«{NBSP}{printable(c)}{NBSP}»" for c in plan.read.non_lies[:6]])
        reste = len(plan.read.non_lies) - 6
        suite = f" et {pluriel(reste, 'autre')}" if reste > 0 else ""
        phrases.append(f"Champs gardés tels quels, sans lien avec la grille{NBSP}: {champs}{suite}.")
    return [f"! {phrase}" for phrase in phrases]


def _refus(fichier: Path, phrase: str) -> str:
    return f"✕ {phrase}" if fichier.name in phrase else f"✕ {fichier.name}{NBSP}: {phrase}"
