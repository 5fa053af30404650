"""Put the no-break spaces of French typography in the sentences of the program; run by `make format`.

Only spaces are changed, and only in the literals that tests/test_typographie.py finds at fault.
"""

import ast
import re
import sys
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(RACINE))

from tests.test_typographie import MODULES, Phrases, fautes  # noqa: E402

INSECABLE, FINE = "\u00a0", "\u202f"
VALEUR_INSEREE = re.compile(r"(\{[^{}]*\})")
REGLES = (
    (re.compile(r"(?<=\S) (?=[:»€](?![\w=/*]))"), INSECABLE),
    (re.compile(r"^ (?=[:»€](?![\w=/*]))"), INSECABLE),  # right after an inserted value
    (re.compile(r"(?<=\S) (?=[;!?%](?![\w=/*]))"), FINE),
    (re.compile(r"^ (?=[;!?%](?![\w=/*]))"), FINE),
    (re.compile(r"(?<=«) ?(?=\S|$)"), INSECABLE),
)


def main() -> int:
    """Correct every module of the program in place."""
    for chemin in MODULES:
        avant = chemin.read_text(encoding="utf-8")
        apres = corriger(avant)
        if apres != avant:
            chemin.write_text(apres, encoding="utf-8", newline="\n")
            print(f"{chemin.relative_to(RACINE).as_posix()} : espaces corrigées")
    return 0


def corriger(source: str) -> str:
    """Return *source* with the spaces of its faulty sentences made no-break."""
    lignes = source.splitlines(keepends=True)
    for debut, fin in sorted(litteraux_fautifs(source), reverse=True):
        texte = "".join(lignes[debut - 1 : fin])
        lignes[debut - 1 : fin] = [corriger_hors_valeurs(texte)]
    return "".join(lignes)


def litteraux_fautifs(source: str) -> set[tuple[int, int]]:
    """Return first and last line of each faulty literal."""
    phrases = Phrases()
    arbre = ast.parse(source)
    phrases.visit(arbre)
    fautives = {ligne for ligne, texte in phrases.trouvees if fautes(texte)}
    return {
        (noeud.lineno, noeud.end_lineno or noeud.lineno)
        for noeud in ast.walk(arbre)
        if isinstance(noeud, ast.Constant | ast.JoinedStr) and noeud.lineno in fautives
    }


def corriger_hors_valeurs(lignes: str) -> str:
    """Correct what stands in quotation marks on these lines, but not the expressions in braces."""
    return re.sub(r'"[^"\n]*"', lambda m: corriger_litteral(m[0]), lignes)


def corriger_litteral(litteral: str) -> str:
    """Correct one quoted piece."""
    parties = VALEUR_INSEREE.split(litteral)
    for rang in range(0, len(parties), 2):
        for motif, espace in REGLES:
            parties[rang] = motif.sub(espace, parties[rang])
    return "".join(parties)


if __name__ == "__main__":
    sys.exit(main())
