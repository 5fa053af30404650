"""Phrases: which are offered, filled with what; what a bank becomes; what ties words to a dossier."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.evaluation import banque
from o2r_desktop.evaluation.constats import Constat, Resultat
from o2r_desktop.evaluation.grille import load_grille
from o2r_desktop.evaluation.phrases import (
    LONGUEUR_MAX,
    NIVEAUX,
    VARIABLES,
    Origine,
    Phrase,
    completer,
    inconnues,
    niveau_de,
    proposer,
    remplir,
    variables_de,
)
from o2r_desktop.evaluation.reponses import MANQUANTE, SANS_OBJET, Preuve, Reponse
from o2r_desktop.evaluation.traces import generaliser, traces
from o2r_desktop.resources import resource
from o2r_desktop.store.phrases import load_fournies
from tests.o2r_desktop.evaluation.fabrique import ZERO_OU_VIDE, dossier
from tests.test_typographie import fautes

JOUR = date(2025, 9, 2)
GRILLE = load_grille(resource("grilles", "ami_2025.toml").read_text("utf-8"), "ami_2025.toml")
FOURNIES = load_fournies()


def phrase(texte: str, critere: str = "", niveau: str = "", **autres: object) -> Phrase:
    return Phrase(texte=texte, critere=critere, niveau=niveau, **autres)  # type: ignore[arg-type]


# --- order ------------------------------------------------------------------------------------------------------

BANQUE = (
    phrase("générale"),
    phrase("générale manquante", niveau="manquante"),
    phrase("section", "FIN"),
    phrase("section niveau 1", "FIN", "1"),
    phrase("critère", "FIN-02"),
    phrase("critère niveau 1", "FIN-02", "1"),
    phrase("critère niveau 2", "FIN-02", "2"),
    phrase("critère niveau 4", "FIN-02", "4"),
    phrase("autre critère", "FIN-03"),
    phrase("autre section", "CRE"),
)


def textes(phrases: list[Phrase]) -> list[str]:
    return [p.texte for p in phrases]


def test_what_fits_best_comes_first() -> None:
    assert textes(proposer(BANQUE, "FIN-02", "1")) == [
        "critère niveau 1", "critère", "critère niveau 2", "section niveau 1", "section", "générale",
    ]  # fmt: skip


@pytest.mark.parametrize("valeur", ["", "148000.00", "P1"])
def test_without_a_level_every_phrase_of_the_critere_is_offered(valeur: str) -> None:
    offertes = textes(proposer(BANQUE, "FIN-02", valeur))
    assert offertes[:4] == ["critère", "critère niveau 1", "critère niveau 2", "critère niveau 4"]
    assert "autre critère" not in offertes
    assert "autre section" not in offertes


def test_words_typed_bring_the_other_levels_last() -> None:
    assert textes(proposer(BANQUE, "FIN-02", "1", "NIVEAU  crit")) == [
        "critère niveau 1", "critère niveau 2", "critère niveau 4",
    ]  # fmt: skip
    assert proposer(BANQUE, "FIN-02", "1", "trésorerie") == []


def test_words_that_begin_a_word_come_before_those_inside_one() -> None:
    deux = [phrase("la mésentente dure"), phrase("une entente écrite")]
    assert textes(proposer(deux, "FIN-02", "", "entente")) == ["une entente écrite", "la mésentente dure"]


def test_use_comes_after_fit_and_fades() -> None:
    usees = [
        phrase("rare", "FIN-02", usages=1, derniere=JOUR),
        phrase("ancienne", "FIN-02", usages=3, derniere=date(2024, 9, 2)),
        phrase("courante", "FIN-02", usages=3, derniere=JOUR),
        phrase("générale", usages=500, derniere=JOUR),
    ]
    assert textes(proposer(usees, "FIN-02", "", aujourdhui=JOUR)) == ["courante", "rare", "ancienne", "générale"]
    assert textes(proposer(usees, "FIN-02", ""))[:2] == ["ancienne", "courante"]


def test_a_hidden_phrase_is_not_offered() -> None:
    assert proposer([phrase("x", masquee=True)], "FIN-02", "1", "x") == []


@pytest.mark.parametrize(
    ("valeur", "niveau"),
    [("3", "3"), ("oui", "oui"), (MANQUANTE, "manquante"), (SANS_OBJET, "sans_objet"), ("5", "")],
)
def test_the_niveau_of_an_answer(valeur: str, niveau: str) -> None:
    assert niveau_de(valeur) == niveau
    assert niveau in NIVEAUX


# --- filling ----------------------------------------------------------------------------------------------------


def test_a_missing_value_is_left_to_complete() -> None:
    rempli = completer(phrase("Par {porteur} : {cout_total}, {inventee_ici} ; {{fin}}"), {"porteur": "A {fin}"})
    assert rempli.texte == "Par A {fin} : [coût total à compléter], [inventee ici à compléter] ; {fin}"
    assert [rempli.texte[d : d + n] for d, n in rempli.trous] == [
        "[coût total à compléter]",
        "[inventee ici à compléter]",
    ]


@given(st.text(max_size=200))
def test_a_text_without_variables_stays_what_it_is(texte: str) -> None:
    double = texte.replace("{", "{{").replace("}", "}}")
    assert remplir(phrase(double), {}) == texte


@given(
    st.lists(st.one_of(st.text(alphabet="a {}É\n", max_size=8), st.sampled_from([f"{{{v}}}" for v in VARIABLES])))
)
def test_filling_never_raises_and_loses_nothing(morceaux: list[str]) -> None:
    texte = "".join(morceaux)
    valeurs = dict.fromkeys(VARIABLES, "{siret} {{}}")
    rempli = completer(phrase(texte), valeurs)
    assert not rempli.trous or inconnues(texte)
    assert rempli.texte.count("É") == texte.count("É")
    vide = completer(phrase(texte), {})
    assert all(vide.texte[d : d + n].endswith(" à compléter]") for d, n in vide.trous)


@given(st.text(max_size=120), st.dictionaries(st.sampled_from(sorted(VARIABLES)), st.text(max_size=30)))
def test_words_made_a_phrase_read_the_same_again(texte: str, variables: dict[str, str]) -> None:
    refaite = remplir(phrase(generaliser(texte, variables)), {**variables})
    if not any(variables.values()):
        assert refaite == texte


def exemple(**champs: object) -> Dossier:
    fait = dossier(
        intitule="Les Haltes {siret}\nen deux lignes",
        departements=("Mayenne", "Sarthe"),
        cout_total=Decimal(312000),
        demande_total=Decimal("237000.50"),
        beneficiaires_annee_1=50,
        beneficiaires_annee_2=60,
        beneficiaires_annee_3=60,
        **champs,
    )
    return replace(fait, porteur=replace(fait.porteur, nom="La Fabrique des Chemins", siret="02510104900010"))


def valeurs(donnee: Dossier, valeur: str = "3", preuves: tuple[Preuve, ...] = ()) -> Mapping[str, str]:
    constats = [Constat(critere="FIN-02", resultat=Resultat.ALERTE, valeur="vu", preuve="", regle="")]
    reponse = Reponse(critere="FIN-02", valeur=valeur, preuves=preuves)
    return variables_de(donnee, GRILLE.critere("FIN-02"), reponse, constats)


def test_the_variables_of_a_dossier() -> None:
    lues = valeurs(exemple(), preuves=(Preuve(ou="comptes.pdf", page=4), Preuve(ou="Publics visés")))
    attendues = {
        "porteur": "La Fabrique des Chemins",
        "siret": "025\u202f101\u202f049\u202f00010",
        "cout_total": "312\u202f000\u00a0€",
        "demande": "237\u202f000,50\u00a0€",
        "beneficiaires": "170",
        "cout_par_beneficiaire": "1\u202f835,29\u00a0€",
        "departements": "Mayenne (53) et Sarthe (72)",
        "intitule": "Les Haltes {siret} en deux lignes",
        "niveau": "3",
        "critere": "FIN-02",
        "constat": "vu",
        "piece": "comptes.pdf",
        "page": "4",
    }
    assert {nom: lues[nom] for nom in attendues} == attendues
    assert set(lues) <= set(VARIABLES)
    assert remplir(phrase("{intitule}"), lues) == "Les Haltes {siret} en deux lignes"


def test_a_sheet_of_a_workbook_is_no_page() -> None:
    lues = valeurs(exemple(), preuves=(Preuve(ou="budget.xlsx", page=2),))
    assert remplir(phrase("{piece}, p. {page}"), lues) == "budget.xlsx, p. [page à compléter]"


def test_a_zero_or_blank_is_no_value() -> None:
    lues = valeurs(replace(exemple(formation_montant=ZERO_OU_VIDE)), valeur="")
    assert "formation" not in lues
    assert "niveau" not in lues
    assert remplir(phrase("{piece}, p. {page}"), lues) == "[pièce à compléter], p. [page à compléter]"


# --- words that become a phrase ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mots", "attendus"),
    [
        ("La fabrique des chemins demande 237 000,50 €.", "{porteur} demande {demande}."),
        ("coût de 312000 euros", "coût de {cout_total}"),
        ("SIRET 02510104900010 ou 025 101 049 00010", "SIRET {siret} ou {siret}"),
        ("170 personnes, 1 170 ailleurs, 170,5 non", "{beneficiaires} personnes, 1 170 ailleurs, 170,5 non"),
        ("un {bloc} et 312 000", "un {{bloc}} et {cout_total}"),
    ],
)  # fmt: skip
def test_names_and_figures_become_variables(mots: str, attendus: str) -> None:
    assert generaliser(mots, valeurs(exemple())) == attendus


@pytest.mark.parametrize(
    ("mots", "vue"),
    [
        ("la Fabrique avance bien", "le nom du porteur"),
        ("LA FABRIQUE  DES CHEMINS", "le nom du porteur"),
        ("voir 025 101 049 00010", "un SIREN ou un SIRET"),
        ("appeler le 01 99 00 01 04", "un numéro de téléphone"),
        ("joindre +33 1.99.00.01.04", "un numéro de téléphone"),
        ("écrire à contact@asso.example", "une adresse électronique"),
        ("selon Gildas Perrouin", "le nom d’une personne"),
    ],
)
def test_what_ties_words_to_a_dossier_is_seen(mots: str, vue: str) -> None:
    assert traces(mots, exemple(representant_nom="Gildas PERROUIN")) == [vue]


@pytest.mark.parametrize(
    "mots", ["la fabrique de meubles", "123 456 789 € demandés", "150 000 € en 2026, 170 personnes", "Association"]
)
def test_ordinary_words_are_left_alone(mots: str) -> None:
    assert traces(mots, exemple()) == []


@given(st.text(max_size=200))
def test_looking_for_traces_never_raises(mots: str) -> None:
    traces(mots, exemple())
    generaliser(mots, valeurs(exemple()))


# --- a bank -----------------------------------------------------------------------------------------------------

FOURNIE = phrase("Fournie.", "FIN", origine=Origine.FOURNIE)


def test_uses_of_a_shipped_phrase_are_kept_aside() -> None:
    sienne = banque.noter_usage(banque.noter_usage((), FOURNIE, JOUR), FOURNIE, date(2025, 1, 1))
    (vue,) = banque.assembler([FOURNIE], sienne)
    assert (vue.usages, vue.derniere, vue.origine) == (2, JOUR, Origine.FOURNIE)
    assert banque.assembler([], sienne) == ()


def test_a_shipped_phrase_taken_away_comes_back_when_asked() -> None:
    sienne = banque.retirer(banque.noter_usage((), FOURNIE, JOUR), replace(FOURNIE, usages=1, derniere=JOUR))
    assert banque.assembler([FOURNIE], sienne) == ()
    assert banque.assembler([FOURNIE], banque.retablir(sienne))[0].usages == 1


def test_the_same_words_are_joined() -> None:
    deux = banque.ajouter(banque.ajouter((), phrase("Déjà  Vu", usages=3)), phrase("deja vu", usages=1))
    assert deux == (phrase("Déjà  Vu", usages=3),)
    assert len(banque.ajouter(deux, phrase("déjà vu", "FIN"))) == 2


def test_a_changed_phrase_keeps_its_uses() -> None:
    ancienne = phrase("Avant", usages=4, derniere=JOUR)
    (neuve,) = banque.remplacer((ancienne,), ancienne, phrase("Après", "FIN"))
    assert (neuve.texte, neuve.critere, neuve.usages) == ("Après", "FIN", 4)
    reprise = banque.assembler([FOURNIE], banque.remplacer((), FOURNIE, phrase("Fôurnie !", "FIN")))
    assert [p.texte for p in reprise] == ["Fôurnie !"]
    assert [
        p.texte for p in banque.assembler([FOURNIE], banque.remplacer((), FOURNIE, phrase("FOURNIE.", "FIN")))
    ] == ["FOURNIE."]


def test_the_same_file_twice_changes_nothing() -> None:
    venues = [phrase("De Camille", usages=2), phrase("retirée", masquee=True), FOURNIE]
    une = banque.fusionner((phrase("à moi", usages=9),), venues)
    assert [(p.texte, p.usages, p.origine) for p in une] == [
        ("à moi", 9, Origine.PERSONNELLE),
        ("De Camille", 2, Origine.IMPORTEE),
    ]
    assert banque.fusionner(une, venues) == une


def test_what_is_shared_says_nothing_of_when_it_served() -> None:
    donnees = banque.a_partager([phrase("à moi", usages=9, derniere=JOUR), replace(FOURNIE, usages=1)])
    assert donnees == (phrase("à moi", usages=9),)


def test_a_full_bank_takes_nothing_new() -> None:
    pleine = tuple(phrase(f"n° {n}") for n in range(banque.PHRASES_MAX))
    assert banque.ajouter(pleine, phrase("une de plus")) == pleine
    assert banque.fusionner(pleine, [phrase("une de plus")]) == pleine


def test_what_is_no_phrase() -> None:
    assert banque.defaut(" \n")
    assert banque.defaut("x" * (LONGUEUR_MAX + 1))
    assert not banque.defaut("x")


# --- the phrases shipped ----------------------------------------------------------------------------------------


def test_there_are_enough_of_them() -> None:
    assert 80 <= len(FOURNIES) <= 120
    assert len({p.cle for p in FOURNIES}) == len(FOURNIES)
    assert {s.id for s in GRILLE.sections} <= {p.critere.partition("-")[0] for p in FOURNIES}


@pytest.mark.parametrize("fournie", FOURNIES, ids=lambda p: f"{p.critere} {p.niveau} {p.texte[:24]}")
def test_a_shipped_phrase_is_sound(fournie: Phrase) -> None:
    assert fautes(fournie.texte) == []
    assert fournie.texte.endswith((".", "]."))
    assert len(fournie.texte) <= 120
    assert inconnues(fournie.texte) == []
    assert traces(fournie.texte) == []
    if fournie.critere and "-" not in fournie.critere:
        assert fournie.critere in {s.id for s in GRILLE.sections}
    elif fournie.critere:
        critere = GRILLE.critere(fournie.critere)
        permis = {"0", "1", "2", "3", "4"} if critere.niveaux else {"oui", "non"}
        assert fournie.niveau in {*permis, "", "manquante", "sans_objet"}
