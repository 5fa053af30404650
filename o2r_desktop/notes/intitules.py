"""From the parts of a note to blocks: headings with bookmarks, paragraphs, lists, tables."""

from collections.abc import Sequence

from o2r_desktop.notes.balisage import Toile
from o2r_desktop.notes.blocs import Bloc, Pile, Saut, trace
from o2r_desktop.notes.composition import Morceau
from o2r_desktop.notes.modele import (
    Case,
    Contenu,
    Etiquette,
    Fiche,
    Forme,
    Nature,
    Passage,
    Puces,
    Renvoi,
    Rubrique,
    Table,
    Texte,
    Titre,
)
from o2r_desktop.notes.paragraphe import paragraphe
from o2r_desktop.notes.styles import ACTION, CORPS, H2, H3, LEGENDE, SECOND, TABLE, TEXTE, Style
from o2r_desktop.notes.tableaux import Pastille, liste, tableau

_SOUS = Style(corps=10.6, interligne=14.6, gras=True)
_ATTENTION = CORPS.avec(gras=True)
_ETIQUETTE = Style(corps=9, interligne=12.4, gras=True)
_LIEN = Style(corps=8.8, interligne=12, couleur=ACTION)
_SOURCE = Style(corps=7.8, interligne=10.4, couleur=SECOND)
_SERREE = Style(corps=8.4, interligne=11.4)
_FICHE, _FICHE_SERREE = (27, 73), (44, 56)


class Intitule(Bloc):
    """A heading: its place can be linked to, it is a bookmark, and it stays with what follows."""

    def __init__(
        self,
        texte: str,
        ancre: str,
        *,
        niveau: int,
        avant: float = 0,
        style: Style | None = None,
        signet: str = "",
    ) -> None:
        choisi = style or (_SOUS if niveau == 2 else H3)
        self.paragraphe = paragraphe(texte, style=choisi, balise=f"H{niveau}")
        self.ancre = ancre
        self.signet = signet or texte
        self.avant = avant
        self.solidaire = True
        self.filet = niveau == 2
        self.profondeur = 0 if niveau == 1 or style is H2 else 1

    def hauteur(self, largeur: float) -> float:
        """Return the height of the words and of the rule under them."""
        return self.paragraphe.hauteur(largeur) + (4 if self.filet else 2)

    def dessine(self, toile: Toile, x: float, y: float, largeur: float) -> None:
        """Draw, and bind the bookmark to this place."""
        if self.ancre:
            toile.signet(self.signet, self.ancre, self.profondeur, y + 8)
        self.paragraphe.dessine(toile, x, y, largeur)
        if self.filet:
            trace(toile, x, y - self.paragraphe.hauteur(largeur) - 2, largeur, TEXTE, 0.8)


def rubrique(r: Rubrique) -> list[Bloc]:
    """Return the blocks of a part of the note."""
    blocs: list[Bloc] = [Saut()] if r.nouvelle_page else []
    blocs.append(Intitule(r.titre, r.ancre, niveau=2, avant=20, style=H2))
    for i, contenu in enumerate(r.contenu):
        bloc = _bloc(contenu, f"{r.ancre}-{i}")
        bloc.avant = bloc.avant or 6
        if isinstance(contenu, Texte) and contenu.forme is Forme.LEGENDE:
            suivant = r.contenu[i + 1] if i + 1 < len(r.contenu) else None
            bloc.solidaire = isinstance(suivant, (Table, Fiche))
        blocs.append(bloc)
    return blocs


def _bloc(contenu: Contenu, ancre: str) -> Bloc:
    if isinstance(contenu, Titre):
        return Intitule(contenu.texte, contenu.ancre or ancre, niveau=3, avant=12)
    if isinstance(contenu, Texte):
        return _texte(contenu)
    if isinstance(contenu, Renvoi):
        return paragraphe(f"{contenu.texte} →", style=_LIEN, vers=contenu.ancre)
    if isinstance(contenu, Puces):
        return liste(contenu.textes, avant=6)
    if isinstance(contenu, Fiche):
        return _fiche(contenu)
    return table(contenu, _SERREE, 2.2) if contenu.serree else table(contenu, TABLE)


def _fiche(fiche: Fiche) -> Bloc:
    if fiche.serree:
        return tableau((), fiche.lignes, _FICHE_SERREE, style=_SERREE, marge=2.2)
    return tableau((), fiche.lignes, _FICHE)


def _texte(texte: Texte) -> Bloc:
    if texte.forme is Forme.LEGENDE:
        return paragraphe(texte.texte, style=LEGENDE)
    if texte.forme is Forme.ATTENTION:
        return paragraphe(texte.texte, style=_ATTENTION)
    if texte.forme is Forme.ETIQUETTE:
        bloc = paragraphe(texte.texte, style=_ETIQUETTE, avant=9)
        bloc.solidaire = True
        return bloc
    return paragraphe(texte.texte, style=CORPS)


def table(t: Table, style: Style, marge: float = 3.6) -> Bloc:
    """Return a table of the content tree as a block; *marge* is the space above and below the words of a cell."""
    lignes: list[Sequence[str | Bloc]] = [[_case(c, style) for c in ligne] for ligne in t.lignes]
    return tableau(
        t.entetes,
        lignes,
        t.parts,
        t.alignes,
        style=style,
        fortes=t.fortes,
        haut_min=t.haut,
        marge=marge,
        cadre=t.cadre,
    )


def _case(case: Case, style: Style) -> str | Bloc:
    if isinstance(case, str):
        return case
    if isinstance(case, Etiquette):
        return pastille(case, style)
    return _passage(case, style)


def pastille(etiquette: Etiquette, style: Style, *, court_seulement: bool = False) -> Bloc:
    """Return a pill with the words under it."""
    pill = Pastille(etiquette.mot, etiquette.ton, "P")
    if court_seulement or not etiquette.suite:
        return pill
    return Pile([pill, paragraphe(etiquette.suite, style=style, avant=3)])


def _passage(passage: Passage, style: Style) -> Bloc:
    return Pile([_dit(nature, texte, style, 3 if i else 0) for i, (nature, texte) in enumerate(passage.dits)])


def _dit(nature: str, texte: str, style: Style, avant: float) -> Bloc:
    if nature == Nature.SOURCE:
        return paragraphe(f"{nature} : {texte}", style=_SOURCE, avant=avant)
    tete = (Morceau(f"{nature} : ", gras=True),) if nature else ()
    return paragraphe(*tete, texte, style=style, avant=avant)
