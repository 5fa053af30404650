"""JSON documents of the command line: the shapes of produit § 6 that scripts rely on."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from o2r_desktop.dossiers.champs import Champ, TypeChamp, Valeur
from o2r_desktop.dossiers.importation import Apercu, ImportPlan
from o2r_desktop.dossiers.model import Anomalie, Dossier, Origine
from o2r_desktop.dossiers.pieces import PlanPieces
from o2r_desktop.evaluation import questions as regles_questions
from o2r_desktop.evaluation.constats import Constat
from o2r_desktop.evaluation.grille import Critere
from o2r_desktop.evaluation.questions import Question
from o2r_desktop.evaluation.reponses import Avis, Reponse
from o2r_desktop.evaluation.score import Score
from o2r_desktop.operations import DossierComplet
from o2r_desktop.text import PARIS


def dossier_complet(
    complet: DossierComplet, questions: Iterable[Question] = (), aujourd_hui: date | None = None
) -> dict[str, Any]:
    """Return everything known of one dossier; *aujourd_hui* tells which questions wait for too long."""
    dossier, evaluation = complet.dossier, complet.evaluation
    return {
        "numero": dossier.numero,
        "etat": dossier.etat.value if dossier.etat else "",
        "depot": _moment(dossier.depot),
        "mise_a_jour": _moment(dossier.mise_a_jour),
        "origine": dossier.origine.value,
        "porteur": _porteur(dossier),
        "membres": [
            {
                "nom": m.nom,
                "siret": m.siret,
                "role": m.role,
                "contribution": "" if m.contribution is None else _euros(m.contribution),
            }
            for m in dossier.membres
        ],
        "champs": [_champ(c) for c in dossier.champs],
        "pieces": [
            {
                "nom": p.nom,
                "champ": p.champ,
                "genre": p.genre.value,
                "presente": p.presente,
                "en_erreur": p.en_erreur,
                "empreinte": p.empreinte,
                "pages": p.pages,
                "taille": p.taille,
                "depose_le": _moment(p.depose_le),
            }
            for p in dossier.pieces
        ],
        "anomalies": [anomalie(a) for a in dossier.anomalies],
        "constats": [constat(c) for c in complet.constats],
        "priorite": complet.priorite,
        "evaluation": evaluation.etat.value,
        "reponses": [reponse(r) for r in evaluation.reponses.values()],
        "score": score(complet.score),
        "avis": avis(evaluation.avis),
        "questions": [question(q, aujourd_hui) for q in questions],
        "analyse": complet.analyse.document(),
    }


def _porteur(dossier: Dossier) -> dict[str, Any]:
    p = dossier.porteur
    return {
        "nom": p.nom,
        "siret": p.siret,
        "siren": p.siren,
        "categorie_juridique": p.categorie_juridique,
        "forme_juridique": p.forme_juridique,
        "personne_physique": p.personne_physique,
    }


def _champ(champ: Champ) -> dict[str, Any]:
    return {
        "libelle": champ.libelle,
        "attribut": champ.attribut,
        "valeur": valeur(champ.valeur, champ.type),
        "zero_ou_vide": champ.zero_ou_vide,
    }


def valeur(brute: Valeur, genre: TypeChamp) -> Any:
    """Return a value in JSON types: amounts «150000.00», other decimals as text, lists, ISO dates."""
    if isinstance(brute, Decimal):
        return _euros(brute) if genre is TypeChamp.MONTANT else format(brute, "f")
    if isinstance(brute, int) and not isinstance(brute, bool) and genre is TypeChamp.DECIMAL:
        return str(brute)
    if isinstance(brute, date):
        return brute.isoformat()
    if isinstance(brute, tuple):
        return list(brute)
    if genre in (TypeChamp.PIECES, TypeChamp.CHOIX_MULTIPLE) and brute == "":
        return []
    return brute


def _euros(somme: Decimal) -> str:
    """Two decimals at least; more only when the export gave more, so that nothing is rounded in silence."""
    return format(somme.quantize(Decimal("0.01")) if somme == somme.quantize(Decimal("0.01")) else somme, "f")


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(PARIS).isoformat() if moment else ""


def constat(c: Constat) -> dict[str, Any]:
    """Return one computed finding."""
    return {
        "critere": c.critere,
        "resultat": c.resultat.value,
        "valeur": c.valeur,
        "preuve": c.preuve,
        "regle": c.regle,
    }


def reponse(r: Reponse) -> dict[str, Any]:
    """Return one answer."""
    return {
        "critere": r.critere,
        "valeur": r.valeur,
        "commentaire": r.commentaire,
        "constat": r.decision.value if r.decision else "",
        "motif": r.motif,
        "a_reconfirmer": r.a_reconfirmer,
        "preuves": [
            {"ou": p.ou, "page": p.page, "extrait": p.extrait, "empreinte": p.empreinte, "zones": p.zones}
            for p in r.preuves
        ],
        "vigilance": r.vigilance,
    }


def question(q: Question, aujourd_hui: date | None = None) -> dict[str, Any]:
    """Return one question to the porteur; without *aujourd_hui* none is said to be late."""
    return {
        "id": q.id,
        "critere": q.critere,
        "texte": q.texte,
        "etat": regles_questions.etat(q, aujourd_hui or date.min).value,
        "posee_le": _moment(q.posee_le),
        "auteur": q.auteur,
        "envoyee_le": _moment(q.envoyee_le),
        "echeance": q.echeance.isoformat() if q.echeance else "",
        "reponse": q.reponse,
        "repondue_le": _moment(q.repondue_le),
    }


def critere(c: Critere) -> dict[str, Any]:
    """Return one critere of the grille."""
    return {
        "critere": c.id,
        "section": c.section,
        "libelle": c.libelle,
        "type": c.type.value,
        "effet": c.effet.value,
        "poids": c.poids,
        "guide": c.guide,
        "niveaux": list(c.niveaux),
        "sources": list(c.sources),
        "propositions": list(c.propositions),
        "automatise": c.automatise,
    }


def score(s: Score) -> dict[str, Any]:
    """Return the score; texts with two decimals, null while nothing is answered."""
    return {
        "total": _points(s.total),
        "complet": s.complet,
        "repondus": s.repondus,
        "attendus": s.attendus,
        "par_section": {section: _points(points) for section, points in s.par_section.items()},
    }


def _points(points: Decimal | None) -> str | None:
    return None if points is None else f"{points:.2f}"


def avis(a: Avis | None) -> dict[str, Any] | None:
    """Return the opinion, null while there is none."""
    if a is None:
        return None
    return {
        "avis": a.avis.value,
        "motif": a.motif,
        "reserves": a.reserves,
        "montant": "" if a.montant is None else _euros(a.montant),
        "montants": {annee: _euros(somme) for annee, somme in a.montants.items()},
    }


def anomalie(a: Anomalie) -> dict[str, Any]:
    """Return something odd."""
    return {"gravite": a.gravite.value, "ou": a.ou, "quoi": a.quoi, "numero": a.numero}


def rapport(plans: Iterable[ImportPlan], archives: Iterable[PlanPieces] = (), *, ecrit: bool) -> dict[str, Any]:
    """Return what an import did or, without *ecrit*, would do."""
    document: dict[str, Any] = {cle: [] for cle in ("nouveaux", "modifies", "inchanges", "refuses", "anomalies")}
    absents: set[int] | None = None
    fichiers = []
    for plan in plans:
        document["nouveaux"] += [d.numero for d in plan.nouveaux]
        document["modifies"] += [m.lu.numero for m in plan.modifies]
        document["inchanges"] += plan.inchanges
        document["refuses"] += [
            {"numero": r.numero, "ligne": r.ligne, "motif": r.motif, "fichier": plan.read.fichier}
            for r in plan.read.refuses
        ]
        document["anomalies"] += [anomalie(a) for a in plan.anomalies]
        absents = set(plan.absents) if absents is None else absents & set(plan.absents)
        fichiers.append(
            {"nom": plan.read.fichier, "format": plan.read.origine.value, "empreinte": plan.read.empreinte}
        )
    pieces: dict[str, list[dict[str, Any]]] = {cle: [] for cle in _PIECES}
    for a in archives:
        document["anomalies"] += [anomalie(x) for x in (*a.archive.anomalies, *a.anomalies)]
        fichiers.append(
            {"nom": a.archive.fichier, "format": Origine.ZIP_PIECES.value, "empreinte": a.archive.empreinte}
        )
        for cle, dites in _pieces(a).items():
            pieces[cle] += [{"numero": numero, "nom": nom} for numero, nom in dites]
    return document | {"absents": sorted(absents or ()), "pieces": pieces, "fichiers": fichiers, "ecrit": ecrit}


_PIECES = ("recues", "remplacees", "inchangees", "orphelines", "manquantes", "en_erreur")


def _pieces(a: PlanPieces) -> dict[str, list[tuple[int | None, str]]]:
    """Return dossier and name of the files of an archive, by what becomes of them; what replaces is received."""
    remplacees = [lue for _, lue in a.remplacees]
    dites: tuple[list[tuple[int | None, str]], ...] = (
        [(p.numero, p.nom) for p in (*a.nouvelles, *remplacees)],
        [(p.numero, p.nom) for p in remplacees],
        [(p.numero, p.nom) for p in a.inchangees],
        [(p.numero, p.nom) for p in a.orphelines],
        [(numero, nom) for numero, noms in a.manquantes.items() for nom in noms],
        [(e.numero, e.nom) for e in a.archive.en_erreur],
    )
    return dict(zip(_PIECES, dites, strict=True))


def apercus(lignes: Iterable[Apercu], suites: Mapping[int, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of the list; *suites* adds the state of the evaluation of each dossier."""
    return [
        {
            "numero": a.numero,
            "etat": a.etat.value if a.etat else "",
            "depot": _moment(a.depot),
            "porteur": a.porteur,
            "siret": a.siret,
            "intitule": a.intitule,
            "departements": list(a.departements),
            "cout_total": "" if a.cout_total is None else _euros(a.cout_total),
            "demande": "" if a.demande is None else _euros(a.demande),
            "beneficiaires": a.beneficiaires,
        }
        | dict(suites.get(a.numero, {"evaluation": "vide"}))
        for a in lignes
    ]
