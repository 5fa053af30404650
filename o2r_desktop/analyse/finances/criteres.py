"""What the accounts say of the criteria FIN-01 to FIN-08: findings and sentences, never a level (grille, FIN)."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from o2r_desktop.analyse.angles import Angle, Repere
from o2r_desktop.analyse.finances.mesures import Exercice, Lecture, annualise, autofinancement
from o2r_desktop.analyse.finances.ratios import Ratio
from o2r_desktop.analyse.finances.sante import Finances
from o2r_desktop.analyse.saisie import Source
from o2r_desktop.evaluation.constats import Constat, Resultat
from o2r_desktop.text import NBSP, NNBSP, enumeration, nombre

RATIOS_DE: dict[str, tuple[str, ...]] = {
    "FIN-02": ("fonds_propres", "report_a_nouveau"),
    "FIN-03": ("autonomie",),
    "FIN-04": ("resultat", "evolution"),
    "FIN-05": ("jours", "jours_libres", "roulement", "roulement_sans", "besoin", "tresorerie", "dedies"),
    "FIN-06": ("liquidite", "endettement", "caf"),
    "FIN-07": ("premier_financeur", "subventions"),
    "FIN-08": ("demande",),
}
"""The ratios that help to answer each critere, the one that decides first."""
_MESURES: dict[str, tuple[str, ...]] = {
    **RATIOS_DE,
    "FIN-04": ("resultat",),
    "FIN-05": ("jours", "jours_libres", "tresorerie", "roulement"),
}
"""Those whose reading makes the result of the constat."""
_GRILLE = {
    "FIN-02": "négatifs, alerte dans la note",
    "FIN-03": f"moins de 10{NNBSP}% niveau 0, puis un niveau par dizaine, 4 à partir de 40{NNBSP}%",
    "FIN-04": f"trois déficits ou plus de 10{NNBSP}% de déficit niveau 0, excédents réguliers et modérés niveau 4",
    "FIN-05": "moins de 15 jours niveau 0, 30 jours niveau 2, 60 jours niveau 3, 90 jours niveau 4",
    "FIN-06": "liquidité de moins de 0,8 et autofinancement négatif niveau 0, au moins 1,5 et positif niveau 4",
    "FIN-07": f"premier financeur à plus de 70{NNBSP}% niveau 0, moins de 30{NNBSP}% niveau 4",
}
_PAR_AUTONOMIE = ((10, "0"), (20, "1"), (30, "2"), (40, "3"))
_PAR_JOURS = ((15, "0"), (30, "1"), (60, "2"), (90, "3"))
_RESULTATS = {
    Lecture.VERT: Resultat.CONFORME,
    Lecture.ORANGE: Resultat.ALERTE,
    Lecture.ROUGE: Resultat.ALERTE,
    Lecture.INCONNU: Resultat.INCONNU,
}


def constats(finances: Finances) -> tuple[Constat, ...]:
    """Return the findings FIN-02 to FIN-07, none while no figure is typed."""
    if not finances.saisie:
        return ()
    return tuple(_constat(finances, critere) for critere in _GRILLE)


def _constat(finances: Finances, critere: str) -> Constat:
    trouves = _ratios(finances, RATIOS_DE[critere])
    principaux = [r for r in trouves if r.cle in _MESURES[critere]]
    if finances.sans_objet:
        resultat, valeur = Resultat.SANS_OBJET, f"{finances.sans_objet}."
    else:
        resultat = _pire(r.lecture for r in principaux)
        valeur = " ".join((*(r.phrase for r in principaux), *_reperes_de_grille(finances, critere)))
    return Constat(
        critere=critere,
        resultat=resultat,
        valeur=valeur,
        preuve=enumeration([_place(s) for s in _sources(trouves)]) or "comptes saisis, sans pièce citée",
        regle=_regle(critere, trouves),
    )


def _regle(critere: str, trouves: Sequence[Ratio]) -> str:
    seuils = f"{NNBSP}; ".join(f"{r.nom} = {r.formule} ({r.seuil})" for r in trouves if r.cle in _MESURES[critere])
    debut = f"{seuils}{NNBSP}; " if seuils else ""
    return (
        f"{debut}repère de la grille{NBSP}: {_GRILLE[critere]} (AMI, Conditions d’éligibilité, santé financière"
        f"{NNBSP}; formules d’usage courant, seuils{NBSP}: proposition){NNBSP}; aucun ratio n’écarte un dossier à "
        "lui seul"
    )


def _pire(lectures: Iterable[Lecture]) -> Resultat:
    """Return the result of the readings together: an alert wins, what is unknown wins over what is good."""
    obtenus = {_RESULTATS[lu] for lu in lectures if lu in _RESULTATS}
    ordre = (Resultat.ALERTE, Resultat.INCONNU, Resultat.CONFORME)
    return next((r for r in ordre if r in obtenus), Resultat.INCONNU)


def _ratios(finances: Finances, cles: Sequence[str]) -> list[Ratio]:
    return [r for cle in cles if (r := finances.ratio(cle)) is not None]


def _sources(trouves: Sequence[Ratio]) -> list[Source]:
    return list(dict.fromkeys(s for r in trouves for s in r.sources))


def _place(source: Source) -> str:
    return source.ou if source.page is None else f"{source.ou}, p.{NBSP}{source.page}"


def _reperes_de_grille(finances: Finances, critere: str) -> Iterator[str]:
    """Yield the level that the thresholds of the grille would point to: a proposal, never an answer."""
    niveau = niveau_propose(finances, critere)
    if niveau:
        yield f"Repère de la grille{NBSP}: niveau {niveau} (proposition)."


def niveau_propose(finances: Finances, critere: str) -> str:
    """Return the level that the grille proposes for the figures of a critere («2», «1 ou 2»), «» when it cannot."""
    dernier = finances.dernier
    if finances.sans_objet or dernier is None:
        return ""
    if critere == "FIN-03":
        return _niveau(_valeur(finances, "autonomie"), _PAR_AUTONOMIE)
    if critere == "FIN-05":
        return _niveau_de_tresorerie(_valeur(finances, "jours"), _valeur(finances, "jours_libres"))
    if critere == "FIN-06":
        return _niveau_de_liquidite(finances)
    if critere == "FIN-07":
        return _niveau_de_diversite(_valeur(finances, "premier_financeur"))
    return ""


def _niveau_de_tresorerie(jours: Decimal | None, libres: Decimal | None) -> str:
    niveau, libre = _niveau(jours, _PAR_JOURS), _niveau(libres, _PAR_JOURS)
    return f"{niveau}, {libre} hors fonds dédiés" if niveau and libre and niveau != libre else niveau


def _niveau(valeur: Decimal | None, seuils: Sequence[tuple[int, str]]) -> str:
    if valeur is None:
        return ""
    return next((niveau for seuil, niveau in seuils if valeur < seuil), "4")


def _niveau_de_liquidite(finances: Finances) -> str:
    """Return 0 or 4, the only two that the grille describes for FIN-06."""
    liquidite, caf = _valeur(finances, "liquidite"), _valeur(finances, "caf")
    if liquidite is None or caf is None:
        return ""
    if liquidite < Decimal("0.8") and caf < 0:
        return "0"
    return "4" if liquidite >= Decimal("1.5") and caf > 0 else ""


def _niveau_de_diversite(part: Decimal | None) -> str:
    if part is None:
        return ""
    return "0" if part > 70 else "1 ou 2" if part >= 50 else "3" if part >= 30 else "4"


def _valeur(finances: Finances, cle: str) -> Decimal | None:
    ratio = finances.ratio(cle)
    return None if ratio is None else ratio.valeur


def annees_de_dette(exercice: Exercice) -> Decimal | None:
    """Return how many years of self-financing pay the financial debts, None without a positive CAF (FIN-06)."""
    caf = annualise(autofinancement(exercice), exercice)
    if caf is None or caf <= 0 or exercice.dettes_financieres is None:
        return None
    return exercice.dettes_financieres / caf


def reperes(finances: Finances) -> tuple[Repere, ...]:
    """Return what the accounts say of FIN criteria, in sentences."""
    if not finances.saisie:
        return ()
    return tuple(Repere(critere=c, texte=t, angle=Angle.FINANCES) for c, t in _reperes(finances))


def _reperes(finances: Finances) -> Iterator[tuple[str, str]]:
    for controle in finances.controles:
        if controle.resultat is Resultat.ALERTE or controle.cle.startswith("certification/"):
            yield "FIN-01", f"{controle.nom}{NBSP}: {controle.valeur}"
    if finances.sans_objet:
        yield from ((critere, finances.lecture) for critere in RATIOS_DE)
        return
    for critere, cles in RATIOS_DE.items():
        yield from ((critere, r.phrase) for r in _ratios(finances, cles))
        yield from ((critere, texte) for texte in _reperes_de_grille(finances, critere))
    annees = None if finances.dernier is None else annees_de_dette(finances.dernier)
    if annees is not None:
        yield "FIN-06", _dette(annees)
    for crainte in finances.craintes:
        yield ("FIN-02" if crainte.cle == "au_bord" else "FIN-05"), f"{crainte.nom}{NBSP}: {crainte.texte}"


def _dette(annees: Decimal) -> str:
    return (
        f"Dettes financières ÷ capacité d’autofinancement{NBSP}: {nombre(annees, 1)}{NNBSP}; au plus 3 à 4 années "
        "attendues (proposition)."
    )
