"""The bar of what did not reach the disk: kept until it is tried again with success."""

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication

from o2r_desktop.errors import O2rError
from o2r_desktop.operations.interruption import keep_draft, read_draft
from o2r_desktop.text import NBSP, enumeration, numero, pluriel
from ui.open_campagne import WriteFailure
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Banner, button


class BarreEchec(Banner):
    """Red, over the whole width. A newer failure takes the place of an older one that said no more.

    Once all that a failed write would change was written otherwise, the failure is forgotten, so that trying
    again can never put older words over newer ones.
    """

    def __init__(self, services: Services) -> None:
        self.reessayer = button("Réessayer", self.retry)
        self.copier = button("Copier mon texte", self.copy)
        super().__init__("", Ton.MAUVAIS, (self.reessayer, self.copier))
        self._echecs: list[WriteFailure] = []
        campagne = services.campagne
        campagne.save_failed.connect(self.add)
        campagne.evaluation_changed.connect(self._written)
        campagne.actes_changed.connect(self._acts_written)
        campagne.closed.connect(self._forget)
        self._campagne = campagne
        self._anciens: str | None = None
        self._brouillon = False
        self._tell()

    @property
    def pending(self) -> list[WriteFailure]:
        """What is not on the disk, oldest first."""
        return list(self._echecs)

    def add(self, echec: WriteFailure) -> None:
        """Tell a failure and keep it."""
        self._echecs = [e for e in self._echecs if not (_same_place(e, echec) and e.champs <= echec.champs)]
        self._echecs.append(echec)
        self._tell()
        self._keep()

    def insist(self) -> None:
        """Say why the page stays; put the focus on the way out."""
        if not self._echecs:
            self.dire("La dernière saisie n’est pas enregistrée : corrigez-la avant de continuer.")
        else:
            self.reessayer.setFocus()

    def clear(self) -> bool:
        """Return whether everything is on the disk; insist when it is not."""
        if self._echecs:
            self.insist()
        return not self._echecs

    def calm(self) -> None:
        """Take back what insist said: the page may go on."""
        if not self._echecs:
            self.dire("")

    def retry(self) -> bool:
        """Try everything again and return whether all reached the disk."""
        for echec in self.pending:
            try:
                reussi = echec.retry()
            except O2rError:
                reussi = False
            if reussi and echec in self._echecs:
                self._echecs.remove(echec)
        self._tell()
        self._keep()
        return not self._echecs

    def copy(self) -> None:
        """Put what was typed on the clipboard, each text under its dossier and critere."""
        QGuiApplication.clipboard().setText("\n\n".join(f"{_ou(e)}\n{e.texte}" for e in self.pending if e.texte))

    def _written(self, numero_ecrit: object, critere: str) -> None:
        self._drop([e for e in self._echecs if (e.numero, e.critere) == (numero_ecrit, critere)])

    def _acts_written(self, numeros: Sequence[int]) -> None:
        self._drop([e for e in self._echecs if e.numero in numeros])

    def _drop(self, ecrits: Sequence[WriteFailure]) -> None:
        """Forget the failures among these that were written otherwise."""
        if not ecrits:
            return
        caducs = [e for e in ecrits if _overtaken(e)]
        self._echecs = [e for e in self._echecs if e not in caducs]
        self._tell()
        self._keep()

    def _keep(self) -> None:
        """Keep what was typed in the rescue draft of the campagne, as long as it is not written."""
        textes = [(e.numero, e.critere, e.texte) for e in self._echecs if e.texte.strip()]
        if self._campagne.is_open and not self._campagne.read_only and (textes or self._brouillon):
            if self._anciens is None:
                self._anciens = read_draft(self._campagne.session)
            self._brouillon = keep_draft(self._campagne.session, textes, self._anciens) and bool(textes)

    def _forget(self) -> None:
        self._echecs.clear()
        self._anciens, self._brouillon = None, False
        self._tell()

    def _tell(self) -> None:
        echecs = self.pending
        self.reessayer.setVisible(bool(echecs))
        self.copier.setVisible(any(e.texte.strip() for e in echecs))
        if not echecs:
            self.dire("")
            return
        quoi = (
            "Saisie non enregistrée" if len(echecs) == 1 else f"{pluriel(len(echecs), 'saisie')} non enregistrées"
        )
        lieux = enumeration(list(dict.fromkeys(map(_ou, echecs))))
        self.dire(f"{quoi} ({lieux}){NBSP}: {_minuscule(str(echecs[-1].erreur))}")


def _overtaken(echec: WriteFailure) -> bool:
    try:
        return echec.caduc()
    except O2rError:  # the store cannot be read just now: it is kept
        return False


def _same_place(un: WriteFailure, autre: WriteFailure) -> bool:
    return (un.numero, un.critere) == (autre.numero, autre.critere)


def _ou(echec: WriteFailure) -> str:
    return f"dossier {numero(echec.numero)}, {echec.critere or 'conclusion'}"


def _minuscule(phrase: str) -> str:
    return phrase if phrase[:2].isupper() else phrase[:1].lower() + phrase[1:]
