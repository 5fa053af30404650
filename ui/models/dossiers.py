"""The list of dossiers as Qt reads it: rows are ranks of the Suivi, looked at only when they are painted."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from o2r_desktop.dossiers.territoires import nom_departement
from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.evaluation.reponses import EtatEvaluation, TypeAvis
from o2r_desktop.evaluation.resume import Priorite
from o2r_desktop.suivi import Colonne, LigneSuivi, Resume, Suivi
from o2r_desktop.text import enumeration, instant, montant, nombre, pluriel, printable
from o2r_desktop.text import numero as numero_lisible
from ui.theme import Ton
from ui.widgets.delegates import Barre, Pilule, Role

Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")

COLONNES = tuple(Colonne)
"""Columns of the model, in order."""

CHIFFREES = frozenset({Colonne.COUT, Colonne.DEMANDE, Colonne.SCORE, Colonne.BENEFICIAIRES, Colonne.AVANCEMENT})
"""Columns aligned on the right."""

DES_RESUMES = frozenset({Colonne.PUBLICS, Colonne.PRIORITE, Colonne.CONTROLE})
"""Columns that wait for the summaries."""

DES_ATTRIBUTIONS = frozenset({Colonne.INSTRUCTEUR, Colonne.ETIQUETTES})
"""Columns that say who instructs and how the team labelled."""

INCONNU = "—"
ATTENTE = "…"

SIGNES = {
    Resultat.CONFORME: ("✓", Ton.BON),
    Resultat.ALERTE: ("!", Ton.ALERTE),
    Resultat.NON_CONFORME: ("✕", Ton.MAUVAIS),
    Resultat.INCONNU: ("?", Ton.NEUTRE),
    Resultat.SANS_OBJET: ("–", Ton.NEUTRE),
}
"""Sign and tone of a computed finding."""

ETATS = {
    EtatEvaluation.VIDE: (EtatEvaluation.VIDE.libelle, Ton.NEUTRE),
    EtatEvaluation.EN_COURS: (EtatEvaluation.EN_COURS.libelle, Ton.ACTION),
    EtatEvaluation.COMPLETE: (EtatEvaluation.COMPLETE.libelle, Ton.ACTION),
    EtatEvaluation.FINALISEE: (f"✓ {EtatEvaluation.FINALISEE.libelle}", Ton.BON),
    EtatEvaluation.ROUVERTE: (f"! {EtatEvaluation.ROUVERTE.libelle}", Ton.ALERTE),
}
"""Words and tone of the state of an evaluation."""

_AVIS_COURTS = {TypeAvis.FAVORABLE_AVEC_RESERVES: ("Fav. avec réserves", "Fav. réserves (projet)")}
"""Opinions whose name is too long for the column: final, then not yet; the tooltip says them whole."""
TONS_AVIS = {
    TypeAvis.FAVORABLE: Ton.BON,
    TypeAvis.FAVORABLE_AVEC_RESERVES: Ton.ALERTE,
    TypeAvis.DEFAVORABLE: Ton.MAUVAIS,
    TypeAvis.AJOURNE: Ton.ALERTE,
    TypeAvis.IRRECEVABLE: Ton.MAUVAIS,
}
"""Tone of an opinion."""


class DossiersModel(QAbstractTableModel):
    """Some ranks of a Suivi in some order: the page filters and sorts, the model shows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._suivi: Suivi | None = None
        self._rangs: list[int] = []
        self._tri: tuple[Colonne, bool] | None = None

    @property
    def rangs(self) -> Sequence[int]:
        """Return the ranks shown, in order."""
        return self._rangs

    def show(self, suivi: Suivi | None, rangs: Iterable[int] = ()) -> None:
        """Show these rows in place of the others."""
        self.beginResetModel()
        self._suivi, self._rangs = suivi, list(rangs)
        self.endResetModel()

    def numero(self, ligne: int) -> int:
        """Return the number of the dossier of a row."""
        assert self._suivi is not None
        return self._suivi.numero(self._rangs[ligne])

    def ligne(self, ligne: int) -> LigneSuivi:
        """Return what a row shows."""
        assert self._suivi is not None
        return self._suivi.ligne(self._rangs[ligne])

    def row_of(self, numero: int) -> int | None:
        """Return the row of a dossier, None when it is not shown."""
        rang = None if self._suivi is None else self._suivi.rang(numero)
        if rang is None or rang not in self._rangs:
            return None
        return self._rangs.index(rang)

    def row_changed(self, numero: int) -> None:
        """Have one row painted again."""
        ligne = self.row_of(numero)
        if ligne is not None:
            self.dataChanged.emit(self.index(ligne, 0), self.index(ligne, len(COLONNES) - 1))

    def all_changed(self) -> None:
        """Have every row painted again, where it stands."""
        if self._rangs:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rangs) - 1, len(COLONNES) - 1))

    def show_order(self, tri: tuple[Colonne, bool] | None) -> None:
        """Mark the column that the rows are sorted by, and whether from the last to the first."""
        self._tri = tri
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLONNES) - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return how many dossiers are shown."""
        return 0 if parent.isValid() else len(self._rangs)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return how many columns there are, hidden ones too."""
        return 0 if parent.isValid() else len(COLONNES)

    def headerData(  # noqa: N802 Qt
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the name of a column, the number of a row."""
        if orientation == Qt.Orientation.Vertical:
            return numero_lisible(self.numero(section)) if role == Qt.ItemDataRole.DisplayRole else None
        colonne = COLONNES[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(colonne)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return colonne.libelle + self._order_of(colonne)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            cote = (
                Qt.AlignmentFlag.AlignRight
                if colonne in CHIFFREES - {Colonne.AVANCEMENT}
                else Qt.AlignmentFlag.AlignLeft
            )
            return int(cote | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, says to who cannot see it, and how it is painted."""
        lire = _LECTURES.get(role)
        if lire is None or not index.isValid():
            return None
        return lire(COLONNES[index.column()], self.ligne(index.row()))

    def _title(self, colonne: Colonne) -> str:
        """Return the header; the arrow of the order stands on the side where figures are not."""
        if self._tri is None or self._tri[0] is not colonne:
            return colonne.libelle
        fleche = "↓" if self._tri[1] else "↑"
        return f"{fleche} {colonne.libelle}" if _on_right(colonne) else f"{colonne.libelle} {fleche}"

    def _order_of(self, colonne: Colonne) -> str:
        if self._tri is None or self._tri[0] is not colonne:
            return ""
        return ", ordre décroissant" if self._tri[1] else ", ordre croissant"


def _on_right(colonne: Colonne) -> bool:
    return colonne in CHIFFREES and colonne is not Colonne.AVANCEMENT


def texte_cellule(colonne: Colonne, ligne: LigneSuivi) -> str:
    """Return what a cell shows."""
    return _TEXTES[colonne](ligne)


def phrase_cellule(colonne: Colonne, ligne: LigneSuivi) -> str:
    """Return what a cell says in full: tooltip, and words for a screen reader."""
    phrase = _PHRASES.get(colonne)
    return phrase(ligne) if phrase is not None else texte_cellule(colonne, ligne)


def values_in(suivi: Suivi, colonne: Colonne, lire: Callable[[LigneSuivi], T]) -> Iterator[tuple[T, int]]:
    """Yield each value of a column and how many rows have it, in the order of the column.

    *lire* must read what the column is sorted by: equal values are side by side then, and few rows are looked at.
    """
    rangs = suivi.trier(range(len(suivi)), colonne)
    debut = 0
    while debut < len(rangs):
        valeur = lire(suivi.ligne(rangs[debut]))
        fin = bisect_left(rangs, True, lo=debut, key=partial(_differs, suivi, lire, valeur))
        yield valeur, fin - debut
        debut = fin


def _differs(suivi: Suivi, lire: Callable[[LigneSuivi], T], valeur: T, rang: int) -> bool:
    return lire(suivi.ligne(rang)) != valeur


def _infobulle(colonne: Colonne, ligne: LigneSuivi) -> str:
    """Return the tooltip: text of a dossier, escaped, since Qt would obey what looks like HTML; long ones wrap."""
    from html import escape

    return f"<p>{escape(phrase_cellule(colonne, ligne)).replace(chr(10), '<br>')}</p>"


def _pilule(colonne: Colonne, ligne: LigneSuivi) -> Pilule | None:
    pilule = _PILULES.get(colonne)
    return pilule(ligne) if pilule is not None else None


def _barre(colonne: Colonne, ligne: LigneSuivi) -> Barre | None:
    return Barre(fait=ligne.faits, attendu=ligne.criteres) if colonne is Colonne.AVANCEMENT else None


def _suite(colonne: Colonne, ligne: LigneSuivi) -> str | None:
    provisoire = colonne is Colonne.SCORE and ligne.score is not None and not ligne.score_complet
    return "prov." if provisoire else None


_LECTURES: Mapping[int, Callable[[Colonne, LigneSuivi], Any]] = {
    int(Qt.ItemDataRole.DisplayRole): texte_cellule,
    int(Qt.ItemDataRole.ToolTipRole): _infobulle,
    int(Qt.ItemDataRole.AccessibleTextRole): phrase_cellule,
    int(Role.PASTILLE): _pilule,
    int(Role.BARRE): _barre,
    int(Role.SUITE): _suite,
}


# --- words ------------------------------------------------------------------------------------------------------


def _euros(somme: Decimal | None) -> str:
    return INCONNU if somme is None else montant(somme, 0)


def _euros_phrase(nom: str, somme: Decimal | None) -> str:
    return f"{nom} : non renseigné" if somme is None else f"{nom} : {montant(somme)}"


def _publics(ligne: LigneSuivi) -> str:
    return ATTENTE if ligne.resume is None else ", ".join(ligne.resume.publics) or INCONNU


def _du_resume(dire: Callable[[Resume], str]) -> Callable[[LigneSuivi], str]:
    return lambda ligne: ATTENTE if ligne.resume is None else dire(ligne.resume)


def _resume_phrase(dire: Callable[[Resume], str]) -> Callable[[LigneSuivi], str]:
    return lambda ligne: "Contrôles en cours de calcul…" if ligne.resume is None else dire(ligne.resume)


def _priorite(resume: Resume) -> str:
    return f"? {resume.priorite}" if resume.priorite == Priorite.INCONNUE else resume.priorite


def _controle(resume: Resume) -> str:
    return f"{SIGNES[resume.controle][0]} {resume.libelle}"


def _score(ligne: LigneSuivi) -> str:
    return INCONNU if ligne.score is None else nombre(ligne.score, 1)


def _score_phrase(ligne: LigneSuivi) -> str:
    if ligne.score is None:
        return "Aucun score : aucun critère noté"
    provisoire = "" if ligne.score_complet else f", provisoire ({ligne.repondus} sur {ligne.attendus})"
    return f"Score : {nombre(ligne.score, 1)} sur 100{provisoire}"


def _avis(ligne: LigneSuivi) -> str:
    if ligne.avis is None:
        return INCONNU
    court = _AVIS_COURTS.get(ligne.avis, (ligne.avis.libelle, f"{ligne.avis.libelle} (projet)"))
    return court[ligne.avis_en_projet]


def _avis_phrase(ligne: LigneSuivi) -> str:
    if ligne.avis is None:
        return "Aucun avis"
    suite = " (projet, non finalisé)" if ligne.avis_en_projet else " (finalisé)"
    return ligne.avis.libelle + suite


def _avancement_phrase(ligne: LigneSuivi) -> str:
    suite = f" ; {ligne.a_reconfirmer} à reconfirmer" if ligne.a_reconfirmer else ""
    return f"{pluriel(ligne.faits, 'critère')} sur {ligne.criteres}{suite}"


def _etat(ligne: LigneSuivi) -> str:
    mot = ETATS[ligne.etat][0]
    return f"{mot}, {ligne.a_reconfirmer} à reconfirmer" if ligne.a_reconfirmer else mot


def _etat_phrase(ligne: LigneSuivi) -> str:
    plateforme = ligne.etat_plateforme
    suite = "" if plateforme is None else f" ; sur la plateforme : {plateforme.libelle.lower()}"
    return f"Évaluation {_etat(ligne).lstrip('✓! ')}{suite}"


_TEXTES: Mapping[Colonne, Callable[[LigneSuivi], str]] = {
    Colonne.NUMERO: lambda ligne: numero_lisible(ligne.numero),
    Colonne.PORTEUR: lambda ligne: ligne.porteur or INCONNU,
    Colonne.DEPARTEMENTS: lambda ligne: ", ".join(ligne.departements) or INCONNU,
    Colonne.PUBLICS: _publics,
    Colonne.COUT: lambda ligne: _euros(ligne.cout_total),
    Colonne.DEMANDE: lambda ligne: _euros(ligne.demande),
    Colonne.PRIORITE: _du_resume(_priorite),
    Colonne.CONTROLE: _du_resume(_controle),
    Colonne.AVANCEMENT: lambda ligne: f"{ligne.faits}/{ligne.criteres}",
    Colonne.SCORE: _score,
    Colonne.AVIS: _avis,
    Colonne.DEPOT: lambda ligne: INCONNU if ligne.depot is None else instant(ligne.depot),
    Colonne.ETAT: _etat,
    Colonne.BENEFICIAIRES: lambda ligne: INCONNU if ligne.beneficiaires is None else nombre(ligne.beneficiaires),
    Colonne.INTITULE: lambda ligne: ligne.intitule or INCONNU,
    Colonne.INSTRUCTEUR: lambda ligne: printable(ligne.instructeur) or INCONNU,
    Colonne.ETIQUETTES: lambda ligne: printable(", ".join(ligne.etiquettes)) or INCONNU,
}

_PHRASES: Mapping[Colonne, Callable[[LigneSuivi], str]] = {
    Colonne.PORTEUR: lambda ligne: " · ".join(t for t in (ligne.porteur, ligne.intitule) if t) or INCONNU,
    Colonne.DEPARTEMENTS: lambda ligne: (
        enumeration([nom_departement(d) for d in ligne.departements]) or "Aucun département reconnu"
    ),
    Colonne.PUBLICS: _resume_phrase(lambda resume: "\n".join(resume.publics) or "Aucun public renseigné"),
    Colonne.COUT: lambda ligne: _euros_phrase("Coût total sur 3 ans", ligne.cout_total),
    Colonne.DEMANDE: lambda ligne: _euros_phrase("Demande", ligne.demande),
    Colonne.PRIORITE: _resume_phrase(lambda resume: f"Priorité : {resume.priorite}"),
    Colonne.CONTROLE: _resume_phrase(lambda resume: f"{resume.controle.libelle.capitalize()} : {resume.libelle}"),
    Colonne.AVANCEMENT: _avancement_phrase,
    Colonne.SCORE: _score_phrase,
    Colonne.AVIS: _avis_phrase,
    Colonne.ETAT: _etat_phrase,
    Colonne.INSTRUCTEUR: lambda ligne: (
        f"Instruit par {ligne.instructeur}" if ligne.instructeur else "Sans instructeur"
    ),
    Colonne.ETIQUETTES: lambda ligne: enumeration(ligne.etiquettes) or "Aucune étiquette",
}


# --- pills ------------------------------------------------------------------------------------------------------


def ton_priorite(priorite: str) -> Ton:
    """Return the tone of a priority."""
    return Ton.NEUTRE if priorite in (Priorite.HORS, Priorite.INCONNUE) else Ton.ACTION


def _pilule_priorite(ligne: LigneSuivi) -> Pilule | None:
    return None if ligne.resume is None else Pilule(ton=ton_priorite(ligne.resume.priorite))


def _pilule_controle(ligne: LigneSuivi) -> Pilule | None:
    return None if ligne.resume is None else Pilule(ton=SIGNES[ligne.resume.controle][1])


def _pilule_avis(ligne: LigneSuivi) -> Pilule | None:
    return None if ligne.avis is None else Pilule(ton=TONS_AVIS[ligne.avis], en_projet=ligne.avis_en_projet)


_PILULES: Mapping[Colonne, Callable[[LigneSuivi], Pilule | None]] = {
    Colonne.PRIORITE: _pilule_priorite,
    Colonne.CONTROLE: _pilule_controle,
    Colonne.AVIS: _pilule_avis,
    Colonne.ETAT: lambda ligne: Pilule(ton=ETATS[ligne.etat][1]),
}
