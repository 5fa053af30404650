"""The envelope: scenarios, gauges by year, cut line, the amount typed for one dossier."""

from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from o2r_desktop.comite import etat
from o2r_desktop.comite.enveloppe import LigneEnveloppe, Simulation, Sort
from o2r_desktop.comite.modele import Base, Scenario
from o2r_desktop.comite.mots import TIRET
from o2r_desktop.text import NBSP, NNBSP, montant, nombre
from o2r_desktop.text import numero as numero_lisible
from ui.pages.comite.donnees import Donnees, avec_scenario
from ui.pages.comite.montants import ChampsMontants
from ui.pages.comite.onglet import Onglet, defilante
from ui.pages.comite.table import TableDossiers
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Gauge, Pastille, button, fill, label, row
from ui.widgets.flux import Flow

_SIGNES = {Sort.RETENU: "✓", Sort.ATTENTE: "▽", Sort.ECARTE: "–"}
TONS_SORTS = {Sort.RETENU: Ton.BON, Sort.ATTENTE: Ton.ALERTE, Sort.ECARTE: Ton.NEUTRE}
_LIGNE_DE_COUPE = "▼ ligne de coupe"


class EnveloppeOnglet(Onglet):
    """A scenario is looked at, changed, and kept for the papers."""

    titre = "Enveloppe"

    def __init__(self, services: Services, donnees: Donnees) -> None:
        super().__init__(services, donnees)
        self.choix = QComboBox()
        self.choix.setAccessibleName("Scénario montré")
        self.base = QComboBox()
        self.base.setAccessibleName("Montants comptés")
        for base in Base:
            self.base.addItem(base.libelle, base.value)
        self.taux, self.score_min = _pour_cent("Diminution, en pourcentage"), _pour_cent("Score minimal, sur 100")
        self.retenir = button("Retenir pour les papiers", self._keep, role="principal")
        self.etat = Pastille()
        self.faute = label("", "faute", wrap=True)
        self.faute.hide()
        self._jauges = QGridLayout()
        self._jauges.setHorizontalSpacing(14)
        self._jauges.setColumnStretch(2, 1)
        self.sans_enveloppe = label("", "secondaire", wrap=True)
        self.regler = button("Renseigner l’enveloppe…", partial(services.navigation.go, "campagne"))
        self.table = TableDossiers(
            services.theme, "Dossiers du scénario", self._colonnes(()), etiree=1, nombres=(2, 3, 4, 5, 6)
        )
        self.montants = ChampsMontants()
        self.de_qui = label("", "gras", wrap=True)
        self.poser = button("Fixer ce montant", self._fix, nom="Fixer le montant de séance")
        self.montants.suivant = self.poser
        self.lever = button("Revenir au scénario", self._release)
        self._place()
        self._connect()

    def focus_first(self) -> None:
        """Put the focus on the scenario."""
        self.choix.setFocus()

    @property
    def scenario(self) -> Scenario:
        """The scenario in view."""
        identifiant, comite = self.choix.currentData(), self.donnees.comite
        return next((s for s in comite.scenarios if s.id == identifiant), comite.scenario)

    def show_donnees(self) -> None:
        """Show the scenario in view, the one that was kept at first."""
        comite, vu = self.donnees.comite, self.scenario.id
        muet = self.choix.blockSignals(True)
        self.choix.clear()
        for s in comite.scenarios:
            self.choix.addItem(f"{s.id} · {s.nom}" + (" (retenu)" if s.id == comite.scenario.id else ""), s.id)
        self.choix.setCurrentIndex(max(0, self.choix.findData(vu)))
        self.choix.blockSignals(muet)
        self._show_scenario()

    def _show_scenario(self, *_: object) -> None:
        s, seule = self.scenario, self.donnees.read_only
        retenu = s.id == self.donnees.comite.scenario.id
        self.base.setCurrentIndex(self.base.findData(s.base.value))
        self.taux.setText(nombre(s.taux))
        self.score_min.setText(nombre(s.score_min))
        self.taux.setEnabled(s.base is Base.REDUIT and not seule)
        for partie in (self.base, self.score_min):
            partie.setEnabled(not seule)
        self.retenir.setEnabled(not retenu and not seule)
        self.etat.dire("✓ retenu pour les papiers" if retenu else "", Ton.BON)
        simulation = self.donnees.simuler(s)
        self._show_gauges(simulation)
        annees = self.donnees.session.parametres.annees
        self.table.setColumnCount(len(self._colonnes(annees)))
        self.table.setHorizontalHeaderLabels(list(self._colonnes(annees)))
        lignes = simulation.lignes
        self.table.show_dossiers(
            [li.candidat.numero for li in lignes],
            [self._ligne(li, simulation, rang, annees) for rang, li in enumerate(lignes)],
            [(*(None,) * (4 + len(annees)), TONS_SORTS[li.sort]) for li in lignes],
        )
        self._show_dossier()

    def _show_gauges(self, s: Simulation) -> None:
        while (partie := self._jauges.takeAt(0)) is not None:
            if (widget := partie.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        connue = bool(s.enveloppe)
        self.sans_enveloppe.setText(
            ""
            if connue
            else "L’enveloppe n’est pas renseignée : tout ce qui peut être financé est compté, sans ligne de coupe."
        )
        self.sans_enveloppe.setVisible(not connue)
        self.regler.setVisible(not connue)
        total = sum(s.enveloppe.values(), Decimal(0))
        lignes = [(a, s.depense.get(a, Decimal(0)), s.enveloppe.get(a)) for a in sorted({*s.enveloppe, *s.depense})]
        lignes.append(("Trois ans" if len(lignes) == 3 else "Total", s.total, total if connue else None))
        for rang, (nom, depense, somme) in enumerate(lignes):
            self._gauge(rang, nom, depense, somme)

    def _gauge(self, rang: int, nom: str, depense: Decimal, somme: Decimal | None) -> None:
        barre = Gauge(self.services.theme, largeur=220)
        barre.set_value(int(depense), int(somme or 0))
        mots = montant(depense) + (
            "" if somme is None else f" sur {montant(somme)}{NNBSP}; reste {montant(somme - depense)}"
        )
        barre.setAccessibleName(f"{nom}{NBSP}: {mots}")
        for colonne, partie in enumerate((label(nom, "gras"), barre, label(mots))):
            self._jauges.addWidget(partie, rang, colonne)

    def _colonnes(self, annees: tuple[str, ...]) -> tuple[str, ...]:
        return ("Dossier", "Porteur", *annees, "Total", "Cumul", "Sort", "Pourquoi")

    def _ligne(self, li: LigneEnveloppe, s: Simulation, rang: int, annees: tuple[str, ...]) -> tuple[str, ...]:
        zero = Decimal(0)
        sort = f"{_SIGNES[li.sort]} {li.sort.libelle}"
        dits = (
            _LIGNE_DE_COUPE if rang == s.coupe else "",
            li.raison,
            "tiendrait dans ce qui reste" if li.tiendrait else "",
            li.part.remarque,
        )
        return (
            numero_lisible(li.candidat.numero),
            li.candidat.porteur,
            *(montant(li.part.montants[a], 0) if a in li.part.montants else TIRET for a in annees),
            montant(li.part.total) if li.part.total else TIRET,
            montant(sum(li.cumul.values(), zero), 0) if li.sort is Sort.RETENU else TIRET,
            sort,
            " · ".join(dict.fromkeys(d for d in dits if d)),
        )

    # --- acts ---------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        self.donnees.write(f"scénario {self.scenario.id} retenu", {etat.RETENU: self.scenario.id})

    def _change(self) -> None:
        s = self.scenario
        taux, score_min = _lu(self.taux), _lu(self.score_min)
        fautes = [c.accessibleName() for c, lu in ((self.taux, taux), (self.score_min, score_min)) if lu is None]
        self.faute.setText(f"Écrivez un nombre de 0 à 100{NBSP}: {', '.join(fautes).lower()}." if fautes else "")
        self.faute.setVisible(bool(fautes))
        if fautes or self.donnees.read_only:
            return
        valeurs = {"base": Base(self.base.currentData()), "taux": taux, "score_min": score_min}
        if any(getattr(s, cle) != valeur for cle, valeur in valeurs.items()):
            self.donnees.write(
                f"scénario {s.id}", {etat.SCENARIOS_CLE: avec_scenario(self.donnees.comite, s.id, **valeurs)}
            )

    def _show_dossier(self, *_: object) -> None:
        numero = self.table.numero
        c = None if numero is None else self.donnees.candidat(numero)
        self._carte.setVisible(c is not None)
        if c is None:
            return
        fixe = c.numero in self.donnees.comite.ajustes
        decide = c.numero in self.donnees.comite.decisions
        limite = "plafond inconnu" if c.limite is None else f"au plus {montant(c.limite)}"
        suite = " · décision prise, elle l’emporte" if decide else " · montant fixé en séance" if fixe else ""
        self.de_qui.setText(f"{c.porteur}{NBSP}: {limite}{suite}")
        ligne = next(li for li in self.donnees.simuler(self.scenario).lignes if li.candidat.numero == c.numero)
        self.montants.show_montants(self.donnees.session.parametres.annees, ligne.part.montants, c.limite)
        libre = not self.donnees.read_only and not decide
        self.montants.setEnabled(libre)
        self.poser.setEnabled(libre)
        self.lever.setEnabled(libre and fixe)

    def _fix(self) -> None:
        numero = self.table.numero
        montants = self.montants.montants()
        if numero is None or montants is None:
            self.montants.focus_fault()
            return
        nom = f"montant de séance du dossier {numero_lisible(numero)}"
        self.donnees.write(nom, {etat.cle(etat.AJUSTE, numero): etat.montants_dits(montants)})

    def _release(self) -> None:
        if self.table.numero is not None:
            nom = f"montant de séance retiré du dossier {numero_lisible(self.table.numero)}"
            self.donnees.write(nom, {etat.cle(etat.AJUSTE, self.table.numero): None})

    # --- building -----------------------------------------------------------------------------------------

    def _place(self) -> None:
        tete = Flow(espace=8, ligne=6)
        for texte, champ in (
            ("Scénario", self.choix), ("Compte les", self.base), ("Diminution (%)", self.taux),
            ("Score minimal", self.score_min),
        ):  # fmt: skip
            mots = label(texte)
            mots.setBuddy(champ)
            tete.addWidget(mots)
            tete.addWidget(champ)
        tete.addWidget(self.retenir)
        tete.addWidget(self.etat)
        self._carte = QWidget()
        pied = Flow(espace=8, ligne=6)
        for partie in (self.montants, self.poser, self.lever):
            pied.addWidget(partie)
        fill(QVBoxLayout(self._carte), self.de_qui, pied, espace=6)
        self.table.setMinimumHeight(self.table.fontMetrics().height() * 12)
        contenu = QWidget()
        fill(
            QVBoxLayout(contenu), tete, self.faute, row(self.sans_enveloppe, self.regler), self._jauges, self.table,
            self._carte, marge=16, espace=10,
        )  # fmt: skip
        fill(QVBoxLayout(self), defilante(contenu))

    def _connect(self) -> None:
        self.choix.activated.connect(self._show_scenario)
        self.base.activated.connect(self._change)
        for champ in (self.taux, self.score_min):
            champ.editingFinished.connect(self._change)
        self.table.chosen.connect(self._show_dossier)
        self.table.opened.connect(self.services.navigation.open_dossier)


def _pour_cent(nom: str) -> QLineEdit:
    champ = QLineEdit()
    champ.setAccessibleName(nom)
    champ.setFixedWidth(champ.fontMetrics().averageCharWidth() * 9)
    return champ


def _lu(champ: QLineEdit) -> Decimal | None:
    try:
        valeur = Decimal(champ.text().strip().replace(",", ".").replace(NNBSP, "") or "0")
    except ArithmeticError:
        return None
    return valeur if valeur.is_finite() and 0 <= valeur <= 100 else None
