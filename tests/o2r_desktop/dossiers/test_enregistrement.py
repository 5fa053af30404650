"""The raw record as text: it comes back as it was, and its fingerprint tells it from any other."""

import json
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from o2r_desktop.dossiers.enregistrement import (
    colonnes_de_json,
    colonnes_en_json,
    de_json,
    empreinte,
    en_json,
    iso,
)
from o2r_desktop.dossiers.model import Bloc, Colonne, Enregistrement, Origine

textes = st.text(alphabet=st.characters(), max_size=20)  # surrogates included
bruts = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False)
    | textes
    | st.lists(textes, max_size=3)
)
tables = st.dictionaries(textes, bruts, max_size=4)
colonnes = st.lists(
    st.builds(Colonne, textes, st.integers(1, 9), st.none() | st.integers(1, 10**9)), max_size=4
).map(tuple)
blocs = st.lists(
    st.builds(
        Bloc, libelle=textes, stable_id=st.none() | st.integers(), lignes=st.lists(tables, max_size=3).map(tuple)
    ),
    max_size=3,
).map(tuple)


@st.composite
def enregistrements(draw: st.DrawFn) -> Enregistrement:
    jeu = draw(colonnes)
    return Enregistrement(
        numero=draw(st.integers(1, 2**53)),
        origine=draw(st.sampled_from(list(Origine))),
        fixes=draw(tables),
        demandeur=draw(tables),
        colonnes=jeu,
        cellules=tuple(draw(bruts) for _ in jeu),
        blocs=draw(st.none() | blocs),
        autres=draw(tables),
    )


@settings(max_examples=100, deadline=None)
@given(enregistrements())
def test_a_record_comes_back_as_it_was(enregistrement: Enregistrement) -> None:
    contenu = en_json(enregistrement)
    contenu.encode("ascii")
    relues = colonnes_de_json(colonnes_en_json(enregistrement.colonnes))
    assert de_json(enregistrement.numero, contenu, relues) == enregistrement
    assert en_json(de_json(enregistrement.numero, contenu, relues)) == contenu


@settings(max_examples=50, deadline=None)
@given(enregistrements(), enregistrements())
def test_empreintes_differ_when_records_do(un: Enregistrement, autre: Enregistrement) -> None:
    ecrits = [(colonnes_en_json(e.colonnes), en_json(e)) for e in (un, autre)]
    assert (empreinte(*ecrits[0]) == empreinte(*ecrits[1])) is (ecrits[0] == ecrits[1])


def test_columns_count_in_the_empreinte() -> None:
    assert empreinte("[]", "{}") != empreinte('[["a",1,null]]', "{}")
    assert len(empreinte("[]", "{}")) == 64


def test_text_is_compact_json() -> None:
    vide = Enregistrement(
        numero=1, origine=Origine.JSON_API, fixes={}, demandeur={}, colonnes=(), cellules=(), blocs=None
    )
    assert json.loads(en_json(vide))["origine"] == "json_api"
    assert " " not in en_json(vide)


@pytest.mark.parametrize(
    ("valeur", "texte"),
    [
        (datetime(2025, 8, 13, 12, 0, 0), "2025-08-13T12:00:00"),  # noqa: DTZ001 cells have no zone
        (datetime(2025, 8, 13, 11, 59, 59, 999_600), "2025-08-13T12:00:00"),  # noqa: DTZ001
        (datetime(2025, 8, 13, 12, 0, 1, 400), "2025-08-13T12:00:01"),  # noqa: DTZ001
        (date(2025, 8, 13), "2025-08-13"),
        (time(1, 2), "01:02:00"),
    ],
)
def test_times_of_spreadsheets_to_the_second(valeur: object, texte: str) -> None:
    assert iso(valeur) == texte
