"""What each paper of the committee says: attendance sheet, agenda, minutes, list of decisions, booklet."""

from collections.abc import Sequence
from decimal import Decimal

from o2r_desktop.comite.blocs import bloc_de
from o2r_desktop.comite.enveloppe import Sort
from o2r_desktop.comite.matiere import Genre, Matiere
from o2r_desktop.comite.minutes import proces_verbal, releve
from o2r_desktop.comite.modele import Bloc, Candidat
from o2r_desktop.comite.mots import TIRET, avis_dit, note_dite, propose, seance_dite, somme_dite
from o2r_desktop.comite.parties import couverture, deports, enveloppe
from o2r_desktop.notes.modele import Aligne, Contenu, Rubrique, Table, Texte
from o2r_desktop.notes.papier import Papier
from o2r_desktop.text import montant, numero, pluriel

_LIGNES_VIDES = 10


def papier(genre: Genre, m: Matiere) -> Papier:
    """Return what a paper says."""
    parties = {
        Genre.PRESENCE: _presence,
        Genre.ORDRE_DU_JOUR: _ordre_du_jour,
        Genre.PROCES_VERBAL: proces_verbal,
        Genre.RELEVE: releve,
        Genre.RECUEIL: _comparatif,
    }[genre](m)
    indecis = sum(c.numero not in m.comite.decisions for c in m.ordre)
    ouvert = genre in (Genre.PROCES_VERBAL, Genre.RELEVE) and (indecis > 0 or not m.ordre)
    return Papier(
        titre=genre.libelle,
        sous_titre=seance_dite(m.comite),
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
    return [Rubrique(titre="Membres", ancre="membres", contenu=(table,)), *deports(m)]


# --- agenda ---------------------------------------------------------------------------------------------------

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
    return [*(rubriques or [vide]), enveloppe(m), *couverture(m), *deports(m)]


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
                note_dite(c),
                somme_dite(c.demande),
                _propose(c),
                avis_dit(c),
                bloc_de(c, m.comite, m.grille)[1],
            )
            for c in candidats
        ),
        parts=(5, 23, 12, 9, 13, 13, 12, 13),
        alignes=_DROITE,
        serree=True,
    )


def _propose(c: Candidat) -> str:
    """Return what is proposed; a refusal proposes nothing, which is no unknown amount."""
    somme = propose(c)
    return TIRET if somme is None else montant(somme)


# --- booklet --------------------------------------------------------------------------------------------------


def _comparatif(m: Matiere) -> list[Rubrique]:
    lignes = [
        (
            f"{numero(li.candidat.numero)} · {li.candidat.porteur}",
            f"{', '.join(li.candidat.departements) or TIRET} · {li.candidat.priorite}",
            note_dite(li.candidat),
            somme_dite(li.candidat.demande),
            somme_dite(li.part.total) if li.part.total else TIRET,
            montant(sum(li.cumul.values(), Decimal(0))) if li.sort is Sort.RETENU else li.sort.libelle,
            avis_dit(li.candidat),
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
    return [table, enveloppe(m), *couverture(m)]
