"""What is proposed for each attribute: sure by memory, identifier or label, else alike, never another year."""

import time
from dataclasses import replace

import pytest

from o2r_desktop.dossiers.appariement import Appariement, Lien, Proposition, Renommage
from o2r_desktop.dossiers.champs import Brut
from o2r_desktop.dossiers.correspondance import Correspondance
from o2r_desktop.dossiers.model import Colonne, Origine
from o2r_desktop.imports.proposition import CANDIDATS_MAX, propose
from tests.o2r_desktop.imports.lus import lu
from tests.o2r_desktop.imports.outils import JSON, O2R, XLSX, lire_sur_place


def _pour(appariement: Appariement, attribut: str) -> Proposition:
    return next(p for p in appariement.propositions if p.attribut.id == attribut)


def _attributs(libelle: str, *valeurs: Brut, correspondance: Correspondance = O2R) -> list[str]:
    """Return the attributes that a column alone is proposed for, best first."""
    appariement = propose([lu([libelle], [[v] for v in valeurs])], correspondance)
    trouves = [(-c.score, p.attribut.id) for p in appariement.propositions for c in p.candidats]
    return [identifiant for _, identifiant in sorted(trouves)]


def test_every_label_shipped_is_sure() -> None:
    for attribut in O2R.attributs:
        for libelle in attribut.libelles:
            appariement = propose([lu([libelle, libelle.upper()])], O2R)
            proposition = _pour(appariement, attribut.id)
            assert proposition.sure
            assert proposition.retenu is not None
            assert proposition.retenu.lien is Lien.EXACT
            assert not any(p.candidats for p in appariement.propositions if p.attribut.id != attribut.id)


def test_how_a_column_was_found_is_told() -> None:
    correspondance = replace(
        O2R,
        attributs=tuple(replace(a, stable_ids=(5,)) if a.id == "resume" else a for a in O2R.attributs),
    ).avec({"missions": Colonne("Nos actions")})
    colonnes = [
        Colonne("INTITULE DU PROJET"),
        Colonne("Nos actions"),
        Colonne("En bref", stable_id=5),
        Colonne("Publics visés"),
        Colonne("Territoires d’action", lie_par="Départements"),
    ]
    appariement = propose([lu(colonnes)], correspondance)
    liens = {p.attribut.id: p.retenu.lien for p in appariement.propositions if p.retenu}
    assert liens == {
        "intitule": Lien.NORMALISE,
        "missions": Lien.MEMOIRE,
        "resume": Lien.IDENTIFIANT,
        "publics": Lien.EXACT,
        "departements": Lien.RENOMME,
    }


@pytest.mark.parametrize(
    ("libelle", "valeurs", "attribut"),
    [
        ("Coût total pour l’année 1", (150_000, 80_000.5), "cout_annee_1"),
        ("Contribution O2R demandée, an 2", ("12000", "8500,50"), "demande_annee_2"),
        ("Nombre de bénéficiaires – 3e année", (12, 30), "beneficiaires_annee_3"),
        ("Nombre de personnes repérées la première année", (40,), "reperes_annee_1"),
        ("Durée max. d’un parcours en mois", (9, 12), "duree_maximale"),
        ("Durée moyenne du parcours (en mois)", (9, 12), "duree_moyenne"),
        ("Date prévue de fin", ("2026-01-01", "2026-05-01"), "date_fin"),
        ("Publics ciblés par le projet", ("55 ans et plus", "Personnes allophones"), "publics"),
        ("Départements couverts", ("Sarthe, Mayenne",), "departements"),
        ("Coût total du projet sur trois ans (en €)", (200_000,), "cout_total"),
        ("Budget annuel N-1 de l’association", (900_000,), "budget_annuel"),
        ("Téléphone de la personne à contacter", ("02 43 00 00 00",), "telephone_contact"),
        ("Comptes annuels N-1", ("bilan.pdf",), "comptes_n1"),
        ("Nature du porteur de projet", ("Fondation",), "nature_porteur"),
    ],
)
def test_slightly_changed_labels_are_proposed_and_never_sure(
    libelle: str, valeurs: tuple[Brut, ...], attribut: str
) -> None:
    if attribut == "comptes_n1":
        sans = replace(
            O2R,
            attributs=tuple(
                replace(a, libelles=("Comptes annuels approuvés N-1",)) if a.id == attribut else a
                for a in O2R.attributs
            ),
        )
        assert _attributs(libelle, *valeurs, correspondance=sans)[0] == attribut
        return
    assert _attributs(libelle, *valeurs)[0] == attribut
    appariement = propose([lu([libelle], [[v] for v in valeurs])], O2R)
    assert not any(p.sure for p in appariement.propositions)
    assert _pour(appariement, attribut) in appariement.a_verifier


@pytest.mark.parametrize(
    "prefixe", ["Coût prévisionnel", "Contribution demandée à l’O2R", "ETP prévus", "Bénéficiaires prévus"]
)
@pytest.mark.parametrize("annee", [1, 2, 3])
def test_years_are_never_confused(prefixe: str, annee: int) -> None:
    trouves = _attributs(f"{prefixe} – année {annee}", 3, 4)
    assert trouves
    assert all(identifiant.endswith(f"_{annee}") for identifiant in trouves)


@pytest.mark.parametrize(
    ("libelle", "interdit"),
    [
        ("Contribution O2R – année 1", "cout_annee_1"),
        ("Coût O2R – année 1", "demande_annee_1"),
        ("ETP – année 1", "cout_annee_1"),
        ("Bénéficiaires de moins de 25 ans (total 3 ans)", "beneficiaires_moins_26"),
        ("Date de début envisagée", "date_fin"),
        ("Durée maximale du parcours, en mois", "duree_moyenne"),
        ("Charges directes du projet sur 3 ans (€)", "charges_indirectes"),
        ("Nom du représentant légal", "representant_fonction"),
    ],
)
def test_labels_that_say_the_contrary_are_not_proposed(libelle: str, interdit: str) -> None:
    assert interdit not in _attributs(libelle)


@pytest.mark.parametrize(
    ("libelle", "valeurs", "attribut"),
    [
        ("Date de fin estimée", ("dès que possible", "au printemps"), "date_fin"),
        ("Date de fin estimée", (45_000, 46_000), "date_fin"),
        ("Coût total estimé – année 1", ("à préciser", "voir le budget"), "cout_annee_1"),
        ("Résumé", ("2026-01-01", "2026-02-01"), "resume"),
        ("Statuts à jour", ("Oui", "Non"), "statuts"),
        ("Départements visés", (12, 15), "departements"),
        ("Téléphone", ("néant", "sur demande"), "telephone_contact"),
        ("Projet porté par un consortium", (150_000, 3), "consortium"),
    ],
)
def test_what_a_column_holds_can_rule_it_out(libelle: str, valeurs: tuple[Brut, ...], attribut: str) -> None:
    assert attribut not in _attributs(libelle, *valeurs)


@pytest.mark.parametrize(
    "libelle", ["Observations internes", "x", "—", "", "année", "2026", "\u202e\u202d", "projet"]
)
def test_unlike_labels_propose_nothing(libelle: str) -> None:
    assert _attributs(libelle) == []


def test_a_sure_column_is_not_proposed_elsewhere_and_lists_are_short() -> None:
    colonnes = ["Coût total – année 1 (€)", *(f"Contribution O2R demandée – année 1 ({n}e)" for n in "abcdefgh")]
    appariement = propose([lu(colonnes, [[1000.0] * 9])], O2R)
    demande = _pour(appariement, "demande_annee_1")
    assert demande.retenu is None
    assert len(demande.candidats) == CANDIDATS_MAX
    assert [c.score for c in demande.candidats] == sorted((c.score for c in demande.candidats), reverse=True)
    proposees = {c.colonne.libelle for p in appariement.propositions for c in p.candidats}
    assert "Coût total – année 1 (€)" not in proposees


def test_an_attribute_that_a_user_wanted_without_column_is_left_alone() -> None:
    sans = O2R.avec({"exclu_motif": None})
    proposition = _pour(propose([lu(["Si oui, motif de la candidature"], [["a"]])], sans), "exclu_motif")
    assert proposition.retenu is None
    assert proposition.candidats == ()


def test_columns_show_what_they_hold() -> None:
    lignes: list[list[Brut]] = [[1000, "a" * 90, 0], [1000, "b\nc\u202e", 0], [2500.5, "", 3], [None, "\x00", 4]]
    lu_ = lu(["Coût total du projet", "Remarques", "Intensité"], lignes, origine=Origine.XLSX_STANDARD)
    cout, remarques, autre = propose([lu_], O2R).colonnes
    assert cout.exemples == ("1\u202f000,00\u00a0€", "2\u202f500,50\u00a0€")
    assert (cout.remplies, cout.total) == (3, 4)
    assert remarques.exemples == ("a" * 59 + "…", "b c")
    assert autre.exemples == ("3", "4")
    assert autre.remplies == 2  # zeros of a standard export may be blanks


def test_the_same_field_of_several_files_is_one_column() -> None:
    table = lu([Colonne("Intitulé du projet"), Colonne("Extra")], [["x", "y"]])
    api = lu([Colonne("Intitulé du projet", 1, 31)], [["z"]], origine=Origine.JSON_API)
    appariement = propose([table, api], O2R)
    assert [c.colonne for c in appariement.colonnes] == [Colonne("Intitulé du projet", 1, 31), Colonne("Extra")]
    assert appariement.colonnes[0].exemples == ("x", "z")


def test_a_renamed_column_comes_first() -> None:
    renommage = Renommage(ancienne=Colonne("Publics visés"), nouvelle=Colonne("Qui ?"), egales=5, comparees=5)
    appariement = propose([lu(["Qui ?", "Publics pressentis"], [["a", "b"]])], O2R, [renommage])
    candidats = _pour(appariement, "publics").candidats
    assert next((c.colonne.libelle, c.lien) for c in candidats) == ("Qui ?", Lien.RENOMME)
    assert not _pour(appariement, "publics").sure


def test_samples_are_bound_whole() -> None:
    appariement = propose([lire_sur_place(XLSX), lire_sur_place(JSON)], O2R)
    assert [p.attribut for p in appariement.propositions] == list(O2R.attributs)
    retenus = [p for p in appariement.propositions if p.retenu]
    assert len(retenus) > 50
    assert all(p.sure for p in retenus)
    assert _pour(appariement, "cout_total").essentiel
    assert not _pour(appariement, "experience").essentiel


def test_a_hostile_form_costs_little() -> None:
    colonnes = [f"Coût {n} prévu du projet sur {n} ans {'x' * 500}" for n in range(2_000)]
    debut = time.perf_counter()
    propose([lu(colonnes, [["y"] * 2_000] * 20)], O2R)
    assert time.perf_counter() - debut < 10
