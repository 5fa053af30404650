"""Words that the steps of the assistant share: sizes, names of files."""

from decimal import Decimal

from o2r_desktop.text import NBSP, nombre, pluriel, printable


def breakable(nom: str) -> str:
    """Return a text whose long names of files can go to the next line after a hyphen or an underscore."""
    return printable(nom).replace("_", "_\u200b").replace("-", "-\u200b")


def poids(octets: int) -> str:
    """Return a size as people say it: «12 ko», «1,4 Mo»."""
    if octets < 1000:
        return pluriel(octets, "octet")
    if octets < 999_500:
        return f"{nombre(round(octets / 1000))}{NBSP}ko"
    return f"{nombre(Decimal(octets) / 1_000_000, 1)}{NBSP}Mo"
