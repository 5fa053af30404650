"""Listening to a window by AT-SPI: what is in view, its roles, names and states, its actions.

Run with the Python of the system, the one that has pyatspi: nothing of the program is imported.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pyatspi  # type: ignore[import-not-found, unused-ignore]
from gi.repository import GLib  # type: ignore[import-untyped, import-not-found, unused-ignore]

T = TypeVar("T")
Objet = Any
"""An Accessible of pyatspi."""

LIMITE_S = 15.0
PAS_S = 0.03
ENTREE, BAS = 0xFF0D, 0xFF54
"""Keysyms."""
DISPARU = (LookupError, RuntimeError, NotImplementedError, AttributeError, GLib.GError)
"""What pyatspi raises for an object that is gone, or that has not the interface."""

COMMANDES = {
    "push button",
    "check box",
    "radio button",
    "text",
    "combo box",
    "spin button",
    "page tab",
    "toggle button",
}
"""Roles that a user acts on: they must have a name even when they cannot have the focus now."""

VAGUES = {"filler", "panel", "unknown"}
"""Roles that say nothing of what can be done: nothing that takes the focus should have one."""

SANS_ROLE = {"Pages du document": "pages of a PDF painted by hand; the name and the description say all"}
"""What takes the focus under a vague role all the same, and why."""

ETATS = {
    "accessible": pyatspi.STATE_FOCUSABLE,
    "focus": pyatspi.STATE_FOCUSED,
    "coché": pyatspi.STATE_CHECKED,
    "déplié": pyatspi.STATE_EXPANDED,
}
"""States that are written down."""


class Faute(Exception):  # noqa: N818 a fault of the window, in French for who reads the result
    """Something that was not heard."""


@dataclass(frozen=True)
class Entendu:
    """An object as it was heard."""

    role: str
    nom: str
    etats: str
    objet: Objet = field(compare=False)

    @classmethod
    def de(cls, objet: Objet) -> "Entendu":
        """Listen to an object."""
        etats = objet.getState()
        dits = " ".join(mot for mot, etat in ETATS.items() if etats.contains(etat))
        return cls(objet.getRoleName(), objet.name, dits, objet)


class Oreille:
    """Listens to one application, and remembers all that it heard."""

    def __init__(self) -> None:
        self.etapes: list[str] = []
        self.fautes: list[str] = []
        self.entendus: Counter[str] = Counter()
        self.releve: list[str] = []
        self._dernier: list[Entendu] = []
        self.appli = self.attendre("l’application « O2R Desktop »", self._trouver_appli)

    # --- waiting and looking ------------------------------------------------------------------------------

    def attendre(self, quoi: str, condition: Callable[[], T | None], limite: float = LIMITE_S) -> T:
        """Return what *condition* gives as soon as it is not nothing."""
        fin = time.monotonic() + limite
        while time.monotonic() < fin:
            try:
                obtenu = condition()
            except DISPARU:
                obtenu = None
            if obtenu:
                return obtenu
            time.sleep(PAS_S)
        raise Faute(f"pas entendu : {quoi}")

    def un(self, role: str, nom: str, dans: Objet = None) -> Objet:
        """Return the object in view of that role whose name begins so, as soon as there is one."""
        return self.attendre(f"{role} « {nom} »", lambda: self.premier(role, nom, dans))

    def premier(self, role: str, nom: str, dans: Objet = None) -> Objet | None:
        """Return the first object in view of that role whose name begins so, None when there is none."""
        return next((o for o in self.tous(role, dans) if lisible(o.name).startswith(nom)), None)

    def tous(self, role: str, dans: Objet = None) -> list[Objet]:
        """Return the objects in view of that role."""
        return [o for o in en_vue(dans or self.appli) if o.getRoleName() == role]

    def _trouver_appli(self) -> Objet | None:
        bureau = pyatspi.Registry.getDesktop(0)
        bureau.clear_cache()
        applis = [bureau.getChildAtIndex(i) for i in range(bureau.childCount)]
        return next((a for a in applis if a is not None and a.name == "O2R Desktop" and a.childCount), None)

    # --- acting -------------------------------------------------------------------------------------------

    def activer(self, objet: Objet) -> None:
        """Do the first action of an object, as an assistive technology does."""
        if not objet.queryAction().doAction(0):
            raise Faute(f"refuse l’action : {decrire(objet)}")

    def exiger(self, condition: object, faute: str) -> None:
        """Note a fault; the walk goes on."""
        if not condition:
            self.fautes.append(faute)

    # --- steps --------------------------------------------------------------------------------------------

    def etape(self, nom: str, faire: Callable[[], object]) -> None:
        """Take one step, then judge everything that is in view."""
        self.etapes.append(nom)
        try:
            faire()
        except (*DISPARU, StopIteration) as panne:
            raise Faute(f"l’objet attendu n’est plus là : {panne!r}") from panne
        self.juger(nom)

    def juger(self, etape: str) -> None:
        """Count the objects in view, and note those that a user can act on and that have no name."""
        self.releve.append(f"== {etape}")
        for entendu in self.attendre(f"{etape}, au calme", self._au_calme):
            self.entendus[entendu.role] += 1
            self.releve.append(f"{entendu.role} « {entendu.nom} » {entendu.etats}".rstrip())
            focalisable = "accessible" in entendu.etats
            if (focalisable or entendu.role in COMMANDES) and not entendu.nom.strip():
                self.fautes.append(f"{etape}, sans nom : {chemin(entendu.objet)}")
            if focalisable and entendu.role in VAGUES and entendu.nom not in SANS_ROLE:
                self.fautes.append(f"{etape}, sans rôle : {chemin(entendu.objet)}")

    def _au_calme(self) -> "list[Entendu] | None":
        """Return what is in view once it is the same twice in a row."""
        avant, self._dernier = self._dernier, [Entendu.de(o) for o in en_vue(self.appli)]
        return self._dernier if avant == self._dernier else None


# --- objects --------------------------------------------------------------------------------------------------


def en_vue(objet: Objet) -> Iterator[Objet]:
    """Yield an object and what is under it, as far as it shows."""
    try:
        if not a_etat(objet, pyatspi.STATE_SHOWING):
            return
        enfants = [objet.getChildAtIndex(i) for i in range(objet.childCount)]
    except DISPARU:
        return
    yield objet
    for enfant in enfants:
        if enfant is not None:
            yield from en_vue(enfant)


def a_etat(objet: Objet, etat: Any) -> bool:
    """Whether an object is in that state now."""
    objet.clear_cache()
    return bool(objet.getState().contains(etat))


def lisible(texte: str) -> str:
    """Return a text with plain spaces."""
    return texte.replace("\u00a0", " ").replace("\u202f", " ")


def texte_de(objet: Objet) -> str:
    """Return what a field holds."""
    return str(objet.queryText().getText(0, -1))


def decrire(objet: Objet) -> str:
    """Return the role and the name of an object."""
    return f"{objet.getRoleName()} « {lisible(objet.name)} »"


def chemin(objet: Objet) -> str:
    """Return an object and what holds it, to find it again."""
    parties: list[str] = []
    ici = objet
    while ici is not None and len(parties) < 5:
        parties.append(decrire(ici))
        ici = ici.parent
    return " dans ".join(parties)


def dessous(objet: Objet) -> Iterator[Objet]:
    """Yield everything under an object, shown or not."""
    for rang in range(objet.childCount):
        enfant = objet.getChildAtIndex(rang)
        if enfant is not None:
            yield enfant
            yield from dessous(enfant)


def taper(touche: int) -> None:
    """Press a key."""
    pyatspi.Registry.generateKeyboardEvent(touche, None, pyatspi.KEY_SYM)


def focalisee(arbre: Objet) -> str:
    """Return the name of the line or cell that has the focus, «» when it is elsewhere."""
    return next((lisible(x.name) for x in dessous(arbre) if a_etat(x, pyatspi.STATE_FOCUSED)), "")


def ligne_de(arbre: Objet, debut: str) -> str:
    """Return the line of an outline that begins so, «» when there is none."""
    return next((lisible(x.name) for x in dessous(arbre) if x.name.startswith(debut)), "")


def lus(o: Oreille, suite: list[tuple[str, str]]) -> list[str]:
    """Return, in the order in which they are read, those of *suite*."""
    vus = [(x.getRoleName(), lisible(x.name)) for x in en_vue(o.appli)]
    places = [
        next((i for i, (r, n) in enumerate(vus) if r == role and n.startswith(nom)), -1) for role, nom in suite
    ]
    return [nom for _, (_, nom) in sorted(zip(places, suite, strict=True))]


def est_lu(o: Oreille, suite: list[tuple[str, str]]) -> bool:
    """Whether these objects are read in that order."""
    return lus(o, suite) == [nom for _, nom in suite]
