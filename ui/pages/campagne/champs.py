"""The parameters as a form: one line of a table each, how it is shown and how it is read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from o2r_desktop.dossiers.territoires import DEPARTEMENTS
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.evaluation.reponses import lire_montant
from o2r_desktop.text import NNBSP, PARIS, enumeration, montant

_INSTANT = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: ?(?:à|,)? ?(\d{1,2})[:hH](\d{2})(?::(\d{2}))?)?")
_SIREN = re.compile(r"\d{9}")
_CATEGORIE = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChampParametre:
    """One parameter: ``lire`` turns what is typed into its value and raises ValueError with a French sentence."""

    cle: str
    libelle: str
    montrer: Callable[[Any], str]
    lire: Callable[[str], Any]
    aide: str = ""
    lignes: bool = False
    proposition: bool = False


def _montrer_instant(moment: datetime) -> str:
    local = moment.astimezone(PARIS)
    return f"{local:%d/%m/%Y %H:%M}" + (f":{local.second:02d}" if local.second else "")


def lire_instant_paris(texte: str) -> datetime:
    """Read «13/08/2025 12:00», Paris time; raises ValueError."""
    lu = _INSTANT.fullmatch(" ".join(texte.split()))
    if lu is not None:
        jour, mois, an, heure, minute, seconde = (int(g or 0) for g in lu.groups())
        try:
            return datetime(an, mois, jour, heure, minute, seconde, tzinfo=PARIS)
        except ValueError:
            pass
    raise ValueError(f"« {texte.strip()} » n’est pas une date : écrivez-la comme « 13/08/2025 12:00 »")


def lire_somme(texte: str) -> Decimal:
    """Read an amount in euros, positive, to the cent; raises ValueError."""
    valeur = lire_montant(texte)
    if valeur is None:
        raise ValueError(f"« {texte.strip()} » n’est pas un montant : écrivez-le comme « 150{NNBSP}000,00 »")
    return valeur


def _lire_somme_ou_rien(texte: str) -> Decimal | None:
    return lire_somme(texte) if texte.strip() else None


def _lire_texte(texte: str) -> str:
    if not texte.strip():
        raise ValueError("ce champ ne peut pas être vide")
    return " ".join(texte.split())


def _lire_entier(mini: int, maxi: int) -> Callable[[str], int]:
    def lire(texte: str) -> int:
        mot = texte.strip()
        if not mot.isdecimal() or not mini <= int(mot) <= maxi:
            raise ValueError(f"« {mot} » n’est pas un nombre entier de {mini} à {maxi}")
        return int(mot)

    return lire


def _lignes(texte: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(ligne.split()) for ligne in texte.split("\n") if ligne.strip()))


def _codes(patron: re.Pattern[str], quoi: str) -> Callable[[str], tuple[str, ...]]:
    def lire(texte: str) -> tuple[str, ...]:
        codes = tuple(dict.fromkeys(ligne.replace(" ", "") for ligne in _lignes(texte)))
        faux = [code for code in codes if not patron.fullmatch(code)]
        if faux:
            raise ValueError(f"{enumeration([f'« {code} »' for code in faux])} : {quoi} attendus, un par ligne")
        return codes

    return lire


def _lire_departements(texte: str) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(mot for mot in re.split(r"[\s,;]+", texte) if mot))
    inconnus = [code for code in codes if code not in DEPARTEMENTS]
    if inconnus or not codes:
        connus = enumeration(list(DEPARTEMENTS))
        raise ValueError(f"indiquez des codes de département parmi {connus}, séparés par des virgules")
    return codes


def _texte(valeur: Any) -> str:
    return str(valeur)


def _somme(valeur: Decimal) -> str:
    return montant(valeur)


def _somme_ou_rien(somme: Decimal | None) -> str:
    return "" if somme is None else montant(somme)


def _en_lignes(valeurs: tuple[str, ...]) -> str:
    return "\n".join(valeurs)


def _en_liste(valeurs: tuple[str, ...]) -> str:
    return ", ".join(valeurs)


IDENTITE = (
    ChampParametre(cle="nom", libelle="Nom de la campagne", montrer=_texte, lire=_lire_texte),
    ChampParametre(cle="service", libelle="Service instructeur", montrer=_texte, lire=_lire_texte),
    ChampParametre(
        cle="date_limite",
        libelle="Date limite de dépôt",
        montrer=_montrer_instant,
        lire=lire_instant_paris,
        aide="Heure de Paris. Un dossier déposé à cet instant précis est dans les délais.",
    ),
    ChampParametre(
        cle="premiere_annee", libelle="Première année", montrer=_texte, lire=_lire_entier(2000, 2100),
        aide="Les années de la convention se comptent à partir d’elle.",
    ),
)  # fmt: skip

REGLES = (
    ChampParametre(
        cle="seuil_cout_total", libelle="Coût total minimal", montrer=_somme, lire=lire_somme,
        aide="Sur toute la durée de la convention ; l’égalité suffit (AMI, Conditions d’éligibilité).",
    ),
    ChampParametre(
        cle="parcours_mois", libelle="Durée normale d’un parcours, en mois", montrer=_texte,
        lire=_lire_entier(1, 60),
    ),
    ChampParametre(
        cle="parcours_mois_max", libelle="Durée maximale d’un parcours, en mois", montrer=_texte,
        lire=_lire_entier(1, 60), aide="Entre les deux durées, une justification est demandée.",
    ),
    ChampParametre(
        cle="etp_cout_min", libelle="Coût plausible d’un ETP par an, au moins", montrer=_somme, lire=lire_somme,
        proposition=True,
    ),
    ChampParametre(
        cle="etp_cout_max", libelle="Coût plausible d’un ETP par an, au plus", montrer=_somme, lire=lire_somme,
        proposition=True,
    ),
    ChampParametre(
        cle="departements", libelle="Départements éligibles", montrer=_en_liste, lire=_lire_departements,
    ),
    ChampParametre(
        cle="departements_p1", libelle="Départements de la priorité 1", montrer=_en_liste, lire=_lire_departements,
    ),
    ChampParametre(
        cle="departements_p2", libelle="Départements de la priorité 2 renforcée", montrer=_en_liste,
        lire=_lire_departements,
    ),
)  # fmt: skip

EXCLUSIONS = (
    ChampParametre(
        cle="exclus_noms", libelle="Noms d’organismes exclus « en principe »", montrer=_en_lignes, lire=_lignes,
        lignes=True, aide="Un par ligne. Une ressemblance donne une alerte, jamais un rejet.",
    ),
    ChampParametre(
        cle="exclus_siren", libelle="SIREN exclus", montrer=_en_lignes, lire=_codes(_SIREN, "neuf chiffres"),
        lignes=True, aide="Un par ligne, neuf chiffres.",
    ),
    ChampParametre(
        cle="exclus_categories", libelle="Catégories juridiques exclues", montrer=_en_lignes,
        lire=_codes(_CATEGORIE, "quatre chiffres"), lignes=True,
        aide="Un code à quatre chiffres par ligne (nomenclature de l’Insee).",
    ),
)  # fmt: skip


def enveloppe(parametres: Parametres) -> tuple[ChampParametre, ...]:
    """Return one field a year for the money available; a blank one is unknown."""
    return tuple(
        ChampParametre(
            cle=annee,
            libelle=f"Enveloppe {annee}",
            montrer=_somme_ou_rien,
            lire=_lire_somme_ou_rien,
        )
        for annee in parametres.annees
    )


def relire(textes: Mapping[str, str], champs: tuple[ChampParametre, ...]) -> tuple[dict[str, Any], dict[str, str]]:
    """Read what is typed: values that can be read, and what is wrong with the others, by key."""
    valeurs: dict[str, Any] = {}
    fautes: dict[str, str] = {}
    for champ in champs:
        try:
            valeurs[champ.cle] = champ.lire(textes[champ.cle])
        except ValueError as erreur:
            fautes[champ.cle] = str(erreur)
    return valeurs, fautes


def incoherences(valeurs: Mapping[str, Any]) -> dict[str, str]:
    """Return what contradicts itself among values that can all be read, by key."""
    fautes = {}
    if valeurs["parcours_mois"] > valeurs["parcours_mois_max"]:
        fautes["parcours_mois_max"] = "la durée maximale doit être au moins la durée normale"
    if valeurs["etp_cout_min"] > valeurs["etp_cout_max"]:
        fautes["etp_cout_max"] = "le plus haut doit être au moins égal au plus bas"
    for cle in ("departements_p1", "departements_p2"):
        if dehors := [code for code in valeurs[cle] if code not in valeurs["departements"]]:
            fautes[cle] = f"{enumeration(dehors)} : hors des départements éligibles"
    return fautes
