"""Imports run one way, twice: layers are the walls, capabilities are the rooms.

pages -> ui -> actions -> werkvormen, store -> domain; room -> actions; exports -> documents -> actions. And within and
across the layers a capability asks itself or an earlier one (``CAPABILITIES``). When red, move the code.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# What a room of the house may ask of the other rooms. `locale` is open to everybody, with one limit (see DOMAIN_WORDS).
_BELOW_ACTIONS = {"domain", "werkvormen", "store", "screening"}
ROOMS = {
    "domain": set[str](),
    "locale": set[str](),
    "werkvormen": {"domain"},
    "store": {"domain"},
    # Text in, findings out: it asks no store.
    "screening": {"domain"},
    "actions": _BELOW_ACTIONS,
    "sources": _BELOW_ACTIONS,
    # A document tells what actions read and the figures of sources; an export writes documents and asks nothing else.
    "documents": {"actions", "sources", "domain"},
    "exports": {"documents", "domain"},
    # Work beside the serving loop: it takes rows from the store and knows what makes a file. Actions ask for a job by a row,
    # only the room starts the worker.
    "jobs": _BELOW_ACTIONS | {"actions", "documents", "exports", "sources"},
    "room": {"actions", "documents", "exports", "jobs", "domain", "werkvormen", "screening"},
    "ui": {"actions", "documents", "exports", "sources", "domain", "werkvormen", "screening"},
}
ROOMS["pages"] = ROOMS["ui"] | {"ui"}
# The rooms, the same word in every layer; a file asks its own capability or one that stands before it. The flat store
# and the activities are one room each, and what is for everybody stands in no capability.
CAPABILITIES = (
    "people", "wijkplan", "thread", "evening", "sprints", "facts", "risks", "signals", "programme", "meetings", "home",
    "documents",
)  # fmt: skip
# Neighbours that do not ask each other: they meet in `thread`, as items with an origin.
NEIGHBOURS = frozenset({"risks", "signals"})
# In these folders stands what every capability of the layer uses, so it asks none of them.
FOR_EVERYBODY = {"frame", "drawing"}
# Who calls actions may name the store it passes on, and what the store says has changed; it neither reads nor writes.
STORE_HANDLES = {"Store", "Change"}
MAY_HOLD_THE_STORE = {"room", "ui", "pages"}
# Where everything is put together: the process itself.
ENTRANCES = {"app.py", "workshop/start.py", "workshop/opening.py"}
# The demo plays the actions from outside, as a visitor would; it is a folder of its own.
DEMO = "workshop/demo/"

# Behind one door: a package that is asked through one of its modules, with what belongs to it and to nobody else.
VOTES = "workshop.actions.evening.votes"
BEHIND_THE_DOOR = (VOTES, "workshop.store.vote_path")
DOOR = f"{VOTES}.door"

# Libraries that belong to some rooms only; "app" is app.py. One that is not named may be used above the domain.
LIBRARIES = {
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "psycopg": {"store"},
    "pysqlite3": {"store"},
    "sqlite3": {"store"},
    "streamlit": {"ui", "pages", "app"},
    "streamlit_authenticator": {"ui"},
    "plotly": {"ui"},
    "pandas": {"ui", "pages", "sources"},
    "starlette": {"room", "app"},
    "jinja2": {"room"},
    "docx": {"exports"},
    # Only the contract of the JSON file and what writes and reads it.
    "msgspec": {"documents", "exports"},
    "matplotlib": {"exports"},
    "openpyxl": {"exports", "sources"},
    "sklearn": {"sources"},
}
STANDARD_LIBRARY_ONLY = {"domain", "werkvormen"}
# The domain may word a refusal, and nothing more: what the language is, is not its business.
DOMAIN_WORDS = {"_", "n_"}


@dataclass(frozen=True)
class Import:
    """One imported module with the names taken from it, and where that stands."""

    where: str
    line: int
    module: str
    names: frozenset[str]

    def __str__(self) -> str:
        return f"{self.where}:{self.line} {self.module}"


def product_files(root: Path) -> list[Path]:
    found = [path for folder in ("workshop", "pages") for path in (root / folder).rglob("*.py")]
    return sorted([*found, *root.glob("app.py")])


def imports_of(path: Path, root: Path) -> Iterator[Import]:
    where = path.relative_to(root)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(where.as_posix(), node.lineno, alias.name, frozenset())
        elif isinstance(node, ast.ImportFrom):
            # The package a relative import starts from: the folder for one dot, one up for each further dot.
            package = where.parts[: len(where.parts) - node.level] if node.level else ()
            module = ".".join([*package, *([node.module] if node.module else [])])
            names = frozenset(alias.name for alias in node.names)
            if module == "workshop":
                for name in names:
                    yield Import(where.as_posix(), node.lineno, f"workshop.{name}", frozenset())
            else:
                yield Import(where.as_posix(), node.lineno, module, names)


def wrong_imports(root: Path) -> list[str]:
    """Every import that runs against the arrow, as "file:line module: why"."""
    bare = _bare_names(root)
    wrong = []
    for path in product_files(root):
        for imported in imports_of(path, root):
            why = _fault(imported, bare) or _fault_between_capabilities(imported) or _fault_at_the_door(imported)
            if why:
                wrong.append(f"{imported}: {why}")
    return wrong


def _fault(imported: Import, bare: set[str]) -> str | None:
    here = _room(imported.where)
    top, _dot, rest = imported.module.partition(".")
    if top == "workshop":
        is_outside = imported.where in ENTRANCES or imported.where.startswith(DEMO)
        return None if is_outside else _fault_inside(here, rest, imported.names)
    if top in bare or top == "pages":
        return "write the whole path from `workshop`; a module imported under two names has two states"
    if here in STANDARD_LIBRARY_ONLY and top not in sys.stdlib_module_names:
        return f"{here} knows the standard library only"
    if top in LIBRARIES and here not in LIBRARIES[top]:
        return f"only in {', '.join(sorted(LIBRARIES[top]))}"
    return None


def _fault_between_capabilities(imported: Import) -> str | None:
    layer, here = _folder(Path(imported.where).with_suffix("").parts)
    for module in (imported.module, *(f"{imported.module}.{name}" for name in imported.names)):
        other_layer, there = _folder((*module.split("."), ""))
        if there not in CAPABILITIES:
            continue
        if here in FOR_EVERYBODY and layer == other_layer:
            return f"{here} is for everybody and asks no {there}"
        if here not in CAPABILITIES or here == there:
            continue
        if CAPABILITIES.index(there) > CAPABILITIES.index(here) or {here, there} == NEIGHBOURS:
            return f"{here} does not ask {there}"
    return None


def _fault_at_the_door(imported: Import) -> str | None:
    if imported.where.startswith(VOTES.replace(".", "/") + "/"):
        return None
    named = {imported.module, *(f"{imported.module}.{name}" for name in imported.names)}
    for module in named:
        is_behind = any(module == hidden or module.startswith(f"{hidden}.") for hidden in BEHIND_THE_DOOR)
        if is_behind and module != VOTES and module != DOOR and not module.startswith(f"{DOOR}."):
            return "votes have one door"
    return None


def _folder(parts: tuple[str, ...]) -> tuple[str, str]:
    """The layer and the folder in it of a module of the product: ("actions", "people") for actions/people/gate.

    The store is one room: its modules are named after their tables.
    """
    return (parts[1], parts[2]) if len(parts) > 3 and parts[0] == "workshop" and parts[1] != "store" else ("", "")


def _fault_inside(here: str, rest: str, names: frozenset[str]) -> str | None:
    there = rest.split(".")[0]
    if there == "locale":
        return "the domain takes only the words" if here == "domain" and not (names and names <= DOMAIN_WORDS) else None
    if there == here or (rest == "store" and here in MAY_HOLD_THE_STORE and names and names <= STORE_HANDLES):
        return None
    if there not in ROOMS:
        # A module of the whole product, such as its settings: for whoever touches the world outside.
        return f"{here} knows no settings" if here in STANDARD_LIBRARY_ONLY or here == "locale" else None
    if there not in ROOMS.get(here, {"domain"}):
        return f"{here} does not ask {there}"
    return None


def _room(where: str) -> str:
    """The room a file stands in: "store" for workshop/store/schema.py, "pages" for a page, "app" for app.py."""
    parts = Path(where).with_suffix("").parts
    return parts[1] if parts[0] == "workshop" and len(parts) > 1 else parts[0]


def _bare_names(root: Path) -> set[str]:
    """Names that a path entry on `workshop` or the main script's folder makes importable without their package."""
    places = (root / "workshop", root / "workshop" / "ui")
    return {path.stem for place in places for path in place.glob("*") if path.suffix in ("", ".py")} - set(
        sys.stdlib_module_names
    )


def hidden_standard_modules(root: Path) -> list[str]:
    """Files beside the main script that bear a name of the standard library: they would be imported in its place."""
    return sorted(path.name for path in (root / "workshop" / "ui").glob("*") if path.stem in sys.stdlib_module_names)


def reachable_scripts(root: Path) -> list[str]:
    """Scripts a deep link could start before the gate ran."""
    places = (root / "pages", root / "workshop" / "ui" / "pages")
    return sorted(path.relative_to(root).as_posix() for place in places for path in place.glob("*.py"))


def test_every_import_follows_the_arrow() -> None:
    assert wrong_imports(ROOT) == []


def test_no_script_lies_directly_in_pages() -> None:
    assert reachable_scripts(ROOT) == []


def test_no_file_beside_the_main_script_hides_the_standard_library() -> None:
    assert hidden_standard_modules(ROOT) == []
