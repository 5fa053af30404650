"""Which column of the files could be which attribute: by memory, identifier, label, likeness."""

from collections.abc import Sequence

from o2r_desktop.dossiers.appariement import Appariement
from o2r_desktop.dossiers.correspondance import Correspondance
from o2r_desktop.dossiers.importation import ExportRead


def propose(lus: Sequence[ExportRead], correspondance: Correspondance) -> Appariement:
    """Return, for each attribute of the form, the column that is bound to it and those that could be."""
    return Appariement()
