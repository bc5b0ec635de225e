"""``python -m workshop.start [--demo]``: look whether all is in order, say where the phones go, and start the server.

Settings from the environment: ``HOST`` (0.0.0.0), ``PORT`` (8501), ``KOPPELVLAK_ADDRESS`` (where people reach it, behind a
proxy), ``DATABASE_URL`` and ``KOPPELVLAK_VAR`` (see ``workshop/opening.py``).
When something is wrong: one line that names the setting and the cure, status 2.
"""

from __future__ import annotations

import argparse
import errno
import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec

from workshop.actions.people.setting_up import set_up_link_token
from workshop.address import own_address
from workshop.opening import ROOT, CannotStart, leave, the_store
from workshop.store import Store

WRONG_SETTING = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Check, migrate, tell, start. Returns only when starting failed or (on Windows) after the server stopped."""
    parser = argparse.ArgumentParser(prog="workshop.start", description="Start Koppelvlak.")
    parser.add_argument("--demo", action="store_true", help="zet de verzonnen wijk Molenwijk erin")
    parser.add_argument("--check", action="store_true", help="kijk alleen of alles klopt, en stop")
    options = parser.parse_args(arguments)
    try:
        host, port = address()
        need_free(host, port)
        store = the_store()
        if options.demo:
            load_demo(store)
        token = set_up_link_token(store)
    except CannotStart as problem:
        sys.stderr.write(f"Koppelvlak start niet: {problem}\n")
        return WRONG_SETTING
    sys.stdout.write(told(host, port, token) + "\n")
    sys.stdout.flush()
    # The lock is ours only; the server takes it again for itself.
    leave()
    return 0 if options.check else serve(host, port)


def address() -> tuple[str, int]:
    """Host and port to listen on.

    Raises:
        CannotStart: ``PORT`` is no port.
    """
    host = os.environ.get("HOST", "").strip() or "0.0.0.0"  # noqa: S104 - the phones in the hall must reach it
    raw = os.environ.get("PORT", "").strip() or "8501"
    if not raw.isascii() or not raw.isdigit() or not 1 <= int(raw[:6]) <= 65535:
        raise CannotStart(
            "PORT moet een getal van 1 tot en met 65535 zijn. Verbeter de instelling, of laat haar weg (8501)."
        )
    return host, int(raw)


def need_free(host: str, port: int) -> None:
    """See that the port can be used.

    Raises:
        CannotStart: taken, not allowed, or the host is not an address of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":
            # On Windows this option means the opposite: two may share the port.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotStart(_cure(error, host, port)) from error


def _cure(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EACCES:
        return f"poort {port} mag je niet gebruiken. Zet PORT op een getal boven 1023, bijvoorbeeld 8501."
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else 8502
        return (
            f"poort {port} is al in gebruik; misschien draait Koppelvlak al. "
            f"Stop dat, of kies een andere met PORT, bijvoorbeeld PORT={other}."
        )
    return f"HOST={host} is geen adres van deze computer. Verbeter de instelling, of laat haar weg (0.0.0.0)."


def load_demo(store: Store) -> None:
    """Put the fictional neighbourhood in.

    Raises:
        CannotStart: this copy of the program comes without it.
    """
    if find_spec("workshop.demo") is None:
        raise CannotStart("de voorbeeldwijk ontbreekt in deze versie. Start zonder --demo.")
    from workshop.demo import load_demo as load  # noqa: PLC0415 - may be left out of a copy

    load(store, tell=_say_sprint)


def _say_sprint(sprint: int) -> None:
    """Say how far the demo is: in one line that grows on a screen, in lines of its own in a file."""
    start, end = ("\r", "") if sys.stdout.isatty() and sprint < 7 else ("\r" * sys.stdout.isatty(), "\n")
    sys.stdout.write(f"{start}  De voorbeeldwijk Molenwijk wordt gemaakt: sprint {sprint} van 7 ...{end}")
    sys.stdout.flush()


def told(host: str, port: int, token: str | None) -> str:
    """What stands on the console when all is well."""
    is_everywhere = host in ("0.0.0.0", "::")  # noqa: S104
    own = f"http://localhost:{port}" if is_everywhere or host in ("127.0.0.1", "::1") else f"http://{host}:{port}"
    named = os.environ.get("KOPPELVLAK_ADDRESS", "").strip().rstrip("/")
    lines = ["", "  Koppelvlak", "", f"  Op deze computer:    {own}"]
    if named:
        lines.append(f"  Voor iedereen:       {named}")
    lan = own_address() if is_everywhere else (None if host in ("127.0.0.1", "localhost", "::1") else host)
    if lan and not named:
        lines += [
            f"  Voor telefoons:      http://{lan}:{port}",
            "",
            "  De verbinding is niet versleuteld (http). Gebruik haar alleen op het netwerk van de bijeenkomst.",
        ]
    elif is_everywhere and not named:
        lines += ["", "  Er is geen netwerk gevonden: telefoons kunnen er nu niet bij. Verbind en start opnieuw."]
    elif not named:
        lines += [
            "",
            "  Alleen deze computer kan erbij. Voor telefoons: laat HOST weg, of zet er een proxy met https voor.",
        ]
    if token is not None:
        lines += [
            "",
            "  Er is nog geen beheerder. Open deze link; hij werkt één keer en 24 uur:",
            f"  {named or own}/begin/{token}",
        ]
    lines += ["", "  Stoppen: Ctrl+C", ""]
    return "\n".join(lines)


def serve(host: str, port: int) -> int:
    """Become the server."""
    command = [
        sys.executable,
        "-m",
        "workshop.serving",
        "run",
        str(ROOT / "app.py"),
        f"--server.address={host}",
        f"--server.port={port}",
        # Without it Streamlit asks a server elsewhere what our address is, to print it.
        "--browser.serverAddress=localhost",
    ]
    os.chdir(ROOT)  # .streamlit/config.toml is looked for here
    if sys.platform == "win32":
        return subprocess.run(command, check=False).returncode
    os.execv(sys.executable, command)  # noqa: S606


if __name__ == "__main__":
    sys.exit(main())
