"""The form of one decision: kept as it is typed, written as a decision when nothing is missing."""

import re
from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from o2r_desktop.comite import etat
from o2r_desktop.comite.decisions import obstacles, par_defaut, votants_de
from o2r_desktop.comite.enveloppe import part_de
from o2r_desktop.comite.modele import Candidat, Decision, Sens
from o2r_desktop.comite.mots import avis_dit, note_dite
from o2r_desktop.dossiers.budget import euros
from o2r_desktop.text import NBSP, enumeration, montant, pluriel
from o2r_desktop.text import numero as numero_lisible
from ui.pages.comite.conditions import LignesConditions, brut_de
from ui.pages.comite.donnees import Donnees
from ui.pages.comite.montants import ChampsMontants
from ui.theme import Ton
from ui.widgets.base import Banner, Pastille, button, fill, label
from ui.widgets.flux import Flow
from ui.widgets.texte import AutoText, Souffle

_VOTES = (("pour", "Pour"), ("contre", "Contre"), ("abstentions", "Abstentions"))
_ENTIER = re.compile(r"\d{1,3}", re.ASCII)


class DecisionVolet(QWidget):
    """What is typed is a draft within the second; «Enregistrer la décision» checks it and makes it count."""

    decided = Signal(object)

    def __init__(self, donnees: Donnees) -> None:
        super().__init__()
        self.donnees = donnees
        self._candidat: Candidat | None = None
        self._remplit = False
        """Whether the fields are being filled: nobody types."""
        self._a_garder = False
        """Whether something typed is not on the disk."""
        self.porteur = label("", "section", wrap=True)
        self.identite = label("", "secondaire", wrap=True)
        self.etat = Pastille()
        self.deports = Banner()
        self.sens = {sens: QRadioButton(sens.libelle) for sens in Sens}
        self._groupe = QButtonGroup(self)
        self.montants = ChampsMontants()
        self.motif = AutoText("Motif de la décision", lignes=2, lignes_max=8)
        self.montants.suivant = self.motif
        self.votes = {cle: _vote(nom) for cle, nom in _VOTES}
        self.votants = label("", "secondaire")
        self.conditions = LignesConditions()
        self.manques = label("", "faute", wrap=True)
        self.manques.hide()
        self.enregistrer = button("Enregistrer la décision", self.record, role="principal", touche="Ctrl+Entrée")
        self.retirer = button("Retirer la décision", self._withdraw)
        self._souffle = Souffle(self)
        self._souffle.timeout.connect(self.flush)
        self._place()
        self._connect()

    # --- what is shown ------------------------------------------------------------------------------------

    def show_candidat(self, c: Candidat | None) -> None:
        """Show a dossier: its decision, else its draft, else what would follow the avis."""
        meme = c is not None and self._candidat is not None and c.numero == self._candidat.numero
        if not meme and not self.flush():
            return  # what is typed did not reach the disk: it stays in view
        self._candidat = c
        self.setEnabled(c is not None and not self.donnees.read_only)
        if c is None:
            return
        self._show_identity(c)
        comite = self.donnees.comite
        decision, brouillon = comite.decisions.get(c.numero), comite.brouillons.get(c.numero)
        voulus = _de_decision(decision) if decision and not brouillon else brouillon
        if meme and (self._souffle.isActive() or self._a_garder or self.textes() == voulus):
            return  # what is being typed stays, and the caret where it is
        self._remplit = True
        self._fill(c, voulus)
        self._remplit = False
        self._show_faults([])

    def _show_identity(self, c: Candidat) -> None:
        comite = self.donnees.comite
        self.porteur.setText(f"{numero_lisible(c.numero)} · {c.porteur}")
        limite = "plafond inconnu" if c.limite is None else f"au plus {montant(c.limite)}"
        demande = "demande inconnue" if c.demande is None else f"demande {montant(c.demande)}"
        self.identite.setText(" · ".join((avis_dit(c), f"score {note_dite(c)}", c.priorite, demande, limite)))
        partis = [comite.membre(d.membre) for d in comite.deports.get(c.numero, ())]
        self.deports.dire(
            f"Déport{'s' * (len(partis) > 1)}{NBSP}: {enumeration(partis)}" if partis else "", Ton.ALERTE
        )
        decide, tape = c.numero in comite.decisions, c.numero in comite.brouillons
        dits = ("✓ décision enregistrée" if decide else "", "! modifiée, à enregistrer" if tape else "")
        self.etat.dire(" · ".join(d for d in dits if d), Ton.ALERTE if tape else Ton.BON)
        self.retirer.setEnabled(decide or tape)
        self.votants.setText(pluriel(votants_de(c.numero, comite), "votant"))

    def _fill(self, c: Candidat, textes: Mapping[str, str] | None) -> None:
        annees = self.donnees.session.parametres.annees
        self._groupe.setExclusive(False)
        for bouton in self.sens.values():
            bouton.setChecked(False)
        self._groupe.setExclusive(True)
        self.montants.show_montants(annees, {}, c.limite)
        if textes is None:  # the amounts that would be given are offered, no decision is taken for anybody
            offert = par_defaut(c)
            if offert is not None and offert.finance:
                part = part_de(c, self.donnees.comite.scenario, self.donnees.comite, annees)
                self.montants.show_montants(annees, part.montants, c.limite)
            textes = {}
            self.motif.set_text("")
        else:
            for annee, champ in self.montants.champs.items():
                champ.setText(textes.get(f"montant {annee}", ""))
            self.motif.set_text(textes.get("motif", ""))
        if textes.get("sens") in list(Sens):
            self.sens[Sens(textes["sens"])].setChecked(True)
        for cle, champ in self.votes.items():
            champ.setText(textes.get(cle, ""))
        self.conditions.show_brut(textes.get("conditions", "[]"))

    # --- what is typed ------------------------------------------------------------------------------------

    def textes(self) -> dict[str, str]:
        """Return everything typed, by name of field."""
        sens = next((s.value for s, b in self.sens.items() if b.isChecked()), "")
        return {
            "sens": sens,
            "motif": self.motif.text(),
            **{f"montant {annee}": champ.text() for annee, champ in self.montants.champs.items()},
            **{cle: champ.text() for cle, champ in self.votes.items()},
            "conditions": self.conditions.brut(),
        }

    def flush(self) -> bool:
        """Keep what is typed as a draft; False when it could not be: it is tried again at the next call."""
        self._a_garder = self._a_garder or self._souffle.isActive()
        self._souffle.stop()
        c = self._candidat
        if not self._a_garder or c is None or self.donnees.read_only:
            return True
        if self.donnees.write("", {etat.cle(etat.BROUILLON, c.numero): self.textes()}):
            self._a_garder = False
            self.motif.mark_saved(self.motif.text())
        return not self._a_garder

    def decision(self) -> tuple[Decision | None, list[str]]:
        """Return the decision that is typed, None with what cannot be read."""
        fautes = []
        sens = next((s for s, b in self.sens.items() if b.isChecked()), None)
        if sens is None:
            fautes.append("Choisissez la décision.")
        lus = self.montants.lus()
        if lus is None:
            fautes.append("Corrigez les montants : l’un d’eux n’est pas un montant en euros.")
        voix = {cle: champ.text().strip() for cle, champ in self.votes.items()}
        illisibles = [cle for cle, dit in voix.items() if dit and not _ENTIER.fullmatch(dit)]
        if illisibles:
            fautes.append(f"Corrigez les voix : {enumeration(illisibles)}.")
        if fautes or sens is None or lus is None:
            return None, fautes
        decision = Decision(
            sens=sens,
            motif=self.motif.text().strip(),
            montants=lus if sens.finance else {},
            conditions=self.conditions.conditions(),
            **{cle: int(dit) if dit else None for cle, dit in voix.items()},
        )
        return decision, []

    # --- acts ---------------------------------------------------------------------------------------------

    def record(self) -> bool:
        """Write the decision, or say what it lacks; return whether it was written."""
        c = self._candidat
        if c is None or self.donnees.read_only:
            return False
        decision, fautes = self.decision()
        if decision is not None:
            fautes = obstacles(c, decision, self.donnees.comite, self.donnees.session.parametres.annees)
        self._show_faults(fautes)
        if fautes or decision is None:
            return False
        self._a_garder = self._a_garder or self._souffle.isActive()
        self._souffle.stop()
        fait = self.donnees.write(
            f"décision sur le dossier {numero_lisible(c.numero)}",
            {
                etat.cle(etat.DECISION, c.numero): etat.decision_dite(decision),
                etat.cle(etat.BROUILLON, c.numero): None,
            },
        )
        if fait:
            self._a_garder = False
            self.decided.emit(c.numero)
        return fait

    def _withdraw(self) -> None:
        c = self._candidat
        if c is not None:
            self._souffle.stop()
            self._a_garder = False
            nom = f"décision retirée du dossier {numero_lisible(c.numero)}"
            cles = (etat.DECISION, etat.BROUILLON)
            self.donnees.write(nom, {etat.cle(genre, c.numero): None for genre in cles})

    def _show_faults(self, fautes: list[str]) -> None:
        self.manques.setText("\n".join(fautes))
        self.manques.setVisible(bool(fautes))

    # --- building -----------------------------------------------------------------------------------------

    def _place(self) -> None:
        sens = Flow(espace=12, ligne=4)
        for bouton in self.sens.values():
            self._groupe.addButton(bouton)
            sens.addWidget(bouton)
        votes = Flow(espace=8, ligne=4)
        for cle, nom in _VOTES:
            mots = label(nom)
            mots.setBuddy(self.votes[cle])
            votes.addWidget(mots)
            votes.addWidget(self.votes[cle])
        votes.addWidget(self.votants)
        gestes = Flow(espace=8, ligne=6)
        for partie in (self.enregistrer, self.retirer, self.etat):
            gestes.addWidget(partie)
        fill(
            QVBoxLayout(self), self.porteur, self.identite, self.deports, label("Décision", "gras"), sens,
            label("Montants accordés", "gras"), self.montants, label("Motif", "gras"), self.motif,
            label("Vote", "gras"), votes, label("Conditions suspensives", "gras"), self.conditions, self.manques,
            gestes, 1, marge=12, espace=8,
        )  # fmt: skip

    def _connect(self) -> None:
        for bouton in self.sens.values():
            bouton.clicked.connect(self._souffle.typed)
        for champ in self.votes.values():
            champ.textEdited.connect(self._souffle.typed)
        for signal in (self.motif.typed, self.conditions.edited, self.montants.edited):
            signal.connect(self._typed)
        self.motif.edited.connect(self.flush)

    def _typed(self) -> None:
        if not self._remplit:
            self._souffle.typed()


def _de_decision(d: Decision) -> dict[str, str]:
    """Return a decision as the texts that type it."""
    return {
        "sens": d.sens.value,
        "motif": d.motif,
        **{f"montant {annee}": euros(somme) for annee, somme in d.montants.items()},
        **{cle: "" if (voix := getattr(d, cle)) is None else str(voix) for cle, _ in _VOTES},
        "conditions": brut_de(d.conditions),
    }


def _vote(nom: str) -> QLineEdit:
    champ = QLineEdit()
    champ.setAccessibleName(f"Voix, {nom.lower()}")
    champ.setFixedWidth(champ.fontMetrics().averageCharWidth() * 7)
    return champ
