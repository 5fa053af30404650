"""Full-text search in answers and pieces: an index that can be thrown away, and what it finds."""

from o2r_desktop.recherche.indexation import a_jour, indexer
from o2r_desktop.recherche.modele import EtatPiece, Passage, PassagePage, PassagePiece, Resultat, Source
from o2r_desktop.recherche.pieces import chercher_pieces
from o2r_desktop.recherche.trouver import chercher

__all__ = [
    "EtatPiece",
    "Passage",
    "PassagePage",
    "PassagePiece",
    "Resultat",
    "Source",
    "a_jour",
    "chercher",
    "chercher_pieces",
    "indexer",
]
