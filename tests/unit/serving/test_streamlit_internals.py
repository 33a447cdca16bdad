"""What is not public in Streamlit and uvicorn is still there in the installed versions.

Every function of pages/serving/streamlit_internals.py has a test here that fails when it no
longer finds what it reaches for.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from streamlit.components.v2.bidi_component import serialization
from streamlit.proto.BidiComponent_pb2 import BidiComponent as BidiComponentProto
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime, app_session
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import ScriptRunner, ScriptRunnerEvent, add_script_run_ctx
from streamlit.runtime.state.common import WidgetMetadata
from streamlit.runtime.state.session_state import WStates
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.testing.v1 import AppTest
from streamlit.watcher.local_sources_watcher import LocalSourcesWatcher
from uvicorn.config import Config
from uvicorn.protocols.http import h11_impl
from uvicorn.server import ServerState

from pages.serving import streamlit_internals as internals
from pages.serving.streamlit_internals import BackMsg, WidgetState

ROOT = Path(__file__).parents[3]

SCRIPT = """
import shared_with_test

from pages.serving import streamlit_internals

shared_with_test.visits.put(streamlit_internals.current_visit())
"""


@pytest.fixture(autouse=True)
def _nothing_is_missing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """Whatever a test calls finds what it needs; else there would be a line in the log."""
    monkeypatch.setattr(internals, "_missing", set())
    with caplog.at_level(logging.WARNING, logger="lenet"):
        yield
    assert not [record.getMessage() for record in caplog.records]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Runtime]:
    """Streamlit as it runs in a server, without a port: started and stopped as ASGI says."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    monkeypatch.setattr(Runtime, "_instance", None)
    started, stopping = threading.Event(), threading.Event()
    startup = iter([{"type": "lifespan.startup"}])

    async def receive() -> Any:
        for message in startup:
            return message
        started.set()
        await asyncio.to_thread(stopping.wait)
        return {"type": "lifespan.shutdown"}

    async def send(message: Any) -> None:
        assert not message["type"].endswith("failed"), message

    async def serve() -> None:
        await st.App(script)({"type": "lifespan"}, receive, send)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert started.wait(30)
    yield Runtime.instance()
    stopping.set()
    thread.join(30)


def test_every_function_that_reaches_for_an_internal_has_a_test_here() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    assert internals.HOOKS
    assert not [name for name in internals.HOOKS if f"internals.{name}(" not in source]
    assert all(without.endswith(".") for without in internals.HOOKS.values())


def test_what_is_missing_is_said_once_and_the_app_goes_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delattr(PagesManager, "uses_pages_directory")
    for _ in range(3):
        internals.ignore_pages_folder()
    (record,) = caplog.records
    assert "ignore_pages_folder" in record.getMessage()
    assert internals.HOOKS["ignore_pages_folder"] in record.getMessage()
    assert not hasattr(PagesManager, "uses_pages_directory")
    caplog.clear()


def test_a_server_that_has_started_is_told_from_none(
    monkeypatch: pytest.MonkeyPatch, server: Runtime
) -> None:
    assert internals.server_runs()
    assert internals.server_has_started()
    monkeypatch.setattr(Runtime, "_instance", None)
    assert not internals.server_runs()
    assert not internals.server_has_started()


def test_the_folder_pages_is_not_the_older_multipage_app(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PagesManager, "uses_pages_directory", None)
    internals.ignore_pages_folder()
    PagesManager(str(ROOT / "app.py"))
    assert PagesManager.uses_pages_directory is False


def test_uvicorn_reads_requests_as_long_as_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    before = h11_impl.DEFAULT_MAX_INCOMPLETE_EVENT_SIZE  # type: ignore[attr-defined]
    monkeypatch.setattr(h11_impl, "DEFAULT_MAX_INCOMPLETE_EVENT_SIZE", before)
    internals.accept_long_requests(123_456)
    config = Config(app="", http="h11")
    config.load_app = lambda: None  # type: ignore[method-assign]
    config.load()
    protocol = h11_impl.H11Protocol(config, ServerState(), {}, asyncio.new_event_loop())
    assert protocol.conn._max_incomplete_event_size == 123_456


def test_connected_sessions_are_counted(server: Runtime) -> None:
    assert internals.connected_sessions() == 0
    visit = Visit(server)
    assert internals.connected_sessions() == 1
    visit.leave()
    assert internals.connected_sessions() == 0


def test_sessions_whose_time_is_over_are_dropped(
    server: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage: Any = server._session_mgr._session_storage  # type: ignore[attr-defined]
    Visit(server).leave()
    internals.drop_expired_sessions(patience=30)
    assert len(storage.list()) == 1, "a session that may come back was dropped"
    later = time.monotonic() + 10_000
    monkeypatch.setattr(storage._cache, "_timer", lambda: later)
    assert len(storage._cache._data) == 1, "Streamlit now drops expired sessions itself"
    internals.drop_expired_sessions(patience=30)
    assert len(storage._cache._data) == 0


def test_runs_are_noticed_from_their_beginning_to_their_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ScriptRunner, "__init__", inspect.unwrap(ScriptRunner.__init__))
    said: list[tuple[str, int]] = []
    internals.watch_script_runs(
        lambda runner: said.append(("begin", runner)), lambda runner: said.append(("end", runner))
    )
    AppTest.from_string("import streamlit as st").run()
    (first, runner), (second, same) = said[:2]
    assert (first, second) == ("begin", "end")
    assert runner == same


def test_no_other_event_ends_a_run() -> None:
    ends = {event for event in ScriptRunnerEvent if "_STOPPED_" in event.name}
    others = {ScriptRunnerEvent[name] for name in ("SCRIPT_STARTED", "ENQUEUE_FORWARD_MSG")}
    assert {*ScriptRunnerEvent} == {*ends, *others, ScriptRunnerEvent.SHUTDOWN}
    source = inspect.getsource(internals.watch_script_runs)
    assert not [event.name for event in ends if event.name not in source]


def test_sessions_look_at_no_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = "_local_sources_watcher.update_watched_modules()"
    assert calls in inspect.getsource(app_session), "nobody calls it any more"
    monkeypatch.setattr(
        LocalSourcesWatcher, "update_watched_modules", LocalSourcesWatcher.update_watched_modules
    )
    internals.watch_no_modules()
    watcher: Any = object()  # without any of the attributes that the real method needs
    LocalSourcesWatcher.update_watched_modules(watcher)


def test_a_value_is_decoded_only_where_it_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    wrapped = inspect.unwrap(WStates.__getitem__)
    monkeypatch.setattr(WStates, "__getitem__", wrapped)
    refused: list[None] = []
    asked: list[str | None] = []

    def accept(state: WidgetState, expected: str | None) -> bool:
        asked.append(expected)
        return state.string_value != "bad"

    for _ in range(2):
        internals.check_widget_values(accept, lambda: refused.append(None))
    states = WStates()
    for key, value in {"good": "good", "bad": "bad", "undecodable": "undecodable"}.items():
        states.set_widget_from_proto(WidgetState(id=key, string_value=value))
        states.set_widget_metadata(
            WidgetMetadata(id=key, deserializer=decode, serializer=str, value_type="string_value")
        )
    assert states["good"] == "GOOD"
    for key in ("bad", "undecodable"):
        for _ in range(2):
            with pytest.raises(KeyError):
                states[key]
    assert len(refused) == 2, "asked once for each"
    assert asked == ["string_value"] * 3


def decode(value: Any) -> str:
    if value == "undecodable":
        raise ValueError(value)
    return str(value).upper()


def test_data_of_components_is_not_searched_for_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def is_table(value: object) -> bool:
        asked.append(value)
        return False

    monkeypatch.setattr(serialization, "is_dataframe_like", is_table)
    internals.look_for_no_tables()
    data = {"a": {"b": 1}, "c": [1, 2], "d": "text"}
    serialization.serialize_mixed_data(data, BidiComponentProto())
    assert asked == ["text"]


def test_what_a_component_sent_can_be_overwritten_for_a_run() -> None:
    def script() -> None:
        import streamlit as st

        from pages.serving import streamlit_internals as internals

        def overwrite() -> None:
            internals.overwrite_component_value("component", value="new", other=None)

        if "component" in st.session_state:
            st.text(st.session_state["component"]["value"])
        st.components.v2.component("component", js="export default () => {}")(
            key="component", default={"value": "old"}, on_value_change=lambda: None
        )
        st.button("Overwrite", on_click=overwrite)

    page = AppTest.from_function(script).run()
    page.run()
    assert [text.value for text in page.text] == ["old"]
    page.button[0].click().run()
    assert [text.value for text in page.text] == ["new"]


def test_a_download_is_held_for_a_visit_until_the_next(
    server: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits: Queue[Any] = Queue()
    monkeypatch.setitem(sys.modules, "shared_with_test", SimpleNamespace(visits=visits))
    visitor = Visit(server)
    visitor.run()
    visit = visits.get(timeout=30)
    assert visit.session_id == visitor.id
    files: Any = server.media_file_mgr
    for content in (b"one", b"two"):
        internals.hold_download(visit, content, "text/plain", "place", "name.txt")
        for _ in range(3):
            files.remove_orphaned_files()
        file = files._files_by_session_and_coord[visitor.id]["place"]
        assert files._storage.get_file(f"{file}.txt").content == content
    visitor.leave()


def test_what_a_visitor_sent_is_dropped_once_it_was_read(
    monkeypatch: pytest.MonkeyPatch, server: Runtime
) -> None:
    visits: Queue[Any] = Queue()
    monkeypatch.setitem(sys.modules, "shared_with_test", SimpleNamespace(visits=visits))
    visitor = Visit(server)
    visitor.run()
    visit = visits.get(timeout=30)
    (urls,) = visit.uploaded_file_mgr.get_upload_urls(visitor.id, ["seven.png"])
    sent = UploadedFileRec(urls.file_id, "seven.png", "image/png", b"a seven")
    visit.uploaded_file_mgr.add_file(visitor.id, sent)

    def drop() -> None:
        internals.drop_upload(SimpleNamespace(file_id=sent.file_id))

    thread = threading.Thread(target=drop)
    add_script_run_ctx(thread, visit)
    thread.start()
    thread.join(30)
    assert not visit.uploaded_file_mgr.get_files(visitor.id, [sent.file_id])
    visitor.leave()


def test_a_component_is_declared_with_markup_before_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    declared: list[str] = []

    def declare(name: str, *, html: str) -> None:
        declared.append(f"{name}: {html}")

    monkeypatch.setattr(st.components.v2, "component", declare)
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "declares_one.py").write_text(
        "import streamlit as st\nst.components.v2.component('one', html='<p></p>')\n"
    )
    internals.import_with_markup("declares_one", "<style></style>")
    st.components.v2.component("later", html="<p></p>")
    assert declared == ["one: <style></style><p></p>", "later: <p></p>"]


class Visit:
    """A session on the server of a test."""

    def __init__(self, server: Runtime) -> None:
        self.server = server
        self.loop = server._async_objs.eventloop  # type: ignore[union-attr]
        self.id = self._on_the_loop(self._connect)

    def _connect(self) -> str:
        return self.server.connect_session(client=Client(), user_info={})

    def run(self) -> None:
        self._on_the_loop(
            lambda: self.server.handle_backmsg(self.id, BackMsg(rerun_script=ClientState()))
        )

    def leave(self) -> None:
        self._on_the_loop(lambda: self.server.disconnect_session(self.id))

    def _on_the_loop(self, step: Any) -> Any:
        async def run() -> Any:
            return step()

        return asyncio.run_coroutine_threadsafe(run(), self.loop).result(30)


class Client:
    """A browser that does not listen."""

    client_context = None

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        pass
