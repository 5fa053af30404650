"""The index as a file: sources, sheets, links, and a state that tells when it is late."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from o2r_desktop.errors import StoreUnavailableError
from o2r_desktop.store import connection, recherche
from o2r_desktop.store.connection import Campagne
from o2r_desktop.store.dossiers import apply
from o2r_desktop.store.recherche import NUMERO_MAX, Index
from tests.o2r_desktop.store.conftest import MAINTENANT, lu, plan


@pytest.fixture
def index(remplie: Campagne) -> Iterator[Index]:
    with recherche.ouvrir(remplie) as ouvert:
        yield ouvert


def mot(texte: str) -> str:
    return recherche.expression(texte, debut=False)


def poser(index: Index, numero: int, *textes: str) -> None:
    with index.ecriture():
        index.poser_formulaire(numero, f"e{numero}", [("Champ", texte) for texte in textes])


def test_form_is_found_until_it_is_replaced(index: Index) -> None:
    poser(index, 1, "L’Œuvre d’été", "autre")
    poser(index, 2, "rien")
    assert index.formulaires() == {1: "e1", 2: "e2"}
    assert (index.numeros(mot("OEUVRE")), index.numeros(mot("ete"))) == ({1}, {1})
    assert index.numeros(mot("ete autre")) == set()  # a phrase never steps over an answer
    (place,) = index.meilleurs(mot("ete"), 9, None)
    (feuillet,) = index.feuillets([place])
    assert feuillet.lignes == [("Champ", "L’Œuvre d’été"), ("Champ", "autre")]
    assert feuillet.dossiers == {1: ""}
    poser(index, 1, "hiver")
    assert (index.numeros(mot("ete")), index.numeros(mot("hiver"))) == (set(), {1})
    with index.ecriture():
        index.retirer(1)
    assert index.numeros(mot("hiver")) == set()
    assert index.formulaires() == {2: "e2"}


def test_piece_belongs_to_whom_it_is_linked(index: Index) -> None:
    poser(index, 1, "formulaire")
    with index.ecriture():
        source = index.poser_piece("ab" * 32, "lu", 2, [(1, "premier"), (2, "second")])
        index.relier([(source, 1, "a.pdf"), (source, 3, "b.pdf")], [])
    assert index.pieces() == {"ab" * 32: source}
    assert index.numeros(mot("second")) == {1, 3}
    assert index.meilleurs(mot("second"), 9, {2}) == []
    (place,) = index.meilleurs(mot("second"), 9, {3})
    (feuillet,) = index.feuillets([place])
    assert (feuillet.page, feuillet.empreinte, feuillet.dossiers) == (2, "ab" * 32, {1: "a.pdf", 3: "b.pdf"})
    with index.ecriture():
        index.relier([], index.liens())
        index.retirer_seules()
    assert (index.pieces(), index.numeros(mot("second"))) == ({}, set())
    assert index.numeros(mot("formulaire")) == {1}


def test_odd_numbers_are_left_out(index: Index) -> None:
    for numero in (NUMERO_MAX + 1, 2**63 - 1, -1):
        poser(index, numero, "loin")
    poser(index, NUMERO_MAX, "loin")
    assert index.numeros(mot("loin")) == {NUMERO_MAX}


def test_nothing_is_written_when_the_block_fails(index: Index) -> None:
    def echouer() -> None:
        with index.ecriture():
            index.poser_formulaire(1, "e", [("Champ", "brouillon")])
            raise KeyError

    with pytest.raises(KeyError):
        echouer()
    assert (index.formulaires(), index.numeros(mot("brouillon"))) == ({}, set())


def test_merging_comes_to_an_end(index: Index) -> None:
    for numero in range(1, 40):
        poser(index, numero, f"mot{numero} commun")
    tours = 0
    while index.resserrer(50):
        tours += 1
        assert tours < 100
    assert len(index.numeros(mot("commun"))) == 39


@pytest.mark.parametrize(
    "texte", ['"', "a\0b", 'a" OR "b', "*", "", "NEAR(a, b)", "col:a", "\ud800".encode("utf-8", "replace").decode()]
)
def test_any_text_makes_a_question(index: Index, texte: str) -> None:
    assert index.numeros(recherche.expression(texte, debut=True)) == set()


def test_state_changes_with_imports_and_pieces(remplie: Campagne) -> None:
    vus = [recherche.jeton(remplie)]
    assert recherche.jeton(remplie) == vus[0]
    apply(remplie, plan(modifies=(lu(2, "Autre"),)), auteur="Camille", now=MAINTENANT)
    vus.append(recherche.jeton(remplie))
    remplie.db.execute(
        "INSERT INTO piece (numero, genre, nom, chemin, empreinte, taille, crc, import_id) "
        "VALUES (1, 'piece', 'a', 'a', 'e', 1, 0, 1)"
    )
    vus.append(recherche.jeton(remplie))
    remplie.db.execute("UPDATE piece SET remplacee_par = 2")
    vus.append(recherche.jeton(remplie))
    remplie.db.execute("UPDATE import_ SET annule_le = ? WHERE id = 2", [MAINTENANT.isoformat()])
    vus.append(recherche.jeton(remplie))
    assert len(set(vus)) == len(vus)


def test_rows_are_searched_without_index(remplie: Campagne) -> None:
    assert recherche.numeros(remplie) == {1, 2, 3}
    assert recherche.contenant(remplie, "du port") == {1, 2, 3}
    assert recherche.contenant(remplie, "3 assoc") == {3}
    assert recherche.contenant(remplie, "%") == set()


def test_absent_or_damaged(remplie: Campagne) -> None:
    with pytest.raises(recherche.IndexAbsentError):
        recherche.consulter(remplie)
    fichier = remplie.dossier / recherche.FICHIER
    fichier.write_bytes(b"x" * 4096)
    with pytest.raises(recherche.IndexPerduError):
        recherche.consulter(remplie)
    with recherche.ouvrir(remplie) as index:
        poser(index, 1, "refait")
    with recherche.consulter(remplie) as index:
        assert index.numeros(mot("refait")) == {1}
    recherche.supprimer(remplie)
    assert not fichier.exists()


def test_reader_writes_nothing(index: Index, remplie: Campagne) -> None:
    poser(index, 1, "texte")
    with (
        connection.open_campagne(remplie.dossier, lecture_seule=True) as seule,
        recherche.consulter(seule) as lu_seul,
        pytest.raises(StoreUnavailableError),
        lu_seul.ecriture(),
    ):
        lu_seul.poser_formulaire(2, "e", [])


def test_file_is_ours(remplie: Campagne) -> None:
    with recherche.ouvrir(remplie) as index:
        poser(index, 1, "texte")
    with closing(sqlite3.connect(remplie.dossier / recherche.FICHIER)) as base:
        assert base.execute("PRAGMA application_id").fetchone()[0] == int.from_bytes(b"O2RI", "big")
        assert base.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
