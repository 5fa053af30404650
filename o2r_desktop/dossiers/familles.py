"""Columns that are one field: places, registers and linked lists are cut in several, by each variant its way.

«Commune» is «Laon (02000)» with its INSEE code and department beside it in a standard export, «Laon» with its
postcode and department code in a template. Suffixes and values: exports-demarche-numerique §§ 3.4, 5.1 and 7.4.
"""

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from o2r_desktop.dossiers.territoires import code_departement
from o2r_desktop.text import normalise

_T = TypeVar("_T", bound=Hashable)


class Part(StrEnum):
    """What a column tells of its field."""

    BASE = "base"
    CODE = "code"
    CODE_INSEE = "code_insee"
    CODE_POSTAL = "code_postal"
    COMMUNE = "commune"
    DEPARTEMENT = "departement"
    REGION = "region"
    NOM = "nom"
    ADRESSE = "adresse"
    PRIMAIRE = "primaire"
    SECONDAIRE = "secondaire"
    AUTRE = "autre"
    """A detail that one variant alone gives: an IBAN, the name of a company."""


_SUFFIXES = {
    " (Code INSEE)": Part.CODE_INSEE,
    " (Code INSEE Ville)": Part.CODE_INSEE,
    " (Code)": Part.CODE,
    " (Département)": Part.DEPARTEMENT,
    " (Nom)": Part.NOM,
    " (Adresse)": Part.ADRESSE,
    " (Primaire)": Part.PRIMAIRE,
    " (Secondaire)": Part.SECONDAIRE,
    " – Code postal (5 chiffres)": Part.CODE_POSTAL,
    " – Commune": Part.COMMUNE,
    " – Département": Part.DEPARTEMENT,
    " – Région": Part.REGION,
    " – Titre au répertoire national des associations": Part.NOM,
    " – Titre au répertoire national des fondations": Part.NOM,
    " – SIRET": Part.BASE,
    " – filled": Part.BASE,
    " – Titulaire": Part.AUTRE,
    " – IBAN": Part.AUTRE,
    " – BIC": Part.AUTRE,
    " – Nom de la Banque": Part.AUTRE,
}
"""Ends of labels; «-» stands for «–» too, as the columns of communes have it in templates."""
_ANNUAIRE = re.compile(
    r" – (?:(?:Entreprise|Établissement|Etablissement|Association) .{1,60}|Code NAF|Libellé NAF)\Z"
)
"""What a template adds to a SIRET or an RNA: the columns of the applicant, under the same names."""
_CHOIX = (Part.PRIMAIRE, Part.SECONDAIRE)


def _cle(texte: str) -> str:
    return " ".join(normalise(texte).replace("–", "-").split())


_PAR_SUFFIXE = {_cle(suffixe): part for suffixe, part in _SUFFIXES.items()}
_FIN = re.compile(
    "(?:" + "|".join(re.escape(suffixe).replace("–", "[–-]") for suffixe in _SUFFIXES) + r")\s*\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Colonne(Generic[_T]):
    """A column under the key that its owner gives it: its label, its rank among equal ones, its text."""

    cle: _T
    libelle: str
    rang: int
    texte: str


@dataclass(frozen=True, slots=True)
class Accord(Generic[_T]):
    """What two states of the same fields have in common.

    ``memes`` are columns of fields that tell the same in both; ``dites`` are columns whose change another column
    of the field tells; ``perimees`` are old ones that the new state does not carry, wrong now.
    """

    memes: frozenset[_T] = frozenset()
    dites: frozenset[_T] = frozenset()
    perimees: frozenset[_T] = frozenset()


def decouper_libelle(libelle: str) -> tuple[str, Part] | None:
    """Return the key of the field that a column could be a part of, and the part; None when its end is unknown."""
    if trouve := _FIN.search(libelle):
        return _cle(libelle[: trouve.start()]), _PAR_SUFFIXE[_cle(trouve[0])]
    if trouve := _ANNUAIRE.search(libelle):
        return _cle(libelle[: trouve.start()]), Part.AUTRE
    return None


def decouper_lien(texte: str, primaires: Collection[str] = ()) -> tuple[str, str]:
    """Return the two choices of a linked list, written «a;b» or «a / b» (§§ 5.1 and 7.4).

    The cut is at the first separator that leaves a known primary option, else at the first one.
    """
    connues = {normalise(option) for option in primaires}
    coupes = [m.span() for m in re.finditer(r";| / | /\Z", texte)]
    choisie = next((c for c in coupes if normalise(texte[: c[0]]) in connues), coupes[0] if coupes else None)
    if choisie is None or normalise(texte) in connues:
        return texte.strip(), ""
    return texte[: choisie[0]].strip(), texte[choisie[1] :].strip()


_CODE_NOM = re.compile(r"(\d[\dab]\d?) - (.+)")
_NOM_POSTAL = re.compile(r"(.+?) \((\d{5})\)")
_RNA = re.compile(r"(w\d{9})(?: \((.*)\))?")


def _departement(texte: str) -> str:
    """Return the code of a department, «60 – Oise», «60» or «Oise»; its text when none bears that name."""
    trouve = _CODE_NOM.fullmatch(texte)
    return (trouve[1] if trouve else code_departement(texte)).lower() or texte


def faits(parts: Iterable[tuple[Part, str]], primaires: Collection[str] = ()) -> dict[Part, str]:
    """Return what the columns of one field tell, under the same words whatever the variant.

    A department is its code; a commune its name and its postcode; a linked list its two choices when one of the
    states has them apart (*primaires* are the first choices known). A blank detail tells nothing.
    """
    connus: dict[Part, str] = {}
    for part, texte in parts:
        cle = _cle(texte)
        if part is Part.BASE:
            connus |= _faits_de_base(texte, cle, primaires)
        elif part is not Part.AUTRE and (cle or part in _CHOIX):
            connus[part] = _departement(cle) if part is Part.DEPARTEMENT else cle
    return connus


def _faits_de_base(texte: str, cle: str, primaires: Collection[str]) -> dict[Part, str]:
    if primaires:
        choix = map(_cle, decouper_lien(texte, primaires))
        return dict(zip(_CHOIX, choix, strict=True))
    if trouve := _NOM_POSTAL.fullmatch(cle):
        return {Part.BASE: trouve[1], Part.CODE_POSTAL: trouve[2]}
    if trouve := _CODE_NOM.fullmatch(cle):
        return {Part.BASE: trouve[2], Part.CODE: trouve[1]}
    if (trouve := _RNA.fullmatch(cle)) and trouve[2]:
        return {Part.BASE: trouve[1], Part.NOM: trouve[2]}
    return {Part.BASE: cle}


_Parts = list[tuple[Part, Colonne[_T]]]


def accorder(avant: Sequence[Colonne[_T]], apres: Sequence[Colonne[_T]], meme: Callable[[_T], bool]) -> Accord[_T]:
    """Compare two states of the fields that are cut in several columns in one of them at least.

    *meme* says whether a column that both states have holds the same answer in both.
    """
    memes: set[_T] = set()
    dites: set[_T] = set()
    perimees: set[_T] = set()
    for anciennes, nouvelles in _familles(avant, apres):
        connues, presentes = {c.cle for _, c in anciennes}, {c.cle for _, c in nouvelles}
        if not connues or not presentes:
            continue  # a field that appears or goes is told as any other
        communes = {cle for cle in connues & presentes if meme(cle)}
        if _se_contredisent(anciennes, nouvelles, communes):
            perimees |= connues - presentes
            base = {c.cle for part, c in nouvelles if part is Part.BASE} & connues - communes
            dites |= presentes - (base or connues) if connues & presentes else set()
        else:
            vides = {c.cle for part, c in (*anciennes, *nouvelles) if part is not Part.BASE and not c.texte.strip()}
            memes |= (connues | presentes) - (connues & presentes & vides - communes)
    return Accord(frozenset(memes), frozenset(dites), frozenset(perimees))


def _familles(avant: Sequence[Colonne[_T]], apres: Sequence[Colonne[_T]]) -> list[tuple[_Parts[_T], _Parts[_T]]]:
    """Group the columns of both states; a label that merely ends as a part does has no field of that name."""
    decoupes = [(decouper_libelle(c.libelle), c) for c in (*avant, *apres)]
    if not any(decoupe for decoupe, _ in decoupes):
        return []
    champs = {(_cle(c.libelle), c.rang) for _, c in decoupes}
    groupes: dict[tuple[str, int], tuple[_Parts[_T], _Parts[_T]]] = {}
    for place, (decoupe, colonne) in enumerate(decoupes):
        cle, part = (_cle(colonne.libelle), colonne.rang), Part.BASE
        if decoupe and (decoupe[0], colonne.rang) in champs:
            cle, part = (decoupe[0], colonne.rang), decoupe[1]
        groupes.setdefault(cle, ([], []))[place >= len(avant)].append((part, colonne))
    return [groupe for groupe in groupes.values() if len({part for cote in groupe for part, _ in cote}) > 1]


def _se_contredisent(anciennes: _Parts[_T], nouvelles: _Parts[_T], communes: Collection[_T]) -> bool:
    """Say whether the states tell one thing of a field in two ways, but for the columns known to be the same."""
    primaires = [c.texte for part, c in (*anciennes, *nouvelles) if part is Part.PRIMAIRE and c.texte]
    lus = [
        faits(((part, c.texte) for part, c in cote if c.cle not in communes), primaires)
        for cote in (anciennes, nouvelles)
    ]
    return any(lus[0][part] != lus[1][part] for part in lus[0].keys() & lus[1].keys())
