"""Answers of the GraphQL API, in every envelope (exports-demarche-numerique § 7)."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from o2r_desktop.dossiers.champs import Brut
from o2r_desktop.dossiers.model import Enregistrement
from o2r_desktop.imports.json_champs import decoder_identifiant
from tests.o2r_desktop.imports.outils import (
    champ,
    demarche,
    dossiers,
    ecrire_json,
    enregistrements,
    identifiant,
    lire_sur_place,
    noeud,
)

N1, N2 = noeud(101), noeud(102)
ENVELOPPES: dict[str, Any] = {
    "getDemarche": demarche(N1, N2),
    "edges": {"data": {"demarche": {"dossiers": {"edges": [{"node": N1}, {"node": N2}]}}}},
    "getGroupeInstructeur": {"data": {"groupeInstructeur": {"dossiers": {"nodes": [N1, N2]}}}},
    "inner demarche": {"demarche": {"dossiers": {"nodes": [N1, N2]}}},
    "demarche alone": {"number": 7, "dossiers": {"nodes": [N1, N2]}},
    "connection alone": {"nodes": [N1, N2]},
    "bare list": [N1, N2],
    "list of pages": [demarche(N1), demarche(N2)],
    "old alias": {"data": {"maDemarche": {"dossiers": {"nodes": [N1, N2]}}}},
}
SEULS: dict[str, Any] = {
    "getDossier": {"data": {"dossier": {**N1, "demarche": {"number": 7, "title": "AMI"}}}},
    "inner dossier": {"dossier": N1},
    "dossier alone": N1,
}


def _lire(tmp_path: Path, contenu: Any) -> dict[int, Enregistrement]:
    return enregistrements(lire_sur_place(ecrire_json(tmp_path / "a.json", contenu)))


def _cellules(tmp_path: Path, *champs: dict[str, Any], **autres: Any) -> dict[str, Brut]:
    brut = _lire(tmp_path, demarche(noeud(101, champs), **autres))[101]
    return {c.libelle: v for c, v in zip(brut.colonnes, brut.cellules, strict=True)}


@pytest.mark.parametrize("nom", list(ENVELOPPES))
def test_envelopes(tmp_path: Path, nom: str) -> None:
    assert list(_lire(tmp_path, ENVELOPPES[nom])) == [101, 102]


@pytest.mark.parametrize("nom", list(SEULS))
def test_envelopes_of_one_dossier(tmp_path: Path, nom: str) -> None:
    assert list(_lire(tmp_path, SEULS[nom])) == [101]


def test_title_of_the_procedure(tmp_path: Path) -> None:
    assert (
        dossiers(lire_sur_place(ecrire_json(tmp_path / "a.json", SEULS["getDossier"])))[101].demarche == "7 – AMI"
    )


@pytest.mark.parametrize(
    ("cles", "attendu"),
    [
        ({"stringValue": "texte"}, "texte"),
        ({"integerNumber": "12", "stringValue": "12"}, "12"),
        ({"decimalNumber": 12.5}, 12.5),
        ({"intValue": 12}, 12),
        ({"date": "2022-05-02", "stringValue": "02 mai 2022"}, "2022-05-02"),
        ({"dateValue": "2022-05-02"}, "2022-05-02"),
        ({"checked": True, "stringValue": "true"}, True),
        ({"selected": None, "stringValue": ""}, None),
        ({"value": "option"}, "option"),
        ({"values": ["a, b", "c"], "stringValue": "a, b, c"}, ["a, b", "c"]),
        ({"primaryValue": "a", "secondaryValue": "b", "stringValue": "a / b"}, "a;b"),
        ({"primaryValue": None, "secondaryValue": None}, ""),
        ({"files": [{"filename": "a.pdf"}, {"filename": "b.pdf"}]}, ["a.pdf", "b.pdf"]),
        ({"file": {"filename": "a.pdf"}}, ["a.pdf"]),
        ({"file": None}, []),
        ({"civilite": "M"}, "M."),
        ({"address": {"label": "1 rue"}, "stringValue": None}, "1 rue"),
        ({"dossier": {"number": 5}, "stringValue": "5"}, "5"),
        ({"geoAreas": [{"description": "zone"}], "stringValue": None}, "zone"),
        ({"etablissement": {"siret": "1"}, "stringValue": "1"}, "1"),
    ],
)
def test_values_are_told_by_their_keys(tmp_path: Path, cles: dict[str, Any], attendu: Brut) -> None:
    assert _cellules(tmp_path, champ(1, "L", **cles)) == {"L": attendu}


def test_descriptors_give_what_a_field_does_not(tmp_path: Path) -> None:
    descripteurs = [
        {"__typename": "YesNoChampDescriptor", "id": identifiant("Champ-1"), "label": "Oui ?"},
        {"__typename": "HeaderSectionChampDescriptor", "id": identifiant("Champ-2"), "label": "Titre"},
    ]
    anonyme = {"champDescriptorId": identifiant("Champ-1"), "__typename": "TextChamp", "stringValue": "true"}
    cellules = _cellules(tmp_path, anonyme, champ(2, "Titre"), activeRevision={"champDescriptors": descripteurs})
    assert cellules == {"Oui ?": True}


def test_typed_by_target_when_only_a_string_is_there(tmp_path: Path) -> None:
    champs = (
        champ(1, "Date de début prévue", stringValue="02 mai 2022"),
        champ(2, "Coût total du projet sur 3 ans (€)", stringValue="150000.5"),
        champ(3, "Projet porté par un consortium ?", stringValue="false"),
        champ(4, "Publics visés", stringValue="Autre public, Santé mentale, comportements déviants, addictions"),
    )
    dossier = dossiers(lire_sur_place(ecrire_json(tmp_path / "a.json", demarche(noeud(101, champs)))))[101]
    assert [c.valeur for c in dossier.champs] == [
        date(2022, 5, 2),
        Decimal("150000.5"),
        False,
        ("Autre public", "Santé mentale, comportements déviants, addictions"),
    ]


def test_places_have_the_sub_columns_of_tables(tmp_path: Path) -> None:
    commune = {
        "__typename": "CommuneChamp",
        "commune": {"name": "Laon", "code": "02408", "postalCode": "02000"},
        "departement": {"name": "Aisne", "code": "02"},
    }
    assert _cellules(tmp_path, champ(1, "C", **commune, stringValue="Laon (02000)")) == {
        "C": "Laon (02000)",
        "C (Code INSEE)": "02408",
        "C (Département)": "02 – Aisne",
    }


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        (identifiant("Champ-2996898"), (2996898, "")),
        (identifiant("Champ-12|01HX"), (12, "01HX")),
        ("TEST_ID_1", (None, "")),
        ("é", (None, "")),
        (identifiant("Dossier-12"), (None, "")),
        (None, (None, "")),
        (12, (None, "")),
    ],
)
def test_identifiers(texte: object, attendu: tuple[int | None, str]) -> None:
    assert decoder_identifiant(texte) == attendu


def test_hidden_fields_are_absent_and_ranks_hold(tmp_path: Path) -> None:
    prenoms = champ(1, "Prénom", stringValue="A"), champ(2, "Prénom", stringValue="B")
    lus = _lire(tmp_path, demarche(noeud(101, prenoms), noeud(102, prenoms[1:])))
    assert [(c.rang, c.stable_id) for c in lus[101].colonnes] == [(1, 1), (2, 2)]
    assert [(c.rang, c.stable_id) for c in lus[102].colonnes] == [(2, 2)]


def _bloc(**contenu: Any) -> dict[str, Any]:
    return champ(9, "Membres du consortium", **contenu)


def _enfant(rang: str, libelle: str, valeur: str) -> dict[str, Any]:
    return {"id": identifiant(f"Champ-{len(libelle)}{rang}"), "label": libelle, "stringValue": valeur}


REPETITIONS: dict[str, Callable[[], dict[str, Any]]] = {
    "rows": lambda: _bloc(
        rows=[
            {"champs": [_enfant("|a", "SIRET", "1"), _enfant("|a", "Nom", "un")]},
            {"champs": [_enfant("|b", "SIRET", "2"), _enfant("|b", "Nom", "deux")]},
        ]
    ),
    "flat, keys of rows": lambda: _bloc(
        champs=[
            _enfant("|a", "SIRET", "1"),
            _enfant("|b", "SIRET", "2"),
            _enfant("|a", "Nom", "un"),
            _enfant("|b", "Nom", "deux"),
        ]
    ),
    "flat, no key": lambda: _bloc(
        champs=[
            _enfant("", "SIRET", "1"),
            _enfant("", "Nom", "un"),
            _enfant("", "SIRET", "2"),
            _enfant("", "Nom", "deux"),
        ]
    ),
}


@pytest.mark.parametrize("nom", list(REPETITIONS))
def test_repetition_rows(tmp_path: Path, nom: str) -> None:
    (bloc,) = _lire(tmp_path, demarche(noeud(101, [REPETITIONS[nom]()])))[101].blocs or ()
    assert bloc.stable_id == 9
    assert [dict(ligne) for ligne in bloc.lignes] == [{"SIRET": "1", "Nom": "un"}, {"SIRET": "2", "Nom": "deux"}]


def test_individuals_say_m_with_a_dot(tmp_path: Path) -> None:
    personne = {"__typename": "PersonnePhysique", "civilite": "M", "nom": "Petit", "prenom": "Lou"}
    lu = lire_sur_place(ecrire_json(tmp_path / "a.json", demarche(noeud(101, demandeur=personne))))
    assert enregistrements(lu)[101].demandeur["civilite"] == "M."
    assert dossiers(lu)[101].porteur.nom == "Lou Petit"
    assert lu.anomalies == ()


def test_incomplete_establishments_carry_only_a_siret(tmp_path: Path) -> None:
    moral = {"__typename": "PersonneMoraleIncomplete", "siret": "76514773100028"}
    brut = _lire(tmp_path, demarche(noeud(101, demandeur=moral)))[101]
    assert brut.demandeur == {"siret": "76514773100028"}


def test_addresses_of_files_are_not_kept(tmp_path: Path) -> None:
    piece = champ(1, "Statuts", files=[{"filename": "a.pdf", "url": "https://secret.example", "checksum": "x"}])
    message = {"body": "m", "attachments": [{"filename": "b", "url": "https://secret.example"}]}
    lu = lire_sur_place(ecrire_json(tmp_path / "a.json", demarche(noeud(101, [piece], messages=[message]))))
    assert "secret.example" not in lu.dossiers[0].contenu
    assert enregistrements(lu)[101].autres["pieces"] == [{"champ": "Statuts", "filename": "a.pdf", "checksum": "x"}]


def test_annotations_come_after_fields(tmp_path: Path) -> None:
    brut = _lire(tmp_path, demarche(noeud(101, [champ(1, "A")], annotations=[champ(2, "B")])))[101]
    assert [c.libelle for c in brut.colonnes] == ["A", "B"]


def test_more_pages_are_told(tmp_path: Path) -> None:
    contenu = demarche(N1)
    contenu["data"]["demarche"]["dossiers"]["pageInfo"] = {"hasNextPage": True}
    lu = lire_sur_place(ecrire_json(tmp_path / "a.json", contenu))
    assert any("page" in a.quoi for a in lu.anomalies)


def test_lone_surrogates_do_not_break(tmp_path: Path) -> None:
    chemin = tmp_path / "a.json"
    ecrire_json(chemin, demarche(noeud(101, [champ(1, "Intitulé du projet", stringValue="a\ud83db")])))
    lu = lire_sur_place(chemin)
    assert enregistrements(lu)[101].cellules == ("a\ud83db",)
    lu.dossiers[0].apercu.recherche.encode()
    lu.dossiers[0].contenu.encode("ascii")


@pytest.mark.parametrize(
    "etrange",
    [
        {"champs": "texte"},
        {"champs": [None, 1, "x", [], {}]},
        {"demandeur": []},
        {"demandeur": {"siret": 5, "entreprise": [1]}},
        {"usager": 3, "instructeurs": {}, "groupeInstructeur": "g", "labels": [1]},
        {"champs": [{"label": {"a": 1}, "rows": [1, {"champs": 2}]}]},
        {"champs": [{"label": "L", "files": "x", "values": {"a": 1}, "id": 12}]},
        {"state": 12, "dateDepot": ["x"], "motivation": {"a": 1}},
    ],
)
def test_odd_shapes_lose_nothing_else(tmp_path: Path, etrange: dict[str, Any]) -> None:
    lus = _lire(tmp_path, demarche(noeud(101, **{k: v for k, v in etrange.items() if k != "champs"}) | etrange, N2))
    assert list(lus) == [101, 102]


@pytest.mark.parametrize("numero", [None, "abc", 0, -5, True, [], {"a": 1}, 1.5])
def test_numbers_that_are_none_are_refused(tmp_path: Path, numero: object) -> None:
    lu = lire_sur_place(ecrire_json(tmp_path / "a.json", demarche(noeud(numero), N2)))
    assert [d.numero for d in lu.dossiers] == [102]
    assert [r.ligne for r in lu.refuses] == [1]
