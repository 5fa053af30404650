"""What may be concluded: obstacles to an avis, open alerts, the avis that the score would suggest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from o2r_desktop.dossiers.budget import euros
from o2r_desktop.evaluation.constats import Constat, Resultat
from o2r_desktop.evaluation.grille import Critere, Effet, Grille, TypeCritere
from o2r_desktop.evaluation.reponses import (
    MANQUANTE,
    NON,
    OUI,
    SANS_OBJET,
    Avis,
    DecisionConstat,
    Evaluation,
    Reponse,
    TypeAvis,
)
from o2r_desktop.evaluation.score import Score
from o2r_desktop.text import enumeration

COUT_TOTAL = "ELI-07"
"""The critere whose amount is compared with the minimum total cost."""

_DEFAUTS = (Resultat.ALERTE, Resultat.NON_CONFORME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One thing to do before an avis can be finalised, or one alert; ``critere`` is None for the avis itself."""

    critere: str | None
    texte: str


def check(
    grille: Grille,
    evaluation: Evaluation,
    constats: Sequence[Constat],
    avis: Avis,
    *,
    plafond: Decimal | None,
    annees: tuple[str, ...],
    seuil: Decimal | None = None,
    demande: Decimal | None = None,
) -> list[Obstacle]:
    """Return what forbids to finalise with this avis, empty when nothing does (grille § 1, metier § 2.1).

    *plafond* is the greatest contribution that the law allows (C. trav. D. 5316-7) and *demande* what is asked:
    nothing above either is proposed, None is unknown (see ``budget.garde_fou``). *annees* are those of the
    convention; *seuil* is the minimum total cost, compared with an amount given to ELI-07.
    """
    examen = _Examen(grille, evaluation, constats, seuil)
    obstacles = [] if avis.motif.strip() else [_general("Écrivez le motif de l’avis : tout avis est motivé.")]
    match avis.avis:
        case TypeAvis.AJOURNE:
            return obstacles
        case TypeAvis.IRRECEVABLE:
            return obstacles + _irrecevable(examen) + _sans_montant(avis)
        case TypeAvis.DEFAVORABLE:
            return obstacles + _defavorable(examen) + _sans_montant(avis)
        case TypeAvis.FAVORABLE | TypeAvis.FAVORABLE_AVEC_RESERVES:
            criteres = [o for c in grille.criteres for o in examen.obstacles_favorable(c)]
            return obstacles + criteres + _reserves(examen, avis) + _montants(avis, plafond, demande, annees)


def alertes(grille: Grille, evaluation: Evaluation, constats: Sequence[Constat]) -> list[Obstacle]:
    """Return the open alerts: bad answers to an alerte critere, and findings that nobody has settled yet.

    A finding is settled when it is contested with a motif, or when the critere is answered with a comment.
    """
    examen = _Examen(grille, evaluation, constats, None)
    ouvertes = []
    for critere in grille.criteres:
        if examen.alerte_repondue(critere):
            dite = _dite(critere, evaluation.reponse(critere.id))
            ouvertes.append(_sur(critere, f"prévoyez une réserve ou une condition, la réponse étant « {dite} »."))
        elif examen.constats_ouverts(critere):
            ouvertes.append(
                _sur(critere, "tranchez le constat : commentez la réponse ou contestez-le avec un motif.")
            )
    return ouvertes


def proposition(grille: Grille, score: Score) -> TypeAvis | None:
    """Return the avis that the thresholds of the grille suggest: a proposal, only on a complete score."""
    if not score.complet or score.total is None:
        return None
    if score.total >= grille.seuil_favorable:
        return TypeAvis.FAVORABLE
    return TypeAvis.FAVORABLE_AVEC_RESERVES if score.total >= grille.seuil_reserves else TypeAvis.DEFAVORABLE


def _general(texte: str) -> Obstacle:
    return Obstacle(critere=None, texte=texte)


def _sur(critere: Critere, texte: str) -> Obstacle:
    return Obstacle(critere=critere.id, texte=f"{critere.id} : {texte}")


def _dite(critere: Critere, reponse: Reponse) -> str:
    """Return an answer as it is said in a sentence."""
    if critere.type is TypeCritere.MONTANT and _est_montant(reponse):
        return euros(Decimal(reponse.valeur))
    return reponse.valeur.replace("_", " ") if reponse.niveau is None else f"niveau {reponse.niveau}"


def _mauvaise(reponse: Reponse) -> bool:
    """Whether the answer is a «non» or a level of 0 or 1."""
    return reponse.valeur == NON or reponse.niveau in (0, 1)


class _Examen:
    """An evaluation beside its grille and its constats, and what each critere still lacks."""

    def __init__(
        self, grille: Grille, evaluation: Evaluation, constats: Sequence[Constat], seuil: Decimal | None
    ) -> None:
        self.grille = grille
        self.evaluation = evaluation
        self._constats = constats
        self._seuil = seuil

    def constats(self, critere: Critere) -> list[Constat]:
        """Return the findings about a critere, those without object left out."""
        return [c for c in self._constats if c.critere == critere.id and c.resultat is not Resultat.SANS_OBJET]

    def refuse(self, critere: Critere) -> bool:
        """Whether a blocking critere is answered against the dossier.

        An amount is a refusal when it is under the threshold, or when the finding that says so is confirmed.
        """
        if critere.effet is not Effet.BLOQUANT:
            return False
        reponse = self.evaluation.reponse(critere.id)
        if critere.type is not TypeCritere.MONTANT or not _est_montant(reponse):
            return _mauvaise(reponse)
        if critere.id == COUT_TOTAL and self._seuil is not None and Decimal(reponse.valeur) < self._seuil:
            return True
        non_conforme = any(c.resultat is Resultat.NON_CONFORME for c in self.constats(critere))
        return non_conforme and reponse.decision is DecisionConstat.CONFIRME

    def alerte_repondue(self, critere: Critere) -> bool:
        """Whether an alerte critere is answered «non» or with a level of 0 or 1 (grille § 1)."""
        return critere.effet is Effet.ALERTE and _mauvaise(self.evaluation.reponse(critere.id))

    def constats_ouverts(self, critere: Critere) -> list[Constat]:
        """Return the bad findings about a blocking or alerte critere that nobody has settled."""
        reponse = self.evaluation.reponse(critere.id)
        conteste = reponse.decision is DecisionConstat.CONTESTE and bool(reponse.motif.strip())
        tranche = conteste or (reponse.donnee and _expliquee(reponse))
        if critere.effet is Effet.AUCUN or tranche or self.refuse(critere):
            return []
        return [c for c in self.constats(critere) if c.resultat in _DEFAUTS]

    def manque(self, critere: Critere) -> list[Obstacle]:
        """Return what keeps a critere from being answered for good."""
        reponse = self.evaluation.reponse(critere.id)
        if reponse.valeur == MANQUANTE:
            return [_sur(critere, "obtenez l’information manquante, puis répondez.")]
        if not reponse.donnee:
            return [_sur(critere, "réponse attendue, encore vide.")]
        return self.a_reconfirmer(critere)

    def a_reconfirmer(self, critere: Critere) -> list[Obstacle]:
        """Return the obstacle of an answer that newer data of the dossier put in doubt."""
        if not self.evaluation.reponse(critere.id).a_reconfirmer:
            return []
        return [_sur(critere, "reconfirmez la réponse : le dossier a changé depuis.")]

    def obstacles_favorable(self, critere: Critere) -> Iterator[Obstacle]:
        """Yield all that a favourable avis needs of one critere."""
        yield from self.manque(critere)
        if self.refuse(critere):
            autre = "irrecevable" if critere.section == "REC" else "défavorable"
            yield _sur(
                critere, f"la réponse exclut un avis favorable ; revoyez-la ou choisissez l’avis « {autre} »."
            )
        yield from self.commentaire(critere)
        yield from self._decision(critere)

    def commentaire(self, critere: Critere, *, extremes: bool = True) -> Iterator[Obstacle]:
        """Yield the comment that an alert, or an extreme level, needs.

        Comments on levels 0, 1 and 4 of every critere are a proposal of the house (metier § 2.3).
        """
        reponse = self.evaluation.reponse(critere.id)
        if reponse.commentaire.strip():
            return
        if self.alerte_repondue(critere):
            yield _sur(critere, f"commentez la réponse « {_dite(critere, reponse)} », qui ouvre une alerte.")
        elif extremes and reponse.niveau in (0, 1, 4):
            yield _sur(
                critere,
                f"commentez le niveau {reponse.niveau} : une appréciation extrême se justifie "
                "(règle proposée par l’outil, absente de l’AMI).",
            )

    def _decision(self, critere: Critere) -> Iterator[Obstacle]:
        """Yield what the instructor still owes to the findings about a critere."""
        reponse = self.evaluation.reponse(critere.id)
        constats = self.constats(critere)
        if not constats:
            return
        if reponse.decision is DecisionConstat.CONTESTE and not reponse.motif.strip():
            yield _sur(critere, "écrivez le motif pour lequel vous contestez le constat.")
        if critere.effet is Effet.AUCUN:
            return
        if reponse.decision is None:
            # Nothing was found: only a blocking critere needs to be told how it was checked all the same.
            if critere.effet is Effet.BLOQUANT or any(c.resultat is not Resultat.INCONNU for c in constats):
                yield _sur(
                    critere, "confirmez le constat, contestez-le (avec un motif) ou dites-le non vérifiable."
                )
            return
        if self._contredit(critere, reponse, constats):
            yield _sur(
                critere,
                f"le constat est non conforme et la réponse dit « {_dite(critere, reponse)} » ; "
                "changez la réponse ou contestez le constat avec un motif.",
            )
        elif self._a_expliquer(critere, reponse):
            yield _sur(critere, "expliquez en commentaire pourquoi le constat n’empêche pas cette réponse.")

    def _a_expliquer(self, critere: Critere, reponse: Reponse) -> bool:
        """Whether a bad finding stands beside an answer that goes on without a word about it."""
        if reponse.decision is DecisionConstat.CONTESTE or _mauvaise(reponse) or not reponse.donnee:
            return False
        return bool(self.constats_ouverts(critere))

    def _contredit(self, critere: Critere, reponse: Reponse, constats: Sequence[Constat]) -> bool:
        """Whether an answer passes against a blocking finding that is not contested.

        «Non vérifiable» does not lift it: a figure that fails was found.
        """
        return (
            critere.effet is Effet.BLOQUANT
            and reponse.decision is not DecisionConstat.CONTESTE
            and reponse.donnee
            and not self.refuse(critere)
            and any(c.resultat is Resultat.NON_CONFORME for c in constats)
        )


def _est_montant(reponse: Reponse) -> bool:
    return reponse.donnee and reponse.valeur not in (OUI, NON, SANS_OBJET)


def _expliquee(reponse: Reponse) -> bool:
    """Whether words stand beside the answer: a comment, or the motif of the decision on the constat."""
    return bool(reponse.commentaire.strip() or reponse.motif.strip())


def _irrecevable(examen: _Examen) -> list[Obstacle]:
    refus = [c for c in examen.grille.criteres if c.section == "REC" and examen.refuse(c)]
    if not refus:
        bloquants = [c.id for c in examen.grille.criteres if c.section == "REC" and c.effet is Effet.BLOQUANT]
        return [
            _general(
                f"Répondez « non » à un critère bloquant de recevabilité ({enumeration(bloquants)}), "
                "ou choisissez un autre avis qu’« irrecevable »."
            )
        ]
    return _en_doute(examen, refus)


def _defavorable(examen: _Examen) -> list[Obstacle]:
    """A refusal stands on a blocking «non» of REC or ELI, or on a complete evaluation."""
    refus = [c for c in examen.grille.criteres if c.section in ("REC", "ELI") and examen.refuse(c)]
    if refus:
        return _en_doute(examen, refus)
    attendus = [c for c in examen.grille.criteres if c.poids or c.section in ("REC", "ELI")]
    manques = [o for c in attendus for o in examen.manque(c)]
    entete = [
        _general(
            "Terminez l’évaluation, ou répondez « non » à un critère bloquant de recevabilité ou d’éligibilité : "
            "un avis défavorable s’appuie sur l’une ou sur l’autre."
        )
    ]
    return (entete if manques else []) + [
        *manques,
        *(o for c in attendus for o in examen.commentaire(c, extremes=False)),
    ]


def _en_doute(examen: _Examen, refus: Sequence[Critere]) -> list[Obstacle]:
    """Return what to reconfirm when no refusal is certain; one certain refusal is enough."""
    doutes = [examen.a_reconfirmer(c) for c in refus]
    return [o for doute in doutes for o in doute] if all(doutes) else []


def _sans_montant(avis: Avis) -> list[Obstacle]:
    """A refusal proposes no money."""
    if not any(somme != 0 for somme in avis.montants.values()):
        return []
    return [_general(f"Retirez les montants proposés : l’avis « {avis.avis.libelle.lower()} » n’en porte pas.")]


def _reserves(examen: _Examen, avis: Avis) -> list[Obstacle]:
    if avis.reserves.strip():
        return []
    if avis.avis is TypeAvis.FAVORABLE_AVEC_RESERVES:
        return [_general("Écrivez les réserves : cet avis les annonce.")]
    ouvertes = [c.id for c in examen.grille.criteres if examen.alerte_repondue(c)]
    if not ouvertes:
        return []
    sur = f"{'l’alerte ouverte' if len(ouvertes) == 1 else 'les alertes ouvertes'} sur {enumeration(ouvertes)}"
    return [_general(f"Écrivez une réserve ou une condition de convention pour {sur}.")]


def _montants(
    avis: Avis, plafond: Decimal | None, demande: Decimal | None, annees: tuple[str, ...]
) -> list[Obstacle]:
    """Return what is wrong with the amounts of a favourable avis."""
    obstacles = []
    manquantes = [a for a in annees if a not in avis.montants]
    if manquantes or not avis.montants:
        pour = enumeration(manquantes) or "chaque année"
        obstacles.append(_general(f"Indiquez le montant proposé pour {pour}, 0 s’il n’y en a pas."))
    for annee, somme in sorted(avis.montants.items()):
        if annees and annee not in annees:
            obstacles.append(_general(f"Retirez le montant de {annee} : cette année est hors de la convention."))
        if not _somme_valable(somme):
            obstacles.append(_general(f"Corrigez le montant de {annee} : positif ou nul, au centime près."))
    return obstacles or _trop(avis.montant or Decimal(0), plafond, demande)


def _trop(propose: Decimal, plafond: Decimal | None, demande: Decimal | None) -> list[Obstacle]:
    """Return the obstacle of an amount above the cap or the request, the lower told, or of one beside neither."""
    if propose and plafond is None and demande is None:
        return [
            _general(
                f"Pour proposer {euros(propose)}, le plafond et la demande sont inconnus : obtenez le coût du "
                "projet et la contribution demandée (C. trav. D. 5316-7)."
            )
        ]
    bornes = []
    if plafond is not None:
        bornes.append((plafond, f"au plafond de {euros(plafond)} (C. trav. D. 5316-7)"))
    if demande is not None:
        bornes.append((demande, f"à la demande de {euros(demande)} : on n’accorde jamais plus que demandé"))
    depassees = [borne for borne in bornes if propose > borne[0]]
    if not depassees:
        return []
    _, dite = min(depassees, key=lambda borne: borne[0])
    return [_general(f"Ramenez le montant proposé, {euros(propose)}, {dite}.")]


def _somme_valable(somme: Decimal) -> bool:
    """Whether a sum is in whole cents, not negative, and of a size that the store takes."""
    return somme.is_finite() and 0 <= somme < 10**12 and somme == round(somme, 2)
