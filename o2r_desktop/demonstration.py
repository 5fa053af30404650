"""The demonstration campagne: invented dossiers, three evaluations, their notes."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from o2r_desktop import operations, reception, recherche, restitution
from o2r_desktop.analyse.budget.lignes import cle_ligne
from o2r_desktop.analyse.finances.comptes import cle_exercice, cle_poste
from o2r_desktop.comite import etat
from o2r_desktop.comite.modele import Comite
from o2r_desktop.errors import DossierError
from o2r_desktop.evaluation.reponses import Avis, DecisionConstat, Preuve, TypeAvis
from o2r_desktop.operations import Session, actes
from o2r_desktop.operations.comite import load_comite, write
from o2r_desktop.progress import SilentReporter
from o2r_desktop.resources import resource

INSTRUCTEUR = "Instruction (démonstration)"
NUMEROS = range(25_000_101, 25_000_123)
"""Numbers of the invented dossiers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """What the demonstration made and where."""

    campagne: Path
    dossiers: int
    evalues: tuple[int, ...]
    notes: tuple[restitution.NoteEcrite, ...]


def run(campagne: Path, *, maintenant: datetime) -> Demonstration:
    """Import the demonstration exports, play the three evaluations, write their notes; can be run again."""
    _refuser_une_vraie(campagne)
    exports = sorted(f for f in resource("demo").iterdir() if f.suffix in {".xlsx", ".csv", ".json", ".zip"})
    nouvelle = not operations.is_campagne(campagne)
    reception.import_files(campagne, exports, auteur=INSTRUCTEUR, essai=False, horloge=lambda: maintenant)
    brutes = tomllib.loads(resource("demo", "evaluations.toml").read_text("utf-8"))["evaluation"]
    with operations.open_session(campagne, auteur=INSTRUCTEUR, horloge=lambda: maintenant) as session:
        recherche.indexer(session, SilentReporter())  # the notes say how many pages each piece has
        _reunir(session, tomllib.loads(resource("demo", "comite.toml").read_text("utf-8")))
        for analyse in tomllib.loads(resource("demo", "analyses.toml").read_text("utf-8"))["analyse"]:
            _analyser(session, analyse)
        evalues = tuple(_evaluer(session, brute) for brute in brutes)
        if nouvelle:
            operations.back_up(session)
        notes, _ = restitution.produce_notes(session, evalues, campagne / "notes")
        return Demonstration(
            campagne=campagne,
            dossiers=len(operations.list_dossiers(session)),
            evalues=evalues,
            notes=tuple(notes),
        )


def _refuser_une_vraie(campagne: Path) -> None:
    """Raise DossierError when the campagne holds dossiers that are not those of the demonstration."""
    if not operations.is_campagne(campagne):
        return
    with operations.open_session(campagne, auteur=INSTRUCTEUR, lecture_seule=True) as session:
        if any(a.numero not in NUMEROS for a in operations.list_dossiers(session)):
            raise DossierError(
                f"La campagne « {campagne} » contient de vrais dossiers : "
                "donnez un autre dossier à la démonstration."
            )


def _reunir(session: Session, brut: Mapping[str, Any]) -> None:
    """Give the campagne an envelope and a committee, unless somebody already did."""
    if not session.parametres.enveloppe:
        enveloppe = {annee: Decimal(somme) for annee, somme in brut["enveloppe"].items()}
        operations.change_parametres(session, session.parametres.avec(enveloppe=enveloppe))
    if load_comite(session) == Comite():
        deports = {
            etat.cle(etat.DEPORT, d["numero"]): [{"membre": d["membre"], "motif": d["motif"]}]
            for d in brut["deport"]
        }
        write(session, {etat.SEANCE: brut["seance"], etat.MEMBRES: brut["membre"], **deports})


def _analyser(session: Session, brute: Mapping[str, Any]) -> None:
    """Type what an instructor would of the accounts, the budget, the network; only where nothing is typed yet."""
    numero = int(brute["numero"])
    evaluation = operations.load_dossier(session, numero).evaluation
    if not evaluation.fiches and not evaluation.finalisee:
        actes.change(session, actes.Genre.ANALYSE, {numero: _fiches(brute)}, "")


def _fiches(brute: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is typed of a dossier, by key (see ``analyse.saisie``), from its table of the demonstration."""
    fiches = dict(brute.get("fiches", {}))
    for exercice in brute.get("exercice", ()):
        annee, source = exercice["annee"], exercice.get("source")
        fiches[cle_exercice(annee)] = {"mois": exercice.get("mois", 12)} | exercice.get("dit", {})
        for poste, montant in exercice["postes"].items():
            fiches[cle_poste(annee, poste)] = {"declare": montant} | ({"source": source} if source else {})
    for rang, ligne in enumerate(brute.get("ligne", ()), 1):
        dits = {cle: ligne[cle] for cle in ("compte", "libelle", "membre", "ecartee", "source") if cle in ligne}
        for annee, montant in enumerate(ligne["annees"], 1):
            if montant:
                fiches[cle_ligne(f"{rang}-{annee}")] = {**dits, "annee": annee, "declare": montant}
    return fiches


def _evaluer(session: Session, brute: Mapping[str, Any]) -> int:
    numero = int(brute["numero"])
    if operations.load_dossier(session, numero).evaluation.finalisee:
        return numero
    for r in brute["reponse"]:
        operations.save_reponse(
            session,
            numero,
            r["critere"],
            str(r["valeur"]),
            commentaire=r.get("commentaire", ""),
            decision=DecisionConstat(r["decision"]) if r.get("decision") else None,
            motif=r.get("motif", ""),
            preuves=tuple(Preuve(ou=p["ou"], page=p.get("page")) for p in r.get("preuves", ())),
        )
    avis = Avis(
        avis=TypeAvis(brute["avis"]),
        motif=brute["motif"],
        reserves=brute.get("reserves", ""),
        montants={annee: Decimal(somme) for annee, somme in brute.get("montants", {}).items()},
        points_forts=brute.get("points_forts", ""),
        points_faibles=brute.get("points_faibles", ""),
    )
    operations.conclude(session, numero, avis)
    return numero
