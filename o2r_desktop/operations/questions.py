"""Questions to the porteur in the campagne, and what came of him since they were sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from o2r_desktop.operations import actes
from o2r_desktop.operations.actes import Genre
from o2r_desktop.text import NBSP, enumeration

if TYPE_CHECKING:
    from o2r_desktop.dossiers.importation import Difference
    from o2r_desktop.dossiers.model import Dossier, Enregistrement, Piece
    from o2r_desktop.dossiers.pieces import PieceRecue
    from o2r_desktop.evaluation.questions import Question
    from o2r_desktop.operations.lecture import DossierComplet
    from o2r_desktop.operations.session import Session


class NatureElement(StrEnum):
    """What came."""

    MESSAGE = "message"
    REPONSE = "reponse"
    """An answer of the form that an import changed."""
    PIECE = "piece"

    @property
    def libelle(self) -> str:
        """Return the words that are shown."""
        return {"message": "Message", "reponse": "Formulaire", "piece": "Pièce"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """Something that may answer a question. ``le`` is when it was written, or imported when nothing else is known.

    ``texte`` holds what is said, or what changed; ``attribut`` (or the label) is that of the field of the form,
    ``empreinte`` that of the piece: where to read it.
    """

    nature: NatureElement
    le: datetime
    titre: str
    texte: str = ""
    attribut: str = ""
    empreinte: str = ""


def load_questions(session: Session, numero: int) -> tuple[Question, ...]:
    """Return the questions of a dossier in the order they were asked; DossierError when it is unknown."""
    from o2r_desktop.evaluation import questions

    return questions.lire(actes.state(session, Genre.QUESTIONS, numero))


def elements_de_reponse(session: Session, complet: DossierComplet, question: Question) -> tuple[Element, ...]:
    """Return what came since a question was sent that may answer it, oldest first; nothing for one not sent."""
    return elements_par_question(session, complet, (question,))[0]


def elements_par_question(
    session: Session, complet: DossierComplet, questions: Sequence[Question]
) -> list[tuple[Element, ...]]:
    """Return what may answer each question: messages of the porteur, and what its critere reads that changed.

    Records are read and compared once: some tens of milliseconds, for a background thread.
    """
    envois = [q.envoyee_le for q in questions if q.envoyee_le is not None]
    if not envois:
        return [() for _ in questions]
    arrivees = sorted(_arrivees(session, complet.dossier, min(envois)), key=lambda paire: paire[0].le)
    return [tuple(e for e, criteres in arrivees if _repond(q, e, criteres)) for q in questions]


def _repond(question: Question, element: Element, criteres: frozenset[str] | None) -> bool:
    if question.envoyee_le is None or element.le <= question.envoyee_le:
        return False
    return not question.critere or criteres is None or question.critere in criteres


_Arrivee = tuple[Element, "frozenset[str] | None"]
"""An element and the criteria that read it, None when it may concern any."""


def _arrivees(session: Session, dossier: Dossier, depuis: datetime) -> Iterator[_Arrivee]:
    from o2r_desktop.store import dossiers

    present = dossiers.load(session.campagne, dossier.numero)
    yield from _messages(present, depuis)
    yield from _reponses(session, present, depuis)
    yield from _pieces(session, dossier, depuis)


def _messages(present: Enregistrement, depuis: datetime) -> Iterator[_Arrivee]:
    from o2r_desktop.dossiers.messagerie import messages

    for message in messages(present):
        if message.du_porteur and message.le > depuis:
            jointes = f" (avec {enumeration(message.pieces)})" if message.pieces else ""
            yield (
                Element(
                    nature=NatureElement.MESSAGE,
                    le=message.le,
                    titre=f"Message de {message.expediteur or 'l’usager'}{jointes}",
                    texte=message.texte,
                ),
                None,
            )


def _reponses(session: Session, present: Enregistrement, depuis: datetime) -> Iterator[_Arrivee]:
    """Compare each record that was replaced since with the one that took its place."""
    from o2r_desktop.evaluation.controles import criteres_touches
    from o2r_desktop.store import dossiers

    anciennes = dossiers.versions(session.campagne, present.numero)
    suivantes = [*(enregistrement for _, enregistrement in anciennes), present][1:]
    for (remplace_le, ancien), nouveau in zip(anciennes, suivantes, strict=True):
        if remplace_le <= depuis:
            continue
        for d in _differences(session, ancien, nouveau):
            touches = criteres_touches((d.attribut,), session.grille) if d.attribut else frozenset[str]()
            yield (
                Element(
                    nature=NatureElement.REPONSE,
                    le=remplace_le,
                    titre=d.libelle,
                    texte=f"{d.avant or '(vide)'} → {d.apres or '(vide)'}",
                    attribut=d.attribut or d.libelle,
                ),
                touches,
            )


def _differences(session: Session, ancien: Enregistrement, nouveau: Enregistrement) -> tuple[Difference, ...]:
    from o2r_desktop.imports.comparaison import cles, comparer

    portees = set(cles(nouveau.colonnes, session.correspondance))
    differences = comparer(ancien, nouveau, session.correspondance, portees).differences
    demandes = {colonne.libelle for colonne in nouveau.colonnes}
    return tuple(
        d for d in differences if d.attribut or d.libelle in demandes
    )  # not the state nor dates of the file


def _pieces(session: Session, dossier: Dossier, depuis: datetime) -> Iterator[_Arrivee]:
    from o2r_desktop.dossiers.model import GenrePiece
    from o2r_desktop.store import dossiers, pieces

    du_porteur = (GenrePiece.PIECE, GenrePiece.MESSAGERIE, GenrePiece.AUTRE)
    recues = {r.id: r for r in pieces.received(session.campagne, dossier.numero)}
    if not recues:
        return
    imports = {rapport.id: rapport.le for rapport in dossiers.imports(session.campagne)}
    remplacees = {r.nom for r in recues.values() if r.remplacee}
    for piece in dossier.pieces:
        recue = recues.get(piece.id) if piece.id is not None and piece.genre in du_porteur else None
        if recue is None or (le := recue.depose_le or imports.get(recue.import_id)) is None or le <= depuis:
            continue
        yield _piece(piece, recue, le, remplacees), _lecteurs(session, dossier, piece)


def _piece(piece: Piece, recue: PieceRecue, le: datetime, remplacees: set[str]) -> Element:
    mots = ["remplace une version précédente" if recue.nom in remplacees else "reçue"]
    if piece.champ:
        mots.insert(0, f"champ «{NBSP}{piece.champ}{NBSP}»")
    return Element(
        nature=NatureElement.PIECE,
        le=le,
        titre=piece.nom,
        texte=", ".join(mots),
        empreinte=piece.empreinte,
    )


def _lecteurs(session: Session, dossier: Dossier, piece: Piece) -> frozenset[str] | None:
    """Return the criteria that read the field of a piece, None when no field announces it or it is not known."""
    from o2r_desktop.evaluation.controles import criteres_touches

    attributs = {c.attribut for c in dossier.champs if c.attribut and c.libelle == piece.champ}
    return criteres_touches(attributs, session.grille) if attributs else None
