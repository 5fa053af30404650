"""The health of the body that applies, from its accounts (metier § 3)."""

from o2r_desktop.analyse.finances.sante import Crainte, Finances, analyser, constats, document, reperes

__all__ = ["Crainte", "Finances", "analyser", "constats", "document", "reperes"]
