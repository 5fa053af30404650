"""Keys of the dossier page that no action of its menu carries, for the help."""

from ui.pages.dossier.constat import CONFIRMER

TOUCHES = (
    ("Donner le niveau", "0 / 1 / 2 / 3 / 4"),
    ("Répondre oui, non", "O / N"),
    ("Répondre sans objet, information manquante", "S / I"),
    ("Confirmer le constat", CONFIRMER),
    ("Valider et aller au critère suivant à traiter", "Ctrl+Return"),
    ("Résultat suivant, précédent de la recherche", "F3 / Shift+F3"),
    ("Fermer la recherche, ou quitter le mode lecture", "Esc"),
)
"""What is done, and by which keys."""
