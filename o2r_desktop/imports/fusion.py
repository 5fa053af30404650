"""Several files of one import that tell of the same dossier: which is believed (exports § 9.1 and § 9.12)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from o2r_desktop.dossiers.apercu import apercu
from o2r_desktop.dossiers.champs import texte_de
from o2r_desktop.dossiers.correspondance import Correspondance
from o2r_desktop.dossiers.enregistrement import colonnes_en_json, de_json, empreinte, en_json
from o2r_desktop.dossiers.identifiers import groupe
from o2r_desktop.dossiers.importation import Difference, DossierLu, ExportRead
from o2r_desktop.dossiers.lecture import court
from o2r_desktop.dossiers.model import Anomalie, Colonne, Enregistrement, Gravite, Origine
from o2r_desktop.imports.comparaison import Cle, cles, comparer
from o2r_desktop.imports.egalite import meme_texte
from o2r_desktop.imports.gardes import nommer
from o2r_desktop.imports.identite import INSTANTS, MISE_A_JOUR
from o2r_desktop.text import PARIS, enumeration, pluriel
from o2r_desktop.text import numero as numero_lisible

CONFIANCE = (
    Origine.JSON_API,
    Origine.XLSX_MODELE,
    Origine.XLSX_STANDARD,
    Origine.ODS_MODELE,
    Origine.ODS_STANDARD,
    Origine.CSV_MODELE,
    Origine.CSV_STANDARD,
)
"""Formats, surest first: those that tell a blank from a zero, then those that carry blocks and types."""

_JAMAIS = datetime(1, 1, 2, tzinfo=PARIS)
_CHAMPS_DITS = 5


class _Rang(NamedTuple):
    """How much a file is believed about a dossier: the greatest is."""

    moment: datetime
    surete: int
    exporte: datetime
    place: int


def merge_reads(lus: Sequence[ExportRead], correspondance: Correspondance) -> tuple[ExportRead, ...]:
    """Return the reads with each dossier in one of them only, completed by what the others knew of it.

    Believed first: the freshest «Dernière mise à jour le» of the dossier, to the minute (a file that does not give
    it is as fresh as the others, but never more than the date of its name); then the surest format
    (JSON of the API, XLSX template, XLSX standard, ODS template, ODS standard, CSV template, CSV standard); then
    the latest date in the name of the file; then the first file given. A file that loses dossiers says so; two
    answers that differ though the dossier did not change between the files are told, with the one that is kept.
    Each read keeps its place, its columns and its own refusals.
    """
    if len(lus) < 2:
        return tuple(lus)
    fichiers = [_Fichier(lu, rang, correspondance) for rang, lu in enumerate(lus)]
    _ecarter_copies(fichiers)
    presences = Counter(numero for fichier in fichiers for numero in fichier.donnes)
    for numero in sorted(numero for numero, fois in presences.items() if fois > 1):
        _fusionner(numero, fichiers)
    _sirets_communs(fichiers)
    return tuple(fichier.resultat() for fichier in fichiers)


@dataclass(slots=True)
class _Perte:
    """A dossier that is read in another file, and why that one is believed."""

    numero: int
    gagnant: "_Fichier"
    raison: str


@dataclass
class _Fichier:
    """One read, and what becomes of its dossiers."""

    lu: ExportRead
    rang: int
    correspondance: Correspondance
    pertes: list[_Perte] = field(default_factory=list)
    annonces: list[Anomalie] = field(default_factory=list)
    copie: bool = False
    _remplaces: dict[int, DossierLu] = field(default_factory=dict)
    _jeux: list[tuple[Colonne, ...]] = field(init=False)
    _places: dict[tuple[Colonne, ...], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._jeux = list(self.lu.jeux)

    @cached_property
    def par_numero(self) -> dict[int, DossierLu]:
        """Return the dossiers of the file by number."""
        return {lu.numero: lu for lu in self.lu.dossiers}

    @property
    def donnes(self) -> dict[int, DossierLu]:
        """Return the dossiers that the file may give: none when it is the copy of another."""
        return {} if self.copie else self.par_numero

    @cached_property
    def portees(self) -> set[Cle]:
        """Return the keys of the columns that the file carries, for any dossier."""
        return {cle for jeu in self.lu.jeux for cle in cles(jeu, self.correspondance)}

    def minute(self, numero: int) -> datetime | None:
        """Return when a dossier was last updated, as this file says, to the minute."""
        moment = self.par_numero[numero].apercu.mise_a_jour
        return moment.replace(second=0, microsecond=0) if moment else None

    def confiance(self, numero: int, recente: datetime) -> _Rang:
        """Return how much the file is believed about a dossier that was updated on *recente* at the latest."""
        moment = self.minute(numero) or min(recente, self.lu.date_fichier or recente)
        surete = -CONFIANCE.index(self.lu.origine) if self.lu.origine in CONFIANCE else -len(CONFIANCE)
        return _Rang(moment, surete, self.lu.date_fichier or _JAMAIS, -self.rang)

    def enregistrement(self, numero: int) -> Enregistrement:
        """Return the raw record of a dossier."""
        lu = self.par_numero[numero]
        return de_json(numero, lu.contenu, self.lu.jeux[lu.jeu])

    def retenir(self, fusion: Enregistrement) -> None:
        """Keep a dossier, with what the other files knew of it."""
        colonnes, contenu = fusion.colonnes, en_json(fusion)
        if colonnes not in self._places:
            self._places[colonnes] = len(self._jeux)
            self._jeux.append(colonnes)
        self._remplaces[fusion.numero] = replace(
            self.par_numero[fusion.numero],
            jeu=self._places[colonnes],
            contenu=contenu,
            empreinte=empreinte(colonnes_en_json(colonnes), contenu),
            apercu=apercu(fusion, self.correspondance.lier(colonnes)),
        )

    def annoncer(self, quoi: str, *, numero: int | None = None, ou: str = "fichier", alerte: bool = False) -> None:
        """Say something of the file, or of one of its dossiers."""
        gravite = Gravite.ALERTE if alerte else Gravite.INFORMATION
        self.annonces.append(Anomalie(gravite=gravite, ou=ou, quoi=quoi, numero=numero))

    def resultat(self) -> ExportRead:
        """Return the read with the dossiers that are kept from it; what it said of the others goes with them.

        What it said of an answer that is kept from it is told by the file that gives the dossier.
        """
        if self.copie:
            return replace(self.lu, dossiers=(), refuses=(), anomalies=tuple(self.annonces))
        self._annoncer_pertes()
        perdus = {perte.numero for perte in self.pertes}
        return replace(
            self.lu,
            jeux=tuple(self._jeux),
            dossiers=tuple(
                self._remplaces.get(lu.numero, lu) for lu in self.lu.dossiers if lu.numero not in perdus
            ),
            anomalies=(*(a for a in self.lu.anomalies if a.numero not in perdus), *self.annonces),
        )

    def _annoncer_pertes(self) -> None:
        comptes = Counter((perte.gagnant.lu.fichier, perte.gagnant.rang, perte.raison) for perte in self.pertes)
        for (fichier, _, raison), combien in sorted(comptes.items()):
            verbe = "est" if combien == 1 else "sont"
            suite = f"{verbe} aussi dans {nommer(fichier)}, {raison} : c’est lui qui est lu."
            self.annoncer(f"{pluriel(combien, 'dossier')} {suite}")


def _ecarter_copies(fichiers: Sequence[_Fichier]) -> None:
    """Leave out the files that hold the same bytes as another one."""
    par_empreinte: dict[str, list[_Fichier]] = {}
    for fichier in fichiers:
        par_empreinte.setdefault(fichier.lu.empreinte, []).append(fichier)
    for memes in par_empreinte.values():
        retenu = max(memes, key=lambda f: (f.lu.date_fichier or _JAMAIS, -f.rang))
        for fichier in memes:
            if fichier is not retenu:
                fichier.copie = True
                fichier.annoncer(
                    f"Ce fichier est le même que {nommer(retenu.lu.fichier)} : il n’est lu qu’une fois."
                )


def _fusionner(numero: int, fichiers: Sequence[_Fichier]) -> None:
    """Make one record of all that the files tell of a dossier, from the least believed to the most."""
    porteurs = [f for f in fichiers if numero in f.donnes]
    recente = max((m for m in (f.minute(numero) for f in porteurs) if m), default=_JAMAIS)
    rangs = {f.rang: f.confiance(numero, recente) for f in porteurs}
    porteurs.sort(key=lambda f: rangs[f.rang])
    gagnant = porteurs[-1]
    for perdant in porteurs[:-1]:
        perdant.pertes.append(_Perte(numero, gagnant, _raison(rangs[gagnant.rang], rangs[perdant.rang])))
    if len({f.par_numero[numero].empreinte for f in porteurs}) == 1:
        return
    fusion = porteurs[0].enregistrement(numero)
    sources = dict.fromkeys(_libelles(fusion), porteurs[0])
    ecarts: dict[str, _Ecart] = {}
    for avant, fichier in pairwise(porteurs):
        nouveau = fichier.enregistrement(numero)
        comparaison = comparer(fusion, nouveau, gagnant.correspondance, fichier.portees, complete=True)
        fusion = comparaison.fusion
        for difference in filter(_contredit, comparaison.differences):
            source = sources.get(difference.libelle, avant)
            vieux = rangs[source.rang].moment < rangs[fichier.rang].moment
            ecarts[difference.libelle] = _Ecart(difference, source, fichier, vieux)
        sources |= dict.fromkeys(_libelles(nouveau), fichier)
    gagnant.retenir(fusion)
    gardes = _libelles(fusion)
    for perdant in porteurs[:-1]:
        siens = {libelle for libelle in gardes if sources.get(libelle) is perdant}
        gagnant.annonces += [a for a in perdant.lu.anomalies if a.numero == numero and a.ou in siens]
    _dire(numero, gagnant, list(ecarts.values()))


def _libelles(enregistrement: Enregistrement) -> set[str]:
    """Return the labels of what a record tells, as differences and anomalies name it."""
    fixes = (("État du dossier", "etat"), ("Date de dépôt", "depot"))
    dits = {libelle for libelle, cle in fixes if cle in enregistrement.fixes}
    if texte_de(enregistrement.demandeur.get("siret")).strip():
        dits.add("SIRET du porteur")
    return dits | {colonne.libelle for colonne in enregistrement.colonnes}


class _Ecart(NamedTuple):
    """An answer that two files give otherwise; ``vieux`` when the dossier changed between them."""

    difference: Difference
    source: _Fichier
    retenu: _Fichier
    vieux: bool


def _raison(gagnant: _Rang, perdant: _Rang) -> str:
    """Return why a file is believed rather than another."""
    raisons = ("plus récent", "plus sûr", "exporté après", "donné avant")
    return next(raison for haut, bas, raison in zip(gagnant, perdant, raisons, strict=True) if haut != bas)


def _contredit(difference: Difference) -> bool:
    """Say whether an answer is lost; not when one file alone tells, nor when the other one is only poorer."""
    if difference.libelle in INSTANTS:
        return difference.libelle != MISE_A_JOUR and not difference.apres.startswith(difference.avant)
    return bool(difference.avant) and not meme_texte(difference.apres, difference.avant)


def _dire(numero: int, gagnant: _Fichier, ecarts: Sequence[_Ecart]) -> None:
    """Tell the answers that differ: one by one, all at once when the dossier changed between two files."""
    anciens: dict[str, list[str]] = {}
    for difference, source, retenu, vieux in ecarts:
        noms = nommer(source.lu.fichier), nommer(retenu.lu.fichier)
        if vieux:
            anciens.setdefault(noms[0], []).append(f"« {difference.libelle} »")
            continue
        textes = [f"« {court(t)} »" if t else "vide" for t in (difference.avant, difference.apres)]
        quoi = f"{textes[0]} dans {noms[0]}, {textes[1]} dans {noms[1]} : {noms[1]} est retenu."
        gagnant.annoncer(quoi, numero=numero, ou=difference.libelle, alerte=True)
    for nom, libelles in sorted(anciens.items()):
        dits = libelles[:_CHAMPS_DITS]
        if reste := len(libelles) - len(dits):
            dits.append(pluriel(reste, "autre réponse"))
        verbe = "était différent" if len(libelles) == 1 else "étaient différents"
        gagnant.annoncer(f"{enumeration(dits)} {verbe} dans {nom}, plus ancien.", numero=numero)


def _sirets_communs(fichiers: Sequence[_Fichier]) -> None:
    """Tell the applicants that bear the same SIRET in several files; each file has told its own."""
    par_siret: dict[str, list[tuple[int, _Fichier]]] = {}
    for fichier in fichiers:
        perdus = {perte.numero for perte in fichier.pertes}
        for numero, lu in fichier.donnes.items():
            if lu.apercu.siret and numero not in perdus:
                par_siret.setdefault(lu.apercu.siret, []).append((numero, fichier))
    for siret, deposes in par_siret.items():
        if len({fichier.rang for _, fichier in deposes}) < 2:
            continue
        for numero, fichier in deposes:
            autres = sorted(n for n, _ in deposes if n not in fichier.par_numero)
            if autres:
                quoi = (
                    f"{groupe(siret)} dépose aussi le dossier {enumeration(list(map(numero_lisible, autres[:5])))}"
                )
                fichier.annoncer(quoi, numero=numero, ou="SIRET du porteur", alerte=True)
