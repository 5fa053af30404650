"""The XLSX of a standard export: sheets Dossiers, Etablissements, Avis, one per block (exports § 4.2)."""

import io
import re
import zipfile
from datetime import datetime

from donnees import DossierDemo
from formulaire import BLOCS, CHAMPS, MEMBRES, BlocForm
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from tableau import DEBUT, ETABLISSEMENT, SUITE, Cellule, cellule, debut, etablissement, suite

AVIS = (
    "Dossier ID",
    "Introduction",
    "Réponse",
    "Question",
    "Réponse oui/non",
    "Créé le",
    "Répondu le",
    "Instructeur",
    "Expert",
)
FABRIQUE = datetime(2025, 8, 20, 10, 30)  # noqa: DTZ001 Paris wall-clock
DATE_ZIP = (1980, 1, 1, 0, 0, 0)


def ecrire_xlsx(dossiers: list[DossierDemo]) -> bytes:
    """Return the bytes of the workbook."""
    classeur = Workbook()
    classeur.properties.creator = "campagne de démonstration"
    classeur.properties.created = FABRIQUE
    feuille = classeur.active
    assert isinstance(feuille, Worksheet)
    feuille.title = "Dossiers"
    _lignes(feuille, [*DEBUT, "Entreprise raison sociale", *SUITE, *(c.libelle for c in CHAMPS)])
    for dossier in dossiers:
        champs = [cellule(c, dossier.reponses[c.attribut]) for c in CHAMPS]
        _lignes(feuille, [*debut(dossier), dossier.porteur["nom"], *suite(dossier), *champs])
    _etablissements(classeur.create_sheet("Etablissements"), dossiers)
    _lignes(classeur.create_sheet("Avis"), list(AVIS))
    for bloc in BLOCS:
        if any(d.blocs[bloc.cle] for d in dossiers):
            _bloc(classeur.create_sheet(bloc.feuille), bloc, dossiers)
    return figer(classeur)


def _etablissements(feuille: Worksheet, dossiers: list[DossierDemo]) -> None:
    titres = ("Dossier ID", "Champ", "Établissement SIRET", "Etablissement enseigne", *ETABLISSEMENT)
    _lignes(feuille, list(titres))
    for dossier in dossiers:
        for membre in dossier.blocs[MEMBRES.cle]:
            connus = {
                "Établissement siège social": True,
                "Entreprise SIREN": membre["siret"][:9],
                "Entreprise forme juridique": membre["forme"],
                "Entreprise forme juridique code": membre["code"],
                "Entreprise raison sociale": membre["nom"],
                "Entreprise SIRET siège social": membre["siret"],
                "Entreprise état administratif": "actif",
            }
            cellules: list[Cellule] = [connus.get(t) for t in ETABLISSEMENT]
            _lignes(feuille, [str(dossier.numero), "SIRET", membre["siret"], None, *cellules])
    for dossier in dossiers:
        _lignes(feuille, [str(dossier.numero), "Dossier", dossier.porteur["siret"], None, *etablissement(dossier)])


def _bloc(feuille: Worksheet, bloc: BlocForm, dossiers: list[DossierDemo]) -> None:
    _lignes(feuille, ["Dossier ID", "Ligne", *(e.libelle for e in bloc.enfants)])
    for dossier in dossiers:
        for rang, ligne in enumerate(dossier.blocs[bloc.cle], 1):
            valeurs = [cellule(e, ligne.get(e.attribut)) for e in bloc.enfants]
            _lignes(feuille, [str(dossier.numero), rang, *valeurs])


def _lignes(feuille: Worksheet, valeurs: list[Cellule] | list[str]) -> None:
    rang = 1 if feuille.max_row == 1 and feuille["A1"].value is None else feuille.max_row + 1
    for colonne, valeur in enumerate(valeurs, 1):
        if valeur is not None:
            case = feuille.cell(row=rang, column=colonne)
            assert isinstance(case, Cell)
            _poser(case, valeur)
            if rang == 1:
                case.font = Font(bold=True, color="FFFFFFFF")
                case.fill = PatternFill("solid", fgColor="FF000000")


def _poser(case: Cell, valeur: Cellule) -> None:
    if isinstance(valeur, bool):
        valeur = "true" if valeur else "false"  # booleans of a standard export are text
    case.value = valeur
    if isinstance(valeur, str):
        case.data_type = "s"  # a value that begins with «=» stays text
    elif isinstance(valeur, datetime):
        case.number_format = "dd/mm/yyyy hh:mm AM/PM"


def figer(classeur: Workbook) -> bytes:
    """Save without compression and without clock, so that every machine writes the same bytes."""
    brut, sortie = io.BytesIO(), io.BytesIO()
    classeur.save(brut)
    with zipfile.ZipFile(brut) as lu, zipfile.ZipFile(sortie, "w", zipfile.ZIP_STORED) as ecrit:
        for nom in lu.namelist():
            octets = lu.read(nom)
            if nom == "docProps/core.xml":
                date = f"{FABRIQUE:%Y-%m-%dT%H:%M:%SZ}".encode()
                octets = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + date, octets)
            fiche = zipfile.ZipInfo(nom, DATE_ZIP)
            fiche.create_system = 3  # else Windows writes another byte
            fiche.external_attr = 0o644 << 16
            ecrit.writestr(fiche, octets)
    return sortie.getvalue()
