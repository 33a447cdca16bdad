"""Say which engines this machine has; end with status 1 if one is missing."""

from __future__ import annotations

import sys

from tests.support.engines import MISSING


def main() -> int:
    lacking = {engine: missing() for engine, missing in MISSING.items()}
    for engine, what in lacking.items():
        print(f"{engine}: {f'missing {what}' if what else 'found'}")  # noqa: T201
    return 1 if any(lacking.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
