"""The assembly: order, completeness, what touches what, and the words."""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from o2r_desktop.dossiers.champs import Champ
from o2r_desktop.dossiers.importation import Difference
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.evaluation.constats import Resultat, pire
from o2r_desktop.evaluation.controles import REGLES, changements, check, criteres_touches
from o2r_desktop.evaluation.examen import Examen
from o2r_desktop.evaluation.grille import load_grille
from o2r_desktop.evaluation.reponses import Changement
from o2r_desktop.resources import resource
from tests.o2r_desktop.evaluation.fabrique import ABSENT, ILLISIBLE, ORDINAIRE, ZERO_OU_VIDE, dossier, parametres

ORDRE = ("REC-01", "REC-02", "ELI-02", "ELI-06", "ELI-07", "ELI-08", "ELI-09", "PRI-01", "FIN-08", "CRE-01",
         "CRE-02", "CRE-04", "CRE-05", "ANA-01", "PUB-03")  # fmt: skip
FIXES = {"depot", "demarche", "porteur", "membres", "cofinancements"}


def test_order_of_the_grille() -> None:
    assert tuple(c.critere for c in check(dossier(), parametres())) == ORDRE


def test_an_ordinary_dossier_conforms() -> None:
    resultats = {c.critere: c.resultat for c in check(dossier(), parametres())}
    assert resultats.pop("PUB-03") is Resultat.INCONNU
    assert set(resultats.values()) == {Resultat.CONFORME}


def test_an_empty_dossier_conforms_to_nothing_but_its_deposit() -> None:
    vide = dossier(nom="", siren="", categorie="", demarche="", depot=None, **dict.fromkeys(ORDINAIRE, ABSENT))
    assert {c.resultat for c in check(vide, parametres())} == {Resultat.INCONNU}


NOMBRES = [
    a for a in ORDINAIRE if a.startswith(("cout", "demande", "etp", "benef", "duree", "charges", "formation_"))
]


@given(st.dictionaries(st.sampled_from(NOMBRES), st.sampled_from([ZERO_OU_VIDE, ILLISIBLE, ABSENT, "", 0, 10**17])))
@settings(max_examples=100, deadline=None)
def test_no_figure_breaks_a_rule(changes: dict[str, Any]) -> None:
    for constat in check(dossier(**changes), parametres()):
        assert constat.valeur
        assert constat.preuve
        assert constat.regle


class Espion(Mapping[str, Champ]):
    """Fields of a dossier that remember which were asked for."""

    def __init__(self, champs: Mapping[str, Champ]) -> None:
        self.champs = champs
        self.lus: set[str] = set()

    def __getitem__(self, attribut: str) -> Champ:
        self.lus.add(attribut)
        return self.champs[attribut]

    def __contains__(self, attribut: object) -> bool:
        self.lus.add(str(attribut))
        return attribut in self.champs

    def __iter__(self) -> Iterator[str]:
        return iter(self.champs)

    def __len__(self) -> int:
        return len(self.champs)


def lus(regle_fonction: Any, examine: Dossier) -> set[str]:
    copie = dataclasses.replace(examine)
    espion = Espion(examine.par_attribut)
    copie.__dict__["par_attribut"] = espion
    examen = Examen(dossier=copie, parametres=parametres())
    _ = examen.budget, examen.beneficiaires, examen.priorite, examen.territoires
    espion.lus.clear()
    constat = regle_fonction(examen)
    assert constat.preuve
    return espion.lus


@pytest.mark.parametrize("regle", REGLES, ids=lambda r: r.critere)
def test_rules_declare_what_they_read(regle: Any) -> None:
    complet = dossier(beneficiaires_moins_26=10, beneficiaires_priorite_2=20, cle_repartition="m²")
    if regle.critere != "REC-01":  # looks at which fields exist, not at what they say
        assert lus(regle.fonction, complet) <= regle.attributs


@pytest.mark.parametrize(
    ("attributs", "attendus"),
    [
        (["cout_total"], {"ELI-07", "CRE-01", "CRE-02", "CRE-04", "CRE-05"}),
        (["formation_montant"], {"ELI-07", "ELI-08", "CRE-02"}),
        (["departements"], {"ELI-06", "PRI-01", "PUB-03"}),
        (["depot"], {"REC-02", "FIN-08"}),
        (["porteur"], {"ELI-02", "FIN-08"}),
        (["membres"], {"ELI-02"}),
        (["cofinancements"], {"CRE-02"}),
        (["resume", "rib"], set()),
        ([], set()),
    ],
)
def test_criteres_touches(attributs: list[str], attendus: set[str]) -> None:
    assert criteres_touches(attributs) == attendus


def test_the_grille_adds_the_criteria_that_send_to_a_field_or_a_piece() -> None:
    grille = load_grille(resource("grilles", "ami_2025.toml").read_text("utf-8"), "ami_2025.toml")
    calcules = {"ELI-07", "CRE-01", "CRE-02", "CRE-04", "CRE-05"}
    attendus = {c.id for c in grille.criteres if "cout_total" in (*c.attributs, *c.pieces)} | calcules
    assert criteres_touches(["cout_total"], grille) == attendus
    assert attendus > calcules
    pieces = criteres_touches(["comptes_n1"], grille)
    assert pieces == {c.id for c in grille.criteres if "comptes_n1" in c.pieces}
    assert pieces
    connus = {c.id for c in grille.criteres}
    tous = {a for c in grille.criteres for a in (*c.attributs, *c.pieces)} | {
        a for r in REGLES for a in r.attributs
    }
    assert criteres_touches(tous, grille) <= connus


def test_each_critere_is_told_what_changed_under_it_in_the_order_of_the_fields() -> None:
    grille = load_grille(resource("grilles", "ami_2025.toml").read_text("utf-8"), "ami_2025.toml")
    cout = Difference(libelle="Coût", attribut="cout_total", avant="1", apres="2")
    depot = Difference(libelle="Date de dépôt", attribut="depot", avant="a", apres="b")
    sans = Difference(libelle="Courriel", attribut=None, avant="x", apres="y")
    un = Difference(libelle="Année 1", attribut="cout_annee_1", avant="3", apres="4")
    trouves = changements(grille, [un, depot, sans, cout])
    assert [c.libelle for c in trouves["CRE-01"]] == ["Année 1", "Coût"]
    assert trouves["REC-02"] == (Changement(libelle="Date de dépôt", avant="a", apres="b"),)
    assert "Courriel" not in {c.libelle for cs in trouves.values() for c in cs}
    assert changements(grille, [sans]) == {}


def test_changing_an_answer_changes_only_the_criteria_that_it_touches() -> None:
    avant = check(dossier(), parametres())
    for attribut in ORDINAIRE:
        apres = check(dossier(**{attribut: ""}), parametres())
        changes = {a.critere for a, b in zip(avant, apres, strict=True) if a != b}
        assert changes <= criteres_touches([attribut]), attribut


@pytest.mark.parametrize("examine", [dossier(), dossier(**dict.fromkeys(ORDINAIRE, "")), dossier(formation=True)])
def test_french_typography(examine: Dossier) -> None:
    for constat in check(examine, parametres()):
        for texte in (constat.valeur, constat.regle):
            assert not re.search(r" [;:!?%€»]|« |'|\.\.\.|  ", texte), texte


@pytest.mark.parametrize(
    ("resultats", "attendu"),
    [
        ([], "inconnu"),
        (["conforme"], "conforme"),
        (["conforme", "inconnu"], "inconnu"),
        (["inconnu", "alerte"], "alerte"),
        (["alerte", "non_conforme", "inconnu"], "non_conforme"),
    ],
)
def test_worst(resultats: list[str], attendu: str) -> None:
    assert pire(map(Resultat, resultats)) == attendu
