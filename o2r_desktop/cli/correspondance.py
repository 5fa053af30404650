"""The command of the correspondence: given to colleagues, or taken from one."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from o2r_desktop import operations, reception
from o2r_desktop.cli import FAIT, affichage, auteur, ecrire
from o2r_desktop.dossiers.correspondance import Correspondance, attributs_inconnus
from o2r_desktop.errors import ExportError, StoreError
from o2r_desktop.progress import SilentReporter
from o2r_desktop.text import NBSP, enumeration, pluriel

EXPORTER, IMPORTER = "exporter", "importer"


def correspondance(arguments: argparse.Namespace) -> int:
    """Write the correspondence of the campagne to a file, or take that of a file."""
    return _exporter(arguments) if arguments.sens == EXPORTER else _importer(arguments)


def _exporter(arguments: argparse.Namespace) -> int:
    with operations.open_session(arguments.campagne, auteur=auteur(arguments), lecture_seule=True) as session:
        _epargner(arguments.fichier)
        reception.export_correspondance(session, arguments.fichier)
        ecrite = session.correspondance
    document = {"fichier": str(arguments.fichier), **_comptes(ecrite)}
    ecrire(document, f"Correspondance écrite{NBSP}: {arguments.fichier}. {_dite(ecrite)}", en_json=arguments.json)
    return FAIT


def _epargner(cible: Path) -> None:
    """Refuse to write over a file that is no correspondence."""
    if not cible.exists():
        return
    try:
        reception.import_correspondance(cible)
    except ExportError as erreur:
        raise StoreError(
            f"Le fichier «{NBSP}{affichage.sur(cible.name)}{NBSP}» existe et n’est pas une correspondance{NBSP}: "
            "donnez un autre nom."
        ) from erreur


def _importer(arguments: argparse.Namespace) -> int:
    nouvelle = reception.import_correspondance(arguments.fichier)
    with operations.open_session(arguments.campagne, auteur=auteur(arguments)) as session:
        perdus = _perdus(session.correspondance, nouvelle)
        relus = reception.change_correspondance(session, nouvelle, SilentReporter())
    document = {"fichier": str(arguments.fichier), **_comptes(nouvelle), "relus": relus, "perdus": perdus}
    lues = "lu autrement" if relus < 2 else "lus autrement"
    lignes = [f"Correspondance reprise{NBSP}: {_dite(nouvelle)} {pluriel(relus, 'dossier')} {lues}."]
    if perdus:
        lignes.append(f"  À voir{NBSP}: elle ne connaît plus {enumeration(perdus)}.")
    ecrire(document, "\n".join(lignes), en_json=arguments.json)
    return FAIT


def _perdus(ancienne: Correspondance, nouvelle: Correspondance) -> list[str]:
    """Return the attributes of the campagne that the file does not describe."""
    presents: Iterable[Any] = nouvelle.attributs
    return list(attributs_inconnus(presents, [a.id for a in ancienne.attributs]))


def _comptes(c: Correspondance) -> dict[str, Any]:
    return {"nom": c.nom, "version": c.version, "attributs": len(c.attributs), "liaisons": len(c.liaisons)}


def _dite(c: Correspondance) -> str:
    choix = pluriel(len(c.liaisons), "liaison choisie", "liaisons choisies")
    return f"{pluriel(len(c.attributs), 'attribut')}, {choix} à la main."
