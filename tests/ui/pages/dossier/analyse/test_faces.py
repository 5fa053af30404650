"""Every face of the analysis on the demonstration: shown, named, undone, locked once the evaluation is final."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from o2r_desktop.analyse.angles import Angle
from o2r_desktop.analyse.reseau.modele import Mention, Statut
from ui.main_window import MainWindow
from ui.pages.dossier.analyse.analytique import AnalytiqueFace
from ui.pages.dossier.analyse.reseau import ReseauFace
from ui.pages.dossier.analyse.structure import StructureFace
from ui.pages.dossier.analyse.territoire import TerritoireFace
from ui.pages.dossier.analyse.volet import AnalyseVolet
from ui.pages.dossier.page import DossierPage

CONSORTIUM, FINALISE, RECENTE = 25_000_109, 25_000_101, 25_000_117


def ouvrir(fenetre: MainWindow, numero: int, angle: Angle) -> AnalyseVolet:
    fenetre.services.navigation.open_angle(numero, angle.value)
    page = fenetre.findChild(DossierPage)
    assert page is not None
    volet = page._onglets.analyse
    assert volet.angle is angle
    return volet


def test_each_face_shows_each_dossier(fenetre_demo: MainWindow) -> None:
    for numero in (CONSORTIUM, FINALISE, RECENTE):
        for angle in Angle:
            face = ouvrir(fenetre_demo, numero, angle).face
            assert face.isVisible()
            assert face.leave()
            face.focus_first()
            choisie = face.selection
            assert choisie is None or choisie.ou
            assert not [c for c in _controles(face) if not _nom(c)]


def _controles(face: QWidget) -> list[QWidget]:
    tous = [*face.findChildren(QAbstractButton), *face.findChildren(QLineEdit), *face.findChildren(QComboBox)]
    vus = [c for c in tous if c.isVisibleTo(face) and c.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return [c for c in vus if not c.objectName().startswith("qt_")]  # parts of a field that has a name


def _nom(controle: QWidget) -> str:
    return controle.accessibleName() or (controle.text() if isinstance(controle, QAbstractButton) else "")


def test_an_actor_set_aside_comes_back_with_undo(fenetre_demo: MainWindow) -> None:
    face = ouvrir(fenetre_demo, CONSORTIUM, Angle.RESEAU).face
    assert isinstance(face, ReseauFace)
    face.liste.filtre.setCurrentText("Nommés localement")
    ligne = face.liste.ligne
    assert ligne is not None
    assert ligne.citations
    face.fiche.statuts[Statut.ECARTE].click()
    campagne = fenetre_demo.services.campagne
    cle = f"reseau/acteur/{ligne.acteur.id}"
    assert campagne.complet(CONSORTIUM).evaluation.fiches[cle] == {"statut": "ecarte"}
    assert ligne.acteur.id not in [x.acteur.id for x in face.liste._lignes]
    campagne.history.undo()
    assert cle not in campagne.complet(CONSORTIUM).evaluation.fiches
    face.liste.filtre.setCurrentText("Non cités")
    assert {x.mention for x in face.liste._lignes} <= {Mention.ABSENTE}


def test_a_citation_leads_to_its_field_and_is_what_the_key_pins(fenetre_demo: MainWindow, qtbot: QtBot) -> None:
    face = ouvrir(fenetre_demo, CONSORTIUM, Angle.RESEAU).face
    assert isinstance(face, ReseauFace)
    face.liste.filtre.setCurrentText("Nommés localement")
    assert face.selection is not None
    assert face.selection.extrait
    citation = face.fiche.citation
    assert citation is not None
    signal = face.piece_requested if citation.empreinte else face.champ_requested
    with qtbot.waitSignal(signal):
        face.fiche.voir.click()


def test_a_note_on_an_actor_is_written_and_stays_with_its_dossier(fenetre_demo: MainWindow) -> None:
    face = ouvrir(fenetre_demo, CONSORTIUM, Angle.RESEAU).face
    assert isinstance(face, ReseauFace)
    ligne = face.liste.ligne
    assert ligne is not None
    face.fiche.note.setFocus()
    face.fiche.note.insertPlainText("vu en entretien")
    ouvrir(fenetre_demo, RECENTE, Angle.RESEAU)
    campagne, cle = fenetre_demo.services.campagne, f"reseau/acteur/{ligne.acteur.id}"
    assert campagne.complet(RECENTE).evaluation.fiches.get(cle) is None
    assert campagne.complet(CONSORTIUM).evaluation.fiches[cle]["note"] == "vu en entretien"


def test_nothing_changes_once_the_evaluation_is_final(fenetre_demo: MainWindow) -> None:
    face = ouvrir(fenetre_demo, FINALISE, Angle.RESEAU).face
    assert isinstance(face, ReseauFace)
    assert not any(b.isEnabled() for b in face.fiche.statuts.values())
    assert face.fiche.note.isReadOnly()


def test_undo_comes_back_to_the_angle_of_the_act(fenetre_demo: MainWindow) -> None:
    volet = ouvrir(fenetre_demo, CONSORTIUM, Angle.TERRITOIRE)
    assert isinstance(volet.face, TerritoireFace)
    assert volet.face.save(CONSORTIUM, {"territoire/note": "vu"}, "note sur le territoire")
    volet.show_angle(Angle.STRUCTURE)
    assert isinstance(volet.face, StructureFace)
    fenetre_demo.actions_fenetre["annuler"].trigger()
    assert volet.angle is Angle.TERRITOIRE
    assert "territoire/note" not in fenetre_demo.services.campagne.complet(CONSORTIUM).evaluation.fiches


def test_an_answer_of_the_sheet_makes_findings(fenetre_demo: MainWindow) -> None:
    face = ouvrir(fenetre_demo, RECENTE, Angle.ANALYTIQUE).face
    assert isinstance(face, AnalytiqueFace)
    assert face.save(RECENTE, {"analytique/section": {"reponse": "non"}}, "fiche analytique")
    analytique = fenetre_demo.services.campagne.complet(RECENTE).analyse.analytique
    assert any(c.id == "section" for c in analytique.conditions)
    constats = fenetre_demo.services.campagne.complet(RECENTE).constats
    assert any(c.critere == "ANA-02" for c in constats)
