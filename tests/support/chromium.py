"""Name the Chromium that the browser tests will use; end with status 1 if there is none."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.support.running_app import chromium_path


def main() -> int:
    with sync_playwright() as playwright:
        path = Path(chromium_path() or playwright.chromium.executable_path)
    if not path.is_file():
        return 1
    print(f"Browser: {path}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
