"""What deploy/ says to Docker, Compose, Kubernetes and nginx: valid, and everywhere the same.

No container engine takes part. The image's files and command are tried in a directory of their
own; the rest is read, by the tools' own schemas and linters.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from tests.support import nginx_front, running_app
from tests.support.visits import opened, run

DEPLOY = running_app.ROOT / "deploy"
KUBERNETES = DEPLOY / "kubernetes"
CLUSTERS = ("1.30", "1.37")
"""Of these versions, oldest and newest, every manifest must be valid."""


def read(path: str) -> str:
    return (running_app.ROOT / path).read_text(encoding="utf-8")


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def instructions(name: str) -> list[str]:
    """The Dockerfile's instructions of one kind, continuation lines joined."""
    text = re.sub(r"\\\n\s*", "", read("deploy/Dockerfile"))
    return re.findall(rf"^\s*{name} (.*)$", text, re.MULTILINE)


COMPOSE = loaded(DEPLOY / "compose.yaml")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
COPIES = {name: service for name, service in SERVICES.items() if name.startswith("app-")}
MANIFESTS = {path.name: loaded(path) for path in sorted(KUBERNETES.glob("*.yaml"))}
KUSTOMIZATION = MANIFESTS.pop("kustomization.yaml")
POD: dict[str, Any] = MANIFESTS["deployment.yaml"]["spec"]["template"]["spec"]
CONTAINER: dict[str, Any] = POD["containers"][0]
VERSION = tomllib.loads(read("pyproject.toml"))["project"]["version"]
COMMAND: list[str] = json.loads(instructions("CMD")[-1])
HEALTH: list[str] = json.loads(instructions("HEALTHCHECK")[0].split("CMD ")[1])
(PORT,) = map(int, instructions("EXPOSE"))


def tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def checked(*command: str) -> None:
    """Run a validator; what it complains about is the failure's text."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


# Valid -------------------------------------------------------------------------------------


@pytest.mark.parametrize("cluster", CLUSTERS)
@pytest.mark.parametrize("name", MANIFESTS)
def test_kubernetes_knows_every_field(name: str, cluster: str) -> None:
    kubernetes_validate.validate(MANIFESTS[name], cluster, strict=True)


def test_the_validator_would_notice() -> None:
    wrong = {**MANIFESTS["service.yaml"], "specification": {}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, CLUSTERS[-1], strict=True)


def test_kustomize_finds_every_manifest_and_no_other() -> None:
    assert sorted(KUSTOMIZATION["resources"]) == sorted(MANIFESTS)


def test_compose_accepts_its_file() -> None:
    schema = ["--builtin-schema", "vendor.compose-spec"]
    checked(tool("check-jsonschema"), *schema, str(DEPLOY / "compose.yaml"))


def test_the_dockerfile_passes_its_linter() -> None:
    checked(tool("hadolint"), "--no-color", "--strict-labels", str(DEPLOY / "Dockerfile"))


def test_nginx_accepts_its_configuration() -> None:
    copies = ["127.0.0.1:8501", "127.0.0.1:8502", "127.0.0.1:8503"]
    listen, inner = (f"127.0.0.1:{running_app.free_port()}" for _ in range(2))
    with nginx_front.configured(copies, listen, inner) as (command, _):
        done = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr


def test_nginx_has_no_known_weakness() -> None:
    # The Host header must arrive as it was sent: Streamlit compares it with the page's origin.
    # And no name is looked up: $replica is the name of an upstream group.
    skipped = "host_spoofing,missing_resolver"
    checked(tool("gixy"), "--skips", skipped, str(nginx_front.CONFIGURATION / "nginx.conf"))


# Everywhere the same -----------------------------------------------------------------------


def test_nginx_in_compose_has_the_structure_that_runs_in_the_tests() -> None:
    addresses = [
        f"{service['networks']['copies']['ipv4_address']}:{PORT}" for service in COPIES.values()
    ]
    text = (nginx_front.CONFIGURATION / "place.conf").read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines()]
    shipped = [line for line in lines if line and not line.startswith("#")]
    inner = "127.0.0.1:8081"
    assert shipped == nginx_front.place(addresses, "8080", inner).splitlines()
    assert SERVICES["nginx"]["ports"] == ["${PORT:-8080}:8080"]
    assert SERVICES["nginx"]["healthcheck"]["test"][-1].startswith("http://127.0.0.1:8080/")


def test_every_image_is_pinned() -> None:
    (base,) = {argument for argument in instructions("ARG") if argument.startswith("PYTHON=")}
    assert re.fullmatch(r"PYTHON=3\.11\.\d+-slim-\w+", base)
    assert {image.split()[0] for image in instructions("FROM")} == {"python:${PYTHON}"}
    assert re.fullmatch(r"nginx:\d+\.\d+\.\d+-alpine", SERVICES["nginx"]["image"])
    ours = f"inside-lenet5:{VERSION}"
    assert {service["image"] for service in COPIES.values()} == {CONTAINER["image"]} == {ours}
    assert [image["newTag"] for image in KUSTOMIZATION["images"]] == [VERSION]


def test_the_port_and_the_health_check_are_the_same_everywhere() -> None:
    assert f"--server.port={PORT}" in COMMAND
    (url,) = re.findall(r"http://[^']+", HEALTH[-1])
    assert url == f"http://127.0.0.1:{PORT}/_stcore/health"
    for service in COPIES.values():
        assert service["healthcheck"]["test"] == ["CMD", *HEALTH]
    (port,) = CONTAINER["ports"]
    assert port["containerPort"] == PORT
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert CONTAINER[probe]["httpGet"] == {"path": "/_stcore/health", "port": port["name"]}
    (served,) = MANIFESTS["service.yaml"]["spec"]["ports"]
    assert served["targetPort"] == port["name"]
    (allowed,) = MANIFESTS["network.yaml"]["spec"]["ingress"][0]["ports"]
    assert allowed["port"] == port["name"]
    (rule,) = MANIFESTS["ingress.yaml"]["spec"]["rules"]
    assert rule["http"]["paths"][0]["backend"]["service"]["port"]["name"] == served["name"]


def test_a_copy_may_use_the_same_in_compose_and_kubernetes() -> None:
    limits, requests = CONTAINER["resources"]["limits"], CONTAINER["resources"]["requests"]
    # The whole memory is reserved: a copy that is put out for using what it may is a class lost.
    assert limits["memory"] == requests["memory"]
    for service in COPIES.values():
        assert amount(service["mem_limit"]) == amount(service["memswap_limit"])
        assert amount(service["mem_limit"]) == amount(limits["memory"])
        assert float(service["cpus"]) == float(limits["cpu"])
        # /tmp counts as memory.
        (mount,) = service["tmpfs"]
        size = mount.split("size=")[1].split(",")[0]
        volume = POD["volumes"][0]["emptyDir"]
        assert amount(size) == amount(volume["sizeLimit"]) <= amount(limits["memory"]) / 2


def amount(text: str) -> int:
    """Bytes of "1g", "256m" or "1Gi": Docker's units are the binary ones too."""
    number, unit = re.fullmatch(r"(\d+)([mg])i?", text.lower()).groups()  # type: ignore[union-attr]
    return int(number) << {"m": 20, "g": 30}[unit]


def test_everything_in_compose_is_bounded_and_locked_down() -> None:
    assert len(COPIES) >= 2
    for name, service in SERVICES.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert {"mem_limit", "cpus", "pids_limit", "healthcheck", "restart"} <= set(service), name
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
    assert not SERVICES["nginx"]["user"].startswith("0")
    assert COMPOSE["networks"]["copies"]["internal"] is True


def test_nobody_is_root_and_nothing_can_be_written() -> None:
    (user,) = instructions("USER")
    assert user == f"{POD['securityContext']['runAsUser']}:{POD['securityContext']['runAsGroup']}"
    assert POD["securityContext"]["runAsNonRoot"] is True
    assert POD["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert POD["automountServiceAccountToken"] is False
    assert CONTAINER["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert [mount["mountPath"] for mount in CONTAINER["volumeMounts"]] == ["/tmp"]


def test_a_copy_that_ends_has_time_to_say_goodbye() -> None:
    (_, pause) = CONTAINER["lifecycle"]["preStop"]["exec"]["command"]
    assert int(pause) + 20 <= POD["terminationGracePeriodSeconds"]


def test_visitors_stay_with_their_copy_wherever_they_come_in() -> None:
    ingress = MANIFESTS["ingress.yaml"]["metadata"]["annotations"]
    nginx = {key.rpartition("/")[2]: value for key, value in ingress.items()}
    assert nginx["affinity"] == "cookie"
    assert nginx["session-cookie-change-on-failure"] == "true"
    assert nginx["enable-access-log"] == "false"
    assert int(nginx["proxy-read-timeout"]) >= 300
    traefik = MANIFESTS["service.yaml"]["metadata"]["annotations"]
    assert traefik["traefik.ingress.kubernetes.io/service.sticky.cookie"] == "true"
    scaler, budget = MANIFESTS["autoscaler.yaml"]["spec"], MANIFESTS["disruption.yaml"]["spec"]
    assert scaler["minReplicas"] > budget["maxUnavailable"]
    assert "replicas" not in MANIFESTS["deployment.yaml"]["spec"], "the autoscaler's business"


def test_uploads_have_one_limit() -> None:
    server = tomllib.loads(read(".streamlit/config.toml"))["server"]
    size = f"{server['maxUploadSize']}m"
    (nginx,) = re.findall(r"client_max_body_size (\w+);", read("deploy/nginx/app.conf"))
    ingress = MANIFESTS["ingress.yaml"]["metadata"]["annotations"]
    assert size == nginx == ingress["nginx.ingress.kubernetes.io/proxy-body-size"]


# The image ---------------------------------------------------------------------------------


def copied() -> list[str]:
    """The paths of the project that the image's last stage takes in."""
    stages = read("deploy/Dockerfile").split("\nFROM ")
    lines = re.findall(r"^COPY (?!--)(.+) \S+$", stages[-1], re.MULTILINE)
    return [path for line in lines for path in line.split()]


def test_the_build_is_sent_what_it_copies_and_nothing_else() -> None:
    lines = [line for line in read(".dockerignore").splitlines() if not line.startswith("#")]
    assert lines[0] == "*"
    assert {line[1:] for line in lines if line.startswith("!")} == {*copied(), "requirements.txt"}


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """A directory with what the image has in /app."""
    left_out = [line for line in read(".dockerignore").splitlines() if line.startswith("assets/")]
    names = shutil.ignore_patterns("__pycache__", *(Path(line).name for line in left_out))
    for path in copied():
        source = running_app.ROOT / path
        if source.is_dir():
            shutil.copytree(source, tmp_path / path, ignore=names)
        else:
            shutil.copy(source, tmp_path / path)
    return tmp_path


def test_every_page_opens_from_what_is_in_the_image_and_nothing_is_written(
    image: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    def files() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in image.rglob("*")}

    before, home, port = files(), tmp_path_factory.mktemp("home"), running_app.free_port()
    settings = dict(re.findall(r"(\w+)=(\S+)", instructions("ENV")[0]))
    environment = {**settings, "PATH": os.environ["PATH"], "HOME": str(home)}

    def here(words: list[str]) -> list[str]:
        moved = [
            word.replace(str(PORT), str(port)).replace("0.0.0.0", "127.0.0.1") for word in words
        ]
        return [sys.executable, *moved[1:]]

    assert (
        sum(path.stat().st_size for path in image.rglob("*") if path.is_file()) < 24_000_000
    )  # 6 of it networks, 12 recorded training
    process = subprocess.Popen(
        here(COMMAND), cwd=image, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        deadline = time.monotonic() + 60
        while subprocess.run(here(HEALTH), capture_output=True, check=False).returncode:
            assert process.poll() is None, process.stderr and process.stderr.read().decode()
            assert time.monotonic() < deadline, "not healthy within a minute"

        async def every_page() -> list[str]:
            visitor = await opened(f"http://127.0.0.1:{port}")
            for page in visitor.pages:
                assert not (await visitor.go(page)).exceptions
            await visitor.leave()
            return list(visitor.pages)

        assert len(run(every_page())) >= 5
        assert files() == before
        assert list(home.rglob("*")) == []
    finally:
        process.terminate()
        # As Docker would: ten seconds, then no more patience.
        assert process.wait(timeout=10) is not None
        if process.stderr:
            process.stderr.close()
