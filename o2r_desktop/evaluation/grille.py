"""The grille: sections, criteria, worded levels. Loaded from TOML, checked, refused with line and column."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from o2r_desktop.errors import DossierError, GrilleError
from o2r_desktop.evaluation.parametres import parametres_de
from o2r_desktop.text import enumeration, nombre

NIVEAUX = 5
"""Number of worded levels of an echelle: 0 to 4."""

TOTAL_POIDS = 100


class TypeCritere(StrEnum):
    """How a critere is answered."""

    CONTROLE = "controle"
    ECHELLE = "echelle"
    MONTANT = "montant"
    PRIORITE = "priorite"


class Effet(StrEnum):
    """What a «non» or a level of 0 or 1 does to the avis (grille § 1)."""

    BLOQUANT = "bloquant"
    ALERTE = "alerte"
    AUCUN = "aucun"


@dataclass(frozen=True, slots=True, kw_only=True)
class Critere:
    """One question of the grille.

    ``niveaux`` words the levels 0 to 4 of an echelle, empty otherwise. ``sources`` cites the AMI section and law
    articles. ``attributs`` and ``pieces`` say where to look. ``automatise`` is true when a constat is computed.
    ``propositions`` names which of poids, effet, niveaux, seuils are proposals and not rules.
    """

    id: str
    section: str
    libelle: str
    type: TypeCritere
    effet: Effet
    poids: int
    guide: str
    sources: tuple[str, ...]
    niveaux: tuple[str, ...] = ()
    attributs: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()
    automatise: bool = False
    propositions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the grille; ``poids`` is the sum of its criteria."""

    id: str
    libelle: str
    criteres: tuple[Critere, ...]

    @property
    def poids(self) -> int:
        """Sum of the weights of the section."""
        return sum(c.poids for c in self.criteres)


@dataclass(frozen=True, kw_only=True)
class Grille:
    """A versioned grille. ``seuil_favorable`` and ``seuil_reserves`` are score thresholds, proposals both."""

    id: str
    version: int
    libelle: str
    sections: tuple[Section, ...]
    seuil_favorable: int
    seuil_reserves: int

    @cached_property
    def criteres(self) -> tuple[Critere, ...]:
        """All criteria, section after section."""
        return tuple(c for section in self.sections for c in section.criteres)

    @cached_property
    def lecteurs(self) -> Mapping[str, tuple[str, ...]]:
        """For each attribute of the form, the criteria that send to it, as a field or as a piece."""
        trouves: dict[str, tuple[str, ...]] = {}
        for critere in self.criteres:
            for attribut in {*critere.attributs, *critere.pieces}:
                trouves[attribut] = (*trouves.get(attribut, ()), critere.id)
        return trouves

    @property
    def ponderes(self) -> tuple[Critere, ...]:
        """The criteria that count in the score."""
        return tuple(c for c in self.criteres if c.poids > 0)

    def critere(self, critere_id: str) -> Critere:
        """Return one critere, whatever the case of its identifier; raises DossierError when unknown."""
        cherche = critere_id.strip().upper()
        for critere in self.criteres:
            if critere.id == cherche:
                return critere
        bornes = f"de {self.criteres[0].id} à {self.criteres[-1].id}"
        raise DossierError(
            f"Le critère « {critere_id.strip()} » n’existe pas dans la grille « {self.id} » : "
            f"indiquez l’un de ses {len(self.criteres)} identifiants, {bornes}."
        )


def load_grille(texte: str, nom: str) -> Grille:
    """Read a grille from TOML text; raises GrilleError with line and column. *nom* is the file's name."""
    lecteur = _Lecteur(texte, nom)
    racine = lecteur.analyse()
    lecteur.cles(racine, _GRILLE, ("", 0), "la grille")
    grille_id, libelle = lecteur.mots(racine, ("id", "libelle"), ("", 0))
    version = lecteur.entier(racine, "version", ("", 0), 1, 10_000)
    favorable = lecteur.entier(racine, "seuil_favorable", ("", 0), 0, 100)
    reserves = lecteur.entier(racine, "seuil_reserves", ("", 0), 0, favorable)
    entetes = _sections(lecteur, racine)
    criteres = _criteres(lecteur, racine, tuple(entetes))
    sections = []
    for rang, (section_id, section_libelle) in enumerate(entetes.items()):
        siens = tuple(c for c in criteres if c.section == section_id)
        if not siens:
            raise lecteur.refus(("section", rang), None, f"la section {section_id} n’a aucun critère")
        sections.append(Section(id=section_id, libelle=section_libelle, criteres=siens))
    return Grille(id=grille_id, version=version, libelle=libelle, sections=tuple(sections),
                  seuil_favorable=favorable, seuil_reserves=reserves)  # fmt: skip


def parametres_par_defaut(texte: str, nom: str = "grille") -> Mapping[str, Any]:
    """Return the ``[parametres]`` table of a grille, fit for ``parametres_de``; raises GrilleError."""
    lecteur = _Lecteur(texte, nom)
    table = lecteur.analyse().get("parametres")
    if not isinstance(table, dict):
        raise lecteur.refus(("", 0), "parametres", "il faut une table [parametres]")
    ou = ("parametres", 0)
    for cle in _LISTES_PARAMETRES & table.keys():
        lecteur.liste(table, cle, ou)
    try:
        parametres_de(table)
    except KeyError as erreur:
        raise lecteur.refus(ou, None, f"le paramètre « {erreur.args[0]} » manque") from erreur
    except (TypeError, ValueError, ArithmeticError) as erreur:
        raise lecteur.refus(ou, None, "un paramètre manque, est inconnu ou n’est pas du bon type") from erreur
    return table


# --- what a file may hold -------------------------------------------------------------------------------------

_GRILLE = {"id", "version", "libelle", "seuil_favorable", "seuil_reserves", "parametres", "section", "critere"}
_FACULTATIVES_GRILLE = {"parametres"}
_SECTION = {"id", "libelle"}
_CRITERE = {"id", "section", "libelle", "type", "effet", "poids", "guide", "sources"}
_FACULTATIVES = {"niveaux", "attributs", "pieces", "automatise", "propositions"}
_PROPOSITIONS = ("poids", "effet", "niveaux", "seuils")
_LISTES_PARAMETRES = {"departements", "departements_p1", "departements_p2", "publics_p1", "publics_p2",
                      "exclus_noms", "exclus_siren", "exclus_categories"}  # fmt: skip
_SECTION_ID = re.compile(r"[A-Z]{3}")
_CRITERE_ID = re.compile(r"[A-Z]{3}-[0-9]{2}")

_Ou = tuple[str, int]
"""An entry of the file: table name and rank; ("", 0) is the top level."""


def _sections(lecteur: "_Lecteur", racine: Mapping[str, Any]) -> dict[str, str]:
    """Return id → libelle of the sections, in the order of the file."""
    trouvees: dict[str, str] = {}
    for rang, table in enumerate(lecteur.tables(racine, "section")):
        ou = ("section", rang)
        lecteur.cles(table, _SECTION, ou, "une section")
        section_id, libelle = lecteur.mots(table, ("id", "libelle"), ou)
        if not _SECTION_ID.fullmatch(section_id):
            raise lecteur.refus(ou, "id", f"« {section_id} » doit être fait de trois capitales, comme « FIN »")
        if section_id in trouvees:
            raise lecteur.refus(ou, "id", f"la section {section_id} est déjà écrite plus haut")
        trouvees[section_id] = libelle
    return trouvees


def _criteres(lecteur: "_Lecteur", racine: Mapping[str, Any], sections: Sequence[str]) -> tuple[Critere, ...]:
    tables = lecteur.tables(racine, "critere")
    criteres: list[Critere] = []
    for rang, table in enumerate(tables):
        ou = ("critere", rang)
        critere = _critere(lecteur, table, ou, sections)
        if any(c.id == critere.id for c in criteres):
            raise lecteur.refus(ou, "id", f"le critère {critere.id} est déjà écrit plus haut")
        criteres.append(critere)
    total = sum(c.poids for c in criteres)
    if total != TOTAL_POIDS:
        raise lecteur.refus(("critere", len(tables) - 1), "poids",
                            f"les poids font {total} au total, il faut {TOTAL_POIDS}")  # fmt: skip
    return tuple(criteres)


def _critere(lecteur: "_Lecteur", table: Mapping[str, Any], ou: _Ou, sections: Sequence[str]) -> Critere:
    lecteur.cles(table, _CRITERE | _FACULTATIVES, ou, "un critère")
    critere_id, section, libelle, guide = lecteur.mots(table, ("id", "section", "libelle", "guide"), ou)
    if not _CRITERE_ID.fullmatch(critere_id):
        raise lecteur.refus(ou, "id", f"« {critere_id} » doit avoir la forme « FIN-02 »")
    if section not in sections:
        raise lecteur.refus(ou, "section", f"la section « {section} » n’existe pas")
    if not critere_id.startswith(section + "-"):
        raise lecteur.refus(ou, "id", f"l’identifiant {critere_id} ne commence pas par sa section, {section}")
    sources = lecteur.liste(table, "sources", ou)
    if not sources:
        raise lecteur.refus(ou, "sources", f"{critere_id} doit citer au moins une source")
    critere = Critere(
        id=critere_id,
        section=section,
        libelle=libelle,
        type=TypeCritere(lecteur.choix(table, "type", ou, tuple(TypeCritere))),
        effet=Effet(lecteur.choix(table, "effet", ou, tuple(Effet))),
        poids=lecteur.entier(table, "poids", ou, 0, TOTAL_POIDS),
        guide=guide,
        sources=sources,
        niveaux=lecteur.liste(table, "niveaux", ou),
        attributs=lecteur.liste(table, "attributs", ou),
        pieces=lecteur.liste(table, "pieces", ou),
        automatise=lecteur.booleen(table, "automatise", ou),
        propositions=lecteur.liste(table, "propositions", ou, _PROPOSITIONS),
    )
    _verifie_type(lecteur, critere, ou)
    return critere


def _verifie_type(lecteur: "_Lecteur", critere: Critere, ou: _Ou) -> None:
    """Refuse levels or a weight on anything but an echelle."""
    compte = len(critere.niveaux)
    if critere.type is TypeCritere.ECHELLE:
        if compte != NIVEAUX:
            raise lecteur.refus(
                ou, "niveaux", f"{critere.id} doit avoir {NIVEAUX} niveaux, de 0 à 4 : il en a {compte}"
            )
        if len(set(critere.niveaux)) != NIVEAUX:
            raise lecteur.refus(ou, "niveaux", f"{critere.id} a deux niveaux écrits de la même façon")
        return
    if compte:
        raise lecteur.refus(ou, "niveaux", f"{critere.id} n’est pas une échelle : il ne peut avoir de niveaux")
    if critere.poids:
        raise lecteur.refus(ou, "poids", f"{critere.id} n’est pas une échelle : son poids doit être 0")


# --- reading with positions -----------------------------------------------------------------------------------

_TEXTES = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL
)
_ENTETE = re.compile(r"[ \t]*\[(\[?)[ \t]*([A-Za-z0-9_.-]+)[ \t]*\]")
_CLE = re.compile(r"[ \t]*([A-Za-z0-9_-]+)[ \t]*=")
_LIGNE_TOML = re.compile(r"\(at line (\d+), column (\d+)\)")

_Position = tuple[int, int]


class _Positions:
    """Line and column, from 1, of each table and key of a TOML text that tomllib has accepted."""

    def __init__(self, texte: str) -> None:
        self._trouvees: dict[tuple[str, int, str], _Position] = {}
        comptes: defaultdict[str, int] = defaultdict(int)
        table, rang = "", 0
        # Strings and comments are blanked first: what they hold must not be taken for a header or a key.
        neutre = _TEXTES.sub(lambda m: re.sub(r"[^\n]", "~", m.group()), texte)
        for numero, ligne in enumerate(neutre.split("\n"), start=1):
            if entete := _ENTETE.match(ligne):
                table = entete.group(2)
                rang = comptes[table]
                comptes[table] += 1
                self._note((table, rang, ""), numero, ligne)
            elif cle := _CLE.match(ligne):
                self._note((table, rang, cle.group(1)), numero, ligne)

    def _note(self, cle: tuple[str, int, str], numero: int, ligne: str) -> None:
        self._trouvees.setdefault(cle, (numero, len(ligne) - len(ligne.lstrip()) + 1))

    def de(self, ou: _Ou, cle: str | None) -> _Position:
        """Return where the key stands, else its table, else the beginning of the file."""
        table, rang = ou
        for essai in ((table, rang, cle or ""), (table, rang, ""), (cle or "", 0, "")):
            if essai in self._trouvees:
                return self._trouvees[essai]
        return 1, 1


class _Lecteur:
    """Takes typed values out of TOML tables; each refusal names the file, the line and the column."""

    def __init__(self, texte: str, nom: str) -> None:
        # A BOM is common in files saved by Windows editors; tomllib refuses it.
        self._texte = texte.removeprefix("\ufeff")
        self._nom = nom

    def analyse(self) -> dict[str, Any]:
        """Parse the text."""
        try:
            return tomllib.loads(self._texte)
        except (ValueError, RecursionError) as erreur:  # ValueError: also a number of thousands of digits
            ligne, colonne = self._position_syntaxe(str(erreur))
            raise self._erreur(ligne, colonne, "l’écriture TOML n’est pas correcte à cet endroit") from erreur

    def _position_syntaxe(self, message: str) -> _Position:
        if trouve := _LIGNE_TOML.search(message):
            return int(trouve.group(1)), int(trouve.group(2))
        lignes = self._texte.split("\n")
        return len(lignes), len(lignes[-1]) + 1

    def _erreur(self, ligne: int, colonne: int, quoi: str) -> GrilleError:
        return GrilleError(
            f"La grille « {self._nom} » est refusée, ligne {ligne}, colonne {colonne} : {quoi}. "
            "Corrigez le fichier, puis recommencez."
        )

    def refus(self, ou: _Ou, cle: str | None, quoi: str) -> GrilleError:
        """Return the error to raise about a key, or about its table when the key is absent."""
        return self._erreur(*_Positions(self._texte).de(ou, cle), quoi)

    def cles(self, table: Mapping[str, Any], admises: set[str], ou: _Ou, quoi: str) -> None:
        """Refuse unknown keys, then missing ones."""
        for cle in table:
            if cle not in admises:
                raise self.refus(ou, cle, f"la clé « {cle} » n’existe pas dans {quoi}")
        for cle in sorted(admises - _FACULTATIVES - _FACULTATIVES_GRILLE - table.keys()):
            raise self.refus(ou, None, f"la clé « {cle} » manque dans {quoi}")

    def tables(self, racine: Mapping[str, Any], nom: str) -> list[dict[str, Any]]:
        """Return the ``[[nom]]`` tables; at least one is needed."""
        tables = racine[nom]
        if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
            raise self.refus(("", 0), nom, f"il faut des tables [[{nom}]]")
        return tables

    def mots(self, table: Mapping[str, Any], cles: Iterable[str], ou: _Ou) -> list[str]:
        """Return texts that are not blank."""
        return [self._type(table, cle, ou, _est_texte, "un texte qui n’est pas vide") for cle in cles]

    def entier(self, table: Mapping[str, Any], cle: str, ou: _Ou, mini: int, maxi: int) -> int:
        """Return a whole number within bounds."""

        def convient(valeur: Any) -> bool:
            return type(valeur) is int and mini <= valeur <= maxi

        return int(self._type(table, cle, ou, convient, f"un nombre entier de {mini} à {nombre(maxi)}"))

    def booleen(self, table: Mapping[str, Any], cle: str, ou: _Ou) -> bool:
        """Return true or false; false when the key is absent."""
        return cle in table and bool(
            self._type(table, cle, ou, lambda v: isinstance(v, bool), "« true » ou « false »")
        )

    def choix(self, table: Mapping[str, Any], cle: str, ou: _Ou, admis: Sequence[str]) -> str:
        """Return one of the words that are allowed."""
        mots = enumeration([f"« {mot} »" for mot in admis])
        return str(self._type(table, cle, ou, lambda v: v in admis, f"un mot parmi {mots}"))

    def liste(self, table: Mapping[str, Any], cle: str, ou: _Ou, admis: Sequence[str] = ()) -> tuple[str, ...]:
        """Return a list of texts that are not blank, empty when the key is absent."""

        def convient(valeur: Any) -> bool:
            return isinstance(valeur, list) and all(_est_texte(v) and (not admis or v in admis) for v in valeur)

        parmi = f" parmi {enumeration([f'« {mot} »' for mot in admis])}" if admis else ", dont aucun n’est vide"
        return tuple(self._type({cle: [], **table}, cle, ou, convient, f"une liste de textes{parmi}"))

    def _type(
        self, table: Mapping[str, Any], cle: str, ou: _Ou, convient: Callable[[Any], bool], attendu: str
    ) -> Any:
        if not convient(table[cle]):
            raise self.refus(ou, cle, f"« {cle} » doit être {attendu}")
        return table[cle]


def _est_texte(valeur: Any) -> bool:
    return isinstance(valeur, str) and bool(valeur.strip())
