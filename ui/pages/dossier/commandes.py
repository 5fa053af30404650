"""What the menu «Page» offers while a dossier is in view: each act with its key."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from o2r_desktop.analyse.angles import Angle
from o2r_desktop.text import NBSP
from ui.navigation import Onglet
from ui.pages.dossier.critere_touches import QUESTION
from ui.pages.dossier.gestes import Gestes, TroisVolets
from ui.pages.dossier.onglets import Onglets
from ui.pages.dossier.par_critere import PAR_CRITERE
from ui.pages.dossier.pieces_detache import DETACHER
from ui.pages.dossier.pieces_recherche import TOUCHE as CHERCHER_PARTOUT
from ui.pages.dossier.preuves import EPINGLER
from ui.pages.dossier.reconfirmer import RECONFIRMER_SUIVANT
from ui.pages.dossier.vigilance import VIGILANCE
from ui.widgets.pdf import VIGNETTES

if TYPE_CHECKING:
    from ui.pages.dossier.page import DossierPage

PROCHAIN = "Ctrl+Shift+Return"
_ONGLETS = (
    ("&Formulaire", "", Onglet.FORMULAIRE),
    ("Pi&èces", "", Onglet.PIECES),
    ("Anal&yse", "Ctrl+Shift+A", Onglet.ANALYSE),
    ("C&onclusion", "", Onglet.CONCLUSION),
    ("&Note", "", Onglet.NOTE),
    ("&Questions au porteur", "", Onglet.QUESTIONS),
    ("Historique", "Ctrl+H", Onglet.HISTORIQUE),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commandes:
    """The actions whose state the page changes."""

    avant: QAction
    apres: QAction
    par_critere: QAction
    lecture: QAction
    rouverture: QAction


def make_actions(page: DossierPage, gestes: Gestes, onglets: Onglets, panneaux: TroisVolets) -> Commandes:
    """Make the actions of the page, in the order of the menu."""
    ajouter = gestes.add
    avant = ajouter("Dossier &précédent", "Alt+Left", partial(page.step, -1, en_travers=True), du_dossier=False)
    apres = ajouter("Dossier &suivant", "Alt+Right", partial(page.step, 1, en_travers=True), du_dossier=False)
    ajouter("&Dossier suivant à traiter", PROCHAIN, page.open_prochain)
    ajouter("Critère pré&cédent", "Alt+Up", partial(page.step, -1, en_travers=False))
    ajouter("Critère s&uivant", "Alt+Down", partial(page.step, 1, en_travers=False))
    ajouter("Critère à reconfir&mer suivant", RECONFIRMER_SUIVANT, page.open_a_reconfirmer)
    for texte, touche, faire in (
        ("&Épingler le passage", EPINGLER, page.critere.pin),
        ("Point d&e vigilance", VIGILANCE, page.critere.watch),
        ("Poser une quest&ion", QUESTION, page.critere.ask),
    ):
        ajouter(texte, touche, faire, ailleurs=True)
    par_critere = ajouter("Par critère", PAR_CRITERE, None)
    par_critere.setCheckable(True)
    par_critere.triggered.connect(lambda coche: page.set_par_critere(actif=coche))
    a_faire = ajouter("N’afficher que les critères à faire", "", None)
    a_faire.setCheckable(True)
    a_faire.toggled.connect(page.plan.set_a_faire)
    for texte, touche, onglet in _ONGLETS:
        ajouter(texte, touche, partial(onglets.show, onglet))
    for angle in Angle:
        ajouter(f"Analyse{NBSP}: {angle.libelle}", "", partial(onglets.show_angle, angle))
    detacher = partial(onglets.act_on_pieces, onglets.pieces.toggle_detached)
    ajouter("Détacher la visionneuse, ou la rattacher", DETACHER, detacher)
    for texte, touche, faire in (
        ("Vignettes des pages", VIGNETTES, onglets.pieces.vue.pdf.toggle_vignettes),
        ("Chercher dans toutes les pièces", CHERCHER_PARTOUT, onglets.pieces.recherche.open),
    ):
        ajouter(texte, touche, partial(onglets.act_on_pieces, faire), ailleurs=True)
    _moving(gestes, onglets, panneaux)
    lecture = ajouter("Mode &lecture", "F11", None)
    lecture.setCheckable(True)
    lecture.toggled.connect(panneaux.set_reading)
    return Commandes(
        avant=avant,
        apres=apres,
        par_critere=par_critere,
        lecture=lecture,
        rouverture=ajouter("&Rouvrir l’évaluation…", "Ctrl+Shift+R", page.verrou.ask_reopening, du_dossier=False),
    )


def _moving(gestes: Gestes, onglets: Onglets, panneaux: TroisVolets) -> None:
    """Add what moves between tabs and panes."""
    gestes.add("Onglet sui&vant", "Ctrl+Tab", partial(onglets.cycle, 1))
    gestes.add("On&glet précédent", "Ctrl+Shift+Tab", partial(onglets.cycle, -1))
    gestes.add("C&hercher dans le formulaire ou la pièce", "Ctrl+F", onglets.search)
    gestes.add("Volet suiv&ant", "F6", partial(panneaux.cycle, 1))
    gestes.add("Vole&t précédent", "Shift+F6", partial(panneaux.cycle, -1))
