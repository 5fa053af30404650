"""The analysis of a dossier in a few lines of a terminal; the whole of it is in the JSON document."""

from collections.abc import Iterator

from o2r_desktop.analyse.ensemble import Analyse
from o2r_desktop.analyse.reseau.modele import Mention
from o2r_desktop.dossiers.territoires import nom_departement
from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.text import NBSP, enumeration, pluriel


def lignes(analyse: Analyse) -> Iterator[str]:
    """Yield what each side of the analysis says in a sentence."""
    finances, budget = analyse.finances, analyse.budget
    yield f"  Finances{NBSP}: {finances.lecture or 'comptes non saisis.'}"
    yield f"  Budget{NBSP}: {budget.lecture or 'lignes non saisies.'}"
    yield f"  Territoire{NBSP}: {_lieux(analyse)}."
    yield f"  Réseau{NBSP}: {_reseau(analyse)}."
    yield f"  Comptabilité analytique{NBSP}: {_analytique(analyse)}."
    yield f"  Structure{NBSP}: {_structure(analyse)}."


def _lieux(analyse: Analyse) -> str:
    lieux = analyse.territoire
    noms = [*(nom_departement(c) for c in lieux.departements), *(e.nom for e in lieux.epci)]
    return enumeration(noms) or "aucun lieu reconnu"


def _reseau(analyse: Analyse) -> str:
    mentions = [ligne.mention for ligne in analyse.reseau.lignes]
    cites = sum(m is not Mention.ABSENTE for m in mentions)
    locaux = sum(m is Mention.LOCALE for m in mentions)
    if not cites:
        return "aucun acteur reconnu dans les réponses"
    cites_dits = pluriel(cites, "acteur cité", "acteurs cités")
    return f"{cites_dits}, dont {locaux} nommé{'s' if locaux > 1 else ''} localement"


def _analytique(analyse: Analyse) -> str:
    fiche = analyse.analytique
    if not fiche.commencee:
        return "fiche non remplie"
    return enumeration([f"{p.partie.libelle.lower()} {p.etat.value}" for p in fiche.parties])


def _structure(analyse: Analyse) -> str:
    faux = [c for c in analyse.structure.controles if c.resultat in (Resultat.NON_CONFORME, Resultat.ALERTE)]
    return enumeration([c.nom.lower() for c in faux]) + " à vérifier" if faux else "rien à signaler"
