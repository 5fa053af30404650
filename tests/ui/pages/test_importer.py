"""The import assistant, by keyboard, on real files and real campagnes."""

import hashlib
import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from o2r_desktop import operations
from o2r_desktop.resources import resource
from o2r_desktop.suivi import Filtre
from tests.o2r_desktop.imports.outils import CSV, XLSX
from tests.o2r_desktop.test_reception_preparation import changer
from tests.ui.conftest import MAINTENANT, Enregistreur
from ui.models.lignes_import import EtatLigne
from ui.pages.importer import ImporterPage
from ui.services import Services

DEMO = sorted(f for f in resource("demo").iterdir() if f.suffix in {".xlsx", ".csv", ".json"})
DEMO_XLSX = next(f for f in DEMO if f.suffix == ".xlsx")


@pytest.fixture
def services_vides(services: Services, tmp_path: Path) -> Services:
    """Services with a new campagne open, without any dossier."""
    operations.create_campagne(tmp_path / "neuve", maintenant=MAINTENANT)
    services.campagne.open(tmp_path / "neuve", auteur="Camille Essai")
    services.campagne.load_suivi()
    return services


def ouvrir(qtbot: QtBot, services: Services) -> ImporterPage:
    page = ImporterPage(services)
    qtbot.addWidget(page)
    page.resize(1302, 700)
    page.show()
    page.activateWindow()
    page.enter()
    return page


def attendre(qtbot: QtBot, page: ImporterPage, vue: object) -> None:
    qtbot.waitUntil(lambda: page.pile.currentWidget() is vue and not page.services.taches.busy, timeout=20_000)


def attendre_controle(qtbot: QtBot, page: ImporterPage) -> None:
    """Wait for the control, past the correspondence when the files have columns to look at."""
    etapes = (page.correspondance, page.controle)
    qtbot.waitUntil(lambda: page.pile.currentWidget() in etapes and not page.services.taches.busy, timeout=20_000)
    if page.pile.currentWidget() is page.correspondance:
        page.correspondance.continuer.click()
    attendre(qtbot, page, page.controle)


def touche(qtbot: QtBot, cle: Qt.Key, modificateur: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    qtbot.keyClick(widget, cle, modificateur)


def etat(services: Services) -> str:
    with sqlite3.connect(services.campagne.dossier / "o2r.db") as lue:
        return hashlib.sha256("\n".join(lue.iterdump()).encode()).hexdigest()


def numeros(services: Services) -> set[int]:
    return {a.numero for a in operations.list_dossiers(services.campagne.session)}


def test_the_demonstration_exports_enter_by_keyboard(qtbot: QtBot, services_vides: Services) -> None:
    page = ouvrir(qtbot, services_vides)
    qtbot.waitUntil(page.fichiers.zone.bouton.hasFocus)
    touche(qtbot, Qt.Key.Key_Space)
    dialogue = page.fichiers.zone.findChild(QFileDialog)
    assert dialogue is not None
    nom = dialogue.findChild(QLineEdit)
    assert nom is not None
    nom.setText(" ".join(f'"{f}"' for f in DEMO))
    qtbot.keyClick(nom, Qt.Key.Key_Return)
    assert page.fichiers.fichiers == DEMO
    page.activateWindow()
    qtbot.waitUntil(page.fichiers.lire.hasFocus)
    touche(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    attendre_controle(qtbot, page)
    assert page.controle.modele.count(EtatLigne.NOUVEAU) == 22
    assert numeros(services_vides) == set()
    assert page.controle.table.hasFocus()
    ecarte = page.controle.modele.ligne(0).numero
    touche(qtbot, Qt.Key.Key_Space)
    assert "21\u00a0dossiers" in page.controle.importer.text()
    touche(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    attendre(qtbot, page, page.rapport)
    assert numeros(services_vides) == set(range(25000101, 25000123)) - {ecarte}
    assert services_vides.campagne.suivi is not None
    texte = page.rapport.texte.toPlainText()
    assert "21 dossiers entrés" in texte
    assert "1 dossier décoché" in texte
    page.activateWindow()
    qtbot.waitUntil(page.rapport.voir.hasFocus)
    with qtbot.waitSignal(services_vides.navigation.liste_requested) as vu:
        touche(qtbot, Qt.Key.Key_Space)
    assert vu.args == [Filtre()]


def test_the_same_file_again_brings_nothing(qtbot: QtBot, services_demo: Services) -> None:
    page = ouvrir(qtbot, services_demo)
    page.begin([DEMO_XLSX])
    attendre_controle(qtbot, page)
    assert "n’apporte rien de nouveau" in page.controle.message.texte.text()
    assert not page.controle.importer.isEnabled()
    assert page.controle.modele.count(EtatLigne.INCHANGE) == 14
    assert page.controle.modele.count(EtatLigne.ABSENT) == 8


def test_a_changed_export_shows_before_after_and_what_to_confirm(
    qtbot: QtBot, services_demo: Services, tmp_path: Path
) -> None:
    change = changer(
        DEMO_XLSX, tmp_path / "change.xlsx", 25000101, {"Déposé le": datetime.fromisoformat("2025-08-13T12:00:01")}
    )
    page = ouvrir(qtbot, services_demo)
    page.begin([change])
    attendre_controle(qtbot, page)
    ligne = page.controle.modele.ligne(0)
    assert (ligne.numero, ligne.etat, ligne.hors_delai) == (25000101, EtatLigne.MODIFIE, True)
    details = page.controle.details.toPlainText()
    assert "→ 13/08/2025 à 12:00:01" in details
    assert "REC-02" in details
    assert "REC-02" in page.controle.annonce.text()
    assert "sauvegarde" in page.controle.annonce.text()
    page.write()
    attendre(qtbot, page, page.rapport)
    complet = operations.load_dossier(services_demo.campagne.session, 25000101)
    assert complet.evaluation.reponse("REC-02").a_reconfirmer
    texte = page.rapport.texte.toPlainText()
    assert "→ 13/08/2025 à 12:00:01" in texte
    assert "Dépôts hors délai" in texte
    assert page.rapport.reconfirmer.isVisible()
    assert any("avant-import" in f.name for f in (services_demo.campagne.dossier / "sauvegardes").iterdir())


def test_an_unreadable_file_is_told_and_the_others_go_on(
    qtbot: QtBot, services_vides: Services, tmp_path: Path
) -> None:
    mauvais = tmp_path / "tronque.xlsx"
    mauvais.write_bytes(XLSX.read_bytes()[:3000])
    page = ouvrir(qtbot, services_vides)
    page.begin([mauvais, CSV])
    attendre_controle(qtbot, page)
    assert "« tronque.xlsx » est abîmé" in page.controle.lus.toPlainText().replace("\u00a0", " ")
    assert page.controle.modele.count(EtatLigne.NOUVEAU) == 38
    page.begin([mauvais])
    attendre(qtbot, page, page.fichiers)
    dits = [m.text() for m in page.fichiers.liste.findChildren(type(page.fichiers.destination))]
    assert any("abîmé" in d for d in dits)
    page.fichiers.remove(mauvais)
    assert not page.fichiers.lire.isEnabled()


def test_cancelling_the_reading_leaves_everything(qtbot: QtBot, services_demo: Services) -> None:
    page = ouvrir(qtbot, services_demo)
    avant = etat(services_demo)
    page.begin([XLSX])
    assert page.leave()
    qtbot.waitUntil(page.attente.annuler.hasFocus)
    touche(qtbot, Qt.Key.Key_Escape)
    attendre(qtbot, page, page.fichiers)
    assert "annulée" in page.fichiers.message.texte.text()
    assert page.fichiers.fichiers == [XLSX]
    assert etat(services_demo) == avant


def test_cancelling_the_writing_leaves_everything(qtbot: QtBot, services_demo: Services) -> None:
    page = ouvrir(qtbot, services_demo)
    page.begin([XLSX])
    attendre_controle(qtbot, page)
    avant = etat(services_demo)
    page.write()
    assert not page.leave()
    assert "attendez la fin" in page.attente.refus.texte.text()
    page.cancel()
    attendre(qtbot, page, page.controle)
    assert "rien n’a été écrit" in page.controle.message.texte.text()
    assert page.leave()
    assert etat(services_demo) == avant
    assert page.controle.importer.isEnabled()


def test_a_write_that_fails_says_why_and_can_be_tried_again(qtbot: QtBot, services_demo: Services) -> None:
    page = ouvrir(qtbot, services_demo)
    page.begin([XLSX])
    attendre_controle(qtbot, page)
    avant = etat(services_demo)
    sauvegardes = services_demo.campagne.dossier / "sauvegardes"
    cote = sauvegardes.rename(sauvegardes.with_name("autre"))
    sauvegardes.write_text("un fichier tient la place du dossier")
    page.write()
    attendre(qtbot, page, page.controle)
    assert "Rien n’a été écrit" in page.controle.echec.texte.text()
    assert etat(services_demo) == avant
    sauvegardes.unlink()
    cote.rename(sauvegardes)
    assert page.controle.reessayer.hasFocus()
    touche(qtbot, Qt.Key.Key_Space)
    attendre(qtbot, page, page.rapport)
    assert len(numeros(services_demo)) == 60


def test_without_a_campagne_the_page_leads_to_the_start(
    qtbot: QtBot, services: Services, campagne_demo: Path
) -> None:
    page = ouvrir(qtbot, services)
    page.begin([DEMO_XLSX])
    assert page.pile.currentWidget() is page.vide
    services.campagne.open(campagne_demo, auteur="Camille Essai")
    assert page.pile.currentWidget() is page.fichiers
    assert page.fichiers.fichiers == [DEMO_XLSX]
    assert str(campagne_demo) in page.fichiers.destination.text()
    services.campagne.close()
    assert page.pile.currentWidget() is page.vide


def test_a_read_only_campagne_shows_the_plan_and_refuses_to_write(
    qtbot: QtBot, services: Services, campagne_demo: Path
) -> None:
    services.campagne.open(campagne_demo, auteur="Camille Essai", lecture_seule=True)
    page = ouvrir(qtbot, services)
    page.begin([XLSX])
    attendre_controle(qtbot, page)
    assert "lecture seule" in page.controle.message.texte.text()
    assert not page.controle.importer.isEnabled()
    page.write()
    assert page.pile.currentWidget() is page.controle
    page.controle.modele.tick_all(coche=True)
    assert not page.controle.importer.isEnabled()


def test_a_report_is_reopened_and_kept_as_a_pdf(
    qtbot: QtBot, services_demo: Services, tmp_path: Path, alertes: Enregistreur
) -> None:
    page = ouvrir(qtbot, services_demo)
    page.show_rapport(1)
    attendre(qtbot, page, page.rapport)
    texte = page.rapport.texte.toPlainText()
    assert "14 dossiers entrés" in texte
    assert "Instruction (démonstration)" in texte
    page.rapport.save_pdf(str(tmp_path / "rapport.pdf"))
    qtbot.waitUntil(lambda: "rapport.pdf" in page.rapport.message.texte.text(), timeout=10_000)
    with pypdfium2.PdfDocument(tmp_path / "rapport.pdf") as pdf:
        pages = [p.get_textpage().get_text_range() for p in pdf]
    assert "Dossiers entrés (14)" in pages[0]
    assert "Tableur".lower() in pages[0].lower()
    assert pages[-1].replace("\u00a0", " ").rstrip().endswith(f"page {len(pages)} sur {len(pages)}")
    page.rapport.save_pdf(str(tmp_path / "nulle part" / "rapport.pdf"))
    qtbot.waitUntil(lambda: "n’existe pas" in page.rapport.message.texte.text(), timeout=10_000)
    assert alertes.dits == []


def test_a_report_that_is_gone_says_so(qtbot: QtBot, services_demo: Services) -> None:
    page = ouvrir(qtbot, services_demo)
    page.show_rapport(99)
    attendre(qtbot, page, page.fichiers)
    assert "import n° 99" in page.fichiers.message.texte.text()


def test_filters_count_and_search_narrows(qtbot: QtBot, services_vides: Services) -> None:
    page = ouvrir(qtbot, services_vides)
    page.begin([XLSX])
    attendre_controle(qtbot, page)
    controle = page.controle
    assert controle.filtres[None].text() == "Tous 38"
    assert controle.filtres[EtatLigne.NOUVEAU].text() == "Nouveaux 38"
    page.focus_search()
    assert controle.recherche.hasFocus()
    qtbot.keyClicks(controle.recherche, "24000034")
    assert controle.modele.rowCount() == 1
    assert "absent de l’export" in controle.details.toPlainText()
    controle.filtres[EtatLigne.REFUSE].click()
    assert controle.modele.rowCount() == 0
    assert "Aucune ligne" in controle.details.toPlainText()


def test_nothing_ticked_means_nothing_to_import(qtbot: QtBot, services_vides: Services) -> None:
    page = ouvrir(qtbot, services_vides)
    page.begin([XLSX])
    attendre_controle(qtbot, page)
    page.controle.rien.click()
    assert not page.controle.importer.isEnabled()
    assert "rien à écrire" in page.controle.annonce.text()
    page.controle.tout.click()
    assert page.controle.importer.isEnabled()


def test_files_are_dropped_once_each(qtbot: QtBot, services_vides: Services) -> None:
    page = ouvrir(qtbot, services_vides)
    apport = QMimeData()
    apport.setUrls([QUrl.fromLocalFile(str(f)) for f in (XLSX, CSV, XLSX)])
    depot = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        apport,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.fichiers.zone.dropEvent(depot)
    assert page.fichiers.fichiers == [XLSX, CSV]
    assert page.fichiers.compte.text() == "2\u00a0fichiers choisis"
    qtbot.waitUntil(page.fichiers.lire.hasFocus)


def test_an_act_is_undone_after_an_import_and_keeps_what_is_to_confirm(
    qtbot: QtBot, services_demo: Services, tmp_path: Path
) -> None:
    campagne = services_demo.campagne
    campagne.reopen(25000101, "Relecture")
    reponse = campagne.complet(25000101).evaluation.reponse("REC-02")
    assert campagne.save_reponse(25000101, replace(reponse, commentaire="Vu"), "commentaire de REC-02")
    change = changer(
        DEMO_XLSX, tmp_path / "change.xlsx", 25000101, {"Déposé le": datetime.fromisoformat("2025-08-13T12:00:01")}
    )
    page = ouvrir(qtbot, services_demo)
    page.begin([change])
    attendre_controle(qtbot, page)
    nommes: list[object] = []
    campagne.history.changed.connect(lambda: nommes.append(campagne.history.next_undo))
    page.write()
    attendre(qtbot, page, page.rapport)
    assert nommes
    assert None not in nommes
    campagne.history.undo()
    assert operations.load_dossier(campagne.session, 25000101).evaluation.reponse("REC-02").a_reconfirmer


def test_a_bug_while_writing_gives_the_page_back(qtbot: QtBot, services_demo: Services) -> None:
    page = ouvrir(qtbot, services_demo)
    page.begin([XLSX])
    attendre_controle(qtbot, page)
    avant = etat(services_demo)
    services_demo.campagne.session.horloge = lambda: datetime(2025, 9, 2)  # noqa: DTZ001 a time without zone is a bug
    with qtbot.captureExceptions() as bugs:
        page.write()
        attendre(qtbot, page, page.fichiers)
    assert len(bugs) == 1
    assert page.leave()
    assert "interrompu" in page.fichiers.message.texte.text()
    assert etat(services_demo) == avant


def test_in_large_text_the_table_keeps_most_of_the_height(qtbot: QtBot, services_vides: Services) -> None:
    page = ouvrir(qtbot, services_vides)
    page.begin([XLSX])
    attendre_controle(qtbot, page)
    parts = {}
    for taille in (100, 200):
        services_vides.theme.set_taille(taille)
        page.resize(1230, 680)
        page.grab()
        table, details = page.controle.separation.sizes()
        parts[taille] = table / (table + details)
        assert page.controle.table.geometry().bottom() < page.controle.details.geometry().top()
    assert parts[200] > parts[100] > 0.55
    assert page.controle.lus.height() < 3.2 * page.fontMetrics().height()
    services_vides.theme.set_taille(100)
