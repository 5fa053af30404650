"""Working days in France: neither a Saturday, a Sunday, nor a legal holiday (code du travail, art. L. 3133-1)."""

from datetime import date, timedelta
from functools import lru_cache

_SAMEDI = 5
_FIXES = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_APRES_PAQUES = (1, 39, 50)
"""Days from Easter to its Monday, to Ascension Day, to Whit Monday."""
_UN_JOUR = timedelta(days=1)


def paques(annee: int) -> date:
    """Return Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher)."""
    siecle, reste = divmod(annee, 100)
    lune = (19 * (annee % 19) + siecle - siecle // 4 - (siecle - (siecle + 8) // 25 + 1) // 3 + 15) % 30
    dimanche = (32 + 2 * (siecle % 4) + 2 * (reste // 4) - lune - reste % 4) % 7
    recul = (annee % 19 + 11 * lune + 22 * dimanche) // 451
    mois, jour = divmod(lune + dimanche - 7 * recul + 114, 31)
    return date(annee, mois, jour + 1)


@lru_cache(maxsize=32)
def jours_feries(annee: int) -> frozenset[date]:
    """Return the eleven legal holidays of a year; two may fall on the same day."""
    dimanche = paques(annee)
    mobiles = (dimanche + timedelta(days=apres) for apres in _APRES_PAQUES)
    return frozenset((*(date(annee, mois, jour) for mois, jour in _FIXES), *mobiles))


def est_ouvre(jour: date) -> bool:
    """Say whether a day is worked."""
    return jour.weekday() < _SAMEDI and jour not in jours_feries(jour.year)


def jours_ouvres(debut: date, fin: date) -> list[date]:
    """Return the working days from *debut* to *fin*, both included, none when *fin* comes first."""
    jours = (debut + timedelta(days=n) for n in range((fin - debut).days + 1))
    return [jour for jour in jours if est_ouvre(jour)]


def ajouter_jours_ouvres(debut: date, n: int) -> date:
    """Return the *n*-th working day after *debut*; with 0, *debut* itself when it is worked, else the next one."""
    jour = debut
    while n > 0:
        jour += _UN_JOUR
        n -= est_ouvre(jour)
    while not est_ouvre(jour):
        jour += _UN_JOUR
    return jour
