"""The quick view of a dossier, beside the list: what one wants to know before opening it."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from o2r_desktop.dossiers.territoires import nom_departement
from o2r_desktop.errors import O2rError
from o2r_desktop.evaluation.constats import Constat, Resultat
from o2r_desktop.operations import DossierComplet
from o2r_desktop.suivi import LigneSuivi
from o2r_desktop.text import instant, nombre, pluriel, printable
from o2r_desktop.text import montant as montant_lisible
from o2r_desktop.text import numero as numero_lisible
from ui.models.dossiers import ETATS, SIGNES, TONS_AVIS, ton_priorite
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Gauge, KeyCap, Pastille, button, column, label, line, row
from ui.widgets.flux import Flow

_ATTENTE_MS = 90
"""How long the current row must stay before its constats are read: arrow keys held down pass over."""
_ORDRE = (Resultat.NON_CONFORME, Resultat.ALERTE, Resultat.INCONNU, Resultat.CONFORME)
"""Constats in the order shown; those without object are left out."""
INCONNU = "non renseigné"
_CHIFFRES = (
    "Départements",
    "Publics",
    "Coût total",
    "Demande",
    "Bénéficiaires",
    "Score",
    "Instructeur",
    "Étiquettes",
)


class ConstatLine(QWidget):
    """One constat: its pill, its critere, its sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._pastille = Pastille()
        self._nom = label("", "secondaire", wrap=True)
        self._valeur = label(wrap=True)
        tete = QVBoxLayout(self)
        tete.setContentsMargins(0, 4, 0, 4)
        tete.setSpacing(2)
        tete.addLayout(row(self._pastille, 1))
        tete.addWidget(self._nom)
        tete.addWidget(self._valeur)

    def show_constat(self, constat: Constat, libelle: str) -> None:
        """Show another constat."""
        signe, ton = SIGNES[constat.resultat]
        self._pastille.dire(f"{signe} {constat.resultat.libelle}", ton)
        self._nom.setText(f"{constat.critere} · {libelle}")
        self._valeur.setText(printable(constat.valeur))


class QuickView(QFrame):
    """Follows the current row of the list; Échap or Espace closes it."""

    opened = Signal(object)
    closed = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._numero: int | None = None
        self._attente = QTimer(self, singleShot=True, interval=_ATTENTE_MS)
        self._attente.timeout.connect(self._read)
        self.setProperty("role", "carte")
        self.setAccessibleName("Aperçu du dossier")
        self._constats: list[ConstatLine] = []
        self._faite = False
        self.setVisible(False)

    @property
    def numero(self) -> int | None:
        """Return the dossier shown, None when there is none."""
        return self._numero

    def show_ligne(self, ligne: LigneSuivi | None) -> None:
        """Show the row of a dossier at once, its constats as soon as one stays on it."""
        self._make()
        avant, self._numero = self._numero, None if ligne is None else ligne.numero
        self._corps.setVisible(ligne is not None)
        self._ouvrir.setEnabled(ligne is not None)
        self._vide.setVisible(ligne is None)
        if ligne is None:
            self._attente.stop()
            return
        self._show_words(ligne)
        self._show_figures(ligne)
        if avant != ligne.numero:
            self._show_constats(())
            self._defilement.verticalScrollBar().setValue(0)
        self._attente.start()

    def setVisible(self, visible: bool) -> None:  # noqa: N802 Qt
        """Show or hide; what is inside is made at the first show, the window starts without it."""
        if visible:
            self._make()
        super().setVisible(visible)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Close with Échap or Espace, open with Entrée."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Space):
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._numero is not None:
            self.opened.emit(self._numero)
        else:
            super().keyPressEvent(event)

    # --- what is said -------------------------------------------------------------------------------------

    def _show_words(self, ligne: LigneSuivi) -> None:
        depot = "dépôt inconnu" if ligne.depot is None else f"déposé le {instant(ligne.depot)}"
        self._porteur.setText(ligne.porteur or "Porteur inconnu")
        self._reperes.setText(f"{numero_lisible(ligne.numero)} · {depot}")
        self._intitule.setText(ligne.intitule)
        self._intitule.setVisible(bool(ligne.intitule))
        resume = ligne.resume
        if resume is None:
            self._priorite.dire("", Ton.NEUTRE)
            self._controle.dire("", Ton.NEUTRE)
        else:
            signe, ton = SIGNES[resume.controle]
            self._priorite.dire(resume.priorite, ton_priorite(resume.priorite))
            self._controle.dire(f"{signe} {resume.libelle}", ton)
        self._etat.dire(*ETATS[ligne.etat])
        if ligne.avis is None:
            self._avis.dire("", Ton.NEUTRE)
        else:
            projet = " (projet)" if ligne.avis_en_projet else ""
            self._avis.dire(ligne.avis.libelle + projet, TONS_AVIS[ligne.avis])

    def _show_figures(self, ligne: LigneSuivi) -> None:
        resume = ligne.resume
        departements = ", ".join(nom_departement(d) for d in ligne.departements)
        beneficiaires = None if ligne.beneficiaires is None else nombre(ligne.beneficiaires)
        for nom, texte in (
            ("Départements", departements),
            ("Publics", "…" if resume is None else ", ".join(resume.publics)),
            ("Coût total", None if ligne.cout_total is None else montant_lisible(ligne.cout_total)),
            ("Demande", None if ligne.demande is None else montant_lisible(ligne.demande)),
            ("Bénéficiaires", beneficiaires),
            ("Score", _score(ligne)),
            ("Instructeur", printable(ligne.instructeur) or "personne"),
            ("Étiquettes", printable(", ".join(ligne.etiquettes)) or "aucune"),
        ):
            self._chiffres[nom].setText(texte or INCONNU)
        self._jauge.set_value(ligne.faits, ligne.criteres)
        self._compte.setText(f"{ligne.faits}/{ligne.criteres}")
        reste = f"{pluriel(ligne.a_reconfirmer, 'réponse')} à reconfirmer" if ligne.a_reconfirmer else ""
        self._reconfirmer.setText(reste)
        self._reconfirmer.setVisible(bool(reste))

    def _read(self) -> None:
        if self._numero is None or not self._services.campagne.is_open:
            return
        try:
            complet = self._services.campagne.complet(self._numero)
        except O2rError as erreur:
            self._show_constats(())
            self._annonce.setText(str(erreur))
            return
        self._show_complet(complet)

    def _show_complet(self, complet: DossierComplet) -> None:
        vus = [c for resultat in _ORDRE for c in complet.constats if c.resultat is resultat]
        comptes = [(r, sum(c.resultat is r for c in vus)) for r in _ORDRE]
        self._annonce.setText(" · ".join(_compte(r, combien) for r, combien in comptes if combien))
        self._show_constats(vus)

    def _show_constats(self, constats: "tuple[Constat, ...] | list[Constat]") -> None:
        grille = self._services.campagne.session.grille
        while len(self._constats) < len(constats):
            self._constats.append(ConstatLine())
            self._liste.addWidget(self._constats[-1])
        for rang, place in enumerate(self._constats):
            if rang < len(constats):
                place.show_constat(constats[rang], grille.critere(constats[rang].critere).libelle)
            place.setVisible(rang < len(constats))
        if not constats:
            self._annonce.setText("Lecture des constats…")

    # --- building -----------------------------------------------------------------------------------------

    def _make(self) -> None:
        if not self._faite:
            self._faite = True
            self._build()

    def _build(self) -> None:
        self._porteur = label("", "section", wrap=True)
        self._reperes = label("", "secondaire", wrap=True)
        self._intitule = label("", wrap=True)
        self._priorite, self._controle, self._etat, self._avis = (Pastille() for _ in range(4))
        self._jauge = Gauge(self._services.theme, largeur=96)
        self._compte = label()
        self._reconfirmer = label("", "secondaire", wrap=True)
        self._annonce = label("", "secondaire", wrap=True)
        self._liste = column(espace=0)
        self._vide = label("Aucun dossier à montrer.", "secondaire", wrap=True)
        self._corps = QWidget()
        contenu = QVBoxLayout(self._corps)
        contenu.setContentsMargins(16, 8, 16, 16)
        contenu.setSpacing(8)
        for partie in (self._porteur, self._reperes, self._intitule):
            contenu.addWidget(partie)
        contenu.addWidget(self._pills())
        contenu.addLayout(self._figures())
        for suite in (self._reconfirmer, line(), label("Constats", "gras"), self._annonce):
            contenu.addWidget(suite)
        contenu.addLayout(self._liste)
        contenu.addStretch(1)
        self._frame()

    def _frame(self) -> None:
        self._defilement = QScrollArea()
        self._defilement.setWidgetResizable(True)
        self._defilement.setFrameShape(QFrame.Shape.NoFrame)
        self._defilement.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._defilement.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._defilement.setAccessibleName("Contenu de l’aperçu")
        self._defilement.setWidget(self._corps)
        self._ouvrir = button("Ouvrir le dossier", self._open)
        fermer = button("Fermer", self.closed.emit, role="discret", nom="Fermer l’aperçu")
        tete = row(label("Aperçu", "surtitre"), 1, KeyCap("Space"), fermer)
        tete.setContentsMargins(16, 8, 8, 0)
        pied = row(self._ouvrir, KeyCap("Return"), 1)
        pied.setContentsMargins(16, 8, 16, 12)
        cadre = QVBoxLayout(self)
        cadre.setContentsMargins(1, 1, 1, 1)
        cadre.setSpacing(4)
        cadre.addLayout(tete)
        cadre.addWidget(self._vide)
        cadre.addWidget(self._defilement, 1)
        cadre.addWidget(line())
        cadre.addLayout(pied)

    def _pills(self) -> QWidget:
        pastilles = QWidget()
        ligne = Flow(pastilles, espace=6)
        for pastille in (self._priorite, self._controle, self._etat, self._avis):
            ligne.addWidget(pastille)
        return pastilles

    def _figures(self) -> QGridLayout:
        grille = QGridLayout()
        grille.setHorizontalSpacing(12)
        grille.setVerticalSpacing(4)
        grille.setColumnStretch(1, 1)
        self._chiffres: dict[str, QLabel] = {}
        for rang, nom in enumerate(_CHIFFRES):
            self._chiffres[nom] = label(wrap=True)
            grille.addWidget(label(nom, "secondaire"), rang, 0, Qt.AlignmentFlag.AlignTop)
            grille.addWidget(self._chiffres[nom], rang, 1)
        grille.addWidget(label("Avancement", "secondaire"), len(self._chiffres), 0)
        grille.addLayout(row(self._jauge, self._compte, 1), len(self._chiffres), 1)
        return grille

    def _open(self) -> None:
        if self._numero is not None:
            self.opened.emit(self._numero)


def _compte(resultat: Resultat, combien: int) -> str:
    """Return «2 non conformes»."""
    mots = [mot if mot == "non" or combien < 2 else mot + "s" for mot in resultat.libelle.split()]
    return f"{nombre(combien)} {' '.join(mots)}"


def _score(ligne: LigneSuivi) -> str:
    if ligne.score is None:
        return "aucun"
    return f"{nombre(ligne.score, 1)} sur 100{'' if ligne.score_complet else ', provisoire'}"
