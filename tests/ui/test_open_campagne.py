import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from o2r_desktop import operations
from o2r_desktop.errors import DossierError, NotAStoreError, StoreError, StoreLockedError
from o2r_desktop.evaluation.reponses import ProjetAvis, Reponse
from o2r_desktop.suivi import calculer_resumes, resumes_manquants
from ui.open_campagne import OpenCampagne, WriteFailure
from ui.services import Services

LIBRE, FINALISE = 25000107, 25000104


def reponse(services: Services, critere: str = "FIN-02") -> Reponse:
    return services.campagne.complet(LIBRE).evaluation.reponse(critere)


def sur_le_disque(campagne: OpenCampagne, critere: str = "FIN-02") -> Reponse:
    with operations.twin_session(campagne.session) as jumelle:
        return operations.load_dossier(jumelle, LIBRE).evaluation.reponse(critere)


@contextmanager
def base_retiree(campagne: OpenCampagne) -> Iterator[None]:
    """Have every write fail: another connection holds the database."""
    with operations.twin_session(campagne.session) as autre:
        autre.campagne.db.execute("BEGIN EXCLUSIVE")
        campagne.session.campagne.db.execute("PRAGMA busy_timeout = 0")
        yield
        autre.campagne.db.rollback()


def test_a_level_reaches_the_disk_and_the_list(qtbot: QtBot, services_demo: Services) -> None:
    campagne = services_demo.campagne
    assert campagne.suivi is not None
    rang = campagne.suivi.rang(LIBRE)
    assert rang is not None
    with qtbot.waitSignal(campagne.saved), qtbot.waitSignal(campagne.evaluation_changed) as change:
        assert campagne.save_reponse(LIBRE, replace(reponse(services_demo), valeur="3"), "niveau de FIN-02")
    assert change.args == [LIBRE, "FIN-02"]
    ecrite = sur_le_disque(campagne)
    assert (ecrite.valeur, ecrite.auteur) == ("3", "Camille Essai")
    assert campagne.suivi.ligne(rang).repondus == 1


def test_writing_the_same_is_no_act(services_demo: Services) -> None:
    campagne = services_demo.campagne
    assert campagne.save_reponse(LIBRE, reponse(services_demo), "niveau de FIN-02")
    assert campagne.history.next_undo is None


def test_undo_and_redo_go_to_the_disk(services_demo: Services) -> None:
    campagne = services_demo.campagne
    campagne.save_reponse(LIBRE, replace(reponse(services_demo), valeur="3"), "niveau de FIN-02")
    acte = campagne.history.undo()
    assert acte is not None
    assert (acte.nom, acte.numero, acte.critere) == ("niveau de FIN-02", LIBRE, "FIN-02")
    assert sur_le_disque(campagne).valeur == ""
    campagne.history.redo()
    assert sur_le_disque(campagne).valeur == "3"
    assert campagne.history.redo() is None


def test_a_comment_typed_in_several_breaths_is_one_act(services_demo: Services) -> None:
    campagne = services_demo.campagne
    for texte in ("Fonds", "Fonds propres", "Fonds propres solides"):
        campagne.save_reponse(
            LIBRE, replace(reponse(services_demo), commentaire=texte), "commentaire de FIN-02", with_last=True
        )
    campagne.history.undo()
    assert sur_le_disque(campagne).commentaire == ""
    assert campagne.history.next_undo is None


def test_breaths_of_two_criteria_are_two_acts(services_demo: Services) -> None:
    campagne = services_demo.campagne
    for critere in ("FIN-02", "FIN-03"):
        depart = reponse(services_demo, critere)
        campagne.save_reponse(LIBRE, replace(depart, commentaire="Vu"), "commentaire", with_last=True)
    campagne.history.undo()
    assert sur_le_disque(campagne, "FIN-03").commentaire == ""
    assert sur_le_disque(campagne, "FIN-02").commentaire == "Vu"


def test_the_opinion_is_undone_too(services_demo: Services) -> None:
    campagne = services_demo.campagne
    for motif in ("Projet", "Projet solide"):
        projet = replace(campagne.complet(LIBRE).evaluation.projet, motif=motif)
        assert campagne.save_projet(LIBRE, projet, "motif de l’avis", with_last=True)
    assert campagne.history.next_undo is not None
    assert campagne.history.next_undo.critere == ""
    campagne.history.undo()
    assert campagne.complet(LIBRE).evaluation.projet == ProjetAvis()
    campagne.history.redo()
    assert campagne.complet(LIBRE).evaluation.projet.motif == "Projet solide"


def test_a_write_that_fails_keeps_the_text_and_can_be_tried_again(qtbot: QtBot, services_demo: Services) -> None:
    campagne = services_demo.campagne
    voulue = replace(reponse(services_demo), commentaire="À ne pas perdre")
    with base_retiree(campagne), qtbot.waitSignal(campagne.save_failed) as signal:
        assert not campagne.save_reponse(LIBRE, voulue, "commentaire de FIN-02")
    echec = signal.args[0]
    assert isinstance(echec, WriteFailure)
    assert (echec.numero, echec.critere, echec.texte) == (LIBRE, "FIN-02", "À ne pas perdre")
    assert isinstance(echec.erreur, StoreError)
    assert campagne.history.next_undo is None
    assert echec.retry()
    assert sur_le_disque(campagne).commentaire == "À ne pas perdre"


def test_a_dossier_that_cannot_be_read_is_a_failed_write_too(qtbot: QtBot, services_demo: Services) -> None:
    campagne = services_demo.campagne
    voulue = replace(reponse(services_demo), commentaire="À ne pas perdre")
    campagne.complet(FINALISE)  # the dossier at hand is another one
    with base_retiree(campagne), qtbot.waitSignal(campagne.save_failed) as signal:
        assert not campagne.save_reponse(LIBRE, voulue, "commentaire de FIN-02")
    assert signal.args[0].texte == "À ne pas perdre"


def test_a_finalised_evaluation_refuses(qtbot: QtBot, services_demo: Services) -> None:
    campagne = services_demo.campagne
    voulue = replace(campagne.complet(FINALISE).evaluation.reponse("FIN-02"), commentaire="Trop tard")
    with qtbot.waitSignal(campagne.save_failed) as signal:
        assert not campagne.save_reponse(FINALISE, voulue, "commentaire de FIN-02")
    assert isinstance(signal.args[0].erreur, DossierError)
    campagne.reopen(FINALISE, "Erreur de saisie")
    assert campagne.save_reponse(FINALISE, voulue, "commentaire de FIN-02")


def test_an_undo_that_fails_changes_nothing(services_demo: Services) -> None:
    campagne = services_demo.campagne
    campagne.save_reponse(LIBRE, replace(reponse(services_demo), valeur="3"), "niveau de FIN-02")
    with base_retiree(campagne), pytest.raises(StoreError):
        campagne.history.undo()
    assert campagne.history.next_undo is not None
    assert campagne.history.next_redo is None
    campagne.history.undo()
    assert sur_le_disque(campagne).valeur == ""


def test_a_read_only_campagne_refuses_to_write(qtbot: QtBot, services: Services, campagne_demo: Path) -> None:
    services.campagne.open(campagne_demo, auteur="Camille Essai", lecture_seule=True)
    assert services.campagne.read_only
    with qtbot.waitSignal(services.campagne.save_failed):
        assert not services.campagne.save_reponse(LIBRE, replace(reponse(services), valeur="3"), "niveau de FIN-02")


def test_a_campagne_that_cannot_be_opened_leaves_the_present_one(services_demo: Services, tmp_path: Path) -> None:
    campagne = services_demo.campagne
    with pytest.raises(NotAStoreError):
        campagne.open(tmp_path / "vide", auteur="Camille Essai")
    assert campagne.is_open
    assert len(campagne.suivi or ()) == 22


def test_another_campagne_takes_the_place_with_its_own_history(services_demo: Services, tmp_path: Path) -> None:
    campagne = services_demo.campagne
    campagne.save_reponse(LIBRE, replace(reponse(services_demo), valeur="3"), "niveau de FIN-02")
    ancienne = campagne.dossier
    autre = Path(shutil.copytree(ancienne, tmp_path / "autre"))
    campagne.save_reponse(LIBRE, replace(reponse(services_demo), valeur="2"), "niveau de FIN-03")
    campagne.open(autre, auteur="Camille Essai")
    assert campagne.history.next_undo is not None
    assert campagne.history.next_undo.nom == "niveau de FIN-02"
    assert campagne.suivi is None
    with operations.open_session(ancienne, auteur="Camille Essai"):  # its lock was given back
        pass


def test_a_campagne_open_elsewhere_is_locked(services: Services, campagne_demo: Path) -> None:
    with operations.open_session(campagne_demo, auteur="Autre"), pytest.raises(StoreLockedError):
        services.campagne.open(campagne_demo, auteur="Camille Essai")
    assert not services.campagne.is_open


def test_without_a_campagne_the_sentence_says_what_to_do(services: Services) -> None:
    with pytest.raises(DossierError, match="ouvrez-en une"):
        _ = services.campagne.session
    services.campagne.close()


def test_the_dossier_at_hand_follows_the_parametres(services_demo: Services) -> None:
    campagne = services_demo.campagne
    avant = campagne.complet(LIBRE)
    assert campagne.complet(LIBRE) is avant
    parametres = replace(
        campagne.session.parametres, seuil_cout_total=campagne.session.parametres.seuil_cout_total * 10
    )
    campagne.change_parametres(parametres)
    apres = campagne.complet(LIBRE)
    assert apres.constats != avant.constats


def test_summaries_enter_the_list(qtbot: QtBot, services_demo: Services) -> None:
    campagne = services_demo.campagne
    assert campagne.suivi is not None
    manquants = resumes_manquants(campagne.session, campagne.suivi)
    with qtbot.waitSignal(campagne.resumes_loaded):
        campagne.add_resumes(calculer_resumes(campagne.session, manquants))
    assert campagne.suivi.sans_resume() == []


def test_a_write_tried_again_leaves_what_changed_since(qtbot: QtBot, services_demo: Services) -> None:
    campagne = services_demo.campagne
    campagne.save_reponse(LIBRE, replace(reponse(services_demo), valeur="2"), "niveau de FIN-02")
    voulue = replace(reponse(services_demo), valeur="3")
    with base_retiree(campagne), qtbot.waitSignal(campagne.save_failed) as signal:
        assert not campagne.save_reponse(LIBRE, voulue, "niveau de FIN-02")
    campagne.session.campagne.db.execute("UPDATE reponse SET a_reconfirmer = 1, commentaire = 'Vu'")
    campagne.load_suivi()
    assert not signal.args[0].caduc()
    assert signal.args[0].retry()
    ecrite = sur_le_disque(campagne)
    assert (ecrite.valeur, ecrite.commentaire, ecrite.a_reconfirmer) == ("3", "Vu", True)
    assert signal.args[0].caduc()


def test_an_opinion_tried_again_leaves_the_other_fields(qtbot: QtBot, services_demo: Services) -> None:
    campagne = services_demo.campagne
    campagne.complet(LIBRE)
    with base_retiree(campagne), qtbot.waitSignal(campagne.save_failed) as signal:
        assert not campagne.save_projet(LIBRE, ProjetAvis(motif="Projet solide"), "motif de l’avis")
    assert campagne.save_projet(LIBRE, ProjetAvis(points_forts="Réseau"), "points forts")
    assert not signal.args[0].caduc()
    assert signal.args[0].retry()
    assert campagne.complet(LIBRE).evaluation.projet == ProjetAvis(motif="Projet solide", points_forts="Réseau")


def test_acts_on_a_finalised_evaluation_wait_for_it_to_be_reopened(services_demo: Services) -> None:
    campagne = services_demo.campagne
    campagne.reopen(FINALISE, "Erreur de saisie")
    depart = campagne.complet(FINALISE).evaluation
    assert depart.avis is not None
    assert campagne.save_reponse(
        FINALISE, replace(depart.reponse("FIN-02"), commentaire="Autrement dit"), "commentaire de FIN-02"
    )
    acte = campagne.history.next_undo
    campagne.conclude(FINALISE, depart.avis)
    assert campagne.history.undo() is None
    assert campagne.complet(FINALISE).evaluation.reponse("FIN-02").commentaire == "Autrement dit"
    campagne.reopen(FINALISE, "Encore")
    assert campagne.history.undo() == acte
    finale = campagne.complet(FINALISE).evaluation
    assert finale.reponse("FIN-02").commentaire == depart.reponse("FIN-02").commentaire
