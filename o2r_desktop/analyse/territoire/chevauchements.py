"""Who else aims at the same places and the same publics: the other dossiers, the laureates of 2024 (PRI-02)."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from o2r_desktop.analyse.panorama import DossierVu, Panorama
from o2r_desktop.analyse.territoire.laureats import Laureat
from o2r_desktop.analyse.territoire.reconnaissance import Lexique
from o2r_desktop.dossiers.territoires import nom_departement
from o2r_desktop.evaluation.mots import souples
from o2r_desktop.evaluation.priorites import NEUTRES
from o2r_desktop.text import enumeration, montant
from o2r_desktop.text import numero as numero_fr

CHEVAUCHEMENTS_MAX = 30
"""Overlaps that are told one by one, the closest first; ``Territoire.chevauchements_total`` counts them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chevauchement:
    """Another dossier, or a laureate of 2024 (``numero`` is None), that aims at the same places and publics.

    ``lieux`` are names: the EPCI in common, else the departments. ``epci`` and ``departements`` are their codes.
    """

    numero: int | None
    porteur: str
    lieux: tuple[str, ...]
    publics: tuple[str, ...]
    demande: Decimal | None = None
    phrase: str = ""
    epci: tuple[str, ...] = ()
    departements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vise:
    """What is compared of a dossier: codes of departments, SIREN of EPCI, its own number, SIREN of its bodies."""

    numero: int
    departements: Collection[str]
    epci: Collection[str]
    publics: Sequence[str]
    siren: str


@dataclass(frozen=True)
class Voisinage:
    """The other dossiers by place and public; worked out once for a panorama."""

    panorama: Panorama
    lexique: Lexique
    _cles: dict[str, str] = field(default_factory=dict, compare=False)

    @cached_property
    def _vus(self) -> dict[int, tuple[frozenset[str], frozenset[str], frozenset[str]]]:
        """Departments, publics and EPCI of each dossier; an EPCI stands for its departments too."""
        return {n: self._voir(d) for n, d in self.panorama.dossiers.items()}

    def _voir(self, dossier: DossierVu) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        sirens = frozenset(s for texte in dossier.epci for s in self.lexique.sirens(texte) if not s.startswith("!"))
        departements = {d for s in sirens for d in self.lexique.par_siren[s].departements}
        return frozenset({*dossier.departements, *departements}), frozenset(self.publics(dossier.publics)), sirens

    def publics(self, textes: Iterable[str]) -> dict[str, str]:
        """Return what publics are compared by, with the words of each; «Autre» is compared with nothing."""
        return {cle: t for t in textes if (cle := self._cle(t))}

    def _cle(self, texte: str) -> str:
        cle = self._cles.get(texte)
        if cle is None:
            mots = souples(texte)
            cle = self._cles[texte] = "" if mots in NEUTRES else " ".join(mots)
        return cle

    @cached_property
    def _groupes(self) -> dict[tuple[frozenset[str], frozenset[str]], list[int]]:
        groupes: dict[tuple[frozenset[str], frozenset[str]], list[int]] = defaultdict(list)
        for numero, (departements, publics, _) in self._vus.items():
            if departements and publics:
                groupes[departements, publics].append(numero)
        return dict(groupes)

    @cached_property
    def _par_epci(self) -> dict[str, list[int]]:
        par_epci: dict[str, list[int]] = defaultdict(list)
        for numero, (_, _, sirens) in self._vus.items():
            for siren in sirens:
                par_epci[siren].append(numero)
        return dict(par_epci)

    def chercher(self, vise: Vise) -> tuple[tuple[Chevauchement, ...], int]:
        """Return the closest other dossiers, EPCI in common first, and how many there are in all."""
        publics = self.publics(vise.publics)
        departements = set(vise.departements)
        proches = [
            (-len(publics.keys() & p), -len(departements & d), d, p)
            for d, p in self._groupes
            if not departements.isdisjoint(d) and not publics.keys().isdisjoint(p)
        ]
        total = sum(len(self._groupes[d, p]) for *_, d, p in proches)
        soi = self._vus.get(vise.numero)
        total -= bool(soi and any(soi[:2] == (d, p) for *_, d, p in proches))
        communs = Counter(n for siren in vise.epci for n in self._par_epci.get(siren, ()))
        premiers = sorted(
            (-compte, -len(publics.keys() & self._vus[n][1]), n)
            for n, compte in communs.items()
            if not publics.keys().isdisjoint(self._vus[n][1])
        )
        numeros = [n for *_, n in premiers]
        proches.sort(key=lambda x: (x[0], x[1], sorted(x[2]), sorted(x[3])))
        choisis = self._premiers(vise.numero, numeros, proches)
        return tuple(self._dire(n, vise, publics) for n in choisis), total

    def _premiers(
        self,
        soi: int,
        numeros: list[int],
        proches: list[tuple[int, int, frozenset[str], frozenset[str]]],
    ) -> list[int]:
        retenus = dict.fromkeys(n for n in numeros[: CHEVAUCHEMENTS_MAX + 1] if n != soi)
        for *_, departements, publics in proches:
            if len(retenus) >= CHEVAUCHEMENTS_MAX:
                break
            suite = self._groupes[departements, publics][: 2 * CHEVAUCHEMENTS_MAX]
            retenus |= dict.fromkeys(n for n in suite if n != soi and n not in retenus)
        return list(retenus)[:CHEVAUCHEMENTS_MAX]

    def _dire(self, numero: int, vise: Vise, publics: dict[str, str]) -> Chevauchement:
        autre, (departements, dits, sirens) = self.panorama.dossiers[numero], self._vus[numero]
        epci = tuple(s for s in vise.epci if s in sirens)
        communs = tuple(d for d in vise.departements if d in departements)
        lieux = tuple(self.lexique.par_siren[s].nom for s in epci) or tuple(map(nom_departement, communs))
        memes = tuple(texte for cle, texte in publics.items() if cle in dits)
        somme = "" if autre.demande is None else f" ; il demande {montant(autre.demande, 0)} sur trois ans"
        debut = f"Le dossier {numero_fr(numero)} ({autre.porteur or 'porteur inconnu'})"
        return Chevauchement(
            numero=numero,
            porteur=autre.porteur,
            lieux=lieux,
            publics=memes,
            demande=autre.demande,
            epci=epci,
            departements=communs,
            phrase=f"{debut} vise aussi {_liste(lieux)}, pour {_publics(memes)}{somme}.",
        )


def _liste(lieux: Sequence[str]) -> str:
    if len(lieux) <= 4:
        return enumeration(list(lieux))
    return f"{', '.join(lieux[:3])} et {len(lieux) - 3} autres lieux"


def _publics(publics: Sequence[str]) -> str:
    cites = [f"« {p} »" for p in publics[:3]]
    autres = len(publics) - 3
    suite = f" et {autres} {'autres publics' if autres > 1 else 'autre public'}" if autres > 0 else ""
    return f"{', '.join(cites)}{suite}" if suite else enumeration(cites)


def voisinage(panorama: Panorama, lexique: Lexique) -> Voisinage:
    """Return the index of a panorama, kept with it while the lists of the campagne stay the same."""
    garde = vars(panorama).get("_voisinage")
    if not isinstance(garde, Voisinage) or garde.lexique is not lexique:
        garde = vars(panorama)["_voisinage"] = Voisinage(panorama, lexique)
    return garde


def de_laureats(vise: Vise, laureats: Sequence[Laureat]) -> Iterator[Chevauchement]:
    """Yield the laureates of 2024 that aim at the same department and public, the same body first.

    A list that does not say the publics of a laureate keeps it: nothing shows that they differ.
    """
    communs = {" ".join(souples(p)): p for p in vise.publics if souples(p) not in NEUTRES}
    trouves = []
    for laureat in laureats:
        meme = bool(vise.siren) and laureat.siret[:9] == vise.siren
        lieux = tuple(d for d in vise.departements if d in laureat.departements)
        memes = tuple(p for cle, p in communs.items() if cle in {" ".join(souples(x)) for x in laureat.publics})
        if meme or (lieux and (memes or not laureat.publics)):
            trouves.append((not meme, -len(memes), laureat.nom, laureat, lieux, memes))
    for autre, _, _, laureat, lieux, memes in sorted(trouves, key=lambda t: t[:3]):
        yield Chevauchement(
            numero=None,
            porteur=laureat.nom,
            lieux=tuple(map(nom_departement, lieux)),
            publics=memes,
            departements=lieux,
            phrase=_phrase_laureat(laureat, lieux, memes, meme=not autre),
        )


def _phrase_laureat(laureat: Laureat, lieux: Sequence[str], publics: Sequence[str], *, meme: bool) -> str:
    projet = f" pour « {laureat.intitule} »" if laureat.intitule else ""
    ou = f" en {enumeration([nom_departement(d) for d in lieux])}" if lieux else ""
    quoi = "" if laureat.publics else ", publics non précisés"
    if publics:
        quoi = f", même public : {_publics(publics)}"
    if meme:
        return f"Même organisme retenu en 2024{projet}{ou}{quoi} : dire si ce projet en est une extension."
    return f"{laureat.nom} a été retenu en 2024{projet}{ou}{quoi}."
