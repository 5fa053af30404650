"""The intercommunalités of the region, as a list (metier § 4.2)."""

from dataclasses import dataclass

from o2r_desktop.analyse.territoire.listes import Colonne, Liste, Rangee, entier
from o2r_desktop.dossiers.territoires import DEPARTEMENTS

LISTE = Liste(
    "Intercommunalités",
    (
        Colonne(
            nom="departement",
            titre="Département",
            aide="écrivez le code d’un département de la région : 44, 49, 53, 72 ou 85",
            requise=True,
        ),
        Colonne(
            nom="code_siren_epci",
            titre="SIREN",
            aide="écrivez les neuf chiffres du SIREN de l’intercommunalité",
            requise=True,
            autres=("siren", "code"),
        ),
        Colonne(nom="nom", titre="Nom", aide="écrivez le nom de l’intercommunalité", requise=True),
        Colonne(nom="type", titre="Forme", aide="écrivez CA, CC, CU ou METRO"),
        Colonne(
            nom="communes_dans_departement",
            titre="Communes dans le département",
            aide="écrivez un nombre entier",
        ),
        Colonne(nom="communes_total", titre="Communes en tout", aide="écrivez un nombre entier"),
        Colonne(
            nom="population_municipale_epci",
            titre="Population de l’intercommunalité",
            aide="écrivez un nombre entier d’habitants",
        ),
        Colonne(
            nom="population_municipale_dans_departement",
            titre="Population dans le département",
            aide="écrivez un nombre entier d’habitants",
        ),
        Colonne(
            nom="interdepartemental",
            titre="Sur plusieurs départements",
            aide="écrivez oui ou non",
        ),
        Colonne(
            nom="departement_principal",
            titre="Département principal",
            aide="écrivez le code du département où vit la plupart des habitants",
        ),
    ),
)
"""What the file holds: a row for each department where an intercommunalité lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Epci:
    """An intercommunalité: SIREN, name, departments it lies in (those of the region), population of each.

    ``departement`` is the one where most of its people live, which may lie outside the region. ``populations`` go
    with ``departements``, -1 where nobody said; ``population`` is the whole, outside the region too. ``forme`` is
    «CA», «CC», «CU» or «METRO».
    """

    siren: str
    nom: str
    departement: str
    departements: tuple[str, ...]
    populations: tuple[int, ...]
    population: int | None = None
    forme: str = ""

    @property
    def habitants(self) -> int | None:
        """People who live in the part of it that lies in the region, None when unknown."""
        return None if min(self.populations, default=-1) < 0 else sum(self.populations)

    def habitants_de(self, departement: str) -> int | None:
        """People who live in the part of it that lies in a department, None when unknown, 0 outside it."""
        par_departement = dict(zip(self.departements, self.populations, strict=True))
        trouves = par_departement.get(departement, 0)
        return None if trouves < 0 else trouves


def lire(texte: str) -> tuple[Epci, ...]:
    """Read the CSV of the EPCI; raises DossierError with the line at fault."""
    par_siren: dict[str, list[Rangee]] = {}
    for rangee in LISTE.rangees(texte):
        siren = "".join(rangee["code_siren_epci"].split())
        if len(siren) != 9 or not (siren.isascii() and siren.isdigit()):
            quoi = f"« {rangee['code_siren_epci'][:20]} » n’est pas un SIREN"
            raise LISTE.erreur(rangee.ligne, f"{quoi} ; il faut neuf chiffres")
        if rangee["departement"] not in DEPARTEMENTS:
            codes = ", ".join(DEPARTEMENTS)
            quoi = f"« {rangee['departement'][:20]} » n’est pas un département de la région"
            raise LISTE.erreur(rangee.ligne, f"{quoi} ; il faut l’un de : {codes}")
        soeurs = par_siren.setdefault(siren, [])
        if any(s["departement"] == rangee["departement"] for s in soeurs):
            raise LISTE.erreur(rangee.ligne, f"{rangee['nom'][:60]} est déjà donnée pour ce département")
        soeurs.append(rangee)
    return tuple(_epci(siren, rangees) for siren, rangees in par_siren.items())


def _epci(siren: str, rangees: list[Rangee]) -> Epci:
    premiere = rangees[0]
    populations = [entier(LISTE, r, "population_municipale_dans_departement") for r in rangees]
    return Epci(
        siren=siren,
        nom=premiere["nom"],
        departement=premiere["departement_principal"] or premiere["departement"],
        departements=tuple(r["departement"] for r in rangees),
        populations=tuple(-1 if p is None else p for p in populations),
        population=entier(LISTE, premiere, "population_municipale_epci"),
        forme=premiere["type"],
    )
