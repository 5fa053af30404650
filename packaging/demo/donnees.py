"""The invented dossiers: reads packaging/demo/dossiers/*.toml and completes what can be computed.

Answers are typed with plain apostrophes and blanks; French typography is applied here. Identifiers are invented:
SIREN numbers begin with 025, which no register gives.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from formulaire import BLOCS, CHAMPS, BlocForm, ChampForm, Genre

DOSSIERS = Path(__file__).resolve().parent / "dossiers"
CENT = Decimal("0.01")
_PONCTUATION = re.compile(r" (?=[;!?%])")
_DEUX_POINTS = re.compile(r" (?=[:»€])")
_GROUPES = re.compile(r"(?<![\d.])(\d{1,3})((?: \d{3})+)(?!\d)")
_ARTICLES = re.compile(r"(?<=\b[DLR]\.) (?=\d)")
_PIECES = {
    "statuts": ["statuts.pdf"],
    "comptes_annuels": ["comptes_2022.pdf", "comptes_2023.pdf", "comptes_2024.pdf"],
    "rapports_cac": ["rapport_cac_2024.pdf"],
    "rapport_activite": ["rapport_activite_2024.pdf"],
    "rib": ["rib.pdf"],
    "attestation_regularite": ["attestation_urssaf.pdf", "attestation_fiscale.pdf"],
    "budget_projet": ["budget_projet_2026-2028.xlsx"],
    "budget_structure": ["budget_structure_2025-2026.xlsx"],
}
Reponse = str | int | Decimal | bool | list[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierDemo:
    """One invented dossier; ``reponses`` maps an attribute to its answer, None for a blank."""

    numero: int
    fichier: str
    groupe: tuple[int, str]
    etat: str
    depot: datetime
    mise_a_jour: datetime
    passage: datetime | None
    porteur: Mapping[str, str]
    reponses: Mapping[str, Reponse]
    blocs: Mapping[str, list[dict[str, Any]]]


def lire_dossiers() -> list[DossierDemo]:
    """Return the dossiers in the order of their deposit, as an export lists them."""
    lus = [
        _dossier(tomllib.loads(p.read_text("utf-8"), parse_float=Decimal)) for p in sorted(DOSSIERS.glob("*.toml"))
    ]
    return sorted(lus, key=lambda d: (d.depot, d.numero))


def typographie(texte: str) -> str:
    """Return *texte* with French apostrophes, quotes and no-break blanks."""
    texte = texte.strip().replace("'", "’")
    texte = texte.replace("« ", "«\u00a0")
    texte = _GROUPES.sub(lambda m: m[0].replace(" ", "\u202f"), texte)
    texte = _ARTICLES.sub("\u00a0", texte)
    return _DEUX_POINTS.sub("\u00a0", _PONCTUATION.sub("\u202f", texte))


def cle_luhn(chiffres: str) -> str:
    """Return the digit that makes *chiffres* plus itself a Luhn number."""
    somme = 0
    for rang, chiffre in enumerate(reversed(chiffres)):
        valeur = int(chiffre) * (2 if rang % 2 == 0 else 1)
        somme += valeur - 9 if valeur > 9 else valeur
    return str(-somme % 10)


def siret(rang: int) -> str:
    """Return the invented SIRET of body number *rang*."""
    siren = f"02510{rang:03d}"
    siren += cle_luhn(siren)
    return siren + "0001" + cle_luhn(siren + "0001")


def _dossier(brut: dict[str, Any]) -> DossierDemo:
    numero = brut["numero"]
    reponses = dict(brut["reponses"])
    _completer(numero, reponses)
    blocs = {b.cle: [_ligne(b, ligne) for ligne in brut.get(b.cle, [])] for b in BLOCS}
    groupe = (2, "Maine, Sarthe et Vendée") if brut.get("groupe", 1) == 2 else (1, "défaut")
    return DossierDemo(
        numero=numero,
        fichier=brut["fichier"],
        groupe=groupe,
        etat=brut.get("etat", "en_instruction"),
        depot=brut["depot"],
        mise_a_jour=brut.get("mise_a_jour", brut["depot"]),
        passage=None if brut.get("etat") == "en_construction" else datetime(2025, 8, 18, 9, numero % 60),  # noqa: DTZ001 Paris wall-clock
        porteur=_porteur(numero, brut["porteur"], str(reponses.get("objet_social", ""))),
        reponses={c.attribut: _reponse(c, reponses) for c in CHAMPS},
        blocs=blocs,
    )


def _porteur(numero: int, brut: dict[str, Any], objet: str) -> dict[str, str]:
    numero_siret = siret(brut.get("rang", numero % 1000))
    return {
        **{cle: str(valeur) for cle, valeur in brut.items()},
        "siret": numero_siret,
        "siren": numero_siret[:9],
        "objet": typographie(objet),
        "rna": f"W0000{numero_siret[3:8]}" if str(brut["code"]).startswith("92") else "",
    }


def _reponse(champ: ChampForm, reponses: Mapping[str, Any]) -> Reponse:
    valeur: Reponse = reponses.get(champ.attribut)
    if champ.genre is Genre.LONG and isinstance(valeur, str):
        return typographie(valeur)
    if champ.attribut in ("intitule", "adresse_siege") and isinstance(valeur, str):
        return typographie(valeur)
    if champ.genre in (Genre.PIECES, Genre.MULTIPLE):
        return valeur or []
    return valeur


def _ligne(bloc: BlocForm, ligne: dict[str, Any]) -> dict[str, Any]:
    faite = dict(ligne)
    if "rang" in faite:
        faite["siret"] = siret(faite["rang"])
    for enfant in bloc.enfants:
        valeur = faite.get(enfant.attribut)
        if enfant.genre in (Genre.LONG, Genre.TEXTE) and isinstance(valeur, str):
            faite[enfant.attribut] = typographie(valeur)
    return faite


def _completer(numero: int, reponses: dict[str, Any]) -> None:
    """Spread the lists by year, and compute totals and quotients that the dossier does not give itself."""
    listes = {cle: reponses.pop(cle, None) or [None] * 3 for cle in _PAR_ANNEE}
    for cle, valeurs in listes.items():
        for annee, valeur in enumerate(valeurs, 1):
            reponses[f"{cle}_annee_{annee}"] = valeur
    for cle in ("cout", "demande"):
        if None not in listes[cle]:
            reponses.setdefault(f"{cle}_total", sum(listes[cle]))
    if None not in listes["cout"] and None not in listes["beneficiaires"] and sum(listes["beneficiaires"]):
        personnes = Decimal(sum(listes["beneficiaires"]))
        reponses.setdefault("cout_par_beneficiaire", _arrondi(Decimal(sum(listes["cout"])) / personnes))
        if None not in listes["etp"]:
            reponses.setdefault("beneficiaires_par_etp", _arrondi(personnes / Decimal(sum(listes["etp"]))))
    reponses.setdefault("courriel_contact", f"dossier{numero}@asso.example")
    reponses.setdefault("telephone_contact", f"0199{numero % 1000:06d}")
    reponses.setdefault("date_debut", "2026-01-01")
    reponses.setdefault("date_fin", "2028-12-31")
    blancs = reponses.pop("sans_reponse", [])
    for cle, defaut in _OUI_NON.items():
        reponses.setdefault(cle, None if cle in blancs else defaut)
    absentes = reponses.pop("pieces_absentes", [])
    for cle, noms in _PIECES.items():
        if cle not in absentes:
            reponses.setdefault(cle, noms)


def _arrondi(valeur: Decimal) -> Decimal:
    return valeur.quantize(CENT, ROUND_HALF_UP)


_PAR_ANNEE = ("reperes", "beneficiaires", "etp", "cout", "demande")
_OUI_NON = {
    "exclu_declare": False,
    "laureat_2024": False,
    "consortium": False,
    "formation": False,
    "engagement_republicain": True,
    "attestation_honneur": True,
}
