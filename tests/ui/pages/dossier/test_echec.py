"""The bar of failed writes, with writes that really fail."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from o2r_desktop.evaluation.reponses import ProjetAvis, Reponse
from o2r_desktop.operations.actes import Genre
from o2r_desktop.store.brouillon import FICHIER
from ui.pages.dossier.echec import BarreEchec
from ui.services import Services

NUMERO = 25000103


@pytest.fixture
def barre(services_demo: Services, qtbot: QtBot) -> Iterator[BarreEchec]:
    fond = QWidget()
    qtbot.addWidget(fond)
    barre = BarreEchec(services_demo)
    barre.setParent(fond)
    yield barre
    fond.close()


def bloquer(services: Services, *, oui: bool = True) -> None:
    services.campagne.session.campagne.db.execute(f"PRAGMA query_only = {'ON' if oui else 'OFF'}")


def repondre(services: Services, critere: str, texte: str, valeur: str = "") -> bool:
    return services.campagne.save_reponse(
        NUMERO, Reponse(critere=critere, valeur=valeur, commentaire=texte), f"commentaire de {critere}"
    )


def test_failures_are_kept_until_all_are_written(services_demo: Services, barre: BarreEchec) -> None:
    assert not barre.isVisibleTo(None)
    bloquer(services_demo)
    assert not repondre(services_demo, "FIN-02", "Fonds propres en hausse")
    assert "25\u202f000\u202f103, FIN-02" in barre.texte.text()
    assert "ne peut pas être modifiée" in barre.texte.text()
    assert not repondre(services_demo, "FIN-02", "Fonds propres en hausse nette")
    assert not services_demo.campagne.save_projet(NUMERO, ProjetAvis(motif="À suivre"), "motif")
    assert [e.texte for e in barre.pending] == ["Fonds propres en hausse nette", "À suivre"]
    assert barre.texte.text().startswith("2\u00a0saisies non enregistrées")
    assert not barre.retry()
    assert len(barre.pending) == 2
    bloquer(services_demo, oui=False)
    assert barre.retry()
    assert barre.isHidden()
    evaluation = services_demo.campagne.complet(NUMERO).evaluation
    assert evaluation.reponse("FIN-02").commentaire == "Fonds propres en hausse nette"
    assert evaluation.projet.motif == "À suivre"


def test_what_was_typed_can_be_copied(services_demo: Services, barre: BarreEchec) -> None:
    bloquer(services_demo)
    repondre(services_demo, "FIN-02", "Été 2024\u00a0: déficit")
    repondre(services_demo, "FIN-01", "", "3")
    assert not barre.copier.isHidden()
    barre.copier.click()
    assert QGuiApplication.clipboard().text() == ("dossier 25\u202f000\u202f103, FIN-02\nÉté 2024\u00a0: déficit")


def test_without_words_there_is_nothing_to_copy(services_demo: Services, barre: BarreEchec) -> None:
    bloquer(services_demo)
    repondre(services_demo, "FIN-01", "", "3")
    assert barre.copier.isHidden()
    assert not barre.reessayer.isHidden()


def test_a_later_write_takes_the_place_of_the_failed_one(services_demo: Services, barre: BarreEchec) -> None:
    bloquer(services_demo)
    repondre(services_demo, "FIN-02", "ancien")
    bloquer(services_demo, oui=False)
    assert repondre(services_demo, "FIN-02", "nouveau")
    assert barre.isHidden()
    assert barre.retry()
    assert services_demo.campagne.complet(NUMERO).evaluation.reponse("FIN-02").commentaire == "nouveau"


def test_the_sentence_without_a_failure_goes_away(services_demo: Services, barre: BarreEchec) -> None:
    barre.insist()
    assert not barre.isHidden()
    assert barre.reessayer.isHidden()
    barre.calm()
    assert barre.isHidden()
    bloquer(services_demo)
    repondre(services_demo, "FIN-02", "texte")
    barre.calm()
    assert not barre.isHidden()
    services_demo.campagne.close()
    assert barre.isHidden()


def test_two_failures_of_one_critere_are_both_tried_again(services_demo: Services, barre: BarreEchec) -> None:
    bloquer(services_demo)
    repondre(services_demo, "FIN-02", "", "3")
    repondre(services_demo, "FIN-02", "Fonds propres")
    assert barre.texte.text().count("FIN-02") == 1
    assert barre.texte.text().startswith("2\u00a0saisies")
    bloquer(services_demo, oui=False)
    assert barre.retry()
    reponse = services_demo.campagne.complet(NUMERO).evaluation.reponse("FIN-02")
    assert (reponse.valeur, reponse.commentaire) == ("3", "Fonds propres")


def question(texte: str) -> dict[str, object]:
    return {"critere": "FIN-02", "texte": texte, "posee_le": "", "auteur": "Alix", "reponse": ""}


def test_questions_and_labels_that_fail_are_kept_too(services_demo: Services, barre: BarreEchec) -> None:
    campagne = services_demo.campagne
    assert campagne.change(Genre.QUESTIONS, {NUMERO: {"questions": [question("Quand ?")]}}, "question")
    posee = campagne.state(Genre.QUESTIONS, NUMERO)["questions"]
    bloquer(services_demo)
    for texte in ("Où", "Où cela ?"):  # typed in two breaths: one failure
        voulues = {NUMERO: {"questions": [*posee, question(texte)]}}
        assert not campagne.change(Genre.QUESTIONS, voulues, "question", critere="FIN-02")
    assert [e.texte for e in barre.pending] == ["Où cela ?"]
    assert not campagne.change(Genre.ATTRIBUTION, {NUMERO: {"instructeur": "Lou", "etiquettes": []}}, "lot")
    assert len(barre.pending) == 2
    bloquer(services_demo, oui=False)
    repondre(services_demo, "FIN-02", "autre chose")
    assert len(barre.pending) == 2
    assert campagne.change(Genre.ATTRIBUTION, {NUMERO: {"instructeur": "Max", "etiquettes": []}}, "lot")
    assert len(barre.pending) == 1  # written otherwise since
    corrigee = {NUMERO: {"questions": [{**posee[0], "texte": "Quand donc ?"}]}}
    assert campagne.change(Genre.QUESTIONS, corrigee, "question")
    assert barre.retry()
    textes = [q["texte"] for q in campagne.state(Genre.QUESTIONS, NUMERO)["questions"]]
    assert textes == ["Quand donc ?", "Où cela ?"]
    assert campagne.state(Genre.ATTRIBUTION, NUMERO)["instructeur"] == "Max"


def test_a_vigilance_that_fails_is_kept_too(services_demo: Services, barre: BarreEchec) -> None:
    bloquer(services_demo)
    reponse = Reponse(critere="FIN-02", valeur="", vigilance="Trésorerie")
    assert not services_demo.campagne.save_reponse(NUMERO, reponse, "vigilance de FIN-02")
    assert [e.texte for e in barre.pending] == ["Trésorerie"]


def test_what_is_not_written_is_in_the_rescue_draft(services_demo: Services, barre: BarreEchec) -> None:
    brouillon = services_demo.campagne.dossier / FICHIER
    brouillon.write_text("Ancien texte", encoding="utf-8")
    bloquer(services_demo)
    repondre(services_demo, "FIN-02", "Fonds propres")
    assert "Ancien texte" in brouillon.read_text("utf-8")
    assert "Fonds propres" in brouillon.read_text("utf-8")
    bloquer(services_demo, oui=False)
    assert barre.retry()
    assert brouillon.read_text("utf-8") == "Ancien texte\n"
    brouillon.unlink()
    barre._forget()
    bloquer(services_demo)
    repondre(services_demo, "FIN-02", "Encore")
    bloquer(services_demo, oui=False)
    assert barre.retry()
    assert not brouillon.exists()
