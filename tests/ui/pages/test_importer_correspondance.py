"""The correspondence step of the assistant, on real exports whose headers moved."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from o2r_desktop import operations, reception
from o2r_desktop.imports.correspondance import load_correspondance
from o2r_desktop.progress import SilentReporter
from o2r_desktop.resources import resource
from o2r_desktop.store import dossiers as store_dossiers
from tests.ui.pages.importation.fabrique import attribut
from tests.ui.pages.test_importer import attendre, ouvrir, touche
from ui.models.correspondance import EtatAttribut
from ui.pages.importation import travaux
from ui.pages.importer import ImporterPage
from ui.services import Services

DEMO_CSV = next(resource("demo").glob("*.csv"))
INTITULE, RESUME = attribut("intitule").libelles[0], attribut("resume").libelles[0]


def renommer(dossier: Path, *, nouveau: str = "Titre de l’action", changer: str = "") -> Path:
    """Write the demonstration CSV as it would come once a field has another label, perhaps with another answer."""
    with DEMO_CSV.open(encoding="utf-8", newline="") as flux:
        entete, *lignes = csv.reader(flux)
    rang = entete.index(INTITULE)
    entete[rang] = nouveau
    if changer:
        lignes[0][entete.index(RESUME)] = changer
        lignes[0][entete.index("Dernière mise à jour le")] = "2025-08-30 11:20:04 +0200"
    cible = dossier / DEMO_CSV.name.replace("2025-08-20_10-35", "2025-09-01_09-15")
    with cible.open("w", encoding="utf-8", newline="") as flux:
        csv.writer(flux).writerows([entete, *lignes])
    return cible


@pytest.fixture
def page(qtbot: QtBot, services_demo: Services) -> ImporterPage:
    return ouvrir(qtbot, services_demo)


def lier(page: ImporterPage) -> QPushButton | None:
    boutons = page.correspondance.derives.findChildren(QPushButton)
    return next((b for b in boutons if b.isVisible() and b.text() == "Lier"), None)


def test_the_same_headers_go_straight_to_the_control(qtbot: QtBot, page: ImporterPage) -> None:
    page.begin([DEMO_CSV])
    attendre(qtbot, page, page.controle)
    assert page.correspondance.choix == {}


def test_a_renamed_column_is_told_bound_and_remembered(qtbot: QtBot, page: ImporterPage, tmp_path: Path) -> None:
    page.begin([renommer(tmp_path, changer="Un nouveau résumé")])
    attendre(qtbot, page, page.correspondance)
    assert "2 sur 4" in page.pas.accessibleName()
    bouton = lier(page)
    assert bouton is not None
    bouton.click()
    assert [c.libelle for c in page.correspondance.choix.values() if c] == ["Titre de l’action"]
    assert lier(page) is None
    page.correspondance.continuer.click()
    attendre(qtbot, page, page.controle)
    retenus = page.controle.modele.retenus
    assert [d.attribut for x in retenus for d in x.differences if d.attribut] == ["resume"]
    page.write()
    attendre(qtbot, page, page.rapport)
    assert "sans doute renommée" in page.rapport.texte.toPlainText()
    session = page.services.campagne.session
    assert any(x.attribut == "intitule" for x in session.correspondance.liaisons)
    numero = retenus[0].numero
    assert numero is not None
    lu = operations.load_dossier(session, numero).dossier
    assert lu.texte("resume") == "Un nouveau résumé"
    assert lu.texte("intitule")
    (tmp_path / "suite").mkdir()
    page.begin([renommer(tmp_path / "suite", changer="Encore un autre")])
    attendre(qtbot, page, page.controle)
    assert [d.attribut for x in page.controle.modele.retenus for d in x.differences if d.attribut] == ["resume"]


def test_a_column_is_chosen_by_keyboard(qtbot: QtBot, page: ImporterPage, tmp_path: Path) -> None:
    page.begin([renommer(tmp_path, nouveau="Un libellé sans rapport")])
    attendre(qtbot, page, page.correspondance)
    vue = page.correspondance.vue
    page.activateWindow()
    qtbot.waitUntil(vue.table.hasFocus)
    vue.onglets["tous"].click()
    vue.table.selectRow(vue.modele.rang_de("intitule"))
    page.focus_search()
    assert vue.volet.recherche.hasFocus()
    qtbot.keyClicks(vue.volet.recherche, "sans rapport")
    assert vue.volet.liste.count() == 1
    touche(qtbot, Qt.Key.Key_Return)
    ligne = vue.ligne
    assert ligne is not None
    assert ligne.etat is EtatAttribut.CHOISI
    assert vue.volet.defaire.isVisible()
    vue.volet.defaire.click()
    assert page.correspondance.choix == {}
    vue.volet.aucune.click()
    assert page.correspondance.choix == {"intitule": None}


def test_a_candidate_is_chosen_from_the_list(qtbot: QtBot, page: ImporterPage, tmp_path: Path) -> None:
    page.begin([renommer(tmp_path)])
    attendre(qtbot, page, page.correspondance)
    vue = page.correspondance.vue
    assert vue.ligne is not None
    assert vue.ligne.proposition.attribut.id == "intitule"
    vue.table.setFocus()
    page.activateWindow()
    touche(qtbot, Qt.Key.Key_Return)
    assert vue.volet.liste.hasFocus()
    touche(qtbot, Qt.Key.Key_Return)
    colonne = page.correspondance.choix["intitule"]
    assert colonne is not None
    assert colonne.libelle == "Titre de l’action"
    assert "rien ne reste" in vue.compte.text()


def test_nothing_chosen_reads_nothing_again(qtbot: QtBot, page: ImporterPage, tmp_path: Path) -> None:
    page.begin([renommer(tmp_path)])
    attendre(qtbot, page, page.correspondance)
    page.correspondance.continuer.click()
    assert not page.services.taches.busy
    attendre(qtbot, page, page.controle)
    assert "à vérifier" in page.controle.champs.text()
    page.controle.voir_champs.click()
    attendre(qtbot, page, page.correspondance)
    page.correspondance.retour.click()
    assert page.pile.currentWidget() is page.fichiers


def test_a_correspondence_goes_to_a_colleague_and_comes_back(
    qtbot: QtBot, page: ImporterPage, tmp_path: Path
) -> None:
    page.begin([renommer(tmp_path)])
    attendre(qtbot, page, page.correspondance)
    bouton = lier(page)
    assert bouton is not None
    bouton.click()
    cible = tmp_path / "a-partager.toml"
    page.correspondance.export_requested.emit(cible)
    assert "a-partager.toml" in page.correspondance.message.texte.text()
    assert any(x.attribut == "intitule" for x in load_correspondance(cible).liaisons)
    page.begin([renommer(tmp_path)])
    attendre(qtbot, page, page.correspondance)
    page.correspondance.import_requested.emit(cible)
    attendre(qtbot, page, page.correspondance)
    ligne = next(x for x in page.correspondance.vue.modele.lignes if x.proposition.attribut.id == "intitule")
    assert ligne.etat is EtatAttribut.SUR
    assert "votre choix" in ligne.trouvee
    page.correspondance.continuer.click()
    attendre(qtbot, page, page.controle)
    assert page.controle.modele.retenus == []


def test_a_file_that_is_no_correspondence_is_refused_in_words(
    qtbot: QtBot, page: ImporterPage, tmp_path: Path
) -> None:
    page.begin([renommer(tmp_path)])
    attendre(qtbot, page, page.correspondance)
    faux = tmp_path / "faux.toml"
    faux.write_text("pas du tout", "utf-8")
    page.correspondance.import_requested.emit(faux)
    assert "faux.toml" in page.correspondance.message.texte.text()
    assert page.pile.currentWidget() is page.correspondance


def test_free_columns_are_listed_as_text(qtbot: QtBot, page: ImporterPage, tmp_path: Path) -> None:
    page.begin([renommer(tmp_path, nouveau="<b>Titre</b>")])
    attendre(qtbot, page, page.correspondance)
    vue = page.correspondance.vue
    vue.onglets["libres"].click()
    textes = [vue.libres.item(i, 0).text() for i in range(vue.libres.rowCount())]
    assert "<b>Titre</b>" in textes
    assert vue.libres.isVisible()


def test_in_large_text_the_step_stays_in_the_window(qtbot: QtBot, page: ImporterPage, tmp_path: Path) -> None:
    page.begin([renommer(tmp_path)])
    attendre(qtbot, page, page.correspondance)
    page.services.theme.set_taille(200)
    assert page.minimumSizeHint().height() <= 640
    page.services.theme.set_taille(100)


def test_the_correspondence_of_the_window_is_the_one_that_was_written(
    qtbot: QtBot, page: ImporterPage, tmp_path: Path
) -> None:
    session = page.services.campagne.session
    avant = session.correspondance
    page.begin([renommer(tmp_path, changer="Autre")])
    attendre(qtbot, page, page.correspondance)
    page.correspondance.vue.volet.liste.itemActivated.emit(page.correspondance.vue.volet.liste.item(0))
    page.correspondance.continuer.click()
    attendre(qtbot, page, page.controle)
    page.write()
    attendre(qtbot, page, page.rapport)
    assert session.correspondance != avant
    with operations.twin_session(session) as jumelle:
        assert session.correspondance == jumelle.correspondance
    assert reception.last_undoable(session) == page.rapport.comptes[0].rapport.id


@pytest.mark.parametrize("nouveau", [INTITULE, "Titre de l’action"], ids=["controle", "correspondance"])
def test_what_was_read_under_another_correspondence_is_dropped(
    qtbot: QtBot, page: ImporterPage, tmp_path: Path, nouveau: str
) -> None:
    page.begin([renommer(tmp_path, nouveau=nouveau, changer="Un nouveau résumé")])
    attendre(qtbot, page, page.controle if nouveau == INTITULE else page.correspondance)
    vue = page.pile.currentWidget()
    assert page.leave()
    page.enter()
    assert page.pile.currentWidget() is vue  # nothing changed
    session = page.services.campagne.session
    brut = next(store_dossiers.load_many(session.campagne, sorted(store_dossiers.known(session.campagne))))
    colonnes = {a.id: c for c, a in zip(brut.colonnes, session.liens(brut.colonnes), strict=True) if a}
    voulue = session.correspondance.avec({"intitule": colonnes["resume"], "resume": colonnes["intitule"]})
    travaux.show_new_data(page.services, travaux.rebind(session, voulue, SilentReporter())[1])
    page.enter()
    assert page.pile.currentWidget() is page.fichiers
    assert "La campagne a changé depuis la lecture de ces fichiers" in page.fichiers.message.texte.text()
    assert page.fichiers.lire.hasFocus()
    page.write()
    assert page.pile.currentWidget() is page.fichiers  # there is nothing left to write
    page.fichiers.lire.click()
    qtbot.waitUntil(lambda: page.pile.currentWidget() in (page.controle, page.correspondance), timeout=20_000)
    assert page.controle.lecture or nouveau != INTITULE


def test_a_write_refused_because_the_campagne_changed_leads_to_the_files(
    qtbot: QtBot, page: ImporterPage, tmp_path: Path
) -> None:
    page.begin([renommer(tmp_path, nouveau=INTITULE, changer="Un nouveau résumé")])
    attendre(qtbot, page, page.controle)
    session = page.services.campagne.session
    combien = len(store_dossiers.imports(session.campagne))
    travaux.undo(session, reception.last_undoable(session) or 0, SilentReporter())
    page.write()
    attendre(qtbot, page, page.fichiers)
    assert "rien n’en a été écrit" in page.fichiers.message.texte.text()
    assert len(store_dossiers.imports(session.campagne)) == combien
