"""FIN-08 and ANA-01: what the form says of the body itself, accounts aside."""

from datetime import date
from decimal import Decimal

from o2r_desktop.dossiers.budget import euros, lire_chiffre
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.evaluation.constats import Constat, Resultat
from o2r_desktop.evaluation.examen import Examen, inconnus
from o2r_desktop.text import date_courte, normalise, pourcentage

POIDS_ORANGE, POIDS_ROUGE = 30, 50
"""Percentages of the annual request in the budget of the body (metier § 3.3, proposition)."""


def organisme_public(dossier: Dossier) -> bool:
    """Say whether the lead is a public body, by its legal category (7…) or by the nature it declares."""
    nature = normalise(dossier.texte("nature_porteur"))
    return dossier.porteur.categorie_juridique.startswith("7") or nature.startswith(
        ("collectivite", "etablissement public")
    )


def creation(dossier: Dossier) -> date | None:
    """Return the day when the lead was created, as declared, else as registered."""
    declaree = dossier.valeur("date_creation")
    return declaree if isinstance(declaree, date) else dossier.porteur.date_creation


def structure_recente(dossier: Dossier) -> bool:
    """Say whether the lead was surely created less than two years before the deposit."""
    nee = creation(dossier)
    if nee is None or dossier.depot is None:
        return False
    depot = dossier.depot.date()
    return (depot.year - 2, depot.month, depot.day) < (nee.year, nee.month, nee.day)


def fin_08(examen: Examen) -> Constat:
    """Weigh the annual request in the budget of the body (proposition)."""
    budget_annuel = lire_chiffre(examen.dossier, "budget_annuel")
    regle = (
        "plus forte demande annuelle ÷ budget annuel N-1 de la structure : moins de 30 % vert, jusqu’à 50 % "
        "orange, au-delà rouge (AMI, Conditions d’éligibilité, santé financière ; seuils : proposition) ; aucun "
        "ratio n’écarte un dossier à lui seul"
    )
    preuve = examen.preuve(
        "budget_annuel", "demande_annee_1", "demande_annee_2", "demande_annee_3", "demande_total",
        "nature_porteur", "date_creation",
    )  # fmt: skip
    if organisme_public(examen.dossier):
        return examen.constat("FIN-08", Resultat.SANS_OBJET, ["organisme public"], preuve, regle)
    if structure_recente(examen.dossier) and (nee := creation(examen.dossier)):
        texte = f"structure créée le {date_courte(nee)}, moins de deux exercices"
        return examen.constat("FIN-08", Resultat.SANS_OBJET, [texte], preuve, regle)
    demande, texte = _demande_annuelle(examen)
    if demande is None or not budget_annuel.valeur:
        manque = inconnus(("budget annuel", budget_annuel)) or ("" if budget_annuel.valeur else "budget annuel nul")
        parties = [manque, texte if demande is None else ""]
        return examen.constat("FIN-08", Resultat.INCONNU, parties, preuve, regle)
    poids = demande * 100 / budget_annuel.valeur
    resultat = Resultat.CONFORME if poids < POIDS_ORANGE else Resultat.ALERTE
    lecture = "vert" if poids < POIDS_ORANGE else "orange" if poids <= POIDS_ROUGE else "rouge"
    parties = [f"{pourcentage(poids, 1)} du budget annuel ({texte} ÷ {euros(budget_annuel.valeur)}), {lecture}"]
    return examen.constat("FIN-08", resultat, parties, preuve, regle)


def _demande_annuelle(examen: Examen) -> tuple[Decimal | None, str]:
    """Return the highest annual request and its words; the mean of the total when a year is unknown."""
    annees = [d.valeur for d in examen.budget.demandes if d.valeur is not None]
    if len(annees) == len(examen.budget.demandes):
        haute = max(annees)
        return haute, f"demande la plus forte {euros(haute)}"
    total = examen.budget.demande_total
    if total.valeur is None:
        return None, inconnus(("demande", total))
    moyenne = max([total.valeur / 3, *annees])
    return moyenne, f"demande annuelle moyenne {euros(moyenne.quantize(Decimal('0.01')))}"


_EN_SERVICE = frozenset({"oui", "oui, en service", "oui en service", "en service", "oui (en service)"})


def ana_01(examen: Examen) -> Constat:
    """Read the declared analytic accounting (AMI, Conditions d'éligibilité)."""
    reponse = examen.dossier.texte("compta_analytique").strip()
    cle = normalise(reponse)
    if not cle:
        resultat, parties = Resultat.INCONNU, ["comptabilité analytique non renseignée"]
    elif cle in _EN_SERVICE:
        resultat, parties = Resultat.CONFORME, [f"« {reponse} », déclaré, à vérifier sur pièce"]
    elif cle == "non" or cle.startswith(("non ", "non,")):
        resultat, parties = (
            Resultat.ALERTE,
            [f"« {reponse} »", "sa mise en place sera une condition de la convention"],
        )
    else:
        resultat, parties = Resultat.ALERTE, [f"« {reponse} »", "mise en place à dater avant la convention"]
    regle = (
        "une comptabilité analytique isole la charge de service public et sépare l’O2R de l’offre socle (AMI, "
        "Conditions d’éligibilité) ; son absence est une condition de la convention (proposition)"
    )
    preuve = examen.preuve("compta_analytique")
    return examen.constat("ANA-01", resultat, parties, preuve, regle)
