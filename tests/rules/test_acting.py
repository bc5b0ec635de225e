"""One way to act on a page: what changes something is handed to `doing`, never called while a page is drawn.

What is called in the middle of a drawing is lost when the room makes the page draw again, and shows its refusal its own way.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: Reads that are older than the rule that a read begins with `see_`.
READS = {"joint_task_versions", "paper_ballots", "part_versions"}
#: Before there is somebody to act: the way in, and the shell that looks who that is.
APART = {"workshop/ui/people/sign_in.py", "workshop/ui/frame/shell.py", "workshop/ui/frame/visitor.py"}
#: What actions of a page's own call the store and the one who acts: `def _add(store, actor, …)`, handed to `doing` too.
ACTORS_OWN = ("store", "actor")


def acts_while_drawing(root: Path) -> list[str]:
    """Calls of an action by a page or a module of `ui`, as "file: action"."""
    found = []
    for path in sorted([*(root / "workshop/ui").rglob("*.py"), *(root / "pages").rglob("*.py")]):
        name = path.relative_to(root).as_posix()
        if name not in APART:
            found += [f"{name}: {action}" for action in _called(ast.parse(path.read_text(encoding="utf-8")))]
    return found


def _called(tree: ast.Module) -> list[str]:
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("workshop.actions")
        for alias in node.names
    }
    return [
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in imported - READS
        and not node.func.id.startswith("see_")
        and node.args
        and "store" in ast.unparse(node.args[0])
        and tuple(ast.unparse(each) for each in node.args[:2]) != ACTORS_OWN
    ]


def test_nothing_is_changed_while_a_page_is_drawn() -> None:
    assert acts_while_drawing(ROOT) == []


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("if st.button('x'):\n    open_room(shell.store, shell.actor, 's')", True),
        ("open_room(the_store(), look_who_is_here(), 's')", True),
        ("button('x', open_room, shell, 's', key='x')", False),
        ("see_session(shell.store, shell.actor, 's')", False),
        ("def _open(store, actor):\n    open_room(store, actor, 's')", False),
    ],
)
def test_the_rule_finds_what_acts_while_it_draws(tmp_path: Path, line: str, is_found: bool) -> None:
    page = tmp_path / "pages" / "begeleider" / "x.py"
    page.parent.mkdir(parents=True)
    page.write_text(f"from workshop.actions.evening.running import open_room, see_session\n{line}\n", encoding="utf-8")
    assert acts_while_drawing(tmp_path) == (["pages/begeleider/x.py: open_room"] if is_found else [])
