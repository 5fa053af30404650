"""Invented dossiers and evaluations, built by hand: plain, empty, hostile, very long."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from o2r_desktop.dossiers.champs import Champ, TypeChamp, Valeur
from o2r_desktop.dossiers.model import (
    Anomalie,
    Cofinancement,
    Dossier,
    Etat,
    Gravite,
    Membre,
    Origine,
    Piece,
    Porteur,
)
from o2r_desktop.evaluation import controles, score
from o2r_desktop.evaluation.constats import Constat, Resultat
from o2r_desktop.evaluation.grille import (
    Critere,
    Effet,
    Grille,
    Section,
    TypeCritere,
    load_grille,
    parametres_par_defaut,
)
from o2r_desktop.evaluation.parametres import Parametres, parametres_de
from o2r_desktop.evaluation.questions import Question
from o2r_desktop.evaluation.reponses import (
    MANQUANTE,
    OUI,
    SANS_OBJET,
    Avis,
    DecisionConstat,
    EtatEvaluation,
    Evaluation,
    Preuve,
    Reponse,
    TypeAvis,
)
from o2r_desktop.evaluation.score import Score
from o2r_desktop.notes.content import LotNote, NoteContent, content
from o2r_desktop.resources import resource

MAINTENANT = datetime(2025, 9, 2, 8, 30, tzinfo=UTC)
NUMERO = 24000012

HOSTILE = (
    '<img src="/etc/passwd"/> <b>gras <script>alert(1)</script> & < > " \' {titre} %s\n'
    '=HYPERLINK("https://exemple.test/?q=1")  <!-- commentaire --> ]]> &amp; \x00\x07\x1b[31m fin\n'
    "\u202eretourné\u202c \u6f22\u5b57\u304b\u306a \ud55c\uad6d \u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd "
    "\u0645\u0631\u062d\u0628\u0627 \U0001f600 \U0001f469\u200d\U0001f467 \U000f0000 é œ Œ € − ≥ ✓ ✕ "
    "150\u202f000\u00a0€ nbsp\n"
    "\ttabulation, e\u0301 décomposé, zéro\u200bwidth, trait\u00adconditionnel\n" + "x" * 300 + "/" + "é" * 300
)

_TEXTE = (
    "L’équipe va vers les personnes là où elles vivent : pieds d’immeuble, marchés, foyers, avec deux véhicules. "
    "Les ateliers de remobilisation durent de deux à quatre demi-journées par semaine ; chacun a un référent. "
    "« Aller vers » veut dire ici présence hebdomadaire, médiation, relais vers la mission locale.\n"
    "Le calendrier prévoit le recrutement au premier trimestre, l’accueil dès le deuxième."
)


@cache
def grille_livree() -> tuple[Grille, Parametres]:
    chemin = resource("grilles", "ami_2025.toml")
    texte = chemin.read_text(encoding="utf-8")
    return load_grille(texte, chemin.name), parametres_de(parametres_par_defaut(texte, chemin.name))


def _champ(section: str, attribut: str, libelle: str, genre: TypeChamp, valeur: Valeur, **plus: Any) -> Champ:
    return Champ(libelle=libelle, attribut=attribut, type=genre, section=section, valeur=valeur, **plus)


def champs(**remplaces: Valeur) -> tuple[Champ, ...]:
    """Return the fields of a plausible form; *remplaces* changes values by attribute."""
    t, long, m, e = TypeChamp.TEXTE, TypeChamp.TEXTE_LONG, TypeChamp.MONTANT, TypeChamp.ENTIER
    multiple, pieces, dec = TypeChamp.CHOIX_MULTIPLE, TypeChamp.PIECES, TypeChamp.DECIMAL
    lignes: list[tuple[str, str, str, TypeChamp, Valeur]] = [
        ("Porteur du projet", "nature_porteur", "Nature du porteur", TypeChamp.CHOIX, "Association loi 1901"),
        ("Porteur du projet", "date_creation", "Date de création", TypeChamp.DATE, date(1991, 4, 13)),
        ("Porteur du projet", "objet_social", "Objet social (extrait des statuts)", long,
         "Favoriser l’insertion sociale et professionnelle des personnes vulnérables."),
        ("Porteur du projet", "effectif_etp", "Effectif salarié (ETP)", dec, Decimal("31.3")),
        ("Porteur du projet", "budget_annuel", "Budget annuel N-1 de la structure (€)", m, Decimal("1846994.93")),
        ("Porteur du projet", "representant_nom", "Représentant légal : nom et prénom", t, "Camille Moreau"),
        ("Porteur du projet", "representant_fonction", "Représentant légal : fonction", t, "présidente"),
        ("Porteur du projet", "contact", "Personne en charge du dossier", t, "Dominique Petit, directrice"),
        ("Porteur du projet", "exclu_declare", "Organisme du réseau pour l’emploi ?", TypeChamp.OUI_NON, False),
        ("Consortium", "consortium", "Projet porté par un consortium ?", TypeChamp.OUI_NON, True),
        ("Projet", "intitule", "Intitulé du projet", t, "Repérer et remobiliser les jeunes des Mauges"),
        ("Projet", "resume", "Résumé du projet (10 lignes)", long, _TEXTE),
        ("Projet", "missions", "Missions couvertes", multiple, ("Repérage", "Remobilisation")),
        ("Projet", "actions_reperage", "Actions de repérage et d’aller-vers", long, _TEXTE * 2),
        ("Projet", "duree_moyenne", "Durée moyenne d’un parcours (mois)", e, 6),
        ("Projet", "duree_maximale", "Durée maximale d’un parcours (mois)", e, 9),
        ("Projet", "date_debut", "Date de début prévue", TypeChamp.DATE, date(2026, 1, 1)),
        ("Projet", "date_fin", "Date de fin prévue", TypeChamp.DATE, date(2028, 12, 31)),
        ("Publics", "publics", "Publics visés", multiple,
         ("Jeunes de moins de 26 ans en rupture", "Personnes allophones")),
        ("Publics", "part_non_inscrits", "Part prévue de personnes non inscrites (%)", e, 65),
        ("Publics", "justification_publics", "Justification du choix des publics", long, _TEXTE),
        ("Publics", "beneficiaires_annee_1", "Nombre de bénéficiaires – année 1", e, 88),
        ("Publics", "beneficiaires_annee_2", "Nombre de bénéficiaires – année 2", e, 112),
        ("Publics", "beneficiaires_annee_3", "Nombre de bénéficiaires – année 3", e, 112),
        ("Territoires", "departements", "Départements", multiple, ("Maine-et-Loire", "Mayenne")),
        ("Territoires", "ancrage", "Ancrage territorial", long, _TEXTE * 3),
        ("Expérience et moyens", "etp_annee_1", "ETP affectés au projet – année 1", dec, Decimal("3.5")),
        ("Expérience et moyens", "etp_annee_2", "ETP affectés au projet – année 2", dec, Decimal(4)),
        ("Expérience et moyens", "etp_annee_3", "ETP affectés au projet – année 3", dec, Decimal(4)),
        ("Budget", "cout_total", "Coût total du projet sur 3 ans (€)", m, Decimal("589430.00")),
        ("Budget", "cout_annee_1", "Coût total – année 1 (€)", m, Decimal("173290.00")),
        ("Budget", "cout_annee_2", "Coût total – année 2 (€)", m, Decimal("208070.00")),
        ("Budget", "cout_annee_3", "Coût total – année 3 (€)", m, Decimal("208070.00")),
        ("Budget", "demande_annee_1", "Contribution demandée – année 1 (€)", m, Decimal("121300.00")),
        ("Budget", "demande_annee_2", "Contribution demandée – année 2 (€)", m, Decimal("145650.00")),
        ("Budget", "demande_annee_3", "Contribution demandée – année 3 (€)", m, Decimal("145650.00")),
        ("Budget", "demande_total", "Contribution demandée sur 3 ans (€)", m, Decimal("412600.00")),
        ("Budget", "charges_personnel", "Charges de personnel sur 3 ans (€)", m, Decimal("430000.00")),
        ("Budget", "formation", "Dépenses de formation ?", TypeChamp.OUI_NON, True),
        ("Budget", "formation_montant", "Montant des dépenses de formation (€)", m, Decimal("14400.00")),
        ("Pièces", "statuts", "Statuts", pieces, ("statuts.pdf",)),
        ("Pièces", "comptes_annuels", "Comptes annuels", pieces, ("comptes 2023.pdf", "comptes 2024.pdf")),
        ("Pièces", "engagement_republicain", "Contrat d’engagement républicain souscrit", TypeChamp.CASE, True),
    ]  # fmt: skip
    return tuple(_champ(s, a, lib, g, remplaces.get(a, v)) for s, a, lib, g, v in lignes)


def dossier(**plus: Any) -> Dossier:
    """Return a plausible dossier; *plus* changes fields of Dossier."""
    valeurs: dict[str, Any] = {
        "numero": NUMERO,
        "origine": Origine.XLSX_STANDARD,
        "etat": Etat.EN_INSTRUCTION,
        "depot": datetime(2025, 8, 12, 15, 4, tzinfo=UTC),
        "mise_a_jour": datetime(2025, 8, 12, 15, 4, tzinfo=UTC),
        "porteur": Porteur(
            nom="Passerelle des Mauges",
            siret="76514773100028",
            siren="765147731",
            categorie_juridique="9220",
            forme_juridique="Association déclarée",
            adresse="3 rue des Lilas",
            code_postal="49300",
            localite="Cholet",
            date_creation=date(1991, 4, 13),
        ),
        "membres": (
            Membre(
                nom="Passerelle des Mauges",
                siret="76514773100028",
                role="Chef de file",
                contribution=Decimal(300000),
            ),
            Membre(nom="Ateliers du Bocage", siret="", role="Remobilisation", contribution=Decimal("112600")),
        ),
        "champs": champs(),
        "pieces": (
            Piece(nom="statuts.pdf", champ="Statuts", presente=True, empreinte="ab" * 32, pages=12),
            Piece(nom="comptes 2023.pdf", champ="Comptes annuels", presente=True, empreinte="cd" * 32, pages=31),
            Piece(nom="comptes 2024.pdf", champ="Comptes annuels"),
        ),
        "cofinancements": (
            Cofinancement(financeur="Région", montant=Decimal("100000"), annee="2026", statut="sollicité"),
            Cofinancement(financeur="Fonds privé", montant=None),
        ),
        "demarche": "offre-de-reperage-et-remobilisation",
    }
    return Dossier(**{**valeurs, **plus})


def _valeur(rang: int, genre: TypeCritere) -> str:
    if genre is TypeCritere.ECHELLE:
        return str((4, 3, 2, 3, 1, 3, 4, 2, 0)[rang % 9])
    if genre is TypeCritere.PRIORITE:
        return "P1"
    return "575030.00" if genre is TypeCritere.MONTANT else OUI


def reponses(part: float = 1.0) -> Mapping[str, Reponse]:
    """Answer the first *part* of the criteria of the grille."""
    grille, _ = grille_livree()
    criteres = grille.criteres[: int(len(grille.criteres) * part)]
    faites = {
        c.id: Reponse(
            critere=c.id,
            valeur=_valeur(i, c.type),
            commentaire=("" if i % 3 else "Présence ancienne sur les deux territoires, chiffres vérifiés ; "
                         "l’équipe est stable depuis 2021."),
            decision=DecisionConstat.CONFIRME if c.automatise else None,
            preuves=(Preuve(ou="statuts.pdf", page=2, extrait="l’insertion des personnes"),) if i % 4 == 0 else (),
        )
        for i, c in enumerate(criteres)
    }  # fmt: skip
    if "ELI-10" in faites:
        faites["ELI-10"] = replace(faites["ELI-10"], valeur=SANS_OBJET)
    if "REC-03" in faites:
        faites["REC-03"] = replace(faites["REC-03"], valeur=MANQUANTE, commentaire="Comptes 2024 à demander.")
    if "ELI-08" in faites:
        faites["ELI-08"] = replace(
            faites["ELI-08"], valeur="14400.00", decision=DecisionConstat.CONTESTE,
            motif="Une partie est la formation des salariés, à préciser.",
        )  # fmt: skip
    return faites


def avis(**plus: Any) -> Avis:
    valeurs: dict[str, Any] = {
        "avis": TypeAvis.FAVORABLE_AVEC_RESERVES,
        "motif": "Projet solide sur un territoire peu couvert ; la comptabilité analytique reste à "
        "mettre en place.",
        "reserves": "mise en service d’une section analytique O2R avant la signature ; lettre d’engagement de la "
        "mission locale.",
        "montants": {"2026": Decimal("116500"), "2027": Decimal("140850"), "2028": Decimal("140850")},
        "points_forts": "Présence ancienne sur les deux territoires (TER-01, 4/4) ; statuts, p. 2.\n"
        "- Fonds propres positifs et en hausse (FIN-02, 3/4) ; comptes 2024, p. 4.\n"
        "120 jeunes repérés en 2024 hors des murs (EXP-03, 4/4) ; rapport d’activité, p. 9.",
        "points_faibles": "Pas encore de section analytique O2R (ANA-02, 1/4).\n"
        "Articulation avec Cap emploi citée sans engagement écrit (RES-03, 2/4).\n"
        "Montant retenu réduit de 14 400 € : dépenses de formation écartées.",
    }
    return Avis(**{**valeurs, **plus})


def evaluation(**plus: Any) -> Evaluation:
    valeurs: dict[str, Any] = {
        "numero": NUMERO,
        "grille": "ami_2025",
        "version": 1,
        "etat": EtatEvaluation.FINALISEE,
        "reponses": reponses(),
        "avis": avis(),
        "instructeur": "Alex Martin",
        "finalisee_le": datetime(2025, 9, 1, 16, 0, tzinfo=UTC),
    }
    return Evaluation(**{**valeurs, **plus})


def lot() -> LotNote:
    grille, _ = grille_livree()
    medianes = {s.id: Decimal(55 + 3 * i) for i, s in enumerate(grille.sections) if s.poids}
    return LotNote(rang=6, effectif=27, mediane=Decimal("63.4"), medianes=medianes)


def note(d: Dossier, e: Evaluation, le_lot: LotNote | None = None, **plus: Any) -> NoteContent:
    """Return the content of a note, with the real rules and the real grille."""
    grille, parametres = grille_livree()
    constats = controles.check(d, parametres, None)
    calculee = next((p for p in ("P1",) if d.champs), "inconnue")
    arguments: dict[str, Any] = {
        "dossier": d,
        "evaluation": e,
        "grille": grille,
        "constats": constats,
        "score": score.compute(grille, e.reponses),
        "priorite": calculee,
        "parametres": parametres,
        "lot": le_lot,
        "now": MAINTENANT,
        "version": "0.1.0",
    }
    return content(**{**arguments, **plus})


def complete() -> NoteContent:
    """A finalised evaluation, every critere answered, the lot known."""
    return note(dossier(), evaluation(), lot())


def en_cours() -> NoteContent:
    """A draft: a third of the answers, no opinion."""
    brouillon = evaluation(
        etat=EtatEvaluation.EN_COURS, reponses=reponses(0.35), avis=None, finalisee_le=None, instructeur=""
    )
    return note(dossier(membres=()), brouillon, lot())


def vide() -> NoteContent:
    """Nothing known, nothing answered: a standard export whose figures are all 0."""
    blancs: dict[TypeChamp, Valeur] = dict.fromkeys(TypeChamp, "")
    blancs |= {TypeChamp.MONTANT: Decimal(0), TypeChamp.ENTIER: 0, TypeChamp.DECIMAL: Decimal(0)}
    blancs |= {TypeChamp.PIECES: (), TypeChamp.CHOIX_MULTIPLE: (), TypeChamp.CASE: False}
    nuls = {TypeChamp.MONTANT, TypeChamp.ENTIER, TypeChamp.DECIMAL, TypeChamp.CASE}
    sans = tuple(replace(c, valeur=blancs[c.type], zero_ou_vide=c.type in nuls) for c in champs())
    rien = dossier(
        porteur=Porteur(nom=""),
        membres=(),
        champs=sans,
        pieces=(),
        cofinancements=None,
        depot=None,
        etat=None,
        demarche="",
    )
    debut = evaluation(etat=EtatEvaluation.VIDE, reponses={}, avis=None, finalisee_le=None, instructeur="")
    return note(rien, debut, priorite="inconnue")


def hostile() -> NoteContent:
    """Every text an attack or another alphabet."""
    mechants = tuple(
        replace(c, valeur=HOSTILE, libelle=f"<b>{c.libelle}</b>")
        if c.type in (TypeChamp.TEXTE, TypeChamp.TEXTE_LONG)
        else c
        for c in champs()
    )
    d = dossier(
        champs=mechants,
        porteur=Porteur(nom=HOSTILE, siret="<x>", adresse=HOSTILE, localite="</para>"),
        membres=(Membre(nom=HOSTILE, siret="<br>", role=HOSTILE, contribution=None),),
        pieces=(Piece(nom="<a href='file:///etc/passwd'>.pdf", champ=HOSTILE),),
        anomalies=(Anomalie(gravite=Gravite.ALERTE, ou="<i>", quoi=HOSTILE),),
        demarche="<script>",
    )
    r = {k: replace(v, commentaire=HOSTILE, motif=HOSTILE, vigilance=HOSTILE,
                    preuves=(Preuve(ou=HOSTILE, page=1, extrait=HOSTILE),))
         for k, v in list(reponses().items())[:12]}  # fmt: skip
    a = avis(motif=HOSTILE, reserves=HOSTILE, points_forts=HOSTILE, points_faibles=HOSTILE)
    q = (replace(QUESTIONS[2], critere="<b>", texte=HOSTILE, reponse=HOSTILE),)
    e = evaluation(etat=EtatEvaluation.ROUVERTE, reponses=r, avis=a, instructeur="<b>")
    return note(d, e, lot(), questions=q)


def longue() -> NoteContent:
    """Texts of 40 000 characters everywhere a text can be, in tables too."""
    enorme = (_TEXTE + "\n") * 100
    d = dossier(champs=champs(resume=enorme[:40000], ancrage="mot " * 10000, objet_social=enorme[:40000]))
    r = dict(reponses())
    r["FIN-02"] = replace(r["FIN-02"], commentaire=enorme[:40000], vigilance=enorme[:40000])
    r["REC-01"] = replace(r["REC-01"], commentaire="y" * 40000)
    a = avis(motif=enorme[:40000], reserves=enorme[:40000], points_forts=enorme[:40000], points_faibles="\n" * 50)
    q = (replace(QUESTIONS[0], texte=enorme[:40000]), replace(QUESTIONS[2], reponse=enorme[:40000]))
    return note(d, evaluation(reponses=r, avis=a), lot(), questions=q)


def suivie(**plus: Any) -> NoteContent:
    """A complete evaluation with points to watch, pinned evidence, one of it replaced since, and questions."""
    r = dict(reponses())
    for critere, vigilance in VIGILANCES.items():
        r[critere] = replace(r[critere], vigilance=vigilance)
    r["CRE-04"] = replace(r["CRE-04"], preuves=(
        Preuve(ou="statuts.pdf", page=4, extrait="toute personne éloignée de l’emploi", empreinte="ab" * 32,
               zones=((0.1, 0.2, 0.8, 0.25),)),
        Preuve(ou="comptes 2023.pdf", page=7, empreinte="ef" * 32, zones=((0.1, 0.5, 0.9, 0.7),)),
    ))  # fmt: skip
    return note(dossier(), evaluation(reponses=r), lot(), **{"questions": QUESTIONS, **plus})


QUESTIONS = (
    Question(id=1, critere="CRE-04", texte="Le coût de l’hébergement est-il compris dans le coût affiché ?",
             posee_le=datetime(2025, 8, 20, 9, tzinfo=UTC), auteur="Alex Martin"),
    Question(id=2, critere="REC-03", texte="Pouvez-vous joindre les comptes 2024 approuvés ?",
             posee_le=datetime(2025, 8, 20, 9, tzinfo=UTC), auteur="Alex Martin",
             envoyee_le=datetime(2025, 8, 21, 9, tzinfo=UTC), echeance=date(2025, 9, 4)),
    Question(id=3, critere="PAR-02", texte="Quel engagement écrit de la mission locale ?",
             posee_le=datetime(2025, 8, 20, 9, tzinfo=UTC), auteur="Alex Martin",
             envoyee_le=datetime(2025, 8, 21, 9, tzinfo=UTC), echeance=date(2025, 9, 4),
             reponse="Convention signée le 28 août, jointe au message.",
             repondue_le=datetime(2025, 8, 29, 9, tzinfo=UTC)),
)  # fmt: skip
VIGILANCES = {
    "FIN-05": "Suivre la trésorerie au premier trimestre 2026.",
    "CRE-04": "Demander l’évolution du coût par bénéficiaire à mi-parcours",
    "ANA-01": "Vérifier l’ouverture de la section analytique O2R avant le premier versement.",
}


def petite_grille() -> Grille:
    """A grille of five criteria that no change of the shipped one touches."""

    def critere(nom: str, genre: TypeCritere, effet: Effet, poids: int, **plus: Any) -> Critere:
        return Critere(
            id=nom, section=nom[:3], libelle=f"Question {nom}", type=genre, effet=effet, poids=poids,
            guide="Lire les statuts.", sources=("AMI, Conditions d’éligibilité",), **plus,
        )  # fmt: skip

    mots = ("absent", "insuffisant", "acceptable", "satisfaisant", "remarquable")
    niveaux = {"niveaux": mots}
    criteres = (
        critere("REC-02", TypeCritere.CONTROLE, Effet.BLOQUANT, 0, automatise=True),
        critere("ELI-07", TypeCritere.MONTANT, Effet.BLOQUANT, 0, automatise=True),
        critere("PRI-01", TypeCritere.PRIORITE, Effet.AUCUN, 0, automatise=True),
        critere("FIN-02", TypeCritere.ECHELLE, Effet.ALERTE, 60, **niveaux),
        critere("TER-01", TypeCritere.ECHELLE, Effet.AUCUN, 40, **niveaux),
    )
    noms = {"REC": "Recevabilité", "ELI": "Éligibilité", "PRI": "Priorités", "FIN": "Finances", "TER": "Ancrage"}
    sections = tuple(Section(id=c.section, libelle=noms[c.section], criteres=(c,)) for c in criteres)
    return Grille(
        id="essai", version=3, libelle="Grille d’essai", sections=sections, seuil_favorable=65, seuil_reserves=50
    )


def petite(**plus: Any) -> NoteContent:
    """A small note whose every word is fixed here."""
    grille = petite_grille()
    reponses_ = {
        "ELI-07": Reponse(critere="ELI-07", valeur="575030.00", decision=DecisionConstat.CONFIRME),
        "PRI-01": Reponse(critere="PRI-01", valeur="P1", motif="La moitié des publics ont moins de 26 ans."),
        "FIN-02": Reponse(
            critere="FIN-02", valeur="1", commentaire="Fonds propres négatifs en 2024.",
            preuves=(Preuve(ou="comptes 2024.pdf", page=4, extrait="report à nouveau −12 000"),),
        ),
    }  # fmt: skip
    constats = (
        Constat(critere="REC-02", resultat=Resultat.CONFORME, valeur="déposé le 12/08/2025 à 17:04",
                preuve="Déposé le", regle="au plus tard le 13/08/2025 à 12:00"),
        Constat(critere="ELI-07", resultat=Resultat.CONFORME, valeur="589 430,00 € déclarés",
                preuve="Coût total du projet sur 3 ans (€)", regle="au moins 150 000 €"),
        Constat(critere="PRI-01", resultat=Resultat.ALERTE, valeur="Mayenne, sans public nommé",
                preuve="Départements", regle="priorité 2 : Sarthe ou Mayenne"),
    )  # fmt: skip
    e = evaluation(
        etat=EtatEvaluation.EN_COURS, reponses=reponses_, avis=None, finalisee_le=None, grille="essai", version=3
    )
    points = Score(
        total=Decimal("25.00"), par_section={"FIN": Decimal("25.00"), "TER": None}, repondus=1, attendus=2
    )
    return note(
        dossier(), e, LotNote(rang=None, effectif=9, mediane=Decimal("61.25"), medianes={"FIN": Decimal(58)}),
        **{"grille": grille, "constats": constats, "score": points, "priorite": "P2", "parametres": parametres(),
           **plus},
    )  # fmt: skip


def parametres() -> Parametres:
    return parametres_de({
        "nom": "AMI d’essai", "service": "DREETS d’essai", "date_limite": "2025-08-13T12:00:00",
        "seuil_cout_total": 150000, "seuil_hors_formation": True, "demarche_chemin": "essai",
        "departements": ["49", "53"], "departements_p1": ["49"], "departements_p2": ["53"],
        "publics_p1": ["jeunes"], "publics_p2": [],
        "exclus_noms": [], "exclus_siren": [], "exclus_categories": [], "parcours_mois": 9,
        "parcours_mois_max": 12, "duree_annees": 3, "etp_cout_min": 25000, "etp_cout_max": 80000,
        "premiere_annee": 2026, "enveloppe": {},
    })  # fmt: skip


SORTES = {
    "complete": complete,
    "en_cours": en_cours,
    "vide": vide,
    "hostile": hostile,
    "longue": longue,
    "petite": petite,
    "suivie": suivie,
}
