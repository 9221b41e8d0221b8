"""A problem in a corpus, at its place."""

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
    """

    path: Path
    line: int
    column: int
    message: str
    rule: str
    severity: Severity = "error"

    def __str__(self) -> str:
        """Write it the way editors and CI parse."""
        return f"{self.path}:{self.line}:{self.column}: {self.severity}: {self.message}"


Mark = tuple[int, int]


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
