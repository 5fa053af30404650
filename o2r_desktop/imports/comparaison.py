"""Two states of one dossier: which answers changed, and what is kept of the old one.

Formats do not carry the same things nor write them the same way (exports-demarche-numerique §§ 3.4, 4 and 5):
the same answers in another format are no difference, and what a format cannot carry is kept.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from o2r_desktop.dossiers.affichage import valeur_dite
from o2r_desktop.dossiers.champs import NUMERIQUES, Brut, TypeChamp, texte_de
from o2r_desktop.dossiers.correspondance import Attribut, Correspondance, cle_libelle
from o2r_desktop.dossiers.familles import Accord, Part, accorder, decouper_libelle
from o2r_desktop.dossiers.familles import Colonne as ColonneLue
from o2r_desktop.dossiers.importation import Difference
from o2r_desktop.dossiers.model import Colonne, Enregistrement, Origine
from o2r_desktop.imports.blocs import blocs_a_zero, blocs_douteux, blocs_precises, comparer_blocs
from o2r_desktop.imports.egalite import Cellule, garder, lire_cellule, meme_reponse, retenir
from o2r_desktop.imports.identite import comparer_demandeur, comparer_fixes

Cle = str | tuple[str, int]
"""What two columns of the same field share: the attribute, else label and rank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparaison:
    """What changed, and the record that holds the new state with what was kept of the old.

    ``gardes`` are the fields that the product knows, answered once and that the file does not carry anymore.
    ``precise`` when the new record knows more of the same answers: that a zero was typed, or a box not answered; a
    detail of a place that the old format did not carry. ``leves`` are the doubts that turn out to be answers,
    ``perdus`` the sure zeros that the new record, were it written, could not tell from blanks anymore.
    """

    differences: tuple[Difference, ...]
    fusion: Enregistrement
    gardes: tuple[str, ...] = ()
    precise: bool = False
    leves: tuple[Difference, ...] = ()
    perdus: tuple[Difference, ...] = ()


class _Case(NamedTuple):
    """A column of one dossier, what it is bound to, and its cell."""

    colonne: Colonne
    attribut: Attribut | None
    cellule: Cellule


def cles(colonnes: Sequence[Colonne], correspondance: Correspondance) -> tuple[Cle, ...]:
    """Return the key of each column."""
    return _cles(colonnes, correspondance.lier(colonnes))


def _cles(colonnes: Sequence[Colonne], lies: Sequence[Attribut | None]) -> tuple[Cle, ...]:
    return tuple(
        a.id if a is not None else (cle_libelle(c.libelle), c.rang) for c, a in zip(colonnes, lies, strict=True)
    )


def comparer(
    ancien: Enregistrement,
    nouveau: Enregistrement,
    correspondance: Correspondance,
    portees: Collection[Cle],
    *,
    complete: bool = False,
) -> Comparaison:
    """Compare a dossier of the campagne with the same in a file whose columns, over all dossiers, are *portees*.

    A field that the file carries for others but not for this dossier is hidden now: the answer is withdrawn. With
    *complete*, what a row of a block tells for the first time is no change: two files of one moment are compared.
    """
    differences: list[Difference] = []
    fixes = comparer_fixes(ancien, nouveau, differences)
    demandeur = comparer_demandeur(ancien, nouveau, differences)
    anciennes = _cases(ancien, correspondance)
    nouvelles = _suivre(_cases(nouveau, correspondance), anciennes)
    accord = _accorder(anciennes, nouvelles)
    retenues = _reponses(anciennes, nouvelles, accord, differences)
    gardees = _absentes(ancien, nouveau, anciennes, nouvelles, portees, accord, differences)
    perdus = tuple(_perdus(anciennes, nouvelles, gardees)) if _doute_seul(ancien, nouveau) else ()
    sure = (
        (bool(perdus) or (_doute_seul(ancien, nouveau) and blocs_a_zero(ancien, correspondance)))
        and _confirmees(anciennes, nouvelles)
        and not any(d.attribut == "depot" for d in differences)  # as precise as the file that gave it
        and not blocs_douteux(ancien, nouveau, correspondance, complete=complete)
    )
    doute = nouveau.origine.vide_vaut_zero and not sure
    retenues += [(case.colonne, garder(case.cellule, doute=doute)) for case in gardees]
    blocs = comparer_blocs(ancien, nouveau, correspondance, differences, doute=doute, complete=complete)
    fusion = replace(
        nouveau,
        origine=ancien.origine if sure else nouveau.origine,
        fixes=fixes,
        demandeur=demandeur,
        colonnes=tuple(colonne for colonne, _ in retenues),
        cellules=tuple(brut for _, brut in retenues),
        blocs=blocs,
        autres={**ancien.autres, **nouveau.autres},
    )
    gardes = tuple(case.colonne.libelle for case in gardees if case.attribut and not case.cellule.vide)
    return Comparaison(
        differences=tuple(differences),
        fusion=fusion,
        gardes=gardes,
        precise=_precise(anciennes, nouvelles) or blocs_precises(ancien, nouveau, correspondance),
        leves=tuple(_leves(anciennes, nouvelles)),
        perdus=() if sure else perdus,
    )


def _doute_seul(ancien: Enregistrement, nouveau: Enregistrement) -> bool:
    """Say whether the new record doubts its zeros, and the old one does not."""
    return nouveau.origine.vide_vaut_zero and not ancien.origine.vide_vaut_zero


def _confirmees(anciennes: Mapping[Cle, _Case], nouvelles: Mapping[Cle, _Case]) -> bool:
    """Say whether the old cells make sure every doubtful zero of the new ones: all can be read as the old are."""
    return all(
        cle in anciennes and meme_reponse(anciennes[cle].cellule, case.cellule)
        for cle, case in nouvelles.items()
        if case.cellule.douteuse
    )


def _accorder(anciennes: Mapping[Cle, _Case], nouvelles: Mapping[Cle, _Case]) -> Accord[Cle]:
    """Return what the fields cut in several columns have in common."""

    def etat(cases: Mapping[Cle, _Case]) -> list[ColonneLue[Cle]]:
        return [
            ColonneLue(cle, c.colonne.libelle, c.colonne.rang, texte_de(c.cellule.brut)) for cle, c in cases.items()
        ]

    return accorder(
        etat(anciennes),
        etat(nouvelles),
        lambda cle: meme_reponse(anciennes[cle].cellule, nouvelles[cle].cellule),
    )


def _precise(anciennes: Mapping[Cle, _Case], nouvelles: Mapping[Cle, _Case]) -> bool:
    """Say whether a doubt is lifted, or a detail learnt that no difference tells."""
    for cle, case in nouvelles.items():
        connue = anciennes.get(cle)
        if connue is None:
            if not case.cellule.vide:
                return True
        elif connue.cellule.douteuse and not case.cellule.douteuse:
            return True
    return False


def _leves(anciennes: Mapping[Cle, _Case], nouvelles: Mapping[Cle, _Case]) -> Iterator[Difference]:
    """Yield the doubts of fields that rules read which turn out to be answers: a constat may change with them."""
    for cle, (colonne, attribut, cellule) in nouvelles.items():
        connue = anciennes.get(cle)
        if attribut is None or connue is None or cellule.vide or not connue.cellule.douteuse:
            continue
        if meme_reponse(connue.cellule, cellule):
            apres = valeur_dite(cellule.lu.valeur, TypeChamp.DECIMAL)
            yield Difference(libelle=colonne.libelle, attribut=attribut.id, avant=_doute(attribut), apres=apres)


def _perdus(
    anciennes: Mapping[Cle, _Case], nouvelles: Mapping[Cle, _Case], gardees: Collection[_Case]
) -> Iterator[Difference]:
    """Yield the sure zeros of fields that rules read which the new record can only doubt."""
    for cle, case in anciennes.items():
        colonne, attribut, cellule = case
        if attribut is None or cellule.vide or not lire_cellule(cellule.brut, attribut, doute=True).douteuse:
            continue
        if case in gardees or (cle in nouvelles and meme_reponse(cellule, nouvelles[cle].cellule)):
            avant = valeur_dite(cellule.lu.valeur, TypeChamp.DECIMAL)
            yield Difference(libelle=colonne.libelle, attribut=attribut.id, avant=avant, apres=_doute(attribut))


def _doute(attribut: Attribut) -> str:
    return "0 ou non renseigné" if attribut.type in NUMERIQUES else "non ou non renseigné"


def _cases(enregistrement: Enregistrement, correspondance: Correspondance) -> dict[Cle, _Case]:
    lies = correspondance.lier(enregistrement.colonnes)
    doute = enregistrement.origine.vide_vaut_zero
    return {
        cle: _Case(colonne, attribut, lire_cellule(brut, attribut, doute=doute))
        for cle, colonne, attribut, brut in zip(
            _cles(enregistrement.colonnes, lies),
            enregistrement.colonnes,
            lies,
            enregistrement.cellules,
            strict=True,
        )
    }


def _suivre(nouvelles: Mapping[Cle, _Case], anciennes: Mapping[Cle, _Case]) -> dict[Cle, _Case]:
    """Return the new cells under the keys of the old: a field that the form renames stays what it was.

    Its stable_id says so (API); tables have none, and take that of the column of the same name.
    """
    nouvelles = _sous_leur_nom(nouvelles, anciennes)
    renommees = _renommees(nouvelles, anciennes)
    prises = set(renommees.values())
    suivies: dict[Cle, _Case] = {}
    for cle, case in nouvelles.items():
        if cle in renommees:
            suivies[renommees[cle]] = _lie_comme(anciennes[renommees[cle]], case)
            continue
        libre = cle
        while libre in prises and isinstance(libre, tuple):
            libre = (libre[0], libre[1] + 1)  # a new field took the name that another one had
        prises.add(libre)
        stable = anciennes[libre].colonne.stable_id if libre in anciennes else None
        if case.colonne.stable_id is None and stable is not None:
            suivies[libre] = case._replace(colonne=replace(case.colonne, stable_id=stable))
        else:
            suivies[libre] = case
    return suivies


def _sous_leur_nom(nouvelles: Mapping[Cle, _Case], anciennes: Mapping[Cle, _Case]) -> Mapping[Cle, _Case]:
    """Return the new cells, a field that a template calls «L – SIRET» under the name «L» that it has elsewhere."""
    decoupes = {cle: decouper_libelle(c.colonne.libelle) for cle, c in nouvelles.items() if c.attribut is None}
    alias = {cle: decoupe[0] for cle, decoupe in decoupes.items() if decoupe and decoupe[1] is Part.BASE}
    if not alias:
        return nouvelles
    noms = {(cle_libelle(c.colonne.libelle), c.colonne.rang): cle for cle, c in anciennes.items()}
    propres: dict[Cle, _Case] = {}
    for cle, case in nouvelles.items():
        connue = noms.get((cle_libelle(alias[cle]), case.colonne.rang)) if cle in alias else None
        if connue is None or connue in nouvelles:
            propres[cle] = case
            continue
        colonne, attribut, _ = anciennes[connue]
        propres[connue] = _Case(
            colonne, attribut, lire_cellule(case.cellule.brut, attribut, doute=case.cellule.doute)
        )
    return propres


def _renommees(nouvelles: Mapping[Cle, _Case], anciennes: Mapping[Cle, _Case]) -> dict[Cle, Cle]:
    """Return the old key of each column that nothing binds and that an old one was, under another name."""
    par_stable = {c.colonne.stable_id: cle for cle, c in anciennes.items() if c.colonne.stable_id is not None}
    par_nom = {
        (cle_libelle(c.colonne.libelle), c.colonne.rang): cle for cle, c in anciennes.items() if c.colonne.lie_par
    }
    trouvees: dict[Cle, Cle] = {}
    for cle, case in nouvelles.items():
        if case.attribut is not None or not isinstance(cle, tuple):
            continue
        stable = case.colonne.stable_id
        connue = (par_stable.get(stable) if stable is not None else None) or par_nom.get(cle)
        liee = isinstance(connue, str) and connue in nouvelles
        if connue is not None and connue != cle and not liee and connue not in trouvees.values():
            trouvees[cle] = connue
    return trouvees


def _lie_comme(ancienne: _Case, case: _Case) -> _Case:
    """Bind a renamed column to what the old one was bound to."""
    attribut, avant = ancienne.attribut, ancienne.colonne
    if attribut is None:
        return case
    stable = case.colonne.stable_id or avant.stable_id
    colonne = replace(case.colonne, stable_id=stable, lie_par=avant.lie_par or avant.libelle)
    return _Case(colonne, attribut, lire_cellule(case.cellule.brut, attribut, doute=case.cellule.doute))


def _reponses(
    anciennes: Mapping[Cle, _Case],
    nouvelles: Mapping[Cle, _Case],
    accord: Accord[Cle],
    differences: list[Difference],
) -> list[tuple[Colonne, Brut]]:
    """Compare the answers that the file gives; return each column with the cell to keep."""
    retenues: list[tuple[Colonne, Brut]] = []
    for cle, (colonne, attribut, cellule) in nouvelles.items():
        connue = anciennes[cle].cellule if cle in anciennes else None
        if connue is not None and (cle in accord.memes or meme_reponse(connue, cellule)):
            retenues.append((colonne, retenir(connue, cellule)))
            continue
        if cle not in accord.memes and cle not in accord.dites and (connue is not None or not cellule.vide):
            _noter_champ(differences, colonne, attribut, connue, cellule, accord.mots.get(cle))
        retenues.append((colonne, cellule.brut))
    return retenues


def _absentes(
    ancien: Enregistrement,
    nouveau: Enregistrement,
    anciennes: Mapping[Cle, _Case],
    nouvelles: Mapping[Cle, _Case],
    portees: Collection[Cle],
    accord: Accord[Cle],
    differences: list[Difference],
) -> list[_Case]:
    """Note the answers that are withdrawn; return the cells that the file does not carry, which are kept."""
    gardees: list[_Case] = []
    for cle, case in anciennes.items():
        if cle in nouvelles:
            continue
        if cle in accord.perimees:
            continue
        if cle not in portees and not _retiree(case, ancien, nouveau):
            gardees.append(case)
        elif not case.cellule.vide:
            _noter_champ(differences, case.colonne, case.attribut, case.cellule, None)
    return gardees


def _retiree(case: _Case, ancien: Enregistrement, nouveau: Enregistrement) -> bool:
    """Say whether the API, which gives all the fields of a dossier or none, tells that this one is gone."""
    if nouveau.origine is not Origine.JSON_API or nouveau.blocs is None:
        return False
    if case.attribut is None and case.colonne.stable_id is None:
        return False  # a column that only tables have
    return "annotations" in nouveau.autres or case.colonne.stable_id not in ancien.autres.get("annotations", ())


def _noter_champ(
    differences: list[Difference],
    colonne: Colonne,
    attribut: Attribut | None,
    avant: Cellule | None,
    apres: Cellule | None,
    mots: tuple[str, str] | None = None,
) -> None:
    # never as an amount: rounded to the cent, two figures that differ could look the same
    textes = mots or ["" if c is None else valeur_dite(c.lu.valeur, TypeChamp.DECIMAL) for c in (avant, apres)]
    identifiant = attribut.id if attribut else None
    differences.append(Difference(libelle=colonne.libelle, attribut=identifiant, avant=textes[0], apres=textes[1]))
