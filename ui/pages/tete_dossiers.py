"""Above everything in the list of dossiers: how many are shown, which view is in force, what can be done."""

from PySide6.QtWidgets import QPushButton, QWidget

from o2r_desktop.text import NBSP, nombre, pluriel
from ui.pages.actes_dossiers import ListActs
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Pastille, button, label
from ui.widgets.filtres import MenuButton
from ui.widgets.flux import Flow

LECTURE_SEULE = "Campagne ouverte en lecture seule : rien ne peut y être"


class ListHead(QWidget):
    """Words at the left, acts at the right; the acts go to the next line when there is no room."""

    def __init__(self, titre: str, services: Services, actes: ListActs) -> None:
        super().__init__()
        self._services = services
        self.compte = label("", "secondaire")
        self._vue = label("", "gras")
        self._modifiee = Pastille()
        self.attribuer = MenuButton("Attribuer à…", actes.fill_assign)
        self.etiqueter = button("Étiqueter…", actes.ask_labels)
        self.exporter = button("Exporter…", actes.ask_export, nom="Exporter le tableau")
        self.importer = button("Importer…", services.navigation.import_files, touche="Ctrl+I")
        self.produire = button("Produire les notes…", actes.produce_notes, role="principal")
        self.importer.setAccessibleName("Importer")
        mots, boutons = QWidget(), QWidget()
        for ligne, parties in (
            (Flow(mots, espace=8), (label(titre, "titre"), self.compte, self._vue, self._modifiee)),
            (Flow(boutons, espace=8, ligne=8), self.buttons),
        ):
            for partie in parties:
                ligne.addWidget(partie)
        tout = Flow(self, espace=16, ligne=8, dernier_a_droite=True)
        tout.addWidget(mots)
        tout.addWidget(boutons)
        self.show_vue("", modifiee=False)

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """Return the acts, from left to right."""
        return (self.attribuer, self.etiqueter, self.exporter, self.importer, self.produire)

    def show_count(self, affiches: int, total: int | None) -> None:
        """Say how many dossiers are shown; None when there is no list."""
        partie = (
            f"{nombre(affiches)} sur {nombre(total or 0)}" if affiches != total else pluriel(affiches, "dossier")
        )
        self.compte.setText("" if total is None else partie)

    def show_vue(self, nom: str, *, modifiee: bool) -> None:
        """Name the view in force, and say whether something was changed since; «» when there is none."""
        self._vue.setText(f"Vue{NBSP}: {nom}" if nom else "")
        self._vue.setVisible(bool(nom))
        self._modifiee.dire("modifiée" if modifiee else "", Ton.ALERTE)
        self.updateGeometry()

    def show_state(self, *, ouverte: bool, dossiers: bool, lignes: bool) -> None:
        """Offer what can be done: *dossiers* when the campagne has some, *lignes* when some are shown."""
        libre = ouverte and not self._services.campagne.read_only
        self.importer.setVisible(ouverte)
        for bouton in (self.attribuer, self.etiqueter, self.exporter, self.produire):
            bouton.setVisible(dossiers)
            bouton.setEnabled(lignes)
        self.importer.setEnabled(libre)
        self.importer.setToolTip("" if libre else f"{LECTURE_SEULE} importé.")
        for bouton in (self.attribuer, self.etiqueter):
            bouton.setEnabled(lignes and libre)

    def show_selection(self, combien: int) -> None:
        """Say on what the acts bear."""
        noms = {0: "Produire les notes…", 1: "Produire la note…"}
        texte = noms.get(combien, f"Produire {nombre(combien)} notes…")
        self.produire.setText(texte)
        self.produire.setAccessibleName(texte.rstrip("…"))
        self.produire.setToolTip("Des dossiers sélectionnés" if combien else "De tous les dossiers affichés")
        self.exporter.setToolTip("Vers un fichier XLSX ou ODS : les colonnes affichées")
        lui = "Du dossier sous le curseur" if not combien else "Des dossiers sélectionnés"
        for bouton in (self.attribuer, self.etiqueter):
            bouton.setToolTip(lui if self._writable else f"{LECTURE_SEULE} écrit.")

    @property
    def _writable(self) -> bool:
        return self._services.campagne.is_open and not self._services.campagne.read_only
