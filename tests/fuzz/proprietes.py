"""What must hold whatever the file: one function for each property, given a file drawn at random."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from hypothesis import strategies as st

from o2r_desktop.dossiers.enregistrement import de_json
from o2r_desktop.dossiers.importation import ExportRead, ImportPlan
from o2r_desktop.errors import ExportError
from o2r_desktop.imports import archive as zips
from o2r_desktop.imports import processus
from o2r_desktop.imports.correspondance import load_correspondance
from o2r_desktop.imports.fiches import Message
from o2r_desktop.imports.fusion import merge_reads
from o2r_desktop.imports.gardes import examiner
from o2r_desktop.imports.lecteur import _Assemblage, _assembler, lire_export
from o2r_desktop.imports.noms import lire_nom
from o2r_desktop.progress import SilentReporter
from o2r_desktop.reception import plan_files
from o2r_desktop.resources import resource
from tests.fuzz import strategies
from tests.fuzz.strategies import Fichier
from tests.hostile.phrases import defauts

O2R = load_correspondance(resource("correspondances", "o2r_2025.toml"))
BLOC = 2**16


class _Boite(list[Message]):
    """Takes the messages of the reading child, in this process."""

    send = list.append


def _lire_ici(chemin: Path) -> ExportRead:
    """Read a file as the child and its parent do, in this process: a hundred times quicker."""
    genre = examiner(chemin)
    demande = processus.Demande(
        chemin=chemin, genre=genre, correspondance=O2R, demarche="", limites=processus.Limites()
    )
    boite = _Boite()
    processus._lire(cast("Any", boite), demande)
    assemblage = _Assemblage(chemin, O2R)
    _assembler(assemblage, boite, SilentReporter())
    return ExportRead(
        fichier=chemin.name,
        empreinte=assemblage.empreinte,
        origine=assemblage.origine,
        date_fichier=lire_nom(chemin.name)[1],
        demarche=assemblage.demarche,
        jeux=tuple(assemblage.jeux),
        dossiers=tuple(assemblage.dossiers),
        refuses=tuple(assemblage.refuses),
        anomalies=tuple(assemblage.anomalies),
    )


def _lire_dehors(chemin: Path) -> ExportRead:
    """Read a file for good: calamine may abort, and only a child may die of it."""
    return lire_export(chemin, O2R, SilentReporter())


def _plan(lu: ExportRead, connu: ExportRead | None) -> ImportPlan:
    """Plan a reading on what another would have left."""
    dossiers = {d.numero: d for d in connu.dossiers} if connu else {}
    empreintes = {numero: d.empreinte for numero, d in dossiers.items()}
    jeux = connu.jeux if connu else ()
    return plan_files([lu], O2R, empreintes, lambda n: de_json(n, dossiers[n].contenu, jeux[dossiers[n].jeu]))[0]


def _numeros(plan: ImportPlan) -> list[int]:
    return sorted([*(d.numero for d in plan.nouveaux), *(m.lu.numero for m in plan.modifies), *plan.inchanges])


def _eprouver(fichier: Fichier, lire: Callable[[Path], ExportRead]) -> None:
    nom, octets = fichier
    with tempfile.TemporaryDirectory() as lieu:
        chemin = Path(lieu) / nom
        chemin.write_bytes(octets)
        try:
            lu, encore = lire(chemin), lire(chemin)
        except ExportError as erreur:
            return _refuser(erreur, nom)
        except (RecursionError, MemoryError):  # the child turns them into a sentence
            return None
    return _verifier(lu, encore)


def _refuser(erreur: ExportError, nom: str) -> None:
    assert defauts(str(erreur), nom) == []


def _verifier(lu: ExportRead, encore: ExportRead) -> None:
    assert lu == encore
    plan = _plan(lu, None)
    numeros = [d.numero for d in lu.dossiers]
    assert _numeros(plan) == sorted(set(numeros)) == sorted(numeros)
    assert all(0 < numero < 2**53 for numero in numeros)
    assert not {r.ligne for r in lu.refuses} & {d.ligne for d in lu.dossiers}
    de_nouveau = _plan(encore, lu)
    assert (de_nouveau.nouveaux, de_nouveau.modifies, de_nouveau.absents) == ((), (), ())
    fusion = merge_reads([lu, encore], O2R)
    assert sorted(d.numero for part in fusion for d in part.dossiers) == sorted(numeros)


def table_lue(fichier: Fichier) -> None:
    """A CSV, a JSON, an ODS: read or refused; twice is once; each number is in the plan once."""
    _eprouver(fichier, _lire_ici)


def classeur_lu(fichier: Fichier) -> None:
    """An XLSX: the same, in the child."""
    _eprouver(fichier, _lire_dehors)


def archive_lue(fichier: Fichier) -> None:
    """A ZIP of pieces: its directory is read or refused, then each file, never more than it said."""
    nom, octets = fichier
    with tempfile.TemporaryDirectory() as lieu:
        chemin = Path(lieu) / nom
        chemin.write_bytes(octets)
        try:
            if not zips.is_archive(chemin):
                return
            lue = zips.read_archive(chemin)
            for piece in lue.pieces:
                assert piece.numero > 0
                assert piece.nom
                assert not set("/\\\0") & set(piece.nom)
            for piece, flux in zips.open_pieces(lue, lue.pieces):
                total = 0
                while bloc := flux.read(BLOC):
                    total += len(bloc)
                assert total == piece.taille
        except ExportError as erreur:
            _refuser(erreur, nom)


PROPRIETES: dict[str, tuple[Callable[[Fichier], None], st.SearchStrategy[Fichier], int]] = {
    "CSV": (table_lue, strategies.csvs(), 60),
    "CSV abîmé": (table_lue, strategies.abimes(strategies.csvs()), 60),
    "JSON": (table_lue, strategies.jsons(), 80),
    "JSON abîmé": (table_lue, strategies.abimes(strategies.jsons()), 60),
    "ODS": (table_lue, strategies.ods(), 40),
    "ODS abîmé": (table_lue, strategies.abimes(strategies.ods()), 40),
    "XLSX": (classeur_lu, strategies.xlsx(), 6),
    "XLSX abîmé": (classeur_lu, strategies.abimes(strategies.xlsx()), 6),
    "archive": (archive_lue, strategies.archives(), 40),
    "archive abîmée": (archive_lue, strategies.abimes(strategies.archives()), 40),
}
"""Name → property, files to draw, and how many of them the suite tries."""
