"""The lines of the outline."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from o2r_desktop.evaluation.reponses import NON, OUI, Preuve, Reponse
from o2r_desktop.operations import DossierComplet, with_evaluation
from ui.models.plan import DOSSIER, GRILLE, PIECES, Entree, Genre, LecturePiece, PlanModel, Suites, plan
from ui.services import Services
from ui.theme import Ton


@pytest.fixture
def complet(services_demo: Services) -> DossierComplet:
    return services_demo.campagne.complet(25000103)


def avec(services: Services, complet: DossierComplet, *reponses: Reponse) -> DossierComplet:
    toutes = {**complet.evaluation.reponses, **{r.critere: r for r in reponses}}
    return with_evaluation(services.campagne.session, complet, replace(complet.evaluation, reponses=toutes))


def lignes(services: Services, complet: DossierComplet) -> dict[tuple[Genre, str], Entree]:
    trouvees = {}
    pile = list(plan(services.campagne.session.grille, complet))
    while pile:
        entree = pile.pop()
        trouvees[entree.genre, entree.cle] = entree
        pile += entree.enfants
    return trouvees


def test_the_groups_say_what_they_hold(services_demo: Services, complet: DossierComplet) -> None:
    groupes = lignes(services_demo, complet)
    assert groupes[Genre.GROUPE, PIECES].titre == "Pièces (16)"
    assert groupes[Genre.GROUPE, GRILLE].titre == "Grille · 0/60"
    assert [e.titre for e in groupes[Genre.GROUPE, DOSSIER].enfants][:3] == [
        "Porteur du projet",
        "Consortium",
        "Projet",
    ]
    assert (groupes[Genre.GROUPE, PIECES].mot, groupes[Genre.GROUPE, PIECES].signe) == ("aucune reçue", "!")
    assert {(e.mot, e.signe) for e in groupes[Genre.GROUPE, PIECES].enfants} == {("manquante", "!")}
    assert "Statuts" in next(e.bulle for e in groupes[Genre.GROUPE, PIECES].enfants if e.titre == "statuts.pdf")


def test_the_score_is_provisional_until_it_is_complete(services_demo: Services, complet: DossierComplet) -> None:
    un = avec(services_demo, complet, Reponse(critere="FIN-02", valeur="3"))
    assert lignes(services_demo, un)[Genre.GROUPE, GRILLE].titre == "Grille · 1/60 · provisoire 75,0"
    fini = services_demo.campagne.complet(25000101)
    assert lignes(services_demo, fini)[Genre.GROUPE, GRILLE].titre == "Grille · 60/60 · score 79,5"


def test_a_critere_says_its_state_in_word_sign_and_colour(services_demo: Services, complet: DossierComplet) -> None:
    dites = lignes(
        services_demo,
        avec(
            services_demo,
            complet,
            Reponse(critere="FIN-02", valeur="3"),
            Reponse(critere="REC-01", valeur=NON),
            Reponse(critere="REC-03", valeur=OUI, a_reconfirmer=True),
        ),
    )
    fait = dites[Genre.CRITERE, "FIN-02"]
    assert (fait.mot, fait.signe, fait.ton) == ("fait", "●", Ton.BON)
    assert fait.dite == "FIN-02 Fonds propres de la structure, fait, niveau 3"
    assert dites[Genre.CRITERE, "REC-01"].signe == "✕"
    assert dites[Genre.CRITERE, "REC-03"].ton is Ton.ALERTE
    assert dites[Genre.CRITERE, "FIN-01"].mot == "vide"
    recevabilite = dites[Genre.SECTION, "REC"]
    assert (recevabilite.mot, recevabilite.signe) == ("1/5", "✕")
    assert recevabilite.dite == "Recevabilité, 1 sur 5, bloquant"


def test_a_finished_section_says_so(services_demo: Services) -> None:
    dites = lignes(services_demo, services_demo.campagne.complet(25000101))
    assert (dites[Genre.SECTION, "FIN"].mot, dites[Genre.SECTION, "FIN"].signe) == ("8/8", "●")


def test_a_new_state_does_not_move_the_lines(
    services_demo: Services, complet: DossierComplet, qtbot: QtBot
) -> None:
    grille = services_demo.campagne.session.grille
    modele = PlanModel()
    QAbstractItemModelTester(modele, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert modele.set_plan(plan(grille, complet))
    index = modele.find(Genre.CRITERE, "FIN-02")
    change = []
    modele.dataChanged.connect(lambda haut, *_: change.append(modele.entree(haut).cle))
    with qtbot.assertNotEmitted(modele.modelReset):
        autre = avec(services_demo, complet, Reponse(critere="FIN-02", valeur="3"))
        assert not modele.set_plan(plan(grille, autre))
    assert sorted(change) == ["FIN", "FIN-02", GRILLE]
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith("fait, niveau 3")
    with qtbot.waitSignal(modele.modelReset):
        assert modele.set_plan(plan(grille, services_demo.campagne.complet(25000102)))


def test_a_name_is_never_taken_for_rich_text(services_demo: Services, complet: DossierComplet) -> None:
    piece = replace(complet.dossier.pieces[0], nom="<img src=x>.pdf", champ="Statuts")
    modele = PlanModel()
    modele.set_plan(
        plan(
            services_demo.campagne.session.grille,
            replace(complet, dossier=replace(complet.dossier, pieces=(piece,))),
        )
    )
    pieces = modele.find(Genre.GROUPE, PIECES)
    assert modele.index(0, 0, pieces).data(Qt.ItemDataRole.DisplayRole) == "<img src=x>.pdf"
    assert "<" not in modele.index(0, 0, pieces).data(Qt.ItemDataRole.ToolTipRole)
    assert modele.rowCount(QModelIndex()) == 8


def test_marks_reading_and_gauge_stand_beside_the_states(services_demo: Services, complet: DossierComplet) -> None:
    un = avec(
        services_demo,
        complet,
        Reponse(critere="FIN-02", valeur="3", preuves=(Preuve(ou="Comptes"),), vigilance="à suivre"),
        Reponse(critere="FIN-03", valeur="3"),
    )
    piece = replace(complet.dossier.pieces[0], presente=True, empreinte="ab" * 32)
    un = replace(un, dossier=replace(un.dossier, pieces=(piece,)))
    suites = Suites(questions={"ELI-02": 2}, lectures={"ab" * 32: LecturePiece(pages=12, vues=5)})
    grille = services_demo.campagne.session.grille
    entrees = plan(grille, un, suites)
    assert (entrees[2].mot, entrees[2].signe) == ("1/2", "▣")
    assert [e.titre for e in entrees[3:]] == ["Conclusion", "Note", "Analyse", "Questions (2)", "Historique"]
    assert entrees[1].enfants[0].mot == "5 sur 12"
    criteres = {e.cle: e for section in entrees[2].enfants for e in section.enfants}
    assert (criteres["FIN-02"].marque, criteres["ELI-02"].marque) == ("▣⚑", "?")
    assert criteres["ELI-02"].dite.endswith("2\u00a0questions en attente")
    restants = {e.cle for s in plan(grille, un, a_faire=True)[2].enfants for e in s.enfants}
    assert restants == set(criteres) - {"FIN-02", "FIN-03"}
