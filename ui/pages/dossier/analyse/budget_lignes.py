"""The lines of the budget: the grid, what is done with it, and the line under the cursor."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy

from o2r_desktop.analyse.budget import Budget
from o2r_desktop.analyse.budget.plan_comptable import COMPTES, libelle_compte
from o2r_desktop.analyse.finances.collage import decouper
from o2r_desktop.evaluation.reponses import Preuve
from o2r_desktop.operations import DossierComplet
from o2r_desktop.text import NBSP, montant, nombre, pluriel
from ui.models.budget import ANNUELLES, BudgetModel, Colonne, changed
from ui.models.budget_rangees import Rangee, changements, prochaine_cle, rangees
from ui.pages.dossier.analyse.budget_defile import Defile
from ui.pages.dossier.analyse.budget_detail import DetailLigne
from ui.pages.dossier.analyse.budget_grille import GrilleBudget
from ui.services import Services
from ui.widgets.base import button, label
from ui.widgets.flux import Flow

Ecrire = Callable[[Mapping[str, Any], str], bool]
"""Writes values under their keys as one act."""
COLLAGE_MAX = 400
"""Rows that are pasted at once."""
_LIGNES_VUES = 7
_TOUCHES = (
    f"Entrée ou F2{NBSP}: modifier · Tab{NBSP}: case suivante · Suppr{NBSP}: vider · "
    f"Ctrl+V{NBSP}: coller un tableau"
)


class LignesPane(Defile):
    """The grid first; below, the line under the cursor."""

    import_requested = Signal()
    piece_requested = Signal(str, int)

    def __init__(self, services: Services, ecrire: Ecrire) -> None:
        super().__init__()
        self._ecrire = ecrire
        self._complet: DossierComplet | None = None
        self._annee = 1
        self._visee = ""
        """The line to go to once it is shown: it was just added."""
        self.modele = BudgetModel(self._write_row, self)
        self.grille = GrilleBudget(services.theme, self.modele)
        self.detail = DetailLigne(self._write_row)
        self.importer = button("Importer l’annexe…", self.import_requested.emit, nom="Importer l’annexe budgétaire")
        self.ajouter = button("Ajouter une ligne")
        self.ajouter.setMenu(self._accounts())
        self.retirer = button("Retirer la ligne", self.remove)
        self.dit = label("", "secondaire", wrap=True)
        self.dit.hide()
        barre = Flow(espace=8)
        for bouton in (self.ajouter, self.retirer, self.importer):
            barre.addWidget(bouton)
        aide = label(_TOUCHES, "secondaire", wrap=True)
        corps = self.show_parts(barre, self.grille, aide, self.dit, self.detail)
        corps.setStretch(1, 1)
        self.grille.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.grille.current_changed.connect(self._show_line)
        self.grille.clear_asked.connect(self._clear)
        self.grille.paste_asked.connect(self.paste)
        self.grille.left.connect(self.ajouter.setFocus)
        self.detail.piece_requested.connect(self.piece_requested)
        services.theme.changed.connect(self._dress)
        self._dress()

    # --- what the face calls ------------------------------------------------------------------------------

    def show_dossier(self, complet: DossierComplet, *, modifiable: bool, neuf: bool) -> None:
        """Show the lines of a dossier; *neuf* when it is another one."""
        self._complet = complet
        budget = complet.analyse.budget
        lues = rangees(budget.lignes)
        self.modele.modifiable = modifiable
        membres = [m.nom for m in complet.dossier.membres if m.nom]
        connus = (*membres, *(r.membre for r in lues if r.membre))
        self.modele.show_membres(complet.dossier.porteur.nom, list(dict.fromkeys(connus)))
        cle, colonne = self.grille.place
        self.modele.show(lues, _douteuses(budget, lues), neuf=neuf)
        self.grille.fit()
        if neuf:
            self.detail.show_pieces(complet.dossier.pieces)
            self._say("")
        for bouton in (self.ajouter, self.retirer, self.importer):
            bouton.setEnabled(modifiable)
        visee, self._visee = self._visee, ""
        self._restore(visee or cle, Colonne.LIBELLE if visee else colonne)
        self._show_line()

    def _restore(self, cle: str, colonne: Colonne) -> None:
        """Go back to a line after the rows changed, else to the first."""
        if self.grille.editing or (cle and self.grille.place[0] == cle):
            return
        if not self.grille.go_to(cle, colonne) and (siennes := self.modele.rangees()):
            self.grille.go_to(siennes[0].cle, Colonne.ANNEE_1)

    def focus_first(self) -> None:
        """Put the focus in the grid."""
        self.grille.setFocus()

    def flush(self) -> None:
        """Write what is being typed."""
        self.grille.commit()
        self.detail.flush()

    @property
    def selection(self) -> Preuve | None:
        """The place where the line under the cursor was read, with what it says."""
        rangee = self._current()
        if rangee is None or rangee.source is None:
            return None
        source, lu = rangee.source, rangee.montants[self._annee - 1]
        combien = f", année {self._annee}{NBSP}: {montant(lu.valeur)}" if lu.valeur is not None else ""
        return Preuve(ou=source.ou, page=source.page, empreinte=source.empreinte, extrait=f"{rangee.nom}{combien}")

    def add(self, compte: str) -> bool:
        """Add a line at an account and go to its words."""
        presentes = self.modele.rangees()
        neuve = Rangee(cle=prochaine_cle(presentes), compte=compte, libelle=libelle_compte(compte))
        self._visee = neuve.cle
        ecrite = self._ecrire(changements(None, neuve), f"ligne {neuve.nom}")
        self.grille.setFocus()
        return ecrite

    def remove(self) -> None:
        """Take the line under the cursor away; it can be undone."""
        rangee = self._current()
        if rangee is not None and self.modele.modifiable:
            self._ecrire(changements(rangee, None), f"retrait de la ligne {rangee.nom}")
            self.grille.setFocus()

    # --- what is typed ------------------------------------------------------------------------------------

    def _write_row(self, avant: Rangee, apres: Rangee, nom: str) -> bool:
        return self._ecrire(changements(avant, apres), nom)

    def _clear(self, cases: Sequence[QModelIndex]) -> None:
        """Empty cells as one act; an account stays, a line needs one."""
        apres: dict[str, Rangee] = {}
        for case in cases:
            rangee, colonne = self.modele.rangee(case.row()), self.modele.colonnes[case.column()]
            if rangee is not None and colonne is not Colonne.COMPTE:
                apres[rangee.cle] = changed(apres.get(rangee.cle, rangee), colonne, "") or rangee
        self._write_rows(apres, "vidage")

    def paste(self, depuis: QModelIndex | None, texte: str) -> None:
        """Lay a block from a spreadsheet over the cells from this one; beyond the last line, lines are added."""
        if not self.modele.modifiable:
            return
        siennes, place = self.modele.rangees(), depuis if depuis is not None and depuis.isValid() else None
        colonne = self.modele.colonnes.index(Colonne.COMPTE) if place is None else place.column()
        premiere = None if place is None else self.modele.rangee(place.row())
        rang = siennes.index(premiere) if premiere is not None else len(siennes)
        blocs = decouper(texte)[:COLLAGE_MAX]
        apres: dict[str, Rangee] = {}
        refus = nouvelles = 0
        for pas, cases in enumerate(blocs):
            ancienne = siennes[rang + pas] if rang + pas < len(siennes) else None
            posee, manques = self._laid(ancienne, cases, colonne, nouvelles + 1)
            refus += manques
            if posee is not None:
                apres[posee.cle] = posee
                nouvelles += ancienne is None
        self._write_rows(apres, "collage")
        self._say(_refused(refus))

    def _laid(
        self, ancienne: Rangee | None, cases: Sequence[str], debut: int, rang: int
    ) -> tuple[Rangee | None, int]:
        """Return a line with pasted cells from a column on, and how many could not be read."""
        base = ancienne or Rangee(cle=prochaine_cle(self.modele.rangees(), rang), compte="")
        apres, refus = base, 0
        for colonne, texte in zip(self.modele.colonnes[debut:], cases, strict=False):
            if colonne in (Colonne.TOTAL, Colonne.ETAT) or (not texte.strip() and colonne is Colonne.COMPTE):
                continue
            lue = changed(apres, colonne, texte.strip(), self.modele.porteur)
            refus += lue is None
            apres = lue or apres
        return (apres, refus) if apres.compte else (None, refus + 1)

    def _write_rows(self, apres: Mapping[str, Rangee], quoi: str) -> None:
        avant = {r.cle: r for r in self.modele.rangees()}
        tous: dict[str, Any] = {}
        for cle, rangee in apres.items():
            if rangee != avant.get(cle):
                tous |= changements(avant.get(cle), rangee)
        if tous:
            n = len(apres)
            self._ecrire(tous, f"{quoi} de {pluriel(n, 'ligne')}")

    # --- what is shown ------------------------------------------------------------------------------------

    def _current(self) -> Rangee | None:
        index = self.grille.currentIndex()
        return self.modele.rangee(index.row()) if index.isValid() else None

    def _show_line(self) -> None:
        rangee = self._current()
        colonne = self.grille.place[1]
        if colonne in ANNUELLES:
            self._annee = colonne.annee
        douteuse = self.modele.douteuse(rangee.cle) if rangee is not None else ""
        modifiable = self.modele.modifiable
        etat = self.modele.etat(rangee) if rangee is not None else ""
        self.detail.show_rangee(rangee, self._annee, etat=etat, douteuse=douteuse, modifiable=modifiable)
        self.retirer.setEnabled(modifiable and rangee is not None)

    def _say(self, texte: str) -> None:
        self.dit.setText(texte)
        self.dit.setVisible(bool(texte))

    def _accounts(self) -> QMenu:
        menu = QMenu(self)
        for titre, debuts in (("Charges", "6"), ("Produits", "7"), ("Contributions volontaires", "8")):
            sous = menu.addMenu(titre)
            for compte, mots in sorted(COMPTES.items()):
                if compte.startswith(debuts):
                    action = sous.addAction(f"{compte}  {mots}")
                    action.triggered.connect(lambda *_, c=compte: self.add(c))
        return menu

    def _dress(self) -> None:
        self.grille.dress()
        rang = self.grille.verticalHeader().defaultSectionSize()
        self.grille.setMinimumHeight(rang * _LIGNES_VUES)


def _douteuses(budget: Budget, lues: Sequence[Rangee]) -> dict[str, str]:
    motifs = {d.ligne.id: d.motif for d in budget.douteuses}
    return {r.cle: next(motifs[i] for i in r.ids if i in motifs) for r in lues if any(i in motifs for i in r.ids)}


def _refused(combien: int) -> str:
    """Say how many pasted cells were not taken; «» when all were."""
    if not combien:
        return ""
    mots = "case collée n’a pas été comprise" if combien == 1 else "cases collées n’ont pas été comprises"
    return f"{nombre(combien)}{NBSP}{mots}{NBSP}: un montant s’écrit 12 000,50, une ligne nouvelle a un compte."
