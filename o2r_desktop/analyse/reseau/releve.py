"""The texts of a dossier read for the actors that they name."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from o2r_desktop.analyse.reseau import contexte
from o2r_desktop.analyse.reseau.detection import Forme, Index, TexteLu, Trouve
from o2r_desktop.analyse.reseau.lieux import Lieu
from o2r_desktop.analyse.reseau.modele import GENERIQUE, Citation
from o2r_desktop.dossiers.champs import TypeChamp
from o2r_desktop.dossiers.model import Dossier

TextePiece = tuple[str, str, int, str]
"""Name of the piece, its SHA-256, page from 1, text of the page."""
CITATIONS_MAX = 2_000
_AUTOUR = 90
_EXCLUS = frozenset({
    "representant_nom", "contact", "courriel_contact", "telephone_contact", "adresse_siege", "siret",
})  # fmt: skip
_TEXTES = frozenset({TypeChamp.TEXTE, TypeChamp.TEXTE_LONG})


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text to read: a field of the form under its attribute or label, or the page of a piece."""

    ou: str
    texte: str
    champ: str = ""
    page: int | None = None
    empreinte: str = ""


def du_formulaire(dossier: Dossier) -> Iterator[Passage]:
    """Yield the written answers, then what the rows of the blocks say."""
    for champ in dossier.champs:
        if champ.type in _TEXTES and champ.attribut not in _EXCLUS and isinstance(champ.valeur, str):
            yield Passage(ou=champ.libelle, champ=champ.attribut or champ.libelle, texte=champ.valeur)
    for membre in dossier.membres:
        if membre.role:
            yield Passage(ou="Membres du consortium", champ="Membres du consortium", texte=membre.role)
    for cofinancement in dossier.cofinancements or ():
        yield Passage(ou="Cofinancements", champ="Cofinancements", texte=cofinancement.financeur)


def des_pieces(textes: Iterable[TextePiece]) -> Iterator[Passage]:
    """Yield the pages of pieces."""
    for nom, empreinte, page, texte in textes:
        yield Passage(ou=nom, texte=texte, page=page, empreinte=empreinte)


def relever(
    passages: Iterable[Passage], index: Index, *, porteur: str, departements: Sequence[str]
) -> Iterator[Citation]:
    """Yield the actors that texts name; refusals and what the porteur says of itself are left out."""
    soi = _Soi(index, porteur)
    vues: Counter[str] = Counter()
    restent = CITATIONS_MAX
    for passage in passages:
        lu = index.lire(passage.texte)
        trouves = index.acteurs(lu)
        pris = frozenset(rang for t in trouves for rang in range(t.debut, t.fin))
        for trouve in trouves:
            if not restent or not _compte(lu, trouve, trouves, pris):
                continue
            lieu = _lieu(index, lu, trouve, pris)
            if not soi.est(lu, trouve, lieu):
                restent -= 1
                yield _citation(passage, lu, trouve, lieu, vues, departements)


def _compte(lu: TexteLu, trouve: Trouve[Forme], trouves: Sequence[Trouve[Forme]], pris: frozenset[int]) -> bool:
    return contexte.voulu(lu, trouve, trouves, sur=False) and not contexte.refus(lu, trouve, pris)


class _Soi:
    """What a porteur is called, and the kinds of actors that its name says it is: «E2C Sarthe» is no partner."""

    def __init__(self, index: Index, porteur: str) -> None:
        lu = index.lire(porteur)
        self._nom = tuple(mot.lettres for mot in lu.mots)
        trouves = index.acteurs(lu)
        siens = [t.quoi.acteur for t in trouves if contexte.voulu(lu, t, trouves, sur=True)]
        self._acteurs = {acteur.id for acteur in siens}
        self._familles = {acteur.famille for acteur in siens}

    def est(self, lu: TexteLu, trouve: Trouve[Forme], lieu: Trouve[Lieu] | None) -> bool:
        """Say whether an actor found is the porteur: its name in full, or its kind without any other place."""
        acteur = trouve.quoi.acteur
        if acteur.local or lieu is None:
            return acteur.id in self._acteurs or (acteur.famille in self._familles and not acteur.local)
        longueur = len(self._nom)
        debuts = range(max(0, trouve.fin - longueur), trouve.debut + 1)
        return any(tuple(m.lettres for m in lu.mots[d : d + longueur]) == self._nom for d in debuts if longueur)


def _lieu(index: Index, lu: TexteLu, trouve: Trouve[Forme], pris: frozenset[int]) -> Trouve[Lieu] | None:
    if trouve.quoi.acteur.local or trouve.quoi.acteur.id == GENERIQUE:
        return None
    return contexte.lieu_apres(index, lu, trouve, pris) or contexte.lieu_avant(index, lu, trouve)


def _citation(
    passage: Passage,
    lu: TexteLu,
    trouve: Trouve[Forme],
    lieu: Trouve[Lieu] | None,
    vues: Counter[str],
    departements: Sequence[str],
) -> Citation:
    acteur = trouve.quoi.acteur
    debut = lu.place(lu.mots[trouve.debut].debut)
    fin = lu.place(lu.mots[trouve.fin - 1].fin - 1) + 1
    departement = acteur.departement or (lieu.quoi.departement if lieu is not None else "")
    avant, apres = passage.texte[max(0, debut - _AUTOUR) : debut], passage.texte[fin : fin + _AUTOUR]
    if debut > _AUTOUR:
        avant = "…" + avant.partition(" ")[2]
    if fin + _AUTOUR < len(passage.texte):
        apres = apres.rpartition(" ")[0] + "…"
    return Citation(
        id=_identifiant(acteur.id, passage, f"{avant}{apres}", vues),
        acteur=acteur.id,
        nom=acteur.nom,
        famille=acteur.famille,
        groupe=acteur.groupe,
        precise=acteur.local or lieu is not None,
        mots=passage.texte[debut:fin],
        ou=passage.ou,
        debut=debut,
        fin=fin,
        lieu=acteur.nom if acteur.local else lieu.quoi.nom if lieu is not None else "",
        departement=departement,
        roles=contexte.roles(lu, trouve),
        champ=passage.champ,
        page=passage.page,
        empreinte=passage.empreinte,
        avant=avant,
        apres=apres,
        hors_projet=bool(departement and departements and departement not in departements),
    )


def _identifiant(acteur: str, passage: Passage, autour: str, vues: Counter[str]) -> str:
    """Return an id that stays while the words around stay, whatever changes elsewhere in the dossier."""
    lieu = f"{passage.champ}\0{passage.empreinte}\0{passage.page}\0{autour}"
    cle = f"{acteur}:{hashlib.sha256(lieu.encode('utf-8', 'replace')).hexdigest()[:10]}"
    vues[cle] += 1
    return cle if vues[cle] == 1 else f"{cle}-{vues[cle]}"
