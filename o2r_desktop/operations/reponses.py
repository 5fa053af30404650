"""Answering and concluding: every act is written at once, and in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from o2r_desktop.errors import DossierError
from o2r_desktop.operations.actes import SOUFFLE
from o2r_desktop.operations.lecture import DossierComplet, load_dossier
from o2r_desktop.operations.session import Session
from o2r_desktop.text import numero as numero_lisible

if TYPE_CHECKING:
    from o2r_desktop.evaluation import avis as regles_avis
    from o2r_desktop.evaluation.reponses import Avis, DecisionConstat, Evaluation, Preuve, ProjetAvis, Reponse


def save_reponse(
    session: Session,
    numero: int,
    critere_id: str,
    valeur: str,
    *,
    commentaire: str | None = None,
    decision: DecisionConstat | None = None,
    motif: str | None = None,
    preuves: tuple[Preuve, ...] | None = None,
    nom: str = "",
) -> Reponse:
    """Answer a critere; what is None stays as it was. With a *nom* it is an act that can be undone.

    Raises DossierError when the dossier, the critere or the value is not acceptable, or the evaluation is
    finalised. The answer, its journal line and the state are written at once.
    """
    from o2r_desktop.evaluation.reponses import Reponse, lire_reponse
    from o2r_desktop.store import evaluations

    critere = session.grille.critere(critere_id)
    complet = load_dossier(session, numero)
    _check_decision(complet, critere.id, decision, motif)
    ancienne = complet.evaluation.reponses.get(critere.id)
    depart = ancienne or Reponse(critere=critere.id, valeur="")
    reponse = replace(
        depart,
        valeur=lire_reponse(critere, valeur),
        commentaire=depart.commentaire if commentaire is None else commentaire,
        decision=depart.decision if decision is None else decision,
        motif=depart.motif if motif is None else motif,
        preuves=depart.preuves if preuves is None else preuves,
        a_reconfirmer=False,
        changements=(),
    )
    evaluations.save_reponse(
        session.campagne, numero, reponse, auteur=session.auteur, now=session.horloge(), nom=nom
    )
    return reponse


def write_reponse(
    session: Session, numero: int, reponse: Reponse, *, nom: str = "", with_last: bool = False
) -> Reponse:
    """Write one answer as it stands, even without a value yet, and return it dated and signed.

    With a *nom* it is an act that can be undone; *with_last* has it go on with the last one, when that was about
    the same thing a short while ago. Raises DossierError when the value is none that the critere accepts, a
    contested constat has no motif, or the evaluation is finalised. Nothing but the answer is read: a window calls
    this at each keystroke.
    """
    from o2r_desktop.evaluation.reponses import DecisionConstat, lire_reponse
    from o2r_desktop.store import evaluations

    critere = session.grille.critere(reponse.critere)
    if reponse.decision is DecisionConstat.CONTESTE and not reponse.motif.strip():
        raise DossierError(f"Contester le constat de {critere.id} demande un motif : écrivez-le.")
    maintenant = session.horloge()
    valeur = lire_reponse(critere, reponse.valeur) if reponse.valeur else ""
    changements = reponse.changements if reponse.a_reconfirmer else ()
    ecrite = replace(reponse, valeur=valeur, changements=changements, modifiee=maintenant, auteur=session.auteur)
    evaluations.save_reponse(
        session.campagne,
        numero,
        ecrite,
        auteur=session.auteur,
        now=maintenant,
        nom=nom,
        depuis=maintenant - SOUFFLE if with_last else None,
    )
    return ecrite


def confirm_reponse(session: Session, numero: int, critere_id: str) -> Reponse:
    """Confirm an answer that an import put in doubt: it stays as it is; DossierError when it is finalised."""
    from o2r_desktop.store import evaluations

    critere = session.grille.critere(critere_id)
    reponse = evaluations.load(session.campagne, numero).reponse(critere.id)
    if not reponse.a_reconfirmer:
        return reponse
    return write_reponse(session, numero, replace(reponse, a_reconfirmer=False))


def write_projet(
    session: Session, numero: int, projet: ProjetAvis, *, nom: str = "", with_last: bool = False
) -> None:
    """Write the opinion as far as it goes; DossierError when it is finalised. Acts are as in write_reponse()."""
    from o2r_desktop.store import evaluations

    maintenant = session.horloge()
    evaluations.save_projet(
        session.campagne,
        numero,
        projet,
        auteur=session.auteur,
        now=maintenant,
        nom=nom,
        depuis=maintenant - SOUFFLE if with_last else None,
    )


def with_evaluation(session: Session, complet: DossierComplet, evaluation: Evaluation) -> DossierComplet:
    """Return *complet* with other answers: its state and score are worked out again, nothing is read."""
    from o2r_desktop.evaluation import score
    from o2r_desktop.evaluation.reponses import etat as etat_evaluation

    return replace(
        complet,
        evaluation=replace(evaluation, etat=etat_evaluation(session.grille, evaluation)),
        score=score.compute(session.grille, evaluation.reponses),
    )


def _check_decision(
    complet: DossierComplet, critere_id: str, decision: DecisionConstat | None, motif: str | None
) -> None:
    from o2r_desktop.evaluation.reponses import DecisionConstat

    if decision is None:
        return
    if not any(c.critere == critere_id for c in complet.constats):
        raise DossierError(f"{critere_id} n’a pas de constat calculé : répondez sans --constat.")
    if decision is DecisionConstat.CONTESTE and not (motif or "").strip():
        raise DossierError(f"Contester le constat de {critere_id} demande un motif : ajoutez-le avec --motif.")


def obstacles(session: Session, complet: DossierComplet, avis: Avis) -> list[regles_avis.Obstacle]:
    """Return what forbids to finalise the evaluation with this opinion."""
    from o2r_desktop.dossiers import budget
    from o2r_desktop.evaluation import avis as regles_avis

    parametres = session.parametres
    plafond, demande = budget.garde_fou(complet.dossier)
    return regles_avis.check(
        session.grille,
        complet.evaluation,
        complet.constats,
        avis,
        plafond=plafond,
        demande=demande,
        annees=parametres.annees,
        seuil=parametres.seuil_cout_total,
    )


def conclude(session: Session, numero: int, avis: Avis) -> DossierComplet:
    """Give the opinion and freeze the evaluation.

    Raises DossierError, which lists the obstacles, and writes nothing then.
    """
    from o2r_desktop.notes import content as note_content
    from o2r_desktop.store import evaluations

    complet = load_dossier(session, numero)
    if complet.evaluation.finalisee:
        raise DossierError(
            f"L’évaluation du dossier {numero_lisible(numero)} est déjà figée : "
            "rouvrez-la avec un motif pour la modifier."
        )
    manques = obstacles(session, complet, avis)
    if manques:
        raise DossierError(
            f"Le dossier {numero_lisible(numero)} ne peut pas encore recevoir l’avis "
            f"« {avis.avis.libelle.lower()} » :{''.join(f'{chr(10)}  - {t}' for t in _par_texte(manques))}"
        )
    empreinte = note_content.empreinte_dossier(
        complet.dossier, replace(complet.evaluation, avis=avis), session.grille, session.parametres
    )
    evaluations.conclude(
        session.campagne, numero, avis, empreinte=empreinte, auteur=session.auteur, now=session.horloge()
    )
    return load_dossier(session, numero)


def _par_texte(manques: Sequence[regles_avis.Obstacle]) -> list[str]:
    """Say once what several criteria have in common, in the order of the grille."""
    groupes: dict[str, list[str]] = {}
    for manque in manques:
        sans_critere = manque.texte.partition(":")[2].strip()
        texte = sans_critere if manque.critere and sans_critere else manque.texte
        groupes.setdefault(texte, []).extend([manque.critere] if manque.critere else [])
    return [f"{', '.join(criteres)} : {texte}" if criteres else texte for texte, criteres in groupes.items()]


def reopen(session: Session, numero: int, motif: str) -> None:
    """Unlock a finalised evaluation; raises DossierError without a motif or when it is not finalised."""
    from o2r_desktop.store import evaluations

    evaluations.reopen(session.campagne, numero, motif, auteur=session.auteur, now=session.horloge())
