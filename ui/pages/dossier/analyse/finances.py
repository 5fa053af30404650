"""The face «Finances» of the analysis: the accounts typed, their checks and ratios."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from o2r_desktop.analyse.finances import Finances
from o2r_desktop.analyse.finances.comptes import cle_exercice, cle_poste
from o2r_desktop.analyse.saisie import MontantSaisi, Source, avec, ecrire_montant
from o2r_desktop.dossiers.budget import euros
from o2r_desktop.errors import O2rError
from o2r_desktop.evaluation.reponses import Preuve
from o2r_desktop.imports.comptes_tableur import lire_nombre
from o2r_desktop.operations import DossierComplet
from o2r_desktop.text import NBSP, PARIS, pluriel, printable
from ui.models.comptes import (
    CLE_COLONNES,
    ComptesModel,
    annees_montrees,
    bilan,
    details_de,
    source_de,
)
from ui.pages.dossier.analyse.face import Face
from ui.pages.dossier.analyse.finances_barre import BarreComptes
from ui.pages.dossier.analyse.finances_cellule import BandeauCellule
from ui.pages.dossier.analyse.finances_ratios import RatiosView
from ui.pages.dossier.analyse.finances_saisie import (
    copy_grid,
    lire_detail,
    montants_colles,
    mots_de,
    pieces_sources,
    sans_annee,
    vides,
)
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Banner, fill, split
from ui.widgets.grille_montants import EtatLigne, GrilleMontants

_LECTURE_SEULE = f"Campagne ouverte en lecture seule{NBSP}: les comptes se lisent, ils ne se changent pas."
_FINALISEE = f"Évaluation finalisée{NBSP}: rouvrez-la pour changer les comptes."
_LARGE = 140
"""Letters of width from which ratios stand beside the grid."""
_LIGNES_BANDEAU = 18
"""Lines of text of height under which the strip shows its fields only when asked."""
_LIGNES_LES_DEUX = 26
"""Lines of text of height from which the grid and the ratios are both worth showing."""


class FinancesFace(Face):
    """A grid, the strip of its current cell, ratios that follow each key; a cell is written when it is left."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._complet: DossierComplet | None = None
        self._fiches: Mapping[str, Any] = {}
        self._attente: dict[str, Any] = {}
        """What was typed and did not reach the disk, by key; None is a value taken away."""
        self._derniere = ""
        """The cell of the last write: the next one on it goes on with the same act."""
        self._pages: dict[int, int | None] = {}
        """Page last said in each column: the next amount typed there is likely on it."""
        self._ici: tuple[int, str] | None = None
        self.finances = Finances(numero=0)
        self._pose = False
        """Whether the two parts were given their first sizes."""
        self.bandeau = Banner("", Ton.NEUTRE)
        self.barre = BarreComptes()
        self.modele = ComptesModel(self)
        self.grille = GrilleMontants(services.theme, "Comptes annuels")
        self.grille.setModel(self.modele)
        self.cellule = BandeauCellule()
        self.ratios = RatiosView(services.theme)
        self._haut = QWidget()
        fill(QVBoxLayout(self._haut), self.grille, self.cellule, espace=0)
        self._haut.layout().setStretch(0, 1)  # type: ignore[union-attr]
        self._separateur = QSplitter(Qt.Orientation.Vertical)
        self._separateur.setChildrenCollapsible(False)
        split(self._separateur, self._haut, self.ratios)
        for rang, part in enumerate((3, 2)):
            self._separateur.setStretchFactor(rang, part)
        fill(corps := QVBoxLayout(self), self.bandeau, self.barre, self._separateur, espace=0)
        corps.setStretch(2, 1)
        self._connect()
        services.theme.changed.connect(self.dress)
        self.dress()

    def _connect(self) -> None:
        grille, barre = self.grille, self.barre
        self.modele.edited.connect(self._edited)
        grille.typed.connect(self._typing)
        grille.given_up.connect(self._refresh)
        grille.clear_asked.connect(self._clear)
        grille.paste_asked.connect(self._paste)
        grille.current_changed.connect(self._cell_changed)
        grille.left.connect(self.cellule.focus_first)
        self.cellule.unfolded.connect(lambda deplie: self.grille.setVisible(not deplie))
        self.cellule.left.connect(self.grille.setFocus)
        self.cellule.typed.connect(self._typing_amount)
        self.cellule.edited.connect(self._amount_edited)
        self.cellule.piece_requested.connect(self.piece_requested)
        self.ratios.piece_requested.connect(self.piece_requested)
        barre.view_changed.connect(self._arrange)
        barre.year_added.connect(self._add_year)
        barre.year_removed.connect(self._remove_year)
        barre.copy_asked.connect(self._copy_all)
        barre.import_asked.connect(self._import)

    # --- as a face ----------------------------------------------------------------------------------------

    def show_dossier(self, complet: DossierComplet) -> None:
        """Show the accounts of another dossier."""
        self._complet, self._attente, self._derniere, self._pages = complet, {}, "", {}
        self.modele.fautes.clear()
        self._ici = None
        sources = pieces_sources(complet.dossier.pieces)
        self.modele.sources = sources
        self.cellule.show_sources(sources)
        self._fiches = complet.evaluation.fiches
        self._refresh()
        if not self.grille.currentIndex().isValid() and self.modele.annees:
            self.grille.go(self.modele.find(self.modele.annees[0], "actif_immobilise"))
        self._cell_changed()

    def update_dossier(self, complet: DossierComplet) -> None:
        """Show the same dossier, whose accounts or state changed; what is being typed stays."""
        if self._complet is None or complet.dossier.numero != self._complet.dossier.numero:
            self.show_dossier(complet)
            return
        self._complet = complet
        fiches = complet.evaluation.fiches
        self._attente = {cle: valeur for cle, valeur in self._attente.items() if fiches.get(cle) != valeur}
        self._fiches = avec(fiches, self._attente)
        if not self.grille.editing:
            self._refresh()

    def leave(self) -> bool:
        """Write what is being typed, and what could not be written; False while something is not on the disk."""
        self.grille.commit()
        self.cellule.flush()
        if self._attente and self._complet is not None and self.modifiable(self._complet):
            self._write(dict(self._attente), "comptes de la structure")
        if self.modele.fautes or self.cellule.unreadable:
            self._show_fault()
            return False
        return not self._attente

    def focus_first(self) -> None:
        """Put the focus in the grid, or on the ratios when they are alone."""
        (self.grille if self._haut.isVisibleTo(self) else self.ratios.table).setFocus()

    @property
    def selection(self) -> Preuve | None:
        """The source of the current cell, with its figure: «Total des produits 2024 : 1 184 000,00 €»."""
        index = self.grille.currentIndex()
        if not index.isValid() or self.modele.ligne(index).etat not in (EtatLigne.POSTE, EtatLigne.TOTAL):
            return None
        montant = self.modele.montant(index)
        if montant.source is None or montant.valeur is None:
            return None
        titre = f"{self.modele.ligne(index).libelle} {self.modele.annee(index)}"
        return Preuve(
            ou=montant.source.ou,
            page=montant.source.page,
            empreinte=montant.source.empreinte,
            extrait=f"{titre}{NBSP}: {euros(montant.valeur)}",
        )

    # --- what is shown ------------------------------------------------------------------------------------

    @property
    def _libre(self) -> bool:
        return self._complet is not None and self.modifiable(self._complet)

    def _refresh(self) -> None:
        """Show what is kept, or waits to be."""
        if self._complet is None:
            return
        self._work_out(self._fiches)
        dossier = self._complet.dossier
        depot = dossier.depot.astimezone(PARIS).date() if dossier.depot is not None else None
        annees = annees_montrees(self._fiches, self.finances.saisis, depot)
        self.modele.show(annees, modifiable=self._libre)
        self.barre.show_years(annees, modifiable=self._libre)
        if self.modele.columnCount():
            self.grille.dress()
        self.grille.coin.setText(bilan(self.finances.saisis))
        self.bandeau.dire("" if self._libre else _LECTURE_SEULE if self.services.campagne.read_only else _FINALISEE)
        if self._ici is not None and not self.grille.currentIndex().isValid():
            self.grille.go(self.modele.find(*self._ici))
        self._show_cell()

    def _work_out(self, fiches: Mapping[str, Any]) -> None:
        """Work the ratios out from what is typed, in memory."""
        assert self._complet is not None
        self.finances = replace(self._complet.analyse, fiches=fiches).finances
        self.modele.put(fiches, self.finances.saisis, self.finances.controles)
        self.ratios.show_finances(self.finances)

    def _cell_changed(self) -> None:
        """Write what the strip holds of the former cell, then show the new one."""
        if self._ici is not None and self.cellule.unreadable:
            champ = next(c for c in self.cellule.champs.values() if c.faute)
            self.modele.fautes[self._ici] = (champ.text(), champ.faute)
        index = self.grille.currentIndex()
        self._ici = (self.modele.annee(index), self.modele.ligne(index).cle) if index.isValid() else None
        self._show_cell()

    def _show_cell(self) -> None:
        index = self.grille.currentIndex()
        if not index.isValid():
            self.cellule.show_words("")
            self.cellule.show_montant(None, modifiable=False)
            return
        ligne, annee = self.modele.ligne(index), self.modele.annee(index)
        self.barre.show_column(annee)
        compte = ligne.etat in (EtatLigne.POSTE, EtatLigne.TOTAL)
        montant = self.modele.montant(index) if compte else None
        self.cellule.show_montant(montant, modifiable=self._libre)
        self.cellule.show_words(f"{ligne.libelle} {annee}", *mots_de(self.modele, index))

    def _show_fault(self) -> None:
        if self.modele.fautes:
            annee, cle = next(iter(self.modele.fautes))
            self.grille.go(self.modele.find(annee, cle))
        self.grille.setFocus()

    # --- what is typed ------------------------------------------------------------------------------------

    def _typing(self, index: QModelIndex, texte: str) -> None:
        """Show the ratios that a number being typed would give."""
        if self.modele.ligne(index).etat is EtatLigne.DETAIL:
            return
        try:
            valeur = lire_nombre(texte)
        except ValueError:
            return
        self._try_amount(index, replace(self.modele.montant(index), declare=valeur))

    def _typing_amount(self, montant: MontantSaisi) -> None:
        if (index := self.grille.currentIndex()).isValid():
            self._try_amount(index, montant)

    def _try_amount(self, index: QModelIndex, montant: MontantSaisi) -> None:
        cle = cle_poste(self.modele.annee(index), self.modele.ligne(index).cle)
        self._work_out(avec(self._fiches, {cle: ecrire_montant(montant)}))

    def _edited(self, index: QModelIndex, saisi: object) -> None:
        """Write what was typed in a cell, or keep it there when it cannot be read."""
        ligne, annee = self.modele.ligne(index), self.modele.annee(index)
        ici = (annee, ligne.cle)
        try:
            if ligne.etat is EtatLigne.DETAIL:
                valeur = lire_detail(ligne.cle, saisi)
                changements = {cle_exercice(annee): details_de(self._fiches, annee, **{ligne.cle: valeur})}
                self._pages.pop(annee, None)
            else:
                montant = replace(self.modele.montant(index), declare=lire_nombre(str(saisi)))
                changements = self._amount(annee, ligne.cle, montant)
        except ValueError as refus:
            self.modele.fautes[ici] = (printable(str(saisi))[:60], f"Ce texte {refus}.")
            self._refresh()
            return
        self.modele.fautes.pop(ici, None)
        self._write(changements, self._nom(index), meme=f"{annee}/{ligne.cle}")

    def _amount(self, annee: int, cle: str, montant: MontantSaisi) -> dict[str, Any]:
        """Return what is to be written of an amount; a new one takes the source of its column."""
        if montant.declare is not None and montant.source is None:
            montant = replace(montant, source=self._source(annee))
        if montant.declare is None and montant.retenu is None and not montant.note:
            montant = MontantSaisi()
        return {cle_poste(annee, cle): ecrire_montant(montant)}

    def _source(self, annee: int) -> Source | None:
        source = source_de(self._fiches, annee)
        return source if source is None or source.page else replace(source, page=self._pages.get(annee))

    def _amount_edited(self, montant: MontantSaisi) -> None:
        """Write what the strip says of the cell that it shows."""
        if self._ici is None or not self._libre:
            return
        annee, cle = self._ici
        if montant.source is not None and montant.source.page is not None:
            self._pages[annee] = montant.source.page
        self.modele.fautes.pop(self._ici, None)
        index = self.modele.find(annee, cle)
        self._write(self._amount(annee, cle, montant), self._nom(index), meme=f"{annee}/{cle}")

    def _nom(self, index: QModelIndex) -> str:
        libelle = self.modele.ligne(index).libelle
        return f"{libelle[:1].lower()}{libelle[1:]} {self.modele.annee(index)}"

    # --- blocks -------------------------------------------------------------------------------------------

    def _clear(self, cellules: Sequence[QModelIndex]) -> None:
        """Empty cells as one act; a detail of an exercice is forgotten."""
        for index in cellules:
            self.modele.fautes.pop((self.modele.annee(index), self.modele.ligne(index).cle), None)
        changements = vides(self.modele, self._fiches, cellules)
        nom = self._nom(cellules[0]) if len(cellules) == 1 else f"{pluriel(len(cellules), 'case')} vidées"
        self._write(changements, nom)

    def _paste(self, depart: QModelIndex, texte: str) -> None:
        """Write a block of a spreadsheet as one act; what cannot be read is told and left out."""
        if not self._libre:
            return
        lus, refuses = montants_colles(self.modele, depart, texte)
        changements: dict[str, Any] = {}
        for (annee, cle), valeur in lus.items():
            avant = self.modele.montant(self.modele.find(annee, cle))
            changements |= self._amount(annee, cle, replace(avant, declare=valeur))
            self.modele.fautes.pop((annee, cle), None)
        if changements:
            self._write(changements, f"collage de {pluriel(len(changements), 'montant')}")
        self.barre.say(
            f"{pluriel(len(changements), 'montant collé', 'montants collés')}"
            + (f", {pluriel(refuses, 'case illisible', 'cases illisibles')}" if refuses else "")
        )

    def _copy_all(self) -> None:
        """Copy the whole grid with its heads, for a spreadsheet."""
        copy_grid(self.modele)
        self.barre.say(f"✓ Grille copiée{NBSP}: collez-la dans un tableur.")

    def _add_year(self, annee: int) -> None:
        annees = sorted({*self.modele.annees, annee})
        if self._libre:
            self._write({CLE_COLONNES: annees}, f"exercice {annee} ajouté")
            self.grille.go(self.modele.find(annee, "actif_immobilise"))

    def _remove_year(self, annee: int) -> None:
        """Take an exercice away with all that was typed of it, as one act that can be undone."""
        if not self._libre or annee not in self.modele.annees:
            return
        self._write(sans_annee(self._fiches, self.modele.annees, annee), f"exercice {annee} retiré")

    def _import(self) -> None:
        """Choose accounts in a workbook; they are written as one act."""
        if self._complet is None or not self._libre:
            return
        from ui.dialogs.import_comptes import ImportComptesDialog

        pieces = self._complet.dossier.pieces
        self.dialogue = ImportComptesDialog(self.services, pieces, self._fiches, self.modele.annees, self.window())
        self.dialogue.chosen.connect(self._write)
        self.dialogue.open()

    # --- on the disk --------------------------------------------------------------------------------------

    def _write(self, changements: Mapping[str, Any], nom: str, *, meme: str = "") -> None:
        """Write at once, as one act; what does not reach the disk stays here and is tried again when one leaves."""
        if self._complet is None:
            return
        suite = bool(meme) and meme == self._derniere
        self._fiches = avec(self._fiches, changements)
        self._attente |= changements
        try:
            ecrit = self.save(self._complet.dossier.numero, changements, nom, with_last=suite)
        except O2rError as erreur:  # what is kept could not even be read
            self.services.alertes.show_error(erreur)
            ecrit = False
        if ecrit:
            self._attente = {cle: valeur for cle, valeur in self._attente.items() if cle not in changements}
        self._derniere = meme if ecrit else ""
        self._refresh()

    # --- room ---------------------------------------------------------------------------------------------

    def dress(self) -> None:
        """Fit everything to the size of the text."""
        self.grille.dress()
        self.ratios.dress()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Put the ratios beside the grid when there is room, under it else."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        lettre = self.fontMetrics().averageCharWidth()
        large = self.width() >= _LARGE * lettre
        sens = Qt.Orientation.Horizontal if large else Qt.Orientation.Vertical
        if self._separateur.orientation() is not sens or not self._pose:
            self._separateur.setOrientation(sens)
            taille = self.width() if large else self.height()
            self._separateur.setSizes([taille * 3, taille * 2])
            self._pose = self.isVisible()
        tous_deux = large or self.height() >= _LIGNES_LES_DEUX * self.fontMetrics().height()
        self.cellule.set_compact(compact=self.height() < _LIGNES_BANDEAU * self.fontMetrics().height())
        comptes, ratios = self.barre.views(tous_deux=tous_deux)
        self._haut.setVisible(comptes)
        self.ratios.setVisible(ratios)
