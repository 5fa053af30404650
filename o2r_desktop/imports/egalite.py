"""Whether two cells tell the same answer, whatever the formats they come from.

Source: exports-demarche-numerique §§ 3.4, 4, 5.1 and 7.4.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import TypeVar
from unicodedata import normalize

from o2r_desktop.dossiers.champs import (
    NUMERIQUES,
    Brut,
    Lecture,
    TypeChamp,
    lire,
    lire_date,
    lire_instant,
    lire_nombre,
    texte_de,
)
from o2r_desktop.dossiers.correspondance import Attribut
from o2r_desktop.imports.fiches import CELLULE_TABLEUR
from o2r_desktop.text import PARIS, normalise

_PERDUS = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f\\ud800-\\udfff\\ufffe\\uffff\\U00010000-\\U0010ffff]")
_BLANCS = re.compile(r"\s+")
_UNITE = re.compile("[€%]")
_SECONDES = re.compile(r":\d\d:\d\d")
_MOIS_ECRIT = re.compile(r"[^\W\d_]{3}")
_OUI, _NON = frozenset({"true", "on", "oui", "vrai"}), frozenset({"false", "off", "non", "faux"})
"""How formats write a box; 1 and 0 are numbers before they are answers."""
_TEXTES = frozenset({TypeChamp.TEXTE, TypeChamp.TEXTE_LONG})
_STRICTS = NUMERIQUES | {TypeChamp.DATE, TypeChamp.OUI_NON, TypeChamp.CASE, TypeChamp.SIRET, TypeChamp.TELEPHONE}
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Cellule:
    """A cell, how it reads when something types it, whether its zero may be a blank, and its type when bound."""

    brut: Brut
    lu: Lecture
    doute: bool
    genre: TypeChamp | None = None

    @property
    def vide(self) -> bool:
        """Say whether it may well be no answer."""
        return self.douteuse or self.lu.valeur in ("", ())

    @property
    def douteuse(self) -> bool:
        """Say whether it is a zero or a box that the export writes for a blank too."""
        return self.lu.zero_ou_vide or (self.doute and _est_zero(self.brut))


def lire_cellule(brut: Brut, attribut: Attribut | None, *, doute: bool) -> Cellule:
    """Read a cell; *doute* when its export writes blanks as zeros."""
    if attribut is None:
        return Cellule(brut, Lecture(texte_de(brut)), doute)
    return Cellule(brut, lire(brut, attribut.type, attribut.options, vide_vaut_zero=doute), False, attribut.type)


def retenir(connue: Cellule, lue: Cellule) -> Brut:
    """Return which of two cells that tell the same answer is kept: the new one, but for a text that lost something.

    A number or a blank is the new one, an old zero may be a blank that another origin would believe; but what was
    sure, a zero or a blank, stays what it was when a file that doubts says the same.
    """
    if lue.douteuse and not connue.douteuse:
        return connue.brut
    return lue.brut if lue.vide or lue.genre in _STRICTS else plus_riche(connue.brut, lue.brut)


def garder(cellule: Cellule, *, doute: bool) -> Brut:
    """Return a kept cell as its new origin must read it: a zero that may be a blank never becomes an answer."""
    return "" if cellule.vide and not doute else cellule.brut


def plus_riche(connu: Brut, lu: Brut) -> Brut:
    """Return the text that lost no character on its way, when both tell the same answer."""
    if isinstance(connu, str) and isinstance(lu, str) and connu != lu:
        return connu if len(connu) > len(lu) or _PERDUS.search(connu) or "?" in lu else lu
    return lu


def meme_reponse(avant: Cellule, apres: Cellule) -> bool:
    """Say whether two cells tell the same answer, whatever the formats they come from."""
    if avant.vide and apres.vide:
        return True
    valeurs = avant.lu.valeur, apres.lu.valeur
    if isinstance(valeurs[0], tuple) and isinstance(valeurs[1], tuple):
        listes = sorted(map(_essence, valeurs[0])), sorted(map(_essence, valeurs[1]))
        return listes[0] == listes[1] or meme_texte(", ".join(valeurs[0]), ", ".join(valeurs[1]))
    if avant.lu.zero_ou_vide or apres.lu.zero_ou_vide:
        return not any(valeurs)  # «0 ou non renseigné» against a zero, «off» against an unticked box
    if valeurs[0] == valeurs[1] and type(valeurs[0]) is type(valeurs[1]):
        return True
    if isinstance(valeurs[0], str) and isinstance(valeurs[1], str):
        return _memes_textes(avant, apres)
    return False


def _memes_textes(avant: Cellule, apres: Cellule) -> bool:
    """Compare texts; outside text fields, also what formats write in several ways: numbers, boxes, times, lists."""
    textes = texte_de(avant.brut), texte_de(apres.brut)
    if meme_texte(*textes):
        return True
    if apres.genre in _TEXTES:
        return False
    if _meme_nombre(avant.brut, apres.brut) or _meme_moment(avant.brut, apres.brut):
        return True
    mots = {normalise(texte) for texte in textes}
    return mots <= _OUI or mots <= _NON or meme_texte(*(texte.replace(" / ", ";") for texte in textes))


def _meme_nombre(avant: Brut, apres: Brut) -> bool:
    """Say whether two cells are one number of one unit."""
    lus = sans_erreur(lire_nombre, avant), sans_erreur(lire_nombre, apres)
    if lus[0] is None or lus[0] != lus[1]:
        return False
    return _UNITE.findall(texte_de(avant)) == _UNITE.findall(texte_de(apres))


def _meme_moment(avant: Brut, apres: Brut) -> bool:
    """Say whether two texts are one time, seconds apart when one of them has none: Excel saves none."""
    moments = _moment(avant), _moment(apres)
    if moments[0] is None or moments[1] is None:
        return False
    if len({bool(_SECONDES.search(texte_de(brut))) for brut in (avant, apres)}) == 1:
        return moments[0] == moments[1]
    return moments[0].replace(second=0) == moments[1].replace(second=0)


def _moment(brut: Brut) -> datetime | None:
    """Return the time that a text is and nothing else, midnight for a day."""
    if not isinstance(brut, str) or not (jour := sans_erreur(lire_date, brut)):
        return None
    if _MOIS_ECRIT.search(brut) and "UTC" not in brut:
        return datetime.combine(jour, time(), PARIS)
    return sans_erreur(lire_instant, brut)


def _est_zero(brut: Brut) -> bool:
    return texte_de(brut) in ("0", "0.0", "0,0", "off")


def meme_texte(avant: str, apres: str) -> bool:
    """Say whether two texts are the same answer, one of them perhaps impoverished by a format.

    Standard exports replace emoji and control characters by a space; Excel saves «?» for what Windows-1252 lacks;
    spreadsheets cut long texts, so that *apres* may be the beginning of *avant* but not the other way round.
    """
    if avant == apres:
        return True
    textes = _essence(avant), _essence(apres)
    if textes[0] == textes[1]:
        return True
    if len(apres) == CELLULE_TABLEUR and avant.startswith(apres):
        return True
    return "?" in textes[1] and _cp1252(textes[0]) == _cp1252(textes[1])


def _essence(texte: str) -> str:
    return _BLANCS.sub(" ", _PERDUS.sub(" ", normalize("NFC", texte))).strip()


def _cp1252(texte: str) -> str:
    return texte.encode("cp1252", "replace").decode("cp1252")


def sans_erreur(lecteur: Callable[[Brut], _T | None], brut: Brut) -> _T | None:
    """Return what a reader returns, None when it refuses."""
    try:
        return lecteur(brut)
    except ValueError:
        return None
