"""What the child process sends: records as JSON text, in batches, with the cells that the parent looks at."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from o2r_desktop.dossiers.apercu import UTILES
from o2r_desktop.dossiers.champs import Brut, TypeChamp, texte_de
from o2r_desktop.dossiers.correspondance import Attribut, Correspondance
from o2r_desktop.dossiers.enregistrement import BlocEcrit, ecrire_contenu
from o2r_desktop.dossiers.model import Colonne, Origine
from o2r_desktop.imports.doublons import departager

LOT = 256
"""Dossiers in a message: small enough for the parent to work while the child goes on."""
CELLULE_TABLEUR = 32_767
"""Longest text that a spreadsheet keeps in a cell."""

_FIXES_UTILES = ("etat", "depot", "derniere_maj")
_DEMANDEUR_UTILES = (
    "siret",
    "raison_sociale",
    "entreprise_prenom",
    "entreprise_nom",
    "association_titre",
    "nom_commercial",
    "prenom",
    "nom",
)
_SANS_DEFAUT = frozenset({TypeChamp.TEXTE, TypeChamp.TEXTE_LONG, TypeChamp.CHOIX, TypeChamp.PIECES,
                          TypeChamp.TELEPHONE})  # fmt: skip
_T = TypeVar("_T")


class Fiche(NamedTuple):
    """One dossier as a reader gives it; ``numero`` is the cell, not yet read."""

    ligne: int
    numero: Brut
    fixes: dict[str, Brut]
    demandeur: dict[str, Brut]
    cellules: Sequence[Brut]
    blocs: Sequence[BlocEcrit] | None
    autres: Mapping[str, Any]


class FicheEcrite(NamedTuple):
    """One dossier as it is sent to the parent: its text, and the few cells that the list shows."""

    ligne: int
    numero: int | None
    numero_brut: str
    jeu: int
    contenu: str
    fixes: dict[str, Brut]
    demandeur: dict[str, Brut]
    utiles: dict[str, Brut]
    blocs: Sequence[BlocEcrit]


class Entete(NamedTuple):
    """First message: what was recognised; ``total`` is how many lines to expect."""

    origine: Origine
    demarche: str
    total: int


class Jeu(NamedTuple):
    """A new set of columns; sets are numbered in the order of their messages."""

    colonnes: tuple[Colonne, ...]


class Defaut(NamedTuple):
    """A cell that cannot be read as its type, or a remark on the file when ``numero`` is None."""

    numero: int | None
    ou: str
    quoi: str
    alerte: bool = True


class Erreur(NamedTuple):
    """The file is refused: the name of an exception of errors.py, its sentence, and what the log may keep."""

    genre: str
    phrase: str
    detail: str = ""


class Fin(NamedTuple):
    """Last message: everything was sent."""


class Lot(NamedTuple):
    """Some dossiers of one set of columns; ``typees`` are the columns whose cells may be unreadable."""

    fiches: list[FicheEcrite]
    typees: list[list[Brut]]


Message = Entete | Jeu | Lot | list[Defaut] | Erreur | Fin


def controlees(lies: Sequence[Attribut | None]) -> list[tuple[int, Attribut]]:
    """Return place and attribute of the columns whose cells may be unreadable as their type, or unknown choices."""
    return [
        (i, a)
        for i, a in enumerate(lies)
        if a is not None and a.type not in _SANS_DEFAUT and (a.options or a.type is not TypeChamp.CHOIX_MULTIPLE)
    ]


def par_lots(elements: Iterable[_T], taille: int = LOT) -> Iterator[list[_T]]:
    """Yield lists of at most *taille* elements."""
    suite = iter(elements)
    while lot := list(islice(suite, taille)):
        yield lot


def lire_numero(brut: Brut) -> int | None:
    """Return a dossier number, None when the cell holds none."""
    if isinstance(brut, str) and len(brut) <= 15 and brut.isascii() and brut.isdigit():
        return int(brut) or None
    if isinstance(brut, bool) or brut is None or isinstance(brut, list):
        return None
    if isinstance(brut, float):
        return int(brut) if brut.is_integer() and 0 < brut < 2**53 else None
    if isinstance(brut, int):
        return brut if 0 < brut < 2**53 else None
    texte = "".join(brut.split()).removesuffix(".0")
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) <= 15 and int(texte) else None


def _coupes(colonnes: Sequence[Colonne], fiche: Fiche) -> Iterator[Defaut]:
    """Yield the texts that a spreadsheet surely cut."""
    for colonne, cellule in zip(colonnes, fiche.cellules, strict=True):
        if isinstance(cellule, str) and len(cellule) == CELLULE_TABLEUR:
            quoi = "texte sans doute coupé par un tableur à 32 767 caractères : à lire sur la plateforme"
            yield Defaut(lire_numero(fiche.numero), colonne.libelle, quoi)


@dataclass(slots=True)
class _JeuConnu:
    """A set of columns with what is done to each."""

    rang: int
    utiles: list[tuple[str, int]]
    controlees: list[int]
    doubles: Sequence[tuple[Attribut, tuple[int, ...]]]


class Atelier:
    """Turns records into messages; one for each file."""

    def __init__(self, correspondance: Correspondance, envoyer: Callable[[Message], None]) -> None:
        self._correspondance = correspondance
        self._envoyer = envoyer
        self._utiles = frozenset(UTILES)
        self._jeux: dict[tuple[Colonne, ...], _JeuConnu] = {}
        self._origine = Origine.CSV_STANDARD

    def ouvrir(self, origine: Origine, demarche: str = "", total: int = 0) -> None:
        """Say what the file is; first call."""
        self._origine = origine
        self._envoyer(Entete(origine, demarche, total))

    def remarquer(self, quoi: str, *, ou: str = "fichier", alerte: bool = False) -> None:
        """Say something of the whole file."""
        self._envoyer([Defaut(None, ou, quoi, alerte)])

    def ajouter(self, colonnes: tuple[Colonne, ...], fiches: list[Fiche]) -> None:
        """Send records that share their columns."""
        jeu = self._jeux.get(colonnes) or self._declarer(colonnes)
        doubles = self._departager(colonnes, fiches, jeu) if jeu.doubles else []
        ecrites = [self._ecrire(fiche, jeu) for fiche in fiches]
        typees = [[fiche.cellules[i] for fiche in fiches] for i in jeu.controlees]
        self._envoyer(Lot(ecrites, typees))
        longues = [f for f, e in zip(fiches, ecrites, strict=True) if len(e.contenu) > CELLULE_TABLEUR]
        if coupes := [defaut for fiche in longues for defaut in _coupes(colonnes, fiche)]:
            self._envoyer(coupes)
        if doubles:
            self._envoyer(doubles)

    def _departager(self, colonnes: tuple[Colonne, ...], fiches: list[Fiche], jeu: _JeuConnu) -> list[Defaut]:
        """Settle columns that claim one attribute, in place; return what is wrong with them."""
        defauts: list[Defaut] = []
        quoi = "deux colonnes donnent des valeurs différentes, la première est retenue"
        for rang, fiche in enumerate(fiches):
            cellules, places = departager(fiche.cellules, jeu.doubles, vide_vaut_zero=self._origine.vide_vaut_zero)
            fiches[rang] = fiche._replace(cellules=cellules)
            numero = lire_numero(fiche.numero)
            defauts += [Defaut(numero, colonnes[i].libelle, quoi) for i in places if numero is not None]
        return defauts

    def _declarer(self, colonnes: tuple[Colonne, ...]) -> _JeuConnu:
        lies = self._correspondance.lier(colonnes)
        jeu = _JeuConnu(
            len(self._jeux),
            [(a.id, i) for i, a in enumerate(lies) if a is not None and a.id in self._utiles],
            [i for i, _ in controlees(lies)],
            self._correspondance.doubles(colonnes),
        )
        self._jeux[colonnes] = jeu
        self._envoyer(Jeu(colonnes))
        return jeu

    def _ecrire(self, fiche: Fiche, jeu: _JeuConnu) -> FicheEcrite:
        contenu = ecrire_contenu(
            origine=self._origine,
            fixes=fiche.fixes,
            demandeur=fiche.demandeur,
            cellules=fiche.cellules,
            blocs=fiche.blocs,
            autres=fiche.autres,
        )
        return FicheEcrite(
            fiche.ligne,
            lire_numero(fiche.numero),
            texte_de(fiche.numero)[:60],
            jeu.rang,
            contenu,
            {cle: fiche.fixes[cle] for cle in _FIXES_UTILES if cle in fiche.fixes},
            {cle: fiche.demandeur[cle] for cle in _DEMANDEUR_UTILES if cle in fiche.demandeur},
            {attribut: fiche.cellules[i] for attribut, i in jeu.utiles},
            [bloc for bloc in fiche.blocs or () if bloc[2]],
        )
