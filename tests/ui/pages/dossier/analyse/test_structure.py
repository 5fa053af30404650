"""The face «Structure»: checks, other dossiers, members, graph and its list."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.pages.dossier.analyse.structure import StructureFace
from ui.services import Services

DEUX_FOIS = 25_000_116
CONSORTIUM = 25_000_109


@pytest.fixture
def face(services_demo: Services, qtbot: QtBot) -> StructureFace:
    face = StructureFace(services_demo)
    qtbot.addWidget(face)
    face.resize(560, 600)
    face.show()
    face.activateWindow()
    qtbot.waitUntil(face.isActiveWindow)
    return face


def montrer(face: StructureFace, numero: int, qtbot: QtBot) -> StructureFace:
    """Show a dossier and wait until the others are read."""
    face.show_dossier(face.services.campagne.complet(numero))
    assert face.bandeau.isVisible()
    qtbot.waitUntil(lambda: face._structure is not None and face._structure.comparee, timeout=20_000)
    return face


@pytest.fixture
def seul(face: StructureFace, qtbot: QtBot) -> StructureFace:
    return montrer(face, DEUX_FOIS, qtbot)


@pytest.fixture
def consortium(face: StructureFace, qtbot: QtBot) -> StructureFace:
    return montrer(face, CONSORTIUM, qtbot)


def textes(face: StructureFace, table: str) -> list[list[str]]:
    vue = getattr(face, table)
    return [[vue.item(r, c).text() for c in range(vue.columnCount())] for r in range(vue.rowCount())]


def test_identity_shows_a_sign_and_a_word_for_each_check(seul: StructureFace) -> None:
    montres = [ligne for ligne in seul.controles if ligne.isVisibleTo(seul)]
    assert [ligne.nom.text() for ligne in montres] == ["SIRET", "SIREN", "Établissement", "RNA", "Nom et SIREN"]
    assert {ligne.etat.text() for ligne in montres} == {"✓ conforme"}
    assert seul.nom.text() == "Cordée Bleue"
    assert seul.bandeau.isHidden()


def test_another_dossier_of_the_same_body_opens_with_entree(
    seul: StructureFace, services_demo: Services, qtbot: QtBot
) -> None:
    assert [ligne[2:4] for ligne in textes(seul, "autres")] == [["porteur", "même SIRET"]]
    assert "Le Gué" in seul.mots_autre.text()
    assert "2\u00a0dossiers" in seul.cumuls.text()
    seul.focus_first()
    qtbot.waitUntil(seul.autres.hasFocus)
    with qtbot.waitSignal(services_demo.navigation.dossier_requested) as demande:
        qtbot.keyClick(seul.autres, Qt.Key.Key_Return)
    assert demande.args[0] == 25_000_122


def test_members_add_up_and_say_their_checks(consortium: StructureFace) -> None:
    lignes = textes(consortium, "membres")
    assert [ligne[3] for ligne in lignes] == ["44,6\u202f%", "30,4\u202f%", "24,9\u202f%"]
    assert "chef de file" in lignes[0][0]
    assert {ligne[4] for ligne in lignes} == {"✓ conforme"}
    assert "Parts et demande" in consortium.mots_membres.text()
    consortium.membres.selectRow(2)
    assert consortium.mots_membre.text().startswith("Coopérative du Tilbury, SIRET")
    assert consortium.mots_autres.text().startswith("Aucun autre dossier")
    consortium.membres.setFocus()
    assert consortium.selection is not None


def test_the_graph_and_its_list_say_the_same(consortium: StructureFace) -> None:
    assert len(consortium.graphe._boites) == 3
    assert consortium.graphe.isVisibleTo(consortium)
    consortium.en_liste.click()
    assert not consortium.graphe.isVisibleTo(consortium)
    assert [ligne[1] for ligne in textes(consortium, "liens")] == [
        "Habitat Jeunes des Confluences",
        "Coopérative du Tilbury",
    ]
    consortium.en_liste.click()
    assert consortium.graphe.isVisibleTo(consortium)


def test_a_body_alone_has_no_graph(seul: StructureFace) -> None:
    assert not seul._carte_graphe.isVisibleTo(seul)
    assert not seul._carte_membres.isVisibleTo(seul)
    assert seul.selection is None
