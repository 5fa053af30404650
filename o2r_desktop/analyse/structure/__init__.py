"""The body that applies and its partners, across the campagne."""

from o2r_desktop.analyse.structure.cumul import Ailleurs, Cumul
from o2r_desktop.analyse.structure.fiche import Organisme, Structure, analyser, document
from o2r_desktop.analyse.structure.graphe import Graphe, Lien, Noeud
from o2r_desktop.analyse.structure.index import preparer, prete
from o2r_desktop.analyse.structure.reperes import reperes

__all__ = [
    "Ailleurs",
    "Cumul",
    "Graphe",
    "Lien",
    "Noeud",
    "Organisme",
    "Structure",
    "analyser",
    "document",
    "preparer",
    "prete",
    "reperes",
]
