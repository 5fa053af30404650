"""REC: was the dossier deposited where and when it had to be?"""

import re

from o2r_desktop.dossiers.model import Origine
from o2r_desktop.evaluation.constats import Constat, Resultat
from o2r_desktop.evaluation.examen import Examen
from o2r_desktop.text import instant

ATTRIBUTS_CLES = (
    "intitule", "missions", "publics", "departements", "echelle", "date_debut", "date_fin", "duree_maximale",
    "beneficiaires_annee_1", "beneficiaires_annee_2", "beneficiaires_annee_3",
    "cout_total", "cout_annee_1", "cout_annee_2", "cout_annee_3",
    "demande_annee_1", "demande_annee_2", "demande_annee_3", "demande_total",
    "etp_annee_1", "formation", "compta_analytique", "exclu_declare",
)  # fmt: skip
"""What makes the O2R form recognisable."""

_NUMERO = re.compile(r"(\d+)(?: [–—-] .*)?$", re.DOTALL)

PART_RECONNUE = 60
"""Percentage of the key attributes above which the form is recognised."""


def rec_01(examen: Examen) -> Constat:
    """Check that the dossier comes from the prescribed procedure (AMI, Modalités de dépôt)."""
    dossier, parametres = examen.dossier, examen.parametres
    nom = identifiant_demarche(dossier.demarche)
    comparables = {parametres.demarche_chemin.casefold()}
    if parametres.demarche_numero is not None:
        comparables.add(str(parametres.demarche_numero))
    preuve = "Numéro du dossier · démarche de l’export"
    if dossier.numero <= 0:
        resultat, parties = Resultat.INCONNU, ["aucun numéro de dossier"]
    elif nom in comparables and nom:
        resultat, parties = Resultat.CONFORME, [f"démarche « {dossier.demarche} », celle de l’AMI"]
    elif nom and not (nom.isdigit() and parametres.demarche_numero is None):
        resultat = Resultat.ALERTE
        parties = [f"démarche « {dossier.demarche} », l’AMI prescrit « {parametres.demarche_chemin} »"]
    else:
        resultat, parties = _formulaire(examen)
        preuve = "Numéro du dossier · intitulés des champs de l’export"
    regle = (
        "le dépôt se fait sur la démarche en ligne prescrite, à l’exclusion du courriel et du papier "
        "(AMI, Modalités de dépôt)"
    )
    return examen.constat("REC-01", resultat, parties, preuve, regle)


def identifiant_demarche(demarche: str) -> str:
    """Return the number or the path that an export gives: of «98765 – Titre», of an address, or alone."""
    texte = demarche.strip()
    if trouve := _NUMERO.match(texte):
        return trouve[1]
    return texte.rstrip("/").rsplit("/", 1)[-1].casefold()


def _formulaire(examen: Examen) -> tuple[Resultat, list[str]]:
    """Recognise the form by its fields when the export names no procedure that can be compared."""
    dossier = examen.dossier
    origine = "démarche non nommée dans l’export"
    if dossier.demarche.strip():
        numero = identifiant_demarche(dossier.demarche)
        origine = f"démarche n° {numero}, numéro que la campagne ne connaît pas"
    reconnus = sum(a in dossier.par_attribut for a in ATTRIBUTS_CLES)
    compte = f"{reconnus} champs clés sur {len(ATTRIBUTS_CLES)}"
    if reconnus * 100 >= PART_RECONNUE * len(ATTRIBUTS_CLES):
        return Resultat.CONFORME, [origine, f"formulaire O2R reconnu à ses champs ({compte})"]
    return Resultat.INCONNU, [origine, f"formulaire O2R non reconnu ({compte})"]


def rec_02(examen: Examen) -> Constat:
    """Check that the deposit is not later than the deadline, to the second (AMI, Modalités de dépôt)."""
    limite = examen.parametres.date_limite
    regle = (
        f"le dépôt est reçu jusqu’au {instant(limite)} inclus, heure de Paris, la date de dépôt faisant foi et non "
        "celle de la dernière modification (AMI, Modalités de dépôt)"
    )
    preuve = "Déposé le"
    depot = examen.dossier.depot
    if depot is None:
        return examen.constat("REC-02", Resultat.INCONNU, ["date de dépôt absente de l’export"], preuve, regle)
    depot = depot.replace(microsecond=0)
    parties = [f"déposé le {instant(depot)}, limite {instant(limite)}"]
    retard = (depot - limite).total_seconds()
    if 0 < retard < 60:
        parties.append("dépôt dans la minute qui suit la limite, à signaler à part")
    if retard == 0 and examen.dossier.origine in (Origine.CSV_STANDARD, Origine.CSV_MODELE):
        # A spreadsheet that saves the CSV again may write «13/08/2025 12:00» for 12:00:01 (exports § 9).
        parties.append("si un tableur a réenregistré ce CSV, les secondes sont à vérifier sur la plateforme")
    resultat = Resultat.NON_CONFORME if retard > 0 else Resultat.CONFORME
    return examen.constat("REC-02", resultat, parties, preuve, regle)
