"""The annex of the pieces: what came, what did not, and from where; the same in the data of the note."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from o2r_desktop.dossiers.model import GenrePiece, Piece
from o2r_desktop.notes.content import donnees, empreinte, empreinte_dossier
from o2r_desktop.notes.modele import NoteContent, Table, Texte
from tests.o2r_desktop.notes import fabrique

RECUE = Piece(
    nom="statuts.pdf", champ="Statuts", presente=True, empreinte="ab" * 32, pages=12, taille=9, id=1,
    depose_le=datetime(2025, 7, 4, 22, 30, tzinfo=UTC),
)  # fmt: skip
LETTRE = Piece(nom="lettre.pdf", champ="", presente=True, empreinte="cd" * 32, genre=GenrePiece.MESSAGERIE, id=2)
IMPRIME = Piece(nom="export-1.pdf", champ="", presente=True, empreinte="ef" * 32, genre=GenrePiece.DOSSIER, id=3)
ABSENTE = Piece(nom="budget.xlsx", champ="Budget")
EN_ERREUR = Piece(nom="perdue.pdf", champ="", en_erreur=True)


def marque(*pieces: Piece) -> str:
    return empreinte_dossier(
        fabrique.dossier(pieces=pieces), fabrique.evaluation(), fabrique.petite_grille(), fabrique.parametres()
    )


def note(*pieces: Piece) -> NoteContent:
    return fabrique.note(fabrique.dossier(pieces=pieces), fabrique.evaluation())


def test_every_piece_has_its_line() -> None:
    contenu = note(RECUE, ABSENTE, IMPRIME, LETTRE, EN_ERREUR)
    (rubrique,) = [r for r in contenu.rubriques if r.ancre == "pieces"]
    (table,) = [c for c in rubrique.contenu if isinstance(c, Table)]
    assert table.lignes == (
        ("statuts.pdf", "Statuts", "reçue", "05/07/2025", "12", "abab abab"),
        ("budget.xlsx", "Budget", "manquante", "–", "–", "–"),
        ("export-1.pdf", "Dossier imprimé par la plateforme", "reçue", "–", "–", "efef efef"),
        ("lettre.pdf", "Messagerie", "reçue", "–", "–", "cdcd cdcd"),
        ("perdue.pdf", "–", "en erreur", "–", "–", "–"),
    )
    (legende,) = [c for c in rubrique.contenu if isinstance(c, Texte)]
    assert legende.texte.startswith("3\u00a0pièces reçues, 1\u00a0manquante et 1 en erreur.")


def test_data_of_the_note_hold_every_piece() -> None:
    contenu = note(RECUE, EN_ERREUR)
    lues = json.loads(contenu.donnees)
    assert [(p["nom"], p["etat"], p["pages"]) for p in lues["calcule"]["pieces"]] == [
        ("statuts.pdf", "recue", 12),
        ("perdue.pdf", "en_erreur", 0),
    ]
    assert empreinte(lues["donnees"]) == lues["empreinte"]


@pytest.mark.parametrize("avant", [(ABSENTE,), (RECUE, ABSENTE)], ids=["nothing received", "one received"])
def test_what_the_platform_prints_or_lacks_changes_no_fingerprint(avant: tuple[Piece, ...]) -> None:
    assert marque(*avant, IMPRIME, EN_ERREUR) == marque(*avant)


def test_received_bytes_change_the_fingerprint_and_pages_do_not() -> None:
    assert marque(RECUE) == marque(replace(RECUE, pages=0, depose_le=None, id=9))
    autre, absente = replace(RECUE, empreinte="00" * 32), replace(RECUE, presente=False, empreinte="")
    assert len({marque(RECUE), marque(autre), marque(absente), marque(RECUE, LETTRE)}) == 4


def test_announced_pieces_are_written_as_they_were_before_any_was_received() -> None:
    brut = donnees(
        fabrique.dossier(pieces=(ABSENTE,)), fabrique.evaluation(), fabrique.petite_grille(), fabrique.parametres()
    )
    assert brut["dossier"]["pieces"] == [
        {"nom": "budget.xlsx", "champ": "Budget", "presente": False, "empreinte": "", "pages": 0}
    ]
