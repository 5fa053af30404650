"""Two states of one dossier: which answers changed, and what is kept of the old one.

Formats do not carry the same things nor write them the same way (exports-demarche-numerique §§ 3.4, 4 and 5):
the same answers in another format are no difference, and what a format cannot carry is kept.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from o2r_desktop.dossiers.champs import (
    Brut,
    Valeur,
    lire_date,
    lire_instant,
    texte_de,
)
from o2r_desktop.dossiers.correspondance import Attribut, Correspondance, cle_libelle
from o2r_desktop.dossiers.importation import Difference
from o2r_desktop.dossiers.lecture import lire_etat
from o2r_desktop.dossiers.model import Bloc, Colonne, Enregistrement, Origine
from o2r_desktop.imports.egalite import Cellule, lire_cellule, meme_reponse, meme_texte, plus_riche, sans_erreur
from o2r_desktop.text import date_courte, instant, nombre

Cle = str | tuple[str, int]
"""What two columns of the same field share: the attribute, else label and rank."""

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
}
_DECISIFS = frozenset({"siret", "raison_sociale", "forme_juridique_code", "nom"})
"""What the rules read: learning it for the first time is a change, learning the rest is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparaison:
    """What changed, and the record that holds the new state with what was kept of the old."""

    differences: tuple[Difference, ...]
    fusion: Enregistrement


def cles(colonnes: Sequence[Colonne], correspondance: Correspondance) -> tuple[Cle, ...]:
    """Return the key of each column."""
    lies = correspondance.lier(colonnes)
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
    colonnes, cellules = _champs(ancien, nouveau, correspondance, portees, differences)
    blocs = _blocs(ancien, nouveau, correspondance, differences)
    fusion = replace(
        nouveau,
        fixes=fixes,
        demandeur=demandeur,
        colonnes=colonnes,
        cellules=cellules,
        blocs=blocs,
        autres={**ancien.autres, **nouveau.autres},
    )
    return Comparaison(differences=tuple(differences), fusion=fusion)


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
                _noter(differences, libelle, instant(connu) if connu else "", instant(moment) if moment else "")
    for cle, libelle in _TEXTES_FIXES.items():
        if cle in nouveau.fixes:
            lu, su = texte_de(nouveau.fixes[cle]), texte_de(ancien.fixes.get(cle))
            if not meme_texte(su, lu):
                _noter(differences, libelle, su, lu)
    return fusion


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
        connu = cle in ancien.demandeur or cle in _DECISIFS
        if apres.strip() and connu and not _meme_identite(avant, apres):
            _noter(differences, libelle, avant, apres)
    return fusion


def _meme_identite(avant: str, apres: str) -> bool:
    if cle_libelle(avant) == cle_libelle(apres):
        return True
    jours = sans_erreur(lire_date, avant), sans_erreur(lire_date, apres)
    return jours[0] is not None and jours[0] == jours[1]


def _champs(
    ancien: Enregistrement,
    nouveau: Enregistrement,
    correspondance: Correspondance,
    portees: Collection[Cle],
    differences: list[Difference],
) -> tuple[tuple[Colonne, ...], tuple[Brut, ...]]:
    anciennes = _cellules(ancien, correspondance)
    nouvelles = _cellules(nouveau, correspondance)
    cellules: list[Brut] = []
    for cle, (colonne, attribut, cellule) in nouvelles.items():
        connue = anciennes[cle][2] if cle in anciennes else None
        if connue is None or not meme_reponse(connue, cellule):
            if connue is not None or not cellule.vide:
                _noter_champ(differences, colonne, attribut, connue, cellule)
            cellules.append(cellule.brut)
        else:
            cellules.append(plus_riche(connue.brut, cellule.brut))
    colonnes = list(nouveau.colonnes)
    for cle, (colonne, attribut, cellule) in anciennes.items():
        if cle in nouvelles:
            continue
        if cle not in portees:
            colonnes.append(colonne)
            cellules.append(_garder(cellule, nouveau.origine))
        elif not cellule.vide:
            _noter_champ(differences, colonne, attribut, cellule, None)
    return tuple(colonnes), tuple(cellules)


def _cellules(
    enregistrement: Enregistrement, correspondance: Correspondance
) -> dict[Cle, tuple[Colonne, Attribut | None, Cellule]]:
    lies = correspondance.lier(enregistrement.colonnes)
    doute = enregistrement.origine.vide_vaut_zero
    return {
        cle: (colonne, attribut, lire_cellule(brut, attribut, doute=doute))
        for cle, colonne, attribut, brut in zip(
            cles(enregistrement.colonnes, correspondance),
            enregistrement.colonnes,
            lies,
            enregistrement.cellules,
            strict=True,
        )
    }


def _garder(cellule: Cellule, origine: Origine) -> Brut:
    """Return a kept cell as the new origin must read it: a zero that may be a blank never becomes an answer."""
    return "" if cellule.lu.zero_ou_vide and not origine.vide_vaut_zero else cellule.brut


def _blocs(
    ancien: Enregistrement,
    nouveau: Enregistrement,
    correspondance: Correspondance,
    differences: list[Difference],
) -> tuple[Bloc, ...] | None:
    """Compare repetition blocks; a format without them, or a template that chose none, withdraws nothing."""
    if nouveau.blocs is None:
        return ancien.blocs
    restants = list(ancien.blocs or ())
    fusion = []
    for bloc in nouveau.blocs:
        connu = next((b for b in restants if _meme_bloc(b, bloc)), None)
        if connu is not None:
            restants.remove(connu)
        lignes = _lignes(connu, bloc, ancien, nouveau, correspondance)
        if lignes is None:
            _noter_bloc(differences, correspondance, bloc, connu, bloc)
        fusion.append(replace(bloc, lignes=bloc.lignes if lignes is None else lignes))
    for bloc in restants:
        if nouveau.origine is Origine.XLSX_MODELE:
            fusion.append(bloc)
        elif bloc.lignes:
            _noter_bloc(differences, correspondance, bloc, bloc, None)
    return tuple(fusion)


def _meme_bloc(avant: Bloc, apres: Bloc) -> bool:
    if avant.stable_id is not None and avant.stable_id == apres.stable_id:
        return True
    libelles = cle_libelle(avant.libelle).replace(" ", ""), cle_libelle(apres.libelle).replace(" ", "")
    coupe = min(libelles, key=len)
    return libelles[0] == libelles[1] or (len(coupe) >= 10 and all(lib.startswith(coupe) for lib in libelles))


def _lignes(
    connu: Bloc | None,
    bloc: Bloc,
    ancien: Enregistrement,
    nouveau: Enregistrement,
    correspondance: Correspondance,
) -> tuple[Mapping[str, Brut], ...] | None:
    """Return rows with what was known of them and is not told again, None when they changed."""
    avant = connu.lignes if connu is not None else ()
    if len(avant) != len(bloc.lignes):
        return None
    type_bloc = next((b for b in correspondance.blocs if b.reconnait(bloc.libelle)), None)
    for ancienne, ligne in zip(avant, bloc.lignes, strict=True):
        for libelle in ligne.keys() & ancienne.keys():
            attribut = type_bloc.attribut(libelle) if type_bloc else None
            su = lire_cellule(ancienne[libelle], attribut, doute=ancien.origine.vide_vaut_zero)
            lu = lire_cellule(ligne[libelle], attribut, doute=nouveau.origine.vide_vaut_zero)
            if not meme_reponse(su, lu):
                return None
    return tuple({**ancienne, **ligne} for ancienne, ligne in zip(avant, bloc.lignes, strict=True))


def _noter(differences: list[Difference], libelle: str, avant: str, apres: str) -> None:
    differences.append(Difference(libelle=libelle, attribut=None, avant=avant, apres=apres))


def _noter_champ(
    differences: list[Difference],
    colonne: Colonne,
    attribut: Attribut | None,
    avant: Cellule | None,
    apres: Cellule | None,
) -> None:
    textes = ["" if c is None else montrer(c.lu.valeur) for c in (avant, apres)]
    identifiant = attribut.id if attribut else None
    differences.append(Difference(libelle=colonne.libelle, attribut=identifiant, avant=textes[0], apres=textes[1]))


def _noter_bloc(
    differences: list[Difference],
    correspondance: Correspondance,
    bloc: Bloc,
    avant: Bloc | None,
    apres: Bloc | None,
) -> None:
    connu = next((b for b in correspondance.blocs if b.reconnait(bloc.libelle)), None)
    textes = [_montrer_lignes(b.lignes) if b else "" for b in (avant, apres)]
    differences.append(
        Difference(libelle=bloc.libelle, attribut=connu.id if connu else None, avant=textes[0], apres=textes[1])
    )


def _montrer_lignes(lignes: Iterable[Mapping[str, Brut]]) -> str:
    return "\n".join(" · ".join(filter(None, map(texte_de, ligne.values()))) for ligne in lignes)


def montrer(valeur: Valeur) -> str:
    """Return a typed value as French text."""
    if isinstance(valeur, bool):
        return "Oui" if valeur else "Non"
    if isinstance(valeur, str):
        return valeur
    if isinstance(valeur, tuple):
        return ", ".join(valeur)
    if isinstance(valeur, datetime):
        return instant(valeur)
    return date_courte(valeur) if isinstance(valeur, date) else nombre(valeur)
