"""The form: what the applicant wrote, all of it, as text."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from o2r_desktop import operations, reception
from o2r_desktop.dossiers.champs import Champ, TypeChamp
from o2r_desktop.dossiers.model import Membre
from o2r_desktop.operations import DossierComplet
from o2r_desktop.resources import resource
from ui.pages.dossier.formulaire import FormulaireVolet
from ui.services import Services

NUMERO = 25_000_108
BLANCS = str.maketrans("\u00a0\u202f", "  ")


@pytest.fixture
def volet(services_demo: Services, qtbot: QtBot) -> FormulaireVolet:
    volet = FormulaireVolet(services_demo)
    qtbot.addWidget(volet)
    volet.resize(900, 700)
    volet.show()
    volet.show_dossier(services_demo.campagne.complet(NUMERO))
    return volet


def texte(volet: FormulaireVolet) -> str:
    return volet.vue.document().toRawText().replace("\u2029", "\n").translate(BLANCS)


def surlignes(volet: FormulaireVolet) -> list[str]:
    """What has a ground, the strongest last."""
    selections = volet.vue.extraSelections()
    return [s.cursor.selectedText() for s in selections]


def avec(volet: FormulaireVolet, *champs: Champ, membres: tuple[Membre, ...] = ()) -> DossierComplet:
    """The same dossier with other fields."""
    complet = volet.services.campagne.complet(NUMERO)
    return replace(complet, dossier=replace(complet.dossier, champs=champs, membres=membres))


def test_every_section_of_the_form_is_there_after_the_applicant(volet: FormulaireVolet) -> None:
    sections = volet.sections()
    assert sections[:3] == ["Porteur", "Porteur du projet", "Consortium"]
    assert sections[-1] == "Pièces et engagements"
    coupes = re.split("[\n\ufdd0\ufdd1]", texte(volet))
    assert [c for c in coupes if c in sections] == sections


def test_answers_are_said_in_french(volet: FormulaireVolet) -> None:
    dit = texte(volet)
    assert "SIRET\n025 101 080 00015" in dit
    assert "Association déclarée (catégorie 9220)" in dit
    assert "Date de création de la structure\n30/06/2006" in dit
    assert "Coût total du projet sur 3 ans (€)\n650 000,00 €" in dit
    assert "Lauréat de l'AMI O2R 2024 ?\nNon" in dit
    assert "Si oui, motif de la candidature\nnon renseigné" in dit
    assert "Montant des dépenses de formation (€)\n0 ou non renseigné  ? " in dit
    assert "statuts.pdf   ! manquante " in dit
    assert "• Jeunes de moins de 26 ans en rupture\n• Habitants de zones rurales isolées" in dit


def test_every_answer_of_a_real_export_is_shown(services: Services, qtbot: QtBot, tmp_path: Path) -> None:
    exports = [f for f in resource("demo").iterdir() if f.suffix == ".json"]
    assert exports
    reception.import_files(tmp_path / "c", exports, auteur="Essai", essai=False)
    services.campagne.open(tmp_path / "c", auteur="Essai")
    volet = FormulaireVolet(services)
    qtbot.addWidget(volet)
    for apercu in operations.list_dossiers(services.campagne.session):
        complet = services.campagne.complet(apercu.numero)
        volet.show_dossier(complet)
        dit = texte(volet)
        for champ in complet.dossier.champs:
            if isinstance(champ.valeur, str):
                assert champ.valeur.replace("\r\n", "\n").translate(BLANCS) in dit
        noms = [m.nom for m in complet.dossier.membres]
        noms += [c.financeur for c in complet.dossier.cofinancements or ()]
        assert all(nom.translate(BLANCS) in dit for nom in noms)


def test_years_stand_in_one_table_with_their_sum(volet: FormulaireVolet) -> None:
    dit = texte(volet)
    coupes = [p.strip("\ufdd0\ufdd1") for p in dit.replace("\ufdd0", "\n").split("\n")]
    ligne = coupes.index("Contribution O2R demandée")
    assert coupes[ligne : ligne + 5] == [
        "Contribution O2R demandée",
        "141 000 €",
        "172 000 €",
        "175 000 €",
        "488 000 €",
    ]


def test_a_year_that_is_unknown_leaves_no_sum(volet: FormulaireVolet) -> None:
    annees = [
        Champ(libelle=f"Coût – année {n}", attribut=f"cout_annee_{n}", type=TypeChamp.MONTANT, section="Budget",
              valeur=Decimal(valeur), zero_ou_vide=not valeur)
        for n, valeur in ((1, 10), (2, 0), (3, 30))
    ]  # fmt: skip
    volet.show_dossier(avec(volet, *annees))
    assert "10 €" in texte(volet)
    assert "incomplète" in texte(volet)
    assert "40 €" not in texte(volet)


def test_anomalies_and_members_are_shown(volet: FormulaireVolet) -> None:
    faux = Champ(libelle="Effectif", attribut="effectif_etp", type=TypeChamp.DECIMAL, section="Projet",
                 valeur="beaucoup", anomalie="n’est pas un nombre")  # fmt: skip
    membre = Membre(nom="Le Relais", siret="02510108000015", role="partenaire", contribution=Decimal("12.5"))
    volet.show_dossier(avec(volet, faux, membres=(membre,)))
    dit = texte(volet)
    assert "beaucoup" in dit
    assert "! n’est pas un nombre" in dit
    assert "Le Relais" in dit
    assert "025 101 080 00015" in dit
    assert "12,50 €" in dit
    assert "Consortium" in volet.sections()


def test_markup_and_odd_characters_stay_text(volet: FormulaireVolet) -> None:
    piege = "<b>gras</b> <img src='x'> &amp; [a](b)\u202e\x07\ufdd0fin 🐟 عربي"
    volet.show_dossier(avec(volet, Champ(libelle="<i>Question</i>", valeur=piege, section="<h1>Projet</h1>")))
    dit = texte(volet)
    assert "<b>gras</b> <img src='x'> &amp; [a](b)" in dit
    assert "<i>Question</i>" in dit
    assert volet.sections()[1] == "<h1>Projet</h1>"
    assert "fin 🐟 عربي" in dit
    assert "\u202e" not in dit


def test_a_field_cut_in_columns_is_one_answer(volet: FormulaireVolet) -> None:
    champs = [
        Champ(libelle="Commune", valeur="Laon (02000)"),
        Champ(libelle="Commune (Code INSEE)", valeur="02408"),
        Champ(libelle="Commune (Département)", valeur="02 – Aisne"),
        Champ(libelle="RIB", valeur=("a.pdf", "b.pdf"), attribut="rib", type=TypeChamp.PIECES),
        Champ(libelle="RIB – IBAN", valeur="FR76"),
    ]
    volet.show_dossier(avec(volet, *champs))
    dit = texte(volet)
    assert "Commune\nLaon (02000) — code INSEE 02408, département 02 – Aisne" in dit
    assert "Commune (" not in dit
    assert "b.pdf   ! manquante \nIBAN : FR76" in dit
    volet.cherche.setText("02 – aisne")
    assert volet.compte.text() == "1 sur 1"
    volet.cherche.clear()
    for libelle, debut in (("Commune (Département)", "Commune"), ("RIB – IBAN", "RIB"), ("rib", "RIB")):
        assert volet.show_champ(libelle)
        assert surlignes(volet)[0].startswith(f"{debut}\u2029")
    volet.brutes.setChecked(True)
    assert volet.table.modele.rowCount() == len(champs)


def test_a_very_long_answer_is_whole(volet: FormulaireVolet) -> None:
    long = "\n".join(f"ligne {n} été" for n in range(3_000)) + "x" * 5_000 + " FIN"
    assert len(long) > 40_000
    volet.show_dossier(
        avec(volet, Champ(libelle="Récit", valeur=long, attribut="resume", type=TypeChamp.TEXTE_LONG))
    )
    assert long in texte(volet)
    volet.cherche.setText("ligne 2999 ETE")
    assert volet.compte.text() == "1 sur 1"


def test_search_ignores_accents_and_goes_round(volet: FormulaireVolet, qtbot: QtBot) -> None:
    volet.cherche.setText("mobilite")
    assert volet.compte.text() == "1 sur 2"
    qtbot.keyClick(volet.cherche, Qt.Key.Key_F3)
    assert volet.compte.text() == "2 sur 2"
    assert surlignes(volet) == ["mobilité", "Mobilité", "Mobilité"]
    qtbot.keyClick(volet.cherche, Qt.Key.Key_F3)
    assert volet.compte.text() == "1 sur 2"
    qtbot.keyClick(volet.cherche, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert volet.compte.text() == "2 sur 2"
    qtbot.keyClick(volet.cherche, Qt.Key.Key_Escape)
    assert volet.cherche.text() == ""
    assert volet.vue.extraSelections() == []


def test_a_match_after_a_fish_is_where_it_should_be(volet: FormulaireVolet) -> None:
    volet.show_dossier(avec(volet, Champ(libelle="🐟🐟", valeur="œuvre « 🐟 » Éte\u0301", section="Projet")))
    volet.cherche.setText("oeuvre")
    assert surlignes(volet)[-1] == "œuvre"
    volet.cherche.setText("ete")
    assert surlignes(volet)[-1] == "Été"


def test_a_search_without_result_says_so(volet: FormulaireVolet) -> None:
    volet.cherche.setText("zygomatique")
    assert volet.compte.text() == "aucun résultat"
    assert not volet.suivant.isEnabled()


def test_a_field_is_shown_and_flashed(volet: FormulaireVolet) -> None:
    assert volet.show_champ("compta_analytique")
    assert volet.vue.verticalScrollBar().value() > 0
    assert surlignes(volet)[0].startswith("Disposez-vous d'une comptabilité analytique")
    (eclair,) = volet.vue.extraSelections()
    assert eclair.format.background().color().name() == volet.services.theme.couleurs.preuve
    assert volet.show_champ("demande_annee_2")
    assert not volet.show_champ("inconnu")


def test_a_section_is_shown(volet: FormulaireVolet) -> None:
    volet.show_section("Budget")
    assert volet.vue.cursorForPosition(volet.vue.viewport().rect().topLeft()).position() > 1_000
    assert surlignes(volet)[0] == "Budget"


def test_raw_fields_are_searched_and_copied(volet: FormulaireVolet, qtbot: QtBot) -> None:
    qtbot.mouseClick(volet.brutes, Qt.MouseButton.LeftButton)
    assert volet.compte.text().translate(BLANCS) == "94 sur 94 champs"
    volet.cherche.setText("cout annee_2")
    assert volet.table.modele.rowCount() == 1
    volet.table.setCurrentIndex(volet.table.modele.index(0, 1))
    qtbot.keyClick(volet.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "229000"
    volet.show_champ("resume")
    assert not volet.brutes.isChecked()


def test_the_doubt_on_zeros_is_explained(volet: FormulaireVolet, qtbot: QtBot) -> None:
    assert not volet.aide.isVisible()
    volet.vue.anchorClicked.emit(QUrl("zero"))
    assert "absence de réponse" in volet.aide.texte.text()
    qtbot.keyClick(volet.vue, Qt.Key.Key_Escape)
    assert not volet.aide.isVisible()


def test_a_narrow_page_has_lists_in_place_of_tables(volet: FormulaireVolet) -> None:
    volet.resize(360, 700)
    assert "Année 1 : 141 000 €" in texte(volet)


def test_the_place_is_kept_when_the_evaluation_changes(volet: FormulaireVolet) -> None:
    volet.vue.verticalScrollBar().setValue(400)
    document = volet.vue.document()
    volet.update_dossier(volet.services.campagne.complet(NUMERO))
    assert volet.vue.document() is document
    assert volet.vue.verticalScrollBar().value() == 400


def test_focus_and_names(volet: FormulaireVolet) -> None:
    volet.activateWindow()
    volet.focus_search()
    assert volet.cherche.hasFocus()
    volet.focus_first()
    assert volet.vue.hasFocus()
    assert volet.vue.accessibleName()
    assert volet.cherche.accessibleName()
