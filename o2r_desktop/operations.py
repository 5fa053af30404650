"""Use cases, the same for the command line and the window: import, read, answer, conclude, write notes.

A window starts by opening a campagne and reading its list: what other use cases need is imported by them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from o2r_desktop.errors import DossierError
from o2r_desktop.evaluation.grille import load_grille
from o2r_desktop.resources import resource
from o2r_desktop.store import connection
from o2r_desktop.text import numero as numero_lisible

if TYPE_CHECKING:
    from o2r_desktop.dossiers.correspondance import Attribut, Correspondance
    from o2r_desktop.dossiers.importation import Apercu
    from o2r_desktop.dossiers.model import Colonne, Dossier, Enregistrement
    from o2r_desktop.evaluation import avis as regles_avis
    from o2r_desktop.evaluation.constats import Constat
    from o2r_desktop.evaluation.grille import Grille
    from o2r_desktop.evaluation.lot import Lot
    from o2r_desktop.evaluation.parametres import Parametres
    from o2r_desktop.evaluation.reponses import Avis, DecisionConstat, Evaluation, Preuve, ProjetAvis, Reponse
    from o2r_desktop.evaluation.score import Score

GRILLE_PAR_DEFAUT = ("grilles", "ami_2025.toml")
CORRESPONDANCE_PAR_DEFAUT = ("correspondances", "o2r_2025.toml")


@dataclass(frozen=True, kw_only=True)
class DossierComplet:
    """A dossier with all that is known and said of it."""

    dossier: Dossier
    evaluation: Evaluation
    constats: tuple[Constat, ...]
    priorite: str
    score: Score


class Session:
    """An open campagne with what its rules need; built once, handed to whoever works on it."""

    def __init__(self, campagne: connection.Campagne, *, auteur: str, horloge: Callable[[], datetime]) -> None:
        self.campagne = campagne
        self.auteur = auteur
        self.horloge = horloge
        self.parametres: Parametres = connection.parametres(campagne)
        self.grille: Grille = load_grille(connection.grille_toml(campagne), "grille.toml")
        self._liens: dict[tuple[Colonne, ...], tuple[Attribut | None, ...]] = {}

    @cached_property
    def correspondance(self) -> Correspondance:
        """Which field of the form is which attribute, in this campagne."""
        from o2r_desktop.imports.correspondance import parse_correspondance

        return parse_correspondance(connection.correspondance_toml(self.campagne), "correspondance.toml")

    def liens(self, colonnes: tuple[Colonne, ...]) -> tuple[Attribut | None, ...]:
        """Return the attributes of the columns, worked out once per set of columns."""
        if colonnes not in self._liens:
            self._liens[colonnes] = self.correspondance.lier(colonnes)
        return self._liens[colonnes]

    @cached_property
    def lot(self) -> Lot:
        """Figures of all the dossiers of the campagne, to situate one among them."""
        from o2r_desktop.evaluation.lot import lot
        from o2r_desktop.store import dossiers as store_dossiers

        return lot(store_dossiers.list_apercus(self.campagne))

    def prendre_lot(self, lot: Lot) -> None:
        """Keep the figures of the lot that a twin worked out in the background, unless they are known."""
        self.__dict__.setdefault("lot", lot)

    def oublier_lot(self) -> None:
        """Have the figures of the lot worked out again: the dossiers changed."""
        self.__dict__.pop("lot", None)


def create_campagne(dossier: Path, *, maintenant: datetime) -> None:
    """Create a campagne for the AMI shipped with the program; raises StoreError when the folder is taken."""
    from o2r_desktop.evaluation.grille import parametres_par_defaut
    from o2r_desktop.evaluation.parametres import parametres_de

    grille_toml = resource(*GRILLE_PAR_DEFAUT).read_text("utf-8")
    correspondance_toml = resource(*CORRESPONDANCE_PAR_DEFAUT).read_text("utf-8")
    grille = load_grille(grille_toml, GRILLE_PAR_DEFAUT[-1])
    parametres = parametres_de(parametres_par_defaut(grille_toml))
    connection.create_campagne(
        dossier,
        nom=parametres.nom,
        parametres=parametres,
        grille_toml=grille_toml,
        grille_id=grille.id,
        grille_version=grille.version,
        correspondance_toml=correspondance_toml,
        now=maintenant,
    ).close()


@contextmanager
def open_session(
    dossier: Path,
    *,
    auteur: str,
    horloge: Callable[[], datetime] = lambda: datetime.now(UTC),
    lecture_seule: bool = False,
) -> Iterator[Session]:
    """Open a campagne for as long as the block lasts; raises StoreError."""
    with connection.open_campagne(dossier, lecture_seule=lecture_seule) as campagne:
        yield Session(campagne, auteur=auteur, horloge=horloge)


@contextmanager
def twin_session(session: Session) -> Iterator[Session]:
    """Open the same campagne for another thread; end it before *session* is closed."""
    with session.campagne.jumelle() as campagne:
        yield Session(campagne, auteur=session.auteur, horloge=session.horloge)


def is_campagne(dossier: Path) -> bool:
    """Say whether *dossier* holds a campagne."""
    return (dossier / connection.NOM_BASE).is_file()


def list_dossiers(session: Session, recherche: str = "") -> list[Apercu]:
    """Return the rows of the list whose text holds every word of *recherche*."""
    from o2r_desktop.store import dossiers as store_dossiers

    return store_dossiers.list_apercus(session.campagne, recherche)


def load_dossier(session: Session, numero: int) -> DossierComplet:
    """Return a dossier with its constats, answers and score; raises DossierError when it is unknown."""
    from o2r_desktop.dossiers.lecture import lire_dossier
    from o2r_desktop.evaluation import controles, priorites, score
    from o2r_desktop.evaluation.reponses import etat as etat_evaluation
    from o2r_desktop.store import dossiers as store_dossiers
    from o2r_desktop.store import evaluations

    enregistrement = store_dossiers.load(session.campagne, numero)
    dossier = lire_dossier(enregistrement, session.correspondance, session.liens(enregistrement.colonnes))
    evaluation = evaluations.load(session.campagne, numero)
    return DossierComplet(
        dossier=dossier,
        evaluation=replace(evaluation, etat=etat_evaluation(session.grille, evaluation)),
        constats=controles.check(dossier, session.parametres, session.lot),
        priorite=priorites.de_dossier(dossier, session.parametres).niveau,
        score=score.compute(session.grille, evaluation.reponses),
    )


def save_reponse(
    session: Session,
    numero: int,
    critere_id: str,
    valeur: str,
    *,
    commentaire: str | None = None,
    decision: DecisionConstat | None = None,
    motif: str | None = None,
    preuves: tuple[Preuve, ...] | None = None,
) -> Reponse:
    """Answer a critere; what is None stays as it was.

    Raises DossierError when the dossier, the critere or the value is not acceptable, or the evaluation is
    finalised. The answer, its journal line and the state are written at once.
    """
    from o2r_desktop.evaluation.reponses import Reponse, lire_reponse
    from o2r_desktop.store import evaluations

    critere = session.grille.critere(critere_id)
    complet = load_dossier(session, numero)
    _check_decision(complet, critere.id, decision, motif)
    ancienne = complet.evaluation.reponses.get(critere.id)
    depart = ancienne or Reponse(critere=critere.id, valeur="")
    reponse = replace(
        depart,
        valeur=lire_reponse(critere, valeur),
        commentaire=depart.commentaire if commentaire is None else commentaire,
        decision=depart.decision if decision is None else decision,
        motif=depart.motif if motif is None else motif,
        preuves=depart.preuves if preuves is None else preuves,
        a_reconfirmer=False,
    )
    evaluations.save_reponse(session.campagne, numero, reponse, auteur=session.auteur, now=session.horloge())
    return reponse


def write_reponse(session: Session, numero: int, reponse: Reponse) -> Reponse:
    """Write one answer as it stands, even without a value yet, and return it dated and signed.

    Raises DossierError when the value is none that the critere accepts, a contested constat has no motif, or the
    evaluation is finalised. Nothing but the answer is read: a window calls this at each keystroke.
    """
    from o2r_desktop.evaluation.reponses import DecisionConstat, lire_reponse
    from o2r_desktop.store import evaluations

    critere = session.grille.critere(reponse.critere)
    if reponse.decision is DecisionConstat.CONTESTE and not reponse.motif.strip():
        raise DossierError(f"Contester le constat de {critere.id} demande un motif : écrivez-le.")
    maintenant = session.horloge()
    valeur = lire_reponse(critere, reponse.valeur) if reponse.valeur else ""
    ecrite = replace(reponse, valeur=valeur, modifiee=maintenant, auteur=session.auteur)
    evaluations.save_reponse(session.campagne, numero, ecrite, auteur=session.auteur, now=maintenant)
    return ecrite


def write_projet(session: Session, numero: int, projet: ProjetAvis) -> None:
    """Write the opinion as far as it goes; raises DossierError when the evaluation is finalised."""
    from o2r_desktop.store import evaluations

    evaluations.save_projet(session.campagne, numero, projet, auteur=session.auteur, now=session.horloge())


def with_evaluation(session: Session, complet: DossierComplet, evaluation: Evaluation) -> DossierComplet:
    """Return *complet* with other answers: its state and score are worked out again, nothing is read."""
    from o2r_desktop.evaluation import score
    from o2r_desktop.evaluation.reponses import etat as etat_evaluation

    return replace(
        complet,
        evaluation=replace(evaluation, etat=etat_evaluation(session.grille, evaluation)),
        score=score.compute(session.grille, evaluation.reponses),
    )


def change_parametres(session: Session, parametres: Parametres) -> None:
    """Replace what the rules compare with; the journal keeps the old values."""
    connection.set_parametres(session.campagne, parametres, auteur=session.auteur, now=session.horloge())
    session.parametres = parametres
    session.oublier_lot()


def _check_decision(
    complet: DossierComplet, critere_id: str, decision: DecisionConstat | None, motif: str | None
) -> None:
    from o2r_desktop.evaluation.reponses import DecisionConstat

    if decision is None:
        return
    if not any(c.critere == critere_id for c in complet.constats):
        raise DossierError(f"{critere_id} n’a pas de constat calculé : répondez sans --constat.")
    if decision is DecisionConstat.CONTESTE and not (motif or "").strip():
        raise DossierError(f"Contester le constat de {critere_id} demande un motif : ajoutez-le avec --motif.")


def obstacles(session: Session, complet: DossierComplet, avis: Avis) -> list[regles_avis.Obstacle]:
    """Return what forbids to finalise the evaluation with this opinion."""
    from o2r_desktop.dossiers import budget
    from o2r_desktop.evaluation import avis as regles_avis

    parametres = session.parametres
    plafond, demande = budget.garde_fou(complet.dossier)
    return regles_avis.check(
        session.grille,
        complet.evaluation,
        complet.constats,
        avis,
        plafond=plafond,
        demande=demande,
        annees=parametres.annees,
        seuil=parametres.seuil_cout_total,
    )


def conclude(session: Session, numero: int, avis: Avis) -> DossierComplet:
    """Give the opinion and freeze the evaluation.

    Raises DossierError, which lists the obstacles, and writes nothing then.
    """
    from o2r_desktop.notes import content as note_content
    from o2r_desktop.store import evaluations

    complet = load_dossier(session, numero)
    if complet.evaluation.finalisee:
        raise DossierError(
            f"L’évaluation du dossier {numero_lisible(numero)} est déjà figée : "
            "rouvrez-la avec un motif pour la modifier."
        )
    manques = obstacles(session, complet, avis)
    if manques:
        raise DossierError(
            f"Le dossier {numero_lisible(numero)} ne peut pas encore recevoir l’avis "
            f"« {avis.avis.libelle.lower()} » :{''.join(f'{chr(10)}  - {t}' for t in _par_texte(manques))}"
        )
    empreinte = note_content.empreinte_dossier(
        complet.dossier, replace(complet.evaluation, avis=avis), session.grille, session.parametres
    )
    evaluations.conclude(
        session.campagne, numero, avis, empreinte=empreinte, auteur=session.auteur, now=session.horloge()
    )
    return load_dossier(session, numero)


def _par_texte(manques: Sequence[regles_avis.Obstacle]) -> list[str]:
    """Say once what several criteria have in common, in the order of the grille."""
    groupes: dict[str, list[str]] = {}
    for manque in manques:
        sans_critere = manque.texte.partition(":")[2].strip()
        texte = sans_critere if manque.critere and sans_critere else manque.texte
        groupes.setdefault(texte, []).extend([manque.critere] if manque.critere else [])
    return [f"{', '.join(criteres)} : {texte}" if criteres else texte for texte, criteres in groupes.items()]


def reopen(session: Session, numero: int, motif: str) -> None:
    """Unlock a finalised evaluation; raises DossierError without a motif or when it is not finalised."""
    from o2r_desktop.store import evaluations

    evaluations.reopen(session.campagne, numero, motif, auteur=session.auteur, now=session.horloge())


def evaluation_states(session: Session) -> dict[int, dict[str, object]]:
    """Return, for each dossier with answers, its state, progress, score and opinion."""
    from o2r_desktop.evaluation.avancement import avancement
    from o2r_desktop.store import liste

    etats: dict[int, dict[str, object]] = {}
    for numero, evaluation in liste.load_progress(session.campagne).items():
        suite = avancement(session.grille, evaluation)
        etats[numero] = {
            "evaluation": suite.etat.value,
            "repondus": suite.repondus,
            "attendus": suite.attendus,
            "score": None if suite.score is None else f"{suite.score:.2f}",
            "avis": suite.avis.value if suite.avis else "",
        }
    return etats


def back_up(session: Session) -> Path:
    """Write a checked backup and return its path."""
    from o2r_desktop.store import backup

    return backup.back_up(session.campagne, motif="demande", now=session.horloge())


def restore(dossier: Path, sauvegarde: Path | None, *, maintenant: datetime) -> tuple[Path, Path | None]:
    """Bring back a backup, the latest by default; returns it and the backup of the state it replaced, if any."""
    from o2r_desktop.store import backup

    choisie = sauvegarde or backup.latest(dossier)
    return choisie, backup.restore(dossier, choisie, now=maintenant)


def verify(session: Session) -> list[str]:
    """Return the faults found in the campagne, empty when it is sound.

    A finalised evaluation whose data are no longer those it was finalised on is one of them.
    """
    from o2r_desktop.store import dossiers as store_dossiers
    from o2r_desktop.store import evaluations, verification

    defauts = verification.verify(session.campagne)
    if defauts:
        return defauts
    figees = {n: e for n, e in evaluations.load_all(session.campagne).items() if e.finalisee}
    perimees = [
        e.numero
        for e in store_dossiers.load_many(session.campagne, sorted(figees))
        if figees[e.numero].empreinte != data_fingerprint(session, e, figees[e.numero])
    ]
    return [
        f"L’évaluation figée du dossier {numero_lisible(numero)} ne correspond plus à ses données : "
        "rouvrez-la avec un motif, relisez-la, puis concluez à nouveau."
        for numero in perimees
    ]


def data_fingerprint(session: Session, enregistrement: Enregistrement, evaluation: Evaluation) -> str:
    """Return the fingerprint of what a note of this dossier would be made of."""
    from o2r_desktop.dossiers.lecture import lire_dossier
    from o2r_desktop.notes import content as note_content

    dossier = lire_dossier(enregistrement, session.correspondance, session.liens(enregistrement.colonnes))
    return note_content.empreinte_dossier(dossier, evaluation, session.grille, session.parametres)
