"""Words in all the pieces of one dossier: grouped by piece and page, what cannot be searched said."""

from pathlib import Path

from o2r_desktop.operations import Session
from o2r_desktop.progress import SilentReporter
from o2r_desktop.recherche import EtatPiece, chercher, chercher_pieces, indexer
from tests.o2r_desktop.imports.bureaux import docx, paragraphe, xlsx
from tests.o2r_desktop.recherche.conftest import Ajouter, pdf

RIEN = SilentReporter()


def test_hits_by_piece_and_page(session: Session, ajouter_piece: Ajouter, tmp_path: Path) -> None:
    comptes = ajouter_piece(
        1, "comptes.pdf", pdf(tmp_path / "a", "Équipe dédiée", "rien", "une équipe, des équipes")
    )
    ajouter_piece(2, "autre.pdf", pdf(tmp_path / "b", "équipe"))
    scan = ajouter_piece(1, "scan.pdf", pdf(tmp_path / "c", ""))
    indexer(session, RIEN)
    trouvee, muette = chercher_pieces(session, 1, "equipe")
    assert (trouvee.empreinte, trouvee.nom, trouvee.paginee, trouvee.nombre) == (comptes, "comptes.pdf", True, 3)
    assert [(page.page, page.extrait, page.nombre) for page in trouvee.pages] == [
        (1, "Équipe dédiée", 1), (3, "une équipe, des équipes", 2),
    ]  # fmt: skip
    assert (muette.empreinte, muette.etat, muette.pages) == (scan, EtatPiece.SANS_TEXTE, ())
    assert [p.page for p in chercher_pieces(session, 1, "équipe -dédiée")[0].pages] == [3]
    assert [p.page for p in chercher_pieces(session, 1, '"équipe dédiée"')[0].pages] == [1]
    assert chercher_pieces(session, 1, "  ") == chercher_pieces(session, 99, "équipe") == []


def test_any_question_is_taken(session: Session, ajouter_piece: Ajouter, tmp_path: Path) -> None:
    ajouter_piece(1, "a.pdf", pdf(tmp_path / "a", "mot"))
    indexer(session, RIEN)
    for question in ('"', "-", "NEAR(a b", "mot*", "a:b", "'; DROP TABLE mots", "\0", "(((", "mot OR", "-mot"):
        chercher_pieces(session, 1, question)
    assert chercher_pieces(session, 1, "mo")[0].pages[0].fragments == (("mot", True),)


def test_pieces_wait_for_the_index(session: Session, ajouter_piece: Ajouter, tmp_path: Path) -> None:
    ajouter_piece(1, "a.pdf", pdf(tmp_path / "a", "mot"))
    assert [(p.nom, p.etat) for p in chercher_pieces(session, 1, "mot")] == [("a.pdf", EtatPiece.ATTENTE)]
    indexer(session, RIEN)
    nouvelle = ajouter_piece(1, "b.pdf", pdf(tmp_path / "b", "mot aussi"))
    assert [(p.nom, p.etat) for p in chercher_pieces(session, 1, "mot")] == [
        ("a.pdf", EtatPiece.LU), ("b.pdf", EtatPiece.ATTENTE),
    ]  # fmt: skip
    session.campagne.db.execute("DELETE FROM piece WHERE empreinte = ?", [nouvelle])
    assert len(chercher_pieces(session, 1, "mot")) == 1


def test_office_pieces_are_searched_too(session: Session, ajouter_piece: Ajouter, tmp_path: Path) -> None:
    classeur = xlsx(tmp_path / "a.xlsx", Un=[["x"]], Charges=[["Loyer", 12_000.0]])
    ajouter_piece(1, "budget.xlsx", classeur.read_bytes())
    ajouter_piece(1, "lettre.docx", docx(tmp_path / "b", paragraphe("un loyer modéré")).read_bytes())
    ajouter_piece(2, "cassé.docx", docx(tmp_path / "c", paragraphe("loyer")).read_bytes()[:-40])
    indexer(session, RIEN)
    assert [(p.nom, p.paginee, [page.page for page in p.pages]) for p in chercher_pieces(session, 1, "loyer")] == [
        ("budget.xlsx", False, [2]), ("lettre.docx", False, [1]),
    ]  # fmt: skip
    assert chercher_pieces(session, 2, "loyer")[0].etat is EtatPiece.ILLISIBLE
    resultat = chercher(session, "loyer", numero=1)
    assert (resultat.numeros, {p.page for p in resultat.passages}) == ({1}, {1, 2})
    assert chercher(session, "loyer", numero=3).numeros == frozenset()
    assert chercher(session, "loyer", numero=1, parmi=[2]).numeros == frozenset()
