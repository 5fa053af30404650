"""What the tests of imports share: files made small and by hand, readings without a child process."""

import base64
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from o2r_desktop.dossiers.enregistrement import de_json
from o2r_desktop.dossiers.importation import ExportRead
from o2r_desktop.dossiers.lecture import lire_dossier
from o2r_desktop.dossiers.model import Dossier, Enregistrement
from o2r_desktop.imports.correspondance import load_correspondance
from o2r_desktop.imports.csv_ds import lire_csv
from o2r_desktop.imports.fiches import Atelier, Message
from o2r_desktop.imports.json_ds import lire_json
from o2r_desktop.imports.lecteur import _Assemblage, _assembler
from o2r_desktop.imports.noms import lire_nom
from o2r_desktop.imports.ods import lire_ods
from o2r_desktop.imports.tableur import lire_tableur
from o2r_desktop.progress import SilentReporter
from o2r_desktop.resources import resource

DONNEES = Path(__file__).parents[2] / "data" / "exports"
NOM = "dossiers_offre-de-reperage-et-remobilisation_2025-08-20_10-30"
XLSX, ODS, CSV = DONNEES / f"{NOM}.xlsx", DONNEES / f"{NOM}.ods", DONNEES / f"{NOM}.csv"
MODELE = DONNEES / f"{NOM}_modele.xlsx"
EXCEL, JSON = DONNEES / "reenregistre_excel.csv", DONNEES / "getDemarche.json"
O2R = load_correspondance(resource("correspondances", "o2r_2025.toml"))

STANDARD = ("ID", "Email", "FranceConnect ?", "Entreprise raison sociale", "À archiver", "État du dossier",
            "Dernière mise à jour le", "Déposé le", "Instructeurs")  # fmt: skip


def fixe(numero: object = "101", **autres: object) -> list[object]:
    """Return the fixed cells of a standard row."""
    cellules = dict(zip(STANDARD, (numero, "a@asso.example", "false", "Asso", "false", "En instruction",
                                   "2025-08-02 10:00:00 +0200", "2025-08-01 10:00:00 +0200", "i@etat.example"),
                        strict=True))  # fmt: skip
    return list((cellules | autres).values())


def lire_sur_place(chemin: Path) -> ExportRead:
    """Read a file in this very process: the same code as the child's and the parent's."""
    lecteurs: dict[str, Callable[[Path, str, Atelier], None]] = {
        ".xlsx": lire_tableur,
        ".ods": lire_ods,
        ".json": lire_json,
    }
    messages: list[Message] = []
    lecteurs.get(chemin.suffix, lire_csv)(chemin, lire_nom(chemin.name)[0], Atelier(O2R, messages.append))
    assemblage = _Assemblage(chemin, O2R)
    _assembler(assemblage, messages, SilentReporter())
    return ExportRead(
        fichier=chemin.name,
        empreinte=assemblage.empreinte,
        origine=assemblage.origine,
        date_fichier=lire_nom(chemin.name)[1],
        demarche=assemblage.demarche,
        jeux=tuple(assemblage.jeux),
        dossiers=tuple(assemblage.dossiers),
        refuses=tuple(assemblage.refuses),
        anomalies=tuple(assemblage.anomalies),
        non_lies=assemblage.non_lies(),
    )


def enregistrements(lu: ExportRead) -> dict[int, Enregistrement]:
    """Return the raw records of an export."""
    return {d.numero: de_json(d.numero, d.contenu, lu.jeux[d.jeu]) for d in lu.dossiers}


def dossiers(lu: ExportRead) -> dict[int, Dossier]:
    """Return the dossiers of an export, read."""
    return {numero: lire_dossier(brut, O2R) for numero, brut in enregistrements(lu).items()}


def ecrire_csv(chemin: Path, lignes: Iterable[Sequence[object]], separateur: str = ",") -> Path:
    """Write a CSV by hand: everything quoted."""
    textes = (separateur.join('"' + str(c).replace('"', '""') + '"' for c in ligne) for ligne in lignes)
    chemin.write_text("\n".join(textes) + "\n", "utf-8")
    return chemin


def ecrire_xlsx(chemin: Path, feuilles: dict[str, Sequence[Sequence[object]]]) -> Path:
    """Write a workbook."""
    classeur = Workbook()
    classeur.remove(classeur.active)
    for nom, lignes in feuilles.items():
        feuille = classeur.create_sheet(nom)
        for ligne in lignes:
            feuille.append(list(ligne))
    classeur.save(chemin)
    return chemin


_NOMS_ODS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
GENRE_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def _cellule_ods(valeur: object) -> str:
    """Return a cell as the platform writes it: a boolean has a value and no text (exports § 4.3)."""
    if valeur is None or valeur == "":
        return "<table:table-cell/>"
    if isinstance(valeur, bool):
        return f'<table:table-cell office:value-type="boolean" office:value="{int(valeur)}"/>'
    if isinstance(valeur, (int, float)):
        return (
            f'<table:table-cell office:value-type="float" office:value="{valeur}"><text:p>{valeur}</text:p>'
            "</table:table-cell>"
        )
    lignes = "".join(f"<text:p>{escape(ligne)}</text:p>" for ligne in str(valeur).strip().split("\n"))
    return f'<table:table-cell office:value-type="string">{lignes}</table:table-cell>'


def contenu_ods(feuilles: dict[str, str]) -> bytes:
    """Return a ``content.xml`` whose sheets hold the given rows, already XML."""
    tables = "".join(f'<table:table table:name="{escape(n)}">{x}</table:table>' for n, x in feuilles.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NOMS_ODS}><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    ).encode()


def ecrire_ods(chemin: Path, feuilles: dict[str, Sequence[Sequence[object]]]) -> Path:
    """Write a minimal ODS workbook, as the platform does."""
    rangees = {
        nom: "".join(f"<table:table-row>{''.join(map(_cellule_ods, x))}</table:table-row>" for x in lignes)
        for nom, lignes in feuilles.items()
    }
    return zip_hostile(chemin, {"mimetype": GENRE_ODS, "content.xml": contenu_ods(rangees)})


def ecrire_json(chemin: Path, contenu: Any) -> Path:
    """Write a JSON file."""
    chemin.write_text(json.dumps(contenu), "utf-8")
    return chemin


def identifiant(texte: str) -> str:
    """Return an identifier of the API."""
    return base64.b64encode(texte.encode()).decode()


def champ(stable_id: int, libelle: str, **valeurs: Any) -> dict[str, Any]:
    """Return a field of the API."""
    return {"id": identifiant(f"Champ-{stable_id}"), "label": libelle, "stringValue": "", **valeurs}


def noeud(numero: object = 101, champs: Sequence[dict[str, Any]] = (), **autres: Any) -> dict[str, Any]:
    """Return a dossier of the API."""
    return {
        "number": numero,
        "state": "en_instruction",
        "dateDepot": "2025-08-01T10:00:00+02:00",
        "dateDerniereModification": "2025-08-02T10:00:00+02:00",
        "demandeur": {"__typename": "PersonneMorale", "siret": "", "entreprise": {"raisonSociale": "Asso"}},
        "champs": list(champs),
        **autres,
    }


def demarche(*noeuds: dict[str, Any], **autres: Any) -> dict[str, Any]:
    """Return an answer of getDemarche."""
    return {"data": {"demarche": {"number": 7, "title": "AMI", "dossiers": {"nodes": list(noeuds)}, **autres}}}


def zip_hostile(chemin: Path, membres: dict[str, bytes]) -> Path:
    """Write a ZIP of the given members, deflated."""
    with ZipFile(chemin, "w", ZIP_DEFLATED) as archive:
        for nom, octets in membres.items():
            archive.writestr(nom, octets)
    return chemin
