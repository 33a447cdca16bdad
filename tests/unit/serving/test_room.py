"""The address that others in the room use, where the server's own computer says localhost."""

from __future__ import annotations

import re
import socket
from ipaddress import ip_address
from typing import Any

import pytest
import streamlit as st

from pages.parts.shell import qr_code, share
from pages.serving import room


class Options:
    """What the server was started with, and who asks."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **options: Any) -> None:
        self.options = {"server.port": 8501, "server.address": None} | options
        self.ip_address = options.pop("ip_address", None)
        monkeypatch.setattr(st, "get_option", self.options.get)
        monkeypatch.setattr(st, "context", self)
        monkeypatch.setattr(room, "lan_address", lambda: "192.168.1.20")


@pytest.mark.parametrize(
    "host",
    "localhost LOCALHOST. app.localhost 127.0.0.1 127.9.8.7 ::1 [::1] ::ffff:127.0.0.1".split(),
)
def test_these_names_mean_this_computer(host: str) -> None:
    assert room.is_this_computer(host)


@pytest.mark.parametrize(
    "host",
    [None, "", "192.168.1.20", "10.0.0.1", "localhost.example.org", "lenet.local", "fe80::1"],
)
def test_these_do_not(host: str | None) -> None:
    assert not room.is_this_computer(host)


@pytest.mark.parametrize(
    ("url", "folder", "address"),
    [
        ("http://localhost:8501/architecture?part=layers", "", "http://192.168.1.20:8501"),
        ("http://localhost:8501/class/?drawing=1", "class", "http://192.168.1.20:8501/class"),
        ("https://lenet.example.org/connections?s2=3", "", "https://lenet.example.org"),
        ("http://192.168.1.9/lenet/", "/lenet/", "http://192.168.1.9/lenet"),
        ("http://localhost:9000/", "", None),
        ("", "", None),
    ],
)
def test_the_rooms_address_is_short_and_works_for_others(
    monkeypatch: pytest.MonkeyPatch, url: str, folder: str, address: str | None
) -> None:
    Options(monkeypatch, **{"server.baseUrlPath": folder})
    assert room.address(url) == address


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("http://localhost:8501/", "http://192.168.1.20:8501"),
        ("https://127.0.0.1:8501/base/output-codes?part=codes", "https://192.168.1.20:8501"),
        ("http://[::1]:8501/", "http://192.168.1.20:8501"),
        ("http://localhost:8080/", None),
        ("http://localhost/", None),
    ],
)
@pytest.mark.parametrize("listens", [None, "", "0.0.0.0", "::"])
def test_others_reach_the_port_that_the_server_itself_has(
    monkeypatch: pytest.MonkeyPatch, url: str, origin: str | None, listens: str | None
) -> None:
    Options(monkeypatch, **{"server.address": listens})
    assert room.origin_for_others(url) == origin


def test_a_server_for_this_computer_alone_has_no_address_for_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for listens in ("localhost", "127.0.0.1", "::1"):
        Options(monkeypatch, **{"server.address": listens})
        assert room.origin_for_others("http://localhost:8501/") is None
        assert room.listens_to_this_computer_only()


def test_a_connection_from_elsewhere_means_that_something_stands_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A container's own address is of no use to the room."""
    Options(monkeypatch, ip_address="172.17.0.1")
    assert room.origin_for_others("http://localhost:8501/") is None


def test_the_address_is_one_that_this_computer_has(monkeypatch: pytest.MonkeyPatch) -> None:
    found = room.lan_address()
    if found is not None:
        assert not ip_address(found).is_loopback
        with socket.socket() as listening:  # only an address of its own can be bound
            listening.bind((found, 0))


def test_without_a_network_there_is_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(
        socket, "gethostbyname_ex", lambda _: ("pc", [], ["127.0.1.1", "169.254.3.4"])
    )
    assert room.lan_address() is None
    monkeypatch.setattr(socket, "gethostbyname_ex", lambda _: ("pc", [], ["127.0.1.1", "10.3.4.5"]))
    assert room.lan_address() == "10.3.4.5", "a room with a switch and no internet"


@pytest.mark.parametrize(
    ("address", "listens", "code", "said"),
    [
        (
            "http://localhost:8501/connections?from=2",
            None,
            "http://192.168.1.20:8501/connections?from=2",
            "http://192.168.1.20:8501/connections",
        ),
        ("http://localhost:8501/", "127.0.0.1", "http://localhost:8501/", "server.address"),
        ("http://localhost:9999/", None, "http://localhost:9999/", "this computer's own address"),
        ("http://192.168.1.20:8501/", None, "http://192.168.1.20:8501/", ""),
        ("https://lenet.example.org/?on=3", None, "https://lenet.example.org/?on=3", ""),
    ],
)
def test_the_code_at_localhost_is_for_others_or_says_that_it_is_not(
    monkeypatch: pytest.MonkeyPatch, address: str, listens: str | None, code: str, said: str
) -> None:
    Options(monkeypatch, **{"server.address": listens})
    coded: list[object] = []
    shown: list[str] = []
    make = qr_code.qr_code

    def noted(asked: object) -> str | None:
        coded.append(asked)
        return make(asked)

    monkeypatch.setattr(share, "qr_code", noted)
    for name in ("html", "warning", "caption"):
        monkeypatch.setattr(st, name, shown.append)
    share._show_code(address)
    assert coded == [code]
    words = " ".join(text for text in shown if "qr-code" not in text)
    assert said in words
    assert ("this computer only" in words) == bool(said)
    large = re.findall(r'class="room-address">([^<]*)<', words)
    assert large == ([said] if said.startswith("http") else [])


@pytest.mark.parametrize(
    "asked", [None, 7, "", "http://", "http://[::1", "http://localhost:99999/"]
)
def test_what_is_no_address_is_refused(monkeypatch: pytest.MonkeyPatch, asked: object) -> None:
    Options(monkeypatch)
    shown: list[str] = []
    for name in ("html", "warning", "caption"):
        monkeypatch.setattr(st, name, shown.append)
    monkeypatch.setattr(st, "error", lambda text, **_: shown.append(text))
    share._show_code(asked)
    assert shown
