"""The health of the body that applies, from its accounts (metier § 3)."""

from o2r_desktop.analyse.finances.craintes import Crainte
from o2r_desktop.analyse.finances.criteres import constats, reperes
from o2r_desktop.analyse.finances.documents import document
from o2r_desktop.analyse.finances.sante import Finances, analyser

__all__ = ["Crainte", "Finances", "analyser", "constats", "document", "reperes"]
