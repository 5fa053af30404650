"""The rows of the list of dossiers, as SQLite gives them: ten thousand of them cost some tens of milliseconds."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlite_utils import Database

from o2r_desktop.evaluation.reponses import EtatEvaluation, Evaluation, Preuve, ProjetAvis, Reponse, TypeAvis
from o2r_desktop.store.connection import Campagne, lecture


class LigneBrute(NamedTuple):
    """The columns of a row, in the order of the query; the last four are None until the summary is computed.

    Made from a raw tuple only when somebody looks at the row.
    """

    numero: int
    depot: str | None
    etat: str | None
    porteur: str
    siret: str
    intitule: str
    departements: str
    cout_total_cents: int | None
    demande_cents: int | None
    beneficiaires: int | None
    recherche: str
    priorite: str | None
    controle: str | None
    libelle: str | None
    publics: str | None


_COLONNES = LigneBrute._fields[: LigneBrute._fields.index("priorite")]
_LIGNES = (
    f"SELECT {', '.join(f'd.{nom}' for nom in _COLONNES)}, r.priorite, r.controle, r.libelle, r.publics "  # noqa: S608 constants
    "FROM dossier AS d LEFT JOIN resume AS r ON r.numero = d.numero AND r.empreinte = d.empreinte AND r.regles = ? "
    "ORDER BY d.depot NULLS LAST, d.numero"
)


def load(campagne: Campagne, *, regles: str) -> tuple[list[tuple[Any, ...]], dict[int, Evaluation]]:
    """Return the raw rows, by deposit then number, undated ones last, and the evaluations that somebody began.

    Rows have the columns of LigneBrute. Evaluations hold what progress and score need: of texts and evidence
    they only say that there are some.
    """
    with lecture(campagne) as db:
        return db.execute(_LIGNES, [regles]).fetchall(), _progress(db)


def load_progress(campagne: Campagne) -> dict[int, Evaluation]:
    """Return the evaluations that somebody began, without their texts."""
    with lecture(campagne) as db:
        return _progress(db)


def _progress(db: Database) -> dict[int, Evaluation]:
    par_dossier: dict[int, dict[str, Reponse]] = {}
    connues: dict[Sequence[object], Reponse] = {}
    for numero, *contenu in db.execute(
        "SELECT numero, critere, valeur, a_reconfirmer, "
        "commentaire <> '' OR decision IS NOT NULL OR preuves <> '[]' FROM reponse"
    ):
        cle = tuple(contenu)
        reponse = connues.get(cle)
        if reponse is None:
            reponse = connues[cle] = _reponse(*contenu)
        par_dossier.setdefault(numero, {})[reponse.critere] = reponse
    lignes = db.execute(
        "SELECT numero, grille, version, etat, avis, motif <> '' OR reserves <> '' OR points_forts <> '' "
        "OR points_faibles <> '' OR montants <> '{}' FROM evaluation ORDER BY numero"
    ).fetchall()
    return {ligne[0]: _evaluation(ligne, par_dossier.get(ligne[0], {})) for ligne in lignes}


_QUELQUE_CHOSE = "…"
"""Stands for texts that are not read."""


def _reponse(critere: str, valeur: str, a_reconfirmer: int, accompagnee: int) -> Reponse:
    preuves = (Preuve(ou=_QUELQUE_CHOSE),) if accompagnee else ()
    return Reponse(critere=critere, valeur=valeur, preuves=preuves, a_reconfirmer=bool(a_reconfirmer))


def _evaluation(ligne: tuple[Any, ...], reponses: dict[str, Reponse]) -> Evaluation:
    numero, grille, version, etat, avis, ecrit = ligne
    projet = ProjetAvis(avis=None if avis is None else TypeAvis(avis), motif=_QUELQUE_CHOSE if ecrit else "")
    return Evaluation(
        numero=numero,
        grille=grille,
        version=version,
        etat=EtatEvaluation(etat),
        reponses=reponses,
        avis=projet.en_avis(),
        projet=projet,
    )
