"""A few files of each kind, always the same; ``make fuzz`` tries others for as long as one likes."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.proprietes import PROPRIETES


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
