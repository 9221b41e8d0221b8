"""The chores of the project, a session each: `nox -s lint`; `nox -l` lists them.

Sessions run in the environment that nox runs in, which `pip install -e '.[dev]'` completes.
"""

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = ["lint", "types", "layers", "prose", "fast"]


@nox.session
def test(session: nox.Session) -> None:
    """Run all tests but those that need Spark."""
    session.run("python", "-m", "pytest", "-m", "not spark", *session.posargs)


@nox.session
def fast(session: nox.Session) -> None:
    """Run the tests that take no more than a few seconds each."""
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session
def spark(session: nox.Session) -> None:
    """Run the tests that need Spark and Java."""
    session.run("python", "-m", "pytest", "-m", "spark", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Run all tests and hold the branch coverage of `src` against its minimum."""
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", "-m", "not spark", *session.posargs)
    session.run("coverage", "combine")
    session.run("coverage", "report")


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and formatting."""
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check types."""
    session.run("mypy")


@nox.session
def layers(session: nox.Session) -> None:
    """Check that modules import only from the layers below theirs."""
    session.run("lint-imports")


@nox.session
def prose(session: nox.Session) -> None:
    """Check spelling, banned words and the first words of docstrings."""
    session.run("codespell")
    session.run("python", "tools/prose.py")


@nox.session
def docs(session: nox.Session) -> None:
    """Write the parts of the docs that the program generates."""
    session.run("python", "tools/commands.py")
    session.run("python", "tools/tables.py")


@nox.session
def benchmarks(session: nox.Session) -> None:
    """Measure speed and memory; see benchmarks/README.md."""
    session.run("python", "-m", "benchmarks", *session.posargs)
