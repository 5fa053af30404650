"""Phrase banks on disk (TOML): the user's own beside the settings, those that colleagues give, the one shipped.

The user's bank lives out of any campagne: nothing goes there that the user did not see and accept.
"""

import os
import re
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from o2r_desktop.dossiers.lecture import court
from o2r_desktop.errors import StoreError, StoreTooRecentError, StoreUnavailableError
from o2r_desktop.evaluation.banque import PHRASES_MAX, USAGES_MAX, Banque, Changement, defaut
from o2r_desktop.evaluation.phrases import NIVEAUX, Origine, Phrase
from o2r_desktop.resources import resource
from o2r_desktop.store.base import horodatage, remplacer
from o2r_desktop.text import nombre, printable

VERSION = 1
TAILLE_MAX = 2**20
"""Largest file, in bytes: the one shipped has thirty thousand."""
LIGNE_MAX = 4_000
"""Longest line: the reader of Python takes time as the square of the parts of a key, which holds on one line."""
FOURNIES = ("phrases", "ami_2025.toml")
_CRITERE = re.compile(r"(?:[A-Z]{3}(?:-[0-9]{2})?)?")
_ENTETE = "# Phrases pour les commentaires d’O2R Desktop.\n\n"


class PhrasesError(StoreError):
    """A phrase file is refused; nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BanqueLue:
    """The user's bank, and in a sentence what went wrong with its file, «» most of the time."""

    phrases: Banque = ()
    panne: str = ""


class _Refus(Exception):  # noqa: N818 never leaves this module
    """What is wrong in a file; becomes one sentence."""


def load_fournies() -> Banque:
    """Read the phrases shipped with the program."""
    return tuple(_avec(p, Origine.FOURNIE) for p in read_phrases(resource(*FOURNIES)))


def read_phrases(fichier: Path) -> Banque:
    """Read a phrase file; raises PhrasesError, in one sentence, when it is missing, too big or no phrase file."""
    sujet = f"Le fichier de phrases « {court(fichier.name)} »"
    try:
        with fichier.open("rb") as flux:
            octets = flux.read(TAILLE_MAX + 1)
    except (OSError, ValueError) as erreur:  # a name that holds a NUL is a ValueError
        raise StoreUnavailableError(
            f"{sujet} ne peut pas être ouvert : vérifiez son nom et vos droits sur son dossier."
        ) from erreur
    return parse_phrases(octets, sujet)


def parse_phrases(octets: bytes, sujet: str) -> Banque:
    """Read the bytes of a phrase file; *sujet* begins the sentence of a refusal (PhrasesError)."""
    if len(octets) > TAILLE_MAX:
        raise PhrasesError(f"{sujet} dépasse 1 Mo : ce n’est pas une banque de phrases.")
    try:
        texte = octets.decode("utf-8-sig")
        if any(len(ligne) > LIGNE_MAX for ligne in texte.split("\n")):
            raise _Refus("une de ses lignes est démesurée")
        return _banque(tomllib.loads(texte), sujet)
    except UnicodeDecodeError as erreur:
        raise PhrasesError(f"{sujet} n’est pas du texte en UTF-8 : demandez-le de nouveau.") from erreur
    except RecursionError as erreur:
        raise PhrasesError(f"{sujet} est refusé : ses listes s’emboîtent sans fin.") from erreur
    except _Refus as erreur:
        raise PhrasesError(f"{sujet} est refusé : {erreur}.") from erreur
    except ValueError as erreur:  # a TOMLDecodeError, or a number of thousands of digits
        raise PhrasesError(
            f"{sujet} n’est pas une banque de phrases (du TOML) : choisissez-en un autre."
        ) from erreur


def write_phrases(phrases: Iterable[Phrase], cible: Path) -> None:
    """Write a phrase file, whole or not at all; raises StoreError."""
    import tomli_w

    document = {"version": VERSION, "phrase": [_table(p) for p in phrases]}
    octets = (_ENTETE + tomli_w.dumps(document)).encode("utf-8", "replace")
    if len(octets) > TAILLE_MAX:
        raise PhrasesError("Vos phrases dépassent 1 Mo en tout : supprimez celles qui ne servent plus.")
    try:
        with ExitStack() as si_echec:
            cible.parent.mkdir(parents=True, exist_ok=True)
            fd, provisoire = tempfile.mkstemp(dir=cible.parent, prefix=".phrases-", suffix=".tmp")
            si_echec.callback(Path(provisoire).unlink, missing_ok=True)
            with os.fdopen(fd, "wb") as flux:
                flux.write(octets)
                flux.flush()
                os.fsync(flux.fileno())
            remplacer(Path(provisoire), cible)
            si_echec.pop_all()
    except (OSError, ValueError) as erreur:
        raise StoreUnavailableError(
            f"Le fichier de phrases « {court(cible.name)} » ne peut pas être écrit : vérifiez que son dossier est "
            "ouvert en écriture et que le disque n’est pas plein."
        ) from erreur


def load_personnelle(fichier: Path) -> BanqueLue:
    """Read the user's bank; a damaged file is put aside, and said. Raises StoreTooRecentError, StoreError."""
    if not fichier.exists():
        return BanqueLue()
    try:
        return BanqueLue(phrases=read_phrases(fichier))
    except PhrasesError:
        return BanqueLue(panne=_mettre_de_cote(fichier))


def update_personnelle(fichier: Path, changements: Iterable[Changement]) -> BanqueLue:
    """Apply changes to the user's bank as it is on the disk now, where another window may have written."""
    lue = load_personnelle(fichier)
    phrases = lue.phrases
    for changement in changements:
        phrases = changement(phrases)
    if phrases != lue.phrases:
        write_phrases(phrases, fichier)
    return BanqueLue(phrases=phrases, panne=lue.panne)


def _mettre_de_cote(fichier: Path) -> str:
    """Rename a damaged bank, so that nothing writes over it; return the sentence that says so."""
    quand = datetime.fromtimestamp(fichier.stat().st_mtime).astimezone()
    cote = fichier.with_name(f"{fichier.stem}_abime_{horodatage(quand)}{fichier.suffix}")
    try:
        remplacer(fichier, cote)
    except OSError as erreur:
        raise StoreUnavailableError(
            f"Votre fichier de phrases « {court(fichier.name)} » est illisible et ne peut pas être mis de côté : "
            "vérifiez vos droits sur son dossier."
        ) from erreur
    return (
        f"Votre fichier de phrases était illisible : il est gardé sous le nom « {court(cote.name)} », et les "
        "phrases fournies restent proposées."
    )


# --- what a file may hold ---------------------------------------------------------------------------------------


def _banque(lu: Mapping[str, Any], sujet: str) -> Banque:
    version = lu.get("version")
    if type(version) is not int or version < 1:
        raise _Refus("il ne dit pas sa version")
    if version > VERSION:
        raise StoreTooRecentError(f"{sujet} vient d’une version plus récente du logiciel : mettez le vôtre à jour.")
    tables = lu.get("phrase", [])
    if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        raise _Refus("« phrase » n’y est pas une suite de tables [[phrase]]")
    if len(tables) > PHRASES_MAX:
        raise _Refus(f"il contient plus de {nombre(PHRASES_MAX)} phrases")
    return _sans_doubles(_phrase(t, f"la phrase n° {rang}") for rang, t in enumerate(tables, 1))


def _sans_doubles(phrases: Iterable[Phrase]) -> Banque:
    return tuple({p.cle: p for p in reversed(tuple(phrases))}.values())[::-1]


def _phrase(table: Mapping[str, Any], ou: str) -> Phrase:
    texte = printable(_texte(table, "texte", ou)).strip()
    critere, niveau = _texte(table, "critere", ou), _texte(table, "niveau", ou)
    if manque := defaut(texte):
        raise _Refus(f"{ou} n’a pas de texte ou en a trop ({manque[:-1].lower()})")
    if niveau not in NIVEAUX:
        raise _Refus(f"{ou} a un niveau inconnu, « {court(niveau)} »")
    if not _CRITERE.fullmatch(critere):
        raise _Refus(f"{ou} a un critère qui n’en est pas un, « {court(critere)} »")
    origine = _texte(table, "origine", ou) or Origine.PERSONNELLE.value
    if origine not in {o.value for o in Origine}:
        raise _Refus(f"{ou} a une origine inconnue, « {court(origine)} »")
    return Phrase(
        texte=texte,
        critere=critere,
        niveau=niveau,
        usages=_usages(table, ou),
        derniere=_date(table, ou),
        origine=Origine(origine),
        masquee=table.get("masquee") is True,
    )


def _texte(table: Mapping[str, Any], cle: str, ou: str) -> str:
    valeur = table.get(cle, "")
    if not isinstance(valeur, str):
        raise _Refus(f"{ou} a un « {cle} » qui n’est pas un texte")
    return valeur


def _usages(table: Mapping[str, Any], ou: str) -> int:
    valeur = table.get("usages", 0)
    if type(valeur) is not int or not 0 <= valeur <= USAGES_MAX:
        raise _Refus(f"{ou} a un nombre d’usages impossible")
    return valeur


def _date(table: Mapping[str, Any], ou: str) -> date | None:
    valeur = table.get("derniere")
    if valeur is not None and type(valeur) is not date:
        raise _Refus(f"{ou} a une date de dernier usage qui n’est pas une date")
    return valeur


def _table(phrase: Phrase) -> dict[str, Any]:
    table: dict[str, Any] = {
        "texte": phrase.texte,
        "critere": phrase.critere,
        "niveau": phrase.niveau,
        "origine": "" if phrase.origine is Origine.PERSONNELLE else phrase.origine.value,
        "usages": phrase.usages,
        "derniere": phrase.derniere,
        "masquee": phrase.masquee,
    }
    return {cle: valeur for cle, valeur in table.items() if valeur}


def _avec(phrase: Phrase, origine: Origine) -> Phrase:
    return Phrase(texte=phrase.texte, critere=phrase.critere, niveau=phrase.niveau, origine=origine)
