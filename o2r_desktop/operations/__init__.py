"""Use cases, the same for the command line and the window: open, read, answer, conclude, keep.

A window starts by opening a campagne and reading its list: what other use cases need is imported by them.
"""

from o2r_desktop.operations.entretien import (
    back_up,
    restore,
    verify,
)
from o2r_desktop.operations.lecture import (
    DossierComplet,
    data_fingerprint,
    evaluation_states,
    list_dossiers,
    load_dossier,
)
from o2r_desktop.operations.reponses import (
    conclude,
    confirm_reponse,
    obstacles,
    reopen,
    save_reponse,
    with_evaluation,
    write_projet,
    write_reponse,
)
from o2r_desktop.operations.session import (
    CORRESPONDANCE_PAR_DEFAUT,
    GRILLE_PAR_DEFAUT,
    Session,
    change_parametres,
    create_campagne,
    is_campagne,
    open_session,
    twin_session,
)

__all__ = [
    "CORRESPONDANCE_PAR_DEFAUT",
    "GRILLE_PAR_DEFAUT",
    "DossierComplet",
    "Session",
    "back_up",
    "change_parametres",
    "conclude",
    "confirm_reponse",
    "create_campagne",
    "data_fingerprint",
    "evaluation_states",
    "is_campagne",
    "list_dossiers",
    "load_dossier",
    "obstacles",
    "open_session",
    "reopen",
    "restore",
    "save_reponse",
    "twin_session",
    "verify",
    "with_evaluation",
    "write_projet",
    "write_reponse",
]
