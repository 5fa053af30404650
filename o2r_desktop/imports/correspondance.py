"""The correspondence file: which labels of the form are which attributes, and what users chose (TOML)."""

import os
import re
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from o2r_desktop.dossiers.champs import TypeChamp
from o2r_desktop.dossiers.correspondance import Attribut, BlocConnu, Correspondance, Liaison, cle_libelle
from o2r_desktop.dossiers.lecture import court
from o2r_desktop.errors import ExportError, StoreError

TAILLE_MAX = 2**20
"""Largest file, in bytes: the one shipped has thirty thousand."""
LIAISONS_MAX = 5_000

_POINTS_MAX = 30
"""Dots of a line outside of texts: the reader of Python takes memory as the square of the parts of a key."""
_SIGNE = re.compile("[\"'#]")
_FINS = {
    '"""': re.compile(r'(?:\\.|[^"\\]|"(?!""))*+"{3,5}', re.DOTALL),
    "'''": re.compile(r"(?:[^']|'(?!''))*+'{3,5}"),
    '"': re.compile(r'(?:\\.|[^"\\\n])*+"'),
    "'": re.compile(r"[^'\n]*+'"),
    "#": re.compile(r"[^\n]*+"),
}
"""What ends a text or a comment, by what begins it."""
_ENTETE = (
    "# Correspondance d’une campagne O2R Desktop : quel libellé du formulaire est quel attribut du logiciel.\n"
    "# Les tables [[liaison]] gardent ce qui a été choisi à la main : elles l’emportent sur les libellés.\n\n"
)


class _Refus(Exception):  # noqa: N818 never leaves this module
    """What is wrong in the file; becomes one sentence."""


def _citer(nom: str) -> str:
    return f"La correspondance « {court(nom)} »"


def load_correspondance(path: Path) -> Correspondance:
    """Read a correspondence file; raises ExportError with one sentence when it is missing or malformed."""
    sujet = _citer(path.name)
    try:
        with path.open("rb") as flux:
            octets = flux.read(TAILLE_MAX + 1)
    except (OSError, ValueError) as erreur:  # a name that holds a NUL is a ValueError
        raise ExportError(f"{sujet} ne peut pas être ouverte : vérifiez son nom et son dossier.") from erreur
    try:
        texte = octets[:TAILLE_MAX].decode("utf-8-sig")
    except UnicodeDecodeError as erreur:
        raise ExportError(f"{sujet} n’est pas du texte en UTF-8 : demandez-la de nouveau.") from erreur
    if len(octets) > TAILLE_MAX:
        raise _trop_grosse(sujet)
    return parse_correspondance(texte, path.name)


def parse_correspondance(texte: str, nom: str) -> Correspondance:
    """Read the text of a correspondence file; *nom* is how a refusal (ExportError) names it."""
    sujet = _citer(nom)
    if len(texte) > TAILLE_MAX:
        raise _trop_grosse(sujet)
    try:
        if any(ligne.count(".") > _POINTS_MAX for ligne in _sans_textes(texte).splitlines()):
            raise _Refus("une de ses clés a trop de parties")
        return _correspondance(tomllib.loads(texte))
    except RecursionError as erreur:
        raise ExportError(f"{sujet} est refusée : ses listes s’emboîtent sans fin.") from erreur
    except _Refus as erreur:
        raise ExportError(f"{sujet} est refusée : {erreur}.") from erreur
    except ValueError as erreur:  # a TOMLDecodeError, or a number of thousands of digits
        raise ExportError(f"{sujet} n’est pas du TOML valable ({court(erreur)}).") from erreur


def _sans_textes(toml: str) -> str:
    """Return what is neither text nor comment, up to the first text without end: nothing is read after it."""
    dehors: list[str] = []
    debut = 0
    while signe := _SIGNE.search(toml, debut):
        dehors.append(toml[debut : signe.start()])
        ouvrant = signe[0] * 3 if toml.startswith(signe[0] * 3, signe.start()) and signe[0] != "#" else signe[0]
        fin = _FINS[ouvrant].match(toml, signe.start() + len(ouvrant))
        if fin is None:
            return "".join(dehors)
        debut = fin.end()
    return "".join((*dehors, toml[debut:]))


def _trop_grosse(sujet: str) -> ExportError:
    return ExportError(f"{sujet} dépasse 1 Mo : ce n’est pas une correspondance.")


def write_correspondance(correspondance: Correspondance) -> str:
    """Return the text of a correspondence, which parse_correspondance reads back.

    Lone surrogates, which UTF-8 has not, become «?»: labels are still known, they are compared by their letters.
    """
    import tomli_w

    c = correspondance
    document: dict[str, Any] = {
        "nom": c.nom,
        "version": c.version,
        "attribut": [_table(a, section=a.section) for a in c.attributs],
        "bloc": [
            {"id": b.id, "libelles": list(b.libelles), "attribut": [_table(a) for a in b.attributs]}
            for b in c.blocs
        ],
        "liaison": [_table_liaison(liaison) for liaison in c.liaisons],
    }
    texte = _ENTETE + tomli_w.dumps({cle: valeur for cle, valeur in document.items() if valeur != []})
    return texte.encode("utf-8", "replace").decode("utf-8")


def save_correspondance(correspondance: Correspondance, cible: Path) -> None:
    """Write a correspondence file, whole or not at all; raises StoreError."""
    octets = write_correspondance(correspondance).encode("utf-8")
    try:
        with ExitStack() as si_echec:
            fd, provisoire = tempfile.mkstemp(dir=cible.parent, prefix=".correspondance-", suffix=".tmp")
            si_echec.callback(Path(provisoire).unlink, missing_ok=True)
            with os.fdopen(fd, "wb") as flux:
                flux.write(octets)
                flux.flush()
                os.fsync(flux.fileno())
            Path(provisoire).chmod(0o644)
            Path(provisoire).replace(cible)
            si_echec.pop_all()
    except (OSError, ValueError) as erreur:
        raise StoreError(
            f"{_citer(cible.name)} ne peut pas être écrite : vérifiez que le dossier existe, qu’il est ouvert en "
            "écriture et que le disque n’est pas plein."
        ) from erreur


def _table(attribut: Attribut, **autres: str) -> dict[str, Any]:
    table: dict[str, Any] = {"id": attribut.id, "type": attribut.type.value, **autres}
    table["libelles"] = list(attribut.libelles)
    if attribut.options:
        table["options"] = list(attribut.options)
    if attribut.stable_ids:
        table["stable_ids"] = list(attribut.stable_ids)
    return table


def _table_liaison(liaison: Liaison) -> dict[str, Any]:
    table: dict[str, Any] = {"libelle": liaison.libelle, "rang": liaison.rang, "attribut": liaison.attribut}
    return table if liaison.stable_id is None else {**table, "stable_id": liaison.stable_id}


def _correspondance(lu: Mapping[str, Any]) -> Correspondance:
    attributs = tuple(_attribut(source, "attribut") for source in _tables(lu, "attribut", "le fichier"))
    blocs = tuple(_bloc(source) for source in _tables(lu, "bloc", "le fichier"))
    if not attributs:
        raise _Refus("il ne décrit aucun attribut")
    _uniques((a.id for a in attributs), "l’attribut")
    _uniques((cle for a in attributs for cle in {cle_libelle(lib) for lib in a.libelles}), "le libellé")
    _uniques((str(s) for a in attributs for s in a.stable_ids), "l’identifiant stable")
    _uniques((b.id for b in blocs), "le bloc")
    return Correspondance(
        nom=_texte(lu, "nom", "le fichier"),
        version=_entier(lu, "version", "le fichier", 1),
        attributs=attributs,
        blocs=blocs,
        liaisons=_liaisons(lu, {a.id for a in attributs}),
    )


def _liaisons(lu: Mapping[str, Any], connus: set[str]) -> tuple[Liaison, ...]:
    tables = _tables(lu, "liaison", "le fichier")
    if len(tables) > LIAISONS_MAX:
        raise _Refus("il contient plus de 5 000 liaisons")
    liaisons = tuple(_liaison(table, f"la liaison n° {rang}") for rang, table in enumerate(tables, 1))
    inconnus = [x.attribut for x in liaisons if x.attribut and x.attribut not in connus]
    if inconnus:
        raise _Refus(f"une liaison vise l’attribut « {court(inconnus[0])} », qu’il ne décrit pas")
    return liaisons


def _liaison(table: Mapping[str, Any], ou: str) -> Liaison:
    libelle, attribut = table.get("libelle"), table.get("attribut", "")
    if not isinstance(libelle, str) or not isinstance(attribut, str):
        raise _Refus(f"{ou} n’a pas un « libelle » et un « attribut » qui soient des textes")
    rang = _entier(table, "rang", ou, 1)
    if rang < 0:
        raise _Refus(f"{ou} a un « rang » négatif")
    stable = None if table.get("stable_id") is None else _entier(table, "stable_id", ou, 0)
    return Liaison(libelle=libelle, rang=rang, stable_id=stable, attribut=attribut)


def _entier(source: Mapping[str, Any], cle: str, ou: str, defaut: int) -> int:
    valeur = source.get(cle, defaut)
    if type(valeur) is not int or abs(valeur) >= 2**63:
        raise _Refus(f"{ou} a un « {cle} » qui n’est pas un nombre entier")
    return valeur


def _bloc(source: Mapping[str, Any]) -> BlocConnu:
    identifiant = _texte(source, "id", "un bloc")
    ou = f"le bloc « {identifiant} »"
    attributs = tuple(_attribut(s, ou, section=identifiant) for s in _tables(source, "attribut", ou))
    _uniques((a.id for a in attributs), f"dans {ou}, l’attribut")
    _uniques((cle for a in attributs for cle in {cle_libelle(lib) for lib in a.libelles}), f"dans {ou}, le libellé")
    return BlocConnu(id=identifiant, libelles=_textes(source, "libelles", ou), attributs=attributs)


def _attribut(source: Mapping[str, Any], ou: str, section: str | None = None) -> Attribut:
    identifiant = _texte(source, "id", f"un attribut ({ou})" if section else "un attribut")
    ou = f"l’attribut « {identifiant} »"
    genre = _texte(source, "type", ou)
    if genre not in {g.value for g in TypeChamp}:
        raise _Refus(f"{ou} a un type inconnu, « {genre} »")
    stables = source.get("stable_ids", [])
    if not isinstance(stables, list) or not all(type(s) is int for s in stables):
        raise _Refus(f"{ou} a des « stable_ids » qui ne sont pas des nombres entiers")
    return Attribut(
        id=identifiant,
        type=TypeChamp(genre),
        section=_texte(source, "section", ou) if section is None else section,
        libelles=_textes(source, "libelles", ou),
        options=_textes(source, "options", ou, obligatoire=False),
        stable_ids=tuple(stables),
    )


def _tables(source: Mapping[str, Any], cle: str, ou: str) -> list[dict[str, Any]]:
    tables = source.get(cle, [])
    if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        raise _Refus(f"dans {ou}, « {cle} » n’est pas une suite de tables [[{cle}]]")
    return tables


def _texte(source: Mapping[str, Any], cle: str, ou: str) -> str:
    valeur = source.get(cle)
    if not isinstance(valeur, str) or not valeur.strip():
        raise _Refus(f"{ou} n’a pas de « {cle} »")
    return valeur


def _textes(source: Mapping[str, Any], cle: str, ou: str, *, obligatoire: bool = True) -> tuple[str, ...]:
    valeurs = source.get(cle, [])
    if not isinstance(valeurs, list) or not all(isinstance(v, str) and v.strip() for v in valeurs):
        raise _Refus(f"{ou} a des « {cle} » qui ne sont pas une liste de textes")
    if obligatoire and not valeurs:
        raise _Refus(f"{ou} n’a pas de « {cle} »")
    return tuple(valeurs)


def _uniques(valeurs: Iterable[str], nom: str) -> None:
    vus: set[str] = set()
    for valeur in valeurs:
        if valeur in vus:
            raise _Refus(f"{nom} « {valeur} » y figure deux fois")
        vus.add(valeur)
