"""Run a command line through Typer's runner, and wait for what other processes do."""

import time
from collections.abc import Callable
from typing import NamedTuple

from typer.testing import CliRunner

from explore.cli.app import app

# Seconds that no wait of a test comes near, however slow the machine: a hundred times what the
# longest takes. What takes so long never ends.
LIMIT = 600


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds; fail if it never does."""
    deadline = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < deadline, "what was waited for never came"
        time.sleep(0.01)


class Result(NamedTuple):
    """What a command did."""

    status: int
    out: str
    err: str


def invoke(*words: str) -> Result:
    """Run `explore` with these words; an exception that escapes fails the test."""
    result = CliRunner().invoke(app, list(words), prog_name="explore", catch_exceptions=False)
    return Result(result.exit_code, result.stdout, result.stderr)
