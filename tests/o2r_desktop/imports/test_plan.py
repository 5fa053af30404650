"""Plans: what is new, changed, unchanged, missing, and what is kept of the old state."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from o2r_desktop.dossiers.champs import Brut
from o2r_desktop.dossiers.correspondance import cle_libelle
from o2r_desktop.dossiers.enregistrement import colonnes_en_json, de_json, empreinte
from o2r_desktop.dossiers.importation import ExportRead, ImportPlan
from o2r_desktop.dossiers.lecture import lire_dossier
from o2r_desktop.dossiers.model import Bloc, Colonne, Dossier, Enregistrement, Origine
from o2r_desktop.imports.comparaison import Comparaison, comparer
from o2r_desktop.imports.egalite import meme_texte
from o2r_desktop.imports.plan import make_plan
from tests.o2r_desktop.imports.outils import (
    CSV,
    EXCEL,
    JSON,
    MODELE,
    O2R,
    ODS,
    STANDARD,
    XLSX,
    champ,
    demarche,
    ecrire_csv,
    ecrire_json,
    enregistrements,
    fixe,
    lire_sur_place,
    noeud,
)

BUDGET = "Coût total du projet sur 3 ans (€)"


def _planifier(connu: ExportRead, lu: ExportRead) -> ImportPlan:
    """Plan the import of *lu* into a campagne that holds *connu*."""
    return make_plan(lu, {d.numero: d.empreinte for d in connu.dossiers}, enregistrements(connu).__getitem__, O2R)


def _fusion(plan: ImportPlan, rang: int = 0) -> Dossier:
    lu = plan.modifies[rang].lu
    return lire_dossier(de_json(lu.numero, lu.contenu, plan.read.jeux[lu.jeu]), O2R)


@pytest.fixture(scope="module")
def lus() -> dict[str, ExportRead]:
    chemins = {"xlsx": XLSX, "csv": CSV, "excel": EXCEL, "json": JSON, "modele": MODELE, "ods": ODS}
    return {nom: lire_sur_place(chemin) for nom, chemin in chemins.items()}


def test_empty_campagne_takes_everything(lus: dict[str, ExportRead]) -> None:
    plan = make_plan(lus["xlsx"], {}, {}.__getitem__, O2R)
    assert plan.nouveaux == lus["xlsx"].dossiers
    assert (plan.modifies, plan.inchanges, plan.absents) == ((), (), ())


def test_same_file_loads_nothing(lus: dict[str, ExportRead]) -> None:
    connus = {d.numero: d.empreinte for d in lus["xlsx"].dossiers}
    plan = make_plan(lus["xlsx"], connus, {}.__getitem__, O2R)
    assert len(plan.inchanges) == 38
    assert not plan.modifies


@pytest.mark.parametrize("apres", ["xlsx", "csv", "excel", "json", "modele", "ods"])
@pytest.mark.parametrize("avant", ["xlsx", "csv", "excel", "json", "ods"])
def test_same_answers_in_another_format_are_unchanged(lus: dict[str, ExportRead], avant: str, apres: str) -> None:
    """Excepted: members that the CSV did not carry, what only the workbook names, text that Excel had lost."""
    plan = _planifier(lus[avant], lus[apres])
    attendus = set()
    if (avant in ("csv", "excel") and apres in ("xlsx", "ods")) or (avant != "json" and apres == "json"):
        attendus.add(24000025)  # members, and their names that only the API gives
    if apres == "modele" or (apres in ("xlsx", "ods") and avant not in ("xlsx", "ods")):
        attendus.add(24000034)
    if avant == "excel":
        attendus.add(24000030)
    if avant == "xlsx" and apres in ("csv", "excel", "json", "ods"):
        attendus.add(24000033)  # the workbook had cut its long text
    changes = {
        m.lu.numero: [(d.libelle, d.avant[:40], d.apres[:40]) for d in m.differences]
        for m in plan.modifies
        if m.differences
    }
    assert set(changes) <= attendus, changes
    assert plan.absents == ()


def test_missing_dossiers_are_kept_and_told(lus: dict[str, ExportRead]) -> None:
    part = replace(lus["xlsx"], dossiers=lus["xlsx"].dossiers[2:])
    plan = _planifier(lus["xlsx"], part)
    assert plan.absents == tuple(sorted(d.numero for d in lus["xlsx"].dossiers[:2]))


def _csv(tmp_path: Path, ligne: list[object], *libelles: str) -> ExportRead:
    return lire_sur_place(ecrire_csv(tmp_path / "a.csv", [(*STANDARD, *libelles), ligne]))


def test_a_changed_answer_is_told_with_its_attribute(tmp_path: Path) -> None:
    avant = _csv(tmp_path, [*fixe(), "150000", "x"], BUDGET, "Libre")
    apres = _csv(tmp_path, [*fixe(), "160000", "x"], BUDGET, "Libre")
    plan = _planifier(avant, apres)
    (modification,) = plan.modifies
    (difference,) = modification.differences
    assert (difference.libelle, difference.attribut) == (BUDGET, "cout_total")
    assert (difference.avant, difference.apres) == ("150\u202f000", "160\u202f000")
    lu = modification.lu
    assert lu.empreinte == empreinte(colonnes_en_json(plan.read.jeux[lu.jeu]), lu.contenu)
    assert lu.apercu.cout_total == 160_000


def test_fixed_data_are_compared_too(tmp_path: Path) -> None:
    nouveau = fixe(
        **{
            "Entreprise raison sociale": "Autre",
            "État du dossier": "Accepté",
            "Déposé le": "2025-08-13 12:00:01 +0200",
        }
    )
    plan = _planifier(_csv(tmp_path, fixe()), _csv(tmp_path, nouveau))
    assert [d.libelle for d in plan.modifies[0].differences] == [
        "État du dossier",
        "Date de dépôt",
        "Raison sociale",
    ]


def test_seconds_lost_by_excel_are_kept(tmp_path: Path) -> None:
    avant = _csv(tmp_path, [*fixe(**{"Déposé le": "2025-08-13 12:00:01 +0200"}), "a"], "Libre")
    apres = _csv(tmp_path, [*fixe(**{"Déposé le": "13/08/2025 12:00"}), "b"], "Libre")
    plan = _planifier(avant, apres)
    assert [d.libelle for d in plan.modifies[0].differences] == ["Libre"]
    assert _fusion(plan).depot == lire_dossier(enregistrements(avant)[101], O2R).depot


def test_members_survive_a_csv(lus: dict[str, ExportRead]) -> None:
    csv = lus["csv"]
    vise = next(d for d in csv.dossiers if d.numero == 24000025)
    change = replace(vise, contenu=vise.contenu.replace("En instruction", "Accept\\u00e9"), empreinte="autre")
    plan = _planifier(lus["json"], replace(csv, dossiers=(change,)))
    assert [d.libelle for d in plan.modifies[0].differences] == ["État du dossier"]
    fusion = _fusion(plan)
    assert [m.nom for m in fusion.membres] == [
        "Les Jardins d'Essai",
        "Mobilité & Cie",
        'Centre social "Les Tilleuls"',
    ]
    assert fusion.origine is Origine.CSV_STANDARD


def test_names_of_members_survive_a_workbook(lus: dict[str, ExportRead]) -> None:
    xlsx = lus["xlsx"]
    vise = next(d for d in xlsx.dossiers if d.numero == 24000025)
    change = replace(vise, contenu=vise.contenu.replace("En instruction", "Accept\\u00e9"), empreinte="autre")
    plan = _planifier(lus["json"], replace(xlsx, dossiers=(change,)))
    assert _fusion(plan).membres[0].nom == "Les Jardins d'Essai"


def test_members_that_change_are_told(lus: dict[str, ExportRead]) -> None:
    json = lus["json"]
    vise = next(d for d in json.dossiers if d.numero == 24000025)
    change = replace(vise, contenu=vise.contenu.replace("80000.5", "90000.5"), empreinte="autre")
    plan = _planifier(lus["xlsx"], replace(json, dossiers=(change,)))
    assert [d.attribut for d in plan.modifies[0].differences] == ["membres"]
    assert "90000.5" in plan.modifies[0].differences[0].apres


def test_columns_that_a_template_did_not_choose_are_kept(tmp_path: Path) -> None:
    avant = _csv(tmp_path, [*fixe(), "150000", "libre"], BUDGET, "Libre")
    apres = _csv(tmp_path, [*fixe(), "160000"], BUDGET)
    plan = _planifier(avant, apres)
    fusion = _fusion(plan)
    assert [(c.libelle, str(c.valeur)) for c in fusion.champs] == [(BUDGET, "160000"), ("Libre", "libre")]
    assert plan.read.jeux[plan.modifies[0].lu.jeu] == (Colonne(BUDGET), Colonne("Libre"))
    assert plan.read.jeux[0] == (Colonne(BUDGET),)


def test_a_field_hidden_now_withdraws_its_answer(tmp_path: Path) -> None:
    deux = champ(1, "A", stringValue="a"), champ(2, "B", stringValue="b")

    def lire(*noeuds: dict[str, Any]) -> ExportRead:
        return lire_sur_place(ecrire_json(tmp_path / "a.json", demarche(*noeuds)))

    plan = _planifier(lire(noeud(1, deux), noeud(2, deux)), lire(noeud(1, deux[:1]), noeud(2, deux)))
    assert [(d.libelle, d.avant, d.apres) for d in plan.modifies[0].differences] == [("B", "b", "")]
    assert [c.libelle for c in _fusion(plan).champs] == ["A"]


def test_an_older_file_is_told(tmp_path: Path) -> None:
    avant = _csv(tmp_path, [*fixe(), "a"], "Libre")
    apres = _csv(tmp_path, [*fixe(**{"Dernière mise à jour le": "2025-07-01 10:00:00 +0200"}), "b"], "Libre")
    plan = _planifier(avant, apres)
    assert [(a.numero, a.ou) for a in plan.anomalies if "ancien" in a.quoi] == [
        (None, "fichier"),
        (101, "Dernière mise à jour"),
    ]


def _enregistrement(brut: Brut, origine: Origine, libelle: str = BUDGET, **autres: Any) -> Enregistrement:
    return Enregistrement(
        numero=1,
        origine=origine,
        fixes={},
        demandeur={},
        colonnes=(Colonne(libelle),),
        cellules=(brut,),
        **{"blocs": None, **autres},
    )


def _comparer(avant: Enregistrement, apres: Enregistrement) -> Comparaison:
    return comparer(avant, apres, O2R, {"cout_total"})


@pytest.mark.parametrize(
    ("avant", "apres", "meme"),
    [
        ((0, Origine.XLSX_STANDARD), ("", Origine.JSON_API), True),
        ((None, Origine.JSON_API), (0, Origine.XLSX_STANDARD), True),
        ((0, Origine.XLSX_MODELE), (0, Origine.XLSX_STANDARD), True),
        ((0, Origine.XLSX_MODELE), ("", Origine.XLSX_MODELE), False),
        ((0, Origine.XLSX_STANDARD), (5, Origine.JSON_API), False),
        (("150000.0", Origine.CSV_STANDARD), (150000.0, Origine.XLSX_STANDARD), True),
        (("150 000,50", Origine.CSV_STANDARD), (150000.5, Origine.JSON_API), True),
        (("n/a", Origine.CSV_STANDARD), (1, Origine.JSON_API), False),
    ],
)
def test_numbers_across_formats(avant: tuple[Brut, Origine], apres: tuple[Brut, Origine], meme: bool) -> None:
    assert (not _comparer(_enregistrement(*avant), _enregistrement(*apres)).differences) is meme


@pytest.mark.parametrize(
    ("avant", "apres", "meme"),
    [
        ("a\r\nb", "a\nb", True),
        ("a 🦊 b", "a   b", True),
        ("a → b", "a ? b", True),
        ("e\u0301te\u0301", "été", True),
        ("x" * 40_000, "x" * 32_767, True),
        ("x" * 32_767, "x" * 40_000, False),  # the whole text has come: it must be taken
        ("a b", "a c", False),
        ("vraiment ?", "vraiment !", False),
        ("x" * 40_000, "x" * 30_000, False),
    ],
)
def test_texts_across_formats(avant: str, apres: str, meme: bool) -> None:
    assert meme_texte(avant, apres) is meme


@pytest.mark.parametrize(
    ("avant", "apres"),
    [("12.0", 12.0), (True, "Oui"), ("on", True), ("2026-03-01", "01/03/2026"), ("a;b", "a / b")],
)
def test_fields_that_nothing_types_are_compared_all_the_same(avant: Brut, apres: Brut) -> None:
    paire = _enregistrement(avant, Origine.CSV_STANDARD, "Libre"), _enregistrement(apres, Origine.JSON_API, "Libre")
    assert not _comparer(*paire).differences


def test_text_that_lost_characters_does_not_replace_the_whole_one() -> None:
    riche = _enregistrement("a 🦊 → b", Origine.JSON_API, "Libre")
    assert _comparer(riche, _enregistrement("a   ? b", Origine.CSV_STANDARD, "Libre")).fusion.cellules == (
        "a 🦊 → b",
    )


def test_a_doubtful_zero_never_becomes_an_answer() -> None:
    ancien = _enregistrement(0, Origine.XLSX_STANDARD)
    nouveau = replace(ancien, origine=Origine.XLSX_MODELE, colonnes=(Colonne("X"),), cellules=("x",))
    fusion = comparer(ancien, nouveau, O2R, set()).fusion
    assert lire_dossier(fusion, O2R).valeur("cout_total") is None


def test_blank_applicant_data_erase_nothing() -> None:
    """INSEE could not be reached: every column of the establishment is blank."""
    ancien = replace(_enregistrement(1, Origine.CSV_STANDARD), demandeur={"siret": "1", "raison_sociale": "Asso"})
    nouveau = replace(ancien, demandeur={"siret": "1", "raison_sociale": ""})
    comparaison = _comparer(ancien, nouveau)
    assert not comparaison.differences
    assert comparaison.fusion.demandeur["raison_sociale"] == "Asso"


@pytest.mark.parametrize(
    ("origine", "restent", "dites"),
    [(Origine.XLSX_STANDARD, 0, 1), (Origine.JSON_API, 0, 1), (Origine.XLSX_MODELE, 1, 0)],
)
def test_a_block_without_row_anymore(origine: Origine, restent: int, dites: int) -> None:
    bloc = Bloc(libelle="Membres du consortium", stable_id=7, lignes=({"SIRET": "1"},))
    ancien = _enregistrement(1, Origine.JSON_API, blocs=(bloc,))
    comparaison = _comparer(ancien, _enregistrement(1, origine, blocs=()))
    assert len(comparaison.fusion.blocs or ()) == restent
    assert len(comparaison.differences) == dites


def test_last_update_alone_is_a_change(tmp_path: Path) -> None:
    plan = _planifier(
        _csv(tmp_path, fixe()), _csv(tmp_path, fixe(**{"Dernière mise à jour le": "2025-08-03 10:00:00 +0200"}))
    )
    assert [d.libelle for d in plan.modifies[0].differences] == ["Dernière mise à jour"]
    connu = plan.modifies[0].lu.apercu.mise_a_jour
    assert connu is not None
    assert connu.utcoffset() == timedelta(hours=2)


def _lu(tmp_path: Path, origine: Origine, etat: dict[str, Brut]) -> ExportRead:
    """Return a read of one dossier under any origin."""
    lu = _csv(tmp_path, [*fixe(), *etat.values()], *etat)
    contenus = [replace(d, contenu=d.contenu.replace('"csv_standard"', f'"{origine.value}"')) for d in lu.dossiers]
    return replace(lu, origine=origine, dossiers=tuple(replace(d, empreinte=origine.value) for d in contenus))


@pytest.mark.parametrize(
    ("avant", "apres", "dit"),
    [
        ((Origine.XLSX_STANDARD, "0"), (Origine.JSON_API, "0"), [("0 ou non renseigné", "0")]),
        ((Origine.XLSX_STANDARD, "0"), (Origine.JSON_API, ""), []),
        ((Origine.ODS_STANDARD, "0"), (Origine.ODS_MODELE, "0"), [("0 ou non renseigné", "0")]),
        ((Origine.JSON_API, "0"), (Origine.XLSX_STANDARD, "0"), None),
        ((Origine.JSON_API, ""), (Origine.XLSX_STANDARD, "0"), None),
        ((Origine.XLSX_STANDARD, "0"), (Origine.CSV_STANDARD, "0"), None),
        ((Origine.XLSX_STANDARD, "12"), (Origine.JSON_API, "12"), None),
    ],
)
def test_a_doubt_that_is_lifted_is_written_and_told_when_it_was_an_answer(
    tmp_path: Path, avant: tuple[Origine, str], apres: tuple[Origine, str], dit: list[tuple[str, str]] | None
) -> None:
    connu, lu = (_lu(tmp_path, origine, {BUDGET: brut}) for origine, brut in (avant, apres))
    plan = _planifier(connu, lu)
    assert [[(d.avant, d.apres) for d in m.differences] for m in plan.modifies] == ([] if dit is None else [dit])
    assert plan.inchanges == ((101,) if dit is None else ())
    precise = [a.quoi for a in plan.anomalies if "précise" in a.quoi]
    assert [q.startswith("Ce fichier précise 1\u00a0dossier") for q in precise] == ([True] if dit == [] else [])
    if dit is not None:
        champ_lu = _fusion(plan).champ("cout_total")
        assert champ_lu is not None
        assert not champ_lu.zero_ou_vide


STANDARDS: dict[str, Brut] = {
    "Commune": "Laon (02000)",
    "Commune (Code INSEE)": "02408",
    "Commune (Département)": "02 – Aisne",
    "Oise": "Oise",
    "Oise (Code)": "60",
    "Liste": "a;b",
    "RIB": "rib.pdf",
    "Structure": "76514773100028",
}
MODELES: dict[str, Brut] = {
    "Commune": "Laon",
    "Commune - code postal (5 chiffres)": "02000",
    "Commune - département": "02",
    "Oise": "60 – Oise",
    "Liste": "a / b",
    "Liste (Primaire)": "a",
    "Liste (Secondaire)": "b",
    "RIB": "rib.pdf",
    "RIB – IBAN": "FR76",
    "Structure – SIRET": "76514773100028",
    "Structure – Entreprise raison sociale": "Asso",
}


def test_split_columns_of_two_variants_are_the_same_answers(tmp_path: Path) -> None:
    standard = _lu(tmp_path, Origine.XLSX_STANDARD, STANDARDS)
    modele = _lu(tmp_path, Origine.XLSX_MODELE, MODELES)
    for connu, lu in ((standard, modele), (modele, standard)):
        (modification,) = _planifier(connu, lu).modifies
        assert modification.differences == ()
        ecrites = {c.libelle: str(c.valeur) for c in _fusion(_planifier(connu, lu)).champs}
        attendues = {*map(cle_libelle, STANDARDS), *map(cle_libelle, MODELES)}
        if connu is standard:
            attendues.remove("structure siret")  # one field under two names keeps the known one
        assert set(map(cle_libelle, ecrites)) == attendues
        assert ecrites["Commune"] == "Laon (02000)"


def test_a_place_that_changed_is_told_once_and_leaves_no_stale_code(tmp_path: Path) -> None:
    standard = _lu(tmp_path, Origine.XLSX_STANDARD, STANDARDS)
    autre = MODELES | {
        "Commune": "Brest",
        "Commune - code postal (5 chiffres)": "29200",
        "Commune - département": "29",
    }
    plan = _planifier(standard, _lu(tmp_path, Origine.XLSX_MODELE, autre))
    assert [(d.libelle, d.avant, d.apres) for d in plan.modifies[0].differences] == [
        ("Commune", "Laon (02000)", "Brest")
    ]
    ecrites = {c.libelle: c.valeur for c in _fusion(plan).champs}
    assert "Commune (Code INSEE)" not in ecrites
    assert ecrites["Commune - code postal (5 chiffres)"] == "29200"
