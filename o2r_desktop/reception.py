"""Use cases that receive exports: read, plan, write, all the files or none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from o2r_desktop import operations
from o2r_desktop.dossiers.correspondance import Correspondance
from o2r_desktop.dossiers.enregistrement import de_json
from o2r_desktop.dossiers.importation import ExportRead, ImportPlan
from o2r_desktop.dossiers.model import Anomalie, Enregistrement, Gravite
from o2r_desktop.errors import DossierError
from o2r_desktop.evaluation import controles
from o2r_desktop.imports import read_export
from o2r_desktop.imports.correspondance import parse_correspondance
from o2r_desktop.imports.plan import make_plan
from o2r_desktop.operations import Session
from o2r_desktop.progress import Reporter, SilentReporter
from o2r_desktop.resources import resource
from o2r_desktop.store import backup, connection, evaluations
from o2r_desktop.store import dossiers as store_dossiers
from o2r_desktop.text import numero as numero_lisible


def default_correspondance() -> Correspondance:
    """Return the correspondence shipped for the form of the AMI."""
    chemin = resource(*operations.CORRESPONDANCE_PAR_DEFAUT)
    return parse_correspondance(chemin.read_text("utf-8"), chemin.name)


def import_files(
    dossier: Path, fichiers: Sequence[Path], *, auteur: str, essai: bool, reporter: Reporter | None = None
) -> list[ImportPlan]:
    """Read every file, then plan and write them in one transaction; the campagne is created when there is none.

    Each file is compared with the campagne as the files before it leave it. Raises ExportError or StoreError, and
    writes nothing then. With *essai* nothing is written either way.
    """
    suivi = reporter or SilentReporter()
    if not operations.is_campagne(dossier):
        connection.check_free(dossier)
        correspondance = default_correspondance()
        lus = [read_export(f, correspondance, reporter=suivi) for f in fichiers]
        if essai:
            return plan_files(lus, correspondance, {}, _unknown)
        operations.create_campagne(dossier, maintenant=datetime.now(UTC))
    else:
        with operations.open_session(dossier, auteur=auteur, lecture_seule=True) as session:
            lus = [read_export(f, session.correspondance, reporter=suivi) for f in fichiers]
            if essai:
                return plan_in_campagne(session, lus)
    with operations.open_session(dossier, auteur=auteur) as session:
        plans = plan_in_campagne(session, lus)
        apply_plans(session, plans, suivi)
    return plans


def plan_in_campagne(session: Session, lus: Sequence[ExportRead]) -> list[ImportPlan]:
    """Plan exports one after the other; a dossier whose finalised evaluation would no longer hold is told."""
    plans = plan_files(
        lus,
        session.correspondance,
        store_dossiers.known(session.campagne),
        lambda numero: store_dossiers.load(session.campagne, numero),
    )
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


def apply_plans(session: Session, plans: Sequence[ImportPlan], reporter: Reporter | None = None) -> list[int]:
    """Back up once when there is something to lose, then write the plans in one transaction.

    Returns the numbers of the reports. Answers are never touched: the criteria whose computed constat reads an
    attribute that changed are flagged «à reconfirmer».
    """
    maintenant = session.horloge()
    if store_dossiers.count(session.campagne) and any(p.nouveaux or p.modifies for p in plans):
        backup.back_up(session.campagne, motif="avant import", now=maintenant)
    session.oublier_lot()
    with connection.ecriture(session.campagne):
        return [
            store_dossiers.apply(
                session.campagne,
                plan,
                auteur=session.auteur,
                now=maintenant,
                criteres_touches={
                    m.lu.numero: controles.criteres_touches(d.attribut for d in m.differences if d.attribut)
                    for m in plan.modifies
                },
                reporter=reporter or SilentReporter(),
            )
            for plan in plans
        ]


def _with_finalised(plan: ImportPlan, figees: set[int]) -> ImportPlan:
    atteints = [m.lu.numero for m in plan.modifies if m.lu.numero in figees]
    quoi = "est figée et ses données changent : rouvrez-la pour la relire"
    dites = (Anomalie(gravite=Gravite.ALERTE, ou="l’évaluation", quoi=quoi, numero=n) for n in atteints)
    return replace(plan, anomalies=(*plan.anomalies, *dites))


def _unknown(numero: int) -> Enregistrement:
    raise DossierError(f"Le dossier {numero_lisible(numero)} n’est pas dans la campagne.")
