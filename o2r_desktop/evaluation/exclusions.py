"""ELI-02: is the lead, or a member, one of the bodies that the AMI does not call?

An alert, never a rejection: the AMI says «en principe», and a derogation is decided above the instructor.
"""

from dataclasses import dataclass

from o2r_desktop.dossiers.identifiers import siren_de
from o2r_desktop.evaluation.constats import Constat, Resultat, pire
from o2r_desktop.evaluation.examen import Examen
from o2r_desktop.evaluation.mots import ARTICLES, Mots, contient, mots
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.text import normalise

_HOMONYMES = tuple(
    mots(nom)
    for nom in (
        "conseil départemental de l’ordre",
        "conseil départemental de l’accès au droit",
        "conseil départemental d’accès au droit",
    )
)
"""Bodies that bear the words of a department without being one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisme:
    """A body to check: the lead or a member of the consortium."""

    qualite: str
    nom: str
    siren: str
    categorie: str
    forme: str = ""


def nom_exclu(nom: Mots, parametres: Parametres) -> bool:
    """Say whether a name bears one of ``exclus_noms``, whole words in order, whatever the plural or the signs.

    A motif that ends with an article («département de») is a beginning: it is looked for at the start of the name
    only and holds for du, des and d’. Words run together count too («CAPEMPLOI»).
    """
    sujet = nom[1:] if nom and nom[0] in ("le", "la", "les") else nom
    for debut in parametres.debuts_exclus:
        suite = len(debut)
        if sujet[:suite] == debut and len(sujet) > suite and sujet[suite] in ARTICLES:
            return True
    if any(nom[: len(h)] == h for h in _HOMONYMES):
        return False
    return any(contient(nom, m) or "".join(m) in nom for m in parametres.mots_exclus)


def eli_02(examen: Examen) -> Constat:
    """Look for the bodies that are no operators in principle (AMI, Conditions d'éligibilité; L. 5311-7 II)."""
    organismes = _organismes(examen)
    declare = examen.dossier.valeur("exclu_declare")
    trouves = [raison for o in organismes for raison in _raisons(o, examen.parametres)]
    manques = [manque for o in organismes if (manque := _manque(o))]
    resultats = [Resultat.CONFORME]
    parties = []
    if trouves:
        resultats.append(Resultat.ALERTE)
        parties += [*trouves, "décision motivée à prendre"]
    if declare is True:
        resultats.append(Resultat.ALERTE)
        parties.append("le dossier déclare que le porteur est l’un de ces organismes")
    elif declare is False and trouves:
        parties.append("le dossier déclare pourtant le contraire")
    if not trouves and declare is not True:
        controles = "porteur contrôlé" if len(organismes) == 1 else "porteur et membres contrôlés"
        parties.append(f"{controles}, aucun organisme exclu reconnu")
    if not isinstance(declare, bool):
        parties.append("déclaration du porteur non renseignée")
    if not examen.dossier.membres and examen.dossier.valeur("consortium") is True:
        manques.append("consortium déclaré, membres absents de cet export")
    if manques:
        resultats.append(Resultat.INCONNU)
        parties += manques
    preuve = " · ".join(
        ["Établissement SIRET", "Entreprise raison sociale", "Entreprise forme juridique code"]
        + (["membres du consortium"] if examen.dossier.membres else [])
        + [c.libelle for a in ("exclu_declare", "consortium") if (c := examen.dossier.champ(a))]
    )
    regle = (
        "France Travail, les missions locales, les Cap emploi et les départements ne sont pas, en principe, "
        "opérateurs ; nom, SIREN, catégorie juridique et déclaration sont regardés pour le chef de file et chaque "
        "membre, une dérogation motivée restant possible (AMI, Conditions d’éligibilité ; C. trav. L. 5311-7)"
    )
    return examen.constat("ELI-02", pire(resultats), parties, preuve, regle)


def _organismes(examen: Examen) -> list[Organisme]:
    porteur = examen.dossier.porteur
    chef = Organisme(
        qualite="porteur",
        nom=porteur.nom,
        siren=porteur.siren or siren_de(porteur.siret),
        categorie=porteur.categorie_juridique,
        forme=porteur.forme_juridique,
    )
    membres = [
        Organisme(qualite="membre", nom=m.nom, siren=siren_de(m.siret), categorie=m.categorie_juridique)
        for m in examen.dossier.membres
    ]
    return [chef, *membres]


def _raisons(organisme: Organisme, parametres: Parametres) -> list[str]:
    raisons = []
    if nom_exclu(mots(organisme.nom), parametres):
        raisons.append("par son nom")
    if organisme.siren and organisme.siren in parametres.exclus_siren:
        raisons.append(f"par son SIREN ({organisme.siren})")
    if organisme.categorie and organisme.categorie in parametres.exclus_categories:
        raisons.append(f"par sa catégorie juridique ({organisme.categorie})")
    elif normalise(organisme.forme) == "departement":
        raisons.append(f"par sa forme juridique ({organisme.forme})")
    if not raisons:
        return []
    return [f"{organisme.qualite} « {organisme.nom or 'sans nom'} » reconnu {', '.join(raisons)}"]


def _manque(organisme: Organisme) -> str:
    qui = f"{organisme.qualite} « {organisme.nom} »" if organisme.nom else f"{organisme.qualite} sans nom"
    if not organisme.siren and not organisme.categorie:
        return f"{qui} sans SIREN ni catégorie juridique, à vérifier"
    return "" if organisme.nom else f"{qui} (SIREN {organisme.siren or 'inconnu'}), à vérifier"
