"""What exports would change in the campagne, and the transaction that writes it."""

from collections.abc import Callable, Mapping, Sequence, Set
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime

from o2r_desktop.dossiers.correspondance import Correspondance
from o2r_desktop.dossiers.enregistrement import de_json
from o2r_desktop.dossiers.importation import ExportRead, ImportPlan
from o2r_desktop.dossiers.model import Anomalie, Enregistrement, Gravite
from o2r_desktop.dossiers.pieces import PlanPieces
from o2r_desktop.imports.plan import make_plan
from o2r_desktop.operations import Session
from o2r_desktop.progress import Reporter, SilentReporter
from o2r_desktop.reception.adaptation import change_correspondance
from o2r_desktop.reception.fraicheur import lecture, with_older
from o2r_desktop.reception.pieces import apply_archives, kept_bytes
from o2r_desktop.reception.reconfirmation import FIGEE, par_archive, par_plan
from o2r_desktop.store import backup, connection, evaluations, journal
from o2r_desktop.store import dossiers as store_dossiers
from o2r_desktop.store import imports as store_imports

_LOT = 200
"""Records of the campagne compared between two looks at the cancel button."""


def plan_in_campagne(
    session: Session,
    lus: Sequence[ExportRead],
    reporter: Reporter | None = None,
    correspondance: Correspondance | None = None,
    *,
    jalon: str | None = None,
) -> list[ImportPlan]:
    """Plan exports made together.

    A dossier whose finalised evaluation would no longer hold is told; one that would go back to an older state is
    told and marked.

    *correspondance* is the one that they were read with, that of the campagne by default; *jalon* the state of the
    campagne when the reading began, the present one by default.
    """
    suivi = reporter or SilentReporter()
    repere = store_imports.jalon(session.campagne) if jalon is None else jalon
    suivi.step(0, 0, "Comparaison avec la campagne")
    connus = store_dossiers.known(session.campagne)
    autres = [d.numero for lu in lus for d in lu.dossiers if connus.get(d.numero, d.empreinte) != d.empreinte]
    anciens = _Anciens(session=session, suivi=suivi, voulus=list(dict.fromkeys(autres)))
    plans = plan_files(lus, correspondance or session.correspondance, connus, anciens.load)
    figees = {n for n, e in evaluations.load_all(session.campagne).items() if e.finalisee}
    presents = {d.numero for lu in lus for d in lu.dossiers}
    plans = [_without_present(plan, presents) for plan in plans]
    return [replace(with_older(session, _with_finalised(plan, figees)), jalon=repere) for plan in plans]


def _without_present(plan: ImportPlan, presents: Set[int]) -> ImportPlan:
    """Call absent only what no file of the go holds: a merge reads each dossier in one of them."""
    return replace(plan, absents=tuple(n for n in plan.absents if n not in presents))


@dataclass(slots=True, kw_only=True)
class _Anciens:
    """Records of the campagne, loaded by lots in the order in which they will be asked for."""

    session: Session
    suivi: Reporter
    voulus: list[int]
    faits: int = 0
    lot: dict[int, Enregistrement] = field(default_factory=dict)

    def load(self, numero: int) -> Enregistrement:
        """Return a record; raises CancelledError when asked to stop."""
        if numero not in self.lot:
            self.suivi.step(self.faits, len(self.voulus), "Comparaison avec la campagne")
            suite = self.voulus[self.faits : self.faits + _LOT]
            self.faits += len(suite)
            self.lot = {e.numero: e for e in store_dossiers.load_many(self.session.campagne, suite)}
        return self.lot[numero] if numero in self.lot else store_dossiers.load(self.session.campagne, numero)


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
    the numbers of the reports, plans first. Answers are never touched: those whose critere reads what changed, or
    whose evidence is in a file that was replaced, are flagged «à reconfirmer». Raises StoreError, and writes
    nothing, when dossiers, files or correspondence of the campagne changed since the plans were made.
    """
    jalons = {p.jalon for p in plans} | {a.jalon for a in archives}
    store_imports.exiger_jalon(session.campagne, jalons)  # before a backup and gigabytes are copied in vain
    maintenant = session.horloge()
    reporter = reporter or SilentReporter()
    if correspondance == session.correspondance:
        correspondance = None
    suivi = _Suite(reporter, sum(len(p.nouveaux) + len(p.modifies) for p in plans))
    if store_dossiers.count(session.campagne) and (suivi.total or archives or correspondance):
        reporter.step(0, 0, "Sauvegarde de la campagne")
        backup.back_up(session.campagne, motif="avant import", now=maintenant)
    session.oublier_lot()
    with ExitStack() as pile:
        depots = pile.enter_context(kept_bytes(session, archives, reporter))
        if correspondance is not None:
            pile.callback(session.oublier_correspondance)  # after a failure, the former one is the campagne's again
        db = pile.enter_context(connection.ecriture(session.campagne))
        store_imports.exiger_jalon(session.campagne, jalons)
        depuis = None if correspondance is None else journal.last(db)
        if correspondance is not None:
            change_correspondance(session, correspondance, reporter)
        lot = _Lot(session=session, maintenant=maintenant, lecture=lecture(session), depuis=depuis)
        for rang, plan in enumerate(plans):
            lot.apply(plan, suivi.after(plans[:rang]))
        for archive, depot in zip(archives, depots, strict=True):
            lot.apply_archive(archive, depot)
    return lot.ids


@dataclass(slots=True, kw_only=True)
class _Lot:
    """Imports made together, one after the other, inside the caller's transaction."""

    session: Session
    maintenant: datetime
    lecture: str
    depuis: int | None
    ids: list[int] = field(default_factory=list)

    @property
    def premier(self) -> int:
        """The first of them, 0 when there is none yet."""
        return self.ids[0] if self.ids else 0

    def apply(self, plan: ImportPlan, reporter: Reporter) -> None:
        """Write a plan."""
        self.ids.append(
            store_dossiers.apply(
                self.session.campagne,
                plan,
                auteur=self.session.auteur,
                now=self.maintenant,
                touches=par_plan(self.session, plan),
                lot=self.premier,
                lecture=self.lecture,
                depuis=None if self.ids else self.depuis,
                reporter=reporter,
            )
        )

    def apply_archive(self, archive: PlanPieces, depot: Mapping[str, str]) -> None:
        """Write the lines of an archive, then flag the answers whose evidence it replaces."""
        session = self.session
        touches = par_archive(session, archive, depot)
        self.ids += apply_archives(
            session, [archive], [depot], lot=self.premier, now=self.maintenant, depuis=self.depuis
        )
        with connection.ecriture(session.campagne) as db:
            journal.append(db, evaluations.flag(db, touches), auteur=session.auteur, now=self.maintenant)


def _with_finalised(plan: ImportPlan, figees: set[int]) -> ImportPlan:
    atteints = [m.lu.numero for m in plan.modifies if m.lu.numero in figees]
    quoi = "est figée et ses données changent : rouvrez-la pour la relire"
    dites = (Anomalie(gravite=Gravite.ALERTE, ou=FIGEE, quoi=quoi, numero=n) for n in atteints)
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
