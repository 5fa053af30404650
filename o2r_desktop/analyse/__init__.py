"""The analysis of a dossier: its money, its territory, its network, its accounting, who stands behind it.

Pure functions. Each room takes the dossier, what the instructor typed (``saisie``) and lists of reference, and
returns figures with their trail; a finding helps an answer, it never is one.
"""
