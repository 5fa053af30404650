"""Where a project acts: places recognised, the diagnostic with its anomalies, overlaps; lists of any hand."""

import json
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.analyse.panorama import DossierVu, Panorama, de_json, en_json, vu
from o2r_desktop.analyse.referentiels import Referentiel, Referentiels, verifier
from o2r_desktop.analyse.territoire import Territoire, analyser, document, reperes
from o2r_desktop.analyse.territoire.carte import carte
from o2r_desktop.analyse.territoire.laureats import Laureat
from o2r_desktop.errors import DossierError
from o2r_desktop.evaluation.resume import Priorite
from tests.o2r_desktop.evaluation.fabrique import JEUNES, SENIORS, dossier, parametres, plat

LISTES = Referentiels()


def lieux(
    fiches: dict[str, Any] | None = None,
    *,
    laureats: tuple[Laureat, ...] = (),
    panorama: Panorama | None = None,
    **champs: Any,
) -> Territoire:
    return analyser(
        dossier(**champs),
        fiches or {},
        parametres(),
        diagnostic=LISTES.diagnostic,
        epci=LISTES.epci,
        zones=LISTES.zones,
        laureats=laureats,
        panorama=panorama,
    )


def test_the_shipped_lists_are_whole() -> None:
    assert len(LISTES.diagnostic) == 133
    assert len({e.siren for e in LISTES.epci}) == 71  # 73 rows, two EPCI lie in two departments
    assert any(z.nom == "72 Sud" for z in LISTES.zones)
    assert LISTES.laureats == ()
    assert {a.groupe for a in LISTES.acteurs} == {"reseau", "participant", "autre"}
    for nom in Referentiel:
        verifier(nom, LISTES.texte(nom))


def test_the_map_holds_every_department_and_every_epci() -> None:
    dessin = carte()
    assert {c.code for c in dessin.departements} == {"44", "49", "53", "72", "85"}
    assert {c.code for c in dessin.epci} == {e.siren for e in LISTES.epci}
    largeur, hauteur = dessin.taille
    points = [p for c in (*dessin.departements, *dessin.epci) for anneau in c.anneaux for p in anneau]
    assert all(-1 <= x <= largeur + 1 and -1 <= y <= hauteur + 1 for x, y in points)


@pytest.mark.parametrize(
    ("texte", "nom"),
    [
        ("Le Mans Métropole", "CU Le Mans Métropole"),
        ("Laval Agglo", "CA Laval Agglomération"),
        ("CARENE", "CA de la Région Nazairienne et de l'Estuaire (CARENE)"),
        ("244400404", "Nantes Métropole"),
        ("Communauté de communes du Pays Fléchois", "CC du Pays Fléchois"),
    ],
)
def test_an_epci_is_known_by_its_names(texte: str, nom: str) -> None:
    assert nom in [e.nom for e in lieux(epci=texte).epci]


def test_a_word_that_names_no_place_is_said() -> None:
    trouve = lieux(departements=("Sarthe", "Atlantide"))
    assert trouve.departements == ("72",)
    assert "Atlantide" in trouve.inconnus


def test_what_the_instructor_retains_adds_to_what_is_read() -> None:
    trouve = lieux({"territoire/epci": ["247200132"], "territoire/note": "Vu sur place."}, departements=("Sarthe",))
    assert [e.nom for e in trouve.epci] == ["CU Le Mans Métropole"]
    assert trouve.epci_lus == ()
    assert trouve.note == "Vu sur place."


@pytest.mark.parametrize(
    ("departements", "publics", "niveau"),
    [
        (("Vendée",), (JEUNES,), Priorite.HORS),
        (("Loire-Atlantique", "Vendée"), (JEUNES,), Priorite.P1),
        (("Maine-et-Loire",), (SENIORS,), Priorite.HORS),
        (("Sarthe",), (SENIORS,), Priorite.P2_RENFORCEE),
    ],
)
def test_the_priority_keeps_its_reasoning(
    departements: tuple[str, ...], publics: tuple[str, ...], niveau: Priorite
) -> None:
    trouve = lieux(departements=departements, publics=publics)
    assert trouve.priorite.niveau is niveau
    assert trouve.priorite.phrase


def test_every_figure_has_a_date_and_a_source_and_the_anomaly_is_told() -> None:
    trouve = lieux(departements=("Sarthe",))
    assert all(c.date and c.source for c in trouve.chiffres)
    faux = next(c for c in trouve.chiffres if c.valeur == "23695")
    assert "23" in plat(faux.anomalie)
    assert any("23 695" in plat(r) for r in trouve.remarques)
    assert any("7,1 %" in plat(c) and "T3 2023" in c for c in trouve.comparaisons)
    assert not any("personnes" in c for c in trouve.comparaisons)
    assert {c.niveau for c in trouve.chiffres} >= {"département", "région"}
    assert "72 Sud" in lieux(departements=("Sarthe",), efop=("72 Sud",)).enjeux


def test_the_people_who_live_there_are_counted_once() -> None:
    deux = lieux({"territoire/epci": ["247200132", "200072676"]}, departements=("Sarthe",)).population
    assert deux is not None
    assert deux.habitants == 209_651 + 26_949
    ensemble = lieux(departements=("Sarthe", "Vendée")).population
    assert ensemble is not None
    assert ensemble.vendee is not None
    assert ensemble.part_vendee is not None
    assert 0 < ensemble.part_vendee < 100


def test_other_projects_on_the_same_places_are_told() -> None:
    autres = {
        n: vu(dossier(numero=n, nom=f"Porteur {n}", departements=d, publics=p))
        for n, d, p in (
            (24_000_002, ("Sarthe",), (JEUNES,)),
            (24_000_003, ("Vendée",), (JEUNES,)),
            (24_000_004, ("Sarthe",), (SENIORS,)),
        )
    }
    laureat = Laureat(nom="Déjà là", departements=("72",), publics=(JEUNES,))
    trouve = lieux(departements=("Sarthe",), panorama=Panorama(autres), laureats=(laureat,))
    assert next(c.numero for c in trouve.chevauchements if c.numero is not None) == 24_000_002
    assert 24_000_003 not in [c.numero for c in trouve.chevauchements]
    assert "Déjà là" in [c.porteur for c in trouve.chevauchements]
    assert all(c.phrase for c in trouve.chevauchements)


def test_a_dossier_never_overlaps_itself() -> None:
    d = dossier(departements=("Sarthe",))
    assert lieux(departements=("Sarthe",), panorama=Panorama({d.numero: vu(d)})).chevauchements == ()


def test_reperes_are_facts_and_the_document_is_json() -> None:
    trouve = lieux(departements=("Sarthe",), efop=("72 Sud",))
    assert {r.critere for r in reperes(trouve)} >= {"TER-01", "TER-02", "PRI-01"}
    assert json.loads(json.dumps(document(trouve)))["departements"] == ["72"]


@pytest.mark.parametrize(
    ("nom", "texte"),
    [
        (Referentiel.EPCI, "rien\n"),
        (Referentiel.EPCI, "departement,code_siren_epci,nom\n72,abc,X\n"),
        (Referentiel.DIAGNOSTIC, ""),
        (Referentiel.ACTEURS, "id,nom\n"),
        (Referentiel.ZONES, "a;b\n1;2\n"),
        (Referentiel.LAUREATS, '"'),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_in_one_sentence(nom: Referentiel, texte: str) -> None:
    with pytest.raises(DossierError) as refus:
        verifier(nom, texte)
    assert "\n" not in str(refus.value)


def test_a_list_is_read_from_any_hand() -> None:
    propres = Referentiels({"laureats_2024": "\ufeffnom;siret;departements\r\nAlpha;;72, 53\r\n\r\nBêta;;\r\n"})
    assert [(x.nom, x.departements) for x in propres.laureats] == [("Alpha", ("53", "72")), ("Bêta", ())]


@given(st.text(max_size=200))
def test_no_text_makes_a_list_crash(texte: str) -> None:
    for nom in Referentiel:
        with suppress(DossierError):
            verifier(nom, texte)


@given(st.text(max_size=80))
def test_no_answer_makes_the_places_crash(texte: str) -> None:
    trouve = lieux(epci=texte, departements=(texte,), efop=(texte,), justification_territoires=texte)
    assert set(trouve.departements) <= {*trouve.departements}


def test_what_others_see_of_a_dossier_comes_back_from_the_store() -> None:
    d = vu(dossier(departements=("Sarthe",)))
    assert isinstance(d, DossierVu)
    assert de_json(json.loads(json.dumps(en_json(d)))) == d
    panorama = Panorama({d.numero: d})
    assert panorama.couts_par_beneficiaire == (Decimal(2_000),)
    assert panorama.couts_par_etp == (Decimal(50_000),)
