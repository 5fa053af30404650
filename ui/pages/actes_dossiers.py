"""What is done to several dossiers of the list at once: who instructs them, their labels, their export."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from o2r_desktop.operations.actes import Genre
from o2r_desktop.suivi import Filtre
from o2r_desktop.text import NBSP, enumeration, normalise, pluriel, printable
from o2r_desktop.text import numero as numero_lisible
from ui.pages.colonnes_dossiers import VISIBLES
from ui.pages.tableau_dossiers import TableauDossiers
from ui.services import Services
from ui.widgets.filtres import TickMenu

INSTRUCTEUR_MAX = 80
"""Characters of the name of an instructeur."""


class ListActs(QObject):
    """Acts on the selected dossiers; what they write is one act, which one Ctrl+Z undoes."""

    def __init__(
        self,
        services: Services,
        table: TableauDossiers,
        affiches: Callable[[], list[int]],
        filtre: Callable[[], str],
        parent: QWidget,
    ) -> None:
        """*affiches* gives the dossiers shown, in order; *filtre* says in words how they were chosen."""
        super().__init__(parent)
        self._services = services
        self._table = table
        self._affiches = affiches
        self._filtre = filtre
        self._page = parent

    def written_to(self) -> list[int]:
        """Return the dossiers that are written to: the selected ones, else the current one."""
        courant = self._table.current_numero()
        return self._table.selected_numeros() or ([] if courant is None else [courant])

    def produce_notes(self) -> None:
        """Produce the notes of the selected dossiers, else of all those shown."""
        numeros = self._table.selected_numeros() or self._affiches()
        if numeros:
            self._services.navigation.produce_notes(numeros)

    # --- who instructs ------------------------------------------------------------------------------------

    def fill_assign(self, menu: TickMenu) -> None:
        """Offer the names in use, with how many dossiers each has; the present one is ticked."""
        suivi, numeros = self._services.campagne.suivi, self.written_to()
        if suivi is None or not numeros:
            menu.addAction("Aucun dossier sélectionné").setEnabled(False)
            return
        moi, presents = suivi.attributions.moi, {suivi.attributions.instructeur(n) for n in numeros}
        seul = presents.pop() if len(presents) == 1 else None
        if moi:
            self._offer(menu, f"À moi ({printable(moi)})", moi, seul)
        self._offer(menu, "Personne", "", seul)
        menu.addSeparator()
        autres = {nom: fois for nom, fois in suivi.attributions.instructeurs().items() if nom != moi}
        for nom, fois in autres.items():
            self._offer(menu, f"{printable(nom)}  ({fois})", nom, seul)
        if autres:
            menu.addSeparator()
        menu.addAction("Autre nom…").triggered.connect(lambda *_: self.ask_instructeur())

    def ask_instructeur(self) -> None:
        """Ask for a name that is not in use yet."""
        from ui.dialogs.nom import NomDialog

        dialogue = NomDialog(
            "Attribuer les dossiers",
            "&Nom de l’instructeur",
            oui="Attribuer",
            refuser=lambda nom: "" if normalise(nom) else "Donnez le nom de la personne qui instruit.",
            longueur=INSTRUCTEUR_MAX,
            aide=f"{self._whom().capitalize()}. Le nom reste dans la campagne.",
            parent=self._page,
        )
        dialogue.given.connect(self.assign)
        dialogue.open()

    def assign(self, nom: str) -> None:
        """Have somebody instruct the chosen dossiers; «» is nobody. A name in use is taken as it is written."""
        suivi = self._services.campagne.suivi
        if suivi is None:
            return
        nom = " ".join(printable(nom).split())[:INSTRUCTEUR_MAX]
        connus = {normalise(connu): connu for connu in (*suivi.attributions.instructeurs(), suivi.attributions.moi)}
        nom = connus.get(normalise(nom), nom) if nom else ""
        verbe = f"attribution à {nom}" if nom else "retrait de l’instructeur"
        self._write(lambda numero, _: (nom, suivi.attributions.etiquettes(numero)), verbe)

    # --- labels -------------------------------------------------------------------------------------------

    def ask_labels(self) -> None:
        """Show the labels of the chosen dossiers, to be ticked."""
        from ui.dialogs.etiquettes import EtiquettesDialog

        suivi, numeros = self._services.campagne.suivi, self.written_to()
        if suivi is None or not numeros:
            return
        donnees = suivi.attributions
        portees = [donnees.etiquettes(numero) for numero in numeros]
        dialogue = EtiquettesDialog(donnees.toutes_etiquettes(), portees, self._page)
        dialogue.chosen.connect(self.put_labels)
        dialogue.open()

    def put_labels(self, mises: Sequence[str], otees: Sequence[str]) -> None:
        """Put labels on the chosen dossiers and take others off."""
        suivi = self._services.campagne.suivi
        if suivi is None:
            return
        noms = [f"«{NBSP}{nom}{NBSP}»" for nom in (*mises, *otees)]
        verbe = "étiquette" if len(noms) == 1 else "étiquettes"

        def labelled(numero: int, instructeur: str) -> tuple[str, tuple[str, ...]]:
            gardees = [e for e in suivi.attributions.etiquettes(numero) if e not in otees]
            return instructeur, (*gardees, *(e for e in mises if e not in gardees))

        self._write(labelled, f"{verbe} {enumeration(noms)}")

    # --- table --------------------------------------------------------------------------------------------

    def ask_export(self) -> None:
        """Ask for a file and write the columns shown to it."""
        from ui.dialogs.exporter import ExporterDialog

        affiches, choisis = self._affiches(), self._table.selected_numeros()
        if affiches:
            colonnes = self._table.columns()
            ExporterDialog(self._services, affiches, choisis, colonnes, self._filtre(), self._page).open()

    def ask_columns(self) -> None:
        """Ask which columns are shown, and in what order."""
        from ui.dialogs.colonnes import ColonnesDialog

        dialogue = ColonnesDialog(self._table.columns(), VISIBLES, self._page)
        dialogue.chosen.connect(self._table.order_columns)
        dialogue.open()

    # --- writing ------------------------------------------------------------------------------------------

    def _write(self, donner: Callable[[int, str], tuple[str, Sequence[str]]], nom: str) -> None:
        """Write what *donner* gives for each chosen dossier and its present instructeur."""
        campagne, suivi = self._services.campagne, self._services.campagne.suivi
        numeros = self.written_to()
        if suivi is None or not numeros:
            return
        etats = {}
        for numero in numeros:
            instructeur, etiquettes = donner(numero, suivi.attributions.instructeur(numero))
            etats[numero] = {"instructeur": instructeur, "etiquettes": list(etiquettes)}
        campagne.change(Genre.ATTRIBUTION, etats, f"{nom} ({self._whom()})")

    def _whom(self) -> str:
        numeros = self.written_to()
        if len(numeros) == 1:
            return f"dossier {numero_lisible(numeros[0])}"
        return pluriel(len(numeros), "dossier")

    def _offer(self, menu: TickMenu, texte: str, nom: str, seul: str | None) -> None:
        action = menu.add_tick(texte, seul == nom, lambda _: None)
        action.triggered.connect(partial(self._assign_from_menu, menu, nom))

    def _assign_from_menu(self, menu: TickMenu, nom: str, *_: bool) -> None:
        menu.close()
        self.assign(nom)


def chosen_by(nom: str, filtre: Filtre) -> str:
    """Return in words how dossiers were chosen: the name of a view, filters, what is searched."""
    mots = [nom, *(texte for texte, _ in filtre.etiquettes())]
    if filtre.recherche.strip():
        mots.append(f"recherche «{NBSP}{filtre.recherche.strip()}{NBSP}»")
    return " · ".join(mot for mot in mots if mot)
