"""The face «Territoire» of the analysis: map, diagnostic, overlaps."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from o2r_desktop.analyse.territoire import Territoire
from o2r_desktop.analyse.territoire.lieux import EPCI_RETENUS, NOTE, ZONES_RETENUES
from o2r_desktop.dossiers.territoires import nom_departement
from o2r_desktop.evaluation.priorites import Priorite
from o2r_desktop.evaluation.reponses import Preuve
from o2r_desktop.operations import DossierComplet
from o2r_desktop.text import NBSP, printable
from ui.pages.dossier.analyse.face import Face
from ui.pages.dossier.analyse.panorama import panorama_loader
from ui.pages.dossier.analyse.territoire_chiffres import ChiffresView
from ui.pages.dossier.analyse.territoire_donnees import (
    Famille,
    Lieu,
    covered,
    not_drawn,
    other_dossiers,
    places,
    retained,
    stake_codes,
)
from ui.pages.dossier.analyse.territoire_lieux import LieuxView
from ui.pages.dossier.analyse.territoire_voisins import VoisinsView
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Pastille, button, card, fill, label
from ui.widgets.carte import Couverture, finding
from ui.widgets.flux import Flow, selectable
from ui.widgets.texte import AutoText

_CHAMPS = {
    Famille.DEPARTEMENT: ("departements",),
    Famille.EPCI: ("intercommunalites", "epci", "efop"),
    Famille.ZONE: ("efop",),
}
"""Attributes of the form that name places."""
_CLES = {Famille.EPCI: EPCI_RETENUS, Famille.ZONE: ZONES_RETENUES}
_SIGNES = {Priorite.HORS: "○", Priorite.INCONNUE: "?"}


class TerritoireFace(Face):
    """Cards under one another: priority, places, figures, remarks, who else is there, a note."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._complet: DossierComplet | None = None
        self._panorama = panorama_loader(services)
        self._panorama.loaded.connect(self._others_read)
        self._panorama.failed.connect(self._others_read)
        self.niveau = Pastille()
        self.raison = selectable(label("", wrap=True))
        self.voir = button("Voir les territoires du formulaire", self._see, role="lien")
        self.lieux = LieuxView(services.theme)
        self.lieux.toggled.connect(self._toggle)
        self.population = selectable(label("", wrap=True))
        self.annonce = label("", "secondaire", wrap=True)
        self.chiffres = ChiffresView(services.theme)
        self.remarques = selectable(label("", wrap=True))
        self.voisins = VoisinsView(services.navigation.open_dossier)
        self.note = AutoText("Note sur le territoire")
        self.note.edited.connect(self._save_note)
        self._compose()

    def _compose(self) -> None:
        priorite = QWidget()
        suite = Flow(priorite, dernier_a_droite=True)
        suite.addWidget(self.niveau)
        suite.addWidget(self.voir)
        self._carte_remarques = card(label("À garder en tête du diagnostic", "section"), self.remarques)
        parties: Sequence[QWidget] = (
            card(label("Priorité de l’AMI", "section"), priorite, self.raison),
            card(label("Lieux du projet", "section"), self.population, self.lieux, self.annonce),
            card(label("Chiffres du diagnostic de l’AMI", "section"), self.chiffres),
            self._carte_remarques,
            card(label("Aussi sur ces territoires", "section"), self.voisins),
            card(label("Votre note sur le territoire", "section"), self.note),
        )
        interieur = QWidget()
        fill(QVBoxLayout(interieur), *parties, 1, marge=12, espace=12)
        self.defile = QScrollArea()
        self.defile.setWidgetResizable(True)
        self.defile.setFrameShape(QFrame.Shape.NoFrame)
        self.defile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.defile.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.defile.setWidget(interieur)
        fill(QVBoxLayout(self), self.defile)

    # --- what the page asks ---------------------------------------------------------------------------------

    def show_dossier(self, complet: DossierComplet) -> None:
        """Show another dossier."""
        self.lieux.liste.start_over()
        self.lieux.cherche.clear()
        self.annonce.setText("")
        self.note.set_text("")
        self.update_dossier(complet)
        self.defile.verticalScrollBar().setValue(0)

    def update_dossier(self, complet: DossierComplet) -> None:
        """Show the same dossier, whose analysis changed; what is being typed stays."""
        self._complet = self._panorama.complete(complet)
        territoire = self._complet.analyse.territoire
        self._show_priorite(territoire)
        self._show_lieux(self._complet)
        self.population.setText(
            printable(territoire.population.phrase) if territoire.population is not None else ""
        )
        self.population.setVisible(bool(self.population.text()))
        self.chiffres.show_chiffres(territoire.chiffres)
        remarques = (*territoire.comparaisons, *territoire.remarques)
        self.remarques.setText("\n".join(f"• {printable(r)}" for r in remarques))
        self._carte_remarques.setVisible(bool(remarques))
        self._show_voisins(territoire)
        self.note.setReadOnly(not self.modifiable(complet))
        if not self.note.dirty and self.note.text() != territoire.note:
            self.note.set_text(territoire.note)

    def leave(self) -> bool:
        """Write the note."""
        self.note.flush()
        return not self.note.dirty

    def focus_first(self) -> None:
        """Put the focus on the list of places."""
        self.lieux.liste.setFocus()

    @property
    def selection(self) -> Preuve | None:
        """The field of the form that names the place chosen, None when it is no place of the dossier."""
        lieu = self.lieux.liste.lieu
        if self._complet is None or lieu is None or not lieu.lu:
            return None
        champ = self._champ(lieu.famille)
        return Preuve(ou=champ, extrait=lieu.nom) if champ else None

    # --- showing --------------------------------------------------------------------------------------------

    def _show_priorite(self, territoire: Territoire) -> None:
        niveau, phrase = territoire.priorite.niveau, territoire.priorite.phrase
        signe = _SIGNES.get(niveau, "▲")
        ton = Ton.ALERTE if niveau is Priorite.INCONNUE else Ton.NEUTRE if niveau is Priorite.HORS else Ton.ACTION
        self.niveau.dire(f"{signe} {niveau.value}", ton)
        self.raison.setText(printable(f"{phrase[:1].upper()}{phrase[1:]}."))

    def _show_lieux(self, complet: DossierComplet) -> None:
        analyse = complet.analyse
        lus, retenus = covered(analyse)
        noms = [nom_departement(code) for code in analyse.territoire.departements]
        constat = finding(noms, sum(len(c) > 3 for c in lus), len(retenus))
        couverture = Couverture(
            lus=lus, retenus=retenus, enjeux=stake_codes(analyse), comptes=other_dossiers(analyse)
        )
        self.lieux.show_lieux(
            places(analyse),
            couverture,
            constat,
            analyse.territoire.inconnus,
            modifiable=self.modifiable(complet),
        )

        self.lieux.say_not_drawn(not_drawn(analyse))

    def _show_voisins(self, territoire: Territoire) -> None:
        etat = ""
        if self._panorama.pending:
            etat = "Lecture des autres dossiers…"
        elif territoire.chevauchements_total > len(territoire.chevauchements):
            montres = len(territoire.chevauchements)
            etat = f"Les {montres} plus proches, sur {territoire.chevauchements_total}."
        elif not territoire.chevauchements:
            etat = "Aucun autre dossier, ni lauréat connu, ne vise ces lieux et ces publics."
        self.voisins.show_chevauchements(territoire.chevauchements, etat)

    @Slot()
    def _others_read(self) -> None:
        campagne = self.services.campagne
        if self._complet is not None and campagne.is_open:
            self.update_dossier(self._complet)

    # --- acting ---------------------------------------------------------------------------------------------

    @Slot(object)
    def _toggle(self, lieu: Lieu) -> None:
        """Retain a place that the form does not name, or no longer."""
        if self._complet is None:
            return
        cle = _CLES.get(lieu.famille)
        if cle is None or lieu.lu:
            self.annonce.setText(f"{lieu.nom}{NBSP}: le dossier nomme déjà ce lieu, il n’y a rien à retenir.")
        elif not self.modifiable(self._complet):
            self.annonce.setText("Lecture seule : les lieux retenus ne peuvent pas être changés.")
        else:
            gardes = [c for c in retained(self._complet.analyse, cle) if c != lieu.code]
            voulus = gardes if lieu.retenu else sorted([*gardes, lieu.code])
            dit = "n’est plus retenu" if lieu.retenu else "est retenu"
            self.annonce.setText(f"Le lieu «{NBSP}{lieu.nom}{NBSP}» {dit}.")
            numero = self._complet.dossier.numero
            if not self.save(numero, {cle: voulus or None}, f"lieu retenu {lieu.nom}"):
                self.update_dossier(self._complet)

    @Slot()
    def _save_note(self) -> None:
        if self._complet is None:
            return
        texte = self.note.text()
        if self.save(self._complet.dossier.numero, {NOTE: texte or None}, "note sur le territoire", with_last=True):
            self.note.mark_saved(texte)

    def _see(self) -> None:
        self.champ_requested.emit("departements")

    def _champ(self, famille: Famille) -> str:
        """Return the label of the field that names places of a kind, «» when the form has none."""
        dossier = self._complet.dossier if self._complet is not None else None
        champs = [dossier.champ(a) for a in _CHAMPS[famille]] if dossier is not None else []
        return next((c.libelle for c in champs if c is not None and c.renseigne), "")
