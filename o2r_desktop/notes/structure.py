"""What a note says of the bodies across the campagne: wrong identifiers, other dossiers, added requests."""

from o2r_desktop.analyse.structure.fiche import Structure
from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.notes.matiere import Matiere
from o2r_desktop.notes.modele import Contenu, Forme, Puces, Table, Texte, Titre
from o2r_desktop.text import montant
from o2r_desktop.text import numero as numero_lisible

_AILLEURS_MAX = 12


def structure(m: Matiere) -> tuple[Contenu, ...]:
    """Return what is to be said of the bodies; nothing when all is in order and they appear nowhere else."""
    fiche = m.analyse.structure
    return (*_controles(fiche), *_ailleurs(fiche))


def _controles(fiche: Structure) -> tuple[Contenu, ...]:
    faux = [c for c in fiche.controles if c.resultat in (Resultat.NON_CONFORME, Resultat.ALERTE)]
    if not faux:
        return ()
    return (Titre("Identité à vérifier"), Puces(tuple(f"{c.nom} : {c.valeur}" for c in faux)))


def _ailleurs(fiche: Structure) -> tuple[Contenu, ...]:
    if not fiche.ailleurs:
        return ()
    montres = fiche.ailleurs[:_AILLEURS_MAX]
    cumuls = tuple(
        f"{o.nom}, {o.cumul.phrase}" for o in fiche.organismes if o.cumul is not None and o.cumul.dossiers > 1
    )
    reste = len(fiche.ailleurs) - len(montres)
    suite = (Texte(f"Et {reste} autres dossiers, dans l’application.", Forme.LEGENDE),) if reste > 0 else ()
    return (
        Titre("Mêmes organismes dans d’autres dossiers"),
        Table(
            entetes=("Organisme", "Dossier", "Porteur", "Rôle", "Demande"),
            lignes=tuple(
                (
                    f"{a.organisme} ({a.rapprochement})",
                    numero_lisible(a.numero),
                    a.porteur,
                    a.role or a.qualite,
                    "inconnue" if a.demande is None else montant(a.demande),
                )
                for a in montres
            ),
            parts=(2.4, 1.1, 2.2, 1.6, 1.4),
            alignes=("gauche", "gauche", "gauche", "gauche", "droite"),
            serree=True,
        ),
        *suite,
        *((Puces(cumuls),) if cumuls else ()),
    )
