"""What every refusal looks like: one French sentence that names the file and nothing of the machine."""

import re
import unicodedata

_ANGLAIS = re.compile(
    r"\b(the|error|invalid|failed|cannot|file|not|expected|unexpected|traceback|exception|line|at|is|of|while)\b",
    re.I,
)
_MACHINE = re.compile(r"/(?:tmp|work|home|usr)/|\\\\|\.py\b|0x[0-9a-f]{4}|Errno|Error\b")
_CITATION = re.compile("« .*? »")


def defauts(phrase: str, fichier: str) -> list[str]:
    """Return what is wrong with a refusal."""
    nom = "".join(c if c.isprintable() else "?" for c in fichier)
    sans_citation = _CITATION.sub("«»", phrase.replace("\u00a0", " "))
    regles = {
        "ne finit pas par un point": not phrase.endswith("."),
        "tient sur plusieurs lignes": "\n" in phrase or "\r" in phrase,
        "ne nomme pas le fichier": nom not in phrase,
        "est trop long": len(phrase) > 600,
        "parle anglais": bool(_ANGLAIS.search(sans_citation)),
        "montre la machine": bool(_MACHINE.search(sans_citation)),
        "commande le terminal": any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in phrase),
        "a une espace sécable devant un signe": bool(re.search(r" [:;!?»]|« ", phrase)),
    }
    return [regle for regle, faute in regles.items() if faute]
