"""Hostile PDF given to the search: a state, never an exception; time and memory bounded by a child that may die."""

import io
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from o2r_desktop.imports.textes import EtatTexte, LecteurTextes, Limites

SOBRE = Limites(memoire=600 * 2**20, secondes=8.0)


def _pdf(pages: int = 1, **enregistrement: object) -> bytes:
    sortie = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        pdf.save(sortie, **enregistrement)  # type: ignore[arg-type]
    return sortie.getvalue()


def _brut(*objets: bytes) -> bytes:
    """Return a PDF of these objects, numbered from one, the first its catalogue; readers rebuild its index."""
    corps = b"".join(b"%d 0 obj\n%s\nendobj\n" % (rang, objet) for rang, objet in enumerate(objets, 1))
    return b"%PDF-1.7\n" + corps + b"trailer\n<</Root 1 0 R/Size %d>>\n%%%%EOF\n" % (len(objets) + 1)


def _flux(octets: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(octets), octets)


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]%s>>"
CAS: dict[str, Callable[[], bytes]] = {
    "tronqué": lambda: _pdf(20)[:900],
    "chiffré": lambda: _pdf(encryption=pikepdf.Encryption(owner="a", user="b")),
    "en-tête seul": lambda: b"%PDF-1.7\n",
    "arbre en boucle": lambda: _brut(CATALOGUE, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000>>"),
    "un million de pages avouées": lambda: _brut(
        CATALOGUE, b"<</Type/Pages/Kids[%s]/Count 1000000>>" % (b"3 0 R " * 50_000), PAGE % b""
    ),
    "catalogue en boucle": lambda: _brut(b"1 0 R"),
    "imbriqué": lambda: _brut(CATALOGUE, b"[" * 200_000 + b"]" * 200_000),
    "formulaire en boucle": lambda: _brut(
        CATALOGUE,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        PAGE % b"/Contents 4 0 R/Resources<</XObject<</a 5 0 R>>>>",
        _flux(b"/a Do"),
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</a 5 0 R>>>>" + _flux(b"/a Do")[2:],
    ),
    "page immense": lambda: _brut(
        CATALOGUE,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[-9e99 0 9e99 1e38]>>",
    ),
    "octets": lambda: b"%PDF-1.7" + bytes(range(256)) * 400,
    "nul": lambda: b"%PDF-1.7" + b"\0" * 2**22,
}


def _patienter() -> None:
    """Let the reader go on."""


@pytest.mark.parametrize("nom", list(CAS))
def test_hostile_pdf_costs_its_own_text_only(nom: str, tmp_path: Path) -> None:
    mauvais, bon = tmp_path / "a.pdf", tmp_path / "b.pdf"
    mauvais.write_bytes(CAS[nom]())
    bon.write_bytes(_pdf(3))
    debut = time.monotonic()
    with LecteurTextes(SOBRE) as lecteur:
        lu = lecteur.lire(mauvais, _patienter)
        suivant = lecteur.lire(bon, _patienter)
    assert lu.etat in (EtatTexte.ILLISIBLE, EtatTexte.SANS_TEXTE)
    assert lu.textes == ()
    assert (suivant.etat, suivant.pages) == (EtatTexte.SANS_TEXTE, 3)
    assert time.monotonic() - debut < 40


def test_the_good_file_is_good() -> None:
    assert len(pypdfium2.PdfDocument(_pdf(3))) == 3
    ecrit_a_la_main = _brut(CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE % b"")
    assert len(pypdfium2.PdfDocument(ecrit_a_la_main)) == 1
