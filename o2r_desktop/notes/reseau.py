"""The part of a note on the employment network: who the form names, how precisely, what is missing."""

from collections.abc import Iterable, Sequence

from o2r_desktop.analyse.reseau.modele import ESSENTIELLES, Circuit, Lettre, Ligne, Mention, Reseau, Sens
from o2r_desktop.dossiers.territoires import nom_departement
from o2r_desktop.notes.matiere import Matiere
from o2r_desktop.notes.modele import Contenu, Fiche, Forme, Puces, Rubrique, Table, Texte, Titre
from o2r_desktop.notes.valeurs import TIRET
from o2r_desktop.text import enumeration, pluriel

_LIGNES_MAX = 24


def reseau(m: Matiere) -> Rubrique:
    """Return what the form says of the network; pieces are not read here, a note must be the same every day."""
    trouve = m.analyse.reseau
    lignes = [x for x in trouve.lignes if x.mention is not Mention.ABSENTE]
    return Rubrique(
        titre="Réseau pour l’emploi",
        ancre="reseau",
        contenu=(
            Texte(
                "Acteurs reconnus par leur nom dans les réponses du formulaire, puis retenus ou écartés par "
                "l’instructeur. Ces repères aident à répondre aux critères RES, ils ne donnent aucun niveau.",
                Forme.LEGENDE,
            ),
            *_acteurs(lignes),
            *_circuits(trouve.circuits),
            *_lettres(trouve.lettres),
            *_manques(trouve),
        ),
    )


def _acteurs(lignes: Sequence[Ligne]) -> tuple[Contenu, ...]:
    if not lignes:
        return (Texte("Aucun acteur du réseau n’est reconnu dans les réponses.", Forme.ATTENTION),)
    # those that RES-03 names come first, then the best named
    tries = sorted(lignes, key=lambda x: (x.acteur.famille not in ESSENTIELLES, -list(Mention).index(x.mention)))
    montres = tries[:_LIGNES_MAX]
    reste = len(tries) - len(montres)
    suite = (Texte(f"Et {pluriel(reste, 'autre acteur')}.", Forme.LEGENDE),) if reste > 0 else ()
    return (
        Table(
            entetes=("Acteur", "Mention", "Rôle dit", "Où", "Instructeur"),
            lignes=tuple(
                (
                    x.acteur.nom,
                    x.mention.value,
                    enumeration(list(x.roles)) or TIRET,
                    _ou(x),
                    _marque(x),
                )
                for x in montres
            ),
            parts=(2.0, 1.3, 1.6, 2.4, 1.6),
            serree=True,
        ),
        *suite,
    )


def _ou(ligne: Ligne) -> str:
    lieux = dict.fromkeys(c.ou for c in ligne.retenues)
    return " ; ".join(lieux) or TIRET


def _marque(ligne: Ligne) -> str:
    statut = ligne.marque.statut.libelle if ligne.marque.statut else ""
    return " : ".join(x for x in (statut, ligne.marque.note) if x) or TIRET


def _circuits(circuits: Sequence[Circuit]) -> tuple[Contenu, ...]:
    if not circuits:
        return ()
    return (
        Titre("Circuits d’entrée et de sortie"),
        Fiche(tuple((sens.libelle, _noms(c for c in circuits if c.sens is sens)) for sens in Sens)),
    )


def _noms(circuits: Iterable[Circuit]) -> str:
    dits = dict.fromkeys(c.nom if c.precise else f"{c.nom} (sans lieu)" for c in circuits)
    return enumeration(list(dits)) or "aucun acteur nommé"


def _lettres(lettres: Sequence[Lettre]) -> tuple[Contenu, ...]:
    if not lettres:
        return (Texte("Aucune lettre de soutien ni convention reconnue parmi les pièces.", Forme.LEGENDE),)
    dites = tuple(
        f"{x.nom} : {x.nature}"
        + (f", {enumeration(list(x.noms))}" if x.noms else "")
        + ("" if x.recue or x.partenaire else ", pièce non reçue")
        for x in lettres
    )
    return (Titre("Lettres et conventions, d’après leur nom"), Puces(dites))


def _manques(trouve: Reseau) -> tuple[Contenu, ...]:
    if not trouve.manques:
        return ()
    dits = tuple(
        f"{x.famille} : {x.mention.value}" + (f", {nom_departement(x.departement)}" if x.departement else "")
        for x in trouve.manques
    )
    return (Titre("À approfondir avec le porteur"), Puces(dits))
