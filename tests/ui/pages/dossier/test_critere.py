from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from o2r_desktop.evaluation.reponses import MANQUANTE, NON, OUI, SANS_OBJET, DecisionConstat, Preuve, Reponse
from o2r_desktop.text import NBSP, NNBSP
from ui.open_campagne import WriteFailure
from ui.pages.dossier.critere import CriterePane
from ui.services import Services

NUMERO = 25000105
FINALISE = 25000110
ECHELLE, CONTROLE, MONTANT, PRIORITE = "FIN-06", "REC-02", "ELI-07", "PRI-01"


@dataclass
class Banc:
    """The pane on a page that does what the real one does: it passes on what changed, and nothing else."""

    services: Services
    page: QWidget
    pane: CriterePane
    ailleurs: QLineEdit
    numero: int = NUMERO
    demandes: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    echecs: list[WriteFailure] = field(default_factory=list)

    def montrer(self, critere: str, numero: int = NUMERO) -> None:
        self.numero = numero
        self.pane.show_critere(self.services.campagne.complet(numero), critere)

    def evaluation_changed(self, numero: object, _critere: str) -> None:
        if numero == self.numero:
            self.pane.update_dossier(self.services.campagne.complet(self.numero))

    def ecrite(self) -> Reponse:
        """The answer as the database holds it."""
        db = self.services.campagne.session.campagne.db
        ligne = next(
            db.query(
                "SELECT valeur, commentaire, decision, motif, a_reconfirmer FROM reponse "
                "WHERE numero = ? AND critere = ?",
                [self.numero, self.pane.critere_id],
            ),
            None,
        )
        if ligne is None:
            return Reponse(critere=self.pane.critere_id, valeur="")
        decision = ligne["decision"]
        return Reponse(
            critere=self.pane.critere_id,
            valeur=ligne["valeur"],
            commentaire=ligne["commentaire"],
            decision=None if decision is None else DecisionConstat(decision),
            motif=ligne["motif"],
            a_reconfirmer=bool(ligne["a_reconfirmer"]),
        )

    def acte(self) -> str:
        dernier = self.services.campagne.history.next_undo
        return dernier.nom if dernier else ""

    def panne(self, active: bool) -> None:
        self.services.campagne.session.campagne.db.execute(f"PRAGMA query_only = {'ON' if active else 'OFF'}")


@pytest.fixture
def banc(services_demo: Services, qtbot: QtBot) -> Iterator[Banc]:
    page = QWidget()
    pane = CriterePane(services_demo, page)
    corps = QVBoxLayout(page)
    ailleurs = QLineEdit()
    corps.addWidget(ailleurs)
    corps.addWidget(pane)
    qtbot.addWidget(page)
    page.resize(440, 1100)
    banc = Banc(services_demo, page, pane, ailleurs)
    pane.critere_requested.connect(banc.demandes.append)
    pane.source_requested.connect(banc.sources.append)
    services_demo.campagne.save_failed.connect(banc.echecs.append)
    services_demo.campagne.evaluation_changed.connect(banc.evaluation_changed)
    page.show()
    with qtbot.waitExposed(page):
        page.activateWindow()
    yield banc
    banc.panne(False)
    services_demo.theme.set_taille(100)


def touche(qtbot: QtBot, banc: Banc, touche: Qt.Key, modifieurs: Qt.KeyboardModifier | None = None) -> None:
    cible = banc.page.focusWidget() or banc.page
    qtbot.keyClick(cible, touche, Qt.KeyboardModifier.NoModifier if modifieurs is None else modifieurs)


def niveaux_choisis(banc: Banc) -> list[int]:
    return [i for i, p in enumerate(banc.pane.choix.places) if p.isChecked() and not p.isHidden()]


# --- answers --------------------------------------------------------------------------------------------------


def test_nothing_is_chosen_on_a_fresh_critere(banc: Banc) -> None:
    banc.montrer(ECHELLE)
    assert niveaux_choisis(banc) == []
    assert not any(b.isChecked() for b in banc.pane.choix.reserves.values())
    for place in banc.pane.choix.places:
        assert QAccessible.queryAccessibleInterface(place).role() == QAccessible.Role.RadioButton
    assert banc.pane.enregistre.isHidden()


@pytest.mark.parametrize("niveau", range(5))
def test_a_level_by_its_key_then_taken_back(banc: Banc, qtbot: QtBot, niveau: int) -> None:
    banc.montrer(ECHELLE)
    banc.pane.focus_first()
    chiffre = Qt.Key(Qt.Key.Key_0 + niveau)
    touche(qtbot, banc, chiffre)
    assert banc.ecrite().valeur == str(niveau)
    assert niveaux_choisis(banc) == [niveau]
    assert banc.pane.choix.places[niveau].accessibleName().startswith(f"Niveau {niveau}{NBSP}: ")
    assert banc.pane.choix.places[niveau].accessibleName().endswith(", choisi")
    assert banc.acte() == f"niveau de {ECHELLE}"
    assert banc.pane.choix.places[niveau].hasFocus()
    touche(qtbot, banc, chiffre)
    assert banc.ecrite().valeur == ""
    assert niveaux_choisis(banc) == []
    assert banc.acte() == f"effacement de {ECHELLE}"


@pytest.mark.parametrize(
    ("azerty", "niveau"),
    [
        (Qt.Key.Key_Agrave, "0"),
        (Qt.Key.Key_Ampersand, "1"),
        (Qt.Key.Key_Eacute, "2"),
        (Qt.Key.Key_QuoteDbl, "3"),
        (Qt.Key.Key_Apostrophe, "4"),
    ],
)
def test_the_row_of_a_french_keyboard(banc: Banc, qtbot: QtBot, azerty: Qt.Key, niveau: str) -> None:
    banc.montrer(ECHELLE)
    banc.pane.focus_first()
    touche(qtbot, banc, azerty)
    assert banc.ecrite().valeur == niveau
    banc.pane.commentaire.setFocus()
    touche(qtbot, banc, azerty)
    assert banc.ecrite().valeur == niveau
    banc.pane.choix.focus_first()
    touche(qtbot, banc, Qt.Key(Qt.Key.Key_0 + int(niveau)), Qt.KeyboardModifier.ShiftModifier)
    assert banc.ecrite().valeur == ""


def test_a_digit_of_the_keypad(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(ECHELLE)
    banc.pane.focus_first()
    touche(qtbot, banc, Qt.Key.Key_2, Qt.KeyboardModifier.KeypadModifier)
    assert banc.ecrite().valeur == "2"


def test_levels_by_mouse(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(ECHELLE)
    for niveau in (3, 1):
        qtbot.mouseClick(banc.pane.choix.places[niveau], Qt.MouseButton.LeftButton)
        assert banc.ecrite().valeur == str(niveau)
        assert niveaux_choisis(banc) == [niveau]
    qtbot.mouseClick(banc.pane.choix.reserves[MANQUANTE], Qt.MouseButton.LeftButton)
    assert banc.ecrite().valeur == MANQUANTE
    assert niveaux_choisis(banc) == []


def test_arrows_move_the_focus_and_store_nothing(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(ECHELLE)
    places = banc.pane.choix.places
    banc.pane.focus_first()
    for _ in range(3):
        touche(qtbot, banc, Qt.Key.Key_Down)
    touche(qtbot, banc, Qt.Key.Key_Up)
    assert places[2].hasFocus()
    assert banc.ecrite().valeur == ""
    assert [bool(p.focusPolicy() & Qt.FocusPolicy.TabFocus) for p in places] == [False, False, True, False, False]
    touche(qtbot, banc, Qt.Key.Key_Space)
    assert banc.ecrite().valeur == "2"


@pytest.mark.parametrize(
    ("critere", "lettre", "valeur"),
    [
        (CONTROLE, Qt.Key.Key_O, OUI),
        (CONTROLE, Qt.Key.Key_N, NON),
        (CONTROLE, Qt.Key.Key_S, SANS_OBJET),
        (CONTROLE, Qt.Key.Key_I, MANQUANTE),
        (ECHELLE, Qt.Key.Key_S, SANS_OBJET),
        (ECHELLE, Qt.Key.Key_I, MANQUANTE),
        (MONTANT, Qt.Key.Key_O, OUI),
        (MONTANT, Qt.Key.Key_S, SANS_OBJET),
        (PRIORITE, Qt.Key.Key_I, MANQUANTE),
    ],
)
def test_letters(banc: Banc, qtbot: QtBot, critere: str, lettre: Qt.Key, valeur: str) -> None:
    banc.montrer(critere)
    banc.pane.focus_first()
    touche(qtbot, banc, lettre)
    assert banc.ecrite().valeur == valeur


@pytest.mark.parametrize(
    ("critere", "lettre"),
    [(CONTROLE, Qt.Key.Key_3), (ECHELLE, Qt.Key.Key_O), (PRIORITE, Qt.Key.Key_S), (PRIORITE, Qt.Key.Key_1)],
)
def test_a_key_that_means_nothing_here_says_so(banc: Banc, qtbot: QtBot, critere: str, lettre: Qt.Key) -> None:
    banc.montrer(critere)
    banc.pane.focus_first()
    touche(qtbot, banc, lettre)
    assert banc.ecrite().valeur == ""
    assert banc.pane.barre.message.text().endswith(f"n’est pas une réponse à {critere}.")


def test_a_control_by_mouse(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(CONTROLE)
    qtbot.mouseClick(banc.pane.choix.places[1], Qt.MouseButton.LeftButton)
    assert banc.ecrite().valeur == NON
    assert banc.acte() == f"réponse à {CONTROLE}"


def test_a_priority_by_keyboard_and_by_mouse(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(PRIORITE)
    assert banc.pane.choix.reserves[SANS_OBJET].isHidden()
    assert not banc.pane.constat.isHidden()
    banc.pane.focus_first()
    touche(qtbot, banc, Qt.Key.Key_Down)
    touche(qtbot, banc, Qt.Key.Key_Return)
    assert banc.ecrite().valeur == "P2 renforcée"
    qtbot.mouseClick(banc.pane.choix.places[3], Qt.MouseButton.LeftButton)
    assert banc.ecrite().valeur == "hors priorité"


# --- amounts --------------------------------------------------------------------------------------------------


def test_an_amount_is_read_in_french(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(MONTANT)
    champ = banc.pane.choix.montant.champ
    champ.setFocus()
    qtbot.keyClicks(champ, "148 000,50")
    qtbot.keyClick(champ, Qt.Key.Key_Return)
    assert banc.ecrite().valeur == "148000.50"
    assert champ.text() == f"148{NNBSP}000,50"
    assert banc.acte() == f"réponse à {MONTANT}"


def test_an_amount_is_written_within_a_second(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(MONTANT)
    champ = banc.pane.choix.montant.champ
    champ.setFocus()
    with qtbot.waitSignal(banc.services.campagne.saved, timeout=1500):
        qtbot.keyClicks(champ, "12000")
    assert (banc.ecrite().valeur, champ.text()) == ("12000.00", "12000")


def test_an_amount_typed_without_a_pause_is_written_within_a_second(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(MONTANT)
    montant = banc.pane.choix.montant
    montant.champ.setFocus()
    frappe = QTimer(interval=100)
    frappe.timeout.connect(lambda: qtbot.keyClicks(montant.champ, "1"))
    frappe.start()
    with qtbot.waitSignal(banc.services.campagne.saved, timeout=1500):
        qtbot.keyClicks(montant.champ, "1")
    frappe.stop()
    assert banc.ecrite().valeur.startswith("11")
    assert montant.champ.text().startswith("11")
    assert montant.champ.hasFocus()


def test_an_amount_that_cannot_be_read_stays_and_is_not_written(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(MONTANT)
    montant = banc.pane.choix.montant
    montant.champ.setFocus()
    qtbot.keyClicks(montant.champ, "cent mille")
    assert not banc.pane.leave()
    assert banc.ecrite().valeur == ""
    assert montant.champ.text() == "cent mille"
    assert "n’accepte pas" in montant.faute.text()
    assert not montant.faute.isHidden()
    banc.pane.validate()
    assert banc.demandes == []
    montant.champ.selectAll()
    qtbot.keyClicks(montant.champ, "100000")
    assert montant.faute.isHidden()
    assert banc.pane.leave()
    assert banc.ecrite().valeur == "100000.00"


def test_an_emptied_amount_is_erased(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(MONTANT)
    champ = banc.pane.choix.montant.champ
    champ.setFocus()
    qtbot.keyClicks(champ, "500")
    assert banc.pane.leave()
    champ.selectAll()
    qtbot.keyClick(champ, Qt.Key.Key_Delete)
    assert banc.pane.leave()
    assert banc.ecrite().valeur == ""
    assert banc.acte() == f"effacement de {MONTANT}"


def test_yes_takes_the_place_of_an_amount(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(MONTANT)
    champ = banc.pane.choix.montant.champ
    champ.setFocus()
    qtbot.keyClicks(champ, "500")
    qtbot.mouseClick(banc.pane.choix.places[0], Qt.MouseButton.LeftButton, pos=QPoint(20, 15))
    assert banc.ecrite().valeur == OUI
    assert champ.text() == ""


# --- the comment ----------------------------------------------------------------------------------------------


def test_keys_typed_in_a_comment_answer_nothing(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(ECHELLE)
    banc.pane.commentaire.setFocus()
    qtbot.keyClicks(banc.pane.commentaire, "01234ONSIonsi&\"'")
    assert banc.pane.commentaire.text() == "01234ONSIonsi&\"'"
    assert banc.pane.leave()
    assert banc.ecrite().valeur == ""
    ligne = banc.ailleurs
    ligne.setFocus()
    qtbot.keyClicks(ligne, "3")
    assert (ligne.text(), banc.ecrite().valeur) == ("3", "")


def test_keys_act_from_a_field_that_is_only_read(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(ECHELLE)
    ligne = banc.ailleurs
    ligne.setReadOnly(True)
    ligne.setFocus()
    touche(qtbot, banc, Qt.Key.Key_3)
    assert banc.ecrite().valeur == "3"


def test_a_comment_is_written_within_a_second(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(ECHELLE)
    banc.pane.commentaire.setFocus()
    with qtbot.waitSignal(banc.services.campagne.saved, timeout=1500):
        qtbot.keyClicks(banc.pane.commentaire, "Bien")
        assert banc.pane.enregistre.text() == "Enregistrement…"
    assert banc.ecrite().commentaire == "Bien"
    assert banc.pane.enregistre.text() == "Enregistré à 10:42"
    assert banc.acte() == f"commentaire de {ECHELLE}"


def test_breaths_of_one_comment_are_one_act(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(ECHELLE)
    texte = banc.pane.commentaire
    texte.setFocus()
    for mot in ("Un", " deux", " trois"):
        qtbot.keyClicks(texte, mot)
        texte.flush()
    banc.ailleurs.setFocus()
    texte.setFocus()
    qtbot.keyClicks(texte, " quatre")
    assert banc.pane.leave()
    banc.services.campagne.history.undo()
    assert texte.text() == "Un deux trois"
    banc.services.campagne.history.undo()
    assert (texte.text(), banc.ecrite().commentaire) == ("", "")
    assert banc.acte() == ""


def test_leaving_writes_the_comment(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(ECHELLE)
    qtbot.keyClicks(banc.pane.commentaire, "Vu")
    assert banc.pane.leave()
    assert banc.ecrite().commentaire == "Vu"


def test_another_critere_writes_the_comment_of_the_first(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(ECHELLE)
    qtbot.keyClicks(banc.pane.commentaire, "Vu")
    banc.montrer(CONTROLE)
    assert banc.pane.commentaire.text() == ""
    banc.montrer(ECHELLE)
    assert banc.pane.commentaire.text() == "Vu"
    assert banc.ecrite().commentaire == "Vu"


def test_a_level_leaves_the_comment_being_typed(banc: Banc) -> None:
    banc.montrer(ECHELLE)
    banc.pane.commentaire.insertPlainText("En cours")
    banc.pane.choix.places[2].click()
    assert (banc.ecrite().valeur, banc.ecrite().commentaire) == ("2", "")
    assert banc.pane.commentaire.text() == "En cours"
    assert banc.pane.leave()
    assert (banc.ecrite().valeur, banc.ecrite().commentaire) == ("2", "En cours")


def test_any_text_is_kept(banc: Banc) -> None:
    for mots, ecrits in (
        ("é" * 40_000, "é" * 40_000),
        ("مشروع جيد\nabc", "مشروع جيد\nabc"),
        ("a\x00b\x1bc", "abc"),
        (f"<b>x</b>{NBSP}& co", f"<b>x</b>{NBSP}& co"),
    ):
        banc.montrer(CONTROLE)
        banc.pane.commentaire.setPlainText(mots)
        assert banc.pane.leave()
        assert banc.ecrite().commentaire == ecrits


def test_a_write_that_fails_keeps_the_text(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(ECHELLE)
    banc.panne(True)
    qtbot.keyClicks(banc.pane.commentaire, "Vu")
    assert not banc.pane.leave()
    assert banc.pane.commentaire.text() == "Vu"
    assert banc.pane.enregistre.text().startswith(f"✕ Non enregistré{NBSP}: ")
    assert [e.texte for e in banc.echecs] == ["Vu"]
    banc.pane.validate()
    assert banc.demandes == []
    banc.panne(False)
    assert banc.pane.leave()
    assert banc.ecrite().commentaire == "Vu"
    assert banc.pane.enregistre.text() == "Enregistré à 10:42"


def test_trying_again_from_elsewhere_keeps_what_was_typed_since(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(ECHELLE)
    banc.panne(True)
    qtbot.keyClicks(banc.pane.commentaire, "Vu")
    assert not banc.pane.leave()
    qtbot.keyClicks(banc.pane.commentaire, " deux fois")
    banc.panne(False)
    assert banc.echecs[0].retry()
    assert banc.ecrite().commentaire == "Vu"
    assert banc.pane.commentaire.text() == "Vu deux fois"
    assert banc.pane.leave()
    assert banc.ecrite().commentaire == "Vu deux fois"


def test_a_level_that_fails_is_not_shown(banc: Banc) -> None:
    banc.montrer(ECHELLE)
    banc.panne(True)
    banc.pane.choix.places[2].click()
    assert niveaux_choisis(banc) == []
    assert banc.pane.enregistre.text().startswith("✕ Non enregistré")


def test_undo_and_redo_are_seen(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(ECHELLE)
    history = banc.services.campagne.history
    banc.pane.choix.places[1].click()
    qtbot.keyClicks(banc.pane.commentaire, "Vu")
    assert banc.pane.leave()
    banc.pane.choix.places[4].click()
    history.undo()
    assert (niveaux_choisis(banc), banc.pane.commentaire.text()) == ([1], "Vu")
    history.undo()
    assert (niveaux_choisis(banc), banc.pane.commentaire.text()) == ([1], "")
    history.undo()
    assert niveaux_choisis(banc) == []
    for _ in range(3):
        history.redo()
    assert (niveaux_choisis(banc), banc.pane.commentaire.text()) == ([4], "Vu")


def test_undo_of_something_else_leaves_the_text_being_typed(banc: Banc) -> None:
    banc.montrer(ECHELLE)
    banc.pane.choix.places[1].click()
    banc.pane.commentaire.insertPlainText("En cours")
    banc.services.campagne.history.undo()
    assert banc.pane.commentaire.text() == "En cours"
    assert niveaux_choisis(banc) == []


# --- what surrounds -------------------------------------------------------------------------------------------


def reponse_avec(banc: Banc, critere: str, **valeurs: object) -> None:
    depart = banc.services.campagne.complet(NUMERO).evaluation.reponse(critere)
    assert banc.services.campagne.save_reponse(NUMERO, replace(depart, **valeurs), "essai")  # type: ignore[arg-type]


def test_an_answer_to_confirm_again(banc: Banc, qtbot: QtBot) -> None:
    reponse_avec(banc, ECHELLE, valeur="2", a_reconfirmer=True)
    banc.montrer(ECHELLE)
    assert not banc.pane.reconfirmer.isHidden()
    qtbot.mouseClick(banc.pane.reconfirmer.bouton, Qt.MouseButton.LeftButton)
    assert (banc.ecrite().valeur, banc.ecrite().a_reconfirmer) == ("2", False)
    assert banc.pane.reconfirmer.isHidden()


def test_the_same_level_again_confirms_when_it_must(banc: Banc) -> None:
    reponse_avec(banc, ECHELLE, valeur="2", a_reconfirmer=True)
    banc.montrer(ECHELLE)
    banc.pane.choix.places[2].click()
    assert (banc.ecrite().valeur, banc.ecrite().a_reconfirmer) == ("2", False)


def test_a_place_is_pinned_once_then_taken_away(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(ECHELLE)
    banc.pane.focus_first()
    touche(qtbot, banc, Qt.Key.Key_E)
    assert banc.pane.barre.message.text().startswith("Rien à épingler")
    preuve = Preuve(ou="Comptes 2024", page=4, empreinte="ab" * 32)
    banc.pane.set_source(lambda: preuve)
    for _ in range(2):
        touche(qtbot, banc, Qt.Key.Key_E)
    assert banc.acte() == f"preuve de {ECHELLE}"
    assert len(banc.pane.preuves.puces) == 1
    assert banc.pane.barre.message.text().startswith("Déjà épinglé")
    banc.pane.preuves.puces[0].setFocus()
    touche(qtbot, banc, Qt.Key.Key_Delete)
    assert banc.acte() == f"retrait d’une preuve de {ECHELLE}"
    assert banc.pane.preuves.puces == []
    assert banc.pane.choix.places[0].hasFocus()
    banc.services.campagne.history.undo()
    assert len(banc.pane.preuves.puces) == 1


def test_phrases_open_by_their_key_out_of_a_field(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(ECHELLE)
    banc.pane.focus_first()
    touche(qtbot, banc, Qt.Key.Key_Slash)
    assert banc.pane.commentaire.hasFocus()
    assert banc.pane.commentaire.text() == ""
    assert banc.pane.leave()


def test_a_question_is_asked_even_of_a_finalised_evaluation(banc: Banc, qtbot: QtBot) -> None:
    for numero in (NUMERO, FINALISE):
        banc.montrer(CONTROLE, numero)
        banc.pane.focus_first()
        touche(qtbot, banc, Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)
        assert banc.pane.questions.isVisible()
        assert banc.pane.leave()


def test_a_field_to_look_at_is_asked_for(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(MONTANT)
    lien = banc.pane.enonce._liens[0]
    assert lien.text() == "Coût total du projet sur 3 ans (€)"
    qtbot.mouseClick(lien, Qt.MouseButton.LeftButton)
    assert banc.sources == ["cout_total"]


def test_what_the_ami_asks_unfolds(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(MONTANT)
    ami = banc.pane.enonce.ami
    assert ami.texte.isHidden()
    qtbot.keyClick(ami.bouton, Qt.Key.Key_Space)
    assert "AMI, Conditions d’éligibilité des projets" in ami.texte.text()
    assert not ami.texte.isHidden()
    banc.montrer(CONTROLE)
    assert ami.texte.isHidden()


@pytest.mark.parametrize(
    ("critere", "effet"),
    [
        (CONTROLE, "bloquant si non"),
        (MONTANT, "bloquant si non"),
        ("FIN-02", f"alerte si ≤{NBSP}1"),
        (PRIORITE, ""),
    ],
)
def test_the_effect_of_a_bad_answer_is_said(banc: Banc, critere: str, effet: str) -> None:
    banc.montrer(critere)
    assert banc.pane.enonce.effet.text() == effet


# --- going on -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("entree", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_validate_from_the_comment_writes_and_goes_on(banc: Banc, qtbot: QtBot, entree: Qt.Key) -> None:
    banc.montrer("FIN-05")
    banc.pane.commentaire.setFocus()
    qtbot.keyClicks(banc.pane.commentaire, "Vu")
    touche(qtbot, banc, entree, Qt.KeyboardModifier.ControlModifier)
    assert banc.ecrite().commentaire == "Vu"
    assert banc.demandes == [ECHELLE]


def tout_repondre(banc: Banc, sauf: str) -> None:
    for critere in banc.services.campagne.session.grille.criteres:
        if critere.id != sauf:
            valeur = "3" if critere.niveaux else "P1" if critere.id == PRIORITE else OUI
            reponse_avec(banc, critere.id, valeur=valeur, a_reconfirmer=False)


def test_validate_goes_round_then_to_the_opinion(banc: Banc) -> None:
    tout_repondre(banc, sauf=CONTROLE)
    banc.montrer(ECHELLE)
    banc.pane.validate()
    assert banc.demandes == [CONTROLE]
    banc.montrer(CONTROLE)
    banc.pane.validate()
    assert banc.demandes == [CONTROLE]
    assert banc.pane.barre.message.text().startswith("Il ne reste que ce critère")
    banc.pane.choix.places[0].click()
    banc.pane.validate()
    assert banc.demandes == [CONTROLE, ""]


def test_previous_and_next_are_named(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(ECHELLE)
    barre = banc.pane.barre
    qtbot.mouseClick(barre.precedent, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(barre.suivant, Qt.MouseButton.LeftButton)
    assert banc.demandes == ["FIN-05", "FIN-07"]
    banc.montrer("REC-01")
    assert not barre.precedent.isEnabled()
    assert barre.suivant.accessibleName() == f"Critère suivant{NBSP}: REC-02"


# --- read-only ------------------------------------------------------------------------------------------------


def test_a_finalised_evaluation_is_only_read(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(CONTROLE, FINALISE)
    avant = banc.ecrite()
    banc.pane.focus_first()
    for lettre in (Qt.Key.Key_N, Qt.Key.Key_S):
        banc.pane.barre.say("")
        touche(qtbot, banc, lettre)
        assert banc.pane.barre.message.text() == f"Évaluation finalisée{NBSP}: rouvrez-la pour la modifier."
    touche(qtbot, banc, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert banc.demandes == []
    assert banc.ecrite() == avant
    assert banc.pane.commentaire.isReadOnly()
    assert not any(p.isEnabled() for p in banc.pane.choix.places[:2])
    assert not any(b.isEnabled() for b in banc.pane.constat.decisions.values())
    assert not banc.pane.barre.valider.isEnabled()
    assert banc.pane.barre.suivant.isEnabled()


def test_the_focus_of_what_is_only_read_goes_on_and_digits_say_why(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(ECHELLE, FINALISE)
    banc.pane.focus_first()
    assert banc.pane.barre.suivant.hasFocus()
    touche(qtbot, banc, Qt.Key.Key_3)
    assert "finalisée" in banc.pane.barre.message.text()


def test_a_reopened_evaluation_can_be_changed_at_once(banc: Banc) -> None:
    banc.montrer(CONTROLE, FINALISE)
    banc.services.campagne.reopen(FINALISE, "Pièce reçue")
    assert not banc.pane.commentaire.isReadOnly()
    banc.pane.choix.places[1].click()
    assert banc.ecrite().valeur == NON


# --- reaching, seeing -----------------------------------------------------------------------------------------


def test_tab_goes_through_the_pane_in_reading_order(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(MONTANT)
    pane = banc.pane
    vus: list[QWidget] = []
    pane.enonce.ami.bouton.setFocus()
    while not vus or vus[-1] is not pane.barre.valider:
        vus.append(banc.page.focusWidget())
        assert vus[-1].accessibleName(), vus[-1]
        assert len(vus) < 30
        touche(qtbot, banc, Qt.Key.Key_Tab)
    attendus = [
        *pane.constat.decisions.values(),
        pane.choix.montant.champ,
        pane.choix.places[0],
        *pane.choix.reserves.values(),
        pane.commentaire,
        pane.barre.precedent,
        pane.barre.suivant,
        pane.barre.valider,
    ]
    assert [w for w in vus if w in attendus] == attendus
    assert pane.choix.places[1] not in vus


@pytest.mark.parametrize("largeur", [360, 440])
@pytest.mark.parametrize("taille", [100, 200])
def test_nothing_is_wider_than_the_pane(banc: Banc, qtbot: QtBot, largeur: int, taille: int) -> None:
    banc.services.theme.set_taille(taille)
    banc.page.resize(largeur, 690)
    barre = banc.pane.defilement.horizontalScrollBar()
    for critere in (ECHELLE, CONTROLE, MONTANT, PRIORITE, "ELI-02", "PUB-03"):
        banc.montrer(critere)
        banc.pane.constat.decisions[DecisionConstat.CONTESTE].click()
        qtbot.waitUntil(lambda: barre.maximum() == 0)
    assert banc.page.width() == largeur


def test_each_key_is_on_the_disk_when_it_returns(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(ECHELLE)
    banc.pane.focus_first()
    for tour in range(10):
        touche(qtbot, banc, Qt.Key(Qt.Key.Key_0 + tour % 2 * 3))
        assert banc.ecrite().valeur == str(tour % 2 * 3)


# --- a short pane ---------------------------------------------------------------------------------------------


def test_the_guide_folds_away_when_the_pane_is_short(banc: Banc) -> None:
    banc.montrer(ECHELLE)
    enonce = banc.pane.enonce
    assert enonce.guide.texte.isVisible()
    assert not enonce.guide.bouton.isVisible()
    banc.page.resize(440, 380)
    assert not enonce.guide.texte.isVisible()
    assert not any(lien.isVisible() for lien in enonce._liens)
    enonce.guide.bouton.click()
    assert enonce.guide.texte.isVisible()
    assert enonce.guide.bouton.accessibleName() == f"Guide{NBSP}: replier"
    banc.montrer(MONTANT)
    assert not enonce.guide.texte.isVisible()
    banc.page.resize(440, 1100)
    assert enonce.guide.texte.isVisible()
    assert enonce._liens[0].isVisible()


def test_a_comment_that_fails_comes_into_view(banc: Banc, qtbot: QtBot) -> None:
    banc.page.resize(440, 380)
    banc.montrer(ECHELLE)
    banc.panne(True)
    banc.pane.commentaire.insertPlainText("Vu")
    assert banc.pane.enregistre.visibleRegion().isEmpty()
    assert not banc.pane.leave()
    qtbot.waitUntil(lambda: not banc.pane.enregistre.visibleRegion().isEmpty())
    assert banc.pane.enregistre.property("role") == "faute"
    banc.panne(False)
    assert banc.pane.leave()
    assert banc.pane.enregistre.property("role") == "secondaire"


def test_a_constat_is_confirmed_by_a_key(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer("REC-02")
    banc.pane.focus_first()
    for _ in range(2):  # the second time says nothing against the first
        touche(qtbot, banc, Qt.Key.Key_C)
        assert banc.ecrite().decision is DecisionConstat.CONFIRME
    banc.montrer("REC-03")
    touche(qtbot, banc, Qt.Key.Key_C)
    assert "pas de constat" in banc.pane.barre.message.text()


def test_a_long_finding_is_shown_whole_after_a_critere_without_any(banc: Banc) -> None:
    valeur = banc.pane.constat._fiches[0].valeur
    for largeur in range(400, 520, 20):
        banc.page.resize(largeur, 1100)
        for critere in ("ANA-01", "CRE-02", "FIN-02", "CRE-04"):
            banc.montrer(critere, 25000113)
            QApplication.sendPostedEvents()
            banc.page.grab()
        assert valeur.height() >= valeur.heightForWidth(valeur.width()), largeur
