"""The only way to a shipped file: source tree, installed wheel and frozen bundle alike."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder.

    In a wheel the folder ``resources/`` is installed as ``o2r_desktop/_resources``; in the source tree it
    stands beside the package.
    """
    installed = _PACKAGE / "_resources"
    root = installed if installed.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)
