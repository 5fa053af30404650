"""What stands under the question of the sheet that is answered: help, what the form says, note and source."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QSpinBox, QVBoxLayout, QWidget

from o2r_desktop.analyse.analytique import Analytique, ReponseFiche
from o2r_desktop.analyse.saisie import Source
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.evaluation.reponses import Preuve
from o2r_desktop.text import NBSP
from ui.pages.dossier.formulaire_lieux import libelle_champ
from ui.services import Services
from ui.widgets.base import bulle, button, fill, label
from ui.widgets.flux import Flow, WrapButton
from ui.widgets.texte import AutoText

_DECLARES = 3
_SANS = "Sans source"


class _Declare(QWidget):
    """A field of the form and what it says."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.attribut = ""
        self.lien = WrapButton(services.theme, lien=True)
        self.texte = label("", wrap=True)
        fill(QVBoxLayout(self), self.lien, self.texte, espace=0)


class DetailAnalytique(QFrame):
    """One panel, which goes under the question in hand."""

    note_edited = Signal()
    source_changed = Signal(object)
    """A Source, None to take it away."""
    champ_requested = Signal(str)
    piece_requested = Signal(str, int)
    critere_requested = Signal(str)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._dossier: Dossier | None = None
        self._source: Source | None = None
        self._declares = [_Declare(services) for _ in range(_DECLARES)]
        for ligne in self._declares:
            ligne.lien.clicked.connect(partial(self._open_declare, ligne))
        self.aide = label("", "secondaire", wrap=True)
        self.regle = label("", "secondaire", wrap=True)
        self.criteres = [WrapButton(services.theme, lien=True) for _ in range(3)]
        for lien in self.criteres:
            lien.clicked.connect(partial(self._open_critere, lien))
        self.declare = label("", "gras", wrap=True)
        self.note = AutoText("Note sur la question", lignes=1, lignes_max=6)
        self.note.setPlaceholderText("Ce que vous avez lu, et ce qui manque…")
        self.note.edited.connect(self.note_edited)
        self.source = QComboBox()
        self.source.setAccessibleName("Source de la réponse")
        self.source.setMinimumContentsLength(12)
        self.source.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.source.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.source.activated.connect(self._source_chosen)
        self.page = QSpinBox()
        self.page.setAccessibleName("Page de la source")
        self.page.setRange(0, 99_999)
        self.page.setSpecialValueText("—")
        self.page.setKeyboardTracking(False)
        self.page.valueChanged.connect(self._source_chosen)
        self.voir = button("Voir", self._open_source, role="lien", nom="Voir la source")
        self._place()

    def _place(self) -> None:
        sert = Flow(espace=6)
        sert.addWidget(label("Sert à", "secondaire"))
        for lien in self.criteres:
            sert.addWidget(lien)
        source = Flow(espace=8)
        mots_page = label("page", "secondaire")
        mots_page.setBuddy(self.page)
        self._mots_page = mots_page
        for partie in (label("Source", "gras"), self.source, mots_page, self.page, self.voir):
            source.addWidget(partie)
        titre_note = label("Note", "gras")
        titre_note.setBuddy(self.note)
        fill(
            corps := QVBoxLayout(self),
            self.aide, self.regle, sert, self.declare, *self._declares, titre_note, self.note, source,
            espace=5,
        )  # fmt: skip
        corps.setContentsMargins(22, 0, 10, 10)

    def controls(self) -> Sequence[QWidget]:
        """Return what takes the focus, in order."""
        return (
            *self.criteres, *(ligne.lien for ligne in self._declares), self.note, self.source, self.page, self.voir
        )  # fmt: skip

    # --- what is shown --------------------------------------------------------------------------------------

    def show_dossier(self, dossier: Dossier) -> None:
        """Offer the fields and the pieces of a dossier as sources."""
        self._dossier = dossier
        self.note.set_text("")

    def show_question(
        self, analytique: Analytique, reponse: ReponseFiche, *, modifiable: bool, reste: bool
    ) -> None:
        """Show what goes with a question; with *reste* it is the same as before, what is typed stays."""
        question = reponse.question
        self.aide.setText(question.aide)
        self.regle.setText(f"Règle{NBSP}: {question.regle}")
        for rang, lien in enumerate(self.criteres):
            lien.setVisible(rang < len(question.criteres))
            if rang < len(question.criteres):
                lien.dire(question.criteres[rang])
        self._show_declares(analytique, reponse)
        if self.note.text() == reponse.note:
            self.note.mark_saved(reponse.note)
        elif not reste or not self.note.dirty:
            self.note.set_text(reponse.note)
        self.note.setReadOnly(not modifiable)
        self._show_source(analytique, reponse, modifiable=modifiable)

    def _show_declares(self, analytique: Analytique, reponse: ReponseFiche) -> None:
        dits = analytique.declares(reponse.question)
        reperes = [d for d in dits if d.repere] or dits
        for ligne, dit in zip(self._declares, [*reperes, *[None] * _DECLARES], strict=False):
            ligne.setVisible(dit is not None)
            if dit is not None:
                ligne.attribut = dit.attribut
                ligne.lien.dire(dit.libelle)
                ligne.lien.setAccessibleName(f"Voir le champ {dit.libelle}")
                ligne.texte.setText(dit.extrait)
        titre = "À lire dans le formulaire" if any(d.repere for d in dits) else "Déclaré dans le formulaire"
        self.declare.setText(f"{titre} (déclaré, à vérifier)" if dits else "Rien au formulaire sur ce point")

    def _show_source(self, analytique: Analytique, reponse: ReponseFiche, *, modifiable: bool) -> None:
        self._source = reponse.source
        muets = [(champ, champ.blockSignals(True)) for champ in (self.source, self.page)]
        self.source.clear()
        for mots, source in self._offered(analytique, reponse):
            self.source.addItem(mots, source)
            self.source.setItemData(self.source.count() - 1, bulle(mots), Qt.ItemDataRole.ToolTipRole)
        voulue = (reponse.source.ou, reponse.source.empreinte) if reponse.source else None
        rangs = [r for r in range(self.source.count()) if _lieu(self.source.itemData(r)) == voulue]
        self.source.setCurrentIndex(rangs[0] if rangs else 0)
        self.page.setValue(reponse.source.page or 0 if reponse.source else 0)
        for champ, muet in muets:
            champ.blockSignals(muet)
        piece = reponse.source is not None and bool(reponse.source.empreinte)
        self.source.setEnabled(modifiable)
        self.page.setEnabled(modifiable)
        for partie in (self._mots_page, self.page):
            partie.setVisible(piece)
        self.voir.setVisible(reponse.source is not None)

    def _offered(self, analytique: Analytique, reponse: ReponseFiche) -> list[tuple[str, Source | None]]:
        """Return what may be a source: fields that answer, pieces received, and the one that was chosen."""
        if self._dossier is None:
            return [(_SANS, None)]
        champs = [Source(ou=dit.libelle) for dit in analytique.declares(reponse.question)]
        pieces = [
            Source(ou=p.nom, empreinte=p.empreinte) for p in self._dossier.pieces if p.presente and p.empreinte
        ]
        offertes: list[tuple[str, Source | None]] = [
            (_SANS, None),
            *((f"Formulaire{NBSP}: {champ.ou}", champ) for champ in champs),
            *((piece.ou, piece) for piece in pieces),
        ]
        if reponse.source is not None and all(_lieu(s) != _lieu(reponse.source) for _, s in offertes):
            offertes.append((reponse.source.ou, reponse.source))
        return offertes

    # --- what is done ---------------------------------------------------------------------------------------

    def preuve(self, analytique: Analytique, reponse: ReponseFiche) -> Preuve | None:
        """Return the place that the key which pins takes: the source, else the first field that answers."""
        if reponse.source is not None:
            return Preuve(ou=reponse.source.ou, page=reponse.source.page, empreinte=reponse.source.empreinte)
        dits = analytique.declares(reponse.question)
        champ = self._dossier.champ(dits[0].attribut) if dits and self._dossier is not None else None
        if champ is None:
            return None
        entier = isinstance(champ.valeur, str) and dits[0].extrait.rstrip("…") in champ.valeur
        return Preuve(ou=libelle_champ(champ), extrait=dits[0].extrait if entier else "")

    def _source_chosen(self) -> None:
        choisie = self.source.currentData()
        if isinstance(choisie, Source) and choisie.empreinte:
            meme = _lieu(choisie) == _lieu(self._source)
            choisie = Source(ou=choisie.ou, page=self.page.value() or None if meme else None,
                             empreinte=choisie.empreinte)  # fmt: skip
        self.source_changed.emit(choisie)

    def _open_source(self) -> None:
        if self._source is None:
            return
        if self._source.empreinte:
            self.piece_requested.emit(self._source.empreinte, self._source.page or 1)
        else:
            self.champ_requested.emit(self._source.ou)

    def _open_declare(self, ligne: _Declare, *_: object) -> None:
        self.champ_requested.emit(ligne.attribut)

    def _open_critere(self, lien: WrapButton, *_: object) -> None:
        self.critere_requested.emit(lien.text())


def _lieu(source: Source | None) -> tuple[str, str] | None:
    return None if source is None else (source.ou, source.empreinte)
