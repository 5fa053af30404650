"""What the rows of the list must be, and how it is said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from o2r_desktop.dossiers.territoires import nom_departement
from o2r_desktop.evaluation.avancement import Etape
from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.evaluation.reponses import EtatEvaluation, TypeAvis
from o2r_desktop.evaluation.resume import Priorite
from o2r_desktop.text import NBSP, normalise


@dataclass(frozen=True, slots=True, kw_only=True)
class Filtre:
    """What the rows must be; nothing chosen in a set lets everything through.

    Every word of ``recherche`` must occur in a row or in its publics, accents and case set aside; «dep:72»,
    «avis:favorable», «etat:en_cours», «priorite:p1» and «controle:alerte» are filters that are typed, several
    values parted by commas. A dossier whose summary is not computed yet passes neither ``priorites`` nor
    ``controles``.
    """

    recherche: str = ""
    etape: Etape | None = None
    etats: frozenset[EtatEvaluation] = frozenset()
    priorites: frozenset[str] = frozenset()
    controles: frozenset[Resultat] = frozenset()
    departements: frozenset[str] = frozenset()
    avis: frozenset[TypeAvis] = frozenset()

    def termes(self) -> list["Filtre"]:
        """Return filters to be passed one and all: this one without the filters typed in its search, then those."""
        mots, saisis = [], []
        for mot in normalise(self.recherche).split():
            saisi = _saisi(mot)
            if saisi is None:
                mots.append(mot)
            else:
                saisis.append(saisi)
        return [replace(self, recherche=" ".join(mots)), *saisis]

    def etiquettes(self) -> list[tuple[str, "Filtre"]]:
        """Return a tag for each filter but the search, which its own field shows, and the filter without it."""
        tous = [
            (f"Étape{NBSP}: {self.etape.libelle.lower()}" if self.etape else "", replace(self, etape=None)),
            (
                _dite("Évaluation", [e.libelle for e in EtatEvaluation if e in self.etats]),
                replace(self, etats=_RIEN),
            ),
            (_dite("Priorité", _dans(self.priorites, list(Priorite))), replace(self, priorites=_RIEN)),
            (
                _dite("Contrôles", [r.libelle for r in Resultat if r in self.controles]),
                replace(self, controles=_RIEN),
            ),
            (
                _dite("Département", [nom_departement(d) for d in sorted(self.departements)]),
                replace(self, departements=_RIEN),
            ),
            (_dite("Avis", [a.libelle.lower() for a in TypeAvis if a in self.avis]), replace(self, avis=_RIEN)),
        ]
        return [(texte, reste) for texte, reste in tous if texte]


_RIEN: frozenset[Any] = frozenset()

_SAISIES: dict[str, tuple[str, type[StrEnum] | None]] = {
    "dep": ("departements", None),
    "avis": ("avis", TypeAvis),
    "etat": ("etats", EtatEvaluation),
    "priorite": ("priorites", Priorite),
    "controle": ("controles", Resultat),
}
"""What may be typed before a colon: the filter it sets, and the words it takes; None takes any code."""


def _saisi(mot: str) -> Filtre | None:
    """Read a typed filter, empty while its value is awaited; None for a word or for a value that means nothing."""
    cle, _, dites = mot.partition(":")
    if cle not in _SAISIES or not mot.removeprefix(cle):
        return None
    champ, genre = _SAISIES[cle]
    dites_une_a_une = [dite for dite in dites.split(",") if dite]
    if genre is None:
        return Filtre(departements=frozenset(dite.upper() for dite in dites_une_a_une))
    choisis: Any = frozenset(valeur for dite in dites_une_a_une for valeur in _comprise(dite, genre))
    return replace(Filtre(), **{champ: choisis}) if choisis or not dites_une_a_une else None


def _comprise(dite: str, genre: type[StrEnum]) -> list[StrEnum]:
    """Return the word that is typed, else those that it begins."""
    ecrits = {valeur: normalise(valeur).replace(" ", "_") for valeur in genre}
    cherche = dite.replace("-", "_")
    exacts = [valeur for valeur, ecrit in ecrits.items() if ecrit == cherche]
    return exacts or [valeur for valeur, ecrit in ecrits.items() if ecrit.startswith(cherche)]


def _dite(nom: str, valeurs: Sequence[str]) -> str:
    return f"{nom}{NBSP}: {', '.join(valeurs)}" if valeurs else ""


def _dans(choisis: Iterable[str], ordre: Sequence[str]) -> list[str]:
    """Return *choisis* as *ordre* has them, the others after."""
    return sorted(choisis, key=lambda c: (ordre.index(c) if c in ordre else len(ordre), c))
