"""The audit passes only when every package was asked about; a service that is silent or knows a package not is no pass."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tools import audit

ROOT = Path(__file__).resolve().parents[2]
LOCK = """\
segno==1.6.6 \\
    --hash=sha256:28c7d081ed0cf935e0411293a465efd4d500704072cdb039778a2ab8736190c7
streamlit[performance]==1.20.0 \\
    --hash=sha256:28c7d081ed0cf935e0411293a465efd4d500704072cdb039778a2ab8736190c7
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:28c7d081ed0cf935e0411293a465efd4d500704072cdb039778a2ab8736190c7
    # via click==8
"""
KNOWN = {
    "id": "GHSA-8qw9-gf7w-42x5",
    "modified": "2023-01-01T00:00:00Z",
    "summary": "A path that leads out of the folder",
    "affected": [
        {
            "package": {"ecosystem": "PyPI", "name": "streamlit"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.37.0"}]}],
        }
    ],
}


@pytest.fixture
def advisories() -> Iterator[tuple[str, dict[str, Any]]]:
    """A service that speaks OSV on this machine, and what it answers per name; what is not there is unknown to it."""
    answers: dict[str, Any] = {}

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            answer = answers.get(asked["package"]["name"], {})
            content = json.dumps(answer).encode()
            self.send_response(503 if answer is None else 200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_told: Any) -> None:
            """Nothing to the screen."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/query", answers
        server.shutdown()


@pytest.fixture
def lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    path = tmp_path / "lock.txt"
    path.write_text(LOCK, encoding="utf-8")
    return path


def test_every_package_of_the_lock_is_asked_about_those_for_other_platforms_too() -> None:
    assert audit.locked(LOCK) == [("segno", "1.6.6"), ("streamlit", "1.20.0"), ("colorama", "0.4.6")]
    lock = audit.LOCK.read_text(encoding="utf-8")
    both = audit.locked(lock)
    assert len(both) == len([line for line in lock.splitlines() if line[:1].isalpha()])
    assert set(both) >= set(audit.locked((ROOT / "requirements.txt").read_text(encoding="utf-8")))


def test_when_nothing_is_known_of_any_it_passes(
    advisories: tuple[str, dict[str, Any]], lock: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert audit.main(["--lock", str(lock), "--osv-url", advisories[0]]) == 0
    assert capsys.readouterr().out == ("3 packages: 3 without a known weakness, 0 with one, 0 could not be audited\n")


def test_a_known_weakness_is_told_with_the_version_that_mends_it(
    advisories: tuple[str, dict[str, Any]], lock: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    advisories[1]["streamlit"] = {"vulns": [KNOWN]}
    assert audit.main(["--lock", str(lock), "--osv-url", advisories[0]]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "streamlit 1.20.0: GHSA-8qw9-gf7w-42x5, mended in 1.37.0",
        "3 packages: 2 without a known weakness, 1 with one, 0 could not be audited",
    ]


def test_a_service_out_of_reach_is_no_pass(lock: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: whoever connects is refused
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/v1/query"
        assert audit.main(["--lock", str(lock), "--osv-url", address]) == 2
    told = capsys.readouterr()
    assert told.out == "3 packages: 0 without a known weakness, 0 with one, 3 could not be audited\n"
    assert told.err.startswith("could not be audited: 3 packages (segno==1.6.6, streamlit==1.20.0, colorama==0.4.6): ")
    assert "ConnectionError" in told.err


def test_a_service_that_fails_halfway_is_no_pass(advisories: tuple[str, dict[str, Any]], lock: Path) -> None:
    advisories[1]["colorama"] = None
    assert audit.main(["--lock", str(lock), "--osv-url", advisories[0]]) == 2


#: What pip-audit 2.10.1 said, ending with 0 and "No known vulnerabilities found", where its service knew no such package.
SKIPPED = {
    "dependencies": [
        {
            "name": "segno",
            "skip_reason": "Dependency not found on PyPI and could not be audited: segno (1.6.6)",
        }
    ],
    "fixes": [],
}


def test_a_package_that_was_skipped_is_no_pass(capsys: pytest.CaptureFixture[str]) -> None:
    heard = audit.Audit([("segno", "1.6.6")])
    heard.hear(SKIPPED)
    assert (heard.status, heard.unaudited) == (2, [("segno", "1.6.6")])
    audit.tell(heard)
    assert "Dependency not found on PyPI and could not be audited" in capsys.readouterr().err


def test_a_package_that_is_not_in_the_answer_and_an_empty_list_are_no_pass() -> None:
    heard = audit.Audit([("segno", "1.6.6"), ("colorama", "0.4.6")])
    heard.hear({"dependencies": [{"name": "segno", "version": "1.6.6", "vulns": []}], "fixes": []})
    assert (heard.status, heard.unaudited) == (2, [("colorama", "0.4.6")])
    assert audit.Audit([]).status == 2
