"""A campagne in a temporary folder, and small invented dossiers to put in it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from o2r_desktop.dossiers.enregistrement import colonnes_en_json, empreinte, en_json
from o2r_desktop.dossiers.importation import (
    Apercu,
    Difference,
    DossierLu,
    ExportRead,
    ImportPlan,
    Modification,
    Refus,
)
from o2r_desktop.dossiers.model import Anomalie, Colonne, Enregistrement, Etat, Gravite, Origine
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.store.connection import Campagne, create_campagne
from o2r_desktop.store.dossiers import apply
from o2r_desktop.text import PARIS, normalise

MAINTENANT = datetime(2025, 9, 1, 8, 0, tzinfo=UTC)
COLONNES = (Colonne("Intitulé du projet"), Colonne("Coût total", 1, 42))
GRILLE = "id = 'ami_2025'\nversion = 1\n"
CORRESPONDANCE = "# correspondance\n"


def parametres() -> Parametres:
    return Parametres(
        nom="AMI d’essai",
        service="Service d’essai",
        date_limite=datetime(2025, 8, 13, 12, 0, tzinfo=PARIS),
        seuil_cout_total=Decimal("150000.00"),
        seuil_hors_formation=False,
        demarche_chemin="essai",
        demarche_numero=None,
        departements=("44", "72"),
        departements_p1=("72",),
        departements_p2=("44",),
        publics_p1=("a",),
        publics_p2=("b",),
        exclus_noms=("france travail",),
        exclus_siren=(),
        exclus_categories=("7220",),
        parcours_mois=9,
        parcours_mois_max=12,
        duree_annees=3,
        etp_cout_min=Decimal("30000"),
        etp_cout_max=Decimal("80000"),
        premiere_annee=2026,
        enveloppe={"2026": Decimal("1000000.10")},
    )


def creer(dossier: Path) -> Campagne:
    return create_campagne(
        dossier,
        nom="AMI d’essai",
        parametres=parametres(),
        grille_toml=GRILLE,
        grille_id="ami_2025",
        grille_version=1,
        correspondance_toml=CORRESPONDANCE,
        now=MAINTENANT,
    )


def enregistrement(numero: int, intitule: str = "Projet", cout: str = "200000.10") -> Enregistrement:
    return Enregistrement(
        numero=numero,
        origine=Origine.XLSX_STANDARD,
        fixes={"etat": "En instruction"},
        demandeur={"raison_sociale": "Association du Port"},
        colonnes=COLONNES,
        cellules=(intitule, cout),
        blocs=None,
    )


def lu(
    numero: int, intitule: str = "Projet", cout: str = "200000.10", porteur: str = "Association du Port"
) -> DossierLu:
    contenu = en_json(enregistrement(numero, intitule, cout))
    return DossierLu(
        numero=numero,
        ligne=numero,
        jeu=0,
        contenu=contenu,
        empreinte=empreinte(colonnes_en_json(COLONNES), contenu),
        apercu=Apercu(
            numero=numero,
            etat=Etat.EN_INSTRUCTION,
            depot=datetime(2025, 8, 13, 12, 0, tzinfo=PARIS),
            mise_a_jour=None,
            porteur=porteur,
            siret="",
            intitule=intitule,
            departements=("44", "72"),
            cout_total=Decimal(cout),
            demande=None,
            beneficiaires=40,
            recherche=normalise(f"{numero} {porteur} {intitule} Sarthe"),
        ),
    )


def plan(*nouveaux: DossierLu, modifies: tuple[DossierLu, ...] = (), inchanges: tuple[int, ...] = ()) -> ImportPlan:
    export = ExportRead(
        fichier="dossiers_essai.xlsx",
        empreinte="ab" * 32,
        origine=Origine.XLSX_STANDARD,
        date_fichier=datetime(2025, 8, 31, 10, 0, tzinfo=PARIS),
        demarche="essai",
        jeux=(COLONNES,),
        dossiers=(*nouveaux, *modifies),
        refuses=(Refus(numero=None, ligne=9, motif="sans numéro"),),
        anomalies=(Anomalie(gravite=Gravite.ALERTE, ou="fichier", quoi="à voir"),),
    )
    return ImportPlan(
        read=export,
        nouveaux=nouveaux,
        modifies=tuple(
            Modification(
                lu=m,
                differences=(Difference(libelle="Intitulé du projet", attribut="intitule", avant="A", apres="B"),),
            )
            for m in modifies
        ),
        inchanges=inchanges,
        absents=(7,),
        anomalies=export.anomalies,
    )


@pytest.fixture
def campagne(tmp_path: Path) -> Iterator[Campagne]:
    with creer(tmp_path / "ami") as ouverte:
        yield ouverte


@pytest.fixture
def remplie(campagne: Campagne) -> Campagne:
    """The campagne with dossiers 1, 2 and 3."""
    apply(campagne, plan(lu(1), lu(2), lu(3)), auteur="Camille", now=MAINTENANT)
    return campagne
