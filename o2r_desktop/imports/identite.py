"""Two states of what the platform itself says of a dossier and of its applicant: which of it changed."""

import re
from datetime import datetime

from o2r_desktop.dossiers.champs import Brut, lire_date, lire_instant, texte_de
from o2r_desktop.dossiers.correspondance import cle_libelle
from o2r_desktop.dossiers.importation import Difference
from o2r_desktop.dossiers.lecture import lire_etat
from o2r_desktop.dossiers.model import Enregistrement
from o2r_desktop.imports.egalite import meme_texte, sans_erreur
from o2r_desktop.text import instant

_NUMERO = re.compile(r"\d+(?= – |$)")
_NOTATION = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")
"""A long number as a spreadsheet writes it back: «7,65148E+13»."""
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
INSTANTS = frozenset(_INSTANTS_FIXES.values())
"""Labels of the differences that are times."""
MISE_A_JOUR = _INSTANTS_FIXES["derniere_maj"]
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


def comparer_fixes(
    ancien: Enregistrement, nouveau: Enregistrement, differences: list[Difference]
) -> dict[str, Brut]:
    """Compare states, times and texts of the platform; return them with what was kept of the old."""
    fusion = {**ancien.fixes, **nouveau.fixes}
    if "etat" in nouveau.fixes:
        avant, apres = lire_etat(ancien.fixes.get("etat")), lire_etat(nouveau.fixes["etat"])
        if avant != apres:
            noter(differences, "État du dossier", avant.libelle if avant else "", apres.libelle if apres else "")
    for cle, libelle in _INSTANTS_FIXES.items():
        if cle in nouveau.fixes:
            moment, connu = _instant(nouveau.fixes[cle]), _instant(ancien.fixes.get(cle))
            if _meme_minute(connu, moment):
                fusion[cle] = ancien.fixes[cle]  # Excel saves no seconds, and the deadline is to the second
            elif moment != connu:
                textes = [instant(m) if m else "" for m in (connu, moment)]
                noter(differences, libelle, *textes, attribut="depot" if cle == "depot" else None)
    for cle, libelle in _TEXTES_FIXES.items():
        if cle in nouveau.fixes:
            lu, su = texte_de(nouveau.fixes[cle]), texte_de(ancien.fixes.get(cle))
            if not meme_texte(su, lu):
                noter(differences, libelle, su, lu)
    demarches = texte_de(ancien.fixes.get("demarche")), texte_de(nouveau.fixes.get("demarche"))
    if all(demarches) and not _meme_demarche(*demarches):
        noter(differences, "Démarche", *demarches, attribut="demarche")
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


def comparer_demandeur(
    ancien: Enregistrement, nouveau: Enregistrement, differences: list[Difference]
) -> dict[str, Brut]:
    """Compare applicants; what is known is kept, columns are blank when INSEE could not be reached (§ 3.2)."""
    fusion = {**ancien.demandeur, **{cle: v for cle, v in nouveau.demandeur.items() if texte_de(v).strip()}}
    for cle, libelle in _DEMANDEUR.items():
        avant, apres = texte_de(ancien.demandeur.get(cle)), texte_de(nouveau.demandeur.get(cle))
        if avant.strip() and _NOTATION.fullmatch(apres.strip()):
            fusion[cle] = ancien.demandeur[cle]  # a spreadsheet lost the digits of this number; the import says so
            continue
        connu = cle in ancien.demandeur or cle in _DECISIFS
        if apres.strip() and connu and not _meme_identite(avant, apres):
            noter(differences, libelle, avant, apres, attribut="porteur" if cle in _PORTEUR else None)
    return fusion


def _meme_identite(avant: str, apres: str) -> bool:
    if cle_libelle(avant) == cle_libelle(apres):
        return True
    jours = sans_erreur(lire_date, avant), sans_erreur(lire_date, apres)
    return jours[0] is not None and jours[0] == jours[1]


def noter(
    differences: list[Difference], libelle: str, avant: str, apres: str, *, attribut: str | None = None
) -> None:
    """Note a difference."""
    differences.append(Difference(libelle=libelle, attribut=attribut, avant=avant, apres=apres))
