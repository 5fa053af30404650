"""The part of a note on the budget of the project: declared and retained, its lines, its gaps, its costs."""

from decimal import Decimal

from o2r_desktop.dossiers.budget import somme
from o2r_desktop.notes.budget_projet import budget_projet
from o2r_desktop.notes.matiere import CREDIBILITE, Matiere
from o2r_desktop.notes.modele import Contenu, Fiche, Forme, Rubrique, Table, Texte, Titre
from o2r_desktop.notes.sections import appreciation
from o2r_desktop.notes.valeurs import TIRET, chiffre_dit, ou_vide
from o2r_desktop.text import montant, nombre


def credibilite(m: Matiere) -> Rubrique:
    """Return the budget declared and retained, by year."""
    b = m.budget
    ecarte = montant(b.a_ecarter) if b.a_ecarter is not None else "inconnu"
    plafond = montant(b.plafond) if b.plafond is not None else "non calculable"
    fiche = Fiche((
        ("Formation à écarter", f"{ecarte} (AMI, Conditions d’éligibilité : dépenses de formation non éligibles)"),
        ("Plafond de la contribution", f"{plafond} (coûts éligibles − cofinancements ; C. trav. D. 5316-7)"),
        ("Contributions volontaires", f"{chiffre_dit(b.contributions_volontaires)}, hors des sommes retenues"),
        ("Charges de personnel", chiffre_dit(b.personnel)),
        ("Charges indirectes", chiffre_dit(b.indirectes)),
        ("Coût par bénéficiaire", _par_tete(m)),
    ))  # fmt: skip
    return Rubrique(
        titre="Crédibilité financière",
        ancre="credibilite",
        contenu=(
            _budget(m),
            Texte(
                "« – » : le formulaire ne donne pas cette somme par année, ou elle ne peut pas être retenue "
                "sans choix de l’instructeur.",
                Forme.LEGENDE,
            ),
            fiche,
            *_cofinancements(m),
            *budget_projet(m),
            *appreciation(m, CREDIBILITE),
        ),
    )


def _budget(m: Matiere) -> Table:
    b = m.budget
    dits = {"Coût du projet": (b.couts, b.cout_total), "Contribution demandée": (b.demandes, b.demande_total)}
    lignes: list[tuple[str, ...]] = []
    for ligne in b.lignes():
        declare = [_somme(v) for v in ligne.declare]
        if ligne.nom in dits:
            annees, total = dits[ligne.nom]
            declare = [chiffre_dit(c) for c in annees]
            declare.append(_somme(ligne.declare[-1]) if ligne.declare[-1] is not None else total.etat.value)
        lignes.append((f"{ligne.nom} (déclaré)", *declare))
        lignes.append((f"{ligne.nom} (retenu)", *(_somme(v) for v in ligne.retenu)))
    return Table(
        entetes=("Somme", *m.annees, "Total"),
        lignes=tuple(lignes),
        parts=(2.3, 1, 1, 1, 1.05),
        alignes=("gauche", "droite", "droite", "droite", "droite"),
        fortes=frozenset(i for i in range(len(lignes)) if i % 2),
    )


def _somme(valeur: Decimal | None) -> str:
    return TIRET if valeur is None else montant(valeur)


def _par_tete(m: Matiere) -> str:
    valeur = m.cout_par_beneficiaire
    if valeur is None:
        return "non calculable"
    total = nombre(somme(m.beneficiaires) or 0)
    return f"{montant(valeur)} (calculé : coût total ÷ {total} bénéficiaires)"


def _cofinancements(m: Matiere) -> tuple[Contenu, ...]:
    b = m.budget
    if b.cofinancements is None:
        return (Texte("Cofinancements : l’export ne comporte pas ce bloc.", Forme.LEGENDE),)
    if not b.cofinancements:
        return (Texte("Aucun cofinancement déclaré.", Forme.LEGENDE),)
    lignes = tuple(
        (ou_vide(c.financeur), ou_vide(c.annee), ou_vide(c.statut),
         montant(c.montant) if c.montant is not None else "non renseigné")
        for c in b.cofinancements
    )  # fmt: skip
    return (
        Titre("Cofinancements déclarés"),
        Table(
            entetes=("Financeur", "Année", "Statut", "Montant"),
            lignes=lignes,
            parts=(40, 15, 25, 20),
            alignes=("gauche", "gauche", "gauche", "droite"),
        ),
    )
