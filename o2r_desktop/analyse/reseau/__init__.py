"""The employment network as the dossier knows it (metier § 4.5)."""

from o2r_desktop.analyse.reseau.citations import Reseau, analyser, document, reperes

__all__ = ["Reseau", "analyser", "document", "reperes"]
