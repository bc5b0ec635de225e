"""The rule about imports bites: planted wrong imports are found, and the same tree without them is clean."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.test_imports import hidden_standard_modules, reachable_scripts, wrong_imports


class TestTheRuleItself:
    """Planted wrong imports are found; the same tree without them is clean."""

    @pytest.fixture
    def house(self, tmp_path: Path) -> Path:
        for name, text in {
            "app.py": "import streamlit as st\nfrom workshop.room import routes\n",
            "pages/begeleider/console.py": "from workshop.ui import shell\nfrom workshop.actions import votes\n",
            "workshop/start.py": "from workshop.store import open_store\n",
            "workshop/settings.py": "import os\n",
            "workshop/domain/thread/items.py": "from dataclasses import dataclass\nfrom workshop.locale import _, n_\n",
            "workshop/werkvormen/dots.py": "from workshop.domain.thread.items import Item\nfrom .contract import Werkvorm\n",
            "workshop/store/schema.py": "import sqlalchemy as sa\nfrom workshop import settings\n",
            "workshop/actions/votes.py": "from workshop.store import reads\nfrom workshop.werkvormen import dots\n",
            "workshop/room/routes.py": "import starlette\nfrom workshop.store import Change, Store\n",
            "workshop/documents/report.py": "from workshop.actions import votes\nfrom workshop.sources import figures\n",
            "workshop/exports/word.py": "import docx\nfrom workshop.documents import report\n",
            "workshop/ui/frame/shell.py": "import streamlit as st\nfrom workshop.actions import votes\n",
            "workshop/ui/main.py": "from workshop.ui.evening import console\n",
            "workshop/ui/evening/console.py": "from workshop.ui.frame import shell\nfrom workshop.ui.people import who\n",
            "workshop/ui/people/who.py": "from workshop.actions.people import gate\n",
            "workshop/actions/people/gate.py": "from workshop.store import reads\n",
            "workshop/actions/sprints/fixing.py": "from workshop.actions.evening.steps import a, b\n",
            "workshop/actions/evening/votes/door.py": "from workshop.store import vote_path\n",
            "workshop/actions/evening/running.py": "from workshop.actions.evening.votes import door\n",
            "workshop/room/evening/hall.py": "from workshop.actions.evening.votes.door import Cast\n",
        }.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    def test_a_house_in_order_is_clean(self, house: Path) -> None:
        assert (wrong_imports(house), reachable_scripts(house), hidden_standard_modules(house)) == ([], [], [])

    @pytest.mark.parametrize(
        ("where", "line", "found"),
        [
            ("workshop/domain/clock.py", "import streamlit", "streamlit: domain knows the standard library only"),
            (
                "workshop/domain/bsn.py",
                "from stdnum.nl import bsn",
                "stdnum.nl: domain knows the standard library only",
            ),
            ("workshop/domain/x.py", "from workshop.store import reads", "workshop.store: domain does not ask store"),
            ("workshop/domain/x.py", "from ..store import reads", "workshop.store: domain does not ask store"),
            ("workshop/domain/x.py", "from workshop import store", "workshop.store: domain does not ask store"),
            ("workshop/domain/x.py", "from workshop import settings", "workshop.settings: domain knows no settings"),
            (
                "workshop/domain/x.py",
                "from workshop.locale import use_language",
                "workshop.locale: the domain takes only the words",
            ),
            ("workshop/werkvormen/x.py", "import pandas", "pandas: werkvormen knows the standard library only"),
            ("workshop/actions/x.py", "from sqlalchemy import select", "sqlalchemy: only in store"),
            ("workshop/actions/x.py", "import sqlalchemy.orm", "sqlalchemy.orm: only in store"),
            ("workshop/actions/x.py", "import streamlit as st", "streamlit: only in app, pages, ui"),
            (
                "workshop/actions/x.py",
                "from workshop.exports import report",
                "workshop.exports: actions does not ask exports",
            ),
            ("workshop/ui/x.py", "from workshop.jobs import worker", "workshop.jobs: ui does not ask jobs"),
            ("workshop/actions/x.py", "from workshop.jobs import worker", "workshop.jobs: actions does not ask jobs"),
            ("workshop/exports/x.py", "from workshop.jobs import worker", "workshop.jobs: exports does not ask jobs"),
            ("workshop/jobs/x.py", "from workshop.room import hub", "workshop.room: jobs does not ask room"),
            (
                "workshop/exports/x.py",
                "from workshop.room import hub",
                "workshop.room: exports does not ask room",
            ),
            (
                "workshop/exports/x.py",
                "from workshop.actions.sprints.material import Snapshot",
                "workshop.actions.sprints.material: exports does not ask actions",
            ),
            (
                "workshop/exports/x.py",
                "from workshop.sources import y",
                "workshop.sources: exports does not ask sources",
            ),
            ("workshop/documents/x.py", "from workshop.store import y", "workshop.store: documents does not ask store"),
            (
                "workshop/documents/x.py",
                "from workshop.exports import cells",
                "workshop.exports: documents does not ask exports",
            ),
            ("workshop/documents/x.py", "from docx import Document", "docx: only in exports"),
            (
                "workshop/actions/x.py",
                "from workshop.documents.words import local",
                "workshop.documents.words: actions does not ask documents",
            ),
            ("workshop/room/x.py", "from workshop.store import reads", "workshop.store: room does not ask store"),
            ("workshop/room/x.py", "import workshop.store", "workshop.store: room does not ask store"),
            ("pages/beleid/x.py", "from workshop.store import open_store", "workshop.store: pages does not ask store"),
            ("workshop/room/x.py", "from workshop.ui import shell", "workshop.ui: room does not ask ui"),
            ("workshop/settings.py", "from workshop.store import reads", "workshop.store: settings does not ask store"),
            ("pages/begeleider/x.py", "def draw():\n    import sqlite3", "sqlite3: only in store"),
            (
                "pages/begeleider/x.py",
                "import room",
                "room: write the whole path from `workshop`; a module imported under two names has two states",
            ),
            (
                "workshop/actions/people/x.py",
                "from workshop.actions.evening.running import open_step",
                "workshop.actions.evening.running: people does not ask evening",
            ),
            (
                "workshop/actions/people/x.py",
                "from workshop.actions.evening import running",
                "workshop.actions.evening: people does not ask evening",
            ),
            (
                "workshop/domain/evening/x.py",
                "from workshop.domain.sprints.rules import Part",
                "workshop.domain.sprints.rules: evening does not ask sprints",
            ),
            (
                "workshop/ui/thread/x.py",
                "from workshop.domain.evening.sessions import Session",
                "workshop.domain.evening.sessions: thread does not ask evening",
            ),
            (
                "workshop/ui/frame/x.py",
                "from workshop.ui.evening import console",
                "workshop.ui.evening: frame is for everybody and asks no evening",
            ),
            (
                "workshop/actions/signals/x.py",
                "from workshop.domain.risks.profile import Risk",
                "workshop.domain.risks.profile: signals does not ask risks",
            ),
            (
                "workshop/actions/risks/x.py",
                "from workshop.domain.signals.issue import Issue",
                "workshop.domain.signals.issue: risks does not ask signals",
            ),
            (
                "workshop/actions/evening/x.py",
                "from workshop.store import vote_path",
                "workshop.store: votes have one door",
            ),
            (
                "workshop/store/x.py",
                "from workshop.store.vote_path import put",
                "workshop.store.vote_path: votes have one door",
            ),
            (
                "workshop/actions/evening/x.py",
                "from workshop.actions.evening.votes import heads",
                "workshop.actions.evening.votes: votes have one door",
            ),
            (
                "workshop/room/frame/x.py",
                "from workshop.actions.evening.votes.casts import Cast",
                "workshop.actions.evening.votes.casts: votes have one door",
            ),
            (
                "workshop/ui/x.py",
                "from frame.shell import open_shell",
                "frame.shell: write the whole path from `workshop`; a module imported under two names has two states",
            ),
        ],
    )
    def test_a_planted_wrong_import_is_found(self, house: Path, where: str, line: str, found: str) -> None:
        path = house / where
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(line + "\n", encoding="utf-8")
        number = line.count("\n") + 1
        assert wrong_imports(house) == [f"{where}:{number} {found}"]

    def test_a_script_lying_directly_in_pages_is_found(self, house: Path) -> None:
        (house / "pages" / "secret.py").touch()
        assert reachable_scripts(house) == ["pages/secret.py"]

    def test_a_file_that_would_hide_the_standard_library_is_found(self, house: Path) -> None:
        (house / "workshop" / "ui" / "calendar.py").touch()
        assert hidden_standard_modules(house) == ["calendar.py"]
