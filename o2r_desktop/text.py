"""French text: normalisation for comparing, amounts, dates, numbers as they are printed."""

import re
import unicodedata
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
NBSP = "\u00a0"
NNBSP = "\u202f"
MOIS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
        "octobre", "novembre", "décembre")  # fmt: skip
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "’": "'", "‘": "'", "–": "-",
                            "—": "-", "\u2011": "-", "ß": "ss"})  # fmt: skip
_BLANKS = re.compile(r"\s+")


def normalise(texte: str) -> str:
    """Return *texte* without case, accents, ligatures, typographic signs or repeated blanks."""
    plain = unicodedata.normalize("NFD", texte.translate(_LIGATURES).casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _BLANKS.sub(" ", plain).strip()


def sort_key(texte: str) -> str:
    """Return a key that sorts French words: accents count only between words otherwise equal."""
    return normalise(texte) + "\0" + texte.casefold()


def printable(texte: str) -> str:
    """Return *texte* in NFC without control characters, surrogates or direction overrides.

    Line feeds and tabs are kept; CR LF and CR become LF. Direction overrides (U+202A–202E, U+2066–2069) are
    dropped because they can make a reader see another text than the one that was typed.
    """
    texte = unicodedata.normalize("NFC", texte).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in texte if c in "\n\t" or not _hidden(c))


def _hidden(c: str) -> bool:
    return unicodedata.category(c) in {"Cc", "Cs"} or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def arrondi(valeur: Decimal, decimales: int = 2) -> Decimal:
    """Round half up, as accountants do."""
    return valeur.quantize(Decimal(1).scaleb(-decimales), rounding=ROUND_HALF_UP)


def nombre(valeur: Decimal | int, decimales: int | None = None) -> str:
    """Return a number the French way: U+202F between thousands, decimal comma.

    Without *decimales* the digits given are kept, without trailing zeros.
    """
    valeur = Decimal(valeur)
    if decimales is not None:
        valeur = arrondi(valeur, decimales)
    texte = f"{abs(valeur):,f}"
    if decimales is None and "." in texte:
        texte = texte.rstrip("0").rstrip(".")
    signe = "−" if valeur < 0 else ""
    return signe + texte.replace(",", NNBSP).replace(".", ",")


def montant(valeur: Decimal | int, decimales: int = 2) -> str:
    """Return an amount in euros: «150 000,00 €»."""
    return f"{nombre(valeur, decimales)}{NBSP}€"


def pourcentage(valeur: Decimal | int, decimales: int = 0) -> str:
    """Return a percentage already times one hundred: «70 %»."""
    return f"{nombre(valeur, decimales)}{NNBSP}%"


def date_courte(jour: date) -> str:
    """Return «13/08/2025»."""
    return f"{jour.day:02d}/{jour.month:02d}/{jour.year:04d}"


def date_longue(jour: date) -> str:
    """Return «13 août 2025», «1er mars 2026»."""
    return f"{'1er' if jour.day == 1 else jour.day}{NBSP}{MOIS[jour.month - 1]} {jour.year}"


def instant(moment: datetime) -> str:
    """Return an aware time in Paris: «13/08/2025 à 12:00», with seconds when they count."""
    local = moment.astimezone(PARIS)
    secondes = f":{local.second:02d}" if local.second else ""
    return f"{date_courte(local.date())} à {local.hour:02d}:{local.minute:02d}{secondes}"


def numero(valeur: int) -> str:
    """Return a dossier number in groups of three: «24 000 012»."""
    return f"{valeur:,d}".replace(",", NNBSP)


def enumeration(mots: list[str] | tuple[str, ...]) -> str:
    """Return «a, b et c»."""
    if len(mots) < 2:
        return "".join(mots)
    return ", ".join(mots[:-1]) + " et " + mots[-1]


def pluriel(compte: int, singulier: str, au_pluriel: str | None = None) -> str:
    """Return «1 dossier», «2 dossiers», «0 dossier»."""
    mot = singulier if abs(compte) < 2 else (au_pluriel or singulier + "s")
    return f"{nombre(compte)}{NBSP}{mot}"
