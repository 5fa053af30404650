"""CRE: is the budget right, within the cap, and plausible?"""

from decimal import Decimal

from o2r_desktop.dossiers.budget import (
    BudgetProjet,
    Chiffre,
    Serie,
    euros,
    lire_chiffre,
    lire_serie,
    somme,
    somme_connue,
)
from o2r_desktop.dossiers.model import Origine
from o2r_desktop.evaluation.constats import Constat, Resultat, pire
from o2r_desktop.evaluation.examen import Examen, annees, inconnus
from o2r_desktop.evaluation.lot import Lot
from o2r_desktop.text import arrondi, enumeration, montant, nombre, pluriel

TOLERANCE = Decimal(3)
"""Rounding allowed on a sum of three years: one euro a year (grille, CRE-01)."""
SANS_BLOCS = (Origine.CSV_STANDARD, Origine.CSV_MODELE)
"""Exports that never carry a repetition block."""


def cre_01(examen: Examen) -> Constat:
    """Add up the years of the cost and of the request (grille, CRE-01)."""
    budget = examen.budget
    cout, texte_cout = _addition("coût", budget.couts, budget.cout_total)
    demande, texte_demande = _addition("demande", budget.demandes, budget.demande_total)
    regle = (
        "la somme des trois années égale le total, au centime, pour le coût et pour la demande ; un écart "
        "d’arrondi de 1 € par année est toléré et signalé ; l’équilibre charges-produits se lit sur le budget "
        "joint (C. trav. D. 5316-3 ; tolérance : proposition)"
    )
    preuve = examen.preuve(
        *(f"cout_annee_{n}" for n in (1, 2, 3)), "cout_total",
        *(f"demande_annee_{n}" for n in (1, 2, 3)), "demande_total",
    )  # fmt: skip
    return examen.constat("CRE-01", pire((cout, demande)), [texte_cout, texte_demande], preuve, regle)


def _addition(nom: str, serie: Serie, total: Chiffre) -> tuple[Resultat, str]:
    manque = inconnus((nom, serie), (f"{nom} total", total))
    connue = somme_connue(serie)
    if total.valeur is None:
        return Resultat.INCONNU, manque
    ecart = arrondi(connue) - arrondi(total.valeur)
    compte = f"{nom} : années {euros(connue)}, total {euros(total.valeur)}"
    if manque:
        if ecart == 0 and not any(a.etat.suspect for a in serie):
            return Resultat.CONFORME, f"{compte}, {manque}"
        if ecart > TOLERANCE:
            return Resultat.NON_CONFORME, f"{compte}, écart de {euros(ecart)} au moins, {manque}"
        return Resultat.INCONNU, f"{compte}, {manque}"
    if ecart == 0:
        return Resultat.CONFORME, f"{compte}, sommes égales"
    if abs(ecart) <= TOLERANCE:
        return Resultat.ALERTE, f"{compte}, écart d’arrondi de {euros(ecart)}"
    return Resultat.NON_CONFORME, f"{compte}, écart de {euros(ecart)}"


def cre_02(examen: Examen) -> Constat:
    """Compare the request with the cap: eligible costs less cofinancing (C. trav. D. 5316-7)."""
    budget = examen.budget
    resultat, parties = _plafond(budget)
    depassees = [
        str(rang)
        for rang, (demande, cout) in enumerate(zip(budget.demandes, budget.couts, strict=True), 1)
        if demande.valeur is not None and cout.valeur is not None and demande.valeur > cout.valeur
    ]
    if depassees:
        resultat = pire((resultat, Resultat.ALERTE))
        parties.append(f"demande supérieure au coût, {annees(depassees)}")
    if sans := budget.cofinancements_sans_montant:
        resultat = pire((resultat, Resultat.ALERTE))
        noms = enumeration([f"« {c.financeur or 'sans nom'} »" for c in sans])
        parties.append(f"cofinancement sans montant : {noms}, plafond à revoir")
    if budget.cofinancements is None and examen.dossier.origine in SANS_BLOCS:
        resultat = pire((resultat, Resultat.INCONNU))
        parties.append(
            "l’export CSV ne contient pas les cofinancements : plafond à vérifier sur le plan de financement"
        )
    elif not budget.cofinancements_comptes:
        parties.append("aucun cofinancement déclaré dans le dossier : à vérifier sur le plan de financement")
    regle = (
        "la demande ne dépasse pas les coûts éligibles, hors formation, moins les cofinancements des mêmes coûts ; "
        "quand total et somme des années diffèrent, le coût le plus bas et la demande la plus haute sont pris "
        "(C. trav. D. 5316-7)"
    )
    preuve = examen.preuve(
        "demande_total", *(f"demande_annee_{n}" for n in (1, 2, 3)),
        "cout_total", *(f"cout_annee_{n}" for n in (1, 2, 3)), "formation", "formation_montant",
    ) + (" · cofinancements" if budget.cofinancements else "")  # fmt: skip
    return examen.constat("CRE-02", resultat, parties, preuve, regle)


def _plafond(budget: BudgetProjet) -> tuple[Resultat, list[str]]:
    demande, haut = budget.demande_prudente, budget.plafond_au_plus
    if demande is None or haut is None or budget.cout_prudent is None:
        manque = [] if demande is not None else [("demande", budget.demande_total)]
        manque += [] if haut is not None else [("coût total", budget.cout_total)]
        return Resultat.INCONNU, [inconnus(*manque)]
    resultat, parties = _sous_plafond(budget, demande, haut, budget.cout_prudent)
    totaux = (("coût total", budget.cout_total), ("total de la demande", budget.demande_total))
    for nom, total in totaux:
        if total.etat.suspect:
            resultat = pire((resultat, Resultat.ALERTE))
            parties.append(f"{nom} {total.etat}, à faire corriger : la somme des années seule ne suffit pas")
    return resultat, parties


def _sous_plafond(
    budget: BudgetProjet, demande: Decimal, haut: Decimal, cout: Decimal
) -> tuple[Resultat, list[str]]:
    detail = f"coût {euros(cout)}"
    if budget.a_ecarter:
        detail += f" − formation {euros(budget.a_ecarter)}"
    if budget.cofinancements_comptes:
        detail += f" − cofinancements {euros(budget.cofinance)}"
    parties = [f"demande {euros(demande)}, plafond {euros(haut)} ({detail})"]
    if demande > haut:
        parties.append(f"dépassement de {euros(demande - haut)}, demande à ramener à {euros(haut)} au plus")
        return Resultat.NON_CONFORME, parties
    if budget.a_ecarter is None:
        parties.append("dépenses de formation inconnues, le plafond peut être plus bas")
        return Resultat.INCONNU, parties
    return Resultat.CONFORME, parties


def cre_04(examen: Examen) -> Constat:
    """Work out the cost per beneficiary and situate it in the lot (C. trav. D. 5316-3 3° c)."""
    budget, total = examen.budget, examen.total_beneficiaires
    regle = (
        "coût total ÷ bénéficiaires des trois années, exigé dans la convention (C. trav. D. 5316-3, 3° c) ; "
        "comparaison au lot dès 8 dossiers, bornes de Tukey (proposition) ; calculé, à apprécier selon le public "
        "et l’intensité"
    )
    preuve = examen.preuve(
        "cout_total", *(f"cout_annee_{n}" for n in (1, 2, 3)),
        *(f"beneficiaires_annee_{n}" for n in (1, 2, 3)),
        "demande_total", *(f"demande_annee_{n}" for n in (1, 2, 3)), "cout_par_beneficiaire",
    )  # fmt: skip
    if budget.cout is None or total is None:
        manque = inconnus(("coût total", budget.cout_total)) if budget.cout is None else ""
        parties = [manque, inconnus(("bénéficiaires", examen.beneficiaires))]
        return examen.constat("CRE-04", Resultat.INCONNU, parties, preuve, regle)
    if total == 0:
        return examen.constat("CRE-04", Resultat.ALERTE, ["aucun bénéficiaire annoncé"], preuve, regle)
    cout = budget.cout / total
    parties = [f"{montant(cout)} par bénéficiaire ({euros(budget.cout)} ÷ {nombre(total)})"]
    if budget.demande is not None:
        parties.append(f"{montant(budget.demande / total)} de contribution demandée par bénéficiaire")
    declare, texte_declare = _declare(examen, cout)
    situation, texte_lot = _dans_le_lot(cout, examen.lot)
    resultat = pire((declare, situation))
    appreciation = "calculé, à apprécier" if resultat is Resultat.CONFORME else ""
    parties += [texte_declare, texte_lot, appreciation]
    return examen.constat("CRE-04", resultat, parties, preuve, regle)


def _declare(examen: Examen, cout: Decimal) -> tuple[Resultat, str]:
    declare = lire_chiffre(examen.dossier, "cout_par_beneficiaire")
    if declare.etat.suspect:
        return Resultat.ALERTE, f"coût par bénéficiaire déclaré {declare.etat}"
    if declare.valeur is None:
        return Resultat.CONFORME, ""
    if abs(declare.valeur - cout) > 1:
        return Resultat.ALERTE, f"{euros(declare.valeur)} déclarés, écart de {montant(declare.valeur - cout)}"
    return Resultat.CONFORME, f"{euros(declare.valeur)} déclarés"


def _dans_le_lot(cout: Decimal, lot: Lot | None) -> tuple[Resultat, str]:
    if lot is None or not lot.utile:
        return Resultat.CONFORME, "lot trop petit pour comparer"
    q1, q3 = lot.quartiles
    bas, haut = lot.bornes
    texte = (
        f"lot de {pluriel(len(lot.couts_par_beneficiaire), 'dossier')} : médiane {montant(lot.mediane)}, "
        f"quartiles {montant(q1)} et {montant(q3)}"
    )
    if cout > haut:
        return Resultat.ALERTE, f"{texte}, coût très au-dessus des autres"
    if cout < bas:
        return Resultat.ALERTE, f"{texte}, coût très au-dessous des autres"
    return Resultat.CONFORME, texte


def cre_05(examen: Examen) -> Constat:
    """Work out beneficiaries per FTE and the cost of an FTE (C. trav. D. 5316-3 2° and 3° d)."""
    parametres, budget = examen.parametres, examen.budget
    etp = lire_serie(examen.dossier, "etp_annee")
    total_etp, beneficiaires = somme(etp), examen.total_beneficiaires
    bas, haut = parametres.etp_cout_min, parametres.etp_cout_max
    controles = [
        _beneficiaires_par_etp(examen, beneficiaires, total_etp, etp),
        _cout_etp(budget.personnel, total_etp, bas, haut),
        _personnel(budget),
    ]
    regle = (
        f"bénéficiaires ÷ ETP en moyenne des trois années, et charges de personnel ÷ ETP, attendu entre "
        f"{euros(bas)} et {euros(haut)} chargés (proposition) ; les charges de personnel ne dépassent pas le coût "
        "(C. trav. D. 5316-3, 2° et 3° d)"
    )
    preuve = examen.preuve(
        *(f"etp_annee_{n}" for n in (1, 2, 3)), *(f"beneficiaires_annee_{n}" for n in (1, 2, 3)),
        "charges_personnel", "cout_total", *(f"cout_annee_{n}" for n in (1, 2, 3)), "beneficiaires_par_etp",
    )  # fmt: skip
    return examen.constat("CRE-05", pire(r for r, _ in controles), [t for _, t in controles], preuve, regle)


def _beneficiaires_par_etp(
    examen: Examen, beneficiaires: Decimal | None, total_etp: Decimal | None, etp: Serie
) -> tuple[Resultat, str]:
    if beneficiaires is None or total_etp is None:
        return Resultat.INCONNU, inconnus(("ETP", etp), ("bénéficiaires", examen.beneficiaires))
    if total_etp == 0:
        return Resultat.ALERTE, "aucun ETP affecté au projet"
    calcule = beneficiaires / total_etp
    texte = (
        f"{nombre(calcule, 1)} bénéficiaires par ETP et par an "
        f"({nombre(beneficiaires)} ÷ {nombre(total_etp)} sur trois ans)"
    )
    declare = lire_chiffre(examen.dossier, "beneficiaires_par_etp").valeur
    if declare is not None and abs(declare - calcule) > 1:
        return Resultat.ALERTE, f"{texte}, {nombre(declare)} déclarés"
    return Resultat.CONFORME, texte


def _cout_etp(personnel: Chiffre, total_etp: Decimal | None, bas: Decimal, haut: Decimal) -> tuple[Resultat, str]:
    if personnel.valeur is None:
        return Resultat.INCONNU, inconnus(("charges de personnel", personnel))
    if not total_etp:
        return Resultat.INCONNU, "coût d’un ETP non calculable"
    cout = personnel.valeur / total_etp
    texte = f"{montant(cout)} par ETP et par an ({euros(personnel.valeur)} ÷ {nombre(total_etp)})"
    if not bas <= cout <= haut:
        return Resultat.ALERTE, f"{texte}, hors de la fourchette, à expliquer"
    return Resultat.CONFORME, texte


def _personnel(budget: BudgetProjet) -> tuple[Resultat, str]:
    cout, personnel = budget.cout, budget.personnel.valeur
    if cout is None:
        return Resultat.INCONNU, inconnus(("coût total", budget.cout_total))
    if personnel is not None and personnel > cout:
        return Resultat.ALERTE, f"charges de personnel supérieures au coût total ({euros(cout)})"
    return Resultat.CONFORME, ""
