"""From dossier to dossier: the next one to do, and one critere across the list."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from o2r_desktop.evaluation.reponses import Changement, Reponse
from o2r_desktop.store import changements
from o2r_desktop.store.connection import ecriture
from tests.ui.pages.dossier.test_page import ALT, AUCUN, CTRL, FINALISE, MAJ, VIDE, repondre, touche
from ui.navigation import Onglet
from ui.pages.dossier.page import DossierPage
from ui.pages.dossier.parcours import FINI, OFFRE, REPRIS
from ui.reprise import lire
from ui.services import Services

SUIVANT, AUTRE = 25000107, 25000112


@pytest.fixture
def suivie(page: DossierPage) -> DossierPage:
    page.set_voisins([SUIVANT, VIDE, FINALISE, AUTRE], "À instruire")
    page.open_dossier(VIDE, "ELI-02")
    page.critere.focus_first()
    return page


def tout_repondre(services: Services, numero: int) -> None:
    from o2r_desktop.evaluation.grille import TypeCritere

    valeurs = {TypeCritere.ECHELLE: "3", TypeCritere.MONTANT: "1000.00", TypeCritere.PRIORITE: "P1"}
    for critere in services.campagne.session.grille.criteres:
        valeur = valeurs.get(critere.type, "oui")
        assert services.campagne.save_reponse(numero, Reponse(critere=critere.id, valeur=valeur), "réponse")


def test_the_next_dossier_to_do_is_that_of_the_list_and_round_it(suivie: DossierPage, qtbot: QtBot) -> None:
    touche(qtbot, suivie, Qt.Key.Key_Return, CTRL | MAJ)
    assert suivie.numero == AUTRE  # the finalised one is passed over
    suivie.open_prochain()
    assert suivie.numero == SUIVANT
    assert suivie.critere.barre.message.text() == REPRIS


def test_all_answered_the_conclusion_is_shown_then_the_next_dossier(
    suivie: DossierPage, services_demo: Services, qtbot: QtBot
) -> None:
    tout_repondre(services_demo, VIDE)
    touche(qtbot, suivie, Qt.Key.Key_Return, CTRL)
    assert suivie.centre.onglet is Onglet.CONCLUSION
    assert suivie.critere.barre.message.text() == OFFRE
    touche(qtbot, suivie, Qt.Key.Key_Return, CTRL)
    assert suivie.numero == AUTRE
    suivie.set_voisins([VIDE], "")
    suivie.open_dossier(VIDE)
    suivie.open_prochain()
    assert (suivie.numero, suivie.critere.barre.message.text()) == (VIDE, FINI)


def test_one_critere_is_followed_across_the_list(suivie: DossierPage, qtbot: QtBot) -> None:
    touche(qtbot, suivie, Qt.Key.Key_F7)
    pane = suivie.parcours.pane
    assert pane.isVisible()
    assert not suivie.plan.isVisible()
    assert "ELI-02, 1\u00a0/\u00a04 dossiers faits" in suivie.parcours.bandeau.texte.text()
    touche(qtbot, suivie, Qt.Key.Key_O, AUCUN)
    assert "2\u00a0/\u00a04" in suivie.parcours.bandeau.texte.text()
    touche(qtbot, suivie, Qt.Key.Key_Return, CTRL)
    assert (suivie.numero, suivie.critere_id) == (AUTRE, "ELI-02")
    touche(qtbot, suivie, Qt.Key.Key_Up, ALT)
    assert (suivie.numero, suivie.critere_id) == (FINALISE, "ELI-02")
    touche(qtbot, suivie, Qt.Key.Key_Right, ALT)
    assert (suivie.numero, suivie.critere_id, pane.critere_id) == (FINALISE, "ELI-03", "ELI-03")
    touche(qtbot, suivie, Qt.Key.Key_Escape)
    assert suivie.plan.isVisible()
    assert suivie.parcours.bandeau.isHidden()
    touche(qtbot, suivie, Qt.Key.Key_Down, ALT)
    assert (suivie.numero, suivie.critere_id) == (FINALISE, "ELI-04")


def test_the_end_of_a_critere_is_said(suivie: DossierPage, services_demo: Services) -> None:
    for numero in (SUIVANT, VIDE, AUTRE):
        repondre(services_demo, "ELI-02", "oui", numero)
    suivie.set_par_critere(actif=True)
    suivie.critere.validate()
    assert suivie.numero == VIDE
    assert suivie.critere.barre.message.text().startswith("ELI-02 n’attend plus de réponse")


def test_lines_say_answer_state_and_finding(suivie: DossierPage, services_demo: Services, qtbot: QtBot) -> None:
    repondre(services_demo, "ELI-02", "non", AUTRE)
    suivie.set_par_critere(actif=True)
    modele = suivie.parcours.pane.modele
    index = modele.place(AUTRE)
    assert ", non" in str(modele.data(index, Qt.ItemDataRole.AccessibleTextRole))
    qtbot.waitUntil(lambda: modele.sans_constat(range(4)) == [])
    assert "constat" in str(modele.data(modele.place(VIDE), Qt.ItemDataRole.AccessibleTextRole))
    with qtbot.waitSignal(suivie.parcours.pane.dossier_chosen) as choisi:
        suivie.parcours.pane.setCurrentIndex(index)
        qtbot.keyClick(suivie.parcours.pane, Qt.Key.Key_Return)
    assert choisi.args == [AUTRE]
    assert suivie.numero == AUTRE


def test_a_dossier_whose_answer_was_undone_comes_again(suivie: DossierPage, services_demo: Services) -> None:
    suivie.set_par_critere(actif=True)
    repondre(services_demo, "ELI-02", "oui")
    suivie.open_prochain()
    assert suivie.numero == AUTRE
    services_demo.campagne.history.undo()
    assert "1\u00a0/\u00a04" in suivie.parcours.bandeau.texte.text()
    suivie.open_dossier(SUIVANT, "ELI-02")
    suivie.open_prochain()
    assert suivie.numero == VIDE


def test_a_dossier_that_an_import_put_in_doubt_comes_again(suivie: DossierPage, services_demo: Services) -> None:
    suivie.set_par_critere(actif=True)
    repondre(services_demo, "ELI-02", "oui", AUTRE)
    modele = suivie.parcours.pane.modele
    assert not modele.reste(AUTRE)
    doute = Changement(libelle="Coût", avant="1", apres="2")
    with ecriture(services_demo.campagne.session.campagne) as db:
        changements.flag(db, {AUTRE: {"ELI-02": [doute]}})
    services_demo.campagne.load_suivi()
    assert modele.reste(AUTRE)


def test_all_that_was_in_view_comes_back(suivie: DossierPage, services_demo: Services) -> None:
    suivie.set_par_critere(actif=True)
    vue = suivie._onglets.formulaire.vue
    vue.document().size()
    barre = vue.verticalScrollBar()
    barre.setValue(barre.maximum() // 2)
    attendu = vue.cursorForPosition(QPoint(0, 0)).position()
    assert suivie.leave()
    reprise = lire(services_demo.reglages, services_demo.campagne.dossier)
    assert reprise is not None
    suivie.set_par_critere(actif=False)
    suivie.open_dossier(SUIVANT, onglet=Onglet.NOTE)
    suivie.resume(reprise)
    assert (suivie.numero, suivie.critere_id, suivie.centre.onglet) == (VIDE, "ELI-02", Onglet.FORMULAIRE)
    assert suivie.parcours.par_critere
    assert abs(vue.cursorForPosition(QPoint(0, 0)).position() - attendu) <= 120, "à une ligne près"
