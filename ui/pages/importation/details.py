"""What there is to know of one line before it is imported."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtGui import QTextDocument

from o2r_desktop.dossiers.importation import Apercu, ImportPlan
from o2r_desktop.dossiers.model import Piece
from o2r_desktop.text import NBSP, enumeration, instant, montant, pluriel
from o2r_desktop.text import numero as numero_lisible
from ui.models.lignes_import import EtatLigne, LignePlan
from ui.pages.importation.mots import poids
from ui.pages.importation.redaction import Redacteur

Nommer = Callable[[LignePlan], Sequence[Piece]]
"""Returns the pieces that the dossier of a line announces."""


def tell_line(
    document: QTextDocument,
    ligne: LignePlan | None,
    plans: Sequence[ImportPlan],
    nommer_pieces: Nommer,
    *,
    texte: str,
    secondaire: str,
) -> None:
    """Write into *document* what a line is, changes, and lacks."""
    with Redacteur(document, texte=texte, secondaire=secondaire) as plume:
        if ligne is None:
            plume.phrase("Aucune ligne ne correspond à ce filtre et à cette recherche.", secondaire=True)
        else:
            _tell(plume, ligne, plans, nommer_pieces)


def _tell(plume: Redacteur, ligne: LignePlan, plans: Sequence[ImportPlan], nommer_pieces: Nommer) -> None:
    plume.section(_titre(ligne))
    plume.phrase(_situation(ligne, plans), secondaire=True)
    if ligne.motif:
        plume.element(f"Refusé, ligne{NBSP}{ligne.ligne}", ligne.motif)
    if ligne.plus_recent is not None:
        plume.element("! Plus ancien que la campagne", _dates(ligne, ligne.plus_recent))
    if ligne.hors_delai:
        plume.element("✕ Hors délai", "le dépôt est postérieur à la date limite de la campagne")
    for anomalie in ligne.anomalies:
        plume.element(anomalie.ou, anomalie.quoi)
    if ligne.a_reconfirmer:
        plume.element("À reconfirmer après l’import", enumeration(ligne.a_reconfirmer))
    if ligne.differences:
        plume.section(pluriel(len(ligne.differences), "réponse changée", "réponses changées"))
        for d in ligne.differences:
            plume.ecart(d.libelle, d.avant, d.apres)
    _tell_pieces(plume, ligne, nommer_pieces)


def _dates(ligne: LignePlan, connu: Apercu) -> str:
    avant = instant(connu.mise_a_jour) if connu.mise_a_jour else "date inconnue"
    lu = ligne.apercu.mise_a_jour if ligne.apercu else None
    return (
        f"mis à jour le {instant(lu) if lu else '(date inconnue)'} dans ce fichier, le {avant} dans la campagne. "
        f"Il est décoché{NBSP}: cochez-le pour revenir à ces réponses."
    )


def _tell_pieces(plume: Redacteur, ligne: LignePlan, nommer_pieces: Nommer) -> None:
    recu = ligne.recu
    if recu.apport or recu.inchangees or recu.manquantes:
        plume.section("Pièces")
        for piece in recu.nouvelles:
            plume.element("✓ à recevoir", f"{piece.nom} ({poids(piece.taille)})")
        for ancienne, piece in recu.remplacees:
            plume.element("≠ remplacée", f"{ancienne.nom} par {piece.nom} ({poids(piece.taille)})")
        for piece in recu.inchangees:
            plume.element("= déjà reçue", piece.nom)
        for nom in recu.manquantes:
            plume.element("✕ manquante", f"{nom}, annoncée par le dossier")
    elif ligne.pieces:
        plume.section(pluriel(ligne.pieces, "pièce annoncée", "pièces annoncées"))
        for annoncee in nommer_pieces(ligne):
            plume.element(annoncee.nom, annoncee.champ)


def _titre(ligne: LignePlan) -> str:
    numero = "Ligne sans numéro" if ligne.numero is None else f"Dossier {numero_lisible(ligne.numero)}"
    return f"{numero} — {ligne.apercu.porteur}" if ligne.apercu and ligne.apercu.porteur else numero


def _situation(ligne: LignePlan, plans: Sequence[ImportPlan]) -> str:
    return " · ".join(_parties(ligne, plans))


def _parties(ligne: LignePlan, plans: Sequence[ImportPlan]) -> Iterable[str]:
    yield ligne.etat.pastille[0]
    if ligne.plan is not None:
        fichier = plans[ligne.plan].read.fichier
        yield f"{fichier}, ligne{NBSP}{ligne.ligne}" if ligne.ligne else f"{fichier}, déjà importé tel quel"
    elif ligne.etat is EtatLigne.ABSENT:
        autre = "de ces fichiers" if len(plans) > 1 else "de ce fichier"
        yield f"absent {autre}{NBSP}: il reste tel quel dans la campagne"
    a = ligne.apercu
    if a is None:
        return
    yield f"déposé le {instant(a.depot)}" if a.depot else "date de dépôt inconnue"
    if a.demande is not None:
        yield f"{montant(a.demande)} demandés"
    if a.intitule:
        yield a.intitule
