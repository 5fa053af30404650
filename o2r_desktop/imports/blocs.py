"""Two states of the repetition blocks of one dossier, compared attribute by attribute."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from o2r_desktop.dossiers.champs import Brut, texte_de
from o2r_desktop.dossiers.correspondance import BlocConnu, Correspondance, cle_libelle
from o2r_desktop.dossiers.familles import Colonne, accorder
from o2r_desktop.dossiers.importation import Difference
from o2r_desktop.dossiers.model import Bloc, Enregistrement, Origine
from o2r_desktop.imports.egalite import Cellule, garder, lire_cellule, meme_reponse, retenir

_Cle = str | tuple[str]
_Ligne = Mapping[_Cle, tuple[str, Cellule]]


def comparer_blocs(
    ancien: Enregistrement,
    nouveau: Enregistrement,
    correspondance: Correspondance,
    differences: list[Difference],
    *,
    doute: bool,
    complete: bool = False,
) -> tuple[Bloc, ...] | None:
    """Compare repetition blocks; a format without them, or a template that chose none, withdraws nothing.

    *doute* when the record that is made of both doubts its zeros. With *complete*, what a row tells for the first
    time is no change.
    """
    if nouveau.blocs is None:
        gardes = ancien.blocs
        return None if gardes is None else tuple(_garde(b, ancien, correspondance, doute=doute) for b in gardes)
    connus = _connus(ancien.blocs or (), nouveau.blocs)
    fusion = []
    for bloc, connu in zip(nouveau.blocs, connus, strict=True):
        rangees = _rangees(connu, bloc, ancien, nouveau, correspondance, complete=complete)
        if rangees is None:
            _noter_bloc(differences, correspondance, bloc, connu, bloc)
            fusion.append(bloc)
        else:
            fusion.append(replace(bloc, lignes=tuple(_fusion(*rangee, doute=doute) for rangee in rangees)))
    for bloc in ancien.blocs or ():
        if any(bloc is connu for connu in connus):
            continue
        if nouveau.origine.modele:
            fusion.append(_garde(bloc, ancien, correspondance, doute=doute))
        elif bloc.lignes:
            _noter_bloc(differences, correspondance, bloc, bloc, None)
    return tuple(fusion)


def _connus(anciens: Sequence[Bloc], nouveaux: Sequence[Bloc]) -> list[Bloc | None]:
    """Return the old state of each block, once each: by stable_id, else by name, else by a name cut short."""
    connus: list[Bloc | None] = [None] * len(nouveaux)
    restants = list(anciens)
    for meme in (_meme_identifiant, _meme_nom, _nom_coupe):
        for place, bloc in enumerate(nouveaux):
            rang = next((r for r, b in enumerate(restants) if meme(b, bloc)), None)
            if connus[place] is None and rang is not None:
                connus[place] = restants.pop(rang)
    return connus


def _meme_identifiant(avant: Bloc, apres: Bloc) -> bool:
    return avant.stable_id is not None and avant.stable_id == apres.stable_id


def _meme_nom(avant: Bloc, apres: Bloc) -> bool:
    return cle_libelle(avant.libelle) == cle_libelle(apres.libelle)


def _nom_coupe(avant: Bloc, apres: Bloc) -> bool:
    libelles = cle_libelle(avant.libelle).replace(" ", ""), cle_libelle(apres.libelle).replace(" ", "")
    coupe = min(libelles, key=len)
    return libelles[0] == libelles[1] or (len(coupe) >= 10 and all(lib.startswith(coupe) for lib in libelles))


def _connu(bloc: Bloc, correspondance: Correspondance) -> BlocConnu | None:
    return next((b for b in correspondance.blocs if b.reconnait(bloc.libelle)), None)


def _garde(bloc: Bloc, ancien: Enregistrement, correspondance: Correspondance, *, doute: bool) -> Bloc:
    """Return a block kept whole, as its new origin must read it."""
    genre = _connu(bloc, correspondance)
    lignes = (_par_cle(ligne, genre, ancien.origine).values() for ligne in bloc.lignes)
    return replace(bloc, lignes=tuple({lib: garder(c, doute=doute) for lib, c in cellules} for cellules in lignes))


def _par_cle(ligne: Mapping[str, Brut], bloc: BlocConnu | None, origine: Origine) -> _Ligne:
    """Return label and cell of each column under its attribute, which a renamed column keeps, else its label."""
    cases: dict[_Cle, tuple[str, Cellule]] = {}
    for libelle, brut in ligne.items():
        attribut = bloc.attribut(libelle) if bloc else None
        cellule = lire_cellule(brut, attribut, doute=origine.vide_vaut_zero)
        cle: _Cle = (cle_libelle(libelle),)
        if attribut is not None and (attribut.id not in cases or cases[attribut.id][1].vide):
            if attribut.id in cases:  # the first column that answers is the attribute
                cases[cle_libelle(cases[attribut.id][0]),] = cases[attribut.id]
            cle = attribut.id
        cases[cle] = libelle, cellule
    return cases


def _rangees(
    connu: Bloc | None,
    bloc: Bloc,
    ancien: Enregistrement,
    nouveau: Enregistrement,
    correspondance: Correspondance,
    *,
    complete: bool,
) -> list[tuple[_Ligne, _Ligne]] | None:
    """Return each row as it was known and as it is read, None when they changed."""
    avant = connu.lignes if connu is not None else ()
    if len(avant) != len(bloc.lignes):
        return None
    genre = _connu(bloc, correspondance)
    rangees = []
    for ancienne, ligne in zip(avant, bloc.lignes, strict=True):
        sues, lues = _par_cle(ancienne, genre, ancien.origine), _par_cle(ligne, genre, nouveau.origine)
        if not _memes_lignes(sues, lues, retire=nouveau.origine is Origine.JSON_API, complete=complete):
            return None
        rangees.append((sues, lues))
    return rangees


def _memes_lignes(sues: _Ligne, lues: _Ligne, *, retire: bool, complete: bool) -> bool:
    """Say whether two rows tell the same; *retire* when an attribute that is no longer there is no answer."""
    accord = accorder(_etat(sues), _etat(lues), lambda cle: meme_reponse(sues[cle][1], lues[cle][1]))
    for cle, (_, lue) in lues.items():
        if cle not in accord.memes and not (
            meme_reponse(sues[cle][1], lue) if cle in sues else complete or lue.vide
        ):
            return False
    return not retire or all(
        cellule.vide or cle in lues or isinstance(cle, tuple) for cle, (_, cellule) in sues.items()
    )


def _etat(ligne: _Ligne) -> list[Colonne[_Cle]]:
    return [Colonne(cle, libelle, 1, texte_de(cellule.brut)) for cle, (libelle, cellule) in ligne.items()]


def blocs_precises(ancien: Enregistrement, nouveau: Enregistrement, correspondance: Correspondance) -> bool:
    """Say whether the blocks of a new record lift a doubt on a zero of the old ones."""
    if not ancien.origine.vide_vaut_zero or nouveau.origine.vide_vaut_zero:
        return False
    return any(
        cellule.douteuse
        for bloc in (ancien.blocs or ())
        if nouveau.blocs
        for ligne in bloc.lignes
        for _, cellule in _par_cle(ligne, _connu(bloc, correspondance), ancien.origine).values()
    )


def blocs_a_zero(enregistrement: Enregistrement, correspondance: Correspondance) -> bool:
    """Say whether a row of a record holds a zero that an origin with doubts could not tell from a blank."""
    for bloc in enregistrement.blocs or ():
        connu = _connu(bloc, correspondance)
        for libelle, brut in (cellule for ligne in bloc.lignes for cellule in ligne.items()):
            attribut = connu.attribut(libelle) if connu else None
            if attribut and texte_de(brut) and lire_cellule(brut, attribut, doute=True).douteuse:
                return True
    return False


def blocs_douteux(
    ancien: Enregistrement, nouveau: Enregistrement, correspondance: Correspondance, *, complete: bool
) -> bool:
    """Say whether the blocks of a new record hold a doubtful zero that the old ones do not make sure."""
    blocs = nouveau.blocs or ()
    for bloc, connu in zip(blocs, _connus(ancien.blocs or (), blocs), strict=True):
        genre = _connu(bloc, correspondance)
        rangees = _rangees(connu, bloc, ancien, nouveau, correspondance, complete=complete)
        if rangees is None:
            rangees = [({}, _par_cle(ligne, genre, nouveau.origine)) for ligne in bloc.lignes]
        for sues, lues in rangees:
            if any(c.douteuse and not (k in sues and meme_reponse(sues[k][1], c)) for k, (_, c) in lues.items()):
                return True
    return False


def _fusion(sues: _Ligne, lues: _Ligne, *, doute: bool) -> dict[str, Brut]:
    gardes = {libelle: garder(cellule, doute=doute) for cle, (libelle, cellule) in sues.items() if cle not in lues}
    return gardes | {
        libelle: retenir(sues[cle][1], lue) if cle in sues else lue.brut for cle, (libelle, lue) in lues.items()
    }


def _noter_bloc(
    differences: list[Difference],
    correspondance: Correspondance,
    bloc: Bloc,
    avant: Bloc | None,
    apres: Bloc | None,
) -> None:
    connu = _connu(bloc, correspondance)
    textes = [_montrer_lignes(b.lignes) if b else "" for b in (avant, apres)]
    differences.append(
        Difference(libelle=bloc.libelle, attribut=connu.id if connu else None, avant=textes[0], apres=textes[1])
    )


def _montrer_lignes(lignes: Iterable[Mapping[str, Brut]]) -> str:
    return "\n".join(" · ".join(filter(None, map(texte_de, ligne.values()))) for ligne in lignes)
