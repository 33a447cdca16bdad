"""What this app uses of Streamlit and uvicorn that is not their public interface.

No other file reaches for it (a test over the source sees to that), so a new version of either
has to be checked against this one. Each function says why it is needed; ``without`` says what
happens when a version no longer has what it reaches for. The app then goes on, and the log says
so once. Every function has a test with the installed versions, which fails in that case.

Messages of Streamlit's websocket are the exception: without their format nothing can be checked,
so the app does not start.
"""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import streamlit as st
from streamlit import runtime
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

__all__ = ["BackMsg", "WidgetState"]  # messages of a browser, and a widget's value in them

P = ParamSpec("P")
T = TypeVar("T")

_log = logging.getLogger("lenet")

HOOKS: dict[str, str] = {}
"""Name of each function that reaches for an internal -> what happens where it is missing."""

_missing: set[str] = set()


def _hook(*, without: str, otherwise: T) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Have a function return ``otherwise``, and the log say so once, where an internal is gone."""

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        name = function.__name__
        HOOKS[name] = without

        @wraps(function)
        def guarded(*arguments: P.args, **named: P.kwargs) -> T:
            try:
                return function(*arguments, **named)
            except (ImportError, AttributeError, TypeError) as error:
                _report(name, error)
                return otherwise

        return guarded

    return decorate


def _report(name: str, error: Exception) -> None:
    """Say in the log, once, that what a function of this module needs is not there."""
    if name not in _missing:
        _missing.add(name)
        _log.warning("%s: %s: %s; %s", name, type(error).__name__, error, HOOKS[name])


# The server ------------------------------------------------------------------------------


def server_runs() -> bool:
    """Whether Streamlit serves this process; False while its command only reads app.py."""
    return runtime.exists()


@_hook(without="the first visitor may wait while components are declared.", otherwise=True)
def server_has_started() -> bool:
    """Whether components can be declared: Streamlit looks for them while it starts."""
    return runtime.exists() and runtime.get_instance().state != runtime.RuntimeState.INITIAL


@_hook(
    without="the first visitor who opens a page by its address may see 'Page not found'.",
    otherwise=None,
)
def ignore_pages_folder() -> None:
    """Say that the folder pages/ is not Streamlit's older kind of multipage app.

    Streamlit decides so by the folder's name until ``st.navigation`` has run once.
    """
    from streamlit.runtime.pages_manager import PagesManager

    _present(PagesManager, "uses_pages_directory")
    PagesManager.uses_pages_directory = False


@_hook(
    without="an address much longer than a link of ours is refused by the web server itself.",
    otherwise=None,
)
def accept_long_requests(most_bytes: int) -> None:
    """Have uvicorn read a request's first line and headers up to this many bytes.

    ``streamlit run`` has no option for it. A link that a mail program or a person has damaged
    can be longer than uvicorn's own limit, and should get a sentence instead of an error.
    """
    from uvicorn.protocols.http import h11_impl

    protocol: Any = h11_impl
    _present(protocol, "DEFAULT_MAX_INCOMPLETE_EVENT_SIZE")
    protocol.DEFAULT_MAX_INCOMPLETE_EVENT_SIZE = most_bytes


# Sessions and scripts --------------------------------------------------------------------


@_hook(without="the log's figures count no visitors.", otherwise=0)
def connected_sessions() -> int:
    """Sessions that are connected now. Streamlit offers the number over HTTP only."""
    if not runtime.exists():
        return 0
    family = "active_sessions"
    stats = runtime.get_instance().stats_mgr.get_stats(family_names=[family])
    return round(sum(float(getattr(stat, "value", 0)) for stat in stats.get(family, ())))


@_hook(
    without="the last visitors' sessions stay in memory until the next visitor leaves.",
    otherwise=None,
)
def drop_expired_sessions(patience: float) -> None:
    """Drop sessions whose time to reconnect is over; wait for that at most ``patience`` seconds.

    Streamlit drops them only when another session disconnects. The work is done on the event
    loop's thread, to which sessions belong.
    """
    if not runtime.exists():
        return
    server: Any = runtime.get_instance()
    # Nothing has been served yet where there is no event loop.
    if (objects := server._async_objs) is None:
        return
    expire = server._session_mgr._session_storage._cache.expire
    done = threading.Event()

    def run() -> None:
        try:
            expire()
        finally:
            done.set()

    try:
        objects.eventloop.call_soon_threadsafe(run)
    except RuntimeError:  # the loop is closed: the server is shutting down
        return
    done.wait(patience)


@_hook(without="the log's figures have no times of reruns.", otherwise=None)
def watch_script_runs(begun: Callable[[int], None], ended: Callable[[int], None]) -> None:
    """Have ``begun`` and ``ended`` called when a script or a fragment begins and ends.

    They get a number that is the runner's own. It is the one place that all runs pass; a
    decorator around pages and fragments would miss callbacks. For runners made from now on.
    """
    from streamlit.runtime.scriptrunner import ScriptRunner, ScriptRunnerEvent

    start = ScriptRunnerEvent.SCRIPT_STARTED
    ends = {
        ScriptRunnerEvent.SCRIPT_STOPPED_WITH_SUCCESS,
        ScriptRunnerEvent.SCRIPT_STOPPED_WITH_COMPILE_ERROR,
        ScriptRunnerEvent.SCRIPT_STOPPED_FOR_RERUN,
        ScriptRunnerEvent.FRAGMENT_STOPPED_WITH_SUCCESS,
        ScriptRunnerEvent.SHUTDOWN,
    }
    make = ScriptRunner.__init__

    def receive(sender: object, event: ScriptRunnerEvent, **_: object) -> None:
        if event is start:
            begun(id(sender))
        elif event in ends:
            ended(id(sender))

    @wraps(make)
    def making(self: Any, *arguments: Any, **named: Any) -> None:
        make(self, *arguments, **named)
        try:
            self.on_event.connect(receive, weak=False)
        except (AttributeError, TypeError) as error:
            _report("watch_script_runs", error)

    ScriptRunner.__init__ = making  # type: ignore[method-assign]


@_hook(without="opening a page takes a tenth of a second longer.", otherwise=None)
def watch_no_modules() -> None:
    """Spare every new session a look at the file of each imported module.

    Nothing is watched here (``server.fileWatcherType`` is "none"), yet Streamlit resolves a few
    thousand paths for each session, a tenth of a second in which all other visitors wait.
    """
    from streamlit.watcher.local_sources_watcher import LocalSourcesWatcher

    _present(LocalSourcesWatcher, "update_watched_modules")
    LocalSourcesWatcher.update_watched_modules = lambda self: None  # type: ignore[method-assign]


# Widgets and components ------------------------------------------------------------------


@_hook(
    without="a widget's value that a page cannot have sent is shown as an error of Streamlit's.",
    otherwise=None,
)
def check_widget_values(
    accept: Callable[[WidgetState, str | None], bool], refused: Callable[[], None]
) -> None:
    """Decode what a browser says a widget's value is only where ``accept`` agrees.

    ``accept`` gets the value and the name of the field that it should be in, if that is known.
    A value that it rejects, or that cannot be decoded, counts as never sent, and ``refused`` is
    called. Streamlit's own decoders take the browser's word. Only the first call counts.
    """
    from streamlit.runtime.state.session_state import Serialized, WStates

    decode = WStates.__getitem__
    if getattr(decode, "checks_values", False):
        return

    class Refused(Serialized):
        """A value that was looked at and cannot be used."""

    @wraps(decode)
    def checked(self: WStates, key: str) -> Any:
        state = self.states.get(key)
        if isinstance(state, Refused):
            raise KeyError(key)
        if not isinstance(state, Serialized):
            return decode(self, key)
        metadata = self.widget_metadata.get(key)
        try:
            if metadata is None or accept(state.value, metadata.value_type):
                return decode(self, key)
        except KeyError:
            if metadata is None:
                raise
        except Exception:  # any of the widgets' decoders, given anything at all
            pass
        refused()
        self.states[key] = Refused(state.value)
        raise KeyError(key)

    checked.checks_values = True  # type: ignore[attr-defined]
    WStates.__getitem__ = checked  # type: ignore[method-assign]


@_hook(without="the first page imports pandas: 90 MB and a quarter of a second.", otherwise=None)
def look_for_no_tables() -> None:
    """Spare components the question whether a dict or a list in their data is a table.

    Only to ask it, Streamlit imports pandas and pyarrow. No component of ours is given a table.
    """
    from streamlit.components.v2.bidi_component import serialization

    module: Any = serialization
    is_table = module.is_dataframe_like

    def is_table_like(obj: object) -> bool:
        return not isinstance(obj, dict | list) and is_table(obj)

    module.is_dataframe_like = is_table_like


@_hook(
    without="after Undo, Clear or a new picture the canvas's older drawing is read once more.",
    otherwise=None,
)
def overwrite_component_value(key: str, **values: Any) -> None:
    """Replace what a component has sent, for the rest of this run; nothing if it sent nothing.

    Streamlit lets a script read a component's value and has no way to set it.
    """
    if key in st.session_state:
        state = st.session_state[key]
        for name, value in values.items():
            state[name] = value


@_hook(without="the server holds a visitor's pictures until the visit ends.", otherwise=None)
def drop_upload(file: Any) -> None:
    """Forget a file that came through a widget, after it was read.

    Streamlit does so only when the visitor removes it from the widget.
    """
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    if (visit := get_script_run_ctx()) is not None:
        held: Any = visit.uploaded_file_mgr
        held.remove_file(visit.session_id, file.file_id)


@_hook(
    without="the canvas's own buttons lie invisibly over it and take strokes, and its ink is white "
    "on white paper.",
    otherwise=None,
)
def import_with_markup(module: str, markup: str) -> None:
    """Import a module whose component gets ``markup`` before the HTML that it declares.

    A component lives in a shadow root that no style sheet of the page reaches, so Streamlit's
    function that declares components is replaced while the module is imported.
    """
    declare = st.components.v2.component

    def declare_with_markup(*arguments: Any, html: str, **named: Any) -> Any:
        return declare(*arguments, html=markup + html, **named)

    components: Any = st.components.v2
    components.component = declare_with_markup
    try:
        importlib.import_module(module)
    finally:
        components.component = declare


# Downloads -------------------------------------------------------------------------------


@_hook(
    without="on a busy server a download may be gone before the browser asks for it, and parts "
    "of a page that run by themselves are in English.",
    otherwise=None,
)
def current_visit() -> Any:
    """The visit whose script this thread runs; None in a thread of the server's own."""
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    return get_script_run_ctx(suppress_warning=True)


@_hook(
    without="on a busy server a download may be gone before the browser asks for it.",
    otherwise=None,
)
def hold_download(visit: Any, content: bytes, mime: str, place: str, name: str) -> None:
    """Hold a download for a visit until something else is held in the same place.

    What a download button makes on a click belongs to no visit, and the server forgets it as
    soon as any two scripts of any visitors have ended. Buttons are served by threads of no
    visit, so a thread that belongs to this one claims the file.
    """
    from streamlit.runtime.scriptrunner import add_script_run_ctx

    def claim() -> None:
        try:
            runtime.get_instance().media_file_mgr.add(
                content, mime, place, file_name=name, is_for_static_download=True
            )
        except Exception as error:  # the button has the content all the same
            _report("hold_download", error)

    thread = threading.Thread(target=claim)
    add_script_run_ctx(thread, visit)
    thread.start()
    thread.join()


def _present(owner: object, name: str) -> None:
    """Raise AttributeError unless it is there: to set what nobody reads would do nothing."""
    getattr(owner, name)
