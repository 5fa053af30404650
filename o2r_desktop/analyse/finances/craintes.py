"""The two fears of a public funder: a body on the brink, cash that sleeps (metier § 3.1)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from o2r_desktop.analyse.finances.definitions import DORMANTE, deficits
from o2r_desktop.analyse.finances.mesures import (
    Exercice,
    autofinancement,
    jours,
    roulement,
    tresorerie,
    tresorerie_libre,
)
from o2r_desktop.analyse.finances.phrases import dite
from o2r_desktop.text import NNBSP, enumeration, montant, nombre

AU_BORD = "Structure au bord de la défaillance"
DORT = "Trésorerie qui dort"
JOURS_BAS = 30
"""Days of charges under which cash is short (metier § 3.3, proposition)."""

__all__ = ["AU_BORD", "DORT", "Crainte", "craindre"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crainte:
    """One of the two fears: a body on the brink, cash that sleeps; why, with its figures, said after the name.

    ``cle`` is «au_bord» or «dort»; ``signes`` are what it rests on, one by one.
    """

    nom: str
    texte: str
    cle: str = ""
    signes: tuple[str, ...] = ()


def craindre(suite: Sequence[Exercice]) -> tuple[Crainte, ...]:
    """Return the fears that the last exercices, ascending, give; none rejects anyone."""
    return tuple(_craindre(suite)) if suite else ()


def _craindre(suite: Sequence[Exercice]) -> Iterator[Crainte]:
    signes = tuple(_signes(suite))
    if signes:
        annee = suite[-1].annee
        texte = f"{enumeration(signes)} en {annee}{NNBSP}; à apprécier."
        yield Crainte(nom=AU_BORD, texte=texte, cle="au_bord", signes=signes)
    yield from _dormante(suite[-1])


def _signes(suite: Sequence[Exercice]) -> Iterator[str]:
    """Yield the signs of a failure to come, the gravest first."""
    dernier = suite[-1]
    fonds, argent = dernier.fonds_propres, tresorerie(dernier)
    if fonds is not None and fonds < 0:
        yield f"fonds propres négatifs ({montant(fonds)})"
    couverts = jours(argent, dernier)
    if argent is not None and argent < 0:
        yield f"trésorerie nette négative ({montant(argent)})"
    elif couverts is not None and couverts < JOURS_BAS:
        yield f"moins de {JOURS_BAS} jours de charges en trésorerie ({dite(couverts, 'jours')})"
    perdants = deficits(suite)
    if len(perdants) > 1:
        dits = enumeration(tuple(f"{montant(e.resultat or 0)} en {e.annee}" for e in perdants))
        yield f"déficits répétés ({dits})"
    actif, dettes = dernier.actif_circulant, dernier.dettes_court_terme
    if actif is not None and dettes is not None and actif < dettes:
        yield f"liquidité inférieure à 1 ({nombre(actif / dettes, 2)})"
    yield from _signes_seconds(suite)


def _signes_seconds(suite: Sequence[Exercice]) -> Iterator[str]:
    fonds = roulement(suite[-1])
    if fonds is not None and fonds < 0:
        yield f"fonds de roulement négatif ({montant(fonds)})"
    cafs = [autofinancement(e) for e in suite[-2:]]
    negatives = [c for c in cafs if c is not None and c < 0]
    if len(negatives) == 2:
        yield f"capacité d’autofinancement négative deux exercices de suite ({montant(negatives[-1])})"


def _dormante(dernier: Exercice) -> Iterator[Crainte]:
    """Name cash that pays more than a year of charges once dedicated funds, which are not free, are taken off."""
    libre, argent = tresorerie_libre(dernier), tresorerie(dernier)
    couverts = jours(libre, dernier)
    if couverts is None or libre is None or argent is None or couverts <= DORMANTE:
        return
    dedies = dernier.fonds_dedies
    otes = f", {montant(dedies)} de fonds dédiés ôtés" if dedies else ""
    signe = f"{montant(libre)} de trésorerie{otes}, soit {dite(couverts, 'jours')} de charges, plus d’un an"
    texte = f"{signe} en {dernier.annee}{NNBSP}; le besoin d’aide est à apprécier."
    yield Crainte(nom=DORT, texte=texte, cle="dort", signes=(signe,))
