"""Words of an RTF file, without fonts, pictures nor fields. Runs in a child process (see imports/apercus.py)."""

import re
from collections.abc import Iterator
from pathlib import Path

from o2r_desktop.imports.bureautique import LIGNES_LOT, PROFONDEUR_MAX, Message
from o2r_desktop.imports.refus import DEMESURE, RefusError
from o2r_desktop.imports.textes import nettoyer

RTF_MAX = 16 * 2**20
"""Bytes of an RTF file that are read."""

_JETON = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z'])|([{}])|([^\\{}\r\n]+)", re.IGNORECASE
)
_MUETS = frozenset(
    b"fonttbl colortbl stylesheet info pict object themedata datastore xmlnstbl listtable listoverridetable "
    b"rsidtbl generator latentstyles filetbl revtbl mmathPr header headerl headerr footer footerl footerr "
    b"fldinst deleted".split()
)
_SIGNES_RTF = {
    b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"row": "\n", b"cell": " | ", b"tab": "\t",
    b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•",
}  # fmt: skip
_LITTERAUX = {b"~": "\u00a0", b"_": "\u2011", b"-": "", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n"}


def lire_rtf(chemin: Path) -> Iterator[Message]:
    """Yield the text of an RTF file; fonts, pictures and fields are left out. Raises RefusError."""
    with chemin.open("rb") as flux:
        octets = flux.read(RTF_MAX)
        coupe = bool(flux.read(1))
    lecteur = _Rtf()
    for trouve in _JETON.finditer(octets):
        lecteur.prendre(trouve)
    for debut in range(0, len(lecteur.lignes), LIGNES_LOT):
        yield {"page": 1, "texte": "\n".join(lecteur.lignes[debut : debut + LIGNES_LOT])}
    lecteur.finir()
    yield {"page": 1, "texte": lecteur.derniere}
    if coupe:
        yield {"coupe": True}


class _Rtf:
    """Obeys the words of an RTF file."""

    def __init__(self) -> None:
        self.lignes: list[str] = []
        self.derniere = ""
        self._morceaux: list[str] = []
        self._muet = self._cache = False
        self._uc = 1
        self._a_sauter = 0
        self._codage = "cp1252"
        self._groupes: list[tuple[bool, bool, int]] = []

    def prendre(self, trouve: re.Match[bytes]) -> None:
        """Take a token."""
        mot, valeur, octet, signe, accolade, texte = trouve.groups()
        if accolade:
            self._grouper(accolade)
        elif mot:
            self._mot(mot, int(valeur) if valeur else None)
        elif octet:
            self._ajouter(bytes([int(octet, 16)]).decode(self._codage, "replace"))
        elif signe == b"*":
            self._muet = True
        elif signe:
            self._ajouter(_LITTERAUX.get(signe, ""))
        else:
            self._ajouter(texte.decode(self._codage, "replace"))

    def finir(self) -> None:
        """End the last line."""
        self.derniere = nettoyer("".join(self._morceaux))

    def _grouper(self, accolade: bytes) -> None:
        if accolade == b"{":
            if len(self._groupes) >= PROFONDEUR_MAX:
                raise RefusError(DEMESURE)
            self._groupes.append((self._muet, self._cache, self._uc))
        elif self._groupes:
            self._muet, self._cache, self._uc = self._groupes.pop()
        self._a_sauter = 0

    def _mot(self, mot: bytes, valeur: int | None) -> None:
        if mot in _MUETS:
            self._muet = True
        elif mot in (b"v", b"plain"):  # hidden words, until «v0» or the look of always
            self._cache = mot == b"v" and valeur != 0
        elif mot == b"ansicpg":
            self._codage = {1252: "cp1252", 1250: "cp1250", 10000: "mac-roman", 65001: "utf-8"}.get(
                valeur or 0, "cp1252"
            )
        elif mot == b"uc":
            self._uc = min(8, max(0, valeur or 0))
        elif mot == b"u":
            code = (valeur or 0) % 65_536
            self._ajouter("" if 0xD800 <= code < 0xE000 else chr(code))
            self._a_sauter = self._uc
        elif mot in _SIGNES_RTF:
            self._ajouter(_SIGNES_RTF[mot], sautable=False)

    def _ajouter(self, texte: str, *, sautable: bool = True) -> None:
        if sautable and self._a_sauter:
            saut = min(self._a_sauter, len(texte))
            self._a_sauter -= saut
            texte = texte[saut:]
        if self._muet or self._cache or not texte:
            return
        if texte == "\n":
            ligne = nettoyer("".join(self._morceaux)).removesuffix("|").rstrip()
            self._morceaux = []
            self.lignes.append(ligne)
        else:
            self._morceaux.append(texte)
