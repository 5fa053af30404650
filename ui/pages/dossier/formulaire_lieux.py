"""Where things stand in the text of a form: under which key each field is found, and which piece a name is."""

import re
from collections.abc import Mapping, Sequence

from o2r_desktop.dossiers.champs import Champ
from o2r_desktop.dossiers.model import Dossier, Piece
from o2r_desktop.text import normalise
from ui.widgets.vue_texte import Etendue

_PIECE = "piece:"
_RANG = re.compile(r"(.+) \(([0-9]+)\)")


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


def champs_a(dossier: Dossier, cles: Mapping[str, Etendue], position: int) -> tuple[list[Champ], Etendue] | None:
    """Return the fields that are written where *position* is, and the stretch of them all; None when none is."""
    ici = {c: e for c, e in cles.items() if c.startswith("#") and e.debut <= position <= e.fin}
    if not ici:
        return None
    etendue = min(ici.values(), key=lambda e: e.fin - e.debut)
    places = sorted(int(c[1:]) for c, e in ici.items() if e == etendue)
    return [dossier.champs[place] for place in places], etendue


def libelle_champ(champ: Champ) -> str:
    """Return the label of a field, with its rank among equal ones: «Région (2)»."""
    return f"{champ.libelle} ({champ.rang})" if champ.rang > 1 else champ.libelle


def libelle_et_rang(libelle: str) -> tuple[str, int]:
    """Return the label and the rank that ``libelle_champ`` made one of."""
    lu = _RANG.fullmatch(libelle)
    return (lu[1], int(lu[2])) if lu else (libelle, 1)


def adresse_piece(rang: int) -> str:
    """Return the address of a link to a piece, by its rank in the dossier."""
    return f"{_PIECE}{rang}"


def rang_piece(adresse: str) -> int | None:
    """Return the rank of the piece that a link names, None when it names something else."""
    rang = adresse.removeprefix(_PIECE)
    return int(rang) if rang != adresse and rang.isdecimal() else None


def _cle(place: int) -> str:
    return f"#{place}"
