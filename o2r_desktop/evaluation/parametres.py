"""Parameters of a campagne: what the rules need and the AMI or the DREETS decides. Data, not code."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from o2r_desktop.evaluation.mots import ARTICLES, Mots, mots, sans_articles, souples
from o2r_desktop.text import PARIS


@dataclass(frozen=True, kw_only=True)
class Parametres:
    """What the rules compare with.

    ``date_limite`` is an aware time, included (AMI, Modalités de dépôt). Amounts are euros. Departments are
    codes. ``seuil_hors_formation``: whether ELI-07 is judged on the cost less training (proposition, to be
    settled by the DREETS). ``exclus_noms`` are normalised beginnings or parts of names (AMI, Conditions
    d'éligibilité: «en principe»); ``exclus_categories`` are INSEE legal categories; ``enveloppe`` maps a year to
    the money available, empty when unknown.
    """

    nom: str
    service: str
    date_limite: datetime
    seuil_cout_total: Decimal
    seuil_hors_formation: bool
    demarche_chemin: str
    demarche_numero: int | None
    departements: tuple[str, ...]
    departements_p1: tuple[str, ...]
    departements_p2: tuple[str, ...]
    publics_p1: tuple[str, ...]
    publics_p2: tuple[str, ...]
    exclus_noms: tuple[str, ...]
    exclus_siren: tuple[str, ...]
    exclus_categories: tuple[str, ...]
    parcours_mois: int
    parcours_mois_max: int
    duree_annees: int
    etp_cout_min: Decimal
    etp_cout_max: Decimal
    premiere_annee: int
    enveloppe: Mapping[str, Decimal]

    @cached_property
    def mots_exclus(self) -> tuple[Mots, ...]:
        """Words of ``exclus_noms`` that may stand anywhere in a name, each once."""
        tous = dict.fromkeys(mots(n) for n in self.exclus_noms)
        return tuple(m for m in tous if m and sans_articles(m) == m)

    @cached_property
    def debuts_exclus(self) -> tuple[Mots, ...]:
        """Words of ``exclus_noms`` that end with an article and so begin a name, without that article."""
        debuts = dict.fromkeys(sans_articles(m) for n in self.exclus_noms if (m := mots(n)) and m[-1] in ARTICLES)
        return tuple(d for d in debuts if d)

    @cached_property
    def mots_p1(self) -> tuple[Mots, ...]:
        """Words of ``publics_p1``."""
        return tuple(souples(p) for p in self.publics_p1)

    @cached_property
    def mots_p2(self) -> tuple[Mots, ...]:
        """Words of ``publics_p2``."""
        return tuple(souples(p) for p in self.publics_p2)

    @property
    def annees(self) -> tuple[str, ...]:
        """The years of the convention, «2026» first."""
        return tuple(str(self.premiere_annee + n) for n in range(self.duree_annees))

    def avec(self, **changements: Any) -> "Parametres":
        """Return a copy with some values changed."""
        return replace(self, **changements)

    def en_json(self) -> dict[str, Any]:
        """Return plain JSON types; amounts are texts."""
        brut = asdict(self)
        brut["date_limite"] = self.date_limite.isoformat()
        for cle in ("seuil_cout_total", "etp_cout_min", "etp_cout_max"):
            brut[cle] = str(brut[cle])
        brut["enveloppe"] = {annee: str(somme) for annee, somme in self.enveloppe.items()}
        return brut


def parametres_de(brut: Mapping[str, Any]) -> Parametres:
    """Build parameters from TOML or JSON types; raises KeyError or ValueError on a missing or wrong value."""
    valeurs = dict(brut)
    limite = valeurs["date_limite"]
    if not isinstance(limite, datetime):
        limite = datetime.fromisoformat(str(limite))
    valeurs["date_limite"] = limite if limite.tzinfo else limite.replace(tzinfo=PARIS)
    for cle in ("seuil_cout_total", "etp_cout_min", "etp_cout_max"):
        valeurs[cle] = Decimal(str(valeurs[cle]))
    for cle in ("departements", "departements_p1", "departements_p2", "publics_p1", "publics_p2",
                "exclus_noms", "exclus_siren", "exclus_categories"):  # fmt: skip
        valeurs[cle] = tuple(str(v) for v in valeurs[cle])
    valeurs["enveloppe"] = {str(a): Decimal(str(s)) for a, s in dict(valeurs.get("enveloppe", {})).items()}
    valeurs.setdefault("demarche_numero", None)
    return Parametres(**valeurs)
