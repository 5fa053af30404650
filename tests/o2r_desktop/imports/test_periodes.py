"""Headers of every period: which columns are the platform's and which are fields (exports §§ 2, 3.1 and 5)."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from o2r_desktop.dossiers.model import Colonne, Origine
from o2r_desktop.errors import ExportFormatError
from o2r_desktop.imports.entetes import Entetes, reconnaitre, ressemble
from tests.o2r_desktop.imports.outils import (
    O2R,
    STANDARD,
    dossiers,
    ecrire_csv,
    ecrire_ods,
    ecrire_xlsx,
    enregistrements,
    fixe,
    lire_sur_place,
    zip_hostile,
)

ENTETES = Path(__file__).parents[2] / "data" / "entetes"
NBSP = "\u00a0"


def _fichier(nom: str) -> list[str]:
    """Return the header row kept in tests/data/entetes."""
    return (ENTETES / f"{nom}.txt").read_text("utf-8").splitlines()


PARTICULIER = _fichier("standard_particulier_xlsx_ods_csv")
SVA_CHORUS = _fichier("standard_particulier_avec_date_naissance_sva_chorus_sans_routage")
ENTREPRISE = _fichier("standard_entreprise_xlsx_ods")
ENTREPRISE_CSV = _fichier("standard_entreprise_csv")
MODELE = _fichier("modele_entreprise_toutes_colonnes_2026-01")
MODELE_PARTICULIER = _fichier("modele_particulier_toutes_colonnes_2026-01")


def _sans(entete: list[str], *libelles: str) -> list[str]:
    assert set(libelles) <= set(entete)
    return [libelle for libelle in entete if libelle not in libelles]


def _avec(entete: list[str], **nouveaux: str) -> list[str]:
    """Return a header where labels, given by what they become, have another name."""
    return [nouveaux.get(libelle.split()[0], libelle) if libelle in _RENOMMES else libelle for libelle in entete]


_RENOMMES = {"À archiver", "Déposé le"}
AVANT_2024 = ("FranceConnect ?", "Dernière mise à jour du dossier le")
TIERS = ("Dépôt pour un tiers", "Nom du mandataire", "Prénom du mandataire")
VIEUX = _avec(_sans(PARTICULIER, *AVANT_2024, *TIERS), À="Archivé")
IDENTITE_2026 = [
    f"{libelle} [Identité du demandeur]"
    if libelle in ("Nom", "Prénom")
    else libelle.replace(" du mandataire", " [Identité du mandataire]")
    for libelle in MODELE_PARTICULIER
]

PERIODES: dict[str, list[str]] = {
    "2019-07, individuals": _sans(_avec(VIEUX, Déposé="Passé en construction le"), "Groupe instructeur"),
    "2019-09, individuals, routed": VIEUX,
    "2019-09, organisations": _avec(_sans(ENTREPRISE, *AVANT_2024), À="Archivé"),
    "2019-11, organisations, CSV": _avec(
        _sans(ENTREPRISE_CSV, *AVANT_2024, "Entreprise état administratif"), À="Archivé"
    ),
    "2022-07, organisations, CSV": _avec(_sans(ENTREPRISE_CSV, *AVANT_2024), À="Archivé"),
    "2024-02, individuals": _avec(_sans(PARTICULIER, "Dernière mise à jour du dossier le"), À="Archivé"),
    "2024-03, individuals": _avec(PARTICULIER, À="Archivé"),
    "2024-12, individuals": PARTICULIER,
    "2024-12, individuals, SVA, Chorus": SVA_CHORUS,
    "2024-12, individuals, SVR": [libelle.replace("SVA", "SVR") for libelle in SVA_CHORUS],
    "2024-12, organisations": ENTREPRISE,
    "2024-12, organisations, CSV": ENTREPRISE_CSV,
    "2024-12, not routed": _sans(ENTREPRISE, "Groupe instructeur"),
    "2026-01, template, organisations": MODELE,
    "2026-01, template, individuals": MODELE_PARTICULIER,
    "2026-03, template, individuals": IDENTITE_2026,
    "2026, template, all": [*MODELE, "Date de dernière modification (instructeur)", "Date décision SVR",
                            "Accusé de lecture", "Déposé avec ProConnect", "Domaine Fonctionnel"],
    "2026, template, FranceConnect": ["Déposé avec FranceConnect" if lib == "France connecté ?" else lib
                                      for lib in MODELE],
    "2026, template, any order": [MODELE[0], *reversed(MODELE[1:])],
    "2026, template, few columns": [f"N°{NBSP}dossier", "Entreprise raison sociale", "Date de dépôt"],
}  # fmt: skip
AMBIGUS = [
    "Nom",
    "Date de création",
    "Labels",
    "Civilité",
    "N° dossier",
    "ID",
    "Commune",
    "Commune (Code INSEE)",
    "Nom",
]
"""Fields that bear the label of a fixed column, among others, and one label twice."""


def _lire(periode: str, champs: list[str]) -> Entetes:
    entete = [*PERIODES[periode], *champs]
    assert ressemble(entete)
    return reconnaitre(entete)


@pytest.mark.parametrize("periode", list(PERIODES))
def test_every_column_of_the_platform_is_recognised(periode: str) -> None:
    entete = PERIODES[periode]
    lu = _lire(periode, [])
    assert lu.colonnes == ()
    assert lu.modele is ("template" in periode)
    places = {lu.numero, *(i for _, i in (*lu.fixes, *lu.demandeur))}
    assert places == set(range(len(entete)))
    for cle in ("etat", "depot"):
        assert ("État du dossier" not in entete and cle == "etat") or cle in dict(lu.fixes)
    personne = "individuals" in periode
    assert ("nom" in dict(lu.demandeur)) is personne
    assert ("raison_sociale" in dict(lu.demandeur)) is not personne


@pytest.mark.parametrize("periode", [p for p in PERIODES if "any order" not in p])
def test_fields_after_the_fixed_columns_stay_fields(periode: str) -> None:
    """In templates a label that the platform itself could have put there ends the fixed part (§ 5.2)."""
    lu = _lire(periode, ["Intitulé du projet", *AMBIGUS])
    assert lu.colonnes == (
        Colonne("Intitulé du projet"), Colonne("Nom"), *map(Colonne, AMBIGUS[1:-1]), Colonne("Nom", 2)
    )  # fmt: skip
    assert lu.champs == tuple(range(len(PERIODES[periode]), len(PERIODES[periode]) + len(AMBIGUS) + 1))


def test_old_and_new_labels_give_the_same_keys() -> None:
    vieux, neuf = (dict(_lire(p, []).fixes) for p in ("2019-07, individuals", "2024-12, individuals"))
    assert vieux.keys() == neuf.keys() - {"franceconnect", "maj_usager", "groupe_instructeur"}
    standard, modele = (
        dict(_lire(p, []).demandeur) for p in ("2024-12, organisations, CSV", "2026-01, template, organisations")
    )
    assert standard.keys() == modele.keys()
    avant, apres = (dict(_lire(f"2026-0{mois}, template, individuals", []).demandeur) for mois in (1, 3))
    assert avant == apres


ECRIRE: dict[str, Callable[..., Path]] = {
    "csv": lambda chemin, lignes: ecrire_csv(chemin, lignes),
    "xlsx": lambda chemin, lignes: ecrire_xlsx(chemin, {"Dossiers": lignes, "Etablissements": [], "Avis": []}),
    "ods": lambda chemin, lignes: ecrire_ods(chemin, {"Dossiers": lignes, "Etablissements": [], "Avis": []}),
}


@pytest.mark.parametrize("suffixe", list(ECRIRE))
@pytest.mark.parametrize("periode", list(PERIODES))
def test_a_file_of_every_period_is_read(tmp_path: Path, periode: str, suffixe: str) -> None:
    entete = [*PERIODES[periode], "Intitulé du projet", "Prénom", "Prénom"]
    valeurs = {"Date": "2025-08-01 10:00:00 +0200", "Déposé": "2025-08-01 10:00:00 +0200",
               "Passé": "2025-08-01 10:00:00 +0200", "État": "En instruction", "Nom": "Petit"}  # fmt: skip
    fixes = ["101", *(valeurs.get(lib.split()[0], "") for lib in PERIODES[periode][1:])]
    lu = lire_sur_place(ECRIRE[suffixe](tmp_path / f"a.{suffixe}", [entete, [*fixes, "Titre", "x", "y"]]))
    attendue = f"{suffixe}_{'modele' if 'template' in periode else 'standard'}"
    assert lu.origine is Origine(attendue)
    dossier = dossiers(lu)[101]
    assert dossier.texte("intitule") == "Titre"
    assert [(c.libelle, c.rang, c.valeur) for c in dossier.champs[1:]] == [("Prénom", 1, "x"), ("Prénom", 2, "y")]
    assert dossier.depot is not None
    assert dossier.depot.isoformat() == "2025-08-01T10:00:00+02:00"
    assert dossier.porteur.personne_physique is ("individuals" in periode)


@pytest.mark.parametrize("suffixe", list(ECRIRE))
def test_a_template_without_its_number_says_which_column_to_tick(tmp_path: Path, suffixe: str) -> None:
    chemin = ECRIRE[suffixe](tmp_path / f"a.{suffixe}", [MODELE[1:], ["x"] * (len(MODELE) - 1)])
    with pytest.raises(ExportFormatError, match=f"«{NBSP}N°{NBSP}dossier{NBSP}»{NBSP}: cochez-la"):
        lire_sur_place(chemin)


def test_blocks_are_known_by_their_number_or_by_their_label(tmp_path: Path) -> None:
    """Sheets have a number since November 2021; before, two of them could bear the same name (§ 4.6)."""
    membres = [("Dossier ID", "Ligne", "SIRET"), ("101", 2, "b"), ("101", 1, "a")]
    chemin = ecrire_xlsx(
        tmp_path / "a.xlsx",
        {
            "Etablissements": [],
            "(12) Membres du consortium cou": membres,
            "Dossiers": [STANDARD, fixe()],
            "Partenaires": membres,
            "Partenairez": [("Dossier ID", "Ligne", "SIRET"), ("101", 1, "c")],
            "Notes": [("un", "deux"), (1, 2)],
            "Avis": [],
        },
    )
    with ZipFile(chemin) as archive:
        octets = {nom: archive.read(nom) for nom in archive.namelist()}
    octets["xl/workbook.xml"] = octets["xl/workbook.xml"].replace(b"Partenairez", b"Partenaires")
    blocs = enregistrements(lire_sur_place(zip_hostile(chemin, octets)))[101].blocs
    assert blocs is not None
    assert [(b.libelle, b.stable_id, [x["SIRET"] for x in b.lignes]) for b in blocs] == [
        ("Membres du consortium cou", 12, ["a", "b"]),
        ("Partenaires", None, ["a", "b"]),
        ("Partenaires", None, ["c"]),
    ]


def test_blank_cells_that_the_streamed_writer_omits_keep_their_column(tmp_path: Path) -> None:
    vide = [c if c != "Asso" else None for c in fixe()]
    chemin = ecrire_xlsx(tmp_path / "a.xlsx", {"Dossiers": [(*STANDARD, "A", "B", "C"), (*vide, None, None, "c")]})
    assert enregistrements(lire_sur_place(chemin))[101].cellules == ("", "", "c")


def test_labels_frozen_by_a_template_are_bound_as_those_of_the_form(tmp_path: Path) -> None:
    """A template keeps the label that the field had when it was saved (§ 5.1)."""
    ancien = next(a for a in O2R.attributs if len(a.libelles) > 1)
    lu = lire_sur_place(ecrire_csv(tmp_path / "a.csv", [(*STANDARD, ancien.libelles[-1]), (*fixe(), "")]))
    assert dossiers(lu)[101].champs[0].attribut == ancien.id
