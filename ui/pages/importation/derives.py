"""How the headers moved since the last import: a sentence for each file, and its details unfolded at will."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QTextEdit, QVBoxLayout, QWidget

from o2r_desktop.dossiers.appariement import Derive, Renommage
from o2r_desktop.dossiers.model import Colonne
from o2r_desktop.text import NBSP, enumeration, nombre, pluriel, printable
from ui.models.correspondance import nom_colonne
from ui.pages.importation.redaction import Redacteur
from ui.theme import Theme
from ui.widgets.base import button, card, fill, label, row

_MAX = 60
"""Columns of a kind that the details name one by one."""

Liee = Callable[[Renommage], bool | None]
"""Says whether the attribute of a renamed column is bound to its new name; None when it is no attribute of ours."""


class DerivesVue(QWidget):
    """A card for each file whose headers moved; ``rename_accepted`` carries the Renommage to bind."""

    rename_accepted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pile = QVBoxLayout(self)
        fill(self._pile)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 Qt
        """Leave it to the height for the width: wrapped labels ask for more than they need."""
        return QSize()

    @property
    def controls(self) -> list[QWidget]:
        """What can have the focus, from top to bottom."""
        return [w for w in self.findChildren(QWidget) if isinstance(w, (QPushButton, QTextEdit))]

    def show_derives(self, derives: Sequence[Derive], liee: Liee) -> None:
        """Show what moved; files whose headers did not are left out."""
        while (element := self._pile.takeAt(0)) is not None:
            if vieux := element.widget():
                vieux.setParent(None)  # its buttons are no longer among ours
                vieux.deleteLater()
        visibles = [d for d in derives if not d.vide]
        for derive in visibles:
            self._pile.addWidget(self._carte(derive, liee, nommer=len(visibles) > 1))
        self.setVisible(bool(visibles))

    def _carte(self, derive: Derive, liee: Liee, *, nommer: bool) -> QFrame:
        details = _details(self._theme, derive)
        deplier = button("Détails", role="lien", nom=f"Détails de ce qui a bougé dans {derive.fichier}")
        deplier.setCheckable(True)
        deplier.toggled.connect(details.setVisible)
        ligne = row(label(_phrase(derive, nommer=nommer), wrap=True), deplier, espace=12)
        ligne.setStretch(0, 1)
        renommages = [self._renommage(r, liee(r)) for r in derive.renommees]
        return card(ligne, *renommages, details, marge=10, espace=4)

    def _renommage(self, r: Renommage, liee: bool | None) -> QWidget:
        mots = label(tell_rename(r), "secondaire", wrap=True)
        parties: list[QWidget] = [mots]
        if liee is False:
            nom = f"Lier «{NBSP}{nom_colonne(r.nouvelle)}{NBSP}»"
            parties.append(button("Lier", lambda: self.rename_accepted.emit(r), nom=nom))
        elif liee:
            parties.append(label("✓ liée", "secondaire"))
        partie = QWidget()
        suite = row(*parties, espace=12)
        suite.setStretch(0, 1)
        partie.setLayout(suite)
        return partie


def _phrase(derive: Derive, *, nommer: bool) -> str:
    """Say how much moved, and in which file when there are several."""
    return f"{printable(derive.fichier)}{NBSP}: {derive.phrase}" if nommer else derive.phrase


def tell_rename(r: Renommage) -> str:
    """Say which column is probably which, and on what ground."""
    avant, apres = nom_colonne(r.ancienne), nom_colonne(r.nouvelle)
    compte = f"mêmes valeurs pour {pluriel(r.egales, 'dossier')} sur {nombre(r.comparees)}"
    return f"«{NBSP}{avant}{NBSP}» s’appelle sans doute «{NBSP}{apres}{NBSP}»{NBSP}: {compte}"


def _details(theme: Theme, derive: Derive) -> QTextEdit:
    texte = QTextEdit()
    texte.setReadOnly(True)
    texte.setProperty("role", "rapport")
    texte.setTabChangesFocus(True)
    texte.setAccessibleName("Ce qui a bougé dans les colonnes")
    texte.document().setDefaultFont(texte.font())
    with Redacteur(texte.document(), texte=theme.couleurs.texte, secondaire=theme.couleurs.secondaire) as plume:
        lignes = tell_drift(plume, derive)
    texte.setFixedHeight(texte.fontMetrics().height() * min(8, lignes + 2))
    texte.hide()
    return texte


def tell_drift(plume: Redacteur, derive: Derive) -> int:
    """Write which columns came, went, moved or changed their name; return how many items that makes."""
    for nom, colonnes in (("Ajoutées", derive.ajoutees), ("Manquantes", derive.manquantes)):
        if colonnes:
            plume.element(nom, enumeration(list(_noms(colonnes))))
    if derive.deplacees:
        places = [f"«{NBSP}{nom_colonne(c)}{NBSP}» ({avant} → {apres})" for c, avant, apres in derive.deplacees]
        plume.element("Déplacées", enumeration([*places[:_MAX], *_reste(len(places))]))
    for r in derive.renommees:
        plume.element("Renommée", tell_rename(r))
    return sum(map(bool, (derive.ajoutees, derive.manquantes, derive.deplacees))) + len(derive.renommees)


def _noms(colonnes: Sequence[Colonne]) -> Iterable[str]:
    yield from (f"«{NBSP}{nom_colonne(c)}{NBSP}»" for c in colonnes[:_MAX])
    yield from _reste(len(colonnes))


def _reste(combien: int) -> list[str]:
    return [pluriel(combien - _MAX, "autre")] if combien > _MAX else []
