"""The minutes of the committee and its list of decisions."""

from collections.abc import Sequence
from decimal import Decimal

from o2r_desktop.comite.decisions import votants_de
from o2r_desktop.comite.matiere import Matiere
from o2r_desktop.comite.modele import Candidat, Decision
from o2r_desktop.comite.mots import TIRET, avis_dit, propose, seance_dite, somme_dite
from o2r_desktop.comite.parties import enveloppe
from o2r_desktop.notes.modele import Aligne, Contenu, Fiche, Puces, Rubrique, Table, Texte, Titre
from o2r_desktop.text import date_courte, enumeration, montant, nombre, numero, pluriel

_A_DROITE: Aligne = "droite"


def proces_verbal(m: Matiere) -> list[Rubrique]:
    """Return the minutes: who sat, each dossier, the envelope, boxes to sign."""
    presents = [x for x in m.comite.membres if x.present]
    absents = [x.nom for x in m.comite.membres if not x.present]
    fiche = Fiche((
        ("Séance", seance_dite(m.comite)),
        ("Présidence", m.comite.seance.president.strip() or "non renseignée"),
        ("Présents", enumeration([_membre(x.nom, x.qualite, voix=x.voix) for x in presents]) or "aucun"),
        ("Absents ou non pointés", enumeration(absents) or "aucun"),
        ("Voix délibératives", str(sum(x.voix for x in presents))),
    ))  # fmt: skip
    dossiers: list[Contenu] = []
    for rang, c in enumerate(m.ordre, 1):
        dossiers += _dossier_pv(m, rang, c)
    return [
        Rubrique(titre="Composition", ancre="composition", contenu=(fiche,)),
        Rubrique(
            titre="Examen des dossiers",
            ancre="examen",
            contenu=tuple(dossiers) or (Texte("Aucun dossier n’est évalué."),),
        ),
        enveloppe(m),
        Rubrique(
            titre="Signatures",
            ancre="signatures",
            contenu=(
                Table(
                    entetes=("Qualité", "Nom", "Date", "Signature"),
                    lignes=(("Présidence", m.comite.seance.president, "", ""), ("Secrétariat", "", "", "")),
                    parts=(24, 28, 16, 32),
                    haut=38,
                    cadre=True,
                ),
            ),
        ),
    ]


def _membre(nom: str, qualite: str, *, voix: bool) -> str:
    details = ", ".join(x for x in (qualite.strip(), "" if voix else "sans voix") if x)
    return f"{nom} ({details})" if details else nom


def _dossier_pv(m: Matiere, rang: int, c: Candidat) -> list[Contenu]:
    decision = m.comite.decisions.get(c.numero)
    deports = [
        f"{m.comite.membre(d.membre)}{f' ({d.motif.strip()})' if d.motif.strip() else ''}"
        for d in m.comite.deports.get(c.numero, ())
    ]
    lignes = [
        ("Avis de l’instructeur", f"{avis_dit(c)}{_suite_avis(c)}"),
        ("Demande", somme_dite(c.demande)),
        ("Déports", enumeration(deports) or "aucun"),
    ]
    if decision is None:
        lignes.append(("Décision", "non prise"))
    else:
        lignes += [
            ("Décision", decision.sens.libelle),
            *([("Montants", _annees(decision))] if decision.sens.finance else []),
            ("Motif", decision.motif.strip() or "celui de l’avis"),
            ("Vote", _vote(m, c, decision)),
        ]
    contenu: list[Contenu] = [
        Titre(f"{rang}. {numero(c.numero)} · {c.porteur}", f"dossier-{c.numero}"),
        Fiche(tuple(lignes)),
    ]
    if decision is not None and decision.conditions:
        contenu.append(_table_conditions([(None, decision)]))
    return contenu


def _suite_avis(c: Candidat) -> str:
    note = "" if c.note is None else f", {nombre(c.note, 2)} sur 100"
    somme = propose(c)
    return note + ("" if somme is None else f", {montant(somme)} proposés")


def _vote(m: Matiere, c: Candidat, d: Decision) -> str:
    if d.pour is None and d.contre is None and d.abstentions is None:
        return "décision prise sans vote"
    dits = f"{d.pour or 0} pour, {d.contre or 0} contre, {pluriel(d.abstentions or 0, 'abstention')}"
    return f"{dits} ({pluriel(votants_de(c.numero, m.comite), 'votant')})"


def _annees(d: Decision) -> str:
    parties = enumeration([f"{montant(s)} en {annee}" for annee, s in sorted(d.montants.items())])
    return f"{montant(d.montant)} : {parties}"


def releve(m: Matiere) -> list[Rubrique]:
    """Return the list of decisions: amounts, motives, conditions, what is left without one."""
    annees = m.parametres.annees
    cotes: tuple[Aligne, ...] = ("gauche", "gauche", *(_A_DROITE for _ in annees), _A_DROITE)
    prises = [(c, m.comite.decisions[c.numero]) for c in m.ordre if c.numero in m.comite.decisions]
    sommes = [sum((d.montants.get(a, Decimal(0)) for _, d in prises), Decimal(0)) for a in annees]
    lignes = [
        (
            f"{numero(c.numero)} · {c.porteur}",
            d.sens.libelle,
            *(montant(d.montants[a]) if a in d.montants else TIRET for a in annees),
            montant(d.montant) if d.sens.finance else TIRET,
        )
        for c, d in prises
    ]
    lignes.append(("Total", "", *map(montant, sommes), montant(sum(sommes, Decimal(0)))))
    rubriques = [
        Rubrique(
            titre=f"Décisions ({pluriel(len(prises), 'dossier')})",
            ancre="decisions",
            contenu=(
                Table(
                    entetes=("Dossier", "Décision", *annees, "Total"),
                    lignes=tuple(lignes),
                    parts=(28, 16, *(14 for _ in annees), 15),
                    alignes=cotes,
                    fortes=frozenset({len(lignes) - 1}),
                    serree=True,
                ),
            ),
        )
    ]
    motifs = tuple(f"{numero(c.numero)} · {c.porteur} : {d.motif.strip()}" for c, d in prises if d.motif.strip())
    if motifs:
        rubriques.append(Rubrique(titre="Motifs", ancre="motifs", contenu=(Puces(motifs),)))
    avec = [(c, d) for c, d in prises if d.conditions]
    if avec:
        table = _table_conditions(avec)
        rubriques.append(Rubrique(titre="Conditions suspensives", ancre="conditions", contenu=(table,)))
    restants = [f"{numero(c.numero)} · {c.porteur}" for c in m.ordre if c.numero not in m.comite.decisions]
    if restants:
        rubriques.append(Rubrique(titre="Sans décision", ancre="restants", contenu=(Puces(tuple(restants)),)))
    return rubriques


def _table_conditions(prises: Sequence[tuple[Candidat | None, Decision]]) -> Table:
    return Table(
        entetes=("Condition", "Dossier", "Responsable", "Échéance"),
        lignes=tuple(
            (
                x.texte,
                numero(c.numero) if c else TIRET,
                x.responsable.strip() or "non renseigné",
                date_courte(x.echeance) if x.echeance else "non fixée",
            )
            for c, d in prises
            for x in d.conditions
        ),
        parts=(48, 14, 22, 16),
        serree=True,
    )
