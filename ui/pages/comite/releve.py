"""After the meeting: the text to paste on the platform for each dossier, and the conditions to follow."""

from PySide6.QtWidgets import QApplication, QPlainTextEdit, QVBoxLayout

from o2r_desktop.comite import etat
from o2r_desktop.comite.mots import TIRET
from o2r_desktop.comite.textes import empreinte_texte, est_copie, texte_plateforme
from o2r_desktop.text import date_courte, montant
from o2r_desktop.text import numero as numero_lisible
from ui.pages.comite.donnees import Donnees
from ui.pages.comite.onglet import Onglet
from ui.pages.comite.table import TableDossiers
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import button, fill, label, row
from ui.widgets.tableau import ReadTable


class ReleveOnglet(Onglet):
    """A decision that changes must be copied again: its tick goes."""

    titre = "Suites"

    def __init__(self, services: Services, donnees: Donnees) -> None:
        super().__init__(services, donnees)
        self.resume = label("", "secondaire", wrap=True)
        self.table = TableDossiers(
            services.theme, "Décisions à porter sur la plateforme",
            ("Dossier", "Porteur", "Décision", "Accordé", "Plateforme"), etiree=1, nombres=(3,),
        )  # fmt: skip
        self.texte = QPlainTextEdit()
        self.texte.setReadOnly(True)
        self.texte.setTabChangesFocus(True)
        self.texte.setAccessibleName("Texte à coller sur la plateforme")
        self.copier = button("Copier le texte", self.copy, role="principal", touche="Ctrl+Maj+C")
        self.conditions = ReadTable(
            "Conditions suspensives", ("Échéance", "Dossier", "Condition", "Responsable"), etiree=2
        )
        self._titre_conditions = label("Conditions suspensives", "section")
        fill(
            QVBoxLayout(self), self.resume, self.table, self.texte, row(self.copier, 1), self._titre_conditions,
            self.conditions, marge=16, espace=10,
        )  # fmt: skip
        self.table.chosen.connect(self._show_text)
        self.table.opened.connect(services.navigation.open_dossier)

    def focus_first(self) -> None:
        """Put the focus on the decisions."""
        self.table.setFocus()

    def show_donnees(self) -> None:
        """Show the decisions, oldest of the agenda first."""
        comite = self.donnees.comite
        prises = [(c, comite.decisions[c.numero]) for c in self.donnees.ordre if c.numero in comite.decisions]
        copies = [est_copie(c, d, comite) for c, d in prises]
        self.resume.setText(
            f"{sum(copies)} texte{'s' * (sum(copies) > 1)} copié{'s' * (sum(copies) > 1)} sur {len(prises)}."
            if prises
            else "Aucune décision n’est enregistrée : prenez-les dans l’onglet « Séance »."
        )
        self.table.show_dossiers(
            [c.numero for c, _ in prises],
            [
                (
                    numero_lisible(c.numero),
                    c.porteur,
                    d.sens.libelle,
                    montant(d.montant) if d.sens.finance else TIRET,
                    "copié ✓" if copie else "à copier",
                )
                for (c, d), copie in zip(prises, copies, strict=True)
            ],
            [(None, None, None, None, Ton.BON if copie else Ton.ALERTE) for copie in copies],
        )
        lignes = sorted(
            ((x.echeance.isoformat() if x.echeance else "9", c, x) for c, d in prises for x in d.conditions),
            key=lambda ligne: ligne[0],
        )
        self.conditions.show_rows([
            (
                date_courte(x.echeance) if x.echeance else "non fixée",
                f"{numero_lisible(c.numero)} · {c.porteur}",
                x.texte,
                x.responsable,
            )
            for _, c, x in lignes
        ])  # fmt: skip
        for partie in (self._titre_conditions, self.conditions):
            partie.setVisible(bool(lignes))
        self._show_text()

    def copy(self) -> None:
        """Put the text in the clipboard and tick the dossier."""
        numero = self.table.numero
        if numero is None:
            return
        QApplication.clipboard().setText(self._dit())
        if not self.donnees.read_only:
            dit = empreinte_texte(self._dit())
            self.donnees.write("", {etat.cle(etat.COPIE, numero): dit})

    def _dit(self) -> str:
        c = None if self.table.numero is None else self.donnees.candidat(self.table.numero)
        decision = None if c is None else self.donnees.comite.decisions.get(c.numero)
        return "" if c is None or decision is None else texte_plateforme(c, decision, self.donnees.comite)

    def _show_text(self, *_: object) -> None:
        dit = self._dit()
        self.texte.setPlainText(dit)
        self.texte.setVisible(bool(dit))
        self.copier.setVisible(bool(dit))
