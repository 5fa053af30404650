"""Notes: one alone (first and next), and all those of the demonstration, with the memory they take."""

import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.mesure import ligne, secondes
from o2r_desktop import demonstration, operations, restitution
from o2r_desktop.notes import pdf


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as dossier:
        campagne = Path(dossier) / "demo"
        debut = time.perf_counter()
        fait = demonstration.run(campagne, maintenant=datetime.now(UTC))
        ligne("démonstration entière : import, 3 évaluations, 3 notes", f"{time.perf_counter() - debut:.2f} s")
        with operations.open_session(campagne, auteur="mesure") as session:
            numero = fait.evalues[0]
            lot = restitution.lot_note(restitution.complete_scores(session), numero)
            complet = operations.load_dossier(session, numero)
            contenu = restitution.note_content(session, complet, lot)
            pages = fait.notes[0].pages
            duree = secondes(lambda: pdf.render(contenu))
            ligne(f"une note balisée de {pages} pages, contenu prêt", f"{duree * 1000:.0f} ms")
            ligne("la même, par page", f"{duree * 1000 / pages:.0f} ms")
            duree = secondes(lambda: restitution.note_content(session, complet, lot))
            ligne("rassembler son contenu", f"{duree * 1000:.0f} ms")
            numeros = [a.numero for a in operations.list_dossiers(session)]
            debut = time.perf_counter()
            notes, echecs = restitution.produce_notes(session, numeros, Path(dossier) / "notes")
            duree = time.perf_counter() - debut
        ligne(f"{len(notes)} notes l’une après l’autre, {len(echecs)} échec", f"{duree:.2f} s")
        ligne("mémoire au plus haut", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} Mio")


if __name__ == "__main__":
    sys.exit(main())
