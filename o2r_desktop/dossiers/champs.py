"""Values of fields, read by what is wanted (the target type) and never by what the cell seems to be.

The platform writes the same answer in many ways: «on», «Oui», «true», 1; ``6.0``, «6», «6,0»; ``2026-01-01``,
«01/01/2026», «01 janvier 2026». Source: exports-demarche-numerique §§ 3.4, 4, 5.1, 7.4 and 9.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from o2r_desktop.dossiers.choix import decouper_choix, decouper_fichiers
from o2r_desktop.dossiers.identifiers import chiffres, siret_valide
from o2r_desktop.text import MOIS, PARIS, normalise

Brut = str | int | float | bool | list[str] | None
"""A cell as it came, in JSON types; dates of spreadsheets are ISO text; files and choices of the API are lists."""

Valeur = str | int | Decimal | bool | date | datetime | tuple[str, ...]
"""A typed value. A blank is the empty string, an empty tuple for lists, False for a tick."""


class TypeChamp(StrEnum):
    """What an attribute is read as."""

    TEXTE = "texte"
    TEXTE_LONG = "texte_long"
    ENTIER = "entier"
    DECIMAL = "decimal"
    MONTANT = "montant"
    DATE = "date"
    OUI_NON = "oui_non"
    CASE = "case"
    CHOIX = "choix"
    CHOIX_MULTIPLE = "choix_multiple"
    PIECES = "pieces"
    SIRET = "siret"
    TELEPHONE = "telephone"


NUMERIQUES = frozenset({TypeChamp.ENTIER, TypeChamp.DECIMAL, TypeChamp.MONTANT})


@dataclass(frozen=True, slots=True)
class Lecture:
    """A value read, whether it may be a blank that the export wrote as zero, and what was wrong with it."""

    valeur: Valeur
    zero_ou_vide: bool = False
    anomalie: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Champ:
    """One answer of the form: its label as in the export, its attribute when bound, its value.

    ``attribut`` is None when nothing of the product's knows this field; its value is then the raw text.
    ``zero_ou_vide`` is true when the export cannot tell a zero (or an unticked box) from no answer.
    """

    libelle: str
    valeur: Valeur
    attribut: str | None = None
    type: TypeChamp = TypeChamp.TEXTE
    rang: int = 1
    section: str = ""
    zero_ou_vide: bool = False
    anomalie: str = ""

    @property
    def renseigne(self) -> bool:
        """Whether the applicant surely answered."""
        return not self.zero_ou_vide and self.valeur not in ("", ())


_Jour = TypeVar("_Jour", date, datetime)

_VRAI = frozenset({"true", "1", "on", "oui", "vrai", "1.0", "x", "yes"})
_FAUX = frozenset({"false", "0", "off", "non", "faux", "0.0", "no"})
_ESPACES = str.maketrans("", "", " \u00a0\u202f\t")
_NOMBRE = re.compile(r"[+-]?\d{1,18}(\.\d{1,12})?")
_EXPOSANT = re.compile(r"[+-]?\d+([.,]\d+)?[eE][+-]?\d{1,6}")
_JJMMAAAA = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SUITE = re.compile(
    r"(?:(?:T| +)[0-2]?\d(?:h|[:h][0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?)(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)?", re.ASCII
)
_ANNEES = range(1800, 2201)
_PLAFOND = Decimal(10) ** 18
_LONGUE = re.compile(r"(\d{1,2})(?:er)? ([a-z]+) (\d{4})")
_MOIS = {normalise(m): i for i, m in enumerate(MOIS, 1)}


def lire(brut: Brut, genre: TypeChamp, options: Sequence[str] = (), *, vide_vaut_zero: bool = False) -> Lecture:
    """Read *brut* as *genre*.

    *options* are the known choices of a list, needed to split answers that hold a comma. *vide_vaut_zero* says
    that the export writes a blank number as 0 and a blank box as off (standard exports), so that 0 and off are
    flagged ``zero_ou_vide``. A value that cannot be read is kept as text with an ``anomalie`` in French.
    """
    if isinstance(brut, str) and genre in (TypeChamp.TEXTE, TypeChamp.TEXTE_LONG):
        return Lecture(brut)
    return _LECTEURS[genre](brut, options, vide_vaut_zero)


def texte_de(brut: Brut) -> str:
    """Return the text of a cell: whole numbers without «.0», booleans in French, lists joined by «, »."""
    if brut is None:
        return ""
    if isinstance(brut, str):
        return brut
    if isinstance(brut, bool):
        return "Oui" if brut else "Non"
    if isinstance(brut, list):
        return ", ".join(brut)
    if isinstance(brut, float) and brut.is_integer() and abs(brut) < 1e16:
        return str(int(brut))
    return str(brut)


def lire_nombre(brut: Brut) -> Decimal | None:
    """Return the number that a cell holds, None when it is blank.

    Takes floats, integers, «1 234,5», «1234.5 €», «12 %». Raises ValueError on anything else, on infinities
    and on a text whose separators can be read two ways («1,234.5» is read, «1.234,5» too, «1,234» is 1.234:
    the platform and a French Excel write no thousands separator but blanks).
    """
    if brut is None or isinstance(brut, bool):
        if brut is None:
            return None
        raise ValueError("booléen")
    if isinstance(brut, (int, float)):
        if not -1e18 < brut < 1e18:
            raise ValueError("nombre trop grand")
        return _decimal_de(brut)
    if isinstance(brut, list):
        raise ValueError("liste")
    texte = brut.translate(_ESPACES).rstrip("€%").replace("−", "-")
    if not texte:
        return None
    if "," in texte and "." in texte:
        milliers = "," if texte.rindex(".") > texte.rindex(",") else "."
        texte = texte.replace(milliers, "")
    texte = texte.replace(",", ".")
    if not _NOMBRE.fullmatch(texte):
        return _lire_exposant(texte)
    return Decimal(texte)


def _decimal_de(brut: int | float) -> Decimal:
    """Return a number without the noise of binary floats: fifteen digits, as spreadsheets show."""
    if isinstance(brut, int) or brut.is_integer():
        return Decimal(int(brut))
    return Decimal(f"{brut:.15g}")


def _lire_exposant(texte: str) -> Decimal:
    if not _EXPOSANT.fullmatch(texte):
        raise ValueError("pas un nombre")
    try:
        valeur = Decimal(texte)
    except InvalidOperation as erreur:
        raise ValueError("pas un nombre") from erreur
    if abs(valeur) >= _PLAFOND or (valeur and valeur.adjusted() < -12):
        raise ValueError("nombre trop grand ou trop petit")
    return valeur


def lire_date(brut: Brut) -> date | None:
    """Return the day that a cell holds, None when it is blank; raises ValueError when it is no date.

    Takes ISO days and times, «31/12/2026», «02 mai 2022», and Excel serial numbers of this century.
    """
    if brut is None or brut == "":
        return None
    if isinstance(brut, (int, float)) and not isinstance(brut, bool):
        if 20_000 <= brut <= 80_000:
            return date(1899, 12, 30) + timedelta(days=int(brut))
        raise ValueError("pas une date")
    if not isinstance(brut, str):
        raise ValueError("pas une date")
    texte = brut.strip()
    if not texte:
        return None
    if (trouve := _ISO.match(texte)) and _SUITE.fullmatch(texte, trouve.end()):
        return _plausible(date.fromisoformat(trouve[0]))
    if (trouve := _JJMMAAAA.match(texte)) and _SUITE.fullmatch(texte, trouve.end()):
        return _plausible(date(int(trouve[3]), int(trouve[2]), int(trouve[1])))
    if len(texte) <= 30 and (trouve := _LONGUE.fullmatch(normalise(texte))) and trouve[2] in _MOIS:
        return _plausible(date(int(trouve[3]), _MOIS[trouve[2]], int(trouve[1])))
    raise ValueError("pas une date")


def _plausible(jour: _Jour) -> _Jour:
    """Refuse years that no dossier holds: a typing error, and times that no zone can convert."""
    if jour.year not in _ANNEES:
        raise ValueError("année invraisemblable")
    return jour


def lire_instant(brut: Brut) -> datetime | None:
    """Return an aware time, None when the cell is blank; raises ValueError when it is no time.

    A time without zone is Paris wall-clock (spreadsheets); «… +0200» and ISO offsets are obeyed (CSV, API);
    «13/08/2025 12:00» is what Excel writes back, seconds lost.
    """
    if brut is None or brut == "":
        return None
    if isinstance(brut, float) and 20_000 <= brut <= 80_000:
        naif = datetime(1899, 12, 30) + timedelta(seconds=round(brut * 86_400))  # noqa: DTZ001 Paris wall-clock
        return naif.replace(tzinfo=PARIS)
    if not isinstance(brut, str):
        raise ValueError("pas une date")
    texte = brut.strip()
    if not texte:
        return None
    if texte[4:5] == "-" and texte[10:11] == "T":  # what spreadsheets and the API give: no need to look closer
        return _avec_zone(datetime.fromisoformat(texte))
    if trouve := _JJMMAAAA.match(texte):
        heure = texte[trouve.end() :].strip().replace("h", ":").rstrip(":") or "00:00"
        heure = ("0" + heure) if re.match(r"\d:", heure) else heure
        texte = f"{trouve[3]}-{int(trouve[2]):02d}-{int(trouve[1]):02d} {heure}"
    texte = re.sub(r" UTC$", " +0000", texte)
    return _avec_zone(datetime.fromisoformat(re.sub(r" ([+-]\d{2}):?(\d{2})$", r"\1:\2", texte)))


def _avec_zone(moment: datetime) -> datetime:
    moment = _plausible(moment)
    return moment if moment.tzinfo else moment.replace(tzinfo=PARIS)


def lire_booleen(brut: Brut) -> bool | None:
    """Return the boolean that a cell holds, None when it is blank; raises ValueError otherwise."""
    if brut is None or isinstance(brut, bool):
        return brut
    if isinstance(brut, (int, float)):
        if brut in (0, 1):
            return bool(brut)
        raise ValueError("ni oui ni non")
    if not isinstance(brut, str):
        raise ValueError("ni oui ni non")
    texte = normalise(brut)
    if not texte:
        return None
    if texte in _VRAI:
        return True
    if texte in _FAUX:
        return False
    raise ValueError("ni oui ni non")


def _texte(brut: Brut, _options: Sequence[str], _vide: bool) -> Lecture:
    return Lecture(texte_de(brut))


def _nombre(genre: TypeChamp, brut: Brut, *, vide_vaut_zero: bool) -> Lecture:
    try:
        valeur = lire_nombre(brut)
    except ValueError:
        return Lecture(texte_de(brut), anomalie="n’est pas un nombre")
    if valeur is None:
        return Lecture("")
    doute = vide_vaut_zero and valeur == 0
    if genre is TypeChamp.ENTIER:
        if valeur != valeur.to_integral_value():
            return Lecture(valeur, doute, "n’est pas un nombre entier")
        return Lecture(int(valeur), doute)
    if genre is TypeChamp.MONTANT and valeur != valeur.quantize(Decimal("0.01")):
        return Lecture(valeur, doute, "a plus de deux décimales")
    return Lecture(valeur, doute)


def _entier(brut: Brut, _options: Sequence[str], vide: bool) -> Lecture:
    return _nombre(TypeChamp.ENTIER, brut, vide_vaut_zero=vide)


def _decimal(brut: Brut, _options: Sequence[str], vide: bool) -> Lecture:
    return _nombre(TypeChamp.DECIMAL, brut, vide_vaut_zero=vide)


def _montant(brut: Brut, _options: Sequence[str], vide: bool) -> Lecture:
    return _nombre(TypeChamp.MONTANT, brut, vide_vaut_zero=vide)


def _date(brut: Brut, _options: Sequence[str], _vide: bool) -> Lecture:
    try:
        jour = lire_date(brut)
    except ValueError:
        return Lecture(texte_de(brut), anomalie="n’est pas une date")
    return Lecture("" if jour is None else jour)


def _oui_non(brut: Brut, _options: Sequence[str], _vide: bool) -> Lecture:
    try:
        reponse = lire_booleen(brut)
    except ValueError:
        return Lecture(texte_de(brut), anomalie="n’est ni oui ni non")
    return Lecture("" if reponse is None else reponse)


def _case(brut: Brut, _options: Sequence[str], vide: bool) -> Lecture:
    try:
        coche = lire_booleen(brut)
    except ValueError:
        return Lecture(texte_de(brut), anomalie="n’est pas une case à cocher")
    return Lecture(bool(coche), zero_ou_vide=vide and not coche)


def _choix(brut: Brut, _options: Sequence[str], _vide: bool) -> Lecture:
    return Lecture(texte_de(brut).strip())


def _choix_multiple(brut: Brut, options: Sequence[str], _vide: bool) -> Lecture:
    if isinstance(brut, list):
        return Lecture(tuple(brut))
    return Lecture(decouper_choix(texte_de(brut), options))


def _pieces(brut: Brut, _options: Sequence[str], _vide: bool) -> Lecture:
    if isinstance(brut, list):
        return Lecture(tuple(brut))
    return Lecture(decouper_fichiers(texte_de(brut)))


def _siret(brut: Brut, _options: Sequence[str], _vide: bool) -> Lecture:
    texte = texte_de(brut).strip()
    if not texte:
        return Lecture("")
    if _EXPOSANT.fullmatch(texte.replace(",", ".")):
        return Lecture(
            texte, anomalie="a perdu ses derniers chiffres dans un tableur : à reprendre sur la plateforme"
        )
    siret = chiffres(texte)
    if len(siret) in (12, 13) and siret_valide(siret.zfill(14)):
        siret = siret.zfill(14)  # a spreadsheet drops leading zeros
    if len(siret) != 14:
        return Lecture(texte, anomalie="n’a pas les 14 chiffres d’un SIRET")
    if not siret_valide(siret):
        return Lecture(siret, anomalie="a une clé de contrôle fausse (SIRET)")
    return Lecture(siret)


def _telephone(brut: Brut, _options: Sequence[str], _vide: bool) -> Lecture:
    texte = texte_de(brut)
    if re.fullmatch(r"[1-9]\d{8}", texte):
        texte = "0" + texte  # a spreadsheet drops the leading zero
    return Lecture(texte)


_LECTEURS = {
    TypeChamp.TEXTE: _texte,
    TypeChamp.TEXTE_LONG: _texte,
    TypeChamp.ENTIER: _entier,
    TypeChamp.DECIMAL: _decimal,
    TypeChamp.MONTANT: _montant,
    TypeChamp.DATE: _date,
    TypeChamp.OUI_NON: _oui_non,
    TypeChamp.CASE: _case,
    TypeChamp.CHOIX: _choix,
    TypeChamp.CHOIX_MULTIPLE: _choix_multiple,
    TypeChamp.PIECES: _pieces,
    TypeChamp.SIRET: _siret,
    TypeChamp.TELEPHONE: _telephone,
}
