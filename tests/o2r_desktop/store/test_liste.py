"""The raw rows of the list, and evaluations reduced to their progress."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from o2r_desktop.dossiers.importation import DossierLu
from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.evaluation.reponses import Avis, DecisionConstat, Evaluation, Preuve, ProjetAvis, Reponse, TypeAvis
from o2r_desktop.evaluation.resume import Resume
from o2r_desktop.store import dossiers, evaluations, liste, resumes
from o2r_desktop.store.connection import Campagne
from o2r_desktop.store.liste import LigneBrute
from o2r_desktop.text import PARIS
from tests.o2r_desktop.store.conftest import MAINTENANT, lu, plan


def depose(numero: int, depot: datetime | None) -> DossierLu:
    base = lu(numero)
    return replace(base, apercu=replace(base.apercu, depot=depot))


def test_rows_come_by_deposit_then_number_undated_last(campagne: Campagne) -> None:
    tot, tard = datetime(2025, 8, 1, tzinfo=PARIS), datetime(2025, 8, 2, tzinfo=PARIS)
    lot = plan(depose(1, None), depose(2, tard), depose(4, tot), depose(3, tot))
    dossiers.apply(campagne, lot, auteur="Camille", now=MAINTENANT)
    lignes, _ = liste.load(campagne, regles="r")
    assert [ligne[0] for ligne in lignes] == [3, 4, 2, 1]
    assert [ligne[0] for ligne in lignes] == [a.numero for a in dossiers.list_apercus(campagne)]


def test_row_holds_what_the_import_gave(remplie: Campagne) -> None:
    lignes, progres = liste.load(remplie, regles="r")
    ligne = LigneBrute(*lignes[0])
    assert (ligne.numero, ligne.porteur, ligne.cout_total_cents) == (1, "Association du Port", 20_000_010)
    assert (ligne.demande_cents, ligne.departements) == (None, '["44","72"]')
    assert (ligne.priorite, ligne.publics) == (None, None)
    assert progres == {}


def test_rows_are_read_from_the_index_alone(remplie: Campagne) -> None:
    remplie.db.execute("PRAGMA automatic_index = OFF")
    pris: list[str] = []
    remplie.db.conn.set_trace_callback(pris.append)
    liste.load(remplie, regles="r")
    remplie.db.conn.set_trace_callback(None)
    (requete,) = (sql for sql in pris if "dossier_liste" in sql or "FROM dossier" in sql)
    etapes = [ligne[3] for ligne in remplie.db.execute(f"EXPLAIN QUERY PLAN {requete}").fetchall()]
    assert "SCAN d USING COVERING INDEX dossier_liste" in etapes
    assert not any("TEMP B-TREE" in etape for etape in etapes)


REPONSES = (
    Reponse(critere="REC-01", valeur="oui"),
    Reponse(critere="REC-02", valeur="", commentaire="à voir"),
    Reponse(critere="REC-03", valeur="", decision=DecisionConstat.NON_VERIFIABLE),
    Reponse(critere="REC-04", valeur="", preuves=(Preuve(ou="statuts.pdf"),)),
    Reponse(critere="REC-05", valeur="non", a_reconfirmer=True),
)


def test_progress_says_what_the_whole_evaluation_says(remplie: Campagne) -> None:
    for reponse in REPONSES:
        evaluations.save_reponse(remplie, 2, reponse, auteur="Alix", now=MAINTENANT)
    evaluations.save_reponse(remplie, 3, REPONSES[0], auteur="Alix", now=MAINTENANT)
    progres = liste.load_progress(remplie)
    entieres = evaluations.load_all(remplie)
    assert progres.keys() == entieres.keys()
    for numero, evaluation in progres.items():
        assert [_progress(r) for r in evaluation.reponses.values()] == [
            _progress(r) for r in entieres[numero].reponses.values()
        ]
    assert progres[2].etat == entieres[2].etat


def _progress(reponse: Reponse) -> tuple[str, str, bool, bool]:
    accompagnee = bool(reponse.commentaire or reponse.decision or reponse.preuves)
    return reponse.critere, reponse.valeur, reponse.a_reconfirmer, accompagnee


@pytest.mark.parametrize(
    "projet",
    [
        ProjetAvis(motif="m"),
        ProjetAvis(reserves="r"),
        ProjetAvis(points_forts="f"),
        ProjetAvis(points_faibles="f"),
        ProjetAvis(montants={"2026": Decimal(1)}),
    ],
)
def test_draft_without_a_type_shows_as_begun(remplie: Campagne, projet: ProjetAvis) -> None:
    evaluations.save_projet(remplie, 1, projet, auteur="Alix", now=MAINTENANT)
    assert _projet(remplie) != ProjetAvis()
    evaluations.save_projet(remplie, 1, ProjetAvis(), auteur="Alix", now=MAINTENANT)
    assert _projet(remplie) == ProjetAvis()


def _projet(campagne: Campagne) -> ProjetAvis:
    return liste.load_progress(campagne)[1].projet


def test_finalised_evaluation_has_its_opinion(remplie: Campagne) -> None:
    avis = Avis(avis=TypeAvis.FAVORABLE, motif="solide")
    evaluations.conclude(remplie, 1, avis, empreinte="cd" * 32, auteur="Alix", now=MAINTENANT)
    evaluation: Evaluation = liste.load_progress(remplie)[1]
    assert evaluation.finalisee
    assert evaluation.avis is not None
    assert evaluation.avis.avis is TypeAvis.FAVORABLE


def test_row_has_its_summary(remplie: Campagne) -> None:
    resume = Resume(priorite="P1", controle=Resultat.ALERTE, libelle="à voir", publics=("a", "b"))
    resumes.save(remplie, {2: resume}, dossiers.known(remplie), regles="r")
    lignes, _ = liste.load(remplie, regles="r")
    assert [ligne[-4:] for ligne in lignes] == [(None,) * 4, resumes.en_ligne(resume), (None,) * 4]
