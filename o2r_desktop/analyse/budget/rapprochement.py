"""The same amount in several places: form, annex, narrative, accounts (metier § 3.4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from o2r_desktop.analyse.budget import montants_texte
from o2r_desktop.analyse.budget.douteuses import DE_FORMATION
from o2r_desktop.analyse.budget.lignes import LigneProjet, Sens, StatutEcart
from o2r_desktop.analyse.budget.modele import Ecart, LigneDouteuse, Montant
from o2r_desktop.analyse.budget.plafonds import est_indirecte, lignes_o2r
from o2r_desktop.analyse.budget.totaux import addition, de_sens, declare, par_annee
from o2r_desktop.analyse.finances import Finances
from o2r_desktop.dossiers.budget import BudgetProjet, euros, lire_chiffre
from o2r_desktop.dossiers.model import Cofinancement, Dossier
from o2r_desktop.evaluation.mots import mots
from o2r_desktop.text import enumeration, normalise

FORMULAIRE, ANNEXE, TEXTE, COMPTES = "Formulaire", "Budget joint", "Texte", "Comptes"
"""Where an amount is read, in the order that is shown."""
_VIDES = frozenset(
    {"de", "du", "des", "la", "le", "les", "l", "d", "et", "a", "au", "aux", "en", "pour", "un", "une"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matiere:
    """What a reconciliation reads."""

    dossier: Dossier
    formulaire: BudgetProjet
    lignes: Sequence[LigneProjet]
    douteuses: Sequence[LigneDouteuse]
    finances: Finances
    statuts: Mapping[str, tuple[StatutEcart | None, str]] = field(default_factory=dict)


def rapprocher(matiere: Matiere) -> tuple[Ecart, ...]:
    """Return the amounts that at least one place gives, with their gap and what was said of it."""
    textes = montants_texte.chercher(c.valeur for c in matiere.dossier.champs if isinstance(c.valeur, str))
    ecarts = [
        *_par_annee(matiere, "cout", "Coût", textes),
        *_par_annee(matiere, "demande", "Contribution demandée", textes),
        *_postes(matiere, textes),
        *_cofinanceurs(matiere),
        _budget_annuel(matiere),
    ]
    return tuple(e for e in ecarts if any(m is not None for _, m in e.places))


def _par_annee(matiere: Matiere, prefixe: str, nom: str, textes: Mapping[str, Decimal]) -> list[Ecart]:
    formulaire, produits = matiere.formulaire, de_sens(matiere.lignes, Sens.PRODUIT)
    if prefixe == "cout":
        serie, ensemble = formulaire.couts, formulaire.cout_total
        annexe = par_annee(de_sens(matiere.lignes, Sens.CHARGE), declare)
    else:
        serie, ensemble = formulaire.demandes, formulaire.demande_total
        o2r = lignes_o2r(produits)
        annexe = par_annee(o2r, declare, cote=produits if o2r else ())
    annees = [
        _ecart(matiere, f"{prefixe}_annee_{n}", f"{nom}, année {n}", ((FORMULAIRE, c.valeur), (ANNEXE, a)))
        for n, (c, a) in enumerate(zip(serie, annexe, strict=True), 1)
    ]
    places = ((FORMULAIRE, ensemble.valeur), (ANNEXE, addition(annexe)), (TEXTE, textes.get(f"{prefixe}_total")))
    return [*annees, _ecart(matiere, f"{prefixe}_total", f"{nom}, trois ans", places)]


def _postes(matiere: Matiere, textes: Mapping[str, Decimal]) -> list[Ecart]:
    formulaire = matiere.formulaire
    charges = de_sens(matiere.lignes, Sens.CHARGE)
    formation = [d.ligne for d in matiere.douteuses if d.nature in DE_FORMATION]
    volontaires = de_sens(matiere.lignes, Sens.EMPLOI_VOLONTAIRE)
    postes = (
        ("personnel", "Charges de personnel", formulaire.personnel.valeur,
         [x for x in charges if x.compte.startswith("64")]),
        ("indirectes", "Charges indirectes", formulaire.indirectes.valeur,
         [x for x in charges if est_indirecte(x)]),
        ("formation", "Dépenses de formation", formulaire.a_ecarter, formation),
        ("volontaires", "Contributions volontaires", formulaire.contributions_volontaires.valeur, volontaires),
    )  # fmt: skip
    return [
        _ecart(matiere, cle, nom, ((FORMULAIRE, dit), (ANNEXE, _somme(lignes)), (TEXTE, textes.get(cle))))
        for cle, nom, dit, lignes in postes
    ]


def _somme(lignes: Sequence[LigneProjet]) -> Montant:
    """Add up what the annex says of a post; an annex that does not single it out says nothing of it."""
    return addition(map(declare, lignes)) if lignes else None


def _cofinanceurs(matiere: Matiere) -> list[Ecart]:
    comptes = matiere.formulaire.cofinancements_comptes
    produits = de_sens(matiere.lignes, Sens.PRODUIT)
    connues = {id(x) for x in lignes_o2r(produits)}
    autres = [x for x in produits if id(x) not in connues] if connues else []
    sommes = (
        (FORMULAIRE, addition(c.montant for c in comptes) if comptes else None),
        (ANNEXE, addition(par_annee(autres, declare, cote=produits)) if connues else None),
    )
    par_financeur: dict[str, list[Cofinancement]] = {}
    for rangee in comptes:
        par_financeur.setdefault(normalise(rangee.financeur).replace("/", " "), []).append(rangee)
    ecarts = [_ecart(matiere, "cofinancements", "Cofinancements, trois ans", sommes)]
    for cle, rangees in par_financeur.items():
        siennes = [x for x in autres if _meme_financeur(rangees[0].financeur, x.libelle)]
        if siennes:
            places = (
                (FORMULAIRE, addition(c.montant for c in rangees)),
                (ANNEXE, addition(map(declare, siennes))),
            )
            ecarts.append(_ecart(matiere, f"cofinancement/{cle}", f"« {rangees[0].financeur} »", places))
    return ecarts


def _meme_financeur(financeur: str, libelle: str) -> bool:
    """Say whether all the words of one name stand in the other."""
    a, b = (frozenset(mots(t)) - _VIDES for t in (financeur, libelle))
    return bool(a and b) and (a <= b or b <= a)


def _budget_annuel(matiere: Matiere) -> Ecart:
    comptes: Montant = None
    if matiere.finances.saisis:
        comptes = matiere.finances.saisis[-1].montant("total_produits").valeur
    declare_ = lire_chiffre(matiere.dossier, "budget_annuel").valeur
    nom = "Budget annuel de la structure et produits du dernier exercice"
    return _ecart(matiere, "budget_annuel", nom, ((FORMULAIRE, declare_), (COMPTES, comptes)))


def _ecart(matiere: Matiere, cle: str, nom: str, places: tuple[tuple[str, Montant], ...]) -> Ecart:
    connus = [m for _, m in places if m is not None]
    ecart = max(connus) - min(connus) if len(connus) > 1 else None
    statut, note = matiere.statuts.get(cle, (None, ""))
    return Ecart(
        cle=cle,
        nom=nom,
        places=places,
        ecart=ecart,
        statut=statut,
        note=note,
        lecture=_lire(nom, places, ecart, statut),
    )


def _lire(nom: str, places: tuple[tuple[str, Montant], ...], ecart: Montant, statut: StatutEcart | None) -> str:
    dits = enumeration([f"{place.lower()} {euros(m)}" for place, m in places if m is not None])
    if ecart is None:
        return f"{nom} : {dits}, rien à comparer."
    if ecart == 0:
        return f"{nom} : {dits}, montants égaux."
    suite = "" if statut is None else f", {statut.libelle}"
    return f"{nom} : {dits}, écart de {euros(ecart)}{suite}."
