"""`explore check`."""

import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from explore.cli.filters import Color, Corpus
from explore.errors import CorpusFileError
from explore.formats.problems import ReportFormat

if TYPE_CHECKING:
    from explore.corpus.load import Examined
    from explore.terminal.screen import Screen

# How long to wait between two looks at a watched corpus.
_POLL_SECONDS = 0.3


def check(
    ctx: typer.Context,
    folder: Annotated[
        str | None, typer.Argument(metavar="[DIR]", help="Corpus folder. [default: as --corpus]")
    ] = None,
    form: Annotated[
        ReportFormat, typer.Option("--format", help="Output format of the report.")
    ] = "text",
    strict: Annotated[bool, typer.Option("--strict", help="Treat warnings as errors.")] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again whenever a file is saved.")
    ] = False,
    corpus: Corpus = None,
    color: Color = None,
) -> None:
    """Check a corpus and list every problem.

    Problems are listed with file, line and column. Fix errors before querying the corpus; review
    warnings. Exit status 1 if there are errors, with --strict also if there are warnings.
    """
    from explore.corpus.files import find
    from explore.terminal.screen import Screen

    general = ctx.parent.params if ctx.parent else {}
    screen = Screen(color or general.get("color") or "auto")
    where = find(folder or corpus or general.get("corpus"))
    if watch:
        _watch(where, form, screen, strict)
    elif _report(where, form, screen, strict):
        raise typer.Exit(1)


def _report(folder: Path, form: ReportFormat, screen: "Screen", strict: bool) -> bool:
    from explore.corpus.load import examine
    from explore.formats.problems import writer

    found = examine(folder)
    problems = [problem._replace(path=_relative(problem.path)) for problem in found.problems]
    screen.write(writer(form)(problems))
    screen.note(_totals(found))
    return any(strict or problem.severity == "error" for problem in found.problems)


def _relative(path: Path) -> Path:
    try:
        here = Path.cwd()
    except OSError:
        # The working folder has been removed.
        return path
    return path.relative_to(here) if path.is_relative_to(here) else path


def _totals(found: "Examined") -> str:
    times: Counter[str] = Counter()
    for problem in found.problems:
        times[problem.severity] += problem.times
    errors, warnings = times["error"], times["warning"]
    counts = {kind: len(records) for kind, records in found.records.items()}
    what = ", ".join(_counted(count, kind) for kind, count in counts.items())
    problems = f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')}"
    return f"{problems} in {what} ({_counted(found.files, 'file')})"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _watch(folder: Path, form: ReportFormat, screen: "Screen", strict: bool) -> None:
    """Check now, and again whenever the files have changed, until the user ends it."""

    def check() -> None:
        try:
            _report(folder, form, screen, strict)
        except OSError as error:
            where = error.filename or folder
            screen.note(f"{where}: {error.strerror}; will be checked again when it is back")

    checked = before = _state(folder)
    check()
    screen.note("watching for changes; press Ctrl-C to stop")
    while True:
        time.sleep(_POLL_SECONDS)
        now = _state(folder)
        # A file that is being saved may be missing for a moment, and a checkout takes several:
        # files that look the same twice are complete.
        if now == before and now not in (None, checked):
            checked = now
            screen.note("")
            check()
        before = now


def _state(folder: Path) -> object:
    """Return a value that changes when the files of a corpus do; None while one is missing."""
    from explore.index.freshness import stamps

    try:
        return stamps(folder) if folder.is_dir() else None
    except CorpusFileError as error:
        return str(error)
    except OSError:
        return None
