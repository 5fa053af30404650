"""Use cases of the correspondence: what to bind, what moved, what a new binding changes in the campagne."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path

from o2r_desktop.dossiers.affichage import SEPARATEUR, valeur_dite
from o2r_desktop.dossiers.apercu import UTILES, LecteurApercu
from o2r_desktop.dossiers.appariement import Appariement, Derive
from o2r_desktop.dossiers.champs import TypeChamp
from o2r_desktop.dossiers.correspondance import Attribut, Correspondance
from o2r_desktop.dossiers.importation import Apercu, Difference, ExportRead, ImportPlan
from o2r_desktop.dossiers.lecture import lire_dossier
from o2r_desktop.dossiers.model import Anomalie, Colonne, Dossier, Enregistrement, Gravite, Origine
from o2r_desktop.evaluation import controles
from o2r_desktop.operations import Session
from o2r_desktop.progress import Reporter
from o2r_desktop.store import connection, entetes, evaluations, journal
from o2r_desktop.store import dossiers as store_dossiers

_LOT = 200
"""Dossiers read between two looks at the cancel button."""
_RELECTURE = "Relecture des dossiers avec la nouvelle correspondance"
_PAR_JEU, _EN_TOUT = 200, 2_000
"""Dossiers of the campagne whose values are shown."""


def match(lus: Sequence[ExportRead], correspondance: Correspondance, derives: Sequence[Derive] = ()) -> Appariement:
    """Return what the columns of some files are, and could be; *derives* tell which were probably renamed."""
    from o2r_desktop.imports.proposition import propose

    return propose(lus, correspondance, [renommage for derive in derives for renommage in derive.renommees])


def drifts(session: Session, lus: Sequence[ExportRead]) -> tuple[Derive, ...]:
    """Return how the headers of files moved since the last import of their kind; the others are left out.

    The reference is the last import of the same format, else of the same variant, else of the same family.
    """
    from o2r_desktop.imports.derive import drift

    connus = store_dossiers.known(session.campagne) if lus else {}
    derives = []
    for lu in lus:
        reference = entetes.last_headers(session.campagne, _parents(lu.origine))
        if reference is None or not connus:
            continue
        derive = drift(
            lu,
            reference=reference.fichier,
            reference_le=reference.le,
            jeux=reference.jeux,
            connus=connus,
            charger=partial(store_dossiers.load, session.campagne),
        )
        if not derive.vide:
            derives.append(derive)
    return tuple(derives)


def tell_drifts(plans: Sequence[ImportPlan], derives: Sequence[Derive]) -> list[ImportPlan]:
    """Tell in each plan how the headers of its file moved: the control says it, and the report keeps it."""
    dits = {
        derive.fichier: Anomalie(gravite=Gravite.INFORMATION, ou="colonnes", quoi=derive.phrase)
        for derive in derives
        if not derive.vide
    }
    return [
        replace(plan, anomalies=(*plan.anomalies, dits[plan.read.fichier])) if plan.read.fichier in dits else plan
        for plan in plans
    ]


def match_campagne(session: Session) -> Appariement:
    """Return what the columns of the dossiers already imported are, and could be."""
    from o2r_desktop.imports.proposition import Echantillon, match_samples

    echantillons = [
        Echantillon(
            colonnes=lot[0].colonnes,
            lignes=[e.cellules for e in lot],
            doute=lot[0].origine.vide_vaut_zero,
        )
        for lot in entetes.samples(session.campagne, par_jeu=_PAR_JEU, en_tout=_EN_TOUT)
    ]
    return match_samples(echantillons, session.correspondance)


def change_correspondance(session: Session, nouvelle: Correspondance, reporter: Reporter) -> int:
    """Bind the columns of the campagne otherwise; return how many dossiers read differently now.

    The rows of the list are made again; answers to criteria that read an attribute whose value changed become
    «à reconfirmer». The journal keeps the old correspondence. One transaction, or a part of the one that is open:
    whoever undoes that one calls Session.oublier_correspondance(), as must other sessions of the same campagne.
    """
    from o2r_desktop.imports.correspondance import write_correspondance

    ancienne = session.correspondance
    if nouvelle == ancienne:
        return 0
    maintenant = session.horloge()
    relecture = _Relecture(ancienne, nouvelle)
    commences = evaluations.begun(session.campagne)
    combien = 0
    with connection.ecriture(session.campagne) as db:
        connection.set_correspondance(
            session.campagne, write_correspondance(nouvelle), auteur=session.auteur, now=maintenant
        )
        for lot in relecture.lots(session, reporter):
            store_dossiers.put_rows(db, [relu.apercu for relu in lot if relu.apercu is not None])
            touches = {
                relu.numero: controles.changements(session.grille, relu.differences)
                for relu in lot
                if relu.differences and relu.numero in commences
            }
            journal.append(db, evaluations.flag(db, touches), auteur=session.auteur, now=maintenant)
            combien += sum(bool(relu.differences) for relu in lot)
    session.oublier_correspondance()
    return combien


def count_changes(session: Session, nouvelle: Correspondance, reporter: Reporter) -> int:
    """Return how many dossiers another correspondence would read differently; nothing is written."""
    return sum(1 for _ in differences(session, nouvelle, reporter))


def differences(
    session: Session, nouvelle: Correspondance, reporter: Reporter
) -> Iterator[tuple[int, tuple[Difference, ...]]]:
    """Yield the dossiers that another correspondence would read differently, with what would change."""
    relecture = _Relecture(session.correspondance, nouvelle)
    for lot in relecture.lots(session, reporter):
        yield from ((relu.numero, relu.differences) for relu in lot if relu.differences)


def export_correspondance(session: Session, cible: Path) -> None:
    """Write the correspondence of the campagne to a file for colleagues; raises StoreError."""
    from o2r_desktop.imports.correspondance import save_correspondance

    save_correspondance(session.correspondance, cible)


def import_correspondance(source: Path) -> Correspondance:
    """Read the correspondence that a colleague exported; raises ExportError."""
    from o2r_desktop.imports.correspondance import load_correspondance

    return load_correspondance(source)


def _parents(origine: Origine) -> tuple[Collection[Origine], ...]:
    """Return the formats whose headers compare with those of one, nearest first."""
    tables = {o for o in Origine if o.modele or o.vide_vaut_zero}
    if origine not in tables:
        return ({origine},)
    return {origine}, {o for o in tables if o.modele is origine.modele}, tables


@dataclass(frozen=True, slots=True)
class _Relu:
    """A dossier read under another binding: its row when it may be another, and what is no longer the same."""

    numero: int
    apercu: Apercu | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class _Deplacement:
    """An attribute that another column gives now, or reads as another type; None when no column gives it."""

    identifiant: str
    avant: tuple[int, Attribut] | None
    apres: tuple[int, Attribut] | None


@dataclass(frozen=True, slots=True)
class _Lecture:
    """How a set of columns reads now: what moved, and where the list looks, None when its rows are the same."""

    deplacements: tuple[_Deplacement, ...]
    utiles: Mapping[str, int] | None


class _Relecture:
    """Reads the dossiers of the campagne under two bindings; those that neither changes are not even loaded."""

    def __init__(self, ancienne: Correspondance, nouvelle: Correspondance) -> None:
        self._ancienne = ancienne
        self._nouvelle = nouvelle
        self._blocs = ancienne.blocs != nouvelle.blocs
        self._lecteurs = {doute: LecteurApercu(zero_inconnu=doute) for doute in (False, True)}

    def lots(self, session: Session, reporter: Reporter) -> Iterator[list[_Relu]]:
        """Yield the dossiers that a column or a block reaches, by lots."""
        concernes: dict[int, _Lecture] = {}
        for colonnes, numeros in entetes.dossiers_by_headers(session.campagne).items():
            lecture = self._lecture(colonnes)
            if lecture.deplacements or self._blocs:
                concernes.update(dict.fromkeys(numeros, lecture))
        tous = sorted(concernes)
        for debut in range(0, len(tous), _LOT):
            reporter.step(debut, len(tous), _RELECTURE)
            lot = store_dossiers.load_many(session.campagne, tous[debut : debut + _LOT])
            yield [self._relire(brut, concernes[brut.numero]) for brut in lot]
        reporter.step(len(tous), len(tous), _RELECTURE)

    def _lecture(self, colonnes: tuple[Colonne, ...]) -> _Lecture:
        avant, apres = _places(self._ancienne.lier(colonnes)), _places(self._nouvelle.lier(colonnes))
        deplacements = tuple(
            _Deplacement(identifiant, avant.get(identifiant), apres.get(identifiant))
            for identifiant in dict.fromkeys((*avant, *apres))
            if _lu(avant.get(identifiant)) != _lu(apres.get(identifiant))
        )
        montre = any(deplacement.identifiant in UTILES for deplacement in deplacements)
        utiles = {a: place for a, (place, _) in apres.items() if a in UTILES} if montre else None
        return _Lecture(deplacements, utiles)

    def _relire(self, brut: Enregistrement, lecture: _Lecture) -> _Relu:
        differences = [d for deplacement in lecture.deplacements for d in _difference(brut, deplacement)]
        if self._blocs:
            differences += _differences_blocs(
                lire_dossier(brut, self._ancienne), lire_dossier(brut, self._nouvelle)
            )
        rangee = None if lecture.utiles is None else self._apercu(brut, lecture.utiles)
        return _Relu(brut.numero, rangee, tuple(differences))

    def _apercu(self, brut: Enregistrement, utiles: Mapping[str, int]) -> Apercu:
        """Return the row of the list, read by a reader that remembers words from one dossier to the next."""
        return self._lecteurs[brut.origine.vide_vaut_zero].lire(
            brut.numero,
            brut.fixes,
            brut.demandeur,
            {attribut: brut.cellules[place] for attribut, place in utiles.items()},
            [(b.libelle, b.stable_id, b.lignes) for b in brut.blocs or ()],
        )


def _places(lies: Iterable[Attribut | None]) -> dict[str, tuple[int, Attribut]]:
    return {a.id: (place, a) for place, a in enumerate(lies) if a is not None}


def _lu(liee: tuple[int, Attribut] | None) -> tuple[int, TypeChamp, tuple[str, ...]] | None:
    """Return what decides how a cell reads."""
    return None if liee is None else (liee[0], liee[1].type, liee[1].options)


def _difference(brut: Enregistrement, deplacement: _Deplacement) -> Iterator[Difference]:
    from o2r_desktop.imports.egalite import lire_cellule, meme_reponse

    liees = deplacement.avant, deplacement.apres
    doute = brut.origine.vide_vaut_zero
    avant, apres = (None if x is None else lire_cellule(brut.cellules[x[0]], x[1], doute=doute) for x in liees)
    vides = [cellule is None or cellule.vide for cellule in (avant, apres)]
    if all(vides) or (avant is not None and apres is not None and meme_reponse(avant, apres)):
        return
    place = next(x[0] for x in reversed(liees) if x is not None)
    # never as an amount: rounded to the cent, two figures that differ could look the same
    textes = ["" if c is None or c.vide else valeur_dite(c.lu.valeur, TypeChamp.DECIMAL) for c in (avant, apres)]
    yield Difference(
        libelle=brut.colonnes[place].libelle, attribut=deplacement.identifiant, avant=textes[0], apres=textes[1]
    )


def _differences_blocs(avant: Dossier, apres: Dossier) -> Iterator[Difference]:
    """Yield the repetition blocks that read differently."""
    for attribut, libelle, dit in (
        ("membres", "Membres du consortium", _membres),
        ("cofinancements", "Cofinancements", _cofinancements),
    ):
        textes = dit(avant), dit(apres)
        if textes[0] != textes[1]:
            yield Difference(libelle=libelle, attribut=attribut, avant=textes[0], apres=textes[1])


def _membres(dossier: Dossier) -> str:
    return _lignes((m.nom, m.siret, m.role, m.contribution, m.categorie_juridique) for m in dossier.membres)


def _cofinancements(dossier: Dossier) -> str:
    if dossier.cofinancements is None:
        return ""
    lignes = _lignes((c.financeur, c.montant, c.annee, c.statut) for c in dossier.cofinancements)
    return lignes or "aucun cofinancement"  # an empty block is an answer, no block is none


def _lignes(lignes: Iterable[tuple[str | Decimal | None, ...]]) -> str:
    dites = (
        ", ".join(valeur_dite(v, TypeChamp.DECIMAL) for v in ligne if v is not None and v != "") for ligne in lignes
    )
    return SEPARATEUR.join(filter(None, dites))
