"""The priorities of the AMI (AMI, Publics cibles et territoires visés; metier § 4.4)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.dossiers.territoires import codes_departements, nom_departement
from o2r_desktop.evaluation.mots import contient, souples
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.evaluation.resume import Priorite as Priorite  # noqa: PLC0414 its rule is here
from o2r_desktop.text import enumeration

NEUTRES = frozenset(souples(t) for t in ("Autre", "Autres", "Autre public", "Autres publics"))
"""Choices that name no public: nothing has to be recognised in them."""
_JEUNES = (souples("26 ans"), souples("jeunes"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Raisonnement:
    """The level, every level that holds («P1» does not erase «P2 renforcée»), and why in French.

    ``non_reconnus`` are the publics that neither the priorities nor the neutral choices name.
    """

    niveau: Priorite
    tenus: tuple[Priorite, ...]
    phrase: str
    non_reconnus: tuple[str, ...] = ()


def niveau(departements: Collection[str], publics: Collection[str], parametres: Parametres) -> Priorite:
    """Return the level of a project from its department codes and the publics it names."""
    return raisonner(departements, publics, parametres).niveau


def de_dossier(dossier: Dossier, parametres: Parametres) -> Raisonnement:
    """Apply the rule to *dossier*, as it answers."""
    codes, illisibles = codes_departements(dossier.liste("departements"))
    return prudent(raisonner(codes, dossier.liste("publics"), parametres), illisibles)


def prudent(trouve: Raisonnement, illisibles: Collection[str]) -> Raisonnement:
    """Return *trouve*, unknown instead of «hors priorité» when some territories could not be read."""
    if not illisibles:
        return trouve
    phrase = f"{trouve.phrase} ; territoire non reconnu : {_cite(list(illisibles))}"
    doute = trouve.niveau is Priorite.HORS
    return replace(trouve, phrase=phrase, niveau=Priorite.INCONNUE if doute else trouve.niveau)


def raisonner(departements: Collection[str], publics: Collection[str], parametres: Parametres) -> Raisonnement:
    """Apply the rule of metier § 4.4; nothing is concluded without territory or without public."""
    if not departements or not publics:
        manque = [m for m, v in (("départements", departements), ("publics", publics)) if not v]
        return Raisonnement(
            niveau=Priorite.INCONNUE, tenus=(), phrase=f"{enumeration(manque)} non renseignés, rien à conclure"
        )
    p1_territoires = _communs(departements, parametres.departements_p1)
    p2_territoires = _communs(departements, parametres.departements_p2)
    jeunes, cibles, non_reconnus = reconnaitre(publics, parametres)
    tenus, parties = [], []
    if p1_territoires and jeunes:
        tenus.append(Priorite.P1)
        parties.append(f"P1 : {_cite(jeunes)}, territoire {_noms(p1_territoires)}")
    if p2_territoires and cibles:
        tenus.append(Priorite.P2_RENFORCEE)
        parties.append(f"P2 renforcée : {_cite(cibles)}, territoire {_noms(p2_territoires)}")
    elif p2_territoires:
        tenus.append(Priorite.P2)
        parties.append(f"P2 : territoire {_noms(p2_territoires)}")
    # Young people may be «en rupture» without the word: the first priority is then neither held nor lost.
    doute = not tenus and bool(p1_territoires) and any(_parle_de_jeunes(p) for p in non_reconnus)
    if doute:
        parties.append(f"priorité à établir, P1 si ces jeunes sont en rupture : territoire {_noms(p1_territoires)}")
    elif not tenus:
        eligible = ", éligible" if _communs(departements, parametres.departements) else ""
        lieu = _noms(sorted(departements))
        parties.append(f"hors priorité{eligible} : {_cite(list(publics))}, territoire {lieu}")
    parties += _part_non_prioritaire(departements, parametres, prioritaire=bool(tenus))
    if non_reconnus:
        s = "s" if len(non_reconnus) > 1 else ""
        parties.append(f"public{s} non reconnu{s} : {_cite(non_reconnus)}")
    atteint = tenus[0] if tenus else Priorite.INCONNUE if doute else Priorite.HORS
    return Raisonnement(
        niveau=atteint, tenus=tuple(tenus), phrase=" ; ".join(parties), non_reconnus=tuple(non_reconnus)
    )


def _communs(codes: Collection[str], cherches: Sequence[str]) -> list[str]:
    return [c for c in sorted(codes) if c in cherches]


def _parle_de_jeunes(public: str) -> bool:
    dits = souples(public)
    return any(contient(dits, m) for m in _JEUNES)


def reconnaitre(publics: Collection[str], parametres: Parametres) -> tuple[list[str], list[str], list[str]]:
    """Return the publics of the first priority, of the second, and those that nothing names.

    A choice that the parameters name is taken as it is; another is searched for their words, whole and in order.
    """
    p1, p2, autres = [], [], []
    for public in publics:
        dans_p1, dans_p2 = public in parametres.publics_p1, public in parametres.publics_p2
        if not (dans_p1 or dans_p2):
            dits = souples(public)
            dans_p1 = any(contient(dits, m) for m in parametres.mots_p1)
            dans_p2 = any(contient(dits, m) for m in parametres.mots_p2)
        p1 += [public] if dans_p1 else []
        p2 += [public] if dans_p2 else []
        autres += [] if dans_p1 or dans_p2 or souples(public) in NEUTRES else [public]
    return p1, p2, autres


def departements_jamais_prioritaires(parametres: Parametres) -> tuple[str, ...]:
    """Return the departments of the region that no priority names (Vendée)."""
    prioritaires = {*parametres.departements_p1, *parametres.departements_p2}
    return tuple(d for d in parametres.departements if d not in prioritaires)


def _part_non_prioritaire(departements: Collection[str], parametres: Parametres, *, prioritaire: bool) -> list[str]:
    jamais = _communs(departements, departements_jamais_prioritaires(parametres))
    if not jamais:
        return []
    if prioritaire:
        return [f"la part en {_noms(jamais)} n’est pas prioritaire"]
    return [f"{_noms(jamais)} éligible, jamais prioritaire"]


def _cite(textes: list[str]) -> str:
    return enumeration([f"« {t} »" for t in textes])


def _noms(codes: Sequence[str]) -> str:
    return enumeration([nom_departement(c) for c in codes])
