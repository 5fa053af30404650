"""The analysis of a dossier: its money, its territory, its network, its accounting, who stands behind it.

Pure functions. Each room takes the dossier, what the instructor typed (``saisie``) and lists of reference, and
returns figures with their trail; a finding helps an answer, it never is one.
"""

from o2r_desktop.analyse.angles import Angle
from o2r_desktop.analyse.ensemble import Analyse

__all__ = ["Analyse", "Angle"]
