"""The directory of the actors of the employment network, by department (metier § 4.5)."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from o2r_desktop.dossiers.territoires import AUTRES_DEPARTEMENTS, DEPARTEMENTS
from o2r_desktop.errors import DossierError
from o2r_desktop.text import NBSP, NNBSP, printable

if TYPE_CHECKING:
    from o2r_desktop.analyse.reseau.detection import Index

RESEAU, PARTICIPANT, AUTRE = "reseau", "participant", "autre"
GROUPES = {
    RESEAU: "Réseau pour l’emploi",
    PARTICIPANT: "Participants possibles au réseau",
    AUTRE: "Autres acteurs d’insertion et d’aller-vers",
}
"""Groups of metier § 4.5: C. trav. L. 5311-7 II, L. 5311-7 III, others."""
SEPARATEUR = "|"
COLONNES = ("id", "nom", "famille", "groupe", "formes", "departement", "source")
LIGNES_MAX = 5_000
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_LONGUEUR_MAX = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Acteur:
    """An actor, or a kind of actor: «France Travail», «Mission locale», «CCAS».

    ``formes`` are the names and acronyms that it is known by; ``departement`` is «» for a kind that is everywhere;
    ``groupe`` is one of the groups of metier § 4.5 («reseau», «participant», «autre»).
    """

    id: str
    nom: str
    famille: str
    groupe: str
    formes: tuple[str, ...] = ()
    departement: str = ""
    source: str = ""

    @property
    def local(self) -> bool:
        """Whether it is one body of one place, not a kind of actor."""
        return bool(self.departement)


class Repertoire(tuple[Acteur, ...]):
    """The actors of a list, with what finds them in a text: made once, kept with the list."""

    @cached_property
    def trouveur(self) -> "Index":
        """What finds the names in a text."""
        from o2r_desktop.analyse.reseau.detection import Index

        return Index(self)


def repertoire(acteurs: Sequence[Acteur]) -> Repertoire:
    """Return a list of actors as a directory, itself when it is one."""
    return acteurs if isinstance(acteurs, Repertoire) else Repertoire(acteurs)


def lire(texte: str) -> Repertoire:
    """Read the CSV of the directory; raises DossierError with the line at fault."""
    lecteur = csv.reader(io.StringIO(texte.removeprefix("\ufeff"), newline=""), strict=True)
    acteurs: dict[str, Acteur] = {}
    try:
        entete = [c.strip() for c in next(lecteur, [])]
        if entete != list(COLONNES):
            raise _refus(1, f"la première ligne doit être « {','.join(COLONNES)} »")
        for cellules in lecteur:
            if not any(c.strip() for c in cellules):
                continue
            acteur = _acteur(lecteur.line_num, cellules)
            if acteur.id in acteurs:
                raise _refus(lecteur.line_num, f"l’identifiant « {acteur.id} » est déjà pris")
            acteurs[acteur.id] = acteur
            if len(acteurs) > LIGNES_MAX:
                raise _refus(lecteur.line_num, f"{LIGNES_MAX} acteurs au plus")
    except csv.Error as erreur:
        raise _refus(lecteur.line_num, "ses guillemets ou ses cellules ne se lisent pas") from erreur
    return Repertoire(acteurs.values())


def _acteur(ligne: int, cellules: Sequence[str]) -> Acteur:
    if len(cellules) != len(COLONNES):
        raise _refus(ligne, f"{len(COLONNES)} cellules attendues, {len(cellules)} lues")
    if max(map(len, cellules)) > _LONGUEUR_MAX:
        raise _refus(ligne, f"une cellule dépasse {_LONGUEUR_MAX} caractères")
    lus = dict(zip(COLONNES, (" ".join(printable(c).split()) for c in cellules), strict=True))
    if not _ID.fullmatch(lus["id"]):
        raise _refus(ligne, "l’identifiant se compose de lettres sans accent, de chiffres et de traits d’union")
    if not lus["nom"] or not lus["famille"]:
        raise _refus(ligne, "le nom et la famille sont à remplir")
    if lus["groupe"] not in GROUPES:
        raise _refus(ligne, f"le groupe est l’un de « {' », « '.join(GROUPES)} »")
    if lus["departement"] and lus["departement"] not in DEPARTEMENTS | AUTRES_DEPARTEMENTS:
        raise _refus(ligne, "le département est un code (« 72 ») ou reste vide")
    formes = tuple(dict.fromkeys(f.strip() for f in lus["formes"].split(SEPARATEUR) if f.strip()))
    return Acteur(
        id=lus["id"],
        nom=lus["nom"],
        famille=lus["famille"],
        groupe=lus["groupe"],
        formes=formes,
        departement=lus["departement"],
        source=lus["source"],
    )


def ecrire(acteurs: Iterable[Acteur]) -> str:
    """Return the CSV of a directory, that ``lire`` reads back."""
    sortie = io.StringIO()
    feuille = csv.writer(sortie, lineterminator="\n")
    feuille.writerow(COLONNES)
    for a in acteurs:
        feuille.writerow((a.id, a.nom, a.famille, a.groupe, SEPARATEUR.join(a.formes), a.departement, a.source))
    return sortie.getvalue()


def _refus(ligne: int, quoi: str) -> DossierError:
    quoi = quoi.replace("« ", f"«{NBSP}").replace(" »", f"{NBSP}»")
    return DossierError(
        f"La liste des acteurs est refusée à la ligne {ligne}{NBSP}: {quoi}. Corrigez cette ligne{NNBSP}; "
        f"les noms d’un acteur se séparent par «{NBSP}{SEPARATEUR}{NBSP}»."
    )
