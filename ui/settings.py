"""What a user chose, kept between two starts: look, sizes, recent campagnes. Nothing of any dossier."""

import hashlib
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

RECENTES_MAX = 8


class Mode(StrEnum):
    """Light, dark, or what the system says."""

    SYSTEME = "systeme"
    CLAIR = "clair"
    SOMBRE = "sombre"

    @property
    def libelle(self) -> str:
        """Return what the menu says."""
        return {"systeme": "Comme le système", "clair": "Clair", "sombre": "Sombre"}[self.value]


class Settings:
    """Typed access to one INI file; a value that makes no sense is as if it were not there."""

    def __init__(self, fichier: Path) -> None:
        self._brut = QSettings(str(fichier), QSettings.Format.IniFormat)

    @property
    def mode(self) -> Mode:
        """Light, dark or as the system."""
        lu = self.texte("apparence/mode")
        return Mode(lu) if lu in set(Mode) else Mode.SYSTEME

    @mode.setter
    def mode(self, valeur: Mode) -> None:
        self.set_texte("apparence/mode", valeur.value)

    @property
    def contraste(self) -> bool | None:
        """Whether a high contrast was chosen, or refused; None: as the system says."""
        return {"oui": True, "non": False}.get(self.texte("apparence/contraste"))

    @contraste.setter
    def contraste(self, fort: bool | None) -> None:
        self.set_texte("apparence/contraste", "" if fort is None else "oui" if fort else "non")

    @property
    def taille_texte(self) -> int:
        """Text size in percent of the system's."""
        lu = self.texte("apparence/taille")
        return min(200, max(90, int(lu))) if lu.isdecimal() else 100

    @taille_texte.setter
    def taille_texte(self, pourcent: int) -> None:
        self.set_texte("apparence/taille", str(pourcent))

    @property
    def instructeur(self) -> str:
        """The name that signs answers, «» until it is given."""
        return self.texte("instructeur")

    @instructeur.setter
    def instructeur(self, nom: str) -> None:
        self.set_texte("instructeur", nom.strip())

    @property
    def recentes(self) -> list[Path]:
        """Campagnes opened lately, newest first; those that are gone are still listed."""
        return [Path(ligne) for ligne in self.texte("campagnes/recentes").split("\n") if ligne]

    def add_recente(self, dossier: Path) -> None:
        """Put a campagne first among the recent ones."""
        autres = [d for d in self.recentes if d != dossier]
        self._ecrire_recentes([dossier, *autres])

    def forget_recente(self, dossier: Path) -> None:
        """Take a campagne off the recent ones."""
        self._ecrire_recentes([d for d in self.recentes if d != dossier])

    def reprise(self, dossier: Path) -> tuple[int, str] | None:
        """Return the dossier and the critere where work stopped in a campagne, None when it never began."""
        numero, _, critere = self.texte(_cle_reprise(dossier)).partition(" ")
        return (int(numero), critere) if numero.isdecimal() else None

    def set_reprise(self, dossier: Path, numero: int, critere: str) -> None:
        """Remember where work stopped in a campagne."""
        self.set_texte(_cle_reprise(dossier), f"{numero} {critere}")

    def texte(self, cle: str, defaut: str = "") -> str:
        """Return a text kept under *cle*."""
        lu = self._brut.value(cle, defaut)
        return lu if isinstance(lu, str) else defaut

    def set_texte(self, cle: str, valeur: str) -> None:
        """Keep a text under *cle*."""
        self._brut.setValue(cle, valeur)

    def octets(self, cle: str) -> QByteArray:
        """Return a state of Qt (geometry, header, splitter), empty when there is none."""
        lu = self._brut.value(cle)
        return lu if isinstance(lu, QByteArray) else QByteArray()

    def set_octets(self, cle: str, valeur: QByteArray) -> None:
        """Keep a state of Qt under *cle*."""
        self._brut.setValue(cle, valeur)

    def flush(self) -> None:
        """Write to the disk now."""
        self._brut.sync()

    def _ecrire_recentes(self, dossiers: list[Path]) -> None:
        self.set_texte("campagnes/recentes", "\n".join(str(d) for d in dossiers[:RECENTES_MAX]))


def _cle_reprise(dossier: Path) -> str:
    return "reprise/" + hashlib.sha256(str(dossier).encode()).hexdigest()[:16]
