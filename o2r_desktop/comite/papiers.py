"""What each paper of the committee says: attendance sheet, agenda, minutes, list of decisions, booklet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from o2r_desktop.comite.blocs import bloc_de
from o2r_desktop.comite.couverture import CaseCouverture, Couverture
from o2r_desktop.comite.decisions import votants_de
from o2r_desktop.comite.enveloppe import Simulation, Sort
from o2r_desktop.comite.modele import Bloc, Candidat, Comite, Decision
from o2r_desktop.dossiers.territoires import nom_departement
from o2r_desktop.evaluation.grille import Grille
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.notes.modele import Aligne, Contenu, Fiche, Forme, Puces, Rubrique, Table, Texte, Titre
from o2r_desktop.notes.papier import Papier
from o2r_desktop.text import date_courte, date_longue, enumeration, montant, nombre, numero, pluriel

TIRET = "–"
_LIGNES_VIDES = 10


class Genre(StrEnum):
    """A paper of the committee; the value names its file."""

    PRESENCE = "feuille-de-presence"
    ORDRE_DU_JOUR = "ordre-du-jour"
    PROCES_VERBAL = "proces-verbal"
    RELEVE = "releve-de-decisions"
    RECUEIL = "recueil"

    @property
    def libelle(self) -> str:
        """Return the title that is printed."""
        return _TITRES[self]


_TITRES = {
    Genre.PRESENCE: "Feuille de présence",
    Genre.ORDRE_DU_JOUR: "Ordre du jour",
    Genre.PROCES_VERBAL: "Procès-verbal",
    Genre.RELEVE: "Relevé de décisions",
    Genre.RECUEIL: "Recueil du comité",
}


@dataclass(frozen=True, kw_only=True)
class Matiere:
    """All that the papers are made from. ``ordre`` are the candidates in the order of the agenda."""

    comite: Comite
    ordre: Sequence[Candidat]
    simulation: Simulation
    couverture: Couverture
    parametres: Parametres
    grille: Grille
    now: datetime
    version: str
    auteur: str


def papier(genre: Genre, m: Matiere) -> Papier:
    """Return what a paper says."""
    parties = {
        Genre.PRESENCE: _presence,
        Genre.ORDRE_DU_JOUR: _ordre_du_jour,
        Genre.PROCES_VERBAL: _proces_verbal,
        Genre.RELEVE: _releve,
        Genre.RECUEIL: _comparatif,
    }[genre](m)
    indecis = sum(c.numero not in m.comite.decisions for c in m.ordre)
    ouvert = genre in (Genre.PROCES_VERBAL, Genre.RELEVE) and (indecis > 0 or not m.ordre)
    return Papier(
        titre=genre.libelle,
        sous_titre=_seance_dite(m.comite),
        genre="Comité de sélection",
        statut=f"Projet, {pluriel(indecis, 'dossier')} sans décision" if ouvert else "",
        service=m.parametres.service,
        ami=m.parametres.nom,
        rubriques=tuple(parties),
        auteur=m.parametres.service,
        version=m.version,
        date=m.now,
        projet=ouvert,
    )


def _seance_dite(comite: Comite) -> str:
    s = comite.seance
    jour = f"Séance du {date_longue(s.jour)}" if s.jour else "Date de séance non fixée"
    return ", ".join(x for x in (jour, s.heure.strip(), s.lieu.strip()) if x)


# --- attendance sheet -----------------------------------------------------------------------------------------


def _presence(m: Matiere) -> list[Rubrique]:
    membres = m.comite.membres
    lignes = [(x.nom, x.qualite, "oui" if x.voix else "non", "") for x in membres]
    lignes += [("", "", "", "")] * max(2, _LIGNES_VIDES - len(lignes) if not membres else 2)
    table = Table(
        entetes=("Nom", "Qualité", "Voix", "Signature"),
        lignes=tuple(lignes),
        parts=(30, 32, 8, 30),
        haut=30,
        cadre=True,
    )
    return [Rubrique(titre="Membres", ancre="membres", contenu=(table,)), *_deports(m)]


def _deports(m: Matiere) -> list[Rubrique]:
    lignes = [
        (m.comite.membre(d.membre), f"{numero(c.numero)} · {c.porteur}", d.motif.strip() or "non renseigné")
        for c in m.ordre
        for d in m.comite.deports.get(c.numero, ())
    ]
    contenu: tuple[Contenu, ...] = (
        Texte("Un membre déporté quitte la séance pour ce dossier et ne vote pas (CRPA, art. L. 100-2)."),
        Table(entetes=("Membre", "Dossier", "Motif"), lignes=tuple(lignes), parts=(26, 44, 30)),
    )
    sans = (Texte("Aucun déport n’est annoncé."),)
    return [Rubrique(titre="Déports", ancre="deports", contenu=contenu if lignes else sans)]


# --- agenda ---------------------------------------------------------------------------------------------------

_A_DROITE: Aligne = "droite"
_DROITE: tuple[Aligne, ...] = (
    "gauche", "gauche", "gauche", "droite", "droite", "droite", "gauche", "gauche",
)  # fmt: skip


def _ordre_du_jour(m: Matiere) -> list[Rubrique]:
    places = {c.numero: rang for rang, c in enumerate(m.ordre, 1)}
    rubriques = []
    for bloc in Bloc:
        siens = [c for c in m.ordre if bloc_de(c, m.comite, m.grille)[0] is bloc]
        if siens:
            titre = f"{bloc.libelle} ({pluriel(len(siens), 'dossier')})"
            rubriques.append(Rubrique(titre=titre, ancre=bloc.value, contenu=(_table_ordre(m, siens, places),)))
    vide = Rubrique(titre="Dossiers", ancre="dossiers", contenu=(Texte("Aucun dossier n’est évalué."),))
    return [*(rubriques or [vide]), _enveloppe(m), *_couverture(m), *_deports(m)]


def _table_ordre(m: Matiere, candidats: Sequence[Candidat], places: dict[int, int]) -> Table:
    return Table(
        entetes=(
            "N°",
            "Dossier et porteur",
            "Territoire",
            "Score",
            "Demande",
            "Proposé",
            "Avis",
            "Pourquoi ce bloc",
        ),
        lignes=tuple(
            (
                str(places[c.numero]),
                f"{numero(c.numero)} · {c.porteur}",
                f"{', '.join(c.departements) or TIRET} · {c.priorite}",
                _note(c),
                _somme(c.demande),
                _somme(_propose(c)),
                _avis(c),
                bloc_de(c, m.comite, m.grille)[1],
            )
            for c in candidats
        ),
        parts=(5, 23, 12, 9, 13, 13, 12, 13),
        alignes=_DROITE,
        serree=True,
    )


def _enveloppe(m: Matiere) -> Rubrique:
    s = m.simulation
    contenu: list[Contenu] = [
        Texte(
            f"Scénario {s.scenario.id}, {s.scenario.nom} : {s.scenario.base.libelle}. "
            f"{pluriel(len(s.retenus), 'dossier')} dans l’enveloppe. Les montants décidés en séance remplacent "
            "ceux du scénario.",
            Forme.LEGENDE,
        )
    ]
    if not s.enveloppe:
        contenu.append(Texte("L’enveloppe de la campagne n’est pas renseignée.", Forme.ATTENTION))
    annees = sorted({*s.enveloppe, *s.depense})
    zero = Decimal(0)
    lignes = [
        (
            annee,
            _somme(s.enveloppe.get(annee)),
            montant(s.depense.get(annee, zero)),
            _somme(s.reste.get(annee)),
            TIRET if not s.enveloppe.get(annee) else f"{nombre(s.depense[annee] * 100 / s.enveloppe[annee], 1)} %",
        )
        for annee in annees
    ]
    total = sum(s.enveloppe.values(), zero) if s.enveloppe else None
    reste = None if total is None else total - s.total
    part = f"{nombre(s.total * 100 / total, 1)} %" if total else TIRET
    lignes.append(
        ("Trois ans" if len(annees) == 3 else "Total", _somme(total), montant(s.total), _somme(reste), part)
    )
    contenu.append(
        Table(
            entetes=("Année", "Enveloppe", "Engagé", "Reste", "Part"),
            lignes=tuple(lignes),
            parts=(20, 22, 22, 22, 14),
            alignes=("gauche", "droite", "droite", "droite", "droite"),
            fortes=frozenset({len(lignes) - 1}),
        )
    )
    attente = [li for li in s.lignes if li.sort is Sort.ATTENTE]
    if attente:
        contenu.append(Texte(f"Sous la ligne : {pluriel(len(attente), 'dossier')}.", Forme.ETIQUETTE))
        contenu.append(
            Puces(
                tuple(
                    f"{numero(li.candidat.numero)} · {li.candidat.porteur}, {montant(li.part.total)} : {li.raison}"
                    + (" ; tiendrait dans ce qui reste" if li.tiendrait else "")
                    for li in attente
                )
            )
        )
    return Rubrique(titre="Enveloppe", ancre="enveloppe", contenu=tuple(contenu))


def _couverture(m: Matiere) -> list[Rubrique]:
    c = m.couverture
    if not c.departements or not c.publics:
        return []
    table = Table(
        entetes=("Public", *(nom_departement(code) for code in c.departements)),
        lignes=tuple(
            (public, *(_couvert(case) for case in ligne)) for public, ligne in zip(c.publics, c.cases, strict=True)
        ),
        parts=(30, *(70 / len(c.departements) for _ in c.departements)),
        serree=True,
    )
    trous = tuple(f"{public} : {enumeration(departements)}" for public, departements in c.trous)
    legende = Texte(
        "Dossiers dans l’enveloppe sur dossiers évalués ; un dossier compte dans chaque département et chaque "
        "public qu’il nomme (AMI, Publics cibles et territoires visés). P1, P2 : priorité de l’AMI.",
        Forme.LEGENDE,
    )
    dits: tuple[Contenu, ...] = (Texte("Chaque priorité de l’AMI est servie."),)
    if trous:
        dits = (Texte("Priorités qu’aucun dossier de l’enveloppe ne sert", Forme.ETIQUETTE), Puces(trous))
    return [Rubrique(titre="Couverture des priorités", ancre="couverture", contenu=(legende, table, *dits))]


def _couvert(case: CaseCouverture) -> str:
    if not case.candidats and not case.prioritaire:
        return TIRET
    suite = f" ({case.prioritaire})" if case.prioritaire else ""
    return f"{case.retenus} sur {case.candidats}{suite}"


# --- minutes and decisions ------------------------------------------------------------------------------------


def _proces_verbal(m: Matiere) -> list[Rubrique]:
    presents = [x for x in m.comite.membres if x.present]
    absents = [x.nom for x in m.comite.membres if not x.present]
    fiche = Fiche((
        ("Séance", _seance_dite(m.comite)),
        ("Présidence", m.comite.seance.president.strip() or "non renseignée"),
        ("Présents", enumeration([_membre(x.nom, x.qualite, voix=x.voix) for x in presents]) or "aucun"),
        ("Absents", enumeration(absents) or "aucun"),
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
        _enveloppe(m),
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
        ("Avis de l’instructeur", f"{_avis(c)}{_suite_avis(c)}"),
        ("Demande", _somme(c.demande)),
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
    propose = _propose(c)
    return note + ("" if propose is None else f", {montant(propose)} proposés")


def _vote(m: Matiere, c: Candidat, d: Decision) -> str:
    if d.pour is None and d.contre is None and d.abstentions is None:
        return "décision prise sans vote"
    dits = f"{d.pour or 0} pour, {d.contre or 0} contre, {pluriel(d.abstentions or 0, 'abstention')}"
    return f"{dits} ({pluriel(votants_de(c.numero, m.comite), 'votant')})"


def _annees(d: Decision) -> str:
    parties = enumeration([f"{montant(s)} en {annee}" for annee, s in sorted(d.montants.items())])
    return f"{montant(d.montant)} : {parties}"


def _releve(m: Matiere) -> list[Rubrique]:
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


# --- booklet --------------------------------------------------------------------------------------------------


def _comparatif(m: Matiere) -> list[Rubrique]:
    lignes = [
        (
            f"{numero(li.candidat.numero)} · {li.candidat.porteur}",
            f"{', '.join(li.candidat.departements) or TIRET} · {li.candidat.priorite}",
            _note(li.candidat),
            _somme(li.candidat.demande),
            _somme(li.part.total) if li.part.total else TIRET,
            montant(sum(li.cumul.values(), Decimal(0))) if li.sort is Sort.RETENU else li.sort.libelle,
            _avis(li.candidat),
        )
        for li in m.simulation.lignes
    ]
    contenu: tuple[Contenu, ...] = (Texte("Aucun dossier n’est évalué."),)
    if lignes:
        contenu = (
            Table(
                entetes=("Dossier", "Territoire, priorité", "Score", "Demande", "Scénario", "Cumul", "Avis"),
                lignes=tuple(lignes),
                parts=(24, 14, 9, 14, 14, 14, 13),
                alignes=("gauche", "gauche", "droite", "droite", "droite", "droite", "gauche"),
                serree=True,
            ),
        )
    table = Rubrique(titre="Tableau comparatif", ancre="comparatif", contenu=contenu)
    return [table, _enveloppe(m), *_couverture(m)]


def _note(c: Candidat) -> str:
    if c.score.total is None:
        return "non noté"
    return nombre(c.score.total, 2) if c.score.complet else f"prov. {nombre(c.score.total, 2)}"


def _avis(c: Candidat) -> str:
    if c.avis is None:
        return "Avis non rendu"
    if c.perime:
        return f"{c.avis.libelle} (données modifiées depuis)"
    return c.avis.libelle if c.definitif else f"{c.avis.libelle} (projet)"


def _propose(c: Candidat) -> Decimal | None:
    return sum(c.montants.values(), Decimal(0)) if c.montants else None


def _somme(valeur: Decimal | None) -> str:
    return "inconnue" if valeur is None else montant(valeur)
