"""Choices that the known list of a field does not hold: told once a file, never split wrongly."""

from pathlib import Path

from o2r_desktop.dossiers.model import Anomalie, Gravite
from tests.o2r_desktop.imports.outils import (
    O2R,
    STANDARD,
    champ,
    demarche,
    dossiers,
    ecrire_csv,
    ecrire_json,
    fixe,
    lire_sur_place,
    noeud,
)

PUBLICS = "Publics visés"
CONNU = "Santé mentale, comportements déviants, addictions"


def _dites(anomalies: tuple[Anomalie, ...]) -> list[str]:
    lues = [a for a in anomalies if a.ou == PUBLICS]
    assert all(a.gravite is Gravite.INFORMATION and a.numero is None for a in lues)
    return [a.quoi for a in lues]


def test_unknown_options_are_counted_and_kept_whole(tmp_path: Path) -> None:
    nouveau = "Marins, pêcheurs et dockers"
    lignes = [[*fixe(str(n)), f"{CONNU}, {nouveau}"] for n in (101, 102)] + [[*fixe("103"), "Autre chose"]]
    lu = lire_sur_place(ecrire_csv(tmp_path / "a.csv", [(*STANDARD, PUBLICS), *lignes]))
    assert _dites(lu.anomalies) == [
        f"«\u00a0{nouveau}\u00a0» n’est pas dans la liste connue (2\u00a0dossiers)\u00a0: lu tel quel.",
        "«\u00a0Autre chose\u00a0» n’est pas dans la liste connue (1\u00a0dossier)\u00a0: lu tel quel.",
    ]
    assert dossiers(lu)[101].liste("publics") == (CONNU, nouveau)
    assert not dossiers(lu)[101].champ("publics").anomalie  # type: ignore[union-attr]


def test_lists_of_the_api_are_checked_as_texts_are(tmp_path: Path) -> None:
    noeuds = [noeud(n, [champ(1, PUBLICS, values=[CONNU, f"Option {n}"])]) for n in range(1, 31)]
    lu = lire_sur_place(ecrire_json(tmp_path / "a.json", demarche(*noeuds)))
    dites = _dites(lu.anomalies)
    assert len(dites) == 10
    assert all("1\u00a0dossier" in quoi for quoi in dites)


def test_known_options_are_not_told(tmp_path: Path) -> None:
    attribut = next(a for a in O2R.attributs if a.id == "publics")
    lu = lire_sur_place(
        ecrire_csv(tmp_path / "a.csv", [(*STANDARD, PUBLICS), [*fixe(), ", ".join(attribut.options)]])
    )
    assert _dites(lu.anomalies) == []
    assert dossiers(lu)[101].liste("publics") == attribut.options
