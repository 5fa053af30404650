"""The form of the demonstration campagne: labels as exports write them (metier § 5.2), types, sections."""

from dataclasses import dataclass
from enum import StrEnum


class Genre(StrEnum):
    """How a field is written by the platform (exports § 3.4 and § 7.4)."""

    TEXTE = "texte"
    LONG = "texte_long"
    ENTIER = "entier"
    DECIMAL = "decimal"
    DATE = "date"
    OUI_NON = "oui_non"
    CASE = "case"
    CHOIX = "choix"
    MULTIPLE = "choix_multiple"
    PIECES = "pieces"
    SIRET = "siret"


@dataclass(frozen=True, slots=True)
class ChampForm:
    """One field: attribute of the product, label, type, and whether the form demands it."""

    attribut: str
    libelle: str
    genre: Genre
    requis: bool = True


@dataclass(frozen=True, slots=True)
class BlocForm:
    """A repetition block; ``enfants`` maps the key of our data to the label and type of each column."""

    cle: str
    stable_id: int
    libelle: str
    enfants: tuple[ChampForm, ...]

    @property
    def feuille(self) -> str:
        """Name of its sheet: ASCII, thirty characters (exports § 4.6)."""
        plat = self.libelle.translate(str.maketrans("éèô", "eeo"))
        return f"({self.stable_id}) {plat}"[:30]


T, L, E, D = Genre.TEXTE, Genre.LONG, Genre.ENTIER, Genre.DECIMAL
PREMIER_STABLE_ID = 5100000
PAS_STABLE_ID = 13

PUBLICS = (
    "Jeunes de moins de 26 ans en rupture",
    "Habitants de zones rurales isolées",
    "Santé mentale, comportements déviants, addictions",
    "55 ans et plus",
    "Demandeurs d'emploi de longue durée",
    "Personnes allophones",
    "Personnes en situation d'illettrisme",
    "Personnes sans logement stable",
    "Autre public",
)
MISSIONS = ("Repérage", "Remobilisation", "Coordination", "Accompagnement socio-professionnel")
DEPARTEMENTS = ("Loire-Atlantique", "Maine-et-Loire", "Mayenne", "Sarthe", "Vendée")
OPTIONS = {"publics": PUBLICS, "missions": MISSIONS, "departements": DEPARTEMENTS}


def _annees(attribut: str, libelle: str, genre: Genre, unite: str = "") -> list[ChampForm]:
    return [ChampForm(f"{attribut}_annee_{n}", f"{libelle} – année {n}{unite}", genre) for n in (1, 2, 3)]


_PORTEUR = [
    ChampForm("nature_porteur", "Nature du porteur", Genre.CHOIX),
    ChampForm("agrement_ess", "Agrément ESUS ou autre qualité ESS", Genre.PIECES, requis=False),
    ChampForm("date_creation", "Date de création de la structure", Genre.DATE),
    ChampForm("objet_social", "Objet social (extrait des statuts)", L),
    ChampForm("presentation_structure", "Présentation de la structure et de ses activités (offre socle)", L),
    ChampForm("effectif_etp", "Effectif salarié (ETP)", D),
    ChampForm("budget_annuel", "Budget annuel N-1 de la structure (€)", D),
    ChampForm("representant_nom", "Représentant légal : nom et prénom", T),
    ChampForm("representant_fonction", "Représentant légal : fonction", T),
    ChampForm("contact", "Personne en charge du dossier : nom, prénom, fonction", T),
    ChampForm("courriel_contact", "Courriel de contact", T),
    ChampForm("telephone_contact", "Téléphone de contact", T),
    ChampForm("adresse_siege", "Adresse du siège et des lieux d'accueil", T),
    ChampForm(
        "exclu_declare",
        "Le porteur est-il France Travail, mission locale, Cap emploi ou conseil départemental ?",
        Genre.OUI_NON,
    ),
    ChampForm("exclu_motif", "Si oui, motif de la candidature", L, requis=False),
    ChampForm("laureat_2024", "Lauréat de l'AMI O2R 2024 ?", Genre.OUI_NON),
    ChampForm(
        "laureat_difference",
        "Si oui, projet concerné et différence avec la présente demande",
        L,
        requis=False,
    ),
    ChampForm("consortium", "Projet porté par un consortium ?", Genre.OUI_NON),
    ChampForm(
        "convention_consortium",
        "Convention ou lettres d'engagement du consortium (co-responsabilité)",
        Genre.PIECES,
        requis=False,
    ),
]

_PROJET = [
    ChampForm("intitule", "Intitulé du projet", T),
    ChampForm("resume", "Résumé du projet (10 lignes)", L),
    ChampForm("missions", "Missions couvertes", Genre.MULTIPLE),
    ChampForm("actions_reperage", "Actions de repérage et d'aller-vers", L),
    ChampForm("actions_remobilisation", "Actions de remobilisation", L),
    ChampForm("accompagnement", "Accompagnement socio-professionnel", L, requis=False),
    ChampForm(
        "freins",
        "Réponse aux freins (logement, santé, mobilité, garde d'enfants, numérique, langue…)",
        L,
    ),
    ChampForm("duree_moyenne", "Durée moyenne d'un parcours (mois)", E),
    ChampForm("duree_maximale", "Durée maximale d'un parcours (mois)", E),
    ChampForm("intensite", "Intensité (heures par semaine et par bénéficiaire)", D),
    ChampForm("date_debut", "Date de début prévue", Genre.DATE),
    ChampForm("date_fin", "Date de fin prévue", Genre.DATE),
    ChampForm("calendrier", "Calendrier et montée en charge", L),
]

_PUBLICS = [
    ChampForm("publics", "Publics visés", Genre.MULTIPLE),
    ChampForm("part_non_inscrits", "Part prévue de personnes non inscrites à France Travail (%)", E),
    ChampForm("justification_publics", "Justification du choix des publics (éléments de contexte)", L),
    *_annees("reperes", "Nombre de personnes repérées", E),
    *_annees("beneficiaires", "Nombre de bénéficiaires", E),
    ChampForm("beneficiaires_moins_26", "Dont moins de 26 ans (total 3 ans)", E),
    ChampForm("beneficiaires_priorite_2", "Dont relevant de la priorité 2 (total 3 ans)", E),
]

_TERRITOIRES = [
    ChampForm("echelle", "Échelle du projet", Genre.CHOIX),
    ChampForm("departements", "Départements", Genre.MULTIPLE),
    ChampForm("efop", "Territoires EFOP / comités locaux pour l'emploi", Genre.MULTIPLE),
    ChampForm("repartition_departements", "Répartition prévue des bénéficiaires par département", L),
    ChampForm("justification_territoires", "Justification du choix des territoires", L),
    ChampForm("ancrage", "Ancrage territorial : implantations et antériorité", L),
]

_RESEAU = [
    ChampForm("offre_existante", "Offre existante identifiée sur le territoire", L),
    ChampForm("complementarite", "Complémentarité et plus-value ; besoins non couverts", L),
    ChampForm(
        "collaboration_reseau",
        "Modalités de collaboration avec France Travail, mission locale, Cap emploi",
        L,
    ),
    ChampForm(
        "pacte_solidarites",
        "Articulation avec le Pacte des solidarités et l'accueil-hébergement-insertion",
        L,
        requis=False,
    ),
    ChampForm("lettres_soutien", "Lettres de soutien ou conventions", Genre.PIECES, requis=False),
    ChampForm("sorties", "Modalités de sortie et de relais (emploi, formation, droit commun)", L),
    ChampForm("experience", "Expérience en insertion socio-professionnelle", L),
    *_annees("etp", "ETP affectés au projet", D),
    ChampForm("profils", "Profils et fonctions", L),
]

_BUDGET = [
    ChampForm("cout_total", "Coût total du projet sur 3 ans (€)", D),
    *_annees("cout", "Coût total", D, " (€)"),
    *_annees("demande", "Contribution O2R demandée", D, " (€)"),
    ChampForm("demande_total", "Contribution O2R demandée sur 3 ans (€)", D),
    ChampForm("cout_par_beneficiaire", "Coût total par bénéficiaire (€)", D),
    ChampForm("beneficiaires_par_etp", "Nombre moyen de bénéficiaires par ETP", D),
    ChampForm("charges_personnel", "Charges de personnel du projet sur 3 ans (€)", D),
    ChampForm("charges_indirectes", "Charges indirectes du projet sur 3 ans (€)", D),
    ChampForm("cle_repartition", "Clé de répartition des charges indirectes", L),
    ChampForm("formation", "Le budget comporte-t-il des dépenses de formation ?", Genre.OUI_NON),
    ChampForm("formation_montant", "Montant des dépenses de formation (€)", D, requis=False),
    ChampForm(
        "contributions_volontaires",
        "Contributions volontaires en nature (€)",
        D,
        requis=False,
    ),
    ChampForm("budget_projet", "Budget prévisionnel du projet sur 3 ans (tableur)", Genre.PIECES),
    ChampForm("budget_structure", "Budget prévisionnel de la structure N et N+1", Genre.PIECES),
    ChampForm("minimis", "Aides de minimis perçues sur 3 ans (€)", D, requis=False),
]

_SUIVI = [
    ChampForm("compta_analytique", "Disposez-vous d'une comptabilité analytique ?", Genre.CHOIX),
    ChampForm("description_analytique", "Description : section O2R, clés, suivi des temps", L),
    ChampForm("distinction_offre_socle", "Comment distinguez-vous O2R et offre socle ?", L),
    ChampForm(
        "plan_analytique",
        "Extrait du plan analytique ou attestation de l'expert-comptable",
        Genre.PIECES,
        requis=False,
    ),
    ChampForm("indicateurs", "Indicateurs de suivi et cibles", L),
    ChampForm("donnees", "Données collectées et protection des données personnelles", L, requis=False),
    ChampForm("statuts", "Statuts", Genre.PIECES),
    ChampForm(
        "comptes_annuels",
        "Comptes annuels approuvés N-1, N-2, N-3 (bilan, compte de résultat, annexe)",
        Genre.PIECES,
    ),
    ChampForm("rapports_cac", "Rapports du commissaire aux comptes", Genre.PIECES, requis=False),
    ChampForm("rapport_activite", "Dernier rapport d'activité", Genre.PIECES),
    ChampForm("rib", "RIB", Genre.PIECES),
    ChampForm("pouvoir_signataire", "Délibération ou pouvoir du signataire", Genre.PIECES, requis=False),
    ChampForm("attestation_regularite", "Attestation de régularité fiscale et sociale", Genre.PIECES),
    ChampForm("engagement_republicain", "Contrat d'engagement républicain souscrit", Genre.CASE),
    ChampForm(
        "attestation_honneur",
        "Attestation sur l'honneur (exactitude, absence de double financement)",
        Genre.CASE,
    ),
]

CHAMPS = (*_PORTEUR, *_PROJET, *_PUBLICS, *_TERRITOIRES, *_RESEAU, *_BUDGET, *_SUIVI)

MEMBRES = BlocForm(
    "membres",
    5199001,
    "Membres du consortium",
    (
        ChampForm("siret", "SIRET", Genre.SIRET),
        ChampForm("role", "Rôle dans le projet", L),
        ChampForm("contribution", "Contribution demandée (€)", D),
    ),
)
COFINANCEMENTS = BlocForm(
    "cofinancements",
    5199010,
    "Cofinancements",
    (
        ChampForm("financeur", "Financeur", T),
        ChampForm("montant", "Montant (€)", D),
        ChampForm("annee", "Année", T),
        ChampForm("statut", "Statut", Genre.CHOIX),
    ),
)
PARTENAIRES = BlocForm(
    "partenaires",
    5199020,
    "Partenaires",
    (
        ChampForm("nom", "Nom du partenaire", T),
        ChampForm("engagement", "Nature de l'engagement", Genre.CHOIX),
    ),
)
ACTIONS = BlocForm(
    "actions_anterieures",
    5199030,
    "Actions antérieures",
    (
        ChampForm("intitule", "Intitulé de l'action", T),
        ChampForm("annees", "Années", T),
        ChampForm("financeur", "Financeur", T),
        ChampForm("public", "Public", T),
        ChampForm("resultats", "Résultats", L),
    ),
)
BLOCS = (MEMBRES, COFINANCEMENTS, PARTENAIRES, ACTIONS)


def stable_id(champ: ChampForm) -> int:
    """Return the number that the platform gives to a field."""
    return PREMIER_STABLE_ID + PAS_STABLE_ID * CHAMPS.index(champ)
