"""Importing is all or nothing, keeps what came in, and never changes an answer."""

import json
import subprocess
import sys
from dataclasses import asdict, replace
from decimal import Decimal
from pathlib import Path

import pytest

from o2r_desktop.dossiers.model import Colonne, Origine
from o2r_desktop.errors import CancelledError, DossierError, StoreError
from o2r_desktop.evaluation.reponses import Avis, Changement, Reponse, TypeAvis
from o2r_desktop.store import evaluations, journal
from o2r_desktop.store.connection import Campagne, open_campagne
from o2r_desktop.store.dossiers import (
    apply,
    count,
    imported_at,
    imports,
    known,
    list_apercus,
    load,
    load_many,
    versions,
)
from o2r_desktop.store.verification import verify
from tests.o2r_desktop.store.conftest import COLONNES, MAINTENANT, creer, enregistrement, lu, plan

RACINE = Path(__file__).parents[3]
PLUS_TARD = MAINTENANT.replace(day=2)


def test_what_came_in_comes_back(remplie: Campagne) -> None:
    assert load(remplie, 2) == enregistrement(2)
    assert known(remplie) == {n: lu(n).empreinte for n in (1, 2, 3)}
    assert count(remplie) == 3
    assert imported_at(remplie, 2) == MAINTENANT
    assert list_apercus(remplie) == [lu(n).apercu for n in (1, 2, 3)]
    assert [e.numero for e in load_many(remplie, [3, 99, 1, 10**30])] == [1, 3]


def test_report_of_the_import_is_kept(remplie: Campagne) -> None:
    apply(remplie, plan(lu(4), modifies=(lu(1, "Autre"),), inchanges=(2, 3)), auteur="Alix", now=PLUS_TARD)
    premier, second = imports(remplie)
    p = plan()
    assert (premier.id, premier.nouveaux, premier.modifies, premier.inchanges) == (1, 3, 0, 0)
    assert (second.id, second.nouveaux, second.modifies, second.inchanges) == (2, 1, 1, 2)
    assert (second.le, second.auteur, second.origine) == (PLUS_TARD, "Alix", Origine.XLSX_STANDARD)
    assert (second.fichier, second.date_fichier) == (p.read.fichier, p.read.date_fichier)
    assert (second.refuses, second.anomalies, second.absents) == (p.read.refuses, p.read.anomalies, (7,))


@pytest.mark.parametrize("numero", [99, 0, -1, 2**63, 10**40])
def test_unknown_dossier_is_one_sentence(remplie: Campagne, numero: int) -> None:
    with pytest.raises(DossierError, match="n’est pas dans la campagne"):
        load(remplie, numero)
    with pytest.raises(DossierError, match="n’est pas dans la campagne"):
        evaluations.load(remplie, numero)


def test_amounts_are_integers_in_the_database(remplie: Campagne) -> None:
    ligne = remplie.db.execute(
        "SELECT typeof(cout_total_cents), cout_total_cents, typeof(demande_cents) FROM dossier WHERE numero = 1"
    ).fetchone()
    assert ligne == ("integer", 20000010, "null")
    assert list_apercus(remplie)[0].cout_total == Decimal("200000.10")


def test_amount_beyond_all_measure_does_not_stop_the_import(campagne: Campagne) -> None:
    apply(campagne, plan(lu(1, cout="999999999999999999")), auteur="C", now=MAINTENANT)
    assert list_apercus(campagne)[0].cout_total is None
    assert load(campagne, 1).cellules[1] == "999999999999999999"


@pytest.mark.parametrize("texte", ["\x00", "\ud800", "\u202e", "';--", "<b>&", "日本語", "x" * 40_000])
def test_any_text_is_kept(campagne: Campagne, texte: str) -> None:
    apply(campagne, plan(lu(1, texte, porteur=texte)), auteur=texte, now=MAINTENANT)
    assert load(campagne, 1).cellules[0] == texte
    assert verify(campagne) == []


def test_changed_dossier_replaces_its_record_and_keeps_the_old_one(remplie: Campagne) -> None:
    apply(remplie, plan(modifies=(lu(2, "Nouveau titre"),)), auteur="Alix", now=PLUS_TARD)
    assert load(remplie, 2) == enregistrement(2, "Nouveau titre")
    assert versions(remplie, 2) == [(PLUS_TARD, enregistrement(2))]
    assert [a.intitule for a in list_apercus(remplie)] == ["Projet", "Nouveau titre", "Projet"]
    assert imported_at(remplie, 2) == PLUS_TARD
    acte, modification = journal.entries(remplie)[-2:]
    assert (acte.action, acte.numero) == ("import", None)
    assert (modification.action, modification.numero, modification.auteur) == ("dossier_modifie", 2, "Alix")
    assert (modification.avant, modification.apres) == (
        '[["Intitulé du projet","A"]]',
        '[["Intitulé du projet","B"]]',
    )
    assert verify(remplie) == []


def test_other_columns_are_kept_beside_the_first_ones(remplie: Campagne) -> None:
    autres = (Colonne("Une seule"),)
    export = plan(lu(5))
    export = replace(export, read=replace(export.read, jeux=(COLONNES, autres)))
    seul = replace(lu(6), jeu=1, contenu=lu(6).contenu.replace(',"200000.10"', ""))
    apply(remplie, replace(export, nouveaux=(*export.nouveaux, seul)), auteur="C", now=PLUS_TARD)
    assert load(remplie, 5).colonnes == COLONNES
    assert load(remplie, 6).colonnes == autres
    assert remplie.db.table("colonnes").count == 2


@pytest.mark.parametrize("finalisee", [False, True])
def test_touched_answers_are_flagged_and_nothing_else_changes(remplie: Campagne, *, finalisee: bool) -> None:
    for numero, critere in ((1, "ELI-07"), (1, "REC-01"), (2, "ELI-07")):
        reponse = Reponse(critere=critere, valeur="oui", commentaire="vu")
        evaluations.save_reponse(remplie, numero, reponse, auteur="Alix", now=MAINTENANT)
    if finalisee:
        avis = Avis(avis=TypeAvis.FAVORABLE, motif="bon")
        evaluations.conclude(remplie, 1, avis, empreinte="e", auteur="Alix", now=MAINTENANT)
    avant = evaluations.load(remplie, 1)
    changements = [Changement(libelle="Titre", avant=a, apres=b) for a, b in (("A", "B"), ("B", "C"))]
    for titre, changement in zip("BC", changements, strict=True):
        touches = {1: {"ELI-07": (changement,), "PRI-01": (changement,)}}
        apply(remplie, plan(modifies=(lu(1, titre),)), auteur="C", now=PLUS_TARD, touches=touches)
    apres = evaluations.load(remplie, 1)
    flaggee = replace(avant.reponses["ELI-07"], a_reconfirmer=True, changements=tuple(changements))
    assert apres == replace(avant, reponses={**avant.reponses, "ELI-07": flaggee})
    assert not evaluations.load(remplie, 2).reponses["ELI-07"].a_reconfirmer
    premiere, seconde = [e for e in journal.entries(remplie, 1) if e.action == "a_reconfirmer"]
    assert (premiere.critere, premiere.avant) == ("ELI-07", "")
    assert (json.loads(premiere.apres), seconde.avant) == ([asdict(changements[0])], premiere.apres)
    assert verify(remplie) == []


def test_an_answer_that_says_nothing_is_not_flagged(remplie: Campagne) -> None:
    reponse = Reponse(critere="ELI-07", valeur="", commentaire="à lire")
    evaluations.save_reponse(remplie, 1, reponse, auteur="Alix", now=MAINTENANT)
    touches = {1: {"ELI-07": (Changement(libelle="Titre", avant="A", apres="B"),)}}
    apply(remplie, plan(modifies=(lu(1, "B"),)), auteur="C", now=PLUS_TARD, touches=touches)
    assert not evaluations.load(remplie, 1).reponses["ELI-07"].a_reconfirmer


class Arret:
    """Cancels once so many units are done."""

    def __init__(self, a: int) -> None:
        self.a = a

    def step(self, done: int, total: int, label: str) -> None:
        assert label
        assert done <= total
        if done >= self.a:
            raise CancelledError


@pytest.mark.parametrize("a", [0, 500, 1000, 1003])
def test_cancel_leaves_all_as_it_was(remplie: Campagne, a: int) -> None:
    avant = list(remplie.db.conn.iterdump())
    nouveaux = tuple(map(lu, range(10, 1010)))
    with pytest.raises(CancelledError):
        apply(
            remplie,
            plan(*nouveaux, modifies=(lu(1, "B"), lu(2, "B"), lu(3, "B"))),
            auteur="C",
            now=PLUS_TARD,
            reporter=Arret(a),
        )
    assert list(remplie.db.conn.iterdump()) == avant


@pytest.mark.parametrize("perime", [plan(lu(3)), plan(modifies=(lu(4),))])
def test_plan_made_before_another_import_is_refused(remplie: Campagne, perime: object) -> None:
    with pytest.raises(StoreError, match="relancez l’import"):
        apply(remplie, perime, auteur="C", now=PLUS_TARD)  # type: ignore[arg-type]
    assert len(imports(remplie)) == 1


TUEE = """
import os, pathlib, sys
from o2r_desktop.store import connection, dossiers
from tests.o2r_desktop.store.conftest import MAINTENANT, lu, plan
class Mort:
    def step(self, done, total, label):
        if done >= int(sys.argv[2]):
            os.kill(os.getpid(), 9)
campagne = connection.open_campagne(pathlib.Path(sys.argv[1]))
campagne.db.execute("PRAGMA cache_size = 10")  # so that pages reach the disk before the end
plan = plan(*map(lu, range(2000, 3200)), modifies=tuple(lu(n, "B" * 500) for n in range(1, 1201)))
dossiers.apply(campagne, plan, auteur="C", now=MAINTENANT, reporter=Mort())
"""


@pytest.mark.parametrize("a", [500, 1700, 2400])
def test_killed_import_leaves_nothing(tmp_path: Path, a: int) -> None:
    with creer(tmp_path / "c") as campagne:
        apply(campagne, plan(*map(lu, range(1, 1201))), auteur="C", now=MAINTENANT)
        avant = list(campagne.db.conn.iterdump())
    fini = subprocess.run(
        [sys.executable, "-c", TUEE, str(tmp_path / "c"), str(a)], cwd=RACINE, check=False, timeout=60
    )
    assert fini.returncode != 0
    assert (tmp_path / "c" / "o2r.db-journal").stat().st_size > 512  # it did die in the middle of its writing
    with open_campagne(tmp_path / "c", lecture_seule=True) as lecteur:  # a reader rolls back as well
        assert list(lecteur.db.conn.iterdump()) == avant
    with open_campagne(tmp_path / "c") as rouverte:
        assert verify(rouverte) == []


@pytest.mark.parametrize(
    ("recherche", "trouves"),
    [
        ("", [1, 2, 3, 4]),
        ("   ", [1, 2, 3, 4]),
        ("LOIRE", [1]),
        ("cœur", [1]),
        ("coeur d’été", [1]),
        ("COEUR d'ete", [1]),
        ("sarthe ete", [1]),
        ("sarthe absente", []),
        ("50%", [2]),
        ("%", [2]),
        ("_", [3]),
        ("\"'", []),
        ("'", [1, 4]),
        ('"', [4]),
        ("\\", []),
        ("' OR 1=1 --", []),
        ("*", []),
        ("a " * 5000, [1, 2, 3, 4]),
    ],
)
def test_search_ignores_accents_and_gives_no_sign_a_meaning(
    campagne: Campagne, recherche: str, trouves: list[int]
) -> None:
    intitules = ("Au Cœur d’été Loire", "À 50% remobilisés", "repérage_72", 'L\'"élan"')
    lus = [lu(n, titre) for n, titre in enumerate(intitules, 1)]
    apply(campagne, plan(*lus), auteur="C", now=MAINTENANT)
    assert [a.numero for a in list_apercus(campagne, recherche)] == trouves


def test_list_is_by_deposit_then_number_undated_last(campagne: Campagne) -> None:
    def depose(numero: int, jour: int | None) -> object:
        depot = None if jour is None else MAINTENANT.replace(day=jour)
        return replace(lu(numero), apercu=replace(lu(numero).apercu, depot=depot))

    lus = (depose(1, None), depose(2, 9), depose(3, 8), depose(4, 9), depose(5, None))
    apply(campagne, plan(*lus), auteur="C", now=MAINTENANT)  # type: ignore[arg-type]
    assert [a.numero for a in list_apercus(campagne)] == [3, 2, 4, 1, 5]


def test_records_can_be_read_while_writing(remplie: Campagne) -> None:
    for brut in load_many(remplie, range(1, 4)):
        reponse = Reponse(critere="REC-01", valeur="oui")
        assert evaluations.save_reponse(remplie, brut.numero, reponse, auteur="C", now=MAINTENANT)
    assert sorted(evaluations.load_all(remplie)) == [1, 2, 3]
