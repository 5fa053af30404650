"""The full text of 10 000 dossiers × 60 fields: making the index, and each keystroke, against the same bare query.

The floor of the index is one FTS5 row for each dossier, written in one transaction; that of a question is the same
MATCH, its numbers only. Pieces are left out: the text of a page costs what that of a form does.
"""

import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks.fabrique import export_standard
from benchmarks.mesure import ligne, mediane
from o2r_desktop import operations, reception, recherche, suivi
from o2r_desktop.operations import Session
from o2r_desktop.progress import SilentReporter
from o2r_desktop.recherche.formulaire import lignes
from o2r_desktop.store import dossiers
from o2r_desktop.store import recherche as store

DOSSIERS = 10_000
FOIS = 15
QUESTIONS = (
    ("une lettre", "a", ""),
    ("deux lettres", "de", '"de"*'),
    ("début de mot", "equ", '"equ"*'),
    ("mot rare", "dupont", '"dupont"*'),
    ("mot de tous les dossiers", "personnes", '"personnes"*'),
    ("phrase", '"vers le droit commun"', '"vers le droit commun"'),
    ("trois mots de tous les dossiers", "équipe marchés coût", '"equipe"* AND "marches"* AND "cout"*'),
    ("nom et mot", "structure 77 relais", '"structure"* AND "77"* AND "relais"*'),
    ("mot exclu", "sacha -loi", '"sacha"* NOT "loi"*'),
)


def plancher_index(session: Session, base: Path) -> None:
    """Index the same texts, a row each, without records to follow nor extracts to show."""
    with closing(sqlite3.connect(base)) as connexion, connexion:
        connexion.execute("PRAGMA synchronous = OFF")
        connexion.execute(
            "CREATE VIRTUAL TABLE mots USING fts5(texte, content='', tokenize='unicode61 remove_diacritics 2')"
        )
        numeros = sorted(dossiers.known(session.campagne))
        connexion.executemany(
            "INSERT INTO mots (rowid, texte) VALUES (?, ?)",
            (
                (e.numero, "\n".join(texte for _, texte in lignes(e)))
                for e in dossiers.load_many(session.campagne, numeros)
            ),
        )


def temps(travail: Callable[[], object]) -> float:
    """Return how many seconds *travail* takes."""
    debut = time.perf_counter()
    travail()
    return time.perf_counter() - debut


def index(session: Session, lieu: Path) -> None:
    """Measure the index made from nothing, then found up to date."""
    fichier = session.campagne.dossier / store.FICHIER
    couples = []
    for tour in range(3):
        store.supprimer(session.campagne)
        bas = temps(lambda nom=f"plancher-{tour}.db": plancher_index(session, lieu / nom))  # type: ignore[misc]
        couples.append((bas, temps(lambda: recherche.indexer(session, SilentReporter()))))
    bas, haut = (statistics.median(c) for c in zip(*couples, strict=True))
    ligne("index : plancher, une ligne FTS5 par dossier", f"{bas:.2f} s")
    ligne("index : fait depuis rien", f"{haut:.2f} s ({fichier.stat().st_size / 2**20:.0f} Mio)")
    ligne("index : rapport", f"{statistics.median(h / b for b, h in couples):.2f}")
    ligne("index : déjà à jour", f"{mediane(lambda: recherche.indexer(session, SilentReporter()), FOIS):.1f} ms")


def questions(session: Session) -> None:
    """Measure each keystroke: dossiers and passages, then the rows of the list."""
    lu = suivi.charger(session)
    filtrages, tous = [], []
    with closing(sqlite3.connect(session.campagne.dossier / store.FICHIER)) as nue:
        for nom, question, nu in QUESTIONS:
            bas = mediane(
                lambda q=nu: nue.execute("SELECT rowid FROM mots WHERE mots MATCH ?", [q or '""']).fetchall(), FOIS  # type: ignore[misc]
            )  # fmt: skip
            haut = mediane(lambda q=question: recherche.chercher(session, q), FOIS)  # type: ignore[misc]
            trouves = recherche.chercher(session, question).numeros
            filtre = suivi.Filtre(recherche=question)
            filtrages.append(mediane(lambda f=filtre, t=trouves: lu.filtrer(f, t), FOIS))  # type: ignore[misc]
            tous.append(haut + filtrages[-1])
            ligne(f"{nom} : plancher, la même question nue", f"{bas:.1f} ms")
            ligne(f"{nom} : dossiers et passages", f"{haut:.1f} ms")
    ligne("frappe : médiane des questions, lignes comprises", f"{statistics.median(tous):.1f} ms", "≤ 50 ms")
    ligne("frappe : la plus lente, lignes comprises", f"{max(tous):.1f} ms")
    ligne("lignes de la liste : la plus lente", f"{max(filtrages):.1f} ms", "≤ 10 ms")
    un = lu.numero(DOSSIERS // 2)
    seul = mediane(lambda: recherche.chercher(session, "équipe marchés", parmi={un}), FOIS)
    ligne("un seul dossier : tous ses passages", f"{seul:.1f} ms")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as dossier:
        lieu = Path(dossier)
        export = export_standard(lieu / "dossiers_essai_2025-08-20_10-30.xlsx", DOSSIERS)
        reception.import_files(lieu / "ami", [export], auteur="mesure", essai=False)
        with operations.open_session(lieu / "ami", auteur="mesure") as session:
            index(session, lieu)
            questions(session)
    ligne("mémoire au plus haut", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} Mio")


if __name__ == "__main__":
    sys.exit(main())
