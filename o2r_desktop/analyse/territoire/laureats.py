"""The bodies retained by an earlier call, when the campagne was given their list."""

from dataclasses import dataclass

from o2r_desktop.analyse.territoire.listes import Colonne, Liste, morceaux
from o2r_desktop.dossiers.territoires import codes_departements

LISTE = Liste(
    "Lauréats de l’AMI 2024",
    (
        Colonne(nom="nom", titre="Nom", aide="écrivez le nom de l’organisme retenu", requise=True),
        Colonne(nom="siret", titre="SIRET", aide="écrivez les quatorze chiffres du SIRET, ou rien"),
        Colonne(
            nom="departements",
            titre="Départements",
            aide="écrivez des codes ou des noms séparés par une virgule : 44, Sarthe",
        ),
        Colonne(nom="publics", titre="Publics", aide="écrivez les publics, séparés par un point-virgule"),
        Colonne(nom="intitule", titre="Projet", aide="écrivez l’intitulé du projet", autres=("intitulé",)),
        Colonne(nom="source", titre="Source", aide="écrivez d’où vient cette ligne"),
    ),
)
"""What the file holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laureat:
    """A body retained in 2024; ``departements`` are codes, ``siret`` may be empty."""

    nom: str
    siret: str = ""
    departements: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    intitule: str = ""
    source: str = ""


def lire(texte: str) -> tuple[Laureat, ...]:
    """Read the CSV of the laureates; raises DossierError with the line at fault."""
    laureats = []
    for rangee in LISTE.rangees(texte):
        siret = "".join(rangee["siret"].split())
        if siret and (len(siret) != 14 or not (siret.isascii() and siret.isdigit())):
            quoi = f"« {rangee['siret'][:20]} » n’est pas un SIRET"
            raise LISTE.erreur(rangee.ligne, f"{quoi} ; il faut quatorze chiffres, ou rien")
        departements, inconnus = codes_departements(morceaux(rangee["departements"], ",;|/"))
        if inconnus:
            quoi = f"« {inconnus[0][:40]} » n’est pas un département"
            raise LISTE.erreur(rangee.ligne, f"{quoi} ; écrivez son code ou son nom")
        laureats.append(
            Laureat(
                nom=rangee["nom"],
                siret=siret,
                departements=departements,
                publics=morceaux(rangee["publics"], ";|"),
                intitule=rangee["intitule"],
                source=rangee["source"],
            )
        )
    return tuple(laureats)
