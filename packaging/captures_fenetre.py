"""Take the pictures of the window: every page, on a copy of the demonstration campagne, in light, dark and large.

The clock stands still, the caret does not blink, the window measures 1366×768 and the fonts are the shipped ones:
the same code gives the same pictures. No folder of the machine is seen in them.
"""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from captures_donnees import (
    EN_COURS,
    FINALISE,
    MAINTENANT,
    accompagner,
    archive_suivante,
    evaluer,
    export_suivant,
    fabriquer,
)
from PySide6.QtCore import QEventLoop, QPoint, QThreadPool, QTimer
from PySide6.QtGui import QAction, QColor, QFont, QFontDatabase, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget

from o2r_desktop import operations
from o2r_desktop.analyse.angles import Angle
from o2r_desktop.resources import resource
from o2r_desktop.suivi import Filtre
from o2r_desktop.text import normalise
from ui.app import application, build_services
from ui.main_window import MainWindow
from ui.navigation import Onglet
from ui.pages.campagne.page import CampagnePage
from ui.pages.comite.page import ComitePage
from ui.pages.comparer.page import ComparerPage
from ui.pages.dossier.conclusion import ConclusionVolet
from ui.pages.dossier.page import DossierPage
from ui.pages.dossier.pieces import PiecesVolet
from ui.pages.dossiers import DossiersPage
from ui.pages.importer import ImporterPage
from ui.settings import Mode, Settings
from ui.widgets.astuce import ASTUCES

P = TypeVar("P", bound=QWidget)
LARGEUR, HAUTEUR = 1366, 768
CAMPAGNE = "AMI O2R 2025"
ANALYSE = 25_000_109
"""A dossier of the demonstration whose accounts and budget are typed."""
_REPOS_MS = 120
_PATIENCE = 250
"""How many rests the window is given to become still before the picture is refused."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One look of the window; *nom* ends the names of its pictures."""

    nom: str
    mode: Mode
    taille: int


THEMES = (
    Theme("clair", Mode.CLAIR, 100),
    Theme("sombre", Mode.SOMBRE, 100),
    Theme("200", Mode.CLAIR, 200),
)


def prendre(travail: Path, sortie: Path, themes: tuple[Theme, ...] = THEMES, choix: str = "") -> list[Path]:
    """Take every picture whose name contains *choix* into *sortie*; *travail* is a folder to be thrown away."""
    app = application()
    app.setCursorFlashTime(0)
    _polices(app)
    fabriquer(travail / "modele")
    sortie.mkdir(parents=True, exist_ok=True)
    images = []
    for theme in themes:
        racine = travail / theme.nom
        shutil.copytree(travail / "modele", racine / CAMPAGNE)
        images += Seance(app, theme, racine, sortie, choix).derouler()
    return images


class Seance:
    """One window in one look, led through every page."""

    def __init__(self, app: QApplication, theme: Theme, racine: Path, sortie: Path, choix: str) -> None:
        self._theme, self._racine, self._sortie, self._choix = theme, racine, sortie, choix
        self._app = app
        self._images: list[Path] = []
        reglages = Settings(racine / "reglages.ini")
        reglages.mode, reglages.taille_texte, reglages.instructeur = theme.mode, theme.taille, "Camille Essai"
        for nom in set(ASTUCES) - {"dossiers"}:  # one hint is shown, on the list
            reglages.set_texte(f"astuces/{nom}", "comprise")
        self.services = build_services(app, reglages, lambda: MAINTENANT)
        self.fenetre = MainWindow(self.services)
        self.fenetre.campagnes.documents = racine
        self.fenetre.resize(LARGEUR, HAUTEUR)

    def derouler(self) -> list[Path]:
        """Go through the pages and return the pictures."""
        self.fenetre.start(None)
        self._image("accueil-sans-campagne")
        for etape in (
            self._ouvrir,
            self._pages,
            self._comite,
            self._dossier,
            self._dialogues,
            self._importer,
            self._etats,
        ):
            etape()
        self.services.taches.cancel_all()
        self._calme()
        self.fenetre.close()
        self.fenetre.deleteLater()
        self.services.campagne.close()
        return self._images

    # --- the way through the window -------------------------------------------------------------------------

    def _ouvrir(self) -> None:
        self._entrer(self._racine / CAMPAGNE)
        evaluer(self.services.campagne)
        accompagner(self.services.campagne)
        self.services.reglages.set_reprise(self.services.campagne.dossier, EN_COURS, "CRE-04")
        self.fenetre.go("accueil")
        self._image("accueil")

    def _pages(self) -> None:
        aller = self.services.navigation
        aller.show_liste(Filtre())
        liste = self._page(DossiersPage)
        self._image("dossiers")
        aller.show_liste(Filtre(recherche="loire", priorites=frozenset({"P1"})))
        self._image("dossiers-recherche")
        aller.show_liste(Filtre(recherche="fonds dédiés"))
        self._image("dossiers-passages")
        aller.show_liste(Filtre())
        liste.show_numero(EN_COURS)
        _faire(liste.page_actions(), "Aperçu")
        self._image("dossiers-apercu")
        _faire(liste.page_actions(), "Aperçu")
        aller.show_liste(Filtre(recherche="dunkerque", departements=frozenset({"85"})))
        self._image("dossiers-rien")
        aller.show_liste(Filtre())
        aller.sort()
        self._image("tri-rapide")
        aller.plan_work()
        self._image("plan-de-travail")
        self.fenetre.go("campagne")
        for nom in ("Paramètres", "Correspondance", "Grille", "Imports", "Sauvegardes"):
            self._page(CampagnePage).show_tab(nom)
            self._image(f"campagne-{nom.lower().replace('è', 'e')}")

    def _comite(self) -> None:
        """Show each tab of the comparison and of the committee, a decision being taken in the meeting."""
        pages: tuple[tuple[str, type[ComparerPage | ComitePage], tuple[str, ...]], ...] = (
            ("comparer", ComparerPage, ("Carte", "Côte à côte", "Et si")),
            ("comite", ComitePage, ("Ordre du jour", "Enveloppe", "Couverture", "Séance", "Suites", "Membres")),
        )
        for nom, classe, onglets in pages:
            self.fenetre.go(nom)
            self._calme()
            for onglet in onglets:
                self._page(classe).show_tab(onglet)
                self._image(f"{nom}-{_nom_simple(onglet)}")

    def _dossier(self) -> None:
        ouvrir = self.services.navigation.open_dossier
        for nom, numero, critere, onglet in (
            ("dossier", EN_COURS, "ANA-01", Onglet.FORMULAIRE),
            ("dossier-constat", EN_COURS, "CRE-02", Onglet.FORMULAIRE),
            ("dossier-fige", FINALISE, "FIN-02", Onglet.FORMULAIRE),
            ("conclusion", EN_COURS, "CRE-04", Onglet.CONCLUSION),
            ("conclusion-figee", FINALISE, "FIN-02", Onglet.CONCLUSION),
            ("note", EN_COURS, "CRE-04", Onglet.NOTE),
        ):
            ouvrir(numero, critere_id=critere, onglet=onglet)
            self._image(nom)
        ouvrir(EN_COURS, critere_id="CRE-04", onglet=Onglet.CONCLUSION)
        self._calme()
        volet = self._page(DossierPage).centre.volet
        assert isinstance(volet, ConclusionVolet)
        volet.defile.ensureWidgetVisible(volet.obstacles, 0, HAUTEUR)
        self._image("conclusion-obstacles")
        self._pieces()
        self._carte()
        self._analyse()
        ouvrir(EN_COURS, critere_id="CRE-04", onglet=Onglet.FORMULAIRE)
        _faire(self.fenetre.page_actions(), "Mode lecture")
        self._image("dossier-lecture")
        _faire(self.fenetre.page_actions(), "Mode lecture")

    def _analyse(self) -> None:
        """Show each side of the analysis, beside a critere that it helps to answer."""
        aller = self.services.navigation
        for angle, critere in (
            (Angle.FINANCES, "FIN-05"),
            (Angle.BUDGET, "CRE-02"),
            (Angle.TERRITOIRE, "TER-02"),
            (Angle.RESEAU, "RES-01"),
            (Angle.ANALYTIQUE, "ANA-02"),
            (Angle.STRUCTURE, "GOU-01"),
        ):
            aller.open_dossier(ANALYSE, critere_id=critere)
            aller.open_angle(ANALYSE, angle.value)
            self._image(f"analyse-{angle.value}")

    def _carte(self) -> None:
        """Show one critere with all that stands beside its answer, the phrases, and one critere across dossiers."""
        ouvrir = self.services.navigation.open_dossier
        for nom, onglet in (
            ("dossier-preuves", Onglet.FORMULAIRE),
            ("questions", Onglet.QUESTIONS),
            ("historique", Onglet.HISTORIQUE),
        ):
            ouvrir(EN_COURS, critere_id="FIN-05", onglet=onglet)
            self._image(nom)
        ouvrir(EN_COURS, critere_id="FIN-06", onglet=Onglet.FORMULAIRE)
        self._calme()
        page = self._page(DossierPage)
        page.critere.commentaire.setFocus()
        page.critere.phrases.open()
        self._image("phrases")
        page.critere.phrases.close()
        page.set_par_critere(actif=True)
        self._image("par-critere")
        page.set_par_critere(actif=False)

    def _pieces(self) -> None:
        """Show a PDF at the page that an answer cites, a workbook that is opened elsewhere, and a missing file."""
        aller, pieces = self.services.navigation, self.services.campagne.complet(FINALISE).dossier.pieces
        par_nom = {p.nom: p for p in pieces}
        aller.open_dossier(FINALISE, critere_id="FIN-02", onglet=Onglet.PIECES)
        aller.open_piece(FINALISE, par_nom["comptes_2024.pdf"].empreinte, page=4)
        self._image("pieces")
        aller.open_piece(FINALISE, par_nom["budget_projet_2026-2028.xlsx"].empreinte)
        self._image("pieces-classeur")
        volet = self._page(DossierPage).findChildren(PiecesVolet)[0]
        volet.show_rang([p.nom for p in pieces].index("budget_structure_2025-2026.xlsx"))
        self._image("pieces-manquante")

    def _dialogues(self) -> None:
        self.services.navigation.show_liste(Filtre())
        self.services.navigation.produce_notes([FINALISE, EN_COURS, 25_000_104])
        self._image("produire-notes", fermer=True)
        self.services.navigation.open_dossier(EN_COURS, critere_id="CRE-04", onglet=Onglet.FORMULAIRE)
        self._calme()
        self.fenetre.actions_fenetre["palette"].trigger()
        for champ in self._ouverte().findChildren(QLineEdit):
            champ.setText("co")
        self._image("palette", fermer=True)
        for action in ("aide", "raccourcis", "apropos"):
            self.fenetre.actions_fenetre[action].trigger()
            self._image(action, fermer=True)
        self.fenetre.actions_fenetre["campagne.nouvelle"].trigger()
        self._image("nouvelle-campagne", fermer=True)

    def _importer(self) -> None:
        exports = sorted(resource("demo").glob("*.xlsx"))
        copies = [Path(shutil.copy(export, self._racine)) for export in exports]
        fichiers = [*copies, export_suivant(self._racine), archive_suivante(self._racine)]
        self.services.navigation.import_files()
        page = self._page(ImporterPage)
        page.fichiers.add(fichiers)
        self._image("import-fichiers")
        page.read()
        self._calme()
        self._image("import-correspondance")
        page.correspondance.continue_requested.emit()
        self._calme()
        self._image("import-controle")
        page.write()
        self._calme()
        self._image("import-rapport")
        self.services.navigation.open_dossier(25_000_118, critere_id="CRE-02", onglet=Onglet.FORMULAIRE)
        self._image("dossier-a-reconfirmer")

    def _etats(self) -> None:
        campagne = self.services.campagne
        self.services.navigation.open_dossier(EN_COURS, critere_id="FIN-06", onglet=Onglet.FORMULAIRE)
        self._calme()
        campagne.session.campagne.db.execute("PRAGMA query_only = ON")  # as a disk that refuses to write
        commentaire = self._page(DossierPage).critere.commentaire
        commentaire.setPlainText("Deux mois de charges couverts par les disponibilités.")
        commentaire.flush()
        commentaire.setFocus()
        self._image("erreur-enregistrement")
        campagne.session.campagne.db.execute("PRAGMA query_only = OFF")
        self._page(DossierPage).barre_echec.retry()
        vide = self._racine / "Campagne vide"
        operations.create_campagne(vide, maintenant=MAINTENANT)
        self._entrer(vide)
        self._image("accueil-vide")
        self.fenetre.go("dossiers")
        self._image("dossiers-vide")
        self._entrer(self._racine / CAMPAGNE, lecture_seule=True)
        self._image("accueil-lecture-seule")
        self.services.navigation.open_dossier(EN_COURS, critere_id="CRE-04", onglet=Onglet.FORMULAIRE)
        self._image("dossier-lecture-seule")

    def _entrer(self, dossier: Path, *, lecture_seule: bool = False) -> None:
        self.services.campagne.open(dossier, auteur="Camille Essai", lecture_seule=lecture_seule)
        self.fenetre.campagnes.load()
        self._calme()

    def _page(self, classe: type[P]) -> P:
        """Return the page in view, which is of that class."""
        page = self.fenetre.page
        assert isinstance(page, classe), f"{classe.__name__} attendue, {page} montrée"
        return page

    def _ouverte(self) -> QDialog:
        """Return the dialog that is open."""
        dialogue = QApplication.activeModalWidget()
        assert isinstance(dialogue, QDialog), "aucune boîte n’est ouverte"
        return dialogue

    # --- pictures -------------------------------------------------------------------------------------------

    def _image(self, nom: str, *, fermer: bool = False) -> None:
        """Write the window as it is once still, with the dialog over it; *fermer* closes that dialog after."""
        if self._choix in nom or fermer:
            self._calme()
        dialogue = QApplication.activeModalWidget()
        if self._choix in nom:
            chemin = self._sortie / f"{nom}-{self._theme.nom}.png"
            self._vue(dialogue).save(str(chemin))
            self._images.append(chemin)
        if fermer and dialogue is not None:
            dialogue.close()

    def _calme(self) -> None:
        """Let the window work until two pictures in a row are the same and nothing runs in the background."""
        avant = None
        for _ in range(_PATIENCE):
            _laisser_faire()
            vue = self._vue(QApplication.activeModalWidget()).toImage()
            if vue == avant and not self._occupe():
                return
            avant = vue
        raise TimeoutError(f"la fenêtre ne se calme pas ({self._theme.nom})")

    def _occupe(self) -> bool:
        bassins = self._app.findChildren(QThreadPool)
        return self.services.taches.busy or any(bassin.activeThreadCount() for bassin in bassins)

    def _vue(self, dialogue: QWidget | None) -> QPixmap:
        for fenetre in filter(None, (self.fenetre, dialogue)):
            self._cacher_la_machine(fenetre)
        vue = self.fenetre.grab()
        if dialogue is not None:
            peintre = QPainter(vue)
            coin = QPoint((LARGEUR - dialogue.width()) // 2, (HAUTEUR - dialogue.height()) // 2)
            peintre.drawPixmap(coin, dialogue.grab())
            peintre.setPen(QColor(self.services.theme.couleurs.secondaire))
            peintre.drawRect(dialogue.rect().translated(coin).adjusted(-1, -1, 0, 0))
            peintre.end()
        return vue

    def _cacher_la_machine(self, fenetre: QWidget) -> None:
        """Show the temporary folder as an instructor's own."""
        ici = str(self._racine)
        textes: list[QLabel | QLineEdit] = [*fenetre.findChildren(QLabel), *fenetre.findChildren(QLineEdit)]
        for mots in textes:
            if ici in mots.text():
                muet = mots.blockSignals(True)  # a field would look for that folder
                mots.setText(mots.text().replace(ici, "Documents"))
                mots.blockSignals(muet)


def _polices(app: QApplication) -> None:
    """Write with the fonts that the program ships, the same on every machine."""
    for fichier in sorted(resource("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(fichier))
    app.setFont(QFont("Noto Sans", 9))


def _nom_simple(titre: str) -> str:
    return normalise(titre).replace(" ", "-")


def _faire(actions: Iterable[QAction], debut: str) -> None:
    """Trigger the action whose text begins so."""
    next(a for a in actions if a.text().replace("&", "").startswith(debut)).trigger()


def _laisser_faire() -> None:
    boucle = QEventLoop()
    QTimer.singleShot(_REPOS_MS, boucle.quit)
    boucle.exec()
