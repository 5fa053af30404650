"""Words of the face «Structure»: rows of its tables, boxes of its graph."""

from collections.abc import Sequence
from decimal import Decimal

from o2r_desktop.analyse.structure import Ailleurs, Graphe, Lien, Noeud, Organisme
from o2r_desktop.dossiers.budget import euros
from o2r_desktop.dossiers.identifiers import groupe
from o2r_desktop.evaluation.constats import Resultat, pire
from o2r_desktop.text import NBSP, numero, pluriel, pourcentage, printable
from ui.models.dossiers import SIGNES
from ui.widgets.graphe import Boite, Trait

INCONNU = "inconnu"
COLONNES_AILLEURS = ("N°", "Organisme", "Qualité", "Reconnu par", "Sa part")
COLONNES_MEMBRES = ("Organisme", "Rôle", "Part", "%", "Identifiants")
COLONNES_LIENS = ("Chef de file", "Membre", "Dossier", "Part du membre")


def ligne_ailleurs(ailleurs: Ailleurs) -> tuple[str, ...]:
    """Return a row of the table of other dossiers."""
    return (
        numero(ailleurs.numero),
        printable(ailleurs.organisme) or "sans nom",
        ailleurs.qualite,
        ailleurs.rapprochement,
        _euros(ailleurs.part),
    )


def detail_ailleurs(ailleurs: Ailleurs) -> str:
    """Return what the row leaves out: whose dossier it is, its title, its request, the role of the body there."""
    titre = f", «{NBSP}{printable(ailleurs.intitule)}{NBSP}»" if ailleurs.intitule else ""
    role = " ".join(printable(ailleurs.role).split())
    return (
        f"Dossier n°{NBSP}{numero(ailleurs.numero)} de {printable(ailleurs.porteur) or 'porteur sans nom'}{titre}"
        f"{NBSP}: demande {_euros(ailleurs.demande)}." + (f" Rôle{NBSP}: {role}" if role else "")
    )


def ligne_membre(organisme: Organisme) -> tuple[str, ...]:
    """Return a row of the table of members; identifiers are said by a sign and a word."""
    resultats = [c.resultat for c in organisme.controles if c.resultat is not Resultat.SANS_OBJET]
    obtenu = pire(resultats)
    nom = printable(organisme.nom) or "sans nom"
    return (
        f"{nom} (chef de file)" if organisme.chef else nom,
        " ".join(printable(organisme.role).split()) or "non renseigné",
        _euros(organisme.part),
        "" if organisme.pourcent is None else pourcentage(organisme.pourcent, 1),
        f"{SIGNES[obtenu][0]} {obtenu.libelle}",
    )


def detail_membre(organisme: Organisme) -> str:
    """Return the identifiers of a member and its checks in words."""
    siret = groupe(organisme.siret) or "absent"
    dits = [f"{c.nom}{NBSP}: {c.valeur}" for c in organisme.controles]
    nom = printable(organisme.nom) or "Membre sans nom"
    return f"{nom}, SIRET {siret}. {' · '.join(dits)}."


def ligne_lien(lien: Lien, noms: dict[str, str]) -> tuple[str, ...]:
    """Return a row of the list that says the same as the graph."""
    ici = " (celui-ci)" if lien.ici else ""
    return noms[lien.chef], noms[lien.membre], f"{numero(lien.numero)}{ici}", _euros(lien.part)


def boites(graphe: Graphe) -> list[Boite]:
    """Return the boxes of a graph: the lead on top, then the members, then what is farther away."""
    return [_boite(noeud, graphe.numero) for noeud in graphe.noeuds]


def traits(graphe: Graphe) -> list[Trait]:
    """Return its lines, those of other dossiers first so that ours are painted over them."""
    vus: dict[tuple[str, str], bool] = {}
    for lien in graphe.liens:
        vus[lien.chef, lien.membre] = vus.get((lien.chef, lien.membre), False) or lien.ici
    tries = sorted(vus.items(), key=lambda paire: paire[1])
    return [Trait(de=chef, vers=membre, plein=plein) for (chef, membre), plein in tries]


def _boite(noeud: Noeud, ici: int) -> Boite:
    nom = printable(noeud.nom)
    return Boite(
        cle=noeud.cle,
        nom=nom,
        mention=_mention(noeud, ici),
        couche=0 if noeud.chef else noeud.pas + 1,
        forte=noeud.chef,
        lointaine=noeud.pas > 0,
        dite=f"{nom}{NBSP}: {_dossiers(noeud, ici)}",
    )


def _mention(noeud: Noeud, ici: int) -> str:
    autres = len({*noeud.dirige, *noeud.participe} - {ici})
    if noeud.pas:
        return f"ailleurs · {pluriel(autres, 'dossier')}"
    qualite = "chef de file" if noeud.chef and noeud.pas == 0 else "membre"
    return f"{qualite} · +{pluriel(autres, 'dossier')}" if autres else qualite


def _dossiers(noeud: Noeud, ici: int) -> str:
    parties = []
    for qualite, numeros in (("porteur ou chef de file", noeud.dirige), ("membre", noeud.participe)):
        if numeros:
            dits = [f"{numero(n)}{' (celui-ci)' if n == ici else ''}" for n in numeros[:6]]
            suite = f" et {len(numeros) - 6} autres" if len(numeros) > 6 else ""
            parties.append(f"{qualite} de {', '.join(dits)}{suite}")
    return " ; ".join(parties)


def bornes_dites(graphe: Graphe) -> str:
    """Say what the graph leaves out, «» when it shows everything."""
    laisses = []
    if graphe.omis:
        laisses.append(pluriel(graphe.omis, "organisme"))
    if graphe.dossiers_omis:
        laisses.append(pluriel(graphe.dossiers_omis, "dossier"))
    return f"Non montrés, faute de place{NBSP}: {' et '.join(laisses)}." if laisses else ""


def autres_de(graphe: Graphe, cle: str) -> Sequence[int]:
    """Return the other dossiers of a body of the graph, those it leads first."""
    noeud = next((n for n in graphe.noeuds if n.cle == cle), None)
    if noeud is None:
        return ()
    return [n for n in dict.fromkeys((*noeud.dirige, *noeud.participe)) if n != graphe.numero]


def _euros(valeur: Decimal | None) -> str:
    return INCONNU if valeur is None else euros(valeur)
