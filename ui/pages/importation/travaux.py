"""What the import pages do in the background, and what the window reads again after a write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from o2r_desktop import operations, reception, suivi
from o2r_desktop.dossiers.correspondance import Correspondance
from o2r_desktop.dossiers.importation import ImportPlan
from o2r_desktop.dossiers.model import Colonne, Piece
from o2r_desktop.dossiers.pieces import PlanPieces
from o2r_desktop.errors import O2rError
from o2r_desktop.evaluation.lot import Lot
from o2r_desktop.imports.correspondance import save_correspondance
from o2r_desktop.operations import Session
from o2r_desktop.progress import Reporter
from o2r_desktop.reception import Annulation, CompteRendu, Preparation
from o2r_desktop.store import entetes
from o2r_desktop.store import imports as store_imports
from o2r_desktop.suivi import Suivi
from o2r_desktop.text import NBSP
from ui.models.lignes_import import LignePlan, build_lignes
from ui.open_campagne import OpenCampagne
from ui.pages.importation.fluidite import fluid
from ui.services import Services

CHANGEE = (
    f"La campagne a changé depuis la lecture de ces fichiers{NBSP}: rien n’en a été écrit. "
    "Lisez-les de nouveau, puis refaites vos choix."
)
"""What is told when outdated() says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lecture:
    """What the background read: the plans, and their lines ready for the table."""

    preparation: Preparation
    lignes: Sequence[LignePlan]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relu:
    """What the window shows after a write, read in the background; None when it could not be."""

    suivi: Suivi | None = None
    lot: Lot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ecrits:
    """What a write gives back: its imports, and the campagne read again."""

    ids: list[int]
    relu: Relu


def read(
    session: Session, fichiers: Sequence[Path], correspondance: Correspondance | None, reporter: Reporter
) -> Lecture:
    """Read and plan files; nothing is written."""
    with fluid(), operations.twin_session(session) as jumelle:
        preparation = reception.prepare(jumelle, fichiers, reporter, correspondance)
        reporter.step(0, 0, "Préparation du tableau")
        apercus = {a.numero: a for a in operations.list_dossiers(jumelle)} if _without_record(preparation) else {}
        return Lecture(preparation=preparation, lignes=build_lignes(preparation, jumelle.parametres, apercus))


def outdated(session: Session, lecture: Lecture) -> bool:
    """Say whether the campagne changed since files were read: what they would do is no longer what is shown."""
    preparation = lecture.preparation
    try:
        jalon = store_imports.jalon(session.campagne)
    except O2rError:  # writing says why
        return False
    return {jalon} != {p.jalon for p in preparation.plans} | {a.jalon for a in preparation.archives}


def _without_record(preparation: Preparation) -> bool:
    """Say whether lines need the rows of the campagne: an identical file, an archive, an older file."""
    return bool(preparation.archives) or any(
        p.plus_anciens or len(p.inchanges) > len(p.read.dossiers) for p in preparation.plans
    )


def write(
    session: Session,
    plans: Sequence[ImportPlan],
    archives: Sequence[PlanPieces],
    correspondance: Correspondance | None,
    reporter: Reporter,
) -> Ecrits:
    """Write, then read again what the window will need: it would stand still for it."""
    with fluid(), operations.twin_session(session) as jumelle:
        if correspondance == jumelle.correspondance:
            correspondance = None
        ids = reception.apply_plans(jumelle, plans, reporter, archives=archives, correspondance=correspondance)
        return Ecrits(ids=ids, relu=_read_again(jumelle))


def undo(session: Session, import_id: int, reporter: Reporter) -> tuple[Annulation, Relu]:
    """Undo an import and those made with it."""
    with fluid(), operations.twin_session(session) as jumelle:
        return reception.undo_import(jumelle, import_id, reporter), _read_again(jumelle)


def rebind(session: Session, correspondance: Correspondance, reporter: Reporter) -> tuple[int, Relu]:
    """Bind the columns of the campagne otherwise; return how many dossiers read differently."""
    with fluid(), operations.twin_session(session) as jumelle:
        return reception.change_correspondance(jumelle, correspondance, reporter), _read_again(jumelle)


def preview(
    session: Session, voulu: Correspondance | Mapping[str, Colonne | None], reporter: Reporter
) -> tuple[Correspondance, int]:
    """Return the correspondence that is wanted, and how many dossiers of the campagne it would read differently."""
    with fluid(), operations.twin_session(session) as jumelle:
        if not isinstance(voulu, Correspondance):
            voulu = jumelle.correspondance.avec(voulu, entetes.dossiers_by_headers(jumelle.campagne))
        return voulu, reception.count_changes(jumelle, voulu, reporter)


def reports(session: Session, ids: Sequence[int], reporter: Reporter) -> list[CompteRendu]:
    """Read the reports of imports made together."""
    reporter.step(0, 0, "Lecture du journal")
    with fluid(), operations.twin_session(session) as jumelle:
        return [reception.compte_rendu(jumelle, import_id) for import_id in ids]


def export(session: Session, cible: Path, correspondance: Correspondance | None) -> None:
    """Write a correspondence to a file: that of the campagne, or the one that is being chosen."""
    if correspondance is None:
        reception.export_correspondance(session, cible)
    else:
        save_correspondance(correspondance, cible)


def _read_again(jumelle: Session) -> Relu:
    try:
        return Relu(suivi=suivi.charger(jumelle), lot=jumelle.lot)
    except O2rError:  # it is written: the window reads again, and says why it cannot
        return Relu()


def show_new_data(services: Services, relu: Relu) -> None:
    """Have every page show the new data; acts on the old ones can still be undone, what an import changed stays."""
    campagne = services.campagne
    campagne.session.oublier_correspondance()
    if relu.lot is not None:
        campagne.session.prendre_lot(relu.lot)
    try:
        campagne.load_suivi(relu.suivi)
    except O2rError as erreur:
        services.alertes.show_error(erreur)
    campagne.saved.emit(campagne.horloge())


def announced(campagne: OpenCampagne, preparation: Preparation, ligne: LignePlan) -> Sequence[Piece]:
    """Return the pieces that a dossier of a plan announces, as the files were read."""
    if ligne.lu is None or ligne.plan is None or not campagne.is_open:
        return ()
    plan = preparation.plans[ligne.plan]
    return reception.pieces_annoncees(campagne.session, plan, ligne.lu, preparation.correspondance)
