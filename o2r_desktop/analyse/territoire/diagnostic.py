"""The figures of the AMI's own diagnostic, each with its date and source (metier § 4.3)."""

from dataclasses import dataclass

from o2r_desktop.analyse.territoire.anomalies import anomalie_de
from o2r_desktop.analyse.territoire.listes import Colonne, Liste

LISTE = Liste(
    "Diagnostic de l’AMI",
    (
        Colonne(
            nom="territoire",
            titre="Territoire",
            aide="écrivez le lieu : « Sarthe (72) », « Nantes Métropole », « 72 Sud »",
            requise=True,
        ),
        Colonne(
            nom="niveau",
            titre="Niveau",
            aide="écrivez national, région, département, EPCI, EFOP/CLPE, infra-départemental ou commune",
            requise=True,
        ),
        Colonne(nom="indicateur", titre="Indicateur", aide="écrivez ce que le chiffre mesure", requise=True),
        Colonne(nom="valeur", titre="Valeur", aide="écrivez le chiffre, ou le mot de l’AMI", requise=True),
        Colonne(nom="unité", titre="Unité", aide="écrivez %, points, personnes, rang ou qualitatif"),
        Colonne(
            nom="date",
            titre="Date",
            aide="écrivez la date des données : « T4 2023 », « mars 2024 », ou « non précisée »",
            requise=True,
        ),
        Colonne(nom="source", titre="Source", aide="écrivez qui publie ce chiffre", requise=True),
        Colonne(nom="anomalie", titre="Réserve", aide="écrivez ce qui est douteux, rien s’il n’y a rien à dire"),
    ),
)
"""What the file holds. The last column is the campagne's own; the shipped list has none."""
NIVEAUX = ("national", "région", "département", "EPCI", "EFOP/CLPE", "infra-départemental", "commune")
"""Levels of a figure, the widest first."""
_MARQUE = "[ANOMALIE"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChiffreDiagnostic:
    """One figure: «Sarthe (72)», «département», what it measures, value as text, unit, date and source.

    ``anomalie`` says what is wrong with it in the AMI, «» when nothing is known to be.
    """

    territoire: str
    niveau: str
    indicateur: str
    valeur: str
    unite: str
    date: str
    source: str
    anomalie: str = ""


def lire(texte: str) -> tuple[ChiffreDiagnostic, ...]:
    """Read the CSV of the diagnostic; raises DossierError with the line at fault."""
    chiffres = []
    for rangee in LISTE.rangees(texte):
        if rangee["niveau"] not in NIVEAUX:
            attendus = ", ".join(NIVEAUX)
            raise LISTE.erreur(
                rangee.ligne, f"« niveau » vaut « {rangee['niveau'][:40]} » ; il faut l’un de : {attendus}"
            )
        # The reference file marks a doubtful figure in the name of its indicator: that is said elsewhere here.
        indicateur = rangee["indicateur"].partition(_MARQUE)[0].strip()
        connue = anomalie_de(rangee["territoire"], indicateur, rangee["valeur"], rangee["date"])
        chiffres.append(
            ChiffreDiagnostic(
                territoire=rangee["territoire"],
                niveau=rangee["niveau"],
                indicateur=indicateur,
                valeur=rangee["valeur"],
                unite=rangee["unité"],
                date=rangee["date"],
                source=rangee["source"],
                anomalie=rangee["anomalie"] or connue,
            )
        )
    return tuple(chiffres)
