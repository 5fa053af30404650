"""The window: Qt only. Rules, files and SQL live in o2r_desktop.

PySide6 reads the source of every module imported after it, to learn whether it asks for «from __feature__»: ten
milliseconds of a start. No module of this program does, and PySide6 is told so before it looks.
"""

import sys
from types import ModuleType

import PySide6.QtCore  # noqa: F401 brings shibokensupport


def _uses_pyside(module: ModuleType) -> bool:
    return module.__name__.partition(".")[0] == __name__


_lecture = vars(sys.modules.get("shibokensupport.feature", sys))
if "_mod_uses_pyside" in _lecture:  # else that version has another way, and reads
    _lecture["_mod_uses_pyside"] = _uses_pyside
