"""PRI-01 and PUB-03: priority of the project and share of its beneficiaries that priorities cover."""

from decimal import Decimal

from o2r_desktop.dossiers.budget import Chiffre, lire_chiffre
from o2r_desktop.evaluation.constats import Constat, Resultat
from o2r_desktop.evaluation.examen import Examen, inconnus
from o2r_desktop.evaluation.priorites import Priorite, Raisonnement, departements_jamais_prioritaires
from o2r_desktop.text import nombre, pourcentage


def pri_01(examen: Examen) -> Constat:
    """Work out the level of priority, to be confirmed by the instructor."""
    trouve = examen.priorite
    resultat = {Priorite.HORS: Resultat.ALERTE, Priorite.INCONNUE: Resultat.INCONNU}.get(
        trouve.niveau, Resultat.CONFORME
    )
    if resultat is Resultat.CONFORME and trouve.non_reconnus and trouve.niveau is not Priorite.P1:
        resultat = Resultat.ALERTE  # a public that nothing names may raise the level
    regle = (
        "priorité 1 : jeunes de moins de 26 ans en rupture dans un département prioritaire ; priorité 2 : "
        "Sarthe ou Mayenne, renforcée pour les publics fragiles nommés ; la Vendée seule est éligible, jamais "
        "prioritaire (AMI, Publics cibles et territoires visés)"
    )
    return examen.constat("PRI-01", resultat, [trouve.phrase], examen.preuve("departements", "publics"), regle)


def pub_03(examen: Examen) -> Constat:
    """Propose a level for the share of the beneficiaries that the priorities cover (proposition)."""
    jeunes = lire_chiffre(examen.dossier, "beneficiaires_moins_26")
    cibles = lire_chiffre(examen.dossier, "beneficiaires_priorite_2")
    raisonnement = examen.priorite
    total = examen.total_beneficiaires
    preuve = examen.preuve(
        "beneficiaires_moins_26", "beneficiaires_priorite_2",
        *(f"beneficiaires_annee_{n}" for n in (1, 2, 3)), "departements", "publics",
    )  # fmt: skip
    regle = (
        "part des bénéficiaires relevant des priorités : niveau 4 dès 75 % en P1, 3 dès 25 % en P1 ou 50 % en P2 "
        "renforcée, 2 dès 25 % en P2, 1 au-dessous, 0 hors priorité (AMI, Publics cibles et territoires visés ; "
        "paliers : proposition)"
    )
    if raisonnement.niveau is Priorite.INCONNUE:
        return examen.constat("PUB-03", Resultat.INCONNU, ["niveau de priorité inconnu"], preuve, regle)
    if raisonnement.niveau is Priorite.HORS:
        return examen.constat("PUB-03", Resultat.ALERTE, ["hors priorité", "niveau proposé : 0"], preuve, regle)
    if not total or (jeunes.valeur is None and cibles.valeur is None):
        manque = inconnus(
            ("moins de 26 ans", jeunes), ("priorité 2", cibles), ("bénéficiaires", examen.beneficiaires)
        )
        return examen.constat("PUB-03", Resultat.INCONNU, [manque or "aucun bénéficiaire annoncé"], preuve, regle)
    resultat, parties = _parts(raisonnement, jeunes, cibles, total)
    if set(examen.territoires[0]).intersection(departements_jamais_prioritaires(examen.parametres)):
        parties.append("la part de ces personnes hors des départements prioritaires n’est pas connue")
    return examen.constat("PUB-03", resultat, parties, preuve, regle)


def _parts(
    raisonnement: Raisonnement, jeunes: Chiffre, cibles: Chiffre, total: Decimal
) -> tuple[Resultat, list[str]]:
    parties, parts = [], {}
    for chiffre, nom, utile in (
        (jeunes, "moins de 26 ans", Priorite.P1 in raisonnement.tenus),
        (cibles, "relevant de la priorité 2", raisonnement.tenus != (Priorite.P1,)),
    ):
        if chiffre.valeur is None:
            parties.append(f"{nom} : {chiffre.etat}")
            continue
        parts[nom] = chiffre.valeur * 100 / total if utile else Decimal(0)
        parties.append(
            f"{nom} : {nombre(chiffre.valeur)} sur {nombre(total)}, {pourcentage(chiffre.valeur * 100 / total, 1)}"
            + ("" if utile else ", hors des territoires ou publics de cette priorité")
        )
        if chiffre.valeur > total:
            return Resultat.ALERTE, [*parties, "plus de personnes que de bénéficiaires, à faire corriger"]
    p1, p2 = parts.get("moins de 26 ans", Decimal(0)), parts.get("relevant de la priorité 2", Decimal(0))
    propose = _palier(p1, p2, renforcee=Priorite.P2_RENFORCEE in raisonnement.tenus)
    if any(c.valeur is None for c in (jeunes, cibles)) and propose < 4:
        return Resultat.INCONNU, [*parties, f"niveau proposé : {propose} au moins"]
    resultat = Resultat.CONFORME if propose >= 2 else Resultat.ALERTE
    return resultat, [*parties, f"niveau proposé : {propose}"]


def _palier(p1: Decimal, p2: Decimal, *, renforcee: bool) -> int:
    if p1 >= 75:
        return 4
    if p1 >= 25 or (renforcee and p2 >= 50):
        return 3
    if p2 >= 25:
        return 2
    return 1 if p1 or p2 else 0
