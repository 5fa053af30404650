"""The rows of the list of dossiers, as SQLite gives them: ten thousand of them cost some tens of milliseconds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, overload

from o2r_desktop.evaluation.reponses import EtatEvaluation, Evaluation, Preuve, ProjetAvis, Reponse, TypeAvis
from o2r_desktop.store.base import Base
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


_CELLULE, _LIGNE = "\x1f", "\x1e"
_ENTIERS = frozenset({"numero", "cout_total_cents", "demande_cents", "beneficiaires"})
_PEUT_MANQUER = frozenset({"depot", "etat", "priorite", "controle", "libelle", "publics"})
_A_PART = ("numero", "demande_cents", "recherche", "priorite")
"""Columns that are asked for whole at the start or by a search."""

_ECRITES = {nom: f"coalesce({nom}, '')" for nom in LigneBrute._fields}
_EN_TEXTES = (
    f"SELECT group_concat({' || char(31) || '.join(_ECRITES.values())}, char(30)), "  # noqa: S608 constants
    f"{', '.join(f'group_concat({_ECRITES[nom]}, char(31))' for nom in _A_PART)} FROM ({_LIGNES})"
)


class Lignes(Sequence[tuple[Any, ...]]):
    """Raw rows kept as texts: a row is made when somebody looks at it, a column when somebody asks for it."""

    def __init__(self, textes: Sequence[str], colonnes: Mapping[str, str]) -> None:
        self._textes = textes
        self._colonnes = colonnes

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self._textes)

    @overload
    def __getitem__(self, rang: int) -> tuple[Any, ...]: ...
    @overload
    def __getitem__(self, rang: slice) -> list[tuple[Any, ...]]: ...
    def __getitem__(self, rang: int | slice) -> tuple[Any, ...] | list[tuple[Any, ...]]:
        """Return a row, or some."""
        if isinstance(rang, slice):
            return [self[r] for r in range(*rang.indices(len(self)))]
        cellules = self._textes[rang].split(_CELLULE)
        return tuple(_valeurs(nom, [cellule])[0] for nom, cellule in zip(LigneBrute._fields, cellules, strict=True))

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """Return all the rows, much faster than one by one."""
        cellules = zip(*(texte.split(_CELLULE) for texte in self._textes), strict=True)
        return zip(*map(_valeurs, LigneBrute._fields, cellules), strict=True)

    def colonne(self, nom: str) -> list[Any]:
        """Return a column."""
        if nom not in self._colonnes:
            place = LigneBrute._fields.index(nom)
            return [ligne[place] for ligne in self]
        return list(_valeurs(nom, self._colonnes[nom].split(_CELLULE)))


def _valeurs(nom: str, cellules: Sequence[str]) -> Sequence[Any]:
    if nom in _ENTIERS:
        return [int(cellule) if cellule else None for cellule in cellules]
    return [cellule or None for cellule in cellules] if nom in _PEUT_MANQUER else cellules


def colonne_de(lignes: Sequence[tuple[Any, ...]], nom: str) -> list[Any]:
    """Return a column of the rows that load() gave."""
    if isinstance(lignes, Lignes):
        return lignes.colonne(nom)
    place = LigneBrute._fields.index(nom)
    return [ligne[place] for ligne in lignes]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeAvancee:
    """The rows as a few long texts, read by one statement: a thread that runs it leaves Python to the others.

    ``sceau`` is the seal of the last line of the journal: the rows hold as long as it is the last. ``textes`` are
    the rows, then the columns of _A_PART.
    """

    sceau: str
    regles: str
    textes: tuple[str | None, ...]

    def lignes(self) -> Lignes | None:
        """Return the rows of load(), None when there is none or when a text holds a separator."""
        tout, *a_part = self.textes
        if tout is None:
            return None
        lignes, cellules = tout.split(_LIGNE), tout.count(_CELLULE)
        seules = {nom: texte or "" for nom, texte in zip(_A_PART, a_part, strict=True)}
        attendus = {len(lignes) - 1, *(texte.count(_CELLULE) for texte in seules.values())}
        if len(attendus) != 1 or cellules != len(lignes) * (len(LigneBrute._fields) - 1):
            return None
        return Lignes(lignes, seules)


def load_ahead(campagne: Campagne, *, regles: str) -> ListeAvancee:
    """Read the rows as texts, to be made rows of by whoever needs them."""
    with lecture(campagne) as db:
        return ListeAvancee(sceau=_sceau(db), regles=regles, textes=db.execute(_EN_TEXTES, [regles]).fetchone())


def _sceau(db: Base) -> str:
    derniere = db.execute("SELECT empreinte FROM journal ORDER BY id DESC LIMIT 1").fetchone()
    return str(derniere[0]) if derniere else ""


def load(
    campagne: Campagne, *, regles: str, avance: ListeAvancee | None = None
) -> tuple[Sequence[tuple[Any, ...]], dict[int, Evaluation]]:
    """Return the raw rows, by deposit then number, undated ones last, and the evaluations that somebody began.

    Rows have the columns of LigneBrute. Evaluations hold what progress and score need: of texts and evidence
    they only say that there are some. *avance* spares reading the rows, unless something was written since.
    """
    with lecture(campagne) as db:
        lignes: Sequence[tuple[Any, ...]] | None = None
        if avance is not None and (avance.regles, avance.sceau) == (regles, _sceau(db)):
            lignes = avance.lignes()
        if lignes is None:
            lignes = db.execute(_LIGNES, [regles]).fetchall()
        return lignes, _progress(db)


def load_progress(campagne: Campagne) -> dict[int, Evaluation]:
    """Return the evaluations that somebody began, without their texts."""
    with lecture(campagne) as db:
        return _progress(db)


def _progress(db: Base) -> dict[int, Evaluation]:
    par_dossier: dict[int, dict[str, Reponse]] = {}
    connues: dict[Sequence[object], Reponse] = {}
    for numero, *contenu in db.execute(
        "SELECT numero, critere, valeur, a_reconfirmer, "
        "commentaire <> '' OR decision IS NOT NULL OR preuves <> '[]' OR vigilance <> '' FROM reponse"
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
