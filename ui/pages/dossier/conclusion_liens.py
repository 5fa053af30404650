"""Sentences about criteria, grouped, each critere a link; and the score by section."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from o2r_desktop.evaluation.avis import Obstacle
from o2r_desktop.evaluation.grille import Grille
from o2r_desktop.evaluation.reponses import TypeAvis
from o2r_desktop.evaluation.score import Score
from o2r_desktop.text import NBSP, nombre
from ui.theme import Theme, Ton
from ui.widgets.base import Gauge, Pastille, label
from ui.widgets.flux import Flow

_LARGEUR_MINI = 56
"""Characters that a line of the score needs; below, it takes two lines."""

Groupe = tuple[str, list[tuple[str, list[str]]]]
"""A heading, then sentences with the criteria that they are about."""


def group(obstacles: Sequence[Obstacle], grille: Grille) -> list[Groupe]:
    """Group by section, the opinion itself first, then by sentence, each said once."""
    sections = {c.id: s.libelle for s in grille.sections for c in s.criteres}
    groupes: dict[str, dict[str, list[str]]] = {}
    for obstacle in sorted(obstacles, key=lambda o: o.critere is not None):
        titre = sections.get(obstacle.critere or "", "Avis")
        texte = obstacle.texte
        if obstacle.critere:
            texte = texte.removeprefix(obstacle.critere).lstrip(f"{NBSP} :")
        phrases = groupes.setdefault(titre, {})
        phrases.setdefault(texte[:1].upper() + texte[1:], []).extend([obstacle.critere] if obstacle.critere else [])
    return [(titre, list(phrases.items())) for titre, phrases in groupes.items()]


class ListeCriteres(QLabel):
    """Grouped sentences whose criteria are links, reached by Tab and opened by Entrée."""

    critere_requested = Signal(str)

    def __init__(self, nom: str) -> None:
        super().__init__()
        self.setAccessibleName(nom)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.linkActivated.connect(self.critere_requested)

    def dire(self, groupes: Sequence[Groupe]) -> None:
        """Say other sentences; all of them are escaped."""
        parties = []
        for titre, phrases in groupes:
            lignes = "".join(f"<div style='margin-top:4px'>{_phrase(t, criteres)}</div>" for t, criteres in phrases)
            parties.append(f"<div style='margin-top:10px'><b>{escape(titre)}</b></div>{lignes}")
        self.setText("".join(parties))
        self.setVisible(bool(groupes))
        nombre_phrases = sum(len(phrases) for _, phrases in groupes)
        self.setAccessibleDescription(f"{nombre_phrases} phrases, les critères sont des liens")


def _phrase(texte: str, criteres: Sequence[str]) -> str:
    liens = ", ".join(f"<a href='{escape(c)}'>{escape(c).replace('-', '&#8209;')}</a>" for c in criteres)
    return f"{escape(texte)} {liens}".strip()


class ScoreSections(QWidget):
    """The score by section: bar, figure, weight; then the total and what the thresholds suggest."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grille: Grille | None = None
        self._lignes: dict[str, tuple[Gauge, QLabel]] = {}
        self._etroit = False
        self._tableau = QWidget()
        self.total = label("", "section")
        self.etat = Pastille()
        self.poids = Pastille("poids proposés par l’outil", Ton.NEUTRE)
        self.suggestion = label("", wrap=True)
        self._corps = QVBoxLayout(self)
        self._corps.setContentsMargins(0, 0, 0, 0)
        tete = Flow(espace=8, ligne=4)
        tete.addWidget(self.total)
        tete.addWidget(self.etat)
        self._corps.addLayout(tete)
        self._corps.addWidget(self._tableau)
        self._corps.addWidget(self.poids)
        self._corps.addWidget(self.suggestion)

    def dire(self, grille: Grille, score: Score, propose: TypeAvis | None) -> None:
        """Show a score; *propose* is what the thresholds suggest, None while it is provisional."""
        if grille is not self._grille:
            self._build(grille)
        for section_id, (barre, chiffre) in self._lignes.items():
            points = score.par_section.get(section_id)
            barre.set_value(0 if points is None else round(points), 100)
            if points is None:
                barre.setAccessibleName("pas de score")
            chiffre.setText("—" if points is None else nombre(points, 1))
        self.total.setText("Score —" if score.total is None else f"Score {nombre(score.total, 2)} / 100")
        compte = f"{score.repondus}/{score.attendus}"
        if score.complet:
            self.etat.dire(f"✓ complet {compte}", Ton.BON)
        else:
            self.etat.dire(f"? provisoire {compte}", Ton.NEUTRE)
        self.suggestion.setText(_suggestion(grille, propose))

    def _build(self, grille: Grille) -> None:
        self._grille = grille
        neuf = QWidget()
        tableau = QGridLayout(neuf)
        tableau.setContentsMargins(0, 0, 0, 0)
        self._lignes = {}
        for rang, section in enumerate(s for s in grille.sections if s.poids):
            barre, chiffre = Gauge(self._theme), label("", "gras")
            chiffre.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            tableau.addWidget(label(section.libelle, wrap=True), rang, 0)
            tableau.addWidget(barre, rang, 1)
            tableau.addWidget(chiffre, rang, 2)
            tableau.addWidget(label(f"poids{NBSP}{section.poids}", "secondaire"), rang, 3)
            self._lignes[section.id] = barre, chiffre
        self._ranger(tableau)
        self.poids.setVisible(any("poids" in c.propositions for c in grille.ponderes))
        self._corps.replaceWidget(self._tableau, neuf)
        self._tableau.deleteLater()
        self._tableau = neuf
        for partie in (neuf, self.etat, self.total):  # the order in which a screen reader reads
            partie.lower()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Put each bar under its name when the width lacks."""
        super().resizeEvent(event)
        etroit = self.width() < _LARGEUR_MINI * self.fontMetrics().averageCharWidth()
        if etroit != self._etroit:
            self._etroit = etroit
            if isinstance(tableau := self._tableau.layout(), QGridLayout):
                self._ranger(tableau)

    def _ranger(self, tableau: QGridLayout) -> None:
        """Put four parts a line, or the name over the three others."""
        parties = [partie for rang in range(tableau.count()) if (partie := tableau.itemAt(rang))]
        widgets = [widget for partie in parties if (widget := partie.widget())]
        for rang, widget in enumerate(widgets):
            ligne, colonne = divmod(rang, 4)
            if not self._etroit:
                tableau.addWidget(widget, ligne, colonne)
            elif colonne == 0:
                tableau.addWidget(widget, 2 * ligne, 0, 1, 3)
            else:
                tableau.addWidget(widget, 2 * ligne + 1, colonne - 1)
        for colonne, part in enumerate((1, 0, 0) if self._etroit else (3, 2, 0)):
            tableau.setColumnStretch(colonne, part)
        tableau.setHorizontalSpacing(8 if self._etroit else 12)


def _suggestion(grille: Grille, propose: TypeAvis | None) -> str:
    favorable, reserves = grille.seuil_favorable, grille.seuil_reserves
    seuils = f"favorable à partir de {favorable}, avec réserves à partir de {reserves}"
    if propose is None:
        return f"Les seuils proposés ({seuils}) ne suggèrent rien tant que le score est provisoire."
    mots = f"«{NBSP}{propose.libelle.lower()}{NBSP}»"
    return f"Proposition des seuils ({seuils}){NBSP}: {mots}. L’avis reste le vôtre."
