"""What users chose for columns: it wins, it is remembered, it can be taken back."""

import pickle

import pytest

from o2r_desktop.dossiers.champs import TypeChamp
from o2r_desktop.dossiers.correspondance import Attribut, Correspondance, Liaison
from o2r_desktop.dossiers.model import Colonne


def _attribut(identifiant: str, *libelles: str, stable_ids: tuple[int, ...] = ()) -> Attribut:
    return Attribut(id=identifiant, type=TypeChamp.TEXTE, section="s", libelles=libelles, stable_ids=stable_ids)


BASE = Correspondance(
    nom="x",
    version=1,
    attributs=(_attribut("a", "Durée", "Durée du parcours"), _attribut("b", "Coût", stable_ids=(7,))),
    blocs=(),
)


def _lies(correspondance: Correspondance, *colonnes: Colonne) -> list[str]:
    return [a.id if a else "" for a in correspondance.lier(colonnes)]


def test_a_choice_wins_over_labels_and_identifiers() -> None:
    autre = Colonne("Autre")
    choisie = BASE.avec({"a": autre})
    assert _lies(choisie, Colonne("Durée"), autre) == ["", "a"]
    assert _lies(choisie, Colonne("Durée")) == ["a"]  # where the chosen column is missing, the label still tells
    echange = BASE.avec({"a": Colonne("Coût", stable_id=7), "b": Colonne("Durée")})
    assert _lies(echange, Colonne("Durée"), Colonne("Coût", stable_id=7)) == ["b", "a"]
    assert BASE.liaisons == ()


def test_a_choice_follows_a_field_that_is_renamed() -> None:
    choisie = BASE.avec({"a": Colonne("Temps passé", stable_id=12)})
    assert _lies(choisie, Colonne("Temps, en mois", stable_id=12)) == ["a"]
    assert _lies(choisie, Colonne("temps passé")) == ["a"]  # a table gives no stable_id
    assert _lies(choisie, Colonne("Temps passé", 2)) == [""]
    renommee, nouvelle = Colonne("Temps, en mois", stable_id=12), Colonne("Temps passé", stable_id=13)
    assert _lies(choisie, nouvelle, renommee) == ["", "a"]


def test_a_choice_for_one_identifier_is_not_for_another_of_the_same_label() -> None:
    choisie = BASE.avec({"a": Colonne("Temps passé", stable_id=12)})
    for libelle in ("Temps passé", "TEMPS PASSE"):
        assert _lies(choisie, Colonne(libelle, stable_id=13)) == [""]
    par_libelle = BASE.avec({"b": Colonne("Temps passé")})
    assert _lies(par_libelle, Colonne("Temps passé", stable_id=13)) == ["b"]
    # the choice of a table, under that of another field of the same name
    deux = par_libelle.avec({"a": Colonne("temps passé", stable_id=12)})
    assert _lies(deux, Colonne("TEMPS PASSE", stable_id=13)) == ["b"]
    sans = BASE.avec({"b": None})
    assert _lies(sans, Colonne("Coût", stable_id=13), Colonne("Coût", stable_id=7)) == ["", ""]


def test_two_attributes_cannot_be_one_column() -> None:
    with pytest.raises(ValueError, match="a, b"):
        BASE.avec({"a": Colonne("Temps"), "b": Colonne("Temps")})


def test_a_record_bound_by_a_former_label_follows_the_choice() -> None:
    choisie = BASE.avec({"a": Colonne("Temps passé")})
    assert _lies(choisie, Colonne("Inconnu", lie_par="Temps passé")) == ["a"]
    assert _lies(choisie, Colonne("Inconnu", lie_par="Coût")) == ["b"]
    assert _lies(choisie.avec({"a": None}), Colonne("Inconnu", lie_par="Durée")) == [""]


@pytest.mark.parametrize("libelle", ["Durée", "DUREE", "Durée du parcours"])
@pytest.mark.parametrize("rang", [1, 2])
def test_an_attribute_can_be_bound_to_nothing(libelle: str, rang: int) -> None:
    sans = BASE.avec({"a": None, "b": None})
    assert _lies(sans, Colonne(libelle, rang), Colonne("Coût"), Colonne("Prix", stable_id=7)) == ["", "", ""]
    assert sans.ecarte(BASE.attributs[0])
    rendue = sans.avec({"a": Colonne("Temps")})
    assert _lies(rendue, Colonne(libelle, rang)) == ["a"]
    assert not rendue.ecarte(BASE.attributs[0])
    assert _lies(rendue, Colonne("Coût")) == [""]


def test_former_headers_stay_bound_unless_they_were_a_mistake() -> None:
    vieux, neuf = Colonne("Temps"), Colonne("Mois")
    suite = BASE.avec({"a": vieux}).avec({"a": neuf})
    assert _lies(suite, vieux) == _lies(suite, neuf) == ["a"]
    assert _lies(suite, vieux, neuf) == ["", "a"]
    corrigee = BASE.avec({"a": vieux}).avec({"a": neuf}, jeux=[(vieux, neuf)])
    assert _lies(corrigee, vieux) == [""]
    assert _lies(BASE.avec({"a": vieux}).avec({"a": neuf}, jeux=[(vieux,), (neuf,)]), vieux) == ["a"]


def test_a_column_chosen_again_is_forgotten_for_its_first_attribute() -> None:
    colonne = Colonne("Temps")
    suite = BASE.avec({"a": colonne}).avec({"b": colonne})
    assert _lies(suite, colonne) == ["b"]
    assert len(suite.liaisons) == 1
    assert suite.avec({"b": None}).avec({"a": colonne, "b": None}) == BASE.avec({"a": colonne, "b": None})


def test_the_exact_label_wins_over_its_likes() -> None:
    choisie = BASE.avec({"a": Colonne("Temps (1)"), "b": Colonne("TEMPS 1")})
    assert _lies(choisie, Colonne("TEMPS 1"), Colonne("Temps (1)")) == ["b", "a"]


def test_doubles_are_those_that_nobody_settled() -> None:
    colonnes = [Colonne("Durée"), Colonne("Durée du parcours"), Colonne("Temps")]
    assert [places for _, places in BASE.doubles(colonnes)] == [(0, 1)]
    assert BASE.avec({"a": colonnes[2]}).doubles(colonnes) == ()
    assert BASE.avec({"a": colonnes[1]}).doubles(colonnes) == ()
    assert BASE.avec({"b": colonnes[2]}).doubles(colonnes) == BASE.doubles(colonnes)


def test_unknown_attributes_are_a_bug() -> None:
    with pytest.raises(KeyError, match="z"):
        BASE.avec({"z": Colonne("Temps")})


def test_it_crosses_processes_and_bounds_its_memory() -> None:
    choisie = BASE.avec({"a": Colonne("Temps")})
    for n in range(20_005):
        choisie.lier([Colonne(f"c{n}")])
    relue = pickle.loads(pickle.dumps(choisie))
    assert relue == choisie
    assert _lies(relue, Colonne("Temps")) == ["a"]
    assert len(relue._titres) < 20_001


def test_a_liaison_knows_its_column() -> None:
    liaison = Liaison(libelle="Temps", stable_id=3, attribut="a")
    assert liaison.designe(Colonne("Temps"))
    assert liaison.designe(Colonne("Autre", 2, 3))
    assert not liaison.designe(Colonne("Temps", 1, 4))
    assert not liaison.designe(Colonne("Temps", 2))
    assert Liaison(libelle="Temps", rang=0).designe(Colonne("Temps", 9))
