"""Last line of `make test`: what pytest counted, as «N passed, N failed», read from its JUnit reports."""

import sys
import xml.etree.ElementTree as ET
from pathlib import Path


def main(rapports: list[Path]) -> int:
    """Print the totals; fail when nothing ran or something failed."""
    suites = [suite for rapport in rapports for suite in ET.parse(rapport).getroot().iter("testsuite")]
    total, failures, errors, skipped = (
        sum(int(suite.get(name, "0")) for suite in suites) for name in ("tests", "failures", "errors", "skipped")
    )
    failed = failures + errors
    passed = total - failed - skipped
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main([Path(nom) for nom in sys.argv[1:]]))
