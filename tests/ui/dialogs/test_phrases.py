"""«Mes phrases»: search, add, change, take away, give back, share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from o2r_desktop.evaluation.phrases import Phrase
from o2r_desktop.store.phrases import read_phrases, write_phrases
from ui.dialogs.phrase import PhraseDialog
from ui.dialogs.phrases import PhrasesDialog
from ui.services import Services


@pytest.fixture
def boite(services: Services, qtbot: QtBot) -> Iterator[PhrasesDialog]:
    services.phrases.add(Phrase(texte="À moi.", critere="FIN-02", niveau="1", usages=2))
    boite = PhrasesDialog(services)
    boite.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(boite)
    boite.open()
    qtbot.waitUntil(boite.isActiveWindow)
    yield boite
    qtbot.waitUntil(lambda: not services.taches.busy)


def montrees(boite: PhrasesDialog) -> list[str]:
    return [boite.liste.item(rang).text() for rang in range(boite.liste.count())]


def test_words_and_choice_narrow_the_list(boite: PhrasesDialog) -> None:
    assert len(montrees(boite)) > 80
    boite.champ.setText("tresorerie TENDUE")
    assert [t[:18] for t in montrees(boite)] == ["Trésorerie tendue\u00a0"]
    boite.champ.setText("fin-02 niveau 1")
    assert "À moi." in montrees(boite)
    boite.champ.clear()
    boite.portee.setCurrentIndex(1)
    assert montrees(boite) == ["À moi."]
    boite.champ.setText("rien de tel")
    assert boite.compte.text().startswith("Aucune phrase")
    assert not boite.modifier.isEnabled()


def test_a_phrase_is_added_then_changed(boite: PhrasesDialog, services: Services) -> None:
    ajout = boite.add()
    assert ajout is not None
    ajout.accept()
    assert ajout.isVisible()
    assert ajout.refus.text() == "Écrivez la phrase."
    ajout.champ.setPlainText("Neuve {inconnue}.")
    assert "{inconnue}" in ajout.alerte.texte.text()
    ajout.critere.setCurrentIndex(ajout.critere.findData("CRE"))
    ajout.niveau.setCurrentIndex(ajout.niveau.findData("manquante"))
    ajout.accept()
    choisie = boite.chosen()
    assert choisie is not None
    assert (choisie.texte, choisie.critere, choisie.niveau) == ("Neuve {inconnue}.", "CRE", "manquante")
    modification = boite.edit()
    assert isinstance(modification, PhraseDialog)
    modification.champ.setPlainText("Changée.")
    modification.accept()
    assert [p.texte for p in services.phrases.personnelle] == ["À moi.", "Changée."]


def test_what_is_taken_away_can_be_given_back(boite: PhrasesDialog, services: Services, qtbot: QtBot) -> None:
    boite.portee.setCurrentIndex(1)
    boite.liste.setFocus()
    qtbot.keyClick(boite.liste, Qt.Key.Key_Delete)
    assert montrees(boite) == []
    boite.annuler.click()
    assert montrees(boite) == ["À moi."]
    assert services.phrases.personnelle[0].usages == 2


def test_a_shipped_phrase_taken_away_is_restored(boite: PhrasesDialog) -> None:
    avant = montrees(boite)
    boite.liste.setCurrentRow(0)
    boite.remove()
    assert montrees(boite) == avant[1:]
    assert boite.retablir.isEnabled()
    boite.restore()
    assert montrees(boite) == avant
    assert boite.bandeau.texte.text() == "1\u00a0phrase fournie rétablie."
    assert not boite.retablir.isEnabled()


def test_phrases_are_shared_by_file(boite: PhrasesDialog, qtbot: QtBot, tmp_path: Path, services: Services) -> None:
    fichier = tmp_path / "equipe.toml"
    boite.export_to(fichier)
    qtbot.waitUntil(lambda: "1\u00a0phrase écrite" in boite.bandeau.texte.text())
    assert [p.texte for p in read_phrases(fichier)] == ["À moi."]
    write_phrases([Phrase(texte="à  MOI.", critere="FIN-02", niveau="1"), Phrase(texte="De Camille.")], fichier)
    boite.import_file(fichier)
    qtbot.waitUntil(lambda: "ajoutée" in boite.bandeau.texte.text())
    assert boite.bandeau.texte.text() == "1\u00a0phrase ajoutée, 1\u00a0autre était déjà connue."
    assert [p.texte for p in services.phrases.personnelle] == ["À moi.", "De Camille."]


def test_a_hostile_file_is_refused_and_nothing_changes(
    boite: PhrasesDialog, qtbot: QtBot, tmp_path: Path, services: Services
) -> None:
    avant = services.phrases.personnelle
    (tmp_path / "piege.toml").write_text("version = 1\nphrase = " + "[" * 2_000, "utf-8")
    boite.import_file(tmp_path / "piege.toml")
    qtbot.waitUntil(lambda: "est refusé" in boite.bandeau.texte.text())
    assert services.phrases.personnelle == avant


def test_every_control_has_a_name(boite: PhrasesDialog) -> None:
    phrase = boite.edit()
    assert phrase is not None
    for controle in (boite.champ, boite.portee, boite.liste, phrase.champ, phrase.critere, phrase.niveau):
        assert controle.accessibleName()
    assert phrase.variables_menu().actions()[0].text() == "Porteur — {porteur}"
    phrase.reject()
