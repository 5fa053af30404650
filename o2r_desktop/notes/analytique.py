"""The part of a note on analytic accounting: where each part of the sheet stands, conditions for the convention."""

from o2r_desktop.analyse.analytique.fiche import Analytique, ReponseFiche
from o2r_desktop.analyse.analytique.questions import Partie, questions_de
from o2r_desktop.evaluation.preuves import suite_dite
from o2r_desktop.notes.matiere import Matiere
from o2r_desktop.notes.modele import Contenu, Forme, Puces, Rubrique, Table, Texte, Titre
from o2r_desktop.notes.valeurs import TIRET


def analytique(m: Matiere) -> Rubrique | None:
    """Return the sheet, None while nothing was answered: its critere then says what is declared."""
    fiche = m.analyse.analytique
    if not fiche.commencee:
        return None
    return Rubrique(
        titre="Comptabilité analytique",
        ancre="analytique",
        contenu=(_parties(fiche), *_conditions(fiche)),
    )


def _parties(fiche: Analytique) -> Table:
    return Table(
        entetes=("Partie", "État", "Réponses de l’instructeur"),
        lignes=tuple((p.partie.libelle, p.etat.value, _reponses(fiche, p.partie)) for p in fiche.parties),
        parts=(1.6, 1, 4.6),
        serree=True,
    )


def _reponses(fiche: Analytique, partie: Partie) -> str:
    donnees = (fiche.reponses[q.id] for q in questions_de(partie))
    return " ; ".join(_dite(r) for r in donnees if r.valeur) or TIRET


def _dite(reponse: ReponseFiche) -> str:
    lieu = reponse.source
    source = "" if lieu is None else f" (source : {lieu.ou}{suite_dite(lieu.ou, lieu.page)})"
    note = f", {reponse.note.strip()}" if reponse.note.strip() else ""
    return f"{reponse.question.court} : {reponse.dite}{note}{source}"


def _conditions(fiche: Analytique) -> tuple[Contenu, ...]:
    retenues = tuple(f"{c.phrase} ({c.critere}, {c.echeance})" for c in fiche.conditions if c.retenue)
    if not retenues:
        return (
            Texte("Aucune condition retenue par l’instructeur pour la convention.", Forme.LEGENDE),
        ) if fiche.conditions else ()  # fmt: skip
    return (Titre("Conditions retenues pour la convention"), Puces(retenues))
