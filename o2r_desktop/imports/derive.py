"""How the headers of a file moved since the last import of its kind (exports § 9.4)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from o2r_desktop.dossiers.appariement import Derive
from o2r_desktop.dossiers.importation import ExportRead
from o2r_desktop.dossiers.model import Colonne, Enregistrement


def drift(
    lu: ExportRead,
    *,
    reference: str,
    reference_le: datetime,
    jeux: Sequence[tuple[Colonne, ...]],
    connus: Mapping[int, str],
    charger: Callable[[int], Enregistrement],
) -> Derive:
    """Compare the headers of a file with the *jeux* of a former one.

    *connus* are the dossiers of the campagne, *charger* returns the record of one: a column gone and a column come
    that hold the same values for the same dossiers are one, renamed.
    """
    return Derive(fichier=lu.fichier, reference=reference, reference_le=reference_le)
