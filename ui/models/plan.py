"""The outline of a dossier: parts of the form, pieces, criteria with their states, opinion and note."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from o2r_desktop.dossiers.model import Dossier, Piece
from o2r_desktop.evaluation.etats import EtatCritere, compter_faits, etat_critere, reponse_dite
from o2r_desktop.evaluation.grille import Critere, Grille, Section
from o2r_desktop.operations import DossierComplet
from o2r_desktop.text import nombre, pluriel
from ui.models.pieces import FAMILLES, etat_piece, nom_dit, que_faire
from ui.navigation import Onglet
from ui.theme import Ton

Index = QModelIndex | QPersistentModelIndex


class Genre(StrEnum):
    """What a line of the outline is."""

    GROUPE = "groupe"
    PARTIE = "partie"
    FAMILLE = "famille"
    PIECE = "piece"
    SECTION = "section"
    CRITERE = "critere"
    ONGLET = "onglet"


DOSSIER, PIECES, GRILLE = "dossier", "pieces", "grille"
"""Keys of the groups."""

TONS = {
    EtatCritere.VIDE: Ton.NEUTRE,
    EtatCritere.EN_COURS: Ton.ACTION,
    EtatCritere.FAIT: Ton.BON,
    EtatCritere.A_RECONFIRMER: Ton.ALERTE,
    EtatCritere.BLOQUANT: Ton.MAUVAIS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entree:
    """A line: ``cle`` is a critere, a section, a tab, a part of the form, a kind of pieces or the rank of a piece.

    ``mot`` and ``signe`` stand at the right end; ``bulle`` is the whole text, ``dite`` what a screen reader says.
    """

    genre: Genre
    cle: str
    titre: str
    mot: str = ""
    signe: str = ""
    ton: Ton = Ton.NEUTRE
    bulle: str = ""
    dite: str = ""
    enfants: tuple["Entree", ...] = ()


def plan(grille: Grille, complet: DossierComplet) -> tuple[Entree, ...]:
    """Return the outline of a dossier."""
    return (
        _groupe(DOSSIER, "Dossier", _parties(complet.dossier)),
        _groupe_pieces(complet.dossier.pieces),
        _groupe(GRILLE, _titre_grille(grille, complet), [_section(s, complet) for s in grille.sections]),
        Entree(genre=Genre.ONGLET, cle=Onglet.CONCLUSION, titre="Conclusion", dite="Conclusion, onglet"),
        Entree(genre=Genre.ONGLET, cle=Onglet.NOTE, titre="Note", dite="Note, onglet"),
    )


def _groupe(cle: str, titre: str, enfants: Sequence[Entree]) -> Entree:
    return Entree(genre=Genre.GROUPE, cle=cle, titre=titre, bulle=titre, dite=titre, enfants=tuple(enfants))


def _titre_grille(grille: Grille, complet: DossierComplet) -> str:
    faits = compter_faits(grille.criteres, complet.evaluation)
    titre = f"Grille · {faits}/{len(grille.criteres)}"
    if complet.score.total is None:
        return titre
    return f"{titre} · {'score' if complet.score.complet else 'provisoire'} {nombre(complet.score.total, 1)}"


def _parties(dossier: Dossier) -> list[Entree]:
    """Return the sections of the form, each once, in order."""
    sections = dict.fromkeys(c.section for c in dossier.champs)
    return [_simple(Genre.PARTIE, s, s or "Autres réponses", "partie du formulaire") for s in sections]


def _groupe_pieces(pieces: Sequence[Piece]) -> Entree:
    """Return the pieces by kind; those of the form alone need no heading."""
    familles = [
        _famille(genre, titre, lignes)
        for genre, titre in FAMILLES.items()
        if (lignes := [_piece(rang, p) for rang, p in enumerate(pieces) if p.genre is genre])
    ]
    enfants = familles[0].enfants if len(familles) == 1 else familles
    groupe = _groupe(PIECES, f"Pièces ({len(pieces)})", enfants)
    absentes = sum(not p.presente for p in pieces)
    if not absentes:
        return groupe
    mot = "aucune reçue" if absentes == len(pieces) else pluriel(absentes, "manquante")
    dite = f"{groupe.titre}, {mot}"
    return replace(groupe, mot=mot, signe="!", ton=Ton.ALERTE, bulle=dite, dite=dite)


def _famille(genre: str, titre: str, lignes: Sequence[Entree]) -> Entree:
    dite = f"{titre} ({len(lignes)})"
    return Entree(genre=Genre.FAMILLE, cle=genre, titre=dite, bulle=dite, dite=dite, enfants=tuple(lignes))


def _piece(rang: int, piece: Piece) -> Entree:
    nom, etat = nom_dit(piece), etat_piece(piece)
    suite = que_faire(piece) or piece.champ
    return Entree(
        genre=Genre.PIECE,
        cle=str(rang),
        titre=nom,
        mot=etat.mot,
        signe=etat.signe,
        ton=etat.ton,
        bulle="\n".join(m for m in (nom, etat.dit, suite) if m),
        dite=f"{nom}, pièce {etat.dit}",
    )


def _simple(genre: Genre, cle: str, titre: str, quoi: str) -> Entree:
    return Entree(genre=genre, cle=cle, titre=titre, bulle=titre, dite=f"{titre}, {quoi}")


def _section(section: Section, complet: DossierComplet) -> Entree:
    enfants = tuple(_critere(c, complet) for c in section.criteres)
    faits, attendus = compter_faits(section.criteres, complet.evaluation), len(enfants)
    etat = _etat_section([e.signe for e in enfants], fini=faits == attendus)
    return Entree(
        genre=Genre.SECTION,
        cle=section.id,
        titre=section.libelle,
        mot=f"{faits}/{attendus}",
        signe=etat.signe if etat else "",
        ton=TONS[etat] if etat else Ton.NEUTRE,
        bulle=f"{section.libelle}\n{faits} sur {attendus}" + (f" · {etat.libelle}" if etat else ""),
        dite=f"{section.libelle}, {faits} sur {attendus}" + (f", {etat.libelle}" if etat else ""),
        enfants=enfants,
    )


def _etat_section(signes: Sequence[str], *, fini: bool) -> EtatCritere | None:
    """Return what stands out in a section: what blocks, what is in doubt, or that all is done."""
    for etat in (EtatCritere.BLOQUANT, EtatCritere.A_RECONFIRMER):
        if etat.signe in signes:
            return etat
    return EtatCritere.FAIT if fini else None


def _critere(critere: Critere, complet: DossierComplet) -> Entree:
    reponse = complet.evaluation.reponse(critere.id)
    etat = etat_critere(critere, reponse, complet.constats)
    titre = f"{critere.id} {critere.libelle}"
    mots = [etat.libelle, reponse_dite(reponse)]
    return Entree(
        genre=Genre.CRITERE,
        cle=critere.id,
        titre=titre,
        mot=etat.libelle,
        signe=etat.signe,
        ton=TONS[etat],
        bulle=f"{titre}\n{' · '.join(m for m in mots if m)}",
        dite=", ".join(m for m in (titre, *mots) if m),
    )


@dataclass(slots=True)
class _Noeud:
    entree: Entree
    parent: int
    rang: int
    enfants: list[int]


class PlanModel(QAbstractItemModel):
    """The outline as a tree of one column; a line keeps its place while only states change."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._noeuds: list[_Noeud] = []
        self._racines: list[int] = []
        self.courant = ""
        self.piece = ""

    def set_plan(self, entrees: Sequence[Entree]) -> bool:
        """Show an outline; return False when the lines are those of before and only their states changed."""
        if _forme(entrees) == _forme([self._noeuds[r].entree for r in self._racines]):
            for place, entree in enumerate(_a_plat(entrees)):
                self._update(place, entree)
            return False
        self.beginResetModel()
        self._noeuds = []
        self._racines = [self._add(entree, -1, rang) for rang, entree in enumerate(entrees)]
        self.endResetModel()
        return True

    def set_courant(self, critere_id: str) -> None:
        """Say which critere is open at the right."""
        avant, self.courant = self.courant, critere_id
        for cle in {avant, critere_id} - {""}:
            index = self.find(Genre.CRITERE, cle)
            if index.isValid():
                self.dataChanged.emit(index, index)

    def set_piece(self, cle: str) -> None:
        """Say which piece is in view in the centre, «» when none is."""
        avant, self.piece = self.piece, cle
        for une in {avant, cle} - {""}:
            index = self.find(Genre.PIECE, une)
            if index.isValid():
                self.dataChanged.emit(index, index)

    def is_current(self, entree: Entree) -> bool:
        """Say whether a line is what is open at the right, or in view in the centre."""
        return (entree.genre is Genre.CRITERE and entree.cle == self.courant) or (
            entree.genre is Genre.PIECE and entree.cle == self.piece
        )

    def find(self, genre: Genre, cle: str) -> QModelIndex:
        """Return where a line stands, an invalid index when there is none."""
        for place, noeud in enumerate(self._noeuds):
            if noeud.entree.genre is genre and noeud.entree.cle == cle:
                return self._index(place)
        return QModelIndex()

    def entree(self, index: Index) -> Entree:
        """Return a line."""
        return self._noeuds[index.internalId()].entree

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 Qt
        """Return the place of a line under *parent*."""
        places = self._enfants(parent)
        return (
            self.createIndex(row, column, places[row]) if 0 <= row < len(places) and not column else QModelIndex()
        )

    def parent(self, child: Index) -> QModelIndex:  # type: ignore[override]  # Qt has two methods of that name
        """Return the place of the line above."""
        if not child.isValid():
            return QModelIndex()
        place = self._noeuds[child.internalId()].parent
        return QModelIndex() if place < 0 else self._index(place)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return how many lines stand under *parent*."""
        return len(self._enfants(parent))

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002, B008, N802 Qt
        """Return one."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a line."""
        if not index.isValid():
            return None
        entree = self.entree(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entree.titre
            case Qt.ItemDataRole.ToolTipRole:
                return _texte_brut(entree.bulle)
            case Qt.ItemDataRole.AccessibleTextRole:
                return entree.dite
        return None

    def _enfants(self, parent: Index) -> list[int]:
        return self._noeuds[parent.internalId()].enfants if parent.isValid() else self._racines

    def _index(self, place: int) -> QModelIndex:
        return self.createIndex(self._noeuds[place].rang, 0, place)

    def _add(self, entree: Entree, parent: int, rang: int) -> int:
        place = len(self._noeuds)
        noeud = _Noeud(entree, parent, rang, [])
        self._noeuds.append(noeud)
        noeud.enfants = [self._add(enfant, place, i) for i, enfant in enumerate(entree.enfants)]
        return place

    def _update(self, place: int, entree: Entree) -> None:
        noeud = self._noeuds[place]
        change = replace(noeud.entree, enfants=()) != replace(entree, enfants=())
        noeud.entree = entree
        if change:
            index = self._index(place)
            self.dataChanged.emit(index, index)


def _a_plat(entrees: Sequence[Entree]) -> Iterator[Entree]:
    for entree in entrees:
        yield entree
        yield from _a_plat(entree.enfants)


def _forme(entrees: Sequence[Entree]) -> list[tuple[Genre, str, int]]:
    """Return what stays the same while only states change."""
    return [(e.genre, e.cle, len(e.enfants)) for e in _a_plat(entrees)]


def _texte_brut(bulle: str) -> str:
    """Return the text of a tooltip that Qt cannot take for rich text: a name of a dossier may hold anything."""
    return bulle.replace("<", "\u2039").replace(">", "\u203a")
