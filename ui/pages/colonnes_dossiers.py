"""The columns of the table of dossiers: which are shown at first, how wide, which give way."""

from o2r_desktop.suivi import Colonne
from ui.models.dossiers import COLONNES

CLE_COLONNES = "liste/colonnes"
VISIBLES = COLONNES[: COLONNES.index(Colonne.AVIS) + 1]
"""Columns shown until the user chooses others."""

MODELES = {
    Colonne.NUMERO: "24 000 012",
    Colonne.PORTEUR: "Association d’essai du",
    Colonne.DEPARTEMENTS: "44, 49, 53",
    Colonne.PUBLICS: "Moins de",
    Colonne.COUT: "8 888 888 €",
    Colonne.DEMANDE: "8 888 888 €",
    Colonne.PRIORITE: "P2 renforcée",
    Colonne.CONTROLE: "✕ 148 000 € < 150 000 €",
    Colonne.AVANCEMENT: "44/44",
    Colonne.SCORE: "88,8 prov.",
    Colonne.AVIS: "Fav. réserves (projet)",
    Colonne.DEPOT: "13/08/2025 à 12:00:01",
    Colonne.ETAT: "en cours, 2 à reconfirmer",
    Colonne.BENEFICIAIRES: "8 888",
    Colonne.INTITULE: "Passerelle d’essai vers",
    Colonne.INSTRUCTEUR: "Camille d’Essai",
    Colonne.ETIQUETTES: "à revoir, urgent",
}
"""Texts that a column should show whole; those of SOUPLES are the least they are given."""
SOUPLES = {Colonne.PORTEUR: 3, Colonne.PUBLICS: 2, Colonne.INTITULE: 3, Colonne.ETIQUETTES: 1}
"""Columns that share the width that is left, and in what parts."""
REPLIABLES = (
    Colonne.PUBLICS,
    Colonne.INTITULE,
    Colonne.ETIQUETTES,
    Colonne.INSTRUCTEUR,
    Colonne.BENEFICIAIRES,
    Colonne.DEPOT,
    Colonne.ETAT,
    Colonne.COUT,
    Colonne.DEPARTEMENTS,
    Colonne.SCORE,
    Colonne.AVIS,
    Colonne.PRIORITE,
)
"""Columns that give way to the quick view, which repeats them, first ones first."""
