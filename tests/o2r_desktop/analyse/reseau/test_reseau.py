"""The actors that a dossier names: locally or only generically, in what role, and what is not named."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.analyse.referentiels import Referentiels
from o2r_desktop.analyse.reseau import Reseau, analyser, document, reperes
from o2r_desktop.analyse.reseau.modele import Ligne, Marque, Mention, Sens, Statut, ecrire_marque, lire_marque
from o2r_desktop.analyse.reseau.repertoire import ecrire, lire
from tests.o2r_desktop.evaluation.fabrique import dossier

LISTES = Referentiels()


def reseau(
    texte: str, champ: str = "collaboration_reseau", fiches: dict[str, Any] | None = None, **plus: Any
) -> Reseau:
    valeurs = {"departements": ("Sarthe",), champ: texte, **plus}
    return analyser(dossier(**valeurs), fiches or {}, acteurs=LISTES.acteurs)


def ligne(trouve: Reseau, famille: str) -> Ligne | None:
    return max(
        (x for x in trouve.lignes if x.acteur.famille == famille),
        key=lambda x: list(Mention).index(x.mention),
        default=None,
    )


@pytest.mark.parametrize(
    ("texte", "famille", "mention"),
    [
        ("Convention avec la mission locale du Mans.", "Mission locale", Mention.LOCALE),
        ("Nous travaillons avec les missions locales.", "Mission locale", Mention.GENERIQUE),
        ("Orientation par l’agence France Travail de La Flèche.", "France Travail", Mention.LOCALE),
        ("Lien avec Pôle emploi.", "France Travail", Mention.GENERIQUE),
        ("Rien de précis.", "France Travail", Mention.ABSENTE),
        ("Cap emploi 72 participe.", "Cap emploi", Mention.LOCALE),
        ("Sans lien avec la mission locale.", "Mission locale", Mention.ABSENTE),
        ("Il faut ml de produit.", "Mission locale", Mention.ABSENTE),
    ],
)
def test_an_actor_is_named_locally_generically_or_not(texte: str, famille: str, mention: Mention) -> None:
    trouvee = ligne(reseau(texte), famille)
    assert trouvee is not None
    assert trouvee.mention is mention


def test_a_citation_says_where_it_stands() -> None:
    texte = "Chaque mois, la mission locale du Mans oriente des jeunes vers nous."
    citation = next(c for c in reseau(texte).citations if c.famille == "Mission locale")
    assert texte[citation.debut : citation.fin] == citation.mots
    assert citation.champ == "collaboration_reseau"
    assert citation.departement == "72"
    assert not citation.hors_projet
    assert citation.mots in citation.extrait


def test_an_actor_of_another_department_is_flagged() -> None:
    citations = reseau("La mission locale de Nantes nous soutient.").citations
    assert [c.hors_projet for c in citations if c.famille == "Mission locale"] == [True]


def test_what_is_not_named_in_a_department_is_told() -> None:
    manques = {(x.famille, x.departement) for x in reseau("La mission locale du Mans.").manques}
    assert ("Cap emploi", "72") in manques
    assert ("Mission locale", "72") not in manques


def test_the_marks_of_the_instructor_win() -> None:
    trouve = reseau("Convention avec la mission locale du Mans.")
    acteur = next(x.acteur.id for x in trouve.lignes if x.mention is Mention.LOCALE)
    ecarte = reseau(
        "Convention avec la mission locale du Mans.", fiches={f"reseau/acteur/{acteur}": {"statut": "ecarte"}}
    )
    assert next(x for x in ecarte.lignes if x.acteur.id == acteur).mention is Mention.ABSENTE
    prouve = reseau("…", fiches={f"reseau/acteur/{acteur}": {"statut": "preuve_jointe", "note": "lettre"}})
    vue = next(x for x in prouve.lignes if x.acteur.id == acteur)
    assert (vue.preuve_jointe, vue.role_precis, vue.marque.note) == (True, True, "lettre")


def test_circuits_of_entry_and_exit() -> None:
    trouve = reseau(
        "Les jeunes nous sont orientés par la mission locale du Mans.",
        sorties="Relais vers France Travail du Mans à la sortie.",
    )
    assert any(c.sens is Sens.SORTIE and c.nom.startswith("France Travail") for c in trouve.circuits)


def test_reperes_are_facts_and_the_document_is_json() -> None:
    trouve = reseau("La mission locale du Mans et les CCAS.")
    assert {r.critere for r in reperes(trouve)} >= {"RES-01", "RES-03"}
    assert not any("niveau" in r.texte for r in reperes(trouve))
    assert json.loads(json.dumps(document(trouve)))["departements"] == ["72"]


def test_a_mark_and_a_directory_come_back_as_they_were_written() -> None:
    marque = Marque(statut=Statut.ROLE_PRECIS, note="p. 3", nom="Relais", famille="CCAS", groupe="autre")
    assert lire_marque(ecrire_marque(marque)) == marque
    assert ecrire_marque(Marque()) is None
    assert lire_marque("?") == Marque()
    assert tuple(lire(ecrire(LISTES.acteurs))) == tuple(LISTES.acteurs)


@given(st.text(max_size=300))
def test_places_in_a_text_are_those_of_the_words(texte: str) -> None:
    entier = f"{texte} mission locale du Mans {texte}"
    for c in reseau(entier).citations:
        if c.champ == "collaboration_reseau":
            assert entier[c.debut : c.fin] == c.mots
