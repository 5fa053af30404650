"""The opinion: written at once, kept, guarded, frozen."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from o2r_desktop import operations
from o2r_desktop.dossiers.champs import Champ
from o2r_desktop.evaluation.avis import Obstacle
from o2r_desktop.evaluation.reponses import EtatEvaluation, ProjetAvis, TypeAvis
from o2r_desktop.operations import DossierComplet
from tests.ui.conftest import Enregistreur
from ui.pages.dossier.conclusion import ConclusionVolet
from ui.pages.dossier.conclusion_liens import group
from ui.services import Services

NUMERO = 25_000_108
AUTRE = 25_000_118
FINALISEE = 25_000_104
BLANCS = str.maketrans("\u00a0\u202f", "  ")

Faire = Callable[[Services], ConclusionVolet]


@pytest.fixture
def faire(qtbot: QtBot) -> Faire:
    """Makes the tab as the dossier page does: told when the evaluation changes."""

    def faire(services: Services) -> ConclusionVolet:
        volet = ConclusionVolet(services)
        qtbot.addWidget(volet)
        volet.resize(700, 700)
        volet.show()
        volet.activateWindow()

        def dire(numero: int, _critere: str) -> None:
            volet.update_dossier(services.campagne.complet(numero))

        services.campagne.evaluation_changed.connect(dire)
        return volet

    return faire


@pytest.fixture
def volet(services_demo: Services, faire: Faire) -> ConclusionVolet:
    volet = faire(services_demo)
    volet.show_dossier(services_demo.campagne.complet(NUMERO))
    return volet


def stocke(volet: ConclusionVolet, numero: int = NUMERO) -> ProjetAvis:
    """The opinion that is on the disk."""
    return operations.load_dossier(volet.services.campagne.session, numero).evaluation.projet


def taper(qtbot: QtBot, volet: ConclusionVolet, annee: str, texte: str) -> None:
    champ = volet.montants.champs[annee]
    champ.setFocus()
    champ.selectAll()
    champ.insert(texte)
    qtbot.keyClick(champ, Qt.Key.Key_Return)


def ecrire(volet: ConclusionVolet, nom: str, texte: str) -> None:
    champ = volet.textes[nom]
    champ.setFocus()
    champ.insertPlainText(texte)
    champ.flush()


def repondre_tout(services: Services, numero: int) -> None:
    """Answer like the finalised dossier, findings settled: nothing is left to do but the opinion."""
    session = services.campagne.session
    for reponse in operations.load_dossier(session, FINALISEE).evaluation.reponses.values():
        operations.write_reponse(
            session, numero, replace(reponse, commentaire=reponse.commentaire or "Vu au dossier.")
        )
    services.campagne.load_suivi()


def test_nothing_is_chosen_in_advance(volet: ConclusionVolet) -> None:
    assert volet.choix.checkedButton() is None
    assert not volet.finaliser.isEnabled()
    assert "ne suggèrent rien" in volet.score.suggestion.text()
    assert volet.score.etat.text() == "? provisoire 0/39"
    assert volet.score.poids.isVisible()


def test_the_thresholds_only_suggest(services_demo: Services, volet: ConclusionVolet) -> None:
    repondre_tout(services_demo, NUMERO)
    volet.show_dossier(services_demo.campagne.complet(NUMERO))
    assert "« favorable »" in volet.score.suggestion.text().translate(BLANCS)
    assert volet.choix.checkedButton() is None


def test_the_draft_is_kept_from_dossier_to_dossier_and_on_the_disk(
    volet: ConclusionVolet, services_demo: Services, faire: Faire, qtbot: QtBot
) -> None:
    qtbot.mouseClick(volet.radios[TypeAvis.AJOURNE], Qt.MouseButton.LeftButton)
    ecrire(volet, "motif", "Écrit à l’été <b>")
    ecrire(volet, "points_forts", "Ancrage")
    taper(qtbot, volet, "2027", "12 000,50")
    assert volet.enregistre.text() == "✓ Enregistré à 10:42"
    assert volet.leave()
    campagne = services_demo.campagne
    volet.show_dossier(campagne.complet(AUTRE))
    assert volet.choix.checkedButton() is None
    assert volet.textes["motif"].text() == ""
    assert volet.montants.champs["2027"].text() == ""
    volet.show_dossier(campagne.complet(NUMERO))
    assert volet.textes["motif"].text() == "Écrit à l’été <b>"
    dossier = campagne.dossier
    campagne.close()
    campagne.open(dossier, auteur="Camille Essai")
    nouveau = faire(services_demo)
    nouveau.show_dossier(campagne.complet(NUMERO))
    assert nouveau.radios[TypeAvis.AJOURNE].isChecked()
    assert nouveau.textes["motif"].text() == "Écrit à l’été <b>"
    assert nouveau.textes["points_forts"].text() == "Ancrage"
    assert nouveau.montants.champs["2027"].text().translate(BLANCS) == "12 000,50 €"


def test_a_motif_is_written_without_leaving_and_undone_by_name(volet: ConclusionVolet, qtbot: QtBot) -> None:
    campagne = volet.services.campagne
    champ = volet.textes["motif"]
    champ.setFocus()
    champ.insertPlainText("Un premier")
    with qtbot.waitSignal(campagne.saved, timeout=5000):
        pass
    champ.insertPlainText(" souffle")
    champ.flush()
    assert stocke(volet).motif == "Un premier souffle"
    volet.textes["reserves"].setFocus()
    champ.setFocus()
    champ.insertPlainText(", puis un autre")
    champ.flush()
    acte = campagne.history.undo()
    assert acte is not None
    assert acte.nom == "motif de l’avis"
    assert champ.text() == stocke(volet).motif == "Un premier souffle"
    campagne.history.undo()
    assert champ.text() == stocke(volet).motif == ""


def test_what_is_being_typed_is_not_overwritten(volet: ConclusionVolet) -> None:
    champ = volet.textes["motif"]
    champ.setFocus()
    champ.insertPlainText("en train d’écrire")
    volet.montants.champs["2026"].setText("12 x")
    volet.update_dossier(volet.services.campagne.complet(NUMERO))
    assert champ.text() == "en train d’écrire"
    assert volet.montants.champs["2026"].text() == "12 x"


def test_the_choice_is_undone(volet: ConclusionVolet, qtbot: QtBot) -> None:
    qtbot.mouseClick(volet.radios[TypeAvis.DEFAVORABLE], Qt.MouseButton.LeftButton)
    assert stocke(volet).avis is TypeAvis.DEFAVORABLE
    acte = volet.services.campagne.history.undo()
    assert acte is not None
    assert acte.nom == "avis"
    assert volet.choix.checkedButton() is None


def test_an_amount_over_the_bounds_is_said_with_the_figures(volet: ConclusionVolet, qtbot: QtBot) -> None:
    taper(qtbot, volet, "2026", "488000")
    assert volet.montants.etat.text() == "✓ dans les limites"
    taper(qtbot, volet, "2027", "0,01")
    dit = volet.montants.alerte.text().translate(BLANCS)
    assert dit == (
        "Le total proposé, 488 000,01 €, dépasse la demande de 488 000,00 € et le plafond de 488 000,00 €."
    )
    assert stocke(volet).montants == {"2026": Decimal("488000.00"), "2027": Decimal("0.01")}


def test_the_guard_speaks_while_typing(volet: ConclusionVolet) -> None:
    champ = volet.montants.champs["2026"]
    champ.setFocus()
    champ.insert("999999")
    assert "999 999,00 €" in volet.montants.alerte.text().translate(BLANCS)
    assert stocke(volet).montants == {}


@pytest.mark.parametrize("texte", ["douze", "-1", "12.000", "1,234.50", "10 00", "1e5"])
def test_an_unreadable_amount_stays_and_is_not_stored(volet: ConclusionVolet, qtbot: QtBot, texte: str) -> None:
    taper(qtbot, volet, "2026", "1000")
    taper(qtbot, volet, "2026", texte)
    champ = volet.montants.champs["2026"]
    assert champ.text() == texte
    assert champ.faute.isVisible()
    assert champ.accessibleDescription() == champ.faute.text()
    assert stocke(volet).montants == {"2026": Decimal("1000.00")}
    assert not volet.leave()
    taper(qtbot, volet, "2026", "")
    assert stocke(volet).montants == {}
    assert volet.leave()


def test_an_unreadable_amount_behind_another_tab_is_told(
    volet: ConclusionVolet, qtbot: QtBot, alertes: Enregistreur
) -> None:
    taper(qtbot, volet, "2028", "mille")
    volet.hide()
    assert not volet.leave()
    assert "2028" in alertes.dits[-1][1]


def test_nothing_is_written_once_the_campagne_is_closed(volet: ConclusionVolet) -> None:
    volet.textes["motif"].insertPlainText("tard")
    volet.services.campagne.close()
    volet.textes["motif"].flush()
    assert volet.leave()


def test_the_request_is_taken_in_one_act(volet: ConclusionVolet, qtbot: QtBot) -> None:
    qtbot.mouseClick(volet.montants.reprendre, Qt.MouseButton.LeftButton)
    assert stocke(volet).montants == {"2026": Decimal(141_000), "2027": Decimal(172_000), "2028": Decimal(175_000)}
    acte = volet.services.campagne.history.next_undo
    assert acte is not None
    assert acte.nom == "montants demandés repris"
    volet.services.campagne.history.undo()
    assert stocke(volet).montants == {}
    assert volet.montants.champs["2026"].text() == ""


def test_an_unknown_cap_is_said(volet: ConclusionVolet) -> None:
    complet = volet.services.campagne.complet(NUMERO)
    sans = replace(complet, dossier=replace(complet.dossier, champs=(Champ(libelle="Rien", valeur=""),)))
    volet.show_dossier(sans)
    assert not volet.montants.reprendre.isEnabled()
    volet.montants.champs["2026"].setText("10")
    assert "le plafond et la demande sont inconnus" in volet.montants.alerte.text()


def test_obstacles_lead_to_their_critere(volet: ConclusionVolet, qtbot: QtBot) -> None:
    qtbot.mouseClick(volet.radios[TypeAvis.FAVORABLE], Qt.MouseButton.LeftButton)
    assert "REC&#8209;01" in volet.obstacles.text()
    assert volet.etat.text().startswith("! ")
    volet.obstacles.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(volet.critere_requested) as demande:
        qtbot.keyClick(volet.obstacles, Qt.Key.Key_Tab)
        qtbot.keyClick(volet.obstacles, Qt.Key.Key_Return)
    assert str(demande.args[0]).startswith("REC-0")


def test_obstacles_are_grouped_and_escaped(volet: ConclusionVolet) -> None:
    grille = volet.services.campagne.session.grille
    dits = [
        Obstacle(critere="FIN-01", texte="FIN-01 : répondez <b>."),
        Obstacle(critere="FIN-02", texte="FIN-02 : répondez <b>."),
        Obstacle(critere=None, texte="Écrivez le motif."),
    ]
    groupes = group(dits, grille)
    assert groupes[0] == ("Avis", [("Écrivez le motif.", [])])
    assert groupes[1][1] == [("Répondez <b>.", ["FIN-01", "FIN-02"])]
    volet.obstacles.dire(groupes)
    assert "&lt;b&gt;" in volet.obstacles.text()


def conclure(volet: ConclusionVolet, qtbot: QtBot) -> DossierComplet:
    services = volet.services
    repondre_tout(services, NUMERO)
    volet.show_dossier(services.campagne.complet(NUMERO))
    qtbot.mouseClick(volet.radios[TypeAvis.FAVORABLE_AVEC_RESERVES], Qt.MouseButton.LeftButton)
    ecrire(volet, "motif", "Solide.")
    ecrire(volet, "reserves", "Convention signée.")
    qtbot.mouseClick(volet.montants.reprendre, Qt.MouseButton.LeftButton)
    assert volet._mots_fin.text() == "Rien ne s’oppose à finaliser."
    assert volet.finaliser.isEnabled()
    qtbot.mouseClick(volet.finaliser, Qt.MouseButton.LeftButton)
    return operations.load_dossier(services.campagne.session, NUMERO)


def test_finalising_freezes_everything(volet: ConclusionVolet, qtbot: QtBot, alertes: Enregistreur) -> None:
    lu = conclure(volet, qtbot)
    assert "figés" in alertes.dits[0][1]
    assert lu.evaluation.etat is EtatEvaluation.FINALISEE
    assert lu.evaluation.empreinte
    assert lu.evaluation.empreinte in volet.empreinte.text()
    assert "2 septembre 2025 à 10:42 par Camille Essai" in volet._mots_figee.text().translate(BLANCS)
    assert not volet.finaliser.isVisible()
    assert volet.produire.isVisible()
    verifier_lecture_seule(volet)


def test_refusing_to_finalise_changes_nothing(volet: ConclusionVolet, qtbot: QtBot, alertes: Enregistreur) -> None:
    alertes.reponse = False
    assert conclure(volet, qtbot).evaluation.etat is EtatEvaluation.COMPLETE
    assert volet.finaliser.isEnabled()


def verifier_lecture_seule(volet: ConclusionVolet) -> None:
    assert not any(radio.isEnabled() for radio in volet.radios.values())
    assert all(champ.isReadOnly() for champ in volet.textes.values())
    assert all(champ.isReadOnly() for champ in volet.montants.champs.values())
    assert not volet.montants.reprendre.isVisible()
    assert volet.leave()


def test_a_finalised_dossier_offers_its_note(volet: ConclusionVolet, qtbot: QtBot) -> None:
    volet.show_dossier(volet.services.campagne.complet(FINALISEE))
    verifier_lecture_seule(volet)
    assert volet.radios[TypeAvis.FAVORABLE].isChecked()
    with qtbot.waitSignal(volet.services.navigation.notes_requested) as demande:
        qtbot.mouseClick(volet.produire, Qt.MouseButton.LeftButton)
    assert demande.args == [[FINALISEE]]


def test_a_campagne_opened_for_reading_is_only_read(services: Services, campagne_demo: Path, faire: Faire) -> None:
    services.campagne.open(campagne_demo, auteur="Camille Essai", lecture_seule=True)
    volet = faire(services)
    volet.show_dossier(services.campagne.complet(NUMERO))
    verifier_lecture_seule(volet)
    assert volet.bandeau.isVisible()
    assert not volet.finaliser.isEnabled()


def test_a_failed_write_keeps_the_text_and_says_so(volet: ConclusionVolet, qtbot: QtBot) -> None:
    campagne = volet.services.campagne
    autre = replace(stocke(volet), avis=TypeAvis.AJOURNE, motif="x")
    operations.write_projet(campagne.session, NUMERO, autre)
    avis = autre.en_avis()
    assert avis is not None
    operations.conclude(campagne.session, NUMERO, avis)  # by somebody else: the page does not know
    with qtbot.waitSignal(campagne.save_failed):
        ecrire(volet, "motif", "Perdu ?")
    assert volet.textes["motif"].text() == "Perdu ?"
    assert volet.enregistre.text() == "✕ Non enregistré"
    assert not volet.leave()


def test_every_control_has_a_name_and_is_reached_by_tab(volet: ConclusionVolet) -> None:
    tab = Qt.FocusPolicy.TabFocus
    assert any(radio.focusPolicy() & tab for radio in volet.radios.values()), "arrows lead to the others"
    for genre in (QPushButton, QRadioButton, QLineEdit, QPlainTextEdit):
        for controle in volet.findChildren(genre):
            assert controle.accessibleName()
            assert controle.focusPolicy() & tab or genre is QRadioButton


def test_an_opinion_that_was_not_written_is_not_shown(volet: ConclusionVolet, services_demo: Services) -> None:
    volet.radios[TypeAvis.FAVORABLE].click()
    services_demo.campagne.session.campagne.db.execute("PRAGMA query_only = ON")
    volet.radios[TypeAvis.DEFAVORABLE].click()
    assert stocke(volet).avis is TypeAvis.FAVORABLE
    assert [avis for avis, radio in volet.radios.items() if radio.isChecked()] == [TypeAvis.FAVORABLE]


def test_a_request_changed_by_an_import_is_shown(volet: ConclusionVolet, services_demo: Services) -> None:
    complet = services_demo.campagne.complet(NUMERO)
    champs = tuple(
        replace(c, valeur=Decimal(1)) if c.attribut == "demande_total" else c for c in complet.dossier.champs
    )
    change = replace(complet, dossier=replace(complet.dossier, champs=champs))
    assert change.dossier != complet.dossier
    avant = (volet.montants._demande.text(), volet.montants._plafond.text())
    volet.update_dossier(change)
    assert (volet.montants._demande.text(), volet.montants._plafond.text()) != avant


def test_nothing_is_within_bounds_that_are_unknown(volet: ConclusionVolet) -> None:
    complet = volet.services.campagne.complet(NUMERO)
    champs = tuple(c for c in complet.dossier.champs if not (c.attribut or "").startswith("cout_"))
    volet.show_dossier(replace(complet, dossier=replace(complet.dossier, champs=champs)))
    assert "inconnu" in volet.montants._plafond.text()
    volet.montants.champs["2026"].setText("10")
    assert volet.montants.etat.text() == "? plafond inconnu"
    volet.montants.champs["2026"].setText("999999999")
    assert volet.montants.etat.text() == "✕ hors des limites"


def test_it_fits_a_narrow_pane_in_large_text(services_demo: Services, faire: Faire) -> None:
    volet = faire(services_demo)
    for numero in (NUMERO, FINALISEE):
        services_demo.theme.set_taille(200)
        mots = volet.fontMetrics().averageCharWidth()
        volet.resize(40 * mots, 700)
        volet.show_dossier(services_demo.campagne.complet(numero))
        volet.grab()
        assert volet.defile.horizontalScrollBar().maximum() == 0
    services_demo.theme.set_taille(100)


def test_the_bars_of_the_score_go_under_their_names_when_the_width_lacks(
    qtbot: QtBot, volet: ConclusionVolet
) -> None:
    def hauteurs() -> list[int]:
        volet.grab()
        return sorted(barre.y() for barre, _ in volet.score._lignes.values())

    volet.resize(900, 700)
    qtbot.waitUntil(lambda: hauteurs() == hauteurs())
    larges = hauteurs()
    volet.resize(300, 700)
    qtbot.waitUntil(lambda: hauteurs()[0] > larges[0] and hauteurs()[-1] > 1.5 * larges[-1])
    volet.resize(900, 700)
    qtbot.waitUntil(lambda: hauteurs() == larges)
