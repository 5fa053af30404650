"""Questions to the porteur in the store: the list of a dossier is read and written whole."""

from collections.abc import Mapping, Sequence
from typing import Any

from o2r_desktop.store.base import Base
from o2r_desktop.store.valeurs import propre

_CHAMPS = ("id", "critere", "texte", "posee_le", "auteur", "envoyee_le", "echeance", "reponse", "repondue_le")


def lire(db: Base, numero: int) -> dict[str, Any]:
    """Return {"questions": […]}, each with its fields as they are kept, in the order they were asked."""
    lignes = db.query(f"SELECT {', '.join(_CHAMPS)} FROM question WHERE numero = ? ORDER BY id", [numero])  # noqa: S608 our own names
    return {"questions": [dict(ligne) for ligne in lignes]}


def ecrire(db: Base, numero: int, etat: Mapping[str, Any]) -> None:
    """Write the list in place of the one before, in the caller's transaction; a question without id gets one."""
    db.execute("DELETE FROM question WHERE numero = ?", [numero])
    questions: Sequence[Mapping[str, Any]] = etat["questions"]
    for question in questions:
        valeurs = [_propre(question.get(champ)) for champ in _CHAMPS]
        db.execute(
            f"INSERT INTO question (numero, {', '.join(_CHAMPS)}) VALUES (?{', ?' * len(_CHAMPS)})",  # noqa: S608
            [numero, *valeurs],
        )


def _propre(valeur: object) -> object:
    return propre(valeur) if isinstance(valeur, str) else valeur
