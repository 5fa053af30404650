"""The keys of the critere: they act wherever the focus is on the page, except in a field that is typed in."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.pages.dossier.constat import CONFIRMER
from ui.pages.dossier.pied import VALIDER
from ui.pages.dossier.preuves import EPINGLER
from ui.pages.dossier.reconfirmer import CONFIRMER_REPONSE
from ui.pages.dossier.vigilance import VIGILANCE

PHRASES = "/"
QUESTION = "?"
REPONSES = {
    "0": ("0", "Shift+0", "À"),
    "1": ("1", "Shift+1", "&"),
    "2": ("2", "Shift+2", "É"),
    "3": ("3", "Shift+3", '"'),
    "4": ("4", "Shift+4", "'"),
    "O": ("O",),
    "N": ("N",),
    "S": ("S",),
    "I": ("I",),
    CONFIRMER: (CONFIRMER,),
}
"""Keys that give an answer; the row of digits of a French keyboard works with and without Maj."""
GESTES = {
    VALIDER[0]: VALIDER,
    CONFIRMER_REPONSE: (CONFIRMER_REPONSE,),
    EPINGLER: (EPINGLER,),
    VIGILANCE: (VIGILANCE,),
    PHRASES: (PHRASES,),
    QUESTION: (QUESTION, "Shift+?"),
}
"""Keys that do something else; «Shift+/» is left alone, it is how «?» is typed on some keyboards."""


def bind_keys(
    portee: QWidget, repondre: Callable[[str], object], gestes: Mapping[str, Callable[[], object]]
) -> None:
    """Have the keys act within *portee*: *repondre* is given the key of an answer, *gestes* are by key."""
    for touche, sequences in REPONSES.items():
        _bind(portee, sequences, partial(repondre, touche))
    for touche, faire in gestes.items():
        _bind(portee, GESTES[touche], faire)


def _bind(portee: QWidget, sequences: tuple[str, ...], faire: Callable[[], object]) -> None:
    for sequence in sequences:
        raccourci = QShortcut(QKeySequence(sequence), portee)
        raccourci.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        raccourci.setAutoRepeat(False)  # a key held down would give and take back the answer
        raccourci.activated.connect(faire)
