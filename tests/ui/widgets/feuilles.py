"""Small PDF files made for a test."""

import io
from collections.abc import Sequence

import pikepdf
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """Return a PDF with these lines on each page."""
    sortie = io.BytesIO()
    canvas = Canvas(sortie, pagesize=A4)
    for lignes in pages:
        for rang, ligne in enumerate(lignes):
            canvas.drawString(72, 760 - 20 * rang, ligne)
        canvas.showPage()
    canvas.save()
    return sortie.getvalue()


def chiffre(octets: bytes) -> bytes:
    """Return the same PDF behind a password."""
    sortie = io.BytesIO()
    with pikepdf.open(io.BytesIO(octets)) as document:
        document.save(sortie, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return sortie.getvalue()


def tourne(octets: bytes) -> bytes:
    """Return the same PDF with its pages turned a quarter."""
    sortie = io.BytesIO()
    with pikepdf.open(io.BytesIO(octets)) as document:
        for page in document.pages:
            page.rotate(90, relative=True)
        document.save(sortie)
    return sortie.getvalue()
