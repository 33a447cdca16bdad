"""What one tab shows: the elements that Streamlit has sent, found by their keys.

Like a browser it keeps large messages for a while, so that the server need only refer to them,
and takes away what a run has not shown again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

CACHED_RUNS = 2
"""Runs after which a browser forgets a large message that was not shown again."""

Path = tuple[int, ...]


class VisitError(Exception):
    """The server did not do what a visitor may expect; the text says what happened."""


@dataclass
class _Shown:
    element: Element | None
    id: str
    fragment: str


@dataclass
class _Cached:
    message: ForwardMsg
    fragment: str
    age: int = 0


class ShownPage:
    """Elements and containers by their place, widgets' states, and what Streamlit said of itself.

    Elements whose payload exceeds ``largest`` bytes are noted without it.
    """

    def __init__(self, largest: int) -> None:
        self.session_id = ""
        self.query = ""
        """The address after its question mark, as the server last had it."""
        self.pages: dict[str, str] = {}
        """Address -> the hash that Streamlit knows the page by."""
        self._largest = largest
        self._page_hash = ""
        self._shown: dict[Path, _Shown] = {}
        self._states: dict[str, WidgetState] = {}
        self._cache: dict[str, _Cached] = {}

    def has(self, key: str) -> bool:
        """Whether something with that key is on the page."""
        return any(_key(shown.id) == key for shown in self._shown.values())

    def element(self, key: str) -> Element:
        """The element with that key. Raises VisitError if the page does not show it."""
        element = self._named(key).element
        if element is None:
            raise VisitError(f"{key!r} is a container")
        return element

    def elements(self, inside: str = "") -> Iterator[Element]:
        """All elements on the page, or in the container of that key, in the page's order."""
        place = self._place(inside) if inside else ()
        for path, shown in sorted(self._shown.items()):
            if shown.element is not None and path[: len(place)] == place:
                yield shown.element

    def texts(self, inside: str = "") -> list[str]:
        """What html elements, alerts and exceptions say, on the page or in that container."""
        texts = []
        for element in self.elements(inside):
            kind = element.WhichOneof("type")
            if kind in ("html", "alert"):
                texts.append(getattr(element, kind).body)
            elif kind == "exception":
                texts.append(element.exception.message)
        return texts

    def _place(self, key: str) -> Path:
        for path, shown in self._shown.items():
            if _key(shown.id) == key:
                return path
        raise VisitError(f"the page shows no {key!r}")

    def _named(self, key: str) -> _Shown:
        return self._shown[self._place(key)]

    def take(self, message: ForwardMsg, size: int) -> ForwardMsg:
        """Take in a message of that many bytes; what it is, or what it refers to.

        Raises VisitError for a reference to what this visitor does not have.
        """
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            message = self._remembered(message)
            kind = message.WhichOneof("type")
        elif message.metadata.cacheable:
            if size > self._largest and message.delta.new_element.HasField("bidi_component"):
                message.delta.new_element.bidi_component.ClearField("bytes")
            self._cache[message.hash] = _Cached(message, message.delta.fragment_id)
        if kind == "delta":
            self._show(message)
        elif kind == "new_session":
            self.session_id = message.new_session.initialize.session_id
            self._page_hash = message.new_session.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "navigation":
            self.pages = {
                "" if page.is_default else page.url_pathname: page.page_script_hash
                for page in message.navigation.app_pages
            }
            self._page_hash = message.navigation.page_script_hash
        return message

    def _remembered(self, reference: ForwardMsg) -> ForwardMsg:
        cached = self._cache.get(reference.ref_hash)
        if cached is None:
            raise VisitError("the server refers to a message that this visitor does not have")
        cached.age = 0
        message = ForwardMsg()
        message.CopyFrom(cached.message)
        message.metadata.CopyFrom(reference.metadata)
        return message

    def _show(self, message: ForwardMsg) -> None:
        path, delta = tuple(message.metadata.delta_path), message.delta
        kind = delta.WhichOneof("type")
        if kind == "new_element":
            element = delta.new_element
            inner = getattr(element, element.WhichOneof("type") or "", None)
            id_ = getattr(inner, "id", "")
            self._shown[path] = _Shown(element, id_, delta.fragment_id)
        elif kind == "add_block":
            block = delta.add_block
            inner = getattr(block, block.WhichOneof("type") or "", None)
            self._shown[path] = _Shown(
                None, getattr(inner, "id", "") or block.id, delta.fragment_id
            )

    def forget(self, seen: set[Path], fragment: str) -> None:
        """What the run did not show again, and whose part of the page it was, is gone."""
        for path, shown in list(self._shown.items()):
            if path not in seen and fragment in ("", shown.fragment):
                del self._shown[path]
        if not fragment:
            present = {shown.id for shown in self._shown.values()}
            self._states = {id_: s for id_, s in self._states.items() if id_ in present}
        for hash_, cached in list(self._cache.items()):
            if fragment in ("", cached.fragment):
                if cached.age >= CACHED_RUNS:
                    del self._cache[hash_]
                cached.age += 1


def _key(id_: str) -> str:
    """The key that the page gave an element, out of ``$$ID-<hash>-<key>``."""
    return id_.split("-", 2)[2] if id_.count("-") >= 2 else ""
