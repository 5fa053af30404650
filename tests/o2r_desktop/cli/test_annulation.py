"""«o2r annuler-import»: what it undoes, what it says, what it refuses."""

import json
from pathlib import Path

import pytest

from o2r_desktop import operations
from o2r_desktop.cli import FAIT, REFUSE, USAGE, run
from o2r_desktop.cli.annulation import _texte
from o2r_desktop.reception import Annulation
from o2r_desktop.store import dossiers
from tests.o2r_desktop.imports.outils import XLSX


def test_the_last_import_is_undone_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    campagne = tmp_path / "ami"
    assert run(["importer", str(XLSX), "--campagne", str(campagne)]) in (FAIT, 3)
    capsys.readouterr()
    with operations.open_session(campagne, auteur="Alix") as session:
        operations.save_reponse(session, 24000001, "REC-02", "oui")
    assert run(["annuler-import", "--campagne", str(campagne), "--json"]) == FAIT
    document = json.loads(capsys.readouterr().out)
    assert (document["imports"], len(document["retires"]), document["gardes"]) == ([1], 37, [24000001])
    with operations.open_session(campagne, auteur="Alix") as session:
        assert dossiers.count(session.campagne) == 1
    assert run(["annuler-import", "--campagne", str(campagne)]) == REFUSE
    assert "n’a pas d’import à annuler" in capsys.readouterr().err
    assert run(["annuler-import", "1", "--campagne", str(campagne)]) == REFUSE
    assert "déjà annulé" in capsys.readouterr().err
    assert run(["annuler-import", "0", "--campagne", str(campagne)]) == REFUSE
    assert "n’existe pas" in capsys.readouterr().err
    assert run(["annuler-import", "dernier", "--campagne", str(campagne)]) == USAGE


def test_all_that_an_undoing_did_is_said() -> None:
    faite = Annulation(
        imports=(3, 4),
        retires=(1, 2),
        remis=(5,),
        gardes=tuple(range(24_000_001, 24_000_023)),
        pieces=1,
        a_reconfirmer=((5, "REC-02"), (5, "FIN-01")),
        figees=(5,),
    )
    lignes = _texte(faite).replace("\u00a0", " ").replace("\u202f", " ").splitlines()
    assert lignes[:4] == [
        "Imports annulés : n° 3 et 4.",
        "  2 dossiers retirés.",
        "  1 dossier remis dans son état précédent.",
        "  1 pièce retirée.",
    ]
    assert lignes[4].endswith("24 000 020 et 2 autres.")
    assert lignes[5:] == [
        "  À reconfirmer : REC-02 et FIN-01, dossier 5.",
        "  Évaluations figées sur d’autres données, à rouvrir : 5.",
    ]
