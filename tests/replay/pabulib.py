"""Reading a ballot file of the Participatory Budgeting Library (`.pb`).

Three blocks, META, PROJECTS and VOTES, each with a header of its own, split by
``;`` with CRLF line ends. Used to replay real ballots through the room.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Project:
    """A proposal with the totals as published: ``votes`` (ballots that name it) and ``score`` (sum of points)."""

    id: str
    name: str
    cost: int
    votes: int
    score: int | None
    is_selected: bool | None


@dataclass(frozen=True)
class Vote:
    """One ballot: the chosen projects in the order of the file, and their points where the file has them."""

    voter: str
    choices: tuple[str, ...]
    points: tuple[int, ...] | None

    @property
    def points_per_project(self) -> dict[str, int]:
        """Project id -> points; one point each for a file without points."""
        points = self.points if self.points is not None else (1,) * len(self.choices)
        return dict(zip(self.choices, points, strict=True))


@dataclass(frozen=True)
class Election:
    """A whole file. Projects stand in the order of the file."""

    meta: dict[str, str]
    projects: tuple[Project, ...]
    votes: tuple[Vote, ...]

    @property
    def published_votes(self) -> dict[str, int]:
        """Project id -> number of ballots that name it, as published."""
        return {project.id: project.votes for project in self.projects}

    @property
    def published_scores(self) -> dict[str, int]:
        """Project id -> sum of points, as published; empty for a file without points."""
        return {project.id: project.score for project in self.projects if project.score is not None}

    def counted_votes(self) -> dict[str, int]:
        """Project id -> ballots that name it, counted from the ballots."""
        counts = dict.fromkeys(self.published_votes, 0)
        for vote in self.votes:
            for choice in vote.choices:
                counts[choice] += 1
        return counts

    def counted_points(self) -> dict[str, int]:
        """Project id -> sum of points, counted from the ballots."""
        sums = dict.fromkeys(self.published_votes, 0)
        for vote in self.votes:
            for choice, points in vote.points_per_project.items():
                sums[choice] += points
        return sums


def read_pb(path: Path) -> Election:
    """Read a ``.pb`` file; raises ``ValueError`` when numbers of projects or votes differ from its META."""
    blocks: dict[str, list[list[str]]] = {}
    block: list[list[str]] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file, delimiter=";"):
            if len(row) == 1 and row[0].strip() in ("META", "PROJECTS", "VOTES"):
                block = blocks.setdefault(row[0].strip(), [])
            elif any(cell.strip() for cell in row):
                block.append([cell.strip() for cell in row])
    meta = {row[0]: ";".join(row[1:]) for row in blocks["META"][1:]}
    projects = tuple(_project(row) for row in _records(blocks["PROJECTS"]))
    votes = tuple(_vote(row) for row in _records(blocks["VOTES"]))
    if (int(meta["num_projects"]), int(meta["num_votes"])) != (len(projects), len(votes)):
        raise ValueError(f"{path.name}: META promises other numbers than the file holds")
    return Election(meta, projects, votes)


def _records(block: list[list[str]]) -> list[dict[str, str]]:
    header = block[0]
    return [dict(zip(header, row, strict=False)) for row in block[1:]]


def _project(row: dict[str, str]) -> Project:
    return Project(
        id=row["project_id"],
        name=row.get("name", ""),
        cost=int(float(row["cost"])),
        votes=int(row["votes"]),
        score=int(float(row["score"])) if row.get("score") else None,
        is_selected=row["selected"] == "1" if "selected" in row else None,
    )


def _vote(row: dict[str, str]) -> Vote:
    points = row.get("points")
    return Vote(
        voter=row["voter_id"],
        choices=tuple(choice.strip() for choice in row["vote"].split(",") if choice.strip()),
        points=tuple(int(point) for point in points.split(",")) if points else None,
    )
