"""The agenda: dossiers by block, moved by hand or by keys."""

from functools import partial

from PySide6.QtWidgets import QComboBox, QVBoxLayout

from o2r_desktop.comite import etat
from o2r_desktop.comite.blocs import bloc_de, proposer
from o2r_desktop.comite.classement import deplacer
from o2r_desktop.comite.modele import Bloc, Candidat
from o2r_desktop.comite.mots import TIRET, avis_dit, note_dite, propose
from o2r_desktop.text import NBSP, montant, pluriel
from o2r_desktop.text import numero as numero_lisible
from ui.pages.comite.donnees import Donnees
from ui.pages.comite.onglet import Onglet
from ui.pages.comite.table import TableDossiers
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import button, fill, label
from ui.widgets.flux import Flow

_COLONNES = (
    "N°", "Bloc", "Dossier", "Porteur", "Territoire", "Priorité", "Score", "Demande", "Proposé", "Avis", "Pourquoi",
)  # fmt: skip
_PORTEUR = 3
TONS_BLOCS = {Bloc.DEBAT: Ton.ALERTE, Bloc.CONSENSUS: Ton.BON, Bloc.INELIGIBLE: Ton.MAUVAIS}


class OrdreOnglet(Onglet):
    """Drag a line, or Alt+↑ and Alt+↓; each move is written at once."""

    titre = "Ordre du jour"

    def __init__(self, services: Services, donnees: Donnees) -> None:
        super().__init__(services, donnees)
        self.resume = label("", "secondaire", wrap=True)
        self.table = TableDossiers(
            services.theme, "Ordre du jour", _COLONNES, etiree=_PORTEUR, nombres=(0, 6, 7, 8), rangeable=True
        )
        self.bloc = QComboBox()
        self.bloc.setAccessibleName("Bloc du dossier choisi")
        self.monter = button("Monter", partial(self.shift, -1), touche="Alt+↑")
        self.descendre = button("Descendre", partial(self.shift, 1), touche="Alt+↓")
        self.ranger = button("Ranger par bloc et par score", self._sort)
        self.ouvrir = button("Ouvrir le dossier", self._open, touche="Entrée")
        gestes = Flow(espace=8, ligne=6)
        mots = label("Bloc")
        mots.setBuddy(self.bloc)
        for partie in (self.monter, self.descendre, mots, self.bloc, self.ranger, self.ouvrir):
            gestes.addWidget(partie)
        fill(QVBoxLayout(self), self.resume, self.table, gestes, marge=16, espace=10)
        self.table.opened.connect(services.navigation.open_dossier)
        self.table.chosen.connect(self._show_bloc)
        self.table.moved.connect(self.place)
        self.bloc.activated.connect(self._bloc_chosen)

    def focus_first(self) -> None:
        """Put the focus on the table."""
        self.table.setFocus()

    def show_donnees(self) -> None:
        """Show the agenda."""
        d = self.donnees
        self.resume.setText(self._resume())
        self.table.show_dossiers(
            [c.numero for c in d.ordre],
            [self._ligne(rang, c) for rang, c in enumerate(d.ordre, 1)],
            [(None, TONS_BLOCS[bloc_de(c, d.comite, d.session.grille)[0]]) for c in d.ordre],
        )
        self._show_bloc()

    def shift(self, pas: int) -> None:
        """Move the current dossier by one rank."""
        numero = self.table.numero
        if numero is not None:
            self.place(numero, self.table.numeros.index(numero) + pas)

    def place(self, numero: int, vers: int) -> None:
        """Move a dossier to a rank, from 0."""
        d = self.donnees
        ordre = tuple(c.numero for c in d.ordre)
        nouveau = deplacer(ordre, numero, vers)
        if nouveau != ordre and not d.read_only:
            d.write(f"place du dossier {numero_lisible(numero)}", {etat.ORDRE: list(nouveau)})
        self.table.choose(numero)

    def _resume(self) -> str:
        d = self.donnees
        blocs = [bloc_de(c, d.comite, d.session.grille)[0] for c in d.ordre]
        dits = [f"{b.libelle}{NBSP}: {blocs.count(b)}" for b in Bloc if b in blocs]
        suivi = self.services.campagne.suivi
        autres = 0 if suivi is None else len(suivi) - len(d.ordre)
        reste = f" · {pluriel(autres, 'dossier')} sans évaluation, hors de l’ordre du jour" if autres else ""
        return f"{pluriel(len(d.ordre), 'dossier')} · {' · '.join(dits)}{reste}"

    def _ligne(self, rang: int, c: Candidat) -> tuple[str, ...]:
        bloc, raison = bloc_de(c, self.donnees.comite, self.donnees.session.grille)
        somme = propose(c)
        return (
            str(rang),
            bloc.libelle,
            numero_lisible(c.numero),
            c.porteur,
            ", ".join(c.departements) or TIRET,
            c.priorite,
            note_dite(c),
            TIRET if c.demande is None else montant(c.demande, 0),
            TIRET if somme is None else montant(somme, 0),
            avis_dit(c),
            raison,
        )

    def _show_bloc(self, *_: object) -> None:
        d = self.donnees
        c = None if self.table.numero is None else d.candidat(self.table.numero)
        libre = c is not None and not d.read_only
        for bouton in (self.monter, self.descendre, self.bloc):
            bouton.setEnabled(libre)
        self.ranger.setEnabled(bool(d.comite.ordre) and not d.read_only)
        self.ouvrir.setEnabled(c is not None)
        self.bloc.clear()
        if c is None:
            return
        offert = proposer(c, d.session.grille)[0]
        self.bloc.addItem(f"proposé{NBSP}: {offert.libelle.lower()}", "")
        for bloc in Bloc:
            self.bloc.addItem(bloc.libelle, bloc.value)
        choisi = d.comite.blocs.get(c.numero)
        self.bloc.setCurrentIndex(0 if choisi is None else 1 + list(Bloc).index(choisi))

    def _bloc_chosen(self, rang: int) -> None:
        numero = self.table.numero
        if numero is None:
            return
        valeur = self.bloc.itemData(rang) or None
        self.donnees.write(f"bloc du dossier {numero_lisible(numero)}", {etat.cle(etat.BLOC, numero): valeur})

    def _sort(self) -> None:
        self.donnees.write("ordre du jour rangé par bloc et par score", {etat.ORDRE: None})

    def _open(self) -> None:
        if self.table.numero is not None:
            self.services.navigation.open_dossier(self.table.numero)
