"""The lines of a budget as rows of three years, and what a row that changes writes (metier § 3.2)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from o2r_desktop.analyse.budget.lignes import LigneProjet, Sens, cle_ligne, ecrire_ligne, sens
from o2r_desktop.analyse.saisie import MontantSaisi, Source
from o2r_desktop.dossiers.budget import ANNEES

RIEN = (MontantSaisi(),) * len(ANNEES)
ORDRE = (Sens.CHARGE, Sens.PRODUIT, Sens.EMPLOI_VOLONTAIRE, Sens.CONTRIBUTION_VOLONTAIRE)
_ANNEE = re.compile(r"(.+)-([123])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rangee:
    """One row: an account, its words, a member, the amounts of three years.

    ``cle`` is what its lines have in common before «-1», «-2», «-3»; ``ids`` are those under which they are kept.
    """

    cle: str
    compte: str
    libelle: str = ""
    membre: str = ""
    ecartee: str = ""
    montants: tuple[MontantSaisi, ...] = RIEN
    ids: tuple[str, ...] = ()

    @property
    def sens(self) -> Sens:
        """Expense, income, or a side of the voluntary contributions."""
        return sens(self.compte)

    @property
    def groupe(self) -> str:
        """The account of two digits under which the row is counted, all of it when it is no number."""
        return self.compte[:2] if self.compte[:2].isdigit() else self.compte

    @property
    def total(self) -> Decimal | None:
        """What the years that say something add up to, None when none does or one is without an amount."""
        return additionner(m.valeur for m in self.montants if not m.vide)

    @property
    def source(self) -> Source | None:
        """Where the row was read."""
        return next((m.source for m in self.montants if m.source is not None), None)

    @property
    def nom(self) -> str:
        """What the row is called in an act or by a screen reader."""
        return " ".join(t for t in (self.compte, self.libelle) if t)

    def avec_montant(self, annee: int, montant: MontantSaisi) -> "Rangee":
        """Return the row with another amount for a year, from 1."""
        return replace(
            self, montants=tuple(montant if a == annee else m for a, m in zip(ANNEES, self.montants, strict=True))
        )

    def avec_source(self, source: Source | None) -> "Rangee":
        """Return the row with another source for all the amounts that it gives."""
        dits = (not _sans_source(m).vide for m in self.montants)
        return replace(
            self,
            montants=tuple(
                replace(m, source=source if d else None) for d, m in zip(dits, self.montants, strict=True)
            ),
        )

    def lignes(self) -> tuple[LigneProjet, ...]:
        """Return what is kept of the row: the years that say something, else a first year without an amount."""
        dites = [(a, m) for a, m in zip(ANNEES, self.montants, strict=True) if not m.vide] or [(1, MontantSaisi())]
        return tuple(
            LigneProjet(
                id=f"{self.cle}-{annee}",
                compte=self.compte,
                libelle=self.libelle,
                annee=annee,
                membre=self.membre,
                montant=montant,
                ecartee=self.ecartee,
            )
            for annee, montant in dites
        )


def rangees(lignes: Iterable[LigneProjet]) -> tuple[Rangee, ...]:
    """Gather lines into rows, by nature then account then order of entry: words that change move nothing."""
    faites: dict[tuple[str, str, str, str], Rangee] = {}
    for ligne in lignes:
        trouvee = _ANNEE.fullmatch(ligne.id)
        cle = trouvee[1] if trouvee is not None and int(trouvee[2]) == ligne.annee else ligne.id
        quoi = cle, ligne.compte, ligne.libelle, ligne.membre
        if quoi not in faites and any(r.cle == cle for r in faites.values()):
            cle = ligne.id  # the same beginning, yet another account: a row of its own
            quoi = cle, *quoi[1:]
        rangee = faites.get(quoi) or Rangee(
            cle=cle, compte=ligne.compte, libelle=ligne.libelle, membre=ligne.membre
        )
        faites[quoi] = replace(
            rangee.avec_montant(ligne.annee, ligne.montant),
            ids=(*rangee.ids, ligne.id),
            ecartee=rangee.ecartee or ligne.ecartee,
        )
    return tuple(sorted(faites.values(), key=_place))


def _place(rangee: Rangee) -> tuple[int, str, int, str]:
    rang = int(rangee.cle) if rangee.cle.isdigit() else 0
    return ORDRE.index(rangee.sens), rangee.groupe, rang, rangee.cle


def changements(avant: Rangee | None, apres: Rangee | None) -> dict[str, Any]:
    """Return what is to be written, by key, for a row to become another; None takes a line away."""
    anciens = {} if avant is None else dict.fromkeys(map(cle_ligne, avant.ids))
    nouveaux = {} if apres is None else {cle_ligne(ligne.id): ecrire_ligne(ligne) for ligne in apres.lignes()}
    return {**anciens, **nouveaux}


def prochaine_cle(presentes: Iterable[Rangee], rang: int = 1) -> str:
    """Return the key of the *rang*-th row to be added to these."""
    return str(max((int(r.cle) for r in presentes if r.cle.isdigit()), default=0) + rang)


def additionner(montants: Iterable[Decimal | None]) -> Decimal | None:
    """Add amounts up; None when one is unknown or there is none at all."""
    vus = list(montants)
    connus = [m for m in vus if m is not None]
    return sum(connus, Decimal(0)) if vus and len(connus) == len(vus) else None


def _sans_source(montant: MontantSaisi) -> MontantSaisi:
    return replace(montant, source=None)
