"""Use case: undo a whole import."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from o2r_desktop import operations
from o2r_desktop.dossiers.apercu import apercu
from o2r_desktop.dossiers.correspondance import Correspondance
from o2r_desktop.dossiers.importation import Difference
from o2r_desktop.dossiers.model import Enregistrement
from o2r_desktop.evaluation import controles
from o2r_desktop.evaluation.reponses import Changement
from o2r_desktop.imports.comparaison import cles, comparer
from o2r_desktop.imports.correspondance import parse_correspondance
from o2r_desktop.operations import Session
from o2r_desktop.progress import Reporter, SilentReporter
from o2r_desktop.reception.adaptation import differences
from o2r_desktop.reception.reconfirmation import par_retrait
from o2r_desktop.store import annulation as store_annulation
from o2r_desktop.store import backup, connection, evaluations
from o2r_desktop.store import dossiers as store_dossiers
from o2r_desktop.store.annulation import Annulation, Relecture

__all__ = ["Annulation", "last_undoable", "undo_import"]


def undo_import(session: Session, import_id: int, reporter: Reporter | None = None) -> Annulation:
    """Back up, then put the campagne back as it was before an import and those made together with it.

    Answers are kept; the new dossiers that somebody began stay, with their files. The correspondence that came with
    the import goes with it. The bytes of the files that leave stay: the backup names them. Raises StoreError when
    it is not the last import that stands, CancelledError when asked to stop: nothing has changed then.
    """
    suivi = reporter or SilentReporter()
    store_annulation.check(session.campagne, import_id)
    suivi.step(0, 0, "Sauvegarde de la campagne")
    backup.back_up(session.campagne, motif="avant annulation", now=session.horloge())
    with connection.ecriture(session.campagne):
        ancienne = store_annulation.former_correspondance(session.campagne, import_id)
        correspondance = (
            session.correspondance if ancienne is None else parse_correspondance(ancienne, "correspondance.toml")
        )
        faite = store_annulation.undo_import(
            session.campagne,
            import_id,
            auteur=session.auteur,
            now=session.horloge(),
            relecture=_relecture(session, correspondance, dict(differences(session, correspondance, suivi))),
            touches=par_retrait(session, store_annulation.leaving(session.campagne, import_id)),
            reporter=suivi,
        )
    session.oublier_lot()
    if ancienne is not None:
        session.oublier_correspondance()
    return replace(faite, figees=_figees(session, faite))


def last_undoable(session: Session) -> int | None:
    """Return the import that undo_import takes, None when there is none: the first of those made together last."""
    return store_annulation.last_undoable(session.campagne)


def _relecture(
    session: Session, correspondance: Correspondance, autrement: Mapping[int, Sequence[Difference]]
) -> Relecture:
    """Return how records are read; *autrement* is what *correspondance* reads otherwise than the present one."""

    def changements(present: Enregistrement, ancien: Enregistrement) -> dict[str, tuple[Changement, ...]]:
        portees = set(cles(present.colonnes, correspondance))
        retour = comparer(present, ancien, correspondance, portees).differences
        return controles.changements(session.grille, _bout_a_bout(autrement.get(present.numero, ()), retour))

    return Relecture(apercu=lambda e: apercu(e, correspondance.lier(e.colonnes)), changements=changements)


def _bout_a_bout(premieres: Sequence[Difference], suivantes: Sequence[Difference]) -> list[Difference]:
    """Return differences that come one after the other, without those that come back to where they were."""
    allers = {(d.attribut, d.avant, d.apres) for d in premieres}
    retours = {(d.attribut, d.apres, d.avant) for d in suivantes}
    return [
        *(d for d in premieres if (d.attribut, d.avant, d.apres) not in retours),
        *(d for d in suivantes if (d.attribut, d.apres, d.avant) not in allers),
    ]


def _figees(session: Session, faite: Annulation) -> tuple[int, ...]:
    """Return the dossiers that the undoing touched and whose evaluation was finalised on other data."""
    evaluees = evaluations.load_all(session.campagne)
    figees = [n for n in faite.touches if n in evaluees and evaluees[n].finalisee]
    return tuple(
        e.numero
        for e in store_dossiers.load_many(session.campagne, figees)
        if evaluees[e.numero].empreinte != operations.data_fingerprint(session, e, evaluees[e.numero])
    )
