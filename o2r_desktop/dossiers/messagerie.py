"""Messages of the platform, which only the JSON of its API carries (exports § 7.4): their body is HTML."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from o2r_desktop.dossiers.champs import texte_de
from o2r_desktop.dossiers.model import Enregistrement
from o2r_desktop.text import PARIS, normalise, printable

_MESSAGES_MAX = 1_000
_CORPS_MAX = 20_000
_NOM_MAX = 200
_COUPURE = re.compile(r"<\s*(?:br|/p|/li|/div|/h[1-6])\b[^<>]{0,200}>", re.IGNORECASE)
_BALISE = re.compile(r"<[^<>]*>")
_LIGNES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message exchanged on the platform, as plain text; ``pieces`` are the names of what is attached."""

    le: datetime
    expediteur: str
    du_porteur: bool
    texte: str
    pieces: tuple[str, ...] = ()


def messages(enregistrement: Enregistrement) -> tuple[Message, ...]:
    """Return the messages of a dossier, oldest first; one without a date that can be read is left out.

    A message is the applicant's when it bears the address of the dossier's account; when that is not known, when
    it is not that of an instructor.
    """
    bruts = enregistrement.autres.get("messages")
    if not isinstance(bruts, list):
        return ()
    usager = normalise(texte_de(enregistrement.fixes.get("email")))
    instructeurs = frozenset(normalise(texte_de(enregistrement.fixes.get("instructeurs"))).split())
    lus = (_message(brut, usager, instructeurs) for brut in bruts[-_MESSAGES_MAX:] if isinstance(brut, Mapping))
    return tuple(sorted((m for m in lus if m is not None), key=lambda m: m.le))


def _message(brut: Mapping[str, Any], usager: str, instructeurs: frozenset[str]) -> Message | None:
    le = _instant(brut.get("createdAt"))
    if le is None:
        return None
    expediteur = _ligne(brut.get("email"))
    adresse = normalise(expediteur)
    jointes = brut.get("attachments")
    return Message(
        le=le,
        expediteur=expediteur,
        du_porteur=adresse == usager if usager else adresse not in instructeurs,
        texte=en_texte(brut.get("body")),
        pieces=tuple(
            _ligne(j.get("filename"))
            for j in (jointes if isinstance(jointes, list) else ())[:_MESSAGES_MAX]
            if isinstance(j, Mapping)
        ),
    )


def en_texte(corps: object) -> str:
    """Return the words of an HTML body, paragraphs on their own lines; anything but a text is nothing."""
    if not isinstance(corps, str):
        return ""
    texte = _BALISE.sub("", _COUPURE.sub("\n", corps[:_CORPS_MAX]))
    lignes = (" ".join(ligne.split(" ")).strip() for ligne in printable(html.unescape(texte)).split("\n"))
    return _LIGNES.sub("\n\n", "\n".join(lignes)).strip()


def _ligne(valeur: object) -> str:
    return " ".join(printable(valeur).split())[:_NOM_MAX] if isinstance(valeur, str) else ""


def _instant(valeur: object) -> datetime | None:
    if not isinstance(valeur, str):
        return None
    try:
        lu = datetime.fromisoformat(valeur)
    except ValueError:
        return None
    lu = lu if lu.tzinfo else lu.replace(tzinfo=PARIS)
    return lu if 1900 < lu.year < 9000 else None  # beyond, no time zone can be applied
