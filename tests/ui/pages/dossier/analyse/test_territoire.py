"""The face «Territoire»: places of the form and of the instructor, figures, who else is there, the note."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from o2r_desktop.analyse.territoire.lieux import EPCI_RETENUS, NOTE
from o2r_desktop.operations import DossierComplet
from o2r_desktop.operations.actes import Genre
from ui.pages.dossier.analyse.territoire import TerritoireFace
from ui.pages.dossier.analyse.territoire_donnees import Famille, detail, value
from ui.services import Services

NUMERO = 25000113
RETENU = "244400644"  # CARENE
MAYENNE = 25000101


@pytest.fixture
def face(qtbot: QtBot, services_demo: Services) -> TerritoireFace:
    services = services_demo
    face = TerritoireFace(services)
    qtbot.addWidget(face)
    face.resize(650, 700)
    face.show()
    face.show_dossier(services.campagne.complet(NUMERO))
    services.campagne.evaluation_changed.connect(lambda n, _c: face.update_dossier(services.campagne.complet(n)))
    qtbot.waitUntil(lambda: not services.taches.busy, timeout=15_000)
    return face


def fiches(services: Services) -> dict[str, object]:
    return dict(services.campagne.state(Genre.ANALYSE, NUMERO))


def test_places_priority_and_figures_are_shown(face: TerritoireFace) -> None:
    assert face.niveau.text() == "▲ P1"
    assert "Loire-Atlantique (44)" in face.lieux.constat.text()
    lieu = face.lieux.liste.lieu_of("44")
    assert lieu is not None
    assert (lieu.famille, lieu.etat) == (Famille.DEPARTEMENT, "✓ dans le dossier")
    modele = face.chiffres.modele
    titres = [modele.headerData(c, Qt.Orientation.Horizontal) for c in range(4)]
    assert titres[:3] == ["Indicateur", "Loire-Atlantique (44)", "Pays de la Loire"]
    for ligne in range(modele.rowCount()):
        for chiffre in modele.chiffres(modele.index(ligne, 0)):
            assert "Date\u00a0:" in detail(chiffre)
            assert "Source\u00a0:" in detail(chiffre)
            assert value(chiffre).startswith("⚠") == bool(chiffre.anomalie)


def test_a_place_is_retained_with_the_keyboard_and_undone(
    face: TerritoireFace, services_demo: Services, qtbot: QtBot
) -> None:
    liste, carte = face.lieux.liste, face.lieux.carte
    liste.select(RETENU)
    assert carte.current == RETENU, "the map follows the list"
    qtbot.keyClick(liste, Qt.Key.Key_Return)
    assert fiches(services_demo)[EPCI_RETENUS] == [RETENU]
    assert "retenu par vous" in carte.mots(RETENU)
    assert "est retenu" in face.annonce.text()
    services_demo.campagne.history.undo()
    assert EPCI_RETENUS not in fiches(services_demo)
    assert carte.mots(RETENU).endswith("non visé")


def test_the_map_retains_too_and_twice_takes_away(
    face: TerritoireFace, services_demo: Services, qtbot: QtBot
) -> None:
    face.lieux.carte.select(RETENU)
    for attendu in ([RETENU], None):
        qtbot.keyClick(face.lieux.carte, Qt.Key.Key_Return)
        assert fiches(services_demo).get(EPCI_RETENUS) == attendu


def test_a_department_of_the_form_is_no_choice_of_the_instructor(
    face: TerritoireFace, services_demo: Services
) -> None:
    face.lieux.liste.select("44")
    lieu = face.lieux.liste.lieu
    assert lieu is not None
    face.lieux.toggled.emit(lieu)
    assert fiches(services_demo) == {}
    assert "nomme déjà" in face.annonce.text()
    preuve = face.selection
    assert preuve is not None
    assert preuve.extrait == "Loire-Atlantique (44)"
    face.lieux.liste.select(RETENU)
    assert face.selection is None, "the dossier does not name it"


def test_others_on_the_same_places_are_a_key_away(
    face: TerritoireFace, services_demo: Services, qtbot: QtBot
) -> None:
    table = face.voisins.table
    qtbot.waitUntil(lambda: table.rowCount() > 0)
    assert face.voisins.choisi is not None
    with qtbot.waitSignal(services_demo.navigation.dossier_requested) as demande:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert demande.args is not None
    assert demande.args[0] == face.voisins.choisi.numero != NUMERO
    face.lieux.comptes.setChecked(True)
    assert "autres dossiers" in face.lieux.carte.mots("44")


def test_the_note_is_written_by_itself(face: TerritoireFace, services_demo: Services) -> None:
    face.note.insertPlainText("À revoir avec le Clefop.")
    assert face.leave()
    assert fiches(services_demo)[NOTE] == "À revoir avec le Clefop."
    face.note.insertPlainText(" Bientôt.")
    face.update_dossier(services_demo.campagne.complet(NUMERO))
    assert face.note.text().endswith("Bientôt."), "what is being typed stays"


def test_a_search_keeps_what_it_finds(face: TerritoireFace) -> None:
    face.lieux.cherche.setText("carene")
    liste = face.lieux.liste
    vues = [code for code, ligne in liste._lignes.items() if not ligne.isHidden()]
    assert vues == [RETENU]


def test_a_final_evaluation_is_read_only(face: TerritoireFace, services_demo: Services) -> None:
    complet: DossierComplet = services_demo.campagne.complet(MAYENNE)
    assert complet.evaluation.finalisee
    face.show_dossier(replace(complet))
    assert face.note.isReadOnly()
    retenable = next(p for p in (face.lieux.liste.lieu_of(c) for c in face.lieux.liste._lignes) if p and not p.lu)
    ligne = face.lieux.liste._lignes[retenable.code]
    assert not ligne.flags() & Qt.ItemFlag.ItemIsUserCheckable
