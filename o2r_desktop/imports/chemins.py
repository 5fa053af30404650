"""What the paths of an archive of pieces say: dossier, kind, name and date of each file (exports § 6)."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from o2r_desktop.dossiers.model import GenrePiece
from o2r_desktop.dossiers.pieces import PieceEnErreur
from o2r_desktop.text import PARIS, printable

_SUFFIXE = re.compile(
    r"(?P<nom>.*)-(?P<date>\d\d-\d\d-\d{4}-\d\d-\d\d)-\d{1,4}(?:-\d{1,3})?(?P<extension>\.[^.]*)?", re.ASCII | re.S
)
_DOSSIER = re.compile(r"dossier-(\d{1,12})(?!\d)", re.ASCII | re.I)
_NOMBRE = re.compile(r"(?<!\d)\d{1,12}(?!\d)", re.ASCII)
_USUEL = re.compile(r"(?<!\d)\d{5,8}(?!\d)", re.ASCII)
"""The length of the numbers of the platform; a year or a SIREN has another."""
_RACINE = re.compile(r"export$|dossiers_|procedure-\d", re.ASCII | re.I)
_PARASITES = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_LISTES = frozenset({"liste-des-fichiers-en-erreurs.txt", "lisezmoi.txt"})
_ECHEC = re.compile(r"impossible de récupérer le fichier\s+(?P<chemin>.+)", re.I)
_GENRES = {
    "pieces_justificatives": GenrePiece.PIECE,
    "messagerie": GenrePiece.MESSAGERIE,
    "avis": GenrePiece.AVIS,
    "dossier": GenrePiece.DECISION,
    "horodatage": GenrePiece.AUTRE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a file belongs, and what its name says."""

    numero: int
    genre: GenrePiece
    nom: str
    depose_le: datetime | None = None


def nfc(chemin: str) -> str:
    """Return a path with composed accents and slashes, as the platform would write it today."""
    return unicodedata.normalize("NFC", chemin.replace("\\", "/"))


def parasite(chemin: str) -> bool:
    """Say whether a system left this file there by itself, or it concerns no dossier."""
    parties = [p.casefold() for p in nfc(chemin).split("/")]
    horodatage = "bills" in parties[:2] and not any(map(_DOSSIER.match, parties))
    return "__macosx" in parties or parties[-1] in _PARASITES or parties[-1].startswith("._") or horodatage


def est_liste_erreurs(chemin: str) -> bool:
    """Say whether this is where the platform names what it could not put in the archive."""
    *dossiers, nom = nfc(chemin).casefold().split("/")
    return nom.removeprefix("-") in _LISTES and not any(d in _GENRES for d in dossiers)


def places(chemins: Sequence[str], archive: str, connus: Collection[int] = ()) -> list[Place | None]:
    """Return where each file belongs, None when no folder names a dossier.

    *archive* is the name of the file: that of a single dossier tells its number. *connus* are numbers of dossiers
    that a folder named freely is likely to hold.
    """
    decoupes = [_couper(nfc(chemin).split("/")) for chemin in chemins]
    noms: dict[tuple[str, ...], list[str]] = {}
    for tete, reste in decoupes:
        noms.setdefault(tete, []).append(reste[-1])
    numeros = {tete: _numero(tete, fichiers, archive, connus) for tete, fichiers in noms.items()}
    return [_place(numeros[tete], reste) for tete, reste in decoupes]


def lire_suffixe(nom: str) -> tuple[str, datetime | None]:
    """Return a name without the dated suffix of the platform, and that date, Paris time (exports § 6.1)."""
    trouve = _SUFFIXE.fullmatch(nom)
    if trouve is None or not trouve["nom"]:
        return nom, None
    try:
        moment = datetime.strptime(trouve["date"], "%d-%m-%Y-%H-%M").replace(tzinfo=PARIS)
    except ValueError:
        return nom, None
    return trouve["nom"] + (trouve["extension"] or ""), moment


def lire_erreurs(texte: str) -> Iterable[PieceEnErreur]:
    """Yield the files that a list of errors names, each once."""
    vus = set()
    for ligne in texte.splitlines():
        trouve = _ECHEC.search(unicodedata.normalize("NFC", ligne))
        if trouve is None:
            continue
        parties = [p for p in trouve["chemin"].strip().strip("«»\"'").replace("\\", "/").split("/") if p.strip()]
        if not parties:
            continue
        tete, reste = _couper(parties)
        erreur = PieceEnErreur(numero=_numero(tete, reste[-1:], "", ()), nom=_propre(lire_suffixe(reste[-1])[0]))
        if erreur not in vus:
            vus.add(erreur)
            yield erreur


def _couper(parties: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """Cut a path after the folder of its dossier; nothing stands before the cut when there is none."""
    dossiers = parties[:-1]
    rang = next((i for i, p in enumerate(dossiers) if _DOSSIER.match(p)), None)
    if rang is None:
        debut = 1 if dossiers and _RACINE.match(dossiers[0]) else 0
        libres = [i for i in range(debut, len(dossiers)) if _NOMBRE.search(dossiers[i])]
        usuels = (i for i in libres if _USUEL.search(dossiers[i]))
        rang = next(usuels, libres[0] if libres else None)
    if rang is None:
        return (), parties
    return tuple(parties[: rang + 1]), parties[rang + 1 :]


def _numero(tete: tuple[str, ...], fichiers: Sequence[str], archive: str, connus: Collection[int]) -> int | None:
    """Return the number that a folder is named after, or the archive when it has no such folder."""
    trouve = _DOSSIER.match(tete[-1] if tete else archive)
    if trouve or not tete:
        return int(trouve[1]) if trouve else None
    candidats = [c for c in _NOMBRE.findall(tete[-1]) if int(c)]
    if not candidats:
        return None
    dits = {c: sum(f"-{c}-" in f or f"-{c}." in f for f in fichiers) for c in set(candidats)}
    rangs = range(len(candidats))
    # a folder may also hold a year or a SIREN: a known dossier, then what its files repeat, then the usual length
    choisi = max(rangs, key=lambda i: _vraisemblance(candidats[i], connus, dits[candidats[i]], i))
    return int(candidats[choisi])


def _vraisemblance(
    chiffres: str, connus: Collection[int], dits: int, rang: int
) -> tuple[bool, int, bool, int, int]:
    return int(chiffres) in connus, dits, 5 <= len(chiffres) <= 8, len(chiffres), rang


def _place(numero: int | None, reste: list[str]) -> Place | None:
    if numero is None:
        return None
    nom, depose_le = lire_suffixe(reste[-1])
    return Place(numero=numero, genre=_genre(reste[:-1], nom, numero), nom=_propre(nom), depose_le=depose_le)


def _genre(dossiers: list[str], nom: str, numero: int) -> GenrePiece:
    connu = next((_GENRES[d.casefold()] for d in dossiers if d.casefold() in _GENRES), None)
    if connu is not None:
        return connu
    if nom.casefold() in (f"export-{numero}.pdf", f"dossier-{numero}.pdf"):
        return GenrePiece.DOSSIER
    if nom.casefold() == f"attestation-{numero}.pdf":
        return GenrePiece.DECISION
    return GenrePiece.PIECE


def _propre(nom: str) -> str:
    return " ".join(printable(nom).split()) or "sans nom"
