"""A campagne of three small dossiers, open, and ways to put more in it."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from o2r_desktop import operations
from o2r_desktop.dossiers.enregistrement import colonnes_en_json, empreinte, en_json
from o2r_desktop.dossiers.importation import DossierLu
from o2r_desktop.dossiers.model import Bloc, Enregistrement
from o2r_desktop.operations import Session
from o2r_desktop.store import dossiers
from tests.o2r_desktop.store.conftest import COLONNES, MAINTENANT, enregistrement, lu, plan

Ajouter = Callable[..., str]


def dossier(numero: int, intitule: str, porteur: str = "Association du Port", **autres: object) -> DossierLu:
    """A dossier whose record holds blocks or messages too."""
    base = enregistrement(numero, intitule)
    brut = Enregistrement(
        numero=numero,
        origine=base.origine,
        fixes=base.fixes,
        demandeur={"raison_sociale": porteur},
        colonnes=COLONNES,
        cellules=base.cellules,
        blocs=autres.get("blocs"),  # type: ignore[arg-type]
        autres=autres.get("autres", {}),  # type: ignore[arg-type]
    )
    contenu = en_json(brut)
    simple = lu(numero, intitule, porteur=porteur)
    return DossierLu(
        numero=numero,
        ligne=numero,
        jeu=0,
        contenu=contenu,
        empreinte=empreinte(colonnes_en_json(COLONNES), contenu),
        apercu=simple.apercu,
    )


def importer(session: Session, *nouveaux: DossierLu, modifies: tuple[DossierLu, ...] = ()) -> int:
    """Write dossiers as an import does."""
    return dossiers.apply(session.campagne, plan(*nouveaux, modifies=modifies), auteur="Alix", now=MAINTENANT)


def pdf(chemin: Path, *pages: str) -> bytes:
    """A PDF of a line a page."""
    toile = Canvas(str(chemin), invariant=True)
    for page in pages:
        toile.drawString(40, 700, page)
        toile.showPage()
    toile.save()
    return chemin.read_bytes()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    operations.create_campagne(tmp_path / "ami", maintenant=MAINTENANT)
    with operations.open_session(tmp_path / "ami", auteur="Alix", horloge=lambda: MAINTENANT) as ouverte:
        importer(
            ouverte,
            dossier(1, "L’Œuvre d’été : repérer et remobiliser", "Association du Cœur"),
            dossier(2, "Santé mentale des jeunes éloignés de l’emploi"),
            dossier(
                3,
                "Projet",
                blocs=(Bloc(libelle="Partenaires", lignes=({"Nom": "Mission locale", "Montant": 12.0},)),),
                autres={"messages": [{"body": "<p>Merci de préciser&nbsp;le <b>calendrier</b></p>"}, "perdu"]},
            ),
        )
        yield ouverte


@pytest.fixture
def ajouter_piece(session: Session) -> Ajouter:
    """Put a file in the campagne, as an archive does, and return its fingerprint."""

    def ajouter(numero: int, nom: str, octets: bytes) -> str:
        sha = hashlib.sha256(octets).hexdigest()
        chemin = session.campagne.dossier / "pieces" / sha[:2] / sha
        chemin.parent.mkdir(parents=True, exist_ok=True)
        chemin.write_bytes(octets)
        session.campagne.db.execute(
            "INSERT INTO piece (numero, genre, nom, chemin, empreinte, taille, crc, import_id) "
            "VALUES (?, 'piece', ?, ?, ?, ?, 0, 1)",
            [numero, nom, nom, sha, len(octets)],
        )
        return sha

    return ajouter
