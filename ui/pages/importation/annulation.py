"""The undoing of a whole import: which one can be, the question that is asked first, what it did in words."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from o2r_desktop import reception
from o2r_desktop.errors import O2rError
from o2r_desktop.reception import Annulation
from o2r_desktop.store import dossiers as store_dossiers
from o2r_desktop.store.dossiers import RapportImport
from o2r_desktop.text import NBSP, NNBSP, enumeration, instant, pluriel, printable
from o2r_desktop.text import numero as numero_lisible
from ui.services import Services

_NOMMES = 20


class Annuleur(QObject):
    """Knows which import can be undone, and asks; ``accepted`` carries its number once the user agreed."""

    accepted = Signal(object)

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services

    def undoable(self) -> frozenset[int]:
        """Return the imports, made together, that can be undone now; none when there is nothing to undo."""
        ensemble = self._together()
        return frozenset(r.id for r in ensemble)

    def ask(self) -> None:
        """Say what would go back and what is kept, and ask."""
        ensemble = self._together()
        if not ensemble:
            return
        if self._services.taches.named is not None:
            self._services.alertes.warn(
                "Opération en cours",
                "Une opération est en cours : attendez sa fin, ou annulez-la, puis recommencez.",
            )
            return
        if self._services.alertes.ask(
            "Annuler cet import", question(ensemble), oui="Annuler cet import", non="Garder l’import", danger=True
        ):
            self.accepted.emit(ensemble[0].id)

    def _together(self) -> list[RapportImport]:
        campagne = self._services.campagne
        if not campagne.is_open or campagne.read_only:
            return []
        try:
            dernier = reception.last_undoable(campagne.session)
            rapports = store_dossiers.imports(campagne.session.campagne) if dernier is not None else []
        except O2rError:  # the page says elsewhere that the campagne cannot be read
            return []
        lot = next((lot_of(r) for r in rapports if r.id == dernier), None)
        return [r for r in rapports if lot_of(r) == lot]


def lot_of(rapport: RapportImport) -> int:
    """Return the first of the imports made together with this one."""
    return rapport.lot or rapport.id


def question(ensemble: Sequence[RapportImport]) -> str:
    """Say what undoing these imports would do."""
    premier = ensemble[0]
    autres = f" et {pluriel(len(ensemble) - 1, 'autre fichier', 'autres fichiers')}" if len(ensemble) > 1 else ""
    nouveaux, modifies = (sum(getattr(r, nom) for r in ensemble) for nom in ("nouveaux", "modifies"))
    pieces = sum(r.pieces.get("recues", 0) + r.pieces.get("remplacees", 0) for r in ensemble)
    retours = [
        pluriel(nouveaux, "dossier entré quittera la campagne", "dossiers entrés quitteront la campagne"),
        pluriel(modifies, "dossier modifié reprendra ses réponses", "dossiers modifiés reprendront leurs réponses"),
        pluriel(pieces, "pièce reçue s’en ira", "pièces reçues s’en iront"),
    ]
    retours = [mots for mots, n in zip(retours, (nouveaux, modifies, pieces), strict=True) if n]
    fichiers = f"«{NBSP}{printable(premier.fichier)}{NBSP}»{autres}"
    return (
        f"Annuler l’import du {instant(premier.le)} ({fichiers}){NNBSP}?\n\n"
        f"Reviendra en arrière{NBSP}: {enumeration(retours) or 'rien que le rapport'}.\n\n"
        f"Est gardé{NBSP}: tout ce que vous avez répondu, et les dossiers entrés par cet import que quelqu’un a "
        "commencé à instruire. Une sauvegarde est faite d’abord."
    )


def tell_undone(a: Annulation) -> str:
    """Say what an undoing did, and which dossiers it kept."""
    faits = [
        pluriel(len(a.retires), "dossier retiré", "dossiers retirés") if a.retires else "",
        pluriel(len(a.remis), "dossier remis comme avant", "dossiers remis comme avant") if a.remis else "",
        pluriel(a.pieces, "pièce retirée", "pièces retirées") if a.pieces else "",
    ]
    phrase = f"Import annulé{NBSP}: {enumeration([x for x in faits if x]) or 'il n’avait rien changé'}."
    if not a.gardes:
        return phrase
    nommes = [numero_lisible(n) for n in a.gardes[:_NOMMES]]
    if len(a.gardes) > _NOMMES:
        nommes.append(pluriel(len(a.gardes) - _NOMMES, "autre"))
    verbe = (
        "gardé, car son instruction est commencée"
        if len(a.gardes) == 1
        else ("gardés, car leur instruction est commencée")
    )
    return f"{phrase} {pluriel(len(a.gardes), 'dossier')} {verbe}{NBSP}: {enumeration(nommes)}."
