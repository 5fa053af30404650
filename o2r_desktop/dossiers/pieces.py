"""Files of the dossiers: what an archive holds, what the campagne keeps, and which field announced each."""

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from o2r_desktop.dossiers.model import Anomalie, Dossier, GenrePiece, Gravite, Piece
from o2r_desktop.text import enumeration, normalise, pluriel, printable, sort_key


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceLue:
    """One file in an archive. ``chemin`` is its name there; ``nom`` the applicant's, NFC, without the dated suffix.

    ``crc`` and ``taille`` (bytes, unpacked) come from the archive's directory: no byte of the file was read.
    """

    numero: int
    genre: GenrePiece
    nom: str
    chemin: str
    taille: int
    crc: int
    depose_le: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceEnErreur:
    """A file that the platform could not put in the archive; ``numero`` is None when its line names no dossier."""

    numero: int | None
    nom: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLue:
    """What a ZIP of pieces holds. ``date_fichier`` is that of its name, Paris time, None when it has none."""

    chemin: Path
    fichier: str
    date_fichier: datetime | None
    demarche: str
    pieces: tuple[PieceLue, ...]
    en_erreur: tuple[PieceEnErreur, ...] = ()
    anomalies: tuple[Anomalie, ...] = ()

    @property
    def empreinte(self) -> str:
        """Return the SHA-256 of the directory: the same files under the same names, the same value.

        That of the file itself would cost as much as the whole import of two gigabytes.
        """
        contenu = sorted((p.chemin, p.taille, p.crc) for p in self.pieces)
        texte = json.dumps(contenu, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(texte.encode("ascii")).hexdigest()

    @property
    def numeros(self) -> tuple[int, ...]:
        """Return the dossiers that the archive speaks of, each once, in order."""
        dits = {p.numero for p in self.pieces} | {e.numero for e in self.en_erreur if e.numero is not None}
        return tuple(sorted(dits))


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceRecue:
    """A file that the campagne has. ``pages`` is None until it was looked at; ``remplacee`` by a newer one."""

    id: int
    numero: int
    genre: GenrePiece
    nom: str
    chemin: str
    empreinte: str
    taille: int
    crc: int
    depose_le: datetime | None
    pages: int | None
    import_id: int
    remplacee: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPieces:
    """What an archive would bring; nothing is written yet.

    ``remplacees`` pairs the file of the campagne with the one that takes its place; ``orphelines`` belong to
    dossiers that neither the campagne nor the files read with it hold, and stay out; ``manquantes`` are, by
    dossier, the names that a field announces and that nothing brings. ``jalon`` is that of ImportPlan.
    """

    archive: ArchiveLue
    nouvelles: tuple[PieceLue, ...] = ()
    remplacees: tuple[tuple[PieceRecue, PieceLue], ...] = ()
    inchangees: tuple[PieceLue, ...] = ()
    orphelines: tuple[PieceLue, ...] = ()
    manquantes: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    anomalies: tuple[Anomalie, ...] = ()
    jalon: str = ""


def absences(plan: PlanPieces) -> tuple[Anomalie, ...]:
    """Say, dossier by dossier, which files have no place in the campagne and which announced ones did not come."""
    sans_dossier: dict[int, list[str]] = {}
    for lue in plan.orphelines:
        sans_dossier.setdefault(lue.numero, []).append(lue.nom)
    hors_campagne, pas_venues = "ce dossier n’est pas dans la campagne", "annoncées et pas reçues"
    dites = [_absence(n, noms, hors_campagne) for n, noms in sans_dossier.items()]
    dites += [_absence(n, noms, pas_venues) for n, noms in plan.manquantes.items()]
    return tuple(dites[:_ABSENCES])


_ABSENCES, _NOMS = 500, 12
"""Dossiers that a report names, and files of each."""


def _absence(numero: int, noms: Sequence[str], pourquoi: str) -> Anomalie:
    nommes = [f"« {nom} »" for nom in noms[:_NOMS]]
    if len(noms) > _NOMS:
        nommes.append(pluriel(len(noms) - _NOMS, "autre"))
    quoi = f"{pourquoi} : {enumeration(nommes)}"
    return Anomalie(gravite=Gravite.ALERTE, ou="Pièces", quoi=quoi, numero=numero)


@dataclass(frozen=True, slots=True, kw_only=True)
class Annonce:
    """What an export that knows it says of a file: its size, in bytes, and the field that holds it."""

    champ: str
    nom: str
    taille: int


def annonces(autres: Mapping[str, Any]) -> tuple[Annonce, ...]:
    """Return what the JSON of the API says of the files (Enregistrement.autres); nothing from other formats."""
    dites = autres.get("pieces")
    lues = []
    for dite in dites if isinstance(dites, list) else ():
        taille = str(dite.get("byteSize", "")) if isinstance(dite, dict) else ""
        if re.fullmatch(r"[1-9]\d{0,14}", taille, re.ASCII):  # 0 is what the API says of a file that it makes anew
            lues.append(Annonce(champ=str(dite.get("champ")), nom=str(dite.get("filename")), taille=int(taille)))
    return tuple(lues)


class EtatPiece(StrEnum):
    """Where a file of a dossier stands."""

    RECUE = "recue"
    MANQUANTE = "manquante"
    EN_ERREUR = "en_erreur"

    @property
    def libelle(self) -> str:
        """Return the word that is shown."""
        return {"recue": "reçue", "manquante": "manquante", "en_erreur": "en erreur"}[self.value]


def etat_piece(piece: Piece) -> EtatPiece:
    """Return where a file stands; «en erreur» when the platform said that it could not give it."""
    if piece.presente:
        return EtatPiece.RECUE
    return EtatPiece.EN_ERREUR if piece.en_erreur else EtatPiece.MANQUANTE


def engage(genre: GenrePiece) -> bool:
    """Say whether a file of this kind counts in what an evaluation was concluded on.

    The dossier printed by the platform does not: it is made anew at each export and says what the answers say.
    """
    return genre is not GenrePiece.DOSSIER


def recue(lue: PieceLue, *, id: int = 0, empreinte: str = "", import_id: int = 0) -> PieceRecue:  # noqa: A002
    """Return a file of an archive as the campagne would have it."""
    return PieceRecue(
        id=id,
        numero=lue.numero,
        genre=lue.genre,
        nom=lue.nom,
        chemin=lue.chemin,
        empreinte=empreinte,
        taille=lue.taille,
        crc=lue.crc,
        depose_le=lue.depose_le,
        pages=None,
        import_id=import_id,
    )


def rapprocher(
    annoncees: Sequence[Piece],
    recues: Sequence[PieceRecue],
    en_erreur: Sequence[str] = (),
    dites: Sequence[Annonce] = (),
) -> tuple[Piece, ...]:
    """Return the files of a dossier: those that fields announce, received or not, then those that none does.

    *annoncees* stand in the order of the form; *dites* is what annonces() says of them. A name that two fields
    announce goes to the first of them, unless the sizes that *dites* gives tell otherwise.
    """
    courantes = sorted((r for r in recues if not r.remplacee), key=_ordre)
    liens = _lier(annoncees, [r for r in courantes if r.genre is GenrePiece.PIECE], dites)
    echecs = _Echecs(en_erreur)
    fiches = [
        _fiche(r, annoncee.nom, annoncee.champ)
        if (r := liens.get(rang))
        else replace(annoncee, en_erreur=echecs.oter(annoncee.nom))
        for rang, annoncee in enumerate(annoncees)
    ]
    lies = {r.id for r in liens.values()}
    fiches += [_fiche(r, r.nom, "") for r in courantes if r.id not in lies]
    for piece in fiches:
        if piece.presente:
            echecs.oter(piece.nom)  # an older archive lacked it
    return (*fiches, *(Piece(nom=nom, champ="", en_erreur=True) for nom in echecs.reste()))


def avec_pieces(
    dossier: Dossier, recues: Sequence[PieceRecue], en_erreur: Sequence[str], autres: Mapping[str, Any]
) -> Dossier:
    """Return a dossier with the files received for it; *autres* is what its record keeps beside the answers."""
    if not recues and not en_erreur:
        return dossier
    return replace(dossier, pieces=rapprocher(dossier.pieces, recues, en_erreur, annonces(autres)))


_CleAnnonce = Callable[[Piece], Hashable]
_CleRecue = Callable[[PieceRecue], Hashable]

_GENRES = tuple(GenrePiece)
_SUBSTITUES = str.maketrans(dict.fromkeys('%$|:;/<>?*"\t\r\n\\', "-"))
"""Characters that the platform replaces in the name of a file."""
_MODELE = re.compile(
    r"(?P<libelle>.*?)-(?P<numero>\d{1,12})(?P<ligne>-\d\d)?-(?P<rang>\d\d)(?:-\d{1,3})?(?:\.[^.]*)?",
    re.ASCII | re.S,
)
_LIBELLE_MAX = 30
_COUPE = 200
"""Bytes that surely remain of a name that was cut: the platform keeps 255 with its own suffix."""


def _ordre(r: PieceRecue) -> tuple[int, str, float, int]:
    return _GENRES.index(r.genre), sort_key(r.nom), r.depose_le.timestamp() if r.depose_le else 0, r.id


def _fiche(r: PieceRecue, nom: str, champ: str) -> Piece:
    return Piece(
        nom=nom,
        champ=champ,
        presente=True,
        empreinte=r.empreinte,
        pages=r.pages or 0,
        genre=r.genre,
        taille=r.taille,
        depose_le=r.depose_le,
        id=r.id,
    )


class _Echecs:
    """Names that the platform could not give, taken out one by one however it wrote them."""

    def __init__(self, noms: Sequence[str]) -> None:
        self._noms: dict[str, list[str]] = {}
        for nom in noms:
            self._noms.setdefault(_souple(nom), []).append(nom)

    def oter(self, nom: str) -> bool:
        """Take a name out; say whether it was there."""
        semblables = self._noms.get(_souple(nom))
        return bool(semblables and semblables.pop(0))

    def reste(self) -> list[str]:
        """Return the names that were not taken out."""
        return [nom for noms in self._noms.values() for nom in noms]


def _lier(
    annoncees: Sequence[Piece], recues: Sequence[PieceRecue], dites: Sequence[Annonce]
) -> dict[int, PieceRecue]:
    """Bind the ranks of announced files to received ones: the surest resemblance first, each file once."""
    tailles = {(d.champ, _exact(d.nom)): d.taille for d in dites}
    passes: tuple[tuple[_CleAnnonce, _CleRecue], ...] = (
        (lambda a: _avec_taille(a.nom, tailles.get((a.champ, _exact(a.nom)))), lambda r: (_exact(r.nom), r.taille)),
        (lambda a: _exact(a.nom), lambda r: _exact(r.nom)),
        (lambda a: _assaini(a.nom), lambda r: _assaini(r.nom)),
        (lambda a: _souple(a.nom), lambda r: _souple(r.nom)),
    )
    liens: dict[int, PieceRecue] = {}
    for cle_annonce, cle_recue in passes:
        lies = {r.id for r in liens.values()}
        libres: dict[Hashable, list[PieceRecue]] = {}
        for r in reversed([r for r in recues if r.id not in lies]):
            libres.setdefault(cle_recue(r), []).append(r)
        for rang, annoncee in enumerate(annoncees):
            cle = None if rang in liens else cle_annonce(annoncee)
            if cle is not None and libres.get(cle):
                liens[rang] = libres[cle].pop()
        if len(liens) in (len(recues), len(annoncees)):
            break
    for surs in (_modeles, _coupes):
        seules = [r for r in recues if r.id not in {lie.id for lie in liens.values()}]
        liens |= _sans_doute([(rang, r) for rang, r in surs(annoncees, seules) if rang not in liens])
    return liens


def _sans_doute(paires: Sequence[tuple[int, PieceRecue]]) -> dict[int, PieceRecue]:
    """Return the pairs of which both sides are in no other pair."""
    rangs, ids = Counter(rang for rang, _ in paires), Counter(r.id for _, r in paires)
    return {rang: r for rang, r in paires if rangs[rang] == ids[r.id] == 1}


def _modeles(annoncees: Sequence[Piece], recues: Sequence[PieceRecue]) -> Iterator[tuple[int, PieceRecue]]:
    """Yield the files of a template with what their name announces: a label that one field has, then a rank.

    In a repetition the rank starts again in each row: only a file that is alone in its field is sure.
    """
    champs: dict[str, dict[str, list[int]]] = {}
    for rang, annoncee in enumerate(annoncees):
        champs.setdefault(_parametre(annoncee.champ), {}).setdefault(annoncee.champ, []).append(rang)
    for r in recues:
        trouve = _MODELE.fullmatch(r.nom)
        if trouve is None or int(trouve["numero"]) != r.numero:
            continue
        libelle = trouve["libelle"].strip("-")
        homonymes = champs.get(libelle, {}) if libelle else {}
        rangs, place = next(iter(homonymes.values()), []), int(trouve["rang"])
        if len(homonymes) != 1 or not 1 <= place <= len(rangs) or (trouve["ligne"] and len(rangs) > 1):
            continue
        if _extension(annoncees[rangs[place - 1]].nom) == _extension(r.nom):
            yield rangs[place - 1], r


def _coupes(annoncees: Sequence[Piece], recues: Sequence[PieceRecue]) -> Iterator[tuple[int, PieceRecue]]:
    """Yield the files whose long name is the beginning of an announced one: the platform may have cut it."""
    longues: dict[bytes, list[tuple[int, bytes, str]]] = {}
    for rang, annoncee in enumerate(annoncees):
        entier, extension = _tige(annoncee.nom)
        longues.setdefault(entier[:_COUPE], []).append((rang, entier, extension))
    for r in recues:
        debut, extension = _tige(r.nom)
        for rang, entier, la_sienne in longues.get(debut[:_COUPE], ()) if len(debut) >= _COUPE else ():
            if entier.startswith(debut) and la_sienne == extension:
                yield rang, r


def _tige(nom: str) -> tuple[bytes, str]:
    """Return the bytes of a name as the platform writes it, and its extension apart."""
    tige, _, extension = _assaini(nom).rpartition(".")
    return tige.encode("utf-8", "replace"), extension


def _avec_taille(nom: str, taille: int | None) -> Hashable:
    return None if taille is None else (_exact(nom), taille)


def _exact(nom: str) -> str:
    return unicodedata.normalize("NFC", nom).strip()


def _assaini(nom: str) -> str:
    """Return a name as the platform writes it in an archive."""
    return " ".join(printable(nom).strip().translate(_SUBSTITUES).split())


def _souple(nom: str) -> str:
    """Return what is left of a name when neither case, accents nor signs count; its extension stays apart."""
    tige, point, extension = normalise(nom).rpartition(".")
    mots = re.sub(r"[^\w]+|_+", "-", tige if point else extension).strip("-")
    return f"{mots}.{extension}" if point else mots


def _extension(nom: str) -> str:
    return normalise(nom).rpartition(".")[2]


def _parametre(libelle: str) -> str:
    """Return a label as it begins the name of a file in a template (exports § 6.2)."""
    simple = re.sub(r"[^a-z0-9_-]+", "-", normalise(libelle))
    return re.sub(r"-{2,}", "-", simple).strip("-")[:_LIBELLE_MAX].strip("-")
