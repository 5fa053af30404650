"""The grille: what is shipped is right, what is wrong is refused where it is wrong."""

import contextlib
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from o2r_desktop.errors import DossierError, GrilleError
from o2r_desktop.evaluation.grille import Effet, Grille, TypeCritere, load_grille, parametres_par_defaut
from o2r_desktop.evaluation.parametres import Parametres, parametres_de
from o2r_desktop.resources import resource

ENTETE = """id = "essai"
version = 2
libelle = "Grille d’essai"
seuil_favorable = 65
seuil_reserves = 50
"""
SECTION = """
[[section]]
id = "FIN"
libelle = "Finances"
"""
CONTROLE = """
[[critere]]
id = "FIN-01"
section = "FIN"
libelle = "Comptes fiables"
type = "controle"
effet = "alerte"
poids = 0
guide = "Lisez les comptes."
sources = ["AMI, Conditions d’éligibilité des projets"]
"""
ECHELLE = """
[[critere]]
id = "FIN-02"
section = "FIN"
libelle = "Fonds propres"
type = "echelle"
effet = "aucun"
poids = 100
guide = "Lisez le bilan."
sources = ["AMI, Conditions d’éligibilité des projets"]
niveaux = ["a", "b", "c", "d", "e"]
"""
ESSAI = ENTETE + SECTION + CONTROLE + ECHELLE

ATTRIBUTS = """
nature_porteur agrement_ess date_creation objet_social presentation_structure effectif_etp budget_annuel
representant_nom representant_fonction contact adresse_siege exclu_declare exclu_motif laureat_2024
laureat_difference consortium convention_consortium intitule resume missions actions_reperage
actions_remobilisation accompagnement freins duree_moyenne duree_maximale intensite date_debut date_fin
calendrier publics part_non_inscrits justification_publics beneficiaires_moins_26 beneficiaires_priorite_2
echelle departements efop repartition_departements justification_territoires ancrage offre_existante
complementarite collaboration_reseau pacte_solidarites lettres_soutien sorties experience profils cout_total
demande_total cout_par_beneficiaire beneficiaires_par_etp charges_personnel charges_indirectes cle_repartition
formation formation_montant contributions_volontaires budget_projet budget_structure minimis compta_analytique
description_analytique distinction_offre_socle plan_analytique indicateurs donnees statuts comptes_annuels
comptes_n1 comptes_n2 comptes_n3 rapports_cac rapport_activite rib pouvoir_signataire attestation_regularite
engagement_republicain attestation_honneur membres cofinancements intercommunalites partenaires
actions_anterieures
"""
ANNUELS = ("reperes", "beneficiaires", "etp", "cout", "demande")


@pytest.fixture(scope="module")
def texte() -> str:
    return resource("grilles", "ami_2025.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def grille(texte: str) -> Grille:
    return load_grille(texte, "ami_2025.toml")


def test_shipped_grille_has_sixty_criteria_weighing_one_hundred(grille: Grille) -> None:
    assert len(grille.criteres) == 60
    assert {s.id: s.poids for s in grille.sections} == {
        "REC": 0, "ELI": 0, "PRI": 0, "FIN": 15, "CRE": 15, "TER": 12, "EXP": 10,
        "RES": 14, "ANA": 8, "PUB": 10, "APP": 8, "GOU": 3, "SUI": 5,
    }  # fmt: skip
    assert len(grille.ponderes) == 39
    assert (grille.id, grille.version, grille.seuil_favorable, grille.seuil_reserves) == ("ami_2025", 1, 65, 50)


def test_shipped_effects_and_types(grille: Grille) -> None:
    bloquants = "REC-01 REC-02 REC-04 ELI-01 ELI-03 ELI-04 ELI-05 ELI-06 ELI-07"
    alertes = (
        "REC-03 REC-05 ELI-02 ELI-08 ELI-09 ELI-10 PRI-02 FIN-01 FIN-02 FIN-05 CRE-01 CRE-02 CRE-06 CRE-08 ANA-01"
    )
    assert " ".join(c.id for c in grille.criteres if c.effet is Effet.BLOQUANT) == bloquants
    assert " ".join(c.id for c in grille.criteres if c.effet is Effet.ALERTE) == alertes
    assert [c.id for c in grille.criteres if c.type is TypeCritere.MONTANT] == ["ELI-07", "ELI-08", "CRE-02"]
    assert [c.id for c in grille.criteres if c.type is TypeCritere.PRIORITE] == ["PRI-01"]


def test_shipped_computed_criteria(grille: Grille) -> None:
    rec_a_pri = "REC-01 REC-02 ELI-02 ELI-06 ELI-07 ELI-08 ELI-09 PRI-01"
    ratios = "FIN-02 FIN-03 FIN-04 FIN-05 FIN-06 FIN-07 FIN-08"
    autres = "CRE-01 CRE-02 CRE-04 CRE-05 ANA-01 PUB-03"
    calcules = " ".join(c.id for c in grille.criteres if c.automatise)
    assert calcules == f"{rec_a_pri} {ratios} {autres}"


def test_shipped_weights_and_levels_are_flagged_as_proposals(grille: Grille) -> None:
    for critere in grille.ponderes:
        assert {"poids", "niveaux"} <= set(critere.propositions), critere.id
    for critere in grille.criteres:
        assert critere.effet is not Effet.AUCUN or "effet" not in critere.propositions, critere.id


def test_shipped_criteria_point_at_known_fields(grille: Grille) -> None:
    nommes = {nom for c in grille.criteres for nom in (*c.attributs, *c.pieces)}
    assert nommes <= {*ATTRIBUTS.split(), *(f"{nom}_annee_{n}" for nom in ANNUELS for n in (1, 2, 3))}


def test_shipped_texts_have_french_typography(grille: Grille) -> None:
    for critere in grille.criteres:
        for mots in (critere.libelle, critere.guide, *critere.niveaux, *critere.sources):
            assert "'" not in mots, critere.id
            assert not any(f" {signe}" in mots for signe in ":;?!%»€"), critere.id
            assert "« " not in mots, critere.id
        assert critere.guide.endswith((".", "?")), critere.id
        assert all(niveau.endswith(".") for niveau in critere.niveaux), critere.id


def test_shipped_parameters_build(texte: str) -> None:
    parametres = parametres_de(parametres_par_defaut(texte, "ami_2025.toml"))
    assert parametres.date_limite.isoformat() == "2025-08-13T12:00:00+02:00"
    assert parametres.departements_p1 == ("44", "49", "53", "72")
    assert parametres.parcours_mois_max == 12
    assert {f.name for f in fields(Parametres)} >= set(parametres_par_defaut(texte))


def test_critere_is_found_whatever_the_case(grille: Grille) -> None:
    assert grille.critere(" fin-02 ").id == "FIN-02"


def test_unknown_critere_is_told(grille: Grille) -> None:
    with pytest.raises(DossierError, match=r"FIN-99.*60 identifiants, de REC-01 à SUI-03"):
        grille.critere("FIN-99")


def test_small_grille_loads() -> None:
    grille = load_grille(ESSAI, "essai.toml")
    assert [c.id for c in grille.criteres] == ["FIN-01", "FIN-02"]
    assert grille.critere("FIN-02").niveaux == ("a", "b", "c", "d", "e")
    assert grille.critere("FIN-01").automatise is False


def _position(texte: str, marque: str, rang: int = 1) -> tuple[int, int]:
    """Line and column of the rank-th place where a mark begins."""
    debut = -1
    for _ in range(rang):
        debut = texte.index(marque, debut + 1)
    avant = texte[:debut]
    return avant.count("\n") + 1, debut - (avant.rfind("\n") + 1) + 1


@pytest.mark.parametrize(
    ("avant", "apres", "marque", "rang", "dit"),
    [
        pytest.param(
            "poids = 0\n", "poids = 0\ncouleur = 1\n", "couleur", 1, "« couleur » n’existe pas", id="unknown key"
        ),
        pytest.param(
            "version = 2\n", "version = 2\nauteur = 1\n", "auteur", 1, "« auteur »", id="unknown header key"
        ),
        pytest.param('effet = "alerte"\n', "", "[[critere]]", 1, "« effet » manque", id="missing key"),
        pytest.param("version = 2\n", "", "id = ", 1, "« version » manque", id="missing header key"),
        pytest.param("version = 2", "version = 0", "version", 1, "de 1 à", id="version zero"),
        pytest.param(
            "seuil_reserves = 50", "seuil_reserves = 70", "seuil_reserves", 1, "de 0 à 65", id="thresholds"
        ),
        pytest.param("poids = 0", 'poids = "0"', "poids", 1, "« poids » doit être un nombre", id="text for number"),
        pytest.param("poids = 0", "poids = true", "poids", 1, "« poids » doit être", id="boolean for number"),
        pytest.param("poids = 100", "poids = -1", "poids", 2, "de 0 à 100", id="negative weight"),
        pytest.param("poids = 100", "poids = 98", "poids", 2, "98 au total, il faut 100", id="total"),
        pytest.param("poids = 0", "poids = 5", "poids", 1, "son poids doit être 0", id="weight on a control"),
        pytest.param("FIN-02", "FIN-01", 'id = "FIN-01"', 2, "FIN-01 est déjà", id="duplicate critere"),
        pytest.param(SECTION, SECTION + SECTION, 'id = "FIN"', 2, "FIN est déjà", id="duplicate section"),
        pytest.param('section = "FIN"', 'section = "XYZ"', 'section = "XYZ"', 1, "« XYZ »", id="unknown section"),
        pytest.param('id = "FIN-01"', 'id = "REC-01"', 'id = "REC-01"', 1, "sa section, FIN", id="id and section"),
        pytest.param('id = "FIN-01"', 'id = "fin1"', 'id = "fin1"', 1, "la forme", id="shape of an id"),
        pytest.param('id = "FIN"', 'id = "fin"', 'id = "fin"', 1, "trois capitales", id="shape of a section"),
        pytest.param('"d", "e"', '"d"', "niveaux", 1, "il en a 4", id="four levels"),
        pytest.param('"d", "e"', '"d", "d"', "niveaux", 1, "même façon", id="same level twice"),
        pytest.param('"d", "e"', '"d", " "', "niveaux", 1, "liste de textes", id="blank level"),
        pytest.param('"controle"', '"echelle"', "[[critere]]", 1, "il en a 0", id="echelle without levels"),
        pytest.param('"echelle"', '"controle"', "niveaux", 1, "ne peut avoir de niveaux", id="levels on a control"),
        pytest.param('"controle"', '"oui"', "type", 1, "« controle », « echelle »", id="unknown type"),
        pytest.param('"alerte"', '"grave"', "effet", 1, "« bloquant », « alerte »", id="unknown effect"),
        pytest.param('"alerte"', "[1]", "effet", 1, "un mot parmi", id="list for a word"),
        pytest.param('"Lisez le bilan."', '"  "', "guide", 2, "n’est pas vide", id="blank guide"),
        pytest.param('"Finances"', '""', "libelle", 2, "n’est pas vide", id="blank section"),
        pytest.param(
            'effet = "aucun"', 'automatise = 1\neffet = "aucun"', "automatise", 1, "« true »", id="not a boolean"
        ),
        pytest.param(
            'effet = "aucun"',
            'propositions = ["couleur"]\neffet = "aucun"',
            "propositions",
            1,
            "« seuils »",
            id="unknown proposal",
        ),
        pytest.param(
            SECTION,
            SECTION + SECTION.replace("FIN", "ELI"),
            "[[section]]",
            2,
            "ELI n’a aucun critère",
            id="empty section",
        ),
        pytest.param(
            'sources = ["AMI, Conditions d’éligibilité des projets"]',
            "sources = []",
            "sources",
            1,
            "une source",
            id="source",
        ),
        pytest.param(SECTION, "", 'id = "essai"', 1, "« section » manque", id="no section at all"),
    ],
)
def test_refusal_says_where_and_what(avant: str, apres: str, marque: str, rang: int, dit: str) -> None:
    assert avant in ESSAI
    texte = ESSAI.replace(avant, apres, 1)
    ligne, colonne = _position(texte, marque, rang)
    with pytest.raises(GrilleError) as refus:
        load_grille(texte, "essai.toml")
    phrase = str(refus.value).replace("\u00a0", " ")
    assert phrase.startswith(f"La grille « essai.toml » est refusée, ligne {ligne}, colonne {colonne} : ")
    assert dit in phrase


def test_position_ignores_what_strings_and_comments_hold() -> None:
    piege = 'guide = """\n[[critere]]\npoids = 3\n""" # [[critere]]\n# poids = 4'
    texte = ESSAI.replace('guide = "Lisez les comptes."', piege).replace("poids = 100", "poids = 99")
    ligne, colonne = _position(texte, "poids = 99")
    with pytest.raises(GrilleError, match=f"ligne {ligne}, colonne {colonne}.*99 au total"):
        load_grille(texte, "essai.toml")


def test_indented_key_gives_its_column() -> None:
    with pytest.raises(GrilleError, match="ligne 2, colonne 4\u00a0:"):
        load_grille(ESSAI.replace("version = 2", "   version = -2"), "essai.toml")


@pytest.mark.parametrize(
    ("texte", "ou"),
    [
        ("id = \n", "ligne 1, colonne 6"),
        ("id = 'a'\nid = 'b'\n", "ligne 2, colonne 9"),
        ('id = "a', "ligne 1, colonne 8"),
        ("a = " + "[" * 5000, "ligne 1, colonne"),
        ("a = " + "9" * 5000, "ligne 1, colonne"),
        ("\x00", "ligne 1, colonne 1"),
        ("", "ligne 1, colonne 1"),
    ],
)
def test_broken_toml_is_refused_with_its_place(texte: str, ou: str) -> None:
    with pytest.raises(GrilleError, match=ou):
        load_grille(texte, "essai.toml")


def test_table_of_another_kind() -> None:
    with pytest.raises(GrilleError, match=r"ligne 6, colonne 1.*\[\[critere\]\]"):
        load_grille(ENTETE + "critere = 3\n" + SECTION, "essai.toml")


def test_bom_and_windows_lines_are_accepted() -> None:
    assert load_grille("\ufeff" + ESSAI.replace("\n", "\r\n"), "essai.toml").version == 2


@pytest.mark.parametrize(
    ("table", "dit"),
    [
        ("", "[parametres]"),
        ("parametres = 3", "[parametres]"),
        ("[parametres]\nnom = 'x'", "« date_limite » manque"),
    ],
)
def test_parameters_are_checked(table: str, dit: str) -> None:
    with pytest.raises(GrilleError) as refus:
        parametres_par_defaut(table, "essai.toml")
    assert dit in str(refus.value).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("seuil_cout_total = 150000", 'seuil_cout_total = "beaucoup"'),
        ("date_limite = 2025-08-13T12:00:00", 'date_limite = "demain"'),
        ('departements_p2 = ["53", "72"]', 'departements_p2 = "53"'),
        ("duree_annees = 3", "duree_annees = 3\ncouleur = 1"),
        ("[parametres.enveloppe]", "[parametres.enveloppe]\n2026 = 'beaucoup'"),
    ],
)
def test_wrong_parameter_is_refused(texte: str, avant: str, apres: str) -> None:
    assert avant in texte
    with pytest.raises(GrilleError, match="ligne"):
        parametres_par_defaut(texte.replace(avant, apres), "essai.toml")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_damage_gives_a_grille_or_a_sentence(data: st.DataObject) -> None:
    debut = data.draw(st.integers(0, len(ESSAI)))
    fin = data.draw(st.integers(debut, min(len(ESSAI), debut + 40)))
    texte = ESSAI[:debut] + data.draw(st.text(max_size=5)) + ESSAI[fin:]
    with contextlib.suppress(GrilleError):
        assert sum(c.poids for c in load_grille(texte, "essai.toml").criteres) == 100
