"""ELI: territory, threshold, training expenses, duration."""

import re
from datetime import date, timedelta
from decimal import Decimal

from o2r_desktop.dossiers.budget import ZERO, Chiffre, EtatChiffre, euros, lire_chiffre, somme
from o2r_desktop.dossiers.territoires import nom_departement
from o2r_desktop.evaluation.constats import Constat, Resultat, pire
from o2r_desktop.evaluation.examen import Examen, inconnus
from o2r_desktop.text import date_courte, enumeration, nombre, normalise, pluriel


def eli_06(examen: Examen) -> Constat:
    """Check that the project works in the region (AMI, Publics cibles et territoires visés)."""
    codes, illisibles = examen.territoires
    dedans = [c for c in codes if c in examen.parametres.departements]
    dehors = [c for c in codes if c not in examen.parametres.departements]
    parties = []
    if dedans:
        parties.append(f"dans la région : {enumeration([nom_departement(c) for c in dedans])}")
    if dehors:
        parties.append(f"hors de la région : {enumeration([nom_departement(c) for c in dehors])}")
    if illisibles:
        parties.append(f"non reconnu : {enumeration([f'« {t} »' for t in illisibles])}")
    if dedans:
        resultat = Resultat.CONFORME
        prioritaires = {*examen.parametres.departements_p1, *examen.parametres.departements_p2}
        if not prioritaires.intersection(dedans):
            parties.append("éligible, jamais prioritaire")
    elif dehors and not illisibles:
        resultat = Resultat.NON_CONFORME
    else:
        resultat = Resultat.INCONNU
        parties = parties or ["départements non renseignés"]
    regle = (
        "le projet se déploie dans un département au moins des Pays de la Loire, à l’échelle régionale ou plus "
        "petite (AMI, Publics cibles et territoires visés)"
    )
    return examen.constat("ELI-06", resultat, parties, examen.preuve("departements"), regle)


def eli_07(examen: Examen) -> Constat:
    """Check that the project costs the threshold at least, over three years (AMI, Conditions d'éligibilité)."""
    budget, parametres = examen.budget, examen.parametres
    seuil = parametres.seuil_cout_total
    ecarte = budget.a_ecarter if parametres.seuil_hors_formation else ZERO
    verdicts = {cout - (ecarte or ZERO) >= seuil for cout in budget.couts_possibles}
    parties = [_couts(examen), f"seuil {euros(seuil)}"]
    if not verdicts:
        resultat = Resultat.INCONNU
    elif len(verdicts) == 2:
        resultat = Resultat.ALERTE
        parties.append("le total et la somme des années ne sont pas du même côté du seuil, à faire corriger")
    elif verdicts == {False}:
        resultat = Resultat.NON_CONFORME
    elif ecarte is None:
        resultat = Resultat.ALERTE if budget.formation_declaree else Resultat.INCONNU
        marge = min(budget.couts_possibles) - seuil
        parties.append(f"seuil tenu si la formation, de montant inconnu, ne dépasse pas {euros(marge)}")
    else:
        resultat = Resultat.CONFORME
    if verdicts and budget.cout_total.etat.suspect:
        resultat = pire((resultat, Resultat.ALERTE))
        parties.append("total à faire corriger : la somme des années seule ne suffit pas")
    parties += _variantes(examen, seuil)
    base = "hors dépenses de formation (proposition, à trancher par la DREETS)"
    regle = (
        f"le coût total du projet, {base if parametres.seuil_hors_formation else 'tel que déclaré'}, atteint "
        f"{euros(seuil)} au moins sur trois ans, l’égalité étant admise (AMI, Conditions d’éligibilité)"
    )
    preuve = examen.preuve(
        "cout_total", "cout_annee_1", "cout_annee_2", "cout_annee_3",
        "formation", "formation_montant", "contributions_volontaires",
    )  # fmt: skip
    return examen.constat("ELI-07", resultat, parties, preuve, regle)


def _couts(examen: Examen) -> str:
    budget = examen.budget
    total, annees = budget.cout_total.valeur, somme(budget.couts)
    if total is None and annees is None:
        return inconnus(("coût total", budget.cout_total), ("coût", budget.couts))
    if total is None and annees is not None:
        return f"coût total {budget.cout_total.etat}, {euros(annees)} par la somme des années"
    texte = f"{euros(total or ZERO)} déclarés"
    if annees is not None and annees != total:
        texte += f", {euros(annees)} par la somme des années"
    return texte


def _variantes(examen: Examen, seuil: Decimal) -> list[str]:
    """Return the cost without training and without voluntary contributions, when they are known."""
    budget = examen.budget
    cout, formation = budget.cout, budget.a_ecarter
    volontaires = budget.contributions_volontaires.valeur
    if cout is None:
        return []
    parties = []
    if formation:
        parties.append(f"{euros(cout - formation)} hors formation ({euros(formation)})")
    elif formation is not None:
        parties.append("aucune dépense de formation déclarée")
    if volontaires:
        reste = cout - volontaires
        texte = f"{euros(reste)} hors contributions volontaires ({euros(volontaires)})"
        if formation:
            reste -= formation
            texte += f", {euros(reste)} hors formation et contributions volontaires"
        if reste < seuil:
            texte += ", sous le seuil si ces contributions ne comptent pas (à trancher par la DREETS)"
        parties.append(texte)
    return parties


_FORMATION = re.compile(r"\b(formations?|certifications?|certifiantes?|cpf)\b")
_EMPLOYEUR = re.compile(r"\b(633\d?|contributions?|participations?|taxes?)\b")
_PRESTATION = re.compile(r"\b(organismes? de formation|certifications?|certifiantes?|cpf)\b")


def mots_de_formation(texte: str) -> tuple[str, ...]:
    """Return the clauses of a budget text that speak of training expenses.

    The employer's compulsory contribution (account 633) is no training expense of the project.
    """
    clauses = re.split(r"[.;,\n()]+", texte)
    return tuple(c.strip() for c in clauses if _parle_de_formation(normalise(c)))


def _parle_de_formation(clause: str) -> bool:
    if not _FORMATION.search(clause):
        return False
    return bool(_PRESTATION.search(clause)) or not _EMPLOYEUR.search(clause)


def eli_08(examen: Examen) -> Constat:
    """Find the training expenses to set aside (AMI, Conditions d'éligibilité)."""
    budget = examen.budget
    montant, declaree = budget.formation, budget.formation_declaree
    resultat, parties = _formation(declaree, montant)
    if mots := mots_de_formation(examen.dossier.texte("cle_repartition")):
        parties.append(f"la clé de répartition parle de formation : {enumeration([f'« {m} »' for m in mots[:3]])}")
        resultat = pire((resultat, Resultat.ALERTE))
    regle = (
        "les dépenses de formation ne sont pas éligibles : leur montant est écarté de l’assiette, du seuil et du "
        "plafond ; la contribution obligatoire de l’employeur (compte 633) n’en est pas une (AMI, Conditions "
        "d’éligibilité)"
    )
    return examen.constat(
        "ELI-08", resultat, parties, examen.preuve("formation", "formation_montant", "cle_repartition"), regle
    )


def _formation(declaree: bool | None, montant: Chiffre) -> tuple[Resultat, list[str]]:
    if montant.valeur:
        parties = [f"{euros(montant.valeur)} à écarter"]
        if declaree is not True:
            parties.append("alors que le dossier " + ("répond non" if declaree is False else "ne répond pas oui"))
        return Resultat.ALERTE, parties
    if montant.etat.suspect:
        return Resultat.ALERTE, [f"montant des dépenses de formation {montant.etat}, à faire préciser"]
    if declaree:
        dit = "0,00 €" if montant.valeur is not None else montant.etat
        return Resultat.ALERTE, [f"dépenses de formation déclarées, montant {dit}, à faire préciser"]
    if declaree is False:
        dit = "" if montant.etat is EtatChiffre.CONNU else f" (montant {montant.etat})"
        return Resultat.CONFORME, [f"aucune dépense de formation déclarée{dit}"]
    if montant.valeur is not None:
        return Resultat.CONFORME, ["montant de 0,00 € déclaré, sans réponse à la question oui/non"]
    return Resultat.INCONNU, [f"dépenses de formation non renseignées, montant {montant.etat}"]


def eli_09(examen: Examen) -> Constat:
    """Check the length of the convention and of the parcours (C. trav. D. 5316-4 and D. 5316-13)."""
    parametres = examen.parametres
    duree, texte_duree = _convention(examen)
    parcours, textes_parcours = _parcours(examen)
    regle = (
        f"convention de {pluriel(parametres.duree_annees, 'an')} (C. trav. D. 5316-4) ; parcours de "
        f"{parametres.parcours_mois} mois au plus, jusqu’à {parametres.parcours_mois_max} mois si la situation des "
        "personnes le justifie, jamais au-delà (C. trav. D. 5316-13)"
    )
    preuve = examen.preuve("date_debut", "date_fin", "duree_moyenne", "duree_maximale")
    return examen.constat("ELI-09", pire((duree, parcours)), [texte_duree, *textes_parcours], preuve, regle)


def _convention(examen: Examen) -> tuple[Resultat, str]:
    debut, fin = examen.dossier.valeur("date_debut"), examen.dossier.valeur("date_fin")
    if not isinstance(debut, date) or not isinstance(fin, date):
        manque = [n for n, v in (("date de début", debut), ("date de fin", fin)) if not isinstance(v, date)]
        return Resultat.INCONNU, f"{enumeration(manque)} inconnue" + ("s" if len(manque) > 1 else "")
    bornes = f"du {date_courte(debut)} au {date_courte(fin)}"
    if fin < debut:
        return Resultat.ALERTE, f"{bornes}, fin avant le début"
    terme = _ans_apres(debut, examen.parametres.duree_annees)
    if terme is not None and fin in (terme, terme - timedelta(days=1)):
        return Resultat.CONFORME, f"{bornes}, soit {pluriel(examen.parametres.duree_annees, 'an')}"
    mois, attendu = _mois(debut, fin), str(12 * examen.parametres.duree_annees)
    if mois == attendu and terme is not None:
        ecart = f"{pluriel((fin - debut).days + 1, 'jour')} au lieu de {nombre((terme - debut).days)}"
        return Resultat.ALERTE, f"{bornes}, soit {ecart}"
    return Resultat.ALERTE, f"{bornes}, soit {mois} mois au lieu de {attendu}"


def _ans_apres(jour: date, ans: int) -> date | None:
    if jour.year + ans > date.max.year:
        return None
    try:
        return jour.replace(year=jour.year + ans)
    except ValueError:  # 29 February
        return jour.replace(year=jour.year + ans, month=3, day=1)


def _mois(debut: date, fin: date) -> str:
    """Return the months from *debut* to *fin*, both included: «30», «35,5»."""
    terme = fin + timedelta(days=1) if fin < date.max else fin
    mois = (terme.year - debut.year) * 12 + terme.month - debut.month
    return nombre(mois + Decimal(terme.day - debut.day) / 30, 1).removesuffix(",0")


def _parcours(examen: Examen) -> tuple[Resultat, list[str]]:
    moyenne = _duree(examen, "duree_moyenne")
    maximale = _duree(examen, "duree_maximale")
    resultats, parties = [Resultat.CONFORME], []
    for nom, chiffre in (("durée moyenne", moyenne), ("durée maximale", maximale)):
        if chiffre.valeur is None:
            resultats.append(Resultat.INCONNU)
            parties.append(f"{nom} du parcours : {chiffre.etat}")
            continue
        texte = f"{nom} du parcours : {nombre(chiffre.valeur)} mois"
        if chiffre.valeur > examen.parametres.parcours_mois_max:
            resultats.append(Resultat.NON_CONFORME)
            texte += f", plus de {examen.parametres.parcours_mois_max}"
        elif chiffre.valeur > examen.parametres.parcours_mois:
            resultats.append(Resultat.ALERTE)
            texte += f", plus de {examen.parametres.parcours_mois} : justification nécessaire"
        parties.append(texte)
    if moyenne.valeur is not None and maximale.valeur is not None and moyenne.valeur > maximale.valeur:
        resultats.append(Resultat.ALERTE)
        parties.append("durée moyenne supérieure à la durée maximale")
    return pire(resultats), parties


def _duree(examen: Examen, attribut: str) -> Chiffre:
    """Read a duration in months; a parcours of no month is no answer."""
    chiffre = lire_chiffre(examen.dossier, attribut)
    return Chiffre(attribut, None, EtatChiffre.ZERO_OU_VIDE) if chiffre.valeur == 0 else chiffre
