"""How the answer to the critere in view is written: at once, each act under its name, its failures told."""

from dataclasses import replace
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from o2r_desktop.evaluation.grille import Critere
from o2r_desktop.evaluation.reponses import DecisionConstat, Preuve, Reponse
from o2r_desktop.operations import DossierComplet
from o2r_desktop.text import NBSP
from ui.open_campagne import WriteFailure
from ui.services import Services
from ui.widgets.texte import AutoText

_FINALISEE = f"Évaluation finalisée{NBSP}: rouvrez-la pour la modifier."
_LECTURE_SEULE = f"Campagne ouverte en lecture seule{NBSP}: rien ne peut y être modifié."


class Saisie(Protocol):
    """Something that is typed in and writes itself."""

    @property
    def dirty(self) -> bool:
        """Whether something typed is not written."""

    def flush(self) -> None:
        """Write what is typed."""


class Ecriture(QObject):
    """The answer to one critere of one dossier, as it is stored, and the way to change it."""

    trying = Signal(object)
    """A Reponse is about to be written."""
    written = Signal(object)
    """The DossierComplet with what was just written."""
    recovered = Signal()
    """A write passed after one that failed: what failed before may pass now, no key will come to have it told."""
    failed = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._campagne = services.campagne
        self._souffle = ""
        """Name of the act that the next write of the same field joins."""
        self.complet: DossierComplet | None = None
        self.critere: Critere | None = None
        self.reponse = Reponse(critere="", valeur="")
        self.echec = ""
        """Why the last write did not reach the disk, «» when it did."""
        services.campagne.save_failed.connect(self._save_failed)

    @property
    def critere_id(self) -> str:
        """The critere that is answered, «» before the first one."""
        return self.critere.id if self.critere else ""

    @property
    def refusal(self) -> str:
        """Why nothing may be changed, «» when it may."""
        if self.complet is not None and self.complet.evaluation.finalisee:
            return _FINALISEE
        return _LECTURE_SEULE if self._campagne.read_only else ""

    def open(self, complet: DossierComplet, critere: Critere) -> None:
        """Answer another critere."""
        self.critere, self.echec, self._souffle = critere, "", ""
        self.take(complet)

    def take(self, complet: DossierComplet) -> None:
        """Learn what is stored now."""
        self.complet = complet
        self.reponse = complet.evaluation.reponse(self.critere_id)

    def close(self) -> None:
        """Let go of the dossier."""
        self.complet = self.critere = None

    def breathe(self) -> None:
        """Have the next write of a field be an act of its own: the field was left, or something else was done."""
        self._souffle = ""

    # --- what can be said -----------------------------------------------------------------------------------

    def answer(self, valeur: str, *, joint: bool = False) -> bool:
        """Give an answer; the one already given is taken back, or confirmed when it has to be.

        Whatever it becomes, it was given with what changed in view.
        """
        critere, reponse = self.critere, self.reponse
        if critere is None:
            return False
        efface = not valeur or (valeur == reponse.valeur and not reponse.a_reconfirmer)
        acte = "effacement" if efface else "niveau" if critere.niveaux else "réponse"
        voulue = replace(reponse, valeur="" if efface else valeur, a_reconfirmer=False, changements=())
        return self.write(voulue, f"réponse à {critere.id}" if acte == "réponse" else self._acte(acte), joint=joint)

    def confirm(self) -> bool:
        """Confirm an answer that an import put in doubt, as it is."""
        return self.write(replace(self.reponse, a_reconfirmer=False, changements=()), self._acte("confirmation"))

    def decide(self, decision: DecisionConstat | None, motif: str, *, joint: bool = False) -> bool:
        """Say what the computed constat is worth."""
        return self.write(replace(self.reponse, decision=decision, motif=motif), self._acte("constat"), joint=joint)

    def pin(self, preuve: Preuve) -> bool:
        """Add a place that supports the answer."""
        return self.write(replace(self.reponse, preuves=(*self.reponse.preuves, preuve)), self._acte("preuve"))

    def unpin(self, preuve: Preuve) -> bool:
        """Take away a place that supports the answer."""
        reste = tuple(p for p in self.reponse.preuves if p != preuve)
        return self.write(replace(self.reponse, preuves=reste), self._acte("retrait d’une preuve"))

    def _acte(self, quoi: str) -> str:
        return f"{quoi} de {self.critere_id}"

    # --- on the disk ----------------------------------------------------------------------------------------

    def write(self, reponse: Reponse, nom: str, *, joint: bool = False) -> bool:
        """Write an answer; *joint* makes one act of the writes of a field that keeps the focus."""
        if self.complet is None:
            return False
        numero, echec = self.complet.dossier.numero, self.echec
        suite = joint and self._souffle == nom
        self.trying.emit(reponse)
        if not self._campagne.save_reponse(numero, reponse, nom, with_last=suite):
            return False
        self.echec = ""
        self.written.emit(self._campagne.complet(numero))
        self._souffle = nom if joint else ""
        if echec:
            self.recovered.emit()
        return True

    def _save_failed(self, echec: WriteFailure) -> None:
        if self.complet and (echec.numero, echec.critere) == (self.complet.dossier.numero, self.critere_id):
            self.echec = str(echec.erreur)
            self.failed.emit()


class TexteEcrit(QObject):
    """One text of the answer, in its field: written as it is typed, and followed when an undo changes it."""

    def __init__(self, ecriture: Ecriture, champ: AutoText, attribut: str, acte: str) -> None:
        super().__init__(champ)
        self._ecriture = ecriture
        self._champ = champ
        self._attribut = attribut
        self._acte = acte
        self._tente: str | None = None
        """Text being written, or that did not reach the disk and may be tried again by others."""
        champ.edited.connect(self._write)
        champ.left.connect(ecriture.breathe)
        ecriture.trying.connect(self._trying)
        ecriture.written.connect(self._written)
        ecriture.recovered.connect(champ.flush)

    def show(self) -> None:
        """Show the text of the answer that is stored, from its beginning."""
        self._tente = None
        self._champ.set_text(self._stored(self._ecriture.reponse))

    def update(self, avant: Reponse) -> None:
        """Take the text as it is now written: our own words, or those that an undo brought back.

        What is being typed stays when the text is as it was.
        """
        texte = self._stored(self._ecriture.reponse)
        if texte == self._stored(avant):
            return
        self._ecriture.breathe()
        if texte in (self._champ.text(), self._tente):
            self._ecriture.echec = ""
            self._champ.mark_saved(texte)
        else:
            self._champ.set_text(texte)

    def _stored(self, reponse: Reponse) -> str:
        return str(getattr(reponse, self._attribut))

    def _trying(self, reponse: Reponse) -> None:
        self._tente = self._stored(reponse)

    def _write(self) -> None:
        change: dict[str, Any] = {self._attribut: self._champ.text()}
        voulue = replace(self._ecriture.reponse, **change)
        self._ecriture.write(voulue, f"{self._acte} de {self._ecriture.critere_id}", joint=True)

    def _written(self) -> None:
        self._tente = None
