"""What the note of a dossier says: pure, the same arguments give the same tree."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from o2r_desktop.analyse.ensemble import Analyse
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.evaluation.constats import Constat
from o2r_desktop.evaluation.grille import Grille
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.evaluation.questions import Question
from o2r_desktop.evaluation.reponses import Evaluation
from o2r_desktop.evaluation.score import Score
from o2r_desktop.notes import analytique, annexes, credibilite, echanges, finances, reseau, rubriques, territoire
from o2r_desktop.notes.donnees import donnees, empreinte, empreinte_dossier, fichier
from o2r_desktop.notes.matiere import Matiere
from o2r_desktop.notes.modele import LotNote, NoteContent, Rubrique
from o2r_desktop.notes.synthese import synthese
from o2r_desktop.text import numero

__all__ = ["LotNote", "NoteContent", "content", "donnees", "empreinte", "empreinte_dossier"]


def content(
    *,
    dossier: Dossier,
    evaluation: Evaluation,
    grille: Grille,
    constats: Sequence[Constat],
    score: Score,
    priorite: str,
    parametres: Parametres,
    lot: LotNote | None,
    now: datetime,
    version: str,
    questions: Sequence[Question] = (),
    analyse: Analyse | None = None,
) -> NoteContent:
    """Return the note, dated *now* (aware; the time of the data gives the same bytes every day).

    *lot* and *analyse* situate the dossier. *questions* are out of the fingerprint: they may go on after it.
    """
    m = Matiere(
        dossier=dossier,
        evaluation=evaluation,
        grille=grille,
        constats=constats,
        score=score,
        priorite=str(priorite),
        parametres=parametres,
        lot=lot,
        now=now,
        version=version,
        comparee=analyse,
        questions=tuple(q for q in questions if q.texte.strip() or q.reponse.strip()),
    )
    base = donnees(dossier, evaluation, grille, parametres)
    marque = empreinte(base)
    m = replace(m, perimee=evaluation.finalisee and evaluation.empreinte != marque)
    page_1 = synthese(m)
    return NoteContent(
        numero=dossier.numero,
        titre=f"Note d’instruction, dossier n° {numero(dossier.numero)}, {page_1.porteur}",
        finalisee=evaluation.finalisee and not m.perimee,
        synthese=page_1,
        rubriques=_rubriques(m, marque),
        pied=f" · grille {grille.id} v{grille.version} · empreinte {marque[:4]} {marque[4:8]}",
        empreinte=marque,
        donnees=_fichier(m, base),
        auteur=parametres.service,
        version=version,
        date=now,
    )


def _fichier(m: Matiere, base: Mapping[str, Any]) -> bytes:
    return fichier(
        base,
        constats=m.constats,
        score=m.score,
        priorite=m.priorite,
        pieces=m.dossier.pieces,
        questions=m.questions,
        version=m.version,
        now=m.now,
    )


def _rubriques(m: Matiere, marque: str) -> tuple[Rubrique, ...]:
    """Return the parts after page 1, in the order of produit § 5."""
    parties = (
        rubriques.identification(m),
        rubriques.controles(m),
        rubriques.projet(m),
        rubriques.priorites(m),
        finances.finances(m),
        credibilite.credibilite(m),
        territoire.territoire(m),
        reseau.reseau(m),
        analytique.analytique(m),
        rubriques.appreciations(m),
        rubriques.points_entiers(m),
        echanges.echanges(m),
        rubriques.proposition(m),
        rubriques.visas(m),
        annexes.grille(m),
        annexes.formulaire(m),
        annexes.pieces(m),
        annexes.sources(m, marque),
    )
    return tuple(partie for partie in parties if partie is not None)
