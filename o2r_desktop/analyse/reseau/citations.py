"""The actors that a dossier names, where, and how precisely (metier § 4.5)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from o2r_desktop.analyse.reseau.lettres import lettres
from o2r_desktop.analyse.reseau.modele import (
    AJOUT,
    ESSENTIELLES,
    PREFIXE,
    Circuit,
    Citation,
    Lettre,
    Ligne,
    Manque,
    Marque,
    Mention,
    Partenaire,
    Reseau,
    Sens,
    Statut,
    lire_marque,
)
from o2r_desktop.analyse.reseau.releve import TextePiece, des_pieces, du_formulaire, relever
from o2r_desktop.analyse.reseau.repertoire import AUTRE, GROUPES, Acteur, Repertoire, repertoire
from o2r_desktop.analyse.saisie import Fiches, de_prefixe
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.dossiers.territoires import codes_departements

ENTREES = ("actions_reperage", "collaboration_reseau")
SORTIES = ("sorties",)
_MOTS_ENTREE = frozenset({"orientation", "rencontre", "permanence"})
_MOTS_SORTIE = frozenset({"relais", "orientation"})


def analyser(
    dossier: Dossier,
    fiches: Fiches,
    *,
    acteurs: Sequence[Acteur],
    textes: Iterable[TextePiece] | None = None,
    des_textes: Sequence[Citation] | None = None,
    partenaires: Sequence[Partenaire] = (),
) -> Reseau:
    """Find the actors that a dossier names in its form, and in its pieces when their *textes* are given.

    ``des_textes`` are the citations that ``relever_pieces`` found in them already.
    """
    marques = {cle: lire_marque(brut) for cle, brut in de_prefixe(fiches, PREFIXE)}
    liste = _avec_ajouts(repertoire(acteurs), marques)
    departements = codes_departements(dossier.liste("departements"))[0]
    if textes is not None:
        des_textes = relever_pieces(dossier, fiches, acteurs=acteurs, textes=textes)
    nom = dossier.porteur.nom
    lues = relever(du_formulaire(dossier), liste.trouveur, porteur=nom, departements=departements)
    trouvees = [
        replace(c, ecartee=marques.get(c.id, Marque()).statut is Statut.ECARTE)
        for c in (*lues, *(des_textes or ()))
    ]
    preuves = lettres(dossier, liste.trouveur, partenaires)
    lignes = tuple(_lignes(liste, departements, trouvees, preuves, marques))
    return Reseau(
        numero=dossier.numero,
        departements=departements,
        lignes=lignes,
        circuits=(*_circuits(lignes, Sens.ENTREE), *_circuits(lignes, Sens.SORTIE)),
        lettres=preuves,
        manques=tuple(_manques(lignes, departements)),
        avec_pieces=des_textes is not None,
    )


def relever_pieces(
    dossier: Dossier, fiches: Fiches, *, acteurs: Sequence[Acteur], textes: Iterable[TextePiece]
) -> tuple[Citation, ...]:
    """Return the actors that the texts of pieces name: the long part of the work, for a background thread."""
    liste = _avec_ajouts(repertoire(acteurs), {c: lire_marque(b) for c, b in de_prefixe(fiches, PREFIXE)})
    departements = codes_departements(dossier.liste("departements"))[0]
    nom = dossier.porteur.nom
    return tuple(relever(des_pieces(textes), liste.trouveur, porteur=nom, departements=departements))


def _avec_ajouts(liste: Repertoire, marques: Mapping[str, Marque]) -> Repertoire:
    """Return the directory with the actors that the instructor added, itself when there is none."""
    ajouts = [
        Acteur(
            id=cle,
            nom=marque.nom,
            famille=marque.famille or marque.nom,
            groupe=marque.groupe if marque.groupe in GROUPES else AUTRE,
            source="ajouté par l’instructeur",
        )
        for cle, marque in marques.items()
        if cle.startswith(AJOUT) and marque.nom.strip()
    ]
    return Repertoire((*liste, *ajouts)) if ajouts else liste


def _lignes(
    liste: Repertoire,
    departements: Sequence[str],
    citations: Sequence[Citation],
    preuves: Sequence[Lettre],
    marques: Mapping[str, Marque],
) -> Iterable[Ligne]:
    """Yield the rows of the checklist: kinds of actors, actors of the project's places, actors that are cited."""
    par_acteur: dict[str, list[Citation]] = {}
    for citation in citations:
        par_acteur.setdefault(citation.acteur, []).append(citation)
    par_lettre: dict[str, list[Lettre]] = {}
    for lettre in preuves:
        for acteur in lettre.acteurs:
            par_lettre.setdefault(acteur, []).append(lettre)
    rangs = {groupe: rang for rang, groupe in enumerate(GROUPES)}
    familles = {a.famille: rang for rang, a in reversed(list(enumerate(liste)))}
    for connu in sorted(liste, key=lambda a: (rangs[a.groupe], familles[a.famille], a.local)):
        marque = marques.get(connu.id, Marque())
        vu = connu.id in par_acteur or connu.id in par_lettre or marque != Marque()
        if vu or not connu.local or connu.departement in departements:
            yield Ligne(
                acteur=connu,
                citations=tuple(par_acteur.get(connu.id, ())),
                lettres=tuple(par_lettre.get(connu.id, ())),
                marque=marque,
            )


def _circuits(lignes: Iterable[Ligne], sens: Sens) -> Iterable[Circuit]:
    champs, mots = (ENTREES, _MOTS_ENTREE) if sens is Sens.ENTREE else (SORTIES, _MOTS_SORTIE)
    for ligne in lignes:
        if ligne.marque.statut is Statut.ECARTE:
            continue
        siennes = [c for c in ligne.retenues if c.champ in champs]
        if siennes:
            dites = [c for c in siennes if mots.intersection(c.roles)]
            yield Circuit(
                sens=sens,
                acteur=ligne.acteur.id,
                nom=ligne.acteur.nom,
                explicite=bool(dites),
                precise=any(c.precise for c in siennes),
                citation=(dites or siennes)[0],
            )


def _manques(lignes: Sequence[Ligne], departements: Sequence[str]) -> Iterable[Manque]:
    """Yield the families of RES-03 that are not named locally, department by department."""
    for famille in ESSENTIELLES:
        siennes = [ligne for ligne in lignes if ligne.acteur.famille == famille]
        for departement in departements or ("",):
            mention = max(
                (_mention_la(ligne, departement) for ligne in siennes),
                key=list(Mention).index,
                default=Mention.ABSENTE,
            )
            if mention is not Mention.LOCALE:
                yield Manque(famille=famille, departement=departement, mention=mention)


def _mention_la(ligne: Ligne, departement: str) -> Mention:
    """Return how an actor is named for a department; a place of another one is no mention there."""
    if ligne.mention is Mention.ABSENTE:
        return Mention.ABSENTE
    la = {c.departement for c in ligne.retenues if c.precise}
    if ligne.acteur.departement == departement or departement in la or (not departement and la):
        return Mention.LOCALE
    if ligne.acteur.local:
        return Mention.ABSENTE
    sans_lieu = not ligne.retenues or any(not c.precise or not c.departement for c in ligne.retenues)
    return Mention.GENERIQUE if sans_lieu else Mention.ABSENTE
