"""What came of the porteur since each question was sent, looked for in the background."""

from collections.abc import Mapping, Sequence

from o2r_desktop.evaluation.questions import Question
from o2r_desktop.operations import DossierComplet, Session, twin_session
from o2r_desktop.operations.questions import Element, elements_par_question
from o2r_desktop.progress import Reporter

Trouves = tuple[int, Mapping[int, tuple[Element, ...]]]
"""A dossier, and what came since each of its questions was sent, by id."""


def find_elements(
    session: Session, complet: DossierComplet, questions: Sequence[Question], _reporter: Reporter
) -> Trouves:
    """Look for what may answer questions; *session* is that of the window."""
    with twin_session(session) as jumelle:
        trouves = elements_par_question(jumelle, complet, questions)
    return complet.dossier.numero, {q.id or 0: elements for q, elements in zip(questions, trouves, strict=True)}
