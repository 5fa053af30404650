"""What an import changed under an answer, and the answer to be confirmed as it is."""

import re
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from o2r_desktop.evaluation.grille import Grille
from o2r_desktop.evaluation.reponses import Changement, Evaluation, Reponse
from o2r_desktop.text import NBSP, instant, pluriel, printable
from ui.theme import Theme, Ton
from ui.widgets.base import fill, key_text, label
from ui.widgets.flux import Flow, WrapButton, selectable
from ui.widgets.texte import AutoText

CONFIRMER_REPONSE = "Ctrl+R"
RECONFIRMER_SUIVANT = "Alt+Shift+Down"
_COURT = 90
"""Letters of a value that are shown before it is cut."""
_VISIBLES = 4
"""Changes that are shown before the others are asked for."""
_ELAN = 24
"""Letters that stand before what differs."""
_RIEN = "(vide)"
_REPLIEE = "! À reconfirmer après import"


class Reconfirmer(QFrame):
    """Lists what changed since the answer, oldest first; nothing when the answer is not in doubt."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._reponse = Reponse(critere="", valeur="")
        self._tous = self._compact = False
        self._modifiable = True
        self.setProperty("bandeau", Ton.ALERTE.value)
        self.phrase = label("", "gras", wrap=True)
        self.lignes: list[LigneChangement] = []
        self.suite = WrapButton(theme, lien=True)
        self.suite.clicked.connect(self._show_all)
        self.bouton = WrapButton(theme)
        self.bouton.dire("Confirmer ma réponse", key_text(CONFIRMER_REPONSE))
        self.mode = label("Ou changez-la ci-dessous : elle ne sera plus à reconfirmer.", "secondaire", wrap=True)
        self._liste = QVBoxLayout()
        self._liste.setSpacing(6)
        self._add_line()
        gestes = Flow(espace=12, ligne=6)
        gestes.addWidget(self.bouton)
        gestes.addWidget(self.suite)
        corps = QVBoxLayout(self)
        fill(corps, self.phrase, self._liste, gestes, self.mode, espace=6)
        corps.setContentsMargins(12, 8, 12, 8)
        self.hide()

    def set_compact(self, *, compact: bool) -> None:
        """Fold what changed, for a short pane: the answer comes before it; else show it."""
        if compact != self._compact:
            self._compact, self._tous = compact, False
            self._show_lines()

    def show_reponse(self, reponse: Reponse, *, modifiable: bool) -> None:
        """Show what changed under an answer."""
        self.bouton.setEnabled(modifiable)
        nouvelle = reponse.changements != self._reponse.changements or reponse.a_reconfirmer == self.isHidden()
        self._reponse, self._modifiable = reponse, modifiable
        if nouvelle:
            self._tous = False
            self._show_lines()
        self.setVisible(reponse.a_reconfirmer)

    def _show_all(self) -> None:
        self._tous = True
        self._show_lines()
        self.lignes[self._premiers].focus()

    @property
    def _premiers(self) -> int:
        """How many changes show by themselves."""
        return 0 if self._compact else _VISIBLES

    def _show_lines(self) -> None:
        changements = self._reponse.changements
        montres = changements if self._tous else changements[: self._premiers]
        while len(self.lignes) < len(montres):
            self._add_line()
        for rang, ligne in enumerate(self.lignes):
            ligne.setVisible(rang < len(montres))
            if rang < len(montres):
                ligne.show_changement(montres[rang])
        reste = len(changements) - len(montres)
        self.suite.setVisible(reste > 0)
        autres = ("autre changement", "autres changements") if montres else ("changement", "changements")
        self.suite.dire(f"Voir {pluriel(reste, *autres)}")
        self.phrase.setText(_REPLIEE if self._compact and not montres else _phrase(self._reponse, montres))
        self.mode.setVisible(self._modifiable and not self._compact)

    def _add_line(self) -> None:
        ligne = LigneChangement(self._theme)
        self._liste.addWidget(ligne)
        if self.lignes:  # else Tab would come to it after the whole window
            for avant, apres in pairwise((self.lignes[-1].entier, ligne.voir, ligne.entier)):
                self.setTabOrder(avant, apres)
        self.lignes.append(ligne)


class LigneChangement(QWidget):
    """One field or piece: what it was, what it is; a long text is cut, and shown whole when that is asked."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._avant = self._apres = ""
        self.libelle = selectable(label("", "secondaire", wrap=True))
        self.valeurs = selectable(label("", "valeur", wrap=True))
        self.voir = WrapButton(theme, lien=True)
        self.voir.clicked.connect(self._toggle)
        self.entier = AutoText("Texte entier", lignes=3, lignes_max=12)
        self.entier.setReadOnly(True)
        voir = Flow()
        voir.addWidget(self.voir)
        fill(QVBoxLayout(self), self.libelle, self.valeurs, voir, self.entier, espace=2)

    def focus(self) -> None:
        """Put the focus on what can be asked of this change, if anything can."""
        if self.voir.isVisibleTo(self):
            self.voir.setFocus()

    def show_changement(self, changement: Changement) -> None:
        """Show a change, cut."""
        self._avant, self._apres = (printable(t).strip() for t in (changement.avant, changement.apres))
        libelle = _une_ligne(printable(changement.libelle))
        self.libelle.setText(libelle)
        coupes = extraits(self._avant, self._apres)
        self.valeurs.setText(f"{coupes[0]}  →  {coupes[1]}")
        self.valeurs.setAccessibleName(f"{libelle}{NBSP}: avant, {coupes[0]}{NBSP}; à présent, {coupes[1]}")
        self.voir.setVisible(any(len(_une_ligne(t)) > _COURT for t in (self._avant, self._apres)))
        self._unfold(tout=False)

    def _toggle(self) -> None:
        self._unfold(tout=self.entier.isHidden())

    def _unfold(self, *, tout: bool) -> None:
        self.entier.setVisible(tout)
        texte = f"Avant :\n{self._avant or _RIEN}\n\nÀ présent :\n{self._apres or _RIEN}"
        self.entier.set_text(texte if tout else "")
        self.voir.dire("Replier ▴" if tout else "Voir tout ▾")
        self.voir.setAccessibleName(f"{self.libelle.text()}{NBSP}: {'replier' if tout else 'voir tout le texte'}")


def next_a_reconfirmer(grille: Grille, evaluation: Evaluation, depuis: str) -> str:
    """Return the critere after *depuis*, round the grille, whose answer is to be confirmed; «» when none is."""
    ids = [c.id for c in grille.criteres]
    rang = ids.index(depuis) + 1 if depuis in ids else 0
    return next((i for i in ids[rang:] + ids[:rang] if evaluation.reponse(i).a_reconfirmer), "")


def _phrase(reponse: Reponse, montres: Sequence[Changement]) -> str:
    quand = f" du {instant(reponse.modifiee)}" if reponse.modifiee else ""
    if not montres:
        return f"! Les données de ce critère ont changé depuis votre réponse{quand}."
    return f"! Depuis votre réponse{quand}, un import a changé :"


def extraits(avant: str, apres: str) -> tuple[str, str]:
    """Return both values on one line; long ones are cut to where they begin to differ."""
    lignes = [_une_ligne(t) for t in (avant, apres)]
    pareil = next(
        (rang for rang, (a, b) in enumerate(zip(*lignes, strict=False)) if a != b), min(len(t) for t in lignes)
    )
    depart = max(0, pareil - _ELAN) if any(len(t) > _COURT for t in lignes) and pareil > _COURT - _ELAN else 0
    une, autre = (_cut(t, depart) for t in lignes)
    return une, autre


def _une_ligne(texte: str) -> str:
    """Return a text on one line; no-break spaces stay what they are."""
    return re.sub(r"[ \t\n]+", " ", texte).strip()


def _cut(texte: str, depart: int) -> str:
    if not texte:
        return _RIEN
    reste = texte[depart:]
    fin = reste if len(reste) <= _COURT else f"{reste[: _COURT - 1]}…"
    return f"« {'…' if depart else ''}{fin} »"
