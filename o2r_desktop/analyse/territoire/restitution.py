"""What the places say of the criteres, and the places as a document."""

from collections.abc import Iterator
from typing import Any

from o2r_desktop.analyse.angles import Angle, Repere
from o2r_desktop.analyse.territoire.anomalies import anomalie
from o2r_desktop.analyse.territoire.chevauchements import Chevauchement
from o2r_desktop.analyse.territoire.lieux import Territoire
from o2r_desktop.dossiers.territoires import nom_departement
from o2r_desktop.text import enumeration, pluriel

_CITES = 3
"""Sentences of a kind that a critere shows; the whole is on the page of the territory."""


def reperes(territoire: Territoire) -> tuple[Repere, ...]:
    """Return what the places say of TER, PRI and PUB criteria, in sentences."""
    return tuple(
        Repere(critere=critere, texte=texte, angle=Angle.TERRITOIRE) for critere, texte in _phrases(territoire)
    )


def _phrases(t: Territoire) -> Iterator[tuple[str, str]]:
    if t.departements:
        lieux = [nom_departement(d) for d in t.departements]
        noms = f" ; {enumeration([e.nom for e in t.epci])}" if t.epci else ""
        yield "TER-01", f"Territoires visés : {enumeration(lieux)}{noms}."
    if t.siege:
        yield "TER-01", t.siege
    yield from (("TER-02", phrase) for phrase in t.comparaisons[:_CITES])
    if t.departements:
        locaux = [c for c in t.chiffres if c.niveau not in ("région", "national")]
        yield "TER-02", f"Le diagnostic de l’AMI donne {pluriel(len(locaux), 'chiffre')} pour ces territoires."
        yield "TER-02", anomalie(4).phrase
        yield "TER-03", _mailles(t)
        yield "TER-04", _enjeux(t)
    yield "PRI-01", f"{t.priorite.phrase[:1].upper()}{t.priorite.phrase[1:]}."
    if t.population:
        yield "PRI-01", t.population.phrase
        yield "TER-04", t.population.phrase
    yield from (("PRI-02", c.phrase) for c in t.chevauchements[:_CITES])
    if t.chevauchements_total > _CITES:
        reste = t.chevauchements_total - _CITES
        yield "PRI-02", f"{pluriel(reste, 'autre recouvrement', 'autres recouvrements')}, voir Territoire."
    yield from (("PUB-03", phrase) for phrase in t.reperes_publics)
    if t.departements:
        yield "PUB-01", anomalie(7).phrase


def _mailles(t: Territoire) -> str:
    if not t.zones:
        return "Aucun territoire EFOP ni comité local pour l’emploi n’est reconnu dans le dossier."
    citees = {z.nom for z in t.zones_citees}
    noms = [f"{z.nom} (cité dans le texte)" if z.nom in citees else z.nom for z in t.zones]
    return f"Territoires EFOP reconnus : {enumeration(noms)}."


def _enjeux(t: Territoire) -> str:
    if t.enjeux:
        return f"Territoires à enjeux de l’AMI visés : {enumeration(t.enjeux)}."
    return "Aucun des territoires à enjeux de l’AMI n’est nommé."


def document(territoire: Territoire) -> dict[str, Any]:
    """Return the places in JSON types."""
    t, population = territoire, territoire.population
    return {
        "departements": list(t.departements),
        "departements_declares": list(t.declares),
        "departements_deduits": list(t.deduits),
        "epci": [{"siren": e.siren, "nom": e.nom, "cite": e in t.epci_cites} for e in t.epci],
        "zones": [{"nom": z.nom, "cite": z in t.zones_citees} for z in t.zones],
        "inconnus": list(t.inconnus),
        "territoires_a_enjeux": list(t.enjeux),
        "priorite": {"niveau": t.priorite.niveau.value, "phrase": t.priorite.phrase},
        "population": None
        if population is None
        else {"habitants": population.habitants, "vendee": population.vendee, "phrase": population.phrase},
        "chiffres": [
            {
                "territoire": c.territoire,
                "indicateur": c.indicateur,
                "valeur": c.valeur,
                "unite": c.unite,
                "date": c.date,
                "source": c.source,
                "anomalie": c.anomalie,
            }
            for c in t.chiffres
        ],
        "comparaisons": list(t.comparaisons),
        "remarques": list(t.remarques),
        "chevauchements": [_chevauchement(c) for c in t.chevauchements],
        "chevauchements_total": t.chevauchements_total,
        "note": t.note,
    }


def _chevauchement(c: Chevauchement) -> dict[str, Any]:
    return {
        "numero": c.numero,
        "porteur": c.porteur,
        "lieux": list(c.lieux),
        "publics": list(c.publics),
        "demande": None if c.demande is None else format(c.demande, "f"),
        "phrase": c.phrase,
    }
