"""One JSON list of objects with `file`, `line`, `column`, `severity`, `rule` and `message`."""

import json
from collections.abc import Iterable, Iterator

from explore.corpus.problems import Problem
from explore.escaping import json_safe


def write(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield the list."""
    found = [
        {
            "file": str(problem.path),
            "line": problem.line,
            "column": problem.column,
            "severity": problem.severity,
            "rule": problem.rule,
            "message": problem.message,
        }
        for problem in problems
    ]
    yield json_safe(json.dumps(found, ensure_ascii=False, indent=2)) + "\n"
