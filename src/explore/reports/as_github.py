"""Workflow commands, which GitHub Actions shows beside the lines of a change.

Source: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

from collections.abc import Iterable, Iterator

from explore.corpus.problem import Problem
from explore.visible import one_line


def write(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield a command a problem."""
    for problem in problems:
        path = _property(one_line(str(problem.path)))
        where = f"file={path},line={problem.line},col={problem.column}"
        title = f"title={_property(problem.rule)}"
        yield f"::{problem.severity} {where},{title}::{_data(one_line(problem.message))}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
