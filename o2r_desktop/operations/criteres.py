"""One critere across many dossiers: what was found about it in each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from o2r_desktop.operations.lecture import read_record

if TYPE_CHECKING:
    from o2r_desktop.evaluation.constats import Constat
    from o2r_desktop.operations.session import Session


def constats_par_dossier(session: Session, critere: str, numeros: Sequence[int]) -> dict[int, Constat]:
    """Return the finding about a critere in each of these dossiers; nothing for a critere without any rule.

    Made for a background thread: each record is read and checked, some milliseconds a dossier.
    """
    from o2r_desktop.evaluation.controles import REGLES
    from o2r_desktop.evaluation.examen import Examen
    from o2r_desktop.store import dossiers as store_dossiers

    regle = next((r for r in REGLES if r.critere == critere), None)
    if regle is None:
        return {}
    trouves = {}
    for enregistrement in store_dossiers.load_many(session.campagne, numeros):
        dossier = read_record(session, enregistrement)
        examen = Examen(dossier=dossier, parametres=session.parametres, lot=session.lot)
        trouves[dossier.numero] = regle.fonction(examen)
    return trouves
