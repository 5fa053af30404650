"""Priorities: the cases of metier § 4.4."""

import pytest

from o2r_desktop.evaluation.grille import parametres_par_defaut
from o2r_desktop.evaluation.parametres import Parametres, parametres_de
from o2r_desktop.evaluation.priorites import Priorite, de_dossier, niveau, raisonner
from o2r_desktop.resources import resource
from tests.o2r_desktop.evaluation.fabrique import (
    ALLOPHONES,
    JEUNES,
    RURAUX,
    SENIORS,
    dossier,
    parametres,
    plat,
)

REGION = ("44", "49", "53", "72", "85")


@pytest.mark.parametrize(
    ("departements", "publics", "attendu", "tenus"),
    [
        (("85",), (JEUNES,), "hors priorité", ()),
        (("44", "85"), (JEUNES,), "P1", ("P1",)),
        (("72",), (JEUNES, ALLOPHONES), "P1", ("P1", "P2 renforcée")),
        (("72",), (JEUNES,), "P1", ("P1", "P2")),
        (("49",), (SENIORS,), "hors priorité", ()),
        (("53",), ("Autre public",), "P2", ("P2",)),
        (REGION, (JEUNES,), "P1", ("P1", "P2")),
        (REGION, ("Autre public",), "P2", ("P2",)),
        (("53",), (RURAUX,), "P2 renforcée", ("P2 renforcée",)),
        (("44",), (RURAUX,), "hors priorité", ()),
        (("35",), (JEUNES,), "hors priorité", ()),
        (("72",), ("Jeunes de moins de 26 ans",), "P2", ("P2",)),
        (("72",), ("Santé mentale, comportements déviants, addictions",), "P2 renforcée", ("P2 renforcée",)),
        (("44",), ("JEUNES DE MOINS DE 26 ANS EN RUPTURE",), "P1", ("P1",)),
        ((), (JEUNES,), "inconnue", ()),
        (("72",), (), "inconnue", ()),
        ((), (), "inconnue", ()),
    ],
)
def test_rule(
    departements: tuple[str, ...], publics: tuple[str, ...], attendu: str, tenus: tuple[str, ...]
) -> None:
    trouve = raisonner(departements, publics, parametres())
    assert (trouve.niveau, trouve.tenus) == (attendu, tenus)
    assert niveau(departements, publics, parametres()) is trouve.niveau


def test_sentence_keeps_both_levels_and_the_vendee() -> None:
    phrase = plat(raisonner(("72", "85"), (JEUNES, ALLOPHONES), parametres()).phrase)
    assert phrase == (
        f"P1 : « {JEUNES} », territoire Sarthe (72) ; P2 renforcée : « {ALLOPHONES} », territoire Sarthe (72) ; "
        "la part en Vendée (85) n’est pas prioritaire"
    )


def test_vendee_alone_is_said_eligible() -> None:
    assert "Vendée (85) éligible, jamais prioritaire" in raisonner(("85",), (JEUNES,), parametres()).phrase


def test_what_is_missing_is_named() -> None:
    assert raisonner((), (JEUNES,), parametres()).phrase == "départements non renseignés, rien à conclure"


@pytest.mark.parametrize(
    ("departements", "attendu"),
    [(("Maine-et-Loire", "Bretagne sud"), Priorite.INCONNUE), (("Sarthe", "Bretagne sud"), Priorite.P2_RENFORCEE),
     (("Bretagne sud",), Priorite.INCONNUE), (("Maine-et-Loire",), Priorite.HORS)],
)  # fmt: skip
def test_unreadable_territory_leaves_a_doubt(departements: tuple[str, ...], attendu: Priorite) -> None:
    trouve = de_dossier(dossier(departements=departements, publics=(SENIORS,)), parametres())
    assert trouve.niveau is attendu
    assert ("Bretagne sud" in trouve.phrase) is ("Bretagne sud" in departements)


def test_publics_come_from_the_parameters() -> None:
    assert niveau(("44",), ("Autre public",), parametres(publics_p1=("Autre public",))) is Priorite.P1
    assert niveau(("85",), (JEUNES,), parametres(departements_p1=("85",))) is Priorite.P1


def livres() -> Parametres:
    """Return the parameters that the product ships."""
    texte = resource("grilles", "ami_2025.toml").read_text(encoding="utf-8")
    return parametres_de(parametres_par_defaut(texte))


@pytest.mark.parametrize(
    ("public", "attendu"),
    [
        ("Moins de 26 ans, en rupture", Priorite.P1),
        ("Jeunes en rupture (16-25 ans)", Priorite.P1),
        ("Jeune de moins de 26 ans en ruptures", Priorite.P1),
        ("Habitantes des zones rurales", Priorite.P2_RENFORCEE),
        ("Publics ruraux", Priorite.P2_RENFORCEE),
        ("Personnes souffrant de troubles de santé mentale", Priorite.P2_RENFORCEE),
        ("Addiction", Priorite.P2_RENFORCEE),
        ("Comportement déviant", Priorite.P2_RENFORCEE),
        ("Plus de 55 ans", Priorite.P2_RENFORCEE),
        ("Chômeurs de très longue durée", Priorite.P2_RENFORCEE),
        ("Femmes allophones", Priorite.P2_RENFORCEE),
        ("ILLETTRISME", Priorite.P2_RENFORCEE),
        ("Hommes sans logement", Priorite.P2_RENFORCEE),
        ("Logements stables à trouver", Priorite.P2_RENFORCEE),
        ("Errance", Priorite.P2_RENFORCEE),
        ("En hébergement d’urgence", Priorite.P2_RENFORCEE),
        ("Jeunes de moins de 26 ans", Priorite.P2),
        ("Autre public", Priorite.P2),
        ("Interruption de droits", Priorite.P2),
    ],
)
def test_publics_are_known_by_what_they_say(public: str, attendu: Priorite) -> None:
    assert niveau(("72",), (public,), livres()) is attendu


@pytest.mark.parametrize(
    ("departements", "publics", "attendu", "dit"),
    [
        (("44",), ("Jeunes de moins de 26 ans",), Priorite.INCONNUE, True),
        (("44",), ("Jeunes décrocheurs",), Priorite.INCONNUE, True),
        (("44",), ("Filles de 16 à 26 ans",), Priorite.INCONNUE, True),
        (("44",), ("Femmes seules",), Priorite.HORS, True),
        (("44",), ("Femmes seules", JEUNES), Priorite.P1, True),
        (("44",), ("Jeunes décrocheurs", JEUNES), Priorite.P1, True),
        (("85",), ("Jeunes décrocheurs",), Priorite.HORS, True),
        (("72",), ("Jeunes décrocheurs",), Priorite.P2, True),
        (("72",), ("Femmes seules",), Priorite.P2, True),
        (("44",), ("Autre public",), Priorite.HORS, False),
        (("44",), ("Autres",), Priorite.HORS, False),
        (("44",), (SENIORS,), Priorite.HORS, False),
    ],
)
def test_a_public_that_nothing_names_is_told(
    departements: tuple[str, ...], publics: tuple[str, ...], attendu: Priorite, dit: bool
) -> None:
    trouve = raisonner(departements, publics, livres())
    assert trouve.niveau is attendu
    assert (f"public non reconnu : « {publics[0]} »" in plat(trouve.phrase)) is dit
    assert not (attendu is Priorite.INCONNUE and "hors priorité" in trouve.phrase)


@pytest.mark.parametrize(("departement", "eligible"), [("49", True), ("35", False)])
def test_only_the_region_is_said_eligible(departement: str, eligible: bool) -> None:
    assert ("éligible" in raisonner((departement,), (SENIORS,), parametres()).phrase) is eligible
