import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from o2r_desktop import operations
from o2r_desktop.progress import Reporter
from o2r_desktop.suivi import resumes_manquants
from tests.ui.conftest import Enregistreur
from ui.campagnes import NOM_DEMONSTRATION, auteur
from ui.dialogs.nouvelle_campagne import NouvelleCampagneDialog
from ui.main_window import MainWindow
from ui.pages.dossier.page import DossierPage
from ui.settings import Settings


def attendre(depart: Event, reporter: Reporter) -> None:
    assert depart.wait(10)
    reporter.step(0, 1, "Lecture")


def test_a_locked_campagne_is_opened_for_reading_when_the_user_agrees(
    qtbot: QtBot, fenetre: MainWindow, alertes: Enregistreur, campagne_demo: Path
) -> None:
    campagne = fenetre.services.campagne
    with operations.open_session(campagne_demo, auteur="Autre"):
        alertes.reponse = False
        fenetre.campagnes.open(campagne_demo)
        assert not campagne.is_open
        alertes.reponse = True
        with qtbot.waitSignal(campagne.suivi_loaded):
            fenetre.campagnes.open(campagne_demo)
        assert campagne.read_only
        assert "déjà ouverte" in alertes.dits[-1][1]
        assert not fenetre.actions_fenetre["importer"].isEnabled()
        assert not fenetre.actions_fenetre["campagne.sauvegarder"].isEnabled()
        assert fenetre.etat.lecture_seule.text() == "Lecture seule"
        qtbot.waitUntil(lambda: not fenetre.services.taches.busy)


def test_a_campagne_that_is_gone_is_forgotten(fenetre: MainWindow, alertes: Enregistreur, tmp_path: Path) -> None:
    reglages = fenetre.services.reglages
    reglages.add_recente(tmp_path / "partie")
    fenetre.campagnes.open(tmp_path / "partie")
    assert [genre for genre, _ in alertes.dits] == ["error"]
    assert reglages.recentes == []


def test_a_damaged_campagne_stays_among_the_recent_ones(
    fenetre: MainWindow, alertes: Enregistreur, campagne_demo: Path
) -> None:
    fenetre.services.reglages.add_recente(campagne_demo)
    (campagne_demo / "o2r.db").write_bytes(b"rien de bon" * 500)
    fenetre.campagnes.open(campagne_demo)
    assert [genre for genre, _ in alertes.dits] == ["error"]
    assert fenetre.services.reglages.recentes == [campagne_demo]


def test_summaries_are_worked_out_in_silence(fenetre_demo: MainWindow) -> None:
    campagne = fenetre_demo.services.campagne
    assert campagne.suivi is not None
    assert resumes_manquants(campagne.session, campagne.suivi) == []
    assert not fenetre_demo.etat.progression.isVisible()


def test_what_the_first_dossier_needs_is_worked_out_in_silence(qtbot: QtBot, fenetre_demo: MainWindow) -> None:
    session = fenetre_demo.services.campagne.session
    qtbot.waitUntil(lambda: "lot" in vars(session))


def test_other_rules_have_the_summaries_worked_out_again(qtbot: QtBot, fenetre_demo: MainWindow) -> None:
    campagne = fenetre_demo.services.campagne
    parametres = campagne.session.parametres
    with qtbot.waitSignal(campagne.resumes_loaded):
        campagne.change_parametres(replace(parametres, seuil_cout_total=parametres.seuil_cout_total * 10))
    assert campagne.suivi is not None
    qtbot.waitUntil(lambda: campagne.suivi is not None and campagne.suivi.sans_resume() == [])
    assert resumes_manquants(campagne.session, campagne.suivi) == []


def test_a_backup_is_written_and_told(qtbot: QtBot, fenetre_demo: MainWindow) -> None:
    with qtbot.waitSignal(fenetre_demo.services.campagne.backed_up) as signal:
        fenetre_demo.actions_fenetre["campagne.sauvegarder"].trigger()
    assert signal.args[0].is_file()
    assert "Sauvegarde 10:42" in fenetre_demo.etat.etat.text()
    qtbot.waitUntil(lambda: not fenetre_demo.services.taches.busy)


def test_a_new_campagne_is_made_and_opened(qtbot: QtBot, fenetre: MainWindow, tmp_path: Path) -> None:
    fenetre.campagnes.create()
    dialogue = fenetre.findChild(NouvelleCampagneDialog)
    assert isinstance(dialogue, NouvelleCampagneDialog)
    dialogue.lieu.setText(str(tmp_path))
    dialogue.nom.setText("AMI 2026")
    with qtbot.waitSignal(fenetre.services.campagne.suivi_loaded):
        dialogue.creer.click()
    assert fenetre.services.campagne.dossier == tmp_path / "AMI 2026"
    assert len(fenetre.services.campagne.suivi or ()) == 0


def test_the_demonstration_is_made_once_then_opened(qtbot: QtBot, fenetre: MainWindow, tmp_path: Path) -> None:
    campagne = fenetre.services.campagne
    with qtbot.waitSignal(campagne.suivi_loaded, timeout=60_000):
        fenetre.services.navigation.open_demonstration()
        assert fenetre.etat.progression.isVisible()
    assert campagne.dossier == tmp_path / NOM_DEMONSTRATION
    assert len(campagne.suivi or ()) == 22
    fenetre.campagnes.close()
    qtbot.waitUntil(lambda: not campagne.is_open)
    with qtbot.waitSignal(campagne.opened):
        fenetre.services.navigation.open_demonstration()


def test_the_demonstration_never_enters_a_real_campagne(
    fenetre: MainWindow, alertes: Enregistreur, campagne_demo: Path
) -> None:
    fenetre.campagnes.documents = campagne_demo
    fenetre.campagnes.open_demonstration()
    assert "vraie campagne" in alertes.dits[-1][1]
    assert not fenetre.services.taches.busy


@pytest.mark.parametrize("accepte", [True, False])
def test_named_work_is_stopped_only_when_the_user_agrees(
    qtbot: QtBot, fenetre_demo: MainWindow, alertes: Enregistreur, accepte: bool
) -> None:
    depart = Event()
    fenetre_demo.services.taches.start("Import", partial(attendre, depart))
    alertes.reponse = accepte
    fenetre_demo.actions_fenetre["campagne.fermer"].trigger()
    assert fenetre_demo.services.campagne.is_open
    depart.set()
    qtbot.waitUntil(lambda: not fenetre_demo.services.taches.busy)
    assert fenetre_demo.services.campagne.is_open is not accepte


def test_opening_the_same_campagne_again_only_goes_home(fenetre_demo: MainWindow, campagne_demo: Path) -> None:
    fenetre_demo.go("dossiers")
    fenetre_demo.campagnes.open(campagne_demo)
    assert fenetre_demo.rail.current == "accueil"
    assert not fenetre_demo.services.campagne.read_only


def test_answers_are_signed_by_the_name_given_else_by_the_login(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    assert qapp is not None
    reglages = Settings(tmp_path / "r.ini")
    monkeypatch.setenv("LOGNAME", "camille")
    assert auteur(reglages) == "camille"
    reglages.instructeur = " Camille Essai "
    assert auteur(reglages) == "Camille Essai"


@pytest.mark.parametrize("quoi", ["fermer", "quitter", "ouvrir"])
def test_what_is_typed_while_work_is_being_stopped_is_written(
    qtbot: QtBot, fenetre_demo: MainWindow, campagne_demo: Path, tmp_path: Path, quoi: str
) -> None:
    autre = Path(shutil.copytree(campagne_demo, tmp_path / "autre"))
    page = fenetre_demo.show_page(DossierPage)
    assert page is not None
    page.open_dossier(25000107, "FIN-02")
    depart = Event()
    fenetre_demo.services.taches.start("", partial(attendre, depart))
    if quoi == "quitter":
        assert not fenetre_demo.close()
    elif quoi == "fermer":
        fenetre_demo.campagnes.close()
    else:
        fenetre_demo.campagnes.open(autre)
    page.critere.commentaire.insertPlainText("Dernier mot")
    with qtbot.waitSignal(fenetre_demo.services.campagne.closed):
        depart.set()
    with operations.open_session(campagne_demo, auteur="Autre", lecture_seule=True) as session:
        assert operations.load_dossier(session, 25000107).evaluation.reponse("FIN-02").commentaire == "Dernier mot"


def test_a_bug_in_the_summaries_is_told_once(qtbot: QtBot, fenetre_demo: MainWindow) -> None:
    campagne, taches = fenetre_demo.services.campagne, fenetre_demo.services.taches
    campagne.session.campagne.db.execute("UPDATE dossier SET contenu = '{}' WHERE numero = 25000107")
    with qtbot.captureExceptions() as bugs:
        campagne.change_parametres(campagne.session.parametres.avec(parcours_mois_max=11))
        qtbot.waitUntil(lambda: len(bugs) > 1 or (bool(bugs) and not taches.busy))
        taches.cancel_all()
        qtbot.waitUntil(lambda: not taches.busy)
    assert len(bugs) == 1
