"""Exports of sheets: XLSX, and what ODS shares with it (exports-demarche-numerique §§ 3, 4.2, 4.4 to 4.6, 5.1).

Sheets and columns are found by their headers, never by their place. Runs in the child process.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any, Protocol
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from o2r_desktop.dossiers.champs import Brut, texte_de
from o2r_desktop.dossiers.correspondance import cle_libelle
from o2r_desktop.dossiers.enregistrement import BlocEcrit, iso
from o2r_desktop.dossiers.identifiers import chiffres
from o2r_desktop.dossiers.model import Origine
from o2r_desktop.errors import ExportFormatError
from o2r_desktop.imports.entetes import (
    SANS_NUMERO,
    Entetes,
    cle_etablissement,
    est_numero,
    libelles,
    reconnaitre,
    ressemble,
    sans_numero,
)
from o2r_desktop.imports.fiches import Atelier, Fiche, lire_numero, par_lots
from o2r_desktop.imports.gardes import abime, citer, verifier_etendue

Ligne = Sequence[Any]
_MOMENTS = frozenset({date, datetime, time, timedelta})
_NOM_FEUILLE = re.compile(rb"""(<(?:\w+:)?sheet\s[^>]*?\bname=)(?:"[^"]*"|'[^']*')""")
_NOM_BLOC = re.compile(r"\((\d+)\) ?(.*)", re.DOTALL)
_PREFIXE_BLOC = re.compile(r"\(Bloc répétable .*?\) – (.+)", re.DOTALL)
_SUFFIXES = {
    "raison_sociale": "Entreprise raison sociale",
    "forme_juridique_code": "Entreprise forme juridique code",
}
"""What an establishment adds to a row of a block, under the names of template exports (§ 5.1)."""


class Feuille(Protocol):
    """A sheet, whatever the workbook: its name, the number of its last row, and the rows that hold something."""

    @property
    def nom(self) -> str:
        """Its name."""

    @property
    def hauteur(self) -> int:
        """The number of its last row."""

    def lignes(self) -> Iterator[tuple[int, Ligne]]:
        """Yield rows of equal length that hold something, with their number in the sheet."""


@dataclass(frozen=True, slots=True)
class _FeuilleXlsx:
    """A sheet that calamine reads."""

    nom: str
    feuille: CalamineSheet

    @property
    def hauteur(self) -> int:
        """The number of its last row."""
        return self.feuille.total_height

    def lignes(self) -> Iterator[tuple[int, Ligne]]:
        """Yield rows that hold something, with their number in the sheet."""
        for numero, ligne in enumerate(self.feuille.iter_rows(), 1):
            if any(ligne) or any(cellule != "" for cellule in ligne):
                yield numero, ligne


@dataclass(slots=True)
class _Annexes:
    """What the other sheets say, by dossier number."""

    demandeurs: dict[int, dict[str, Brut]] = field(default_factory=dict)
    etablissements: dict[int, list[dict[str, Brut]]] = field(default_factory=dict)
    avis: dict[int, list[dict[str, Brut]]] = field(default_factory=dict)
    blocs: list[tuple[str, int | None, dict[int, list[dict[str, Brut]]]]] = field(default_factory=list)

    def autres(self, numero: int) -> dict[str, Any]:
        """Return what has no place of its own yet."""
        trouves = {"etablissements": self.etablissements.get(numero), "avis": self.avis.get(numero)}
        return {cle: valeur for cle, valeur in trouves.items() if valeur}

    def blocs_de(self, numero: int) -> list[BlocEcrit]:
        """Return the rows of each block; a block of the file without row here is there, empty."""
        return [(libelle, stable_id, lignes.get(numero, [])) for libelle, stable_id, lignes in self.blocs]


def lire_tableur(chemin: Path, demarche: str, atelier: Atelier) -> None:
    """Read a workbook and hand its dossiers to *atelier*; raises an ExportError when it is not an export."""
    sujet = citer(chemin.name)
    try:
        feuilles = _charger(chemin, sujet)
    except (CalamineError, OSError) as erreur:
        raise abime(sujet) from erreur
    lire_feuilles(feuilles, sujet, demarche, atelier, (Origine.XLSX_STANDARD, Origine.XLSX_MODELE))


def _charger(chemin: Path, sujet: str) -> list[_FeuilleXlsx]:
    """Return every sheet; calamine lets a second thread read the small ones meanwhile.

    Those of files before November 2021 may bear the same name, which calamine cannot tell apart (§ 4.6).
    """
    with CalamineWorkbook.from_path(chemin) as classeur:
        noms = classeur.sheet_names
    places = sorted(range(len(noms)), key=lambda place: noms[place] != "Dossiers")
    if len(set(noms)) < len(noms):
        lues = _ouvrir(_sans_homonymes(chemin), places, sujet)
        return [replace(feuille, nom=noms[place]) for place, feuille in zip(places, lues, strict=True)]
    with ThreadPoolExecutor(1) as fil:
        suite = fil.submit(_ouvrir, chemin, places[1:], sujet)
        premieres = _ouvrir(chemin, places[:1], sujet)
        return premieres + suite.result()


def _sans_homonymes(chemin: Path) -> BytesIO:
    """Return the workbook with sheets named by their rank."""
    rangs = count(1)
    copie = BytesIO()
    with ZipFile(chemin) as archive, ZipFile(copie, "w") as cible:
        for membre in archive.namelist():
            octets = archive.read(membre)
            if membre == "xl/workbook.xml":
                octets = _NOM_FEUILLE.sub(lambda trouve: b'%s"%d"' % (trouve[1], next(rangs)), octets)
            cible.writestr(membre, octets)
    copie.seek(0)
    return copie


def _ouvrir(source: Path | BytesIO, places: Sequence[int], sujet: str) -> list[_FeuilleXlsx]:
    feuilles = []
    with CalamineWorkbook.from_object(source) as classeur:
        for place in places:
            feuille = classeur.get_sheet_by_index(place)
            verifier_etendue(sujet, feuille.total_height, feuille.total_width)
            feuilles.append(_FeuilleXlsx(feuille.name, feuille))
    return feuilles


def lire_feuilles(
    feuilles: Sequence[Feuille], sujet: str, demarche: str, atelier: Atelier, origines: tuple[Origine, Origine]
) -> None:
    """Hand the dossiers of sheets to *atelier*, under the first origin when they are standard, else the second."""
    principale = _feuille_principale(feuilles, sujet)
    lignes = principale.lignes()
    _, entete = next(lignes)
    entetes = reconnaitre(libelles(entete))
    annexes = _Annexes()
    for autre in feuilles:
        if autre is not principale:
            _lire_annexe(annexes, autre)
    atelier.ouvrir(origines[entetes.modele], demarche, principale.hauteur)
    vide = True
    for lot in par_lots(lignes):
        atelier.ajouter(entetes.colonnes, _fiches(lot, entetes, annexes, demarche))
        vide = False
    if vide:
        raise ExportFormatError(f"{sujet} ne contient aucun dossier : il n’a qu’une ligne d’en-têtes.")


def _feuille_principale(feuilles: Sequence[Feuille], sujet: str) -> Feuille:
    """Return the sheet «Dossiers», else the first whose header is that of dossiers."""
    vide = sans_colonne = False
    for feuille in feuilles:
        _, entete = next(feuille.lignes(), (0, ()))
        textes = libelles(entete)
        if ressemble(textes):
            return feuille
        vide = vide or (feuille.nom == "Dossiers" and not textes)
        sans_colonne = sans_colonne or sans_numero(textes)
    if sans_colonne:
        raise ExportFormatError(f"{sujet} {SANS_NUMERO}")
    if vide:
        raise ExportFormatError(f"{sujet} ne contient aucun dossier : sa feuille « Dossiers » est vide.")
    raise ExportFormatError(f"{sujet} n’a pas de feuille de dossiers : ce n’est pas un export de la plateforme.")


def _fiches(lot: Sequence[tuple[int, Ligne]], entetes: Entetes, annexes: _Annexes, demarche: str) -> list[Fiche]:
    """Return the records of some rows; columns are turned once, so that dates cost only where there are."""
    colonnes = [_en_texte(colonne) for colonne in zip(*(ligne for _, ligne in lot), strict=True)]
    fixes = _dictionnaires(entetes.fixes, colonnes, len(lot))
    demandeurs = _dictionnaires(entetes.demandeur, colonnes, len(lot))
    cellules = list(zip(*(colonnes[i] for i in entetes.champs), strict=True)) or [()] * len(lot)
    avec_blocs = bool(annexes.blocs) or not entetes.modele
    fiches = []
    for rang, (ligne, _) in enumerate(lot):
        brut = colonnes[entetes.numero][rang]
        numero = lire_numero(brut) or 0
        if demarche:
            fixes[rang]["demarche"] = demarche
        demandeurs[rang].update(_renseignes(annexes.demandeurs.get(numero), demandeurs[rang]))
        blocs = annexes.blocs_de(numero) if avec_blocs else None
        autres = annexes.autres(numero)
        fiches.append(Fiche(ligne, brut, fixes[rang], demandeurs[rang], cellules[rang], blocs, autres))
    return fiches


def _renseignes(etablissement: Mapping[str, Brut] | None, deja: Mapping[str, Brut]) -> dict[str, Brut]:
    """Return what the sheet «Etablissements» adds; a blank there hides nothing that the main sheet tells."""
    return {cle: v for cle, v in (etablissement or {}).items() if v != "" or cle not in deja}


def _en_texte(colonne: Sequence[Any]) -> Sequence[Brut]:
    if _MOMENTS.isdisjoint(map(type, colonne)):
        return colonne
    return [iso(c) if type(c) in _MOMENTS else c for c in colonne]


def _dictionnaires(
    places: Sequence[tuple[str, int]], colonnes: Sequence[Sequence[Brut]], combien: int
) -> list[dict[str, Brut]]:
    cles = [cle for cle, _ in places]
    valeurs = zip(*(colonnes[i] for _, i in places), strict=True)
    return [dict(zip(cles, ligne, strict=True)) for ligne in valeurs] if cles else [{} for _ in range(combien)]


def _lire_annexe(annexes: _Annexes, feuille: Feuille) -> None:
    nom, lignes = feuille.nom, feuille.lignes()
    _, entete = next(lignes, (0, ()))
    textes = libelles(entete)
    numero = next((i for i, texte in enumerate(textes) if est_numero(texte)), None)
    if numero is None:
        return
    cles = set(map(cle_libelle, textes))
    if cle_libelle("Champ") in cles and cle_libelle("Établissement SIRET") in cles:
        _lire_etablissements(annexes, textes, numero, lignes)
    elif cle_libelle("Réponse oui/non") in cles and cle_libelle("Expert") in cles:
        for dossier, ligne in _par_dossier(textes, numero, lignes):
            annexes.avis.setdefault(dossier, []).append(ligne)
    elif _NOM_BLOC.match(nom) or "ligne" in cles:
        annexes.blocs.append(_lire_bloc(annexes, nom, _par_dossier(textes, numero, lignes)))


def _par_dossier(
    textes: Sequence[str], numero: int, lignes: Iterator[tuple[int, Ligne]]
) -> Iterator[tuple[int, dict[str, Brut]]]:
    """Yield a dossier number and a row as label → cell, without the number; equal labels get a rank."""
    cles = [texte if textes.index(texte) == i else f"{texte} ({i + 1})" for i, texte in enumerate(textes)]
    for _, ligne in lignes:
        dossier = lire_numero(ligne[numero])
        if dossier is not None:
            cellules = _en_texte(ligne)
            yield (
                dossier,
                {cle: c for i, (cle, c) in enumerate(zip(cles, cellules, strict=False)) if i != numero and cle},
            )


def _lire_etablissements(
    annexes: _Annexes, textes: Sequence[str], numero: int, lignes: Iterator[tuple[int, Ligne]]
) -> None:
    """Keep the applicant of each dossier, and apart the establishments of SIRET fields (§ 4.4)."""
    connues = [(i, cle) for i, texte in enumerate(textes) if (cle := cle_etablissement(texte))]
    rang_champ = next(i for i, texte in enumerate(textes) if cle_libelle(texte) == "champ")
    for _, ligne in lignes:
        dossier = lire_numero(ligne[numero])
        if dossier is None:
            continue
        cellules = _en_texte(ligne)
        champ = texte_de(cellules[rang_champ])
        etablissement = {cle: cellules[i] for i, cle in connues}
        if champ == "Dossier" and dossier not in annexes.demandeurs:
            annexes.demandeurs[dossier] = etablissement
        else:
            utiles = {cle: cellule for cle, cellule in etablissement.items() if cellule != ""}
            annexes.etablissements.setdefault(dossier, []).append({"champ": champ, **utiles})


def _lire_bloc(
    annexes: _Annexes, nom: str, lignes: Iterator[tuple[int, dict[str, Brut]]]
) -> tuple[str, int | None, dict[int, list[dict[str, Brut]]]]:
    trouve = _NOM_BLOC.match(nom)
    libelle, stable_id = (trouve[2].strip(), int(trouve[1])) if trouve else (nom, None)
    rangs: dict[int, list[tuple[float, dict[str, Brut]]]] = {}
    for dossier, ligne in lignes:
        rang = ligne.pop("Ligne", None)
        place = float(rang) if isinstance(rang, (int, float)) else float("inf")
        propre = {_sans_prefixe(cle, libelle): cellule for cle, cellule in ligne.items()}
        rangs.setdefault(dossier, []).append((place, _completer(annexes, dossier, propre)))
    return libelle, stable_id, {d: [x for _, x in sorted(r, key=lambda p: p[0])] for d, r in rangs.items()}


def _sans_prefixe(cle: str, bloc: str) -> str:
    """Return the label of a child of a block without the block's own, which templates add (§ 5.1)."""
    if trouve := _PREFIXE_BLOC.fullmatch(cle):
        return trouve[1]
    prefixe, tiret, reste = cle.partition(" – ")
    coupe = cle_libelle(bloc).replace(" ", "")
    return reste if tiret and coupe and cle_libelle(prefixe).replace(" ", "").startswith(coupe) else cle


def _completer(annexes: _Annexes, dossier: int, ligne: dict[str, Brut]) -> dict[str, Brut]:
    """Add to a row what the sheet «Etablissements» knows of its SIRET (§ 4.4)."""
    connus = {texte_de(e.get("siret")): e for e in annexes.etablissements.get(dossier, [])}
    for libelle, cellule in list(ligne.items()) if connus else ():
        etablissement = connus.get(chiffres(texte_de(cellule))) if cellule != "" else None
        for cle, suffixe in _SUFFIXES.items():
            if etablissement and cle in etablissement:
                ligne.setdefault(f"{libelle} – {suffixe}", etablissement[cle])
    return ligne
