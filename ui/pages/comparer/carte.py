"""The heat map: dossiers × sections, with the spread, the rank and how far it holds."""

from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout

from o2r_desktop.comite.classement import classer, rangs
from o2r_desktop.comite.comparaison import Stabilite, etendues, stabilites
from o2r_desktop.comite.modele import Candidat
from o2r_desktop.comite.mots import TIRET, note_dite
from o2r_desktop.text import NBSP, nombre, pluriel
from ui.pages.comite.donnees import Donnees
from ui.pages.comite.onglet import Onglet
from ui.pages.comite.table import TableDossiers
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import fill, label

PALIERS = ((Decimal(70), Ton.BON), (Decimal(50), Ton.ALERTE), (Decimal(0), Ton.MAUVAIS))
"""From which score of a section a cell has which tone: those of the grille's proposals, rounded."""


class CarteOnglet(Onglet):
    """Colours help the eye, each cell has its figure."""

    titre = "Carte"

    def __init__(self, services: Services, donnees: Donnees) -> None:
        super().__init__(services, donnees)
        self.resume = label("", "secondaire", wrap=True)
        self.table = TableDossiers(services.theme, "Scores par section", ("Porteur",), etiree=0)
        fill(QVBoxLayout(self), self.resume, self.table, marge=16, espace=10)
        self.table.opened.connect(services.navigation.open_dossier)

    def focus_first(self) -> None:
        """Put the focus on the map."""
        self.table.setFocus()

    def show_donnees(self) -> None:
        """Show every candidate, the best first, then the spread of each section."""
        grille, candidats = self.donnees.session.grille, classer(self.donnees.candidats)
        sections = [s for s in grille.sections if s.poids]
        entetes = ("Porteur", *(s.id for s in sections), "Score", "Rang", "Rang à ±20 %")
        self.table.setColumnCount(len(entetes))
        self.table.setHorizontalHeaderLabels(list(entetes))
        for colonne, section in enumerate(sections, 1):
            titre = self.table.horizontalHeaderItem(colonne)
            if titre is not None:
                titre.setToolTip(f"{section.libelle}, poids {section.poids}")
        places = rangs({c.numero: c.note for c in candidats})
        tient = stabilites(candidats, grille)
        lignes = [
            (
                c.porteur,
                *(_sur_cent(c.score.par_section.get(s.id)) for s in sections),
                note_dite(c),
                str(places[c.numero] or TIRET),
                _tenue(tient.get(c.numero)),
            )
            for c in candidats
        ]
        tons: list[tuple[Ton | None, ...]] = [
            (None, *(_ton(c.score.par_section.get(s.id)) for s in sections)) for c in candidats
        ]
        ecarts = etendues(candidats, grille)
        lignes.append(
            ("Écart, du plus bas au plus haut", *(_sur_cent(ecarts[s.id].ecart) for s in sections), "", "", "")
        )
        self.table.show_dossiers([*(c.numero for c in candidats), 0], lignes, tons)
        self.resume.setText(self._phrase(candidats, tient))

    def _phrase(self, candidats: list[Candidat], tient: dict[int, Stabilite]) -> str:
        bougent = sum(s.meilleur != s.pire for s in tient.values())
        dit = "aucun rang ne change" if not bougent else f"{pluriel(bougent, 'rang change', 'rangs changent')}"
        provisoires = sum(c.note is None for c in candidats)
        reste = (
            f" {pluriel(provisoires, 'score provisoire', 'scores provisoires')} sans rang." if provisoires else ""
        )
        return (
            f"Score de chaque section sur 100. Quand le poids de chaque section varie de 20{NBSP}% en plus ou en "
            f"moins, {dit}.{reste}"
        )


def _sur_cent(note: Decimal | None) -> str:
    return TIRET if note is None else nombre(note, 0)


def _ton(note: Decimal | None) -> Ton | None:
    return None if note is None else next(ton for seuil, ton in PALIERS if note >= seuil)


def _tenue(s: Stabilite | None) -> str:
    if s is None:
        return TIRET
    return f"{s.meilleur}, tient" if s.meilleur == s.pire else f"de {s.meilleur} à {s.pire}"
