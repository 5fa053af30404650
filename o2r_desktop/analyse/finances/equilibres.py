"""The checks of accounts as they are typed: totals, balance, result, succession, cash (metier § 3.3)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from o2r_desktop.analyse.angles import Controle
from o2r_desktop.analyse.finances.agregats import ATTEINT, SOMME, Resolu
from o2r_desktop.analyse.finances.comptes import ExerciceSaisi
from o2r_desktop.analyse.finances.mesures import (
    ZERO,
    Exercice,
    besoin,
    roulement,
    tresorerie_du_bas,
    tresorerie_du_haut,
)
from o2r_desktop.analyse.finances.postes import DE_ETAT, TOTAL_DE, Etat, Poste
from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.text import NBSP, NNBSP, enumeration, montant

SEUIL_CERTIFICATION = Decimal(153_000)
"""Subventions of a year beyond which an auditor is required, in euros (C. com. L. 612-4, D. 612-5)."""
ARRONDI = Decimal(2)
"""A gap up to which euros rounded by the accountant may be the reason: said, never forgiven (proposition)."""
_ETATS = (Etat.ACTIF, Etat.PASSIF, Etat.PRODUITS, Etat.CHARGES)
_CERTIFICATIONS = {
    "certifie": (Resultat.CONFORME, "comptes certifiés sans réserve"),
    "certifie_avec_reserve": (Resultat.ALERTE, "comptes certifiés avec réserve, à lire dans le rapport"),
    "refus": (Resultat.ALERTE, "certification refusée"),
}
_REGLE = "chaque total est la somme de ses postes, au centime près (usage comptable)"


def controler(
    saisis: Sequence[ExerciceSaisi], resolus: Sequence[Resolu], exercices: Sequence[Exercice]
) -> tuple[Controle, ...]:
    """Check exercices as typed, ascending, against what was worked out of them."""
    controles: list[Controle] = []
    avant: ExerciceSaisi | None = None
    for saisi, (valeurs, deduits), exercice in zip(saisis, resolus, exercices, strict=True):
        controles += _totaux(saisi, valeurs, deduits)
        controles += _equilibre(saisi.annee, valeurs)
        controles += _resultat(saisi, valeurs)
        controles += _tresorerie(exercice)
        controles += _certification(saisi, valeurs)
        if avant is not None and avant.annee == saisi.annee - 1:
            controles += _enchainement(avant, saisi)
        avant = saisi
    return tuple(controles)


def _totaux(saisi: ExerciceSaisi, valeurs: dict[str, Decimal], deduits: dict[str, str]) -> Iterator[Controle]:
    for etat in _ETATS:
        total = TOTAL_DE[etat]
        saisie = saisi.montant(total.cle).valeur
        postes = [(p, valeurs[p.cle]) for p in DE_ETAT[etat] if p.cle in valeurs]
        if (saisie is None and total.cle not in valeurs) or not postes:
            continue
        yield _total(saisi.annee, etat, postes, saisie, deduits)


def _total(
    annee: int,
    etat: Etat,
    postes: Sequence[tuple[Poste, Decimal]],
    saisie: Decimal | None,
    deduits: dict[str, str],
) -> Controle:
    """Compare a total with its posts; posts nobody typed may fill a gap that they can still fill."""
    total = TOTAL_DE[etat]
    somme = sum((v for _, v in postes), ZERO)
    vides = [p for p in DE_ETAT[etat] if all(p is not q for q, _ in postes)]
    zeros = [p for p, _ in postes if deduits.get(p.cle) == ATTEINT]
    if saisie is None:
        resultat, valeur = Resultat.CONFORME, f"{montant(somme)}, {SOMME}{_mis_a_zero(zeros)}"
    elif saisie == somme and not vides:
        resultat, valeur = Resultat.CONFORME, f"{montant(saisie)}, égal à la somme des postes{_mis_a_zero(zeros)}"
    elif vides and (saisie >= somme or any(p.signe for p in vides)):
        resultat, valeur = Resultat.INCONNU, _incomplet(saisie, somme, vides)
    else:
        resultat, valeur = Resultat.ALERTE, f"{montant(saisie)} saisis{_ecart(saisie, somme, 'somme des postes')}"
    return Controle(
        cle=f"{total.cle}/{annee}",
        nom=f"{total.libelle} {annee}",
        resultat=resultat,
        valeur=f"{valeur}.",
        regle=f"{_REGLE}{NNBSP}; un poste non saisi est tenu pour nul quand les autres atteignent le total",
    )


def _incomplet(saisie: Decimal, somme: Decimal, vides: Sequence[Poste]) -> str:
    noms = enumeration(tuple(p.libelle for p in vides[:4])) + ("…" if len(vides) > 4 else "")
    if saisie == somme:
        return f"{montant(saisie)} atteints, mais un poste non saisi peut être négatif{NBSP}: {noms}"
    return f"{montant(saisie)} saisis, {montant(somme)} en postes{NNBSP}; non saisis{NBSP}: {noms}"


def _mis_a_zero(zeros: Sequence[Poste]) -> str:
    if not zeros:
        return ""
    noms = ", ".join(p.libelle for p in zeros)
    return f"{NNBSP}; {'postes' if len(zeros) > 1 else 'poste'} à zéro, le total est atteint{NBSP}: {noms}"


def _ecart(un: Decimal, autre: Decimal, nom: str) -> str:
    ecart = un - autre
    arrondi = ", un arrondi peut l’expliquer" if abs(ecart) <= ARRONDI else ""
    return f", {nom} {montant(autre)}{NBSP}: écart de {montant(ecart)}{arrondi}"


def _compare(cle: str, nom: str, un: Decimal, autre: Decimal, egal: str, different: str, regle: str) -> Controle:
    egaux = un == autre
    return Controle(
        cle=cle,
        nom=nom,
        resultat=Resultat.CONFORME if egaux else Resultat.ALERTE,
        valeur=egal if egaux else different,
        regle=regle,
    )


def _equilibre(annee: int, valeurs: dict[str, Decimal]) -> Iterator[Controle]:
    actif, passif = valeurs.get("total_actif"), valeurs.get("total_passif")
    if actif is None or passif is None:
        return
    yield _compare(
        f"equilibre_bilan/{annee}",
        f"Bilan équilibré {annee}",
        actif,
        passif,
        f"actif et passif de {montant(actif)}.",
        f"actif {montant(actif)}{_ecart(actif, passif, 'passif')}.",
        "l’actif est égal au passif, au centime près (usage comptable)",
    )


def _resultat(saisi: ExerciceSaisi, valeurs: dict[str, Decimal]) -> Iterator[Controle]:
    """Compare produits less charges with the result of the passif, when the latter was typed."""
    produits, charges = valeurs.get("total_produits"), valeurs.get("total_charges")
    resultat = saisi.montant("resultat").valeur
    if produits is None or charges is None or resultat is None:
        return
    solde = produits - charges
    calcul = f"{montant(produits)} de produits − {montant(charges)} de charges"
    yield _compare(
        f"resultat/{saisi.annee}",
        f"Résultat {saisi.annee}",
        solde,
        resultat,
        f"{calcul} = {montant(solde)}, le résultat du passif.",
        f"{calcul} = {montant(solde)}{_ecart(solde, resultat, 'résultat du passif')}.",
        "produits − charges = résultat inscrit au passif, au centime près (usage comptable)",
    )


def _tresorerie(exercice: Exercice) -> Iterator[Controle]:
    haut, bas = tresorerie_du_haut(exercice), tresorerie_du_bas(exercice)
    fonds, creux = roulement(exercice), besoin(exercice)
    if haut is None or bas is None or fonds is None or creux is None:
        return
    calcul = f"fonds de roulement {montant(fonds)} − besoin {montant(creux)} = {montant(haut)}"
    yield _compare(
        f"tresorerie/{exercice.annee}",
        f"Trésorerie {exercice.annee}",
        haut,
        bas,
        f"{calcul}, soit les disponibilités moins les découverts.",
        f"{calcul}{_ecart(haut, bas, 'disponibilités − découverts')}.",
        "fonds de roulement − besoin en fonds de roulement = disponibilités − découverts (Juris associations "
        "n° 428)",
    )


def _enchainement(avant: ExerciceSaisi, apres: ExerciceSaisi) -> Iterator[Controle]:
    """Compare reserves and report with those of the year before, its result added."""
    report = [apres.montant(p).valeur for p in ("reserves", "report_a_nouveau")]
    origine = [avant.montant(p).valeur for p in ("reserves", "report_a_nouveau", "resultat")]
    connus, anciens = [v for v in report if v is not None], [v for v in origine if v is not None]
    if len(connus) < 2 or len(anciens) < 3:
        return
    obtenu, attendu = sum(connus, ZERO), sum(anciens, ZERO)
    noms = f"réserves et report à nouveau {apres.annee}"
    yield _compare(
        f"enchainement/{avant.annee}-{apres.annee}",
        f"Enchaînement {avant.annee}-{apres.annee}",
        obtenu,
        attendu,
        f"{noms} de {montant(obtenu)}, soit ceux de {avant.annee} et son résultat.",
        f"{noms} de {montant(obtenu)}{_ecart(obtenu, attendu, f'{avant.annee} et son résultat')}"
        f"{NNBSP}; une affectation à un autre poste se lit au procès-verbal de l’assemblée.",
        "le résultat d’un exercice est affecté aux réserves ou au report à nouveau du suivant (usage comptable)",
    )


def _certification(saisi: ExerciceSaisi, valeurs: dict[str, Decimal]) -> Iterator[Controle]:
    """Say whether an auditor is expected, and what the accounts carry."""
    recues = valeurs.get("subventions")
    attendue = recues is not None and recues > SEUIL_CERTIFICATION
    if not attendue and saisi.certification not in _CERTIFICATIONS:
        return
    resultat, dit = _CERTIFICATIONS.get(saisi.certification, (Resultat.INCONNU, "certification non renseignée"))
    if saisi.certification == "sans_objet":
        resultat, dit = Resultat.ALERTE, "comptes dits non soumis à certification"
    seuil = (
        f"{NNBSP}; subventions de {montant(recues)}, plus de 153{NNBSP}000{NBSP}€" if attendue and recues else ""
    )
    yield Controle(
        cle=f"certification/{saisi.annee}",
        nom=f"Certification {saisi.annee}",
        resultat=resultat,
        valeur=f"{dit}{seuil}.",
        regle=f"plus de 153{NNBSP}000{NBSP}€ de subventions publiques dans l’année{NBSP}: comptes annuels, "
        "commissaire aux comptes et publicité (C. com. L. 612-4)",
    )
