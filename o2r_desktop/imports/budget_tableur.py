"""The budget annex in a workbook: rows of charges and produits, their account, the year of each column.

An annex follows no set form: everything here is proposed, and corrected by the instructor before it is written.
Two tables side by side (charges then produits, as the Cerfa lays them out) are read as two blocks.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import takewhile

from o2r_desktop.analyse.budget.plan_comptable import SANS_COMPTE_CHARGES, SANS_COMPTE_PRODUITS, normaliser
from o2r_desktop.analyse.finances.collage import lire_cellule
from o2r_desktop.dossiers.budget import ANNEES
from o2r_desktop.imports.apercus import Feuille
from o2r_desktop.text import normalise, printable

LIGNES_MAX = 400
"""Rows that are proposed: a budget is far shorter."""
LIBELLE_MAX = 200
_ANNEE_DITE = re.compile(r"\b(?:annee|an|exercice)\s*(?:n\s*)?(?:°\s*)?([123])\b|\ba([123])\b")
_MILLESIME = re.compile(r"\b(20[2-4]\d)\b")
_TOTAL = re.compile(r"(?:sous[ -]?total|s/total|total|resultat|excedent|deficit|solde|equilibre|budget global)\b")
_NUMERO = re.compile(r"[2678]\d{1,5}")
_DETAIL_MAX = 40
_TITRE_MAX = 30
"""Rows at the top where years are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneAnnexe:
    """A row of a block: its rank in the sheet and the column of its words, from 0, and the amount of each column.

    ``compte`` is the account proposed, «» when the row is to be left: a total, or what others detail.
    """

    rang: int
    colonne: int
    libelle: str
    montants: Mapping[int, Decimal]
    compte: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annexe:
    """What a sheet is taken to hold: its rows, the year (1 to 3) of each column that has one."""

    lignes: tuple[LigneAnnexe, ...] = ()
    annees: Mapping[int, int] = field(default_factory=dict)

    @property
    def colonnes(self) -> tuple[int, ...]:
        """The columns that hold amounts."""
        return tuple(sorted({c for ligne in self.lignes for c in ligne.montants}))


def proposer(feuille: Feuille) -> Annexe:
    """Say what a sheet holds; it never fails."""
    brutes = [ligne for rang in range(len(feuille.lignes)) for ligne in _segments(feuille, rang)][:LIGNES_MAX]
    colonnes = tuple(sorted({c for ligne in brutes for c in ligne.montants}))
    annees = _annees(feuille, colonnes, brutes)
    entetes = {r for r in range(min(_TITRE_MAX, len(feuille.lignes))) if _est_entete(feuille, r)}
    blocs = sorted({ligne.colonne for ligne in brutes})
    prises: list[LigneAnnexe] = []
    for bloc in blocs:
        siennes = [x for x in brutes if x.colonne == bloc and x.rang not in entetes]
        prises += _comptes(feuille, siennes, dernier=bloc == blocs[-1] and len(blocs) > 1)
    return Annexe(lignes=tuple(sorted(prises, key=lambda x: (x.colonne, x.rang))), annees=annees)


def _segments(feuille: Feuille, rang: int) -> Iterator[LigneAnnexe]:
    """Yield the words of a row, each with the amounts at its right; an account alone belongs to the words after."""
    libelle, debut, numero = "", 0, ""
    montants: dict[int, Decimal] = {}
    for colonne, cellule in enumerate(feuille.lignes[rang]):
        texte = printable(cellule).replace("\n", " ").strip()
        valeur = lire_cellule(texte) if texte else None
        seul = _NUMERO.fullmatch(texte) and not montants and not libelle
        if any(c.isalpha() for c in texte) and valeur is None:
            if montants:
                yield LigneAnnexe(rang=rang, colonne=debut, libelle=libelle, montants=montants)
                libelle, numero, montants = "", "", {}
            debut = debut if libelle else colonne
            libelle = " ".join(t for t in (libelle or numero, texte) if t)[:LIBELLE_MAX]
        elif seul:
            numero = texte
        elif valeur is not None and libelle:
            montants[colonne] = valeur
        elif valeur is not None and _NUMERO.fullmatch(texte):
            numero = texte
    if montants:
        yield LigneAnnexe(rang=rang, colonne=debut, libelle=libelle, montants=montants)


# --- years --------------------------------------------------------------------------------------------------


def _annees(feuille: Feuille, colonnes: Sequence[int], lignes: Sequence[LigneAnnexe]) -> dict[int, int]:
    """Return the year of each column: as its head says, else the first three columns of each block."""
    dites = {c: a for c in colonnes if (a := _annee_dite(feuille, c))}
    millesimes = {c: m for c in colonnes if (m := _millesime(feuille, c))}
    premieres = sorted(set(millesimes.values()))[: len(ANNEES)]
    dites |= {c: premieres.index(m) + 1 for c, m in millesimes.items() if m in premieres and c not in dites}
    if dites:
        return dites
    trouvees: dict[int, int] = {}
    for bloc in sorted({ligne.colonne for ligne in lignes}):
        siennes = sorted({c for ligne in lignes if ligne.colonne == bloc for c in ligne.montants})
        libres = [c for c in siennes if not _dit_total(feuille, c)]
        trouvees |= dict(zip(libres, ANNEES, strict=False))
    return trouvees


def _tete(feuille: Feuille, colonne: int) -> Iterator[str]:
    """Yield the heads of a column: its cells above the first amount, the nearest last."""
    for rang in range(min(_TITRE_MAX, len(feuille.lignes))):
        texte = feuille.texte(rang, colonne).strip()
        if texte and lire_cellule(texte) is not None and not _MILLESIME.fullmatch(texte):
            return
        if texte:
            yield normalise(texte)


def _annee_dite(feuille: Feuille, colonne: int) -> int:
    for tete in reversed(list(_tete(feuille, colonne))):
        if trouve := _ANNEE_DITE.search(tete):
            return int(trouve[1] or trouve[2])
    return 0


def _millesime(feuille: Feuille, colonne: int) -> int:
    for tete in reversed(list(_tete(feuille, colonne))):
        if not _TOTAL.match(tete) and (trouve := _MILLESIME.search(tete)):
            return int(trouve[1])
    return 0


def _dit_total(feuille: Feuille, colonne: int) -> bool:
    return any(_TOTAL.match(tete) for tete in _tete(feuille, colonne))


def _est_entete(feuille: Feuille, rang: int) -> bool:
    """Say whether a row only names years."""
    chiffres = [t.strip() for t in feuille.lignes[rang] if lire_cellule(t.strip()) is not None]
    return bool(chiffres) and all(_MILLESIME.fullmatch(t) for t in chiffres)


# --- accounts -----------------------------------------------------------------------------------------------


def _comptes(feuille: Feuille, lignes: Sequence[LigneAnnexe], *, dernier: bool) -> list[LigneAnnexe]:
    """Propose the account of each row: its own, else that of the title above, else only its side."""
    proposees: list[LigneAnnexe] = []
    precedent = 0
    contexte, cote = "", SANS_COMPTE_PRODUITS if dernier else SANS_COMPTE_CHARGES
    for ligne in lignes:
        for titre in _titres(feuille, ligne.colonne, precedent, ligne.rang):
            cote, contexte = _sous_titre(titre, cote, contexte)
        precedent = ligne.rang + 1
        propre = normaliser(ligne.libelle)
        if _TOTAL.match(normalise(ligne.libelle)):
            contexte = ""
            proposees.append(ligne)
            continue
        contexte = "" if _numerote(ligne) else contexte
        compte = contexte or propre
        cote = compte[:1] if compte[:1] in (SANS_COMPTE_CHARGES, SANS_COMPTE_PRODUITS) else cote
        proposees.append(replace(ligne, compte=compte or cote))
    return _sans_detailles(proposees)


def _titres(feuille: Feuille, colonne: int, debut: int, fin: int) -> Iterator[str]:
    """Yield the words between two rows, which have no amount of their own."""
    for rang in range(debut, fin):
        if texte := printable(feuille.texte(rang, colonne)).strip():
            yield texte


def _sous_titre(titre: str, cote: str, contexte: str) -> tuple[str, str]:
    """Return the side and the account that a title opens."""
    mots = normalise(titre)
    if mots.startswith(("charges", "depenses")) and not normaliser(titre):
        return SANS_COMPTE_CHARGES, ""
    if mots.startswith(("produits", "ressources", "recettes", "financements")) and not normaliser(titre):
        return SANS_COMPTE_PRODUITS, ""
    compte = normaliser(titre) if titre[:1].isdigit() else ""
    return (compte[0], compte[:2]) if compte and compte[0] in "67" else (cote, compte[:2] or contexte)


def _sans_detailles(lignes: Sequence[LigneAnnexe]) -> list[LigneAnnexe]:
    """Leave the rows that those below them detail: their amounts would be counted twice.

    What follows is numbered under the same account, or bears no number: it then takes the account it details.
    """
    gardees = list(lignes)
    for rang, ligne in enumerate(gardees):
        if len(ligne.compte) != 2:
            continue
        suite = next(_details(gardees, rang), None)
        if suite is not None:
            gardees[rang] = replace(ligne, compte="")
            for r in suite:
                sien = gardees[r].compte if gardees[r].compte.startswith(ligne.compte) else ligne.compte
                gardees[r] = replace(gardees[r], compte=sien)
    return gardees


def _details(lignes: Sequence[LigneAnnexe], rang: int) -> Iterator[list[int]]:
    """Yield the rows below one that add up to it, the longest first."""
    for suite in (_sous_comptes(lignes, rang), _sans_numero(lignes, rang)):
        for combien in range(min(len(suite), _DETAIL_MAX), 0, -1):
            siennes = suite[:combien]
            if _somme([lignes[r] for r in siennes], lignes[rang].montants) == dict(lignes[rang].montants):
                yield siennes


def _sous_comptes(lignes: Sequence[LigneAnnexe], rang: int) -> list[int]:
    compte = lignes[rang].compte
    suite = range(rang + 1, len(lignes))
    return list(takewhile(lambda r: lignes[r].compte.startswith(compte) and lignes[r].compte != compte, suite))


def _sans_numero(lignes: Sequence[LigneAnnexe], rang: int) -> list[int]:
    suite = range(rang + 1, len(lignes))
    return list(takewhile(lambda r: bool(lignes[r].compte) and not _numerote(lignes[r]), suite))


def _numerote(ligne: LigneAnnexe) -> bool:
    return ligne.libelle[:1].isdigit()


def _somme(lignes: Sequence[LigneAnnexe], colonnes: Mapping[int, Decimal]) -> dict[int, Decimal]:
    return {c: sum((x.montants.get(c, Decimal(0)) for x in lignes), Decimal(0)) for c in colonnes}
