"""The lines of an import not yet written: what each dossier of the files would become."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from o2r_desktop import reception
from o2r_desktop.dossiers.importation import Apercu, Difference, DossierLu, ImportPlan, Modification, Refus
from o2r_desktop.dossiers.model import Anomalie
from o2r_desktop.dossiers.pieces import PlanPieces
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.reception import Preparation
from o2r_desktop.text import NBSP, normalise, pluriel, printable, sort_key
from ui.models.pieces_import import RIEN, PiecesDossier, pieces_by_dossier
from ui.theme import Ton


class EtatLigne(StrEnum):
    """What the import would do with a line."""

    NOUVEAU = "nouveau"
    MODIFIE = "modifie"
    PIECES = "pieces"
    """Only files of an archive: its answers stay as they are."""
    INCHANGE = "inchange"
    REFUSE = "refuse"
    ABSENT = "absent"

    @property
    def cochable(self) -> bool:
        """Whether there is something to write."""
        return self in COCHABLES

    @property
    def pastille(self) -> tuple[str, Ton]:
        """Return the word with its sign, and its tone."""
        return _PASTILLES[self]

    @property
    def pluriel(self) -> str:
        """Return the name of the filter."""
        return _FILTRES[self]


COCHABLES = frozenset({EtatLigne.NOUVEAU, EtatLigne.MODIFIE, EtatLigne.PIECES})
"""States of the lines that would write something."""
_PASTILLES = {
    EtatLigne.NOUVEAU: ("+ nouveau", Ton.BON),
    EtatLigne.MODIFIE: ("≠ modifié", Ton.ACTION),
    EtatLigne.PIECES: ("+ pièces", Ton.BON),
    EtatLigne.INCHANGE: ("= inchangé", Ton.NEUTRE),
    EtatLigne.REFUSE: ("✕ refusé", Ton.MAUVAIS),
    EtatLigne.ABSENT: ("– absent", Ton.NEUTRE),
}
_FILTRES = {
    EtatLigne.NOUVEAU: "Nouveaux",
    EtatLigne.MODIFIE: "Modifiés",
    EtatLigne.PIECES: "Pièces seules",
    EtatLigne.INCHANGE: "Inchangés",
    EtatLigne.REFUSE: "Refusés",
    EtatLigne.ABSENT: "Absents",
}
ORDRE = (
    EtatLigne.REFUSE, EtatLigne.MODIFIE, EtatLigne.NOUVEAU, EtatLigne.PIECES, EtatLigne.INCHANGE, EtatLigne.ABSENT
)  # fmt: skip
"""States by what needs a look first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LignePlan:
    """One line. ``plan`` is the rank of its file, None when only the campagne or an archive has the dossier.

    ``ligne`` is 0 when the file was not read again; ``lu`` is what would be written; ``pieces`` counts the files
    that it announces, ``recu`` is what the archives hold of it. ``plus_recent`` is the dossier as the campagne has
    it when the file is older: it is not ticked at first.
    """

    etat: EtatLigne
    numero: int | None
    plan: int | None
    ligne: int
    apercu: Apercu | None
    lu: DossierLu | None = None
    differences: tuple[Difference, ...] = ()
    anomalies: tuple[Anomalie, ...] = ()
    motif: str = ""
    hors_delai: bool = False
    pieces: int = 0
    recu: PiecesDossier = RIEN
    plus_recent: Apercu | None = None
    a_reconfirmer: tuple[str, ...] = ()
    recherche: str = ""
    cle_porteur: str | None = None

    @property
    def raisons(self) -> str:
        """Say in one line what to look at."""
        return " · ".join(self._raisons())

    def _raisons(self) -> Iterable[str]:
        if self.motif:
            yield f"ligne{NBSP}{self.ligne}{NBSP}: {printable(self.motif)}"
        if self.plus_recent is not None:
            yield "plus ancien que la campagne, décoché"
        if self.differences:
            yield pluriel(len(self.differences), "réponse changée", "réponses changées")
        if self.a_reconfirmer:
            yield f"{len(self.a_reconfirmer)}{NBSP}à reconfirmer"
        for a in self.anomalies:
            yield f"{printable(a.ou)}{NBSP}: {printable(a.quoi)}".replace("\n", " ")


def build_lignes(
    preparation: Preparation, parametres: Parametres, apercus: Mapping[int, Apercu] | None = None
) -> list[LignePlan]:
    """Return a line for each dossier of the files and archives, refused lines and absent dossiers included.

    *apercus* are the rows of the campagne, for the dossiers that no file was read for. Pure, and long for thousands
    of dossiers: belongs in a background task. Lines come with what needs a look first.
    """
    faiseur = _Faiseur(preparation, parametres, apercus or {})
    lignes = [ligne for rang, plan in enumerate(preparation.plans) for ligne in faiseur.lignes(rang, plan)]
    lignes += faiseur.pieces_seules({x.numero for x in lignes})
    touches = {x.numero for x in lignes}
    lignes += [_absente(apercu) for apercu in preparation.absents if apercu.numero not in touches]
    rangs = {etat: rang for rang, etat in enumerate(ORDRE)}
    return sorted(lignes, key=lambda ligne: rangs[ligne.etat])


class _Faiseur:
    """Makes lines from what was prepared."""

    def __init__(self, preparation: Preparation, parametres: Parametres, apercus: Mapping[int, Apercu]) -> None:
        self._preparation, self._apercus = preparation, apercus
        self._tardifs = reception.depots_hors_delai(preparation.plans, parametres)
        self._recus = pieces_by_dossier(preparation.archives)
        self._dites = _anomalies_by_dossier(preparation.archives)

    def lignes(self, rang: int, plan: ImportPlan) -> Iterable[LignePlan]:
        """Return the lines of a file; one that was not read again has only numbers."""
        anomalies: dict[int, list[Anomalie]] = {}
        for a in plan.anomalies:
            if a.numero is not None:
                anomalies.setdefault(a.numero, []).append(a)
        ecrits = {lu.numero: lu for lu in plan.nouveaux}
        modifies = {m.lu.numero: m for m in plan.modifies}
        for lu in plan.read.dossiers:
            n = lu.numero
            ligne = self._lue(rang, lu, ecrits.get(n), modifies.get(n), tuple(anomalies.get(n, ())))
            ancien = n in plan.plus_anciens and n in self._apercus
            yield replace(ligne, plus_recent=self._apercus[n]) if ancien else ligne
        lus = {lu.numero for lu in plan.read.dossiers}
        yield from (self._connue(rang, n, tuple(anomalies.get(n, ()))) for n in plan.inchanges if n not in lus)
        yield from (_refusee(rang, refus) for refus in plan.read.refuses)

    def pieces_seules(self, faites: Container[int | None]) -> list[LignePlan]:
        """Return a line for each dossier of the archives that no file holds."""
        return [self._connue(None, n) for n in sorted(self._recus) if n not in faites and self._recus[n].apport]

    def _lue(
        self,
        rang: int,
        lu: DossierLu,
        neuf: DossierLu | None,
        modification: Modification | None,
        anomalies: tuple[Anomalie, ...],
    ) -> LignePlan:
        n, recu = lu.numero, self._recus.get(lu.numero, RIEN)
        etat = EtatLigne.NOUVEAU if neuf else EtatLigne.MODIFIE if modification else _inchange(recu)
        ecrit = etat in (EtatLigne.NOUVEAU, EtatLigne.MODIFIE)
        return LignePlan(
            etat=etat,
            numero=n,
            plan=rang,
            ligne=lu.ligne,
            apercu=lu.apercu,
            lu=modification.lu if modification else neuf,
            differences=modification.differences if modification else (),
            anomalies=(*anomalies, *self._dites.get(n, ())),
            hors_delai=n in self._tardifs,
            pieces=self._preparation.pieces.get(n, 0) if ecrit else 0,
            recu=recu,
            a_reconfirmer=self._a_reconfirmer(etat, n),
            recherche=lu.apercu.recherche,
            cle_porteur=sort_key(lu.apercu.porteur),
        )

    def _a_reconfirmer(self, etat: EtatLigne, numero: int) -> tuple[str, ...]:
        """Return the criteria that writing a line would flag: by what changes, or by a file that is replaced."""
        return self._preparation.a_reconfirmer.get(numero, ()) if etat.cochable else ()

    def _connue(self, rang: int | None, numero: int, anomalies: tuple[Anomalie, ...] = ()) -> LignePlan:
        apercu, recu = self._apercus.get(numero), self._recus.get(numero, RIEN)
        return LignePlan(
            etat=_inchange(recu),
            numero=numero,
            plan=rang,
            ligne=0,
            apercu=apercu,
            anomalies=(*anomalies, *self._dites.get(numero, ())),
            recu=recu,
            a_reconfirmer=self._a_reconfirmer(_inchange(recu), numero),
            recherche=apercu.recherche if apercu else str(numero),
            cle_porteur=sort_key(apercu.porteur) if apercu else None,
        )


def _anomalies_by_dossier(archives: Iterable[PlanPieces]) -> dict[int, tuple[Anomalie, ...]]:
    """Return what archives have odd, by dossier; what concerns none is told with the files."""
    dites: dict[int, dict[Anomalie, None]] = {}
    for anomalie in (a for plan in archives for a in (*plan.archive.anomalies, *plan.anomalies)):
        if anomalie.numero is not None:
            dites.setdefault(anomalie.numero, {})[anomalie] = None
    return {numero: tuple(siennes) for numero, siennes in dites.items()}


def _inchange(recu: PiecesDossier) -> EtatLigne:
    return EtatLigne.PIECES if recu.apport else EtatLigne.INCHANGE


def _refusee(rang: int, refus: Refus) -> LignePlan:
    return LignePlan(
        etat=EtatLigne.REFUSE,
        numero=refus.numero,
        plan=rang,
        ligne=refus.ligne,
        apercu=None,
        motif=refus.motif,
        recherche=normalise(f"{refus.numero or ''} ligne {refus.ligne} {refus.motif}"),
    )


def _absente(apercu: Apercu) -> LignePlan:
    return LignePlan(
        etat=EtatLigne.ABSENT,
        numero=apercu.numero,
        plan=None,
        ligne=0,
        apercu=apercu,
        recherche=apercu.recherche,
        cle_porteur=sort_key(apercu.porteur),
    )
