"""At which address others in the room reach a server that its own computer opens as localhost."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import IPv4Address, ip_address
from urllib.parse import urlsplit

import streamlit as st

_ANYWHERE = "192.0.2.1"
"""An address for documents, which no network has; nothing is sent to it."""

_EVERY_INTERFACE = (None, "", "0.0.0.0", "::")


def is_this_computer(host: str | None) -> bool:
    """Whether a host's name means whatever computer it is used on: ``localhost``, ``127.0.0.1``."""
    name = (host or "").lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ip_address(name.strip("[]"))
    except ValueError:
        return False
    # A server for both kinds of addresses sees 127.0.0.1 as ::ffff:127.0.0.1.
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def listens_to_this_computer_only() -> bool:
    """Whether the server was told an address that no other computer reaches."""
    return is_this_computer(st.get_option("server.address"))


def origin_for_others(url: str) -> str | None:
    """``http://192.168.1.20:8501`` for a page opened as ``http://localhost:8501/...``.

    None where it is not known: the server listens to this computer alone, something stands
    between it and the browser (another port, or a connection from elsewhere, as into a
    container), or there is no network.
    """
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    listens = st.get_option("server.address")
    if listens not in _EVERY_INTERFACE or port != st.get_option("server.port"):
        return None
    visitor = st.context.ip_address  # Streamlit says None for some of this computer's own
    if visitor is not None and not is_this_computer(visitor):
        return None
    host = lan_address()
    return host and f"{parts.scheme}://{host}{f':{parts.port}' if parts.port else ''}"


def address(url: str) -> str | None:
    """Where others in the room open the app, for a page of it at ``url``; short enough to type.

    None where they cannot, or where it is not known how: see ``origin_for_others``.
    """
    parts = urlsplit(url)
    here = not parts.hostname or is_this_computer(parts.hostname)
    origin = origin_for_others(url) if here else f"{parts.scheme}://{parts.netloc}"
    folder = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return origin and "/".join(filter(None, [origin, folder]))


def lan_address() -> str | None:
    """This computer's address in its own network, found without sending anything."""
    return next((address for address in _addresses() if _reaches_others(address)), None)


def _addresses() -> Iterator[str]:
    # A datagram's socket chooses its interface as soon as it is told where it would send.
    # There may be no way out, as in a room with a switch and no internet.
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect((_ANYWHERE, 9))
        yield str(probe.getsockname()[0])
    with suppress(OSError):  # a name that leads nowhere
        yield from socket.gethostbyname_ex(socket.gethostname())[2]


def _reaches_others(address: str) -> bool:
    known = IPv4Address(address)
    return not (known.is_loopback or known.is_link_local or known.is_unspecified)
