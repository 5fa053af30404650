"""Archives of pieces in the assistant, older files, files imported again, and the undoing of an import."""

from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from pytestqt.qtbot import QtBot

from o2r_desktop import operations
from o2r_desktop.operations import Session
from o2r_desktop.store import pieces as store_pieces
from tests.o2r_desktop.test_reception_preparation import changer
from tests.ui.conftest import Enregistreur
from tests.ui.pages.test_importer import DEMO_XLSX, attendre, attendre_controle, etat, numeros, ouvrir
from ui.models.lignes_import import EtatLigne
from ui.pages.importer import ImporterPage
from ui.services import Services

PRESENT, ABSENT = 25000105, 99000001


@pytest.fixture
def page(qtbot: QtBot, services_demo: Services) -> ImporterPage:
    return ouvrir(qtbot, services_demo)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A standard archive: two new files of a dossier, one of a dossier that nobody knows, one that was lost."""
    chemin = tmp_path / "dossiers_offre_2025-08-21_10-30.zip"
    with ZipFile(chemin, "w") as zip_:
        for numero, nom in ((PRESENT, "neuf-<b>.pdf"), (PRESENT, "autre.pdf"), (ABSENT, "perdu.pdf")):
            zip_.writestr(f"export/dossier-{numero}/pieces_justificatives/{nom}", b"%PDF-1.4 " + nom.encode())
    return chemin


def test_an_archive_alone_enters(qtbot: QtBot, page: ImporterPage, archive: Path) -> None:
    page.begin([archive])
    attendre(qtbot, page, page.controle)
    controle = page.controle
    assert controle.modele.count(EtatLigne.PIECES) == 1
    assert controle.modele.ligne(0).numero == PRESENT
    assert controle.importer.text().startswith("Importer 2\u00a0pièces")
    details = controle.details.toPlainText()
    assert "✓ à recevoir" in details
    assert "neuf-<b>.pdf" in details
    controle.onglet_pieces.click()
    pieces = controle.pieces.toPlainText().replace("\u202f", " ").replace("\u00a0", " ")
    assert "Dossier 99 000 001 : perdu.pdf" in pieces
    assert "99 000 001" in controle.lus.toPlainText().replace("\u202f", " ")
    page.write()
    attendre(qtbot, page, page.rapport)
    session = page.services.campagne.session
    recues = [p.nom for p in store_pieces.received(session.campagne, PRESENT)]
    assert {"neuf-<b>.pdf", "autre.pdf"} <= set(recues)
    texte = page.rapport.texte.toPlainText().replace("\u00a0", " ")
    assert "2 reçues" in texte
    assert "1 de dossier inconnu" in texte


@pytest.mark.parametrize(("numero", "figee"), [(PRESENT, False), (25000101, True)])
def test_what_stands_on_a_replaced_file_is_told_before(
    qtbot: QtBot, page: ImporterPage, tmp_path: Path, numero: int, figee: bool
) -> None:
    for jour in ("04-07-2025", "05-07-2025"):
        chemin = tmp_path / f"{jour}.zip"
        with ZipFile(chemin, "w") as zip_:
            zip_.writestr(f"export/dossier-{numero}/pieces_justificatives/lettre-{jour}-16-03-7.pdf", jour)
        page.begin([chemin])
        attendre(qtbot, page, page.controle)
        if jour < "05":
            page.write()
            attendre(qtbot, page, page.rapport)
            _citer(page.services.campagne.session, numero)
    ligne = page.controle.modele.ligne(0)
    assert (ligne.numero, ligne.etat, ligne.a_reconfirmer) == (numero, EtatLigne.PIECES, ("REC-02",))
    assert "1\u00a0à reconfirmer" in ligne.raisons
    assert ("est figée et ses pièces changent" in ligne.raisons) is figee
    assert "À reconfirmer après l’import" in page.controle.details.toPlainText()
    assert "1\u00a0réponse de 1\u00a0dossier (REC-02)" in page.controle.annonce.text()
    page.controle.rien.click()
    assert "À reconfirmer" not in page.controle.annonce.text()
    page.controle.tout.click()
    page.write()
    attendre(qtbot, page, page.rapport)
    assert "REC-02" in page.rapport.texte.toPlainText()


def _citer(session: Session, numero: int) -> None:
    """Have an answer stand on the file, as if it had been cited before the evaluation was frozen."""
    if numero == PRESENT:
        operations.save_reponse(session, numero, "REC-02", "oui")
    preuves = '[{"ou": "lettre.pdf", "page": 1, "extrait": "", "empreinte": ""}]'
    with session.campagne.db.atomic():
        session.campagne.db.execute(
            "UPDATE reponse SET preuves = ? WHERE numero = ? AND critere = 'REC-02'", [preuves, numero]
        )


def test_a_dossier_left_out_leaves_its_files(qtbot: QtBot, page: ImporterPage, archive: Path) -> None:
    page.begin([archive])
    attendre(qtbot, page, page.controle)
    page.controle.rien.click()
    assert not page.controle.importer.isEnabled()
    assert page.controle.retained()[1][0].nouvelles == ()


def test_an_archive_that_brings_nothing_says_so(qtbot: QtBot, page: ImporterPage, archive: Path) -> None:
    for _ in range(2):
        page.begin([archive])
        attendre(qtbot, page, page.controle)
        if page.controle.importer.isEnabled():
            page.write()
            attendre(qtbot, page, page.rapport)
    assert "n’apporte rien de nouveau" in page.controle.message.texte.text()


def test_the_same_file_again_names_its_dossiers(qtbot: QtBot, page: ImporterPage, tmp_path: Path) -> None:
    change = changer(
        DEMO_XLSX, tmp_path / "seul.xlsx", 25000101, {"Déposé le": datetime.fromisoformat("2025-08-13T12:00:01")}
    )
    page.begin([change])
    attendre_controle(qtbot, page)
    page.write()
    attendre(qtbot, page, page.rapport)
    page.begin([change])
    attendre_controle(qtbot, page)
    assert page.controle.modele.count(EtatLigne.INCHANGE) == 14
    assert all(page.controle.modele.ligne(i).apercu is not None for i in range(14))
    assert "déjà été importé le" in page.controle.lus.toPlainText()
    assert "déjà importé tel quel" in page.controle.details.toPlainText()


def test_an_older_file_is_not_ticked_and_tells_both_dates(qtbot: QtBot, page: ImporterPage, tmp_path: Path) -> None:
    vieux = changer(
        DEMO_XLSX,
        tmp_path / "vieux.xlsx",
        25000101,
        {
            "Déposé le": datetime.fromisoformat("2025-08-13T12:00:01"),
            "Dernière mise à jour le": datetime.fromisoformat("2025-01-02T03:04:05"),
        },
    )
    page.begin([vieux])
    attendre_controle(qtbot, page)
    ligne = page.controle.modele.ligne(0)
    assert (ligne.numero, ligne.etat) == (25000101, EtatLigne.MODIFIE)
    assert not page.controle.modele.ticked_at(0)
    assert not page.controle.importer.isEnabled()
    details = page.controle.details.toPlainText()
    assert "02/01/2025 à 03:04:05 dans ce fichier" in details
    assert "dans la campagne" in details
    page.controle.tout.click()
    assert page.controle.importer.isEnabled()


def test_the_last_import_is_undone_from_its_report(
    qtbot: QtBot, page: ImporterPage, archive: Path, alertes: Enregistreur
) -> None:
    services = page.services
    avant = numeros(services)
    page.begin([archive])
    attendre(qtbot, page, page.controle)
    page.write()
    attendre(qtbot, page, page.rapport)
    assert page.rapport.annuler.isVisible()
    page.rapport.annuler.click()
    assert "2\u00a0pièces reçues s’en iront" in alertes.dits[-1][1]
    assert not page.leave()
    attendre(qtbot, page, page.rapport)
    assert numeros(services) == avant
    assert [p.nom for p in store_pieces.received(services.campagne.session.campagne, PRESENT)].count(
        "autre.pdf"
    ) == 0
    assert "2\u00a0pièces retirées" in page.rapport.message.texte.text()
    assert "annulé le" in page.rapport.texte.toPlainText()
    assert page.leave()


def test_thinking_again_undoes_nothing(
    qtbot: QtBot, page: ImporterPage, archive: Path, alertes: Enregistreur
) -> None:
    page.begin([archive])
    attendre(qtbot, page, page.controle)
    page.write()
    attendre(qtbot, page, page.rapport)
    avant = etat(page.services)
    alertes.reponse = False
    page.rapport.annuler.click()
    assert not page.services.taches.busy
    assert etat(page.services) == avant


def test_an_older_report_cannot_be_undone(qtbot: QtBot, page: ImporterPage, archive: Path) -> None:
    page.begin([archive])
    attendre(qtbot, page, page.controle)
    page.write()
    attendre(qtbot, page, page.rapport)
    page.show_rapport(1)
    qtbot.waitUntil(lambda: page.rapport.comptes[0].rapport.id == 1 and not page.services.taches.busy)
    assert not page.rapport.annuler.isVisible()
    assert operations.is_campagne(page.services.campagne.dossier)
