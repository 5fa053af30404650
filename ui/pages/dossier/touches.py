"""Keys of the dossier page that no action of its menu carries, for the help."""

from ui.pages.dossier.constat import CONFIRMER
from ui.pages.dossier.critere_touches import PHRASES, QUESTION
from ui.pages.dossier.pieces import LUE, PRECEDENTE, SUIVANTE
from ui.pages.dossier.preuves import EPINGLER
from ui.pages.dossier.reconfirmer import CONFIRMER_REPONSE
from ui.pages.dossier.vigilance import VIGILANCE
from ui.widgets.visionneuse import PAGE

TOUCHES = (
    ("Donner le niveau", "0 / 1 / 2 / 3 / 4"),
    ("Répondre oui, non", "O / N"),
    ("Répondre sans objet, information manquante", "S / I"),
    ("Confirmer le constat", CONFIRMER),
    ("Valider et aller au critère suivant à traiter, puis au dossier suivant", "Ctrl+Return"),
    ("Épingler le passage choisi au critère", EPINGLER),
    ("Phrases toutes faites", PHRASES),
    ("Poser une question au porteur", QUESTION),
    ("Point de vigilance", VIGILANCE),
    ("Confirmer une réponse que l’import a mise en doute", CONFIRMER_REPONSE),
    ("Pièce précédente, suivante", f"{PRECEDENTE} / {SUIVANTE}"),
    ("Aller à la page de la pièce", PAGE),
    ("Marquer la pièce lue, ou non", LUE),
    ("Agrandir, réduire les pages, toute la largeur", "+ / - / 0"),
    ("Résultat suivant, précédent de la recherche", "F3 / Shift+F3"),
    ("Fermer la recherche, ou quitter le mode lecture", "Esc"),
)
"""What is done, and by which keys."""
