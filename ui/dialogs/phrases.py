"""«Mes phrases»: the phrases offered beside comments; search, add, change, take away, share."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QLineEdit, QListWidget, QVBoxLayout, QWidget

from o2r_desktop.errors import CancelledError, O2rError
from o2r_desktop.evaluation.banque import Banque, a_partager
from o2r_desktop.evaluation.phrases import Phrase
from o2r_desktop.progress import Reporter
from o2r_desktop.text import NBSP, normalise, pluriel
from ui.dialogs.phrase import TOUS, PhraseDialog, grille_of
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Banner, button, fill, label, row
from ui.widgets.flux import Flow
from ui.widgets.phrases import PhraseDelegate, fill_phrases, phrase_of, portee_dite

_FILTRE = "Phrases (*.toml)"
_NOM = "phrases-o2r.toml"
_TOUTES, _MIENNES = "Toutes les phrases", "Mes phrases seulement"
_PLEINE = f"Votre banque de phrases est pleine{NBSP}: supprimez celles qui ne servent plus."


class PhrasesDialog(QDialog):
    """Lists the phrases, those shipped and the user's own. Show it with ``open``."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self._retiree: Phrase | None = None
        self._export = ""
        self.setWindowTitle("Mes phrases")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._make_search()
        self.liste = QListWidget()
        self.liste.setAccessibleName("Phrases")
        self.liste.setItemDelegate(PhraseDelegate(services.theme, self.liste))
        self.liste.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.liste.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.liste.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.liste.currentRowChanged.connect(self._enable)
        self.liste.itemActivated.connect(lambda *_: self.edit())
        self.compte = label("", "secondaire", wrap=True)
        self.annuler = button("Annuler la suppression", self.undo)
        self.bandeau = Banner("", Ton.NEUTRE, [self.annuler])
        self._make_buttons()
        self._lay_out()
        services.phrases.changed.connect(self._refresh)
        services.phrases.failed.connect(self._say_failure)
        self._refresh()
        self._say(services.phrases.panne, Ton.ALERTE)
        self.champ.setFocus()

    # --- how it looks ---------------------------------------------------------------------------------------

    def _make_search(self) -> None:
        self.champ = QLineEdit()
        self.champ.setAccessibleName("Chercher une phrase")
        self.champ.setPlaceholderText("Des mots, un critère…")
        self.champ.setClearButtonEnabled(True)
        self.champ.textChanged.connect(self._refresh)
        self.portee = QComboBox()
        self.portee.setAccessibleName("Phrases montrées")
        self.portee.addItem(_TOUTES, None)
        self.portee.addItem(_MIENNES, "*")
        self.portee.addItem(TOUS, "")
        for section in grille_of(self.services).sections:
            self.portee.addItem(f"{section.id}{NBSP}— {section.libelle}", section.id)
        self.portee.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.portee.setMinimumContentsLength(18)
        self.portee.currentIndexChanged.connect(self._refresh)

    def _make_buttons(self) -> None:
        self.ajouter = button("Ajouter…", self.add)
        self.modifier = button("Modifier…", self.edit, touche="Entrée")
        self.supprimer = button("Supprimer", self.remove, touche="Suppr")
        self.importer = button("Importer…", self.ask_import)
        self.exporter = button("Exporter…", self.ask_export)
        self.retablir = button("Rétablir les phrases fournies", self.restore)
        self.fermer = button("Fermer", self.accept, role="principal", touche="Échap")
        suppr = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.liste, self.remove)
        suppr.setContext(Qt.ShortcutContext.WidgetShortcut)

    def _lay_out(self) -> None:
        gestes = Flow(espace=8, ligne=6)
        for bouton in (self.ajouter, self.modifier, self.supprimer):
            gestes.addWidget(bouton)
        echanges = Flow(espace=8, ligne=6)
        for bouton in (self.importer, self.exporter, self.retablir):
            echanges.addWidget(bouton)
        tete = row(self.champ, self.portee)
        tete.setStretch(0, 1)
        colonne = QVBoxLayout(self)
        fill(colonne, tete, self.bandeau, self.liste, self.compte, gestes, echanges, row(1, self.fermer), marge=16)
        colonne.setStretchFactor(self.liste, 1)
        ecran = self.screen().availableGeometry()
        lettre, ligne = self.fontMetrics().averageCharWidth(), self.fontMetrics().lineSpacing()
        self.resize(min(lettre * 96, round(ecran.width() * 0.95)), min(ligne * 34, round(ecran.height() * 0.88)))

    def _refresh(self) -> None:
        """Show the phrases that are looked for; the same line stays chosen."""
        choisie, rang = self.chosen(), self.liste.currentRow()
        mots = normalise(self.champ.text()).split()
        trouvees = [p for p in self.services.phrases.offertes if self._looked_for(p, mots)]
        self.liste.clear()
        fill_phrases(self.liste, trouvees)
        meme = next((i for i, p in enumerate(trouvees) if choisie and p.cle == choisie.cle), rang)
        self.liste.setCurrentRow(max(0, min(meme, len(trouvees) - 1)))
        self.compte.setText(self._count(len(trouvees)))
        self._enable()

    def _looked_for(self, phrase: Phrase, mots: list[str]) -> bool:
        portee = self.portee.currentData()
        if portee == "*" and not a_partager([phrase]):
            return False
        if portee is not None and portee != "*" and phrase.critere.partition("-")[0] != portee:
            return False
        texte = normalise(f"{portee_dite(phrase)} {phrase.texte}")
        return all(mot in texte for mot in mots)

    def _count(self, montrees: int) -> str:
        dit = pluriel(montrees, "phrase")
        if not montrees:
            dit = f"Aucune phrase ne correspond{NBSP}: changez les mots ou le choix."
        cachees = self.services.phrases.masquees
        retirees = pluriel(cachees, "phrase fournie retirée", "phrases fournies retirées")
        return f"{dit} · {retirees}" if cachees else dit

    def _enable(self) -> None:
        choisie = self.chosen() is not None
        self.modifier.setEnabled(choisie)
        self.supprimer.setEnabled(choisie)
        self.exporter.setEnabled(bool(a_partager(self.services.phrases.personnelle)))
        self.retablir.setEnabled(bool(self.services.phrases.masquees))

    def chosen(self) -> Phrase | None:
        """Return the phrase of the current line."""
        return phrase_of(self.liste.currentItem())

    # --- what the user does ---------------------------------------------------------------------------------

    def add(self) -> PhraseDialog | None:
        """Write a new phrase."""
        if self.services.phrases.full:
            self._say(_PLEINE, Ton.ALERTE)
            return None
        portee = self.portee.currentData()
        critere = portee if portee and portee != "*" else ""
        return self._open(Phrase(texte="", critere=critere), self.services.phrases.add)

    def edit(self) -> PhraseDialog | None:
        """Change the phrase chosen."""
        phrase = self.chosen()
        if phrase is None:
            return None
        return self._open(phrase, partial(self.services.phrases.replace, phrase))

    def _open(self, phrase: Phrase, garder: object) -> PhraseDialog:
        boite = PhraseDialog(self.services, phrase, parent=self)
        boite.accepted_phrase.connect(garder)
        boite.accepted_phrase.connect(self._show_phrase)
        boite.open()
        return boite

    def _show_phrase(self, phrase: Phrase) -> None:
        """Have the phrase just kept in view, whatever was looked for."""
        self._say("")
        rang = self._row_of(phrase)
        if rang is None:
            self.champ.clear()
            self.portee.setCurrentIndex(0)
            rang = self._row_of(phrase)
        if rang is not None:
            self.liste.setCurrentRow(rang)
        self.liste.setFocus()

    def _row_of(self, phrase: Phrase) -> int | None:
        rangs = range(self.liste.count())
        return next((r for r in rangs if (p := phrase_of(self.liste.item(r))) and p.cle == phrase.cle), None)

    def remove(self) -> None:
        """Take the phrase chosen away; the banner gives it back."""
        phrase = self.chosen()
        if phrase is None:
            return
        self._retiree = phrase
        self.services.phrases.remove(phrase)
        self._say("Phrase supprimée.", Ton.NEUTRE, annulable=True)

    def undo(self) -> None:
        """Give back the phrase that was taken away."""
        if self._retiree is not None:
            phrase, self._retiree = self._retiree, None
            self.services.phrases.put_back(phrase)
            self._show_phrase(phrase)

    def restore(self) -> None:
        """Offer again the shipped phrases that were taken away."""
        rendues = self.services.phrases.masquees
        self.services.phrases.restore()
        self._say(f"{pluriel(rendues, 'phrase fournie rétablie', 'phrases fournies rétablies')}.", Ton.BON)
        self.liste.setFocus()

    # --- files ----------------------------------------------------------------------------------------------

    def ask_import(self) -> None:
        """Ask which file to take phrases from."""
        dialogue = QFileDialog(self, "Importer des phrases")
        dialogue.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialogue.setNameFilters([_FILTRE, "Tous les fichiers (*)"])
        dialogue.fileSelected.connect(lambda chemin: self.import_file(Path(chemin)))
        dialogue.finished.connect(dialogue.deleteLater)
        dialogue.open()

    def ask_export(self) -> None:
        """Ask where to write the user's phrases."""
        dialogue = QFileDialog(self, "Exporter mes phrases")
        dialogue.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialogue.setNameFilter(_FILTRE)
        dialogue.setDefaultSuffix("toml")
        dialogue.selectFile(_NOM)
        dialogue.fileSelected.connect(lambda chemin: self.export_to(Path(chemin)))
        dialogue.finished.connect(dialogue.deleteLater)
        dialogue.open()

    def import_file(self, chemin: Path) -> None:
        """Read a file in the background, and take its phrases."""
        tache = self.services.taches.start("Import de phrases", partial(_read, chemin))
        tache.succeeded.connect(self._imported)
        tache.failed.connect(self._say_failure)

    def export_to(self, chemin: Path) -> None:
        """Write the user's own phrases in the background."""
        phrases = a_partager(self.services.phrases.personnelle)
        tache = self.services.taches.start("Export de phrases", partial(_write, phrases, chemin))
        ecrites = pluriel(len(phrases), "phrase écrite", "phrases écrites")
        self._export = f"{ecrites} dans «{NBSP}{chemin.name}{NBSP}»."
        tache.succeeded.connect(self._exported)
        tache.failed.connect(self._say_failure)

    def _imported(self, venues: Banque) -> None:
        neuves = self.services.phrases.take(venues)
        dit = pluriel(neuves, "phrase ajoutée", "phrases ajoutées")
        connues = len(venues) - neuves
        suite = f", {pluriel(connues, 'autre était déjà connue', 'autres étaient déjà connues')}" if connues else ""
        self._say(f"{dit}{suite}.", Ton.BON)

    def _exported(self) -> None:
        self._say(self._export, Ton.BON)

    def _say_failure(self, erreur: O2rError) -> None:
        if not isinstance(erreur, CancelledError):
            self._say(str(erreur), Ton.MAUVAIS)

    def _say(self, texte: str, ton: Ton = Ton.NEUTRE, *, annulable: bool = False) -> None:
        self.annuler.setVisible(annulable)
        self.bandeau.dire(texte, ton)


def _read(chemin: Path, _suivi: Reporter) -> Banque:
    from o2r_desktop.store.phrases import read_phrases

    return read_phrases(chemin)


def _write(phrases: Banque, chemin: Path, _suivi: Reporter) -> None:
    from o2r_desktop.store.phrases import write_phrases

    write_phrases(phrases, chemin)
