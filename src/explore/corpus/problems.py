"""A problem in a corpus, at its place."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Problem(NamedTuple):
    """What is wrong, and where.

    Attributes:
        path: the file.
        line: its line, from 1.
        column: the column in characters, from 1.
        message: what is wrong; what would be right.
        rule: the name of what it offends.
        severity: an error keeps the corpus from answering, a warning does not.
        times: how many problems it stands for.
    """

    path: Path
    line: int
    column: int
    message: str
    rule: str
    severity: Severity = "error"
    times: int = 1

    def __str__(self) -> str:
        """Write it the way editors and CI parse."""
        return f"{self.path}:{self.line}:{self.column}: {self.severity}: {self.message}"


Mark = tuple[int, int]
# For the `id` of each record of which not all could be read, the fields that it lacks for that;
# `*` stands for fields that are not known.
Lost = dict[int, set[str]]


MOST_SHOWN = 60
# Of the problems of one kind in a file, so many are told and the rest are counted.
_MOST_ALIKE = 200


def few(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems in the order of files and lines: of many of a kind in a file the first."""
    alike: dict[tuple[Path, str, str], list[Problem]] = defaultdict(list)
    for problem in sorted(problems):
        alike[problem.path, problem.rule, problem.severity].append(problem)
    told: list[Problem] = []
    for group in alike.values():
        told += group[:_MOST_ALIKE]
        rest = group[_MOST_ALIKE:]
        if rest:
            more = sum(problem.times for problem in rest)
            message = f"and {more:,} more like it in this file; correct those above first"
            told.append(rest[0]._replace(message=message, times=more))
    return sorted(told)


def short(text: str) -> str:
    """Return a text as messages quote it: 60 characters of it at most."""
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


class YamlError(Exception):
    """A file that cannot be read as YAML of the kind a corpus is written in."""

    def __init__(self, mark: Mark, message: str) -> None:
        self.mark = mark
        self.message = message
        super().__init__(message)


class UnreadableError(Exception):
    """A file that holds something else than the records it should, whatever that is."""


class UnsoundError(Exception):
    """Records that contradict themselves or each other, or name what is not there."""
