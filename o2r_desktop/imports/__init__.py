"""Reading of the platform's exports: XLSX, CSV and JSON become dossiers ready to be planned."""

from pathlib import Path

from o2r_desktop.dossiers.correspondance import Correspondance
from o2r_desktop.dossiers.importation import ExportRead
from o2r_desktop.progress import Reporter, SilentReporter

_SILENCE = SilentReporter()


def read_export(path: Path, correspondance: Correspondance, *, reporter: Reporter = _SILENCE) -> ExportRead:
    """Read a whole export; nothing is written.

    Raises an ExportError whose text names the file when it cannot be taken, CancelledError when asked to stop.
    """
    from o2r_desktop.imports.lecteur import lire_export  # the child process imports this package: keep it light

    return lire_export(path, correspondance, reporter)
