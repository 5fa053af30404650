"""What to keep in mind of the places of a dossier, in sentences: facts, never a judgement."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from o2r_desktop.analyse.territoire.anomalies import ANOMALIES, anomalie
from o2r_desktop.analyse.territoire.chiffres import Situe
from o2r_desktop.analyse.territoire.epci import Epci
from o2r_desktop.analyse.territoire.lecture import LieuxLus
from o2r_desktop.analyse.territoire.reconnaissance import Lexique
from o2r_desktop.dossiers.budget import lire_serie, somme
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.dossiers.territoires import code_departement, nom_departement
from o2r_desktop.evaluation.priorites import Raisonnement
from o2r_desktop.evaluation.resume import Priorite
from o2r_desktop.text import enumeration, nombre, normalise, pourcentage


def des_reponses(lieux: LieuxLus, departements: Collection[str]) -> tuple[str, ...]:
    """Say how the answers hold together: declared and deduced departments, EPCI that straddle, unknown words."""
    dites = []
    if lieux.deduits and lieux.declares:
        dites.append(f"Intercommunalités ou zones hors des départements déclarés : {_noms(lieux.deduits)}.")
    elif lieux.deduits:
        dites.append(f"Départements non déclarés, déduits des autres réponses : {_noms(lieux.deduits)}.")
    muets = _muets(lieux)
    if muets:
        dites.append(f"Aucune intercommunalité ni territoire EFOP nommé pour {_noms(muets)}.")
    dites += [
        _a_cheval(e) for e in lieux.epci_surs if len(e.departements) > 1 or e.departement not in e.departements
    ]
    cites = [e.nom for e in lieux.cites.epci if e not in lieux.epci_surs]
    cites += [z.nom for z in lieux.cites.zones if z not in lieux.zones_sures]
    if cites:
        dites.append(f"Cités dans le texte, sans être des réponses : {enumeration(cites)} ; à retenir s’il y agit.")
    ailleurs = [d for d in lieux.departements_cites if d not in departements]
    if ailleurs and departements:
        dites.append(f"Le texte cite aussi {_noms(ailleurs)}, que les réponses ne visent pas.")
    inconnus = lieux.inconnus
    if inconnus:
        dites.append(f"Lieux non reconnus : {enumeration([f'« {i[:80]} »' for i in inconnus[:10]])}.")
    if any("ile d'yeu" in normalise(i).replace("-", " ") for i in inconnus):
        dites.append("L’Île-d’Yeu n’appartient à aucune intercommunalité : elle se rattache à la Vendée (85).")
    return tuple(dites)


def _muets(lieux: LieuxLus) -> list[str]:
    """Return the departments declared where nothing smaller is named, when it is elsewhere."""
    if not lieux.epci_surs and not lieux.zones_sures:
        return []
    nommes = {d for e in lieux.epci_surs for d in e.departements} | {z.departement for z in lieux.zones_sures}
    return [d for d in lieux.declares if d not in nommes]


def _a_cheval(epci: Epci) -> str:
    autres = (*epci.departements, *((epci.departement,) if epci.departement not in epci.departements else ()))
    return (
        f"{epci.nom} est à cheval sur {_noms(autres)} ; la plupart de ses habitants : {_noms([epci.departement])}."
    )


def des_enjeux(
    departements: Collection[str], vises: Collection[str], enjeux: Sequence[str], lexique: Lexique
) -> tuple[str, ...]:
    """Name the territories à enjeux of the AMI in the departments aimed at, when the dossier does not."""
    zones = [(nom, lexique.zone(nom)) for nom in enjeux if nom not in vises]
    tus = [nom for nom, z in zones if (z.departement if z else nom[:2]) in departements]
    if not tus:
        return ()
    return (
        f"Territoires à enjeux de l’AMI que le dossier ne nomme pas, dans ses départements : {enumeration(tus)}.",
    )


def du_diagnostic(
    departements: Collection[str], situes: Sequence[Situe], priorite: Raisonnement
) -> tuple[str, ...]:
    """Say what is doubtful in the figures of these places and easily misread in the AMI (metier § 4.3)."""
    if not departements:
        return ()
    locaux = [s.chiffre for s in situes if s.chiffre.niveau not in ("région", "national")]
    touchees = [a for a in ANOMALIES if any(a.touche(c.territoire, c.indicateur, c.valeur, c.date) for c in locaux)]
    generales = [anomalie(4)]
    if {Priorite.P2, Priorite.P2_RENFORCEE} & set(priorite.tenus):
        generales.append(anomalie(6))
    return tuple(a.phrase for a in sorted({*touchees, *generales}, key=lambda a: a.numero))


def siege(dossier: Dossier, departements: Collection[str]) -> str:
    """Say where the body is and whether it is one of the departments aimed at, «» when it is not known."""
    code = dossier.porteur.code_postal[:2]
    if not dossier.porteur.code_postal or code_departement(code) != code:
        return ""
    lieu = (
        f"{dossier.porteur.localite}, {nom_departement(code)}"
        if dossier.porteur.localite
        else nom_departement(code)
    )
    if not departements:
        return f"Siège du porteur : {lieu}."
    ou = "dans un département visé" if code in departements else "hors des départements visés"
    return f"Siège du porteur : {lieu}, {ou}."


def des_publics(dossier: Dossier, priorite: Raisonnement) -> tuple[str, ...]:
    """Say what share of the beneficiaries the porteur gives to each priority, and the publics that none names."""
    total = somme(lire_serie(dossier, "beneficiaires_annee"))
    dites = []
    for attribut, quoi in (
        ("beneficiaires_moins_26", "de moins de 26 ans"),
        ("beneficiaires_priorite_2", "relevant de la priorité 2"),
    ):
        compte = dossier.nombre(attribut)
        if compte is not None and total:
            part = pourcentage(Decimal(100) * compte / total)
            sur = f"{nombre(compte)} sur {nombre(total)} prévus, soit {part}"
            dites.append(f"Bénéficiaires {quoi} : {sur} (déclaré par le porteur).")
    if priorite.non_reconnus:
        cites = enumeration([f"« {p[:80]} »" for p in priorite.non_reconnus[:10]])
        dites.append(f"Publics qu’aucune priorité ne nomme : {cites}.")
    return tuple(dites)


def _noms(codes: Sequence[str]) -> str:
    return enumeration([nom_departement(c) for c in codes])
