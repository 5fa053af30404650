"""What is found, where, and what an index that is late, absent or damaged still gives."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from o2r_desktop import operations, recherche
from o2r_desktop.dossiers.model import Bloc
from o2r_desktop.errors import CancelledError
from o2r_desktop.operations import Session
from o2r_desktop.progress import SilentReporter
from o2r_desktop.recherche import Passage, Source
from o2r_desktop.store import pieces
from tests.o2r_desktop.recherche.conftest import Ajouter, dossier, importer, pdf


def trouve(session: Session, question: str) -> set[int]:
    return set(recherche.chercher(session, question).numeros)


def un(session: Session, question: str) -> Passage:
    (passage,) = recherche.chercher(session, question).passages
    return passage


@pytest.fixture
def indexee(session: Session) -> Session:
    assert recherche.indexer(session, SilentReporter()) == 3
    return session


@contextmanager
def lecteur(session: Session) -> Iterator[Session]:
    with operations.open_session(session.campagne.dossier, auteur="Noa", lecture_seule=True) as ouverte:
        yield ouverte


# --- questions ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "attendus"),
    [
        ("", {1, 2, 3}),
        ("oeuvre", {1}),
        ("ŒUVRE ete", {1}),
        ("reper", {1}),
        ("alendrier", set()),
        ("sante emploi", {2}),
        ("sante remobiliser", set()),
        ('"santé mentale"', {2}),
        ('"mentale santé"', set()),
        ('"alendrier"', set()),
        ('"calendrie"', set()),
        ('"santé ment', {2}),
        ("« mission locale »", {3}),
        ("l’emploi", {2}),
        ("l'emp", {2}),
        ("association", {1, 2, 3}),
        ("association -jeunes", {1, 3}),
        ('-"santé mentale"', {1, 3}),
        ("-absent", {1, 2, 3}),
        ("calendrier", {3}),
        ("nbsp", set()),
        ("perdu", set()),
        ("coeur", {1}),
        ("sarthe", {1, 2, 3}),
        ("z", set()),
        ("emploi d", {2}),
        ("%", set()),
        ('"', {1, 2, 3}),
        ("*", set()),
        ("NEAR(a b)", set()),
        ("texte:sante", set()),
    ],
)
def test_questions(indexee: Session, question: str, attendus: set[int]) -> None:
    resultat = recherche.chercher(indexee, question)
    assert (set(resultat.numeros), resultat.complet) == (attendus, True)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40) | st.text(alphabet='"-«»*^:()+ aé\u0000', max_size=20))
def test_no_question_fails(indexee: Session, question: str) -> None:
    assert recherche.chercher(indexee, question).numeros <= {1, 2, 3}


def test_passages_say_where_and_show_the_original_text(indexee: Session) -> None:
    passage = un(indexee, "oeuvre remobi")
    assert (passage.numero, passage.source, passage.ou, passage.page) == (
        1, Source.FORMULAIRE, "Intitulé du projet", None,
    )  # fmt: skip
    assert passage.fragments == (
        ("L’", False), ("Œuvre", True), (" d’été : repérer et ", False), ("remobiliser", True),
    )  # fmt: skip
    assert un(indexee, "calend").ou == "Messagerie"
    assert un(indexee, "calend").extrait == "Merci de préciser le calendrier"
    assert un(indexee, "mission").ou == "Partenaires, ligne 1"


def test_most_words_come_first_and_one_dossier_gives_them_all(session: Session) -> None:
    lignes = tuple({"Nom": f"Relais numéro {n}", "Rôle": "accueil" if n == 7 else "visite"} for n in range(9))
    importer(session, dossier(4, "Relais", blocs=(Bloc(libelle="Lieux", lignes=lignes),)))
    recherche.indexer(session, SilentReporter())
    passages = recherche.chercher(session, "relais accueil", parmi={4}).passages
    assert passages[0].ou == "Lieux, ligne 8"
    assert len(passages) == 10
    assert len(recherche.chercher(session, "relais accueil", parmi={4}, limite=4).passages) == 4
    importer(session, dossier(5, "Relais accueil"))
    recherche.indexer(session, SilentReporter())
    assert [p.numero for p in recherche.chercher(session, "relais accueil").passages].count(4) == 3


def test_parmi_narrows(indexee: Session) -> None:
    resultat = recherche.chercher(indexee, "association", parmi={2, 99})
    assert resultat.numeros == {2}
    assert {p.numero for p in resultat.passages} <= {2}
    assert recherche.chercher(indexee, "association", parmi=()).numeros == frozenset()


def test_long_answer_is_found_to_its_end_and_shown_in_part(session: Session) -> None:
    texte = "mot " * 8_000 + "aiguille dans la botte"
    importer(session, dossier(4, texte))
    recherche.indexer(session, SilentReporter())
    passage = un(session, '"aiguille dans la botte"')
    assert ("aiguille dans la botte", True) in passage.fragments
    assert len(passage.extrait) < 250
    assert passage.extrait.startswith("…")


# --- pieces ---------------------------------------------------------------------------------------------------


def test_pages_of_pieces_are_found(session: Session, ajouter_piece: Ajouter, tmp_path: Path) -> None:
    octets = pdf(tmp_path / "a.pdf", "Budget", "Effectif des éducateurs", "Fin")
    sha = ajouter_piece(1, "comptes.pdf", octets)
    ajouter_piece(3, "copie.pdf", octets)
    ajouter_piece(2, "note.csv", "Libellé;Montant\nÉducateur;12\n".encode("cp1252"))
    ajouter_piece(2, "image.pdf", b"\x89PNG\r\n\x1a\n educateur")
    ajouter_piece(2, "abime.txt", b"%PDF-1.7 educateur")
    assert recherche.indexer(session, SilentReporter()) == 3 + 4
    resultat = recherche.chercher(session, "educateur")
    assert resultat.numeros == {1, 2, 3}
    vus = {(p.numero, p.ou, p.page, p.empreinte == sha, p.source) for p in resultat.passages}
    assert vus == {
        (1, "comptes.pdf", 2, True, Source.PIECE),
        (3, "copie.pdf", 2, True, Source.PIECE),
        (2, "note.csv", 1, False, Source.PIECE),
    }
    assert {p.pages for p in pieces.received(session.campagne, 1)} == {3}
    assert trouve(session, "association effectif") == {1, 3}
    assert trouve(session, "copie") == {3}
    assert recherche.indexer(session, SilentReporter()) == 0


def test_content_follows_the_dossiers_that_hold_it(
    session: Session, ajouter_piece: Ajouter, tmp_path: Path
) -> None:
    octets = pdf(tmp_path / "a.pdf", "Trimaran")
    ajouter_piece(1, "a.pdf", octets)
    recherche.indexer(session, SilentReporter())
    ajouter_piece(2, "b.pdf", octets)
    assert recherche.chercher(session, "trimaran").complet is False
    assert recherche.indexer(session, SilentReporter()) == 1  # the form of 2, which names its piece; no piece again
    assert trouve(session, "trimaran") == {1, 2}
    session.campagne.db.execute("DELETE FROM piece WHERE numero = 1")
    recherche.indexer(session, SilentReporter())
    assert trouve(session, "trimaran") == {2}
    session.campagne.db.execute("DELETE FROM piece")
    recherche.indexer(session, SilentReporter())
    assert trouve(session, "trimaran") == set()


def test_bytes_that_are_gone_are_left_out(session: Session, ajouter_piece: Ajouter) -> None:
    sha = ajouter_piece(1, "a.txt", b"trimaran")
    chemin = session.campagne.dossier / "pieces" / sha[:2] / sha
    chemin.rename(chemin.with_suffix(".ailleurs"))
    assert recherche.indexer(session, SilentReporter()) == 3
    resultat = recherche.chercher(session, "trimaran")
    assert (resultat.numeros, resultat.complet, recherche.a_jour(session)) == (frozenset(), False, False)
    chemin.with_suffix(".ailleurs").rename(chemin)
    assert recherche.indexer(session, SilentReporter()) == 1
    resultat = recherche.chercher(session, "trimaran")
    assert (resultat.numeros, resultat.complet, recherche.a_jour(session)) == (frozenset({1}), True, True)


# --- life of the index ----------------------------------------------------------------------------------------


def test_changed_dossier_is_indexed_again(indexee: Session) -> None:
    importer(indexee, modifies=(dossier(2, "Logement des familles"),))
    assert not recherche.a_jour(indexee)
    assert recherche.chercher(indexee, "logement").complet is False
    assert recherche.indexer(indexee, SilentReporter()) == 1
    assert recherche.a_jour(indexee)
    assert (trouve(indexee, "familles"), trouve(indexee, "mentale")) == ({2}, set())
    assert recherche.indexer(indexee, SilentReporter()) == 0


def test_dossier_that_left_is_never_found(indexee: Session) -> None:
    indexee.campagne.db.execute("DELETE FROM dossier WHERE numero = 2")
    assert trouve(indexee, "mentale") == set()
    recherche.indexer(indexee, SilentReporter())
    assert trouve(indexee, "mentale") == set()
    assert trouve(indexee, "association") == {1, 3}


def test_without_index_rows_are_searched(session: Session) -> None:
    with lecteur(session) as seul:
        assert recherche.indexer(seul, SilentReporter()) == 0
        assert not (session.campagne.dossier / "recherche.db").exists()
        resultat = recherche.chercher(seul, "coeur")
        assert (resultat.numeros, resultat.passages, resultat.complet) == ({1}, (), False)
        assert trouve(seul, "calendrier") == set()
        recherche.indexer(session, SilentReporter())
        assert trouve(seul, "calendrier") == {3}


@pytest.mark.parametrize("etat", ["texte", "tronque", "autre version", "sans table", "vide"])
def test_damaged_index_is_made_again(indexee: Session, etat: str) -> None:
    fichier = indexee.campagne.dossier / "recherche.db"
    if etat in ("texte", "vide"):
        fichier.write_bytes(b"" if etat == "vide" else b"pas une base" * 999)
    elif etat == "tronque":
        octets = fichier.read_bytes()
        fichier.write_bytes(octets[:8192] + b"\xff" * (len(octets) - 8192))
    else:
        ordre = "PRAGMA user_version = 99" if etat == "autre version" else "DROP TABLE feuillet"
        with closing(sqlite3.connect(fichier)) as base:
            base.execute(ordre)
    resultat = recherche.chercher(indexee, "coeur")
    assert (resultat.numeros, resultat.complet) == ({1}, False)
    assert recherche.indexer(indexee, SilentReporter()) == 3
    assert trouve(indexee, "calendrier") == {3}


class Arret:
    """Asks to stop at the second report."""

    def __init__(self) -> None:
        self.pas = 0

    def step(self, done: int, total: int, label: str) -> None:
        self.pas += 1
        if self.pas == 2:
            raise CancelledError(label)


def test_cancel_keeps_what_was_done(session: Session) -> None:
    importer(session, *(dossier(n, "Phare") for n in range(10, 70)))
    with pytest.raises(CancelledError):
        recherche.indexer(session, Arret())
    avant = len(trouve(session, "calendrier")) + len(trouve(session, "phare"))
    assert avant > 1
    assert recherche.chercher(session, "phare").complet is False
    assert 0 < recherche.indexer(session, SilentReporter()) < 63
    assert len(trouve(session, "phare")) == 60


def test_index_stays_out_of_backups(indexee: Session) -> None:
    sauvegarde = operations.back_up(indexee)
    with closing(sqlite3.connect(sauvegarde)) as base:
        assert "mots" not in {nom for (nom,) in base.execute("SELECT name FROM sqlite_master")}
