"""Where things stand in the text of a form: under which key each field is found, and which piece a name is."""

from collections.abc import Sequence

from o2r_desktop.dossiers.champs import Champ
from o2r_desktop.dossiers.model import Dossier, Piece
from o2r_desktop.text import normalise

_PIECE = "piece:"


class Lieux:
    """The fields of a dossier by their keys, and its pieces by the names that its fields announce."""

    def __init__(self, dossier: Dossier) -> None:
        self._rangs = {id(champ): rang for rang, champ in enumerate(dossier.champs)}
        self._par_champ: dict[str, list[tuple[int, Piece]]] = {}
        for rang, piece in enumerate(dossier.pieces):
            self._par_champ.setdefault(piece.champ, []).append((rang, piece))

    def cles(self, *champs: Champ) -> str:
        """Return the keys of columns, parted by blanks: the attribute and the place in the dossier of each."""
        return " ".join(f"{champ.attribut or ''} {_cle(self._rangs[id(champ)])}".strip() for champ in champs)

    def pieces(self, champ: Champ) -> Sequence[tuple[int, Piece] | None]:
        """Return the piece and its rank for each name of a field, None when there is none.

        Ask each field once, in the order of the form: a piece answers to one name only, fields may bear one label.
        """
        noms = champ.valeur if isinstance(champ.valeur, tuple) else ()
        restent = self._par_champ.get(champ.libelle, [])
        trouvees: list[tuple[int, Piece] | None] = []
        for nom in noms:
            trouvee = next((p for p in restent if normalise(p[1].nom) == normalise(nom)), None)
            if trouvee is not None:
                restent.remove(trouvee)
            trouvees.append(trouvee)
        return trouvees


def cle_champ(dossier: Dossier, champ: str, rang: int = 1) -> str:
    """Return the key of a field by its attribute, else by its label and its rank among equal ones; «» for none."""
    voulu = normalise(champ)
    for place, present in enumerate(dossier.champs):
        if champ == present.attribut or (normalise(present.libelle) == voulu and present.rang == rang):
            return _cle(place)
    return ""


def adresse_piece(rang: int) -> str:
    """Return the address of a link to a piece, by its rank in the dossier."""
    return f"{_PIECE}{rang}"


def rang_piece(adresse: str) -> int | None:
    """Return the rank of the piece that a link names, None when it names something else."""
    rang = adresse.removeprefix(_PIECE)
    return int(rang) if rang != adresse and rang.isdecimal() else None


def _cle(place: int) -> str:
    return f"#{place}"
