"""Every kind of note conforms to PDF/A-3a and PDF/UA-1, by the veraPDF engine, wherever it is installed."""

import dataclasses
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from o2r_desktop import operations, restitution, seance
from o2r_desktop.notes import pdf
from o2r_desktop.notes.modele import Longueur
from tests.o2r_desktop.notes import fabrique

RACINE = Path(__file__).resolve().parents[3]
VERIFIER = RACINE / "packaging" / "verapdf" / "verifier.py"
TOUT_CONFORME, OUTILS_ABSENTS = 0, 3


def verifier(*documents: Path) -> subprocess.CompletedProcess[str]:
    commande = [sys.executable, str(VERIFIER), str(RACINE / ".outils"), *map(str, documents)]
    return subprocess.run(commande, capture_output=True, encoding="utf-8", check=False, timeout=110)


def test_every_kind_of_note_conforms(
    note: Callable[[str], bytes], laisser: Callable[[str], None], tmp_path: Path
) -> None:
    documents = []
    for sorte in fabrique.SORTES:
        documents.append(tmp_path / f"{sorte}.pdf")
        documents[-1].write_bytes(note(sorte))
    resultat = verifier(*documents)
    if resultat.returncode == OUTILS_ABSENTS:
        laisser("veraPDF (Java ou .outils/ absents) : la conformité PDF/A-3a et PDF/UA-1 n’a pas été contrôlée.")
        return
    assert resultat.returncode == TOUT_CONFORME, resultat.stdout
    assert resultat.stdout.count("CONFORME") == 2 * len(documents)


def test_every_paper_of_the_committee_conforms(
    demonstration_faite: Path, laisser: Callable[[str], None], tmp_path: Path
) -> None:
    with operations.open_session(demonstration_faite, auteur="Alix", lecture_seule=True) as session:
        documents = [e.fichier for e in seance.write_papers(session, tmp_path)]
        documents.append(seance.write_booklet(session, tmp_path / "recueil.pdf").fichier)
        complet = operations.load_dossier(session, 25000101)
        contenu = restitution.note_content(session, complet, None)
        for longueur in (Longueur.FICHE, Longueur.NOTE):
            documents.append(tmp_path / f"{longueur.value}.pdf")
            documents[-1].write_bytes(pdf.render(dataclasses.replace(contenu, longueur=longueur)))
    resultat = verifier(*documents)
    if resultat.returncode == OUTILS_ABSENTS:
        laisser("veraPDF (Java ou .outils/ absents) : la conformité des papiers du comité n’a pas été contrôlée.")
        return
    assert resultat.returncode == TOUT_CONFORME, resultat.stdout


def test_the_check_can_fail(note: Callable[[str], bytes], laisser: Callable[[str], None], tmp_path: Path) -> None:
    faux = tmp_path / "faux.pdf"
    faux.write_bytes(note("petite").replace(b"/MarkInfo", b"/MarkInfa").replace(b"/Lang", b"/Lanq"))
    coupe = tmp_path / "coupe.pdf"
    coupe.write_bytes(b"%PDF-1.7\nrien")
    resultat = verifier(faux, coupe)
    if resultat.returncode == OUTILS_ABSENTS:
        laisser("veraPDF (Java ou .outils/ absents) : la conformité PDF/A-3a et PDF/UA-1 n’a pas été contrôlée.")
        return
    assert resultat.returncode == 2
    assert "ILLISIBLE 3a" in resultat.stdout
