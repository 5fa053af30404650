from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from o2r_desktop.evaluation.constats import Constat, Resultat
from o2r_desktop.evaluation.reponses import DecisionConstat, Reponse
from o2r_desktop.text import NBSP
from ui.pages.dossier.critere import CriterePane
from ui.services import Services
from ui.theme import Ton

NUMERO, CRITERE = 25000105, "ELI-02"


@dataclass
class Banc:
    services: Services
    pane: CriterePane

    def reponse(self) -> Reponse:
        return self.services.campagne.complet(NUMERO).evaluation.reponse(CRITERE)

    def acte(self) -> str:
        dernier = self.services.campagne.history.next_undo
        return dernier.nom if dernier else ""


@pytest.fixture
def banc(services_demo: Services, qtbot: QtBot) -> Iterator[Banc]:
    page = QWidget()
    pane = CriterePane(services_demo, page)
    pane.setParent(page)
    qtbot.addWidget(page)
    page.resize(440, 690)
    page.show()
    pane.show_critere(services_demo.campagne.complet(NUMERO), CRITERE)
    yield Banc(services_demo, pane)
    page.hide()


@pytest.mark.parametrize("decision", [DecisionConstat.CONFIRME, DecisionConstat.NON_VERIFIABLE])
def test_a_decision_is_taken_then_taken_back(banc: Banc, qtbot: QtBot, decision: DecisionConstat) -> None:
    bouton = banc.pane.constat.decisions[decision]
    qtbot.mouseClick(bouton, Qt.MouseButton.LeftButton)
    assert banc.reponse().decision is decision
    assert bouton.isChecked()
    assert banc.acte() == f"constat de {CRITERE}"
    qtbot.keyClick(bouton, Qt.Key.Key_Space)
    assert banc.reponse().decision is None
    assert not bouton.isChecked()


def test_a_contest_without_motif_is_not_written(banc: Banc, qtbot: QtBot) -> None:
    vue = banc.pane.constat
    qtbot.mouseClick(vue.decisions[DecisionConstat.CONTESTE], Qt.MouseButton.LeftButton)
    vue.motif.insertPlainText("   ")
    vue.motif.flush()
    assert banc.reponse().decision is None
    assert not vue.decisions[DecisionConstat.CONTESTE].isChecked()
    assert vue.faute.text().startswith("Sans motif")
    assert banc.pane.leave()


def test_a_contest_is_written_with_its_motif(banc: Banc, qtbot: QtBot) -> None:
    vue = banc.pane.constat
    vue.decisions[DecisionConstat.CONTESTE].click()
    with qtbot.waitSignal(banc.services.campagne.saved, timeout=1500):
        qtbot.keyClicks(vue.motif, "Nom d'usage")
    assert (banc.reponse().decision, banc.reponse().motif) == (DecisionConstat.CONTESTE, "Nom d'usage")
    assert vue.decisions[DecisionConstat.CONTESTE].isChecked()
    qtbot.keyClicks(vue.motif, " seulement")
    assert banc.pane.leave()
    assert banc.reponse().motif == "Nom d'usage seulement"
    banc.pane.show_critere(banc.services.campagne.complet(NUMERO), "ELI-03")
    banc.pane.show_critere(banc.services.campagne.complet(NUMERO), CRITERE)
    assert vue.motif.text() == "Nom d'usage seulement"
    assert vue.motif.isVisibleTo(banc.pane)


def test_an_emptied_motif_leaves_the_contest_as_it_was_written(banc: Banc) -> None:
    vue = banc.pane.constat
    vue.decisions[DecisionConstat.CONTESTE].click()
    vue.motif.insertPlainText("Nom d'usage")
    vue.motif.flush()
    vue.motif.clear()
    vue.motif.flush()
    assert vue.faute.text().startswith("Sans motif")
    assert banc.reponse().motif == "Nom d'usage"


def test_undo_brings_the_motif_back(banc: Banc) -> None:
    vue = banc.pane.constat
    vue.decisions[DecisionConstat.CONTESTE].click()
    vue.motif.insertPlainText("Nom d'usage")
    vue.motif.flush()
    vue.decisions[DecisionConstat.CONFIRME].click()
    assert (banc.reponse().decision, banc.reponse().motif) == (DecisionConstat.CONFIRME, "")
    banc.services.campagne.history.undo()
    banc.pane.update_dossier(banc.services.campagne.complet(NUMERO))
    assert vue.motif.text() == "Nom d'usage"
    assert vue.decisions[DecisionConstat.CONTESTE].isChecked()
    assert not vue.decisions[DecisionConstat.CONFIRME].isChecked()


def test_a_motif_that_does_not_reach_the_disk_stays(banc: Banc) -> None:
    vue = banc.pane.constat
    vue.decisions[DecisionConstat.CONTESTE].click()
    vue.motif.insertPlainText("Nom d'usage")
    db = banc.services.campagne.session.campagne.db
    db.execute("PRAGMA query_only = ON")
    assert not banc.pane.leave()
    db.execute("PRAGMA query_only = OFF")
    assert vue.motif.text() == "Nom d'usage"
    assert not vue.decisions[DecisionConstat.CONTESTE].isChecked()
    assert banc.pane.leave()
    assert banc.reponse().motif == "Nom d'usage"


def test_several_constats_share_one_decision(banc: Banc) -> None:
    vue = banc.pane.constat
    constats = [
        Constat(critere=CRITERE, resultat=r, valeur=f"trouvé {r.value}", preuve="Budget", regle="Règle")
        for r in (Resultat.CONFORME, Resultat.NON_CONFORME)
    ]
    vue.show_constats(constats, Reponse(critere=CRITERE, valeur=""), modifiable=True)
    assert [f.resultat.text() for f in vue._fiches] == ["✓ conforme", f"✕ non{' '}conforme"]
    assert [f.preuve.text() for f in vue._fiches] == [f"Source{NBSP}: Budget"] * 2
    assert vue._ton is Ton.MAUVAIS
    vue.show_constats(constats[:1], Reponse(critere=CRITERE, valeur=""), modifiable=True)
    assert [f.isHidden() for f in vue._fiches] == [False, True]
    assert vue._ton is Ton.BON


def test_markup_of_a_dossier_is_text(banc: Banc) -> None:
    constat = Constat(
        critere=CRITERE, resultat=Resultat.INCONNU, valeur="<img src='x'><b>y</b>", preuve="<i>z</i>", regle=""
    )
    banc.pane.constat.show_constats([constat], replace(banc.reponse()), modifiable=True)
    fiche = banc.pane.constat._fiches[0]
    for mots in (fiche.valeur, fiche.preuve):
        assert mots.textFormat() is Qt.TextFormat.PlainText
    assert fiche.regle.isHidden()


@pytest.mark.parametrize("pressee", [DecisionConstat.CONFIRME, DecisionConstat.CONTESTE])
def test_a_motif_stays_when_the_decision_that_would_erase_it_fails(banc: Banc, pressee: DecisionConstat) -> None:
    vue = banc.pane.constat
    vue.decisions[DecisionConstat.CONTESTE].click()
    vue.motif.insertPlainText("Statuts de 2024")
    vue.motif.flush()
    banc.services.campagne.session.campagne.db.execute("PRAGMA query_only = ON")
    vue.decisions[pressee].click()
    assert banc.reponse().decision is DecisionConstat.CONTESTE
    assert vue.motif.text() == "Statuts de 2024"
    assert vue.motif.isVisible()
    banc.services.campagne.session.campagne.db.execute("PRAGMA query_only = OFF")
    vue.decisions[pressee].click()
    assert banc.reponse().motif == vue.motif.text() == ""
    assert not vue.motif.isVisible()
    vue.flush()
    assert banc.reponse().decision is (None if pressee is DecisionConstat.CONTESTE else pressee)


def test_a_long_source_is_folded(banc: Banc) -> None:
    longue = " · ".join(["Coût total du projet sur 3 ans (€)"] * 5)
    constat = Constat(critere=CRITERE, resultat=Resultat.CONFORME, valeur="x", preuve=longue, regle="Règle")
    banc.pane.constat.show_constats([constat], banc.reponse(), modifiable=True)
    fiche = banc.pane.constat._fiches[0]
    assert fiche.preuve.isHidden()
    assert not fiche.source.texte.isVisible()
    fiche.source.bouton.click()
    assert fiche.source.texte.isVisible()
    assert fiche.source.texte.text() == longue
