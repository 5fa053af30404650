"""What an act changed in a state, and the same change laid over another state; a state is words of JSON.

A state maps names to values. Under one name, a list holds things that have an «id»: each of them is a field of its
own, so that two acts on two questions of a dossier stand in no one's way. One that is not written yet has no «id»:
when, by whom and on what it was asked tell it from the others, and tell it again once it is written.
"""

from collections.abc import Mapping
from typing import Any

Etat = Mapping[str, Any]
_LISTES = frozenset({"questions"})
_NAISSANCE = ("posee_le", "auteur", "critere")


def changes(avant: Etat, apres: Etat) -> frozenset[str]:
    """Return the fields that differ from one state to the other."""
    a, b = _champs(avant), _champs(apres)
    return frozenset(nom for nom in a.keys() | b.keys() if a.get(nom) != b.get(nom))


def superposer(actuel: Etat, avant: Etat, apres: Etat) -> Etat:
    """Return *actuel* with what changes from *avant* to *apres*, and nothing else.

    A new thing of *apres* that was written since *avant* is not added twice.
    """
    apres = _retrouver(actuel, avant, apres)
    champs, voulus, differents = _champs(actuel), _champs(apres), changes(avant, apres)
    for nom in differents - voulus.keys():
        champs.pop(nom, None)
    champs |= {nom: valeur for nom, valeur in voulus.items() if nom in differents}  # new things in their order
    return _assembler(champs, {**actuel, **apres})


def depasse(actuel: Etat, avant: Etat, apres: Etat) -> bool:
    """Say whether each field that changes from *avant* to *apres* is no longer in *actuel* as *avant* has it."""
    return changes(avant, _retrouver(actuel, avant, apres)) <= changes(avant, actuel)


def ecarts(actuel: Etat, laisse: Etat, vers: Etat) -> frozenset[str]:
    """Return the fields that going from *laisse* to *vers* would change and that are no longer as it left them."""
    presents, dits = _champs(actuel), _champs(laisse)
    return frozenset(nom for nom in changes(laisse, vers) if presents.get(nom) != dits.get(nom))


def nom_simple(champ: str) -> str:
    """Return the name under which a field is kept: «questions» for one of them."""
    return champ.partition(":")[0]


def _champs(etat: Etat) -> dict[str, Any]:
    champs: dict[str, Any] = {}
    for nom, valeur in etat.items():
        if nom in _LISTES:
            for place, chose in enumerate(valeur):
                rang = f"{nom}:{_rang(chose, place)}"
                champs[rang if rang not in champs else f"{rang}+{place}"] = chose
        else:
            champs[nom] = valeur
    return champs


def _rang(chose: Mapping[str, Any], place: int) -> str:
    """Return what tells a thing of a list from the others; one without id is new."""
    if chose.get("id") is not None:
        return str(chose["id"])
    naissance = _naissance(chose)
    return f"+{' '.join(naissance) if naissance else place}"


def _naissance(chose: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a thing keeps from its first try on, nothing when it does not say since when."""
    return tuple(str(chose.get(nom)) for nom in _NAISSANCE) if chose.get(_NAISSANCE[0]) else ()


def _retrouver(actuel: Etat, avant: Etat, apres: Etat) -> Etat:
    """Return *apres* whose new things have the ids under which *actuel* holds them, when written since *avant*."""
    trouve = dict(apres)
    for liste in _LISTES & apres.keys():
        anciens = {chose.get("id") for chose in avant.get(liste, ())}
        ecrites = {_naissance(c): c["id"] for c in actuel.get(liste, ()) if c.get("id") not in anciens}
        trouve[liste] = [
            {**c, "id": ecrites[_naissance(c)]}
            if c.get("id") is None and _naissance(c) and _naissance(c) in ecrites
            else c
            for c in apres[liste]
        ]
    return trouve


def _assembler(champs: Mapping[str, Any], modele: Etat) -> dict[str, Any]:
    etat: dict[str, Any] = {nom: champs[nom] for nom in modele if nom in champs}
    for liste in _LISTES & modele.keys():
        choses = [chose for nom, chose in champs.items() if nom.startswith(f"{liste}:")]
        etat[liste] = sorted(choses, key=lambda chose: (chose.get("id") is None, chose.get("id") or 0))
    return etat
