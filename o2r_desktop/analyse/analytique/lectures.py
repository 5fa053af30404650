"""What the guided sheet says of the criteria: findings once it is begun, sentences to help an answer."""

from collections.abc import Sequence

from o2r_desktop.analyse.analytique.fiche import Analytique, EtatPartie, ReponseFiche
from o2r_desktop.analyse.analytique.questions import CHOIX, QUESTIONS, Partie
from o2r_desktop.analyse.angles import Angle, Repere
from o2r_desktop.dossiers.budget import lire_budget
from o2r_desktop.evaluation.constats import Constat, Resultat
from o2r_desktop.evaluation.preuves import suite_dite
from o2r_desktop.text import NBSP, date_courte, enumeration, pluriel, pourcentage

_REGLES = {
    "ANA-01": "une comptabilité analytique isole la charge de service public, en place ou promise à une date "
    "(AMI, Conditions d’éligibilité ; C. trav. D. 5316-3 2°)",
    "ANA-02": "section réservée à l’O2R, clés écrites, temps relevés, chez chaque membre d’un consortium "
    "(C. trav. D. 5316-3 2°)",
    "ANA-03": "l’O2R se sépare de l’offre socle et rien n’est compensé deux fois "
    "(AMI, Conditions d’éligibilité ; C. trav. D. 5316-3 3° g et h, D. 5316-10)",
    "CRE-06": "les charges indirectes suivent une clé écrite dont le calcul se refait (C. trav. D. 5316-3 3° b)",
}
_FIN = " ; questions et lecture : proposition, à apprécier"


def constats(analytique: Analytique) -> tuple[Constat, ...]:
    """Return the findings ANA-01 to ANA-03 and CRE-06, none while no question of theirs is answered."""
    if not any(cle.startswith("analytique/") for cle in analytique.fiches):
        return ()
    return tuple(c for critere in _REGLES if (c := _constat(analytique, critere)) is not None)


def _constat(analytique: Analytique, critere: str) -> Constat | None:
    concernees = _concernees(analytique, critere)
    donnees = [r for r in concernees if r.valeur]
    if not donnees:
        return None
    parties = [f"{r.question.court} : {r.dite}" for r in donnees]
    if attendues := [r.question.court for r in concernees if not r.valeur]:
        parties.append(f"sans réponse : {enumeration(attendues)}")
    if critere == "ANA-01" and (retard := _retard(analytique)):
        parties.append(retard)
    parties.append("à apprécier")
    return Constat(
        critere=critere,
        resultat=_resultat(analytique, critere, concernees),
        valeur=f"fiche analytique : {' ; '.join(parties)}",
        preuve=_preuve(donnees),
        regle=f"{_REGLES[critere]}{_FIN}",
    )


def _concernees(analytique: Analytique, critere: str) -> list[ReponseFiche]:
    """Return the answers, given or not, that feed a critere and concern the dossier."""
    sans_objet = {p.partie for p in analytique.parties if p.etat is EtatPartie.SANS_OBJET}
    reponses = [analytique.reponses[q.id] for q in QUESTIONS if critere in q.criteres]
    return [
        r
        for r in reponses
        if r.question.partie not in sans_objet or (r.valeur and r.question.partie is not Partie.MEMBRES)
    ]


def _resultat(analytique: Analytique, critere: str, concernees: Sequence[ReponseFiche]) -> Resultat:
    valeurs = [r.valeur for r in concernees if not r.question.neutre]
    if all(v == "sans_objet" for v in valeurs):
        return Resultat.SANS_OBJET
    if any(v in ("non", "partiel") for v in valeurs) or (critere == "ANA-01" and _retard(analytique)):
        return Resultat.ALERTE
    return Resultat.INCONNU if any(v in ("", "inconnu") for v in valeurs) else Resultat.CONFORME


def _retard(analytique: Analytique) -> str:
    """Say that the section opens after the first day of the project, «» when it does not."""
    ouverte, debut = analytique.reponses["section_depuis"].jour, analytique.debut
    if ouverte is None or debut is None or ouverte <= debut:
        return ""
    return f"ouverture après le début prévu de l’action, le {date_courte(debut)}"


def _preuve(donnees: Sequence[ReponseFiche]) -> str:
    sources = dict.fromkeys(
        f"{r.source.ou}{suite_dite(r.source.ou, r.source.page)}" for r in donnees if r.source is not None
    )
    return " · ".join(sources) or "fiche analytique, sans source notée"


def reperes(analytique: Analytique) -> tuple[Repere, ...]:
    """Return what the sheet says of ANA criteria and of CRE-06, in sentences."""
    dits = [
        ("ANA-01", _parties_dites(analytique, Partie.SECTION)),
        ("ANA-01", _retard_dit(analytique)),
        ("ANA-02", _parties_dites(analytique, Partie.SECTION, Partie.CLES, Partie.TEMPS, Partie.MEMBRES)),
        ("ANA-03", _parties_dites(analytique, Partie.SEPARATION, Partie.COMPTE_RENDU, Partie.MEMBRES)),
        ("ANA-03", _temps_manquant(analytique)),
        ("CRE-06", _parties_dites(analytique, Partie.CLES)),
        ("CRE-06", _part_indirecte(analytique)),
        *((critere, _conditions_dites(analytique, critere)) for critere in _REGLES),
    ]
    return tuple(Repere(critere=c, texte=t, angle=Angle.ANALYTIQUE) for c, t in dits if t)


def _parties_dites(analytique: Analytique, *parties: Partie) -> str:
    """Say where the parts stand: «Fiche analytique : section O2R établie…»; what is left to ask when not begun."""
    lues = [p for p in analytique.parties if p.partie in parties and p.attendues]
    if not lues:
        return ""
    faites, attendues = sum(p.repondues for p in lues), sum(p.attendues for p in lues)
    if not faites:
        return f"Fiche analytique à remplir : {pluriel(attendues, 'question')} pour ce critère."
    etats = ", ".join(f"{p.partie.libelle} {p.etat.value}" for p in lues)
    return f"Fiche analytique : {etats} ({faites} réponses sur {attendues})."


def _retard_dit(analytique: Analytique) -> str:
    dit = _retard(analytique)
    return f"Section O2R : {dit}." if dit else ""


def _temps_manquant(analytique: Analytique) -> str:
    """Say that employees are shared and that their time is not surely recorded."""
    if analytique.reponse("salaries_partages") not in ("oui", "partiel"):
        return ""
    releve = analytique.reponse("temps_feuilles")
    if releve == "oui":
        return "Des salariés sont partagés avec l’offre socle, leur temps est relevé."
    dit = CHOIX.get(releve, "sans réponse").lower()
    return f"Des salariés sont partagés avec l’offre socle ; temps relevé : {dit}."


def _part_indirecte(analytique: Analytique) -> str:
    """Say the share of indirect expenses declared, and whether a key is (metier § 3.4)."""
    budget = lire_budget(analytique.dossier)
    indirectes, cout = budget.indirectes.valeur, budget.cout
    if indirectes is None or cout is None or cout <= indirectes:
        return ""
    part = indirectes * 100 / (cout - indirectes)
    cle = "une clé est déclarée" if analytique.dossier.texte("cle_repartition").strip() else "aucune clé déclarée"
    return (
        f"Charges indirectes déclarées : {pourcentage(part, 1)} des coûts directs, {cle} "
        f"(à expliquer au-delà de 15 à 20{NBSP}%, proposition)."
    )


def _conditions_dites(analytique: Analytique, critere: str) -> str:
    siennes = [c for c in analytique.conditions if c.critere == critere]
    if not siennes:
        return ""
    retenues = sum(c.retenue for c in siennes)
    suite = f"{retenues} retenue{'s' if retenues > 1 else ''}" if retenues else "aucune retenue"
    return f"{pluriel(len(siennes), 'condition')} de convention en vue, {suite}."
