"""The campagne while somebody works on it: made, opened, opened again for another thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from o2r_desktop.evaluation.grille import load_grille
from o2r_desktop.resources import resource
from o2r_desktop.store import connection

if TYPE_CHECKING:
    from o2r_desktop.analyse.panorama import Panorama
    from o2r_desktop.analyse.referentiels import Referentiels
    from o2r_desktop.dossiers.correspondance import Attribut, Correspondance
    from o2r_desktop.dossiers.model import Colonne
    from o2r_desktop.evaluation.grille import Grille
    from o2r_desktop.evaluation.lot import Lot
    from o2r_desktop.evaluation.parametres import Parametres

GRILLE_PAR_DEFAUT = ("grilles", "ami_2025.toml")
CORRESPONDANCE_PAR_DEFAUT = ("correspondances", "o2r_2025.toml")


class Session:
    """An open campagne with what its rules need; built once, handed to whoever works on it."""

    def __init__(self, campagne: connection.Campagne, *, auteur: str, horloge: Callable[[], datetime]) -> None:
        self.campagne = campagne
        self.auteur = auteur
        self.horloge = horloge
        self.parametres: Parametres = connection.parametres(campagne)
        self.grille: Grille = load_grille(connection.grille_toml(campagne), "grille.toml")
        self._liens: dict[tuple[Colonne, ...], tuple[Attribut | None, ...]] = {}
        self.panorama: Panorama | None = None
        """What the other dossiers say, once they are read (operations.analyse.load_panorama)."""

    @cached_property
    def referentiels(self) -> Referentiels:
        """The lists that an analysis compares with: those of this campagne, else the shipped ones."""
        from o2r_desktop.analyse.referentiels import Referentiels
        from o2r_desktop.store import referentiels

        propres = referentiels.load_all(self.campagne)
        return Referentiels(propres={nom: garde.contenu for nom, garde in propres.items()})

    def oublier_referentiels(self) -> None:
        """Have the lists read again: one of them changed."""
        self.__dict__.pop("referentiels", None)

    @cached_property
    def correspondance(self) -> Correspondance:
        """Which field of the form is which attribute, in this campagne."""
        from o2r_desktop.imports.correspondance import parse_correspondance

        return parse_correspondance(connection.correspondance_toml(self.campagne), "correspondance.toml")

    def liens(self, colonnes: tuple[Colonne, ...]) -> tuple[Attribut | None, ...]:
        """Return the attributes of the columns, worked out once per set of columns."""
        if colonnes not in self._liens:
            self._liens[colonnes] = self.correspondance.lier(colonnes)
        return self._liens[colonnes]

    @cached_property
    def lot(self) -> Lot:
        """Figures of all the dossiers of the campagne, to situate one among them."""
        from o2r_desktop.evaluation.lot import lot
        from o2r_desktop.store import dossiers as store_dossiers

        return lot(store_dossiers.list_apercus(self.campagne))

    def prendre_lot(self, lot: Lot) -> None:
        """Keep the figures of the lot that a twin worked out in the background, unless they are known."""
        self.__dict__.setdefault("lot", lot)

    def oublier_correspondance(self) -> None:
        """Have the correspondence read again: it was changed, or its change undone."""
        self.__dict__.pop("correspondance", None)
        self._liens.clear()
        self.oublier_lot()

    def oublier_lot(self) -> None:
        """Have the figures of the lot worked out again: the dossiers changed."""
        self.__dict__.pop("lot", None)
        self.panorama = None


def create_campagne(dossier: Path, *, maintenant: datetime) -> None:
    """Create a campagne for the AMI shipped with the program; raises StoreError when the folder is taken."""
    from o2r_desktop.evaluation.grille import parametres_par_defaut
    from o2r_desktop.evaluation.parametres import parametres_de

    grille_toml = resource(*GRILLE_PAR_DEFAUT).read_text("utf-8")
    correspondance_toml = resource(*CORRESPONDANCE_PAR_DEFAUT).read_text("utf-8")
    grille = load_grille(grille_toml, GRILLE_PAR_DEFAUT[-1])
    parametres = parametres_de(parametres_par_defaut(grille_toml))
    connection.create_campagne(
        dossier,
        nom=parametres.nom,
        parametres=parametres,
        grille_toml=grille_toml,
        grille_id=grille.id,
        grille_version=grille.version,
        correspondance_toml=correspondance_toml,
        now=maintenant,
    ).close()


@contextmanager
def open_session(
    dossier: Path,
    *,
    auteur: str,
    horloge: Callable[[], datetime] = lambda: datetime.now(UTC),
    lecture_seule: bool = False,
) -> Iterator[Session]:
    """Open a campagne for as long as the block lasts; raises StoreError."""
    with connection.open_campagne(dossier, lecture_seule=lecture_seule) as campagne:
        yield Session(campagne, auteur=auteur, horloge=horloge)


@contextmanager
def twin_session(session: Session) -> Iterator[Session]:
    """Open the same campagne for another thread; end it before *session* is closed."""
    with session.campagne.jumelle() as campagne:
        yield Session(campagne, auteur=session.auteur, horloge=session.horloge)


def is_campagne(dossier: Path) -> bool:
    """Say whether *dossier* holds a campagne."""
    return (dossier / connection.NOM_BASE).is_file()


def change_parametres(session: Session, parametres: Parametres) -> None:
    """Replace what the rules compare with; the journal keeps the old values."""
    connection.set_parametres(session.campagne, parametres, auteur=session.auteur, now=session.horloge())
    session.parametres = parametres
    session.oublier_lot()
