"""The list of dossiers as a table: words, unknowns, pills, one row that changes."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from o2r_desktop import suivi
from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.evaluation.reponses import EtatEvaluation, Reponse, TypeAvis
from o2r_desktop.suivi import Colonne, LigneSuivi, Resume, Suivi
from o2r_desktop.text import NBSP, NNBSP
from ui.models.dossiers import COLONNES, DossiersModel, phrase_cellule, texte_cellule, values_in
from ui.services import Services
from ui.theme import Ton
from ui.widgets.delegates import Barre, Pilule, Role

CONCLU, AVEC_RESERVES, VIERGE = 25000104, 25000101, 25000108


@pytest.fixture
def lignes(services_demo: Services) -> Suivi:
    session, lu = services_demo.campagne.session, services_demo.campagne.suivi
    assert lu is not None
    lu.avec_resumes(suivi.calculer_resumes(session, lu.sans_resume()))
    return lu


@pytest.fixture
def modele(lignes: Suivi) -> DossiersModel:
    modele = DossiersModel()
    modele.show(lignes, range(len(lignes)))
    return modele


def ligne_de(lignes: Suivi, numero: int) -> LigneSuivi:
    rang = lignes.rang(numero)
    assert rang is not None
    return lignes.ligne(rang)


def cellule(
    modele: DossiersModel, numero: int, colonne: Colonne, role: int = Qt.ItemDataRole.DisplayRole
) -> object:
    ligne = modele.row_of(numero)
    assert ligne is not None
    return modele.index(ligne, COLONNES.index(colonne)).data(role)


def test_the_model_keeps_the_promises_of_qt(modele: DossiersModel, lignes: Suivi) -> None:
    QAbstractItemModelTester(modele, QAbstractItemModelTester.FailureReportingMode.Warning)

    modele.show(lignes, [3, 1])
    modele.row_changed(modele.numero(0))
    modele.show(None)

    assert modele.rowCount() == 0


def test_a_row_reads_as_french_people_write(modele: DossiersModel) -> None:
    assert cellule(modele, CONCLU, Colonne.NUMERO) == f"25{NNBSP}000{NNBSP}104"
    assert cellule(modele, CONCLU, Colonne.PORTEUR) == "La Fabrique des Chemins"
    assert cellule(modele, CONCLU, Colonne.COUT) == f"312{NNBSP}000{NBSP}€"
    assert cellule(modele, CONCLU, Colonne.SCORE) == "82,0"
    assert cellule(modele, CONCLU, Colonne.AVANCEMENT) == "60/60"


@pytest.mark.parametrize(
    ("colonne", "champ"),
    [
        (Colonne.COUT, "cout_total"),
        (Colonne.DEMANDE, "demande"),
        (Colonne.SCORE, "score"),
        (Colonne.DEPOT, "depot"),
        (Colonne.BENEFICIAIRES, "beneficiaires"),
        (Colonne.AVIS, "avis"),
    ],
)
def test_what_is_unknown_is_a_dash_and_never_zero(lignes: Suivi, colonne: Colonne, champ: str) -> None:
    ligne = replace(ligne_de(lignes, CONCLU), **{champ: None})

    assert texte_cellule(colonne, ligne) == "—"
    assert "0" not in texte_cellule(colonne, ligne)


def test_an_unknown_amount_says_so_to_who_cannot_see_it(lignes: Suivi) -> None:
    ligne = replace(ligne_de(lignes, CONCLU), demande=None)

    assert phrase_cellule(Colonne.DEMANDE, ligne) == f"Demande{NBSP}: non renseigné"


def test_amounts_are_whole_in_the_cell_and_to_the_cent_in_the_tooltip(lignes: Suivi) -> None:
    ligne = replace(ligne_de(lignes, CONCLU), cout_total=Decimal("149999.50"))

    assert texte_cellule(Colonne.COUT, ligne) == f"150{NNBSP}000{NBSP}€"
    assert phrase_cellule(Colonne.COUT, ligne) == f"Coût total sur 3 ans{NBSP}: 149{NNBSP}999,50{NBSP}€"


def test_text_of_a_dossier_is_never_obeyed_by_a_tooltip(lignes: Suivi) -> None:
    from ui.models.dossiers import _infobulle as infobulle

    ligne = replace(ligne_de(lignes, CONCLU), porteur="<b>Asso</b> & <img src='x'>")

    assert infobulle(Colonne.PORTEUR, ligne).startswith("<p>&lt;b&gt;Asso&lt;/b&gt; &amp; &lt;img")


def test_a_summary_that_is_not_computed_yet_is_awaited(lignes: Suivi) -> None:
    ligne = replace(ligne_de(lignes, CONCLU), resume=None)

    assert {texte_cellule(c, ligne) for c in (Colonne.PUBLICS, Colonne.PRIORITE, Colonne.CONTROLE)} == {"…"}
    assert "calcul" in phrase_cellule(Colonne.CONTROLE, ligne)


@pytest.mark.parametrize(
    ("resultat", "texte", "ton"),
    [
        (Resultat.CONFORME, "✓ mots", Ton.BON),
        (Resultat.ALERTE, "! mots", Ton.ALERTE),
        (Resultat.NON_CONFORME, "✕ mots", Ton.MAUVAIS),
        (Resultat.INCONNU, "? mots", Ton.NEUTRE),
    ],
)
def test_a_finding_is_a_sign_a_word_and_a_tone(lignes: Suivi, resultat: Resultat, texte: str, ton: Ton) -> None:
    resume = Resume(priorite="P1", controle=resultat, libelle="mots", publics=())
    ligne = replace(ligne_de(lignes, CONCLU), resume=resume)
    modele = DossiersModel()

    assert texte_cellule(Colonne.CONTROLE, ligne) == texte
    assert phrase_cellule(Colonne.CONTROLE, ligne).lower().startswith(resultat.libelle)
    assert modele.rowCount() == 0
    assert _pilule(Colonne.CONTROLE, ligne) == Pilule(ton=ton)


def _pilule(colonne: Colonne, ligne: LigneSuivi) -> object:
    from ui.models.dossiers import _pilule as pilule

    return pilule(colonne, ligne)


def test_an_opinion_that_may_change_says_so(lignes: Suivi) -> None:
    ligne = replace(
        ligne_de(lignes, CONCLU), avis=TypeAvis.FAVORABLE, avis_en_projet=True, etat=EtatEvaluation.EN_COURS
    )

    assert texte_cellule(Colonne.AVIS, ligne) == "Favorable (projet)"
    long = replace(ligne, avis=TypeAvis.FAVORABLE_AVEC_RESERVES)
    assert texte_cellule(Colonne.AVIS, long) == "Fav. réserves (projet)"
    assert texte_cellule(Colonne.AVIS, replace(long, avis_en_projet=False)) == "Fav. avec réserves"
    assert phrase_cellule(Colonne.AVIS, long) == "Favorable avec réserves (projet, non finalisé)"
    assert _pilule(Colonne.AVIS, ligne) == Pilule(ton=Ton.BON, en_projet=True)


def test_pills_bars_and_words_beside_come_through_qt_whole(modele: DossiersModel) -> None:
    assert cellule(modele, AVEC_RESERVES, Colonne.AVIS, Role.PASTILLE) == Pilule(ton=Ton.ALERTE)
    assert cellule(modele, CONCLU, Colonne.AVANCEMENT, Role.BARRE) == Barre(fait=60, attendu=60)
    assert cellule(modele, CONCLU, Colonne.SCORE, Role.SUITE) is None
    assert cellule(modele, VIERGE, Colonne.PORTEUR, Role.PASTILLE) is None


def test_a_provisional_score_says_so(services_demo: Services, modele: DossiersModel) -> None:
    grille = services_demo.campagne.session.grille
    critere = next(c for c in grille.criteres if c.poids and c.niveaux)
    services_demo.campagne.save_reponse(VIERGE, Reponse(critere=critere.id, valeur="3"), "niveau")

    assert cellule(modele, VIERGE, Colonne.SCORE, Role.SUITE) == "prov."
    assert "provisoire" in str(cellule(modele, VIERGE, Colonne.SCORE, Qt.ItemDataRole.ToolTipRole))


def test_one_answer_repaints_one_row(services_demo: Services, modele: DossiersModel, qtbot: QtBot) -> None:
    critere = services_demo.campagne.session.grille.criteres[0]
    services_demo.campagne.save_reponse(VIERGE, Reponse(critere=critere.id, valeur="oui"), "réponse")

    with qtbot.waitSignal(modele.dataChanged) as attente:
        modele.row_changed(VIERGE)

    haut, bas = attente.args[0], attente.args[1]
    assert (haut.row(), bas.row()) == (modele.row_of(VIERGE), modele.row_of(VIERGE))
    assert (haut.column(), bas.column()) == (0, len(COLONNES) - 1)


def test_a_row_that_is_not_shown_changes_nothing(lignes: Suivi, qtbot: QtBot) -> None:
    modele = DossiersModel()
    modele.show(lignes, [0])
    autre = lignes.numero(5)

    with qtbot.assertNotEmitted(modele.dataChanged):
        modele.row_changed(autre)

    assert modele.row_of(autre) is None
    assert modele.row_of(1) is None


def test_every_cell_has_words(modele: DossiersModel) -> None:
    roles = (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    )
    muettes = [
        (modele.numero(ligne), colonne, role)
        for ligne in range(modele.rowCount())
        for place, colonne in enumerate(COLONNES)
        for role in roles
        if not modele.index(ligne, place).data(role)
    ]

    assert muettes == []


def test_the_header_shows_and_says_the_order(modele: DossiersModel) -> None:
    modele.show_order((Colonne.DEMANDE, True))
    place = COLONNES.index(Colonne.DEMANDE)
    horizontal = Qt.Orientation.Horizontal

    assert modele.headerData(place, horizontal) == "↓ Demande"
    assert modele.headerData(place, horizontal, Qt.ItemDataRole.AccessibleTextRole) == "Demande, ordre décroissant"
    modele.show_order((Colonne.PORTEUR, False))
    assert modele.headerData(COLONNES.index(Colonne.PORTEUR), horizontal) == "Porteur ↑"
    assert modele.headerData(place, horizontal) == "Demande"


def test_values_of_a_column_are_counted_looking_at_few_rows(lignes: Suivi) -> None:
    attendu: dict[str, int] = {}
    for rang in range(len(lignes)):
        resume = lignes.ligne(rang).resume
        assert resume is not None
        attendu[resume.priorite] = attendu.get(resume.priorite, 0) + 1

    trouve = dict(values_in(lignes, Colonne.PRIORITE, lambda ligne: ligne.resume.priorite if ligne.resume else ""))

    assert trouve == attendu
