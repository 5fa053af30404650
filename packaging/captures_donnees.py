"""What the pictures of the window show: a campagne, answers under way, the files of a later import."""

import csv
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from o2r_desktop import demonstration, operations, reception
from o2r_desktop.evaluation.reponses import DecisionConstat, Preuve, ProjetAvis, Reponse, TypeAvis
from o2r_desktop.operations.actes import Genre
from o2r_desktop.progress import SilentReporter
from o2r_desktop.resources import resource
from ui.open_campagne import OpenCampagne

MAINTENANT = datetime(2025, 9, 2, 8, 42, tzinfo=UTC)
EN_COURS = 25_000_113
"""The dossier whose evaluation is under way in the pictures."""
FINALISE = 25_000_101
_CRITERES_FAITS = (
    "REC-01", "REC-02", "REC-03", "REC-04", "REC-05", "ELI-01", "ELI-02", "ELI-03", "ELI-04", "ELI-05", "ELI-06",
    "ELI-09", "ELI-10", "PRI-02", "FIN-01",
)  # fmt: skip
_MONTANTS = {"ELI-07": "492000.00", "ELI-08": "0.00"}
_NIVEAUX = {
    "FIN-02": ("3", "Fonds propres de 611 k€ en 2024, stables sur trois ans."),
    "FIN-03": ("2", "24 % du bilan ; les fonds dédiés pèsent sur le taux."),
    "FIN-04": ("3", ""),
    "FIN-05": ("1", "Trésorerie d’un mois de charges au 31 décembre 2024."),
    "CRE-03": ("3", "Deux accords notifiés sur trois ; la ville répond en octobre."),
    "CRE-04": ("3", "Coût proche de la médiane du lot ; hébergement non compris, c’est expliqué page 4 du budget."),
    "ANA-01": ("3", "Section distincte depuis 2023 ; le modèle de feuille de temps est joint."),
    "TER-01": ("4", "Implantée à Saint-Nazaire depuis 1979 ; trois lieux d’accueil."),
}
_PREUVES = {
    "FIN-05": (
        "Trésorerie au 31/12/2024 : environ un mois de charges.",
        "Solde à surveiller avant le premier acompte.",
    ),
}
_QUESTIONS = (
    ("FIN-05", "Pouvez-vous joindre un plan de trésorerie mensuel pour 2026 ?"),
    ("CRE-03", "Quand la ville de Saint-Nazaire rendra-t-elle sa réponse sur le cofinancement ?"),
)
_ETIQUETTES = {
    25_000_102: ["à instruire d’abord"],
    25_000_118: ["à approfondir"],
    EN_COURS: ["à instruire d’abord"],
}
_A_SUIVRE = (25_000_102, 25_000_118)
"""Two more dossiers whose recevabilité and éligibilité are answered."""


def fabriquer(campagne: Path) -> None:
    """Make the demonstration campagne; imported here first, so that the still clock dates its dossiers too."""
    operations.create_campagne(campagne, maintenant=MAINTENANT)
    auteur = demonstration.INSTRUCTEUR
    with operations.open_session(campagne, auteur=auteur, horloge=lambda: MAINTENANT) as session:
        exports = sorted(f for f in resource("demo").iterdir() if f.suffix in {".xlsx", ".csv", ".json", ".zip"})
        preparation = reception.prepare(session, exports, SilentReporter())
        reception.apply_plans(session, preparation.plans, archives=preparation.archives)
        operations.back_up(session)
    demonstration.run(campagne, maintenant=MAINTENANT)


def evaluer(campagne: OpenCampagne) -> None:
    """Answer part of the grille of one dossier, and the first two sections of two others."""

    def repondre(numero: int, critere: str, valeur: str, commentaire: str = "") -> None:
        constats = {c.critere for c in campagne.complet(numero).constats}
        reponse = Reponse(
            critere=critere,
            valeur=valeur,
            commentaire=commentaire,
            decision=DecisionConstat.CONFIRME if critere in constats else None,
        )
        assert campagne.save_reponse(numero, reponse, f"réponse à {critere}")

    for critere in _CRITERES_FAITS:
        repondre(EN_COURS, critere, "oui")
        for numero in _A_SUIVRE:
            repondre(numero, critere, "oui")
    for critere, montant in _MONTANTS.items():
        repondre(EN_COURS, critere, montant)
        for numero in _A_SUIVRE:
            repondre(numero, critere, montant)
    repondre(25_000_118, "CRE-02", "300000.00")
    repondre(EN_COURS, "PRI-01", "P1")
    for critere, (niveau, commentaire) in _NIVEAUX.items():
        repondre(EN_COURS, critere, niveau, commentaire)
    projet = ProjetAvis(
        avis=TypeAvis.FAVORABLE_AVEC_RESERVES,
        motif="Projet de première priorité, ancré, au coût cohérent avec l’accompagnement proposé.",
        montants={"2026": Decimal("120000"), "2027": Decimal("141000"), "2028": Decimal("141000")},
    )
    assert campagne.save_projet(EN_COURS, projet, "avis")


def accompagner(campagne: OpenCampagne) -> None:
    """Put evidence, points to watch, questions and labels beside the answers."""
    for critere, (extrait, vigilance) in _PREUVES.items():
        reponse = campagne.complet(EN_COURS).evaluation.reponse(critere)
        preuve = Preuve(ou="Trésorerie disponible (€)", extrait=extrait)
        campagne.save_reponse(EN_COURS, replace(reponse, vigilance=vigilance, preuves=(preuve,)), "preuve")
    questions = [
        {
            "critere": critere, "texte": texte, "posee_le": MAINTENANT.isoformat(), "auteur": "Camille Essai",
            "envoyee_le": None, "echeance": None, "reponse": "", "repondue_le": None,
        }
        for critere, texte in _QUESTIONS
    ]  # fmt: skip
    campagne.change(Genre.QUESTIONS, {EN_COURS: {"questions": questions}}, "questions")
    etats = {n: {"instructeur": "Camille Essai", "etiquettes": e} for n, e in _ETIQUETTES.items()}
    campagne.change(Genre.ATTRIBUTION, etats, "étiquettes")


def export_suivant(dossier: Path) -> Path:
    """Write the export of two weeks later: a header renamed, one dossier changed, one new, one given twice."""
    source = next(iter(resource("demo").glob("*.csv")))
    with source.open(encoding="utf-8", newline="") as flux:
        entete, *lignes = csv.reader(flux)
    entete[entete.index("Effectif salarié (ETP)")] = "Salariés en équivalent temps plein"
    rang = {libelle: i for i, libelle in enumerate(entete)}
    changee, _, double, absente = lignes
    changee[rang["Contribution O2R demandée – année 3 (€)"]] = "99000.0"
    changee[rang["Contribution O2R demandée sur 3 ans (€)"]] = "294000.0"
    changee[rang["Dernière mise à jour du dossier le"]] = "2025-08-29 11:20:04 +0200"
    nouvelle = list(absente)
    nouvelle[rang["ID"]] = "25000131"
    nouvelle[rang["Déposé le"]] = "2025-08-13 12:00:01 +0200"
    nouvelle[rang["Intitulé du projet"]] = "Les Horizons du soir"
    cible = dossier / source.name.replace("2025-08-20_10-35", "2025-09-01_09-15")
    with cible.open("w", encoding="utf-8", newline="") as flux:
        csv.writer(flux).writerows([entete, *lignes, nouvelle, double])
    return cible


def archive_suivante(dossier: Path) -> Path:
    """Write the archive of two weeks later: accounts deposited again, and a dossier that the campagne has not."""
    racine, pdf = "export/dossier-{}/pieces_justificatives/", b"%PDF-1.4\n%%EOF\n"
    cible = dossier / "dossiers_offre-de-reperage-et-remobilisation_2025-09-01_09-20.zip"
    with zipfile.ZipFile(cible, "w") as archive:
        archive.writestr(f"{racine.format(FINALISE)}comptes_2024-30-08-2025-10-12-4410.pdf", pdf)
        archive.writestr(f"{racine.format(25_000_140)}statuts-30-08-2025-11-40-4411.pdf", pdf)
    return cible
