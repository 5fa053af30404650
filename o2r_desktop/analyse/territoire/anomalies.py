"""What is wrong with the diagnostic of the AMI, or easily misread (metier § 4.3, anomalies 1 to 7)."""

from dataclasses import dataclass

from o2r_desktop.text import normalise


@dataclass(frozen=True, slots=True, kw_only=True)
class AnomalieAmi:
    """One anomaly: its number in metier § 4.3, what to know in French, the figures that it touches.

    A figure is touched when its indicator begins with one of ``indicateurs`` and, where they are given, its place
    and value are among ``territoires`` and ``valeurs``. None is when ``indicateurs`` is empty: the anomaly is then
    of the text of the AMI.
    """

    numero: int
    phrase: str
    indicateurs: tuple[str, ...] = ()
    territoires: tuple[str, ...] = ()
    valeurs: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()

    def touche(self, territoire: str, indicateur: str, valeur: str, date: str) -> bool:
        """Say whether a figure is concerned."""
        return (
            any(normalise(indicateur).startswith(debut) for debut in self.indicateurs)
            and (not self.territoires or territoire in self.territoires)
            and (not self.valeurs or "".join(valeur.split()) in self.valeurs)
            and (not self.dates or date in self.dates)
        )


ANOMALIES = (
    AnomalieAmi(
        numero=1,
        phrase="En Sarthe, 26 % de 42 796 demandeurs d’emploi font environ 11 130 personnes de plus de 50 ans ; le "
        "nombre de 23 695 en ferait 55 %. Un des deux est faux : n’en reprendre aucun sans le vérifier.",
        indicateurs=("demandeurs d'emploi abc de plus de 50 ans", "part des plus de 50 ans parmi les de abc"),
        territoires=("Sarthe (72)",),
        valeurs=("23695", "26"),
    ),
    AnomalieAmi(
        numero=2,
        phrase="L’AMI met le Maine-et-Loire (11,1 %) et la Mayenne (11 %) à la même 8e place nationale pour la "
        "pauvreté : ce rang n’est sûr pour aucun des deux.",
        indicateurs=("rang national du taux de pauvrete",),
        valeurs=("8",),
    ),
    AnomalieAmi(
        numero=3,
        phrase="L’AMI mêle les taux de chômage du 3e et du 4e trimestre 2023 : ne comparer entre eux que ceux du "
        "même trimestre.",
        indicateurs=("taux de chomage",),
        dates=("T3 2023", "T4 2023"),
    ),
    AnomalieAmi(
        numero=4,
        phrase="Les chiffres de l’AMI vont de 2020 à mars 2024 pour un appel de 2025 : des données plus récentes, "
        "datées et sourcées, sont recevables.",
    ),
    AnomalieAmi(
        numero=5,
        phrase="L’AMI parle de complémentarité ; l’article L. 5316-1 du code du travail dit que l’organisme agit "
        "en lien avec les autres membres du réseau pour l’emploi.",
    ),
    AnomalieAmi(
        numero=6,
        phrase="Dans l’AMI, un même tiret de la priorité 2 réunit deux publics : les habitants de l’espace rural, "
        "et les personnes aux difficultés de santé mentale, de comportement ou d’addiction. À lire à part.",
    ),
    AnomalieAmi(
        numero=7,
        phrase="Les bornes d’âge diffèrent : moins de 26 ans (priorité 1), 55 ans et plus (priorité 2), mais plus "
        "de 50 ans et moins de 25 ans dans les statistiques de l’AMI. Une borne ne mesure pas l’autre.",
        indicateurs=(
            "part des plus de 50 ans",
            "demandeurs d'emploi abc de plus de 50 ans",
            "part des moins de 25 ans",
            "part des actifs parmi les 55-64 ans",
        ),
    ),
)
"""The seven anomalies of metier § 4.3, in our words."""


def anomalie(numero: int) -> AnomalieAmi:
    """Return an anomaly by its number."""
    return next(a for a in ANOMALIES if a.numero == numero)


def anomalie_de(territoire: str, indicateur: str, valeur: str, date: str) -> str:
    """Return what is to be known of a figure, «» when nothing is."""
    return " ".join(a.phrase for a in ANOMALIES if a.touche(territoire, indicateur, valeur, date))
