"""The committee in the campagne: its candidates, what is kept of it, each change written at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from o2r_desktop.comite import etat
from o2r_desktop.comite.modele import Candidat, Comite
from o2r_desktop.progress import Reporter, SilentReporter

if TYPE_CHECKING:
    from o2r_desktop.dossiers.model import Dossier
    from o2r_desktop.evaluation.reponses import Evaluation
    from o2r_desktop.operations.session import Session


def load_comite(session: Session) -> Comite:
    """Return what the campagne holds of the committee; raises StoreError."""
    from o2r_desktop.store import comite

    return etat.lire(comite.load_all(session.campagne))


def write(session: Session, valeurs: Mapping[str, Any]) -> dict[str, Any]:
    """Write values by key (see ``comite.etat``), None to take one away, and return those that they replace.

    Writing these back undoes the act. Raises StoreError, and nothing is written then.
    """
    from o2r_desktop.store import comite

    numeros = {cle: n for cle in valeurs if (n := etat.numero_de(cle)) is not None}
    return comite.save(session.campagne, valeurs, numeros, auteur=session.auteur, now=session.horloge())


def load_candidats(session: Session, reporter: Reporter | None = None) -> tuple[Candidat, ...]:
    """Return the dossiers whose evaluation is begun, by number; the committee examines no other one.

    Some milliseconds a dossier: for a background thread. Raises StoreError, CancelledError.
    """
    from o2r_desktop.operations.lecture import read_record
    from o2r_desktop.store import dossiers as store_dossiers
    from o2r_desktop.store import evaluations

    reporter = reporter or SilentReporter()
    commencees = evaluations.load_all(session.campagne)
    candidats = []
    for rang, (numero, evaluation) in enumerate(sorted(commencees.items())):
        reporter.step(rang, len(commencees), "Lecture des dossiers du comité")
        dossier = read_record(session, store_dossiers.load(session.campagne, numero))
        candidats.append(candidat(session, dossier, evaluation))
    return tuple(candidats)


def candidat(session: Session, dossier: Dossier, evaluation: Evaluation) -> Candidat:
    """Return a dossier as the committee sees it."""
    from o2r_desktop.dossiers.budget import garde_fou, lire_budget, lire_serie, somme
    from o2r_desktop.dossiers.territoires import codes_departements
    from o2r_desktop.evaluation import priorites, score
    from o2r_desktop.evaluation.grille import Effet
    from o2r_desktop.evaluation.reponses import NON
    from o2r_desktop.evaluation.reponses import etat as etat_evaluation

    evaluation = replace(evaluation, etat=etat_evaluation(session.grille, evaluation))
    budget = lire_budget(dossier)
    plafond, demande = garde_fou(dossier)
    bornes = [b for b in (plafond, demande) if b is not None]
    retenue = evaluation.reponses.get("PRI-01")
    calculee = priorites.de_dossier(dossier, session.parametres).niveau.value
    avis = evaluation.avis
    return Candidat(
        numero=dossier.numero,
        porteur=dossier.porteur.nom,
        intitule=dossier.texte("intitule"),
        siret=dossier.porteur.siret,
        departements=codes_departements(dossier.liste("departements"))[0],
        publics=dossier.liste("publics"),
        priorite=retenue.valeur if retenue is not None and retenue.donnee else calculee,
        etat=evaluation.etat,
        avis=None if avis is None else avis.avis,
        motif="" if avis is None else avis.motif,
        reserves="" if avis is None else avis.reserves,
        score=score.compute(session.grille, evaluation.reponses),
        cout=budget.cout,
        demande=budget.demande,
        demandes={
            annee: chiffre.valeur
            for annee, chiffre in zip(session.parametres.annees, lire_serie(dossier, "demande_annee"), strict=False)
        },
        montants={} if avis is None else avis.montants,
        limite=min(bornes, default=None),
        beneficiaires=somme(lire_serie(dossier, "beneficiaires_annee")),
        refus=tuple(
            c.id
            for c in session.grille.criteres
            if c.section in ("REC", "ELI") and c.effet is Effet.BLOQUANT and evaluation.reponse(c.id).valeur == NON
        ),
        perime=_perime(session, dossier, evaluation),
        instructeur=evaluation.instructeur,
        reponses=evaluation.reponses,
    )


def _perime(session: Session, dossier: Dossier, evaluation: Evaluation) -> bool:
    """Say whether the data changed since the evaluation was finalised."""
    from o2r_desktop.notes.donnees import empreinte_dossier

    if not evaluation.finalisee:
        return False
    return evaluation.empreinte != empreinte_dossier(dossier, evaluation, session.grille, session.parametres)
