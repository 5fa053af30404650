"""The command line: every use case without a window. Exit status 0 done, 1 refused, 2 usage, 3 done in part."""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from o2r_desktop.errors import O2rError, UsageError

FAIT, REFUSE, USAGE, EN_PARTIE = 0, 1, 2, 3


def run(mots: Sequence[str]) -> int:
    """Run one command and return its exit status; an O2rError is one French sentence on stderr."""
    for flux in (sys.stdout, sys.stderr):
        if hasattr(flux, "reconfigure"):
            flux.reconfigure(encoding="utf-8", errors="replace")
    from o2r_desktop.cli.analyse import build_parser

    try:
        _verifier_codage(mots)
        arguments = build_parser().parse_args(mots)
        return _commande(arguments.commande)(arguments)
    except UsageError as erreur:
        dire(str(erreur))
        return USAGE
    except O2rError as erreur:
        dire(str(erreur))
        return REFUSE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader left; say nothing more
        return FAIT


def dire(phrase: str) -> None:
    """Tell what was refused, on stderr."""
    print(f"o2r : {phrase}", file=sys.stderr)


def _verifier_codage(mots: Sequence[str]) -> None:
    for mot in mots:
        if any(0xD800 <= ord(c) <= 0xDFFF for c in mot):
            visible = "".join("?" if 0xD800 <= ord(c) <= 0xDFFF else c for c in mot)
            raise UsageError(f"« {visible} » n’est pas du texte en UTF-8 : retapez-le, rien n’a été écrit.")


def _commande(nom: str) -> Callable[[argparse.Namespace], int]:
    from o2r_desktop.cli import commandes

    return commandes.COMMANDES[nom]


def ecrire(document: Any, texte: str, *, en_json: bool) -> None:
    """Print either the JSON document or the text, never both."""
    print(json.dumps(document, ensure_ascii=False, indent=2) if en_json else texte)


def auteur(arguments: argparse.Namespace) -> str:
    """Return the name that the journal will carry."""
    return (
        getattr(arguments, "instructeur", None) or os.environ.get("O2R_INSTRUCTEUR") or getpass.getuser()
    ).strip()
