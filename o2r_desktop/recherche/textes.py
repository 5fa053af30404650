"""The texts of the pieces of one dossier, as the index keeps them: to look for names in them."""

from o2r_desktop.analyse.reseau.releve import TextePiece
from o2r_desktop.errors import StoreError
from o2r_desktop.operations import Session
from o2r_desktop.store import pieces as store_pieces
from o2r_desktop.store import recherche as store

PAGES_MAX = 300
"""Pages of one piece that are read: an annex longer than that names its partners before."""


def textes_des_pieces(session: Session, numero: int) -> list[TextePiece] | None:
    """Return the pages of the received pieces (name, SHA-256, page, text); None while there is no index."""
    recues = {p.empreinte for p in store_pieces.received_by_dossier(session.campagne, [numero]).get(numero, ())}
    try:
        with store.consulter(session.campagne) as index:
            return [
                (piece.nom, piece.empreinte, page, texte)
                for piece in index.pieces_de(numero)
                if piece.empreinte in recues
                for page, texte in index.textes_de(piece.source, PAGES_MAX)
            ]
    except StoreError:  # no index yet, or one that is being written
        return None
