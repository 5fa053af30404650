"""Step 3: what the files would change, line by line; nothing is written here."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QResizeEvent, QShortcut, QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from o2r_desktop import reception
from o2r_desktop.dossiers.importation import ImportPlan
from o2r_desktop.dossiers.pieces import PlanPieces
from o2r_desktop.text import NBSP, enumeration, nombre, pluriel
from ui.models.lignes_import import EtatLigne, LignePlan
from ui.models.pieces_import import retain_archives
from ui.models.plan_import import PlanImportModel
from ui.pages.importation.details import Nommer, tell_line
from ui.pages.importation.fichiers_lus import FichiersLus
from ui.pages.importation.pieces import tell_pieces
from ui.pages.importation.redaction import Redacteur
from ui.pages.importation.tableau import PlanTable
from ui.pages.importation.travaux import Lecture
from ui.theme import Theme, Ton
from ui.widgets.base import Banner, KeyCap, button, fill, label, row
from ui.widgets.flux import Flow

_LIGNES = 28
"""Lines of text under which the details of a line get the least room."""


class ControleEtape(QWidget):
    """The files read, the table of their lines, the details of one, and the button that writes."""

    import_requested = Signal()
    back_requested = Signal()
    reread_requested = Signal()
    correspondance_requested = Signal()

    def __init__(self, theme: Theme, nommer_pieces: Nommer) -> None:
        super().__init__()
        self._theme, self._nommer = theme, nommer_pieces
        self._lecture: Lecture | None = None
        self._lecture_seule = self._court = False
        self.modele = PlanImportModel(self)
        self.table = PlanTable(self.modele, theme)
        self.message = Banner()
        self.reessayer = button("Réessayer", self.import_requested.emit)
        self.relire = button("Relire les fichiers", self.reread_requested.emit)
        self.echec = Banner(ton=Ton.MAUVAIS, boutons=(self.reessayer, self.relire))
        self.lus = FichiersLus(theme)
        self.details = QTextEdit()
        self.details.setReadOnly(True)
        self.details.setProperty("role", "rapport")
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName("Détail de la ligne")
        self.pieces = QTextEdit()
        self.pieces.setReadOnly(True)
        self.pieces.setProperty("role", "rapport")
        self.pieces.setTabChangesFocus(True)
        self.pieces.setAccessibleName("Pièces des archives")
        self.champs = label(role="secondaire")
        self.voir_champs = button("Voir la correspondance", self.correspondance_requested.emit, role="lien")
        self.recherche = QLineEdit()
        self.filtres: dict[EtatLigne | None, QPushButton] = {}
        self.annonce = label(role="secondaire", wrap=True)
        self._composer()
        self._relier()

    # --- building -------------------------------------------------------------------------------------------

    def _composer(self) -> None:
        self.tout = button("Tout cocher", lambda: self.modele.tick_all(coche=True))
        self.rien = button("Tout décocher", lambda: self.modele.tick_all(coche=False))
        self.retour = button("← Fichiers", self.back_requested.emit, nom="Revenir aux fichiers")
        self.importer = button("Importer", self.import_requested.emit, role="principal")
        self.separation = QSplitter(Qt.Orientation.Vertical)
        self.separation.addWidget(self.table)
        self.separation.addWidget(self.details)
        self.separation.setStretchFactor(0, 5)
        self.separation.setStretchFactor(1, 3)
        self.separation.setChildrenCollapsible(False)
        pied = row(self.retour, self.annonce, self.importer, espace=12)
        pied.setStretch(1, 1)
        self._outils = self._barre()
        self._vues = QStackedWidget()
        self._vues.addWidget(self.separation)
        self._vues.addWidget(self.pieces)
        self._ligne_champs = QWidget()
        ligne = Flow(self._ligne_champs, dernier_a_droite=True)
        for partie in (self.champs, self.voir_champs, _touche("Space", "coche la ligne")):
            ligne.addWidget(partie)
        pile = QVBoxLayout(self)
        fill(pile, self.echec, self.message, self.lus, self._ligne_champs, self._outils, self._vues, pied)
        pile.setStretchFactor(self._vues, 1)

    def _barre(self) -> QWidget:
        self.recherche.setPlaceholderText("Numéro, porteur, SIRET…  Ctrl+F")
        self.recherche.setAccessibleName("Chercher parmi les lignes")
        self.recherche.setClearButtonEnabled(True)
        groupe = QButtonGroup(self)
        barre = QWidget()
        suite = Flow(barre)
        for etat in (None, *EtatLigne):
            self.filtres[etat] = self._onglet(partial(self._choisir, etat))
        self.onglet_pieces = self._onglet(self._montrer_pieces)
        for bouton in (*self.filtres.values(), self.onglet_pieces):
            groupe.addButton(bouton)
            suite.addWidget(bouton)
        for partie in (self.recherche, self.tout, self.rien):
            suite.addWidget(partie)
        return barre

    @staticmethod
    def _onglet(choisir: Callable[[bool], None]) -> QPushButton:
        bouton = button("", role="onglet")
        bouton.setCheckable(True)
        bouton.setAutoExclusive(True)  # a screen reader then says «bouton radio»
        bouton.toggled.connect(choisir)  # a screen reader checks it without a click
        return bouton

    def _choisir(self, etat: EtatLigne | None, coche: bool) -> None:
        if coche:
            self._filtrer(etat)

    def _montrer_pieces(self, coche: bool) -> None:
        self._vues.setCurrentWidget(self.pieces if coche else self.separation)
        for outil in (self.recherche, self.tout, self.rien):
            outil.setEnabled(not coche)
        if coche:
            self._dire_pieces()

    def _dire_pieces(self) -> None:
        c = self._theme.couleurs
        document = self.pieces.document()
        document.setDefaultFont(self.font())
        document.setDocumentMargin(12)
        with Redacteur(document, texte=c.texte, secondaire=c.secondaire) as plume:
            tell_pieces(plume, self.archives)

    def _relier(self) -> None:
        self.modele.ticked.connect(self._compter)
        self.table.current_changed.connect(self._detailler)
        self.recherche.textChanged.connect(lambda: self._filtrer(self._etat()))
        QShortcut(
            QKeySequence("Ctrl+Return"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        ).activated.connect(self.importer.click)
        self._theme.changed.connect(self._mesurer)
        self._mesurer()

    def _mesurer(self) -> None:
        """Follow the size of the text."""
        mesure = QFontMetrics(QApplication.font())
        self.recherche.setMinimumWidth(mesure.horizontalAdvance(self.recherche.placeholderText()) + 56)
        self.details.setMinimumHeight(mesure.height() * 2)
        self._detailler()
        if self.onglet_pieces.isChecked():
            self._dire_pieces()
        self._partager()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Share the height again."""
        super().resizeEvent(event)
        self._partager()

    def _partager(self) -> None:
        """Leave the table what there is when the text is large or the window low: the details scroll."""
        court = self.height() < _LIGNES * QFontMetrics(QApplication.font()).height()
        if court != self._court:
            self._court = court
            self.separation.setSizes([10_000, 1] if court else [5_000, 3_000])

    # --- what the page says ---------------------------------------------------------------------------------

    @property
    def lecture(self) -> Lecture | None:
        """What is shown."""
        return self._lecture

    def show_lecture(self, lecture: Lecture, *, lecture_seule: bool) -> None:
        """Show what was read, everything ticked that can be."""
        self._lecture, self._lecture_seule = lecture, lecture_seule
        self.echec.dire("")
        self.lus.show_preparation(lecture.preparation)
        self._dire_champs()
        self.recherche.clear()
        self.modele.set_lignes(lecture.lignes)
        for etat, bouton in self.filtres.items():
            compte = self.modele.count(etat)
            nom = "Tous" if etat is None else etat.pluriel
            bouton.setText(f"{nom} {nombre(compte)}")
            bouton.setAccessibleName(f"{nom}{NBSP}: {pluriel(compte, 'ligne')}")
            bouton.setVisible(etat not in (EtatLigne.ABSENT, EtatLigne.PIECES) or compte > 0)
        recues = sum(len(a.archive.pieces) for a in lecture.preparation.archives)
        self.onglet_pieces.setText(f"Pièces {nombre(recues)}")
        self.onglet_pieces.setAccessibleName(f"Pièces des archives{NBSP}: {nombre(recues)}")
        self.onglet_pieces.setVisible(bool(lecture.preparation.archives))
        self.filtres[None].setChecked(True)
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._dire_message()
        self._aller_en_haut()

    def _dire_champs(self) -> None:
        """Say how many fields are recognised, when the files have any."""
        appariement = self._lecture.preparation.appariement if self._lecture else None
        recus = appariement is not None and bool(appariement.propositions)
        for partie in (self.champs, self.voir_champs):
            partie.setVisible(recus)
        if appariement is None or not recus:
            return
        liees = {p.retenu.colonne for p in appariement.propositions if p.sure and p.retenu}
        libres = sum(c.colonne not in liees for c in appariement.colonnes)
        doutes = len(appariement.a_verifier)
        mots = [
            pluriel(len(liees), "champ reconnu", "champs reconnus"),
            pluriel(libres, "colonne sans équivalent", "colonnes sans équivalent"),
            f"! {doutes}{NBSP}à vérifier" if doutes else "",
        ]
        self.champs.setText(", ".join(m for m in mots if m))

    def clear(self) -> None:
        """Forget what was read: thousands of dossiers."""
        self._lecture = None
        self.modele.set_lignes(())

    def say_failure(self, phrase: str, *, relire: bool = True) -> None:
        """Tell why nothing was written, with ways to go on."""
        self.relire.setVisible(relire)
        self.echec.dire(phrase, Ton.MAUVAIS)
        self.reessayer.setFocus()

    def say(self, phrase: str) -> None:
        """Tell something that is no failure: a cancel."""
        self.message.dire(phrase, Ton.NEUTRE)

    def _dire_message(self) -> None:
        apporte = any(self.modele.count(etat) for etat in EtatLigne if etat.cochable)
        if not apporte:
            sujet = "Ces fichiers n’apportent" if self.files > 1 else "Ce fichier n’apporte"
            self.message.dire(f"{sujet} rien de nouveau : la campagne a déjà tout ce qu’il y a à prendre.", Ton.BON)
        elif self._lecture_seule:
            self.message.dire(
                "La campagne est ouverte en lecture seule : quelqu’un d’autre y travaille. Vous voyez ce que "
                "l’import changerait, mais il ne peut pas être enregistré d’ici.",
                Ton.ALERTE,
            )
        else:
            self.message.dire("")

    @property
    def plans(self) -> tuple[ImportPlan, ...]:
        """The plans of the files that were read."""
        return self._lecture.preparation.plans if self._lecture else ()

    @property
    def archives(self) -> tuple[PlanPieces, ...]:
        """The archives of pieces that were read."""
        return self._lecture.preparation.archives if self._lecture else ()

    @property
    def files(self) -> int:
        """Return how many files were read."""
        return len(self.plans) + len(self.archives)

    def retained(self) -> tuple[list[ImportPlan], tuple[PlanPieces, ...]]:
        """Return what is ticked, ready to be written."""
        exclus = self.modele.exclus
        return reception.retenir(self.plans, exclus), retain_archives(self.archives, exclus)

    def what(self) -> str:
        """Say what would be written: «3 dossiers et 12 pièces»."""
        retenus = self.modele.retenus
        ecrits = len({x.numero for x in retenus if x.etat is not EtatLigne.PIECES})
        pieces = sum({x.numero: x.recu.apport for x in retenus}.values()) if self.archives else 0
        mots = [pluriel(ecrits, "dossier") if ecrits else "", pluriel(pieces, "pièce") if pieces else ""]
        return enumeration([m for m in mots if m])

    # --- what the user does ---------------------------------------------------------------------------------

    def _etat(self) -> EtatLigne | None:
        return next((etat for etat, bouton in self.filtres.items() if bouton.isChecked()), None)

    def _filtrer(self, etat: EtatLigne | None) -> None:
        self.modele.set_filtre(etat, self.recherche.text())
        self._aller_en_haut()

    def _aller_en_haut(self) -> None:
        if self.modele.rowCount():
            voulu = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            # said whole: the table would look at Ctrl, still down after Ctrl+Entrée, and not select the line
            self.table.selectionModel().setCurrentIndex(self.modele.index(0, 1), voulu)
            self.table.scrollToTop()
        self._detailler()

    def _compter(self) -> None:
        retenus = self.modele.retenus
        acte = f"Importer {self.what()}".rstrip()
        self.importer.setText(f"{acte}  Ctrl+Entrée")
        self.importer.setAccessibleName(acte)
        self.importer.setEnabled(bool(retenus) and not self._lecture_seule)
        self.annonce.setText(self._annonce(retenus))

    def _annonce(self, retenus: Sequence[LignePlan]) -> str:
        if not retenus:
            return "Aucun dossier n’est coché : il n’y a rien à écrire."
        phrases = ["Une sauvegarde de la campagne est faite avant d’écrire."]
        touches = {x.numero: x.a_reconfirmer for x in retenus if x.a_reconfirmer}
        if touches:
            reponses = pluriel(sum(map(len, touches.values())), "réponse")
            criteres = sorted({c for criteres in touches.values() for c in criteres})
            phrases.append(
                f"À reconfirmer ensuite{NBSP}: {reponses} de {pluriel(len(touches), 'dossier')} "
                f"({', '.join(criteres)}). Aucune n’est changée."
            )
        return " ".join(phrases)

    def _detailler(self) -> None:
        index = self.table.currentIndex()
        ligne = self.modele.ligne(index.row()) if index.isValid() and index.row() < self.modele.rowCount() else None
        c = self._theme.couleurs
        self.details.document().setDefaultFont(self.font())
        tell_line(self.details.document(), ligne, self.plans, self._nommer, texte=c.texte, secondaire=c.secondaire)
        self.details.setTextCursor(QTextCursor(self.details.document()))  # writing pushed it, and the view, down
        self.details.verticalScrollBar().setValue(0)


def _touche(sequence: str, mots: str) -> QWidget:
    aide = QWidget()
    aide.setLayout(row(KeyCap(sequence), label(mots, "secondaire"), espace=4))
    return aide
