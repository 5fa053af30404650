"""Tables handed to a spreadsheet program: typed cells, and text that never becomes a formula."""

from o2r_desktop.tableaux.fichier import FORMATS, Ecriture, ecrire, preparer, verifier
from o2r_desktop.tableaux.modele import Cellule, Genre, Rubrique, Tableau

__all__ = ["FORMATS", "Cellule", "Ecriture", "Genre", "Rubrique", "Tableau", "ecrire", "preparer", "verifier"]
