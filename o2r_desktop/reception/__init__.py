"""Use cases that receive exports: read, plan, write, all the files or none; and what past imports did."""

from o2r_desktop.reception.adaptation import (
    change_correspondance,
    count_changes,
    export_correspondance,
    import_correspondance,
    match_campagne,
)
from o2r_desktop.reception.annulation import Annulation, last_undoable, undo_import
from o2r_desktop.reception.comptes import CompteRendu, compte_rendu
from o2r_desktop.reception.plans import apply_plans, plan_files, plan_in_campagne
from o2r_desktop.reception.preparation import (
    Preparation,
    Reception,
    default_correspondance,
    depots_hors_delai,
    import_files,
    pieces_annoncees,
    prepare,
    retenir,
    sans_plus_anciens,
)

__all__ = [
    "Annulation",
    "CompteRendu",
    "Preparation",
    "Reception",
    "apply_plans",
    "change_correspondance",
    "compte_rendu",
    "count_changes",
    "default_correspondance",
    "depots_hors_delai",
    "export_correspondance",
    "import_correspondance",
    "import_files",
    "last_undoable",
    "match_campagne",
    "pieces_annoncees",
    "plan_files",
    "plan_in_campagne",
    "prepare",
    "retenir",
    "sans_plus_anciens",
    "undo_import",
]
