"""Up to four dossiers side by side."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QHeaderView, QVBoxLayout

from o2r_desktop.comite.classement import classer
from o2r_desktop.comite.modele import Candidat
from o2r_desktop.comite.mots import TIRET, avis_dit, note_dite, propose, somme_dite
from o2r_desktop.evaluation.etats import reponse_dite
from o2r_desktop.evaluation.grille import Grille
from o2r_desktop.text import NBSP, nombre
from o2r_desktop.text import numero as numero_lisible
from ui.pages.comite.donnees import Donnees
from ui.pages.comite.onglet import Onglet
from ui.pages.comite.table import TableDossiers
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import fill, label
from ui.widgets.flux import Flow

PLACES = 4
ECART = 2
"""Levels between two dossiers from which a critere is marked."""
_FAITS: tuple[tuple[str, Callable[[Candidat], str]], ...] = (
    ("Avis", avis_dit),
    ("Score", note_dite),
    ("Priorité", lambda c: c.priorite),
    ("Départements", lambda c: ", ".join(c.departements) or TIRET),
    ("Publics", lambda c: ", ".join(c.publics) or TIRET),
    ("Coût sur 3 ans", lambda c: somme_dite(c.cout)),
    ("Demande", lambda c: somme_dite(c.demande)),
    ("Proposé", lambda c: somme_dite(propose(c)) if c.montants else TIRET),
    ("Bénéficiaires", lambda c: TIRET if c.beneficiaires is None else nombre(c.beneficiaires)),
    ("Instructeur", lambda c: c.instructeur or TIRET),
)


class CoteOnglet(Onglet):
    """Facts, then sections, then criteria; those that part by two levels are marked."""

    titre = "Côte à côte"

    def __init__(self, services: Services, donnees: Donnees) -> None:
        super().__init__(services, donnees)
        self.choix = [QComboBox() for _ in range(PLACES)]
        haut = Flow(espace=8, ligne=6)
        for rang, choix in enumerate(self.choix, 1):
            choix.setAccessibleName(f"Dossier {rang}")
            choix.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choix.setMinimumContentsLength(22)
            choix.activated.connect(self._show_table)
            haut.addWidget(choix)
        self.resume = label("", "secondaire", wrap=True)
        self.table = TableDossiers(services.theme, "Dossiers côte à côte", ("",), etiree=0)
        fill(QVBoxLayout(self), haut, self.resume, self.table, marge=16, espace=10)

    def focus_first(self) -> None:
        """Put the focus on the first choice."""
        self.choix[0].setFocus()

    def show_donnees(self) -> None:
        """Offer the candidates, the best ones chosen at first."""
        candidats = classer(self.donnees.candidats)
        for rang, choix in enumerate(self.choix):
            vierge, voulu = not choix.count(), choix.currentData()
            choix.clear()
            choix.addItem("aucun", 0)
            for c in candidats:
                choix.addItem(f"{numero_lisible(c.numero)} · {c.porteur}", c.numero)
            offert = candidats[rang].numero if rang < len(candidats) else 0
            choix.setCurrentIndex(max(0, choix.findData(offert if vierge else voulu)))
        self._show_table()

    def choisis(self) -> list[Candidat]:
        """Return the dossiers that are compared, each once."""
        numeros = dict.fromkeys(choix.currentData() for choix in self.choix)
        return [c for n in numeros if n and (c := self.donnees.candidat(n)) is not None]

    def _show_table(self, *_: object) -> None:
        choisis, grille = self.choisis(), self.donnees.session.grille
        self.table.setColumnCount(1 + len(choisis))
        self.table.setHorizontalHeaderLabels(["Quoi", *(c.porteur for c in choisis)])
        lignes: list[tuple[str, ...]] = [(nom, *map(lire, choisis)) for nom, lire in _FAITS]
        lignes += [
            (f"{s.id} · {s.libelle}", *(_section(c, s.id) for c in choisis)) for s in grille.sections if s.poids
        ]
        tons: list[tuple[Ton | None, ...]] = [()] * len(lignes)
        criteres, marques = _criteres(grille, choisis)
        tons += [(Ton.ALERTE,) if marque else () for marque in marques]
        lignes += criteres
        self.table.show_dossiers(range(len(lignes)), lignes, tons)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.resume.setText(
            f"Critères à {ECART} niveaux d’écart ou plus, marqués «{NBSP}≠{NBSP}»{NBSP}: {sum(marques)}."
            if len(choisis) > 1
            else "Choisissez au moins deux dossiers."
        )


def _section(c: Candidat, section: str) -> str:
    note = c.score.par_section.get(section)
    return TIRET if note is None else f"{nombre(note, 0)} sur 100"


def _criteres(grille: Grille, choisis: list[Candidat]) -> tuple[list[tuple[str, ...]], list[bool]]:
    lignes, marques = [], []
    for critere in grille.criteres:
        reponses = [c.reponses.get(critere.id) for c in choisis]
        niveaux = [r.niveau for r in reponses if r is not None and r.niveau is not None]
        marque = len(niveaux) > 1 and max(niveaux) - min(niveaux) >= ECART
        dites = [(reponse_dite(r) or TIRET) if r is not None else TIRET for r in reponses]
        lignes.append((f"{'≠ ' if marque else ''}{critere.id} · {critere.libelle}", *dites))
        marques.append(marque)
    return lignes, marques
