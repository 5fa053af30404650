from o2r_desktop.evaluation.superposition import changes, ecarts, superposer

AVANT = {"valeur": "2", "commentaire": "Vu", "preuves": []}
APRES = {"valeur": "3", "commentaire": "Vu", "preuves": []}


def question(rang: int | None, texte: str) -> dict[str, object]:
    return {"id": rang, "texte": texte}


def test_only_what_changed_is_laid_over() -> None:
    actuel = {**APRES, "commentaire": "Relu"}
    assert changes(AVANT, APRES) == {"valeur"}
    assert ecarts(actuel, APRES, AVANT) == frozenset()
    assert superposer(actuel, APRES, AVANT) == {**AVANT, "commentaire": "Relu"}


def test_what_was_written_since_is_named() -> None:
    assert ecarts({**APRES, "valeur": "4"}, APRES, AVANT) == {"valeur"}


def test_questions_are_told_apart_by_their_id() -> None:
    un, deux, trois = question(1, "Pourquoi ?"), question(2, "Comment ?"), question(3, "Quand ?")
    avant, apres = {"questions": [un, deux]}, {"questions": [un]}
    actuel = {"questions": [question(1, "Pourquoi donc ?"), trois]}
    assert ecarts(actuel, apres, avant) == frozenset()
    assert superposer(actuel, apres, avant) == {"questions": [question(1, "Pourquoi donc ?"), deux, trois]}
    assert ecarts(actuel, {"questions": [un, trois]}, {"questions": [trois]}) == {"questions:1"}


def test_a_new_question_comes_last() -> None:
    un, neuve = question(1, "Pourquoi ?"), question(None, "Où ?")
    assert superposer({"questions": [un]}, {"questions": []}, {"questions": [neuve]}) == {"questions": [un, neuve]}
    assert superposer({"questions": [un]}, {"questions": [un]}, {"questions": []}) == {"questions": []}


def test_new_questions_keep_their_order() -> None:
    neuves = [question(None, f"Question {rang} ?") for rang in range(9)]
    assert superposer({"questions": []}, {"questions": []}, {"questions": neuves}) == {"questions": neuves}
