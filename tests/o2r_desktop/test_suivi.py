"""Where each dossier stands: rows, filters, orders, counts, totals, summaries kept aside."""

import json
import random
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop import operations, suivi
from o2r_desktop.dossiers.model import Etat
from o2r_desktop.errors import CancelledError
from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.evaluation.grille import Grille, load_grille
from o2r_desktop.evaluation.reponses import Avis, EtatEvaluation, Evaluation, Reponse, TypeAvis
from o2r_desktop.operations import Session
from o2r_desktop.resources import resource
from o2r_desktop.store import evaluations
from o2r_desktop.suivi import Colonne, Etape, Filtre, Resume, Suivi
from o2r_desktop.text import normalise, sort_key
from tests.o2r_desktop.conftest import MAINTENANT

GRILLE = load_grille(resource("grilles", "ami_2025.toml").read_text("utf-8"), "ami_2025.toml")
ELIGIBLE = {c.id: "oui" for c in GRILLE.criteres if c.section in ("REC", "ELI")}


def brute(numero: int, **valeurs: Any) -> tuple[Any, ...]:
    """A raw row, as the store gives it."""
    porteur = valeurs.get("porteur", "Association")
    ligne = {
        "numero": numero, "depot": None, "etat": None, "porteur": porteur, "siret": "", "intitule": "",
        "departements": "[]", "cout_total_cents": None, "demande_cents": None, "beneficiaires": None,
        "recherche": normalise(f"{numero} {porteur}"),
        "priorite": None, "controle": None, "libelle": None, "publics": None,
    }  # fmt: skip
    return tuple({**ligne, **valeurs}.values())


def evaluation(
    numero: int,
    valeurs: Mapping[str, str],
    *,
    etat: EtatEvaluation = EtatEvaluation.EN_COURS,
    avis: TypeAvis | None = None,
    doute: bool = False,
) -> Evaluation:
    return Evaluation(
        numero=numero,
        grille=GRILLE.id,
        version=GRILLE.version,
        etat=etat,
        reponses={c: Reponse(critere=c, valeur=v, a_reconfirmer=doute) for c, v in valeurs.items()},
        avis=None if avis is None else Avis(avis=avis, motif=""),
    )


def faire(*lignes: tuple[Any, ...], suites: tuple[Evaluation, ...] = (), grille: Grille = GRILLE) -> Suivi:
    return Suivi(lignes, {e.numero: e for e in suites}, grille)


def numeros(lu: Suivi, rangs: list[int]) -> list[int]:
    return [lu.numero(rang) for rang in rangs]


# --- rows -----------------------------------------------------------------------------------------------------


def test_row_reads_what_the_store_gave() -> None:
    lu = faire(
        brute(
            7, depot="2025-08-13T10:00:01+00:00", etat="en_instruction", porteur="Éclat", siret="1" * 14,
            intitule="Aller vers", departements='["44","72"]', cout_total_cents=14_800_010, demande_cents=100,
            beneficiaires=40, priorite="P1", controle="alerte", libelle="à voir", publics='["a"]',
        )
    )  # fmt: skip
    ligne = lu.ligne(0)
    assert ligne is lu.ligne(0)
    assert (ligne.numero, ligne.porteur, ligne.siret, ligne.intitule) == (7, "Éclat", "1" * 14, "Aller vers")
    assert ligne.depot == datetime(2025, 8, 13, 10, 0, 1, tzinfo=UTC)
    assert (ligne.etat_plateforme, ligne.departements) == (Etat.EN_INSTRUCTION, ("44", "72"))
    assert (ligne.cout_total, ligne.demande, ligne.beneficiaires) == (Decimal("148000.10"), Decimal("1.00"), 40)
    assert ligne.resume == Resume(priorite="P1", controle=Resultat.ALERTE, libelle="à voir", publics=("a",))
    assert (len(lu), lu.numero(0), lu.rang(7), lu.rang(8)) == (1, 7, 0, None)


def test_unknown_stays_unknown() -> None:
    ligne = faire(brute(1)).ligne(0)
    assert (ligne.depot, ligne.etat_plateforme, ligne.cout_total, ligne.demande) == (None, None, None, None)
    assert (ligne.etat, ligne.score, ligne.avis, ligne.resume) == (EtatEvaluation.VIDE, None, None, None)
    assert (ligne.repondus, ligne.attendus) == (0, len(GRILLE.ponderes))


def test_answer_refreshes_its_row_only() -> None:
    lu = faire(brute(1), brute(2))
    autre = lu.ligne(1)
    assert numeros(lu, lu.trier([0, 1], Colonne.SCORE)) == [1, 2]
    lu.ligne(0)
    lu.avec_evaluation(1, evaluation(1, {"FIN-02": "2"}, doute=True))
    lu.avec_evaluation(99, evaluation(99, {}))
    assert (lu.ligne(0).score, lu.ligne(0).repondus, lu.ligne(0).a_reconfirmer) == (Decimal("50.00"), 1, 1)
    assert lu.ligne(1) is autre
    lu.avec_evaluation(2, evaluation(2, {"FIN-02": "1"}))
    assert numeros(lu, lu.trier([0, 1], Colonne.SCORE)) == [2, 1]


def test_summaries_fill_their_rows() -> None:
    lu = faire(brute(1), brute(2))
    assert lu.sans_resume() == [1, 2]
    assert lu.ligne(0).resume is None
    resume = Resume(priorite="P1", controle=Resultat.CONFORME, libelle="recevable", publics=("b", "a"))
    lu.avec_resumes({2: resume, 99: resume})
    assert lu.sans_resume() == [1]
    assert lu.ligne(1).resume == resume
    assert numeros(lu, lu.filtrer(Filtre(priorites=frozenset({"P1"})))) == [2]
    resume = Resume(priorite="P1", controle=Resultat.CONFORME, libelle="recevable", publics=("Réfugiés",))
    assert lu.filtrer(Filtre(recherche="refugies")) == []
    lu.avec_resumes({1: resume})
    assert numeros(lu, lu.filtrer(Filtre(recherche="refugies"))) == [1]


# --- filters --------------------------------------------------------------------------------------------------

PRET = evaluation(3, {"REC-02": "non"}, etat=EtatEvaluation.FINALISEE, avis=TypeAvis.IRRECEVABLE)
LOT = (
    brute(1, porteur="L’Œuvre d’Été", departements='["44"]', priorite="P1", controle="conforme", libelle="x",
          publics='["Jeunes de moins de 26 ans","Personnes sans abri"]'),
    brute(2, porteur="Cap vers l’emploi", departements='["72","53"]', priorite="P2", controle="alerte", libelle="x",
          publics="[]"),
    brute(3, porteur="Été 44", departements='["53"]', priorite="hors priorité", controle="non_conforme",
          libelle="x", publics="[]"),
    brute(4, porteur="Sans résumé"),
)  # fmt: skip
SUITES = (evaluation(1, ELIGIBLE), evaluation(2, {"ELI-07": "oui"}, doute=True, avis=TypeAvis.FAVORABLE), PRET)


@pytest.fixture
def lot() -> Suivi:
    return faire(*LOT, suites=SUITES)


@pytest.mark.parametrize(
    ("filtre", "attendus"),
    [
        (Filtre(), [1, 2, 3, 4]),
        (Filtre(recherche="  ETE "), [1, 3]),
        (Filtre(recherche="œuvre été"), [1]),
        (Filtre(recherche="été absent"), []),
        (Filtre(recherche="%"), []),
        (Filtre(recherche="moins de 26"), [1]),
        (Filtre(recherche="sans"), [1, 4]),
        (Filtre(recherche="oeuvre jeunes"), [1]),
        (Filtre(recherche="jeunes emploi"), []),
        (Filtre(etape=Etape.A_ELIGIBILISER), [2, 4]),
        (Filtre(etape=Etape.A_INSTRUIRE), [1]),
        (Filtre(etape=Etape.A_RECONFIRMER), [2]),
        (Filtre(etape=Etape.PRETS), [3]),
        (Filtre(etats=frozenset({EtatEvaluation.VIDE, EtatEvaluation.FINALISEE})), [3, 4]),
        (Filtre(priorites=frozenset({"P1", "hors priorité"})), [1, 3]),
        (Filtre(controles=frozenset({Resultat.NON_CONFORME, Resultat.ALERTE})), [2, 3]),
        (Filtre(departements=frozenset({"53"})), [2, 3]),
        (Filtre(departements=frozenset({"5"})), []),
        (Filtre(avis=frozenset({TypeAvis.FAVORABLE})), [2]),
        (Filtre(recherche="dep:53"), [2, 3]),
        (Filtre(recherche="dep:53,44 ÉTÉ"), [1, 3]),
        (Filtre(recherche="dep:53", departements=frozenset({"72"})), [2]),
        (Filtre(recherche="avis:favorable"), [2]),
        (Filtre(recherche="AVIS:irr"), [3]),
        (Filtre(recherche="etat:en-cours priorité:p2"), [2]),
        (Filtre(recherche="priorite:hors,P1"), [1, 3]),
        (Filtre(recherche="contrôle:non"), [3]),
        (Filtre(recherche="avis:absent"), []),
        (Filtre(recherche="dep: avis:, ete"), [1, 3]),
        (Filtre(recherche="dep"), []),
        (Filtre(recherche="ete", departements=frozenset({"53", "85"})), [3]),
        (Filtre(recherche='"œuvre d’été"'), [1]),
        (Filtre(recherche='"été œuvre"'), []),
        (Filtre(recherche="été -44"), [1]),
        (Filtre(recherche="-jeunes -cap"), [3, 4]),
        (Filtre(recherche='"dep:53"'), []),
    ],
)
def test_filters(lot: Suivi, filtre: Filtre, attendus: list[int]) -> None:
    assert numeros(lot, lot.filtrer(filtre)) == attendus


CHIFFRES = (
    brute(1, etat="en_instruction", cout_total_cents=15_000_000, demande_cents=9_000_000, beneficiaires=50,
          depot="2025-08-12T21:59:59+00:00"),
    brute(2, etat="accepte", cout_total_cents=15_000_050, demande_cents=None, beneficiaires=51,
          depot="2025-08-12T22:00:00+00:00"),
    brute(3, etat="sans_suite", depot="2025-08-13T22:00:00+00:00"),
    brute(4),
)  # fmt: skip


@pytest.mark.parametrize(
    ("recherche", "attendus"),
    [
        ("cout>150000", [2]),
        ("coût>=150000", [1, 2]),
        ("cout≥150000,50", [2]),
        ("cout:150000€", [1]),
        ("cout=>150000 cout<=150000", [1]),
        ("demande<100000", [1]),
        ("beneficiaires>50", [2]),
        ("bénéficiaires<=50", [1]),
        ("depot<13/08/2025", [1]),
        ("depot<2025-08-13", [1]),
        ("dépôt<=2025-08-13", [1, 2]),
        ("depot:13/08/2025", [2]),
        ("depot>13/08/2025", [3]),
        ("depot>=13/08/2025", [2, 3]),
        ("score<50", [2]),
        ("score>=50", [1]),
        ("score>0 -association", []),
        ("statut:instruction", [1]),
        ("statut:en_instruction,accepté", [1, 2]),
        ("statut:classe-sans", [3]),
        ("statut:sans", [3]),
        ("piece:manquante", [1, 3]),
        ("pièce:reçue", [3]),
        ("piece:manquante,recue", [1, 3]),
        ("cout> score<", [1, 2, 3, 4]),
        ("a>b", []),
        ("cout>cher", []),
        ("12:30", []),
    ],
)
def test_typed_figures(recherche: str, attendus: list[int]) -> None:
    suites = (evaluation(1, {"FIN-02": "2"}), evaluation(2, {"FIN-02": "1"}))
    lu = faire(*CHIFFRES, suites=suites)
    lu.avec_pieces(recues={3}, manquantes={1, 3})
    assert numeros(lu, lu.filtrer(Filtre(recherche=recherche))) == attendus


@pytest.mark.parametrize(
    ("recherche", "mots"),
    [
        ("cout>cher dep:72", ["cout>cher"]),
        ("depot<32/13/2025", ["depot<32/13/2025"]),
        ("score<=abc avis:absent", ["score<=abc", "avis:absent"]),
        ("avis:favorable,absent", ["avis:favorable,absent"]),
        ("avis: dep: score< été 12:30 a<b http://x", []),
        ('"cout>cher" -cout>cher', []),
    ],
)
def test_malformed_filters_are_told(lot: Suivi, recherche: str, mots: list[str]) -> None:
    phrases = Filtre(recherche=recherche).malformes()
    assert [phrase.split("\u00a0")[1] for phrase in phrases] == mots
    assert all(phrase.endswith(".") for phrase in phrases)
    if mots:
        assert lot.filtrer(Filtre(recherche=recherche), {1, 2, 3}) == []


def test_question_is_what_no_filter_takes() -> None:
    filtre = Filtre(recherche='dep:72 Œuvre « de  l’été » score<50 -"a b" -dep:x')
    assert filtre.question == 'Œuvre "de l’été" -"a b" -dep:x'


def test_full_text_adds_to_the_rows(lot: Suivi) -> None:
    filtre = Filtre(recherche="emploi dep:53,72")
    assert numeros(lot, lot.filtrer(filtre)) == [2]
    assert numeros(lot, lot.filtrer(filtre, {3, 4})) == [2, 3]
    assert numeros(lot, lot.filtrer(filtre, frozenset())) == [2]
    assert numeros(lot, lot.filtrer(Filtre(recherche="-emploi"), {3})) == [3]
    assert numeros(lot, lot.filtrer(Filtre(), frozenset())) == [1, 2, 3, 4]
    assert lot.fautif(Filtre(recherche="zzz", avis=frozenset({TypeAvis.FAVORABLE})), {3}) is not None


def test_pieces_that_nobody_counted_pass_no_filter(lot: Suivi) -> None:
    assert lot.filtrer(Filtre(recherche="piece:recue")) == []


@given(st.text(max_size=30) | st.text(alphabet='dep:score<>=,"- 1é', max_size=20))
def test_nothing_typed_fails(recherche: str) -> None:
    filtre = Filtre(recherche=recherche)
    assert len(faire(*CHIFFRES).filtrer(filtre)) <= 4
    assert all(filtre.malformes())


COMPLET = Filtre(
    recherche="été",
    etape=Etape.PRETS,
    etats=frozenset({EtatEvaluation.EN_COURS, EtatEvaluation.VIDE}),
    priorites=frozenset({"P2", "P1", "autre"}),
    controles=frozenset({Resultat.NON_CONFORME}),
    departements=frozenset({"72", "44"}),
    avis=frozenset({TypeAvis.FAVORABLE_AVEC_RESERVES, TypeAvis.FAVORABLE}),
)


def test_tags_say_each_filter_and_take_it_off() -> None:
    etiquettes = COMPLET.etiquettes()
    assert [texte.replace("\u00a0", " ") for texte, _ in etiquettes] == [
        "Étape : prêts pour le comité",
        "Évaluation : à commencer, en cours",
        "Priorité : P1, P2, autre",
        "Contrôles : non conforme",
        "Département : Loire-Atlantique (44), Sarthe (72)",
        "Avis : favorable, favorable avec réserves",
    ]
    for texte, reste in etiquettes:
        assert texte not in [t for t, _ in reste.etiquettes()]
        assert len(reste.etiquettes()) == 5
        assert reste.recherche == "été"
    assert Filtre(recherche="été").etiquettes() == []


def test_filter_that_empties_the_list_is_named(lot: Suivi) -> None:
    assert lot.fautif(Filtre()) is None
    filtre = Filtre(recherche="ete", priorites=frozenset({"P2"}))
    assert lot.filtrer(filtre) == []
    assert lot.fautif(replace(filtre, departements=frozenset({"53"}))) is not None
    # without its priority two rows would stay, without its search one only
    assert lot.fautif(filtre) == "Priorité\u00a0: P2"
    assert lot.fautif(Filtre(recherche=" zzz ")) == "Recherche\u00a0: «\u00a0zzz\u00a0»"
    assert lot.fautif(Filtre(recherche="zzz", priorites=frozenset({"absente"}))) is None


# --- orders ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("descendant", [False, True])
@pytest.mark.parametrize("colonne", list(Colonne))
def test_every_column_sorts_with_blanks_last(lot: Suivi, colonne: Colonne, descendant: bool) -> None:
    rangs = lot.trier(range(4), colonne, descendant=descendant)
    assert sorted(rangs) == [0, 1, 2, 3]
    assert colonne.libelle
    if colonne in (Colonne.PRIORITE, Colonne.CONTROLE, Colonne.DEPARTEMENTS):
        assert rangs[-1] == 3
    if colonne in (Colonne.PRIORITE, Colonne.CONTROLE):
        assert rangs[:3] == ([2, 1, 0] if descendant else [0, 1, 2])


@given(st.lists(st.text(alphabet="aàâéeEœoçñ ’'-", max_size=6), max_size=12))
def test_texts_sort_as_french(textes: list[str]) -> None:
    lu = faire(*(brute(n, porteur=t, intitule=t) for n, t in enumerate(textes)))
    dits = [t for t in textes if t]
    for colonne in (Colonne.PORTEUR, Colonne.INTITULE):
        tries = [textes[r] for r in lu.trier(range(len(textes)), colonne)]
        assert tries == sorted(dits, key=sort_key) + [""] * (len(textes) - len(dits))


@given(st.lists(st.one_of(st.none(), st.integers(0, 5)), max_size=12), st.booleans(), st.randoms())
def test_equals_keep_the_order_given(montants: list[int | None], descendant: bool, hasard: random.Random) -> None:
    lu = faire(*(brute(n, demande_cents=m) for n, m in enumerate(montants)))
    depart = list(range(len(montants)))
    hasard.shuffle(depart)
    tries = lu.trier(depart, Colonne.DEMANDE, descendant=descendant)
    connus = [r for r in depart if montants[r] is not None]
    signe = -1 if descendant else 1
    assert tries == sorted(connus, key=lambda r: signe * (montants[r] or 0)) + [
        r for r in depart if montants[r] is None
    ]


def test_known_orders() -> None:
    lu = faire(
        *(brute(n, priorite=p, controle=c, libelle="x", publics=q) for n, (p, c, q) in enumerate(
            [("hors priorité", "non_conforme", '["Été"]'), ("P2 renforcée", "alerte", '["Écart"]'),
             ("P1", "conforme", "[]"), ("inconnue", "inconnu", '["Eau"]')])),
        suites=(evaluation(0, {}, avis=TypeAvis.FAVORABLE),
                evaluation(1, {"FIN-02": "4"}, avis=TypeAvis.IRRECEVABLE)),
    )  # fmt: skip
    assert lu.trier(range(4), Colonne.PRIORITE) == [2, 1, 0, 3]
    assert lu.trier(range(4), Colonne.CONTROLE) == [2, 3, 1, 0]
    assert lu.trier(range(4), Colonne.PUBLICS) == [3, 1, 0, 2]
    assert lu.trier(range(4), Colonne.AVIS) == [0, 1, 2, 3]
    assert lu.trier(range(4), Colonne.AVANCEMENT, descendant=True)[0] == 1


# --- counts and totals ----------------------------------------------------------------------------------------


def test_counts_by_stage(lot: Suivi) -> None:
    assert lot.compter() == {
        Etape.A_ELIGIBILISER: 2,
        Etape.A_INSTRUIRE: 1,
        Etape.A_RECONFIRMER: 1,
        Etape.PRETS: 1,
    }
    for etape, compte in lot.compter().items():
        assert len(lot.filtrer(Filtre(etape=etape))) == compte
        assert etape.libelle


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**12)), max_size=9))
def test_totals_of_requests(cents: list[int | None]) -> None:
    lu = faire(*(brute(n, demande_cents=c) for n, c in enumerate(cents)))
    totaux = lu.totaux(range(len(cents)))
    connues = [Decimal(c) / 100 for c in cents if c is not None]
    assert (totaux.dossiers, totaux.demandes_connues) == (len(cents), len(connues))
    assert totaux.demande == sum(connues)
    assert totaux.demande_mediane == (median(connues) if connues else None)
    assert totaux.score_median is None


def test_median_score_counts_complete_ones_only() -> None:
    tout = {c.id: "2" for c in GRILLE.ponderes}
    lu = faire(*(brute(n) for n in (1, 2, 3)), suites=(evaluation(1, tout), evaluation(2, {"FIN-02": "4"})))
    assert lu.totaux(range(3)).score_median == Decimal("50.00")
    assert lu.totaux([1, 2]).score_median is None


# --- a campagne on disk ---------------------------------------------------------------------------------------


def test_rows_of_a_campagne(session: Session) -> None:
    lu = suivi.charger(session)
    apercus = operations.list_dossiers(session)
    assert numeros(lu, lu.filtrer(Filtre())) == [a.numero for a in apercus]
    for rang, apercu in enumerate(apercus):
        ligne = lu.ligne(rang)
        assert (ligne.porteur, ligne.siret, ligne.intitule) == (apercu.porteur, apercu.siret, apercu.intitule)
        assert (ligne.depot, ligne.etat_plateforme, ligne.departements) == (
            apercu.depot, apercu.etat, apercu.departements,
        )  # fmt: skip
        assert (ligne.cout_total, ligne.demande, ligne.beneficiaires) == (
            apercu.cout_total, apercu.demande, apercu.beneficiaires,
        )  # fmt: skip
    for mots in ("sarthe", "é", "asso 44", "zzz"):
        cherches = [a.numero for a in operations.list_dossiers(session, mots)]
        assert numeros(lu, lu.filtrer(Filtre(recherche=mots))) == cherches


def test_progress_is_that_of_the_dossier(session: Session) -> None:
    premier, second = (a.numero for a in operations.list_dossiers(session)[:2])
    for critere, valeur in {**ELIGIBLE, "FIN-02": "3", "FIN-05": "sans_objet"}.items():
        operations.write_reponse(session, premier, Reponse(critere=critere, valeur=valeur))
    operations.write_reponse(session, second, Reponse(critere="REC-01", valeur="", commentaire="à voir"))
    avis = Avis(avis=TypeAvis.IRRECEVABLE, motif="tardif")
    evaluations.conclude(session.campagne, second, avis, empreinte="e", auteur="Alix", now=MAINTENANT)
    lu = suivi.charger(session)
    for rang in (0, 1):
        ligne, complet = lu.ligne(rang), operations.load_dossier(session, lu.numero(rang))
        assert (ligne.etat, ligne.score) == (complet.evaluation.etat, complet.score.total)
        assert (ligne.repondus, ligne.attendus) == (complet.score.repondus, complet.score.attendus)
        relue = suivi.charger(session)
        relue.avec_evaluation(ligne.numero, complet.evaluation)
        assert relue.ligne(rang) == ligne
    assert lu.ligne(0).etapes == {Etape.A_INSTRUIRE}
    assert (lu.ligne(1).avis, lu.ligne(1).avis_en_projet) == (TypeAvis.IRRECEVABLE, False)
    assert operations.evaluation_states(session)[second]["avis"] == "irrecevable"


def test_summaries_are_computed_once_then_kept(session: Session) -> None:
    lu = suivi.charger(session)
    manquants = suivi.resumes_manquants(session, lu)
    assert manquants == [a.numero for a in operations.list_dossiers(session)]
    calcules = suivi.calculer_resumes(session, manquants)
    assert sorted(calcules) == sorted(manquants)
    lu.avec_resumes(calcules)
    relu = suivi.charger(session)
    assert suivi.resumes_manquants(session, relu) == []
    assert [relu.ligne(r) for r in range(len(relu))] == [lu.ligne(r) for r in range(len(lu))]
    for numero, resume in calcules.items():
        complet = operations.load_dossier(session, numero)
        assert resume.priorite == complet.priorite
        assert any(c.resultat is resume.controle for c in complet.constats)


def test_changed_rules_make_every_summary_stale(session: Session) -> None:
    lu = suivi.charger(session)
    suivi.calculer_resumes(session, suivi.resumes_manquants(session, lu))
    lu = suivi.charger(session)
    operations.change_parametres(session, session.parametres.avec(seuil_cout_total=Decimal(10**9)))
    assert len(suivi.resumes_manquants(session, lu)) == len(lu)
    relu = suivi.charger(session)
    assert len(relu.sans_resume()) == len(lu)
    refaits = suivi.calculer_resumes(session, relu.sans_resume())
    assert all(r.controle is not Resultat.CONFORME for r in refaits.values())


def test_reader_computes_and_writes_nothing(campagne_demo: Path) -> None:
    with operations.open_session(campagne_demo, auteur="Alix", lecture_seule=True) as lecteur:
        lu = suivi.charger(lecteur)
        calcules = suivi.calculer_resumes(lecteur, suivi.resumes_manquants(lecteur, lu))
        assert len(calcules) == len(lu)
        assert len(suivi.charger(lecteur).sans_resume()) == len(lu)


class Arret:
    """Asks to stop after the first lot."""

    def step(self, done: int, total: int, label: str) -> None:
        if 0 < done < total:
            raise CancelledError(label)


def test_cancel_keeps_what_was_done(session: Session) -> None:
    premier, *autres = suivi.resumes_manquants(session, suivi.charger(session))
    with pytest.raises(CancelledError):
        suivi.calculer_resumes(session, [premier] * 60 + autres, Arret())
    assert suivi.charger(session).sans_resume() == autres


def test_summaries_in_the_background_let_the_window_write(session: Session) -> None:
    lu = suivi.charger(session)
    manquants = suivi.resumes_manquants(session, lu)

    def ailleurs() -> dict[int, Resume]:
        with operations.twin_session(session) as jumelle:
            return suivi.calculer_resumes(jumelle, manquants)

    with ThreadPoolExecutor(max_workers=1) as fil:
        travail = fil.submit(ailleurs)
        for n in range(20):
            reponse = Reponse(critere="REC-01", valeur="", commentaire=str(n))
            operations.write_reponse(session, manquants[0], reponse)
        assert len(travail.result(timeout=30)) == len(manquants)
    assert suivi.charger(session).sans_resume() == []
    assert operations.verify(session) == []
    assert json.loads(str(session.campagne.db.execute("SELECT publics FROM resume").fetchone()[0])) is not None


def test_pieces_of_a_campagne(session: Session) -> None:
    recues, manquantes = suivi.etats_des_pieces(session)
    assert recues == set()
    assert manquantes
    numero = min(manquantes)
    for rang, piece in enumerate(operations.load_dossier(session, numero).dossier.pieces):
        session.campagne.db.execute(
            "INSERT INTO piece (numero, genre, nom, chemin, empreinte, taille, crc, import_id) "
            "VALUES (?, 'piece', ?, ?, ?, 1, 0, 1)",
            [numero, piece.nom, f"{rang}/{piece.nom}", f"{rang:064}"],
        )
    assert suivi.etats_des_pieces(session) == ({numero}, manquantes - {numero})
    with pytest.raises(CancelledError):
        suivi.etats_des_pieces(session, Arret())
