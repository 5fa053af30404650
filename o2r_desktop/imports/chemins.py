"""What the paths of an archive of pieces say: dossier, kind, name and date of each file (exports § 6)."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from o2r_desktop.dossiers.model import GenrePiece
from o2r_desktop.dossiers.pieces import PieceEnErreur
from o2r_desktop.text import PARIS, printable

_SUFFIXE = re.compile(
    r"(?P<nom>.*)-(?P<date>\d\d-\d\d-\d{4}-\d\d-\d\d)-\d{1,4}(?:-\d{1,3})?(?P<extension>\.[^.]*)?", re.ASCII | re.S
)
_DOSSIER = re.compile(r"dossier-(?!0+(?!\d))(\d{1,12})(?!\d)", re.ASCII | re.I)
"""0 is no number."""
_NOMBRE = re.compile(r"(?<!\d)\d{1,12}(?!\d)", re.ASCII)
_USUEL = range(5, 9)
"""The lengths of the numbers of the platform; a year or a SIREN has another."""
_SIECLE = "20"
"""What a date that a folder is named after begins with."""
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
    """Return where each file belongs, None when no folder names a dossier, or when several numbers might be it.

    *archive* is the name of the file: that of a single dossier tells its number. *connus* are numbers of dossiers
    that a folder named freely is likely to hold.
    """
    decoupes = [_couper(nfc(chemin).split("/"), connus) for chemin in chemins]
    noms: dict[tuple[str, ...], list[str]] = {}
    for tete, reste in decoupes:
        noms.setdefault(tete, []).append(reste[-1])
    numeros = {tete: _numero(tete, fichiers, archive, connus) for tete, fichiers in noms.items()}
    return [_place(numeros[tete], reste) for tete, reste in decoupes]


def equivoque(chemin: str, connus: Collection[int] = ()) -> bool:
    """Say whether folders of a path bear several numbers, each of which might be that of its dossier."""
    tete, _ = _couper(nfc(chemin).split("/"), connus)
    return bool(tete) and not _DOSSIER.match(tete[-1]) and len(_surs(tete, connus)) > 1


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


def lire_erreurs(texte: str, connus: Collection[int] = ()) -> Iterable[PieceEnErreur]:
    """Yield the files that a list of errors names, each once; *connus* as for places()."""
    vus = set()
    for ligne in texte.splitlines():
        trouve = _ECHEC.search(unicodedata.normalize("NFC", ligne))
        if trouve is None:
            continue
        parties = [p for p in trouve["chemin"].strip().strip("«»\"'").replace("\\", "/").split("/") if p.strip()]
        if not parties:
            continue
        tete, reste = _couper(parties, connus)
        nom, _ = lire_suffixe(reste[-1])
        erreur = PieceEnErreur(numero=_numero(tete, reste[-1:], "", connus), nom=_propre(nom))
        if erreur not in vus:
            vus.add(erreur)
            yield erreur


def _couper(parties: list[str], connus: Collection[int]) -> tuple[tuple[str, ...], list[str]]:
    """Cut a path after the folder of its dossier; nothing stands before the cut when there is none."""
    dossiers = parties[:-1]
    rang = next((i for i, p in enumerate(dossiers) if _DOSSIER.match(p)), None)
    if rang is None:
        rang = _niveau(dossiers, connus)
    if rang is None:
        return (), parties
    return tuple(parties[: rang + 1]), parties[rang + 1 :]


def _niveau(dossiers: list[str], connus: Collection[int]) -> int | None:
    """Return the rank of the folder that most likely bears the number of a dossier, None when none does."""
    debut = 1 if dossiers and _RACINE.match(dossiers[0]) else 0
    libres = [i for i in range(debut, len(dossiers)) if _candidats(dossiers[i], connus)]
    sus = [i for i in libres if any(int(c) in connus for c in _candidats(dossiers[i], connus))]
    if sus:
        return sus[-1]  # the number of another, above, is weighed by _surs
    usuels = (i for i in libres if any(len(c) in _USUEL for c in _candidats(dossiers[i], connus)))
    return next(usuels, libres[0] if libres else None)


def _candidats(nom: str, connus: Collection[int]) -> list[str]:
    """Return the numbers in a name, each once; 0 is none, nor is a day (AAAAMMJJ) that no known dossier has."""
    lus = dict.fromkeys(c for c in _NOMBRE.findall(nom) if int(c))
    return [c for c in lus if int(c) in connus or not _jour(c)]


def _jour(chiffres: str) -> bool:
    if len(chiffres) != 8 or not chiffres.startswith(_SIECLE):
        return False
    try:
        date.fromisoformat(chiffres)
    except ValueError:
        return False
    return True


def _surs(tete: tuple[str, ...], connus: Collection[int]) -> list[str]:
    """Return the numbers that might be the one sought: known ones, and in the last folder those of usual length."""
    dessus = [c for nom in tete[:-1] for c in _candidats(nom, connus) if int(c) in connus]
    ici = [c for c in _candidats(tete[-1], connus) if int(c) in connus or len(c) in _USUEL]
    return list(dict.fromkeys((*dessus, *ici)))


def _numero(tete: tuple[str, ...], fichiers: Sequence[str], archive: str, connus: Collection[int]) -> int | None:
    """Return the number that a folder is named after, or the archive when it has no such folder.

    Of several that might be it, only one that the files repeat, and they alone, is sure.
    """
    trouve = _DOSSIER.match(tete[-1] if tete else archive)
    if trouve or not tete:
        return int(trouve[1]) if trouve else None
    surs = _surs(tete, connus)
    if len(surs) > 1:
        surs = [c for c in surs if _dits(c, fichiers)]
        return int(surs[0]) if len(surs) == 1 else None
    # a folder that bears no such number may hold a year or a SIREN: what its files repeat, then the longest
    candidats = surs or _candidats(tete[-1], connus)
    rangs = range(len(candidats))
    return int(candidats[max(rangs, key=lambda i: (_dits(candidats[i], fichiers), len(candidats[i]), i))])


def _dits(chiffres: str, fichiers: Sequence[str]) -> int:
    return sum(f"-{chiffres}-" in f or f"-{chiffres}." in f for f in fichiers)


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
