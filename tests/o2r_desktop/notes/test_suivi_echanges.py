"""What a note says of evidence, of points to watch and of the questions to the porteur."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from o2r_desktop.evaluation.reponses import Preuve
from o2r_desktop.notes.donnees import donnees, empreinte, empreinte_dossier
from o2r_desktop.notes.modele import Etiquette, Nature, NoteContent, Passage, Puces, Table, Texte, Titre, Ton
from o2r_desktop.notes.valeurs import source_dite
from tests.o2r_desktop.notes import fabrique
from tests.o2r_desktop.notes.test_content import rubrique, textes

Contenir = Callable[[str], NoteContent]
FIGEE = fabrique.evaluation()
GRILLE, PARAMETRES = fabrique.grille_livree()


def dits(contenu: NoteContent, ancre: str, critere: str) -> dict[str, str]:
    tables = (c for c in rubrique(contenu, ancre).contenu if isinstance(c, Table))
    passages = (ligne[2] for t in tables for ligne in t.lignes if str(ligne[0]).startswith(critere))
    passage = next(passages)
    assert isinstance(passage, Passage)
    return {str(nature): texte for nature, texte in passage.dits}


def test_evidence_names_its_source_its_page_and_its_words(note_content: Contenir) -> None:
    dit = dits(note_content("suivie"), "credibilite", "CRE-04")[Nature.PIECE]
    assert dit == (
        "statuts.pdf, p.\u00a04\u00a0: «\u00a0toute personne éloignée de l’emploi\u00a0»\u202f; "
        "comptes 2023.pdf, p.\u00a07 (pièce remplacée depuis)"
    )
    assert Nature.PIECE.endswith("source")


def test_evidence_whose_piece_is_gone_says_so() -> None:
    assert source_dite(Preuve(ou="a.pdf", page=1, empreinte="00" * 32), ()).endswith(
        "(pièce qui n’est plus au dossier)"
    )
    assert source_dite(Preuve(ou="a.pdf", page=1), ()) == "a.pdf, p.\u00a01"


def test_points_to_watch_stand_under_their_critere_on_page_1_and_in_full(note_content: Contenir) -> None:
    contenu = note_content("suivie")
    assert dits(contenu, "credibilite", "CRE-04")[Nature.VIGILANCE] == fabrique.VIGILANCES["CRE-04"]
    ecrits = tuple(f"{fabrique.VIGILANCES[c].rstrip('.')} ({c})." for c in ("FIN-05", "CRE-04", "ANA-01"))
    assert contenu.synthese.vigilance.textes == ecrits
    corps = rubrique(contenu, "points").contenu
    rang = corps.index(Titre("Points de vigilance"))
    assert corps[rang + 1] == Puces(ecrits)


def test_nothing_to_watch_takes_no_room(note_content: Contenir) -> None:
    contenu = note_content("complete")
    assert contenu.synthese.vigilance.textes == ()
    assert Titre("Points de vigilance") not in rubrique(contenu, "points").contenu


def test_questions_are_printed_with_their_dates_whatever_the_day(note_content: Contenir) -> None:
    contenu = note_content("suivie")
    assert textes(contenu, "echanges").startswith("2\u00a0questions posées au porteur, dont 1\u00a0répondue.")
    table, a_envoyer = (c for c in rubrique(contenu, "echanges").contenu if isinstance(c, Table))
    assert "1\u00a0question préparée, qui n’est pas encore envoyée." in textes(contenu, "echanges")
    assert [ligne[1] for ligne in a_envoyer.lignes] == [fabrique.QUESTIONS[0].texte]
    assert [ligne[2] for ligne in table.lignes] == [
        Etiquette("→ envoyée", Ton.NEUTRE, "envoyée le 21/08/2025, réponse attendue le 04/09/2025"),
        Etiquette("✓ répondue", Ton.BON, "le 29/08/2025, envoyée le 21/08/2025"),
    ]
    assert table.lignes[1][3] == fabrique.QUESTIONS[2].reponse
    plus_tard = fabrique.suivie(now=datetime(2026, 3, 1, tzinfo=UTC))
    assert rubrique(plus_tard, "echanges") == rubrique(contenu, "echanges")


def test_a_note_without_question_says_so_as_before(note_content: Contenir) -> None:
    (phrase,) = rubrique(note_content("complete"), "echanges").contenu
    assert phrase == Texte("Aucun échange ni avis de service consigné dans l’application.")
    assert "questions" not in json.loads(note_content("complete").donnees)


def test_questions_travel_beside_the_data(note_content: Contenir) -> None:
    document = json.loads(note_content("suivie").donnees)
    assert [q["critere"] for q in document["questions"]] == ["CRE-04", "REC-03", "PAR-02"]
    assert document["questions"][1]["echeance"] == "2025-09-04"
    assert document["empreinte"] == empreinte(document["donnees"])
    assert "questions" not in document["donnees"]


def test_a_question_asked_after_the_opinion_does_not_outdate_it() -> None:
    d = fabrique.dossier()
    figee = replace(FIGEE, empreinte=empreinte_dossier(d, FIGEE, GRILLE, PARAMETRES))
    assert fabrique.note(d, figee, questions=fabrique.QUESTIONS).finalisee


def test_points_to_watch_and_zones_are_part_of_what_is_frozen() -> None:
    d, r = fabrique.dossier(), FIGEE.reponses["CRE-04"]
    depart = empreinte_dossier(d, FIGEE, GRILLE, PARAMETRES)
    epingle = Preuve(ou="statuts.pdf", page=4, empreinte="ab" * 32)
    marques = {depart}
    for change in (
        replace(r, vigilance="À suivre."),
        replace(r, preuves=(epingle,)),
        replace(r, preuves=(replace(epingle, zones=((0.1, 0.1, 0.2, 0.2),)),)),
    ):
        autre = replace(FIGEE, reponses={**FIGEE.reponses, "CRE-04": change})
        marques.add(empreinte(donnees(d, autre, GRILLE, PARAMETRES)))
        note = fabrique.note(d, replace(autre, empreinte=depart))
        assert not note.finalisee
    assert len(marques) == 4
