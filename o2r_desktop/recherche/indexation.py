"""Making the index, dossier by dossier, then piece by piece; what is done stays done when it is stopped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from o2r_desktop.dossiers.pieces import PieceRecue
from o2r_desktop.errors import StoreError
from o2r_desktop.imports.textes import LecteurTextes, TextePiece
from o2r_desktop.operations import Session
from o2r_desktop.progress import Reporter
from o2r_desktop.recherche.formulaire import lignes, tranches
from o2r_desktop.store import dossiers as store_dossiers
from o2r_desktop.store import pieces as store_pieces
from o2r_desktop.store import recherche as store

_LOT = 50
"""Forms written in one transaction: some tens of milliseconds."""
_FUSION = 200
"""Pages of the index merged in one transaction, once all is written."""
_FORMULAIRES, _PIECES = "Index de recherche : formulaires", "Index de recherche : pièces"

Recues = Mapping[int, Sequence[PieceRecue]]
Noms = Mapping[int, str]
"""Dossiers that hold a content, and the name that it has there."""


def a_jour(session: Session) -> bool:
    """Say whether the index holds everything that the campagne does."""
    try:
        with store.consulter(session.campagne) as index:
            return index.jeton() == store.jeton(session.campagne)
    except StoreError:
        return False


def indexer(session: Session, reporter: Reporter) -> int:
    """Bring the index up to date and return how many dossiers and pieces were read; 0 when nothing may be written.

    Made for a background thread, on a twin of the session: nothing of the campagne is locked while it works. It can
    be stopped at any time; the next time goes on from there. An index that is damaged is made again.
    """
    if session.campagne.lecture_seule or a_jour(session):
        return 0
    try:
        return _indexer(session, reporter)
    except store.IndexPerduError:  # damaged where it was not looked at yet
        store.supprimer(session.campagne)
        return _indexer(session, reporter)


def _indexer(session: Session, reporter: Reporter) -> int:
    campagne = session.campagne
    jeton = store.jeton(campagne)
    recues = store_pieces.received_by_dossier(campagne)
    with store.ouvrir(campagne) as index:
        lus = _formulaires(session, index, recues, reporter)
        contenus = _contenus(recues)
        lues, perdues = _pieces(session, index, contenus, reporter)
        _relier(index, contenus)
        while index.resserrer(_FUSION):
            reporter.step(1, 1, _FORMULAIRES)
        if not perdues:  # else the next time tries them again, and until then the answers are told incomplete
            with index.ecriture():
                index.marquer(jeton)
    return lus + lues


def _formulaires(session: Session, index: store.Index, recues: Recues, reporter: Reporter) -> int:
    connus = index.formulaires()
    voulus = {
        numero: _empreinte(empreinte, _noms(recues.get(numero, ())))
        for numero, empreinte in store_dossiers.known(session.campagne).items()
    }
    partis = [numero for numero in connus if numero not in voulus]
    a_lire = [numero for numero, empreinte in voulus.items() if connus.get(numero) != empreinte]
    for debut in range(0, len(partis), _LOT):
        with index.ecriture():
            for numero in partis[debut : debut + _LOT]:
                index.retirer(numero)
    for debut in range(0, len(a_lire), _LOT):
        reporter.step(debut, len(a_lire), _FORMULAIRES)
        lot = [
            (numero, lignes(enregistrement, _noms(recues.get(numero, ()))))
            for numero in a_lire[debut : debut + _LOT]  # one by one: the window's thread has its turn between two
            for enregistrement in store_dossiers.load_many(session.campagne, [numero])
        ]
        with index.ecriture():
            for numero, textes in lot:
                index.poser_formulaire(numero, voulus[numero], textes)
    return len(a_lire)


def _pieces(
    session: Session, index: store.Index, contenus: Mapping[str, Noms], reporter: Reporter
) -> tuple[int, int]:
    """Read each content once, whatever dossiers hold it; return how many were, and how many have lost their bytes.

    These are left for another time.
    """
    a_lire = sorted(contenus.keys() - index.pieces().keys())
    lues = perdues = 0
    with LecteurTextes() as lecteur:
        for rang, empreinte in enumerate(a_lire):
            pouls = partial(reporter.step, rang, len(a_lire), _PIECES)
            pouls()
            lu = _lire(session, lecteur, empreinte, pouls)
            if lu is None:
                perdues += 1
                continue
            with index.ecriture():
                source = index.poser_piece(empreinte, lu.etat.value, lu.pages, _feuillets(lu.textes))
                index.relier(_liens(source, contenus[empreinte]), ())
            if lu.pages:
                store_pieces.set_pages(session.campagne, empreinte, lu.pages)
            lues += 1
    return lues, perdues


def _lire(session: Session, lecteur: LecteurTextes, empreinte: str, pouls: Callable[[], None]) -> TextePiece | None:
    try:
        return lecteur.lire(store_pieces.path_of(session.campagne, empreinte), pouls)
    except (StoreError, OSError):
        return None


def _feuillets(textes: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    for page, texte in textes:
        for tranche in tranches(texte):
            yield page, tranche


def _relier(index: store.Index, contenus: Mapping[str, Noms]) -> None:
    """Make the links what they must be: a content may have come to other dossiers, or left them."""
    connues, anciens = index.pieces(), index.liens()
    voulus = {
        lien for empreinte, noms in contenus.items() if empreinte in connues
        for lien in _liens(connues[empreinte], noms)
    }  # fmt: skip
    with index.ecriture():
        index.relier(voulus - anciens, anciens - voulus)
        index.retirer_seules()


def _liens(source: int, noms: Noms) -> list[tuple[int, int, str]]:
    return [(source, numero, nom) for numero, nom in noms.items()]


def _contenus(recues: Recues) -> dict[str, dict[int, str]]:
    """Return the dossiers of each content; a file without name goes by its fingerprint."""
    contenus: dict[str, dict[int, str]] = {}
    for numero, pieces in recues.items():
        for piece in pieces:
            contenus.setdefault(piece.empreinte, {}).setdefault(numero, piece.nom or piece.empreinte)
    return contenus


def _noms(pieces: Sequence[PieceRecue]) -> list[str]:
    return sorted({piece.nom for piece in pieces})


def _empreinte(empreinte: str, noms: Sequence[str]) -> str:
    """Return the fingerprint of what a form is indexed from: its record and the names of its pieces."""
    return hashlib.sha256("\0".join((empreinte, *noms)).encode("utf-8", "replace")).hexdigest()
