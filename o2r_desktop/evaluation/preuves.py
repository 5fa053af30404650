"""Evidence: whether the place that it names is still there, how it is said, which answers have some."""

import re
from collections.abc import Sequence
from enum import StrEnum

from o2r_desktop.dossiers.model import Piece
from o2r_desktop.evaluation.grille import Critere, Grille
from o2r_desktop.evaluation.reponses import SANS_OBJET, DecisionConstat, Evaluation, Preuve, Reponse
from o2r_desktop.text import NBSP, normalise, printable

EXTRAIT_MAX = 600
"""Characters of a passage that are kept with its place: a quotation, not a copy of the piece."""
_A_JUSTIFIER = (0, 1, 4)
"""Levels that metier § 2.3 wants to be justified."""


class EtatPreuve(StrEnum):
    """Where the place that an evidence names stands today."""

    ACTUELLE = "actuelle"
    REMPLACEE = "remplacee"
    """Other bytes bear the name of the piece that was cited."""
    ABSENTE = "absente"
    """No received piece has those bytes nor that name."""
    FORMULAIRE = "formulaire"

    @property
    def libelle(self) -> str:
        """Return the words that are shown, «» when there is nothing to say."""
        return _LIBELLES.get(self, "")


_RANGS = {
    **dict.fromkeys(("xlsx", "xls", "xlsm", "xltx", "xltm", "ods", "csv", "tsv"), "feuille"),
    **dict.fromkeys(("pptx", "odp", "pptm", "potm", "ppsm"), "diapositive"),
}
"""What a page of the viewer is, by the end of the name of a piece (see ``imports.natures``)."""
_TEXTES = frozenset({"txt", "md", "rtf", "odt", "docx", "docm", "dotm"})
_LIBELLES = {EtatPreuve.REMPLACEE: "remplacée depuis", EtatPreuve.ABSENTE: "pièce absente"}


def etat_preuve(preuve: Preuve, pieces: Sequence[Piece]) -> EtatPreuve:
    """Return where an evidence stands among the pieces of its dossier.

    One that was cited without its bytes (by the command line, by an older version) is known by its name alone.
    """
    if preuve.empreinte:
        if any(p.presente and p.empreinte == preuve.empreinte for p in pieces):
            return EtatPreuve.ACTUELLE
        return EtatPreuve.REMPLACEE if piece_citee(preuve, pieces) else EtatPreuve.ABSENTE
    if piece_citee(preuve, pieces):
        return EtatPreuve.ACTUELLE
    citee = preuve.page is not None or any(_nom(p.nom) == _nom(preuve.ou) for p in pieces)
    return EtatPreuve.ABSENTE if citee else EtatPreuve.FORMULAIRE


def piece_citee(preuve: Preuve, pieces: Sequence[Piece]) -> Piece | None:
    """Return the received piece that an evidence names: by its bytes, else the last one of its name."""
    presentes = [p for p in pieces if p.presente]
    exacte = next((p for p in presentes if preuve.empreinte and p.empreinte == preuve.empreinte), None)
    return exacte or next((p for p in reversed(presentes) if _nom(p.nom) == _nom(preuve.ou)), None)


def preuve_dite(preuve: Preuve) -> str:
    """Return «Budget prévisionnel, p. 4», on one line."""
    return _une_ligne(preuve.ou) + suite_dite(preuve.ou, preuve.page)


def suite_dite(nom: str, page: int | None) -> str:
    """Return «, p. 4», which follows the name of a piece; «» when its place has no number."""
    lieu = lieu_dit(nom, page)
    return f", {lieu}" if lieu else ""


def lieu_dit(nom: str, page: int | None) -> str:
    """Return «p. 4», «feuille 2», «diapositive 3», as the name of a piece tells; «» for a text without pages.

    A text is one page to the viewer; a higher number was given by someone who has its pages under the eyes.
    """
    if not page:
        return ""
    seule = page == 1 and _fin(nom) in _TEXTES
    return rang_dit(nom, page) or ("" if seule else f"p.{NBSP}{page}")


def rang_dit(nom: str, page: int) -> str:
    """Return «feuille 2» in a workbook, «diapositive 3» in a slide show, «» in what has pages or nothing."""
    mot = _RANGS.get(_fin(nom), "")
    return f"{mot}{NBSP}{page}" if mot else ""


def extrait_de(texte: str) -> str:
    """Return what is kept of a selected text: one line, no longer than a quotation."""
    ligne = _une_ligne(texte.replace("\ufffc", ""))
    return ligne if len(ligne) <= EXTRAIT_MAX else f"{ligne[: EXTRAIT_MAX - 1].rstrip()}…"


def preuve_attendue(reponse: Reponse) -> bool:
    """Say whether an answer should rest on a place in the dossier.

    «Sans objet» rests on nothing, and a confirmed constat names its source itself.
    """
    if not reponse.donnee or reponse.valeur == SANS_OBJET:
        return False
    return bool(reponse.preuves) or reponse.decision is not DecisionConstat.CONFIRME


def jauge(grille: Grille, evaluation: Evaluation) -> tuple[int, int]:
    """Return how many answers have evidence, and how many should have some (see ``preuve_attendue``)."""
    attendues = [r for c in grille.criteres if preuve_attendue(r := evaluation.reponse(c.id))]
    return sum(bool(r.preuves) for r in attendues), len(attendues)


def jauge_dite(prouves: int, total: int) -> str:
    """Return «12 réponses sur 20 avec une preuve», «» while no answer should have one."""
    if not total:
        return ""
    return f"{prouves} réponse{'s' if prouves > 1 else ''} sur {total} avec une preuve"


def sans_justification(reponse: Reponse) -> bool:
    """Say whether a level that must be justified has neither comment nor evidence (metier § 2.3)."""
    return reponse.niveau in _A_JUSTIFIER and not reponse.commentaire.strip() and not reponse.preuves


def sans_preuve(grille: Grille, evaluation: Evaluation) -> tuple[Critere, ...]:
    """Return the criteria whose level must be justified and is not, in the order of the grille."""
    return tuple(c for c in grille.criteres if sans_justification(evaluation.reponse(c.id)))


def _nom(nom: str) -> str:
    return normalise(nom)


def _fin(nom: str) -> str:
    """Return «pdf» for «comptes.pdf»."""
    return normalise(nom).strip().rpartition(".")[2]


def _une_ligne(texte: str) -> str:
    """Return a text on one line; no-break spaces stay what they are."""
    return re.sub(r"[ \t\n]+", " ", printable(texte)).strip()
