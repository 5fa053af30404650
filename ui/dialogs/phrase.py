"""One phrase: its words, what it is for; shown and changed before it is kept."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QMenu, QPlainTextEdit, QVBoxLayout, QWidget

from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.evaluation.banque import defaut
from o2r_desktop.evaluation.grille import Grille
from o2r_desktop.evaluation.phrases import NIVEAUX, VARIABLES, Origine, Phrase, inconnues
from o2r_desktop.evaluation.traces import traces
from o2r_desktop.text import NBSP, enumeration, printable
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Banner, button, fill, key_text, label, row
from ui.widgets.phrases import niveau_dit

_VALIDER = "Ctrl+Return"
TOUS = "Tous les critères"


def grille_of(services: Services) -> Grille:
    """Return the grille of the open campagne, else the one shipped."""
    if services.campagne.is_open:
        return services.campagne.session.grille
    from o2r_desktop.evaluation.grille import load_grille
    from o2r_desktop.operations import GRILLE_PAR_DEFAUT
    from o2r_desktop.resources import resource

    return load_grille(resource(*GRILLE_PAR_DEFAUT).read_text("utf-8"), GRILLE_PAR_DEFAUT[-1])


class PhraseDialog(QDialog):
    """Shows a phrase to be added or changed; nothing is kept before «Enregistrer». Show it with ``open``.

    *dossier* is the one whose comment the words come from: what still names it is said.
    """

    accepted_phrase = Signal(object)

    def __init__(
        self, services: Services, phrase: Phrase, *, dossier: Dossier | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._dossier = dossier
        self.setWindowTitle("Modifier la phrase" if dossier is None and phrase.texte else "Ajouter une phrase")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.champ = QPlainTextEdit(phrase.texte)
        self.champ.setAccessibleName("Phrase")
        self.champ.setTabChangesFocus(True)
        self.champ.textChanged.connect(self._typed)
        self.critere = _combo("Pour", phrase.critere, _criteres(grille_of(services), phrase.critere))
        self.niveau = _combo("Quand la réponse est", phrase.niveau, _niveaux())
        self.refus = label("", "faute", wrap=True)
        self.refus.hide()
        self.alerte = Banner("", Ton.ALERTE)
        self.variable = button("Insérer une variable", self._show_variables)
        self.valider = button("Enregistrer", self.accept, role="principal", touche=key_text(_VALIDER))
        self.valider.setDefault(True)
        for touche in (_VALIDER, "Ctrl+Enter"):
            QShortcut(QKeySequence(touche), self, self.accept)
        self._lay_out()
        self._typed()
        self.champ.setFocus()

    def phrase(self) -> Phrase:
        """Return the phrase as it is now."""
        texte = printable(self.champ.document().toRawText().replace("\u2029", "\n")).strip()
        return Phrase(
            texte=texte,
            critere=str(self.critere.currentData()),
            niveau=str(self.niveau.currentData()),
            origine=Origine.PERSONNELLE,
        )

    def accept(self) -> None:
        """Give the phrase; stay open while there is none."""
        phrase = self.phrase()
        refus = defaut(phrase.texte)
        self.refus.setText(refus)
        self.refus.setVisible(bool(refus))
        self.champ.setAccessibleDescription(refus)
        if refus:
            self.champ.setFocus()
            return
        self.accepted_phrase.emit(phrase)
        super().accept()

    def _lay_out(self) -> None:
        nom, pour, quand = label("&Phrase"), label("P&our"), label("&Quand la réponse est")
        for mots, champ in ((nom, self.champ), (pour, self.critere), (quand, self.niveau)):
            mots.setBuddy(champ)
        aide = label(
            "Une variable entre accolades, comme {porteur}, prend la valeur du dossier en cours ; sans valeur, "
            "elle reste à compléter. La phrase servira dans toutes vos campagnes : n’y laissez rien de ce dossier.",
            "secondaire",
            wrap=True,
        )
        annuler = button("Annuler", self.reject, touche="Échap")
        fill(QVBoxLayout(self), nom, self.champ, self.refus, self.alerte, row(self.variable, 1), aide, pour,
             self.critere, quand, self.niveau, row(1, annuler, self.valider), marge=16)  # fmt: skip
        mesures = self.fontMetrics()
        self.setMinimumWidth(mesures.averageCharWidth() * 62)
        self.champ.setMinimumHeight(mesures.lineSpacing() * 4)
        self.champ.setMaximumHeight(mesures.lineSpacing() * 7)

    def _show_variables(self) -> None:
        self.variables_menu().popup(self.variable.mapToGlobal(self.variable.rect().bottomLeft()))

    def variables_menu(self) -> QMenu:
        """Return the menu of the variables; one that is chosen goes to the caret."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for nom, libelle in VARIABLES.items():
            menu.addAction(f"{libelle[0].upper()}{libelle[1:]} — {{{nom}}}", partial(self._insert, f"{{{nom}}}"))
        return menu

    def _insert(self, mots: str) -> None:
        self.champ.insertPlainText(mots)
        self.champ.setFocus()

    def _typed(self) -> None:
        """Say what should not be kept, as it is typed."""
        texte = self.phrase().texte
        dits = []
        if vues := traces(texte, self._dossier):
            dits.append(
                f"Cette phrase contient encore {enumeration(vues)}{NBSP}: elle quitte le dossier de la campagne, "
                "remplacez-le par une variable ou par d’autres mots."
            )
        if noms := inconnues(texte):
            dits.append(
                f"{enumeration([f'{{{n}}}' for n in noms])} n’est pas une variable connue{NBSP}: elle restera à "
                "compléter."
            )
        self.alerte.dire(" ".join(dits))
        if self.refus.isVisible() and not defaut(texte):
            self.refus.hide()


def _combo(nom: str, valeur: str, choix: dict[str, str]) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(nom)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(20)
    for cle, libelle in choix.items():
        combo.addItem(libelle, cle)
    combo.setCurrentIndex(max(0, list(choix).index(valeur) if valeur in choix else 0))
    return combo


def _criteres(grille: Grille, garde: str) -> dict[str, str]:
    """Return what a phrase may be for; one that this grille does not have is kept all the same."""
    choix = {"": TOUS}
    for section in grille.sections:
        choix[section.id] = f"{section.id}{NBSP}— toute la section «{NBSP}{section.libelle}{NBSP}»"
        choix.update({c.id: f"{c.id}{NBSP}— {c.libelle}" for c in section.criteres})
    return choix if garde in choix else {**choix, garde: garde}


def _niveaux() -> dict[str, str]:
    dits = {n: niveau_dit(n) for n in NIVEAUX}
    return {n: dit[0].upper() + dit[1:] for n, dit in dits.items()}
