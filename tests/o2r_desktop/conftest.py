"""The demonstration exports imported once; each test works on a copy of the campagne."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from o2r_desktop import operations, reception
from o2r_desktop.operations import Session
from o2r_desktop.resources import resource

MAINTENANT = datetime(2025, 9, 1, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def demo_importee(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campagne of the demonstration's dossiers that nobody has evaluated; copy it, do not open it."""
    dossier = tmp_path_factory.mktemp("demo") / "ami"
    exports = sorted(f for f in resource("demo").iterdir() if f.suffix in {".xlsx", ".csv", ".json"})
    reception.import_files(dossier, exports, auteur="Camille", essai=False)
    return dossier


@pytest.fixture
def campagne_demo(demo_importee: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(demo_importee, tmp_path / "ami", ignore=shutil.ignore_patterns("verrou")))


@pytest.fixture
def session(campagne_demo: Path) -> Iterator[Session]:
    """The copy, open, always at the same hour."""
    with operations.open_session(campagne_demo, auteur="Alix", horloge=lambda: MAINTENANT) as ouverte:
        yield ouverte
