"""The face «Réseau» of the analysis: the actors that the dossier names, where, and what the instructor retains."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from o2r_desktop import operations
from o2r_desktop.analyse.reseau import Reseau, analyser
from o2r_desktop.analyse.reseau.citations import relever_pieces
from o2r_desktop.analyse.reseau.modele import (
    PREFIXE,
    Citation,
    Ligne,
    Mention,
    Sens,
    Statut,
    ecrire_marque,
)
from o2r_desktop.dossiers.territoires import nom_departement
from o2r_desktop.errors import O2rError
from o2r_desktop.evaluation.reponses import Preuve
from o2r_desktop.operations import DossierComplet, Session
from o2r_desktop.progress import Reporter
from o2r_desktop.text import NBSP, enumeration, pluriel, printable
from ui.pages.dossier.analyse.face import Face
from ui.pages.dossier.analyse.reseau_acteur import FicheActeur
from ui.pages.dossier.analyse.reseau_liste import ListeActeurs
from ui.services import Services
from ui.widgets.base import card, fill, label
from ui.widgets.flux import selectable

_SANS_PIECES = f"Pièces pas encore lues{NBSP}: seules les réponses du formulaire sont comptées."
_AVEC_PIECES = "Réponses du formulaire et pièces lues. La note n’imprime que le formulaire et ce que vous retenez."
_REGLE = f"Ces repères aident à répondre aux critères RES{NBSP}; ils ne donnent aucun niveau."


class ReseauFace(Face):
    """A checklist of actors, the citations of the one chosen, then circuits, letters and what is not named."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._complet: DossierComplet | None = None
        self._des_textes: Sequence[Citation] | None = None
        self._lus = 0
        """The dossier whose pieces were asked for."""
        self._reseau = Reseau(numero=0)
        self.etat = label("", "secondaire", wrap=True)
        self.liste = ListeActeurs()
        self.fiche = FicheActeur(services.theme)
        self.circuits, self.lettres, self.manques = (selectable(label("", wrap=True)) for _ in range(3))
        self._cartes = [
            card(label(titre, "section"), partie)
            for titre, partie in (
                ("À approfondir avec le porteur", self.manques),
                ("Circuits d’entrée et de sortie", self.circuits),
                ("Lettres et conventions, d’après leur nom", self.lettres),
            )
        ]
        self._lay_out()
        self.liste.ligne_changed.connect(self._show_actor)
        self.fiche.citation_requested.connect(self._open)
        self.fiche.statut_chosen.connect(self._set_statut)
        self.fiche.note.edited.connect(self._save_note)

    # --- what the page asks -------------------------------------------------------------------------------

    def show_dossier(self, complet: DossierComplet) -> None:
        """Show another dossier; its pieces are read in the background."""
        self.fiche.forget()  # a note that is typed belongs to the dossier before
        self._complet, self._des_textes = complet, None
        self._show()
        self._read_pieces()

    def update_dossier(self, complet: DossierComplet) -> None:
        """Show what changed; a note being typed stays."""
        self._complet = complet
        self._show()

    def leave(self) -> bool:
        """Write the note."""
        self.fiche.note.flush()
        return not self.fiche.note.dirty

    def focus_first(self) -> None:
        """Put the focus on the list."""
        self.liste.table.setFocus()

    @property
    def selection(self) -> Preuve | None:
        """The passage chosen, to be pinned."""
        citation = self.fiche.citation
        if citation is None:
            return None
        return Preuve(ou=citation.ou, page=citation.page, empreinte=citation.empreinte, extrait=citation.extrait)

    # --- what is shown ------------------------------------------------------------------------------------

    def _show(self) -> None:
        complet = self._complet
        if complet is None:
            return
        self._reseau = complet.analyse.reseau
        if self._des_textes is not None:
            self._reseau = analyser(
                complet.dossier,
                complet.evaluation.fiches,
                acteurs=complet.analyse.referentiels.acteurs,
                des_textes=self._des_textes,
            )
        lignes = [x for x in self._reseau.lignes if x.mention is not Mention.ABSENTE]
        locaux = sum(x.mention is Mention.LOCALE for x in lignes)
        compte = f"{pluriel(len(lignes), 'acteur cité', 'acteurs cités')}, dont {locaux} nommés localement."
        self.etat.setText(f"{compte} {_AVEC_PIECES if self._reseau.avec_pieces else _SANS_PIECES} {_REGLE}")
        self.liste.show_lignes(self._reseau.lignes)
        self._show_actor()
        for partie, texte in zip(
            (self.manques, self.circuits, self.lettres),
            (_manques(self._reseau), _circuits(self._reseau), _lettres(self._reseau)),
            strict=True,
        ):
            partie.setText(printable(texte))

    def _show_actor(self) -> None:
        if self._complet is not None:
            self.fiche.show_ligne(self.liste.ligne, modifiable=self.modifiable(self._complet))

    def _read_pieces(self) -> None:
        if self._complet is None:
            return
        numero = self._lus = self._complet.dossier.numero
        work = partial(_citations, self.services.campagne.session, self._complet)
        self.services.taches.start("", work).succeeded.connect(partial(self._take, numero))

    def _take(self, numero: int, citations: Sequence[Citation] | None) -> None:
        if numero == self._lus and citations is not None:
            self._des_textes = citations
            self._show()

    # --- what the instructor does -------------------------------------------------------------------------

    def _open(self, citation: Citation) -> None:
        if citation.empreinte:
            self.piece_requested.emit(citation.empreinte, citation.page or 1)
        else:
            self.champ_requested.emit(citation.champ)

    def _set_statut(self, ligne: Ligne, statut: Statut | None) -> None:
        self._write(ligne, f"{ligne.acteur.nom}{NBSP}: {statut.libelle if statut else 'sans avis'}", statut=statut)

    def _save_note(self) -> None:
        ligne = self.fiche.ligne
        if ligne is not None and self._write(
            ligne, f"note sur {ligne.acteur.nom}", note=self.fiche.note.text(), with_last=True
        ):
            self.fiche.note.mark_saved(self.fiche.note.text())

    def _write(self, ligne: Ligne, nom: str, *, with_last: bool = False, **changements: object) -> bool:
        if self._complet is None or not self.modifiable(self._complet):
            return False
        marque = replace(ligne.marque, **changements)  # type: ignore[arg-type]
        cle = f"{PREFIXE}/{ligne.acteur.id}"
        return self.save(self._complet.dossier.numero, {cle: ecrire_marque(marque)}, nom, with_last=with_last)

    def _lay_out(self) -> None:
        contenu = QWidget()
        corps = QVBoxLayout(contenu)
        fill(corps, self.etat, self.liste, self.fiche, *self._cartes, 1, espace=12)
        corps.setContentsMargins(12, 12, 12, 12)
        zone = QScrollArea()
        zone.setFrameShape(QFrame.Shape.NoFrame)
        zone.setFocusPolicy(self.focusPolicy())
        zone.setWidgetResizable(True)
        zone.setWidget(contenu)
        fill(QVBoxLayout(self), zone, espace=0)


def _manques(reseau: Reseau) -> str:
    lignes = []
    for x in reseau.manques:
        ou = f" ({nom_departement(x.departement)})" if x.departement else ""
        lignes.append(f"• {x.famille}{NBSP}: {x.mention.value}{ou}")
    return "\n".join(lignes) or "Les acteurs que RES-03 nomme sont cités dans chaque département du projet."


def _circuits(reseau: Reseau) -> str:
    def noms(sens: Sens) -> str:
        dits = dict.fromkeys(
            c.nom if c.precise else f"{c.nom} (sans lieu)" for c in reseau.circuits if c.sens is sens
        )
        return enumeration(list(dits)) or "aucun acteur nommé"

    return "\n".join(f"{sens.libelle}{NBSP}: {noms(sens)}." for sens in Sens)


def _lettres(reseau: Reseau) -> str:
    lignes = [
        f"• {' '.join(x.nom.split())}{NBSP}: {x.nature}" + (f", {enumeration(list(x.noms))}" if x.noms else "")
        + ("" if x.recue or x.partenaire else ", non reçue")
        for x in reseau.lettres
    ]  # fmt: skip
    return "\n".join(lignes) or "Aucune reconnue parmi les pièces."


def _citations(session: Session, complet: DossierComplet, reporter: Reporter) -> tuple[Citation, ...] | None:
    """Return the actors that the pieces name, None while no piece was read."""
    from o2r_desktop.recherche.textes import textes_des_pieces

    reporter.step(0, 0, "Lecture des pièces")
    try:
        with operations.twin_session(session) as jumelle:
            textes = textes_des_pieces(jumelle, complet.dossier.numero)
    except O2rError:  # the form alone is told then
        return None
    if not textes:
        return None
    listes = complet.analyse.referentiels
    return relever_pieces(complet.dossier, complet.evaluation.fiches, acteurs=listes.acteurs, textes=textes)
