"""The annexes of a note: the whole grille, the whole form, the pieces, the sources."""

from collections import Counter
from collections.abc import Sequence

from o2r_desktop.dossiers.champs import Champ, TypeChamp
from o2r_desktop.dossiers.familles import entiers
from o2r_desktop.dossiers.model import GenrePiece, Piece
from o2r_desktop.dossiers.pieces import EtatPiece, etat_piece
from o2r_desktop.evaluation.grille import Effet
from o2r_desktop.notes.matiere import Matiere
from o2r_desktop.notes.modele import Contenu, Fiche, Forme, Puces, Rubrique, Table, Texte, Titre
from o2r_desktop.notes.valeurs import TIRET, reponse_dite
from o2r_desktop.text import PARIS, date_courte, enumeration, instant, montant, nombre, pluriel

_LONG = 160
_ORIGINES = {
    GenrePiece.DOSSIER: "Dossier imprimé par la plateforme",
    GenrePiece.MESSAGERIE: "Messagerie",
    GenrePiece.AVIS: "Avis",
    GenrePiece.DECISION: "Décision",
}
"""Where a file comes from when no field announces it."""
_EFFETS = {Effet.BLOQUANT: "bloquant", Effet.ALERTE: "alerte", Effet.AUCUN: TIRET}


def grille(m: Matiere) -> Rubrique:
    """Return every critere with its effect, its weight and its answer."""
    contenu: list[Contenu] = [
        Texte(
            f"{m.grille.libelle}, version {m.grille.version}. Poids, niveaux et seuils d’avis "
            f"({m.grille.seuil_favorable} et {m.grille.seuil_reserves} sur 100) sont des propositions : "
            "ni la loi ni l’AMI ne les fixent.",
            Forme.LEGENDE,
        )
    ]
    lignes: list[tuple[str, ...]] = []
    titres: set[int] = set()
    for section in m.grille.sections:
        titres.add(len(lignes))
        score = m.score.par_section.get(section.id)
        sur_cent = f"{nombre(score, 1)} sur 100" if score is not None else ""
        lignes.append((section.id, section.libelle, "", _poids(section.poids), sur_cent))
        lignes += [
            (c.id, c.libelle, _EFFETS[c.effet], _poids(c.poids), reponse_dite(c, m.reponse(c)))
            for c in section.criteres
        ]
    contenu.append(
        Table(
            entetes=("Critère", "Libellé", "Effet", "Poids", "Réponse"),
            lignes=tuple(lignes),
            parts=(9, 59, 10, 7, 15),
            alignes=("gauche", "gauche", "gauche", "centre", "gauche"),
            fortes=frozenset(titres),
            serree=True,
        )
    )
    return Rubrique(
        annexe=True, titre="Annexe 1. Grille complète", ancre="grille", contenu=tuple(contenu), nouvelle_page=True
    )


def _poids(poids: int) -> str:
    return str(poids) if poids else TIRET


def formulaire(m: Matiere) -> Rubrique:
    """Return every answer of the form, in its order; short ones in a table, long ones in full."""
    contenu: list[Contenu] = [
        Texte(f"Déclaré par le porteur. Source : {m.dossier.origine.libelle}.", Forme.LEGENDE)
    ]
    section, courts = "", list[tuple[str, str]]()
    for entier in entiers(m.dossier.champs):
        champ, dit = entier.champ, entier.dit
        if entier.section and entier.section != section:
            _vider(courts, contenu)
            section = entier.section
            contenu.append(Titre(section))
        if len(dit) <= _LONG and "\n" not in dit.strip():
            courts.append((_libelle(champ), dit))
            continue
        _vider(courts, contenu)
        contenu += [Texte(_libelle(champ), Forme.ETIQUETTE), Texte(dit)]
    _vider(courts, contenu)
    if m.dossier.anomalies:
        contenu += [
            Titre("Anomalies relevées à la lecture de l’export"),
            Puces(tuple(f"{a.ou} : {a.quoi}" for a in m.dossier.anomalies)),
        ]
    return Rubrique(
        annexe=True,
        titre="Annexe 2. Réponses du formulaire",
        ancre="formulaire",
        contenu=tuple(contenu),
        nouvelle_page=True,
    )


def _libelle(champ: Champ) -> str:
    suite = f" ({champ.rang})" if champ.rang > 1 else ""
    return (champ.libelle.strip() or "Champ sans libellé") + suite


def _vider(courts: list[tuple[str, str]], contenu: list[Contenu]) -> None:
    if courts:
        contenu.append(Fiche(tuple(courts), serree=True))
        courts.clear()


def pieces(m: Matiere) -> Rubrique:
    """Return the files of the dossier: those that a field announces, received or not, then the others."""
    titre, ancre = "Annexe 3. Pièces", "pieces"
    if not m.dossier.pieces:
        vides = [c for c in m.dossier.champs if c.type is TypeChamp.PIECES]
        texte = "Aucune pièce annoncée." if vides else "L’export ne comporte aucun champ de pièce."
        return Rubrique(annexe=True, titre=titre, ancre=ancre, contenu=(Texte(texte),))
    return Rubrique(
        annexe=True,
        titre=titre,
        ancre=ancre,
        contenu=(
            Texte(_bilan_pieces(m.dossier.pieces), Forme.LEGENDE),
            Table(
                entetes=("Fichier", "Champ du formulaire", "État", "Déposée le", "Pages", "Empreinte"),
                lignes=tuple(_ligne_piece(p) for p in m.dossier.pieces),
                parts=(28, 27, 12, 14, 7, 12),
                alignes=("gauche", "gauche", "gauche", "gauche", "centre", "gauche"),
                serree=True,
            ),
        ),
    )


def _bilan_pieces(pieces: Sequence[Piece]) -> str:
    etats = Counter(etat_piece(p) for p in pieces)
    comptes = [
        pluriel(etats[EtatPiece.RECUE], "pièce reçue", "pièces reçues"),
        pluriel(etats[EtatPiece.MANQUANTE], "manquante"),
        f"{nombre(etats[EtatPiece.EN_ERREUR])} en erreur",
    ]
    suite = " « En erreur » : la plateforme n’a pas pu donner le fichier." if etats[EtatPiece.EN_ERREUR] else ""
    return (
        f"{enumeration([c for c, e in zip(comptes, EtatPiece, strict=True) if etats[e]])}. "
        "Début du SHA-256 de chaque fichier reçu ; il est entier dans donnees.json." + suite
    )


def _ligne_piece(piece: Piece) -> tuple[str, ...]:
    depot = date_courte(piece.depose_le.astimezone(PARIS).date()) if piece.depose_le else TIRET
    return (
        piece.nom,
        piece.champ or _ORIGINES.get(piece.genre, TIRET),
        etat_piece(piece).libelle,
        depot,
        str(piece.pages) if piece.pages else TIRET,
        f"{piece.empreinte[:4]} {piece.empreinte[4:8]}" if piece.empreinte else TIRET,
    )


def sources(m: Matiere, empreinte: str) -> Rubrique:
    """Return where everything comes from, and how it was worked out."""
    p = m.parametres
    figee = m.evaluation.empreinte
    fiche = [
        ("Dossier", f"{m.dossier.origine.libelle} ; démarche : {m.dossier.demarche or 'non renseignée'}"),
        ("Grille", f"{m.grille.libelle} (identifiant {m.grille.id}, version {m.grille.version})"),
        ("Date limite de dépôt", f"{instant(p.date_limite)}, heure de Paris"),
        ("Coût total minimal", montant(p.seuil_cout_total)),
        ("Données arrêtées", f"{instant(m.now)}, O2R Desktop {m.version}"),
        ("Empreinte des données", empreinte),
    ]
    if figee and figee != empreinte:
        fiche.append(("Empreinte à la finalisation", f"{figee} : les données ont changé depuis."))
    methode = Puces((
        "« Déclaré » : réponse du porteur. « Trouvé sur pièce » : lu par l’instructeur dans une pièce ; "
        "« Lu au formulaire », dans une réponse du porteur. "
        "« Calculé » : constat du programme à partir des champs cités. « Apprécié » : jugement de l’instructeur.",
        "Score : somme des (niveau ÷ 4 × poids), divisée par la somme des poids des critères notés, sur 100. "
        "« Sans objet » sort des deux sommes ; un critère sans réponse ne vaut pas zéro et rend le score "
        "provisoire.",
        "« 0 ou non renseigné » : l’export standard de la plateforme écrit 0 pour un nombre laissé vide.",
        "L’empreinte est le SHA-256 des données du dossier, des réponses, de l’avis, de la version de la grille et "
        "des paramètres. Le fichier donnees.json joint à ce PDF les contient.",
        f"Signes : ✓ conforme, ! alerte, ✕ non conforme, ? inconnu, {TIRET} sans objet ou sans valeur.",
    ))  # fmt: skip
    rang = f" ; {nombre(m.lot.effectif)} dossiers dans le lot" if m.lot else ""
    comparaison = Texte(f"Comparaison : médianes des scores du lot{rang}.", Forme.LEGENDE)
    contenu = (Fiche(tuple(fiche)), methode, *((comparaison,) if m.lot else ()))
    return Rubrique(annexe=True, titre="Annexe 4. Sources et méthode", ancre="sources", contenu=contenu)
