"""In the parent: what the child sends becomes an ExportRead."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from o2r_desktop.dossiers.apercu import LecteurApercu
from o2r_desktop.dossiers.champs import TypeChamp, lire
from o2r_desktop.dossiers.correspondance import Correspondance
from o2r_desktop.dossiers.enregistrement import colonnes_en_json
from o2r_desktop.dossiers.identifiers import groupe
from o2r_desktop.dossiers.importation import DossierLu, ExportRead, Refus
from o2r_desktop.dossiers.lecture import court
from o2r_desktop.dossiers.model import Anomalie, Colonne, Gravite, Origine
from o2r_desktop.imports.controles import Controle, controles, options_inconnues
from o2r_desktop.imports.fiches import Entete, FicheEcrite, Jeu, Lot, Message
from o2r_desktop.imports.gardes import citer, examiner, ferme
from o2r_desktop.imports.noms import lire_nom
from o2r_desktop.imports.processus import Demande, Limites, messages
from o2r_desktop.progress import Reporter
from o2r_desktop.text import enumeration, pluriel
from o2r_desktop.text import numero as numero_lisible

ILLISIBLES_MAX = 1_000
"""Unreadable cells that are listed one by one."""

_LIMITES = Limites()


def lire_export(
    chemin: Path, correspondance: Correspondance, reporter: Reporter, limites: Limites = _LIMITES
) -> ExportRead:
    """Read a whole export; see o2r_desktop.imports.read_export."""
    genre = examiner(chemin)
    demarche, moment = lire_nom(chemin.name)
    demande = Demande(chemin=chemin, genre=genre, correspondance=correspondance, demarche=demarche, limites=limites)
    assemblage = _Assemblage(chemin, correspondance)
    recus = messages(demande)
    try:
        _assembler(assemblage, recus, reporter)
    finally:
        recus.close()
    return ExportRead(
        fichier=chemin.name,
        empreinte=assemblage.empreinte,
        origine=assemblage.origine,
        date_fichier=moment,
        demarche=assemblage.demarche,
        jeux=tuple(assemblage.jeux),
        dossiers=tuple(assemblage.dossiers),
        refuses=tuple(assemblage.refuses),
        anomalies=tuple(assemblage.anomalies),
        non_lies=assemblage.non_lies(),
    )


def _assembler(assemblage: "_Assemblage", recus: Iterable[Message], reporter: Reporter) -> None:
    total = 0
    for message in recus:
        if isinstance(message, Entete):
            assemblage.ouvrir(message)
            total = message.total
        elif isinstance(message, Jeu):
            assemblage.ajouter_jeu(message.colonnes)
        elif isinstance(message, Lot):
            assemblage.recevoir(message)
            reporter.step(assemblage.lus, max(total, assemblage.lus), "Lecture des dossiers")
        elif isinstance(message, list):
            for numero, ou, quoi, alerte in message:
                assemblage.remarquer(numero, ou, quoi, alerte=alerte)
    assemblage.finir()


def _empreinte_fichier(chemin: Path) -> str:
    try:
        with chemin.open("rb") as flux:
            return hashlib.file_digest(flux, "sha256").hexdigest()
    except OSError as erreur:
        raise ferme(citer(chemin.name)) from erreur


@dataclass(slots=True)
class _Assemblage:
    """Gathers messages; the dossiers that have a number of their own enter, the other lines are refused."""

    chemin: Path
    correspondance: Correspondance
    empreinte: str = ""
    origine: Origine = Origine.CSV_STANDARD
    demarche: str = ""
    jeux: list[tuple[Colonne, ...]] = field(default_factory=list)
    dossiers: list[DossierLu] = field(default_factory=list)
    refuses: list[Refus] = field(default_factory=list)
    anomalies: list[Anomalie] = field(default_factory=list)
    lus: int = 0
    _debuts: list["hashlib._Hash"] = field(default_factory=list)
    _controles: list[list[Controle]] = field(default_factory=list)
    _illisibles: int = 0
    _lignes: dict[int, int] = field(default_factory=dict)
    _sirets: dict[str, list[int]] = field(default_factory=dict)
    _apercus: LecteurApercu = field(default_factory=lambda: LecteurApercu(zero_inconnu=False))

    def ouvrir(self, entete: Entete) -> None:
        """Learn what the file is; take its fingerprint while the child reads it."""
        self.empreinte = _empreinte_fichier(self.chemin)
        self.origine, self.demarche = entete.origine, entete.demarche
        self._apercus = LecteurApercu(zero_inconnu=entete.origine.vide_vaut_zero)

    def ajouter_jeu(self, colonnes: tuple[Colonne, ...]) -> None:
        """Learn a set of columns."""
        self.jeux.append(colonnes)
        self._controles.append(controles(colonnes, self.correspondance.lier(colonnes)))
        self._debuts.append(hashlib.sha256(f"{colonnes_en_json(colonnes)}\n".encode()))

    def recevoir(self, lot: Lot) -> None:
        """Take some dossiers."""
        entrent = [self._recevoir(fiche) for fiche in lot.fiches]
        verifications = self._controles[lot.fiches[0].jeu] if lot.fiches else []
        for controle, cellules in zip(verifications, lot.typees, strict=True):
            for rang, quoi in controle.defauts(cellules):
                if entrent[rang]:
                    self._signaler(lot.fiches[rang].numero, controle.libelle, quoi)

    def _recevoir(self, fiche: FicheEcrite) -> bool:
        """Take a dossier, or refuse its line."""
        self.lus += 1
        motif = self._motif_de_refus(fiche)
        if motif or fiche.numero is None:
            self.refuses.append(Refus(numero=fiche.numero, ligne=fiche.ligne, motif=motif))
            return False
        self._lignes[fiche.numero] = fiche.ligne
        self._entrer(fiche, fiche.numero)
        return True

    def _signaler(self, numero: int | None, ou: str, quoi: str) -> None:
        """Note an unreadable cell; a column bound to the wrong attribute would make as many as there are lines."""
        self._illisibles += 1
        if self._illisibles <= ILLISIBLES_MAX:
            self.remarquer(numero, ou, quoi)

    def _motif_de_refus(self, fiche: FicheEcrite) -> str:
        if fiche.numero is None:
            if not fiche.numero_brut.strip():
                return "le numéro de dossier manque"
            return f"« {fiche.numero_brut} » n’est pas un numéro de dossier"
        if fiche.numero in self._lignes:
            return f"ce numéro est déjà celui de la ligne {self._lignes[fiche.numero]} du fichier"
        return ""

    def _entrer(self, fiche: FicheEcrite, numero: int) -> None:
        hachage = self._debuts[fiche.jeu].copy()
        hachage.update(fiche.contenu.encode())
        apercu = self._apercus.lire(numero, fiche.fixes, fiche.demandeur, fiche.utiles, fiche.blocs)
        self.dossiers.append(
            DossierLu(
                numero=numero,
                ligne=fiche.ligne,
                jeu=fiche.jeu,
                contenu=fiche.contenu,
                empreinte=hachage.hexdigest(),
                apercu=apercu,
            )
        )
        if apercu.etat is None:
            self.remarquer(numero, "État du dossier", "inconnu ou absent")
        if apercu.depot is None:
            self.remarquer(numero, "Date de dépôt", "absente ou illisible")
        if "nom" not in fiche.demandeur or "siret" in fiche.demandeur or "raison_sociale" in fiche.demandeur:
            self._verifier_siret(numero, fiche)

    def _verifier_siret(self, numero: int, fiche: FicheEcrite) -> None:
        brut = fiche.demandeur.get("siret")
        if isinstance(brut, str) and _cle_juste(brut):
            self._sirets.setdefault(brut, []).append(numero)
            return
        lu = lire(brut, TypeChamp.SIRET)
        if lu.anomalie:
            self.remarquer(numero, "SIRET du porteur", f"« {court(lu.valeur)} » {lu.anomalie}")
        elif not lu.valeur:
            self.remarquer(numero, "SIRET du porteur", "absent de l’export")
        if isinstance(lu.valeur, str) and len(lu.valeur) == 14:
            self._sirets.setdefault(lu.valeur, []).append(numero)

    def remarquer(self, numero: int | None, ou: str, quoi: str, *, alerte: bool = True) -> None:
        """Note something odd, in a dossier or in the whole file."""
        gravite = Gravite.ALERTE if alerte else Gravite.INFORMATION
        self.anomalies.append(Anomalie(gravite=gravite, ou=ou, quoi=quoi, numero=numero))

    def finir(self) -> None:
        """Compare the dossiers with each other once all are there."""
        if self._illisibles > ILLISIBLES_MAX:
            reste = pluriel(
                self._illisibles - ILLISIBLES_MAX, "autre cellule illisible", "autres cellules illisibles"
            )
            self.remarquer(None, "fichier", f"{reste} : une colonne est peut-être mal reconnue.")
        for libelle, quoi in options_inconnues(c for jeu in self._controles for c in jeu):
            self.remarquer(None, libelle, quoi, alerte=False)
        for siret, numeros in self._sirets.items():
            for numero in numeros if len(numeros) > 1 else ():
                autres = enumeration([numero_lisible(n) for n in numeros if n != numero][:5])
                self.remarquer(numero, "SIRET du porteur", f"{groupe(siret)} dépose aussi le dossier {autres}")

    def non_lies(self) -> tuple[str, ...]:
        """Return the labels of the columns that no attribute of the product claims, each once."""
        libelles: dict[str, None] = {}
        for jeu in self.jeux:
            for colonne, attribut in zip(jeu, self.correspondance.lier(jeu), strict=True):
                if attribut is None:
                    libelles[colonne.libelle] = None
        return tuple(libelles)


_DOUBLES = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def _cle_juste(siret: str) -> bool:
    """Say quickly that a SIRET is surely right: fourteen digits, two Luhn keys. What is left is read for good."""
    if len(siret) != 14 or not (siret.isascii() and siret.isdigit()):
        return False
    n = [int(c) for c in siret]
    entier = sum(n[1::2]) + sum(_DOUBLES[c] for c in n[0::2])
    siren = sum(n[0:9:2]) + sum(_DOUBLES[c] for c in n[1:9:2])
    return entier % 10 == 0 and siren % 10 == 0
