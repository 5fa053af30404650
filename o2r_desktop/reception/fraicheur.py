"""Files older than what the campagne has, and files that it has already: told before anything is written."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from o2r_desktop import __version__
from o2r_desktop.dossiers.correspondance import Correspondance
from o2r_desktop.dossiers.importation import ExportRead, ImportPlan, Modification
from o2r_desktop.dossiers.model import Anomalie, Colonne, Gravite
from o2r_desktop.imports.noms import lire_nom
from o2r_desktop.operations import Session
from o2r_desktop.store import connection
from o2r_desktop.store import dossiers as store_dossiers
from o2r_desktop.store import imports as store_imports
from o2r_desktop.store.imports import Concurrent, RapportImport
from o2r_desktop.store.valeurs import sha256
from o2r_desktop.text import instant, pluriel, printable

LECTURE = "1"
"""Version of the readers of exports: another one reads again the files that are already imported."""

_TAILLE_MAX = 2**30
"""Bytes beyond which a file is surely no export: its fingerprint is not worth taking."""


def lecture(session: Session) -> str:
    """Return the fingerprint of what reads files in a campagne: program, readers, correspondence."""
    return f"{__version__}/{LECTURE}/{sha256(connection.correspondance_toml(session.campagne))}"


def repeated(session: Session, fichiers: Sequence[Path], jalon: str) -> list[ImportPlan] | None:
    """Return the plans of files that were imported together and that would change nothing, without reading them.

    None when one of them must be read: it is another file, it was read otherwise, a dossier of it was left out, or
    the campagne changed since. *jalon* is its state, taken before.
    """
    empreintes = [store_imports.fingerprint(fichier, _TAILLE_MAX) for fichier in fichiers]
    if not all(empreintes) or not empreintes:
        return None
    rapports = store_imports.identical(session.campagne, empreintes, lecture_=lecture(session))
    if rapports is None:
        return None
    connus = store_dossiers.known(session.campagne).keys()
    return [
        replace(_inchange(session, fichier, rapport, connus), jalon=jalon)
        for fichier, rapport in zip(fichiers, rapports, strict=True)
    ]


def with_older(session: Session, plan: ImportPlan) -> ImportPlan:
    """Mark the dossiers that a file would put back to an older state, and tell the dates.

    «Dernière mise à jour le» decides; when it is missing or the same, the dates in the names of the files do.
    """
    concurrents = store_imports.newer(session.campagne, plan.read.date_fichier)
    connues = store_dossiers.updates(session.campagne, (m.lu.numero for m in plan.modifies))
    anciens = {
        m.lu.numero: _plus_recent(m, connues.get(m.lu.numero), concurrents) for m in plan.modifies if m.differences
    }
    plus_anciens = {n: suivant for n, suivant in anciens.items() if suivant is not None}
    alertes = [_dire(plan, concurrents, len(plus_anciens))] if _commun(plan, concurrents) else []
    alertes += [
        _alerte(f"plus ancien que « {printable(c.fichier)} », du {instant(c.date_fichier)}", numero)
        for numero, c in plus_anciens.items()
        if isinstance(c, Concurrent)
    ]
    return replace(plan, plus_anciens=frozenset(plus_anciens), anomalies=(*plan.anomalies, *alertes))


def _inchange(session: Session, fichier: Path, rapport: RapportImport, connus: Iterable[int]) -> ImportPlan:
    jeux = store_imports.columns(session.campagne, rapport.id)
    anomalies = rapport.anomalies[: rapport.lues]
    quoi = f"Ce fichier a déjà été importé le {instant(rapport.le)} : rien n’y a changé."
    deja = Anomalie(gravite=Gravite.INFORMATION, ou="fichier", quoi=quoi)
    return ImportPlan(
        read=ExportRead(
            fichier=fichier.name,
            empreinte=rapport.empreinte,
            origine=rapport.origine,
            date_fichier=lire_nom(fichier.name)[1],
            demarche=rapport.demarche,
            jeux=jeux,
            dossiers=(),
            refuses=rapport.refuses,
            anomalies=anomalies,
            non_lies=_non_lies(jeux, session.correspondance),
            jeux_lus=len(jeux),
        ),
        nouveaux=(),
        modifies=(),
        inchanges=rapport.numeros,
        absents=tuple(sorted(set(connus) - set(rapport.numeros))),
        anomalies=(*anomalies, deja),
    )


def _non_lies(jeux: Iterable[tuple[Colonne, ...]], correspondance: Correspondance) -> tuple[str, ...]:
    libelles = (
        colonne.libelle
        for jeu in jeux
        for colonne, attribut in zip(jeu, correspondance.lier(jeu), strict=True)
        if attribut is None
    )
    return tuple(dict.fromkeys(libelles))


def _plus_recent(
    modification: Modification, connue: datetime | None, concurrents: Sequence[Concurrent]
) -> datetime | Concurrent | None:
    """Return what the campagne has that is newer than a dossier of a file: its last update, or a file."""
    lu = modification.lu
    if connue and lu.apercu.mise_a_jour:
        if lu.apercu.mise_a_jour < connue.replace(second=0):  # Excel saves no seconds
            return connue
        if lu.apercu.mise_a_jour.replace(second=0) > connue.replace(second=0):
            return None
    return next((c for c in concurrents if lu.numero in c.numeros), None)


def _commun(plan: ImportPlan, concurrents: Sequence[Concurrent]) -> bool:
    """Say whether a later file told of the same dossiers."""
    numeros = {lu.numero for lu in plan.read.dossiers}
    return any(not numeros.isdisjoint(c.numeros) for c in concurrents)


def _dire(plan: ImportPlan, concurrents: Sequence[Concurrent], combien: int) -> Anomalie:
    numeros = {lu.numero for lu in plan.read.dossiers}
    dernier = next(c for c in concurrents if not numeros.isdisjoint(c.numeros))
    moment = instant(plan.read.date_fichier) if plan.read.date_fichier else ""
    verbe = "reviendrait" if combien < 2 else "reviendraient"
    suite = f"{pluriel(combien, 'dossier')} y {verbe} en arrière" if combien else "rien n’y reviendrait en arrière"
    return replace(
        _alerte(
            f"Ce fichier est du {moment}, avant « {printable(dernier.fichier)} » du "
            f"{instant(dernier.date_fichier)}, déjà importé : {suite}."
        ),
        gravite=Gravite.ALERTE if combien else Gravite.INFORMATION,
    )


def _alerte(quoi: str, numero: int | None = None) -> Anomalie:
    return Anomalie(gravite=Gravite.ALERTE, ou="fichier", quoi=quoi, numero=numero)
