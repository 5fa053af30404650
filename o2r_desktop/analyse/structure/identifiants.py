"""Identifiers of a body, checked by their own keys: SIRET, SIREN, RNA, VAT, IBAN (masked: it is personal)."""

import re

from o2r_desktop.analyse.angles import Controle
from o2r_desktop.dossiers.identifiers import chiffres, groupe, siren_de, siren_valide, siret_valide
from o2r_desktop.dossiers.model import Dossier, Porteur
from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.evaluation.mots import mots
from o2r_desktop.text import normalise

_RNA = re.compile(r"W\d[0-9A-Z]\d{7}", re.ASCII)
_IBAN = re.compile(r"[A-Z]{2}\d{2}[0-9A-Z]{11,30}", re.ASCII)
_LONGUEURS = {"FR": 27, "MC": 27, "BE": 16, "DE": 22, "LU": 20}
"""Length of an IBAN where applicants have theirs; elsewhere only its key is checked."""
_CLE = "clé de contrôle (La Poste comprise)"


def controler_siret(siret: str, ou: str) -> Controle:
    """Check a SIRET; *ou* names the body in the key of the check: «porteur», «membre/2»."""
    nombre = chiffres(siret)
    if not nombre:
        resultat, valeur = Resultat.INCONNU, "SIRET absent"
    elif len(nombre) != 14:
        resultat, valeur = Resultat.NON_CONFORME, f"{len(nombre)} chiffres au lieu de 14, à corriger"
    elif siret_valide(nombre):
        resultat, valeur = Resultat.CONFORME, f"{groupe(nombre)}, clé juste"
    else:
        resultat, valeur = Resultat.NON_CONFORME, f"{groupe(nombre)}, clé fausse : un chiffre est erroné"
    return Controle(
        cle=f"siret/{ou}", nom="SIRET", resultat=resultat, valeur=valeur, regle=f"quatorze chiffres, {_CLE}"
    )


def controler_siren(porteur: Porteur) -> Controle:
    """Check the SIREN of the lead and that its SIRET begins with it."""
    siren, du_siret = chiffres(porteur.siren), siren_de(chiffres(porteur.siret))
    if not siren:
        resultat, valeur = Resultat.INCONNU, "SIREN absent"
    elif not siren_valide(siren):
        resultat, valeur = Resultat.NON_CONFORME, f"{siren}, clé fausse ou longueur fausse"
    elif du_siret and du_siret != siren:
        resultat, valeur = Resultat.NON_CONFORME, f"{siren}, mais le SIRET commence par {du_siret}"
    else:
        resultat, valeur = Resultat.CONFORME, f"{siren}, clé juste" + (", accordé au SIRET" if du_siret else "")
    return Controle(
        cle="siren/porteur", nom="SIREN", resultat=resultat, valeur=valeur,
        regle=f"neuf chiffres, {_CLE} ; neuf premiers chiffres du SIRET",
    )  # fmt: skip


def controler_etat(porteur: Porteur) -> Controle:
    """Say whether the register has the body or its establishment closed on that day (grille, REC-04)."""
    etat = normalise(porteur.etat_administratif)
    if etat.startswith(("ferm", "cess", "radi", "inactif")) or etat in ("f", "c"):
        resultat, valeur = Resultat.ALERTE, f"« {porteur.etat_administratif} » au répertoire, à éclaircir"
    elif etat.startswith("acti") or etat in ("a", "en activite"):
        resultat, valeur = Resultat.CONFORME, "actif au répertoire le jour de l’export"
    else:
        resultat, valeur = Resultat.INCONNU, "état absent de l’export, à vérifier au répertoire"
    return Controle(
        cle="etat/porteur", nom="Établissement", resultat=resultat, valeur=valeur,
        regle="la personne morale est active (grille, REC-04) ; état transmis par la plateforme",
    )  # fmt: skip


def controler_rna(dossier: Dossier) -> Controle:
    """Check the number of the national register of associations: W and nine digits."""
    rna = "".join(dossier.porteur.rna.split()).upper()
    nature = normalise(dossier.texte("nature_porteur"))
    association = dossier.porteur.categorie_juridique.startswith("92") or nature.startswith("association")
    if _RNA.fullmatch(rna):
        resultat, valeur = Resultat.CONFORME, f"{rna}, forme juste"
    elif rna:
        resultat, valeur = Resultat.ALERTE, f"« {rna} » : W et neuf chiffres attendus"
    elif association:
        resultat, valeur = Resultat.INCONNU, "association sans numéro RNA dans l’export"
    else:
        resultat, valeur = Resultat.SANS_OBJET, "pas une association"
    return Controle(
        cle="rna/porteur", nom="RNA", resultat=resultat, valeur=valeur,
        regle="W suivi de neuf chiffres ; les associations d’Alsace-Moselle n’en ont pas",
    )  # fmt: skip


def controles_du_formulaire(dossier: Dossier) -> tuple[Controle, ...]:
    """Check the VAT numbers and the IBAN of the form, whatever their fields are called."""
    trouves = []
    for rang, champ in enumerate(dossier.champs, 1):
        if not isinstance(champ.valeur, str) or not champ.valeur.strip():
            continue
        nommes = mots(champ.libelle)
        if "iban" in nommes:
            trouves.append(_iban(champ.valeur, f"iban/{rang}"))
        elif "tva" in nommes and ("numero" in nommes or "intracommunautaire" in nommes):
            trouves.append(_tva(champ.valeur, f"tva/{rang}", dossier))
    return tuple(trouves)


def masque(iban: str) -> str:
    """Return an IBAN as it may be shown: its country and its last four signs."""
    serre = "".join(c for c in iban.upper() if c.isalnum())
    return f"{serre[:2]}…{serre[-4:]}" if len(serre) >= 12 else "…"


def _iban(brut: str, cle: str) -> Controle:
    from stdnum.iso7064 import mod_97_10  # stdnum.iban wants a data file that the packaged program has not

    serre = "".join(brut.split()).upper()
    longueur = _LONGUEURS.get(serre[:2])
    bon = (
        _IBAN.fullmatch(serre) is not None
        and longueur in (None, len(serre))
        and mod_97_10.is_valid(serre[4:] + serre[:4])
    )
    resultat = Resultat.CONFORME if bon else Resultat.NON_CONFORME
    valeur = f"{masque(serre)}, {'clé juste' if bon else 'clé ou longueur fausse, à corriger'}"
    return Controle(
        cle=cle, nom="IBAN", resultat=resultat, valeur=valeur,
        regle="clé ISO 7064 (97-10) et longueur du pays ; le numéro entier n’est pas montré",
    )  # fmt: skip


def _tva(brut: str, cle: str, dossier: Dossier) -> Controle:
    from stdnum.fr import tva

    serre = "".join(brut.split()).upper()
    siren = dossier.porteur.siren or siren_de(dossier.porteur.siret)
    if not tva.is_valid(serre):
        resultat, valeur = Resultat.NON_CONFORME, f"« {serre[:20]} », clé fausse"
    elif siren and not serre.endswith(siren):
        resultat, valeur = Resultat.ALERTE, f"{serre}, SIREN différent de celui du porteur"
    else:
        resultat, valeur = Resultat.CONFORME, f"{serre}, clé juste"
    return Controle(
        cle=cle, nom="TVA intracommunautaire", resultat=resultat, valeur=valeur,
        regle="deux signes de contrôle puis le SIREN",
    )  # fmt: skip
