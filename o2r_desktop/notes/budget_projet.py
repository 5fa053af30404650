"""What a note says of the budget of the project line by line: accounts, gaps, doubtful lines, costs, cash."""

from collections.abc import Sequence

from o2r_desktop.analyse.budget.modele import BesoinTresorerie, Ecart, LigneTotal, Montant, Plafond, Situation
from o2r_desktop.analyse.budget.projet import Budget
from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.notes.matiere import Matiere
from o2r_desktop.notes.modele import Aligne, Contenu, Forme, Puces, Table, Texte, Titre
from o2r_desktop.notes.valeurs import TIRET
from o2r_desktop.text import montant, nombre, pourcentage

_DROITES: tuple[Aligne, ...] = ("gauche", "droite", "droite", "droite", "droite", "droite")


def budget_projet(m: Matiere) -> tuple[Contenu, ...]:
    """Return the analysis of the budget; only the unit costs while no line was typed."""
    budget = m.analyse.budget
    if not budget.lignes:
        return _couts(budget.couts)
    return (
        Titre("Budget du projet, saisi d’après l’annexe"),
        *((Texte(budget.lecture),) if budget.lecture else ()),
        _comptes("Charges", (*budget.charges, budget.total_charges), m.annees),
        _comptes("Produits", (*budget.produits, budget.total_produits), m.annees),
        *_volontaires(budget, m.annees),
        *_membres(budget, m.annees),
        *_controles(budget),
        *_ecarts(budget.ecarts),
        *_douteuses(budget),
        *_plafonds(budget.plafonds),
        *_indirectes(budget),
        *_couts(budget.couts),
        *_tresorerie(budget.tresorerie),
    )


def _comptes(nom: str, lignes: Sequence[LigneTotal], annees: Sequence[str]) -> Table:
    return Table(
        entetes=(nom, *annees, "Total", "Part"),
        lignes=tuple(
            (
                f"{x.compte} · {x.libelle}" if x.compte else x.libelle,
                *map(_somme, x.annees),
                _somme(x.total),
                TIRET if x.part is None else pourcentage(x.part, 1),
            )
            for x in lignes
        ),
        parts=(2.4, 1, 1, 1, 1.1, 0.7),
        alignes=_DROITES,
        fortes=frozenset({len(lignes) - 1}),
        serree=True,
    )


def _volontaires(budget: Budget, annees: Sequence[str]) -> tuple[Contenu, ...]:
    cotes = (budget.emplois_volontaires, budget.contributions_volontaires)
    if not any(x.total for x in cotes):
        return ()
    lignes = tuple((f"{x.compte} · {x.libelle}", *map(_somme, x.annees), _somme(x.total)) for x in cotes)
    return (
        Table(
            entetes=("Contributions volontaires", *annees, "Total"),
            lignes=lignes,
            parts=(2.4, 1, 1, 1, 1.1),
            alignes=_DROITES[:5],
            serree=True,
        ),
    )


def _membres(budget: Budget, annees: Sequence[str]) -> tuple[Contenu, ...]:
    if not budget.membres:
        return ()
    return (Titre("Charges par membre"), _comptes("Membre", (*budget.membres, budget.total_charges), annees))


def _controles(budget: Budget) -> tuple[Contenu, ...]:
    faux = [c for c in budget.controles if c.resultat in (Resultat.NON_CONFORME, Resultat.ALERTE)]
    if faux:
        return (Titre("Contrôles du budget à expliquer"), Puces(tuple(f"{c.nom} : {c.valeur}" for c in faux)))
    faits = sum(c.resultat is Resultat.CONFORME for c in budget.controles)
    if not faits:
        return ()
    return (Texte(f"Contrôles du budget : {faits} faits, tous justes.", Forme.LEGENDE),)


def _ecarts(ecarts: Sequence[Ecart]) -> tuple[Contenu, ...]:
    differents = [e for e in ecarts if e.ecart]
    if not differents:
        return ()
    return (
        Titre("Sommes qui diffèrent d’un document à l’autre"),
        Table(
            entetes=("Somme", "Selon", "Écart", "Statut"),
            lignes=tuple((e.nom, _places(e), _somme(e.ecart), _statut(e)) for e in differents),
            parts=(2, 3.4, 1.2, 2),
            alignes=("gauche", "gauche", "droite", "gauche"),
            serree=True,
        ),
    )


def _places(ecart: Ecart) -> str:
    return " ; ".join(f"{place} {montant(valeur)}" for place, valeur in ecart.places if valeur is not None)


def _statut(ecart: Ecart) -> str:
    if ecart.statut is None:
        return "pas encore examiné"
    return f"{ecart.statut.libelle} : {ecart.note}" if ecart.note else ecart.statut.libelle


def _douteuses(budget: Budget) -> tuple[Contenu, ...]:
    lignes = tuple(
        (
            f"{d.ligne.compte} · {d.ligne.libelle}",
            _somme(d.ligne.montant.valeur),
            f"{d.motif} ({d.regle})",
            "écartée" if d.ligne.ecartee else "à trancher" if d.a_trancher else "à examiner",
        )
        for d in budget.douteuses
    )
    if not lignes:
        return ()
    return (
        Titre("Dépenses à examiner ou écartées"),
        Table(
            entetes=("Ligne", "Montant", "Motif", "Suite"),
            lignes=lignes,
            parts=(2.2, 1.1, 3.4, 1),
            alignes=("gauche", "droite", "gauche", "gauche"),
            serree=True,
        ),
    )


def _plafonds(plafonds: Sequence[Plafond]) -> tuple[Contenu, ...]:
    dits = tuple(
        f"D’après {'le formulaire' if p.origine == 'formulaire' else 'les lignes saisies'} : {p.calcul}"
        for p in plafonds
        if p.calcul
    )
    return (Titre("Plafond de la contribution (C. trav. D. 5316-7)"), Puces(dits)) if dits else ()


def _indirectes(budget: Budget) -> tuple[Contenu, ...]:
    return (Texte(budget.indirectes.lecture),) if budget.indirectes and budget.indirectes.lecture else ()


def _couts(couts: Sequence[Situation]) -> tuple[Contenu, ...]:
    connus = [c for c in couts if c.valeur is not None]
    if not connus:
        return ()
    return (
        Titre("Coûts unitaires, parmi les dossiers de la campagne"),
        Table(
            entetes=("Coût", "Valeur", "Médiane", "Quartiles", "Lecture"),
            lignes=tuple(
                (c.nom, _unite(c, c.valeur), _unite(c, c.mediane), _quartiles(c), c.lecture) for c in connus
            ),
            parts=(1.7, 1.2, 1.2, 1.8, 3),
            alignes=("gauche", "droite", "droite", "droite", "gauche"),
            serree=True,
        ),
    )


def _unite(situation: Situation, valeur: Montant) -> str:
    if valeur is None:
        return TIRET
    return montant(valeur) if situation.unite == "€" else nombre(valeur, 1)


def _quartiles(situation: Situation) -> str:
    if situation.quartiles is None:
        return TIRET
    return " à ".join(_unite(situation, q) for q in situation.quartiles)


def _tresorerie(besoin: BesoinTresorerie | None) -> tuple[Contenu, ...]:
    if besoin is None or not besoin.lecture:
        return ()
    return (
        Titre("Avance de trésorerie"),
        Texte(besoin.lecture),
        Texte(f"Hypothèses : {besoin.hypotheses.texte}.", Forme.LEGENDE),
    )


def _somme(valeur: Montant) -> str:
    return TIRET if valeur is None else montant(valeur)
