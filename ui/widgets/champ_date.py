"""A date typed the French way, or chosen in a calendar that arrows lead."""

import re
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDialog, QLineEdit, QVBoxLayout, QWidget

from o2r_desktop.text import date_courte
from ui.widgets.base import button, fill, restyle, row
from ui.widgets.flux import Flow

_DATE = re.compile(r"\s*(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})\s*", re.ASCII)


def lire_date(texte: str) -> date | None:
    """Read «12/09/2025», None when it is no day."""
    lu = _DATE.fullmatch(texte)
    if lu is None:
        return None
    jour, mois, annee = (int(n) for n in lu.groups())
    try:
        return date(annee, mois, jour)
    except ValueError:
        return None


class ChampDate(QWidget):
    """A field and its calendar."""

    changed = Signal(object)
    """The date that is typed or chosen, None when it cannot be read."""

    def __init__(self, nom: str) -> None:
        super().__init__()
        self.champ = QLineEdit()
        self.champ.setAccessibleName(nom)
        self.champ.setPlaceholderText("jj/mm/aaaa")
        self.champ.setFixedWidth(self.champ.fontMetrics().averageCharWidth() * 16)
        self.champ.textChanged.connect(self._typed)
        self.calendrier = button("Calendrier…", self.open_calendar, nom=f"Calendrier : {nom.lower()}")
        flux = Flow(self, espace=8)
        for partie in (self.champ, self.calendrier):
            flux.addWidget(partie)

    @property
    def jour(self) -> date | None:
        """The date in the field, None when it cannot be read."""
        return lire_date(self.champ.text())

    def set_jour(self, jour: date | None) -> None:
        """Show a date, or an empty field."""
        self.champ.setText("" if jour is None else date_courte(jour))

    def open_calendar(self) -> None:
        """Choose in a calendar: arrows and Entrée, Échap leaves the date as it is."""
        boite = QDialog(self.window())
        boite.setWindowTitle(self.champ.accessibleName())
        boite.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        mois = QCalendarWidget()
        mois.setAccessibleName(self.champ.accessibleName())
        mois.setGridVisible(False)
        for jour_chome in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            mois.setWeekdayTextFormat(jour_chome, QTextCharFormat())  # Qt's own red cannot be read on a dark ground
        mesures = self.fontMetrics()
        mois.setMinimumSize(mesures.averageCharWidth() * 48, mesures.lineSpacing() * 15)
        mois.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        if (jour := self.jour) is not None:
            mois.setSelectedDate(QDate(jour.year, jour.month, jour.day))
        choisir = button("Choisir", boite.accept, role="principal", touche="Entrée")
        annuler = button("Annuler", boite.reject, touche="Échap")
        mois.activated.connect(boite.accept)
        boite.accepted.connect(lambda: self._choose(mois.selectedDate()))
        fill(QVBoxLayout(boite), mois, row(1, annuler, choisir), marge=12)
        boite.open()
        mois.setFocus()

    def _choose(self, choisi: QDate) -> None:
        self.set_jour(date(choisi.year(), choisi.month(), choisi.day()))
        self.champ.setFocus()

    def _typed(self) -> None:
        self.champ.setProperty("faute", bool(self.champ.text().strip()) and self.jour is None)
        restyle(self.champ)
        self.changed.emit(self.jour)
