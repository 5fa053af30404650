"""What the analysis says of the critere in view, and the way to the angle that says it."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from o2r_desktop.analyse.angles import Angle, Repere, de_cle
from ui.pages.dossier.reperes import ReperesView
from ui.services import Services

TRESORERIE = Repere(critere="FIN-05", texte="Trésorerie\u00a0: <b>84</b> jours", angle=Angle.FINANCES)
BESOIN = Repere(critere="FIN-05", texte="Besoin à couvrir", angle=Angle.BUDGET)


def test_reperes_are_folded_and_lead_to_their_angle(services: Services, qtbot: QtBot) -> None:
    vue = ReperesView(services.theme)
    qtbot.addWidget(vue)
    vue.show_reperes([TRESORERIE, BESOIN])
    vue.show()
    assert not vue.textes.isVisible()
    assert "(2)" in vue.bouton.accessibleName()
    vue.bouton.click()
    assert vue.textes.isVisible()
    assert "<b>84</b>" in vue.textes.text()
    assert vue.textes.textFormat() is Qt.TextFormat.PlainText
    assert [a for a, lien in vue.liens.items() if lien.isVisible()] == [Angle.FINANCES, Angle.BUDGET]
    with qtbot.waitSignal(vue.angle_requested) as signal:
        vue.liens[Angle.BUDGET].click()
    assert signal.args == ["budget"]


def test_nothing_shows_without_reperes(services: Services, qtbot: QtBot) -> None:
    vue = ReperesView(services.theme)
    qtbot.addWidget(vue)
    vue.show_reperes([TRESORERIE])
    vue.show_reperes([])
    assert vue.isHidden()


def test_the_key_of_a_value_says_its_angle() -> None:
    assert de_cle("comptes/2024/total_produits") is Angle.FINANCES
    assert de_cle("reseau/acteur/ml-72") is Angle.RESEAU
    assert de_cle("autre/chose") is None
