"""The dossier: what the platform gave of it, raw and read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from o2r_desktop.dossiers.champs import Brut, Champ, Valeur
from o2r_desktop.dossiers.etat import Etat as Etat  # noqa: PLC0414 the model is where it is looked for


class Origine(StrEnum):
    """Format and variant of an export; it decides how blanks are read (exports § 3.4 and § 5.1)."""

    XLSX_STANDARD = "xlsx_standard"
    XLSX_MODELE = "xlsx_modele"
    CSV_STANDARD = "csv_standard"
    CSV_MODELE = "csv_modele"
    ODS_STANDARD = "ods_standard"
    ODS_MODELE = "ods_modele"
    JSON_API = "json_api"
    ZIP_PIECES = "zip_pieces"
    """An archive of pieces: it brings files, never answers."""

    @property
    def vide_vaut_zero(self) -> bool:
        """Whether this export writes a blank number as 0 and a blank box as off."""
        return self in (Origine.XLSX_STANDARD, Origine.CSV_STANDARD, Origine.ODS_STANDARD)

    @property
    def modele(self) -> bool:
        """Whether a user chose the columns of this export."""
        return self in (Origine.XLSX_MODELE, Origine.CSV_MODELE, Origine.ODS_MODELE)

    @property
    def libelle(self) -> str:
        """Return what the import says it recognised."""
        return _ORIGINES[self]


_ORIGINES = {
    Origine.XLSX_STANDARD: "tableur XLSX, export standard",
    Origine.XLSX_MODELE: "tableur XLSX, modèle d’export",
    Origine.CSV_STANDARD: "CSV, export standard",
    Origine.CSV_MODELE: "CSV, modèle d’export",
    Origine.ODS_STANDARD: "tableur ODS, export standard",
    Origine.ODS_MODELE: "tableur ODS, modèle d’export",
    Origine.JSON_API: "JSON de l’API GraphQL",
    Origine.ZIP_PIECES: "archive ZIP de pièces",
}


class Gravite(StrEnum):
    """How much an anomaly matters."""

    INFORMATION = "information"
    ALERTE = "alerte"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anomalie:
    """Something odd in one dossier or one file: a value, not an exception."""

    gravite: Gravite
    ou: str
    quoi: str
    numero: int | None = None


@dataclass(frozen=True, slots=True)
class Colonne:
    """A field of the form as an export shows it: label, rank among equal labels, stable_id when known.

    ``lie_par`` is the label that bound it before the form renamed it to one that nothing knows.
    """

    libelle: str
    rang: int = 1
    stable_id: int | None = None
    lie_par: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bloc:
    """A repetition block of one dossier: its rows, each a mapping label → cell."""

    libelle: str
    lignes: tuple[Mapping[str, Brut], ...]
    stable_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enregistrement:
    """One dossier as it came, before any reading by type.

    ``fixes`` and ``demandeur`` hold cells under our own canonical keys (see dossiers/lecture.py); ``cellules``
    has one cell per column; ``blocs`` is None when the format carries no repetition (CSV); ``autres`` keeps what
    has no place yet (messages, avis, establishments of fields).
    """

    numero: int
    origine: Origine
    fixes: Mapping[str, Brut]
    demandeur: Mapping[str, Brut]
    colonnes: tuple[Colonne, ...]
    cellules: tuple[Brut, ...]
    blocs: tuple[Bloc, ...] | None
    autres: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Porteur:
    """The applicant body, or the person when the procedure is for individuals. Unknown texts are empty."""

    nom: str
    siret: str = ""
    siren: str = ""
    categorie_juridique: str = ""
    forme_juridique: str = ""
    etat_administratif: str = ""
    adresse: str = ""
    code_postal: str = ""
    localite: str = ""
    naf: str = ""
    rna: str = ""
    objet: str = ""
    date_creation: date | None = None
    personne_physique: bool = False
    mandataire: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Membre:
    """A partner of the consortium; ``contribution`` is None when it is not given."""

    nom: str
    siret: str
    role: str
    contribution: Decimal | None
    categorie_juridique: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cofinancement:
    """Money expected from another funder for the same costs; ``montant`` is None when it is not given."""

    financeur: str
    montant: Decimal | None
    annee: str = ""
    statut: str = ""


class GenrePiece(StrEnum):
    """Where the platform puts a file of a dossier (exports § 6.1)."""

    PIECE = "piece"
    DOSSIER = "dossier"
    """The dossier itself, printed as a PDF by the platform."""
    MESSAGERIE = "messagerie"
    AVIS = "avis"
    DECISION = "decision"
    AUTRE = "autre"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A file of a dossier: announced by a field, received in an archive, or both.

    ``champ`` is the label of the field that announces it, «» when none surely does; ``presente`` once its bytes are
    in the campagne, under ``empreinte`` (SHA-256). ``pages`` is 0 until it is known; ``depose_le`` is what the name
    in the archive says. ``id`` is that of the received file, None when there is none. ``en_erreur`` when the
    platform said that it could not give the file.
    """

    nom: str
    champ: str
    presente: bool = False
    empreinte: str = ""
    pages: int = 0
    genre: GenrePiece = GenrePiece.PIECE
    taille: int = 0
    depose_le: datetime | None = None
    id: int | None = None
    en_erreur: bool = False


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """One application, read.

    ``depot`` and ``mise_a_jour`` are aware times, None when the export has none. ``cofinancements`` is None when
    the export carries no such block. ``intercommunalites`` are the rows of their block, as they are written.
    ``demarche`` names the procedure: its path or number, «» when unknown.
    """

    numero: int
    origine: Origine
    etat: Etat | None
    depot: datetime | None
    mise_a_jour: datetime | None
    porteur: Porteur
    membres: tuple[Membre, ...]
    champs: tuple[Champ, ...]
    pieces: tuple[Piece, ...]
    cofinancements: tuple[Cofinancement, ...] | None = None
    intercommunalites: tuple[str, ...] = ()
    courriel: str = ""
    groupe_instructeur: str = ""
    demarche: str = ""
    anomalies: tuple[Anomalie, ...] = ()

    @cached_property
    def par_attribut(self) -> Mapping[str, Champ]:
        """Fields that are bound, by attribute."""
        return {c.attribut: c for c in self.champs if c.attribut}

    def champ(self, attribut: str) -> Champ | None:
        """Return the field bound to *attribut*, None when the export has none."""
        return self.par_attribut.get(attribut)

    def valeur(self, attribut: str) -> Valeur | None:
        """Return the value of *attribut*, None when absent, blank or «0 ou non renseigné»."""
        champ = self.par_attribut.get(attribut)
        return champ.valeur if champ is not None and champ.renseigne else None

    def nombre(self, attribut: str) -> Decimal | None:
        """Return a number, None when absent, blank, «0 ou non renseigné» or unreadable."""
        valeur = self.valeur(attribut)
        if isinstance(valeur, bool) or not isinstance(valeur, (int, Decimal)):
            return None
        return Decimal(valeur)

    def texte(self, attribut: str) -> str:
        """Return a text, empty when absent or blank."""
        valeur = self.valeur(attribut)
        return valeur if isinstance(valeur, str) else ""

    def liste(self, attribut: str) -> tuple[str, ...]:
        """Return the choices or files of *attribut*, empty when absent."""
        valeur = self.valeur(attribut)
        return valeur if isinstance(valeur, tuple) else ()
