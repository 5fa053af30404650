"""The correspondence file: which labels of the form are which attributes (TOML)."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from o2r_desktop.dossiers.champs import TypeChamp
from o2r_desktop.dossiers.correspondance import Attribut, BlocConnu, Correspondance, cle_libelle
from o2r_desktop.errors import ExportError


class _Refus(Exception):  # noqa: N818 never leaves this module
    """What is wrong in the file; becomes one sentence."""


def _citer(nom: str) -> str:
    return f"La correspondance « {nom} »"


def load_correspondance(path: Path) -> Correspondance:
    """Read a correspondence file; raises ExportError with one sentence when it is missing or malformed."""
    try:
        texte = path.read_text("utf-8")
    except OSError as erreur:
        raise ExportError(f"{_citer(path.name)} ne peut pas être ouverte.") from erreur
    except UnicodeDecodeError as erreur:
        raise ExportError(f"{_citer(path.name)} n’est pas du texte en UTF-8.") from erreur
    return parse_correspondance(texte, path.name)


def parse_correspondance(texte: str, nom: str) -> Correspondance:
    """Read the text of a correspondence file; *nom* is how a refusal (ExportError) names it."""
    sujet = _citer(nom)
    try:
        return _correspondance(tomllib.loads(texte))
    except tomllib.TOMLDecodeError as erreur:
        raise ExportError(f"{sujet} n’est pas du TOML valable ({erreur}).") from erreur
    except _Refus as erreur:
        raise ExportError(f"{sujet} est refusée : {erreur}.") from erreur


def _correspondance(lu: dict[str, Any]) -> Correspondance:
    attributs = tuple(_attribut(source, "attribut") for source in _tables(lu, "attribut", "le fichier"))
    blocs = tuple(_bloc(source) for source in _tables(lu, "bloc", "le fichier"))
    if not attributs:
        raise _Refus("il ne décrit aucun attribut")
    _uniques((a.id for a in attributs), "l’attribut")
    _uniques((cle for a in attributs for cle in {cle_libelle(lib) for lib in a.libelles}), "le libellé")
    _uniques((str(s) for a in attributs for s in a.stable_ids), "l’identifiant stable")
    _uniques((b.id for b in blocs), "le bloc")
    version = lu.get("version", 1)
    if not isinstance(version, int):
        raise _Refus("sa version n’est pas un nombre entier")
    return Correspondance(nom=_texte(lu, "nom", "le fichier"), version=version, attributs=attributs, blocs=blocs)


def _bloc(source: dict[str, Any]) -> BlocConnu:
    identifiant = _texte(source, "id", "un bloc")
    ou = f"le bloc « {identifiant} »"
    attributs = tuple(_attribut(s, ou, section=identifiant) for s in _tables(source, "attribut", ou))
    _uniques((a.id for a in attributs), f"dans {ou}, l’attribut")
    _uniques((cle for a in attributs for cle in {cle_libelle(lib) for lib in a.libelles}), f"dans {ou}, le libellé")
    return BlocConnu(id=identifiant, libelles=_textes(source, "libelles", ou), attributs=attributs)


def _attribut(source: dict[str, Any], ou: str, section: str | None = None) -> Attribut:
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


def _tables(source: dict[str, Any], cle: str, ou: str) -> list[dict[str, Any]]:
    tables = source.get(cle, [])
    if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        raise _Refus(f"dans {ou}, « {cle} » n’est pas une suite de tables [[{cle}]]")
    return tables


def _texte(source: dict[str, Any], cle: str, ou: str) -> str:
    valeur = source.get(cle)
    if not isinstance(valeur, str) or not valeur.strip():
        raise _Refus(f"{ou} n’a pas de « {cle} »")
    return valeur


def _textes(source: dict[str, Any], cle: str, ou: str, *, obligatoire: bool = True) -> tuple[str, ...]:
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
