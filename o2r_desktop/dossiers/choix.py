"""Answers that hold several choices or several files in one text, joined by «, » (exports § 3.4 and § 9.9)."""

import re
from collections.abc import Sequence
from functools import cached_property

from o2r_desktop.text import normalise

_EXTENSION = re.compile(r"\.\w{1,5}\Z")


def decouper_choix(texte: str, options: Sequence[str]) -> tuple[str, ...]:
    """Split a several-choice answer on «, », never inside a known option (some options hold a comma).

    Options are recognised whatever their case, accents or apostrophes; the text kept is that of the answer. When
    options are known, one that is not is kept whole: what follows a comma without a capital belongs to it.
    """
    parts = texte.strip().split(", ")
    if not options or len(parts) == 1:
        return tuple(p.strip() for p in parts if p.strip())
    connues = _Options(options)
    choix: list[list[str]] = []
    debut, ouvert = 0, False
    while debut < len(parts):
        fin = connues.fin(parts, debut)
        if fin is None and ouvert and parts[debut][:1].islower():
            choix[-1].append(parts[debut])
        else:
            choix.append(parts[debut : fin or debut + 1])
        ouvert = fin is None and bool(parts[debut].strip())
        debut = fin or debut + 1
    return tuple(c for c in (", ".join(choisi).strip() for choisi in choix) if c)


class _Options:
    """The known options of a list; they are normalised only for an answer that is none of them to the letter."""

    def __init__(self, options: Sequence[str]) -> None:
        self._exactes = frozenset(options)
        self._largeurs = sorted({option.count(", ") + 1 for option in options}, reverse=True)

    @cached_property
    def _normales(self) -> frozenset[str]:
        return frozenset(map(normalise, self._exactes))

    def fin(self, parts: Sequence[str], debut: int) -> int | None:
        """Return where the longest option that starts at *debut* ends, None when none does."""
        for largeur in self._largeurs:
            candidat = ", ".join(parts[debut : debut + largeur])
            if debut + largeur <= len(parts) and (
                candidat in self._exactes or normalise(candidat) in self._normales
            ):
                return debut + largeur
        return None


def decouper_fichiers(texte: str) -> tuple[str, ...]:
    """Split file names joined by «, »; a name may hold a comma, so only a part with an extension ends one."""
    noms: list[str] = []
    attente: list[str] = []
    for part in texte.split(", "):
        attente.append(part)
        if _EXTENSION.search(part[-12:].rstrip()):
            noms.append(", ".join(attente).strip())
            attente = []
    noms.append(", ".join(attente).strip())
    return tuple(nom for nom in noms if nom)
