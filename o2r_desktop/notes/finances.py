"""The part of a note on the health of the body: its accounts, their checks, the ratios with their reading."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from o2r_desktop.analyse.angles import Controle
from o2r_desktop.analyse.finances.mesures import (
    Exercice,
    Lecture,
    Montant,
    autofinancement,
    roulement,
    roulement_sans,
    tresorerie,
)
from o2r_desktop.analyse.finances.phrases import dite
from o2r_desktop.analyse.finances.ratios import Ratio
from o2r_desktop.analyse.finances.sante import Finances
from o2r_desktop.analyse.saisie import Source
from o2r_desktop.dossiers.budget import Chiffre, Serie, lire_chiffre
from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.evaluation.preuves import suite_dite
from o2r_desktop.notes.matiere import FINANCES, Matiere
from o2r_desktop.notes.modele import (
    Aligne,
    Contenu,
    Etiquette,
    Fiche,
    Forme,
    Puces,
    Rubrique,
    Table,
    Texte,
    Titre,
    Ton,
)
from o2r_desktop.notes.sections import appreciation
from o2r_desktop.notes.valeurs import TIRET, chiffre_dit
from o2r_desktop.text import montant, pourcentage

_LECTURES = {
    Lecture.VERT: Etiquette("✓ vert", Ton.BON),
    Lecture.ORANGE: Etiquette("! orange", Ton.ALERTE),
    Lecture.ROUGE: Etiquette("✕ rouge", Ton.MAUVAIS),
    Lecture.INFORMATIF: Etiquette("informatif", Ton.NEUTRE),
    Lecture.INCONNU: Etiquette("? inconnu", Ton.NEUTRE),
    Lecture.SANS_OBJET: Etiquette("sans objet", Ton.NEUTRE),
}
_LIGNES: tuple[tuple[str, Callable[[Exercice], Montant]], ...] = (
    ("Total des produits", lambda e: e.produits),
    ("Total des charges", lambda e: e.charges),
    ("Résultat de l’exercice", lambda e: e.resultat),
    ("Fonds propres, hors fonds dédiés", lambda e: e.fonds_propres),
    ("Fonds reportés et dédiés", lambda e: e.fonds_dedies),
    ("Dettes financières", lambda e: e.dettes_financieres),
    ("Total du bilan", lambda e: e.total_bilan),
    ("Fonds de roulement", roulement),
    ("Fonds de roulement, hors fonds dédiés", roulement_sans),
    ("Trésorerie nette", tresorerie),
    ("Capacité d’autofinancement", autofinancement),
)
"""Lines of the table of the exercices; unknown ones are left blank, never zero."""
_FRANCHIS = (Lecture.ROUGE, Lecture.ORANGE)


def finances(m: Matiere) -> Rubrique:
    """Return the health of the body: its accounts when they were typed, honestly little else."""
    sante = m.analyse.finances
    structure = lire_chiffre(m.dossier, "budget_annuel")
    contenu = _comptes(sante) if sante.saisie else _sans_comptes(sante)
    return Rubrique(
        titre="Santé financière",
        ancre="finances",
        contenu=(
            *contenu,
            Fiche((
                ("Budget annuel N-1", f"{chiffre_dit(structure)} (déclaré)"),
                ("Poids de la demande", _poids(m.budget.demandes, structure, m.annees)),
            )),
            *appreciation(m, FINANCES),
        ),
    )  # fmt: skip


def _sans_comptes(sante: Finances) -> tuple[Contenu, ...]:
    texte = (
        "Comptes non saisis : le bilan et le compte de résultat des trois derniers exercices ne sont pas "
        "dans l’application, aucun ratio n’est calculé. Lire les comptes joints au dossier."
    )
    if sante.sans_objet:
        texte = f"{texte} Les ratios seraient sans objet : {sante.sans_objet}."
    return (Texte(texte, Forme.ATTENTION),)


def _comptes(sante: Finances) -> tuple[Contenu, ...]:
    craintes = tuple(Texte(f"{c.nom} : {c.texte}", Forme.ATTENTION) for c in sante.craintes)
    return (
        Texte(sante.lecture),
        *craintes,
        *_exercices(sante),
        *_controles(sante.controles),
        *_ratios(sante),
        Texte(f"Source des montants : {_sources(sante) or 'non précisée'}.", Forme.LEGENDE),
    )


def _exercices(sante: Finances) -> tuple[Contenu, ...]:
    suite = (*sante.exercices, *sante.previsions)
    if not suite:
        return ()
    previsions = {e.annee for e in sante.previsions}
    certifications = {e.annee: e.certification for e in sante.saisis}
    droites: list[Aligne] = ["droite" for _ in suite]
    lignes = [
        (nom, *(TIRET if (v := lire(e)) is None else montant(v) for e in suite))
        for nom, lire in _LIGNES
        if any(lire(e) is not None for e in suite)
    ]
    dites = [_CERTIFICATIONS.get(certifications.get(e.annee, ""), TIRET) for e in suite]
    if any(d != TIRET for d in dites):
        lignes.append(("Certification", *dites))
    return (
        Titre("Comptes saisis par l’instructeur"),
        Table(
            entetes=("Poste", *(_annee(e, e.annee in previsions) for e in suite)),
            lignes=tuple(lignes),
            parts=(2.0, *(1.0 for _ in suite)),
            alignes=("gauche", *droites),
            serree=len(suite) > 3,
        ),
        Texte("« – » : poste inconnu ; rien n’est compté pour zéro sans preuve dans les comptes.", Forme.LEGENDE),
    )


_CERTIFICATIONS = {
    "certifie": "certifiés",
    "certifie_avec_reserve": "avec réserve",
    "refus": "refusée",
    "sans_objet": "sans objet",
}


def _annee(exercice: Exercice, previsionnel: bool) -> str:
    nom = f"{exercice.annee} (prévisionnel)" if previsionnel else str(exercice.annee)
    return nom if exercice.mois == 12 else f"{nom}, {exercice.mois} mois"


def _controles(controles: Sequence[Controle]) -> tuple[Contenu, ...]:
    """Return the checks that fail; one sentence when all that could be made holds."""
    faux = [c for c in controles if c.resultat in (Resultat.NON_CONFORME, Resultat.ALERTE)]
    if faux:
        return (Titre("Contrôles des comptes à expliquer"), Puces(tuple(f"{c.nom} : {c.valeur}" for c in faux)))
    faits = sum(c.resultat is Resultat.CONFORME for c in controles)
    if not faits:
        return ()
    return (Texte(f"Contrôles d’équilibre : {faits} faits, tous justes au centime.", Forme.LEGENDE),)


def _ratios(sante: Finances) -> tuple[Contenu, ...]:
    if sante.sans_objet:
        return (Texte(f"Ratios sans objet : {sante.sans_objet}.", Forme.CORPS),)
    if not sante.ratios:
        return ()
    annees = sante.ratios[0].annees
    droites: list[Aligne] = ["droite" for _ in annees]
    return (
        Titre("Ratios"),
        Table(
            entetes=("Ratio", *(str(a) for a in annees), "Repère proposé", "Lecture"),
            lignes=tuple((r.nom, *_valeurs(r), r.seuil, _LECTURES[r.lecture]) for r in sante.ratios),
            parts=(2.1, *(1.0 for _ in annees), 2.3, 1.1),
            alignes=("gauche", *droites, "gauche", "gauche"),
            serree=True,
        ),
        Puces(tuple(r.phrase for r in sante.ratios if r.lecture in _FRANCHIS)),
        Texte(
            "Aucun seuil n’est officiel : ce sont des propositions à valider par la DREETS. Un ratio éclaire la "
            "réponse de l’instructeur, il n’écarte aucun dossier.",
            Forme.LEGENDE,
        ),
    )


def _valeurs(ratio: Ratio) -> tuple[str, ...]:
    return tuple(TIRET if v is None else dite(v, ratio.unite) for v in ratio.serie)


def _sources(sante: Finances) -> str:
    lues: dict[Source, None] = {}
    for exercice in sante.saisis:
        lues |= {m.source: None for m in exercice.montants.values() if m.source is not None}
    return " ; ".join(f"{s.ou}{suite_dite(s.ou, s.page)}" for s in lues)


def _poids(demandes: Serie, structure: Chiffre, annees: Sequence[str]) -> str:
    connues = [(c.valeur, an) for c, an in zip(demandes, annees, strict=True) if c.valeur is not None]
    if not connues or not structure.valeur:
        return "non calculable"
    haute, annee = max(connues)
    part = pourcentage(haute * Decimal(100) / structure.valeur, 1)
    reste = "" if len(connues) == len(demandes) else ", sur les années connues"
    return (
        f"{part} (calculé : demande la plus haute, {montant(haute)} en {annee}, ÷ budget annuel N-1 "
        f"de {montant(structure.valeur)}{reste})"
    )
