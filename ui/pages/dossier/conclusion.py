"""The opinion: score, alerts, motif, amounts by year, what still forbids to finalise."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from o2r_desktop import operations
from o2r_desktop.errors import O2rError
from o2r_desktop.evaluation import avis as regles
from o2r_desktop.evaluation.contradictions import contradictions
from o2r_desktop.evaluation.reponses import Avis, Evaluation, ProjetAvis, TypeAvis
from o2r_desktop.operations import DossierComplet
from o2r_desktop.text import NBSP, PARIS, date_longue, numero, pluriel
from ui.pages.dossier.conclusion_liens import ListeCriteres, ScoreSections, group
from ui.pages.dossier.montants import ChampMontant, MontantsAnnuels
from ui.pages.dossier.volet import Volet
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Banner, Pastille, button, card, column, label, row, show_checked
from ui.widgets.texte import AutoText

_TEXTES = {
    "motif": ("Motif", "motif de l’avis", "Pourquoi cet avis : ce qui convainc, ce qui manque."),
    "reserves": ("Réserves et conditions de convention", "réserves", "Ce que la convention devra prévoir."),
    "points_forts": ("Points forts", "points forts", ""),
    "points_faibles": ("Points faibles", "points faibles", ""),
}
"""Fields of the opinion: words shown, name of the act, hint."""

_LARGEUR = 104
"""Width of the page, in characters: wider, the eye loses the line."""


class ConclusionVolet(Volet):
    """One page to conclude: nothing is chosen in advance, everything is written at once."""

    critere_requested = Signal(str)

    def __init__(self, services: Services, leave: Callable[[], bool] | None = None) -> None:
        super().__init__(services)
        self._tout_ecrit = leave or self.leave
        self._complet: DossierComplet | None = None
        self._montres: dict[str, str] = {}
        self._souffle = ""
        self.score = ScoreSections(services.theme)
        self.alertes = ListeCriteres("Alertes ouvertes")
        self.obstacles = ListeCriteres("Ce qui manque pour finaliser")
        self.enregistre = label("", "secondaire")
        self.montants = MontantsAnnuels()
        self.textes = {nom: AutoText(mots[0]) for nom, mots in _TEXTES.items()}
        self.choix = QButtonGroup(self)
        self.radios: dict[TypeAvis, QRadioButton] = {}
        self.bandeau = Banner("", Ton.NEUTRE)
        self.empreinte = AutoText("Empreinte des données de l’évaluation", lignes=1, lignes_max=4)
        self.defile = QScrollArea()
        self._build()
        self.alertes.critere_requested.connect(self.critere_requested)
        self.obstacles.critere_requested.connect(self.critere_requested)
        self.montants.edited.connect(self._save_montants)
        services.theme.changed.connect(self._dress)

    # --- the page -------------------------------------------------------------------------------------------

    def _build(self) -> None:
        page = QWidget()
        tout = QVBoxLayout(page)
        tout.setContentsMargins(12, 16, 12, 16)
        tout.setSpacing(12)
        self._page = page
        self._mots_alertes = label("", wrap=True)
        self._carte_alertes = card(label("Alertes ouvertes", "section"), self._mots_alertes, self.alertes)
        for carte in (
            self._build_figee(),
            card(self.score),
            self._carte_alertes,
            self._build_avis(),
            card(label("Montants par année", "section"), self.montants),
            self._build_fin(),
        ):
            tout.addWidget(carte)
        tout.addStretch(1)
        cadre = QWidget()
        entier = QHBoxLayout(cadre)
        entier.setContentsMargins(0, 0, 0, 0)
        entier.addWidget(page, 1000)
        entier.addStretch(1)
        self.defile.setWidget(cadre)
        self.defile.setWidgetResizable(True)
        self.defile.setFrameShape(QFrame.Shape.NoFrame)
        self.defile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        corps = QVBoxLayout(self)
        corps.setContentsMargins(0, 0, 0, 0)
        corps.setSpacing(0)
        corps.addWidget(self.bandeau)
        corps.addWidget(self.defile, 1)
        self._dress()

    def _build_figee(self) -> QFrame:
        self.produire = button("Produire la note", self._produce, role="principal")
        self.empreinte.setReadOnly(True)
        titre = label("Empreinte des données", "secondaire")
        titre.setBuddy(self.empreinte)
        self._mots_figee = label("", wrap=True)
        self._carte_figee = card(
            label("Évaluation finalisée", "section"),
            self._mots_figee,
            column(titre, self.empreinte, espace=4),
            row(self.produire, 1),
        )
        return self._carte_figee

    def _build_avis(self) -> QFrame:
        choix = QVBoxLayout()
        choix.setSpacing(2)
        for avis in TypeAvis:
            radio = QRadioButton(avis.libelle)
            radio.setProperty("role", "avis")
            radio.setAccessibleName(f"Avis {avis.libelle.lower()}")
            radio.toggled.connect(partial(self._choose, avis))  # a screen reader checks it without a click
            self.choix.addButton(radio)
            self.radios[avis] = radio
            choix.addWidget(radio)
        champs = QVBoxLayout()
        champs.setSpacing(12)
        for nom, (titre, _, indice) in _TEXTES.items():
            champ, mots = self.textes[nom], label(titre, "gras", wrap=True)
            mots.setBuddy(champ)
            champ.setPlaceholderText(indice)
            champ.edited.connect(partial(self._save_texte, nom))
            champ.left.connect(self._breathe)
            champs.addLayout(column(mots, champ, espace=4))
        entete = row(label("Avis", "section"), 1, self.enregistre)
        return card(entete, choix, champs, espace=12)

    def _build_fin(self) -> QFrame:
        self.finaliser = button("Finaliser l’évaluation…", self._conclude, role="principal")
        self.etat = Pastille()
        self._mots_fin = label("", wrap=True)
        self._carte_fin = card(
            label("Avant de finaliser", "section"),
            row(self.etat, 1),
            self._mots_fin,
            self.obstacles,
            row(self.finaliser, 1),
        )
        return self._carte_fin

    def _dress(self) -> None:
        """Follow the size of the text and the colours of the links."""
        self._page.setMaximumWidth(_LARGEUR * self.fontMetrics().averageCharWidth())
        self._refresh()

    # --- what is shown --------------------------------------------------------------------------------------

    def show_dossier(self, complet: DossierComplet) -> None:
        """Show another dossier, from its beginning."""
        self._complet = complet
        self._montres, self._souffle = {}, ""
        self.enregistre.setText("")
        self.montants.show_dossier(complet.dossier, self.services.campagne.session.parametres.annees)
        self._fill(complet.evaluation.projet)
        self._refresh()
        self.defile.verticalScrollBar().setValue(0)

    def update_dossier(self, complet: DossierComplet) -> None:
        """Show the same dossier, whose evaluation changed; what is being typed stays."""
        if self._complet is None or complet.dossier.numero != self._complet.dossier.numero:
            self.show_dossier(complet)
            return
        annees = self.services.campagne.session.parametres.annees
        if complet.dossier != self._complet.dossier or annees != tuple(self.montants.champs):
            self.montants.show_dossier(complet.dossier, annees)
        self._complet = complet
        self._fill(complet.evaluation.projet)
        self._refresh()

    def focus_first(self) -> None:
        """Put the focus on the opinion, or on the note once it is given."""
        if self._frozen:
            self.produire.setFocus()
        else:
            (self.choix.checkedButton() or self.radios[TypeAvis.FAVORABLE]).setFocus()

    def leave(self) -> bool:
        """Write what is being typed; an amount that cannot be read keeps the focus and the page."""
        if self._complet is None or self._locked:
            return True
        for champ in self.textes.values():
            champ.flush()
        self.montants.flush()
        self._breathe()
        if illisibles := self.montants.unreadable():
            self._show_unreadable(illisibles[0])
            return False
        textes, montants = self.textes.values(), self.montants.champs.values()
        return not (any(t.dirty for t in textes) or any(m.dirty for m in montants))

    def _show_unreadable(self, champ: ChampMontant) -> None:
        if self.isVisible():
            self.defile.ensureWidgetVisible(champ)
            champ.setFocus()
        else:
            self.services.alertes.warn(
                "Montant illisible",
                f"Le montant proposé pour {champ.annee} ne peut pas être lu : dans l’onglet Conclusion, "
                "corrigez-le ou effacez-le.",
            )

    @property
    def _frozen(self) -> bool:
        return self._complet is not None and self._complet.evaluation.finalisee

    @property
    def _locked(self) -> bool:
        campagne = self.services.campagne
        return self._frozen or not campagne.is_open or campagne.read_only

    def _fill(self, projet: ProjetAvis) -> None:
        """Show what is stored; a text that did not change since it was last shown is left alone."""
        self._show_avis(projet.avis)
        for nom, champ in self.textes.items():
            texte = str(getattr(projet, nom))
            if self._montres.get(nom) != texte:
                self._montres[nom] = texte
                self._souffle = ""
                champ.set_text(texte)
        self.montants.put(projet.montants)

    def _show_avis(self, choisi: TypeAvis | None) -> None:
        self.choix.setExclusive(False)
        for avis, radio in self.radios.items():
            show_checked(radio, avis is choisi)
        self.choix.setExclusive(True)

    def _refresh(self) -> None:
        """Say again all that follows from the answers and the opinion."""
        if self._complet is None or not self.services.campagne.is_open:
            return
        complet, session = self._complet, self.services.campagne.session
        propose = regles.proposition(session.grille, complet.score)
        self.score.dire(session.grille, complet.score, propose)
        ouvertes = [
            *regles.alertes(session.grille, complet.evaluation, complet.constats),
            *contradictions(session.grille, complet.evaluation, complet.score, complet.evaluation.projet),
        ]
        self._mots_alertes.setText("" if ouvertes else "Aucune alerte n’est ouverte.")
        self._mots_alertes.setVisible(not ouvertes)
        self.alertes.dire(group(ouvertes, session.grille))
        self._lock()
        self._say_frozen(complet.evaluation)
        self._say_obstacles(complet)

    def _lock(self) -> None:
        seule = self.services.campagne.read_only
        mots = "Cette campagne est ouverte en lecture seule : l’avis se lit, il ne se change pas."
        self.bandeau.dire(mots if seule else "", Ton.NEUTRE)
        for radio in self.radios.values():
            radio.setEnabled(not self._locked)
        for champ in self.textes.values():
            champ.setReadOnly(self._locked)
        self.montants.set_read_only(self._locked)

    def _say_frozen(self, evaluation: Evaluation) -> None:
        self._carte_figee.setVisible(evaluation.finalisee)
        self._carte_fin.setVisible(not evaluation.finalisee)
        if not evaluation.finalisee:
            return
        quand = ""
        if evaluation.finalisee_le is not None:
            local = evaluation.finalisee_le.astimezone(PARIS)
            quand = f" le {date_longue(local.date())} à {local:%H:%M}"
        par = f" par {evaluation.instructeur}" if evaluation.instructeur else ""
        self._mots_figee.setText(
            f"Finalisée{quand}{par}. Les réponses et l’avis sont figés ; "
            "les changer demande de rouvrir l’évaluation, avec un motif."
        )
        if self.empreinte.text() != evaluation.empreinte:
            self.empreinte.set_text(evaluation.empreinte)

    def _say_obstacles(self, complet: DossierComplet) -> None:
        session, avis = self.services.campagne.session, complet.evaluation.avis
        manques = operations.obstacles(session, complet, avis) if avis else []
        pret = avis is not None and not manques
        self.finaliser.setEnabled(pret and not self._locked)
        self.obstacles.dire(group(manques, session.grille))
        if avis is None:
            self.etat.dire("? avis à choisir", Ton.NEUTRE)
            self._mots_fin.setText("Choisissez un avis : ce qui lui manque s’affichera ici.")
        elif manques:
            self.etat.dire(f"! {pluriel(len(manques), 'obstacle')}", Ton.ALERTE)
            self._mots_fin.setText(
                f"Pour l’avis «{NBSP}{avis.avis.libelle.lower()}{NBSP}», il reste à faire{NBSP}:"
            )
        else:
            self.etat.dire("✓ prêt", Ton.BON)
            self._mots_fin.setText("Rien ne s’oppose à finaliser.")

    # --- what is written --------------------------------------------------------------------------------------

    def _choose(self, avis: TypeAvis, choisi: bool) -> None:
        if choisi and not self._save("avis", with_last=False, avis=avis) and self._complet is not None:
            self._show_avis(self._complet.evaluation.projet.avis)  # what is shown is what was written

    def _save_texte(self, nom: str) -> None:
        champ, acte = self.textes[nom], _TEXTES[nom][1]
        texte, avant = champ.text(), self._montres.get(nom, "")
        self._montres[nom] = texte
        if self._save(acte, with_last=self._souffle == acte, **{nom: texte}):
            self._souffle = acte
            champ.mark_saved(texte)
        else:
            self._montres[nom] = avant

    def _breathe(self) -> None:
        """Let the next words typed be another act: the field was left."""
        self._souffle = ""

    def _save_montants(self, annee: str) -> None:
        acte = f"montant {annee}" if annee else "montants demandés repris"
        if self._save(acte, with_last=False, montants=self.montants.montants()):
            self.montants.mark_saved()

    def _save(self, acte: str, *, with_last: bool, **changements: object) -> bool:
        """Write the opinion of now with something changed; the window tells a failure."""
        if self._complet is None or self._locked:
            return False
        campagne, numero_ = self.services.campagne, self._complet.dossier.numero
        try:
            actuel = campagne.complet(numero_).evaluation.projet
        except O2rError as erreur:
            self.services.alertes.show_error(erreur)
            return False
        projet = replace(actuel, **changements)  # type: ignore[arg-type]
        ecrit = campagne.save_projet(numero_, projet, acte, with_last=with_last)
        if ecrit:
            self.enregistre.setText(f"✓ Enregistré à {campagne.horloge().astimezone(PARIS):%H:%M}")
        else:
            self.enregistre.setText("✕ Non enregistré")
        return ecrit

    def _conclude(self) -> None:
        if not self._tout_ecrit() or self._complet is None:
            return
        dossier = self._complet.dossier
        avis: Avis | None = self.services.campagne.complet(dossier.numero).evaluation.avis
        if avis is None:
            return
        oui = self.services.alertes.ask(
            "Finaliser l’évaluation",
            f"Le dossier {numero(dossier.numero)} recevra l’avis « {avis.avis.libelle.lower()} ». "
            "Ses réponses et son avis seront figés, avec l’empreinte des données du jour ; "
            "les changer demandera de rouvrir l’évaluation avec un motif.",
            oui="Finaliser",
        )
        if not oui:
            return
        try:
            self.services.campagne.conclude(dossier.numero, avis)
        except O2rError as erreur:
            self.services.alertes.show_error(erreur)

    def _produce(self) -> None:
        if self._complet is not None:
            self.services.navigation.produce_notes([self._complet.dossier.numero])
