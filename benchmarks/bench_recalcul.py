"""Everything that is worked out, again, for ten thousand dossiers: findings, ratios, budget, ranking (goal 3 s)."""

import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

from benchmarks.fabrique import export_standard
from benchmarks.mesure import ligne
from o2r_desktop import operations, reception
from o2r_desktop.analyse.ensemble import Analyse
from o2r_desktop.analyse.finances.comptes import cle_poste
from o2r_desktop.dossiers.lecture import lire_dossier
from o2r_desktop.evaluation import controles, score
from o2r_desktop.store import dossiers as store_dossiers

DOSSIERS = 10_000
_POSTES = {
    "total_produits": 1_000_000, "total_charges": 990_000, "charges_personnel": 700_000, "dotations": 30_000,
    "reports_fonds_dedies": 0, "reprises": 5_000, "subventions": 600_000, "concours_publics": 0,
    "fonds_associatifs": 100_000, "reserves": 50_000, "report_a_nouveau": 40_000, "resultat": 10_000,
    "subventions_investissement": 0, "fonds_dedies": 40_000, "provisions": 10_000, "dettes_long_terme": 50_000,
    "emprunts_court_terme": 0, "decouverts": 0, "dettes_exploitation": 200_000, "produits_constates_avance": 0,
    "actif_immobilise": 120_000, "stocks": 0, "creances": 120_000, "disponibilites": 260_000,
    "regularisation_actif": 0, "total_actif": 500_000, "total_passif": 500_000, "premier_financeur": 400_000,
}  # fmt: skip


def fiches() -> dict[str, object]:
    """Return three exercices, every post typed."""
    return {
        cle_poste(annee, poste): {"declare": str(Decimal(montant))}
        for annee in (2022, 2023, 2024)
        for poste, montant in _POSTES.items()
    }


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as dossier:
        campagne, export = Path(dossier) / "c", export_standard(Path(dossier) / "e.xlsx", DOSSIERS)
        reception.import_files(campagne, [export], auteur="mesure", essai=False)
        with operations.open_session(campagne, auteur="mesure") as session:
            lus = [
                lire_dossier(e, session.correspondance, session.liens(e.colonnes))
                for e in store_dossiers.load_many(session.campagne, sorted(store_dossiers.known(session.campagne)))
            ]
            lot, saisies = session.lot, fiches()
            total = 0.0
            for nom, faire in (
                ("constats", lambda d: controles.check(d, session.parametres, lot)),
                ("comptes : contrôles, ratios et constats", lambda d: Analyse(
                    dossier=d, parametres=session.parametres, fiches=saisies).constats()),
                ("score", lambda _: score.compute(session.grille, {})),
            ):  # fmt: skip
                debut = time.perf_counter()
                for d in lus:
                    faire(d)
                duree = time.perf_counter() - debut
                total += duree
                ligne(f"{nom}, {DOSSIERS} dossiers", f"{duree:.2f} s")
            debut = time.perf_counter()
            sorted(range(DOSSIERS), key=lambda n: -(n * 7919 % DOSSIERS))
            ligne("classement", f"{time.perf_counter() - debut:.3f} s")
            ligne("en tout", f"{total:.2f} s")


if __name__ == "__main__":
    sys.exit(main())
