"""The sample exports: each field of each dossier, in each format, is what valeurs.json says."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from o2r_desktop.dossiers.champs import Champ, TypeChamp
from o2r_desktop.dossiers.importation import ExportRead
from o2r_desktop.dossiers.model import Dossier, Origine
from o2r_desktop.imports import read_export
from o2r_desktop.imports.egalite import meme_texte
from tests.o2r_desktop.imports.outils import (
    CSV,
    DONNEES,
    EXCEL,
    JSON,
    MODELE,
    O2R,
    ODS,
    XLSX,
    dossiers,
    lire_sur_place,
)

VALEURS = {d["numero"]: d for d in json.loads((DONNEES / "valeurs.json").read_text("utf-8"))}
FORMATS = {"xlsx": XLSX, "modele": MODELE, "csv": CSV, "excel": EXCEL, "json": JSON, "ods": ODS}


@pytest.fixture(scope="module")
def lus() -> dict[str, ExportRead]:
    return {nom: read_export(chemin, O2R) for nom, chemin in FORMATS.items()}


@pytest.fixture(scope="module")
def tous(lus: dict[str, ExportRead]) -> dict[str, dict[int, Dossier]]:
    return {nom: dossiers(lu) for nom, lu in lus.items()}


def _attendus() -> Iterator[tuple[str, int]]:
    for nom in FORMATS:
        for numero in VALEURS:
            yield nom, numero


def _en_json(champ: Champ) -> Any:
    """Return a value as valeurs.json writes it."""
    valeur = champ.valeur
    if isinstance(valeur, tuple):
        return list(valeur)
    if isinstance(valeur, Decimal):
        return float(valeur)
    return valeur.isoformat() if isinstance(valeur, (date, datetime)) else valeur


@pytest.mark.parametrize(("nom", "numero"), list(_attendus()))
def test_each_field_reads_as_told(tous: dict[str, dict[int, Dossier]], nom: str, numero: int) -> None:
    dossier, attendu = tous[nom][numero], VALEURS[numero]
    standard = dossier.origine.vide_vaut_zero
    assert [c.libelle for c in dossier.champs if c.libelle in attendu["champs"]] == list(attendu["champs"])
    for champ in dossier.champs:
        voulu = attendu["champs"].get(champ.libelle)
        assert champ.attribut, champ.libelle
        if voulu is None and standard:
            assert champ.zero_ou_vide or champ.valeur == "", champ.libelle
        elif voulu is None:
            assert champ.valeur == "", champ.libelle
        elif nom == "excel" and isinstance(voulu, str):
            assert meme_texte(voulu, str(_en_json(champ))), champ.libelle
        elif isinstance(voulu, str) and champ.type in (TypeChamp.TEXTE, TypeChamp.TEXTE_LONG) and nom != "json":
            voulu = voulu[:32_767] if nom in ("xlsx", "modele") else voulu  # the sample workbooks are cut there
            voulu = voulu.strip() if nom == "ods" else voulu  # the platform strips what it writes in an ODS
            assert str(_en_json(champ)) == "".join(" " if ord(c) > 0xFFFF else c for c in voulu), champ.libelle
        else:
            assert _en_json(champ) == voulu, champ.libelle


@pytest.mark.parametrize(("nom", "numero"), list(_attendus()))
def test_identity_reads_as_told(tous: dict[str, dict[int, Dossier]], nom: str, numero: int) -> None:
    dossier, attendu = tous[nom][numero], VALEURS[numero]
    assert dossier.etat is not None
    assert dossier.etat.libelle == attendu["etat"]
    assert dossier.depot == datetime.fromisoformat(attendu["depot"])
    assert dossier.porteur.siret == attendu["siret"]
    if nom != "modele":
        assert dossier.porteur.categorie_juridique == (attendu["categorie_juridique"] if attendu["siret"] else "")
    if attendu["siret"] or nom in ("xlsx", "modele", "ods"):
        assert dossier.porteur.nom == attendu["porteur"]


def test_types_are_those_of_the_form(tous: dict[str, dict[int, Dossier]]) -> None:
    premier = tous["json"][24000038]
    assert premier.champ("departements").type is TypeChamp.CHOIX_MULTIPLE  # type: ignore[union-attr]
    assert isinstance(premier.valeur("cout_total"), Decimal)
    assert type(premier.valeur("duree_moyenne")) is int
    assert type(premier.valeur("date_debut")) is date
    assert premier.valeur("exclu_declare") is False


@pytest.mark.parametrize("nom", ["xlsx", "ods", "json"])
def test_members_of_consortium(tous: dict[str, dict[int, Dossier]], nom: str) -> None:
    for numero, attendu in VALEURS.items():
        membres = tous[nom][numero].membres
        assert [(m.siret, m.role, m.contribution) for m in membres] == [
            (m["siret"], m["role"], Decimal(str(m["contribution"]))) for m in attendu["membres"]
        ]
        if nom == "json":
            assert [m.nom for m in membres] == [m["nom"] for m in attendu["membres"]]


@pytest.mark.parametrize("nom", ["csv", "excel", "modele"])
def test_formats_without_blocks_say_so(tous: dict[str, dict[int, Dossier]], nom: str) -> None:
    assert tous[nom][24000025].membres == ()
    assert tous[nom][24000025].cofinancements is None


def test_origins_names_and_dates(lus: dict[str, ExportRead]) -> None:
    assert [lu.origine for lu in lus.values()] == [
        Origine.XLSX_STANDARD, Origine.XLSX_MODELE, Origine.CSV_STANDARD, Origine.CSV_STANDARD, Origine.JSON_API,
        Origine.ODS_STANDARD,
    ]  # fmt: skip
    assert lus["xlsx"].demarche == "offre-de-reperage-et-remobilisation"
    assert lus["json"].demarche == "98765 – AMI O2R Pays de la Loire 2025"
    assert lus["csv"].date_fichier is not None
    assert lus["csv"].date_fichier.isoformat() == "2025-08-20T10:30:00+02:00"
    assert lus["excel"].date_fichier is None
    assert all(lu.non_lies == () for lu in lus.values())
    assert all(len(lu.dossiers) == 38 and not lu.refuses for lu in lus.values())


def test_same_anomalies_in_every_format(lus: dict[str, ExportRead]) -> None:
    for lu in lus.values():
        vues = {(a.numero, a.ou) for a in lu.anomalies}
        attendues = {(n, "SIRET du porteur") for n in (24000034, 24000031, 24000035, 24000036)}
        if lu.fichier.endswith(".xlsx"):
            attendues.add((24000033, "Expérience en insertion socio-professionnelle"))
        assert vues == attendues, lu.fichier


def test_child_process_and_this_one_read_the_same(lus: dict[str, ExportRead]) -> None:
    for nom, chemin in FORMATS.items():
        assert lire_sur_place(Path(chemin)) == lus[nom]


def test_same_file_same_empreintes(lus: dict[str, ExportRead]) -> None:
    encore = lire_sur_place(XLSX)
    assert encore.empreinte == lus["xlsx"].empreinte
    assert [d.empreinte for d in encore.dossiers] == [d.empreinte for d in lus["xlsx"].dossiers]
