"""A personal phrase bank: what a user added, used, changed or does not want, beside the phrases shipped.

A bank is a tuple of phrases. Of a shipped phrase it holds only the uses, or that it is not wanted: the words are
those of the program in use.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from o2r_desktop.evaluation.phrases import LONGUEUR_MAX, Origine, Phrase
from o2r_desktop.text import printable

Banque = tuple[Phrase, ...]
Changement = Callable[[Banque], Banque]
"""Something done to a bank, whatever it has become meanwhile."""

PHRASES_MAX = 2_000
"""Phrases of a bank; when it is full, nothing new enters."""
USAGES_MAX = 1_000_000


def assembler(fournies: Iterable[Phrase], personnelle: Iterable[Phrase]) -> Banque:
    """Return the phrases that are offered: those shipped, with the uses of the user, then the user's own."""
    connues = {p.cle: p for p in personnelle}
    assemblees = []
    for fournie in fournies:
        sienne = connues.pop(fournie.cle, None)
        if sienne is None:
            assemblees.append(fournie)
        elif sienne.origine is not Origine.FOURNIE:  # the same words, but for an accent: the user's are kept
            assemblees.append(sienne)
        elif not sienne.masquee:
            assemblees.append(replace(fournie, usages=sienne.usages, derniere=sienne.derniere))
    return (*assemblees, *(p for p in connues.values() if p.origine is not Origine.FOURNIE and not p.masquee))


def noter_usage(banque: Banque, phrase: Phrase, jour: date) -> Banque:
    """Count one more use of a phrase."""
    connue = next((p for p in banque if p.cle == phrase.cle), replace(phrase, usages=0, derniere=None))
    comptee = replace(connue, usages=min(USAGES_MAX, connue.usages + 1), derniere=_plus_recente(connue, jour))
    return _poser(banque, comptee)


def ajouter(banque: Banque, phrase: Phrase) -> Banque:
    """Add a phrase, or join it to the one that says the same of the same critere."""
    connue = next((p for p in banque if p.cle == phrase.cle), None)
    if connue is None:
        return _poser(banque, replace(phrase, masquee=False))
    return _poser(banque, _jointe(replace(connue, masquee=False), phrase))


def retirer(banque: Banque, phrase: Phrase) -> Banque:
    """Take a phrase away; one that is shipped is hidden, to be brought back when asked."""
    if phrase.origine is Origine.FOURNIE:
        return _poser(banque, replace(phrase, masquee=True))
    return tuple(p for p in banque if p.cle != phrase.cle)


def remplacer(banque: Banque, ancienne: Phrase, nouvelle: Phrase) -> Banque:
    """Put a phrase in place of another; its uses go on counting."""
    suite = replace(
        nouvelle, usages=ancienne.usages, derniere=ancienne.derniere, origine=Origine.PERSONNELLE, masquee=False
    )
    if ancienne.cle == nouvelle.cle:
        return _poser(banque, suite)
    return ajouter(retirer(banque, ancienne), suite)


def retablir(banque: Banque) -> Banque:
    """Bring back the shipped phrases that were hidden."""
    return tuple(replace(p, masquee=False) if p.masquee else p for p in banque)


def fusionner(banque: Banque, venues: Iterable[Phrase]) -> Banque:
    """Add the phrases of another bank; the same file twice changes nothing, and nothing hidden comes back."""
    assemblees = {p.cle: p for p in banque}
    for venue in venues:
        if venue.origine is Origine.FOURNIE or venue.masquee:
            continue
        connue = assemblees.get(venue.cle)
        if connue is None and len(assemblees) < PHRASES_MAX:
            assemblees[venue.cle] = replace(venue, origine=Origine.IMPORTEE)
        elif connue is not None:
            assemblees[venue.cle] = _jointe(connue, venue)
    return tuple(assemblees.values())


def a_partager(banque: Iterable[Phrase]) -> Banque:
    """Return what a colleague is given: the user's own phrases, and not when they were used."""
    return tuple(
        replace(p, derniere=None, origine=Origine.PERSONNELLE)
        for p in banque
        if p.origine is not Origine.FOURNIE and not p.masquee
    )


def defaut(texte: str) -> str:
    """Return in a French sentence why a text is no phrase, «» when it is one."""
    if not printable(texte).strip():
        return "Écrivez la phrase."
    if len(texte) > LONGUEUR_MAX:
        return f"La phrase est trop longue : {LONGUEUR_MAX} caractères au plus."
    return ""


def _poser(banque: Banque, phrase: Phrase) -> Banque:
    if not any(p.cle == phrase.cle for p in banque):
        return (*banque, phrase) if len(banque) < PHRASES_MAX else banque
    return tuple(phrase if p.cle == phrase.cle else p for p in banque)


def _jointe(connue: Phrase, venue: Phrase) -> Phrase:
    dates = [d for d in (connue.derniere, venue.derniere) if d is not None]
    return replace(connue, usages=max(connue.usages, venue.usages), derniere=max(dates, default=None))


def _plus_recente(phrase: Phrase, jour: date) -> date:
    return jour if phrase.derniere is None else max(phrase.derniere, jour)
