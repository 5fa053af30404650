"""Reading the rows from the campagne, and summing the dossiers up in the background."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from o2r_desktop.evaluation.resume import Resume, resumer
from o2r_desktop.progress import Reporter, SilentReporter
from o2r_desktop.store import attributions, connection, liste, resumes
from o2r_desktop.suivi.attributions import Attributions
from o2r_desktop.suivi.lignes import Suivi
from o2r_desktop.suivi.prelecture import Prelecture
from o2r_desktop.suivi.regles import empreinte

if TYPE_CHECKING:
    from o2r_desktop.operations import Session

_LOT = 50
"""Dossiers summed up between two looks at the cancel button, then written under one lock: some milliseconds."""


def charger(session: Session, prelecture: Prelecture | None = None) -> Suivi:
    """Read the rows, the progress of the evaluations and the summaries that still hold.

    *prelecture* began to read the rows before the campagne was open.
    """
    regles = empreinte_regles(session)
    avance = None
    if prelecture is not None and prelecture.dossier == session.campagne.dossier:
        avance = prelecture.prendre()
    lignes, evaluations = liste.load(session.campagne, regles=regles, avance=avance)
    attribuees = Attributions(attributions.toutes(session.campagne), moi=session.auteur)
    return Suivi(lignes, evaluations, session.grille, regles, attribuees)


def relire_attributions(session: Session, suivi: Suivi) -> None:
    """Read again who instructs the dossiers, and their labels: some of them changed. StoreError."""
    suivi.avec_attributions(attributions.toutes(session.campagne))


def empreinte_regles(session: Session) -> str:
    """Return the fingerprint of all that a summary depends on beside the record."""
    return empreinte(session.parametres, connection.correspondance_toml(session.campagne))


def resumes_manquants(session: Session, suivi: Suivi) -> list[int]:
    """Return the dossiers to sum up, all of them when the rules changed since *suivi* was read."""
    if suivi.regles != empreinte_regles(session):
        return [suivi.numero(rang) for rang in range(len(suivi))]
    return suivi.sans_resume()


def calculer_resumes(
    session: Session, numeros: Sequence[int], reporter: Reporter | None = None
) -> dict[int, Resume]:
    """Sum dossiers up and keep the summaries, unless the campagne is open for reading only.

    Made for a background thread: nothing is locked while the rules work, and summaries are written by small lots.
    A cancel keeps what was done.
    """
    from o2r_desktop.store import dossiers as store_dossiers

    reporter = reporter or SilentReporter()
    regles, empreintes = empreinte_regles(session), store_dossiers.known(session.campagne)
    faits: dict[int, Resume] = {}
    for debut in range(0, len(numeros), _LOT):
        reporter.step(debut, len(numeros), "Contrôle des dossiers")
        lot = _resumer(session, numeros[debut : debut + _LOT])
        if not session.campagne.lecture_seule:
            resumes.save(session.campagne, lot, empreintes, regles=regles)
        faits.update(lot)
    reporter.step(len(numeros), len(numeros), "Contrôle des dossiers")
    return faits


def _resumer(session: Session, numeros: Sequence[int]) -> dict[int, Resume]:
    """Sum some dossiers up, read one by one: between two of them the window's thread has its turn."""
    from o2r_desktop.dossiers.lecture import lire_dossier
    from o2r_desktop.store import dossiers as store_dossiers

    lot = {}
    for numero in numeros:
        for enregistrement in store_dossiers.load_many(session.campagne, [numero]):
            lies = session.liens(enregistrement.colonnes)
            dossier = lire_dossier(enregistrement, session.correspondance, lies)
            lot[numero] = resumer(dossier, session.parametres)
    return lot
