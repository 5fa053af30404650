"""The ZIP of pieces of three invented dossiers, laid out as the platform does (exports § 6.1).

Words are those of packaging/demo/pieces/*.toml; the budgets are made from the dossiers. The standard fonts of PDF
are enough for them: a piece of an applicant is not one of our papers.
"""

import io
import tomllib
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from donnees import DossierDemo, typographie
from ecrire_xlsx import DATE_ZIP, figer
from openpyxl import Workbook
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

PIECES = Path(__file__).resolve().parent / "pieces"
ERREURS = "export/-LISTE-DES-FICHIERS-EN-ERREURS.txt"
BUDGET = "budget_projet_2026-2028.xlsx"
ANNEES = (2026, 2027, 2028)
MARGE, INTERLIGNE = 64, 17


def ecrire_zip(dossiers: list[DossierDemo]) -> bytes:
    """Return the bytes of the archive of the dossiers that have a file of pieces."""
    par_numero = {d.numero: d for d in dossiers}
    sortie, en_erreur = io.BytesIO(), []
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_STORED) as archive:
        for source in sorted(PIECES.glob("*.toml")):
            dossier = par_numero[int(source.stem)]
            racine = f"export/dossier-{dossier.numero}"
            _ajouter(archive, f"{racine}/{_nom_date('export.pdf', dossier, 0)}", _pdf(dossier, _resume(dossier)))
            for rang, piece in enumerate(tomllib.loads(source.read_text("utf-8"))["piece"], 1):
                chemin = f"{racine}/pieces_justificatives/{piece['nom']}"
                if piece.get("manque"):
                    en_erreur.append(f"Impossible de récupérer le fichier {chemin.removeprefix('export/')}\n")
                    continue
                nom = f"{racine}/pieces_justificatives/{_nom_date(piece['nom'], dossier, rang)}"
                _ajouter(archive, nom, _pdf(dossier, piece["pages"]))
            nom = f"{racine}/pieces_justificatives/{_nom_date(BUDGET, dossier, 90)}"
            _ajouter(archive, nom, _budget(dossier))
        _ajouter(archive, ERREURS, "".join(en_erreur).encode())
    return sortie.getvalue()


def _ajouter(archive: zipfile.ZipFile, nom: str, octets: bytes) -> None:
    fiche = zipfile.ZipInfo(nom, DATE_ZIP)
    fiche.create_system = 3  # else Windows writes another byte
    fiche.external_attr = 0o644 << 16
    archive.writestr(fiche, octets)


def _nom_date(nom: str, dossier: DossierDemo, rang: int) -> str:
    """Return a name as the platform dates it; the PDF of the dossier bears its number."""
    base, _, extension = nom.rpartition(".")
    if rang == 0:
        return f"{base}-{dossier.numero}-{_date(dossier.mise_a_jour)}-{dossier.numero % 10_000}.{extension}"
    return f"{base}-{_date(dossier.depot - timedelta(minutes=2 * (100 - rang)))}-{rang * 37}.{extension}"


def _date(moment: datetime) -> str:
    return f"{moment:%d-%m-%Y-%H-%M}"


def _resume(dossier: DossierDemo) -> list[list[str]]:
    intitule, resume = dossier.reponses["intitule"], dossier.reponses["resume"]
    return [[f"Dossier n° {dossier.numero}", dossier.porteur["nom"], str(intitule), *str(resume).split("\n")]]


def _pdf(dossier: DossierDemo, pages: list[list[str]]) -> bytes:
    sortie = io.BytesIO()
    canevas = Canvas(sortie, pagesize=A4, invariant=1, lang="fr-FR")
    canevas.setAuthor(dossier.porteur["nom"])
    for numero, (titre, *paragraphes) in enumerate(pages, 1):
        _page(canevas, titre, paragraphes, f"{dossier.porteur['nom']} - {numero}/{len(pages)}")
    canevas.setTitle(_ecrit(pages[0][0]))
    canevas.save()
    return sortie.getvalue()


def _page(canevas: Canvas, titre: str, paragraphes: list[str], pied: str) -> None:
    largeur, haut = A4
    y = haut - 2 * MARGE
    canevas.setFont("Helvetica-Bold", 16)
    for ligne in simpleSplit(_ecrit(titre), "Helvetica-Bold", 16, largeur - 2 * MARGE):
        canevas.drawString(MARGE, y, ligne)
        y -= 24
    canevas.setFont("Helvetica", 11)
    for paragraphe in paragraphes:
        y -= 8
        for ligne in simpleSplit(_ecrit(paragraphe), "Helvetica", 11, largeur - 2 * MARGE):
            canevas.drawString(MARGE, y, ligne)
            y -= INTERLIGNE
    canevas.setFont("Helvetica", 9)
    canevas.drawString(MARGE, MARGE / 2, _ecrit(pied))
    canevas.showPage()


def _ecrit(texte: str) -> str:
    """Return a text with its typography, in the characters that the standard fonts have."""
    return typographie(texte).replace("\u202f", "\u00a0").replace(" - ", " – ")


def _budget(dossier: DossierDemo) -> bytes:
    classeur = Workbook()
    classeur.properties.creator = dossier.porteur["nom"]
    classeur.properties.created = datetime(2025, 7, 1)  # noqa: DTZ001 a spreadsheet knows no zone
    classeur.remove(classeur.worksheets[0])
    for titre, lignes in _feuilles(dossier):
        feuille = classeur.create_sheet(titre)
        for ligne in lignes:
            feuille.append([float(x) if isinstance(x, (int, float)) else str(x) for x in ligne])
    return figer(classeur)


def _feuilles(dossier: DossierDemo) -> Iterator[tuple[str, list[list[Any]]]]:
    r = dossier.reponses
    couts = [_nombre(r[f"cout_annee_{n}"]) for n in (1, 2, 3)]
    demandes = [_nombre(r[f"demande_annee_{n}"]) for n in (1, 2, 3)]
    yield "Charges", [["Charges", *ANNEES, "Total"], ["Total des charges", *couts, sum(couts)]]
    cofinancements = [[c["financeur"], c["annee"], c["statut"], _nombre(c["montant"])]
                      for c in dossier.blocs["cofinancements"]]  # fmt: skip
    yield (
        "Produits",
        [
            ["Produits", *ANNEES, "Total"],
            ["Contribution O2R demandée", *demandes, sum(demandes)],
            ["Cofinanceur", "Période", "Statut", "Montant"],
            *cofinancements,
        ],
    )
    yield "Trésorerie", [["Deux versements par an", "mars", "septembre"], *[[a, "1er", "2nd"] for a in ANNEES]]


def _nombre(valeur: Any) -> float:
    return float(valeur or 0)
