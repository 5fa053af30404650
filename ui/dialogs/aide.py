"""Help of the page in view (F1) and the table of all the keys (Ctrl+F1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ui.actions import DEFINITIONS, Menu, keys, plain
from ui.widgets.astuce import Astuce, show_again
from ui.widgets.base import KeyCap, button, column, fill, label, row

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.pages.page import Page

Touches = Sequence[tuple[str, str]]
"""What is done, and the key that does it, or several parted by « / »."""

_TEXTES = {
    "accueil": (
        "L’accueil ouvre une campagne, montre où vous en étiez et compte les dossiers par étape. Chaque compteur "
        "ouvre la liste, filtrée. Un dossier de campagne déposé sur la fenêtre s’ouvre ; un export s’importe."
    ),
    "dossiers": (
        "La liste montre tous les dossiers de la campagne. La recherche ignore les accents et la casse ; chaque "
        "filtre s’affiche comme une étiquette que l’on retire. Un clic sur un en-tête trie la liste."
    ),
    "dossier": (
        "À gauche, le plan du dossier et de la grille ; au centre, ce que le porteur a répondu ; à droite, un seul "
        "critère. Chaque réponse est enregistrée aussitôt et peut être annulée, même après avoir changé de dossier."
    ),
    "dossier.formulaire": (
        "Le formulaire se lit en entier ou partie par partie. Un passage choisi s’épingle au critère ouvert comme "
        "celui d’une pièce ; le nom d’une pièce jointe l’ouvre."
    ),
    "dossier.pieces": (
        "Une pièce se lit ici, ou sur un second écran une fois détachée. Choisissez un passage au clavier ou à la "
        "souris, ou tracez une zone, puis épinglez-le : la note dira « source », la pièce et la page. La recherche "
        "dans toutes les pièces montre chaque passage avec sa page."
    ),
    "dossier.conclusion": (
        "La conclusion réunit le score, l’avis, ses motifs et le montant proposé. Chaque obstacle est un lien vers "
        "ce qui manque ; rien n’est bloqué avant « Finaliser »."
    ),
    "dossier.note": (
        "L’aperçu est la note telle qu’elle sera produite ; elle porte « Projet » tant que l’évaluation n’est pas "
        "finalisée."
    ),
    "dossier.analyse": (
        "Six angles sur le dossier, chacun dans son onglet : comptes et ratios, budget ligne par ligne, "
        "les territoires face au diagnostic de l’AMI, les acteurs cités du réseau pour l’emploi, la comptabilité "
        "analytique, la structure et ses autres dossiers. Tout aide à répondre, rien ne répond à votre place : "
        "chaque chiffre dit sa source, chaque seuil dit qui le propose. E épingle la source de la ligne choisie."
    ),
    "dossier.questions": (
        "Les questions posées sur chaque critère forment un message prêt à coller dans la messagerie de la "
        "plateforme, avec une date d’échéance. Ce que le porteur répond est rapproché de la question à l’import "
        "suivant."
    ),
    "dossier.historique": (
        "L’historique dit en mots simples qui a changé quoi et quand, avec l’ancienne valeur et la nouvelle. Rien "
        "n’en est jamais effacé."
    ),
    "dossier.par_critere": (
        "Par critère : le même critère se suit d’un dossier de la liste au suivant, dont la réponse est montrée ; "
        "les flèches vont alors d’un dossier à l’autre. F7 ou Échap revient au dossier entier."
    ),
    "importer": (
        "L’import lit un ou plusieurs exports de la plateforme, montre ce qui est nouveau, modifié, inchangé ou "
        "refusé, et n’écrit rien avant « Importer ». Le rapport reste consultable depuis la page Campagne."
    ),
    "campagne": (
        "La campagne : date limite, seuils, enveloppe, organismes exclus, grille en lecture, imports et leurs "
        "rapports, sauvegardes et retour à l’une d’elles."
    ),
}  # fmt: skip


class AideDialog(QDialog):
    """A few sentences, then keys under headings."""

    def __init__(
        self,
        titre: str,
        texte: str,
        tables: Sequence[tuple[str, Touches]],
        parent: QWidget,
        revoir: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(titre)
        contenu = QWidget()
        colonne = QVBoxLayout(contenu)
        fill(colonne, label(titre, "titre"), marge=20, espace=12)
        self.texte = label(texte, wrap=True)
        self.texte.setVisible(bool(texte))
        colonne.addWidget(self.texte)
        for nom, touches in tables:
            if touches:
                colonne.addWidget(label(nom, "section"))
                colonne.addLayout(_table(touches))
        colonne.addStretch(1)
        defilement = QScrollArea()
        defilement.setWidget(contenu)
        defilement.setWidgetResizable(True)
        defilement.setFrameShape(QFrame.Shape.NoFrame)
        defilement.setAccessibleName(titre)
        self.fermer = button("Fermer", self.accept, role="principal")
        self.astuces = button("Revoir les astuces", role="lien")
        self.astuces.setToolTip("Montrer à nouveau, page par page, les astuces des premières visites")
        if revoir is not None:
            self.astuces.clicked.connect(lambda *_: revoir())
            self.astuces.clicked.connect(self.accept)
        pied = row(self.astuces, 1, self.fermer)
        pied.setContentsMargins(20, 8, 20, 16)
        fill(QVBoxLayout(self), defilement, column(pied), espace=0)
        self.fermer.setDefault(True)
        self.fermer.setFocus()
        cadratin = self.fontMetrics().averageCharWidth()
        self.astuces.setVisible(revoir is not None)
        self.resize(
            min(cadratin * 84, parent.width() - 40), min(self.fontMetrics().height() * 34, parent.height() - 40)
        )

    @classmethod
    def of_page(cls, fenetre: MainWindow) -> AideDialog:
        """Return the help of the page in view: what it is for, its keys, those of everywhere."""
        page = fenetre.page
        titre = page.titre if page is not None else ""
        tables = (("Sur cette page", _de_la_page(fenetre)), ("Partout", _partout(fenetre)))
        ecrit = _ecrit(page) if page is not None else ""
        return cls(titre or "Aide", ecrit, tables, fenetre, partial(_show_hints, fenetre))

    @classmethod
    def of_keys(cls, fenetre: MainWindow) -> AideDialog:
        """Return the table of every key, menu by menu."""
        actions = fenetre.actions_fenetre
        tables = [
            ("Sur cette page", _de_la_page(fenetre)),
            *((m.libelle, _des_actions(actions[d.id] for d in DEFINITIONS if d.menu is m)) for m in Menu),
        ]
        return cls("Raccourcis clavier", "", tables, fenetre)


def _ecrit(page: Page) -> str:
    """Return what is said of a page, then of the tab in view."""
    if page.nom != "dossier":
        return page.aide if " " in page.aide else _TEXTES.get(page.nom, "")
    from ui.pages.dossier.page import DossierPage

    dits = [_TEXTES[page.nom]]
    if isinstance(page, DossierPage) and page.numero is not None:
        if page.parcours.par_critere:
            dits.append(_TEXTES["dossier.par_critere"])
        dits.append(_TEXTES.get(f"dossier.{page.centre.onglet.value}", ""))
    return "\n\n".join(dit for dit in dits if dit)


def _show_hints(fenetre: MainWindow) -> None:
    show_again(fenetre.services.reglages)
    for astuce in fenetre.findChildren(Astuce):
        astuce.refresh()


def _de_la_page(fenetre: MainWindow) -> Touches:
    suite = fenetre.page.more_keys() if fenetre.page is not None else ()
    return [*suite, *_des_actions(fenetre.page_actions())]


def _partout(fenetre: MainWindow) -> Touches:
    noms = ("palette", "page.accueil", "page.dossiers", "page.campagne", "annuler", "raccourcis")
    return _des_actions(fenetre.actions_fenetre[nom] for nom in noms)


def _des_actions(actions: Iterable[QAction]) -> Touches:
    return [(plain(action), keys(action)) for action in actions if keys(action)]


def _table(touches: Touches) -> QGridLayout:
    table = QGridLayout()
    table.setHorizontalSpacing(16)
    table.setVerticalSpacing(6)
    table.setColumnStretch(1, 1)
    for rang, (quoi, touche) in enumerate(touches):
        table.addLayout(row(*(KeyCap(t) for t in touche.split(" / ")), 1, espace=4), rang, 0)
        table.addWidget(label(quoi, wrap=True), rang, 1)
    return table
