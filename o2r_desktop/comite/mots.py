"""Words that the papers, the pages and the table of the committee share."""

from decimal import Decimal

from o2r_desktop.comite.modele import Candidat, Comite
from o2r_desktop.text import date_longue, montant, nombre

TIRET = "–"


def seance_dite(comite: Comite) -> str:
    """Return the day, hour and place of the meeting."""
    s = comite.seance
    jour = f"Séance du {date_longue(s.jour)}" if s.jour else "Date de séance non fixée"
    return ", ".join(x for x in (jour, s.heure.strip(), s.lieu.strip()) if x)


def note_dite(c: Candidat) -> str:
    """Return the score, said provisional until it is complete."""
    if c.score.total is None:
        return "non noté"
    return nombre(c.score.total, 2) if c.score.complet else f"prov. {nombre(c.score.total, 2)}"


def avis_dit(c: Candidat) -> str:
    """Return the avis, and what keeps it from being final."""
    if c.avis is None:
        return "Avis non rendu"
    if c.perime:
        return f"{c.avis.libelle} (données modifiées depuis)"
    return c.avis.libelle if c.definitif else f"{c.avis.libelle} (projet)"


def propose(c: Candidat) -> Decimal | None:
    """Return what the instructor proposes over all years, None without amounts."""
    return sum(c.montants.values(), Decimal(0)) if c.montants else None


def somme_dite(valeur: Decimal | None) -> str:
    """Return an amount, or that it is unknown."""
    return "inconnue" if valeur is None else montant(valeur)
