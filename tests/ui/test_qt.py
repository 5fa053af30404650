"""What we rely on in Qt and PySide6."""

import sys

from PySide6.QtCore import QLocale
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QMessageBox

APPELS = 500


def test_calls_and_signals_give_back_the_references_they_take(qapp: QApplication) -> None:
    """PySide6 6.12.0 steals one of None at each call that returns nothing, on Python 3.11: the process ends."""
    etiquette = QLabel("avant")
    etiquette.setText("a")
    avant_rien, avant_vrai = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(APPELS):
        etiquette.setText("a")
        qapp.fontChanged.emit(qapp.font())
    assert abs(sys.getrefcount(None) - avant_rien) < APPELS // 2
    assert abs(sys.getrefcount(True) - avant_vrai) < APPELS // 2


def test_numbers_and_dates_are_french(qapp: QApplication) -> None:
    assert qapp is not None
    assert QLocale().name() == "fr_FR"
    assert QLocale().decimalPoint() == ","


def test_standard_buttons_and_keys_are_french(qapp: QApplication) -> None:
    assert qapp is not None
    boite = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Close)
    textes = {b.text().replace("&", "") for b in boite.buttons()}
    assert textes == {"Annuler", "Fermer"}
    question = QMessageBox(QMessageBox.Icon.Question, "", "", QMessageBox.StandardButton.Yes)
    assert question.button(QMessageBox.StandardButton.Yes).text() == "&Oui"
    assert QKeySequence("Ctrl+Shift+S").toString(QKeySequence.SequenceFormat.NativeText) == "Ctrl+Maj+S"
