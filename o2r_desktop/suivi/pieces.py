"""Which dossiers have received files, and which lack some that their form announces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from o2r_desktop.progress import Reporter, SilentReporter

if TYPE_CHECKING:
    from o2r_desktop.operations import Session


def etats_des_pieces(session: Session, reporter: Reporter | None = None) -> tuple[set[int], set[int]]:
    """Return the dossiers with files received, then those that lack one; made for Suivi.avec_pieces.

    Reads every record: some seconds on ten thousand dossiers, for a background thread.
    """
    from o2r_desktop.dossiers.lecture import lire_dossier
    from o2r_desktop.dossiers.pieces import annonces, rapprocher
    from o2r_desktop.store import dossiers, pieces

    reporter = reporter or SilentReporter()
    numeros = sorted(dossiers.known(session.campagne))
    recues = pieces.received_by_dossier(session.campagne)
    manquantes = set()
    for rang, numero in enumerate(numeros):  # one by one: between two of them the window's thread has its turn
        reporter.step(rang, len(numeros), "Pièces des dossiers")
        for enregistrement in dossiers.load_many(session.campagne, [numero]):
            lies = session.liens(enregistrement.colonnes)
            annoncees = lire_dossier(enregistrement, session.correspondance, lies).pieces
            dites = annonces(enregistrement.autres)
            if any(not p.presente for p in rapprocher(annoncees, recues.get(numero, ()), dites=dites)):
                manquantes.add(numero)
    return set(recues), manquantes
