"""What the outline says beside the evaluation: questions that wait, how far pieces were read."""

from collections import Counter
from collections.abc import Mapping

from o2r_desktop.evaluation.lectures import Lecture
from o2r_desktop.operations import DossierComplet, Session
from ui.models.plan import LecturePiece, Suites


def load_suites(
    session: Session,
    complet: DossierComplet,
    lues: Mapping[str, Lecture] | None = None,
    pages: Mapping[str, int] | None = None,
) -> Suites:
    """Read them: two small queries.

    *lues* are the readings told since they were stored, *pages* how many pages pieces are known to have, both by
    SHA-256.
    """
    from o2r_desktop.operations.lectures import load_lectures
    from o2r_desktop.operations.questions import load_questions

    numero = complet.dossier.numero
    attendues = (q.critere for q in load_questions(session, numero) if q.repondue_le is None)
    lectures = load_lectures(session, numero) | dict(lues or {})
    return Suites(
        questions=Counter(attendues),
        lectures={e: lecture_piece(lecture, (pages or {}).get(e, 0)) for e, lecture in lectures.items()},
    )


def lecture_piece(lecture: Lecture, pages: int) -> LecturePiece:
    """Return how far a piece was read, as the outline says it; *pages* is 0 when it is not known."""
    return LecturePiece(pages=pages, vues=len(lecture.vues), lue=lecture.lue)
