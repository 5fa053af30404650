"""XLSX, by XlsxWriter: each cell is written by its type, none is guessed."""

from io import BytesIO
from typing import IO, Any

import xlsxwriter

from o2r_desktop.progress import Reporter
from o2r_desktop.tableaux.modele import Genre, Tableau, case, propre

_OPTIONS = {
    "in_memory": True,  # no file of the system's temporary folder holds what is exported
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FORMATS = {
    Genre.TEXTE: {},
    Genre.NUMERO: {"num_format": "0"},
    Genre.ENTIER: {"num_format": "#,##0"},
    Genre.DECIMAL: {"num_format": "#,##0.0"},
    Genre.MONTANT: {"num_format": '#,##0.00\\ "€"'},
    Genre.INSTANT: {"num_format": "dd/mm/yyyy hh:mm"},
}
"""Number formats as the file keeps them: the program that opens it writes them the French way."""
_EN_HAUT = {"valign": "top"}
_PAS = 200


def ecrire(flux: IO[bytes], tableau: Tableau, reporter: Reporter) -> int:
    """Write a workbook into *flux* and return how many cells were cut."""
    memoire = BytesIO()  # a disk that is full is told by our own writing, not by the library's
    with xlsxwriter.Workbook(memoire, _OPTIONS) as classeur:
        coupees = _feuille(classeur, tableau, reporter)
        _apropos(classeur, tableau)
    flux.write(memoire.getbuffer())
    return coupees


def _feuille(classeur: Any, tableau: Tableau, reporter: Reporter) -> int:
    feuille = classeur.add_worksheet(tableau.titre)
    formats = {genre: classeur.add_format({**_EN_HAUT, **dit}) for genre, dit in _FORMATS.items()}
    guillemets = classeur.add_format({**_EN_HAUT, "quote_prefix": True})  # stays text when somebody types over it
    entete = classeur.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for colonne, rubrique in enumerate(tableau.rubriques):
        feuille.set_column(colonne, colonne, rubrique.largeur)
        feuille.write_string(0, colonne, propre(rubrique.titre)[0], entete)
    feuille.freeze_panes(1, 0)
    feuille.autofilter(0, 0, max(1, len(tableau.lignes)), len(tableau.rubriques) - 1)
    coupees = 0
    for rang, ligne in enumerate(tableau.lignes):
        if rang % _PAS == 0:
            reporter.step(rang, len(tableau.lignes), "Écriture du tableau")
        for colonne, (valeur, rubrique) in enumerate(zip(ligne, tableau.rubriques, strict=True)):
            ecrite = case(valeur, rubrique.genre)
            if ecrite is None:
                continue
            coupees += ecrite.coupee
            ou, dit = (rang + 1, colonne), guillemets if ecrite.douteuse else formats[ecrite.genre]
            if ecrite.genre is Genre.TEXTE:
                feuille.write_string(*ou, ecrite.valeur, dit)
            elif ecrite.genre is Genre.INSTANT:
                feuille.write_datetime(*ou, ecrite.valeur, dit)
            else:
                feuille.write_number(*ou, ecrite.valeur, dit)
    return coupees


def _apropos(classeur: Any, tableau: Tableau) -> None:
    if not tableau.apropos:
        return
    feuille = classeur.add_worksheet("À propos")
    gras = classeur.add_format({"bold": True, "valign": "top"})
    texte = classeur.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
    feuille.set_column(0, 0, 24)
    feuille.set_column(1, 1, 90)
    for rang, (nom, dit) in enumerate(tableau.apropos):
        feuille.write_string(rang, 0, propre(nom)[0], gras)
        feuille.write_string(rang, 1, propre(dit)[0], texte)
