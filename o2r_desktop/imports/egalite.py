"""Whether two cells tell the same answer, whatever the formats they come from.

Source: exports-demarche-numerique §§ 3.4, 4, 5.1 and 7.4.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from unicodedata import normalize

from o2r_desktop.dossiers.champs import Brut, Lecture, lire, lire_booleen, lire_date, lire_nombre, texte_de
from o2r_desktop.dossiers.correspondance import Attribut
from o2r_desktop.imports.fiches import CELLULE_TABLEUR

_PERDUS = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f\\ud800-\\udfff\\ufffe\\uffff\\U00010000-\\U0010ffff]")
_BLANCS = re.compile(r"\s+")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Cellule:
    """A cell, how it reads when something types it, and whether its zero may be a blank."""

    brut: Brut
    lu: Lecture
    doute: bool

    @property
    def vide(self) -> bool:
        """Say whether it may well be no answer."""
        return self.lu.zero_ou_vide or self.lu.valeur in ("", ()) or (self.doute and _est_zero(self.brut))


def lire_cellule(brut: Brut, attribut: Attribut | None, *, doute: bool) -> Cellule:
    """Read a cell; *doute* when its export writes blanks as zeros."""
    if attribut is None:
        return Cellule(brut, Lecture(texte_de(brut)), doute)
    return Cellule(brut, lire(brut, attribut.type, attribut.options, vide_vaut_zero=doute), doute=False)


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
        return _meme_brut(avant.brut, apres.brut)
    return False


def _meme_brut(avant: Brut, apres: Brut) -> bool:
    """Compare cells of a field that nothing types: any reading that makes them equal is taken."""
    if meme_texte(texte_de(avant), texte_de(apres)):
        return True
    lecteurs: tuple[Callable[[Brut], object], ...] = (lire_nombre, lire_booleen, lire_date)
    for lecteur in lecteurs:
        lus = sans_erreur(lecteur, avant), sans_erreur(lecteur, apres)
        if lus[0] is not None and lus[0] == lus[1]:
            return True
    return meme_texte(texte_de(avant).replace(" / ", ";"), texte_de(apres).replace(" / ", ";"))


def _est_zero(brut: Brut) -> bool:
    return texte_de(brut) in ("0", "0.0", "off")


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
