"""The health of a body: its exercices, their checks, the ratios, the two fears of a public funder (metier § 3)."""

from collections.abc import Sequence
from dataclasses import dataclass

from o2r_desktop.analyse.angles import Controle
from o2r_desktop.analyse.finances.agregats import agreger, resoudre
from o2r_desktop.analyse.finances.comptes import EXERCICES_MAX, ExerciceSaisi, lire_comptes
from o2r_desktop.analyse.finances.craintes import Crainte, craindre
from o2r_desktop.analyse.finances.demande import Demande, lire_demande
from o2r_desktop.analyse.finances.equilibres import controler
from o2r_desktop.analyse.finances.ratios import ORGANISME_PUBLIC, Exercice, Ratio, ratios, trop_court
from o2r_desktop.analyse.finances.synthese import resumer
from o2r_desktop.analyse.saisie import Fiches
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.evaluation.structure import creation, organisme_public, structure_recente
from o2r_desktop.text import date_courte


@dataclass(frozen=True, slots=True, kw_only=True)
class Finances:
    """What the accounts say. ``sans_objet`` says why no ratio is worked out («organisme public»), «» otherwise.

    ``saisis`` are the exercices as typed and ``exercices`` what the ratios take from those that are closed and
    hold a figure, both ascending; ``previsions`` are the forecasts. ``controles`` are the balance checks;
    ``lecture`` is a few sentences for the note; ``demande`` is what the ratios weigh.
    """

    numero: int
    saisis: tuple[ExerciceSaisi, ...] = ()
    exercices: tuple[Exercice, ...] = ()
    sans_objet: str = ""
    controles: tuple[Controle, ...] = ()
    ratios: tuple[Ratio, ...] = ()
    craintes: tuple[Crainte, ...] = ()
    lecture: str = ""
    previsions: tuple[Exercice, ...] = ()
    demande: Demande | None = None

    @property
    def saisie(self) -> bool:
        """Whether any figure was typed."""
        return any(not m.vide for e in self.saisis for m in e.montants.values())

    @property
    def dernier(self) -> Exercice | None:
        """The last closed exercice, None while none is typed."""
        return self.exercices[-1] if self.exercices else None

    def ratio(self, cle: str) -> Ratio | None:
        """Return a ratio by its key («jours», «autonomie»…), None when it is not worked out."""
        return next((r for r in self.ratios if r.cle == cle), None)


def analyser(dossier: Dossier, fiches: Fiches) -> Finances:
    """Read the accounts that were typed of a dossier."""
    saisis = lire_comptes(fiches)
    chiffres = [e for e in saisis if any(m.valeur is not None for m in e.montants.values())]
    if not chiffres:
        return Finances(numero=dossier.numero, saisis=saisis, sans_objet=_sans_ratio(dossier))
    clos = [e for e in chiffres if not e.previsionnel][-EXERCICES_MAX:]
    resolus = [resoudre(e) for e in clos]
    exercices = tuple(agreger(e, r) for e, r in zip(clos, resolus, strict=True))
    previsions = tuple(agreger(e) for e in chiffres if e.previsionnel)
    demande = lire_demande(dossier)
    sans_objet = _sans_ratio(dossier) or _trop_court(exercices)
    trouves = ratios(exercices, sans_objet=sans_objet, demande=demande)
    craintes = () if sans_objet else craindre(exercices)
    return Finances(
        numero=dossier.numero,
        saisis=saisis,
        exercices=exercices,
        sans_objet=sans_objet,
        controles=controler(clos, resolus, exercices),
        ratios=trouves,
        craintes=craintes,
        lecture=resumer(exercices, previsions, trouves, craintes, sans_objet),
        previsions=previsions,
        demande=demande,
    )


def _sans_ratio(dossier: Dossier) -> str:
    """Say why no ratio applies to the body itself: public, or too young (metier § 3.3, the rule of FIN-08)."""
    if organisme_public(dossier):
        return ORGANISME_PUBLIC
    if structure_recente(dossier) and (nee := creation(dossier)):
        return f"structure créée le {date_courte(nee)}, moins de deux exercices"
    return ""


def _trop_court(exercices: Sequence[Exercice]) -> str:
    return trop_court(len(exercices)) if len(exercices) < 2 else ""
