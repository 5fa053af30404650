"""Filters that are typed among the words of a search: «dep:72», «score<50», «depot>=13/08/2025»."""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from o2r_desktop.dossiers.etat import Etat
from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.evaluation.reponses import EtatEvaluation, TypeAvis
from o2r_desktop.evaluation.resume import Priorite
from o2r_desktop.store.valeurs import iso
from o2r_desktop.suivi.colonnes import Colonne
from o2r_desktop.text import NBSP, NNBSP, PARIS, enumeration, normalise


class EtatPieces(StrEnum):
    """Whether the files that the form announces are in the campagne."""

    MANQUANTE = "manquante"
    RECUE = "recue"

    @property
    def libelle(self) -> str:
        """Return the word that is shown."""
        return "manquantes" if self is EtatPieces.MANQUANTE else "reçues"


Valeur = Decimal | int | str


@dataclass(frozen=True, slots=True)
class Mesure:
    """A comparison of a column with a value as its rows have it: score, cents, persons, UTC time."""

    colonne: Colonne
    signe: str
    valeur: Valeur

    def passe(self, valeur: Any) -> bool:
        """Say whether a value of the column passes; what is unknown never does."""
        return valeur is not None and bool(_SIGNES[self.signe](valeur, self.valeur))


@dataclass(frozen=True, slots=True, kw_only=True)
class Saisie:
    """A typed filter: fields of a Filtre, none while its value is awaited; ``defaut`` says what means nothing."""

    champs: Mapping[str, Any] = field(default_factory=dict)
    defaut: str = ""


_SIGNES: Mapping[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq,
}  # fmt: skip
_ECRITS = {"≤": "<=", "≥": ">=", "=<": "<=", "=>": ">=", ":": "="}
_MESURE = re.compile(r"(?P<cle>[a-z]+)(?P<signe><=|>=|=<|=>|[<>=:≤≥])(?P<valeur>.*)")
_MESURES = {
    "score": Colonne.SCORE,
    "cout": Colonne.COUT,
    "demande": Colonne.DEMANDE,
    "beneficiaires": Colonne.BENEFICIAIRES,
    "depot": Colonne.DEPOT,
}
_CHOIX: dict[str, tuple[str, type[StrEnum] | None]] = {
    "dep": ("departements", None),
    "avis": ("avis", TypeAvis),
    "etat": ("etats", EtatEvaluation),
    "priorite": ("priorites", Priorite),
    "controle": ("controles", Resultat),
    "statut": ("statuts", Etat),
    "piece": ("pieces", EtatPieces),
    "instructeur": ("instructeurs", None),
    "etiquette": ("avec_etiquettes", None),
}
"""What may be typed before a colon: the filter it sets, and the words it takes; None takes any."""


_EXCLUS = {"etiquette": "sans_etiquettes"}
"""What may be typed after a minus sign, and the filter it sets."""


def lire_saisie(mot: str, *, exclu: bool = False) -> Saisie | None:
    """Read a typed filter; None for a word that is none. *exclu* when a minus sign comes before it."""
    trouve = _MESURE.fullmatch(normalise(mot))
    if trouve is None:
        return None
    cle, signe, dite = trouve["cle"], _ECRITS.get(trouve["signe"], trouve["signe"]), trouve["valeur"]
    if exclu:
        noms = frozenset(nom for nom in dite.split(",") if nom)
        connue = cle in _EXCLUS and trouve["signe"] == ":"
        return Saisie(champs={_EXCLUS[cle]: noms} if noms else {}) if connue else None
    if cle in _MESURES:
        return _mesure(mot, _MESURES[cle], signe, dite)
    if cle in _CHOIX and trouve["signe"] == ":":
        return _choix(mot, cle, dite)
    return None


def _choix(mot: str, cle: str, dites: str) -> Saisie:
    champ, genre = _CHOIX[cle]
    une_a_une = [dite for dite in dites.split(",") if dite]
    if not une_a_une:
        return Saisie()
    if genre is None:
        codes = cle == "dep"
        return Saisie(champs={champ: frozenset(dite.upper() if codes else dite for dite in une_a_une)})
    compris = {dite: _comprise(dite, genre) for dite in une_a_une}
    if all(compris.values()):
        return Saisie(champs={champ: frozenset(valeur for valeurs in compris.values() for valeur in valeurs)})
    connus = enumeration([_ecrits(valeur)[0] for valeur in genre])
    return Saisie(defaut=f"«{NBSP}{mot}{NBSP}» n’est pas compris{NBSP}: après «{NBSP}{cle}:{NBSP}», "
                  f"écrivez {connus}.")  # fmt: skip


def _comprise(dite: str, genre: type[StrEnum]) -> list[StrEnum]:
    """Return the word that is typed, else those that it begins."""
    cherche = dite.replace("-", "_")
    exacts = [valeur for valeur in genre if cherche in _ecrits(valeur)]
    return exacts or [v for v in genre if any(ecrit.startswith(cherche) for ecrit in _ecrits(v))]


def _ecrits(valeur: StrEnum) -> list[str]:
    """Return the ways to type a value; the platform's states go without their «en», and by their label too."""
    ecrit = normalise(valeur).replace(" ", "_")
    if isinstance(valeur, Etat):
        return [ecrit.removeprefix("en_"), ecrit, normalise(valeur.libelle).replace(" ", "_")]
    return [ecrit]


def _mesure(mot: str, colonne: Colonne, signe: str, dite: str) -> Saisie:
    if not dite:
        return Saisie()
    try:
        mesures = _jours(signe, dite) if colonne is Colonne.DEPOT else _nombres(colonne, signe, dite)
    except (ValueError, OverflowError):
        attendu = "une date comme 13/08/2025" if colonne is Colonne.DEPOT else "un nombre"
        return Saisie(
            defaut=f"«{NBSP}{mot}{NBSP}» n’est pas compris{NBSP}: il faut {attendu} après le signe{NNBSP}; "
            f"par exemple «{NBSP}{_EXEMPLES[colonne]}{NBSP}»."
        )
    return Saisie(champs={"mesures": mesures})


_EXEMPLES = {
    Colonne.SCORE: "score>=60",
    Colonne.COUT: "cout>150000",
    Colonne.DEMANDE: "demande<100000",
    Colonne.BENEFICIAIRES: "beneficiaires>50",
    Colonne.DEPOT: "depot<13/08/2025",
}


def _nombres(colonne: Colonne, signe: str, dite: str) -> tuple[Mesure, ...]:
    from o2r_desktop.dossiers.champs import lire_nombre  # the window starts without it

    nombre = lire_nombre(dite)
    if nombre is None:
        raise ValueError("sans nombre")
    valeur: Decimal = nombre * 100 if colonne in (Colonne.COUT, Colonne.DEMANDE) else nombre
    return (Mesure(colonne, signe, valeur),)


def _jours(signe: str, dite: str) -> tuple[Mesure, ...]:
    """Compare with a day of Paris, from its first second to its last."""
    from o2r_desktop.dossiers.champs import lire_date

    jour = lire_date(dite)
    if jour is None:
        raise ValueError("sans date")
    debut, fin = _minuit(jour), _minuit(jour + timedelta(days=1))
    bornes = {
        "<": (("<", debut),), "<=": (("<", fin),), ">": ((">=", fin),), ">=": ((">=", debut),),
        "=": ((">=", debut), ("<", fin)),
    }  # fmt: skip
    return tuple(Mesure(Colonne.DEPOT, s, iso(borne)) for s, borne in bornes[signe])


def _minuit(jour: date) -> datetime:
    return datetime(jour.year, jour.month, jour.day, tzinfo=PARIS)
