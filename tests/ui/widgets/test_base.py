from pathlib import Path

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from o2r_desktop.restitution import NoteManquee, Production
from ui.dialogs.produire_notes import _Manquees
from ui.pages.accueil import AccueilPage
from ui.services import Services
from ui.widgets.base import Elided, bulle
from ui.widgets.filtres import Tag
from ui.widgets.tableau import ReadTable

HOSTILE = "<img src='/etc/hostname'><b>x</b>\n&amp;"


def test_a_plain_tooltip_is_left_alone() -> None:
    assert bulle("A & B") == "A & B"
    assert bulle("") == ""


def test_no_tooltip_obeys_what_it_is_given(qtbot: QtBot, services: Services, tmp_path: Path) -> None:
    services.reglages.add_recente(tmp_path / "a<b>c")
    mots, table, manquees = Elided(), ReadTable("Imports", ["Fichier"], etiree=0), _Manquees()
    etiquette, accueil = Tag(HOSTILE, lambda: None), AccueilPage(services)
    for widget in (mots, table, manquees, etiquette, accueil):
        qtbot.addWidget(widget)
    mots.dire(HOSTILE)
    table.show_rows([[HOSTILE]])
    manquees.list(services, Production(notes=(), manquees=(NoteManquee(numero=1, raison=HOSTILE),)))
    accueil.refresh()
    cases = (table.item(0, 0), manquees.item(0, 2))
    bulles = [mots.toolTip(), etiquette.toolTip(), *(case.toolTip() for case in cases if case is not None)]
    recentes = [b.toolTip() for b in accueil.findChildren(QPushButton) if "a<b>c" in b.text()]
    assert (len(bulles), len(recentes)) == (4, 1)
    for texte in (*bulles, *recentes):
        assert not Qt.mightBeRichText(texte) or "&lt;" in texte
        assert "<b>" not in texte
        assert "<img" not in texte


def test_an_ampersand_in_a_folder_is_an_ampersand(qtbot: QtBot, services: Services, tmp_path: Path) -> None:
    services.reglages.add_recente(tmp_path / "R&D")
    accueil = AccueilPage(services)
    qtbot.addWidget(accueil)
    accueil.refresh()
    assert any("R&&D" in b.text() for b in accueil.findChildren(QPushButton))
