"""Which intercommunalités and territories EFOP a text names, by SIREN, by name or by acronym, in whole words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from o2r_desktop.analyse.territoire.epci import Epci
from o2r_desktop.analyse.territoire.zones import Zone
from o2r_desktop.dossiers.territoires import DEPARTEMENTS, code_departement
from o2r_desktop.evaluation.mots import Mots, mots
from o2r_desktop.text import normalise

ALIAS = {
    "200067635": ("Clisson Sèvre Maine", "CSMA"),
    "200067346": ("Pornic Agglo", "Pays de Retz"),
    "244400610": ("Cap Atlantique", "La Baule-Guérande Agglo"),
    "244400644": ("CARENE", "Saint-Nazaire Agglo", "Saint-Nazaire Agglomération"),
    "200072734": ("CCES",),
    "244400503": ("CCEG", "Erdre et Gesvres"),
    "244400552": ("COMPA", "Pays d’Ancenis"),
    "244400404": ("Nantes Agglomération",),
    "200071678": ("Agglomération du Choletais", "ADC"),
    "200071876": ("Saumur Agglo",),
    "244900015": ("ALM", "Angers Loire"),
    "200071868": ("CCVHA",),
    "200071553": ("CCLLA",),
    "200048551": ("Pays de Craon", "CCPC"),
    "245300447": ("Pays de Château-Gontier",),
    "247200090": ("Pays de Sablé", "Sablé-sur-Sarthe Communauté"),
    "247200132": ("Le Mans Métropole", "LMM"),
    "200072718": ("4CPS",),
    "200072700": ("HSAM", "CCHSAM"),
    "246100663": ("Communauté urbaine d’Alençon", "CUA"),
    "248500589": ("La Roche-sur-Yon Agglomération",),
    "200071165": ("Les Sables d’Olonne Agglo", "LSOA"),
    "200023778": ("Pays de Saint-Gilles", "Saint-Gilles Agglo"),
    "200071629": ("Challans Gois",),
}
"""Other names of use. Not in the shipped list, so that a campagne that edits it keeps them."""
_SIREN = re.compile(r"(?<!\d)\d{3}[   ]?\d{3}[   ]?\d{3}(?![   ]?\d)")
_COUPES = re.compile(r"[,;|\n•]|\bet\b(?= (?:CC|CA|CU|la |le )\b)")
_OUTILS = frozenset({"de", "du", "des", "d", "la", "le", "l", "les", "et", "a", "en"})
_SYNONYMES = {"agglo": "agglomeration", "st": "saint", "ste": "sainte"}
_FORMES = ("ca", "cc", "cu", "metro", "metropole", "communaute", "commune", "agglomeration", "urbaine")
_DIRECTIONS = frozenset({"nord", "sud", "est", "ouest", "centre"})
_PREFIXES: tuple[Mots, ...] = (
    ("cc",), ("ca",), ("cu",), ("communaute", "commune"), ("communaute", "agglomeration"), ("agglomeration",),
    ("communaute", "urbaine"), ("metropole",), ("intercommunalite",), ("communaute",),
)  # fmt: skip
_NEUTRES = frozenset(_FORMES) | _OUTILS


@dataclass(frozen=True, slots=True)
class Lus:
    """What a text names: EPCI in the order of their list, zones, and words that name nothing."""

    epci: tuple[Epci, ...] = ()
    zones: tuple[Zone, ...] = ()
    inconnus: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lexique:
    """The names under which the EPCI and the zones of a campagne may be read."""

    epci: Sequence[Epci]
    zones: Sequence[Zone]
    _memoire: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False)

    @cached_property
    def par_siren(self) -> dict[str, Epci]:
        """EPCI by SIREN."""
        return {e.siren: e for e in self.epci}

    @cached_property
    def par_zone(self) -> dict[str, Zone]:
        """Zones by every form of their name: «72 Sud», «Sud Sarthe», «Sarthe Sud»."""
        return {" ".join(forme): z for z in self.zones for forme in _formes_zone(z)}

    @cached_property
    def _reponses(self) -> dict[Mots, str]:
        """SIREN by what remains of a name without its form and articles: the answer to a question about EPCI."""
        trouvees: dict[Mots, set[str]] = defaultdict(set)
        for siren, nom in self._noms:
            trouvees[_coeur(nom)].add(siren)
        return {cle: next(iter(sirens)) for cle, sirens in trouvees.items() if cle and len(sirens) == 1}

    @cached_property
    def _textes(self) -> dict[str, tuple[tuple[Mots, str], ...]]:
        """What a running text must say in full, by its first word, the longest first."""
        formes: dict[Mots, set[str]] = defaultdict(set)
        for siren, nom in self._noms:
            for forme in _formes_epci(nom):
                formes[forme].add(siren)
        par_mot: dict[str, list[tuple[Mots, str]]] = defaultdict(list)
        for forme, sirens in formes.items():
            if len(sirens) == 1:
                par_mot[forme[0]].append((forme, next(iter(sirens))))
        return {mot: tuple(sorted(x, key=lambda f: (-len(f[0]), f))) for mot, x in par_mot.items()}

    @property
    def _noms(self) -> Iterable[tuple[str, str]]:
        for e in self.epci:
            entre, _, parenthese = e.nom.partition("(")
            yield from ((e.siren, nom) for nom in (entre, parenthese.rstrip(") "), *ALIAS.get(e.siren, ())) if nom)

    def reponses(self, textes: Iterable[str]) -> Lus:
        """Read the answers to a question about EPCI: each text, or each part of it, is a name or a SIREN."""
        sirens: dict[str, None] = {}
        inconnus = []
        for texte in textes:
            for lu in self.sirens(texte) or (f"!{texte}",):
                if lu.startswith("!"):
                    inconnus.append(lu[1:])
                else:
                    sirens[lu] = None
        return Lus(self._epci(sirens), (), tuple(dict.fromkeys(inconnus)))

    def sirens(self, texte: str) -> tuple[str, ...]:
        """Return the SIREN that an answer names, and «!words» for each part of it that names none."""
        lus = self._memoire.get(texte)
        if lus is None:
            lus = self._memoire[texte] = self._lire(texte)
        return lus

    def _lire(self, texte: str) -> tuple[str, ...]:
        if not texte.strip():
            return ()
        entier = self._nom(texte)
        if entier:
            return (entier,)
        parts = [p.strip() for p in _COUPES.split(texte) if p.strip()]
        if len(parts) < 2:
            cites = tuple(e.siren for e in self.texte(texte).epci)
            return cites or (f"!{texte.strip()}",)
        return tuple(dict.fromkeys(lu for p in parts for lu in self._lire(p)))

    def _nom(self, texte: str) -> str:
        for brut in _SIREN.findall(texte):
            siren = "".join(c for c in brut if c.isdigit())
            if siren in self.par_siren:
                return siren
        # «Mayenne» is the department; «Mayenne Communauté» is not.
        return "" if code_departement(texte) else self._reponses.get(_coeur(texte), "")

    def zones_de(self, textes: Iterable[str]) -> Lus:
        """Read the answers to the question about territories EFOP."""
        zones: dict[str, Zone] = {}
        inconnus = []
        for texte in textes:
            zone = self.zone(texte)
            if zone:
                zones[zone.nom] = zone
            else:
                inconnus.append(texte)
        return Lus((), tuple(zones.values()), tuple(dict.fromkeys(inconnus)))

    def zone(self, texte: str) -> Zone | None:
        """Return the zone that a name is, articles and hyphens aside; None when it is none."""
        cle = " ".join(m for m in _mots(texte) if m not in _OUTILS and m not in ("efop", "territoire", "clpe"))
        return self.par_zone.get(cle)

    def texte(self, texte: str) -> Lus:
        """Read a running text: names in full, acronyms, zones; a word alone never names a place by itself."""
        tous = _mots(texte)
        pleins = [(place, mot) for place, mot in enumerate(tous) if mot not in _OUTILS]
        sirens, prises = self._chercher([m for _, m in pleins])
        places = {pleins[i][0] for i in prises}
        zones = self._zones_du_texte(tous, places)
        for brut in _SIREN.findall(texte):
            siren = "".join(c for c in brut if c.isdigit())
            sirens |= {siren} if siren in self.par_siren else set()
        return Lus(self._epci(sirens), zones)

    def _chercher(self, suite: list[str]) -> tuple[set[str], set[int]]:
        sirens, prises, i = set(), set(), 0
        while i < len(suite):
            trouve = next(
                (f for f in self._textes.get(suite[i], ()) if tuple(suite[i : i + len(f[0])]) == f[0]), None
            )
            if trouve:
                sirens.add(trouve[1])
                prises |= set(range(i, i + len(trouve[0])))
            i += len(trouve[0]) if trouve else 1
        return sirens, prises

    def _zones_du_texte(self, tous: Mots, prises: set[int]) -> tuple[Zone, ...]:
        zones: dict[str, Zone] = {}
        i = 0
        while i < len(tous):
            for largeur in (4, 3, 2):
                places = range(i, i + largeur)
                zone = self.par_zone.get(" ".join(tous[i : i + largeur]))
                suivant = tous[i + largeur] if i + largeur < len(tous) else ""
                if zone and prises.isdisjoint(places) and suivant not in _DIRECTIONS:
                    zones[zone.nom] = zone
                    i += largeur - 1
                    break
            i += 1
        return tuple(zones.values())

    def _epci(self, sirens: Iterable[str]) -> tuple[Epci, ...]:
        vus = set(sirens)
        return tuple(e for e in self.epci if e.siren in vus)


def _mots(texte: str) -> Mots:
    return tuple(_SYNONYMES.get(m, m) for m in mots(texte))


def _coeur(nom: str) -> Mots:
    """Return the words of a name without «communauté de communes», «agglomération» nor articles."""
    return tuple(m for m in _mots(nom) if m not in _NEUTRES)


def _formes_epci(nom: str) -> set[Mots]:
    """Return what a running text says of an EPCI.

    Its name, when a form of EPCI is in it or when it could be nothing else, and its bare name after such a form. A
    town («Nozay»), a river («Ernée») or a side of a department («Sud Sarthe») alone is no EPCI.
    """
    dits = tuple(m for m in _mots(nom) if m not in _OUTILS)
    coeur = _coeur(nom)
    if not coeur:
        return set()
    formes = {(*prefixe, *coeur) for prefixe in _PREFIXES}
    formes |= (
        {(*coeur, suffixe) for suffixe in ("agglomeration", "communaute", "metropole")} if len(coeur) < 2 else set()
    )
    sans_forme = dits[1:] if dits[0] in ("ca", "cc", "cu") else dits
    parlant = len(coeur) > 1 and not (set(coeur) <= _DIRECTIONS | _noms_departements())
    if parlant or sans_forme != coeur or _sigle(nom):
        formes.add(sans_forme)
    return formes


def _sigle(nom: str) -> bool:
    return nom.isupper() and " " not in nom.strip() and len(nom.strip()) > 3


def _noms_departements() -> frozenset[str]:
    return frozenset(m for nom in DEPARTEMENTS.values() for m in mots(nom))


def _formes_zone(zone: Zone) -> set[Mots]:
    dits = _mots(zone.nom)
    cotes = dits[1:] if dits[:1] == (zone.departement,) else ()
    nom = tuple(m for m in mots(DEPARTEMENTS.get(zone.departement, "")))
    autres = {(*cotes, *nom), (*nom, *cotes)} if cotes and set(cotes) <= _DIRECTIONS else set()
    return {dits, *autres}


_CITE = re.compile(
    r"\b(?:la|en) (mayenne|sarthe|vendee)\b(?![ -](?:communaute|saosnois))"
    r"|\b(loire[ -]atlantique|maine[ -]et[ -]loire)\b"
)


def departements_cites(texte: str) -> tuple[str, ...]:
    """Return the codes of the departments of the region that a running text names («la Sarthe», «en Vendée»)."""
    codes = {normalise(nom).replace("-", " "): code for code, nom in DEPARTEMENTS.items()}
    trouves = {(a or b).replace("-", " ") for a, b in _CITE.findall(normalise(texte))}
    return tuple(sorted(codes[t] for t in trouves))
