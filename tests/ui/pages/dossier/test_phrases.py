"""Phrases at the caret: opened by «/», narrowed by words, put in their place."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from o2r_desktop.evaluation.phrases import Phrase
from o2r_desktop.evaluation.reponses import Reponse
from tests.ui.conftest import Enregistreur
from ui.pages.dossier.phrases import BanquePhrases
from ui.phrases import Phrases
from ui.services import Services
from ui.widgets.texte import AutoText

NUMERO = 25000108


@pytest.fixture
def banque(services_demo: Services, qtbot: QtBot) -> Iterator[BanquePhrases]:
    fenetre, defilement, contenu = QWidget(), QScrollArea(), QWidget()
    champ = AutoText("Commentaire")
    QVBoxLayout(contenu).addWidget(champ)
    defilement.setWidget(contenu)
    defilement.setWidgetResizable(True)
    QVBoxLayout(fenetre).addWidget(defilement)
    qtbot.addWidget(fenetre)
    fenetre.resize(700, 500)
    banque = BanquePhrases(services_demo, champ)
    montrer(banque, "FIN-08", "1")
    fenetre.show()
    fenetre.activateWindow()
    qtbot.waitUntil(fenetre.isActiveWindow)
    champ.setFocus()
    yield banque
    fenetre.close()


def montrer(banque: BanquePhrases, critere: str, valeur: str) -> None:
    complet = banque.services.campagne.complet(NUMERO)
    grille = banque.services.campagne.session.grille
    banque.show_critere(complet, grille.critere(critere), Reponse(critere=critere, valeur=valeur))


def lignes(banque: BanquePhrases) -> list[str]:
    liste = banque.liste.liste
    return [liste.item(rang).text() for rang in range(liste.count())]


@pytest.mark.parametrize(
    ("avant", "ouvre"), [("", True), ("Vu. ", True), ("\n", True), ("et", False), ("12", False)]
)
def test_slash_opens_at_the_beginning_of_a_word_only(
    banque: BanquePhrases, qtbot: QtBot, avant: str, ouvre: bool
) -> None:
    banque.champ.insertPlainText(avant)
    qtbot.keyClicks(banque.champ, "/")
    assert banque.is_open is ouvre
    assert banque.champ.text() == avant + "/"


def test_words_narrow_the_list_and_the_phrase_takes_their_place(banque: BanquePhrases, qtbot: QtBot) -> None:
    qtbot.keyClicks(banque.champ, "Vu. /demande montee")
    assert lignes(banque)[0].startswith("La demande (488\u202f000\u00a0€) est élevée")
    with qtbot.waitSignal(banque.champ.edited, timeout=5_000):
        qtbot.keyClick(banque.champ, Qt.Key.Key_Return)
    assert banque.champ.text().startswith("Vu. La demande (488")
    assert not banque.is_open
    assert banque.champ.hasFocus()
    banque.champ.undo()
    assert banque.champ.text() == "Vu. /demande montee"


def test_a_missing_value_is_selected_to_be_typed_over(banque: BanquePhrases, qtbot: QtBot) -> None:
    qtbot.keyClicks(banque.champ, "/constate page")
    qtbot.keyClick(banque.champ, Qt.Key.Key_Tab)
    assert banque.champ.textCursor().selectedText() == "[pièce à compléter]"
    qtbot.keyClicks(banque.champ, "bilan.pdf")
    assert banque.champ.text() == "Constaté dans «\u00a0bilan.pdf\u00a0», page [page à compléter]."


def test_escape_leaves_what_is_typed(banque: BanquePhrases, qtbot: QtBot) -> None:
    qtbot.keyClicks(banque.champ, "/dem")
    qtbot.keyClick(banque.champ, Qt.Key.Key_Escape)
    assert (banque.champ.text(), banque.is_open) == ("/dem", False)
    qtbot.keyClicks(banque.champ, "ande")
    assert not banque.is_open


def test_without_a_match_keys_are_the_field_s(banque: BanquePhrases, qtbot: QtBot) -> None:
    qtbot.keyClicks(banque.champ, "/xyz")
    assert not banque.is_open
    qtbot.keyClick(banque.champ, Qt.Key.Key_Backspace)
    qtbot.keyClick(banque.champ, Qt.Key.Key_Backspace)
    qtbot.keyClick(banque.champ, Qt.Key.Key_Backspace)
    assert banque.is_open
    qtbot.keyClicks(banque.champ, " 3")
    assert not banque.is_open
    qtbot.keyClick(banque.champ, Qt.Key.Key_Return)
    assert banque.champ.text() == "/ 3\n"


def test_arrows_move_and_the_list_stays_in_the_window(banque: BanquePhrases, qtbot: QtBot) -> None:
    qtbot.keyClicks(banque.champ, "/")
    qtbot.keyClick(banque.champ, Qt.Key.Key_Down)
    assert banque.liste.liste.currentRow() == 1
    qtbot.keyClick(banque.champ, Qt.Key.Key_Up)
    qtbot.keyClick(banque.champ, Qt.Key.Key_Up)
    assert banque.liste.liste.currentRow() == banque.liste.liste.count() - 1
    assert lignes(banque)[-1] == "Gérer mes phrases…"
    assert banque.champ.window().rect().contains(banque.liste.geometry())
    haut = banque.champ.viewport().mapTo(banque.champ.window(), QPoint(0, banque.champ.cursorRect().bottom()))
    assert banque.liste.y() > haut.y()


def test_asked_for_it_opens_without_a_slash(banque: BanquePhrases, qtbot: QtBot) -> None:
    banque.champ.set_text("Vu.")
    banque.champ.clearFocus()
    banque.open()
    assert banque.is_open
    qtbot.keyClicks(banque.champ, "mesuree")
    qtbot.keyClick(banque.champ, Qt.Key.Key_Return)
    assert banque.champ.text().startswith("Vu. La demande")


def test_another_critere_closes_it_and_offers_its_own(banque: BanquePhrases, qtbot: QtBot) -> None:
    qtbot.keyClicks(banque.champ, "/")
    montrer(banque, "ELI-07", "oui")
    assert not banque.is_open
    banque.champ.clear()
    qtbot.keyClicks(banque.champ, "/")
    assert lignes(banque)[0].startswith("Coût total de")


def test_nothing_is_offered_in_a_field_that_is_read_only(banque: BanquePhrases) -> None:
    banque.champ.setReadOnly(True)
    banque.open()
    assert not banque.is_open


def test_words_go_to_the_bank_only_once_seen_with_their_variables(banque: BanquePhrases, qtbot: QtBot) -> None:
    nom = banque.variables()["porteur"]
    banque.champ.insertPlainText(f"{nom} demande 488 000 €, selon contact@asso.example")
    banque.champ.selectAll()
    avant = banque.services.phrases.personnelle
    qtbot.keyClicks(banque.champ, "/")
    assert "Ajouter la sélection à mes phrases…" in lignes(banque)
    boite = banque.add(banque._selected())
    assert boite is not None
    qtbot.addWidget(boite)
    assert boite.phrase().texte == "{porteur} demande {demande}, selon contact@asso.example"
    assert "une adresse électronique" in boite.alerte.texte.text()
    assert banque.services.phrases.personnelle == avant
    boite.champ.setPlainText("{porteur} demande {demande}.")
    assert boite.alerte.texte.text() == ""
    boite.accept()
    assert [(p.texte, p.critere, p.niveau) for p in banque.services.phrases.personnelle] == [
        ("{porteur} demande {demande}.", "FIN-08", "1")
    ]


def test_a_use_is_counted_and_outlives_the_program(banque: BanquePhrases, qtbot: QtBot, tmp_path: Path) -> None:
    fichier = tmp_path / "reglages" / "phrases.toml"
    phrases = Phrases(fichier, banque.services.taches)
    object.__setattr__(banque.services, "phrases", phrases)
    qtbot.keyClicks(banque.champ, "/demande elevee")
    qtbot.keyClick(banque.champ, Qt.Key.Key_Return)
    qtbot.waitUntil(fichier.exists)
    qtbot.waitUntil(lambda: not banque.services.taches.busy)
    relues = Phrases(fichier, banque.services.taches)
    assert [(p.usages, p.critere) for p in relues.offertes if p.usages] == [(1, "FIN-08")]


def test_a_phrase_that_is_not_written_is_told_and_tried_again(
    banque: BanquePhrases, qtbot: QtBot, tmp_path: Path, alertes: Enregistreur
) -> None:
    obstacle = tmp_path / "obstacle"
    obstacle.write_text("", "utf-8")
    phrases = Phrases(obstacle / "phrases.toml", banque.services.taches)
    phrases.failed.connect(banque._not_kept)
    phrases.add(Phrase(texte="Une."))
    qtbot.waitUntil(lambda: bool(alertes.dits))
    assert alertes.dits[0][0] == "error"
    obstacle.unlink()
    phrases.flush()
    assert "Une." in (obstacle / "phrases.toml").read_text("utf-8")


def test_the_shortcut_of_the_page_does_not_take_the_keys_of_the_list(banque: BanquePhrases, qtbot: QtBot) -> None:
    qtbot.keyClicks(banque.champ, "/")
    touche = QKeyEvent(QKeyEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert banque.eventFilter(banque.champ, touche)
    assert touche.isAccepted()
