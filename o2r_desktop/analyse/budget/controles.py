"""The checks of a budget: balance, voluntary contributions, sums of members, agreement with the form (CRE-01)."""

from collections.abc import Sequence
from decimal import Decimal

from o2r_desktop.analyse.angles import Controle
from o2r_desktop.analyse.budget.lignes import LigneProjet, Sens
from o2r_desktop.analyse.budget.modele import LigneTotal, Montant
from o2r_desktop.analyse.budget.plafonds import lignes_o2r
from o2r_desktop.analyse.budget.totaux import addition, de_sens, declare, par_annee, total
from o2r_desktop.dossiers.budget import ANNEES, BudgetProjet, euros
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.text import enumeration, normalise

TOLERANCE_ANNEE = Decimal(1)
"""Rounding allowed in one year (grille, CRE-01: proposition)."""
REGLE_EQUILIBRE = (
    "charges 60 à 69 = produits 70 à 79, par année et au total ; un écart d’arrondi de 1 € par année est toléré et "
    "signalé (usage du Cerfa n° 12156 ; tolérance : proposition)"
)
REGLE_VOLONTAIRE = "compte 86 = compte 87, par année et au total (usage du Cerfa n° 12156)"
REGLE_FORMULAIRE = "le budget joint dit les mêmes montants que le formulaire (grille, CRE-01)"
REGLE_MEMBRES = "la somme des budgets des membres est le budget consolidé (grille, CRE-01)"
REGLE_SAISON = "la première année ne dépasse pas une année pleine (proposition)"
REGLE_O2R = "la contribution O2R inscrite aux produits est celle que le formulaire demande (C. trav. D. 5316-7)"

_TOTAL = "total"


def controler(dossier: Dossier, formulaire: BudgetProjet, lignes: Sequence[LigneProjet]) -> tuple[Controle, ...]:
    """Return the checks of the lines as the porteur declared them, none while there are none."""
    if not lignes:
        return ()
    charges, produits = de_sens(lignes, Sens.CHARGE), de_sens(lignes, Sens.PRODUIT)
    return (
        *_equilibre(total("charges", charges), total("produits", produits)),
        *_volontaires(lignes),
        *_avec_formulaire(formulaire, charges),
        *_contribution(formulaire, produits),
        *_membres(dossier, formulaire, lignes),
        _saisonnalite(par_annee(charges, declare)),
    )


def _colonnes(ligne: LigneTotal) -> list[tuple[str, str, Montant]]:
    annees = [(str(a), f"année {a}", m) for a, m in zip(ANNEES, ligne.declarees, strict=True)]
    return [*annees, (_TOTAL, "trois ans", ligne.total_declare)]


def _equilibre(charges: LigneTotal, produits: LigneTotal) -> list[Controle]:
    return [
        _comparer(f"equilibre/{cle}", f"Équilibre, {nom}", (("charges", a), ("produits", b)), REGLE_EQUILIBRE,
                  tolerance=_tolerance(cle))
        for (cle, nom, a), (_, _, b) in zip(_colonnes(charges), _colonnes(produits), strict=True)
    ]  # fmt: skip


def _tolerance(cle: str) -> Decimal:
    return TOLERANCE_ANNEE * (len(ANNEES) if cle == _TOTAL else 1)


def _volontaires(lignes: Sequence[LigneProjet]) -> list[Controle]:
    emplois, contributions = de_sens(lignes, Sens.EMPLOI_VOLONTAIRE), de_sens(lignes, Sens.CONTRIBUTION_VOLONTAIRE)
    if not emplois and not contributions:
        valeur = "aucune contribution volontaire dans le budget"
        return [_controle("volontaires/total", "86 = 87, trois ans", Resultat.SANS_OBJET, valeur, REGLE_VOLONTAIRE)]
    cote = [*emplois, *contributions]
    annees = {ligne.annee for ligne in cote}
    haut, bas = (total(nom, x, cote=x or cote[:0]) for nom, x in (("86", emplois), ("87", contributions)))
    return [
        _comparer(f"volontaires/{cle}", f"86 = 87, {nom}", (("compte 86", a), ("compte 87", b)), REGLE_VOLONTAIRE)
        for (cle, nom, a), (_, _, b) in zip(
            _colonnes_dites(haut, annees), _colonnes_dites(bas, annees), strict=True
        )
    ]


def _colonnes_dites(ligne: LigneTotal, annees: set[int]) -> list[tuple[str, str, Montant]]:
    """Leave out the years of which nothing is said on either side; the total is that of the others."""
    dites = [(str(a), f"année {a}", ligne.declarees[a - 1]) for a in sorted(annees)]
    return [*dites, (_TOTAL, "total", addition(m for _, _, m in dites))]


def _avec_formulaire(formulaire: BudgetProjet, charges: Sequence[LigneProjet]) -> list[Controle]:
    ligne = total("charges", charges)
    declares = [*formulaire.couts, formulaire.cout_total]
    return [
        _comparer(f"formulaire/cout/{cle}", f"Coût du formulaire, {nom}",
                  (("formulaire", chiffre.valeur), ("charges du budget", montant)), REGLE_FORMULAIRE)
        for (cle, nom, montant), chiffre in zip(_colonnes(ligne), declares, strict=True)
    ]  # fmt: skip


def _contribution(formulaire: BudgetProjet, produits: Sequence[LigneProjet]) -> list[Controle]:
    o2r = lignes_o2r(produits)
    if not o2r:
        valeur = (
            "aucun produit n’est reconnu comme la contribution O2R : son libellé dirait « O2R », « contribution "
            "demandée » ou « DREETS », au compte 73 ou 74"
        )
        return [
            _controle("contribution/total", "Contribution O2R aux produits", Resultat.INCONNU, valeur, REGLE_O2R)
        ]
    ligne = total("contribution", o2r, cote=produits)
    declares = [*formulaire.demandes, formulaire.demande_total]
    return [
        _comparer(f"contribution/{cle}", f"Contribution O2R, {nom}",
                  (("formulaire", chiffre.valeur), ("produits du budget", montant)), REGLE_O2R)
        for (cle, nom, montant), chiffre in zip(_colonnes(ligne), declares, strict=True)
    ]  # fmt: skip


def _membres(dossier: Dossier, formulaire: BudgetProjet, lignes: Sequence[LigneProjet]) -> list[Controle]:
    charges = de_sens(lignes, Sens.CHARGE)
    if {ligne.membre for ligne in charges} <= {""}:
        return []
    somme = addition(par_annee(charges, declare))
    controle = _comparer(
        "membres/cout", "Somme des membres", (("formulaire", formulaire.cout), ("membres", somme)), REGLE_MEMBRES
    )
    if somme is not None and formulaire.cout and somme == 2 * formulaire.cout:
        valeur = f"{controle.valeur} ; le budget consolidé est peut-être saisi en plus de ceux des membres"
        controle = _controle(controle.cle, controle.nom, controle.resultat, valeur, controle.regle)
    return [controle, *_contributions_des_membres(dossier, lignes)]


def _contributions_des_membres(dossier: Dossier, lignes: Sequence[LigneProjet]) -> list[Controle]:
    produits = de_sens(lignes, Sens.PRODUIT)
    o2r = lignes_o2r(produits)
    controles = []
    for membre in dossier.membres:
        siennes = [x for x in o2r if normalise(x.membre) == normalise(membre.nom)]
        if not siennes or not membre.nom:
            continue
        places = (("formulaire", membre.contribution), ("produits du budget", addition(map(declare, siennes))))
        nom = f"Contribution de « {membre.nom} »"
        cle = f"membres/contribution/{membre.siret or normalise(membre.nom).replace('/', ' ')}"
        controles.append(_comparer(cle, nom, places, REGLE_MEMBRES))
    return controles


def _saisonnalite(couts: tuple[Montant, ...]) -> Controle:
    premiere, *suivantes = couts
    connues = [c for c in suivantes if c is not None]
    nom = "Première année et année pleine"
    if premiere is None or len(connues) < len(suivantes):
        manque = [f"année {a}" for a, c in zip(ANNEES, couts, strict=True) if c is None]
        valeur = f"charges inconnues, {enumeration(manque)}"
        return _controle("saisonnalite", nom, Resultat.INCONNU, valeur, REGLE_SAISON)
    pleine = max(connues)
    texte = f"année 1 {euros(premiere)}, année pleine {euros(pleine)}"
    if premiere <= pleine:
        return _controle("saisonnalite", nom, Resultat.CONFORME, texte, REGLE_SAISON)
    valeur = f"{texte} : année 1 supérieure de {euros(premiere - pleine)}, à expliquer"
    return _controle("saisonnalite", nom, Resultat.ALERTE, valeur, REGLE_SAISON)


def _comparer(
    cle: str,
    nom: str,
    places: tuple[tuple[str, Montant], tuple[str, Montant]],
    regle: str,
    *,
    tolerance: Decimal = Decimal(0),
) -> Controle:
    """Compare two amounts to the cent; a gap within *tolerance* is a rounding, said and not held against anyone."""
    (nom_a, a), (nom_b, b) = places
    if a is None or b is None:
        manque = enumeration([n for n, m in places if m is None])
        connu = "".join(f", {n} {euros(m)}" for n, m in places if m is not None)
        return _controle(cle, nom, Resultat.INCONNU, f"montant inconnu : {manque}{connu}", regle)
    texte = f"{nom_a} {euros(a)}, {nom_b} {euros(b)}"
    ecart = b - a
    if ecart == 0:
        return _controle(cle, nom, Resultat.CONFORME, f"{texte}, montants égaux", regle)
    if abs(ecart) <= tolerance:
        return _controle(cle, nom, Resultat.ALERTE, f"{texte}, écart d’arrondi de {euros(ecart)}", regle)
    return _controle(cle, nom, Resultat.NON_CONFORME, f"{texte}, écart de {euros(ecart)}", regle)


def _controle(cle: str, nom: str, resultat: Resultat, valeur: str, regle: str) -> Controle:
    return Controle(cle=cle, nom=nom, resultat=resultat, valeur=valeur, regle=regle)
