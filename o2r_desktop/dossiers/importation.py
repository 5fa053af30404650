"""What passes between reading an export, planning it and writing it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from o2r_desktop.dossiers.model import Anomalie, Colonne, Etat, Origine


@dataclass(frozen=True, slots=True, kw_only=True)
class Apercu:
    """The row of the list of dossiers; amounts are euros, None when blank or «0 ou non renseigné».

    ``recherche`` is the normalised text that a quick search looks in (number, names, SIRET, title,
    departments, members). ``departements`` are codes; ``publics`` the choices of the form.
    """

    numero: int
    etat: Etat | None
    depot: datetime | None
    mise_a_jour: datetime | None
    porteur: str
    siret: str
    intitule: str
    departements: tuple[str, ...]
    cout_total: Decimal | None
    demande: Decimal | None
    beneficiaires: int | None
    recherche: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierLu:
    """One dossier of an export, ready to be compared and kept.

    ``contenu`` is the JSON text of the raw record (dossiers/enregistrement.py) without its columns, which are
    ``ExportRead.jeux[jeu]``; ``empreinte`` is the SHA-256, in hexadecimal, of columns and contenu together.
    """

    numero: int
    ligne: int
    jeu: int
    contenu: str
    empreinte: str
    apercu: Apercu


@dataclass(frozen=True, slots=True, kw_only=True)
class Refus:
    """A line of a file that cannot be a dossier; ``numero`` is None when there is none to read."""

    numero: int | None
    ligne: int
    motif: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRead:
    """A whole export, read. ``date_fichier`` is that of the file name, Paris time, None when it has none.

    ``jeux_lus`` is how many of ``jeux``, which come first, are the file's own, 0 when all may be: merging files and
    planning add those of the records that they complete.
    """

    fichier: str
    empreinte: str
    origine: Origine
    date_fichier: datetime | None
    demarche: str
    jeux: tuple[tuple[Colonne, ...], ...]
    dossiers: tuple[DossierLu, ...]
    refuses: tuple[Refus, ...]
    anomalies: tuple[Anomalie, ...]
    non_lies: tuple[str, ...] = ()
    jeux_lus: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One answer that changed between two exports; texts as they are shown, «» for a blank."""

    libelle: str
    attribut: str | None
    avant: str
    apres: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Modification:
    """A dossier that differs from the one in the campagne; ``contenu`` keeps what the new export cannot carry."""

    lu: DossierLu
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What an import would do; nothing is written yet.

    ``inchanges`` are numbers of dossiers whose answers are the same (perhaps written by another format);
    ``absents`` those of the campagne that this file does not hold, which are kept. A file already imported is not
    read again: its ``inchanges`` are then without a DossierLu. ``plus_anciens`` are the modified dossiers that this
    file would put back to an older state: they are left out unless the user wants them. ``jalon`` tells the state
    of the campagne that the plan rests on (store/imports.py), «» when there was none yet.
    """

    read: ExportRead
    nouveaux: tuple[DossierLu, ...]
    modifies: tuple[Modification, ...]
    inchanges: tuple[int, ...]
    absents: tuple[int, ...]
    anomalies: tuple[Anomalie, ...]
    plus_anciens: frozenset[int] = frozenset()
    jalon: str = ""
