"""What the tests of the core and those of the window share."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from o2r_desktop import demonstration

MAINTENANT = datetime(2025, 9, 2, 8, 42, tzinfo=UTC)


@pytest.fixture(scope="session")
def demonstration_faite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration campagne, three dossiers evaluated, made once; copy it, do not open it."""
    dossier = tmp_path_factory.mktemp("demonstration") / "campagne"
    demonstration.run(dossier, maintenant=MAINTENANT)
    return dossier
