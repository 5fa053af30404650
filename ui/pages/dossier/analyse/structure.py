"""The face «Structure» of the analysis: the body and its partners across the campagne."""

from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QTableWidget, QVBoxLayout, QWidget

from o2r_desktop.analyse.angles import Controle
from o2r_desktop.analyse.panorama import Panorama
from o2r_desktop.analyse.structure import Structure, preparer, prete
from o2r_desktop.dossiers.identifiers import groupe
from o2r_desktop.evaluation.reponses import Preuve
from o2r_desktop.operations import DossierComplet
from o2r_desktop.progress import Reporter
from o2r_desktop.text import NBSP, pluriel, printable
from ui.models.dossiers import SIGNES
from ui.pages.dossier.analyse import structure_mots as mots
from ui.pages.dossier.analyse.face import Face
from ui.pages.dossier.analyse.panorama import panorama_loader
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Banner, Pastille, button, card, fill, label, row
from ui.widgets.flux import Flow
from ui.widgets.graphe import GrapheView
from ui.widgets.tableau import ReadTable

_CONTROLES = 14
"""Checks that are shown; the lead has seven, and one for each VAT number or IBAN of the form."""
_ATTENTE = "Lecture des autres dossiers de la campagne…"
_ECHEC = f"Les autres dossiers n’ont pas pu être lus{NBSP}: rien n’est dit d’eux. Rouvrez l’onglet pour réessayer."
_SEUL = "Aucun autre dossier de la campagne ne cite le porteur ni un membre, par SIRET, par SIREN ou par nom."


class LigneControle(QWidget):
    """A check: its result by a sign and a word, what was found, the rule in the tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self.etat = Pastille()
        self.nom = label("", "gras")
        self.valeur = label("", wrap=True)
        tete = Flow(espace=8)
        for partie in (self.etat, self.nom):
            tete.addWidget(partie)
        fill(QVBoxLayout(self), tete, self.valeur, espace=2)

    def show_controle(self, controle: Controle) -> None:
        """Show another check."""
        signe, ton = SIGNES[controle.resultat]
        self.etat.dire(f"{signe} {controle.resultat.libelle}", ton)
        self.nom.setText(controle.nom)
        self.valeur.setText(printable(controle.valeur))
        self.setToolTip(f"Règle{NBSP}: {controle.regle}")


class StructureFace(Face):
    """Identity and its checks, other dossiers of the same bodies, what they ask in all, who works with whom."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._complet: DossierComplet | None = None
        self._structure: Structure | None = None
        self._chargeur = panorama_loader(services)
        self.bandeau = Banner()
        self.nom = label("", "section", wrap=True)
        self.identite = label("", "secondaire", wrap=True)
        self.controles = [LigneControle() for _ in range(_CONTROLES)]
        self.cumuls = label("", wrap=True)
        self.autres = ReadTable("Autres dossiers des mêmes organismes", mots.COLONNES_AILLEURS, etiree=1,
                                nombres=(4,))  # fmt: skip
        self.mots_autre = label("", "secondaire", wrap=True)
        self.mots_autres = label("", "secondaire", wrap=True)
        self.membres = ReadTable("Membres du consortium", mots.COLONNES_MEMBRES, etiree=1, nombres=(2, 3))
        self.mots_membres = label("", "secondaire", wrap=True)
        self.mots_membre = label("", "secondaire", wrap=True)
        self.graphe = GrapheView(services.theme, "Qui travaille avec qui")
        self.liens = ReadTable("Qui travaille avec qui, en liste", mots.COLONNES_LIENS, etiree=0, nombres=(3,))
        self.en_liste = button("Voir en liste", self._turn, role="lien")
        self.mots_noeud = label("", wrap=True)
        self.mots_bornes = label("", "secondaire", wrap=True)
        self.ouvrir = button("Ouvrir le dossier", self._open_chosen, touche="Entrée")
        self.defile = QScrollArea()
        self._build()
        self.liens.hide()
        self._connect()

    def _build(self) -> None:
        self._carte_membres = card(
            label("Consortium", "section"), self.membres, self.mots_membre, self.mots_membres
        )
        tete = Flow(espace=10)
        for partie in (label("Qui travaille avec qui", "section"), self.en_liste):
            tete.addWidget(partie)
        self._carte_graphe = card(tete, self.graphe, self.liens, self.mots_noeud, self.mots_bornes)
        ouvrir = row(self.ouvrir, 1)
        page = QWidget()
        fill(
            corps := QVBoxLayout(page),
            card(self.nom, self.identite, *self.controles),
            card(
                label("Autres dossiers", "section"),
                self.cumuls,
                self.autres,
                self.mots_autre,
                self.mots_autres,
                ouvrir,
            ),
            self._carte_membres,
            self._carte_graphe,
            1,
            espace=12,
        )
        corps.setContentsMargins(12, 12, 12, 16)
        self.defile.setWidget(page)
        self.defile.setWidgetResizable(True)
        self.defile.setFrameShape(QFrame.Shape.NoFrame)
        self.defile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        fill(QVBoxLayout(self), self.bandeau, self.defile, espace=0)

    def _connect(self) -> None:
        self._chargeur.loaded.connect(self._show_all)
        self._chargeur.failed.connect(self._failed)
        self.autres.itemDoubleClicked.connect(self._open_chosen)
        self.autres.itemSelectionChanged.connect(self._show_other)
        self.membres.itemSelectionChanged.connect(self._show_member)
        self.graphe.chosen.connect(self._show_node)
        self.graphe.activated.connect(self._open_node)
        self.liens.itemDoubleClicked.connect(self._open_link)
        for table, faire in ((self.autres, self._open_chosen), (self.liens, self._open_link)):
            for touche in ("Return", "Enter"):
                raccourci = QShortcut(QKeySequence(touche), table)
                raccourci.setContext(Qt.ShortcutContext.WidgetShortcut)
                raccourci.activated.connect(faire)

    # --- as a tab -------------------------------------------------------------------------------------------

    def show_dossier(self, complet: DossierComplet) -> None:
        """Show another dossier, from its beginning."""
        self._complet = complet
        self._show_all()
        self.defile.verticalScrollBar().setValue(0)

    def update_dossier(self, complet: DossierComplet) -> None:
        """Show the same dossier; only an import changes what this face shows."""
        change = self._complet is None or complet.dossier != self._complet.dossier
        self._complet = complet
        if change:
            self._show_all()

    def focus_first(self) -> None:
        """Put the focus on the other dossiers when there are some, else on what comes next."""
        suite: tuple[QWidget, ...] = (self.autres, self.membres, self.graphe)
        next((partie for partie in suite if partie.isVisibleTo(self)), self.graphe).setFocus()

    @property
    def selection(self) -> Preuve | None:
        """The list of members when it has the focus; who applies is in no field."""
        bloc = "Membres du consortium"
        return Preuve(ou=bloc) if self.membres.hasFocus() and self.membres.isVisibleTo(self) else None

    # --- what is shown --------------------------------------------------------------------------------------

    def _show_all(self) -> None:
        if self._complet is None or not self.services.campagne.is_open:
            return
        complet = self._chargeur.complete(self._complet)
        panorama = complet.analyse.panorama
        if panorama is not None and not prete(panorama):
            self._prepare(panorama)
            panorama = None
        self._structure = Structure(dossier=complet.dossier, panorama=panorama)
        self.bandeau.dire("" if panorama is not None else _ATTENTE, Ton.NEUTRE)
        self._show_identity(self._structure)
        self._show_others(self._structure)
        self._show_members(self._structure)
        self._show_graph(self._structure)

    def _prepare(self, panorama: Panorama) -> None:
        """Have the index of the bodies built in the background, then show it all."""
        tache = self.services.taches.start("", partial(_prepare, panorama))
        tache.succeeded.connect(partial(self._prepared, panorama))
        tache.failed.connect(self._failed)

    def _prepared(self, panorama: Panorama, _index: object) -> None:
        if self.services.campagne.is_open and self.services.campagne.session.panorama is panorama:
            self._show_all()

    def _failed(self, _erreur: QObject | None = None) -> None:
        self.bandeau.dire(_ECHEC, Ton.ALERTE)

    def _show_identity(self, structure: Structure) -> None:
        porteur = structure.dossier.porteur
        self.nom.setText(printable(porteur.nom) or "Porteur sans nom")
        lieu = " ".join(printable(f"{porteur.code_postal} {porteur.localite}").split())
        parties = [
            f"SIRET {groupe(porteur.siret)}" if porteur.siret else "SIRET absent",
            printable(porteur.forme_juridique),
            lieu,
            f"NAF {printable(porteur.naf)}" if porteur.naf else "",
        ]
        self.identite.setText(" · ".join(p for p in parties if p))
        siens = structure.porteur.controles
        for rang, ligne in enumerate(self.controles):
            ligne.setVisible(rang < len(siens))
            if rang < len(siens):
                ligne.show_controle(siens[rang])

    def _show_others(self, structure: Structure) -> None:
        lignes = structure.ailleurs
        self.autres.show_rows([mots.ligne_ailleurs(a) for a in lignes])
        _fit(self.autres)
        for partie in (self.autres, self.ouvrir):
            partie.setVisible(bool(lignes))
        manque = sum(o.nombre_ailleurs for o in structure.organismes) - len(lignes)
        suite = f"{pluriel(manque, 'ligne')} de plus, comptées dans les cumuls." if manque else ""
        self.mots_autres.setText(suite if lignes else _SEUL if structure.comparee else _ATTENTE)
        self.mots_autres.setVisible(bool(self.mots_autres.text()))
        self._show_other()
        dits = [
            f"{printable(o.nom)}{NBSP}: {o.cumul.phrase}."
            for o in structure.organismes
            if o.cumul is not None and (o.chef or o.ailleurs)
        ]
        self.cumuls.setText("\n".join(dits))
        self.cumuls.setVisible(bool(dits))

    def _show_other(self) -> None:
        rang = self.autres.currentRow()
        lignes = self._structure.ailleurs if self._structure is not None else ()
        self.mots_autre.setText(mots.detail_ailleurs(lignes[rang]) if 0 <= rang < len(lignes) else "")
        self.mots_autre.setVisible(bool(self.mots_autre.text()))

    def _show_members(self, structure: Structure) -> None:
        visibles = bool(structure.membres or structure.controles_consortium)
        self._carte_membres.setVisible(visibles)
        self.membres.setVisible(bool(structure.membres))
        self.membres.show_rows([mots.ligne_membre(o) for o in structure.organismes] if structure.membres else [])
        _fit(self.membres)
        dits = [(SIGNES[c.resultat][0], c.nom, printable(c.valeur)) for c in structure.controles_consortium]
        self.mots_membres.setText("\n".join(f"{signe} {nom}{NBSP}: {dit}" for signe, nom, dit in dits))
        self._show_member()

    def _show_member(self) -> None:
        rang = self.membres.currentRow()
        organismes = self._structure.organismes if self._structure is not None and self._structure.membres else ()
        self.mots_membre.setText(mots.detail_membre(organismes[rang]) if 0 <= rang < len(organismes) else "")
        self.mots_membre.setVisible(bool(self.mots_membre.text()))

    def _show_graph(self, structure: Structure) -> None:
        graphe = structure.graphe
        noms = {n.cle: printable(n.nom) for n in graphe.noeuds}
        self.graphe.show_graph(mots.boites(graphe), mots.traits(graphe))
        self.liens.show_rows([mots.ligne_lien(lien, noms) for lien in graphe.liens])
        _fit(self.liens)
        self._carte_graphe.setVisible(len(graphe.noeuds) > 1)
        self.mots_bornes.setText(mots.bornes_dites(graphe))
        self.mots_bornes.setVisible(bool(self.mots_bornes.text()))
        self._show_node(self.graphe.choisie)

    def _show_node(self, cle: str) -> None:
        if self._structure is None:
            return
        boite = next((b for b in mots.boites(self._structure.graphe) if b.cle == cle), None)
        autres = mots.autres_de(self._structure.graphe, cle)
        invite = " Entrée ouvre le premier autre dossier." if autres else ""
        self.mots_noeud.setText(f"{boite.dite}.{invite}" if boite is not None else "")

    # --- what is done ---------------------------------------------------------------------------------------

    def _turn(self) -> None:
        """Show the list in place of the graph, or the graph again."""
        liste = not self.liens.isVisibleTo(self)
        for partie in (self.graphe, self.mots_noeud):
            partie.setVisible(not liste)
        self.liens.setVisible(liste)
        self.en_liste.setText("Voir le graphe" if liste else "Voir en liste")
        self.en_liste.setAccessibleName(self.en_liste.text())

    def _open_chosen(self, *_: object) -> None:
        rang = self.autres.currentRow()
        if self._structure is not None and 0 <= rang < len(self._structure.ailleurs):
            self.services.navigation.open_dossier(self._structure.ailleurs[rang].numero)

    def _open_node(self, cle: str) -> None:
        if self._structure is not None and (autres := mots.autres_de(self._structure.graphe, cle)):
            self.services.navigation.open_dossier(autres[0])

    def _open_link(self, *_: object) -> None:
        rang = self.liens.currentRow()
        if self._structure is not None and 0 <= rang < len(self._structure.graphe.liens):
            lien = self._structure.graphe.liens[rang]
            if not lien.ici:
                self.services.navigation.open_dossier(lien.numero)


def _fit(table: QTableWidget) -> None:
    """Give a table the height of its rows, eight at most, and its columns room for some words."""
    table.horizontalHeader().setMinimumSectionSize(table.fontMetrics().averageCharWidth() * 9)
    rangs = max(1, min(8, table.rowCount()))
    lignes = rangs * table.verticalHeader().defaultSectionSize()
    barre = table.horizontalScrollBar().sizeHint().height()
    table.setFixedHeight(table.horizontalHeader().sizeHint().height() + lignes + barre + 4)


def _prepare(panorama: Panorama, reporter: Reporter) -> object:
    del reporter
    return preparer(panorama)
