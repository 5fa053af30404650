"""Two states of one dossier: which answers changed, and what is kept of the old one.

Formats do not carry the same things nor write them the same way (exports-demarche-numerique §§ 3.4, 4 and 5):
the same answers in another format are no difference, and what a format cannot carry is kept.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from o2r_desktop.dossiers.affichage import valeur_dite
from o2r_desktop.dossiers.champs import (
    Brut,
    TypeChamp,
    lire_date,
    lire_instant,
    texte_de,
)
from o2r_desktop.dossiers.correspondance import Attribut, Correspondance, cle_libelle
from o2r_desktop.dossiers.importation import Difference
from o2r_desktop.dossiers.lecture import lire_etat
from o2r_desktop.dossiers.model import Colonne, Enregistrement, Origine
from o2r_desktop.imports.blocs import comparer_blocs
from o2r_desktop.imports.egalite import (
    Cellule,
    garder,
    lire_cellule,
    meme_reponse,
    meme_texte,
    retenir,
    sans_erreur,
)
from o2r_desktop.text import instant

Cle = str | tuple[str, int]
"""What two columns of the same field share: the attribute, else label and rank."""

_NUMERO = re.compile(r"\d+(?= – |$)")
_TEXTES_FIXES = {
    "motivation": "Motivation de la décision",
    "email": "Courriel",
    "groupe_instructeur": "Groupe instructeur",
}
_INSTANTS_FIXES = {
    "depot": "Date de dépôt",
    "derniere_maj": "Dernière mise à jour",
    "passage_instruction": "Passage en instruction",
    "traitement": "Date de traitement",
}
_DEMANDEUR = {
    "siret": "SIRET du porteur",
    "raison_sociale": "Raison sociale",
    "forme_juridique": "Forme juridique",
    "forme_juridique_code": "Catégorie juridique",
    "etat_administratif": "État administratif",
    "adresse": "Adresse",
    "code_postal": "Code postal",
    "localite": "Localité",
    "naf": "Code NAF",
    "rna": "RNA",
    "association_objet": "Objet de l’association",
    "date_creation": "Date de création de l’entreprise",
    "civilite": "Civilité",
    "nom": "Nom",
    "prenom": "Prénom",
    "nom_mandataire": "Nom du mandataire",
    "prenom_mandataire": "Prénom du mandataire",
    "entreprise_nom": "Nom de l’entrepreneur",
    "entreprise_prenom": "Prénom de l’entrepreneur",
    "association_titre": "Titre de l’association",
    "nom_commercial": "Nom commercial",
}
_DECISIFS = frozenset({"siret", "raison_sociale", "forme_juridique_code", "nom"})
"""What the rules read: learning it for the first time is a change, learning the rest is not."""
_PORTEUR = _DECISIFS | {
    "forme_juridique",
    "etat_administratif",
    "rna",
    "date_creation",
    "prenom",
    "entreprise_nom",
    "entreprise_prenom",
    "association_titre",
    "nom_commercial",
}
"""What makes the applicant body as the rules see it («porteur»)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparaison:
    """What changed, and the record that holds the new state with what was kept of the old.

    ``gardes`` are the fields that the product knows, answered once and that the file does not carry anymore.
    """

    differences: tuple[Difference, ...]
    fusion: Enregistrement
    gardes: tuple[str, ...] = ()


class _Case(NamedTuple):
    """A column of one dossier, what it is bound to, and its cell."""

    colonne: Colonne
    attribut: Attribut | None
    cellule: Cellule


def cles(colonnes: Sequence[Colonne], correspondance: Correspondance) -> tuple[Cle, ...]:
    """Return the key of each column."""
    return _cles(colonnes, correspondance.lier(colonnes))


def _cles(colonnes: Sequence[Colonne], lies: Sequence[Attribut | None]) -> tuple[Cle, ...]:
    return tuple(
        a.id if a is not None else (cle_libelle(c.libelle), c.rang) for c, a in zip(colonnes, lies, strict=True)
    )


def comparer(
    ancien: Enregistrement, nouveau: Enregistrement, correspondance: Correspondance, portees: Collection[Cle]
) -> Comparaison:
    """Compare a dossier of the campagne with the same in a file whose columns, over all dossiers, are *portees*.

    A field that the file carries for others but not for this dossier is hidden now: the answer is withdrawn.
    """
    differences: list[Difference] = []
    fixes = _fixes(ancien, nouveau, differences)
    demandeur = _demandeur(ancien, nouveau, differences)
    anciennes = _cases(ancien, correspondance)
    nouvelles = _suivre(_cases(nouveau, correspondance), anciennes)
    retenues = _reponses(anciennes, nouvelles, differences)
    gardees = _absentes(ancien, nouveau, anciennes, nouvelles, portees, differences)
    doute = nouveau.origine.vide_vaut_zero
    retenues += [(case.colonne, garder(case.cellule, doute=doute)) for case in gardees]
    blocs = comparer_blocs(ancien, nouveau, correspondance, differences)
    fusion = replace(
        nouveau,
        fixes=fixes,
        demandeur=demandeur,
        colonnes=tuple(colonne for colonne, _ in retenues),
        cellules=tuple(brut for _, brut in retenues),
        blocs=blocs,
        autres={**ancien.autres, **nouveau.autres},
    )
    gardes = tuple(case.colonne.libelle for case in gardees if case.attribut and not case.cellule.vide)
    return Comparaison(differences=tuple(differences), fusion=fusion, gardes=gardes)


_NOTATION = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")
"""A long number as a spreadsheet writes it back: «7,65148E+13»."""


def _fixes(ancien: Enregistrement, nouveau: Enregistrement, differences: list[Difference]) -> dict[str, Brut]:
    fusion = {**ancien.fixes, **nouveau.fixes}
    if "etat" in nouveau.fixes:
        avant, apres = lire_etat(ancien.fixes.get("etat")), lire_etat(nouveau.fixes["etat"])
        if avant != apres:
            _noter(differences, "État du dossier", avant.libelle if avant else "", apres.libelle if apres else "")
    for cle, libelle in _INSTANTS_FIXES.items():
        if cle in nouveau.fixes:
            moment, connu = _instant(nouveau.fixes[cle]), _instant(ancien.fixes.get(cle))
            if _meme_minute(connu, moment):
                fusion[cle] = ancien.fixes[cle]  # Excel saves no seconds, and the deadline is to the second
            elif moment != connu:
                textes = [instant(m) if m else "" for m in (connu, moment)]
                _noter(differences, libelle, *textes, attribut="depot" if cle == "depot" else None)
    for cle, libelle in _TEXTES_FIXES.items():
        if cle in nouveau.fixes:
            lu, su = texte_de(nouveau.fixes[cle]), texte_de(ancien.fixes.get(cle))
            if not meme_texte(su, lu):
                _noter(differences, libelle, su, lu)
    demarches = texte_de(ancien.fixes.get("demarche")), texte_de(nouveau.fixes.get("demarche"))
    if all(demarches) and not _meme_demarche(*demarches):
        _noter(differences, "Démarche", *demarches, attribut="demarche")
    return fusion


def _meme_demarche(avant: str, apres: str) -> bool:
    """Compare names of one kind: the API gives a number, names of files a path (§ 1.3)."""
    numeros = _NUMERO.match(avant), _NUMERO.match(apres)
    if numeros[0] and numeros[1]:
        return numeros[0][0] == numeros[1][0]
    return bool(numeros[0] or numeros[1]) or cle_libelle(avant) == cle_libelle(apres)


def _instant(brut: Brut) -> datetime | None:
    return sans_erreur(lire_instant, brut)


def _meme_minute(connu: datetime | None, lu: datetime | None) -> bool:
    """Say whether *lu* is *connu* without its seconds."""
    return connu is not None and lu is not None and lu.second == 0 and connu.replace(second=0) == lu


def _demandeur(ancien: Enregistrement, nouveau: Enregistrement, differences: list[Difference]) -> dict[str, Brut]:
    """Keep what is known of the applicant: columns are blank when INSEE could not be reached (§ 3.2)."""
    fusion = {**ancien.demandeur, **{cle: v for cle, v in nouveau.demandeur.items() if texte_de(v).strip()}}
    for cle, libelle in _DEMANDEUR.items():
        avant, apres = texte_de(ancien.demandeur.get(cle)), texte_de(nouveau.demandeur.get(cle))
        if avant.strip() and _NOTATION.fullmatch(apres.strip()):
            fusion[cle] = ancien.demandeur[cle]  # a spreadsheet lost the digits of this number; the import says so
            continue
        connu = cle in ancien.demandeur or cle in _DECISIFS
        if apres.strip() and connu and not _meme_identite(avant, apres):
            _noter(differences, libelle, avant, apres, attribut="porteur" if cle in _PORTEUR else None)
    return fusion


def _meme_identite(avant: str, apres: str) -> bool:
    if cle_libelle(avant) == cle_libelle(apres):
        return True
    jours = sans_erreur(lire_date, avant), sans_erreur(lire_date, apres)
    return jours[0] is not None and jours[0] == jours[1]


def _cases(enregistrement: Enregistrement, correspondance: Correspondance) -> dict[Cle, _Case]:
    lies = correspondance.lier(enregistrement.colonnes)
    doute = enregistrement.origine.vide_vaut_zero
    return {
        cle: _Case(colonne, attribut, lire_cellule(brut, attribut, doute=doute))
        for cle, colonne, attribut, brut in zip(
            _cles(enregistrement.colonnes, lies),
            enregistrement.colonnes,
            lies,
            enregistrement.cellules,
            strict=True,
        )
    }


def _suivre(nouvelles: Mapping[Cle, _Case], anciennes: Mapping[Cle, _Case]) -> dict[Cle, _Case]:
    """Return the new cells under the keys of the old: a field that the form renames stays what it was.

    Its stable_id says so (API); tables have none, and take that of the column of the same name.
    """
    renommees = _renommees(nouvelles, anciennes)
    prises = set(renommees.values())
    suivies: dict[Cle, _Case] = {}
    for cle, case in nouvelles.items():
        if cle in renommees:
            suivies[renommees[cle]] = _lie_comme(anciennes[renommees[cle]], case)
            continue
        libre = cle
        while libre in prises and isinstance(libre, tuple):
            libre = (libre[0], libre[1] + 1)  # a new field took the name that another one had
        prises.add(libre)
        stable = anciennes[libre].colonne.stable_id if libre in anciennes else None
        if case.colonne.stable_id is None and stable is not None:
            suivies[libre] = case._replace(colonne=replace(case.colonne, stable_id=stable))
        else:
            suivies[libre] = case
    return suivies


def _renommees(nouvelles: Mapping[Cle, _Case], anciennes: Mapping[Cle, _Case]) -> dict[Cle, Cle]:
    """Return the old key of each column that nothing binds and that an old one was, under another name."""
    par_stable = {c.colonne.stable_id: cle for cle, c in anciennes.items() if c.colonne.stable_id is not None}
    par_nom = {
        (cle_libelle(c.colonne.libelle), c.colonne.rang): cle for cle, c in anciennes.items() if c.colonne.lie_par
    }
    trouvees: dict[Cle, Cle] = {}
    for cle, case in nouvelles.items():
        if case.attribut is not None or not isinstance(cle, tuple):
            continue
        stable = case.colonne.stable_id
        connue = (par_stable.get(stable) if stable is not None else None) or par_nom.get(cle)
        liee = isinstance(connue, str) and connue in nouvelles
        if connue is not None and connue != cle and not liee and connue not in trouvees.values():
            trouvees[cle] = connue
    return trouvees


def _lie_comme(ancienne: _Case, case: _Case) -> _Case:
    """Bind a renamed column to what the old one was bound to."""
    attribut, avant = ancienne.attribut, ancienne.colonne
    if attribut is None:
        return case
    stable = case.colonne.stable_id or avant.stable_id
    colonne = replace(case.colonne, stable_id=stable, lie_par=avant.lie_par or avant.libelle)
    return _Case(colonne, attribut, lire_cellule(case.cellule.brut, attribut, doute=case.cellule.doute))


def _reponses(
    anciennes: Mapping[Cle, _Case], nouvelles: Mapping[Cle, _Case], differences: list[Difference]
) -> list[tuple[Colonne, Brut]]:
    """Compare the answers that the file gives; return each column with the cell to keep."""
    retenues: list[tuple[Colonne, Brut]] = []
    for cle, (colonne, attribut, cellule) in nouvelles.items():
        connue = anciennes[cle].cellule if cle in anciennes else None
        if connue is not None and meme_reponse(connue, cellule):
            retenues.append((colonne, retenir(connue, cellule)))
            continue
        if connue is not None or not cellule.vide:
            _noter_champ(differences, colonne, attribut, connue, cellule)
        retenues.append((colonne, cellule.brut))
    return retenues


def _absentes(
    ancien: Enregistrement,
    nouveau: Enregistrement,
    anciennes: Mapping[Cle, _Case],
    nouvelles: Mapping[Cle, _Case],
    portees: Collection[Cle],
    differences: list[Difference],
) -> list[_Case]:
    """Note the answers that are withdrawn; return the cells that the file does not carry, which are kept."""
    gardees: list[_Case] = []
    for cle, case in anciennes.items():
        if cle in nouvelles:
            continue
        if cle not in portees and not _retiree(case, ancien, nouveau):
            gardees.append(case)
        elif not case.cellule.vide:
            _noter_champ(differences, case.colonne, case.attribut, case.cellule, None)
    return gardees


def _retiree(case: _Case, ancien: Enregistrement, nouveau: Enregistrement) -> bool:
    """Say whether the API, which gives all the fields of a dossier or none, tells that this one is gone."""
    if nouveau.origine is not Origine.JSON_API or nouveau.blocs is None:
        return False
    if case.attribut is None and case.colonne.stable_id is None:
        return False  # a column that only tables have
    return "annotations" in nouveau.autres or case.colonne.stable_id not in ancien.autres.get("annotations", ())


def _noter(
    differences: list[Difference], libelle: str, avant: str, apres: str, *, attribut: str | None = None
) -> None:
    differences.append(Difference(libelle=libelle, attribut=attribut, avant=avant, apres=apres))


def _noter_champ(
    differences: list[Difference],
    colonne: Colonne,
    attribut: Attribut | None,
    avant: Cellule | None,
    apres: Cellule | None,
) -> None:
    # never as an amount: rounded to the cent, two figures that differ could look the same
    textes = ["" if c is None else valeur_dite(c.lu.valeur, TypeChamp.DECIMAL) for c in (avant, apres)]
    identifiant = attribut.id if attribut else None
    differences.append(Difference(libelle=colonne.libelle, attribut=identifiant, avant=textes[0], apres=textes[1]))
