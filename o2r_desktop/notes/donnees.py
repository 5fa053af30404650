"""The data of a note as one canonical JSON document, and its fingerprint."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from o2r_desktop.dossiers.champs import Valeur
from o2r_desktop.dossiers.model import Dossier, Piece
from o2r_desktop.dossiers.pieces import engage, etat_piece
from o2r_desktop.evaluation.constats import Constat
from o2r_desktop.evaluation.grille import Grille
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.evaluation.questions import Question
from o2r_desktop.evaluation.reponses import Avis, Evaluation, Preuve, Reponse
from o2r_desktop.evaluation.score import Score

FORMAT = "o2r-note/1"


def donnees(dossier: Dossier, evaluation: Evaluation, grille: Grille, parametres: Parametres) -> dict[str, Any]:
    """Return what the note is made of, in JSON types: nothing computed, no state, no author, no date of making."""
    analyse = {"analyse": dict(evaluation.fiches)} if evaluation.fiches else {}  # those before had none
    return {
        "dossier": _dossier(dossier),
        "evaluation": {
            "reponses": [_reponse(r) for _, r in sorted(evaluation.reponses.items())],
            "avis": None if evaluation.avis is None else _avis(evaluation.avis),
            **analyse,
        },
        "grille": {"id": grille.id, "version": grille.version},
        "parametres": parametres.en_json(),
    }


def empreinte(contenu: Mapping[str, Any]) -> str:
    """Return the SHA-256, in hexadecimal, of the canonical JSON of *contenu*."""
    return hashlib.sha256(canonique(contenu)).hexdigest()


def empreinte_dossier(dossier: Dossier, evaluation: Evaluation, grille: Grille, parametres: Parametres) -> str:
    """Return the fingerprint that the note of this evaluation bears."""
    return empreinte(donnees(dossier, evaluation, grille, parametres))


def canonique(contenu: Mapping[str, Any]) -> bytes:
    """Return JSON with sorted keys and no blanks, in UTF-8; lone surrogates are escaped."""
    texte = json.dumps(contenu, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return texte.encode("utf-8", "backslashreplace")


def fichier(
    contenu: Mapping[str, Any],
    *,
    constats: Sequence[Constat],
    score: Score,
    priorite: str,
    pieces: Sequence[Piece],
    version: str,
    now: datetime,
    questions: Sequence[Question] = (),
) -> bytes:
    """Return the attachment «donnees.json»: the data, their fingerprint, and what was computed from them.

    ``questions`` stand beside the data, which the fingerprint seals, and only when there are some.
    """
    calcule = {
        "constats": [
            {
                "critere": c.critere,
                "resultat": c.resultat.value,
                "valeur": c.valeur,
                "preuve": c.preuve,
                "regle": c.regle,
            }
            for c in constats
        ],
        "priorite": priorite,
        "pieces": [_piece_entiere(p) for p in pieces],
        "score": {
            "total": _decimal(score.total),
            "complet": score.complet,
            "repondus": score.repondus,
            "attendus": score.attendus,
            "par_section": {s: _decimal(v) for s, v in score.par_section.items()},
        },
    }
    document: dict[str, Any] = {
        "format": FORMAT,
        "logiciel": f"O2R Desktop {version}",
        "date": now.isoformat(timespec="seconds"),
        "empreinte": empreinte(contenu),
        "donnees": contenu,
        "calcule": calcule,
    }
    if questions:
        document["questions"] = [_question(q) for q in questions]
    texte = json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1)
    return texte.encode("utf-8", "backslashreplace") + b"\n"


def _dossier(dossier: Dossier) -> dict[str, Any]:
    porteur = dossier.porteur
    return {
        "numero": dossier.numero,
        "origine": dossier.origine.value,
        "etat": dossier.etat.value if dossier.etat else None,
        "depot": dossier.depot.isoformat() if dossier.depot else None,
        "porteur": {nom: _json(getattr(porteur, nom)) for nom in sorted(porteur.__slots__)},
        "membres": [
            {"nom": m.nom, "siret": m.siret, "role": m.role, "contribution": _decimal(m.contribution),
             "categorie_juridique": m.categorie_juridique}
            for m in dossier.membres
        ],
        "cofinancements": None if dossier.cofinancements is None else [
            {"financeur": c.financeur, "montant": _decimal(c.montant), "annee": c.annee, "statut": c.statut}
            for c in dossier.cofinancements
        ],
        "champs": [
            {"libelle": c.libelle, "rang": c.rang, "attribut": c.attribut, "valeur": _json(c.valeur),
             "zero_ou_vide": c.zero_ou_vide}
            for c in dossier.champs
        ],
        "pieces": [_piece(p) for p in dossier.pieces if engage(p.genre) and (p.champ or p.presente)],
    }  # fmt: skip


def _piece(piece: Piece) -> dict[str, Any]:
    """Return what an evaluation stands on: which file, whether it was received, its bytes.

    Pages are worked out of the bytes, in the background, and stand with what is computed. ``genre`` is written for
    what no field announces, so that a dossier without such files keeps the fingerprint that it had before them.
    """
    dite = {"nom": piece.nom, "champ": piece.champ, "presente": piece.presente, "empreinte": piece.empreinte}
    return dite | {"pages": 0} | ({} if piece.champ else {"genre": piece.genre.value})


def _piece_entiere(piece: Piece) -> dict[str, Any]:
    """Return all that is known of a file, with what is worked out of its bytes and of its name."""
    return {
        "nom": piece.nom,
        "champ": piece.champ,
        "genre": piece.genre.value,
        "etat": etat_piece(piece).value,
        "empreinte": piece.empreinte,
        "pages": piece.pages,
        "taille": piece.taille,
        "depose_le": piece.depose_le.isoformat() if piece.depose_le else None,
    }


def _reponse(reponse: Reponse) -> dict[str, Any]:
    dite: dict[str, Any] = {
        "critere": reponse.critere,
        "valeur": reponse.valeur,
        "commentaire": reponse.commentaire,
        "decision": reponse.decision.value if reponse.decision else None,
        "motif": reponse.motif,
        "preuves": [_preuve(p) for p in reponse.preuves],
    }
    return dite | ({"vigilance": reponse.vigilance} if reponse.vigilance else {})


def _question(question: Question) -> dict[str, Any]:
    def dit(moment: datetime | date | None) -> str | None:
        return moment.isoformat() if moment else None

    return {
        "critere": question.critere,
        "texte": question.texte,
        "posee_le": dit(question.posee_le),
        "envoyee_le": dit(question.envoyee_le),
        "echeance": dit(question.echeance),
        "reponse": question.reponse,
        "repondue_le": dit(question.repondue_le),
    }


def _preuve(preuve: Preuve) -> dict[str, Any]:
    dite: dict[str, Any] = {"ou": preuve.ou, "page": preuve.page, "extrait": preuve.extrait}
    if preuve.empreinte:
        dite["empreinte"] = preuve.empreinte
    return dite | ({"zones": [list(z) for z in preuve.zones]} if preuve.zones else {})


def _avis(avis: Avis) -> dict[str, Any]:
    return {
        "avis": avis.avis.value,
        "motif": avis.motif,
        "reserves": avis.reserves,
        "montants": {annee: _decimal(somme) for annee, somme in sorted(avis.montants.items())},
        "points_forts": avis.points_forts,
        "points_faibles": avis.points_faibles,
    }


def _decimal(valeur: Decimal | None) -> str | None:
    return None if valeur is None else f"{valeur:f}"


def _json(valeur: Valeur | None) -> Any:
    if isinstance(valeur, Decimal):
        return _decimal(valeur)
    if isinstance(valeur, (date, datetime)):
        return valeur.isoformat()
    if isinstance(valeur, tuple):
        return list(valeur)
    return valeur
