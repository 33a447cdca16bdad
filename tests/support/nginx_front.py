"""Debian's nginx with the shipped configuration, in front of copies of the app on this machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support import waiting
from tests.support.running_app import ROOT, free_port

CONFIGURATION = ROOT / "deploy" / "nginx"


@dataclass(frozen=True)
class Front:
    """A running nginx: its address, and the files its output goes to."""

    address: str
    access_log: Path
    error_log: Path

    def visits(self) -> list[str]:
        """The lines of the access log so far."""
        return self.access_log.read_text(encoding="utf-8").splitlines()


def nginx_path() -> str | None:
    """The nginx of this machine: $NGINX, or the one on the path or where Debian puts it."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    return os.environ.get("NGINX") or found


def place(copies: Sequence[str], listen: str, inner: str) -> str:
    """``place.conf`` for copies at these addresses (``host:port``), numbered from 1."""
    careful = "max_fails=1 fail_timeout=5s"
    groups = [("app", [f"{copy} {careful}" for copy in copies])]
    for number, copy in enumerate(copies):
        others = [*copies[number + 1 :], *copies[:number]]
        members = [f"{copy} {careful}", *(f"{other} backup" for other in others)]
        groups.append((f"app_{number + 1}", members))
    lines = ["access_log /dev/stdout visits;"]
    for name, members in groups:
        lines += [f"upstream {name} {{", f"zone {name} 64k;"]
        lines += [f"server {member};" for member in members] + ["}"]
    numbers = range(1, len(copies) + 1)
    lines += ["map $cookie_lenet_replica $replica {", *(f"{n} app_{n};" for n in numbers)]
    lines += ["default app;", "}", "map $upstream_addr $answered_by {", "volatile;"]
    lines += [f'"~{re.escape(copy)}$" {n};' for n, copy in zip(numbers, copies, strict=True)]
    lines += ['default "";', "}", "upstream compressor {", f"server {inner};", "}"]
    lines += ["server {", f"listen {inner};", "include compress.conf;", "}"]
    lines += ["server {", f"listen {listen};", "include app.conf;", "}"]
    return "\n".join(lines) + "\n"


@contextmanager
def configured(copies: Sequence[str], listen: str, inner: str) -> Iterator[tuple[list[str], Path]]:
    """The command that runs the shipped configuration for these copies, and its directory.

    Only ``place.conf`` is written anew. The directory is open to the unprivileged user that
    nginx's workers become when a test runs as root.
    """
    program = nginx_path()
    if program is None:
        raise RuntimeError("No nginx was found: `make nginx` installs one, or set NGINX.")
    with tempfile.TemporaryDirectory(prefix="lenet-nginx-") as name:
        directory = Path(name)
        directory.chmod(0o755)
        shutil.copytree(CONFIGURATION, directory / "conf")
        (directory / "conf/place.conf").write_text(place(copies, listen, inner), encoding="utf-8")
        files = ["-p", str(directory), "-c", str(directory / "conf/nginx.conf"), "-e", "stderr"]
        yield [program, *files], directory


@contextmanager
def nginx(addresses: Sequence[str]) -> Iterator[Front]:
    """nginx in front of the apps at these addresses (``http://host:port``)."""
    copies = [address.removeprefix("http://") for address in addresses]
    listen, inner = (f"127.0.0.1:{free_port()}" for _ in range(2))
    with configured(copies, listen, inner) as (command, directory):
        front = Front(f"http://{listen}", directory / "access.log", directory / "error.log")
        with front.access_log.open("ab") as access, front.error_log.open("ab") as errors:
            process = subprocess.Popen(command, stdout=access, stderr=errors)
        try:
            _wait_until_answering(front, process)
            yield front
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_until_answering(front: Front, process: subprocess.Popen[bytes]) -> None:
    def answers() -> bool:
        if process.poll() is not None:
            raise RuntimeError(f"nginx did not start: {front.error_log.read_text('utf-8')}")
        try:
            with urllib.request.urlopen(f"{front.address}/_stcore/health", timeout=15):
                return True
        except urllib.error.HTTPError:
            return True  # it stands there, though no app does
        except OSError:
            return False

    waiting.until(answers, "nginx answers", seconds=20)


def main() -> int:
    """Name the nginx that the tests will use; end with status 1 if there is none."""
    path = nginx_path()
    if path is None or not Path(path).is_file():
        return 1
    print(f"nginx: {path}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
