"""The page of a dossier: nothing lost, nothing written elsewhere, nothing obeyed."""

import json
import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from o2r_desktop.analyse.angles import Angle
from o2r_desktop.evaluation.reponses import EtatEvaluation
from tests.ui.conftest import Enregistreur
from tests.ui.pages.dossier.test_page import CTRL, FINALISE, VIDE, bloquer, touche
from ui.navigation import Onglet
from ui.pages.dossier.analyse.volet import AnalyseVolet
from ui.pages.dossier.conclusion import ConclusionVolet
from ui.pages.dossier.page import DossierPage
from ui.pages.dossier.reponse import amount_text
from ui.services import Services


def test_no_key_answers_for_a_dossier_out_of_view(page: DossierPage, services_demo: Services, qtbot: QtBot) -> None:
    page.open_dossier(VIDE, "FIN-02")
    page.open_dossier(99)
    page.enter()
    touche(qtbot, page, Qt.Key.Key_3)
    touche(qtbot, page, Qt.Key.Key_Return, CTRL)
    assert services_demo.campagne.complet(VIDE).evaluation.reponses == {}


def test_no_key_answers_in_another_campagne(
    page: DossierPage, services_demo: Services, qtbot: QtBot, tmp_path: Path
) -> None:
    page.open_dossier(VIDE, "FIN-02")
    autre = Path(shutil.copytree(services_demo.campagne.dossier, tmp_path / "autre"))
    services_demo.campagne.open(autre, auteur="Camille Essai")
    page.enter()
    touche(qtbot, page, Qt.Key.Key_3)
    assert services_demo.campagne.complet(VIDE).evaluation.reponses == {}


def test_no_key_answers_while_the_criteria_are_hidden(
    page: DossierPage, services_demo: Services, qtbot: QtBot
) -> None:
    page.open_dossier(VIDE, "FIN-02")
    page.enter()
    touche(qtbot, page, Qt.Key.Key_F11)
    touche(qtbot, page, Qt.Key.Key_3)
    assert services_demo.campagne.complet(VIDE).evaluation.reponses == {}


def test_an_answer_that_did_not_reach_the_disk_is_not_left_behind(
    page: DossierPage, services_demo: Services, qtbot: QtBot
) -> None:
    page.open_dossier(VIDE, "FIN-02")
    page.enter()
    bloquer(services_demo)
    touche(qtbot, page, Qt.Key.Key_3)
    assert not page.leave()
    assert page.barre_echec.reessayer.hasFocus()
    bloquer(services_demo, oui=False)
    assert not page.leave()
    page.barre_echec.reessayer.click()
    assert page.leave()
    assert services_demo.campagne.complet(VIDE).evaluation.reponse("FIN-02").valeur == "3"


def test_a_write_of_another_field_keeps_the_failure(
    page: DossierPage, services_demo: Services, qtbot: QtBot
) -> None:
    page.open_dossier(VIDE, "FIN-02")
    page.enter()
    bloquer(services_demo)
    touche(qtbot, page, Qt.Key.Key_3)
    bloquer(services_demo, oui=False)
    page.critere.commentaire.insertPlainText("Fonds propres")
    page.critere.commentaire.flush()
    assert page.barre_echec.isVisible()
    page.barre_echec.reessayer.click()
    reponse = services_demo.campagne.complet(VIDE).evaluation.reponse("FIN-02")
    assert (reponse.valeur, reponse.commentaire) == ("3", "Fonds propres")
    assert not page.barre_echec.isVisible()


def test_a_comment_that_failed_is_written_with_the_next_answer(
    page: DossierPage, services_demo: Services, qtbot: QtBot
) -> None:
    page.open_dossier(VIDE, "FIN-02")
    page.enter()
    bloquer(services_demo)
    page.critere.commentaire.insertPlainText("Fonds propres")
    page.critere.commentaire.flush()
    bloquer(services_demo, oui=False)
    touche(qtbot, page, Qt.Key.Key_3)
    reponse = services_demo.campagne.complet(VIDE).evaluation.reponse("FIN-02")
    assert (reponse.valeur, reponse.commentaire) == ("3", "Fonds propres")
    assert not page.barre_echec.isVisible()


def test_nothing_is_finalised_while_something_is_not_written(
    page: DossierPage, services_demo: Services, alertes: Enregistreur
) -> None:
    services_demo.campagne.reopen(FINALISE, "Relecture")
    page.open_dossier(FINALISE, "ELI-07", onglet=Onglet.CONCLUSION)
    conclusion = page.centre.volet
    assert isinstance(conclusion, ConclusionVolet)
    assert conclusion.finaliser.isEnabled()
    page.critere.choix.montant.champ.setText("12.000.000")
    conclusion.finaliser.click()
    assert services_demo.campagne.complet(FINALISE).evaluation.etat is EtatEvaluation.ROUVERTE
    assert alertes.dits == []
    page.critere.choix.montant.champ.setText(amount_text(page.critere.choix.montant._ecrite))
    page.open_dossier(FINALISE, "FIN-02")
    page.critere.commentaire.insertPlainText("Dernier mot. ")
    conclusion.finaliser.click()
    finale = services_demo.campagne.complet(FINALISE).evaluation
    assert finale.etat is EtatEvaluation.FINALISEE
    assert "Dernier mot. " in finale.reponse("FIN-02").commentaire


def test_other_years_are_shown_in_the_conclusion(page: DossierPage, services_demo: Services) -> None:
    page.open_dossier(VIDE, onglet=Onglet.CONCLUSION)
    conclusion = page.centre.volet
    assert isinstance(conclusion, ConclusionVolet)
    avant = tuple(conclusion.montants.champs)
    parametres = services_demo.campagne.session.parametres
    services_demo.campagne.change_parametres(parametres.avec(premiere_annee=parametres.premiere_annee + 1))
    assert tuple(conclusion.montants.champs) == services_demo.campagne.session.parametres.annees != avant


DATES = frozenset({"depot", "derniere_maj"})
CACHES = frozenset("\u202e\x00")
HOSTILE = "<b>A</b>\u202e\x00gnp & fils\n"


def test_no_word_of_a_dossier_is_obeyed_nor_turned_round(page: DossierPage, services_demo: Services) -> None:
    db = services_demo.campagne.session.campagne.db
    (contenu,) = db.execute("SELECT contenu FROM dossier WHERE numero = ?", [VIDE]).fetchone()
    brut = json.loads(contenu)
    for cles in (brut["demandeur"], brut["fixes"]):
        cles.update({cle: HOSTILE + mot for cle, mot in cles.items() if isinstance(mot, str) and cle not in DATES})
    brut["cellules"] = [HOSTILE + c if isinstance(c, str) and c else c for c in brut["cellules"]]
    db.execute("UPDATE dossier SET contenu = ? WHERE numero = ?", [json.dumps(brut), VIDE])
    for critere in services_demo.campagne.session.grille.criteres:
        assert page.open_dossier(VIDE, critere.id)
        check_words(page, page.critere)
    for onglet in Onglet:
        assert page.open_dossier(VIDE, "REC-01", onglet)
        check_words(page, page)
    for angle in Angle:
        page.open_dossier(VIDE, "REC-01", Onglet.ANALYSE)
        volet = page.centre.volet
        assert isinstance(volet, AnalyseVolet)
        volet.show_angle(angle)
        check_words(page, volet)
    modele = page.plan.modele
    lignes = [modele.index(rang, 0) for rang in range(modele.rowCount())]
    for ligne in lignes:
        lignes.extend(modele.index(rang, 0, ligne) for rang in range(modele.rowCount(ligne)))
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            assert not CACHES & set(str(ligne.data(role)))
    assert any("<b>A" in str(ligne.data()) for ligne in lignes)


def check_words(page: DossierPage, ici: QWidget) -> None:
    for mots in ici.findChildren(QWidget):
        dits = [mots.accessibleName(), mots.accessibleDescription(), mots.toolTip()]
        if isinstance(mots, QLabel | QAbstractButton):
            dits.append(mots.text())
        assert not any(CACHES & set(dit) for dit in dits), (page.critere_id, mots, dits)
        assert "<b>A" not in mots.toolTip()
        if isinstance(mots, QLabel) and "<b>A" in mots.text():
            assert mots.textFormat() is Qt.TextFormat.PlainText
