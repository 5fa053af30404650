"""Foreign PDFs in a child process: what breaks it costs a page, and says so."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from o2r_desktop.imports.pages_pdf import PdfUnreadableError
from o2r_desktop.imports.rendu import DocumentDistant, Rendeur, RenduInterrompuError
from tests.ui.widgets.feuilles import chiffre, pdf


@pytest.fixture
def rendeur() -> Iterator[Rendeur]:
    rendeur = Rendeur()
    yield rendeur
    rendeur.close()


@pytest.fixture
def chemin(tmp_path: Path) -> Path:
    chemin = tmp_path / "comptes annuels é.pdf"
    chemin.write_bytes(pdf([["Bilan", "Équipe dédiée"], ["Annexe"]]))
    return chemin


def test_a_page_comes_as_pixels_text_and_hits(rendeur: Rendeur, chemin: Path) -> None:
    document = DocumentDistant(rendeur, chemin)
    assert (document.total, len(document.sizes)) == (2, 2)
    dessin = document.render(0, 400)
    assert dessin is not None
    assert (dessin.largeur, len(dessin.octets)) == (400, dessin.pas * dessin.hauteur)
    assert len(set(dessin.octets)) > 10
    assert "Équipe dédiée" in document.text(0)
    (hit,) = document.search(0, "equipe dediee")
    assert hit.page == 0
    assert 0 < hit.zones[0][0] < hit.zones[0][2] < 1
    document.close()


def test_what_cannot_be_shown_is_said(rendeur: Rendeur, tmp_path: Path) -> None:
    chemin = tmp_path / "p.pdf"
    for octets, mot in ((b"", "vide"), (b"%PDF-1.7 rien", "abîmé"), (chiffre(pdf([["a"]])), "mot de passe")):
        chemin.write_bytes(octets)
        with pytest.raises(PdfUnreadableError, match=mot):
            DocumentDistant(rendeur, chemin)


def test_a_child_that_dies_costs_one_page_and_another_takes_its_place(rendeur: Rendeur, chemin: Path) -> None:
    document = DocumentDistant(rendeur, chemin)
    assert rendeur._enfant.pid is not None
    os.kill(rendeur._enfant.pid, signal.SIGTERM)
    assert document.render(0, 300) is None
    assert document.render(1, 300) is not None
    assert document.render(0, 300) is None
    assert document.text(0) == ""


def test_a_page_that_takes_too_long_is_given_up(chemin: Path) -> None:
    presse = Rendeur(secondes=0.05)
    document = DocumentDistant(presse, chemin)
    figer(presse, chemin)
    assert document.render(0, 300) is None
    figer(presse, chemin)
    assert document.search(1, "annexe") == ()
    figer(presse, chemin)
    with pytest.raises(RenduInterrompuError, match="trop de temps"):
        presse.texte(chemin, 1)
    presse.close()


def figer(presse: Rendeur, chemin: Path) -> None:
    """Open the document, then stop the child: it answers nothing more, however fast the machine is."""
    presse.ouvrir(chemin)
    assert presse._enfant.pid is not None
    os.kill(presse._enfant.pid, signal.SIGSTOP)


def test_a_document_closed_is_opened_again_when_it_is_asked(rendeur: Rendeur, chemin: Path) -> None:
    document = DocumentDistant(rendeur, chemin)
    document.close()
    assert document.render(0, 300) is not None
    document.close()
    chemin.unlink()
    assert document.render(0, 300) is None


def test_characters_come_with_their_boxes(rendeur: Rendeur, chemin: Path) -> None:
    document = DocumentDistant(rendeur, chemin)
    lettres = document.letters(0)
    assert lettres.valides
    rang = lettres.texte.index("Équipe")
    gauche, haut, droite, bas = lettres.boites[4 * rang : 4 * rang + 4]
    assert gauche == pytest.approx(72 / 595, abs=0.01)
    assert 0.08 < haut < bas < 0.15 > droite - gauche
    document.close()
    chemin.unlink()
    assert document.letters(0).texte == ""
