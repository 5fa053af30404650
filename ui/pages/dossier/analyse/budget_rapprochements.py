"""What does not agree in a budget: checks, gaps between places, doubtful lines, the cap spelled out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from o2r_desktop.analyse.angles import Controle
from o2r_desktop.analyse.budget.lignes import StatutEcart, cle_ecart
from o2r_desktop.analyse.budget.modele import Ecart, LigneDouteuse, Plafond
from o2r_desktop.analyse.saisie import Fiches, texte
from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.operations import DossierComplet
from o2r_desktop.text import NBSP, enumeration, montant
from ui.models.dossiers import SIGNES
from ui.pages.dossier.analyse.budget_defile import Defile
from ui.theme import Ton
from ui.widgets.base import Pastille, button, card, fill, label, row
from ui.widgets.flux import Flow
from ui.widgets.texte import AutoText

_STATUTS = (None, *StatutEcart)
_TONS = {StatutEcart.EXPLIQUE: Ton.BON, StatutEcart.A_DEMANDER: Ton.ALERTE, StatutEcart.BLOQUANT: Ton.MAUVAIS}
_SIGNES = {StatutEcart.EXPLIQUE: "✓", StatutEcart.A_DEMANDER: "?", StatutEcart.BLOQUANT: "✕"}


def somme_dite(valeur: Decimal | None) -> str:
    """Return an amount, or that it is unknown."""
    return "inconnu" if valeur is None else montant(valeur)


class LigneControle(QWidget):
    """A check: its result as a sign and a word, its sentence, its rule."""

    def __init__(self) -> None:
        super().__init__()
        self.nom = label("", "gras", wrap=True)
        self.resultat = Pastille()
        self.valeur = label("", wrap=True)
        self.regle = label("", "secondaire", wrap=True)
        tete = Flow(espace=8)
        for partie in (self.resultat, self.nom):
            tete.addWidget(partie)
        fill(QVBoxLayout(self), tete, self.valeur, self.regle, espace=2)

    def show_controle(self, controle: Controle) -> None:
        """Show another check."""
        signe, ton = SIGNES[controle.resultat]
        self.resultat.dire(f"{signe} {controle.resultat.libelle}", ton)
        self.nom.setText(controle.nom)
        self.valeur.setText(controle.valeur)
        self.regle.setText(controle.regle)


class LigneEcart(QFrame):
    """A gap: each place with its amount, what the instructor says of it, a note, and the way to ask."""

    said = Signal(str, object, str)
    """Key of the gap, StatutEcart or None, note."""
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.ecart: Ecart | None = None
        self.nom = label("", "gras", wrap=True)
        self.etat = Pastille()
        self.lecture = label("", wrap=True)
        self._places = QGridLayout()
        self._places.setHorizontalSpacing(16)
        self._places.setVerticalSpacing(2)
        self._places.setColumnStretch(2, 1)
        self._mots: list[tuple[QLabel, QLabel]] = []
        self.statut = QComboBox()
        for statut in _STATUTS:
            self.statut.addItem("à qualifier" if statut is None else statut.libelle, statut)
        self.note = AutoText("Note sur l’écart", lignes=1, lignes_max=6)
        self.note.setPlaceholderText("Ce qui explique l’écart, ou ce qui manque…")
        self.poser = button("Poser la question au porteur", self._ask)
        tete, pied = Flow(espace=8), Flow(espace=8)
        for partie in (self.etat, self.nom):
            tete.addWidget(partie)
        self._mots_statut = label("Cet écart est", "secondaire")
        self._mots_statut.setBuddy(self.statut)
        for geste in (self._mots_statut, self.statut, self.poser):
            pied.addWidget(geste)
        fill(QVBoxLayout(self), tete, self._places, self.lecture, pied, self.note, espace=6)
        self.statut.activated.connect(lambda _rang: self._say())
        self.note.edited.connect(self._say)

    def show_ecart(self, ecart: Ecart, *, modifiable: bool) -> None:
        """Show a gap; a note being typed stays."""
        autre = self.ecart is None or self.ecart.cle != ecart.cle
        self.ecart = ecart
        self.nom.setText(ecart.nom)
        self._show_places(ecart)
        self.lecture.setText(ecart.lecture)
        self.lecture.setVisible(bool(ecart.lecture) and bool(ecart.ecart))
        self._show_state(ecart)
        ouvert = bool(ecart.ecart) or ecart.statut is not None or bool(ecart.note)
        for partie in (self._mots_statut, self.statut, self.note, self.poser):
            partie.setVisible(ouvert)
        self.statut.setAccessibleName(f"Statut de l’écart{NBSP}: {ecart.nom}")
        self.note.setAccessibleName(f"Note sur l’écart{NBSP}: {ecart.nom}")
        self.poser.setAccessibleName(f"Poser la question au porteur{NBSP}: {ecart.nom}")
        self.statut.setCurrentIndex(_STATUTS.index(ecart.statut))
        self.statut.setEnabled(modifiable)
        self.note.setReadOnly(not modifiable)
        self.poser.setEnabled(modifiable)
        if autre or (not self.note.dirty and self.note.text() != ecart.note):
            self.note.set_text(ecart.note)
        elif self.note.text() == ecart.note:
            self.note.mark_saved(ecart.note)

    def _show_places(self, ecart: Ecart) -> None:
        while len(self._mots) < len(ecart.places):
            paire = label("", "secondaire"), label("")
            paire[1].setAlignment(Qt.AlignmentFlag.AlignRight)
            for colonne, mots in enumerate(paire):
                self._places.addWidget(mots, len(self._mots), colonne)
            self._mots.append(paire)
        for rang, (ou, combien) in enumerate(self._mots):
            vue = rang < len(ecart.places)
            ou.setVisible(vue)
            combien.setVisible(vue)
            if vue:
                place, valeur = ecart.places[rang]
                ou.setText(place)
                combien.setText(somme_dite(valeur))

    def _show_state(self, ecart: Ecart) -> None:
        if ecart.statut is not None:
            self.etat.dire(f"{_SIGNES[ecart.statut]} {ecart.statut.libelle}", _TONS[ecart.statut])
        elif ecart.ecart is None:
            self.etat.dire("? un seul montant connu", Ton.NEUTRE)
        elif ecart.ecart:
            self.etat.dire(f"! écart de {montant(ecart.ecart)}", Ton.ALERTE)
        else:
            self.etat.dire("✓ concorde", Ton.BON)

    def _say(self) -> None:
        if self.ecart is not None:
            self.said.emit(self.ecart.cle, _STATUTS[self.statut.currentIndex()], self.note.text().strip())

    def _ask(self) -> None:
        if self.ecart is not None:
            self.asked.emit(self.ecart.cle)


class LigneVerifier(QWidget):
    """A doubtful line: why, the rule, and one key to set it aside or keep it."""

    toggled = Signal(str, str)
    """Id of the line and the motif under which it is set aside, «» to keep it."""

    def __init__(self) -> None:
        super().__init__()
        self._douteuse: LigneDouteuse | None = None
        self.etat = Pastille()
        self.nom = label("", "gras", wrap=True)
        self.motif = label("", wrap=True)
        self.regle = label("", "secondaire", wrap=True)
        self.bouton = button("Écarter", self._toggle)
        tete = Flow(espace=8)
        for partie in (self.etat, self.nom):
            tete.addWidget(partie)
        fill(QVBoxLayout(self), tete, self.motif, self.regle, row(self.bouton, 1), espace=2)

    def show_lignes(self, douteuses: Sequence[LigneDouteuse], *, modifiable: bool) -> None:
        """Show the years of a doubtful line."""
        self._douteuse = douteuse = douteuses[0]
        ligne = douteuse.ligne
        montants = enumeration([f"{somme_dite(d.ligne.montant.valeur)} (année {d.ligne.annee})" for d in douteuses])
        nom = f"{ligne.compte} {ligne.libelle}{NBSP}: {montants}"
        self.nom.setText(nom)
        self.motif.setText(f"Écartée{NBSP}: {ligne.ecartee}" if ligne.ecartee else douteuse.motif)
        self.regle.setText(douteuse.regle)
        if ligne.ecartee:
            self.etat.dire("✕ écartée", Ton.MAUVAIS)
        else:
            self.etat.dire("? à trancher" if douteuse.a_trancher else "! à vérifier", Ton.ALERTE)
        quoi = "Garder" if ligne.ecartee else "Écarter"
        self.bouton.setText(quoi)
        self.bouton.setAccessibleName(f"{quoi} la ligne {nom}")
        self.bouton.setEnabled(modifiable)

    def _toggle(self) -> None:
        if self._douteuse is not None:
            ligne = self._douteuse.ligne
            self.toggled.emit(ligne.id, "" if ligne.ecartee else self._douteuse.motif)


class LignePlafond(QWidget):
    """The cap from one place: the figures, then the calculation in words."""

    def __init__(self) -> None:
        super().__init__()
        self.titre = label("", "gras")
        self.etat = Pastille()
        self.valeur = label("", "nombre")
        self.calcul = label("", "secondaire", wrap=True)
        tete = Flow(espace=8)
        for partie in (self.titre, self.etat):
            tete.addWidget(partie)
        fill(QVBoxLayout(self), tete, self.valeur, self.calcul, espace=2)

    def show_plafond(self, plafond: Plafond) -> None:
        """Show a cap."""
        self.titre.setText("Retenu, d’après les lignes" if plafond.origine == "lignes" else "Déclaré au formulaire")
        self.valeur.setText(somme_dite(plafond.plafond))
        trop = plafond.depassement
        if trop is None:
            manques = ", ".join(plafond.manques)
            self.etat.dire(f"? inconnu{f'{NBSP}: {manques}' if manques else ''}", Ton.NEUTRE)
        elif trop:
            self.etat.dire(f"✕ la demande dépasse de {montant(trop)}", Ton.MAUVAIS)
        else:
            self.etat.dire("✓ la demande tient dans le plafond", Ton.BON)
        self.calcul.setText(plafond.calcul or _calcul(plafond))


def _calcul(plafond: Plafond) -> str:
    """Spell the calculation out."""
    retraits = "".join(f" − {somme_dite(v)} ({nom})" for nom, v in plafond.deductions)
    cofinances = f" − {somme_dite(plafond.cofinancements)} de cofinancements"
    return (
        f"Coût {somme_dite(plafond.cout)}{retraits} = base éligible {somme_dite(plafond.base)}"
        f"{cofinances} = plafond {somme_dite(plafond.plafond)}."
    )


class RapprochementsPane(Defile):
    """Four cards; each keeps its rows from one showing to the next, so that the focus stays."""

    said = Signal(str, object, str)
    asked = Signal(str)
    toggled = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.controles: list[LigneControle] = []
        self.ecarts: list[LigneEcart] = []
        self.douteuses: list[LigneVerifier] = []
        self.plafonds: list[LignePlafond] = []
        self.indirectes = label("", wrap=True)
        self.indirectes_calcul = label("", "secondaire", wrap=True)
        self._listes = [QVBoxLayout() for _ in range(4)]
        self._vides = [label(mots, "secondaire", wrap=True) for mots in _VIDES]
        cartes = [
            card(label(titre, "section"), vide, liste, *suite, espace=10)
            for titre, vide, liste, suite in zip(
                _TITRES,
                self._vides,
                self._listes,
                ((), (), (), (self.indirectes, self.indirectes_calcul)),
                strict=True,
            )
        ]
        self.show_parts(*cartes, 1)
        for liste in self._listes:
            liste.setSpacing(14)

    def show_dossier(self, complet: DossierComplet, *, modifiable: bool) -> None:
        """Show what does not agree in a dossier."""
        budget = complet.analyse.budget
        controles = sorted(budget.controles, key=lambda c: _GRAVITE.index(c.resultat))
        _lay(self._listes[0], self.controles, controles, LigneControle, lambda w, c: w.show_controle(c))
        for ligne, suivante in pairwise(self.controles):  # a rule is said once for those that it governs
            ligne.regle.setVisible(suivante.isHidden() or ligne.regle.text() != suivante.regle.text())
        _lay(
            self._listes[1],
            self.ecarts,
            sorted((noted(e, complet.evaluation.fiches) for e in budget.ecarts), key=_urgence),
            self._ecart,
            lambda w, e: w.show_ecart(e, modifiable=modifiable),
        )
        _lay(
            self._listes[2],
            self.douteuses,
            _par_rangee(budget.douteuses),
            self._douteuse,
            lambda w, d: w.show_lignes(d, modifiable=modifiable),
        )
        _lay(self._listes[3], self.plafonds, budget.plafonds, LignePlafond, lambda w, p: w.show_plafond(p))
        for vide, lus in zip(
            self._vides, (budget.controles, budget.ecarts, budget.douteuses, budget.plafonds), strict=True
        ):
            vide.setVisible(not lus)
        indirectes = budget.indirectes
        self.indirectes.setText(indirectes.lecture if indirectes else "")
        self.indirectes_calcul.setText(indirectes.calcul if indirectes else "")
        for mots in (self.indirectes, self.indirectes_calcul):
            mots.setVisible(bool(mots.text()))

    def flush(self) -> None:
        """Write the notes being typed."""
        for ligne in self.ecarts:
            ligne.note.flush()

    def _ecart(self) -> LigneEcart:
        ligne = LigneEcart()
        ligne.said.connect(self.said)
        ligne.asked.connect(self.asked)
        return ligne

    def _douteuse(self) -> LigneVerifier:
        ligne = LigneVerifier()
        ligne.toggled.connect(self.toggled)
        return ligne


_GRAVITE = (Resultat.NON_CONFORME, Resultat.ALERTE, Resultat.INCONNU, Resultat.CONFORME, Resultat.SANS_OBJET)
_TITRES = ("Contrôles", "Écarts entre les sources", "Lignes à vérifier", "Base éligible et plafond")
_VIDES = (
    "Aucun contrôle ne peut être fait.",
    "Aucun montant n’est donné à deux endroits.",
    "Aucune ligne ne paraît inéligible.",
    "Ni le formulaire ni les lignes ne donnent un coût.",
)


def _par_rangee(douteuses: Sequence[LigneDouteuse]) -> list[list[LigneDouteuse]]:
    """Put together the years of a line that look ineligible for the same reason."""
    faites: dict[tuple[str, ...], list[LigneDouteuse]] = {}
    for douteuse in douteuses:
        ligne = douteuse.ligne
        quoi = ligne.compte, ligne.libelle, ligne.membre, douteuse.motif, ligne.ecartee
        faites.setdefault(quoi, []).append(douteuse)
    return list(faites.values())


def _urgence(ecart: Ecart) -> int:
    """Place first the gaps that nobody explained, last what is known in one place only."""
    return 0 if ecart.a_voir else 1 if ecart.ecart or ecart.statut else 2 if ecart.ecart is not None else 3


def _lay(
    liste: QVBoxLayout,
    presentes: list[Any],
    voulues: Sequence[Any],
    make: Callable[[], QWidget],
    show: Callable[[Any, Any], object],
) -> None:
    """Show as many rows as there are things, making those that are missing."""
    while len(presentes) < len(voulues):
        neuve = make()
        liste.addWidget(neuve)
        presentes.append(neuve)
    for rang, ligne in enumerate(presentes):
        ligne.setVisible(rang < len(voulues))
        if rang < len(voulues):
            show(ligne, voulues[rang])


def noted(ecart: Ecart, fiches: Fiches) -> Ecart:
    """Return a gap with its note, which may have been written before any status."""
    brut = fiches.get(cle_ecart(ecart.cle))
    return replace(ecart, note=texte(brut.get("note"))) if isinstance(brut, Mapping) else ecart
