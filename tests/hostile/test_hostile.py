"""Hostile visitors against one running server: a sentence or nothing, and nobody else notices."""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin

from tests.support import fabric, running_app
from tests.support.process import Reading
from tests.support.sampling import sampled
from tests.support.visitor import CANVAS, VisitError, Visitor, warm_up

SEVEN = fabric.pencil([(70, 60), (200, 60), (180, 120), (150, 180), (130, 240)])
MARK = 123.4375
"""A coordinate of the honest drawing, to be searched for in the log."""

PAGES = ("", "architecture", "connections", "receptive-fields", "output-codes")

MORE_MEMORY = 80
"""Megabytes that the server may need more after all of this than before it."""

STREAMLITS_OWN = ("RuntimeError: dictionary keys changed during iteration",)
"""What Streamlit trips over by itself when one visit floods it: two of its threads at once."""

AT_ONCE = 2.0
"""Seconds within which another visit is answered at the same time; alone it takes 0.05."""


@dataclass
class Server:
    address: str
    pid: int
    log: Path


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("hostile") / "log.txt"
    pids: list[int] = []
    with running_app.server(started=pids.append, log=log) as address:
        asyncio.run(warm_up(address))
        yield Server(address, pids[0], log)


async def arrive(server: Server, page: str = "", query: str = "") -> Visitor:
    visitor = Visitor(server.address, page, query=query, timeout=20)
    await visitor.connect()
    run = await visitor.run()
    assert not run.exceptions
    return visitor


def answer(visitor: Visitor) -> str:
    return "".join(visitor.texts("answer"))


def drawn(raw: Any) -> str:
    return json.dumps({"drawing": {"raw": raw, "data": None}, "backgroundFit": None})


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


FORGED = {"type": "Image", "src": "data:image/png;base64," + "A" * 100_000, "left": 0, "top": 0}
LONG = {"type": "Path", "path": [["M", 1, 1], *[["Q", 1, 1, 2, 2]] * 60_000, ["L", 1, 1]]}

CANVAS_MESSAGES: dict[str, str] = {
    "a word": '"x"',
    "a list": "[1, 2]",
    "nothing": "null",
    "no JSON": "{",
    "a drawing that is a word": '{"drawing": "x"}',
    "a drawing that is a number": '{"drawing": 7}',
    "a raw that is a word": drawn("x"),
    "objects that are a number": drawn({"objects": 5}),
    "NaN": drawn({"objects": [{**SEVEN, "left": math.nan}]}),
    "infinity": drawn({"objects": [{**SEVEN, "scaleX": math.inf}]}),
    "a number of 5,000 digits": '{"drawing": {"raw": {"objects": [' + "9" * 5_000 + "]}}}",
    "a hundred thousand brackets": nested(100_000),
    "a drawing of brackets": '{"drawing": {"raw": {"objects": ' + nested(900) + "}}}",
    "sixty thousand positions": drawn({"objects": [LONG]}),
    "twenty thousand objects": drawn({"objects": [{"type": "Rect"}] * 20_000}),
    "a forged picture": drawn({"objects": [FORGED]}),
    "a background that fits nowhere": '{"drawing": {"raw": {"objects": []}}, "backgroundFit": 3}',
    "a claim of a gigabyte": drawn({"objects": [], "length": 10**9, "width": 10**12}),
}


async def say(visitor: Visitor, key: str, **value: Any) -> list[str]:
    """Send a widget's value; the errors shown in place of an element (there must be none)."""
    return (await visitor.put(key, **value)).exceptions


async def alive(visitor: Visitor) -> None:
    """The visit goes on: a seven is drawn and answered."""
    run = await visitor.draw([SEVEN])
    assert not run.exceptions
    assert "reads 7" in answer(visitor)


async def canvas_messages(server: Server) -> None:
    visitor = await arrive(server)
    await alive(visitor)
    for name, text in CANVAS_MESSAGES.items():
        assert not await say(visitor, CANVAS, json_value=text), name
        said = " ".join(visitor.texts())
        assert "Traceback" not in said, name
        assert "data:image/png;base64,AAAA" not in visitor.element(CANVAS).bidi_component.json
        await alive(visitor)
    await visitor.leave()


async def forged_pictures_are_not_sent_back(server: Server) -> None:
    visitor = await arrive(server)
    text = {"type": "Textbox", "text": "<img src=x onerror=alert(1)>"}
    shadow = {**SEVEN, "shadow": {"color": "red"}, "fill": "x" * 200, "src": FORGED["src"]}
    await visitor.say(CANVAS, {"raw": {"objects": [FORGED, text, shadow, SEVEN, FORGED]}})
    await visitor.press("undo")
    given = json.loads(visitor.element(CANVAS).bidi_component.json)["initialDrawing"]["objects"]
    assert [one["type"] for one in given] == ["Path"]
    assert "data:" not in json.dumps(given)
    assert "onerror" not in json.dumps(given)
    await visitor.leave()


WRONG: list[dict[str, Any]] = [
    {"string_value": "x" * 5},
    {"int_value": 2**62},
    {"double_value": math.nan},
    {"bool_value": True},
    {"json_value": nested(5_000)},
    {"json_trigger_value": '[{"event": "picked", "value": {"layer": [], "map": 1e999}}]'},
    {"json_trigger_value": '[{"event": "picked", "value": [1, 2, 3]}]'},
    {"json_trigger_value": '[{"event": "by_hand", "value": {"towards": 99, "flipped": ["a"]}}]'},
    {"json_trigger_value": '{"event": ["picked"]}'},
    {"trigger_value": True},
]


def wrong_states(id_: str) -> list[WidgetState]:
    states = [WidgetState(id=id_, **value) for value in WRONG]
    for numbers in ([], [math.nan], [math.inf, -math.inf], [1e300], [-5.0], [0.5] * 9):
        state = WidgetState(id=id_)
        state.double_array_value.data.extend(numbers)
        states.append(state)
    for words in ([], ["nowhere"], ["<b>"], ["C3", "C1"]):
        state = WidgetState(id=id_)
        state.string_array_value.data.extend(words)
        states.append(state)
    return states


async def wrong_values_for_every_widget(server: Server) -> None:
    """Each widget of each page gets values of every kind; the page runs with all of them."""
    for page in PAGES:
        visitor = await arrive(server, page)
        ids = sorted({_id(element) for element in visitor.elements()} - {""})
        assert ids
        for states in zip(*(wrong_states(id_) for id_ in ids), strict=True):
            run = await visitor.run(states=states)
            assert not run.exceptions, page
        for value in WRONG:
            if "json_trigger_value" in value:
                states = tuple(WidgetState(id=f"{id_}__events", **value) for id_ in ids)
                assert not (await visitor.run(states=states)).exceptions, page
        await visitor.leave()


def _id(element: Any) -> str:
    return getattr(getattr(element, element.WhichOneof("type") or "", None), "id", "")


async def unknown_names(server: Server) -> None:
    visitor = await arrive(server)
    for name in ("$$ID-0-nobody", "", "\0", "x" * 900, "../../etc/passwd"):
        state = WidgetState(id=name, json_value=nested(50_000))
        assert not (await visitor.run(states=[state])).exceptions
    for field in ("page_script_hash", "page_name"):
        message = visitor.rerun_message()
        setattr(message.rerun_script, field, "<img src=x onerror=alert(1)>")
        await visitor.send(message)
        assert not (await visitor.finished()).exceptions
    message = visitor.rerun_message(fragment="nothing of that name")
    await visitor.send(message)
    await visitor.run()
    await alive(visitor)
    await visitor.leave()


async def messages_for_developers(server: Server) -> None:
    visitor = await arrive(server)
    for name in ("clear_cache", "load_git_info", "set_run_on_save", "debug_shutdown_runtime"):
        message = BackMsg()
        setattr(message, name, True)
        await visitor.send(message)
    request = BackMsg()
    request.backend_operation_request.session_id = visitor.session_id
    request.backend_operation_request.install_skills.SetInParent()
    await visitor.send(request)
    files = BackMsg()
    files.file_urls_request.file_names.extend(["x.png"] * 50_000)
    await visitor.send(files)
    await alive(visitor)
    await visitor.leave()


async def closed_after(visitor: Visitor, frame: bytes | str) -> None:
    """Send a frame after which the server closes the connection, and wait until it has."""
    try:
        await visitor._connected().send(frame)
        while True:
            await visitor.receive()
    except (VisitError, ConnectionClosed):
        return


async def frames_that_are_no_messages(server: Server) -> None:
    half = (await arrive(server)).rerun_message().SerializeToString()
    frames: tuple[bytes, ...] = (
        b"\xff" * 50,
        half[: len(half) // 2] + b"\x0a\xff\xff\xff\xff\x0f",
        bytes(2_000_001),
        bytes(11_000_000),
    )
    for frame in frames:
        visitor = await arrive(server)
        await closed_after(visitor, frame)
        await visitor.connect()  # the same visit, again
        assert not (await visitor.run()).exceptions
        await alive(visitor)
        await visitor.leave()
    visitor = await arrive(server)
    await closed_after(visitor, "text")
    await visitor.lose()


async def a_burst(server: Server) -> None:
    visitor = await arrive(server)
    canvas = visitor.element(CANVAS).bidi_component
    state = WidgetState(id=canvas.id, json_value=drawn({"objects": [SEVEN] * 40}))
    message = visitor.rerun_message(states=[state])
    raw = message.SerializeToString()

    async def listen() -> None:
        while True:
            await visitor.receive()

    async def shout() -> None:
        for _ in range(5_000):
            await visitor.send(raw)

    listening = asyncio.ensure_future(listen())
    with suppress(TimeoutError):  # it is made to wait
        await asyncio.wait_for(shout(), 4)
    listening.cancel()
    await visitor.lose()


ATTACKS: list[Callable[[Server], Awaitable[None]]] = [
    canvas_messages,
    forged_pictures_are_not_sent_back,
    wrong_values_for_every_widget,
    unknown_names,
    messages_for_developers,
    frames_that_are_no_messages,
    a_burst,
]


@pytest.mark.alone
@pytest.mark.parametrize("attack", sampled(ATTACKS, 4), ids=lambda attack: attack.__name__)
def test_a_hostile_visit_gets_a_sentence_and_another_is_untouched(
    server: Server, attack: Callable[[Server], Awaitable[None]]
) -> None:
    honest = {**SEVEN, "path": [*SEVEN["path"][:-1], ["L", MARK, 240]]}

    async def both() -> None:
        other = await arrive(server)
        await other.draw([honest])
        before = answer(other)
        hostile = asyncio.ensure_future(attack(server))
        slowest = 0.0
        while not hostile.done():
            begin = time.perf_counter()
            run = await other.draw([honest])
            slowest = max(slowest, time.perf_counter() - begin)
            assert not run.exceptions
            assert answer(other) == before
            await asyncio.wait([hostile], timeout=0.1)
        await hostile
        assert slowest < AT_ONCE
        await other.leave()

    asyncio.run(both())


@pytest.mark.alone
def test_memory_comes_back_and_the_log_tells_neither_drawings_nor_tracebacks(
    server: Server,
) -> None:
    async def a_visit() -> None:
        await (await arrive(server)).leave()

    asyncio.run(a_visit())
    before = Reading.of(server.pid)

    async def attacks() -> None:
        for attack in (canvas_messages, a_burst, frames_that_are_no_messages):
            await attack(server)

    asyncio.run(attacks())
    deadline = time.monotonic() + 10
    while Reading.of(server.pid).megabytes > before.megabytes + MORE_MEMORY:
        assert time.monotonic() < deadline, (before, Reading.of(server.pid))
        asyncio.run(a_visit())
    log = server.log.read_text()
    assert [error for error in traced(log) if error not in STREAMLITS_OWN] == []
    assert str(MARK) not in log
    assert "onerror" not in log
    assert "base64" not in log


def traced(log: str) -> list[str]:
    """The errors whose tracebacks are in a log: after each, the first line that is not indented."""
    return [
        next(line for line in piece.splitlines()[1:] if line and not line.startswith(" "))
        for piece in log.split("Traceback (most recent call last)")[1:]
    ]


@pytest.mark.parametrize("origin", ["https://example.org", "null", "http://127.0.0.1.example.org"])
def test_a_page_of_another_origin_gets_no_websocket(server: Server, origin: str) -> None:
    async def try_it() -> None:
        address = server.address.replace("http", "ws", 1) + "/_stcore/stream"
        async with connect(address, origin=Origin(origin), proxy=None):
            pass

    with pytest.raises(InvalidStatus, match="403"):
        asyncio.run(try_it())


def put(server: Server, visitor: Visitor, *headers: str, body: bytes = b"x") -> int:
    """Try to upload a file; the answer's status."""

    async def send() -> int:
        host, port = server.address.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        lines = [
            f"PUT /_stcore/upload_file/{visitor.session_id}/1 HTTP/1.1",
            f"Host: {host}:{port}",
            f"Content-Length: {len(body)}",
            "Content-Type: multipart/form-data; boundary=b",
            "Connection: close",
            *headers,
        ]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode() + body)
        status = int((await reader.readline()).split()[1])
        writer.close()
        return status

    return asyncio.run(send())


def test_an_upload_needs_the_token_that_the_page_was_given(server: Server) -> None:
    visitor = asyncio.run(arrive(server))
    token = visitor.cookies["_streamlit_xsrf"]
    cookie = f"Cookie: _streamlit_xsrf={token}"
    assert put(server, visitor) == 403
    assert put(server, visitor, cookie) == 403
    assert put(server, visitor, cookie, "X-Xsrftoken: forged") == 403
    assert put(server, visitor, cookie, f"X-Xsrftoken: {token}") == 400, "no file is in it"
    large = f"Content-Length: {10**12}"
    assert put(server, visitor, cookie, f"X-Xsrftoken: {token}", large) in (400, 413)
