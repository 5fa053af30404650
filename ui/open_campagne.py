"""The campagne that the window has open: read and written here only, so that every page knows at once."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from o2r_desktop import operations, suivi
from o2r_desktop.errors import DossierError, O2rError
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.evaluation.reponses import Avis, Evaluation, ProjetAvis, Reponse
from o2r_desktop.operations import DossierComplet, Session, actes
from o2r_desktop.operations.actes import ActeEcrit, Etat, Genre
from o2r_desktop.suivi import Resume, Suivi
from ui.echecs import changed_fields, new_texts, states_overtaken
from ui.history import History, Prochains

if TYPE_CHECKING:
    from o2r_desktop.analyse.referentiels import Referentiel

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
    """Numbers of the dossiers whose questions, labels, instructor or analysis changed."""
    saved = Signal(object)
    save_failed = Signal(object)
    backed_up = Signal(object)
    parametres_changed = Signal()

    def __init__(self, horloge: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.horloge = horloge
        self.history = History(
            self._next_acts, partial(self._toggle, actes.undo), partial(self._toggle, actes.redo), self
        )
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
        self.history.refresh()
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
        self.history.refresh()
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
                ecrite = operations.write_reponse(self.session, numero, apres, nom=nom, with_last=with_last)
                complet = self.complet(numero)
                reponses = {**complet.evaluation.reponses, ecrite.critere: ecrite}
                self._evaluation_changed(complet, replace(complet.evaluation, reponses=reponses), ecrite.critere)
                self.history.refresh()

        return self._written(
            write,
            lambda erreur: WriteFailure(
                numero=numero,
                critere=reponse.critere,
                texte=_paragraphs(reponse.commentaire, reponse.motif, reponse.vigilance),
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
                operations.write_projet(self.session, numero, apres, nom=nom, with_last=with_last)
                complet = self.complet(numero)
                evaluation = replace(complet.evaluation, projet=apres, avis=apres.en_avis())
                self._evaluation_changed(complet, evaluation, "")
                self.history.refresh()

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

    def change(
        self,
        genre: Genre,
        etats: Mapping[int, Etat],
        nom: str,
        *,
        critere: str = "",
        with_last: bool = False,
        depuis: Mapping[int, Etat] | None = None,
    ) -> bool:
        """Write questions, labels, instructors or analyses by dossier as one act; like save_reponse."""

        def stored() -> Mapping[int, Etat]:
            return {numero: self.state(genre, numero, critere) for numero in etats}

        def write() -> None:
            nonlocal depuis
            actuels = stored()
            depuis = depuis or actuels
            voulus = {n: actes.superposer(actuels[n], depuis[n], etats[n]) for n in etats}
            actes.change(self.session, genre, voulus, nom, critere=critere, with_last=with_last)
            ecrits = [n for n in etats if voulus[n] != actuels[n]]
            if ecrits:
                self._actes_written(genre, ecrits)
                self.history.refresh()

        return self._written(
            write,
            lambda erreur: WriteFailure(
                numero=next(iter(etats)),
                critere=critere,
                texte=_paragraphs(*new_texts(depuis, etats)),
                erreur=erreur,
                retry=partial(self.change, genre, etats, nom, critere=critere, with_last=with_last, depuis=depuis),
                champs=changed_fields(genre, depuis, etats),
                caduc=partial(states_overtaken, depuis, etats, stored),
            ),
        )

    def conclude(self, numero: int, avis: Avis) -> None:
        """Give the opinion and freeze the evaluation; raises DossierError or StoreError."""
        self._evaluation_written(operations.conclude(self.session, numero, avis), "")
        self.history.refresh()

    def reopen(self, numero: int, motif: str) -> None:
        """Unlock a finalised evaluation; raises DossierError or StoreError."""
        operations.reopen(self.session, numero, motif)
        self._evaluation_written(operations.load_dossier(self.session, numero), "")
        self.history.refresh()

    def change_parametres(self, parametres: Parametres) -> None:
        """Replace the parameters of the campagne; raises StoreError."""
        operations.change_parametres(self.session, parametres)
        self._complet = None
        self.saved.emit(self.horloge())
        self.parametres_changed.emit()

    def save_referentiel(self, nom: "Referentiel", texte: str | None, *, origine: str = "") -> None:
        """Put a list of reference in the campagne, None to come back to the shipped one; raises O2rError."""
        from o2r_desktop.operations import analyse  # the window starts without it

        analyse.save_referentiel(self.session, nom, texte, origine=origine)
        self._complet = None
        self.saved.emit(self.horloge())
        self.parametres_changed.emit()

    # --- undo ---------------------------------------------------------------------------------------------

    def _next_acts(self) -> Prochains:
        if self._session is None or self.read_only:
            return None, None
        return actes.next_acts(self._session)

    def _toggle(self, faire: Callable[[Session], list[ActeEcrit]]) -> ActeEcrit | None:
        """Undo or do again, then tell the pages what changed."""
        faits = faire(self.session)
        evalues = [acte for acte in faits if acte.genre in (Genre.REPONSE, Genre.PROJET)]
        for acte in evalues:
            complet = self.complet(acte.numero)
            from o2r_desktop.store import evaluations  # the window starts without it

            lue = evaluations.load(self.session.campagne, acte.numero)
            self._evaluation_changed(complet, lue, acte.critere)
        for genre in dict.fromkeys(acte.genre for acte in faits if acte not in evalues):
            self._actes_written(genre, [acte.numero for acte in faits if acte.genre is genre])
        return faits[0] if faits else None

    def _actes_written(self, genre: Genre, numeros: list[int]) -> None:
        """Tell that questions, labels or the analysis of dossiers changed; findings follow the analysis."""
        ouvert = self._complet.dossier.numero if self._complet is not None else None
        if genre is Genre.ANALYSE and ouvert in numeros and self._complet is not None:
            from o2r_desktop.operations import lecture  # the window starts without it

            fiches = self.state(genre, self._complet.dossier.numero)
            self._complet = lecture.with_fiches(self.session, self._complet, fiches)
        self.saved.emit(self.horloge())
        self.actes_changed.emit(numeros)
        if genre is Genre.ANALYSE:
            for numero in numeros:
                self.evaluation_changed.emit(numero, "")

    def _written(self, write: Callable[[], None], failure: Callable[[O2rError], WriteFailure]) -> bool:
        try:
            write()
        except O2rError as erreur:
            self.save_failed.emit(failure(erreur))
            return False
        return True

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
