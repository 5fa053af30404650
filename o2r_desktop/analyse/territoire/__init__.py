"""The territory of the project against the diagnostic of the AMI (metier § 4)."""

from o2r_desktop.analyse.territoire.lieux import Territoire, analyser
from o2r_desktop.analyse.territoire.restitution import document, reperes

__all__ = ["Territoire", "analyser", "document", "reperes"]
