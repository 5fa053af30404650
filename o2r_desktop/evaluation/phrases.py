"""The phrase bank: phrases kept for a critere and a level, offered in order, filled in for a dossier."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from o2r_desktop.dossiers.budget import lire_serie, somme
from o2r_desktop.dossiers.identifiers import groupe
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.dossiers.territoires import codes_departements, nom_departement
from o2r_desktop.evaluation.constats import Constat
from o2r_desktop.evaluation.grille import Critere
from o2r_desktop.evaluation.preuves import lieu_dit, rang_dit
from o2r_desktop.evaluation.reponses import MANQUANTE, NON, OUI, PRIORITES, SANS_OBJET, Reponse
from o2r_desktop.text import NBSP, NNBSP, date_longue, enumeration, montant, nombre, normalise, numero, printable

LONGUEUR_MAX = 1_000
"""Characters of a phrase."""

NIVEAUX = ("", "0", "1", "2", "3", "4", "oui", "non", "manquante", "sans_objet")
"""What a phrase may be for: any answer, a level, or an answer that is no level."""

VARIABLES: Mapping[str, str] = {
    "porteur": "porteur",
    "siret": "SIRET",
    "numero": "numéro du dossier",
    "intitule": "intitulé",
    "departements": "départements",
    "publics": "publics",
    "beneficiaires": "bénéficiaires",
    "duree": "durée moyenne du parcours",
    "duree_maximale": "durée maximale du parcours",
    "debut": "date de début",
    "fin": "date de fin",
    "cout_total": "coût total",
    "demande": "demande",
    "cofinancements": "cofinancements",
    "formation": "dépenses de formation",
    "cout_par_beneficiaire": "coût par bénéficiaire",
    "critere": "critère",
    "niveau": "niveau",
    "constat": "constat",
    "piece": "pièce",
    "page": "page",
}
"""What a phrase may hold between braces, and how it is called in French."""

_JETON = re.compile(r"\{\{|\}\}|\{([a-z][a-z0-9_]{0,39})\}")
_BLANCS = re.compile(r"[ \t\r\n\f\v]+")
_VALEUR_MAX = 400
_DEMI_VIE = 60
"""Days after which a use counts for half."""
_LOIN = 10


class Origine(StrEnum):
    """Where a phrase comes from."""

    FOURNIE = "fournie"
    PERSONNELLE = "personnelle"
    IMPORTEE = "importee"

    @property
    def libelle(self) -> str:
        """Return the word that is shown."""
        return {"fournie": "fournie", "personnelle": "personnelle", "importee": "importée"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A phrase and what it is for.

    ``critere`` is a critere («FIN-02»), a section («FIN») or «» for all; ``niveau`` is one of NIVEAUX.
    ``masquee`` is only met in a personal bank: a shipped phrase that the user does not want.
    """

    texte: str
    critere: str = ""
    niveau: str = ""
    usages: int = 0
    derniere: date | None = None
    origine: Origine = Origine.PERSONNELLE
    masquee: bool = False

    @property
    def cle(self) -> tuple[str, str, str]:
        """What makes two phrases the same one: the words, whatever their accents and blanks, and their use."""
        return normalise(self.texte), self.critere, self.niveau


@dataclass(frozen=True, slots=True, kw_only=True)
class Rempli:
    """A phrase filled in; ``trous`` are the (start, length) of what is left to complete."""

    texte: str
    trous: tuple[tuple[int, int], ...] = ()


# --- which phrases, in which order ------------------------------------------------------------------------------


def niveau_de(valeur: str) -> str:
    """Return the niveau of a phrase that goes with an answer, «» for an amount, a priority or no answer."""
    if valeur == MANQUANTE:
        return "manquante"
    return valeur if valeur in ("0", "1", "2", "3", "4", OUI, NON, SANS_OBJET) else ""


def proposer(
    phrases: Iterable[Phrase], critere: str, valeur: str, saisi: str = "", *, aujourdhui: date | None = None
) -> list[Phrase]:
    """Return the phrases that suit an answer to *critere*, best first.

    By fit first (this critere at this level, this critere, its section, all of them), then by use, then by the
    words typed, which every phrase returned holds. Phrases for another answer come only when words are typed.
    """
    niveau = niveau_de(valeur)
    mots = normalise(saisi).split()
    retenues = []
    for rang, phrase in enumerate(phrases):
        ecart = _ecart(phrase, critere, niveau)
        if phrase.masquee or ecart is None or (ecart >= _LOIN and not mots):
            continue
        trouve = _trouve(phrase, mots)
        if trouve is not None:
            retenues.append((ecart, -poids_usage(phrase, aujourdhui), trouve, rang, phrase))
    retenues.sort(key=lambda r: r[:4])
    return [r[4] for r in retenues]


def poids_usage(phrase: Phrase, aujourdhui: date | None = None) -> float:
    """Return how much the uses of a phrase count: those of long ago count less, when today is given."""
    if not phrase.usages or aujourdhui is None or phrase.derniere is None:
        return float(phrase.usages)
    age = max(0, (aujourdhui - phrase.derniere).days)
    return phrase.usages * _DEMI_VIE / (_DEMI_VIE + age)


def _ecart(phrase: Phrase, critere: str, niveau: str) -> int | None:
    """Return how far a phrase is from an answer, None when it is for another critere; _LOIN for another answer."""
    portees = (critere, critere.partition("-")[0], "")
    if phrase.critere not in portees:
        return None
    portee = portees.index(phrase.critere) * 3
    if phrase.niveau == niveau and niveau:
        return portee
    if not phrase.niveau or not niveau:
        return portee + 1
    if phrase.niveau.isdigit() and niveau.isdigit() and abs(int(phrase.niveau) - int(niveau)) == 1:
        return portee + 2
    return portee + _LOIN


def _trouve(phrase: Phrase, mots: Sequence[str]) -> int | None:
    """Return how many words typed begin no word of the phrase, None when one of them is nowhere in it."""
    if not mots:
        return 0
    texte = normalise(f"{phrase.critere} {phrase.texte}")
    if not all(mot in texte for mot in mots):
        return None
    debuts = re.split(r"[^\w]+", texte)
    return sum(not any(d.startswith(mot) for d in debuts) for mot in mots)


# --- variables --------------------------------------------------------------------------------------------------


def remplir(phrase: Phrase, variables: Mapping[str, str]) -> str:
    """Return the text of a phrase with its variables; those without a value become «[porteur à compléter]»."""
    return completer(phrase, variables).texte


def completer(phrase: Phrase, variables: Mapping[str, str]) -> Rempli:
    """Fill in a phrase and tell the places left to complete.

    «{{» and «}}» stand for braces. Values are put as they are: braces in them mean nothing.
    """
    morceaux: list[str] = []
    trous: list[tuple[int, int]] = []
    longueur = debut = 0
    for jeton in _JETON.finditer(phrase.texte):
        nom = jeton[1]
        valeur = variables.get(nom, "") if nom else jeton[0][0]
        trou = not valeur
        if trou:
            valeur = f"[{VARIABLES.get(nom, nom.replace('_', ' '))} à compléter]"
        avant = phrase.texte[debut : jeton.start()]
        if trou:
            trous.append((longueur + len(avant), len(valeur)))
        morceaux += (avant, valeur)
        longueur += len(avant) + len(valeur)
        debut = jeton.end()
    return Rempli(texte="".join((*morceaux, phrase.texte[debut:])), trous=tuple(trous))


def inconnues(texte: str) -> list[str]:
    """Return the names between braces that are no variable, in the order met."""
    noms = [jeton[1] for jeton in _JETON.finditer(texte) if jeton[1]]
    return [nom for nom in dict.fromkeys(noms) if nom not in VARIABLES]


def variables_de(
    dossier: Dossier, critere: Critere, reponse: Reponse, constats: Iterable[Constat] = ()
) -> dict[str, str]:
    """Return the value of each variable for a dossier and an answer; what is not known has none."""
    trouvees = {
        "porteur": dossier.porteur.nom,
        "siret": groupe(dossier.porteur.siret),
        "numero": numero(dossier.numero),
        "intitule": dossier.texte("intitule"),
        "departements": _departements(dossier),
        "publics": enumeration(dossier.liste("publics")),
        "critere": critere.id,
        "niveau": _reponse_dite(reponse.valeur),
        "constat": f"{NNBSP}; ".join(c.valeur for c in constats if c.critere == critere.id),
        **_durees(dossier),
        **_chiffres(dossier),
        **_preuve(dossier, reponse),
    }
    return {nom: propre for nom, valeur in trouvees.items() if (propre := _propre(valeur))}


def euros(valeur: Decimal | None) -> str:
    """Return «312 000 €», with cents when there are some; «» for an amount that is not known."""
    if valeur is None:
        return ""
    return montant(valeur, 0 if valeur == valeur.to_integral_value() else 2)


def _propre(valeur: str) -> str:
    """Return a value on one line, of a length that a sentence bears."""
    net = _BLANCS.sub(" ", printable(valeur)).strip()
    return net if len(net) <= _VALEUR_MAX else net[: _VALEUR_MAX - 1].rstrip() + "…"


def _departements(dossier: Dossier) -> str:
    codes, illisibles = codes_departements(dossier.liste("departements"))
    return "" if illisibles else enumeration([nom_departement(code) for code in codes])


def _durees(dossier: Dossier) -> dict[str, str]:
    trouvees = {}
    for nom, attribut in (("duree", "duree_moyenne"), ("duree_maximale", "duree_maximale")):
        mois = dossier.nombre(attribut)
        trouvees[nom] = "" if mois is None else f"{nombre(mois)}{NBSP}mois"
    for nom, attribut in (("debut", "date_debut"), ("fin", "date_fin")):
        jour = dossier.valeur(attribut)
        trouvees[nom] = date_longue(jour) if isinstance(jour, date) else ""
    return trouvees


def _chiffres(dossier: Dossier) -> dict[str, str]:
    total, file = dossier.nombre("cout_total"), somme(lire_serie(dossier, "beneficiaires_annee"))
    par_tete = total / file if total is not None and file else None
    apports = [c.montant for c in dossier.cofinancements or ()]
    connus = [a for a in apports if a is not None]
    return {
        "cout_total": euros(total),
        "demande": euros(dossier.nombre("demande_total")),
        "formation": euros(dossier.nombre("formation_montant")),
        "cofinancements": euros(sum(connus, Decimal(0))) if connus and len(connus) == len(apports) else "",
        "beneficiaires": "" if file is None else nombre(file),
        "cout_par_beneficiaire": "" if par_tete is None else montant(par_tete),
    }


def _preuve(dossier: Dossier, reponse: Reponse) -> dict[str, str]:
    """Return the last piece cited by an answer, and its page."""
    noms = {p.nom for p in dossier.pieces}
    for preuve in reversed(reponse.preuves):
        if preuve.ou in noms or preuve.page is not None:
            sur_page = lieu_dit(preuve.ou, preuve.page) and not rang_dit(preuve.ou, preuve.page or 0)
            return {"piece": preuve.ou, "page": str(preuve.page) if sur_page else ""}
    return {}


def _reponse_dite(valeur: str) -> str:
    if valeur[:1].isdecimal() and "." in valeur:
        return euros(Decimal(valeur))
    if valeur in PRIORITES or niveau_de(valeur):
        return valeur.replace("_", " ")
    return ""
