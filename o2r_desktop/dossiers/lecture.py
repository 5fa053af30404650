"""From a raw record to a dossier: the one place where cells become typed values."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from o2r_desktop.dossiers.champs import (
    Brut,
    Champ,
    TypeChamp,
    Valeur,
    lire,
    lire_date,
    lire_instant,
    texte_de,
)
from o2r_desktop.dossiers.correspondance import Attribut, BlocConnu, Correspondance
from o2r_desktop.dossiers.identifiers import siren_de
from o2r_desktop.dossiers.model import (
    Anomalie,
    Cofinancement,
    Dossier,
    Enregistrement,
    Etat,
    Gravite,
    Membre,
    Piece,
    Porteur,
)
from o2r_desktop.text import normalise, printable

ETATS = {
    "en construction": Etat.EN_CONSTRUCTION,
    "en instruction": Etat.EN_INSTRUCTION,
    "accepte": Etat.ACCEPTE,
    "refuse": Etat.REFUSE,
    "classe sans suite": Etat.SANS_SUITE,
    "sans suite": Etat.SANS_SUITE,
}
"""Labels of the tables and values of the API, normalised (exports § 3.2 and § 7.6)."""


def lire_dossier(
    brut: Enregistrement, correspondance: Correspondance, lies: tuple[Attribut | None, ...] | None = None
) -> Dossier:
    """Read a raw record. *lies* is ``correspondance.lier(brut.colonnes)`` when the caller already has it.

    Never raises on the content of a cell: what cannot be read is kept as text and listed in ``anomalies``.
    """
    if lies is None:
        lies = correspondance.lier(brut.colonnes)
    champs = tuple(_champs(brut, lies))
    anomalies = [
        _alerte(brut.numero, c.libelle, f"« {court(c.valeur)} » {c.anomalie}") for c in champs if c.anomalie
    ]
    porteur = _porteur(brut, anomalies)
    return Dossier(
        numero=brut.numero,
        origine=brut.origine,
        etat=lire_etat(brut.fixes.get("etat")),
        depot=_instant(brut, "depot", anomalies),
        mise_a_jour=_instant(brut, "derniere_maj", anomalies),
        porteur=porteur,
        membres=_membres(brut, correspondance, anomalies),
        cofinancements=_cofinancements(brut, correspondance, anomalies),
        intercommunalites=_intercommunalites(brut, correspondance, anomalies),
        champs=champs,
        pieces=tuple(_pieces(champs)),
        courriel=texte_de(brut.fixes.get("email")),
        groupe_instructeur=texte_de(brut.fixes.get("groupe_instructeur")),
        demarche=texte_de(brut.fixes.get("demarche")),
        anomalies=tuple(anomalies),
    )


def lire_etat(brut: Brut) -> Etat | None:
    """Read a state from a table label or an API value; None when unknown."""
    return ETATS.get(normalise(texte_de(brut)).replace("_", " "))


def court(valeur: object) -> str:
    """Return the beginning of a value, enough to find it in the file."""
    texte = printable(str(valeur)[:80]).replace("\n", " ")
    return texte if len(texte) <= 60 else texte[:59] + "…"


def _alerte(numero: int, ou: str, quoi: str) -> Anomalie:
    return Anomalie(gravite=Gravite.ALERTE, ou=ou, quoi=quoi, numero=numero)


def _champs(brut: Enregistrement, lies: tuple[Attribut | None, ...]) -> list[Champ]:
    vide = brut.origine.vide_vaut_zero
    champs = []
    for colonne, cellule, attribut in zip(brut.colonnes, brut.cellules, lies, strict=True):
        if attribut is None:
            champs.append(Champ(libelle=colonne.libelle, rang=colonne.rang, valeur=texte_de(cellule)))
            continue
        lu = lire(cellule, attribut.type, attribut.options, vide_vaut_zero=vide)
        champs.append(
            Champ(
                libelle=colonne.libelle,
                rang=colonne.rang,
                attribut=attribut.id,
                type=attribut.type,
                section=attribut.section,
                valeur=lu.valeur,
                zero_ou_vide=lu.zero_ou_vide,
                anomalie=lu.anomalie,
            )
        )
    return champs


def _instant(brut: Enregistrement, cle: str, anomalies: list[Anomalie]) -> datetime | None:
    try:
        return lire_instant(brut.fixes.get(cle))
    except ValueError:
        anomalies.append(_alerte(brut.numero, cle, f"« {court(brut.fixes.get(cle))} » n’est pas une date"))
        return None


def nom_porteur(demandeur: Mapping[str, Brut]) -> str:
    """Return the name under which an applicant is shown; «» when the export gives none."""
    d = {cle: texte_de(demandeur[cle]).strip() for cle in _NOMS if cle in demandeur}
    if est_personne_physique(demandeur):
        return f"{d.get('prenom', '')} {d.get('nom', '')}".strip()
    personne = f"{d.get('entreprise_prenom', '')} {d.get('entreprise_nom', '')}".strip()
    return d.get("raison_sociale") or personne or d.get("association_titre") or d.get("nom_commercial", "")


def est_personne_physique(demandeur: Mapping[str, Brut]) -> bool:
    """Say whether the procedure is for individuals: no SIRET nor company name is asked there."""
    return "siret" not in demandeur and "raison_sociale" not in demandeur and "nom" in demandeur


_NOMS = (
    "raison_sociale",
    "entreprise_prenom",
    "entreprise_nom",
    "association_titre",
    "nom_commercial",
    "prenom",
    "nom",
)


def _porteur(brut: Enregistrement, anomalies: list[Anomalie]) -> Porteur:
    d = {cle: texte_de(valeur).strip() for cle, valeur in brut.demandeur.items()}
    mandataire = f"{d.get('prenom_mandataire', '')} {d.get('nom_mandataire', '')}".strip()
    if est_personne_physique(brut.demandeur):
        return Porteur(nom=nom_porteur(brut.demandeur), personne_physique=True, mandataire=mandataire)
    siret = _siret(brut, d, anomalies)
    return Porteur(
        nom=nom_porteur(brut.demandeur),
        siret=siret,
        siren=d.get("siren") or siren_de(siret),
        categorie_juridique=d.get("forme_juridique_code", ""),
        forme_juridique=d.get("forme_juridique", ""),
        etat_administratif=d.get("etat_administratif", ""),
        adresse=d.get("adresse", ""),
        code_postal=_zeros(d.get("code_postal", ""), 5),
        localite=d.get("localite", ""),
        naf=d.get("naf", ""),
        rna=d.get("rna", ""),
        objet=d.get("association_objet", ""),
        date_creation=_jour(d.get("date_creation", "")),
        mandataire=mandataire,
    )


def _siret(brut: Enregistrement, demandeur: Mapping[str, str], anomalies: list[Anomalie]) -> str:
    lu = lire(demandeur.get("siret", ""), TypeChamp.SIRET)
    siret = lu.valeur if isinstance(lu.valeur, str) else ""
    if lu.anomalie:
        anomalies.append(_alerte(brut.numero, "SIRET du porteur", f"« {court(siret)} » {lu.anomalie}"))
    elif not siret:
        anomalies.append(_alerte(brut.numero, "SIRET du porteur", "absent de l’export"))
    return siret


def _zeros(code: str, longueur: int) -> str:
    return code.zfill(longueur) if code.isdigit() and len(code) == longueur - 1 else code


def _jour(texte: str) -> date | None:
    try:
        return lire_date(texte)
    except ValueError:
        return None


def _lignes(
    brut: Enregistrement, correspondance: Correspondance, bloc_id: str, anomalies: list[Anomalie]
) -> list[dict[str, Valeur]] | None:
    """Return the rows of a known block as attribute → value, None when the export carries no such block."""
    connu = correspondance.bloc(bloc_id)
    bloc = next((b for b in brut.blocs or () if connu and connu.reconnait(b.libelle)), None)
    if connu is None or bloc is None:
        return None
    return [
        _ligne(brut, connu, ligne, f"{bloc.libelle}, ligne {rang}", anomalies)
        for rang, ligne in enumerate(bloc.lignes, 1)
    ]


def _ligne(
    brut: Enregistrement, connu: BlocConnu, ligne: Mapping[str, Brut], ou: str, anomalies: list[Anomalie]
) -> dict[str, Valeur]:
    valeurs: dict[str, Valeur] = {}
    for libelle, cellule in ligne.items():
        attribut = connu.attribut(libelle)
        if attribut is None:
            continue
        lu = lire(cellule, attribut.type, attribut.options, vide_vaut_zero=brut.origine.vide_vaut_zero)
        if lu.anomalie:
            anomalies.append(_alerte(brut.numero, f"{ou}, {libelle}", f"« {court(lu.valeur)} » {lu.anomalie}"))
        if not lu.zero_ou_vide and lu.valeur not in ("", ()):
            valeurs.setdefault(attribut.id, lu.valeur)
    return valeurs


def _somme(valeur: Valeur | None) -> Decimal | None:
    if isinstance(valeur, bool) or not isinstance(valeur, (int, Decimal)):
        return None
    return Decimal(valeur)


def _membres(brut: Enregistrement, correspondance: Correspondance, anomalies: list[Anomalie]) -> tuple[Membre, ...]:
    lignes = _lignes(brut, correspondance, "membres", anomalies) or []
    return tuple(
        Membre(
            nom=str(ligne.get("nom", "")),
            siret=str(ligne.get("siret", "")),
            role=str(ligne.get("role", "")),
            contribution=_somme(ligne.get("contribution")),
            categorie_juridique=str(ligne.get("categorie_juridique", "")),
        )
        for ligne in lignes
    )


def _cofinancements(
    brut: Enregistrement, correspondance: Correspondance, anomalies: list[Anomalie]
) -> tuple[Cofinancement, ...] | None:
    lignes = _lignes(brut, correspondance, "cofinancements", anomalies)
    if lignes is None:
        return None
    return tuple(
        Cofinancement(
            financeur=str(ligne.get("financeur", "")),
            montant=_somme(ligne.get("montant")),
            annee=str(ligne.get("annee", "")),
            statut=str(ligne.get("statut", "")),
        )
        for ligne in lignes
    )


def _intercommunalites(
    brut: Enregistrement, correspondance: Correspondance, anomalies: list[Anomalie]
) -> tuple[str, ...]:
    """Return the rows of the block as «CC Sud Sarthe (200073112)»: name, SIREN, or what there is of both."""
    lignes = _lignes(brut, correspondance, "intercommunalites", anomalies) or []
    noms = [(str(ligne.get("nom", "")), str(ligne.get("siren", ""))) for ligne in lignes]
    return tuple(f"{nom} ({siren})" if nom and siren else nom or siren for nom, siren in noms if nom or siren)


def _pieces(champs: tuple[Champ, ...]) -> list[Piece]:
    return [
        Piece(nom=nom, champ=champ.libelle)
        for champ in champs
        if champ.type is TypeChamp.PIECES and isinstance(champ.valeur, tuple)
        for nom in champ.valeur
    ]
