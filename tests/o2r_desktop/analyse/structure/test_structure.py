"""The bodies across the campagne: identifiers, the same body elsewhere, requests added up, graph."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from o2r_desktop.analyse.panorama import Panorama, vu
from o2r_desktop.analyse.structure import Structure, analyser, document, reperes
from o2r_desktop.analyse.structure.identifiants import controler_siret, masque
from o2r_desktop.dossiers.model import Dossier, Membre
from o2r_desktop.evaluation.constats import Resultat
from tests.o2r_desktop.evaluation.fabrique import dossier

SIRET, AUTRE = "76514773100013", "55210055400013"


def un(numero: int, nom: str, siret: str, membres: tuple[Membre, ...] = ()) -> Dossier:
    d = dossier(numero=numero, nom=nom, siren=siret[:9], membres=membres, consortium=bool(membres))
    return replace(d, porteur=replace(d.porteur, siret=siret))


def membre(nom: str, siret: str, part: int | None) -> Membre:
    return Membre(nom=nom, siret=siret, role="Ateliers", contribution=None if part is None else Decimal(part))


def dans(examine: Dossier, *autres: Dossier) -> Structure:
    return analyser(examine, Panorama({d.numero: vu(d) for d in (examine, *autres)}))


@pytest.mark.parametrize(
    ("siret", "resultat"),
    [("", Resultat.INCONNU), ("123", Resultat.NON_CONFORME), ("11111111111111", Resultat.NON_CONFORME),
     ("356 000 000 00048", Resultat.CONFORME)],
)  # fmt: skip
def test_a_siret_is_checked_by_its_key(siret: str, resultat: Resultat) -> None:
    assert controler_siret(siret, "porteur").resultat is resultat


def test_an_iban_is_never_shown_whole() -> None:
    cache = masque("FR7630006000011234567890189")
    assert cache.startswith("FR")
    assert cache.endswith("0189")
    assert "12345678" not in cache.replace(" ", "")


def test_the_same_body_elsewhere_is_found_as_leader_and_as_partner() -> None:
    ici = un(1, "Alpha", SIRET)
    fiche = dans(
        ici, un(2, "Alpha", SIRET), un(3, "Bêta", AUTRE, (membre("Alpha", SIRET, 40_000),)), un(4, "G", "")
    )
    assert [(a.numero, a.qualite) for a in fiche.ailleurs] == [(2, "porteur"), (3, "membre")]
    cumul = fiche.porteur.cumul
    assert cumul is not None
    # 210 000 here, 210 000 in dossier 2, 40 000 as partner
    assert (cumul.dossiers, cumul.total) == (3, 460_000)
    assert "460" in cumul.phrase


def test_an_unknown_share_leaves_the_sum_unknown() -> None:
    cumul = dans(un(1, "Alpha", SIRET), un(3, "B", AUTRE, (membre("Alpha", SIRET, None),))).porteur.cumul
    assert cumul is not None
    assert (cumul.total, cumul.connu, cumul.inconnus) == (None, 210_000, (3,))


def test_without_the_others_nothing_is_said_of_them() -> None:
    fiche = analyser(un(1, "Alpha", SIRET), None)
    assert (fiche.comparee, fiche.ailleurs) == (False, ())


def test_the_graph_links_the_bodies_of_a_consortium() -> None:
    ici = un(1, "Alpha", SIRET, (membre("Bêta", AUTRE, 60_000),))
    graphe = dans(ici, un(2, "Bêta", AUTRE)).graphe
    assert len(graphe.noeuds) >= 2
    assert len(graphe.liens) >= 1


def test_shares_that_do_not_add_up_are_told() -> None:
    fiche = dans(un(1, "Alpha", SIRET, (membre("Alpha", SIRET, 100_000), membre("Bêta", AUTRE, 60_000))))
    assert any(c.resultat in (Resultat.ALERTE, Resultat.NON_CONFORME) for c in fiche.controles_consortium)


def test_reperes_and_document() -> None:
    fiche = dans(un(1, "Alpha", SIRET, (membre("Bêta", AUTRE, 60_000),)), un(2, "Bêta", AUTRE))
    assert {r.critere for r in reperes(fiche)} >= {"ELI-10"}
    assert json.loads(json.dumps(document(fiche)))["organismes"]
