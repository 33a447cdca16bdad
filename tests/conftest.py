"""What all tests share: repeatable randomness, a network whose every weight matters, a browser."""

from __future__ import annotations

import errno
import faulthandler
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch
from hypothesis import settings
from playwright.sync_api import Browser

from lenet.model import LeNet5
from tests.support import running_app, sampling, taking_turns

SIDE_BY_SIDE = "PYTEST_XDIST_WORKER" in os.environ
"""Whether this is one of several processes that test at the same time."""

# No deadlines: the machines that run the tests share their cores with other work.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("fuzz", deadline=None, max_examples=10_000, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "local")

torch.set_num_threads(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--all", action="store_true", help="every case of the tests that otherwise take a sample"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Before the test files are read: their parametrizations ask how many cases are wanted."""
    sampling.EVERYTHING = config.getoption("--all")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, so that ``-m "not browser"`` leaves it out.

    Such a test is tried up to twice more where it fails, and the summary counts the reruns: a
    browser on a machine that others use, too, is not asked to be on time every time.
    """
    for item in items:
        if Path(__file__).with_name("browser") in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=2))


def pytest_unconfigure() -> None:
    """All is said: a thread that never ends must not keep the process, and its caller, waiting.

    One of several processes that test side by side waits for the others, and is ended with them.
    """
    if not SIDE_BY_SIDE:
        faulthandler.dump_traceback_later(60, exit=True)


@pytest.fixture(autouse=True)
def _seed() -> None:
    torch.manual_seed(1998)


@pytest.fixture(autouse=True)
def _turn(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where tests run side by side, those that measure time have the machine to themselves."""
    if not SIDE_BY_SIDE:
        yield
        return
    # Each process has a folder of its own in the one of the whole run.
    folder = request.getfixturevalue("tmp_path_factory").getbasetemp().parent
    with taking_turns.turn(folder, alone=request.node.get_closest_marker("alone") is not None):
        yield


@pytest.fixture
def network() -> LeNet5:
    """A network with random weights, biases and coefficients: no term of it is zero."""
    torch.manual_seed(5)
    network = LeNet5().eval()
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if name.endswith(("bias", "coefficient")):
                parameter.add_(torch.empty_like(parameter).uniform_(-0.2, 0.2))
    return network


@pytest.fixture
def image() -> torch.Tensor:
    """(1, 1, 32, 32) float32 noise over the whole range of the input."""
    return torch.empty(1, 1, 32, 32).uniform_(-0.1, 1.175)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests that need one."""
    if running_app.chromium_path() is None:
        pytest.fail("No Chromium was found; `make test` installs one, or set CHROMIUM to its path.")
    with running_app.chromium() as browser:
        yield browser


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Have the disk take so many bytes of a file and no more, as a full one does."""
    write = Path.write_bytes

    def fill(most: int) -> None:
        def write_what_fits(path: Path, content: bytes) -> int:
            if len(content) <= most:
                return write(path, content)
            write(path, content[:most])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(Path, "write_bytes", write_what_fits)

    return fill
