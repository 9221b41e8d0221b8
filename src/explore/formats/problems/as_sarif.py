"""SARIF 2.1.0, which code hosts and editors take for the results of a static analysis.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from explore import __version__
from explore.corpus.problems import Problem
from explore.escaping import json_safe

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def write(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield a log with one run."""
    found = list(problems)
    rules = sorted({problem.rule for problem in found})
    driver = {
        "name": "explore",
        "version": __version__,
        "rules": [{"id": rule} for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, rules.index(problem.rule)) for problem in found],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    yield json_safe(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


def _result(problem: Problem, rule: int) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": _uri(problem.path)},
        "region": {"startLine": problem.line, "startColumn": problem.column},
    }
    return {
        "ruleId": problem.rule,
        "ruleIndex": rule,
        "level": problem.severity,
        "message": {"text": problem.message},
        "locations": [{"physicalLocation": place}],
    }


def _uri(path: Path) -> str:
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))
