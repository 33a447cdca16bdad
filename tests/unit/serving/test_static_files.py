"""Scripts are sent compressed, made once; immutable files come from memory; all else passes."""

from __future__ import annotations

import asyncio
import gzip
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pytest
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import Message, Receive, Scope, Send

from pages.serving.static_files import CACHE_BYTES, CachedStaticFiles

SCRIPT = ("const everything = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];\n" * 4000).encode()
PATH = "/static/js/index.abc123.js"
LASTING = {"cache-control": "public, immutable, max-age=31536000"}


class Answer:
    """What came back for one request."""

    def __init__(self, messages: list[Message]) -> None:
        start, *rest = messages
        self.status: int = start["status"]
        self.headers = Headers(raw=start["headers"])
        self.pieces = [message.get("body", b"") for message in rest]
        self.body = b"".join(self.pieces)
        assert [message.get("more_body", False) for message in rest][-1:] == [False]


class Server:
    """A folder that is served, with a count of how often a file was asked for and really read."""

    def __init__(
        self,
        folder: Path,
        headers_inside: dict[str, str] | None = None,
        cache_bytes: int = CACHE_BYTES,
    ) -> None:
        self._files = StaticFiles(directory=folder)
        self._headers = [
            (name.encode(), text.encode()) for name, text in (headers_inside or {}).items()
        ]
        self.reads = self.asked = 0
        self.app = CachedStaticFiles(self._inner, cache_bytes)

    async def _inner(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        self.reads += scope["method"] == "GET"

        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *self._headers]}
            await send(message)

        await self._files(scope, receive, telling)

    async def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        raw = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
        scope = {"type": "http", "method": method, "path": path, "headers": raw, "root_path": ""}
        messages: list[Message] = []

        async def send(message: Message) -> None:
            messages.append(message)

        async def receive() -> Message:
            return await asyncio.Future[Message]()  # nobody leaves

        await self.app(scope, receive, send)
        return Answer(messages)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for place, content in {
        "static/js/index.abc123.js": SCRIPT,
        "static/js/small.js": b"1;",
        "static/css/style.css": b"p { margin: 0 }\n" * 500,
        "static/media/font.woff2": random.Random(1).randbytes(5000),
        "secret.js": SCRIPT,
        "index.html": b"<!doctype html>" * 200,
    }.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_bytes(content)
    return tmp_path


def within(work: Callable[[], Awaitable[None]]) -> None:
    async def run() -> None:
        await work()

    asyncio.run(run())


def test_a_script_is_sent_compressed_and_is_the_same_script(folder: Path) -> None:
    async def work() -> None:
        server = Server(folder)
        for path, content in {PATH: SCRIPT, "/static/css/style.css": None}.items():
            answer = await server.ask(path, accept_encoding="gzip, deflate, br")
            assert answer.status == 200
            assert answer.headers["content-encoding"] == "gzip"
            assert int(answer.headers["content-length"]) == len(answer.body)
            assert answer.headers["vary"] == "Accept-Encoding"
            assert answer.headers["etag"].startswith('W/"')
            original = content or (folder / path[1:]).read_bytes()
            assert gzip.decompress(answer.body) == original
            assert len(answer.body) < len(original) / 3

    within(work)


@pytest.mark.parametrize(
    "accepted", ["", "identity", "br", "gzip;q=0", "gzip;q=0.0, br", "*;q=0", "gzip;q=x"]
)
def test_who_does_not_take_gzip_gets_it_plain(folder: Path, accepted: str) -> None:
    async def work() -> None:
        answer = await Server(folder).ask(PATH, accept_encoding=accepted)
        assert answer.body == SCRIPT
        assert "content-encoding" not in answer.headers
        assert answer.headers["vary"] == "Accept-Encoding", "a cache must not mix the two"

    within(work)


def test_thirty_who_ask_at_once_cost_one_reading(folder: Path) -> None:
    async def work() -> None:
        server = Server(folder)
        answers = await asyncio.gather(*(server.ask(PATH, accept_encoding="*") for _ in range(30)))
        assert {gzip.decompress(answer.body) for answer in answers} == {SCRIPT}
        assert server.reads == 1
        await server.ask(PATH, accept_encoding="gzip")
        assert server.reads == 1

    within(work)


def test_the_first_who_asks_may_leave(folder: Path) -> None:
    async def work() -> None:
        server = Server(folder)
        first = asyncio.create_task(server.ask(PATH, accept_encoding="gzip"))
        second = asyncio.create_task(server.ask(PATH, accept_encoding="gzip"))
        while not server.reads:
            await asyncio.sleep(0)
        first.cancel()
        assert gzip.decompress((await second).body) == SCRIPT

    within(work)


def test_a_browser_that_has_it_is_told_so(folder: Path) -> None:
    async def work() -> None:
        server = Server(folder)
        tag = (await server.ask(PATH, accept_encoding="gzip")).headers["etag"]
        again = await server.ask(PATH, accept_encoding="gzip", if_none_match=tag)
        assert (again.status, again.body) == (304, b"")
        other = await server.ask(PATH, accept_encoding="gzip", if_none_match='"older"')
        assert gzip.decompress(other.body) == SCRIPT

    within(work)


def test_a_changed_file_is_compressed_anew(folder: Path) -> None:
    async def work() -> None:
        server = Server(folder)
        await server.ask(PATH, accept_encoding="gzip")
        (folder / PATH[1:]).write_bytes(SCRIPT[::-1] + b"//")
        answer = await server.ask(PATH, accept_encoding="gzip")
        assert gzip.decompress(answer.body) == SCRIPT[::-1] + b"//"

    within(work)


@pytest.mark.parametrize("path", [PATH, "/static/js/small.js", "/static/media/font.woff2"])
def test_a_file_that_cannot_change_is_not_asked_for_again(folder: Path, path: str) -> None:
    async def work() -> None:
        server, content = Server(folder, LASTING), (folder / path[1:]).read_bytes()
        first = await server.ask(path, accept_encoding="gzip")
        asked = server.asked
        for _ in range(3):
            again = await server.ask(path, accept_encoding="gzip")
            assert (again.status, again.body) == (first.status, first.body)
            assert again.headers.items() == first.headers.items()
        assert server.asked == asked
        tag = first.headers["etag"]
        assert (await server.ask(path, accept_encoding="gzip", if_none_match=tag)).status == 304
        assert (await server.ask(path)).body == content

    within(work)


@pytest.mark.parametrize("size", [0, 1, 2**16 - 1, 2**16, 2**16 + 1, 300_000])
def test_a_slow_network_is_never_sent_more_than_a_piece_at_once(folder: Path, size: int) -> None:
    async def work() -> None:
        content = random.Random(size).randbytes(size)
        (folder / "static/media/font.woff2").write_bytes(content)
        server = Server(folder, LASTING)
        for _ in range(2):
            answer = await server.ask("/static/media/font.woff2", accept_encoding="gzip")
            assert answer.body == content
            assert max(map(len, answer.pieces)) <= 2**16
            assert int(answer.headers["content-length"]) == size

    within(work)


@pytest.mark.parametrize("path", [PATH, "/static/media/font.woff2"])
@pytest.mark.parametrize(
    "own", [{"set-cookie": "visitor=7"}, {"vary": "Origin"}, {"content-encoding": "br"}]
)
def test_what_is_not_the_same_for_everybody_is_not_cached(
    folder: Path, path: str, own: dict[str, str]
) -> None:
    async def work() -> None:
        server = Server(folder, LASTING | own)
        for _ in range(2):
            answer = await server.ask(path, accept_encoding="gzip")
            assert answer.body == (folder / path[1:]).read_bytes()
            assert own.items() <= dict(answer.headers).items()
        assert not server.app.cache

    within(work)


@pytest.mark.parametrize("status", [200, 503])
def test_what_is_said_of_a_script_just_taken_away_is_not_cached_as_the_script(
    folder: Path, status: int
) -> None:
    """Streamlit answers with its start page, and 200, where there is no such file."""

    async def work() -> None:
        server = Server(folder, LASTING)
        files = server._files

        async def vanishing(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["method"] == "GET":
                headers = [(b"etag", b'"another"'), (b"content-length", b"4")]
                start = {"type": "http.response.start", "status": status, "headers": headers}
                await send(start)
                await send({"type": "http.response.body", "body": b"gone"})
            else:
                await files(scope, receive, send)

        server._files = vanishing  # type: ignore[assignment]
        answer = await server.ask(PATH, accept_encoding="gzip")
        assert (answer.status, answer.body) == (status, b"gone")
        assert answer.headers["etag"] == '"another"'
        assert "content-encoding" not in answer.headers
        assert not server.app.cache
        server._files = files
        assert gzip.decompress((await server.ask(PATH, accept_encoding="gzip")).body) == SCRIPT

    within(work)


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        (PATH, "GET", {"range": "bytes=10-19"}),
        (PATH, "HEAD", {}),
        (PATH, "POST", {}),
        ("/static/js/nothing.js", "GET", {}),
        ("/static/js/small.js", "GET", {}),
        ("/static/media/font.woff2", "GET", {}),
        ("/index.html", "GET", {}),
        ("/secret.js", "GET", {}),
        ("/static/js/../../secret.js", "GET", {}),
        ("/static/js//index.abc123.js", "GET", {}),
        ("/static/js/\u00efndex.js", "GET", {}),
    ],
)
def test_everything_else_is_as_the_server_inside_answers(
    folder: Path, path: str, method: str, headers: dict[str, str]
) -> None:
    async def outcome(server: Server) -> tuple[int, bytes, list[tuple[str, str]]]:
        answer = await server.ask(path, method, accept_encoding="gzip", **headers)
        return answer.status, answer.body, answer.headers.items()

    async def work() -> None:
        wrapped, bare = Server(folder), Server(folder)
        bare.app = bare._inner  # type: ignore[assignment]
        try:
            expected = await outcome(bare)
        except Exception as error:
            with pytest.raises(type(error)):
                await outcome(wrapped)
        else:
            assert await outcome(wrapped) == expected
        assert not wrapped.app.cache

    within(work)


@pytest.mark.parametrize("name", ["/.", "/././.", "/..", "//", "/a/..", "/%2e"])
def test_nobody_fills_the_store_with_other_names_for_a_script(folder: Path, name: str) -> None:
    async def visit() -> None:
        server = Server(folder)
        with suppress(HTTPException):  # there is no such file
            await server.ask(name + PATH, accept_encoding="gzip")
        assert not server.app.cache

    within(visit)


def test_the_cache_is_bounded_and_the_file_unasked_for_longest_goes_first(folder: Path) -> None:
    async def work() -> None:
        noise = random.Random(2)
        for number in range(8):
            content = noise.randbytes(5000)
            (folder / f"static/js/{number}.js").write_bytes(content)
        server = Server(folder, cache_bytes=20_000)
        for number in range(8):
            await server.ask(f"/static/js/{number}.js", accept_encoding="gzip")
        assert sum(len(file.body) for file in server.app.cache.values()) <= 20_000
        assert [*server.app.cache] == [f"/static/js/{n}.js" for n in (5, 6, 7)]

    within(work)
