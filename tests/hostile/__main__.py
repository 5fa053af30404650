"""``python -m tests.hostile DOSSIER``: write every hostile file there, each in a folder of its own."""

import sys
from pathlib import Path

from tests.hostile.archives import REFUSEES
from tests.hostile.bombes import BOMBES
from tests.hostile.genres import CAS


def main(lieu: Path) -> None:
    """Write the corpus."""
    for nature, cas in (("genres", CAS), ("bombes", BOMBES), ("archives", REFUSEES)):
        for rang, un in enumerate(cas.values(), 1):
            dossier = lieu / nature / f"{rang:02d}"
            dossier.mkdir(parents=True, exist_ok=True)
            un.faire(dossier / "".join(c if c.isprintable() and c not in "<>" else "_" for c in un.fichier))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
