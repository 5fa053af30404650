"""The committee's papers: a batch of notes in one process and two, a booklet of 150 dossiers, its memory.

Ratios in the same run: two processes over one; nothing is asserted.
"""

import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.mesure import ligne
from o2r_desktop import demonstration, operations, restitution, seance
from o2r_desktop.comite.matiere import Genre
from o2r_desktop.comite.papiers import papier
from o2r_desktop.notes import papier as impression
from o2r_desktop.notes.imprimeur import Equipe
from o2r_desktop.operations import Session

NOTES, DOSSIERS = 100, 150


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as travail:
        campagne = Path(travail) / "demo"
        demonstration.run(campagne, maintenant=datetime.now(UTC))
        with operations.open_session(campagne, auteur="mesure") as session:
            for essai in range(2):
                un, deux = (_lot(session, combien, Path(travail)) for combien in (1, 2))
                rapport = f"{deux:.1f} s à deux, {un:.1f} s à un : {deux / un:.2f}"
                ligne(f"{NOTES} notes complètes, essai {essai + 1}", rapport)
            _recueil(session)
        ligne("mémoire au plus haut", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} Mio")


def _lot(session: Session, combien: int, travail: Path) -> float:
    """Return how long the notes take, from the store to bytes on disk, with that many processes."""
    sortie = travail / f"notes-{combien}"
    sortie.mkdir()
    numeros = [a.numero for a in operations.list_dossiers(session)]
    scores = restitution.complete_scores(session)
    contenus = (
        (rang, restitution.note_content(session, operations.load_dossier(session, n), None))
        for rang, n in enumerate(numeros[i % len(numeros)] for i in range(NOTES))
    )
    assert scores
    with Equipe(combien) as equipe:
        debut = time.perf_counter()
        for rang, imprime in equipe.composer(contenus):
            assert not isinstance(imprime, Exception)
            (sortie / f"{rang}.pdf").write_bytes(imprime.octets)
        duree = time.perf_counter() - debut
    shutil.rmtree(sortie)
    return duree


def _recueil(session: Session) -> None:
    """Print the booklet of 150 dossiers, contents gathered before."""
    m = seance.load_matiere(session)
    notes = []
    for candidat in m.ordre:
        complet = operations.load_dossier(session, candidat.numero)
        notes.append(restitution.note_content(session, complet, None))
    tous = [replace(notes[i % len(notes)], numero=30_000_000 + i) for i in range(DOSSIERS)]
    avant = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    duree, pages = _chrono(lambda: impression.recueil(papier(Genre.RECUEIL, m), tous).pages)
    apres = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ligne(f"recueil de {DOSSIERS} dossiers, {pages} pages", f"{duree:.1f} s, {avant:.0f} puis {apres:.0f} Mio")


def _chrono(faire: Callable[[], int]) -> tuple[float, int]:
    debut = time.perf_counter()
    rendu = faire()
    return time.perf_counter() - debut, rendu


if __name__ == "__main__":
    sys.exit(main())
