"""The budget of a project against cases worked out by hand, to the cent."""

import json
import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.analyse.budget import constats, document, reperes
from o2r_desktop.analyse.budget.lignes import (
    Sens,
    StatutEcart,
    cle_ecart,
    cle_ligne,
    ecrire_ligne,
    lire_lignes,
    sens,
)
from o2r_desktop.analyse.budget.modele import Nature
from o2r_desktop.analyse.budget.montants_texte import chercher
from o2r_desktop.analyse.budget.plan_comptable import libelle_compte, normaliser, propositions
from o2r_desktop.analyse.finances import Finances
from o2r_desktop.analyse.finances.mesures import Exercice
from o2r_desktop.analyse.panorama import Panorama, vu
from o2r_desktop.dossiers.model import Membre
from o2r_desktop.evaluation.constats import Resultat
from tests.o2r_desktop.analyse.budget.fabrique import EQUILIBRE, Rangee, budget, fiches, sauf
from tests.o2r_desktop.evaluation.fabrique import dossier, plat


def resultats(rangees: tuple[Rangee, ...]) -> dict[str, Resultat]:
    return {c.cle: c.resultat for c in budget(rangees).controles}


def test_a_balanced_budget_adds_up() -> None:
    b = budget()
    assert [(x.compte, x.total) for x in b.charges] == [
        ("60", 30_000), ("61", 18_000), ("62", 12_000), ("64", 240_000),
    ]  # fmt: skip
    assert b.total_charges.annees == (100_000, 100_000, 100_000)
    assert b.total_charges.total == b.total_produits.total == 300_000
    assert [x.part for x in b.charges] == [10, 6, 4, 80]
    assert {c.resultat for c in b.controles} == {Resultat.CONFORME}
    assert [c.resultat for c in constats(b)] == [Resultat.CONFORME] * 4


@pytest.mark.parametrize(
    ("rangees", "attendus"),
    [
        # one cent a year more of expenses: within the rounding, told
        (sauf("606", "10000.01", "10000", "10000"), {"equilibre/1": "alerte", "equilibre/total": "alerte"}),
        # exactly one euro: still rounding; one cent beyond: wrong
        (sauf("606", "10001", "10000", "10000"), {"equilibre/1": "alerte", "equilibre/2": "conforme"}),
        (sauf("606", "10001.01", "10000", "10000"), {"equilibre/1": "non_conforme", "equilibre/total": "alerte"}),
        # 86 = 5 000, 87 = 4 999,99
        (sauf("875", "4999.99", "5000", "5000"), {"volontaires/1": "non_conforme", "equilibre/1": "conforme"}),
    ],
)
def test_gaps_are_told_to_the_cent(rangees: tuple[Rangee, ...], attendus: dict[str, str]) -> None:
    trouves = resultats(rangees)
    assert {cle: trouves[cle].value for cle in attendus} == attendus


def test_an_unknown_amount_leaves_totals_unknown() -> None:
    plus = {cle_ligne("x-1"): {"compte": "625", "libelle": "Déplacements", "annee": 1}}
    b = budget(plus=plus)
    assert b.total_charges.annees == (None, 100_000, 100_000)
    assert b.total_charges.total is None
    assert b.plafond is None
    assert next(c for c in b.controles if c.cle == "equilibre/1").resultat is Resultat.INCONNU
    assert next(c for c in constats(b) if c.critere == "CRE-02").resultat is Resultat.INCONNU


def test_the_cap_is_the_eligible_base_less_cofinancing() -> None:
    # 300 000 − 30 000 × 3 of other income = 210 000: the request, exactly
    b = budget()
    assert (b.base_eligible, b.plafond) == (300_000, 210_000)
    assert next(p for p in b.plafonds if p.origine == "lignes").depassement == 0


def test_training_set_aside_lowers_the_base_and_the_cap() -> None:
    # 611 «Organisme de formation» 3 000 a year, set aside: base 300 000 − 9 000, cap 291 000 − 90 000 = 201 000
    rangees = (*sauf("606", "7000", "7000", "7000"), ("611", "Organisme de formation", ("3000", "3000", "3000")))
    typees = fiches(rangees)
    for cle, valeur in typees.items():
        if valeur["compte"] == "611":
            typees[cle] = {**valeur, "ecartee": "formation"}
    b = budget((), plus=typees)
    assert {d.nature for d in b.douteuses} == {Nature.FORMATION}
    assert (b.base_eligible, b.plafond) == (291_000, 201_000)
    plafond = next(p for p in b.plafonds if p.origine == "lignes")
    assert plafond.depassement == 9_000
    trouves = {c.critere: c for c in constats(b)}
    assert trouves["CRE-02"].resultat is Resultat.NON_CONFORME
    assert "9 000,00 €" in plat(trouves["CRE-02"].valeur)
    assert trouves["ELI-08"].resultat is Resultat.ALERTE


@pytest.mark.parametrize(
    ("compte", "libelle", "nature"),
    [
        ("611", "Achat de formation certifiante", Nature.FORMATION),
        ("604", "Parcours CPF des bénéficiaires", Nature.FORMATION),
        ("633", "Participation à la formation continue", None),
        ("641", "Rémunération des bénéficiaires", Nature.REMUNERATION),
        ("218", "Achat d’un véhicule", Nature.INVESTISSEMENT),
        ("661", "Intérêts d’emprunt", Nature.FINANCIER),
        ("695", "Impôt sur les sociétés", Nature.IMPOT_BENEFICES),
        ("671", "Pénalités", Nature.EXCEPTIONNEL),
        ("606", "Fournitures", None),
        ("641", "Salaires des accompagnateurs", None),
    ],
)
def test_doubtful_lines_by_account_and_by_word(compte: str, libelle: str, nature: Nature | None) -> None:
    trouvees = list(budget(((compte, libelle, ("100", "", "")),)).douteuses)
    assert [d.nature for d in trouvees] == ([] if nature is None else [nature])


def test_members_add_up_to_the_whole() -> None:
    membres = (
        Membre(nom="Association d’essai", siret="", role="Chef de file", contribution=Decimal(150_000)),
        Membre(nom="Coop", siret="", role="Atelier", contribution=Decimal(60_000)),
    )
    d = dossier(membres=membres, consortium=True, cofinancements=())
    part = (("641", "Rémunérations", ("20000", "20000", "20000")), ("740", "Contribution O2R", ("20000",) * 3))
    reste = sauf("641", "40000", "40000", "40000")
    b = budget(
        tuple((c, n, ("50000",) * 3 if c == "740" else a) for c, n, a in reste), d, plus=fiches(part, "Coop")
    )
    assert [(x.libelle, x.total) for x in b.membres] == [("Association d’essai", 240_000), ("Coop", 60_000)]
    assert b.total_charges.total == 300_000
    assert {c.resultat for c in b.controles if "membre" in c.cle} <= {Resultat.CONFORME}


def test_a_gap_keeps_what_is_said_of_it() -> None:
    dit = {cle_ecart("cout_total"): {"statut": "explique", "note": "Avenant."}}
    b = budget(sauf("606", "11000", "10000", "10000"), plus=dit)
    ecart = next(e for e in b.ecarts if e.cle == "cout_total")
    assert (ecart.ecart, ecart.statut, ecart.note, ecart.a_voir) == (1_000, StatutEcart.EXPLIQUE, "Avenant.", False)
    annee = next(e for e in b.ecarts if e.cle == "cout_annee_1")
    assert (annee.ecart, annee.statut, annee.a_voir) == (1_000, None, True)
    assert any(r.critere == "CRE-01" for r in reperes(b))


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("Le coût total du projet est de 300 000 €.", {"cout_total": 300_000}),
        ("Le coût total est de 300 k€.", {"cout_total": 300_000}),
        ("Coût total : 300 000 € par an.", {}),
        ("Fonds d’aide de 60 €, hors contribution O2R.", {}),
        ("Coût total 300 000 € et budget 200 000 €.", {}),
        ("Le coût total est de 300 000 €. Plus loin, le coût total est de 310 000 €.", {}),
    ],
)
def test_amounts_of_the_narrative_only_when_sure(texte: str, attendu: dict[str, int]) -> None:
    assert chercher([texte]) == attendu


def test_indirect_expenses_over_direct_ones() -> None:
    # 4 000 × 3 ÷ (300 000 − 12 000) = 4,1667 %
    b = budget()
    assert b.part_indirecte is not None
    assert round(b.part_indirecte, 4) == Decimal("4.1667")
    lourd = budget(sauf("628", "20000", "20000", "20000"))
    assert next(c for c in constats(lourd) if c.critere == "CRE-06").resultat is Resultat.ALERTE


def test_cash_to_advance_before_each_payment() -> None:
    # to cover 80 000 in year 1 (100 000 − 20 000 − … other income 30 000 = 70 000): 5 833,33 a month;
    # before the first payment (end of month 3): 17 500,00
    b = budget()
    assert b.tresorerie is not None
    assert b.tresorerie.mois[2] == Decimal("17500.00")
    assert b.tresorerie.besoin == Decimal("17500.00")
    assert b.tresorerie.mois_du_besoin == 3
    assert b.tresorerie.tresorerie is None
    riche = Exercice(
        annee=2024, disponibilites=Decimal(30_000), decouverts=Decimal(0), fonds_dedies=Decimal(20_000)
    )
    sante = Finances(numero=1, exercices=(riche,))
    assert budget(sante=sante).tresorerie.tresorerie == 10_000  # type: ignore[union-attr]


def test_unit_costs_stand_among_eight_dossiers() -> None:
    d = dossier(cofinancements=())
    lot = [dossier(numero=24_000_001 + n, cout_total=Decimal(300_000 + 15_000 * n)) for n in range(8)]
    couts = {c.cle: c for c in budget(examine=d, panorama=Panorama({x.numero: vu(x) for x in lot})).couts}
    # 300 000 ÷ 150 = 2 000; the lot goes from 2 000 to 2 700 by 100: median 2 350, quartiles 2 175 and 2 525
    cout = couts["cout_beneficiaire"]
    assert (cout.valeur, cout.mediane, cout.quartiles, cout.effectif) == (2_000, 2_350, (2_175, 2_525), 8)
    assert "premier quartile" in cout.lecture
    assert couts["personnel_etp"].valeur == 40_000
    peu = budget(examine=d, panorama=Panorama({x.numero: vu(x) for x in lot[:7]})).couts
    assert next(c for c in peu if c.cle == "cout_beneficiaire").mediane is None


def test_without_lines_nothing_is_found() -> None:
    b = budget(())
    assert constats(b) == ()
    assert (b.lecture, b.plafond, b.controles) == ("", None, ())
    assert b.plafonds[0].origine == "formulaire"


def test_the_document_is_json() -> None:
    contenu = json.loads(json.dumps(document(budget())))
    assert contenu["charges"][0] == {
        "compte": "60", "libelle": "Achats", "annees": ["10000.00"] * 3, "total": "30000.00", "part": "10.00",
    }  # fmt: skip
    assert contenu["plafonds"][1]["plafond"] == "210000.00"
    assert contenu["a_examiner"] == []


@pytest.mark.parametrize(
    ("saisi", "compte"),
    [("641 ", "641"), ("64 Charges de personnel", "64"), ("charges de personnel", "64"), ("Achats", "60"),
     ("99", ""), ("", ""), ("bonjour", "")],
)  # fmt: skip
def test_an_account_is_read_by_number_or_by_words(saisi: str, compte: str) -> None:
    assert normaliser(saisi) == compte


def test_accounts_are_proposed_and_named() -> None:
    assert ("64", "Charges de personnel") in propositions("64")
    assert propositions("xyz") == ()
    assert len(propositions("")) > 20
    assert libelle_compte("641").startswith(("Rémun", "Salaires", "Charges"))
    assert [sens(c) for c in ("641", "74", "864", "875", "2")] == [
        Sens.CHARGE, Sens.PRODUIT, Sens.EMPLOI_VOLONTAIRE, Sens.CONTRIBUTION_VOLONTAIRE, Sens.CHARGE,
    ]  # fmt: skip


def test_a_line_comes_back_as_it_was_written() -> None:
    ligne = lire_lignes(fiches(EQUILIBRE))[0]
    assert lire_lignes({cle_ligne(ligne.id): ecrire_ligne(ligne)}) == (ligne,)
    assert lire_lignes({cle_ligne("1"): {"compte": "64"}, cle_ligne("2"): "?"}) == ()


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_totals_do_not_depend_on_the_order(cents: list[int], hasard: random.Random) -> None:
    rangees = [("60", f"ligne {n}", (str(Decimal(c).scaleb(-2)), "", "")) for n, c in enumerate(cents)]
    melees = hasard.sample(rangees, len(rangees))
    assert budget(rangees).total_charges.annees == budget(melees).total_charges.annees
    assert budget(rangees).total_charges.annees[0] == Decimal(sum(cents)).scaleb(-2)


@given(st.integers(0, 200_000), st.integers(0, 200_000))
def test_the_cap_never_passes_the_base(charge: int, autre: int) -> None:
    rangees = (
        ("64", "Salaires", (str(charge),) * 3),
        ("740", "O2R", ("1000",) * 3),
        ("744", "Ville", (str(autre),) * 3),
    )
    b = budget(rangees)
    assert b.plafond is not None
    assert b.base_eligible is not None
    assert 0 <= b.plafond <= b.base_eligible
