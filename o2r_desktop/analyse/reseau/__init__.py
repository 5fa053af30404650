"""The employment network as the dossier knows it (metier § 4.5)."""

from o2r_desktop.analyse.reseau.citations import analyser
from o2r_desktop.analyse.reseau.modele import Reseau
from o2r_desktop.analyse.reseau.phrases import document, reperes

__all__ = ["Reseau", "analyser", "document", "reperes"]
