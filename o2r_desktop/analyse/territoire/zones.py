"""The territories EFOP, on which local committees rest; shipped without their composition (metier § 4.1)."""

from dataclasses import dataclass

from o2r_desktop.analyse.territoire.listes import Colonne, Liste, morceaux
from o2r_desktop.dossiers.territoires import DEPARTEMENTS
from o2r_desktop.text import normalise

LISTE = Liste(
    "Territoires EFOP et comités locaux pour l’emploi",
    (
        Colonne(nom="nom", titre="Nom", aide="écrivez le nom du territoire : « 72 Sud »", requise=True),
        Colonne(
            nom="departement",
            titre="Département",
            aide="écrivez le code du département : 44, 49, 53, 72 ou 85",
            requise=True,
        ),
        Colonne(
            nom="epci",
            titre="Intercommunalités",
            aide="écrivez les SIREN des intercommunalités, séparés par une espace, ou rien",
        ),
        Colonne(nom="source", titre="Source", aide="écrivez d’où vient cette ligne"),
    ),
)
"""What the file holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A territory EFOP: its name («72 Sud»), its department, the SIREN of its EPCI (empty while nobody said)."""

    nom: str
    departement: str
    epci: tuple[str, ...] = ()
    source: str = ""


def lire(texte: str) -> tuple[Zone, ...]:
    """Read the CSV of the zones; raises DossierError with the line at fault."""
    zones: dict[str, Zone] = {}
    for rangee in LISTE.rangees(texte):
        if rangee["departement"] not in DEPARTEMENTS:
            codes = ", ".join(DEPARTEMENTS)
            quoi = f"« {rangee['departement'][:20]} » n’est pas un département de la région"
            raise LISTE.erreur(rangee.ligne, f"{quoi} ; il faut l’un de : {codes}")
        epci = morceaux(rangee["epci"])
        if faux := next((s for s in epci if len(s) != 9 or not (s.isascii() and s.isdigit())), None):
            raise LISTE.erreur(rangee.ligne, f"« {faux[:20]} » n’est pas un SIREN ; il faut neuf chiffres")
        if normalise(rangee["nom"]) in zones:
            raise LISTE.erreur(rangee.ligne, f"« {rangee['nom'][:60]} » est déjà donné plus haut")
        zones[normalise(rangee["nom"])] = Zone(
            nom=rangee["nom"], departement=rangee["departement"], epci=epci, source=rangee["source"]
        )
    return tuple(zones.values())
