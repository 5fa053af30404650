"""What the budget says of the criteria: findings once lines are typed, sentences, the JSON document."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from o2r_desktop.analyse.angles import Angle, Controle, Repere
from o2r_desktop.analyse.budget.douteuses import DE_FORMATION
from o2r_desktop.analyse.budget.modele import LigneDouteuse, LigneTotal, Montant, Plafond, Situation
from o2r_desktop.analyse.budget.totaux import addition, retenu
from o2r_desktop.dossiers.budget import euros
from o2r_desktop.evaluation.constats import Constat, Resultat, pire
from o2r_desktop.evaluation.preuves import suite_dite
from o2r_desktop.text import NBSP, NNBSP, enumeration, pluriel

if TYPE_CHECKING:
    from o2r_desktop.analyse.budget.projet import Budget

_SUITE = f"{NNBSP}; "
_HORS_FORMATION = (
    "dépenses étrangères au projet ou à la convention (C. trav. D. 5316-7 et D. 5316-15 ; proposition)"
)
INDIRECTES_MAX = Decimal(20)
"""Percentage of direct costs above which indirect ones are to be explained (metier § 3.4, proposition)."""


def lire(budget: Budget) -> str:
    """Return the budget in two or three sentences, for the note."""
    total, produits = budget.total_charges.total, budget.total_produits.total
    dits = [
        f"{pluriel(len(budget.lignes), 'montant saisi', 'montants saisis')}{NBSP}: charges {_ou_inconnu(total)}, "
        f"produits {_ou_inconnu(produits)} sur trois ans."
    ]
    faux = [c for c in budget.controles if c.resultat in (Resultat.NON_CONFORME, Resultat.ALERTE)]
    if faux:
        dits.append(f"À expliquer{NBSP}: {enumeration([c.nom.lower() for c in faux])}.")
    else:
        dits.append("Les contrôles qui peuvent être faits sont justes.")
    a_voir = [d for d in budget.douteuses if not d.ligne.ecartee]
    if a_voir:
        somme = _ou_inconnu(addition(retenu(d.ligne) for d in a_voir))
        dits.append(f"Dépenses à examiner{NBSP}: {somme}.")
    return " ".join(dits)


def constats(budget: Budget) -> tuple[Constat, ...]:
    """Return the findings that rest on the lines, none while there are none."""
    if not budget.lignes:
        return ()
    return (_eli_08(budget), _cre_01(budget), _cre_02(budget), _cre_06(budget))


def _constat(budget: Budget, critere: str, resultat: Resultat, parties: list[str], regle: str) -> Constat:
    return Constat(
        critere=critere,
        resultat=resultat,
        valeur=_SUITE.join(p for p in parties if p),
        preuve=_sources(budget),
        regle=f"sur les lignes saisies{NBSP}: {regle}",
    )


def _sources(budget: Budget) -> str:
    lues = dict.fromkeys(x.montant.source for x in budget.lignes if x.montant.source is not None)
    return " · ".join(f"{s.ou}{suite_dite(s.ou, s.page)}" for s in lues if s) or "lignes saisies"


def _eli_08(budget: Budget) -> Constat:
    trouvees = [d for d in budget.douteuses if d.nature in DE_FORMATION]
    regle = "les dépenses de formation ne sont pas éligibles (AMI, Conditions d’éligibilité)"
    if not trouvees:
        return _constat(budget, "ELI-08", Resultat.CONFORME, ["aucune ligne de formation reconnue"], regle)
    return _constat(budget, "ELI-08", Resultat.ALERTE, _douteuses(trouvees), regle)


def _cre_01(budget: Budget) -> Constat:
    faux = [c for c in budget.controles if c.resultat in (Resultat.NON_CONFORME, Resultat.ALERTE)]
    inconnus = [c for c in budget.controles if c.resultat is Resultat.INCONNU]
    parties = [f"{c.nom}{NBSP}: {c.valeur}" for c in faux]
    if not faux:
        justes = sum(c.resultat is Resultat.CONFORME for c in budget.controles)
        parties = [f"{pluriel(justes, 'contrôle juste', 'contrôles justes')}"]
    if inconnus:
        parties.append(f"non calculables{NBSP}: {enumeration([c.nom.lower() for c in inconnus])}")
    regle = "équilibre par année et au total, 86 = 87, sommes des membres, accord avec le formulaire"
    return _constat(budget, "CRE-01", pire(c.resultat for c in budget.controles), parties, regle)


def _cre_02(budget: Budget) -> Constat:
    regle = "la demande ne dépasse pas les coûts éligibles moins les cofinancements (C. trav. D. 5316-7)"
    plafond = next((p for p in budget.plafonds if p.origine == "lignes"), None)
    if plafond is None or plafond.depassement is None:
        manques = enumeration(list(plafond.manques)) if plafond else "charges"
        return _constat(budget, "CRE-02", Resultat.INCONNU, [f"plafond non calculable{NBSP}: {manques}"], regle)
    parties = [f"demande {_ou_inconnu(plafond.demande)}, plafond {plafond.calcul}"]
    if plafond.depassement:
        parties.append(f"dépassement de {euros(plafond.depassement)}")
        return _constat(budget, "CRE-02", Resultat.NON_CONFORME, parties, regle)
    return _constat(budget, "CRE-02", Resultat.CONFORME, parties, regle)


def _cre_06(budget: Budget) -> Constat:
    etrangeres = [d for d in budget.douteuses if d.nature not in DE_FORMATION]
    part = budget.part_indirecte
    lourde = part is not None and part > INDIRECTES_MAX
    parties = [budget.indirectes.lecture.rstrip(".") if budget.indirectes else "", *_douteuses(etrangeres)]
    resultat = Resultat.ALERTE if etrangeres or lourde else Resultat.CONFORME
    if part is None and not etrangeres:
        resultat = Resultat.INCONNU
        parties = parties if any(parties) else ["charges indirectes non distinguées"]
    return _constat(budget, "CRE-06", resultat, [*parties, "à apprécier"], _HORS_FORMATION)


def _douteuses(trouvees: list[LigneDouteuse]) -> list[str]:
    par_motif: dict[str, list[LigneDouteuse]] = {}
    for d in trouvees:
        par_motif.setdefault(d.motif, []).append(d)
    return [
        f"{motif}{NBSP}: {_ou_inconnu(addition(retenu(d.ligne) for d in siennes))} "
        f"({enumeration(list(dict.fromkeys(f'{d.ligne.compte} {d.ligne.libelle}'.strip() for d in siennes)))})"
        for motif, siennes in par_motif.items()
    ]


def reperes(budget: Budget) -> tuple[Repere, ...]:
    """Return what the budget says of CRE criteria and of ELI-08, in sentences; never a level."""
    return tuple(Repere(critere=c, texte=t, angle=Angle.BUDGET) for c, t in _reperes(budget) if t)


def _reperes(budget: Budget) -> Iterator[tuple[str, str]]:
    for ecart in budget.ecarts:
        if ecart.a_voir:
            yield "CRE-01", ecart.lecture or f"{ecart.nom}{NBSP}: écart de {_ou_inconnu(ecart.ecart)}."
    for plafond in budget.plafonds:
        if plafond.calcul:
            ou = "le formulaire" if plafond.origine == "formulaire" else "les lignes saisies"
            yield "CRE-02", f"Plafond d’après {ou}{NBSP}: {plafond.calcul}."
    for cout in budget.couts:
        if cout.valeur is not None and cout.lecture:
            yield ("CRE-04" if "beneficiaire" in cout.cle and "etp" not in cout.cle else "CRE-05"), cout.lecture
    if budget.indirectes is not None:
        yield "CRE-06", budget.indirectes.lecture
    if budget.tresorerie is not None:
        yield "CRE-07", budget.tresorerie.lecture
    for d in budget.douteuses:
        if d.nature in DE_FORMATION:
            yield "ELI-08", f"{d.ligne.compte} {d.ligne.libelle}, année {d.ligne.annee}{NBSP}: {d.motif}."


def document(budget: Budget) -> dict[str, Any]:
    """Return the budget in JSON types: amounts are texts with a dot, unknown ones null."""
    return {
        "lecture": budget.lecture,
        "lignes": [
            {
                "compte": x.compte,
                "libelle": x.libelle,
                "annee": x.annee,
                "membre": x.membre,
                "declare": _texte(x.montant.declare),
                "retenu": _texte(x.montant.retenu),
                "note": x.montant.note,
                "source": None if x.montant.source is None else x.montant.source.ou,
                "page": None if x.montant.source is None else x.montant.source.page,
                "ecartee": x.ecartee,
            }
            for x in budget.lignes
        ],
        "charges": [_total(x) for x in budget.charges],
        "produits": [_total(x) for x in budget.produits],
        "membres": [_total(x) for x in budget.membres],
        "controles": [_controle(c) for c in budget.controles],
        "ecarts": [
            {
                "cle": e.cle,
                "nom": e.nom,
                "places": {place: _texte(montant) for place, montant in e.places},
                "ecart": _texte(e.ecart),
                "statut": "" if e.statut is None else e.statut.value,
                "note": e.note,
            }
            for e in budget.ecarts
        ],
        "a_examiner": [
            {"compte": d.ligne.compte, "libelle": d.ligne.libelle, "annee": d.ligne.annee, "motif": d.motif,
             "regle": d.regle, "nature": d.nature.value, "ecartee": bool(d.ligne.ecartee)}
            for d in budget.douteuses
        ],
        "plafonds": [_plafond(p) for p in budget.plafonds],
        "part_indirecte": _texte(budget.part_indirecte),
        "couts": [_cout(c) for c in budget.couts],
        "tresorerie": None if budget.tresorerie is None else {
            "mois": [_texte(m) for m in budget.tresorerie.mois],
            "besoin": _texte(budget.tresorerie.besoin),
            "tresorerie": _texte(budget.tresorerie.tresorerie),
            "lecture": budget.tresorerie.lecture,
            "hypotheses": budget.tresorerie.hypotheses.texte,
        },
    }  # fmt: skip


def _total(ligne: LigneTotal) -> dict[str, Any]:
    return {
        "compte": ligne.compte,
        "libelle": ligne.libelle,
        "annees": [_texte(m) for m in ligne.annees],
        "total": _texte(ligne.total),
        "part": _texte(ligne.part),
    }


def _controle(c: Controle) -> dict[str, Any]:
    return {"cle": c.cle, "nom": c.nom, "resultat": c.resultat.value, "valeur": c.valeur, "regle": c.regle}


def _plafond(p: Plafond) -> dict[str, Any]:
    return {
        "origine": p.origine,
        "base": _texte(p.base),
        "cofinancements": _texte(p.cofinancements),
        "plafond": _texte(p.plafond),
        "demande": _texte(p.demande),
        "calcul": p.calcul,
        "manques": list(p.manques),
    }


def _cout(c: Situation) -> dict[str, Any]:
    quartiles = None if c.quartiles is None else [_texte(q) for q in c.quartiles]
    return {
        "cle": c.cle,
        "nom": c.nom,
        "valeur": _texte(c.valeur),
        "unite": c.unite,
        "calcul": c.calcul,
        "effectif": c.effectif,
        "mediane": _texte(c.mediane),
        "quartiles": quartiles,
        "lecture": c.lecture,
    }


def _texte(valeur: Montant) -> str | None:
    return None if valeur is None else f"{valeur:.2f}"


def _ou_inconnu(valeur: Montant) -> str:
    return "inconnu" if valeur is None else euros(valeur)
