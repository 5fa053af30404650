"""Where each dossier of the campagne stands: the rows of the list, their filters, orders, counts and totals.

Rows stay the tuples that SQLite gave and become objects when somebody looks at them: ten thousand of them are read,
searched and sorted without being felt.
"""

from o2r_desktop.evaluation.avancement import Avancement, Etape
from o2r_desktop.evaluation.resume import Resume
from o2r_desktop.suivi.calculs import (
    calculer_resumes,
    charger,
    empreinte_regles,
    relire_attributions,
    resumes_manquants,
)
from o2r_desktop.suivi.colonnes import Colonne
from o2r_desktop.suivi.export import exporter
from o2r_desktop.suivi.filtre import Filtre
from o2r_desktop.suivi.lignes import LigneSuivi, Suivi, Totaux
from o2r_desktop.suivi.pieces import etats_des_pieces
from o2r_desktop.suivi.prelecture import Prelecture
from o2r_desktop.suivi.saisie import EtatPieces, Mesure

__all__ = [
    "Avancement",
    "Colonne",
    "Etape",
    "EtatPieces",
    "Filtre",
    "LigneSuivi",
    "Mesure",
    "Prelecture",
    "Resume",
    "Suivi",
    "Totaux",
    "calculer_resumes",
    "charger",
    "empreinte_regles",
    "etats_des_pieces",
    "exporter",
    "relire_attributions",
    "resumes_manquants",
]
