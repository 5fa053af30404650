"""What is asked of the O2R each year, and the share of the lead in a consortium (FIN-08)."""

from dataclasses import dataclass
from decimal import Decimal

from o2r_desktop.dossiers.budget import euros, lire_budget
from o2r_desktop.dossiers.model import Dossier, Membre
from o2r_desktop.text import NBSP, arrondi, normalise


@dataclass(frozen=True, slots=True, kw_only=True)
class Demande:
    """The annual request that is weighed and the words that say which; the share of the lead of a consortium.

    ``annuelle`` is None when the request is unknown. ``part_du_chef`` and ``totale`` are the contributions of the
    lead and of all members, None unless each member's is known.
    """

    annuelle: Decimal | None = None
    texte: str = f"demande annuelle{NBSP}: non renseignée"
    part_du_chef: Decimal | None = None
    totale: Decimal | None = None

    @property
    def annuelle_du_chef(self) -> Decimal | None:
        """The annual request that stays with the lead, by its share of the contributions."""
        if self.annuelle is None or self.part_du_chef is None or not self.totale:
            return None
        return arrondi(self.annuelle * self.part_du_chef / self.totale)


def lire_demande(dossier: Dossier) -> Demande:
    """Read the annual request: the highest year, else the mean of the total when a year is unknown (FIN-08)."""
    budget = lire_budget(dossier)
    chef, totale = parts(dossier)
    annees = [d.valeur for d in budget.demandes if d.valeur is not None]
    if len(annees) == len(budget.demandes):
        haute = max(annees)
        return Demande(
            annuelle=haute, texte=f"demande la plus forte {euros(haute)}", part_du_chef=chef, totale=totale
        )
    total = budget.demande_total.valeur
    if total is None:
        return Demande()
    moyenne = arrondi(max([total / 3, *annees]))
    return Demande(
        annuelle=moyenne, texte=f"demande annuelle moyenne {euros(moyenne)}", part_du_chef=chef, totale=totale
    )


def parts(dossier: Dossier) -> tuple[Decimal | None, Decimal | None]:
    """Return the contributions of the lead and of all members, None when one of them is unknown."""
    connues = [m.contribution for m in dossier.membres if m.contribution is not None]
    if len(dossier.membres) < 2 or len(connues) != len(dossier.membres):
        return None, None
    chef = next((m for m in dossier.membres if _est_chef(m, dossier)), None)
    return (None if chef is None else chef.contribution), sum(connues, Decimal(0))


def _est_chef(membre: Membre, dossier: Dossier) -> bool:
    """Say whether a member is the lead: by its SIRET, else by the role that it declares."""
    if membre.siret and dossier.porteur.siret:
        return membre.siret == dossier.porteur.siret
    return normalise(membre.role).startswith("chef de file")
