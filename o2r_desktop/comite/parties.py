"""Parts that several papers of the committee have: envelope, coverage, who steps aside."""

from decimal import Decimal

from o2r_desktop.comite.couverture import CaseCouverture
from o2r_desktop.comite.enveloppe import Simulation, Sort
from o2r_desktop.comite.matiere import Matiere
from o2r_desktop.comite.mots import TIRET, somme_dite
from o2r_desktop.dossiers.territoires import nom_departement
from o2r_desktop.notes.modele import Contenu, Forme, Puces, Rubrique, Table, Texte
from o2r_desktop.text import enumeration, montant, nombre, numero, pluriel


def deports(m: Matiere) -> list[Rubrique]:
    """Return who steps aside for which dossier."""
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


def enveloppe(m: Matiere) -> Rubrique:
    """Return what the scenario spends by year, what is left, and what waits below the line."""
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
    contenu += [_par_annee(s), *_attente(s)]
    return Rubrique(titre="Enveloppe", ancre="enveloppe", contenu=tuple(contenu))


def _par_annee(s: Simulation) -> Table:
    annees = sorted({*s.enveloppe, *s.depense})
    zero = Decimal(0)
    lignes = [
        (
            annee,
            somme_dite(s.enveloppe.get(annee)),
            montant(s.depense.get(annee, zero)),
            somme_dite(s.reste.get(annee)),
            TIRET if not s.enveloppe.get(annee) else f"{nombre(s.depense[annee] * 100 / s.enveloppe[annee], 1)} %",
        )
        for annee in annees
    ]
    total = sum(s.enveloppe.values(), zero) if s.enveloppe else None
    reste = None if total is None else total - s.total
    part = f"{nombre(s.total * 100 / total, 1)} %" if total else TIRET
    lignes.append(
        ("Trois ans" if len(annees) == 3 else "Total", somme_dite(total), montant(s.total), somme_dite(reste), part)
    )
    return Table(
        entetes=("Année", "Enveloppe", "Engagé", "Reste", "Part"),
        lignes=tuple(lignes),
        parts=(20, 22, 22, 22, 14),
        alignes=("gauche", "droite", "droite", "droite", "droite"),
        fortes=frozenset({len(lignes) - 1}),
    )


def _attente(s: Simulation) -> list[Contenu]:
    attente = [li for li in s.lignes if li.sort is Sort.ATTENTE]
    if not attente:
        return []
    dits = tuple(
        f"{numero(li.candidat.numero)} · {li.candidat.porteur}, {montant(li.part.total)} : {li.raison}"
        + (" ; tiendrait dans ce qui reste" if li.tiendrait else "")
        for li in attente
    )
    return [Texte(f"Sous la ligne : {pluriel(len(attente), 'dossier')}.", Forme.ETIQUETTE), Puces(dits)]


def couverture(m: Matiere) -> list[Rubrique]:
    """Return publics × departments, and the priorities that nothing serves."""
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
