"""Letters of support and conventions: which pieces they seem to be, whom they name (metier § 4.5, APP-02)."""

import re
from collections.abc import Iterable, Iterator, Sequence

from o2r_desktop.analyse.reseau import contexte
from o2r_desktop.analyse.reseau.detection import Index
from o2r_desktop.analyse.reseau.modele import Lettre, Partenaire
from o2r_desktop.analyse.reseau.repertoire import Acteur
from o2r_desktop.dossiers.model import Dossier, GenrePiece, Piece
from o2r_desktop.text import normalise

_ANNONCE = re.compile(r"lettre|convention|soutien|partenari|partenair|lettre d.engagement")
_AUTRE = re.compile(
    r"consortium|republicain|collective|lettre de mission|membre|urssaf|regularite|comptes?\b|commissaire|bilan"
)
_NATURES = (
    ("convention", re.compile(r"convention|protocole|charte|accord")),
    ("lettre", re.compile(r"lettre|courrier|soutien|engagement")),
    ("attestation", re.compile(r"attestation|certificat")),
)
_SIGNES = re.compile(r"[_.\-–]+")
A_PRECISER = "à préciser"


def lettres(dossier: Dossier, index: Index, partenaires: Sequence[Partenaire] = ()) -> tuple[Lettre, ...]:
    """Return the pieces that announce themselves as letters or conventions, then the partners without any."""
    trouvees = [_lettre(piece, index, partenaires) for piece in _pieces(dossier)]
    cites = {lettre.partenaire for lettre in trouvees}
    seules = [_partenaire(p, index) for p in partenaires if p.nom.strip() and p.nom not in cites]
    return (*trouvees, *seules)


def acteurs_de(index: Index, texte: str) -> tuple[Acteur, ...]:
    """Return the actors that a name of a file or of a partner holds; capitals are enough for an acronym there."""
    lu = index.lire(texte)
    trouves = index.acteurs(lu)
    surs = [t for t in trouves if contexte.voulu(lu, t, trouves, sur=True)]
    return tuple(dict.fromkeys(t.quoi.acteur for t in surs))


def _pieces(dossier: Dossier) -> Iterator[Piece]:
    champ = dossier.champ("lettres_soutien")
    libelle = champ.libelle if champ is not None else ""
    for piece in dossier.pieces:
        if piece.genre is not GenrePiece.PIECE:
            continue
        mots = normalise(piece.nom).replace("_", " ")
        annoncee = (piece.champ and piece.champ == libelle) or (_ANNONCE.search(mots) and not _AUTRE.search(mots))
        if annoncee and "consortium" not in normalise(piece.champ):
            yield piece


def _lettre(piece: Piece, index: Index, partenaires: Iterable[Partenaire]) -> Lettre:
    sans_suffixe = piece.nom.rpartition(".")[0] or piece.nom
    lisible = _SIGNES.sub(" ", sans_suffixe)
    acteurs = acteurs_de(index, lisible)
    mots = set(index.mots(lisible))
    partenaire = next((p for p in partenaires if _nomme(index.mots(p.nom), mots)), None)
    return Lettre(
        nom=piece.nom,
        nature=_nature(lisible),
        champ=piece.champ,
        empreinte=piece.empreinte if piece.presente else "",
        recue=piece.presente,
        acteurs=tuple(a.id for a in acteurs),
        noms=tuple(a.nom for a in acteurs),
        partenaire=partenaire.nom if partenaire is not None else "",
    )


def _partenaire(partenaire: Partenaire, index: Index) -> Lettre:
    acteurs = acteurs_de(index, partenaire.nom)
    return Lettre(
        nom=partenaire.nom,
        nature=partenaire.engagement.strip() or A_PRECISER,
        acteurs=tuple(a.id for a in acteurs),
        noms=tuple(a.nom for a in acteurs),
        partenaire=partenaire.nom,
    )


def _nature(nom: str) -> str:
    simple = normalise(nom)
    return next((nature for nature, motif in _NATURES if motif.search(simple)), A_PRECISER)


def _nomme(partenaire: Sequence[str], mots: set[str]) -> bool:
    longs = [mot for mot in partenaire if len(mot) > 3]
    return bool(longs) and all(mot in mots for mot in longs)
