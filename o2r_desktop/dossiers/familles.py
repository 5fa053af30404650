"""Columns that are one field: places, registers and linked lists are cut in several, by each variant its way.

«Commune» is «Laon (02000)» with its INSEE code and department beside it in a standard export, «Laon» with its
postcode and department code in a template. Suffixes and values: exports-demarche-numerique §§ 3.4, 5.1 and 7.4.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import takewhile
from typing import Generic, TypeVar

from o2r_desktop.dossiers.affichage import SEPARATEUR, champ_dit
from o2r_desktop.dossiers.champs import Champ
from o2r_desktop.dossiers.territoires import code_departement
from o2r_desktop.text import NBSP, normalise

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
    of the field tells; ``perimees`` are old ones that the new state does not carry, wrong now. ``mots`` are both
    states of a column that tells a change of its field which is not in its own words.
    """

    memes: frozenset[_T] = frozenset()
    dites: frozenset[_T] = frozenset()
    perimees: frozenset[_T] = frozenset()
    mots: Mapping[_T, tuple[str, str]] = field(default_factory=dict)


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
    premiere = _SEPARATEUR.search(texte)
    if premiere is None or normalise(texte) in connues:
        return texte.strip(), ""
    longueur = max(map(len, primaires), default=0) + _BLANCS_D_OPTION
    coupes = takewhile(lambda m: m.start() <= longueur, _SEPARATEUR.finditer(texte)) if connues else ()
    choisie = next((m for m in coupes if normalise(texte[: m.start()]) in connues), premiere)
    return texte[: choisie.start()].strip(), texte[choisie.end() :].strip()


_SEPARATEUR = re.compile(r";| / | /\Z")
_BLANCS_D_OPTION = 100
"""What blanks or ligatures may add to a primary option: further, no cut leaves one."""


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
    mots: dict[_T, tuple[str, str]] = {}
    for anciennes, nouvelles in _familles(avant, apres):
        connues, presentes = {c.cle for _, c in anciennes}, {c.cle for _, c in nouvelles}
        if not connues or not presentes:
            continue  # a field that appears or goes is told as any other
        communes = {cle for cle in connues & presentes if meme(cle)}
        if ecarts := _contradictions(anciennes, nouvelles, communes):
            perimees |= connues - presentes
            base = {c.cle for part, c in nouvelles if part is Part.BASE} & connues - communes
            dites |= presentes - (base or connues) if connues & presentes else set()
            if not ecarts & {Part.BASE, *_CHOIX}:
                mots |= {cle: (_dire(cle, anciennes, ecarts), _dire(cle, nouvelles, ecarts)) for cle in base}
        else:
            # what no other column of the field tells (an IBAN, a name) is compared by itself
            seules = {
                c.cle
                for part, c in (*anciennes, *nouvelles)
                if part is Part.AUTRE or (part is not Part.BASE and not c.texte.strip())
            }
            memes |= (connues | presentes) - (connues & presentes & seules - communes)
    return Accord(frozenset(memes), frozenset(dites), frozenset(perimees), mots)


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


def _contradictions(anciennes: _Parts[_T], nouvelles: _Parts[_T], communes: Collection[_T]) -> set[Part]:
    """Return what the states tell of a field in two ways, but for the columns known to be the same."""
    primaires = [c.texte for part, c in (*anciennes, *nouvelles) if part is Part.PRIMAIRE and c.texte]
    lus = [
        faits(((part, c.texte) for part, c in cote if c.cle not in communes), primaires)
        for cote in (anciennes, nouvelles)
    ]
    return {part for part in lus[0].keys() & lus[1].keys() if lus[0][part] != lus[1][part]}


def _dire(base: _T, colonnes: _Parts[_T], ecarts: Collection[Part]) -> str:
    """Return the text of the column *base* and those of the details of its field that changed."""
    texte = next(c.texte for _, c in colonnes if c.cle == base)
    details = [
        f"{_mot_de(part, c.libelle)}{NBSP}{c.texte}"
        for part, c in colonnes
        if part in ecarts and c.cle != base and c.texte.strip()
    ]
    return f"{texte}{NBSP}— {', '.join(details)}" if details else texte


# --- what a reader sees ----------------------------------------------------------------------------------

_REFERENTIEL = re.compile(r" – Référentiel .{1,80}\Z")
"""What a template adds to a list fed by a référentiel (§ 5.1); no two states are compared by it."""
_MOTS = {Part.CODE_INSEE: "code INSEE", Part.CODE_POSTAL: "code postal"}
_BREFS = frozenset({Part.CODE, *_MOTS, Part.COMMUNE, Part.DEPARTEMENT, Part.REGION})
"""Details that follow their word without a colon: «code INSEE 02408»."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A column that tells more of a field, and its words in a sentence."""

    champ: Champ
    part: Part
    mot: str


@dataclass(frozen=True, slots=True)
class ChampEntier:
    """A field as the applicant saw it: the column of its answer, and the others that an export cuts it into."""

    champ: Champ
    details: tuple[Detail, ...] = ()

    @property
    def champs(self) -> tuple[Champ, ...]:
        """Every column of the field."""
        return (self.champ, *(detail.champ for detail in self.details))

    @property
    def section(self) -> str:
        """The section of the form where the field stands; «» when no column of it is known."""
        return next((c.section for c in self.champs if c.section), "")

    @property
    def precision(self) -> str:
        """What the details say, on one line: «code INSEE 02408, département 02 – Aisne»; «» when they are blank."""
        dits = [(d, " ".join(str(d.champ.valeur).split())) for d in self.details]
        if _lien_dit(self.champ, dits):
            dits = [(d, texte) for d, texte in dits if d.part not in _CHOIX]
        textes = [f"{d.mot}{NBSP}{'' if d.part in _BREFS else ': '}{texte}" for d, texte in dits if texte]
        return (SEPARATEUR if any("," in texte for texte in textes) else ", ").join(textes)

    @property
    def dit(self) -> str:
        """The whole answer as it is shown: its value, then its details."""
        dit, precision = champ_dit(self.champ), self.precision
        if not precision:
            return dit
        return f"{dit}\n{precision}" if "\n" in dit.strip() else f"{dit}{NBSP}— {precision}"


def entiers(champs: Sequence[Champ]) -> list[ChampEntier]:
    """Return the fields as a reader knows them, in order: one that is cut in several columns stands at its base.

    A part whose field cannot be told stays a field of its own, and so does one that is more than plain text.
    """
    details = [_detail(champ) for champ in champs]
    maitres = _rattacher(champs, details) if any(details) else {}
    parts: dict[int, list[Detail]] = {}
    for place, maitre in maitres.items():
        base = maitre
        while base in maitres:
            base = maitres[base]  # a detail of a detail: labels get shorter at each step
        if detail := details[place]:
            parts.setdefault(base, []).append(detail[1])
    return [
        ChampEntier(champ, tuple(parts.get(place, ())))
        for place, champ in enumerate(champs)
        if place not in maitres
    ]


def _detail(champ: Champ) -> tuple[str, Detail] | None:
    """Return the key of the field that a column may tell more of, and how it is said."""
    if not isinstance(champ.valeur, str) or champ.anomalie or champ.zero_ou_vide:
        return None
    if decoupe := decouper_libelle(champ.libelle):
        cle, part = decoupe
        fin = _FIN.search(champ.libelle) or _ANNUAIRE.search(champ.libelle)
    else:
        fin = _REFERENTIEL.search(champ.libelle)
        cle, part = _cle(champ.libelle[: fin.start()]) if fin else "", Part.AUTRE
    if not fin:
        return None
    return cle, Detail(champ, part, _MOTS.get(part) or _mot(fin[0].strip()))


def _mot_de(part: Part, libelle: str) -> str:
    """Return the word for a column that is a part of a field."""
    fin = _FIN.search(libelle)
    return _MOTS.get(part) or (_mot(fin[0].strip()) if fin else part.value)


def _mot(fin: str) -> str:
    """Return the end of a label as words of a sentence: «raison sociale», «code», «IBAN»."""
    mot = fin[1:-1] if fin.startswith("(") else fin.lstrip("–- ").removeprefix("Entreprise ")
    return mot[:1].lower() + mot[1:] if mot[1:2].islower() else mot


def _rattacher(champs: Sequence[Champ], details: Sequence[tuple[str, Detail] | None]) -> dict[int, int]:
    """Return the place of the base of each column that is a part.

    Of several fields of one name, a part belongs to the one that it follows, else to that of its rank when each
    of them has such a part: a place must never be told of another.
    """
    cles = [_cle(champ.libelle) for champ in champs]
    comptes = Counter(cles)
    bases = _bases(champs, cles, details)
    maitres: dict[int, int] = {}
    dites: set[tuple[int, str]] = set()
    for place, detail in enumerate(details):
        if detail is None or detail[1].part is Part.BASE:
            continue
        possibles, cle = bases[detail[0]], cles[place]
        devant = maitres.get(place - 1, place - 1)
        suit = place > 0 and possibles.get(champs[devant].rang) == devant and (devant, cle) not in dites
        base = devant if suit else None
        if not suit and comptes[cle] == len(possibles):
            base = possibles.get(champs[place].rang)
        if base is not None and (base, cle) not in dites:
            maitres[place] = base
            dites.add((base, cle))
    return maitres


def _bases(
    champs: Sequence[Champ], cles: Sequence[str], details: Sequence[tuple[str, Detail] | None]
) -> Mapping[str, Mapping[int, int]]:
    """Return the columns that bear the name of each cut field, else those called «L – SIRET»: places by rank."""
    noms: dict[str, dict[int, int]] = {detail[0]: {} for detail in details if detail}
    propres: dict[str, dict[int, int]] = {}
    for place, (champ, cle, detail) in enumerate(zip(champs, cles, details, strict=True)):
        if cle in noms:
            noms[cle][champ.rang] = place
        if detail and detail[1].part is Part.BASE:
            propres.setdefault(detail[0], {})[champ.rang] = place
    return {nom: places or propres.get(nom, {}) for nom, places in noms.items()}


def _lien_dit(champ: Champ, dits: Sequence[tuple[Detail, str]]) -> bool:
    """Say whether the answer of a linked list already tells both its choices, «a / b»."""
    choix = {d.part: texte for d, texte in dits if d.part in _CHOIX}
    lus = dict(zip(_CHOIX, decouper_lien(str(champ.valeur)), strict=True))
    return all(lus[part] == texte for part, texte in choix.items())
