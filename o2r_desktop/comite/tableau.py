"""Everything in one table for a spreadsheet: identity, money, scores, each critere, each opinion, each decision."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from o2r_desktop.comite.blocs import bloc_de
from o2r_desktop.comite.matiere import Matiere
from o2r_desktop.comite.modele import Candidat, Comite
from o2r_desktop.evaluation.etats import reponse_dite
from o2r_desktop.tableaux import Cellule, Genre, Rubrique, Tableau
from o2r_desktop.text import instant

Colonne = tuple[Rubrique, Callable[[Candidat], Cellule]]


def tableau(m: Matiere) -> Tableau:
    """Return the table, one row a dossier in the order of the agenda."""
    colonnes = [*_identite(m), *_argent(m), *_scores(m), *_decision(m.comite, m.parametres.annees), *_criteres(m)]
    return Tableau(
        titre="Comité",
        rubriques=[rubrique for rubrique, _ in colonnes],
        lignes=[[lire(c) for _, lire in colonnes] for c in m.ordre],
        apropos=[
            ("Campagne", m.parametres.nom),
            ("Service", m.parametres.service),
            ("Données du", instant(m.now)),
            ("Grille", f"{m.grille.libelle}, version {m.grille.version}"),
            ("Scénario", f"{m.simulation.scenario.id}, {m.simulation.scenario.nom}"),
            ("Nature", "Document préparatoire : poids et seuils de la grille sont des propositions."),
        ],
    )


def _colonne(
    titre: str, lire: Callable[[Candidat], Cellule], genre: Genre = Genre.TEXTE, largeur: int = 14
) -> Colonne:
    return Rubrique(titre=titre, genre=genre, largeur=largeur), lire


def _identite(m: Matiere) -> list[Colonne]:
    places = {c.numero: rang for rang, c in enumerate(m.ordre, 1)}
    return [
        _colonne("Ordre", lambda c: places[c.numero], Genre.ENTIER, 8),
        _colonne("N°", lambda c: c.numero, Genre.NUMERO, 12),
        _colonne("Porteur", lambda c: c.porteur, largeur=36),
        _colonne("SIRET", lambda c: c.siret, largeur=18),
        _colonne("Intitulé", lambda c: c.intitule, largeur=40),
        _colonne("Départements", lambda c: ", ".join(c.departements)),
        _colonne("Publics", lambda c: ", ".join(c.publics), largeur=32),
        _colonne("Priorité", lambda c: c.priorite),
        _colonne("Bloc", lambda c: bloc_de(c, m.comite, m.grille)[0].libelle),
        _colonne("Motif du bloc", lambda c: bloc_de(c, m.comite, m.grille)[1], largeur=28),
        _colonne("État de l’évaluation", lambda c: c.etat.libelle),
        _colonne("Instructeur", lambda c: c.instructeur, largeur=22),
    ]


def _argent(m: Matiere) -> list[Colonne]:
    lignes = {li.candidat.numero: li for li in m.simulation.lignes}
    colonnes = [
        _colonne("Coût 3 ans", lambda c: c.cout, Genre.MONTANT, 16),
        _colonne("Demande", lambda c: c.demande, Genre.MONTANT, 16),
        _colonne("Plafond", lambda c: c.limite, Genre.MONTANT, 16),
        _colonne("Bénéficiaires", lambda c: c.beneficiaires, Genre.ENTIER, 12),
    ]
    colonnes += [_colonne(f"Proposé {a}", _propose(a), Genre.MONTANT, 16) for a in m.parametres.annees]
    return [
        *colonnes,
        _colonne("Scénario", lambda c: lignes[c.numero].part.total, Genre.MONTANT, 16),
        _colonne("Sort", lambda c: lignes[c.numero].sort.libelle),
        _colonne("Pourquoi", lambda c: lignes[c.numero].raison, largeur=28),
    ]


def _scores(m: Matiere) -> list[Colonne]:
    return [
        _colonne("Score", lambda c: c.score.total, Genre.DECIMAL, 10),
        _colonne("Score complet", lambda c: "oui" if c.score.complet else "non", largeur=10),
        *(_colonne(f"{s.id} sur 100", _section(s.id), Genre.DECIMAL, 10) for s in m.grille.sections if s.poids),
        _colonne("Avis", lambda c: None if c.avis is None else c.avis.libelle, largeur=26),
        _colonne("Motif de l’avis", lambda c: c.motif, largeur=48),
        _colonne("Réserves", lambda c: c.reserves, largeur=48),
    ]


def _decision(comite: Comite, annees: Sequence[str]) -> list[Colonne]:
    def sens(c: Candidat) -> Cellule:
        d = comite.decisions.get(c.numero)
        return None if d is None else d.sens.libelle

    def motif(c: Candidat) -> Cellule:
        d = comite.decisions.get(c.numero)
        return None if d is None else d.motif

    def accorde(annee: str) -> Callable[[Candidat], Decimal | None]:
        return lambda c: None if (d := comite.decisions.get(c.numero)) is None else d.montants.get(annee)

    def conditions(c: Candidat) -> Cellule:
        d = comite.decisions.get(c.numero)
        return None if d is None else " ; ".join(x.texte for x in d.conditions)

    def deports(c: Candidat) -> Cellule:
        return ", ".join(comite.membre(d.membre) for d in comite.deports.get(c.numero, ()))

    return [
        _colonne("Décision", sens, largeur=24),
        *(_colonne(f"Accordé {a}", accorde(a), Genre.MONTANT, 16) for a in annees),
        _colonne("Motif de la décision", motif, largeur=48),
        _colonne("Conditions", conditions, largeur=48),
        _colonne("Déports", deports, largeur=24),
    ]


def _propose(annee: str) -> Callable[[Candidat], Cellule]:
    return lambda c: c.montants.get(annee)


def _section(section: str) -> Callable[[Candidat], Cellule]:
    return lambda c: c.score.par_section.get(section)


def _criteres(m: Matiere) -> list[Colonne]:
    colonnes = []
    for critere in m.grille.criteres:
        colonnes.append(_colonne(critere.id, _dite(critere.id), largeur=12))
        colonnes.append(_colonne(f"{critere.id} commentaire", _commentaire(critere.id), largeur=32))
    return colonnes


def _dite(critere: str) -> Callable[[Candidat], Cellule]:
    def dite(c: Candidat) -> Cellule:
        reponse = c.reponses.get(critere)
        if reponse is None:
            return None
        return reponse_dite(reponse) if reponse.niveau is None else reponse.niveau

    return dite


def _commentaire(critere: str) -> Callable[[Candidat], Cellule]:
    return lambda c: None if (reponse := c.reponses.get(critere)) is None else reponse.commentaire
