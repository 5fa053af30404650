"""From a raw record to a dossier."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from o2r_desktop.dossiers.apercu import LecteurApercu, apercu
from o2r_desktop.dossiers.budget import lire_budget, lire_serie, somme
from o2r_desktop.dossiers.champs import Brut
from o2r_desktop.dossiers.lecture import court, lire_dossier, lire_etat
from o2r_desktop.dossiers.model import Bloc, Colonne, Enregistrement, Etat, Origine
from o2r_desktop.imports.correspondance import load_correspondance
from o2r_desktop.resources import resource
from o2r_desktop.text import normalise

O2R = load_correspondance(resource("correspondances", "o2r_2025.toml"))
SIRET = "76514773100028"


def _brut(champs: dict[str, Brut] | None = None, **parts: Any) -> Enregistrement:
    champs = champs or {}
    base: dict[str, Any] = {
        "numero": 24000012,
        "origine": Origine.JSON_API,
        "fixes": {"etat": "en_instruction", "depot": "2025-08-01T10:00:00+02:00"},
        "demandeur": {"siret": SIRET, "raison_sociale": "Asso"},
        "blocs": None,
    }
    return Enregistrement(colonnes=tuple(map(Colonne, champs)), cellules=tuple(champs.values()), **(base | parts))


@pytest.mark.parametrize(
    ("brut", "attendu"),
    [
        ("En construction", Etat.EN_CONSTRUCTION),
        ("en_instruction", Etat.EN_INSTRUCTION),
        ("Accepté", Etat.ACCEPTE),
        ("accepte", Etat.ACCEPTE),
        ("Refusé", Etat.REFUSE),
        ("Classé sans suite", Etat.SANS_SUITE),
        ("sans_suite", Etat.SANS_SUITE),
        ("", None),
        (None, None),
        ("Brouillon", None),
    ],
)
def test_states(brut: Brut, attendu: Etat | None) -> None:
    assert lire_etat(brut) is attendu


def test_unbound_fields_stay_raw() -> None:
    dossier = lire_dossier(_brut({"Inconnu": 6.0, "Coût total du projet": "150 000"}), O2R)
    assert [(c.libelle, c.attribut, c.valeur) for c in dossier.champs] == [
        ("Inconnu", None, "6"),
        ("Coût total du projet", "cout_total", Decimal(150_000)),
    ]


def test_anomalies_quote_only_the_beginning() -> None:
    dossier = lire_dossier(_brut({"Coût total du projet": "a\u202eb\n" + "x" * 40_000}), O2R)
    (anomalie,) = dossier.anomalies
    assert len(anomalie.quoi) < 120
    assert "\u202e" not in anomalie.quoi
    assert dossier.champs[0].valeur == "a\u202eb\n" + "x" * 40_000


def test_short_quotes() -> None:
    assert court("abc") == "abc"
    assert len(court("x" * 100)) == 60


@pytest.mark.parametrize(
    ("demandeur", "nom", "physique"),
    [
        ({"siret": SIRET, "raison_sociale": "Asso"}, "Asso", False),
        (
            {"siret": SIRET, "raison_sociale": "", "entreprise_prenom": "Lou", "entreprise_nom": "Petit"},
            "Lou Petit",
            False,
        ),
        ({"siret": SIRET, "association_titre": "Titre"}, "Titre", False),
        ({"siret": SIRET}, "", False),
        ({"civilite": "Mme", "nom": "Petit", "prenom": "Lou"}, "Lou Petit", True),
    ],
)
def test_names_of_applicants(demandeur: dict[str, Brut], nom: str, physique: bool) -> None:
    porteur = lire_dossier(_brut(demandeur=demandeur), O2R).porteur
    assert (porteur.nom, porteur.personne_physique) == (nom, physique)


@pytest.mark.parametrize(("siret", "mots"), [("", "absent"), ("123", "14 chiffres"), ("76514773100029", "clé")])
def test_sirets_are_checked(siret: str, mots: str) -> None:
    dossier = lire_dossier(_brut(demandeur={"siret": siret, "raison_sociale": "A"}), O2R)
    assert any(mots in a.quoi for a in dossier.anomalies)


def test_unreadable_deposit_is_told() -> None:
    dossier = lire_dossier(_brut(fixes={"etat": "accepte", "depot": "hier"}), O2R)
    assert dossier.depot is None
    assert [a.ou for a in dossier.anomalies] == ["depot"]


def test_members_and_cofinancing() -> None:
    membres = Bloc(
        libelle="Membres du consortiu",
        lignes=({"SIRET": SIRET, "Rôle dans le projet": "r", "Contribution demandée (€)": "12,5", "Autre": 1},),
    )
    argent = Bloc(libelle="Cofinancements", lignes=({"Financeur": "F", "Montant (€)": 0},))
    standard = lire_dossier(_brut(origine=Origine.XLSX_STANDARD, blocs=(membres, argent)), O2R)
    assert [(m.siret, m.role, m.contribution) for m in standard.membres] == [(SIRET, "r", Decimal("12.5"))]
    assert standard.cofinancements is not None
    assert standard.cofinancements[0].montant is None
    assert lire_dossier(_brut(blocs=(membres,)), O2R).cofinancements is None


def test_pieces_are_listed() -> None:
    dossier = lire_dossier(_brut({"Statuts": ["a.pdf"], "RIB": []}), O2R)
    assert [(p.nom, p.champ) for p in dossier.pieces] == [("a.pdf", "Statuts")]


def test_row_of_the_list() -> None:
    brut = _brut(
        {
            "Intitulé du projet": "Été\u202e à œuvrer",
            "Départements": ["Sarthe", "72"],
            "Coût total du projet": 0,
            "Contribution O2R demandée sur 3 ans": "1000,5",
            "Nombre de bénéficiaires – année 1": "10",
            "Nombre de bénéficiaires – année 2": "0",
            "Nombre de bénéficiaires – année 3": "12",
        },
        blocs=(Bloc(libelle="Membres du consortium", lignes=({"Nom": "Les Tilleuls"},)),),
    )
    vu = apercu(brut, O2R.lier(brut.colonnes))
    assert (vu.intitule, vu.departements) == ("Été à œuvrer", ("72",))
    assert (vu.cout_total, vu.demande, vu.beneficiaires) == (Decimal(0), Decimal("1000.5"), 22)
    for mot in ("24000012", "asso", SIRET, "ete a oeuvrer", "sarthe", "les tilleuls"):
        assert mot in vu.recherche


def test_row_of_a_standard_export_shows_no_doubtful_zero() -> None:
    brut = _brut({"Coût total du projet": 0}, origine=Origine.CSV_STANDARD)
    assert apercu(brut, O2R.lier(brut.colonnes)).cout_total is None


def test_row_sums_the_years_when_there_is_no_total() -> None:
    brut = _brut({f"Contribution O2R demandée – année {n} (€)": n for n in (1, 2, 3)})
    assert apercu(brut, O2R.lier(brut.colonnes)).demande == 6


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_quick_normalisation_is_that_of_text(texte: str) -> None:
    assert LecteurApercu(zero_inconnu=False).normaliser(texte) == normalise(texte)


_CHIFFRES = st.sampled_from(["", "0", "100", "250,5", "-5", "1e3", "néant"])
_LIBELLES = {
    attribut.id: attribut.libelles[0]
    for attribut in O2R.attributs
    if attribut.id.startswith(("cout_total", "cout_annee", "demande_total", "demande_annee", "beneficiaires_annee"))
}


@given(
    champs=st.dictionaries(st.sampled_from(sorted(_LIBELLES.values())), _CHIFFRES),
    origine=st.sampled_from([Origine.JSON_API, Origine.XLSX_STANDARD]),
)
def test_the_list_shows_the_amounts_of_the_dossier(champs: dict[str, Brut], origine: Origine) -> None:
    brut = _brut(champs, origine=origine)
    liens = O2R.lier(brut.colonnes)
    vu, dossier = apercu(brut, liens), lire_dossier(brut, O2R, liens)
    budget = lire_budget(dossier)
    assert (vu.cout_total, vu.demande) == (budget.cout, budget.demande)
    beneficiaires = somme(lire_serie(dossier, "beneficiaires_annee"))
    assert vu.beneficiaires == (None if beneficiaires is None or beneficiaires % 1 else beneficiaires)
