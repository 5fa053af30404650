"""What archives of pieces would change: each compared with what the campagne and the former ones have."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import zip_longest

from o2r_desktop.dossiers.model import Anomalie, GenrePiece, Gravite
from o2r_desktop.dossiers.pieces import ArchiveLue, PieceLue, PieceRecue, PlanPieces, recue
from o2r_desktop.text import NBSP

Cle = tuple[int, GenrePiece, str]


@dataclass(slots=True)
class _Ajout:
    """A file that an archive brings, and the one of the campagne that it replaces, if any.

    ``ecarte`` once a later archive brings another version of it.
    """

    lue: PieceLue
    remplace: PieceRecue | None = None
    ecarte: bool = False


_Presente = PieceRecue | _Ajout


@dataclass(slots=True)
class _Bilan:
    """What one archive does, while the next ones may still supersede it."""

    archive: ArchiveLue
    ajouts: list[_Ajout] = field(default_factory=list)
    inchangees: list[PieceLue] = field(default_factory=list)
    orphelines: list[PieceLue] = field(default_factory=list)
    anterieures: list[PieceLue] = field(default_factory=list)
    perimees: list[PieceLue] = field(default_factory=list)


class EtatPieces:
    """Files as the archives read so far would leave them, by dossier, kind and name.

    *dates* are those in the names of the archives already imported, by import: without a date of deposit, a file
    that comes in an older archive does not take the place of the one that is there.
    """

    def __init__(
        self,
        numeros: frozenset[int],
        recues: Mapping[int, Sequence[PieceRecue]],
        dates: Mapping[int, datetime | None] | None = None,
    ) -> None:
        self._numeros = numeros
        self._dates = dates or {}
        self._presentes: dict[Cle, list[_Presente]] = {}
        self._bilans: list[_Bilan] = []
        for r in (r for par_dossier in recues.values() for r in par_dossier):
            self._presentes.setdefault(cle(r), []).append(r)

    def prendre(self, archive: ArchiveLue) -> None:
        """Compare an archive with what there is, and add what it brings."""
        bilan = _Bilan(archive)
        self._bilans.append(bilan)
        groupes: dict[Cle, list[PieceLue]] = {}
        for lue in archive.pieces:
            if lue.numero in self._numeros:
                groupes.setdefault(cle(lue), []).append(lue)
            else:
                bilan.orphelines.append(lue)
        for nom, lues in groupes.items():
            self._comparer(bilan, self._presentes.setdefault(nom, []), lues)

    def _comparer(self, bilan: _Bilan, presentes: list[_Presente], lues: list[PieceLue]) -> None:
        """Compare the files of one name: equal ones stay, the others replace in order of deposit, or are added."""
        restantes: dict[tuple[int, int], list[_Presente]] = {}
        for presente in sorted(presentes, key=lambda p: _age(_fichier(p)), reverse=True):
            restantes.setdefault(contenu(_fichier(presente)), []).append(presente)
        gardees, nouvelles = [], []
        for lue in sorted(lues, key=_age):
            egales = restantes.get(contenu(lue))
            if egales:
                gardees.append(egales.pop())
                bilan.inchangees.append(lue)
            else:
                nouvelles.append(lue)
        anciennes = sorted((p for reste in restantes.values() for p in reste), key=lambda p: _age(_fichier(p)))
        for ancienne, lue in zip_longest(anciennes, nouvelles):
            if lue is None:
                gardees.append(ancienne)
            elif ancienne is not None and _anterieure(lue, _fichier(ancienne)):
                gardees.append(ancienne)
                bilan.anterieures.append(lue)
            elif ancienne is not None and self._perimee(bilan.archive, lue, ancienne):
                gardees.append(ancienne)
                bilan.perimees.append(lue)
            else:
                bilan.ajouts.append(_Ajout(lue, _ecarter(ancienne)))
                gardees.append(bilan.ajouts[-1])
        presentes[:] = gardees

    def _perimee(self, archive: ArchiveLue, lue: PieceLue, presente: _Presente) -> bool:
        """Say whether only its archive dates a file, and before the one that brought what it would replace."""
        if isinstance(presente, _Ajout) or (lue.depose_le and presente.depose_le):
            return False  # archives of one go come from the oldest to the newest
        apportee = self._dates.get(presente.import_id)
        return apportee is not None and archive.date_fichier is not None and archive.date_fichier < apportee

    @property
    def plans(self) -> list[PlanPieces]:
        """Return what each archive would bring."""
        return [
            PlanPieces(
                archive=b.archive,
                nouvelles=tuple(a.lue for a in b.ajouts if not a.ecarte and a.remplace is None),
                remplacees=tuple((a.remplace, a.lue) for a in b.ajouts if not a.ecarte and a.remplace is not None),
                inchangees=tuple(b.inchangees),
                orphelines=tuple(b.orphelines),
                anomalies=(*_laissees(b.anterieures, _DEPOSEE), *_laissees(b.perimees, _PERIMEE)),
            )
            for b in self._bilans
        ]

    def recues(self) -> dict[int, list[PieceRecue]]:
        """Return, by dossier, the files that would be there, each with a number of its own."""
        par_dossier: dict[int, list[PieceRecue]] = {}
        rang = 0
        for (numero, _, _), presentes in self._presentes.items():
            for p in presentes:
                rang -= 1
                vue = replace(p, id=rang) if isinstance(p, PieceRecue) else recue(p.lue, id=rang)
                par_dossier.setdefault(numero, []).append(vue)
        return par_dossier


def _ecarter(ancienne: _Presente | None) -> PieceRecue | None:
    """Return the file of the campagne that gives way; one that a former archive brings is left out of it."""
    if not isinstance(ancienne, _Ajout):
        return ancienne
    ancienne.ecarte = True
    return ancienne.remplace


def _fichier(presente: _Presente) -> PieceRecue | PieceLue:
    return presente.lue if isinstance(presente, _Ajout) else presente


def cle(piece: PieceRecue | PieceLue) -> Cle:
    """Return what makes two files versions of one another."""
    return piece.numero, piece.genre, piece.nom


def contenu(piece: PieceRecue | PieceLue) -> tuple[int, int]:
    """Return what tells two contents apart without their bytes."""
    return piece.taille, piece.crc


def _age(piece: PieceRecue | PieceLue) -> float:
    return piece.depose_le.timestamp() if piece.depose_le else 0


def _anterieure(lue: PieceLue, presente: PieceRecue | PieceLue) -> bool:
    """Say whether a file was surely deposited before the one that it would replace."""
    if lue.depose_le is None or presente.depose_le is None:
        return False
    return lue.depose_le < presente.depose_le


_DEPOSEE = "a été déposée avant celle de la campagne, qui reste"
_PERIMEE = "vient d’une archive plus ancienne que celle de la campagne, qui reste"


def _laissees(pieces: Iterable[PieceLue], pourquoi: str) -> tuple[Anomalie, ...]:
    return tuple(
        Anomalie(
            gravite=Gravite.ALERTE,
            ou=f"pièce «{NBSP}{p.nom}{NBSP}»",
            quoi=pourquoi,
            numero=p.numero,
        )
        for p in pieces
    )
