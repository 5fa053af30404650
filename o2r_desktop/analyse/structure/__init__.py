"""The body that applies and its partners, across the campagne."""

from o2r_desktop.analyse.structure.fiche import Structure, analyser, document, reperes

__all__ = ["Structure", "analyser", "document", "reperes"]
