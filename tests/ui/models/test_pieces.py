"""What is said of a piece."""

import pytest

from o2r_desktop.dossiers.model import GenrePiece, Piece
from ui.models.pieces import FAMILLES, etat_piece, que_faire, taille_dite
from ui.theme import Ton


def test_a_state_is_a_word_a_sign_and_a_tone() -> None:
    recue = etat_piece(Piece(nom="a.pdf", champ="Statuts", presente=True, pages=12))
    assert (recue.mot, recue.signe, recue.ton, recue.dit) == ("12\u00a0p.", "✓", Ton.BON, "reçue, 12\u00a0pages")
    assert etat_piece(Piece(nom="a.xlsx", champ="", presente=True)).mot == "reçue"
    manquante = etat_piece(Piece(nom="a.pdf", champ="Statuts"))
    assert (manquante.mot, manquante.signe, manquante.ton) == ("manquante", "!", Ton.ALERTE)
    assert etat_piece(Piece(nom="a.pdf", champ="", en_erreur=True)).ton is Ton.MAUVAIS


def test_what_is_missing_says_where_it_was_announced_and_what_to_do() -> None:
    dit = que_faire(Piece(nom="a.pdf", champ="Statuts"))
    assert dit == "Annoncée dans «\u00a0Statuts\u00a0», pas reçue\u00a0: importez l’archive ZIP des pièces."
    assert "de nouveau" in que_faire(Piece(nom="a.pdf", champ="", en_erreur=True))
    assert que_faire(Piece(nom="a.pdf", champ="Statuts", presente=True)) == ""


def test_every_kind_has_its_heading() -> None:
    assert set(FAMILLES) == set(GenrePiece)


@pytest.mark.parametrize(
    ("octets", "dite"),
    [
        (0, "0 octet"),
        (604, "604 octets"),
        (2_300, "2,2 ko"),
        (2_048, "2 ko"),
        (1_500_000, "1,4 Mo"),
        (3 << 30, "3 Go"),
    ],
)
def test_sizes_are_said_in_french(octets: int, dite: str) -> None:
    assert taille_dite(octets).replace("\u00a0", " ") == dite
