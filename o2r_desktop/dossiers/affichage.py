"""How a value of the form is shown everywhere: French amounts and dates, blanks said and never guessed."""

from datetime import date, datetime
from decimal import Decimal

from o2r_desktop.dossiers.budget import EtatChiffre
from o2r_desktop.dossiers.champs import Champ, TypeChamp, Valeur
from o2r_desktop.text import NNBSP, date_courte, instant, montant, nombre

SEPARATEUR = f"{NNBSP}; "
"""Between the choices or the files of one answer, which may hold commas."""


def champ_dit(champ: Champ | None) -> str:
    """Return a field as it is shown; blanks and unreadable values are said."""
    if champ is None:
        return EtatChiffre.ABSENT.value
    if champ.zero_ou_vide:
        return "non cochée ou non renseignée" if champ.type is TypeChamp.CASE else EtatChiffre.ZERO_OU_VIDE.value
    if champ.valeur in ("", ()):
        return EtatChiffre.VIDE.value
    texte = valeur_dite(champ.valeur, champ.type)
    return f"{texte} ({champ.anomalie})" if champ.anomalie else texte


def valeur_dite(valeur: Valeur, genre: TypeChamp) -> str:
    """Return a typed value in French."""
    if isinstance(valeur, bool):
        return "Oui" if valeur else "Non"
    if isinstance(valeur, datetime):
        return instant(valeur)
    if isinstance(valeur, date):
        return date_courte(valeur)
    if isinstance(valeur, (int, Decimal)):
        return montant(valeur) if genre is TypeChamp.MONTANT else nombre(valeur)
    if isinstance(valeur, tuple):
        return SEPARATEUR.join(valeur)
    return valeur
