"""The analysis in the campagne: the other dossiers that one is compared with, the lists of reference."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from o2r_desktop.progress import Reporter, SilentReporter

if TYPE_CHECKING:
    from o2r_desktop.analyse.panorama import DossierVu, Panorama
    from o2r_desktop.analyse.referentiels import Referentiel
    from o2r_desktop.operations.lecture import DossierComplet
    from o2r_desktop.operations.session import Session

_LOT = 50


def load_panorama(session: Session, reporter: Reporter | None = None) -> Panorama:
    """Return what every dossier says of bodies, money and places, and have the session keep it.

    What was worked out before is read from the campagne; the rest is worked out and kept there, unless it is open
    for reading only. Some seconds for ten thousand dossiers the first time: for a background thread.
    """
    from o2r_desktop.analyse import panorama
    from o2r_desktop.analyse.structure.index import preparer
    from o2r_desktop.store import dossiers as store_dossiers
    from o2r_desktop.store import panorama as store_panorama

    reporter = reporter or SilentReporter()
    regles, empreintes = _regles(session), store_dossiers.known(session.campagne)
    vus = {n: panorama.de_json(c) for n, c in store_panorama.load(session.campagne, regles=regles).items()}
    manquants = sorted(empreintes.keys() - vus.keys())
    for debut in range(0, len(manquants), _LOT):
        reporter.step(debut, len(manquants), "Lecture des autres dossiers")
        lot = _voir(session, manquants[debut : debut + _LOT])
        if not session.campagne.lecture_seule:
            contenus = {n: panorama.en_json(v) for n, v in lot.items()}
            store_panorama.save(session.campagne, contenus, empreintes, regles=regles)
        vus |= lot
    session.panorama = panorama.Panorama(dossiers=dict(sorted(vus.items())))
    preparer(session.panorama)  # here, in the background: not when a critere is looked at
    return session.panorama


def situate(session: Session, complet: DossierComplet) -> DossierComplet:
    """Return a dossier with its analysis beside all the others, which are read when they are not yet."""
    if session.panorama is None:
        load_panorama(session)
    if complet.analyse.panorama is session.panorama:
        return complet
    return replace(complet, analyse=replace(complet.analyse, panorama=session.panorama))


def _voir(session: Session, numeros: list[int]) -> dict[int, DossierVu]:
    from o2r_desktop.analyse import panorama
    from o2r_desktop.dossiers.lecture import lire_dossier
    from o2r_desktop.store import dossiers as store_dossiers

    return {
        e.numero: panorama.vu(lire_dossier(e, session.correspondance, session.liens(e.colonnes)))
        for e in store_dossiers.load_many(session.campagne, numeros)
    }


def _regles(session: Session) -> str:
    """Return the fingerprint of what a line depends on beside its record: how the fields are read."""
    import hashlib

    from o2r_desktop import __version__
    from o2r_desktop.store import connection

    lus = connection.correspondance_toml(session.campagne)
    return hashlib.sha256(f"{__version__}\0{lus}".encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeDeReference:
    """A list of reference as the campagne has it: its text, whether it is its own, since when and from where."""

    nom: Referentiel
    texte: str
    propre: bool = False
    origine: str = ""
    le: datetime | None = None
    auteur: str = ""


def load_referentiel(session: Session, nom: Referentiel) -> ListeDeReference:
    """Return a list, that of the campagne or the shipped one."""
    from o2r_desktop.store import referentiels

    garde = referentiels.load_all(session.campagne).get(nom.value)
    if garde is None:
        return ListeDeReference(nom=nom, texte=session.referentiels.texte(nom))
    return ListeDeReference(
        nom=nom, texte=garde.contenu, propre=True, origine=garde.origine, le=garde.le, auteur=garde.auteur
    )


def save_referentiel(session: Session, nom: Referentiel, texte: str | None, *, origine: str = "") -> None:
    """Put a list in the campagne, None to come back to the shipped one. DossierError when it cannot be read."""
    from o2r_desktop.analyse.referentiels import verifier
    from o2r_desktop.store import referentiels

    if texte is not None:
        verifier(nom, texte)
    referentiels.save(
        session.campagne, nom.value, texte, origine=origine, auteur=session.auteur, now=session.horloge()
    )
    session.oublier_referentiels()
