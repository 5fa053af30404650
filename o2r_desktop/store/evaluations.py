"""Answers and opinions in the store: each change written at once, old and new values in the journal."""

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from o2r_desktop.errors import DossierError
from o2r_desktop.evaluation.reponses import (
    Avis,
    DecisionConstat,
    EtatEvaluation,
    Evaluation,
    Preuve,
    ProjetAvis,
    Reponse,
    TypeAvis,
)
from o2r_desktop.store import analyse, dossiers, journal, pile
from o2r_desktop.store.base import Base
from o2r_desktop.store.changements import flag, read, write
from o2r_desktop.store.connection import Campagne, ecriture, lecture
from o2r_desktop.store.journal import Acte, Action
from o2r_desktop.store.valeurs import en_cents, en_euros, en_json, instant_ou_rien, iso, propre
from o2r_desktop.text import numero as numero_lisible

__all__ = [
    "begun",
    "conclude",
    "exiger_ouverte",
    "flag",
    "load",
    "load_all",
    "projet_etat",
    "put_projet_etat",
    "put_reponse_etat",
    "reopen",
    "reponse_etat",
    "save_projet",
    "save_reponse",
]


def load(campagne: Campagne, numero: int) -> Evaluation:
    """Return the evaluation of a dossier, empty when nobody began; DossierError when there is no such dossier."""
    with lecture(campagne) as db:
        dossiers.exiger(db, numero)
        return _lire(db, numero)


def load_all(campagne: Campagne) -> dict[int, Evaluation]:
    """Return the evaluations that somebody began, by dossier, in two queries."""
    with lecture(campagne) as db:
        reponses: dict[int, dict[str, Reponse]] = {}
        for ligne in db.query("SELECT * FROM reponse ORDER BY numero, critere"):
            reponses.setdefault(ligne["numero"], {})[ligne["critere"]] = _reponse(ligne)
        fiches = analyse.toutes(db)
        return {
            (numero := ligne["numero"]): _evaluation(ligne, reponses.get(numero, {}), fiches.get(numero, {}))
            for ligne in db.query("SELECT * FROM evaluation ORDER BY numero")
        }


def begun(campagne: Campagne) -> frozenset[int]:
    """Return the dossiers whose evaluation somebody began."""
    with lecture(campagne) as db:
        return frozenset(ligne[0] for ligne in db.execute("SELECT numero FROM evaluation"))


def save_reponse(
    campagne: Campagne,
    numero: int,
    reponse: Reponse,
    *,
    auteur: str,
    now: datetime,
    nom: str = "",
    depuis: datetime | None = None,
) -> bool:
    """Write one answer, dated and signed; return whether anything changed.

    The first answer begins the evaluation; an answer that is not «à reconfirmer» keeps no change. With a *nom* it
    is an act that can be undone, which goes on with the last one when that is not older than *depuis*. Raises
    DossierError when the evaluation is finalised.
    """
    with ecriture(campagne) as db:
        evaluation = _ouverte(db, numero)
        avant, apres = evaluation.reponses.get(reponse.critere), _etat(reponse)
        if avant is not None and _contenu(avant) == _contenu(reponse):
            return False
        _ecrire_reponse(db, evaluation, reponse.critere, apres, auteur=auteur, now=now)
        if nom:
            geste = pile.Geste(
                genre=pile.REPONSE,
                numero=numero,
                critere=reponse.critere,
                nom=nom,
                avant=_etat(avant or evaluation.reponse(reponse.critere)),
                apres=apres,
                depuis=depuis,
            )
            pile.ajouter(db, geste, auteur=auteur, now=now)
    return True


def save_projet(
    campagne: Campagne,
    numero: int,
    projet: ProjetAvis,
    *,
    auteur: str,
    now: datetime,
    nom: str = "",
    depuis: datetime | None = None,
) -> bool:
    """Write the opinion as far as it goes; return whether anything changed. Like save_reponse()."""
    with ecriture(campagne) as db:
        evaluation = _ouverte(db, numero)
        avant, apres = _projet_en_ligne(numero, evaluation.projet), _projet_en_ligne(numero, projet)
        if avant == apres:
            return False
        _ecrire_projet(db, evaluation, avant, apres, auteur=auteur, now=now)
        if nom:
            geste = pile.Geste(
                genre=pile.PROJET, numero=numero, critere="", nom=nom, avant=avant, apres=apres, depuis=depuis
            )
            pile.ajouter(db, geste, auteur=auteur, now=now)
    return True


def reponse_etat(db: Base, numero: int, critere: str) -> dict[str, Any]:
    """Return what an answer says and why to confirm it, as acts keep it; an empty one says nothing."""
    ligne = next(db.query("SELECT * FROM reponse WHERE numero = ? AND critere = ?", [numero, critere]), None)
    return _etat(Reponse(critere=critere, valeur="") if ligne is None else _reponse(ligne))


def put_reponse_etat(
    db: Base, numero: int, critere: str, etat: Mapping[str, Any], *, auteur: str, now: datetime
) -> None:
    """Write an answer back, with its journal line, inside the caller's transaction; DossierError when finalised."""
    evaluation = _ouverte(db, numero)
    if _etat(evaluation.reponse(critere)) != etat:
        _ecrire_reponse(db, evaluation, critere, etat, auteur=auteur, now=now)


def projet_etat(db: Base, numero: int, critere: str = "") -> dict[str, Any]:  # noqa: ARG001 one opinion per dossier
    """Return the opinion as far as it is written, as acts keep it."""
    return dict(_projet_en_ligne(numero, _lire(db, numero).projet))


def put_projet_etat(
    db: Base,
    numero: int,
    critere: str,  # noqa: ARG001 one opinion per dossier
    etat: Mapping[str, Any],
    *,
    auteur: str,
    now: datetime,
) -> None:
    """Write the opinion back, in the caller's transaction, with its journal line; DossierError when finalised."""
    evaluation = _ouverte(db, numero)
    avant = _projet_en_ligne(numero, evaluation.projet)
    if avant != etat:
        _ecrire_projet(db, evaluation, avant, etat, auteur=auteur, now=now)


def _ecrire_reponse(
    db: Base, evaluation: Evaluation, critere: str, etat: Mapping[str, Any], *, auteur: str, now: datetime
) -> None:
    _commencer(db, evaluation)
    db.execute(
        "INSERT INTO reponse (numero, critere, valeur, commentaire, decision, motif, vigilance, preuves, "
        "a_reconfirmer, changements, modifiee, auteur) VALUES (:numero, :critere, :valeur, :commentaire, "
        ":decision, :motif, :vigilance, :preuves, :a_reconfirmer, :changements, :modifiee, :auteur) "
        "ON CONFLICT (numero, critere) DO UPDATE SET valeur = excluded.valeur, "
        "commentaire = excluded.commentaire, decision = excluded.decision, "
        "motif = excluded.motif, vigilance = excluded.vigilance, preuves = excluded.preuves, "
        "a_reconfirmer = excluded.a_reconfirmer, changements = excluded.changements, "
        "modifiee = excluded.modifiee, auteur = excluded.auteur",
        {
            **etat,
            "preuves": en_json(etat["preuves"]),
            "changements": en_json(etat["changements"]),
            "numero": evaluation.numero,
            "critere": critere,
            "modifiee": iso(now),
            "auteur": propre(auteur),
        },
    )
    avant = evaluation.reponses.get(critere)
    acte = Acte(
        action=Action.REPONSE,
        numero=evaluation.numero,
        critere=critere,
        avant="" if avant is None else en_json(_contenu(avant)),
        apres=en_json({champ: valeur for champ, valeur in etat.items() if champ != "changements"}),
    )
    journal.append(db, [acte], auteur=auteur, now=now)


def _ecrire_projet(
    db: Base,
    evaluation: Evaluation,
    avant: Mapping[str, Any],
    apres: Mapping[str, Any],
    *,
    auteur: str,
    now: datetime,
) -> None:
    _commencer(db, evaluation)
    _mettre_a_jour(db, evaluation.numero, apres)
    acte = Acte(action=Action.PROJET_AVIS, numero=evaluation.numero, avant=en_json(avant), apres=en_json(apres))
    journal.append(db, [acte], auteur=auteur, now=now)


def conclude(campagne: Campagne, numero: int, avis: Avis, *, empreinte: str, auteur: str, now: datetime) -> None:
    """Finalise an evaluation: opinion, fingerprint of the data, then no answer changes until it is reopened."""
    with ecriture(campagne) as db:
        evaluation = _ouverte(db, numero)
        _commencer(db, evaluation)
        valeurs = _projet_en_ligne(numero, avis)
        _mettre_a_jour(
            db,
            numero,
            valeurs,
            etat=EtatEvaluation.FINALISEE,
            instructeur=propre(auteur),
            finalisee_le=iso(now),
            empreinte=empreinte,
        )
        acte = Acte(
            action=Action.CONCLUSION,
            numero=numero,
            avant=_avis_en_texte(numero, evaluation.avis),
            apres=en_json({**valeurs, "empreinte": empreinte}),
        )
        journal.append(db, [acte], auteur=auteur, now=now)


def reopen(campagne: Campagne, numero: int, motif: str, *, auteur: str, now: datetime) -> None:
    """Allow changes to a finalised evaluation again; the opinion stays as a draft. The motive is mandatory."""
    if not motif.strip():
        raise DossierError(
            f"Rouvrir l’évaluation du dossier n° {numero_lisible(numero)} demande un motif : écrivez-le."
        )
    with ecriture(campagne) as db:
        dossiers.exiger(db, numero)
        evaluation = _lire(db, numero)
        if not evaluation.finalisee:
            raise DossierError(
                f"L’évaluation du dossier n° {numero_lisible(numero)} n’est pas finalisée : "
                "elle peut être modifiée sans être rouverte."
            )
        _mettre_a_jour(db, numero, {}, etat=EtatEvaluation.ROUVERTE, finalisee_le=None, empreinte="")
        acte = Acte(
            action=Action.REOUVERTURE,
            numero=numero,
            avant=en_json({"empreinte": evaluation.empreinte, "instructeur": evaluation.instructeur}),
            apres=motif,
        )
        journal.append(db, [acte], auteur=auteur, now=now)


def exiger_ouverte(db: Base, numero: int) -> None:
    """Raise DossierError when the evaluation of a dossier is finalised, or when there is no such dossier."""
    _ouverte(db, numero)


def _lire(db: Base, numero: int) -> Evaluation:
    ligne = next(db.query("SELECT * FROM evaluation WHERE numero = ?", [numero]), None)
    fiches = analyse.lire(db, numero)
    if ligne is None:
        grille, version = db.execute("SELECT grille, version FROM campagne").fetchone()
        return Evaluation(numero=numero, grille=grille, version=version, fiches=fiches)
    reponses = db.query("SELECT * FROM reponse WHERE numero = ? ORDER BY critere", [numero])
    return _evaluation(ligne, {r["critere"]: _reponse(r) for r in reponses}, fiches)


def _ouverte(db: Base, numero: int) -> Evaluation:
    dossiers.exiger(db, numero)
    evaluation = _lire(db, numero)
    if evaluation.finalisee:
        raise DossierError(
            f"L’évaluation du dossier n° {numero_lisible(numero)} est finalisée : "
            "rouvrez-la, avec un motif, pour la modifier."
        )
    return evaluation


def _commencer(db: Base, evaluation: Evaluation) -> None:
    if evaluation.etat is EtatEvaluation.VIDE:
        db.execute(
            "INSERT INTO evaluation (numero, grille, version, etat) VALUES (?, ?, ?, ?)",
            [evaluation.numero, evaluation.grille, evaluation.version, EtatEvaluation.EN_COURS.value],
        )


def _mettre_a_jour(db: Base, numero: int, avis: Mapping[str, str | None], **autres: str | None) -> None:
    db.table("evaluation").update(numero, {**avis, **autres})


def _contenu(reponse: Reponse) -> dict[str, Any]:
    """Return what an answer says, as the journal keeps it: neither when nor by whom, nor why to confirm it."""
    return {
        "valeur": propre(reponse.valeur),
        "commentaire": propre(reponse.commentaire),
        "decision": None if reponse.decision is None else reponse.decision.value,
        "motif": propre(reponse.motif),
        "vigilance": propre(reponse.vigilance),
        "preuves": [_preuve(p) for p in reponse.preuves],
        "a_reconfirmer": int(reponse.a_reconfirmer),
    }


def _etat(reponse: Reponse) -> dict[str, Any]:
    """Return what an answer says, with why to confirm it: undoing a confirmation brings the doubt back."""
    changements = write(reponse.changements if reponse.a_reconfirmer else ())
    return {**_contenu(reponse), "changements": json.loads(changements)}


def _preuve(preuve: Preuve) -> dict[str, Any]:
    """Return an evidence as it is kept; only that of a received piece has a fingerprint, and zones."""
    place: dict[str, Any] = {"ou": propre(preuve.ou), "page": preuve.page, "extrait": propre(preuve.extrait)}
    if preuve.empreinte:
        place["empreinte"] = preuve.empreinte
    if preuve.zones:
        place["zones"] = [list(zone) for zone in preuve.zones]
    return place


def _preuve_lue(lue: dict[str, Any]) -> Preuve:
    return Preuve(**{**lue, "zones": tuple((a, b, c, d) for a, b, c, d in lue.get("zones", ()))})


def _projet_en_ligne(numero: int, avis: Avis | ProjetAvis) -> dict[str, str | None]:
    return {
        "avis": None if avis.avis is None else avis.avis.value,
        "motif": propre(avis.motif),
        "reserves": propre(avis.reserves),
        "montants": en_json({annee: _cents(numero, annee, m) for annee, m in avis.montants.items()}),
        "points_forts": propre(avis.points_forts),
        "points_faibles": propre(avis.points_faibles),
    }


def _avis_en_texte(numero: int, avis: Avis | None) -> str:
    return "" if avis is None else en_json(_projet_en_ligne(numero, avis))


def _cents(numero: int, annee: str, montant: Decimal) -> int:
    cents = en_cents(montant)
    if cents is None or en_euros(cents) != montant:
        raise DossierError(
            f"Le montant proposé en {annee} pour le dossier n° {numero_lisible(numero)} n’est pas un nombre "
            "de centimes : corrigez-le."
        )
    return cents


def _evaluation(ligne: dict[str, Any], reponses: Mapping[str, Reponse], fiches: Mapping[str, Any]) -> Evaluation:
    projet = _projet(ligne)
    return Evaluation(
        **{champ: ligne[champ] for champ in ("numero", "grille", "version", "instructeur", "empreinte")},
        etat=EtatEvaluation(ligne["etat"]),
        reponses=reponses,
        avis=projet.en_avis(),
        projet=projet,
        finalisee_le=instant_ou_rien(ligne["finalisee_le"]),
        fiches=fiches,
    )


def _projet(ligne: dict[str, Any]) -> ProjetAvis:
    return ProjetAvis(
        avis=None if ligne["avis"] is None else TypeAvis(ligne["avis"]),
        motif=ligne["motif"],
        reserves=ligne["reserves"],
        montants={a: Decimal(c).scaleb(-2) for a, c in json.loads(ligne["montants"]).items()},
        points_forts=ligne["points_forts"],
        points_faibles=ligne["points_faibles"],
    )


def _reponse(ligne: dict[str, Any]) -> Reponse:
    return Reponse(
        critere=ligne["critere"],
        valeur=ligne["valeur"],
        commentaire=ligne["commentaire"],
        decision=None if ligne["decision"] is None else DecisionConstat(ligne["decision"]),
        motif=ligne["motif"],
        vigilance=ligne["vigilance"],
        preuves=tuple(_preuve_lue(p) for p in json.loads(ligne["preuves"])),
        a_reconfirmer=bool(ligne["a_reconfirmer"]),
        changements=read(ligne["changements"]),
        modifiee=datetime.fromisoformat(ligne["modifiee"]),
        auteur=ligne["auteur"],
    )
