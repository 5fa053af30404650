"""Domain values as SQLite keeps them: UTC texts, integer cents, canonical JSON."""

import hashlib
import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from o2r_desktop.text import arrondi

ENTIER_MAX = 2**63 - 1
"""The largest integer of SQLite; Python's have no end and a form accepts eighteen digits of euros."""


def est_entier(valeur: int) -> bool:
    """Say whether SQLite can hold *valeur*: binding a larger one raises OverflowError."""
    return abs(valeur) <= ENTIER_MAX


def iso(moment: datetime) -> str:
    """Return an aware time as UTC text, which sorts as time does; a naive one is a bug (ValueError)."""
    if moment.tzinfo is None:
        raise ValueError("heure sans fuseau")
    return moment.astimezone(UTC).isoformat()


def iso_ou_rien(moment: datetime | None) -> str | None:
    """Return the UTC text of a time that may be unknown."""
    return None if moment is None else iso(moment)


def instant_ou_rien(texte: str | None) -> datetime | None:
    """Read back what iso_ou_rien() wrote."""
    return None if texte is None else datetime.fromisoformat(texte)


def en_cents(montant: Decimal | None) -> int | None:
    """Return euros as integer cents, rounded half up; None beyond what an integer of SQLite can hold."""
    if montant is None or not montant.is_finite() or abs(montant) > ENTIER_MAX:
        return None
    cents = int(arrondi(montant).scaleb(2))
    return cents if est_entier(cents) else None


def en_euros(cents: int | None) -> Decimal | None:
    """Read back what en_cents() wrote."""
    return None if cents is None else Decimal(cents).scaleb(-2)


def en_json(valeur: Any) -> str:
    """Return compact JSON with sorted keys: equal values, equal texts."""
    return json.dumps(valeur, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def propre(texte: str) -> str:
    """Return *texte* without lone surrogates, which UTF-8, hence SQLite, cannot hold."""
    return texte.encode("utf-8", "replace").decode("utf-8")


def sha256(texte: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(texte.encode("utf-8")).hexdigest()
