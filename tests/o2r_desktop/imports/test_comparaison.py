"""Two states of one dossier: nothing stale is kept in silence, nothing that changed is called the same."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from o2r_desktop.dossiers.champs import Brut
from o2r_desktop.dossiers.enregistrement import colonnes_de_json, colonnes_en_json, de_json, empreinte
from o2r_desktop.dossiers.importation import ExportRead, ImportPlan
from o2r_desktop.dossiers.lecture import lire_dossier
from o2r_desktop.dossiers.model import Bloc, Colonne, Dossier, Enregistrement, Origine
from o2r_desktop.evaluation.controles import criteres_touches
from o2r_desktop.imports.comparaison import Comparaison, comparer
from o2r_desktop.imports.plan import make_plan
from tests.o2r_desktop.imports.outils import (
    O2R,
    STANDARD,
    champ,
    demarche,
    dossiers,
    ecrire_csv,
    ecrire_json,
    enregistrements,
    fixe,
    lire_sur_place,
    noeud,
)

BUDGET = "Coût total du projet sur 3 ans (€)"
INTITULE = "Intitulé du projet"


def _planifier(connu: ExportRead, lu: ExportRead) -> ImportPlan:
    return make_plan(lu, {d.numero: d.empreinte for d in connu.dossiers}, enregistrements(connu).__getitem__, O2R)


def _fusion(plan: ImportPlan, rang: int = 0) -> Dossier:
    lu = plan.modifies[rang].lu
    return lire_dossier(de_json(lu.numero, lu.contenu, plan.read.jeux[lu.jeu]), O2R)


def _csv(tmp_path: Path, ligne: list[object], *libelles: str) -> ExportRead:
    return lire_sur_place(ecrire_csv(tmp_path / "a.csv", [(*STANDARD, *libelles), ligne]))


def _json(tmp_path: Path, *noeuds: dict[str, Any]) -> ExportRead:
    return lire_sur_place(ecrire_json(tmp_path / "a.json", demarche(*noeuds)))


def _brut(origine: Origine, champs: dict[str, Brut], **autres: Any) -> Enregistrement:
    return Enregistrement(
        numero=1,
        origine=origine,
        fixes=autres.pop("fixes", {}),
        demandeur=autres.pop("demandeur", {}),
        colonnes=tuple(map(Colonne, champs)),
        cellules=tuple(champs.values()),
        blocs=autres.pop("blocs", None),
    )


def _comparer(avant: Enregistrement, apres: Enregistrement) -> Comparaison:
    return comparer(avant, apres, O2R, set())


def _bloc(libelle: str, *lignes: dict[str, Brut]) -> tuple[Bloc, ...]:
    return (Bloc(libelle=libelle, lignes=lignes),)


@pytest.mark.parametrize(
    ("partie", "cle", "avant", "apres", "attribut", "criteres"),
    [
        ("fixes", "depot", "2025-08-01T10:00:00", "2025-09-01T10:00:00", "depot", {"REC-02", "FIN-08"}),
        ("fixes", "demarche", "7 – AMI", "8 – AMI", "demarche", {"REC-01"}),
        ("demandeur", "siret", "1", "2", "porteur", {"ELI-02", "FIN-08"}),
        ("demandeur", "raison_sociale", "A", "B", "porteur", {"ELI-02", "FIN-08"}),
        ("demandeur", "forme_juridique_code", "9220", "5710", "porteur", {"ELI-02", "FIN-08"}),
        ("demandeur", "forme_juridique", "Association", "SAS", "porteur", {"ELI-02", "FIN-08"}),
        ("demandeur", "date_creation", "2020-01-01", "2025-01-01", "porteur", {"ELI-02", "FIN-08"}),
        ("fixes", "derniere_maj", "2025-08-01T10:00:00", "2025-09-01T10:00:00", None, set()),
        ("fixes", "etat", "en_instruction", "accepte", None, set()),
        ("demandeur", "adresse", "1 rue A", "2 rue B", None, set()),
    ],
)
def test_fixed_data_touch_the_rules_that_read_them(
    partie: str, cle: str, avant: str, apres: str, attribut: str | None, criteres: set[str]
) -> None:
    paire = [_brut(Origine.JSON_API, {}, **{partie: {cle: valeur}}) for valeur in (avant, apres)]
    (difference,) = _comparer(*paire).differences
    assert difference.attribut == attribut
    assert criteres_touches([attribut] if attribut else []) == criteres


def test_a_procedure_named_by_another_format_is_the_same() -> None:
    paire = [_brut(Origine.JSON_API, {}, fixes={"demarche": nom}) for nom in ("7 – AMI", "ami-o2r")]
    assert not _comparer(*paire).differences


def test_a_blank_number_replaces_the_doubtful_zero_beside_a_change() -> None:
    avant = _brut(Origine.CSV_STANDARD, {BUDGET: "0", "Libre": "0", INTITULE: "a"})
    apres = _brut(Origine.CSV_MODELE, {BUDGET: "", "Libre": "", INTITULE: "b"})
    comparaison = _comparer(avant, apres)
    assert [d.attribut for d in comparaison.differences] == ["intitule"]
    assert comparaison.fusion.cellules == ("", "", "b")


def test_numbers_take_the_new_cell_and_texts_the_whole_one() -> None:
    avant = _brut(Origine.JSON_API, {BUDGET: "150000.0", INTITULE: "a 🦊 b"})
    apres = _brut(Origine.CSV_MODELE, {BUDGET: "150000", INTITULE: "a   b"})
    assert _comparer(avant, apres).fusion.cellules == ("150000", "a 🦊 b")


@pytest.mark.parametrize(
    "nouveaux",
    [
        None,
        (),
        _bloc("Cofinancements", {"Financeur": "Région"}),
        _bloc("Cofinancements", {"Financeur": "Région", "Montant (€)": None}),
    ],
)
def test_kept_rows_of_blocks_keep_no_doubtful_zero(nouveaux: tuple[Bloc, ...] | None) -> None:
    blocs = _bloc("Cofinancements", {"Financeur": "Région", "Montant (€)": 0.0})
    avant = _brut(Origine.XLSX_STANDARD, {INTITULE: "a"}, blocs=blocs)
    apres = _brut(Origine.XLSX_MODELE, {INTITULE: "b"}, blocs=nouveaux)
    comparaison = _comparer(avant, apres)
    assert [d.attribut for d in comparaison.differences] == ["intitule"]
    (cofinancement,) = lire_dossier(comparaison.fusion, O2R).cofinancements or ()
    assert (cofinancement.financeur, cofinancement.montant) == ("Région", None)


@pytest.mark.parametrize(("montant", "meme"), [(10_000, True), (90_000, False)])
def test_a_renamed_column_of_a_block_is_the_same_attribute(montant: int, meme: bool) -> None:
    paire = [
        _brut(Origine.XLSX_MODELE, {}, blocs=_bloc("Cofinancements", {"Financeur": "Région", libelle: valeur}))
        for libelle, valeur in (("Montant (€)", 10_000), ("Montant du cofinancement (€)", montant))
    ]
    comparaison = _comparer(*paire)
    assert (comparaison.differences == ()) is meme
    assert [list(b.lignes[0]) for b in comparaison.fusion.blocs or ()] == [
        ["Financeur", "Montant du cofinancement (€)"]
    ]
    (cofinancement,) = lire_dossier(comparaison.fusion, O2R).cofinancements or ()
    assert cofinancement.montant == montant


@pytest.mark.parametrize(("valeur", "meme"), [("", True), ("Obtenu", False)])
def test_a_new_answer_in_a_row_is_a_change(valeur: str, meme: bool) -> None:
    lignes: list[dict[str, Brut]] = [{"Financeur": "Région"}, {"Financeur": "Région", "Précision": valeur}]
    paire = [_brut(Origine.XLSX_MODELE, {}, blocs=_bloc("Cofinancements", ligne)) for ligne in lignes]
    assert (_comparer(*paire).differences == ()) is meme


def test_a_field_renamed_by_the_form_is_followed_by_its_stable_id(tmp_path: Path) -> None:
    avant = _json(tmp_path, noeud(1, [champ(5, BUDGET, decimalNumber=1000)]))
    apres = _json(tmp_path, noeud(1, [champ(5, "Montant global", decimalNumber=2000)]))
    plan = _planifier(avant, apres)
    (difference,) = plan.modifies[0].differences
    assert (difference.libelle, difference.attribut) == ("Montant global", "cout_total")
    assert (difference.avant, difference.apres) == ("1\u202f000", "2\u202f000")
    fusion = _fusion(plan)
    assert [(c.libelle, c.attribut) for c in fusion.champs] == [("Montant global", "cout_total")]
    assert fusion.nombre("cout_total") == 2000
    assert plan.read.non_lies == ("Montant global",)


def test_a_renamed_field_is_bound_in_new_dossiers_too(tmp_path: Path) -> None:
    avant = _json(tmp_path, noeud(1, [champ(5, BUDGET, decimalNumber=1000)]))
    renomme = [champ(5, "Montant global", decimalNumber=1000)]
    plan = _planifier(avant, _json(tmp_path, noeud(1, renomme), noeud(2, renomme)))
    assert plan.inchanges == (1,)
    (lu,) = plan.nouveaux
    assert lu.apercu.cout_total == 1000
    assert lire_dossier(de_json(2, lu.contenu, plan.read.jeux[lu.jeu]), O2R).nombre("cout_total") == 1000
    assert lu.empreinte == empreinte(colonnes_en_json(plan.read.jeux[lu.jeu]), lu.contenu)


def test_a_renamed_field_stays_bound_after_other_files() -> None:
    colonne = Colonne("Montant global", 1, 5, BUDGET)
    connu = replace(_brut(Origine.JSON_API, {"x": 1000}), colonnes=(colonne,))
    assert colonnes_de_json(colonnes_en_json((colonne,))) == (colonne,)
    table = _comparer(connu, _brut(Origine.CSV_STANDARD, {"Montant global": "3000"}))
    assert [d.attribut for d in table.differences] == ["cout_total"]
    assert table.fusion.colonnes == (colonne,)
    meme = _comparer(connu, _brut(Origine.CSV_STANDARD, {"Montant global": "1000.0"}))
    assert not meme.differences


def test_a_table_gives_back_no_stable_id_but_keeps_it() -> None:
    connu = replace(_brut(Origine.JSON_API, {"x": 1}), colonnes=(Colonne(BUDGET, 1, 5),))
    assert _comparer(connu, _brut(Origine.CSV_STANDARD, {BUDGET: "2"})).fusion.colonnes == (Colonne(BUDGET, 1, 5),)


def test_a_new_field_under_the_name_of_a_renamed_one() -> None:
    avant = replace(_brut(Origine.JSON_API, {"x": "1"}), colonnes=(Colonne("A", 1, 1),))
    apres = replace(
        _brut(Origine.JSON_API, {"x": "1", "y": "2"}), colonnes=(Colonne("B", 1, 1), Colonne("A", 1, 2))
    )
    comparaison = _comparer(avant, apres)
    assert [(d.libelle, d.avant, d.apres) for d in comparaison.differences] == [("A", "", "2")]
    assert comparaison.fusion.colonnes == apres.colonnes


def test_a_known_field_that_left_the_file_is_told_once(tmp_path: Path) -> None:
    def lire(*libelles: str) -> ExportRead:
        lignes = [[*fixe(n), "1000", "a"] for n in ("101", "102")]
        return lire_sur_place(ecrire_csv(tmp_path / "a.csv", [(*STANDARD, *libelles), *lignes]))

    plan = _planifier(lire(BUDGET, "Libre"), lire("Montant global", "Libre"))
    alertes = [a for a in plan.anomalies if "n’est plus" in a.quoi]
    assert [(a.numero, a.quoi) for a in alertes] == [
        (
            None,
            f"«\u00a0{BUDGET}\u00a0» n’est plus dans ce fichier\u00a0: l’ancienne valeur est gardée, à vérifier.",
        )
    ]
    assert _fusion(plan).nombre("cout_total") == 1000
    assert "Montant global" in plan.read.non_lies


def test_a_field_gone_alone_leaves_the_dossier_unchanged(tmp_path: Path) -> None:
    plan = _planifier(
        _csv(tmp_path, [*fixe(), "1000", "a"], BUDGET, "Libre"), _csv(tmp_path, [*fixe(), "a"], "Libre")
    )
    assert plan.inchanges == (101,)
    assert sum("n’est plus" in a.quoi for a in plan.anomalies) == 1


def test_columns_that_a_template_left_out_make_one_remark(tmp_path: Path) -> None:
    avant = _csv(tmp_path, [*fixe(), "1000", "a", ""], BUDGET, INTITULE, "Résumé du projet")
    apres = replace(_csv(tmp_path, [*fixe(), "x"], "Libre"), origine=Origine.CSV_MODELE)
    (anomalie,) = [a for a in _planifier(avant, apres).anomalies if "anciennes valeurs" in a.quoi]
    assert anomalie.numero is None
    assert f"«\u00a0{BUDGET}\u00a0» et «\u00a0{INTITULE}\u00a0» ne sont pas" in anomalie.quoi
    assert "Résumé" not in anomalie.quoi


@pytest.mark.parametrize(
    ("avant", "apres", "meme"),
    [
        ("1", "Oui", False),
        ("12 %", "12 €", False),
        ("12 %", "12", False),
        ("12,0 %", "12 %", True),
        ("01/03/2026 à confirmer", "01/03/2026", False),
        ("2026-03-01 10 kg", "2026-03-01", False),
        ("2026-03-01 3 jours\nplus tard", "2026-03-01 4 jours", False),
        ("2026-03-01 10:00:00 +0100", "2026-03-01T14:00:00", False),
        ("2026-03-01 10:00:12 +0100", "01/03/2026 10:00", True),
        ("2026-03-01 10:00:00", "2026-03-01 10:00:12", False),
        ("2026-03-01", "2026-03-01T00:00:00", True),
        ("2026-03-01", "01 mars 2026", True),
        ("6.0", "6", True),
        ("6", 6, True),
        (0.1 + 0.2, "0.3", True),
        ("true", True, True),
        ("VRAI", "true", True),
        ("yes", "Oui", False),
    ],
)
def test_unbound_cells(avant: Brut, apres: Brut, meme: bool) -> None:
    paire = _brut(Origine.CSV_STANDARD, {"Libre": avant}), _brut(Origine.JSON_API, {"Libre": apres})
    assert (not _comparer(*paire).differences) is meme


@pytest.mark.parametrize(
    ("avant", "apres"), [("1", "Oui"), ("6.0", "6"), ("2026-03-01", "01/03/2026"), ("on", "oui")]
)
def test_texts_are_texts(avant: str, apres: str) -> None:
    paire = _brut(Origine.CSV_STANDARD, {INTITULE: avant}), _brut(Origine.CSV_STANDARD, {INTITULE: apres})
    (difference,) = _comparer(*paire).differences
    assert (difference.avant, difference.apres) == (avant, apres)


@pytest.mark.parametrize(
    ("cellules", "attendu", "dit"),
    [
        (("1000", "2000"), 1000, True),
        (("1000", "1000.0"), 1000, False),
        (("", "2000"), 2000, False),
        (("0", "2000"), 2000, False),  # a standard export writes blanks as zeros
        (("1000", ""), 1000, False),
    ],
)
@pytest.mark.parametrize("second", [BUDGET, "Coût total du projet (€)"])
def test_two_columns_for_one_attribute(
    tmp_path: Path, second: str, cellules: tuple[str, str], attendu: int, dit: bool
) -> None:
    lu = _csv(tmp_path, [*fixe(), *cellules], BUDGET, second)
    assert dossiers(lu)[101].nombre("cout_total") == attendu
    assert lu.dossiers[0].apercu.cout_total == attendu
    quoi = "deux colonnes donnent des valeurs différentes, la première est retenue"
    assert ((101, BUDGET, quoi) in [(a.numero, a.ou, a.quoi) for a in lu.anomalies]) is dit


def test_a_field_that_the_api_no_longer_gives_is_withdrawn(tmp_path: Path) -> None:
    avant = _json(tmp_path, noeud(1, [champ(1, "A", stringValue="a"), champ(5, BUDGET, decimalNumber=1000)]))
    apres = _json(tmp_path, noeud(1, [champ(1, "A", stringValue="a")]))
    plan = _planifier(avant, apres)
    assert [(d.attribut, d.apres) for d in plan.modifies[0].differences] == [("cout_total", "")]
    assert _fusion(plan).champ("cout_total") is None


def test_a_query_without_fields_withdraws_nothing(tmp_path: Path) -> None:
    avant = _json(tmp_path, noeud(1, [champ(5, BUDGET, decimalNumber=1000)]))
    sans = noeud(1, state="accepte")
    del sans["champs"]
    plan = _planifier(avant, _json(tmp_path, sans))
    assert [d.libelle for d in plan.modifies[0].differences] == ["État du dossier"]
    assert _fusion(plan).nombre("cout_total") == 1000
    assert not any("n’est plus" in a.quoi for a in plan.anomalies)


@pytest.mark.parametrize(("annotations", "retirees"), [(None, []), ([], ["Note"])])
def test_annotations_not_asked_for_are_kept(
    tmp_path: Path, annotations: list[dict[str, Any]] | None, retirees: list[str]
) -> None:
    champs = [champ(1, "A", stringValue="a")]
    avant = _json(tmp_path, noeud(1, champs, annotations=[champ(9, "Note", stringValue="n")]))
    autres = {} if annotations is None else {"annotations": annotations}
    plan = _planifier(avant, _json(tmp_path, noeud(1, champs, **autres)))
    assert [d.libelle for m in plan.modifies for d in m.differences] == retirees


@pytest.mark.parametrize("texte", ["1e999", "-1e999", "Infinity", "NaN"])
def test_numbers_out_of_reach_stay_text(tmp_path: Path, texte: str) -> None:
    chemin = ecrire_json(tmp_path / "a.json", demarche(noeud(1, [champ(5, BUDGET, decimalNumber="@")])))
    chemin.write_text(chemin.read_text("utf-8").replace('"@"', texte), "utf-8")
    lu = lire_sur_place(chemin)
    assert enregistrements(lu)[1].cellules == (texte,)
    assert dossiers(lu)[1].nombre("cout_total") is None
    assert any(a.ou == BUDGET and texte in a.quoi for a in lu.anomalies)


@pytest.mark.parametrize("numero", [2**63, 2**63 - 1, str(2**63), 1e19])
def test_numbers_of_dossiers_too_great_are_refused(tmp_path: Path, numero: object) -> None:
    lu = _json(tmp_path, noeud(numero), noeud(1))
    assert [d.numero for d in lu.dossiers] == [1]
    assert [r.numero for r in lu.refuses] == [None]


COMMUNE: dict[str, Brut] = {"Commune": "Saint-Denis (93200)", "Commune (Département)": "93 – Seine-Saint-Denis"}
COMMUNE_MODELE: dict[str, Brut] = {
    "Commune": "Saint-Denis",
    "Commune – Code postal (5 chiffres)": "97400",
    "Commune – Département": "974 – La Réunion",
}


@pytest.mark.parametrize(
    ("changes", "dits"),
    [
        (
            {},
            (
                "Saint-Denis (93200) — département 93 – Seine-Saint-Denis",
                "Saint-Denis — code postal 97400, département 974 – La Réunion",
            ),
        ),
        (
            {"Commune – Département": "93"},
            ("Saint-Denis (93200)", "Saint-Denis — code postal 97400"),
        ),
        ({"Commune": "Saint-Paul"}, ("Saint-Denis (93200)", "Saint-Paul")),
    ],
    ids=["code et département", "code", "nom"],
)
def test_a_difference_says_what_changed_of_a_place(changes: dict[str, Brut], dits: tuple[str, str]) -> None:
    avant, apres = _brut(Origine.XLSX_STANDARD, COMMUNE), _brut(Origine.XLSX_MODELE, COMMUNE_MODELE | changes)
    (dite,) = _comparer(avant, apres).differences
    assert (dite.libelle, (dite.avant, dite.apres)) == ("Commune", dits)
