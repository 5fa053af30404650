"""A question asked of all the dossiers: words, beginnings of words, «"phrases"», and what must not be there."""

import re
from dataclasses import dataclass

from o2r_desktop.text import normalise, printable

TERMES_MAX = 12
"""Terms of one question that count; what follows is left out."""
TEXTE_MAX = 200
"""Characters of one term that count."""

_TERME = re.compile(
    r'(?P<exclu>[-−](?=[^\s-]))?(?:"(?P<droits>[^"]*)(?P<d>"?)|«\s*(?P<francais>[^»]*)(?P<f>»?)'
    r'|“(?P<anglais>[^”"]*)(?P<a>[”"]?)|(?P<mot>[^\s"«»“”]+))'
)
_LETTRES = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terme:
    """A word or a phrase as it was typed; ``debut`` when its last word may be the beginning of one."""

    texte: str
    phrase: bool = False
    exclu: bool = False
    debut: bool = True

    @property
    def simple(self) -> str:
        """Return the text without case nor accents, as the rows of the list hold theirs."""
        return normalise(self.texte)

    @property
    def lettres(self) -> list[str]:
        """Return its words without case nor accents: runs of letters and digits."""
        return _LETTRES.findall(self.simple)

    def ecrit(self) -> str:
        """Return the term as it may be typed."""
        texte = f'"{self.texte}"' if self.phrase else self.texte
        return f"-{texte}" if self.exclu else texte


def termes(question: str) -> tuple[Terme, ...]:
    """Return the terms of a question. Never raises: a sign that means nothing is text like any other.

    A phrase that is not closed yet goes to the end, and may still be in the middle of a word. Signs alone are left
    out, unless they are all that is asked.
    """
    trouves = []
    for trouve in _TERME.finditer(printable(question)):
        mot = trouve["mot"]
        dit = mot or trouve["droits"] or trouve["francais"] or trouve["anglais"] or ""
        texte = " ".join(dit.replace('"', " ").split())
        if texte:
            ferme = bool(trouve["d"] or trouve["f"] or trouve["a"])
            trouves.append(
                Terme(
                    texte=texte[:TEXTE_MAX].rstrip(),
                    phrase=mot is None,
                    exclu=trouve["exclu"] is not None,
                    debut=mot is not None or not ferme,
                )
            )
    uniques = tuple(dict.fromkeys(trouves))
    return tuple(terme for terme in uniques if terme.lettres)[:TERMES_MAX] or uniques[:1]
