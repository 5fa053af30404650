"""Page 1 of a note: identity, opinion, score, key figures, points, checks and proposal by year."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from o2r_desktop.dossiers.budget import Chiffre, EtatChiffre, euros, somme
from o2r_desktop.dossiers.identifiers import groupe
from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.evaluation.grille import Critere
from o2r_desktop.evaluation.reponses import DecisionConstat, EtatEvaluation, TypeAvis
from o2r_desktop.notes.matiere import ELIGIBILITE, RECEVABILITE, Matiere
from o2r_desktop.notes.modele import (
    NON_RENSEIGNE,
    Aligne,
    Barre,
    BoiteAvis,
    BoiteScore,
    ChiffreCle,
    Etiquette,
    Points,
    Synthese,
    Table,
    Ton,
)
from o2r_desktop.notes.valeurs import POINT_VIRGULE, TIRET, chiffre_dit, etiquette, source_dite, total_dit
from o2r_desktop.text import (
    PARIS,
    date_courte,
    enumeration,
    instant,
    montant,
    nombre,
    numero,
    pluriel,
    pourcentage,
)

TONS_AVIS = {
    TypeAvis.FAVORABLE: Ton.BON,
    TypeAvis.FAVORABLE_AVEC_RESERVES: Ton.ALERTE,
    TypeAvis.AJOURNE: Ton.ALERTE,
    TypeAvis.DEFAVORABLE: Ton.MAUVAIS,
    TypeAvis.IRRECEVABLE: Ton.MAUVAIS,
}
_ETATS = {
    EtatEvaluation.VIDE: "évaluation non commencée",
    EtatEvaluation.EN_COURS: "évaluation en cours",
    EtatEvaluation.COMPLETE: "évaluation complète, non finalisée",
    EtatEvaluation.ROUVERTE: "évaluation rouverte",
}
_TOUJOURS = ("REC-02", "ELI-07", "ELI-08", "ELI-02")
"""Checks that page 1 always shows: deadline, minimum cost, training expenses, excluded bodies."""

_LIGNES_CONTROLES = 4


def synthese(m: Matiere) -> Synthese:
    """Return page 1."""
    controles, reste = _controles(m)
    barres = _barres(m)
    return Synthese(
        service=m.parametres.service,
        ami=m.parametres.nom,
        genre="Note d’instruction, document préparatoire",
        statut=_statut(m),
        porteur=m.dossier.porteur.nom.strip() or "Porteur non renseigné",
        projet=m.dossier.texte("intitule").strip() or "Intitulé du projet non renseigné",
        identite=_identite(m),
        avis=_avis(m),
        score=_score(m),
        chiffres=_chiffres(m),
        barres=barres,
        barres_legende=_legende(m),
        barres_constat=_constat_barres(barres, m),
        forts=points(m, forts=True),
        faibles=points(m, forts=False),
        vigilance=vigilances(m),
        controles=controles,
        controles_reste=reste,
        annees=table_annees(m),
    )


def _statut(m: Matiere) -> str:
    if m.perimee:
        return "Projet : données modifiées depuis la finalisation"
    if m.evaluation.finalisee:
        fin = m.evaluation.finalisee_le
        return f"Évaluation finalisée le {date_courte(fin.astimezone(PARIS))}" if fin else "Évaluation finalisée"
    etat = _ETATS.get(m.evaluation.etat, "évaluation en cours")
    return f"Projet, {etat} · {date_courte(m.now.astimezone(PARIS))}"


def _identite(m: Matiere) -> str:
    porteur = m.dossier.porteur
    nature = m.dossier.texte("nature_porteur") or porteur.forme_juridique
    siret = f"SIRET {groupe(porteur.siret)}" if porteur.siret else "SIRET non renseigné"
    depot = f"déposé le {instant(m.dossier.depot)}" if m.dossier.depot else "date de dépôt non renseignée"
    morceaux = [f"Dossier n° {numero(m.dossier.numero)}", nature[:1].lower() + nature[1:], siret, depot]
    return " · ".join(p for p in morceaux if p)


def demande_dite(m: Matiere) -> str:
    """Return the request over three years, or why it is unknown."""
    demande = m.budget.demande
    return montant(demande) if demande is not None else m.budget.demande_total.etat.value


def _avis(m: Matiere) -> BoiteAvis:
    avis = m.evaluation.avis
    if avis is None:
        return BoiteAvis(
            chapeau="Avis",
            avis="Avis non rendu",
            ton=Ton.NEUTRE,
            montant=f"Contribution demandée sur 3 ans : {demande_dite(m)}.",
            motif="",
            reserves="",
        )
    if avis.montant is None:
        somme_dite = f"Aucun montant proposé ; demande : {demande_dite(m)}."
    else:
        duree = pluriel(len(avis.montants), "an")
        entier = len(avis.montants) == len(m.annees)
        suite = "" if entier else f" sur {pluriel(len(m.annees), 'an')}"
        somme_dite = f"{montant(avis.montant)} sur {duree}, pour {demande_dite(m)} demandés{suite}."
    return BoiteAvis(
        chapeau=_chapeau(m),
        avis=avis.avis.libelle,
        ton=TONS_AVIS[avis.avis],
        montant=somme_dite,
        motif=avis.motif.strip(),
        reserves=avis.reserves.strip(),
    )


def _chapeau(m: Matiere) -> str:
    if m.perimee:
        return "Avis rendu sur d’autres données, à reprendre"
    return "Avis de l’instructeur" if m.evaluation.finalisee else "Avis proposé"


def _score(m: Matiere) -> BoiteScore:
    score, lot = m.score, m.lot
    compte = f"{score.repondus}/{score.attendus}"
    mention = f"{compte} critères notés" if score.complet else f"prov. {compte} critères notés"
    rang = ""
    if lot is not None:
        place = (
            f"Rang {lot.rang} sur {lot.effectif} notés"
            if lot.rang is not None and score.complet
            else "Rang non établi"
        )
        mediane = f" · médiane {nombre(lot.mediane, 1)}" if lot.mediane is not None else ""
        rang = place + mediane
    return BoiteScore(
        valeur=nombre(score.total, 1) if score.total is not None else "non noté",
        mention=f"/ 100 · {mention}" if score.total is not None else f"0 critère sur {score.attendus}",
        rang=rang,
        priorite=priorite_retenue(m),
        precision=_precision_priorite(m),
    )


def priorite_retenue(m: Matiere) -> str:
    """Return the priority that the instructor kept, else the computed one."""
    reponse = m.evaluation.reponses.get("PRI-01")
    return reponse.valeur if reponse is not None and reponse.donnee else m.priorite


def _precision_priorite(m: Matiere) -> str:
    retenue = priorite_retenue(m)
    if retenue != m.priorite:
        return f"corrigée par l’instructeur, calculée : {m.priorite}"
    confirmee = "PRI-01" in m.evaluation.reponses and m.evaluation.reponses["PRI-01"].donnee
    return "confirmée" if confirmee else "calculée, à confirmer"


def _chiffres(m: Matiere) -> tuple[ChiffreCle, ...]:
    b = m.budget
    total = somme(m.beneficiaires)
    par_tete = m.cout_par_beneficiaire
    part = b.demande * 100 / b.cout if b.cout and b.demande is not None else None
    connu = b.cout_total.etat is EtatChiffre.CONNU
    origine = "déclaré, sur 3 ans" if connu else "somme des années déclarées"
    demande = f"{_somme(b.demande)} demandés" if b.demande is not None else ""
    return (
        _chiffre("Coût total", b.cout, _somme, _etat(b.cout_total), origine),
        _chiffre("Part demandée", part, pourcentage, _etat(b.demande_total, b.cout_total), demande),
        _chiffre("Bénéficiaires", total, nombre, _etat_serie(m), "déclarés, sur 3 ans"),
        _chiffre("Coût par bénéficiaire", par_tete, lambda v: montant(v, 0), "non calculable", "calculé"),
    )


def _somme(valeur: Decimal) -> str:
    """Return an amount without useless cents; never rounded, or it could look equal to a threshold."""
    return montant(valeur, 0) if valeur == valeur.to_integral_value() else euros(valeur)


def _chiffre(
    libelle: str, valeur: Decimal | None, en_texte: Callable[[Decimal], str], sinon: str, precision: str
) -> ChiffreCle:
    if valeur is None:
        return ChiffreCle(libelle=libelle, valeur=sinon, precision="", connu=False)
    return ChiffreCle(libelle=libelle, valeur=en_texte(valeur), precision=precision)


def _etat(*chiffres: Chiffre) -> str:
    return next((c.etat.value for c in chiffres if c.etat is not EtatChiffre.CONNU), "non calculable")


def _etat_serie(m: Matiere) -> str:
    etats = {c.etat.value for c in m.beneficiaires if c.valeur is None}
    partiel = len(etats) > 1 or any(c.valeur is not None for c in m.beneficiaires)
    return "incomplet" if partiel else next(iter(etats), NON_RENSEIGNE)


def _barres(m: Matiere) -> tuple[Barre, ...]:
    medianes = m.lot.medianes if m.lot else {}
    return tuple(
        Barre(
            section=s.id,
            libelle=s.libelle,
            poids=s.poids,
            score=m.score.par_section.get(s.id),
            mediane=medianes.get(s.id),
        )
        for s in m.grille.sections
        if s.poids
    )


def _legende(m: Matiere) -> str:
    trait = f" Trait : médiane de {m.lot.effectif} dossiers." if m.lot and m.lot.medianes else ""
    return f"Sur 100 ; poids entre parenthèses.{trait}"


def _constat_barres(barres: Sequence[Barre], m: Matiere) -> str:
    notees = [(b, b.score) for b in barres if b.score is not None]
    if not notees:
        return "Barres par section : aucune section n’est encore notée."
    haute, basse = (bord(notees, key=lambda paire: paire[1]) for bord in (max, min))
    extremes = f"La plus haute : {haute[0].libelle} ({nombre(haute[1], 0)} sur 100)"
    if len(notees) > 1:
        extremes += f"{POINT_VIRGULE}la plus basse : {basse[0].libelle} ({nombre(basse[1], 0)} sur 100)"
    trait = " La médiane du lot est un trait." if m.lot and m.lot.medianes else ""
    return f"Barres par section. {extremes}. Détail : {POINT_VIRGULE.join(_detail(b) for b in barres)}.{trait}"


def _detail(barre: Barre) -> str:
    score = "non notée" if barre.score is None else f"{nombre(barre.score, 0)} sur 100"
    mediane = f", médiane {nombre(barre.mediane, 0)}" if barre.mediane is not None else ""
    return f"{barre.libelle} (poids {barre.poids}) {score}{mediane}"


def points(m: Matiere, *, forts: bool) -> Points:
    """Return what the instructor wrote, one point a line, else the levels that say it."""
    titre = "Points forts" if forts else "Points faibles et risques"
    avis = m.evaluation.avis
    ecrits = (avis.points_forts if forts else avis.points_faibles) if avis else ""
    lignes = tuple(ligne.strip().lstrip("-•*– ").strip() for ligne in ecrits.splitlines())
    lignes = tuple(ligne for ligne in lignes if ligne)
    if lignes:
        return Points(titre=titre, textes=lignes, source="")
    trouves = [(c, n) for c in m.grille.criteres if (n := m.reponse(c).niveau) is not None and c.poids]
    choisis = [(c, n) for c, n in trouves if (n >= 3 if forts else n <= 1)]
    choisis.sort(key=lambda paire: ((-paire[1] if forts else paire[1]), -paire[0].poids))
    bornes = "3 et 4" if forts else "0 et 1"
    source = f"Repris des niveaux {bornes} de la grille." if choisis else f"Aucun critère aux niveaux {bornes}."
    return Points(titre=titre, textes=tuple(_point(m, c, n) for c, n in choisis), source=source)


def vigilances(m: Matiere) -> Points:
    """Return what the committee should keep an eye on, in the order of the grille."""
    dites = [(c, m.reponse(c).vigilance.strip()) for c in m.grille.criteres]
    return Points(
        titre="Points de vigilance",
        textes=tuple(f"{texte.rstrip('.')} ({c.id})." for c, texte in dites if texte),
        source="",
    )


def _point(m: Matiere, critere: Critere, niveau: int) -> str:
    reponse = m.reponse(critere)
    preuves = POINT_VIRGULE.join(source_dite(p, m.dossier.pieces) for p in reponse.preuves)
    dits = (reponse.commentaire.strip().rstrip("."), f"source : {preuves}" if preuves else "")
    suite = POINT_VIRGULE.join(dit for dit in dits if dit)
    tete = f"{critere.libelle} ({critere.id}, {niveau}/4)"
    return f"{tete} : {suite}" if suite else f"{tete}."


def _controles(m: Matiere) -> tuple[tuple[tuple[str, Etiquette, str], ...], str]:
    lignes = [
        (critere, etiquette(critere, m.reponse(critere), m.constats_de(critere)))
        for section in m.sections(RECEVABILITE, ELIGIBILITE)
        for critere in section.criteres
    ]
    tries = sorted((p for p in lignes if _montre(*p)), key=lambda paire: _rang(*paire))
    montres = tries[:_LIGNES_CONTROLES]
    choisis = {critere.id for critere, _ in montres}
    restes = [e for critere, e in lignes if critere.id not in choisis]
    return tuple((c.libelle, e, _ce_qui_est_dit(m, c)) for c, e in montres), _reste(restes)


def _montre(critere: Critere, e: Etiquette) -> bool:
    return critere.id in _TOUJOURS or e.ton in (Ton.MAUVAIS, Ton.ALERTE)


def _rang(critere: Critere, e: Etiquette) -> tuple[int, int]:
    """Sort what fails, then what warns, then the checks always shown, in their order."""
    gravite = {Ton.MAUVAIS: 0, Ton.ALERTE: 1}.get(e.ton, 2)
    return gravite, _TOUJOURS.index(critere.id) if critere.id in _TOUJOURS else len(_TOUJOURS)


def _ce_qui_est_dit(m: Matiere, critere: Critere) -> str:
    reponse = m.reponse(critere)
    commentaire = reponse.commentaire.strip()
    if reponse.decision is DecisionConstat.CONTESTE:
        return f"Constat contesté : {reponse.motif.strip()}" + (f" — {commentaire}" if commentaire else "")
    constats = m.constats_de(critere)
    calcule = POINT_VIRGULE.join(c.valeur for c in constats)
    if commentaire and any(c.resultat in (Resultat.NON_CONFORME, Resultat.ALERTE) for c in constats):
        return f"Calculé : {calcule} — {commentaire}"
    return commentaire or calcule or TIRET


def _reste(etiquettes: Sequence[Etiquette]) -> str:
    if not etiquettes:
        return ""
    comptes: dict[str, int] = {}
    for e in etiquettes:
        mot = e.mot.split(" ", 1)[-1]
        comptes[mot] = comptes.get(mot, 0) + 1
    detail = enumeration([f"{n} « {mot} »" for mot, n in sorted(comptes.items(), key=lambda paire: -paire[1])])
    return f"{pluriel(len(etiquettes), 'autre contrôle', 'autres contrôles')} : {detail}."


def table_annees(m: Matiere) -> Table:
    """Return request, proposal and beneficiaries by year; a year proposed outside the form has its column."""
    b, avis = m.budget, m.evaluation.avis
    proposes = dict(avis.montants) if avis else {}
    annees = tuple(sorted({*m.annees, *proposes}))
    demandes = dict(zip(m.annees, b.demandes, strict=True))
    personnes = dict(zip(m.annees, m.beneficiaires, strict=True))
    demande = tuple(chiffre_dit(demandes[a]) if a in demandes else TIRET for a in annees)
    tetes = tuple(chiffre_dit(personnes[a], euros=False) if a in personnes else TIRET for a in annees)
    propose = tuple(montant(proposes[a]) if a in proposes else TIRET for a in annees)
    total = montant(avis.montant) if avis and avis.montant is not None else TIRET
    droites: list[Aligne] = ["droite" for _ in annees]
    return Table(
        entetes=("Sommes et personnes", *annees, "Total"),
        lignes=(
            ("Demandé", *demande, demande_dite(m)),
            ("Proposé", *propose, total),
            ("Bénéficiaires", *tetes, total_dit(m.beneficiaires, m.annees)),
        ),
        parts=(1.1, *(1.0 for _ in annees), 1.1),
        alignes=("gauche", *droites, "droite"),
        fortes=frozenset({1}),
    )
