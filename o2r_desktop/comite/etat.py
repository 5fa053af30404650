"""The committee as the store keeps it: JSON values under a key. What cannot be read is left out, never guessed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from o2r_desktop.comite.modele import (
    SCENARIOS,
    Base,
    Bloc,
    Comite,
    Condition,
    Decision,
    Deport,
    Membre,
    Scenario,
    Seance,
    Sens,
)

T = TypeVar("T")
SEANCE, MEMBRES, SCENARIOS_CLE, RETENU, ORDRE = "seance", "membres", "scenarios", "retenu", "ordre"
BLOC, AJUSTE, DEPORT, DECISION, COPIE = "bloc", "ajuste", "deport", "decision", "copie"
BROUILLON = "brouillon"
"""Keys: the last six are followed by the number of a dossier, «decision/24000012»."""


def cle(genre: str, numero: int) -> str:
    """Return the key of what is kept of one dossier."""
    return f"{genre}/{numero}"


def numero_de(cle_: str) -> int | None:
    """Return the number of the dossier that a key is about, None for the committee as a whole."""
    reste = cle_.partition("/")[2]
    return int(reste) if reste.isascii() and reste.isdigit() else None


def lire(valeurs: Mapping[str, Any]) -> Comite:
    """Return the committee that these values make."""
    scenarios = tuple(s for b in _liste(valeurs.get(SCENARIOS_CLE)) if (s := _essai(_scenario, b)) is not None)
    retenu = valeurs.get(RETENU)
    return Comite(
        seance=_essai(_seance, valeurs.get(SEANCE)) or Seance(),
        membres=tuple(m for b in _liste(valeurs.get(MEMBRES)) if (m := _essai(_membre, b)) is not None),
        scenarios=scenarios or SCENARIOS,
        retenu=retenu if isinstance(retenu, str) else "A",
        ordre=tuple(n for n in _liste(valeurs.get(ORDRE)) if isinstance(n, int)),
        blocs=_par_dossier(valeurs, BLOC, Bloc),
        ajustes=_par_dossier(valeurs, AJUSTE, montants_lus),
        deports=_par_dossier(valeurs, DEPORT, lambda b: tuple(Deport(**d) for d in b)),
        decisions=_par_dossier(valeurs, DECISION, decision_lue),
        copies=_par_dossier(valeurs, COPIE, str),
        brouillons=_par_dossier(valeurs, BROUILLON, lambda b: {str(c): str(v) for c, v in b.items()}),
    )


def seance_dite(seance: Seance) -> dict[str, Any]:
    """Return the JSON of the meeting."""
    jour = seance.jour.isoformat() if seance.jour else ""
    return {"jour": jour, "heure": seance.heure, "lieu": seance.lieu, "president": seance.president}


def membres_dits(membres: Sequence[Membre]) -> list[dict[str, Any]]:
    """Return the JSON of the members."""
    return [{c: getattr(m, c) for c in ("id", "nom", "qualite", "voix", "present")} for m in membres]


def scenarios_dits(scenarios: Sequence[Scenario]) -> list[dict[str, Any]]:
    """Return the JSON of the scenarios."""
    return [
        {"id": s.id, "nom": s.nom, "base": s.base.value, "taux": str(s.taux), "score_min": str(s.score_min)}
        for s in scenarios
    ]


def deports_dits(deports: Sequence[Deport]) -> list[dict[str, Any]]:
    """Return the JSON of who leaves the room."""
    return [{"membre": d.membre, "motif": d.motif} for d in deports]


def montants_dits(montants: Mapping[str, Decimal]) -> dict[str, str]:
    """Return amounts as texts with a dot."""
    return {annee: f"{somme:f}" for annee, somme in montants.items()}


def montants_lus(brut: Mapping[str, Any]) -> dict[str, Decimal]:
    """Read back what montants_dits() wrote."""
    return {str(annee): Decimal(str(somme)) for annee, somme in brut.items()}


def decision_dite(decision: Decision) -> dict[str, Any]:
    """Return the JSON of a decision."""
    return {
        "sens": decision.sens.value,
        "motif": decision.motif,
        "montants": montants_dits(decision.montants),
        "conditions": [
            {
                "texte": c.texte,
                "responsable": c.responsable,
                "echeance": c.echeance.isoformat() if c.echeance else "",
            }
            for c in decision.conditions
        ],
        "pour": decision.pour,
        "contre": decision.contre,
        "abstentions": decision.abstentions,
    }


def decision_lue(brut: Mapping[str, Any]) -> Decision:
    """Read back what decision_dite() wrote; raises ValueError, KeyError or TypeError."""
    return Decision(
        sens=Sens(brut["sens"]),
        motif=str(brut.get("motif", "")),
        montants=montants_lus(brut.get("montants", {})),
        conditions=tuple(
            Condition(
                texte=str(c["texte"]),
                responsable=str(c.get("responsable", "")),
                echeance=date.fromisoformat(c["echeance"]) if c.get("echeance") else None,
            )
            for c in brut.get("conditions", ())
        ),
        pour=brut.get("pour"),
        contre=brut.get("contre"),
        abstentions=brut.get("abstentions"),
    )


def _seance(brut: Mapping[str, Any]) -> Seance:
    jour = date.fromisoformat(brut["jour"]) if brut.get("jour") else None
    return Seance(jour=jour, **{c: str(brut.get(c, "")) for c in ("heure", "lieu", "president")})


def _membre(brut: Mapping[str, Any]) -> Membre:
    return Membre(
        id=str(brut["id"]),
        nom=str(brut["nom"]),
        qualite=str(brut.get("qualite", "")),
        voix=bool(brut.get("voix", True)),
        present=bool(brut.get("present", False)),
    )


def _scenario(brut: Mapping[str, Any]) -> Scenario:
    return Scenario(
        id=str(brut["id"]),
        nom=str(brut["nom"]),
        base=Base(brut["base"]),
        taux=Decimal(str(brut.get("taux", 0))),
        score_min=Decimal(str(brut.get("score_min", 0))),
    )


def _liste(brut: Any) -> list[Any]:
    return brut if isinstance(brut, list) else []


def _par_dossier(valeurs: Mapping[str, Any], genre: str, lire_un: Callable[[Any], T]) -> dict[int, T]:
    trouves = {}
    for cle_, brut in valeurs.items():
        numero = numero_de(cle_)
        if cle_.startswith(f"{genre}/") and numero is not None and (lu := _essai(lire_un, brut)) is not None:
            trouves[numero] = lu
    return trouves


def _essai(lire_un: Callable[[Any], T], brut: Any) -> T | None:
    if brut is None:
        return None
    try:
        return lire_un(brut)
    except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation):
        return None
