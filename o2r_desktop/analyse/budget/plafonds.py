"""The cap of D. 5316-7 from the form and from the lines, the share of indirect expenses (metier § 3.4)."""

import re
from collections.abc import Sequence
from decimal import Decimal

from o2r_desktop.analyse.budget.douteuses import DE_FORMATION
from o2r_desktop.analyse.budget.lignes import LigneProjet, Sens
from o2r_desktop.analyse.budget.modele import LigneDouteuse, Montant, PartIndirecte, Plafond
from o2r_desktop.analyse.budget.totaux import CENT, addition, de_sens, par_annee, retenu
from o2r_desktop.dossiers.budget import BudgetProjet, euros
from o2r_desktop.text import normalise, pourcentage

ZERO = Decimal(0)
REPERE_INDIRECTES = (Decimal(15), Decimal(20))
"""Above the first, to be explained; above the second, first of all (grille, CRE-06: proposition)."""
_O2R = re.compile(r"\bo2r\b|contribution demandee|\breperage (?:et|&) (?:de )?remobilisation")
_SERVICE = re.compile(r"\bd(?:r?i?)eets\b|\bddets\b")
_INDIRECTES = re.compile(
    r"\bindirecte?s?\b|\b(?:frais|charges|couts?) (?:generaux|generales|commune?s|de structure|de siege|du siege)\b"
    r"|\bsiege\b(?! auto)|\bfonctions? supports?\b"
)


def lignes_o2r(produits: Sequence[LigneProjet]) -> tuple[LigneProjet, ...]:
    """Return the income lines that are the contribution asked for: by its name, else by that of the service."""
    subventions = [p for p in produits if p.sens is Sens.PRODUIT and (p.compte[:2] in ("73", "74", "7"))]
    nommees = [p for p in subventions if _O2R.search(normalise(p.libelle))]
    return tuple(nommees or [p for p in subventions if _SERVICE.search(normalise(p.libelle))])


def plafond_formulaire(budget: BudgetProjet) -> Plafond:
    """Return the cap that the form alone says."""
    manques = []
    if budget.cout_prudent is None:
        manques.append("coût total")
    if budget.a_ecarter is None:
        manques.append("dépenses de formation")
    cofinance = budget.cofinance if budget.cofinancements is not None else None
    return _dire(
        origine="formulaire",
        cout=budget.cout_prudent,
        deductions=(("formation déclarée", budget.a_ecarter),),
        base=budget.base_eligible,
        cofinancements=cofinance,
        plafond=budget.plafond,
        demande=budget.demande_prudente,
        manques=tuple(manques),
    )


def plafond_lignes(
    lignes: Sequence[LigneProjet], douteuses: Sequence[LigneDouteuse], formulaire: BudgetProjet
) -> Plafond | None:
    """Return the cap that the lines say, None while there are no expenses.

    Base: accounts 60 to 69 as retained (86 left out), less the lines set aside, less the training that the form
    declares as far as no line of training was set aside already. Cap: base less income other than the contribution.
    """
    charges = de_sens(lignes, Sens.CHARGE)
    if not charges:
        return None
    cout = addition(par_annee(charges))
    hors = [x for x in charges if not x.compte.startswith("6")]
    ecartees = [x for x in charges if x.ecartee and x.compte.startswith("6")]
    deductions: list[tuple[str, Montant]] = []
    if hors:
        deductions.append(("hors comptes 60 à 69", addition(map(retenu, hors))))
    if ecartees:
        deductions.append(("lignes écartées", addition(map(retenu, ecartees))))
    deductions.append(("formation déclarée non écartée ligne à ligne", _formation(ecartees, douteuses, formulaire)))
    retire = addition(m for _, m in deductions)
    base = None if cout is None or retire is None else max(ZERO, cout - retire)
    cofinance = cofinancements(de_sens(lignes, Sens.PRODUIT))
    plafond = None if base is None or cofinance is None else max(ZERO, base - max(ZERO, cofinance))
    return _dire(
        origine="lignes",
        cout=cout,
        deductions=tuple(d for d in deductions if d[1] != 0),
        base=base,
        cofinancements=cofinance,
        plafond=plafond,
        demande=demande_lignes(de_sens(lignes, Sens.PRODUIT)) or formulaire.demande_prudente,
        manques=_manques(cout, deductions, cofinance, de_sens(lignes, Sens.PRODUIT)),
    )


def demande_lignes(produits: Sequence[LigneProjet]) -> Montant:
    """Return the contribution asked for over three years as the lines say it, None when none is recognised."""
    o2r = lignes_o2r(produits)
    return addition(par_annee(o2r, cote=produits)) if o2r else None


def cofinancements(produits: Sequence[LigneProjet], annee: int | None = None) -> Montant:
    """Add up the income other than the contribution, as retained; None when the contribution is not recognised."""
    o2r = lignes_o2r(produits)
    if not o2r:
        return None
    connues = {id(x) for x in o2r}
    autres = [x for x in produits if id(x) not in connues and not x.ecartee]
    montants = par_annee(autres, cote=produits)
    return addition(montants) if annee is None else montants[annee - 1]


def _formation(
    ecartees: Sequence[LigneProjet], douteuses: Sequence[LigneDouteuse], formulaire: BudgetProjet
) -> Montant:
    natures = {id(d.ligne): d.nature for d in douteuses}
    de_formation = [x for x in ecartees if natures.get(id(x)) in DE_FORMATION]
    deja = addition(map(retenu, de_formation))
    if formulaire.a_ecarter is None:
        return ZERO if de_formation and deja is not None else None
    return None if deja is None else max(ZERO, formulaire.a_ecarter - deja)


def _manques(
    cout: Montant,
    deductions: Sequence[tuple[str, Montant]],
    cofinance: Montant,
    produits: Sequence[LigneProjet],
) -> tuple[str, ...]:
    manques = ["charges des trois années"] if cout is None else []
    manques += [nom for nom, montant in deductions if montant is None]
    if cofinance is None:
        reconnue = bool(lignes_o2r(produits))
        manques.append("produits des trois années" if reconnue else "contribution O2R parmi les produits")
    return tuple(manques)


def _dire(
    *,
    origine: str,
    cout: Montant,
    deductions: tuple[tuple[str, Montant], ...],
    base: Montant,
    cofinancements: Montant,
    plafond: Montant,
    demande: Montant,
    manques: tuple[str, ...],
) -> Plafond:
    termes = [f"coût {_ou_inconnu(cout)}", *(f"− {nom} {_ou_inconnu(m)}" for nom, m in deductions)]
    if cofinancements is not None or origine == "lignes":
        termes.append(f"− cofinancements {_ou_inconnu(cofinancements)}")
    return Plafond(
        origine=origine,
        cout=cout,
        deductions=deductions,
        base=base,
        cofinancements=cofinancements,
        plafond=plafond,
        demande=demande,
        manques=manques,
        calcul=f"{_ou_inconnu(plafond)} = {' '.join(termes)}",
    )


def _ou_inconnu(valeur: Montant) -> str:
    return "inconnu" if valeur is None else euros(valeur)


def est_indirecte(ligne: LigneProjet) -> bool:
    """Say whether the words of an expense make it an indirect one."""
    return ligne.sens is Sens.CHARGE and _INDIRECTES.search(normalise(ligne.libelle)) is not None


def part_indirecte(lignes: Sequence[LigneProjet], formulaire: BudgetProjet) -> PartIndirecte | None:
    """Return the share of indirect expenses from the lines that say so, else from the form; None without either."""
    charges = [x for x in de_sens(lignes, Sens.CHARGE) if not x.ecartee]
    marquees = [x for x in charges if est_indirecte(x)]
    if marquees:
        return _part(addition(map(retenu, marquees)), addition(par_annee(charges)), "lignes")
    cout = addition(par_annee(charges)) if charges else formulaire.cout
    if formulaire.indirectes.valeur is None:
        return None
    return _part(formulaire.indirectes.valeur, cout, "formulaire")


def _part(indirectes: Montant, cout: Montant, origine: str) -> PartIndirecte:
    directes = None if indirectes is None or cout is None else cout - indirectes
    part = None
    if indirectes is not None and directes is not None and directes > 0:
        part = indirectes * CENT / directes
    return PartIndirecte(
        indirectes=indirectes,
        directes=directes,
        part=part,
        origine=origine,
        calcul=f"{_ou_inconnu(indirectes)} ÷ {_ou_inconnu(directes)}",
        lecture=_lire_part(part),
    )


def _lire_part(part: Montant) -> str:
    bas, haut = REPERE_INDIRECTES
    if part is None:
        return "Part des charges indirectes inconnue."
    place = (
        "sous le repère"
        if part <= bas
        else "dans le repère, à expliquer"
        if part <= haut
        else "au-dessus du repère, à expliquer"
    )
    return (
        f"Les charges indirectes font {pourcentage(part, 1)} des charges directes, {place} de 15 à "
        f"{pourcentage(haut)} (proposition)."
    )
