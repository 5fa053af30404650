"""One command of o2r in a process of its own; the last line of its errors tells what it cost."""

import json
import sys
import time

from benchmarks.mesure import memoire
from o2r_desktop import cli


def main() -> int:
    """Run the command."""
    debut = time.perf_counter()
    code = cli.run(sys.argv[1:])
    cout = {
        "code": code,
        "secondes": time.perf_counter() - debut,
        "memoire": memoire(enfants=False),
        "lecteur": memoire(enfants=True),
    }
    print(json.dumps(cout), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
