"""The shipped nginx configuration in front of two running copies of the app."""

from __future__ import annotations

import base64
import gzip
import hashlib
import http.client
import os
import re
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import streamlit
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.support import nginx_front, running_app, waiting
from tests.support.digits import DIGITS
from tests.support.visitor import Visitor
from tests.support.visits import opened, run

STREAMLIT = Path(streamlit.__file__).parent / "static"
MEGABYTE = 1 << 20
COOKIE = "lenet_replica"


@dataclass(frozen=True)
class Site:
    """Two copies of the app, by number from 1, and nginx in front of them."""

    nginx: nginx_front.Front
    copies: dict[str, str]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def replica(self) -> str | None:
        """The copy that the visitor is told to come back to."""
        for cookie in self.headers.get_all("Set-Cookie", []):
            if found := re.match(rf"{COOKIE}=(\d+)", cookie):
                return found[1]
        return None


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with (
        running_app.server() as first,
        running_app.server() as second,
        nginx_front.nginx([first, second]) as nginx,
    ):
        yield Site(nginx, {"1": first, "2": second})


def ask(
    address: str,
    path: str = "/",
    method: str = "GET",
    body: bytes | None = None,
    **headers: str,
) -> Answer:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request(method, path, body, names)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


def upload(address: str, visitor: Visitor, size: int = 1000) -> Answer:
    """What the page's uploader sends, for this visitor's session."""
    edge = "lenet-edge"
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'
    return ask(
        address,
        f"/_stcore/upload_file/{visitor.session_id}/file",
        "PUT",
        head.encode() + bytes(size) + f"\r\n--{edge}--\r\n".encode(),
        Content_Type=f"multipart/form-data; boundary={edge}",
        Cookie="; ".join(f"{name}={value}" for name, value in visitor.cookies.items()),
        X_Xsrftoken=visitor.cookies["_streamlit_xsrf"],
    )


def logged(nginx: nginx_front.Front, before: int, pattern: str, count: int = 1) -> list[str]:
    """So many lines of a pattern, after those before; nginx writes when it has answered."""

    def lines() -> list[str]:
        found = [line for line in nginx.visits()[before:] if re.search(f" {pattern} ", line)]
        return found if len(found) >= count else []

    return waiting.until(lines, f"{pattern} in the log")


def other(copy: str) -> str:
    return {"1": "2", "2": "1"}[copy]


def shipped_headers() -> dict[str, str]:
    """What headers.conf adds to every answer."""
    text = (nginx_front.CONFIGURATION / "headers.conf").read_text(encoding="utf-8")
    lines = re.findall(r'^add_header (\S+) (?:"([^"]*)"|([^\s";]+))', text, re.MULTILINE)
    return {name: quoted or bare for name, quoted, bare in lines}


def policy() -> dict[str, set[str]]:
    """The shipped Content-Security-Policy: directive -> sources."""
    parts = (part.split() for part in shipped_headers()["Content-Security-Policy"].split(";"))
    return {name: set(sources) for name, *sources in parts}


# Who is served by which copy --------------------------------------------------------------


def test_a_visitor_stays_with_one_copy_for_pages_websocket_and_uploads(site: Site) -> None:
    async def visit() -> None:
        visitors = [await opened(site.nginx.address) for _ in range(4)]
        for visitor in visitors:
            at = visitor.cookies[COOKIE]
            # The copies themselves say who is theirs: only one of them knows the session.
            assert upload(site.copies[at], visitor).status == 204
            assert upload(site.copies[other(at)], visitor).status == 400
            for _ in range(3):
                assert upload(site.nginx.address, visitor).status == 204
                await visitor.get("/architecture")
                assert visitor.cookies[COOKIE] == at
            await visitor.lose()
            await visitor.connect()
            assert visitor.cookies[COOKIE] == at
            await visitor.leave()
        assert {visitor.cookies[COOKIE] for visitor in visitors} == {"1", "2"}

    run(visit())


def test_a_class_behind_one_address_is_spread_over_the_copies(site: Site) -> None:
    first = Counter(ask(site.nginx.address).replica for _ in range(30))
    assert set(first) == {"1", "2"}
    assert min(first.values()) >= 10


@pytest.mark.parametrize("cookie", ["3", "app", "127.0.0.1:22", "1 1", "\"'<>$uri", "9" * 4000])
def test_a_cookie_that_nobody_gave_out_is_replaced(site: Site, cookie: str) -> None:
    answer = ask(site.nginx.address, Cookie=f"{COOKIE}={cookie}")
    assert answer.status == 200
    assert answer.replica in {"1", "2"}


def test_the_cookie_is_sent_once_and_closed_to_scripts(site: Site) -> None:
    first = ask(site.nginx.address)
    (cookie,) = first.headers.get_all("Set-Cookie", [])
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert ask(site.nginx.address, Cookie=f"{COOKIE}={first.replica}").replica is None


def test_thirty_who_open_the_page_at_once_behind_one_address_are_all_served(site: Site) -> None:
    paths = ["/", "/favicon.png", "/_stcore/health", "/_stcore/host-config"] * 3

    def student(_: int) -> list[int]:
        return [ask(site.nginx.address, path).status for path in paths]

    with ThreadPoolExecutor(30) as pool:
        statuses = Counter(status for one in pool.map(student, range(30)) for status in one)
    assert statuses == {200: 30 * len(paths)}


def test_a_copy_that_is_killed_takes_nobody_along(browser: Browser) -> None:
    killed: dict[str, int] = {}

    def note(copy: str) -> Callable[[int], object]:
        return lambda process: killed.update({copy: process})

    with ExitStack() as stack:
        ports = {"1": running_app.free_port(), "2": running_app.free_port()}
        copies = {
            copy: stack.enter_context(running_app.server(port=port, started=note(copy)))
            for copy, port in ports.items()
        }
        nginx = stack.enter_context(nginx_front.nginx(list(copies.values())))
        page = stack.enter_context(running_app.watched_page(browser))
        running_app.open_draw_page(page, nginx.address)
        running_app.draw(page, DIGITS["7"], steps=3)
        before = running_app.wait_for_answer(page, 1)["distances"]
        running_app.settle(page)
        dead = replica_of(page)
        os.killpg(killed[dead], signal.SIGKILL)

        page.reload()
        assert running_app.wait_for_answer(page, 1)["distances"] == before, (
            "the link has the drawing"
        )
        running_app.settle(page)
        assert replica_of(page) == other(dead)
        page.locator(".st-key-clear button").click()
        running_app.wait_for_answer(page, 0)
        running_app.draw(page, DIGITS["3"], steps=3)
        assert running_app.wait_for_answer(page, 1)["digit"] == "3"

        async def back() -> bool:
            return ask(nginx.address).replica == dead

        async def meanwhile() -> None:
            moved = await opened(nginx.address, cookies={COOKIE: dead})
            assert moved.cookies[COOKIE] == other(dead)
            stack.enter_context(running_app.server(port=ports[dead]))
            await waiting.until_async(back, "the copy that is back gets visitors")
            # Who had to move stays: the session is there, and so must the uploads go there.
            for _ in range(4):
                assert upload(nginx.address, moved).status == 204
            await moved.leave()

        run(meanwhile())
        for line in nginx.visits() + nginx.error_log.read_text("utf-8").splitlines():
            assert "127.0.0.1" not in line


def replica_of(page: Page) -> str:
    cookies = {cookie.get("name"): cookie.get("value") for cookie in page.context.cookies()}
    return str(cookies[COOKIE])


def test_when_no_copy_is_there_the_visitor_reads_a_sentence() -> None:
    nobody = [f"http://127.0.0.1:{running_app.free_port()}" for _ in range(2)]
    with nginx_front.nginx(nobody) as nginx:
        answer = ask(nginx.address, "/?d=secret")
        assert answer.status == 503
        assert b"tries again in five seconds" in answer.body
        assert_secure(answer)
        assert "secret" not in nginx.error_log.read_text("utf-8")
        assert "127.0.0.1" not in nginx.error_log.read_text("utf-8")


# What is sent, and how ---------------------------------------------------------------------


def test_the_scripts_arrive_compressed_unchanged_and_to_be_kept(site: Site) -> None:
    page = (STREAMLIT / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r'(?:src|href)="\./(static/[^"]+\.(?:js|css))"', page)
    large = [path for path in scripts if (STREAMLIT / path).stat().st_size > 50_000]
    assert len(large) > 3
    sent = 0
    for path in large:
        content = (STREAMLIT / path).read_bytes()
        answer = ask(site.nginx.address, f"/{path}", Accept_Encoding="gzip, deflate, br, zstd")
        assert answer.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(answer.body) == content
        assert "immutable" in answer.headers["Cache-Control"]
        assert "Accept-Encoding" in answer.headers["Vary"]
        sent += len(answer.body)
        plain = ask(site.nginx.address, f"/{path}")
        assert plain.headers["Content-Encoding"] is None
        assert plain.body == content
    assert sent < 0.35 * sum((STREAMLIT / path).stat().st_size for path in large)


def test_a_script_is_compressed_once_and_then_served_without_the_app(site: Site) -> None:
    (script,) = (STREAMLIT / "static/js").glob("PlotlyChart*.js")
    path = f"/static/js/{script.name}"
    before = len(site.nginx.visits())
    answers = [ask(site.nginx.address, path, Accept_Encoding="gzip") for _ in range(3)]
    (size,) = {str(len(answer.body)) for answer in answers}
    # The log counts the marks between the pieces as well, a few hundred bytes.
    sent = size[:-5] + r"\d{5}"
    lines = logged(site.nginx, before, f"/static 200 {sent} bytes", len(answers))
    assert sum('tried "-"' in line for line in lines) >= 2


def test_a_link_of_eight_thousand_characters_gets_through(site: Site) -> None:
    assert ask(site.nginx.address, "/?d=" + "x" * 8000).status == 200
    answer = ask(site.nginx.address, "/?d=" + "x" * 40_000)
    assert answer.status == 414
    assert b"too long" in answer.body


def test_a_file_may_have_what_the_app_allows_and_no_more(site: Site) -> None:
    async def visit() -> Visitor:
        visitor = await opened(site.nginx.address)
        assert upload(site.nginx.address, visitor, 20 * MEGABYTE - 1000).status == 204
        answer = upload(site.nginx.address, visitor, 20 * MEGABYTE)
        assert answer.status == 413
        assert b"at most 20 MB" in answer.body
        await visitor.leave()
        return visitor

    run(visit())


def test_what_only_operators_need_is_not_for_the_world(site: Site) -> None:
    for path in ("metrics", "agent/openapi.json", "agent/interact", "script-health-check"):
        assert ask(site.nginx.address, f"/_stcore/{path}").status == 404
        assert ask(site.nginx.address, f"/architecture/_stcore/{path}").status == 404


# Security headers --------------------------------------------------------------------------


def assert_secure(answer: Answer) -> None:
    for name, value in shipped_headers().items():
        assert answer.headers.get_all(name) == [value], name
    assert answer.headers.get_all("Server") == ["nginx"]  # no version


def test_every_kind_of_answer_carries_the_security_headers(site: Site) -> None:
    script = next((STREAMLIT / "static/js").glob("index.*.js")).relative_to(STREAMLIT).as_posix()
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": base64.b64encode(bytes(16)).decode(),
    }
    stranger = {**upgrade, "Origin": "https://elsewhere.example"}
    here = {**upgrade, "Origin": site.nginx.address}
    kinds = {
        "a page": (200, ask(site.nginx.address)),
        "a page by its address": (200, ask(site.nginx.address, "/architecture")),
        "a script": (200, ask(site.nginx.address, f"/{script}", Accept_Encoding="gzip")),
        "Streamlit's own": (200, ask(site.nginx.address, "/_stcore/host-config")),
        "a lost file": (404, ask(site.nginx.address, "/media/none.png")),
        "a closed path": (404, ask(site.nginx.address, "/_stcore/metrics")),
        "a form": (405, ask(site.nginx.address, "/", "POST", b"x=1")),
        "an upload of a stranger": (
            403,
            ask(site.nginx.address, "/_stcore/upload_file/a/b", "PUT"),
        ),
        "too large": (413, ask(site.nginx.address, "/", "POST", bytes(100_000))),
        "too long": (414, ask(site.nginx.address, "/?" + "x" * 40_000)),
        "a websocket": (101, ask_websocket(site.nginx.address, here)),
        "another site's websocket": (403, ask_websocket(site.nginx.address, stranger)),
    }
    for kind, (status, answer) in kinds.items():
        assert answer.status == status, kind
        assert_secure(answer)


def ask_websocket(address: str, headers: dict[str, str]) -> Answer:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", "/_stcore/stream", headers=names)
    answer = connection.getresponse()
    connection.close()
    return Answer(answer.status, answer.headers, b"")


def test_the_shipped_headers_are_the_ones_a_page_should_have() -> None:
    headers = shipped_headers()
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin", "links have drawings in them"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    refused = dict(part.strip().split("=") for part in headers["Permissions-Policy"].split(","))
    assert refused.pop("camera") == "(self)", "for photos of digits, in no frame of another site"
    assert set(refused.values()) == {"()"}
    assert {"microphone", "geolocation"} <= set(refused)
    assert "clipboard-write" not in refused


def test_the_policy_allows_no_more_than_the_page_needs() -> None:
    sources = policy()
    assert sources["default-src"] == {"'none'"}
    assert sources["frame-ancestors"] == {"'self'"}
    assert sources["base-uri"] == sources["object-src"] == {"'none'"}
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & sources["script-src"]
    inner = {"'none'", "'self'", "data:", "blob:", "'unsafe-inline'"}
    elsewhere = {source for every in sources.values() for source in every} - inner
    assert all(source.startswith("'sha256-") for source in elsewhere), "nothing from other hosts"


def test_the_policy_names_the_inline_script_of_the_installed_streamlit() -> None:
    page = (STREAMLIT / "index.html").read_text(encoding="utf-8")
    inline = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = (hashlib.sha256(script.encode()).digest() for script in inline)
    wanted = {f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests}
    hashes = {source for source in policy()["script-src"] if source.startswith("'sha256-")}
    assert hashes == wanted, "a new Streamlit: put these into deploy/nginx/headers.conf"


def test_every_page_works_under_the_headers_without_a_word_in_the_console(
    site: Site, browser: Browser
) -> None:
    visitor = run(opened(site.nginx.address))
    words: list[str] = []

    def note(line: ConsoleMessage) -> None:
        if line.type in ("error", "warning") and "/_stcore/" not in line.location["url"]:
            words.append(line.text)

    with running_app.watched_page(browser) as page:
        page.on("console", note)
        for path in visitor.pages:
            page.goto(f"{site.nginx.address}/{path}")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            running_app.settle(page)
        running_app.open_draw_page(page, site.nginx.address)
        running_app.draw(page, DIGITS["4"], steps=3)
        answer = running_app.wait_for_answer(page, len(DIGITS["4"]))
        assert (answer["digit"], answer["source"]) == ("4", "verified")
    assert len(visitor.pages) >= 5
    assert words == []


# The log -----------------------------------------------------------------------------------


def test_the_log_says_what_was_asked_for_and_nothing_about_who_or_what_was_drawn(
    site: Site,
) -> None:
    before = len(site.nginx.visits())
    secrets: dict[str, Any] = {
        "Referer": "http://a.example/?d=secret",
        "User_Agent": "secret",
        "Cookie": "x=secret",
    }
    ask(site.nginx.address, "/architecture?d=secret", **secrets)
    ask(site.nginx.address, "/media/0secret0.png?secret", **secrets)
    ask(site.nginx.address, "/_stcore/upload_file/5ecret/5ecret", "PUT", b"secret", **secrets)
    ask(site.nginx.address, "/?d=secret" + "x" * 40_000)
    for method, page, status in [
        ("GET", "/architecture", "200"),
        ("GET", "/media", "404"),
        ("PUT", "/_stcore/upload_file", "403"),
        ("GET", "/unreadable", "414"),
    ]:
        (line,) = logged(site.nginx, before, page)
        assert line.split()[1:4] == [method, page, status]
    everything = site.nginx.visits() + site.nginx.error_log.read_text("utf-8").splitlines()
    for line in everything:
        assert not re.search(r"secret|5ecret|127\.0\.0\.1", line), line
