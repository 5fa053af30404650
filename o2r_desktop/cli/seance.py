"""Commands of the committee: its papers, its booklet, its table."""

import argparse
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from o2r_desktop import operations, seance
from o2r_desktop.cli import FAIT, REFUSE, auteur, dire, ecrire
from o2r_desktop.comite.enveloppe import Simulation
from o2r_desktop.operations import Session
from o2r_desktop.text import NBSP, montant, numero, pluriel


def _avec_session(arguments: argparse.Namespace, faire: Callable[[Session], Any]) -> Any:
    with operations.open_session(arguments.campagne, auteur=auteur(arguments), lecture_seule=True) as session:
        return faire(session)


def papiers(arguments: argparse.Namespace) -> int:
    """Write the papers of the committee and say what its scenario gives."""
    ecrits, matiere = _avec_session(
        arguments, lambda s: (seance.write_papers(s, arguments.sortie), seance.load_matiere(s))
    )
    document = {
        "papiers": [
            {"genre": e.genre.value, "fichier": str(e.fichier), "sha256": e.sha256, "pages": e.pages}
            for e in ecrits
        ],
        "scenario": _simulation(matiere.simulation),
    }
    s = matiere.simulation
    lignes = [f"{e.fichier} ({pluriel(e.pages, 'page')})" for e in ecrits]
    retenus = pluriel(len(s.retenus), "dossier")
    lignes.append(f"Scénario {s.scenario.id}{NBSP}: {retenus} dans l’enveloppe, {montant(s.total)}.")
    ecrire(document, "\n".join(lignes), en_json=arguments.json)
    return FAIT


def _simulation(s: Simulation) -> dict[str, Any]:
    def sommes(par_annee: Any) -> dict[str, str]:
        return {annee: f"{Decimal(somme):.2f}" for annee, somme in par_annee.items()}

    return {
        "id": s.scenario.id,
        "nom": s.scenario.nom,
        "enveloppe": sommes(s.enveloppe),
        "engage": sommes(s.depense),
        "reste": sommes(s.reste),
        "dossiers": [
            {
                "numero": li.candidat.numero,
                "sort": li.sort.value,
                "montants": sommes(li.part.montants),
                "raison": li.raison,
                "tiendrait": li.tiendrait,
            }
            for li in s.lignes
        ],
    }


def recueil(arguments: argparse.Namespace) -> int:
    """Write the booklet."""
    e = _avec_session(arguments, lambda s: seance.write_booklet(s, arguments.sortie))
    document = {"fichier": str(e.fichier), "sha256": e.sha256, "pages": e.pages}
    ecrire(document, f"{e.fichier} ({pluriel(e.pages, 'page')})", en_json=arguments.json)
    return FAIT


def tableau(arguments: argparse.Namespace) -> int:
    """Write everything of the committee to a spreadsheet."""
    e = _avec_session(arguments, lambda s: seance.write_table(s, arguments.sortie))
    document = {"fichier": str(e.chemin), "lignes": e.lignes, "coupees": e.coupees}
    ecrire(document, f"{e.chemin} ({pluriel(e.lignes, 'dossier')})", en_json=arguments.json)
    return FAIT


def verifier_note(arguments: argparse.Namespace, fichier: Path) -> int:
    """Say whether a note in PDF matches the campagne."""
    from o2r_desktop import authenticite

    c = _avec_session(arguments, lambda s: authenticite.verifier_note(s, fichier))
    document = {"verdict": c.verdict.value, "numero": c.numero, "sha256": c.sha256, "phrase": c.phrase}
    conforme = c.verdict is authenticite.Verdict.CONFORME
    ecrire(document, c.phrase, en_json=arguments.json)
    if not conforme:
        dire(f"Note {numero(c.numero) if c.numero else ''} non conforme{NBSP}: {c.verdict.value}.")
    return FAIT if conforme else REFUSE
