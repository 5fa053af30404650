"""The command that undoes an import."""

import argparse
from typing import Any

from o2r_desktop import operations, reception
from o2r_desktop.cli import FAIT, REFUSE, auteur, dire, ecrire
from o2r_desktop.reception import Annulation
from o2r_desktop.text import NBSP, enumeration, numero, pluriel

_NOMMES = 20
"""Dossiers that a line names one by one."""


def annuler_import(arguments: argparse.Namespace) -> int:
    """Undo the last import, and those made together with it."""
    with operations.open_session(arguments.campagne, auteur=auteur(arguments)) as session:
        choisi = arguments.import_id
        if choisi is None:
            choisi = reception.last_undoable(session)
        if choisi is None:
            dire("La campagne n’a pas d’import à annuler.")
            return REFUSE
        faite = reception.undo_import(session, choisi)
    ecrire(_document(faite), _texte(faite), en_json=arguments.json)
    return FAIT


def _document(faite: Annulation) -> dict[str, Any]:
    return {
        "imports": list(faite.imports),
        "retires": list(faite.retires),
        "remis": list(faite.remis),
        "gardes": list(faite.gardes),
        "pieces": faite.pieces,
        "a_reconfirmer": [{"numero": n, "critere": critere} for n, critere in faite.a_reconfirmer],
        "figees": list(faite.figees),
    }


def _texte(faite: Annulation) -> str:
    mot = "Import annulé" if len(faite.imports) == 1 else "Imports annulés"
    lignes = [f"{mot}{NBSP}: n°{NBSP}{enumeration([str(i) for i in faite.imports])}."]
    comptes = (
        (faite.retires, "dossier retiré", "dossiers retirés"),
        (faite.remis, "dossier remis dans son état précédent", "dossiers remis dans leur état précédent"),
    )
    lignes += [f"  {pluriel(len(numeros), un, plusieurs)}." for numeros, un, plusieurs in comptes if numeros]
    if faite.pieces:
        lignes.append(f"  {pluriel(faite.pieces, 'pièce retirée', 'pièces retirées')}.")
    if faite.gardes:
        lignes.append(f"  Gardés, parce que leur instruction est commencée{NBSP}: {_nommes(faite.gardes)}.")
    for n in dict.fromkeys(n for n, _ in faite.a_reconfirmer):
        criteres = enumeration([critere for autre, critere in faite.a_reconfirmer if autre == n])
        lignes.append(f"  À reconfirmer{NBSP}: {criteres}, dossier {numero(n)}.")
    if faite.figees:
        lignes.append(f"  Évaluations figées sur d’autres données, à rouvrir{NBSP}: {_nommes(faite.figees)}.")
    return "\n".join(lignes)


def _nommes(numeros: tuple[int, ...]) -> str:
    noms = [numero(n) for n in numeros[:_NOMMES]]
    if len(numeros) > _NOMMES:
        noms.append(pluriel(len(numeros) - _NOMMES, "autre"))
    return enumeration(noms)
