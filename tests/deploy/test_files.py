"""The shipped files fit each other and the program: what no container engine looked at is at least read by a test."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deploy.proxy import ROOT, SHIPPED
from tools.programs import SYSTEMD_ANALYZE
from workshop.room import ROUTES

DEPLOY = ROOT / "deploy"


def pool_of(path: str) -> str:
    """Which pool of processes the shipped nginx sends an address to, by nginx's own order of locations."""
    text = (SHIPPED / "nginx.conf").read_text()
    found = re.findall(r"location ((?:=|\^~|~) )?(\S+) \{([^}]*)\}", text)
    assert len(found) > 8
    exact = [body for sign, where, body in found if sign == "= " and where == path]
    prefixes = [(where, sign, body) for sign, where, body in found if sign in ("", "^~ ") and path.startswith(where)]
    longest = max(prefixes, key=lambda known: len(known[0]))
    patterns = [body for sign, where, body in found if sign == "~ " and re.search(where, path)]
    body = (exact or ([longest[2]] if longest[1] == "^~ " else []) or patterns or [longest[2]])[0]
    pool = re.search(r"proxy_pass http://koppelvlak_(\w+);", body)
    return pool[1] if pool else "refused"


def test_every_address_of_the_room_goes_to_any_process() -> None:
    paths = [re.sub(r"\{[^}]+\}", "0a", route.path) for route in ROUTES]
    assert {path: pool_of(path) for path in paths} == dict.fromkeys(paths, "any")


@pytest.mark.parametrize(
    "path",
    [
        "/inloggen",
        "/bediening",
        "/scherm",
        "/zaalplan",
        "/_stcore/stream",
        "/_stcore/host-config",
        "/_stcore/upload_file/a/b",
        "/media/a.csv",
        "/component/x/y.js",
        "/static/js/index.js",
    ],
)
def test_every_address_of_streamlit_stays_with_its_process(path: str) -> None:
    assert pool_of(path) == "same"


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/interact"])
def test_doors_nobody_needs_are_closed_in_the_proxy_too(path: str) -> None:
    assert pool_of(path) == "refused"


def test_the_caddyfile_knows_the_same_room() -> None:
    text = (DEPLOY / "caddy" / "Caddyfile").read_text()
    known = re.search(r"@room path (.+)", text)
    assert known is not None
    patterns = [re.escape(word).replace(r"\*", ".*") for word in known[1].split()]
    paths = [re.sub(r"\{[^}]+\}", "0a", route.path) for route in ROUTES]
    assert [path for path in paths if not any(re.fullmatch(pattern, path) for pattern in patterns)] == []


@pytest.fixture
def services() -> dict[str, Any]:
    made: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    return made


def test_nothing_in_the_compose_file_can_write_outside_its_own_places(services: dict[str, Any]) -> None:
    assert sorted(services) == ["app-1", "app-2", "backup", "database", "proxy"]
    assert {name: service["read_only"] for name, service in services.items()} == dict.fromkeys(services, True)
    assert all("no-new-privileges:true" in service["security_opt"] for service in services.values())
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert "outside" not in services["app-1"]["networks"] + services["database"]["networks"]


def test_images_are_pinned_to_a_version(services: dict[str, Any]) -> None:
    images = {service["image"] for service in services.values()} - {"koppelvlak:local"}
    images.add(re.search(r"^ARG PYTHON=(.+)$", (DEPLOY / "Containerfile").read_text(), re.M)[1])  # type: ignore[index]
    assert [
        image for image in images if not re.fullmatch(r"docker\.io/library/\w+:\d+\.\d+(\.\d+)?-[\w-]+", image)
    ] == []


def test_the_proxy_of_the_compose_file_knows_exactly_its_processes(services: dict[str, Any]) -> None:
    listed = re.findall(r"^server (\S+):8501 ", (SHIPPED / "koppelvlak-processes.compose.conf").read_text(), re.M)
    assert listed == [name for name in services if name.startswith("app-")]
    for volume in services["proxy"]["volumes"]:
        source = volume.split(":")[0]
        if source.startswith("./"):
            assert (DEPLOY / source).is_file()


def test_every_setting_the_compose_file_asks_for_is_in_the_example() -> None:
    asked = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text()))
    offered = set(re.findall(r"^#?(\w+)=", (DEPLOY / ".env.example").read_text(), re.M))
    assert asked - offered == set()


def test_the_example_holds_no_secret_and_the_filled_in_one_is_not_committed() -> None:
    example = (DEPLOY / ".env.example").read_text()
    for name in ("POSTGRES_PASSWORD", "STREAMLIT_SERVER_COOKIE_SECRET"):
        assert re.search(rf"^{name}=$", example, re.M)
    for path in ("deploy/.env", "deploy/tls/koppelvlak.key", "deploy/backups/koppelvlak-1.dump"):
        assert subprocess.run(["git", "check-ignore", "-q", path], cwd=ROOT).returncode == 0


def test_the_image_holds_the_program_and_does_not_run_as_root() -> None:
    text = (DEPLOY / "Containerfile").read_text()
    final = text.split("FROM ${PYTHON}\n")[1]
    copied = [word for line in re.findall(r"^COPY (?!--from)(.+)$", final, re.M) for word in line.split()[:-1]]
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert {"app.py", "workshop", "pages", "data", ".streamlit/config.toml"} <= set(copied)
    assert re.findall(r"^USER (.+)$", final, re.M) == ["10001:10001"]
    assert "HEALTHCHECK" in final
    allowed = re.findall(r"^!(.+)$", (DEPLOY / "Containerfile.dockerignore").read_text(), re.M)
    assert set(copied) | {"requirements.txt"} == set(allowed)


def test_the_units_are_ones_systemd_can_read(tmp_path: Path) -> None:
    program = SYSTEMD_ANALYZE.bring()
    for path in (DEPLOY / "systemd").iterdir():
        # The program is not in /opt here; every other complaint counts.
        text = re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", path.read_text())
        (tmp_path / path.name.replace("@", "@8501")).write_text(text)
    told = subprocess.run(
        [program, "verify", *(str(path) for path in sorted(tmp_path.iterdir()))], capture_output=True, text=True
    )
    complaints = [line for line in told.stderr.splitlines() if str(tmp_path) in line or "koppelvlak" in line]
    assert complaints == []
