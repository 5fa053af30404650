"""Headers in the store: those of the last import of a kind, and those that the dossiers share."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from o2r_desktop.dossiers.enregistrement import colonnes_de_json
from o2r_desktop.dossiers.model import Colonne, Enregistrement, Origine
from o2r_desktop.store import imports
from o2r_desktop.store.connection import Campagne, lecture
from o2r_desktop.store.dossiers import load_many
from o2r_desktop.store.valeurs import en_json


@dataclass(frozen=True, slots=True, kw_only=True)
class EntetesImport:
    """The headers of a file as it came, and when it was imported."""

    fichier: str
    le: datetime
    jeux: tuple[tuple[Colonne, ...], ...]


def last_headers(campagne: Campagne, origines: Sequence[Collection[Origine]]) -> EntetesImport | None:
    """Return the headers of the last import of the first kinds that have one, undone imports set aside.

    None when no import of these kinds kept its headers, as those of earlier versions of the program.
    """
    with lecture(campagne) as db:
        for genres in origines:
            ligne = db.execute(
                "SELECT id, fichier, le FROM import_ AS i WHERE annule_le IS NULL "
                "AND origine IN (SELECT value FROM json_each(?)) "
                "AND EXISTS (SELECT 1 FROM import_colonnes AS c WHERE c.import_id = i.id) ORDER BY id DESC LIMIT 1",
                [en_json(sorted(genre.value for genre in genres))],
            ).fetchone()
            if ligne is not None:
                jeux = imports.columns(campagne, ligne[0])
                return EntetesImport(fichier=ligne[1], le=datetime.fromisoformat(ligne[2]), jeux=jeux)
    return None


def dossiers_by_headers(campagne: Campagne) -> dict[tuple[Colonne, ...], list[int]]:
    """Return the dossiers that share each set of columns, by number."""
    par_jeu: dict[str, list[int]] = {}
    with lecture(campagne) as db:
        for numero, jeu in db.execute("SELECT numero, colonnes FROM dossier ORDER BY numero"):
            par_jeu.setdefault(jeu, []).append(numero)
        textes = dict(db.execute("SELECT id, json FROM colonnes").fetchall())
    return {colonnes_de_json(textes[jeu]): numeros for jeu, numeros in par_jeu.items()}


def samples(campagne: Campagne, *, par_jeu: int, en_tout: int) -> Iterator[list[Enregistrement]]:
    """Yield some dossiers of each set of columns, the sets that most dossiers share first."""
    par_jeu_tries = sorted(dossiers_by_headers(campagne).values(), key=len, reverse=True)
    for numeros in par_jeu_tries:
        choisis = numeros[: min(par_jeu, en_tout)]
        en_tout -= len(choisis)
        if choisis:
            yield list(load_many(campagne, choisis))
