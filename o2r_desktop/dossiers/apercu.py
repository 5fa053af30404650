"""The row of the list of dossiers, read without reading the whole dossier."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar
from unicodedata import is_normalized

from o2r_desktop.dossiers.champs import Brut, TypeChamp, lire, lire_instant, lire_nombre, texte_de
from o2r_desktop.dossiers.correspondance import Attribut
from o2r_desktop.dossiers.enregistrement import BlocEcrit
from o2r_desktop.dossiers.identifiers import chiffres
from o2r_desktop.dossiers.importation import Apercu
from o2r_desktop.dossiers.lecture import lire_etat, nom_porteur
from o2r_desktop.dossiers.model import Enregistrement, Etat
from o2r_desktop.dossiers.territoires import DEPARTEMENTS, codes_departements
from o2r_desktop.text import normalise, printable

ANNEES_BENEFICIAIRES = tuple(f"beneficiaires_annee_{annee}" for annee in (1, 2, 3))
ANNEES_COUT = tuple(f"cout_annee_{annee}" for annee in (1, 2, 3))
ANNEES_DEMANDE = tuple(f"demande_annee_{annee}" for annee in (1, 2, 3))
UTILES = (
    "intitule", "departements", "cout_total", "demande_total", *ANNEES_COUT, *ANNEES_DEMANDE, *ANNEES_BENEFICIAIRES
)  # fmt: skip
"""Attributes that the list shows."""

_CACHES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""What text.printable drops or changes."""

_T = TypeVar("_T")


def apercu(enregistrement: Enregistrement, lies: Sequence[Attribut | None]) -> Apercu:
    """Return the row of the list for a record whose columns are bound to *lies*."""
    utiles = {
        attribut.id: cellule
        for attribut, cellule in zip(lies, enregistrement.cellules, strict=True)
        if attribut is not None and attribut.id in UTILES
    }
    blocs = enregistrement.blocs or ()
    lecteur = LecteurApercu(zero_inconnu=enregistrement.origine.vide_vaut_zero)
    return lecteur.lire(
        enregistrement.numero,
        enregistrement.fixes,
        enregistrement.demandeur,
        utiles,
        [(b.libelle, b.stable_id, b.lignes) for b in blocs],
    )


class _Simplification(dict[int, str]):
    """What each character becomes once normalised, learnt as characters come: ten times faster on a long list."""

    def __missing__(self, code: int) -> str:
        caractere = chr(code)
        self[code] = " " if caractere.isspace() else normalise(caractere)
        return self[code]


class LecteurApercu:
    """Reads rows of the list one after the other; remembers the words that come again and again."""

    def __init__(self, *, zero_inconnu: bool) -> None:
        self._zero_inconnu = zero_inconnu
        self._simplification = _Simplification()
        self._etats: dict[str, Etat | None] = {}
        self._territoires: dict[str, tuple[tuple[str, ...], str]] = {}

    def lire(
        self,
        numero: int,
        fixes: Mapping[str, Brut],
        demandeur: Mapping[str, Brut],
        utiles: Mapping[str, Brut],
        blocs: Sequence[BlocEcrit],
    ) -> Apercu:
        """Return the row of one dossier from the parts of its record; *utiles* are cells by attribute."""
        porteur = _propre(nom_porteur(demandeur))
        siret = chiffres(texte_de(demandeur.get("siret")))
        intitule = _propre(texte_de(utiles.get("intitule")))
        codes, lieux = self._departements(utiles.get("departements"))
        mots = [str(numero), porteur, siret, intitule, *_membres(blocs)]
        return Apercu(
            numero=numero,
            etat=self._etat(texte_de(fixes.get("etat"))),
            depot=_sans_erreur(lire_instant, fixes.get("depot")),
            mise_a_jour=_sans_erreur(lire_instant, fixes.get("derniere_maj")),
            porteur=porteur,
            siret=siret if len(siret) == 14 else "",
            intitule=intitule,
            departements=codes,
            cout_total=self._total(utiles, "cout_total", ANNEES_COUT),
            demande=self._total(utiles, "demande_total", ANNEES_DEMANDE),
            beneficiaires=self._beneficiaires(utiles),
            recherche=f"{self.normaliser(' '.join(mots))} {lieux}".rstrip(),
        )

    def normaliser(self, texte: str) -> str:
        """Return what text.normalise returns."""
        return " ".join(texte.translate(self._simplification).split())

    def _etat(self, texte: str) -> Etat | None:
        if texte not in self._etats:
            self._etats[texte] = lire_etat(texte)
        return self._etats[texte]

    def _departements(self, brut: Brut) -> tuple[tuple[str, ...], str]:
        """Return codes, and what a search may type for them."""
        cle = brut if isinstance(brut, str) else ", ".join(brut) if isinstance(brut, list) else ""
        connu = self._territoires.get(cle)
        if connu is None:
            lus = lire(brut, TypeChamp.CHOIX_MULTIPLE).valeur
            codes, inconnus = codes_departements(lus if isinstance(lus, tuple) else ())
            mots = [f"{code} {DEPARTEMENTS.get(code, '')}" for code in codes]
            connu = codes, normalise(_propre(" ".join([*mots, *inconnus])))
            self._territoires[cle] = connu
        return connu

    def _nombre(self, brut: Brut) -> Decimal | None:
        """Return a figure, None when nothing can use it: unknown, unreadable or negative, as in the budget."""
        valeur = _sans_erreur(lire_nombre, brut)
        douteux = valeur is None or valeur < 0 or (valeur == 0 and self._zero_inconnu)
        return None if douteux else valeur

    def _total(self, utiles: Mapping[str, Brut], total: str, annees: Sequence[str]) -> Decimal | None:
        """Return the total declared, else the sum of the years, as the budget does."""
        declare = self._nombre(utiles.get(total))
        return self._somme(utiles, annees) if declare is None else declare

    def _beneficiaires(self, utiles: Mapping[str, Brut]) -> int | None:
        somme = self._somme(utiles, ANNEES_BENEFICIAIRES)
        return None if somme is None or somme % 1 else int(somme)  # half a person is read as an anomaly

    def _somme(self, utiles: Mapping[str, Brut], attributs: Sequence[str]) -> Decimal | None:
        """Return the sum of the figures, None when one of them is unknown: part of a sum is another figure."""
        lus = [self._nombre(utiles.get(a)) for a in attributs]
        connus = [valeur for valeur in lus if valeur is not None]
        return sum(connus, Decimal()) if len(connus) == len(lus) else None


def _sans_erreur(lecteur: Callable[[Brut], _T | None], brut: Brut) -> _T | None:
    try:
        return lecteur(brut)
    except ValueError:
        return None


def _propre(texte: str) -> str:
    """Return text that a store and a window can take: no surrogate, no control character."""
    return printable(texte) if _CACHES.search(texte) or not is_normalized("NFC", texte) else texte


def _membres(blocs: Sequence[BlocEcrit]) -> list[str]:
    """Return names and SIRET of the consortium's members; long answers are left out."""
    return [
        _propre(texte)
        for libelle, _, lignes in blocs
        if lignes and "membre" in normalise(libelle)
        for ligne in lignes
        for texte in map(texte_de, ligne.values())
        if len(texte) <= 120
    ]
