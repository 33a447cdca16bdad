"""Runs a script with the browser's modules in an empty page: see ``tests.support.node``."""

from __future__ import annotations

import json
import sys
from urllib.parse import urlsplit

from playwright.sync_api import Route

from tests.support import running_app
from tests.support.node import ASSETS

ADDRESS = "http://modules.test/"


def serve(route: Route) -> None:
    """A module by its path in assets; the page itself is empty."""
    path = urlsplit(route.request.url).path.lstrip("/")
    if not path:
        route.fulfill(body="<!doctype html>", content_type="text/html")
    elif (ASSETS / path).is_file():
        route.fulfill(path=ASSETS / path, content_type="text/javascript")
    else:
        route.fulfill(status=404)


def main() -> None:
    asked = json.load(sys.stdin)
    with running_app.chromium() as browser:
        page = browser.new_page()
        page.route("**/*", serve)
        page.goto(ADDRESS)
        answer = page.evaluate(
            f"""async (text) => {{
                const data = JSON.parse(text);
                return JSON.stringify(await (async () => {{ {asked["script"]} }})());
            }}""",
            json.dumps(asked["data"]),
        )
    sys.stdout.write(answer)


if __name__ == "__main__":
    main()
