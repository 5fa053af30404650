"""How each ratio is made and read: formula, inputs, thresholds, whose proposal they are (metier § 3.3)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from o2r_desktop.analyse.finances.mesures import (
    ZERO,
    Exercice,
    Lecture,
    Montant,
    annualise,
    autofinancement,
    besoin,
    jours,
    moins,
    part,
    roulement,
    roulement_sans,
    somme,
    tresorerie,
    tresorerie_libre,
)

Suite = Sequence[Exercice]
"""Exercices, ascending; the last is the one that is measured."""
Mesure = Callable[[Suite], Montant]
Juge = Callable[[Suite, Montant], Lecture]
DORMANTE = 365
"""Days of charges beyond which one asks whether help is needed (metier § 3.3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """How a ratio is made: ``mesure`` gives its value from exercices, ``juge`` reads it; None is never read.

    ``champs`` are its inputs by field of an exercice; ``flux`` when flows are brought to twelve months; ``sens``
    says what the value means when it is good (or merely known), middling, bad; ``au_dela`` above a value.
    """

    cle: str
    nom: str
    unite: str
    formule: str
    seuil: str
    appui: str
    champs: tuple[str, ...]
    mesure: Mesure
    juge: Juge
    sens: tuple[str, str, str]
    flux: bool = False
    au_dela: tuple[int, str] | None = None


def avant(suite: Suite, ans: int) -> Exercice | None:
    """Return the exercice that closed *ans* years before the last, None when it was not typed."""
    annee = suite[-1].annee - ans
    return next((e for e in suite if e.annee == annee), None)


def _de(mesure: Callable[[Exercice], Montant]) -> Mesure:
    """Measure the last exercice alone."""

    def derniere(suite: Suite) -> Montant:
        return mesure(suite[-1])

    return derniere


def _rapport(haut: str, bas: str) -> Mesure:
    """Measure a field in percentage of another."""

    def mesure(suite: Suite) -> Montant:
        return part(getattr(suite[-1], haut), getattr(suite[-1], bas))

    return mesure


def _champ(nom: str) -> Mesure:
    def mesure(suite: Suite) -> Montant:
        lu: Montant = getattr(suite[-1], nom)
        return lu

    return mesure


def monte(valeur: Decimal, rouge: Decimal | int, vert: Decimal | int) -> Lecture:
    """Read a value that is the better the higher it is."""
    return Lecture.ROUGE if valeur < rouge else Lecture.ORANGE if valeur < vert else Lecture.VERT


def _entre(rouge: int, vert: int) -> Juge:
    def juge(_suite: Suite, valeur: Montant) -> Lecture:
        return Lecture.INCONNU if valeur is None else monte(valeur, rouge, vert)

    return juge


def _descend(vert: int, rouge: int) -> Juge:
    """Read a value that is the better the lower it is."""

    def juge(_suite: Suite, valeur: Montant) -> Lecture:
        if valeur is None:
            return Lecture.INCONNU
        return Lecture.ROUGE if valeur > rouge else Lecture.ORANGE if valeur >= vert else Lecture.VERT

    return juge


def _informe(_suite: Suite, valeur: Montant) -> Lecture:
    return Lecture.INCONNU if valeur is None else Lecture.INFORMATIF


def _juge_fonds_propres(suite: Suite, valeur: Montant) -> Lecture:
    if valeur is None:
        return Lecture.INCONNU
    if valeur < 0:
        return Lecture.ROUGE
    precedents = suite[-2].fonds_propres
    return Lecture.ORANGE if precedents is None or valeur < precedents else Lecture.VERT


def _juge_report(suite: Suite, report: Montant) -> Lecture:
    if report is None:
        return Lecture.INCONNU
    if report >= 0:
        return Lecture.VERT
    fonds = suite[-1].fonds_propres
    if fonds is None:
        return Lecture.INCONNU
    return Lecture.ROUGE if -report * 2 > fonds else Lecture.ORANGE


def _juge_roulement(suite: Suite, valeur: Montant) -> Lecture:
    charges = annualise(suite[-1].charges_decaissables, suite[-1])
    if valeur is None:
        return Lecture.INCONNU
    if valeur < 0:
        return Lecture.ROUGE
    return Lecture.INCONNU if charges is None else monte(valeur, ZERO, charges / 6)


def _juge_besoin(suite: Suite, valeur: Montant) -> Lecture:
    if valeur is None:
        return Lecture.INCONNU
    if valeur <= 0:
        return Lecture.VERT
    fonds = roulement(suite[-1])
    if fonds is None:
        return Lecture.INCONNU
    return Lecture.ROUGE if valeur > fonds else Lecture.ORANGE


def _juge_tresorerie(suite: Suite, valeur: Montant) -> Lecture:
    if valeur is None:
        return Lecture.INCONNU
    if valeur < 0:
        return Lecture.ROUGE
    couverts = jours(valeur, suite[-1])
    return Lecture.INCONNU if couverts is None else Lecture.ORANGE if couverts < 30 else Lecture.VERT


def _juge_jours(_suite: Suite, valeur: Montant) -> Lecture:
    if valeur is None:
        return Lecture.INCONNU
    return Lecture.ORANGE if valeur > DORMANTE else monte(valeur, 30, 60)


def _jours(suite: Suite) -> Montant:
    return jours(tresorerie(suite[-1]), suite[-1])


def _jours_libres(suite: Suite) -> Montant:
    return jours(tresorerie_libre(suite[-1]), suite[-1])


def _liquidite(suite: Suite) -> Montant:
    actif, dettes = suite[-1].actif_circulant, suite[-1].dettes_court_terme
    return None if actif is None or dettes is None or dettes <= 0 else actif / dettes


def _juge_liquidite(suite: Suite, valeur: Montant) -> Lecture:
    if valeur is None:
        sans_dette = suite[-1].dettes_court_terme == 0 and suite[-1].actif_circulant is not None
        return Lecture.VERT if sans_dette else Lecture.INCONNU
    return Lecture.ROUGE if valeur < 1 else Lecture.ORANGE if valeur < Decimal("1.2") else Lecture.VERT


def _juge_endettement(suite: Suite, valeur: Montant) -> Lecture:
    dettes, fonds = suite[-1].dettes_financieres, suite[-1].fonds_propres
    if valeur is None and dettes is not None and fonds is not None:
        return Lecture.ROUGE if dettes > 0 else Lecture.VERT
    return _descend(50, 100)(suite, valeur)


def _juge_caf(suite: Suite, valeur: Montant) -> Lecture:
    if valeur is None or valeur >= 0:
        return Lecture.INCONNU if valeur is None else Lecture.VERT
    precedente = autofinancement(suite[-2])
    return Lecture.ROUGE if precedente is not None and precedente < 0 else Lecture.ORANGE


def deficits(suite: Suite) -> list[Exercice]:
    """Return the exercices in deficit among the last three."""
    return [e for e in suite[-3:] if e.resultat is not None and e.resultat < 0]


def _juge_resultat(suite: Suite, valeur: Montant) -> Lecture:
    if valeur is None:
        return Lecture.INCONNU
    return Lecture.ROUGE if len(deficits(suite)) == 3 else monte(valeur, -5, 0)


def _evolution(suite: Suite) -> Montant:
    ancien = avant(suite, 2)
    if ancien is None:
        return None
    depart = annualise(ancien.produits, ancien)
    return part(somme(annualise(suite[-1].produits, suite[-1]), moins(depart)), depart)


def _juge_evolution(_suite: Suite, valeur: Montant) -> Lecture:
    if valeur is None:
        return Lecture.INCONNU
    return Lecture.ORANGE if valeur > 30 else monte(valeur, -15, 0)


def _dedies(suite: Suite) -> Montant:
    return part(suite[-1].fonds_dedies, tresorerie(suite[-1]))


def _juge_dedies(suite: Suite, valeur: Montant) -> Lecture:
    dedies, argent = suite[-1].fonds_dedies, tresorerie(suite[-1])
    if valeur is None:
        if dedies is None or argent is None:
            return Lecture.INCONNU
        return Lecture.ORANGE if dedies > 0 else Lecture.VERT
    return Lecture.ORANGE if valeur > 80 else Lecture.VERT


def _d(
    cle: str,
    nom: str,
    unite: str,
    formule: str,
    seuil: str,
    appui: str,
    champs: tuple[str, ...],
    mesure: Mesure,
    juge: Juge,
    sens: tuple[str, str, str],
    *,
    flux: bool = False,
    au_dela: tuple[int, str] | None = None,
) -> Definition:
    return Definition(
        cle=cle, nom=nom, unite=unite, formule=formule, seuil=seuil, appui=appui, champs=champs, mesure=mesure,
        juge=juge, sens=sens, flux=flux, au_dela=au_dela,
    )  # fmt: skip


_USAGE = "formule : usage courant ; seuils : proposition"
_DIFFICULTE = "signe de difficulté reconnu (association1901.fr) ; seuils : proposition"
_OUTIL = "formule : usage courant ; seuils : outil libre d’un particulier, proposition"
_ROULEMENT_APPUI = "définition : Juris associations n° 428 ; seuils : proposition"
_ALERTE = "alerte reconnue (Association mode d’emploi) ; seuils : proposition"
_INSTRUCTION = "proposition de l’équipe d’instruction"
_BANQUE = "clignotant de plus de 50 % chez un auteur bancaire, outil libre d’un particulier ; seuils : proposition"
_HAUT = ("fonds_propres", "fonds_dedies", "provisions", "dettes_long_terme", "actif_immobilise")
_HAUT_SANS = ("fonds_propres", "provisions", "dettes_long_terme", "actif_immobilise")
_ROULEMENT_SEUIL = "négatif : rouge ; moins de deux mois de charges : orange"

DEFINITIONS: tuple[Definition, ...] = (
    _d("fonds_propres", "Fonds propres", "€",
       "fonds associatif ou capital + réserves + report à nouveau + résultat + subventions d’investissement, hors "
       "fonds dédiés", "négatifs : rouge ; en baisse : orange", _DIFFICULTE, ("fonds_propres",),
       _champ("fonds_propres"), _juge_fonds_propres,
       ("positifs et stables ou en hausse", "positifs, en baisse ou sans exercice de comparaison",
        "négatifs : les pertes passées ont absorbé les fonds, signe de difficulté à apprécier")),
    _d("report_a_nouveau", "Report à nouveau", "€", "report à nouveau créditeur − débiteur",
       "négatif, plus de la moitié des fonds propres : rouge ; négatif : orange", _INSTRUCTION,
       ("report_a_nouveau", "fonds_propres"), _champ("report_a_nouveau"), _juge_report,
       ("aucune perte ancienne à combler", "des pertes anciennes restent à combler",
        "les pertes anciennes pèsent plus de la moitié des fonds propres")),
    _d("autonomie", "Autonomie financière", "%", "fonds propres ÷ total du bilan",
       "moins de 20 % : rouge ; moins de 35 % : orange", _OUTIL, ("fonds_propres", "total_bilan"),
       _rapport("fonds_propres", "total_bilan"), _entre(20, 35),
       ("au moins 35 % : le bilan repose largement sur des fonds propres",
        "entre 20 et 35 % : autonomie moyenne, à lire avec les fonds dédiés",
        "moins de 20 % : le bilan repose surtout sur des dettes et des fonds affectés")),
    _d("roulement", "Fonds de roulement", "€",
       "fonds propres + fonds dédiés + provisions + dettes à plus d’un an − actif immobilisé net", _ROULEMENT_SEUIL,
       _ROULEMENT_APPUI, (*_HAUT, "charges_decaissables"), _de(roulement), _juge_roulement,
       ("au moins deux mois de charges : l’activité courante est financée d’avance",
        "moins de deux mois de charges : marge étroite",
        "négatif : des immobilisations sont financées par des dettes courtes"), flux=True),
    _d("roulement_sans", "Fonds de roulement hors fonds dédiés", "€", "fonds de roulement − fonds dédiés",
       _ROULEMENT_SEUIL, _ROULEMENT_APPUI, (*_HAUT_SANS, "charges_decaissables"), _de(roulement_sans),
       _juge_roulement,
       ("au moins deux mois de charges sans compter les fonds dédiés",
        "moins de deux mois de charges une fois ôtés les fonds dédiés",
        "négatif : une fois ôtés les fonds dédiés, des immobilisations sont financées par des dettes courtes"),
       flux=True),
    _d("besoin", "Besoin en fonds de roulement", "€",
       "stocks + créances et charges constatées d’avance − dettes d’exploitation, produits constatés d’avance et "
       "emprunts à moins d’un an", "supérieur au fonds de roulement : rouge ; positif : orange", _ROULEMENT_APPUI,
       ("stocks", "creances", "dettes_exploitation"), _de(besoin), _juge_besoin,
       ("nul ou négatif : le cycle d’exploitation ne consomme pas de trésorerie",
        "positif, couvert par le fonds de roulement",
        "supérieur au fonds de roulement : la trésorerie est tendue")),
    _d("tresorerie", "Trésorerie nette", "€",
       "disponibilités et placements − découverts (ou fonds de roulement − besoin en fonds de roulement)",
       "négative : rouge ; moins de 30 jours de charges : orange", _ROULEMENT_APPUI,
       ("tresorerie", "charges_decaissables"), _de(tresorerie), _juge_tresorerie,
       ("positive, au moins 30 jours de charges", "positive mais faible, moins de 30 jours de charges",
        "négative : les découverts dépassent les disponibilités"), flux=True),
    _d("jours", "Jours de charges en trésorerie", "jours", "trésorerie nette ÷ charges décaissables × 365",
       "moins de 30 : rouge ; moins de 60 : orange ; plus de 365 : orange, interroger le besoin", _INSTRUCTION,
       ("tresorerie", "charges_decaissables"), _jours, _juge_jours,
       ("au moins 60 jours : un retard de versement est supportable",
        "entre 30 et 60 jours : à rapprocher du calendrier des versements",
        "moins de 30 jours : un retard de versement mettrait la structure en difficulté"),
       flux=True, au_dela=(DORMANTE, "plus d’un an de charges : interroger le besoin d’aide")),
    _d("jours_libres", "Jours de charges hors fonds dédiés", "jours",
       "(trésorerie nette − fonds dédiés) ÷ charges décaissables × 365",
       "moins de 30 : rouge ; moins de 60 : orange ; plus de 365 : orange, interroger le besoin", _INSTRUCTION,
       ("tresorerie", "fonds_dedies", "charges_decaissables"), _jours_libres, _juge_jours,
       ("au moins 60 jours de trésorerie libre d’emploi",
        "entre 30 et 60 jours de trésorerie libre d’emploi",
        "moins de 30 jours de trésorerie libre d’emploi"), flux=True,
       au_dela=(DORMANTE, "plus d’un an de charges sans les fonds dédiés : interroger le besoin d’aide")),
    _d("liquidite", "Liquidité générale", "", "actif circulant ÷ dettes à moins d’un an, produits constatés "
       "d’avance compris", "moins de 1 : rouge ; moins de 1,2 : orange", _ALERTE,
       ("actif_circulant", "dettes_court_terme"), _liquidite, _juge_liquidite,
       ("au moins 1,2 : les dettes courtes sont largement couvertes",
        "entre 1 et 1,2 : les dettes courtes sont tout juste couvertes",
        "moins de 1 : les dettes courtes dépassent l’actif circulant")),
    _d("endettement", "Endettement", "%", "dettes financières, découverts compris ÷ fonds propres",
       "au moins 50 % : orange ; plus de 100 % : rouge", _USAGE, ("dettes_financieres", "fonds_propres"),
       _rapport("dettes_financieres", "fonds_propres"), _juge_endettement,
       ("moins de 50 % : endettement mesuré", "entre 50 et 100 % : endettement sensible",
        "plus de 100 %, ou dettes sans fonds propres : endettement fort")),
    _d("caf", "Capacité d’autofinancement", "€",
       "résultat + dotations − reprises (− quote-part de subventions d’investissement et plus-values de cession "
       "quand elles sont saisies), hors mouvements de fonds dédiés",
        "négative deux ans : rouge ; négative : orange",
       _USAGE, ("resultat", "dotations", "reprises"), _de(autofinancement), _juge_caf,
       ("positive ou nulle : l’activité dégage de quoi se financer", "négative cette année",
        "négative deux exercices de suite : l’activité consomme ses réserves")),
    _d("resultat", "Résultat sur produits", "%", "résultat ÷ produits",
       "moins de −5 % ou trois déficits : rouge ; négatif : orange", _ALERTE, ("resultat", "produits"),
       _rapport("resultat", "produits"), _juge_resultat,
       ("à l’équilibre ou excédentaire", "déficit limité à 5 % des produits",
        "déficit de plus de 5 % des produits, ou trois déficits de suite")),
    _d("evolution", "Évolution des produits", "%", "(produits N-1 − produits N-3) ÷ produits N-3",
       "moins de −15 % : rouge ; en baisse : orange ; plus de 30 % : orange, croissance à maîtriser", _ALERTE,
       ("produits",), _evolution, _juge_evolution,
       ("stables ou en hausse d’au plus 30 % en deux ans", "en baisse d’au plus 15 % en deux ans",
        "baisse de plus de 15 % en deux ans"), flux=True,
       au_dela=(30, "plus de 30 % en deux ans : croissance à maîtriser")),
    _d("personnel", "Charges de personnel sur produits", "%", "charges de personnel (comptes 64) ÷ produits",
       "informatif ; plus de 80 % : peu de marge", _BANQUE, ("charges_personnel", "produits"),
       _rapport("charges_personnel", "produits"), _informe,
       ("au plus 80 %, part normale en accompagnement", "", ""),
       au_dela=(80, "plus de 80 % : peu de marge, même si l’accompagnement repose sur le personnel")),
    _d("subventions", "Part des subventions", "%", "concours publics et subventions (comptes 73 et 74) ÷ produits",
       "informatif ; plus de 60 % : forte dépendance", _BANQUE, ("subventions", "produits"),
       _rapport("subventions", "produits"), _informe,
       ("au plus 60 %, une forte part publique étant normale en insertion", "", ""),
       au_dela=(60, "plus de 60 % : forte dépendance, fréquente en insertion, à lire avec le premier financeur")),
    _d("premier_financeur", "Part du premier financeur", "%", "premier financeur ÷ produits",
       "au moins 50 % : orange ; plus de 70 % : rouge", _INSTRUCTION, ("premier_financeur", "produits"),
       _rapport("premier_financeur", "produits"), _descend(50, 70),
       ("moins de 50 % : ressources diversifiées",
        "entre 50 et 70 % : dépendance à un financeur, risque de rupture",
        "plus de 70 % : forte dépendance à un seul financeur, risque de rupture")),
    _d("dedies", "Fonds dédiés dans la trésorerie", "%", "fonds dédiés ÷ trésorerie nette",
       "plus de 80 % : orange, trésorerie peu libre",
        "piège mesuré par Vigil’Asso (projet libre) ; seuils : proposition",
       ("fonds_dedies", "tresorerie"), _dedies, _juge_dedies,
       ("au plus 80 % : une part de la trésorerie reste libre",
        "plus de 80 %, ou aucune trésorerie en face : la trésorerie n’est guère libre", "")),
)  # fmt: skip
"""Ratios of the accounts, in the order of the note; the weight of the request comes after them."""

POIDS = _d(
    "demande", "Poids de la demande O2R", "%", "demande annuelle la plus forte ÷ produits du dernier exercice",
    "au moins 30 % : orange ; plus de 50 % : rouge", _INSTRUCTION, ("demande", "produits"), lambda _suite: None,
    _descend(30, 50),
    ("moins de 30 % : l’aide reste mesurée pour la structure",
     "entre 30 et 50 % : l’aide changerait l’échelle de la structure",
     "plus de 50 % : la structure devrait grandir d’au moins la moitié"), flux=True,
)  # fmt: skip
"""The weight of the request: its value needs the request, which no exercice holds (FIN-08)."""
