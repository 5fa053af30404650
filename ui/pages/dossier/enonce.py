"""What a critere asks: its place in the grille, its words, where to look, what the AMI asks."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from o2r_desktop.dossiers.correspondance import Correspondance
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.evaluation.grille import Critere, Effet, Grille, TypeCritere
from o2r_desktop.text import NBSP, enumeration
from ui.services import Services
from ui.theme import Theme, Ton
from ui.widgets.base import Pastille, fill, label
from ui.widgets.flux import Flow, WrapButton, selectable

_OU = "Dans le dossier"
_TONS = {Effet.BLOQUANT: Ton.MAUVAIS, Effet.ALERTE: Ton.ALERTE, Effet.AUCUN: Ton.NEUTRE}


class Enonce(QWidget):
    """The head of the right pane."""

    source_requested = Signal(str)
    """Attribute of the form whose answer is to be shown."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self.surtitre = label("", "secondaire", wrap=True)
        self.proposition = Pastille()
        self.effet = Pastille()
        self.titre = selectable(label("", "section", wrap=True))
        self.guide = Depliant(services.theme, "Guide")
        self._liens: list[WrapButton] = []
        self._champs = QWidget()
        self._flux = Flow(self._champs, espace=6, ligne=0)
        politique = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        politique.setHeightForWidth(True)
        self._champs.setSizePolicy(politique)
        self._mots_champs = label(_OU, "secondaire")
        self._flux.addWidget(self._mots_champs)
        self._add_lien()
        self._ou = Depliant(services.theme, _OU, self._champs)
        self.ami = Depliant(services.theme, "Ce que demande l’AMI")
        tete = Flow(espace=8, ligne=2)
        for partie in (self.surtitre, self.proposition, self.effet):
            tete.addWidget(partie)
        plis = side_by_side(self.guide, self._ou)
        fill(QVBoxLayout(self), tete, self.titre, plis, self.guide, self._ou, self.ami, espace=4)
        for avant, apres in pairwise((self.guide.bouton, self._ou.bouton, self._liens[0])):
            self.setTabOrder(avant, apres)
        self.set_compact(compact=False)

    def set_compact(self, *, compact: bool) -> None:
        """Fold the guide and the places to look at, for a short pane; else show them whole, without marks."""
        self._mots_champs.setVisible(not compact)
        for partie in (self.guide, self._ou):
            partie.set_foldable(foldable=compact)

    def show_critere(self, dossier: Dossier, critere: Critere) -> None:
        """Show what a critere asks, for this dossier."""
        grille = self._services.campagne.session.grille
        self.surtitre.setText(place_dite(grille, critere))
        nommees = enumeration([_PROPOSITIONS[p] for p in critere.propositions])
        self.proposition.dire("proposition" if nommees else "", Ton.NEUTRE)
        self.proposition.setToolTip(f"Proposé, et non fixé par l’AMI{NBSP}: {nommees}" if nommees else "")
        self.proposition.setAccessibleName(self.proposition.toolTip())
        self.effet.dire(effet_dit(critere), _TONS[critere.effet])
        self.titre.setText(f"{critere.id} — {critere.libelle}")
        self.guide.dire(critere.guide)
        correspondance = self._services.campagne.session.correspondance
        self._show_champs(list(sources_du_dossier(dossier, correspondance, critere)))
        self.ami.dire("\n".join(critere.sources))

    def _show_champs(self, champs: Sequence[tuple[str, str]]) -> None:
        while len(self._liens) < len(champs):
            self._add_lien()
        for rang, lien in enumerate(self._liens):
            lien.setVisible(rang < len(champs))
            if rang < len(champs):
                attribut, libelle = champs[rang]
                lien.setProperty("attribut", attribut)
                lien.dire(libelle)
                lien.setAccessibleName(f"Voir dans le dossier{NBSP}: {libelle}")
        self._ou.present(f"{_OU} ({len(champs)})" if champs else "")

    def _add_lien(self) -> None:
        lien = WrapButton(self._services.theme, lien=True)
        lien.clicked.connect(self._lien_clicked)
        self._flux.addWidget(lien)
        if self._liens:
            self.setTabOrder(self._liens[-1], lien)  # else Tab would come to it after the whole window
        self._liens.append(lien)

    def _lien_clicked(self) -> None:
        self.source_requested.emit(self.sender().property("attribut"))


class Depliant(QWidget):
    """A sentence, or another part, that is shown when it is asked for; always when it may not be folded."""

    def __init__(self, theme: Theme, titre: str, contenu: QWidget | None = None) -> None:
        super().__init__()
        self._titre = titre
        self._present = self._ouvert = False
        self._pliable = True
        self.bouton = WrapButton(theme, lien=True)
        self.bouton.clicked.connect(self._toggle)
        ligne = Flow()
        ligne.addWidget(self.bouton)
        self.texte = selectable(label("", "secondaire", wrap=True))
        self._contenu = contenu or self.texte
        fill(QVBoxLayout(self), ligne, self._contenu, espace=2)
        self._show()

    def dire(self, texte: str) -> None:
        """Change the sentence and fold it; without a sentence nothing shows."""
        self.texte.setText(texte)
        self.present(self._titre if texte else "")

    def present(self, titre: str) -> None:
        """Name what is there to unfold, and fold it; «» when there is nothing."""
        self._present, self._ouvert = bool(titre), False
        self._titre = titre or self._titre
        self._show()

    def set_foldable(self, *, foldable: bool) -> None:
        """Let it be folded, and fold it; else show it whole, without its mark."""
        if foldable != self._pliable:
            self._pliable, self._ouvert = foldable, False
            self._show()

    def _toggle(self) -> None:
        self._ouvert = not self._ouvert
        self._show()

    def _show(self) -> None:
        deplie = self._ouvert or not self._pliable
        self.setVisible(self._present and (deplie or self.bouton.parent() is self))
        self.bouton.setVisible(self._present and self._pliable)
        self._contenu.setVisible(deplie)
        self.bouton.dire(f"{self._titre} {'▴' if self._ouvert else '▾'}")
        self.bouton.setAccessibleName(f"{self._titre}{NBSP}: {'replier' if self._ouvert else 'déplier'}")


def side_by_side(*depliants: Depliant) -> Flow:
    """Return a line of the marks of several parts, which unfold under it."""
    ligne = Flow(espace=12, ligne=2)
    for depliant in depliants:
        ligne.addWidget(depliant.bouton)
    return ligne


_PROPOSITIONS = {
    "poids": "le poids",
    "effet": "l’effet",
    "niveaux": "les niveaux",
    "seuils": "les seuils",
}


def place_dite(grille: Grille, critere: Critere) -> str:
    """Return «Santé financière · 4 sur 8 · poids 3»."""
    section = next(s for s in grille.sections if s.id == critere.section)
    parties = [section.libelle, f"{section.criteres.index(critere) + 1} sur {len(section.criteres)}"]
    if critere.poids:
        parties.append(f"poids{NBSP}{critere.poids}")
    return " · ".join(parties)


def effet_dit(critere: Critere) -> str:
    """Return what a bad answer does: «bloquant si non», «alerte si ≤ 1», «» when it does nothing."""
    if critere.effet is Effet.AUCUN:
        return ""
    quand = f"si ≤{NBSP}1" if critere.type is TypeCritere.ECHELLE else "si non"
    return f"{critere.effet.value} {quand}"


def sources_du_dossier(
    dossier: Dossier, correspondance: Correspondance, critere: Critere
) -> Iterator[tuple[str, str]]:
    """Yield the attribute and the words of each field, then of each piece, that a critere sends to."""
    for attribut in critere.attributs:
        if libelle := _libelle(dossier, correspondance, attribut):
            yield attribut, libelle
    # a form asks for the accounts in one field or in three: what it does not ask for is not missing
    for attribut in [a for a in critere.pieces if dossier.champ(a) is not None] or critere.pieces:
        if libelle := _libelle(dossier, correspondance, attribut):
            jointe = dossier.champ(attribut) is None or dossier.valeur(attribut) is not None
            yield attribut, f"▣ {libelle}" + ("" if jointe else " (non jointe)")


def _libelle(dossier: Dossier, correspondance: Correspondance, attribut: str) -> str:
    """Return the label of a field in this dossier, else in the form; «» when the form does not ask for it."""
    champ = dossier.champ(attribut)
    if champ is not None:
        return champ.libelle
    connus = [a.libelles[0] for a in correspondance.attributs if a.id == attribut]
    bloc = correspondance.bloc(attribut)
    return connus[0] if connus else bloc.libelles[0] if bloc is not None else ""
