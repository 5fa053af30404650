"""Numbers that dossiers cannot have, and those that they share: the line is refused, the others enter."""

MANQUE, FAUX, DEJA = "manque", "n’est pas un numéro", "déjà celui de la ligne"
REFUSES: dict[str, str] = {
    "": MANQUE,
    "   ": MANQUE,
    "\u00a0": MANQUE,
    "0": FAUX,
    "-5": FAUX,
    "1e20": FAUX,
    "1.5": FAUX,
    "99999999999999999999": FAUX,
    "24000001 bis": FAUX,
    "²": FAUX,
    "٣": FAUX,
    "NaN": FAUX,
    "true": FAUX,
    "=1+1": FAUX,
    "<b>7</b>": FAUX,
    "7\u202e8": FAUX,
    "a" * 10_000: FAUX,
    "1": DEJA,
    "1.0": DEJA,
    " 1 ": DEJA,
}
"""What a cell holds and why its line is refused, when a dossier number 1 comes first."""
REFUSES_JSON: list[tuple[object, str]] = [
    (None, MANQUE),
    (True, FAUX),
    ([], "numéro"),
    ({}, "numéro"),
    (0, FAUX),
    (-1, FAUX),
    (1.5, FAUX),
    (1e20, FAUX),
    (10**30, FAUX),
    ("1e999", FAUX),
    ("\x00", "numéro"),
    ("\ud800", "numéro"),
    (1.0, DEJA),
    ("1", DEJA),
]
"""The same for the API, whose numbers may be anything."""
