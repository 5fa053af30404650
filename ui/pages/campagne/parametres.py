"""The parameters of the campagne as a form: read as one types, written together by «Enregistrer»."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from o2r_desktop.errors import O2rError
from o2r_desktop.suivi import Etape
from o2r_desktop.text import NBSP, pluriel
from ui.pages.campagne import champs
from ui.pages.campagne.champs import ChampParametre
from ui.services import Services
from ui.widgets.base import Banner, Pastille, button, card, column, fill, label, restyle, row


class ParametresView(QWidget):
    """Cards of fields; nothing reaches the campagne before «Enregistrer», which is off while something is wrong."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._cases: dict[str, _Case] = {}
        self._instructeur = QLineEdit()
        self._hors_formation = QCheckBox("Juger le seuil après retrait des dépenses de formation (proposition)")
        self._hors_formation.toggled.connect(self._edited)
        self._enregistrer = button("Enregistrer les paramètres", self.save, role="principal")
        self._abandonner = button("Abandonner les changements", self.refresh)
        self._bandeau = Banner()
        self._corps = QVBoxLayout()
        interieur = QWidget()
        interieur.setLayout(self._corps)
        zone = QScrollArea()
        zone.setWidgetResizable(True)
        zone.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        zone.setFrameShape(QFrame.Shape.NoFrame)
        zone.setWidget(interieur)
        fill(self._corps, self._carte_vous(), marge=16, espace=16)
        for titre, liste in (
            ("Campagne", champs.IDENTITE), ("Règles", champs.REGLES), ("Organismes exclus", champs.EXCLUSIONS)
        ):  # fmt: skip
            self._corps.addWidget(self._carte(titre, liste))
        self._enveloppe = QVBoxLayout()
        self._annees: tuple[ChampParametre, ...] = ()
        self._corps.addWidget(card(label("Enveloppe disponible", "section"), self._enveloppe))
        self._corps.addStretch(1)
        pied = row(1, self._abandonner, self._enregistrer)
        pied.setContentsMargins(16, 8, 16, 8)
        fill(QVBoxLayout(self), self._bandeau, zone, pied, espace=0)
        services.campagne.parametres_changed.connect(self.refresh)

    # --- what it shows ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the parameters of the campagne, dropping what was typed."""
        if not self._services.campagne.is_open:
            return
        parametres = self._services.campagne.session.parametres
        self._build_annees()
        for cle, case in self._cases.items():
            valeur = parametres.enveloppe.get(cle) if cle in parametres.annees else getattr(parametres, cle)
            case.show_valeur(valeur)
        self._hors_formation.setChecked(parametres.seuil_hors_formation)
        self._instructeur.setText(self._services.campagne.session.auteur)
        for widget in (*self._cases.values(), self._hors_formation):
            widget.setEnabled(not self._services.campagne.read_only)
        self._edited()

    @property
    def modified(self) -> bool:
        """Whether something typed is not saved."""
        if not self._services.campagne.is_open or self._services.campagne.read_only:
            return False
        return any(c.modified for c in self._cases.values()) or (
            self._hors_formation.isChecked() != self._services.campagne.session.parametres.seuil_hors_formation
        )

    # --- what it does -------------------------------------------------------------------------------------

    def save(self) -> bool:
        """Write the parameters; return False, and say why, when something is wrong."""
        valeurs = self._read()
        if valeurs is None:
            return False
        campagne = self._services.campagne
        annees = [c.cle for c in self._annees]
        enveloppe = {annee: valeurs.pop(annee) for annee in annees}
        nouveaux = campagne.session.parametres.avec(
            **valeurs,
            seuil_hors_formation=self._hors_formation.isChecked(),
            enveloppe={annee: somme for annee, somme in enveloppe.items() if somme is not None},
        )
        try:
            campagne.change_parametres(nouveaux)
        except O2rError as erreur:
            self._services.alertes.show_error(erreur)
            return False
        self.refresh()
        return True

    def leave(self) -> bool:
        """Offer to save unsaved changes; return False to stay: nothing typed is dropped by Échap."""
        if not self.modified:
            return True
        enregistrer = self._services.alertes.ask(
            "Paramètres modifiés",
            "Les paramètres de la campagne ont été modifiés et ne sont pas enregistrés. Pour ne pas les garder, "
            f"restez ici et choisissez «{NBSP}Abandonner les changements{NBSP}».",
            oui="Enregistrer",
            non="Rester ici",
        )
        return enregistrer and self.save()

    # --- inside -------------------------------------------------------------------------------------------

    def _read(self) -> dict[str, Any] | None:
        """Return the values, None when some cannot be read; each field says what is wrong with it."""
        tous = (*champs.IDENTITE, *champs.REGLES, *champs.EXCLUSIONS, *self._annees)
        textes = {cle: case.texte() for cle, case in self._cases.items()}
        valeurs, fautes = champs.relire(textes, tous)
        if not fautes:
            fautes = champs.incoherences(valeurs)
        for cle, case in self._cases.items():
            case.say_faute(fautes.get(cle, ""))
        return None if fautes else valeurs

    def _edited(self) -> None:
        if not self._services.campagne.is_open:
            return
        juste = self._read() is not None
        self._enregistrer.setEnabled(juste and self.modified)
        self._abandonner.setEnabled(self.modified)
        if self._services.campagne.read_only:
            self._bandeau.dire("Campagne en lecture seule : ses paramètres ne peuvent pas être changés d’ici.")
        elif self.modified:
            self._bandeau.dire(self._consequence())
        else:
            self._bandeau.dire("")

    def _consequence(self) -> str:
        suivi = self._services.campagne.suivi
        finalisees = suivi.compter()[Etape.PRETS] if suivi is not None else 0
        phrase = "Changements non enregistrés. Les constats de tous les dossiers seront recalculés"
        if not finalisees:
            return f"{phrase}."
        verbe = "pourra" if finalisees == 1 else "pourront"
        quoi = pluriel(finalisees, "évaluation finalisée", "évaluations finalisées")
        return f"{phrase} ; {quoi} {verbe} demander une relecture."

    def _sign(self) -> None:
        nom = " ".join(self._instructeur.text().split())
        if nom and self._services.campagne.is_open:
            self._services.reglages.instructeur = nom
            self._services.campagne.session.auteur = nom

    def _carte_vous(self) -> QFrame:
        self._instructeur.setMaxLength(120)
        self._instructeur.editingFinished.connect(self._sign)
        mots = label("Votre nom", "gras")
        mots.setBuddy(self._instructeur)
        self._instructeur.setAccessibleName("Votre nom, pour signer les réponses")
        aide = label(
            "Il signe vos réponses et vos avis. Il reste sur ce poste et dans la campagne.", "secondaire", wrap=True
        )
        return card(label("Vous", "section"), mots, self._instructeur, aide)

    def _carte(self, titre: str, liste: Sequence[ChampParametre]) -> QFrame:
        grille = QGridLayout()
        grille.setSpacing(12)
        grille.setColumnStretch(0, 1)
        grille.setColumnStretch(1, 1)
        for rang, champ in enumerate(liste):
            grille.addWidget(self._case(champ), rang // 2, rang % 2)
        suite = [self._hors_formation] if liste is champs.REGLES else []
        return card(label(titre, "section"), grille, *suite, espace=12)

    def _case(self, champ: ChampParametre) -> "_Case":
        case = _Case(champ)
        self._cases[champ.cle] = case
        case.champ_edited(self._edited)
        return case

    def _build_annees(self) -> None:
        """Make the fields of the envelope again when the years changed."""
        annees = champs.enveloppe(self._services.campagne.session.parametres)
        if [c.cle for c in annees] == [c.cle for c in self._annees]:
            return
        for ancien in self._annees:
            case = self._cases.pop(ancien.cle)
            case.hide()
            case.deleteLater()
        self._annees = annees
        for champ in annees:
            self._enveloppe.addWidget(self._case(champ))


class _Case(QWidget):
    """A label, a field, its help, and what is wrong with what is typed."""

    def __init__(self, champ: ChampParametre) -> None:
        super().__init__()
        self._champ = champ
        self._depart = ""
        self._saisie: QLineEdit | QPlainTextEdit = QPlainTextEdit() if champ.lignes else QLineEdit()
        self._saisie.setAccessibleName(champ.libelle)
        if isinstance(self._saisie, QPlainTextEdit):
            self._saisie.setTabChangesFocus(True)
            self._saisie.setMinimumHeight(self._saisie.fontMetrics().lineSpacing() * 6)
        mots = label(champ.libelle, "gras", wrap=True)
        mots.setBuddy(self._saisie)
        titre = row(mots, *([Pastille("proposition")] if champ.proposition else []))
        titre.setStretch(0, 1)
        self._faute = label("", "faute", wrap=True)
        aide = label(champ.aide, "secondaire", wrap=True)
        aide.setVisible(bool(champ.aide))
        self.setLayout(column(titre, self._saisie, self._faute, aide, 1, espace=4))

    def champ_edited(self, dire: Any) -> None:
        """Have *dire* called at each key."""
        self._saisie.textChanged.connect(lambda *_: dire())

    def texte(self) -> str:
        """Return what is typed."""
        if isinstance(self._saisie, QPlainTextEdit):
            return self._saisie.toPlainText()
        return self._saisie.text()

    def show_valeur(self, valeur: Any) -> None:
        """Show a value of the campagne."""
        self._depart = self._champ.montrer(valeur)
        if isinstance(self._saisie, QPlainTextEdit):
            self._saisie.setPlainText(self._depart)
        else:
            self._saisie.setText(self._depart)

    @property
    def modified(self) -> bool:
        """Whether what is typed is not what the campagne says."""
        return self.texte() != self._depart

    def say_faute(self, phrase: str) -> None:
        """Say what is wrong, nothing when it is right."""
        self._faute.setText(f"✕{NBSP}{phrase}" if phrase else "")
        self._faute.setVisible(bool(phrase))
        self._saisie.setProperty("faute", "true" if phrase else "false")
        self._saisie.setAccessibleDescription(phrase)
        restyle(self._saisie)
