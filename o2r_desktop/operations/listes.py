"""The lists of reference as tables: their columns, how many rows, what is wrong in which, files in and out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from o2r_desktop.errors import DossierError
from o2r_desktop.progress import Reporter, SilentReporter

if TYPE_CHECKING:
    from o2r_desktop.analyse.referentiels import Referentiel
    from o2r_desktop.analyse.territoire.listes import Liste
    from o2r_desktop.imports.listes import ListeLue
    from o2r_desktop.tableaux import Ecriture

CSV = ".csv"
FAUTES_MAX = 12
"""Rows at fault that are told apart; beyond, the first ones are put right first."""
_LIGNE = re.compile(r", ligne (\d+)\s*:\s*(.*)", re.DOTALL)


def liste_de(nom: Referentiel) -> Liste:
    """Return what a list is made of: its columns, in the order of the file."""
    import csv

    from o2r_desktop.analyse.referentiels import Referentiel, livre
    from o2r_desktop.analyse.reseau import repertoire
    from o2r_desktop.analyse.territoire import diagnostic, epci, laureats, zones
    from o2r_desktop.analyse.territoire.listes import Colonne, Liste

    connues = {
        Referentiel.DIAGNOSTIC: diagnostic.LISTE,
        Referentiel.EPCI: epci.LISTE,
        Referentiel.ZONES: zones.LISTE,
        Referentiel.LAUREATS: laureats.LISTE,
    }
    dite = connues.get(nom) or getattr(repertoire, "LISTE", None)
    if isinstance(dite, Liste):
        return dite
    noms = next(csv.reader(livre(nom).splitlines()), [])
    return Liste(nom.libelle, tuple(Colonne(nom=n, titre=n.capitalize(), aide="") for n in noms))


def fautes(nom: Referentiel, rangees: Sequence[Sequence[str]]) -> dict[int, str]:
    """Return what is wrong by rank of row, -1 for what is wrong with no row in particular.

    The readers stop at the first fault: a row at fault is put aside and the others are read again.
    """
    from o2r_desktop.analyse.referentiels import verifier

    liste, trouvees = liste_de(nom), dict[int, str]()
    while len(trouvees) < FAUTES_MAX:
        gardees = [
            r for r, cellules in enumerate(rangees) if r not in trouvees and any(c.strip() for c in cellules)
        ]
        try:
            verifier(nom, liste.ecrire(rangees[r] for r in gardees))
        except DossierError as erreur:
            lu = _LIGNE.search(str(erreur))
            rang = int(lu[1]) - 2 if lu is not None else -1
            if lu is None or not 0 <= rang < len(gardees):
                trouvees[-1] = str(erreur)
                break
            trouvees[gardees[rang]] = lu[2]
        else:
            break
    return trouvees


def read_liste(nom: Referentiel, chemin: Path, reporter: Reporter | None = None) -> ListeLue:
    """Read a file (CSV, XLSX, ODS) as a list, for a background thread; raises ExportFormatError."""
    from o2r_desktop.imports.listes import lire_liste

    return lire_liste(chemin, liste_de(nom), reporter or SilentReporter())


def export_liste(
    nom: Referentiel, rangees: Sequence[Sequence[str]], chemin: Path, reporter: Reporter | None = None
) -> Ecriture:
    """Write a list to a file whose name ends with .csv, .xlsx or .ods; raises TableauError."""
    from o2r_desktop.tableaux import ecrire
    from o2r_desktop.tableaux.modele import Rubrique, Tableau
    from o2r_desktop.tableaux.texte_csv import ecrire_csv

    colonnes = liste_de(nom).colonnes
    tableau = Tableau(
        titre=nom.value,
        rubriques=[Rubrique(titre=c.titre, largeur=28) for c in colonnes],
        lignes=[tuple(r) for r in rangees],
        apropos=[("Liste", nom.libelle), *((c.titre, c.aide) for c in colonnes if c.aide)],
    )
    if chemin.suffix.lower() == CSV:
        return ecrire_csv(chemin, tableau)
    return ecrire(chemin, tableau, reporter)
