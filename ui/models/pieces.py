"""What is said of a piece of a dossier: its state in word, sign and colour, and what can be done about it."""

from dataclasses import dataclass

from o2r_desktop.dossiers.model import GenrePiece, Piece
from o2r_desktop.text import NBSP, instant, nombre, pluriel, printable
from ui.theme import Ton

FAMILLES = {
    GenrePiece.PIECE: "Pièces du formulaire",
    GenrePiece.DOSSIER: "Dossier imprimé (PDF)",
    GenrePiece.MESSAGERIE: "Messagerie",
    GenrePiece.AVIS: "Avis",
    GenrePiece.DECISION: "Décision",
    GenrePiece.AUTRE: "Autres fichiers",
}
"""Where the platform puts files, in the order of the outline."""


@dataclass(frozen=True, slots=True)
class EtatPiece:
    """A state: one word, its sign, its tone, and the words that a screen reader says."""

    mot: str
    signe: str
    ton: Ton
    dit: str


def etat_piece(piece: Piece) -> EtatPiece:
    """Return where a piece stands."""
    if piece.presente:
        pages = f"{nombre(piece.pages)}{NBSP}p." if piece.pages else "reçue"
        dit = f"reçue, {pluriel(piece.pages, 'page')}" if piece.pages else "reçue"
        return EtatPiece(pages, "✓", Ton.BON, dit)
    if piece.en_erreur:
        return EtatPiece("en erreur", "✕", Ton.MAUVAIS, "en erreur, pas reçue")
    return EtatPiece("manquante", "!", Ton.ALERTE, "manquante")


def nom_dit(piece: Piece) -> str:
    """Return the name on one line."""
    return " ".join(printable(piece.nom).split()) or "sans nom"


def que_faire(piece: Piece) -> str:
    """Return why a piece is not there and what to do, «» when it is."""
    if piece.presente:
        return ""
    ou = f"Annoncée dans « {' '.join(printable(piece.champ).split())} »" if piece.champ else "Annoncée"
    if piece.en_erreur:
        return (
            f"{ou}, mais la plateforme n’a pas pu la mettre dans l’archive : "
            "téléchargez l’archive de nouveau, ou demandez le fichier au porteur."
        )
    return f"{ou}, pas reçue : importez l’archive ZIP des pièces."


def taille_dite(octets: int) -> str:
    """Return «1,4 Mo»."""
    for unite, part in (("Go", 2**30), ("Mo", 2**20), ("ko", 2**10)):
        if octets >= part:
            dixiemes = round(octets * 10 / part)
            entier, reste = divmod(dixiemes, 10)
            return f"{nombre(entier)}{f',{reste}' if reste and entier < 100 else ''}{NBSP}{unite}"
    return pluriel(octets, "octet")


def depot_dit(piece: Piece) -> str:
    """Return «déposée le 04/07/2025 à 16:03», «» when it is not known."""
    return f"déposée le {instant(piece.depose_le)}" if piece.depose_le else ""
