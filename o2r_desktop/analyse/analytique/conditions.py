"""Conditions proposed for the convention from the answers of the sheet; the instructor alone retains them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from o2r_desktop.analyse.saisie import Fiches, texte
from o2r_desktop.text import date_courte

AVANT_SIGNATURE = "avant la signature de la convention"
AVANT_VERSEMENT = "avant le premier versement"
AVANT_ACTION = "avant le début de l’action"
CHAQUE_ANNEE = "au plus tard le 30 juin de chaque année"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A condition for the convention: its words (those of the instructor once changed), its critere, its time.

    ``proposee`` is false when the answers ask for it no more: it stays while it is retained. ``redaction`` is what
    was proposed.
    """

    id: str
    texte: str
    critere: str
    echeance: str
    retenue: bool = False
    proposee: bool = True
    redaction: str = ""

    @property
    def phrase(self) -> str:
        """The line that goes in the reserves of the opinion."""
        return f"{self.texte.strip().rstrip('.')}."


@dataclass(frozen=True, slots=True)
class _Modele:
    """A condition as it may be proposed: for which answers of which question."""

    id: str
    question: str
    texte: str
    critere: str
    echeance: str
    reponses: tuple[str, ...] = ("non", "partiel")


_MODELES = (
    _Modele("section", "section", "ouvrir une section analytique réservée à l’O2R", "ANA-02", AVANT_VERSEMENT),
    _Modele(
        "charge_isolee", "charge_isolee",
        "faire apparaître dans la section O2R toutes ses charges et tous ses produits, cofinancements compris",
        "ANA-01", AVANT_VERSEMENT,
    ),
    _Modele(
        "cle_ecrite", "cle_ecrite",
        "écrire la clé de répartition des charges communes, avec sa base, et la transmettre", "CRE-06",
        AVANT_SIGNATURE,
    ),
    _Modele(
        "cle_calcul", "cle_calcul", "corriger le montant des charges indirectes selon la clé annoncée", "CRE-06",
        AVANT_SIGNATURE,
    ),
    _Modele(
        "temps", "temps_feuilles",
        "tenir un relevé des temps des salariés partagés, validé par leur responsable", "ANA-02", AVANT_ACTION,
    ),
    _Modele(
        "socle", "socle_decrit", "décrire l’offre socle et les moyens qui la séparent de l’O2R", "ANA-03",
        AVANT_SIGNATURE,
    ),
    _Modele(
        "surcompensation", "surcompensation",
        "joindre au compte rendu un état qui compare les charges de la section O2R à tous ses financements",
        "ANA-03", CHAQUE_ANNEE,
    ),
    _Modele("excedent", "excedent", "fixer le sort d’un excédent de la section O2R", "ANA-03", AVANT_SIGNATURE),
    _Modele(
        "compte_rendu", "compte_rendu", "remettre les comptes annuels et le bilan d’activité", "ANA-03",
        CHAQUE_ANNEE,
    ),
    _Modele(
        "membres_section", "membres_section",
        "ouvrir chez chaque membre du consortium une section O2R, avec sa clé et son relevé des temps", "ANA-02",
        AVANT_VERSEMENT,
    ),
    _Modele(
        "membres_compte", "membres_compte",
        "charger le chef de file de rassembler les comptes des membres en un seul compte O2R", "ANA-03",
        AVANT_SIGNATURE,
    ),
)  # fmt: skip
_OUVERTURE = "ouverture"
IDS = (*(m.id for m in _MODELES), _OUVERTURE)
"""Names of the conditions, for good."""


def cle_condition(id_condition: str) -> str:
    """Return the key under which the choice on a condition is kept."""
    return f"analytique/condition/{id_condition}"


def valeur_condition(condition: Condition, *, retenue: bool, redaction: str) -> dict[str, Any] | None:
    """Return what is kept of a choice: None when it is that of the start, nothing retained and no word changed."""
    change = redaction.strip() != condition.redaction
    if not retenue and not change:
        return None
    return {"retenue": retenue, "texte": redaction.strip() if change else ""}


def lire_conditions(
    fiches: Fiches, reponse: Callable[[str], str], debut: date | None
) -> tuple[Condition, ...]:  # fmt: skip
    """Return the conditions that the answers ask for, and those that were retained before they changed.

    *reponse* gives the answer of a question, «» without one; *debut* is the first day of the project, None when
    it is unknown.
    """
    proposees = {m.id: _du_modele(m) for m in _MODELES if reponse(m.question) in m.reponses}
    if (tardive := _ouverture(reponse, debut)) is not None:
        proposees[_OUVERTURE] = tardive
    autres = {m.id: _du_modele(m, proposee=False) for m in _MODELES} | {_OUVERTURE: _a_dater()}
    lues = []
    for id_condition in IDS:
        choix = fiches.get(cle_condition(id_condition))
        condition = proposees.get(id_condition, autres[id_condition])
        lue = _avec_choix(condition, choix if isinstance(choix, Mapping) else {})
        if condition.proposee or lue.retenue:
            lues.append(lue)
    return tuple(lues)


def _avec_choix(condition: Condition, choix: Mapping[str, Any]) -> Condition:
    redigee = texte(choix.get("texte")).strip() or condition.texte
    return replace(condition, texte=redigee, retenue=choix.get("retenue") is True)


def _du_modele(modele: _Modele, *, proposee: bool = True) -> Condition:
    phrase = f"{modele.texte[:1].upper()}{modele.texte[1:]}, {modele.echeance}"
    return Condition(
        id=modele.id,
        texte=phrase,
        critere=modele.critere,
        echeance=modele.echeance,
        proposee=proposee,
        redaction=phrase,
    )


def _ouverture(reponse: Callable[[str], str], debut: date | None) -> Condition | None:
    """Return what is asked when the section opens after the first day of the project."""
    try:
        ouverte = date.fromisoformat(reponse("section_depuis"))
    except ValueError:
        return None
    if debut is None or ouverte <= debut or reponse("section") in ("non", "partiel"):
        return None
    phrase = (
        f"Ouvrir la section O2R dès le {date_courte(debut)}, début prévu de l’action, et non le "
        f"{date_courte(ouverte)}"
    )
    return Condition(id=_OUVERTURE, texte=phrase, critere="ANA-01", echeance=AVANT_ACTION, redaction=phrase)


def _a_dater() -> Condition:
    """Return the same without its days, for when it was retained and they agree since."""
    phrase = f"Ouvrir la section O2R {AVANT_ACTION}"
    return Condition(
        id=_OUVERTURE, texte=phrase, critere="ANA-01", echeance=AVANT_ACTION, proposee=False, redaction=phrase
    )
