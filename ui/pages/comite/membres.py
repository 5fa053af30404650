"""Who sits, when and where, and who steps aside for which dossier."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from o2r_desktop.comite import etat
from o2r_desktop.comite.modele import Deport, Membre, Seance
from o2r_desktop.text import NBSP
from o2r_desktop.text import numero as numero_lisible
from ui.pages.comite.donnees import Donnees
from ui.pages.comite.onglet import Onglet, remplir_defilant
from ui.services import Services
from ui.widgets.base import button, card, fill, label
from ui.widgets.champ_date import ChampDate
from ui.widgets.flux import Flow
from ui.widgets.tableau import ReadTable

_DEPORT = f"Un membre déporté quitte la séance pour ce dossier{NBSP}: il ne vote pas."
_TEXTES = (("heure", "Heure"), ("lieu", "Lieu"), ("president", "Présidence"))


class MembresOnglet(Onglet):
    """Three cards: the meeting, its members, who steps aside."""

    titre = "Membres"

    def __init__(self, services: Services, donnees: Donnees) -> None:
        super().__init__(services, donnees)
        self.jour = ChampDate("Date de la séance")
        self.textes = {cle: _champ(nom) for cle, nom in _TEXTES}
        self.nom, self.qualite = _champ("Nom du membre"), _champ("Qualité du membre")
        self.ajouter = button("Ajouter", self.add_membre, nom="Ajouter ce membre")
        self.membres = ReadTable("Membres du comité", ("Nom", "Qualité", "Voix", "Présence"), etiree=1)
        self.presence = button("Pointer présent / retirer", partial(self._toggle, "present"))
        self.voix = button("Avec / sans voix", partial(self._toggle, "voix"))
        self.retirer = button("Retirer", self._remove, nom="Retirer ce membre")
        self.dossier, self.qui = QComboBox(), QComboBox()
        self.dossier.setAccessibleName("Dossier du déport")
        self.qui.setAccessibleName("Membre qui se déporte")
        for choix in (self.dossier, self.qui):
            choix.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choix.setMinimumContentsLength(18)
        self.motif = _champ("Motif du déport")
        self.declarer = button("Déclarer le déport", self.add_deport)
        self.deports = ReadTable("Déports", ("Membre", "Dossier", "Motif"), etiree=2)
        self.lever = button("Retirer ce déport", self._remove_deport)
        self._rangs: list[tuple[int, Deport]] = []
        remplir_defilant(self, self._place)
        self.jour.changed.connect(self._date_typed)
        for champ in self.textes.values():
            champ.editingFinished.connect(self._keep_seance)
        for champ in (self.nom, self.qualite):
            champ.returnPressed.connect(self.add_membre)
        self.motif.returnPressed.connect(self.add_deport)

    def focus_first(self) -> None:
        """Put the focus on the date."""
        self.jour.champ.setFocus()

    def leave(self) -> bool:
        """Write what is typed of the meeting."""
        self._keep_seance()
        return True

    def show_donnees(self) -> None:
        """Show meeting, members and those who step aside."""
        comite, libre = self.donnees.comite, not self.donnees.read_only
        tape = self.jour.champ.hasFocus() and self.jour.champ.text().strip()
        if self.jour.jour != comite.seance.jour and not tape:
            muet = self.jour.blockSignals(True)
            self.jour.set_jour(comite.seance.jour)
            self.jour.blockSignals(muet)
        for cle, champ in self.textes.items():
            if not champ.hasFocus():
                champ.setText(getattr(comite.seance, cle))
        self.membres.show_rows([_dit(m) for m in comite.membres])
        self._rangs = [(c.numero, d) for c in self.donnees.ordre for d in comite.deports.get(c.numero, ())]
        self.deports.show_rows([
            (comite.membre(d.membre), f"{numero_lisible(n)} · {self._porteur(n)}", d.motif) for n, d in self._rangs
        ])  # fmt: skip
        _choisir(
            self.dossier, [(f"{numero_lisible(c.numero)} · {c.porteur}", c.numero) for c in self.donnees.ordre]
        )
        _choisir(self.qui, [(m.nom, m.id) for m in comite.membres])
        for bouton in (self.presence, self.voix, self.retirer):
            bouton.setEnabled(libre and bool(comite.membres))
        self.lever.setEnabled(libre and bool(self._rangs))
        self.declarer.setEnabled(libre and bool(comite.membres and self.donnees.ordre))
        parties: tuple[QWidget, ...] = (self.jour, self.nom, self.qualite, self.motif, self.ajouter)
        for partie in (*parties, *self.textes.values()):
            partie.setEnabled(libre)

    # --- acts ---------------------------------------------------------------------------------------------

    def _date_typed(self, jour: object) -> None:
        if jour is not None:  # a date half typed changes nothing
            self._keep_seance()

    def _keep_seance(self) -> None:
        if self.donnees.read_only or not self.donnees.charge:
            return
        presente = self.donnees.comite.seance
        jour = self.jour.jour or (presente.jour if self.jour.champ.text().strip() else None)
        textes = {cle: champ.text().strip() for cle, champ in self.textes.items()}
        voulue = Seance(jour=jour, **textes)
        if voulue != presente:
            self.donnees.write("séance", {etat.SEANCE: etat.seance_dite(voulue)})

    def add_membre(self) -> None:
        """Add the member whose name is typed."""
        nom = self.nom.text().strip()
        if not nom or self.donnees.read_only:
            self.nom.setFocus()
            return
        nouveau = Membre(id=uuid.uuid4().hex, nom=nom, qualite=self.qualite.text().strip())
        if self._write_membres(f"membre {nom}", (*self.donnees.comite.membres, nouveau)):
            self.nom.clear()
            self.qualite.clear()
            self.nom.setFocus()

    def _toggle(self, champ: str) -> None:
        rang, membres = self.membres.currentRow(), list(self.donnees.comite.membres)
        if 0 <= rang < len(membres):
            m = membres[rang]
            membres[rang] = replace(m, present=not m.present) if champ == "present" else replace(m, voix=not m.voix)
            self._write_membres(f"{'présence' if champ == 'present' else 'voix'} de {membres[rang].nom}", membres)

    def _remove(self) -> None:
        rang, membres = self.membres.currentRow(), list(self.donnees.comite.membres)
        if 0 <= rang < len(membres):
            parti = membres.pop(rang)
            self._write_membres(f"retrait de {parti.nom}", membres)

    def _write_membres(self, nom: str, membres: Sequence[Membre]) -> bool:
        return self.donnees.write(nom, {etat.MEMBRES: etat.membres_dits(membres)})

    def add_deport(self) -> None:
        """Have the chosen member step aside for the chosen dossier."""
        numero, qui = self.dossier.currentData(), self.qui.currentData()
        if numero is None or qui is None or self.donnees.read_only:
            return
        presents = self.donnees.comite.deports.get(numero, ())
        autres = tuple(d for d in presents if d.membre != qui)
        self._write_deports(numero, (*autres, Deport(membre=qui, motif=self.motif.text().strip())))
        self.motif.clear()

    def _remove_deport(self) -> None:
        rang = self.deports.currentRow()
        if 0 <= rang < len(self._rangs):
            numero, parti = self._rangs[rang]
            restent = tuple(d for d in self.donnees.comite.deports[numero] if d != parti)
            self._write_deports(numero, restent)

    def _write_deports(self, numero: int, deports: Sequence[Deport]) -> None:
        valeur = etat.deports_dits(deports) or None
        self.donnees.write(f"déport, dossier {numero_lisible(numero)}", {etat.cle(etat.DEPORT, numero): valeur})

    def _porteur(self, numero: int) -> str:
        c = self.donnees.candidat(numero)
        return "" if c is None else c.porteur

    # --- building -----------------------------------------------------------------------------------------

    def _place(self, pile: QVBoxLayout) -> None:
        formulaire = QFormLayout()
        formulaire.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        formulaire.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        formulaire.addRow("Date", self.jour)
        for cle, nom in _TEXTES:
            formulaire.addRow(nom, self.textes[cle])
        for table in (self.membres, self.deports):
            table.setMinimumHeight(table.fontMetrics().height() * 8)
        fill(
            pile,
            card(label("Séance", "section"), formulaire),
            card(
                label("Membres", "section"), self.membres, _ligne(self.presence, self.voix, self.retirer),
                _ligne(self.nom, self.qualite, self.ajouter),
            ),
            card(
                label("Déports", "section"),
                label(_DEPORT, "secondaire", wrap=True),
                self.deports, _ligne(self.lever), _ligne(self.qui, self.dossier, self.motif, self.declarer),
            ),
            1,
            marge=16,
            espace=12,
        )  # fmt: skip


def _dit(m: Membre) -> tuple[str, ...]:
    return m.nom, m.qualite, "avec voix" if m.voix else "sans voix", "présent" if m.present else "non pointé"


def _champ(nom: str) -> QLineEdit:
    champ = QLineEdit()
    champ.setAccessibleName(nom)
    champ.setPlaceholderText(nom)
    champ.setMinimumWidth(champ.fontMetrics().averageCharWidth() * 22)
    return champ


def _choisir(choix: QComboBox, offerts: Sequence[tuple[str, object]]) -> None:
    courant = choix.currentData()
    choix.clear()
    for texte, valeur in offerts:
        choix.addItem(texte, valeur)
    choix.setCurrentIndex(max(0, choix.findData(courant)) if offerts else -1)


def _ligne(*parties: QWidget) -> Flow:
    flux = Flow(espace=8, ligne=6)
    for partie in parties:
        flux.addWidget(partie)
    return flux
