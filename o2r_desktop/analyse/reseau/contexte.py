"""What stands around the name of an actor: a place, a role, a refusal, or the porteur itself."""

import re
from collections.abc import Sequence

from o2r_desktop.analyse.reseau.detection import Forme, Index, TexteLu, Trouve, singulier
from o2r_desktop.analyse.reseau.lieux import Lieu
from o2r_desktop.analyse.reseau.repertoire import RESEAU

_LIENS = frozenset(map(singulier, (
    "de", "du", "d", "la", "le", "les", "l", "au", "aux", "a", "et", "ou", "ni", "avec", "un", "une", "des", "sur",
    "en", "aupres", "par", "pour", "vers", "notre", "nos", "votre", "leur", "leurs", "ainsi", "que", "chez", "dans",
)))  # fmt: skip
_LIBRES_APRES = 2
"""Words that are neither links nor actors between an actor and its place: «l’agence France Travail de Laval»."""
_ACTEURS_APRES = 2
"""Other actors that may stand between: «France Travail, la mission locale et Cap emploi de la Sarthe»."""
_PORTEE = 14
_AUTOUR = 16
_RELATION = (
    r"(?:lien|partenariat|relation|contact|convention|articulation|coordination|concertation|collaboration|echange"
    r"|accord)"
)
_ADVERBES = r"(?: (?:\w+ment|formali\w+|directe?|a ce jour|encore|prevue?|existante?|etabli\w*|aucun\w*))*"
_NEGATION = re.compile(
    rf"\b(?:san|aucune?|(?:pas|plu|point|jamai)(?: encore)?(?: de| d| en)?)(?: \w+)? {_RELATION}{_ADVERBES}$"
    rf"|\b(?:san|absence|independamment|contrairement|hor|exclu\w*)$"
    rf"|\b(?:ne|n) (?:travaill|collabor|cooper|somme|est|sont|ete|a|ont)\w* pas{_ADVERBES}"
    rf"(?: ete)?(?: en (?:lien|contact|relation)| associe\w*| rencontre\w*)?$"
    rf"|\bpas(?: de| d)?$"
)
_INSCRITS = re.compile(r"\b(?:non )?(?:inscrit|inscrite|connu|connue|suivi|suivie)(?: ou non)?(?: \w+)?$")
_SOI = re.compile(
    r"(?:\ben tant|\ben qualite|\bstatut|\bagree\w*(?: comme)?|\bconventionne\w*(?: comme)?|\bnou somme"
    r"|\b(?:association|structure|organisme|entreprise|fondation|cooperative|porteur) est(?: \w+)?"
    r"|\bnou (?:porton|geron)(?: \w+)?)$"
)
_POSSESSIF = frozenset({"notre", "nos"})
_FIN_CLAUSE = frozenset({"mais", "toutefois", "cependant"})
_TERRITOIRE = frozenset({"dan", "sur", "traver", "territoire", "habitant", "population", "echelle", "ensemble"})

_ROLES = (
    ("rencontre", r"rencontr|reunion|reuni[st]"),
    ("orientation", r"orient(?:ation|e)|prescri|adresse[nr]"),
    ("convention", r"convention|partenariat signe|protocole|charte"),
    ("référent", r"referent|interlocut"),
    ("permanence", r"permanence"),
    ("comité", r"comite|copil|cotech|instance"),
    ("relais", r"relais|relaye|passage de relais|inscription|prise? (?:le|en) (?:relais|charge)"),
    ("financement", r"cofinanc|financ"),
)
_ROLE = re.compile("|".join(rf"(?P<r{rang}>\b(?:{motif}))" for rang, (_nom, motif) in enumerate(_ROLES)))
_METIER = re.compile(
    r"\b(?:partenar|partenair|convention|orient|prescri|referent|conseill|reseau|acteur|insertion|accompagn|emploi|"
    r"structure|association|social|sociau|siae|service|lettre|soutien|rencontr|permanence|comite|agence|public|"
    r"beneficiair|jeune|educat|allocat|mission|france travail|cap emploi|ccas|antenne|agent|travailleur)"
)
_AUTRE_SENS = {
    "caf": re.compile(r"autofinancement|tresorerie|bilan|ratio|resultat net|amortissement"),
    "pmi": re.compile(r"\bpme\b|industrie"),
    "ai": re.compile(r"intelligence|artificiel"),
    "cms": re.compile(r"\bsite\b|\bweb\b"),
    "cmp": re.compile(r"\bcompte"),
    "cd": re.compile(r"\bcdd\b|\bdvd\b"),
    "pe": re.compile(r"\bpme\b"),
    "ei": re.compile(r"individuel"),
}
"""Words that say that an acronym stands for something else."""


def voulu(lu: TexteLu, trouve: Trouve[Forme], trouves: Sequence[Trouve[Forme]], *, sur: bool) -> bool:
    """Say whether an acronym of two or three letters is the actor: words of the trade or other actors around.

    *sur* says that the text is about the network anyway, as the name of a letter of support is.
    """
    if trouve.quoi.majuscule:
        return not _TERRITOIRE.intersection(m.lettres for m in lu.mots[max(0, trouve.debut - 3) : trouve.debut])
    if not trouve.quoi.contexte:
        return True
    debut, fin = max(0, trouve.debut - _AUTOUR // 2), min(len(lu.mots), trouve.fin + _AUTOUR // 2)
    autour = " ".join(m.lettres for m in (*lu.mots[debut : trouve.debut], *lu.mots[trouve.fin : fin]))
    sens = _AUTRE_SENS.get(lu.mots[trouve.debut].lettres)
    if sens is not None and sens.search(autour):
        return False
    if trouve.debut and lu.mots[trouve.debut - 1].lettres.isdigit():  # «250 ML»
        return False
    sures = any(not t.quoi.contexte and debut <= t.debut < fin for t in trouves)
    return sur or sures or bool(_METIER.search(autour))


def lieu_apres(index: Index, lu: TexteLu, trouve: Trouve[Forme], pris: frozenset[int]) -> Trouve[Lieu] | None:
    """Return the place that follows an actor in its sentence: «la mission locale et le CCAS de Laval»."""
    libres, autres, rang = 0, 0, trouve.fin
    while rang < len(lu.mots) and rang - trouve.fin < _PORTEE and not lu.arret(rang - 1):
        if rang not in pris:
            if (lieu := index.lieu(lu, rang)) is not None:
                return lieu
            libres += lu.mots[rang].lettres not in _LIENS
        elif rang - 1 not in pris or rang == trouve.fin:
            autres += 1
        if libres > _LIBRES_APRES or autres > _ACTEURS_APRES:
            return None
        rang += 1
    return None


def lieu_avant(index: Index, lu: TexteLu, trouve: Trouve[Forme]) -> Trouve[Lieu] | None:
    """Return the place just before an actor: «à Laval, la mission locale»."""
    rang = trouve.debut - 1
    while rang >= 0 and trouve.debut - rang <= 5 and not lu.arret(rang):
        lieu = index.lieu(lu, rang)
        if lieu is not None and rang and lu.mots[rang - 1].lettres in ("a", "sur", "au"):
            liens = lu.mots[lieu.fin : trouve.debut]
            return lieu if all(m.lettres in _LIENS for m in liens) else None
        rang -= 1
    return None


def roles(lu: TexteLu, trouve: Trouve[Forme]) -> tuple[str, ...]:
    """Return the roles whose words stand in the same sentence, near an actor."""
    debut, fin = trouve.debut, trouve.fin
    while debut > 0 and trouve.debut - debut < _AUTOUR and not lu.arret(debut - 1):
        debut -= 1
    while fin < len(lu.mots) and fin - trouve.fin < _AUTOUR and not lu.arret(fin - 1):
        fin += 1
    bouts = ((debut, trouve.debut), (trouve.fin, fin))
    dits = {
        m.lastgroup
        for d, f in bouts
        if d < f
        for m in _ROLE.finditer(lu.replie, lu.mots[d].debut, lu.mots[f - 1].fin)
    }
    return tuple(nom for rang, (nom, _motif) in enumerate(_ROLES) if f"r{rang}" in dits)


def refus(lu: TexteLu, trouve: Trouve[Forme], pris: frozenset[int]) -> str:
    """Return why a name does not count as a link with the actor, «» when it does."""
    rang = trouve.debut - 1
    while rang >= 0 and not lu.arret(rang) and (rang in pris or lu.mots[rang].lettres in _LIENS):
        rang -= 1
    if rang >= 0 and lu.arret(rang):
        rang = -1
    mots: list[str] = []
    while rang >= 0 and len(mots) < 9:
        if lu.mots[rang].lettres in _FIN_CLAUSE or (mots and lu.arret(rang)):
            break
        mots.append(lu.mots[rang].lettres)
        rang -= 1
    avant = " ".join(reversed(mots))
    if _NEGATION.search(avant):
        return "négation"
    if _INSCRITS.search(avant) and trouve.quoi.acteur.famille == "France Travail":
        return "public"
    liens = {m.lettres for m in lu.mots[max(0, trouve.debut - 1) : trouve.debut]}
    possessif = bool(liens & _POSSESSIF) and trouve.quoi.acteur.groupe != RESEAU
    return "le porteur lui-même" if possessif or _SOI.search(avant) else ""
