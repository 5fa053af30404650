"""Lines of an import: states, ticks, filters, order, words for a screen reader."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from o2r_desktop import operations, reception
from o2r_desktop.evaluation.grille import parametres_par_defaut
from o2r_desktop.evaluation.parametres import parametres_de
from o2r_desktop.progress import SilentReporter
from o2r_desktop.reception import Preparation
from o2r_desktop.resources import resource
from tests.o2r_desktop.imports.outils import STANDARD, XLSX, fixe
from ui.models.lignes_import import EtatLigne, build_lignes
from ui.models.plan_import import COLONNES, PASTILLE_ROLE, Colonne, PlanImportModel

COCHE = COLONNES.index(Colonne.COCHE)
RAISONS = COLONNES.index(Colonne.RAISONS)


@pytest.fixture(scope="module")
def preparation(tmp_path_factory: pytest.TempPathFactory) -> Preparation:
    """A first import of the sample, and a small file with a number twice and one without number."""
    dossier = tmp_path_factory.mktemp("plan")
    petit = dossier / "petit.csv"
    lignes = [STANDARD, fixe("101"), fixe("101"), fixe("")]
    petit.write_text("\n".join(";".join(map(str, x)) for x in lignes), "utf-8")
    operations.create_campagne(dossier / "c", maintenant=datetime(2025, 9, 2, tzinfo=UTC))
    with operations.open_session(dossier / "c", auteur="x") as session:
        return reception.prepare(session, [XLSX, petit], SilentReporter())


@pytest.fixture
def modele(preparation: Preparation) -> PlanImportModel:
    model = PlanImportModel()
    parametres = parametres_de(parametres_par_defaut(grille()))
    model.set_lignes(build_lignes(preparation, parametres))
    return model


def grille() -> str:
    return resource(*operations.GRILLE_PAR_DEFAUT).read_text("utf-8")


def test_the_model_keeps_the_promises_of_qt(modele: PlanImportModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(modele)


def test_each_line_has_its_state_and_refused_ones_come_first(modele: PlanImportModel) -> None:
    assert [modele.count(e) for e in EtatLigne] == [39, 0, 0, 0, 2, 0]
    assert modele.count() == modele.rowCount() == 41
    assert [modele.ligne(i).etat for i in range(3)] == [EtatLigne.REFUSE, EtatLigne.REFUSE, EtatLigne.NOUVEAU]
    motifs = {modele.index(i, RAISONS).data() for i in range(2)}
    assert any("ligne\u00a03" in m and "déjà celui de la ligne 2" in m for m in motifs)
    assert any("numéro de dossier manque" in m for m in motifs)


def test_only_what_can_be_written_has_a_tick(modele: PlanImportModel) -> None:
    role = Qt.ItemDataRole.CheckStateRole
    assert modele.index(0, COCHE).data(role) is None
    assert Qt.CheckState(modele.index(2, COCHE).data(role)) == Qt.CheckState.Checked
    assert not modele.setData(modele.index(0, COCHE), Qt.CheckState.Unchecked, role)
    assert modele.setData(modele.index(2, COCHE), Qt.CheckState.Unchecked, role)
    assert modele.exclus == {modele.ligne(2).numero}
    assert len(modele.retenus) == 38


def test_all_or_none_concern_the_lines_in_view(modele: PlanImportModel) -> None:
    modele.set_filtre(None, "ENTRAIDE bocage")
    vues = modele.rowCount()
    assert 0 < vues < 39
    modele.tick_all(coche=False)
    assert len(modele.exclus) == vues
    modele.set_filtre(EtatLigne.REFUSE, "")
    assert modele.rowCount() == 2
    modele.tick_all(coche=True)
    assert len(modele.exclus) == vues
    modele.set_filtre(None, "")
    modele.tick_all(coche=True)
    assert modele.exclus == frozenset()


def test_search_finds_numbers_and_sirets(modele: PlanImportModel) -> None:
    modele.set_filtre(None, "24000036")
    assert [modele.ligne(i).numero for i in range(modele.rowCount())] == [24000036]
    modele.set_filtre(None, "introuvable")
    assert modele.rowCount() == 0


@pytest.mark.parametrize("colonne", COLONNES)
def test_every_column_sorts_both_ways(modele: PlanImportModel, colonne: Colonne) -> None:
    rang = COLONNES.index(colonne)
    avant = {id(modele.ligne(i)) for i in range(modele.rowCount())}
    for sens in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        modele.sort(rang, sens)
        assert {id(modele.ligne(i)) for i in range(modele.rowCount())} == avant


def test_porteurs_sort_as_french_words_and_blanks_last(modele: PlanImportModel) -> None:
    modele.sort(COLONNES.index(Colonne.PORTEUR))
    cles = [modele.ligne(i).cle_porteur for i in range(modele.rowCount())]
    assert cles[-2:] == [None, None]
    assert [c for c in cles if c] == sorted(c for c in cles if c)


def test_words_for_who_cannot_see(modele: PlanImportModel) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    assert modele.index(0, COCHE).data(role) == "rien à importer"
    assert modele.index(2, COCHE).data(role) == "à importer"
    assert modele.index(2, COLONNES.index(Colonne.ETAT)).data(role) == "+ nouveau"
    assert modele.headerData(COCHE, Qt.Orientation.Horizontal, role) == "À importer"


def test_a_duplicate_siret_is_pointed_at(modele: PlanImportModel) -> None:
    modele.set_filtre(None, "24000036")
    index = modele.index(0, RAISONS)
    assert "dépose aussi le dossier" in index.data()
    assert index.data(PASTILLE_ROLE)[0] == "! à voir"


def test_a_late_deposit_is_marked(preparation: Preparation) -> None:
    parametres = parametres_de(parametres_par_defaut(grille()))
    tard = parametres.avec(date_limite=datetime(2025, 7, 1, tzinfo=UTC))
    lignes = [x for x in build_lignes(preparation, tard) if x.etat is EtatLigne.NOUVEAU]
    assert all(x.hors_delai for x in lignes)


def test_changing_lines_forgets_ticks(modele: PlanImportModel) -> None:
    modele.tick_all(coche=False)
    modele.set_lignes([modele.ligne(2)])
    assert modele.exclus == frozenset()
    assert modele.rowCount() == 1


def test_no_tooltip_obeys_a_name(preparation: Preparation) -> None:
    lignes = build_lignes(preparation, parametres_de(parametres_par_defaut(grille())))
    nommee = next(ligne for ligne in lignes if ligne.apercu is not None)
    assert nommee.apercu is not None
    modele = PlanImportModel()
    modele.set_lignes([replace(nommee, apercu=replace(nommee.apercu, porteur="<b>A</b>"))])
    bulle = modele.index(0, COLONNES.index(Colonne.PORTEUR)).data(Qt.ItemDataRole.ToolTipRole)
    assert bulle == "<qt>&lt;b>A&lt;/b></qt>"
