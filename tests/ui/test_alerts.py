from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from o2r_desktop.errors import CancelledError, DossierError
from ui.alerts import Alerts
from ui.services import Services


class Lecteur:
    """Reads the message box when it opens, then presses a key in it."""

    def __init__(self, touche: Callable[[QMessageBox], None]) -> None:
        self.boite: dict[str, object] = {}
        self._touche = touche
        QTimer.singleShot(0, self._lire)

    def _lire(self) -> None:
        boite = QApplication.activeModalWidget()
        assert isinstance(boite, QMessageBox)
        self.boite = {
            "titre": boite.windowTitle(),
            "texte": boite.text(),
            "format": boite.textFormat(),
            "boutons": sorted(b.text().replace("&", "") for b in boite.buttons()),
            "defaut": boite.defaultButton().text() if boite.defaultButton() else "",
        }
        self._touche(boite)


def entrer(boite: QMessageBox) -> None:
    bouton = boite.defaultButton() or boite.buttons()[0]
    assert bouton is not None
    bouton.click()


def echapper(boite: QMessageBox) -> None:
    boite.reject()


@pytest.mark.parametrize(("danger", "attendu"), [(False, True), (True, False)])
def test_enter_does_what_is_safe(services: Services, danger: bool, attendu: bool) -> None:
    assert services is not None
    lecteur = Lecteur(entrer)
    assert Alerts().ask("Titre", "Faut-il ?", oui="Supprimer", danger=danger) is attendu
    assert lecteur.boite["boutons"] == ["Annuler", "Supprimer"]


def test_escape_is_no(services: Services) -> None:
    assert services is not None
    lecteur = Lecteur(echapper)
    assert not Alerts().ask("Titre", "Faut-il ?", oui="Oui", non="Non")
    assert lecteur.boite["titre"] == "Titre"


def test_dossier_text_is_never_markup(services: Services) -> None:
    assert services is not None
    lecteur = Lecteur(entrer)
    Alerts().show_error(DossierError("<b>gras</b>"))
    assert lecteur.boite["texte"] == "<b>gras</b>"
    assert lecteur.boite["format"] is Qt.TextFormat.PlainText


@pytest.mark.parametrize("dire", ["inform", "warn"])
def test_what_is_told_is_told(services: Services, dire: str) -> None:
    assert services is not None
    lecteur = Lecteur(entrer)
    getattr(Alerts(), dire)("Titre", "Texte")
    assert lecteur.boite["texte"] == "Texte"


def test_a_cancel_says_nothing(services: Services) -> None:
    assert services is not None
    Alerts().show_error(CancelledError("Opération annulée."))
    assert not isinstance(QApplication.activeModalWidget(), QMessageBox)
