"""An answer that an import put in doubt: what changed, confirmed or changed, and taken back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from o2r_desktop import operations
from o2r_desktop.evaluation.reponses import Changement, Reponse
from ui.models.plan import Genre
from ui.pages.dossier.page import DossierPage
from ui.pages.dossier.reconfirmer import extraits, next_a_reconfirmer
from ui.services import Services

NUMERO = 25000103
LONG = "Le projet va vers les jeunes. " * 20
CHANGEMENTS = (
    Changement(libelle="Fonds propres 2024", avant="611\u00a0000\u00a0€", apres="402\u00a0350\u00a0€"),
    Changement(libelle="Résumé", avant=LONG, apres=f"{LONG}Il s’arrête en 2027."),
    Changement(libelle="RIB", avant="", apres="rib.pdf"),
)


@pytest.fixture
def doute(page: DossierPage, services_demo: Services) -> DossierPage:
    """The page on a critere whose answer is in doubt; another one is too."""
    campagne = services_demo.campagne
    for critere, changements in (("FIN-02", CHANGEMENTS), ("CRE-03", ())):
        reponse = Reponse(critere=critere, valeur="3", a_reconfirmer=True, changements=changements)
        operations.write_reponse(campagne.session, NUMERO, reponse)
    campagne.load_suivi()
    page.open_dossier(NUMERO, "FIN-02")
    page.enter()
    return page


def ecrite(services: Services) -> Reponse:
    return operations.load_dossier(services.campagne.session, NUMERO).evaluation.reponse("FIN-02")


def test_the_panel_says_what_changed_in_words(doute: DossierPage) -> None:
    panneau = doute.critere.reconfirmer
    assert panneau.isVisible()
    assert panneau.phrase.text().startswith("! Depuis votre réponse du 02/09/2025")
    premiere, resume, rib = panneau.lignes
    assert premiere.valeurs.text() == "«\u00a0611\u00a0000\u00a0€\u00a0»  →  «\u00a0402\u00a0350\u00a0€\u00a0»"
    assert resume.valeurs.text().endswith("Il s’arrête en 2027.\u00a0»")
    assert len(resume.valeurs.text()) < 260
    assert rib.valeurs.text().startswith("(vide)  →")
    assert not premiere.voir.isVisible()


def test_a_long_text_is_shown_whole_when_asked(doute: DossierPage, qtbot: QtBot) -> None:
    ligne = doute.critere.reconfirmer.lignes[1]
    ligne.voir.setFocus()
    qtbot.keyClick(ligne.voir, Qt.Key.Key_Return)
    assert LONG.strip() in ligne.entier.text()
    assert ligne.entier.isReadOnly()
    qtbot.keyClick(ligne.voir, Qt.Key.Key_Return)
    assert not ligne.entier.isVisible()


def test_ctrl_r_confirms_and_ctrl_z_brings_the_doubt_back(
    doute: DossierPage, services_demo: Services, qtbot: QtBot
) -> None:
    qtbot.keyClick(doute.window().focusWidget(), Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert (ecrite(services_demo).a_reconfirmer, ecrite(services_demo).changements) == (False, ())
    assert ecrite(services_demo).valeur == "3"
    assert not doute.critere.reconfirmer.isVisible()
    acte = services_demo.campagne.history.undo()
    assert acte is not None
    assert acte.nom == "confirmation de FIN-02"
    assert ecrite(services_demo).changements == CHANGEMENTS
    assert doute.critere.reconfirmer.isVisible()
    assert len([ligne for ligne in doute.critere.reconfirmer.lignes if ligne.isVisible()]) == 3


def test_another_answer_ends_the_doubt_and_a_comment_does_not(doute: DossierPage, services_demo: Services) -> None:
    doute.critere.commentaire.insertPlainText("À voir")
    assert doute.critere.leave()
    assert ecrite(services_demo).changements == CHANGEMENTS
    doute.critere.choix.chosen.emit("1")
    assert (ecrite(services_demo).valeur, ecrite(services_demo).a_reconfirmer) == ("1", False)
    assert ecrite(services_demo).changements == ()
    services_demo.campagne.history.undo()
    assert ecrite(services_demo).changements == CHANGEMENTS


def test_the_header_counts_and_leads_from_one_to_the_next(doute: DossierPage, qtbot: QtBot) -> None:
    bouton = doute.entete.reconfirmer
    assert bouton.text() == "! 2 à reconfirmer"
    bouton.click()
    assert doute.critere_id == "CRE-03"
    assert doute.critere.reconfirmer.phrase.text().startswith("! Les données de ce critère")
    modificateurs = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(doute.window().focusWidget(), Qt.Key.Key_Down, modificateurs)
    assert doute.critere_id == "FIN-02"
    modele = doute.plan.modele
    assert modele.entree(modele.find(Genre.CRITERE, "CRE-03")).mot == "à reconfirmer"


def test_without_a_doubt_nothing_is_shown_and_the_key_says_so(doute: DossierPage, qtbot: QtBot) -> None:
    for _ in range(2):
        doute.critere.reconfirmer.bouton.click()
        doute.open_a_reconfirmer()
    assert not doute.entete.reconfirmer.isVisible()
    qtbot.keyClick(doute.window().focusWidget(), Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert "n’est pas à reconfirmer" in doute.critere.barre.message.text()


def test_in_a_short_pane_the_changes_fold_and_the_doubt_stays_in_view(doute: DossierPage) -> None:
    panneau = doute.critere.reconfirmer
    panneau.set_compact(compact=True)
    panneau.show_reponse(
        Reponse(critere="FIN-02", valeur="3", a_reconfirmer=True, changements=CHANGEMENTS), modifiable=True
    )
    assert not any(ligne.isVisible() for ligne in panneau.lignes)
    assert panneau.phrase.text() == "! À reconfirmer après import"
    assert panneau.bouton.isVisible()
    panneau.suite.click()
    assert panneau.lignes[0].isVisible()


def test_many_changes_are_shown_a_few_at_first(doute: DossierPage) -> None:
    beaucoup = tuple(Changement(libelle=f"Champ {n}", avant=str(n), apres=str(n + 1)) for n in range(9))
    panneau = doute.critere.reconfirmer
    reponse = Reponse(critere="FIN-02", valeur="3", a_reconfirmer=True, changements=beaucoup)
    panneau.show_reponse(reponse, modifiable=True)
    assert sum(ligne.isVisible() for ligne in panneau.lignes) == 4
    assert panneau.suite.text() == "Voir 5\u00a0autres changements"
    panneau.suite.click()
    assert sum(ligne.isVisible() for ligne in panneau.lignes) == 9
    panneau.show_reponse(replace(reponse, changements=beaucoup[:1]), modifiable=False)
    assert sum(ligne.isVisible() for ligne in panneau.lignes) == 1
    assert not panneau.bouton.isEnabled()


def test_extracts_begin_where_the_texts_differ() -> None:
    avant, apres = extraits(LONG + "Avant cela.", LONG + "Après cela.")
    assert avant.endswith("Avant cela.\u00a0»")
    assert apres.startswith("«\u00a0…")
    assert extraits("<b>a</b>", "") == ("«\u00a0<b>a</b>\u00a0»", "(vide)")


def test_the_next_doubt_is_found_round_the_grille(doute: DossierPage) -> None:
    campagne = doute.services.campagne
    evaluation = campagne.complet(NUMERO).evaluation
    assert next_a_reconfirmer(campagne.session.grille, evaluation, "FIN-02") == "CRE-03"
    assert next_a_reconfirmer(campagne.session.grille, evaluation, "CRE-03") == "FIN-02"
    assert next_a_reconfirmer(campagne.session.grille, replace(evaluation, reponses={}), "") == ""
