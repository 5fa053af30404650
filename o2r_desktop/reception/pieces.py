"""Use cases of the pieces: what an archive would bring, and its bytes kept before its lines are written."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from o2r_desktop.dossiers.champs import Brut, TypeChamp, lire
from o2r_desktop.dossiers.correspondance import Attribut, Correspondance
from o2r_desktop.dossiers.enregistrement import de_json
from o2r_desktop.dossiers.importation import ImportPlan
from o2r_desktop.dossiers.model import Anomalie, Enregistrement, Gravite, Origine, Piece
from o2r_desktop.dossiers.pieces import (
    ArchiveLue,
    PieceLue,
    PieceRecue,
    PlanPieces,
    annonces,
    engage,
    rapprocher,
)
from o2r_desktop.errors import ExportError
from o2r_desktop.imports.plan_pieces import EtatPieces, cle, contenu
from o2r_desktop.operations import Session
from o2r_desktop.progress import Reporter
from o2r_desktop.store import dossiers as store_dossiers
from o2r_desktop.store import evaluations
from o2r_desktop.store import imports as store_imports
from o2r_desktop.store import pieces as store_pieces
from o2r_desktop.text import NBSP, instant


def plan_archives(
    session: Session | None,
    chemins: Sequence[Path],
    plans: Sequence[ImportPlan],
    reporter: Reporter,
    correspondance: Correspondance | None = None,
    *,
    jalon: str | None = None,
    meme_anciens: bool = False,
) -> tuple[tuple[PlanPieces, ...], tuple[tuple[Path, str], ...]]:
    """Return what archives would bring to a campagne as *plans* would leave it, and those that cannot be read.

    Archives are taken from the oldest to the newest. *session* is None when there is no campagne yet;
    *correspondance* says which fields announce files, that of the campagne, or the shipped one, by default; *jalon*
    is the state of the campagne when the reading began, the present one by default. A file that only its archive
    dates is left out when that of the campagne came in a newer one, unless *meme_anciens*.
    """
    if not chemins:
        return (), ()
    repere = _jalon(session) if jalon is None else jalon
    numeros = _numeros(session, plans)
    lues, illisibles = _lire(chemins, numeros, reporter)
    concernes = frozenset(n for lue in lues for n in lue.numeros) & numeros
    reporter.step(0, 0, "Comparaison des pièces avec la campagne")
    etat = EtatPieces(numeros, _recues(session, concernes), {} if meme_anciens else _dates(session))
    for lue in lues:
        etat.prendre(lue)
    manquantes = _manquantes(session, plans, concernes, etat, correspondance, reporter)
    figees = _figees(session)
    dits = (_dire(session, plan, manquantes, figees) for plan in etat.plans)
    return tuple(replace(plan, jalon=repere) for plan in dits), tuple(illisibles)


@contextmanager
def kept_bytes(
    session: Session, archives: Sequence[PlanPieces], reporter: Reporter
) -> Iterator[Sequence[Mapping[str, str]]]:
    """Keep the bytes of archives under their SHA-256; gives, for each archive, chemin → empreinte.

    When the block fails, or the process dies in it, bytes that nothing names go: at once, or at the next opening.
    """
    from o2r_desktop.imports.archive import open_pieces

    lots = _a_garder(session, archives)
    if not any(lots):
        yield [{} for _ in archives]
        return
    total = sum(p.taille for lot in lots for p in lot)
    store_pieces.check_space(session.campagne, total)
    with store_pieces.receiving(session.campagne):
        depots, faits = [], 0
        for plan, lot in zip(archives, lots, strict=True):
            entrees = open_pieces(plan.archive, lot)
            suite = _Suite(reporter, faits >> 10, total >> 10)
            depots.append(store_pieces.put_bytes(session.campagne, entrees, suite))
            faits += sum(p.taille for p in lot)
        yield depots


def apply_archives(
    session: Session,
    archives: Sequence[PlanPieces],
    depots: Sequence[Mapping[str, str]],
    *,
    lot: int,
    now: datetime,
    depuis: int | None = None,
) -> list[int]:
    """Write the lines of archives, inside the transaction of the import; returns the numbers of the imports.

    *depuis* is the last line of the journal before the correspondence that came with the first import of the lot.
    """
    ids: list[int] = []
    for plan, empreintes in zip(archives, depots, strict=True):
        premier = lot or (ids[0] if ids else 0)
        ids.append(
            store_pieces.apply(
                session.campagne,
                plan,
                empreintes,
                lot=premier,
                auteur=session.auteur,
                now=now,
                depuis=None if premier else depuis,
            )
        )
    return ids


@dataclass(frozen=True, slots=True)
class _Suite:
    """Reports the copy of one archive as a part of that of all."""

    reporter: Reporter
    faits: int
    total: int

    def step(self, done: int, _total: int, label: str) -> None:
        """Say where the whole is; raises CancelledError when it must stop."""
        self.reporter.step(min(self.faits + done, self.total), self.total, label)


def _jalon(session: Session | None) -> str:
    return store_imports.jalon(session.campagne) if session else ""


def _numeros(session: Session | None, plans: Sequence[ImportPlan]) -> frozenset[int]:
    """Return the dossiers of the campagne as the plans would leave it."""
    connus = store_dossiers.known(session.campagne).keys() if session else ()
    return frozenset(connus) | {lu.numero for p in plans for lu in p.nouveaux}


def _recues(session: Session | None, numeros: Collection[int]) -> Mapping[int, Sequence[PieceRecue]]:
    return store_pieces.received_by_dossier(session.campagne, sorted(numeros)) if session else {}


def _dates(session: Session | None) -> dict[int, datetime | None]:
    return {r.id: r.date_fichier for r in store_imports.imports(session.campagne)} if session else {}


def _lire(
    chemins: Sequence[Path], numeros: frozenset[int], reporter: Reporter
) -> tuple[list[ArchiveLue], list[tuple[Path, str]]]:
    from o2r_desktop.imports.archive import read_archive

    lues: list[ArchiveLue] = []
    illisibles: list[tuple[Path, str]] = []
    for rang, chemin in enumerate(chemins):
        reporter.step(rang, len(chemins), f"Lecture de {chemin.name}")
        try:
            lues.append(read_archive(chemin, numeros))
        except ExportError as erreur:
            illisibles.append((chemin, str(erreur)))
    # a file without a date in its name was renamed, or is a single dossier, downloaded to see its present state
    return sorted(
        lues, key=lambda a: (a.date_fichier is None, a.date_fichier and a.date_fichier.timestamp())
    ), illisibles


def _manquantes(
    session: Session | None,
    plans: Sequence[ImportPlan],
    concernes: Collection[int],
    etat: EtatPieces,
    correspondance: Correspondance | None,
    reporter: Reporter,
) -> dict[int, tuple[str, ...]]:
    """Return, by dossier that the archives hold, the names that a field announces and that nothing brings."""
    choisie = correspondance or (session.correspondance if session else _livree())
    liens = cache(choisie.lier)
    recues = etat.recues()
    manquantes: dict[int, tuple[str, ...]] = {}
    for rang, brut in enumerate(_enregistrements(session, plans, concernes)):
        if rang % 100 == 0:
            reporter.step(rang, len(concernes), "Contrôle des pièces annoncées")
        annoncees = _annoncees(brut, liens(brut.colonnes))
        rapprochees = rapprocher(annoncees, recues.get(brut.numero, ()), (), annonces(brut.autres))
        # the announced ones come first, in their order
        if noms := tuple(p.nom for p in rapprochees[: len(annoncees)] if not p.presente):
            manquantes[brut.numero] = noms
    return manquantes


def _annoncees(brut: Enregistrement, lies: Sequence[Attribut | None]) -> list[Piece]:
    """Return the files that the fields of a dossier announce, without reading its other answers."""
    return [
        Piece(nom=nom, champ=colonne.libelle)
        for colonne, cellule, attribut in zip(brut.colonnes, brut.cellules, lies, strict=True)
        if attribut is not None and attribut.type is TypeChamp.PIECES
        for nom in _noms(cellule)
    ]


def _noms(cellule: Brut) -> tuple[str, ...]:
    valeur = lire(cellule, TypeChamp.PIECES).valeur
    return valeur if isinstance(valeur, tuple) else ()


def _enregistrements(
    session: Session | None, plans: Sequence[ImportPlan], numeros: Collection[int]
) -> Iterator[Enregistrement]:
    """Yield the records of dossiers as the plans would leave them: the last that writes one has the last word."""
    ecrits = {lu.numero: (lu, plan) for plan in plans for lu in (*plan.nouveaux, *(m.lu for m in plan.modifies))}
    for numero in sorted(ecrits.keys() & numeros):
        lu, plan = ecrits[numero]
        yield de_json(numero, lu.contenu, plan.read.jeux[lu.jeu])
    if session is not None:
        yield from store_dossiers.load_many(session.campagne, sorted(set(numeros) - ecrits.keys()))


def _livree() -> Correspondance:
    from o2r_desktop.reception.preparation import default_correspondance

    return default_correspondance()


def _figees(session: Session | None) -> Collection[int]:
    if session is None:
        return ()
    return {numero for numero, e in evaluations.load_all(session.campagne).items() if e.finalisee}


def _dire(
    session: Session | None, plan: PlanPieces, manquantes: Mapping[int, tuple[str, ...]], figees: Collection[int]
) -> PlanPieces:
    """Add to a plan what it lacks and what it disturbs."""
    touches = {p.numero for p in (*plan.nouvelles, *(p for _, p in plan.remplacees)) if engage(p.genre)}
    quoi = "est figée et ses pièces changent : rouvrez-la pour la relire"
    anomalies = [
        Anomalie(gravite=Gravite.ALERTE, ou="l’évaluation", quoi=quoi, numero=n)
        for n in sorted(touches & set(figees))
    ]
    return replace(
        plan,
        manquantes={n: manquantes[n] for n in plan.archive.numeros if n in manquantes},
        anomalies=(*plan.anomalies, *_plus_recente(session, plan.archive), *anomalies),
    )


def _plus_recente(session: Session | None, archive: ArchiveLue) -> Iterator[Anomalie]:
    """Tell that the campagne already has an archive dated later than this one."""
    if session is None or archive.date_fichier is None:
        return
    dates = [
        (r.date_fichier, r.fichier)
        for r in store_imports.imports(session.campagne)
        if r.origine is Origine.ZIP_PIECES and r.date_fichier and not r.annule_le
    ]
    derniere, fichier = max(dates, default=(archive.date_fichier, ""))
    if derniere > archive.date_fichier:
        quoi = (
            f"est plus ancienne que «{NBSP}{fichier}{NBSP}», du {instant(derniere)}, déjà importée{NBSP}: "
            "vérifiez que c’est bien celle que vous voulez"
        )
        yield Anomalie(gravite=Gravite.ALERTE, ou="archive", quoi=quoi)


def _a_garder(session: Session, archives: Sequence[PlanPieces]) -> list[list[PieceLue]]:
    """Return the files of each archive whose bytes are to be kept: those that it brings, those that were lost."""
    numeros = sorted({p.numero for plan in archives for p in plan.inchangees})
    perdues = {
        (cle(r), contenu(r))
        for recues in store_pieces.received_by_dossier(session.campagne, numeros).values()
        for r in recues
        if not store_pieces.is_kept(session.campagne, r)
    }
    return [
        [
            *plan.nouvelles,
            *(lue for _, lue in plan.remplacees),
            *(lue for lue in plan.inchangees if (cle(lue), contenu(lue)) in perdues),
        ]
        for plan in archives
    ]
