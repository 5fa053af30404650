"""Words of a text that are actors: forms, acronyms in context, places, refusals; places in the text stay true."""

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from o2r_desktop.analyse.referentiels import Referentiels
from o2r_desktop.analyse.reseau import analyser
from o2r_desktop.analyse.reseau.citations import relever_pieces
from o2r_desktop.analyse.reseau.modele import Citation
from o2r_desktop.analyse.reseau.releve import Passage, relever
from o2r_desktop.analyse.reseau.repertoire import COLONNES, lire
from o2r_desktop.dossiers.model import GenrePiece, Piece
from o2r_desktop.errors import DossierError
from tests.o2r_desktop.evaluation.fabrique import dossier

ACTEURS = Referentiels().acteurs


def citer(texte: str, porteur: str = "Association du Port") -> list[Citation]:
    passages = [Passage(ou="Offre existante", texte=texte, champ="offre_existante")]
    return list(relever(passages, ACTEURS.trouveur, porteur=porteur, departements=("72",)))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("texte", "attendus"),
    [
        ("les missions locales de Laval et Rennes", [("ml-mayenne", "Mission locale de la Mayenne")]),
        ("MISSION\u0301 LOCALE du Haut Bocage", [("ml-haut-bocage", "Mission locale du Haut Bocage")]),
        ("les acteurs de l’emploi du Mans", [("reseau-generique", "")]),
        ("l’agence France Travail de Laval", [("france-travail", "Laval")]),
        ("à Laval, la mission locale reçoit", [("mission-locale", "Laval")]),
        ("la mission locale. Laval est loin.", [("mission-locale", "")]),
        ("France Travail, la mission locale et Cap emploi en Sarthe",
         [("france-travail", "Sarthe"), ("mission-locale", "Sarthe"), ("cap-emploi", "Sarthe")]),
        ("le CCAS d’Angers et les C.C.A.S. voisins", [("ccas", "Angers"), ("ccas", "")]),
        ("ateliers et chantiers d’insertion", [("aci", "")]),
        ("Restos du cœur, restos du coeur", [("aide-alimentaire", ""), ("aide-alimentaire", "")]),
        ("orientation par la ML, la CAF et l’AI du secteur", [("mission-locale", ""), ("caf", ""), ("ai", "")]),
        ("250 ML d’eau pour le public", []),
        ("il plie sous la charge", []),
        ("la CAF est négative, l’autofinancement baisse", []),
        ("l’IA, ou AI : intelligence artificielle au service du public", []),
        ("les PME-PMI et services", []),
        ("dans le Département de la Sarthe", []),
        ("le Département de la Sarthe finance", [("cd-72", "Conseil départemental de la Sarthe")]),
        ("le département de la Sarthe est rural", []),
        ("émission locale, missions localement", []),
    ],
)  # fmt: skip
def test_actors_and_places(texte: str, attendus: list[tuple[str, str]]) -> None:
    assert [(c.acteur, c.lieu) for c in citer(texte)][: len(attendus) or None] == attendus


@pytest.mark.parametrize(
    "texte",
    [
        "sans lien avec France Travail, la mission locale ni Cap emploi",
        "pas de partenariat avec la mission locale",
        "aucune convention formalisée avec le CCAS",
        "nous ne travaillons pas directement avec la mission locale",
        "absence de mission locale",
        "des personnes non inscrites à France Travail",
        "en tant que SIAE",
        "notre association est agréée ACI",
        "nous portons un ACI",
        "nos chantiers d’insertion",
    ],
)
def test_refusals_the_public_and_the_porteur_itself_do_not_count(texte: str) -> None:
    assert citer(f"Constat : {texte}.") == []


@pytest.mark.parametrize(
    "texte",
    [
        "nous n’avons pas de lien ailleurs mais rencontrons la mission locale",
        "sans attendre, la mission locale oriente",
        "notre mission locale",
        "inscription à France Travail",
    ],
)
def test_what_only_looks_like_a_refusal_counts(texte: str) -> None:
    assert len(citer(texte)) == 1


def test_a_porteur_is_no_partner_of_its_own() -> None:
    assert citer("L’E2C accompagne ; E2C Sarthe reçoit.", porteur="E2C Sarthe") == []
    assert [c.lieu for c in citer("L’E2C d’Angers et l’E2C", porteur="E2C Sarthe")] == ["Angers"]


MORCEAUX = st.sampled_from(["mission locale", "FT", "du Mans", "\u0301", "É", "œ", "ﬁ", "İ", "C.C.A.S.", "\n", "."])


@settings(max_examples=60, deadline=None)
@given(st.lists(MORCEAUX | st.text(max_size=8), max_size=30))
def test_no_text_stops_the_reading_and_places_hold(morceaux: list[str]) -> None:
    texte = " ".join(morceaux)
    for c in citer(texte):
        assert 0 <= c.debut < c.fin <= len(texte)
        assert texte[c.debut : c.fin] == c.mots
        assert c.mots in f"{c.avant}{c.mots}{c.apres}"


def test_a_citation_keeps_its_id_when_another_field_changes() -> None:
    un, deux = (
        analyser(dossier(departements=("Sarthe",), sorties="Relais au CCAS.", resume=texte), {}, acteurs=ACTEURS)
        for texte in ("Rien.", "La mission locale, le CCAS.")
    )
    (seule,) = un.citations
    assert seule.id in {c.id for c in deux.citations}


def test_a_citation_set_aside_no_longer_counts() -> None:
    lu = dossier(departements=("Sarthe",), sorties="Relais au CCAS du Mans.")
    (citation,) = analyser(lu, {}, acteurs=ACTEURS).citations
    fiches = {f"reseau/acteur/{citation.id}": {"statut": "ecarte"}}
    ecarte = analyser(lu, fiches, acteurs=ACTEURS)
    assert ecarte.citations == ()
    assert [c.ecartee for x in ecarte.lignes for c in x.citations] == [True]


def test_an_added_actor_is_looked_for_too() -> None:
    fiches = {"reseau/acteur/ajout-1": {"statut": "cite", "nom": "Relais des Bocages", "groupe": "autre"}}
    lu = analyser(dossier(sorties="avec le relais des bocages"), fiches, acteurs=ACTEURS)
    ligne = next(x for x in lu.lignes if x.acteur.id == "ajout-1")
    assert [c.mots for c in ligne.citations] == ["relais des bocages"]


def test_pages_of_pieces_are_read_when_given() -> None:
    lu = dossier(departements=("Sarthe",))
    textes = [("lettre.pdf", "ab" * 32, 3, "Cap emploi 72 soutient le projet.")]
    trouve = analyser(lu, {}, acteurs=ACTEURS, textes=textes)
    (citation,) = trouve.citations
    assert (citation.ou, citation.page, citation.empreinte, citation.champ) == ("lettre.pdf", 3, "ab" * 32, "")
    assert trouve.avec_pieces
    assert relever_pieces(lu, {}, acteurs=ACTEURS, textes=textes) == (citation,)


def test_letters_are_known_by_their_names() -> None:
    noms = ("Lettre_soutien_ML_du_Mans.pdf", "convention_CCAS.pdf", "convention_collective.pdf", "statuts.pdf")
    pieces = tuple(Piece(nom=nom, champ="", genre=GenrePiece.PIECE) for nom in noms)
    lettres = analyser(replace(dossier(), pieces=pieces), {}, acteurs=ACTEURS).lettres
    assert [(x.nature, x.acteurs) for x in lettres] == [
        ("lettre", ("mission-locale",)),
        ("convention", ("ccas",)),
    ]


def test_a_full_form_is_read_in_no_time() -> None:
    phrase = "Notre équipe va vers les personnes là où elles vivent, sans attendre qu’elles viennent. " * 5
    texte = f"{phrase}Nous orientons vers la mission locale du Mans et le CCAS. " * 41
    citer(texte[:100])
    debut = time.perf_counter()
    assert len(citer(texte[:20_000])) > 60
    assert time.perf_counter() - debut < 0.1  # ten times what it takes on two busy cores


@pytest.mark.parametrize(
    ("lignes", "ligne", "mot"),
    [
        ("id;nom", 1, "première ligne"),
        (",".join(COLONNES) + "\nÉ,Nom,Famille,autre,,,", 2, "identifiant"),
        (",".join(COLONNES) + "\na,,Famille,autre,,,", 2, "nom"),
        (",".join(COLONNES) + "\na,Nom,Famille,voisin,,,", 2, "groupe"),
        (",".join(COLONNES) + "\na,Nom,Famille,autre,,999,", 2, "département"),
        (",".join(COLONNES) + "\na,Nom,Famille,autre,,,\na,Nom,Famille,autre,,,", 3, "déjà pris"),
        (",".join(COLONNES) + "\na,Nom", 2, "cellules"),
        (",".join(COLONNES) + '\na,"Nom', 2, "guillemets"),
    ],
)
def test_a_refused_directory_tells_its_line(lignes: str, ligne: int, mot: str) -> None:
    with pytest.raises(DossierError, match=mot) as refus:
        lire(lignes)
    assert f"ligne {ligne}\u00a0:" in str(refus.value)


def test_the_shipped_directory_says_whose_names_they_are() -> None:
    for acteur in ACTEURS:
        assert acteur.source
        assert (acteur.source == "nom public, à vérifier par la DREETS") == acteur.local
