"""One function per command."""

import argparse
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from o2r_desktop import demonstration, operations, reception, restitution
from o2r_desktop.cli import (
    EN_PARTIE,
    FAIT,
    REFUSE,
    affichage,
    annulation,
    auteur,
    correspondance,
    dire,
    documents,
    ecrire,
    historique,
    questions,
    recherche,
    seance,
)
from o2r_desktop.errors import UsageError
from o2r_desktop.evaluation.reponses import Avis, DecisionConstat, TypeAvis
from o2r_desktop.notes.modele import Longueur
from o2r_desktop.operations.analyse import situate
from o2r_desktop.operations.questions import load_questions
from o2r_desktop.text import NBSP, PARIS, pluriel


def _session(arguments: argparse.Namespace, *, lecture_seule: bool = False) -> Any:
    return operations.open_session(arguments.campagne, auteur=auteur(arguments), lecture_seule=lecture_seule)


def demo(arguments: argparse.Namespace) -> int:
    """Create the demonstration campagne, its three evaluations and their notes."""
    resultat = demonstration.run(arguments.campagne, maintenant=datetime.now(UTC))
    document = {
        "campagne": str(resultat.campagne),
        "dossiers": resultat.dossiers,
        "evalues": list(resultat.evalues),
        "notes": [{"numero": n.numero, "fichier": str(n.fichier), "pages": n.pages} for n in resultat.notes],
    }
    lignes = [
        f"Campagne de démonstration : {resultat.campagne}",
        f"  {pluriel(resultat.dossiers, 'dossier importé', 'dossiers importés')}, "
        f"{pluriel(len(resultat.evalues), 'évaluation terminée', 'évaluations terminées')}.",
        "Notes écrites :",
        *(f"  {n.fichier} ({pluriel(n.pages, 'page')})" for n in resultat.notes),
        f"Pour continuer : o2r dossiers --campagne {resultat.campagne}",
    ]
    ecrire(document, "\n".join(lignes), en_json=arguments.json)
    return FAIT


def importer(arguments: argparse.Namespace) -> int:
    """Import exports; every file is read before anything is written."""
    recu = reception.import_files(
        arguments.campagne,
        arguments.fichiers,
        auteur=auteur(arguments),
        essai=arguments.essai,
        meme_anciens=arguments.meme_anciens,
    )
    ecrit = not arguments.essai
    if ecrit and recu.archives:
        recherche.mettre_a_jour(arguments)  # the notes say how many pages each piece has
    ecrire(
        documents.rapport(recu.plans, recu.archives, ecrit=ecrit),
        affichage.plan(recu.plans, recu.archives, ecrit=ecrit),
        en_json=arguments.json,
    )
    laisses = any(p.read.refuses for p in recu.plans) or any(a.orphelines for a in recu.archives)
    return EN_PARTIE if laisses else FAIT


def dossier(arguments: argparse.Namespace) -> int:
    """Show one dossier."""
    with _session(arguments, lecture_seule=True) as session:
        complet = operations.load_dossier(session, arguments.numero)
        complet = situate(session, complet) if arguments.json else complet
        posees, aujourd_hui = load_questions(session, arguments.numero), session.horloge().astimezone(PARIS).date()
    ecrire(
        documents.dossier_complet(complet, posees, aujourd_hui), affichage.dossier(complet), en_json=arguments.json
    )
    return FAIT


def grille(arguments: argparse.Namespace) -> int:
    """Show the grille, or one critere of it."""
    with _session(arguments, lecture_seule=True) as session:
        choisis = [session.grille.critere(arguments.critere)] if arguments.critere else session.grille.criteres
        texte = affichage.critere(choisis[0]) if arguments.critere else affichage.grille(session.grille)
    ecrire([documents.critere(c) for c in choisis], texte, en_json=arguments.json)
    return FAIT


def repondre(arguments: argparse.Namespace) -> int:
    """Answer one critere."""
    with _session(arguments) as session:
        reponse = operations.save_reponse(
            session,
            arguments.numero,
            arguments.critere,
            arguments.valeur,
            commentaire=arguments.commentaire,
            decision=DecisionConstat(arguments.constat) if arguments.constat else None,
            motif=arguments.motif,
            nom=f"réponse à {arguments.critere}",
        )
        complet = operations.load_dossier(session, arguments.numero)
    document = {"reponse": documents.reponse(reponse), "score": documents.score(complet.score)}
    texte = f"{reponse.critere}{NBSP}: {affichage.reponse_dite(reponse.valeur)}. {affichage.score(complet.score)}"
    ecrire(document, texte, en_json=arguments.json)
    return FAIT


def conclure(arguments: argparse.Namespace) -> int:
    """Give the opinion and freeze the evaluation."""
    avis = Avis(
        avis=TypeAvis(arguments.avis),
        motif=arguments.motif,
        reserves=arguments.reserves,
        montants=_montants(arguments.montant),
        points_forts=arguments.points_forts,
        points_faibles=arguments.points_faibles,
    )
    with _session(arguments) as session:
        complet = operations.conclude(session, arguments.numero, avis)
    document = {"avis": documents.avis(complet.evaluation.avis), "score": documents.score(complet.score)}
    texte = f"Avis « {avis.avis.libelle.lower()} » rendu. {affichage.score(complet.score)}"
    ecrire(document, texte, en_json=arguments.json)
    return FAIT


def _montants(textes: list[str]) -> dict[str, Decimal]:
    montants = {}
    for texte in textes:
        trouve = re.fullmatch(r"(\d{4})=(.+)", texte.strip())
        try:
            if trouve is None:
                raise InvalidOperation
            if trouve[1] in montants:
                raise UsageError(f"--montant est donné deux fois pour {trouve[1]} : gardez le bon.")
            montants[trouve[1]] = Decimal(re.sub(r"[\s€]", "", trouve[2]).replace(",", "."))
        except InvalidOperation as erreur:
            raise UsageError(
                f"--montant attend ANNEE=EUROS, par exemple 2026=116500,00, et non « {texte} »."
            ) from erreur
    return montants


def rouvrir(arguments: argparse.Namespace) -> int:
    """Unlock an evaluation."""
    with _session(arguments) as session:
        operations.reopen(session, arguments.numero, arguments.motif)
    ecrire({"numero": arguments.numero, "evaluation": "rouverte"}, "Évaluation rouverte.", en_json=arguments.json)
    return FAIT


def note(arguments: argparse.Namespace) -> int:
    """Write notes; a dossier whose note fails does not stop the others."""
    if bool(arguments.numeros) == arguments.toutes:
        raise UsageError("Donnez des numéros de dossier, ou bien --toutes.")
    with _session(arguments) as session:
        numeros = arguments.numeros or [a.numero for a in operations.list_dossiers(session)]
        notes, echecs = restitution.produce_notes(
            session, numeros, arguments.sortie, longueur=Longueur(arguments.longueur)
        )
    document = {
        "notes": [
            {"numero": n.numero, "fichier": str(n.fichier), "sha256": n.sha256, "pages": n.pages} for n in notes
        ],
        "echecs": [{"numero": numero, "motif": motif} for numero, motif in echecs],
    }
    lignes = [f"{n.fichier} ({pluriel(n.pages, 'page')})" for n in notes]
    lignes += [f"Échec, dossier {numero} : {motif}" for numero, motif in echecs]
    ecrire(document, "\n".join(lignes), en_json=arguments.json)
    if echecs and not notes:
        dire(f"Aucune note n’a été écrite. {echecs[0][1]}")
        return REFUSE
    return EN_PARTIE if echecs else FAIT


def sauvegarder(arguments: argparse.Namespace) -> int:
    """Back the campagne up."""
    with _session(arguments) as session:
        fichier = operations.back_up(session)
    ecrire({"sauvegarde": str(fichier)}, f"Sauvegarde écrite et vérifiée : {fichier}", en_json=arguments.json)
    return FAIT


def restaurer(arguments: argparse.Namespace) -> int:
    """Bring a backup back; the present state is backed up first."""
    fichier, precedent = operations.restore(arguments.campagne, arguments.sauvegarde, maintenant=datetime.now(UTC))
    garde = f"État précédent gardé : {precedent}" if precedent else "Il n’y avait pas d’état précédent à garder."
    with _session(arguments, lecture_seule=True) as session:
        dossiers = pluriel(len(operations.list_dossiers(session)), "dossier")
        evalues = pluriel(len(operations.evaluation_states(session)), "évaluation")
    texte = f"Campagne remise dans l’état de {fichier.name} ({dossiers}, {evalues}). {garde}"
    ecrire({"restauree": str(fichier), "precedent": str(precedent or "")}, texte, en_json=arguments.json)
    return FAIT


def verifier(arguments: argparse.Namespace) -> int:
    """Check database, journal, records, pieces and notes, or one note that somebody hands over."""
    if arguments.note is not None:
        return seance.verifier_note(arguments, arguments.note)
    with _session(arguments, lecture_seule=True) as session:
        defauts = operations.verify(session)
    texte = (
        "\n".join(defauts) if defauts else "Aucun défaut : base, journal, dossiers, pièces et notes sont intacts."
    )
    ecrire({"sain": not defauts, "defauts": defauts}, texte, en_json=arguments.json)
    if defauts:
        dire(f"{pluriel(len(defauts), 'défaut trouvé', 'défauts trouvés')} dans la campagne : voyez la liste.")
    return REFUSE if defauts else FAIT


COMMANDES: Mapping[str, Callable[[argparse.Namespace], int]] = {
    f.__name__.replace("_", "-"): f
    for f in (
        annulation.annuler_import, correspondance.correspondance,
        demo, importer, recherche.dossiers, dossier, historique.historique, questions.questions, grille, repondre,
        conclure, rouvrir, note, seance.recueil, seance.tableau, sauvegarder, restaurer, verifier,
    )
} | {"seance": seance.papiers}  # fmt: skip
