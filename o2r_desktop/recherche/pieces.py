"""Words looked for in all the pieces of one dossier: which piece, which page, what stands around."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from o2r_desktop.dossiers.question import Terme, termes
from o2r_desktop.errors import StoreError
from o2r_desktop.operations import Session
from o2r_desktop.recherche.extraits import Surligneur, fragments
from o2r_desktop.recherche.modele import EtatPiece, PassagePage, PassagePiece
from o2r_desktop.recherche.trouver import expression_de
from o2r_desktop.store import pieces as store_pieces
from o2r_desktop.store import recherche as store

PAGES_MAX = 200
"""Pages of one piece that are given."""


def chercher_pieces(session: Session, numero: int, texte: str) -> list[PassagePiece]:
    """Return the pieces of a dossier where words stand, page by page, then those that could not be searched.

    A page answers when it holds each word, beginning of word or «"phrase"» that is wanted, and none of those after
    «-». A piece that was read and does not answer is left out; without a word to look for, every piece is. A piece
    that is not indexed yet has the state ATTENTE. Raises StoreError when the campagne cannot be read.
    """
    recues = {
        piece.empreinte: piece.nom or piece.empreinte
        for piece in store_pieces.received_by_dossier(session.campagne, [numero]).get(numero, ())
    }
    demandes = [terme for terme in termes(texte) if expression_de(terme)]
    if not any(not terme.exclu for terme in demandes):
        return []
    try:
        with store.consulter(session.campagne) as index:
            lues = [piece for piece in index.pieces_de(numero) if piece.empreinte in recues]
            trouvees = list(_trouvees(index, lues, demandes))
    except StoreError:  # no index yet, or one that is being written: all of them wait
        lues, trouvees = [], []
    connues = {piece.empreinte for piece in lues}
    attendues = [
        PassagePiece(empreinte=empreinte, nom=nom, etat=EtatPiece.ATTENTE)
        for empreinte, nom in recues.items()
        if empreinte not in connues
    ]
    return sorted(trouvees, key=lambda piece: not piece.pages) + attendues


def _trouvees(
    index: store.Index, pieces: Sequence[store.PieceIndexee], demandes: Sequence[Terme]
) -> Iterator[PassagePiece]:
    voulus = [terme for terme in demandes if not terme.exclu]
    exclus = "".join(f" NOT {expression_de(terme)}" for terme in demandes if terme.exclu)
    expression = f"({' AND '.join(map(expression_de, voulus))}){exclus}"
    surligneur = Surligneur(voulus)
    for piece in pieces:
        etat = EtatPiece(piece.etat)
        pages = _pages(index.feuillets_de(piece.source, expression, PAGES_MAX + 1), surligneur)
        if pages or etat is not EtatPiece.LU:
            yield PassagePiece(
                empreinte=piece.empreinte,
                nom=piece.nom,
                etat=etat,
                pages=tuple(pages[:PAGES_MAX]),
                paginee=piece.pages > 0,
                coupe=len(pages) > PAGES_MAX,
            )


def _pages(feuillets: Sequence[tuple[int, str]], surligneur: Surligneur) -> list[PassagePage]:
    """Return one passage a page: a long page is several sheets of the index."""
    pages = []
    for page, siens in groupby(feuillets, key=lambda feuillet: feuillet[0]):
        lus = [(contenu, surligneur.marquer(contenu)) for _page, contenu in siens]
        contenu, marques = max(lus, key=lambda lu: len({rang for _d, _f, rang in lu[1]}))
        nombre = sum(len(siennes) for _contenu, siennes in lus)
        pages.append(PassagePage(page=page, fragments=fragments(contenu, marques), nombre=max(1, nombre)))
    return pages
