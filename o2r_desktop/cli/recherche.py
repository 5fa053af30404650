"""The command that lists dossiers, and finds those that a text is about."""

import argparse
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from o2r_desktop import operations, recherche, suivi, tableaux
from o2r_desktop.cli import FAIT, affichage, auteur, documents, ecrire
from o2r_desktop.dossiers.importation import Apercu
from o2r_desktop.dossiers.lecture import court
from o2r_desktop.errors import StoreLockedError, StoreUnavailableError, UsageError
from o2r_desktop.evaluation.preuves import suite_dite
from o2r_desktop.operations import Session
from o2r_desktop.progress import SilentReporter
from o2r_desktop.recherche import Passage, Resultat
from o2r_desktop.text import NBSP, numero, pluriel

_PASSAGES_MAX = 1_000


def dossiers(arguments: argparse.Namespace) -> int:
    """List dossiers, all of them or those that a search finds."""
    filtre = suivi.Filtre(recherche=arguments.recherche)
    if defauts := filtre.malformes():
        raise UsageError(" ".join(defauts))
    if arguments.sortie is not None:
        tableaux.verifier(arguments.sortie)
    if filtre.question:
        mettre_a_jour(arguments)
    with operations.open_session(arguments.campagne, auteur=auteur(arguments), lecture_seule=True) as session:
        lignes, suites = operations.list_dossiers(session), operations.evaluation_states(session)
        resultat = recherche.chercher(session, filtre.question, limite=_PASSAGES_MAX) if filtre.question else None
        if arguments.recherche.strip():
            gardes = _gardes(session, filtre, resultat)
            lignes = [ligne for ligne in lignes if ligne.numero in gardes]
        if arguments.sortie is not None:
            return _exporter(session, arguments, [ligne.numero for ligne in lignes])
    passages = _par_dossier(lignes, resultat)
    document = documents.apercus(lignes, suites)
    if arguments.recherche.strip():
        for ligne in document:
            ligne["passages"] = [_document(p) for p in passages.get(ligne["numero"], ())]
    texte = "\n".join([affichage.tableau(lignes, suites), *_texte(lignes, passages, resultat)])
    ecrire(document, texte, en_json=arguments.json)
    return FAIT


def _exporter(session: Session, arguments: argparse.Namespace, numeros: Sequence[int]) -> int:
    """Write every column of the list of these dossiers to a spreadsheet."""
    ecriture = suivi.exporter(
        session,
        arguments.sortie,
        numeros=numeros,
        colonnes=tuple(suivi.Colonne),
        filtre=arguments.recherche.strip(),
    )
    document = {"fichier": str(ecriture.chemin), "dossiers": ecriture.lignes, "coupees": ecriture.coupees}
    dits = [f"{pluriel(ecriture.lignes, 'dossier écrit', 'dossiers écrits')} dans {ecriture.chemin}."]
    if ecriture.coupees:
        dits.append(f"{pluriel(ecriture.coupees, 'texte trop long coupé', 'textes trop longs coupés')}.")
    ecrire(document, " ".join(dits), en_json=arguments.json)
    return FAIT


def mettre_a_jour(arguments: argparse.Namespace) -> None:
    """Bring the index up to date, unless somebody else has the campagne open or nothing may be written there."""
    with operations.open_session(arguments.campagne, auteur=auteur(arguments), lecture_seule=True) as session:
        if recherche.a_jour(session):
            return
    with (
        suppress(StoreLockedError, StoreUnavailableError),
        operations.open_session(arguments.campagne, auteur=auteur(arguments)) as session,
    ):
        recherche.indexer(session, SilentReporter())


def _gardes(session: Session, filtre: suivi.Filtre, resultat: Resultat | None) -> set[int]:
    """Return the dossiers that pass what is typed: words in the full text, and filters."""
    lu = suivi.charger(session)
    termes = filtre.termes()
    if any(terme.priorites or terme.controles for terme in termes):
        lu.avec_resumes(suivi.calculer_resumes(session, suivi.resumes_manquants(session, lu)))
    if any(terme.pieces for terme in termes):
        recues, manquantes = suivi.etats_des_pieces(session)
        lu.avec_pieces(recues=recues, manquantes=manquantes)
    return {lu.numero(rang) for rang in lu.filtrer(filtre, None if resultat is None else resultat.numeros)}


def _par_dossier(lignes: Sequence[Apercu], resultat: Resultat | None) -> dict[int, list[Passage]]:
    gardes: dict[int, list[Passage]] = {ligne.numero: [] for ligne in lignes}
    for passage in () if resultat is None else resultat.passages:
        if passage.numero in gardes:
            gardes[passage.numero].append(passage)
    return gardes


def _document(passage: Passage) -> dict[str, Any]:
    return {"source": passage.source.value, "ou": passage.ou, "page": passage.page, "extrait": passage.extrait}


def _texte(
    lignes: Sequence[Apercu], passages: Mapping[int, Sequence[Passage]], resultat: Resultat | None
) -> list[str]:
    dites = []
    for ligne in lignes:
        if passages[ligne.numero]:
            dites += ["", f"{numero(ligne.numero)} — {court(ligne.porteur)}"]
            dites += [
                f"  {_ou(passage)}{NBSP}: {affichage.sur(passage.extrait)}" for passage in passages[ligne.numero]
            ]
    if resultat is not None and not resultat.complet:
        dites += ["", "L’index de recherche n’est pas à jour et n’a pas pu l’être ici : d’autres passages peuvent "
                  "manquer."]  # fmt: skip
    return dites


def _ou(passage: Passage) -> str:
    return court(passage.ou) + suite_dite(passage.ou, passage.page)
