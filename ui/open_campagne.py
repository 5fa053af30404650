"""The campagne that the window has open: read and written here only, so that every page knows at once."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from o2r_desktop import operations, suivi
from o2r_desktop.errors import DossierError, O2rError
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.evaluation.reponses import Avis, Evaluation, ProjetAvis, Reponse
from o2r_desktop.operations import DossierComplet, Session, actes
from o2r_desktop.operations.actes import Etat, Genre
from o2r_desktop.suivi import Resume, Suivi
from ui.history import Acte, History

S = TypeVar("S", Reponse, ProjetAvis)
_SIGNATURE = frozenset({"modifiee", "auteur"})
"""Fields of an answer that nobody types."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteFailure:
    """A write that did not reach the disk: what was typed, why, and how to try again.

    ``champs`` are the fields that it would change, empty when what it was typed over could not be read. ``caduc``
    says whether all of them were written otherwise since: trying again would put older words over newer ones.
    """

    numero: int
    critere: str
    texte: str
    erreur: O2rError
    retry: Callable[[], bool]
    champs: frozenset[str] = frozenset()
    caduc: Callable[[], bool] = lambda: True


class OpenCampagne(QObject):
    """One campagne at most, its list, its history. Belongs to the window's thread."""

    opened = Signal()
    closed = Signal()
    suivi_loaded = Signal()
    resumes_loaded = Signal()
    evaluation_changed = Signal(object, str)
    """Number of the dossier, critere («» for the opinion or the state)."""
    actes_changed = Signal(object)
    """Numbers of the dossiers whose questions, labels or instructor changed."""
    saved = Signal(object)
    save_failed = Signal(object)
    backed_up = Signal(object)
    parametres_changed = Signal()

    def __init__(self, horloge: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.horloge = horloge
        self.history = History(self)
        self._ouverture = ExitStack()
        self._session: Session | None = None
        self._suivi: Suivi | None = None
        self.prelecture: suivi.Prelecture | None = None
        """The list that the start of the program reads ahead; it serves once."""
        self._complet: DossierComplet | None = None

    # --- open and close -----------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether a campagne is open."""
        return self._session is not None

    @property
    def session(self) -> Session:
        """The session of the window's thread; a job uses operations.twin_session(session)."""
        if self._session is None:
            raise DossierError("Aucune campagne n’est ouverte : ouvrez-en une depuis l’accueil.")
        return self._session

    @property
    def dossier(self) -> Path:
        """The folder of the campagne."""
        return self.session.campagne.dossier

    @property
    def read_only(self) -> bool:
        """Whether somebody else has it open for writing."""
        return self.session.campagne.lecture_seule

    def open(self, dossier: Path, *, auteur: str, lecture_seule: bool = False) -> None:
        """Open a campagne in place of the present one; raises StoreError, and the present one stays then."""
        with ExitStack() as si_echec:
            session = si_echec.enter_context(
                operations.open_session(dossier, auteur=auteur, horloge=self.horloge, lecture_seule=lecture_seule)
            )
            suite = si_echec.pop_all()
        self.close()
        self._ouverture, self._session = suite, session
        self.opened.emit()

    def close(self) -> None:
        """Close the campagne; nothing happens when none is open."""
        if self._session is None:
            return
        self._session = self._suivi = self._complet = None
        self.history.clear()
        self._ouverture.close()
        self.closed.emit()

    # --- the list -----------------------------------------------------------------------------------------

    @property
    def suivi(self) -> Suivi | None:
        """Where each dossier stands; None until it is loaded."""
        return self._suivi

    def load_suivi(self, lu: Suivi | None = None) -> None:
        """Read the list again: after opening, after an import; *lu* is the list when a job has read it."""
        self._complet = None
        prelecture, self.prelecture = self.prelecture, None
        self._suivi = lu if lu is not None else suivi.charger(self.session, prelecture)
        self.suivi_loaded.emit()

    def add_resumes(self, calcules: Mapping[int, Resume]) -> None:
        """Put summaries in the list, once it is loaded."""
        if self._suivi is not None:
            self._suivi.avec_resumes(calcules)
            self.resumes_loaded.emit()

    # --- one dossier --------------------------------------------------------------------------------------

    def complet(self, numero: int) -> DossierComplet:
        """Return a dossier with its constats, answers and score; the last one asked is at hand. DossierError."""
        if self._complet is None or self._complet.dossier.numero != numero:
            self._complet = operations.load_dossier(self.session, numero)
        return self._complet

    def save_reponse(
        self, numero: int, reponse: Reponse, nom: str, *, with_last: bool = False, depuis: Reponse | None = None
    ) -> bool:
        """Write an answer at once and return whether it reached the disk; ``save_failed`` says why not.

        *nom* names the act for undo («niveau de FIN-02»); *with_last* joins it to the last act when that one
        concerns the same critere and bears the same name (a comment typed in several breaths). *depuis* is what
        a write tried again was typed over: only what it changed goes over what was written since.
        """

        def stored() -> Reponse:
            return self.complet(numero).evaluation.reponse(reponse.critere)

        def write() -> None:
            nonlocal depuis
            avant = stored()
            depuis = depuis or avant
            apres = _laid_over(avant, depuis, reponse)
            if _said(avant) != _said(apres):
                self.put_reponse(numero, apres)
                self._remember(_ActeReponse(self, numero, nom, avant, apres), with_last=with_last)

        return self._written(
            write,
            lambda erreur: WriteFailure(
                numero=numero,
                critere=reponse.critere,
                texte=_paragraphs(reponse.commentaire, reponse.motif),
                erreur=erreur,
                retry=partial(self.save_reponse, numero, reponse, nom, with_last=with_last, depuis=depuis),
                champs=_changed(depuis, reponse),
                caduc=partial(_overtaken, depuis, reponse, stored),
            ),
        )

    def save_projet(
        self,
        numero: int,
        projet: ProjetAvis,
        nom: str,
        *,
        with_last: bool = False,
        depuis: ProjetAvis | None = None,
    ) -> bool:
        """Write the opinion as far as it goes; like save_reponse."""

        def stored() -> ProjetAvis:
            return self.complet(numero).evaluation.projet

        def write() -> None:
            nonlocal depuis
            avant = stored()
            depuis = depuis or avant
            apres = _laid_over(avant, depuis, projet)
            if avant != apres:
                self.put_projet(numero, apres)
                self._remember(_ActeProjet(self, numero, nom, avant, apres), with_last=with_last)

        return self._written(
            write,
            lambda erreur: WriteFailure(
                numero=numero,
                critere="",
                texte=_paragraphs(projet.motif, projet.reserves, projet.points_forts, projet.points_faibles),
                erreur=erreur,
                retry=partial(self.save_projet, numero, projet, nom, with_last=with_last, depuis=depuis),
                champs=_changed(depuis, projet),
                caduc=partial(_overtaken, depuis, projet, stored),
            ),
        )

    def state(self, genre: Genre, numero: int, critere: str = "") -> Etat:
        """Return the present state of what acts of this kind change. DossierError or StoreError."""
        return actes.state(self.session, genre, numero, critere)

    def change(self, genre: Genre, etats: Mapping[int, Etat], nom: str, *, critere: str = "") -> bool:
        """Write questions, labels or instructors by dossier as one act, which can be undone; like save_reponse."""

        def write() -> None:
            ecrits = actes.change(self.session, genre, etats, nom, critere=critere)
            if ecrits:
                self.saved.emit(self.horloge())
                self.actes_changed.emit([acte.numero for acte in ecrits])

        return self._written(
            write,
            lambda erreur: WriteFailure(
                numero=next(iter(etats)),
                critere=critere,
                texte="",
                erreur=erreur,
                retry=partial(self.change, genre, etats, nom, critere=critere),
            ),
        )

    def conclude(self, numero: int, avis: Avis) -> None:
        """Give the opinion and freeze the evaluation; raises DossierError or StoreError."""
        self._evaluation_written(operations.conclude(self.session, numero, avis), "")
        self.history.freeze(numero)

    def reopen(self, numero: int, motif: str) -> None:
        """Unlock a finalised evaluation; raises DossierError or StoreError."""
        operations.reopen(self.session, numero, motif)
        self._evaluation_written(operations.load_dossier(self.session, numero), "")
        self.history.thaw(numero)

    def change_parametres(self, parametres: Parametres) -> None:
        """Replace the parameters of the campagne; raises StoreError."""
        operations.change_parametres(self.session, parametres)
        self._complet = None
        self.saved.emit(self.horloge())
        self.parametres_changed.emit()

    # --- undo ---------------------------------------------------------------------------------------------

    def put_reponse(self, numero: int, reponse: Reponse) -> None:
        """Write an answer without remembering the act; raises DossierError or StoreError."""
        ecrite = operations.write_reponse(self.session, numero, reponse)
        complet = self.complet(numero)
        reponses = {**complet.evaluation.reponses, reponse.critere: ecrite}
        self._evaluation_changed(complet, replace(complet.evaluation, reponses=reponses), reponse.critere)

    def put_projet(self, numero: int, projet: ProjetAvis) -> None:
        """Write the opinion without remembering the act; raises DossierError or StoreError."""
        operations.write_projet(self.session, numero, projet)
        complet = self.complet(numero)
        evaluation = replace(complet.evaluation, projet=projet, avis=projet.en_avis())
        self._evaluation_changed(complet, evaluation, "")

    def _written(self, write: Callable[[], None], failure: Callable[[O2rError], WriteFailure]) -> bool:
        try:
            write()
        except O2rError as erreur:
            self.save_failed.emit(failure(erreur))
            return False
        return True

    def _remember(self, acte: "_ActeReponse | _ActeProjet", *, with_last: bool) -> None:
        joint = acte.joined_to(self.history.next_undo) if with_last else None
        if joint is None:
            self.history.push(acte)
        else:
            self.history.replace_last(joint)

    def _evaluation_changed(self, complet: DossierComplet, evaluation: Evaluation, critere: str) -> None:
        self._evaluation_written(operations.with_evaluation(self.session, complet, evaluation), critere)

    def _evaluation_written(self, complet: DossierComplet, critere: str) -> None:
        self._complet = complet
        numero = complet.dossier.numero
        if self._suivi is not None:
            self._suivi.avec_evaluation(numero, complet.evaluation)
        self.saved.emit(self.horloge())
        self.evaluation_changed.emit(numero, critere)


def _paragraphs(*textes: str) -> str:
    """Return all that was typed, to be copied elsewhere."""
    return "\n\n".join(t for t in textes if t.strip())


def _changed(depuis: S | None, voulu: S) -> frozenset[str]:
    """Return the fields that *voulu* changes in *depuis*, none when that is not known."""
    if depuis is None:
        return frozenset()
    noms = (f.name for f in fields(depuis) if f.name not in _SIGNATURE)
    return frozenset(nom for nom in noms if getattr(depuis, nom) != getattr(voulu, nom))


def _laid_over(actuel: S, depuis: S, voulu: S) -> S:
    """Return *actuel* with what *voulu* changes in *depuis*."""
    return replace(actuel, **{nom: getattr(voulu, nom) for nom in _changed(depuis, voulu)})


def _overtaken(depuis: S | None, voulu: S, stored: Callable[[], S]) -> bool:
    """Say whether each field that *voulu* would change in *depuis* was written since."""
    if depuis is None:
        return True
    ecrit = stored()
    return all(getattr(ecrit, nom) != getattr(depuis, nom) for nom in _changed(depuis, voulu))


def _said(reponse: Reponse) -> Reponse:
    """Return what an answer says, without when nor by whom."""
    return replace(reponse, modifiee=None, auteur="")


@dataclass(frozen=True, slots=True)
class _ActeReponse:
    ouverte: OpenCampagne
    numero: int
    nom: str
    avant: Reponse
    apres: Reponse

    @property
    def critere(self) -> str:
        return self.apres.critere

    def undo(self) -> None:
        self.ouverte.put_reponse(self.numero, self.avant)

    def redo(self) -> None:
        self.ouverte.put_reponse(self.numero, self.apres)

    def joined_to(self, dernier: Acte | None) -> "_ActeReponse | None":
        """Return the act that this one and the last one make, None when they are two."""
        if isinstance(dernier, _ActeReponse) and (self.numero, self.critere, self.nom) == (
            dernier.numero,
            dernier.critere,
            dernier.nom,
        ):
            return replace(self, avant=dernier.avant)
        return None


@dataclass(frozen=True, slots=True)
class _ActeProjet:
    ouverte: OpenCampagne
    numero: int
    nom: str
    avant: ProjetAvis
    apres: ProjetAvis

    @property
    def critere(self) -> str:
        return ""

    def undo(self) -> None:
        self.ouverte.put_projet(self.numero, self.avant)

    def redo(self) -> None:
        self.ouverte.put_projet(self.numero, self.apres)

    def joined_to(self, dernier: Acte | None) -> "_ActeProjet | None":
        """Return the act that this one and the last one make, None when they are two."""
        if isinstance(dernier, _ActeProjet) and (self.numero, self.nom) == (dernier.numero, dernier.nom):
            return replace(self, avant=dernier.avant)
        return None
