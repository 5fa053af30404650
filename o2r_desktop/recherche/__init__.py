"""Full-text search in answers and pieces: an index that can be thrown away, and what it finds."""

from o2r_desktop.recherche.indexation import a_jour, indexer
from o2r_desktop.recherche.modele import Passage, Resultat, Source
from o2r_desktop.recherche.trouver import chercher

__all__ = ["Passage", "Resultat", "Source", "a_jour", "chercher", "indexer"]
