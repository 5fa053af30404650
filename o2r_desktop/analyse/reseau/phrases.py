"""What the network says of RES-01 to RES-05 and APP-02, in sentences and in JSON; never a level."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from o2r_desktop.analyse.angles import Angle, Repere
from o2r_desktop.analyse.reseau.modele import (
    ESSENTIELLES,
    GENERIQUE,
    Circuit,
    Citation,
    Lettre,
    Ligne,
    Mention,
    Reseau,
    Sens,
)
from o2r_desktop.analyse.reseau.repertoire import RESEAU
from o2r_desktop.dossiers.territoires import nom_departement
from o2r_desktop.text import NBSP, NNBSP, enumeration, pluriel, printable

_HEBERGEMENT = (
    "CCAS ou CIAS",
    "CHRS",
    "SIAO",
    "Hébergement d’urgence",
    "CADA ou HUDA ou CPH",
    "Aide alimentaire",
    "FAS",
)
_NOMS_MAX = 8
_A_APPRECIER = "À apprécier."


def reperes(reseau: Reseau) -> tuple[Repere, ...]:
    """Return what was found for RES-01 to RES-05 and APP-02, in sentences; never a level."""
    dits = (
        ("RES-01", _connaissance(reseau)),
        ("RES-01", _manquants(reseau)),
        ("RES-02", _complementarite(reseau)),
        ("RES-03", _articulation(reseau)),
        ("RES-03", _circuit(reseau, Sens.ENTREE)),
        ("RES-04", _hebergement(reseau)),
        ("RES-05", _circuit(reseau, Sens.SORTIE)),
        ("APP-02", _lettres(reseau)),
    )
    return tuple(Repere(critere=critere, texte=texte, angle=Angle.RESEAU) for critere, texte in dits if texte)


def cites(reseau: Reseau) -> tuple[Ligne, ...]:
    """Return the actors that are named, in the order of the checklist, the words that name nobody left out."""
    return tuple(x for x in reseau.lignes if x.mention is not Mention.ABSENTE and x.acteur.id != GENERIQUE)


def _connaissance(reseau: Reseau) -> str:
    lignes = cites(reseau)
    if not lignes:
        return f"Aucun acteur du répertoire n’est nommé dans le formulaire. {_A_APPRECIER}"
    locaux = [x.acteur.nom for x in lignes if x.mention is Mention.LOCALE]
    generiques = [x.acteur.nom for x in lignes if x.mention is Mention.GENERIQUE]
    parties = [f"Nommés localement ({len(locaux)}){NBSP}: {_liste(locaux)}"]
    parties.append(f"cités sans lieu ({len(generiques)}){NBSP}: {_liste(generiques)}")
    dit = f"{NNBSP}; ".join(parties)
    ailleurs = sorted({c.lieu for c in reseau.citations if c.hors_projet})
    if ailleurs:
        dit += f". Hors des départements du projet{NBSP}: {_liste(ailleurs)}"
    return f"{dit}. {_A_APPRECIER}"


def _manquants(reseau: Reseau) -> str:
    if not reseau.manques:
        return "France Travail, mission locale, Cap emploi et conseil départemental sont nommés localement."
    phrases = []
    for departement in dict.fromkeys(m.departement for m in reseau.manques):
        siens = [m for m in reseau.manques if m.departement == departement]
        absents = [m.famille for m in siens if m.mention is Mention.ABSENTE]
        vagues = [m.famille for m in siens if m.mention is Mention.GENERIQUE]
        dits = [f"non cités{NBSP}: {enumeration(absents)}"] if absents else []
        dits += [f"cités sans lieu{NBSP}: {enumeration(vagues)}"] if vagues else []
        ou = nom_departement(departement) if departement else "Départements du projet inconnus"
        phrases.append(f"{ou} — {f'{NNBSP}; '.join(dits)}.")
    return " ".join((*phrases, _A_APPRECIER))


def _complementarite(reseau: Reseau) -> str:
    noms = _noms(c for c in reseau.citations if c.champ == "complementarite" and c.acteur != GENERIQUE)
    if not noms:
        return ""
    return f"Acteurs nommés dans la complémentarité{NBSP}: {_liste(noms)}. {_A_APPRECIER}"


def _articulation(reseau: Reseau) -> str:
    phrases = []
    for famille in ESSENTIELLES:
        siennes = [x for x in reseau.lignes if x.acteur.famille == famille]
        mention = reseau.par_famille.get(famille, Mention.ABSENTE)
        roles = tuple(dict.fromkeys(role for x in siennes for role in x.roles))
        preuve = ", lettre ou convention annoncée" if any(x.preuve_jointe for x in siennes) else ""
        dits = f" (mots relevés autour{NBSP}: {enumeration(roles)})" if roles else ""
        phrases.append(f"{famille}{NBSP}: {mention}{dits}{preuve}")
    return f"{f'{NNBSP}; '.join(phrases)}. {_A_APPRECIER}"


def _circuit(reseau: Reseau, sens: Sens) -> str:
    siens = [c for c in reseau.circuits if c.sens is sens and c.acteur != GENERIQUE]
    quoi = "l’entrée (repérage, collaboration)" if sens is Sens.ENTREE else "la sortie"
    if not siens:
        return f"Aucun acteur n’est nommé pour {quoi}. {_A_APPRECIER}"
    dits = [c.nom if c.explicite else f"{c.nom} (rôle non dit)" for c in siens]
    return f"Acteurs nommés pour {quoi}{NBSP}: {_liste(dits)}. {_A_APPRECIER}"


def _hebergement(reseau: Reseau) -> str:
    noms = [x.acteur.nom for x in cites(reseau) if x.acteur.famille in _HEBERGEMENT]
    if not noms:
        return ""
    return f"Acteurs de l’accueil, de l’hébergement et de l’insertion nommés{NBSP}: {_liste(noms)}. {_A_APPRECIER}"


def _lettres(reseau: Reseau) -> str:
    if not reseau.lettres:
        return f"Aucune lettre de soutien ni convention ne se reconnaît parmi les pièces. {_A_APPRECIER}"
    natures = Counter(lettre.nature for lettre in reseau.lettres)
    comptes = [f"{nature}{NBSP}: {compte}" for nature, compte in natures.items()]
    noms = list(dict.fromkeys(nom for lettre in reseau.lettres for nom in lettre.noms))
    de = f" D’après leurs noms, elles viennent de{NBSP}: {_liste(noms)}." if noms else ""
    total = pluriel(len(reseau.lettres), "lettre ou convention annoncée", "lettres ou conventions annoncées")
    return f"{total} ({enumeration(comptes)}).{de} Date et signature à vérifier. {_A_APPRECIER}"


def _noms(citations: Iterable[Citation]) -> list[str]:
    return list(dict.fromkeys(c.nom for c in citations))


def _liste(noms: Sequence[str]) -> str:
    propres = [printable(nom) for nom in noms]
    if not propres:
        return "aucun"
    if len(propres) <= _NOMS_MAX:
        return enumeration(propres)
    return f"{', '.join(propres[:_NOMS_MAX])} et {pluriel(len(propres) - _NOMS_MAX, 'autre')}"


def document(reseau: Reseau) -> dict[str, Any]:
    """Return the findings in JSON types."""
    return {
        "departements": list(reseau.departements),
        "acteurs": [_ligne(x) for x in reseau.lignes if x.citations or x.lettres or x.marque.statut],
        "manques": [
            {"famille": m.famille, "departement": m.departement, "mention": m.mention.value} for m in reseau.manques
        ],
        "circuits": [_circuit_json(c) for c in reseau.circuits],
        "lettres": [_lettre_json(lettre) for lettre in reseau.lettres],
    }


def _ligne(ligne: Ligne) -> dict[str, Any]:
    return {
        "id": ligne.acteur.id,
        "nom": ligne.acteur.nom,
        "famille": ligne.acteur.famille,
        "groupe": ligne.acteur.groupe,
        "reseau": ligne.acteur.groupe == RESEAU,
        "mention": ligne.mention.value,
        "roles": list(ligne.roles),
        "role_precis": ligne.role_precis,
        "preuve_jointe": ligne.preuve_jointe,
        "statut": ligne.marque.statut.value if ligne.marque.statut else None,
        "note": ligne.marque.note,
        "citations": [_citation_json(c) for c in ligne.citations],
    }


def _citation_json(c: Citation) -> dict[str, Any]:
    return {
        "id": c.id,
        "ou": c.ou,
        "champ": c.champ,
        "page": c.page,
        "lieu": c.lieu,
        "departement": c.departement,
        "hors_projet": c.hors_projet,
        "precise": c.precise,
        "roles": list(c.roles),
        "ecartee": c.ecartee,
        "extrait": c.extrait,
    }


def _circuit_json(c: Circuit) -> dict[str, Any]:
    return {"sens": c.sens.value, "acteur": c.acteur, "nom": c.nom, "explicite": c.explicite, "precise": c.precise}


def _lettre_json(x: Lettre) -> dict[str, Any]:
    return {
        "nom": x.nom,
        "nature": x.nature,
        "recue": x.recue,
        "acteurs": list(x.acteurs),
        "partenaire": x.partenaire,
    }
