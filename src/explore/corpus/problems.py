"""Problems in a corpus, each at its line and column."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Problem(NamedTuple):
    """A problem in a file of a corpus.

    Attributes:
        path: the file.
        line: its line, from 1.
        column: the column in characters, from 1.
        message: what is wrong and what to do.
        rule: the name of the rule that is broken.
        severity: an error must be fixed before the corpus can be queried, a warning need not be.
        times: the number of problems that it represents.
    """

    path: Path
    line: int
    column: int
    message: str
    rule: str
    severity: Severity = "error"
    times: int = 1

    def __str__(self) -> str:
        """Return it in the form that editors and CI parse."""
        return f"{self.path}:{self.line}:{self.column}: {self.severity}: {self.message}"


# A line and a column, both from 1.
Position = tuple[int, int]
# By the `id` of each record that could not be read in full: the fields that are missing because of
# that; `*` stands for unknown fields.
UnreadFields = dict[int, set[str]]


MAX_SHOWN = 60
# Of the problems of one kind in a file, this many are listed and the rest are counted.
_MAX_ALIKE = 200


def few(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems in order of file and line: of many of one kind in a file, the first ones."""
    alike: dict[tuple[Path, str, str], list[Problem]] = defaultdict(list)
    for problem in sorted(problems):
        alike[problem.path, problem.rule, problem.severity].append(problem)
    shown: list[Problem] = []
    for group in alike.values():
        shown += group[:_MAX_ALIKE]
        rest = group[_MAX_ALIKE:]
        if rest:
            more = sum(problem.times for problem in rest)
            message = f"and {more:,} more like it in this file; correct those above first"
            shown.append(rest[0]._replace(message=message, times=more))
    return sorted(shown)


def short(text: str) -> str:
    """Return a text as messages quote it: at most its first 60 characters."""
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"


class YamlError(Exception):
    """A file is not YAML, or uses YAML that a corpus may not use."""

    def __init__(self, position: Position, message: str) -> None:
        self.position = position
        self.message = message
        super().__init__(message)


class UnreadableError(Exception):
    """A file does not contain the records that it should."""


class UnsoundError(Exception):
    """Records that contradict themselves or each other, or name what is not there."""
