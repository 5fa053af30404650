"""Use cases that receive exports: read, plan, write, all the files or none; and what past imports did."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from o2r_desktop import operations
from o2r_desktop.dossiers.champs import TypeChamp, lire
from o2r_desktop.dossiers.correspondance import Correspondance
from o2r_desktop.dossiers.enregistrement import de_json
from o2r_desktop.dossiers.importation import Apercu, Difference, DossierLu, ExportRead, ImportPlan
from o2r_desktop.dossiers.lecture import lire_dossier
from o2r_desktop.dossiers.model import Anomalie, Colonne, Enregistrement, Gravite, Piece
from o2r_desktop.errors import DossierError, ExportError, StoreError
from o2r_desktop.evaluation import controles
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.imports import read_export
from o2r_desktop.imports.correspondance import parse_correspondance
from o2r_desktop.imports.plan import make_plan
from o2r_desktop.operations import Session
from o2r_desktop.progress import Reporter, SilentReporter
from o2r_desktop.resources import resource
from o2r_desktop.store import backup, connection, evaluations, rapports
from o2r_desktop.store import dossiers as store_dossiers
from o2r_desktop.store.dossiers import RapportImport
from o2r_desktop.text import enumeration, pluriel
from o2r_desktop.text import numero as numero_lisible

_NOMMES = 20
"""Dossiers left out that a report names one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """What importing some files would do; nothing is written yet.

    ``illisibles`` are the files that cannot be taken, each with its sentence. ``absents`` are the dossiers of the
    campagne that none of the files holds. ``a_reconfirmer`` maps a modified dossier to the answered criteria that
    its changes touch; ``pieces`` maps a dossier that would be written to how many pieces it announces.
    """

    plans: tuple[ImportPlan, ...]
    illisibles: tuple[tuple[Path, str], ...]
    absents: tuple[Apercu, ...]
    a_reconfirmer: Mapping[int, tuple[str, ...]]
    pieces: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompteRendu:
    """What a past import did: its report, and what the journal and the dossiers add to it.

    ``hors_delai`` are those of its dossiers deposited after the deadline that the campagne has now; ``apercus``
    holds the rows of every dossier that the account names and that is in the campagne.
    """

    rapport: RapportImport
    nouveaux: tuple[int, ...]
    modifies: tuple[tuple[int, tuple[Difference, ...]], ...]
    a_reconfirmer: tuple[tuple[int, str], ...]
    hors_delai: tuple[int, ...]
    apercus: Mapping[int, Apercu]


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


def prepare(session: Session, fichiers: Sequence[Path], reporter: Reporter) -> Preparation:
    """Read and plan files without writing; one that cannot be read does not stop the others.

    Raises StoreError when the campagne cannot be read, CancelledError when asked to stop.
    """
    lus: list[ExportRead] = []
    illisibles: list[tuple[Path, str]] = []
    for fichier in fichiers:
        try:
            lus.append(read_export(fichier, session.correspondance, reporter=reporter))
        except ExportError as erreur:
            illisibles.append((fichier, str(erreur)))
    plans = plan_in_campagne(session, lus, reporter)
    reporter.step(0, 0, "Contrôle des dossiers")
    return Preparation(
        plans=tuple(plans),
        illisibles=tuple(illisibles),
        absents=_absents(session, plans),
        a_reconfirmer=_reponses_touchees(session, plans),
        pieces=_comptes_pieces(session, plans, reporter),
    )


def retenir(plans: Sequence[ImportPlan], exclus: frozenset[int]) -> list[ImportPlan]:
    """Return the plans without the dossiers *exclus*; each says which it leaves out."""
    return [_retenir(plan, exclus) for plan in plans] if exclus else list(plans)


def depots_hors_delai(plans: Sequence[ImportPlan], parametres: Parametres) -> frozenset[int]:
    """Return the dossiers deposited after the deadline, to the second (AMI, Modalités de dépôt)."""
    return frozenset(lu.numero for p in plans for lu in p.read.dossiers if _hors_delai(lu.apercu, parametres))


def pieces_annoncees(session: Session, plan: ImportPlan, lu: DossierLu) -> tuple[Piece, ...]:
    """Return the attachments that a dossier of a plan names; nothing is read in the campagne."""
    colonnes = plan.read.jeux[lu.jeu]
    enregistrement = de_json(lu.numero, lu.contenu, colonnes)
    return lire_dossier(enregistrement, session.correspondance, session.liens(colonnes)).pieces


def plan_in_campagne(
    session: Session, lus: Sequence[ExportRead], reporter: Reporter | None = None
) -> list[ImportPlan]:
    """Plan exports one after the other; a dossier whose finalised evaluation would no longer hold is told."""
    suivi = reporter or SilentReporter()

    def charger(numero: int) -> Enregistrement:
        suivi.step(0, 0, "Comparaison avec la campagne")
        return store_dossiers.load(session.campagne, numero)

    suivi.step(0, 0, "Comparaison avec la campagne")
    plans = plan_files(lus, session.correspondance, store_dossiers.known(session.campagne), charger)
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
    reporter = reporter or SilentReporter()
    suivi = _Suite(reporter, sum(len(p.nouveaux) + len(p.modifies) for p in plans))
    if store_dossiers.count(session.campagne) and suivi.total:
        reporter.step(0, 0, "Sauvegarde de la campagne")
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
                reporter=suivi.after(plans[:rang]),
            )
            for rang, plan in enumerate(plans)
        ]


def compte_rendu(session: Session, import_id: int) -> CompteRendu:
    """Return what an import did; raises StoreError when the campagne has no import of that number."""
    rapport = next((r for r in store_dossiers.imports(session.campagne) if r.id == import_id), None)
    if rapport is None:
        raise StoreError(
            f"L’import n° {import_id} n’est pas dans la campagne « {session.campagne.dossier} » : "
            "une sauvegarde plus ancienne a peut-être été restaurée."
        )
    traces = rapports.traces(session.campagne, import_id)
    apercus = {a.numero: a for a in store_dossiers.list_apercus(session.campagne)}
    ecrits = [*traces.nouveaux, *(numero for numero, _, _ in traces.modifies)]
    return CompteRendu(
        rapport=rapport,
        nouveaux=traces.nouveaux,
        modifies=tuple((n, tuple(_differences(avant, apres))) for n, avant, apres in traces.modifies),
        a_reconfirmer=traces.a_reconfirmer,
        hors_delai=tuple(n for n in ecrits if n in apercus and _hors_delai(apercus[n], session.parametres)),
        apercus=apercus,
    )


def _with_finalised(plan: ImportPlan, figees: set[int]) -> ImportPlan:
    atteints = [m.lu.numero for m in plan.modifies if m.lu.numero in figees]
    quoi = "est figée et ses données changent : rouvrez-la pour la relire"
    dites = (Anomalie(gravite=Gravite.ALERTE, ou="l’évaluation", quoi=quoi, numero=n) for n in atteints)
    return replace(plan, anomalies=(*plan.anomalies, *dites))


def _unknown(numero: int) -> Enregistrement:
    raise DossierError(f"Le dossier {numero_lisible(numero)} n’est pas dans la campagne.")


def _retenir(plan: ImportPlan, exclus: frozenset[int]) -> ImportPlan:
    ecrits = {lu.numero for lu in (*plan.nouveaux, *(m.lu for m in plan.modifies))}
    ecartes = sorted(ecrits & exclus)
    if not ecartes:
        return replace(plan, inchanges=tuple(n for n in plan.inchanges if n not in exclus))
    nommes = [numero_lisible(n) for n in ecartes[:_NOMMES]]
    if len(ecartes) > _NOMMES:
        nommes.append(pluriel(len(ecartes) - _NOMMES, "autre"))
    verbe = "décoché et laissé" if len(ecartes) == 1 else "décochés et laissés"
    quoi = f"{pluriel(len(ecartes), 'dossier')} {verbe} de côté : {enumeration(nommes)}"
    trace = Anomalie(gravite=Gravite.INFORMATION, ou="fichier", quoi=quoi)
    return replace(
        plan,
        read=replace(plan.read, anomalies=tuple(a for a in plan.read.anomalies if a.numero not in exclus)),
        nouveaux=tuple(lu for lu in plan.nouveaux if lu.numero not in exclus),
        modifies=tuple(m for m in plan.modifies if m.lu.numero not in exclus),
        inchanges=tuple(n for n in plan.inchanges if n not in exclus),
        anomalies=(*(a for a in plan.anomalies if a.numero not in exclus), trace),
    )


def _hors_delai(apercu: Apercu, parametres: Parametres) -> bool:
    return apercu.depot is not None and apercu.depot.replace(microsecond=0) > parametres.date_limite


def _absents(session: Session, plans: Sequence[ImportPlan]) -> tuple[Apercu, ...]:
    """Return the dossiers of the campagne that no file holds; a plan counts what the files before it bring."""
    numeros = set.intersection(*(set(p.absents) for p in plans)) if plans else set()
    if not numeros:
        return ()
    return tuple(a for a in store_dossiers.list_apercus(session.campagne) if a.numero in numeros)


def _reponses_touchees(session: Session, plans: Sequence[ImportPlan]) -> dict[int, tuple[str, ...]]:
    modifies = [m for p in plans for m in p.modifies]
    evaluees = evaluations.load_all(session.campagne) if modifies else {}
    touchees: dict[int, tuple[str, ...]] = {}
    for m in modifies:
        evaluation = evaluees.get(m.lu.numero)
        touches = controles.criteres_touches(d.attribut for d in m.differences if d.attribut)
        if evaluation and (donnees := touches & evaluation.reponses.keys()):
            touchees[m.lu.numero] = tuple(sorted({*touchees.get(m.lu.numero, ()), *donnees}))
    return touchees


def _comptes_pieces(session: Session, plans: Sequence[ImportPlan], reporter: Reporter) -> dict[int, int]:
    comptes: dict[int, int] = {}
    for plan in plans:
        ecrits = (*plan.nouveaux, *(m.lu for m in plan.modifies))
        places = {jeu: _places_pieces(session, plan.read.jeux[jeu]) for jeu in {lu.jeu for lu in ecrits}}
        for rang, lu in enumerate(ecrits):
            if rang % 100 == 0:
                reporter.step(rang, len(ecrits), "Contrôle des pièces annoncées")
            cellules = json.loads(lu.contenu)["cellules"]
            comptes[lu.numero] = sum(_nombre_pieces(cellules[i]) for i in places[lu.jeu])
    return comptes


def _places_pieces(session: Session, colonnes: tuple[Colonne, ...]) -> list[int]:
    return [i for i, a in enumerate(session.liens(colonnes)) if a is not None and a.type is TypeChamp.PIECES]


def _nombre_pieces(brut: object) -> int:
    valeur = lire(brut, TypeChamp.PIECES).valeur if isinstance(brut, (str, list)) else ()
    return len(valeur) if isinstance(valeur, tuple) else 0


def _differences(avant: str, apres: str) -> Iterator[Difference]:
    """Read the two sides of a modification as the journal keeps them."""
    for (libelle, ancien), (_, nouveau) in zip(json.loads(avant), json.loads(apres), strict=True):
        yield Difference(libelle=libelle, attribut=None, avant=ancien, apres=nouveau)


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
