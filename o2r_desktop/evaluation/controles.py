"""All the computed findings of a dossier, in the order of the grille: one function per rule, all pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from o2r_desktop.dossiers.importation import Difference
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.evaluation.constats import Constat
from o2r_desktop.evaluation.credibilite import cre_01, cre_02, cre_04, cre_05
from o2r_desktop.evaluation.eligibilite import eli_06, eli_07, eli_08, eli_09
from o2r_desktop.evaluation.examen import Examen
from o2r_desktop.evaluation.exclusions import eli_02
from o2r_desktop.evaluation.grille import Grille
from o2r_desktop.evaluation.lot import Lot, lot
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.evaluation.publics import pri_01, pub_03
from o2r_desktop.evaluation.recevabilite import rec_01, rec_02
from o2r_desktop.evaluation.reponses import Changement
from o2r_desktop.evaluation.structure import ana_01, fin_08

__all__ = ["REGLES", "Constat", "Lot", "Regle", "changements", "check", "criteres_touches", "lot"]


@dataclass(frozen=True, slots=True)
class Regle:
    """A rule: its critere, its function, and what it reads.

    ``attributs`` are those of the form, and «depot», «demarche», «porteur», «membres», «cofinancements» for what
    is fixed in an export.
    """

    critere: str
    fonction: Callable[[Examen], Constat]
    attributs: frozenset[str]


def _trois(*prefixes: str) -> tuple[str, ...]:
    return tuple(f"{prefixe}_annee_{n}" for prefixe in prefixes for n in (1, 2, 3))


_COUT = ("cout_total", *_trois("cout"))
_DEMANDE = ("demande_total", *_trois("demande"))
_FORMATION = ("formation", "formation_montant")

REGLES = (
    Regle("REC-01", rec_01, frozenset({"demarche"})),
    Regle("REC-02", rec_02, frozenset({"depot"})),
    Regle("ELI-02", eli_02, frozenset({"porteur", "membres", "exclu_declare", "consortium"})),
    Regle("ELI-06", eli_06, frozenset({"departements"})),
    Regle("ELI-07", eli_07, frozenset({*_COUT, *_FORMATION, "contributions_volontaires"})),
    Regle("ELI-08", eli_08, frozenset({*_FORMATION, "cle_repartition"})),
    Regle("ELI-09", eli_09, frozenset({"date_debut", "date_fin", "duree_moyenne", "duree_maximale"})),
    Regle("PRI-01", pri_01, frozenset({"departements", "publics"})),
    Regle("FIN-08", fin_08, frozenset({*_DEMANDE, "budget_annuel", "nature_porteur", "date_creation", "porteur",
                                       "depot"})),
    Regle("CRE-01", cre_01, frozenset({*_COUT, *_DEMANDE})),
    Regle("CRE-02", cre_02, frozenset({*_COUT, *_DEMANDE, *_FORMATION, "cofinancements"})),
    Regle("CRE-04", cre_04, frozenset({*_COUT, *_DEMANDE, *_trois("beneficiaires"), "cout_par_beneficiaire"})),
    Regle("CRE-05", cre_05, frozenset({*_COUT, *_trois("beneficiaires", "etp"), "charges_personnel",
                                       "beneficiaires_par_etp"})),
    Regle("ANA-01", ana_01, frozenset({"compta_analytique"})),
    Regle("PUB-03", pub_03, frozenset({*_trois("beneficiaires"), "beneficiaires_moins_26",
                                       "beneficiaires_priorite_2", "departements", "publics"})),
)  # fmt: skip
"""Rules in the order of the grille."""


def check(dossier: Dossier, parametres: Parametres, lot: Lot | None = None) -> tuple[Constat, ...]:
    """Return the constats of *dossier* in the order of the grille; *lot* situates its cost per beneficiary."""
    examen = Examen(dossier=dossier, parametres=parametres, lot=lot)
    return tuple(regle.fonction(examen) for regle in REGLES)


_PAR_ATTRIBUT = {
    attribut: tuple(r.critere for r in REGLES if attribut in r.attributs)
    for attribut in frozenset().union(*(r.attributs for r in REGLES))
}


def criteres_touches(attributs: Iterable[str], grille: Grille | None = None) -> frozenset[str]:
    """Return the criteria that read one of *attributs* (those of the form and the fixed ones).

    They are those of the rules and, with a *grille*, those that it sends to a field or to a piece of the form.
    REC-01 looks at which fields exist, not at what they say: no answer that changes touches it by its rule.
    """
    lus = frozenset(attributs)
    calcules = frozenset(c for attribut in lus for c in _PAR_ATTRIBUT.get(attribut, ()))
    return calcules if grille is None else calcules.union(*(grille.lecteurs.get(attribut, ()) for attribut in lus))


def changements(grille: Grille, differences: Iterable[Difference]) -> dict[str, tuple[Changement, ...]]:
    """Return what changed under each critere that a difference touches, in the order of the fields."""
    trouves: dict[str, tuple[Changement, ...]] = {}
    for d in differences:
        changement = Changement(libelle=d.libelle, avant=d.avant, apres=d.apres)
        for critere in criteres_touches((d.attribut,), grille) if d.attribut else ():
            trouves[critere] = (*trouves.get(critere, ()), changement)
    return trouves
