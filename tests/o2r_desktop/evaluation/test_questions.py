from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.dossiers.champs import Champ, TypeChamp
from o2r_desktop.dossiers.model import Dossier, Etat, Origine, Porteur
from o2r_desktop.evaluation.questions import (
    MESSAGE_MAX,
    EtatQuestion,
    Question,
    avec,
    avertissement,
    echeance_dite,
    echeance_proposee,
    ecrire,
    envoyees,
    etat,
    lire,
    message,
    question_proposee,
    sans,
)
from o2r_desktop.evaluation.reponses import MANQUANTE, Reponse
from tests.o2r_desktop.notes.fabrique import grille_livree

LE = datetime(2025, 9, 2, 8, tzinfo=UTC)
JOUR = date(2025, 9, 12)
GRILLE, PARAMETRES = grille_livree()


def question(texte: str = "Quel effectif ?", critere: str = "CRE-05", **plus: object) -> Question:
    return replace(Question(critere=critere, texte=texte, posee_le=LE, auteur="Alix"), **plus)  # type: ignore[arg-type]


def dossier(**plus: object) -> Dossier:
    champs = (
        Champ(libelle="Intitulé", attribut="intitule", type=TypeChamp.TEXTE, section="", valeur="Aller vers"),
        Champ(libelle="Budget du projet", attribut="budget_projet", type=TypeChamp.PIECES, section="", valeur=()),
    )
    return replace(
        Dossier(
            numero=24000012, origine=Origine.XLSX_STANDARD, etat=Etat.EN_INSTRUCTION, depot=None, mise_a_jour=None,
            porteur=Porteur(nom="Asso"), membres=(), champs=champs, pieces=(),
        ),
        **plus,
    )  # type: ignore[arg-type]  # fmt: skip


@pytest.mark.parametrize(
    ("changements", "attendu"),
    [
        ({}, EtatQuestion.A_ENVOYER),
        ({"envoyee_le": LE, "echeance": JOUR}, EtatQuestion.ENVOYEE),
        ({"envoyee_le": LE}, EtatQuestion.ENVOYEE),
        ({"envoyee_le": LE, "echeance": date(2025, 9, 11)}, EtatQuestion.EN_RETARD),
        ({"envoyee_le": LE, "echeance": date(2025, 9, 1), "repondue_le": LE}, EtatQuestion.REPONDUE),
        ({"repondue_le": LE}, EtatQuestion.REPONDUE),
    ],
)
def test_where_a_question_stands(changements: dict[str, object], attendu: EtatQuestion) -> None:
    assert etat(question(**changements), JOUR) is attendu  # type: ignore[arg-type]


def test_every_state_has_its_word_and_its_sign() -> None:
    dits = [e.dit for e in EtatQuestion]
    assert dits == ["? à envoyer", "→ envoyée", "! en retard", "✓ répondue"]


_DATES = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 given one
_QUESTIONS = st.builds(
    Question,
    id=st.none() | st.integers(1, 9),
    critere=st.sampled_from(["", "CRE-05"]),
    texte=st.text(),
    posee_le=_DATES,
    auteur=st.text(),
    envoyee_le=st.none() | _DATES,
    echeance=st.none() | st.dates(),
    reponse=st.text(),
    repondue_le=st.none() | _DATES,
)


@given(st.lists(_QUESTIONS, max_size=3))
def test_questions_are_read_as_they_were_written(questions: list[Question]) -> None:
    assert lire(ecrire(questions)) == tuple(questions)


def test_a_question_is_added_changed_and_taken_out() -> None:
    une, autre = question(id=1), question("Et l’autre ?", id=2)
    assert avec((une,), question()) == (une, question())
    assert avec((une, autre), replace(une, texte="x"))[0].texte == "x"
    assert sans((une, autre), 1) == (autre,)
    faites = envoyees((une, autre), {2}, le=LE, echeance=JOUR)
    assert (faites[0], faites[1].envoyee_le, faites[1].echeance) == (une, LE, JOUR)


def test_the_message_asks_one_question_without_a_number() -> None:
    dit = message(dossier(), [question()], JOUR, PARAMETRES)
    assert dit.startswith(
        "Madame, Monsieur,\n\nL’instruction de votre dossier n°\u00a024\u202f000\u202f012, «\u00a0Aller"
    )
    assert "la question suivante.\n\nQuel effectif ?\n\nMerci" in dit
    assert "au plus tard le vendredi 12\u00a0septembre 2025" in dit
    assert "numéro de chaque question" not in dit
    assert "modifiez-la aussi" not in dit
    assert dit.endswith("DREETS Pays de la Loire")


def test_the_message_groups_questions_by_section_and_never_names_a_critere() -> None:
    posees = [question("B ?"), question("C ?", ""), question("A ?", "ELI-07"), question("  \n")]
    dit = message(dossier(etat=Etat.EN_CONSTRUCTION), posees, JOUR, PARAMETRES, grille=GRILLE, auteur="Alix Essai")
    ordre = ["ÉLIGIBILITÉ\n\n1. A ?", "CRÉDIBILITÉ FINANCIÈRE DU PROJET\n\n2. B ?", "DOSSIER\n\n3. C ?"]
    rangs = [dit.index(partie) for partie in ordre]
    assert rangs == sorted(rangs)
    assert "4." not in dit
    assert "ELI-07" not in dit
    assert "modifiez-la aussi dans le formulaire" in dit
    assert dit.endswith("Alix Essai\nDREETS Pays de la Loire")


def test_questions_of_one_section_need_no_heading() -> None:
    dit = message(dossier(), [question("A ?"), question("B ?")], JOUR, PARAMETRES, grille=GRILLE)
    assert "\n\n1. A ?\n\n2. B ?\n\n" in dit
    assert "CRÉDIBILITÉ" not in dit


def test_nothing_to_ask_makes_no_message() -> None:
    assert message(dossier(), [question(" ")], JOUR, PARAMETRES) == ""


def test_a_text_from_outside_stays_on_its_line_and_stays_text() -> None:
    champ = Champ(
        libelle="I", attribut="intitule", type=TypeChamp.TEXTE, section="", valeur="<b>A</b>\n\n2. Faux ?\u202e"
    )
    dit = message(dossier(champs=(champ,)), [question("Un\n\n\n  deux\r\nTrois ")], JOUR, PARAMETRES)
    assert "«\u00a0<b>A</b> 2. Faux ?\u00a0»" in dit
    assert "\n\nUn\n  deux\nTrois\n\n" in dit


def test_a_long_message_is_not_cut_but_said_to_be_long() -> None:
    dit = message(dossier(), [question("x" * MESSAGE_MAX)], JOUR, PARAMETRES)
    assert "x" * MESSAGE_MAX in dit
    assert "caractères" in avertissement(dit)
    assert avertissement("court") == ""


def test_the_wording_that_is_proposed_names_what_is_missing() -> None:
    critere = GRILLE.critere("CRE-05")
    manque = Reponse(critere="CRE-05", valeur=MANQUANTE)
    dit = question_proposee(critere, manque, dossier())
    assert f"«\u00a0{critere.libelle}\u00a0»" in dit
    assert dit.endswith("Pouvez-vous joindre la pièce «\u00a0Budget du projet\u00a0»\u202f?")
    assert question_proposee(critere, manque, dossier(champs=())).endswith("l’information qui manque\u202f?")
    assert question_proposee(critere, replace(manque, valeur="3"), dossier()) == ""


def test_ten_working_days_are_proposed() -> None:
    assert echeance_proposee(date(2025, 9, 2)) == date(2025, 9, 16)
    assert echeance_dite(date(2025, 11, 1)) == "samedi 1er\u00a0novembre 2025"
