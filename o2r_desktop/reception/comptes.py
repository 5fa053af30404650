"""What past imports did: the report of each, with what the journal and the dossiers add to it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from o2r_desktop.dossiers.importation import Apercu, Difference
from o2r_desktop.errors import StoreError
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.operations import Session
from o2r_desktop.store import dossiers as store_dossiers
from o2r_desktop.store import rapports
from o2r_desktop.store.dossiers import RapportImport


@dataclass(frozen=True, slots=True, kw_only=True)
class CompteRendu:
    """What a past import did: its report, and what the journal and the dossiers add to it.

    ``hors_delai`` are those of its dossiers deposited after the deadline that the campagne has now; ``apercus``
    holds the rows of every dossier that the account names and that is in the campagne.
    """

    rapport: RapportImport
    nouveaux: tuple[int, ...]
    modifies: tuple[tuple[int, tuple[Difference, ...]], ...]
    a_reconfirmer: tuple[tuple[int, str], ...]
    hors_delai: tuple[int, ...]
    apercus: Mapping[int, Apercu]


def compte_rendu(session: Session, import_id: int) -> CompteRendu:
    """Return what an import did; raises StoreError when the campagne has no import of that number."""
    rapport = next((r for r in store_dossiers.imports(session.campagne) if r.id == import_id), None)
    if rapport is None:
        raise StoreError(
            f"L’import n° {import_id} n’est pas dans la campagne « {session.campagne.dossier} » : "
            "une sauvegarde plus ancienne a peut-être été restaurée."
        )
    traces = rapports.traces(session.campagne, import_id)
    apercus = {a.numero: a for a in store_dossiers.list_apercus(session.campagne)}
    ecrits = [*traces.nouveaux, *(numero for numero, _, _ in traces.modifies)]
    return CompteRendu(
        rapport=rapport,
        nouveaux=traces.nouveaux,
        modifies=tuple((n, tuple(_differences(avant, apres))) for n, avant, apres in traces.modifies),
        a_reconfirmer=traces.a_reconfirmer,
        hors_delai=tuple(n for n in ecrits if n in apercus and hors_delai(apercus[n], session.parametres)),
        apercus=apercus,
    )


def hors_delai(apercu: Apercu, parametres: Parametres) -> bool:
    """Say whether a dossier was deposited after the deadline, to the second (AMI, Modalités de dépôt)."""
    return apercu.depot is not None and apercu.depot.replace(microsecond=0) > parametres.date_limite


def _differences(avant: str, apres: str) -> Iterator[Difference]:
    """Read the two sides of a modification as the journal keeps them."""
    for (libelle, ancien), (_, nouveau) in zip(json.loads(avant), json.loads(apres), strict=True):
        yield Difference(libelle=libelle, attribut=None, avant=ancien, apres=nouveau)
