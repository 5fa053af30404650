"""A section of the grille in a note: its score, its criteria with what stands behind each answer."""

from collections.abc import Sequence

from o2r_desktop.evaluation.grille import Critere, Section, TypeCritere
from o2r_desktop.notes.matiere import Matiere
from o2r_desktop.notes.modele import Contenu, Forme, Table, Texte, Titre
from o2r_desktop.notes.valeurs import etiquette, passage
from o2r_desktop.text import enumeration, nombre, pluriel


def table_criteres(m: Matiere, criteres: Sequence[Critere]) -> Table:
    """Return criteria with their answer, and what was computed, judged and found."""
    echelle = any(c.type is TypeCritere.ECHELLE for c in criteres)
    return Table(
        entetes=("Critère", "Réponse", "Ce qui la fonde"),
        lignes=tuple(
            (
                f"{c.id} · {c.libelle}",
                etiquette(c, m.reponse(c), m.constats_de(c)),
                passage(m.reponse(c), m.constats_de(c), m.dossier.pieces),
            )
            for c in criteres
        ),
        parts=(26, 25, 49) if echelle else (31, 18, 51),
    )


def ancre_section(section: Section) -> str:
    """Return the anchor of a section."""
    return f"section-{section.id}"


def appreciation(m: Matiere, identifiant: str) -> tuple[Contenu, ...]:
    """Return the heading and the table of one section of the grille, nothing when the grille has none."""
    return tuple(bloc for section in m.sections(identifiant) for bloc in bloc_section(m, section))


def bloc_section(m: Matiere, section: Section) -> tuple[Contenu, ...]:
    """Return a section: its score, the criteria that hold something, the names of the others."""
    score = m.score.par_section.get(section.id)
    dite = f"{nombre(score, 1)} sur 100" if score is not None else "non notée"
    poids = f", poids {section.poids} (proposition)" if section.poids else ""
    pleins = [c for c in section.criteres if c.id in m.evaluation.reponses or m.constats_de(c)]
    vides = [c for c in section.criteres if c not in pleins]
    contenu: list[Contenu] = [Titre(f"{section.libelle} : {dite}{poids}", ancre_section(section))]
    if pleins:
        contenu.append(table_criteres(m, pleins))
    if vides:
        noms = enumeration([f"{c.libelle} ({c.id})" for c in vides])
        contenu.append(Texte(f"{pluriel(len(vides), 'critère')} sans réponse : {noms}.", Forme.LEGENDE))
    return tuple(contenu)
