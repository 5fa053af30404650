"""The budget of the project (metier §§ 3.2 and 3.4)."""

from o2r_desktop.analyse.budget.dits import constats, document, reperes
from o2r_desktop.analyse.budget.projet import Budget, analyser

__all__ = ["Budget", "analyser", "constats", "document", "reperes"]
