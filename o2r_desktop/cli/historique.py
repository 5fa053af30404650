"""The command that tells what was done to a dossier."""

import argparse

from o2r_desktop import operations
from o2r_desktop.cli import FAIT, auteur, ecrire
from o2r_desktop.suivi.historique import Evenement, document
from o2r_desktop.suivi.historique import historique as lire
from o2r_desktop.text import NBSP, instant, printable


def historique(arguments: argparse.Namespace) -> int:
    """Tell what was done to a dossier, oldest first, with old and new values."""
    with operations.open_session(arguments.campagne, auteur=auteur(arguments), lecture_seule=True) as session:
        critere = session.grille.critere(arguments.critere).id if arguments.critere else ""
        faits = lire(session, arguments.numero, critere)
    texte = "\n".join(map(_texte, faits)) if faits else "Rien n’a été fait sur ce dossier."
    ecrire(document(faits), texte, en_json=arguments.json)
    return FAIT


def _texte(fait: Evenement) -> str:
    lignes = [f"{instant(fait.le)}  {_une_ligne(fait.phrase)} — {_une_ligne(fait.auteur)}"]
    for dit in fait.details:
        avant, apres = (_une_ligne(texte) or "(rien)" for texte in (dit.avant, dit.apres))
        lignes.append(f"    {_une_ligne(dit.libelle)}{NBSP}: {avant} → {apres}")
    return "\n".join(lignes)


def _une_ligne(texte: str) -> str:
    return " ".join(printable(texte).splitlines())
