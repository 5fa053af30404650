"""The one entry point: ``o2r``, ``python -m o2r_desktop``."""

import sys


def main() -> int:
    """Run the command line and return its exit status."""
    from o2r_desktop.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
