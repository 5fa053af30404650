"""What the rows of the list must be, and how it is said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from o2r_desktop.dossiers.etat import Etat
from o2r_desktop.dossiers.question import Terme, termes
from o2r_desktop.dossiers.territoires import nom_departement
from o2r_desktop.evaluation.avancement import Etape
from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.evaluation.reponses import EtatEvaluation, TypeAvis
from o2r_desktop.evaluation.resume import Priorite
from o2r_desktop.suivi.saisie import EtatPieces, Mesure, Saisie, lire_saisie
from o2r_desktop.text import NBSP, sort_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Filtre:
    """What the rows must be; nothing chosen in a set lets everything through.

    ``recherche`` is what is typed: every word and every «"phrase"» must occur in a row or in its publics, accents
    and case set aside, and no «-mot»; «dep:72», «avis:favorable», «etat:en_cours», «priorite:p1»,
    «controle:alerte», «statut:instruction», «piece:manquante», «instructeur:moi», «etiquette:urgent» are filters
    that are typed, several values parted by commas, and so are «-etiquette:urgent», «score>=60», «cout>150000»,
    «demande», «beneficiaires» and «depot<13/08/2025». A filter whose value means nothing lets no row through, and
    malformes() says it. A dossier whose summary is not computed yet passes neither ``priorites`` nor ``controles``;
    an unknown figure passes no comparison. Names of instructeurs and labels are read by ``designes``.
    """

    recherche: str = ""
    etape: Etape | None = None
    etats: frozenset[EtatEvaluation] = frozenset()
    priorites: frozenset[str] = frozenset()
    controles: frozenset[Resultat] = frozenset()
    departements: frozenset[str] = frozenset()
    avis: frozenset[TypeAvis] = frozenset()
    statuts: frozenset[Etat] = frozenset()
    pieces: frozenset[EtatPieces] = frozenset()
    instructeurs: frozenset[str] = frozenset()
    """Names; «» is nobody."""
    avec_etiquettes: frozenset[str] = frozenset()
    sans_etiquettes: frozenset[str] = frozenset()
    mesures: tuple[Mesure, ...] = ()
    impossible: bool = False
    """Whether a typed filter means nothing: no row passes."""

    @property
    def question(self) -> str:
        """Return what is typed without the filters: what the full text is asked for."""
        return " ".join(terme.ecrit() for terme in self.mots())

    @property
    def des_attributions(self) -> bool:
        """Whether rows are chosen by who instructs them, or by their labels."""
        return any(t.instructeurs or t.avec_etiquettes or t.sans_etiquettes for t in self.termes())

    def mots(self) -> list[Terme]:
        """Return the words and phrases that are typed, without the filters."""
        return [terme for terme, saisie in self._saisies() if saisie is None]

    def malformes(self) -> list[str]:
        """Return a French sentence for each typed filter that means nothing."""
        return [saisie.defaut for _, saisie in self._saisies() if saisie is not None and saisie.defaut]

    def termes(self) -> list["Filtre"]:
        """Return filters to be passed one and all: this one with its words only, then those that are typed."""
        saisies = [saisie for _, saisie in self._saisies() if saisie is not None]
        ecrits = [Filtre(impossible=bool(s.defaut), **s.champs) for s in saisies]
        return [replace(self, recherche=self.question), *ecrits]

    def _saisies(self) -> list[tuple[Terme, Saisie | None]]:
        return [
            (terme, None if terme.phrase else lire_saisie(terme.texte, exclu=terme.exclu))
            for terme in termes(self.recherche)
        ]

    def etiquettes(self) -> list[tuple[str, "Filtre"]]:
        """Return a tag for each filter but the search, which its own field shows, and the filter without it."""
        tous = [
            (f"Étape{NBSP}: {self.etape.libelle.lower()}" if self.etape else "", replace(self, etape=None)),
            (
                _dite("Évaluation", [e.libelle for e in EtatEvaluation if e in self.etats]),
                replace(self, etats=_RIEN),
            ),
            (_dite("Priorité", _dans(self.priorites, list(Priorite))), replace(self, priorites=_RIEN)),
            (
                _dite("Contrôles", [r.libelle for r in Resultat if r in self.controles]),
                replace(self, controles=_RIEN),
            ),
            (
                _dite("Département", [nom_departement(d) for d in sorted(self.departements)]),
                replace(self, departements=_RIEN),
            ),
            (_dite("Statut", [e.libelle.lower() for e in Etat if e in self.statuts]), replace(self, statuts=_RIEN)),
            (_dite("Pièces", [p.libelle for p in EtatPieces if p in self.pieces]), replace(self, pieces=_RIEN)),
            (_dite("Instructeur", _dites(self.instructeurs, "personne")), replace(self, instructeurs=_RIEN)),
            (_dite("Étiquette", _dites(self.avec_etiquettes)), replace(self, avec_etiquettes=_RIEN)),
            (_dite("Sans étiquette", _dites(self.sans_etiquettes)), replace(self, sans_etiquettes=_RIEN)),
            (_dite("Avis", [a.libelle.lower() for a in TypeAvis if a in self.avis]), replace(self, avis=_RIEN)),
        ]
        return [(texte, reste) for texte, reste in tous if texte]


_RIEN: frozenset[Any] = frozenset()


def _dite(nom: str, valeurs: Sequence[str]) -> str:
    return f"{nom}{NBSP}: {', '.join(valeurs)}" if valeurs else ""


def _dites(noms: Iterable[str], vide: str = "") -> list[str]:
    return [nom or vide for nom in sorted(noms, key=sort_key)]


def _dans(choisis: Iterable[str], ordre: Sequence[str]) -> list[str]:
    """Return *choisis* as *ordre* has them, the others after."""
    return sorted(choisis, key=lambda c: (ordre.index(c) if c in ordre else len(ordre), c))
