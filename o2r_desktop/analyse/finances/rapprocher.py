"""Which row of a spreadsheet is which post: by what was chosen before, by account number, by words.

Rows keep their rank; nothing is added up here. A detail account whose group stands in the sheet («641» under «64»)
and a subtotal are left out: they would count twice.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from o2r_desktop.analyse.finances.libelles import COMPTES, ECARTES, SECTIONS, SYNONYMES
from o2r_desktop.analyse.finances.postes import PAR_CLE, POSTES, Etat
from o2r_desktop.text import normalise

CONFIANCE_MIN = 78
"""Likeness under which nothing is proposed (0–100, proposition)."""
_LONGUEUR_MAX = 200
_COMPTE = re.compile(r"^(?:comptes?\s+|cpte?\s+)?([1-7][0-9]{0,7})(?![0-9.,]*[0-9%])\s*(?:[-:.)]\s*|\s+|$)(.*)$")
_MOTS = re.compile(r"[^a-z0-9]+")
_ANNEE = re.compile(r"(?<!\d)(?:19|20)[0-9]{2}(?!\d)")
_RELATIF = re.compile(r"\bn\s*-\s*([1-9])\b")
_ENTETES = 15
_UNIQUES = frozenset(p.cle for p in POSTES if p.total or p.signe)
"""Posts that stand in two statements (the result) or are sums: taken once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """The post that a row would be (its key, «» for none), how sure from 0 to 100, and why in French."""

    rang: int
    poste: str
    confiance: int = 0
    pourquoi: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rapprochement:
    """What a sheet says: a proposal by rank of row, the exercice of each column of amounts."""

    propositions: Mapping[int, Proposition] = field(default_factory=dict)
    colonnes: Mapping[int, int] = field(default_factory=dict)

    @property
    def postes(self) -> dict[int, str]:
        """The post of each row that has one."""
        return {rang: p.poste for rang, p in self.propositions.items() if p.poste}


def cle_libelle(libelle: str) -> str:
    """Return the key under which a choice for a label is remembered."""
    return normalise(libelle[:_LONGUEUR_MAX])


def rapprocher(
    tableau: Sequence[Sequence[str]], *, choix: Mapping[str, str] | None = None, annee: int | None = None
) -> Rapprochement:
    """Read the cells of a sheet: labels are its first words, *annee* is what «N» means when a head says «N-1»."""
    libelles = [next((c for c in ligne if any(x.isalpha() for x in c)), "") for ligne in tableau]
    comptes = [_avec_compte(ligne, libelle) for ligne, libelle in zip(tableau, libelles, strict=True)]
    return Rapprochement(
        propositions={p.rang: p for p in proposer(comptes, choix=choix) if p.poste or p.pourquoi},
        colonnes=colonnes(tableau, annee),
    )


def _avec_compte(ligne: Sequence[str], libelle: str) -> str:
    """Join an account number that stands in a cell of its own, left of the words."""
    seul = next((c for c in ligne if c.strip()), "")
    return (
        f"{seul.strip()} {libelle}"
        if seul != libelle and re.fullmatch(r"[1-7][0-9]{1,7}", seul.strip())
        else libelle
    )


def proposer(libelles: Sequence[str], *, choix: Mapping[str, str] | None = None) -> tuple[Proposition, ...]:
    """Propose a post for each label, in the order of the sheet; *choix* are remembered posts by ``cle_libelle``.

    A remembered «» leaves the row out. A heading («ACTIF», «Charges») says which statement follows.
    """
    retenus = choix or {}
    groupes = {trouve[1] for libelle in libelles if (trouve := _COMPTE.match(cle_libelle(libelle)))}
    etat: Etat | None = None
    trouvees: list[Proposition] = []
    for rang, libelle in enumerate(libelles):
        cle = cle_libelle(libelle)
        etat = SECTIONS.get(_mots(cle), etat)
        proposee = _retenu(rang, retenus[cle]) if cle in retenus else _proposer(rang, cle, etat, groupes)
        if proposee.poste in _UNIQUES and any(p.poste == proposee.poste for p in trouvees):
            proposee = Proposition(rang=rang, poste="", confiance=90, pourquoi="déjà trouvé plus haut")
        trouvees.append(proposee)
    return tuple(trouvees)


def _retenu(rang: int, poste: str) -> Proposition:
    if poste and poste not in PAR_CLE:
        return Proposition(rang=rang, poste="")
    dit = "choix déjà fait pour ce libellé" if poste else "libellé déjà écarté"
    return Proposition(rang=rang, poste=poste, confiance=100, pourquoi=dit)


def _proposer(rang: int, cle: str, etat: Etat | None, groupes: set[str]) -> Proposition:
    compte = _COMPTE.match(cle)
    if compte:
        numero = compte[1]
        groupe = next((numero[:n] for n in range(2, len(numero)) if numero[:n] in groupes), "")
        if groupe and _poste_du_compte(groupe, etat) == _poste_du_compte(numero, etat):
            return Proposition(
                rang=rang, poste="", confiance=90, pourquoi=f"détail du compte {groupe}, déjà présent"
            )
        poste = _poste_du_compte(numero, etat)
        if poste:
            return Proposition(rang=rang, poste=poste, confiance=95, pourquoi=f"compte {numero}")
    mots = _mots(compte[2] if compte else cle)
    if not mots or any(mots.startswith(debut) for debut in ECARTES):
        return Proposition(rang=rang, poste="")
    return _par_les_mots(rang, mots, etat)


def _poste_du_compte(numero: str, etat: Etat | None) -> str:
    """Return the post of an account, by its longest known beginning; accounts of third parties need a statement."""
    for n in range(min(len(numero), 4), 0, -1):
        postes = COMPTES.get(numero[:n])
        if postes:
            return next((p for p in postes if PAR_CLE[p].etat is etat), postes[0] if len(postes) == 1 else "")
    return ""


def _par_les_mots(rang: int, mots: str, etat: Etat | None) -> Proposition:
    from rapidfuzz import fuzz

    exacts = SYNONYMES.get(mots, ())
    poste = next((p for p in exacts if PAR_CLE[p].etat is etat), exacts[0] if len(exacts) == 1 else "")
    if poste:
        return Proposition(rang=rang, poste=poste, confiance=95, pourquoi="libellé connu")
    meilleur, note = "", 0.0
    for connu, postes in SYNONYMES.items():
        candidats = [p for p in postes if etat is None or PAR_CLE[p].etat in (etat, Etat.ANNEXE)]
        if len(candidats) != 1 or PAR_CLE[candidats[0]].total:
            continue
        ressemblance = fuzz.token_sort_ratio(mots, connu)
        if ressemblance > note:
            meilleur, note = candidats[0], ressemblance
    if note < CONFIANCE_MIN:
        return Proposition(rang=rang, poste="")
    return Proposition(rang=rang, poste=meilleur, confiance=int(note * 0.9), pourquoi="libellé proche")


def _mots(cle: str) -> str:
    return _MOTS.sub(" ", cle).strip()


def colonnes(tableau: Sequence[Sequence[str]], annee: int | None = None) -> dict[int, int]:
    """Return the exercice of each column whose head names one: «2024», «31/12/2024», «N-1» when *annee* is known.

    Of the columns of an actif («Brut», «Amortissements», «Net»), the net one is the exercice.
    """
    trouvees: dict[int, int] = {}
    for ligne in tableau[:_ENTETES]:
        tetes = {c: a for c, texte in enumerate(ligne) if (a := _annee(texte, annee)) is not None}
        for colonne, lue in tetes.items():
            if colonne not in trouvees and lue not in trouvees.values():
                trouvees[colonne] = lue
    return _nettes(tableau, trouvees)


def _annee(texte: str, annee: int | None) -> int | None:
    cle = normalise(texte[:60])
    lues = {int(a) for a in _ANNEE.findall(cle)}
    if len(lues) == 1:
        return lues.pop()
    relatif = _RELATIF.search(cle)
    if annee is None or lues:
        return None
    if relatif:
        return annee - int(relatif[1])
    return annee if _mots(cle) in ("n", "exercice n", "net n", "annee n", "net") else None


def _nettes(tableau: Sequence[Sequence[str]], trouvees: dict[int, int]) -> dict[int, int]:
    """Move the year of a gross column to the net one that follows it."""
    for ligne in tableau[:_ENTETES]:
        mots = [_mots(normalise(c[:60])) for c in ligne]
        bruts = [c for c in trouvees if c < len(mots) and mots[c].startswith("brut")]
        for brut in bruts:
            net = next((c for c in range(brut + 1, len(mots)) if mots[c].startswith("net")), None)
            if net is not None and (net not in trouvees or trouvees[net] == trouvees[brut]):
                trouvees = {(net if c == brut else c): a for c, a in trouvees.items()}
    return trouvees
