"""Financial ratios of a body over its last exercices (metier § 3.3).

No threshold is official: each ratio says whose proposal it is, and none rejects anyone. Dedicated funds, which
inflate a balance sheet without being free, are shown apart. Public bodies and bodies with fewer than two
exercices are «sans objet».
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from o2r_desktop.analyse.finances import phrases
from o2r_desktop.analyse.finances.definitions import DEFINITIONS, POIDS, Definition, Suite
from o2r_desktop.analyse.finances.demande import Demande
from o2r_desktop.analyse.finances.mesures import (
    NOMS,
    Exercice,
    Lecture,
    Montant,
    annualise,
    inconnus,
    part,
    sources,
    valeur,
)
from o2r_desktop.analyse.saisie import Source

__all__ = ["DEFINITIONS", "Entree", "Exercice", "Lecture", "Montant", "Ratio", "ratios"]

ORGANISME_PUBLIC = "organisme public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entree:
    """One input of a ratio in one exercice: its amount, where it was read, why it was taken when untyped."""

    nom: str
    annee: int
    valeur: Montant
    sources: tuple[Source, ...] = ()
    deduit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """One ratio: value and unit, formula, inputs (name, amount), threshold and whose it is, reading.

    ``phrase`` says it in one sentence; ``serie`` is its value in each of ``annees``, the last one included, and
    ``tendance`` «hausse», «baisse», «stable» or «» from its last two known values; ``manque`` names the inputs that
    are unknown.
    """

    nom: str
    valeur: Montant
    unite: str
    formule: str
    entrees: tuple[tuple[str, Montant], ...]
    seuil: str
    appui: str
    lecture: Lecture
    cle: str = ""
    phrase: str = ""
    annees: tuple[int, ...] = ()
    serie: tuple[Montant, ...] = ()
    tendance: str = ""
    manque: tuple[str, ...] = ()
    champs: tuple[str, ...] = ()
    exercices: tuple[Exercice, ...] = ()

    @property
    def detail(self) -> tuple[Entree, ...]:
        """Every input in every exercice, with its source."""
        return tuple(_entree(e, champ) for e in self.exercices for champ in self.champs)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where the inputs were read, each place once."""
        return tuple(dict.fromkeys(s for e in self.exercices for c in self.champs for s in sources(e, c)))


def ratios(
    exercices: Sequence[Exercice],
    *,
    public: bool = False,
    sans_objet: str = "",
    demande: Demande | None = None,
) -> tuple[Ratio, ...]:
    """Return the ratios of the last of *exercices*, whatever their order; the weight of *demande* when given.

    ``sans_objet`` says why none applies; a public body and fewer than two exercices are so by themselves.
    """
    tries = tuple(sorted(exercices, key=lambda e: e.annee))
    if not sans_objet and (public or len(tries) < 2):
        sans_objet = ORGANISME_PUBLIC if public else trop_court(len(tries))
    if sans_objet:
        toutes = DEFINITIONS if demande is None else (*DEFINITIONS, POIDS)
        return tuple(_sans_objet(d, tries, sans_objet) for d in toutes)
    trouves = tuple(_ratio(d, tries) for d in DEFINITIONS)
    return trouves if demande is None else (*trouves, _poids(tries, demande))


def trop_court(nombre: int) -> str:
    """Say why fewer than two exercices give no ratio."""
    return "aucun exercice saisi" if nombre == 0 else "un seul exercice saisi\u00a0: il en faut au moins deux"


def _sans_objet(definition: Definition, tries: tuple[Exercice, ...], raison: str) -> Ratio:
    return _fait(definition, tries, None, Lecture.SANS_OBJET, phrases.sans_objet(definition, raison), (), ())


def _ratio(definition: Definition, tries: tuple[Exercice, ...]) -> Ratio:
    mesure = definition.mesure
    serie = tuple(mesure(tries[: i + 1]) for i in range(len(tries)))
    lecture = definition.juge(tries, serie[-1])
    manque = _manque(definition, tries) if serie[-1] is None or lecture is Lecture.INCONNU else ()
    phrase = phrases.lire(definition, tries, serie, lecture, manque)
    return _fait(definition, tries, serie[-1], lecture, phrase, serie, manque)


def _poids(tries: tuple[Exercice, ...], demande: Demande) -> Ratio:
    """Weigh the annual request in the produits of each exercice."""
    serie = tuple(part(demande.annuelle, annualise(e.produits, e)) for e in tries)
    lecture = POIDS.juge(tries, serie[-1])
    manque = (
        *(() if demande.annuelle is not None else (demande.texte,)),
        *(f"{nom} ({tries[-1].annee})" for nom in inconnus(tries[-1], "produits")),
    )
    phrase = phrases.poids(POIDS, tries, serie, lecture, manque, demande)
    fait = _fait(POIDS, tries, serie[-1], lecture, phrase, serie, manque, ("produits",))
    entrees = (("demande annuelle", demande.annuelle), *fait.entrees)
    return replace(fait, entrees=entrees)


def _fait(
    definition: Definition,
    tries: tuple[Exercice, ...],
    mesuree: Montant,
    lecture: Lecture,
    phrase: str,
    serie: tuple[Montant, ...],
    manque: tuple[str, ...],
    champs: tuple[str, ...] | None = None,
) -> Ratio:
    dernier = tries[-1] if tries else Exercice(annee=0)
    retenus = definition.champs if champs is None else champs
    return Ratio(
        nom=definition.nom,
        valeur=mesuree,
        unite=definition.unite,
        formule=definition.formule,
        entrees=tuple((NOMS[c], None if c == "demande" else valeur(dernier, c)) for c in retenus),
        seuil=definition.seuil,
        appui=definition.appui,
        lecture=lecture,
        cle=definition.cle,
        phrase=phrase,
        annees=tuple(e.annee for e in tries),
        serie=serie or (None,) * len(tries),
        tendance=tendance(serie),
        manque=manque,
        champs=tuple(c for c in retenus if c != "demande"),
        exercices=tries,
    )


def _manque(definition: Definition, tries: Suite) -> tuple[str, ...]:
    """Name the inputs of the last exercice that are unknown, with its year; the exercice that is missing."""
    dernier = tries[-1]
    noms = [f"{nom} ({dernier.annee})" for c in definition.champs for nom in inconnus(dernier, c)]
    if definition.cle == "evolution":
        ancien = next((e for e in tries if e.annee == dernier.annee - 2), None)
        if ancien is None:
            noms.append(f"exercice {dernier.annee - 2}")
        else:
            noms += [f"{nom} ({ancien.annee})" for nom in inconnus(ancien, "produits")]
    if definition.cle == "besoin":
        noms += [
            f"{nom} ({dernier.annee})" for c in ("fonds_propres", "fonds_dedies") for nom in inconnus(dernier, c)
        ]
    return tuple(dict.fromkeys(noms))


def tendance(serie: Sequence[Montant]) -> str:
    """Return «hausse», «baisse» or «stable» (a hundredth at most) between the last two exercices, «» if unknown."""
    if len(serie) < 2 or serie[-1] is None or serie[-2] is None:
        return ""
    ecart = serie[-1] - serie[-2]
    if abs(ecart) * 100 <= abs(serie[-2]):
        return "stable"
    return "hausse" if ecart > 0 else "baisse"


def _entree(exercice: Exercice, champ: str) -> Entree:
    lue = valeur(exercice, champ)
    return Entree(
        nom=NOMS[champ],
        annee=exercice.annee,
        valeur=lue,
        sources=sources(exercice, champ),
        deduit=exercice.deduits.get(champ, ""),
    )
