"""The outline of a dossier: parts of the form, pieces, criteria with their states, opinion and note."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from o2r_desktop.dossiers.model import Dossier, Piece
from o2r_desktop.evaluation.etats import EtatCritere, compter_faits, est_fait, etat_critere, reponse_dite
from o2r_desktop.evaluation.grille import Critere, Grille, Section
from o2r_desktop.evaluation.preuves import jauge, jauge_dite
from o2r_desktop.operations import DossierComplet
from o2r_desktop.text import NBSP, nombre, pluriel
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
    DOSSIER = "dossier"


PREUVE, VIGILANCE, QUESTION = "▣", "⚑", "?"
"""Marks of a critere: what supports the answer, what the committee should watch, what the porteur is asked."""
_ONGLETS = {
    Onglet.CONCLUSION: "Conclusion",
    Onglet.NOTE: "Note",
    Onglet.ANALYSE: "Analyse",
    Onglet.QUESTIONS: "Questions",
    Onglet.HISTORIQUE: "Historique",
}
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

    ``marque``, the signs of what goes with it, ``mot`` and ``signe`` stand at the right end;
    ``bulle`` is the whole text, ``dite`` what a screen reader says.
    """

    genre: Genre
    cle: str
    titre: str
    marque: str = ""
    mot: str = ""
    signe: str = ""
    ton: Ton = Ton.NEUTRE
    bulle: str = ""
    dite: str = ""
    enfants: tuple["Entree", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LecturePiece:
    """How far a piece was read: ``vues`` of its ``pages``, 0 when they are not known, or said to be read."""

    pages: int = 0
    vues: int = 0
    lue: bool = False

    @property
    def dite(self) -> str:
        """Return «lu», «5 sur 12», «5 p. vues», «12 p.», «» when nothing is known."""
        if self.lue:
            return "lu"
        if self.vues and self.pages:
            return f"{self.vues} sur {self.pages}"
        if self.vues:
            return f"{self.vues}{NBSP}p. {'vue' if self.vues == 1 else 'vues'}"
        return f"{self.pages}{NBSP}p." if self.pages else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suites:
    """What the outline says beside the evaluation: open questions by critere, reading by SHA-256 of a piece."""

    questions: Mapping[str, int] = field(default_factory=dict)
    lectures: Mapping[str, LecturePiece] = field(default_factory=dict)


SANS_SUITE = Suites()


def plan(
    grille: Grille, complet: DossierComplet, suites: Suites = SANS_SUITE, *, a_faire: bool = False
) -> tuple[Entree, ...]:
    """Return the outline of a dossier; *a_faire* leaves out the criteria that are done."""
    sections = [_section(s, complet, suites, a_faire=a_faire) for s in grille.sections]
    grille_dite = _groupe(GRILLE, _titre_grille(grille, complet), [s for s in sections if s.enfants])
    return (
        _groupe(DOSSIER, "Dossier", _parties(complet.dossier)),
        _groupe_pieces(complet.dossier.pieces, suites),
        _avec_preuves(grille_dite, *jauge(grille, complet.evaluation)),
        *_onglets(sum(suites.questions.values())),
    )


def _onglets(questions: int) -> Iterator[Entree]:
    for onglet, titre in _ONGLETS.items():
        compte = questions if onglet is Onglet.QUESTIONS else 0
        dit = f"{titre} ({compte})" if compte else titre
        attente = f", {pluriel(compte, 'question')} en attente" if compte else ""
        yield Entree(
            genre=Genre.ONGLET, cle=onglet, titre=dit, bulle=dit + attente, dite=f"{titre}, onglet{attente}"
        )


def _avec_preuves(groupe: Entree, prouves: int, attendus: int) -> Entree:
    """Add how many of the answers that should rest on evidence do."""
    if not attendus:
        return groupe
    dite = f"{groupe.titre}, {jauge_dite(prouves, attendus)}"
    ton = Ton.BON if prouves >= attendus else Ton.NEUTRE
    return replace(groupe, mot=f"{prouves}/{attendus}", signe=PREUVE, ton=ton, bulle=dite, dite=dite)


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


def _groupe_pieces(pieces: Sequence[Piece], suites: Suites) -> Entree:
    """Return the pieces by kind; those of the form alone need no heading."""
    familles = [
        _famille(genre, titre, lignes)
        for genre, titre in FAMILLES.items()
        if (lignes := [_piece(rang, p, suites) for rang, p in enumerate(pieces) if p.genre is genre])
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


def _piece(rang: int, piece: Piece, suites: Suites) -> Entree:
    nom, etat = nom_dit(piece), etat_piece(piece)
    lecture = suites.lectures.get(piece.empreinte, LecturePiece()) if piece.presente else LecturePiece()
    suite = que_faire(piece) or piece.champ
    return Entree(
        genre=Genre.PIECE,
        cle=str(rang),
        titre=nom,
        mot=lecture.dite or etat.mot,
        signe="✓" if lecture.lue else "" if lecture.dite else etat.signe,
        ton=Ton.BON if lecture.lue else Ton.NEUTRE if lecture.dite else etat.ton,
        bulle="\n".join(m for m in (nom, etat.dit, lecture.dite, suite) if m),
        dite=", ".join(m for m in (nom, f"pièce {etat.dit}", lecture.dite) if m),
    )


def _simple(genre: Genre, cle: str, titre: str, quoi: str) -> Entree:
    return Entree(genre=genre, cle=cle, titre=titre, bulle=titre, dite=f"{titre}, {quoi}")


def _section(section: Section, complet: DossierComplet, suites: Suites, *, a_faire: bool) -> Entree:
    enfants = tuple(
        _critere(c, complet, suites)
        for c in section.criteres
        if not (a_faire and est_fait(complet.evaluation.reponse(c.id)))
    )
    faits, attendus = compter_faits(section.criteres, complet.evaluation), len(section.criteres)
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


def _critere(critere: Critere, complet: DossierComplet, suites: Suites) -> Entree:
    reponse = complet.evaluation.reponse(critere.id)
    etat = etat_critere(critere, reponse, complet.constats)
    titre = f"{critere.id} {critere.libelle}"
    questions = suites.questions.get(critere.id, 0)
    marques = [
        (PREUVE, "avec preuve", bool(reponse.preuves)),
        (VIGILANCE, "point de vigilance", bool(reponse.vigilance)),
        (QUESTION, f"{pluriel(questions, 'question')} en attente", bool(questions)),
    ]
    mots = [etat.libelle, reponse_dite(reponse), *(mot for _, mot, vrai in marques if vrai)]
    return Entree(
        genre=Genre.CRITERE,
        cle=critere.id,
        titre=titre,
        marque="".join(signe for signe, _, vrai in marques if vrai),
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
