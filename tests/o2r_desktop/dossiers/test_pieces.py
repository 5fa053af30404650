"""Which field announced each file: by name as it came, as the platform writes it, and no guess beyond."""

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.dossiers.model import GenrePiece, Piece
from o2r_desktop.dossiers.pieces import Annonce, EtatPiece, PieceRecue, annonces, etat_piece, rapprocher

NUMERO = 24000001
JOUR = datetime(2025, 7, 4, 14, 3, tzinfo=UTC)


def recue(
    id_: int, nom: str, *, taille: int = 10, genre: GenrePiece = GenrePiece.PIECE, **plus: object
) -> PieceRecue:
    valeurs = {
        "id": id_, "numero": NUMERO, "genre": genre, "nom": nom, "chemin": nom, "empreinte": f"{id_:064x}",
        "taille": taille, "crc": id_, "depose_le": JOUR + timedelta(days=id_), "pages": None, "import_id": 1,
    }  # fmt: skip
    return PieceRecue(**{**valeurs, **plus})  # type: ignore[arg-type]


def annoncee(nom: str, champ: str = "Statuts") -> Piece:
    return Piece(nom=nom, champ=champ)


def liens(annoncees: list[Piece], recues: list[PieceRecue], *dites: Annonce) -> list[tuple[str, int | None]]:
    return [(p.nom, p.id) for p in rapprocher(annoncees, recues, (), dites)]


@pytest.mark.parametrize(
    ("annonce", "recu"),
    [
        ("statuts.pdf", "statuts.pdf"),
        ("état.pdf", unicodedata.normalize("NFC", "état.pdf")),
        (unicodedata.normalize("NFD", "état.pdf"), "état.pdf"),
        ('devis 50% "ferme": a/b.pdf', "devis 50- -ferme-- a-b.pdf"),
        ("Statuts.PDF", "statuts.pdf"),
        ("Procès-verbal.pdf", "proces-verbal.pdf"),
        ("comptes_2024 (1).pdf", "comptes-2024-1.pdf"),
        ("n'importe quoi.pdf", f"statuts-{NUMERO}-01.pdf"),
        ("n'importe quoi.pdf", f"statuts-{NUMERO}-02-01-2.pdf"),
        ("é" * 120 + " fin.pdf", "é" * 110 + ".pdf"),
    ],
)
def test_names_are_recognised(annonce: str, recu: str) -> None:
    (piece,) = rapprocher([annoncee(annonce)], [recue(3, recu)])
    assert (piece.nom, piece.champ, piece.presente, piece.id, piece.empreinte) == (
        annonce, "Statuts", True, 3, f"{3:064x}",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("annonce", "recu"),
    [
        ("statuts.pdf", "statuts.docx"),
        ("statuts 1.pdf", "statuts 2.pdf"),
        ("autre.pdf", "statuts-24000002-01.pdf"),
        ("autre.pdf", f"comptes-{NUMERO}-01.pdf"),
        ("é" * 50 + " fin.pdf", "é" * 50 + ".pdf"),
        ("é" * 110 + " un.pdf", "é" * 110 + " deux.pdf"),
        ("é" * 110 + ".pdf", "é" * 110 + " deux.pdf"),
        ("é" * 120 + " fin.pdf", "é" * 110 + ".docx"),
        ("autre.docx", f"statuts-{NUMERO}-01.pdf"),
        ("autre.pdf", f"statuts-{NUMERO}-02.pdf"),
        ("autre.pdf", f"statuts-{NUMERO}-00.pdf"),
    ],
)
def test_no_guess(annonce: str, recu: str) -> None:
    manquante, seule = rapprocher([annoncee(annonce)], [recue(3, recu)])
    assert (manquante.nom, manquante.champ, manquante.presente) == (annonce, "Statuts", False)
    assert (seule.nom, seule.champ, seule.presente) == (recu, "", True)


def test_label_of_a_template_is_cut_at_thirty_characters() -> None:
    champ = "Budget prévisionnel du projet sur 3 ans (tableur)"
    pieces = [annoncee("b.xlsx", champ), annoncee("c.xlsx", champ), annoncee("d.xlsx", "Comptes")]
    noms = [f"budget-previsionnel-du-projet-{NUMERO}-0{i}.xlsx" for i in (1, 2)]
    assert liens(pieces, [recue(1, noms[0]), recue(2, noms[1])]) == [("b.xlsx", 1), ("c.xlsx", 2), ("d.xlsx", None)]


def test_rank_of_a_template_tells_which_file_of_the_field() -> None:
    pieces = [annoncee("a.pdf"), annoncee("b.docx"), annoncee("c.pdf")]
    modele = f"statuts-{NUMERO}"
    assert liens(pieces, [recue(1, f"{modele}-02.docx")]) == [
        ("a.pdf", None), ("b.docx", 1), ("c.pdf", None),
    ]  # fmt: skip
    deux = [recue(1, f"{modele}-03.pdf"), recue(2, f"{modele}-01.pdf")]
    assert liens(pieces, deux) == [("a.pdf", 2), ("b.docx", None), ("c.pdf", 1)]
    assert liens(pieces, [recue(3, "a.pdf"), *deux])[:3] == [("a.pdf", 3), ("b.docx", None), ("c.pdf", 1)]
    rangee = liens(pieces, [recue(1, f"{modele}-01-01.pdf")])  # of the first row of a repetition
    assert rangee[:3] == [("a.pdf", None), ("b.docx", None), ("c.pdf", None)]
    doubles = liens(pieces, [recue(1, f"{modele}-01.pdf"), recue(2, f"{modele}-01-2.pdf")])
    assert doubles[0] == ("a.pdf", None)


def test_label_that_two_fields_have_once_cut_binds_nothing() -> None:
    pieces = [
        annoncee("a.pdf", "Comptes annuels approuvés N-1, bilan"),
        annoncee("b.pdf", "Comptes annuels approuvés N-1"),
    ]
    noms = [f"comptes-annuels-approuves-n-1-{NUMERO}-01{suite}.pdf" for suite in ("", "-2")]
    assert liens(pieces, [recue(1, noms[0])])[:2] == [("a.pdf", None), ("b.pdf", None)]
    assert liens(pieces, [recue(1, noms[0]), recue(2, noms[1])])[:2] == [("a.pdf", None), ("b.pdf", None)]


def test_long_name_that_two_announce_binds_nothing() -> None:
    pieces = [annoncee("é" * 120 + f" {fin}.pdf") for fin in ("un", "deux")]
    assert [p.presente for p in rapprocher(pieces, [recue(1, "é" * 110 + ".pdf")])] == [False, False, True]


def test_the_surest_resemblance_comes_first() -> None:
    pieces = [annoncee("STATUTS.pdf"), annoncee("statuts.pdf")]
    assert liens(pieces, [recue(1, "statuts.pdf"), recue(2, "Statuts.pdf")]) == [
        ("STATUTS.pdf", 2),
        ("statuts.pdf", 1),
    ]


def test_a_name_of_two_fields_goes_to_the_first_unless_sizes_tell() -> None:
    pieces = [annoncee("a.pdf", "Un"), annoncee("a.pdf", "Deux")]
    assert liens(pieces, [recue(1, "a.pdf", taille=5)]) == [("a.pdf", 1), ("a.pdf", None)]
    dites = (Annonce(champ="Un", nom="a.pdf", taille=9), Annonce(champ="Deux", nom="a.pdf", taille=5))
    assert liens(pieces, [recue(1, "a.pdf", taille=5)], *dites) == [("a.pdf", None), ("a.pdf", 1)]
    deux = [recue(1, "a.pdf", taille=5), recue(2, "a.pdf", taille=9)]
    assert liens(pieces, deux, *dites) == [("a.pdf", 2), ("a.pdf", 1)]
    assert liens(pieces, deux) == [("a.pdf", 1), ("a.pdf", 2)]


def test_only_pieces_of_the_form_are_announced() -> None:
    recues = [recue(1, "a.pdf", genre=GenrePiece.MESSAGERIE), recue(2, "e.pdf", genre=GenrePiece.DOSSIER)]
    assert [(p.nom, p.champ, p.genre) for p in rapprocher([annoncee("a.pdf")], recues)] == [
        ("a.pdf", "Statuts", GenrePiece.PIECE),
        ("e.pdf", "", GenrePiece.DOSSIER),
        ("a.pdf", "", GenrePiece.MESSAGERIE),
    ]


def test_replaced_files_are_left_out() -> None:
    assert liens([annoncee("a.pdf")], [recue(1, "a.pdf", remplacee=True), recue(2, "a.pdf")]) == [("a.pdf", 2)]


def test_errors_of_the_platform_are_told_once() -> None:
    pieces = rapprocher(
        [annoncee("Budget.xlsx"), annoncee("a.pdf"), annoncee("b.pdf")],
        [recue(1, "a.pdf")],
        ["budget.xlsx", "a.pdf", "lettre.docx"],
    )
    assert [(p.nom, p.champ, etat_piece(p)) for p in pieces] == [
        ("Budget.xlsx", "Statuts", EtatPiece.EN_ERREUR),
        ("a.pdf", "Statuts", EtatPiece.RECUE),
        ("b.pdf", "Statuts", EtatPiece.MANQUANTE),
        ("lettre.docx", "", EtatPiece.EN_ERREUR),
    ]


def test_api_tells_sizes() -> None:
    autres = {"pieces": [{"champ": "Un", "filename": "a.pdf", "byteSize": "12", "checksum": "x"},
                         {"champ": "Un", "filename": "b.pdf", "byteSize": "0"}, {"champ": "Un"}, "x"]}  # fmt: skip
    assert annonces(autres) == (Annonce(champ="Un", nom="a.pdf", taille=12),)
    assert annonces({}) == annonces({"pieces": 3}) == ()


_NOMS = st.one_of(
    st.sampled_from(
        ["a.pdf", "A.pdf", "á.pdf", "a b.pdf", "a-b.pdf", "statuts.pdf", f"statuts-{NUMERO}-01.pdf", ""]
    ),
    st.text(max_size=12),
)


@given(
    st.lists(st.tuples(_NOMS, st.sampled_from(["Statuts", "Comptes", ""])), max_size=8),
    st.lists(st.tuples(_NOMS, st.sampled_from(list(GenrePiece)), st.booleans()), max_size=8),
    st.lists(_NOMS, max_size=4),
)
def test_every_file_and_every_name_appears_once(
    annonces_: list[tuple[str, str]], recus: list[tuple[str, GenrePiece, bool]], en_erreur: list[str]
) -> None:
    annoncees = [annoncee(nom, champ) for nom, champ in annonces_]
    recues = [recue(i, nom, genre=g, remplacee=r) for i, (nom, g, r) in enumerate(recus, 1)]
    pieces = rapprocher(annoncees, recues, en_erreur)
    assert sorted(p.id for p in pieces if p.id) == [r.id for r in recues if not r.remplacee]
    assert [(p.nom, p.champ) for p in pieces[: len(annoncees)]] == annonces_
    assert all(p.presente == (p.id is not None) for p in pieces)
    assert not any(p.presente and p.en_erreur for p in pieces)
    assert pieces == rapprocher(annoncees, recues[::-1], en_erreur)
