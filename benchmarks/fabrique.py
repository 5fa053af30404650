"""Make large exports that look like the platform's: those of an organisations' procedure, in every format."""

import base64
import csv
import json
import random
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

FIXES = ("ID", "Email", "FranceConnect ?", "Entreprise raison sociale", "À archiver", "État du dossier",
         "Dernière mise à jour le", "Dernière mise à jour du dossier le", "Déposé le", "Passé en instruction le",
         "Traité le", "Motivation de la décision", "Instructeurs", "Groupe instructeur")  # fmt: skip
ETABLISSEMENTS = ("Dossier ID", "Champ", "Établissement SIRET", "Établissement Adresse",
                  "Établissement code postal", "Établissement localité", "Entreprise SIREN",
                  "Entreprise forme juridique", "Entreprise forme juridique code", "Entreprise raison sociale",
                  "Entreprise date de création", "Entreprise état administratif")  # fmt: skip
PUBLICS = ("Jeunes de moins de 26 ans en rupture", "Habitants de zones rurales isolées", "55 ans et plus",
           "Santé mentale, comportements déviants, addictions", "Personnes allophones")  # fmt: skip
DEPARTEMENTS = ("Loire-Atlantique", "Maine-et-Loire", "Mayenne", "Sarthe", "Vendée")
MOTS = ("l’équipe", "rencontre", "chaque semaine", "des personnes", "éloignées", "de l’emploi", "sur les marchés",
        "avec deux véhicules", "et un relais", "vers le droit commun", ";", "coût maîtrisé")  # fmt: skip

Cellule = str | float | tuple[float]
"""A text, a number, or a date-time as the serial number of a spreadsheet, wrapped in a tuple."""
_ORIGINE = datetime(1899, 12, 30)  # noqa: DTZ001 - day 0 of spreadsheets
Faiseur = Callable[[random.Random], Cellule]
"""What invents an answer."""


def _phrase(hasard: random.Random, mots: int) -> str:
    return " ".join(hasard.choices(MOTS, k=mots)).capitalize() + "."


def _texte(mots: int) -> Faiseur:
    return lambda hasard: _phrase(hasard, mots)


def _entier(haut: int) -> Faiseur:
    return lambda hasard: hasard.randint(0, haut)


def _euros(hasard: random.Random) -> Cellule:
    return hasard.randint(10_000_00, 900_000_00) / 100


def _parmi(options: tuple[str, ...], combien: int = 1) -> Faiseur:
    return lambda hasard: ", ".join(hasard.sample(options, combien))


def _jour(hasard: random.Random) -> Cellule:
    return f"20{hasard.randint(10, 28)}-{hasard.randint(1, 12):02d}-{hasard.randint(1, 28):02d}"


def _annees(
    libelle: str, faiseur: Callable[[random.Random], Cellule]
) -> dict[str, Callable[[random.Random], Cellule]]:
    return {libelle.format(annee): faiseur for annee in (1, 2, 3)}


CHAMPS: dict[str, Faiseur] = {
    "Nature du porteur": _parmi(("Association loi 1901", "Collectivité territoriale", "Fondation")),
    "Date de création de la structure": _jour,
    "Objet social (extrait des statuts)": _texte(12),
    "Effectif salarié (ETP)": lambda hasard: hasard.randint(0, 400) / 10,
    "Budget annuel N-1 de la structure (€)": _euros,
    "Personne en charge du dossier : nom, prénom, fonction": _parmi(("Camille Moreau, directrice", "Sacha Petit")),
    "Courriel de contact": lambda hasard: f"contact{hasard.randint(1, 99999)}@asso.example",
    "Téléphone de contact": lambda hasard: f"02{hasard.randint(0, 10**8 - 1):08d}",
    "Le porteur est-il France Travail, mission locale, Cap emploi ou conseil départemental ?": _parmi(
        ("Oui", "Non")
    ),
    "Lauréat de l'AMI O2R 2024 ?": _parmi(("Oui", "Non")),
    "Projet porté par un consortium ?": _parmi(("Oui", "Non", "")),
    "Intitulé du projet": _texte(4),
    "Résumé du projet (10 lignes)": _texte(25),
    "Missions couvertes": _parmi(("Repérage", "Remobilisation", "Coordination"), 2),
    "Actions de remobilisation": _texte(20),
    "Durée moyenne d'un parcours (mois)": _entier(12),
    "Durée maximale d'un parcours (mois)": _entier(14),
    "Date de début prévue": _jour,
    "Date de fin prévue": _jour,
    "Publics visés": _parmi(PUBLICS, 2),
    "Part prévue de personnes non inscrites à France Travail (%)": _entier(100),
    "Justification du choix des publics (éléments de contexte)": _texte(25),
    **_annees("Nombre de bénéficiaires – année {}", _entier(300)),
    **_annees("Nombre de personnes repérées – année {}", _entier(300)),
    "Départements": _parmi(DEPARTEMENTS, 2),
    "Justification du choix des territoires": _texte(20),
    "Ancrage territorial : implantations et antériorité": _texte(25),
    "Offre existante identifiée sur le territoire": _texte(25),
    "Complémentarité et plus-value ; besoins non couverts": _texte(25),
    "Expérience en insertion socio-professionnelle": _texte(25),
    **_annees("ETP affectés au projet – année {}", lambda hasard: hasard.randint(0, 80) / 10),
    "Coût total du projet sur 3 ans (€)": _euros,
    **_annees("Coût total – année {} (€)", _euros),
    **_annees("Contribution O2R demandée – année {} (€)", _euros),
    "Contribution O2R demandée sur 3 ans (€)": _euros,
    "Charges de personnel du projet sur 3 ans (€)": _euros,
    "Le budget comporte-t-il des dépenses de formation ?": _parmi(("Oui", "Non")),
    "Montant des dépenses de formation (€)": _entier(0),
    "Disposez-vous d'une comptabilité analytique ?": _parmi(("Oui, en service", "En cours", "Non")),
    "Description : section O2R, clés, suivi des temps": _texte(20),
    "Comment distinguez-vous O2R et offre socle ?": _texte(20),
    "Contrat d'engagement républicain souscrit": _parmi(("on", "off")),
    "Statuts": _parmi(("statuts.pdf",)),
    "Comptes annuels approuvés N-1, N-2, N-3 (bilan, compte de résultat, annexe)": _parmi(("comptes.pdf",)),
    "Budget prévisionnel du projet sur 3 ans (tableur)": _parmi(("budget_previsionnel.xlsx",)),
    "Profils et fonctions": _texte(10),
    "Indicateurs de suivi et cibles": _texte(10),
    "Calendrier et montée en charge": _texte(10),
    "Actions de repérage et d'aller-vers": _texte(20),
    "Attestation sur l'honneur (exactitude, absence de double financement)": _parmi(("on", "off")),
}
"""Sixty fields of the O2R form, each with what makes an answer."""


def _siret(rang: int) -> str:
    """Return an invented SIRET with right check digits."""
    return _luhn(_luhn(f"7{rang:07d}") + "0001")


def _luhn(chiffres: str) -> str:
    total = 0
    for place, chiffre in enumerate(map(int, reversed(chiffres))):
        double = chiffre * 2 if place % 2 == 0 else chiffre
        total += double - 9 if double > 9 else double
    return chiffres + str(-total % 10)


def lignes_dossiers(combien: int, graine: int = 1) -> Iterator[list[Cellule]]:
    """Yield the header of the sheet «Dossiers», then one row for each dossier."""
    hasard = random.Random(graine)
    yield [*FIXES, *CHAMPS]
    for rang in range(combien):
        depot = 45_870 + round(rang * 30 * 86_400 / combien) / 86_400  # whole seconds
        yield [str(24_000_001 + rang), f"contact{rang}@asso.example", "false", f"Structure d’essai {rang}", "false",
               "En instruction", (depot + 3,), (depot,), (depot,), (depot + 3,), "", "",
               "a@dreets.example b@dreets.example", "défaut",
               *(faiseur(hasard) for faiseur in CHAMPS.values())]  # fmt: skip


def lignes_etablissements(combien: int) -> Iterator[list[Cellule]]:
    """Yield the rows of the sheet «Etablissements»: one applicant for each dossier."""
    yield list(ETABLISSEMENTS)
    for rang in range(combien):
        siret = _siret(rang)
        yield [str(24_000_001 + rang), "Dossier", siret, "12 RUE DE L'ESSAI\n44000 NANTES", "44000", "NANTES",
               siret[:9], "Association déclarée", "9220", f"Structure d’essai {rang}", "1990-01-01",
               "actif"]  # fmt: skip


def _colonne(rang: int) -> str:
    lettres = ""
    rang += 1
    while rang:
        rang, reste = divmod(rang - 1, 26)
        lettres = chr(65 + reste) + lettres
    return lettres


def _cellule(reference: str, valeur: Cellule) -> str:
    if isinstance(valeur, str):
        return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(valeur)}</t></is></c>'
    if isinstance(valeur, tuple):
        return f'<c r="{reference}" s="1"><v>{valeur[0]!r}</v></c>'
    return f'<c r="{reference}"><v>{valeur!r}</v></c>'


def _feuille(lignes: Iterable[list[Cellule]]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml'
    yield '/2006/main"><sheetData>'
    colonnes = [_colonne(rang) for rang in range(300)]
    for numero, ligne in enumerate(lignes, 1):
        cellules = "".join(_cellule(f"{c}{numero}", v) for c, v in zip(colonnes, ligne, strict=False) if v != "")
        yield f'<row r="{numero}">{cellules}</row>'
    yield "</sheetData></worksheet>"


_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_ESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_LIENS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_GENRE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = (
    f'<styleSheet {_ESPACE}><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd hh:mm:ss"/></numFmts>'
    '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def ecrire_xlsx(chemin: Path, feuilles: dict[str, Iterable[list[Cellule]]]) -> Path:
    """Write a workbook of inline strings, without shared strings nor dimensions, as the platform does."""
    noms = list(feuilles)
    onglets = "".join(f'<sheet name="{escape(n)}" sheetId="{i}" r:id="rId{i}"/>' for i, n in enumerate(noms, 1))
    liens = "".join(
        f'<Relationship Id="rId{i}" Type="{_GENRE}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(noms) + 1)
    )
    with ZipFile(chemin, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        racine = f'{_LIENS}<Relationship Id="rId1" Type="{_GENRE}/officeDocument" Target="xl/workbook.xml"/>'
        archive.writestr("_rels/.rels", racine + "</Relationships>")
        archive.writestr(
            "xl/workbook.xml", f'<workbook {_ESPACE} xmlns:r="{_GENRE}"><sheets>{onglets}</sheets></workbook>'
        )
        styles = f'<Relationship Id="rId0" Type="{_GENRE}/styles" Target="styles.xml"/>'
        archive.writestr("xl/_rels/workbook.xml.rels", f"{_LIENS}{styles}{liens}</Relationships>")
        archive.writestr("xl/styles.xml", _STYLES)
        for rang, lignes in enumerate(feuilles.values(), 1):
            with archive.open(f"xl/worksheets/sheet{rang}.xml", "w") as flux:
                for morceau in _feuille(lignes):
                    flux.write(morceau.encode())
    return chemin


def export_standard(chemin: Path, combien: int) -> Path:
    """Write the standard XLSX of *combien* dossiers of sixty fields, establishments included."""
    return ecrire_xlsx(
        chemin, {"Dossiers": lignes_dossiers(combien), "Etablissements": lignes_etablissements(combien)}
    )


def _texte_de(cellule: Cellule) -> str:
    """Return a cell as the CSV and the ODS of the platform write it: times with their zone."""
    if isinstance(cellule, tuple):
        return (_ORIGINE + timedelta(seconds=round(cellule[0] * 86_400))).strftime("%Y-%m-%d %H:%M:%S +0200")
    return cellule if isinstance(cellule, str) else repr(cellule)


def ecrire_csv(chemin: Path, combien: int, graine: int = 1) -> Path:
    """Write the standard CSV of *combien* dossiers."""
    with chemin.open("w", encoding="utf-8", newline="") as flux:
        plume = csv.writer(flux, lineterminator="\n")
        plume.writerows([_texte_de(c) for c in ligne] for ligne in lignes_dossiers(combien, graine))
    return chemin


def _case_ods(cellule: Cellule) -> str:
    if isinstance(cellule, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{cellule!r}"/>'
    if cellule == "":
        return "<table:table-cell/>"
    texte = escape(_texte_de(cellule))
    return f'<table:table-cell office:value-type="string"><text:p>{texte}</text:p></table:table-cell>'


def ecrire_ods(chemin: Path, combien: int) -> Path:
    """Write the standard ODS of *combien* dossiers."""
    noms = "urn:oasis:names:tc:opendocument:xmlns"
    with ZipFile(chemin, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        genre = "application/vnd.oasis.opendocument.spreadsheet"
        archive.writestr("mimetype", genre, ZIP_STORED)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{noms}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
            f'manifest:media-type="{genre}"/></manifest:manifest>',
        )
        with archive.open("content.xml", "w") as flux:
            flux.write(
                f'<office:document-content xmlns:office="{noms}:office:1.0" xmlns:table="{noms}:table:1.0" '
                f'xmlns:text="{noms}:text:1.0"><office:body><office:spreadsheet><table:table '
                'table:name="Dossiers">'.encode()
            )
            for ligne in lignes_dossiers(combien):
                cases = "".join(map(_case_ods, ligne))
                flux.write(f"<table:table-row>{cases}</table:table-row>".encode())
            flux.write(b"</table:table></office:spreadsheet></office:body></office:document-content>")
    return chemin


def ecrire_json(chemin: Path, combien: int) -> Path:
    """Write an answer of the API of *combien* dossiers."""
    lignes = lignes_dossiers(combien)
    libelles = [str(libelle) for libelle in next(lignes)][len(FIXES) :]
    identifiants = [base64.b64encode(f"Champ-{rang}".encode()).decode() for rang in range(len(libelles))]
    with chemin.open("w", encoding="utf-8") as flux:
        flux.write('{"data": {"demarche": {"number": 7, "title": "AMI O2R", "dossiers": {"nodes": [')
        for rang, ligne in enumerate(lignes):
            cellules = [_texte_de(c) for c in ligne]
            champs = [
                {"__typename": "TextChamp", "id": i, "label": libelle, "stringValue": c}
                for i, libelle, c in zip(identifiants, libelles, cellules[len(FIXES) :], strict=True)
            ]
            noeud = {
                "number": int(cellules[0]),
                "state": "en_instruction",
                "dateDepot": _iso(cellules[8]),
                "dateDerniereModification": _iso(cellules[6]),
                "usager": {"email": cellules[1]},
                "demandeur": {"__typename": "PersonneMorale", "siret": _siret(rang),
                              "entreprise": {"raisonSociale": cellules[3]}},
                "champs": champs,
            }  # fmt: skip
            flux.write((", " if rang else "") + json.dumps(noeud, ensure_ascii=False))
        flux.write("]}}}}")
    return chemin


def _iso(moment: str) -> str:
    jour, heure, zone = moment.split()
    return f"{jour}T{heure}{zone[:3]}:{zone[3:]}"


def ecrire_zip(chemin: Path, octets: int, taille: int, numeros: int) -> Path:
    """Write a standard ZIP of *octets* of pieces, *taille* each, stored, in *numeros* dossiers."""
    hasard = random.Random(3)
    bloc = hasard.randbytes(taille)
    with ZipFile(chemin, "w", ZIP_STORED) as archive:
        for rang in range(octets // taille):
            dossier = f"export/dossier-{24_000_001 + rang % numeros}/pieces_justificatives"
            corps = rang.to_bytes(8, "big") + bloc[8:]  # each piece has a fingerprint of its own
            archive.writestr(f"{dossier}/piece-{rang}-13-08-2025-12-00-{rang % 10_000}.pdf", corps)
    return chemin
