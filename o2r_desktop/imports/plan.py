"""What an import would do: new, changed, unchanged and missing dossiers; nothing is written here."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace

from o2r_desktop.dossiers.apercu import apercu
from o2r_desktop.dossiers.correspondance import Correspondance
from o2r_desktop.dossiers.enregistrement import colonnes_en_json, de_json, empreinte, en_json
from o2r_desktop.dossiers.importation import DossierLu, ExportRead, ImportPlan, Modification
from o2r_desktop.dossiers.model import Anomalie, Colonne, Enregistrement, Gravite, Origine
from o2r_desktop.imports.comparaison import Cle, cles, comparer
from o2r_desktop.text import enumeration, instant, pluriel


def make_plan(
    read: ExportRead,
    connus: Mapping[int, str],
    charger: Callable[[int], Enregistrement],
    correspondance: Correspondance,
) -> ImportPlan:
    """Compare an export with the campagne.

    *connus* gives the empreinte of each dossier of the campagne; *charger* loads a record, asked only when the
    empreintes differ. The columns of a changed dossier may be more than those of the file: the plan's own
    ``read.jeux`` holds them. A dossier missing from the file is kept: exports are filtered (exports § 1.5).
    """
    comparateur = _Comparateur(read, charger, correspondance)
    nouveaux = tuple(lu for lu in read.dossiers if lu.numero not in connus)
    inchanges: list[int] = []
    modifies: list[Modification] = []
    for lu in read.dossiers:
        if lu.numero not in connus:
            continue
        modification = None if connus[lu.numero] == lu.empreinte else comparateur.comparer(lu)
        if modification is None:
            inchanges.append(lu.numero)
        else:
            modifies.append(modification)
    presents = {lu.numero for lu in read.dossiers}
    nouveaux = tuple(map(comparateur.lier_nouveau, nouveaux))
    return ImportPlan(
        read=replace(read, jeux=tuple(comparateur.jeux)),
        nouveaux=nouveaux,
        modifies=tuple(modifies),
        inchanges=tuple(inchanges),
        absents=tuple(sorted(set(connus) - presents)),
        anomalies=(*read.anomalies, *comparateur.anomalies()),
    )


@dataclass(slots=True)
class _Comparateur:
    """Compares dossiers one by one and gathers the sets of columns that this makes."""

    read: ExportRead
    charger: Callable[[int], Enregistrement]
    correspondance: Correspondance
    jeux: list[tuple[Colonne, ...]] = field(init=False)
    _portees: Collection[Cle] = field(init=False)
    _renommes: dict[int, str] = field(default_factory=dict)
    _gardes: dict[str, None] = field(default_factory=dict)
    _plus_vieux: list[tuple[int, str]] = field(default_factory=list)
    _precises: int = 0

    def __post_init__(self) -> None:
        self.jeux = list(self.read.jeux)
        self._portees = {cle for jeu in self.jeux for cle in cles(jeu, self.correspondance)}

    def comparer(self, lu: DossierLu) -> Modification | None:
        """Return what changed in a dossier, None when its answers are the same and nothing more is known of them.

        A doubtful zero that turns out to be an answer is a change: a constat may change with it. Without any
        difference, the new record is written for what it alone tells: a number left blank, the code of a place. The
        next export that doubts does not take it back; when it cannot but doubt a zero that was sure, it is told.
        """
        ancien = self.charger(lu.numero)
        nouveau = de_json(lu.numero, lu.contenu, self.read.jeux[lu.jeu])
        comparaison = comparer(ancien, nouveau, self.correspondance, self._portees)
        self._gardes.update(dict.fromkeys(comparaison.gardes))
        colonnes = comparaison.fusion.colonnes
        self._renommes.update({c.stable_id: c.lie_par for c in colonnes if c.lie_par and c.stable_id is not None})
        differences = (*comparaison.differences, *comparaison.leves)
        if not differences:
            if not comparaison.precise:
                return None
            self._precises += not comparaison.perdus
        self._dater(lu, ancien)
        return Modification(
            lu=self._entier(lu, comparaison.fusion), differences=(*differences, *comparaison.perdus)
        )

    def lier_nouveau(self, lu: DossierLu) -> DossierLu:
        """Bind the fields of a new dossier that the form renamed, as those of the dossiers already known are."""
        colonnes = self.read.jeux[lu.jeu]
        if not any(c.stable_id in self._renommes for c in colonnes):
            return lu
        suivies = tuple(
            replace(c, lie_par=self._renommes[c.stable_id])
            if c.stable_id is not None and c.stable_id in self._renommes
            else c
            for c in colonnes
        )
        return self._entier(lu, de_json(lu.numero, lu.contenu, suivies))

    def _entier(self, lu: DossierLu, enregistrement: Enregistrement) -> DossierLu:
        """Return *lu* with another record than that of the file."""
        colonnes, contenu = enregistrement.colonnes, en_json(enregistrement)
        return replace(
            lu,
            jeu=self._jeu(colonnes),
            contenu=contenu,
            empreinte=empreinte(colonnes_en_json(colonnes), contenu),
            apercu=apercu(enregistrement, self.correspondance.lier(colonnes)),
        )

    def _jeu(self, colonnes: tuple[Colonne, ...]) -> int:
        if colonnes not in self.jeux:
            self.jeux.append(colonnes)
        return self.jeux.index(colonnes)

    def _dater(self, lu: DossierLu, ancien: Enregistrement) -> None:
        connu = apercu(ancien, self.correspondance.lier(ancien.colonnes)).mise_a_jour
        if connu and lu.apercu.mise_a_jour and lu.apercu.mise_a_jour < connu.replace(second=0):
            self._plus_vieux.append((lu.numero, instant(connu)))

    def anomalies(self) -> list[Anomalie]:
        """Say what the file does not carry anymore, which dossiers are older in it, and how many it makes surer."""
        return [*self._plus_portes(), *self._anciens(), *self._precisions()]

    def _precisions(self) -> list[Anomalie]:
        """Say how many dossiers are written though no answer of theirs changed."""
        if not self._precises:
            return []
        combien = pluriel(self._precises, "dossier")
        quoi = (
            f"Ce fichier précise {combien} sans changer de réponse : vides ou codes que l’export précédent ne "
            "donnait pas sûrement."
        )
        return [Anomalie(gravite=Gravite.INFORMATION, ou="fichier", quoi=quoi)]

    def _plus_portes(self) -> list[Anomalie]:
        """Name the known fields whose old answers are kept, once each; all at once when a template chose others."""
        noms = [f"« {libelle} »" for libelle in self._gardes]
        if not noms or self.read.origine is Origine.JSON_API:  # without fields, the API says nothing of them
            return []
        if self.read.origine.modele and len(noms) > 1:
            quoi = (
                f"{enumeration(noms)} ne sont pas dans ce fichier : les anciennes valeurs sont gardées, à vérifier."
            )
            return [Anomalie(gravite=Gravite.ALERTE, ou="fichier", quoi=quoi)]
        suite = "n’est plus dans ce fichier : l’ancienne valeur est gardée, à vérifier."
        return [Anomalie(gravite=Gravite.ALERTE, ou="fichier", quoi=f"{nom} {suite}") for nom in noms]

    def _anciens(self) -> list[Anomalie]:
        alertes = [
            Anomalie(
                gravite=Gravite.ALERTE,
                ou="Dernière mise à jour",
                quoi=f"plus ancienne dans ce fichier que dans la campagne ({moment})",
                numero=numero,
            )
            for numero, moment in self._plus_vieux
        ]
        if alertes:
            combien = pluriel(len(alertes), "dossier")
            quoi = f"Ce fichier est plus ancien que la campagne pour {combien} : vérifiez sa date."
            alertes.insert(0, Anomalie(gravite=Gravite.ALERTE, ou="fichier", quoi=quoi))
        return alertes
