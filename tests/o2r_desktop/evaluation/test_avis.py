"""What may be concluded: each rule, with the one thing that breaks it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from o2r_desktop.evaluation.avis import Obstacle, alertes, check, proposition
from o2r_desktop.evaluation.constats import Constat, Resultat
from o2r_desktop.evaluation.grille import TypeCritere, load_grille
from o2r_desktop.evaluation.reponses import (
    MANQUANTE,
    NON,
    OUI,
    SANS_OBJET,
    Avis,
    DecisionConstat,
    Evaluation,
    Reponse,
    TypeAvis,
)
from o2r_desktop.evaluation.score import Score
from o2r_desktop.resources import resource

GRILLE = load_grille(resource("grilles", "ami_2025.toml").read_text(encoding="utf-8"), "ami_2025.toml")
ANNEES = ("2026", "2027", "2028")
MONTANTS = {annee: Decimal(100_000) for annee in ANNEES}
PLAFOND = Decimal(300_000)
CONFIRME, CONTESTE, NON_VERIFIABLE = DecisionConstat
FAVORABLES = (TypeAvis.FAVORABLE, TypeAvis.FAVORABLE_AVEC_RESERVES)


def _valeur(type_critere: TypeCritere) -> str:
    return {
        TypeCritere.CONTROLE: OUI,
        TypeCritere.ECHELLE: "3",
        TypeCritere.MONTANT: "160000.00",
        TypeCritere.PRIORITE: "P1",
    }[type_critere]


COMPLETE = {c.id: Reponse(critere=c.id, valeur=_valeur(c.type)) for c in GRILLE.criteres}


def evaluation(changes: dict[str, dict[str, Any]], *, complete: bool = True) -> Evaluation:
    """A complete evaluation without any alert, or an empty one, with some answers changed."""
    reponses = dict(COMPLETE) if complete else {}
    for critere, valeurs in changes.items():
        reponses[critere] = replace(COMPLETE[critere], **valeurs)
    return Evaluation(numero=1, grille="ami_2025", version=1, reponses=reponses)


def avis(type_avis: TypeAvis, **valeurs: Any) -> Avis:
    montants = MONTANTS if type_avis in FAVORABLES else {}
    base: dict[str, Any] = {"motif": "Projet solide.", "reserves": "", "montants": montants}
    return Avis(avis=type_avis, **(base | valeurs))


def constat(critere: str, resultat: Resultat) -> Constat:
    return Constat(critere=critere, resultat=resultat, valeur="Trouvé.", preuve="Champ", regle="Règle")


def examine(
    faite: Evaluation, conclu: Avis, *constats: Constat, plafond: Decimal | None = PLAFOND, **autres: Any
) -> list[Obstacle]:
    return check(GRILLE, faite, constats, conclu, plafond=plafond, annees=ANNEES, **autres)


def ou(obstacles: list[Obstacle]) -> list[str | None]:
    return [o.critere for o in obstacles]


@pytest.mark.parametrize("type_avis", TypeAvis)
def test_every_avis_needs_a_motif(type_avis: TypeAvis) -> None:
    obstacles = examine(evaluation({}), avis(type_avis, motif=" \n"))
    assert obstacles[0] == Obstacle(critere=None, texte="Écrivez le motif de l’avis\u00a0: tout avis est motivé.")


@pytest.mark.parametrize(
    ("type_avis", "valeurs"),
    [
        (TypeAvis.FAVORABLE, {}),
        (TypeAvis.FAVORABLE_AVEC_RESERVES, {"reserves": "Plan analytique avant signature."}),
        (TypeAvis.DEFAVORABLE, {}),
    ],
)
def test_a_complete_evaluation_concludes(type_avis: TypeAvis, valeurs: dict[str, Any]) -> None:
    assert examine(evaluation({}), avis(type_avis, **valeurs)) == []


def test_ajourne_needs_only_a_motif() -> None:
    assert examine(evaluation({}, complete=False), avis(TypeAvis.AJOURNE)) == []


@pytest.mark.parametrize(
    ("changes", "passe"),
    [
        pytest.param({"REC-02": {"valeur": NON}}, True, id="blocking no of REC"),
        pytest.param({"REC-03": {"valeur": NON}}, False, id="alert of REC"),
        pytest.param({"ELI-01": {"valeur": NON}}, False, id="blocking no of ELI"),
        pytest.param({}, False, id="nothing"),
        pytest.param({"REC-02": {"valeur": NON, "a_reconfirmer": True}}, False, id="no in doubt"),
        pytest.param(
            {"REC-02": {"valeur": NON, "a_reconfirmer": True}, "REC-01": {"valeur": NON}},
            True,
            id="one no is certain",
        ),
    ],
)
def test_irrecevable_needs_a_blocking_no_of_rec(changes: dict[str, dict[str, Any]], passe: bool) -> None:
    obstacles = examine(evaluation(changes, complete=False), avis(TypeAvis.IRRECEVABLE))
    assert (obstacles == []) is passe


def test_irrecevable_names_the_criteria_that_allow_it() -> None:
    (obstacle,) = examine(evaluation({}), avis(TypeAvis.IRRECEVABLE))
    assert "REC-01, REC-02 et REC-04" in obstacle.texte


@pytest.mark.parametrize("critere", ["REC-04", "ELI-06", "ELI-07"])
def test_defavorable_on_a_blocking_no(critere: str) -> None:
    assert examine(evaluation({critere: {"valeur": NON}}, complete=False), avis(TypeAvis.DEFAVORABLE)) == []


@pytest.mark.parametrize(
    ("changes", "attendu"),
    [
        pytest.param({"FIN-02": {"valeur": ""}}, [None, "FIN-02"], id="weighted critere"),
        pytest.param({"REC-05": {"valeur": MANQUANTE}}, [None, "REC-05"], id="missing information"),
        pytest.param({"ELI-10": {"valeur": ""}}, [None, "ELI-10"], id="control of ELI"),
        pytest.param({"TER-01": {"a_reconfirmer": True}}, [None, "TER-01"], id="in doubt"),
        pytest.param({"PRI-02": {"valeur": ""}, "CRE-08": {"valeur": ""}}, [], id="other controls may wait"),
        pytest.param({"RES-04": {"valeur": SANS_OBJET}}, [], id="not applicable is an answer"),
        pytest.param({"ANA-01": {"valeur": "0"}}, ["ANA-01"], id="alert without a comment"),
        pytest.param({"TER-01": {"valeur": "0"}}, [], id="low level of another critere"),
    ],
)
def test_defavorable_on_a_complete_evaluation(
    changes: dict[str, dict[str, Any]], attendu: list[str | None]
) -> None:
    assert ou(examine(evaluation(changes), avis(TypeAvis.DEFAVORABLE))) == attendu


@pytest.mark.parametrize("type_avis", [TypeAvis.DEFAVORABLE, TypeAvis.IRRECEVABLE])
def test_a_refusal_proposes_no_money(type_avis: TypeAvis) -> None:
    (obstacle,) = examine(evaluation({"REC-02": {"valeur": NON}}), avis(type_avis, montants=MONTANTS))
    assert obstacle.texte.startswith("Retirez les montants")


@pytest.mark.parametrize(
    ("critere", "valeurs", "dit"),
    [
        pytest.param("FIN-02", {"valeur": ""}, "réponse attendue, encore vide", id="empty"),
        pytest.param("PRI-01", {"valeur": ""}, "réponse attendue, encore vide", id="empty without weight"),
        pytest.param("PRI-02", {"valeur": MANQUANTE}, "obtenez l’information manquante", id="missing"),
        pytest.param("TER-01", {"a_reconfirmer": True}, "reconfirmez la réponse", id="in doubt"),
        pytest.param("REC-04", {"valeur": NON}, "choisissez l’avis « irrecevable »", id="blocking REC"),
        pytest.param("ELI-07", {"valeur": NON}, "choisissez l’avis « défavorable »", id="blocking ELI"),
        pytest.param("TER-01", {"valeur": "1"}, "commentez le niveau 1", id="low level"),
        pytest.param("TER-01", {"valeur": "4"}, "règle proposée par l’outil, absente de l’AMI", id="high level"),
        pytest.param("CRE-08", {"valeur": NON}, "commentez la réponse « non »", id="alert"),
        pytest.param("CRE-06", {"valeur": "1"}, "commentez la réponse « niveau 1 »", id="alert level"),
    ],
)
def test_favorable_needs_each_critere_settled(critere: str, valeurs: dict[str, Any], dit: str) -> None:
    faite = evaluation({critere: valeurs})
    for type_avis in FAVORABLES:
        (obstacle,) = examine(faite, avis(type_avis, reserves="Une réserve."))
        assert obstacle.critere == critere
        assert dit in obstacle.texte.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("critere", "valeurs"),
    [
        ("ELI-08", {"valeur": "12000.00"}),
        ("CRE-02", {"valeur": "0.00"}),
        ("ELI-10", {"valeur": SANS_OBJET}),
        ("TER-01", {"valeur": "0", "commentaire": "Aucune attache."}),
        ("TER-01", {"valeur": "2"}),
    ],
)
def test_favorable_accepts(critere: str, valeurs: dict[str, Any]) -> None:
    assert examine(evaluation({critere: valeurs}), avis(TypeAvis.FAVORABLE)) == []


@pytest.mark.parametrize(
    ("resultat", "critere", "valeurs", "dit"),
    [
        pytest.param(Resultat.CONFORME, "REC-02", {}, "confirmez le constat", id="undecided"),
        pytest.param(Resultat.CONFORME, "REC-02", {"decision": CONFIRME}, None, id="confirmed"),
        pytest.param(Resultat.CONFORME, "ELI-09", {}, "confirmez le constat", id="undecided alert"),
        pytest.param(Resultat.CONFORME, "CRE-04", {}, None, id="no effect, no decision"),
        pytest.param(Resultat.SANS_OBJET, "REC-02", {}, None, id="finding without object"),
        pytest.param(Resultat.INCONNU, "REC-02", {}, "confirmez le constat", id="unknown, blocking"),
        pytest.param(Resultat.INCONNU, "REC-02", {"decision": NON_VERIFIABLE}, None, id="unknown, told"),
        pytest.param(Resultat.INCONNU, "ELI-09", {}, None, id="unknown, alert"),
        pytest.param(
            Resultat.CONFORME, "ELI-09", {"decision": CONTESTE}, "écrivez le motif", id="contest, no motif"
        ),
        pytest.param(
            Resultat.CONFORME,
            "PRI-01",
            {"decision": CONTESTE, "motif": " "},
            "écrivez le motif",
            id="contest without effect",
        ),
        pytest.param(
            Resultat.NON_CONFORME,
            "REC-02",
            {"decision": CONTESTE, "motif": "Panne attestée."},
            None,
            id="contested",
        ),
        pytest.param(
            Resultat.NON_CONFORME, "REC-02", {"decision": CONFIRME}, "changez la réponse", id="contradiction"
        ),
        pytest.param(
            Resultat.NON_CONFORME,
            "REC-02",
            {"decision": CONFIRME, "commentaire": "Admis."},
            "changez la réponse",
            id="a comment does not lift a contradiction",
        ),
        pytest.param(
            Resultat.NON_CONFORME,
            "REC-02",
            {"decision": CONFIRME, "valeur": SANS_OBJET},
            "changez la réponse",
            id="not applicable contradicts too",
        ),
        pytest.param(
            Resultat.NON_CONFORME,
            "ELI-07",
            {"decision": CONFIRME, "valeur": "148000.00"},
            "exclut un avis favorable",
            id="amount with a confirmed bad finding",
        ),
        pytest.param(
            Resultat.NON_CONFORME,
            "REC-02",
            {"decision": NON_VERIFIABLE},
            "changez la réponse",
            id="not verifiable does not lift a bad finding",
        ),
        pytest.param(
            Resultat.NON_CONFORME,
            "REC-02",
            {"decision": NON_VERIFIABLE, "commentaire": "Vu.", "motif": "Introuvable."},
            "changez la réponse",
            id="not verifiable with words neither",
        ),
        pytest.param(
            Resultat.NON_CONFORME,
            "ELI-07",
            {"decision": NON_VERIFIABLE, "valeur": "160000.00", "commentaire": "Vu."},
            "la réponse dit « 160 000,00 € »",
            id="amount that passes against a bad finding",
        ),
        pytest.param(
            Resultat.NON_CONFORME,
            "ELI-07",
            {"decision": NON_VERIFIABLE, "valeur": SANS_OBJET, "commentaire": "Vu."},
            "la réponse dit « sans objet »",
            id="not applicable against a bad finding",
        ),
        pytest.param(
            Resultat.NON_CONFORME,
            "ELI-07",
            {"decision": CONTESTE, "valeur": "160000.00", "motif": "Budget corrigé."},
            None,
            id="amount, contested with a motif",
        ),
        pytest.param(
            Resultat.ALERTE,
            "REC-02",
            {"decision": NON_VERIFIABLE},
            "expliquez en commentaire",
            id="alert not verifiable, unexplained",
        ),
        pytest.param(Resultat.ALERTE, "ELI-02", {"decision": CONFIRME}, "expliquez en commentaire", id="alert"),
        pytest.param(
            Resultat.ALERTE,
            "ELI-02",
            {"decision": CONFIRME, "commentaire": "Dérogation du 2 mai."},
            None,
            id="alert explained",
        ),
        pytest.param(
            Resultat.NON_CONFORME,
            "ELI-09",
            {"decision": CONFIRME, "commentaire": "Ramené à 12."},
            None,
            id="alert critere explained",
        ),
    ],
)
def test_favorable_needs_constats_settled(
    resultat: Resultat, critere: str, valeurs: dict[str, Any], dit: str | None
) -> None:
    obstacles = examine(evaluation({critere: valeurs}), avis(TypeAvis.FAVORABLE), constat(critere, resultat))
    if dit is None:
        assert obstacles == []
    else:
        assert ou(obstacles) == [critere]
        assert dit in obstacles[0].texte.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(("montant", "passe"), [("149999.99", False), ("150000.00", True)])
def test_amount_is_compared_with_the_threshold(montant: str, passe: bool) -> None:
    faite = evaluation({"ELI-07": {"valeur": montant}})
    assert (examine(faite, avis(TypeAvis.FAVORABLE), seuil=Decimal(150_000)) == []) is passe
    seule = evaluation({"ELI-07": {"valeur": montant}}, complete=False)
    assert (examine(seule, avis(TypeAvis.DEFAVORABLE), seuil=Decimal(150_000)) == []) is not passe


def test_open_alert_needs_a_reserve_even_when_favorable() -> None:
    faite = evaluation({c: {"valeur": "1", "commentaire": "Faible."} for c in ("FIN-05", "ANA-01")})
    (obstacle,) = examine(faite, avis(TypeAvis.FAVORABLE))
    assert obstacle.critere is None
    assert "les alertes ouvertes sur FIN-05 et ANA-01" in obstacle.texte
    for type_avis in FAVORABLES:
        assert examine(faite, avis(type_avis, reserves="Plan de trésorerie.")) == []


def test_one_open_alert_is_said_in_the_singular() -> None:
    faite = evaluation({"ANA-01": {"valeur": "1", "commentaire": "Faible."}})
    assert examine(faite, avis(TypeAvis.FAVORABLE))[0].texte.endswith("pour l’alerte ouverte sur ANA-01.")


def test_favorable_avec_reserves_needs_reserves() -> None:
    (obstacle,) = examine(evaluation({}), avis(TypeAvis.FAVORABLE_AVEC_RESERVES))
    assert obstacle.texte.startswith("Écrivez les réserves")


@pytest.mark.parametrize(
    ("montants", "dit"),
    [
        pytest.param({}, "pour 2026, 2027 et 2028, 0 s’il", id="none"),
        pytest.param({"2026": "1", "2028": "1"}, "pour 2027, 0 s’il", id="one year missing"),
        pytest.param(
            {"2026": "1", "2027": "1", "2028": "1", "2029": "0"}, "Retirez le montant de 2029", id="year too many"
        ),
        pytest.param({"2026": "1", "2027": "-0.01", "2028": "1"}, "Corrigez le montant de 2027", id="negative"),
        pytest.param(
            {"2026": "1", "2027": "0.001", "2028": "1"}, "Corrigez le montant de 2027", id="part of a cent"
        ),
        pytest.param({"2026": "1", "2027": "NaN", "2028": "1"}, "Corrigez le montant de 2027", id="not a number"),
        pytest.param({"2026": "1", "2027": "1e40", "2028": "1"}, "Corrigez le montant de 2027", id="absurd"),
        pytest.param(
            {"2026": "100000", "2027": "100000", "2028": "100000.01"},
            "300 000,01 €, au plafond de 300 000,00 €",
            id="over the cap",
        ),
        pytest.param({"2026": "300000", "2027": "0", "2028": "0"}, None, id="exactly the cap"),
        pytest.param({"2026": "0", "2027": "0", "2028": "0"}, None, id="nothing"),
    ],
)
def test_amounts_of_a_favorable_avis(montants: dict[str, str], dit: str | None) -> None:
    sommes = {annee: Decimal(somme) for annee, somme in montants.items()}
    obstacles = examine(evaluation({}), avis(TypeAvis.FAVORABLE, montants=sommes))
    if dit is None:
        assert obstacles == []
    else:
        (obstacle,) = obstacles
        assert dit in obstacle.texte.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("plafond", "demande", "dit"),
    [
        pytest.param("300000", "300000", None, id="exactly both"),
        pytest.param("400000", "299999.99", "300 000,00 €, à la demande de 299 999,99 €", id="over the request"),
        pytest.param("250000", "299999.99", "au plafond de 250 000,00 €", id="over both: the lower is told"),
        pytest.param("299999.995", None, "au plafond de 299 999,995 €", id="a cap never looks equal"),
        pytest.param(None, "300000", None, id="cap unknown, request known"),
        pytest.param(None, "100", "à la demande de 100,00 €", id="cap unknown, over the request"),
        pytest.param(None, None, "le plafond et la demande sont inconnus", id="nothing to compare with"),
        pytest.param("0", None, "au plafond de 0,00 €", id="a cap of zero is known"),
        pytest.param(None, "0", "à la demande de 0,00 €", id="a request of zero is known"),
    ],
)
def test_amount_stays_within_the_cap_and_the_request(
    plafond: str | None, demande: str | None, dit: str | None
) -> None:
    obstacles = examine(
        evaluation({}),
        avis(TypeAvis.FAVORABLE),
        plafond=None if plafond is None else Decimal(plafond),
        demande=None if demande is None else Decimal(demande),
    )
    if dit is None:
        assert obstacles == []
    else:
        (obstacle,) = obstacles
        assert dit in obstacle.texte.replace("\u202f", " ").replace("\u00a0", " ")


def test_no_money_needs_neither_cap_nor_request() -> None:
    sommes = {annee: Decimal(0) for annee in ANNEES}
    assert examine(evaluation({}), avis(TypeAvis.FAVORABLE, montants=sommes), plafond=None) == []


def test_empty_evaluation_lists_each_critere_once() -> None:
    obstacles = examine(evaluation({}, complete=False), avis(TypeAvis.FAVORABLE))
    assert ou(obstacles) == [c.id for c in GRILLE.criteres]
    assert all(o.texte.endswith(".") and "\n" not in o.texte for o in obstacles)


@pytest.mark.parametrize(
    ("changes", "constats", "attendu"),
    [
        pytest.param({}, [], [], id="none"),
        pytest.param({"CRE-08": {"valeur": NON}}, [], ["CRE-08"], id="no"),
        pytest.param({"FIN-02": {"valeur": "1", "commentaire": "Vu."}}, [], ["FIN-02"], id="low level, commented"),
        pytest.param({"TER-01": {"valeur": "0"}}, [], [], id="low level without effect"),
        pytest.param(
            {"REC-02": {"valeur": NON}}, [("REC-02", Resultat.NON_CONFORME)], [], id="refusal is no alert"
        ),
        pytest.param({}, [("ELI-02", Resultat.ALERTE)], ["ELI-02"], id="finding nobody settled"),
        pytest.param(
            {"ELI-02": {"valeur": ""}}, [("ELI-02", Resultat.ALERTE)], ["ELI-02"], id="finding unanswered"
        ),
        pytest.param({"ELI-02": {"commentaire": "Dérogation."}}, [("ELI-02", Resultat.ALERTE)], [], id="explained"),
        pytest.param(
            {"ELI-02": {"decision": CONTESTE, "motif": "Homonyme."}},
            [("ELI-02", Resultat.ALERTE)],
            [],
            id="contested",
        ),
        pytest.param({}, [("CRE-04", Resultat.ALERTE)], [], id="finding without effect"),
        pytest.param({}, [("ELI-02", Resultat.INCONNU)], [], id="unknown"),
        pytest.param({"ELI-08": {"valeur": NON}}, [("ELI-08", Resultat.ALERTE)], ["ELI-08"], id="counted once"),
    ],
)
def test_open_alerts(
    changes: dict[str, dict[str, Any]], constats: list[tuple[str, Resultat]], attendu: list[str]
) -> None:
    ouvertes = alertes(GRILLE, evaluation(changes), [constat(c, r) for c, r in constats])
    assert ou(ouvertes) == attendu


@pytest.mark.parametrize(
    ("total", "repondus", "attendu"),
    [
        ("65.00", 39, TypeAvis.FAVORABLE),
        ("64.99", 39, TypeAvis.FAVORABLE_AVEC_RESERVES),
        ("50.00", 39, TypeAvis.FAVORABLE_AVEC_RESERVES),
        ("49.99", 39, TypeAvis.DEFAVORABLE),
        ("90.00", 38, None),
        (None, 39, None),
    ],
)
def test_proposition(total: str | None, repondus: int, attendu: TypeAvis | None) -> None:
    valeur = None if total is None else Decimal(total)
    score = Score(total=valeur, par_section={}, repondus=repondus, attendus=39)
    assert proposition(GRILLE, score) is attendu
