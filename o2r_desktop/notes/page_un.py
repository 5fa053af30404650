"""Page 1 drawn: as many words as the page holds, the rest one link away."""

from collections.abc import Sequence
from dataclasses import dataclass

from o2r_desktop.notes.balisage import Toile
from o2r_desktop.notes.blocs import Bloc, Colonnes, Filet, Pile, aplat, rvb
from o2r_desktop.notes.composition import Morceau
from o2r_desktop.notes.graphiques import Barres
from o2r_desktop.notes.intitules import Intitule, pastille, table
from o2r_desktop.notes.modele import BoiteAvis, BoiteScore, ChiffreCle, Points, Synthese
from o2r_desktop.notes.paragraphe import paragraphe
from o2r_desktop.notes.styles import (
    ACTION,
    AVIS,
    HAUTEUR,
    LARGEUR,
    LIGNE,
    PETIT,
    SECOND,
    SOUS_TITRE,
    TEXTE,
    TITRE,
    VALEUR,
    Style,
    encre,
    fond,
)
from o2r_desktop.notes.tableaux import liste, tableau
from o2r_desktop.notes.valeurs import court

_CORPS = Style(corps=9, interligne=12.6)
_POINT = Style(corps=8.5, interligne=11)
_TABLE = Style(corps=8.6, interligne=11.6)
_LIEN = Style(corps=8.3, interligne=11.4, couleur=ACTION)
_MARGE = 10.0
_SERRE = 2.0
_HAUT_POINTS = 200.0
_HAUT_VIGILANCE = 66.0
"""What a third list may add to the height of the points, in points of the page."""


@dataclass(frozen=True, slots=True)
class Detail:
    """How much of the long texts page 1 shows, in characters."""

    titre: int
    projet: int
    reserves: int
    motif: int
    controle: int


_DETAILS = (
    Detail(90, 140, 700, 600, 170),
    Detail(90, 140, 560, 450, 140),
    Detail(90, 140, 480, 320, 96),
    Detail(90, 140, 480, 200, 96),
    *(Detail(90, 140, reserves, 0, 96) for reserves in range(480, 250, -30)),
    *(Detail(90, 90, reserves, 0, 92) for reserves in range(240, 170, -30)),
    Detail(42, 75, 150, 0, 90),
    Detail(42, 75, 110, 0, 84),
    Detail(30, 60, 70, 0, 40),
)
"""From the most words to the least; beside reserves the motive goes first, because reserves bind the applicant."""

_POINTS = ((6, 240), (5, 180), (4, 150), (4, 110), (3, 110), (3, 90), (3, 78), (3, 68), (2, 78), (2, 45))
"""How many points, how many characters of each: until they are no taller than the bars or _HAUT_POINTS."""


def page_un(s: Synthese, signet: str = "Synthèse") -> list[Bloc]:
    """Return the blocks of page 1, with the most detail that fits on it; *signet* names its bookmark."""
    colonnes = _colonnes(s)
    for detail in _DETAILS:
        blocs = _blocs(s, detail, colonnes, signet)
        if Pile(blocs).hauteur(LARGEUR) <= HAUTEUR:
            break
    return blocs


def _blocs(s: Synthese, detail: Detail, colonnes: Bloc, signet: str) -> list[Bloc]:
    return [
        *_entete(s, detail, signet),
        BoiteDecision(s.avis, s.score, detail),
        Colonnes([(1, _chiffre(c)) for c in s.chiffres], 12, avant=11),
        colonnes,
        *_controles(s, detail),
        Intitule("Proposition par année", "h-proposition", niveau=2, avant=9),
        table(s.annees, _TABLE, _SERRE),
    ]


def _colonnes(s: Synthese) -> Bloc:
    gauche = Pile([
        Intitule("Appréciation par section", "h-appreciation", niveau=2),
        Barres(s.barres, s.barres_constat, avant=4),
        paragraphe(s.barres_legende, style=PETIT, avant=3),
        _lien("Critères, commentaires et preuves", "appreciations"),
    ])  # fmt: skip
    cadre = Colonnes([(1.12, gauche), (1, Pile(()))], 20)
    place = _HAUT_POINTS + (_HAUT_VIGILANCE if s.vigilance.textes else 0)
    for nombre, longueur in _POINTS:
        droite = Pile([
            *_points(s.forts, nombre, longueur),
            *_points(s.faibles, nombre, longueur, avant=9),
            *(_points(s.vigilance, nombre, longueur, avant=9) if s.vigilance.textes else ()),
            *_suite_des_points(s, nombre, longueur),
        ])  # fmt: skip
        cadre = Colonnes([(1.12, gauche), (1, droite)], 20, avant=10)
        if cadre.hauteur(LARGEUR) <= max(cadre.seule(LARGEUR, 0), place):
            break
    return cadre


def _entete(s: Synthese, detail: Detail, signet: str) -> list[Bloc]:
    titre = Intitule(court(s.porteur, detail.titre), "synthese", niveau=1, avant=11, style=TITRE, signet=signet)
    return [
        *bandeau(s.service, s.ami, (s.genre, s.statut)),
        titre,
        paragraphe(court(s.projet, detail.projet), style=SOUS_TITRE, avant=1),
        paragraphe(s.identite, style=PETIT, avant=3),
    ]


def bandeau(service: str, ami: str, droite: Sequence[str]) -> list[Bloc]:
    """Return the head of every paper: who writes and for which AMI, what it is and how far it is final."""
    gauche = Pile([
        paragraphe(service, style=Style(corps=10, interligne=14, gras=True)),
        paragraphe(ami, style=PETIT),
    ])  # fmt: skip
    genre = Pile([paragraphe(t, style=PETIT.avec(aligne="droite")) for t in droite if t])
    return [Colonnes([(1.3, gauche), (1, genre)], 12), Filet(TEXTE, 1.2, avant=7)]


class BoiteDecision(Bloc):
    """The opinion on its ground, the score beside it, in one frame."""

    avant = 9

    def __init__(self, avis: BoiteAvis, score: BoiteScore, detail: Detail) -> None:
        self.ton = avis.ton
        self.gauche = _avis(avis, detail)
        self.droite = _score(score)

    def _largeurs(self, largeur: float) -> tuple[float, float]:
        return largeur * 0.66, largeur * 0.34

    def hauteur(self, largeur: float) -> float:
        """Return the height of the taller side."""
        a, b = self._largeurs(largeur)
        return max(self.gauche.hauteur(a - 2 * _MARGE), self.droite.hauteur(b - 2 * _MARGE)) + 2 * _MARGE

    def dessine(self, toile: Toile, x: float, y: float, largeur: float) -> None:
        """Draw ground and frame, then the two sides."""
        haut = self.hauteur(largeur)
        a, b = self._largeurs(largeur)
        aplat(toile, (x, y - haut, a, haut), fond(self.ton), 6)
        aplat(toile, (x + a - 8, y - haut, 8, haut), fond(self.ton))
        with toile.artefact():
            toile.canvas.setStrokeColorRGB(*rvb(encre(self.ton)))
            toile.canvas.setLineWidth(1)
            toile.canvas.roundRect(x, y - haut, largeur, haut, radius=6, stroke=1, fill=0)
        self.gauche.dessine(toile, x + _MARGE, y - _MARGE, a - 2 * _MARGE)
        self.droite.dessine(toile, x + a + _MARGE, y - _MARGE, b - 2 * _MARGE)


def _avis(avis: BoiteAvis, detail: Detail) -> Pile:
    style = AVIS.avec(couleur=encre(avis.ton))
    blocs: list[Bloc] = [
        paragraphe(avis.chapeau, style=PETIT.avec(couleur=TEXTE)),
        paragraphe(avis.avis, style=style),
        paragraphe(avis.montant, style=_CORPS, avant=3),
    ]
    place_motif = detail.motif if avis.reserves else detail.reserves
    coupe = len(avis.motif) > place_motif or len(avis.reserves) > detail.reserves
    for mot, texte, longueur in (("Réserves", avis.reserves, detail.reserves), ("Motif", avis.motif, place_motif)):
        if texte and longueur:
            blocs.append(paragraphe(Morceau(f"{mot} : ", gras=True), court(texte, longueur), style=_CORPS, avant=3))
    if coupe:
        blocs.append(_lien("Texte entier : avis et proposition", "proposition"))
    return Pile(blocs)


def _score(score: BoiteScore) -> Pile:
    grand = Style(corps=15.5, interligne=21, gras=True)
    blocs: list[Bloc] = [
        paragraphe("Score", style=PETIT),
        paragraphe(score.valeur, style=grand),
        paragraphe(score.mention, style=Style(corps=9, interligne=12.6, gras=True, couleur=SECOND)),
    ]
    if score.rang:
        blocs.append(paragraphe(score.rang, style=PETIT, avant=3))
    blocs.append(
        paragraphe(
            "Priorité de l’AMI : ",
            Morceau(score.priorite, gras=True, couleur=ACTION),
            f" ({score.precision})",
            style=PETIT.avec(couleur=TEXTE),
            avant=3,
        )
    )
    return Pile(blocs)


def _chiffre(c: ChiffreCle) -> Pile:
    style = VALEUR if c.connu else Style(corps=10, interligne=18, gras=True, couleur=SECOND)
    blocs: list[Bloc] = [
        Filet(LIGNE, 1),
        paragraphe(c.libelle, style=PETIT.avec(couleur=TEXTE), avant=5),
        paragraphe(c.valeur, style=style),
    ]
    if c.precision:
        blocs.append(paragraphe(c.precision, style=PETIT))
    return Pile(blocs)


def _points(p: Points, nombre: int, longueur: int, avant: float = 0) -> list[Bloc]:
    blocs: list[Bloc] = [Intitule(p.titre, "", niveau=2, avant=avant)]
    montres = p.textes[:nombre]
    if montres:
        blocs.append(liste([court(t, longueur) for t in montres], _POINT, avant=2))
    if p.source:
        blocs.append(paragraphe(p.source, style=PETIT, avant=3))
    return blocs


def _suite_des_points(s: Synthese, nombre: int, longueur: int) -> list[Bloc]:
    """Lead to the whole lists when something of them is not shown."""
    listes = (s.forts, s.faibles, s.vigilance)
    entier = all(len(p.textes) <= nombre and all(len(t) <= longueur for t in p.textes) for p in listes)
    reste = sum(max(0, len(p.textes) - nombre) for p in listes)
    autres = f" ({reste} de plus)" if reste else ""
    quoi = "Points forts, faibles et de vigilance" if s.vigilance.textes else "Points forts et faibles"
    return [] if entier else [_lien(f"{quoi} en entier{autres}", "points")]


def _controles(s: Synthese, detail: Detail) -> Sequence[Bloc]:
    blocs: list[Bloc] = [Intitule("Recevabilité et éligibilité", "h-controles", niveau=2, avant=9)]
    if s.controles:
        lignes = [
            (libelle, pastille(etiquette, _TABLE, court_seulement=True), court(dit, detail.controle))
            for libelle, etiquette, dit in s.controles
        ]
        blocs.append(tableau((), lignes, (40, 17, 43), style=_TABLE, marge=_SERRE))
    reste = f"{s.controles_reste} " if s.controles_reste else ""
    blocs.append(_lien(f"{reste}Tableau complet", "controles"))
    return blocs


def _lien(texte: str, ancre: str) -> Bloc:
    return paragraphe(f"{texte} →", style=_LIEN, vers=ancre, avant=3)
