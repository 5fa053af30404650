"""What importing files would do, before anything is written."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from o2r_desktop import operations
from o2r_desktop.dossiers.appariement import Appariement, Derive
from o2r_desktop.dossiers.champs import TypeChamp, lire
from o2r_desktop.dossiers.correspondance import Correspondance
from o2r_desktop.dossiers.enregistrement import de_json
from o2r_desktop.dossiers.importation import Apercu, DossierLu, ExportRead, ImportPlan
from o2r_desktop.dossiers.lecture import lire_dossier
from o2r_desktop.dossiers.model import Anomalie, Colonne, Enregistrement, Gravite, Piece
from o2r_desktop.dossiers.pieces import PlanPieces
from o2r_desktop.errors import DossierError, ExportError
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.imports import read_export
from o2r_desktop.imports.archive import is_archive
from o2r_desktop.imports.correspondance import parse_correspondance
from o2r_desktop.imports.fusion import merge_reads
from o2r_desktop.operations import Session
from o2r_desktop.progress import Reporter, SilentReporter
from o2r_desktop.reception.adaptation import drifts, match, tell_drifts
from o2r_desktop.reception.comptes import hors_delai
from o2r_desktop.reception.fraicheur import repeated
from o2r_desktop.reception.pieces import plan_archives
from o2r_desktop.reception.plans import apply_plans, plan_files, plan_in_campagne
from o2r_desktop.reception.reconfirmation import repondues, with_cited
from o2r_desktop.resources import resource
from o2r_desktop.store import connection
from o2r_desktop.store import dossiers as store_dossiers
from o2r_desktop.store import imports as store_imports
from o2r_desktop.text import enumeration, pluriel
from o2r_desktop.text import numero as numero_lisible

_NOMMES = 20
"""Dossiers left out that a report names one by one."""

_DECOCHES = ("décoché et laissé", "décochés et laissés")
_ANCIENS = ("plus ancien que dans la campagne et laissé", "plus anciens que dans la campagne et laissés")
"""Why dossiers are left out, for one and for several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """What importing some files would do; nothing is written yet.

    ``illisibles`` are the files that cannot be taken, each with its sentence. ``absents`` are the dossiers of the
    campagne that none of the files holds. ``a_reconfirmer`` maps a dossier to the answered criteria that its
    changes touch, or whose evidence is in a file that is replaced; ``pieces`` maps a dossier that would be written
    to how many pieces it announces. ``archives`` are the ZIP of pieces. ``correspondance`` is the one that the
    files were read with; ``appariement`` and ``derives`` say what to look at in it.
    """

    plans: tuple[ImportPlan, ...]
    illisibles: tuple[tuple[Path, str], ...]
    absents: tuple[Apercu, ...]
    a_reconfirmer: Mapping[int, tuple[str, ...]]
    pieces: Mapping[int, int]
    archives: tuple[PlanPieces, ...] = ()
    correspondance: Correspondance | None = None
    appariement: Appariement = field(default_factory=Appariement)
    derives: tuple[Derive, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """What was imported, or would be."""

    plans: tuple[ImportPlan, ...]
    archives: tuple[PlanPieces, ...] = ()
    ids: tuple[int, ...] = ()


def default_correspondance() -> Correspondance:
    """Return the correspondence shipped for the form of the AMI."""
    chemin = resource(*operations.CORRESPONDANCE_PAR_DEFAUT)
    return parse_correspondance(chemin.read_text("utf-8"), chemin.name)


def import_files(
    dossier: Path,
    fichiers: Sequence[Path],
    *,
    auteur: str,
    essai: bool,
    meme_anciens: bool = False,
    reporter: Reporter | None = None,
    horloge: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Reception:
    """Read every file, then plan and write them in one transaction; the campagne is created when there is none.

    Dossiers and pieces that a file would put back to an older state are left out, unless *meme_anciens*. Raises
    ExportError or StoreError, and writes nothing then. With *essai* nothing is written either way.
    """
    suivi = reporter or SilentReporter()
    tables, zips = _sort(fichiers)
    if not operations.is_campagne(dossier):
        connection.check_free(dossier)
        correspondance = default_correspondance()
        lus = merge_reads([_read(f, correspondance, suivi) for f in tables], correspondance)
        plans = plan_files(lus, correspondance, {}, _unknown)
        archives = _archives_or_raise(None, zips, plans, suivi)
        if essai:
            return Reception(plans=tuple(plans), archives=archives)
        operations.create_campagne(dossier, maintenant=horloge())
        with operations.open_session(dossier, auteur=auteur, horloge=horloge) as session:
            return _write(session, plans, archives, suivi)
    with operations.open_session(dossier, auteur=auteur, horloge=horloge, lecture_seule=essai) as session:
        plans = _plan_tables(session, tables, suivi)
        if not meme_anciens:
            plans = sans_plus_anciens(plans)
        archives = _archives_or_raise(session, zips, plans, suivi, meme_anciens=meme_anciens)
        if essai:
            return Reception(plans=tuple(plans), archives=archives)
        return _write(session, plans, archives, suivi)


def _plan_tables(session: Session, tables: Sequence[Path], reporter: Reporter) -> list[ImportPlan]:
    """Plan exports, without reading them when they would change nothing."""
    jalon = store_imports.jalon(session.campagne)
    deja = repeated(session, tables, jalon)
    if deja is not None:
        return deja
    reads = [_read(f, session.correspondance, reporter) for f in tables]
    plans = plan_in_campagne(session, merge_reads(reads, session.correspondance), reporter, jalon=jalon)
    return tell_drifts(plans, drifts(session, reads))


def _write(
    session: Session, plans: Sequence[ImportPlan], archives: tuple[PlanPieces, ...], reporter: Reporter
) -> Reception:
    ids = apply_plans(session, plans, reporter, archives=archives)
    return Reception(plans=tuple(plans), archives=archives, ids=tuple(ids))


def _sort(fichiers: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Return the exports and the archives of pieces."""
    zips = [f for f in fichiers if is_archive(f)]
    return [f for f in fichiers if f not in zips], zips


def _archives_or_raise(
    session: Session | None,
    zips: Sequence[Path],
    plans: Sequence[ImportPlan],
    reporter: Reporter,
    *,
    meme_anciens: bool = False,
) -> tuple[PlanPieces, ...]:
    archives, illisibles = plan_archives(session, zips, plans, reporter, meme_anciens=meme_anciens)
    if illisibles:
        raise ExportError(illisibles[0][1])
    return archives if session is None else with_cited(session, archives)


def prepare(
    session: Session,
    fichiers: Sequence[Path],
    reporter: Reporter,
    correspondance: Correspondance | None = None,
) -> Preparation:
    """Read and plan files without writing; one that cannot be read does not stop the others.

    Files already imported, when nothing changed since, are not read again. *correspondance* binds the columns
    instead of that of the campagne. Raises StoreError when the campagne cannot be read, CancelledError when asked
    to stop.
    """
    jalon = store_imports.jalon(session.campagne)
    choisie = correspondance or session.correspondance
    tables, zips = _sort(fichiers)
    reporter.step(0, 0, "Recherche de fichiers déjà importés")
    plans = repeated(session, tables, jalon) if choisie == session.correspondance else None
    lus, illisibles = _read_all(() if plans else tables, choisie, reporter)
    if plans is None:
        plans = plan_in_campagne(session, merge_reads(lus, choisie), reporter, choisie, jalon=jalon)
    lues, refusees = plan_archives(session, zips, plans, reporter, choisie, jalon=jalon)
    archives = with_cited(session, lues)
    reporter.step(0, 0, "Contrôle des dossiers")
    derives = drifts(session, lus)
    return Preparation(
        plans=tuple(tell_drifts(plans, derives)),
        illisibles=(*illisibles, *refusees),
        absents=_absents(session, plans),
        a_reconfirmer=repondues(session, plans, archives),
        pieces=_comptes_pieces(choisie, plans, reporter),
        archives=archives,
        correspondance=choisie,
        appariement=match(lus, choisie, derives),
        derives=derives,
    )


def _read(fichier: Path, correspondance: Correspondance, reporter: Reporter) -> ExportRead:
    """Read an export, and remember which columns are its own."""
    lu = read_export(fichier, correspondance, reporter=reporter)
    return replace(lu, jeux_lus=len(lu.jeux))


def _read_all(
    fichiers: Sequence[Path], correspondance: Correspondance, reporter: Reporter
) -> tuple[list[ExportRead], list[tuple[Path, str]]]:
    """Return the exports that can be read, and the others with their sentence."""
    lus: list[ExportRead] = []
    illisibles: list[tuple[Path, str]] = []
    for fichier in fichiers:
        try:
            lus.append(_read(fichier, correspondance, reporter))
        except ExportError as erreur:
            illisibles.append((fichier, str(erreur)))
    return lus, illisibles


def retenir(
    plans: Sequence[ImportPlan], exclus: frozenset[int], raison: tuple[str, str] = _DECOCHES
) -> list[ImportPlan]:
    """Return the plans without the dossiers *exclus*; each says which it leaves out, and why for one or several."""
    return [_retenir(plan, exclus, raison) for plan in plans] if exclus else list(plans)


def sans_plus_anciens(plans: Sequence[ImportPlan]) -> list[ImportPlan]:
    """Return the plans without the dossiers that they would put back to an older state."""
    return retenir(plans, frozenset().union(*(p.plus_anciens for p in plans)), _ANCIENS)


def depots_hors_delai(plans: Sequence[ImportPlan], parametres: Parametres) -> frozenset[int]:
    """Return the dossiers deposited after the deadline, to the second (AMI, Modalités de dépôt)."""
    return frozenset(lu.numero for p in plans for lu in p.read.dossiers if hors_delai(lu.apercu, parametres))


def pieces_annoncees(
    session: Session, plan: ImportPlan, lu: DossierLu, correspondance: Correspondance | None = None
) -> tuple[Piece, ...]:
    """Return the attachments that a dossier of a plan names; nothing is read in the campagne.

    *correspondance* is the one that the files were read with, that of the campagne by default.
    """
    enregistrement = de_json(lu.numero, lu.contenu, plan.read.jeux[lu.jeu])
    return lire_dossier(enregistrement, correspondance or session.correspondance).pieces


def _unknown(numero: int) -> Enregistrement:
    raise DossierError(f"Le dossier {numero_lisible(numero)} n’est pas dans la campagne.")


def _retenir(plan: ImportPlan, exclus: frozenset[int], raison: tuple[str, str]) -> ImportPlan:
    ecrits = {lu.numero for lu in (*plan.nouveaux, *(m.lu for m in plan.modifies))}
    ecartes = sorted(ecrits & exclus)
    if not ecartes:
        return replace(plan, inchanges=tuple(n for n in plan.inchanges if n not in exclus))
    nommes = [numero_lisible(n) for n in ecartes[:_NOMMES]]
    if len(ecartes) > _NOMMES:
        nommes.append(pluriel(len(ecartes) - _NOMMES, "autre"))
    pourquoi = raison[len(ecartes) > 1]
    quoi = f"{pluriel(len(ecartes), 'dossier')} {pourquoi} de côté : {enumeration(nommes)}"
    trace = Anomalie(gravite=Gravite.INFORMATION, ou="fichier", quoi=quoi)
    return replace(
        plan,
        read=replace(plan.read, anomalies=tuple(a for a in plan.read.anomalies if a.numero not in exclus)),
        nouveaux=tuple(lu for lu in plan.nouveaux if lu.numero not in exclus),
        modifies=tuple(m for m in plan.modifies if m.lu.numero not in exclus),
        inchanges=tuple(n for n in plan.inchanges if n not in exclus),
        anomalies=(*(a for a in plan.anomalies if a.numero not in exclus), trace),
        plus_anciens=plan.plus_anciens - exclus,
    )


def _absents(session: Session, plans: Sequence[ImportPlan]) -> tuple[Apercu, ...]:
    """Return the dossiers of the campagne that no file holds; a plan counts what the files before it bring."""
    numeros = set.intersection(*(set(p.absents) for p in plans)) if plans else set()
    if not numeros:
        return ()
    return tuple(a for a in store_dossiers.list_apercus(session.campagne) if a.numero in numeros)


def _comptes_pieces(
    correspondance: Correspondance, plans: Sequence[ImportPlan], reporter: Reporter
) -> dict[int, int]:
    comptes: dict[int, int] = {}
    for plan in plans:
        ecrits = (*plan.nouveaux, *(m.lu for m in plan.modifies))
        places = {jeu: _places_pieces(correspondance, plan.read.jeux[jeu]) for jeu in {lu.jeu for lu in ecrits}}
        for rang, lu in enumerate(ecrits):
            if rang % 100 == 0:
                reporter.step(rang, len(ecrits), "Contrôle des pièces annoncées")
            cellules = json.loads(lu.contenu)["cellules"]
            comptes[lu.numero] = sum(_nombre_pieces(cellules[i]) for i in places[lu.jeu])
    return comptes


def _places_pieces(correspondance: Correspondance, colonnes: tuple[Colonne, ...]) -> list[int]:
    return [i for i, a in enumerate(correspondance.lier(colonnes)) if a is not None and a.type is TypeChamp.PIECES]


def _nombre_pieces(brut: object) -> int:
    valeur = lire(brut, TypeChamp.PIECES).valeur if isinstance(brut, (str, list)) else ()
    return len(valeur) if isinstance(valeur, tuple) else 0
