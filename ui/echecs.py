"""What is known of a write that failed: the fields it would change, its texts, whether it is overtaken."""

from collections.abc import Callable, Iterator, Mapping

from o2r_desktop.evaluation.superposition import depasse
from o2r_desktop.operations import actes
from o2r_desktop.operations.actes import Etat, Genre

Etats = Mapping[int, Etat]
"""States by dossier."""


def changed_fields(genre: Genre, depuis: Etats | None, voulus: Etats) -> frozenset[str]:
    """Return the fields that states written over *depuis* change, by dossier; none when that is not known."""
    if depuis is None:
        return frozenset()
    return frozenset(
        f"{genre}:{n}:{champ}" for n, voulu in voulus.items() for champ in actes.changes(depuis[n], voulu)
    )


def states_overtaken(depuis: Etats | None, voulus: Etats, stored: Callable[[], Etats]) -> bool:
    """Say whether each field that *voulus* would change in *depuis* was written since."""
    if depuis is None:
        return False
    ecrits = stored()
    return all(depasse(ecrits[n], depuis[n], voulu) for n, voulu in voulus.items())


def new_texts(depuis: Etats | None, voulus: Etats) -> Iterator[str]:
    """Yield the texts that were typed in states, without those that stay as they were."""
    anciens = set(_texts(depuis)) if depuis is not None else set()
    yield from (texte for texte in dict.fromkeys(_texts(voulus)) if texte not in anciens)


def _texts(etats: Etats) -> Iterator[str]:
    for etat in etats.values():
        for question in etat.get("questions", ()):
            yield from (question[champ] for champ in ("texte", "reponse") if question.get(champ))
