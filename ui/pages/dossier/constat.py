"""The computed constats of one critere, and what the instructor says of them."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from o2r_desktop.evaluation.constats import Constat, pire
from o2r_desktop.evaluation.reponses import DecisionConstat, Reponse
from o2r_desktop.text import NBSP, printable
from ui.models.dossiers import SIGNES
from ui.pages.dossier.enonce import Depliant, side_by_side
from ui.pages.dossier.preuves import coupable
from ui.theme import Theme, Ton
from ui.widgets.base import Pastille, fill, label, press_when_toggled, show_checked
from ui.widgets.flux import Flow, WrapButton, selectable
from ui.widgets.texte import AutoText

_DECISIONS = (
    (DecisionConstat.CONFIRME, "✓ Confirmer", "Confirmer le constat", "constat confirmé"),
    (DecisionConstat.CONTESTE, "Contester…", "Contester le constat, avec un motif", "constat contesté"),
    (DecisionConstat.NON_VERIFIABLE, "Non vérifiable", "Constat non vérifiable", "choisi"),
)
CONFIRMER = "C"
"""The key that confirms."""
_PREUVE_COURTE = 70
"""Characters of a source that shows by itself; a longer one is folded, the answers must stay in view."""
_SANS_MOTIF = "Sans motif, la contestation n’est pas enregistrée. Écrivez-le ci-dessus."


class ConstatView(QWidget):
    """A card with a coloured edge: each constat, then the three decisions; nothing when there is no constat."""

    decided = Signal(object, str)
    """A DecisionConstat or None, and its motif."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._ton = Ton.NEUTRE
        self._reponse = Reponse(critere="", valeur="")
        self._fiches: list[_Fiche] = []
        self._constats = QWidget()
        self._liste = QVBoxLayout(self._constats)
        fill(self._liste, espace=12)
        self._add_fiche()
        self.decisions = {d: self._button(d, mots, nom) for d, mots, nom, _ in _DECISIONS}
        boutons = Flow(espace=6, ligne=6)
        for bouton in self.decisions.values():
            boutons.addWidget(bouton)
        self.motif = AutoText("Motif de la contestation", lignes=2, lignes_max=8)
        self.motif.setPlaceholderText("Pourquoi ce constat n’est pas juste…")
        self.motif.edited.connect(self._motif_edited)
        self.motif.left.connect(self._motif_left)
        self.motif.typed.connect(lambda: self._warn(""))
        self.faute = label("", "faute", wrap=True)
        titre = label("Motif de la contestation", "gras", wrap=True)
        titre.setBuddy(self.motif)
        self._contestation = QWidget()
        fill(QVBoxLayout(self._contestation), titre, self.motif, self.faute, espace=4)
        corps = QVBoxLayout(self)
        fill(corps, self._constats, boutons, self._contestation, espace=8)
        corps.setContentsMargins(16, 12, 12, 12)

    def show_constats(self, constats: Sequence[Constat], reponse: Reponse, *, modifiable: bool) -> None:
        """Show the constats of a critere and the decision taken, from their beginning."""
        while len(self._fiches) < len(constats):
            self._add_fiche()
        for rang, fiche in enumerate(self._fiches):
            fiche.setVisible(rang < len(constats))
            if rang < len(constats):
                fiche.show_constat(constats[rang])
        resultats = {c.resultat for c in constats}
        self._ton = SIGNES[resultats.pop() if len(resultats) == 1 else pire(resultats)][1]
        self._contestation.hide()
        self._show_decision(reponse, modifiable=modifiable)
        self.motif.set_text(reponse.motif)
        self.setVisible(bool(constats))
        self.update()

    def _add_fiche(self) -> None:
        fiche = _Fiche(self._theme)
        self._liste.addWidget(fiche)
        if self._fiches:
            self.setTabOrder(self._fiches[-1].regle.bouton, fiche.source.bouton)
            self.setTabOrder(fiche.source.bouton, fiche.regle.bouton)
        self._fiches.append(fiche)

    def update_decision(self, reponse: Reponse, *, modifiable: bool) -> None:
        """Show the decision as it is written now; a motif being typed stays unless another one was written."""
        if reponse.motif != self._reponse.motif and reponse.motif != self.motif.text():
            self.motif.set_text(reponse.motif)
        elif reponse.motif != self._reponse.motif:
            self.motif.mark_saved(reponse.motif)
        if reponse.decision is not self._reponse.decision and reponse.decision is not DecisionConstat.CONTESTE:
            self._contestation.hide()
        self._show_decision(reponse, modifiable=modifiable)

    @property
    def dirty(self) -> bool:
        """Whether a motif that can be written is not."""
        return self._contestation.isVisibleTo(self) and self.motif.dirty and bool(self.motif.text().strip())

    def flush(self) -> None:
        """Tell what is typed."""
        self.motif.flush()

    def _button(self, decision: DecisionConstat, mots: str, nom: str) -> WrapButton:
        bouton = WrapButton(self._theme, serre=True)
        bouton.dire(mots, CONFIRMER if decision is DecisionConstat.CONFIRME else "")
        bouton.setAccessibleName(nom)
        bouton.setCheckable(True)
        bouton.clicked.connect(lambda *_: self._pressed(decision))
        press_when_toggled(bouton)
        return bouton

    def _show_decision(self, reponse: Reponse, *, modifiable: bool) -> None:
        self._reponse = reponse
        if reponse.decision is DecisionConstat.CONTESTE:
            self._contestation.show()
            self._warn("")
        for decision, _, nom, dite in _DECISIONS:
            bouton = self.decisions[decision]
            choisie = reponse.decision is decision
            show_checked(bouton, choisie)
            bouton.setAccessibleName(f"{nom}, {dite}" if choisie else nom)
            bouton.setEnabled(modifiable)
        self.motif.setReadOnly(not modifiable)

    def _pressed(self, decision: DecisionConstat) -> None:
        """Take a decision, or take it back; the button shows it once it is written."""
        voulue = None if self._reponse.decision is decision else decision
        if voulue is DecisionConstat.CONTESTE:
            self._contestation.show()
            self._warn("")
            self.motif.setFocus()
            return
        self.decided.emit(voulue, "")
        if self._reponse.decision is voulue:  # else it was not written, and the motif still holds
            self.motif.set_text("")
            self._contestation.hide()

    def _motif_edited(self) -> None:
        if self.motif.text().strip():
            self.decided.emit(DecisionConstat.CONTESTE, self.motif.text())
        else:
            self._warn(_SANS_MOTIF)

    def _motif_left(self) -> None:
        if not self.motif.text().strip():
            self._warn(_SANS_MOTIF)

    def _warn(self, texte: str) -> None:
        self.faute.setText(texte)
        self.faute.setVisible(bool(texte))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 Qt
        """Paint the card and its edge."""
        c = self._theme.couleurs
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        carte = QPainterPath()
        carte.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.fillPath(carte, QColor(c.carte))
        painter.save()
        painter.setClipPath(carte)
        painter.fillRect(0, 0, 5, self.height(), QColor(c.ton(self._ton)[0]))
        painter.restore()
        painter.setPen(QPen(QColor(c.ligne), 1))
        painter.drawPath(carte)


class _Fiche(QWidget):
    """One constat: its result, its sentence, its source, its rule."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.resultat = Pastille()
        self.valeur = selectable(label("", wrap=True))
        self.preuve = selectable(label("", "secondaire", wrap=True))
        self.source = Depliant(theme, "Source")
        self.regle = Depliant(theme, "Règle")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        plis = side_by_side(self.source, self.regle)
        parties = (self.valeur, self.preuve, plis, self.source, self.regle)
        tete = Flow(espace=8)  # in large letters, «sans objet» goes under «Constat»
        tete.addWidget(_titre())
        tete.addWidget(self.resultat)
        fill(QVBoxLayout(self), tete, *parties, espace=4)

    def show_constat(self, constat: Constat) -> None:
        """Show another constat."""
        signe, ton = SIGNES[constat.resultat]
        self.resultat.dire(f"{signe} {constat.resultat.libelle}", ton)
        self.valeur.setText(printable(constat.valeur))
        courte = 0 < len(constat.preuve) <= _PREUVE_COURTE
        self.preuve.setText(coupable(f"Source{NBSP}: {constat.preuve}") if courte else "")
        self.preuve.setVisible(courte)
        self.source.dire("" if courte else coupable(constat.preuve))
        self.regle.dire(constat.regle)


def _titre() -> QLabel:
    titre = label("Constat", "gras")
    titre.setAlignment(Qt.AlignmentFlag.AlignVCenter)
    return titre
