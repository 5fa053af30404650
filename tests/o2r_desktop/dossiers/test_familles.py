"""Columns that are one field, in every variant (exports-demarche-numerique §§ 3.4, 5.1 and 7.4)."""

from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.dossiers.champs import Champ, TypeChamp
from o2r_desktop.dossiers.familles import (
    Accord,
    Colonne,
    Part,
    accorder,
    decouper_libelle,
    decouper_lien,
    entiers,
)
from o2r_desktop.text import NBSP, NNBSP

Etat = dict[str, str]


@pytest.mark.parametrize(
    ("libelle", "attendu"),
    [
        ("Commune (Code INSEE)", ("commune", Part.CODE_INSEE)),
        ("Commune (Département)", ("commune", Part.DEPARTEMENT)),
        ("Commune - code postal (5 chiffres)", ("commune", Part.CODE_POSTAL)),
        ("Commune - département", ("commune", Part.DEPARTEMENT)),
        ("Pays (Code)", ("pays", Part.CODE)),
        ("Fondation (Code INSEE Ville)", ("fondation", Part.CODE_INSEE)),
        ("Fondation (Nom)", ("fondation", Part.NOM)),
        ("Fondation – Titre au répertoire national des fondations ", ("fondation", Part.NOM)),
        ("Association – Titre au répertoire national des associations", ("association", Part.NOM)),
        ("Adresse du projet – Commune", ("adresse du projet", Part.COMMUNE)),
        ("Adresse – Région", ("adresse", Part.REGION)),
        ("Liste (Primaire)", ("liste", Part.PRIMAIRE)),
        ("Liste (Secondaire)", ("liste", Part.SECONDAIRE)),
        ("RIB – IBAN", ("rib", Part.AUTRE)),
        ("RIB – Nom de la Banque", ("rib", Part.AUTRE)),
        ("Structure – Entreprise raison sociale", ("structure", Part.AUTRE)),
        ("Structure – SIRET", ("structure", Part.BASE)),
        ("Nombre de bénéficiaires – année 1", None),
        ("Budget (en euros)", None),
        ("(Code)", None),
        ("", None),
    ],
)
def test_ends_of_labels(libelle: str, attendu: tuple[str, Part] | None) -> None:
    assert decouper_libelle(libelle) == attendu


@pytest.mark.parametrize(
    ("texte", "primaires", "attendu"),
    [
        ("a;b", (), ("a", "b")),
        ("a / b", (), ("a", "b")),
        ("a;", (), ("a", "")),
        ("a", (), ("a", "")),
        ("", (), ("", "")),
        ("ville ; campagne / mer;nord", (), ("ville", "campagne / mer;nord")),
        ("ville / campagne / nord", ("Ville / campagne",), ("ville / campagne", "nord")),
        ("ville / campagne", ("Ville / campagne",), ("ville / campagne", "")),
        ("inconnu / nord", ("Ville",), ("inconnu", "nord")),
    ],
)
def test_linked_lists(texte: str, primaires: tuple[str, ...], attendu: tuple[str, str]) -> None:
    assert decouper_lien(texte, primaires) == attendu


@given(st.text(max_size=30), st.lists(st.text(max_size=8), max_size=3))
def test_nothing_breaks_a_linked_list(texte: str, primaires: list[str]) -> None:
    premier, second = decouper_lien(texte, primaires)
    assert premier in texte
    assert second in texte


def _accorder(avant: Etat, apres: Etat) -> Accord[str]:
    etats = [[Colonne(lib, lib, 1, texte) for lib, texte in etat.items()] for etat in (avant, apres)]
    return accorder(etats[0], etats[1], lambda libelle: avant[libelle] == apres[libelle])


LAON = {"C": "Laon (02000)", "C (Code INSEE)": "02408", "C (Département)": "02 – Aisne"}
LAON_MODELE = {"C": "Laon", "C - code postal (5 chiffres)": "02000", "C - département": "02"}
OISE = {"D": "Oise", "D (Code)": "60"}

MEMES: dict[str, tuple[Etat, Etat]] = {
    "commune, standard and template": (LAON, LAON_MODELE),
    "commune, standard and old file": (LAON, {"C": "Laon (02000)"}),
    "commune, only its postcode chosen": (LAON, {"C - code postal (5 chiffres)": "02000"}),
    "commune, nothing in common": ({"C": "Laon"}, {"C - code postal (5 chiffres)": "02000"}),
    "département, name and label": (OISE, {"D": "60 – Oise"}),
    "département, API with a hyphen": (OISE, {"D": "60 - Oise", "D (Code)": "60"}),
    "région": ({"R": "Pays de la Loire", "R (Code)": "52"}, {"R": "Pays de la Loire"}),
    "pays": ({"P": "France", "P (Code)": "FR"}, {"P": "France"}),
    "EPCI": (
        {"E": "CC du Pays", "E (Code)": "200000172", "E (Département)": "02 – Aisne"},
        {"E": "CC du Pays", "E (Département)": "02 - Aisne"},
    ),
    "RNA": (
        {"A": "W123456789 (Les Amis)"},
        {"A": "W123456789", "A – Association titre": "LES AMIS",
         "A – Titre au répertoire national des associations": "Les Amis"},
    ),
    "RNF": (
        {"F": "075-FDD-00003-01", "F (Nom)": "Fondation X", "F (Code INSEE Ville)": "75104"},
        {"F": "075-FDD-00003-01", "F – Titre au répertoire national des fondations ": "Fondation X",
         "F – Commune": "Paris"},
    ),
    "address": (
        {"A": "1 rue du Port 44000 Nantes"},
        {"A": "1 rue du Port 44000 Nantes", "A – Commune": "Nantes", "A – Département": "44", "A – Région": "x"},
    ),
    "linked list": ({"L": "a;b"}, {"L": "a / b", "L (Primaire)": "a", "L (Secondaire)": "b"}),
    "linked list, parts only": ({"L": "a;b"}, {"L (Primaire)": "a", "L (Secondaire)": "b"}),
    "linked list, no second choice": ({"L": "a;"}, {"L": "a", "L (Primaire)": "a", "L (Secondaire)": ""}),
    "linked list, option with the separator": (
        {"L": "a / b;c"},
        {"L": "a / b / c", "L (Primaire)": "a / b", "L (Secondaire)": "c"},
    ),
    "RIB": ({"RIB": "rib.pdf"}, {"RIB": "rib.pdf", "RIB – IBAN": "FR76", "RIB – Titulaire": "Asso"}),
}  # fmt: skip


@pytest.mark.parametrize("cas", list(MEMES))
def test_the_same_field_in_two_variants(cas: str) -> None:
    for avant, apres in (MEMES[cas], MEMES[cas][::-1]):
        accord = _accorder(avant, apres)
        assert accord.memes == set(avant) | set(apres)
        assert not accord.perimees
        assert not accord.dites


AUTRES: dict[str, tuple[Etat, Etat, set[str], set[str]]] = {
    "another commune": (
        LAON,
        {"C": "Soissons", "C - code postal (5 chiffres)": "02200", "C - département": "02"},
        {"C (Code INSEE)", "C (Département)"},
        {"C - code postal (5 chiffres)", "C - département"},
    ),
    "same name, another postcode": (
        LAON,
        {"C": "Laon", "C - code postal (5 chiffres)": "02840"},
        {"C (Code INSEE)", "C (Département)"},
        {"C - code postal (5 chiffres)"},
    ),
    "another department": (OISE, {"D": "59 – Nord"}, {"D (Code)"}, set()),
    "withdrawn": (LAON, {"C": ""}, {"C (Code INSEE)", "C (Département)"}, set()),
    "another second choice, parts only": (
        {"L": "a;b"},
        {"L (Primaire)": "a", "L (Secondaire)": ""},
        {"L"},
        set(),
    ),
}


@pytest.mark.parametrize("cas", list(AUTRES))
def test_a_field_that_changed_keeps_nothing_stale(cas: str) -> None:
    avant, apres, perimees, dites = AUTRES[cas]
    accord = _accorder(avant, apres)
    assert accord.perimees == perimees
    assert accord.dites == dites
    assert not accord.memes & {"C", "D", "L"}


def test_a_label_that_only_ends_alike_is_a_field_of_its_own() -> None:
    assert _accorder({"Projet (Nom)": "a"}, {"Projet (Nom)": "b"}) == Accord()
    assert _accorder({"C": "x", "C (Nom)": "a"}, {"C": "x", "C (Nom)": "b"}) == Accord()


def test_a_detail_that_goes_blank_is_told() -> None:
    rib = {"RIB": "rib.pdf", "RIB – IBAN": "FR76 1111"}
    assert "RIB – IBAN" not in _accorder(rib, rib | {"RIB – IBAN": "FR76 9999"}).memes
    assert _accorder(LAON_MODELE, LAON_MODELE | {"C - département": ""}).memes == {
        "C",
        "C - code postal (5 chiffres)",
    }


def test_equal_labels_have_their_own_parts() -> None:
    postal = "C - code postal (5 chiffres)"
    avant = [Colonne(1, "C", 1, "Laon (02000)"), Colonne(2, "C", 2, "Brest (29200)")]
    apres = [Colonne(1, "C", 1, "Laon"), Colonne(2, "C", 2, "Lyon")]
    apres += [Colonne(11, postal, 1, "02000"), Colonne(12, postal, 2, "69001")]
    accord = accorder(avant, apres, lambda _: False)
    assert accord.memes == {1, 11}
    assert accord.dites == {12}


@given(
    st.dictionaries(st.sampled_from([*LAON, *LAON_MODELE]), st.text(max_size=12)),
    st.dictionaries(st.sampled_from([*LAON, *LAON_MODELE]), st.text(max_size=12)),
)
def test_nothing_is_both_kept_and_stale(avant: Etat, apres: Etat) -> None:
    accord = _accorder(avant, apres)
    assert not accord.memes & accord.perimees
    assert accord.perimees <= set(avant) - set(apres)
    assert not accord.dites & accord.memes
    assert accord.dites <= set(apres)


# --- what a reader sees ----------------------------------------------------------------------------------


def _champs(colonnes: Iterable[tuple[str, str]]) -> list[Champ]:
    rangs: Counter[str] = Counter()
    champs = []
    for libelle, texte in colonnes:
        rangs[libelle] += 1
        champs.append(Champ(libelle=libelle, valeur=texte, rang=rangs[libelle]))
    return champs


def _dits(*colonnes: tuple[str, str]) -> list[tuple[str, str]]:
    return [(e.champ.libelle, e.dit.replace(NBSP, " ").replace(NNBSP, " ")) for e in entiers(_champs(colonnes))]


DITS: dict[str, tuple[Etat, Etat]] = {
    "commune, standard": (LAON, {"C": "Laon (02000) — code INSEE 02408, département 02 – Aisne"}),
    "commune, template": (LAON_MODELE, {"C": "Laon — code postal 02000, département 02"}),
    "commune, blank": ({"C": "", "C (Code INSEE)": "", "C (Département)": ""}, {"C": "non renseigné"}),
    "commune, blank but for a part": ({"C": "", "C (Code)": "02"}, {"C": "non renseigné — code 02"}),
    "no base": (
        {"C - code postal (5 chiffres)": "02000", "C - département": ""},
        {"C - code postal (5 chiffres)": "02000", "C - département": "non renseigné"},
    ),
    "département": (OISE, {"D": "Oise — code 60"}),
    "EPCI": (
        {"E": "CC du Pays", "E (Code)": "200000172", "E (Département)": "02 – Aisne"},
        {"E": "CC du Pays — code 200000172, département 02 – Aisne"},
    ),
    "address": (
        {"A": "1 rue du Port", "A – Commune": "Nantes", "A – Département": "44", "A – Région": "Pays de la Loire"},
        {"A": "1 rue du Port — commune Nantes, département 44, région Pays de la Loire"},
    ),
    "linked list": ({"L": "a / b", "L (Primaire)": "a", "L (Secondaire)": "b"}, {"L": "a / b"}),
    "linked list, no second choice": ({"L": "a", "L (Primaire)": "a", "L (Secondaire)": ""}, {"L": "a"}),
    "linked list, option with the separator": (
        {"L": "a / b / c", "L (Primaire)": "a / b", "L (Secondaire)": "c"},
        {"L": "a / b / c — primaire : a / b, secondaire : c"},
    ),
    "SIRET": (
        {"S – SIRET": "02510108000015", "S – Entreprise raison sociale": "Les Amis, atelier",
         "S – Code NAF": "88.99B", "S – Entreprise nom commercial": "", "S – Établissement localité": "Laon"},
        {"S – SIRET": "02510108000015 — raison sociale : Les Amis, atelier ; code NAF : 88.99B ; "
                      "établissement localité : Laon"},
    ),
    "RNF": (
        {"F": "075-FDD", "F (Nom)": "Fondation X", "F (Adresse)": "1 rue\nParis", "F (Code INSEE Ville)": "75104"},
        {"F": "075-FDD — nom : Fondation X, adresse : 1 rue Paris, code INSEE 75104"},
    ),
    "référentiel": ({"R": "x", "R – Référentiel Nom (court)": "y"}, {"R": "x — référentiel Nom (court) : y"}),
    "long answer": ({"A": "a\nb", "A – Commune": "Laon"}, {"A": "a\nb\ncommune Laon"}),
    "detail of a detail": (
        {"F": "x", "F (Adresse)": "rue", "F (Adresse) – Commune": "Laon"},
        {"F": "x — adresse : rue, commune Laon"},
    ),
    "base after its parts": ({"C (Code INSEE)": "02408", "autre": "o", "C": "Laon"},
                             {"autre": "o", "C": "Laon — code INSEE 02408"}),
    "no cut field": ({"Budget": "1", "Budget (en euros)": "2"}, {"Budget": "1", "Budget (en euros)": "2"}),
    "a field and its SIRET": (
        {"S": "x", "S – SIRET": "1", "S – Code NAF": "z"},
        {"S": "x — code NAF : z", "S – SIRET": "1"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("cas", list(DITS))
def test_a_cut_field_is_one_answer(cas: str) -> None:
    colonnes, attendu = DITS[cas]
    assert dict(_dits(*colonnes.items())) == attendu


POSTAL = "C - code postal (5 chiffres)"


@pytest.mark.parametrize(
    ("colonnes", "attendu"),
    [
        ([("C", "x"), ("C", "Laon"), (POSTAL, "02000")], ["x", "Laon — code postal 02000"]),
        ([("C", "Laon"), (POSTAL, "02000"), ("C", "x")], ["Laon — code postal 02000", "x"]),
        (
            [("C", "Laon"), ("C", "Lyon"), ("o", "o"), (POSTAL, "02000"), (POSTAL, "69001")],
            ["Laon — code postal 02000", "Lyon — code postal 69001", "o"],
        ),
        ([("C", "Laon"), ("C", "Lyon"), ("o", "o"), (POSTAL, "02000")], ["Laon", "Lyon", "o", "02000"]),
        ([("C", "Laon"), (POSTAL, "02000"), (POSTAL, "69001")], ["Laon — code postal 02000", "69001"]),
    ],
)
def test_a_part_is_never_told_of_another_field_of_the_same_name(
    colonnes: list[tuple[str, str]], attendu: list[str]
) -> None:
    assert [dit for _, dit in _dits(*colonnes)] == attendu


def test_a_part_that_is_more_than_text_stays_a_field() -> None:
    base = Champ(libelle="C", valeur="Laon")
    for part in (
        Champ(libelle="C (Nom)", valeur=("a.pdf",), attribut="n", type=TypeChamp.PIECES),
        Champ(libelle="C (Nom)", valeur="x", attribut="n", anomalie="n’est pas un nombre"),
        Champ(libelle="C (Nom)", valeur=0, attribut="n", type=TypeChamp.ENTIER, zero_ou_vide=True),
    ):
        assert [entier.champ for entier in entiers([base, part])] == [base, part]


def test_a_cut_field_stands_in_the_section_of_its_parts_when_its_base_has_none() -> None:
    base, part = (
        Champ(libelle="C", valeur="x"),
        Champ(libelle="C (Nom)", valeur="y", attribut="n", section="Projet"),
    )
    (entier,) = entiers([base, part])
    assert entier.section == "Projet"
    assert entier.champs == (base, part)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*LAON, *LAON_MODELE, "C – SIRET", "C (Code) – Commune", "D"]), st.text(max_size=9)
        )
    )
)
def test_no_column_is_lost_nor_told_twice(colonnes: list[tuple[str, str]]) -> None:
    champs = _champs(colonnes)
    places = [champs.index(c) for entier in entiers(champs) for c in entier.champs]
    assert sorted(places) == list(range(len(champs)))
    bases = [champs.index(entier.champ) for entier in entiers(champs)]
    assert bases == sorted(bases)
