"""Amounts by year: what is asked, what may be granted, what the instructor proposes."""

import re
from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from o2r_desktop.dossiers.budget import BudgetProjet, Serie, euros, garde_fou, lire_budget
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.evaluation.reponses import lire_montant
from o2r_desktop.text import NBSP, printable
from ui.theme import Ton
from ui.widgets.base import Pastille, before, button, label, line, restyle, row
from ui.widgets.texte import Souffle

# Twelve digits of euros at most, as for an answer: their cents stay far within the store's integers.
_TROP_DE_DECIMALES = re.compile(r"[0-9][.,][0-9]{3}")
_PLAFOND = f"coûts éligibles moins cofinancements, C.{NBSP}trav.{NBSP}D.{NBSP}5316\u20117"


def parse_montant(texte: str) -> Decimal | None:
    """Read «12 000,50 €», None when nothing is typed; raises ValueError with what is wrong, in French."""
    if not printable(texte).strip():
        return None
    montant_lu = lire_montant(texte)
    if montant_lu is not None:
        return montant_lu
    if _TROP_DE_DECIMALES.search(texte):
        raise ValueError("a plus de deux décimales : écrivez le montant au centime, sans point entre les milliers")
    raise ValueError("n’est pas un montant en euros, positif ou nul : écrivez par exemple 12 000,50")


class ChampMontant(QLineEdit):
    """The amount of one year: what is stored stays so until something readable replaces it."""

    def __init__(self, annee: str) -> None:
        super().__init__()
        self.annee = annee
        self.stocke: Decimal | None = None
        self.faute = label("", "faute", wrap=True)
        self.faute.hide()
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName(f"Montant proposé pour {annee}, en euros")
        self.setPlaceholderText("€")
        self.textChanged.connect(self._check)

    @property
    def valeur(self) -> Decimal | None:
        """The amount that is typed; raises ValueError when it cannot be read."""
        return parse_montant(self.text())

    @property
    def lisible(self) -> bool:
        """Whether what is typed can be stored."""
        return not self.faute.text()

    @property
    def dirty(self) -> bool:
        """Whether what is typed is not what is stored."""
        return not self.lisible or self.valeur != self.stocke

    def put(self, valeur: Decimal | None) -> None:
        """Show what is stored, unless it was so already: what is being typed stays."""
        if self.lisible and self.valeur == valeur:
            self.stocke = valeur
            if not self.hasFocus():
                self.write()
        elif valeur != self.stocke:
            self.stocke = valeur
            self.write()

    def write(self) -> None:
        """Show what is stored, as an amount."""
        self.setText("" if self.stocke is None else euros(self.stocke))
        self.setCursorPosition(0)

    def _check(self) -> None:
        try:
            parse_montant(self.text())
        except ValueError as refus:
            faute = f"Ce texte {refus}."
        else:
            faute = ""
        if faute != self.faute.text():
            self.faute.setText(faute)
            self.faute.setVisible(bool(faute))
            self.setAccessibleDescription(faute)
            self.setProperty("faute", "true" if faute else "false")
            restyle(self)


class MontantsAnnuels(QWidget):
    """The table of amounts, with its guard: red words over the cap or the request."""

    edited = Signal(str)
    """Now is the time to write ``montants()``; the year says which one changed, «» for all of them."""

    def __init__(self) -> None:
        super().__init__()
        self.champs: dict[str, ChampMontant] = {}
        self._lecture_seule = False
        self._bornes: tuple[Decimal | None, Decimal | None] = (None, None)
        self._demandes: dict[str, Decimal] = {}
        self._total = label("", "gras")
        self._demande = label("", "gras")
        self._plafond = label("", "secondaire", wrap=True)
        self.etat = Pastille()
        self.alerte = label("", "faute", wrap=True)
        self.reprendre = button(
            "Reprendre la demande", self._take_request, nom="Reprendre la demande, année par année"
        )
        self.reprendre.setToolTip("Proposer chaque année le montant demandé")
        self._corps = QVBoxLayout(self)
        self._corps.setContentsMargins(0, 0, 0, 0)
        self._grille = QWidget()
        for partie in (self._grille, self._plafond, self.alerte):
            self._corps.addWidget(partie)
        self._corps.addLayout(row(self.etat, 1))
        self._corps.addLayout(row(self.reprendre, 1))
        self._pause = Souffle(self)
        self._pause.timeout.connect(self.flush)

    # --- what is shown ----------------------------------------------------------------------------------------

    def show_dossier(self, dossier: Dossier, annees: tuple[str, ...]) -> None:
        """Show what another dossier asks; amounts come with ``put``."""
        self._pause.stop()
        budget = lire_budget(dossier)
        self._bornes = garde_fou(dossier)
        self._build(annees, budget.demandes)
        for champ in self.champs.values():
            champ.stocke = None
            champ.clear()
        self._demandes = {
            annee: chiffre.valeur
            for annee, chiffre in zip(annees, budget.demandes, strict=False)
            if chiffre.valeur is not None
        }
        self._demande.setText("inconnu" if budget.demande is None else euros(budget.demande))
        self._plafond.setText(_plafond_dit(budget, self._bornes[0]))
        self._guard()

    def put(self, montants: Mapping[str, Decimal]) -> None:
        """Show the amounts that are stored; what is being typed stays unless they changed."""
        for annee, champ in self.champs.items():
            champ.put(montants.get(annee))
        self._guard()

    def set_read_only(self, seule: bool) -> None:
        """Let the amounts be read only, or changed."""
        self._lecture_seule = seule
        for champ in self.champs.values():
            champ.setReadOnly(seule)
        self.reprendre.setVisible(not seule)

    def _build(self, annees: tuple[str, ...], demandes: Serie) -> None:
        neuve = QWidget()
        grille = QGridLayout(neuve)
        grille.setContentsMargins(0, 0, 0, 0)
        grille.setHorizontalSpacing(8)
        grille.setVerticalSpacing(6)
        for colonne, mot in enumerate(("Année", "Demandé", "Proposé")):
            grille.addWidget(_droite(label(mot, "secondaire"), colonne), 0, colonne)
        self.champs = {annee: ChampMontant(annee) for annee in annees}
        for rang, (annee, champ) in enumerate(self.champs.items(), 1):
            dite = _chiffre_dit(demandes, rang - 1)
            grille.addWidget(label(annee, "gras"), 2 * rang, 0)
            grille.addWidget(_droite(label(dite), 1), 2 * rang, 1)
            grille.addWidget(champ, 2 * rang, 2)
            grille.addWidget(champ.faute, 2 * rang + 1, 0, 1, 3)
            champ.textEdited.connect(self._pause.typed)
            champ.textChanged.connect(self._guard)
            champ.editingFinished.connect(self.flush)
        dernier = 2 * len(annees) + 2
        grille.addWidget(line(), dernier, 0, 1, 3)
        for colonne, mots in enumerate((label("Total", "gras"), self._demande, self._total)):
            grille.addWidget(_droite(mots, colonne), dernier + 1, colonne)
        grille.setColumnStretch(1, 1)
        grille.setColumnStretch(2, 2)
        self._corps.replaceWidget(self._grille, neuve)
        self._grille.deleteLater()
        self._grille = neuve
        self._put_in_order()
        self.set_read_only(self._lecture_seule)

    def _put_in_order(self) -> None:
        """Have the new fields come before the button, for Tab and for a screen reader: they were made after it."""
        before(self.reprendre, *self.champs.values())
        self._grille.lower()

    # --- what is typed ------------------------------------------------------------------------------------

    def montants(self) -> dict[str, Decimal]:
        """Return the amounts to store: what cannot be read leaves what was stored."""
        lus = {a: c.valeur if c.lisible else c.stocke for a, c in self.champs.items()}
        return {annee: somme for annee, somme in lus.items() if somme is not None}

    def unreadable(self) -> list[ChampMontant]:
        """Return the fields whose text cannot be read."""
        return [c for c in self.champs.values() if not c.lisible]

    def mark_saved(self) -> None:
        """Learn that what can be read is stored."""
        for champ in self.champs.values():
            if champ.lisible:
                champ.stocke = champ.valeur
                if not champ.hasFocus():
                    champ.write()

    def flush(self) -> None:
        """Tell now what is not stored."""
        self._pause.stop()
        changes = [a for a, c in self.champs.items() if c.lisible and c.dirty]
        if changes:
            self.edited.emit(changes[0] if len(changes) == 1 else "")
        else:
            self.mark_saved()

    def _take_request(self) -> None:
        for annee, somme in self._demandes.items():
            if annee in self.champs:
                self.champs[annee].setText(euros(somme))
        changes = [a for a, c in self.champs.items() if c.lisible and c.dirty]
        if changes:
            self.edited.emit("")

    # --- guard --------------------------------------------------------------------------------------------

    def _guard(self) -> None:
        propose = sum(self.montants().values(), Decimal(0))
        illisible, vide = bool(self.unreadable()), not self.montants()
        self._total.setText("—" if illisible or vide else euros(propose))
        faute = "" if illisible or vide else _depassement(propose, *self._bornes)
        self.alerte.setText(faute)
        self.alerte.setVisible(bool(faute))
        if illisible:
            self.etat.dire("✕ montant illisible", Ton.MAUVAIS)
        elif faute:
            self.etat.dire("✕ hors des limites", Ton.MAUVAIS)
        elif vide:
            self.etat.dire("", Ton.NEUTRE)
        elif None in self._bornes:
            self.etat.dire("? plafond inconnu" if self._bornes[0] is None else "? demande inconnue", Ton.NEUTRE)
        else:
            self.etat.dire("✓ dans les limites", Ton.BON)
        connues = bool(self._demandes) and all(a in self._demandes for a in self.champs)
        self.reprendre.setEnabled(connues)


def _droite(mots: QLabel, colonne: int) -> QLabel:
    if colonne:
        mots.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return mots


def _chiffre_dit(serie: Serie, rang: int) -> str:
    if rang >= len(serie):
        return "—"
    valeur = serie[rang].valeur
    return serie[rang].etat.value if valeur is None else euros(valeur)


def _plafond_dit(budget: BudgetProjet, borne: Decimal | None) -> str:
    """Say the cap, or why it is unknown, and what does not add up in the request."""
    if borne is None:
        dit = f"Plafond{NBSP}: inconnu, le coût du projet manque."
    elif budget.plafond is None:
        dit = f"Plafond{NBSP}: au plus {euros(borne)}, les dépenses de formation étant inconnues ({_PLAFOND})."
    else:
        dit = f"Plafond{NBSP}: {euros(borne)} ({_PLAFOND})."
    if len(budget.demandes_possibles) > 1:
        total, somme = (euros(d) for d in budget.demandes_possibles)
        dit += f"\nLe total demandé, {total}, n’est pas la somme des années, {somme}."
    return dit


def _depassement(propose: Decimal, plafond: Decimal | None, demande: Decimal | None) -> str:
    """Name the proposed total and each bound that it exceeds; «» when all is well."""
    if propose and plafond is None and demande is None:
        return f"{euros(propose)} sont proposés alors que le plafond et la demande sont inconnus."
    bornes = [
        f"{nom} de {euros(borne)}"
        for nom, borne in (("la demande", demande), ("le plafond", plafond))
        if borne is not None and propose > borne
    ]
    return f"Le total proposé, {euros(propose)}, dépasse {' et '.join(bornes)}." if bornes else ""
