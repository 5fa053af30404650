"""The dossiers before and after, as the list was when this one was opened."""

from collections.abc import Callable, Sequence

from o2r_desktop.text import NBSP, nombre


class Voisins:
    """Follows the list of the page Dossiers; a dossier that left it keeps its former place."""

    def __init__(self) -> None:
        self._numeros: list[int] = []
        self._rangs: dict[int, int] = {}
        self._place = 0
        self._numero = 0
        self.vue = ""

    def set_liste(self, numeros: Sequence[int], vue: str) -> None:
        """Take the rows of the list, in order, and its name."""
        self._numeros, self.vue = list(numeros), vue
        self._rangs = {numero: rang for rang, numero in enumerate(self._numeros)}
        self._place = min(self._rangs.get(self._numero, self._place), len(self._numeros))

    def set_courant(self, numero: int) -> None:
        """Say which dossier is open."""
        self._numero = numero
        self._place = self._rangs.get(numero, min(self._place, len(self._numeros)))

    def voisin(self, pas: int) -> int | None:
        """Return the dossier before (-1) or after (1), None at the ends."""
        # Once the dossier left the list, the one after it stands at its former place.
        rang = self._place + (pas if self._numero in self._rangs or pas < 0 else pas - 1)
        return self._numeros[rang] if 0 <= rang < len(self._numeros) else None

    @property
    def numeros(self) -> Sequence[int]:
        """The list, in order."""
        return self._numeros

    def prochain(self, reste: Callable[[int], bool]) -> tuple[int | None, bool]:
        """Return the next other dossier where something is left to do, and whether it stands before this one.

        The end of the list leads to its beginning; None when nothing is left anywhere.
        """
        apres = self._place + (self._numero in self._rangs)
        ordre = [*range(apres, len(self._numeros)), *range(apres)]
        suite = (r for r in ordre if self._numeros[r] != self._numero and reste(self._numeros[r]))
        trouve = next(suite, None)
        return (None, False) if trouve is None else (self._numeros[trouve], trouve < apres)

    @property
    def position(self) -> str:
        """Return «4 / 27 · vue « À instruire »», «» without a list."""
        if not self._numeros:
            return ""
        vue = f"vue «{NBSP}{self.vue}{NBSP}»" if self.vue else "tous les dossiers"
        total = nombre(len(self._numeros))
        if self._numero not in self._rangs:
            return f"hors de la {vue} ({total})" if self.vue else f"hors de la liste ({total})"
        return f"{nombre(self._place + 1)}{NBSP}/{NBSP}{total} · {vue}"
