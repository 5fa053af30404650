"""What the instructor types or retains in the analysis: one flat object of JSON values by key.

A key is «angle/…»: «comptes/2024/produits», «budget/ligne/3», «reseau/acteur/ml-72», «analytique/section». The
first word says which reader takes it; a key that no reader knows is kept and ignored.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

Fiches = Mapping[str, Any]
"""All that was typed of one dossier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a figure was read: a piece, its page from 1 and its SHA-256 (``empreinte``), or a field of the form."""

    ou: str
    page: int | None = None
    empreinte: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MontantSaisi:
    """An amount as the porteur declares it and as the instructor retains it, in euros; None is unknown, never zero.

    ``retenu`` is None while the declared amount is good. ``note`` says why another one is retained.
    """

    declare: Decimal | None = None
    retenu: Decimal | None = None
    source: Source | None = None
    note: str = ""

    @property
    def valeur(self) -> Decimal | None:
        """The amount that counts."""
        return self.declare if self.retenu is None else self.retenu

    @property
    def vide(self) -> bool:
        """Whether nothing at all is said."""
        return self.declare is None and self.retenu is None and not self.note and self.source is None


def lire_montant(brut: object) -> MontantSaisi:
    """Read an amount as ``ecrire_montant`` writes it; what cannot be read is unknown."""
    if not isinstance(brut, Mapping):
        return MontantSaisi()
    return MontantSaisi(
        declare=decimal_ou_rien(brut.get("declare")),
        retenu=decimal_ou_rien(brut.get("retenu")),
        source=lire_source(brut.get("source")),
        note=texte(brut.get("note")),
    )


def ecrire_montant(montant: MontantSaisi) -> dict[str, Any] | None:
    """Return what is kept of an amount: only what is said; None when nothing is."""
    if montant.vide:
        return None
    dits: dict[str, Any] = {
        "declare": None if montant.declare is None else format(montant.declare, "f"),
        "retenu": None if montant.retenu is None else format(montant.retenu, "f"),
        "source": None if montant.source is None else ecrire_source(montant.source),
        "note": montant.note or None,
    }
    return {cle: valeur for cle, valeur in dits.items() if valeur is not None}


def lire_source(brut: object) -> Source | None:
    """Read a source as ``ecrire_source`` writes it, None when there is none."""
    if not isinstance(brut, Mapping) or not texte(brut.get("ou")):
        return None
    page = brut.get("page")
    return Source(
        ou=texte(brut.get("ou")),
        page=page if isinstance(page, int) and page > 0 else None,
        empreinte=texte(brut.get("empreinte")),
    )


def ecrire_source(source: Source) -> dict[str, Any]:
    """Return what is kept of a source."""
    dits = {"ou": source.ou, "page": source.page, "empreinte": source.empreinte or None}
    return {cle: valeur for cle, valeur in dits.items() if valeur is not None}


def de_prefixe(fiches: Fiches, prefixe: str) -> Iterator[tuple[str, Any]]:
    """Yield what stands under «prefixe/», with the rest of its key, in the order of the keys."""
    debut = f"{prefixe}/"
    yield from ((cle[len(debut) :], valeur) for cle, valeur in sorted(fiches.items()) if cle.startswith(debut))


def avec(fiches: Fiches, changements: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed with some values changed, None to take one away."""
    return {cle: valeur for cle, valeur in {**fiches, **changements}.items() if valeur is not None}


def decimal_ou_rien(brut: object) -> Decimal | None:
    """Read a number kept as text («-1234.50»), None when it is none."""
    try:
        lu = Decimal(brut) if isinstance(brut, str) else None
    except InvalidOperation:
        return None
    return lu if lu is not None and lu.is_finite() else None


def texte(brut: object) -> str:
    """Return a text, «» when it is none."""
    return brut if isinstance(brut, str) else ""
