"""How values are said in a note: fields, figures, answers. A blank is said, never guessed."""

import re
from collections.abc import Sequence
from decimal import Decimal

from o2r_desktop.dossiers.affichage import SEPARATEUR, champ_dit
from o2r_desktop.dossiers.budget import Chiffre, Serie, somme
from o2r_desktop.dossiers.model import Dossier, Piece
from o2r_desktop.evaluation.constats import Constat, Resultat, pire
from o2r_desktop.evaluation.grille import Critere, Effet, TypeCritere
from o2r_desktop.evaluation.preuves import EtatPreuve, etat_preuve, preuve_dite, sans_justification
from o2r_desktop.evaluation.reponses import (
    MANQUANTE,
    NON,
    OUI,
    SANS_OBJET,
    DecisionConstat,
    Preuve,
    Reponse,
)
from o2r_desktop.notes.modele import Etiquette, Nature, Passage, Ton
from o2r_desktop.text import NBSP, NNBSP, enumeration, montant, nombre

TIRET = "–"
POINT_VIRGULE = SEPARATEUR
_FICHIER = re.compile(r"\.\w{2,5}$")
_RESULTATS = {
    Resultat.CONFORME: Etiquette("✓ conforme", Ton.BON),
    Resultat.NON_CONFORME: Etiquette("✕ non conforme", Ton.MAUVAIS),
    Resultat.ALERTE: Etiquette("! alerte", Ton.ALERTE),
    Resultat.INCONNU: Etiquette("? inconnu", Ton.NEUTRE),
    Resultat.SANS_OBJET: Etiquette("– sans objet", Ton.NEUTRE),
}
_DECISIONS = {
    DecisionConstat.CONFIRME: "constat confirmé",
    DecisionConstat.CONTESTE: "constat contesté",
    DecisionConstat.NON_VERIFIABLE: "constat non vérifiable",
}
_ETATS_PREUVE = {
    EtatPreuve.REMPLACEE: " (pièce remplacée depuis)",
    EtatPreuve.ABSENTE: " (pièce qui n’est plus au dossier)",
}


def dit(dossier: Dossier, attribut: str) -> str:
    """Return the field bound to *attribut* as it is printed."""
    return champ_dit(dossier.champ(attribut))


def chiffre_dit(chiffre: Chiffre, *, euros: bool = True, decimales: int = 2) -> str:
    """Return a figure of the form, or why it is unknown."""
    if chiffre.valeur is None:
        return chiffre.etat.value
    return montant(chiffre.valeur, decimales) if euros else nombre(chiffre.valeur)


def total_dit(serie: Serie, annees: Sequence[str]) -> str:
    """Return the sum of a series of numbers, or which years are unknown."""
    total = somme(serie)
    if total is not None:
        return nombre(total)
    manques = [(an, c.etat.value) for an, c in zip(annees, serie, strict=True) if c.valeur is None]
    etats = {etat for _, etat in manques}
    if len(manques) == len(serie) and len(etats) == 1:
        return etats.pop()
    return f"incomplet ({enumeration([f'{an} : {etat}' for an, etat in manques])})"


def reponse_dite(critere: Critere, reponse: Reponse) -> str:
    """Return an answer in words, «sans réponse» when there is none."""
    valeur = reponse.valeur
    if not valeur:
        return "sans réponse"
    if valeur == MANQUANTE:
        return "information manquante"
    if valeur == SANS_OBJET:
        return "sans objet"
    if reponse.niveau is not None and critere.type is TypeCritere.ECHELLE:
        return f"{reponse.niveau}/4"
    if critere.type is TypeCritere.MONTANT and valeur not in (OUI, NON):
        return montant(Decimal(valeur))
    return valeur


def etiquette(critere: Critere, reponse: Reponse, constats: Sequence[Constat]) -> Etiquette:
    """Return the state of a check: the answer when there is one, else the finding, to be confirmed."""
    if reponse.a_reconfirmer:
        return Etiquette("! à reconfirmer", Ton.ALERTE, reponse_dite(critere, reponse))
    if reponse.valeur == OUI:
        return Etiquette("✓ oui", Ton.BON)
    if reponse.valeur == NON:
        return Etiquette("✕ non", Ton.MAUVAIS if critere.effet is Effet.BLOQUANT else Ton.ALERTE)
    if reponse.valeur == SANS_OBJET:
        return _RESULTATS[Resultat.SANS_OBJET]
    if reponse.valeur == MANQUANTE:
        return Etiquette("? manquante", Ton.ALERTE, "information à demander")
    if reponse.niveau is not None and critere.type is TypeCritere.ECHELLE:
        return _niveau(critere, reponse.niveau)
    if reponse.valeur and critere.type is TypeCritere.PRIORITE:
        return Etiquette(reponse.valeur, Ton.NEUTRE)
    return _du_constat(critere, reponse, constats)


def _niveau(critere: Critere, niveau: int) -> Etiquette:
    ton = Ton.BON if niveau >= 3 else Ton.ALERTE if niveau == 2 else Ton.MAUVAIS
    libelle = critere.niveaux[niveau] if len(critere.niveaux) > niveau else ""
    return Etiquette(f"{niveau}/4", ton, libelle)


def _du_constat(critere: Critere, reponse: Reponse, constats: Sequence[Constat]) -> Etiquette:
    dite = reponse_dite(critere, reponse) if reponse.valeur else ""
    if reponse.decision is DecisionConstat.CONTESTE:
        return Etiquette("! contesté", Ton.ALERTE, dite)
    if not constats:
        return Etiquette(dite, Ton.NEUTRE) if dite else Etiquette("? sans réponse", Ton.NEUTRE)
    trouve = _RESULTATS[pire(c.resultat for c in constats)]
    if all(c.resultat is Resultat.SANS_OBJET for c in constats):
        trouve = _RESULTATS[Resultat.SANS_OBJET]
    suite = dite or ("" if reponse.decision is DecisionConstat.CONFIRME else "constat à confirmer")
    return Etiquette(trouve.mot, trouve.ton, suite)


def passage(reponse: Reponse, constats: Sequence[Constat], pieces: Sequence[Piece]) -> Passage:
    """Return what supports an answer: finding, decision on it, comment, evidence, each with its origin.

    *pieces* are those of the dossier: they tell which evidence was replaced since.
    """
    dits: list[tuple[str, str]] = []
    for constat in constats:
        dits.append((Nature.CALCULE, constat.valeur))
        if constat.preuve:
            dits.append((Nature.SOURCE, constat.preuve))
    if reponse.decision is not None:
        motif = f" : {reponse.motif}" if reponse.motif.strip() else ""
        dits.append((Nature.DECISION, _DECISIONS[reponse.decision] + motif))
    elif reponse.motif.strip():
        dits.append((Nature.DECISION, reponse.motif))
    if reponse.commentaire.strip():
        dits.append((Nature.APPRECIE, reponse.commentaire))
    dits += _preuves(reponse.preuves, pieces)
    if reponse.vigilance.strip():
        dits.append((Nature.VIGILANCE, reponse.vigilance))
    if sans_justification(reponse):
        dits.append(("", "Niveau donné sans commentaire ni preuve."))
    return Passage(tuple(dits) or (("", TIRET),))


def _preuves(preuves: Sequence[Preuve], pieces: Sequence[Piece]) -> list[tuple[str, str]]:
    """Tell what was read in pieces apart from what the applicant wrote in the form."""
    sur_piece = [p for p in preuves if p.empreinte or p.page is not None or _FICHIER.search(p.ou)]
    au_formulaire = [p for p in preuves if p not in sur_piece]
    return [
        (nature, POINT_VIRGULE.join(source_dite(p, pieces) for p in trouvees))
        for nature, trouvees in ((Nature.PIECE, sur_piece), (Nature.FORMULAIRE, au_formulaire))
        if trouvees
    ]


def source_dite(preuve: Preuve, pieces: Sequence[Piece]) -> str:
    """Return «Budget prévisionnel, p. 4 (pièce remplacée depuis) : « extrait »»."""
    etat = etat_preuve(preuve, pieces) if preuve.empreinte else EtatPreuve.ACTUELLE
    extrait = f" : « {preuve.extrait} »" if preuve.extrait.strip() else ""
    return f"{preuve_dite(preuve)}{_ETATS_PREUVE.get(etat, '')}{extrait}"


def court(texte: str, longueur: int) -> str:
    """Return *texte* on one line, cut between words with «…» when it is longer than *longueur*."""
    texte = " ".join(texte.split(" ")).replace("\n", " ").strip()
    if len(texte) <= longueur:
        return texte
    coupe = texte[: longueur - 1]
    if " " in coupe[longueur // 2 :]:
        coupe = coupe.rsplit(" ", 1)[0]
    return coupe.rstrip(f" ,;:.{NBSP}{NNBSP}") + "…"


def ou_vide(texte: str) -> str:
    """Return a text, or «non renseigné»."""
    return texte.strip() or "non renseigné"
