"""Acts that can be undone, in the store: written with what they change, in one transaction with the journal."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from o2r_desktop.evaluation.superposition import Etat, changes, ecarts, superposer
from o2r_desktop.store import analyse, attributions, changements, dossiers, evaluations, journal, pile, questions
from o2r_desktop.store.base import Base
from o2r_desktop.store.connection import Campagne, ecriture, lecture
from o2r_desktop.store.journal import Acte, Action
from o2r_desktop.store.valeurs import en_json

Ligne = dict[str, Any]
"""An act as it is kept, its states read."""


class _Ecrire(Protocol):
    def __call__(
        self, db: Base, numero: int, critere: str, etat: Etat, *, auteur: str, now: datetime
    ) -> None: ...  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Rayon:
    """Where the states of one kind are kept: how they are read, and written with their journal line."""

    lire: Callable[[Base, int, str], Etat]
    ecrire: _Ecrire
    large: bool = False
    """Whether a state holds much that an act leaves as it is: only what changes is then kept of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bascule:
    """What an undoing did: the acts undone, else those that it had to forget, with what was written since."""

    actes: tuple[Ligne, ...] = ()
    oublies: tuple[tuple[Ligne, frozenset[str]], ...] = ()


def state(campagne: Campagne, genre: str, numero: int, critere: str = "") -> Etat:
    """Return the present state of what acts of this kind change; DossierError when there is no such dossier."""
    with lecture(campagne) as db:
        dossiers.exiger(db, numero)
        return _RAYONS[genre].lire(db, numero, critere)


def change(
    campagne: Campagne,
    genre: str,
    etats: Mapping[int, Etat],
    nom: str,
    *,
    critere: str = "",
    auteur: str,
    now: datetime,
    depuis: datetime | None = None,
) -> list[Ligne]:
    """Write new states by dossier as one act, with their journal lines; return the acts, none for what stays.

    Without a *nom* it is written all the same, but cannot be undone.

    The act goes on with the last one when that is not older than *depuis*.
    """
    rayon = _RAYONS[genre]
    ecrits: list[Ligne] = []
    with ecriture(campagne) as db:
        for numero, etat in etats.items():
            dossiers.exiger(db, numero)
            avant = rayon.lire(db, numero, critere)
            if avant == etat:
                continue
            rayon.ecrire(db, numero, critere, etat, auteur=auteur, now=now)
            apres = rayon.lire(db, numero, critere)
            if avant == apres:
                continue
            if not nom:  # nobody's act: there is nothing to undo
                continue
            if rayon.large:
                avant, apres = _reduits(avant, apres)
            geste = pile.Geste(
                genre=genre, numero=numero, critere=critere, nom=nom, avant=avant, apres=apres, depuis=depuis
            )
            acte = pile.ajouter(db, geste, auteur=auteur, now=now, lot=ecrits[0]["lot"] if ecrits else 0)
            ecrits += [acte] if acte is not None else []
    return ecrits


def undo(campagne: Campagne, *, auteur: str, now: datetime) -> Bascule:
    """Undo the last act and those done together with it, or forget those that something was written over since."""
    with ecriture(campagne) as db:
        acte = pile.a_annuler(db)
        lot = [] if acte is None else pile.du_lot(db, acte, defaits=False)[::-1]
        return _basculer(db, lot, "apres", "avant", auteur=auteur, now=now)


def redo(campagne: Campagne, *, auteur: str, now: datetime) -> Bascule:
    """Do again the first act that was undone, with those done together with it; like undo()."""
    with ecriture(campagne) as db:
        acte = pile.a_retablir(db)
        lot = [] if acte is None else pile.du_lot(db, acte, defaits=True)
        return _basculer(db, lot, "avant", "apres", auteur=auteur, now=now)


def _basculer(db: Base, lot: Sequence[Ligne], de: str, vers: str, *, auteur: str, now: datetime) -> Bascule:
    presents = [_RAYONS[acte["genre"]].lire(db, acte["numero"], acte["critere"]) for acte in lot]
    paires = list(zip(lot, presents, strict=True))
    oublies = tuple((acte, autres) for acte, etat in paires if (autres := ecarts(etat, acte[de], acte[vers])))
    if oublies:
        pile.oublier(db, [acte for acte, _ in oublies])
        return Bascule(oublies=oublies)
    for acte, present in paires:
        etat = superposer(present, acte[de], acte[vers])
        if acte["genre"] == pile.REPONSE and (doute := changements.doute_sans_objet(etat)):
            pile.corriger(db, acte, de, {**acte[de], **doute})
            etat = {**etat, **changements.SANS_DOUTE}
        _RAYONS[acte["genre"]].ecrire(db, acte["numero"], acte["critere"], etat, auteur=auteur, now=now)
    pile.marquer(db, lot, defaits=vers == "avant")
    return Bascule(actes=tuple(lot))


def _reduits(avant: Etat, apres: Etat) -> tuple[Etat, Etat]:
    """Return two states with only what differs from one to the other."""
    noms = changes(avant, apres)
    return ({n: v for n, v in avant.items() if n in noms}, {n: v for n, v in apres.items() if n in noms})


def _ecrire_analyse(db: Base, numero: int, critere: str, etat: Etat, *, auteur: str, now: datetime) -> None:
    """Write what was typed in the analysis; DossierError when the evaluation is finalised."""
    evaluations.exiger_ouverte(db, numero)
    avant = analyse.lire(db, numero)
    analyse.ecrire(db, numero, etat, now=now)
    change = _reduits(avant, analyse.lire(db, numero))
    if change[0] != change[1]:
        dits = [en_json(cote) for cote in change]
        acte = Acte(action=Action.ANALYSE, numero=numero, critere=critere, avant=dits[0], apres=dits[1])
        journal.append(db, [acte], auteur=auteur, now=now)


def _de_dossier(
    lire: Callable[[Base, int], Etat], ecrire: Callable[[Base, int, Etat], None], action: Action
) -> _Rayon:
    """Return the place of states that belong to a dossier whole, whatever the critere."""

    def ecrire_et_noter(db: Base, numero: int, critere: str, etat: Etat, *, auteur: str, now: datetime) -> None:
        avant = lire(db, numero)
        ecrire(db, numero, etat)
        apres = lire(db, numero)
        if avant != apres:
            acte = Acte(action=action, numero=numero, critere=critere, avant=en_json(avant), apres=en_json(apres))
            journal.append(db, [acte], auteur=auteur, now=now)

    return _Rayon(lambda db, numero, _: lire(db, numero), ecrire_et_noter)


_RAYONS: Mapping[str, _Rayon] = {
    pile.REPONSE: _Rayon(evaluations.reponse_etat, evaluations.put_reponse_etat),
    pile.PROJET: _Rayon(evaluations.projet_etat, evaluations.put_projet_etat),
    pile.QUESTIONS: _de_dossier(questions.lire, questions.ecrire, Action.QUESTIONS),
    pile.ATTRIBUTION: _de_dossier(attributions.lire, attributions.ecrire, Action.ATTRIBUTION),
    pile.ANALYSE: _Rayon(lambda db, numero, _: analyse.lire(db, numero), _ecrire_analyse, large=True),
}
