"""The quick sort: one line per dossier of the list, keys 1 to 9 put and take away labels."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QPushButton, QSplitter, QVBoxLayout

from o2r_desktop.operations.actes import Genre
from o2r_desktop.suivi import relire_attributions
from o2r_desktop.text import NBSP, NNBSP, nombre
from ui.dialogs.apercu import QuickView
from ui.models.tri import TOUCHES, TriModel, etiquettes_offertes
from ui.pages.page import Page
from ui.pages.tri.tableau import TriTable
from ui.services import Services
from ui.widgets.base import EmptyState, Gauge, button, fill, label, row, split
from ui.widgets.flux import Flow

_LECTURE_SEULE = f"Campagne ouverte en lecture seule{NBSP}: aucune étiquette ne peut être mise."
_TOUCHES = "↑ ↓ changer de ligne  ·  1 à 9 mettre ou retirer une étiquette  ·  Espace aperçu  ·  Entrée ouvrir"


class TriPage(Page):
    """What is needed to sort stands on one line; each label is written at once and can be undone."""

    nom = "tri"
    titre = "Tri rapide"
    aide = (
        "Le tri rapide montre une ligne par dossier de la liste, telle qu’elle est filtrée. Les touches 1 à 9 "
        "mettent ou retirent une étiquette, Espace montre un aperçu, Entrée ouvre le dossier. Chaque étiquette est "
        "écrite aussitôt et peut être annulée (Ctrl+Z)."
    )

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._vue = ""
        self._perimee = False
        self._ajoutees: list[str] = []
        self._etiquettes: list[str] = []
        self.modele = TriModel(self)
        self.table = TriTable(services.theme, self.modele)
        self.apercu = QuickView(services)
        self.compte = label("", "secondaire")
        self.jauge = Gauge(services.theme, largeur=160)
        self.message = label("", "secondaire", wrap=True)
        self.boutons: list[QPushButton] = []
        self._flux = Flow(espace=8, ligne=6)
        self.nouvelle = QLineEdit()
        self._vide = EmptyState(
            "Aucun dossier à trier",
            "La liste n’en montre aucun : changez ses filtres.",
            [button("Aller à la liste", partial(services.navigation.go, "dossiers"), role="principal")],
        )
        self._actions = self._make_actions()
        self._place()
        self._connect()

    # --- what the window asks -----------------------------------------------------------------------------

    def page_actions(self) -> Sequence[QAction]:
        """Return what can be done with the current line."""
        return self._actions

    def more_keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the table."""
        return (
            ("Mettre ou retirer une étiquette", "1 / 2 / 3 / … / 9"),
            ("Ouvrir le dossier", "Return"),
            ("Montrer ou fermer l’aperçu", "Space"),
        )

    def enter(self) -> None:
        """Show what changed and put the focus on the current line."""
        if self._perimee:
            self._relire()
        (self.table if self.modele.numeros else self._vide).setFocus()

    def refresh(self) -> None:
        """Show the same dossiers of the list that was read again."""
        campagne = self.services.campagne
        limite = campagne.session.parametres.date_limite if campagne.is_open else None
        self.modele.show(campagne.suivi, self.modele.numeros if campagne.is_open else (), limite)
        self._show()

    def show_liste(self, numeros: Sequence[int], vue: str) -> None:
        """Sort these dossiers, those of the list as it is filtered; the current one stays when it is among them."""
        campagne, courant = self.services.campagne, self.table.current_numero()
        self._vue = vue
        self.modele.show(campagne.suivi, numeros, campagne.session.parametres.date_limite)
        self.table.set_current(courant)
        self._show()
        self.enter()

    def show_numero(self, numero: int) -> None:
        """Make a dossier the current line, when it is among those being sorted."""
        self.table.set_current(numero)

    def toggle(self, rang: int) -> None:
        """Put the label of a key, from 0, on the current dossier, or take it away."""
        numero, campagne = self.table.current_numero(), self.services.campagne
        if numero is None or rang >= len(self._etiquettes):
            return
        if campagne.read_only:
            self.message.setText(_LECTURE_SEULE)
            return
        etiquette, etat = self._etiquettes[rang], campagne.state(Genre.ATTRIBUTION, numero)
        dites = list(etat["etiquettes"])
        mise = etiquette not in dites
        apres = [*dites, etiquette] if mise else [e for e in dites if e != etiquette]
        nom = f"étiquette «{NBSP}{etiquette}{NBSP}»"
        if campagne.change(Genre.ATTRIBUTION, {numero: {**etat, "etiquettes": apres}}, nom):
            self.message.setText(f"{'Mise' if mise else 'Retirée'}{NBSP}: {etiquette}")

    # --- what is shown ------------------------------------------------------------------------------------

    def _actes_changed(self, numeros: Sequence[int]) -> None:
        if self.isVisible():
            self._relire()
        else:
            self._perimee = self._perimee or bool(set(numeros) & set(self.modele.numeros))

    def _relire(self) -> None:
        campagne = self.services.campagne
        self._perimee = False
        if campagne.is_open and campagne.suivi is not None:
            relire_attributions(campagne.session, campagne.suivi)
        self.modele.all_changed()
        self._show()

    def _show(self) -> None:
        total, tries = len(self.modele.numeros), self.modele.tries
        vue = f" · vue «{NBSP}{self._vue}{NBSP}»" if self._vue else ""
        self.compte.setText(f"{nombre(tries)}{NBSP}/{NBSP}{nombre(total)} triés{vue}")
        self.jauge.set_value(tries, total)
        self._vide.setVisible(not total)
        self._panneaux.setVisible(bool(total))
        self._show_labels()
        self._current_changed()

    def _show_labels(self) -> None:
        suivi = self.services.campagne.suivi
        en_usage = suivi.attributions.toutes_etiquettes() if suivi is not None else {}
        self._etiquettes = etiquettes_offertes(en_usage, self._ajoutees)
        for rang, bouton in enumerate(self.boutons):
            dit = self._etiquettes[rang] if rang < len(self._etiquettes) else ""
            bouton.setVisible(bool(dit))
            bouton.setText(f"{rang + 1}  {dit}".replace("&", "&&"))
            bouton.setAccessibleName(f"{dit}, touche {rang + 1}")

    def _current_changed(self) -> None:
        ligne = self.table.current_ligne()
        for rang, bouton in enumerate(self.boutons):
            mise = ligne is not None and rang < len(self._etiquettes) and self._etiquettes[rang] in ligne.etiquettes
            bouton.setChecked(mise)
            bouton.setEnabled(ligne is not None)
        if self.apercu.isVisible():
            self.apercu.show_ligne(ligne)
        for action in self._actions:
            action.setEnabled(ligne is not None)

    # --- acts ---------------------------------------------------------------------------------------------

    def _pressed(self, rang: int) -> None:
        self.toggle(rang)
        self._current_changed()
        self.table.setFocus()

    def _add(self) -> None:
        """Offer another label, the last key taking it."""
        mots = " ".join(self.nouvelle.text().split())
        if mots and mots not in self._etiquettes:
            self._ajoutees.append(mots)
            self._show_labels()
            if mots not in self._etiquettes:
                self.message.setText(
                    f"Les neuf touches sont prises{NNBSP}: cette étiquette se met depuis la liste."
                )
        self.nouvelle.clear()
        self.table.setFocus()

    def _open(self) -> None:
        numero = self.table.current_numero()
        if numero is not None:
            self.services.navigation.open_dossier(numero)

    def _toggle_apercu(self) -> None:
        self.apercu.setVisible(not self.apercu.isVisible())
        self._current_changed()
        self.table.setFocus()

    # --- building -----------------------------------------------------------------------------------------

    def _make_actions(self) -> list[QAction]:
        actions = []
        for texte, faire in (("Ouvrir", self._open), ("Aperçu", self._toggle_apercu)):
            action = QAction(texte, self)
            action.triggered.connect(lambda *_, faire=faire: faire())
            actions.append(action)
        return actions

    def _place(self) -> None:
        for rang in range(TOUCHES):
            bouton = button("", partial(self._pressed, rang), role="bascule")
            bouton.setCheckable(True)
            self.boutons.append(bouton)
            self._flux.addWidget(bouton)
        self.nouvelle.setPlaceholderText("Nouvelle étiquette")
        self.nouvelle.setAccessibleName("Nouvelle étiquette, Entrée pour l’ajouter aux touches")
        self.nouvelle.setMaximumWidth(self.fontMetrics().averageCharWidth() * 30)
        self._flux.addWidget(self.nouvelle)
        self._panneaux = QSplitter(Qt.Orientation.Horizontal)
        split(self._panneaux, self.table, self.apercu)
        self._panneaux.setStretchFactor(0, 1)
        self._panneaux.setChildrenCollapsible(False)
        tete = row(label(self.titre, "titre"), self.compte, self.jauge, 1)
        pied = label(_TOUCHES, "secondaire", wrap=True)
        cadre = QVBoxLayout(self)
        fill(cadre, tete, self._flux, self._panneaux, self._vide, self.message, pied, marge=16, espace=10)
        cadre.setStretchFactor(self._panneaux, 1)

    def _connect(self) -> None:
        campagne = self.services.campagne
        for signal in (campagne.opened, campagne.closed, campagne.suivi_loaded):
            signal.connect(self.refresh)
        campagne.resumes_loaded.connect(self.modele.all_changed)
        campagne.actes_changed.connect(self._actes_changed)
        self.table.current_changed.connect(self._current_changed)
        self.table.chosen.connect(self._pressed)
        self.table.opened.connect(self._open)
        self.table.previewed.connect(self._toggle_apercu)
        self.apercu.closed.connect(self._toggle_apercu)
        self.apercu.opened.connect(self.services.navigation.open_dossier)
        self.nouvelle.returnPressed.connect(self._add)
