"""The traps of exports-demarche-numerique §§ 0 and 9, each by its name."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from o2r_desktop.dossiers.lecture import lire_dossier
from o2r_desktop.dossiers.model import Dossier, Enregistrement, Etat
from o2r_desktop.text import PARIS
from tests.o2r_desktop.imports.outils import (
    O2R,
    STANDARD,
    dossiers,
    ecrire_csv,
    ecrire_xlsx,
    enregistrements,
    fixe,
    lire_sur_place,
)

NBSP = "\u00a0"
MODELE = (f"N°{NBSP}dossier", "Établissement SIRET", "Entreprise raison sociale", "État du dossier",
          "Date de dépôt", "Labels")  # fmt: skip
BUDGET, DUREE, CASE = "Coût total du projet sur 3 ans (€)", "Durée moyenne d'un parcours (mois)", (
    "Contrat d'engagement républicain souscrit"
)  # fmt: skip


def _csv(tmp_path: Path, *, separateur: str = ",", **champs: object) -> Dossier:
    """Read one dossier of a standard CSV with these fields."""
    chemin = ecrire_csv(tmp_path / "a.csv", [(*STANDARD, *champs), (*fixe(), *champs.values())], separateur)
    return dossiers(lire_sur_place(chemin))[101]


def _xlsx(tmp_path: Path, **champs: object) -> Dossier:
    chemin = ecrire_xlsx(tmp_path / "a.xlsx", {"Dossiers": [(*STANDARD, *champs), (*fixe(), *champs.values())]})
    return dossiers(lire_sur_place(chemin))[101]


def _modele(tmp_path: Path, **champs: object) -> Dossier:
    lignes = [(*MODELE, *champs), (101, "", "Asso", "Accepté", datetime(2025, 8, 1, 9, 0, 1), "", *champs.values())]  # noqa: DTZ001
    return dossiers(lire_sur_place(ecrire_xlsx(tmp_path / "a.xlsx", {"Dossiers": lignes})))[101]


def test_blank_number_becomes_zero(tmp_path: Path) -> None:
    champ = _xlsx(tmp_path, **{BUDGET: 0}).champ("cout_total")
    assert champ is not None
    assert (champ.valeur, champ.zero_ou_vide, champ.renseigne) == (Decimal(0), True, False)
    assert _csv(tmp_path, **{BUDGET: "0.0"}).valeur("cout_total") is None


def test_template_tells_blank_from_zero(tmp_path: Path) -> None:
    dossier = _modele(tmp_path, **{BUDGET: 0, DUREE: None})
    assert dossier.valeur("cout_total") == 0
    assert dossier.champ("duree_moyenne").valeur == ""  # type: ignore[union-attr]


@pytest.mark.parametrize(("cellule", "coche"), [("on", True), ("off", False), ("true", True), ("Oui", True)])
def test_checkbox_on_off(tmp_path: Path, cellule: str, coche: bool) -> None:
    champ = _csv(tmp_path, **{CASE: cellule}).champ("engagement_republicain")
    assert champ is not None
    assert champ.valeur is coche
    assert champ.zero_ou_vide is not coche


@pytest.mark.parametrize(("cellule", "lu"), [("Oui", True), ("Non", False), ("", ""), ("VRAI", True), (True, True)])
def test_yes_no_is_oui_non(tmp_path: Path, cellule: object, lu: object) -> None:
    champ = _xlsx(tmp_path, **{"Projet porté par un consortium ?": cellule}).champ("consortium")
    assert champ is not None
    assert champ.valeur == lu
    assert type(champ.valeur) is type(lu)


@pytest.mark.parametrize(
    "cellule",
    [
        "2026-03-01",
        "01/03/2026",
        "1er mars 2026",
        "01 mars 2026",
        "2026-03-01T14:30:00+01:00",
        "2026-03-01 00:00:00",
    ],
)
def test_field_dates_are_text(tmp_path: Path, cellule: str) -> None:
    assert _xlsx(tmp_path, **{"Date de début prévue": cellule}).valeur("date_debut") == date(2026, 3, 1)


def test_template_dates_are_cells(tmp_path: Path) -> None:
    dossier = _modele(tmp_path, **{"Date de début prévue": date(2026, 3, 1)})
    assert dossier.valeur("date_debut") == date(2026, 3, 1)


@pytest.mark.parametrize(
    "cellule",
    ["2025-08-13 12:00:01 +0200", "2025-08-13T10:00:01Z", "2025-08-13 12:00:01", "13/08/2025 12:00:01"],
)
def test_datetimes_are_paris_wall_clock(tmp_path: Path, cellule: str) -> None:
    lignes = [STANDARD, fixe(**{"Déposé le": cellule})]
    dossier = dossiers(lire_sur_place(ecrire_csv(tmp_path / "a.csv", lignes)))[101]
    assert dossier.depot == datetime(2025, 8, 13, 12, 0, 1, tzinfo=PARIS)


def test_winter_time_of_csv(tmp_path: Path) -> None:
    lignes = [STANDARD, fixe(**{"Déposé le": "2025-01-13 12:00:00 +0100"})]
    dossier = dossiers(lire_sur_place(ecrire_csv(tmp_path / "a.csv", lignes)))[101]
    assert dossier.depot == datetime(2025, 1, 13, 12, tzinfo=PARIS)


def test_date_cells_keep_their_seconds(tmp_path: Path) -> None:
    assert _modele(tmp_path).depot == datetime(2025, 8, 1, 9, 0, 1, tzinfo=PARIS)


def test_linked_list_is_one_text(tmp_path: Path) -> None:
    dossier = _csv(tmp_path, **{"Liste liée": "a;b"})
    assert dossier.champs[0].valeur == "a;b"


def test_one_column_may_become_three(tmp_path: Path) -> None:
    champs = {"Commune": "Laon (02000)", "Commune (Code INSEE)": "02408", "Commune (Département)": "02 – Aisne"}
    assert [c.valeur for c in _csv(tmp_path, **champs).champs] == ["Laon (02000)", "02408", "02 – Aisne"]


def test_csv_has_no_repetition(tmp_path: Path) -> None:
    lu = lire_sur_place(ecrire_csv(tmp_path / "a.csv", [STANDARD, fixe()]))
    assert enregistrements(lu)[101].blocs is None


@pytest.mark.parametrize(
    "cellule", ["125000.5", "125 000,5", f"125{NBSP}000,5", "125\u202f000,50 €", "125000,5", "1,250005E+05"]
)
def test_numbers_of_every_spreadsheet(tmp_path: Path, cellule: str) -> None:
    assert _csv(tmp_path, **{BUDGET: cellule}).valeur("cout_total") == Decimal("125000.5")


def test_whole_numbers_of_spreadsheets_are_floats(tmp_path: Path) -> None:
    dossier = _xlsx(tmp_path, **{DUREE: 6.0, "Sans correspondance": 6.0})
    assert dossier.valeur("duree_moyenne") == 6
    assert type(dossier.valeur("duree_moyenne")) is int
    assert dossier.champs[1].valeur == "6"


@pytest.mark.parametrize(
    ("libelle", "cellule"),
    [
        (BUDGET, "beaucoup"),
        (DUREE, 6.5),
        ("Date de début prévue", "bientôt"),
        ("Projet porté par un consortium ?", "?"),
    ],
)
def test_unreadable_cells_are_kept_and_told(tmp_path: Path, libelle: str, cellule: object) -> None:
    chemin = ecrire_xlsx(tmp_path / "a.xlsx", {"Dossiers": [(*STANDARD, libelle), (*fixe(), cellule)]})
    lu = lire_sur_place(chemin)
    dossier = dossiers(lu)[101]
    assert dossier.champs[0].anomalie
    assert [(a.numero, a.ou) for a in lu.anomalies if a.ou == libelle] == [(101, libelle)]
    assert {(a.ou, a.quoi) for a in dossier.anomalies} == {(a.ou, a.quoi) for a in lu.anomalies}


def test_siret_lost_by_excel_is_told(tmp_path: Path) -> None:
    lignes = [(*STANDARD, "Établissement SIRET"), (*fixe(), "7,65148E+13")]
    entete = [*STANDARD[:3], "Établissement SIRET", *STANDARD[4:]]
    lignes = [entete, fixe(**{"Entreprise raison sociale": "7,65148E+13"})]
    lu = lire_sur_place(ecrire_csv(tmp_path / "a.csv", lignes))
    assert any("derniers chiffres" in a.quoi for a in lu.anomalies)
    assert dossiers(lu)[101].porteur.siret == "7,65148E+13"


def test_leading_zeros_lost_by_excel_come_back(tmp_path: Path) -> None:
    entete = [*STANDARD[:3], "Établissement code postal", *STANDARD[4:], "Téléphone de contact"]
    lignes = [entete, [*fixe(**{"Entreprise raison sociale": "1000"}), "240000000"]]
    dossier = dossiers(lire_sur_place(ecrire_csv(tmp_path / "a.csv", lignes)))[101]
    assert dossier.porteur.code_postal == "01000"
    assert dossier.texte("telephone_contact") == "0240000000"


def test_options_with_a_comma_are_not_split(tmp_path: Path) -> None:
    publics = "55 ans et plus, Santé mentale, comportements déviants, addictions, Autre public"
    assert _csv(tmp_path, **{"Publics visés": publics}).liste("publics") == (
        "55 ans et plus",
        "Santé mentale, comportements déviants, addictions",
        "Autre public",
    )


def test_formulas_stay_text(tmp_path: Path) -> None:
    assert _csv(tmp_path, **{"Intitulé du projet": "=1+1"}).texte("intitule") == "=1+1"


def test_state_is_trusted_and_not_dates(tmp_path: Path) -> None:
    entete = [*STANDARD, "Traité le"]
    lignes = [[*STANDARD[:-1], "Traité le", "Instructeurs"], [*fixe()[:-1], "2025-08-09 10:00:00 +0200", ""]]
    lu = lire_sur_place(ecrire_csv(tmp_path / "a.csv", lignes))
    assert dossiers(lu)[101].etat is Etat.EN_INSTRUCTION
    assert enregistrements(lu)[101].fixes["traitement"] == "2025-08-09 10:00:00 +0200"
    assert len(entete) == len(lignes[0])


def test_duplicate_headers_keep_their_rank(tmp_path: Path) -> None:
    lignes = [(*STANDARD, "Prénom", "Prénom", "Nom"), (*fixe(), "A", "B", "C")]
    dossier = dossiers(lire_sur_place(ecrire_csv(tmp_path / "a.csv", lignes)))[101]
    assert [(c.libelle, c.rang, c.valeur) for c in dossier.champs] == [
        ("Prénom", 1, "A"), ("Prénom", 2, "B"), ("Nom", 1, "C")
    ]  # fmt: skip
    assert not dossier.porteur.personne_physique


def test_columns_are_found_by_name_not_by_place(tmp_path: Path) -> None:
    lignes = [list(reversed((*STANDARD, BUDGET))), list(reversed((*fixe(), "12.5")))]
    lu = lire_sur_place(ecrire_csv(tmp_path / "a.csv", lignes))
    dossier = dossiers(lu)[101]
    assert (dossier.numero, dossier.etat, dossier.porteur.nom) == (101, Etat.EN_INSTRUCTION, "Asso")
    assert dossier.valeur("cout_total") == Decimal("12.5")


@pytest.mark.parametrize("separateur", [",", ";", "\t"])
@pytest.mark.parametrize("codage", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("fin", ["\n", "\r\n"])
def test_csv_dialects(tmp_path: Path, separateur: str, codage: str, fin: str) -> None:
    lignes = [(*STANDARD, "Personne en charge : nom, prénom; fonction"), (*fixe(), 'été, "œuvre";\nligne 2')]
    chemin = ecrire_csv(tmp_path / "a.csv", lignes, separateur)
    chemin.write_bytes(chemin.read_text("utf-8").replace("\n", fin).encode(codage))
    assert dossiers(lire_sur_place(chemin))[101].champs[0].valeur == 'été, "œuvre";\nligne 2'


def test_csv_line_sep_of_excel(tmp_path: Path) -> None:
    chemin = ecrire_csv(tmp_path / "a.csv", [STANDARD, fixe()], ";")
    chemin.write_text("sep=;\n" + chemin.read_text("utf-8"), "utf-8")
    assert list(dossiers(lire_sur_place(chemin))) == [101]


def test_one_wrong_byte_does_not_spoil_accents(tmp_path: Path) -> None:
    chemin = ecrire_csv(tmp_path / "a.csv", [(*STANDARD, "Intitulé"), (*fixe(), "été")])
    chemin.write_bytes(chemin.read_bytes().replace("été".encode(), "été".encode() + b"\xff"))
    lu = lire_sur_place(chemin)
    assert dossiers(lu)[101].champs[0].valeur == "été\ufffd"
    assert any("illisibles" in a.quoi for a in lu.anomalies)


def test_excel_leaves_out_last_separators(tmp_path: Path) -> None:
    chemin = ecrire_csv(tmp_path / "a.csv", [(*STANDARD, "A", "B"), (*fixe(), "x"), (*fixe("102"), "x", "y")])
    assert [c.valeur for c in dossiers(lire_sur_place(chemin))[101].champs] == ["x", ""]


def test_last_line_cut_is_told(tmp_path: Path) -> None:
    chemin = ecrire_csv(tmp_path / "a.csv", [(*STANDARD, "A", "B"), (*fixe(), "x", "y"), fixe("102")])
    chemin.write_bytes(chemin.read_bytes().rstrip(b"\n"))
    assert any("tronqué" in a.quoi for a in lire_sur_place(chemin).anomalies)


def test_lines_without_a_number_of_their_own_are_refused(tmp_path: Path) -> None:
    lignes = [STANDARD, fixe("101"), fixe(""), fixe("abc"), fixe("101"), fixe("102"), fixe("2,4E+07")]
    lu = lire_sur_place(ecrire_csv(tmp_path / "a.csv", lignes))
    assert [d.numero for d in lu.dossiers] == [101, 102]
    assert [(r.numero, r.ligne) for r in lu.refuses] == [(None, 3), (None, 4), (101, 5), (None, 7)]
    assert "ligne 2" in lu.refuses[2].motif


def test_blank_lines_are_skipped_and_lines_counted(tmp_path: Path) -> None:
    lu = lire_sur_place(ecrire_xlsx(tmp_path / "a.xlsx", {"Dossiers": [[], STANDARD, [], fixe("101")]}))
    assert [(d.numero, d.ligne) for d in lu.dossiers] == [(101, 4)]


@pytest.mark.parametrize("numero", ["101", 101, 101.0, " 101 ", "101.0"])
def test_numbers_of_dossiers(tmp_path: Path, numero: object) -> None:
    lu = lire_sur_place(ecrire_xlsx(tmp_path / "a.xlsx", {"Dossiers": [STANDARD, fixe(numero)]}))
    assert [d.numero for d in lu.dossiers] == [101]


def test_individuals(tmp_path: Path) -> None:
    entete = ("ID", "Email", "FranceConnect ?", "Civilité", "Nom", "Prénom", "Dépôt pour un tiers",
              "Nom du mandataire", "Prénom du mandataire", "Date de naissance", "À archiver", "État du dossier",
              "Déposé le", "Date décision SVA", "Instructeurs", "Nom")  # fmt: skip
    ligne = ("101", "a@b.example", "true", "Mme", "Petit", "Lou", "true", "Grand", "Sacha", "2000-01-02", "false",
             "En construction", "2025-08-01 10:00:00 +0200", "2025-10-01", "", "champ Nom")  # fmt: skip
    lu = lire_sur_place(ecrire_csv(tmp_path / "a.csv", [entete, ligne]))
    dossier, brut = dossiers(lu)[101], enregistrements(lu)[101]
    assert (dossier.porteur.nom, dossier.porteur.mandataire) == ("Lou Petit", "Sacha Grand")
    assert dossier.porteur.personne_physique
    assert [(c.libelle, c.valeur) for c in dossier.champs] == [("Nom", "champ Nom")]
    assert (brut.fixes["decision_sva"], brut.demandeur["date_naissance"]) == ("2025-10-01", "2000-01-02")
    assert lu.anomalies == ()


def _blocs(tmp_path: Path, feuilles: dict[str, list[tuple[object, ...]]]) -> Enregistrement:
    lignes: list[tuple[object, ...]] = [STANDARD, tuple(fixe()), tuple(fixe("102"))]
    chemin = ecrire_xlsx(tmp_path / "a.xlsx", {"Dossiers": lignes, **feuilles})
    return enregistrements(lire_sur_place(chemin))[101]


def test_repetition_sheets_are_joined_on_the_number(tmp_path: Path) -> None:
    brut = _blocs(
        tmp_path,
        {
            "(77) Membres du consortium de": [
                ("Dossier ID", "Ligne", "SIRET", "Rôle dans le projet"),
                ("102", 1, "a", "autre"),
                ("101", 2, "b", "second"),
                ("101", 1, "c", "premier"),
            ]
        },
    )
    assert brut.blocs is not None
    assert (brut.blocs[0].libelle, brut.blocs[0].stable_id) == ("Membres du consortium de", 77)
    assert [ligne["SIRET"] for ligne in brut.blocs[0].lignes] == ["c", "b"]


def test_repetition_sheets_of_before_2021_bear_their_label(tmp_path: Path) -> None:
    brut = _blocs(tmp_path, {"Membres du consortium": [("Dossier ID", "Ligne", "SIRET"), ("101", 1, "b")]})
    assert brut.blocs is not None
    assert (brut.blocs[0].libelle, brut.blocs[0].stable_id) == ("Membres du consortium", None)


@pytest.mark.parametrize("prefixe", ["(Bloc répétable Membres du consortium) – ", "Membres du consortium – ", ""])
def test_children_of_blocks_lose_the_prefix_of_templates(tmp_path: Path, prefixe: str) -> None:
    brut = _blocs(
        tmp_path, {"(7) Membres du consortiu": [("Dossier ID", "Ligne", f"{prefixe}SIRET"), ("101", 1, "b")]}
    )
    assert brut.blocs is not None
    assert brut.blocs[0].lignes == ({"SIRET": "b"},)


def test_establishments_name_the_applicant_and_the_members(tmp_path: Path) -> None:
    siret, membre = "76514773100028", "74221369700003"
    entete = (
        "Dossier ID",
        "Champ",
        "Établissement SIRET",
        "Entreprise raison sociale",
        "Entreprise forme juridique code",
    )
    brut = _blocs(
        tmp_path,
        {
            "Etablissements": [
                entete,
                ("101", "SIRET", membre, "Membre Un", "5710"),
                ("101", "Dossier", siret, "Asso", "9220"),
            ],
            "(7) Membres du consortiu": [("Dossier ID", "Ligne", "SIRET"), ("101", 1, membre)],
        },
    )
    assert (brut.demandeur["siret"], brut.demandeur["forme_juridique_code"]) == (siret, "9220")
    assert brut.autres["etablissements"][0]["siret"] == membre
    (lu,) = lire_dossier(brut, O2R).membres
    assert (lu.nom, lu.siret, lu.categorie_juridique) == ("Membre Un", membre, "5710")


def test_avis_are_kept(tmp_path: Path) -> None:
    entete = ("Dossier ID", "Introduction", "Réponse", "Question", "Réponse oui/non", "Créé le", "Répondu le",
              "Instructeur", "Expert")  # fmt: skip
    brut = _blocs(tmp_path, {"Avis": [entete, ("101", "i", "r", "q", True, "", "", "a@b.example", "e@b.example")]})
    assert brut.autres["avis"][0]["Réponse"] == "r"


def test_every_fixed_column_is_kept(tmp_path: Path) -> None:
    lignes = [
        (*STANDARD[:-1], "Colonne inconnue", "Instructeurs", "Groupe instructeur"),
        (*fixe()[:-1], "x", "i", "g"),
    ]
    brut = enregistrements(lire_sur_place(ecrire_csv(tmp_path / "a.csv", lignes)))[101]
    assert brut.fixes["groupe_instructeur"] == "g"
    assert [(c.libelle, v) for c, v in zip(brut.colonnes, brut.cellules, strict=True)] == [
        ("Colonne inconnue", "x")
    ]


def test_long_text_cut_by_a_spreadsheet_is_told(tmp_path: Path) -> None:
    chemin = ecrire_xlsx(
        tmp_path / "a.xlsx", {"Dossiers": [(*STANDARD, "Résumé du projet"), (*fixe(), "a" * 40_000)]}
    )
    assert any("32" in a.quoi and a.ou == "Résumé du projet" for a in lire_sur_place(chemin).anomalies)


def test_same_siret_twice_is_told(tmp_path: Path) -> None:
    entete = [*STANDARD[:3], "Établissement SIRET", *STANDARD[4:]]
    siret = {"Entreprise raison sociale": "76514773100028"}
    lu = lire_sur_place(ecrire_csv(tmp_path / "a.csv", [entete, fixe("101", **siret), fixe("102", **siret)]))
    assert [(a.numero, a.ou) for a in lu.anomalies] == [(101, "SIRET du porteur"), (102, "SIRET du porteur")]
