"""The header of a dossier: who, when, how much, how far, and the dossiers before and after."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QLayoutItem, QSizePolicy, QWidget

from o2r_desktop.dossiers.budget import lire_budget
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.dossiers.territoires import codes_departements, nom_departement
from o2r_desktop.evaluation.constats import Constat, Resultat
from o2r_desktop.evaluation.etats import compter_faits
from o2r_desktop.evaluation.grille import Grille
from o2r_desktop.evaluation.priorites import Priorite
from o2r_desktop.evaluation.reponses import EtatEvaluation
from o2r_desktop.operations import DossierComplet
from o2r_desktop.text import NBSP, instant, montant, numero, pluriel, printable
from ui.pages.dossier.reconfirmer import RECONFIRMER_SUIVANT
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Pastille, button, column, key_text, label, row

DELAI = "REC-02"
"""The critere that compares the deposit with the deadline."""

_DELAIS = {
    Resultat.CONFORME: ("✓ dans le délai", Ton.BON),
    Resultat.NON_CONFORME: ("✕ hors délai", Ton.MAUVAIS),
}
_PRIORITES: dict[str, tuple[str, Ton]] = {
    Priorite.P1: ("P1", Ton.ACTION),
    Priorite.P2_RENFORCEE: ("P2 renforcée", Ton.ACTION),
    Priorite.P2: ("P2", Ton.NEUTRE),
    Priorite.HORS: ("– hors priorité", Ton.NEUTRE),
}
_ETATS = {
    EtatEvaluation.VIDE: ("○", Ton.NEUTRE),
    EtatEvaluation.EN_COURS: ("◐", Ton.ALERTE),
    EtatEvaluation.COMPLETE: ("●", Ton.BON),
    EtatEvaluation.FINALISEE: ("✓", Ton.BON),
    EtatEvaluation.ROUVERTE: ("◐", Ton.ALERTE),
}
_CARACTERES_MINI = 66
"""Characters of the first block that other blocks may not take from it."""


def delai(constats: Sequence[Constat]) -> tuple[str, Ton]:
    """Return what is said of the deposit beside the deadline."""
    trouve = next((c.resultat for c in constats if c.critere == DELAI), Resultat.INCONNU)
    return _DELAIS.get(trouve, ("? délai à vérifier", Ton.ALERTE))


def etat_dit(grille: Grille, complet: DossierComplet) -> tuple[str, Ton]:
    """Return the state of the evaluation, with its progress while it is going on."""
    etat = complet.evaluation.etat
    signe, ton = _ETATS[etat]
    mots = f"{signe} {etat.libelle.capitalize()}"
    if etat not in (EtatEvaluation.EN_COURS, EtatEvaluation.ROUVERTE):
        return mots, ton
    return f"{mots} {compter_faits(grille.criteres, complet.evaluation)}/{len(grille.criteres)}", ton


def lieu_et_depot(dossier: Dossier) -> tuple[str, ...]:
    """Return «n° 24 000 012 · Maine-et-Loire (49), Mayenne (53) · déposé le 12/08/2025 à 17:04».

    Shorter forms follow: the departments give way first, their codes alone, then none.
    """
    codes, autres = codes_departements(dossier.liste("departements"))
    noms = ", ".join([*map(nom_departement, codes), *autres]) or "département non renseigné"
    courts = f"dép.{NBSP}{', '.join([*codes, *autres])}" if codes or autres else noms
    depot = f"déposé le {instant(dossier.depot)}" if dossier.depot else "date de dépôt non renseignée"
    qui, quand = f"n°{NBSP}{numero(dossier.numero)}", depot.replace(" ", NBSP)
    return f"{qui} · {noms} · {quand}", f"{qui} · {courts} · {quand}", f"{qui} · {quand}"


def sommes(dossier: Dossier) -> tuple[str, str]:
    """Return the request, and what it is beside the cost; an unknown amount is said."""
    budget = lire_budget(dossier)
    cout = "coût non renseigné" if budget.cout is None else f"coût {montant(budget.cout)}"
    if budget.demande is None:
        return "Demande non renseignée", cout
    return montant(budget.demande), f"demandés sur 3{NBSP}ans · {cout}"


class Entete(QFrame):
    """Four blocks side by side, one under the other when the text is large."""

    liste_requested = Signal()
    voisin_requested = Signal(int)
    reconfirmer_requested = Signal()
    """The next answer to be confirmed again is asked for."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self.setProperty("role", "entete")
        self.retour = button("Dossiers", self.liste_requested.emit, nom="Retour à la liste des dossiers")
        self.retour.setToolTip("Retour à la liste des dossiers")
        self.titre = ElidedLabel("titre")
        self.lieu = ElidedLabel("secondaire")
        self.delai = Pastille()
        self.demande, self.cout = label("", "section"), label("", "secondaire")
        self.priorite, self.etat = Pastille(), Pastille()
        self.reconfirmer = button("", self.reconfirmer_requested.emit)
        self.reconfirmer.setProperty("role", "reconfirmer")
        self.position = label("", "secondaire")
        self.precedent = button("", self._previous, nom="Dossier précédent (Alt+←)")
        self.suivant = button("", self._next, nom="Dossier suivant (Alt+→)")
        for bouton in (self.precedent, self.suivant):
            bouton.setToolTip(bouton.accessibleName())
        self._place()
        self._tint()
        services.theme.changed.connect(self._tint)

    def show_dossier(self, grille: Grille, complet: DossierComplet) -> None:
        """Show a dossier, or its new state."""
        dossier = complet.dossier
        self.titre.set_texte(dossier.porteur.nom or "Porteur non renseigné")
        self.lieu.set_texte(*lieu_et_depot(dossier))
        self.delai.dire(*delai(complet.constats))
        demande, cout = sommes(dossier)
        self.demande.setText(demande)
        self.cout.setText(cout)
        self.priorite.dire(*_PRIORITES.get(complet.priorite, ("? priorité inconnue", Ton.ALERTE)))
        self.etat.dire(*etat_dit(grille, complet))
        self.etat.setToolTip(
            f"{complet.score.repondus} critères notés sur les {complet.score.attendus} qui comptent dans le score"
        )

        self._show_reconfirmer(sum(r.a_reconfirmer for r in complet.evaluation.reponses.values()))

    def _show_reconfirmer(self, compte: int) -> None:
        """Say how many answers an import put in doubt; the button leads from one to the next."""
        self.reconfirmer.setVisible(bool(compte))
        self.reconfirmer.setText(f"! {compte} à reconfirmer")
        touche = key_text(RECONFIRMER_SUIVANT)
        mots = f"{pluriel(compte, 'réponse')} à reconfirmer{NBSP}: aller à la suivante ({touche})"
        self.reconfirmer.setAccessibleName(mots)
        self.reconfirmer.setToolTip(mots)

    def show_position(self, texte: str, *, avant: bool, apres: bool) -> None:
        """Say where the dossier stands in the list, and whether there are others on each side."""
        self.position.setText(texte)
        self.position.setVisible(bool(texte))
        self.precedent.setEnabled(avant)
        self.suivant.setEnabled(apres)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 Qt
        """Align the amounts on the side where their block stands."""
        cote = Qt.AlignmentFlag.AlignRight if self._blocs.en_ligne else Qt.AlignmentFlag.AlignLeft
        for mots in (self.demande, self.cout):
            if not mots.alignment() & cote:
                mots.setAlignment(cote | Qt.AlignmentFlag.AlignVCenter)
        super().paintEvent(event)

    def _place(self) -> None:
        depot = row(self.delai, self.lieu)
        depot.setStretch(1, 1)
        qui = row(self.retour, column(self.titre, depot, espace=0), espace=12)
        qui.setStretch(1, 1)
        self._blocs = blocs = _Blocs(self)
        blocs.setContentsMargins(16, 8, 16, 8)
        for contenu in (
            qui,
            column(self.demande, self.cout, espace=0),
            row(self.priorite, self.etat, self.reconfirmer),
            row(self.precedent, self.position, self.suivant),
        ):
            bloc = QWidget()
            contenu.setContentsMargins(0, 0, 0, 0)
            bloc.setLayout(contenu)
            blocs.addWidget(bloc)

    def _previous(self) -> None:
        self.voisin_requested.emit(-1)

    def _next(self) -> None:
        self.voisin_requested.emit(1)

    def _tint(self) -> None:
        theme = self._services.theme
        self.retour.setIcon(theme.icone("table-2"))
        self.precedent.setIcon(theme.icone("chevron-left"))
        self.suivant.setIcon(theme.icone("chevron-right"))


class ElidedLabel(QLabel):
    """One line of text, in a shorter form or cut with «…» when there is no room: then a tooltip says all of it."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self._texte = ""
        self._formes: tuple[str, ...] = ("",)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def texte(self) -> str:
        """The whole text."""
        return self._texte

    def set_texte(self, *formes: str) -> None:
        """Show another text, given with its shorter forms."""
        self._formes = tuple(printable(forme).replace("\n", " ") for forme in formes)
        self._texte = self._formes[0]
        self.setAccessibleName(self._texte)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Cut the text for the new width."""
        super().resizeEvent(event)
        self._elide()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 Qt
        """Cut the text again when the font changed."""
        self._elide()
        super().paintEvent(event)

    def _elide(self) -> None:
        mesure, fin = self.fontMetrics(), Qt.TextElideMode.ElideRight
        dites = [mesure.elidedText(forme, fin, self.width()) for forme in self._formes]
        court = next((d for d, f in zip(dites, self._formes, strict=True) if d == f), dites[-1])
        if court != self.text():
            self.setText(court)
            self.setToolTip("" if court == self._texte else self._texte.replace("<", "\u2039"))


class _Blocs(QLayout):
    """A line of blocks; the first takes what is left, on a line of its own when that is too little."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._blocs: list[QLayoutItem] = []
        self.en_ligne = True
        self.setSpacing(16)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 Qt
        """Take a block."""
        self._blocs.append(item)

    def count(self) -> int:
        """Return how many blocks there are."""
        return len(self._blocs)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 Qt
        """Return a block."""
        return self._blocs[index] if 0 <= index < len(self._blocs) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 Qt
        """Give a block back."""
        return self._blocs.pop(index) if 0 <= index < len(self._blocs) else None

    def hasHeightForWidth(self) -> bool:  # noqa: N802 Qt
        """Return True: blocks go down when the width lacks."""
        return True

    def heightForWidth(self, largeur: int) -> int:  # noqa: N802 Qt
        """Return the height of all the lines."""
        return self._ranger(QRect(0, 0, largeur, 0), poser=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 Qt
        """Put the blocks in their places."""
        super().setGeometry(rect)
        self._ranger(rect, poser=True)

    def sizeHint(self) -> QSize:  # noqa: N802 Qt
        """Return the smallest size."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802 Qt
        """Return a size that the widest block fits in."""
        marges = self.contentsMargins()
        largeur = max((b.minimumSize().width() for b in self._blocs), default=0)
        hauteur = max((b.minimumSize().height() for b in self._blocs), default=0)
        return QSize(largeur + marges.left() + marges.right(), hauteur + marges.top() + marges.bottom())

    def _lignes(self, largeur: int) -> list[list[QLayoutItem]]:
        premier, autres = self._blocs[0], self._blocs[1:]
        mini = self._parent.fontMetrics().averageCharWidth() * _CARACTERES_MINI
        mini = max(mini, premier.minimumSize().width())
        if mini + sum(b.sizeHint().width() + self.spacing() for b in autres) <= largeur:
            return [list(self._blocs)]
        lignes: list[list[QLayoutItem]] = [[premier], []]
        prise = 0
        for bloc in autres:
            besoin = bloc.sizeHint().width() + self.spacing()
            if lignes[-1] and prise + besoin > largeur:
                lignes.append([])
                prise = 0
            lignes[-1].append(bloc)
            prise += besoin
        return lignes

    def _ranger(self, rect: QRect, *, poser: bool) -> int:
        marges = self.contentsMargins()
        dedans = rect.adjusted(marges.left(), marges.top(), -marges.right(), -marges.bottom())
        haut = dedans.top()
        lignes = self._lignes(dedans.width()) if self._blocs else []
        if poser:
            self.en_ligne = len(lignes) < 2
        for ligne in lignes:
            largeurs = [b.sizeHint().width() for b in ligne]
            if ligne[0] is self._blocs[0]:
                largeurs[0] = dedans.width() - sum(w + self.spacing() for w in largeurs[1:])
            hauteur = max(_hauteur(b, w) for b, w in zip(ligne, largeurs, strict=True))
            gauche = dedans.left()
            for bloc, largeur in zip(ligne, largeurs, strict=True):
                if poser:
                    bloc.setGeometry(QRect(QPoint(gauche, haut), QSize(largeur, hauteur)))
                gauche += largeur + self.spacing()
            haut += hauteur + 4
        return haut - 4 - rect.top() + marges.bottom()


def _hauteur(bloc: QLayoutItem, largeur: int) -> int:
    return bloc.heightForWidth(largeur) if bloc.hasHeightForWidth() else bloc.sizeHint().height()
