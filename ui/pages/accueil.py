"""Accueil: open or create a campagne, try the demonstration, take up the work where it stopped."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from o2r_desktop import operations
from o2r_desktop.errors import DossierError
from o2r_desktop.evaluation.grille import Grille
from o2r_desktop.suivi import Etape, Filtre, Suivi
from o2r_desktop.text import NBSP, instant, nombre, numero, pluriel
from ui.pages.page import Page
from ui.services import Services
from ui.widgets.base import bulle, button, card, column, fill, label, restyle, row

_EXPLICATIONS = {
    Etape.A_ELIGIBILISER: "recevabilité ou éligibilité à vérifier",
    Etape.A_INSTRUIRE: "éligibilité vérifiée, évaluation à terminer",
    Etape.A_RECONFIRMER: "des données ont changé depuis vos réponses",
    Etape.PRETS: "évaluation finalisée",
}


class AccueilPage(Page):
    """Two faces: no campagne open, or one open and its state."""

    nom = "accueil"
    titre = "Accueil"
    aide = (
        "L’accueil ouvre ou crée une campagne, montre où en sont les dossiers et reprend le travail là où il "
        "s’est arrêté. Chaque compteur ouvre la liste des dossiers qu’il compte."
    )

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._sans = _SansCampagne(services)
        self._avec = _AvecCampagne(services)
        self._faces = QStackedWidget()
        for face in (self._sans, self._avec):
            self._faces.addWidget(_defilant(face))
        fill(QVBoxLayout(self), self._faces)
        campagne = services.campagne
        for signal in (campagne.opened, campagne.closed, campagne.suivi_loaded, campagne.parametres_changed):
            signal.connect(self.refresh)
        campagne.evaluation_changed.connect(self._evaluation_changed)

    def enter(self) -> None:
        """Show the state of now and put the focus on what comes next."""
        self.refresh()
        (self._avec if self.services.campagne.is_open else self._sans).focus_first()

    def refresh(self) -> None:
        """Read again."""
        ouverte = self.services.campagne.is_open
        self._faces.setCurrentIndex(int(ouverte))
        if ouverte:
            self._avec.refresh()
        else:
            self._sans.refresh()

    def _evaluation_changed(self) -> None:
        if self.isVisible():
            self.refresh()


class _SansCampagne(QWidget):
    """Three steps, three doors, and the recent campagnes."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        window = services.navigation
        self._demonstration = button(
            "Essayer avec la campagne de démonstration", window.open_demonstration, role="principal"
        )
        self._nouvelle = button("Nouvelle campagne…", window.create_campagne, touche="Ctrl+N")
        self._ouvrir = button("Ouvrir une campagne…", window.choose_campagne, touche="Ctrl+O")
        self._recentes = QVBoxLayout()
        self._titre_recentes = label("Campagnes récentes", "section")
        fill(
            QVBoxLayout(self),
            label("Bienvenue dans O2R Desktop", "titre", wrap=True),
            label(
                "Instruire, sans réseau, les dossiers d’un AMI « offre de repérage et de remobilisation », "
                "de l’export de la démarche en ligne à la note du comité.",
                "secondaire",
                wrap=True,
            ),
            _etapes(),
            row(self._demonstration, 1),
            row(self._nouvelle, self._ouvrir, 1),
            label(
                "Vous pouvez aussi déposer le dossier d’une campagne sur cette fenêtre.", "secondaire", wrap=True
            ),
            self._titre_recentes,
            self._recentes,
            1,
            marge=16,
            espace=16,
        )
        self.setContentsMargins(0, 2, 0, 0)  # the title stands where that of the other pages does

    def focus_first(self) -> None:
        """Put the focus on the latest campagne, or on the demonstration."""
        premiere = self._recentes.itemAt(0)
        cible = premiere.widget() if premiere is not None else None
        (cible or self._demonstration).setFocus()

    def refresh(self) -> None:
        """List the recent campagnes again."""
        _vider(self._recentes)
        recentes = self._services.reglages.recentes
        self._titre_recentes.setVisible(bool(recentes))
        for dossier in recentes:
            self._recentes.addWidget(self._recente(dossier))

    def _recente(self, dossier: Path) -> QPushButton:
        presente = operations.is_campagne(dossier)
        etat = "" if presente else " — introuvable à cet endroit"
        bouton = button(
            f"{dossier.name}{etat}", lambda: self._services.navigation.open_campagne(dossier), role="lien"
        )
        bouton.setText(bouton.text().replace("&", "&&"))
        bouton.setToolTip(bulle(str(dossier)))
        bouton.setAccessibleName(f"Ouvrir la campagne {dossier.name}, {dossier}{etat}")
        bouton.setSizePolicy(bouton.sizePolicy().Policy.Maximum, bouton.sizePolicy().Policy.Fixed)
        return bouton


class _AvecCampagne(QWidget):
    """The state of the open campagne: take up again, counters that are filters, what to look at."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._titre = label("", "titre", wrap=True)
        self._identite = label("", "secondaire", wrap=True)
        self._quoi = label("", wrap=True)
        self._reprendre = button("Reprendre", services.navigation.resume, role="principal")
        self._carte_reprise = card(label("Reprendre", "section"), self._quoi, row(self._reprendre, 1))
        self._compteurs = {etape: _Compteur(etape, self._show) for etape in Etape}
        self._grille = QGridLayout()
        self._grille.setSpacing(12)
        self._par_ligne = 0
        self._ranger(len(Etape))
        self._tous = button("Voir tous les dossiers", lambda: services.navigation.show_liste(Filtre()))
        self._importer = button("Importer un export…", services.navigation.import_files, touche="Ctrl+I")
        self._alertes = label("", wrap=True)
        self._carte_alertes = card(label("À savoir", "section"), self._alertes)
        self._vide = card(
            label("Cette campagne ne contient encore aucun dossier", "section", wrap=True),
            label(
                "Téléchargez l’export de la démarche (XLSX, CSV ou JSON) depuis la plateforme, puis importez-le : "
                "le contenu est montré avant d’être écrit.",
                "secondaire",
                wrap=True,
            ),
        )
        fill(
            QVBoxLayout(self),
            self._titre,
            self._identite,
            self._carte_reprise,
            self._vide,
            self._grille,
            row(self._tous, self._importer, 1),
            self._carte_alertes,
            1,
            marge=16,
            espace=16,
        )
        self.setContentsMargins(0, 2, 0, 0)  # the title stands where that of the other pages does

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Put the counters on one line when they have the room, on two otherwise."""
        besoin = sum(c.sizeHint().width() + 12 for c in self._compteurs.values()) + 32
        self._ranger(len(self._compteurs) if event.size().width() >= besoin else 2)

    def _ranger(self, par_ligne: int) -> None:
        if par_ligne == self._par_ligne:
            return
        self._par_ligne = par_ligne
        for rang, compteur in enumerate(self._compteurs.values()):
            self._grille.addWidget(compteur, rang // par_ligne, rang % par_ligne)

    def focus_first(self) -> None:
        """Put the focus on the one thing to do."""
        (self._reprendre if self._carte_reprise.isVisibleTo(self) else self._importer).setFocus()

    def refresh(self) -> None:
        """Say the state of now."""
        campagne = self._services.campagne
        session = campagne.session
        self._titre.setText(session.parametres.nom)
        self._identite.setText(f"{session.parametres.service} · {campagne.dossier}")
        suivi = campagne.suivi
        vide = suivi is not None and len(suivi) == 0
        self._vide.setVisible(vide)
        self._importer.setProperty("role", "principal" if vide else "")
        restyle(self._importer)
        for compteur in self._compteurs.values():
            compteur.setVisible(not vide)
        self._tous.setVisible(not vide)
        self._say_reprise(suivi)
        if suivi is not None:
            for etape, compte in suivi.compter().items():
                self._compteurs[etape].dire(compte)
            self._tous.setText(
                f"Voir les {nombre(len(suivi))}{NBSP}dossiers" if len(suivi) > 1 else "Voir le dossier"
            )
        self._say_alertes(suivi)

    def _say_reprise(self, suivi: Suivi | None) -> None:
        dossier = self._services.campagne.dossier
        reprise = self._services.reglages.reprise(dossier)
        rang = suivi.rang(reprise[0]) if suivi is not None and reprise is not None else None
        self._carte_reprise.setVisible(rang is not None)
        if suivi is None or reprise is None or rang is None:
            return
        ligne = suivi.ligne(rang)
        critere = _libelle_critere(self._services.campagne.session.grille, reprise[1])
        self._quoi.setText(
            f"{ligne.porteur} · n°{NBSP}{numero(ligne.numero)} · {ligne.faits}/{ligne.criteres} critères"
            + (f"\n{critere}" if critere else "")
        )

    def _say_alertes(self, suivi: Suivi | None) -> None:
        phrases = _alertes(self._services, suivi) if suivi is not None and len(suivi) else []
        self._alertes.setText("\n".join(f"• {phrase}" for phrase in phrases))
        self._carte_alertes.setVisible(bool(phrases))

    def _show(self, etape: Etape) -> None:
        self._services.navigation.show_liste(Filtre(etape=etape))


class _Compteur(QPushButton):
    """A counter that opens the list of what it counts."""

    def __init__(self, etape: Etape, montrer: Callable[[Etape], None]) -> None:
        super().__init__()
        self._etape = etape
        self._nombre = label("0", "nombre")
        self._mots = label(etape.libelle, "gras", wrap=True)
        self._detail = label(_EXPLICATIONS[etape], "secondaire", wrap=True)
        self._detail.setMinimumWidth(self._detail.fontMetrics().averageCharWidth() * 26)
        for mots in (self._nombre, self._mots, self._detail):
            mots.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._disposition = QVBoxLayout(self)
        fill(self._disposition, self._nombre, self._mots, self._detail, marge=16, espace=4)
        self.setProperty("role", "compteur")
        self.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Minimum)
        self.clicked.connect(lambda: montrer(etape))

    def dire(self, compte: int) -> None:
        """Show a count."""
        self._nombre.setText(nombre(compte))
        self.setAccessibleName(
            f"{self._etape.libelle} : {pluriel(compte, 'dossier')}, {_EXPLICATIONS[self._etape]}. Ouvrir la liste"
        )

    def sizeHint(self) -> QSize:  # noqa: N802 Qt
        """Return the size of the words inside."""
        return self._disposition.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 Qt
        """Return the least size of the words inside."""
        return self._disposition.minimumSize()


def _etapes() -> QFrame:
    """Return the three steps from an export to a note."""
    etapes = (
        ("1", "Importer", "l’export téléchargé depuis la démarche en ligne : rien n’est écrit avant votre accord."),
        ("2", "Instruire", "chaque dossier, critère par critère, le formulaire sous les yeux."),
        ("3", "Produire la note", "PDF accessible que lit le comité de sélection."),
    )
    return card(*(_etape(*etape) for etape in etapes), espace=12)


def _etape(rang: str, titre: str, detail: str) -> QWidget:
    ligne = QWidget()
    chiffre = label(rang, "nombre")
    chiffre.setMinimumWidth(chiffre.fontMetrics().horizontalAdvance("00") * 2)
    chiffre.setAlignment(Qt.AlignmentFlag.AlignTop)
    disposition = row(chiffre, column(label(titre, "gras"), label(detail, "secondaire", wrap=True), espace=2))
    disposition.setStretch(1, 1)
    ligne.setLayout(disposition)
    return ligne


def _libelle_critere(grille: Grille, critere_id: str) -> str:
    if not critere_id:
        return ""
    try:
        critere = grille.critere(critere_id)
    except DossierError:  # the grille changed since
        return ""
    return f"{critere.id} — {critere.libelle}"


def _alertes(services: Services, suivi: Suivi) -> list[str]:
    """Return what deserves a look before anything else."""
    parametres = services.campagne.session.parametres
    limite = parametres.date_limite
    depots = (suivi.ligne(r).depot for r in range(len(suivi)))
    tardifs = sum(1 for d in depots if d is not None and d.replace(microsecond=0) > limite)
    phrases = []
    if services.campagne.read_only:
        phrases.append("Cette campagne est ouverte en lecture seule : rien ne peut y être écrit d’ici.")
    if compte := suivi.compter()[Etape.A_RECONFIRMER]:
        phrases.append(f"{pluriel(compte, 'dossier')} à relire : l’import a changé des données déjà évaluées.")
    if tardifs:
        verbe = "déposé" if tardifs == 1 else "déposés"
        phrases.append(f"{pluriel(tardifs, 'dossier')} {verbe} après la date limite du {instant(limite)}.")
    return phrases


def _defilant(face: QWidget) -> QScrollArea:
    zone = QScrollArea()
    zone.setWidgetResizable(True)
    zone.setFrameShape(QFrame.Shape.NoFrame)
    zone.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    zone.setWidget(face)
    return zone


def _vider(disposition: QVBoxLayout) -> None:
    while (partie := disposition.takeAt(0)) is not None:
        if (widget := partie.widget()) is not None:
            widget.hide()
            widget.deleteLater()
