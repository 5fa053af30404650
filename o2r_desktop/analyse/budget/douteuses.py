"""Lines that look ineligible, found by account and by word. The instructor settles each of them.

Sources: AMI, Conditions d'éligibilité (training); C. trav. D. 5316-15 (pay of the beneficiaries, paid by the ASP);
grille, ELI-08 and CRE-06.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from o2r_desktop.analyse.budget.lignes import LigneProjet, Sens
from o2r_desktop.analyse.budget.modele import LigneDouteuse, Nature
from o2r_desktop.text import normalise

REGLE_FORMATION = "les dépenses de formation ne sont pas éligibles (AMI, Conditions d’éligibilité ; grille, ELI-08)"
REGLE_PERSONNEL = (
    "l’AMI ne distingue pas la formation des salariés du porteur : à signaler et à trancher (grille, ELI-08)"
)
REGLE_REMUNERATION = (
    "la rémunération des bénéficiaires est versée par l’Agence de services et de paiement (C. trav. D. 5316-15)"
)
REGLE_ETRANGERE = (
    "rien d’étranger au projet : amortissements non liés, provisions, frais financiers, achats d’investissement "
    "(grille, CRE-06 ; proposition)"
)


@dataclass(frozen=True, slots=True)
class Regle:
    """When a line looks ineligible; ``voit`` takes its account and its words, normalised."""

    nature: Nature
    motif: str
    regle: str
    voit: Callable[[str, str], bool]
    a_trancher: bool = False


_FORMATION = re.compile(
    r"\b(formations?|organismes? de formation|certifications?|certifiantes?|certifiants?|qualifiantes?|cpf|"
    r"titres? professionnels?|formateurs?|formatrices?)\b"
)
_PAS_FORMATION = re.compile(
    r"\b(?:(?:en|vers la|vers une|a la sortie de|salles? de|sans) formations?"
    r"|(?:entrees?|sorties?|orientations?|inscriptions?) (?:en|vers|a la|a une) (?:une )?formations?"
    r"|(?:participation|contribution|taxe|cotisation)s?\b[^;]{0,40}?\bformation (?:professionnelle|continue)"
    r"(?: continue)?|certifications? des comptes|pre-?formations?)\b"
)
_EQUIPE = re.compile(
    r"\bformations?\b[^;]{0,40}\b(personnels?|salarie\w*|equipes?|intervenante?s?|intervenants?|internes?"
    r"|professionnels de la structure|accompagnat\w+|conseill\w+|educat\w+|encadrant\w*|benevoles?|referent\w*)\b"
)
_PAYE = re.compile(
    r"\b(remunerations?|indemnites?|indemnisations?|bourses?|allocations?|pecules?|salaires?|primes?)\b"
    r"[^;]{0,30}\b(beneficiaires?|stagiaires?|participante?s?|jeunes|personnes accompagnees|public accueilli)\b"
)
_GRATIFICATION = re.compile(r"\bgratifications?\b")
_INTERETS = re.compile(r"\b(frais financiers|charges financieres|interets? (?:d'|des? )\s?emprunts?|agios)\b")
_PROVISION = re.compile(r"\bprovisions?\b(?! pour conges)")
_AMORTISSEMENT = re.compile(r"\b(amortissements?|dotations?)\b")
_INVESTISSEMENT = re.compile(
    r"\b(investissements?|immobilisations?"
    r"|(?:achats?|acquisitions?) (?:[a-z0-9']+ ){0,3}(?:vehicules?|voitures?|minibus|camions?|camionnettes?"
    r"|fourgons?|scooters?|velos?|immobili\w+|locaux)"
    r"|(?:vehicules?|minibus|fourgons?) neufs?|travaux d'amenagement)\b"
)
_EXCLU_INVESTISSEMENT = re.compile(r"\b(locations?|loyers?|entretien|assurances?|carburants?|credit-bail)\b")


def _compte(*debuts: str) -> Callable[[str, str], bool]:
    return lambda compte, _mots: compte.startswith(debuts)


def _mot(motif: re.Pattern[str]) -> Callable[[str, str], bool]:
    return lambda _compte, mots: motif.search(mots) is not None


def _est_formation(compte: str, mots: str) -> bool:
    return not compte.startswith("63") and _FORMATION.search(_PAS_FORMATION.sub(" ", mots)) is not None


def _de_l_equipe(compte: str, mots: str) -> bool:
    return _est_formation(compte, mots) and (compte.startswith("64") or _EQUIPE.search(mots) is not None)


def _est_remuneration(_compte: str, mots: str) -> bool:
    return bool(_GRATIFICATION.search(mots) or _PAYE.search(mots))


def _est_investissement(compte: str, mots: str) -> bool:
    if compte.startswith("2"):
        return True
    if _EXCLU_INVESTISSEMENT.search(mots):
        return False
    return _INVESTISSEMENT.search(mots) is not None


REGLES: tuple[Regle, ...] = (
    Regle(Nature.REMUNERATION, "rémunération ou gratification des bénéficiaires", REGLE_REMUNERATION,
          _est_remuneration),
    Regle(Nature.FORMATION_PERSONNEL, "formation de l’équipe du porteur", REGLE_PERSONNEL, _de_l_equipe, True),
    Regle(Nature.FORMATION, "dépense de formation", REGLE_FORMATION, _est_formation),
    Regle(Nature.INVESTISSEMENT, "achat d’investissement", REGLE_ETRANGERE, _est_investissement),
    Regle(Nature.FINANCIER, "frais financiers", REGLE_ETRANGERE,
          lambda c, m: c.startswith("66") or _INTERETS.search(m) is not None),
    Regle(Nature.IMPOT_BENEFICES, "impôt sur les bénéfices, compte 69", REGLE_ETRANGERE, _compte("69")),
    Regle(Nature.AMORTISSEMENT, "dotation aux amortissements, à rattacher au projet", REGLE_ETRANGERE,
          lambda _, m: _AMORTISSEMENT.search(m) is not None and _PROVISION.search(m) is None, True),
    Regle(Nature.PROVISION, "provision ou engagement à réaliser", REGLE_ETRANGERE,
          lambda c, m: c.startswith(("6815", "6817", "686", "689")) or _PROVISION.search(m) is not None),
    Regle(Nature.AMORTISSEMENT, "dotation, compte 68, à rattacher au projet", REGLE_ETRANGERE, _compte("68"), True),
    Regle(Nature.EXCEPTIONNEL, "charge exceptionnelle, compte 67", REGLE_ETRANGERE, _compte("67"), True),
    Regle(Nature.AUTRE_GESTION, "autre charge de gestion, compte 65, à rattacher au projet", REGLE_ETRANGERE,
          _compte("65"), True),
    Regle(Nature.STOCK, "variation de stocks, compte 603, sans dépense", REGLE_ETRANGERE, _compte("603"), True),
)  # fmt: skip
"""The first one that sees a line says why it looks ineligible."""

DE_FORMATION = frozenset({Nature.FORMATION, Nature.FORMATION_PERSONNEL})


def chercher(lignes: Iterable[LigneProjet]) -> tuple[LigneDouteuse, ...]:
    """Return the expenses that look ineligible, in the order of the lines, each once."""
    trouvees = (_juger(ligne) for ligne in lignes if ligne.sens is Sens.CHARGE)
    return tuple(t for t in trouvees if t is not None)


def _juger(ligne: LigneProjet) -> LigneDouteuse | None:
    compte, mots = ligne.compte.strip(), normalise(ligne.libelle)
    for regle in REGLES:
        if regle.voit(compte, mots):
            return LigneDouteuse(
                ligne=ligne,
                motif=regle.motif,
                regle=regle.regle,
                nature=regle.nature,
                a_trancher=regle.a_trancher,
            )
    return None
