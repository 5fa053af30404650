"""What the command line shows to a person: plain text, no colour needed to understand it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from o2r_desktop.cli import analyse_dite
from o2r_desktop.dossiers.familles import entiers
from o2r_desktop.dossiers.importation import Apercu, ImportPlan
from o2r_desktop.dossiers.model import Origine, Piece
from o2r_desktop.dossiers.pieces import PlanPieces, etat_piece
from o2r_desktop.evaluation.constats import Constat, Resultat
from o2r_desktop.evaluation.grille import Critere, Grille, TypeCritere
from o2r_desktop.evaluation.reponses import Avis, EtatEvaluation, TypeAvis
from o2r_desktop.evaluation.score import Score
from o2r_desktop.operations import DossierComplet
from o2r_desktop.text import NBSP, enumeration, instant, montant, nombre, numero, pluriel, printable

SIGNES = {
    Resultat.CONFORME: "✓",
    Resultat.ALERTE: "!",
    Resultat.NON_CONFORME: "✕",
    Resultat.INCONNU: "?",
    Resultat.SANS_OBJET: "–",
}
"""Sign beside the word of each result (apparence.md, Controls)."""

_LIGNES = re.compile("[\n\t\u2028\u2029]")
_NOMMEES = 20
"""Pieces of one kind that a report names; --json names them all."""


def plan(plans: Sequence[ImportPlan], archives: Sequence[PlanPieces] = (), *, ecrit: bool) -> str:
    """Tell what an import did or would do, file by file; archives of pieces come after the exports."""
    lignes: list[str] = []
    for p in plans:
        lignes.append(f"{sur(p.read.fichier)} — {p.read.origine.libelle}")
        comptes = (
            pluriel(len(p.nouveaux), "nouveau", "nouveaux"),
            pluriel(len(p.modifies), "modifié"),
            pluriel(len(p.inchanges), "inchangé"),
            pluriel(len(p.read.refuses), "refusé"),
        )
        lignes.append("  Dossiers : " + ", ".join(comptes) + ".")
        lignes += [f"  Refusé, ligne {r.ligne} : {sur(r.motif)}" for r in p.read.refuses]
        for m in p.modifies:
            if not m.differences:
                continue  # surer, not other: the remarks of the file count them
            lignes.append(f"  Modifié : {numero(m.lu.numero)}, {pluriel(len(m.differences), 'réponse')}")
            lignes += [f"    {sur(d.libelle)}{NBSP}: {' → '.join(_ecart(d.avant, d.apres))}" for d in m.differences]
        lignes += [
            f"  À voir : {f'dossier {numero(a.numero)}, ' if a.numero else ''}{sur(a.ou)} : {_court(a.quoi, 160)}"
            for a in p.anomalies
        ]
        if p.read.non_lies:
            champs = enumeration([f"« {sur(c)} »" for c in p.read.non_lies])
            lignes.append(f"  Champs gardés tels quels, sans lien avec la grille : {champs}.")
        if p.absents:
            absents = pluriel(len(p.absents), "dossier de la campagne absent", "dossiers de la campagne absents")
            garde = pluriel(len(p.absents), "gardé").split(NBSP)[1]
            lignes.append(f"  {absents} de ce fichier, {garde}.")
    for a in archives:
        lignes += _archive(a)
    change = any(p.nouveaux or p.modifies for p in plans) or any(a.nouvelles or a.remplacees for a in archives)
    lignes.append(
        ("Import enregistré." if change else "Rien n’a changé.") if ecrit else "Essai : rien n’a été écrit."
    )
    return "\n".join(lignes)


def _archive(a: PlanPieces) -> list[str]:
    """Tell what an archive brings, then what it replaces, what has no place and what is missing."""
    comptes = (
        pluriel(len(a.nouvelles), "nouvelle"),
        pluriel(len(a.remplacees), "remplacée"),
        pluriel(len(a.inchangees), "inchangée"),
        f"{nombre(len(a.archive.en_erreur))} en erreur",
    )
    lignes = [f"{sur(a.archive.fichier)} — {Origine.ZIP_PIECES.libelle}", f"  Pièces{NBSP}: {', '.join(comptes)}."]
    lignes += _nommees("Remplacée", [(p.numero, p.nom) for _, p in a.remplacees])
    lignes += _nommees("Sans dossier dans la campagne", [(p.numero, p.nom) for p in a.orphelines])
    lignes += _nommees("Annoncée et absente", [(n, nom) for n, noms in a.manquantes.items() for nom in noms])
    lignes += _nommees("En erreur sur la plateforme", [(e.numero, e.nom) for e in a.archive.en_erreur])
    return lignes + [
        f"  À voir{NBSP}: {f'dossier {numero(x.numero)}, ' if x.numero else ''}"
        f"{sur(x.ou)}{NBSP}: {_court(x.quoi, 160)}"
        for x in (*a.archive.anomalies, *a.anomalies)
    ]


def _nommees(titre: str, pieces: Sequence[tuple[int | None, str]]) -> list[str]:
    lignes = [
        f"  {titre}{NBSP}: {f'dossier {numero(n)}, ' if n is not None else ''}«{NBSP}{_court(nom)}{NBSP}»"
        for n, nom in pieces[:_NOMMEES]
    ]
    reste = len(pieces) - _NOMMEES
    return [*lignes, f"    et {pluriel(reste, 'autre')}."] if reste > 0 else lignes


def _ecart(avant: str, apres: str) -> tuple[str, str]:
    """Show two texts from a little before they part, so that a long answer shows what changed."""
    commun = next((i for i, (a, b) in enumerate(zip(avant, apres, strict=False)) if a != b), None)
    debut = max(0, (min(len(avant), len(apres)) if commun is None else commun) - 20)
    if debut == 0 or max(len(avant), len(apres)) <= 60:
        return _court(avant), _court(apres)
    return "…" + _court(avant[debut:]), "…" + _court(apres[debut:])


def sur(texte: str) -> str:
    """Return a text of a file or of a person as a terminal may have it: on one line, and with no command in it."""
    return _LIGNES.sub(" ", printable(texte))


def _court(texte: str, longueur: int = 60) -> str:
    texte = sur(texte)
    if not texte:
        return "(vide)"
    return texte if len(texte) <= longueur else texte[: longueur - 1] + "…"


def tableau(lignes: Iterable[Apercu], suites: Mapping[int, Mapping[str, Any]]) -> str:
    """Show the list of dossiers with their deposit, request and evaluation."""
    rangs = [
        (
            numero(a.numero),
            instant(a.depot) if a.depot else "sans date",
            sur(", ".join(a.departements)) or "?",
            "non renseigné" if a.demande is None else montant(a.demande, 0),
            _suite(suites.get(a.numero, {})),
            _court(a.porteur, 44),
        )
        for a in lignes
    ]
    if not rangs:
        return "Aucun dossier ne correspond."
    entetes = ("Dossier", "Déposé le", "Dép.", "Demande", "Évaluation", "Porteur")
    largeurs = [max(len(r[i]) for r in [entetes, *rangs]) for i in range(5)]
    sortie = []
    for rang in [entetes, *rangs]:
        cases = [c.rjust(largeurs[i]) if i == 3 else c.ljust(largeurs[i]) for i, c in enumerate(rang[:5])]
        sortie.append("  ".join([*cases, rang[5]]))
    return "\n".join([*sortie, pluriel(len(rangs), "dossier") + "."])


def _suite(suite: Mapping[str, Any]) -> str:
    etat = str(suite.get("evaluation", EtatEvaluation.VIDE)).replace("_", " ")
    if not suite.get("avis"):
        return etat if etat == "vide" else f"{etat} {suite.get('repondus')}/{suite.get('attendus')}"
    rendu = TypeAvis(suite["avis"]).libelle.lower()
    return f"rouverte (avis{NBSP}: {rendu})" if etat == EtatEvaluation.ROUVERTE else rendu


def dossier(complet: DossierComplet) -> str:
    """Show one dossier: identity, findings, answers, score, opinion, then the answers of the form."""
    d, lignes = complet.dossier, []
    lignes.append(f"Dossier {numero(d.numero)} — {sur(d.porteur.nom)}")
    siret, forme = sur(d.porteur.siret), sur(d.porteur.forme_juridique)
    lignes.append(f"  SIRET {siret or 'non renseigné'}, {forme or 'forme inconnue'}")
    depot = instant(d.depot) if d.depot else "date inconnue"
    lignes.append(f"  Déposé le {depot}, {d.etat.libelle.lower() if d.etat else 'état inconnu'}")
    lignes.append(f"  Priorité : {complet.priorite}")
    lignes += [f"  À voir{NBSP}: {sur(a.ou)}{NBSP}: {sur(a.quoi)}" for a in d.anomalies]
    lignes += ["", "Constats calculés (à confirmer)"]
    lignes += [_constat(c) for c in complet.constats]
    lignes += ["", score(complet.score)]
    lignes += _reponses(complet)
    lignes += ["", *_avis(complet.evaluation.avis)]
    lignes += ["", "Analyse", *map(sur, analyse_dite.lignes(complet.analyse))]
    lignes += ["", "Réponses du formulaire"]
    lignes += [f"  {sur(e.champ.libelle)}{NBSP}: {printable(e.dit)}" for e in entiers(d.champs)]
    for m in d.membres:
        part = "montant non renseigné" if m.contribution is None else montant(m.contribution)
        lignes.append(
            f"  Membre du consortium : {sur(m.nom) or 'nom inconnu'} ({sur(m.siret)}), {sur(m.role)}, {part}"
        )
    if d.pieces:
        lignes += ["", "Pièces", *(_piece(p) for p in d.pieces)]
    return "\n".join(lignes)


def _piece(p: Piece) -> str:
    details = [etat_piece(p).libelle]
    if p.pages:
        details.append(pluriel(p.pages, "page"))
    if p.depose_le:
        details.append(f"déposée le {instant(p.depose_le)}")
    champ = f", {sur(p.champ)}" if p.champ else ""
    return f"  {sur(p.nom)}{champ} ({', '.join(details)})"


def _constat(c: Constat) -> str:
    return f"  {c.critere}  {SIGNES[c.resultat]} {c.resultat.libelle} — {sur(c.valeur)}"


def score(s: Score) -> str:
    """Show a score, said provisional until every weighted critere is answered."""
    if s.total is None:
        return f"Score : aucun critère noté ({s.repondus}/{s.attendus})"
    suite = "" if s.complet else f", provisoire ({s.repondus}/{s.attendus})"
    return f"Score : {nombre(s.total, 1)} sur 100{suite}"


def _reponses(complet: DossierComplet) -> list[str]:
    """Show the answers with what stands behind each."""
    lignes = []
    for r in complet.evaluation.reponses.values():
        etat = " — à reconfirmer" if r.a_reconfirmer else ""
        lignes.append(f"  {r.critere}  {reponse_dite(r.valeur)}{etat}")
        if r.decision:
            motif = f"{NBSP}: {printable(r.motif)}" if r.motif else ""
            lignes.append(f"      constat {r.decision.replace('_', ' ')}{motif}")
        lignes += [f"      {printable(ligne)}" for ligne in r.commentaire.splitlines()]
    return lignes


def reponse_dite(valeur: str) -> str:
    """Return an answer as it is shown: a level, a word, an amount."""
    if not valeur:
        return "(sans réponse)"
    if re.fullmatch(r"\d+\.\d\d", valeur):
        return montant(Decimal(valeur))
    return valeur.replace("_", " ")


def _avis(a: Avis | None) -> list[str]:
    if a is None:
        return [f"Avis{NBSP}: non rendu"]
    somme = "" if a.montant is None else f", {montant(a.montant)}"
    lignes = [f"Avis{NBSP}: {a.avis.libelle.lower()}{somme}", f"  Motif{NBSP}: {printable(a.motif)}"]
    if a.reserves:
        lignes.append(f"  Réserves{NBSP}: {printable(a.reserves)}")
    lignes += [f"  {annee}{NBSP}: {montant(part)}" for annee, part in a.montants.items()]
    return lignes


def critere(c: Critere) -> str:
    """Show one critere: its wording, where to look, its levels, its sources."""
    lignes = [f"{c.id}  {c.libelle}", f"  {c.guide}"]
    if c.type is TypeCritere.ECHELLE:
        lignes += [f"    {rang}  {niveau}" for rang, niveau in enumerate(c.niveaux)]
    lignes.append(f"  Effet{NBSP}: {c.effet}, poids{NBSP}: {c.poids}")
    if c.propositions:
        lignes.append(f"  Proposition à valider par la DREETS{NBSP}: {enumeration(c.propositions)}")
    lignes.append(f"  Sources{NBSP}: {' ; '.join(c.sources)}")
    return "\n".join(lignes)


def grille(g: Grille) -> str:
    """Show every section with its criteria, one line each."""
    lignes = [f"{g.libelle}, version {g.version}"]
    for section in g.sections:
        poids = f", poids {section.poids}" if section.poids else ""
        lignes += ["", f"{section.libelle}{poids}", *(f"  {c.id}  {c.libelle}" for c in section.criteres)]
    return "\n".join(lignes)
