"""What the page of a dossier shows when there is none: why, and the way to the list."""

from collections.abc import Callable

from ui.widgets.base import EmptyState, button


def make_faces(go_liste: Callable[[], object]) -> tuple[EmptyState, EmptyState]:
    """Return what stands for no dossier, and for one that cannot be read; the focus goes to their button."""
    aller = button("Aller à la liste", go_liste, role="principal")
    retour = button("Retour à la liste", go_liste, role="principal")
    vide = EmptyState("Aucun dossier ouvert", "Choisissez un dossier dans la liste pour l’instruire.", [aller])
    echec = EmptyState("", "", [retour])
    for face, bouton in ((vide, aller), (echec, retour)):
        face.setFocusProxy(bouton)
    return vide, echec
