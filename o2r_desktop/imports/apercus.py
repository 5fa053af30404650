"""Workbooks, CSV files and office documents as they can be shown: a child process reads them, within limits.

What they are is told by their bytes. What comes back is JSON, never pickles: the child handles bytes that nobody
vouches for (as imports/rendu.py).
"""

from __future__ import annotations

import json
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from o2r_desktop.enfant import Enfant
from o2r_desktop.errors import O2rError
from o2r_desktop.progress import Reporter, SilentReporter

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

TEXTE_MAX = 200_000
"""Characters of a document that are shown."""
LIGNE_MAX = 2_000
"""Characters of a line that are shown before it is broken: a view lays a line out whole."""
_MESSAGE_MAX = 64 * 2**20
_TOUR_S = 0.1
_SILENCE = SilentReporter()
_LECTURE = "Lecture de la pièce"


class ApercuError(O2rError):
    """A workbook or a document cannot be shown; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limites:
    """What reading one file may cost; see imports/processus.py for what Windows knows of them."""

    memoire: int = 1024 * 2**20
    secondes: float = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Feuille:
    """The beginning of a sheet: its rows without their blank tails. ``hauteur`` is 0 when nobody knows it.

    Bit *c* of ``nombres[l]`` says that the cell is a number.
    """

    nom: str
    hauteur: int
    largeur: int
    lignes: tuple[tuple[str, ...], ...]
    nombres: tuple[int, ...]
    coupe: bool = False

    @property
    def colonnes(self) -> int:
        """Return how many columns are shown."""
        return max(map(len, self.lignes), default=0)

    def texte(self, ligne: int, colonne: int) -> str:
        """Return what a cell shows, «» outside."""
        cellules = self.lignes[ligne] if ligne < len(self.lignes) else ()
        return cellules[colonne] if colonne < len(cellules) else ""

    def est_nombre(self, ligne: int, colonne: int) -> bool:
        """Say whether a cell is a number or a date."""
        return ligne < len(self.nombres) and bool(self.nombres[ligne] >> colonne & 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Apercu:
    """What can be shown of a file: sheets, or the text of each page (a slide is one, a letter has one).

    ``coupe`` says that sheets or text were left out.
    """

    feuilles: tuple[Feuille, ...] = ()
    pages: tuple[tuple[int, str], ...] = ()
    coupe: bool = False

    @property
    def texte(self) -> str:
        """Return the text of all the pages, a blank line between two."""
        return "\n\n".join(texte for _page, texte in self.pages)


def apercevoir(chemin: Path, reporter: Reporter = _SILENCE, limites: Limites | None = None) -> Apercu:
    """Read the beginning of a workbook, a CSV or an office document, for a background thread.

    Raises ApercuError when it cannot be shown, StoreError never, CancelledError when asked to stop.
    """
    recu = _Recu()
    for message in messages(chemin, reporter, limites or Limites()):
        recu.prendre(message)
        if recu.plein:
            break
    return recu.apercu()


def messages(chemin: Path, reporter: Reporter, limites: Limites) -> Iterator[dict[str, Any]]:
    """Yield what the child says of a file; the child is dead when the iteration is over, however it ends."""
    from o2r_desktop.imports.refus import FATAL, TROP_LONG

    enfant = Enfant(_travailler, "apercu", str(chemin), limites.memoire)
    echeance = time.monotonic() + limites.secondes
    try:
        lien = enfant.joindre()
        while True:
            reporter.step(0, 1, _LECTURE)
            if not lien.poll(_TOUR_S):
                if time.monotonic() > echeance:
                    raise ApercuError(TROP_LONG)
                continue
            message: dict[str, Any] = json.loads(lien.recv_bytes(_MESSAGE_MAX))
            if phrase := message.get("refus"):
                raise ApercuError(str(phrase))
            if message.get("fin"):
                return
            yield message
    except (EOFError, OSError, ValueError) as erreur:
        raise ApercuError(FATAL) from erreur
    finally:
        enfant.close()


@dataclass(slots=True)
class _Recu:
    """What came from the child so far."""

    feuilles: list[dict[str, Any]] = field(default_factory=list)
    pages: list[tuple[int, str]] = field(default_factory=list)
    caracteres: int = 0
    coupe: bool = False

    @property
    def plein(self) -> bool:
        """Whether no more text is to be shown."""
        return self.caracteres >= TEXTE_MAX

    def prendre(self, message: dict[str, Any]) -> None:
        """Take a message of the child."""
        if "feuille" in message:
            self.feuilles.append({**message, "lignes": [], "nombres": [], "coupe": False})
        elif "lignes" in message:
            courante = self.feuilles[-1]
            courante["lignes"] += [tuple(map(str, ligne)) for ligne in message["lignes"]]
            courante["nombres"] += map(int, message["nombres"])
            courante["coupe"] = bool(message.get("coupe"))
        elif "texte" in message:
            texte = str(message["texte"])
            reste = TEXTE_MAX - self.caracteres
            self.coupe = self.coupe or len(texte) >= reste
            self.caracteres += len(texte)
            self._ajouter(int(message["page"]), _brisees(texte[:reste]))
        else:
            self.coupe = True

    def _ajouter(self, page: int, texte: str) -> None:
        if self.pages and self.pages[-1][0] == page:
            texte = f"{self.pages.pop()[1]}\n{texte}"
        self.pages.append((page, texte))

    def apercu(self) -> Apercu:
        """Return what can be shown."""
        feuilles = [
            Feuille(
                nom=str(f["feuille"]),
                hauteur=int(f["hauteur"]),
                largeur=int(f["largeur"]),
                lignes=tuple(f["lignes"]),
                nombres=tuple(f["nombres"]),
                coupe=f["coupe"],
            )
            for f in self.feuilles
        ]
        return Apercu(feuilles=tuple(feuilles), pages=tuple(self.pages), coupe=self.coupe)


def _brisees(texte: str) -> str:
    lignes: list[str] = []
    for ligne in texte.split("\n"):
        lignes += [ligne[i : i + LIGNE_MAX] for i in range(0, len(ligne), LIGNE_MAX)] or [""]
    return "\n".join(lignes)


def lire(chemin: Path) -> Iterator[dict[str, Any]]:
    """Yield the sheets or the pages of a file; runs in a child. Raises RefusError, MemoryError."""
    from o2r_desktop.imports import bureautique, rtf, tables
    from o2r_desktop.imports.refus import ABIME, RefusError

    with chemin.open("rb") as flux:
        debut = flux.read(8)
    if debut.startswith(b"{\\rtf"):
        return rtf.lire_rtf(chemin)
    if debut.startswith(tables.OLE):
        bureautique.verifier_ole(chemin)
        return tables.lire_classeur(chemin)
    if not debut.startswith(b"PK"):
        return tables.lire_csv(chemin)
    try:
        with zipfile.ZipFile(chemin) as archive:
            genre = bureautique.reconnaitre(archive)
    except (zipfile.BadZipFile, OSError, ValueError) as erreur:
        raise RefusError(ABIME) from erreur
    return tables.lire_classeur(chemin) if genre == "classeur" else bureautique.lire_document(chemin, genre)


def _travailler(lien: Connection, chemin: str, memoire: int) -> None:
    """Read one file and send what it holds; runs in the child."""
    from o2r_desktop.imports.processus import limiter, se_taire
    from o2r_desktop.imports.refus import DEMESURE, RefusError

    se_taire()
    limiter(memoire)

    def dire(message: dict[str, Any]) -> None:
        lien.send_bytes(json.dumps(message, ensure_ascii=False).encode("utf-8", "replace"))

    try:
        for message in lire(Path(chemin)):
            dire(message)
        dire({"fin": True})
    except RefusError as erreur:
        dire({"refus": str(erreur)})
    except (MemoryError, RecursionError):
        dire({"refus": DEMESURE})
    except (BrokenPipeError, ConnectionResetError):
        sys.exit(0)  # the parent has had enough
