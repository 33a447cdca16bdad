"""MNIST: find it, fetch it, make sure that it is MNIST, and read it.

The four files of LeCun, Cortes and Burges, gzipped or plain, are looked for in the folder that
is asked for, in the folder that the environment variable LENET_DATA names, and in this user's
own cache, into which they are downloaded when they are nowhere else.
"""

from __future__ import annotations

import hashlib
import math
import os
import sys
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import numpy as np

from lenet.catalogue import gettext as _
from lenet.catalogue import number
from lenet.files import bounded
from lenet.files.progress import Progress
from lenet.spec import BACKGROUND, CLASSES, INK, INPUT_SIZE

if TYPE_CHECKING:
    from torch import Tensor

MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)
"""Where the gzipped files can be had, in the order in which they are tried."""

ATTEMPTS = 4
"""How often one mirror is asked for the rest of a file before the next one is tried."""

HELD_BACK_PER_CLASS = 500
"""Training digits of each class that never train: recipes, epochs and seeds are chosen on them.

The first 500 of each class, 5,000 in all.
"""

LARGEST_FILE = 48_000_000
"""Bytes that one of the files can have, packed or not; the training images have 47,040,016."""

Part = Literal["train", "test"]


class DataError(Exception):
    """MNIST is missing, damaged or cannot be fetched; the message says what to do."""


@dataclass(frozen=True)
class File:
    """One of the four files: its name once unpacked, its SHA-256 then, and what it holds."""

    name: str
    sha256: str
    shape: tuple[int, ...]

    @property
    def packed(self) -> str:
        return self.name + ".gz"


@dataclass(frozen=True)
class Pair:
    """The two files that belong together."""

    images: File
    labels: File


FILES: dict[Part, Pair] = {
    "train": Pair(
        File(
            "train-images-idx3-ubyte",
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            (60_000, 28, 28),
        ),
        File(
            "train-labels-idx1-ubyte",
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            (60_000,),
        ),
    ),
    "test": Pair(
        File(
            "t10k-images-idx3-ubyte",
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            (10_000, 28, 28),
        ),
        File(
            "t10k-labels-idx1-ubyte",
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
            (10_000,),
        ),
    ),
}


@dataclass(frozen=True)
class Digits:
    """``images`` (n, 28, 28) uint8, paper 0 and ink 255; ``labels`` (n,) uint8, 0 to 9.

    ``indices`` (n,) int64 are their places in the file they come from.
    """

    images: np.ndarray
    labels: np.ndarray
    indices: np.ndarray

    def __len__(self) -> int:
        return len(self.labels)

    def only(self, mask: np.ndarray) -> Digits:
        """Those that a mask (n,) bool, or an array of positions, picks."""
        return Digits(self.images[mask], self.labels[mask], self.indices[mask])


def load(part: Part, folder: Path | None = None, files: dict[Part, Pair] = FILES) -> Digits:
    """The 60,000 training or the 10,000 test digits, verified.

    Raises DataError, with a sentence, for files that are missing, damaged or not MNIST.
    """
    place, pair = locate(folder, files), files[part]
    images, labels = read(place, pair.images), read(place, pair.labels)
    return Digits(images, labels, np.arange(len(labels)))


def held_back(digits: Digits, per_class: int = HELD_BACK_PER_CLASS) -> np.ndarray:
    """(n,) bool: the first ``per_class`` of each class, which stay out of every training run."""
    mask = np.zeros(len(digits), dtype=bool)
    for label in range(len(CLASSES)):
        mask[np.flatnonzero(digits.labels == label)[:per_class]] = True
    return mask


def as_input(images: Tensor) -> Tensor:
    """(N, 28, 28) uint8 -> what the network takes, (N, 1, 32, 32) float32, -0.1 to 1.175."""
    import torch
    from torch.nn import functional as F

    margin = (INPUT_SIZE - images.shape[-1]) // 2
    values = BACKGROUND + (INK - BACKGROUND) / 255 * images[:, None].to(torch.float32)
    return F.pad(values, (margin,) * 4, value=BACKGROUND)


def cache() -> Path:
    """This user's own folder for downloads; it need not exist yet."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "inside-lenet5" / "mnist"


def locate(folder: Path | None = None, files: dict[Part, Pair] = FILES) -> Path:
    """The folder that holds all four files; they are downloaded if nobody names one.

    A folder that was named, by ``folder`` or by LENET_DATA, has to be complete: DataError.
    """
    refusal = _(
        "The folder you named, {folder}, has no {files} (nor the same unpacked); put the files "
        "there, or name no folder and they are downloaded."
    )
    if folder is None and os.environ.get("LENET_DATA"):
        folder = Path(os.environ["LENET_DATA"])
        refusal = _(
            "The folder LENET_DATA names, {folder}, has no {files} (nor the same unpacked); put "
            "the files there, or name no folder and they are downloaded."
        )
    wanted = [file for pair in files.values() for file in (pair.images, pair.labels)]
    if folder is None:
        return fetch(cache(), wanted)
    missing = [file.packed for file in wanted if find(folder, file) is None]
    if missing:
        raise DataError(refusal.format(folder=folder, files=", ".join(missing)))
    return folder


def find(folder: Path, file: File) -> Path | None:
    """The file in ``folder``, unpacked or gzipped, if it is there."""
    for name in (file.name, file.packed):
        with suppress(OSError):  # a name that no folder can have
            if (folder / name).is_file():
                return folder / name
    return None


# Reading ---------------------------------------------------------------------------------


def read(folder: Path, file: File) -> np.ndarray:
    """The numbers in one file, (n, 28, 28) or (n,) uint8. Raises DataError if it is not MNIST."""
    path = find(folder, file)
    if path is None:
        raise DataError(
            _("{folder} has no {file}; run `python -m lenet data` to fetch it.").format(
                folder=folder, file=file.packed
            )
        )
    content = unpack(path)
    array = read_idx(content, path, len(file.shape))
    if array.shape != file.shape:
        raise DataError(
            _(
                "{path} holds {found} numbers where {file} has {expected}; it is another file "
                "under that name: replace it."
            ).format(
                path=path,
                found=_sizes(array.shape),
                file=file.name,
                expected=_sizes(file.shape),
            )
        )
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise DataError(
            _(
                "{path} is not the {file} of MNIST (its SHA-256 differs): delete it and fetch it "
                "again."
            ).format(path=path, file=file.name)
        )
    return array


def unpack(path: Path) -> bytes:
    """The bytes of a file, gunzipped if it is gzipped, whatever it is called."""
    try:
        content = bounded.read(path, LARGEST_FILE)
        packed = content.startswith(b"\x1f\x8b")
        return bounded.gunzip(content, LARGEST_FILE) if packed else content
    except bounded.TooLargeError as error:
        raise DataError(
            _(
                "{path} is none of MNIST's files ({reason}): replace it, or delete it and fetch "
                "it again."
            ).format(path=path, reason=error)
        ) from error
    except (EOFError, zlib.error) as error:
        raise DataError(
            _("{path} is cut short or damaged ({reason}): delete it and fetch it again.").format(
                path=path, reason=error
            )
        ) from error
    except OSError as error:
        raise DataError(
            _("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror)
        ) from error


def read_idx(content: bytes, path: Path, dimensions: int) -> np.ndarray:
    """Parse IDX: 0, 0, the type, the number of dimensions, their sizes big-endian, the data.

    Only unsigned bytes, type 8, in the ``dimensions`` expected. ``path`` is for the message.
    """
    magic = bytes((0, 0, 8, dimensions))
    if content[:4] != magic:
        raise DataError(
            _another_kind(content[:4], dimensions).format(
                path=path, found=content[:4].hex(" "), expected=magic.hex(" ")
            )
        )
    header = 4 + 4 * dimensions
    if len(content) < header:
        raise DataError(
            _("{path} ends within its header: delete it and fetch it again.").format(path=path)
        )
    shape = tuple(int(size) for size in np.frombuffer(content[4:header], ">u4"))
    expected = header + math.prod(shape)
    if len(content) != expected:
        raise DataError(
            _(
                "{path} is damaged: {found} bytes unpacked, and its header promises {expected}. "
                "Delete it and fetch it again."
            ).format(path=path, found=number(len(content)), expected=number(expected))
        )
    return np.frombuffer(content, np.uint8, offset=header).reshape(shape)


def _another_kind(magic: bytes, dimensions: int) -> str:
    """The message for a file of another kind: it begins with ``magic``."""
    images, labels = (bytes((0, 0, 8, count)) for count in (3, 1))
    if dimensions == 3 and magic == labels:
        return _("{path} is not an IDX file of images: it holds labels.")
    if dimensions == 1 and magic == images:
        return _("{path} is not an IDX file of labels: it holds images.")
    if dimensions == 3:
        return _("{path} is not an IDX file of images: it begins with {found}, not {expected}.")
    return _("{path} is not an IDX file of labels: it begins with {found}, not {expected}.")


def _sizes(shape: tuple[int, ...]) -> str:
    return " x ".join(map(number, shape))


# Fetching --------------------------------------------------------------------------------


def fetch(folder: Path, wanted: list[File], mirrors: tuple[str, ...] = MIRRORS) -> Path:
    """Download into ``folder`` what is not there yet, and return the folder.

    What a cut connection leaves behind stays as ``NAME.gz.part`` and is continued, now or the
    next time. A file gets its name only after its SHA-256 was right. Raises DataError.
    """
    for file in wanted:
        if find(folder, file) is None:
            _fetch_one(folder, file, mirrors)
    return folder


def _fetch_one(folder: Path, file: File, mirrors: tuple[str, ...]) -> None:
    failures = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / (file.packed + ".part")
        for mirror in mirrors:
            failure = _from_mirror(mirror, file, part)
            if failure is None:
                part.replace(folder / file.packed)
                return
            failures.append(f"{mirror}: {failure}")
    except OSError as error:
        failures.append(
            _("{folder} cannot be written: {reason}").format(folder=folder, reason=error.strerror)
        )
    raise DataError(
        _(
            "{file} could not be downloaded ({reasons}). Try again later, what has arrived stays "
            "there; or get the four files elsewhere, put them into {folder} or any other folder, "
            "and name that folder with --data or LENET_DATA."
        ).format(file=file.packed, reasons="; ".join(failures), folder=folder)
    )


def _from_mirror(mirror: str, file: File, part: Path) -> str | None:
    """Fill ``part`` from one mirror and verify it; returns what went wrong, if anything did."""
    failure = _("the connection was cut again and again")
    for attempt in range(ATTEMPTS):
        resumed = part.exists() and part.stat().st_size > 0
        try:
            complete = _receive(mirror + file.packed, part)
        except HTTPError as error:
            if error.code != 416:  # the server has nothing after what we have
                return _("the server says {code} {reason}").format(
                    code=error.code, reason=error.reason
                )
            complete = True
        except (OSError, HTTPException) as error:
            failure = str(getattr(error, "reason", error)) or type(error).__name__
            time.sleep(min(attempt, 2))
            continue
        if not complete:
            continue
        if _is_right(part, file):
            return None
        part.unlink()  # a piece from elsewhere may be in it: once more, from the beginning
        failure = _("what it sent is not the file (SHA-256 differs)")
        if not resumed:
            return failure
    return failure


def _receive(address: str, part: Path) -> bool:
    """Append the rest of ``address`` to ``part``; False if the connection ended too early."""
    have = part.stat().st_size if part.exists() else 0
    request = Request(address, headers={"Range": f"bytes={have}-"} if have else {})
    with urlopen(request, timeout=30) as response:
        if have and not _continues(response, have):
            have = 0  # the server sends everything: start afresh
        announced = response.headers.get("Content-Length")
        total = have + int(announced) if announced and announced.isdecimal() else None
        progress = Progress(address.rsplit("/", 1)[1], total or 0)
        with part.open("ab" if have else "wb") as out:
            have = _copy(response, out.write, have, progress)
    progress.finish(_megabytes(have))
    return total is None or have == total


def _continues(response: HTTPResponse, have: int) -> bool:
    content_range = response.headers.get("Content-Range", "")
    return response.status == 206 and content_range.startswith(f"bytes {have}-")


def _copy(
    response: HTTPResponse, write: Callable[[bytes], int], have: int, progress: Progress
) -> int:
    while chunk := response.read(1 << 16):
        have += len(chunk)
        if have > LARGEST_FILE:
            raise OSError("it sends more than there is")
        write(chunk)
        progress.show(have, _megabytes(have))
    return have


def _megabytes(count: int) -> str:
    return _("{count} MB").format(count=number(count / 1e6, 1))


def _is_right(part: Path, file: File) -> bool:
    try:
        return hashlib.sha256(unpack(part)).hexdigest() == file.sha256
    except DataError:
        return False
