"""How each paper looks, beside pictures that were looked at: page 1 of each kind, with a tolerance.

A paper that changes on purpose: look at the picture that the test leaves, then put it in tests/data/papiers.
"""

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from o2r_desktop import operations, restitution, seance
from o2r_desktop.comite.matiere import Genre

REFERENCES = Path(__file__).resolve().parents[1] / "data" / "papiers"
ECHELLE = 0.75
ECART_MAX = 0.5
"""Mean difference of grey, out of 255: a word that moves by a line gives about 1."""
SORTES = ("note", "recueil-3", *(genre.value for genre in seance.PAPIERS))


@pytest.fixture(scope="module")
def papiers(demonstration_faite: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, int]]:
    """Each kind with its file and the page that is looked at, from 0."""
    sortie = tmp_path_factory.mktemp("papiers")
    with operations.open_session(demonstration_faite, auteur="Alix", lecture_seule=True) as session:
        trouves = {e.genre.value: (e.fichier, 0) for e in seance.write_papers(session, sortie)}
        recueil = seance.write_booklet(session, sortie / f"{Genre.RECUEIL.value}.pdf")
        complet = operations.load_dossier(session, 25000104)
        (sortie / "note.pdf").write_bytes(restitution.preview_note(session, complet).octets)
    return {**trouves, "recueil-3": (recueil.fichier, 2), "note": (sortie / "note.pdf", 0)}


def dessiner(fichier: Path, page: int) -> Image.Image:
    document = pypdfium2.PdfDocument(fichier)
    image: Image.Image = document[page].render(scale=ECHELLE).to_pil().convert("L")
    document.close()
    return image


def ecart(a: Image.Image, b: Image.Image) -> float:
    return float(ImageStat.Stat(ImageChops.difference(a, b)).mean[0])


@pytest.mark.parametrize("sorte", SORTES)
def test_looks_as_it_did(papiers: dict[str, tuple[Path, int]], sorte: str, tmp_path: Path) -> None:
    faite = dessiner(*papiers[sorte])
    faite.save(tmp_path / f"{sorte}.png", optimize=True)
    with Image.open(REFERENCES / f"{sorte}.png") as reference:
        assert reference.size == faite.size
        assert ecart(reference.convert("L"), faite) <= ECART_MAX, f"à regarder : {tmp_path / sorte}.png"


def test_the_tolerance_sees_a_line_that_moved(papiers: dict[str, tuple[Path, int]]) -> None:
    faite = dessiner(*papiers[Genre.PROCES_VERBAL.value])
    assert ecart(ImageChops.offset(faite, 0, 6), faite) > ECART_MAX
