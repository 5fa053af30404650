"""Named views of the list: a filter, an order, columns. The team's are kept in the campagne, ours are shipped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from o2r_desktop.dossiers.etat import Etat
from o2r_desktop.errors import DossierError
from o2r_desktop.evaluation.avancement import Etape
from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.evaluation.reponses import EtatEvaluation, TypeAvis
from o2r_desktop.suivi.colonnes import Colonne
from o2r_desktop.suivi.filtre import Filtre
from o2r_desktop.suivi.saisie import EtatPieces
from o2r_desktop.text import NBSP, normalise, printable

if TYPE_CHECKING:
    from o2r_desktop.operations import Session

NOM_MAX = 60
"""Characters of the name of a view."""

_ENSEMBLES: Mapping[str, type[StrEnum] | None] = {
    "etats": EtatEvaluation,
    "priorites": None,
    "controles": Resultat,
    "departements": None,
    "avis": TypeAvis,
    "statuts": Etat,
    "pieces": EtatPieces,
    "instructeurs": None,
    "avec_etiquettes": None,
    "sans_etiquettes": None,
}
"""Sets of a Filtre, and the words that they take; None takes any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vue:
    """What a name brings back. ``tri`` is a column and whether from the last to the first.

    ``colonnes`` are words of the table, in order: «porteur», or «porteur=12.50» with its width in lines of text;
    none leaves the columns as they are.
    """

    nom: str
    filtre: Filtre = Filtre()  # noqa: RUF009 frozen
    tri: tuple[Colonne, bool] | None = None
    colonnes: tuple[str, ...] = ()
    livree: bool = False

    def montre(self, autre: Vue) -> bool:
        """Say whether *autre* shows the same: same filter, same order, same columns whatever their widths."""
        mes, ses = ([mot.partition("=")[0] for mot in vue.colonnes] for vue in (self, autre))
        return (self.filtre, self.tri) == (autre.filtre, autre.tri) and (not mes or mes == ses)


def vues_livrees() -> tuple[Vue, ...]:
    """Return the views that every campagne has."""
    return tuple(
        replace(vue, livree=True)
        for vue in (
            Vue(nom="Tous les dossiers"),
            Vue(nom="À moi", filtre=Filtre(instructeurs=frozenset({"moi"}))),
            Vue(nom="Sans instructeur", filtre=Filtre(instructeurs=frozenset({""}))),
            Vue(nom="À reconfirmer", filtre=Filtre(etape=Etape.A_RECONFIRMER)),
            Vue(nom="Pièces manquantes", filtre=Filtre(pieces=frozenset({EtatPieces.MANQUANTE}))),
        )
    )


def lire_vues(session: Session) -> list[Vue]:
    """Return the shipped views, then those of the campagne in the order they were made. StoreError."""
    from o2r_desktop.store import vues

    return [*vues_livrees(), *(de_json(nom, contenu) for nom, contenu in vues.lire(session.campagne).items())]


def enregistrer_vue(session: Session, vue: Vue) -> None:
    """Keep a view in the campagne, in place of the one of that name. StoreError."""
    from o2r_desktop.store import vues

    vues.ecrire(session.campagne, vue.nom, en_json(vue))


def renommer_vue(session: Session, ancien: str, nouveau: str) -> None:
    """Give a view of the campagne another name; DossierError when it is taken, StoreError."""
    from o2r_desktop.store import vues

    if refus := refus_du_nom(nouveau, lire_vues(session), sauf=ancien):
        raise DossierError(refus)
    if ancien != nouveau:
        vues.renommer(session.campagne, ancien, nouveau)


def supprimer_vue(session: Session, nom: str) -> None:
    """Forget a view of the campagne. StoreError."""
    from o2r_desktop.store import vues

    vues.supprimer(session.campagne, nom)


def nom_de_vue(saisi: str) -> str:
    """Return a name as it is kept: printable, on one line, not too long."""
    return " ".join(printable(saisi).split())[:NOM_MAX].rstrip()


def refus_du_nom(nom: str, vues: list[Vue], *, sauf: str = "") -> str:
    """Return why a view cannot be given that name, «» when it can; *sauf* is the name it has now."""
    if not normalise(nom):
        return "Donnez un nom à la vue."
    pris = [vue.nom for vue in vues if vue.nom != sauf and normalise(vue.nom) == normalise(nom)]
    return f"Une vue s’appelle déjà «{NBSP}{pris[0]}{NBSP}»{NBSP}: choisissez un autre nom." if pris else ""


def en_json(vue: Vue) -> dict[str, Any]:
    """Return what is kept of a view beside its name."""
    filtre = {nom: sorted(valeurs) for nom in _ENSEMBLES if (valeurs := getattr(vue.filtre, nom))}
    return {
        "recherche": vue.filtre.recherche,
        "etape": vue.filtre.etape,
        "filtre": filtre,
        "tri": None if vue.tri is None else [vue.tri[0].value, vue.tri[1]],
        "colonnes": list(vue.colonnes),
    }


def de_json(nom: str, contenu: Mapping[str, Any]) -> Vue:
    """Read a view back; what another version of the program wrote and this one does not know is left out."""
    filtre, colonnes = contenu.get("filtre"), contenu.get("colonnes")
    dits = filtre if isinstance(filtre, dict) else {}
    ensembles: dict[str, Any] = {
        champ: frozenset(_connus(dits.get(champ), genre)) for champ, genre in _ENSEMBLES.items()
    }
    etapes = _connus([contenu.get("etape")], Etape)
    recherche = contenu.get("recherche")
    return Vue(
        nom=nom,
        filtre=Filtre(
            recherche=recherche if isinstance(recherche, str) else "",
            etape=Etape(etapes[0]) if etapes else None,
            **ensembles,
        ),
        tri=_tri(contenu.get("tri")),
        colonnes=tuple(_connus(colonnes, None)),
    )


def _tri(dit: object) -> tuple[Colonne, bool] | None:
    colonnes = _connus(dit[:1], Colonne) if isinstance(dit, list) and len(dit) == 2 else []
    return (Colonne(colonnes[0]), bool(dit[1])) if colonnes and isinstance(dit, list) else None


def _connus(dites: object, genre: type[StrEnum] | None) -> list[str]:
    textes = [dite for dite in dites if isinstance(dite, str)] if isinstance(dites, list) else []
    return textes if genre is None else [genre(texte) for texte in textes if texte in set(genre)]
