"""The checklist of actors: those that the dossier names, those that it does not, filtered in one click."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from o2r_desktop.analyse.reseau.modele import ESSENTIELLES, Ligne, Mention
from o2r_desktop.text import pluriel
from ui.widgets.base import fill, label, row
from ui.widgets.tableau import ReadTable

_SIGNES = {Mention.LOCALE: "✓", Mention.GENERIQUE: "~", Mention.ABSENTE: "○"}
_FILTRES: Mapping[str, Callable[[Ligne], bool]] = {
    "Cités, et attendus non cités": lambda x: x.mention is not Mention.ABSENTE or _attendu(x),
    "Nommés localement": lambda x: x.mention is Mention.LOCALE,
    "Cités sans lieu": lambda x: x.mention is Mention.GENERIQUE,
    "Non cités": lambda x: x.mention is Mention.ABSENTE,
    "Tous les acteurs": lambda _: True,
}
_LIGNES = 8


def _attendu(ligne: Ligne) -> bool:
    """Say whether RES-03 names the kind of an actor: that it is not cited is worth seeing."""
    return ligne.acteur.famille in ESSENTIELLES and not ligne.acteur.local


class ListeActeurs(QWidget):
    """One row per actor: how it is named, its role, a proof, what the instructor says."""

    ligne_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._toutes: Sequence[Ligne] = ()
        self._lignes: Sequence[Ligne] = ()
        self.filtre = QComboBox()
        self.filtre.setAccessibleName("Acteurs montrés")
        self.filtre.addItems(list(_FILTRES))
        self.compte = label("", "secondaire")
        self.table = _Table()
        fill(QVBoxLayout(self), row(self.filtre, self.compte, 1), self.table, espace=6)
        self.filtre.currentIndexChanged.connect(self._filter)
        self.table.currentCellChanged.connect(lambda *_: self.ligne_changed.emit())

    @property
    def ligne(self) -> Ligne | None:
        """The actor chosen."""
        rang = self.table.currentRow()
        return self._lignes[rang] if 0 <= rang < len(self._lignes) else None

    def show_lignes(self, lignes: Sequence[Ligne]) -> None:
        """Show these actors; the one chosen stays chosen."""
        self._toutes = lignes
        self._filter()

    def _filter(self) -> None:
        choisi = self.ligne.acteur.id if self.ligne is not None else ""
        garde = _FILTRES[self.filtre.currentText()]
        rangs = list(Mention)
        lignes = [x for x in self._toutes if garde(x)]
        lignes.sort(key=lambda x: (x.acteur.famille not in ESSENTIELLES, -rangs.index(x.mention)))
        self._lignes = lignes
        muet = self.table.blockSignals(True)
        self.table.show_rows([_rangee(x) for x in lignes])
        rang = next((i for i, x in enumerate(lignes) if x.acteur.id == choisi), 0)
        if lignes:
            self.table.setCurrentCell(rang, 0)
        self.table.blockSignals(muet)
        self.compte.setText(pluriel(len(lignes), "acteur"))
        haut = self.table.verticalHeader().defaultSectionSize() * max(2, min(_LIGNES, len(lignes)))
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + haut + 6)
        self.ligne_changed.emit()


class _Table(ReadTable):
    def __init__(self) -> None:
        super().__init__(
            "Acteurs du réseau pour l’emploi", ("Acteur", "Mention", "Rôle", "Preuve", "Avis"), etiree=0
        )

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 Qt
        """Leave letters and digits to the page."""


def _rangee(ligne: Ligne) -> tuple[str, ...]:
    mention = f"{_SIGNES[ligne.mention]} {ligne.mention.value}"
    return (
        ligne.acteur.nom,
        mention,
        "✓ dit" if ligne.role_precis else "–",
        "✓ jointe" if ligne.preuve_jointe else "–",
        ligne.marque.statut.libelle if ligne.marque.statut else "–",
    )
