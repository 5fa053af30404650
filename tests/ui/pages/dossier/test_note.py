from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from o2r_desktop import restitution
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.evaluation.questions import Question, ecrire
from o2r_desktop.operations import DossierComplet
from o2r_desktop.operations.actes import Genre
from tests.ui.test_system import Lecteur, lecteur
from ui.pages.dossier.note import NoteVolet
from ui.services import Services
from ui.widgets.pdf_pages import PdfWorker

__all__ = ["lecteur"]
FINALE, PROJET = 25000101, 25000105
LENT = 20_000


@pytest.fixture
def volet(qtbot: QtBot, services_demo: Services) -> Iterator[NoteVolet]:
    note = NoteVolet(services_demo)
    qtbot.addWidget(note)
    note.resize(600, 640)
    yield note
    note.hide()
    assert services_demo.taches.wait(20)
    qtbot.waitUntil(lambda: not services_demo.taches.busy)
    PdfWorker.shared().stop()


def montrer(qtbot: QtBot, volet: NoteVolet, numero: int) -> None:
    volet.show()
    with qtbot.waitSignal(volet.view.opened, timeout=LENT):
        volet.show_dossier(complet(volet, numero))
    qtbot.waitUntil(lambda: volet._tache is None)


def complet(volet: NoteVolet, numero: int) -> DossierComplet:
    return volet.services.campagne.complet(numero)


def repondre(volet: NoteVolet, commentaire: str) -> None:
    evaluation = complet(volet, PROJET).evaluation
    reponse = replace(evaluation.reponse("FIN-02"), valeur="2", commentaire=commentaire)
    assert volet.services.campagne.save_reponse(PROJET, reponse, "niveau de FIN-02")
    volet.update_dossier(complet(volet, PROJET))


def test_the_preview_is_what_would_be_printed(qtbot: QtBot, volet: NoteVolet, tmp_path: Path) -> None:
    montrer(qtbot, volet, PROJET)
    session = volet.services.campagne.session
    ((ecrite,), _) = restitution.produce_notes(session, [PROJET], tmp_path)
    assert volet._rendue is not None
    assert volet._rendue.octets == ecrite.fichier.read_bytes()
    assert len(volet.view.pages.sizes) == ecrite.pages


def test_it_says_whether_the_note_is_final(qtbot: QtBot, volet: NoteVolet) -> None:
    montrer(qtbot, volet, PROJET)
    assert "Projet" in volet.etat.text()
    montrer(qtbot, volet, FINALE)
    assert "Définitive" in volet.etat.text()


def test_nothing_is_composed_while_the_tab_is_hidden(qtbot: QtBot, volet: NoteVolet) -> None:
    volet.show_dossier(complet(volet, PROJET))
    repondre(volet, "caché")
    assert not volet.services.taches.busy
    assert not volet._repos.isActive()
    with qtbot.waitSignal(volet.view.opened, timeout=LENT):
        volet.show()


def test_an_answer_refreshes_the_note_and_keeps_the_page(qtbot: QtBot, volet: NoteVolet) -> None:
    montrer(qtbot, volet, PROJET)
    volet.view.set_zoom("100")
    volet.view.go_to_page(3)
    with qtbot.waitSignal(volet.view.opened, timeout=LENT):
        repondre(volet, "Trésorerie suivie chaque mois zébulon")
    assert (volet.view.page, volet.view.canvas.zoom) == (3, "100")
    volet.view.search_field.setText("zebulon")
    qtbot.waitUntil(lambda: len(volet.view.pages.hits) > 0)


def test_answers_in_a_row_make_one_composition_at_a_time(qtbot: QtBot, volet: NoteVolet) -> None:
    montrer(qtbot, volet, PROJET)
    lancees: list[object] = []
    volet.services.taches.started.connect(lancees.append)
    volet.refresh()
    for rang in range(4):
        repondre(volet, f"version {rang}")
        volet.refresh()
    assert len(lancees) == 1
    qtbot.waitUntil(lambda: not volet.services.taches.busy and volet._tache is None, timeout=LENT)
    assert len(lancees) == 2
    volet.view.search_field.setText("version 3")
    qtbot.waitUntil(lambda: len(volet.view.pages.hits) > 0)


def test_changed_parameters_are_composed_again(qtbot: QtBot, volet: NoteVolet) -> None:
    montrer(qtbot, volet, PROJET)
    parametres: Parametres = volet.services.campagne.session.parametres
    with qtbot.waitSignal(volet.view.opened, timeout=LENT):
        volet.services.campagne.change_parametres(replace(parametres, service="DREETS des Essais"))


def test_the_last_note_is_said_fresh_then_stale_then_gone(qtbot: QtBot, volet: NoteVolet, tmp_path: Path) -> None:
    montrer(qtbot, volet, PROJET)
    assert not volet.quand.isVisible()
    ((ecrite,), _) = restitution.produce_notes(volet.services.campagne.session, [PROJET], tmp_path / "n")
    volet._read_last()
    assert volet.quand.isVisible()
    assert "02/09/2025 à 10:42" in volet.quand.text()
    assert volet.fraicheur.text() == "✓ à jour"
    with qtbot.waitSignal(volet.view.opened, timeout=LENT):
        repondre(volet, "autre chose")
    assert volet.fraicheur.text() == "! périmée"
    ecrite.fichier.unlink()
    volet._read_last()
    assert volet.fraicheur.text() == "✕ introuvable"
    volet.ouvrir.click()
    assert "n’existe plus" in volet.panne.texte.text()


def test_the_last_note_and_its_folder_are_opened(
    qtbot: QtBot, volet: NoteVolet, lecteur: Lecteur, campagne_demo: Path
) -> None:
    montrer(qtbot, volet, FINALE)
    volet.ouvrir.click()
    volet.montrer.click()
    assert [f.suffix for f in lecteur.ouverts] == [".pdf", ""]
    assert lecteur.ouverts[1] == campagne_demo / "notes"
    assert volet.panne.isHidden()


def test_producing_is_asked_of_the_window(qtbot: QtBot, volet: NoteVolet) -> None:
    montrer(qtbot, volet, PROJET)
    with qtbot.waitSignal(volet.services.navigation.notes_requested) as demande:
        volet.produire.click()
    assert demande.args == [[PROJET]]


def test_a_campagne_that_cannot_be_read_is_said_with_a_way_out(
    qtbot: QtBot, volet: NoteVolet, campagne_demo: Path
) -> None:
    base = next(f for f in campagne_demo.iterdir() if f.suffix == ".db")
    sain = base.read_bytes()
    connu = complet(volet, PROJET)
    base.write_bytes(b"damaged".ljust(4096, b"x") + sain[4096:])
    volet.show()
    volet.show_dossier(connu)
    qtbot.waitUntil(lambda: volet.view.instead is volet.erreur, timeout=LENT)
    assert volet.erreur.phrase.text()
    base.write_bytes(sain)
    with qtbot.waitSignal(volet.view.opened, timeout=LENT):
        volet.refresh()
    assert volet.view.instead is None


def test_a_closed_campagne_leaves_nothing_to_see(qtbot: QtBot, volet: NoteVolet) -> None:
    montrer(qtbot, volet, PROJET)
    qtbot.waitUntil(lambda: not volet.services.taches.busy)
    volet.services.campagne.close()
    assert (volet.view.page, volet.produire.isEnabled(), volet.etat.text()) == (0, False, "")


def test_a_question_has_the_note_composed_again(qtbot: QtBot, volet: NoteVolet) -> None:
    montrer(qtbot, volet, PROJET)
    assert volet._rendue is not None
    avant, campagne = volet._rendue.octets, volet.services.campagne
    question = Question(critere="FIN-02", texte="Quel effectif ?", posee_le=campagne.horloge(), auteur="Camille")
    assert campagne.change(Genre.QUESTIONS, {PROJET: ecrire([question])}, "question")
    qtbot.waitUntil(lambda: volet._rendue is not None and volet._rendue.octets != avant, timeout=LENT)
    qtbot.waitUntil(lambda: volet._tache is None)
