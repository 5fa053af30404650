"""The sentences of the history: one function per kind of line of the journal."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from o2r_desktop.errors import DossierError
from o2r_desktop.evaluation.grille import Critere, Grille, TypeCritere
from o2r_desktop.evaluation.preuves import suite_dite
from o2r_desktop.evaluation.reponses import TypeAvis
from o2r_desktop.store.journal import Entree
from o2r_desktop.text import NBSP, enumeration, montant, pluriel

DEUX_POINTS = f"{NBSP}: "
FLECHE = " → "
TEXTES: Mapping[str, tuple[str, bool]] = {
    "commentaire": ("commentaire", False),
    "motif": ("motif", False),
    "vigilance": ("point de vigilance", False),
    "reserves": ("réserves", True),
    "points_forts": ("points forts", True),
    "points_faibles": ("points faibles", True),
}
"""Fields that are texts, what they are called, and whether that is a plural."""
VIDES: Mapping[str, Any] = {"decision": None, "preuves": [], "a_reconfirmer": 0, "avis": None, "montants": "{}"}
"""What a field that is none of the texts holds while nobody said anything."""
CORRESPONDANCE = "lecture des champs du formulaire modifiée pour toute la campagne"
_DECISIONS = {"confirme": "confirmé", "conteste": "contesté", "non_verifiable": "non vérifiable"}
_FEMININS = frozenset({"réserves"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Dit:
    """What changed, in words: its name, old and new; «» is nothing."""

    libelle: str
    avant: str
    apres: str


Phrase = tuple[str, Sequence[Dit]]


def lire(texte: str) -> dict[str, Any]:
    """Return the object that a line holds, an empty one when it holds none."""
    try:
        lu = json.loads(texte) if texte else {}
    except ValueError:
        return {}
    return lu if isinstance(lu, dict) else {}


def recu(entree: Entree) -> Phrase:
    """Tell the import that brought the dossier."""
    return f"dossier reçu par l’import de «{NBSP}{lire(entree.apres).get('fichier', '')}{NBSP}»", ()


def donnees(entree: Entree) -> Phrase:
    """Tell what an import changed in the data or the files."""
    avant, apres = dict(_paires(entree.avant)), dict(_paires(entree.apres))
    details = [Dit(libelle=nom, avant=avant.get(nom, ""), apres=apres.get(nom, "")) for nom in {**avant, **apres}]
    return f"données modifiées par un import{DEUX_POINTS}{pluriel(len(details), 'changement')}", details


def doute(entree: Entree) -> Phrase:
    """Tell why an answer was put in doubt."""
    return f"{entree.critere} à reconfirmer", _changements(entree.apres)


def reponse(grille: Grille, entree: Entree) -> Phrase:
    """Tell what an answer became."""
    avant, apres = lire(entree.avant), lire(entree.apres)
    phrases: list[str] = []
    details: list[Dit] = []
    ancien, nouveau = avant.get("valeur", ""), apres.get("valeur", "")
    if ancien != nouveau:
        critere = _critere(grille, entree.critere)
        phrases.append(_valeur_dite(critere, entree.critere, ancien, nouveau))
        details.append(Dit(libelle="Réponse", avant=_au_long(critere, ancien), apres=_au_long(critere, nouveau)))
    if avant.get("decision") != apres.get("decision"):
        phrases.append(_decision(entree.critere, apres.get("decision")))
    for phrase, detail in _textes(avant, apres, f" de {entree.critere}"):
        phrases.append(phrase)
        details.append(detail)
    if avant.get("preuves", []) != apres.get("preuves", []):
        phrases.append(f"preuves de {entree.critere} modifiées")
        details.append(
            Dit(libelle="Preuves", avant=_preuves(avant.get("preuves")), apres=_preuves(apres.get("preuves")))
        )
    if avant.get("a_reconfirmer", 0) and not apres.get("a_reconfirmer", 0) and not phrases:
        phrases.append(f"réponse à {entree.critere} confirmée")
    elif apres.get("a_reconfirmer", 0) and not avant.get("a_reconfirmer", 0):
        phrases.append(f"{entree.critere} de nouveau à reconfirmer")
    return enumeration(phrases), details


def projet(entree: Entree) -> Phrase:
    """Tell what the draft of the opinion became."""
    return _opinion(lire(entree.avant), lire(entree.apres))


def conclusion(entree: Entree) -> Phrase:
    """Tell the opinion that was given, with its texts."""
    apres = lire(entree.apres)
    _, details = _opinion({}, apres)
    somme = _somme(apres.get("montants", "{}"))
    return f"évaluation finalisée{DEUX_POINTS}{_avis(apres.get('avis')).lower()}{somme}", details


def reouverture(entree: Entree) -> Phrase:
    """Tell that the evaluation was reopened, and why."""
    return "évaluation rouverte", [Dit(libelle="Motif de la réouverture", avant="", apres=entree.apres)]


def note(entree: Entree) -> Phrase:
    """Tell which note was produced."""
    apres = lire(entree.apres)
    quoi = "note de projet produite" if apres.get("projet") else "note produite"
    return f"{quoi}{DEUX_POINTS}{PurePath(str(apres.get('fichier', ''))).name}", ()


def retour(entree: Entree) -> Phrase:
    """Tell what the undoing of an import did."""
    if entree.critere:
        restent = _changements(entree.apres)
        quoi = "reste à reconfirmer" if restent else "n’est plus à reconfirmer"
        return f"{entree.critere} {quoi}, l’import étant annulé", restent
    effets = {"remis": "le dossier revient à son état d’avant", "gardé": "le dossier est gardé"}
    return f"import annulé{DEUX_POINTS}{effets.get(entree.apres, entree.apres)}", ()


def questions(entree: Entree) -> Phrase:
    """Tell which questions to the porteur were asked, changed, sent, answered, taken back."""
    avant = {q.get("id"): q for q in lire(entree.avant).get("questions", [])}
    apres = {q.get("id"): q for q in lire(entree.apres).get("questions", [])}
    phrases: list[str] = []
    details: list[Dit] = []
    for rang in {**avant, **apres}:
        ancienne, nouvelle = avant.get(rang, {}), apres.get(rang, {})
        if ancienne == nouvelle:
            continue
        phrases.append(_question(ancienne, nouvelle))
        details += [
            Dit(libelle=libelle, avant=str(ancienne.get(c) or ""), apres=str(nouvelle.get(c) or ""))
            for c, libelle in _CHAMPS_QUESTION.items()
            if (ancienne.get(c) or "") != (nouvelle.get(c) or "")
        ]
    return enumeration(list(dict.fromkeys(phrases))), details


def attribution(entree: Entree) -> Phrase:
    """Tell who instructs, and the labels put and taken off."""
    avant, apres = lire(entree.avant), lire(entree.apres)
    phrases = []
    ancien, nouveau = avant.get("instructeur", ""), apres.get("instructeur", "")
    if ancien != nouveau:
        phrases.append(f"instructeur{DEUX_POINTS}{_fleche(ancien or 'personne', nouveau or 'personne')}")
    anciennes, nouvelles = avant.get("etiquettes", []), apres.get("etiquettes", [])
    phrases += [f"étiquette «{NBSP}{e}{NBSP}» posée" for e in nouvelles if e not in anciennes]
    phrases += [f"étiquette «{NBSP}{e}{NBSP}» retirée" for e in anciennes if e not in nouvelles]
    return enumeration(phrases) or "étiquettes rangées autrement", ()


_CHAMPS_QUESTION = {
    "texte": "Question",
    "reponse": "Réponse du porteur",
    "echeance": "Échéance",
    "envoyee_le": "Envoyée le",
}


def _question(ancienne: Mapping[str, Any], nouvelle: Mapping[str, Any]) -> str:
    sujet = (nouvelle or ancienne).get("critere") or ""
    sur = f" sur {sujet}" if sujet else ""
    if not ancienne:
        return f"question posée{sur}"
    if not nouvelle:
        return f"question retirée{sur}"
    if nouvelle.get("envoyee_le") and not ancienne.get("envoyee_le"):
        return f"question envoyée{sur}"
    if nouvelle.get("reponse") and not ancienne.get("reponse"):
        return f"réponse du porteur reçue{sur}"
    return f"question modifiée{sur}"


def _opinion(avant: Mapping[str, Any], apres: Mapping[str, Any]) -> Phrase:
    phrases: list[str] = []
    details: list[Dit] = []
    if avant.get("avis") != apres.get("avis"):
        phrases.append(f"avis{DEUX_POINTS}{_fleche(_avis(avant.get('avis')), _avis(apres.get('avis')))}")
        details.append(Dit(libelle="Avis", avant=_avis(avant.get("avis")), apres=_avis(apres.get("avis"))))
    anciens, nouveaux = lire(avant.get("montants", "{}")), lire(apres.get("montants", "{}"))
    for annee in sorted(anciens.keys() | nouveaux.keys()):
        de, a = _cents(anciens.get(annee)), _cents(nouveaux.get(annee))
        if de != a:
            phrases.append(f"montant proposé pour {annee}{DEUX_POINTS}{_fleche(de, a)}")
            details.append(Dit(libelle=f"Montant {annee}", avant=de, apres=a))
    for phrase, detail in _textes(avant, apres, " de l’avis"):
        phrases.append(phrase)
        details.append(detail)
    return enumeration(phrases), details


def _textes(avant: Mapping[str, Any], apres: Mapping[str, Any], de: str) -> Iterator[tuple[str, Dit]]:
    for champ, (nom, plusieurs) in TEXTES.items():
        ancien, nouveau = avant.get(champ, ""), apres.get(champ, "")
        if ancien == nouveau:
            continue
        verbe = "ajouté" if not ancien else "modifié" if nouveau else "effacé"
        accord = ("e" if nom in _FEMININS else "") + ("s" if plusieurs else "")
        yield f"{nom}{de} {verbe}{accord}", Dit(libelle=nom.capitalize(), avant=ancien, apres=nouveau)


def _valeur_dite(critere: Critere | None, critere_id: str, ancien: str, nouveau: str) -> str:
    echelle = critere is not None and critere.type is TypeCritere.ECHELLE
    quoi = f"niveau de {critere_id}" if echelle else f"réponse à {critere_id}"
    if not nouveau:
        return f"{quoi} effacé{'' if echelle else 'e'}"
    return f"{quoi}{DEUX_POINTS}{_fleche(_dite(ancien), _dite(nouveau))}"


def _fleche(ancien: str, nouveau: str) -> str:
    return f"{ancien}{FLECHE}{nouveau or 'effacé'}" if ancien else nouveau


def _dite(valeur: str) -> str:
    if re.fullmatch(r"\d+\.\d\d", valeur):
        return montant(Decimal(valeur))
    return valeur.replace("_", " ")


def _au_long(critere: Critere | None, valeur: str) -> str:
    """Return an answer with the wording of its level."""
    if critere is not None and valeur.isdecimal() and int(valeur) < len(critere.niveaux):
        return f"{valeur} — {critere.niveaux[int(valeur)]}"
    return _dite(valeur)


def _critere(grille: Grille, critere_id: str) -> Critere | None:
    try:
        return grille.critere(critere_id)
    except DossierError:  # a former grille had it
        return None


def _decision(critere_id: str, decision: str | None) -> str:
    if decision is None:
        return f"décision sur le constat de {critere_id} effacée"
    return f"constat de {critere_id} {_DECISIONS.get(decision, decision)}"


def _preuves(preuves: Sequence[Mapping[str, Any]] | None) -> str:
    return "\n".join(map(_preuve, preuves or ()))


def _preuve(preuve: Mapping[str, Any]) -> str:
    ou = str(preuve.get("ou", ""))
    extrait = f"{DEUX_POINTS}«{NBSP}{preuve['extrait']}{NBSP}»" if preuve.get("extrait") else ""
    return f"{ou}{suite_dite(ou, preuve.get('page'))}{extrait}"


def _avis(avis: str | None) -> str:
    return TypeAvis(avis).libelle if avis in list(TypeAvis) else str(avis or "")


def _cents(cents: int | None) -> str:
    return "" if cents is None else montant(Decimal(cents).scaleb(-2))


def _somme(montants: str) -> str:
    parts = lire(montants).values()
    return f", {_cents(sum(parts))}" if parts else ""


def _changements(texte: str) -> list[Dit]:
    lus = json.loads(texte) if texte.startswith("[") else []
    return [Dit(libelle=c["libelle"], avant=c["avant"], apres=c["apres"]) for c in lus]


def _paires(texte: str) -> list[tuple[str, str]]:
    return [(str(nom), str(valeur)) for nom, valeur in (json.loads(texte) if texte else [])]
