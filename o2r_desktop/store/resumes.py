"""Summaries of the dossiers in the store: derived, dropped when the record or the rules changed."""

import json
from collections.abc import Mapping

from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.evaluation.resume import Resume
from o2r_desktop.store.connection import Campagne, ecriture
from o2r_desktop.store.valeurs import en_json, propre

LigneResume = tuple[str, str, str, str]
"""A summary as it is kept: priority, result, words, publics as a JSON list."""


def en_ligne(resume: Resume) -> LigneResume:
    """Return a summary as it is kept."""
    return resume.priorite, resume.controle.value, propre(resume.libelle), propre(en_json(resume.publics))


def de_ligne(ligne: LigneResume) -> Resume:
    """Read back what en_ligne() wrote."""
    priorite, controle, libelle, publics = ligne
    return Resume(
        priorite=priorite, controle=Resultat(controle), libelle=libelle, publics=tuple(json.loads(publics))
    )


def save(campagne: Campagne, resumes: Mapping[int, Resume], empreintes: Mapping[int, str], *, regles: str) -> None:
    """Keep summaries, each made from the record of that fingerprint; those of a record replaced since are not kept.

    Nothing goes to the journal: these lines say nothing that the records and the rules do not.
    """
    lignes = [(n, empreintes[n], regles, *en_ligne(r)) for n, r in resumes.items() if n in empreintes]
    with ecriture(campagne) as db:
        db.conn.executemany(
            "INSERT OR REPLACE INTO resume (numero, empreinte, regles, priorite, controle, libelle, publics) "
            "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 FROM dossier WHERE numero = ?1 AND empreinte = ?2",
            lignes,
        )
