"""Attributes of the form, the column that each is bound to, and what the user chooses instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from o2r_desktop.dossiers.appariement import Appariement, Candidat, ColonneLue, Lien, Proposition
from o2r_desktop.dossiers.model import Colonne
from o2r_desktop.text import NBSP, NNBSP, normalise, printable
from ui.theme import Ton
from ui.widgets.base import bulle
from ui.widgets.delegates import Pilule, Role

Index = QModelIndex | QPersistentModelIndex


class EtatAttribut(StrEnum):
    """How sure it is that an attribute is bound to the right column."""

    SUR = "✓ sûr"
    CHOISI = "✓ choisi"
    A_VERIFIER = "? à vérifier"
    ABSENT = "✕ absent"


class Partie(IntEnum):
    """A column of the table."""

    ETAT = 0
    ATTRIBUT = 1
    COLONNE = 2
    TROUVEE = 3
    SECTION = 4


TITRES = {
    Partie.ETAT: "État",
    Partie.ATTRIBUT: "Information",
    Partie.COLONNE: "Colonne du fichier",
    Partie.TROUVEE: "Trouvée par",
    Partie.SECTION: "Partie du formulaire",
}
_LIENS = {
    Lien.MEMOIRE: "votre choix, gardé",
    Lien.IDENTIFIANT: "l’identifiant du champ",
    Lien.EXACT: "le même libellé",
    Lien.NORMALISE: "le même libellé, à la casse près",
    Lien.RENOMME: "les mêmes valeurs, autre libellé",
    Lien.RESSEMBLANCE: "un libellé proche",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneAttribut:
    """An attribute as the table shows it. ``colonne`` is what it is bound to, or proposed (``A_VERIFIER``)."""

    proposition: Proposition
    etat: EtatAttribut
    colonne: Colonne | None
    trouvee: str

    @property
    def nom(self) -> str:
        """Return what the form calls the attribute."""
        return self.proposition.attribut.libelles[0]

    @property
    def ton(self) -> Ton:
        """Return the tone of its state: what no constat reads may be absent without harm."""
        if self.etat is EtatAttribut.ABSENT:
            return Ton.MAUVAIS if self.proposition.essentiel else Ton.NEUTRE
        return {
            EtatAttribut.SUR: Ton.BON,
            EtatAttribut.CHOISI: Ton.ACTION,
            EtatAttribut.A_VERIFIER: Ton.ALERTE,
        }[self.etat]


class CorrespondanceModel(QAbstractTableModel):
    """The attributes, those in view, and the choices of the user: what was proposed stays until she decides."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appariement = Appariement()
        self._choix: dict[str, Colonne | None] = {}
        self._lignes: list[LigneAttribut] = []
        self._vues: list[LigneAttribut] = []
        self._a_verifier = False

    # --- what the page says and asks ------------------------------------------------------------------------

    def set_appariement(self, appariement: Appariement) -> None:
        """Show what was matched; earlier choices are forgotten: they are in it."""
        self._appariement, self._choix = appariement, {}
        self._rebuild()

    def set_filtre(self, *, a_verifier: bool) -> None:
        """Keep only the attributes to look at, or show all of them."""
        self._a_verifier = a_verifier
        self._rebuild()

    @property
    def appariement(self) -> Appariement:
        """What is shown."""
        return self._appariement

    @property
    def choix(self) -> Mapping[str, Colonne | None]:
        """What the user decided, by attribute."""
        return dict(self._choix)

    @property
    def lignes(self) -> Sequence[LigneAttribut]:
        """All the attributes."""
        return self._lignes

    @property
    def restants(self) -> int:
        """Return how many attributes are still to look at."""
        return sum(self._to_look_at(x) for x in self._lignes)

    @property
    def reconnus(self) -> int:
        """Return how many attributes are bound."""
        return sum(x.etat in (EtatAttribut.SUR, EtatAttribut.CHOISI) for x in self._lignes)

    @property
    def libres(self) -> list[ColonneLue]:
        """Return the columns that no attribute is bound to."""
        liees = set(self.par_colonne)
        return [c for c in self._appariement.colonnes if c.colonne not in liees]

    @property
    def par_colonne(self) -> dict[Colonne, LigneAttribut]:
        """Return the attribute that each bound column is."""
        sures = (EtatAttribut.SUR, EtatAttribut.CHOISI)
        return {x.colonne: x for x in self._lignes if x.colonne is not None and x.etat in sures}

    def ligne(self, rang: int) -> LigneAttribut:
        """Return the attribute in view at *rang*."""
        return self._vues[rang]

    def rang_de(self, attribut: str) -> int:
        """Return where an attribute is in view, -1 when it is not."""
        return next((i for i, x in enumerate(self._vues) if x.proposition.attribut.id == attribut), -1)

    def next_to_check(self, rang: int) -> int:
        """Return the next attribute in view to look at after *rang*, round the end; -1 when there is none."""
        tour = [(rang + pas) % len(self._vues) for pas in range(1, len(self._vues) + 1)] if self._vues else []
        return next((i for i in tour if self._to_look_at(self._vues[i])), -1)

    def choose(self, attribut: str, colonne: Colonne | None) -> None:
        """Bind an attribute to a column, or to none; a column that was another's is taken from it."""
        if colonne is not None:
            for autre in [a for a, c in self._choix.items() if c == colonne and a != attribut]:
                del self._choix[autre]
        self._choix[attribut] = colonne
        self._refresh()

    def forget(self, attribut: str) -> None:
        """Come back to what was found."""
        if self._choix.pop(attribut, _RIEN) is not _RIEN:
            self._refresh()

    # --- what is made of the choices ------------------------------------------------------------------------

    def _rebuild(self) -> None:
        self.beginResetModel()
        self._lignes = self._lines()
        self._vues = [x for x in self._lignes if self._in_view(x)]
        self.endResetModel()
        self.changed.emit()

    def _refresh(self) -> None:
        """Show the choices; no line leaves the view while the user works on it."""
        self._lignes = self._lines()
        par_id = {x.proposition.attribut.id: x for x in self._lignes}
        self._vues = [par_id[x.proposition.attribut.id] for x in self._vues]
        if self._vues:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._vues) - 1, len(Partie) - 1))
        self.changed.emit()

    def _lines(self) -> list[LigneAttribut]:
        prises = {c: a for a, c in self._choix.items() if c is not None}
        return [_line(p, self._choix, prises) for p in self._appariement.propositions]

    def _in_view(self, ligne: LigneAttribut) -> bool:
        return not self._a_verifier or _doubtful(ligne.proposition)

    def _to_look_at(self, ligne: LigneAttribut) -> bool:
        return _doubtful(ligne.proposition) and ligne.proposition.attribut.id not in self._choix

    # --- what Qt asks ---------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return how many attributes are in view."""
        return 0 if parent.isValid() else len(self._vues)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Partie)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802 Qt
        """Return the name of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return TITRES[Partie(section)]
        gauche = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return gauche if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        ligne, partie = self._vues[index.row()], Partie(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _texte(ligne, partie)
        if role == Qt.ItemDataRole.ToolTipRole and partie is not Partie.ETAT:
            return bulle(_texte(ligne, partie)[:500])
        if role == Role.PASTILLE and partie is Partie.ETAT:
            return Pilule(ton=ligne.ton)
        return None


_RIEN = object()


def _line(p: Proposition, choix: Mapping[str, Colonne | None], prises: Mapping[Colonne, str]) -> LigneAttribut:
    """Return an attribute as found, unless the user chose for it or took its column for another."""
    identifiant = p.attribut.id
    if identifiant in choix:
        colonne = choix[identifiant]
        etat = EtatAttribut.ABSENT if colonne is None else EtatAttribut.CHOISI
        mots = "votre choix" if colonne is not None else f"votre choix{NBSP}: aucune colonne"
        return LigneAttribut(proposition=p, etat=etat, colonne=colonne, trouvee=mots)
    if p.retenu is not None and p.retenu.colonne in prises:
        mots = "sa colonne est liée ailleurs, par votre choix"
        return LigneAttribut(proposition=p, etat=EtatAttribut.ABSENT, colonne=None, trouvee=mots)
    if p.sure and p.retenu is not None:
        return LigneAttribut(
            proposition=p, etat=EtatAttribut.SUR, colonne=p.retenu.colonne, trouvee=found_by(p.retenu)
        )
    candidat = proposed(p)
    if candidat is None or candidat.colonne in prises:
        return LigneAttribut(proposition=p, etat=EtatAttribut.ABSENT, colonne=None, trouvee="")
    return LigneAttribut(
        proposition=p, etat=EtatAttribut.A_VERIFIER, colonne=candidat.colonne, trouvee=found_by(candidat)
    )


def proposed(p: Proposition) -> Candidat | None:
    """Return the best column for an attribute that is not surely bound."""
    return p.retenu or next(iter(p.candidats), None)


def found_by(candidat: Candidat) -> str:
    """Say how a column was found, with its score when it is only alike."""
    mots = _LIENS[candidat.lien]
    return f"{mots}, {candidat.score}{NNBSP}%" if candidat.lien in (Lien.RESSEMBLANCE, Lien.RENOMME) else mots


def nom_colonne(colonne: Colonne) -> str:
    """Return the label of a column on one line, with its rank when several have it."""
    libelle = " ".join(printable(colonne.libelle).split()) or "(sans libellé)"
    return f"{libelle} ({colonne.rang}ᵉ)" if colonne.rang > 1 else libelle


def search_columns(colonnes: Sequence[ColonneLue], recherche: str) -> list[ColonneLue]:
    """Return the columns whose label or values hold every word."""
    mots = normalise(recherche).split()
    return [c for c in colonnes if all(m in normalise(" ".join((c.colonne.libelle, *c.exemples))) for m in mots)]


def _doubtful(p: Proposition) -> bool:
    return not p.sure and (p.essentiel or bool(p.candidats))


def _texte(ligne: LigneAttribut, partie: Partie) -> str:
    if partie is Partie.ETAT:
        return ligne.etat.value
    if partie is Partie.ATTRIBUT:
        return ligne.nom
    if partie is Partie.SECTION:
        return ligne.proposition.attribut.section
    if partie is Partie.TROUVEE:
        return ligne.trouvee
    if ligne.colonne is None:
        return "—"
    return (
        f"{nom_colonne(ligne.colonne)} (proposée)"
        if ligne.etat is EtatAttribut.A_VERIFIER
        else nom_colonne(ligne.colonne)
    )
