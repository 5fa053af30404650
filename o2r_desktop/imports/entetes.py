"""Headers of the tables: which columns are the platform's own, and which are fields of the form.

Labels of every variant are those of exports-demarche-numerique §§ 3.1, 4.4 and 5.1; recognition follows § 5.2.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from o2r_desktop.dossiers.champs import Brut, texte_de
from o2r_desktop.dossiers.correspondance import cle_libelle
from o2r_desktop.dossiers.model import Colonne

NUMERO = "numero"
"""Canonical key of the dossier's number."""

SANS_NUMERO = "n’a pas de colonne « N° dossier » : cochez-la dans le modèle d’export, puis exportez de nouveau."
"""End of the sentence that refuses a template without the number."""

_DOSSIER = {
    "Email": "email",
    "Adresse électronique": "email",
    "FranceConnect ?": "franceconnect",
    "France connecté ?": "franceconnect",
    "Déposé avec FranceConnect": "franceconnect",
    "Déposé avec ProConnect": "proconnect",
    "Domaine Fonctionnel": "domaine_fonctionnel",
    "Référentiel De Programmation": "referentiel_programmation",
    "Centre De Coût": "centre_cout",
    "À archiver": "archive",
    "Archivé": "archive",
    "État du dossier": "etat",
    "Dernière mise à jour le": "derniere_maj",
    "Date du dernier évènement": "derniere_maj",
    "Dernière mise à jour du dossier le": "maj_usager",
    "Date de dernière modification (usager)": "maj_usager",
    "Date de dernière modification (instructeur)": "maj_instructeur",
    "Déposé le": "depot",
    "Passé en construction le": "depot",
    "Date de dépôt": "depot",
    "Date de passage en construction": "passage_construction",
    "Passé en instruction le": "passage_instruction",
    "Date de passage en instruction": "passage_instruction",
    "Date décision SVA": "decision_sva",
    "Date décision SVR": "decision_svr",
    "Traité le": "traitement",
    "Date de traitement": "traitement",
    "Date d'expiration": "expiration",
    "Motivation de la décision": "motivation",
    "Accusé de lecture": "accuse_lecture",
    "Instructeurs": "instructeurs",
    "Groupe instructeur": "groupe_instructeur",
}
_DOSSIER_AMBIGU = {"Date de création": "creation", "Labels": "labels"}
"""Fixed columns whose label a form could well use too."""

_ETABLISSEMENT = {
    "Établissement SIRET": "siret",
    "Etablissement enseigne": "enseigne",
    "Établissement siège social": "siege_social",
    "Établissement NAF": "naf",
    "Code NAF": "naf",
    "Établissement libellé NAF": "libelle_naf",
    "Libellé NAF": "libelle_naf",
    "Établissement Adresse": "adresse",
    "Établissement numero voie": "numero_voie",
    "Établissement type voie": "type_voie",
    "Établissement nom voie": "nom_voie",
    "Établissement complément adresse": "complement_adresse",
    "Établissement code postal": "code_postal",
    "Établissement localité": "localite",
    "Établissement code INSEE localité": "code_insee",
    "Entreprise SIREN": "siren",
    "Entreprise capital social": "capital_social",
    "Entreprise numero TVA intracommunautaire": "tva",
    "Entreprise forme juridique": "forme_juridique",
    "Entreprise forme juridique code": "forme_juridique_code",
    "Entreprise nom commercial": "nom_commercial",
    "Entreprise raison sociale": "raison_sociale",
    "Entreprise SIRET siège social": "siret_siege",
    "Entreprise code effectif entreprise": "code_effectif",
    "Entreprise date de création": "date_creation",
    "Entreprise état administratif": "etat_administratif",
    "Entreprise nom": "entreprise_nom",
    "Entreprise prénom": "entreprise_prenom",
    "Association RNA": "rna",
    "Association titre": "association_titre",
    "Association objet": "association_objet",
    "Association date de création": "association_date_creation",
    "Association date de déclaration": "association_date_declaration",
    "Association date de publication": "association_date_publication",
}
_PARTICULIER = {
    "Civilité": "civilite",
    "Nom": "nom",
    "Prénom": "prenom",
    "Date de naissance": "date_naissance",
}
_IDENTITE = {"Nom [Identité du demandeur]": "nom", "Prénom [Identité du demandeur]": "prenom"}
"""Labels of 2026 (PR #12869), that no field bears."""
_MANDATAIRE = {
    "Dépôt pour un tiers": "pour_tiers",
    "Nom du mandataire": "nom_mandataire",
    "Nom [Identité du mandataire]": "nom_mandataire",
    "Prénom du mandataire": "prenom_mandataire",
    "Prénom [Identité du mandataire]": "prenom_mandataire",
}
_NUMEROS = frozenset(map(cle_libelle, ("ID", "N° dossier", "Dossier ID", "Numéro de dossier", "Numéro dossier")))
_FIXES = {cle_libelle(libelle): cle for libelle, cle in (_DOSSIER | _DOSSIER_AMBIGU).items()}
_DEMANDEUR = {
    cle_libelle(libelle): cle for libelle, cle in (_ETABLISSEMENT | _PARTICULIER | _IDENTITE | _MANDATAIRE).items()
}
_ETABLISSEMENTS = {cle_libelle(libelle): cle for libelle, cle in _ETABLISSEMENT.items()}
_SURS = _NUMEROS | frozenset(map(cle_libelle, (*_DOSSIER, *_ETABLISSEMENT, *_IDENTITE, *_MANDATAIRE)))
_PROPRES = _SURS - frozenset(map(cle_libelle, ("Email", "Adresse électronique")))
"""Labels that only the platform writes: such a column is fixed wherever a user moved it."""

_INSTRUCTEURS, _GROUPE = cle_libelle("Instructeurs"), cle_libelle("Groupe instructeur")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entetes:
    """The header of a main table: where each thing is, by position in this very file."""

    modele: bool
    numero: int
    fixes: tuple[tuple[str, int], ...]
    demandeur: tuple[tuple[str, int], ...]
    champs: tuple[int, ...]
    colonnes: tuple[Colonne, ...]


def libelles(ligne: Sequence[Brut]) -> list[str]:
    """Return the labels of a header row, without its empty tail; line feeds and no-break spaces are kept."""
    textes = [texte_de(cellule).strip() for cellule in ligne]
    while textes and not textes[-1]:
        textes.pop()
    return textes


def est_numero(libelle: str) -> bool:
    """Say whether a column holds the dossier's number."""
    return cle_libelle(libelle) in _NUMEROS


def ressemble(ligne: Sequence[str]) -> bool:
    """Say whether a header is that of dossiers: a number, and something else only the platform writes."""
    cles = set(map(cle_libelle, ligne))
    return bool(cles & _NUMEROS) and len(cles & _SURS) >= 2


def sans_numero(ligne: Sequence[str]) -> bool:
    """Say whether a header is the platform's but for the number, which a template may leave out."""
    cles = set(map(cle_libelle, ligne))
    return not cles & _NUMEROS and len(cles & _SURS) >= 2


def cle_etablissement(libelle: str) -> str | None:
    """Return the canonical key of a column of the sheet «Etablissements», None when unknown."""
    return _ETABLISSEMENTS.get(cle_libelle(libelle))


def reconnaitre(ligne: Sequence[str]) -> Entetes:
    """Tell fixed columns from fields in a header that looks like one of ours (see ressemble)."""
    cles = [cle_libelle(libelle) for libelle in ligne]
    numero = next(i for i, cle in enumerate(cles) if cle in _NUMEROS)
    modele = cles[numero] == cle_libelle("N° dossier")  # the first one: a field may be called «ID», or «N° dossier»
    limite = _limite(cles, modele=modele)
    fixes: dict[str, int] = {}
    demandeur: dict[str, int] = {}
    champs: list[int] = []
    for rang, cle in enumerate(cles):
        cible = fixes if cle in _FIXES else demandeur if cle in _DEMANDEUR else None
        canonique = _FIXES.get(cle) or _DEMANDEUR.get(cle, "")
        if rang == numero:
            continue
        if cible is None or canonique in cible or (rang > limite and cle not in _PROPRES):
            champs.append(rang)
        else:
            cible[canonique] = rang
    return Entetes(
        modele=modele,
        numero=numero,
        fixes=tuple(fixes.items()),
        demandeur=tuple(demandeur.items()),
        champs=tuple(champs),
        colonnes=colonnes([ligne[i] for i in champs]),
    )


def _limite(cles: list[str], *, modele: bool) -> int:
    """Return the place of the last fixed column: a field may bear the label of a fixed one (§ 5.2)."""
    if not modele and _INSTRUCTEURS in cles:
        limite = cles.index(_INSTRUCTEURS)
        return limite + (cles[limite + 1 : limite + 2] == [_GROUPE])
    limite = max((cles.index(cle) for cle in (_PROPRES - _NUMEROS) & set(cles)), default=0)
    while limite + 1 < len(cles) and _suit(cles, limite + 1):
        limite += 1
    return limite


def _suit(cles: Sequence[str], rang: int) -> bool:
    return (cles[rang] in _FIXES or cles[rang] in _DEMANDEUR) and cles[rang] not in cles[:rang]


def colonnes(textes: Sequence[str]) -> tuple[Colonne, ...]:
    """Return columns with their rank among equal labels: headers may be duplicated (§ 3.3)."""
    vus: dict[str, int] = {}
    resultat = []
    for texte in textes:
        vus[texte] = vus.get(texte, 0) + 1
        resultat.append(Colonne(texte or "(colonne sans titre)", vus[texte]))
    return tuple(resultat)
