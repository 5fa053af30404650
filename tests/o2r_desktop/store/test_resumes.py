"""Summaries kept: used while their record and their rules hold, ignored then."""

from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.evaluation.resume import Resume
from o2r_desktop.store import dossiers, journal, liste, resumes
from o2r_desktop.store.connection import Campagne
from tests.o2r_desktop.store.conftest import MAINTENANT, lu, plan

RESUME = Resume(priorite="P2", controle=Resultat.NON_CONFORME, libelle="hors de la région", publics=("a, b", "c"))


def garder(campagne: Campagne, *numeros: int, regles: str = "r") -> None:
    resumes.save(campagne, dict.fromkeys(numeros, RESUME), dossiers.known(campagne), regles=regles)


def connus(campagne: Campagne, regles: str = "r") -> dict[int, Resume]:
    lignes, _ = liste.load(campagne, regles=regles)
    return {ligne[0]: resumes.de_ligne(ligne[-4:]) for ligne in lignes if ligne[-1] is not None}


def test_summaries_come_back(remplie: Campagne) -> None:
    garder(remplie, 1, 3)
    assert connus(remplie) == {1: RESUME, 3: RESUME}
    garder(remplie, 1, 2)
    assert connus(remplie) == {1: RESUME, 2: RESUME, 3: RESUME}


def test_summary_of_other_rules_is_ignored_then_replaced(remplie: Campagne) -> None:
    garder(remplie, 1, regles="anciennes")
    assert connus(remplie) == {}
    garder(remplie, 1)
    assert connus(remplie) == {1: RESUME}
    assert connus(remplie, "anciennes") == {}


def test_summary_of_a_replaced_record_is_ignored(remplie: Campagne) -> None:
    garder(remplie, 1, 2)
    dossiers.apply(remplie, plan(modifies=(lu(1, "Autre projet"),)), auteur="Camille", now=MAINTENANT)
    assert connus(remplie) == {2: RESUME}


def test_summary_made_before_the_record_changed_is_not_kept(remplie: Campagne) -> None:
    avant = dossiers.known(remplie)
    dossiers.apply(remplie, plan(modifies=(lu(1, "Autre projet"),)), auteur="Camille", now=MAINTENANT)
    resumes.save(remplie, {1: RESUME, 2: RESUME, 99: RESUME}, {**avant, 99: "x"}, regles="r")
    assert connus(remplie) == {2: RESUME}


def test_journal_says_nothing_of_them(remplie: Campagne) -> None:
    avant = len(journal.entries(remplie))
    garder(remplie, 1)
    assert len(journal.entries(remplie)) == avant


@given(
    st.builds(
        Resume,
        priorite=st.text(max_size=12),
        controle=st.sampled_from(Resultat),
        libelle=st.text(max_size=40),
        publics=st.lists(st.text(max_size=20), max_size=4).map(tuple),
    )
)
def test_any_summary_survives_its_line(resume: Resume) -> None:
    assert resumes.de_ligne(resumes.en_ligne(resume)) == resume


def test_lone_surrogates_do_not_stop_the_store(remplie: Campagne) -> None:
    faux = Resume(priorite="P1", controle=Resultat.ALERTE, libelle="\ud800", publics=("\udfff",))
    resumes.save(remplie, {1: faux}, dossiers.known(remplie), regles="r")
    assert connus(remplie)[1].publics == ("?",)
