"""Where tours come from: the built-in one, files beside the app, and texts in a link."""

from __future__ import annotations

import os
import re
from functools import cache, lru_cache
from pathlib import Path

from lenet import catalogue
from lenet.catalogue import gettext as _
from lenet.files import bounded
from lenet.tour import link, reading
from lenet.tour.reading import Fault, TourError
from lenet.tour.steps import Tour

_ROOT = Path(__file__).resolve().parents[2]

BUILT_IN = ""
"""The name of the built-in tour: an address without one means it."""

SHIPPED = _ROOT / "assets" / "tour" / "tour.yaml"
"""The built-in tour, in the format that a teacher writes."""

FOLDER = "LENET_TOURS"
"""The environment variable that names the folder of own tours, if it is not ``tours``."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@cache
def shipped() -> Tour:
    """The built-in tour; its texts are keys of the catalogue."""
    return reading.read(SHIPPED.read_bytes())


def named(name: str) -> Tour:
    """The tour that an address names. Raises TourError, also where there is none."""
    if name == BUILT_IN:
        return shipped()
    if name.startswith(link.PREFIX):
        return _read_or_refuse(link.read(name))
    return hosted(name)


def folder() -> Path:
    """Where own tours lie: ``NAME.yaml`` for the address ``?tour=NAME``."""
    return Path(os.environ.get(FOLDER) or _ROOT / "tours")


def hosted(name: str) -> Tour:
    """The own tour of that name. Raises TourError, also where there is none."""
    missing = TourError([Fault(1, "", _("There is no tour of this name on this server."))])
    if not _NAME.fullmatch(name):
        raise missing
    try:
        content = bounded.read(folder() / f"{name}.yaml", reading.MOST_BYTES + 1)
    except bounded.TooLargeError:
        content = b" " * (reading.MOST_BYTES + 1)
    except OSError:
        raise missing from None
    return _read_or_refuse(content)


def _read_or_refuse(content: bytes) -> Tour:
    read = _read(content, catalogue.language())
    if isinstance(read, TourError):
        raise read
    return read


@lru_cache(maxsize=32)
def _read(content: bytes, _language: str) -> Tour | TourError:
    """Kept, because every page of a tour asks for it; faults are sentences of a language."""
    try:
        return reading.read(content)
    except TourError as error:
        return error
