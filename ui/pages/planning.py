"""The plan of the work: what remains until the committee, day by day, and which dossiers come first."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from o2r_desktop.errors import O2rError
from o2r_desktop.evaluation.reponses import EtatEvaluation
from o2r_desktop.store import reglages
from o2r_desktop.suivi import Suivi
from o2r_desktop.suivi.planning import Planning, ResteDossier, dire, mesurer, planifier
from o2r_desktop.text import NBSP, PARIS, date_longue, nombre, pluriel
from ui.pages.page import Page
from ui.services import Services
from ui.widgets.base import Gauge, button, card, fill, label, row
from ui.widgets.champ_date import ChampDate

SEANCE = "planning.seance"
"""Key of the date of the committee among the choices of the team."""
_ACTES = 2000
"""Last answers that the pace is measured on."""
_JOURS_MAX = 30


class PlanningPage(Page):
    """Read again each time it is shown; only the date of the committee is kept."""

    nom = "planning"
    titre = "Plan de travail"
    aide = (
        "Le plan de travail dit ce qui reste à traiter d’ici le comité, par jour ouvré et par instructeur, et par "
        "quels dossiers commencer. Le rythme est celui que vos réponses mesurent, les interruptions ôtées."
    )

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self.phrase = label("", wrap=True)
        self.seance = ChampDate("Date du comité")
        self.sans_date = button("Retirer la date", partial(self._keep, None))
        self._jours, self._qui, self._dabord = QGridLayout(), QGridLayout(), QGridLayout()
        self._cartes = tuple(
            card(label(titre, "section"), _largeur(grille))
            for titre, grille in (
                ("Par jour", self._jours),
                ("Par instructeur", self._qui),
                ("Par où commencer", self._dabord),
            )
        )
        self._place()
        self.seance.changed.connect(self._date_typed)
        for signal in (services.campagne.opened, services.campagne.closed, services.campagne.suivi_loaded):
            signal.connect(self.refresh)

    def enter(self) -> None:
        """Work it out again and put the focus on the date."""
        self.refresh()
        self.seance.champ.setFocus()

    def refresh(self) -> None:
        """Work out what remains now."""
        campagne = self.services.campagne
        if not campagne.is_open or campagne.suivi is None:
            return
        aujourd_hui = campagne.horloge().astimezone(PARIS).date()
        try:
            seance = _date(reglages.lire(campagne.session.campagne, SEANCE))
            actes = reglages.heures_des_reponses(campagne.session.campagne, campagne.session.auteur, _ACTES)
        except O2rError as erreur:
            self.phrase.setText(str(erreur))
            return
        planning = planifier(_restes(campagne.suivi), aujourd_hui=aujourd_hui, seance=seance, rythme=mesurer(actes))
        self._show_date(seance)
        self._show(planning)

    # --- what is shown ------------------------------------------------------------------------------------

    def _show_date(self, jour: date | None) -> None:
        if jour != self.seance.jour:
            muet = self.seance.blockSignals(True)
            self.seance.set_jour(jour)
            self.seance.blockSignals(muet)
        libre = not self.services.campagne.read_only
        self.seance.setEnabled(libre)
        self.sans_date.setVisible(jour is not None)
        self.sans_date.setEnabled(libre)

    def _show(self, planning: Planning) -> None:
        self.phrase.setText(dire(planning))
        for grille in (self._jours, self._qui, self._dabord):
            _vider(grille)
        plus = max((j.criteres for j in planning.jours), default=0)
        for rang, jour in enumerate(planning.jours[:_JOURS_MAX]):
            mots = f"{pluriel(jour.criteres, 'critère')}, il en restera {nombre(jour.reste)}"
            self._bar(self._jours, rang, date_longue(jour.jour), mots, jour.criteres, plus)
        if len(planning.jours) > _JOURS_MAX:
            suite = pluriel(len(planning.jours) - _JOURS_MAX, "jour ouvré", "jours ouvrés")
            self._jours.addWidget(label(f"… et {suite} au même rythme", "secondaire"), _JOURS_MAX, 0, 1, 3)
        for rang, (qui, reste) in enumerate(planning.par_instructeur.items()):
            nom = qui or "Sans instructeur"
            self._bar(self._qui, rang, nom, pluriel(reste, "critère"), reste, planning.criteres)
        for rang, dossier in enumerate(planning.d_abord):
            self._dossier(rang, dossier)
        for carte, plein in zip(
            self._cartes, (planning.jours, planning.par_instructeur, planning.d_abord), strict=True
        ):
            carte.setVisible(bool(plein) and bool(planning.criteres))

    def _bar(self, grille: QGridLayout, rang: int, titre: str, mots: str, part: int, tout: int) -> None:
        barre = Gauge(self.services.theme, largeur=200)
        barre.set_value(part, tout)
        for colonne, partie in enumerate((label(titre), barre, label(mots, "secondaire"))):
            grille.addWidget(partie, rang, colonne)

    def _dossier(self, rang: int, dossier: ResteDossier) -> None:
        ouvrir = button(
            dossier.porteur.replace("&", "&&") or f"n°{NBSP}{dossier.numero}",
            partial(self.services.navigation.open_dossier, dossier.numero),
            role="lien",
        )
        ouvrir.setAccessibleName(f"Ouvrir le dossier de {dossier.porteur}")
        mots = pluriel(dossier.reste, "critère")
        if dossier.a_reconfirmer:
            mots += f", dont {dossier.a_reconfirmer} à reconfirmer"
        elif dossier.commence:
            mots += ", commencé"
        self._dabord.addWidget(ouvrir, rang, 0, Qt.AlignmentFlag.AlignLeft)
        self._dabord.addWidget(label(mots, "secondaire"), rang, 1)

    # --- acts ---------------------------------------------------------------------------------------------

    def _date_typed(self, jour: date | None) -> None:
        if jour is not None:  # a date half typed changes nothing
            self._keep(jour)

    def _keep(self, jour: date | None) -> None:
        campagne = self.services.campagne
        try:
            reglages.ecrire(campagne.session.campagne, SEANCE, jour.isoformat() if jour else None)
        except O2rError as erreur:
            self.services.alertes.show_error(erreur)
        self.refresh()

    # --- building -----------------------------------------------------------------------------------------

    def _place(self) -> None:
        mots: QLabel = label("Date du comité")
        mots.setBuddy(self.seance.champ)
        contenu = QWidget()
        date_dite = row(mots, self.seance, self.sans_date, 1)
        fill(
            QVBoxLayout(contenu),
            label(self.titre, "titre"),
            date_dite,
            self.phrase,
            *self._cartes,
            1,
            marge=16,
            espace=12,
        )
        zone = QScrollArea()
        zone.setWidgetResizable(True)
        zone.setFrameShape(QFrame.Shape.NoFrame)
        zone.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        zone.setWidget(contenu)
        fill(QVBoxLayout(self), zone)


def _restes(suivi: Suivi) -> Iterator[ResteDossier]:
    """Yield what is left in each dossier that is not finalised, without reading the others' rows."""
    for rang in range(len(suivi)):
        suite = suivi.avancement(rang)
        reste = suite.criteres - suite.faits
        if suite.etat is EtatEvaluation.FINALISEE or reste <= 0:
            continue
        numero = suivi.numero(rang)
        yield ResteDossier(
            numero=numero,
            porteur=suivi.ligne(rang).porteur,
            reste=reste,
            a_reconfirmer=suite.a_reconfirmer,
            instructeur=suivi.attributions.instructeur(numero),
            commence=suite.etat is not EtatEvaluation.VIDE,
        )


def _date(kept: object) -> date | None:
    """Return the date that is kept, None when there is none or it makes no sense."""
    try:
        return date.fromisoformat(kept) if isinstance(kept, str) else None
    except ValueError:
        return None


def _largeur(grille: QGridLayout) -> QGridLayout:
    grille.setHorizontalSpacing(16)
    grille.setVerticalSpacing(4)
    grille.setColumnStretch(2, 1)
    return grille


def _vider(grille: QGridLayout) -> None:
    while (partie := grille.takeAt(0)) is not None:
        if (widget := partie.widget()) is not None:
            widget.hide()
            widget.deleteLater()
