"""What headers and file names tell (exports-demarche-numerique §§ 1.3 and 5)."""

from pathlib import Path

import pytest

from o2r_desktop.dossiers.model import Origine
from o2r_desktop.imports.entetes import reconnaitre, ressemble, sans_numero
from tests.o2r_desktop.imports.outils import STANDARD, dossiers, ecrire_csv, enregistrements, fixe, lire_sur_place

NBSP = "\u00a0"


def test_standard_block_ends_at_instructors() -> None:
    """A field may bear the label of a fixed column."""
    entetes = reconnaitre([*STANDARD, "Groupe instructeur", "Nom", "Labels", "Date de création"])
    assert [c.libelle for c in entetes.colonnes] == ["Nom", "Labels", "Date de création"]
    assert dict(entetes.fixes)["groupe_instructeur"] == len(STANDARD)
    assert not entetes.modele


def test_template_fields_start_after_the_last_fixed_label() -> None:
    entetes = reconnaitre([f"N°{NBSP}dossier", "Labels", "État du dossier", "Civilité", "Champ", "Labels", "Nom"])
    assert [c.libelle for c in entetes.colonnes] == ["Champ", "Labels", "Nom"]
    assert entetes.modele


@pytest.mark.parametrize(
    ("ligne", "dossiers_", "manque"),
    [
        (["ID", "Email"], True, False),
        (["n° DOSSIER", "etat du dossier"], True, False),
        (["ID", "Nom"], False, False),
        (["État du dossier", "Instructeurs", "Archivé"], False, True),
        ([], False, False),
    ],
)
def test_what_looks_like_an_export(ligne: list[str], dossiers_: bool, manque: bool) -> None:
    assert ressemble(ligne) is dossiers_
    assert sans_numero(ligne) is manque


def test_template_variants_of_fixed_labels(tmp_path: Path) -> None:
    lu = lire_sur_place(
        ecrire_csv(
            tmp_path / "a.csv",
            [
                (f"N°{NBSP}dossier", "Adresse électronique", "France connecté ?", "Code NAF", "Libellé NAF",
                 "Archivé", "Date du dernier évènement", "Date d’expiration", "Labels", "Nom"),
                ("101", "a@b.example", "true", "94.99Z", "Autres", "true", "2025-08-01 10:00:00", "", "x", "y"),
            ],
        )
    )  # fmt: skip
    brut = enregistrements(lu)[101]
    assert lu.origine is Origine.CSV_MODELE
    assert set(brut.fixes) == {"email", "franceconnect", "archive", "derniere_maj", "expiration", "labels"}
    assert set(brut.demandeur) == {"naf", "libelle_naf", "nom"}


@pytest.mark.parametrize(
    ("nom", "demarche", "moment"),
    [
        ("dossiers_offre-x_2025-08-20_10-30.csv", "offre-x", "2025-08-20T10:30:00+02:00"),
        ("dossiers_offre_y_2025-01-20_10-30 (1).csv", "offre_y", "2025-01-20T10:30:00+01:00"),
        ("dossiers_procedure-12_2025-08-20_10-30_modele.csv", "procedure-12", "2025-08-20T10:30:00+02:00"),
        ("dossiers_z_2025-13-45_10-30.csv", "z", None),
        ("copie.csv", "", None),
    ],
)
def test_name_of_the_file(tmp_path: Path, nom: str, demarche: str, moment: str | None) -> None:
    lu = lire_sur_place(ecrire_csv(tmp_path / nom, [STANDARD, fixe()]))
    assert lu.demarche == demarche
    assert (lu.date_fichier.isoformat() if lu.date_fichier else None) == moment
    assert dossiers(lu)[101].demarche == demarche
