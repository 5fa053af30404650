"""The accounts of a body as a grid: one row a post, one column an exercice, the last one first."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from o2r_desktop.analyse.angles import Controle
from o2r_desktop.analyse.finances.comptes import ExerciceSaisi
from o2r_desktop.analyse.finances.postes import POSTES, Etat
from o2r_desktop.analyse.saisie import Fiches, MontantSaisi, Source, ecrire_source, lire_source
from o2r_desktop.evaluation.constats import Resultat, pire
from o2r_desktop.evaluation.preuves import preuve_dite
from o2r_desktop.evaluation.reponses import Preuve
from o2r_desktop.text import NBSP, date_courte, nombre, pluriel, printable
from ui.theme import Ton
from ui.widgets.base import bulle
from ui.widgets.grille_editeurs import EtatLigne, RoleGrille

Index = QModelIndex | QPersistentModelIndex

CLE_COLONNES = "comptes/colonnes"
"""Years that are shown beside those that hold something: a list of numbers."""
CERTIFICATIONS = {
    "": "non renseignée",
    "certifie": "sans réserve",
    "certifie_avec_reserve": "avec réserve",
    "refus": "refusée",
    "sans_objet": "sans objet",
}
NATURES = {False: "comptes clos", True: "prévisionnel"}
_TITRES = {
    Etat.ACTIF: "Bilan : actif",
    Etat.PASSIF: "Bilan : passif",
    Etat.PRODUITS: "Compte de résultat : produits",
    Etat.CHARGES: "Compte de résultat : charges",
    Etat.ANNEXE: "Annexe et rapports",
}
_SIGNES = {
    Resultat.CONFORME: ("✓ juste", Ton.BON),
    Resultat.ALERTE: ("! à vérifier", Ton.ALERTE),
    Resultat.NON_CONFORME: ("✕ écart", Ton.MAUVAIS),
    Resultat.INCONNU: ("? incomplet", Ton.NEUTRE),
}
_ECART = re.compile(r"écart de ([−\d\s]+(?:,\d\d)?)\s€")
"""How a check says its gap (analyse/finances/equilibres)."""
_ETATS = (
    ("passif", Etat.PASSIF), ("bilan", Etat.PASSIF), ("actif", Etat.ACTIF), ("produits", Etat.PRODUITS),
    ("charges", Etat.CHARGES), ("resultat", Etat.CHARGES), ("", Etat.ANNEXE),
)  # fmt: skip
"""Under which statement a check stands, by the first of these words in its key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """A row of the grid; ``cle`` is that of its post or of its detail of the exercice."""

    etat: EtatLigne
    cle: str
    libelle: str
    comptes: str = ""
    aide: str = ""
    groupe: Etat | None = None


def _lignes() -> tuple[Ligne, ...]:
    faites = [
        Ligne(etat=EtatLigne.TITRE, cle="", libelle="Exercice"),
        Ligne(etat=EtatLigne.DETAIL, cle="source", libelle="Source des montants", aide="pièce de la colonne"),
        Ligne(etat=EtatLigne.DETAIL, cle="cloture", libelle="Clôture", aide="écrivez 31/12/2024"),
        Ligne(etat=EtatLigne.DETAIL, cle="mois", libelle="Durée en mois", aide="de 1 à 24"),
        Ligne(etat=EtatLigne.DETAIL, cle="certification", libelle="Certification des comptes"),
        Ligne(
            etat=EtatLigne.DETAIL,
            cle="previsionnel",
            libelle="Nature",
            aide="un prévisionnel n’entre dans aucun ratio",
        ),
    ]
    for groupe in Etat:
        faites.append(Ligne(etat=EtatLigne.TITRE, cle="", libelle=_TITRES[groupe], groupe=groupe))
        faites += [
            Ligne(
                etat=EtatLigne.TOTAL if p.total else EtatLigne.POSTE,
                cle=p.cle, libelle=p.libelle, comptes=p.comptes, aide=p.aide, groupe=groupe,
            )
            for p in POSTES
            if p.etat is groupe
        ]  # fmt: skip
        faites.append(Ligne(etat=EtatLigne.CONTROLE, cle="", libelle="Contrôle", groupe=groupe))
    return tuple(faites)


LIGNES = _lignes()


def annees_montrees(fiches: Fiches, exercices: Sequence[ExerciceSaisi], depot: date | None) -> tuple[int, ...]:
    """Return the years to show, the last one first: those chosen, else the three before the deposit; any typed."""
    choisies = fiches.get(CLE_COLONNES)
    if not isinstance(choisies, list) or not all(isinstance(a, int) and 1900 < a < 2200 for a in choisies):
        derniere = depot.year - 1 if depot is not None else max((e.annee for e in exercices), default=0)
        choisies = [derniere - pas for pas in range(3)] if derniere else []
    return tuple(sorted({*choisies, *(e.annee for e in exercices)}, reverse=True))


def source_de(fiches: Fiches, annee: int) -> Source | None:
    """Return where the amounts of an exercice are read unless another place is said."""
    details = fiches.get(f"comptes/{annee}")
    return lire_source(details.get("source")) if isinstance(details, Mapping) else None


def details_de(fiches: Fiches, annee: int, **changes: Any) -> dict[str, Any] | None:
    """Return what is to be kept of an exercice with some details changed, None when nothing is said."""
    avant = fiches.get(f"comptes/{annee}")
    dits = {**(avant if isinstance(avant, Mapping) else {}), **changes}
    return {cle: valeur for cle, valeur in dits.items() if valeur not in (None, "")} or None


def source_dite(source: Source | None) -> str:
    """Return «comptes_2024.pdf, p. 4», «» without a source."""
    return "" if source is None else preuve_dite(Preuve(ou=source.ou, page=source.page, empreinte=source.empreinte))


class ComptesModel(QAbstractTableModel):
    """What was typed, with checks; what cannot be read stays in its cell, told as such."""

    edited = Signal(object, object)
    """Index and what was typed or chosen: text, or the value of a choice."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.annees: tuple[int, ...] = ()
        self.modifiable = False
        self.sources: list[tuple[str, object]] = []
        """Pieces to choose among: words, and the source as it is kept."""
        self.fautes: dict[tuple[int, str], tuple[str, str]] = {}
        """Text that cannot be read and why, by year and key of row."""
        self._fiches: Fiches = {}
        self._exercices: Mapping[int, ExerciceSaisi] = {}
        self._controles: Mapping[tuple[Etat, int], list[Controle]] = {}

    # --- what is shown ------------------------------------------------------------------------------------

    def show(self, annees: Sequence[int], *, modifiable: bool) -> None:
        """Show other columns; the same ones stay as they are, with what is being typed in them."""
        if tuple(annees) != self.annees:
            self.beginResetModel()
            self.annees, self.modifiable = tuple(annees), modifiable
            self.endResetModel()
        else:
            self.modifiable = modifiable

    def put(self, fiches: Fiches, exercices: Sequence[ExerciceSaisi], controles: Sequence[Controle]) -> None:
        """Show what was typed and its checks."""
        self._fiches = fiches
        self._exercices = {e.annee: e for e in exercices}
        groupes: dict[tuple[Etat, int], list[Controle]] = {}
        for controle in controles:
            nom, _, annee = controle.cle.rpartition("/")
            annee = annee.rpartition("-")[2]  # what links two exercices stands under the later one
            etat = next((e for mot, e in _ETATS if mot in nom), None)
            if etat is not None and annee.isdecimal():
                groupes.setdefault((etat, int(annee)), []).append(controle)
        self._controles = groupes
        if self.annees:
            self.dataChanged.emit(self.index(0, 0), self.index(len(LIGNES) - 1, len(self.annees) - 1))

    def ligne(self, index: Index) -> Ligne:
        """Return the row of a cell."""
        return LIGNES[index.row()]

    def annee(self, index: Index) -> int:
        """Return the exercice of a cell."""
        return self.annees[index.column()]

    def montant(self, index: Index) -> MontantSaisi:
        """Return the amount of a cell, an empty one elsewhere."""
        exercice = self._exercices.get(self.annee(index))
        return exercice.montant(self.ligne(index).cle) if exercice is not None else MontantSaisi()

    def controles(self, index: Index) -> Sequence[Controle]:
        """Return the checks of a cell of the rows «Contrôle»."""
        ligne = self.ligne(index)
        if ligne.groupe is None or ligne.etat is not EtatLigne.CONTROLE:
            return ()
        return self._controles.get((ligne.groupe, self.annee(index)), ())

    def find(self, annee: int, cle: str) -> QModelIndex:
        """Return the cell of a post or of a detail."""
        ligne = next((rang for rang, li in enumerate(LIGNES) if li.cle == cle), -1)
        return self.index(ligne, self.annees.index(annee)) if annee in self.annees else QModelIndex()

    # --- as a model ---------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(LIGNES)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return how many exercices are shown."""
        return 0 if parent.isValid() else len(self.annees)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say what may be done in a cell: titles are passed over."""
        if not index.isValid() or self.ligne(index).etat is EtatLigne.TITRE:
            return Qt.ItemFlag.NoItemFlags
        droits = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        libre = self.modifiable and self.ligne(index).etat is not EtatLigne.CONTROLE
        return droits | Qt.ItemFlag.ItemIsEditable if libre else droits

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802 Qt
        """Return the year of a column; the name, the state and the accounts of a row."""
        if orientation is Qt.Orientation.Horizontal:
            return str(self.annees[section]) if role == Qt.ItemDataRole.DisplayRole else None
        ligne = LIGNES[section]
        dits: dict[int, str] = {
            Qt.ItemDataRole.DisplayRole: ligne.libelle,
            Qt.ItemDataRole.ToolTipRole: f"{ligne.libelle} ({ligne.comptes})" if ligne.comptes else ligne.libelle,
            RoleGrille.ETAT: ligne.etat,
            RoleGrille.SUITE: ligne.comptes,
        }
        return dits.get(role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says."""
        if not index.isValid():
            return None
        ligne = self.ligne(index)
        if role == RoleGrille.ETAT:
            return ligne.etat
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index)
        faute = self.fautes.get((self.annee(index), ligne.cle))
        if role == RoleGrille.FAUTE:
            return faute[1] if faute else ""
        if faute and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return faute[0]
        if faute and role == RoleGrille.TON:
            return Ton.MAUVAIS
        if ligne.etat is EtatLigne.DETAIL:
            return self._detail(ligne.cle, self.annee(index), role)
        if ligne.etat is EtatLigne.CONTROLE:
            return self._checked(index, role)
        return None if ligne.etat is EtatLigne.TITRE else _dit(self.montant(index), role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 Qt
        """Tell what was typed; who listens writes it."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        self.edited.emit(index, value)
        return True

    def _detail(self, cle: str, annee: int, role: int) -> Any:
        exercice = self._exercices.get(annee) or ExerciceSaisi(annee=annee)
        if cle == "source":
            return self._source(annee, role)
        if cle == "certification":
            return _choisi(CERTIFICATIONS, exercice.certification, role)
        if cle == "previsionnel":
            return _choisi(NATURES, exercice.previsionnel, role)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, RoleGrille.COPIE):
            return None
        if cle == "mois":
            return str(exercice.mois)
        return _jour_dit(exercice.cloture)

    def _source(self, annee: int, role: int) -> Any:
        source = source_de(self._fiches, annee)
        if role == RoleGrille.CHOIX:
            return [("aucune", None), *self.sources]
        if role == Qt.ItemDataRole.EditRole:
            return None if source is None else ecrire_source(source)
        montree = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, RoleGrille.COPIE)
        return printable(source_dite(source)) if montree else None

    def _checked(self, index: Index, role: int) -> Any:
        controles = self.controles(index)
        if not controles:
            return None
        dits = _SIGNES.get(pire(c.resultat for c in controles))
        if dits is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, RoleGrille.COPIE):
            ecart = _ECART.search(" ".join(c.valeur for c in controles if c.resultat is not Resultat.CONFORME))
            return f"{dits[0].partition(' ')[0]} écart {ecart[1]}" if ecart else dits[0]
        if role == RoleGrille.TON:
            return dits[1]
        return bulle("\n".join(map(controle_dit, controles))) if role == Qt.ItemDataRole.ToolTipRole else None

    def _spoken(self, index: Index) -> str:
        """Return a cell as a screen reader says it."""
        ligne = self.ligne(index)
        texte = str(self.data(index) or "vide")
        sous = str(self.data(index, RoleGrille.SOUS) or "")
        dits = ", ".join(map(controle_dit, self.controles(index)))
        faute = self.data(index, RoleGrille.FAUTE)
        suite = ", ".join(t for t in (texte, sous, dits, faute) if t)
        return f"{ligne.libelle} {self.annee(index)}{NBSP}: {suite}"


def controle_dit(controle: Controle) -> str:
    """Return a check in words: «Total du passif 2023 : 459 074,00 €, égal à la somme des postes»."""
    return f"{controle.nom}{NBSP}: {controle.valeur}"


def _dit(montant: MontantSaisi, role: int) -> Any:
    """Return what a cell says of its amount."""
    valeur = montant.valeur
    if role == Qt.ItemDataRole.DisplayRole:
        return "" if valeur is None else nombre(valeur, 2)
    if role == Qt.ItemDataRole.EditRole:
        return saisi(montant.declare)
    if role == RoleGrille.COPIE:
        return saisi(valeur)
    if role == RoleGrille.SOUS and montant.retenu is not None and montant.retenu != montant.declare:
        return "déclaré " + ("inconnu" if montant.declare is None else nombre(montant.declare, 2))
    if role == Qt.ItemDataRole.ToolTipRole:
        lignes = [t for t in (source_dite(montant.source), montant.note) if t]
        return bulle(printable("\n".join(lignes))) or None
    return None


def _choisi(choix: Mapping[Any, str], valeur: Any, role: int) -> Any:
    """Return what a cell says that is chosen among words; nothing is shown of what nobody said."""
    if role == RoleGrille.CHOIX:
        return [(mots, cle) for cle, mots in choix.items()]
    if role == Qt.ItemDataRole.EditRole:
        return valeur
    montre = role in (Qt.ItemDataRole.DisplayRole, RoleGrille.COPIE)
    return choix.get(valeur, "") if montre and valeur != "" else None


def saisi(valeur: Decimal | None) -> str:
    """Return an amount as it is typed: «-1184000,5»."""
    return "" if valeur is None else format(valeur, "f").replace(".", ",")


def _jour_dit(iso: str) -> str:
    try:
        return date_courte(date.fromisoformat(iso))
    except ValueError:
        return iso


def bilan(saisis: Sequence[ExerciceSaisi]) -> str:
    """Return how much was typed, and how much without a source."""
    dits = [m for e in saisis for m in e.montants.values() if m.valeur is not None]
    sans = sum(m.source is None for m in dits)
    return (pluriel(len(dits), "montant") + (f", {sans} sans source" if sans else "")) if dits else ""
