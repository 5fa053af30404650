"""What exports would change in the campagne, and the transaction that writes it."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime

from o2r_desktop.dossiers.correspondance import Correspondance
from o2r_desktop.dossiers.enregistrement import de_json
from o2r_desktop.dossiers.importation import ExportRead, ImportPlan
from o2r_desktop.dossiers.model import Anomalie, Enregistrement, Gravite
from o2r_desktop.dossiers.pieces import PlanPieces
from o2r_desktop.evaluation import controles
from o2r_desktop.imports.plan import make_plan
from o2r_desktop.operations import Session
from o2r_desktop.progress import Reporter, SilentReporter
from o2r_desktop.reception.adaptation import change_correspondance
from o2r_desktop.reception.pieces import apply_archives, kept_bytes
from o2r_desktop.store import backup, connection, evaluations
from o2r_desktop.store import dossiers as store_dossiers


def plan_in_campagne(
    session: Session,
    lus: Sequence[ExportRead],
    reporter: Reporter | None = None,
    correspondance: Correspondance | None = None,
) -> list[ImportPlan]:
    """Plan exports made together; a dossier whose finalised evaluation would no longer hold is told.

    *correspondance* is the one that they were read with, that of the campagne by default.
    """
    suivi = reporter or SilentReporter()

    def charger(numero: int) -> Enregistrement:
        suivi.step(0, 0, "Comparaison avec la campagne")
        return store_dossiers.load(session.campagne, numero)

    suivi.step(0, 0, "Comparaison avec la campagne")
    connus = store_dossiers.known(session.campagne)
    plans = plan_files(lus, correspondance or session.correspondance, connus, charger)
    figees = {n for n, e in evaluations.load_all(session.campagne).items() if e.finalisee}
    return [_with_finalised(plan, figees) for plan in plans]


def plan_files(
    lus: Sequence[ExportRead],
    correspondance: Correspondance,
    connus: Mapping[int, str],
    charger: Callable[[int], Enregistrement],
) -> list[ImportPlan]:
    """Plan exports, each on what the former ones would leave; nothing is written.

    *connus* maps the dossiers of the campagne to their fingerprints, *charger* returns one of their records.
    """
    empreintes = dict(connus)
    recus: dict[int, Enregistrement] = {}
    plans = []
    for lu in lus:
        plan = make_plan(lu, empreintes, lambda n: recus[n] if n in recus else charger(n), correspondance)
        for neuf in (*plan.nouveaux, *(m.lu for m in plan.modifies)):
            empreintes[neuf.numero] = neuf.empreinte
            if len(lus) > 1:
                recus[neuf.numero] = de_json(neuf.numero, neuf.contenu, plan.read.jeux[neuf.jeu])
        plans.append(plan)
    return plans


def apply_plans(
    session: Session,
    plans: Sequence[ImportPlan],
    reporter: Reporter | None = None,
    *,
    archives: Sequence[PlanPieces] = (),
    correspondance: Correspondance | None = None,
) -> list[int]:
    """Back up once when there is something to lose, then write plans and archives in one transaction.

    *correspondance* is the one that the files were read with, when it is not the campagne's: it becomes so. Returns
    the numbers of the reports, plans first. Answers are never touched: the criteria that read what changed are
    flagged «à reconfirmer».
    """
    maintenant = session.horloge()
    reporter = reporter or SilentReporter()
    suivi = _Suite(reporter, sum(len(p.nouveaux) + len(p.modifies) for p in plans))
    if store_dossiers.count(session.campagne) and (suivi.total or archives or correspondance):
        reporter.step(0, 0, "Sauvegarde de la campagne")
        backup.back_up(session.campagne, motif="avant import", now=maintenant)
    session.oublier_lot()
    with ExitStack() as pile:
        depots = pile.enter_context(kept_bytes(session, archives, reporter))
        pile.enter_context(connection.ecriture(session.campagne))
        if correspondance is not None:
            change_correspondance(session, correspondance, reporter)
        ids: list[int] = []
        for rang, plan in enumerate(plans):
            ids.append(_apply(session, plan, ids[0] if ids else 0, maintenant, suivi.after(plans[:rang])))
        return ids + apply_archives(session, archives, depots, lot=ids[0] if ids else 0, now=maintenant)


def _apply(session: Session, plan: ImportPlan, lot: int, maintenant: datetime, reporter: Reporter) -> int:
    return store_dossiers.apply(
        session.campagne,
        plan,
        auteur=session.auteur,
        now=maintenant,
        criteres_touches={
            m.lu.numero: controles.criteres_touches(d.attribut for d in m.differences if d.attribut)
            for m in plan.modifies
        },
        reporter=reporter,
    )


def _with_finalised(plan: ImportPlan, figees: set[int]) -> ImportPlan:
    atteints = [m.lu.numero for m in plan.modifies if m.lu.numero in figees]
    quoi = "est figée et ses données changent : rouvrez-la pour la relire"
    dites = (Anomalie(gravite=Gravite.ALERTE, ou="l’évaluation", quoi=quoi, numero=n) for n in atteints)
    return replace(plan, anomalies=(*plan.anomalies, *dites))


@dataclass(frozen=True, slots=True)
class _Suite:
    """Reports the plans of one import as a single piece of work."""

    reporter: Reporter
    total: int
    faits: int = 0

    def after(self, plans: Sequence[ImportPlan]) -> "_Suite":
        """Return the reporter of the plan that comes after *plans*."""
        return replace(self, faits=sum(len(p.nouveaux) + len(p.modifies) for p in plans))

    def step(self, done: int, total: int, label: str) -> None:
        """Say where the whole is; raises CancelledError when it must stop."""
        self.reporter.step(self.faits + min(done, total), self.total, label)
