from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from o2r_desktop.notes.files import nom_fichier
from o2r_desktop.store import notes
from o2r_desktop.text import NBSP, NNBSP
from tests.ui.conftest import Enregistreur
from ui.dialogs.produire_notes import ProduireNotesDialog
from ui.services import Services

FINALE, PROJET = 25000101, 25000105
TOUS = list(range(25000101, 25000123))
LENT = 30_000


@pytest.fixture
def services_prets(qtbot: QtBot, services_demo: Services) -> Iterator[Services]:
    yield services_demo
    assert services_demo.taches.wait(20)
    qtbot.waitUntil(lambda: not services_demo.taches.busy)


def plat(texte: str) -> str:
    return texte.replace(NBSP, " ").replace(NNBSP, " ")


def dialogue(services: Services, numeros: list[int], sortie: Path) -> ProduireNotesDialog:
    dialog = ProduireNotesDialog(services, numeros)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialog.dossier.setText(str(sortie))
    dialog.show()
    return dialog


def attendre(qtbot: QtBot, dialog: ProduireNotesDialog) -> None:
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == 2, timeout=LENT)


def test_it_says_what_will_be_printed_and_where(services_prets: Services, campagne_demo: Path) -> None:
    dialog = ProduireNotesDialog(services_prets, TOUS)
    assert plat(dialog.windowTitle()) == "Produire 22 notes"
    assert (plat(dialog.finales.text()), plat(dialog.projets.text())) == ("✓ 3 définitives", "! 19 projets")
    assert "filigrane" in dialog.annonce.text()
    assert dialog.destination == campagne_demo / "notes"
    assert ProduireNotesDialog(services_prets, [FINALE]).windowTitle() == "Produire la note"


def test_notes_are_written_and_can_be_read(qtbot: QtBot, services_prets: Services, tmp_path: Path) -> None:
    dialog = dialogue(services_prets, [FINALE, PROJET], tmp_path / "notes rendues")
    qtbot.keyClick(dialog.dossier, Qt.Key.Key_Return)
    attendre(qtbot, dialog)
    fichiers = sorted((tmp_path / "notes rendues").iterdir())
    assert [f.name.split("_")[1] for f in fichiers] == [str(FINALE), str(PROJET)]
    for fichier in fichiers:
        assert len(pypdfium2.PdfDocument(fichier.read_bytes())) > 5
    assert plat(dialog.bilan.text()) == "2 notes écrites. 1 porte le filigrane « Projet »."
    assert (dialog.ouvrir.isVisible(), dialog.montrer.isVisible(), dialog.manquees.isVisible()) == (
        False,
        True,
        False,
    )
    assert notes.notes(services_prets.campagne.session.campagne, PROJET)[-1].projet


def test_the_folder_is_remembered_for_this_campagne(qtbot: QtBot, services_prets: Services, tmp_path: Path) -> None:
    dialog = dialogue(services_prets, [PROJET], tmp_path / "ailleurs")
    dialog.produire.click()
    attendre(qtbot, dialog)
    assert dialog.ouvrir.isVisible()
    assert ProduireNotesDialog(services_prets, [PROJET]).destination == tmp_path / "ailleurs"


def test_a_cancel_leaves_whole_files_only(qtbot: QtBot, services_prets: Services, tmp_path: Path) -> None:
    dialog = dialogue(services_prets, TOUS, tmp_path / "n")
    dialog.produire.click()
    qtbot.waitUntil(lambda: dialog.barre.value() >= 2, timeout=LENT)
    dialog.interrompre.click()
    attendre(qtbot, dialog)
    fichiers = list((tmp_path / "n").iterdir())
    assert 2 <= len(fichiers) < 22
    assert plat(dialog.bilan.text()).startswith(f"Production annulée : {len(fichiers)} notes écrites sur 22.")
    for fichier in fichiers:
        assert fichier.suffix == ".pdf"
        assert len(pypdfium2.PdfDocument(fichier.read_bytes())) > 5


def test_a_failure_is_listed_and_the_others_go_on(qtbot: QtBot, services_prets: Services, tmp_path: Path) -> None:
    porteur = services_prets.campagne.complet(PROJET).dossier.porteur.nom
    (tmp_path / "n" / nom_fichier(PROJET, porteur)).mkdir(parents=True)
    dialog = dialogue(services_prets, [FINALE, PROJET], tmp_path / "n")
    dialog.produire.click()
    attendre(qtbot, dialog)
    table = dialog.manquees
    assert table.rowCount() == 1
    ligne = [str(table.model().index(0, colonne).data()) for colonne in range(3)]
    assert [plat(ligne[0]), ligne[1]] == ["25 000 105", porteur]
    assert "est un dossier" in ligne[2]
    assert "1 note n’a pas pu être écrite" in plat(dialog.bilan.text())
    assert table.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_folder_that_cannot_be_is_said_before_anything(
    qtbot: QtBot, services_prets: Services, tmp_path: Path
) -> None:
    (tmp_path / "fichier").write_bytes(b"x")
    dialog = dialogue(services_prets, [FINALE], tmp_path / "fichier" / "notes")
    dialog.produire.click()
    qtbot.waitUntil(lambda: bool(dialog.panne.texte.text()), timeout=LENT)
    assert dialog.pages.currentIndex() == 0
    assert "choisissez-en un autre" in dialog.panne.texte.text()


def test_closed_while_it_runs_it_ends_by_a_message(
    qtbot: QtBot, services_prets: Services, alertes: Enregistreur, tmp_path: Path
) -> None:
    dialog = ProduireNotesDialog(services_prets, [FINALE, 99])
    dialog.dossier.setText(str(tmp_path / "n"))
    dialog.show()
    dialog.produire.click()
    dialog.reject()
    qtbot.waitUntil(lambda: bool(alertes.dits), timeout=LENT)
    ((genre, texte),) = alertes.dits
    assert genre == "warn"
    assert plat(texte).startswith("1 note écrite. 1 note n’a pas pu être écrite.")
    assert "99" in texte


def test_a_campagne_read_only_prints_nothing(services_prets: Services, campagne_demo: Path) -> None:
    services_prets.campagne.open(campagne_demo, auteur="", lecture_seule=True)
    dialog = ProduireNotesDialog(services_prets, [FINALE])
    assert not dialog.produire.isEnabled()
    assert "lecture seule" in dialog.panne.texte.text()
