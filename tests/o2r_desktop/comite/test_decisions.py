"""What a decision must say, what is kept of it, what is pasted on the platform."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.comite import etat
from o2r_desktop.comite.decisions import obstacles, par_defaut, suit, votants_de
from o2r_desktop.comite.modele import Bloc, Comite, Condition, Decision, Deport, Seance, Sens
from o2r_desktop.comite.textes import empreinte_texte, est_copie, texte_plateforme
from o2r_desktop.evaluation.reponses import TypeAvis
from tests.o2r_desktop.comite.fabrique import ANNEES, MEMBRES, candidat, montants

COMITE = Comite(membres=MEMBRES, deports={1: (Deport(membre="b"),)})
RETENU = Decision(sens=Sens.RETENU, montants=montants(100, 100, 100))
ENTIERE = Condition(texte="Budget corrigé", responsable="Porteur", echeance=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("change", "avis", "attendu"),
    [
        ({}, TypeAvis.FAVORABLE, ""),
        ({"montants": {}}, TypeAvis.FAVORABLE, "Indiquez le montant pour 2026, 2027 et 2028"),
        ({"montants": montants(0, 0, 0)}, TypeAvis.FAVORABLE, "Indiquez un montant"),
        ({"montants": montants(111, 110, 110)}, TypeAvis.FAVORABLE, "Ramenez le total à 330,00 € au plus"),
        ({"montants": montants(110, 110, 110)}, TypeAvis.FAVORABLE, ""),
        ({"montants": montants("-1", 1, 1)}, TypeAvis.FAVORABLE, "Corrigez le montant de 2026"),
        ({"montants": montants("1.005", 1, 1)}, TypeAvis.FAVORABLE, "Corrigez le montant de 2026"),
        ({"montants": {**montants(1, 1, 1), "2030": Decimal(1)}}, TypeAvis.FAVORABLE, "Retirez le montant de 2030"),
        ({}, TypeAvis.DEFAVORABLE, "s’écarte de l’avis"),
        ({"motif": "Le besoin prime."}, TypeAvis.DEFAVORABLE, ""),
        ({"sens": Sens.REFUSE, "montants": {}}, TypeAvis.DEFAVORABLE, "ne retient pas le dossier"),
        ({"sens": Sens.REFUSE, "motif": "m"}, TypeAvis.DEFAVORABLE, "Retirez les montants"),
        ({"sens": Sens.CONDITIONS}, TypeAvis.FAVORABLE, "Écrivez au moins une condition"),
        ({"sens": Sens.CONDITIONS, "conditions": (ENTIERE,)}, TypeAvis.FAVORABLE, ""),
        (
            {"sens": Sens.CONDITIONS, "conditions": (replace(ENTIERE, responsable=" ", echeance=None),)},
            TypeAvis.FAVORABLE,
            "Complétez la condition 1 : responsable et échéance.",
        ),
        ({"pour": 1, "contre": 0, "abstentions": 0}, TypeAvis.FAVORABLE, ""),
        ({"pour": 1, "contre": 1}, TypeAvis.FAVORABLE, "2 pour 1 votants présents"),
        ({"pour": -1}, TypeAvis.FAVORABLE, "négatives"),
    ],
)
def test_obstacles(change: dict[str, Any], avis: TypeAvis, attendu: str) -> None:
    trouves = obstacles(candidat(1, avis=avis), replace(RETENU, **change), COMITE, ANNEES)
    dits = " ".join(trouves).replace("\u00a0", " ")
    assert (attendu in dits) if attendu else not trouves


def test_who_steps_aside_is_absent_or_has_no_voice_does_not_vote() -> None:
    assert votants_de(1, COMITE) == 1
    assert votants_de(2, COMITE) == 2


@pytest.mark.parametrize("avis", TypeAvis)
def test_the_decision_offered_first_follows_the_avis(avis: TypeAvis) -> None:
    sens = par_defaut(candidat(avis=avis))
    assert sens is not None
    assert suit(candidat(avis=avis), Decision(sens=sens))
    assert not suit(candidat(avis=avis), Decision(sens=Sens.ATTENTE))


def test_nothing_is_offered_without_avis() -> None:
    assert par_defaut(candidat(avis=None)) is None


decisions = st.builds(
    Decision,
    sens=st.sampled_from(Sens),
    motif=st.text(),
    montants=st.dictionaries(st.sampled_from(ANNEES), st.decimals(0, 10**9, places=2)),
    conditions=st.lists(
        st.builds(Condition, texte=st.text(), responsable=st.text(), echeance=st.none() | st.dates()), max_size=3
    ).map(tuple),
    pour=st.none() | st.integers(0, 20),
    contre=st.none() | st.integers(0, 20),
    abstentions=st.none() | st.integers(0, 20),
)


@given(decisions)
def test_a_decision_is_read_back_as_it_was_written(decision: Decision) -> None:
    valeurs = {etat.cle(etat.DECISION, 24): etat.decision_dite(decision)}
    assert etat.lire(valeurs).decisions == {24: decision}


def test_the_rest_is_read_back_too() -> None:
    comite = Comite(
        seance=Seance(jour=date(2025, 10, 14), heure="9 h", lieu="ici", president="A"),
        membres=MEMBRES,
        retenu="B",
        ordre=(3, 1),
        blocs={3: Bloc.DEBAT},
        ajustes={3: montants(1, 2, 3)},
        deports={1: (Deport(membre="b", motif="parent"),)},
        copies={1: "abc"},
    )
    lue = etat.lire({
        etat.SEANCE: etat.seance_dite(comite.seance),
        etat.MEMBRES: etat.membres_dits(comite.membres),
        etat.SCENARIOS_CLE: etat.scenarios_dits(comite.scenarios),
        etat.RETENU: "B",
        etat.ORDRE: [3, 1],
        etat.cle(etat.BLOC, 3): "a_debattre",
        etat.cle(etat.AJUSTE, 3): etat.montants_dits(comite.ajustes[3]),
        etat.cle(etat.DEPORT, 1): etat.deports_dits(comite.deports[1]),
        etat.cle(etat.COPIE, 1): "abc",
    })  # fmt: skip
    assert lue == comite
    assert lue.scenario.id == "B"


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda x: st.lists(x, max_size=3) | st.dictionaries(st.text(max_size=5), x, max_size=3),
    max_leaves=6,
)
cles = st.sampled_from(
    [
        "seance",
        "membres",
        "scenarios",
        "retenu",
        "ordre",
        *(f"{g}/7" for g in ("bloc", "ajuste", "deport", "decision")),
    ]
)


@given(st.dictionaries(cles, json))
def test_what_cannot_be_read_is_left_out(valeurs: dict[str, Any]) -> None:
    assert etat.lire(valeurs).scenario in etat.lire(valeurs).scenarios


def test_the_text_for_the_platform_and_its_tick() -> None:
    comite = Comite(seance=Seance(jour=date(2025, 10, 14)))
    decision = replace(RETENU, sens=Sens.CONDITIONS, conditions=(ENTIERE,), motif="Bon projet.")
    texte = texte_plateforme(candidat(24000012), decision, comite).replace("\u00a0", " ").replace("\u202f", " ")
    for attendu in ("24 000 012", "14 octobre 2025", "sous les conditions", "Contribution accordée : 300,00 €",
                    "- 2026 : 100,00 €", "Budget corrigé, avant le 1er janvier 2026",
                    "Motif : Bon projet."):  # fmt: skip
        assert attendu in texte
    refus = texte_plateforme(candidat(), Decision(sens=Sens.REFUSE, motif="Hors sujet."), comite)
    assert "n’a pas retenu" in refus
    assert "€" not in refus
    copie = replace(
        comite, copies={24000012: empreinte_texte(texte_plateforme(candidat(24000012), decision, comite))}
    )
    assert est_copie(candidat(24000012), decision, copie)
    assert not est_copie(candidat(24000012), replace(decision, motif="Autre."), copie)
