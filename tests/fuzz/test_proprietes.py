"""A few files of each kind, always the same; ``make fuzz`` tries others for as long as one likes."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.proprietes import PROPRIETES, table_lue
from tests.hostile import classeurs


@pytest.mark.parametrize("nom", list(PROPRIETES))
def test_whatever_the_file_a_reading_or_a_sentence(nom: str) -> None:
    propriete, fichiers, combien = PROPRIETES[nom]
    sobre = settings(
        max_examples=combien,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    sobre(given(fichiers)(propriete))()


def test_state_of_another_kind() -> None:
    table_lue(("a.json", b'{"dossiers": [{"number": 0, "state": [], "champs": []}]}'))


def test_local_name_that_is_no_text(tmp_path: Path) -> None:
    chemin = tmp_path / "a.ods"
    classeurs.ods(chemin, classeurs.table_ods(classeurs.STANDARD))
    octets = chemin.read_bytes()
    rang = octets.index(b"content.xml")
    table_lue(("a.ods", octets[:rang] + b"\x80" + octets[rang + 1 :]))
