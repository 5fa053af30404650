"""Hostile texts in the window: names, titles, headers, pieces, files are shown as text, and obeyed by nothing."""

import json
import os
import shutil
import time
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from o2r_desktop import reception, suivi
from tests.hostile import archives, exports
from tests.hostile.archives import NOMS
from tests.hostile.textes import COMMANDES, IMPOSSIBLES, TEXTES
from tests.hostile.zips import ecrire, range_tel_quel
from tests.ui.conftest import alertes, police, qapp, services
from tests.ui.pages.test_importer import attendre, attendre_controle
from ui.models.lignes_import import EtatLigne
from ui.navigation import Onglet
from ui.pages.dossier.page import DossierPage
from ui.pages.dossiers import DossiersPage
from ui.pages.importation.impression import write_pdf
from ui.pages.importation.recit import tell_report
from ui.pages.importer import ImporterPage
from ui.services import Services

__all__ = ["alertes", "police", "qapp", "services"]

PORTES = TEXTES | COMMANDES | IMPOSSIBLES
BALISES = ("<b>", "<img", "<script", "<a ", "</para>")
CACHES = frozenset("\x00\x07\x1b\x7f\x9b\u202e")
FICHIER = "b<b>gras.json" if os.name == "posix" else "b &amp; c.json"
LENT = 10.0
"""Seconds that showing one dossier never takes, on a machine busy with other tests."""


@pytest.fixture(scope="module")
def modele(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campagne of a dossier for each text, and of pieces of hostile names for the first."""
    lieu = tmp_path_factory.mktemp("fenetre")
    _export(lieu / "a.json", PORTES)
    _archive(lieu / archives.NOM)
    reception.import_files(lieu / "ami", [lieu / "a.json", lieu / archives.NOM], auteur="essai", essai=False)
    return lieu / "ami"


def _export(chemin: Path, textes: dict[str, str]) -> None:
    """Write an answer of the API whose headers bear the texts too."""
    noeuds = []
    for numero, texte in enumerate(textes.values(), 1):
        champs = [
            {"id": f"Q2hhbXAt{rang}", "label": libelle, "stringValue": texte}
            for rang, libelle in enumerate(("Intitulé du projet", exports.LIBRE, texte[:5_000] or "x"))
        ]
        noeuds.append(exports.noeud(numero, texte, champs=champs))
    chemin.write_text(json.dumps({"data": {"demarche": {"number": 1, "dossiers": {"nodes": noeuds}}}}), "utf-8")


def _archive(chemin: Path) -> None:
    ici = "export/dossier-1/pieces_justificatives/"
    ecrire(chemin, [range_tel_quel(ici + nom, b"octets %d" % rang) for rang, nom in enumerate(NOMS)])


@pytest.fixture
def ouverts(services: Services, modele: Path, tmp_path: Path) -> Services:
    services.campagne.open(Path(shutil.copytree(modele, tmp_path / "ami")), auteur="Camille Essai")
    services.campagne.load_suivi()
    return services


def _montrer(qtbot: QtBot, page: QWidget) -> None:
    qtbot.addWidget(page)
    page.resize(1302, 690)
    page.show()


def _examiner(page: QWidget) -> None:
    """Look at every label, tooltip and row: what looks like markup must be told to be none."""
    for label in page.findChildren(QLabel):
        if any(balise in label.text() for balise in BALISES):
            assert label.textFormat() == Qt.TextFormat.PlainText, label.text()[:200]
        assert not CACHES & set(label.text()), label.text()[:200]
    for widget in [page, *page.findChildren(QWidget)]:
        _bulle(widget.toolTip())
    for vue in page.findChildren(QAbstractItemView):
        _rangees(vue.model())


def _rangees(modele: QAbstractItemModel | None) -> None:
    if modele is None:
        return
    for rang in range(min(modele.rowCount(), 100)):
        for colonne in range(1 if isinstance(modele, QAbstractListModel) else modele.columnCount()):
            index = modele.index(rang, colonne)
            _bulle(str(index.data(Qt.ItemDataRole.ToolTipRole) or ""))
            assert not CACHES & set(str(index.data() or "")), str(index.data())[:200]


def _bulle(texte: str) -> None:
    """No markup in a tooltip: Qt would obey it."""
    assert not [balise for balise in BALISES if balise in texte], texte[:200]
    assert not CACHES & set(texte), texte[:200]


def test_the_list_shows_texts(qtbot: QtBot, ouverts: Services) -> None:
    lu = ouverts.campagne.suivi
    assert lu is not None
    lu.avec_resumes(suivi.calculer_resumes(ouverts.campagne.session, lu.sans_resume()))
    page = DossiersPage(ouverts)
    _montrer(qtbot, page)
    page.enter()
    assert len(page.numeros_affiches()) == len(PORTES)
    for rang in range(len(PORTES)):
        debut = time.monotonic()
        page.table.selectRow(rang)
        page.grab()
        _examiner(page)
        assert time.monotonic() - debut < LENT


def test_the_page_of_a_dossier_shows_texts(qtbot: QtBot, ouverts: Services) -> None:
    page = DossierPage(ouverts)
    _montrer(qtbot, page)
    page.enter()
    for numero in range(1, len(PORTES) + 1):
        for cle in Onglet:
            debut = time.monotonic()
            assert page.open_dossier(numero, onglet=cle.value)
            page.grab()
            _examiner(page)
            assert time.monotonic() - debut < LENT
    qtbot.waitUntil(lambda: not ouverts.taches.busy, timeout=30_000)


def test_the_import_shows_texts(qtbot: QtBot, services: Services, modele: Path, tmp_path: Path) -> None:
    autres = {nom: texte + " changé" for nom, texte in PORTES.items()}
    _export(tmp_path / FICHIER, autres)
    services.campagne.open(Path(shutil.copytree(modele, tmp_path / "ami")), auteur="Camille Essai")
    services.campagne.load_suivi()
    page = ImporterPage(services)
    _montrer(qtbot, page)
    page.enter()
    page.begin([tmp_path / FICHIER, modele.parent / archives.NOM])
    etapes = (page.correspondance, page.controle)
    qtbot.waitUntil(lambda: page.pile.currentWidget() in etapes and not services.taches.busy, timeout=60_000)
    page.grab()
    _examiner(page)
    attendre_controle(qtbot, page)
    assert page.controle.modele.count(EtatLigne.MODIFIE) == len(PORTES)
    assert page.controle.lus.verticalScrollBar().value() == 0
    for rang in range(page.controle.modele.rowCount()):
        debut = time.monotonic()
        page.controle.table.selectRow(rang)
        page.grab()
        assert time.monotonic() - debut < LENT
    _examiner(page)
    _documents(page)
    page.write()
    attendre(qtbot, page, page.rapport)
    page.grab()
    _examiner(page)
    _documents(page)
    assert "<b>gras</b> <script>alert(1)</script>" in page.rapport.texte.toPlainText()
    assert FICHIER in page.rapport.texte.toPlainText()


def _documents(page: QWidget) -> None:
    """Look at laid out texts: nothing in them is an image, a link or a hidden sign."""
    for texte in [t for t in page.findChildren(QWidget) if isinstance(t, (QTextEdit, QPlainTextEdit))]:
        dit = texte.toPlainText()
        assert not CACHES & set(dit)
        html = texte.document().toHtml()
        assert "<img" not in html
        assert "<a href" not in html


def test_the_printed_report_shows_texts(services: Services, modele: Path, tmp_path: Path) -> None:
    services.campagne.open(Path(shutil.copytree(modele, tmp_path / "ami")), auteur="Camille Essai")
    session = services.campagne.session
    comptes = [reception.compte_rendu(session, rang) for rang in (1, 2)]
    chemin = write_pdf(
        tmp_path / "rapport.pdf", "Rapport <b>", QFont(), lambda p: tell_report(p, comptes, "<b>nom\x1b\u202e</b>")
    )
    with pypdfium2.PdfDocument(chemin.read_bytes()) as pdf:
        dit = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert "<b>nom</b>" in dit
    assert "<script>alert(1)</script>" in dit
