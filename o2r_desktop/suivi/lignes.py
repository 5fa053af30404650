"""The rows of the list: read late, filtered, sorted, counted."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from o2r_desktop.dossiers.etat import Etat
from o2r_desktop.dossiers.question import Terme
from o2r_desktop.evaluation.avancement import Avancement, Etape, avancement
from o2r_desktop.evaluation.grille import Grille
from o2r_desktop.evaluation.reponses import EtatEvaluation, Evaluation, TypeAvis
from o2r_desktop.evaluation.resume import Resume
from o2r_desktop.store import resumes
from o2r_desktop.store.liste import LigneBrute, colonne_de
from o2r_desktop.store.valeurs import en_euros, en_json, instant_ou_rien
from o2r_desktop.suivi.attributions import Attributions
from o2r_desktop.suivi.colonnes import Colonne, cles_de
from o2r_desktop.suivi.filtre import Filtre
from o2r_desktop.suivi.saisie import EtatPieces, Mesure
from o2r_desktop.text import NBSP, normalise

T = TypeVar("T")

_PRIORITE = LigneBrute._fields.index("priorite")
_PUBLICS = LigneBrute._fields.index("publics") - _PRIORITE


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneSuivi:
    """A row of the list. Amounts are euros, None when unknown; ``resume`` is None until it is computed."""

    numero: int
    porteur: str
    siret: str
    intitule: str
    depot: datetime | None
    etat_plateforme: Etat | None
    departements: tuple[str, ...]
    cout_total: Decimal | None
    demande: Decimal | None
    beneficiaires: int | None
    etat: EtatEvaluation
    faits: int
    criteres: int
    repondus: int
    attendus: int
    score: Decimal | None
    avis: TypeAvis | None
    avis_en_projet: bool
    a_reconfirmer: int
    etapes: frozenset[Etape]
    resume: Resume | None
    instructeur: str = ""
    etiquettes: tuple[str, ...] = ()

    @property
    def score_complet(self) -> bool:
        """Whether every weighted critere is answered."""
        return self.score is not None and self.repondus == self.attendus


@dataclass(frozen=True, slots=True, kw_only=True)
class Totaux:
    """Figures of some rows; medians are None when nothing is known, that of scores counts complete ones only."""

    dossiers: int
    demande: Decimal
    demandes_connues: int
    demande_mediane: Decimal | None
    score_median: Decimal | None


class Suivi:
    """The rows of the campagne, by deposit then number; a row is named by its rank, which never changes."""

    def __init__(
        self,
        lignes: Sequence[tuple[Any, ...]],
        evaluations: Mapping[int, Evaluation],
        grille: Grille,
        regles: str = "",
        attributions: Attributions | None = None,
    ) -> None:
        self.attributions = attributions or Attributions({})
        """Who instructs the dossiers, and their labels."""
        self.regles = regles
        """Fingerprint of the rules that the summaries were computed with."""
        self._grille = grille
        self._brutes = lignes
        self._numeros = colonne_de(lignes, "numero")
        self._rangs = dict(zip(self._numeros, range(len(lignes)), strict=True))
        vide = avancement(grille, Evaluation(numero=0, grille=grille.id, version=grille.version))
        self._avancements = [vide] * len(lignes)
        for numero, evaluation in evaluations.items():
            self._avancements[self._rangs[numero]] = avancement(grille, evaluation)
        self._vues: dict[int, LigneSuivi] = {}
        self._cles: dict[Colonne, list[Any]] = {}
        self._pieces: dict[EtatPieces, frozenset[int]] = {}

    def __len__(self) -> int:
        """Return how many dossiers there are."""
        return len(self._brutes)

    def numero(self, rang: int) -> int:
        """Return the number of a dossier."""
        return int(self._numeros[rang])

    def rang(self, numero: int) -> int | None:
        """Return the rank of a dossier, None when the campagne has none of that number."""
        return self._rangs.get(numero)

    def ligne(self, rang: int) -> LigneSuivi:
        """Return a row, made at the first look."""
        if rang not in self._vues:
            self._vues[rang] = self._lire(rang)
        return self._vues[rang]

    def avancement(self, rang: int) -> Avancement:
        """Return how far the evaluation of a dossier is."""
        return self._avancements[rang]

    def sans_resume(self) -> list[int]:
        """Return the numbers of the dossiers whose summary is not computed."""
        connus = self.__dict__.get("_resumes") or colonne_de(self._brutes, "priorite")
        return [self.numero(rang) for rang, connu in enumerate(connus) if connu is None]

    def filtrer(self, filtre: Filtre, trouves: Collection[int] | None = None) -> list[int]:
        """Return the ranks of the rows that pass, in order.

        *trouves* are the numbers of the dossiers that the full text found for ``filtre.question``: a row passes for
        its words when it is one of them, or when it holds them itself.
        """
        rangs: Iterable[int] = range(len(self))
        for terme in filtre.termes():
            if terme.impossible:
                return []
            for passe in self._passages(terme):
                rangs = list(filter(passe, rangs))
        mots = filtre.mots()
        if not mots:
            return list(rangs)
        par_les_lignes = [] if trouves is not None and any(mot.exclu for mot in mots) else self._disent(mots, rangs)
        if trouves is None:
            return par_les_lignes
        gardes, connus, numeros = set(par_les_lignes), frozenset(trouves), self._numeros
        return [rang for rang in rangs if rang in gardes or numeros[rang] in connus]

    def avec_pieces(self, *, recues: Collection[int], manquantes: Collection[int]) -> None:
        """Say which dossiers have files, and which lack some that their form announces; nobody is either before."""
        self._pieces = {EtatPieces.RECUE: frozenset(recues), EtatPieces.MANQUANTE: frozenset(manquantes)}

    def trier(self, rangs: Iterable[int], colonne: Colonne, *, descendant: bool = False) -> list[int]:
        """Return *rangs* sorted, equals in the order given, blanks last either way."""
        cles = self._cles_de(colonne)
        rangs = list(rangs)
        dits = sorted((r for r in rangs if cles[r] is not None), key=cles.__getitem__, reverse=descendant)
        return dits + [r for r in rangs if cles[r] is None]

    def compter(self) -> dict[Etape, int]:
        """Return how many dossiers are at each stage."""
        comptes: Counter[Etape] = Counter()
        for etapes, fois in Counter(a.etapes for a in self._avancements).items():
            comptes.update(dict.fromkeys(etapes, fois))
        return {etape: comptes[etape] for etape in Etape}

    def totaux(self, rangs: Iterable[int]) -> Totaux:
        """Return the figures of some rows."""
        rangs = list(rangs)
        demandes = sorted(cents for r in rangs if (cents := self._demandes[r]) is not None)
        suites = [self._avancements[r] for r in rangs]
        scores = sorted(s.score for s in suites if s.score is not None and s.score_complet)
        return Totaux(
            dossiers=len(rangs),
            demande=Decimal(sum(demandes)).scaleb(-2),
            demandes_connues=len(demandes),
            demande_mediane=Decimal(sum(_milieu(demandes))) / 200 if demandes else None,
            score_median=sum(_milieu(scores), Decimal(0)) / 2 if scores else None,
        )

    def fautif(self, filtre: Filtre, trouves: Collection[int] | None = None) -> str | None:
        """Return the tag, or the search, that alone empties the result; None when nothing alone does."""
        if self.filtrer(filtre, trouves):
            return None
        essais = filtre.etiquettes()
        if filtre.recherche.strip():
            dite = f"Recherche{NBSP}: «{NBSP}{filtre.recherche.strip()}{NBSP}»"
            essais.insert(0, (dite, replace(filtre, recherche="")))
        restes = [(len(self.filtrer(reste, trouves)), texte) for texte, reste in essais]
        return max((r for r in restes if r[0]), key=lambda r: r[0], default=(0, None))[1]

    def preparer(self) -> None:
        """Make the rows that were read ahead ready for a sort; a background thread may do it."""
        _ = self._toutes

    def avec_evaluation(self, numero: int, evaluation: Evaluation) -> None:
        """Refresh the row of a dossier after an answer."""
        rang = self._rangs.get(numero)
        if rang is None:
            return
        self._avancements[rang] = avancement(self._grille, evaluation)
        self._vues.pop(rang, None)
        self._oublier(Colonne.AVANCEMENT, Colonne.SCORE, Colonne.AVIS, Colonne.ETAT)

    def avec_resumes(self, calcules: Mapping[int, Resume]) -> None:
        """Put summaries in their rows."""
        for numero, resume in calcules.items():
            rang = self._rangs.get(numero)
            if rang is not None:
                self._resumes[rang] = resumes.en_ligne(resume)
                self._vues.pop(rang, None)
        self._oublier(Colonne.PUBLICS, Colonne.PRIORITE, Colonne.CONTROLE)

    def avec_attributions(self, brutes: Mapping[int, tuple[str, str]]) -> None:
        """Put who instructs the dossiers, and their labels, in the rows; those that changed are made anew."""
        avant, self.attributions = self.attributions.brutes, Attributions(brutes, self.attributions.moi)
        for numero in {n for n, _ in avant.items() ^ brutes.items()}:
            if (rang := self._rangs.get(numero)) is not None:
                self._vues.pop(rang, None)
        self._oublier(Colonne.INSTRUCTEUR, Colonne.ETIQUETTES)

    # Made at the first need: the first rows are shown without them.

    @cached_property
    def _resumes(self) -> list[resumes.LigneResume | None]:
        return [_resume(ligne) for ligne in self._toutes]

    @cached_property
    def _toutes(self) -> list[tuple[Any, ...]]:
        return list(self._brutes)

    @cached_property
    def _demandes(self) -> list[int | None]:
        return colonne_de(self._brutes, "demande_cents")

    @cached_property
    def _recherches(self) -> list[str]:
        return colonne_de(self._brutes, "recherche")

    @cached_property
    def _departements(self) -> list[str]:
        return colonne_de(self._toutes, "departements")

    @cached_property
    def _etats(self) -> list[str | None]:
        return colonne_de(self._toutes, "etat")

    def _cles_de(self, colonne: Colonne) -> list[Any]:
        """Return what the rows are sorted by, None for a blank."""
        if colonne not in self._cles:
            self._cles[colonne] = cles_de(
                colonne, self._toutes, self._avancements, self._resumes, self.attributions
            )
        return self._cles[colonne]

    def _oublier(self, *colonnes: Colonne) -> None:
        for colonne in colonnes:
            self._cles.pop(colonne, None)

    def _lire(self, rang: int) -> LigneSuivi:
        ligne, suite = self._brutes[rang], self._avancements[rang]
        brute, resume = LigneBrute(*ligne), self._resumes[rang] if "_resumes" in self.__dict__ else _resume(ligne)
        return LigneSuivi(
            numero=brute.numero,
            porteur=brute.porteur,
            siret=brute.siret,
            intitule=brute.intitule,
            depot=instant_ou_rien(brute.depot),
            etat_plateforme=None if brute.etat is None else Etat(brute.etat),
            departements=tuple(json.loads(brute.departements)),
            cout_total=en_euros(brute.cout_total_cents),
            demande=en_euros(brute.demande_cents),
            beneficiaires=brute.beneficiaires,
            etat=suite.etat,
            faits=suite.faits,
            criteres=suite.criteres,
            repondus=suite.repondus,
            attendus=suite.attendus,
            score=suite.score,
            avis=suite.avis,
            avis_en_projet=suite.avis_en_projet,
            a_reconfirmer=suite.a_reconfirmer,
            etapes=suite.etapes,
            resume=None if resume is None else resumes.de_ligne(resume),
            instructeur=self.attributions.instructeur(brute.numero),
            etiquettes=self.attributions.etiquettes(brute.numero),
        )

    def _passages(self, filtre: Filtre) -> Iterator[Callable[[int], bool]]:
        """Yield a test of a rank for each part of one of Filtre.termes(), none for what lets everything through."""
        suites = self._avancements
        if filtre.departements:
            codes = [en_json(code) for code in filtre.departements]
            departements = self._departements
            yield lambda r: any(code in departements[r] for code in codes)
        connus = self._resumes if filtre.priorites or filtre.controles else []
        if filtre.priorites:
            yield lambda r: (connu := connus[r]) is not None and connu[0] in filtre.priorites
        if filtre.controles:
            controles = [controle.value for controle in filtre.controles]
            yield lambda r: (connu := connus[r]) is not None and connu[1] in controles
        if (etape := filtre.etape) is not None:
            yield lambda r: etape in suites[r].etapes
        etats, avis = tuple(filtre.etats), tuple(filtre.avis)  # members of an enumeration are slow to hash
        if etats:
            yield lambda r: suites[r].etat in etats
        if avis:
            yield lambda r: suites[r].avis in avis
        if filtre.statuts:
            statuts, etats_bruts = {statut.value for statut in filtre.statuts}, self._etats
            yield lambda r: etats_bruts[r] in statuts
        if filtre.pieces:
            admis = frozenset[int]().union(*(self._pieces.get(etat, frozenset()) for etat in filtre.pieces))
            yield lambda r: self._numeros[r] in admis
        for mesure in filtre.mesures:
            yield self._mesure(mesure)
        yield from self._passages_attribution(filtre)

    def _passages_attribution(self, filtre: Filtre) -> Iterator[Callable[[int], bool]]:
        numeros, attributions = self._numeros, self.attributions
        if filtre.instructeurs:
            de = attributions.de(filtre.instructeurs)
            yield lambda r: de(numeros[r])
        if filtre.avec_etiquettes:
            porte = attributions.portant(filtre.avec_etiquettes)
            yield lambda r: porte(numeros[r])
        if filtre.sans_etiquettes:
            exclu = attributions.portant(filtre.sans_etiquettes)
            yield lambda r: not exclu(numeros[r])

    def _mesure(self, mesure: Mesure) -> Callable[[int], bool]:
        """Return a test of a figure; what sorts its column is what is compared."""
        cles = self._cles_de(mesure.colonne)
        return lambda r: mesure.passe(cles[r])

    def _disent(self, mots: Sequence[Terme], rangs: Iterable[int]) -> list[int]:
        """Return those of *rangs* whose row, or whose publics, hold all the words and none of those left out."""
        gardes = list(rangs)
        for mot in mots:
            contient = self._contient(mot.simple)
            gardes = [rang for rang in gardes if contient(rang) is not mot.exclu]
        return gardes

    def _contient(self, mot: str) -> Callable[[int], bool]:
        """Return a test of the words of a row, then of its publics, which the summary names."""
        recherches, connus = self._recherches, self._resumes
        dits = {publics for publics in {c[_PUBLICS] for c in connus if c is not None} if mot in _simples(publics)}
        if not dits:
            return lambda r: mot in recherches[r]
        return lambda r: mot in recherches[r] or ((connu := connus[r]) is not None and connu[_PUBLICS] in dits)


@lru_cache(maxsize=4096)
def _simples(publics: str) -> str:
    """Return publics, as a summary stores them, ready to be searched."""
    return normalise(", ".join(json.loads(publics)))


def _resume(ligne: tuple[Any, ...]) -> resumes.LigneResume | None:
    return None if ligne[_PRIORITE] is None else ligne[_PRIORITE:]


def _milieu(tries: Sequence[T]) -> tuple[T, T]:
    """Return the two values in the middle of a sorted sequence, the same one twice when it is odd."""
    return tries[(len(tries) - 1) // 2], tries[len(tries) // 2]
