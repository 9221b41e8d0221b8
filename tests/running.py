"""Run a command line through Typer's runner."""

from typing import NamedTuple

from typer.testing import CliRunner

from explore.cli.app import app


class Result(NamedTuple):
    """What a command did."""

    status: int
    out: str
    err: str


def invoke(*words: str) -> Result:
    """Run `explore` with these words; an exception that escapes fails the test."""
    result = CliRunner().invoke(app, list(words), prog_name="explore", catch_exceptions=False)
    return Result(result.exit_code, result.stdout, result.stderr)
