"""The part of a note on the territory: places, priority, dated figures of the diagnostic, overlaps."""

from collections.abc import Sequence
from decimal import Decimal
from string import ascii_lowercase

from o2r_desktop.analyse.territoire.diagnostic import ChiffreDiagnostic
from o2r_desktop.analyse.territoire.lieux import Territoire
from o2r_desktop.dossiers.territoires import nom_departement
from o2r_desktop.notes.matiere import Matiere
from o2r_desktop.notes.modele import Contenu, Fiche, Forme, Puces, Rubrique, Table, Texte, Titre
from o2r_desktop.text import enumeration, nombre, pluriel

_CHIFFRES_MAX = 18
_VOISINS_MAX = 8


def territoire(m: Matiere) -> Rubrique:
    """Return where the project acts and what is known of these places."""
    lieux = m.analyse.territoire
    return Rubrique(
        titre="Territoire",
        ancre="territoire",
        contenu=(
            _fiche(lieux),
            *((Texte(lieux.note),) if lieux.note.strip() else ()),
            *_chiffres(lieux),
            *_voisins(lieux),
        ),
    )


def _fiche(lieux: Territoire) -> Fiche:
    lignes = [
        ("Départements déclarés", _liste([nom_departement(c) for c in lieux.declares])),
        ("Intercommunalités", _liste([e.nom for e in lieux.epci], "aucune nommée")),
        ("Territoires EFOP, comités locaux", _liste([z.nom for z in lieux.zones])),
        ("Territoires à enjeux de l’AMI", _liste(lieux.enjeux, sinon="aucun reconnu")),
        ("Raisonnement de priorité", lieux.priorite.phrase),
    ]
    if lieux.deduits:
        noms = _liste([nom_departement(c) for c in lieux.deduits])
        lignes.insert(1, ("Départements déduits", f"{noms} (des intercommunalités et des territoires nommés)"))
    if lieux.population is not None and lieux.population.phrase:
        lignes.append(("Population", lieux.population.phrase))
    if lieux.inconnus:
        lignes.append(("Lieux non reconnus", _liste(lieux.inconnus)))
    return Fiche(tuple(lignes))


def _liste(noms: Sequence[str], sinon: str = "aucun nommé") -> str:
    return enumeration(list(noms)) if noms else sinon


def _chiffres(lieux: Territoire) -> tuple[Contenu, ...]:
    """Return the figures of these places, each with its date; a letter stands for each source: few, and long."""
    choisis = lieux.chiffres[:_CHIFFRES_MAX]
    if not choisis:
        return ()
    reste = len(lieux.chiffres) - len(choisis)
    suite = f" {pluriel(reste, 'autre chiffre')} dans l’application." if reste else ""
    lettres = dict(zip(dict.fromkeys(c.source for c in choisis), ascii_lowercase, strict=False))
    sources = " ; ".join(f"{lettre} : {source}" for source, lettre in lettres.items())
    return (
        Titre("Chiffres du diagnostic de l’AMI"),
        *((Puces(lieux.comparaisons),) if lieux.comparaisons else ()),
        Table(
            entetes=("Territoire", "Indicateur", "Valeur", "Date", "Source"),
            lignes=tuple(
                (c.territoire, _indicateur(c), _valeur(c), c.date, lettres.get(c.source, c.source)) for c in choisis
            ),
            parts=(1.6, 3.8, 1.4, 1.4, 0.7),
            alignes=("gauche", "gauche", "droite", "gauche", "centre"),
            serree=True,
        ),
        Texte(f"Sources : {sources}.", Forme.LEGENDE),
        *((Puces(lieux.remarques),) if lieux.remarques else ()),
        Texte(
            f"Chiffres cités par l’AMI, à leur date ; le porteur peut en donner de plus récents.{suite}",
            Forme.LEGENDE,
        ),
    )


def _indicateur(chiffre: ChiffreDiagnostic) -> str:
    return f"{chiffre.indicateur} (! anomalie, voir dessous)" if chiffre.anomalie else chiffre.indicateur


def _valeur(chiffre: ChiffreDiagnostic) -> str:
    nu = chiffre.valeur.lstrip("+-")
    if not nu.replace(".", "", 1).isdigit():
        return chiffre.valeur
    signe = {"+": "+", "-": "−"}.get(chiffre.valeur[:1], "")
    valeur = f"{signe}{nombre(Decimal(nu))}"
    return valeur if chiffre.unite in ("", "rang") else f"{valeur} {chiffre.unite}"


def _voisins(lieux: Territoire) -> tuple[Contenu, ...]:
    if not lieux.chevauchements:
        return ()
    total = max(lieux.chevauchements_total, len(lieux.chevauchements))
    montres = lieux.chevauchements[:_VOISINS_MAX]
    reste = total - len(montres)
    suite = (Texte(f"Et {nombre(reste)} autres.", Forme.LEGENDE),) if reste > 0 else ()
    return (
        Titre("Autres projets sur les mêmes lieux"),
        Puces(tuple(c.phrase or f"{c.porteur} : {enumeration(list(c.lieux))}" for c in montres)),
        *suite,
    )
