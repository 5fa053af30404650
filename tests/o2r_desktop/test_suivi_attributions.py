"""Who instructs, labels, named views and the table of the list, without a window."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from o2r_desktop import cli, operations, suivi
from o2r_desktop.errors import DossierError
from o2r_desktop.evaluation.avancement import Etape
from o2r_desktop.operations.actes import Genre, change
from o2r_desktop.suivi import Colonne, Filtre, Suivi
from o2r_desktop.suivi.attributions import Attributions, designes
from o2r_desktop.suivi.vues import (
    Vue,
    de_json,
    en_json,
    enregistrer_vue,
    lire_vues,
    renommer_vue,
    supprimer_vue,
    vues_livrees,
)
from tests.o2r_desktop.test_suivi import brute, faire, numeros

ATTRIBUTIONS = {
    1: ("Alix Martin", '["urgent"]'),
    2: ("Alix", '["urgent","À revoir"]'),
    3: ("Émile d’Essai", "[]"),
    4: ("", '["A-revoir plus tard"]'),
}


@pytest.fixture
def lu() -> Suivi:
    lu = faire(*(brute(n) for n in range(1, 6)))
    lu.attributions = Attributions({}, moi="Alix Martin")
    lu.avec_attributions(ATTRIBUTIONS)
    return lu


@pytest.mark.parametrize(
    ("typee", "attendus"),
    [
        ("instructeur:moi", [1]),
        ("instructeur:alix", [2]),
        ("instructeur:ali", [1, 2]),
        ("instructeur:martin", [1]),
        ("instructeur:emile_d-essai", [3]),
        ("instructeur:personne", [4, 5]),
        ("instructeur:personne,moi", [1, 4, 5]),
        ("instructeur:inconnu", []),
        ("etiquette:urgent", [1, 2]),
        ("etiquette:a-revoir", [2]),
        ("etiquette:a-rev", [2, 4]),
        ("-etiquette:urgent", [3, 4, 5]),
        ("-etiquette:urgent -etiquette:a-rev", [3, 5]),
        ("instructeur: -etiquette:", [1, 2, 3, 4, 5]),
    ],
)
def test_typed_filters(lu: Suivi, typee: str, attendus: list[int]) -> None:
    assert numeros(lu, lu.filtrer(Filtre(recherche=typee))) == attendus


def test_orders_counts_and_rows(lu: Suivi) -> None:
    tous = range(len(lu))
    assert numeros(lu, lu.trier(tous, Colonne.INSTRUCTEUR)) == [2, 1, 3, 4, 5]
    assert numeros(lu, lu.trier(tous, Colonne.ETIQUETTES))[-2:] == [3, 5]
    assert lu.attributions.toutes_etiquettes() == {"À revoir": 1, "A-revoir plus tard": 1, "urgent": 2}
    assert lu.attributions.instructeurs() == {"Alix": 1, "Alix Martin": 1, "Émile d’Essai": 1}
    assert lu.ligne(1).etiquettes == ("urgent", "À revoir")

    lu.avec_attributions({2: ("Zoé", "[]")})
    assert (lu.ligne(1).instructeur, lu.ligne(0).instructeur) == ("Zoé", "")
    assert numeros(lu, lu.trier(tous, Colonne.INSTRUCTEUR))[0] == 2


@given(st.lists(st.text(max_size=8), max_size=4), st.lists(st.text(max_size=8), max_size=4))
def test_a_name_designates_itself_and_never_another_when_it_is_known(dits: list[str], connus: list[str]) -> None:
    trouves = designes(dits, connus)
    assert trouves <= set(connus)
    assert {d for d in dits if d in connus} <= trouves


def test_views_go_through_the_campagne(campagne_demo: Path) -> None:
    vue = Vue(
        nom="Sarthe à moi",
        filtre=Filtre(recherche="dep:72", etape=Etape.A_INSTRUIRE, instructeurs=frozenset({"moi", ""})),
        tri=(Colonne.SCORE, True),
        colonnes=("numero", "porteur=12.50"),
    )
    with operations.open_session(campagne_demo, auteur="Camille Essai") as session:
        enregistrer_vue(session, vue)
        assert lire_vues(session) == [*vues_livrees(), vue]
        with pytest.raises(DossierError, match="À moi"):
            renommer_vue(session, vue.nom, "à MOI")
        renommer_vue(session, vue.nom, "Sarthe")
        assert lire_vues(session)[-1] == replace(vue, nom="Sarthe")
        supprimer_vue(session, "Sarthe")
        assert lire_vues(session) == [*vues_livrees()]
    assert vue.montre(replace(vue, nom="", colonnes=("numero", "porteur")))
    assert not vue.montre(replace(vue, tri=None))
    assert not vue.montre(replace(vue, colonnes=("porteur", "numero")))


CLES = ["recherche", "etape", "filtre", "tri", "colonnes", "etats", "pieces"]
FEUILLES = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from([*Colonne, *Etape])


@given(
    st.recursive(
        FEUILLES, lambda x: st.lists(x, max_size=3) | st.dictionaries(st.sampled_from(CLES), x, max_size=4)
    )
)
def test_any_content_is_read_as_a_view(contenu: Any) -> None:
    vue = de_json("x", contenu if isinstance(contenu, Mapping) else {"filtre": contenu, "tri": contenu})
    assert de_json("x", json.loads(json.dumps(en_json(vue)))) == vue


def test_the_list_is_exported_with_who_instructs(campagne_demo: Path, tmp_path: Path) -> None:
    sortie = tmp_path / "t.ods"
    with operations.open_session(campagne_demo, auteur="Camille Essai") as session:
        etat = {"instructeur": "Camille Essai", "etiquettes": ["=urgent"]}
        change(session, Genre.ATTRIBUTION, {25000104: etat}, "attribution")
        lu = suivi.charger(session)
        assert numeros(lu, lu.filtrer(Filtre(recherche="instructeur:moi"))) == [25000104]
        colonnes = [Colonne.NUMERO, Colonne.SCORE, Colonne.CONTROLE, Colonne.INSTRUCTEUR, Colonne.ETIQUETTES]
        suivi.exporter(session, sortie, numeros=[25000104, 25000101, 999], colonnes=colonnes, filtre="vue Essai")
    entete, premiere, *reste = CalamineWorkbook.from_path(str(sortie)).get_sheet_by_index(0).to_python()

    assert entete == ["N°", "Score", "Score complet", "Contrôles", "Motif du contrôle", "Instructeur", "Étiquettes"]
    assert premiere[0] == 25000104.0
    assert premiere[3] == "conforme"
    assert premiere[-2:] == ["Camille Essai", "=urgent"]
    assert len(reste) == 1
    apropos = dict(CalamineWorkbook.from_path(str(sortie)).get_sheet_by_index(1).to_python())
    assert (apropos["Choisis par"], apropos["Dossiers"]) == ("vue Essai", "2")
    assert "Document de travail" in apropos["Nature"]


def test_the_command_writes_a_spreadsheet(
    campagne_demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sortie = tmp_path / "liste.xlsx"
    appel = ["dossiers", "--campagne", str(campagne_demo), "--recherche", "dep:72", "--sortie", str(sortie)]
    assert cli.run([*appel, "--json"]) == cli.FAIT
    document = json.loads(capsys.readouterr().out)
    assert document == {"fichier": str(sortie), "dossiers": 4, "coupees": 0}
    assert len(CalamineWorkbook.from_path(str(sortie)).get_sheet_by_index(0).to_python()) == 5
    appel[-1] = str(tmp_path / "liste.csv")
    assert cli.run(appel) != cli.FAIT
