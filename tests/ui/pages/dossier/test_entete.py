"""The header: words, amounts, widths."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from o2r_desktop.evaluation.reponses import EtatEvaluation
from o2r_desktop.operations import DossierComplet
from o2r_desktop.text import NBSP
from ui.pages.dossier.entete import Entete, delai, etat_dit, lieu_et_depot, sommes
from ui.services import Services
from ui.theme import Ton

NOM_LONG = "Association départementale pour l’insertion <b>sociale</b> et professionnelle des publics " * 3


@pytest.fixture
def complet(services_demo: Services) -> DossierComplet:
    return services_demo.campagne.complet(25000103)


@pytest.fixture
def entete(services_demo: Services, qtbot: QtBot) -> Entete:
    entete = Entete(services_demo)
    qtbot.addWidget(entete)
    return entete


def test_amounts_have_their_cents_or_are_said_unknown(complet: DossierComplet) -> None:
    assert sommes(complet.dossier) == (
        "1\u202f000\u202f000,00\u00a0€", "demandés sur 3\u00a0ans · coût 1\u202f385\u202f000,00\u00a0€",
    )  # fmt: skip
    vide = replace(complet.dossier, champs=())
    assert sommes(vide) == ("Demande non renseignée", "coût non renseigné")
    assert lieu_et_depot(replace(vide, depot=None))[0].replace(NBSP, " ") == (
        "n° 25\u202f000\u202f103 · département non renseigné · date de dépôt non renseignée"
    )


def test_the_deadline_is_said_by_the_finding(services_demo: Services, complet: DossierComplet) -> None:
    assert delai(complet.constats) == ("✓ dans le délai", Ton.BON)
    assert delai(()) == ("? délai à vérifier", Ton.ALERTE)
    dits = {delai(services_demo.campagne.complet(n).constats)[0] for n in range(25000101, 25000123)}
    assert "✕ hors délai" in dits


@pytest.mark.parametrize(
    ("etat", "attendu"),
    [
        (EtatEvaluation.VIDE, "○ À commencer"),
        (EtatEvaluation.EN_COURS, "◐ En cours 0/60"),
        (EtatEvaluation.COMPLETE, "● Complète"),
        (EtatEvaluation.FINALISEE, "✓ Finalisée"),
        (EtatEvaluation.ROUVERTE, "◐ Rouverte 0/60"),
    ],
)
def test_the_state_is_a_word_and_a_sign(
    services_demo: Services, complet: DossierComplet, etat: EtatEvaluation, attendu: str
) -> None:
    change = replace(complet, evaluation=replace(complet.evaluation, etat=etat))
    assert etat_dit(services_demo.campagne.session.grille, change)[0] == attendu


def test_a_long_name_is_cut_and_whole_in_its_tooltip(
    services_demo: Services, complet: DossierComplet, entete: Entete
) -> None:
    porteur = replace(complet.dossier.porteur, nom=NOM_LONG)
    entete.resize(1302, 60)
    entete.show()
    entete.show_dossier(
        services_demo.campagne.session.grille,
        replace(complet, dossier=replace(complet.dossier, porteur=porteur)),
    )
    assert entete.titre.text().endswith("…")
    assert entete.titre.accessibleName() == NOM_LONG
    assert "professionnelle" in entete.titre.toolTip()
    assert "<" not in entete.titre.toolTip()


@pytest.mark.parametrize("taille", [100, 200])
def test_nothing_is_cut_at_any_text_size(
    services_demo: Services, complet: DossierComplet, entete: Entete, taille: int, qtbot: QtBot
) -> None:
    services_demo.theme.set_taille(taille)
    try:
        entete.show_dossier(services_demo.campagne.session.grille, complet)
        entete.show_position("12 / 27 · vue « À instruire »", avant=True, apres=True)
        entete.show()
        entete.resize(1302, entete.heightForWidth(1302))
        qtbot.waitUntil(lambda: entete.height() >= entete.layout().heightForWidth(1302))
        for mots in entete.findChildren(QLabel):
            if mots is entete.titre or not mots.isVisible():
                continue
            assert mots.wordWrap() or mots.width() >= mots.sizeHint().width(), mots.text()
            assert mots.height() >= mots.heightForWidth(mots.width()), mots.text()
            fin = mots.mapTo(entete, mots.rect().bottomRight())
            assert fin.x() <= 1302
            assert fin.y() <= entete.height()
    finally:
        services_demo.theme.set_taille(100)


def test_the_departments_give_way_when_the_width_lacks(entete: Entete, services_demo: Services) -> None:
    entete.show_dossier(services_demo.campagne.session.grille, services_demo.campagne.complet(25000113))
    entete.show()
    dits = []
    for largeur in range(2000, 900, -20):
        entete.resize(largeur, 80)
        entete.grab()
        dits.append(entete.lieu.text())
        assert dits[-1].endswith(f"07/08/2025{NBSP}à{NBSP}13:44:21"), largeur
    assert "Loire-Atlantique (44)" in dits[0]
    assert any(f"dép.{NBSP}44" in dit for dit in dits)
    assert entete.lieu.accessibleName() == entete.lieu.texte == dits[0]
