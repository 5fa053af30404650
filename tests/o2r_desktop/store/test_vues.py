"""Named views: kept in order, replaced, renamed, forgotten; nothing of them outside the campagne."""

from pathlib import Path

import pytest

from o2r_desktop.errors import DossierError
from o2r_desktop.store import vues
from tests.o2r_desktop.store.conftest import creer


def test_views_are_kept_in_the_order_they_were_made(tmp_path: Path) -> None:
    with creer(tmp_path / "c") as campagne:
        vues.ecrire(campagne, "Sarthe", {"recherche": "dep:72"})
        vues.ecrire(campagne, "Alix", {})
        vues.ecrire(campagne, "Sarthe", {"recherche": "dep:72 \ud800"})
        assert list(vues.lire(campagne).items()) == [("Sarthe", {"recherche": "dep:72 ?"}), ("Alix", {})]

        vues.renommer(campagne, "Alix", "Mes dossiers")
        with pytest.raises(DossierError, match="Sarthe"):
            vues.renommer(campagne, "Mes dossiers", "Sarthe")
        vues.supprimer(campagne, "Sarthe")
        vues.supprimer(campagne, "Sarthe")
        assert list(vues.lire(campagne)) == ["Mes dossiers"]
