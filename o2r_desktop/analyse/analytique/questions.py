"""The questions of the guided sheet, in their parts; their wording is a proposition.

Sources: AMI, Conditions d'éligibilité (dedicated accounting, O2R kept apart from the base offer); C. trav.
D. 5316-3 2° and 3° b, g, h; D. 5316-7; D. 5316-10; grille, ANA-01 to ANA-03 and CRE-06.
"""

from dataclasses import dataclass
from enum import StrEnum

_AMI = "AMI, Conditions d’éligibilité"


class Partie(StrEnum):
    """One part of the sheet."""

    SECTION = "section"
    CLES = "cles"
    TEMPS = "temps"
    SEPARATION = "separation"
    COMPTE_RENDU = "compte_rendu"
    MEMBRES = "membres"
    """In a consortium only."""

    @property
    def libelle(self) -> str:
        """Return the words that are shown."""
        return _LIBELLES[self]


_LIBELLES = {
    Partie.SECTION: "Section O2R",
    Partie.CLES: "Clés de répartition",
    Partie.TEMPS: "Suivi des temps",
    Partie.SEPARATION: "Séparation de l’offre socle",
    Partie.COMPTE_RENDU: "Surcompensation et compte rendu",
    Partie.MEMBRES: "Membres du consortium",
}


class GenreQuestion(StrEnum):
    """How a question is answered: one of CHOIX, a day «2026-01-01», or some words."""

    CHOIX = "choix"
    DATE = "date"
    TEXTE = "texte"


CHOIX = {
    "oui": "Oui",
    "non": "Non",
    "partiel": "En partie",
    "sans_objet": "Sans objet",
    "inconnu": "Inconnu",
}
"""Answers of a question of kind CHOIX; «inconnu» says that it was looked for in vain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFiche:
    """One question: what it feeds (``criteres``), where its rule comes from.

    ``champs`` are the attributs of the form that may hold the answer, ``mots`` the beginnings of words, normalised,
    that tell the sentences to look at. ``neutre`` when «oui» is neither better nor worse than «non».
    """

    id: str
    partie: Partie
    texte: str
    aide: str
    genre: GenreQuestion
    criteres: tuple[str, ...]
    regle: str
    champs: tuple[str, ...] = ()
    mots: tuple[str, ...] = ()
    court: str
    """What it is about, in a sentence: «code réservé à l’O2R»."""
    neutre: bool = False


_DESCRIPTION = "description_analytique"

QUESTIONS: tuple[QuestionFiche, ...] = (
    QuestionFiche(
        id="section",
        partie=Partie.SECTION,
        texte="Un code analytique est-il réservé à l’O2R ?",
        aide="Cherchez un numéro de section dans le plan analytique. « En partie » : une section existe, mais elle "
        "mêle l’O2R à une autre activité.",
        genre=GenreQuestion.CHOIX,
        criteres=("ANA-01", "ANA-02"),
        regle=f"{_AMI} ; C. trav. D. 5316-3 2°",
        champs=("compta_analytique", _DESCRIPTION, "plan_analytique"),
        mots=("section", "code", "axe analytique", "plan analytique"),
        court="code réservé à l’O2R",
    ),
    QuestionFiche(
        id="section_depuis",
        partie=Partie.SECTION,
        texte="Depuis quand est-il ouvert, ou à quelle date le sera-t-il ?",
        aide="Un engagement sans date ne suffit pas ; la date se compare au début prévu de l’action.",
        genre=GenreQuestion.DATE,
        criteres=("ANA-01",),
        regle=f"{_AMI} ; rapprochement avec le début de l’action : proposition",
        champs=("compta_analytique", _DESCRIPTION, "date_debut"),
        mots=("ouvert", "janvier", "depuis", "a compter", "en service"),
        court="date d’ouverture",
    ),
    QuestionFiche(
        id="logiciel",
        partie=Partie.SECTION,
        texte="Quel logiciel tient cette comptabilité, et qui le tient ?",
        aide="Logiciel à sections, tableur, cabinet d’expertise comptable… Un tableur est possible, il doit se "
        "rapprocher des comptes.",
        genre=GenreQuestion.TEXTE,
        criteres=("ANA-01",),
        regle="C. trav. D. 5316-3 2° (obligations comptables)",
        champs=(_DESCRIPTION, "compta_analytique"),
        mots=("logiciel", "tableur", "expert", "cabinet", "progiciel"),
        court="logiciel",
    ),
    QuestionFiche(
        id="charge_isolee",
        partie=Partie.SECTION,
        texte="Les charges et les produits de l’O2R s’y lisent-ils tous, sans retraitement ?",
        aide="C’est la charge de service public que la contribution compense : dépenses directes, part des charges "
        "communes et cofinancements doivent y être.",
        genre=GenreQuestion.CHOIX,
        criteres=("ANA-01", "ANA-03"),
        regle=f"{_AMI} ; C. trav. D. 5316-7",
        champs=(_DESCRIPTION, "distinction_offre_socle"),
        mots=("charge", "produit", "compte de resultat", "balance"),
        court="charges et produits de l’O2R isolés",
    ),
    QuestionFiche(
        id="cle_ecrite",
        partie=Partie.CLES,
        texte="La clé qui répartit les charges communes est-elle écrite ?",
        aide="Une délibération, une note du comptable ou l’annexe des comptes ; une clé seulement nommée vaut « en "
        "partie ». Sans objet si aucune charge commune n’est affectée au projet.",
        genre=GenreQuestion.CHOIX,
        criteres=("ANA-02", "CRE-06"),
        regle="C. trav. D. 5316-3 2° et 3° b",
        champs=("cle_repartition", "charges_indirectes", _DESCRIPTION),
        mots=("cle", "prorata", "reparti", "ventil"),
        court="clé écrite",
    ),
    QuestionFiche(
        id="cle_base",
        partie=Partie.CLES,
        texte="Sur quelle base : ETP, surfaces, heures, autre ?",
        aide="Notez la base de chaque charge commune quand elles diffèrent : loyers au m², direction aux ETP…",
        genre=GenreQuestion.TEXTE,
        criteres=("ANA-02", "CRE-06"),
        regle="grille, ANA-02 et CRE-06 (proposition)",
        champs=("cle_repartition", _DESCRIPTION),
        mots=("etp", "m2", "m²", "surface", "heure", "effectif", "prorata"),
        court="base de la clé",
    ),
    QuestionFiche(
        id="cle_calcul",
        partie=Partie.CLES,
        texte="Son calcul, refait, donne-t-il bien les charges indirectes du budget ?",
        aide="Refaites l’opération avec les chiffres du dossier : part × charges communes = charges indirectes.",
        genre=GenreQuestion.CHOIX,
        criteres=("CRE-06",),
        regle="C. trav. D. 5316-3 3° b ; grille, CRE-06 (proposition)",
        champs=("cle_repartition", "charges_indirectes", "cout_total"),
        mots=("%", "etp", "sur ", "soit"),
        court="calcul de la clé vérifié",
    ),
    QuestionFiche(
        id="temps_feuilles",
        partie=Partie.TEMPS,
        texte="Le temps des salariés partagés est-il relevé ?",
        aide="Feuilles de temps, planning valorisé, badge… Sans objet si chaque salarié du projet y est à plein "
        "temps de travail.",
        genre=GenreQuestion.CHOIX,
        criteres=("ANA-02",),
        regle=f"{_AMI} ; grille, ANA-02 (proposition)",
        champs=(_DESCRIPTION, "profils", "distinction_offre_socle"),
        mots=("temps", "feuille", "heure", "planning", "saisi"),
        court="temps relevé",
    ),
    QuestionFiche(
        id="temps_outil",
        partie=Partie.TEMPS,
        texte="Avec quel outil, et à quel rythme ?",
        aide="Logiciel, tableur, papier ; chaque jour, chaque semaine, chaque mois.",
        genre=GenreQuestion.TEXTE,
        criteres=("ANA-02",),
        regle="grille, ANA-02 (proposition)",
        champs=(_DESCRIPTION,),
        mots=("semaine", "mois", "jour", "logiciel", "tableur", "feuille", "saisi"),
        court="outil de relevé",
    ),
    QuestionFiche(
        id="temps_validation",
        partie=Partie.TEMPS,
        texte="Qui valide les relevés ?",
        aide="La personne qui signe ne devrait pas être celle qui saisit.",
        genre=GenreQuestion.TEXTE,
        criteres=("ANA-02",),
        regle="grille, ANA-02 (proposition)",
        champs=(_DESCRIPTION,),
        mots=("valid", "sign", "responsable", "chef de service"),
        court="validation des relevés",
    ),
    QuestionFiche(
        id="socle_decrit",
        partie=Partie.SEPARATION,
        texte="L’offre socle est-elle décrite assez nettement pour voir où commence l’O2R ?",
        aide="Activités, lieux, équipes et publics habituels ; « en partie » quand seules les actions se "
        "distinguent, pas les moyens.",
        genre=GenreQuestion.CHOIX,
        criteres=("ANA-03",),
        regle=_AMI,
        champs=("distinction_offre_socle", "presentation_structure"),
        mots=("offre socle", "distinct", "separe", "nouvelle", "habituel"),
        court="offre socle décrite",
    ),
    QuestionFiche(
        id="salaries_partages",
        partie=Partie.SEPARATION,
        texte="Des salariés travaillent-ils à la fois pour l’O2R et pour l’offre socle ?",
        aide="Ni bien ni mal : si oui, leur temps doit être relevé et leur part du salaire refaite.",
        genre=GenreQuestion.CHOIX,
        criteres=("ANA-03", "ANA-02"),
        regle="grille, ANA-03 (proposition)",
        champs=("distinction_offre_socle", "profils", "presentation_structure"),
        mots=("salarie", "commun", "mobilite interne", "equipe", "partag", "directeur", "mi-temps"),
        court="salariés partagés avec l’offre socle",
        neutre=True,
    ),
    QuestionFiche(
        id="compte_auteur",
        partie=Partie.SEPARATION,
        texte="Qui établit le compte qui sépare l’O2R de l’offre socle ?",
        aide="Comptable salarié, expert-comptable, commissaire aux comptes, trésorier : nom de la fonction, pas de "
        "la personne.",
        genre=GenreQuestion.TEXTE,
        criteres=("ANA-03",),
        regle=f"{_AMI} ; C. trav. D. 5316-3 2°",
        champs=("distinction_offre_socle", _DESCRIPTION),
        mots=("comptable", "expert", "commissaire", "tresorier", "cabinet"),
        court="auteur du compte",
    ),
    QuestionFiche(
        id="surcompensation",
        partie=Partie.COMPTE_RENDU,
        texte="Une règle permet-elle de voir qu’une charge serait compensée deux fois ?",
        aide="Tous les financements de la section comparés à ses charges, chaque année ; c’est aussi le contrôle "
        "du double financement.",
        genre=GenreQuestion.CHOIX,
        criteres=("ANA-03",),
        regle="C. trav. D. 5316-3 3° g et h",
        champs=("distinction_offre_socle", _DESCRIPTION, "attestation_honneur"),
        mots=("surcompens", "double financement", "cofinanc", "deux fois"),
        court="surcompensation repérable",
    ),
    QuestionFiche(
        id="excedent",
        partie=Partie.COMPTE_RENDU,
        texte="Ce que devient un excédent est-il prévu ?",
        aide="Report sur l’année suivante, reversement, part admise : un excédent limité est admis, il se discute "
        "dans la convention.",
        genre=GenreQuestion.CHOIX,
        criteres=("ANA-03",),
        regle="C. trav. D. 5316-3 3° h ; circulaire du 29/09/2015, annexe 1 (excédent raisonnable)",
        champs=(_DESCRIPTION, "distinction_offre_socle"),
        mots=("excedent", "reverse", "report", "benefice"),
        court="sort de l’excédent",
    ),
    QuestionFiche(
        id="compte_rendu",
        partie=Partie.COMPTE_RENDU,
        texte="Comptes annuels et bilan d’activité seront-ils prêts pour le 30 juin ?",
        aide="Regardez la date d’approbation des derniers comptes : une assemblée en juillet vient trop tard.",
        genre=GenreQuestion.CHOIX,
        criteres=("ANA-03",),
        regle="C. trav. D. 5316-10",
        champs=("indicateurs", _DESCRIPTION),
        mots=("juin", "bilan", "rapport", "compte rendu", "assemblee"),
        court="compte rendu au 30 juin",
    ),
    QuestionFiche(
        id="membres_section",
        partie=Partie.MEMBRES,
        texte="Chaque membre a-t-il sa section, sa clé et son relevé des temps ?",
        aide="Les obligations sont les mêmes pour tous ; nommez dans la note ceux à qui il manque quelque chose.",
        genre=GenreQuestion.CHOIX,
        criteres=("ANA-02",),
        regle=f"{_AMI} ; C. trav. D. 5316-3 1° e et 2°",
        champs=(_DESCRIPTION, "convention_consortium"),
        mots=("membre", "partenaire", "chacun", "chaque"),
        court="comptabilité de chaque membre",
    ),
    QuestionFiche(
        id="membres_compte",
        partie=Partie.MEMBRES,
        texte="Le chef de file rassemble-t-il les comptes des membres en un seul ?",
        aide="Même plan, même calendrier, pièces conservées par chacun : la convention de consortium le dit.",
        genre=GenreQuestion.CHOIX,
        criteres=("ANA-03",),
        regle="C. trav. D. 5316-3 1° e et D. 5316-10",
        champs=("convention_consortium", _DESCRIPTION),
        mots=("chef de file", "consolid", "rassembl", "centralis"),
        court="comptes rassemblés par le chef de file",
    ),
)  # fmt: skip
"""In the order of the sheet."""


def questions_de(partie: Partie) -> tuple[QuestionFiche, ...]:
    """Return the questions of a part."""
    return tuple(q for q in QUESTIONS if q.partie is partie)
